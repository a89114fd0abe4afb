"""Designs that are there already, unedited: what they say is read wherever it stands, and each field knows where."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from adopting import adopt, finding, origins, settings_of, values

from mkdocs_designdocs import options
from mkdocs_designdocs.adoption import adopted, matches, sidecar_of
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.config import CannotConfigureError, load
from mkdocs_designdocs.design import Document, Sidecar
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.index import Index, index_of
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.listing import WHOLE
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.settings import Adopted, Settings, TemplateFile


@pytest.mark.golden_test("golden/adopted_*.yml")
def test_forms_in_the_wild(golden, tmp_path):
    told = []
    for case in golden["forms"]:
        given = {key: value for key, value in case.items() if key != "form"}
        catalog = adopt(tmp_path, **given)
        (design,) = catalog.designs
        known = {name: origins(design)[name] for name in values(design)}
        told.append(
            {
                "form": case["form"],
                "title": design.title,
                "values": values(design),
                "from": known,
                "found": [finding(one) for one in catalog.everything()],
            }
        )
    assert told == golden.out["told"]


# What counts before what ---------------------------------------------------------------------------------------

FENCE = "```yaml\nstatus: {status}\nauthor: {author}\n```\n"
PLACES = {
    "block": ("design", "---\ndesign: {{status: {status}, author: {author}}}\n---\n"),
    "page": ("front", "---\nstatus: {status}\nauthor: {author}\n---\n"),
    "fence": ("body", FENCE),
    "sidecar": ("sidecar", "status: {status}\nauthor: {author}\n"),
    "table": ("body", "| Status | {status} |\n|---|---|\n| Author | {author} |\n"),
    "list": ("body", "- Status: {status}\n- Author: {author}\n"),
    "bold line": ("body", "**Status:** {status}\n**Author:** {author}\n"),
    "line": ("body", "Status: {status}\nAuthor: {author}\n"),
    "section": ("end", "## Status\n\n{status}\n\n## Author\n\n{author}\n"),
    "footer": ("end", "---\n\nStatus: {status}\nAuthor: {author}\n"),
    "configuration": ("docs", "{status}"),
    "folder": ("folder", "{status}"),
}
"""From what counts first to what counts last: into which part of a document it goes, and how it is said there."""
STATUSES = [status.key for status in DEFAULT.statuses]


def said_at(places, tmp_path):
    """A document that says another status and author at each of some places."""
    parts = {"front": "", "design": "", "body": "# T\n\n", "end": "\n## Why\n\nWords.\n\n"}
    sidecar, config, folder = None, {"docs": ["/**"]}, ""
    for number, place in enumerate(places):
        part, form = PLACES[place]
        text = form.format(status=STATUSES[number], author=f"Author{number}")
        if part == "sidecar":
            sidecar = text
        elif part == "docs":
            config["docs"] = [{"files": "/**", "status": text}]
        elif part == "folder":
            folder = f"{text}/"
        else:
            parts[part] += text + "\n"
    front = parts["front"]
    if parts["design"]:
        front = parts["design"].replace("---\n", "", 1).removesuffix("---\n\n")
        front = "---\n" + front + parts["front"].replace("---\n", "", 1)
        front += "" if parts["front"] else "---\n"
    catalog = adopt(tmp_path, front + parts["body"] + parts["end"], f"{folder}d.md", sidecar, config)
    (design,) = catalog.designs
    return design


@pytest.mark.parametrize("place", PLACES)
def test_each_place_is_read(place, tmp_path):
    design = said_at([place], tmp_path)
    assert design.verdict.origins["status"].kind == place
    assert design.metadata.status.key == STATUSES[0]
    if place not in ("configuration", "folder"):
        assert [person.name for person in design.metadata.authors] == ["Author0"]


NEIGHBOURS = list(zip([*PLACES], [*PLACES][1:], strict=False))


@pytest.mark.parametrize(("first", "second"), NEIGHBOURS)
def test_of_two_places_the_earlier_counts(first, second, tmp_path):
    if second == "folder" or first == "configuration":
        assert said_at([second, first], tmp_path).verdict.origins["status"].kind == first
        return
    design = said_at([second, first], tmp_path)  # whatever stands first in the file
    assert design.verdict.origins["status"].kind == first
    assert design.metadata.status.key == STATUSES[1]
    if second != "configuration":
        assert [person.name for person in design.metadata.authors] == ["Author1"]


def test_what_an_earlier_place_leaves_open_a_later_one_says(tmp_path):
    catalog = adopt(
        tmp_path,
        "---\nstatus: accepted\nauthors: TBD\ncreated:\n---\n# T\n\n- Author: Ana Diaz\n\nDate: 2026-01-02\n",
        sidecar="reviewers: [Bo Li]\n",
    )
    (design,) = catalog.designs
    assert {name: origin.kind for name, origin in design.verdict.origins.items()} == {
        "status": "page",
        "authors": "list",
        "created": "line",
        "reviewers": "sidecar",
    }


# Which pages are taken -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("docs", "taken"),
    [
        ("adr/", ["adr/1.md", "adr/old/2.md", "adr/README.md"]),
        ("adr/*.md", ["adr/1.md", "adr/README.md"]),
        (["adr/*.md", "!README.md"], ["adr/1.md"]),
        (["adr/", "!adr/old/", "rfc/"], ["adr/1.md", "adr/README.md", "rfc/3.md"]),
        ("/[0-9]*.md", ["9.md"]),
        ("[0-9]*.md", ["9.md", "adr/1.md", "adr/old/2.md", "rfc/3.md"]),
        ({"files": ["**/*.md", "!adr/"]}, ["9.md", "rfc/3.md"]),
        ([{"files": "rfc/"}, "9.md"], ["9.md", "rfc/3.md"]),
        ("!9.md", []),
        ("gone/", []),
    ],
)
def test_patterns_take_pages(docs, taken):
    settings = Settings(Path(), Path(), docs=options.docs(docs))
    pages = ["9.md", "adr/1.md", "adr/old/2.md", "adr/README.md", "rfc/3.md"]
    assert [page for page in pages if adopted(page, settings)] == taken


def test_a_negation_takes_only_from_what_stands_beside_it():
    assert matches(["*.md", "!a.md", "a.md"], "a.md")
    settings = Settings(Path(), Path(), docs=options.docs([{"files": "*.md"}, {"files": ["b.md", "!a.md"]}]))
    assert adopted("a.md", settings) is not None


def test_the_later_of_two_entries_has_the_last_word_on_what_it_says():
    settings = Settings(
        Path(),
        Path(),
        docs=options.docs(
            [
                {"files": "*.md", "template": "adr", "status": "accepted", "template_version": 1},
                {"files": "old/", "status": "rejected"},
                {"files": "old/2.md", "template": "rfc", "template_version": 1.10},
            ]
        ),
    )
    assert adopted("1.md", settings) == Adopted(("*.md",), "adr", "1", "accepted")
    assert adopted("old/1.md", settings) == Adopted(("old/",), "adr", "1", "rejected")
    assert adopted("old/2.md", settings) == Adopted(("old/2.md",), "rfc", "1.1", "rejected")


def judged(tmp_path, pages, docs, **more):
    settings = replace(settings_of(tmp_path, {"docs": docs}), **more)
    documents = [Document(name, name, text.encode()) for name, text in pages.items()]
    return catalogue(documents, Archive(settings, None))


def test_a_page_opts_out_and_others_need_a_block(tmp_path):
    pages = {
        "adr/1.md": "# One\n\nStatus: accepted\n",
        "adr/2.md": "---\ndesign: false\n---\n# Two\n\nStatus: accepted\n",
        "adr/3.md": "---\ndesign:\n  status: draft\n  template: note\n---\n# Three\n\nStatus: accepted\n",
        "about.md": "# About\n\nStatus: accepted\n",
    }
    catalog = judged(tmp_path, pages, "adr/")
    assert {d.path: d.metadata.status.key for d in catalog.designs} == {"adr/1.md": "approved", "adr/3.md": "draft"}
    assert [(d.path, d.code) for d in catalog.everything()] == [("adr/3.md", "field-conflict")]


def test_a_page_is_judged_by_the_template_of_its_entry(tmp_path):
    settings = settings_of(tmp_path, {})
    (settings.templates_dir / "adr.md").write_text("# [Title]\n\n## Context\n\n[Why]\n")
    pages = dict.fromkeys(("adr/1.md", "2.md"), "# One\n\nStatus: accepted\n")
    catalog = judged(tmp_path, pages, ["*.md", {"files": "adr/", "template": "adr"}])
    assert {d.path: d.metadata.template for d in catalog.designs} == {"adr/1.md": "adr", "2.md": "note"}
    assert [(d.path, d.section) for d in catalog.everything() if d.code == "section-missing"] == [
        ("adr/1.md", "Context")
    ]


def test_a_block_has_a_template_of_its_own_and_nothing_of_the_entry(tmp_path):
    page = "---\ndesign: {template: note}\n---\n# One\n"
    catalog = judged(tmp_path, {"rejected/1.md": page}, [{"files": "/**", "template": "adr", "status": "accepted"}])
    (design,) = catalog.designs
    assert (design.metadata.template, design.metadata.status) == ("note", None)


@pytest.mark.parametrize(
    ("template", "code", "help"),
    [("", "field-missing", "default_template"), ("nota", "template-unknown", "did you mean `note`?")],
)
def test_pages_without_a_template_say_where_to_name_one(tmp_path, template, code, help):
    docs = [{"files": "*.md", **({"template": template} if template else {})}]
    catalog = judged(tmp_path, {"1.md": "# One\n\nStatus: accepted\n"}, docs, default_template="")
    (found,) = catalog.everything()
    assert (found.code, found.line) == (code, 1)
    assert help in found.help


# The configuration ---------------------------------------------------------------------------------------------

WRONG = {
    "docs number": ({"docs": [7]}, "option 'docs': expected a pattern, or a mapping with `files`, got 7"),
    "docs no files": ({"docs": [{"template": "adr"}]}, "expected a pattern, or a mapping with `files`"),
    "docs key": ({"docs": [{"files": "a/", "tempalte": "adr"}]}, "unknown key 'tempalte'; known are: files, template"),
    "docs empty": ({"docs": [{"files": []}]}, "files: expected a pattern or a list of them, got []"),
    "docs pattern": ({"docs": ["a/", "!"]}, "'!' is no path and no pattern; write it as in .gitignore"),
    "docs nested pattern": ({"docs": {"files": "\\"}}, "is no path and no pattern"),
    "docs status": (
        {"docs": [{"files": "a/", "status": "aproved"}]},
        "option 'docs': a/: there is no status 'aproved'; did you mean 'approved'?",
    ),
    "docs own status": (
        {"docs": [{"files": "a/", "status": "approved"}], "statuses": ["idea", "built"]},
        "a/: there is no status 'approved'; known are: idea, built",
    ),
    "fields": ({"fields": ["status"]}, "option 'fields': expected a mapping of fields to their names in the documents"),
    "fields field": ({"fields": {"autors": "lead"}}, "unknown field 'autors'; did you mean authors?"),
    "fields unknown": ({"fields": {"colour": "art"}}, "unknown field 'colour'; known are: id, title, status"),
    "fields names": ({"fields": {"authors": [7]}}, "authors: expected a name or a list of them, got [7]"),
    "sidecar": ({"sidecar": 7}, "option 'sidecar': expected the name of a file or a list of them, got 7"),
    "sidecar path": ({"sidecar": "../kep.yaml"}, "expected the name of a file beside the document, got the path"),
    "words": (
        {"status_words": ["ok"]},
        "option 'status_words': expected a mapping of the documents' words to statuses",
    ),
    "words status": (
        {"status_words": {"ok": "aproved"}},
        "option 'status_words': ok: there is no status 'aproved'; did you mean 'approved'?",
    ),
    "words unknown": ({"status_words": {"ok": "napkin"}}, "ok: there is no status 'napkin'; known are: draft, in"),
    "words own": (
        {"status_words": {"ok": "approved"}, "statuses": ["idea", "built"]},
        "ok: there is no status 'approved'; known are: idea, built",
    ),
    "templates": ({"templates": "adr.md"}, "option 'templates': expected a mapping of names to files"),
    "templates file": ({"templates": {"adr": 7}}, "adr: expected a file, or a mapping with `file`"),
}


@pytest.mark.parametrize(("ours", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_the_configuration_is_said(tmp_path, ours, words):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "T", "plugins": [{"designdocs": ours}]}))
    with pytest.raises(CannotConfigureError) as raised:
        load(str(tmp_path / "mkdocs.yml"))
    assert words in str(raised.value)


def test_what_the_configuration_says(tmp_path):
    ours = {
        "docs": ["a/", "!a/x.md", {"files": "b/", "status": "Beschlossen"}],
        "fields": {"status": "meta.stage", "authors": ["Lead", "Wer"]},
        "sidecar": ["kep.yaml", "{name}.yaml"],
        "status_words": {"Beschlossen": "approved"},
        "templates": {"adr": "tpl/adr.txt"},
    }
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "T", "plugins": [{"designdocs": ours}]}))
    settings, _ = load(str(tmp_path / "mkdocs.yml"))
    assert settings.docs == (Adopted(("a/", "!a/x.md")), Adopted(("b/",), status="Beschlossen"))
    assert settings.fields == {"status": ("meta.stage",), "authors": ("Lead", "Wer")}
    assert settings.sidecars == ("kep.yaml", "{name}.yaml")
    assert settings.lifecycle.find("beschlossen").key == "approved"
    assert settings.templates == {"adr": TemplateFile(tmp_path / "tpl" / "adr.txt")}


def test_a_teams_words_come_before_the_defaults(tmp_path):
    document = "# T\n\nStatus: **Provisional** (since May)\n"
    (design,) = adopt(tmp_path, document, config={"status_words": {"provisional": "in review"}}).designs
    assert design.metadata.status.key == "in-review"


def test_a_template_is_a_file_of_any_name(site):
    site.configure(
        ours={
            "docs": "adr/",
            "templates": {"adr": "docs/adr/template.txt", "j": "t.md.j2"},
            "default_template": "adr",
            "index": False,
        }
    )
    site.write("adr/template.txt", "# [Title]\n\n## Context\n\n[Why]\n")
    site.write(
        "../t.md.j2",
        "# {{ title or '[Title]' }}\n\n{% for part in ('Doors', 'Keys') %}## {{ part }}\n\n[Say]\n\n{% endfor %}",
    )
    site.write("index.md", "# Home\n")
    site.write("adr/1.md", "# One\n\nStatus: accepted\n")
    site.write("adr/2.md", "---\ndesign: {template: j, status: approved}\n---\n# Two\n\n## Keys\n\nWords.\n")
    told = json.loads(site.check("--format", "json").stdout)
    found = {(d["code"], one["path"], d["section"]) for one in told["designs"] for d in one["diagnostics"]}
    assert found == {
        ("section-missing", "docs/adr/1.md", "Context"),
        ("section-missing", "docs/adr/2.md", "Doors"),
    }


def test_a_template_that_is_not_there_is_said_once(site):
    site.configure(ours={"docs": "adr/", "templates": {"adr": "gone.md"}, "default_template": "adr", "index": False})
    site.write("index.md", "# Home\n")
    site.write("adr/1.md", "# One\n\nStatus: accepted\n")
    done = site.check()
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if "error:" in line]
    assert lines == [
        'docs/adr/1.md:1:1: error: the template "adr" cannot be used, so nothing can be checked or expanded '
        "[template-unknown]",
        "gone.md:1:1: error: the template cannot be read: No such file or directory [template-invalid]",
    ]
    assert "Traceback" not in site.build().stderr


# Sidecars ------------------------------------------------------------------------------------------------------


def test_the_first_sidecar_that_is_there_counts(tmp_path):
    settings = Settings(tmp_path, tmp_path, sidecars=("kep.yaml", "{name}.yaml"))
    page = tmp_path / "a" / "one.md"
    page.parent.mkdir()
    assert sidecar_of(page, settings) is None
    (tmp_path / "a" / "one.yaml").write_text("status: draft\n")
    assert sidecar_of(page, settings) == Sidecar("a/one.yaml", b"status: draft\n")
    (tmp_path / "a" / "kep.yaml").mkdir()
    assert sidecar_of(page, settings).path == "a/one.yaml", "a folder is no file"
    (tmp_path / "a" / "kep.yaml").rmdir()
    (tmp_path / "a" / "kep.yaml").write_text("")
    assert sidecar_of(page, settings).path == "a/kep.yaml"
    assert sidecar_of(page, Settings(tmp_path, tmp_path)) is None


BYTES = {
    "empty": (b"", []),
    "comments": (b"# nothing\n", []),
    "list": (b"- a\n", ["meta.yaml:1:1: error: the file is no mapping of keys to values [front-matter-invalid]"]),
    "text": (b"words\n", ["meta.yaml:1:1: error: the file is no mapping of keys to values [front-matter-invalid]"]),
    "latin": (
        "owner: Bj\u00f6rn\n".encode("latin-1"),
        ["meta.yaml:1:10: error: a byte here is no UTF-8; it is read as � [encoding-invalid] | save the file as UTF-8"],
    ),
    "nul": (b"a: \0\n", None),
    "utf-16": ("status: draft\n".encode("utf-16"), None),
    "deep": (b"a: " + b"[" * 100_000, None),
    "bom": (b"\xef\xbb\xbfowner: Ana\r\n", []),
    "documents": (b"---\nowner: Ana\n---\nowner: Bo\n", None),
}


@pytest.mark.parametrize(("data", "found"), BYTES.values(), ids=BYTES)
def test_no_sidecar_stops_anything(data, found, tmp_path):
    catalog = adopt(tmp_path, "# T\n\nStatus: accepted\n", sidecar=data)
    (design,) = catalog.designs
    assert design.metadata.status.key == "approved"
    told = [finding(one) for one in catalog.everything()]
    if found is None:
        assert told
        assert all(one.startswith("meta.yaml:") for one in told)
    else:
        assert told == found


def test_another_sidecar_is_another_verdict_and_only_of_its_page(tmp_path, monkeypatch):
    settings = replace(settings_of(tmp_path, {}), cache_dir=tmp_path / "cache")
    analysed = []
    whole = Archive.analyse
    monkeypatch.setattr(Archive, "analyse", lambda me, d, body=None: (analysed.append(d.path), whole(me, d, body))[1])

    def judge(status):
        analysed.clear()
        pages = [
            Document("a.md", "a.md", b"# A\n", "", Sidecar("a.yaml", f"status: {status}\n".encode())),
            Document("b.md", "b.md", b"# B\n", "", Sidecar("b.yaml", b"status: draft\n")),
        ]
        return [d.metadata.status.key for d in catalogue(pages, Archive(settings, None)).designs]

    assert (judge("draft"), analysed) == (["draft", "draft"], ["a.md", "b.md"])
    assert (judge("draft"), analysed) == (["draft", "draft"], [])
    assert (judge("accepted"), analysed) == (["approved", "draft"], ["a.md"])
    assert (judge("draft"), analysed) == (["draft", "draft"], [])


# One person in several ways ------------------------------------------------------------------------------------

WAYS = ["Ana Diaz", "'@ana'", "'[Ana](https://github.com/ana)'", "ana@example.com", "Ana <ana@example.com>", "ANA"]


def index(catalog: Catalog) -> Index:
    return index_of(entries_of(catalog, DEFAULT), WHOLE, DEFAULT, ENGLISH)


def test_one_person_in_several_ways_is_one_in_the_index(tmp_path):
    known = tmp_path / ".authors.yml"
    pages = {f"{n}.md": f"---\nstatus: draft\nauthor: {way}\n---\n# D{n}\n" for n, way in enumerate(WAYS)}
    pages["all.md"] = (
        f"---\nstatus: draft\nauthors: [{', '.join(WAYS)}, Bo Li]\nreviewers: ['@ana', Ana Diaz]\n---\n# All\n"
    )
    without = judged(tmp_path, pages, "*.md", authors_file=known)
    assert len(index(without).groups["author"]) > 3, "nobody has said that they are one"
    known.write_text("authors:\n  ana:\n    name: Ana Diaz\n    email: ana@example.com\n  bo: {name: Bo Li}\n")
    catalog = judged(tmp_path, pages, "*.md", authors_file=known)
    groups = {group.title: group.entries for group in index(catalog).groups["author"]}
    assert {name: len(titles) for name, titles in groups.items()} == {"Ana Diaz": 7, "Bo Li": 1}
    (everybody,) = (design for design in catalog.designs if design.path == "all.md")
    assert [person.key for person in everybody.metadata.authors] == ["ana", "bo"]
    assert everybody.metadata.authors[0].email == "ana@example.com", "it was said in the page"
    assert len(everybody.metadata.reviewers) == 1
    assert [d.code for d in catalog.everything()] == []


def test_an_address_of_the_list_of_authors_is_not_published(tmp_path):
    known = tmp_path / ".authors.yml"
    known.write_text("authors:\n  ana: {name: Ana Diaz, email: ana@example.com, url: https://example.com/ana}\n")
    page = {"a.md": "---\nstatus: draft\nauthor: '@ana'\n---\n"}
    (design,) = judged(tmp_path, page, "*.md", authors_file=known).designs
    assert design.metadata.authors == (Person("Ana Diaz", "ana"),)


# Collections, from end to end ----------------------------------------------------------------------------------

RECORDS = {
    "adr/0001-record-decisions.md": """# 1. Record decisions

Date: 2026-01-02

## Status

Accepted

## Context

We forget.

## Decision

We write it down.
""",
    "adr/0002-drawers.md": """# 2. Parcels in drawers

Date: 2026-02-03

## Status

Superseded by [3. Parcels in lockers](0003-lockers.md)

## Context

Parcels need a place.

## Decision

Each has a drawer.
""",
    "adr/0003-lockers.md": """# 3. Parcels in lockers

Date: 2026-03-04

## Status

Accepted

Supersedes [2. Parcels in drawers](0002-drawers.md)

## Context

Drawers stick.

## Decision

Each has a locker.
""",
    "adr/README.md": "# Decisions\n\nThey are numbered.\n",
}
RECORD = """# NUMBER. TITLE

Date: DATE

## Status

STATUS

## Context

What made us think about it?

## Decision

What do we do from now on?
"""

ENHANCEMENTS = {
    "keps/0007-groups/README.md": """# Locker groups

## Summary

Lockers stand in groups.

## Motivation

Couriers walk far.
""",
    "../docs/keps/0007-groups/kep.yaml": """title: Locker groups
kep-number: 7
status: implementable
authors:
  - "@ana"
  - "@chen"
creation-date: 2026-01-02
""",
    "keps/0008-chilled/README.md": """# Chilled lockers

## Summary

Some lockers are cold.

## Motivation

Food.
""",
    "keps/0008-chilled/kep.yaml": """title: Chilled lockers
status: provisional
authors:
  - "@ana"
see-also:
  - keps/0007-groups/README.md
""",
}
ENHANCEMENT = "# Title\n\n## Summary\n\nOne paragraph of text.\n\n## Motivation\n\nWho wants this?\n"

PROPOSALS = {
    "proposals/0004-labels.md": """## Labels on lockers

* **Owners:**
  * `@ana`
  * [Bo Li](https://github.com/bo)

* **Implementation Status:** `Partially implemented`

* **Related Issues and PRs:**
  * https://example.com/7

> In short: lockers have labels.

## Why

Numbers are hard to find.

## How

We print them.
""",
    "proposals/2026-01-02-tags.md": "This has moved to [labels](0004-labels.md).\n",
}
PROPOSAL = """## Your Proposal Title

* **Owners:**
  * `<@who: one of us>`

* **Implementation Status:** `Not implemented`

> In short: what is it?

## Why

Say why.

## How

Say how.
"""

AUTHORS = "authors:\n  ana:\n    name: Ana Diaz\n  bo:\n    name: Bo Li\n    email: bo@example.com\n"


@pytest.fixture(scope="module")
def collections(new_site):
    """A site of three collections, none of which has ever heard of us."""
    site = new_site("collections")
    site.configure(
        ours={
            "docs": [
                {"files": ["adr/", "!README.md"], "template": "adr"},
                {"files": "keps/*/README.md", "template": "kep"},
                {"files": "proposals/", "template": "proposal"},
            ],
            "templates": {"adr": "adr-template.md", "kep": "kep.tmpl", "proposal": "0000-template.md"},
            "sidecar": "kep.yaml",
        }
    )
    site.write("index.md", "# Home\n")
    site.write(".authors.yml", AUTHORS)
    site.write("../adr-template.md", RECORD)
    site.write("../kep.tmpl", ENHANCEMENT)
    site.write("../0000-template.md", PROPOSAL)
    for name, text in (RECORDS | ENHANCEMENTS | PROPOSALS).items():
        site.write(name, text)
    site.result = site.build("--strict")
    return site


def test_three_collections_are_in_order(collections):
    done = collections.check("--strict", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    read = {
        Path(one["path"]).relative_to("docs").as_posix(): (
            one["title"],
            one["status"],
            [person["name"] or person["handle"] for person in one["authors"]],
            {name: origin["from"] for name, origin in one["origins"].items()},
        )
        for one in told["designs"]
    }
    section = {"id": "name", "created": "line", "status": "section"}
    assert read == {
        "adr/0001-record-decisions.md": ("1. Record decisions", "approved", [], section),
        "adr/0002-drawers.md": ("2. Parcels in drawers", "superseded", [], section | {"superseded_by": "relation"}),
        "adr/0003-lockers.md": ("3. Parcels in lockers", "approved", [], section | {"supersedes": "relation"}),
        "keps/0007-groups/README.md": (
            "Locker groups",
            "approved",
            ["Ana Diaz", "chen"],
            {"id": "name", "title": "sidecar", "status": "sidecar", "authors": "sidecar", "created": "sidecar"},
        ),
        "keps/0008-chilled/README.md": (
            "Chilled lockers",
            "draft",
            ["Ana Diaz"],
            {"id": "name", "title": "sidecar", "status": "sidecar", "authors": "sidecar", "related": "sidecar"},
        ),
        "proposals/0004-labels.md": (
            "Labels on lockers",
            "approved",
            ["Ana Diaz", "Bo Li"],
            {"id": "name", "status": "list", "authors": "list"},
        ),
        "proposals/2026-01-02-tags.md": (
            "2026 01 02 tags",
            "superseded",
            [],
            {"created": "name", "status": "relation", "superseded_by": "relation"},
        ),
    }
    assert (told["summary"]["errors"], told["summary"]["warnings"]) == (0, 0)


def test_three_collections_make_a_site(collections):
    assert collections.result.returncode == 0, collections.result.stderr
    assert "WARNING" not in collections.result.stderr
    assert "ERROR" not in collections.result.stderr
    index = collections.page("designs")
    by_status, by_author = index.split("<article")[1].split('id="by-author"')
    for status in ("Draft", "Approved", "Superseded"):
        assert f">{status}<" in by_status
    assert by_status.count(">Labels on lockers</a>") == 2, "its card, and in that of the one it has taken the place of"
    for author in ("Ana Diaz", "Bo Li", "@chen", "No author"):
        assert author in by_author
    listed = json.loads((collections.built / "designs" / "designs.json").read_text())["designs"]
    known = {one["path"]: one for one in listed}
    assert known["docs/adr/0003-lockers.md"]["supersedes"]
    assert known["docs/keps/0008-chilled/README.md"]["related"]


def test_what_a_page_says_stays_on_the_page(collections):
    page = collections.page("proposals/0004-labels")
    assert "Partially implemented" in page
    assert "We print them." in page
    assert "designdocs" in page, "its header"
    assert "designdocs" not in collections.page("adr").split("<article")[1].split("</article")[0], "no design"


def test_front_matter_below_blank_lines_is_reported_and_not_shown(site):
    site.configure(ours={"docs": "adr/", "templates": {"adr": "adr.tmpl"}, "default_template": "adr"})
    site.write("index.md", "# Home\n")
    site.write("../adr.tmpl", "# [Title]\n\n## Context\n\n[Why]\n")
    site.write("adr/1.md", "\n\n---\nstatus: accepted\nauthor: Ana Diaz\n---\n# One\n\n## Context\n\nWords.\n")
    built = site.build()
    assert built.returncode == 1
    assert "docs/adr/1.md:3:1: the front matter has to begin in the first line" in built.stderr
    article = site.page("adr/1").split("<article")[1].split("</article")[0]
    assert "Ana Diaz" in article
    assert "status: accepted" not in article


def test_a_broken_sidecar_fails_the_build_at_its_line(site):
    site.configure(
        ours={"docs": "keps/", "templates": {"kep": "kep.tmpl"}, "default_template": "kep", "sidecar": "kep.yaml"}
    )
    site.write("index.md", "# Home\n")
    site.write("../kep.tmpl", ENHANCEMENT)
    for name, text in ENHANCEMENTS.items():
        site.write(name, text)
    site.write("keps/0008-chilled/kep.yaml", "title: Chilled\nstatus: provisional\nauthors: [@ana]\n")
    done = site.check()
    where = "docs/keps/0008-chilled/kep.yaml:3:11"
    assert done.returncode == 1
    assert f'{where}: error: the file cannot be read: "@ana" begins with `@`' in done.stdout
    built = site.build()
    assert built.returncode == 1
    assert f'{where}: the file cannot be read: "@ana" begins with `@`' in built.stderr
    assert "Traceback" not in built.stderr
    assert "Some lockers are cold." in site.page("keps/0008-chilled")


WARM = """
import sys
from mkdocs.__main__ import cli
try:
    cli(["build", "-q"], standalone_mode=False)
finally:
    loaded = {"markdown_it", "jsonschema", "quickjs"} & set(sys.modules)
    print("LOADED", sorted(loaded))
"""


def test_a_warm_build_of_adopted_pages_parses_nothing(collections):
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", WARM], cwd=collections.root, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("LOADED []")

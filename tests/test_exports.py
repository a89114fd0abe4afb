"""What is published for programs: `designs.json` and its schema, the feed, the list of what is in force."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from designs import a_design, entries
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mkdocs_designdocs.address import Address
from mkdocs_designdocs.design import Design, Gist
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.exports import announced, files, links
from mkdocs_designdocs.feed import NEWEST, as_atom
from mkdocs_designdocs.history import Change, Past
from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.llms import as_llms
from mkdocs_designdocs.moves import moves
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.records import as_json
from mkdocs_designdocs.relations import INVERSE

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "mkdocs_designdocs" / "assets" / "designs.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
ANA, BO = Person("Ana Ruiz", "ana", url="https://example.com/ana"), Person("Bo Li", email="bo@example.com")
COUNTED = ["required", "written"]
WEB = Address("Lockers & co", "https://example.com/eng/", "designs/", "designs")


def gist(design: Design, *values: Any, required: int = 0, written: int = 0) -> Design:
    return replace(design, verdict=replace(design.verdict, gist=Gist(*values), required=required, written=written))


def change(status: str, time: str, number: int = 1) -> Change:
    return Change(status, time[:10], time, BO, f"{number:040x}")


HISTORY = Past(
    created="2026-01-02",
    updated="2026-03-04",
    authors=(BO,),
    changes=(change("draft", "2026-01-02T09:00:00+02:00"), change("in-review", "2026-02-03T10:11:12Z", 2)),
)
COLLECTION = entries(
    gist(
        a_design(
            "designs/retry.md",
            "in review",
            title="Checkout retries",
            id="DD-1",
            template="service",
            authors=(ANA,),
            reviewers=(BO,),
            issue="#12",
            spec="spec.md",
            tags=("payments", "<api>"),
            depends_on="DD-2",
        ),
        "Calls fail & nobody notices.",
        3,
        2,
        required=8,
        written=5,
    ),
    a_design("designs/ledger.md", "approved", title="Ledger", id="DD-2", created="2025-12-24", superseded_by="DD-9"),
    a_design("designs/none.md", None, title="No status"),
    gist(a_design("designs/old.md", "superseded", title="Old [1]", superseded_by="DD-2"), "It was…"),
    a_design("designs/gone.md", "withdrawn", title="Gone"),
    pasts={
        "designs/retry.md": HISTORY,
        "designs/ledger.md": Past(changes=(change("approved", "2026-02-01T00:00:00Z", 3),), whole=False),
    },
)


def published(those: Sequence[Entry] = COLLECTION) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(as_json(those, WEB.site))
    return given


def records(those: Sequence[Entry] = COLLECTION) -> dict[str, dict[str, Any]]:
    return {one["url"].split("/")[1]: one for one in published(those)["designs"]}


# designs.json -------------------------------------------------------------------------------------------------------


def test_a_record_holds_all_that_lists_show():
    ana = {"name": "Ana Ruiz", "handle": "ana", "email": None, "url": "https://example.com/ana"}
    bo = {"name": "Bo Li", "handle": None, "email": "bo@example.com", "url": None}
    committer = {**bo, "email": None}  # what somebody has told git alone is nobody's business
    assert records()["retry"] == {
        "path": "docs/designs/retry.md",
        "url": "designs/retry/",
        "id": "DD-1",
        "title": "Checkout retries",
        "overview": "Calls fail & nobody notices.",
        "template": "service",
        "status": "in-review",
        "status_label": "In review",
        "group": "open",
        "since": "2026-02-03",
        "since_exact": True,
        "authors": [ana],
        "reviewers": [bo],
        "waiting": True,
        "created": "2026-01-02",
        "updated": "2026-03-04",
        "from_git": ["created", "updated"],
        "issue": "#12",
        "spec": "spec.md",
        "tags": ["payments", "<api>"],
        "required": 8,
        "written": 5,
        "unticked": 3,
        "questions": 2,
        "changes": [
            {
                "from": None,
                "status": "draft",
                "date": "2026-01-02",
                "time": "2026-01-02T09:00:00+02:00",
                "by": committer,
                "commit": f"{1:040x}",
            },
            {
                "from": "draft",
                "status": "in-review",
                "date": "2026-02-03",
                "time": "2026-02-03T10:11:12Z",
                "by": committer,
                "commit": f"{2:040x}",
            },
        ],
        "supersedes": [],
        "superseded_by": [],
        "depends_on": ["DD-2"],
        "needed_by": [],
        "related": [],
    }


def test_what_nobody_said_is_null_or_empty():
    texts = ["id", "overview", "template", "status", "status_label", "since", "created", "updated", "issue", "spec"]
    assert records()["none"] == {
        **dict.fromkeys(texts),
        **{key: [] for key in ["authors", "reviewers", "from_git", "tags", "changes", *INVERSE]},
        **dict.fromkeys(["required", "written", "unticked", "questions"], 0),
        "path": "docs/designs/none.md",
        "url": "designs/none/",
        "title": "No status",
        "group": "open",
        "waiting": False,
        "since_exact": False,
    }


def test_the_first_fields_of_version_1_are_what_they_were():
    given = published()
    assert (given["version"], given["$schema"], given["site_url"]) == (1, "designs.schema.json", WEB.site)
    first = [
        "path",
        "url",
        "title",
        "template",
        "status",
        "authors",
        "created",
        "updated",
        "tags",
        "required",
        "written",
    ]
    assert {*first, *INVERSE} <= set(records()["retry"])
    assert records()["old"]["superseded_by"] == ["DD-2"]
    assert records()["ledger"]["needed_by"] == ["docs/designs/retry.md"]


def test_what_a_shallow_clone_begins_with_is_no_change():
    assert records()["ledger"]["changes"] == []
    assert records()["ledger"]["since_exact"] is False


def test_a_design_that_says_its_stages_needs_no_git():
    stages = (("draft", "2026-01-01"), ("approved", "2026-02-01"))
    (one,) = records(entries(a_design("designs/a.md", "approved")) and entries(staged("designs/a.md", stages))).values()
    none = {"time": None, "by": None, "commit": None}
    assert one["changes"] == [
        {"from": None, "status": "draft", "date": "2026-01-01", **none},
        {"from": "draft", "status": "approved", "date": "2026-02-01", **none},
    ]


def staged(uri: str, stages: tuple[tuple[str, str], ...], **said: Any) -> Design:
    one = a_design(uri, stages[-1][0], **said)
    return replace(one, verdict=replace(one.verdict, metadata=replace(one.metadata, stages=stages)))


def test_the_same_collection_is_the_same_text():
    assert as_json(COLLECTION) == as_json(COLLECTION)
    assert json.loads(as_json([])) == {"$schema": "designs.schema.json", "version": 1, "site_url": None, "designs": []}


# Its schema ---------------------------------------------------------------------------------------------------------


def complaints(document: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one_and_names_no_place_of_ours():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "designs.schema.json"
    addresses = re.findall(r"https?://[^\"]+", json.dumps(SCHEMA))
    assert addresses == ["https://json-schema.org/draft/2020-12/schema"]


def test_what_is_published_is_valid(judged):
    assert complaints(published()) == []
    assert complaints(json.loads(as_json([]))) == []


def test_everything_that_is_published_is_in_the_schema():
    designs, known = published()["designs"], SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(published())
    assert all(list(one) == list(known["design"]["properties"]) == known["design"]["required"] for one in designs)
    (first, *_) = records()["retry"]["changes"]
    assert list(first) == list(known["change"]["properties"]) == known["change"]["required"]
    assert list(first["by"]) == list(known["person"]["properties"]) == known["person"]["required"]


def mutants(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """A document with one thing wrong in it, over and over: a key gone, or a value of another type."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "$schema":
                yield (*place, f"without {key}"), {k: v for k, v in value.items() if k != key}
            for where, wrong in mutants(item, (*place, key)):
                yield where, {**value, key: wrong}
    elif isinstance(value, list):
        for number, item in enumerate(value):
            for where, wrong in mutants(item, (*place, number)):
                yield where, [*value[:number], wrong, *value[number + 1 :]]
        yield (*place, "no list"), {}
    else:
        yield (*place, "a list"), [value]
        yield (*place, "another type"), 7.5 if isinstance(value, (str, bool)) or value is None else str(value)


def test_no_mutant_is_valid():
    whole = {**published(), "designs": [records()["retry"]]}
    made = list(mutants(whole))
    assert len(made) > 100
    assert [where for where, wrong in made if not complaints(wrong)] == []


WRONG: list[Mapping[str, Any]] = [
    {"created": "3 November 2026"},
    {"created": "2026-13-01"},
    {"created": ""},
    {"since": "2026-02-03T00:00:00Z"},
    {"group": "in-force"},
    {"from_git": ["title"]},
    {"written": -1},
    {"status": None},
    {"status_label": None},
    {"overview": ""},
    {"tags": [""]},
    {"authors": [{"name": "Ana"}]},
    {"authors": [{"name": None, "handle": "@ana", "email": None, "url": None}]},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_value_that_cannot_be_is_not_valid(wrong):
    assert complaints({**published(), "designs": [{**records()["retry"], **wrong}]})


def test_a_later_field_breaks_no_reader_s_copy_of_the_schema():
    later = {**records()["retry"], "mood": "good"}
    assert complaints({**published(), "designs": [later], "generator": "x"}) == []


def test_the_reference_describes_what_the_schema_has():
    page = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8").partition("\n## designs.json")[2]
    tables = [
        set(re.findall(r"`(\$?\w+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE))))
        for part in re.split(r"^### .*$", page, flags=re.MULTILINE)
    ]
    top, design, moved = (table for table in tables if table)
    assert top == set(SCHEMA["properties"])
    assert design == set(SCHEMA["$defs"]["design"]["properties"])
    assert moved == set(SCHEMA["$defs"]["change"]["properties"])


# The feed -----------------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def feed(those: Sequence[Entry] = COLLECTION, labels: Labels = ENGLISH) -> ElementTree.Element:
    return checked(as_atom(those, WEB, DEFAULT, labels))


def checked(text: str) -> ElementTree.Element:
    """A feed, which is what RFC 4287 asks for."""
    found = ElementTree.fromstring(text.encode())
    assert found.tag == f"{ATOM}feed"
    ids = [one.text for one in found.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for one in (found, *found.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (said,) = one.findall(ATOM + name)
            assert said.text
            assert said.text.strip() == said.text
        assert urlsplit(one.findtext(f"{ATOM}id")).scheme in ("https", "tag")
        assert RFC_3339.fullmatch(one.findtext(f"{ATOM}updated"))
        alternates = [link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert [urlsplit(link.get("href")).scheme for link in alternates] == ["https"]
        assert len(one.findall(f"{ATOM}summary")) <= 1
    assert len(found.findall(f"{ATOM}author")) == 1
    assert all(who.findtext(f"{ATOM}name") for who in found.iter(f"{ATOM}author"))
    assert all(one.get("term") for one in found.iter(f"{ATOM}category"))
    known = {"id", "title", "updated", "link", "author", "generator", "category", "summary", "entry", "name", "uri"}
    assert {one.tag.removeprefix(ATOM) for one in found.iter()} <= {*known, "feed"}
    return found


def told(found: ElementTree.Element) -> list[str]:
    return [one.findtext(f"{ATOM}title") or "" for one in found.iter(f"{ATOM}entry")]


def test_the_feed_tells_what_changed_the_newest_first():
    found = feed()
    assert told(found) == ["Checkout retries: Draft → In review", "Checkout retries: new, Draft", "Ledger: new"]
    assert found.findtext(f"{ATOM}title") == "Designs of Lockers & co"
    assert found.findtext(f"{ATOM}updated") == "2026-02-03T10:11:12Z"
    assert found.find(f"{ATOM}link[@rel='self']").get("href") == "https://example.com/eng/designs/feed.xml"
    (first, second, third) = found.iter(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}id") == "tag:example.com,2026-02-03:/eng/designs/retry.md/in-review"
    assert third.findtext(f"{ATOM}id") == "tag:example.com,2025-12-24:/eng/designs/ledger.md/new"
    assert second.findtext(f"{ATOM}updated") == "2026-01-02T09:00:00+02:00"
    assert first.find(f"{ATOM}link").get("href") == "https://example.com/eng/designs/retry/"
    assert [one.get("term") for one in first.iter(f"{ATOM}category")] == ["in-review", "payments", "<api>"]
    assert [one.findtext(f"{ATOM}name") for one in first.iter(f"{ATOM}author")] == ["Ana Ruiz"]
    assert first.findtext(f"{ATOM}summary") == "Calls fail & nobody notices."


def test_a_change_stays_what_it_is_when_others_follow():
    before = {one.text for one in feed().iter(f"{ATOM}id")}
    later = Past(changes=(*HISTORY.changes, change("approved", "2026-05-06T00:00:00Z", 4)))
    those = [replace(one, past=later) if one.design.title == "Checkout retries" else one for one in COLLECTION]
    assert before < {one.text for one in feed(those).iter(f"{ATOM}id")}


def test_what_comes_back_to_a_status_on_one_day_has_another_id():
    days = [("draft", 1), ("in-review", 2), ("draft", 3), ("in-review", 4)]
    past = Past(changes=tuple(change(status, f"2026-01-01T0{hour}:00:00Z", hour) for status, hour in days))
    found = feed(entries(a_design("designs/a b.md", "in review"), pasts={"designs/a b.md": past}))
    assert [one.text.rpartition(":")[2] for one in found.iter(f"{ATOM}id")][1:] == [
        "/eng/designs/a%20b.md/in-review/2",
        "/eng/designs/a%20b.md/draft/2",
        "/eng/designs/a%20b.md/in-review",
        "/eng/designs/a%20b.md/draft",
    ]


def test_the_hour_counts_and_not_how_a_clock_shows_it():
    late = Past(changes=(change("draft", "2026-01-01T23:30:00-05:00"),))
    early = Past(changes=(change("draft", "2026-01-02T04:00:00Z"),))
    those = entries(
        a_design("a.md", "draft", title="Late"),
        a_design("b.md", "draft", title="Early"),
        pasts={"a.md": late, "b.md": early},
    )
    assert told(feed(those)) == ["Late: new, Draft", "Early: new, Draft"]


def test_only_the_newest_are_in_it():
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 25)]
    those = entries(*(a_design(f"{day}.md", "draft", created=day) for day in days))
    assert told(feed(those)) == [f"{day}.md: new" for day in sorted(days, reverse=True)[:NEWEST]]


def test_a_feed_of_nothing_is_one():
    assert told(feed(entries(a_design("a.md")))) == []


def test_what_xml_cannot_hold_is_marked():
    bad = gist(
        a_design("a.md", "draft", title="Be\x07ll \ud800 <b>", created="2026-01-01", tags="\x1b"), "\x00 & \ufffe"
    )
    (title,) = told(feed(entries(bad)))
    assert title == "Be\ufffdll \ufffd <b>: new"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_any_text_can_be_in_it(title, overview, tag):
    checked(
        as_atom(
            entries(gist(a_design("a.md", title=title, created="2026-01-01", tags=tag), overview)),
            WEB,
            DEFAULT,
            ENGLISH,
        )
    )


def test_the_feed_gives_nobody_s_mail_address_away_who_has_a_name():
    those = entries(
        a_design(
            "a.md",
            "draft",
            created="2026-01-01",
            authors=(BO, Person(email="x@example.com"), Person("E", url="javascript:1")),
        )
    )
    text = as_atom(those, WEB, DEFAULT, ENGLISH)
    assert "bo@example.com" not in text
    assert "javascript" not in text
    feed(those)


def test_the_feed_speaks_the_language_of_the_site():
    labels = Labels("de", (("feed_moved", "{title}: von {before} zu {status}"), ("status.draft", "Entwurf")))
    found = feed(labels=labels)
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert told(found)[0].startswith("Checkout retries: von Entwurf zu ")


@pytest.mark.parametrize("site", ["http://127.0.0.1:8000/", "http://[::1]:8000/x/", "https://user@bücher.example/"])
def test_the_id_names_the_host_whatever_it_is(site):
    found = ElementTree.fromstring(as_atom(COLLECTION, replace(WEB, site=site), DEFAULT, ENGLISH))
    assert all(
        re.match(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:/", one.findtext(f"{ATOM}id")) for one in found.iter(f"{ATOM}entry")
    )


def test_who_was_first_known_in_a_later_stage_is_not_new_then():
    (one,) = entries(staged("a.md", (("in-review", "2026-02-01"),), created="2026-01-01"))
    assert [(move.status, move.day, move.is_new) for move in moves(one)] == [
        ("", "2026-01-01", True),
        ("in-review", "2026-02-01", False),
    ]
    assert told(feed([one])) == ["a.md: In review", "a.md: new"]


# llms.txt -----------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_in_force_first():
    assert as_llms(COLLECTION, WEB, ENGLISH) == "\n".join(
        [
            "# Designs of Lockers & co",
            "",
            f"> {ENGLISH('llms_about')}",
            "",
            "## In force",
            "",
            "- [Ledger](https://example.com/eng/designs/ledger/): Approved.",
            "",
            "## Not yet in force",
            "",
            "- [No status](https://example.com/eng/designs/none/): Draft.",
            "- [Checkout retries](https://example.com/eng/designs/retry/): In review since 2026-02-03."
            " Calls fail & nobody notices.",
            "",
            "## No longer in force",
            "",
            "- [Old \\[1\\]](https://example.com/eng/designs/old/): superseded by"
            " [Ledger](https://example.com/eng/designs/ledger/). It was…",
            "",
        ]
    )


def test_without_an_address_the_links_lead_from_the_list():
    text = as_llms(COLLECTION, Address("", folder="designs"), ENGLISH)
    assert "[Ledger](ledger/)" in text
    assert "[x](../rfcs/(x%29.html)" not in text
    those = entries(replace(a_design("rfcs/x.md", title="X"), url="rfcs/x (1).html"))
    assert "[X](../rfcs/x%20%281%29.html)" in as_llms(those, Address("", folder="designs"), ENGLISH)


def test_of_nothing_the_list_has_its_head():
    assert as_llms([], WEB, ENGLISH).count("\n") == 3


# Where they stand ---------------------------------------------------------------------------------------------------


def test_all_files_lie_beside_the_index():
    names = ["designs/designs.json", "designs/designs.schema.json", "designs/llms.txt", "designs/feed.xml"]
    assert [path for path, _ in files(COLLECTION, WEB, DEFAULT, ENGLISH)] == names
    guide = (ROOT / "docs" / "programs.md").read_text("utf-8")
    told_of = re.findall(r"^\| `([\w.]+)` \|", guide, re.MULTILINE)
    assert sorted(f"designs/{name}" for name in told_of) == sorted(names)
    assert sorted(path for _, path in links(WEB, ENGLISH)) == sorted({*names} - {"designs/designs.schema.json"})


def test_without_an_address_there_is_no_feed():
    nowhere = replace(WEB, site="", folder="")
    assert [path for path, _ in files(COLLECTION, nowhere, DEFAULT, ENGLISH)] == [
        "designs.json",
        "designs.schema.json",
        "llms.txt",
    ]
    assert announced(nowhere, ENGLISH, str) == ""
    assert [path for _, path in links(nowhere, ENGLISH)] == ["designs.json", "llms.txt"]


def test_a_name_is_escaped_in_the_head():
    said = announced(replace(WEB, name='"><script>'), ENGLISH, lambda path: f"../{path}")
    assert 'title="Designs of &quot;&gt;&lt;script&gt;" href="../designs/feed.xml"' in said


def test_a_site_publishes_them_and_the_team_s_own_file_stays(site):
    site.configure(ours={}, site_url="https://example.com/eng/", theme={"name": "mkdocs"})
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", "---\ndesign:\n  status: draft\n  created: 2026-01-02\n---\n# A\n")
    site.write("designs/llms.txt", "Our own.\n")
    assert "there is no feed" not in site.build("--strict").stderr
    folder = site.built / "designs"
    assert (folder / "llms.txt").read_text() == "Our own.\n"
    assert complaints(json.loads((folder / "designs.json").read_text("utf-8"))) == []
    assert json.loads((folder / "designs.schema.json").read_text("utf-8")) == SCHEMA
    assert told(ElementTree.parse(folder / "feed.xml").getroot()) == ["A: new"]
    head, body = site.page("designs").split("</head>")
    assert '<link rel="alternate feed" type="application/atom+xml" title="Designs of Test" href="feed.xml">' in head
    assert '<a href="feed.xml">' in body
    assert "atom+xml" not in site.page("designs/a")


def test_the_example_site_publishes_what_is_valid(example_site):
    folder = example_site.built / "designs"
    given = json.loads((folder / "designs.json").read_text("utf-8"))
    assert complaints(given) == []
    assert len(given["designs"]) >= 10
    assert all((example_site.built / one["url"] / "index.html").is_file() for one in given["designs"])
    text = (folder / "feed.xml").read_text("utf-8")
    assert told(checked(text))
    linked = re.findall(r"\]\((\S+)\)", (folder / "llms.txt").read_text("utf-8"))
    assert linked
    assert all(link.startswith(given["site_url"]) for link in linked)


def test_without_an_address_a_build_says_once_why_there_is_no_feed(site):
    site.configure(ours={"index": "index.md"}, theme={"name": "mkdocs"})
    done = site.build("--strict")
    assert done.returncode == 0
    assert done.stderr.count("there is no feed of changes") == 1
    assert not (site.built / "feed.xml").exists()
    assert '<a href="llms.txt">' in site.page("")
    assert (site.built / "llms.txt").exists()

"""Designs that are not published: judged as ever, seen by who serves the site, and nowhere in what is built."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from designs import uris
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_designdocs import options
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.publication import unlinked, without

NOTE = "# Note: [Title]\n\n## Context\n\n[Why this is needed]\n"
TRACES = re.compile(r"zyzzyva|secret|mallory|hushtag", re.IGNORECASE)


def a_note(title: str, status: str, *more: str, body: str = "") -> str:
    said = "".join(f"  {line}\n" for line in more)
    front = f"---\ndesign:\n  template: note\n  title: {title}\n  status: {status}\n{said}---\n"
    return f"{front}\n# {title}\n\n## Context\n\nWords.\n\n{body}"


def prepare(site: Any, plugins: list[Any] | None = None, **more: Any) -> Any:
    """Two designs that are published, one that is not, and everything through which it could be seen."""
    ours = {"templates_dir": "tpl", "unpublished": ["draft"]}
    site.configure([*(plugins or ["search"]), {"designdocs": ours}], site_url="https://example.com/docs/", **more)
    site.write("../tpl/note.md", NOTE)
    site.write("index.md", "# Home\n\n[Read on](designs/b-hush.md#context), or [that](designs/a.md).\n")
    clicked = '```mermaid\nflowchart LR\n  X --> Y\n  click X href "b-hush.md"\n```\n'
    asks = ("authors: [Ana]", "depends_on: b-hush.md", "tags: [pay]")
    site.write("designs/a.md", a_note("Alpha", "approved", *asks, body=clicked))
    hush = ("authors: [Mallory]", "supersedes: c.md", "related: a.md", "tags: [hushtag]", "id: SECRET-1")
    site.write("designs/b-hush.md", a_note("Zyzzyva", "draft", *hush))
    site.write("designs/c.md", a_note("Gamma", "in review", "authors: [Bo]", "related: SECRET-1"))
    return site


def make(site: Any, *, dirty: bool = False, **more: Any) -> None:
    """Build in this process, whose plugins MkDocs keeps from one test to the next."""
    config = load_config(str(site.root / "mkdocs.yml"), **more)
    config.plugins.on_startup(command="build", dirty=dirty)
    build(config, dirty=dirty)


@pytest.fixture(scope="module")
def built(new_site: Any) -> Any:
    site = prepare(new_site("publication"), ["search", "tags"], extra={"version": 1})
    site.result = site.build("--strict")
    assert site.result.returncode == 0, site.result.stderr
    return site


def published(folder: Path) -> dict[str, str]:
    texts = (path for path in folder.rglob("*") if path.suffix in (".html", ".json", ".xml", ".txt"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in texts}


def test_a_draft_is_nowhere_in_what_is_built(built):
    pages = published(built.built)
    assert {"designs/a/index.html", "designs/index.html", "search/search_index.json", "sitemap.xml"} <= set(pages)
    assert not [name for name in pages if "hush" in name]
    traces = {name: found for name, text in pages.items() if (found := TRACES.findall(text))}
    # What its neighbours' authors have written themselves is theirs to say.
    assert not traces
    assert not re.search(r"""(?<!&quot;)b-hush""", pages["designs/a/index.html"])
    assert not [name for name, text in pages.items() if "b-hush" in text and name != "designs/a/index.html"]


def test_a_link_to_it_is_its_words(built):
    home = (built.built / "index.html").read_text()
    assert "<p>Read on, or " in home
    assert 'href="designs/a/"' in home


def test_mkdocs_says_who_links_to_it(built):
    assert "'index.md' contains a link to 'designs/b-hush.md' which is excluded" in built.result.stderr


def test_it_is_judged_as_ever(site, caplog):
    prepare(site)
    site.write("designs/b-hush.md", a_note("Zyzzyva", "draft", "related: nobody.md"))
    with pytest.raises(Abort):
        make(site, strict=True)
    assert re.search(r"docs/designs/b-hush\.md:6:\d+: .*\[relation-unknown\]", caplog.text)
    assert not (site.built / "designs/b-hush").exists()


def test_others_have_never_heard_of_it(judged):
    texts = {
        "a.md": a_note("Alpha", "approved", "depends_on: b.md"),
        "b.md": a_note("Beta", "draft", "supersedes: c.md"),
        "c.md": a_note("Gamma", "approved", "related: a.md"),
    }
    whole = judged(texts, {"note.md": NOTE})
    known = without(whole, {"b.md"})
    assert [design.uri for design in known.designs] == ["a.md", "c.md"]
    a, _, c = whole.designs
    assert uris(whole.relations.designs(a, "depends_on")) == ["b.md"]
    assert uris(whole.relations.designs(c, "superseded_by")) == ["b.md"]
    assert not [*known.relations.of(a, "depends_on"), *known.relations.of(c, "superseded_by")]
    assert (uris(known.relations.designs(a, "related")), uris(known.relations.designs(c, "related"))) == (
        ["c.md"],
        ["a.md"],
    )


def test_a_name_that_is_the_title_of_one_is_left_out_too(judged):
    texts = {
        "a.md": a_note("Alpha", "approved", "depends_on: [zyzzyva  plan, elsewhere]"),
        "b.md": a_note("Zyzzyva Plan", "draft"),
    }
    whole = judged(texts, {"note.md": NOTE})
    known = without(whole, {"b.md"})
    (a,) = known.designs
    assert [one.name for one in known.relations.of(a, "depends_on")] == ["elsewhere"]
    told = [[one.message for one in those.designs[0].diagnostics] for those in (whole, known)]
    assert len(told[0]) == len(told[1]) + 1
    assert "elsewhere" in str(told[1])
    assert "zyzzyva" not in str(told[1])


def test_a_navigation_by_hand_loses_it_and_a_section_of_nothing_else(site, caplog):
    nav = [{"Home": "index.md"}, {"New": [{"Next": "designs/b-hush.md"}]}, {"Old": ["designs/a.md", "designs/c.md"]}]
    prepare(site, theme={"name": "readthedocs"}, nav=nav)
    with caplog.at_level(logging.INFO, "mkdocs"):
        make(site, strict=True)
    assert "'designs/b-hush.md' is included in the 'nav' configuration, but this file is excluded" in caplog.text
    pages = published(site.built)
    assert not [name for name, text in pages.items() if re.search(r'href="[^"]*b-hush|>New<|>Next<', text)]
    assert re.search(r'href="designs/a/"[^>]*title="Alpha"', pages["index.html"]), "what comes next is what is left"


def test_a_dirty_build_takes_away_what_an_earlier_one_has_published(site):
    prepare(site)
    site.write("designs/b-hush.md", a_note("Zyzzyva", "in review"))
    make(site)
    assert (site.built / "designs/b-hush/index.html").exists()
    site.write("designs/b-hush.md", a_note("Zyzzyva", "draft"))
    make(site, dirty=True)
    assert not (site.built / "designs/b-hush").exists()
    assert (site.built / "designs/a/index.html").exists()


def test_a_dirty_build_takes_away_the_pages_of_whom_nobody_shall_know(site):
    prepare(site)
    ours = {"templates_dir": "tpl", "unpublished": ["draft"], "index": {"pages": True}}
    site.configure([{"designdocs": ours}])
    site.write("designs/author/bo.md", "# Bo\n")  # a page of their own
    site.write("designs/b-hush.md", a_note("Zyzzyva", "approved", "authors: [Mallory]", "tags: [hushtag]"))
    make(site)
    assert (site.built / "designs/author/mallory/index.html").exists()
    assert (site.built / "designs/tag/hushtag/index.html").exists()
    site.write("designs/b-hush.md", a_note("Zyzzyva", "draft", "authors: [Mallory]", "tags: [hushtag]"))
    make(site, dirty=True)
    left = {path.parent.name for path in (site.built / "designs").rglob("index.html")}
    assert {"bo", "ana", "approved"} <= left
    assert not left & {"mallory", "hushtag"}
    assert "Zyzzyva" not in published(site.built)["designs/status/approved/index.html"]


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ("draft", ["draft"]),
        (["In Review", "draft"], ["in-review", "draft"]),
        ("closed", ["superseded", "rejected", "withdrawn"]),
        ([], []),
        (None, []),
        (False, []),
    ],
)
def test_statuses_and_groups_can_be_kept_back(given, keys):
    assert list(options.unpublished(given, DEFAULT)) == keys


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (["drat"], "there is no status 'drat'; did you mean 'draft'?"),
        ("opne", "there is no status 'opne'; did you mean 'open'?"),
        ("in froce", "there is no status 'in froce'; did you mean 'in force'?"),
        ("xyzzy", "known are: draft, in review, .*; groups are open, in force, closed"),
        ({"draft": True}, "expected a status or a list of them, got"),
        ([1], "expected a status or a list of them, got"),
    ],
)
def test_what_is_no_status_is_said(given, wrong):
    with pytest.raises(ValueError, match=wrong):
        options.unpublished(given, DEFAULT)


def test_only_links_that_lead_nowhere_lose_their_links():
    html = '<a class="x" href="../b/#y"><em>B</em></a> <a data-href="../b/" href="../c/">C</a> <a id="b">D</a>'
    assert (
        unlinked(html, lambda path: path == "../b/")
        == '<em>B</em> <a data-href="../b/" href="../c/">C</a> <a id="b">D</a>'
    )

"""`mkdocs build --dirty`: what it leaves as it was says of no design what is no longer so."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from designs import a_design
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.cache import Cache
from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.columns import in_order
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.freshness import Made, linked, outdated, recalled, remember, tokens, unlinked
from mkdocs_designdocs.history import History, Past
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.relations import relate
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.trail import trails


def known(*designs: Any, around: str = "", order: str = "-updated", own: str = "", **pasts: Past) -> dict[str, str]:
    history = History({f"docs/{name}.md": past for name, past in pasts.items()})
    entries = entries_of(Catalog(designs, (), relations=relate(designs), history=history), DEFAULT)
    beside = trails(one.design for one in in_order(entries, order))
    return dict(tokens(entries, beside, around, lambda one: [own]))


A = a_design("a.md", depends_on="b.md")
B = a_design("b.md", "implemented")
C = a_design("c.md", "draft", supersedes="b.md")
LONE = a_design("lone.md", "rejected")


def changed(*now: Any, around: str = "") -> set[str]:
    before, after = known(A, B, C, LONE), known(*now, around=around)
    return {uri for uri, token in after.items() if before.get(uri) != token}


def test_a_page_is_made_again_when_what_it_hangs_together_with_is_another():
    assert changed(A, B, C, LONE) == set()
    assert changed(A, B, a_design("c.md", "draft", supersedes="b.md", title="New"), LONE) == {"a.md", "b.md", "c.md"}
    assert changed(A, B, a_design("c.md", "in review", supersedes="b.md"), LONE) == {"a.md", "b.md", "c.md"}
    assert changed(A, B, C, a_design("lone.md", "rejected", title="New")) == {"lone.md"}


def test_a_page_is_made_again_when_a_relation_or_a_neighbour_has_gone():
    assert changed(A, B, a_design("c.md", "draft"), LONE) == {"a.md", "b.md", "c.md"}
    assert changed(A, B, LONE) == {"a.md", "b.md"}


def test_a_page_is_made_again_when_the_design_beside_it_is_another():
    assert changed(A, B, C, LONE, a_design("new.md", "rejected")) == {"lone.md", "new.md"}


def test_a_page_is_made_again_when_a_relation_within_its_group_has_gone():
    before = known(A, B, a_design("c.md", related=("a.md", "b.md")))
    after = known(A, B, a_design("c.md", related=("a.md",)))
    assert after["b.md"] != before["b.md"], "which named c"


def test_a_page_is_made_again_when_others_stand_beside_it_in_another_order():
    rows = [a_design(f"{name}.md", title=name.upper(), created=f"2026-01-0{5 - n}") for n, name in enumerate("xyz")]
    by_title, by_day = known(*rows, order="title"), known(*rows, order="-created")
    assert by_title == by_day, "it is the same order"
    assert outdated(known(*rows, order="created"), by_title) == ["x.md", "y.md", "z.md"]
    rows[2] = a_design("z.md", title="A", created="2026-01-03")
    assert outdated(known(*rows, order="title"), by_title) == ["x.md", "y.md", "z.md"]
    assert outdated(known(*rows, order="-created"), by_day) == ["y.md", "z.md"], "x has y beside it as before"


def test_a_page_is_made_again_when_git_or_the_index_know_otherwise():
    lone = a_design("lone.md", "draft", created="2026-01-01")
    pending, committed = Past(created="2026-01-01", pending=True), Past(created="2026-01-01")
    assert known(lone, lone=pending) != known(lone, lone=committed)
    assert known(lone, own="author/ana/") != known(lone, own="")


def test_a_long_chain_is_told_apart_at_once():
    chain = [a_design(f"{n}.md", depends_on=f"{n + 1}.md") for n in range(2000)]
    start = time.process_time()
    assert len(set(known(*chain).values())) == 2000
    assert time.process_time() - start < 2, "once for the group, and not for each of its members"


def a_source(uri: str, *targets: str) -> Source:
    return Source(uri, uri, uri.removesuffix(".md") + "/", frozenset(targets))


def test_what_a_page_links_to_is_made_again_with_it():
    links = {one.uri: one for one in (a_source("plain.md", "a"), a_source("gone.md", "b"), a_source("calm.md", "lone"))}
    texts = {"plain.md": "[c](c.md#x), <b>\n\n[1]: ./%63.md\n", "calm.md": "[lone](lone.md)", "a.md": "", "b.md": ""}
    documents = {uri: Document(uri, uri, text.encode()) for uri, text in texts.items()}
    found = linked(Made(links=links), (A, B, C, LONE), documents, {"plain.md"})
    assert found == ["a.md", "b.md", "c.md"], "what it linked to, what it links to, and what a page did that is gone"
    assert linked(Made(links=links), (A, B, C, LONE), documents | {"gone.md": documents["a.md"]}, ()) == []


def test_pages_that_link_to_what_is_published_no_longer_are_made_again():
    links = {one.uri: one for one in (a_source("plain.md", "a"), a_source("calm.md", "b"))}
    assert unlinked(Made(links=links), ["a/"]) == ["plain.md"]
    assert unlinked(Made(links=links, hidden=["a/"]), ["a/"]) == []
    assert unlinked(Made(links=links, hidden=["a/", "b/"]), ["a/"]) == ["calm.md"]


def test_where_a_site_lies_and_how_strict_it_is_says_no_page(tmp_path):
    def state(**more: Any) -> str:
        return Archive(replace(Settings(tmp_path / "a", tmp_path / "a/docs"), **more), None).state

    elsewhere = {"root": tmp_path / "b", "docs_dir": tmp_path / "b/docs", "cache_dir": tmp_path / "c", "strict": True}
    assert state() == state(**elsewhere)
    assert state() != state(repository="https://example.com")
    piece = tmp_path / "theme" / "header.html"
    piece.parent.mkdir()
    piece.write_text("one")
    one = state(overrides=(piece.parent,))
    piece.write_text("two")
    assert len({state(), one, state(overrides=(piece.parent,))}) == 3


def test_every_page_is_made_again_when_what_all_depend_on_is_another():
    assert changed(A, B, C, LONE, around="another template") == {"a.md", "b.md", "c.md", "lone.md"}


def test_what_was_made_is_remembered_for_each_place(tmp_path):
    cache = Cache(tmp_path, ".pages")
    now = Made({"a.md": "1"}, {"b.md": a_source("b.md", "a", "c")}, ["h/"], ["tag/x.html"])
    assert recalled(cache, "/site") == Made(), "nothing is known of pages nobody has noted down"
    remember(now, cache, "/site")
    assert recalled(cache, "/site") == now
    assert recalled(cache, "/elsewhere") == Made()
    (file,) = tmp_path.glob("*.pages")
    kept = file.stat().st_mtime_ns
    remember(now, cache, "/site")
    assert file.stat().st_mtime_ns == kept
    for odd in (b"[]", b"{", b'{"a.md": "1"}', b'{"tokens": {}, "links": [[1]], "hidden": []}'):
        cache.put(file.stem, odd)
        assert recalled(cache, "/site") == Made()


NOTE = "# [Title]\n\n## Context\n\n[Why]\n"


def a_note(title: str, status: str, more: str = "") -> str:
    front = f"---\ndesign:\n  template: note\n  title: {title}\n  status: {status}\n{more}---\n"
    return f"{front}\n# {title}\n\n## Context\n\nWords.\n"


def later(path: Any) -> None:
    """Have a file changed after all builds before this one."""
    os.utime(path, (4e9, 4e9))


@pytest.fixture
def dirty(site: Any) -> Any:
    site.configure(
        ours={"templates_dir": "tpl", "unpublished": ["rejected"]},
        theme={"name": "mkdocs"},
        site_url="https://example.com/",
    )
    site.write("../tpl/note.md", NOTE)
    site.write("index.md", "# Home\n")
    site.write("plain.md", "# Plain\n\n<!-- designdocs: index status=approved -->\n")
    site.write("designs/old.md", a_note("Old", "approved"))
    site.write("designs/other.md", a_note("Other", "draft", "  authors: ['@ana']\n"))

    def make(*, dirty: bool = True) -> set[str]:
        """Build, and say which pages were made."""
        for path in site.built.rglob("*.html"):
            os.utime(path, (2_000_000_000, 2_000_000_000))  # newer than any source, and to be told from what is new
        config = load_config(str(site.root / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=dirty)
        build(config, dirty=dirty)
        for path in site.docs.rglob("*.md"):
            os.utime(path, (1e9, 1e9))
        made = (path for path in site.built.rglob("*.html") if path.stat().st_mtime < 2_000_000_000)
        return {path.relative_to(site.built).as_posix().removesuffix("/index.html") for path in made}

    make(dirty=False)
    site.make = make
    return site


def test_what_has_not_changed_is_not_made_again(dirty):
    assert "designs/old" not in dirty.make()


def test_a_design_that_changes_changes_whatever_speaks_of_it(dirty):
    path = dirty.write("designs/new.md", a_note("New", "approved", "  supersedes: old.md\n"))
    made = dirty.make()
    assert {"designs", "designs/new", "designs/old", "plain"} <= made
    assert "designs/other" not in made
    assert "New" in dirty.page("designs/old")
    assert "New" in dirty.page("plain")
    titles = [one["title"] for one in json.loads((dirty.built / "designs/designs.json").read_text())["designs"]]
    assert sorted(titles) == ["New", "Old", "Other"]

    path.unlink()
    assert "designs/old" in dirty.make()
    assert "New" not in dirty.page("designs/old")
    assert "New" not in dirty.page("designs")


def test_a_template_and_the_list_of_authors_count(dirty):
    dirty.write("../tpl/note.md", NOTE + "\n## Risks\n\n[What can go wrong]\n")
    dirty.write("designs/old.md", a_note("Old", "superseded"))
    assert "designs/other" in dirty.make()
    assert "What can go wrong" in dirty.page("designs/other")

    dirty.write(".authors.yml", "authors:\n  ana: {name: Ana Diaz, description: '', avatar: ana.png}\n")
    assert "designs/other" in dirty.make()
    assert "Ana Diaz" in dirty.page("designs/other")
    dirty.write(".authors.yml", "authors:\n  ana: {name: Ana Diaz, description: '', avatar: other.png}\n")
    assert "designs/other" in dirty.make()
    assert "other.png" in dirty.page("designs/other")


def named_below(dirty: Any, page: str) -> list[str]:
    return re.findall(r"<li><a[^>]*>([^<]+)", dirty.page(page).partition("designdocs-backlinks")[2])


def test_what_links_to_a_design_is_known_in_another_process_too(dirty):
    later(dirty.write("plain.md", "# Plain\n\nSee [old](designs/old.md).\n"))
    dirty.make()
    assert named_below(dirty, "designs/old") == ["Plain"], "a link that is new"
    later(dirty.write("designs/old.md", a_note("Old, edited", "approved")))
    assert "plain" not in dirty.make()
    assert named_below(dirty, "designs/old") == ["Plain"]
    later(dirty.write("plain.md", "# Simple\n\nSee [old](designs/old.md).\n"))
    dirty.make()
    assert named_below(dirty, "designs/old") == ["Simple"]


def test_a_link_comes_and_goes_with_the_page_that_it_leads_to(dirty):
    dirty.write("linking.md", "# Linking\n\nSee [old](designs/old.md).\n")
    dirty.make()
    for status, has_link in (("rejected", False), ("approved", True)):
        later(dirty.write("designs/old.md", a_note("Old", status)))
        assert "linking" in dirty.make()
        assert ('href="../designs/old/"' in dirty.page("linking")) == has_link
        assert (dirty.built / "designs/old/index.html").exists() == has_link
        assert "linking" not in dirty.make()

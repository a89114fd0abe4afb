"""`mkdocs build --dirty`: what it leaves as it was says of no design what is no longer so."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from designs import a_design
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_designdocs.cache import Cache
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.freshness import outdated, recalled, remember, tokens
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.relations import relate


def known(*designs: Any, around: str = "") -> dict[str, str]:
    catalog = Catalog(designs, (), relations=relate(designs))
    return dict(tokens(entries_of(catalog, DEFAULT), around))


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


def test_every_page_is_made_again_when_what_all_depend_on_is_another():
    assert changed(A, B, C, LONE, around="another template") == {"a.md", "b.md", "c.md", "lone.md"}


def test_what_was_made_is_remembered_for_each_place(tmp_path):
    cache = Cache(tmp_path, ".pages")
    now = known(A, B)
    assert outdated(now, recalled(cache, "/site")) == ["a.md", "b.md"], (
        "nothing is known of pages nobody has noted down"
    )
    remember(now, cache, "/site")
    assert outdated(now, recalled(cache, "/site")) == []
    assert outdated(now, recalled(cache, "/elsewhere")) == ["a.md", "b.md"]
    kept = next(tmp_path.glob("*.pages")).stat().st_mtime_ns
    remember(now, cache, "/site")
    assert next(tmp_path.glob("*.pages")).stat().st_mtime_ns == kept


NOTE = "# [Title]\n\n## Context\n\n[Why]\n"


def a_note(title: str, status: str, more: str = "") -> str:
    front = f"---\ndesign:\n  template: note\n  title: {title}\n  status: {status}\n{more}---\n"
    return f"{front}\n# {title}\n\n## Context\n\nWords.\n"


@pytest.fixture
def dirty(site: Any) -> Any:
    site.configure(ours={"templates_dir": "tpl"}, theme={"name": "mkdocs"}, site_url="https://example.com/")
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

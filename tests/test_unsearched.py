"""What the search does not read is on the page all the same."""

from __future__ import annotations

import json

import pytest

from mkdocs_designdocs.unsearched import bare, cut, mended, wrapped


def test_pieces_are_cut_and_put_back_where_they_were():
    page = f"<h1>Designs</h1>{wrapped('<ul>one</ul>')}<p>two</p>{wrapped('<ul>three</ul>')}"
    read, pieces = cut(page)
    assert "one" not in read
    assert "<p>two</p>" in read
    assert mended(read, pieces) == bare(page) == "<h1>Designs</h1><ul>one</ul><p>two</p><ul>three</ul>"


def test_a_page_without_pieces_stays_as_it_is():
    assert cut("<p>as it is</p>") == ("<p>as it is</p>", [])
    assert mended("<p>designdocs:cut 0</p>", []) == "<p>designdocs:cut 0</p>"
    assert wrapped("") == ""


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_the_search_finds_a_design_where_it_is_and_not_in_the_index(site, theme):
    site.configure(theme={"name": theme})
    site.write("designs/a.md", "---\ndesign: {template: feature, title: Quicksilver, status: draft, id: DD-7}\n---\n")
    assert site.build().returncode == 0
    found = json.loads((site.built / "search/search_index.json").read_text("utf-8"))["docs"]
    assert {doc["location"].partition("#")[0] for doc in found if "Quicksilver" in doc["text"] + doc["title"]} == {
        "designs/a/"
    }
    index = site.page("designs")
    assert "Quicksilver" in index
    assert "<!-- designdocs" not in index

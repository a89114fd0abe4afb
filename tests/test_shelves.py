"""The pages of single authors, statuses and tags: which there are, what they are called, what stands on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mkdocs_designdocs import index, shelves
from mkdocs_designdocs.catalog import Archive
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.listing import WHOLE, Listing
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.shelves import SHELVES, Shelf, page, shelves_of
from mkdocs_designdocs.site import Site

TEMPLATES = {"note.md": "# [T]\n\n## Context\n\n[Why]\n"}


@pytest.fixture
def shelved(judged: Callable[..., Any]) -> Callable[..., list[Shelf]]:
    """The shelves of designs of which the front matter is given."""

    def make(*blocks: str, kinds: Any = SHELVES, labels: Labels = ENGLISH, whole: Listing = WHOLE) -> list[Shelf]:
        pages = {
            f"{n}.md": f"---\ndesign: {{template: note, {block}}}\n---\n# D{n}\n\n## Context\n\nWords.\n"
            for n, block in enumerate(blocks)
        }
        entries = entries_of(judged(pages, TEMPLATES), DEFAULT)
        return list(shelves_of(entries, kinds, "designs", labels, whole))

    return make


def uris(found: list[Shelf]) -> list[str]:
    return [shelf.uri.removeprefix("designs/") for shelf in found]


def test_each_author_status_and_tag_has_one(shelved):
    found = shelved('status: in review, author: "Ana Ruiz @ana", reviewers: "@bo", tags: [pay]', "status: draft")
    assert uris(found) == ["author/ana.md", "author/bo.md", "status/draft.md", "status/in-review.md", "tag/pay.md"]
    assert [shelf.title for shelf in found] == ["Ana Ruiz", "@bo", "Draft", "In review", "Tagged pay"]
    assert uris(shelved("status: draft, tags: [pay]", kinds=("tag",))) == ["tag/pay.md"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["Pay", "pay"], ["pay"]),
        (["C", "C++", "c#"], ["c", "c-951a", "c-cedb"]),
        (["../etc", "a/b", ".."], ["etc-f7f9", "a-b-c14c", "other-5ec1"]),
        (["index", "README", "Con"], ["index-1bc0", "readme-711a", "con-1143"]),
        (["Straße", "STRASSE"], ["strasse"]),
        (["日本", "ﬁle", "é", "e\u0301"], ["日本", "file", "é", "é-bf12"]),
        (["x" * 300], [f"{'x' * 60}-0d4e"]),
        (["node.js", "In Review", "v1-2"], ["node.js", "in-review", "v1-2"]),
    ],
)
def test_names_of_files_are_safe_and_no_two_the_same(shelved, tags, expected):
    found = shelved(f"status: draft, tags: {tags!r}".replace("\\u0301", "\u0301"), kinds=("tag",))
    assert sorted(uris(found)) == sorted(f"tag/{name}.md" for name in expected)


def test_an_address_is_in_no_name_of_a_file(shelved):
    assert uris(shelved("status: draft, author: bo@example.com", kinds=("author",))) == ["author/bo-c828.md"]


def test_an_address_keeps_its_meaning_whatever_comes(shelved):
    alone = {*uris(shelved("status: draft, tags: [C++], author: ana@b.org"))}
    more = ["status: draft, tags: [C#, C, c plus], author: ana@a.org", 'status: draft, author: "@ana"']
    assert alone < {*uris(shelved("status: draft, tags: [C++], author: ana@b.org", *more))}
    (cpp,) = (one for one in shelved("status: draft, tags: [C++]", *more) if one.title == "Tagged C++")
    assert cpp.uri.removeprefix("designs/") in alone


def test_unasked_there_is_a_handful_of_them(shelved, monkeypatch):
    blocks = [f"status: draft, tags: [all, t{n % 4}, own{n}]" for n in range(8)]
    assert uris(shelved(*blocks, kinds=None)) == [
        "status/draft.md",
        *("tag/all.md", "tag/t0.md", "tag/t1.md", "tag/t2.md", "tag/t3.md"),
    ]
    monkeypatch.setattr(shelves, "_MOST", 1)
    assert uris(shelved(*blocks, kinds=None)) == ["status/draft.md", "tag/all.md"]
    assert len(shelved(*blocks, kinds=("tag",))) == 13


def test_what_stands_on_a_page(shelved):
    blocks = ['status: draft, author: "@ana"', 'status: in review, author: "@bo", reviewers: "@ana"']
    ana, bo = shelved(*blocks, kinds=("author",), whole=Listing(columns=("title", "age")))
    titles = [(one.title, [entry.design.title for entry in one.entries]) for one in ana.sections]
    assert titles == [("", ["D0"]), ("Waiting for @ana", ["D1"])]
    assert [one.title for one in bo.sections] == [""]
    assert [one.listing.parts for one in ana.sections] == [("status",), ("list",)]
    assert {one.listing.columns for one in (*ana.sections, *bo.sections)} == {("title", "age")}
    made = page(ana, "../index.md", ["FIRST", "SECOND"], ENGLISH)
    assert made == "# @ana\n\n[All designs](../index.md)\n\nFIRST\n\n## Waiting for @ana\n\nSECOND\n"
    assert "../" not in page(ana, "", ["FIRST", "SECOND"], ENGLISH)


def test_titles_are_in_the_words_of_the_site_and_no_markup(shelved):
    found = shelved("status: draft, tags: ['<b>*pay*']", labels=Labels("xx", (("status.draft", "Entwurf"),)))
    draft, tag = found
    assert draft.title == "Entwurf"
    assert "<b>" not in page(tag, "", ["MARK"], ENGLISH)
    assert "\\*pay\\*" in page(tag, "", ["MARK"], ENGLISH)


def test_a_site_has_them_when_its_index_is_long_or_somebody_asks(tmp_path, monkeypatch):
    def found(**settings: Any) -> int:
        known = Settings(root=tmp_path, docs_dir=tmp_path, default_template="component", **settings)
        pages = {f"{n}.md": b"---\ndesign: {status: draft, tags: [pay]}\n---\n# D\n" for n in range(2)}
        documents = {name: Document(name, name, data, name) for name, data in pages.items()}
        studio = Studio(None, None)
        return len(list(Site(Archive(known, studio), studio, documents, shows_todo=False).indexes.shelves()))

    assert found() == 0
    assert found(shelves=("status", "tag")) == 2
    assert found(shelves=("status", "tag"), index="") == 0
    monkeypatch.setattr(index, "LONG", 1)
    assert found() == 2
    assert found(shelves=()) == 0

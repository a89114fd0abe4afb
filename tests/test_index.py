"""The index: by status and by author, for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.exports import as_json
from mkdocs_designdocs.index import Index, Page, fill, index_of, markdown
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.levels import Levels, Rule
from mkdocs_designdocs.lifecycle import DEFAULT, Gate, Lifecycle, Status
from mkdocs_designdocs.listing import WHOLE
from mkdocs_designdocs.relations import INVERSE

TEMPLATES = {"note.md": "# Note: [Title]\n\n## Context\n\n[Why]\n\n## Decision\n\n[What]\n"}
BODY = "\n## Context\n\nCalls fail.\n"


def page(**block: Any) -> str:
    said = {"template": "note", "status": "draft", **block}
    return "---\ndesign:\n" + "".join(f"  {k}: {json.dumps(v)}\n" for k, v in said.items()) + "---\n" + BODY


@pytest.fixture
def indexed(judged: Callable[..., Any]) -> Callable[..., Index]:
    """The index of pages `{"a.md": {"status": …}}`."""

    def make(pages: dict[str, dict[str, Any]], **settings: Any) -> Index:
        catalog = judged({name: page(**block) for name, block in pages.items()}, TEMPLATES, **settings)
        lifecycle = settings.get("lifecycle", DEFAULT)
        return index_of(entries_of(catalog, lifecycle), WHOLE, lifecycle, ENGLISH)

    return make


def titles(groups: Any) -> dict[str, list[str]]:
    return {group.title: [entry.design.title for entry in group.entries] for group in groups}


def rendered(index: Index) -> str:
    """The page, with headings as Python-Markdown makes them."""
    number = iter(range(1000))
    html = re.sub(r"^(#+) (.*)$", lambda m: f'<h{len(m[1])} id="h{next(number)}">{m[2]}</h>', said(index), flags=re.M)
    return fill(html, [index], Page(lambda design: "../" + design.url, lambda *_: ""))


def said(index: Index) -> str:
    return markdown(index, 0, lambda *_: False)


def test_without_designs_it_says_how_to_begin(indexed):
    index = indexed({})
    assert (index.statuses, index.authors) == ([], [])
    assert "designdocs new" in said(index)
    assert rendered(index) == said(index)


def test_statuses_stand_in_the_order_of_the_lifecycle_and_only_those_that_are_used(indexed):
    index = indexed(
        {f"{n}.md": {"status": s} for n, s in enumerate(["withdrawn", "implemented", "Draft", "in_review"])}
    )
    assert list(titles(index.statuses)) == ["Draft", "In review", "Implemented", "Withdrawn"]


def test_what_changed_last_stands_first(indexed):
    dates = {
        "old.md": {"created": "2026-01-01"},
        "changed.md": {"created": "2025-01-01", "updated": "2026-03-01"},
        "b-undated.md": {},
        "new.md": {"created": "2026-02-01"},
        "a-undated.md": {},
    }
    assert titles(indexed(dates).statuses) == {"Draft": ["Changed", "New", "Old", "A undated", "B undated"]}


def test_a_lifecycle_of_the_team_s_own(indexed):
    statuses = (Status("idea", "Idea <1>", gate=Gate.DRAFT), Status("live", "Live & kicking", group="in force"))
    index = indexed({"a.md": {"status": "live"}, "b.md": {"status": "Idea"}}, lifecycle=Lifecycle(statuses))
    assert titles(index.statuses) == {"Idea <1>": ["B"], "Live & kicking": ["A"]}
    assert "### Idea &lt;1&gt;" in said(index)
    assert 'designdocs-status--in-force" data-status="live">Live &amp; kicking<' in rendered(index)


def test_every_author_has_their_designs_and_whoever_has_none_comes_last(indexed):
    index = indexed({"a.md": {"authors": ["Zoe", "ana"]}, "b.md": {}, "c.md": {"author": "Zoe", "status": "approved"}})
    assert titles(index.authors) == {"ana": ["A"], "Zoe": ["A", "C"], "No author": ["B"]}


def test_who_is_named_twice_is_listed_once(indexed):
    index = indexed(
        {"a.md": {"authors": ["@ana", "@ANA"]}, "b.md": {"authors": "Ana Ruiz @Ana"}, "c.md": {"author": "@ana"}}
    )
    assert titles(index.authors) == {"Ana Ruiz": ["A", "B", "C"]}


def test_a_name_without_a_handle_is_whoever_has_that_name(indexed):
    index = indexed({"a.md": {"authors": ["Ana Ruiz <ana@example.com>"]}, "b.md": {"authors": ["ana ruiz"]}})
    assert titles(index.authors) == {"Ana Ruiz": ["A", "B"]}
    hrefs = re.findall(r'<a href="#(h\d+)">', rendered(index))
    assert len(hrefs) == 2
    assert len(set(hrefs)) == 1


def test_two_people_of_one_name_are_told_apart(indexed):
    index = indexed(
        {
            "a.md": {"authors": ["Kim Lee <kim@a.example>"]},
            "b.md": {"authors": ["Kim Lee <kim@b.example>"]},
            "c.md": {"authors": ["Kim Lee"]},
        }
    )
    assert titles(index.authors) == {
        "Kim Lee": ["C"],
        "Kim Lee (kim@a.example)": ["A"],
        "Kim Lee (kim@b.example)": ["B"],
    }
    assert len(set(re.findall(r'<a href="#(h\d+)">', rendered(index)))) == 3


def test_a_handle_that_is_another_s_name_stays_its_own(indexed):
    index = indexed({"a.md": {"authors": ["@bo"]}, "b.md": {"authors": ["Bo <bo2@example.com>"]}})
    assert titles(index.authors) == {"@bo": ["A"], "Bo": ["B"]}


ODD = [
    "Draft",
    "By status",
    "<b>Bold</b>",
    "A *b* _c_ `d`",
    "O'Neill & Sons",
    "# Hash",
    "陈伟",
    "{#id}",
    "[x](y)",
    "!x",
]


def test_names_are_shown_as_they_are_and_links_resolve(site):
    """In a real build: what Python-Markdown and the theme make of headings."""
    site.configure(ours={}, theme={"name": "mkdocs"}, markdown_extensions=["attr_list", "tables"])
    for number, name in enumerate(ODD):
        title = json.dumps(f"The <i>work</i> of {number}")
        site.write(
            f"designs/{number}.md",
            f"---\ndesign:\n  template: feature\n  title: {title}\n  status: draft\n"
            f"  authors:\n    - {json.dumps(name)}\n    - Editor\n---\n",
        )
    built = site.build()
    assert "Traceback" not in built.stderr
    html = site.page("designs")
    assert "<i>work</i>" not in html
    assert html.count("The &lt;i&gt;work&lt;/i&gt; of 3") == 3
    main = html[html.index('role="main"') :]
    headings = dict(re.findall(r'<h\d id="([^"]+)">(.*?)</h\d>', main))
    assert len(headings) == len(re.findall(r"<h[123]\b", main)), "every heading has an id, and another one"
    assert "<b>Bold" not in main
    cards = main[: main.index(">By author<")]
    links = re.findall(r'<a href="#([^"]+)">(.*?)</a>', cards)
    people = [(anchor, unescape(label)) for anchor, label in links if label != "Editor"]
    assert len(people) >= len(ODD) - 1
    for anchor, label in people:
        heading = unescape(re.sub(r"<[^>]+>", "", headings[anchor]))
        assert heading == label
        part = main[main.index(f'id="{anchor}"') :]
        assert part.index('<ul class="designdocs-titles">') < 300


def test_a_card_says_everything_that_is_known(indexed):
    known = {
        "id": "DD-7",
        "title": "A <b> title",
        "status": "in review",
        "authors": ["Ana", "Bo"],
        "created": "2026-01-02",
        "updated": "2026-02-03",
        "tags": ["x<y"],
    }
    html = rendered(indexed({"deep/a.md": known}))
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html[html.index("<ul") :])).split())
    expected = "A <b> title DD-7 In review Ana , Bo created 2026-01-02 updated 2026-02-03 template note"
    assert words.startswith(f"{expected} 1 of 2 sections x<y")
    assert '<a class="designdocs-card__title" href="../deep/a/">A &lt;b&gt; title</a>' in html
    assert '<time datetime="2026-01-02">' in html
    assert '<rect width="50"' in html
    assert "<script" not in html


def test_a_card_leaves_out_what_nobody_said(indexed):
    html = rendered(indexed({"a.md": {"template": "nope"}}))
    assert "no author" in html
    for absent in ("created", "updated", "sections", "designdocs-tag", "None"):
        assert absent not in html


def test_designs_json_keeps_its_contract(judged):
    full = {
        "id": "DD-1",
        "title": "Größe",
        "status": "Approved",
        "authors": ["Ana @ana", "[Chen](https://example.com/chen)"],
        "created": "2026-01-02",
        "updated": "2026-02-03",
        "tags": ["a", "b"],
        "supersedes": "DD-2",
        "superseded_by": ["DD-3"],
        "depends_on": ["DD-4"],
        "related": ["DD-5"],
    }
    catalog = judged({"x/a.md": page(**full), "b.md": "---\ndesign: {}\n---\n"}, TEMPLATES)
    text = as_json(entries_of(catalog, DEFAULT))
    assert "Größe" in text
    given = json.loads(text)
    assert list(given) == ["version", "designs"]
    assert given["version"] == 1
    listed = {design["path"]: design for design in given["designs"]}
    assert listed["x/a.md"] == {
        "path": "x/a.md",
        "url": "x/a/",
        "title": "Größe",
        "template": "note",
        "status": "approved",
        "authors": [
            {"name": "Ana", "handle": "ana", "email": None, "url": None},
            {"name": "Chen", "handle": None, "email": None, "url": "https://example.com/chen"},
        ],
        "created": "2026-01-02",
        "updated": "2026-02-03",
        "tags": ["a", "b"],
        "required": 2,
        "written": 1,
        "supersedes": ["DD-2"],
        "superseded_by": ["DD-3"],
        "depends_on": ["DD-4"],
        "needed_by": [],
        "related": ["DD-5"],
    }
    order = "path url title template status authors created updated tags required written"
    assert list(listed["b.md"]) == [*order.split(), *INVERSE]
    assert listed["b.md"] == {
        **dict.fromkeys(["template", "status", "created", "updated"]),
        **{key: [] for key in ["authors", "tags", *INVERSE]},
        "path": "b.md",
        "url": "b/",
        "title": "B",
        "required": 0,
        "written": 0,
    }


def test_two_hundred_designs(indexed, judged):
    lifecycle = [status.key for status in DEFAULT.statuses]
    blocks = {
        f"d{n:03}.md": {"title": f"Design {n:03}", "status": lifecycle[n % 7], "authors": [f"Author {n % 23:02}"]}
        for n in range(200)
    }
    index = indexed(blocks, levels=Levels((Rule("section-missing", Level.OFF),)))
    html = rendered(index)
    assert html.count('class="designdocs-card"') == 200
    assert sum(len(group.entries) for group in index.authors) == 200
    assert [group.title for group in index.authors] == [f"Author {n:02}" for n in range(23)]
    assert len(html) < 250_000

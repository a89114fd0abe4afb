"""The index: by status and by author, for people and for programs."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from designs import a_design, entries

from mkdocs_designdocs.cards import initials, picture
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.index import Index, Page, fill, index_of, markdown, without
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.levels import Levels, Rule
from mkdocs_designdocs.lifecycle import DEFAULT, Gate, Lifecycle, Status
from mkdocs_designdocs.listing import WHOLE
from mkdocs_designdocs.people import people
from mkdocs_designdocs.queries import Query

TEMPLATES = {"note.md": "# Note: [Title]\n\n## Context\n\n[Why]\n\n## Decision\n\n[What]\n"}
TODAY = datetime.date(2026, 3, 5)
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
    return fill(html, [index], Page(lambda design: "../" + design.url, today=TODAY))


def said(index: Index) -> str:
    return markdown(index, 0, lambda *_: False)


def test_without_designs_it_says_how_to_begin(indexed):
    index = indexed({})
    assert index.groups == {"status": [], "author": []}
    assert "designdocs new" in said(index)
    assert rendered(index) == said(index)


def test_statuses_stand_in_the_order_of_the_lifecycle_and_only_those_that_are_used(indexed):
    index = indexed(
        {f"{n}.md": {"status": s} for n, s in enumerate(["withdrawn", "implemented", "Draft", "in_review"])}
    )
    assert list(titles(index.groups["status"])) == ["Draft", "In review", "Implemented", "Withdrawn"]


def test_what_changed_last_stands_first(indexed):
    dates = {
        "old.md": {"created": "2026-01-01"},
        "changed.md": {"created": "2025-01-01", "updated": "2026-03-01"},
        "b-undated.md": {},
        "new.md": {"created": "2026-02-01"},
        "a-undated.md": {},
    }
    assert titles(indexed(dates).groups["status"]) == {"Draft": ["Changed", "New", "Old", "A undated", "B undated"]}


def test_a_lifecycle_of_the_team_s_own(indexed):
    statuses = (Status("idea", "Idea <1>", gate=Gate.DRAFT), Status("live", "Live & kicking", group="in force"))
    index = indexed({"a.md": {"status": "live"}, "b.md": {"status": "Idea"}}, lifecycle=Lifecycle(statuses))
    assert titles(index.groups["status"]) == {"Idea <1>": ["B"], "Live & kicking": ["A"]}
    assert "### Idea &lt;1&gt;" in said(index)
    assert 'designdocs-status--in-force" data-status="live">Live &amp; kicking<' in rendered(index)


def test_every_author_has_their_designs_and_whoever_has_none_comes_last(indexed):
    index = indexed({"a.md": {"authors": ["Zoe", "ana"]}, "b.md": {}, "c.md": {"author": "Zoe", "status": "approved"}})
    assert titles(index.groups["author"]) == {"ana": ["A"], "Zoe": ["A", "C"], "No author": ["B"]}


def test_who_is_named_twice_is_listed_once(indexed):
    index = indexed(
        {"a.md": {"authors": ["@ana", "@ANA"]}, "b.md": {"authors": "Ana Ruiz @Ana"}, "c.md": {"author": "@ana"}}
    )
    assert titles(index.groups["author"]) == {"Ana Ruiz": ["A", "B", "C"]}


def test_a_name_without_a_handle_is_whoever_has_that_name(indexed):
    index = indexed({"a.md": {"authors": ["Ana Ruiz <ana@example.com>"]}, "b.md": {"authors": ["ana ruiz"]}})
    assert titles(index.groups["author"]) == {"Ana Ruiz": ["A", "B"]}
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
    assert titles(index.groups["author"]) == {
        "Kim Lee": ["C"],
        "Kim Lee (kim@a.example)": ["A"],
        "Kim Lee (kim@b.example)": ["B"],
    }
    assert len(set(re.findall(r'<a href="#(h\d+)">', rendered(index)))) == 3


def test_a_handle_that_is_another_s_name_stays_its_own(indexed):
    index = indexed({"a.md": {"authors": ["@bo"]}, "b.md": {"authors": ["Bo <bo2@example.com>"]}})
    assert titles(index.groups["author"]) == {"@bo": ["A"], "Bo": ["B"]}


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
    main = html[html.index('role="main"') :]
    listed = main[main.index('id="by-status"') : main.index('id="how-they-are-doing"')]
    assert listed.count("The &lt;i&gt;work&lt;/i&gt; of 3</a>") == 3
    headings = dict(re.findall(r'<h\d id="([^"]+)">(.*?)</h\d>', main))
    assert len(headings) == len(re.findall(r"<h[123]\b", main)), "every heading has an id, and another one"
    assert "<b>Bold" not in main
    cards = main[: main.index(">By author<")]
    links = re.findall(r'<a href="#([^"]+)">(.*?)</a>', cards)
    people = [(anchor, unescape(label)) for anchor, label in links if label != "Editor"]
    assert len(people) >= len(ODD) - 1
    for anchor, label in people:
        heading = unescape(re.sub(r" <span.*|<[^>]+>", "", headings[anchor]))
        assert heading == label
        part = main[main.index(f'id="{anchor}"') :]
        assert part.index('designdocs-titles"') < 400


def test_a_card_says_everything_that_is_known(indexed):
    known = {
        "id": "DD-7",
        "title": "A <b> title",
        "status": "in review",
        "authors": ["Ana", "Bo"],
        "reviewers": ["Cy"],
        "created": "2026-01-02",
        "updated": "2026-02-03",
        "tags": ["x<y"],
    }
    html = rendered(indexed({"deep/a.md": known}))
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html[html.index("<ul") :])).split())
    expected = "A <b> title DD-7 for 30 days or more Calls fail. Ana , Bo reviewed by Cy updated 2026-02-03"
    assert words.startswith(f"{expected} 1 of 2 sections x<y By author")
    assert 'class="designdocs-age designdocs-age--old" datetime="2026-02-03" data-stuck="30" data-least>' in html
    assert '<a class="designdocs-card__title" href="../deep/a/">A &lt;b&gt; title</a>' in html
    assert '<time datetime="2026-02-03">' in html
    assert '<rect width="50"' in html
    assert "<script" not in html


def test_a_card_leaves_out_what_nobody_said(indexed):
    html = rendered(indexed({"a.md": {"template": "nope"}}))
    card = html[html.index("<li") : html.index("</ul>")]
    assert "No author" in card
    for absent in ("reviewed", "updated", "sections", "designdocs-tag", "designdocs-age", "None"):
        assert absent not in card


def test_what_waits_for_a_reviewer_stands_with_them(indexed):
    pages = {
        "a.md": {"status": "in review", "author": "@ana", "reviewers": ["@bo", "@BO"]},
        "b.md": {"status": "draft", "author": "@ana", "reviewers": ["@bo"]},
        "c.md": {"status": "approved", "author": "@bo", "reviewers": ["@cy"]},
    }
    people = {group.title: group for group in indexed(pages).groups["author"]}
    assert {name: [one.design.title for one in group.waiting] for name, group in people.items()} == {
        "@ana": [],
        "@bo": ["A"],
    }
    html = rendered(indexed(pages))
    assert html.count("<p>Waiting for @bo</p>") == 1


def test_relations_name_three_designs_and_count_the_rest(indexed):
    others = {f"d{n}.md": {"title": f"Other {n}"} for n in range(5)}
    html = rendered(indexed({**others, "a.md": {"title": "Zero", "depends_on": [*others], "related": ["d0.md", "no"]}}))
    card = next(
        one for one in re.findall(r'<li class="designdocs-card".*?</li>', html, re.S) if 'title" href="../a/"' in one
    )
    words = " ".join(re.sub(r"<[^>]+>", "", card).split())
    assert "Depends on Other 0, Other 1, Other 2, 2 more" in words
    assert "Related" not in words, "what it depends on is said once"


UNLIKE = {
    "b.md": {"title": "B2", "id": "D-10", "status": "approved", "author": "Cy", "updated": "2026-02-01", "tags": ["z"]},
    "a.md": {
        "title": "A",
        "id": "D-9",
        "author": "Bo",
        "created": "2026-01-01",
        "template": "nope",
        "related": ["b.md"],
    },
    "c.md": {"title": "b10", "status": "in review", "author": "Änne", "updated": "2026-03-01", "reviewers": ["Zoe"]},
    "d.md": {"title": "D", "status": "rejected"},
}
ORDERS = {
    "title": ["A", "B2", "b10", "D"],
    "-title": ["D", "b10", "B2", "A"],
    "id": ["A", "B2", "b10", "D"],
    "-id": ["B2", "A", "b10", "D"],
    "status": ["A", "b10", "B2", "D"],
    "authors": ["b10", "A", "B2", "D"],
    "-reviewers": ["b10", "A", "B2", "D"],
    "-age": ["A", "B2", "b10", "D"],
    "age": ["b10", "B2", "A", "D"],
    "created": ["A", "b10", "B2", "D"],
    "-updated": ["b10", "B2", "A", "D"],
    "tags": ["B2", "A", "b10", "D"],
    "template": ["A", "b10", "B2", "D"],
    "relations": ["A", "B2", "b10", "D"],
}


def test_every_column_orders_a_list_and_what_has_none_comes_last(indexed):
    made = indexed(UNLIKE)
    for order, expected in ORDERS.items():
        index = index_of(made.entries, replace(WHOLE, parts=("list",), order=order), DEFAULT, ENGLISH)
        assert [one.design.title for one in index.entries] == expected, order
        html = rendered(index)
        assert re.findall(r'designdocs-card__title" [^>]*>([^<]*)<', html) == expected, order
        ranks = json.loads(unescape(re.search(r'data-known="([^"]*)"', html)[1]))["ranks"]
        known = ranks[order.removeprefix("-")]
        placed = [rank for rank in known if rank]
        assert placed == sorted(placed, reverse=order.startswith("-")), order
        assert 0 not in known[: len(placed)], order


def test_columns_are_those_that_are_asked_for(indexed):
    listing = replace(WHOLE, parts=("list",), columns=("title", "created", "template", "status"), tools=False)
    html = rendered(index_of(indexed(UNLIKE).entries, listing, DEFAULT, ENGLISH))
    card = next(one for one in re.findall(r"<li.*?</li>", html, re.S) if ">A<" in one)
    words = " ".join(re.sub(r"<[^>]+>", " ", card).split())
    assert words == "A Draft created 2026-01-01 template nope"
    assert "<form" not in html


def test_a_list_says_the_status_unless_it_asks_for_a_single_one(indexed):
    made, shown = indexed(UNLIKE), {}
    for said, columns in (("draft",), ()), (("draft", "approved"), ()), (("!draft",), ()), (("draft",), ("status",)):
        listing = replace(WHOLE, query=Query(statuses=said), parts=("list",), columns=("title", *columns), tools=False)
        html = rendered(index_of(made.entries, listing, DEFAULT, ENGLISH))
        shown[(*said, *columns)] = re.findall(r'data-status="([^"]*)"', html)
    assert shown == {
        ("draft",): [],
        ("draft", "approved"): ["approved", "draft"],
        ("!draft",): ["in-review", "approved", "rejected"],
        ("draft", "status"): ["draft"],
    }


@pytest.mark.parametrize(("columns", "initial"), [(("title", "authors"), False), (("authors", "reviewers"), True)])
def test_who_has_no_picture_has_initials_where_anybody_shown_has_one(columns, initial):
    design = a_design("a.md", authors=(*people("@bo"),), reviewers=(*people("@ana"),))
    listing = replace(WHOLE, parts=("list",), columns=columns, tools=False)
    those = entries(design, authors={"ana": {"name": "Ana", "avatar": "ana.svg"}})
    those = [replace(one, avatars={"ana": "ana.svg"}) for one in those]
    assert ('aria-hidden="true">B</span>' in rendered(index_of(those, listing, DEFAULT, ENGLISH))) is initial


def test_a_column_is_sorted_as_its_values_are_read(indexed):
    html = rendered(indexed(UNLIKE))
    orders = re.findall(r'<option value="([^"]*)"', html)
    assert {"title", "id", "authors", "-age", "-updated", "-complete", "-relations"} <= {*orders}


AGES = {
    "2026-03-05": "since today",
    "2026-03-04": "for 1 day or more",
    "2026-01-05": "for 59 days or more",
    "2026-01-04": "for 2 months or more",
    "2024-03-06": "for 24 months or more",
    "2024-03-05": "for 2 years or more",
    "2026-04-01": "since today",
}


def test_ages_are_said_in_days_then_in_months_then_in_years(indexed):
    pages = {f"{n}.md": {"status": "approved", "updated": day, "title": day} for n, day in enumerate(AGES)}
    html = rendered(indexed(pages))
    cards = re.findall(r'designdocs-card__title" [^>]*>([^<]*)<.*?<time [^>]*>([^<]*)<', html)
    assert dict(cards) == AGES
    assert "designdocs-age--old" not in html, "what is decided waits for nobody"


def test_faces_are_pictures_of_the_site_or_of_an_address_and_nothing_else():
    to = "../{}".format
    assert picture("people/ana.svg", to) == "../people/ana.svg"
    assert picture("https://example.com/a.png", to) == "https://example.com/a.png"
    assert picture("javascript:alert(1)", to) == ""
    assert [initials(name) for name in ("Ana Maria Ruíz", "@bo", "陈伟", "Kim Lee (kim@example.com)", "…")] == [
        *("AR", "B", "陈", "KL", ""),
    ]


def test_a_long_index_counts_what_is_whose_and_says_less_of_each(indexed, monkeypatch):
    monkeypatch.setattr("mkdocs_designdocs.index.LONG", 2)
    index = indexed(UNLIKE)
    html = fill(said(index), [index], Page(lambda design: design.url, author_url=lambda key: f"author/{key}/"))
    assert "### Bo" not in said(index)
    words = [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in re.findall(r"<li data-key.*?</li>", html)]
    assert words == ["Änne 1 In review", "Bo 1 Draft", "Cy 1 Approved", "Zoe 1 review waits", "No author 1 Rejected"]
    assert '<a href="author/bo/">Bo</a>' in html
    assert "Calls fail" not in html


def test_two_hundred_designs(indexed, judged):
    lifecycle = [status.key for status in DEFAULT.statuses]
    blocks = {
        f"d{n:03}.md": {"title": f"Design {n:03}", "status": lifecycle[n % 7], "authors": [f"Author {n % 23:02}"]}
        for n in range(200)
    }
    index = indexed(blocks, levels=Levels((Rule("section-missing", Level.OFF),)))
    html = rendered(index)
    assert html.count('class="designdocs-card"') == 200
    assert sum(len(group.entries) for group in index.groups["author"]) == 200
    assert [group.title for group in index.groups["author"]] == [f"Author {n:02}" for n in range(23)]
    assert len(html) < 250_000


def test_what_stands_below_many_tags_is_no_card_in_each(indexed, monkeypatch):
    pages = {f"{n}.md": {"status": "draft", "tags": ["one", "two", f"t{n}"], "title": f"D{n}"} for n in range(4)}
    index = indexed(pages)
    tagged = index_of(index.entries, replace(WHOLE, parts=("tag",)), DEFAULT, ENGLISH)
    assert rendered(tagged).count('class="designdocs-card"') == 3 * 4
    monkeypatch.setattr("mkdocs_designdocs.index.LONG", 10)
    tagged = index_of(index.entries, replace(WHOLE, parts=("tag",)), DEFAULT, ENGLISH)
    html = rendered(tagged)
    assert not tagged.is_long
    assert tagged.is_brief
    assert (html.count("designdocs-card"), html.count("<li data-n=")) == (0, 3 * 4)
    assert not index_of(index.entries, replace(WHOLE, parts=("list", "author")), DEFAULT, ENGLISH).is_brief


def test_an_index_on_another_page_than_its_own_is_left_out(indexed):
    marks = said(indexed({"a.md": {"status": "draft"}}))
    html = f"<h2>Post</h2>\n{marks}\n<p>Behind.</p>"
    assert without(html).split() == ["<h2>Post</h2>", "<p>Behind.</p>"]
    assert "designdocs:index" not in rendered(indexed({"a.md": {"status": "draft"}}))

"""What stands around a design on its page: banner and header above its text, the ways on below."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from designs import a_design

from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.frame import Frame, Ways
from mkdocs_designdocs.history import Change, Past
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.relations import relate
from mkdocs_designdocs.trail import Trail, trails

WAYS = Ways(
    lambda other: f"../{other.uri}/",
    lambda path: f"../{path}/" if path == "guide.md" else "",
    lambda url: f"../../{url}",
    lambda who: f"../#{who.handle}" if who.handle == "ana" else "",
    lambda tag: "../tag/pay/" if tag == "pay" else "",
    "../",
)
TODAY = datetime.date(2026, 5, 1)


def frame(
    design: Design, *others: Design, past: Past | None = None, avatars: Mapping[str, str] | None = None, **more: Any
) -> Frame:
    entry = Entry(design, relate([design, *others]), past or Past(), avatars or {})
    return Frame(entry, replace(WAYS, **more), TODAY, "https://github.com/acme/shop")


def words(html: str) -> str:
    """What is to be read of a piece; it is well-formed."""
    closed = re.sub(r"<(img[^>]*)>", r"<\1/>", html).replace(" data-search-exclude", "")
    tree = ElementTree.fromstring(f"<div>{closed}</div>")
    return " ".join("".join(tree.itertext()).split())


# The header ----------------------------------------------------------------------------------------------------


def test_the_header_says_what_is_known():
    design = a_design(
        "a.md",
        "in review",
        id="DD-1",
        template="service",
        tags=("pay", "x"),
        authors=(Person("Ana", "ana"), Person("Bo", url="https://bo.example")),
        reviewers=(Person("Chen"),),
        created="2026-01-02",
        updated="2026-03-04",
        issue="#7",
        spec="guide.md",
    )
    design = replace(design, verdict=replace(design.verdict, required=4, written=1))
    changes = (Change("draft", "2026-01-02", ""), Change("in-review", "2026-04-20", ""))
    html = frame(design, past=Past(changes=changes), avatars={"ana": "people/ana.svg"}).header()
    assert words(html) == (
        "In review for 11 days 1 of 4 sections DD-1 template service pay x All designs Authors Ana, Bo Reviewer Chen "
        "Created 2026-01-02 Updated 2026-03-04 Issue #7 Spec guide.md"
    )
    links = dict(re.findall(r'<a [^>]*?href="([^"]+)">([^<]+)</a>', html))
    assert links == {
        "../tag/pay/": "pay",
        "../": "All designs",
        "../#ana": "Ana",
        "https://bo.example": "Bo",
        "https://github.com/acme/shop/issues/7": "#7",
        "../guide.md/": "guide.md",
    }
    assert '<img class="designdocs-face" src="../../people/ana.svg" alt=""' in html


def test_what_git_knows_stands_where_the_design_says_nothing():
    past = Past(created="2025-01-01", updated="2025-02-02", authors=(Person("Bo"),))
    assert "Author Bo Created 2025-01-01 Updated 2025-02-02" in words(frame(a_design("a.md"), past=past).header())
    said = a_design("a.md", created="2026-01-01", updated="2026-01-01", authors=(Person("Ana"),))
    html = words(frame(said, past=past).header())
    assert "Author Ana Created 2026-01-01" in html
    assert "Updated" not in html, "what was updated when it was made was not updated"


def test_a_header_without_anything_to_say_has_no_empty_lists():
    html = frame(a_design("a.md"), index="").header()
    assert words(html) == "Approved"
    assert "<dl" not in html


def test_what_the_page_s_own_lines_show_is_not_said_twice():
    people = (Person("Ana"),)
    said = {
        "created": "2026-01-02",
        "id": "DD-1",
        "issue": "#1",
        "template": "t",
        "tags": ("x",),
        "updated": "2026-02-02",
    }
    design = a_design("a.md", authors=people, reviewers=people, spec="s", **said)
    everything = {*said, "authors", "reviewers", "spec"}
    assert words(frame(design).header(everything)) == "Approved All designs"


def test_the_header_escapes_what_it_is_given():
    design = a_design("a.md", authors=(Person("Ana <b>", url="javascript:x"),), issue="[x](javascript:alert)", id="<i>")
    html = frame(design, a_design("b.md", title="<s>", related="a"), avatars={"ana <b>": "javascript:x"}).header()
    assert not re.search(r'<[bis]>|(?:href|src)="javascript', html)
    assert "Ana &lt;b&gt;" in html


def test_relations_show_both_ways_with_the_status_of_the_other():
    me = a_design("me.md", depends_on=("base", "https://x.example/9"), supersedes="old", related=("base", "far", "n/a"))
    others = [
        a_design("base.md", "superseded", title="Base"),
        a_design("old.md", "superseded", title="Old"),
        a_design("user.md", "draft", title="User", depends_on="me"),
    ]
    html = frame(me, *others).header()
    told = re.findall(r'data-relation="(\w+)"><dt>[^<]+</dt> <dd>(.*?)</dd>', html)
    assert {name: words(said) for name, said in told} == {
        "supersedes": "Old Superseded",
        "depends_on": "Base Superseded https://x.example/9",
        "needed_by": "User Draft",
        "related": "far",
    }
    stale = re.findall(r'designdocs-related--stale"><a href="([^"]+)"', html)
    assert stale == ["../base.md/"], (
        "who builds on what no longer holds sees it; that what it replaces is closed is right"
    )


def test_what_the_banner_says_the_header_does_not():
    old, new = a_design("old.md", "superseded"), a_design("new.md", supersedes="old")
    assert "Superseded by" not in words(frame(old, new).header())
    held, draft = a_design("held.md"), a_design("draft.md", "draft", supersedes="held")
    assert "To be superseded" not in words(frame(held, draft).header())
    assert "To supersede held.md Approved" in words(frame(draft, held).header())


def test_of_many_relations_the_first_are_shown_and_the_rest_is_folded():
    users = [a_design(f"{number}.md", depends_on="a") for number in range(11)]
    html = frame(a_design("a.md"), *users).header()
    assert html.partition("<details")[0].count('class="designdocs-related"') == 8
    assert "3 more" in words(html)
    assert "10.md" in words(html)


# The banner ----------------------------------------------------------------------------------------------------

NEXT = a_design("next.md", title="Next", supersedes="last")


@pytest.mark.parametrize(
    ("designs", "said"),
    [
        (["superseded"], "This design has been superseded and no longer holds."),
        (["rejected"], "This design was rejected and does not hold."),
        (["withdrawn"], "This design was withdrawn and does not hold."),
        (["superseded", "approved"], "This design has been superseded by 1.md."),
        (["superseded", "in review"], "This design has been superseded by 1.md (In review)."),
        (["rejected", "approved"], "This design was rejected and does not hold. See 1.md instead."),
        (["approved", "draft"], "1.md (Draft) is to supersede this design, which holds until then."),
        (
            ["superseded", "superseded", "implemented"],
            "This design has been superseded by 1.md (Superseded). In force today: 2.md.",
        ),
        (
            ["superseded", "superseded", "draft"],
            "This design has been superseded by 1.md (Superseded). To take its place: 2.md (Draft).",
        ),
    ],
)
def test_the_banner_says_in_plain_words_where_to_go(designs: Sequence[str], said: str):
    line = [a_design(f"{n}.md", status, supersedes=f"{n - 1}.md" if n else ()) for n, status in enumerate(designs)]
    html = frame(*line).banner()
    assert words(html) == said
    assert html.count("<a href") == len(line) - 1
    assert re.search(r'<div class="[^"]+" role="note" aria-label="(?:\w| )+" data-search-exclude>', html)


def test_several_successors_are_named_with_an_and():
    old = a_design("old.md", "superseded", superseded_by=("a", "[B <b>](https://x.example/b)", "c"))
    html = frame(old, a_design("a.md"), a_design("c.md")).banner()
    assert words(html) == "This design has been superseded by a.md, B <b> and c.md."
    assert '<a href="https://x.example/b">B &lt;b&gt;</a>' in html


# Below -----------------------------------------------------------------------------------------------------------


def test_what_links_here_has_the_titles_and_what_designs_are():
    user = a_design("user.md", "draft", title="User & co")
    sources = [Source("guide.md", "Guide", "guide/", frozenset()), Source("user.md", "old title", "", frozenset())]
    html = frame(a_design("a.md")).backlinks(sources, {"user.md": user})
    assert words(html) == "What links here Guide User & co Draft"
    assert re.findall('href="([^"]+)"', html) == ["../../guide/", "../user.md/"]
    assert frame(a_design("a.md")).backlinks([], {}) == ""


def test_a_long_list_of_what_links_here_is_folded():
    sources = [Source(f"{n}.md", f"Page {n}", f"{n}/", frozenset()) for n in range(13)]
    html = frame(a_design("a.md")).backlinks(sources, {})
    assert html.partition("<details")[0].count("<li>") == 10
    assert html.count("<li>") == 13
    assert "3 more" in words(html)


def test_the_trail_leads_through_the_designs_of_a_status():
    row = [
        a_design("a.md", "in review"),
        a_design("x.md"),
        a_design("b.md", "in review"),
        a_design("c.md", "in review"),
    ]
    found = trails(row)
    a, x, b, c = row
    assert found == {"a.md": Trail(None, b), "b.md": Trail(a, c), "c.md": Trail(b, None), "x.md": Trail()}
    html = frame(b).trail(found["b.md"])
    assert words(html) == "Previous in review a.md Next in review c.md"
    assert words(frame(a).trail(found["a.md"])) == "Next in review b.md"
    assert frame(x).trail(found["x.md"]) == ""


def test_a_status_in_a_sentence_is_written_as_its_language_does():
    design = a_design("b.md", "draft")
    german = replace(
        frame(design).partials.labels, language="de", own=(("status.draft", "Entwurf"), ("next", "{status}:"))
    )
    there = replace(frame(design), partials=Partials(german))
    assert words(there.trail(Trail(None, design))).startswith("Entwurf: ")

"""How designs hang together: as a graph, as drawings of it, and on the pages of a site."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from designs import a_design, uris

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.engine import Pele, Svg, pele_available
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.network import NOBODY, Network, around, groups, in_words, network, source
from mkdocs_designdocs.partials import PLAIN
from mkdocs_designdocs.pictures import Artist, has_picture, picture
from mkdocs_designdocs.plots import Scene
from mkdocs_designdocs.relations import relate

PELE = Pele()

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")


def of(*designs) -> Network:
    return network(designs, relate(designs))


def edges(part: Network) -> list[str]:
    return [f"{e.source} {e.label} {e.target}" for e in part.edges]


def drawn(text: str) -> str:
    svg = PELE.render(text, "t")
    assert isinstance(svg, Svg), f"{svg}\n{text}"
    return svg.text


# The graph ------------------------------------------------------------------------------------------------------


def test_whoever_says_it_it_is_one_edge():
    old = a_design("old.md", "superseded", superseded_by="new.md")
    new = a_design("new.md", supersedes="old.md", depends_on=("base.md", "nobody.md", "new.md"), related="base.md")
    base, other = a_design("base.md", related="other.md"), a_design("other.md", related="base.md")
    whole = of(old, new, base, other, a_design("alone.md"))
    assert edges(whole) == ["base.md related to other.md", "new.md depends on base.md", "new.md supersedes old.md"]
    assert sorted(whole.designs) == ["base.md", "new.md", "old.md", "other.md"]
    assert in_words(whole) == ("base.md is related to other.md. new.md depends on base.md. new.md supersedes old.md.")


@pytest.mark.parametrize(
    ("new", "old", "found"),
    [
        ("approved", "superseded", ["new.md supersedes old.md"]),
        ("draft", "approved", ["new.md is to supersede old.md"]),
        ("draft", "superseded", ["new.md supersedes old.md"]),
        ("withdrawn", "approved", []),
    ],
)
def test_what_supersedes_says_whether_it_has_done_so(new, old, found):
    assert edges(of(a_design("new.md", new, supersedes="old.md"), a_design("old.md", old))) == found


def test_around_a_design_are_its_neighbours_and_its_line_of_succession():
    whole = of(
        a_design("v1.md", "superseded"),
        a_design("v2.md", "superseded", supersedes="v1.md"),
        a_design("v3.md", supersedes="v2.md", depends_on="base.md"),
        a_design("v4.md", "draft", supersedes="v3.md"),
        a_design("base.md", depends_on="deep.md"),
        a_design("deep.md"),
        a_design("user.md", depends_on=("v3.md", "base.md")),
    )
    part = around(whole.designs["v3.md"], whole)
    assert sorted(part.designs) == ["base.md", "user.md", "v1.md", "v2.md", "v3.md", "v4.md"]
    assert set(edges(part)) == {
        "v2.md supersedes v1.md",
        "v3.md supersedes v2.md",
        "v4.md is to supersede v3.md",
        "v3.md depends on base.md",
        "user.md depends on v3.md",
        "user.md depends on base.md",
    }
    assert uris(around(whole.designs["deep.md"], whole).designs.values()) == ["deep.md", "base.md"]
    assert around(a_design("alone.md"), whole) == NOBODY


def test_of_too_many_neighbours_the_nearest_are_drawn_and_the_others_counted():
    users = [a_design(f"u{n:02}.md", depends_on="base.md") for n in range(40)]
    base = a_design("base.md", supersedes="old.md", related="friend.md")
    whole = of(base, a_design("old.md", "superseded"), a_design("friend.md"), *users)
    part = around(base, whole)
    assert (len(part.designs), part.left) == (21, 22)
    assert uris(part.designs.values())[:2] == ["base.md", "old.md"]
    assert "friend.md" not in part.designs


def test_the_catalogue_is_drawn_in_parts_that_can_be_read():
    pairs = [a_design(f"{n}{end}.md", related=f"{n}b.md") for n in range(45) for end in "ab"]
    star = [a_design("hub.md"), *(a_design(f"s{n}.md", depends_on="hub.md") for n in range(50))]
    drawings, apart = groups(of(*pairs, *star))
    assert [len(one.designs) for one in drawings] == [40, 40, 10]
    assert [len(one.designs) for one in apart] == [51]
    many = [a_design(f"{n}{end}.md", related=f"{n}b.md") for n in range(105) for end in "ab"]
    drawings, apart = groups(of(*many))
    assert [len(one.designs) for one in drawings] == [40] * 5
    assert len(apart) == 5
    assert groups(NOBODY) == ([], [])


# The drawing ----------------------------------------------------------------------------------------------------


@needs_engine
def test_a_status_is_in_shape_colour_and_words_and_the_reader_knows_where_they_are():
    whole = of(
        a_design("new.md", "draft", title='The "new" one', id="DD-2", supersedes="old.md"),
        a_design("old.md", "approved", title="Old [way] end", depends_on="past.md"),
        a_design("past.md", "withdrawn", title="Past"),
    )
    text = source(whole, "How Old hangs together", lambda design: f"../{design.uri}", "old.md")
    lines = [line.strip() for line in text.split("\n")]
    assert lines[:3] == [
        "flowchart TB",
        "accTitle: How Old hangs together",
        "accDescr: The #34;new#34; one is to supersede Old #91;way#93; end. Old #91;way#93; end depends on Past.",
    ]
    assert 'd1(["The #34;new#34; one<br/>DD-2 #183; Draft"])' in lines
    assert 'd2["Old #91;way#93; end<br/>Approved"]' in lines
    assert 'd3[["Past<br/>Withdrawn"]]' in lines
    assert 'd1 ==>|"is to supersede"| d2' in lines
    assert 'd2 -->|"depends on"| d3' in lines
    assert [line for line in lines if line.startswith("click")] == [
        'click d1 href "../new.md"',
        'click d3 href "../past.md"',
    ]
    assert "class d2 here" in lines
    svg = drawn(text)
    assert {'The "new" one', "DD-2 · Draft", "Withdrawn", "depends on"} <= {
        unescape(found) for found in re.findall(r">([^<>]+)</(?:text|tspan)>", svg)
    }


@needs_engine
def test_names_that_mermaid_would_stumble_over_draw():
    names = ["end", 'a"b', "x;y#z", "<script>", "ünï 漢", "back\\slash", "`tick`", "w" * 300]
    hub = a_design("hub.md", title="hub")
    others = [a_design(f"{n} ü.md", title=t, depends_on="hub.md") for n, t in enumerate(names)]
    whole = of(hub, *others)
    svg = drawn(source(whole, 'T "x" ; #', lambda design: design.uri))
    assert "<script" not in svg
    assert re.search(r'<a href="4%20(?:ü|%C3%BC)\.md"', svg)


# On the pages ---------------------------------------------------------------------------------------------------


def hanging(designs: Sequence[Design], whole: Network, draw: Callable[[str], str]) -> str:
    entries = entries_of(Catalog(designs, ()), DEFAULT)
    scene = Scene(lambda d: d.url, lambda d: d.uri, datetime.date(2026, 6, 1))
    return picture("relations", entries, whole, Artist(scene, draw, PLAIN))


def counted(source: str) -> str:
    """A drawing, as its title and how many designs it holds."""
    title = re.search(r"accTitle: (.*)", source)[1]
    return f"[{title}: {len(re.findall(r'^ *d[0-9]+[^0-9 ]', source, re.MULTILINE))}]"


def test_the_index_has_a_section_for_it_where_there_is_something_to_show():
    designs = [a_design("a.md", depends_on="b.md"), a_design("b.md"), a_design("c.md")]
    entries = entries_of(Catalog(designs, ()), DEFAULT)
    whole = network(designs, relate(designs))
    assert not has_picture("relations", entries, NOBODY)
    assert not has_picture("relations", [one for one in entries if one.design.uri != "b.md"], whole)
    assert has_picture("relations", entries, whole)
    shown = hanging(designs, whole, counted)
    assert "1 relation between 2 designs." in shown
    assert "[How the designs hang together: 2]" in shown
    assert "Not drawn" not in shown


def test_a_table_has_the_relations_that_are_drawn():
    designs = [a_design("a.md", title="<A>", depends_on="b.md", related="c.md"), a_design("b.md"), a_design("c.md")]
    for drawn in ("[drawn]", ""):
        shown = hanging(designs, of(*designs), lambda _, drawn=drawn: drawn)
        rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', shown)
        assert rows == [
            ('<a href="a/">&lt;A&gt;</a>', "depends on", '<a href="b/">b.md</a>'),
            ('<a href="a/">&lt;A&gt;</a>', "is related to", '<a href="c/">c.md</a>'),
        ]
        assert ("<details" in shown) is bool(drawn)


def test_what_is_not_drawn_is_said_with_a_way_to_it():
    star = [a_design("hub.md", title="<Hub>"), *(a_design(f"s{n}.md", depends_on="hub.md") for n in range(50))]
    pairs = [a_design(f"{n}{end}.md", related=f"{n}b.md") for n in range(12) for end in "ab"]
    designs = [*star, *pairs]
    shown = hanging(designs, of(*designs), counted)
    assert ": 24]" in shown
    assert re.search(r'shows its neighbours: 51 designs around <a href="hub/">&lt;Hub&gt;</a>\.', shown)
    assert shown.count("<tr><th") == 12 + 1


@needs_engine
def test_every_design_of_the_example_site_shows_its_neighbours_with_links(example_site):
    html = example_site.page("designs/0006-offline-pickup-codes/")
    part = re.search(r'<details class="designdocs-network"[^>]*>.*?</details>', html, re.DOTALL)[0]
    assert "How it hangs together" in part
    links = re.findall(r'<a (?:xlink:)?href="([^"]+)"', part)
    assert {"../0002-server-pickup-codes/", "../0001-site-agent/"} <= set(links)
    assert ">supersedes<" in part
    assert "<title" in part
    assert re.search(r"<desc[^>]*>[^<]*supersedes Pickup codes checked at the centre\.", part)
    shown = example_site.page("designs/")
    assert re.search(r'href="#how-they-hang-together"', shown)
    section = shown[shown.index('id="how-they-hang-together"') :]
    assert section.count('<figure class="designdocs-diagram') == 1
    assert len(set(re.findall(r'<a (?:xlink:)?href="(0\d{3}[^"]*/)"', section))) == 10


DESIGN = "---\ndesign:\n  template: note\n  status: draft\n  depends_on: {}\n---\n# {}\n\n## Context\n\nWords.\n"


FROM_DATA = """\
---
design:
  template: service
  status: draft
  steps: [A -> B: "data; that is drawn"]
---
# C
"""


@needs_engine
@pytest.mark.parametrize(
    ("diagrams", "drawn", "from_data"),
    [
        ("designs", 1, '<title id="'),
        ({"engine": "client"}, 0, '<pre class="mermaid"><code>sequenceDiagram\n    accTitle: Steps\n'),
        ("none", 0, "data#59; that is drawn"),
    ],
)
def test_it_is_drawn_where_the_engine_draws(site, diagrams, drawn, from_data):
    site.configure(ours={"templates_dir": "t", "diagrams": diagrams})
    site.write("../t/note.md", "# [Title]\n\n## Context\n\n[Why]\n")
    site.write("a b.md", DESIGN.format("b", "A"))
    site.write("b.md", DESIGN.format("[]", "B"))
    site.write("c.md", FROM_DATA)
    assert site.build("--strict").returncode == 0
    page, shown = site.page("b/"), site.page("designs/")
    assert page.count('class="pele ') == shown.count('class="pele ') == drawn
    assert "<caption>How the designs hang together</caption>" in shown
    assert ('<details class="designdocs-behind"' in shown) is bool(drawn)
    assert from_data in site.page("c/")
    if drawn:
        assert re.search(r'<svg.*<a xlink:href="\.\./a%20b/"', page, re.DOTALL)
        entries = (site.built / "search/search_index.json").read_text("utf-8")
        assert "depends on" not in entries

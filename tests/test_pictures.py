"""How designs are doing and what happened when: drawings, and tables that say the same."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

import pytest
from axe import barriers
from designs import a_design

from mkdocs_designdocs.engine import Pele, Svg, pele_available
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.health import health
from mkdocs_designdocs.history import Change, Past
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle
from mkdocs_designdocs.network import NOBODY
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.pictures import Artist, has_picture, picture
from mkdocs_designdocs.plots import Lane, Picture, Scene, Span, Table, fitted, lanes
from mkdocs_designdocs.relations import relate
from mkdocs_designdocs.timeline import Events, events, timeline

PELE = Pele()
TODAY = datetime.date(2026, 6, 1)
HERE = Scene(lambda design: design.url, lambda design: design.uri, TODAY)

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")


def an_entry(uri: str, *changes: tuple[str, str], written: int | None = None, **said: str) -> Entry:
    """A design that git has seen come to some statuses, the last of which it has; `written`: of ten sections."""
    design = a_design(uri, changes[-1][0] if changes else said.pop("status", "draft"), **said)
    if written is not None:
        design = replace(design, verdict=replace(design.verdict, required=10, written=written))
    past = Past(changes=[Change(status, day, f"{day}T12:00:00Z") for status, day in changes])
    return Entry(design, relate([design]), past, {})


def ago(days: int) -> str:
    return (TODAY - datetime.timedelta(days=days)).isoformat()


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def charted(source: str) -> dict[str, list[int]]:
    """The numbers of a chart, by series."""
    return {
        name: [int(number) for number in numbers.split(", ")]
        for name, numbers in re.findall(r'^ *bar "(.*)" \[(.*)\]$', source, re.MULTILINE)
    }


def counts(table: Table) -> dict[str, list[int]]:
    """The numbers of a table, by column."""
    return {name: [int(row[at].text) for row in table.rows] for at, name in enumerate(table.columns[1:], 1)}


def bars(source: str) -> list[str]:
    """The spans of a chart of lanes."""
    return [line.strip() for line in source.split("\n") if re.search(r" :.*\d{4}-\d\d-\d\d", line)]


# How they are doing ---------------------------------------------------------------------------------------------


FEW = [
    an_entry("force.md", ("approved", ago(400))),
    an_entry("new.md", ("draft", ago(40)), ("in-review", ago(3)), title="New", written=10),
    an_entry("old.md", ("draft", ago(300)), ("in-review", ago(50)), title="Old", written=7),
    an_entry("draft.md", ("draft", ago(80)), title="Begun", written=1),
    an_entry("unknown.md", title="Unknown", status="in review"),
]


def test_a_few_open_designs_are_a_bar_each_as_long_as_they_have_had_their_status():
    found = health(FEW, HERE)
    assert found is not None
    assert found.said == (
        "4 of 5 designs are open: 3 In review, 1 Draft. On average 60 % of what they need is written. "
        "1 is stuck: a draft for 90 days, or waiting for its reviewers for 30."
    )
    assert cells(found.tables[0]) == [
        ["Old", "In review", "for 50 days", "70 %"],
        ["New", "In review", "for 3 days", "100 %"],
        ["Unknown", "In review", "not known", "—"],
        ["Begun", "Draft", "for 2 months", "10 %"],
    ]
    assert [row[0].href for row in found.tables[0].rows][:2] == ["old/", "new/"]
    assert bars(found.sources[0]) == [
        "Old #183; 70 #37; #183; for 50 days :crit, t1, 2026-04-12, 2026-06-02",
        "New #183; 100 #37; #183; for 3 days :active, t2, 2026-05-29, 2026-06-02",
        "Begun #183; 10 #37; #183; for 2 months :done, t3, 2026-03-13, 2026-06-02",
    ]
    assert 'click t1 href "old.md"' in found.sources[0]


def test_where_nothing_is_open_or_no_age_is_known_nothing_is_drawn():
    assert health(FEW[:1], HERE) is None
    assert not has_picture("health", FEW[:1], NOBODY)
    assert has_picture("health", FEW, NOBODY)
    found = health([FEW[-1]], HERE)
    assert found is not None
    assert (found.said, found.sources) == ("1 of 1 designs is open: 1 In review.", [])
    assert cells(found.tables[0]) == [["Unknown", "In review", "not known", "—"]]


def many(count: int, written: bool = True) -> list[Entry]:
    known = [
        [("draft", ago(n))] if n % 3 == 0 else [("draft", ago(n + 9)), (("in-review", "approved")[n % 3 - 1], ago(n))]
        for n in range(1, count + 1)
    ]
    return [an_entry(f"{n}.md", *one, written=n % 11 if written else None) for n, one in enumerate(known, 1)]


def test_many_open_designs_are_counted_and_the_table_has_the_same_numbers():
    entries = [*many(600), an_entry("unknown.md", status="in review", written=10)]
    found = health(entries, HERE)
    assert found is not None
    assert found.said.startswith("401 of 601 designs are open: 201 In review, 200 Draft.")
    assert [table.caption for table in found.tables] == [
        "Open designs by their time in status",
        "Open designs by how much is written",
    ]
    for source, table in zip(found.sources, found.tables, strict=True):
        assert charted(source) == counts(table)
        assert {name: sum(numbers) for name, numbers in counts(table).items()} == {"In review": 201, "Draft": 200}
    assert cells(found.tables[0])[-1] == ["not known", "1", "0"]
    assert cells(found.tables[1])[-1] == ["complete", "19", "18"]
    assert [cell.text for cell in found.named][:2] == [
        "600.md (Draft, for 20 months)",
        "598.md (In review, for 19 months)",
    ]
    assert len(found.named) == 5
    assert found.named[0].href.endswith("/")


def test_what_nobody_knows_of_any_design_has_no_chart():
    found = health(many(60, written=False), HERE)
    assert found is not None
    assert [table.caption for table in found.tables] == ["Open designs by their time in status"]
    assert "written" not in found.said


# What happened when ---------------------------------------------------------------------------------------------


def test_what_happened_to_a_design_is_what_is_known_to_have():
    whole = an_entry(
        "a.md",
        ("draft", "2025-01-01"),
        ("in-review", "2025-02-01"),
        ("approved", "2025-03-01"),
        ("draft", "2025-04-01"),
        ("approved", "2025-05-01"),
        ("implemented", "2025-06-01"),
        ("superseded", "2025-07-01"),
        created="2024-12-01",
    )
    assert events(whole, DEFAULT) == Events("2024-12-01", "2025-03-01", "2025-06-01", "2025-07-01")
    met = an_entry("b.md", ("approved", "2025-05-01"), ("implemented", "2025-06-01"))
    assert events(met, DEFAULT) == Events("", "2025-06-01", "2025-06-01"), "it came into force before git met it"
    told = a_design("c.md", "approved", stages=(("draft", "2025-01-01"), ("approved", "2025-02-01")))
    assert events(Entry(told, relate([told]), Past(), {}), DEFAULT) == Events("", "2025-02-01")
    unheard = an_entry("d.md", ("draft", "2025-01-01"), ("approved", "2025-02-01"))
    assert events(unheard, Lifecycle(DEFAULT.statuses[:1])) == Events()


def test_a_few_designs_have_a_lane_each_from_when_they_were_created():
    entries = [
        an_entry("b.md", ("draft", "2025-09-01"), title="Going on", created="2025-08-01"),
        an_entry("a.md", ("in-review", "2025-03-01"), ("rejected", "2025-07-01"), title="Gone", created="2025-01-01"),
        an_entry("c.md", status="approved", title="Old", created="2024-06-01"),
        an_entry(
            "d.md",
            ("draft", "2026-01-01"),
            ("approved", "2026-01-04"),
            ("implemented", "2026-05-01"),
            title="Built",
            created="2026-01-01",
        ),
        an_entry("e.md", status="approved", title="Undated"),
    ]
    found = timeline(entries, HERE)
    assert found is not None
    assert found.said == (
        "4 designs since 2024-06-01. 1 came into force. 1 was implemented. When 1 in force was decided is not known."
    )
    assert found.tables[0].columns == ["Design", "Created", "Came into force", "Implemented", "Closed"]
    assert cells(found.tables[0]) == [
        ["Old", "2024-06-01", "—", "—", "—"],
        ["Gone", "2025-01-01", "—", "—", "2025-07-01"],
        ["Going on", "2025-08-01", "—", "—", "—"],
        ["Built", "2026-01-01", "2026-01-04", "2026-05-01", "—"],
    ]
    assert bars(found.sources[0]) == [
        "created :done, milestone, t1, 2024-06-01, 0d",
        "#8203; :done, t2, 2025-01-01, 2025-03-01",
        "In review :active, t3, 2025-03-01, 2025-07-01",
        "Rejected :active, milestone, t4, 2025-07-01, 0d",
        "Draft :done, t5, 2025-08-01, 2026-06-02",
        "#8203; :done, t6, 2026-01-01, 2026-01-04",
        "Approved :t7, 2026-01-04, 2026-05-01",
        "#8203; :milestone, t8, 2026-05-01, 0d",
    ]
    assert found.key.startswith("A diamond")
    assert timeline(entries[-1:], HERE) is None
    assert not has_picture("timeline", entries[-1:], NOBODY)
    assert has_picture("timeline", entries, NOBODY)


@pytest.mark.parametrize(
    ("days", "periods"),
    [
        (200, ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]),
        (700, ["2024 Q3", "2024 Q4", "2025 Q1", "2025 Q2", "2025 Q3", "2025 Q4", "2026 Q1", "2026 Q2"]),
        (2000, ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]),
    ],
)
def test_many_designs_are_counted_by_what_there_is_room_for(days, periods):
    entries = [
        an_entry(f"{n}.md", ("draft", made), ("approved", ago(days * n // 40 // 2)), created=made)
        for n in range(1, 41)
        for made in [ago(days * n // 40)]
    ]
    found = timeline(entries, HERE)
    assert found is not None
    (table,) = found.tables
    assert [row[0] for row in cells(table)] == periods
    assert charted(found.sources[0]) == counts(table)
    assert {name: sum(numbers) for name, numbers in counts(table).items()} == {"Created": 40, "Came into force": 40}


# On the page ----------------------------------------------------------------------------------------------------


def shown(part: str, entries: Sequence[Entry], drawn: str = "<figure></figure>", language: str = "en") -> str:
    labels = Labels(language)
    artist = Artist(replace(HERE, labels=labels), lambda _: drawn, Partials(labels))
    return picture(part, entries, NOBODY, artist)


@pytest.mark.parametrize("part", ["health", "timeline"])
def test_behind_each_picture_is_a_table_and_where_nothing_can_be_drawn_it_stands_alone(part):
    entries = [an_entry("a.md", ("draft", ago(80)), title="<A>", created=ago(90))]
    with_figure, alone = shown(part, entries), shown(part, entries, "")
    table = re.search(r"<table.*?</table>", with_figure, re.DOTALL)[0]
    assert table in alone
    assert '<th scope="col">Design</th>' in table
    assert '<th scope="row"><a href="a/">&lt;A&gt;</a></th>' in table
    assert re.search(r"<figure></figure>\s*<details.*<summary>As a table</summary>.*</details>", with_figure, re.DOTALL)
    assert "details" not in alone
    assert "style=" not in with_figure + alone
    assert shown(part, []) == shown("nothing", entries) == ""


def test_every_word_is_the_sites():
    entries = [an_entry("a.md", ("draft", ago(80)), title="A", written=5, created=ago(90))]
    for part in ("health", "timeline"):
        german = re.sub(r"<[^>]+>", " ", shown(part, entries, language="de"))
        assert not re.search(
            r"\b(?:design is|draft|table|since|created|title|open|day|complete)\b", german, re.IGNORECASE
        )
        assert "Als Tabelle" in german
    found = health(entries, replace(HERE, labels=Labels("de")))
    assert found is not None
    assert "Monat" in found.sources[0]


NAMES = [
    "end",
    'a"b: c',
    "x;y#z",
    "<script>",
    "%% no comment",
    "back\\slash, comma",
    "`tick`",
    "漢字" * 30,
    "w" * 300,
    "—",
]


@needs_engine
@pytest.mark.parametrize("count", [1, 10, 40, 2000])
def test_the_engine_draws_every_picture_whatever_designs_are_called(count):
    entries = [
        an_entry(
            f"{n} ü.md",
            ("draft", made),
            (("draft", "in-review", "implemented", "rejected")[n % 4], ago(n // 2)),
            title=NAMES[n % 10],
            created=made,
            written=n % 11,
        )
        for n in range(count)
        for made in [ago(n)]
    ]
    for made in (health(entries, HERE), timeline(entries, HERE)):
        assert isinstance(made, Picture)
        for source in made.sources:
            svg = PELE.render(source, "t")
            assert isinstance(svg, Svg), f"{svg}\n{source}"
            assert unescape(re.search(r"<desc[^>]*>(.*?)</desc>", svg.text, re.DOTALL)[1]) == made.said
            assert "<script" not in svg.text
            assert "NaN" not in svg.text


@needs_engine
@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_everybody_can_read_the_pictures_of_the_example_site(example_site, visit, scheme, width):
    screen = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "has_touch": width < 400}
    page = visit(example_site.built, "https://designs.test/designs/", **screen)
    assert page.locator(".designdocs-picture svg.pele").count() == 3
    closed = page.locator(".designdocs-behind summary")
    for number in range(closed.count()):
        closed.nth(number).press("Enter")
    assert page.locator(".designdocs-picture table:visible").count() == 3
    rows = page.locator(".designdocs-picture table").nth(1).locator("tbody tr").all_inner_texts()
    assert "Site agent\t2025-01-20\t2025-03-10\t2025-08-28\t—" in rows
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page, ".designdocs-picture") == []
    page.locator(".designdocs-picture svg a").first.press("Enter")
    page.wait_for_url("**/0007-carrier-api-v2/")


# What they are made of ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("one two", 7, "one two"),
        ("one two three", 10, "one two…"),
        ("one  two\nthree", 13, "one two three"),
        ("unbreakable", 6, "unbre…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字漢", 8, "漢字漢…"),
        ("", 5, ""),
    ],
)
def test_a_title_is_cut_to_what_fits_beside_a_lane(text, most, said):
    assert fitted(text, most) == said


def test_a_label_that_has_no_room_is_left_out():
    day = datetime.date(2026, 1, 1)
    spans = [Span(day, day + datetime.timedelta(days=length), label="In review") for length in (2, 90)]
    drawn = lanes("T", "D", [Lane("A", spans)], stacked=False)
    assert [line.split(" :")[0] for line in bars(drawn)] == ["#8203;", "In review"]
    assert "displayMode: compact" in drawn
    late = Lane("B", [Span(spans[1].end, spans[1].end, label="created")])
    drawn = lanes("T", "D", [Lane("A", spans), late], stacked=False)
    assert bars(drawn)[-1].startswith("created :milestone"), "nothing else is in its lane"
    assert [line.split(" :")[0] for line in bars(lanes("T", "D", [Lane("A", spans)], stacked=True))] == [
        "In review"
    ] * 2


@pytest.mark.parametrize(("days", "axis"), [(30, "%Y-%m-%d"), (300, "%Y-%m"), (5000, "%Y")])
def test_the_axis_says_as_much_as_there_is_room_for(days, axis):
    day = datetime.date(2020, 1, 1)
    drawn = lanes("T", "D", [Lane("A", [Span(day, day + datetime.timedelta(days=days))])], stacked=False)
    assert f"axisFormat {axis}\n" in drawn

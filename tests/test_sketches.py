"""Data of the front matter as diagrams: whatever stands in it, the engine draws it and the words are there."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_designdocs import sketches
from mkdocs_designdocs.engine import Pele, Svg, pele_available
from mkdocs_designdocs.lettering import label, line, word
from mkdocs_designdocs.strays import strays

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

PELE = Pele()

DRAWERS = {
    "components": sketches.flowchart,
    "models": sketches.er_diagram,
    "states": sketches.state_diagram,
    "steps": sketches.sequence_diagram,
}


def drawn(source: str) -> list[str]:
    """The lines of text in the drawing."""
    svg = PELE.render(source, "t")
    assert isinstance(svg, Svg), f"{svg}\n{source}"
    return [unescape(text) for text in re.findall(r">([^<>]+)</(?:text|tspan)>", svg.text)]


def body(source: str) -> list[str]:
    """The source without its first line and its name."""
    return [text.strip() for text in source.split("\n") if "accTitle" not in text][1:]


@pytest.mark.parametrize(
    ("key", "data", "lines"),
    [
        ("components", {"Web": {"calls": "Api"}, "Api": "Answers"}, ['c1["Web"]', 'c2["Api"]', "c1 --> c2"]),
        (
            "components",
            [{"name": "Api", "kind": "queue", "uses": [{"to": "api", "via": "retries"}]}, "Lonely"],
            ['c1@{ shape: das, label: "Api" }', 'c2["Lonely"]', 'c1 -->|"retries"| c1'],
        ),
        (
            "components",
            [{"name": "Api", "group": "Ours", "depends_on": {"Bank": "pays", "Post": None}}],
            [
                'subgraph g1["Ours"]',
                'c1["Api"]',
                "end",
                'c2["Bank"]',
                'c3["Post"]',
                'c1 -->|"pays"| c2',
                "c1 --> c3",
                "classDef outside stroke-dasharray:5 4",
                "class c2,c3 outside",
            ],
        ),
        (
            "models",
            {
                "Order": {"relationships": ["Lives long", {"to": "Line", "kind": "one-to-many", "label": "has"}]},
                "Line": {"fields": {"id": {"type": "uuid", "key": "PK, FK"}, "sum": "decimal(10, 2)"}},
            },
            ['m1["Order"]', 'm2["Line"] {', "uuid id PK, FK", "decimal(10‚2) sum", "}", 'm1 ||--o{ m2 : "has"'],
        ),
        (
            "states",
            ["Queued -> Running: taken", {"Running": ["Ready", "Failed"]}, {"name": "Failed", "to": "Queued"}],
            [
                'state "Queued" as s1',
                'state "Running" as s2',
                'state "Failed" as s3',
                'state "Ready" as s4',
                "[*] --> s1",
                "s1 --> s2 : taken",
                "s2 --> s4",
                "s2 --> s3",
                "s3 --> s1",
                "s4 --> [*]",
            ],
        ),
        (
            "states",
            {"A": {"B": "go"}, "B": {"to": [{"to": "A", "when": "back"}], "initial": True, "final": True, "note": "n"}},
            [
                'state "A" as s1',
                'state "B" as s2',
                "[*] --> s2",
                "s1 --> s2 : go",
                "s2 --> s1 : back",
                "s2 --> [*]",
                "note right of s2 : n",
            ],
        ),
        (
            "steps",
            [
                "User -> Site agent: types: a code",
                {"Site agent → Codes": "check"},
                {"from": "codes", "to": "Site agent", "text": "yes", "reply": True, "note": "in 40 ms"},
                {"alt": "it fits", "steps": ["Site agent --> User: 14"], "else": ["Site agent --> User"]},
                {"par": [{"when": "a", "steps": ["User -> User"]}, {"when": "b", "steps": ["User -> User: x"]}]},
            ],
            [
                "actor p1 as User",
                "participant p2 as Site agent",
                "participant p3 as Codes",
                "p1->>p2: types#58; a code",
                "p2->>p3: check",
                "p3-->>p2: yes",
                "Note over p2: in 40 ms",
                "alt it fits",
                "p2-->>p1: 14",
                "else else",
                "p2-->>p1: #8203;",
                "end",
                "par a",
                "p1->>p1: #8203;",
                "and b",
                "p1->>p1: x",
                "end",
            ],
        ),
    ],
)
def test_every_form_of_the_data_is_read(key, data, lines):
    source = DRAWERS[key](data, "Ours")
    assert source.split("\n")[1] == "    accTitle: Ours"
    assert body(source) == lines
    assert drawn(source)


def test_who_takes_part_is_drawn_as_the_component_that_it_is():
    parts = [
        {"name": "Ledger", "kind": "database"},
        {"name": "Inbox", "kind": "topic"},
        {"name": "Ana", "kind": "user"},
    ]
    source = sketches.sequence_diagram(["Ana -> inbox: x", "inbox -> ledger: y"], components=parts)
    assert body(source)[:3] == [
        "actor p1 as Ana",
        'participant p2@{ "type": "queue" } as inbox',
        'participant p3@{ "type": "database" } as ledger',
    ]
    assert {"Ana", "inbox", "ledger"} <= set(drawn(source))


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("components", None),
        ("components", ["Web", {"name": "Api", "purpose": "Answers"}]),
        ("models", {"Order": {"fields": {"id": "uuid"}, "relationships": ["Belongs to somebody"]}}),
        ("states", ["Queued", "Running"]),
        ("steps", []),
        ("steps", ["no arrow", 7, None, {"from": "A"}, {"loop": "each", "steps": []}]),
        ("components", {f"C{n}": {"calls": f"C{n + 1}"} for n in range(sketches.MOST["components"] + 1)}),
        ("steps", ["A -> B: again"] * (sketches.MOST["steps"] + 1)),
    ],
)
def test_where_there_is_nothing_to_draw_or_too_much_there_is_no_diagram(key, data):
    assert DRAWERS[key](data) == ""


def test_the_largest_that_is_drawn_is_drawn_within_the_limits_of_the_engine():
    most = sketches.MOST
    parts = {f"Part {n}": {"calls": [f"Part {n * m % 79}" for m in (3, 5, 7)]} for n in range(most["components"])}
    models = {
        f"M{n}": {"fields": {f"f{m}": "text" for m in range(20)}, "relationships": [{"to": f"M{n * 7 % 59}"}]}
        for n in range(most["models"])
    }
    states = {f"S{n}": [f"S{n * 3 % 79}", f"S{n * 5 % 79}"] for n in range(most["states"])}
    for source in (
        sketches.flowchart(parts),
        sketches.er_diagram(models),
        sketches.state_diagram(states),
        sketches.sequence_diagram([f"A{n % 20} -> A{n % 7}: x" for n in range(most["steps"])]),
    ):
        assert drawn(source)


# Any text -----------------------------------------------------------------------------------------------------

NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "end",
            "%%{init: {}}%%",
            'a "b" [c] {d} (e) |f|',
            "#quot; #35; &amp; <script>alert(1)</script>",
            "`code` **bold** _it_",
            "1. first",
            "- item",
            "a --> b; c",
            "subgraph\nend\n",
            "click a href",
            "\u202eback\u0000\ud800",
            "x" * 500,
            "style c1 fill:#f00",
            "ﬂ°°35¶ß",
            "@{ shape: cyl }",
            "A: B :: C",
            "nowrap: x",
            "\\",
            "",
            " ",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NASTY, min_size=5, max_size=5))
@example(["end"] * 5)
def test_any_text_draws(texts):
    a, b, c, d, e = texts
    for source in (
        sketches.flowchart(
            [{"name": f"A{a}", "group": b, "calls": {f"B{c}": d}}, {"name": f"B{c}", "kind": "queue"}], e
        ),
        sketches.er_diagram(
            [{"name": f"A{a}", "fields": {f"x{b}": c}, "relationships": [{"to": f"B{d}", "label": e}]}], e
        ),
        sketches.state_diagram([{"name": f"A{a}", "to": {f"B{b}": c}, "note": d}], e),
        sketches.sequence_diagram(
            [
                {"from": f"A{a}", "to": f"B{b}", "text": c, "note": d},
                {"loop": e, "steps": [{"from": a + "A", "to": "B"}]},
            ],
            e,
        ),
    ):
        assert drawn(source)


SHOWN = st.characters(codec="utf-8", exclude_categories=["C", "M", "Z"])


@settings(max_examples=60, deadline=None)
@given(st.text(SHOWN, min_size=1, max_size=20))
@example("end")
@example('"#35;"')
@example("[x](y)")
@example("e\u0301")
def test_a_label_survives_as_the_text_that_it_is(text):
    for source in (
        sketches.flowchart({text: {"calls": {"other": text}}}),
        sketches.er_diagram([{"name": text, "relationships": [{"to": "other", "label": text}]}]),
        sketches.state_diagram([{"name": text, "to": {"other": text}}]),
        sketches.sequence_diagram([{"from": text, "to": "other", "text": text}]),
    ):
        assert drawn(source).count(text) >= 2, source


def test_long_labels_are_wrapped_and_the_very_long_are_cut():
    said = label("a sentence of several words that goes on for longer than a box is wide")
    assert [len(part) <= 28 for part in said.split("<br/>")] == [True, True, True]
    assert label("y" * 500).endswith("#8230;")
    assert line("two\nlines") == "two lines"
    assert (label("a\nb"), label(" \n ")) == ("a<br/>b", "#8203;")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("varchar(16)", "varchar(16)"),
        ("timestamp with time zone", "timestamp-with-time-zone"),
        ("Map<string,int>", "Map‹string‚int›"),
        ("S | M | L", "S⁄M⁄L"),
        ("string, 8 to 35", "string‚8-to-35"),
        ("16 bit", "_16-bit"),
        ("", "—"),
        ("größe", "größe"),
        ("PK", "_PK"),
    ],
)
def test_an_attribute_is_one_word(text, told):
    assert word(text) == told


@pytest.mark.parametrize("text", ["x", " ", "x ", "\n", "->", "- ", "_", "\u0301", '"'])
def test_a_text_of_any_length_costs_little(text):
    long = f"a{text * 200_000}"
    begun = time.process_time()
    sketches.flowchart({long: {"group": long, "calls": {"b": long, long + "c": long}}}, long)
    sketches.er_diagram([{"name": long, "fields": {long: long}, "relationships": [{"to": "b", "label": long}]}], long)
    sketches.state_diagram([{"name": long, "to": {"b": long}, "note": long}, f"{long} -> {long}"], long)
    sketches.sequence_diagram([{"from": long, "to": "b", "text": long}, long, f"A -> {long}"], long)
    list(
        strays(
            {"components": {long: {"calls": f"{long}d"}}, "steps": [long]},
            {"components": "components", "steps": "steps"},
        )
    )
    assert time.process_time() - begun < 3

"""What the engine's drawing becomes: plain attributes, roles that the style sheet knows, authors' colours readable."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.colours import NAMES, contrast, hexadecimal, luminance, mixed, parse
from mkdocs_designdocs.engine import Pele, Svg, pele_available
from mkdocs_designdocs.inks import PAPER, THEME, ink, rim, tint, words_on
from mkdocs_designdocs.paint import PALETTE, finished
from mkdocs_designdocs.safety import is_safe

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")
DIAGRAMS = sorted((Path(__file__).parent.parent / "benchmarks" / "diagrams").glob("*.mmd"))
CSS = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def draw():
    """Draw a flowchart with these lines; or whatever `kind` the lines are of."""
    pele = Pele()

    def draw(*lines: str, kind: str = "flowchart LR") -> str:
        drawn = pele.render("\n".join((kind, *lines)), "t")
        assert isinstance(drawn, Svg), drawn
        return drawn.text

    return draw


def elements(svg: str, tag: str, within: str = "") -> list[dict[str, str]]:
    """The attributes of every element with this tag, in a group whose `data-id` is `within`."""
    root = ElementTree.fromstring(svg)
    group = next(one for one in root.iter() if one.get("data-id") == within) if within else root
    return [dict(one.attrib) for one in group.iter() if one.tag.rpartition("}")[2] == tag]


@needs_engine
def test_every_kind_is_plain_svg(draw):
    """No variable, no `style`, no colour but those of roles and of authors."""
    for path in DIAGRAMS:
        kind, *lines = path.read_text("utf-8").split("\n")
        if kind.startswith("zenuml"):
            continue
        for element in ElementTree.fromstring(draw(*lines, kind=kind)).iter():
            assert "style" not in element.attrib, path.name
            for name in ("fill", "stroke", "color"):
                colour = element.get(name, "none")
                assert colour in {"none", "currentColor", *PALETTE.values()} or re.fullmatch("#[0-9A-F]{6}", colour), (
                    path.name,
                    colour,
                )


def test_the_style_sheet_has_a_colour_for_every_role():
    for role, colour in PALETTE.items():
        assert re.fullmatch(r"#[0-9a-f]{6}", colour)
        assert re.search("[a-f]", colour), "an author's colour is in capitals, which has to make a difference"
        assert f'[stroke="{colour}"]' in CSS, role
    assert len(set(PALETTE.values())) == len(PALETTE)
    assert set(re.findall(r'\[(?:fill|stroke)="(#[^"]+)"\]', CSS)) == set(PALETTE.values())


def test_the_palette_can_be_read_on_paper():
    white = (255, 255, 255)
    colours = {role: parse(colour)[0] for role, colour in PALETTE.items()}
    for role in ("fg", "muted", "line", "border", "accent", "critical", *(f"series-{n}" for n in range(1, 9))):
        assert contrast(colours[role], white) >= 4.5, role
    for role in ("fg", "muted", "border"):
        assert contrast(colours[role], colours["surface"]) >= 4.5, role


@needs_engine
def test_the_root_says_what_the_page_says_otherwise(draw):
    root = ElementTree.fromstring(draw("A"))
    assert root.get("color") == root.get("fill") == PALETTE["fg"]
    assert (root.get("font-family"), root.get("font-size")) == ("sans-serif", "16")


@needs_engine
@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("stroke-width:4px", {"stroke-width": "4px"}),
        ("stroke-dasharray: 5 4", {"stroke-dasharray": "5 4"}),
        ("rx:10px,ry:10px", {"rx": "10px", "ry": "10px"}),
        ("fill:#F96", {"fill": "#FF9966"}),
        ("fill:#f96 !important", {"fill": "#FF9966"}),
        ("fill:#f96,fill:gold", {"fill": "#FFD700"}),
        ("fill:#ff9900cc", {"fill": "#FF9900", "fill-opacity": "0.8"}),
        ("fill:none", {"fill": "none"}),
        ("fill:transparent", {"fill": "none"}),
        ("stroke:none", {"stroke": "none"}),
        ("fill:#ffffff", {"fill": "#FFFFFF"}),  # as white as the page, and no theme makes it dark
        ("fill:inherit", {"fill": PALETTE["surface"]}),
        (
            "fill:#ff990080",
            {"fill": "#FF9900", "fill-opacity": None},
        ),  # no words could be read on it on black and white
        ("stroke-width:thick", {"stroke-width": None}),
        ("position:fixed", {"position": None}),
    ],
)
def test_an_author_s_style_becomes_attributes(draw, style, kept):
    (box,) = elements(draw("A[x]", f"style A {style}"), "rect")
    assert {name: box.get(name) for name in kept} == kept


@needs_engine
@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("fill:#f96", "#1B1F24"),
        ("fill:#1e3a5f", "#FFFFFF"),
        ("fill:navy", "#FFFFFF"),
        ("fill:gold", "#1B1F24"),
        ("fill:#767676", "#FFFFFF"),
        ("fill:#777", "#000000"),  # nothing else has enough contrast
        ("fill:#fff0", None),  # no colour at all
        ("fill:#f961", PALETTE["fg"]),  # hardly one
        ("fill:#f96,color:#00f", "#0000FF"),
        ("fill:#2196f3,color:white", "#FFFFFF"),  # not ideal, and the author's choice
        ("fill:#ff0,color:#fff", "#1B1F24"),  # cannot be read anywhere
        ("color:#7a5c00", None),
    ],
)
def test_words_on_a_colour_of_the_author(draw, style, words):
    (text,) = elements(draw("A[x]", f"style A {style}"), "text")
    if words:
        assert text["fill"] == words
        assert "data-ink" not in text


@needs_engine
def test_all_words_of_a_node_are_changed_and_none_of_another(draw):
    svg = draw("A {", "int n PK", "}", "A ||--|| B : has", "style A fill:#1e3a5f", kind="erDiagram")
    assert {text["fill"] for text in elements(svg, "text", "A")} == {"#FFFFFF"}
    assert all(text.get("fill") != "#FFFFFF" for text in elements(svg, "text", "B"))


@needs_engine
def test_words_beside_an_icon_are_on_the_page(draw):
    svg = draw('A@{icon: "fa:user", form: "circle", label: "Ana"}', "style A fill:#fff4e1")
    assert "fill" not in elements(svg, "text", "A")[0]


@needs_engine
def test_what_is_faded_can_be_read(draw):
    svg = draw("A[x] --> B", "style A fill:#fff9c4,opacity:0.3", "linkStyle 0 opacity:0.1")
    assert elements(svg, "rect", "A")[0]["opacity"] == "0.8"
    assert "opacity" not in elements(svg, "text", "A")[0]
    hidden = draw("A[x] --> B", "linkStyle 0 opacity:0")
    assert 'opacity="0"' in hidden


@needs_engine
def test_a_line_that_some_page_would_hide_is_an_ink(draw):
    svg = draw("A --> B --> C", "linkStyle 0 stroke:#333,stroke-width:3px", "linkStyle 1 stroke:#e5484d")
    edges = [group for group in elements(svg, "g") if group.get("class") == "pele-edge"]
    assert edges[0]["color"] == "#333333"
    assert edges[0]["data-ink"].startswith("stroke-")
    assert edges[0]["stroke-width"] == "3px"
    assert edges[1]["stroke"] == "#E5484D"
    assert "data-ink" not in edges[1]
    heads = [path for path in elements(svg, "path") if path.get("class") == "pele-marker"]
    assert (heads[0]["color"], heads[0]["stroke"]) == ("#333333", "none")
    assert heads[0]["data-ink"] == edges[0]["data-ink"].replace("stroke", "fill")
    assert f'[data-ink="{edges[0]["data-ink"]}"]' in CSS


@needs_engine
def test_an_arrow_keeps_its_head(draw):
    svg = draw("A --> B", "linkStyle default fill:none,stroke:#b00020")
    (edge,) = [group for group in elements(svg, "g") if group.get("class") == "pele-edge"]
    assert "fill" not in edge
    assert not [name for name in edge if "opacity" in name]
    (head,) = [path for path in elements(svg, "path") if path.get("class") == "pele-marker"]
    assert head["fill"].startswith("#")


@needs_engine
def test_a_region_is_a_tint_and_its_title_is_read(draw):
    svg = draw("subgraph S [Store]", "A", "end", "style S fill:#e1f5ff,stroke:#01579b")
    sheet, box = elements(svg, "rect", "S")
    assert (sheet["fill"], sheet["width"]) == (PALETTE["bg"], box["width"])
    seen = mixed(parse(box["fill"])[0], float(box["fill-opacity"]), (255, 255, 255))
    assert seen == pytest.approx(parse("#e1f5ff")[0], abs=1)  # on white it is what the author wrote
    assert luminance(mixed(parse(box["fill"])[0], float(box["fill-opacity"]), PAPER[1])) < 0.1
    assert elements(svg, "text", "S")[0]["fill"] == PALETTE["fg"]


@given(st.tuples(*[st.integers(0, 255)] * 3), st.floats(0, 1))
def test_every_colour_can_be_used(colour, opacity):
    """Words on it, words and lines in it, and regions of it: each has its contrast on light and on dark paper."""
    ground = (mixed(colour, opacity, PAPER[0]), mixed(colour, opacity, PAPER[1]))
    assert words_on((colour, colour))[1] >= 4.5
    assert words_on(ground)[0] in (THEME, "#1B1F24", "#FFFFFF", "#000000")
    assert words_on(tint(colour, opacity)[1])[0] == THEME
    for attributes in (ink("fill", colour, 1, 4.5), rim(colour, 1)):
        name = next(iter(attributes))
        if attributes[name] != THEME:
            assert contrast(parse(attributes[name])[0], PAPER[0]) >= (4.4 if name == "fill" else 2.9)


def test_names_and_capitals():
    assert len(NAMES) == 148
    assert hexadecimal(parse("rebeccapurple")[0]) == "#663399"
    assert parse("currentColor") is parse("url(#x)") is parse("#12345") is parse("rgb(1,2)") is parse("") is None


@given(st.text(max_size=60))
def test_no_text_is_too_odd_for_a_colour(text):
    for written in (text, f"rgb({text})", f"#{text}", f"hsl({text}, 1%, 1%)"):
        known = parse(written)
        assert known is None or all(0 <= part <= 255 for part in known[0])


@needs_engine
@pytest.mark.parametrize(
    "bad",
    [
        "<script>x</script>",
        "<style>*{}</style>",
        "<foreignObject/>",
        '<image href="x.png"/>',
        '<use href="#x"/>',
        '<g onclick="x"/>',
        "<g onclick='x'/>",
        "<g onclick=x>",
        '<a href="javascript:x"/>',
        '<a href="java&#115;cript:x"/>',
        '<a href=" javascript:x"/>',
        '<a href="//evil.example"/>',
        '<a href="/\\evil.example"/>',
        '<a href="data:text/html,x"/>',
        '<rect fill="url(//x)"/>',
        '<rect fill="url(https://x)"/>',
        '<rect style="fill:red"/>',
        '<rect filter="url(#x)"/>',
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE svg>",
        "a < b",
    ],
)
def test_what_is_no_drawing_is_not_safe(draw, bad):
    svg = draw("A[x]", 'click A "https://example.com/?a=1&b=2#c"')
    assert is_safe(svg)
    assert not is_safe(svg.replace("</svg>", f"{bad}</svg>"))


@pytest.mark.parametrize(
    "link", ["https://example.com/a:b", "mailto:a@example.com", "../x.md#y", "#y", "?q=a:b", "a/b:c", "page.md"]
)
def test_links_that_are_safe(link):
    assert is_safe(f'<svg><a href="{link}"><text>url(x) onclick= javascript:x</text></a></svg>')


def test_a_drawing_of_another_make_is_left_alone():
    assert finished("<svg><g/></svg>") == "<svg><g/></svg>"

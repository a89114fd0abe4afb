"""A diagram as HTML: named, captioned, linked; or what stands in its place."""

from __future__ import annotations

import json
import re
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs import captions
from mkdocs_designdocs.captions import Caption
from mkdocs_designdocs.clicks import clicks, refusal
from mkdocs_designdocs.drawings import Drawing, Studio
from mkdocs_designdocs.engine import Pele, Rejection, pele_available
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.mistakes import explain
from mkdocs_designdocs.partials import prose
from mkdocs_designdocs.sheet import refer

FLOW = "flowchart LR\n  A --> B\n"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def studio() -> Studio:
    if missing := pele_available():
        pytest.skip(f"no engine here: {missing}")
    return Studio(Pele(), None)


def tree(studio: Studio, source: str, **how: object) -> ElementTree.Element:
    drawing = studio.draw(source)
    assert drawing.svg, drawing
    return ElementTree.fromstring(to_html(drawing, source, **how).replace(" xlink:href=", " href="))


# Figures --------------------------------------------------------------------------------------------------------


def test_a_drawing_stands_in_a_figure_with_its_source(studio):
    source = 'flowchart LR\n  A["<b> & co"] --> B\n'
    figure = tree(studio, source)
    assert (figure.tag, figure.attrib["class"]) == ("figure", "designdocs-diagram")
    assert "id" not in figure.attrib
    assert figure.find("figcaption") is None
    html = to_html(studio.draw(source), source)
    assert 'data-source="flowchart LR\n  A[&quot;&lt;b&gt; &amp; co&quot;] --&gt; B\n"' in html


def test_a_caption_has_a_number_that_leads_to_the_figure(studio):
    figure = tree(studio, FLOW, caption=Caption("Before &amp; <em>after</em>", "figure-x", 3))
    assert figure.attrib["id"] == "figure-x"
    below = figure.find("figcaption")
    assert "".join(below.itertext()) == "Figure 3 Before & after"
    assert (below[0].attrib["href"], below[0].text) == ("#figure-x", "Figure 3")


def test_a_named_figure_without_a_caption_has_no_number(studio):
    figure = tree(studio, FLOW, caption=Caption(anchor="mine"))
    assert figure.attrib["id"] == "mine"
    assert figure.find("figcaption") is None


def test_ids_are_unique_in_a_page_and_the_same_in_each_build(studio):
    source = "flowchart LR\n  accTitle: How it flows\n  accDescr: From A to B\n  A --> B"
    pages = [to_html(studio.draw(source), source, nth) for nth in (1, 2, 3)]
    ids = [re.findall(r'\sid="([^"]+)"', page) for page in pages]
    assert len({one for found in ids for one in found}) == 6
    for page, known in zip(pages, ids, strict=True):
        assert re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page) == known
    assert pages[0] == to_html(Studio(Pele(), None).draw(source), source)


@pytest.mark.parametrize("caption", [Caption(), Caption("x", "figure-x", 1)])
def test_a_fallback_is_what_the_theme_draws(caption):
    source = 'flowchart LR\n  A["<b>x</b> & y"] --> B'
    page = to_html(Drawing(fallback="x"), source, caption=caption)
    root = ElementTree.fromstring(f"<div>{page}</div>")
    pre = root.find(".//pre")
    assert pre.attrib == {"class": "mermaid"}
    assert pre[0].text == source
    assert ("figcaption" in page) == bool(caption.html)


@pytest.mark.parametrize("caption", [Caption(), Caption("x", "figure-x", 1)])
def test_a_rejected_diagram_shows_its_source_and_the_line(caption):
    rejection = Rejection("syntax", 2, 1, "Lexical error on line 2. Unrecognized text.")
    page = to_html(Drawing(rejection=rejection), "pie\n<script>alert(1)</script>\n", caption=caption)
    box = ElementTree.fromstring(f"<div>{page}</div>").find(".//div")
    assert box.attrib["class"] == "designdocs-diagram-error"
    assert "<script>alert(1)</script>" in "".join(box.itertext())
    assert "<script>" not in page
    assert ("figcaption" in page) == bool(caption.html)


def test_message_and_help_are_sentences_as_in_the_list_of_findings():
    source = "flowchart LR\n  A[Route(parcel)] --> B"
    rejection = Rejection("syntax", 2, 10, "Parse error on line 2. Expecting 'SQE', got 'PS'")
    told = explain(rejection, source)
    page = to_html(Drawing(rejection=rejection), source)
    assert f"</strong> {prose(told.message)}</p><p>{prose(told.help)}</p>" in page
    assert (prose(told.help)[:1], "<code>" in prose(told.help)) == ("W", True)


# Names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("sequenceDiagram\n  A->>B: x", "Sequence diagram"),
        ("erDiagram\n  A ||--o{ B : x", "Entity relationship diagram"),
        ("stateDiagram-v2\n  a --> b", "State diagram"),
        ("pie title Pets & co\n  \"Dogs\" : 3\n", "Pie chart: Pets & co"),
        ("gantt\n  title The plan\n  section S\n  a :2026-01-01, 3d\n", "Gantt chart: The plan"),
    ],
)  # fmt: skip
def test_a_drawing_has_a_name(studio, source, name):
    svg = tree(studio, source).find(f".//{SVG}svg")
    assert (svg.attrib["role"], svg.attrib["aria-label"]) == ("img", name)
    captioned = tree(studio, source, caption=Caption("How <code>it</code> &lt;goes&gt;", "figure-x", 1))
    kind = name.partition(":")[0]
    assert captioned.find(f".//{SVG}svg").attrib["aria-label"] == f"{kind}: How it <goes>"


def test_the_author_s_name_for_it_wins(studio):
    source = "flowchart LR\n  accTitle: How it flows\n  accDescr: From A to B\n  A --> B"
    svg = tree(studio, source, caption=Caption("Other", "figure-other", 1)).find(f".//{SVG}svg")
    assert "aria-label" not in svg.attrib
    assert (svg.attrib["role"], svg.attrib["aria-roledescription"]) == ("img", "flowchart")
    known = {one.attrib["id"]: one.text for one in svg.iter() if "id" in one.attrib}
    assert known[svg.attrib["aria-labelledby"]] == "How it flows"
    assert known[svg.attrib["aria-describedby"]] == "From A to B"


def test_a_drawing_with_links_is_no_image_for_an_image_has_no_links(studio):
    svg = tree(studio, f'{FLOW}  click A "https://example.org"\n').find(f".//{SVG}svg")
    assert svg.attrib["role"] == "graphics-document document"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=40))
def test_any_title_is_a_caption_and_moves_nothing(title):
    written = json.dumps(title)
    source = f"---\ntitle: {written}\nconfig:\n  theme: dark\n---\n{FLOW}"
    assert captions.given(source, {}) == title.strip()
    drawn = captions.untitled(source, {})
    assert drawn == source.replace(f"title: {written}", " " * len(f"title: {written}"), 1)
    assert captions.untitled(source, {"title": "other"}) == source
    assert captions.untyped(title) in title


HEADS = (
    "flowchart LR\n click ",
    "sequenceDiagram\n link ",
    "sequenceDiagram\n links a",
    "C4Context\n P(a",
    "classDiagram\n",
)


def test_no_text_takes_long():
    for unit in (*' \ta":@;{}(%&#]\\/', "click A ", "link a", "$link", ";click a ", "#a;", "&#", '<a href="'):
        text = unit * (20_000 // len(unit))
        begun = time.process_time()
        for head in HEADS:
            list(clicks(head + text))
        refusal(text)
        captions.untyped(f"Figure 1{text}")
        captions.given(f"---\ntitle: {text}\n---\n{FLOW}", {})
        captions.anchor(text, ())
        refer(f"{text}></a>", "", {})
        assert time.process_time() - begun < 1, unit


# Links ----------------------------------------------------------------------------------------------------------

KINDS = {
    "flowchart": 'flowchart LR\n  A --> B\n  click A "%s" "a tip"\n',
    "flowchart, href": 'flowchart LR\n  A --> B; click A href "%s"\n',
    "class": 'classDiagram\n  class A\n  click A href "%s" "a tip"\n',
    "class, link": 'classDiagram\n  class A\n  link A "%s"\n',
    "state": 'stateDiagram-v2\n  a --> b\n  click a "%s" "a tip"\n',
    "gantt": 'gantt\n  dateFormat YYYY-MM-DD\n  section S\n  V :a, 2026-01-01, 3d\n  click a href "%s"\n',
    "C4": 'C4Context\n  Person(a, "A", "said", $link="%s")\n',
    "sequence": "sequenceDiagram\n  participant A\n  link A: Docs @ %s\n  A->>B: hi\n",
    "sequence, menu": 'sequenceDiagram\n  participant A\n  links A: {"Docs": "%s"}\n  A->>B: hi\n',
}
SAFE = {
    "https://example.org/a?b=1&c=2#d": "https://example.org/a?b=1&c=2#d",
    "http://example.org:80/x": "http://example.org:80/x",
    "mailto:ana@example.org": "mailto:ana@example.org",
    "other.md": "[other.md]",
    "../a/b.md#part": "[../a/b.md#part]",
    "#here": "[#here]",
    "page.md?x=1:2": "[page.md?x=1:2]",
    "größe.md#ä": "[größe.md#ä]",
    "/from/the/top": "[/from/the/top]",
}
UNSAFE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "java\u200bscript:alert(1)", "%6Aavascript:alert(1)", "&#106;avascript:alert(1)",
    "&#x6a;avascript:alert(1)", "javascript&colon;alert(1)", "jav&Tab;ascript:alert(1)",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "view-source:x", "ftp://example.org/x",
    "//example.org/x", "\\\\example.org\\x", "C:\\x",
)  # fmt: skip


def _linked(href: str) -> str:
    return href if re.match("https?:|mailto:", href) else f"[{href}]"


@pytest.mark.parametrize("kind", KINDS)
def test_links_lead_where_the_page_says(studio, kind):
    for target, expected in SAFE.items():
        source = KINDS[kind] % target
        links = tree(studio, source, link=_linked).findall(f".//{SVG}a")
        assert {link.attrib["href"] for link in links} == {expected}, source
        assert {link.attrib["rel"] for link in links} == {"noopener"}
        assert all(link.find(f".//{SVG}text") is not None for link in links), "the label is what one follows"
        outside = re.match("http|mailto", expected)
        assert outside or not any("target" in link.attrib for link in links), "a link within the site stays there"
        assert [(one.target, refusal(one.target)) for one in clicks(source)] == [(target, "")]


@pytest.mark.parametrize("kind", KINDS)
def test_unsafe_links_are_no_part_of_a_drawing_and_said(studio, kind):
    for target in UNSAFE:
        source = KINDS[kind] % (target.replace("\\", "\\\\") if "menu" in kind else target)
        assert "href=" not in to_html(studio.draw(source), source), source
        assert [bool(refusal(one.target)) for one in clicks(source)] == [True], source


def test_a_target_that_the_author_asked_for_stays(studio):
    (link,) = tree(studio, 'flowchart LR\n  A --> B\n  click A "b.md" "a tip" _blank\n').findall(f".//{SVG}a")
    assert link.attrib["target"] == "_blank"
    assert link.find(f"{SVG}title").text == "a tip"


def test_of_a_menu_the_first_link_is_the_participant_s(studio):
    menu = 'links A: {"Bad": "javascript:x", "Docs": "docs.md", "More": "more.md"}'
    source = f"sequenceDiagram\n  actor A as Ana\n  {menu}\n  A->>B: hi\n"
    links = tree(studio, source).findall(f".//{SVG}a")
    assert {(link.attrib["href"], link.find(f"{SVG}title").text) for link in links} == {("docs.md", "Docs")}


# Notes of links that are left out -------------------------------------------------------------------------------

FENCE = "# X\n\n- item\n\n    ```mermaid\n{}    ```\n"
NOTES = [
    ('flowchart LR\n  A --> B\n  click A "javascript:alert(1)"\n', "a page holds no `javascript:` links", (8, 16)),
    ('flowchart LR\n  A --> B; click A href "data:x"\n', "a page holds no `data:` links", (7, 30)),
    ('flowchart LR\n  A --> B\n  click A "//example.org"\n', "it names no scheme", (8, 16)),
    ('flowchart LR\n  A --> B\n  click A callback "tip"\n', "`A` calls a function here", (8, 13)),
    ('flowchart LR\n  A --> B\n  click A call go(1, "x") "tip"\n', "`A` calls a function here", (8, 13)),
    ('classDiagram\n  class A\n  callback A "go" "tip"\n', "`A` calls a function here", (8, 16)),
    ('gantt\n  section S\n  V :a, 2026-01-01, 3d\n  click a call go()\n', "`a` calls a function here", (9, 13)),
    ('sequenceDiagram\n  links A: {"D": "d.md", "E": "e.md"}\n  A->>A: x\n', "a participant has one", (7, 36)),
]  # fmt: skip


def test_what_is_left_out_is_noted_at_its_line(studio, judged):
    pages = {}
    for number, (source, _, _) in enumerate(NOTES):
        pages[f"{number}.md"] = FENCE.format("".join(f"    {line}\n" for line in source.splitlines()))
    found = judged(pages).diagnostics
    assert [(d.path, d.code, d.level.value) for d in found] == [
        (name, "diagram-link-dropped", "note") for name in pages
    ]
    for one, (source, words, place) in zip(found, NOTES, strict=True):
        assert words in one.message, source
        assert (one.line, one.column) == place, source
        assert one.help.startswith("link to")


@pytest.mark.parametrize(
    "source",
    [
        'flowchart LR\n  A --> B\n  %% click A "javascript:alert(1)"\n',
        'flowchart LR\n  A["click here"] --> B[link to it]\n',
        "pie\n  \"click A call x()\" : 1\n",
        "flowchart LR\n  linked --> to_click\n",
    ],
)  # fmt: skip
def test_what_is_no_link_is_not_noted(studio, source):
    assert studio.draw(source).svg
    assert list(clicks(source)) == []


def test_pages_that_a_diagram_links_to_are_links_of_the_design(judged):
    text = "---\ndesign:\n  template: note\n  status: draft\n---\n\n# T\n\n## Context\n\n{}"
    diagram = (
        '```mermaid\nflowchart LR\n  A --> B\n  click A "../gone.md#x"\n  click B "https://example.org/x.md"\n```\n'
    )
    template = {"note.md": "# Note: [Title]\n\n## Context\n\n[Why]\n"}
    links = judged({"a.md": text.format(diagram)}, template).designs[0].verdict.links
    assert [(link.target, link.line, link.column) for link in links] == [("../gone.md", 14, 12)]


@pytest.mark.browser
def test_who_listens_hears_name_caption_and_links(browser, studio):
    plain = to_html(studio.draw(FLOW), FLOW, caption=Caption("How it goes", "figure-how", 1))
    linking = f'{FLOW}  accTitle: The way\n  accDescr: From A to B\n  click A "https://example.org" "a tip"\n'
    page = browser.new_page()
    page.set_content(f"<main>{plain}{to_html(studio.draw(linking), linking)}</main>")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", ""), node.get("description", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    assert {"figure", "Figcaption"} <= {role for role, *_ in heard}
    assert ("image", "Flowchart: How it goes", "") in heard
    assert [rest for role, *rest in heard if role == "graphics-document"] == [["The way", "From A to B"]]
    assert [name for role, name, _ in heard if role == "link"] == ["Figure 1", "A: a tip"]

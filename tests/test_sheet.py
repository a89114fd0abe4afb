"""The diagrams of one page: in their places, numbered, referred to, and as words where words are read."""

from __future__ import annotations

import re

import pytest

from mkdocs_designdocs.design import Document
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.marks import PROMPT_END, prompt_mark
from mkdocs_designdocs.sheet import Sheet, figures_of, refer, strangers

FLOW = "flowchart LR\n  Alpha -->|sends &amp; waits| Omega[The end]\n"
OTHER = "sequenceDiagram\n  Ana->>Bo: hello\n"
BROKEN = "flowchart LR\n  A -->\n"


@pytest.fixture(scope="module")
def studio() -> Studio:
    if missing := pele_available():
        pytest.skip(f"no engine here: {missing}")
    return Studio(Pele(), None)


def captions(html: str) -> list[tuple[str, str]]:
    """The anchor of every figure that has one, and what stands below it."""
    found = re.findall(
        r'<figure [^>]*?id="([^"]+)"(?:(?!</figure>).)*?(?:<figcaption>(.*?)</figcaption>)?</figure>', html, re.S
    )
    return [
        (anchor, re.sub(r'<a class="designdocs-diagram__number" href="#[^"]*">(.*?)</a>', r"\1:", text))
        for anchor, text in found
    ]


# Places ---------------------------------------------------------------------------------------------------------


def test_drawings_come_where_their_marks_are_and_go_while_words_are_read(studio):
    sheet = Sheet(studio)
    html = f"<p>a</p>{sheet.place(FLOW, {'title': 'Two > one'})}<p>b</p>{sheet.place(FLOW, {})}<p>c</p>"
    assert "<svg" not in html
    shown = sheet.compose(html)
    assert [len(re.findall("<svg", part)) for part in re.split("<p>[abc]</p>", shown)] == [0, 1, 1, 0]
    hidden = sheet.hide(shown)
    assert "<svg" not in hidden
    assert "data-source" not in hidden
    assert sheet.show(hidden) == shown
    assert sheet.show(sheet.hide(sheet.show(hidden))) == shown


def test_what_nobody_sees_in_a_comment_is_not_placed(studio):
    sheet = Sheet(studio)
    first, hidden, second = (sheet.place(source, {"title": "One"}) for source in (FLOW, BROKEN, OTHER))
    html = f"<!-- a --><p>b</p>{first}<!-- c {hidden} d -->{second}"
    shown = sheet.compose(html)
    assert "<!-- c  d -->" in shown
    assert captions(shown) == [("figure-one", "Figure 1: One"), ("figure-one-2", "Figure 2: One")]
    assert sheet.show(sheet.hide(shown)) == shown


def test_equal_boxes_of_equal_mistakes_come_back_too(studio):
    sheet = Sheet(studio)
    shown = sheet.compose(sheet.place(BROKEN, {}) + "<hr>" + sheet.place(BROKEN, {}))
    assert shown.count("cannot be drawn") == 2
    assert "cannot be drawn" not in sheet.hide(shown)
    assert sheet.show(sheet.hide(shown)) == shown


def test_no_two_drawings_of_a_page_have_an_id_in_common(studio):
    sheet = Sheet(studio)
    named = FLOW + "  accTitle: How it goes\n"
    html = sheet.compose("".join(sheet.place(named, {"title": "Same"}) for _ in range(3)))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>MARK</p>", "FIGURE"),
        ("<p>text\nMARK\nmore</p>", "<p>text</p>\nFIGURE\n<p>more</p>"),
        ("<p>x</p>\n<p>MARK\nmore</p><p>y</p>", "<p>x</p>\nFIGURE\n<p>more</p><p>y</p>"),
        ("<li>item\n    MARK</li>", "<li>item\n    FIGURE</li>"),
        ("<p>x</p>MARK<p>y</p>", "<p>x</p>FIGURE<p>y</p>"),
    ],
)
def test_a_figure_stands_in_no_paragraph(studio, before, after):
    sheet = Sheet(studio)
    html = sheet.compose(before.replace("MARK", sheet.place(FLOW, {})))
    assert re.sub(r"<figure.*</figure>", "FIGURE", html, flags=re.S) == after


def test_two_in_one_paragraph(studio):
    sheet = Sheet(studio)
    html = sheet.compose(f"<p>a\n{sheet.place(FLOW, {})}\n{sheet.place(OTHER, {})}\nb</p>")
    assert re.sub(r"<figure.*?</figure>", "FIGURE", html, flags=re.S) == "<p>a</p>\nFIGURE\nFIGURE\n<p>b</p>"


def test_a_page_without_drawings_is_left_as_it_is(studio):
    sheet = Sheet(studio)
    assert sheet.hide(sheet.show(sheet.compose("<p>mermaid</p>"))) == "<p>mermaid</p>"


@pytest.mark.parametrize("number", ["0", "7", "9" * 5000])
def test_a_mark_that_somebody_has_written_is_none(studio, number):
    theirs = f'<div class="designdocs-drawing" data-number="{number}"></div>'
    assert Sheet(studio).show(theirs) == theirs
    sheet = Sheet(studio)
    html = sheet.compose(f"{sheet.place(FLOW, {})}<hr>" + theirs.replace("0", "1"))
    assert html.count("<svg") == 1
    assert sheet.show(sheet.hide(html)) == html


# Captions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "MARK\n<p><em>How a <code>parcel</code> travels</em></p>",
        "<p>MARK\n<em>How a <code>parcel</code> travels</em></p>",
        "<ul><li>item\n  MARK\n  <em>How a <code>parcel</code> travels</em></li></ul>",
        "MARK\n<p><em>Figure 7: How a <code>parcel</code> travels</em></p>",
        "MARK\n<p><em>fig. 2.1 – How a <code>parcel</code> travels</em></p>",
        "MARK\n<p><em>Fig 3 How a <code>parcel</code> travels</em></p>",
    ],
)
def test_italics_behind_a_diagram_are_its_caption(studio, page):
    sheet = Sheet(studio)
    html = sheet.compose(page.replace("MARK", sheet.place(FLOW, {})))
    assert captions(html) == [("figure-how-a-parcel-travels", "Figure 1: How a <code>parcel</code> travels")]
    assert "<em>" not in html


@pytest.mark.parametrize(
    "behind",
    [
        "<p>text</p>",
        "<p><em>Note</em> that it is late</p>",
        "<p><em>a</em> and <em>b</em></p>",
        "<p>x</p><p><em>y</em></p>",
    ],
)
def test_what_is_no_caption(studio, behind):
    sheet = Sheet(studio)
    html = sheet.compose(sheet.place(FLOW, {}) + behind)
    assert html.endswith(f"</figure>{behind}")
    assert captions(html) == []


def test_a_title_of_the_fence_or_of_the_front_matter_is_the_caption(studio):
    sheet = Sheet(studio)
    titled = '---\ntitle: "From & to: here"\nconfig:\n  theme: dark\n---\n' + FLOW
    marks = [sheet.place(titled, {}), sheet.place(FLOW, {"title": "A <b>"}), sheet.place(titled, {"title": "Other"})]
    html = sheet.compose("".join(marks) + "<p><em>stays</em></p>")
    assert [text for _, text in captions(html)] == [
        "Figure 1: From &amp; to: here",
        "Figure 2: A &lt;b&gt;",
        "Figure 3: Other",
    ]
    drawn = [re.findall(r"<text.*?</text>", part, re.S) for part in html.split("</figure>")]
    assert ["here" in "".join(texts) for texts in drawn] == [False, False, True, False], "said once, above or below"
    assert "title: &quot;From" in html, "what is copied is what was written"
    assert html.endswith("<p><em>stays</em></p>")


@pytest.mark.parametrize("title", ["[a, b]", "|", "", "{a: b}", "'unclosed", "a: b", "null"])
def test_a_title_that_is_no_text_is_left_to_the_engine(studio, title):
    sheet = Sheet(studio)
    html = sheet.compose(sheet.place(f"---\ntitle: {title}\n---\n{FLOW}", {}))
    assert captions(html) == []


def test_figures_are_numbered_as_the_page_shows_them_and_only_those_with_captions(studio):
    sheet = Sheet(studio)
    note, plain, text = (
        sheet.place(FLOW, {"title": "Note"}),
        sheet.place(OTHER, {}),
        sheet.place(OTHER, {"title": "Text"}),
    )
    html = sheet.compose(f"{text}{plain}{note}")
    assert captions(html) == [("figure-text", "Figure 1: Text"), ("figure-note", "Figure 2: Note")]
    assert html.count("<figure") == 3


def test_a_template_s_sample_is_no_figure_of_the_page(studio):
    sheet = Sheet(studio)
    sample, titled, own = (sheet.place(FLOW, {}), sheet.place(OTHER, {"title": "Sample"}), sheet.place(FLOW, {}))
    guidance = "<p><em>Draw what happens.</em></p>"
    prompt = f"{prompt_mark(3)}{sample}{guidance}{titled}{PROMPT_END}"
    html = sheet.compose(f"{prompt}{own}<p><em>How it goes</em></p>{prompt_mark(4)}{PROMPT_END}")
    assert guidance in html
    assert "<figcaption>Sample</figcaption>" in html
    assert captions(html) == [("figure-how-it-goes", "Figure 1: How it goes")]


def test_anchors_are_unique_readable_and_the_fence_s_own_if_it_has_one(studio):
    sheet = Sheet(studio)
    titles = ["Größe & Maß", "größe maß", "物流", "!", "?", "one two " * 20]
    html = '<h2 id="figure-taken">x</h2>' + "".join(sheet.place(FLOW, {"title": title}) for title in [*titles, "Taken"])
    html += (
        sheet.place(FLOW, {"id": "mine"})
        + sheet.place(FLOW, {"id": "mine"})
        + sheet.place(FLOW, {"id": "ours", "title": "Ours"})
    )
    html = sheet.compose(html)
    long = "figure-" + "-".join(["one", "two"] * 6) + "-one-two-one"
    anchors = [
        "figure-größe-maß",
        "figure-größe-maß-2",
        "figure-物流",
        "figure",
        "figure-2",
        long,
        "figure-taken-2",
        "mine",
        "mine-2",
        "ours",
    ]
    assert [caption.anchor for caption in sheet.captions] == anchors
    assert all(f' id="{anchor}"' in html for anchor in anchors)
    assert [caption.number for caption in sheet.captions] == [1, 2, 3, 4, 5, 6, 7, 0, 0, 8]


@pytest.mark.parametrize("source", [BROKEN, "zenuml\n  a\n"])
def test_what_is_not_drawn_keeps_its_number(studio, source):
    sheet = Sheet(studio)
    titled = f"---\ntitle: Late\n---\n{source}"
    html = sheet.compose(sheet.place(titled, {}))
    assert captions(html) == [("figure-late", "Figure 1: Late")]
    assert ("designdocs-diagram-error" in html) != ('<pre class="mermaid">' in html)


# References -----------------------------------------------------------------------------------------------------


HERE, THERE, GONE = ">Figure 1", ' title="Any &quot;one&quot;">Figure 1', ">Figure ?"


@pytest.mark.parametrize(
    ("url", "href", "said"),
    [
        ("a/", "#figure-one", HERE),
        ("a/", "../b/#figure-%C3%BC", THERE),
        ("b/", "../a/#figure-one", THERE),
        ("b/", "../a/index.html#figure-one", GONE),
        ("./", "a/#figure-one", THERE),
        ("c/d/", "../../a/#figure-one", THERE),
        ("c.html", "c.html#two", HERE),
        ("./", "c.html#two", THERE),
        ("a/", "../#home", THERE),
        ("a/", "#elsewhere", ">"),
        ("b/", "#figure-one", GONE),
        ("a/", "https://example.org/a/#one", ">"),
    ],
)
def test_a_link_without_text_says_the_number(studio, url, href, said):
    pages = {"a/": ("figure-one", FLOW), "b/": ("figure-ü", OTHER), "c.html": ("two", OTHER), "./": ("home", FLOW)}
    sheets = []
    for page, (name, source) in pages.items():
        sheets.append(Sheet(studio, page))
        sheets[-1].compose(sheets[-1].place(source, {"id": name, "title": 'Any "one"'}))
    link = f'<p>See <a class="x" href="{href}"></a>, <a href="{href}">there</a>.</p>'
    assert refer(link, url, figures_of(sheets)) == link.replace("></a>", f"{said}</a>")


def test_a_title_of_the_author_s_own_stays(studio):
    other = Sheet(studio, "b/")
    other.compose(other.place(FLOW, {"title": "There"}))
    link = '<a href="../b/#figure-there" title="Mine"></a>'
    assert refer(link, "a/", figures_of([other])) == link.replace("></a>", ">Figure 1</a>")


def test_a_caption_can_refer_and_is_hidden_and_shown_all_the_same(studio):
    sheet, other = Sheet(studio, "a/"), Sheet(studio, "b/")
    other.compose(other.place(FLOW, {"title": "There"}))
    caption = '<p><em>As <a href="#figure-own"></a> and <a href="../b/#figure-there"></a> do</em></p>'
    html = sheet.compose(f"{sheet.place(FLOW, {})}{caption}{sheet.place(OTHER, {'title': 'Own'})}")
    assert captions(html)[0][1] == (
        'Figure 1: As <a href="#figure-own">Figure 2</a> and <a href="../b/#figure-there"></a> do'
    )
    html = sheet.refer(html, figures_of([sheet, other]))
    assert '<a href="../b/#figure-there" title="There">Figure 1</a>' in html
    assert "<svg" not in sheet.hide(html)
    assert sheet.show(sheet.hide(html)) == html


# Words ----------------------------------------------------------------------------------------------------------


def said(html: str) -> list[str]:
    return [
        " ".join(words.split())
        for words in re.findall(r'<div class="designdocs-drawing"[^>]*>(?:<p>(.*?)</p>)?</div>', html)
    ]


def test_what_is_read_are_caption_and_labels_once_in_the_order_of_the_source(studio):
    sheet = Sheet(studio)
    html = sheet.place(FLOW, {"title": "The way"}) + sheet.place(OTHER, {}) + sheet.place(FLOW, {"title": "Again"})
    hidden = sheet.hide(sheet.compose(html))
    assert said(hidden) == [
        "Figure 1 The way Alpha sends &amp; waits The end",
        "Ana Bo hello",
        "Figure 2 Again",
    ]


def test_wrapped_and_marked_up_labels_are_words_and_ticks_are_not(studio):
    sheet = Sheet(studio)
    sources = [
        'flowchart TD\n  accTitle: The name\n  A["`**Bold**er words`"] --> B["one<br/>two"]\n'
        "  B --> C[a label that is so long that it has to be wrapped somewhere]\n",
        'pie title Pets\n  "Dogs" : 3\n  "Cats" : 1\n',
        "erDiagram\n  ORDER ||--o{ LINE : has\n  ORDER {\n    string id PK\n  }\n",
    ]
    hidden = sheet.hide(sheet.compose("".join(sheet.place(source, {}) for source in sources)))
    assert said(hidden) == [
        "The name Bolder words one two a label that is so long that it has to be wrapped somewhere",
        "Pets Dogs Cats",
        "ORDER LINE has string id PK",
    ]


# Strangers ------------------------------------------------------------------------------------------------------


def test_only_diagrams_that_stand_in_no_file_are_strangers(studio):
    sheet = Sheet(studio)
    own, theirs = "flowchart LR\n  A -->\n", "flowchart LR\n  B -->\n"
    for source in (own, theirs, FLOW):
        sheet.place(source, {})
    document = Document("docs/x.md", "x.md", f"# X\n\n```mermaid\n{own}```\n".encode())
    found = list(strangers(sheet, document, "x.md"))
    assert [(d.code, d.path, d.line) for d in found] == [("diagram-invalid", "docs/x.md", 1)]
    assert "this page includes" in found[0].message
    assert list(strangers(Sheet(studio), document, "x.md")) == []
    assert len(list(strangers(sheet, None, "x.md"))) == 2


def test_what_a_macro_might_have_mended_is_told_where_it_has_not(studio):
    sheet = Sheet(studio)
    source = "flowchart LR\n  A{{hexagon}} -->\n"
    sheet.place(source, {})
    document = Document("docs/x.md", "x.md", f"```mermaid\n{source}```\n".encode())
    assert list(strangers(sheet, document, "x.md")) == []
    assert [d.code for d in strangers(sheet, document, "x.md", fillers=["macros"])] == ["diagram-invalid"]


def test_of_what_a_page_includes_links_and_fallbacks_are_told_too(studio):
    sheet = Sheet(studio)
    for source in (f'{FLOW}  click Alpha "javascript:x"\n', "zenuml\n  a\n"):
        sheet.place(source, {})
    sheet.place("zenuml\n  b\n", {"engine": "client"})
    found = [(d.code, d.path, d.line, d.column) for d in strangers(sheet, None, "x.md")]
    assert found == [("diagram-link-dropped", "x.md", 1, 1), ("diagram-fallback", "x.md", 1, 1)]

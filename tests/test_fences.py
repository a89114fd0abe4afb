"""The scanner of fences, held against the extension that makes the page."""

from __future__ import annotations

import textwrap
import time

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.bare import bare_diagrams, fenced, may_hold_bare
from mkdocs_designdocs.fences import FILLERS, fence_lines, is_filled, mermaid_fences, normalise
from mkdocs_designdocs.superfences import take_over

DIAGRAM = "flowchart LR\n  A --> B\n\n\tB --> C   "
FENCE = f"```mermaid\n{DIAGRAM}\n```\n"

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.details",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.blocks.admonition", "pymdownx.blocks.tab",
]  # fmt: skip


def on_the_page(text: str, extensions: list[str] = EXTENSIONS) -> tuple[list[str], list[str]]:
    """What superfences hands to its formatter: all of it, and what of it reaches the reader."""
    sources: list[str] = []

    def draw(source, _options):
        sources.append(source)
        return f"<pre>drawing {len(sources) - 1};</pre>"

    settings = {}
    take_over(settings, draw, lambda: True, lambda *_: False)
    html = markdown.markdown(text, extensions=extensions, extension_configs=settings)
    visible = [source for n, source in enumerate(sources) if f"<pre>drawing {n};</pre>" in html]
    return sources, visible


def shifted(prefix: str, text: str = FENCE) -> str:
    return textwrap.indent(text, prefix, lambda line: bool(line.strip()) or ">" in prefix)


SHOWN = {
    "plain": FENCE,
    "capital": FENCE.replace("mermaid", "Mermaid"),
    "capitals in braces": FENCE.replace("mermaid", "{.MERMAID #id}"),
    "tildes": FENCE.replace("```", "~~~"),
    "longer": FENCE.replace("```", "`````"),
    "space": FENCE.replace("```m", "```  m"),
    "braces": FENCE.replace("mermaid", "{.mermaid}"),
    "attributes": FENCE.replace("mermaid", ' {.mermaid engine=client #id title="x y"}'),
    "options": FENCE.replace("mermaid", 'mermaid title="x y"'),
    "slightly indented": shifted("   "),
    "two": FENCE + "\ntext\n\n" + FENCE,
    "list": "- item\n\n" + shifted("    "),
    "list, two spaces, directly": "- item\n" + shifted("  "),
    "list, two spaces": "- item\n\n" + shifted("  "),
    "list with a tab": "-\titem\n\n" + shifted("\t"),
    "ordered list": "1. item\n\n" + shifted("    "),
    "list in a list": "- a\n    - b\n\n" + shifted(" " * 8),
    "list with a lazy line": "- item\nlazy\n\n" + shifted("    "),
    "admonition": '!!! note "Title"\n\n' + shifted("    "),
    "admonition, directly": "!!! note\n" + shifted("    "),
    "details": "???+ tip\n" + shifted("    "),
    "tabs": '=== "A"\n\n' + shifted("    ") + '\n=== "B"\n\n' + shifted("    "),
    "admonition in a tab": '=== "A"\n\n    !!! note\n\n' + shifted(" " * 8),
    "admonition in a list in a list": "- a\n\n    - b\n\n        !!! x\n\n" + shifted(" " * 12),
    "footnote": "x[^1]\n\n[^1]: note\n\n" + shifted("    "),
    "definition": "Term\n:   what it is\n\n" + shifted("    "),
    "quote": shifted("> "),
    "quote in a quote": shifted("> > "),
    "quote in a list": "- a\n\n" + shifted("    > "),
    "list in a quote": "> - a\n>\n" + shifted(">     "),
    "html": "<div markdown>\n\n" + FENCE + "\n</div>\n",
    "summary": '<details markdown="1"><summary>x</summary>\n\n' + FENCE + "\n</details>\n",
    "block": "/// note | Title\n" + FENCE + "///\n",
    "below a paragraph": "text\n" + shifted("    "),
    "below a table": "| a |\n|---|\n| b |\n\n" + FENCE,
    "below an inline comment opener": "`<!--` opens a comment\n\n" + FENCE,
    "below a comment": "<!-- gone\n\nstill -->\n\n" + FENCE,
    "below indented code": "text\n\n    <!-- sample\n\n" + FENCE,
    "windows": FENCE.replace("\n", "\r\n"),
}  # fmt: skip

HIDDEN = {
    "sample in a longer fence": "````md\n" + FENCE + "````\n",
    "sample in tildes": "~~~md\n" + FENCE + "~~~\n",
    "indented code": "text\n\n" + shifted("    "),
    "indented code in a list": "- a\n\n" + shifted(" " * 8),
    "indented code below a heading": "# Heading\n" + shifted("    "),
    "indented code below a rule": "* * *\n\n" + shifted("    "),
    "indented code after a list": "- a\n\ntext\n\n" + shifted("    "),
    "comment": "<!--\n" + FENCE + "-->\n",
    "comment that begins in a line": "text <!-- and\n\n" + FENCE + "-->\n",
    "inline code": "Use ` ```mermaid ` here\n\n```py\nx\n```\n",
    "another language": FENCE.replace("mermaid", "mermaidx"),
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_the_page_shows_is_found_with_the_same_source(text):
    _, visible = on_the_page(text)
    found = list(mermaid_fences(text))
    assert [fence.source for fence in found] == visible != []
    assert all(fence.closed and not fence.hidden for fence in found)


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_what_the_page_does_not_show_is_not_found(text):
    assert list(mermaid_fences(text)) == []
    handed_over, _ = on_the_page(text)
    hidden = [fence for fence in mermaid_fences(text, hidden=True) if fence.hidden]
    assert [fence.source for fence in hidden] == handed_over


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_positions_lead_back_to_the_file(text):
    lines = text.replace("\r\n", "\n").split("\n")
    for fence in mermaid_fences(text):
        opening = lines[fence.line - 1]
        assert opening[fence.column - 1] in "`~"
        assert not opening[: fence.column - 1].strip("> \t")
        assert lines[fence.end_line - 1].strip("> \t") in ("```", "~~~", "`````")
        for number, line in enumerate(fence.source.split("\n"), 1):
            first = len(line) - len(line.lstrip())
            if line.strip():
                at, column = fence.position(number, first + 1)
                assert at == fence.line + number
                assert lines[at - 1][column - 1] == line[first]


def test_a_position_outside_is_the_opening_fence():
    (fence,) = mermaid_fences("- a\n\n" + shifted("    "))
    assert fence.position(0, 0) == fence.position(99, 1) == (3, 5)


@pytest.mark.parametrize(
    ("opening", "attributes"),
    [
        ("```mermaid", {}),
        ("```{.mermaid engine=client}", {"engine": "client"}),
        (
            "``` {.mermaid engine=client #id .wide title=\"x 'y'\"}",
            {"engine": "client", "id": "id", "title": "x 'y'"},
        ),
        ("``` .mermaid {engine=client}", {"engine": "client"}),
        ("```mermaid title='x y' linenums=\"1\" flag", {"title": "x y", "linenums": "1", "flag": "flag"}),
    ],
)
def test_attributes(opening, attributes):
    (fence,) = mermaid_fences(f"{opening}\nflowchart LR\n```\n")
    assert (fence.language, dict(fence.attributes)) == ("mermaid", attributes)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("```mermaid\nA\n", 3),
        ("````mermaid\nA\n```\n", 4),
        ("- a\n\n    ```mermaid\n    A\n  B\n    ```\n", 4),
        ("> ```mermaid\n> A\n\ntext\n", 3),
    ],
    ids=["to the end", "shorter closing fence", "indented less", "end of the quote"],
)
def test_a_fence_that_is_not_closed_says_so(text, end):
    fence = next(mermaid_fences(text))
    assert not fence.closed
    assert fence.end_line == end
    assert on_the_page(text)[0] == []


def test_fence_lines_are_those_of_every_closed_fence():
    assert list(fence_lines("```py\nx\n```\n\n" + FENCE + "\n```\nopen\n")) == [(1, 3), (5, 10)]


@pytest.mark.parametrize(
    ("filler", "filled", "whole"),
    [
        ("macros", ["A[{{ x }}]", "{% if x %}\nA\n{% endif %}", "A{{hexagon}}"], ["A{x}", "}} {{", "A{{", "%} {%", ""]),
        ("include-markdown", ['{% include "x.mmd" %}'], ["A{{hexagon}}"]),
        ("markdown_include.include", ["{!x.mmd!}"], ["A{x}"]),
        (
            "pymdownx.snippets",
            ['--8<-- "x.mmd"', "flowchart LR\n  -8<- 'x.mmd:part'", "--8<--\nx.mmd\n--8<--"],
            ["A[\"--8<-- 'x'\"]", ';--8<-- "x.mmd"', "A -- 8<-- B"],
        ),
    ],
)
def test_what_another_may_fill_in(filler, filled, whole):
    assert [is_filled(source, [filler]) for source in [*filled, *whole]] == [True] * len(filled) + [False] * len(whole)
    assert not any(is_filled(source, []) for source in filled)


def test_what_is_filled_in_is_looked_for_but_once():
    begun = time.process_time()
    assert not any(is_filled(mark * 500_000, FILLERS) for mark in ("{{", "{%", "{!", "-", "-\n", "\t", "-8<-"))
    assert time.process_time() - begun < 1


def test_nothing_is_scanned_where_nothing_can_be():
    assert list(mermaid_fences("x" * 1000)) == list(bare_diagrams("graph theory is a field\n")) == []


def test_normalise_is_what_both_sides_share():
    assert normalise("a  \r\n\tb\n\n") == "a\n    b"
    assert normalise(normalise("a \n\n b\n")) == normalise("a \n\n b\n") == "a\n\n b"


BARE = '## Components\n\nflowchart TB\n  A["[diagram]\\n(replace)"]\n\n  A --> B\n\n**Components:**\n'


def test_a_diagram_without_a_fence():
    (fence,) = bare_diagrams(BARE)
    assert (fence.line, fence.column, fence.end_line, fence.bare) == (3, 1, 6, True)
    assert fence.source == 'flowchart TB\n  A["[diagram]\\n(replace)"]\n\n  A --> B'
    assert fence.position(4, 3) == (6, 3)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_diagram_without_a_fence_gets_one(newline):
    text = f"{BARE}\n{FENCE}\n{BARE}".replace("\n", newline)
    assert may_hold_bare(text.encode())
    assert on_the_page(text)[1] == [DIAGRAM.replace("\t", "    ")]
    bare = [fence.source for fence in bare_diagrams(text)]
    _, visible = on_the_page(fenced(text))
    assert visible == [bare[0], DIAGRAM.replace("\t", "    "), bare[1]]
    assert fenced(fenced(text)) == fenced(text)


def test_a_text_without_bare_diagrams_is_left_as_it_is():
    for text in (FENCE, "graph theory\r\n", "flowchart TB\r\ntext\r\n"):
        assert fenced(text) is text


@pytest.mark.parametrize(
    "text",
    [
        "graph theory is a field\n  with --> arrows\n",
        "flowchart TB\n\n  A --> B\n",
        "flowchart TB\nA --> B\n",
        "text before\nflowchart TB\n  A --> B\n",
        "timeline\n  of what happened\n",
        "```\nflowchart TB\n  A --> B\n```\n",
        "<!--\n\nflowchart TB\n  A --> B\n-->\n",
        "    flowchart TB\n      A --> B\n",
        FENCE,
    ],
)
def test_what_is_no_bare_diagram(text):
    assert list(bare_diagrams(text)) == []


PIECES = st.sampled_from(
    [
        "```mermaid",
        "```",
        "````",
        "~~~",
        "``` {.mermaid a=b}",
        "> ",
        ">",
        "    ",
        "  ",
        "\t",
        "- ",
        "1. ",
        "!!! note",
        '=== "x"',
        "<!--",
        "-->",
        "\n",
        "\n",
        "\n\n",
        "text",
        "# H",
        "A --> B",
        "flowchart TB\n  A",
        "\r\n",
        "`",
        "é😀",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_breaks_the_scanner(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = 0
    for fence in [*mermaid_fences(text, hidden=True)]:
        assert last < fence.line <= fence.end_line <= len(lines)
        assert 1 <= fence.column <= len(lines[fence.line - 1])
        assert len(fence.indents) == len(fence.raw) == fence.source.count("\n") + 1 or not fence.raw
        for number in range(-1, len(fence.indents) + 3):
            line, column = fence.position(number, 7)
            assert fence.line <= line <= fence.end_line
            assert 1 <= column <= len(lines[line - 1]) + 1
        last = fence.end_line
    assert all(fence.line <= fence.end_line <= len(lines) for fence in bare_diagrams(text))


PREFIXES = st.sampled_from(["", "  ", "    ", "> ", ">", "> > ", "\t", "        ", "- ", "> - "])
CONTENTS = st.sampled_from(
    [
        "```mermaid",
        "```",
        "```",
        "```",
        "````",
        "~~~",
        "``` {.mermaid a=b}",
        "```py",
        "text",
        "# H",
        "A --> B",
        "  A",
        "",
        "!!! note",
        "A\tB",
        "é😀",
        "- a",
    ]
)
PAGES = st.lists(PREFIXES, min_size=1, max_size=2, unique=True).flatmap(
    lambda prefixes: st.lists(st.tuples(st.sampled_from(prefixes), CONTENTS).map("".join), max_size=12)
)


@settings(max_examples=300, deadline=None)
@given(PAGES.map("\n".join))
def test_the_scanner_takes_what_superfences_takes(text):
    handed_over, _ = on_the_page(text, ["pymdownx.superfences"])
    assert [fence.source for fence in mermaid_fences(text, hidden=True) if fence.closed] == handed_over

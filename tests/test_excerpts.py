"""A line of a file with a caret below one of its characters, whatever the line holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs import report
from mkdocs_designdocs.design import dump, restore
from mkdocs_designdocs.diagnostics import finding
from mkdocs_designdocs.drawings import Drawing
from mkdocs_designdocs.engine import Rejection, pele_available
from mkdocs_designdocs.excerpts import WIDTH, caret, columns, excerpt
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.report import log_line, quoted
from mkdocs_designdocs.sarif import as_sarif

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")


@pytest.mark.parametrize(
    ("line", "column", "shown", "mark"),
    [
        ("    A -->", 10, "    A -->", "         ^"),
        ("A[x] -> B", 6, "A[x] -> B", "     ^"),
        ("A", 1, "A", "^"),
        ("A", 99, "A", " ^"),
        ("", 1, "", "^"),
        ("\tA -> B", 4, "    A -> B", "      ^"),
        ("a\tb", 3, "a    b", "     ^"),
        ("図[漢字 (x)]", 7, "図[漢字 (x)]", "         ^"),
        ("e\u0301 -> x", 4, "e\u0301 -> x", "  ^"),
        ("a\u202eb\x1b[31m!", 4, "a b [31m!", "   ^"),
    ],
)
def test_the_caret_is_below_its_character(line, column, shown, mark):
    assert excerpt(line, column) == (shown, mark)


def test_of_a_long_line_what_is_around_the_column_is_shown():
    line = "x" * 300 + "!" + "y" * 300
    shown, mark = excerpt(line, 301)
    assert len(shown) <= WIDTH
    assert shown[0] == shown[-1] == "…"
    assert shown[len(mark) - 1] == "!"
    shown, mark = excerpt("!" + "y" * 300, 1)
    assert (shown[0], shown[-1], mark) == ("!", "…", "^")
    shown, mark = excerpt("x" * 300 + "!", 301)
    assert (shown[0], shown[-1], shown[len(mark) - 1]) == ("…", "!", "!")


@given(st.text("ab\t 漢é\u0301😀", max_size=400), st.integers(1, 420))
def test_an_excerpt_fits_and_points_at_the_character(line, column):
    shown, mark = excerpt(line, column)
    assert columns(shown) <= WIDTH
    assert len(mark) <= WIDTH + 1
    if column <= len(line) and line[column - 1] in "ab":
        taken = 0
        for character in shown:
            if taken == len(mark) - 1 and character in "ab":
                assert character == line[column - 1]
                return
            taken += columns(character)
        raise AssertionError((shown, mark))


def test_a_caret_below_a_line_that_is_shown_whole():
    assert caret("\tA -> B", 4) == "      ^"
    assert caret("x" * 300, 300) == " " * 299 + "^"


def test_a_finding_quotes_its_line():
    found = finding("diagram-invalid", "a.md", 48, 10, "it ends", help="go on", quote="    A -->")
    assert list(quoted(found)) == ["      48 |     A -->", "         |          ^"]
    assert list(quoted(finding("todo-left", "a.md", 1, 1, "m"))) == []


def test_in_a_log_the_quotation_stands_between_message_and_help(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = finding("diagram-invalid", "a.md", 48, 10, "it ends", help="go on", quote="    A -->")
    assert log_line(found, tmp_path).split("\n") == [
        "a.md:48:10: it ends [diagram-invalid]",
        "      48 |     A -->",
        "         |          ^",
        "    help: go on",
    ]


def test_what_a_finding_quotes_is_no_part_of_its_identity():
    one = finding("diagram-invalid", "a.md", 48, 10, "m", quote="x")
    assert one.key == finding("diagram-invalid", "a.md", 9, 1, "n", quote="y").key


BROKEN = "# A page\n\n- item\n\n    ```mermaid\n    graph TD\n    \tA[foo(bar)] --> B\n    ```\n"


@needs_engine
def test_whoever_reads_a_finding_gets_its_line(judged):
    catalog = judged({"a.md": BROKEN})
    (found,) = catalog.everything()
    assert found.quote == "    \tA[foo(bar)] --> B"
    assert found.quote[found.column - 1] == "("
    told = list(report.text(catalog))
    assert told[1:3] == ["       7 |         A[foo(bar)] --> B", "         |              ^"]
    assert json.loads(report.as_json(catalog))["diagnostics"][0]["quote"] == found.quote
    (result,) = json.loads(as_sarif(catalog))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["snippet"] == {"text": found.quote}


def test_a_quotation_is_kept_with_the_verdict():
    found = (finding("diagram-invalid", "a.md", 48, 10, "m", quote="\tA -->"),)
    assert restore(dump(found), DEFAULT) == found


def test_the_box_on_the_page_marks_the_line_and_the_place():
    source = "graph TD\n  A[<b>(x)] --> B"
    box = to_html(Drawing(rejection=Rejection("syntax", 2, 8, "Expecting 'SQE', got 'PS'")), source)
    assert "<mark>  A[&lt;b&gt;(x)] --&gt; B</mark>\n" in box
    assert '<span class="designdocs-diagram-error__caret" aria-hidden="true">       ^</span>' in box

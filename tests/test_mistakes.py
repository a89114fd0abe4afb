"""What is wrong with a diagram: the place that a person would point at, words that teach, a line that really draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.drawings import Drawing, Studio, judge
from mkdocs_designdocs.engine import Pele, Rejection, pele_available
from mkdocs_designdocs.fences import mermaid_fences, normalise
from mkdocs_designdocs.kinds import KINDS
from mkdocs_designdocs.mistakes import Mistake, explain

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")
CASES = yaml.safe_load(Path(__file__).with_name("golden").joinpath("mistakes.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def studio():
    return Studio(Pele(), None)


def explained(studio: Studio, source: str) -> Mistake:
    rejection = studio.draw(source).rejection
    assert rejection is not None, source
    return explain(rejection, normalise(source))


@needs_engine
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["diagram"])
def test_a_mistake_is_found_at_its_place_and_said_in_words(studio, case):
    before, mark, after = case["diagram"].partition("¦")
    place = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1) if mark else (0, 0)
    mistake = explained(studio, before + after)
    assert ((mistake.line, mistake.column), mistake.message, mistake.help) == (
        place,
        case["message"],
        case.get("help", ""),
    )


@needs_engine
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["diagram"])
def test_a_line_that_is_offered_is_drawn(studio, case):
    source = normalise(case["diagram"].replace("¦", ""))
    mistake = explained(studio, source)
    if mistake.mended:
        lines = source.split("\n")
        lines[mistake.line - 1] = mistake.mended
        assert studio.draw("\n".join(lines)).svg, mistake


def test_messages_speak_no_parser():
    for case in CASES:
        for text in (case["message"], case.get("help", "")):
            assert not re.search(r"'[A-Z_]{2,}'|Error|Expecting|\n|\.$", text), text
            assert text[:1] == text[:1].lower()


@needs_engine
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_windows_line_ends_and_tabs_are_no_mistake(studio, ending):
    assert studio.draw(f"graph TD{ending}\tA --> B{ending}").svg
    mistake = explained(studio, f"graph TD{ending}\tA -> B{ending}")
    assert (mistake.line, mistake.message) == (2, "`->` is no arrow in a flowchart")


@needs_engine
@pytest.mark.parametrize("word", [word for word in KINDS if word.isascii()])
def test_a_type_in_lower_case_or_without_its_suffix_is_guessed(studio, word):
    for spelt in {word.lower(), word.lower().removesuffix("-beta")} - set(KINDS):
        rejection = studio.draw(f"{spelt}\n  a").rejection
        if rejection and rejection.code == "unsupported-diagram":
            message = explain(rejection, f"{spelt}\n  a").message
            assert message == f"`{spelt}` is no type of Mermaid diagram; did you mean `{word}`?"


@pytest.mark.parametrize("name", ["Error", "x" * 300])
def test_what_is_known_to_no_line_has_none(name):
    mistake = explain(Rejection("semantic", 0, 0, f"{name} is off."), "pie")
    assert (mistake.line, mistake.column) == (0, 0)
    assert mistake.message == f"{name[:1].lower()}{name[1:]} is off"


def test_a_quotation_is_short():
    rejection = Rejection("syntax", 2, 1, "Lexical error on line 2. Unrecognized text.\n…")
    message = explain(rejection, "timeline\n" + "x" * 500).message
    assert len(message) < 160
    assert "…" in message


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80),
    st.integers(-1, 9),
    st.integers(-1, 99),
    st.sampled_from(
        [
            "Expecting 'SQE', 'PE', got 'PS'",
            "got '$end'",
            "Expecting 'end', got 'end'",
            "Expecting token of type ':' but found `x`.",
            "Expecting 'EDGE_TEXT', got '$end'",
            'Incorrect usage of "merge". Both branches have same head',
            'Incorrect usage of "cherryPick".',
            'There can be only one root. No parent could be found for ("b")',
            "Front matter is not valid YAML. x",
            "x",
            "",
            'a "b"',
        ]
    ),
    st.sampled_from([f"{word}\n" for word in KINDS] + [""]),
)
def test_no_rejection_breaks_the_explanation(text, line, column, message, head):
    source = normalise(head + text)
    for said in (f"Parse error on line 1:\nx\n^\n{message}", message):
        mistake = explain(Rejection("syntax", line, column, said), source)
        assert "\n" not in mistake.message + mistake.help + mistake.mended
    for fence in mermaid_fences(f"```mermaid\n{source}\n```\n"):
        drawing = Drawing(rejection=Rejection("syntax", line, column, message or "x"))
        for found in judge(fence, drawing, path="a.md"):
            assert fence.line <= found.line <= fence.end_line
            assert found.column >= 1

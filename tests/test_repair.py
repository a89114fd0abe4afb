"""What CommonMark means is what Python-Markdown renders."""

from __future__ import annotations

import re
import textwrap

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.repair import repair

EXTENSIONS = ["tables", "pymdownx.superfences", "admonition", "def_list", "footnotes", "pymdownx.tabbed"]


def html(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def dedented(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**Label:**\n- one\n- two\n", r"<ul>\s*<li>one</li>\s*<li>two</li>\s*</ul>"),
        ("**Label:**\n1. one\n2. two\n", r"<ol>\s*<li>one</li>\s*<li>two</li>\s*</ol>"),
        ("**Fields:**\n| A | B |\n|---|---|\n| 1 | 2 |\n", r"<table>.*<td>1</td>\s*<td>2</td>"),
        ("Text\n```python\nx = 1\n```\nmore\n", r"<p>Text</p>\s*<div class=\"highlight\">.*</div>\s*<p>more</p>"),
        ("- one\n  - nested\n    - deep\n", r"<li>one\s*<ul>\s*<li>nested\s*<ul>\s*<li>deep</li>"),
        ("* **Risk**: big\n  * **Mitigation**: small\n", r"big<ul>\s*<li><strong>Mitigation</strong>"),
        ("1. one\n   - nested\n", r"<ol>\s*<li>one\s*<ul>\s*<li>nested</li>"),
        ('- **Request**:\n  ```json\n  {"a": 1}\n  ```\n- next\n', r"<li>.*highlight.*</li>\s*<li>\s*<p>next</p>"),
        ("- one\n\n    its paragraph\n- two\n", r"<p>its paragraph</p>\s*</li>\s*<li>"),
        (" - one\n - two\n", r"<ul>\s*<li>one</li>\s*<li>two</li>\s*</ul>"),
        ("> **Quoted:**\n> - one\n", r"<blockquote>"),
    ],
)
def test_what_github_shows_is_shown(text, wanted):
    assert re.search(wanted, html(repair(text)), re.DOTALL), html(repair(text))


@pytest.mark.parametrize(
    "text",
    [
        "Plain text\nover two lines.\n",
        "- one\n- two\n\n    a paragraph of two\n\n        code in it\n",
        "- a\n    - written for Python-Markdown\n        - deep\n",
        "!!! note\n    - in an admonition\n    - again\n\n    more\n",
        '=== "Tab"\n\n    - x\n\n=== "Other"\n\n    text\n',
        "Term\n:   Definition\n\n[^1]: a note\n    over two lines\n",
        "| A | B |\n|---|---|\n| 1 | 2 |\n",
        "```\n- not a list\n  - nor this\n```\n",
        "<div>\n- html\n</div>\n",
        "* lazy\ncontinuation\n* next\n",
        "    indented code\n    - of lines\n",
    ],
)
def test_what_is_right_already_stays_as_it_is(text):
    assert repair(text) == text


def test_only_white_space_changes():
    text = dedented(
        """
        Intro:
        1. one
           ```mermaid
           graph TB
             A --> B
           ```
        2. two
           - deep
             text
        | A |
        |---|
        | 1 |
        """
    )
    assert re.sub(r"\s", "", repair(text)) == re.sub(r"\s", "", text)
    assert "\n    ```mermaid\n    graph TB\n      A --> B\n    ```\n" in repair(text)


LINES = st.sampled_from(
    ["", "text", "**Label:**", "- item", "  - nested", "    - deep", "1. first", "   more", "```\ncode\n```",
     "  ```\n  code\n  ```", "| a | b |", "|---|---|", "> quote", "# Heading", "---", "\ttab", "* star", "<!-- c -->",
     "    code", "~~~\n- no item\n~~~", "```"]
)  # fmt: skip


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line.strip()]


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_of_whatever_lines_none_is_lost(lines):
    text = "\n".join(lines)
    assert words(repair(text)) == words(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES.filter(lambda line: line not in ("```", "   more")), max_size=14))
def test_what_is_mended_stays_as_it_is(lines):
    """But for fences that nothing closes, and for lines that lazily belong to a paragraph two levels up."""
    mended = repair(repair("\n".join(lines)))  # a line may be one thing until the one above it is mended
    assert repair(mended) == mended

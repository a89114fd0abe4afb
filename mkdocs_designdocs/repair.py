"""White space that Python-Markdown needs and CommonMark does not.

Templates and authors write for GitHub: a list or a table right under `**Label:**`, nested lists indented by two, fences
inside items. Python-Markdown makes paragraphs and stray backticks of them. Only blank lines are added and indents
changed; no line is joined, split or reordered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table").disable("reference")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

INDENT = 4
"""Python-Markdown's tab length."""

_NEEDS = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]|^[ \t]*\||^ {1,3}\S|^[ \t]*(?:```|~~~)", re.MULTILINE)


def repair(text: str) -> str:
    """Make a CommonMark document render as meant in Python-Markdown."""
    if not _NEEDS.search(text):
        return text
    lines = text.split("\n")
    plan = _Plan(len(lines))
    _walk(_PARSER.parse(text), plan, lines)
    made: list[str] = []
    for number, line in enumerate(lines):
        if number in plan.blank_before and made and made[-1].strip():
            made.append("")
        made.append(_indented(line, *plan.indents[number]) if number in plan.indents else line)
    return "\n".join(made)


class _Plan:
    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.blank_before: set[int] = set()
        self.indents: dict[int, tuple[int, int]] = {}
        """For a line: the columns that its list takes now, and those that it should."""


def _walk(tokens: Sequence[Token], plan: _Plan, lines: Sequence[str]) -> None:
    depth = quotes = 0
    previous: str | None = None
    closed: dict[int, bool] = {}  # for each depth, whether the last item there holds a blank line
    open_items: list[Token] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "blockquote_open":
            quotes += 1
        elif kind == "blockquote_close":
            quotes -= 1
        if quotes:
            previous = kind
            continue
        if kind in ("bullet_list_open", "ordered_list_open"):
            # Between a paragraph and a list: a blank line, except that a nested list may follow its item's first line.
            if previous == "paragraph_close" and token.map and not depth:
                plan.blank_before.add(token.map[0])
        elif kind in ("table_open", "fence") and previous == "paragraph_close" and token.map:
            plan.blank_before.add(token.map[0])
        if kind == "list_item_open" and token.map:
            if previous == "list_item_close" and closed.get(depth):
                plan.blank_before.add(token.map[0])
            _indent_item(token, depth, plan, lines)
            open_items.append(token)
            depth += 1
        elif kind == "list_item_close":
            depth -= 1
            closed[depth] = _holds_blank(open_items.pop(), lines)
        if kind == "fence" and token.map and token.map[1] < plan.lines and lines[token.map[1]].strip():
            plan.blank_before.add(token.map[1])
        if token.block and kind not in ("inline",):
            previous = kind


def _holds_blank(item: Token, lines: Sequence[str]) -> bool:
    """Whether an item is more than a tight paragraph: Python-Markdown takes a next item after one for its text."""
    assert item.map
    body = "\n".join(lines[item.map[0] : item.map[1]]).rstrip()
    return "\n\n" in body or "```" in body or "~~~" in body


def _indent_item(item: Token, depth: int, plan: _Plan, lines: Sequence[str]) -> None:
    """What an item holds stands at four columns a level; its marker at those of the level above."""
    assert item.map
    start, end = item.map
    first = lines[start]
    marker = re.match(r"[ \t]*(?:[-*+]|\d+[.)])", first)
    if not marker or (depth and start not in plan.indents and not first[:1].isspace()):
        return
    at = _columns(first)
    plan.indents[start] = (at, depth * INDENT)
    wanted = (depth + 1) * INDENT
    content = len(marker[0].expandtabs(INDENT)) + 1
    below = [_columns(line) for line in lines[start + 1 : end] if line.strip()]
    if min((column for column in below if column >= content), default=0) >= wanted:
        content = wanted  # written for Python-Markdown already
    for number in range(start + 1, end):
        plan.indents[number] = (content, wanted)


def _columns(line: str) -> int:
    text = line.expandtabs(INDENT)
    return len(text) - len(text.lstrip())


def _indented(line: str, now: int, wanted: int) -> str:
    if not line.strip() or now == wanted:
        return line
    at = _columns(line)
    if at < now:  # a lazy continuation: it belongs to the paragraph wherever it stands
        return line
    return " " * (wanted + at - now) + line.lstrip()

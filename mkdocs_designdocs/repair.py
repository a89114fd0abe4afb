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
    plan = _Plan()
    _walk(_PARSER.parse(text), plan, lines)
    made: list[str] = []
    for number, line in enumerate(lines):
        if number in plan.blank_before and made and made[-1].strip():
            made.append("")
        made.append(_indented(line, *plan.indents[number]) if number in plan.indents else line)
    return "\n".join(made)


class _Plan:
    def __init__(self) -> None:
        self.blank_before: set[int] = set()
        self.indents: dict[int, tuple[int, int]] = {}
        """For a line: the columns that its list takes now, and those that it should."""


def _walk(tokens: Sequence[Token], plan: _Plan, lines: Sequence[str]) -> None:
    """Plan every block; what stands in a quote is left alone, for its lines begin with `>`."""
    quotes = 0
    previous = ""
    items: list[Token] = []
    blank_in: dict[int, bool] = {}  # for each depth, whether the last item there holds a blank line
    for token in tokens:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.map and not quotes:
            start, end = token.map
            if token.type in _AFTER_A_PARAGRAPH and previous == "paragraph_close":
                # A nested list may follow its item's first line; anything else wants a blank line.
                if not (items and token.type.endswith("list_open")):
                    plan.blank_before.add(start)
            elif token.type == "list_item_open":
                if previous == "list_item_close" and blank_in.get(len(items)):
                    plan.blank_before.add(start)
                _indent_item(token, len(items), plan, lines)
            if token.type == "fence" and end < len(lines) and lines[end].strip():
                plan.blank_before.add(end)
        if token.type == "list_item_open":
            items.append(token)
        elif token.type == "list_item_close":
            item = items.pop()
            blank_in[len(items)] = _holds_blank(item, lines)
        if token.type != "inline":
            previous = token.type


_AFTER_A_PARAGRAPH = frozenset({"bullet_list_open", "ordered_list_open", "table_open", "fence"})


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

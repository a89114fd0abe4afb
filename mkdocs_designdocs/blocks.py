"""Markdown to leaf blocks and headings: what the checks compare and what expansion moves.

Only the block structure is parsed (`content` and `map` of markdown-it's tokens are enough, and twice as fast). Link
definitions are left as text: `- [Metric]: [Target]`, which templates write, would otherwise leave nothing. What is
indented below `!!! note` or `=== "Tab"` is no code, as it is in CommonMark, but Markdown of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from textwrap import dedent

from markdown_it import MarkdownIt
from markdown_it.token import Token


class Kind(Enum):
    """What a leaf block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_HEAD = "table head"
    ROW = "row"
    FENCE = "fence"
    CODE = "code"
    HTML = "html"
    COMMENT = "comment"
    RULE = "rule"


@dataclass(frozen=True)
class Block:
    """A leaf of the document. Lines are 1-based in the text that was parsed."""

    kind: Kind
    text: str
    """The inline Markdown or the code, without markers of lists, quotes and headings."""
    line: int
    end: int
    """The line after its last."""
    top: int
    """The first line of the outermost block that it is in: where something can be put before it."""
    level: int = 0
    """Of a heading: 1 to 6. Of anything else: how deep it stands in lists and quotes."""
    info: str = ""
    """Of a fence: what stands behind it."""
    quoted: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the document itself, not one in a list, a quote or code."""

    title: str
    """Without its `#`s and its `{#anchor}`."""
    level: int
    line: int
    end: int
    block: int
    """Its place among the blocks of the outline."""


@dataclass(frozen=True)
class Outline:
    """A parsed document: its lines, its leaf blocks in order, its headings in order."""

    lines: Sequence[str]
    blocks: Sequence[Block]
    headings: Sequence[Heading]

    @cached_property
    def parents(self) -> Sequence[int]:
        """For each heading the index of the one that it stands under, -1 at the top."""
        parents: list[int] = []
        for index, heading in enumerate(self.headings):
            above = index - 1
            while above >= 0 and self.headings[above].level >= heading.level:
                above = parents[above]
            parents.append(above)
        return parents

    def between(self, start: int, stop: int) -> Sequence[Block]:
        """The blocks after the heading number `start` (-1: from the top) and before number `stop`."""
        first = self.headings[start].block + 1 if start >= 0 else 0
        last = self.headings[stop].block if stop < len(self.headings) else len(self.blocks)
        return self.blocks[first:last]


_PARSER = MarkdownIt("commonmark").enable("table").disable("reference")
_PARSER.core.ruler.enableOnly(["normalize", "block"])
# White space is taken only from where it begins, or a long run of it would be tried from each of its characters.
_ANCHOR = re.compile(r"(?:(?<!\s)\s+)?(?:\{[:#.][^{}]*\}\s*$|<a\s[^>]{0,1000}>\s*(?:</a>)?\s*)")
_COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+\Z", re.DOTALL)
CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[\w\"'].*")
"""The line that opens an admonition, a collapsible block or a tab."""


def outline(text: str) -> Outline:
    """Parse a Markdown body."""
    blocks = list(_parse(text))
    headings = [
        Heading(_ANCHOR.sub("", block.text).strip(), block.level, block.line, block.end, index)
        for index, block in enumerate(blocks)
        if block.kind is Kind.HEADING
    ]
    return Outline(text.split("\n"), blocks, headings)


_DEEPEST = 6
"""How many containers may stand in each other: more than anybody writes, and few enough for the stack."""


def _parse(text: str, depth: int = 0) -> Iterator[Block]:
    """The leaf blocks of a Markdown text, with those of its containers in their place."""
    opened = False
    for block in _blocks(_PARSER.parse(text)):
        if block.kind is Kind.PARAGRAPH and not block.level and depth < _DEEPEST and CONTAINER.match(block.text):
            opened = True
            first, _, rest = block.text.partition("\n")
            yield replace(block, text=first, end=block.line + 1)
            if rest:
                yield from _within(rest, block.line + 1, block.top, depth)
        elif block.kind is Kind.CODE and opened:
            yield from _within(block.text, block.line, block.top, depth)
        else:
            opened = False
            yield block


def _within(text: str, line: int, top: int, depth: int) -> Iterator[Block]:
    """The blocks of a container. A heading in it is no section, only words."""
    for block in _parse(dedent(text), depth + 1):
        kind = Kind.PARAGRAPH if block.kind is Kind.HEADING else block.kind
        yield replace(block, kind=kind, line=block.line + line - 1, end=block.end + line - 1, top=top)


_NESTING = {
    "bullet_list_open": 1,
    "ordered_list_open": 1,
    "blockquote_open": 1,
    "bullet_list_close": -1,
    "ordered_list_close": -1,
    "blockquote_close": -1,
}


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    top = depth = quotes = 0
    item = head = False
    row: list[str] | None = None
    for index, token in enumerate(tokens):
        if token.level == 0 and token.map:
            top = token.map[0] + 1
        kind = token.type
        if nesting := _NESTING.get(kind, 0):
            depth += nesting
            quotes += nesting if kind.startswith("blockquote") else 0
        elif kind == "list_item_open":
            item = tokens[index + 1].type != "list_item_close"
            if not item and token.map:
                yield Block(Kind.ITEM, "", token.map[0] + 1, token.map[1] + 1, top, depth)
        elif kind == "list_item_close":
            item = False
        elif kind in ("thead_open", "thead_close"):
            head = kind == "thead_open"
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            line = (token.map or tokens[index - 1].map or _row_map(tokens, index))[0] + 1
            kind_of_row = Kind.TABLE_HEAD if head else Kind.ROW
            yield Block(kind_of_row, " | ".join(row), line, line + 1, top, depth, "", bool(quotes))
            row = None
        elif row is not None:
            row += [token.content] if kind == "inline" else []
        elif token.map and (block := _leaf(tokens, index, top, depth, bool(quotes), item)):
            item = item and block.kind is Kind.COMMENT
            yield block


def _row_map(tokens: Sequence[Token], index: int) -> list[int]:
    while index >= 0:
        if tokens[index].type == "tr_open" and (found := tokens[index].map):
            return found
        index -= 1
    return [0, 1]


def _leaf(tokens: Sequence[Token], index: int, top: int, depth: int, quoted: bool, item: bool) -> Block | None:
    token = tokens[index]
    assert token.map
    line, end = token.map[0] + 1, token.map[1] + 1
    if token.type == "inline":
        before = tokens[index - 1]
        if before.type == "heading_open" and before.level == 0:
            return Block(Kind.HEADING, token.content, line, end, top, int(before.tag[1]))
        # A heading in a list or a quote is no section, only words.
        return Block(Kind.ITEM if item else Kind.PARAGRAPH, token.content, line, end, top, depth, "", quoted)
    if token.type == "fence":
        return Block(Kind.FENCE, token.content, line, end, top, depth, token.info.strip(), quoted)
    if token.type == "code_block":
        return Block(Kind.CODE, token.content, line, end, top, depth, "", quoted)
    if token.type == "html_block":
        kind = Kind.COMMENT if _is_comment(token.content) else Kind.HTML
        return Block(kind, token.content, line, end, top, depth, "", quoted)
    if token.type == "hr":
        return Block(Kind.RULE, "", line, end, top, depth)
    return None


def _is_comment(html: str) -> bool:
    """Whether nothing stands beside the comments, or one is never closed."""
    return bool(_COMMENTS.match(html)) or (html.lstrip().startswith("<!--") and "-->" not in html)

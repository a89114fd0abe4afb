"""`<!-- designdocs: ignore CODE -->`: an author's word that a finding is none, for the next block or the whole page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from mkdocs_designdocs.blocks import Block, Kind, Outline
from mkdocs_designdocs.design import Ignore
from mkdocs_designdocs.diagnostics import CODES, Diagnostic, finding
from mkdocs_designdocs.source import Source

_COMMENT = re.compile(r"<!--\s*designdocs:\s*ignore\b[\s:]*(?P<codes>[^>]*?)\s*-->")


def ignores(source: Source, body: Outline) -> Iterator[Ignore]:
    """Every comment that ignores something: at the head for the page, else for the block (or section) that follows."""
    offset = source.body_line - 1
    at_head = True
    for number, block in enumerate(body.blocks):
        if block.kind is not Kind.COMMENT:
            at_head = at_head and block.kind is Kind.HEADING and number == 0
            continue
        codes = frozenset(_codes(block))
        if codes and at_head:
            yield Ignore(codes, 1, offset + len(body.lines))
        elif codes:
            following = next((b for b in body.blocks[number + 1 :] if b.kind is not Kind.COMMENT), None)
            if following:
                yield Ignore(codes, following.line + offset, _last(body, following) + offset)


def _codes(block: Block) -> Sequence[str]:
    return [code for match in _COMMENT.finditer(block.text) for code in re.split(r"[\s,]+", match["codes"]) if code]


def _last(body: Outline, block: Block) -> int:
    """The last line that a block stands for: of a heading all up to the next one of its level."""
    if block.kind is not Kind.HEADING:
        return block.end - 1
    below = (h.line for h in body.headings if h.line > block.line and h.level <= block.level)
    return next(below, len(body.lines) + 1) - 1


def check_ignores(source: Source, body: Outline) -> Iterator[Diagnostic]:
    """A comment ignores codes that there are"""
    for block in body.blocks:
        for code in _codes(block) if block.kind is Kind.COMMENT else ():
            if code not in CODES:
                near = get_close_matches(code, CODES, n=1, cutoff=0.5)
                what = f"there is no code `{code}` to be ignored"
                mend = f"did you mean `{near[0]}`?" if near else ""
                yield finding("ignore-unknown", source.path, source.body_line + block.line - 1, 1, what, help=mend)

"""What the checks look at, and how they say where something is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mkdocs_designdocs.blocks import Block, Kind
from mkdocs_designdocs.completeness import Judge, Judged
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.placeholders import definitions


@dataclass(frozen=True)
class Subject:
    """What the checks look at: one design, held against its template."""

    path: str
    text: str
    template: str
    judge: Judge
    gate: Gate
    adopted: bool = False
    """Whether the page is a design though it has no block: it may not have been written from the template."""

    @cached_property
    def labels(self) -> frozenset[str]:
        """The link definitions of the design: `[label]` is a link where it is one of them."""
        return definitions(self.text)

    @cached_property
    def places(self) -> Mapping[int, Judged]:
        """For each block (by its identity) the section that it is in."""
        return {id(block): judged for judged in self.judge.sections for block in judged.blocks}

    def at(
        self,
        code: str,
        line: int,
        column: int,
        message: str,
        *,
        help: str = "",
        section: str = "",
        level: Level | None = None,
    ) -> Diagnostic:
        """A finding in this design."""
        return finding(code, self.path, line, column, message, help=help, section=section, level=level)

    def within(
        self,
        code: str,
        block: Block,
        start: int | None,
        message: str,
        *,
        help: str = "",
        level: Level | None = None,
    ) -> Diagnostic:
        """A finding in a block, at an offset of its text or where it begins."""
        place = self.places.get(id(block))
        line, column = self._position(block, start)
        return self.at(code, line, column, message, help=help, section=place.path if place else "", level=level)

    def _position(self, block: Block, start: int | None) -> tuple[int, int]:
        if start is None:
            return block.line, self.indent(block)
        before = block.text[:start]
        # The text of a fence begins below its opening line; that of a row is all on one.
        below = before.count("\n") + (block.kind is Kind.FENCE) if block.kind is not Kind.ROW else 0
        raw = self.line(block.line + below)
        wanted = block.text[start:].split("\n", 1)[0].split(" | ", 1)[0][:20].strip()
        column = raw.find(wanted, len(before.rpartition("\n")[2])) if wanted else -1
        if column < 0:
            column = raw.find(wanted) if wanted else -1
        return block.line + below, column + 1 if column >= 0 else len(raw) - len(raw.lstrip()) + 1

    def line(self, number: int) -> str:
        """A line of the design."""
        lines = self.judge.match.document.lines
        return lines[number - 1] if number <= len(lines) else ""

    def indent(self, block: Block) -> int:
        """The column in which a block's first line begins."""
        line = self.line(block.line)
        return len(line) - len(line.lstrip()) + 1

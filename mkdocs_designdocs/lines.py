"""Lines of a page as it is put together, each with the line of the body that it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.blocks import Kind, Outline
from mkdocs_designdocs.marks import finding_mark


@dataclass
class Lines:
    """Lines with their origins, as they are put together."""

    text: list[str] = field(default_factory=list)
    origin: list[int | None] = field(default_factory=list)

    def add(self, lines: Sequence[str], first: int | None = None) -> None:
        """Lines of the body from line `first` on, or of the template."""
        for number, line in enumerate(lines):
            self.text.append(line)
            self.origin.append(None if first is None else first + number)

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if self.text and self.text[-1].strip():
            self.text.append("")
            self.origin.append(None)


def with_marks(lines: Lines, document: Outline, marks: Mapping[int, Sequence[int]]) -> Lines:
    """Put a comment before the outermost block that holds a finding's line, below it where that is a heading."""
    if not marks:
        return lines
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    starts = _starts(document)
    for number, findings in marks.items():
        index = bisect_right(starts, number) - 1  # the last block that begins at the line or above it
        block = document.blocks[index] if index >= 0 else None
        if block and block.kind is Kind.HEADING:
            after.setdefault(block.end - 1, []).extend(findings)
        else:
            before.setdefault(block.top if block else 1, []).extend(findings)
    made = Lines()
    for line, origin in zip(lines.text, lines.origin, strict=True):
        for number in before.get(origin or 0, ()):
            made.gap()
            made.add([finding_mark(number), ""])
        made.text.append(line)
        made.origin.append(origin)
        for number in after.get(origin or 0, ()):
            made.add(["", finding_mark(number), ""])
    return made


def _starts(document: Outline) -> Sequence[int]:
    """The line of each block; never more than that of a later one, so that they can be searched."""
    return [*accumulate((block.line for block in reversed(document.blocks)), min)][::-1]


def with_fences(lines: Lines) -> Lines:
    """A Mermaid diagram that somebody wrote with no fence around it gets one, for no Markdown draws it without."""
    bare = list(bare_diagrams("\n".join(lines.text)))
    if not bare:
        return lines
    opens = {fence.line for fence in bare}
    closes = {fence.end_line for fence in bare}
    made = Lines()
    for number, (line, origin) in enumerate(zip(lines.text, lines.origin, strict=True), 1):
        if number in opens:
            made.gap()
            made.add(["```mermaid"])
        made.text.append(line)
        made.origin.append(origin)
        if number in closes:
            made.add(["```", ""])
    return made

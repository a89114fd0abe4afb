"""What a line of Markdown stands in, as far as a fence cares: list items and their like, code, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TAB = 4
"""How far apart the stops of a tab are."""

_CONTAINER = re.compile(
    r"""(?:[-*+]|\d+[.)])(?=[ ]|\Z) | !!! | \?\?\? | ===[!+]*[ ] | :[ ] | \[\^[^\]]+\]:""",
    re.VERBOSE,
)
_RULE = re.compile(r"([-*_])[ ]*(?:\1[ ]*){2,}\Z")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass
class _Level:
    """What is open at one depth of quotation."""

    openers: list[int] = field(default_factory=list)
    """The indentation of each open list item, admonition, tab …"""
    blank: bool = True
    code: bool = False

    def is_code(self, indent: int) -> bool:
        """Whether such a line is code: four deeper than where text may stand, and no paragraph's tail."""
        base = self.openers[-1] + TAB if self.openers else 0
        return indent >= base + TAB and (self.blank or self.code)

    def feed(self, indent: int, content: str) -> None:
        if not content:
            self.blank = True
            return
        opens = _CONTAINER.match(content) is not None and not _RULE.match(content)
        heading = content[0] == "#"
        if self.blank or opens or heading:
            while self.openers and indent <= self.openers[-1]:
                self.openers.pop()
        self.code = self.is_code(indent)
        if opens and not self.code:
            self.openers.append(indent)
        self.blank = heading


class Containers:
    """What a line stands in, as far as a fence cares: list items and their like, code, comments."""

    def __init__(self) -> None:
        """At the beginning of a text, where nothing is open."""
        self._levels = [_Level()]
        self._comment = False

    def feed(self, raw: str) -> None:
        """Take note of a line that is no part of a fence."""
        parts = _levels(raw)
        if raw.strip():
            del self._levels[len(parts) :]
        while len(self._levels) < len(parts):
            self._levels.append(_Level())
        for level, (indent, content) in zip(self._levels, parts, strict=False):
            if not self._comment:
                level.feed(indent, content)
        if not self._levels[-1].code:
            self._comment = _in_comment(raw, self._comment)

    def fence(self, raw: str) -> None:
        """Take note of a fence that opens in this line."""
        if not self._comment:
            for level, (indent, _) in zip(self._levels, _levels(raw), strict=False):
                level.feed(indent, "`")

    def hide(self, raw: str) -> bool:
        """Whether no reader sees what begins in this line."""
        if self._comment:
            return True
        parts = _levels(raw)
        for depth, (indent, _) in enumerate(parts):
            level = self._levels[depth] if depth < len(self._levels) else _Level()
            if level.blank and indent <= (level.openers[-1] if level.openers else -1):
                continue
            if level.is_code(indent):
                return True
        return False


_DEEPEST = 100
"""How many quotes in each other are told apart: more than any Markdown makes, and a line of nothing else is long."""


def _levels(raw: str) -> list[tuple[int, str]]:
    """Indentation and content at each depth of quotation, the outermost first."""
    line = raw.expandtabs(TAB)
    parts: list[tuple[int, str]] = []
    while True:
        content = line.lstrip(" ")
        parts.append((len(line) - len(content), content))
        if not content.startswith(">") or len(parts) == _DEEPEST:
            return parts
        line = content[2:] if content[1:2] == " " else content[1:]


def _in_comment(raw: str, inside: bool) -> bool:
    """Whether the end of a line is inside an HTML comment."""
    line = raw if inside or "<!--" not in raw else _CODE_SPAN.sub("", raw)
    while True:
        mark = line.find("-->" if inside else "<!--")
        if mark < 0:
            return inside
        line, inside = line[mark + (3 if inside else 4) :], not inside

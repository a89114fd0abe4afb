"""Where in the source of a diagram a position of the engine's is, which counts in what it has left of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_designdocs.kinds import first_word, kind_of

# What Pele (as mermaid.js) takes out of the source before it parses, and counts no lines of.
_FRONT_MATTER = re.compile(r"[ \t]*---[^\S\n]*\n(?s:.*?)\n[ \t]*---\s*\n\s*")
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_COMMENT = re.compile(r"(?P<out>^\s*%%(?!\{)[^\n]+\n?)|^\s+|[^\n]+\n?", re.MULTILINE)
"""What is no comment is taken as well, so that no blank is looked at from each of those before it."""
_LEADING = re.compile(r"\A\s+")
_BEHIND_BRACES = re.compile(r"(?<=\})\s+(?=\n)")
"""Of flowcharts alone: after a line that ends with a brace, empty lines do not count."""
_ENTITY = re.compile(r"#(\+?\d+|\w+);")


def in_source(source: str, line: int, column: int) -> tuple[int, int]:
    """A position of the engine's, which counts in what is left of the source, as one in the source."""
    if line < 1:
        return 0, 0
    origins = list(range(len(source) + 1))
    rest = source
    front = _FRONT_MATTER.match(source)
    if front:
        rest, origins = rest[front.end() :], origins[front.end() :]
    braces = (_BEHIND_BRACES,) if kind_of(first_word(source)[0]) in ("flowchart", "swimlane") else ()
    for pattern in (_DIRECTIVE, _COMMENT, _LEADING, *braces):
        # No directive begins behind the end of the last one.
        end = rest.rfind("}%%") + 3 if pattern is _DIRECTIVE else len(rest)
        rest, origins = _without(pattern.finditer(rest, 0, end), rest, origins)
    starts = [0, *(match.end() for match in re.finditer("\n", rest))]
    if line > len(starts):
        return source.count("\n") + 2, 1
    found = source.count("\n", 0, origins[starts[line - 1]]) + 1
    return found, _column(source.split("\n")[found - 1], column)


def _without(matches: Iterator[re.Match[str]], text: str, origins: list[int]) -> tuple[str, list[int]]:
    """A text without what some matches, or their groups `out`, cover, and where what is left of it comes from."""
    kept: list[int] = []
    end = 0
    for match in matches:
        if "out" in match.re.groupindex and match["out"] is None:
            continue
        kept.extend(range(end, match.start()))
        end = match.end()
    kept.extend(range(end, len(text)))
    return "".join(text[index] for index in kept), [*(origins[index] for index in kept), origins[len(text)]]


def _column(line: str, column: int) -> int:
    """A column in UTF-16 units, with entities as Pele writes them, as one in characters."""
    units = 1
    index = 0
    while index < len(line) and units < column:
        entity = _ENTITY.match(line, index)
        if entity:
            units += len(entity[1]) + (5 if entity[1].lstrip("+").isdigit() else 4)
            index = entity.end()
        else:
            units += 2 if ord(line[index]) > 0xFFFF else 1
            index += 1
    return index + 1

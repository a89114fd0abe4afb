"""Front matter that YAML cannot read, mended where it is certain what was meant.

RULE: only white space and the marks around a value change; a line that YAML reads stays, and so do the values of all
others. Where the whole cannot be read afterwards, nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs_designdocs.frontmatter import FrontMatter, parse

_LONGEST = 2_000
"""Characters of a line that is looked at: more than anybody writes."""
_MOST = 100
"""Lines that are mended at most: a front matter with more is something else."""
_WHOLE = 20_000
"""Characters of a front matter that is looked at, for it is parsed once for each line that is mended."""
_WIDTHS = (2, 4, 8)
"""How many columns a tab can have been meant as."""

_LINE = re.compile(
    r"""(?P<lead>[ \t]*(?:-[ \t]+)*(?:(?:[\w][\w .-]*?|"[^"\n]*"|'[^'\n]*')[ \t]*:[ \t]+)?)"""
    r"(?P<value>\S(?:.*?\S)?)(?P<tail>[ \t]+\#.*|[ \t]*)$"
)
_BLOCK_SCALAR = re.compile(r"(?:^[ \t]*-|:)[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
_UNSPACED = re.compile(r"(?P<key>[ \t]*[A-Za-z][\w-]*:)(?P<value>[^\s/].*)$")


@dataclass(frozen=True)
class Line:
    """One line of YAML as it becomes readable."""

    text: str
    did: str
    """What was done, in the past tense: `quoted`."""
    about: str
    """The value, or the key, that it was done to."""


def requoted(text: str) -> Mapping[int, Line]:
    """For the numbers (from 0) of the lines that keep some YAML from being read what they should be.

    Empty where it can be read, and where it is not certain how it should be.
    """
    if len(text) > _WHOLE or not parse(text)[1]:
        return {}
    lines = text.split("\n")
    outcomes: list[tuple[Mapping[int, Line], Mapping[Any, Any]]] = []
    for width in _WIDTHS if any("\t" in _indent(line) for line in lines) else _WIDTHS[:1]:
        mended = dict(_mended(lines, width))
        if not mended or len(mended) > _MOST:
            continue
        front, wrong = parse(_with(lines, mended))
        if not wrong and _as_before(lines, mended, front):
            outcomes.append((mended, front.values))
    # Tabs of two widths that make two structures: which was meant is the author's to say.
    if not outcomes or any(values != outcomes[0][1] for _, values in outcomes):
        return {}
    return _needed(lines, outcomes[0][0], outcomes[0][1])


def _with(lines: Sequence[str], mended: Mapping[int, Line]) -> str:
    return "\n".join(mended[number].text if number in mended else line for number, line in enumerate(lines))


def _needed(lines: Sequence[str], mended: Mapping[int, Line], values: Mapping[Any, Any]) -> Mapping[int, Line]:
    """Those lines without which it could not be read, or would be read as something else."""
    kept = dict(mended)
    for number in mended:
        fewer = {other: line for other, line in kept.items() if other != number}
        front, wrong = parse(_with(lines, fewer))
        if not wrong and front.values == values:
            kept = fewer
    return kept


def _as_before(lines: Sequence[str], mended: Mapping[int, Line], after: FrontMatter) -> bool:
    """Whether every line that stays says what it says on its own."""
    placed = {place: path for path, place in after.marks.items()}
    for number, line in enumerate(lines):
        if number in mended or len(line) > _LONGEST:
            continue
        path = placed.get((number + 2, len(_indent(line)) + 1))
        alone = parse(line.strip())[0].values if path and _ends(lines, number) else {}
        for key, value in alone.items():
            if path and path[-1] == key and value is not None and value != _at(after.values, path):
                return False
    return True


def _ends(lines: Sequence[str], number: int) -> bool:
    """Whether nothing in the next line could go on with what this one says."""
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return len(_indent(following)) <= len(_indent(lines[number])) and not _BLOCK_SCALAR.search(lines[number])


def _at(values: Any, path: Sequence[Any]) -> Any:
    for key in path:
        values = values[key]
    return values


def _mended(lines: Sequence[str], width: int) -> Iterator[tuple[int, Line]]:
    """Every line that is no YAML on its own, as it would be."""
    block = -1  # the indentation of the key whose text goes on below it
    for number, line in enumerate(lines):
        indent = len(_indent(line).expandtabs(width))
        if block >= 0 and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK_SCALAR.search(line) else -1
        if line.strip() and not line.lstrip().startswith("#") and len(line) <= _LONGEST:
            spaced = _indent(line).expandtabs(width) + line.lstrip(" \t")
            mended = _line(spaced)
            if mended:
                yield number, mended
            elif spaced != line:
                yield number, Line(spaced, "indented with spaces", _plain(line.strip()))


def _line(line: str) -> Line | None:
    """A line that is no YAML on its own as one that is."""
    if unspaced := _UNSPACED.match(line):
        key, value = unspaced["key"], unspaced["value"]
        wanted = Line(f"{key} {value}", "put a blank after", f"`{key.strip()}`")
        return wanted if _is_readable(wanted.text) else None
    match = _LINE.match(line)
    if not match or not match["lead"].strip() or _is_readable(line) or _is_ambiguous(match["lead"], match["value"]):
        return None
    value = _value(match["value"])
    if value is None:
        return None
    mended = Line(match["lead"] + value + match["tail"], "quoted", _plain(match["value"]))
    return mended if _is_readable(mended.text) else None


def _is_readable(line: str) -> bool:
    """Whether a line is YAML on its own: an item below a key, or a key with a value."""
    text = line.strip()
    return not parse(f"x:\n{text}" if text.startswith("-") else text)[1]


def _is_ambiguous(lead: str, value: str) -> bool:
    """Whether a second `: ` may part a key from its value: `- Ana: Lead: Backend`, `design: template: feature`."""
    inner = re.search(r":(?:\s|$)", value)
    is_text = value[0] in "[{\"'“‘*`@%"
    return bool(inner) and not is_text and (lead.lstrip().startswith("-") or lead.strip() == "design:")


_CURLY = re.compile("(?:[“”\"](?P<double>[^\"“”]*)[“”\"]|[‘’'](?P<single>[^'‘’]*)[‘’'])")


def _value(text: str) -> str | None:
    """A value in quotes; None where it is not certain where it ends."""
    if curly := _CURLY.fullmatch(text):
        return _quoted(curly["double"] or curly["single"] or "")
    first = text[0]
    if text.startswith(("- ", "? ", ",", "]", "}")):  # a list in the line of its key, or what is left of one
        return None
    if first in "\"'":
        return _requoted(text, first)
    if first in "[{":
        if text.startswith("{{") and text.endswith("}}"):  # a slot, not a mapping whose key is one
            return _quoted(text)
        end = _closing(text)
        if end == len(text) - 1:
            return _flow(text)
        return _quoted(text) if end > 0 else None
    return _quoted(text)


def _requoted(text: str, mark: str) -> str | None:
    """A value that goes on behind the quote that closes it: `'It's late'`, `"Late" orders`."""
    count = text.count(mark)
    if text.endswith(mark) and count == 3:
        return _quoted(text[1:-1])
    if not text.endswith(mark) and count == 2:
        return _quoted(text)
    return None


def _flow(text: str) -> str | None:
    """An inline list or mapping, each of its values in quotes that needs them."""
    parts = list(_parts(text[1:-1]))
    made = []
    for part in parts:
        inner = part.strip()
        mended = _part(inner) if inner else ""
        if mended is None:
            return None
        made.append(part.replace(inner, mended, 1) if inner else part)
    return text[0] + ",".join(made) + text[-1]


def _part(text: str) -> str | None:
    """A value of an inline list, or a `key: value` of an inline mapping."""
    if not parse(f"x: [{text}]")[1]:
        return text
    key = re.match(r"(?:[\w-]+:[ \t]+)?", text)
    lead = key[0] if key else ""
    value = _value(text[len(lead) :]) if len(lead) < len(text) else None
    return None if value is None else lead + value


_PAIRS = {"[": "]", "{": "}", "(": ")"}
_QUOTES = {'"': '"”', "'": "'’", "“": '”"', "‘": "’'"}


def _parts(text: str) -> Iterator[str]:
    """What the commas part that stand in no bracket and no quotes."""
    start, opened, quote = 0, [], ""
    for at, mark in enumerate(text):
        if quote:
            quote = "" if mark in quote else quote
        elif mark in _QUOTES and not text[start:at].strip():
            quote = _QUOTES[mark]
        elif mark in _PAIRS:
            opened.append(_PAIRS[mark])
        elif opened and mark == opened[-1]:
            opened.pop()
        elif mark == "," and not opened:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _closing(text: str) -> int:
    """The place of the bracket that closes the first; -1 where none does."""
    depth = 0
    for at, mark in enumerate(text):
        depth += (mark == text[0]) - (mark == _PAIRS[text[0]])
        if not depth:
            return at
    return -1


def _quoted(text: str) -> str:
    """A text in quotes that change nothing in it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _plain(text: str) -> str:
    """A value as a message quotes it."""
    text = text.strip("\"'“”‘’")
    return f'"{text if len(text) <= 60 else text[:59] + "…"}"'


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]

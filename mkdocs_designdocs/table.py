"""Designs as a table of text: as wide as a terminal, or in full for a pipe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.report import Style, plain

_COLOURS = {"open": "yellow", "in force": "green", "closed": "bright_black"}
_GAP = "  "
_FLOORS = {"title": 24, "authors": 12}
"""How narrow a column can be made; the others are shown in full or not at all."""
_GROWING = (("authors", 24), ("title", None), ("authors", None))
"""What takes the room that there is left, and up to which width, one after the other."""
_SPARED = ("path", "updated", "written", "age", "authors")
"""What is left out where there is no room for it, the first first."""
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""What a terminal would not show, but do."""


def table(entries: Sequence[Entry], today: date, width: int | None = None, style: Style = plain) -> Iterator[str]:
    """Designs, a line each: with a heading, cut to the width of a terminal; without one in full, tabs between."""
    rows = [_row(one, today) for one in entries]
    if width is None:
        yield from ("\t".join(row.values()) for row in rows)
    elif rows:
        full = {name: max(_wide(text) for text in (name, *(row[name] for row in rows))) for name in rows[0]}
        widths = _fitted(full, width)
        yield style(_GAP.join(_cell(name.capitalize(), room) for name, room in widths.items()).rstrip(), bold=True)
        for entry, row in zip(entries, rows, strict=True):
            cells = {name: _cell(row[name], room) for name, room in widths.items()}
            cells["status"] = style(cells["status"], fg=_COLOURS[entry.design.status.group])
            yield _GAP.join(cells.values()).rstrip()


def _row(entry: Entry, today: date) -> dict[str, str]:
    design, verdict, age = entry.design, entry.design.verdict, entry.age(today)
    least = "" if entry.is_since_exact else "+"
    return {
        "title": _shown(design.title),
        "status": _shown(design.status.label),
        "authors": _shown(", ".join(who.label for who in entry.authors)),
        "age": "" if age is None else f"{age}{least} {'day' if age == 1 else 'days'}",
        "updated": entry.updated or entry.created,
        "written": f"{verdict.written}/{verdict.required}" if verdict.required else "",
        "path": _shown(design.path),
    }


def _shown(text: str) -> str:
    return _OBEYED.sub(" ", text).strip()


def _fitted(full: Mapping[str, int], width: int) -> Mapping[str, int]:
    """How wide each column is, of those that there is room for."""
    floors = {name: min(_FLOORS.get(name, room), room) for name, room in full.items()}
    for name in _SPARED:
        if _sum(floors) > width:
            del floors[name]
    widths = dict(floors)
    for name, most in _GROWING:
        if name in widths:
            wanted = min(full[name], most or full[name])
            widths[name] += max(0, min(wanted - widths[name], width - _sum(widths)))
    return widths


def _sum(widths: Mapping[str, int]) -> int:
    return sum(widths.values()) + len(_GAP) * (len(widths) - 1)


def _cell(text: str, room: int) -> str:
    """A text in so many cells of a terminal, cut where it is longer."""
    if _wide(text) > room:
        while _wide(text) > room - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + " " * (room - _wide(text))


def _wide(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)

"""Plots: what a picture of some designs is made of, Mermaid that draws it and the numbers behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from unicodedata import east_asian_width
from urllib.parse import quote

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.lettering import line
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle


@dataclass(frozen=True)
class Scene:
    """Where pictures are drawn: on which page, in whose words, on which day."""

    href: Callable[[Design], str]
    """From the page to a design's, as HTML links to it."""
    link: Callable[[Design], str]
    """The same as an author would write it, from file to file: for links within a drawing."""
    today: datetime.date
    labels: Labels = ENGLISH
    lifecycle: Lifecycle = DEFAULT


@dataclass(frozen=True)
class Cell:
    """What stands in one cell of a table, or in a list."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers behind a drawing. The first cell of each row says what the row is about."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Picture:
    """Drawings of some designs with all that says the same to those who do not see them."""

    said: str
    """The gist of it, in a sentence or two."""
    sources: Sequence[str]
    """Mermaid, a drawing each."""
    tables: Sequence[Table]
    named: Sequence[Cell] = ()
    """Designs that somebody should look at."""
    named_as: str = ""
    """What these are."""
    key: str = ""
    """What the signs in it mean, where they do not say it themselves."""


# Bars that are compared ------------------------------------------------------------------------------------------

Series = Mapping[str, Sequence[int]]
"""Numbers by what they count, in the order in which they stand beside each other, so that no colour is needed."""


def series_of(table: Table) -> Series:
    """The columns of a table of numbers."""
    return {name: [int(row[at].text) for row in table.rows] for at, name in enumerate(table.columns[1:], 1)}


def bars(title: str, description: str, bands: Sequence[str], series: Series) -> str:
    """Horizontal bars below their title: for each of the bands one of every series, with its number."""
    height = _MARGIN + len(bands) * max(_BAND, len(series) * _BAR)
    head = ["xychart horizontal", *_said(title, description), f"    title {_quoted(title, most=80)}"]
    return _chart(height, head, bands, series, numbered=True)


def columns(title: str, description: str, periods: Sequence[str], series: Series) -> str:
    """Upright bars along an axis of time: in each period one of every series; with their numbers, if they are few."""
    numbered = len(periods) * len(series) <= _NUMBERED
    return _chart(_HEIGHT, ["xychart", *_said(title, description)], periods, series, numbered=numbered)


_MARGIN, _BAND, _BAR, _HEIGHT = 100, 34, 22, 280
"""In pixels; a band that is narrower than the text beside it would lose that."""
_NUMBERED = 27
"""So many upright bars are wide enough for a number of two figures above each."""
_LEAST = 4
"""So many are shown as few: an axis that ends at 1 would make much of it, and has halves on it."""


def _chart(height: int, head: Sequence[str], bands: Sequence[str], series: Series, *, numbered: bool) -> str:
    most = max((number for numbers in series.values() for number in numbers), default=0)
    lines = ["---", "config:", "    xyChart:", f"        height: {height}"]
    lines += [f"        showDataLabel: {str(numbered).lower()}", "---", *head]
    lines += [f"    x-axis [{', '.join(map(_quoted, bands))}]", f"    y-axis 0 --> {max(most, _LEAST)}"]
    lines += [f"    bar {_quoted(name)} [{', '.join(map(str, numbers))}]" for name, numbers in series.items()]
    return "\n".join([*lines, ""])


def _quoted(text: str, most: int = 40) -> str:
    return f'"{line(text, most=most)}"'


def _said(title: str, description: str) -> Sequence[str]:
    return [f"    accTitle: {line(title)}", f"    accDescr: {line(description, most=1500)}"]


# Spans of time ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """What lasts from a day to another, or happens on one: then they are the same."""

    start: datetime.date
    end: datetime.date
    look: str = ""
    """One of `done` (light), `active` (grey), `crit` (red), or nothing (dark)."""
    label: str = ""
    href: str = ""


@dataclass(frozen=True)
class Lane:
    """A row, or several, with a title beside it."""

    title: str
    spans: Sequence[Span]


def lanes(title: str, description: str, rows: Sequence[Lane], *, stacked: bool) -> str:
    """Spans along an axis of time. `stacked`: each in a row of its own; else those of a lane share one."""
    first = min(span.start for row in rows for span in row.spans)
    last = max(span.end for row in rows for span in row.spans)
    said = [] if stacked else ["---", "displayMode: compact", "---"]
    said += ["gantt", *_said(title, description), "    dateFormat YYYY-MM-DD", f"    axisFormat {_axis(first, last)}"]
    names = (f"t{number}" for number in count(1))
    for row in rows:
        said.append(f"    section {line(fitted(row.title, _BESIDE))}")
        for span in row.spans:
            is_alone = stacked or len(row.spans) == 1
            said += _task(span, next(names), span.label if is_alone or _fits(span, first, last) else "")
    return "\n".join([*said, ""])


_BESIDE = 26
"""So many characters fit beside the lanes, in one line."""
_WIDTH, _LETTER, _AROUND = 540, 6.5, 24
"""In pixels: about what there is for the lanes, what a letter needs, and a label besides."""


def _axis(first: datetime.date, last: datetime.date) -> str:
    days = (last - first).days
    return "%Y-%m-%d" if days < _QUARTER else "%Y-%m" if days < _DECADE else "%Y"


_QUARTER, _DECADE = 92, 3653


def _fits(span: Span, first: datetime.date, last: datetime.date) -> bool:
    """Whether there is room for the label of a span, which would else be written over the next."""
    # What happens on one day has its label beside it, where nothing else is of a lane that it ends.
    end = span.end if span.end > span.start else last
    room = _WIDTH * (end - span.start).days / max((last - first).days, 1)
    return room > len(span.label) * _LETTER + _AROUND


def fitted(text: str, most: int) -> str:
    """A text in one line of at most so many characters; one that is as wide as two counts as two."""
    text = " ".join(text.split())
    widths = accumulate(2 if east_asian_width(character) in "WF" else 1 for character in text)
    room = sum(width <= most for width in widths)
    if room == len(text):
        return text
    head = text[: room - 1]
    return (head[: head.rfind(" ")] if head.rfind(" ") > room // 2 else head).rstrip(" ,;:–—-(") + "…"


def _task(span: Span, name: str, label: str) -> Iterator[str]:
    """A span as Mermaid."""
    length = "milestone" if span.start == span.end else ""
    ends = "0d" if length else span.end.isoformat()
    marks = ", ".join(filter(None, (span.look, length, name, span.start.isoformat(), ends)))
    yield f"    {line(label, most=80)} :{marks}"
    if span.href:
        yield f'    click {name} href "{quote(span.href)}"'

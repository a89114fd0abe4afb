"""The stages that a design has gone through, as its own `history` says: when it came to which status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs_designdocs.dates import iso_date, today
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.frontmatter import FrontMatter, shown
from mkdocs_designdocs.lifecycle import Lifecycle

STAGES = "history"
"""The key of the block that holds them, unless a template declares data of this name."""

_EXAMPLE = "write it as `history: {in review: 2026-11-03, approved: 2026-11-20}`"


def stages(given: object, lifecycle: Lifecycle) -> tuple[tuple[str, str], ...]:
    """The key of each status and the ISO date from which the design had it, from the first; what cannot be used is
    left out."""
    return tuple((key, day) for key, day, _ in sorted(_read(given, lifecycle), key=lambda one: one[1]) if key)


def check_stages(given: object, front: FrontMatter, lifecycle: Lifecycle, path: str) -> Iterator[Diagnostic]:
    """Every stage of a design's history is a status with a date"""
    for _, _, problem in _read(given, lifecycle):
        if problem:
            at, what, mend = problem
            yield finding("field-invalid", path, *front.mark(*at), what, help=mend)


def places(front: FrontMatter, lifecycle: Lifecycle) -> Mapping[str, tuple[int, int]]:
    """Line and column of each stage that the block names: of the key of its status behind `history `."""
    return {
        f"{STAGES} {status.key}": front.mark(*path)
        for path in front.marks
        if path[:-1] == ("design", STAGES) and (status := lifecycle.find(str(path[-1])))
    }


def check_coming(designs: Iterable[Design]) -> Iterator[Diagnostic]:
    """No design says that it came to a status on a day that is still to come"""
    day = today().isoformat()
    for one in designs:
        for key, date in one.metadata.stages:
            if date > day:
                what = f"`{STAGES}` says {shown(date)}, which is still to come"
                help = "until that day it does not count"
                yield finding("field-invalid", *one.place(STAGES, key), what, help=help, level=Level.NOTE)


_Problem = tuple[tuple[Any, ...], str, str]


def _read(given: object, lifecycle: Lifecycle) -> Iterator[tuple[str, str, _Problem | None]]:
    """Each stage, or what is wrong with it, with the path to where it stands."""
    if given is None:
        return
    at: tuple[Any, ...] = ("design", STAGES)
    if not isinstance(given, Mapping):
        yield "", "", (at, f"`{STAGES}` wants a mapping of statuses to dates, and holds {shown(given)}", _EXAMPLE)
        return
    for word, date in given.items():
        status = lifecycle.find(str(word))
        day = iso_date(str(date)) if isinstance(date, (str, int)) and not isinstance(date, bool) else ""
        if status and day:
            yield status.key, day, None
        elif status:
            what = f"`{STAGES}` says {shown(date)} of {shown(word)}, which is no date of the calendar"
            yield "", "", ((*at, word), what, "write it as year-month-day: 2026-11-03")
        else:
            guess = lifecycle.guess(str(word))
            mend = f"did you mean `{guess.label.lower()}`?" if guess else f"one of {lifecycle.labels()}"
            yield "", "", ((*at, word), f"`{STAGES}` names the unknown status {shown(word)}; it is left out", mend)

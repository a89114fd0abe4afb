"""The timeline of a collection: what was created, decided and implemented, and when."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.lifecycle import Gate, Lifecycle, Status
from mkdocs_designdocs.plots import Cell, Lane, Picture, Scene, Span, Table, columns, lanes, series_of

_FEW = 25
"""So many designs have a line each."""
_MOST = 16
"""So many months, or quarters, have room beside each other."""


@dataclass(frozen=True)
class Events:
    """What is known to have happened to a design, as ISO dates; empty where nobody knows when, or it has not."""

    created: str = ""
    decided: str = ""
    """When it came into force."""
    implemented: str = ""
    closed: str = ""


def events(entry: Entry, lifecycle: Lifecycle) -> Events:
    """What is known to have happened to a design.

    With which status git has met it says nothing about when it came to that.
    """
    known = {status.key: status for status in lifecycle.statuses}
    came = entry.changes if entry.stages else entry.changes[1:]
    days: dict[str, str] = {}
    for change in came:
        status = known.get(change.status)
        if status is None or status.group == "open":
            continue
        name = "closed" if status.group == "closed" else "decided"
        days.setdefault(name, change.day)
        if status.gate is Gate.FINISHED:
            days.setdefault("implemented", change.day)
    return Events(entry.created, **days)


def timeline(entries: Sequence[Entry], scene: Scene) -> Picture | None:
    """What happened to some designs; None where nobody knows when anything did."""
    found = {id(one): events(one, scene.lifecycle) for one in entries}
    dated = sorted((one for one in entries if one.created), key=lambda one: one.created)
    if not dated:
        return None
    happened = [found[id(one)] for one in dated]
    said = _said(dated, happened, scene)
    if len(dated) <= _FEW:
        rows = [Lane(one.design.title, [*_spans(one, scene)]) for one in dated]
        drawn = lanes(scene.labels("timeline"), said, rows, stacked=False)
        ended = any(one.implemented or one.closed for one in happened)
        key = scene.labels("timeline.key") if ended else ""
        return Picture(said, [drawn], [_listed(dated, happened, scene)], key=key)
    table = _counted(happened, scene)
    ticks = _ticks([row[0].text for row in table.rows])
    drawn = columns(scene.labels("timeline"), said, [*ticks], series_of(table))
    return Picture(said, [drawn], [table])


def _said(dated: Sequence[Entry], happened: Sequence[Events], scene: Scene) -> str:
    labels = scene.labels
    counts = {name: sum(bool(getattr(one, name)) for one in happened) for name in ("decided", "implemented")}
    said = [labels("timeline.created", n=len(dated), day=dated[0].created)]
    said += [labels(f"timeline.{name}", n=count) for name, count in counts.items() if count]
    unknown = sum(
        one.design.status.group == "in force" and not known.decided for one, known in zip(dated, happened, strict=True)
    )
    if unknown:
        said.append(labels("timeline.unknown", n=unknown))
    return " ".join(said)


# Few: a line each ------------------------------------------------------------------------------------------------


def _spans(entry: Entry, scene: Scene) -> Iterator[Span]:
    """A design from when it was created until it was implemented or closed, else until today."""
    made, href = _day(entry.created), scene.link(entry.design)
    stages = _stages(entry, scene.lifecycle)
    if not stages:
        yield Span(made, made, "done", scene.labels("created"), href)
        return
    if made < stages[0][1]:
        yield Span(made, stages[0][1], "done", href=href)
    ends = [start for _, start in stages[1:]]
    until = max(scene.today, stages[-1][1]) + _DAY  # so that what began today can be seen
    for (status, start), end in zip(stages, [*ends, until], strict=True):
        label = scene.labels.status(status)
        if _is_end(status):
            yield Span(start, start, "active" if status.group == "closed" else "", label, href)
            return
        if end > start:
            yield Span(start, end, _look(status, scene.lifecycle), label, href)


def _stages(entry: Entry, lifecycle: Lifecycle) -> Sequence[tuple[Status, datetime.date]]:
    """The statuses that a design is known to have had, each with its first day."""
    known = {status.key: status for status in lifecycle.statuses}
    stages = [(known[one.status], _day(one.day)) for one in entry.changes if one.status in known]
    if not stages and entry.design.status == lifecycle.initial:
        return [(lifecycle.initial, _day(entry.created))]
    if stages and stages[0][0] == lifecycle.initial:  # there is none before
        stages[0] = lifecycle.initial, min(stages[0][1], _day(entry.created))
    return stages


_DAY = datetime.timedelta(days=1)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _is_end(status: Status) -> bool:
    return status.group == "closed" or status.gate is Gate.FINISHED


def _look(status: Status, lifecycle: Lifecycle) -> str:
    if status.group == "in force":
        return ""
    return "done" if status == lifecycle.initial else "active"


def _listed(dated: Sequence[Entry], happened: Sequence[Events], scene: Scene) -> Table:
    labels = scene.labels
    heads = [labels("table.design"), *(head for head, _ in _columns(happened, scene))]
    rows = [
        [
            Cell(one.design.title, scene.href(one.design)),
            *(Cell(getattr(known, name) or "—") for _, name in _columns(happened, scene)),
        ]
        for one, known in zip(dated, happened, strict=True)
    ]
    return Table(labels("timeline"), heads, rows)


def _columns(happened: Sequence[Events], scene: Scene) -> Sequence[tuple[str, str]]:
    """What is known of any of the designs: what it is called, and the field of `Events`."""
    labels, statuses = scene.labels, scene.lifecycle.statuses
    finished = next((labels.status(one) for one in statuses if one.gate is Gate.FINISHED), "")
    names = {"created": labels("column.created"), "decided": labels("decided")}
    names |= {"implemented": finished, "closed": labels("group.closed")}
    return [(names[name], name) for name in names if any(getattr(one, name) for one in happened)]


# Many: counted ---------------------------------------------------------------------------------------------------


def _counted(happened: Sequence[Events], scene: Scene) -> Table:
    """How many designs were created, decided and so on in each month, quarter or year."""
    asked = [(head, name) for head, name in _columns(happened, scene) if name != "closed"]
    days = {name: [day for one in happened if (day := getattr(one, name))] for _, name in asked}
    everything = [day for those in days.values() for day in those]
    period, periods = _periods(min(everything), max(everything))
    counts = {name: Counter(map(period, those)) for name, those in days.items()}
    rows = [[Cell(one), *(Cell(str(counts[name][one])) for _, name in asked)] for one in periods]
    return Table(scene.labels("timeline"), [scene.labels("period"), *(head for head, _ in asked)], rows)


def _periods(first: str, last: str) -> tuple[Callable[[str], str], Sequence[str]]:
    """What a day belongs to, and all of these from the first day to the last; the shortest that are few enough."""
    for period in (_month, _quarter):
        found = [*dict.fromkeys(map(period, _months(first, last)))]
        if len(found) <= _MOST:
            return period, found
    return _year, [*dict.fromkeys(map(_year, _months(first, last)))]


def _months(first: str, last: str) -> Iterator[str]:
    for number in range(12 * int(first[:4]) + int(first[5:7]), 12 * int(last[:4]) + int(last[5:7]) + 1):
        yield f"{(number - 1) // 12:04}-{(number - 1) % 12 + 1:02}"


def _month(day: str) -> str:
    return day[:7]


def _quarter(day: str) -> str:
    return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"


def _year(day: str) -> str:
    return day[:4]


def _ticks(periods: Sequence[str]) -> Iterator[str]:
    """The year, below it what it is a part of; only where it begins."""
    said = ""
    for one in periods:
        year, rest = one[:4], one[5:]
        yield one.replace("-", " ") if year != said or not rest else rest
        said = year

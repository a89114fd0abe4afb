"""The health of a collection: how many designs are open, how complete they are, and how long they have been so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mkdocs_designdocs.cards import age
from mkdocs_designdocs.entries import DRAFT_DAYS, REVIEW_DAYS, Entry
from mkdocs_designdocs.lifecycle import Status
from mkdocs_designdocs.plots import Cell, Lane, Picture, Scene, Span, Table, bars, fitted, lanes, series_of

_FEW = 12
"""So many open designs are drawn each for itself."""
_NAMED = 5
_AGES = (0, 30, 90, 365)
"""The days from which each band of ages begins."""
_SHARES = (0, 25, 50, 75, 100)
"""Likewise in percent."""


def health(entries: Sequence[Entry], scene: Scene) -> Picture | None:
    """How the open designs among some entries are doing; None where none is open."""
    found = sorted((one for one in entries if one.design.status.group == "open"), key=lambda e: _order(e, scene))
    if not found:
        return None
    said = _said(found, len(entries), scene)
    if len(found) <= _FEW:
        return Picture(said, [*_drawn(found, said, scene)], [_listed(found, scene)])
    tables = [one for one in (_by_age(found, scene), _by_share(found, scene)) if one.rows]
    stuck = [one for one in found if one.is_stuck(scene.today)]
    stuck.sort(key=lambda one: one.since)
    return Picture(
        said,
        [bars(one.caption, said, [row[0].text for row in one.rows], series_of(one)) for one in tables],
        tables,
        [_name(one, scene) for one in stuck[:_NAMED]],
        scene.labels("health.longest"),
    )


def _order(entry: Entry, scene: Scene) -> tuple[int, str]:
    """What is nearest to a decision comes first, and of that the oldest."""
    return -scene.lifecycle.statuses.index(entry.design.status), entry.since or "9"


def _said(found: Sequence[Entry], total: int, scene: Scene) -> str:
    labels = scene.labels
    counts = [f"{len(those)} {labels.status(status)}" for status, those in _by_status(found)]
    said = [labels("health.open", n=len(found), total=total, statuses=", ".join(counts))]
    shares = [one.percent for one in found if one.percent is not None]
    if shares:
        said.append(labels("health.written", percent=round(sum(shares) / len(shares))))
    if stuck := sum(one.is_stuck(scene.today) for one in found):
        said.append(labels("health.stuck", n=stuck, review=REVIEW_DAYS, draft=DRAFT_DAYS))
    return " ".join(said)


# Few: each for itself --------------------------------------------------------------------------------------------


def _drawn(found: Sequence[Entry], said: str, scene: Scene) -> Iterator[str]:
    """Each design as a bar, as long as it has had its status, with how complete it is."""
    rows = [
        Lane(scene.labels.status(status), [_bar(one, scene) for one in those if one.since])
        for status, those in _by_status(found)
    ]
    if rows := [row for row in rows if row.spans]:
        yield lanes(scene.labels("health"), said, rows, stacked=True)


def _by_status(found: Sequence[Entry]) -> Iterator[tuple[Status, Sequence[Entry]]]:
    for status, those in groupby(found, key=lambda one: one.design.status):
        yield status, [*those]


def _bar(entry: Entry, scene: Scene) -> Span:
    look = "crit" if entry.is_stuck(scene.today) else "active" if entry.waits else "done"
    said = [fitted(entry.design.title, _LONGEST), *([] if entry.percent is None else [f"{entry.percent} %"])]
    start = min(datetime.date.fromisoformat(entry.since), scene.today)
    # A day more, so that what began today can be seen.
    return Span(start, scene.today + _DAY, look, " · ".join([*said, _age(entry, scene)]), scene.link(entry.design))


_DAY = datetime.timedelta(days=1)
_LONGEST = 36


def _listed(found: Sequence[Entry], scene: Scene) -> Table:
    labels = scene.labels
    heads = [labels(name) for name in ("table.design", "column.status", "column.age", "column.complete")]
    return Table(labels("health"), heads, [[*_row(one, scene)] for one in found])


def _row(entry: Entry, scene: Scene) -> Iterator[Cell]:
    labels = scene.labels
    yield Cell(entry.design.title, scene.href(entry.design))
    yield Cell(labels.status(entry.design.status))
    yield Cell(_age(entry, scene))
    yield Cell("—" if entry.percent is None else f"{entry.percent} %")


def _age(entry: Entry, scene: Scene) -> str:
    known = age(entry, scene.today, scene.labels)
    return str(known["text"]) if known else scene.labels("not_known")


def _name(entry: Entry, scene: Scene) -> Cell:
    said = f"{entry.design.title} ({scene.labels.status(entry.design.status)}, {_age(entry, scene)})"
    return Cell(said, scene.href(entry.design))


# Many: counted ---------------------------------------------------------------------------------------------------


def _by_age(found: Sequence[Entry], scene: Scene) -> Table:
    days = {id(one): one.age(scene.today) for one in found}
    bands = {f"age_band.{least}": least for least in _AGES}
    return _counted("health.by_age", bands, "not_known", days, found, scene)


def _by_share(found: Sequence[Entry], scene: Scene) -> Table:
    shares = {id(one): one.percent for one in found}
    bands = {f"share_band.{least}": least for least in _SHARES}
    return _counted("health.by_share", bands, "", shares, found, scene)


def _counted(
    caption: str,
    bands: Mapping[str, int],
    unknown: str,
    values: Mapping[int, int | None],
    found: Sequence[Entry],
    scene: Scene,
) -> Table:
    """How many designs of each open status fall into each band; no row at all where nothing is known of any."""
    labels = scene.labels
    statuses = [status for status, _ in _by_status(found)]
    counts: dict[str, list[int]] = {band: [0] * len(statuses) for band in (*bands, *filter(None, [unknown]))}
    for one in found:
        value = values[id(one)]
        band = unknown if value is None else [name for name, least in bands.items() if value >= least][-1]
        if band:
            counts[band][statuses.index(one.design.status)] += 1
    if unknown and not any(counts[unknown]):
        del counts[unknown]
    rows = [[Cell(labels(band)), *(Cell(str(n)) for n in numbers)] for band, numbers in counts.items()]
    heads = [labels(caption), *map(labels.status, statuses)]
    known = any(value is not None for value in values.values())
    return Table(labels(caption), heads, rows if known else [])

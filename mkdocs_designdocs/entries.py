"""Entries: every design of the catalogue as lists show it, what it says of itself completed by its history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_designdocs import dates
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.history import Change, Past
from mkdocs_designdocs.lifecycle import Gate, Lifecycle
from mkdocs_designdocs.people import Directory, Person, each_once, named
from mkdocs_designdocs.queries import natural
from mkdocs_designdocs.relations import Relations
from mkdocs_designdocs.roll import NOBODY, Roll, roll

if TYPE_CHECKING:
    from mkdocs_designdocs.catalog import Catalog

REVIEW_DAYS, DRAFT_DAYS = 30, 90
"""From then on a design that waits for its reviewers, or one that is still being written, counts as stuck."""


@dataclass(frozen=True)
class Entry:
    """One design as lists of all kinds show it."""

    design: Design
    relations: Relations
    past: Past
    avatars: Mapping[str, str]
    """Addresses of pictures, by the key of the person."""
    roll: Roll = NOBODY
    """Everybody whom the designs of the collection name."""

    @property
    def authors(self) -> Sequence[Person]:
        """Whom the design names, else whom git knows."""
        return self.design.metadata.authors or self.past.authors

    @property
    def created(self) -> str:
        """An ISO date, the design's own or git's; empty where nobody knows."""
        return self.design.metadata.created or self.past.created

    @property
    def updated(self) -> str:
        """Likewise."""
        return self.design.metadata.updated or self.past.updated

    @cached_property
    def changes(self) -> Sequence[Change]:
        """How it came to its status, from the first: what the design says itself, and after that what git saw."""
        known = [None, *self.stages, *self._seen()]
        return [one for before, one in pairwise(known) if one and (not before or before.status != one.status)]

    @cached_property
    def stages(self) -> Sequence[Change]:
        """What the design says itself; what is still to come does not count before its day."""
        today = dates.today().isoformat()
        return [Change(key, day, f"{day}T00:00:00Z") for key, day in self.design.metadata.stages if day <= today]

    def _seen(self) -> Sequence[Change]:
        """What git saw after the last of its stages: from that day only what came after that stage."""
        if not self.stages:
            return self.past.changes
        last, changes = self.stages[-1], self.past.changes
        later = [one for one in changes if one.day > last.day]
        if last.status == self.design.status.key:
            return later
        that_day = [one for one in changes if one.day == last.day]
        met = max((place for place, one in enumerate(that_day) if one.status == last.status), default=-1)
        said = {one.status for one in self.stages}
        return [*(one for one in that_day[met + 1 :] if one.status not in said), *later]

    @property
    def since(self) -> str:
        """The ISO date from which it has had its status; empty where nobody knows."""
        return self._since[0]

    @property
    def is_since_exact(self) -> bool:
        """Whether it came to its status on that day; else it was there before, nobody knows how long."""
        return self._since[1]

    @cached_property
    def _since(self) -> tuple[str, bool]:
        """A design of which no change is known has had its status since it was made, if that is the first of the
        lifecycle; another one since it was last changed, at least, and git has met it."""
        status, known = self.design.status, self.changes
        if known and known[-1].status != status.key:
            return "", False  # it is not committed
        if known and (len(known) > 1 or self.stages):
            return known[-1].day, True
        met = [known[-1].day] if known and self.past.whole else []  # a shallow clone begins with no day of theirs
        if status == self.relations.lifecycle.initial:
            return min(filter(None, [self.created, *met]), default=""), True
        return min(filter(None, [self.design.metadata.updated, *met]), default=""), False

    def age(self, today: datetime.date) -> int | None:
        """For how many days it has had its status."""
        return max((today - datetime.date.fromisoformat(self.since)).days, 0) if self.since else None

    @property
    def waits(self) -> bool:
        """Whether it waits for its reviewers: it is open, and no draft any more."""
        return self.design.status.group == "open" and self.design.status.gate is not Gate.DRAFT

    @property
    def stuck_from(self) -> int:
        """From how many days in its status on it counts as stuck; 0 for one that is decided."""
        return 0 if self.design.status.group != "open" else REVIEW_DAYS if self.waits else DRAFT_DAYS

    def is_stuck(self, today: datetime.date) -> bool:
        """Whether it has been open in its status for too long."""
        days = self.age(today)
        return days is not None and 0 < self.stuck_from <= days

    @property
    def percent(self) -> int | None:
        """How much of it is written; None where nothing is asked for."""
        verdict = self.design.verdict
        return 100 * verdict.written // verdict.required if verdict.required else None


def entries_of(catalog: Catalog, lifecycle: Lifecycle) -> Sequence[Entry]:
    """The entries of a catalogue: by status in the order of the lifecycle, what changed last first, then by title."""
    found = list(_entries(catalog))
    found.sort(key=lambda one: natural(one.design.title))
    found.sort(key=lambda one: one.updated or one.created, reverse=True)
    found.sort(key=lambda one: lifecycle.statuses.index(one.design.status))
    return found


def waiting_for(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """What waits for the review of each person, by their key."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(map(entry.roll.key, entry.design.metadata.reviewers)) if entry.waits else ():
            found.setdefault(key, []).append(entry)
    return found


def _entries(catalog: Catalog) -> Iterator[Entry]:
    pasts = {design.path: _signed(catalog.history.of(design.path), catalog.directory) for design in catalog.designs}
    everybody = roll(_everybody(catalog, pasts), catalog.directory)
    for design in catalog.designs:
        yield Entry(design, catalog.relations, pasts[design.path], catalog.avatars, everybody)


def _signed(past: Past, directory: Directory) -> Past:
    """A past whose people have the names that the site knows; where it knows them, or they have a name at all, their
    address, which they have only told git, is nobody's business."""

    def signed(who: Person) -> Person:
        known = named(who, directory)
        return replace(known, email="") if known.name or known.handle else known

    changes = [replace(change, who=signed(change.who)) for change in past.changes]
    return replace(past, authors=each_once(map(signed, past.authors)), changes=changes)


def _everybody(catalog: Catalog, pasts: Mapping[str, Past]) -> Iterator[Person]:
    for design in catalog.designs:
        yield from design.metadata.authors or pasts[design.path].authors
        yield from design.metadata.reviewers

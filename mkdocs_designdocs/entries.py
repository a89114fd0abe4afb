"""Entries: every design of the catalogue as lists show it, what it says of itself completed by its history."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.history import NO_HISTORY, Change, History, Past
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.relations import Relations


@dataclass(frozen=True)
class Entry:
    """One design as lists of all kinds show it."""

    design: Design
    relations: Relations
    past: Past
    avatars: Mapping[str, str]
    """Addresses of pictures, by the key of the person."""

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
        """How it came to its status, from the first."""
        return self.past.changes

    @cached_property
    def since(self) -> str:
        """The ISO date from which it has had its status; empty where nobody knows.

        A design that git has only known in this one has had it from when it says that it was created, if that is
        before git met it. What is not committed has it from nobody knows when.
        """
        key, known = self.design.status.key, self.past.changes
        if not known or known[-1].status != key:
            return ""
        born = self.design.metadata.created
        return min(born, known[-1].day) if born and len(known) == 1 else known[-1].day

    def age(self, today: datetime.date) -> int | None:
        """For how many days it has had its status."""
        return max((today - datetime.date.fromisoformat(self.since)).days, 0) if self.since else None

    @property
    def percent(self) -> int | None:
        """How much of it is written; None where nothing is asked for."""
        verdict = self.design.verdict
        return 100 * verdict.written // verdict.required if verdict.required else None


def entries_of(catalog: Catalog, lifecycle: Lifecycle, history: History = NO_HISTORY) -> Sequence[Entry]:
    """The entries of a catalogue: by status in the order of the lifecycle, what changed last first, then by title."""
    found = list(_entries(catalog, history))
    found.sort(key=lambda one: one.design.title.casefold())
    found.sort(key=lambda one: one.updated or one.created, reverse=True)
    found.sort(key=lambda one: lifecycle.statuses.index(one.design.status))
    return found


def _entries(catalog: Catalog, history: History) -> Iterator[Entry]:
    for design in catalog.designs:
        yield Entry(design, catalog.relations, history.of(design.path), catalog.avatars)

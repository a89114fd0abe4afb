"""Moves: what happened to designs, one event at a time, for whoever follows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.history import Change
from mkdocs_designdocs.people import Person


@dataclass(frozen=True)
class Move:
    """A design came to a status, or was made."""

    entry: Entry
    before: str
    """The key of the status that it had; empty where it had none, or nobody knows which."""
    status: str
    """The key of the one that it came to; empty where nobody knows what it was made as."""
    is_new: bool
    """Whether it was made then."""
    day: str
    """An ISO date."""
    time: str
    """As RFC 3339 writes it; midnight where only the day is known."""
    who: Person
    """Who has committed it; nobody where the design says it itself."""
    commit: str
    number: int = 1
    """Which of the design's moves to this status on this day it is."""

    @property
    def instant(self) -> datetime:
        """When it was, to be compared."""
        return datetime.fromisoformat(self.time.replace("Z", "+00:00"))


def moves(entry: Entry) -> Sequence[Move]:
    """All that is known to have happened to a design, from the first.

    What a shallow clone begins with has not happened when it begins.
    """
    found: list[Move] = []
    seen: Counter[tuple[str, str]] = Counter()
    before = ""
    for number, one in enumerate(entry.changes):
        first = number == 0
        is_new = first and (entry.past.whole if one.commit else one.day == entry.created)
        seen[one.status, one.day] += 1
        if not first or is_new or not one.commit:
            found.append(_move(entry, before, one, seen[one.status, one.day], is_new=is_new))
        before = one.status
    born = entry.design.metadata.created
    if born and not any(move.is_new for move in found) and not (found and found[0].day < born):
        found.insert(0, _move(entry, "", Change("", born, f"{born}T00:00:00Z"), is_new=True))
    return found


def _move(entry: Entry, before: str, one: Change, number: int = 1, *, is_new: bool) -> Move:
    return Move(entry, before, one.status, is_new, one.day, one.time, one.who, one.commit, number)


def newest(entries: Iterable[Entry], count: int) -> Sequence[Move]:
    """The last moves of a collection, the newest first."""
    found = [move for entry in entries for move in moves(entry)]
    found.sort(key=lambda move: move.entry.design.uri)
    found.sort(key=lambda move: move.instant, reverse=True)
    return found[:count]

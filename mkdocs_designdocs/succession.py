"""Succession: whether all that designs say of taking each other's place can be true at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from mkdocs_designdocs.circles import circles, knots
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.references import neighbour
from mkdocs_designdocs.relations import INVERSE, Relations

_LONGEST = 7
"""The most designs of a circle that a message names."""
_FAR = 20
"""How many designs are looked at to find out whether two are of one line; where there are more they are taken to be."""


@dataclass(frozen=True)
class Succession:
    """The designs of a catalogue, in the light of who takes whose place."""

    designs: Sequence[Design]
    relations: Relations

    def check(self) -> Iterator[Diagnostic]:
        """All that designs say of each other can be true at once"""
        yield from self.check_circles("supersedes", "nobody can tell which of them holds", Level.ERROR)
        yield from self.check_circles("depends_on", "none of them can come first", Level.WARNING)
        yield from self.check_in_force()
        yield from self.check_successors()
        yield from self.check_ends()
        yield from self.check_links()

    @cached_property
    def older(self) -> Mapping[str, Sequence[Design]]:
        """Whose place each design takes, by its uri, whoever of the two says so."""
        return {one.uri: self.relations.designs(one, "supersedes") for one in self.designs}

    @cached_property
    def newer(self) -> Mapping[str, Sequence[Design]]:
        """Which designs take the place of each."""
        return {one.uri: self.relations.designs(one, "superseded_by") for one in self.designs}

    def check_circles(self, relation: str, follows: str, level: Level) -> Iterator[Diagnostic]:
        """A relation never leads back to where it began"""
        by_path = {one.path: one for one in self.designs}
        graph = {one.path: [other.path for other in self.relations.designs(one, relation)] for one in self.designs}
        for circle, together in circles(graph):
            first, second = by_path[circle[0]], by_path[circle[1]]
            said = relation if self.relations.says(first, relation, second) else INVERSE[relation]
            more = together - (len(circle) - 1)
            what = f"`{relation}` leads in a circle, {_way(circle)}: {follows}"
            if first is second:
                what = f"`{said}` names the design itself: {circle[0]} -> {circle[0]}"
            elif more:
                what += f"; {more} more {'design hangs' if more == 1 else 'designs hang'} together with them"
            mend = "take the name out" if first is second else "take one of these relations out"
            yield finding("relation-cycle", *_place(first, said), what, help=mend, level=level)

    def check_in_force(self) -> Iterator[Diagnostic]:
        """What a design in force supersedes is closed"""
        statuses = self.relations.lifecycle.statuses
        closing = self.relations.superseded or next((status for status in statuses if status.group == "closed"), None)
        if closing is None:
            return
        circle = self._circle_of()
        for new in self.designs:
            if not new.metadata.status or new.status.group != "in force":
                continue
            for old in self.older[new.uri]:
                if not old.metadata.status or old.status.group == "closed":
                    continue
                if old is new or circle.get(new.uri, -1) == circle.get(old.uri, -2):
                    continue  # that they go in a circle has been said
                said = self.relations.says(old, "superseded_by", new)
                at, where = (old, "superseded_by") if said else (new, "supersedes")
                what = f"{_named(new, at)} is {_label(new)} and supersedes {_named(old, at)}, still {_label(old)}: "
                what += "readers find both in force" if old.status.group == "in force" else "it still counts as open"
                mend = f"set the status of {old.path} to `{closing.label.lower()}`; if only a part of it is superseded,"
                mend += " name it in `related` instead"
                yield finding("relation-conflict", *_place(at, where), what, help=mend)

    def check_successors(self) -> Iterator[Diagnostic]:
        """A design and those that supersede it say the same of who does"""
        for old in self.designs:
            successors = self.newer[old.uri]
            if len(successors) < 2:
                continue
            said = [one for one in successors if not self.relations.says(one, "supersedes", old)]
            claimed = [one for one in successors if not self.relations.says(old, "superseded_by", one)]
            if pair := next(((one, other) for one in said for other in claimed if self._compete(one, other)), None):
                what = f"{_named(old, old)} says that it is superseded by {_named(pair[0], old)}, and "
                what += f"{_named(pair[1], old)} says that it is by that one: readers are sent two ways"
                mend = f"name both here if both take its place, else take it out of `supersedes` in {pair[1].path}"
                yield finding("relation-conflict", *_place(old, "superseded_by"), what, help=mend)

    def check_ends(self) -> Iterator[Diagnostic]:
        """What is superseded leads to a design that holds, or that may yet"""
        unknown = self._before(one for one in self.designs if self._elsewhere(one))
        ends = {
            one.uri
            for one in self.designs
            if one.metadata.status and one.status == self.relations.superseded and self.newer[one.uri]
            if one.uri not in self._heirs and one.uri not in unknown
        }
        for old in self.designs:
            last = next((one for one in self.newer[old.uri] if one.uri not in ends), None)
            if old.uri in ends and last:  # of a line that ends in nothing its last but one says so
                what = f"{_named(old, old)} is superseded, and its successor {_named(last, old)} is {_label(last)}: "
                what += "nothing that holds takes its place"
                mend = "name the design that holds now in `superseded_by`, or change the status of one of the two"
                place = _place(old, "superseded_by", "status")
                yield finding("relation-conflict", *place, what, help=mend)

    def check_links(self) -> Iterator[Diagnostic]:
        """Who links to what is superseded knows it: a design that is not closed builds on what holds"""
        gone = {one.uri: one for one in self.designs if self.relations.is_superseded(one)}
        files = {uri.rpartition("/")[2] for uri in gone}
        for one in self.designs:
            aware = {one.uri, *(each.uri for relation in INVERSE for each in self.relations.designs(one, relation))}
            for link in one.verdict.links if one.status.group != "closed" else ():
                if link.target.rpartition("/")[2] not in files:
                    continue
                old = gone.get(neighbour(one.uri, link.target))
                if old is None or old.uri in aware:
                    continue
                aware.add(old.uri)
                what = f"{shown(old.title)} is superseded"
                yield finding("link-superseded", one.path, link.line, link.column, what, help=self._instead(old))

    def _circle_of(self) -> Mapping[str, int]:
        """For each design that takes its own place in the end the number of its circle."""
        graph = {uri: [other.uri for other in those] for uri, those in self.older.items()}
        return {uri: number for number, knot in enumerate(knots(graph)) for uri in knot}

    def _compete(self, one: Design, other: Design) -> bool:
        """Whether two successors of a design cannot both be its next.

        Two drafts may well compete, what was given up competes with nobody, and of one line each is a successor.
        """
        pair = (one, other)
        if any(each.metadata.status is None or self.relations.is_abandoned(each) for each in pair):
            return False
        if all(each.status.group == "open" for each in pair):
            return False
        for following in (self.older, self.newer):
            line = [each.uri for each in islice(_line(one, following), _FAR)]
            if other.uri in line or len(line) == _FAR:
                return False
        return True

    @cached_property
    def _heirs(self) -> Mapping[str, Design]:
        """For each design the nearest that is not closed and of whose line it is; of one that is not closed itself."""
        return self._before(one for one in self.designs if one.status.group != "closed")

    def _before(self, these: Iterable[Design]) -> Mapping[str, Design]:
        """Some designs and all whose place they have taken, however far back, each with the nearest of the former."""
        found = {one.uri: one for one in these}
        queue = deque(found.values())
        while queue:
            one = queue.popleft()
            for old in self.older[one.uri]:
                if old.uri not in found:
                    found[old.uri] = found[one.uri]
                    queue.append(old)
        return found

    def _elsewhere(self, one: Design) -> str:
        """What a design names as its successor that is no design of the catalogue."""
        return next((r.name for r in self.relations.said_by(one, "superseded_by") if r.design is None), "")

    def _instead(self, old: Design) -> str:
        """What to link to in the place of a design."""
        if heir := self._heirs.get(old.uri):
            return f"{_named(heir)} takes its place; link to that, or name this one in `related`"
        if elsewhere := self._elsewhere(old):
            return f"{shown(elsewhere)} takes its place; link to that, or name this one in `related`"
        return "link to what holds now, or name it in `related`"


def _line(start: Design, following: Mapping[str, Sequence[Design]]) -> Iterator[Design]:
    """A design and all that follow it, the nearest first."""
    seen, queue = {start.uri}, deque([start])
    while queue:
        one = queue.popleft()
        yield one
        for other in following[one.uri]:
            if other.uri not in seen:
                seen.add(other.uri)
                queue.append(other)


def _way(circle: Sequence[str]) -> str:
    """`a.md -> b.md -> a.md`, with the middle left out where it is long."""
    if len(circle) > _LONGEST + 1:
        left_out = f"({len(circle) - _LONGEST} more)"
        circle = [*circle[: _LONGEST - 2], left_out, *circle[-2:]]
    return " -> ".join(circle)


def _named(design: Design, at: Design | None = None) -> str:
    """A design as a message names it; of the one at which it stands the path is known."""
    return shown(design.title) if design is at else f"{shown(design.title)} ({design.path})"


def _label(design: Design) -> str:
    return design.status.label.lower()


def _place(design: Design, *fields: str) -> tuple[str, int, int]:
    """Where a design says the first of some fields that it says."""
    return design.place(next((name for name in fields if name in design.verdict.origins), fields[0]))

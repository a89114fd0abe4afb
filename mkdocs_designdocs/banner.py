"""The banner of a design that is closed, or that another is to replace: what that means, and where to go instead."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.references import Reference
from mkdocs_designdocs.relations import Relations

SUPERSEDED, PENDING, CLOSED = "superseded", "pending", "closed"


@dataclass(frozen=True)
class Banner:
    """What a reader has to know of a design before they read it."""

    kind: str
    """`superseded`; the key of another closed status, `rejected` or `withdrawn`, or `closed` where it is a team's own;
    `pending` where the design holds, and an open one is to take its place."""
    successors: Sequence[Reference] = ()
    """What takes its place."""
    heirs: Sequence[Design] = ()
    """Where none of these is in force, what is at the end of the line, or may yet be."""


def banner_of(design: Design, relations: Relations) -> Banner | None:
    """The banner of a design; None where it needs none."""
    successors = list(_successors(design, relations))
    if design.status.group != "closed":
        following = [one for one in successors if one.design and one.design.status.group == "open"]
        return Banner(PENDING, following) if following and design.status.group == "in force" else None
    key = design.status.key
    kind = SUPERSEDED if relations.is_superseded(design) and key not in _TOLD else key if key in _TOLD else CLOSED
    known = [one.design for one in successors if one.design]
    if len(known) < len(successors) or any(one.status.group == "in force" for one in known):
        return Banner(kind, successors)
    return Banner(kind, successors, [one for one in _heirs(known, relations) if one.uri != design.uri])


_TOLD = ("rejected", "withdrawn")
"""Closed statuses whose names say all, whoever has come after."""


def _successors(design: Design, relations: Relations) -> Iterable[Reference]:
    """Whatever takes the place of a design, each once; what was given up does so only if the design says it."""
    known: dict[str, Reference] = {}
    for one in relations.of(design, "superseded_by"):
        other = one.design
        if other is None:
            known.setdefault(one.name, one)
        elif other.uri == design.uri:
            continue
        elif not relations.is_abandoned(other) or relations.says(design, "superseded_by", other):
            known.setdefault(other.uri, one)
    return known.values()


def _heirs(successors: Sequence[Design], relations: Relations) -> Sequence[Design]:
    """What the line of closed successors leads to: the nearest in force, else the nearest that is open."""
    seen = {one.uri for one in successors}
    queue = deque(one for one in successors if one.status.group == "closed")
    found: dict[str, list[Design]] = {}
    while queue:
        for reference in _successors(queue.popleft(), relations):
            if (other := reference.design) and other.uri not in seen:
                seen.add(other.uri)
                found.setdefault(other.status.group, []).append(other)
                if other.status.group == "closed":
                    queue.append(other)
    may_be = all(one.status.group == "closed" for one in successors)  # else one of them is what may yet hold
    return found.get("in force") or (found.get("open", []) if may_be else [])

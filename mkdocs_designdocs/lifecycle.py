"""The lifecycle: which statuses a design can have, and how much completeness each asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cached_property


class Gate(Enum):
    """How much completeness a status asks for."""

    DRAFT = "draft"
    """May be incomplete: findings of completeness are notes."""
    COMPLETE = "complete"
    """Has to be complete."""
    FINISHED = "finished"
    """Has to be complete, and open boxes of a checklist are warnings."""
    INTEGRITY = "integrity"
    """Is history: only what would break the site or the catalogue counts."""


GROUPS = ("open", "in force", "closed")


@dataclass(frozen=True)
class Status:
    """One stage in the life of a design."""

    key: str
    """As it stands in `designs.json`: lower case, joined by `-`."""
    label: str
    aliases: tuple[str, ...] = ()
    group: str = "open"
    """One of `GROUPS`."""
    gate: Gate = Gate.COMPLETE


@dataclass(frozen=True)
class Lifecycle:
    """All statuses, in the order in which a design goes through them."""

    statuses: tuple[Status, ...]

    def find(self, text: str) -> Status | None:
        """The status that somebody's spelling means: any case, `-`, `_` or space, the key, label or an alias."""
        return self._names.get(words(text))

    def guess(self, text: str) -> Status | None:
        """The status that a misspelling probably means."""
        near = get_close_matches(words(text), self._names, n=1, cutoff=0.6)
        return self._names[near[0]] if near else None

    @cached_property
    def _names(self) -> Mapping[str, Status]:
        """Every spelling. A status's own key comes before any label, and a label before another's alias."""
        names: dict[str, Status] = {}
        for spellings in (lambda s: [s.key], lambda s: [s.label], lambda s: s.aliases):
            for status in self.statuses:
                for name in spellings(status):
                    names.setdefault(words(name), status)
        return names

    @property
    def initial(self) -> Status:
        """What a design without a status is judged as: the first stage."""
        return self.statuses[0]

    def labels(self) -> str:
        """Every label, for messages."""
        return ", ".join(status.label.lower() for status in self.statuses)


def words(text: str) -> str:
    """A status as it is compared."""
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


DEFAULT = Lifecycle(
    (
        Status("draft", "Draft", ("wip", "work in progress", "provisional", "idea"), "open", Gate.DRAFT),
        Status("in-review", "In review", ("review", "under review", "proposed", "pending", "rfc", "open")),
        Status(
            "approved",
            "Approved",
            ("accepted", "adopted", "active", "implementable", "implementing", "ready"),
            "in force",
        ),
        Status(
            "implemented",
            "Implemented",
            ("done", "final", "shipped", "completed", "complete", "released", "live"),
            "in force",
            Gate.FINISHED,
        ),
        Status(
            "superseded",
            "Superseded",
            ("replaced", "deprecated", "retired", "obsolete"),
            "closed",
            Gate.INTEGRITY,
        ),
        Status("rejected", "Rejected", ("declined", "denied"), "closed", Gate.INTEGRITY),
        Status(
            "withdrawn",
            "Withdrawn",
            ("abandoned", "deferred", "stalled", "dropped", "cancelled", "canceled"),
            "closed",
            Gate.INTEGRITY,
        ),
    )
)


def offered(text: str, lifecycle: Lifecycle) -> Sequence[Status]:
    """The statuses that a template's list of choices (`Draft | In Review | Approved`) names, if it is one."""
    choices = [choice.strip(" *_`<>[]()") for choice in re.split(r"[|/]|, ", text)]
    known = [status for choice in choices if (status := lifecycle.find(choice))]
    return known if len(choices) > 1 and len(known) > 1 else ()

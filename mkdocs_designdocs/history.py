"""What has become of the designs of a collection, as git knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_designdocs.people import Person

_NOBODY = Person()


@dataclass(frozen=True)
class Change:
    """A design came to a status."""

    status: str
    """Its key."""
    day: str
    """An ISO date."""
    time: str
    """The same to the second, with its zone, as RFC 3339 writes it."""
    who: Person = _NOBODY
    """Who has written it, whoever has merged it; nobody where the design says itself when it came to be so."""
    commit: str = ""
    """The full hash of the commit with which it came to the branch."""


@dataclass(frozen=True)
class Past:
    """What git knows of one file, under all names that it has had. What it does not know is empty."""

    created: str = ""
    """An ISO date."""
    updated: str = ""
    authors: Sequence[Person] = ()
    """Who has written its first version."""
    changes: Sequence[Change] = ()
    """From the first. That is the status it was born with; where the past is not whole, only what git's knowledge
    begins with, and its day not the day of a change."""
    whole: bool = True
    """Whether that goes back to its beginning."""
    pending: bool = False
    """Whether the file on disk is another than the last that is committed; of one that never was, no more is known."""


@dataclass(frozen=True)
class History:
    """The past of a collection, in one look."""

    pasts: Mapping[str, Past] = field(default_factory=dict)
    """By the path of the document, as `Document.path` has it; what lies in no repository, or is ignored there, is not
    in it."""
    remarks: Sequence[str] = ()
    """What whoever builds the site ought to know: that the clone is shallow, that files are not committed …"""

    def of(self, path: str) -> Past:
        """The past of a design; one of which nothing is known has an empty one."""
        return self.pasts.get(path, _UNKNOWN)


_UNKNOWN = Past()
NO_HISTORY = History()

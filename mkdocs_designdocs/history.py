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
    """Who has committed it to the branch; nobody where the design says itself when it came to be so."""
    commit: str = ""
    """Its full hash."""


@dataclass(frozen=True)
class Past:
    """What git knows of one file, under all names that it has had. What it does not know is empty."""

    created: str = ""
    """An ISO date."""
    updated: str = ""
    authors: Sequence[Person] = ()
    """Who has written its first version."""
    changes: Sequence[Change] = ()
    """From the first; the first of all is the status that it was born with, or with which what git knows begins."""
    whole: bool = True
    """Whether that goes back to its beginning."""
    pending: bool = False
    """Whether the file on disk is another than the last that is committed."""


@dataclass(frozen=True)
class History:
    """The past of a collection, in one look."""

    pasts: Mapping[str, Past] = field(default_factory=dict)
    """By the path of the document, as `Document.path` has it; a file that git does not know is not in it."""
    remarks: Sequence[str] = ()
    """What whoever builds the site ought to know: that the clone is shallow, that files are not committed …"""

    def of(self, path: str) -> Past:
        """The past of a design; one of which nothing is known has an empty one."""
        return self.pasts.get(path, _UNKNOWN)


_UNKNOWN = Past()
NO_HISTORY = History()

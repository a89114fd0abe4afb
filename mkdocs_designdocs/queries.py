"""A query: which designs a list takes. The index's markers, the command and the page's own tools ask the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_designdocs.entries import Entry


@dataclass(frozen=True)
class Query:
    """What the designs of a list have in common; each field that is not empty has to hold, by any of its values."""

    statuses: tuple[str, ...] = ()
    """Keys of statuses, or groups of the lifecycle."""
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is one of them."""
        status = entry.design.status
        return not self.statuses or status.key in self.statuses or status.group in self.statuses


EVERYTHING = Query()

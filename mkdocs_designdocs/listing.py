"""A listing: what one index holds and how it shows that, as the configuration or a marker asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_designdocs.queries import EVERYTHING, Query

PARTS = ("health", "status", "author", "timeline", "relations")
"""What an index can consist of, a heading each; `list` is all of it in one, without a heading."""
COLUMNS = ("title", "authors", "reviewers", "age", "updated", "complete", "tags", "relations", "questions", "boxes")
"""What an index can show of each design; `created`, `id`, `status` and `template` are there on request."""


@dataclass(frozen=True)
class Listing:
    """One index."""

    query: Query = EVERYTHING
    parts: tuple[str, ...] = PARTS
    columns: tuple[str, ...] = COLUMNS
    order: str = "-updated"
    """The column that the designs of a group are sorted by, `-` for the other way round."""
    tools: bool = True
    """Whether it can be filtered and sorted on the page."""


WHOLE = Listing()

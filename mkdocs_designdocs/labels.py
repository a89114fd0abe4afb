"""The words that the index and the header of a design are labelled with, so that a site can have its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs_designdocs.lifecycle import DEFAULT, Status

WORDS: Mapping[str, str] = {
    "all_designs": "All designs",
    "by_author": "By author",
    "by_status": "By status",
    "created": "created",
    "designs": "designs",
    "relations": "How they hang together",
    "health": "How they are doing",
    "timeline": "What happened when",
    "no_author": "No author",
    "updated": "updated",
    **{f"status.{status.key}": status.label for status in DEFAULT.statuses},
}
"""Every label, as it is where a site says nothing. `{n}` in one is a number."""


@dataclass(frozen=True)
class Labels:
    """The labels of a site."""

    language: str = "en"
    own: tuple[tuple[str, str], ...] = ()
    """The label by its name, where it is another than in `WORDS`."""

    def __call__(self, name: str, **values: object) -> str:
        """A label with its values filled in; raises KeyError for one that there is not."""
        text = dict(self.own).get(name) or WORDS[name]
        return text.format(**values) if values else text

    def status(self, status: Status) -> str:
        """The label of a status: the lifecycle's, where a team has called it otherwise than we do."""
        name = f"status.{status.key}"
        return self(name) if WORDS.get(name) == status.label else status.label


ENGLISH = Labels()

"""The fields of a design's metadata, as values: what they are called, what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_designdocs.lifecycle import Status
from mkdocs_designdocs.people import Person

TEXT, DATE, PEOPLE, TEXTS = "text", "date", "people", "texts"

FIELDS: Mapping[str, str] = {
    "template": TEXT,
    "template_version": TEXT,
    "id": TEXT,
    "title": TEXT,
    "status": TEXT,
    "authors": PEOPLE,
    "reviewers": PEOPLE,
    "created": DATE,
    "updated": DATE,
    "issue": TEXT,
    "spec": TEXT,
    "tags": TEXTS,
    "supersedes": TEXTS,
    "superseded_by": TEXTS,
    "depends_on": TEXTS,
    "related": TEXTS,
}
"""Every field that a design can have whatever its template, and its type."""

RELATIONS = ("supersedes", "superseded_by", "depends_on", "related")


@dataclass(frozen=True)
class Metadata:
    """The metadata of one design, complete when made. What is not given is empty or None."""

    template: str = ""
    template_version: str = ""
    """That of the template from which the design was made."""
    id: str = ""
    title: str = ""
    status: Status | None = None
    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    created: str = ""
    """An ISO date."""
    updated: str = ""
    issue: str = ""
    spec: str = ""
    tags: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    """When it came to which status, as it says itself: the key of the status and an ISO date, from the first."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the template renders: models, endpoints, components …"""


@dataclass(frozen=True)
class Origin:
    """Where the value of a field stands, and how."""

    kind: str
    """`block`, `page` (the page's front matter), `fence`, `sidecar`, `table`, `list`, `bold line`, `line`, `section`,
    `relation` (a phrase), `footer`, `configuration`, `folder`, `name` (of the file)."""
    path: str
    """The file that says it, as diagnostics print it."""
    line: int
    column: int
    raw: str
    """As it is written there, with whatever decorates it."""


def said(metadata: Metadata, name: str) -> str:
    """What a field holds, as a line of Markdown says it."""
    value = getattr(metadata, name)
    if isinstance(value, Status):
        return value.label
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value or "")

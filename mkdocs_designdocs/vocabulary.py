"""What documents in the wild call the fields of a design."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_designdocs.fields import FIELDS

NAMES: Mapping[str, Sequence[str]] = {
    "id": ("number", "proposal", "rfc", "adr", "rfc number", "adr number", "proposal id", "design id"),
    "title": ("feature name",),
    "status": ("state", "implementation status", "proposal status", "document status", "decision status"),
    "authors": (
        "author",
        "owners",
        "owner",
        "proposers",
        "proposer",
        "written by",
        "champions",
        "champion",
        "dri",
        "deciders",
        "decision makers",
    ),
    "reviewers": (
        "reviewer",
        "required reviewers",
        "review managers",
        "review manager",
        "approvers",
        "approver",
        "shepherds",
        "shepherd",
    ),
    "created": (
        "creation date",
        "date created",
        "created at",
        "created on",
        "start date",
        "date proposed",
        "date",
    ),
    "updated": (
        "last updated",
        "last update",
        "updated at",
        "updated on",
        "last modified",
        "modified",
        "last revised",
        "date updated",
    ),
    "issue": (
        "issues",
        "tracking issue",
        "tracking issues",
        "tracking link",
        "related issues",
        "ticket",
        "tickets",
        "related tickets",
        "jira",
    ),
    "spec": ("specification", "feature spec"),
    "tags": ("tag", "labels", "keywords"),
    "supersedes": ("replaces", "obsoletes"),
    "superseded_by": ("replaced by", "obsoleted by"),
    "depends_on": ("requires", "dependencies"),
    "related": ("see also", "related to", "related designs", "related adrs", "related proposals"),
}
"""Other names of each field, as they are compared; one that stands earlier counts before one that stands later."""

IN_YAML: Mapping[str, Sequence[str]] = {"title": ("name", "feature")}
"""Names that mean a field in YAML, and all kinds of things in prose."""

NO_LABELS = frozenset({"template", "template_version"})
"""Fields that only a block can set: a line such as `**Template:** none` means something else."""


@dataclass(frozen=True)
class Vocabulary:
    """The names of the fields, those that a team has added first."""

    added: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Field to names; a name with dots is a path in YAML: `metadata.state`."""

    def find(self, label: str) -> str:
        """The field that a label names; empty where it names none."""
        return self._labels.get(compared(label), "")

    def rank(self, label: str) -> int:
        """The place of a label among all that name a field: of two that name the same the lower counts."""
        return self._ranks[compared(label)]

    def keys(self, name: str) -> Sequence[tuple[str, ...]]:
        """The paths at which YAML may hold a field, the likeliest first."""
        return self._keys[name]

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        labels: dict[str, str] = {}
        for names in (self.added, {name: (name,) for name in FIELDS if name not in NO_LABELS}, NAMES):
            for name, others in names.items():
                for other in others:
                    labels.setdefault(compared(other), name)
        return labels

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {label: rank for rank, label in enumerate(self._labels)}

    @cached_property
    def _keys(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        keys: dict[str, Sequence[tuple[str, ...]]] = {}
        for name in FIELDS:
            said = (*self.added.get(name, ()), name, *NAMES.get(name, ()), *IN_YAML.get(name, ()))
            paths = (tuple(compared(part) for part in other.split(".")) for other in said)
            keys[name] = tuple(dict.fromkeys(paths)) if name not in NO_LABELS else ()
        return keys


def compared(name: str) -> str:
    """A name without case, and with spaces for `-` and `_`; `Author(s)` is `authors`."""
    return " ".join(re.sub(r"[\s_-]+", " ", name.replace("(s)", "s")).split()).casefold()


DEFAULT = Vocabulary()

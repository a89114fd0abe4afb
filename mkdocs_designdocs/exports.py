"""The catalogue for programs: `designs.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.relations import INVERSE
from mkdocs_designdocs.report import person


def as_json(entries: Iterable[Entry]) -> str:
    """`designs.json`; `docs/reference/json.md` describes it."""
    return json.dumps({"version": 1, "designs": [_listed(one) for one in entries]}, ensure_ascii=False, indent=1)


def _listed(entry: Entry) -> dict[str, object]:
    design = entry.design
    said = design.metadata
    return {
        "path": design.path,
        "url": design.url,
        "title": design.title,
        "template": said.template or None,
        "status": said.status.key if said.status else None,
        "authors": [person(author) for author in entry.authors],
        "created": entry.created or None,
        "updated": entry.updated or None,
        "tags": list(said.tags),
        "required": design.verdict.required,
        "written": design.verdict.written,
        **{relation: [one.name for one in entry.relations.of(design, relation)] for relation in INVERSE},
    }

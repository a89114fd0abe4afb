"""Records: what programs see of each design, in `designs.json` and from `designdocs list --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.moves import Move, moves
from mkdocs_designdocs.relations import INVERSE
from mkdocs_designdocs.report import person

JSON = "designs.json"
SCHEMA = "designs.schema.json"
"""The name of the file that says what a record holds."""

_KNOWN_TO_GIT = ("authors", "created", "updated")


def as_json(entries: Iterable[Entry], site_url: str = "") -> str:
    """Records in their envelope, a line each; `docs/reference/json.md` describes them."""
    head = {"$schema": SCHEMA, "version": 1, "site_url": site_url or None}
    listed = ",".join(f"\n{_written(record(one))}" for one in entries)
    return f'{_written(head)[:-1]}, "designs": [{listed}\n]}}\n'


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def record(entry: Entry) -> dict[str, object]:
    """One design."""
    design = entry.design
    said, gist = design.metadata, design.verdict.gist
    return {
        "path": design.path,
        "url": design.url,
        "id": said.id or None,
        "title": design.title,
        "overview": gist.overview or None,
        "template": said.template or None,
        "status": said.status.key if said.status else None,
        "status_label": said.status.label if said.status else None,
        "group": design.status.group,
        "since": entry.since or None,
        "since_exact": bool(entry.since) and entry.is_since_exact,
        "authors": [person(author) for author in entry.authors],
        "reviewers": [person(reviewer) for reviewer in said.reviewers],
        "waiting": entry.waits,
        "created": entry.created or None,
        "updated": entry.updated or None,
        "from_git": [name for name in _KNOWN_TO_GIT if getattr(entry, name) and not getattr(said, name)],
        "issue": said.issue or None,
        "spec": said.spec or None,
        "tags": list(said.tags),
        "required": design.verdict.required,
        "written": design.verdict.written,
        "unticked": gist.unticked,
        "questions": gist.questions,
        "changes": [_change(move) for move in moves(entry) if move.status],
        **{relation: [one.name for one in entry.relations.of(design, relation)] for relation in INVERSE},
    }


def _change(move: Move) -> dict[str, object]:
    return {
        "from": move.before or None,
        "status": move.status,
        "date": move.day,
        "time": move.time if move.commit else None,
        "by": person(move.who) if move.commit else None,
        "commit": move.commit or None,
    }

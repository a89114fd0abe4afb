"""Designs without their text: values as the analysis would make them, for what is computed across designs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design, Link, Verdict
from mkdocs_designdocs.entries import Entry, entries_of
from mkdocs_designdocs.fields import FIELDS, TEXTS, Metadata, Origin
from mkdocs_designdocs.history import History, Past
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle
from mkdocs_designdocs.people import directory
from mkdocs_designdocs.relations import relate


def a_design(
    uri: str,
    status: str | None = "approved",
    *,
    title: str = "",
    links: Iterable[str] = (),
    id_from: str = "block",
    lifecycle: Lifecycle = DEFAULT,
    **said: Any,
) -> Design:
    """One design; relations may be one name or several. What it says stands in lines 4, 5 … in the order given."""
    values = {
        name: (value,) if isinstance(value, str) and FIELDS[name] == TEXTS else value for name, value in said.items()
    }
    known = lifecycle.find(status) if status else None
    origins = {name: Origin("block", f"docs/{uri}", line, 3, "") for line, name in enumerate(values, 4)}
    if "id" in origins:
        origins["id"] = Origin(id_from, f"docs/{uri}", 1 if id_from == "name" else origins["id"].line, 1, "")
    verdict = Verdict(
        metadata=Metadata(status=known, **values),
        title=title or uri,
        status_key=(known or lifecycle.initial).key,
        sections=(),
        required=0,
        written=0,
        diagnostics=(),
        origins=origins,
        links=tuple(Link(target, line, 5) for line, target in enumerate(links, 20)),
        section_paths=(),
        body_digest="",
        readable=None,
        expanded=None,
        places={},
        ignored=(),
        adopted=False,
    )
    return Design(f"docs/{uri}", uri, uri.removesuffix(".md") + "/", known or lifecycle.initial, verdict)


def entries(
    *designs: Design,
    pasts: Mapping[str, Past] | None = None,
    authors: Mapping[str, Any] | None = None,
    lifecycle: Lifecycle = DEFAULT,
) -> Sequence[Entry]:
    """Some designs as lists show them. `pasts` by `uri`, `authors` as in an `.authors.yml`."""
    relations = relate(designs, lifecycle=lifecycle)
    known = History({f"docs/{uri}": past for uri, past in (pasts or {}).items()})
    names = directory({"authors": authors or {}})
    return entries_of(Catalog(designs, (), relations=relations, directory=names, history=known), lifecycle)


def uris(designs: Sequence[Design]) -> list[str]:
    """What some designs are called."""
    return [one.uri for one in designs]

"""Columns: what lists of designs can be sorted by, on the page as in a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.queries import folded, natural
from mkdocs_designdocs.relations import INVERSE

Key = tuple[int | str, ...]
"""What the values of one column are compared by; empty where a design has none."""


def in_order(entries: Sequence[Entry], order: str) -> list[Entry]:
    """Some entries by a column, `-` before it for the other way round; those without a value come last in both."""
    column, backwards = order.removeprefix("-"), order.startswith("-")
    keys = {id(one): KEYS[column](one) for one in entries}
    known = [one for one in entries if keys[id(one)]]
    unknown = [one for one in entries if not keys[id(one)]]
    return [*sorted(known, key=lambda one: keys[id(one)], reverse=backwards), *unknown]


def usual(column: str) -> str:
    """The order that somebody means who chooses a column: texts from A, of days and numbers the highest first."""
    return f"-{column}" if column in _DOWNWARDS else column


_DOWNWARDS = {"age", "created", "updated", "complete", "relations", "questions", "boxes"}


def ranks(entries: Sequence[Entry], column: str) -> Sequence[int]:
    """The place of each entry in a column, from 1, the same for what is equal; 0 for those without a value."""
    keys = [KEYS[column](one) for one in entries]
    places: Mapping[Key, int] = {key: place for place, key in enumerate(sorted({*keys} - {()}), 1)}
    return [places.get(key, 0) for key in keys]


def _number(value: int | None) -> Key:
    return (value,) if value else ()


def _people(those: Iterable[Person]) -> Key:
    return tuple(folded(one.label) for one in those)


def _status(entry: Entry) -> Key:
    return (entry.relations.lifecycle.statuses.index(entry.design.status),)


def _age(entry: Entry) -> Key:
    """The longest in its status has the highest: the day counted backwards."""
    return tuple(-int(part) for part in entry.since.split("-")) if entry.since else ()


def _related(entry: Entry) -> int:
    return sum(len(entry.relations.designs(entry.design, relation)) for relation in INVERSE)


KEYS: Mapping[str, Callable[[Entry], Key]] = {
    "title": lambda one: natural(one.design.title),
    "id": lambda one: natural(one.design.metadata.id),
    "status": _status,
    "authors": lambda one: _people(one.authors),
    "reviewers": lambda one: _people(one.design.metadata.reviewers),
    "age": _age,
    "created": lambda one: (one.created,) if one.created else (),
    "updated": lambda one: (one.updated or one.created,) if one.updated or one.created else (),
    "complete": lambda one: () if one.percent is None else (one.percent,),
    "tags": lambda one: tuple(map(folded, one.design.metadata.tags)),
    "template": lambda one: natural(one.design.metadata.template),
    "relations": lambda one: _number(_related(one)),
    "questions": lambda one: _number(one.design.verdict.gist.questions),
    "boxes": lambda one: _number(one.design.verdict.gist.unticked),
}
"""Every column, and what it is sorted by."""

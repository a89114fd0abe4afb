"""Facets: what the designs of a list differ in, and how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.queries import natural
from mkdocs_designdocs.vocabulary import compared

Values = Mapping[str, str]
"""What one design has of a facet: labels by their keys."""


@dataclass(frozen=True)
class Value:
    """One of the values of a facet."""

    key: str
    label: str
    places: Sequence[int]
    """Which of the entries have it."""


@dataclass(frozen=True)
class Facet:
    """Something that designs differ in."""

    name: str
    values: Sequence[Value]

    def of(self, count: int) -> Sequence[Sequence[int]]:
        """For each of `count` entries, which of the values it has."""
        found: list[list[int]] = [[] for _ in range(count)]
        for number, value in enumerate(self.values):
            for place in value.places:
                found[place].append(number)
        return found


def facet(name: str, entries: Sequence[Entry], names: Mapping[str, str], labels: Labels) -> Facet:
    """One of the `FACETS` of some entries; the values of a status come as the entries do, others by label, nobody
    and nothing last. `names`: see `names_of`."""
    known: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for key, label in FACETS[name](entry, names, labels).items():
            known.setdefault(key, label)
            places.setdefault(key, []).append(place)
    values = [Value(key, known[key], those) for key, those in places.items()]
    if name != "status":
        values.sort(key=lambda one: (not one.key, natural(one.label)))
    return Facet(name, values)


def names_of(entries: Iterable[Entry]) -> Mapping[str, str]:
    """What everybody is called whom some entries name, by the key of the person; two of one name are told apart."""
    people: dict[str, Person] = {}
    for entry in entries:
        for one in (*entry.authors, *entry.design.metadata.reviewers):
            key = entry.roll.key(one)
            if not (key in people and people[key].name):
                people[key] = one
    those: dict[str, list[str]] = {}
    for key, one in people.items():
        those.setdefault(one.label, []).append(key)
    return {key: _apart(one) if len(those[one.label]) > 1 else one.label for key, one in people.items()}


def _apart(who: Person) -> str:
    sure = who.handle or who.email or who.url
    return f"{who.label} ({sure})" if sure else who.label


def _status(entry: Entry, _: Mapping[str, str], labels: Labels) -> Values:
    return {entry.design.status.key: labels.status(entry.design.status)}


def _author(entry: Entry, names: Mapping[str, str], labels: Labels) -> Values:
    keys = [entry.roll.key(one) for one in entry.authors]
    return {key: names[key] for key in keys} or {"": labels("no_author")}


def _template(entry: Entry, _: Mapping[str, str], labels: Labels) -> Values:
    name = entry.design.metadata.template
    return {name: name or labels("no_template")}


def _tag(entry: Entry, _: Mapping[str, str], labels: Labels) -> Values:
    return {compared(tag): tag for tag in entry.design.metadata.tags} or {"": labels("no_tag")}


FACETS: Mapping[str, Callable[[Entry, Mapping[str, str], Labels], Values]] = {
    "status": _status,
    "author": _author,
    "template": _template,
    "tag": _tag,
}

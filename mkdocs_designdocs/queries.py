"""A query: which designs a list takes. The index's markers, the command and the page's own tools ask the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from mkdocs_designdocs.levels import spec
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.vocabulary import compared

if TYPE_CHECKING:
    from mkdocs_designdocs.entries import Entry

NOT = "!"
"""What stands before a value that a design must not have."""


@dataclass(frozen=True)
class Query:
    """What the designs of a list have in common; each field that is not empty has to hold, by any of its values.

    A value after `!` must not hold, whatever the others say.
    """

    statuses: tuple[str, ...] = ()
    """Keys of statuses."""
    authors: tuple[str, ...] = ()
    """As the roll of the collection finds them: `@ana`, a name, an address, a key."""
    reviewers: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    """Likewise, whose review it waits for."""
    templates: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """In any case."""
    paths: tuple[str, ...] = ()
    """What `.gitignore` would call the pages, in the folder of the documents."""
    text: tuple[str, ...] = ()
    """Words, or parts of them, that all stand in what a list shows of a design, those after `!` aside."""

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is one of them."""
        return all(_TESTS[name](entry, said) for name, said in self.given())

    def given(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The fields that are not empty, with their values."""
        for one in fields(self):
            if said := getattr(self, one.name):
                yield one.name, said


EVERYTHING = Query()


def _any(said: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether any of some values holds, and none of those that must not."""
    wanted = [value for value in said if not value.startswith(NOT)]
    return not any(holds(value[len(NOT) :]) for value in said if value.startswith(NOT)) and (
        not wanted or any(map(holds, wanted))
    )


def _named(entry: Entry, said: Sequence[str], who: Iterable[Person]) -> bool:
    keys = {entry.roll.key(one) for one in who}
    return _any(said, lambda value: not keys.isdisjoint(entry.roll.find(value)))


def _same(one: str, other: str) -> bool:
    return compared(one) == compared(other)


def _waits(entry: Entry, said: Sequence[str]) -> bool:
    return entry.waits and _named(entry, said, entry.design.metadata.reviewers)


def _tagged(entry: Entry, said: Sequence[str]) -> bool:
    tags = {compared(tag) for tag in entry.design.metadata.tags}
    return _any(said, lambda value: compared(value) in tags)


_TESTS: Mapping[str, Callable[[Entry, Sequence[str]], bool]] = {
    "statuses": lambda entry, said: _any(said, lambda key: key == entry.design.status.key),
    "authors": lambda entry, said: _named(entry, said, entry.authors),
    "reviewers": lambda entry, said: _named(entry, said, entry.design.metadata.reviewers),
    "waiting": _waits,
    "templates": lambda entry, said: _any(said, lambda name: _same(name, entry.design.metadata.template)),
    "tags": _tagged,
    "paths": lambda entry, said: _any(said, lambda glob: spec(glob).match_file(entry.design.uri)),
    "text": lambda entry, said: _has_words(entry, said),
}


def _has_words(entry: Entry, said: Sequence[str]) -> bool:
    design, who = entry.design, (text for one in entry.authors for text in (one.name, one.handle))
    shown = design.title, design.metadata.id, design.verdict.gist.overview, *design.metadata.tags, *who
    text = folded(" ".join(shown))
    return all((folded(word.removeprefix(NOT)) in text) != word.startswith(NOT) for word in said)


def natural(text: str) -> tuple[int | str, ...]:
    """What a text is sorted by as people sort it, `DD-9` before `DD-10`; empty where it is."""
    parts = re.split(r"(\d{1,18})", folded(text))
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)) if text else ()


def folded(text: str) -> str:
    """A text as it is searched: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))

"""The roll of a collection: everybody whom its designs name, each known once, however they are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mkdocs_designdocs.people import Directory, Person, named, people


@dataclass(frozen=True)
class Roll:
    """Everybody whom some designs name."""

    keys: Mapping[Person, str] = field(default_factory=dict)
    """What tells each from the others; two who are the same person have the same."""
    directory: Directory = field(default_factory=dict)
    """Whom the site knows besides, and how."""
    _found: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def key(self, who: Person) -> str:
        """What tells somebody from everybody else."""
        return self.keys.get(who, who.key)

    def find(self, text: str) -> frozenset[str]:
        """The keys of those whom a text means: a key, `@ana`, `Ana Ruiz`, `ana@example.com`; of none where nobody is.

        A name that two people have means both of them.
        """
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._find(text)
        return known

    def _find(self, text: str) -> frozenset[str]:
        keys = frozenset(self.keys.values())
        if text in keys:
            return frozenset((text,))
        asked = [named(who, self.directory) for who in people(text)]
        return frozenset(key for one in asked for who, key in self.keys.items() if _means(one, who, key))


NOBODY = Roll()


def roll(everybody: Iterable[Person], directory: Directory | None = None) -> Roll:
    """The roll of some people; somebody named without a handle or an address is the one who has that name."""
    those = dict.fromkeys(everybody)
    known: dict[str, set[str]] = {}
    for who in those:
        if who.name and _is_sure(who):
            known.setdefault(_compared(who.name), set()).add(who.key)
    alone = {name: next(iter(keys)) for name, keys in known.items() if len(keys) == 1}
    keys = {who: who.key if _is_sure(who) else alone.get(_compared(who.name), who.key) for who in those}
    return Roll(keys, directory or {})


def _is_sure(who: Person) -> bool:
    return bool(who.handle or who.email)


def _means(asked: Person, who: Person, key: str) -> bool:
    """Whether somebody is who is asked for: by handle or address where these are given, for names are no one's own."""
    if asked.handle or asked.email:
        same = asked.handle and _compared(asked.handle) in (_compared(who.handle), key)
        return bool(same or (asked.email and _compared(asked.email) in (_compared(who.email), key)))
    if asked.url and not asked.name:
        return _compared(asked.url).rstrip("/") == _compared(who.url).rstrip("/")
    name = _compared(asked.name)
    return name in (_compared(who.name), _compared(who.handle), key)


def _compared(text: str) -> str:
    return " ".join(text.split()).casefold()

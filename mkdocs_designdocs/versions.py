"""Versions of templates: which of two is newer, and what a template asked for when a design was made from it.

RULE: nobody is asked for a section that is newer than the template from which the design was made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_designdocs import titles
from mkdocs_designdocs.dates import iso_date
from mkdocs_designdocs.skeleton import Section, Skeleton

_PREFIX = re.compile(r"\A(?:v|ver|version|rev|revision)[\s.:]*(?=[0-9])")
_WORD = re.compile(r"[\w.:+/-]{1,40}")
_NUMBERS = re.compile(r"[0-9]+(?:[.-][0-9]+)*")
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")

_Part = tuple[bool, int, str]
"""Whether it is a number; how many digits it has; its digits or letters. Numbers of any length compare so."""


@dataclass(frozen=True, order=True)
class Version:
    """A version as it is compared: by its numbers, then by its text. `v2.0` is `2`, and `1.10` is newer than `1.9`."""

    numbers: tuple[_Part, ...]
    rest: tuple[_Part, ...]
    written: str = field(compare=False)
    """As somebody wrote it."""

    @property
    def is_date(self) -> bool:
        """Whether it is a day of the calendar."""
        return bool(_DATE.fullmatch(self.written) and iso_date(self.written))


def version(text: str) -> Version | None:
    """The version that a text is; None where it is none, for what has no number comes neither before nor after."""
    said = _PREFIX.sub("", text.strip().casefold(), count=1)
    if not _WORD.fullmatch(said) or not re.search(r"[0-9]", said):
        return None
    first = _NUMBERS.match(said)
    numbers = _parts(first[0]) if first else []
    while numbers and not numbers[-1][1]:
        numbers.pop()
    return Version(tuple(numbers), tuple(_parts(said[first.end() if first else 0 :])), text.strip())


def _parts(text: str) -> list[_Part]:
    """The numbers and the words of a text. Zeros that lead a number are left out, so that 0 has no digit."""
    found = (part[0] for part in _PART.finditer(text))
    return [(True, len(n := p.lstrip("0")), n) if p[0] in "0123456789" else (False, 0, p) for p in found]


def is_impossible_date(text: str) -> bool:
    """Whether a text is written as a date, and the calendar has no such day."""
    return bool(_DATE.fullmatch(text.strip())) and not iso_date(text)


def same(one: str, other: str) -> bool:
    """Whether two texts are one version, also where they are none that could be compared."""
    read = version(one), version(other)
    return read[0] == read[1] if all(read) else one.strip().casefold() == other.strip().casefold()


def is_older(one: str, other: str) -> bool:
    """Whether a version comes before another; what is no version comes before none."""
    first, second = version(one), version(other)
    return bool(first and second and first < second)


def named(name: str, template: Skeleton) -> Sequence[Section]:
    """The sections that a title, or a path of titles (`Parent > Child`), names."""
    whole, path = titles.key(name), [titles.key(part) for part in name.split(" > ")]
    return [s for s in template.sections if whole == titles.key(s.title) or _keys(template, s)[-len(path) :] == path]


def _keys(template: Skeleton, section: Section) -> list[str]:
    above = _keys(template, template.sections[section.parent]) if section.parent >= 0 else []
    return [*above, titles.key(section.title)]


def newer(template: Skeleton, since: Mapping[str, Version], now: str, made_from: str, created: str) -> frozenset[int]:
    """The sections (by their index) that a template, `now` at this version, has only since a design was made from it.

    A date counts from the day on which the design was created, unless the versions of the template are dates. A design
    that says neither, or was made from the template as it is now, is asked for everything.
    """
    if not since or (made_from and same(made_from, now)):
        return frozenset()
    at, day = version(made_from), version(created)
    late = (
        name
        for name, wanted in since.items()
        if (known := day if wanted.is_date and not (at and at.is_date) else at) and known < wanted
    )
    return frozenset(section.index for name in late for section in named(name, template))

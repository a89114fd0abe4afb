"""What somebody asks a list for, read as a query: in a marker, in the configuration, on the command line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.levels import spec
from mkdocs_designdocs.lifecycle import GROUPS, Lifecycle, words
from mkdocs_designdocs.people import Person, people
from mkdocs_designdocs.queries import NOT, Query, folded
from mkdocs_designdocs.vocabulary import compared

if TYPE_CHECKING:
    from mkdocs_designdocs.entries import Entry


@dataclass(frozen=True)
class Doubt:
    """What is wrong with a field of a query, or may be."""

    field: str
    """As whoever asks has written it."""
    message: str
    is_likely: bool = True
    """Whether it is probably a mistake, and not what is still to come."""


NAMES: Mapping[str, str] = {
    "status": "statuses",
    "author": "authors",
    "reviewer": "reviewers",
    "waiting": "waiting",
    "template": "templates",
    "tag": "tags",
    "path": "paths",
    "text": "text",
}
"""What whoever asks calls each field; its plural and `waiting for` are understood too."""

_CALLED = {plural: name for name, plural in NAMES.items()}
_SPELT = {**NAMES, **{plural: plural for plural in NAMES.values()}, "waiting for": "waiting"}


def called(name: str) -> str:
    """The field of a query that a name means; empty where it means none."""
    return _SPELT.get(compared(name), "")


def read(said: Mapping[str, object], lifecycle: Lifecycle) -> tuple[Query, Sequence[Doubt]]:
    """The query that some fields ask for, and what is wrong with them; a field that is wrong is left out.

    A value is a text with commas between several, or a list of such.
    """
    found: dict[str, tuple[str, ...]] = {}
    doubts: list[Doubt] = []
    for name, value in said.items():
        field = called(name)
        if not field:
            near = get_close_matches(compared(name), _SPELT, n=1, cutoff=0.6)
            guess = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(NAMES)}"
            doubts.append(Doubt(name, f"there is no field {shown(name)}; {guess}"))
            continue
        try:
            found[field] = (*found.get(field, ()), *_READERS.get(field, _values)(_texts(value), lifecycle))
        except ValueError as error:
            doubts.append(Doubt(name, str(error)))
    return Query(**{field: tuple(dict.fromkeys(values)) for field, values in found.items()}), doubts


def _texts(value: object) -> Sequence[str]:
    given: Sequence[object] = value if isinstance(value, (list, tuple)) else [value]
    texts = [text for text in given if isinstance(text, str) and text.strip()]
    if len(texts) < len(given) or not texts:
        raise ValueError(f"expected a text or a list of them, got {shown(value)}")
    return texts


def _values(texts: Iterable[str], _: Lifecycle) -> Sequence[str]:
    """The values between the commas, each behind the `!` that it may have, with nothing in between."""
    parts = [part.strip() for text in texts for part in re.split(r"[,;]", text)]
    values = [NOT + part[len(NOT) :].strip() if part.startswith(NOT) else part for part in parts if part]
    if not values or NOT in values:
        raise ValueError(f"expected a value, got {shown(', '.join(parts))}")
    return values


def _statuses(texts: Iterable[str], lifecycle: Lifecycle) -> Sequence[str]:
    """Keys of statuses; a group stands for those in it."""
    return [
        value[: len(NOT)] + key if value.startswith(NOT) else key
        for value in _values(texts, lifecycle)
        for key in _status(value.removeprefix(NOT), lifecycle)
    ]


def _status(text: str, lifecycle: Lifecycle) -> Sequence[str]:
    """A status by its key or label; a group by its name; and then a status by any other word for it.

    So `open` is all that is open, though it is also a word for being in review.
    """
    asked = words(text)
    for status in lifecycle.statuses:
        if asked in (words(status.key), words(status.label)):
            return [status.key]
    if asked in GROUPS:
        return [status.key for status in lifecycle.statuses if status.group == asked]
    if found := lifecycle.find(text):
        return [found.key]
    # Other words for a status are no guesses: who reads `nope` and "did you mean `in review`?" does not know of `open`.
    names = {words(name): one.label.lower() for one in lifecycle.statuses for name in (one.key, one.label)}
    near = get_close_matches(asked, [*GROUPS, *names], n=1, cutoff=0.7)
    likely = names.get(near[0], near[0]) if near else ""
    meant = f"did you mean `{likely}`?" if likely else f"known are {lifecycle.labels()}; {', '.join(GROUPS)}"
    raise ValueError(f"there is no status {shown(text)}; {meant}")


def _people(texts: Iterable[str], lifecycle: Lifecycle) -> Sequence[str]:
    found = []
    for value in _values(texts, lifecycle):
        sign = NOT if value.startswith(NOT) else ""
        those = [_ask(who) for who in people(value.removeprefix(NOT))]
        if not those:
            raise ValueError(f"{shown(value)} names nobody")
        found += [sign + who for who in those]
    return found


def _ask(who: Person) -> str:
    """The surest way to ask for somebody."""
    return f"@{who.handle}" if who.handle else who.email or who.name or who.url


def _paths(texts: Iterable[str], lifecycle: Lifecycle) -> Sequence[str]:
    values = _values(texts, lifecycle)
    try:
        list(map(spec, (value.removeprefix(NOT) for value in values)))
    except ValueError as error:
        raise ValueError("expected paths and patterns as in .gitignore") from error
    return values


def _words(texts: Iterable[str], lifecycle: Lifecycle) -> Sequence[str]:
    """Each word behind the `!` that it may have."""
    values = _values(texts, lifecycle)
    return [sign + word for value in values for sign, word in re.findall(rf"({NOT}?)\s*([^\s{NOT}]\S*)", value)]


_READERS: Mapping[str, Callable[[Iterable[str], Lifecycle], Sequence[str]]] = {
    "statuses": _statuses,
    "authors": _people,
    "reviewers": _people,
    "waiting": _people,
    "paths": _paths,
    "text": _words,
}


# What nobody has ---------------------------------------------------------------------------------------------------


def unmet(query: Query, entries: Sequence[Entry]) -> Iterator[Doubt]:
    """The people, templates, tags and paths of a query that no design has, each with a guess at what was meant.

    A query for them is no mistake unless they look like what some design has: the first that has them may be written
    tomorrow. A path to no design at all is likely to be one.
    """
    for field, said in query.given():
        if field not in _HAVE or not entries:
            continue
        known = Counter(name for entry in entries for name in _HAVE[field](entry))
        for one in said:
            value = one.removeprefix(NOT)
            if not any(Query(**{field: (value,)}).takes(entry) for entry in entries):
                guess = _guess(value, known)
                likely = bool(guess) or (field == "paths" and value == one)
                yield Doubt(_CALLED[field], f"no design {_HAS[field].format(f'`{value}`')}{guess}", likely)


def _guess(value: str, known: Collection[str]) -> str:
    spelt = {folded(name.lstrip("@")): name for name in known}
    near = get_close_matches(folded(value.lstrip("@")), spelt, n=1, cutoff=0.6)
    return f"; did you mean `{spelt[near[0]]}`?" if near else ""


def _ways(those: Iterable[Person]) -> Iterator[str]:
    for who in those:
        yield from filter(None, (who.handle and f"@{who.handle}", who.name, who.email))


_HAVE: Mapping[str, Callable[[Entry], Iterable[str]]] = {
    "authors": lambda entry: _ways(entry.authors),
    "reviewers": lambda entry: _ways(entry.design.metadata.reviewers),
    "waiting": lambda entry: _ways(entry.design.metadata.reviewers if entry.waits else ()),
    "templates": lambda entry: filter(None, (entry.design.metadata.template,)),
    "tags": lambda entry: entry.design.metadata.tags,
    "paths": lambda entry: (f"{folder}/" for folder in PurePosixPath(entry.design.uri).parents if folder.name),
}
_HAS = {
    "authors": "is by {}",
    "reviewers": "names {} as a reviewer",
    "waiting": "waits for {}",
    "templates": "has the template {}",
    "tags": "has the tag {}",
    "paths": "lies in {}",
}

"""The data of a front matter that can be drawn, read from every short form that people write it in.

Nothing here complains: what cannot be read is left out, and `strays` says so.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ARROW = re.compile(r"-{1,2}>{1,2}|→")
_WORDS = ("label", "when", "on", "via", "text", "call", "message")
STATE_KEYS = frozenset({"name", "to", "initial", "final", "note"})
FRAGMENTS = ("opt", "loop", "alt", "par")
"""What a group of steps can be: what stands under the key is when, or the list of its branches."""


@dataclass(frozen=True)
class Arrow:
    """From something to what is named."""

    target: str
    label: str = ""
    kind: str = ""
    """Of a relation between models: `one-to-many` …"""
    path: tuple[Hashable, ...] = ()
    """Where the target is named, below the key of the data."""


@dataclass(frozen=True)
class Component:
    """A box and the arrows that leave it."""

    name: str
    kind: str = ""
    group: str = ""
    calls: Sequence[Arrow] = ()


@dataclass(frozen=True)
class Field:
    """A field of a model."""

    name: str
    type: str = ""
    key: str = ""


@dataclass(frozen=True)
class Model:
    """An entity, and how it relates to others."""

    name: str
    fields: Sequence[Field] = ()
    relations: Sequence[Arrow] = ()


@dataclass(frozen=True)
class State:
    """A state and the ways out of it."""

    name: str
    to: Sequence[Arrow] = ()
    initial: bool = False
    final: bool = False
    note: str = ""


@dataclass(frozen=True)
class Step:
    """A message."""

    source: str
    target: str
    text: str = ""
    reply: bool = False
    note: str = ""
    path: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Fragment:
    """Steps that are taken again, perhaps, or beside others."""

    kind: str
    """One of `FRAGMENTS`."""
    branches: Sequence[tuple[str, Sequence[Step | Fragment]]]
    """When, and what then; `opt` and `loop` have one."""


def components(given: object) -> list[Component]:
    """The parts of a design, in the order in which they stand."""
    return [
        Component(
            name,
            _text(known.get("kind")).casefold(),
            _text(known.get("group")),
            [a for key in ("calls", "uses", "depends_on") for a in arrows(known.get(key), (*path, key))],
        )
        for name, known, path in named(given)
    ]


def models(given: object) -> list[Model]:
    """The models; relationships that are mere sentences are no arrows."""
    return [
        Model(
            name,
            [
                Field(field, _text(more.get("type", more.get(""))), _text(more.get("key")).upper())
                for field, more, _ in named(known.get("fields"))
            ],
            [
                arrow
                for number, item in enumerate(_list(known.get("relationships")))
                if isinstance(item, Mapping)
                for arrow in arrows(item, (*path, "relationships", number))
            ],
        )
        for name, known, path in named(given)
    ]


def states(given: object) -> list[State]:
    """The states with their transitions; `Queued -> Running: a worker takes it` is one as well."""
    found: dict[str, State] = {}
    for name, known, path in named(given):
        if line := _line(name, _text(known.get("", ""))):
            source, arrow = line.source, Arrow(line.target, line.text, path=path)
            one = State(source, [arrow])
        else:
            # Without a key of ours the names are those of the states that follow: `Queued: {Running: taken}`.
            plain = known.get("", None if STATE_KEYS & {*known} else known)
            one = State(
                name,
                arrows(known["to"], (*path, "to")) if "to" in known else arrows(plain, path),
                known.get("initial") is True,
                known.get("final") is True,
                _text(known.get("note")),
            )
        before = found.get(same(one.name), State(one.name))
        found[same(one.name)] = State(
            before.name,
            [*before.to, *one.to],
            before.initial or one.initial,
            before.final or one.final,
            before.note or one.note,
        )
    return list(found.values())


def steps(given: object, path: tuple[Hashable, ...] = ()) -> list[Step | Fragment]:
    """The messages in order, groups among them."""
    found = (step(item, (*path, number)) for number, item in enumerate(_list(given)))
    return [one for one in found if one]


def step(item: object, path: tuple[Hashable, ...] = ()) -> Step | Fragment | None:
    """One message or group; None where it is neither."""
    if not isinstance(item, Mapping):
        return _line(_text(item), path=path)
    if "from" in item and "to" in item:
        text = next((_text(item[word]) for word in _WORDS if word in item), "")
        source, target = _text(item["from"]), _text(item["to"])
        if not source or not target:
            return None
        return Step(source, target, text, item.get("reply") is True, _text(item.get("note")), path)
    for kind in FRAGMENTS:
        if kind in item:
            return _fragment(kind, item, path)
    lines = [(_text(key), _text(text)) for key, text in item.items() if _ARROW.search(_text(key))]
    # YAML reads the unquoted `A -> B: text` as a mapping.
    return _line(*lines[0], path=path) if len(lines) == 1 else None


def _fragment(kind: str, item: Mapping[Any, Any], path: tuple[Hashable, ...]) -> Fragment | None:
    said = item[kind]
    if isinstance(said, (list, tuple)):
        given = [
            (_text(one.get("when")), steps(one.get("steps"), (*path, kind, number, "steps")))
            for number, one in enumerate(said)
            if isinstance(one, Mapping)
        ]
    else:
        given = [(_text(said), steps(item.get("steps"), (*path, "steps")))]
        if "else" in item and kind in ("alt", "opt"):
            given.append(("else", steps(item["else"], (*path, "else"))))
    branches = [(when, inner) for when, inner in given if inner]
    return Fragment(kind, branches) if branches else None


def _line(text: str, said: str = "", path: tuple[Hashable, ...] = ()) -> Step | None:
    """`A -> B: text`, and `A --> B` for what comes back."""
    arrow = _ARROW.search(text)
    if not arrow:
        return None
    source, rest = text[: arrow.start()].strip(), text[arrow.end() :]
    target, _, more = rest.partition(": ")
    target = target.strip().removesuffix(":").rstrip()
    return Step(source, target, said or more.strip(), "--" in arrow.group(), path=path) if source and target else None


def arrows(given: object, path: tuple[Hashable, ...] = ()) -> list[Arrow]:
    """Where something leads: a name, a list of names or mappings with `to`, or a mapping of names to labels."""
    if isinstance(given, Mapping) and "to" not in given:
        return [Arrow(_text(name), _text(label), path=(*path, name)) for name, label in given.items() if _text(name)]
    if isinstance(given, Mapping):
        label = next((_text(given[word]) for word in _WORDS if word in given), "")
        kind, target = _text(given.get("kind")).casefold(), _text(given["to"])
        return [Arrow(target, label, kind, (*path, "to"))] if target else []
    if isinstance(given, (list, tuple)):
        inner = ((item, (*path, n)) for n, item in enumerate(given) if not isinstance(item, (list, tuple)))
        return [arrow for item, place in inner for arrow in arrows(item, place)]
    return [Arrow(_text(given), path=path)] if _text(given) else []


def named(given: object) -> Iterator[tuple[str, Mapping[Any, Any], tuple[Hashable, ...]]]:
    """The items of a list or mapping: the name of each, what is known of it (under "" where it is no mapping), and
    where it stands."""
    if isinstance(given, Mapping):
        for name, value in given.items():
            if _text(name):
                yield _text(name), value if isinstance(value, Mapping) else {"": value}, (name,)
        return
    for number, item in enumerate(_list(given)):
        if not isinstance(item, Mapping):
            if _text(item):
                yield _text(item), {}, (number,)
        elif _text(item.get("name")):
            yield _text(item["name"]), item, (number,)
        elif len(item) == 1:
            name, value = next(iter(item.items()))
            if _text(name):
                yield _text(name), value if isinstance(value, Mapping) else {"": value}, (number, name)


def same(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(re.split(r"[\s_-]+", name.casefold())).strip()


def _list(given: object) -> Sequence[Any]:
    return given if isinstance(given, (list, tuple)) else ()


def _text(value: object) -> str:
    """A text, a number or a word that YAML takes for something else; empty for anything that is no name."""
    if isinstance(value, bool) or value is None or isinstance(value, (Mapping, list, tuple)):
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else ""
    return str(value).strip()

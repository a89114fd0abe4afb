"""What a team can set, checked and turned into values: plain functions, which say in a ValueError what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mkdocs_designdocs.diagnostics import CODES, Level
from mkdocs_designdocs.lifecycle import DEFAULT, GROUPS, Gate, Lifecycle, Status, words


def index(value: object) -> str:
    """The page of the index: its path, `false` for none, or a mapping with `page`."""
    if isinstance(value, Mapping):
        unknown = set(value) - {"page"}
        if unknown:
            raise ValueError(f"unknown key {sorted(map(str, unknown))[0]!r}; known is: page")
        value = value.get("page", "designs/index.md")
    if value is False or value is None:
        return ""
    if not isinstance(value, str) or not value.endswith(".md"):
        raise ValueError(f"expected the path of a page such as designs/index.md, got {value!r}")
    return value


_DIAGRAMS: Mapping[str, Sequence[str]] = {"pages": ("all", "designs", "none"), "engine": ("pele", "client")}


def diagrams(value: object) -> dict[str, str]:
    """`all`, `designs` or `none`, or a mapping that says more."""
    given: Mapping[Any, Any] = value if isinstance(value, Mapping) else {"pages": value}
    for key, chosen in given.items():
        if key not in ("pages", "engine", "cache_dir"):
            raise ValueError(f"unknown key {key!r}; known are: pages, engine, cache_dir")
        choices = _DIAGRAMS.get(key)
        if choices and chosen not in choices:
            raise ValueError(f"{key}: expected one of {', '.join(choices)}, got {chosen!r}")
        if not isinstance(chosen, str):
            raise ValueError(f"{key}: expected the path of a folder, got {chosen!r}")
    return {str(key): chosen for key, chosen in given.items()}


def lifecycle(value: object) -> Lifecycle:
    """The statuses: a list of them, or a mapping by their keys, in order."""
    if isinstance(value, Lifecycle):
        return value
    if isinstance(value, Mapping):
        value = [_entry(key, entry) for key, entry in value.items()]
    if not isinstance(value, list) or not value:
        raise ValueError("expected a list of statuses")
    made = tuple(_status(entry) for entry in value)
    if len({status.key for status in made}) < len(made):
        raise ValueError("two statuses have the same key")
    return Lifecycle(made)


def _entry(key: object, entry: object) -> object:
    """One entry of a mapping; a mere text is the label."""
    if isinstance(entry, Mapping):
        return {"key": key, **entry}
    if entry is None or isinstance(entry, str):
        return {"key": key, "label": entry} if entry else {"key": key}
    raise ValueError(f"{key}: expected label, aliases, group and gate, got {entry!r}")


def _status(entry: object) -> Status:
    given: Mapping[str, Any] = {"key": entry} if isinstance(entry, str) else entry if isinstance(entry, Mapping) else {}
    name = str(given.get("key") or "")
    key = words(name).replace(" ", "-")
    if not key or set(given) - {"key", "label", "aliases", "group", "gate"}:
        raise ValueError(f"a status has key, label, aliases, group and gate; got {entry!r}")
    status = _like(key, name)
    group = str(given.get("group", status.group))
    gate = str(given.get("gate", status.gate.value))
    gates = [each.value for each in Gate]
    if group not in GROUPS or gate not in gates:
        expected = f"group is one of {', '.join(GROUPS)}; gate is one of {', '.join(gates)}"
        raise ValueError(f"{expected}; got {entry!r}")
    aliases = given.get("aliases", status.aliases)
    if not isinstance(aliases, (str, list, tuple)):
        raise ValueError(f"{key}: aliases is a list of names, got {aliases!r}")
    names = (aliases,) if isinstance(aliases, str) else tuple(map(str, aliases))
    return replace(status, label=str(given.get("label", status.label)), aliases=names, group=group, gate=Gate(gate))


def _like(key: str, name: str) -> Status:
    """What a status is unless more is said of it: as the default one of this key, or of this alias, is."""
    label = name if name != key else key.replace("-", " ").capitalize()
    known = DEFAULT.find(key)
    if known and known.key == key:
        return known if name == key else replace(known, label=label)
    return replace(known, key=key, label=label, aliases=()) if known else Status(key, label)


def levels(value: object) -> dict[str, Level]:
    """Code to level."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of codes to levels")
    levels = {}
    for code, level in value.items():
        if code not in CODES:
            raise ValueError(f"unknown code {code!r}; known are: {', '.join(sorted(CODES))}")
        name = "off" if level is False else str(level)
        if name not in [each.value for each in Level]:
            raise ValueError(f"{code}: expected error, warning, note or off, got {level!r}")
        levels[str(code)] = Level(name)
    return levels

"""What a team can set, checked and turned into values: plain functions, which say in a ValueError what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from mkdocs_designdocs.diagnostics import CODES, Level
from mkdocs_designdocs.fields import FIELDS
from mkdocs_designdocs.levels import KINDS, Levels, Rule, spec
from mkdocs_designdocs.lifecycle import DEFAULT, GROUPS, Gate, Lifecycle, Status, words
from mkdocs_designdocs.settings import DECLARED, Adopted
from mkdocs_designdocs.vocabulary import NO_LABELS

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


def levels(value: object, lifecycle: Lifecycle) -> Levels:
    """Codes, or kinds of them, to levels, or to mappings of statuses and folders to levels."""
    if isinstance(value, Levels):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of codes to levels")
    return Levels(tuple(rule for code, said in value.items() for rule in _rules(str(code), said, lifecycle)))


def _rules(code: str, said: object, lifecycle: Lifecycle) -> Iterator[Rule]:
    """What is said of one code: the weakest first, which is what holds for all else."""
    if code not in CODES and code not in KINDS:
        known = [*KINDS, *sorted(CODES)]
        raise ValueError(f"unknown code {code!r}; {_guess(code, known) or 'known are: ' + ', '.join(known)}")
    if not isinstance(said, Mapping):
        yield Rule(code, _level(code, said))
        return
    for key, level in sorted(said.items(), key=lambda item: item[0] != "else"):
        yield Rule(code, _level(f"{code}, {key}", level), *_place(code, str(key), lifecycle))


def _place(code: str, key: str, lifecycle: Lifecycle) -> tuple[str, str]:
    """The status and the folder that a key of the mapping under a code means."""
    if key == "else":
        return "", ""
    if status := lifecycle.find(key):
        return status.key, ""
    if "/" not in key and "*" not in key:
        near = lifecycle.guess(key)
        guess = f"did you mean {near.label.lower()!r}?" if near else f"known are: {lifecycle.labels()}"
        raise ValueError(f"{code}: unknown status {key!r}; {guess} (a folder is written with a slash: {key + '/'!r})")
    try:
        read = [pattern.include for pattern in spec(key).patterns]
    except ValueError:
        read = []
    if read != [True]:
        raise ValueError(f"{code}: {key!r} is no path of a folder and no glob; write it as in .gitignore, without `!`")
    return "", key


def _level(whose: str, value: object) -> Level:
    name = "off" if value is False else value
    names = [each.value for each in Level]
    if not isinstance(name, str) or name not in names:
        guess = f"; {near}" if isinstance(name, str) and (near := _guess(name, names)) else ""
        raise ValueError(f"{whose}: expected error, warning, note or off, got {value!r}{guess}")
    return Level(name)


def _guess(text: str, known: Sequence[str]) -> str:
    near = get_close_matches(text.casefold(), known, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


# Designs that are there already ----------------------------------------------------------------------------------


def docs(value: object) -> tuple[Adopted, ...]:
    """Which pages are designs: patterns, and mappings of patterns to what such pages are taken for."""
    if isinstance(value, tuple):
        return value  # read already, or nothing
    entries: list[Adopted] = []
    plain: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            plain.append(_pattern(entry))
            continue
        if plain:  # patterns that follow each other belong together: one with `!` takes from those before it
            entries.append(Adopted(tuple(plain)))
            plain = []
        entries.append(_adopted(entry))
    return (*entries, Adopted(tuple(plain))) if plain else tuple(entries)


_OF_DOCS = ("files", "template", "template_version", "status")


def _adopted(entry: object) -> Adopted:
    if not isinstance(entry, Mapping) or "files" not in entry:
        raise ValueError(f"expected a pattern, or a mapping with `files`, got {entry!r}")
    for key in entry:
        if key not in _OF_DOCS:
            raise ValueError(f"unknown key {key!r}; known are: {', '.join(_OF_DOCS)}")
    files = tuple(map(_pattern, _names(entry["files"], "files: expected a pattern or a list of them")))
    said = {key: str(entry[key]) for key in _OF_DOCS[1:] if entry.get(key) is not None}
    return Adopted(files, **said)


def _pattern(text: str) -> str:
    try:
        spec(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no path and no pattern; write it as in .gitignore") from error
    return text


def check_docs(entries: Sequence[Adopted], known: Lifecycle) -> None:
    """The status of pages that say none is one that there is."""
    for entry in entries:
        if entry.status and known.read(entry.status) is None:
            raise ValueError(f"{', '.join(entry.files)}: {_no_status(entry.status, known)}")


def _no_status(name: str, known: Lifecycle) -> str:
    guess = known.guess(name)
    near = f"did you mean {guess.label.lower()!r}?" if guess else f"known are: {known.labels()}"
    return f"there is no status {name!r}; {near}"


def _names(value: object, expected: str) -> tuple[str, ...]:
    """A text or a list of them."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError(f"{expected}, got {value!r}")
    return tuple(names)


def fields(value: object) -> dict[str, tuple[str, ...]]:
    """Field to what the documents call it."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of fields to their names in the documents")
    known = [name for name in FIELDS if name not in NO_LABELS]
    for name in value:
        if name not in known:
            near = get_close_matches(str(name), known, n=1, cutoff=0.6)
            guess = f"did you mean {near[0]}?" if near else f"known are: {', '.join(known)}"
            raise ValueError(f"unknown field {name!r}; {guess}")
    return {str(name): _names(names, f"{name}: expected a name or a list of them") for name, names in value.items()}


def sidecars(value: object) -> tuple[str, ...]:
    """The names of files that lie beside a document."""
    if isinstance(value, tuple):
        return value  # read already, or nothing
    names = _names(value, "expected the name of a file or a list of them")
    for name in names:
        if "/" in name or "\\" in name:
            raise ValueError(f"expected the name of a file beside the document, got the path {name!r}")
    return names


def status_words(value: object) -> dict[str, str]:
    """Word to status."""
    if not isinstance(value, Mapping) or not all(isinstance(status, str) for status in value.values()):
        raise ValueError("expected a mapping of the documents' words to statuses")
    return {str(word): status for word, status in value.items()}


def unpublished(value: object, known: Lifecycle) -> tuple[str, ...]:
    """Statuses, or groups of them, as the keys of statuses."""
    if not value:
        return ()
    chosen: dict[str, None] = {}
    for name in _names(value, "expected a status or a list of them"):
        group, status = words(name), known.find(name)
        if group in GROUPS:  # a word that is some status's alias, too
            chosen |= dict.fromkeys(one.key for one in known.statuses if one.group == group)
        elif status:
            chosen[status.key] = None
        else:
            if near := get_close_matches(group, GROUPS, n=1, cutoff=0.7):
                raise ValueError(f"there is no status {name!r}; did you mean {near[0]!r}?")
            raise ValueError(f"{_no_status(name, known)}; groups are {', '.join(GROUPS)}")
    return tuple(chosen)


def with_words(known: Lifecycle, table: Mapping[str, str]) -> Lifecycle:
    """A lifecycle that understands a team's own words."""
    made = []
    for word, name in table.items():
        status = known.find(name)
        if status is None:
            raise ValueError(f"{word}: {_no_status(name, known)}")
        made.append((word, status.key))
    return replace(known, table=tuple(made))


def templates(value: object) -> dict[str, dict[str, Any]]:
    """Name to the file of a template, and what is declared of it in the place of its front matter."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of names to files")
    return {str(name): _template(str(name), entry) for name, entry in value.items()}


def _template(name: str, entry: object) -> dict[str, Any]:
    given = {"file": entry} if isinstance(entry, str) else entry
    if not isinstance(given, Mapping) or not isinstance(given.get("file", ""), str):
        raise ValueError(f"{name}: expected a file, or a mapping with `file` and declarations, got {entry!r}")
    known = ["file", *DECLARED]
    for key in given:
        if key not in known:
            near = get_close_matches(str(key), known, n=1, cutoff=0.6)
            raise ValueError(f"{name}: unknown key {key!r}; " + (f"did you mean {near[0]}?" if near else str(known)))
    return {str(key): _undated(said) for key, said in given.items()}


def _undated(value: Any) -> Any:
    """A value of `mkdocs.yml` with its dates as they are written in front matter."""
    if isinstance(value, Mapping):
        return {key: _undated(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value

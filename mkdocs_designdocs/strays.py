"""What is wrong with data that is drawn, beyond its form: names that are no part's, steps that lead nowhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from mkdocs_designdocs import shapes
from mkdocs_designdocs.quoting import shown
from mkdocs_designdocs.shapes import FRAGMENTS, STATE_KEYS, Arrow, Component, Step, same
from mkdocs_designdocs.sketches import MOST, walk

_STEP_KEYS = ("from", "to", "text", "call", "message", "label", "reply", "note", "steps", "else", *FRAGMENTS)
_CLOSE = 0.75
_LONG_ENOUGH = 4
_TOO_LONG = 60


@dataclass(frozen=True)
class Stray:
    """Something to be said of one place in the data."""

    path: tuple[Hashable, ...]
    message: str
    help: str = ""
    certain: bool = True
    """Whether it is wrong, and not only likely to be."""


def strays(data: Mapping[str, Any], forms: Mapping[str, str]) -> Iterator[Stray]:
    """What is drawn leads to what there is; `forms`: for keys of the data which of the shared definitions they have"""
    parts = _names(shapes.components(data.get("components"))) if forms.get("components") == "components" else {}
    for key, form in forms.items():
        given = data.get(key)
        if form == "components":
            yield from _arrows(key, form, [(one.name, one.calls) for one in shapes.components(given)])
        elif form == "models":
            yield from _arrows(key, form, [(one.name, one.relations) for one in shapes.models(given)])
        elif form == "states":
            yield from _arrows(key, form, [(one.name, one.to) for one in shapes.states(given)])
            yield from _states(given, key)
        elif form == "steps":
            yield from _steps(given, (key,))
            yield from _participants(key, list(walk(shapes.steps(given, (key,)))), parts)


def _names(ones: Iterable[Component]) -> Mapping[str, str]:
    return {same(one.name): one.name for one in ones}


def _arrows(key: str, form: str, found: Sequence[tuple[str, Sequence[Arrow]]]) -> Iterator[Stray]:
    names = {same(name): name for name, _ in found}
    if len(names) > MOST[form]:
        yield _crowded((key,), form)
        return
    for _, leaving in found:
        for arrow in leaving:
            yield from _mistyped(arrow.target, names, (key, *arrow.path), form)


def _participants(key: str, messages: Sequence[Step], parts: Mapping[str, str]) -> Iterator[Stray]:
    if len(messages) > MOST["steps"]:
        yield _crowded((key,), "steps")
        return
    known = dict(parts)
    for one in messages:
        for name in (one.source, one.target):
            yield from _mistyped(name, known, one.path, "components")
            known.setdefault(same(name), name)  # said once


def _crowded(path: tuple[Hashable, ...], key: str) -> Stray:
    what = f"more than {MOST[key]} {key} are too many for one drawing; none is drawn"
    return Stray(path, what, "draw them in parts, in the sections where each is told", certain=False)


def _mistyped(name: str, names: Mapping[str, str], path: tuple[Hashable, ...], key: str) -> Iterator[Stray]:
    if same(name) in names:
        return
    near = next((told for known, told in names.items() if _is_slip(same(name), known)), "")
    if near:
        what = f"{shown(name)} is none of the {key}; it is drawn beside {shown(near)}"
        yield Stray(path, what, f"did you mean `{near}`? If not, list it too", certain=False)


def _is_slip(name: str, known: str) -> bool:
    """Whether two names differ by a slip in one word, and not by the number or letter that tells them apart."""
    said, meant = name.split(), known.split()
    if len(said) != len(meant):
        return name.replace(" ", "") == known.replace(" ", "")
    apart = [(a, b) for a, b in zip(said, meant, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    if any(c.isdigit() for c in a + b) or min(len(a), len(b)) < _LONG_ENOUGH or max(len(a), len(b)) > _TOO_LONG:
        return False
    return SequenceMatcher(None, a, b).ratio() >= _CLOSE


def _states(given: object, top: str) -> Iterator[Stray]:
    """Every key of a state is known."""
    for _, known, path in shapes.named(given):
        if STATE_KEYS & {*known}:
            for key in known:
                if key not in STATE_KEYS:
                    yield Stray((top, *path, key), f"unknown key {shown(key)}", _guess(key, sorted(STATE_KEYS)))


def _guess(key: object, known: Sequence[str]) -> str:
    near = get_close_matches(str(key), known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"


def _steps(given: object, path: tuple[Hashable, ...]) -> Iterator[Stray]:
    """Every step is one."""
    for number, item in enumerate(given if isinstance(given, list) else ()):
        place = (*path, number)
        read = shapes.step(item)
        if isinstance(item, dict) and not (read and len(item) == 1):
            for key in item:
                if key not in _STEP_KEYS:
                    yield Stray((*place, key), f"unknown key {shown(key)}", _guess(key, _STEP_KEYS))
        inner = list(_inner(item, place)) if isinstance(item, dict) else []
        for steps, where in inner:
            yield from _steps(steps, where)
        if read is None and not inner and isinstance(item, (str, dict)):
            kind = next((kind for kind in FRAGMENTS if kind in item), "") if isinstance(item, dict) else ""
            what = f"the `{kind}` has no steps" if kind else f"{shown(item)} is no step"
            help = "put them under `steps:`" if kind else "write `A -> B: text`, or `from`, `to` and `text`"
            yield Stray(place, what, help)


def _inner(item: Mapping[Any, Any], place: tuple[Hashable, ...]) -> Iterator[tuple[object, tuple[Hashable, ...]]]:
    """The steps in a group, and where they stand."""
    for key in ("steps", "else"):
        if item.get(key):
            yield item[key], (*place, key)
    for kind in FRAGMENTS:
        for number, branch in enumerate(item[kind] if isinstance(item.get(kind), list) else ()):
            if isinstance(branch, dict) and branch.get("steps"):
                yield branch["steps"], (*place, kind, number, "steps")

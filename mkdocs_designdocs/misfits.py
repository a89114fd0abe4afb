"""Misfits: what YAML says of a field that the field cannot hold. What would be dropped is told at its line."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from mkdocs_designdocs.claims import named_by_keys, of_a_person, told
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.fields import FIELDS, PEOPLE
from mkdocs_designdocs.frontmatter import FrontMatter, shown
from mkdocs_designdocs.slips import lost
from mkdocs_designdocs.vocabulary import Vocabulary

PERSON = 'write "Ana Diaz @ana" or `{name: Ana Diaz, handle: ana}`'
"""How to name somebody in YAML."""

Keys = tuple[Hashable, ...]


def check_misfits(front: FrontMatter, lines: Sequence[str], vocabulary: Vocabulary, path: str) -> Iterator[Diagnostic]:
    """Each value that a page's YAML, or a file beside it, has for a field is one that the field can hold

    Of the status `unfit_status` tells: it may stand elsewhere too.
    """
    for name, at, value in told(front, vocabulary):
        if name != "status":
            yield from comments(front, lines, at, value, path, Level.WARNING)
        for place, item in _mappings(at, value):
            line, column = front.mark(*place)
            if (left := _in_braces(item)) and line <= len(lines) and "{" in lines[line - 1]:
                what = f"`{at[-1]}` still holds the placeholder {shown(left)}"
                yield finding("placeholder-left", path, line, column, what, help="replace it, or delete the line")
            elif FIELDS[name] == PEOPLE:
                yield from _nobody(item, str(at[-1]), path, (line, column))


def unfit_status(front: FrontMatter, lines: Sequence[str], vocabulary: Vocabulary, path: str) -> Iterator[Diagnostic]:
    """The status is one text"""
    for name, at, value in told(front, vocabulary):
        if name != "status":
            continue
        yield from comments(front, lines, at, value, path)
        if isinstance(value, bool) or (isinstance(value, (list, Mapping)) and value):
            what = f"`{at[-1]}` wants text, and holds {shown(value)}"
            help = "put it in quotes" if isinstance(value, bool) else f"write one text: `{at[-1]}: draft`"
            yield finding("field-invalid", path, *front.mark(*at), what, help=help)


def comments(
    front: FrontMatter, lines: Sequence[str], at: Keys, value: Any, path: str, level: Level | None = None
) -> Iterator[Diagnostic]:
    """Nothing that is meant as a value is a comment to YAML: `issue: #12`"""
    items = value if isinstance(value, list) else ()
    empty = [at] if value is None else [(*at, index) for index, item in enumerate(items) if item is None]
    for place in empty:
        line = front.marks[place][0] if place in front.marks else 0
        if line and line <= len(lines) and (word := lost(lines[line - 1])):
            whose = f"`{at[-1]}`" if place == at else f"an item of `{at[-1]}`"
            what = f"{whose} is empty: `{word}` is a comment to YAML"
            column = lines[line - 1].index(word) + 1
            yield finding("field-invalid", path, line, column, what, help=f'quote it: "{word}"', level=level)


def _mappings(at: Keys, value: Any) -> Iterator[tuple[Keys, Mapping[Any, Any]]]:
    """The mappings that a value is, or has in its list, with their places."""
    items = [((*at, index), item) for index, item in enumerate(value)] if isinstance(value, list) else [(at, value)]
    yield from ((place, item) for place, item in items if isinstance(item, Mapping) and item)


def _in_braces(value: Mapping[Any, Any]) -> str:
    """A template's `{names of all who decide}`, which is a mapping to YAML."""
    return f"{{{', '.join(map(str, value))}}}" if all(said is None for said in value.values()) else ""


def _nobody(value: Mapping[Any, Any], label: str, path: str, place: tuple[int, int]) -> Iterator[Diagnostic]:
    """Somebody who is written as a mapping has a name in it"""
    if of_a_person(value):
        return
    names = named_by_keys(value)
    what = f"a person in `{label}` has a name, a handle, an email or a url, and not {shown(str(next(iter(value))))}"
    what += f"; it is read as {', '.join(map(shown, names))}" if names else "; nobody is read here"
    yield finding("field-invalid", path, *place, what, help=PERSON, level=Level.WARNING)

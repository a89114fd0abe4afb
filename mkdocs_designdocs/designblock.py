"""The `design:` block of the front matter, read strictly: every value that cannot be used is a diagnostic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from mkdocs_designdocs.dates import iso_date
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import DATE, FIELDS, PEOPLE, TEXT, TEXTS, Origin
from mkdocs_designdocs.frontmatter import FrontMatter, shown
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.misfits import PERSON, comments
from mkdocs_designdocs.people import Person, people
from mkdocs_designdocs.phrases import TODO_ONLY
from mkdocs_designdocs.placeholders import is_placeholder, split
from mkdocs_designdocs.source import Source
from mkdocs_designdocs.stages import STAGES, check_stages, stages

_SINGULAR = {"author": "authors", "reviewer": "reviewers", "tag": "tags", "date": "created"}
_EXAMPLES = {
    TEXT: "write one text: `{}: words`",
    DATE: "write it as year-month-day: 2026-11-03",
    TEXTS: "write `{}: [one, two]`",
    PEOPLE: 'write `{}: ["@ana", Bo Li]`',
}
_OF_A_PERSON = ("name", "handle", "email", "url")


class DesignBlock:
    """The values of a block, and what is wrong with them."""

    def __init__(self, source: Source, front: FrontMatter, lifecycle: Lifecycle) -> None:
        self.source = source
        self.front = front
        self.lifecycle = lifecycle
        self.problems: list[Diagnostic] = []
        self.given = front.values.get("design")
        self.block: Mapping[Any, Any] = {"template": self.given} if isinstance(self.given, str) else self.given or {}
        self.usable = isinstance(self.block, Mapping)
        """Whether the block is one; if not, that is said, and not what is missing in it."""
        if not self.usable:
            wrong = f"`design` wants a mapping or a template's name, and holds {shown(self.block)}"
            self._report("field-invalid", ("design",), wrong, help="write `design:` with `template: NAME` below it")
            self.block = {}
        self.fields, self.unknown = self._named()
        self.lost: set[str] = set()
        """The fields of which something is a comment to YAML only."""
        lines = source.text.split("\n")
        for name, value in self.fields.items():
            if found := list(comments(front, lines, ("design", self._keys[name]), value, source.path)):
                self.problems += found
                self.lost.add(name)

    def template(self) -> str:
        """The name of the template that the block asks for."""
        return self._text("template")

    def values(self) -> dict[str, Any]:
        """What it says of each field; the status as it is written."""
        return {name: getattr(self, f"_{kind}")(name) for name, kind in FIELDS.items()}

    def stages(self, allowed: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """When it came to which status; nothing where that is the name of data. `allowed`: see `data`."""
        return () if STAGES in allowed else stages(self.block.get(STAGES), self.lifecycle)

    def origin(self, name: str, value: str) -> Origin:
        """Where a field stands in it."""
        line, column = self.mark(name)
        return Origin("block", self.source.path, line, column, value)

    def mark(self, name: str) -> tuple[int, int]:
        """The line and column of a field's key, or of the block where it has none."""
        return self.front.mark("design", self._keys.get(name, name))

    def _named(self) -> tuple[dict[str, Any], list[Any]]:
        """The keys of the block under the names of the fields, and those that are none."""
        fields: dict[str, Any] = {}
        unknown = []
        self._keys: dict[str, Any] = {}
        for key, value in self.block.items():
            name = str(key).replace("-", "_")
            name = _SINGULAR.get(name, name)
            if name in fields:
                what = f"`{self._keys[name]}` and `{key}` are the same field; `{key}` counts"
                self._report("field-invalid", ("design", key), what, help="keep one of them")
            if name in FIELDS:
                fields[name] = value
                self._keys[name] = key
            else:
                unknown.append(key)
        return fields, unknown

    def data(self, allowed: Sequence[str]) -> dict[str, Any]:
        """What the template renders: the keys that are no fields. `allowed` are those that it declares."""
        data = {}
        for key in self.unknown:
            if key in allowed:
                data[key] = self.block[key]
                continue
            if key == STAGES:
                self.problems += check_stages(self.block[key], self.front, self.lifecycle, self.source.path)
                continue
            known = [*FIELDS, STAGES, *_SINGULAR, *allowed]
            near = get_close_matches(str(key).casefold(), known, n=1, cutoff=0.6)
            what = f"unknown key {shown(key)} in the design block; nothing is done with it"
            all_of_them = ", ".join([*FIELDS, STAGES, *allowed])
            mend = f"did you mean `{near[0]}`?" if near else f"a design can have {all_of_them}"
            self._report("field-invalid", ("design", key), what, help=mend)
        return data

    def _text(self, name: str) -> str:
        value = self.fields.get(name)
        if value is None or isinstance(value, bool):
            return self._wrong(name, "text") if isinstance(value, bool) else ""
        if isinstance(value, (str, int, float)):
            return self._chosen(name, self._written(value, name))
        return self._wrong(name, "text")

    def _written(self, value: object, name: str, *index: int) -> str:
        """A value as it stands in the file: an id of `007` is no 7."""
        return self.front.written.get(("design", self._keys[name], *index), str(value)).strip()

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self.fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            parts = split(self._written(value, name))
        elif isinstance(value, list) and all(isinstance(v, (str, int, float)) or self._is_lost(name, v) for v in value):
            parts = [self._written(v, name, index) for index, v in enumerate(value) if v is not None]
        else:
            if value is not None:
                self._wrong(name, "a list of texts")
            return ()
        kept = (self._chosen(name, part) for part in parts)
        return tuple(dict.fromkeys(part for part in kept if part))

    def _is_lost(self, name: str, item: object) -> bool:
        """Whether an item of a list is empty, and it has been said why."""
        return item is None and name in self.lost

    def _people(self, name: str) -> tuple[Person, ...]:
        value = self.fields.get(name)
        if value is None:
            return ()
        parts = [v for v in value if not self._is_lost(name, v)] if isinstance(value, list) else [value]
        if not all(isinstance(part, (str, dict)) for part in parts):
            self._wrong(name, "a person or a list of them")
            return ()
        found: list[Person] = []
        for part in parts:
            if isinstance(part, dict):
                found.extend(self._person(name, part))
            elif text := self._chosen(name, part):
                found.extend(person for person in people(text) if self._chosen(name, person.label))
        return tuple({person.key: person for person in found if person.key}.values())

    def _person(self, name: str, given: Mapping[Any, Any]) -> Iterator[Person]:
        """Somebody written as a mapping."""
        said = {key: value for key, value in given.items() if key in _OF_A_PERSON and isinstance(value, str)}
        said = {key: value.strip().removeprefix("@") for key, value in said.items()}
        odd = [key for key, value in given.items() if key not in said and not (key in _OF_A_PERSON and value is None)]
        if odd or not any(said.values()):
            what = f"a person in `{name}` has {', '.join(_OF_A_PERSON)}, and not {shown(odd[0] if odd else None)}"
            near = get_close_matches(str(odd[0]).casefold(), _OF_A_PERSON, n=1, cutoff=0.6) if odd else ()
            mend = f"did you mean `{near[0]}`?" if near else PERSON
            self._report("field-invalid", ("design", self._keys[name]), what, help=mend)
        yield Person(**said)

    def _date(self, name: str) -> str:
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            return self._wrong(name, "a date")
        text = self._chosen(name, str(value).strip())
        if not text:
            return ""
        if date := iso_date(text):
            return date
        what = f"`{name}` is {shown(value)}, which is no date of the calendar"
        self._report("field-invalid", ("design", self._keys[name]), what, help="write it as year-month-day: 2026-11-03")
        return ""

    def _chosen(self, name: str, text: str) -> str:
        """The text, or nothing where it is still what a template put there."""
        path = ("design", self._keys[name])
        if name == "status" and self.lifecycle.find(text):
            return text  # "work in progress" is one
        if is_placeholder(text):
            what = f"`{name}` still holds the placeholder {shown(text)}"
            self._report("placeholder-left", path, what, help="replace it, or delete the line")
            return ""
        if TODO_ONLY.match(text):
            self._report("todo-left", path, f"`{name}` is still {shown(text)}", help="say it, or delete the line")
            return ""
        return text

    def _wrong(self, name: str, wanted: str) -> str:
        value = self.fields[name]
        what = f"`{name}` wants {wanted}, and holds {shown(value)}"
        help = "put it in quotes" if isinstance(value, (bool, int, float)) else _EXAMPLES[FIELDS[name]].format(name)
        self._report("field-invalid", ("design", self._keys[name]), what, help=help)
        return ""

    def _report(self, code: str, path: tuple[Any, ...], message: str, help: str = "") -> None:
        line, column = self.front.mark(*path)
        self.problems.append(finding(code, self.source.path, line, column, message, help=help))

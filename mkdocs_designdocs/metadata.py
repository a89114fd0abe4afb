"""What a design says about itself: its `design:` block, the page's front matter, the metadata lines of its body.

The block wins over the page, the page over the body. Every value that cannot be used is a diagnostic at its line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from mkdocs_designdocs.blocks import Outline
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import DATE, FIELDS, PEOPLE, TEXT, TEXTS, Metadata, said
from mkdocs_designdocs.frontmatter import FrontMatter, shown
from mkdocs_designdocs.lifecycle import Lifecycle, Status, offered
from mkdocs_designdocs.metalines import MetadataLine, metadata_lines
from mkdocs_designdocs.people import Person, people
from mkdocs_designdocs.phrases import TODO_ONLY
from mkdocs_designdocs.placeholders import GENERIC
from mkdocs_designdocs.source import Source
from mkdocs_designdocs.wording import plain_cased

_SINGULAR = {"author": "authors", "reviewer": "reviewers", "tag": "tags", "date": "created"}
_EXAMPLES = {
    TEXT: "write one text: `{}: words`",
    DATE: "write it as year-month-day: 2026-11-03",
    TEXTS: "write `{}: [one, two]`",
    PEOPLE: 'write `{}: ["@ana", Bo Li]`',
}
_OF_A_PERSON = ("name", "handle", "email", "url")


class Reader:
    """Reads the metadata of one design and keeps what it finds wrong."""

    def __init__(self, source: Source, front: FrontMatter, lifecycle: Lifecycle) -> None:
        self.source = source
        self.front = front
        self.lifecycle = lifecycle
        self.problems: list[Diagnostic] = []
        block = front.values.get("design")
        self.block: Mapping[Any, Any] = {"template": block} if isinstance(block, str) else block or {}
        self.usable = isinstance(self.block, Mapping)
        """Whether the block is one; if not, that is said, and not what is missing in it."""
        if not self.usable:
            wrong = f"`design` wants a mapping or a template's name, and holds {shown(self.block)}"
            self._report("field-invalid", ("design",), wrong, help="write `design:` with `template: NAME` below it")
            self.block = {}
        self.fields, self.unknown = self._named()

    def template(self) -> str:
        """The name of the template that the block asks for."""
        return self._text("template")

    def read(self, outline: Outline, allowed: Sequence[str], default_template: str) -> Metadata:
        """All of it. `allowed` are the keys of data that the design's template declares."""
        data = self._data(allowed)
        values: dict[str, Any] = {}
        for name, kind in FIELDS.items():
            values[name] = getattr(self, f"_{kind}")(name)
        lines = list(metadata_lines(outline))
        status = self._status(values.pop("status"), lines)
        self._from_page(values)
        self._from_body(values, lines)
        values["template"] = values["template"] or default_template
        return Metadata(status=status, data=data, **values)

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

    def _data(self, allowed: Sequence[str]) -> dict[str, Any]:
        data = {}
        for key in self.unknown:
            if key in allowed:
                data[key] = self.block[key]
                continue
            known = [*FIELDS, *_SINGULAR, *allowed]
            near = get_close_matches(str(key).casefold(), known, n=1, cutoff=0.6)
            what = f"unknown key {shown(key)} in the design block; nothing is done with it"
            mend = f"did you mean `{near[0]}`?" if near else f"a design can have {', '.join([*FIELDS, *allowed])}"
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
            parts = _split(self._written(value, name))
        elif isinstance(value, list) and all(isinstance(v, (str, int, float)) for v in value):
            parts = [self._written(v, name, index) for index, v in enumerate(value)]
        else:
            if value is not None:
                self._wrong(name, "a list of texts")
            return ()
        kept = (self._chosen(name, part) for part in parts)
        return tuple(dict.fromkeys(part for part in kept if part))

    def _people(self, name: str) -> tuple[Person, ...]:
        value = self.fields.get(name)
        if value is None:
            return ()
        parts = value if isinstance(value, list) else [value]
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
            mend = f"did you mean `{near[0]}`?" if near else 'write "Ana Diaz @ana" or `{name: Ana Diaz, handle: ana}`'
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

    def _status(self, text: str, lines: Sequence[MetadataLine]) -> Status | None:
        """The block's status, else the page's, else one chosen in the body."""
        path: tuple[Any, ...] = ("design", self._keys.get("status", "status"))
        page = self.front.values.get("status")
        if not text and "status" not in self.fields and isinstance(page, str):
            text, path = page, ("status",)
        if text:
            return self._lookup(text, *self.front.mark(*path))
        if "status" in self.fields and self.fields["status"] is not None:
            return None  # said already what is wrong with it
        for line in lines:
            if line.name == "status" and line.value and not offered(line.value, self.lifecycle):
                return self._lookup(plain_cased(line.value), self.source.body_line + line.line - 1, line.column)
        if not self.usable:
            return None
        what = f"the design has no status; it is checked as {self._initially}"
        help = f"add `status:` to the design block: {self.lifecycle.labels()}"
        self._report("field-missing", ("design",), what, help=help)
        return None

    def _lookup(self, text: str, line: int, column: int) -> Status | None:
        if status := self.lifecycle.find(text):
            return status
        path = self.source.path
        if choices := offered(text, self.lifecycle):
            what = f"the status still lists its choices, {shown(text)}"
            help = f"keep one of them: `status: {choices[0].label.lower()}`"
            self.problems.append(finding("status-unchosen", path, line, column, what, help=help))
            return None
        guess = self.lifecycle.guess(text)
        what = f"unknown status {shown(text)}; the design is checked as {self._initially}"
        help = f"did you mean `{guess.label.lower()}`?" if guess else f"one of {self.lifecycle.labels()}"
        self.problems.append(finding("status-unknown", path, line, column, what, help=help))
        return None

    @property
    def _initially(self) -> str:
        """What a design is judged as where its status is not known."""
        initial = self.lifecycle.initial
        return "a draft" if initial.key == "draft" else f'"{initial.label.lower()}"'

    def _from_page(self, values: dict[str, Any]) -> None:
        """What the block does not say, the page's own front matter may; what is odd there is the page's business."""
        page = self.front.values
        if not values["title"] and isinstance(page.get("title"), str):
            values["title"] = page["title"].strip()
        if not values["authors"]:
            named = page.get("authors", page.get("author"))
            parts = named if isinstance(named, list) else [named]
            values["authors"] = tuple(p for part in parts if isinstance(part, str) for p in people(part))
        if not values["tags"] and isinstance(page.get("tags"), list):
            values["tags"] = tuple(str(tag) for tag in page["tags"] if isinstance(tag, (str, int)))
        if not values["created"] and isinstance(page.get("date"), str):
            values["created"] = iso_date(page["date"])

    def _from_body(self, values: dict[str, Any], lines: Sequence[MetadataLine]) -> None:
        for line in lines:
            if line.name not in values or values[line.name] or is_placeholder(line.value) or not line.value:
                continue
            if TODO_ONLY.match(line.value):
                continue  # "TBD" is nobody's name
            kind = FIELDS[line.name]
            if kind == PEOPLE:
                values[line.name] = tuple(people(line.value))
            elif kind == DATE:
                values[line.name] = iso_date(plain_cased(line.value))
            elif kind == TEXTS:
                values[line.name] = tuple(filter(None, _split(plain_cased(line.value))))
            else:
                values[line.name] = line.value

    def _report(self, code: str, path: tuple[Any, ...], message: str, help: str = "") -> None:
        line, column = self.front.mark(*path)
        self.problems.append(finding(code, self.source.path, line, column, message, help=help))


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", text)]


def iso_date(text: str) -> str:
    """A date as `YYYY-MM-DD`, also out of a time; empty where the calendar has no such day."""
    match = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z", text.strip())
    try:
        return datetime.date(*(int(part) for part in match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


def is_placeholder(text: str) -> bool:
    """Whether a value is nothing but a mark to be replaced: `[Name]`, `{{AUTHOR}}`, `@username`, `YYYY-MM-DD`."""
    text = text.strip().strip("*`")
    whole = re.fullmatch(r"\[[^\[\]]{2,}\]|\{\{[^{}]*\}\}|\{[A-Za-z_ ]+\}|<[A-Za-z][^<>@:]*>|_[^_].*_", text)
    return bool(whole or GENERIC.fullmatch(text))


def body_conflicts(source: Source, metadata: Metadata, lifecycle: Lifecycle, outline: Outline) -> Iterator[Diagnostic]:
    """A metadata line of the body says what the design says elsewhere"""
    for line in metadata_lines(outline):
        where = (source.path, source.body_line + line.line - 1, line.column)
        if line.name == "status" and (choices := offered(line.value, lifecycle)):
            what = f"the status still lists its choices, {shown(line.value)}"
            chosen = (metadata.status or choices[0]).label
            yield finding("status-unchosen", *where, what, help=f"keep the one that is true: {chosen}")
        elif is_placeholder(line.value):
            what = f"`{line.label}` still holds the placeholder {shown(line.value)}"
            yield finding("placeholder-left", *where, what, help="replace it, or delete the line")
        elif TODO_ONLY.match(line.value):
            yield finding("todo-left", *where, f"`{line.label}` is still {shown(line.value)}", help="say it")
        elif line.value and not _agrees(line, metadata, lifecycle):
            ours = shown(said(metadata, line.name))
            what = f"`{line.label}` says {shown(line.value)} here and {ours} in the front matter, which counts"
            yield finding("field-conflict", *where, what, help="say it in one place, or the same in both")


def _agrees(line: MetadataLine, metadata: Metadata, lifecycle: Lifecycle) -> bool:
    if line.name == "status":
        status = lifecycle.find(plain_cased(line.value))
        return status is None or metadata.status is None or status == metadata.status
    ours = getattr(metadata, line.name)
    kind = FIELDS[line.name]
    if not ours:
        return True
    if kind == PEOPLE:
        theirs = {person.label.casefold() for person in people(line.value)}
        return {person.label.casefold() for person in ours} == theirs or {p.key for p in people(line.value)} == {
            p.key for p in ours
        }
    if kind == DATE:
        return iso_date(plain_cased(line.value)) in ("", ours)
    if kind == TEXTS:
        return True
    return plain_cased(str(ours)).casefold() in plain_cased(line.value).casefold()

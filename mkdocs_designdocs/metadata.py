"""What a design says about itself, wherever it says it.

The `design:` block wins over the page's front matter, that over YAML in a fence, a sidecar file, the header of the
body, its sections and footer, and last what its folder and its file are called. Every value that cannot be used is a
diagnostic at its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs_designdocs import claims, preamble, stages
from mkdocs_designdocs.agreement import conflicts
from mkdocs_designdocs.blocks import Kind, Outline
from mkdocs_designdocs.claims import Claim
from mkdocs_designdocs.dates import is_impossible, iso_date
from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.designblock import DesignBlock
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.fields import DATE, FIELDS, PEOPLE, RELATIONS, TEXTS, Metadata, Origin
from mkdocs_designdocs.frontmatter import FrontMatter, Problem, parse, shown
from mkdocs_designdocs.lifecycle import Lifecycle, Status, bare, choices, kept, offered
from mkdocs_designdocs.misfits import check_misfits, unfit_status
from mkdocs_designdocs.people import Person, is_name, people
from mkdocs_designdocs.phrases import TODO_ONLY
from mkdocs_designdocs.placeholders import is_placeholder, split
from mkdocs_designdocs.settings import Adopted
from mkdocs_designdocs.source import Source, decode
from mkdocs_designdocs.vocabulary import DEFAULT, Vocabulary, compared

_NOTHING = re.compile(r"[\W_]*(?:n\s?/\s?a|none|null|nil|-)?[\W_]*", re.IGNORECASE)
_AROUND = ("configuration", "folder", "name")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")


@dataclass(frozen=True)
class Surroundings:
    """What else there is to know about a document than its text."""

    uri: str = ""
    """POSIX, relative to the folder of the documents."""
    vocabulary: Vocabulary = DEFAULT
    sidecar: Sidecar | None = None
    adopted: Adopted | None = None
    """How a page is taken that has no block; None for one that has."""


class Reader:
    """Reads the metadata of one design and keeps what it finds wrong."""

    def __init__(
        self, source: Source, front: FrontMatter, lifecycle: Lifecycle, around: Surroundings | None = None
    ) -> None:
        self.source = source
        self.front = front
        self.lifecycle = lifecycle
        self.around = around or Surroundings()
        self.block = DesignBlock(source, front, lifecycle)
        self.origins: dict[str, Origin] = {}
        self.head_fields: frozenset[str] = frozenset()
        """What lines above the first section say."""
        self._problems: list[Diagnostic] = []

    @property
    def problems(self) -> list[Diagnostic]:
        """What is wrong with what was read."""
        return [*self.block.problems, *self._problems]

    def template(self) -> str:
        """The name of the template that the block asks for, or the one that pages such as this are made from."""
        return self.block.template() or (self.around.adopted.template if self.around.adopted else "")

    def read(self, outline: Outline, allowed: Sequence[str], default_template: str) -> Metadata:
        """All of it. `allowed` are the keys of data that the design's template declares."""
        data = self.block.data(allowed)
        values = self.block.values()
        said_in_block = str(values.pop("status"))
        for name, value in values.items():
            if value:
                self.origins[name] = self.block.origin(name, _written(value))
        found = list(self._claims(lambda: outline))
        for claim in found:
            name = claim.field
            if name != "status" and self._is_open(claim, values[name]) and (value := self._taken(claim)):
                values[name] = (*values[name], *_others(value, values[name])) if name == "reviewers" else value
                self.origins.setdefault(name, claim.origin)
        status = self._status(said_in_block, [claim for claim in found if claim.field == "status"])
        above = preamble.head_end(outline) + self.source.body_line - 1
        self.head_fields = frozenset(
            claim.field
            for claim in found
            if claim.origin.kind in preamble.HEAD and claim.origin.line < above and self._says(claim)
        )
        values["template"] = values["template"] or default_template
        metadata = Metadata(status=status, data=data, stages=self.block.stages(allowed), **values)
        self._problems += conflicts(found, metadata, self.origins, self.lifecycle)
        return metadata

    def status(self, outline: Callable[[], Outline]) -> Status | None:
        """The status alone; the body is parsed only where nothing before it says one."""
        found = (claim for claim in self._claims(outline) if claim.field == "status")
        return self._status(str(self.block.values()["status"]), found)

    @property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Where each design stands that a list of the front matter names, and each stage of its history.

        `related RFC-7` and `history approved` to line and column.
        """
        keys = {mark: path for path, mark in self.front.marks.items() if isinstance(path[-1], str)}
        found = dict(stages.places(self.front, self.lifecycle))
        for name in RELATIONS:
            origin = self.origins.get(name)
            if origin is None or origin.kind not in ("block", "page"):
                continue
            path = keys.get((origin.line, origin.column), ())
            value: Any = self.front.values
            for key in path:
                value = value[key]
            for index, item in enumerate(value if isinstance(value, list) else ()):
                found[f"{name} {str(item).strip(_AROUND_A_NAME)}"] = self.front.mark(*path, index)
        return found

    def _is_open(self, claim: Claim, value: object) -> bool:
        """Whether a field is still to be filled: those who review and those who approve are told side by side."""
        known = self.origins.get(claim.field)
        return not value or (claim.field == "reviewers" and known is not None and known.kind == claim.origin.kind)

    # Everything that is claimed, in the order in which it counts

    def _claims(self, outline: Callable[[], Outline]) -> Iterator[Claim]:
        for claim in self._said(outline):
            yield claim
            yield from claims.successor(claim, self.lifecycle)

    def _said(self, outline: Callable[[], Outline]) -> Iterator[Claim]:
        words, path = self.around.vocabulary, self.source.path
        yield from claims.of_yaml(self.front, words, "page", path)
        if self.around.adopted:
            self._problems += check_misfits(self.front, self.source.text.split("\n"), words, path)
        yield from self._fence(outline())
        if self.around.sidecar:
            yield from self._beside(self.around.sidecar)
        yield from preamble.of_body(outline(), words, path, self.source.body_line - 1)
        if self.around.adopted:
            yield from self._given(self.around.adopted)
            yield from claims.of_place(self.around.uri, path, self.lifecycle)

    def _fence(self, outline: Outline) -> Iterator[Claim]:
        """YAML in a fence that leads the document."""
        leading = next((b for b in outline.blocks if b.kind not in (Kind.HEADING, Kind.COMMENT, Kind.RULE)), None)
        if leading is None or leading.kind is not Kind.FENCE:
            return
        language = leading.info.split()[0].strip("{.}").casefold() if leading.info else ""
        if language not in ("", "yaml", "yml"):
            return
        text = "\n".join("" if line.strip() == "---" else line for line in leading.text.split("\n"))
        front, wrong = parse(text, self.source.body_line + leading.line, "the YAML")
        found = list(claims.of_yaml(front, self.around.vocabulary, "fence", self.source.path))
        named = {claim.field for claim in found}
        if len(named) > 1 or (language and named & {"status", "authors"}):
            yield from found
            self._unreadable(self.source.path, wrong)

    def _beside(self, sidecar: Sidecar) -> Iterator[Claim]:
        """The file of metadata that lies beside the document."""
        text, undecodable = decode(sidecar.data)
        if undecodable:
            what = "a byte here is no UTF-8; it is read as �"
            found = finding("encoding-invalid", sidecar.path, *undecodable, what, help="save the file as UTF-8")
            self._problems.append(found)
        front, wrong = parse(text, 1, "the file")
        self._unreadable(sidecar.path, wrong)
        yield from claims.of_yaml(front, self.around.vocabulary, "sidecar", sidecar.path)
        self._problems += check_misfits(front, text.split("\n"), self.around.vocabulary, sidecar.path)

    def _unreadable(self, path: str, wrong: Sequence[Problem]) -> None:
        for one in wrong:
            found = finding("front-matter-invalid", path, one.line, one.column, one.message, help=one.help)
            self._problems.append(found)

    def _given(self, adopted: Adopted) -> Iterator[Claim]:
        """What the configuration says of pages such as this."""
        for name in ("status", "template_version"):
            if value := getattr(adopted, name):
                yield Claim(name, "docs", (value,), Origin("configuration", self.source.path, 1, 1, value))

    # Values

    def _says(self, claim: Claim) -> bool:
        usable = _usable(claim)
        return bool(iso_date(bare(usable[0])) if usable and FIELDS[claim.field] == DATE else usable)

    def _taken(self, claim: Claim) -> Any:
        """The value of a claim as its field holds it; empty where it is none."""
        usable = _usable(claim)
        if not usable:
            return ""
        kind = FIELDS[claim.field]
        if kind == PEOPLE:
            each = (_first(v) for v in usable) if len(claim.values) > 1 else usable
            return tuple({p.key: p for v in each for p in people(v) if p.key and _is_somebody(p, claim)}.values())
        if kind == DATE:
            return self._date(claim, bare(usable[0]))
        if kind == TEXTS:
            parts = (v for text in usable for v in (split(text) if len(claim.values) == 1 else [text]))
            return tuple(
                dict.fromkeys(v for part in parts if (v := part.strip(_AROUND_A_NAME)) and not _NOTHING.fullmatch(v))
            )
        if claim.field in ("id", "title", "template_version"):
            return bare(usable[0])
        return _AUTOLINK.sub(r"\1", ", ".join(usable))

    def _date(self, claim: Claim, text: str) -> str:
        date = iso_date(text)
        if not date and is_impossible(text):
            what = f"`{claim.label}` is {shown(text)}, which is no date of the calendar"
            self._report("field-invalid", claim.origin, what, _AS_A_DATE)
        elif not date and self.around.adopted and claim.origin.kind != "section" and _seems_a_date(text):
            what = f"`{claim.label}` is {shown(text)}, which cannot be read as a date"
            self._report("field-invalid", claim.origin, what, _AS_A_DATE, Level.NOTE)
        return date

    # The status

    def _status(self, in_block: str, found: Iterable[Claim]) -> Status | None:
        """The block's status, else the first that somebody has chosen."""
        if in_block:
            self.origins["status"] = self.block.origin("status", in_block)
            return self._lookup(in_block, self.origins["status"])
        if self.block.fields.get("status") is not None or "status" in self.block.lost:
            return None  # said already what is wrong with it
        left: Claim | None = None
        for claim in found:
            text = claim.text
            if offered(text, self.lifecycle):
                left = left or claim
                continue
            open_mark = is_placeholder(text) or TODO_ONLY.match(text) or _NOTHING.fullmatch(text)
            if open_mark and not self.lifecycle.find(bare(text)):  # "work in progress" is a status
                continue
            if left and claim.origin.kind in _AROUND:
                break  # who was to choose and did not is not taken at the word of a folder
            if claim.origin.kind == "section" and not self.lifecycle.read(text) and _is_prose(claim):
                continue
            self._unchosen(left)
            self.origins["status"] = claim.origin
            return self._lookup(text, claim.origin)
        if left is None and (unfit := self._unfit()):
            self._problems += unfit
        elif left is None and self.block.usable:
            what = f"the design has no status; it is checked as {self._initially}"
            self._problems.append(finding("field-missing", self.source.path, *self._nowhere(), what, help=self._mend()))
        elif left:
            self.origins["status"] = left.origin
            self._unchosen(left)
        return None

    def _unfit(self) -> Sequence[Diagnostic]:
        """What is wrong with the status that the front matter of an adopted page has after all."""
        if not self.around.adopted:
            return ()
        lines = self.source.text.split("\n")
        return list(unfit_status(self.front, lines, self.around.vocabulary, self.source.path))

    def _unchosen(self, left: Claim | None) -> None:
        """Say that a list of choices is left in the front matter; of every other place `conflicts` says it."""
        if left and left.origin.kind == "page":
            self._lookup(left.text, left.origin)

    def _nowhere(self) -> tuple[int, int]:
        return self.front.mark("design") if "design" in self.front.values else (1, 1)

    def _mend(self) -> str:
        if self.around.adopted is None:
            return f"add `status:` to the design block: {self.lifecycle.labels()}"
        where = "in the front matter, in a line `Status: …`, or in `docs` of the configuration for all that are alike"
        return f"say it {where}: {self.lifecycle.labels()}"

    def _lookup(self, text: str, origin: Origin) -> Status | None:
        if found := choices(text, self.lifecycle):
            word = self.lifecycle.in_yaml(kept(found, self.lifecycle) or self.lifecycle.initial.label)
            what = f"the status still lists its choices, {shown(text)}"
            self._report("status-unchosen", origin, what, f"keep one of them: `status: {word}`")
            return None
        if status := self.lifecycle.find(text) or (origin.kind != "block" and self.lifecycle.read(text)) or None:
            return status
        guess = self.lifecycle.guess(bare(text))
        what = f"unknown status {shown(text)}; the design is checked as {self._initially}"
        mend = f"did you mean `{guess.label.lower()}`? If not, " if guess else f"one of {self.lifecycle.labels()}; or "
        mend += "let `status_words` in the configuration say what it means"
        if origin.kind == "block":
            mend = f"did you mean `{guess.label.lower()}`?" if guess else f"one of {self.lifecycle.labels()}"
        self._report("status-unknown", origin, what, mend)
        return None

    @property
    def _initially(self) -> str:
        """What a design is judged as where its status is not known."""
        initial = self.lifecycle.initial
        return "a draft" if initial.key == "draft" else f'"{initial.label.lower()}"'

    def _report(self, code: str, origin: Origin, message: str, help: str = "", level: Level | None = None) -> None:
        found = finding(code, origin.path, origin.line, origin.column, message, help=help, level=level)
        self._problems.append(found)


def _usable(claim: Claim) -> Sequence[str]:
    """What a claim says, without marks to be replaced."""
    return [v for v in claim.values if not (is_placeholder(v) or TODO_ONLY.match(v) or _NOTHING.fullmatch(v))]


def _is_prose(claim: Claim) -> bool:
    """Whether an unknown status is the text of a section that is about something else: `## State` of a machine."""
    return len(claim.text.split()) > _SHORT or "status" not in compared(claim.label).split()


def _seems_a_date(text: str) -> bool:
    """Whether a text is about a day, and no sentence about something else."""
    return any(c.isdigit() for c in text) and len(text.split()) <= _LONGEST_DATE


_LONGEST_DATE = 6
_AS_A_DATE = "write it as year-month-day: 2026-11-03"
_AROUND_A_NAME = " `*_"
_SHORT = 3


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _others(people: Sequence[Person], known: Sequence[Person]) -> Iterator[Person]:
    keys = {person.key for person in known}
    return (person for person in people if person.key not in keys)


def _first(item: str) -> str:
    """An item of a list of people without what somebody is asked for: `@ana, for the API`."""
    match = _ASKED_FOR.fullmatch(item)
    return match["who"] if match else item


_ASKED_FOR = re.compile(r"(?P<who>@[\w/.-]+)\s*,[^@\[<]*")


def _is_somebody(person: Person, claim: Claim) -> bool:
    """Whether a text is no mark to be replaced, and one of a section somebody's name, and no sentence."""
    if is_placeholder(person.label) or TODO_ONLY.match(person.label):
        return False
    return claim.origin.kind != "section" or bool(person.handle or person.email or person.url) or is_name(person.name)

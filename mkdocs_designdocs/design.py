"""A design with its verdict: plain values, complete when made, that can be kept between builds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.fields import Metadata, Origin
from mkdocs_designdocs.lifecycle import Lifecycle, Status
from mkdocs_designdocs.people import Person


@dataclass(frozen=True)
class Sidecar:
    """A file of metadata beside a document."""

    path: str
    """POSIX, relative to the folder of the configuration file."""
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Document:
    """One Markdown file of the site, before anything is known about it."""

    path: str
    """POSIX, relative to the folder of the configuration file."""
    uri: str
    """POSIX, relative to the folder of the documents: as links between pages name it."""
    data: bytes = field(repr=False)
    url: str = ""
    """Where the page is published, relative to the site; empty where nothing is published."""
    sidecar: Sidecar | None = None


@dataclass(frozen=True)
class SectionState:
    """One section that the template asks for, and what became of it."""

    title: str
    """`Parent > Child`."""
    state: str
    line: int | None
    """Of its heading in the file; None where it has none."""
    judged: bool
    """Whether anything can be wrong with it."""
    asked: str = ""
    """The title path that the template has for it."""


@dataclass(frozen=True)
class Link:
    """A relative link to another page."""

    target: str
    line: int
    column: int


@dataclass(frozen=True)
class Ignore:
    """Codes that are not reported between two lines of the file, both included."""

    codes: frozenset[str]
    first: int
    last: int


def respected(found: Iterable[Diagnostic], ignored: Sequence[Ignore]) -> list[Diagnostic]:
    """The findings that nobody asked to ignore."""
    return [d for d in found if not any(d.code in i.codes and i.first <= d.line <= i.last for i in ignored)]


@dataclass(frozen=True)
class Gist:
    """What of the body of a design a list of designs shows."""

    overview: str = ""
    """Its first words about itself, as plain text in one line."""
    unticked: int = 0
    """How many boxes of check lists are open."""
    questions: int = 0
    """How many questions are open."""


@dataclass(frozen=True)
class ExpandedDesign:
    """A design as its page shows it."""

    markdown: str
    shown_fields: frozenset[str]
    """The metadata that lines at its head show."""


@dataclass(frozen=True)
class Verdict:
    """All that is found out about one document."""

    metadata: Metadata
    title: str
    """The block's or the page's, else the first H1 without what the template put around it, else the file's name."""
    status_key: str
    """Of what it is judged as: its own status, or the first of the lifecycle."""
    sections: Sequence[SectionState]
    required: int
    """How many sections it needs."""
    written: int
    """How many of those are written."""
    diagnostics: Sequence[Diagnostic]
    origins: Mapping[str, Origin]
    """Where each field that it has comes from."""
    links: Sequence[Link]
    section_paths: Sequence[str]
    """The title path of every section of the template, by its number."""
    body_digest: str
    """What tells whether other plugins have changed the page."""
    readable: str | None
    """The source that MkDocs can read, where it cannot read the file as it is."""
    expanded: ExpandedDesign | None
    """None where there is no template to expand it from."""
    places: Mapping[str, tuple[int, int]]
    """Where each design stands that a list of its front matter names, by relation and name, and each stage of its
    history, as `history approved`."""
    ignored: Sequence[Ignore]
    """What its author asked not to be told, also of what only the catalogue sees."""
    adopted: bool
    """Whether it is a design though it has no block."""
    gist: Gist = Gist()
    """What lists show of its body."""
    head_fields: frozenset[str] = frozenset()
    """The metadata that its author's own lines above the first section say."""

    @property
    def shown_fields(self) -> frozenset[str]:
        """The metadata that lines at the head of its page show, so that its header need not."""
        return self.head_fields | self.expanded.shown_fields if self.expanded else self.head_fields


@dataclass(frozen=True)
class Design:
    """One design of the catalogue."""

    path: str
    uri: str
    url: str
    status: Status
    """What it is judged as: its own status, or the first of the lifecycle."""
    verdict: Verdict

    @property
    def metadata(self) -> Metadata:
        """What it says about itself."""
        return self.verdict.metadata

    @property
    def title(self) -> str:
        """What it is called."""
        return self.verdict.title

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What is wrong with it, by line."""
        return self.verdict.diagnostics

    def place(self, field: str, item: str = "") -> tuple[str, int, int]:
        """The file, line and column at which a field, or an item of it, stands; of no file the design's first line."""
        if known := self.verdict.places.get(f"{field} {item}"):
            return self.path, *known
        origin = self.verdict.origins.get(field)
        return (origin.path, origin.line, origin.column) if origin else (self.path, 1, 1)


def design(document: Document, verdict: Verdict, lifecycle: Lifecycle) -> Design:
    """A document and its verdict as a design of the catalogue."""
    status = next(s for s in lifecycle.statuses if s.key == verdict.status_key)
    return Design(document.path, document.uri, document.url, status, verdict)


def digest(body: str) -> str:
    """What tells two bodies apart; MkDocs strips the line breaks around one."""
    return hashlib.sha1(body.strip("\n").encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


# Kept between builds ------------------------------------------------------------------------------------------


def dump(verdict: Verdict | Sequence[Diagnostic]) -> bytes:
    """A verdict, or the findings in a page that is no design, as JSON; the data, which the page shows, is left out."""
    if not isinstance(verdict, Verdict):
        return json.dumps({"diagnostics": _diagnostics(verdict)}).encode()
    said = {f.name: getattr(verdict.metadata, f.name) for f in fields(Metadata)}
    said["status"] = verdict.metadata.status.key if verdict.metadata.status else None
    said["authors"] = [_person(p) for p in verdict.metadata.authors]
    said["reviewers"] = [_person(p) for p in verdict.metadata.reviewers]
    said["data"] = {}
    kept: dict[str, Any] = {f.name: getattr(verdict, f.name) for f in fields(Verdict)}
    kept["metadata"] = said
    kept["sections"] = [[s.title, s.state, s.line, s.judged, s.asked] for s in verdict.sections]
    kept["diagnostics"] = _diagnostics(verdict.diagnostics)
    kept["origins"] = {name: [o.kind, o.path, o.line, o.column, o.raw] for name, o in verdict.origins.items()}
    kept["gist"] = [getattr(verdict.gist, f.name) for f in fields(Gist)]
    kept["ignored"] = [[sorted(i.codes), i.first, i.last] for i in verdict.ignored]
    kept["head_fields"] = sorted(verdict.head_fields)
    kept["links"] = [[link.target, link.line, link.column] for link in verdict.links]
    if verdict.expanded:
        kept["expanded"] = [verdict.expanded.markdown, sorted(verdict.expanded.shown_fields)]
    return json.dumps(kept).encode()


def restore(data: bytes, lifecycle: Lifecycle) -> Verdict | tuple[Diagnostic, ...]:
    """What `dump` kept; raises LookupError, TypeError, ValueError or AttributeError where it is something else."""
    kept = json.loads(data)
    found = tuple(Diagnostic(code, Level(level), *rest) for code, level, *rest in kept.pop("diagnostics"))
    if "metadata" not in kept:
        return found
    said = kept.pop("metadata")
    known = {status.key: status for status in lifecycle.statuses}
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
    for name in ("authors", "reviewers"):
        values[name] = tuple(Person(*p) for p in said[name])
    expanded = kept.pop("expanded")
    kept["places"] = {str(name): (int(line), int(column)) for name, (line, column) in kept["places"].items()}
    sections, links, ignored = kept.pop("sections"), kept.pop("links"), kept.pop("ignored")
    kept["section_paths"] = tuple(kept["section_paths"])
    kept["gist"] = Gist(*kept["gist"])
    kept["head_fields"] = frozenset(map(str, kept["head_fields"]))
    kept["origins"] = {
        str(name): Origin(str(kind), str(path), int(line), int(column), str(raw))
        for name, (kind, path, line, column, raw) in kept["origins"].items()
    }
    values["stages"] = tuple((str(key), str(day)) for key, day in said["stages"])
    return Verdict(
        metadata=Metadata(**{**values, "status": known[said["status"]] if said["status"] else None}),
        diagnostics=found,
        sections=tuple(SectionState(*s) for s in sections),
        links=tuple(Link(*link) for link in links),
        ignored=tuple(Ignore(frozenset(codes), first, last) for codes, first, last in ignored),
        expanded=ExpandedDesign(expanded[0], frozenset(expanded[1])) if expanded else None,
        **kept,
    )


def _diagnostics(found: Iterable[Diagnostic]) -> list[list[object]]:
    return [
        [d.code, d.level.value, d.path, d.line, d.column, d.message, d.help, d.section, d.fixable, d.quote]
        for d in found
    ]


def _person(person: Person) -> list[str]:
    return [person.name, person.handle, person.email, person.url]

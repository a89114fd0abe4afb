"""The catalogue: every design of a collection with its verdict, from the files as they lie on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

import jinja2

from mkdocs_designdocs import integrity, titles
from mkdocs_designdocs.blocks import Outline, outline
from mkdocs_designdocs.checks import Subject, check
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.diagnostics import CODES, Diagnostic, Level, in_order
from mkdocs_designdocs.drawings import Studio, judge
from mkdocs_designdocs.expansion import ExpandedDesign, expand
from mkdocs_designdocs.fences import bare_diagrams, mermaid_fences
from mkdocs_designdocs.frontmatter import FrontMatter, Problem, parse
from mkdocs_designdocs.lifecycle import Gate, Lifecycle, Status
from mkdocs_designdocs.matching import match
from mkdocs_designdocs.metadata import Metadata, Reader, body_conflicts
from mkdocs_designdocs.people import named, names_of
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.skeleton import Skeleton, skeleton
from mkdocs_designdocs.source import Source, read
from mkdocs_designdocs.templates import Library, Template, explain
from mkdocs_designdocs.wording import Voice, voice, wording


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


@dataclass(frozen=True)
class Design:
    """One design, read and judged."""

    uri: str
    url: str
    source: Source
    front: FrontMatter
    metadata: Metadata
    status: Status
    """What it is judged as: its own status, or the first of the lifecycle."""
    lifecycle: Lifecycle
    template: Template | None
    outline: Outline
    judge: Judge | None
    """None where there is no template to hold it against."""
    diagnostics: Sequence[Diagnostic]

    @cached_property
    def title(self) -> str:
        """The block's or the page's title, else the first H1 without what the template put around it, else the file's name."""
        if self.metadata.title:
            return self.metadata.title
        first = self.outline.headings[0] if self.outline.headings else None
        if first and first.level == 1 and not titles.holds_placeholder(first.title):
            return _unframed(titles.shown(first.title), self.template)
        path = PurePosixPath(self.uri)
        name = path.parent.name if path.stem in ("index", "README") else path.stem
        return name.replace("-", " ").replace("_", " ").capitalize()

    @property
    def required(self) -> int:
        """How many sections it needs."""
        return sum(section.required for section in self.judge.sections) if self.judge else 0

    @property
    def written(self) -> int:
        """How many of those are written."""
        return sum(section.required and section.written for section in self.judge.sections) if self.judge else 0

    def expand(self, body: Outline | None = None, marks: dict[int, list[int]] | None = None) -> ExpandedDesign | None:
        """Its page in the template's order; `body` where other plugins have rewritten what is on disk."""
        if not self.judge:
            return None
        judged = self.judge
        if body is not None:
            found = match(body, judged.match.template, self.metadata.title)
            judged = Judge(found, judged.words, judged.from_data)
        # Of a closed design nothing more is asked, so nothing is shown as still to be written.
        prompts = self.status.gate is not Gate.INTEGRITY
        titled = replace(self.metadata, title=self.title)
        return expand(judged, titled, self.lifecycle, prompts=prompts, marks=marks)


@dataclass(frozen=True)
class Catalog:
    """All designs of a collection, and what is wrong with anything in it."""

    designs: Sequence[Design]
    diagnostics: Sequence[Diagnostic]
    """Of templates and of pages that are no designs."""

    def everything(self) -> list[Diagnostic]:
        """All findings, by path and line."""
        return in_order(chain(self.diagnostics, *(design.diagnostics for design in self.designs)))


Memo = MutableMapping[Document, "Design | tuple[Diagnostic, ...]"]
"""What is known of documents that have not changed, for `mkdocs serve`."""


def catalogue(
    documents: Iterable[Document],
    settings: Settings,
    library: Library,
    studio: Studio | None = None,
    memo: Memo | None = None,
) -> Catalog:
    """Read and judge every document."""
    known: Memo = {} if memo is None else memo
    fresh: Memo = {}
    names, wrong = _names(settings)
    for document in documents:
        fresh[document] = known.get(document) or _read(document, settings, library, studio)
    known.clear()
    known.update(fresh)
    designs = [value for value in fresh.values() if isinstance(value, Design)]
    others = chain(library.problems, wrong, *(v for v in fresh.values() if not isinstance(v, Design)))
    twins: dict[str, list[Diagnostic]] = {}
    for twin in integrity.check_ids(designs):
        twins.setdefault(twin.path, []).append(twin)
    joined = [
        replace(_signed(d, names), diagnostics=in_order([*d.diagnostics, *levelled(twins[d.source.path], d.status, settings)]))
        if d.source.path in twins
        else _signed(d, names)
        for d in designs
    ]
    return Catalog(joined, in_order(levelled(others, None, settings)))


def _names(settings: Settings) -> tuple[Mapping[str, str], Sequence[Diagnostic]]:
    """Who is who, from the site's list of authors."""
    path = settings.authors_file
    if path is None or not path.is_file():
        return {}, ()
    shown = settings.shown(path)
    try:
        values, wrong = parse(read(shown, path.read_bytes()).text, 1)
    except OSError:
        return {}, ()
    return names_of(values.values), list(integrity.check_front_matter(Source(shown, "", None, "", 1), wrong))


def _signed(design: Design, names: Mapping[str, str]) -> Design:
    """A design whose people have the names that the site knows."""
    said = design.metadata
    authors, reviewers = (tuple(named(p, names) for p in those) for those in (said.authors, said.reviewers))
    if (authors, reviewers) == (said.authors, said.reviewers):
        return design
    return replace(design, metadata=replace(said, authors=authors, reviewers=reviewers))


def _read(
    document: Document, settings: Settings, library: Library, studio: Studio | None
) -> Design | tuple[Diagnostic, ...]:
    source = read(document.path, document.data)
    # Most pages of a site are no designs: what does not even name one is not parsed.
    front, problems = FrontMatter(), list[Problem]()
    chosen = any(fnmatch(document.uri, pattern) for pattern in settings.docs)
    if source.front is not None and (chosen or "design" in source.front):
        front, problems = parse(source.front)
    if not chosen and "design" not in front.values:
        found = [*integrity.check_encoding(source), *_diagrams(source, settings, studio, design=False)]
        return tuple(found)
    return _design(document, source, front, problems, settings, library, studio)


def _design(
    document: Document,
    source: Source,
    front: FrontMatter,
    problems: Sequence[Problem],
    settings: Settings,
    library: Library,
    studio: Studio | None,
) -> Design:
    body = outline(source.body)
    hidden = list(integrity.check_comments(source, body))
    if hidden:
        # What an unclosed comment hides is judged and shown all the same: nothing of the author's is lost.
        source = replace(source, body=_revealed(source.body, hidden[0].line - source.body_line))
        body = outline(source.body)
    reader = Reader(source, front, settings.lifecycle)
    name = reader.template() or settings.default_template
    template = library.templates.get(name)
    metadata = reader.read(body, template.data_keys if template else list(reader.unknown), name)
    status = metadata.status or settings.lifecycle.initial
    found: list[Diagnostic] = [
        *integrity.check_encoding(source),
        *integrity.check_front_matter(source, problems),
        *reader.problems,
        *integrity.check_template(source, front, name, library),
        *hidden,
        *body_conflicts(source, metadata, settings.lifecycle, body),
        *_diagrams(source, settings, studio, design=True),
    ]
    judge = None
    if template:
        found += integrity.check_required(source, front, metadata, template)
        wrong = list(integrity.check_data(source, front, metadata, template))
        found += wrong
        filled, from_data = _filled(template, replace(metadata, data={}) if wrong else metadata, found, settings)
        judge = Judge(match(body, filled, metadata.title), template.words, from_data)
        subject = Subject(source.path, source.body, template.name, judge, status.gate)
        found += _moved(check(subject), source, front)
    diagnostics = in_order(levelled(found, status, settings))
    return Design(document.uri, document.url, source, front, metadata, status, settings.lifecycle, template, body, judge, diagnostics)


def _revealed(body: str, line: int) -> str:
    """A body whose unclosed comment (0-based line) is text."""
    lines = body.split("\n")
    lines[line] = lines[line].replace("<!--", "&lt;!--", 1)
    return "\n".join(lines)


def _filled(
    template: Template, metadata: Metadata, found: list[Diagnostic], settings: Settings
) -> tuple[Skeleton, frozenset[int]]:
    """The template filled with a design's metadata and data, and which of its sections the data wrote."""
    try:
        filled = skeleton(template.render(metadata))
        if not metadata.data:
            return _like(filled, template.blank), frozenset()
        plain = skeleton(template.render(replace(metadata, data={})))
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        found.append(explain(error, template, settings.shown))
        return template.blank, frozenset()
    words = wording(plain.outline.blocks)
    known = {titles.key(section.title) for section in plain.sections}
    from_data = frozenset(
        section.index
        for section in filled.sections
        if titles.key(section.title) not in known or any(voice(b, words) in _SAID for b in section.blocks)
    )
    # What the data wrote is there by name, and is no pattern that one heading of the author's would satisfy.
    named = [replace(s, pattern="") if s.index in from_data and s.pattern else s for s in filled.sections]
    return _like(replace(filled, sections=named), template.blank), from_data


_SAID = (Voice.OWN, Voice.NOT_APPLICABLE, Voice.NOT_YET)


def _like(filled: Skeleton, blank: Skeleton) -> Skeleton:
    """What the template's front matter says of its sections (optional, aliases) said of the filled ones too."""
    known = {titles.key(section.title): section for section in blank.sections}
    sections = []
    for section in filled.sections:
        twin = known.get(titles.key(section.title))
        if twin and (twin.optional != section.optional or twin.aliases != section.aliases):
            section = replace(section, optional=twin.optional, aliases=twin.aliases)
        sections.append(section)
    return replace(filled, sections=sections)


def _diagrams(source: Source, settings: Settings, studio: Studio | None, *, design: bool) -> Iterator[Diagnostic]:
    """Every Mermaid diagram can be drawn"""
    if studio is None or settings.diagram_pages == "none" or (settings.diagram_pages == "designs" and not design):
        return
    bare = bare_diagrams(source.body) if design else ()
    for fence in chain(mermaid_fences(source.body), bare):
        drawing = studio.draw(fence.source, fence.attributes)
        yield from judge(fence, drawing, path=source.path, offset=source.body_line - 1)


_LINE_REFERENCE = re.compile(r"\{line:(\d+)\}")


def _moved(found: Iterable[Diagnostic], source: Source, front: FrontMatter) -> Iterator[Diagnostic]:
    """Findings in lines of the file. Line 0 of the body is the design block: there is nothing else to point at."""
    offset = source.body_line - 1

    def moved(text: str) -> str:
        return _LINE_REFERENCE.sub(lambda m: str(int(m[1]) + offset), text) if "{line:" in text else text

    for one in found:
        line, column = (one.line + offset, one.column) if one.line else front.mark("design")
        yield replace(one, line=line, column=column, message=moved(one.message), help=moved(one.help))


def levelled(found: Iterable[Diagnostic], status: Status | None, settings: Settings) -> Iterator[Diagnostic]:
    """Findings at the level that the configuration and the status give them; those that are off are left out."""
    for one in found:
        level = settings.levels.get(one.code, one.level)
        if CODES[one.code].completeness and status:
            if status.gate is Gate.INTEGRITY:
                continue
            if status.gate is Gate.DRAFT:
                level = min(level, Level.NOTE)
        if level is not Level.OFF:
            yield one if level is one.level else replace(one, level=level)


def _unframed(title: str, template: Template | None) -> str:
    """A title without the words that the template's H1 puts around it."""
    frame = template.blank.title.title if template and template.blank.title else ""
    mark = next(iter(titles.tokens(frame)), None)
    if not mark:
        return title
    before, after = (titles.shown(part) for part in (frame[: mark.start], frame[mark.start + len(mark.text) :]))
    if title.startswith(before) and title.endswith(after) and len(title) > len(before) + len(after):
        return title[len(before) : len(title) - len(after) or None].strip()
    return title

"""From a document to its verdict: read, match, check, expand. All that is slow is here, for what is new only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

import yaml

from mkdocs_designdocs import filling, integrity, titles
from mkdocs_designdocs.adoption import adopted
from mkdocs_designdocs.bare import diagrams
from mkdocs_designdocs.blocks import Heading, Outline, outline
from mkdocs_designdocs.checks import check
from mkdocs_designdocs.clicks import check_clicks, page_links
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.design import Document, ExpandedDesign, Ignore, Link, SectionState, Verdict, digest, respected
from mkdocs_designdocs.diagnostics import Diagnostic, in_order
from mkdocs_designdocs.drawings import Studio, judge
from mkdocs_designdocs.expansion import expand
from mkdocs_designdocs.fences import is_filled
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.fitting import fit
from mkdocs_designdocs.fixes import Case, Fix, Held, fixes, marked
from mkdocs_designdocs.frontmatter import FrontMatter, Problem, parse
from mkdocs_designdocs.gate import asks, levelled
from mkdocs_designdocs.gist import gist
from mkdocs_designdocs.ignores import check_ignores, ignores
from mkdocs_designdocs.lifecycle import Gate, Status
from mkdocs_designdocs.matching import match
from mkdocs_designdocs.metadata import Reader, Surroundings
from mkdocs_designdocs.mishaps import RENDERING
from mkdocs_designdocs.settings import Adopted, Settings
from mkdocs_designdocs.source import Source, read
from mkdocs_designdocs.stages import STAGES
from mkdocs_designdocs.subject import Subject
from mkdocs_designdocs.templates import Library, Template, explain
from mkdocs_designdocs.versions import newer
from mkdocs_designdocs.vocabulary import Vocabulary


def analyse(
    document: Document,
    settings: Settings,
    library: Library,
    studio: Studio | None = None,
    *,
    marks: bool = False,
    body: str | None = None,
) -> Verdict | tuple[Diagnostic, ...]:
    """Find out all about a document; of a page that is no design only what is wrong with it.

    `marks`: whether the expanded page holds a comment where each finding is to be shown. `body`: what other plugins
    have made of the body, to be expanded in its stead.
    """
    opened = _opened(document, settings, library, studio, body)
    return opened.verdict(marks) if isinstance(opened, _Analysis) else opened


def repairs(document: Document, settings: Settings, library: Library, studio: Studio | None = None) -> Sequence[Fix]:
    """All that can be mended in a design in one go; nothing in a page that is none."""
    opened = _opened(document, settings, library, studio)
    if not isinstance(opened, _Analysis):
        return ()
    opened.verdict(marks=False)
    return opened.fixes


@dataclass(frozen=True)
class Reading:
    """A design, read and held against its template, before anything is judged."""

    source: Source
    metadata: Metadata
    gate: Gate
    template: Template
    held: Held
    has_block: bool
    trouble: str
    """What keeps its file from being changed; empty where nothing does."""


def reading(document: Document, settings: Settings, library: Library) -> Reading | None:
    """A design of a template that there is; None for any other page."""
    opened = _opened(document, settings, library, None)
    return opened.reading() if isinstance(opened, _Analysis) else None


def _opened(
    document: Document, settings: Settings, library: Library, studio: Studio | None, body: str | None = None
) -> _Analysis | tuple[Diagnostic, ...]:
    """A design, read; of a page that is none what is wrong with it."""
    taken = adopted(document.uri, settings)
    source = read(document.path, document.data, adopted=taken is not None)
    if body is not None:
        source = replace(source, body=body)
    # Most pages of a site are no designs: what does not even name one is not parsed.
    front, problems = FrontMatter(), list[Problem]()
    if source.front is not None and (taken or "design" in source.front):
        front, problems = parse(source.front)
    if front.values.get("design") is False or (taken is None and "design" not in front.values):
        found = chain(integrity.check_encoding(source), _diagrams(source, settings, studio, design=False))
        return tuple(levelled(found, None, settings, document.uri))
    shown, content, hidden = _revealed(source)
    before = [*integrity.check_encoding(source), *integrity.check_front_matter(source, problems), *hidden]
    as_it_lies = digest(source.body)
    taken = None if "design" in front.values else taken  # a block says what it is itself
    return _Analysis(document, shown, content, as_it_lies, front, taken, settings, library, studio, before)


def _revealed(source: Source) -> tuple[Source, Outline, Sequence[Diagnostic]]:
    """A source, parsed; what an unclosed comment hides is shown and judged all the same, so that nothing is lost."""
    content = outline(source.body)
    hidden = list(integrity.check_comments(source, content))
    if not hidden:
        return source, content, ()
    lines = source.body.split("\n")
    at = hidden[0].line - source.body_line
    lines[at] = lines[at].replace("<!--", "&lt;!--", 1)
    source = replace(source, body="\n".join(lines))
    return source, outline(source.body), hidden


@dataclass
class _Analysis:
    document: Document
    source: Source
    body: Outline
    body_digest: str
    """Of the body before anything in it was revealed."""
    front: FrontMatter
    taken: Adopted | None
    """How the page is taken that has no block."""
    settings: Settings
    library: Library
    studio: Studio | None
    before: Sequence[Diagnostic]
    """What is wrong with its file."""
    fixes: Sequence[Fix] = ()
    """What can be mended, when the verdict is known."""

    def reading(self) -> Reading | None:
        """The design as far as a change of its template needs it."""
        _, template, metadata = self._read()
        judged = self._judge(metadata, template)[0] if template else None
        held = self._held(judged, template, metadata)
        if not template or not held:
            return None
        status = metadata.status or self.settings.lifecycle.initial
        trouble = self.before[0].message if self.before else ""
        return Reading(self.source, metadata, status.gate, template, held, self.taken is None, trouble)

    def _read(self) -> tuple[Reader, Template | None, Metadata]:
        reader = Reader(self.source, self.front, self.settings.lifecycle, self._around())
        name = reader.template() or self.settings.default_template
        template = self.library.templates.get(name)
        allowed = template.data_keys if template else [key for key in reader.block.unknown if key != STAGES]
        return reader, template, reader.read(self.body, allowed, name)

    def verdict(self, marks: bool) -> Verdict:
        """All about the design."""
        body = self.body
        reader, template, metadata = self._read()
        name = metadata.template
        status = metadata.status or self.settings.lifecycle.initial
        found = [
            *self.before,
            *reader.problems,
            *(integrity.check_template(self.source, self.front, name, self.library) if reader.block.usable else ()),
            *integrity.check_values(
                self.source, self.front, reader.around.vocabulary, template, self.settings.lifecycle
            ),
            *_diagrams(self.source, self.settings, self.studio, design=True),
        ]
        judged = None
        if template:
            judged, wrong = self._judge(metadata, template)
            subject = Subject(self.source.path, self.source.body, name, judged, status.gate, self.taken is not None)
            made_from = reader.origins.get("template_version")
            outdated = integrity.check_version(self.source.path, made_from, metadata, template, judged, status.gate)
            found += [*wrong, *outdated, *self._moved(check(subject))]
        found = list(_said_once(found, reader.problems))
        kept = respected(found, self.ignored)
        told = chain(kept, check_ignores(self.source, body))
        diagnostics = in_order(levelled(told, metadata.status, self.settings, self.document.uri))
        held = self._held(judged, template, metadata)
        fences = self.settings.diagram_pages != "none"
        due = [one for one in diagnostics if asks(one, metadata.status, self.settings, self.document.uri)]
        case = Case(self.source, due, self.settings.lifecycle, metadata.status, body, self.ignored, fences, held)
        self.fixes = fixes(case)
        diagnostics = marked(diagnostics, self.fixes)
        title = self._title(metadata, judged.match.title if judged else None, template)
        expanded = self._expand(judged, replace(metadata, title=title), status, diagnostics if marks else ())
        return self._made(metadata, title, status, judged, diagnostics, expanded, reader)

    @cached_property
    def ignored(self) -> Sequence[Ignore]:
        """What the author asked not to be told."""
        return tuple(ignores(self.source, self.body))

    def _around(self) -> Surroundings:
        """What else there is to know about the design than its text."""
        words = Vocabulary(self.settings.fields)
        return Surroundings(self.document.uri, words, self.document.sidecar, self.taken)

    def _judge(self, metadata: Metadata, template: Template) -> tuple[Judge, Sequence[Diagnostic]]:
        """The design held against its template, and what is wrong with what the template asks of its front matter."""
        wrong = list(integrity.check_data(self.source, self.front, metadata, template))
        found = [*integrity.check_required(self.source, self.front, metadata, template), *wrong]
        try:
            filled, from_data = fit(template, metadata)
        except RENDERING as error:
            if not wrong:  # else what is wrong with the data has been said at its line
                found.append(explain(error, template, self.settings.shown))
            filled, from_data = template.blank, frozenset()
        late = newer(filled, template.since, template.version, metadata.template_version, metadata.created)
        return Judge(match(self.body, filled, metadata.title), template.words, from_data, late), found

    def _held(self, judged: Judge | None, template: Template | None, metadata: Metadata) -> Held | None:
        if not judged or not template:
            return None
        filled, words, late = judged.match.template, judged.words, judged.newer

        def rejudge(body: Outline) -> Judge:
            return Judge(match(body, filled, metadata.title), words, judged.from_data, late)

        return Held(judged, template.blank, rejudge)

    def _expand(
        self, judged: Judge | None, metadata: Metadata, status: Status, shown: Sequence[Diagnostic]
    ) -> ExpandedDesign | None:
        if judged is None:
            return None
        # Of a closed design nothing more is asked, so nothing is shown as still to be written.
        prompts = status.gate is not Gate.INTEGRITY
        places = _marks(shown, self.source.path, self.source.body_line - 1)
        return expand(judged, metadata, self.settings.lifecycle, prompts=prompts, marks=places)

    def _made(
        self,
        metadata: Metadata,
        title: str,
        status: Status,
        judged: Judge | None,
        diagnostics: Sequence[Diagnostic],
        expanded: ExpandedDesign | None,
        reader: Reader,
    ) -> Verdict:
        offset = self.source.body_line - 1
        sections = judged.sections if judged else ()
        template = judged.match.template if judged else None
        return Verdict(
            metadata=replace(metadata, data={}),  # it has been rendered
            title=title,
            status_key=status.key,
            sections=tuple(
                SectionState(
                    s.path,
                    s.state.value,
                    s.heading.line + offset if s.heading else None,
                    s.judged,
                    template.path(s.section) if template else "",
                )
                for s in sections
            ),
            required=sum(s.required for s in sections),
            written=sum(s.required and s.written for s in sections),
            diagnostics=tuple(diagnostics),
            origins=reader.origins,
            places=reader.places,
            links=tuple(chain(integrity.links(self.source, self.body), self._clicked())),
            section_paths=tuple(template.path(s) for s in template.sections) if template else (),
            body_digest=self.body_digest,
            readable=self._readable(diagnostics),
            expanded=expanded,
            ignored=self.ignored,
            adopted=self.taken is not None,
            gist=gist(self.body, judged, reader.around.vocabulary, metadata.data),
            head_fields=reader.head_fields,
        )

    def _clicked(self) -> Iterator[Link]:
        """The pages that its diagrams link to."""
        return page_links(diagrams(self.source.body), self.source.body_line - 1)

    def _title(self, metadata: Metadata, heading: Heading | None, template: Template | None) -> str:
        if metadata.title:
            return metadata.title
        if heading is None and self.body.headings and self.body.headings[0].level == 1:
            first = self.body.headings[0]
            heading = None if _opens_with_a_section(first, template) else first
        if heading and not (titles.holds_placeholder(heading.title) or _is_slot(heading.title, template)):
            return _unframed(titles.shown(heading.title), template)
        path = PurePosixPath(self.document.uri)
        name = path.parent.name if path.stem in ("index", "README") and path.parent.name else path.stem
        return name.replace("-", " ").replace("_", " ").capitalize()

    def _readable(self, diagnostics: Sequence[Diagnostic]) -> str | None:
        """What MkDocs can read, where the file as it is would crash it or show YAML on the page."""
        wrong = {"front-matter-invalid", "field-invalid", "encoding-invalid"}
        found = wrong & {d.code for d in diagnostics}
        if found and not (found == {"field-invalid"} and _loads(self.source.front or "{}")):
            values = {key: value for key, value in self.front.values.items() if key != "design"}
            return f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n{self.source.body}"
        # MkDocs wants a line break behind the `---` that closes the front matter.
        return None if self.source.body else self.source.text + "\n"

    def _moved(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Findings in lines of the file. Line 0 of the body is the design block: there is nothing else to point at."""
        offset = self.source.body_line - 1

        def moved(text: str) -> str:
            return _LINE_REFERENCE.sub(lambda m: str(int(m[1]) + offset), text) if "{line:" in text else text

        for one in found:
            line, column = (one.line + offset, one.column) if one.line else self.front.mark("design")
            yield replace(one, line=line, column=column, message=moved(one.message), help=moved(one.help))


_LEFT = frozenset({"placeholder-left", "status-unchosen", "template-text-left", "todo-left"})
"""Codes of what a template has left behind."""


def _said_once(found: Iterable[Diagnostic], of_fields: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is left in a field of the header is told as the field's, and not once more as a block's of the text."""
    fields = [one for one in of_fields if one.code in _LEFT]
    lines = {(one.path, one.line) for one in fields}
    return (one for one in found if one in fields or one.code not in _LEFT or (one.path, one.line) not in lines)


_LINE_REFERENCE = re.compile(r"\{line:(\d+)\}")


def _marks(shown: Sequence[Diagnostic], path: str, offset: int) -> dict[int, list[int]]:
    """For a line of the body the numbers of the findings shown there. A missing section has its prompt to show it."""
    places: dict[int, list[int]] = {}
    for number, diagnostic in enumerate(shown):
        if diagnostic.path == path and diagnostic.code != "section-missing" and diagnostic.line > offset:
            places.setdefault(diagnostic.line - offset, []).append(number)
    return places


def _diagrams(source: Source, settings: Settings, studio: Studio | None, *, design: bool) -> Iterator[Diagnostic]:
    """Every Mermaid diagram can be drawn"""
    if studio is None or settings.diagram_pages == "none" or (settings.diagram_pages == "designs" and not design):
        return
    offset = source.body_line - 1
    for fence in diagrams(source.body):
        drawing = studio.draw(fence.source, fence.attributes)
        if drawing.rejection and is_filled(fence.source, settings.fillers):
            continue  # it is judged when it is filled in, with what the page includes
        yield from judge(fence, drawing, path=source.path, offset=offset, clientless=settings.clientless)
        if drawing.svg is not None and fence.closed:
            yield from check_clicks(fence, source.path, offset=offset)


def _loads(text: str) -> bool:
    """Whether MkDocs can read front matter as it is: a day that there is not, or a tag that claims in vain, raises."""
    try:
        return isinstance(yaml.safe_load(text), dict)
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def _is_slot(title: str, template: Template | None) -> bool:
    """Whether a title is still the words by which the template's H1 calls itself the title."""
    blank = template.blank.title if template else None
    return blank is not None and filling.slot(blank.title) is not None and titles.key(title) == titles.key(blank.title)


def _opens_with_a_section(first: Heading, template: Template | None) -> bool:
    """Whether a first H1 is a section of a template that has no title: the page is called as its file is."""
    if template is None or template.blank.title is not None:
        return False
    return any(s.level == 1 and titles.key(s.title) == titles.key(first.title) for s in template.blank.sections)


def _unframed(title: str, template: Template | None) -> str:
    """A title without the words that the template's H1 puts around it."""
    frame = template.blank.title.title if template and template.blank.title else ""
    mark = filling.slot(frame)
    if not mark:
        return title
    before, after = (titles.shown(part) for part in (frame[: mark.start], frame[mark.end :]))
    if title.startswith(before) and title.endswith(after) and len(title) > len(before) + len(after):
        return title[len(before) : len(title) - len(after) or None].strip()
    return title

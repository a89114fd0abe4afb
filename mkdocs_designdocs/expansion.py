"""The page in the template's order: the author's words, what the data says, and what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_designdocs import filling
from mkdocs_designdocs.blocks import Outline
from mkdocs_designdocs.completeness import Judge, Judged, State
from mkdocs_designdocs.design import ExpandedDesign
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.lines import Lines, with_fences, with_marks
from mkdocs_designdocs.marks import PROMPT_END, prompt_mark
from mkdocs_designdocs.matching import Match
from mkdocs_designdocs.metalines import field_of, foot, metadata_line, metadata_lines
from mkdocs_designdocs.repair import repair
from mkdocs_designdocs.skeleton import Section


def expand(
    judge: Judge,
    metadata: Metadata,
    lifecycle: Lifecycle,
    *,
    prompts: bool = True,
    marks: Mapping[int, Sequence[int]] | None = None,
) -> ExpandedDesign:
    """Put a design in its template's order.

    `prompts`: whether sections that are missing appear with their prompts. `marks`: for a line of the body the numbers
    of the findings to be shown there.
    """
    made = _Expansion(judge, metadata, lifecycle, prompts)
    page = with_fences(with_marks(made.page(), judge.match.document, marks or {}))
    return ExpandedDesign(repair("\n".join(page.text)).rstrip("\n") + "\n", frozenset(made.shown))


@dataclass
class _Expansion:
    judge: Judge
    metadata: Metadata
    lifecycle: Lifecycle
    prompts: bool
    lines: Lines = field(default_factory=Lines)
    shown: set[str] = field(default_factory=set)
    """The metadata that lines above the first section show."""

    def page(self) -> Lines:
        self._head()
        for judged in _in_template_order(self.judge.sections):
            if judged.heading:
                self._written(judged, judged.heading.line)
            elif judged.state is State.FROM_DATA:
                self._heading(judged.section)
                self._data(judged.section)
            elif judged.excused == "children" and self._stands_above_data(judged.section):
                self._heading(judged.section)
            elif self.prompts and judged.state is State.MISSING and judged.excused in ("", "parent missing"):
                # What is optional, or said elsewhere, is not asked for.
                for section in self._alike(judged.section):
                    self._prompt(section)
        self._foot()
        return self.lines

    # The author's words

    @cached_property
    def _end(self) -> int:
        return end_of_sections(self.judge.match.document)

    @cached_property
    def _chunks(self) -> Mapping[int, int]:
        """For the line of each claimed heading the line after its chunk: extras travel with what they follow."""
        match = self.judge.match
        starts = [match.document.headings[index].line for index in sorted(match.claimed)]
        return dict(zip(starts, [*starts[1:], self._end], strict=False))

    def _written(self, judged: Judged, first: int) -> None:
        """A section of the author's, what the data says below it, then the extras that travel with it."""
        headings = self.judge.match.document.headings
        end = self._chunks[first]
        level = next(h.level for h in headings if h.line == first)
        extras = next((h.line for h in headings if first < h.line < end and h.level <= level), end)
        self.lines.gap()
        self._body(first, extras)
        if judged.section.index in self.judge.from_data and judged is self._first_of(judged.section):
            self._data(judged.section)
        self._body(extras, end)

    def _body(self, first: int, end: int) -> None:
        self.lines.add(self.judge.match.document.lines[first - 1 : end - 1], first)

    def _first_of(self, section: Section) -> Judged:
        return next(j for j in self.judge.sections if j.section.index == section.index and j.heading)

    def _head(self) -> None:
        """The title and what stands above the first section."""
        match, template = self.judge.match, self.judge.match.template
        document = match.document
        stop = min(self._chunks, default=self._end)
        start = match.title.end if match.title else 1
        if match.title:
            self._body(1, start)
        else:
            self.lines.add([f"# {filling.title(template.title.title if template.title else '', self.metadata)}"])
            self.lines.gap()
        written = [line for line in metadata_lines(document) if line.line < stop]
        if not written:
            self._metadata(template.head)
        head = [document.lines[line.line - 1] for line in written] or template.head
        self.shown |= {field_of(m["label"]) for line in head if (m := self._said(line))}
        self.lines.gap()
        while start < stop and not document.lines[start - 1].strip():
            start += 1
        self.lines.add([self._filled(line) for line in document.lines[start - 1 : stop - 1]], start)

    def _foot(self) -> None:
        """The metadata at the end, the author's or the template's."""
        document = self.judge.match.document
        if self._end <= len(document.lines):
            self.lines.gap()
            self.lines.add([self._filled(line) for line in document.lines[self._end - 1 :]], self._end)
        elif not any(metadata_lines(document)):
            self._metadata(self.judge.match.template.foot, ["---", ""])

    # The template's

    def _metadata(self, template_lines: Sequence[str], above: Sequence[str] = ()) -> None:
        """Those metadata lines of the template for which the design has a value."""
        known = [self._filled(line) for line in template_lines if filling.is_said(line, self.metadata)]
        if known:
            self.lines.gap()
            self.lines.add([*above, *known])

    def _said(self, line: str) -> re.Match[str] | None:
        """A metadata line, if the design has a value for it."""
        return metadata_line(line) if filling.is_said(line, self.metadata) else None

    def _filled(self, line: str) -> str:
        return filling.filled(line, self.metadata, self.lifecycle)

    def _heading(self, section: Section) -> None:
        """The template's heading at the level that the author's headings have."""
        self.lines.gap()
        self.lines.add(["#" * level_of(self.judge.match, section) + " " + section.title, ""])

    def _prompt(self, section: Section) -> None:
        """A section that nobody has begun: the template's heading, and its prompt marked as one."""
        self._heading(section)
        if text := [self._filled(line) for line in trimmed(section.text)]:
            self.lines.add([prompt_mark(section.index), "", *text, "", PROMPT_END])

    def _data(self, section: Section) -> None:
        """What the data says in a section."""
        self.lines.gap()
        self.lines.add([*trimmed(section.text), ""])

    def _alike(self, section: Section) -> Sequence[Section]:
        """A section that is missing and, if it is a pattern, those of its shape: one is asked for, all are shown."""
        if not section.pattern:
            return (section,)
        siblings = (s for s in self.judge.match.template.sections if s.parent == section.parent)
        return [s for s in siblings if s.pattern == section.pattern]

    def _stands_above_data(self, section: Section) -> bool:
        """Whether what the data says would stand under no heading without this one."""
        return any(
            (child.index in self.judge.from_data and not self.judge.match.headings_of(child))
            or self._stands_above_data(child)
            for child in self.judge.match.template.children(section)
        )


def _in_template_order(sections: Sequence[Judged]) -> Iterator[Judged]:
    """Sections in the template's order; those of one pattern, where nothing stands between them, in the author's."""
    places: dict[tuple[int, str], list[int]] = {}
    for place, judged in enumerate(sections):
        if judged.section.pattern:
            places.setdefault((judged.section.parent, judged.section.pattern), []).append(place)
    order = list(sections)
    for alike in places.values():
        unbroken = alike[-1] - alike[0] + 1 == len(alike)
        if unbroken and all(sections[place].heading for place in alike):
            written = sorted((sections[p] for p in alike), key=lambda j: j.heading.line if j.heading else 0)
            order[alike[0] : alike[-1] + 1] = written
    yield from order


def end_of_sections(document: Outline) -> int:
    """The line after the last section: that of the rule above the metadata at the foot, if there is any."""
    tail = foot(document)
    if not tail:
        return len(document.lines) + 1
    return max(block.line for block in document.blocks if block.line < tail[0].line)


def level_of(match: Match, section: Section) -> int:
    """The level that a heading of the template's has among the author's."""
    return max(1, min(6, section.level + _shift(match, section)))


def _shift(match: Match, section: Section) -> int:
    """How much deeper the author's headings stand than the template's: those beside it, else the one above it."""
    while True:
        headings = match.document.headings
        shifts = sorted(headings[i].level - s.level for i, s in match.claimed.items() if s.parent == section.parent)
        if shifts or section.parent < 0:
            return shifts[len(shifts) // 2] if shifts else 0
        section = match.template.sections[section.parent]
        if taken := match.headings_of(section):
            return headings[taken[0]].level - section.level


def trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without blank ones around them and without the rule that only parts sections."""
    found = list(lines)
    while found and (not found[-1].strip() or re.fullmatch(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*", found[-1])):
        found.pop()
    while found and not found[0].strip():
        found.pop(0)
    return found

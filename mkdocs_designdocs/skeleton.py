"""A document as the sections that it asks for: a template with no data, or filled with a design's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Heading, Kind, Outline, outline
from mkdocs_designdocs.metalines import foot, is_metadata
from mkdocs_designdocs.wording import Voice, Wording, box, voice, wording


@dataclass(frozen=True)
class Section:
    """One section that a template asks for."""

    title: str
    level: int
    index: int
    parent: int
    """The index of the section that it stands under, -1 at the top."""
    heading: Heading
    blocks: Sequence[Block]
    """Its own, without those of its sub-sections."""
    text: Sequence[str]
    """The lines below its heading, up to the next heading."""
    optional: bool = False
    pattern: str = ""
    """The shape of a heading that stands for any number of the author's; empty for a fixed title."""
    aliases: Sequence[str] = ()
    parent_of_sections: bool = False
    is_checklist: bool = False
    """Whether all that it asks for is to tick boxes."""

    @property
    def prompted(self) -> bool:
        """Whether the template gives it a text of its own."""
        return any(b.text.strip() for b in self.blocks if b.kind is not Kind.RULE)


@dataclass(frozen=True)
class Skeleton:
    """The parts of a template's Markdown."""

    outline: Outline
    title: Heading | None
    head: Sequence[str]
    """The lines between the title and the first section."""
    sections: Sequence[Section]
    foot: Sequence[str]
    """The metadata that ends it, with the rule above."""

    def path(self, section: Section) -> str:
        """`Parent > Child`."""
        above = f"{self.path(self.sections[section.parent])} > " if section.parent >= 0 else ""
        return above + titles.shown(section.title)

    def children(self, section: Section) -> Sequence[Section]:
        """The sections right below one."""
        return [other for other in self.sections if other.parent == section.index]


def title_of(document: Outline, known: frozenset[str] = frozenset(), title: str = "") -> Heading | None:
    """The heading that is the document's title: a lone first H1, or an early heading with the title in it.

    `known` are the keys of the template's sections: where several H1s stand, one of those is a section.
    """
    if not document.headings:
        return None
    first = document.headings[0]
    first_key = titles.key(first.title)
    if title and titles.key(title) in first_key:
        return first
    if first.level > 1:
        return None
    lone = sum(heading.level == 1 for heading in document.headings) == 1
    return first if lone or first_key not in known else None


def skeleton(
    text: str, *, optional: Sequence[str] = (), aliases: Mapping[str, Sequence[str]] | None = None
) -> Skeleton:
    """Take a template's Markdown apart."""
    document = outline(text)
    title = title_of(document)
    start = 1 if title else 0
    end = foot(document)
    last_line = end[0].line if end else len(document.lines) + 1
    rule = next((b.line for b in reversed(document.blocks) if b.kind is Kind.RULE and b.line < last_line), last_line)
    stop = rule if end else last_line
    sections = _sections(document, start, stop, {titles.key(t) for t in optional}, aliases or {})
    first_line = sections[0].heading.line if sections else stop
    head = document.lines[(title.end - 1 if title else 0) : first_line - 1]
    return Skeleton(document, title, head, sections, document.lines[stop - 1 :] if end else ())


def _sections(
    document: Outline, start: int, stop: int, optional: set[str], aliases: Mapping[str, Sequence[str]]
) -> list[Section]:
    headings = document.headings
    known = {titles.key(title): [titles.key(a) for a in names] for title, names in aliases.items()}
    stems = Counter((document.parents[i], titles.series(headings[i].title)) for i in range(start, len(headings)))
    with_children = {document.parents[i] for i in range(start, len(headings))}
    own = wording(block for block in document.blocks if block.kind is not Kind.HEADING)
    made: list[Section] = []
    for i in range(start, len(headings)):
        heading = headings[i]
        blocks = [b for b in document.between(i, i + 1) if b.line < stop]
        ends = headings[i + 1].line if i + 1 < len(headings) else stop
        stem = titles.series(heading.title)
        pattern = titles.shape(heading.title) or (stem if stem and stems[(document.parents[i], stem)] > 1 else "")
        made.append(
            Section(
                heading.title,
                heading.level,
                i - start,
                max(document.parents[i] - start, -1),
                heading,
                [b for b in blocks if not is_metadata(b)],
                document.lines[heading.end - 1 : ends - 1],
                titles.is_optional(heading.title) or titles.key(heading.title) in optional or _says_optional(blocks),
                pattern,
                tuple(known.get(titles.key(heading.title), ())),
                i in with_children,
                is_checklist(blocks, own),
            )
        )
    return made


def _says_optional(blocks: Sequence[Block]) -> bool:
    first = next(iter(blocks), None)
    return bool(first and first.kind is Kind.COMMENT and re.match(r"\s*<!--\s*optional\b", first.text, re.IGNORECASE))


def is_checklist(blocks: Sequence[Block], words: Wording) -> bool:
    """Whether a section of a template is only boxes, and the text beside them."""
    if not any(box(block) for block in blocks):
        return False
    voices = [voice(block, words) for block in blocks]
    return Voice.BOX in voices and not any(v in (Voice.PROMPT, Voice.SAMPLE_CODE) for v in voices)

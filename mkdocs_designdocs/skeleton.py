"""A document as the sections that it asks for: a template with no data, or filled with a design's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Heading, Kind, Outline, outline
from mkdocs_designdocs.metalines import field_of, foot, is_metadata, metadata_line
from mkdocs_designdocs.wording import Voice, box, plain, voice, wording


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


def title_of(document: Outline, template: Skeleton, title: str = "") -> Heading | None:
    """The heading that is a design's title: a lone first H1, or an early heading that is no section of the template."""
    if not document.headings:
        return None
    first = document.headings[0]
    same = [section for section in template.sections if titles.key(section.title) == titles.key(first.title)]
    is_section = bool(same)
    if first.level == 1:
        # A template all of whose sections are H1 has none for a title, so a lone one may be the only section so far.
        is_lone = _is_lone(document, first) and not (template.title is None and any(s.level == 1 for s in same))
        return first if is_lone or not is_section else None
    # Some collections have their titles in an H2.
    as_high = template.title is not None and first.level <= template.title.level
    named = f" {titles.key(title)} " in f" {titles.key(first.title)} " if titles.key(title) else False
    return first if (as_high or named) and not is_section else None


def _title_of_template(document: Outline) -> int:
    """The number of the heading that is a template's title; -1 where all are sections."""
    headings = document.headings
    if not headings:
        return -1
    for number, heading in enumerate(headings[:2]):
        # "Your Proposal Title" is the title, also below an H1 that names the template.
        if (number == 0 or _is_lone(document, headings[0])) and re.search(r"\btitle\b", heading.title, re.IGNORECASE):
            return number
    first = headings[0]
    if first.level > 1:
        return -1
    # Where every section is an H1, the first is one too if it asks for a text.
    asks = any(b.kind is not Kind.RULE and not is_metadata(b) for b in document.between(0, 1))
    return 0 if _is_lone(document, first) or titles.holds_placeholder(first.title) or not asks else -1


def _is_lone(document: Outline, heading: Heading) -> bool:
    return heading.level == 1 and sum(other.level == 1 for other in document.headings) == 1


def skeleton(
    text: str, *, optional: Sequence[str] = (), aliases: Mapping[str, Sequence[str]] | None = None
) -> Skeleton:
    """Take a template's Markdown apart."""
    document = outline(text)
    number = _title_of_template(document)
    title = document.headings[number] if number >= 0 else None
    end = foot(document)
    last_line = end[0].line if end else len(document.lines) + 1
    rule = next((b.line for b in reversed(document.blocks) if b.kind is Kind.RULE and b.line < last_line), last_line)
    stop = rule if end else last_line
    sections = _sections(document, number + 1, stop, {titles.key(t) for t in optional}, aliases or {})
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
    made: list[Section] = []
    for i in range(start, len(headings)):
        heading = headings[i]
        key = titles.key(heading.title)
        blocks = [b for b in document.between(i, i + 1) if b.line < stop]
        ends = headings[i + 1].line if i + 1 < len(headings) else stop
        stem = titles.series(heading.title)
        in_series = stem if stem and stems[(document.parents[i], stem)] > 1 else ""
        made.append(
            Section(
                title=heading.title,
                level=heading.level,
                index=i - start,
                parent=max(document.parents[i] - start, -1),
                heading=heading,
                blocks=[b for b in blocks if not is_metadata_of_design(b)],
                text=document.lines[heading.end - 1 : ends - 1],
                optional=titles.is_optional(heading.title) or key in optional or _says_optional(blocks),
                pattern=titles.shape(heading.title) or in_series,
                aliases=tuple(known.get(key, ())),
                parent_of_sections=i in with_children,
                is_checklist=is_checklist(blocks),
            )
        )
    return made


_OF_THE_DESIGN = frozenset({"authors", "reviewers", "status", "created", "updated"})


def is_metadata_of_design(block: Block) -> bool:
    """Whether a block in a section is metadata: `**Author:** …` is that anywhere, `**Issue:** it is slow` is not."""
    if not is_metadata(block):
        return False
    lines = (metadata_line(line) for line in block.text.split("\n"))
    return all(field_of(line["label"]) in _OF_THE_DESIGN for line in lines if line)


_OPENS_WITH_OPTIONAL = re.compile(r"\s*<!--[\s(\[_*]*optional\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:<!--)?[\s(\[_*>]*(?:(?:this )?section (?:is )?(?:not|only) required\b"
    r"|(?:not|only) required (?:until|if|when|for)\b"
    r"|once (?:the|this|your) [\w ]{1,30} (?:is|are|has been|have been) (?:ready|implemented|approved|accepted|merged)"
    r"|if (?:significant|applicable|appropriate|relevant|necessary|needed|any\b|there (?:is|are)\b))",
    re.IGNORECASE,
)
"""A prompt that says first under which condition there is something to write."""


def _says_optional(blocks: Sequence[Block]) -> bool:
    """Whether what a template says first of a section is that it is optional, or when it is wanted."""
    first = next((b for b in blocks if b.kind is not Kind.RULE), None)
    if first is None:
        return False
    if first.kind in (Kind.COMMENT, Kind.PARAGRAPH) and _CONDITION.match(first.text):
        return True
    if first.kind is Kind.COMMENT:
        return bool(_OPENS_WITH_OPTIONAL.match(first.text))
    return first.kind is Kind.PARAGRAPH and plain(first.text).strip("()[]. ") in ("optional", "if applicable")


def is_checklist(blocks: Sequence[Block]) -> bool:
    """Whether a section of a template is only boxes, and the text beside them."""
    if not any(box(block) for block in blocks):
        return False
    words = wording(blocks)
    voices = [voice(block, words) for block in blocks]
    return Voice.BOX in voices and not any(v in (Voice.PROMPT, Voice.SAMPLE_CODE) for v in voices)

"""The checks of completeness: each a generator whose docstring is its rule.

They speak of lines of the *body*; `catalog` moves them to lines of the file and applies the status's gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Kind
from mkdocs_designdocs.completeness import DONE, Judge, Judged, State, boxes
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.matching import guess
from mkdocs_designdocs.metalines import is_metadata
from mkdocs_designdocs.placeholders import (
    GENERIC,
    TODO_ENDS,
    TODO_OPENS,
    TODO_WITHIN,
    blanked,
    code_tokens,
    definitions,
    tokens,
)
from mkdocs_designdocs.wording import Voice, own_tokens, sentences


@dataclass(frozen=True)
class Subject:
    """What the checks look at: one design, held against its template."""

    path: str
    text: str
    template: str
    judge: Judge
    gate: Gate

    def at(
        self, code: str, line: int, column: int, message: str, *, help: str = "", section: str = "", level: Level | None = None
    ) -> Diagnostic:
        """A finding in this design."""
        return finding(code, self.path, line, column, message, help=help, section=section, level=level)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """All checks of completeness."""
    yield from check_sections(subject)
    yield from check_duplicates(subject)
    yield from check_title(subject)
    yield from check_leftovers(subject)
    yield from check_boxes(subject)


def check_sections(subject: Subject) -> Iterator[Diagnostic]:
    """Every section that the template asks for is there and has words of its own"""
    place = (subject.judge.match.title.line if subject.judge.match.title else 0, "")
    for judged in subject.judge.sections:
        if judged.heading:
            place = (judged.heading.line, titles.shown(judged.heading.title))
        if not judged.judged or judged.state in DONE:
            continue
        if judged.state is State.MISSING:
            yield from _missing(subject, judged, *place)
        elif judged.state in (State.UNWRITTEN, State.EMPTY):
            yield _unwritten(subject, judged)


def _missing(subject: Subject, judged: Judged, line: int, after: str) -> Iterator[Diagnostic]:
    if judged.excused in ("optional", "children", "parent missing", "parent not applicable"):
        return
    section = judged.section
    heading = f"{'#' * section.level} {section.title}"
    what = f'section "{titles.shown(section.title)}" is missing; the template "{subject.template}" asks for it'
    if section.pattern:
        what = f'no section like "{titles.shown(section.title)}" is there; the template "{subject.template}" asks for one'
    mend = f'add "{heading}"' + (f' after "{after}"' if after else "") + ', with "N/A" and the reason if it does not apply'
    if renamed := guess(subject.judge.match, section):
        mend = f'is it "{titles.shown(renamed.title)}" (line {{line:{renamed.line}}})? Then name it "{section.title}"'
    level = Level.NOTE if judged.excused == "parent written" else None
    yield subject.at("section-missing", line, 1, what, help=mend, section=judged.path, level=level)


def _unwritten(subject: Subject, judged: Judged) -> Diagnostic:
    assert judged.heading
    name = f'section "{titles.shown(judged.heading.title)}"'
    optional = judged.section.optional or titles.is_optional(judged.heading.title)
    mend = 'write it, or say "N/A" and why'
    if optional:
        mend += "; it is optional: it may also be deleted"
    line = judged.heading.line
    if judged.state is State.EMPTY:
        level = Level.NOTE if optional else None
        return subject.at("section-empty", line, 1, f"{name} is empty", help=mend, section=judged.path, level=level)
    level = Level.WARNING if optional or judged.samples_only else None
    first = next((b for b, v in zip(judged.blocks, judged.voices, strict=True) if v is not Voice.NOTHING), None)
    if Voice.NOT_YET in judged.voices:
        first = judged.blocks[list(judged.voices).index(Voice.NOT_YET)]
        what = f"{name} says only {shown(first.text)}"
    elif judged.samples_only:
        what = f"{name} holds nothing but the template's samples"
    elif all(v in (Voice.LABEL, Voice.NOTHING) for v in judged.voices):
        what = f"{name} has labels and nothing else"
    else:
        what = f"{name} still holds the template's prompt"
    at = first or judged.blocks[0]
    return subject.at("section-unwritten", at.line, _indent(subject, at) + 1, what, help=mend, section=judged.path, level=level)


def _indent(subject: Subject, block: Block) -> int:
    line = subject.judge.match.document.lines[block.line - 1]
    return len(line) - len(line.lstrip())


def check_duplicates(subject: Subject) -> Iterator[Diagnostic]:
    """A section of the template stands in the design once"""
    match = subject.judge.match
    taken = {titles.key(match.document.headings[i].title): i for i, s in match.claimed.items() if not s.pattern}
    for index in range(match.first, len(match.document.headings)):
        heading = match.document.headings[index]
        twin = taken.get(titles.key(heading.title))
        if index in match.claimed or twin is None or match.document.parents[index] != match.document.parents[twin]:
            continue
        first = match.document.headings[twin].line
        what = f'section "{titles.shown(heading.title)}" stands twice, first at line {{line:{first}}}; this one is kept as an extra'
        yield subject.at("section-duplicate", heading.line, 1, what, help="join the two, or give this one a name of its own")


def check_title(subject: Subject) -> Iterator[Diagnostic]:
    """No heading holds a placeholder of the template"""
    match = subject.judge.match
    if match.title:
        yield from _heading_marks(subject, match.title.title, match.title.line, "")
    for judged in subject.judge.sections:
        # An unwritten section is reported as a whole; its heading would say the same again.
        if judged.heading and (judged.state in DONE or not judged.judged):
            yield from _heading_marks(subject, judged.heading.title, judged.heading.line, judged.path)


def _heading_marks(subject: Subject, title: str, line: int, section: str) -> Iterator[Diagnostic]:
    labels = definitions(subject.text)
    for token in own_tokens(title, subject.judge.words, labels):
        if titles.is_optional(token.text):
            continue
        what = f"the heading still holds the template's placeholder {shown(token.text)}"
        column = subject.judge.match.document.lines[line - 1].find(token.text) + 1
        yield subject.at("placeholder-left", line, max(column, 1), what, help="name what it is about", section=section)


def check_leftovers(subject: Subject) -> Iterator[Diagnostic]:
    """What the template wrote is gone from a section that has words of its own"""
    match = subject.judge.match
    section_of: dict[int, Judged] = {}
    for judged in subject.judge.sections:
        section_of.update((id(block), judged) for block in judged.blocks)
    labels = definitions(subject.text)
    blocks = match.document.blocks
    for number, block in enumerate(blocks):
        place = section_of.get(id(block))
        if block.kind in (Kind.HEADING, Kind.COMMENT, Kind.RULE) or is_metadata(block):
            continue
        if place and place.state not in DONE:
            continue
        voice = subject.judge.voice(block)
        name = place.path if place else ""
        if voice is Voice.OWN:
            yield from _marks_left(subject, block, name, labels)
            yield from _todo_left(subject, block, name)
        elif voice is Voice.NOT_YET:
            yield _at(subject, "todo-left", block, 0, f"{shown(block.text)} still stands here", "say it, or delete it", name)
        elif voice in (Voice.GUIDANCE, Voice.PROMPT, Voice.SAMPLE_CODE):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            yield from _template_text(subject, block, voice, place, following)


def _template_text(
    subject: Subject, block: Block, voice: Voice, place: Judged | None, following: Block | None
) -> Iterator[Diagnostic]:
    name = place.path if place else ""
    if block.quoted:
        return
    marks = list(tokens(block.text))
    if voice is Voice.PROMPT:
        if marks:
            what = f"the template's placeholder {shown(marks[0].text)} still stands here"
            yield _at(subject, "placeholder-left", block, marks[0].start, what, "replace it, or delete the line", name)
        else:
            what = f"the template's sample {shown(block.text)} still stands here"
            yield _at(subject, "template-text-left", block, 0, what, "replace it, or delete it", name)
        return
    if voice is Voice.SAMPLE_CODE:
        kind = "diagram" if block.info.strip("{}. ").startswith("mermaid") else "sample code"
        what = f"the template's {kind} still stands here, untouched"
        yield _at(subject, "template-text-left", block, 0, what, "replace it, or delete it", name)
        return
    if not marks and place and any(v is Voice.BOX for v in place.voices):
        return
    question = block.text.rstrip("_*]) ").endswith("?")
    answered = question and following is not None and subject.judge.voice(following) is Voice.OWN
    level = Level.NOTE if answered and following is not None and following.kind is not Kind.HEADING else None
    what = f"the template's guidance {shown(block.text)} still stands here"
    yield _at(subject, "template-text-left", block, 0, what, "delete it", name, level)


def _marks_left(subject: Subject, block: Block, section: str, labels: frozenset[str]) -> Iterator[Diagnostic]:
    """No block of the author's holds a placeholder of the template, nor one that nobody means"""
    words = subject.judge.words
    if block.kind in (Kind.FENCE, Kind.CODE):
        for token in code_tokens(block.text):
            if token.key in words.code_marks:
                what = f"the template's placeholder {shown(token.text)} still stands in this code"
                line = block.line + block.text.count("\n", 0, token.start) + (block.kind is Kind.FENCE)
                raw = subject.judge.match.document.lines[line - 1]
                yield subject.at(
                    "placeholder-left", line, max(raw.find(token.text), 0) + 1, what, help="replace it",
                    section=section, level=Level.WARNING,
                )
        return
    if block.kind is Kind.HTML:
        return
    left = own_tokens(block.text, words, labels)
    for token in left:
        what = f"the template's placeholder {shown(token.text)} still stands here"
        yield _at(subject, "placeholder-left", block, token.start, what, "replace it", section)
    if not block.quoted and block.kind is Kind.PARAGRAPH and not left:
        for sentence in sentences(block.text):
            if sentence in words.sentences and len(sentence.split()) > 3 and sentence not in words.keep:
                what = f"the template's sentence {shown(sentence)} still stands here"
                yield _at(subject, "template-text-left", block, 0, what, "delete it", section)
    covered = [(t.start, t.start + len(t.text)) for t in left]
    for match in GENERIC.finditer(blanked(block.text)):
        if not any(start <= match.start() < stop for start, stop in covered):
            what = f"the placeholder {shown(match[0])} still stands here"
            yield _at(subject, "placeholder-left", block, match.start(), what, "replace it", section, Level.WARNING)


def _todo_left(subject: Subject, block: Block, section: str) -> Iterator[Diagnostic]:
    """Nothing is marked as still to be done"""
    if block.kind in (Kind.FENCE, Kind.CODE, Kind.HTML):
        return
    text = blanked(block.text)
    cells = [m.span() for m in re.finditer(r"[^|]+", text)] if block.kind is Kind.ROW else [(0, len(text))]
    for start, stop in cells:
        part = text[start:stop]
        strong = TODO_OPENS.match(part.lstrip()) or TODO_ENDS.search(part)
        if match := strong or TODO_WITHIN.search(part):
            word = match["word"]
            offset = start + part.find(word)
            level = Level.WARNING if strong else Level.NOTE
            yield _at(subject, "todo-left", block, offset, f'"{word}" still stands here', "say it, or delete it", section, level)


def check_boxes(subject: Subject) -> Iterator[Diagnostic]:
    """The boxes of a checklist are ticked when the design is implemented"""
    for judged in subject.judge.sections:
        found = [(b, done) for b, done in boxes(judged.blocks) if subject.judge.voice(b) is not Voice.PROMPT]
        opened = [block for block, done in found if not done]
        if not opened or judged.heading is None or judged.state is State.UNWRITTEN:
            continue
        what = f'{len(opened)} of {len(found)} boxes in "{titles.shown(judged.heading.title)}" are open'
        level = Level.WARNING if subject.gate is Gate.FINISHED else None
        help = "tick what is done" if subject.gate is Gate.FINISHED else ""
        yield _at(subject, "checklist-open", opened[0], 0, what, help, judged.path, level)


def _at(
    subject: Subject, code: str, block: Block, start: int, message: str, help: str, section: str, level: Level | None = None
) -> Diagnostic:
    """A finding at an offset of a block's text."""
    before = block.text[:start]
    line = block.line + (before.count("\n") if block.kind is not Kind.ROW else 0)
    lines = subject.judge.match.document.lines
    raw = lines[line - 1] if line <= len(lines) else ""
    wanted = block.text[start:].split("\n", 1)[0].split(" | ", 1)[0][:20].strip()
    column = raw.find(wanted, len(before.rpartition("\n")[2])) if wanted else -1
    if column < 0:
        column = len(raw) - len(raw.lstrip())
    return subject.at(code, line, column + 1, message, help=help, section=section, level=level)



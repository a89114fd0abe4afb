"""Sections that are missing, put among the author's: where the page shows them, at the level of those around them.

RULE: nothing else becomes of the design. Every heading that was there stays what it was, under what it was, and every
section is as written as before; a section that cannot be put in so is not put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.blocks import Block, Kind, Outline, outline
from mkdocs_designdocs.completeness import Judge, State
from mkdocs_designdocs.expansion import end_of_sections, level_of, trimmed
from mkdocs_designdocs.matching import guess
from mkdocs_designdocs.skeleton import Section, Skeleton

Rejudge = Callable[[Outline], Judge]
"""Holds another body of the same design against the same template."""


@dataclass(frozen=True)
class Insertion:
    """Lines that are put into a body."""

    line: int
    """The line before which they come, 1-based; one more than there are for the end."""
    lines: tuple[str, ...]
    section: Section | None = None
    """The missing section that they are."""
    headings: Mapping[int, int] | None = None
    """For the places of the headings among the lines the sections (by their index) that they are."""


def insertions(judge: Judge, blank: Skeleton, missing: Sequence[Section], rejudge: Rejudge) -> Sequence[Insertion]:
    """Some missing sections, with those below them, as `blank` (the template rendered with no data) has them.

    All that can be put in without touching anything else, in the template's order; none that the author probably has
    under another name.
    """
    unlike = (section for section in missing if not guess(judge.match, section))
    wanted = sorted(unlike, key=lambda section: section.index)
    if harmless(judge, made := list(_made(judge, blank, wanted)), rejudge):
        return made
    kept: list[Section] = []
    for section in wanted:
        if harmless(judge, list(_made(judge, blank, [*kept, section])), rejudge):
            kept.append(section)
    return list(_made(judge, blank, kept))


def inserted(lines: Sequence[str], added: Sequence[Insertion]) -> list[str]:
    """The lines of a body with others put in; what comes at one place comes in the order given."""
    made: list[str] = []
    for number in range(1, len(lines) + 2):
        for insertion in added:
            if insertion.line == number:
                made.extend(insertion.lines)
        made.extend(lines[number - 1 : number])
    return made


# What is put in, and where -------------------------------------------------------------------------------------


def _made(judge: Judge, blank: Skeleton, missing: Sequence[Section]) -> Iterator[Insertion]:
    lines = judge.match.document.lines
    seen: set[int] = set()
    for section in missing:
        level = level_of(judge.match, section)
        line = _place(judge, section, level)
        text: list[str] = []
        headings: dict[int, int] = {}
        for one in _group(judge, section):
            depth = max(1, min(6, level + one.level - section.level))
            headings[len(text)] = one.index
            text += ["#" * depth + " " + one.title, ""]
            if prompt := trimmed(_twin(one, judge.match.template, blank).text):
                text += [*prompt, ""]
        at_end = line > len(lines) or not any(rest.strip() for rest in lines[line - 1 :])
        if at_end:
            text.pop()
        if (line in seen and at_end) or (line not in seen and line > 1 and lines[line - 2].strip()):
            text.insert(0, "")
            headings = {at + 1: index for at, index in headings.items()}
        seen.add(line)
        yield Insertion(line, tuple(text), section, headings)


def _group(judge: Judge, section: Section) -> Iterator[Section]:
    """A missing section and those below it that are missing with it; one that the author may have renamed stays out."""
    yield section
    inside = {section.index}
    for judged in judge.sections:
        one = judged.section
        wanted = judged.state is State.MISSING and judged.excused in ("parent missing", "newer")
        if one.parent in inside and wanted and not guess(judge.match, one):
            inside.add(one.index)
            yield one


def _twin(section: Section, filled: Skeleton, blank: Skeleton) -> Section:
    """The same section in the template as it is with no data."""
    if len(filled.sections) == len(blank.sections):
        return blank.sections[section.index]
    path = filled.path(section)
    return next((other for other in blank.sections if blank.path(other) == path), section)


def _place(judge: Judge, section: Section, level: int) -> int:
    """The line before which a section comes: behind the one that it follows in the template, and its extras."""
    document, claimed = judge.match.document, judge.match.claimed
    anchor = _anchor(judge, section, level)
    if anchor < 0:
        beside = (s for s in judge.match.template.sections[section.index :] if s.parent == section.parent)
        taken = (headings[0] for s in beside if (headings := judge.match.headings_of(s)))
        following = next(taken, min(claimed, default=len(document.headings)))
    else:
        following = next(
            (
                index
                for index in range(anchor + 1, len(document.headings))
                # A heading that is higher would get what stands in another's section, and a deeper one another parent.
                if document.headings[index].level < level
                or (document.headings[index].level == level and index in claimed)
            ),
            len(document.headings),
        )
    if following < len(document.headings):
        return _above(document, following)
    line = end_of_sections(document)
    if line > len(document.lines):  # behind the last line that has words, for a file ends as it ended
        line = max((n for n, text in enumerate(document.lines, 2) if text.strip()), default=1)
    return _over(document, sum(block.line < line for block in document.blocks), line)


def _anchor(judge: Judge, section: Section, level: int) -> int:
    """The heading (by its index) of the section behind which one comes: the nearest before it in the template.

    One that the author has moved out of what they both stand in does not count. -1 where there is none.
    """
    match, headings = judge.match, judge.match.document.headings
    above = list(_ancestors(match.template, section))
    around = next((taken[-1] for i in above if (taken := match.headings_of(match.template.sections[i]))), -1)
    if around >= 0 and headings[around].level >= level:  # all at one level: nothing stands in anything
        around = -1
    for before in reversed(match.template.sections[: section.index]):
        # The end of a section is that of the section that it stands in.
        outer = [i for i in (before.index, *_ancestors(match.template, before)) if i not in above] or [before.index]
        there = [taken[-1] for i in outer if (taken := match.headings_of(match.template.sections[i]))]
        if not match.headings_of(before):
            continue
        if there[-1] == around or (
            headings[there[-1]].level >= level and _stands_in(match.document, there[-1], around)
        ):
            return there[-1]
    return -1


def _stands_in(document: Outline, heading: int, around: int) -> bool:
    while heading >= 0 and heading != around:
        heading = document.parents[heading]
    return heading == around


def _ancestors(template: Skeleton, section: Section) -> Iterator[int]:
    """The indexes of the sections that one stands under, the nearest first."""
    above = section.parent
    while above >= 0:
        yield above
        above = template.sections[above].parent


_OF_THE_NEXT = re.compile(r"\s*(?:<!--\s*designdocs:[^>]*-->|<a\s[^>]*>\s*(?:</a>)?)\s*\Z")


def _above(document: Outline, heading: int) -> int:
    """The first line of a heading and of what stands above it and is said of it: anchors, and what is to be ignored."""
    found = document.headings[heading]
    return _over(document, found.block, found.line)


def _over(document: Outline, count: int, line: int) -> int:
    """The line before which something comes, above what is said of what follows among the first `count` blocks.

    What stands at the head of a page is said of all of it, and stays there.
    """
    blocks = document.blocks
    head = 1 if blocks and blocks[0].kind is Kind.HEADING else 0
    while head < count and blocks[head].kind is Kind.COMMENT:
        head += 1
    for block in reversed(blocks[head:count]):
        if not _is_of_the_next(block):
            break
        line = block.line
    return line


def _is_of_the_next(block: Block) -> bool:
    outside = block.kind in (Kind.COMMENT, Kind.HTML, Kind.PARAGRAPH) and not block.level
    return outside and bool(_OF_THE_NEXT.match(block.text))


# What becomes of the rest --------------------------------------------------------------------------------------


def harmless(before: Judge, added: Sequence[Insertion], rejudge: Rejudge) -> bool:
    """Whether lines that are put into a design are the sections that they should be, and change nothing else."""
    if not added:
        return True
    old = before.match
    after = rejudge(outline("\n".join(inserted(old.document.lines, added))))
    new = after.match
    at = {heading.line: index for index, heading in enumerate(new.document.headings)}
    moved = [at.get(_moved(heading.line, added), -1) for heading in old.document.headings]
    ours = {at.get(line, -1): index for line, index in _headings(added)}
    if -1 in moved or -1 in ours or len(new.document.headings) != len(moved) + len(ours):
        return False
    places = dict(enumerate(moved)) | {-1: -1}  # -1 is the parent of what stands at the top
    if any(new.document.parents[moved[i]] != places[above] for i, above in enumerate(old.document.parents)):
        return False
    claims = {places[index]: section.index for index, section in old.claimed.items()} | ours
    title = _moved(old.title.line, added) if old.title else None
    return (
        {index: section.index for index, section in new.claimed.items()} == claims
        and (new.title.line if new.title else None) == title
        and {**_states(before, added), **_states(after, ())} == _states(after, ())
    )


def _headings(added: Sequence[Insertion]) -> Iterator[tuple[int, int]]:
    """The line in the new body of every heading that is put in, and its section."""
    for number, insertion in enumerate(added):
        earlier = (other for i, other in enumerate(added) if (other.line, i) < (insertion.line, number))
        start = insertion.line + sum(len(other.lines) for other in earlier)
        for place, section in (insertion.headings or {}).items():
            yield start + place, section


def _moved(line: int, added: Sequence[Insertion]) -> int:
    return line + sum(len(insertion.lines) for insertion in added if insertion.line <= line)


def _states(judge: Judge, added: Sequence[Insertion]) -> Mapping[int, State]:
    """For the lines of the headings that are there what their sections amount to."""
    return {_moved(judged.heading.line, added): judged.state for judged in judge.sections if judged.heading}

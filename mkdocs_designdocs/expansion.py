"""The page in the template's order: the author's words, what the data says, and what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Kind, Outline
from mkdocs_designdocs.completeness import Judge, Judged, State
from mkdocs_designdocs.design import ExpandedDesign
from mkdocs_designdocs.fences import bare_diagrams
from mkdocs_designdocs.fields import FIELDS, PEOPLE, Metadata, said
from mkdocs_designdocs.lifecycle import Lifecycle, offered
from mkdocs_designdocs.marks import PROMPT_END, finding_mark, prompt_mark
from mkdocs_designdocs.metadata import is_placeholder
from mkdocs_designdocs.metalines import field_of, foot, metadata_line, metadata_lines
from mkdocs_designdocs.placeholders import tokens
from mkdocs_designdocs.repair import repair
from mkdocs_designdocs.skeleton import Section


@dataclass
class _Page:
    """Lines with their origins, as they are put together."""

    lines: list[str] = field(default_factory=list)
    origin: list[int | None] = field(default_factory=list)

    def add(self, lines: Sequence[str], first: int | None = None) -> None:
        """Lines of the body from line `first` on, or of the template."""
        for number, line in enumerate(lines):
            self.lines.append(line)
            self.origin.append(None if first is None else first + number)

    def gap(self) -> None:
        """A blank line, unless there is one."""
        if self.lines and self.lines[-1].strip():
            self.lines.append("")
            self.origin.append(None)


def expand(
    judge: Judge,
    metadata: Metadata,
    lifecycle: Lifecycle,
    *,
    prompts: bool = True,
    marks: Mapping[int, Sequence[int]] | None = None,
) -> ExpandedDesign:
    """Put a design in its template's order.

    `prompts`: whether sections that are missing appear with their prompts. `marks`: for a line of the body (0: the
    top) the numbers of the findings to be shown before the block that stands there.
    """
    match = judge.match
    document = match.document
    page = _Page()
    tail = foot(document)
    end = _last_line(document, tail)
    _add_head(page, judge, metadata, lifecycle, end)
    chunks = _chunks(judge, end)
    for judged in _in_template_order(judge):
        section = judged.section
        if judged.heading:
            page.gap()
            first = judged.heading.line
            own = _own_end(judge, first, chunks[first])
            page.add(document.lines[first - 1 : own - 1], first)
            if section.index in judge.from_data and judged is _first_of(judge, section):
                _add_data(page, section)
            page.add(document.lines[own - 1 : chunks[first] - 1], own)
        elif judged.state is State.FROM_DATA:
            page.gap()
            page.add([_heading(judge, section)])
            _add_data(page, section)
        elif judged.excused == "children" and _stands_above_data(judge, section):
            page.gap()
            page.add([_heading(judge, section)])
        elif prompts and _is_wanted(judged):
            for one in _alike(judge, section):
                _add_prompt(page, judge, one, metadata, lifecycle)
    _add_foot(page, judge, metadata, lifecycle, end)
    shown_fields = frozenset(_shown_fields(page))
    marked = _with_fences(_with_marks(page, document, marks or {}))
    return ExpandedDesign(repair("\n".join(marked.lines)).rstrip("\n") + "\n", shown_fields)


def _last_line(document: Outline, tail: Sequence[object]) -> int:
    """The line after the last one that belongs to a section: that of the rule above the metadata at the foot."""
    if not tail:
        return len(document.lines) + 1
    first = foot(document)[0].line
    return max(b.line for b in document.blocks if b.line < first)


def _chunks(judge: Judge, end: int) -> dict[int, int]:
    """For the line of each claimed heading the line after its chunk: extras travel with what they follow."""
    headings = judge.match.document.headings
    starts = [headings[index].line for index in sorted(judge.match.claimed)]
    return dict(zip(starts, [*starts[1:], end], strict=False))


def _own_end(judge: Judge, first: int, end: int) -> int:
    """Where in a chunk the section itself ends, and an extra that travels with it begins."""
    headings = judge.match.document.headings
    own = next(h for h in headings if h.line == first)
    return next((h.line for h in headings if first < h.line < end and h.level <= own.level), end)


def _in_template_order(judge: Judge) -> Iterator[Judged]:
    """Sections in the template's order; those of one pattern in the author's."""
    sections = list(judge.sections)
    groups: dict[tuple[int, str], list[Judged]] = {}
    for judged in sections:
        if judged.section.pattern:
            groups.setdefault((judged.section.parent, judged.section.pattern), []).append(judged)
    done: set[int] = set()
    for judged in sections:
        if id(judged) in done:
            continue
        group = groups.get((judged.section.parent, judged.section.pattern), [judged])
        if judged.section.pattern and all(j.heading for j in group):
            group = sorted(group, key=lambda j: j.heading.line if j.heading else 0)
            together = _unbroken(group, sections)
        else:
            together = [judged]
        for one in together:
            done.add(id(one))
            yield one


def _unbroken(group: list[Judged], sections: list[Judged]) -> list[Judged]:
    """A pattern's sections, if nothing of the template stands between or below them; else only the first."""
    places = [next(i for i, j in enumerate(sections) if j is one) for one in group]
    return group if max(places) - min(places) + 1 == len(group) else [sections[min(places)]]


def _first_of(judge: Judge, section: Section) -> Judged | None:
    return next((j for j in judge.sections if j.section.index == section.index and j.heading), None)


def _is_wanted(judged: Judged) -> bool:
    """Whether a missing section is to be written: what is optional, or said elsewhere, is not asked for."""
    return judged.state is State.MISSING and judged.excused in ("", "parent missing")


def _alike(judge: Judge, section: Section) -> Sequence[Section]:
    """A section that is missing, and, if it is a pattern, those of its shape: one is asked for, all are shown."""
    if not section.pattern:
        return (section,)
    siblings = (s for s in judge.match.template.sections if s.parent == section.parent)
    return [s for s in siblings if s.pattern == section.pattern]


def _stands_above_data(judge: Judge, section: Section) -> bool:
    """Whether what the data says would stand under no heading without this one."""
    return any(
        (child.index in judge.from_data and not judge.match.headings_of(child)) or _stands_above_data(judge, child)
        for child in judge.match.template.children(section)
    )


def _add_head(page: _Page, judge: Judge, metadata: Metadata, lifecycle: Lifecycle, end: int) -> None:
    """The title and what stands above the first section."""
    match = judge.match
    document = match.document
    first_claimed = min(match.claimed, default=None)
    stop = end if first_claimed is None else document.headings[first_claimed].line
    template = match.template
    if match.title is None:
        page.add([f"# {_title(template.title.title if template.title else '', metadata)}"])
        page.gap()
        start = 1
    else:
        start = match.title.end
        page.add(document.lines[: start - 1], 1)
    if not any(line.line < stop for line in metadata_lines(document)):
        wanted = [line for line in template.head if _is_said(line, metadata)]
        if wanted:
            page.gap()
            page.add([_filled(line, metadata, lifecycle) for line in wanted])
    page.gap()
    body = list(document.lines[start - 1 : stop - 1])
    while body and not body[0].strip():
        body.pop(0)
        start += 1
    page.add([_filled(line, metadata, lifecycle) for line in body], start)


def _title(template_title: str, metadata: Metadata) -> str:
    title = metadata.title or "Untitled design"
    if not titles.holds_placeholder(template_title):
        rendered = titles.key(metadata.title) and titles.key(metadata.title) in titles.key(template_title)
        return template_title if rendered else title
    from_mark = next(iter(tokens(template_title)))
    return template_title.replace(from_mark.text, title, 1)


def _is_said(line: str, metadata: Metadata) -> bool:
    match = metadata_line(line)
    return bool(match and said(metadata, field_of(match["label"])))


def _filled(line: str, metadata: Metadata, lifecycle: Lifecycle) -> str:
    """A metadata line with the value that the design has; the author's own stays where it says the same."""
    match = metadata_line(line)
    if not match:
        return line
    name = field_of(match["label"])
    ours = said(metadata, name)
    theirs = match["value"].strip()
    if not ours or (theirs and not is_placeholder(theirs) and not offered(theirs, lifecycle)):
        return line if line.endswith("\\") else line.rstrip() + "  "
    if FIELDS[name] == PEOPLE:
        ours = ", ".join(f"[{p.label}]({p.url})" if p.url else p.label for p in getattr(metadata, name))
    elif re.match(r"https?://", ours):
        ours = f"<{ours}>"
    return f"{match['before']}{ours}  "


def _heading(judge: Judge, section: Section) -> str:
    """The template's heading at the level that the author's headings have."""
    level = max(1, min(6, section.level + _shift(judge, section)))
    return "#" * level + " " + section.title


def _shift(judge: Judge, section: Section) -> int:
    """How much deeper the author's headings stand than the template's: below the same parent, else on the whole."""
    headings = judge.match.document.headings
    above = section.parent
    while above >= 0:
        taken = judge.match.headings_of(judge.match.template.sections[above])
        if taken:
            return headings[taken[0]].level - judge.match.template.sections[above].level
        above = judge.match.template.sections[above].parent
    shifts = sorted(headings[i].level - s.level for i, s in judge.match.claimed.items() if s.parent < 0)
    return shifts[len(shifts) // 2] if shifts else 0


def _add_prompt(page: _Page, judge: Judge, section: Section, metadata: Metadata, lifecycle: Lifecycle) -> None:
    """A section that nobody has begun: the template's heading, and its prompt marked as one."""
    page.gap()
    page.add([_heading(judge, section), ""])
    text = [_filled(line, metadata, lifecycle) for line in _trimmed(section.text)]
    if text:
        page.add([prompt_mark(section.index), "", *text, "", PROMPT_END])


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without blank ones around them and without the rule that only parts sections."""
    found = list(lines)
    while found and (not found[-1].strip() or re.fullmatch(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*", found[-1])):
        found.pop()
    while found and not found[0].strip():
        found.pop(0)
    return found


def _add_data(page: _Page, section: Section) -> None:
    """What the data says in a section, below what the author says there."""
    page.gap()
    page.add([*_trimmed(section.text), ""])


def _add_foot(page: _Page, judge: Judge, metadata: Metadata, lifecycle: Lifecycle, end: int) -> None:
    document, template = judge.match.document, judge.match.template
    if end <= len(document.lines):
        page.gap()
        page.add([_filled(line, metadata, lifecycle) for line in document.lines[end - 1 :]], end)
    elif template.foot and not any(metadata_lines(document)):
        known = [line for line in template.foot if _is_said(line, metadata)]
        if known:
            page.gap()
            page.add(["---", "", *(_filled(line, metadata, lifecycle) for line in known)])


def _shown_fields(page: _Page) -> Iterator[str]:
    for line in page.lines:
        if (match := metadata_line(line)) and match["value"].strip():
            yield field_of(match["label"])


def _with_marks(page: _Page, document: Outline, marks: Mapping[int, Sequence[int]]) -> _Page:
    """Put a comment before the outermost block that holds a finding's line, below it where that is a heading."""
    if not marks:
        return page
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for line, numbers in marks.items():
        block = _outermost(document, line)
        if block and block.kind is Kind.HEADING:
            after.setdefault(block.end - 1, []).extend(numbers)
        else:
            before.setdefault(block.top if block else 1, []).extend(numbers)
    made = _Page()
    for text, origin in zip(page.lines, page.origin, strict=True):
        for number in before.get(origin or 0, ()):
            made.gap()
            made.add([finding_mark(number), ""])
        made.lines.append(text)
        made.origin.append(origin)
        for number in after.get(origin or 0, ()):
            made.add(["", finding_mark(number), ""])
    return made


def _outermost(document: Outline, line: int) -> Block | None:
    """The last block that begins at a line of the body or above it."""
    return next((block for block in reversed(document.blocks) if block.line <= line), None)


def _with_fences(page: _Page) -> _Page:
    """A Mermaid diagram that somebody wrote with no fence around it gets one, for no Markdown draws it without."""
    bare = list(bare_diagrams("\n".join(page.lines)))
    if not bare:
        return page
    opens = {fence.line for fence in bare}
    closes = {fence.end_line for fence in bare}
    made = _Page()
    for number, (line, origin) in enumerate(zip(page.lines, page.origin, strict=True), 1):
        if number in opens:
            made.gap()
            made.add(["```mermaid"])
        made.lines.append(line)
        made.origin.append(origin)
        if number in closes:
            made.add(["```", ""])
    return made

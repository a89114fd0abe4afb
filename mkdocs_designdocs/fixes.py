"""Repairs that are safe to make, as values: lines of a file, what becomes of them, and the finding that it mends.

RULE: what an author wrote is never touched. A repair puts lines in, or changes white space and quotes in the front
matter, or puts one status where a template left its list of choices.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from mkdocs_designdocs import titles
from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.blocks import Outline
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.design import Ignore
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.fences import Fence
from mkdocs_designdocs.frontmatter import parse, shown
from mkdocs_designdocs.insertion import Insertion, Rejudge, harmless, insertions
from mkdocs_designdocs.lifecycle import Lifecycle, Status, choices, kept
from mkdocs_designdocs.requoting import requoted
from mkdocs_designdocs.skeleton import Section, Skeleton
from mkdocs_designdocs.source import Source


@dataclass(frozen=True)
class Fix:
    """One repair of one file."""

    start: int
    """The first line of the file that is replaced, 1-based."""
    end: int
    """The line after the last; `start` itself where lines are put in before it."""
    lines: tuple[str, ...]
    did: str
    """What it did, in the past tense: `quoted`."""
    about: str
    """What it did it to: `"@ana"`."""
    mends: Diagnostic | None = None
    """None where what it mends is no finding."""


@dataclass(frozen=True)
class Held:
    """A design held against its template, and how to hold another body of it."""

    judge: Judge
    blank: Skeleton
    """The template rendered with no data."""
    rejudge: Rejudge


@dataclass(frozen=True)
class Case:
    """What is known of one file, as far as repairs need it."""

    source: Source
    found: Sequence[Diagnostic]
    """What is reported of it and asks for something: nothing else is mended."""
    lifecycle: Lifecycle
    status: Status | None
    body: Outline
    ignored: Sequence[Ignore] = ()
    fences: bool = True
    """Whether its Mermaid diagrams are drawn."""
    held: Held | None = None


def fixes(case: Case) -> Sequence[Fix]:
    """Everything that can be mended in one go. What only shows when that is done is for the next."""
    if case.source.undecodable or case.source.unclosed:
        return ()
    made = [*mend_front_matter(case), *mend_status(case)]
    # What an unclosed comment hides is judged all the same, but no line can be put in there.
    if case.body.lines == case.source.text.split("\n")[case.source.body_line - 1 :] or not case.source.body:
        made += chain(mend_diagrams(case), mend_sections(case))
    return made


def applied(data: bytes, made: Iterable[Fix]) -> bytes:
    """A file with its repairs; byte order mark, line endings and a missing last one stay as they are."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(codecs.BOM_UTF8).decode()
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    usual = next((end for line in lines if (end := _ending(line))), "\n")
    unended = bool(lines) and not _ending(lines[-1])
    after: list[str] = []
    at = 0
    for fix in sorted(made, key=lambda fix: (fix.start, fix.end)):
        if fix.start - 1 < at:
            continue  # a line that another has changed is for the next go
        after += lines[at : fix.start - 1]
        nearest = lines[fix.start - 2 : fix.start - 1] or lines[:1]
        ending = (_ending(nearest[0]) if nearest else "") or usual
        after += [line + ending for line in fix.lines]
        at = fix.end - 1
    after += lines[at:]
    after = [line if _ending(line) else line + usual for line in after]
    if unended and after:
        after[-1] = after[-1].removesuffix(_ending(after[-1]))
    return mark + "".join(after).encode()


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def marked(found: Sequence[Diagnostic], made: Iterable[Fix]) -> list[Diagnostic]:
    """Findings, each saying whether it can be mended."""
    mended = {fix.mends for fix in made}
    return [replace(one, fixable=True) if one in mended else one for one in found]


# One generator for each kind of repair -------------------------------------------------------------------------


def mend_front_matter(case: Case) -> Iterator[Fix]:
    """Front matter that YAML cannot read, where it is certain what was meant"""
    unreadable = [one for one in _of(case, "front-matter-invalid") if one.line < case.source.body_line]
    if not unreadable or case.source.front is None:
        return
    for number, line in requoted(case.source.front).items():
        at = number + 2  # the front matter begins in line 2
        yield Fix(at, at + 1, (line.text,), line.did, line.about, unreadable[0])


def mend_status(case: Case) -> Iterator[Fix]:
    """A status that still lists the choices of the template"""
    status = case.status
    for one in _of(case, "status-unchosen"):
        before = _line(case.source, one.line)
        found = _choices(before[one.column - 1 :], case.lifecycle)
        chosen = kept(choices(found, case.lifecycle), case.lifecycle, status) if found else None
        if not found or not chosen:
            continue
        in_front = one.line < case.source.body_line
        at = before.index(found, one.column - 1)
        quoted = before[at - 1 : at] + before[at + len(found) : at + len(found) + 1]
        word = case.lifecycle.in_yaml(chosen) if in_front else chosen
        start, end = (at - 1, at + len(found) + 1) if quoted in ('""', "''") else (at, at + len(found))
        after = before[:start] + word + before[end:]
        if in_front and not _reads(case.source, one.line, after, word):
            continue
        status = status or case.lifecycle.find(chosen)
        yield Fix(one.line, one.line + 1, (after,), "chose the status", shown(word), one)


def mend_diagrams(case: Case) -> Iterator[Fix]:
    """A Mermaid diagram with no fence around it"""
    if not case.fences:
        return
    lines, offset = case.body.lines, case.source.body_line - 1
    for diagram in bare_diagrams("\n".join(lines)):
        line = diagram.line + offset
        if any("diagram-invalid" in i.codes and i.first <= line <= i.last for i in case.ignored):
            continue
        above, below = _fence(lines, diagram)
        if case.held and not harmless(case.held.judge, (above, below), case.held.rejudge):
            continue  # the template's own diagram would pass for the author's
        text = (*above.lines, *lines[diagram.line - 1 : diagram.end_line], *below.lines)
        yield Fix(line, diagram.end_line + offset + 1, text, "fenced the diagram at", f"line {line}")


def mend_sections(case: Case) -> Iterator[Fix]:
    """A section that is missing"""
    missing = _missing(case)
    if not case.held or not missing:
        return
    sections = [section for section, _ in missing]
    reported = {section.index: one for section, one in missing}
    made = insertions(case.held.judge, case.held.blank, sections, case.held.rejudge)
    yield from put_in(case.source, made, reported)


def put_in(source: Source, made: Iterable[Insertion], mends: Mapping[int, Diagnostic] | None = None) -> Iterator[Fix]:
    """Sections that are put into a file; `mends`: by their index the findings that this mends"""
    offset = source.body_line - 1
    for one in made:
        if one.section is None:
            continue
        line = one.line + offset if source.body else len(re.findall(r"\n|[^\n]\Z", source.text)) + 1
        # Below front matter that is all there is comes a blank line.
        gap = ("",) if one.line == 1 and source.front is not None and one.lines[0] else ()
        about, mended = f'"{titles.shown(one.section.title)}"', (mends or {}).get(one.section.index)
        yield Fix(line, line, (*gap, *one.lines), "added section", about, mended)


# What they need to know ----------------------------------------------------------------------------------------


def _of(case: Case, code: str) -> Iterator[Diagnostic]:
    """The findings of one kind in the file itself, not in one beside it."""
    return (one for one in case.found if one.code == code and one.path == case.source.path)


def _line(source: Source, number: int) -> str:
    return dict(enumerate(source.text.split("\n"), 1)).get(number, "")


_VALUE = re.compile(r"(?:[\w -]+:[ \t]+)?[\"']?(?P<value>.*?)[\"']?(?:[ \t]+#.*)?(?:[ \t\\]|<br\s*/?>)*$")
_LONGEST = 500
"""Characters of a line that is looked at: more than a list of choices has."""
_LONGEST_CHOICE = 3
"""In words."""


def _choices(text: str, lifecycle: Lifecycle) -> str:
    """The list of choices with which a text begins, behind a key and in quotes; empty where there is something else."""
    text = re.split(r"(?<!\\)\|", text)[0] if "\\|" in text else text
    match = _VALUE.match(text) if len(text) <= _LONGEST else None
    value = match["value"] if match else ""
    found = choices(value, lifecycle)
    short = ":" not in value and all(len(one.word.split()) <= _LONGEST_CHOICE for one in found)
    known = sum(one.status is not None for one in found)
    return value if found and short and 2 * known >= len(found) else ""


def _reads(source: Source, line: int, text: str, status: str) -> bool:
    """Whether a changed line of the front matter says that status, and all other lines what they said."""
    lines = (source.front or "").split("\n")
    before, wrong = parse(source.front or "")
    lines[line - 2] = text
    after, still = parse("\n".join(lines))
    if wrong or still:
        return False
    marks = {path for path, (at, _) in before.marks.items() if at in (line, line - 1)}
    changed = [path for path in marks if _at(after.values, path) != _at(before.values, path)]
    deepest = max(changed, key=len, default=())
    same = all(path == deepest[: len(path)] for path in changed)
    return same and after.marks.keys() == before.marks.keys() and _at(after.values, deepest) == status


def _at(values: object, path: Sequence[object]) -> object:
    for key in path:
        if isinstance(values, dict):
            values = values.get(key)
        elif isinstance(values, list) and isinstance(key, int) and key < len(values):
            values = values[key]
    return values


def _fence(lines: Sequence[str], diagram: Fence) -> tuple[Insertion, Insertion]:
    """What comes above a bare diagram, and what below."""
    before = lines[diagram.line - 2].strip() if diagram.line > 1 else ""
    behind = lines[diagram.end_line].strip() if diagram.end_line < len(lines) else ""
    above = Insertion(diagram.line, ("", "```mermaid") if before else ("```mermaid",))
    return above, Insertion(diagram.end_line + 1, ("```", "") if behind else ("```",))


def _missing(case: Case) -> list[tuple[Section, Diagnostic]]:
    """The sections that are reported as missing, without those that are only noted."""
    if not case.held:
        return []
    asked = {judged.path: judged.section for judged in case.held.judge.sections if not judged.heading}
    noted = {judged.path for judged in case.held.judge.sections if judged.excused}
    return [
        (asked[one.section], one)
        for one in _of(case, "section-missing")
        if one.section in asked and one.section not in noted
    ]

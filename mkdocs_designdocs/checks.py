"""The checks of completeness: each a generator whose docstring is its rule.

They speak of lines of the *body*; `analysis` moves them to lines of the file, and `gate` gives them their level.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_designdocs import filling, titles
from mkdocs_designdocs.blocks import Heading
from mkdocs_designdocs.completeness import DONE, Judged, State, boxes
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.expansion import level_of
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.leftovers import check_leftovers
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.matching import guess
from mkdocs_designdocs.placeholders import tokens
from mkdocs_designdocs.subject import Subject
from mkdocs_designdocs.wording import Voice, own_tokens, plain


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
    if subject.adopted and (stray := _stray(subject)):
        yield stray
        return
    for judged in subject.judge.sections:
        if judged.heading:
            place = (judged.heading.line, titles.shown(judged.heading.title))
        if not judged.judged or judged.state in DONE:
            continue
        if judged.state is State.MISSING:
            yield from _missing(subject, judged, *place)
        elif judged.state in (State.UNWRITTEN, State.EMPTY):
            yield _unwritten(subject, judged)


def _stray(subject: Subject) -> Diagnostic | None:
    """Of a page that nobody wrote from the template one thing is to be said, and not as much for each section."""
    wanted = [judged for judged in subject.judge.sections if judged.required]
    there = [judged for judged in wanted if judged.heading]
    if len(wanted) < _SEVERAL or len(there) > 1 or 5 * len(there) > len(wanted):
        return None
    count = f"{len(there) or 'none'} of its {len(wanted)} sections is there"
    what = f'the page does not follow the template "{subject.template}": {count}'
    help = "if it is no design, take it out of `docs` or say `design: false` in its front matter"
    return subject.at(
        "section-missing", subject.judge.match.title.line if subject.judge.match.title else 0, 1, what, help=help
    )


_SEVERAL = 3


def _missing(subject: Subject, judged: Judged, line: int, after: str) -> Iterator[Diagnostic]:
    if judged.excused not in ("", "parent written", "folded"):
        return
    section = judged.section
    heading = f"{'#' * level_of(subject.judge.match, section)} {titles.heading(section.title)}"
    what = f'section "{titles.shown(section.title)}" is missing; the template "{subject.template}" asks for it'
    if section.pattern:
        what = (
            f'no section like "{titles.shown(section.title)}" is there; the template "{subject.template}" asks for one'
        )
    mend = (
        f'add "{heading}"' + (f' after "{after}"' if after else "") + ', with "N/A" and the reason if it does not apply'
    )
    if renamed := guess(subject.judge.match, section):
        mend = f'is it "{titles.shown(renamed.title)}" (line {{line:{renamed.line}}})? Then name it "{section.title}"'
    level = Level.NOTE if judged.excused else None
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
        if slipped := _slipped(subject, judged.heading):
            title = titles.shown(slipped.title)
            part = f'is "{title}" (line {{line:{slipped.line}}}) part of it?'
            mend = f"{part} Then make its heading a level deeper; else {mend}"
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
    return subject.at(
        "section-unwritten", at.line, subject.indent(at), what, help=mend, section=judged.path, level=level
    )


def _slipped(subject: Subject, heading: Heading) -> Heading | None:
    """The author's own heading right behind an empty section, as high as that one, which may be meant to be in it."""
    match = subject.judge.match
    index = match.document.headings.index(heading) + 1
    if index >= len(match.document.headings) or index in match.claimed:
        return None
    following = match.document.headings[index]
    own = any(subject.judge.voice(block) is Voice.OWN for block in match.document.between(index, index + 1))
    return following if own and following.level == heading.level else None


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
        name = f'section "{titles.shown(heading.title)}"'
        what = f"{name} stands twice, first at line {{line:{first}}}; this one is kept as an extra"
        yield subject.at(
            "section-duplicate", heading.line, 1, what, help="join the two, or give this one a name of its own"
        )


def check_title(subject: Subject) -> Iterator[Diagnostic]:
    """No heading holds a placeholder of the template"""
    match = subject.judge.match
    if match.title:
        yield from _heading_marks(subject, match.title.title, match.title.line, "")
        yield from _title_left(subject, match.title)
    for judged in subject.judge.sections:
        # An unwritten section is reported as a whole; its heading would say the same again.
        if judged.heading and (judged.state in DONE or not judged.judged):
            yield from _heading_marks(subject, judged.heading.title, judged.heading.line, judged.path)


def _title_left(subject: Subject, heading: Heading) -> Iterator[Diagnostic]:
    """Of a template whose title is words in place of a mark: `# Your Proposal Title`."""
    template = subject.judge.match.template.title
    # A title that was rendered from the design's own is not among the template's words.
    if template is None or plain(template.title) not in subject.judge.words.blocks:
        return
    theirs, mine = filling.slot(template.title), filling.slot(heading.title)
    if theirs and mine and not tokens(theirs.text) and plain(theirs.text) == plain(mine.text):
        what = f"the heading still holds the template's placeholder {shown(mine.text)}"
        column = max(subject.line(heading.line).find(mine.text) + 1, 1)
        yield subject.at("placeholder-left", heading.line, column, what, help="name what it is about")


def _heading_marks(subject: Subject, title: str, line: int, section: str) -> Iterator[Diagnostic]:
    for token in own_tokens(title, subject.judge.words, subject.labels):
        if titles.is_optional(token.text):
            continue
        what = f"the heading still holds the template's placeholder {shown(token.text)}"
        column = subject.line(line).find(token.text) + 1
        yield subject.at("placeholder-left", line, max(column, 1), what, help="name what it is about", section=section)


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
        yield subject.within("checklist-open", opened[0], None, what, help=help, level=level)

"""The checks of what the template wrote and of what is still to be done, block by block.

Each is a generator whose docstring is its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs_designdocs.blocks import Block, Kind
from mkdocs_designdocs.completeness import DONE, Judged
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.metalines import is_metadata
from mkdocs_designdocs.phrases import TODO_ENDS, TODO_OPENS, TODO_STILL, TODO_WITHIN
from mkdocs_designdocs.placeholders import Token, about_a_format, blanked, code_tokens, generic, tokens
from mkdocs_designdocs.subject import Subject
from mkdocs_designdocs.wording import Voice, box, own_tokens, plain, sentences


def check_leftovers(subject: Subject) -> Iterator[Diagnostic]:
    """What the template wrote is gone from a section that has words of its own"""
    blocks = subject.judge.match.document.blocks
    for number, block in enumerate(blocks):
        place = subject.places.get(id(block))
        if block.kind in (Kind.HEADING, Kind.COMMENT, Kind.RULE) or is_metadata(block):
            continue
        if place and place.state not in DONE:
            continue
        voice = subject.judge.voice(block)
        if voice is Voice.OWN:
            yield from _marks_left(subject, block)
            yield from _todo_left(subject, block)
        elif voice is Voice.NOT_YET:
            what = f"{shown(plain_start(block))} still stands here"
            yield subject.within("todo-left", block, None, what, help="say it, or delete it")
        elif voice in (Voice.GUIDANCE, Voice.PROMPT, Voice.SAMPLE_CODE) and not block.quoted:
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            yield from _template_text(subject, block, voice, place, following)


def plain_start(block: Block) -> str:
    """A block's text as a message quotes it."""
    return " ".join(block.text.split())


def _template_text(
    subject: Subject, block: Block, voice: Voice, place: Judged | None, following: Block | None
) -> Iterator[Diagnostic]:
    marks = tokens(block.text)
    if voice is Voice.PROMPT:
        yield _prompt_left(subject, block)
    elif voice is Voice.SAMPLE_CODE:
        kind = "diagram" if block.info.strip("{}. ").lower().startswith("mermaid") else "sample code"
        what = f"the template's {kind} still stands here, untouched"
        yield subject.within("template-text-left", block, None, what, help="replace it, or delete it")
    elif marks or not (_refers(block) or (place and any(box(each) for each in place.blocks))):
        question = block.text.rstrip("_*]) ").endswith("?")
        answered = question and _is_answer(subject, following)
        what = f"the template's guidance {shown(block.text)} still stands here"
        level = Level.NOTE if answered else None
        yield subject.within("template-text-left", block, None, what, help="delete it", level=level)


_REFERENCE = re.compile(r"\[[^\[\]]+\](?:\([^()\s]+\)|\[[^\[\]]*\])")
_FEW_WORDS = 5


def _refers(block: Block) -> bool:
    """Whether a paragraph does no more than point elsewhere: `(See [the states](…).)` holds for every design."""
    rest, links = _REFERENCE.subn(" ", block.text)
    return links > 0 and len(re.findall(r"\w+", rest)) <= _FEW_WORDS


def _is_answer(subject: Subject, block: Block | None) -> bool:
    return block is not None and block.kind is not Kind.HEADING and subject.judge.voice(block) is Voice.OWN


def _prompt_left(subject: Subject, block: Block) -> Diagnostic:
    if marks := tokens(block.text):
        what = f"the template's placeholder {shown(marks[0].text)} still stands here"
        return subject.within("placeholder-left", block, marks[0].start, what, help="replace it, or delete the line")
    what = f"the template's sample {shown(block.text)} still stands here"
    return subject.within("template-text-left", block, None, what, help="replace it, or delete it")


def _marks_left(subject: Subject, block: Block) -> Iterator[Diagnostic]:
    """No block of the author's holds a placeholder of the template, nor one that nobody means"""
    if block.kind in (Kind.FENCE, Kind.CODE):
        yield from _code_marks_left(subject, block)
        return
    if block.kind is Kind.HTML:
        return
    left = own_tokens(block.text, subject.judge.words, subject.labels)
    for token in _each_once(left):
        what = f"the template's placeholder {shown(token.text)} still stands here"
        yield subject.within("placeholder-left", block, token.start, what, help="replace it")
    if not left and block.kind is Kind.PARAGRAPH and not block.quoted:
        yield from _sentences_left(subject, block)
    said = {token.key for token in left}
    others = [token for token in generic(block.text) if token.key not in said]
    if others and not about_a_format(block.text):
        for token in _each_once(others):
            what = f"the placeholder {shown(token.text)} still stands here"
            yield subject.within("placeholder-left", block, token.start, what, help="replace it", level=Level.WARNING)


def _each_once(found: Iterable[Token]) -> Iterable[Token]:
    """What stands in a block several times is said once, where it stands first."""
    return {token.key: token for token in reversed(list(found))}.values()


def _code_marks_left(subject: Subject, block: Block) -> Iterator[Diagnostic]:
    if not subject.judge.words.code_marks:
        return
    for token in code_tokens(block.text):
        if token.key in subject.judge.words.code_marks:
            what = f"the template's placeholder {shown(token.text)} still stands in this code"
            yield subject.within("placeholder-left", block, token.start, what, help="replace it", level=Level.WARNING)


def _sentences_left(subject: Subject, block: Block) -> Iterator[Diagnostic]:
    words = subject.judge.words
    for sentence in sentences(block.text):
        if sentence in words.sentences and len(sentence.split()) > 3 and sentence not in words.keep:
            what = f"the template's sentence {shown(sentence)} still stands here"
            start = _start_of(sentence, block.text)
            yield subject.within("template-text-left", block, start, what, help="delete it")


def _start_of(sentence: str, text: str) -> int:
    """Where in a text a sentence begins that is known only as it is compared."""
    first = sentence.split()[0]
    starts = (m.start() for m in re.finditer(re.escape(first), text, re.IGNORECASE))
    most = 3 * len(sentence) + 200  # with its emphasis and links; a text of many such words is long to compare
    return next((start for start in starts if plain(text[start : start + most]).startswith(sentence)), 0)


def _todo_left(subject: Subject, block: Block) -> Iterator[Diagnostic]:
    """Nothing is marked as still to be done"""
    if block.kind in (Kind.FENCE, Kind.CODE) or not _MAYBE.search(block.text):
        return
    if block.kind is Kind.HTML and _NO_PROSE.match(block.text):
        return
    text = blanked(block.text)
    for start, stop in _parts(block, text):
        part = text[start:stop]
        strong = TODO_OPENS.match(part.lstrip()) or TODO_ENDS.search(part) or TODO_STILL.search(part)
        if match := strong or TODO_WITHIN.search(part):
            word = match["word"] or match["phrase"]
            level = Level.WARNING if strong else Level.NOTE
            what = f'"{word}" still stands here'
            yield subject.within(
                "todo-left", block, start + part.find(word), what, help="say it, or delete it", level=level
            )


_MAYBE = re.compile(r"TBD|TBA|TODO|FIXME|XXX|[Tt]o be ")
_NO_PROSE = re.compile(r"\s*<(?:script|style|pre|svg)\b")


def _parts(block: Block, text: str) -> list[tuple[int, int]]:
    """What can open or end with a TODO: a block, a cell of a table, an element of HTML."""
    if block.kind is Kind.ROW:
        return [m.span() for m in re.finditer(r"[^|]+", text)]
    if block.kind is Kind.HTML:
        return [m.span() for m in re.finditer(r"\S(?:(?!\s{4}).)*", text)]
    return [(0, len(text))]

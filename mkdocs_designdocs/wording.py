"""Whose words a block holds: the template's, the author's, or nobody's.

A block is the template's when the template has it, compared without emphasis, case and wrapping. Paragraphs and items
are compared by sentence too, and code by line, so that re-wrapped or half replaced text is seen for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from mkdocs_designdocs.blocks import Block, Kind
from mkdocs_designdocs.placeholders import (
    NOT_APPLICABLE,
    NUMBERED_SAMPLE,
    TODO_ONLY,
    TODO_OPENS,
    Token,
    code_tokens,
    is_definition,
    tokens,
)


class Voice(Enum):
    """What a block amounts to."""

    OWN = "own"
    """The author's words."""
    NOTHING = "nothing"
    """White space, rules, `...`, empty rows, comments of the author, tables of contents."""
    LABEL = "label"
    """A bare `**Request:**`, a table's header: announces, and says nothing itself."""
    NOT_APPLICABLE = "not applicable"
    NOT_YET = "not yet"
    """TBD, and no more."""
    GUIDANCE = "guidance"
    """A paragraph that the template wrote to its author."""
    PROMPT = "prompt"
    """An item or a row of the template with a placeholder, or a numbered sample."""
    SAMPLE = "sample"
    """An item or a row of the template that could be meant."""
    SAMPLE_CODE = "sample code"
    """A fence or a diagram of the template, untouched."""
    BOX = "box"
    """A check box with the template's text, ticked or not, and what stands beside it."""


@dataclass(frozen=True)
class Wording:
    """All that a template says, ready to be compared with."""

    blocks: frozenset[str]
    sentences: frozenset[str]
    stripped: frozenset[str]
    """Its blocks with the placeholders deleted."""
    code_lines: frozenset[str]
    marks: frozenset[str]
    """The keys of its placeholders in prose."""
    code_marks: frozenset[str]
    keep: frozenset[str]
    """What a template says may stand."""


_MARKS = re.compile(r"<!--.*?-->|</?[a-z][a-z0-9]*[^<>]*>|&nbsp;|&#160;|\\(?=[\[\]_*<{`])|[*`]|(?<!\w)_|_(?!\w)", re.DOTALL)
_BOX = re.compile(r"\[(?P<mark>[ xX])\](?=\s|$)\s*")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:])[)\]_*\"”]*\s+")
_EMPTY = re.compile(r"[\s\W_]*\Z")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as it is compared: no emphasis, no case, no wrapping."""
    return " ".join(_MARKS.sub("", text).split()).casefold()


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, as they are compared; fragments of one word are not compared at all."""
    return [s for part in _END_OF_SENTENCE.split(text) if len((s := plain(part)).split()) > 1]


def box(block: Block) -> re.Match[str] | None:
    """The check box that an item, or a paragraph, begins with."""
    return _BOX.match(block.text) if block.kind in (Kind.ITEM, Kind.PARAGRAPH) else None


def without_tokens(text: str) -> str:
    """A text with its placeholders deleted, as it is compared."""
    rest, at = "", 0
    for token in tokens(text):
        rest += text[at : token.start]
        at = token.start + len(token.text)
    return re.sub(r"[\s\W]+", " ", plain(rest + text[at:])).strip()


def wording(blocks: Iterable[Block], keep: Iterable[str] = ()) -> Wording:
    """Collect what a template says."""
    texts: set[str] = set()
    parts: set[str] = set()
    stripped: set[str] = set()
    code: set[str] = set()
    marks: set[str] = set()
    code_marks: set[str] = set()
    for block in blocks:
        if block.kind in (Kind.FENCE, Kind.CODE):
            code.update(_code_lines(block))
            code_marks.update(token.key for token in code_tokens(block.text))
            continue
        if block.kind is Kind.COMMENT:
            texts.add(plain(block.text.strip("<!-> \n")))
            parts.update(sentences(block.text.strip("<!-> \n")))
            continue
        text = _BOX.sub("", block.text)
        texts.add(plain(text))
        parts.update(sentences(text))
        found = list(tokens(text))
        marks.update(token.key for token in found)
        if found and (rest := without_tokens(text)):
            stripped.add(rest)
    return Wording(
        frozenset(texts - {""}),
        frozenset(parts),
        frozenset(stripped),
        frozenset(code),
        frozenset(marks),
        frozenset(code_marks),
        frozenset(plain(text) for text in keep),
    )


def _code_lines(block: Block) -> list[str]:
    return [" ".join(line.split()) for line in block.text.split("\n") if line.strip()]


def voice(block: Block, template: Wording) -> Voice:
    """Judge one block that is no heading."""
    if block.kind in (Kind.RULE, Kind.COMMENT):
        return Voice.GUIDANCE if _is_template_comment(block, template) else Voice.NOTHING
    if block.kind in (Kind.FENCE, Kind.CODE):
        return _voice_of_code(block, template)
    if block.kind is Kind.TABLE_HEAD:
        return Voice.LABEL
    if plain(block.text) in template.keep:
        return Voice.OWN
    if block.quoted and not is_template_text(block.text, template):
        return Voice.OWN
    return _voice_of_text(block, template)


def _is_template_comment(block: Block, template: Wording) -> bool:
    return block.kind is Kind.COMMENT and plain(block.text.strip("<!-> \n")) in template.blocks


def _voice_of_code(block: Block, template: Wording) -> Voice:
    lines = _code_lines(block)
    if not lines:
        return Voice.NOTHING
    return Voice.SAMPLE_CODE if all(line in template.code_lines for line in lines) else Voice.OWN


def _voice_of_text(block: Block, template: Wording) -> Voice:
    boxed = box(block)
    text = block.text[boxed.end() :] if boxed else block.text
    bare = plain(text)
    if _EMPTY.match(bare):
        # An image or an include has no words and is somebody's all the same.
        return Voice.OWN if block.kind is Kind.HTML and re.search(r"<(img|svg|iframe|video|object|embed)\b", text) else Voice.NOTHING
    if is_template_text(text, template):
        return _voice_of_template(block, text, bool(boxed))
    if TODO_ONLY.match(text) or (TODO_OPENS.match(text) and not boxed):
        return Voice.NOT_YET
    if NOT_APPLICABLE.match(text) and block.kind is not Kind.ROW:
        return Voice.NOT_APPLICABLE
    if _is_label(text) or is_definition(text):
        return Voice.LABEL
    if is_contents_entry(text):
        return Voice.NOTHING
    return Voice.OWN


def _voice_of_template(block: Block, text: str, boxed: bool) -> Voice:
    marked = any(True for _ in tokens(text)) or bool(NUMBERED_SAMPLE.match(plain_cased(text)))
    if boxed:
        return Voice.PROMPT if marked else Voice.BOX
    if block.kind in (Kind.ITEM, Kind.ROW):
        return Voice.PROMPT if marked else Voice.SAMPLE
    return Voice.LABEL if _is_label(text) or text.rstrip("*_ ").endswith(":") else Voice.GUIDANCE


def plain_cased(text: str) -> str:
    """A text without emphasis and wrapping, its case kept."""
    return " ".join(_MARKS.sub("", text).split())


@lru_cache(maxsize=20_000)
def _is_label(text: str) -> bool:
    """Whether a text only announces: all bold, or a few words that end in a colon."""
    text = text.strip()
    if re.fullmatch(r"(\*\*|__)(?:(?!\1).)+\1:?", text):
        return True
    return text.rstrip("*_ ").endswith(":") and len(text.split()) <= 3 and "\n" not in text


def is_contents_entry(text: str) -> bool:
    """Whether an item is an entry of a table of contents: nothing but a link into the page."""
    return bool(re.fullmatch(r"\s*(?:[\d.]+\s*)?\[.*\]\(#[^)]*\)\s*", text))


def is_template_text(text: str, template: Wording) -> bool:
    """Whether a text is one that the template has: as a whole, sentence by sentence, or with deleted placeholders."""
    bare = plain(text)
    if bare in template.blocks:
        return True
    parts = sentences(text)
    if parts and len(" ".join(parts)) >= len(bare) - 2 * len(parts) - 2 and all(p in template.sentences for p in parts):
        return True
    if not template.stripped:
        return False
    rest = without_tokens(text)
    return bool(rest) and rest in template.stripped and len(rest) >= len(re.sub(r"[\s\W]+", " ", bare)) - 2


def own_tokens(text: str, template: Wording, known_labels: frozenset[str]) -> Sequence[Token]:
    """The template's placeholders that an edited text still holds."""
    return [
        token
        for token in tokens(text)
        if token.key in template.marks and token.key not in known_labels and not re.match(r"\[[ xX]\]", token.text)
    ]

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

from mkdocs_designdocs.blocks import CONTAINER, Block, Kind
from mkdocs_designdocs.phrases import NOT_APPLICABLE, TODO_ONLY, not_yet
from mkdocs_designdocs.placeholders import (
    GENERIC,
    NUMBERED_SAMPLE,
    TAG,
    Token,
    about_a_format,
    code_tokens,
    defined,
    substituted,
    tokens,
)


class Voice(Enum):
    """What a block amounts to."""

    OWN = "own"
    """The author's words."""
    KEPT = "kept"
    """What may stand and says enough where nothing else does: what the template keeps, a list of references."""
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


_MARKS = re.compile(rf"<!--.*?-->|{TAG.pattern}|&nbsp;|&#160;|\\(?=[\[\]_*<{{`])|[*`]|(?<!\w)_|_(?!\w)", re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_ESCAPE = re.compile(r"\\(?=[\[\]<_*{])")
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_BOX = re.compile(r"\[(?P<mark>[ xX])\](?=\s|$)\s*")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:])[)\]_*\"”]*\s+")
_NO_WORDS = re.compile(r"[\s!-/:-@\[-`{-~…·•‐-―‘-‟«»]*\Z")
_MEDIA = re.compile(r"<(?:img|svg|iframe|video|object|embed)\b|<(?:https?|mailto):", re.IGNORECASE)
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*")
_SUMMARY = re.compile(r"<summary>(?:[^<]|<(?!/?summary>))*</summary>")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:")
_ENTRY = re.compile(r"\s*(?:[\d.]+\s*)?\[.*\]\(#[^)]{0,300}\)\s*")
_BOLD = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1:?", re.DOTALL)


@lru_cache(maxsize=20_000)
def plain_cased(text: str) -> str:
    """A text without emphasis and wrapping, its case kept."""
    return " ".join(substituted(_MARKS, "", text).split())


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as it is compared: no emphasis, case or wrapping, no word processor's quotes, dashes and dots; and no
    brackets, for a prompt without is one.
    """
    return " ".join(_BRACKETS.sub("", plain_cased(text).translate(_TYPED)).split()).casefold()


@lru_cache(maxsize=20_000)
def sentences(text: str) -> Sequence[str]:
    """The sentences of a paragraph, as they are compared; fragments of one word are not compared at all."""
    return tuple(s for part in _END_OF_SENTENCE.split(text) if len((s := plain(part)).split()) > 1)


def box(block: Block) -> re.Match[str] | None:
    """The check box that an item, or a paragraph, begins with."""
    return _BOX.match(block.text) if block.kind in (Kind.ITEM, Kind.PARAGRAPH) else None


def without_tokens(text: str, marks: frozenset[str] | None = None) -> str:
    """A text with its placeholders deleted (`marks`: only these), as it is compared."""
    rest, at = "", 0
    for token in tokens(text):
        if marks is None or token.key in marks:
            rest += text[at : token.start]
            at = token.end
    return _words(rest + text[at:])


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    return re.sub(r"[\s\W]+", " ", plain(text)).strip()


def wording(blocks: Iterable[Block], keep: Iterable[str] = ()) -> Wording:
    """Collect what a template says."""
    texts: set[str] = set()
    parts: set[str] = set()
    stripped: set[str] = set()
    code: set[str] = set()
    marks: set[str] = set()
    code_marks: set[str] = set()
    for block in blocks:
        # A bare diagram that an author has fenced, or a sample put in a fence, is still the template's.
        code.update(_code_lines(block))
        if block.kind in (Kind.FENCE, Kind.CODE):
            code_marks.update(token.key for token in code_tokens(block.text))
            continue
        text = _uncommented(block) if block.kind is Kind.COMMENT else _BOX.sub("", _ALERT.sub("", block.text))
        texts.add(plain(text))
        parts.update(sentences(text))
        found = tokens(text) if block.kind is not Kind.COMMENT else ()
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


def _uncommented(block: Block) -> str:
    return re.sub(r"<!--|-->", "", block.text).strip()


def voice(block: Block, template: Wording) -> Voice:
    """Judge one block that is no heading."""
    if block.kind is Kind.RULE:
        return Voice.NOTHING
    if block.kind is Kind.COMMENT:
        return Voice.GUIDANCE if plain(_uncommented(block)) in template.blocks else Voice.NOTHING
    if block.kind in (Kind.FENCE, Kind.CODE):
        return _voice_of_code(block, template)
    if block.kind is Kind.TABLE_HEAD:
        return Voice.LABEL
    if template.keep and plain(block.text) in template.keep:
        return Voice.KEPT
    return _voice_of_text(block, template)


def _voice_of_code(block: Block, template: Wording) -> Voice:
    lines = _code_lines(block)
    if not any(re.search(r"\w", line) for line in lines):
        return Voice.NOTHING
    if all(line in template.code_lines for line in lines):
        return Voice.SAMPLE_CODE
    return Voice.NOT_YET if TODO_ONLY.match(block.text) else Voice.OWN


def _voice_of_text(block: Block, template: Wording) -> Voice:
    boxed = box(block)
    text = block.text[boxed.end() :] if boxed else block.text
    if block.quoted:
        text = _ALERT.sub("", text, count=1)
    if block.kind is Kind.HTML:
        text = _SUMMARY.sub("", text)
    if _FOOTNOTE.match(text):
        return Voice.NOTHING  # it belongs to where it is referred to
    if _NO_WORDS.match(plain(text)):
        return _voice_without_words(block)
    if links := defined(text):
        # A link into the page is an anchor's; one to elsewhere may be all that a list of references needs.
        return (
            Voice.NOTHING
            if all(link.startswith("#") for link in links) or plain(text) in template.blocks
            else Voice.KEPT
        )
    whole = plain(text) in template.blocks
    if not whole and _is_emptied(text, template):
        # What was a label before a placeholder may still announce a list.
        return Voice.PROMPT if tokens(text) else Voice.LABEL
    if whole or _in_sentences(text, template):
        return _voice_of_template(block, text, bool(boxed))
    if _is_not_yet(block, text, bool(boxed)):
        return Voice.NOT_YET
    if NOT_APPLICABLE.match(text) and block.kind is not Kind.ROW:
        return Voice.NOT_APPLICABLE
    if is_label(text):
        return Voice.LABEL
    return Voice.NOTHING if _ENTRY.fullmatch(text) else Voice.OWN


def _is_not_yet(block: Block, text: str, boxed: bool) -> bool:
    if block.kind is Kind.ROW:
        return all(TODO_ONLY.match(cell) for cell in text.split(" | ") if not _NO_WORDS.match(plain(cell)))
    # "- [ ] TODO: ask the depot" is a thing to do like any other.
    return bool(TODO_ONLY.match(text)) if boxed else not_yet(text)


def _voice_without_words(block: Block) -> Voice:
    """An image or an address has no words and is somebody's all the same; a summary announces."""
    if _MEDIA.search(block.text):
        return Voice.OWN
    return Voice.LABEL if block.kind is Kind.HTML and _SUMMARY.search(block.text) else Voice.NOTHING


def _voice_of_template(block: Block, text: str, boxed: bool) -> Voice:
    # A mark is one also where a converter has escaped its brackets.
    marked = bool(tokens(_ESCAPE.sub("", text)) or NUMBERED_SAMPLE.match(plain_cased(text)))
    if boxed:
        return Voice.PROMPT if marked else Voice.BOX
    if block.kind in (Kind.ITEM, Kind.ROW):
        return Voice.PROMPT if marked else Voice.SAMPLE
    return Voice.LABEL if is_label(text) or text.rstrip("*_ ").endswith(":") else Voice.GUIDANCE


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """Whether a text only announces: bold and no sentence, a few words that end in a colon, `!!! note`."""
    text = text.strip()
    if bold := _BOLD.fullmatch(text):
        return bold["text"].rstrip()[-1:] not in (".", "!") and len(bold["text"].split()) <= 12
    if "\n" in text:
        return False
    return bool(CONTAINER.fullmatch(text)) or (text.rstrip("*_ ").endswith(":") and len(text.split()) <= 3)


def _in_sentences(text: str, template: Wording) -> bool:
    """Whether every sentence of a text is one that the template has."""
    parts = sentences(text)
    if not parts or any(part not in template.sentences for part in parts):
        return False
    return len(" ".join(parts)) >= len(plain(text)) - 2 * len(parts) - 2


def _is_emptied(text: str, template: Wording) -> bool:
    """Whether a text is a block of the template with placeholders deleted, or only some of its placeholders."""
    if not template.marks:
        return False
    rest = without_tokens(text, template.marks)
    return rest in template.stripped if rest else any(token.key in template.marks for token in tokens(text))


def own_tokens(text: str, template: Wording, known_labels: frozenset[str]) -> Sequence[Token]:
    """The template's placeholders that an edited text still holds."""
    found = [token for token in tokens(text) if token.key in template.marks and token.key not in known_labels]
    if found and about_a_format(text):
        return [token for token in found if not GENERIC.fullmatch(token.text)]
    return found

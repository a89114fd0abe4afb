"""Prose: the words of a block of Markdown, as a reader of the page sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 10_000
"""How much of a block is read: more than anybody writes in one, unless it holds an image."""
_INLINE = MarkdownIt("commonmark").enable("strikethrough")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}")
_RAISED = re.compile(r"<sup>[^<]{0,200}</sup>")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]*\]")
_ICON = re.compile(r"(?<![\w:]):[a-z+-][a-z0-9_+-]+:(?![\w:])")
_HIGHLIGHT = re.compile(r"==(?=\S)(.+?)(?<=\S)==|\^\^(?=\S)(.+?)(?<=\S)\^\^")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_UNSEEN = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"


def words(text: str, labels: Collection[str] = ()) -> str:
    """Some inline Markdown in one line, without any syntax; images and what is struck out are not said.

    `labels`: the link definitions of the document; see `placeholders.definitions`.
    """
    text = text[:LONGEST]
    text = _ATTRIBUTES.sub("", text) if "{" in text else text
    text = _RAISED.sub("", text) if "<sup" in text else text
    references = {label.lower().upper(): {"href": "#", "title": ""} for label in labels} if "[" in text else {}
    said = "".join(_said(_INLINE.parseInline(text, {"references": references})[0].children or ()))
    return " ".join(_shown(said).split())


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    struck = 0
    for token in tokens:
        if token.type in _STRIKES:
            struck += _STRIKES[token.type]
        elif struck:
            continue
        elif token.type == "text":
            yield _unmarked(token.content)
        elif token.type == "code_inline":
            yield token.content
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and "br" in token.content[:4]):
            yield " "


_STRIKES: Mapping[str, int] = {"s_open": 1, "s_close": -1}


def _unmarked(text: str) -> str:
    """A text without what extensions of Markdown, and themes, make of it."""
    if "[" in text:
        text = _WIKI.sub(r"\1", _FOOTNOTE.sub("", text))
    if ":" in text:
        text = _ICON.sub("", text)
    return _HIGHLIGHT.sub(lambda match: match[1] or match[2], text) if "==" in text or "^^" in text else text


def _shown(text: str) -> str:
    """Without what nobody sees, and what would turn the text around it about."""
    if text.isascii():
        return text
    return "".join(c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)


def cut(text: str, most: int) -> str:
    """A text of at most so many characters: up to the end of a word, or of a character where a script has no spaces
    between words."""
    if len(text) <= most:
        return text
    head = text[:most]  # one is for the dots
    if not text[most - 1].isspace():
        head = head[:-1]
        at = head.rfind(" ")
        if at > most // 2:
            head = head[:at]
        elif (ends := max(map(head.rfind, _PAUSES))) > most // 2:
            head = head[: ends + 1]
    while head and _goes_on(text[len(head)]):
        head = head[:-1]
    return head.rstrip(" ,;:–—-(、，；：") + "…"


_PAUSES = "。、，；：！？"


def _goes_on(character: str) -> bool:
    """Whether a character belongs to the one before."""
    return unicodedata.combining(character) > 0 or character in _JOINERS or character in "\ufe0f\ufe0e"

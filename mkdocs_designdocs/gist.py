"""The gist of a design: what of its body a list of designs shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Kind, Outline
from mkdocs_designdocs.completeness import Judge, State
from mkdocs_designdocs.design import Gist
from mkdocs_designdocs.metalines import foot, is_metadata
from mkdocs_designdocs.placeholders import definitions, generic
from mkdocs_designdocs.preamble import says_fields
from mkdocs_designdocs.prose import LONGEST, cut, words
from mkdocs_designdocs.questions import of_data, open_questions
from mkdocs_designdocs.vocabulary import Vocabulary
from mkdocs_designdocs.wording import Voice, Wording, box, own_tokens, sentences, voice, wording

_LONGEST = 200
"""How many characters an overview has at most."""
_SHORT = 80
"""What is shorter is completed by what follows it."""
_EARLY = 4
_FIRST = re.compile(
    "overview|summary|abstract|tl dr|tldr|executive summary|in short|in a nutshell|introduction|synopsis"
    "|überblick|übersicht|zusammenfassung|kurzfassung|einleitung|résumé|aperçu|vue d ensemble|resumen|visión general"
    "|introducción|resumo|visão geral|introdução|riassunto|panoramica|introduzione|overzicht|samenvatting|inleiding"
    "|обзор|резюме|введение|概述|概要|摘要|简介|總覽|总览|はじめに|要約|개요|요약|소개"
)
"""Sections that say in a few words what a design is about, by their key."""
_NEXT = re.compile(
    "context|context and problem statement|background|motivation|purpose|problem|problem statement|the problem|why|what"
    "|goals?|kontext|hintergrund|ziele|contexte|contexto|motivación|motivação|contesto|motivazione|doel|контекст"
    "|мотивация|背景|动机|動機|目的|배경|동기"
)
"""Those that say why; what comes before the first section is nearer to the point."""


def gist(body: Outline, judge: Judge | None, vocabulary: Vocabulary, data: Mapping[str, object] | None = None) -> Gist:
    """The gist of a body.

    `judge` holds it against its template; None where it has none. `data`: what its front matter renders.
    """
    page = _Page(body, judge, vocabulary)
    return Gist(page.overview(), page.unticked(), page.questions(data or {}))


class _Page:
    """A body, and whose words its blocks hold."""

    def __init__(self, body: Outline, judge: Judge | None, vocabulary: Vocabulary) -> None:
        self.body, self.judge, self.vocabulary = body, judge, vocabulary
        self.words: Wording = judge.words if judge else _NOBODYS

    def voice(self, block: Block) -> Voice:
        return self.judge.voice(block) if self.judge else voice(block, self.words)

    def is_own(self, block: Block) -> bool:
        return self.voice(block) is Voice.OWN

    @cached_property
    def title(self) -> int:
        """The number of the heading that is the title, -1 where none is."""
        if self.judge:
            return 0 if self.judge.match.title else -1
        levels = [heading.level for heading in self.body.headings]
        return 0 if levels[:1] == [1] and levels.count(1) == 1 else -1

    @cached_property
    def labels(self) -> frozenset[str]:
        """The link definitions of the body."""
        return definitions("\n".join(line for line in self.body.lines if line.lstrip()[:1] == "["))

    # The overview -----------------------------------------------------------------------------------------------

    def overview(self) -> str:
        """The first words of a section that has an overview's title, else of the text above the first section, else
        of the first section that says anything."""
        for blocks in self._places():
            if said := self._first_words(blocks):
                return cut(said, _LONGEST)
        return ""

    def _places(self) -> Iterator[Sequence[Block]]:
        chapters = [number for number in range(self.title + 1, len(self.body.headings)) if self._is_chapter(number)]
        keys = {number: self._keys(number) for number in chapters}
        early = chapters[: max(_EARLY, len(chapters) // 2)]  # a summary at the end sums up
        yield from (self._section(number) for number in early if any(map(_FIRST.fullmatch, keys[number])))
        yield self._above()
        yield from (self._section(number) for number in chapters if any(map(_NEXT.fullmatch, keys[number])))
        yield from (self._section(number) for number in chapters if not self._is_field(number))

    def _is_chapter(self, number: int) -> bool:
        """Whether a heading stands right below the title, or at the top."""
        return self.body.parents[number] in (-1, self.title)

    def _keys(self, number: int) -> set[str]:
        """The titles of a section: the author's, and the template's for it."""
        title = self.body.headings[number].title
        keys = {titles.key(title), *titles.shortened(title)}
        claimed = self.judge.match.claimed.get(number) if self.judge else None
        return {*keys, titles.key(claimed.title)} if claimed else keys

    def _is_claimed(self, number: int) -> bool:
        """Whether a heading is a section of the template."""
        return self.judge is not None and number in self.judge.match.claimed

    def _is_field(self, number: int) -> bool:
        """Whether a section holds metadata or contents and says nothing itself."""
        title = self.body.headings[number].title
        return bool(self.vocabulary.find(title.strip(" *_:"))) or titles.key(title) in _CONTENTS

    def _section(self, number: int) -> Sequence[Block]:
        """The blocks of a section; of one that is all sub-sections those of the first that says something."""
        parents, last = self.body.parents, number + 1
        own = self.body.between(number, last)
        while last < len(parents) and parents[last] >= number and not any(map(self._is_said, own)):
            own, last = self.body.between(last, last + 1), last + 1
        return own

    def _above(self) -> Sequence[Block]:
        """What stands above the first section, if it is a sentence, also as a quote; lists there are metadata."""
        end = min(self.title + 1, len(self.body.headings))
        above = [*self.body.between(-1, 0), *(self.body.between(0, 1) if end else ())]
        said = [
            b for b in above if b.kind is Kind.PARAGRAPH and _is_sentence(b.text) and not (b.level and not b.quoted)
        ]
        plain = [one for one in said if not one.quoted]
        return plain or [replace(one, quoted=False, level=0) for one in said if not _NOTICE.match(one.text)]

    def _is_said(self, block: Block) -> bool:
        """Whether a block is a paragraph, or an item, of the author's about the design."""
        if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or block.quoted or len(block.text) > LONGEST:
            return False
        if not self.is_own(block):
            return False
        if not block.level and block.top < block.line:
            return False  # a note, a tab: beside the text
        if any(block is one for one in self._foot) or is_metadata(block) or says_fields(block, self.vocabulary):
            return False
        if own_tokens(block.text, self.words, self.labels) or any(generic(block.text)):
            return False
        return bool(_LETTERS.search(_ADDRESS.sub("", block.text)))

    @cached_property
    def _foot(self) -> Sequence[Block]:
        return foot(self.body)

    def _first_words(self, blocks: Sequence[Block]) -> str:
        """The first words among some blocks: paragraphs, and items only where there is none or one announces them."""
        first = next((n for n, one in enumerate(blocks) if not one.level and self._is_said(one)), 0)
        told, last = "", None
        for one in blocks[first:]:
            if not self._is_said(one):
                if last and self.is_own(one):
                    break  # code, a table: what follows is about that
                continue
            if last and not _goes_on(told, last, one):
                break
            joint = "; " if last and last.level and told[-1:].isalnum() else " "
            told = f"{told}{joint}{words(self._own_sentences(one), self.labels)}".strip()
            last = one
        return _TO_THE_POINT.sub("", told.rstrip(" ;:："), count=1)

    def _own_sentences(self, block: Block) -> str:
        """A text without the sentences of the template that stand in it."""
        text = _BOX.sub("", block.text, count=1)
        if not self.words.sentences or self.words.sentences.isdisjoint(sentences(text)):
            return text
        parts = _END_OF_SENTENCE.split(text)
        return " ".join(part for part in parts if self.words.sentences.isdisjoint(sentences(part)))

    # Boxes and questions ----------------------------------------------------------------------------------------

    def unticked(self) -> int:
        """How many boxes are open, those left aside that a template only asks for."""
        opened = [one for one in self.body.blocks if (found := box(one)) and found["mark"] == " "]
        if not opened or not self.judge:
            return len([one for one in opened if self._is_box(one)])
        unwritten = {id(b) for one in self.judge.sections if one.state is State.UNWRITTEN for b in one.blocks}
        return sum(self._is_box(one) and not (id(one) in unwritten and not self.is_own(one)) for one in opened)

    def _is_box(self, block: Block) -> bool:
        return block.kind is Kind.ITEM and self.voice(block) not in (Voice.PROMPT, Voice.SAMPLE)

    def questions(self, data: Mapping[str, object]) -> int:
        """How many questions are open, in the text or, where a template renders them, in the data."""
        found = open_questions(self.body, self._keys, self.is_own, self._is_claimed)
        return of_data(data.get("questions")) if found is None else found


def _goes_on(told: str, last: Block, one: Block) -> bool:
    """Whether a block belongs to the first words: a list to what announces it, a paragraph to a short one."""
    if len(told) >= _LONGEST:
        return False
    if one.level:
        return bool(last.level) or not _SENTENCE.search(told) or told.endswith((":", "："))
    return not last.level and len(told) < _SHORT and bool(_SENTENCE.search(told))


_NOBODYS = wording(())
_CONTENTS = frozenset({"table of contents", "contents", "toc", "index", "inhalt", "inhaltsverzeichnis", "目录", "目次"})
_ADDRESS = re.compile(r"<?https?://\S+|\]\([^()\s]*\)|!\[[^\[\]]*\]")
_LETTERS = re.compile(r"(?:[^\W\d_].*?){3}", re.DOTALL)
_BOX = re.compile(r"\[[ xX]\]\s+")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_NOTICE = re.compile(r"\W*(?:\[!\w+\]|(?:important|note|warning|caution|attention|notice|update)\b)", re.IGNORECASE)
_TO_THE_POINT = re.compile(r"tl;?\s?dr\b\W*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:…。！？：][)\]*_\"'”’`]*\Z")


def _is_sentence(text: str) -> bool:
    """Whether a text above the first section is one: it ends as one does, and is longer than a link or a label."""
    said = words(_ADDRESS.sub("", text))
    return bool(_SENTENCE.search(said)) and (len(said.split()) > 4 or not said.isascii())

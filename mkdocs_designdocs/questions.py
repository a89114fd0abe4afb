"""Questions: how many of those that a design asks are open. What cannot be told for sure is not counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Kind, Outline
from mkdocs_designdocs.phrases import NOT_APPLICABLE, not_yet
from mkdocs_designdocs.prose import words
from mkdocs_designdocs.wording import box

_OPEN = r"open|unresolved|outstanding|unanswered|remaining|pending"
_TITLE = re.compile(
    rf"(?:{_OPEN})(?: (?:design|technical))? (?:question|issue|point|item|topic)s?(?: and (?:question|issue|point)s?)?"
    rf"|(?:question|issue)s? and (?:{_OPEN}) (?:question|issue)s?|questions?"
    "|offene (?:fragen|punkte|themen)|ungeklärte fragen|questions (?:ouvertes|en suspens|non résolues)|points ouverts"
    "|(?:preguntas|cuestiones) (?:abiertas|pendientes|sin resolver)|(?:questões|perguntas) (?:em aberto|abertas)"
    "|(?:domande|questioni) aperte|open (?:vragen|punten)|открытые вопросы"
    "|(?:未解决|未決|未解決|待解决|待定|开放)的?(?:问题|事項|の問題|事项|問題|の課題|課題)|미해결 (?:질문|문제|사항)"
)
"""What a section of open questions is called, as `titles.key` has it."""

_DONE = r"resolved|answered|closed|decided|done|settled|fixed|gelöst|geklärt|beantwortet|entschieden|résolu|resuelto"
_SETTLED = re.compile(
    rf"[✅☑✔]|[\[(*_\s]*(?:{_DONE}|no longer relevant|obsolete|won['’]t (?:do|fix))"
    r"(?:[\])*_\s]*(?:[:.–—-]|\Z)|[\])])",
    re.IGNORECASE,
)
"""How what is settled begins."""
_SETTLED_BELOW = re.compile(rf"(?:already |previously )?(?:{_DONE})(?: \w+){{0,3}}:?\s*\Z", re.IGNORECASE)
_SETTLED_END = re.compile(rf"(?:[✅☑✔]|[\[(]\s*(?:{_DONE})\b[^\])]*[\])]|[–—-]\s*(?:{_DONE}))[\s.*_]*\Z", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?:[✅☑✔]|→|=>|(?:answer|a|resolution|resolved|decision|decided|outcome|conclusion|closed|solution|response|antwort|"
    r"entscheidung|lösung|réponse|décision|respuesta|decisión|resposta|risposta|回答|答|决定|決定|답변)"
    r"(?:\s*\([^()]*\))?\s*[:：–—])\s*(?P<said>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""How an answer begins, whatever it is a part of."""
_WITHIN = re.compile(
    r"[?？.]\s*(?P<answer>(?:answer|resolution|resolved|decision|decided|outcome|conclusion)\s*[:：–—].*)",
    re.IGNORECASE | re.DOTALL,
)
_STRUCK = re.compile(r"\s*(?:~~.*~~|<(?P<tag>del|s|strike)>.*</(?P=tag)>)[\s.]*\Z", re.DOTALL | re.IGNORECASE)
_NONE = re.compile(
    r"none\b(?! of\b)|(?:there (?:are|is|were) )?(?:currently |presently )?(?:none|no|nothing)"
    rf"(?: (?:{_OPEN}|further|major|known|more|new|other|significant|questions?|issues?|points?|at|as yet|so far"
    r"|for now|currently|to (?:report|discuss|decide|resolve))\b|\W*\Z)"
    rf"|(?:all|every)\b[^?]*\b(?:{_DONE}|addressed|been)\b"
    r"|(?:not applicable|n/?a|keine?|aucune?|ninguna?|nenhuma?|nessuna?|geen|нет|无|なし|없음)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[\s*_>#-]*(?:(?:Q|question)?\s*\d{0,3}[.):]\s+)?", re.IGNORECASE)
_BOLD = re.compile(r"(?:\d+[.)]\s*)?(?:\*\*|__)(?=\S)")
_COLUMNS = re.compile(r"(?:status|state|resolved|closed|done|stand|statut|estado)\b", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:answer|resolution|decision|outcome|conclusion|antwort|entscheidung|réponse|respuesta)", re.I)
_YES = re.compile(rf"(?:[✅☑✔xX]|yes|ja|{_DONE})\b|[✅☑✔]", re.IGNORECASE)


def is_of_questions(keys: Iterable[str]) -> bool:
    """Whether a section with titles of these keys is one of open questions."""
    return any(_TITLE.fullmatch(key) for key in keys)


def of_data(said: object) -> int:
    """How many questions of a design's data are open: those that are a text, or a mapping without an answer."""
    if not isinstance(said, Sequence) or isinstance(said, str):
        return 0
    return sum(not (isinstance(one, dict) and one.get("answer")) for one in said if one)


def open_questions(
    body: Outline,
    keys: Callable[[int], Iterable[str]],
    is_own: Callable[[Block], bool],
    is_claimed: Callable[[int], bool] = lambda _: False,
) -> int | None:
    """How many questions are open in the sections of a body that are for them; None where the author has none.

    `keys`: the keys of the titles of the heading of that number. `is_own`: whether a block holds the author's words.
    `is_claimed`: whether a heading is a section of the template, which no question is.
    """
    sections = [n for n in range(len(body.headings)) if is_of_questions(keys(n))]
    sections = [n for n in sections if not _is_below(body, n, sections)]
    counted = [_Section(body, is_own, is_claimed).count(number) for number in sections]
    return sum(filter(None, counted)) if any(one is not None for one in counted) else None


def _is_below(body: Outline, number: int, others: Sequence[int]) -> bool:
    above = body.parents[number]
    return above >= 0 and (above in others or _is_below(body, above, others))


class _Section:
    """One section of a body."""

    def __init__(self, body: Outline, is_own: Callable[[Block], bool], is_claimed: Callable[[int], bool]) -> None:
        self.body, self.is_own, self.is_claimed = body, is_own, is_claimed

    def count(self, number: int) -> int | None:
        """How many open questions stand below a heading; None where nothing does that the author has written."""
        below = self._below(number)
        blocks = self.body.between(number, number + 1)
        own = [one for one in _unsettled(blocks) if self.is_own(one) and one.text.strip()]
        if not own and not below:
            return None
        if len(own) == 1 and not below and _is_none(own[0].text):
            return 0
        stated = _of_blocks(own, blocks) if not below or any(map(_is_unit, own)) else 0
        return stated + sum(self._of_heading(one) for one in below)

    def _below(self, number: int) -> Sequence[int]:
        """The author's own headings right below one."""
        below = [n for n in range(number + 1, len(self.body.headings)) if self.body.parents[n] == number]
        return [one for one in below if not self.is_claimed(one)]

    def _of_heading(self, number: int) -> int:
        """A question that has a heading of its own; or those below it, where it only sorts them."""
        title = self.body.headings[number].title
        if _is_settled(title) or titles.key(title).split(" ")[0] in _SORTED_OUT or _is_none(title):
            return 0
        blocks = self.body.between(number, number + 1)
        own = [one for one in _unsettled(blocks) if self.is_own(one)]
        below = self._below(number)
        if any(_answers(one.text) or (_is_settled(one.text) and not one.level) for one in own):
            return 0
        if any(_answers_heading(self.body.headings[n].title) for n in below):
            return 0
        if not own:
            return sum(self._of_heading(one) for one in below)
        sorts = "?" not in title and all(one.kind in (Kind.ITEM, Kind.ROW) or one.level for one in own)
        return _of_blocks(own, blocks) if sorts else 1


_SORTED_OUT = frozenset({"resolved", "answered", "closed", "decided", "settled", "gelöste", "beantwortete", "geklärte"})


def _unsettled(blocks: Sequence[Block]) -> Sequence[Block]:
    """Some blocks up to a paragraph that announces those which are settled: `Answered questions:`."""
    for number, one in enumerate(blocks):
        if one.kind is Kind.PARAGRAPH and not one.level and _SETTLED_BELOW.match(_said(one.text)):
            return blocks[:number]
    return blocks


def _is_unit(block: Block) -> bool:
    return block.kind in (Kind.ITEM, Kind.ROW)


def _of_blocks(own: Sequence[Block], blocks: Sequence[Block]) -> int:
    """How many open questions some blocks ask: items, or rows, or paragraphs where there are neither."""
    asking = [one for one in own if one.kind is Kind.PARAGRAPH and not one.level and _asks(one)]
    items = [one for one in own if one.kind is Kind.ITEM]
    if items and not (asking and not any("?" in one.text for one in items)):
        return sum(_is_open(run) for run in _runs(own))
    if rows := [one for one in own if one.kind is Kind.ROW]:
        return sum(_is_open_row(row, blocks) for row in rows)
    paragraphs = [one for one in own if one.kind is Kind.PARAGRAPH and not one.level]
    if not asking:
        leads = [one for one in paragraphs if _BOLD.match(one.text)]
        return sum(not _is_over(one.text) for one in leads) if leads else int(_says_something_open(paragraphs))
    return sum(_is_open([one, *_until_next(one, asking, own)]) for one in asking)


def _says_something_open(paragraphs: Sequence[Block]) -> bool:
    return bool(paragraphs) and not any(_is_over(one.text) for one in paragraphs[:1])


def _asks(block: Block) -> bool:
    return "?" in block.text or "？" in block.text


def _until_next(block: Block, asking: Sequence[Block], own: Sequence[Block]) -> Iterator[Block]:
    """What stands between a question and the next."""
    for one in own[next(n for n, other in enumerate(own) if other is block) + 1 :]:
        if any(one is other for other in asking):
            return
        yield one


def _runs(own: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Every item of the outermost list with all that stands below it."""
    run: list[Block] = []
    least = min(one.level for one in own if one.kind is Kind.ITEM)
    for one in own:
        begins = one.kind is Kind.ITEM and one.level == least
        if run and (begins or one.level < least):
            yield run
            run = []
        if begins or run:
            run.append(one)
    if run:
        yield run


def _is_open(run: Sequence[Block]) -> bool:
    """Whether a question is, given what stands below it: an answer there settles it."""
    first, *below = run
    ticked = box(first)
    if (ticked and ticked["mark"] != " ") or _is_over(first.text):
        return False
    head, *lines = first.text.split("\n")
    if any(map(_answers, lines)) or (lines and head.rstrip().endswith("?") and _YES_OR_NO.match(lines[0])):
        return False
    if match := _WITHIN.search(words(first.text)):
        return not _answers(match["answer"])
    return not any(_answers(one.text) or _is_settled(one.text) for one in below if one.kind is not Kind.FENCE)


def _is_over(text: str) -> bool:
    """Whether a text is no open question: settled, or none at all."""
    return _is_settled(text) or _is_none(text) or not_yet(text)


def _is_settled(text: str) -> bool:
    if _STRUCK.match(_BOX.sub("", text, count=1)):
        return True
    said = _said(text)
    return bool(_SETTLED.match(said) or _SETTLED_END.search(said))


def _is_none(text: str) -> bool:
    said = _said(text)
    return bool(NOT_APPLICABLE.match(said) or _NONE.match(said)) and "?" not in said


def _answers(text: str) -> bool:
    """Whether a text is an answer, and more than the promise of one."""
    match = _ANSWER.match(_said(text))
    return bool(match and match["said"].strip(" .…-–—?") and not not_yet(match["said"]))


def _answers_heading(title: str) -> bool:
    return titles.key(title) in ("answer", "decision", "resolution", "outcome", "conclusion", "antwort", "entscheidung")


def _said(text: str) -> str:
    text = _BOX.sub("", text, count=1)
    return _MARKS.sub("", words(text), count=1)


_YES_OR_NO = re.compile(r"[\s*_]*(?:yes|no)\b[*_]*(?:[,.!:]|\s+[–—-])", re.IGNORECASE)
_BOX = re.compile(r"\[[ xX]\]\s+")


def _is_open_row(row: Block, blocks: Sequence[Block]) -> bool:
    cells = row.text.split(" | ")
    heads = [one for one in blocks if one.kind is Kind.TABLE_HEAD and one.line < row.line]
    labels = heads[-1].text.split(" | ") if heads else []
    for label, cell in zip(map(_said, labels), map(_said, cells), strict=False):
        if _ANSWERS.match(label) and cell.strip(" .…-–—?") and not not_yet(cell) and not _is_none(cell):
            return False
        if _COLUMNS.match(label) and _YES.match(cell):
            return False
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and not any(_is_settled(cell) for cell in said) and not all(map(_is_over, said))

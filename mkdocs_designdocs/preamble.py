"""Metadata that stands in the body: a header's table, lists and lines, a `## Status` section, the lines of a footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from mkdocs_designdocs.blocks import Block, Heading, Kind, Outline
from mkdocs_designdocs.claims import Claim, is_id
from mkdocs_designdocs.fields import FIELDS, PEOPLE, TEXTS, Origin
from mkdocs_designdocs.vocabulary import Vocabulary, compared

_LABELLED = re.compile(
    r"(?P<mark>[^\w\[`<*]{0,4}(?P<open>[*_]{1,3})?)(?P<label>[^\W\d_][\w ()/'’&-]{0,40}?) ?(?P<close>[*_]{0,3}) ?[:：]"
    r"(?(open)[*_]{0,3}):?[ \t]*(?P<value>.*)",
    re.DOTALL,
)
_BOLD_ALONE = re.compile(
    r"(?P<mark>[*_]{2})(?P<label>[^\W\d_][\w ()/'’&-]{0,40}?)(?P=mark)[ \t]*(?P<value>.*)", re.DOTALL
)
_APART = re.compile(r"(?<=\s)[|•·](?=\s)")
_ABOUT_A_DESIGN = frozenset({"status", "authors", "reviewers", "created", "updated"})
"""Fields that a section of their own can hold."""
_LONGEST_SECTION = 600
_HEADERS = frozenset(
    {"metadata", "meta", "document information", "document info", "document control", "about this document"}
)
"""Sections that are a header."""
_RELATION = re.compile(
    r"(?P<label>supersedes|superseded by|replaces|replaced by|obsoletes|obsoleted by|amends|depends on)\b[ :]*"
    r"(?P<value>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Pair:
    """A label and its value, at a line of the body."""

    label: str
    values: Sequence[str]
    line: int
    kind: str


def of_body(outline: Outline, vocabulary: Vocabulary, path: str, offset: int) -> Iterator[Claim]:
    """What the body says about the design; `offset` leads from its lines to those of the file."""
    found = chain(
        _header(outline, vocabulary), _sections(outline, vocabulary), _footer(outline, vocabulary), _moved(outline)
    )
    known = (pair for pair in found if vocabulary.find(pair.label))
    for pair in sorted(known, key=lambda pair: (_KINDS.index(pair.kind), vocabulary.rank(pair.label))):
        name = vocabulary.find(pair.label)
        values = tuple(value for text in pair.values if (value := _undecorated(text)))
        if not values or (name == "id" and not is_id(pair.label, values[0])):
            continue
        if FIELDS[name] not in (PEOPLE, TEXTS):
            values = (" ".join(values),)
        column = _column(outline, pair)
        raw = ", ".join(pair.values)
        yield Claim(name, pair.label, values, Origin(pair.kind, path, pair.line + offset, column, raw))


HEAD = ("table", "list", "bold line", "line")
"""The kinds of origin that a header has."""
_KINDS = (*HEAD, "section", "relation", "footer")


def _undecorated(text: str) -> str:
    """A value without a break at its end, comments, and the colon of `**Owners:**:`."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"(?:<br\s*/?>|\\)\s*\Z", "", " ".join(text.split()))
    return text[1:].strip() if text[:2] in (":", ": ") else text.strip()


def _column(outline: Outline, pair: _Pair) -> int:
    line = outline.lines[pair.line - 1] if pair.line <= len(outline.lines) else ""
    first = pair.values[0].split("\n")[0].strip() if pair.values else ""
    label = line.find(pair.label)
    found = line.find(first, label + len(pair.label) if label >= 0 else 0) if first else -1
    if found < 0 and first:  # a value may stand before its label
        found = line.find(first)
    return found + 1 if found >= 0 else len(line) - len(line.lstrip()) + 1


# Above the first section ---------------------------------------------------------------------------------------


def _header(outline: Outline, vocabulary: Vocabulary) -> Iterator[_Pair]:
    """The labels at the head of a document, and right below its first heading where that is no title."""
    headings = outline.headings
    first = headings[0] if headings else None
    above = outline.between(-1, 0)
    yield from _pairs(above, vocabulary)
    if first is None:
        return
    below = outline.between(0, 1)
    titled = first.level == 1 and sum(h.level == 1 for h in headings) == 1
    if titled or _begins_with_metadata(below, vocabulary):
        yield from _pairs(below, vocabulary)
    for number, heading in enumerate(headings):
        if compared(heading.title.strip(" *_:")) in _HEADERS and (number or not titled):
            yield from _pairs(outline.between(number, number + 1), vocabulary)
            return


def head_end(outline: Outline) -> int:
    """The line of the first section that is no header, or the one behind the last."""
    after = (h.line for h in outline.headings[1:] if compared(h.title.strip(" *_:")) not in _HEADERS)
    return next(after, len(outline.lines) + 1)


def _begins_with_metadata(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the first thing that is said is metadata: then it is a header, whatever heading stands above."""
    said = [b for b in blocks if b.kind not in (Kind.COMMENT, Kind.RULE) and b.text.strip()]
    if not said:
        return False
    return _known(said[0].text.split("\n")[0], vocabulary) or (
        _form(said[0]) == "table" and any(_table(said, vocabulary))
    )


def _pairs(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[_Pair]:
    """The labels and values of a run of blocks."""
    above: _Pair | None = None
    for kind, group in groupby(blocks, key=_form):
        run = list(group)
        if kind == "table":
            yield from _table(run, vocabulary)
        elif kind == "list" and above and not any(map(_labelled, chain(*(b.text.split("\n") for b in run)))):
            yield _Pair(above.label, [" ".join(b.text.split()) for b in run], run[0].line, "list")
        elif kind == "list":
            yield from _list(run, vocabulary)
        above = None
        for block in run if kind == "paragraph" else ():
            *_, above = None, *_lines(block, vocabulary)
            yield from _lines(block, vocabulary)
        above = above if above and not above.values[0].strip(" :*_") else None


def _form(block: Block) -> str:
    if block.kind in (Kind.ROW, Kind.TABLE_HEAD):
        return "table"
    if block.kind is Kind.ITEM or (block.kind is Kind.PARAGRAPH and block.level and not block.quoted):
        return "list"
    return "paragraph" if block.kind is Kind.PARAGRAPH else ""


def _labelled(text: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(text.strip()) or _BOLD_ALONE.fullmatch(text.strip())


def _lines(block: Block, vocabulary: Vocabulary) -> Iterator[_Pair]:
    """Lines such as `Author: Ana` or `**Status:** Draft | **Author:** Ana`; the first of a paragraph has to be one."""
    found: list[_Pair] = []
    for number, line in enumerate(block.text.split("\n")):
        parts = _APART.split(line)
        if len(parts) > 1 and not all(_known(part, vocabulary) for part in parts):
            parts = [line]
        for part in parts:
            match = _labelled(part)
            if match and vocabulary.find(match["label"]):
                kind = "bold line" if match["mark"].strip() else "line"
                found.append(_Pair(match["label"], [match["value"]], block.line + number, kind))
            elif not match and not found:
                return
            elif not match and _goes_on(found[-1].values[0]):
                last = found.pop()  # a list of people, or an aside, goes on in the next line
                found.append(_Pair(last.label, [f"{last.values[0]}\n{part}"], last.line, last.kind))
    yield from found


def says_fields(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a block is metadata: a label that names a field, or nothing but labels with a few words each."""
    lines = block.text.split("\n")
    return _known(lines[0], vocabulary) or (len(lines) > 1 and all(map(_is_short_label, lines)))


def _is_short_label(line: str) -> bool:
    match = _labelled(line)
    return match is not None and len(match["value"].split()) <= _LONGEST_STATUS


def _goes_on(text: str) -> bool:
    return text.rstrip(" \\").endswith((",", " and", " &")) or text.count("(") > text.count(")")


def _known(text: str, vocabulary: Vocabulary) -> bool:
    match = _labelled(text)
    return bool(match and vocabulary.find(match["label"]))


def _list(items: Sequence[Block], vocabulary: Vocabulary) -> Iterator[_Pair]:
    """Items such as `* Status: Accepted`, or `* **Owners:**` with the people below it."""
    number = 0
    while number < len(items):
        item = items[number]
        number += 1
        below: list[Block] = []
        while number < len(items) and items[number].level > item.level:
            below.append(items[number])
            number += 1
        lines = item.text.split("\n")
        match = _labelled(item.text if len(lines) == 1 or not _labelled(lines[1]) else lines[0])
        if not match or not vocabulary.find(match["label"]):
            continue
        value = " ".join(match["value"].split())
        if value and value != ":":
            yield _Pair(match["label"], [value], item.line, "list")
        elif below:
            yield _Pair(match["label"], [" ".join(b.text.split()) for b in below], below[0].line, "list")
        for extra, line in enumerate(lines[1:], 1):
            if (more := _labelled(line)) and vocabulary.find(more["label"]):
                yield _Pair(more["label"], [more["value"]], item.line + extra, "list")


def _table(rows: Sequence[Block], vocabulary: Vocabulary) -> Iterator[_Pair]:
    """A table with a label in each row, or with the labels in its header."""
    cells = [(row, [_label(cell) for cell in row.text.split(" | ")]) for row in rows]
    head = cells[0][1]
    below = cells[1][1][0] if len(cells) > 1 else ""
    # "Proposal" is a label, and a status.
    is_value = not vocabulary.find(below) or (vocabulary.find(head[0]) == "status" and vocabulary.find(below) == "id")
    if len(cells) > 1 and is_value and sum(bool(vocabulary.find(cell)) for cell in head) > 1:
        values = cells[1][0].text.split(" | ")
        for label, value in zip(head, values, strict=False):
            yield _Pair(label, [value], cells[1][0].line, "table")
        return
    if cells[1:] and not any(vocabulary.find(labels[0]) for _, labels in cells[1:]):
        cells = cells[1:]  # `| State | Meaning |` is the header of something else
    for row, labels in cells:
        values = row.text.split(" | ")
        for at in range(0, len(labels) - 1, 2):
            if vocabulary.find(labels[at]) and not (row.kind is Kind.TABLE_HEAD and vocabulary.find(labels[at + 1])):
                yield _Pair(labels[at], [values[at + 1]], row.line, "table")


def _label(cell: str) -> str:
    return cell.strip(" *_`:").strip()


# Sections and the foot -----------------------------------------------------------------------------------------


def _sections(outline: Outline, vocabulary: Vocabulary) -> Iterator[_Pair]:
    """Sections such as `## Status`, which hold a field and no prose."""
    for number, heading in enumerate(outline.headings):
        name = vocabulary.find(heading.title.strip(" *_:"))
        if name not in _ABOUT_A_DESIGN or (number == 0 and heading.level == 1):
            continue
        said = _chosen(
            b
            for b in outline.between(number, number + 1)
            if b.kind in (Kind.PARAGRAPH, Kind.ITEM) and b.text.strip() and not b.quoted
        )
        if not said or sum(len(b.text) for b in said) > _LONGEST_SECTION:
            continue
        if FIELDS[name] == PEOPLE:
            yield _people_of(heading, said)
            continue
        first = said[0].text.split("\n")[0]
        labelled = _labelled(first)
        if labelled and vocabulary.find(labelled["label"]) == name:
            first = labelled["value"]
        if len(first.split()) <= _LONGEST_STATUS:
            yield _Pair(heading.title, [first], said[0].line, "section")
        if name == "status":
            yield from _relations(said)


_LONGEST_STATUS = 12
_BOX = re.compile(r"\[(?P<mark>[ xX])\][ \t]+")


def _chosen(blocks: Iterable[Block]) -> Sequence[Block]:
    """What a section says; of a list of boxes only what is ticked."""
    said = list(blocks)
    boxes = [(b, match) for b in said if (match := _BOX.match(b.text))]
    if not boxes:
        return said
    return [replace(b, text=b.text[match.end() :]) for b, match in boxes if match["mark"] != " "]


def _people_of(heading: Heading, said: Sequence[Block]) -> _Pair:
    """The people that a section lists; of a section that explains first, those in its last block."""
    items = [b for b in said if b.kind is Kind.ITEM]
    names = [b.text for b in items or said[-1:]]
    return _Pair(heading.title.strip(" *_:"), names, (items or said[-1:])[0].line, "section")


def _relations(said: Sequence[Block]) -> Iterator[_Pair]:
    """`Superseded by [12](0012-queues.md)`, which decision records say below their status."""
    for block in said:
        for number, line in enumerate(block.text.split("\n")):
            if match := _RELATION.match(line.strip(" *_")):
                label = "related" if match["label"].lower() == "amends" else match["label"]
                yield _Pair(label, [match["value"].strip(" .*_")], block.line + number, "relation")


_MOVED = re.compile(
    r"\b(?:moved|renamed|relocated|superseded|replaced)\b[^\[]{0,60}(?P<link>\[[^\]]*\]\([^)\s]+\))", re.I
)


def _moved(outline: Outline) -> Iterator[_Pair]:
    """A page that says only where its contents have gone."""
    said = [b for b in outline.blocks if b.kind not in (Kind.HEADING, Kind.COMMENT, Kind.RULE)]
    match = _MOVED.search(said[0].text) if len(said) == 1 and len(outline.headings) < 2 else None
    if match:
        yield _Pair("status", ["moved"], said[0].line, "relation")
        yield _Pair("superseded by", [match["link"]], said[0].line, "relation")


def _footer(outline: Outline, vocabulary: Vocabulary) -> Iterator[_Pair]:
    """Labels behind the last rule, where nothing else stands."""
    rule = next((n for n in range(len(outline.blocks) - 1, -1, -1) if outline.blocks[n].kind is Kind.RULE), None)
    if rule is None:
        return
    tail = [b for b in outline.blocks[rule + 1 :] if b.kind is not Kind.COMMENT and b.text.strip()]
    if not tail or any(not _is_labels(block) for block in tail):
        return
    for pair in _pairs(tail, vocabulary):
        yield _Pair(pair.label, pair.values, pair.line, "footer")


def _is_labels(block: Block) -> bool:
    """Whether each line of a block is a label with a value."""
    return block.kind in (Kind.PARAGRAPH, Kind.ITEM) and all(_labelled(line) for line in block.text.split("\n"))

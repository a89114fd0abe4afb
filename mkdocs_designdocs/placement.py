"""Placement: where the indexes of a site stand, and which listing stands at each place.

A marker is a comment, `<!-- designdocs: index status="in review" -->`, on a line of its own in any page.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from mkdocs_designdocs import asking
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.fences import is_filled
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.listing import WHOLE, WISHES, Listing, wish

_BEGIN = re.compile(r"<!--\s*(?P<name>design-?docs?\b(?:\s*:)?)\s*(?P<word>\w+(?:-\w+)*)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SAYS_MORE = re.compile(r"\s*(?:-->|\w+\s*=)")
_PROBE = re.compile(rb"<!--\s*design-?docs?\b", re.IGNORECASE)
# At the first column, alone on its line, on a page without anything that could hide or nest it.
_PLAIN = re.compile(r"^<!--[ \t]*designdocs:[ \t]*index\b[^\n]*?-->[ \t]*$", re.MULTILINE)
_HIDING = re.compile(r"```|~~~|<(?:pre|script|style|textarea)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=,"'“”]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'“”]+))?)?"""
)
_HEADING = re.compile(r"^(?:(?P<signs>#{1,6})[ \t]|[^\s#>|-].*\n(?P<line>=+|-+)[ \t]*$)", re.MULTILINE)
_ALONE = re.compile(r"<p>\s*((?:<!-- designdocs:index [^>]*-->\s*)+)</p>")
_NAME = "designdocs:"
_DIRECTIVES = ("ignore", "index")


@dataclass(frozen=True)
class Marker:
    """One marker of a page. Offsets are in the text of the page, lines 1-based in it."""

    start: int
    end: int
    line: int
    column: int
    """1-based, in characters."""
    prefix: str = ""
    """What stands before it on its line: white space, the signs of a list or a quote."""
    said: str = ""
    """What it asks for, as it is written."""
    offset: int = 0
    """Where that begins."""
    level: int = 1
    """Of the heading that it stands under."""
    wrong: str = ""
    """Why it is none, though it was meant to be one."""


def may_hold(data: bytes) -> bool:
    """Whether a page may hold a marker: a look that costs nothing."""
    return b"<!--" in data and _PROBE.search(data) is not None


def holds(body: str, fillers: Collection[str] = ()) -> bool:
    """Whether a page holds a marker that can be filled, or may when others have put something into it.

    `fillers`: see `Settings`.
    """
    return any(not marker.wrong or _is_left(marker, body, fillers) for marker in markers(body))


def markers(text: str) -> Sequence[Marker]:
    """The markers of a page's Markdown, in order. One in code is none."""
    begun = [match for match in _BEGIN.finditer(text) if _is_ours(match)]
    if not begun:
        return ()
    plain = {match.start(): match for match in _PLAIN.finditer(text)}
    if len(plain) == len(begun) == text.count("<!--") and not _HIDING.search(text):
        headings = [(match.start(), _level(match)) for match in _HEADING.finditer(text)]
        above = [bisect(headings, (start,)) for start in plain]
        levels = [headings[number - 1][1] if number else 1 for number in above]
        return [_marker(text, *match.span(), level) for match, level in zip(plain.values(), levels, strict=True)]
    return list(_parsed(text))


def _is_ours(begun: re.Match[str]) -> bool:
    """Whether a comment is a marker, or was probably meant to be one."""
    name, word = begun["name"], begun["word"]
    if name != _NAME:  # a remark may begin like this
        return word.casefold() == "index" and bool(_SAYS_MORE.match(begun.string, begun.end()))
    return word == "index" or (word not in _DIRECTIVES and bool(get_close_matches(word, ["index"], cutoff=0.6)))


def _level(heading: re.Match[str]) -> int:
    return len(heading["signs"]) if heading["signs"] else 1 if heading["line"].startswith("=") else 2


def _without_code(text: str) -> str:
    """A text with dots in the place of its code spans."""
    runs = [match.span() for match in re.finditer("`+", text)]
    closing: list[int] = [-1] * len(runs)
    latest: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        closing[number], latest[length] = latest.get(length, -1), number
    parts, place, number = [], 0, 0
    while number < len(runs):
        if closing[number] >= 0:
            start, end = runs[number][0], runs[closing[number]][1]
            parts += [text[place:start], "." * (end - start)]
            place, number = end, closing[number]
        number += 1
    return "".join([*parts, text[place:]])


def _parsed(text: str) -> Iterator[Marker]:
    from mkdocs_designdocs.blocks import Kind, outline  # brings the Markdown parser, which most pages do not need

    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text)), len(text)]
    level = 1
    for block in outline(text).blocks:
        start, end = starts[block.line - 1], starts[min(block.end, len(starts)) - 1]
        if block.kind is Kind.HEADING:
            level = block.level
        seen, is_html = text[start:end], block.kind in (Kind.COMMENT, Kind.HTML)
        if block.kind in (Kind.FENCE, Kind.CODE) or (is_html and _HIDING.match(seen.lstrip())):
            continue
        if not is_html:
            seen = _without_code(seen)
        for comment in _COMMENT.finditer(seen):
            begun = _BEGIN.match(comment[0])
            if begun and _is_ours(begun):
                yield _marker(text, start + comment.start(), start + comment.end(), level, alone=is_html)


def _marker(text: str, start: int, end: int, level: int, *, alone: bool = True) -> Marker:
    begin = text.rfind("\n", 0, start) + 1
    line, column = text.count("\n", 0, start) + 1, start - begin + 1
    end = start + len(text[start:end].rstrip())
    begun = _BEGIN.match(text, start)
    assert begun
    closed = text.endswith("-->", start, end)
    line_end = text.find("\n", end)
    prefix, behind = text[begin:start], text[end : line_end if line_end >= 0 else len(text)]
    wrong = ""
    if begun["name"] != _NAME:
        meant = f"`<!-- {_NAME} index -->`"
        wrong = f"an index is not called by `{begun['name'].rstrip()} {begun['word']}`; did you mean {meant}?"
    elif begun["word"] != "index":
        wrong = f"there is no marker `{begun['word']}`; did you mean `index`?"
    elif not closed:
        wrong = "the marker of an index is never closed by `-->`"
    elif not alone or behind.strip() or not re.fullmatch(r"[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*", prefix):
        wrong = "the marker of an index has to stand on a line of its own"
    said = text[begun.end() : end - 3 if closed else end]
    return Marker(start, end, line, column, prefix, said, begun.end(), level, wrong)


# What one asks for ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Doubt:
    """What is wrong with a marker, or may be."""

    offset: int
    """Where in the text of the page."""
    message: str


def listing_of(marker: Marker, whole: Listing, lifecycle: Lifecycle) -> tuple[Listing, Sequence[Doubt]]:
    """The listing that a marker asks for, and what is wrong with it; what is wrong is left out.

    `whole` is what stands where a marker asks for nothing. One that takes some of the designs is a plain list, unless
    it says more.
    """
    doubts: list[Doubt] = []
    wishes: dict[str, object] = {}
    fields: dict[str, str] = {}
    named: set[str] = set()
    for name, value, offset in _attributes(marker, doubts):
        named.add(name)
        if name in WISHES:
            try:
                field, wished = wish(name, value)
                wishes[field] = wished
            except ValueError as error:
                doubts.append(Doubt(offset, str(error)))
        elif asking.called(name):
            _, wrong = asking.read({name: value}, lifecycle)
            doubts += [Doubt(offset, one.message) for one in wrong]
            fields |= {} if wrong else {name: value}
        else:
            doubts.append(Doubt(offset, _unknown(name)))
    query, _ = asking.read(fields, lifecycle)
    level = min(marker.level + 1, 5)
    base = replace(whole, query=query, parts=("list",), tools=False) if fields or "limit" in wishes else whole
    base = replace(base, level=level, titled="group" not in named)
    return replace(base, **wishes), doubts  # type: ignore[arg-type]  # each is read for its field


def _attributes(marker: Marker, doubts: list[Doubt]) -> Iterator[tuple[str, str, int]]:
    """Name, value and offset of each."""
    seen: set[str] = set()
    place = 0
    while place < len(marker.said):
        if marker.said[place].isspace():
            place += 1
            continue
        offset, match = marker.offset + place, _ATTRIBUTE.match(marker.said, place)
        if match is None:
            what = marker.said[place:].split()[0][:60]
            doubts.append(Doubt(offset, f'cannot read `{what}` and what follows; write `name="value"`'))
            return
        place = match.end()
        name = match["name"].casefold()
        value = match["double"] or match["single"] or match["bare"]
        if not value or not value.strip():
            quote = marker.said[place : place + 1]
            why = "its quotes are never closed" if quote in ("'", '"') else "it has no value"
            why = 'its quotes are typographic; write `"`' if quote in ("“", "”") else why
            doubts.append(Doubt(offset, f"{match['name']}: {why}"))
            if quote in ("'", '"', "“", "”"):
                return
        elif name in seen:
            doubts.append(Doubt(offset, f"{match['name']} is given twice; several values are written `a, b`"))
        else:
            seen.add(name)
            yield name, value.strip(), offset


def _unknown(name: str) -> str:
    known = [*asking.NAMES, *WISHES]
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    guess = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
    return f"an index has no `{name}`; {guess}"


def check_markers(
    text: str, path: str, lifecycle: Lifecycle, entries: Sequence[Entry], fillers: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """The marker of an index is one, and asks for what there is"""
    for marker in markers(text):
        if _is_left(marker, text, fillers):
            continue
        if marker.wrong:
            yield finding("index-marker-invalid", path, marker.line, marker.column, marker.wrong)
            continue
        listing, doubts = listing_of(marker, WHOLE, lifecycle)
        for doubt in doubts:
            line, begin = text.count("\n", 0, doubt.offset) + 1, text.rfind("\n", 0, doubt.offset) + 1
            yield finding("index-marker-invalid", path, line, doubt.offset - begin + 1, doubt.message)
        for missing in asking.unmet(listing.query, entries):
            if missing.is_likely:
                place = path, marker.line, marker.column
                yield finding("index-marker-invalid", *place, missing.message, level=Level.WARNING)


def check_filled(
    made: str, text: str, path: str, lifecycle: Lifecycle, entries: Sequence[Entry], fillers: Collection[str]
) -> Iterator[Diagnostic]:
    """The same of a page as others have `made` it from its `text`: what could not be seen there"""
    said = {one.message for one in check_markers(text, path, lifecycle, entries, fillers)}
    left = next((one for one in markers(text) if _is_left(one, text, fillers)), None)
    place = (left.line, left.column) if left else (1, 1)
    for one in check_markers(made, path, lifecycle, entries):
        if one.message not in said:
            yield replace(one, line=place[0], column=place[1])


def _is_left(marker: Marker, text: str, fillers: Collection[str]) -> bool:
    """Whether another plugin may put something into a marker, or around it on its lines."""
    end = text.find("\n", marker.end)
    return is_filled(text[marker.start - len(marker.prefix) : end if end >= 0 else len(text)], fillers)


# Filling them ---------------------------------------------------------------------------------------------------


def filled(markdown: str, render: Callable[[Marker], str]) -> str:
    """A page's Markdown with what `render` makes in the place of each marker, indented as the marker is."""
    made: list[str] = []
    place = 0
    for marker in markers(markdown):
        if not marker.wrong:
            made += [markdown[place : marker.start], _indented(render(marker).strip("\n"), marker.prefix)]
            place = marker.end
    return "".join([*made, markdown[place:]])


def _indented(text: str, prefix: str) -> str:
    """Lines that stand where the first of them stands: below a list's sign, behind a quote's."""
    rest = re.sub(r"[^>\s]", " ", prefix)
    if rest != prefix:  # Python-Markdown wants steps of four in a list
        rest += " " * (-len(rest) % 4)
    return text.replace("\n", f"\n{rest}")


def unwrapped(html: str) -> str:
    """A page's HTML where no paragraph is around the marks that an index comes in the place of."""
    return _ALONE.sub(r"\1", html) if "<p>" in html and "<!-- designdocs:index " in html else html

"""Mistakes in charts and in diagrams that are lists of declarations: labels, numbers, rows."""

from __future__ import annotations

import re

from mkdocs_designdocs.complaints import Complaint, Mistake


def task(said: Complaint) -> Mistake | None:
    """A task of a Gantt chart or a journey with nothing but its name."""
    if "taskData" not in said.expected:
        return None
    data, what = (": 2026-01-31, 3d", "no date") if said.kind == "gantt" else (": 3: Me", "no score")
    return said.here(len(said.text.rstrip()), f"this task has {what}", "", f"{said.text.rstrip()} {data}")


def unquoted_label(said: Complaint) -> Mistake | None:
    """`label : 1` where labels stand in quotes."""
    match = re.match(r'(\s*(?:[\d+-]+\s*:\s*)?)([^\s":][^":]*?)(\s*(?::.*)?)$', said.text)
    if not match or said.column - 1 != match.start(2) or said.text.strip() in said.kind:
        return None
    if said.kind == "packet" and ":" not in match[1]:
        return None
    mended = f'{match[1]}"{match[2]}"{match[3]}'
    return said.here(match.start(2), "this label needs quotes", "", mended)


def colon(said: Complaint) -> Mistake | None:
    """A `:` that is missing, before a value or a side."""
    if ":" not in said.expected or not said.rest.strip():
        return None
    at = said.column - 1
    if said.kind == "architecture":
        match = re.fullmatch(r"(\s*\w+)(\s*<?--?>?\s*)(\w+\s*)", said.text)
        mended = f"{match[1]}:R{match[2]}L:{match[3]}" if match else ""
        return said.here(at, "this arrow does not say at which side it begins", "", mended)
    mended = f"{said.text[:at].rstrip()}: {said.rest}"
    return said.here(at, f"a `:` is missing before `{said.rest.strip()}`", "", mended)


def number(said: Complaint) -> Mistake | None:
    """A value that is no plain number."""
    match = re.search(r":\s*(?P<at>\S.*?)\s*$", said.text)
    if not match or not match.start("at") <= said.column - 1 <= match.end("at"):
        return None
    plain = re.sub(r"^(\d+),(\d+)$", r"\1.\2", re.sub(r"\s*[%€$]$", "", match["at"]))
    good = re.fullmatch(r"\d+(\.\d+)?", plain)
    mended = said.text[: match.start("at")] + plain if good else ""
    return said.here(said.column - 1, f"`{match['at']}` is no number", "", mended)


def point(said: Complaint) -> Mistake | None:
    """A point that is not two numbers from 0 to 1 in brackets."""
    match = re.match(r"\s*[^:\[]*:\s*(?P<at>\[?)(?P<inside>[^\]]*)\]?", said.text)
    if not match or not re.search(r"\d", match["inside"]):
        return None
    numbers = list(re.finditer(r"-?\d+(?:\.\d+)?|-?\.\d+", match["inside"]))
    if not match["at"] and len(numbers) == 2:
        mended = f"{said.text[: match.start('inside')]}[{match['inside'].strip()}]"
        return said.here(match.start("inside"), "the two numbers of a point stand in brackets", "", mended)
    for number in numbers:
        if not 0 <= float(number[0]) <= 1:
            return said.here(match.start("inside") + number.start(), f"`{number[0]}` does not lie between 0 and 1")
    if len(numbers) != 2:
        help = "the first is how far to the right, the second how far up: `[0.2, 0.8]`"
        return said.here(match.start("inside"), "a point has two numbers", help)
    return None


def list_of_numbers(said: Complaint) -> Mistake | None:
    """`bar 1, 2`, without its brackets."""
    match = re.match(r"(\s*(?:bar|line)\s+(?:\"[^\"]*\"\s+)?)([^\[\"]*\d)\s*$", said.text)
    if not match or "SQUARE_BRACES_START" not in said.expected:
        return None
    return said.here(match.start(2), "the numbers stand in brackets", "", f"{match[1]}[{match[2]}]")


def row(said: Complaint) -> Mistake | None:
    """A row that is not three values."""
    if said.line < 2 or '"' in said.text or said.text.count(",") == 2:
        return None
    return said.here(said.column - 1, "a row is a source, a target and a number", "write `Solar,Grid,40`")


def comma(said: Complaint) -> Mistake | None:
    """Arguments with nothing between them."""
    there = r'^\s*\w+\((?:[^"()]|"[^"]*")*?(?:\w|"[^"]*")(?P<at>\s+)"'
    found = said.found(there, "a `,` is missing between the arguments", mend=lambda _: ", ")
    return Mistake(found.line, found.column + 1, found.message, found.help, found.mended) if found else None


def side(said: Complaint) -> Mistake | None:
    """An arrow that begins at no side of its box."""
    if "ARROW_DIRECTION" not in said.expected or not (match := re.match(r"\w+", said.rest)):
        return None
    return said.here(said.column - 1, f"`{match[0]}` is no side", "a side is `L`, `R`, `T` or `B`: `a:R -- L:b`")


def requirement(said: Complaint) -> Mistake | None:
    """A requirement without its `{`, or a relation without its dashes."""
    if "STRUCT_START" in said.expected and said.got == "NEWLINE":
        return said.here(said.column - 1, "a `{` is missing", "", said.text.rstrip() + " {")
    match = re.match(r"(\s*\w+)\s+(contains|copies|derives|satisfies|verifies|refines|traces)\s+(\w+)\s*$", said.text)
    if not match:
        return None
    mended = f"{match[1]} - {match[2]} -> {match[3]}"
    return said.here(match.start(2), "a relation stands between `-` and `->`", "", mended)

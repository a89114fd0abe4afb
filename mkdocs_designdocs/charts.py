"""Mistakes in charts and in diagrams that are lists of declarations: labels, numbers, rows."""

from __future__ import annotations

import re

from mkdocs_designdocs.complaints import Complaint, Mistake, cut


def task(said: Complaint) -> Mistake | None:
    """A task of a Gantt chart or a journey with nothing but its name."""
    if "taskData" not in said.expected or said.line < 2:
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


def categories(said: Complaint) -> Mistake | None:
    """`x-axis [1월, 2월]`: only a name of plain letters stands without quotes."""
    match = re.match(r"(\s*x-axis\s+(?:\"[^\"]*\"\s+)?\[)([^\[\]\"]+)(\].*)$", said.text)
    if not match or not match.start(2) < said.column <= match.end(2) + 1:
        return None
    begin = max(said.text.rfind(mark, 0, said.column - 1) for mark in "[,") + 1
    begin += len(said.text[begin:]) - len(said.text[begin:].lstrip())
    names = ", ".join(f'"{name.strip()}"' for name in match[2].split(","))
    return said.here(begin, "this label needs quotes", "", match[1] + names + match[3])


def axis(said: Complaint) -> Mistake | None:
    """A label without its quotes, or without the name before it."""
    if not re.match(r"\s*(?:axis|curve)\s", said.text):
        return None
    opened = said.text.rfind("[", 0, said.column)
    if opened >= 0 and re.match(r"\[\s*[^\[\]\"{},]+\]", said.text[opened:]):
        mended = re.sub(r"\[\s*([^\[\]\"{},]+?)\s*\]", r'["\1"]', said.text)
        return said.here(opened + 1, "this label needs quotes", "", mended)
    if "ID" in said.expected or re.match(r"[^\x00-\x7f]|\"", said.rest):
        help = 'a name has plain letters, and behind it, in brackets, what is shown: `a["…"]`'
        name = re.match(r"\"[^\"]*\"|[^\s,\[{]+", said.rest)
        return said.here(said.column - 1, f"`{cut(name[0] if name else said.rest)}` is no name", help)
    return None


def beyond_ascii(said: Complaint) -> Mistake | None:
    """A name with a letter that English has not, which mermaid.js takes in no way."""
    if not re.match(r"[^\x00-\x7f]", said.rest) and not re.search(r"[^\x00-\x7f]", said.text[: said.column - 1]):
        return None
    place = re.search(r"[^\x00-\x7f]", said.text)
    if not place:
        return None
    help = "write it with plain letters, A to Z: Mermaid takes no others here, with quotes or without"
    return said.here(place.start(), f"a Sankey diagram cannot have a `{place[0]}`", help)


def class_behind(said: Complaint) -> Mistake | None:
    """`node:::hot`, as flowcharts have it."""
    match = re.search(r"\S\s*(?P<at>:::|::icon)", said.text)
    if not match or said.column - 1 < match.start("at"):
        return None
    help = "write it in a line of its own, below the node"
    return said.here(match.start("at"), f"a `{match['at']}` cannot stand behind a node", help)


def field(said: Complaint) -> Mistake | None:
    """What is no range of bits."""
    if said.line < 2 or re.match(r"\s*(?:\+?\d|title\b|acc)", said.text):
        return None
    help = 'a field is written `0-15: "Source port"`, or `+16: "Source port"`'
    return said.here(len(said.text) - len(said.text.lstrip()), "this is no field of a packet", help)


def beta(said: Complaint) -> Mistake | None:
    """`architecture`, which only `architecture-beta` is drawn as."""
    match = re.match(r"\s*architecture(?!-beta)\b", said.text)
    if not match:
        return None
    mended = f"{said.text[: match.end()]}-beta{said.text[match.end() :]}"
    return said.here(match.end(), "the type is called `architecture-beta`", "", mended)


def word_in_text(said: Complaint) -> Mistake | None:
    """A text that begins with a word of the language's own, such as `test`."""
    match = re.match(r"(\s*(?:id|text|type|docref)\s*:\s*)([^\s\"].*?)\s*$", said.text, re.IGNORECASE)
    if not match or said.column - 1 < match.start(2):
        return None
    mended = f'{match[1]}"{match[2].replace(chr(34), "")}"'
    return said.here(match.start(2), "this text needs quotes", "", mended)


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

"""Slips in YAML that cannot be read: where somebody slipped, in words that teach. Each rule knows one thing that
people do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from mkdocs_designdocs.quoting import shown


@dataclass(frozen=True)
class Slip:
    """What is wrong, at a line and column that are counted from 0."""

    line: int
    column: int
    what: str
    help: str = ""


@dataclass(frozen=True)
class _Stop:
    """Where the parser gave up, and what it says of it."""

    lines: Sequence[str]
    line: int
    column: int
    reason: str
    context: str
    key: tuple[int, int] | None
    """Where that begins which the parser was in."""

    @property
    def source(self) -> str:
        """The line."""
        return self.lines[self.line]

    @property
    def before(self) -> str:
        """What stands in the line before the place, without blanks behind it."""
        return self.source[: self.column].rstrip()

    @property
    def at(self) -> str:
        """The character at the place."""
        return self.source[self.column : self.column + 1]

    @property
    def opened(self) -> bool:
        """Whether something begins here that never ends."""
        return bool(_OPENED.search(self.context))

    def slip(self, what: str, help: str = "") -> Slip:
        """Something wrong at the place itself."""
        return Slip(self.line, self.column, what, help)


_OPENED = re.compile(
    "while (?:parsing a flow (?:sequence|mapping)|scanning an? (?:quoted scalar|block scalar|alias|anchor|tag))"
)
"""Contexts whose own place says more than the place where the parser gave up."""


def explain(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Turn the parser's words into what an author can mend."""
    stop = _stop(error, text)
    found = next((slip for rule in _RULES if (slip := rule(stop))), None)
    return found or stop.slip(stop.reason + (f" ({stop.context})" if stop.context else ""))


_ONLY_A_COMMENT = re.compile(
    r"[ \t]*(?:(?:-[ \t]+)*(?:[\w. -]+|\"[^\"]*\"|'[^']*')[ \t]*:|-)[ \t]+(?P<said>#(?:\d.*|[^\W\d_][^\s#]*))[ \t\r]*"
)


def lost(line: str) -> str:
    """What stands behind the key or the dash of a line and is a comment to YAML only: `#12` in `issue: #12`.

    A blank behind the `#`, or several words, are a comment that somebody means.
    """
    match = _ONLY_A_COMMENT.fullmatch(line)
    return match["said"].strip() if match else ""


def _stop(error: yaml.MarkedYAMLError, text: str) -> _Stop:
    context, began = error.context or "", error.context_mark
    mark = (began if _OPENED.search(context) else None) or error.problem_mark or began
    lines = text.split("\n")
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):  # the end of a file that no line break ends
        line, column = len(lines) - 1, len(lines[-1])
    key = (began.line, began.column) if began else None
    return _Stop(lines, line, column, error.problem or str(error), context, key)


# Above the place where the parser gave up ----------------------------------------------------------------------

_CURLY = re.compile(r"""[:-][ \t]+(?P<open>["'])[^"'“”‘’]*[“”‘’][ \t]*$""")
_LEFT_OPEN = re.compile(r"""[:-][ \t]+(?P<open>["'])(?:(?!(?P=open)).)*$""")
_TIGHT = re.compile(r"(?P<key>[\w-]+):(?P<value>[\[{\"'].*)")
_KEY = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|$)")


def _above(stop: _Stop) -> Slip | None:
    """A quote that is not closed, or a colon without its blank, in a line further up"""
    for number, line in enumerate(stop.lines[: stop.line + 1]):
        below = stop.lines[number + 1] if number + 1 < len(stop.lines) else ""
        if curly := _CURLY.search(line):
            what = f"the quote {curly['open']} here is closed by {curly[0].rstrip()[-1]}, which is a letter to YAML"
            return Slip(number, curly.start("open"), what, f"close it with {curly['open']}")
        if (left := _LEFT_OPEN.search(line)) and _KEY.match(below):
            what = f"the quote {left['open']} here is never closed"
            return Slip(number, left.start("open"), what, f"close it with {left['open']}")
        if tight := _TIGHT.match(line):
            what = f"there is no blank behind the colon of `{tight['key']}:`"
            return Slip(number, tight.start("value"), what, f"write `{tight['key']}: {tight['value'].strip()}`")
    return None


_IN_BRACKETS = re.compile(
    r"""[:-][ \t]+[\[{](?:"[^"]*"|'[^']*'|[^"'\[\]{}#]|(?<=[^\s,\[{])#)*"""
    r"""(?<=[\s,\[{])(?P<word>#[^\s,\[\]{}"']+)[^\[\]{}]*[\]}][ \t]*$"""
)
"""A list or mapping in one line, with a `#` in it before which YAML sees no word."""


def _commented(stop: _Stop) -> Slip | None:
    """A comment that hides the bracket behind it"""
    if "flow" not in stop.context:
        return None
    for number, line in enumerate(stop.lines[: stop.line + 1]):
        if match := _IN_BRACKETS.search(line):
            what = f"{shown(match['word'])} begins a comment, which hides the rest of the line, its bracket too"
            return Slip(number, match.start("word"), what, f'quote it: "{match["word"]}"')
    return None


# At the place itself -------------------------------------------------------------------------------------------


def _tab(stop: _Stop) -> Slip | None:
    """A tab in the indent"""
    if stop.at != "\t" and "\t" not in stop.source[: len(stop.source) - len(stop.source.lstrip())]:
        return None
    return stop.slip("a tab indents this line, and YAML takes only spaces", "replace the tab by spaces")


def _reserved(stop: _Stop) -> Slip | None:
    """A handle, or code, without quotes"""
    if stop.at not in ("@", "`"):
        return None
    value = re.split(r"[,\]}]|\s#", stop.source[stop.column :])[0].strip()
    return stop.slip(f"{shown(value)} begins with `{stop.at}`, which YAML keeps to itself", f'quote it: "{value}"')


def _no_key(stop: _Stop) -> Slip | None:
    """A line that is no key with a value"""
    if "could not find expected ':'" in stop.reason and stop.key:
        return Slip(*stop.key, *_keyless(stop.lines[stop.key[0]]))
    above = stop.lines[stop.line - 1] if stop.line else ""
    if "mapping values are not allowed" in stop.reason and re.match(r"[^\W\d]", above) and not _KEY.match(above):
        return Slip(stop.line - 1, 0, *_keyless(above)) if _KEY.match(stop.source) else None
    return None


def _keyless(source: str) -> tuple[str, str]:
    """What is wrong with a line that has to be a key and its value, and how to mend it."""
    told = re.match(r"\s*(?P<key>[\w-]+):(?P<value>\S.*)", source)
    if "\u00a0" in source:
        return "a no-break space stands in this line, which is a letter to YAML", "put a plain space in its place"
    if told:
        mended = f"write `{told['key']}: {told['value'].strip()}`"
        return f"there is no blank behind the colon of `{told['key']}:`", mended
    return f"{shown(source.strip())} is no `key: value`", "write one, or close the YAML above this line"


def _deeper(stop: _Stop) -> Slip | None:
    """A key that is indented deeper than the one above it"""
    if "mapping values are not allowed" not in stop.reason or not re.fullmatch(r"[ \t]+[\w-]+", stop.before):
        return None
    what = "the line is indented deeper than the one above, which has a value already"
    return stop.slip(what, f"put `{stop.before.strip()}:` below the key above, with as many blanks before it")


def _colon(stop: _Stop) -> Slip | None:
    """A value with a colon in it"""
    if "mapping values are not allowed" not in stop.reason:
        return None
    told = re.match(r"(?P<key>[\w-]+):[ \t]+(?P<value>[^\"'#]+?)[ \t]*$", stop.source.strip())
    mended = f'put the value in quotes: `{told["key"]}: "{told["value"]}"`' if told else ""
    what = "there is a second `: ` in this line, or the line above is not finished"
    return stop.slip(what, mended or "put a value that holds `: ` in quotes")


def _bracketed(stop: _Stop) -> Slip | None:
    """A value that begins with a word in brackets: a link"""
    if "did not find expected" not in stop.reason or not stop.before.endswith(("]", "}")):
        return None
    value = stop.source[stop.before.rfind("[" if stop.before[-1] == "]" else "{") :].strip()
    what = f"{shown(value)} goes on behind the list that its brackets make"
    return stop.slip(what, f"put all of it in quotes: '{value}'")


def _left_open(stop: _Stop) -> Slip | None:
    """A bracket or a quote that is never closed"""
    if not stop.opened or stop.at not in ("[", "{", "'", '"'):
        return None
    if stop.at in ("'", '"'):
        return stop.slip(f"the quote {stop.at} here is never closed", f"close it with {stop.at}")
    closing = {"[": "]", "{": "}"}[stop.at]
    what = f"the `{stop.at}` here is never closed, or a comma is missing after it"
    return stop.slip(what, f"close it with `{closing}`")


def _sign(stop: _Stop) -> Slip | None:
    """A value that begins with a sign of YAML's own"""
    if not stop.opened and not (stop.at in ("%", ",", "]", "}") and stop.before.endswith((":", "-"))):
        return None
    value = re.split(r"\s#", stop.source[stop.column :])[0].strip()
    what = f"{shown(value)} begins with `{stop.at}`, which means something else in YAML"
    return stop.slip(what, f'quote it: "{value}"')


def _behind_quote(stop: _Stop) -> Slip | None:
    """A value of which only the beginning is in quotes"""
    if "did not find expected key" not in stop.reason or not stop.before.endswith(("'", '"')):
        return None
    what = "the value goes on behind the quote that closes it"
    return stop.slip(what, "put all of it in quotes of the other kind")


def _anchor(stop: _Stop) -> Slip | None:
    """A value that begins with `*`"""
    if "undefined alias" not in stop.reason:
        return None
    what = f"`{stop.at}` refers to an anchor, and there is none"
    return stop.slip(what, "put a value that begins with `*` in quotes")


def _item(stop: _Stop) -> Slip | None:
    """A list that begins behind its key"""
    if "block sequence entries are not allowed" not in stop.reason:
        return None
    return stop.slip("a list with `- ` begins on a line of its own", "begin a new line, or write `[one, two]`")


def _escape(stop: _Stop) -> Slip | None:
    """A backslash between double quotes"""
    if "found unknown escape character" not in stop.reason:
        return None
    what = f"`{stop.source[stop.column : stop.column + 2]}` means nothing between double quotes"
    return stop.slip(what, "use single quotes, or write `\\\\`")


def _document(stop: _Stop) -> Slip | None:
    """A line of `---` in the middle"""
    if "found another document" not in stop.reason:
        return None
    return stop.slip("a line of `---` ends the YAML here, and more of it follows", "delete the line")


def _indent(stop: _Stop) -> Slip | None:
    """A line that stands neither beside nor below the one above"""
    if "did not find expected" not in stop.reason or not stop.source.strip() or stop.before:
        return None
    what = "the line is indented otherwise than those around it"
    return stop.slip(what, "indent it as the lines that it belongs to")


_RULES: Sequence[Callable[[_Stop], Slip | None]] = (
    *(
        _commented,
        _above,
        _tab,
        _reserved,
        _no_key,
        _deeper,
        _colon,
        _bracketed,
        _left_open,
        _sign,
        _behind_quote,
        _anchor,
    ),
    *(_item, _escape, _document, _indent),
)
"""What is told first stands first."""

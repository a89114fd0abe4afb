"""Bytes to text: a Markdown file as it lies on disk, split into front matter and body."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

# The same shape as MkDocs' own (mkdocs/utils/meta.py), but the end of the file may close the block too.
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# A design block that begins like front matter: above `design:` nothing but what YAML may hold at the top.
# Each kind of line begins with a character of its own: read in one way only, however long it is.
_ABOVE = r"(?:\w[\w-]*[ \t]*:.*\n|[ \t].*\n|-[ \t].*\n|#.*\n|\n)*?"
_OPENED = re.compile(rf"---[ \t]*\n(?P<yaml>{_ABOVE}design[ \t]*:.*(?:\n|\Z))")
# What begins so on a page that is a design by its place: a key right below the rule, and somewhere a value.
_BEGUN = re.compile(r"---[ \t]*\n(?P<yaml>[A-Za-z][\w-]*[ \t]*:(?:[ \t].*)?(?:\n|\Z))")
# A sentence with a colon has none: `Note: this page is old.`
_SAID = re.compile(r"^[A-Za-z][\w-]*[ \t]*:[ \t].*[^\s.,;:!?][ \t]*$", re.MULTILINE)
# Blank lines above the `---`, for which MkDocs takes it for a rule, and the YAML for words.
_LATE = re.compile(r"(?:[ \t]*\n)+(?=---[ \t]*\n[A-Za-z][\w-]*:)")
_MARKDOWN = re.compile(r"^[ \t]*$|^#{1,6} |\Z", re.MULTILINE)
# What no line of YAML is at the top level: words without a `:`. A quote or bracket may close there.
_PROSE = re.compile(r"^(?![\s#\-\]}\"'])[^:\n]+$", re.MULTILINE)
# Nor do its comments stand alone and in levels.
_SECTION = re.compile(r"^[ \t]*\n#{2,6} .*\n[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """One Markdown file. Lines are 1-based and end in `\\n`, whatever they ended in on disk."""

    path: str
    """POSIX, relative to the folder of the configuration file: as diagnostics print it."""
    text: str
    front: str | None
    """The YAML between the `---` lines, which begins at line 2."""
    body: str
    body_line: int
    """The line of the file in which the body begins."""
    undecodable: tuple[int, int] | None = None
    """Line and column of the first byte that is not UTF-8; such bytes are `\\ufffd` in the text."""
    unclosed: bool = False
    """Whether the front matter is opened and never closed."""
    late: bool = False
    """Whether blank lines stand above the front matter; they are blank lines of its YAML then, so that lines hold."""


def read(path: str, data: bytes, *, adopted: bool = False) -> Source:
    """Decode a file and split it; nothing in it can make this fail.

    `adopted`: whether it is a design by its place, so that it needs no block for its front matter to be looked for.
    """
    text, undecodable = decode(data)
    closed = _FRONT.match(text)
    if (end := _unclosed(text, closed, adopted)) is not None:
        # Never closed (a rule further down closes nothing): it ends where Markdown must begin, and no word is lost.
        return _split(path, text, text[text.index("\n") + 1 : end], end, undecodable, unclosed=True)
    if (blank := _LATE.match(text)) and (late := _FRONT.match(text, blank.end())) and not _PROSE.search(late["yaml"]):
        front = "\n" * blank[0].count("\n") + late["yaml"]
        return replace(_split(path, text, front, late.end(), undecodable), late=True)
    if closed:
        return _split(path, text, closed["yaml"], closed.end(), undecodable)
    return Source(path, text, None, text, 1, undecodable)


def below(path: str, data: bytes, *, adopted: bool = False) -> str:
    """The body of a file, on the lines where it stands: those of the front matter are empty."""
    source = read(path, data, adopted=adopted)
    return "\n" * (source.body_line - 1) + source.body


def _unclosed(text: str, closed: re.Match[str] | None, adopted: bool) -> int | None:
    """Where front matter ends that is opened and never closed; None where there is none."""
    opened = _OPENED.match(text)
    if not opened and adopted and (begun := _BEGUN.match(text)):
        end = _MARKDOWN.search(text, begun.end())
        block = text[begun.start("yaml") : end.start()] if end else ""
        opened = begun if _SAID.search(block) and not _PROSE.search(block) else None
    end = _MARKDOWN.search(text, opened.end()) if opened else None
    if not opened or not end:
        return None
    doubtful = (_PROSE, _SECTION) if adopted else (_PROSE,)
    if closed and not any(one.search(text, end.start(), closed.end("yaml")) for one in doubtful):
        return None
    return end.start()


def _split(
    path: str, text: str, front: str, end: int, undecodable: tuple[int, int] | None, unclosed: bool = False
) -> Source:
    return Source(path, text, front, text[end:], text.count("\n", 0, end) + 1, undecodable, unclosed)


def decode(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """Bytes as text whose lines end in `\\n`, and the line and column of the first byte that is not UTF-8."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _with_line_feeds(data.decode()), None
    except UnicodeDecodeError as error:
        before = _with_line_feeds(data[: error.start].decode())
        place = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        return _with_line_feeds(data.decode("utf-8", "replace")), place


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

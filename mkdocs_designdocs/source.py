"""Bytes to text: a Markdown file as it lies on disk, split into front matter and body."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# The same shape as MkDocs' own (mkdocs/utils/meta.py), but the end of the file may close the block too.
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# A design block that begins like front matter: above `design:` nothing but what YAML may hold at the top.
# Each kind of line begins with a character of its own: read in one way only, however long it is.
_ABOVE = r"(?:\w[\w-]*[ \t]*:.*\n|[ \t].*\n|-[ \t].*\n|#.*\n|\n)*?"
_OPENED = re.compile(rf"---[ \t]*\n(?P<yaml>{_ABOVE}design[ \t]*:.*(?:\n|\Z))")
_MARKDOWN = re.compile(r"^[ \t]*$|^#{1,6} |\Z", re.MULTILINE)
# What no line of YAML is at the top level: words without a `:`. A quote or bracket may close there.
_PROSE = re.compile(r"^(?![\s#\-\]}\"'])[^:\n]+$", re.MULTILINE)


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


def read(path: str, data: bytes) -> Source:
    """Decode a file and split it; nothing in it can make this fail."""
    text, undecodable = _decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    closed, opened = _FRONT.match(text), _OPENED.match(text)
    end = _MARKDOWN.search(text, opened.end()) if opened else None
    if opened and end and not (closed and not _PROSE.search(text, end.start(), closed.end("yaml"))):
        # Never closed (a rule further down closes nothing): it ends where Markdown must begin, and no word is lost.
        return _split(path, text, text[opened.start("yaml") : end.start()], end.start(), undecodable, unclosed=True)
    if closed:
        return _split(path, text, closed["yaml"], closed.end(), undecodable)
    return Source(path, text, None, text, 1, undecodable)


def _split(
    path: str, text: str, front: str, end: int, undecodable: tuple[int, int] | None, unclosed: bool = False
) -> Source:
    return Source(path, text, front, text[end:], text.count("\n", 0, end) + 1, undecodable, unclosed)


def _decode(data: bytes) -> tuple[str, tuple[int, int] | None]:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().replace("\r\n", "\n").replace("\r", "\n")
        place = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        return data.decode("utf-8", "replace"), place

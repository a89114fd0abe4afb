"""Bytes to text: a Markdown file as it lies on disk, split into front matter and body."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The same shape as MkDocs' own (mkdocs/utils/meta.py), but the end of the file may close the block too.
_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


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
    if match := _FRONT.match(text):
        return _split(path, text, match["yaml"], match.end(), undecodable)
    if re.match(r"---[ \t]*\n(?:.*\n)*?design[ \t]*:", text):
        # Opened and never closed: the block ends where Markdown must begin, so that the body is not lost.
        end = re.search(r"^[ \t]*$|^#{1,6} |\Z", text[4:], re.MULTILINE)
        stop = 4 + (end.start() if end else len(text))
        return _split(path, text, text.split("\n", 1)[1][: stop - 4], stop, undecodable, unclosed=True)
    return Source(path, text, None, text, 1, undecodable)


def _split(
    path: str, text: str, front: str, end: int, undecodable: tuple[int, int] | None, unclosed: bool = False
) -> Source:
    return Source(path, text, front, text[end:], text.count("\n", 0, end) + 1, undecodable, unclosed)


def _decode(data: bytes) -> tuple[str, tuple[int, int] | None]:
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return data.decode("utf-8-sig", "replace"), (line, column)

"""A line of a file as a finding shows it: cut to size around a column, with a mark under that column's character."""

from __future__ import annotations

import unicodedata

WIDTH = 100
"""How many columns of a terminal a line may take."""
_TAB = 4


def excerpt(line: str, column: int) -> tuple[str, str]:
    """What is shown of a line, and below it a caret under the character at the column, 1-based, or behind the last."""
    at = min(max(column, 1), len(line) + 1) - 1
    before, after = _shown(line[max(0, at - 4 * WIDTH) : at]), _shown(line[at : at + 2 * WIDTH])
    room = WIDTH - columns(before)
    if columns(after) > max(room, WIDTH // 2):
        after = _first(after, max(room, WIDTH // 2) - 1) + "…"
    room = WIDTH - columns(after)
    if columns(before) > room or at > 4 * WIDTH:
        before = "…" + _first(before[::-1], room - 1)[::-1]
    return (before + after).rstrip(), " " * columns(before) + "^"


def caret(line: str, column: int) -> str:
    """A caret below the character at a column of a line that is shown whole."""
    return " " * columns(_shown(line[: max(column, 1) - 1])) + "^"


def _shown(text: str) -> str:
    """A text with no character that moves what stands behind it."""
    return "".join(
        " " * _TAB if character == "\t" else character if character.isprintable() else " " for character in text
    )


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide character, none for a mark on another."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _first(text: str, room: int) -> str:
    """As much of the beginning of a text as fits in so many columns."""
    taken = 0
    for index, character in enumerate(text):
        taken += _width(character)
        if taken > room:
            return text[:index]
    return text

"""What the engine has against a diagram, taken apart, and what is made of it: a mistake that a person can see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_designdocs.engine import Rejection
from mkdocs_designdocs.kinds import first_word, kind_of


@dataclass(frozen=True)
class Mistake:
    """A rejection in words. Line and column count in the source; 0 where nothing is known."""

    line: int
    column: int
    message: str
    help: str = ""
    mended: str = ""
    """The line as it was probably meant; with it in the place of the broken one, the diagram is drawn."""


@dataclass(frozen=True)
class Complaint:
    """A rejection with what its message holds taken apart."""

    kind: str
    """The engine's name for the type of diagram."""
    lines: tuple[str, ...]
    line: int
    column: int
    message: str
    """The first line of what the engine says."""
    expected: tuple[str, ...]
    """The parser's names for what could have stood there."""
    got: str
    """The parser's name for what stands there."""

    @property
    def text(self) -> str:
        """The line with the mistake."""
        return self.lines[self.line - 1] if 1 <= self.line <= len(self.lines) else ""

    @property
    def rest(self) -> str:
        """The line from the position on."""
        return self.text[self.column - 1 :] if self.column else ""

    @property
    def at_end(self) -> bool:
        """Whether the engine only knows that the diagram ends too early."""
        return self.got in ("$end", "EOF", "EOF_IN_STRUCT") or self.line > len(self.lines)

    def here(self, index: int, message: str, help: str = "", mended: str = "") -> Mistake:
        """A mistake at a 0-based index of the line."""
        return Mistake(self.line, index + 1, message, help or written(mended), mended)

    def find(self, pattern: str, nth: int = 0) -> tuple[int, re.Match[str]] | None:
        """The line that a pattern with a group `at` is found in, and the match; negative counts from the end."""
        short = ((n, line) for n, line in enumerate(self.lines, 1) if len(line) <= LONGEST)
        found = [(n, match) for n, line in short if (match := re.search(pattern, line))]
        return found[nth] if -len(found) <= nth < len(found) else None

    def found(
        self, pattern: str, message: str, help: str = "", nth: int = 0, mend: Callable[[str], str] | None = None
    ) -> Mistake | None:
        """A mistake where a pattern's group `at` is; `mend` says what should stand in its place."""
        place = self.find(pattern, nth)
        if place is None:
            return None
        line, match = place
        mended = _in_place(match, mend(match["at"])) if mend else ""
        return Mistake(line, match.start("at") + 1, message, help or written(mended), mended)


LONGEST = 400
"""Characters of a line that somebody wrote; in longer ones a rule may search for minutes."""
Rule = Callable[[Complaint], Mistake | None]


def complaint(rejection: Rejection, source: str) -> Complaint:
    """A rejection, taken apart."""
    message = rejection.message
    expected, _, got = message.partition("Expecting ")[2].rpartition("got ")
    names = re.findall(r"'([^']+)'", expected)
    if found := re.search(r"Expecting (?:token of type '(\w+|.)'|(.+)) but found `([^`]*)`", message, re.DOTALL):
        names, got = [found[1] or found[2]], found[3].replace("\n", "NEWLINE") or "EOF"
    elif found := re.search(r"Expecting token of type --> (\w+) <-- but found --> '(.*)'", message, re.DOTALL):
        names, got = [found[1]], found[2].replace("\n", "NEWLINE") or "EOF"
    return Complaint(
        kind=kind_of(first_word(source)[0]),
        lines=tuple(source.split("\n")),
        line=rejection.line,
        column=rejection.column,
        message=message.split("\n", 1)[0].strip().rstrip("."),
        expected=tuple(dict.fromkeys(names)),
        got=got.strip().strip("'"),
    )


def _in_place(match: re.Match[str], new: str) -> str:
    return match.string[: match.start("at")] + new + match.string[match.end("at") :]


def written(mended: str) -> str:
    """The help that shows a mended line."""
    return f"write `{cut(mended)}`" if mended.strip() else ""


def cut(text: str, limit: int = 60) -> str:
    """A text as a message quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def unquoted(line: str) -> str:
    """A line with its quotations blotted out, as long as before."""
    return re.sub(r'"[^"]*"', lambda text: "_" * len(text[0]), line)


def lowered(message: str) -> str:
    """A sentence as the middle of one."""
    return message[:1].lower() + message[1:]

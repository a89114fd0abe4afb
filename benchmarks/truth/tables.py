"""Tables: those that people fill in (TSV) and those that they read (Markdown)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs_designdocs.collection import CannotStartError


def read(path: Path, wanted: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a TSV with a header, which has to name the wanted columns."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CannotStartError(f"{path} cannot be read: {reason}") from error
    reader = csv.DictReader(io.StringIO(text), dialect="excel-tab")
    try:
        missing = [name for name in wanted if name not in (reader.fieldnames or ())]
        if missing:
            raise CannotStartError(f"{path}: the header has no column {', '.join(missing)}; columns are parted by tabs")
        return [{name: value or "" for name, value in row.items() if name is not None} for row in reader]
    except csv.Error as error:
        raise CannotStartError(f"{path}:{reader.line_num}: {error}") from error


def number(row: Mapping[str, str], column: str, path: Path) -> int:
    """A cell that has to be a number."""
    value = row.get(column, "").strip()
    if not value.isdecimal():
        raise CannotStartError(f"{path}: {column} is a number of a line, got {value!r}")
    return int(value)


def write(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A TSV with a header."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


def markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; the first column is for words, the others are for figures."""
    lines = [columns, ["---", *("--:" for _ in columns[1:])], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def share(part: int, whole: int) -> str:
    """How much of a whole a part is; rounded down, so that only all is 100 %."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "–"

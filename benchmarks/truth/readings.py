"""Findings that a person has read and judged, and how many of those that are still reported are right."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_designdocs.collection import CannotStartError
from mkdocs_designdocs.diagnostics import Diagnostic
from truth import tables
from truth.collection import Collection, Judged

COLUMNS = ("path", "line", "code", "section", "message", "verdict", "why")
VERDICTS = ("right", "wrong")


@dataclass(frozen=True)
class Reading:
    """One finding, and what a person says of it."""

    path: str
    code: str
    section: str
    message: str
    """What its message begins with."""
    line: int
    """0 where the message tells it from others."""
    verdict: str
    """One of `VERDICTS`, or empty where nobody has judged it yet."""
    why: str = ""


def draw(collection: Collection, count: int, seed: int) -> str:
    """Some findings of a collection, chosen at random, as a TSV whose verdicts are to be filled in."""
    judged = collection.judged(collection.paths())
    found = [(path, finding) for path, of_it in judged.items() for finding in of_it.diagnostics]
    drawn = random.Random(seed).sample(found, min(count, len(found)))
    rows = [[path, d.line, d.code, d.section, d.message, "", ""] for path, d in sorted(drawn, key=_place)]
    return tables.write(COLUMNS, rows)


def _place(found: tuple[str, Diagnostic]) -> tuple[str, int, int]:
    path, finding = found
    return path, finding.line, finding.column


def read(path: Path) -> list[Reading]:
    """The judged findings in a TSV; either `message` (its beginning will do) or `line` tells which is meant."""
    readings = []
    for row in tables.read(path, ("path", "code", "verdict")):
        verdict = row["verdict"].strip().lower()
        message = row.get("message") or row.get("message-start", "")
        if verdict not in ("", *VERDICTS):
            raise CannotStartError(f"{path}: a verdict is right or wrong; got {row['verdict']!r}")
        line = tables.number(row, "line", path) if row.get("line") or not message else 0
        readings.append(
            Reading(row["path"], row["code"], row.get("section", ""), message, line, verdict, row.get("why", ""))
        )
    return readings


def still_reported(readings: Sequence[Reading], collection: Collection) -> list[Reading]:
    """Those of the judged findings that the check still reports."""
    judged = collection.judged(reading.path for reading in readings)
    return [r for r in readings if r.verdict and _is_reported(r, judged.get(r.path))]


def _is_reported(reading: Reading, judged: Judged | None) -> bool:
    """Whether a finding of the code stands at the line; where no line is given, one in the section that says so."""
    alike = [found for found in judged.diagnostics if found.code == reading.code] if judged else []
    if reading.line:
        alike = [found for found in alike if found.line == reading.line]
        return bool(alike) and (len(alike) == 1 or any(found.message.startswith(reading.message) for found in alike))
    in_section = [found for found in alike if not reading.section or found.section == reading.section]
    return any(found.message.startswith(reading.message) for found in in_section)


def table(readings: Sequence[Reading], reported: Sequence[Reading]) -> str:
    """For each code how many were judged, how many of those are still reported, and how many of these are right."""
    rows = []
    judged = [reading for reading in readings if reading.verdict]
    for name in [*sorted({reading.code for reading in judged}), "all"]:
        these = [reading for reading in judged if name in (reading.code, "all")]
        still = [reading for reading in reported if name in (reading.code, "all")]
        right = sum(reading.verdict == "right" for reading in still)
        rows.append([name, len(these), len(still), right, tables.share(right, len(still))])
    return tables.markdown(("Code", "Judged", "Still reported", "Right", "Share"), rows)

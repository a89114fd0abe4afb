"""Lines of a collection that a person has labelled, and whether the check says the same of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_designdocs.collection import CannotStartError
from mkdocs_designdocs.diagnostics import Diagnostic
from truth import tables
from truth.collection import Collection, Judged
from truth.verdicts import OF_A_SECTION

LABELS = ("legit", "placeholder", "incomplete-marker")
"""What a line can be: the author's words, the template's left over, or a mark that something is still to be said."""


@dataclass(frozen=True)
class Label:
    """One line, and what a person calls it."""

    label: str
    path: str
    """Relative to the collection."""
    line: int
    text: str = ""
    """What stands there, or the beginning of it; to see whether the document is still the one that was labelled."""
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one label."""

    label: Label
    right: bool
    found: Sequence[Diagnostic] = ()
    """What is reported of the line and of its section."""
    unread: str = ""
    """Why it could not be judged; empty where it was."""


def read(path: Path) -> list[Label]:
    """The labels in a TSV."""
    labels = []
    for row in tables.read(path, ("label", "path", "line")):
        if row["label"] not in LABELS:
            raise CannotStartError(f"{path}: a label is one of {', '.join(LABELS)}; got {row['label']!r}")
        folder = row.get("repo", "").replace("/", "+")
        at = f"{folder}/{row['path']}" if folder else row["path"]
        line = tables.number(row, "line", path)
        labels.append(Label(row["label"], at, line, row.get("text", ""), row.get("why", "")))
    return labels


def compare(labels: Sequence[Label], collection: Collection) -> list[Outcome]:
    """What the check says of every labelled line."""
    judged = collection.judged(label.path for label in labels)
    return [_outcome(label, judged.get(label.path)) for label in labels]


def _outcome(label: Label, judged: Judged | None) -> Outcome:
    """No finding stands on a legitimate line; on any other, or on its section, there is one"""
    if judged is None:
        return Outcome(label, right=False, unread="the document cannot be read")
    said = judged.lines[label.line - 1] if 0 < label.line <= len(judged.lines) else ""
    if _words(label.text)[:60] not in _words(said):
        return Outcome(label, right=False, unread="the line is not the one that was labelled")
    on_line = [d for d in judged.diagnostics if d.line == label.line]
    if label.label == "legit":
        return Outcome(label, not on_line, on_line)
    section = judged.section_at(label.line)
    of_section = [d for d in judged.diagnostics if d.code in OF_A_SECTION and section and d.section == section]
    found = on_line or of_section
    return Outcome(label, bool(found), found)


def _words(text: str) -> str:
    return " ".join(text.split())


def table(outcomes: Sequence[Outcome]) -> str:
    """How many lines of each label are judged as labelled."""
    judged = [outcome for outcome in outcomes if not outcome.unread]
    rows = []
    for title, names in {**{name: (name,) for name in LABELS}, "either to be found": LABELS[1:]}.items():
        these = [outcome.right for outcome in judged if outcome.label.label in names]
        rows.append([title, len(these), sum(these), tables.share(sum(these), len(these))])
    return tables.markdown(("Label", "Lines", "Right", "Share"), rows)

"""What the checks have to say: one value, one registry of codes, one order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering


@total_ordering
class Level(Enum):
    """How much a finding matters. Errors fail a build, warnings a strict one, notes never."""

    OFF = "off"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    def __lt__(self, other: Level) -> bool:
        order = list(Level)
        return order.index(self) < order.index(other)


@dataclass(frozen=True)
class Code:
    """One kind of finding."""

    level: Level
    """The level that it has unless the rule that reports it knows better."""
    summary: str
    """What is wrong, in one line, for the documentation and for SARIF."""
    completeness: bool = False
    """Whether the status of a design decides how much it matters; if not, it is integrity and always does."""


CODES: dict[str, Code] = {
    # Integrity: held in every status, drafts too.
    "encoding-invalid": Code(Level.ERROR, "The file is not UTF-8."),
    "front-matter-invalid": Code(Level.ERROR, "The front matter is not YAML that can be read."),
    "field-missing": Code(Level.ERROR, "A field that the design needs is not there."),
    "field-invalid": Code(Level.ERROR, "A field has the wrong type, an impossible value or an unknown name."),
    "field-conflict": Code(Level.WARNING, "The body says something else than the design block."),
    "template-unknown": Code(Level.ERROR, "There is no template of this name."),
    "template-invalid": Code(Level.ERROR, "A template cannot be read or rendered."),
    "template-outdated": Code(Level.NOTE, "A design was made from an earlier version of its template."),
    "override-invalid": Code(Level.ERROR, "A theme's own piece of a design's page cannot be used."),
    "status-unknown": Code(Level.ERROR, "The lifecycle has no such status."),
    "id-duplicate": Code(Level.ERROR, "Two designs have the same id."),
    "comment-unclosed": Code(Level.ERROR, "A comment is never closed and hides the rest of the page."),
    "diagram-invalid": Code(Level.ERROR, "A Mermaid diagram cannot be drawn."),
    "diagram-fallback": Code(Level.NOTE, "A Mermaid diagram is left to the theme's client-side Mermaid."),
    "diagram-link-dropped": Code(Level.NOTE, "A link of a Mermaid diagram is not in the drawing."),
    "link-broken": Code(Level.WARNING, "A link leads nowhere."),
    "relation-unknown": Code(Level.WARNING, "A relation names a design that there is not."),
    "relation-conflict": Code(Level.WARNING, "Two designs say of each other what cannot both be true."),
    "relation-cycle": Code(Level.ERROR, "A relation leads back to the design where it begins."),
    "link-superseded": Code(Level.NOTE, "A link leads to a design that is superseded."),
    "section-duplicate": Code(Level.WARNING, "A section of the template stands in the design twice."),
    "ignore-unknown": Code(Level.WARNING, "A comment ignores a code that there is not."),
    "index-unmarked": Code(Level.WARNING, "The index page exists and has no marker to fill."),
    "index-marker-invalid": Code(Level.ERROR, "The marker of an index asks for what there is not."),
    "docs-unmatched": Code(Level.WARNING, "A pattern of the configuration takes no page."),
    "baseline-invalid": Code(Level.ERROR, "The baseline cannot be read."),
    "baseline-stale": Code(Level.WARNING, "The baseline counts findings that are no longer there."),
    # Completeness: how much it matters is the status's to say.
    "section-missing": Code(Level.ERROR, "A section that the template requires is not there.", True),
    "section-unwritten": Code(Level.ERROR, "A section holds nothing but what the template wrote.", True),
    "section-empty": Code(Level.ERROR, "A section has a heading and nothing else.", True),
    "placeholder-left": Code(Level.ERROR, "A placeholder was never replaced.", True),
    "status-unchosen": Code(Level.ERROR, "The status still lists the template's choices.", True),
    "template-text-left": Code(Level.WARNING, "The template's guidance or sample still stands.", True),
    "todo-left": Code(Level.WARNING, "Something is still marked as to be done.", True),
    "checklist-open": Code(Level.NOTE, "Boxes of a checklist are not ticked.", True),
}
"""Every code that there is. The name states the problem, in kebab case."""


Key = tuple[str, str, str]
"""Path, code and section: what findings have in common that a baseline counts together."""


@dataclass(frozen=True)
class Diagnostic:
    """One finding at one place."""

    code: str
    level: Level
    path: str
    """POSIX, relative to the folder of the configuration file."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    message: str
    """What is wrong and what follows, in one line."""
    help: str = ""
    """How to mend it."""
    section: str = ""
    """The title path of the section, `Parent > Child`; empty where the finding is in none."""
    fixable: bool = False
    """Whether `designdocs check --fix` mends it."""
    quote: str = ""
    """The line of the file as it stands, where seeing it helps; `column` counts in it."""

    @property
    def key(self) -> Key:
        """What it is in a baseline: lines move, and messages quote them."""
        return self.path, self.code, self.section

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unregistered code {self.code!r}")


def finding(
    code: str,
    path: str,
    line: int,
    column: int,
    message: str,
    *,
    help: str = "",
    section: str = "",
    level: Level | None = None,
    quote: str = "",
) -> Diagnostic:
    """A diagnostic at the code's own level, unless the rule names another."""
    return Diagnostic(code, level or CODES[code].level, path, line, column, message, help, section, quote=quote)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By path, line and column, else as they were found; what is equal is reported once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: (d.path, d.line, d.column))

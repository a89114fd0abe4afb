"""Findings as text for people and as JSON for programs, and how many there are."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.excerpts import excerpt
from mkdocs_designdocs.fields import Origin
from mkdocs_designdocs.people import Person

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


class Style(Protocol):
    """How a part of a line looks; `click.style` is one."""

    def __call__(self, text: str, *, fg: str | None = None, bold: bool | None = None, dim: bool | None = None) -> str:
        """The text with what makes a terminal show it so."""


def plain(text: str, **_: Any) -> str:
    """Every part as it is."""
    return text


def counted(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    found = Counter(d.level for d in diagnostics)
    return {"errors": found[Level.ERROR], "warnings": found[Level.WARNING], "notes": found[Level.NOTE]}


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`3 errors, 1 warning`, leaving out what there is none of."""
    counts = counted(diagnostics)
    parts = [f"{n} {kind if n != 1 else kind[:-1]}" for kind, n in counts.items() if n]
    return ", ".join(parts) or "no findings"


def tally(catalog: Catalog, mended: int | None = None) -> str:
    """`12 designs checked: 1 error, 3 warnings; 37 more in the baseline; 2 mended`."""
    count, taken = len(catalog.designs), sum(catalog.taken.values())
    more = f"; {taken} more in the baseline" if taken else ""
    more += f"; {mended or 'nothing'} mended" if mended is not None else ""
    return f"{count} {'design' if count == 1 else 'designs'} checked: {summary(catalog.everything())}{more}"


def line(diagnostic: Diagnostic, root: Path | None = None, style: Style = plain) -> str:
    """One finding as a terminal can click it: relative to the working directory."""
    place = style(_place(diagnostic, root), bold=True)
    level = style(diagnostic.level.value, fg=COLOURS.get(diagnostic.level), bold=True)
    return f"{place}: {level}: {diagnostic.message} {style(f'[{diagnostic.code}]', dim=True)}"


def log_line(diagnostic: Diagnostic, root: Path) -> str:
    """One finding for a log that prints the level itself, the line that it quotes and its help below it."""
    below = [*quoted(diagnostic), *([f"    help: {diagnostic.help}"] if diagnostic.help else [])]
    return "\n".join([f"{_place(diagnostic, root)}: {diagnostic.message} [{diagnostic.code}]", *below])


def quoted(diagnostic: Diagnostic, style: Style = plain) -> Iterator[str]:
    """The line that a finding quotes, with its number, and a caret below the column."""
    if diagnostic.quote.strip():
        shown, mark = excerpt(diagnostic.quote, diagnostic.column)
        yield f"{style(f'{diagnostic.line:>8} |', dim=True)} {shown}"
        colour = COLOURS.get(diagnostic.level)
        yield f"{style(f'{chr(124):>10}', dim=True)} {mark[:-1]}{style(mark[-1], fg=colour, bold=True)}"


def _place(diagnostic: Diagnostic, root: Path | None) -> str:
    path = Path(os.path.relpath(root / diagnostic.path)).as_posix() if root else diagnostic.path
    return f"{path}:{diagnostic.line}:{diagnostic.column}"


def text(catalog: Catalog, root: Path | None = None, style: Style = plain, mended: int | None = None) -> Iterator[str]:
    """The lines of the text report; `mended`: how much has been, where it was asked for."""
    for diagnostic in catalog.everything():
        yield line(diagnostic, root, style)
        yield from quoted(diagnostic, style)
        if diagnostic.help:
            yield f"    {style('help:', bold=True)} {diagnostic.help}"
    yield tally(catalog, mended)
    fixable = sum(found.fixable for found in catalog.everything())
    if fixable and mended is None:
        yield f"{fixable} of them can be mended by `designdocs check --fix`"


def progress(design: Design) -> str:
    """`draft, 4 of 17 sections written`."""
    return f"{design.status.label.lower()}, {design.verdict.written} of {design.verdict.required} sections written"


def as_json(catalog: Catalog) -> str:
    """The JSON report; `docs/reference/json.md` describes it."""
    document = {
        "version": 1,
        "designs": [_design(design) for design in catalog.designs],
        "diagnostics": [_diagnostic(d) for d in catalog.diagnostics],
        "summary": {
            "designs": len(catalog.designs),
            **counted(catalog.everything()),
            "baseline": sum(catalog.taken.values()),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _design(design: Design) -> dict[str, Any]:
    return {
        "path": design.path,
        "template": design.metadata.template or None,
        "title": design.title,
        "status": design.metadata.status.key if design.metadata.status else None,
        "authors": [person(author) for author in design.metadata.authors],
        "origins": {name: _origin(origin) for name, origin in design.verdict.origins.items()},
        "required": design.verdict.required,
        "written": design.verdict.written,
        "sections": [
            {"title": section.title, "state": section.state, "line": section.line}
            for section in design.verdict.sections
            if section.judged
        ],
        "diagnostics": [_diagnostic(d) for d in design.diagnostics],
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "from": origin.kind,
        "path": origin.path,
        "line": origin.line,
        "column": origin.column,
        "raw": origin.raw,
    }


def person(who: Person) -> dict[str, str | None]:
    """A person in JSON; what is not known is null."""
    return {
        "name": who.name or None,
        "handle": who.handle or None,
        "email": who.email or None,
        "url": who.url or None,
    }


def _diagnostic(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.code,
        "level": d.level.value,
        "path": d.path,
        "line": d.line,
        "column": d.column,
        "message": d.message,
        "help": d.help or None,
        "section": d.section or None,
        "fixable": d.fixable,
        "quote": d.quote or None,
    }

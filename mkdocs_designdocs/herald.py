"""Herald: what a build says in its log, each thing once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from mkdocs_designdocs import report
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.lifecycle import Gate

_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.NOTE: logging.INFO}


class Herald:
    """Says what there is to say, of all the editions of a site and of all the builds of `mkdocs serve`."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._found: dict[Diagnostic, None] = {}
        self._lines: set[str] = set()
        self._remarked: set[str] = set()

    def begin(self) -> None:
        """Begin another build, of which nothing has been said."""
        self._found, self._lines = {}, set()

    @property
    def found(self) -> list[Diagnostic]:
        """All findings of the build, in whatever edition."""
        return [*self._found]

    def say(self, found: Iterable[Diagnostic], catalog: Catalog, root: Path, *, quiet: bool) -> None:
        """Every finding. `quiet`: of a draft that is merely incomplete one line."""
        found = list(found)
        self._found |= dict.fromkeys(found)
        drafts = [design for design in catalog.designs if quiet and design.status.gate is Gate.DRAFT]
        brief = {design.path for design in drafts}
        for diagnostic in found:
            if diagnostic.level > Level.NOTE or diagnostic.path not in brief:
                self._once(_LEVELS[diagnostic.level], report.log_line(diagnostic, root))
        for design in drafts:
            if design.verdict.required:
                place = Path(os.path.relpath(root / design.path)).as_posix()
                self._once(logging.INFO, f"{place}: {report.progress(design)}")
        if taken := sum(catalog.taken.values()):
            self._log.info(f"designdocs: the baseline takes {taken} {'finding' if taken == 1 else 'findings'} more")

    def remark(self, remarks: Iterable[str]) -> None:
        """Say what there is to know of the site, once for as long as it is served, and for all of its editions."""
        for remark in remarks:
            if (kind := remark.partition(":")[0]) not in self._remarked:  # behind the colon stands which files
                self._remarked.add(kind)
                self._log.info(f"designdocs: {remark}")

    def _once(self, level: int, line: str) -> None:
        """Say something, unless it has been said of another edition."""
        if line not in self._lines:
            self._lines.add(line)
            self._log.log(level, line)

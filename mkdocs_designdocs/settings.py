"""The configuration as the core sees it: plain, frozen, and knowing nothing of MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_designdocs import lifecycle
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.lifecycle import Lifecycle


@dataclass(frozen=True)
class Settings:
    """Everything that a team can set. Paths are absolute."""

    root: Path
    """The folder of the configuration file, to which every path in a diagnostic is relative."""
    docs_dir: Path
    enabled: bool = True
    templates_dir: Path | None = None
    default_template: str = ""
    docs: tuple[str, ...] = ()
    """Globs, relative to `docs_dir`, of designs that have no `design:` block."""
    index: str = "designs/index.md"
    """The page of the index, relative to `docs_dir`; empty for none."""
    lifecycle: Lifecycle = lifecycle.DEFAULT
    levels: Mapping[str, Level] = field(default_factory=dict)
    authors_file: Path | None = None
    todo: str = "serve"
    """Where findings show on pages: `serve`, `always` or `never`."""
    diagram_pages: str = "all"
    """Whose Mermaid diagrams are checked and drawn: `all`, `designs` or `none`."""
    diagram_engine: str = "pele"
    cache_dir: Path | None = None
    strict: bool = False

    def shown(self, path: Path) -> str:
        """A path as a diagnostic prints it: POSIX, relative to the root; `..` where it leads out of it."""
        return Path(os.path.relpath(path, self.root)).as_posix()

"""Adoption: which pages are designs though they have no block, and what the configuration says of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pathspec import PathSpec
from pathspec.gitignore import GitIgnoreSpec

from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.settings import Adopted, Settings


def adopted(uri: str, settings: Settings) -> Adopted | None:
    """How a page is taken, given its place below the folder of documents; None for one that needs a block.

    Where several entries take it, the later one has the last word on what it says.
    """
    taken: Adopted | None = None
    for entry in settings.docs:
        if matches(entry.files, uri):
            before = taken or Adopted(())
            taken = Adopted(
                entry.files,
                entry.template or before.template,
                entry.template_version or before.template_version,
                entry.status or before.status,
            )
    return taken


def matches(patterns: Sequence[str], uri: str) -> bool:
    """Whether patterns in the way of `.gitignore` take a path; the last that knows it decides, one of a folder too."""
    return _compiled(tuple(patterns)).match_file(uri)


def sidecar_of(path: Path, settings: Settings) -> Sidecar | None:
    """The file of metadata beside a document: the first of those that the configuration names."""
    for name in settings.sidecars:
        beside = path.with_name(name.replace("{name}", path.stem))
        if beside.is_file():
            try:
                return Sidecar(settings.shown(beside), beside.read_bytes())
            except OSError:
                continue
    return None


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> PathSpec[Any]:
    # To git, which ignores, `!old/` takes nothing back from `*.md`; who selects means that it does.
    return PathSpec(GitIgnoreSpec.from_lines(patterns).patterns)

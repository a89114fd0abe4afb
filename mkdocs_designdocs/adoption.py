"""Adoption: which pages are designs though they have no block, and what the configuration says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pathspec import PathSpec
from pathspec.gitignore import GitIgnoreSpec

from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.quoting import shown
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


def check_patterns(uris: Sequence[str], settings: Settings) -> Iterator[Diagnostic]:
    """Every pattern of `docs` takes a page"""
    inside = f"{settings.shown(settings.docs_dir)}/"
    for pattern in dict.fromkeys(p for entry in settings.docs for p in entry.files if not p.startswith("!")):
        if _takes_any(pattern, uris):
            continue
        what = f"the pattern {shown(pattern)} of `docs` takes no page, so nothing is checked for it"
        mend = f"it is read from the folder of the documents, {inside}"
        shorter = pattern.lstrip("/").removeprefix(inside)
        if shorter != pattern.lstrip("/") and _takes_any(shorter, uris):
            mend = f"did you mean `{shorter}`? {mend[0].upper()}{mend[1:]}"
        yield finding("docs-unmatched", settings.config_file, 1, 1, what, help=mend)


def _takes_any(pattern: str, uris: Sequence[str]) -> bool:
    return any(matches((pattern,), uri) for uri in uris)


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

"""Findings as workflow commands, which GitHub Actions shows at their lines in a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.report import tally

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def workflow_commands(catalog: Catalog, base: str = "") -> Iterator[str]:
    """One command for each finding, then the sum for who reads the log.

    `base` is the folder of the configuration as seen from the top of the repository.
    """
    for diagnostic in catalog.everything():
        yield command(diagnostic, base)
    yield tally(catalog)


def command(diagnostic: Diagnostic, base: str = "") -> str:
    """One finding as GitHub reads it."""
    path = normpath(PurePosixPath(base, diagnostic.path).as_posix())
    place = {"file": path, "line": diagnostic.line, "col": diagnostic.column, "title": diagnostic.code}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    mend = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
    return f"::{COMMANDS[diagnostic.level]} {properties}::{_data(diagnostic.message + mend)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""Overrides: what is wrong with the pieces of HTML that a theme has in the place of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.mishaps import Mishap
from mkdocs_designdocs.partials import PUBLIC, Partials
from mkdocs_designdocs.settings import Settings


def check_overrides(partials: Partials, settings: Settings) -> Iterator[Diagnostic]:
    """A theme's own piece can be read, and is in the place of one of ours"""
    yield from explained(partials.unreadable(), settings)
    for path, meant in partials.strays():
        what = f"there is no piece `{path.name}`: this is shown nowhere"
        known = ", ".join(f"`{name}`" for name in PUBLIC)
        mend = f"did you mean `{meant}`?" if meant else f"there are {known}; a file to include begins with `_`"
        yield finding("override-invalid", settings.shown(path), 1, 1, what, help=mend, level=Level.WARNING)
    for path, line, block, meant in partials.lost():
        what = f"there is no block `{block}` in what `{path.name}` extends: it is shown nowhere"
        mend = f"did you mean `{meant}`?" if meant else ""
        yield finding("override-invalid", settings.shown(path), line, 1, what, help=mend, level=Level.WARNING)


def explained(mishaps: Iterable[Mishap], settings: Settings) -> Iterator[Diagnostic]:
    """What has gone wrong with pieces of a theme's own, at its line."""
    for one in mishaps:
        name = one.path.name
        what = f"`{name}` cannot be rendered, and ours is shown in its place: {one.reason}"
        mend = f"it is given {', '.join(PUBLIC[name])}" if "is undefined" in one.reason and name in PUBLIC else ""
        yield finding("override-invalid", settings.shown(one.path), one.line, 1, what, help=mend)

"""Mishaps: what goes wrong in somebody's Jinja2 template, at its own line and in one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2

from mkdocs_designdocs.frontmatter import shown

RENDERING = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Whatever a template's own expressions can raise."""


@dataclass(frozen=True)
class Mishap:
    """An error in a template."""

    path: Path
    line: int
    reason: str


def mishap(error: Exception, path: Path) -> Mishap:
    """The file and line in which the error of a template arose, and its reason in one line."""
    reason = f"{error.message}" if isinstance(error, jinja2.TemplateError) and error.message else str(error)
    reason = reason.splitlines()[0] if reason else type(error).__name__
    if isinstance(error, RecursionError):
        reason = "it includes, extends or calls itself without end"
    elif isinstance(error, jinja2.TemplateNotFound) and reason == error.name:
        reason = f"there is no template {shown(reason)} to include, import or extend"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Mishap(Path(error.filename or path), error.lineno, reason)
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return Mishap(path, line, reason)

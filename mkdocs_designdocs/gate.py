"""How much a finding matters: the rule's level, then the configuration's, then what the status asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mkdocs_designdocs.diagnostics import CODES, Diagnostic, Level
from mkdocs_designdocs.lifecycle import Gate, Status
from mkdocs_designdocs.settings import Settings


def levelled(found: Iterable[Diagnostic], status: Status | None, settings: Settings, uri: str) -> Iterator[Diagnostic]:
    """Findings at their level; those that are off, or not asked for, are left out.

    `uri` is the page's, empty for what is no page. A design whose status is not known is judged as in the first one;
    only that nobody has chosen its status counts in full, for else the gate would never ask it for anything. What the
    configuration says of exactly this status is the last word: the team has answered what the gate would ask.
    """
    gate = (status or settings.lifecycle.initial).gate
    for one in found:
        rule = settings.levels.rule(one.code, status, uri)
        level = rule.level if rule else one.level
        weighed = CODES[one.code].completeness and not (one.code == "status-unchosen" and status is None)
        if weighed and not (rule and rule.status):
            if gate is Gate.INTEGRITY:
                continue
            if gate is Gate.DRAFT:
                level = min(level, Level.NOTE)
        if level is not Level.OFF:
            yield one if level is one.level else replace(one, level=level)


def asks(found: Diagnostic, status: Status | None, settings: Settings, uri: str) -> bool:
    """Whether a finding asks its author for something: a note does where it is one for a draft's sake only."""
    if found.level > Level.NOTE:
        return True
    rule = settings.levels.rule(found.code, status, uri)
    draft = (status or settings.lifecycle.initial).gate is Gate.DRAFT
    return draft and CODES[found.code].completeness and (rule is None or bool(rule.status) or rule.level > Level.NOTE)


def fails(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether the gate stays shut: errors always, warnings where it is strict, notes never."""
    worst = max((d.level for d in diagnostics), default=Level.OFF)
    return worst >= (Level.WARNING if strict else Level.ERROR)

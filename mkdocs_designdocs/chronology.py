"""Which sections a collection has had only since some time: a template changes, and what was written before stays.

Designs that record the version of their template are judged by that. Of others, adopted as they are, the collection
itself tells: a section that no design had at first, and most have later, came in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Level

_BEFORE = 3
"""How many designs have to lack a section before it is taken for a later one."""
_SINCE = 2
"""How many have to have it from then on; and at least half of them."""


@dataclass(frozen=True)
class _Arrival:
    """When a section came into a collection."""

    first: Design
    """The earliest design that has it."""
    before: frozenset[str]
    """The paths of those that are older."""


def dated(designs: Sequence[Design]) -> list[Design]:
    """Designs whose missing sections are notes where the section is newer than the design."""
    groups: dict[str, list[Design]] = {}
    for one in designs:
        if one.verdict.adopted and not one.metadata.template_version:
            groups.setdefault(one.metadata.template, []).append(one)
    arrivals = {name: dict(_arrivals(_in_order(group))) for name, group in groups.items()}
    return [_excused(one, arrivals.get(one.metadata.template, {})) for one in designs]


def _in_order(designs: Sequence[Design]) -> Sequence[tuple[str, Design]]:
    """The designs by date, or by number where more of them have one; those that have none are left out."""
    by_date = [(d.metadata.created, d) for d in designs if d.metadata.created]
    by_number = [(d.metadata.id.zfill(20), d) for d in designs if d.metadata.id.isdecimal()]
    return sorted(by_number if len(by_number) > len(by_date) else by_date, key=lambda pair: pair[0])


def _arrivals(ordered: Sequence[tuple[str, Design]]) -> Iterator[tuple[str, _Arrival]]:
    """The sections that came later, by their title path."""
    having: dict[str, list[int]] = {}
    for number, (_, one) in enumerate(ordered):
        for section in {s.asked for s in one.verdict.sections if s.state != "missing"}:
            having.setdefault(section, []).append(number)
    for section, numbers in having.items():
        moment, first = ordered[numbers[0]]
        before = [one.path for at, one in ordered if at < moment]
        if len(before) >= _BEFORE and len(numbers) >= max(_SINCE, (len(ordered) - len(before)) / 2):
            yield section, _Arrival(first, frozenset(before))


def _excused(one: Design, arrivals: Mapping[str, _Arrival]) -> Design:
    found = [_lowered(d, one, arrivals.get(d.section)) for d in one.diagnostics]
    return one if found == list(one.diagnostics) else replace(one, verdict=replace(one.verdict, diagnostics=found))


def _lowered(found: Diagnostic, one: Design, arrival: _Arrival | None) -> Diagnostic:
    if not arrival or one.path not in arrival.before or found.code != "section-missing":
        return found
    # Put into one of them, even a draft, it would no longer be newer than the others.
    help = f"the section is probably newer than this design: {arrival.first.path} is the first that has it"
    return replace(found, level=Level.NOTE, help=help, fixable=False)

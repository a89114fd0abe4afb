"""The verdict agrees, section by section, with what is known of designs that were left in every way that people do."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from verdicts import NAMES, Made, Part, judged, library, make, parts

from mkdocs_designdocs.diagnostics import Level

MANNERS = ("own", "own", "own", "left", "left", "removed", "not yet", "not applicable", "nothing")
DONE = {"written", "not-applicable"}


def expected(name: str, made: Made) -> dict[int, set[str]]:
    """For each part the states that a reader would call right."""
    found: dict[int, set[str]] = {}
    for part in reversed(parts(name)):
        own = _state(part, made.manners[part.number])
        below = [found[p.number] for p in parts(name) if p.parent == part.number]
        if own & {"unwritten", "empty"} and any(states <= DONE | {"checklist"} for states in below):
            own = {"written"}
        found[part.number] = own
    return found


def _state(part: Part, manner: str) -> set[str]:
    if manner == "left":
        # What the template says of boxes may stand; a comment is no box any more.
        return {"checklist", "unwritten", "empty"} if part.is_checklist else {"unwritten", "empty"}
    return {
        "own": {"written"},
        "bare": {"empty"},
        "removed": {"missing"},
        "not yet": {"unwritten"},
        "not applicable": {"not-applicable"},
        "nothing": {"empty", "unwritten"},
    }[manner]


def agree(name: str, manners: list[str], seed: int) -> None:
    """Hold the verdict against what is known."""
    made = make(name, manners, random.Random(seed))
    judge, found = judged(library().templates[name], made.text)
    wanted = expected(name, made)
    by_line = {s.heading.line: s for s in judge.sections if s.heading}
    missing = {s.section.title: s for s in judge.sections if not s.heading}
    for part in parts(name):
        manner = made.manners[part.number]
        line = made.headings.get(part.number)
        section = by_line.get(line) if line else missing.get(part.title)
        assert section is not None, f"{part.title!r} ({manner}) was not found in\n{made.text}"
        if section.judged:
            assert section.state.value in wanted[part.number], f"{part.title!r} ({manner}) in\n{made.text}"
    _right_findings(name, made, found, wanted)


def _right_findings(name, made, found, wanted) -> None:
    """What is filled is silent, and what is not is said."""
    for number, (first, last) in made.spans().items():
        part, manner = parts(name)[number], made.manners[number]
        here = [d for d in found if first <= d.line <= last and d.code != "section-missing"]
        loud = [d for d in here if d.level in (Level.ERROR, Level.WARNING)]
        if manner == "own" or (manner == "not applicable" and part.body):
            assert not loud, f"{part.title!r}: {loud} in\n{made.text}"
        elif wanted[number] <= {"unwritten", "empty"} and part.body:
            assert here, f"nothing is said of {part.title!r} ({manner}) in\n{made.text}"
            assert all(d.section for d in here)
            if manner in ("not yet", "nothing") and not part.is_optional:
                assert [d.level for d in loud] == [Level.ERROR], f"{part.title!r} ({manner}): {here}"


def run(name: str, count: int) -> None:
    size = len(parts(name))

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(MANNERS), min_size=size, max_size=size), st.integers(0, 2**20))
    @example(["own"] * size, 1)
    @example(["left"] * size, 1)
    @example(["nothing"] * size, 1)
    @example(["not applicable"] * size, 1)
    def test(manners: list[str], seed: int) -> None:
        agree(name, manners, seed)

    test()


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_agree_section_by_section(name: str) -> None:
    run(name, 100)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_verdicts_agree_thousands_of_times(name: str) -> None:
    run(name, int(os.environ.get("DESIGNDOCS_CASES", "400")))

"""The verdict agrees, section by section, with what is known of designs that were left in every way that people do."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from truth.designs import make
from truth.manners import DECLINED, EMPTIED, LEFT, MANNERS, OWN, POSTPONED, Manner
from truth.parts import NAMES, parts
from truth.verdicts import disagreements, verdicts


def agree(name: str, manners: Sequence[Manner], seed: int) -> None:
    """Hold the verdict against what is known."""
    made = make(name, manners, random.Random(seed))
    (verdict,) = verdicts([made])
    wrong = disagreements(made, verdict)
    assert not wrong, f"{wrong[0]} in\n{made.text}"


def run(name: str, count: int) -> None:
    size = len(parts(name))

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(MANNERS), min_size=size, max_size=size), st.integers(0, 2**20))
    @example([OWN] * size, 1)
    @example([LEFT[0]] * size, 1)
    @example([EMPTIED] * size, 1)
    @example([POSTPONED] * size, 1)
    @example([DECLINED] * size, 1)
    def test(manners: list[Manner], seed: int) -> None:
        agree(name, manners, seed)

    test()


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_agree_section_by_section(name: str) -> None:
    run(name, 50)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_verdicts_agree_thousands_of_times(name: str) -> None:
    run(name, int(os.environ.get("DESIGNDOCS_CASES", "250")))

"""How much a finding matters: the rule's level, then the configuration's, then what the status asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_designdocs.diagnostics import CODES, Level, finding
from mkdocs_designdocs.gate import fails, levelled
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.settings import Settings

STATUS = {status.key: status for status in DEFAULT.statuses}


def level_of(code, status=None, levels=None, level=None):
    found = finding(code, "a.md", 1, 1, "m", level=level)
    settings = Settings(Path(), Path(), levels=levels or {})
    return next((d.level for d in levelled([found], STATUS.get(status), settings)), None)


@pytest.mark.parametrize("code", [code for code, each in CODES.items() if each.completeness])
def test_completeness_is_what_the_status_asks_for(code):
    own = CODES[code].level
    assert level_of(code, "draft") is Level.NOTE
    assert [level_of(code, status) for status in ("in-review", "approved", "implemented")] == [own] * 3
    assert [level_of(code, status) for status in ("superseded", "rejected", "withdrawn")] == [None] * 3


@pytest.mark.parametrize("code", [code for code, each in CODES.items() if each.completeness])
def test_a_design_of_unknown_status_is_judged_as_in_the_first_and_has_to_choose_one(code):
    assert level_of(code) is (Level.ERROR if code == "status-unchosen" else Level.NOTE)


@pytest.mark.parametrize("code", [code for code, each in CODES.items() if not each.completeness])
@pytest.mark.parametrize("status", [*STATUS, None])
def test_integrity_is_held_in_every_status(code, status):
    assert level_of(code, status) is CODES[code].level


def test_the_configuration_comes_before_the_rule_and_the_status_before_both():
    levels = {"todo-left": Level.ERROR, "section-missing": Level.OFF, "link-broken": Level.OFF}
    assert level_of("todo-left", "approved", levels) is Level.ERROR
    assert level_of("todo-left", "draft", levels) is Level.NOTE
    assert level_of("todo-left", "rejected", levels) is None
    assert level_of("section-missing", "draft", levels) is None
    assert level_of("link-broken", "approved", levels) is None
    assert level_of("section-unwritten", "approved", level=Level.WARNING) is Level.WARNING


@pytest.mark.parametrize(
    ("levels", "normally", "strictly"),
    [
        ([], False, False),
        ([Level.NOTE], False, False),
        ([Level.NOTE, Level.WARNING], False, True),
        ([Level.WARNING, Level.ERROR, Level.NOTE], True, True),
    ],
)
def test_errors_fail_and_warnings_where_it_is_strict(levels, normally, strictly):
    found = [finding("todo-left", "a.md", 1, 1, "m", level=level) for level in levels]
    assert (fails(found, strict=False), fails(found, strict=True)) == (normally, strictly)

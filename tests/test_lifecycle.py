"""The lifecycle: what a status may be called, and what it asks for."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.lifecycle import DEFAULT, GROUPS, Gate, Lifecycle, Status, offered


@pytest.mark.parametrize(
    "text", ["In review", "in review", "IN-REVIEW", "in_review", " In  Review ", "RFC", "proposed"]
)
def test_a_status_is_found_in_any_spelling(text):
    assert DEFAULT.find(text).key == "in-review"


@pytest.mark.parametrize("text", ["", "reviewing", "in review!", "draft | approved"])
def test_what_is_no_status_is_none(text):
    assert DEFAULT.find(text) is None


@pytest.mark.parametrize(("text", "key"), [("aproved", "approved"), ("In Reveiw", "in-review"), ("DRAFFT", "draft")])
def test_a_misspelling_is_guessed(text, key):
    assert DEFAULT.guess(text).key == key


def test_nothing_is_guessed_of_something_else():
    assert DEFAULT.guess("blue") is None


def test_the_default_is_the_contract():
    assert [(s.key, s.group, s.gate) for s in DEFAULT.statuses] == [
        ("draft", "open", Gate.DRAFT),
        ("in-review", "open", Gate.COMPLETE),
        ("approved", "in force", Gate.COMPLETE),
        ("implemented", "in force", Gate.FINISHED),
        ("superseded", "closed", Gate.INTEGRITY),
        ("rejected", "closed", Gate.INTEGRITY),
        ("withdrawn", "closed", Gate.INTEGRITY),
    ]
    assert {s.group for s in DEFAULT.statuses} == set(GROUPS)
    assert DEFAULT.initial.key == "draft"


def test_no_two_statuses_share_a_name():
    names = [name for s in DEFAULT.statuses for name in {s.key.replace("-", " "), s.label.casefold(), *s.aliases}]
    assert len(names) == len(set(names))


def test_a_key_comes_before_a_label_and_a_label_before_an_alias():
    first = Status("approved", "Approved", ("active", "live"))
    second, third, fourth = Status("active", "Running"), Status("on", "Live"), Status("running", "Runs")
    lifecycle = Lifecycle((first, second, third, fourth))
    assert lifecycle.find("active") == second
    assert lifecycle.find("live") == third
    assert lifecycle.find("running") == fourth


@pytest.mark.parametrize(
    "text",
    [
        "Draft | In Review | Approved",
        "Draft/In review",
        "draft, approved",
        "`Draft` | **Approved**",
        "[Draft | Approved]",
    ],
)
def test_a_list_of_choices_is_no_choice(text):
    assert offered(text, DEFAULT)


@pytest.mark.parametrize("text", ["Draft", "Draft | blue", "", "|", "Draft (was: approved)", "N/A"])
def test_one_status_is_no_list_of_choices(text):
    assert not offered(text, DEFAULT)

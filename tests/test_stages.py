"""When a design came to which status, as its block says."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.design import dump, restore
from mkdocs_designdocs.lifecycle import DEFAULT

TEMPLATES = {
    "note.md": "# Note\n\n## Context\n\n[Why]\n",
    "log.md": "---\ndata: {history: {type: array}}\n---\n# Log\n\n## Context\n\n[Why]\n",
}


@pytest.fixture
def design(judged):
    def make(history: str, template: str = "note"):
        block = f"design:\n  template: {template}\n  status: approved\n  history: {history}\n"
        (one,) = judged({"a.md": f"---\n{block}---\n## Context\n\nCalls fail.\n"}, TEMPLATES).designs
        return one

    return make


def test_stages_are_read_in_any_spelling_and_come_by_date(design):
    found = design("{accepted: 2025-02-14, In Review: 27 January 2025, draft: 2025-1-20}")
    assert found.metadata.stages == (("draft", "2025-01-20"), ("in-review", "2025-01-27"), ("approved", "2025-02-14"))
    assert not found.diagnostics
    assert restore(dump(found.verdict), DEFAULT).metadata.stages == found.metadata.stages


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("{aproved: 2025-02-14}", ("the unknown status", "did you mean `approved`?")),
        ("{approved: 2025-02-30}", ("no date of the calendar", "year-month-day")),
        ("{approved: yes}", ("no date of the calendar", "year-month-day")),
        ("{approved: }", ("no date of the calendar", "year-month-day")),
        ("[approved]", ("wants a mapping of statuses to dates", "write it as")),
        ("{7: 2025-02-14}", ("the unknown status", "one of draft")),
    ],
)
def test_what_is_no_stage_is_said_at_its_line_and_the_others_count(design, history, said):
    more = history.replace("}", ", draft: 2025-01-20}")
    found = design(more)
    (wrong,) = found.diagnostics
    assert (wrong.code, wrong.line) == ("field-invalid", 5)
    assert said[0] in wrong.message
    assert said[1] in wrong.help
    assert found.metadata.stages == ((("draft", "2025-01-20"),) if "{" in history else ())


def test_a_stage_that_is_still_to_come_is_noted_at_its_line_until_its_day(design, monkeypatch):
    history = "{draft: 2025-01-20, Accepted: 2027-03-01}"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # 2 January 2026
    (found,) = design(history).diagnostics
    assert (found.code, found.level.value, found.line, found.column) == ("field-invalid", "note", 5, 32)
    assert "2027-03-01" in found.message
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1803859200")  # 1 March 2027
    assert not design(history).diagnostics


def test_a_template_s_own_data_of_that_name_is_data(design):
    found = design("[a, b]", template="log")
    assert (found.metadata.stages, list(found.diagnostics)) == ((), [])


def test_without_a_template_it_is_the_history_all_the_same(design):
    assert design("{draft: 2025-01-20}", template="absent").metadata.stages == (("draft", "2025-01-20"),)

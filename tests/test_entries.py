"""Entries: what lists know of each design, put together from what it says itself and from what git has seen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from designs import a_design, entries

from mkdocs_designdocs.entries import Entry, waiting_for
from mkdocs_designdocs.history import Change, Past
from mkdocs_designdocs.people import Person

Stages = Sequence[tuple[str, str]]
DRAFTED = ("draft", "2026-02-01")
REVIEWED = ("in-review", "2026-03-01")


def an_entry(status: str, said: Stages, seen: Stages) -> Entry:
    past = Past(changes=[Change(key, day, f"{day}T12:00:00Z") for key, day in seen])
    (one,) = entries(a_design("a.md", status, stages=tuple(said)), pasts={"a.md": past})
    return one


@pytest.mark.parametrize(
    ("status", "said", "seen", "changes"),
    [
        # Approved by the commit that says when the review began, or by a later one of that day.
        ("approved", [DRAFTED, REVIEWED], [DRAFTED, ("approved", "2026-03-01")], ["draft", "in-review", "approved"]),
        (
            "approved",
            [DRAFTED, REVIEWED],
            [DRAFTED, REVIEWED, ("approved", "2026-03-01")],
            ["draft", "in-review", "approved"],
        ),
        # What git saw of that day before the last stage, the design leaves out on purpose.
        (
            "implemented",
            [DRAFTED, ("approved", "2026-03-01")],
            [REVIEWED, ("approved", "2026-03-01"), ("implemented", "2026-04-01")],
            ["draft", "approved", "implemented"],
        ),
        ("approved", [DRAFTED, ("approved", "2026-03-01")], [REVIEWED], ["draft", "approved"]),
        ("rejected", [DRAFTED, REVIEWED], [("draft", "2026-03-01"), ("rejected", "2026-03-02")], None),
    ],
)
def test_git_goes_on_where_a_design_s_own_history_ends(status, said, seen, changes):
    entry = an_entry(status, said, seen)
    assert [one.status for one in entry.changes] == (changes or ["draft", "in-review", "rejected"])
    assert entry.is_since_exact
    assert entry.since == entry.changes[-1].day


def test_what_is_still_to_come_does_not_count_before_its_day(monkeypatch):
    said = [DRAFTED, ("approved", "2027-03-01")]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # 2 January 2026
    assert [*an_entry("approved", said, []).changes] == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775001600")  # 1 April 2026
    early = an_entry("approved", said, [("draft", "2026-02-01"), ("approved", "2026-03-05")])
    assert [one.day for one in early.changes] == ["2026-02-01", "2026-03-05"]
    assert an_entry("approved", said, []).since == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1803859200")  # 1 March 2027
    assert an_entry("approved", said, []).since == "2027-03-01"


def test_designs_of_one_day_come_as_people_count():
    titles = ["11. Queues", "2. Retries", "10. Ledger", "1. Records", "Ärger", "zebra", f"{'9' * 5000}", "³"]
    found = entries(*(a_design(f"{n}.md", title=title, created="2026-01-01") for n, title in enumerate(titles)))
    shown = [one.design.title for one in found]
    assert [title for title in shown if ". " in title] == ["1. Records", "2. Retries", "10. Ledger", "11. Queues"]
    assert shown[-2:] == ["Ärger", "zebra"]


def test_what_waits_for_whom_and_what_is_stuck():
    bo = Person(handle="bo")
    waits = a_design(
        "a.md", "in review", created="2026-01-01", reviewers=(bo, bo), stages=(("in-review", "2026-01-01"),)
    )
    draft = a_design("b.md", "draft", created="2026-01-01", reviewers=(bo,))
    done = a_design("c.md", "approved", created="2026-01-01", reviewers=(bo,))
    found = {one.design.uri: one for one in entries(waits, draft, done)}
    assert {key: [one.design.uri for one in those] for key, those in waiting_for(found.values()).items()} == {
        "bo": ["a.md"]
    }
    stuck = {
        day: [uri for uri, one in found.items() if one.is_stuck(datetime.date.fromisoformat(day))]
        for day in ("2026-01-30", "2026-01-31", "2026-04-01")
    }
    assert {day: sorted(those) for day, those in stuck.items()} == {
        "2026-01-30": [],
        "2026-01-31": ["a.md"],
        "2026-04-01": ["a.md", "b.md"],
    }

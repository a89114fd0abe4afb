"""Dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.dates import is_impossible, iso_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02",
        "2026-1-2",
        "2026/01/02",
        "2026.01.02",
        "2026-01-02T10:20:30Z",
        "2026-01-02 10:20:30.5 +02:00",
        "January 2, 2026",
        "january 2 2026",
        "Jan. 2, 2026",
        "Jan 2nd, 2026",
        "2 January 2026",
        "2nd Jan 2026",
        "2 Jan, 2026",
        "2-Jan-2026",
        "02.01.2026",
        "2. 1. 2026",
        "02.01.2026 10:20",
        "2. Januar 2026",
        "2 janv. 2026",
        "2 de enero de 2026",
        "  2  January\n2026 ",
    ],
)
def test_a_day_in_any_form(text):
    assert iso_date(text) == "2026-01-02"
    assert not is_impossible(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sept 9, 2026", "2026-09-09"),
        ("Sep 9, 2026", "2026-09-09"),
        ("May 31st, 2026", "2026-05-31"),
        ("1st June 2026", "2026-06-01"),
        ("3rd Mar 2026", "2026-03-03"),
        ("29 February 2024", "2024-02-29"),
        ("5. März 2024", "2024-03-05"),
        ("1er août 2024", "2024-08-01"),
        ("5 dicembre 2024", "2024-12-05"),
        ("5 jui 2024", ""),
    ],
)
def test_months_by_name(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "soon",
            "2026",
            "2026-01",
            "Q1 2026",
            "31.02.2026",
            "12.25.2026",
            "01/02/2026",
            "1/2/26",
            "20260102",
            "2026-01-02x",
        ),
        *("Ja 2, 2026", "Foo 2, 2026", "May 2", "May 2026", "2 May", "the 2nd of May 2026", "2026-01-02-queues"),
    ],
)
def test_what_is_no_day_is_none_and_not_impossible(text):
    assert iso_date(text) == ""
    assert not is_impossible(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "2026-00-10", "2026/4/31", "2026-02-29T10:00:00Z", " 2025.2.29 "]
)
def test_a_day_that_the_calendar_has_not_is_impossible(text):
    assert iso_date(text) == ""
    assert is_impossible(text)


@pytest.mark.parametrize("text", ["February 30, 2026", "31 Apr 2026", "0 May 2026", "May 32, 2026"])
def test_words_are_no_day_either(text):
    assert iso_date(text) == ""


@given(st.dates())
def test_every_day_is_read_back(day):
    assert iso_date(day.isoformat()) == day.isoformat()


@given(st.one_of(st.text(max_size=40), st.from_regex(r"\d{4}-\d{1,2}-\d{1,2}", fullmatch=True)))
def test_no_text_raises_and_what_comes_out_is_a_day_or_nothing(text):
    date = iso_date(text)
    assert date == "" or iso_date(date) == date
    assert not (date and is_impossible(text))


def test_a_long_text_takes_no_time():
    for text in ("2026-1-1T" + " " * 50_000, "May " * 20_000, "1" * 50_000, " " * 50_000 + "x"):
        iso_date(text)
        is_impossible(text)

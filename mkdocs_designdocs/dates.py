"""Dates as people write them, as ISO dates."""

from __future__ import annotations

import datetime
import re

_NUMBERS = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDS = (
    re.compile(rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})\Z"),
    re.compile(rf"{_DAY}[ -]{_MONTH},?[ -](?P<year>\d{{4}})\Z"),
)


def iso_date(text: str) -> str:
    """A date as `YYYY-MM-DD`, also out of a time, or of English words; empty where the calendar has no such day."""
    text = " ".join(text.split())
    if numbers := _NUMBERS.match(text):
        return _day(*(int(part) for part in numbers.groups()))
    for form in _WORDS:
        if match := form.match(text):
            month = match["month"].lower()
            named = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(month)), 0)
            return _day(int(match["year"]), named, int(match["day"]))
    return ""


def is_impossible(text: str) -> bool:
    """Whether a text is written as a date, and the calendar has no such day."""
    return bool(_NUMBERS.match(text.strip())) and not iso_date(text)


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""

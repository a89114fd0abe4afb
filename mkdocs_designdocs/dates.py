"""Dates as people write them, as ISO dates."""

from __future__ import annotations

import datetime
import os
import re

_NUMBERS = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\Z")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})(?:,? \d{1,2}:\d{2}.*)?\Z")
"""Who writes dots between the numbers of a date that ends with the year writes the day first."""
_MONTHS = (
    ("january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari"),
    ("february", "februar", "février", "febrero", "febbraio", "fevereiro", "februari"),
    ("march", "märz", "mars", "marzo", "março", "maart"),
    ("april", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "maio", "mei"),
    ("june", "juni", "juin", "junio", "giugno", "junho"),
    ("july", "juli", "juillet", "julio", "luglio", "julho"),
    ("august", "août", "agosto", "augustus"),
    ("september", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "oktober", "octobre", "octubre", "ottobre", "outubro"),
    ("november", "novembre", "noviembre", "novembro"),
    ("december", "dezember", "décembre", "diciembre", "dicembre", "dezembro"),
)
"""English, German, French, Spanish, Italian, Portuguese and Dutch."""
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_WORDS = (
    re.compile(rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})\Z"),
    re.compile(rf"{_DAY}[ -](?:de )?{_MONTH},?[ -](?:de )?(?P<year>\d{{4}})\Z"),
)


def iso_date(text: str) -> str:
    """A date as `YYYY-MM-DD`, also out of a time, or of words; empty where the calendar has no such day.

    `12/11/2024` is no date: it is one day here and another one there.
    """
    text = " ".join(text.split())
    if numbers := _NUMBERS.match(text):
        return _day(*(int(part) for part in numbers.groups()))
    if dotted := _DOTTED.match(text):
        return _day(*(int(dotted[part]) for part in ("year", "month", "day")))
    for form in _WORDS:
        if match := form.match(text):
            return _day(int(match["year"]), _month(match["month"].lower()), int(match["day"]))
    return ""


def _month(word: str) -> int:
    """The month that a word, or the beginning of one, names in any language; 0 where that are none or several."""
    named = {n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)}
    return named.pop() if len(named) == 1 else 0


def is_impossible(text: str) -> bool:
    """Whether a text is written as a date, and the calendar has no such day."""
    return bool(_NUMBERS.match(text.strip())) and not iso_date(text)


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def today() -> datetime.date:
    """The day to which ages are counted: this one, or that of SOURCE_DATE_EPOCH, so that a site can be built again."""
    try:
        return datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.date.today()

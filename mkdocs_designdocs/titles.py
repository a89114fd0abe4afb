"""Titles of sections, as they are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mkdocs_designdocs.placeholders import substituted, tokens
from mkdocs_designdocs.wording import plain_cased

_OPTIONAL = re.compile(
    r"\s*[(\[]\s*(?:optional|if (?:applicable|needed|required|any|relevant|necessary)|as needed)[^)\]]*[)\]]"
    r"|\s*<!--\s*\(?optional\b.*?-->|\s+[–—-]\s+optional\s*$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\s*(?:[^\w\s\[({<`/]{1,9}\s+)?"  # an emoji
    r"(?:\d+(?:\.\d+)*[.):]?\s+|\d+(?:\.\d+)*[.)](?=[^\W\d])|[IVX]{1,4}[.)]\s+|[A-Z][.)]\s+)(?=\S)"
)
_LINK = re.compile(r"!?\[([^\]]{0,300})\]\([^)]{0,2000}\)")
_COMMENT = re.compile(r"(?:(?<!\s)\s+)?<!--.*?-->")
_METHOD = re.compile(r"`?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+/\S*")
_BARE_END = re.compile(r"(?P<stem>.*\w)\s+(?:\d{1,2}|[A-Z])$")
_SERIES = re.compile(r"(?P<stem>[A-Za-z][A-Za-z ]*?)\s+(?:\d{1,2}|[A-Z])\s*[:–—.-]\s*\S")

_LONGEST = 500
"""How much of a title is compared: more than anybody writes, and little enough for any pattern."""


@lru_cache(maxsize=20_000)
def key(title: str) -> str:
    """A title without numbering, case, emphasis, code marks, links, punctuation and optional markers."""
    text = plain_cased(_LINK.sub(r"\1", _OPTIONAL.sub("", title[:_LONGEST])))
    text = _NUMBERING.sub("", text)
    text = re.sub(r"(?<=\w)\(s\)", "s", text)
    text = re.sub(r"[/&+]", " and ", text)
    return " ".join(re.sub(r"[^\w\s]|_", " ", text).split()).casefold()


@lru_cache(maxsize=20_000)
def singular(title_key: str) -> str:
    """A key with every word in the singular, roughly: what is compared is only ever compared with its like."""
    return " ".join(_singular(word) for word in title_key.split())


def _singular(word: str) -> str:
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return re.sub(r"(?:ie|y)$", "i", re.sub(r"(?<=[^s])s$", "", word))


@lru_cache(maxsize=20_000)
def shortened(title: str) -> tuple[str, ...]:
    """The keys that a longer title answers to: without its last parenthesis, up to a `:`, a dash or a `(`."""
    title = title[:_LONGEST]
    keys = [
        key(re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", title)),
        key(re.split(r":| [–—-] |\(", title, maxsplit=1)[0]),
    ]
    return tuple(k for k in dict.fromkeys(keys) if k and k != key(title))


_FILLERS = frozenset(
    {"considered", "consideration", "strategi", "plan", "approach", "detail", "overview", "section"}
    | {"and", "or", "the", "a", "an", "of", "for", "to"}
)
"""Words that add nothing to a title, in the singular as above."""


@lru_cache(maxsize=20_000)
def core(title: str) -> str:
    """What a title says without the words that add nothing: `Alternatives considered` and `Alternatives` are one."""
    words = singular(next(iter(shortened(title)), key(title))).split()
    return " ".join(word for word in words if word not in _FILLERS)


_SYNONYMS = (
    {"overview", "summary", "abstract", "tl dr", "tldr", "introduction", "in short"},
    {"background", "context"},
    {"motivation", "problem statement", "why"},
    {"goals", "objectives", "aims"},
    {"non goals", "out of scope"},
    {"alternatives", "rejected alternatives", "alternative solutions", "alternate solutions", "considered options"},
    {"open questions", "unresolved questions", "open issues", "open points"},
    {"references", "links", "further reading", "see also"},
    {"monitoring", "observability", "monitoring and observability"},
    {"rollout", "release", "launch", "deployment"},
    {"risks", "risks and mitigations"},
    {"testing", "tests", "verification"},
    {"proposal", "how", "proposed solution", "proposed changes", "solution"},
    {"detailed design", "design details", "technical design", "reference level explanation"},
)


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, int]:
    # `overview` says nothing beside other words, and is a title of its own.
    return {core(word) or word: number for number, words in enumerate(_SYNONYMS) for word in words}


def are_synonyms(one: str, other: str) -> bool:
    """Whether two titles are names that teams give to the same section."""
    known = _synonyms()
    numbers = {known.get(core(title) or key(title)) for title in (one, other)}
    return len(numbers) == 1 and numbers != {None}


def parts(title_key: str) -> Sequence[str]:
    """What a key joins: `goals and non goals` is about two things; empty for a key about one."""
    found = title_key.split(" and ")
    return found if len(found) > 1 else ()


def is_optional(title: str) -> bool:
    """Whether a title says itself that its section is optional."""
    return bool(_OPTIONAL.search(title[:_LONGEST]))


@lru_cache(maxsize=20_000)
def shape(title: str) -> str:
    """The shape that a pattern repeats (`### [Entity name]`, `### Alternative 1`); empty for a fixed title."""
    text = _NUMBERING.sub("", _OPTIONAL.sub("", title[:_LONGEST])).strip()
    if marks := tokens(text):
        for mark in marks:
            text = text.replace(mark.text, "*")
        return " ".join(text.casefold().split())
    if _METHOD.match(text):
        return "method path"
    if match := _BARE_END.match(plain_cased(text)):
        return match["stem"].casefold() + " #"
    return ""


@lru_cache(maxsize=20_000)
def series(title: str) -> str:
    """The stem of a numbered title (`Phase 1: Build`), a pattern where siblings share it; else empty."""
    match = _SERIES.match(plain_cased(_NUMBERING.sub("", title[:_LONGEST])))
    return match["stem"].casefold() + " #:" if match else ""


def holds_placeholder(title: str) -> bool:
    """Whether a heading still has a mark to be replaced; a bare number or a sample path may stand."""
    return bool(tokens(_OPTIONAL.sub("", title[:_LONGEST])))


def fits(title: str, pattern_shape: str) -> bool:
    """Whether a title has the shape of a pattern, wherever it stands."""
    if pattern_shape == "*":
        return False  # anything would
    if pattern_shape.endswith(" #:"):
        return series(title) == pattern_shape
    if pattern_shape.endswith((" #", "method path")):
        return shape(title) == pattern_shape or series(title) == pattern_shape + ":"
    stem = pattern_shape.split("*")[0].strip(" :")
    return bool(stem) and f"{key(title)} ".startswith(f"{key(stem)} ")


@lru_cache(maxsize=20_000)
def shown(title: str) -> str:
    """A title as a message quotes it."""
    return plain_cased(_LINK.sub(r"\1", title))


def heading(title: str) -> str:
    """A title as a heading is to be written: its marks kept, without comments."""
    return substituted(_COMMENT, "", title).strip()

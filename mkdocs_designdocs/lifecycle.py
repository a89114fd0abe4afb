"""The lifecycle: which statuses a design can have, and how much completeness each asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from functools import cached_property


class Gate(Enum):
    """How much completeness a status asks for."""

    DRAFT = "draft"
    """May be incomplete: findings of completeness are notes."""
    COMPLETE = "complete"
    """Has to be complete."""
    FINISHED = "finished"
    """Has to be complete, and open boxes of a checklist are warnings."""
    INTEGRITY = "integrity"
    """Is history: only what would break the site or the catalogue counts."""


GROUPS = ("open", "in force", "closed")


@dataclass(frozen=True)
class Status:
    """One stage in the life of a design."""

    key: str
    """As it stands in `designs.json`: lower case, joined by `-`."""
    label: str
    aliases: tuple[str, ...] = ()
    group: str = "open"
    """One of `GROUPS`."""
    gate: Gate = Gate.COMPLETE


@dataclass(frozen=True)
class Lifecycle:
    """All statuses, in the order in which a design goes through them."""

    statuses: tuple[Status, ...]
    table: tuple[tuple[str, str], ...] = ()
    """Words of a team's own, each with the key of the status that it means."""

    def read(self, text: str) -> Status | None:
        """The status that a phrase means: `**Implemented (Swift 5.5)**`, `accepted ✅`, `Superseded by [12](12.md)`.

        Out of its decoration the phrase itself, else without what stands in brackets, else its first words.
        """
        return next((found for phrase in _phrases(text) if (found := self.find(phrase))), None)

    def find(self, text: str) -> Status | None:
        """The status that somebody's spelling means: any case, `-`, `_` or space, the key, label or an alias."""
        return self._names.get(words(text))

    def guess(self, text: str) -> Status | None:
        """The status that a misspelling probably means: `**Aproved** (5.5)`."""
        for phrase in dict.fromkeys((words(text), *map(words, _phrases(text)))):
            if near := get_close_matches(phrase, self._names, n=1, cutoff=0.7):
                return self._names[near[0]]
        return None

    @cached_property
    def _names(self) -> Mapping[str, Status]:
        """Every spelling. A status's own key comes before any label, and a label before another's alias."""
        keys = {status.key: status for status in self.statuses}
        names = {words(word): keys[key] for word, key in self.table}
        for spellings in (lambda s: [s.key], lambda s: [s.label], lambda s: s.aliases):
            for status in self.statuses:
                for name in spellings(status):
                    names.setdefault(words(name), status)
        return names

    @property
    def initial(self) -> Status:
        """What a design without a status is judged as: the first stage."""
        return self.statuses[0]

    def in_yaml(self, word: str) -> str:
        """A word for a status as front matter says it: a label in lower case, a team's own word as it is."""
        return word.lower() if any(word == status.label for status in self.statuses) else word

    def labels(self) -> str:
        """Every label, for messages."""
        return ", ".join(status.label.lower() for status in self.statuses)


def _phrases(text: str) -> Iterator[str]:
    """What of a text may be a status: all of it, all but what stands in brackets, its first words, fewer and fewer."""
    phrase = bare(text)
    if re.fullmatch(_BRACKETED, phrase):
        phrase = bare(phrase[1:-1])
    yield phrase
    said = bare(re.sub(_BRACKETED, " ", phrase)).split()
    for count in range(min(len(said), _LONGEST_PHRASE), 0, -1):
        yield " ".join(said[:count]).strip(",.;:!–—-")


_BRACKETED = r"\([^()]*\)|\[[^\[\]]*\]"
_LONGEST_PHRASE = 4
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\([^()\s]*\)")
_EDGES = re.compile(r"^[^\w(\[]+|(?<=[\w)\]])[^\w)\]]+$")


def bare(text: str) -> str:
    """A phrase without emphasis, code marks, links, tags and the signs and pictures around it."""
    text = _LINK.sub(lambda m: m["text"], re.sub(r"~~[^~]*~~", " ", text))  # what is struck out is no longer said
    text = re.sub(r"<[^<>]*>|[*`~]|(?<!\w)_+|(?<!_)_+(?!\w)|:[a-z0-9_+-]+:", "", text)
    return _EDGES.sub("", " ".join(text.split()))


def words(text: str) -> str:
    """A status as it is compared."""
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


DEFAULT = Lifecycle(
    (
        Status(
            "draft",
            "Draft",
            (
                *("wip", "work in progress", "provisional", "idea", "new", "drafts", "pre draft", "sketch", "strawman"),
                *("prototyping", "pitch", "initial", "returned for revision", "needs revision", "stub"),
            ),
            "open",
            Gate.DRAFT,
        ),
        Status(
            "in-review",
            "In review",
            (
                *("review", "under review", "proposed", "proposal", "pending", "rfc", "open", "active review"),
                *("awaiting review", "ready for review", "scheduled for review", "in discussion", "discussion"),
                *("under discussion", "submitted", "last call", "final comment period", "fcp", "candidate"),
                *("request for comments", "requested", "for review", "awaiting approval", "pending approval"),
            ),
        ),
        Status(
            "approved",
            "Approved",
            (
                *("accepted", "adopted", "active", "implementable", "implementing", "ready", "decided", "agreed"),
                *("in progress", "ongoing", "not implemented", "partially implemented", "in development", "merged"),
                *("in implementation", "being implemented", "proof of concept implemented", "informational"),
                *("memorandum", "experimental", "preview", "previewing", "beta", "alpha", "ready for implementation"),
            ),
            "in force",
        ),
        Status(
            "implemented",
            "Implemented",
            (
                *("done", "final", "finished", "shipped", "completed", "complete", "released", "live", "deployed"),
                *("stable", "standard", "living", "in production", "ga", "fully implemented", "in use"),
            ),
            "in force",
            Gate.FINISHED,
        ),
        Status(
            "superseded",
            "Superseded",
            ("replaced", "deprecated", "retired", "obsolete", "obsoleted", "archived", "moved"),
            "closed",
            Gate.INTEGRITY,
        ),
        Status(
            "rejected",
            "Rejected",
            ("declined", "denied", "not accepted", "refused", "turned down"),
            "closed",
            Gate.INTEGRITY,
        ),
        Status(
            "withdrawn",
            "Withdrawn",
            (
                *("abandoned", "deferred", "stalled", "dropped", "cancelled", "canceled", "stagnant", "expired"),
                *("postponed", "on hold", "paused", "dormant", "inactive", "closed", "parked", "blocked"),
            ),
            "closed",
            Gate.INTEGRITY,
        ),
    )
)


@dataclass(frozen=True)
class Choice:
    """One of the statuses that a template offers."""

    word: str
    """As its author writes it, without decoration: `Provisional`, `superseded by ADR-5`."""
    status: Status | None
    """None where it is no status that the lifecycle has."""
    emphasised: bool
    """Whether it is set in bold, in italics or as code."""


def choices(text: str, lifecycle: Lifecycle) -> Sequence[Choice]:
    """A template's list of choices (`Draft | In Review | Approved`); empty where a text is none.

    It names several statuses. `superseded by [ADR-5](x.md)` is one of them, but `accepted, superseded by ADR-5` says
    what became of a design.
    """
    parts = _parts(text)
    if len(parts) < _SEVERAL:
        return ()
    found = [_choice(part, lifecycle) for part in parts]
    known = sum(one.status is not None for one in found)
    if known >= _SEVERAL or "|" in text:
        found = [one if one.status else replace(one, status=_succeeded(one.word, lifecycle)) for one in found]
    return found if sum(one.status is not None for one in found) >= _SEVERAL else ()


def offered(text: str, lifecycle: Lifecycle) -> Sequence[Status]:
    """The statuses that a list of choices names; empty where a text is none."""
    return [one.status for one in choices(text, lifecycle) if one.status]


def kept(found: Sequence[Choice], lifecycle: Lifecycle, known: Status | None = None) -> str | None:
    """The word that is to stay of a list of choices; None where the author has chosen what is no status.

    That of the status which is known from elsewhere; else the only choice that is emphasised; else the one that means
    the lifecycle's first status, which has its label where the list has no word for it.
    """
    marked = [one for one in found if one.emphasised]
    if known is None and len(marked) == 1:
        return marked[0].word if marked[0].status else None
    wanted = known or lifecycle.initial
    return next((one.word for one in found if one.status == wanted), wanted.label)


_SEVERAL = 2
_HIDING = re.compile(r"\]\([^()\s]*\)|</")
"""What holds a `/` and parts no choices: the target of a link, the end of a tag."""
_PARTING = re.compile(r"[|/]|, ")
_EMPHASIS = re.compile(r"(?<![\w*`])([*_`]+)(?![*_`\s]).*?\1(?!\w)")


def _parts(text: str) -> list[str]:
    """What stands between the signs that part choices."""
    seen = _HIDING.sub(lambda match: "." * len(match[0]), text)
    ends = [(match.start(), match.end()) for match in _PARTING.finditer(seen)]
    return [text[start:end] for (_, start), (end, _) in zip([(0, 0), *ends], [*ends, (len(text), 0)], strict=True)]


def _choice(part: str, lifecycle: Lifecycle) -> Choice:
    word = (bare(part) or bare(part.strip(" <>"))).strip(" \\[](){}<>")
    return Choice(word, lifecycle.find(word), bool(_EMPHASIS.search(part)))


def _succeeded(word: str, lifecycle: Lifecycle) -> Status | None:
    """The status in `superseded by ADR-0123`."""
    said, by, _ = word.partition(" by ")
    return lifecycle.find(said) if by else None

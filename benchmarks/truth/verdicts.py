"""The verdict on designs of which it is known what should be said, section by section."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.catalog import catalogue
from mkdocs_designdocs.design import Document, SectionState, Verdict
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from truth.designs import Made, Piece, make, simpler
from truth.manners import HALF, MANNERS, Said, marks
from truth.parts import Part, archive, children, parts

LOUD = (Level.WARNING, Level.ERROR)
OF_A_SECTION = ("section-empty", "section-unwritten")
"""What is said once, of a section as a whole."""


@dataclass(frozen=True)
class Disagreement:
    """A section of which the verdict is not what a reader would say."""

    made: Made
    piece: Piece
    kind: str
    """What is compared: the state, what is said, or whether the section was found."""
    wanted: str
    found: str

    def __str__(self) -> str:
        where = f'{self.made.template}: "{self.piece.part.title}" ({self.piece.manner.name})'
        return f"{where}: {self.kind} should be {self.wanted}, but is {self.found}"


def designs(name: str, count: int, seed: int) -> Iterator[Made]:
    """Designs of a template whose sections are left in manners chosen at random; always the same for one seed."""
    dice = random.Random(f"{name} {seed}")
    for _ in range(count):
        yield make(name, [dice.choice(MANNERS) for _ in parts(name)], dice)


def verdicts(these: Sequence[Made]) -> list[Verdict]:
    """The verdict of the code that is measured, as a build and the command would have it."""
    documents = [Document(f"{n:06}.md", f"{n:06}.md", made.text.encode()) for n, made in enumerate(these)]
    return [design.verdict for design in catalogue(documents, archive()).designs]


def judged(made: Made) -> Sequence[Piece]:
    """The sections of which something is known: all but parents that are there and have no prompt of their own."""
    return [p for p in made.pieces if p.part.body or not p.heading or not children(made.template, p.part.number)]


def disagreements(made: Made, verdict: Verdict) -> list[Disagreement]:
    """Where the verdict is not what a reader would say; at most one a section."""
    truth = _Truth(made, verdict)
    return [found for piece in judged(made) if (found := next(truth.wrong(piece), None))]


def smallest(found: Disagreement) -> Disagreement:
    """The same disagreement in a design from which nothing more can be taken away."""
    while True:
        for made in simpler(found.made, found.piece.part.number):
            (verdict,) = verdicts([made])
            same = [d for d in disagreements(made, verdict) if _is_same(d, found)]
            if same:
                found = same[0]
                break
        else:
            return found


def _is_same(one: Disagreement, other: Disagreement) -> bool:
    return (one.piece.part, one.kind) == (other.piece.part, other.kind)


class _Truth:
    def __init__(self, made: Made, verdict: Verdict) -> None:
        self.made = made
        self.verdict = verdict
        self.states = _states(made)
        self.pieces = {piece.part.number: piece for piece in made.pieces}

    def wrong(self, piece: Piece) -> Iterator[Disagreement]:
        """A section's state is one that a reader would call right, and what is said of it fits"""
        section = self._section(piece)
        wanted = self.states[piece.part.number]
        if section is None:
            if not (piece.part.is_pattern and not piece.heading):
                yield Disagreement(self.made, piece, "the section", "found", "not found")
        elif section.state not in wanted:
            yield Disagreement(self.made, piece, "the state", " or ".join(sorted(wanted)), section.state)
        if said := self._wrongly_said(piece):
            yield Disagreement(self.made, piece, "what is said", *said)

    def _section(self, piece: Piece) -> SectionState | None:
        lines = self.made.span(piece)
        if lines:
            return next((s for s in self.verdict.sections if s.line == lines.start), None)
        path = self.verdict.section_paths[piece.part.number]
        return next((s for s in self.verdict.sections if s.line is None and s.title == path), None)

    def _wrongly_said(self, piece: Piece) -> tuple[str, str] | None:
        """What should have been said and what was, if that differs."""
        said, lines = piece.manner.said, self.made.span(piece)
        here = [d for d in self.verdict.diagnostics if d.line in lines and d.code != "section-missing"]
        loud = [d for d in here if d.level in LOUD]
        if said in (Said.ABSENCE, Said.ABOVE):
            return self._absence_wrongly_said(piece)
        if said is Said.NOTHING and (piece.part.body or piece.manner.is_own):
            return (said.value, _told(loud)) if loud else None
        if said is Said.BESIDE:
            return self._beside_wrongly_said(piece, here)
        if not self.states[piece.part.number] <= {"unwritten", "empty"} and piece.manner is not HALF:
            return None
        return self._too_little_said(piece, here, loud)

    def _too_little_said(
        self, piece: Piece, here: Sequence[Diagnostic], loud: Sequence[Diagnostic]
    ) -> tuple[str, str] | None:
        if piece.manner is HALF and not marks(piece.body.text):
            return None
        if not here or not all(d.section for d in here if d.code.startswith("section")):
            return Said.SOMETHING.value, _told(here)
        if piece.manner is HALF or self._may_lack(piece):
            return None
        if piece.manner.said is Said.SOMETHING:
            return None if loud else (Said.SOMETHING.value, _told(here))
        return None if [d.level for d in loud] == [Level.ERROR] else (Said.ERROR.value, _told(loud))

    def _beside_wrongly_said(self, piece: Piece, here: Sequence[Diagnostic]) -> tuple[str, str] | None:
        own = self.made.own_lines(piece)
        wrong = [d for d in here if d.line in own and d.level in LOUD]
        if wrong:
            return Said.BESIDE.value, _told(wrong)
        kept = marks(piece.part.body) and not re.search(r"- \[ \] [^\[]", piece.part.body)
        return None if here or not kept else (Said.BESIDE.value, _told(here))

    def _absence_wrongly_said(self, piece: Piece) -> tuple[str, str] | None:
        """A section that is not there is said to be missing: itself, or once with what is above it."""
        above = self.pieces.get(piece.part.parent)
        below = [self.pieces[part.number] for part in children(self.made.template, piece.part.number)]
        if above and above.manner is HALF:
            return None  # whether its author has said something there is anybody's guess
        found = self._named_missing(piece)
        loud = [d for d in found if d.level in LOUD]
        if self._nobody_asks(piece) or (below and all(part.heading for part in below)):
            return (Said.ABOVE.value, _told(loud)) if loud else None
        if any(part.heading for part in below) or [d.level for d in loud] == [Level.ERROR]:
            return None  # of a heading that is dropped with some of what was below it, one or the other can be named
        return None if not loud and above and self._is_named(above) else (Said.ABSENCE.value, _told(found))

    def _named_missing(self, piece: Piece) -> list[Diagnostic]:
        path = self.verdict.section_paths[piece.part.number]
        return [d for d in self.verdict.diagnostics if d.code == "section-missing" and d.section == path]

    def _is_named(self, piece: Piece) -> bool:
        """Whether a section, or one above it, is said to be missing or unwritten."""
        lines = self.made.span(piece)
        here = [d for d in self.verdict.diagnostics if d.line in lines and d.code in OF_A_SECTION]
        above = self.pieces.get(piece.part.parent)
        named = any(d.level in LOUD for d in (*here, *self._named_missing(piece)))
        return named or (above is not None and self._is_named(above))

    def _nobody_asks(self, piece: Piece) -> bool:
        """Whether a section that is not there is optional, or its author has settled it in the one above."""
        above = self.pieces.get(piece.part.parent)
        if piece.manner.said is Said.ABOVE or self._may_lack(piece) or piece.part.is_pattern:
            return True
        # Who gives a section headings of their own need not have the template's.
        return above is not None and (above.manner.is_own or "######" in above.body.text)

    def _may_lack(self, piece: Piece) -> bool:
        return piece.part.is_optional


def _told(found: Sequence[Diagnostic]) -> str:
    return "; ".join(f"{d.level.value} {d.code} at line {d.line} ({d.message})" for d in found) or "nothing"


def _states(made: Made) -> Mapping[int, frozenset[str]]:
    """For each part the states that a reader would call right."""
    pieces = {piece.part.number: piece for piece in made.pieces}
    found: dict[int, frozenset[str]] = {}
    for part in reversed(parts(made.template)):
        piece = pieces[part.number]
        own = _own_states(part, piece)
        below = [found[child.number] for child in children(made.template, part.number)]
        # A parent is written when one of its children is.
        if piece.heading and own & {"unwritten", "empty"} and any(states <= _SETTLED for states in below):
            own = own - {"unwritten", "empty"} | {"written"}
        found[part.number] = own
    return found


_SETTLED = frozenset({"written", "not-applicable", "checklist"})


def _own_states(part: Part, piece: Piece) -> frozenset[str]:
    """A part's states, those below it left aside."""
    states = piece.manner.states
    # What the template says of boxes may stand; a comment is no box any more.
    as_the_template = piece.manner.said is Said.SOMETHING
    return states | {"checklist"} if part.is_checklist and as_the_template else states

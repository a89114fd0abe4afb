"""How far a design is written: the state of every section, and what is to be done in each.

RULE: a section is written when it holds a block that the template does not; the template's own words never count, and
nobody is made to write filler.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Block, Heading, Kind
from mkdocs_designdocs.matching import Match
from mkdocs_designdocs.metalines import is_metadata
from mkdocs_designdocs.placeholders import tokens
from mkdocs_designdocs.skeleton import Section
from mkdocs_designdocs.wording import Voice, Wording, box, voice


class State(Enum):
    """What a section amounts to."""

    WRITTEN = "written"
    FROM_DATA = "from-data"
    NOT_APPLICABLE = "not-applicable"
    CHECKLIST = "checklist"
    UNWRITTEN = "unwritten"
    EMPTY = "empty"
    MISSING = "missing"


DONE = frozenset({State.WRITTEN, State.FROM_DATA, State.NOT_APPLICABLE})
"""The states in which a required section counts as written."""


@dataclass(frozen=True)
class Judged:
    """One section of a design: the template's, and what became of it."""

    section: Section
    path: str
    """`Parent > Child`, in the design's words where it has them."""
    state: State
    heading: Heading | None
    """The design's heading; None where the section is missing."""
    blocks: Sequence[Block]
    """Everything in it and under the author's own sub-headings, without those headings and without metadata."""
    voices: Sequence[Voice]
    judged: bool
    """Whether anything can be wrong with it: a parent without a prompt of its own is never judged."""
    required: bool
    """Whether it counts in "4 of 17 sections written"."""
    excused: str = ""
    """Why a missing section is no error: `parent missing`, `children`, `parent written`, `parent not applicable`."""

    @property
    def written(self) -> bool:
        """Whether it needs no more writing."""
        return self.state in DONE

    @property
    def samples_only(self) -> bool:
        """Whether all that stands are unmarked samples, which somebody might mean."""
        return Voice.SAMPLE in self.voices and all(
            v in (Voice.SAMPLE, Voice.LABEL, Voice.NOTHING, Voice.BOX) for v in self.voices
        )


class Judge:
    """Holds a match against the words of its template."""

    def __init__(self, found: Match, words: Wording, from_data: frozenset[int] = frozenset()) -> None:
        self.match = found
        self.words = words
        self.from_data = from_data
        self._voices: dict[int, Voice] = {}

    def voice(self, block: Block) -> Voice:
        """Whose words a block holds; each block is asked once."""
        known = self._voices.get(id(block))
        if known is None:
            known = self._voices[id(block)] = voice(block, self.words)
        return known

    @cached_property
    def sections(self) -> Sequence[Judged]:
        """Every section of the template, in its order; a pattern once for each heading that it took."""
        template = self.match.template.sections
        taken: dict[int, list[int]] = {}
        for index, section in self.match.claimed.items():
            taken.setdefault(section.index, []).append(index)
        states: dict[int, State] = {}
        for section in reversed(template):  # children before their parents
            states[section.index] = self._state_of(section, taken, states)
        made: list[Judged] = []
        for section in template:
            headings = taken.get(section.index, [])
            if not headings and not self._one_is_enough(section, taken):
                made.append(self._missing(section, taken, states))
            made.extend(self._present(section, index, states) for index in headings)
        return made

    def region(self, index: int) -> Sequence[Block]:
        """The blocks below a heading, up to the next section or the next heading that is no sub-heading."""
        headings = self.match.document.headings
        stop = index + 1
        while (
            stop < len(headings)
            and stop not in self.match.claimed
            and headings[stop].level > headings[index].level
        ):
            stop += 1
        return self.match.document.between(index, stop)

    def _state_of(self, section: Section, taken: Mapping[int, list[int]], states: Mapping[int, State]) -> State:
        if not taken.get(section.index):
            return State.FROM_DATA if section.index in self.from_data else State.MISSING
        return self._state(section, taken[section.index][0], states)

    def _state(self, section: Section, index: int, states: Mapping[int, State]) -> State:
        voices = self._voices_of(self.region(index))
        state = own_state(voices, self._has_marked_guidance(index))
        if state in DONE or state is State.CHECKLIST:
            return state
        if section.index in self.from_data:
            return State.FROM_DATA
        if section.parent_of_sections and self._a_child_is_written(section, states):
            return State.WRITTEN
        return state

    def _a_child_is_written(self, section: Section, states: Mapping[int, State]) -> bool:
        return any(states.get(child.index) in DONE | {State.CHECKLIST} for child in self.match.template.children(section))

    def _has_marked_guidance(self, index: int) -> bool:
        return any(
            self.voice(b) is Voice.GUIDANCE and b.kind is not Kind.COMMENT and any(True for _ in tokens(b.text))
            for b in self.region(index)
            if b.kind is not Kind.HEADING
        )

    def _voices_of(self, blocks: Sequence[Block]) -> list[Voice]:
        return [self.voice(b) for b in blocks if b.kind is not Kind.HEADING and not is_metadata(b)]

    def _present(self, section: Section, index: int, states: Mapping[int, State]) -> Judged:
        state = self._state(section, index, states)
        blocks = [b for b in self.region(index) if b.kind is not Kind.HEADING and not is_metadata(b)]
        heading = self.match.document.headings[index]
        judged = section.prompted or not section.parent_of_sections
        optional = section.optional or titles.is_optional(heading.title)
        counts = section.prompted and not optional and not section.is_checklist and state is not State.CHECKLIST
        path = self._path(section, titles.shown(heading.title))
        return Judged(section, path, state, heading, blocks, [self.voice(b) for b in blocks], judged, counts)

    def _missing(self, section: Section, taken: Mapping[int, list[int]], states: Mapping[int, State]) -> Judged:
        state = states[section.index]
        counts = section.prompted and not section.optional and not section.is_checklist
        excused = "" if state is State.FROM_DATA else self._excuse(section, taken, states)
        # What nobody will be asked for does not count either.
        counts = counts and excused in ("", "parent missing")
        judged = section.prompted or not section.parent_of_sections or not excused
        path = self._path(section, titles.shown(section.title))
        return Judged(section, path, state, None, (), (), judged, counts, excused)

    def _excuse(self, section: Section, taken: Mapping[int, list[int]], states: Mapping[int, State]) -> str:
        if section.optional:
            return "optional"
        if self._a_descendant_is_there(section, taken):
            return "children"
        if section.parent < 0:
            return ""
        parent = self.match.template.sections[section.parent]
        if parent.index not in taken:
            return self._excuse_under_missing(parent, taken)
        own = self._voices_of(self.region(taken[parent.index][0]))
        if Voice.OWN in own or self._has_own_headings(taken[parent.index][0]):
            return "parent written"
        return "parent not applicable" if Voice.NOT_APPLICABLE in own else ""

    def _excuse_under_missing(self, parent: Section, taken: Mapping[int, list[int]]) -> str:
        """A missing parent is said once; but a parent whose heading alone was dropped hides nothing."""
        if parent.optional:
            return "optional"
        return "" if self._a_descendant_is_there(parent, taken) else "parent missing"

    def _a_descendant_is_there(self, section: Section, taken: Mapping[int, list[int]]) -> bool:
        below = self.match.template.children(section)
        return any(c.index in taken or c.index in self.from_data or self._a_descendant_is_there(c, taken) for c in below)

    def _has_own_headings(self, index: int) -> bool:
        headings = self.match.document.headings
        return any(
            i not in self.match.claimed and headings[i].level > headings[index].level
            for i in range(index + 1, len(headings))
            if self.match.document.parents[i] == index
        )

    def _one_is_enough(self, section: Section, taken: Mapping[int, list[int]]) -> bool:
        """Whether a section of the same pattern is there, or stands for this one."""
        if not section.pattern:
            return False
        alike = [
            s for s in self.match.template.sections if s.pattern == section.pattern and s.parent == section.parent
        ]
        return any(s.index in taken for s in alike) or alike[0].index != section.index

    def _path(self, section: Section, title: str) -> str:
        if section.parent < 0:
            return title
        return f"{self.match.template.path(self.match.template.sections[section.parent])} > {title}"


def own_state(voices: Sequence[Voice], marked_guidance: bool = False) -> State:
    """What the blocks of a section amount to, its sub-sections left aside."""
    said = [v for v in voices if v is not Voice.NOTHING]
    if Voice.OWN in said:
        return State.WRITTEN
    if Voice.NOT_APPLICABLE in said:
        return State.NOT_APPLICABLE
    if not said:
        return State.EMPTY
    beside = {Voice.BOX, Voice.LABEL, Voice.SAMPLE} | (set() if marked_guidance else {Voice.GUIDANCE})
    if Voice.BOX in said and all(v in beside for v in said):
        return State.CHECKLIST
    return State.UNWRITTEN


def boxes(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """The check boxes of a section, and whether each is ticked."""
    for block in blocks:
        if found := box(block):
            yield block, found["mark"] != " "

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
from mkdocs_designdocs.metalines import foot
from mkdocs_designdocs.placeholders import tokens
from mkdocs_designdocs.skeleton import Section, is_metadata_of_design
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
    """Why a missing section is no error: `optional`, `joined` with another, its `children` are there, `newer` than the
    design, `folded` into the one before, `parent missing` or with nothing in it, `parent written`, `parent not
    applicable`."""

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


@dataclass(frozen=True)
class _Found:
    """What stands in the section of one heading of the design."""

    blocks: Sequence[Block]
    voices: Sequence[Voice]
    state: State
    """Its sub-sections left aside."""


class Judge:
    """Holds a match against the words of its template."""

    def __init__(
        self,
        found: Match,
        words: Wording,
        from_data: frozenset[int] = frozenset(),
        newer: frozenset[int] = frozenset(),
    ) -> None:
        self.match = found
        self.words = words
        self.from_data = from_data
        self.newer = newer
        """The sections (by their index) that the template had not yet when the design was made from it."""
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
        made: list[Judged] = []
        for section in self.match.template.sections:
            headings = self.match.headings_of(section)
            if not headings and not self._one_is_enough(section):
                made.append(self._missing(section))
            made.extend(self._present(section, index) for index in headings)
        return made

    @cached_property
    def added(self) -> Sequence[Judged]:
        """The sections that the template has added since, without those below another of them."""
        late = {judged.section.index: judged for judged in self.sections if judged.excused == "newer"}
        return [judged for judged in late.values() if judged.section.parent not in late]

    @cached_property
    def _regions(self) -> Mapping[int, Sequence[Block]]:
        """For each claimed heading its blocks and those under the author's own sub-headings."""
        regions: dict[int, list[Block]] = {index: [] for index in self.match.claimed}
        document = self.match.document
        tail = {id(block) for block in foot(document)}
        for index, owner in enumerate(self.match.owners):
            if owner >= 0:
                blocks = document.between(index, index + 1)
                regions[owner] += (b for b in blocks if id(b) not in tail and not is_metadata_of_design(b))
        return regions

    @cached_property
    def _found(self) -> Mapping[int, _Found]:
        """For each claimed heading what stands there."""
        found: dict[int, _Found] = {}
        for index, blocks in self._regions.items():
            voices = [self.voice(block) for block in blocks]
            marked = any(
                v is Voice.GUIDANCE and b.kind is not Kind.COMMENT and tokens(b.text)
                for b, v in zip(blocks, voices, strict=True)
            )
            found[index] = _Found(blocks, voices, own_state(voices, marked))
        return found

    @cached_property
    def _states(self) -> Mapping[int, State]:
        """For each claimed heading its state, that of a parent with a prompt among them: it is its children's too."""
        template = self.match.template
        states: dict[int, State] = {}
        done: set[int] = set()
        for section in reversed(template.sections):  # children before their parents
            indices = self.match.headings_of(section)
            children_done = section.parent_of_sections and any(c.index in done for c in template.children(section))
            for index in indices:
                states[index] = self._state(section, self._found[index].state, children_done)
            if section.index in self.from_data or any(states[i] in DONE | {State.CHECKLIST} for i in indices):
                done.add(section.index)
        return states

    def _state(self, section: Section, own: State, children_done: bool) -> State:
        if own in DONE or own is State.CHECKLIST:
            return own
        if section.index in self.from_data:
            return State.FROM_DATA
        return State.WRITTEN if children_done else own

    def _present(self, section: Section, index: int) -> Judged:
        found, state = self._found[index], self._states[index]
        heading = self.match.document.headings[index]
        judged = section.prompted or not section.parent_of_sections
        optional = section.optional or titles.is_optional(heading.title)
        counts = section.prompted and not optional and not section.is_checklist and state is not State.CHECKLIST
        path = self._path(section, titles.shown(heading.title))
        return Judged(section, path, state, heading, found.blocks, found.voices, judged, counts)

    def _missing(self, section: Section) -> Judged:
        state = State.FROM_DATA if section.index in self.from_data else State.MISSING
        counts = section.prompted and not section.optional and not section.is_checklist
        excused = "" if state is State.FROM_DATA else self._excuse(section)
        # What nobody will be asked for does not count either.
        counts = counts and excused in ("", "parent missing")
        judged = section.prompted or not section.parent_of_sections or not excused
        path = self._path(section, titles.shown(section.title))
        return Judged(section, path, state, None, (), (), judged, counts, excused)

    def _excuse(self, section: Section) -> str:
        if section.optional:
            return "optional"
        if section.index in self.match.joined:
            return "joined"
        if self._stands_in_its_children(section):
            return "children"
        if self._is_newer(section):
            return "newer"
        if self._is_folded(section):
            return "folded"
        if section.parent < 0:
            return ""
        parent = self.match.template.sections[section.parent]
        taken = self.match.headings_of(parent)
        if not taken:
            return self._excuse_under_missing(parent)
        if parent.prompted and self._states[taken[0]] in (State.EMPTY, State.UNWRITTEN):
            return "parent missing"  # or as good as: that it is unwritten is said once
        own = self._found[taken[0]].voices
        if Voice.OWN in own or any(self._has_own_headings(index) for index in taken):
            return "parent written"
        return "parent not applicable" if Voice.NOT_APPLICABLE in own else ""

    def _excuse_under_missing(self, parent: Section) -> str:
        """A missing parent is said once; but a parent whose heading alone was dropped hides nothing."""
        if parent.optional:
            return "optional"
        return "" if self._stands_in_its_children(parent) else "parent missing"

    def _stands_in_its_children(self, section: Section) -> bool:
        """Whether a missing heading was dropped and nothing else: most of what stands below it is there."""
        wanted = [c for c in self.match.template.children(section) if not c.optional and not self._one_is_enough(c)]
        there = [child for child in wanted if self._is_there(child)]
        return self._a_descendant_is_there(section) and 2 * len(there) >= len(wanted)

    def _is_there(self, section: Section) -> bool:
        taken = self.match.headings_of(section) or section.index in self.from_data
        return bool(taken) or self._a_descendant_is_there(section)

    def _is_folded(self, section: Section) -> bool:
        """Whether a proposal and its details stand in one section, with sub-headings of the author's own."""
        title = titles.key(section.title)
        beside = [s for s in self.match.template.sections if s.parent == section.parent]
        at = beside.index(section)
        if title in _DETAILS and at:
            other = beside[at - 1]
        elif title in _PROPOSALS and at + 1 < len(beside) and titles.key(beside[at + 1].title) in _DETAILS:
            other = beside[at + 1]
        else:
            return False
        taken = self.match.headings_of(other)
        return any(Voice.OWN in self._found[i].voices and self._has_own_headings(i, 2) for i in taken)

    def _is_newer(self, section: Section) -> bool:
        """Whether a section, or one above it that is missing too, is newer than the design."""
        if section.index in self.newer or section.parent < 0:
            return section.index in self.newer
        parent = self.match.template.sections[section.parent]
        return not self.match.headings_of(parent) and self._is_newer(parent)

    def _a_descendant_is_there(self, section: Section) -> bool:
        return any(self._is_there(child) for child in self.match.template.children(section))

    def _has_own_headings(self, index: int, least: int = 1) -> bool:
        above = self.match.document.parents
        own = [i for i in range(index + 1, len(above)) if above[i] == index and i not in self.match.claimed]
        return len(own) >= least

    def _one_is_enough(self, section: Section) -> bool:
        """Whether a section of the same pattern is there, or stands for this one."""
        if not section.pattern:
            return False
        alike = [s for s in self.match.template.sections if s.pattern == section.pattern and s.parent == section.parent]
        return any(self.match.headings_of(s) for s in alike) or alike[0].index != section.index

    def _path(self, section: Section, title: str) -> str:
        if section.parent < 0:
            return title
        return f"{self.match.template.path(self.match.template.sections[section.parent])} > {title}"


_DETAILS = frozenset({"design details", "detailed design", "details", "technical details", "implementation details"})
"""Titles of sections that authors join to the one before."""

_PROPOSALS = frozenset({"proposal", "design", "proposed solution", "solution"})
"""Titles of those that they join to their details."""


def own_state(voices: Sequence[Voice], marked_guidance: bool = False) -> State:
    """What the blocks of a section amount to, its sub-sections left aside."""
    said = [v for v in voices if v not in (Voice.NOTHING, Voice.KEPT)]
    if Voice.OWN in said:
        return State.WRITTEN
    if Voice.NOT_APPLICABLE in said:
        return State.NOT_APPLICABLE
    if not said:
        return State.WRITTEN if Voice.KEPT in voices else State.EMPTY
    beside = {Voice.BOX, Voice.LABEL, Voice.SAMPLE} | (set() if marked_guidance else {Voice.GUIDANCE})
    if Voice.BOX in said and all(v in beside for v in said):
        return State.CHECKLIST
    return State.UNWRITTEN


def boxes(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """The check boxes of a section, and whether each is ticked."""
    for block in blocks:
        if found := box(block):
            yield block, found["mark"] != " "

"""Which heading of a design is which section of its template.

Fixed titles match first, tier by tier, from equal to merely similar; a heading under the right parent comes before one
of the right level, and that before the first. Then every pattern (`### [Entity name]`) takes what its parent has left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Heading, Outline
from mkdocs_designdocs.skeleton import Section, Skeleton, title_of


@dataclass(frozen=True)
class Match:
    """A design held against its template."""

    document: Outline
    template: Skeleton
    title: Heading | None
    claimed: Mapping[int, Section]
    """For each heading of the design (by its index) the section that it is. The others are the author's own."""

    def headings_of(self, section: Section) -> Sequence[int]:
        """The headings that a section took: at most one, or any number for a pattern."""
        return [index for index, taken in self.claimed.items() if taken.index == section.index]

    @property
    def first(self) -> int:
        """The index of the first heading that is not the document's title."""
        return 1 if self.title else 0


def match(document: Outline, template: Skeleton, title: str = "") -> Match:
    """Find the template's sections among a design's headings."""
    known = frozenset(titles.key(section.title) for section in template.sections)
    heading = title_of(document, known, title)
    claims = _Claims(document, template, 1 if heading else 0)
    for tier in _TIERS:
        for strict in (True, False):
            claims.take_fixed(tier, strict)
    claims.take_exact_patterns()
    claims.take_patterns()
    return Match(document, template, heading, dict(sorted(claims.claimed.items())))


_Tier = Callable[[str, Section], bool]
_TIERS: Sequence[_Tier] = (
    lambda title, section: titles.key(title) == titles.key(section.title),
    lambda title, section: titles.key(title) in section.aliases,
    lambda title, section: titles.singular(titles.key(title)) == titles.singular(titles.key(section.title)),
    lambda title, section: bool(
        {titles.key(title), *titles.shortened(title)} & {titles.key(section.title), *titles.shortened(section.title)}
    ),
)


class _Claims:
    def __init__(self, document: Outline, template: Skeleton, first: int) -> None:
        self.document = document
        self.template = template
        self.free = list(range(first, len(document.headings)))
        self.claimed: dict[int, Section] = {}
        self.taken: set[int] = set()

    def take(self, index: int, section: Section) -> None:
        self.claimed[index] = section
        self.taken.add(section.index)
        self.free.remove(index)

    def take_fixed(self, tier: _Tier, strict: bool) -> None:
        """Give every fixed section that has none yet its best heading; `strict`: only under the right parent."""
        for section in self.template.sections:
            if section.pattern or section.index in self.taken:
                continue
            headings = [i for i in self.free if tier(self.document.headings[i].title, section)]
            if strict:
                headings = [i for i in headings if self._under_parent(i, section)]
            if headings:
                self.take(min(headings, key=lambda i: (self.document.headings[i].level != section.level, i)), section)

    def take_exact_patterns(self) -> None:
        """A heading that is a pattern's own text, copied (`### [Entity name]`, `### Phase 1: Build`), is that pattern."""
        for section in self.template.sections:
            if not section.pattern:
                continue
            same = [i for i in self.free if titles.key(self.document.headings[i].title) == titles.key(section.title)]
            for index in sorted(same, key=lambda i: not self._under_parent(i, section))[:1]:
                self.take(index, section)

    def take_patterns(self) -> None:
        """Every unclaimed heading below the parent of a pattern, or after it where all levels are flat."""
        for section in self.template.sections:
            if not section.pattern:
                continue
            if self._is_first_of_shape(section):
                for index in list(self._candidates(section)):
                    self.take(index, section)

    def _is_first_of_shape(self, section: Section) -> bool:
        siblings = (s for s in self.template.sections if s.parent == section.parent and s.pattern == section.pattern)
        return next(siblings).index == section.index

    def _candidates(self, section: Section) -> Iterator[int]:
        several = sum(len({section.pattern, other.pattern}) > 1 for other in self._pattern_siblings(section)) > 0
        parents = [i for i, taken in self.claimed.items() if taken.index == section.parent]
        for parent in parents:
            level = self.document.headings[parent].level
            below = [i for i in self._span(parent) if i in self.free]
            deeper = [i for i in below if self.document.headings[i].level > level]
            # Only the upper ones of those: a sub-heading of an entity belongs to the entity.
            top = min((self.document.headings[i].level for i in deeper), default=0)
            found = [i for i in deeper if self.document.headings[i].level == top] or (
                [i for i in below if self._flat(parent)] if not deeper else []
            )
            yield from (i for i in found if not several or self._fits(i, section))
        if not parents or section.parent < 0:
            yield from (i for i in list(self.free) if self._fits(i, section))

    def _pattern_siblings(self, section: Section) -> Iterator[Section]:
        return (s for s in self.template.sections if s.pattern and s.parent == section.parent)

    def _fits(self, index: int, section: Section) -> bool:
        return titles.fits(self.document.headings[index].title, section.pattern)

    def _span(self, parent: int) -> Iterator[int]:
        """The headings after a claimed one, up to the next claimed one that is no section below it."""
        level = self.document.headings[parent].level
        above = self.claimed[parent]
        for index in range(parent + 1, len(self.document.headings)):
            taken = self.claimed.get(index)
            if self.document.headings[index].level < level:
                return
            if taken and taken.parent != above.index and self.document.headings[index].level <= level:
                return
            yield index

    def _flat(self, parent: int) -> bool:
        """Whether the design puts all its sections at one level."""
        levels = {self.document.headings[i].level for i in self.claimed}
        return len(levels) == 1 and len(self.claimed) > 2

    def _under_parent(self, index: int, section: Section) -> bool:
        above = self.document.parents[index]
        if section.parent < 0:
            return above < 0 or above not in self.claimed
        wanted = self.template.sections[section.parent]
        if above in self.claimed:
            return self.claimed[above].index == wanted.index
        return above >= 0 and titles.key(self.document.headings[above].title) == titles.key(wanted.title)


def guess(match: Match, section: Section) -> Heading | None:
    """The author's own heading that may be a renamed section."""
    free = {
        titles.key(h.title): h
        for i, h in enumerate(match.document.headings)
        if i >= match.first and i not in match.claimed
    }
    near = get_close_matches(titles.key(section.title), free, n=1, cutoff=0.7)
    if near:
        return free[near[0]]
    words = set(titles.key(section.title).split()) - _COMMON
    for title, heading in free.items():
        if words and words <= set(title.split()):
            return heading
    return None


_COMMON = frozenset("and or the a of for to in strategy plan considerations design details".split())

"""Which heading of a design is which section of its template.

Fixed titles match first, tier by tier, from equal to merely similar; a heading under the right parent comes before one
of the right level, and that before the first. Then every pattern (`### [Entity name]`) takes what its parent has left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

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
    joined: frozenset[int] = frozenset()
    """The sections (by their index) that stand in another's: `Goals and Non-Goals` holds two."""

    def headings_of(self, section: Section) -> Sequence[int]:
        """The headings that a section took: at most one, or any number for a pattern."""
        return self.taken.get(section.index, ())

    @cached_property
    def taken(self) -> Mapping[int, Sequence[int]]:
        """For each section (by its index) that is there the headings that it took."""
        taken: dict[int, list[int]] = {}
        for index, section in self.claimed.items():
            taken.setdefault(section.index, []).append(index)
        return taken

    @cached_property
    def owners(self) -> Sequence[int]:
        """For each heading the claimed one whose section it is in: itself, or the nearest above; -1 for none."""
        owners: list[int] = []
        for index, above in enumerate(self.document.parents):
            owners.append(index if index in self.claimed else owners[above] if above >= 0 else -1)
        return owners

    @property
    def first(self) -> int:
        """The index of the first heading that is not the document's title."""
        return 1 if self.title else 0


def match(document: Outline, template: Skeleton, title: str = "") -> Match:
    """Find the template's sections among a design's headings."""
    heading = title_of(document, template, title)
    claims = _Claims(document, template, 1 if heading else 0)
    for tier in _TIERS:
        for strict in (True, False):
            claims.take_fixed(tier, strict)
    claims.take_exact_patterns()
    claims.take_patterns()
    claims.take_joined()
    for likeness in _LIKENESSES:
        claims.take_similar(likeness)
    return Match(document, template, heading, dict(sorted(claims.claimed.items())), frozenset(claims.joined))


_Tier = Callable[[str, Section], bool]
_TIERS: Sequence[_Tier] = (
    lambda title, section: titles.key(title) == titles.key(section.title),
    lambda title, section: titles.key(title) in section.aliases,
    lambda title, section: titles.singular(titles.key(title)) == titles.singular(titles.key(section.title)),
    lambda title, section: not _names(title).isdisjoint(_names(section.title)),
    lambda title, section: _is_misspelt(titles.key(title), titles.key(section.title)),
)


def _names(title: str) -> frozenset[str]:
    return frozenset({titles.singular(key) for key in (titles.key(title), *titles.shortened(title))})


def _is_misspelt(title: str, wanted: str) -> bool:
    """Whether a title is another one but for a letter or two: `Acknowledgements`, not `Internal` for `External`."""
    if len(wanted) < 8 or abs(len(title) - len(wanted)) > 2 or title[:1] != wanted[:1]:
        return False
    initials = [[word[0] for word in key.split()] for key in (title, wanted)]
    return initials[0] == initials[1] and SequenceMatcher(None, title, wanted, autojunk=False).ratio() >= 0.92


def _share_two_words(title: str, wanted: str) -> bool:
    """Whether one title is the other with a word more: `Graduation Criteria`, `Standard Graduation Criteria`."""
    one, other = set(titles.core(title).split()), set(titles.core(wanted).split())
    return len(one & other) > 1 and (one <= other or other <= one)


_LIKENESSES: Sequence[Callable[[str, str], bool]] = (
    lambda title, wanted: bool(titles.core(title)) and titles.core(title) == titles.core(wanted),
    titles.are_synonyms,
    _share_two_words,
)


class _Claims:
    def __init__(self, document: Outline, template: Skeleton, first: int) -> None:
        self.document = document
        self.template = template
        self.free = [i for i in range(first, len(document.headings)) if titles.key(document.headings[i].title)]
        self.claimed: dict[int, Section] = {}
        self.taken: set[int] = set()
        self.joined: set[int] = set()

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
                self.take(min(headings, key=lambda i: self._remoteness(i, section)), section)

    def _remoteness(self, index: int, section: Section) -> tuple[bool, bool, int]:
        """Of headings that would do, one of the right level comes before the first; last what fits a pattern."""
        fits = any(other.pattern and self._fits(index, other) for other in self.template.sections)
        return fits, self.document.headings[index].level != section.level, index

    def take_similar(self, likeness: Callable[[str, str], bool]) -> None:
        """A title that says much the same, where neither side has a second such."""
        for section in self.template.sections:
            if section.pattern or section.index in self.taken:
                continue
            near = [i for i in self.free if likeness(self.document.headings[i].title, section.title)]
            if len(near) == 1 and self._is_only_match(near[0], likeness):
                self.take(near[0], section)

    def _is_only_match(self, index: int, likeness: Callable[[str, str], bool]) -> bool:
        title = self.document.headings[index].title
        open_sections = (s for s in self.template.sections if not s.pattern and s.index not in self.taken)
        return sum(likeness(title, section.title) for section in open_sections) == 1

    def take_joined(self) -> None:
        """`Goals and Non-Goals` is both; and for `Monitoring & Observability` a `Monitoring` will do."""
        for section in self.template.sections:
            if section.pattern or section.index in self.taken or section.index in self.joined:
                continue
            own = titles.singular(titles.key(section.title))
            for index in self.free:
                other = titles.singular(titles.key(self.document.headings[index].title))
                if own in titles.parts(other) or other in titles.parts(own):
                    self.take(index, section)
                    self.joined |= {s.index for s in self._others_in(titles.parts(other))}
                    break

    def _others_in(self, parts: Sequence[str]) -> Iterator[Section]:
        for section in self.template.sections:
            if section.index not in self.taken and titles.singular(titles.key(section.title)) in parts:
                yield section

    def take_exact_patterns(self) -> None:
        """A heading that is a pattern's own text (`### [Entity name]`, `### Phase 1: Build`) is that pattern."""
        for section in self.template.sections:
            if not section.pattern:
                continue
            same = [i for i in self.free if titles.key(self.document.headings[i].title) == titles.key(section.title)]
            for index in sorted(same, key=lambda i: not self._under_parent(i, section))[:1]:
                self.take(index, section)

    def take_patterns(self) -> None:
        """What is left below the parent of a pattern, or follows it where all levels are flat.

        Where some of it has the pattern's shape, only that: beside `Alternative 1` an `Overview` is the author's own.
        """
        for section in self.template.sections:
            if not section.pattern or not self._is_first_of_shape(section):
                continue
            found = list(self._candidates(section))
            fitting = [i for i in found if self._fits(i, section)]
            alone = len({s.pattern for s in self._pattern_siblings(section)}) == 1
            taken = section.pattern != "*" and any(s.index in self.taken for s in self._pattern_siblings(section))
            for index in fitting if fitting or taken or not alone else found:
                self.take(index, section)

    def _is_first_of_shape(self, section: Section) -> bool:
        return next(s for s in self._pattern_siblings(section) if s.pattern == section.pattern).index == section.index

    def _candidates(self, section: Section) -> Iterable[int]:
        if section.parent < 0:
            return self._between_neighbours(section)
        parents = [i for i, taken in self.claimed.items() if taken.index == section.parent]
        if not parents:
            return [i for i in self.free if self._fits(i, section)]
        return [i for parent in parents for i in self._below(parent)]

    def _below(self, parent: int) -> Sequence[int]:
        children = [i for i, above in enumerate(self.document.parents) if above == parent]
        if children or not self._flat():
            return [i for i in children if i in self.free]
        following = range(parent + 1, len(self.document.headings))
        return list(self._until_claimed(following, self.claimed[parent].index))

    def _until_claimed(self, indices: Iterable[int], parent: int) -> Iterator[int]:
        yielded: set[int] = set()
        for index in indices:
            taken = self.claimed.get(index)
            if taken and taken.parent != parent:
                return
            # A heading below one of them is its author's own.
            if index in self.free and self.document.parents[index] not in yielded:
                yielded.add(index)
                yield index

    def _between_neighbours(self, section: Section) -> Sequence[int]:
        """At the top every extra of the author's is free: only those count that stand where the pattern does."""
        placed = {s.index: i for i, s in self.claimed.items() if s.parent < 0}
        after = max((i for n, i in placed.items() if n < section.index), default=-1)
        before = min(
            (i for n, i in placed.items() if n > section.index and i > after), default=len(self.document.headings)
        )
        top = [i for i in self.free if self.document.parents[i] not in self.claimed and after < i < before]
        return top or [i for i in self.free if self._fits(i, section)]

    def _pattern_siblings(self, section: Section) -> Iterator[Section]:
        return (s for s in self.template.sections if s.pattern and s.parent == section.parent)

    def _fits(self, index: int, section: Section) -> bool:
        return titles.fits(self.document.headings[index].title, section.pattern)

    def _flat(self) -> bool:
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
    near = get_close_matches(titles.key(section.title), free, n=1, cutoff=0.75)
    if near:
        return free[near[0]]
    words = _content(section.title)
    shared = Counter(word for s in match.template.sections for word in _content(s.title))
    used = Counter(word for title in free for word in _content(title))
    best = max(free, key=lambda title: _likeness(words, _content(title)), default=None)
    if (
        best is not None
        and _likeness(words, _content(best)) >= 0.5
        and all(shared[w] == 1 for w in words & _content(best))
    ):
        return free[best]
    telling = {word for word in words if shared[word] == 1 and used[word] == 1 and len(word) > 2}
    alike = (h for title, h in free.items() if telling & _content(title) and h.level == section.level)
    return next(alike, None)


def _content(title: str) -> frozenset[str]:
    return frozenset(titles.core(title).split()) - _COMMON


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


_COMMON = frozenset({"new", "non", "other", "design", "work", "in", "with", "need", "use"})

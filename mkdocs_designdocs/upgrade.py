"""`designdocs upgrade`: designs made from an earlier version of their template get what it asks for now.

RULE: nothing of the author's is touched. Sections are put in as `check --fix` puts them in, and one line of the design
block records the version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mkdocs_designdocs import titles
from mkdocs_designdocs.analysis import Reading, reading
from mkdocs_designdocs.completeness import Judge, State
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.fixes import Fix, applied, put_in
from mkdocs_designdocs.frontedit import with_field
from mkdocs_designdocs.insertion import insertions
from mkdocs_designdocs.integrity import listed
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.mending import Mended
from mkdocs_designdocs.scaffold import as_version
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.skeleton import Section
from mkdocs_designdocs.templates import Library
from mkdocs_designdocs.versions import is_older, same, version

_GOES = 10
"""More than it takes."""


@dataclass(frozen=True)
class Upgrade:
    """One design with what its template asks for now."""

    mended: Mended
    template: str
    made_from: str
    """The version that it records; empty for none."""
    now: str
    """That of the template; empty for none."""
    added: Sequence[str] = ()
    """The titles of the sections that are put in."""
    withheld: Sequence[str] = ()
    """The titles of those that cannot be put in without touching what is there."""
    block: bool = True
    """Whether the design has a block that can record the version."""
    trouble: str = ""
    """Why nothing can be done; empty where it can."""

    @property
    def path(self) -> str:
        """POSIX, relative to the folder of the configuration file."""
        return self.mended.path

    def told(self, shown: str) -> str:
        """`docs/designs/x.md: feature 1 -> 2: adds "Observability", "Rollback"`."""
        before = f" {self.made_from}" if self.made_from else ""
        after = f" -> {self.now}" if self.now else ""
        parts = [f"adds {listed(self.added, most=len(self.added))}" if self.added else "adds no section"]
        if self.withheld:
            parts.append(f"not {listed(self.withheld)}, which may be there under another name")
        if not self.block and self.now:
            parts.append("it has no design block to record the version in")
        return f"{shown}: {self.template}{before}{after}: {'; '.join(parts)}"


def upgrades(
    documents: Iterable[Document], settings: Settings, library: Library, *, named: frozenset[str], everything: bool
) -> Iterator[Upgrade]:
    """What is to be done in each of some documents.

    `everything`: also where no version is recorded, and in those closed designs that are `named` (by their path).
    """
    for document in documents:
        one = reading(document, settings, library)
        if one is None or (one.gate is Gate.INTEGRITY and not (everything and document.path in named)):
            continue
        ours, now = one.metadata.template_version, one.template.version
        if is_older(ours, now) or (everything and _is_unknown(ours, now)):
            known = Upgrade(Mended(document, document), one.template.name, ours, now, block=one.has_block)
            done = replace(known, trouble=one.trouble) if one.trouble else _done(known, one, settings, library)
            if done.trouble or done.mended.after.data != document.data:
                yield done


def _done(known: Upgrade, one: Reading, settings: Settings, library: Library) -> Upgrade:
    """An upgrade with all that can be put in: a section may find its place when another is there."""
    document, made = known.mended.after, list[Fix]()
    late = frozenset(judged.section.index for judged in one.held.judge.added)
    wanted = _wanted(one, late)
    for _ in range(_GOES):
        fixes = list(put_in(one.source, insertions(one.held.judge, one.held.blank, wanted, one.held.rejudge)))
        if not fixes:
            break
        made += fixes
        document = replace(document, data=applied(document.data, fixes))
        one = reading(document, settings, library) or one
        wanted = _wanted(one, late)
    added = [fix.about[1:-1] for fix in made]
    if one.has_block and known.now:
        recorded = _recorded(one, known.now)
        if recorded is None:
            return replace(known, trouble=f"write `template_version: {as_version(known.now)}` into its block by hand")
        made += recorded
        document = replace(document, data=applied(document.data, recorded))
    withheld = [titles.shown(section.title) for section in wanted]
    return replace(known, mended=Mended(known.mended.before, document, made), added=added, withheld=withheld)


def _is_unknown(ours: str, now: str) -> bool:
    """Whether a design does not say, in a way that can be compared, which version it was made from."""
    return not ours or (not same(ours, now) and not (version(ours) and version(now)))


def _wanted(one: Reading, late: frozenset[int]) -> Sequence[Section]:
    """The sections that the template asks for as it is now, and that are not there.

    `late`: those (by their index) that are new; only they are asked for below a parent with words of its own.
    """
    found = one.held.judge
    judge = Judge(found.match, found.words, found.from_data)
    return [
        judged.section
        for judged in judge.sections
        if judged.state is State.MISSING
        and judged.judged
        and (not judged.excused or (judged.excused == "parent written" and judged.section.index in late))
    ]


def _recorded(one: Reading, now: str) -> Sequence[Fix] | None:
    """The line of the block that records the version; None where it cannot be written without touching others."""
    front = one.source.front or ""
    edited = with_field(front, "template_version", as_version(now), after="template")
    if edited is None:
        return None
    before, after = front.split("\n"), edited.split("\n")
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    end = next((n for n in range(most - start) if before[-1 - n] != after[-1 - n]), most - start)
    first, last = start + 2, len(before) - end + 2  # the front matter begins in line 2
    return [Fix(first, last, tuple(after[start : len(after) - end]), "recorded version", now)]

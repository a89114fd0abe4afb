"""Relations between designs: what each says of others, and what follows from what others say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_designdocs.design import Design, Document
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import RELATIONS
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.references import Names, Reference, says_nothing

INVERSE: Mapping[str, str] = {
    "supersedes": "superseded_by",
    "superseded_by": "supersedes",
    "depends_on": "needed_by",
    "needed_by": "depends_on",
    "related": "related",
}
"""Every relation, and what it is from the other end; nobody says `needed_by`."""


@dataclass(frozen=True)
class Relations:
    """How the designs of a catalogue hang together, each name in them looked up once.

    The designs in it are those of the catalogue before any finding that takes several designs to see.
    """

    said: Mapping[str, Mapping[str, Sequence[Reference]]] = field(default_factory=dict)
    """By the page's path from the folder of the documents, and by relation."""
    derived: Mapping[str, Mapping[str, Sequence[Design]]] = field(default_factory=dict)
    """Likewise: those that say the inverse of a relation, and of which the design does not say it itself."""
    lifecycle: Lifecycle = DEFAULT
    _designs: dict[tuple[str, str], Sequence[Design]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def superseded(self) -> Status | None:
        """The status of a design that has a successor; None where the lifecycle has none of that name."""
        found = self.lifecycle.find("superseded")
        return found if found and found.group == "closed" else None

    def of(self, design: Design, relation: str) -> Sequence[Reference]:
        """What a design says in a relation, and then what others say of it; these are named by their path."""
        derived = self.derived.get(design.uri, {}).get(relation, ())
        return [*self.said_by(design, relation), *(Reference(one.path, one) for one in derived)]

    def said_by(self, design: Design, relation: str) -> Sequence[Reference]:
        """What a design says itself in a relation."""
        return self.said.get(design.uri, {}).get(relation, ())

    def designs(self, design: Design, relation: str) -> Sequence[Design]:
        """The designs to which one has a relation, whoever of the two says so, each once."""
        known = self._designs.get((design.uri, relation))
        if known is None:
            found = {one.design.uri: one.design for one in self.of(design, relation) if one.design}
            known = self._designs[design.uri, relation] = tuple(found.values())
        return known

    def says(self, design: Design, relation: str, other: Design) -> bool:
        """Whether a design itself says a relation to another."""
        return any(one.design and one.design.uri == other.uri for one in self.said_by(design, relation))

    def is_superseded(self, design: Design) -> bool:
        """Whether a design is closed because another has taken its place, or had."""
        if design.status.group != "closed":
            return False
        if design.status == self.superseded:
            return True
        successors = self.of(design, "superseded_by")
        return any(one.design is None or not self.is_abandoned(one.design) for one in successors)

    def is_abandoned(self, design: Design) -> bool:
        """Whether a design is closed without ever having taken another's place."""
        closed = design.status.group == "closed"
        return closed and design.status != self.superseded and not self.of(design, "superseded_by")


def relate(designs: Sequence[Design], documents: Iterable[Document] = (), lifecycle: Lifecycle = DEFAULT) -> Relations:
    """The relations of some designs; `documents` are all pages of the site."""
    names = Names(designs, documents)
    said = {one.uri: {relation: _said(one, relation, names) for relation in RELATIONS} for one in designs}
    derived: dict[str, dict[str, list[Design]]] = {}
    by_uri = {one.uri: one for one in designs}
    for one in designs:
        for relation, references in said[one.uri].items():
            inverse = INVERSE[relation]
            for uri in dict.fromkeys(r.design.uri for r in references if r.design):
                known = said[uri].get(inverse, ())
                if not any(r.design and r.design.uri == one.uri for r in known):
                    derived.setdefault(uri, {}).setdefault(inverse, []).append(by_uri[one.uri])
    return Relations(said, derived, lifecycle)


def _said(design: Design, relation: str, names: Names) -> Sequence[Reference]:
    said: Sequence[str] = getattr(design.metadata, relation)
    return [names.refer(design, name) for name in said if not says_nothing(name)]


def related(design: Design, relations: Relations) -> Iterator[tuple[str, Sequence[tuple[str, Design | None]]]]:
    """What a page shows of a design's relations: for each its name, by which it has a label, and the names in it with
    what they mean.

    What an open design would supersede is still in force, and what a withdrawn one would have superseded stays so.
    """
    for relation in INVERSE:
        known: dict[str, Reference] = {}
        for one in relations.of(design, relation):
            if one.design is None or one.design.uri != design.uri:
                known.setdefault(one.design.uri if one.design else one.name, one)
        found: dict[str, list[tuple[str, Design | None]]] = {}
        for one in known.values():
            if name := _shown_as(design, relation, one, relations):
                found.setdefault(name, []).append((one.name, one.design))
        yield from found.items()


def _shown_as(design: Design, relation: str, reference: Reference, relations: Relations) -> str:
    """The relation that a page shows; empty where it had better not be shown."""
    other = reference.design
    if relation == "superseded_by" and other:
        if relations.is_abandoned(other) and not relations.says(design, relation, other):
            return ""
        if other.status.group == "open" and design.status.group != "closed":
            return "to_be_superseded_by"
    if relation == "supersedes" and other and design.status.group == "open" and other.status.group != "closed":
        return "to_supersede"
    return relation


def check_relations(designs: Iterable[Design], relations: Relations) -> Iterator[Diagnostic]:
    """A relation names a design that there is, or says where else to look"""
    for design in designs:
        for relation in RELATIONS:
            for one in relations.said_by(design, relation):
                if one.wrong:
                    what = f"`{relation}` names {shown(one.name)}, {one.wrong}"
                    yield finding("relation-unknown", *design.place(relation, one.name), what, help=one.help)

"""How designs hang together, as graphs to be drawn: of one design with its neighbours, and of the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.lettering import label, line
from mkdocs_designdocs.relations import Relations

SUPERSEDES, TO_SUPERSEDE, DEPENDS, RELATED = "supersedes", "is to supersede", "depends on", "related to"
_BETWEEN = {SUPERSEDES: "==>", TO_SUPERSEDE: "==>", DEPENDS: "-->", RELATED: "-.-"}
_LOOKS = {
    "open": ('(["{}"])', "stroke:#3b82f6,stroke-width:2px,stroke-dasharray:6 3"),
    "in force": ('["{}"]', "stroke:#2e9e5b,stroke-width:2px"),
    "closed": ('[["{}"]]', "stroke:#8b949e,stroke-width:2px"),
}
"""The outline of a design and the style of its line, by the group of its status."""
_NEIGHBOURS = 20
_TOGETHER = 40
_DRAWINGS = 5


@dataclass(frozen=True)
class Edge:
    """What one design is to another, both by their path from the folder of the documents."""

    source: str
    label: str
    target: str


@dataclass(frozen=True)
class Network:
    """Designs and what they are to each other."""

    designs: Mapping[str, Design]
    """By their path from the folder of the documents; each is at the end of some edge."""
    edges: Sequence[Edge]
    left: int = 0
    """How many more there would be, were there room for them."""

    @cached_property
    def _ends(self) -> Mapping[str, Sequence[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
            found.setdefault(edge.target, []).append(edge)
        return found

    def at(self, uri: str) -> Sequence[Edge]:
        """The edges that begin or end at a design."""
        return self._ends.get(uri, ())

    def among(self, uris: Iterable[str], left: int = 0) -> Network:
        """The part between some of its designs."""
        kept = {uri: self.designs[uri] for uri in uris}
        edges = dict.fromkeys(edge for uri in kept for edge in self.at(uri))
        return Network(kept, [e for e in edges if e.source in kept and e.target in kept], left)


NOBODY = Network({}, ())


def network(designs: Iterable[Design], relations: Relations) -> Network:
    """All that designs say of designs, each once, whoever says it; what is more than related is not also that."""
    known = {design.uri: design for design in designs}
    found = dict.fromkeys(edge for design in known.values() for edge in _said(design, relations))
    more = {frozenset((edge.source, edge.target)) for edge in found if edge.label != RELATED}
    mere: dict[frozenset[str], Edge] = {}
    for edge in found:
        if edge.label == RELATED:
            mere.setdefault(frozenset((edge.source, edge.target)), edge)
    edges = [e for e in found if e.label != RELATED] + [e for ends, e in mere.items() if ends not in more]
    edges.sort(key=lambda e: (e.source, e.target))
    ends = {uri for edge in edges for uri in (edge.source, edge.target)}
    return Network({uri: one for uri, one in known.items() if uri in ends}, edges)


def _said(design: Design, relations: Relations) -> Iterator[Edge]:
    for relation, word in (("supersedes", SUPERSEDES), ("depends_on", DEPENDS), ("related", RELATED)):
        for other in _others(design, relation, relations):
            if word != SUPERSEDES:
                yield Edge(design.uri, word, other.uri)
            else:
                yield from _superseding(design, other, relations)
    for other in _others(design, "superseded_by", relations):
        yield from _superseding(other, design, relations)


def _others(design: Design, relation: str, relations: Relations) -> Iterator[Design]:
    for reference in relations.said_by(design, relation):
        if reference.design and reference.design.uri != design.uri:
            yield reference.design


def _superseding(new: Design, old: Design, relations: Relations) -> Iterator[Edge]:
    """What an open design would supersede is still in force, and what a withdrawn one would have stays so."""
    if relations.is_abandoned(new) and not relations.says(old, "superseded_by", new):
        return
    pending = new.status.group == "open" and old.status.group != "closed"
    yield Edge(new.uri, TO_SUPERSEDE if pending else SUPERSEDES, old.uri)


def around(design: Design, whole: Network) -> Network:
    """A design with its neighbours, and with all that it has superseded or that has superseded it, step by step.

    Where there are too many for one drawing, that line of succession comes first, then what it depends on.
    """
    order = [*_BETWEEN]
    near = sorted(whole.at(design.uri), key=lambda e: (order.index(e.label), e.source != design.uri))
    found = dict.fromkeys([*_reached(design.uri, whole, (SUPERSEDES, TO_SUPERSEDE))])
    found |= dict.fromkeys(uri for edge in near for uri in (edge.source, edge.target))
    kept = [*found][: _NEIGHBOURS + 1]
    return whole.among(kept, len(found) - len(kept)) if near else NOBODY


def groups(whole: Network) -> tuple[Sequence[Network], Sequence[Network]]:
    """The catalogue in as few drawings as a reader can follow, and the groups of designs that are in none: those too
    large for one, and the smallest where there would be too many drawings."""
    apart: list[list[str]] = []
    seen: set[str] = set()
    for uri in whole.designs:
        if uri not in seen:
            apart.append(_reached(uri, whole, [*_BETWEEN]))
            seen.update(apart[-1])
    apart.sort(key=len, reverse=True)
    drawn: list[list[str]] = []
    left: list[list[str]] = []
    for group in apart:
        room = next((one for one in drawn if len(one) + len(group) <= _TOGETHER), None)
        if room is not None:
            room += group
        elif len(group) <= _TOGETHER and len(drawn) < _DRAWINGS:
            drawn.append(group)
        else:
            left.append(group)
    return [whole.among(group) for group in drawn], [whole.among(group) for group in left]


def _reached(uri: str, whole: Network, labels: Sequence[str]) -> list[str]:
    """A design and all to which such edges lead from it, whichever way they point."""
    found, open_ends = {uri: None}, [uri]
    while open_ends:
        for edge in whole.at(open_ends.pop()):
            for end in (edge.source, edge.target) if edge.label in labels else ():
                if end not in found:
                    found[end] = None
                    open_ends.append(end)
    return [*found]


def source(part: Network, title: str, href: Callable[[Design], str], focus: str = "", labels: Labels = ENGLISH) -> str:
    """A network as Mermaid: what has a status in its shape, its colour and its words; `focus` is where the reader is.

    `href`: the path from the page to a design's.
    """
    ids = {uri: f"d{number}" for number, uri in enumerate(part.designs, 1)}
    lines = [f"accTitle: {line(title)}", f"accDescr: {line(in_words(part, labels), most=1500)}"]
    grouped: dict[str, list[str]] = {}
    for uri, design in part.designs.items():
        group = design.status.group if design.status.group in _LOOKS else "open"
        said = label(design.title, width=22, most=90) + "<br/>" + label(_facts(design, labels))
        lines.append(ids[uri] + _LOOKS[group][0].format(said))
        grouped.setdefault(group, []).append(ids[uri])
        if uri != focus:
            lines.append(f'click {ids[uri]} href "{quote(href(design))}"')
    lines += [f'{ids[e.source]} {_BETWEEN[e.label]}|"{line(arrow(e, labels))}"| {ids[e.target]}' for e in part.edges]
    for group, nodes in grouped.items():
        name = group.replace(" ", "-")
        lines += [f"classDef {name} {_LOOKS[group][1]}", f"class {','.join(nodes)} {name}"]
    if focus:
        lines += ["classDef here stroke-width:4px", f"class {ids[focus]} here"]
    return "\n".join(["flowchart TB", *(f"    {text}" for text in lines)])


def _facts(design: Design, labels: Labels) -> str:
    return " · ".join(filter(None, (design.metadata.id, labels.status(design.status))))


def in_words(part: Network, labels: Labels = ENGLISH) -> str:
    """Every edge as a sentence."""
    titles = {uri: " ".join(design.title.split()) for uri, design in part.designs.items()}
    return " ".join(f"{titles[e.source]} {arrow(e, labels)} {titles[e.target]}." for e in part.edges)


def arrow(edge: Edge, labels: Labels) -> str:
    """What stands at the arrow of an edge, and between its ends in a sentence."""
    return labels(f"arrow.{edge.label.replace(' ', '_')}")

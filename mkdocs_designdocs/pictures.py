"""The pictures of an index: how its designs are doing, what happened when, how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.health import health
from mkdocs_designdocs.network import Network, arrow, groups, source
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.plots import Cell, Picture, Scene, Table
from mkdocs_designdocs.timeline import timeline

_NAMED = 10


@dataclass(frozen=True)
class Artist:
    """What draws the pictures of a page."""

    scene: Scene
    draw: Callable[[str], str]
    """From Mermaid to HTML, empty where it cannot be drawn."""
    partials: Partials


def has_picture(part: str, entries: Sequence[Entry], whole: Network) -> bool:
    """Whether there is anything to be shown; `whole` is all that designs are to each other."""
    if part == "relations":
        return bool(_among(entries, whole).edges)
    if part == "health":
        return any(one.design.status.group == "open" for one in entries)
    return part == "timeline" and any(one.created for one in entries)


def picture(part: str, entries: Sequence[Entry], whole: Network, artist: Artist) -> str:
    """One of the pictures of some entries, with the table behind it; empty where there is nothing to be shown."""
    if part == "relations":
        return _relations(_among(entries, whole), artist)
    found = _PARTS[part](entries, artist.scene) if part in _PARTS else None
    return _shown(found, artist) if found else ""


_PARTS: Mapping[str, Callable[[Sequence[Entry], Scene], Picture | None]] = {"health": health, "timeline": timeline}


def _shown(found: Picture, artist: Artist, apart: str = "") -> str:
    """A picture as HTML: where nothing can be drawn here, the tables alone."""
    figures = [figure for source in found.sources if (figure := artist.draw(source))]
    return artist.partials.render("plot.html", picture=found, figures=figures, apart=apart)


def _among(entries: Sequence[Entry], whole: Network) -> Network:
    return whole.among([one.design.uri for one in entries if one.design.uri in whole.designs])


def _relations(whole: Network, artist: Artist) -> str:
    networks, left = groups(whole)
    if not networks and not left:
        return ""
    labels = artist.scene.labels
    title, count = labels("relations.all"), len(networks)
    titles = [
        labels("relations.part", title=title, n=number, total=count) if count > 1 else title
        for number in range(1, count + 1)
    ]
    sources = [source(one, said, artist.scene.link, labels=labels) for one, said in zip(networks, titles, strict=True)]
    said = labels("relations.said", n=len(whole.edges), designs=len(whole.designs))
    heads = [labels(name) for name in ("table.design", "column.relations", "table.other")]
    rows = [row for one in networks for row in _rows(one, artist)]
    tables = [Table(title, heads, rows)] if rows else []
    return _shown(Picture(said, sources, tables), artist, _apart(left, artist))


def _rows(part: Network, artist: Artist) -> Iterator[Sequence[Cell]]:
    pairs = [(part.designs[edge.source], edge, part.designs[edge.target]) for edge in part.edges]
    for first, edge, second in sorted(pairs, key=lambda pair: (pair[0].title.casefold(), pair[2].title.casefold())):
        one, other = (Cell(design.title, artist.scene.href(design)) for design in (first, second))
        yield one, Cell(arrow(edge, artist.scene.labels)), other


def _apart(left: Sequence[Network], artist: Artist) -> str:
    """The groups of designs that are not drawn, each by the design that most of it hangs on."""
    central: list[Design] = [max(one.designs.values(), key=lambda design: len(one.at(design.uri))) for one in left]
    named = [
        {"count": len(one.designs), "title": design.title, "href": artist.scene.href(design)}
        for one, design in zip(left[:_NAMED], central, strict=False)
    ]
    more = sum(len(one.designs) for one in left[_NAMED:])
    return artist.partials.render("networks.html", apart=named, more=more) if left else ""

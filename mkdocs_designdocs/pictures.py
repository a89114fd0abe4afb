"""The pictures of an index: how its designs hang together, how they are doing, what happened when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.network import Network, groups
from mkdocs_designdocs.partials import Partials

_NAMED = 10


@dataclass(frozen=True)
class Artist:
    """What draws the pictures of a page."""

    href: Callable[[Design], str]
    """From the page to a design's."""
    network: Callable[[Network, str], str]
    """From a network and its title to HTML, empty where it cannot be drawn."""
    partials: Partials


def has_picture(part: str, entries: Sequence[Entry], whole: Network) -> bool:
    """Whether there is anything to be drawn."""
    return part == "relations" and bool(_among(entries, whole).edges)


def picture(part: str, entries: Sequence[Entry], whole: Network, artist: Artist) -> str:
    """One of the pictures of some entries; empty where there is nothing to be drawn."""
    return _PARTS[part](_among(entries, whole), artist) if part in _PARTS else ""


def _among(entries: Sequence[Entry], whole: Network) -> Network:
    return whole.among([one.design.uri for one in entries if one.design.uri in whole.designs])


def _relations(whole: Network, artist: Artist) -> str:
    networks, apart = groups(whole)
    several = len(networks) > 1
    figures, left = [], [*apart]
    for number, one in enumerate(networks, 1):
        title = "How the designs hang together" + (f", part {number} of {len(networks)}" if several else "")
        if figure := artist.network(one, title):
            figures.append(figure)
        else:
            left.append(one)
    central = [max(one.designs.values(), key=lambda design: len(one.at(design.uri))) for one in left]
    return artist.partials.render(
        "networks.html",
        figures=figures,
        apart=[
            {"count": len(one.designs), "title": design.title, "href": artist.href(design)}
            for one, design in zip(left[:_NAMED], central, strict=False)
        ],
        more=sum(len(one.designs) for one in left[_NAMED:]),
    )


_PARTS: Mapping[str, Callable[[Network, Artist], str]] = {"relations": _relations}

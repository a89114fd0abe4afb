"""Surroundings: what all pages of a site together say of each design, gathered as they come by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from urllib.parse import quote, unquote

from mkdocs_designdocs.backlinks import Backlinks, Source
from mkdocs_designdocs.columns import in_order
from mkdocs_designdocs.dates import today
from mkdocs_designdocs.entries import Entry, waiting_for
from mkdocs_designdocs.frame import Frame, Ways
from mkdocs_designdocs.leaf import Leaf
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.trail import ALONE, Trail, trails
from mkdocs_designdocs.unsearched import wrapped
from mkdocs_designdocs.vocabulary import compared

_PLACE = re.compile(r"#designdocs-person:([\w%.~-]+)")
"""Somebody's place in the index: where that is is known when the index has been made."""


class Surroundings:
    """The frames of all designs of a site."""

    def __init__(
        self,
        entries: Sequence[Entry],
        settings: Settings,
        partials: Partials,
        known: dict[str, Source],
        shelf_url: Callable[[str, str], str],
    ) -> None:
        """`known`: what earlier builds have seen of the links of pages, for one that makes only some anew.

        `shelf_url`: from `author` and a key, or `tag` and a tag, to the address of the page of those designs, relative
        to the site; empty where there is none.
        """
        self.settings, self.partials, self._shelf_url = settings, partials, shelf_url
        self.today = today()
        self.index_page: tuple[str, str] | None = None
        """The source and the address of the page that holds the index."""
        self._entries = {one.design.uri: one for one in entries}
        self._designs = {uri: one.design for uri, one in self._entries.items()}
        self._links = Backlinks(known)
        self._frames: dict[str, Frame] = {}
        self._leaves: dict[str, Leaf] = {}
        self._anchors: Mapping[str, str] = {}
        self._sources: Mapping[str, Sequence[Source]] = {}

    def addresses(self, entry: Entry) -> Sequence[str]:
        """Where the people and the tags of a design lead on its page, before their place in the index is known."""
        said, leaf = entry.design.metadata, Leaf(entry.design.uri, entry.design.url, str, str)
        people = [self.person(entry.roll.key(who), leaf) for who in (*entry.authors, *said.reviewers)]
        return [*people, *(self.tag(name, leaf) for name in said.tags)]

    # While pages are made -----------------------------------------------------------------------------------------

    def note(self, leaf: Leaf, html: str) -> None:
        """Take note of what a page links to, before anything of ours is on it."""
        if self.index_page is None or leaf.uri != self.index_page[0]:
            self._links.note(leaf.uri, leaf.title, leaf.url, html)

    def people(self, uri: str, anchors: Mapping[str, str]) -> None:
        """Take note of where somebody's designs stand on a page with an index, by the key of the person."""
        if self.index_page and uri == self.index_page[0]:
            self._anchors = anchors

    def above(self, leaf: Leaf, shown: Iterable[str], network: str) -> str:
        """Banner and header of a design's page; see `Frame`."""
        frame = self._frame(leaf)
        return f"{wrapped(frame.banner())}\n{frame.header({*shown, *self.settings.themed}, network)}\n"

    def _frame(self, leaf: Leaf) -> Frame:
        entry = self._entries[leaf.uri]

        def person(who: Person) -> str:
            return self.person(entry.roll.key(who), leaf)

        ways = Ways(
            design=lambda other: leaf.to(other.url),
            page=leaf.find,
            site=leaf.to,
            person=person,
            tag=lambda name: self.tag(name, leaf),
            index=leaf.to(self.index_page[1]) if self.index_page else "",
        )
        self._frames[leaf.uri] = Frame(entry, ways, self.today, self.settings.repository, self.partials)
        return self._frames[leaf.uri]

    def person(self, key: str, leaf: Leaf) -> str:
        """From a page to the designs of somebody, or to their place in the index, which `found` puts in."""
        if page := self._shelf_url("author", key):
            return leaf.to(page)
        if self.index_page and key in self._listed and leaf.uri != self.index_page[0]:
            return f"{leaf.to(self.index_page[1])}#designdocs-person:{quote(key, safe='')}"
        return ""

    def tag(self, name: str, leaf: Leaf) -> str:
        """From a page to the designs with a tag, or to the index that shows them alone."""
        if page := self._shelf_url("tag", name):
            return leaf.to(page)
        if self.index_page and self.settings.listing.tools:
            return f"{leaf.to(self.index_page[1])}?tag={quote(compared(name), safe='')}"
        return ""

    @cached_property
    def _listed(self) -> frozenset[str]:
        """Everybody who has a place in an index that says whose the designs are."""
        if "author" not in self.settings.listing.parts:
            return frozenset()
        entries = self._entries.values()
        return frozenset((*(one.roll.key(who) for one in entries for who in one.authors), *waiting_for(entries)))

    # When all have been made --------------------------------------------------------------------------------------

    def gather(self, pages: Iterable[str]) -> None:
        """Find out who links where; `pages` are the sources of all pages that the site has."""
        self._sources = self._links.by_design([*self._designs.values()], {*pages})

    def found(self, content: str) -> str:
        """A page with the places of people in the index."""

        def place(match: re.Match[str]) -> str:
            anchor = self._anchors.get(unquote(match[1]), "")
            return f"#{anchor}" if anchor else ""

        return _PLACE.sub(place, content) if "#designdocs-person:" in content else content

    def below(self, uri: str) -> str:
        """What stands at the end of a page: what links here, and the designs beside it in its status."""
        frame = self._frames.get(uri)
        if frame is None:
            return ""
        links = frame.backlinks(self._sources.get(uri, ()), self._designs)
        return links + frame.trail(self.trails.get(uri, ALONE))

    @cached_property
    def trails(self) -> Mapping[str, Trail]:
        """The designs beside each of them in its status, in the order of the index."""
        ordered = in_order(list(self._entries.values()), self.settings.listing.order)
        return trails(one.design for one in ordered)

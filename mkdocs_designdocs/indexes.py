"""Indexes: which of them stand on which pages of a site, and the shelves, pages that hold nothing else."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from mkdocs_designdocs import index, placement, shelves
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.index import Index, Page
from mkdocs_designdocs.listing import Listing
from mkdocs_designdocs.network import Network
from mkdocs_designdocs.pictures import has_picture
from mkdocs_designdocs.placement import Marker
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.shelves import Shelf
from mkdocs_designdocs.vocabulary import compared


class Indexes:
    """All indexes of a site, noted as its pages come by as Markdown and filled when they are HTML."""

    def __init__(self, entries: Sequence[Entry], whole: Network, settings: Settings) -> None:
        """`whole`: how the designs hang together."""
        self._entries, self._network, self._settings = entries, whole, settings
        self._standing: dict[str, list[Index]] = {}
        self._shelves: dict[str, Shelf] = {}
        self._urls: dict[tuple[str, str], str] = {}
        self.files: list[str] = []
        """Those of the shelves, from the folder of the site."""

    def shelves(self) -> Iterator[Shelf]:
        """The pages that the index leads to, to be published and then to be `kept`."""
        return shelves.wanted(self._entries, self._settings)

    def keep(self, shelf: Shelf, url: str, file: str) -> None:
        """Take note of the address of a shelf, and of its file on the site; empty where the page is a team's own."""
        self._urls[shelf.kind, shelf.key] = url
        if file:
            self._shelves[shelf.uri] = shelf
            self.files.append(file)

    def shelf_url(self, kind: str, key: str) -> str:
        """The address of the page of one author, status or tag; empty where there is none."""
        return self._urls.get((kind, compared(key) if kind == "tag" else key), "")

    # A page as Markdown, and then as HTML ---------------------------------------------------------------------------

    def is_shelf(self, uri: str) -> bool:
        """Whether a page is one of ours that hold nothing but designs."""
        return uri in self._shelves

    def placed(self, uri: str, markdown: str) -> str:
        """The Markdown of a page with the headings of an index at every marker."""

        def at(marker: Marker) -> str:
            listing, _ = placement.listing_of(marker, self._settings.listing, self._settings.lifecycle)
            return self._made(uri, self._entries, listing)

        return placement.filled(markdown, at)

    def shelf(self, uri: str, home: str) -> str:
        """The Markdown of a shelf. `home`: the source of the page that leads there, empty where there is none."""
        shelf = self._shelves[uri]
        marks = [self._made(uri, one.entries, one.listing) for one in shelf.sections]
        back = posixpath.relpath(home, posixpath.dirname(uri)) if home else ""
        return shelves.page(shelf, back, marks, self._settings.labels)

    def _made(self, uri: str, entries: Sequence[Entry], listing: Listing) -> str:
        known = self._standing.setdefault(uri, [])
        made = index.index_of(entries, listing, self._settings.lifecycle, self._settings.labels)
        known.append(made)
        return index.markdown(made, len(known) - 1, lambda part, those: has_picture(part, those, self._network))

    def stand_on(self, uri: str) -> bool:
        """Whether a page has an index."""
        return uri in self._standing

    def filled(self, uri: str, html: str, page: Page) -> tuple[str, Mapping[str, str]]:
        """The HTML of a page with the designs of its indexes, and the headings on it by the key of whose they are."""
        html, standing = placement.unwrapped(html), self._standing[uri]
        return index.fill(html, standing, page), index.people(html, standing)

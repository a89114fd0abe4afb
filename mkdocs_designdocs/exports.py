"""What a site publishes for programs beside the index: its designs as JSON, as a feed and as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from mkdocs_designdocs.address import Address
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.feed import TYPE, as_atom
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.llms import LLMS, as_llms
from mkdocs_designdocs.records import JSON, SCHEMA, as_json

_ASSETS = Path(__file__).parent / "assets"


def files(
    entries: Sequence[Entry], address: Address, lifecycle: Lifecycle, labels: Labels
) -> Iterator[tuple[str, str]]:
    """Where on the site each file is, and what it holds; without the address of the site there is no feed."""
    yield address.file(JSON), as_json(entries, address.site)
    yield address.file(SCHEMA), (_ASSETS / SCHEMA).read_text("utf-8")
    yield address.file(LLMS), as_llms(entries, address, labels)
    if address.feed:
        yield address.feed, as_atom(entries, address, lifecycle, labels)


def links(address: Address, labels: Labels) -> Iterator[tuple[str, str]]:
    """What the index links below itself: a text, and the path on the site."""
    yield JSON, address.file(JSON)
    if address.feed:
        yield labels("feed"), address.feed
    yield LLMS, address.file(LLMS)


def announced(address: Address, labels: Labels, to: Callable[[str], str]) -> str:
    """What the head of the index says of the feed, as HTML. `to`: from a path on the site to one from the page."""
    if not address.feed:
        return ""
    title = escape(labels("designs_of", site=address.name))
    # Material takes whatever is no more than "alternate" for another language, and asks for its site map.
    return f'<link rel="alternate feed" type="{TYPE}" title="{title}" href="{escape(to(address.feed))}">\n'

"""Backlinks: which pages of a site link to its designs.

They are read off the pages as they come by, as MkDocs has made them: so a link counts that a macro or a snippet has
brought, and none is looked for in a page's source a second time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.references import neighbour
from mkdocs_designdocs.sheet import address

_LINK = re.compile(r"""<a\b[^<>]*?\shref=(?:"([^"#?]+)|'([^'#?]+))""")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


@dataclass(frozen=True)
class Source:
    """A page that links to others."""

    uri: str
    title: str
    url: str
    """Relative to the site."""
    targets: frozenset[str]
    """The addresses that it leads to."""


@dataclass(frozen=True)
class Backlinks:
    """What is known of who links where."""

    known: dict[str, Source] = field(default_factory=dict)
    """By the path of the page; what it holds already is what the last build has seen of pages that this one, being
    `--dirty`, does not make."""

    def note(self, uri: str, title: str, url: str, content: str) -> None:
        """Take note of the links of a page."""
        found = {one for double, single in _LINK.findall(content) if not _ELSEWHERE.match(one := double or single)}
        here = address(url)
        targets = {address(html.unescape(one), url) for one in found} - {here}
        self.known[uri] = Source(uri, title or uri, url, frozenset(targets))

    def by_design(self, designs: Sequence[Design], pages: Collection[str]) -> Mapping[str, Sequence[Source]]:
        """Who links to each design, by its path, in the order of the titles; `pages` are those that there are."""
        places = {address(one.url): one.uri for one in designs if one.url}
        found: dict[str, dict[str, Source]] = {}
        for source in self._sources(designs, pages):
            for target in source.targets:
                if (uri := places.get(target)) and uri != source.uri:
                    found.setdefault(uri, {})[source.uri] = source
        return {uri: sorted(those.values(), key=_order) for uri, those in found.items()}

    def _sources(self, designs: Sequence[Design], pages: Collection[str]) -> Iterable[Source]:
        yield from (one for one in self.known.values() if one.uri in pages)
        addresses = {one.uri: address(one.url) for one in designs if one.url}
        for one in designs:
            if one.uri not in self.known:  # not made in this build: what its source says
                named = {neighbour(one.uri, link.target) for link in one.verdict.links}
                yield Source(one.uri, one.title, one.url, frozenset(addresses[uri] for uri in named & {*addresses}))


def _order(source: Source) -> tuple[str, str]:
    return source.title.casefold(), source.uri

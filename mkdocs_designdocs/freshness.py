"""Freshness: which pages say of others what is no longer so, for builds that make only some of them anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.cache import Cache, key_of
from mkdocs_designdocs.design import Design, Document
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.references import neighbour
from mkdocs_designdocs.relations import INVERSE
from mkdocs_designdocs.sheet import address
from mkdocs_designdocs.trail import ALONE, Trail

_LINK = re.compile(r"(?:\]\(|^ {0,3}\[[^\]]+\]:)[ \t]*<?([^\s)>#?]+)", re.MULTILINE)
"""A link as Markdown writes it: a guess, for which a page too many is made and nothing is said."""


@dataclass(frozen=True)
class Made:
    """What is known of pages as builds have made them, each by the path of its source."""

    tokens: Mapping[str, str] = field(default_factory=dict)
    """What the pages of designs say."""
    links: Mapping[str, Source] = field(default_factory=dict)
    """What pages link to."""
    hidden: Collection[str] = ()
    """The addresses of the designs that were not published, to which no page has a link."""
    shelves: Collection[str] = ()
    """The files of the pages that the index leads to, from the folder of the site."""


def tokens(
    entries: Sequence[Entry], trails: Mapping[str, Trail], around: str, own: Callable[[Entry], Sequence[str]]
) -> Mapping[str, str]:
    """What tells one state of each design's page from another, but for its own text, by the path of its source.

    A page names those that hang together with its design, over however many steps, and the two beside it in its
    status, as `trails` has them. `around`: what all pages depend on; `own`: what one page alone says.
    """
    known = {one.design.uri: one for one in entries}
    said = {uri: _said(one) for uri, one in known.items()}
    found: dict[str, str] = {}
    for group in _groups(entries):
        together = key_of([around, *(said[uri] for uri in sorted(group))])
        for uri in group:
            trail, entry = trails.get(uri, ALONE), known[uri]
            near = [said[one.uri] if one else "" for one in (trail.previous, trail.next)]
            alone = repr((entry.past.pending, entry.is_since_exact, [*own(entry)]))
            found[uri] = key_of([uri, together, *near, alone])[:16]
    return found


def outdated(known: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """Those whose pages have to be made anew when the others stay as they were made before."""
    return [uri for uri, token in known.items() if before.get(uri) != token]


def linked(
    before: Made, designs: Iterable[Design], documents: Mapping[str, Document], changed: Collection[str]
) -> list[str]:
    """The designs that name a page that has `changed` or is gone, or are to name one, among what links to them."""
    places = {address(one.url): one.uri for one in designs if one.url}
    uris = {*places.values()}
    gone = before.links.keys() - documents.keys()
    targets = {target for uri in {*changed, *gone} if uri in before.links for target in before.links[uri].targets}
    found = {places[target] for target in targets & places.keys()}
    for uri in documents.keys() & {*changed}:
        text = documents[uri].data.decode("utf-8", "replace")
        found |= uris & {neighbour(uri, unquote(target)) for target in _LINK.findall(text)}
    return sorted(found)


def unlinked(before: Made, hidden: Collection[str]) -> list[str]:
    """The pages that link to a design that is published no longer, or published now."""
    changed = {address(url) for url in {*hidden} ^ {*before.hidden}}
    return [one.uri for one in before.links.values() if changed & one.targets] if changed else []


def recalled(cache: Cache, place: str) -> Made:
    """What was remembered of the pages at a place; of pages of which nothing is known, nothing."""
    data = cache.get(_key(place))
    try:
        kept = json.loads(data or b"{}")
        links = {uri: Source(uri, title, url, frozenset(targets)) for uri, title, url, targets in kept["links"]}
        return Made(dict(kept["tokens"]), links, kept["hidden"], kept["shelves"])
    except (LookupError, TypeError, ValueError):
        return Made()  # not what this code writes


def remember(made: Made, cache: Cache, place: str) -> None:
    """Note down what the pages at a place say, now that they have been made."""
    links = [[uri, one.title, one.url, sorted(one.targets)] for uri, one in sorted(made.links.items())]
    kept = {"tokens": dict(made.tokens), "links": links, "hidden": sorted(made.hidden), "shelves": sorted(made.shelves)}
    data = json.dumps(kept).encode()
    if cache.get(_key(place)) != data:
        cache.put(_key(place), data)


def _key(place: str) -> str:
    return key_of(["pages", place])


def _said(one: Entry) -> str:
    """What pages say of a design."""
    design = one.design
    people = [(who.label, who.url) for who in (*one.authors, *design.metadata.reviewers)]
    relations = [[other.uri for other in one.relations.designs(design, relation)] for relation in INVERSE]
    named = design.url, design.title, design.status, design.metadata.id
    return repr((*named, people, one.created, one.updated, one.since, relations))


def _groups(entries: Iterable[Entry]) -> Iterator[set[str]]:
    """All that hang together, in groups; one that is alone is its own."""
    found: dict[str, set[str]] = {one.design.uri: {one.design.uri} for one in entries}
    for one in entries:
        for relation in INVERSE:
            for other in one.relations.designs(one.design, relation):
                ours, theirs = found[one.design.uri], found.get(other.uri)
                if theirs and ours is not theirs:
                    less, more = sorted((ours, theirs), key=len)
                    more |= less
                    found |= dict.fromkeys(less, more)
    seen: set[int] = set()
    for group in found.values():
        if id(group) not in seen:
            seen.add(id(group))
            yield group

"""Freshness: which designs' pages say of others what is no longer so, for builds that make only some pages anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from mkdocs_designdocs.cache import Cache, key_of
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.relations import INVERSE
from mkdocs_designdocs.trail import ALONE, trails


def tokens(entries: Sequence[Entry], around: str) -> Mapping[str, str]:
    """What tells one state of each design's page from another, but for its own text, by the path of its source.

    A page names those that hang together with its design, over however many steps, and the two beside it in its
    status. `around`: what all pages depend on.
    """
    said = {one.design.uri: _said(one) for one in entries}
    together = _groups(entries)
    shared = {id(group): key_of([around, *(said[uri] for uri in sorted(group))]) for group in together.values()}
    beside = trails(one.design for one in entries)
    found: dict[str, str] = {}
    for uri, group in together.items():
        trail = beside.get(uri, ALONE)
        near = [said[one.uri] if one else "" for one in (trail.previous, trail.next)]
        found[uri] = key_of([uri, shared[id(group)], *near])[:16]
    return found


def outdated(known: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """Those whose pages have to be made anew when the others stay as they were made before."""
    return [uri for uri, token in known.items() if before.get(uri) != token]


def recalled(cache: Cache, place: str) -> Mapping[str, str]:
    """What was remembered of the pages at a place; of pages of which nothing is known, nothing."""
    data = cache.get(_key(place))
    found = json.loads(data) if data else {}
    return found if isinstance(found, dict) else {}


def remember(known: Mapping[str, str], cache: Cache, place: str) -> None:
    """Note down what the pages at a place say, now that they have been made."""
    data = json.dumps(known).encode()
    if cache.get(_key(place)) != data:
        cache.put(_key(place), data)


def _key(place: str) -> str:
    return key_of(["pages", place])


def _said(one: Entry) -> str:
    """What pages say of a design."""
    design = one.design
    people = [(who.label, who.url) for who in (*one.authors, *design.metadata.reviewers)]
    return repr(
        (design.url, design.title, design.status, design.metadata.id, people, one.created, one.updated, one.since)
    )


def _groups(entries: Iterable[Entry]) -> Mapping[str, set[str]]:
    """Each design with all that it hangs together with, itself too."""
    found: dict[str, set[str]] = {one.design.uri: {one.design.uri} for one in entries}
    for one in entries:
        for relation in INVERSE:
            for other in one.relations.designs(one.design, relation):
                ours, theirs = found[one.design.uri], found.get(other.uri)
                if theirs and ours is not theirs:
                    less, more = sorted((ours, theirs), key=len)
                    more |= less
                    found |= dict.fromkeys(less, more)
    return found

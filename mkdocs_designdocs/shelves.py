"""Shelves: the pages of one author, one status or one tag, which a long index leads to."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_designdocs import index
from mkdocs_designdocs.entries import Entry, waiting_for
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.facets import facet, names_of
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.listing import WHOLE, Listing
from mkdocs_designdocs.queries import Query

if TYPE_CHECKING:
    from mkdocs_designdocs.settings import Settings

SHELVES = ("author", "status", "tag")
"""Of what there can be pages."""

_MOST = 200
"""Of one kind, where nobody has asked for them: those that most designs are on."""
_FEWEST = 2
"""Designs on the shelf of a tag that nobody has asked for: one of a single design leads nowhere else."""
_HANDY = 10
"""From so many designs on a shelf can be searched and sorted."""
_LONGEST = 60
# Where a folder's index would be, and what Windows takes for devices.
_RESERVED = {
    "index",
    "readme",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


@dataclass(frozen=True)
class Section:
    """One of the lists on such a page."""

    title: str
    """Empty where the page's own says enough."""
    entries: Sequence[Entry]
    listing: Listing


@dataclass(frozen=True)
class Shelf:
    """One of these pages."""

    kind: str
    """One of `SHELVES`."""
    key: str
    """Of the person, the status or the tag."""
    title: str
    uri: str
    """Of its source, from the folder of the documents."""
    sections: Sequence[Section]


def may_be_wanted(designs: int, settings: Settings) -> bool:
    """Whether a site of so many designs has any."""
    return bool(settings.index) and (settings.shelves is not None or designs > index.LONG)


def wanted(entries: Sequence[Entry], settings: Settings) -> Iterator[Shelf]:
    """Those that a site has."""
    if may_be_wanted(len(entries), settings):
        folder = posixpath.dirname(settings.index)
        yield from shelves_of(entries, settings.shelves, folder, settings.labels, settings.listing)


def shelves_of(
    entries: Sequence[Entry], kinds: Sequence[str] | None, folder: str, labels: Labels, whole: Listing = WHOLE
) -> Iterator[Shelf]:
    """The shelves of some designs. `kinds`: see `Settings.shelves`, where nobody asks but the index is long.

    `folder`: the one of the index, from the folder of the documents. `whole`: how the index shows designs.
    """
    names, waiting = names_of(entries), waiting_for(entries)
    for kind in SHELVES if kinds is None else kinds:
        values = [one for one in facet(kind, entries, names, labels).values if one.key]
        found = {one.key: (one.label, [entries[place] for place in one.places]) for one in values}
        if kind == "author":
            found |= {key: (names[key], []) for key in waiting if key not in found}
        if kinds is None:
            found = _handful(kind, found)
        slugs = _slugs(found)
        for key, (label, those) in found.items():
            uri = posixpath.join(folder, kind, f"{slugs[key]}.md")
            title = labels("tagged", tag=label) if kind == "tag" else label
            sections = [Section("", those, _listing(kind, those, whole))] if those else []
            if kind == "author" and key in waiting:
                sections.append(
                    Section(
                        labels("waiting_for", who=label), waiting[key], replace(whole, parts=("list",), tools=False)
                    )
                )
            yield Shelf(kind, key, title, uri, sections)


_Found = dict[str, tuple[str, list[Entry]]]


def _handful(kind: str, found: _Found) -> _Found:
    """Those that are worth a page."""
    fewest = _FEWEST if kind == "tag" else 0
    most = {*sorted(found, key=lambda key: -len(found[key][1]))[:_MOST]}
    return {key: said for key, said in found.items() if key in most and len(said[1]) >= fewest}


def _listing(kind: str, entries: Sequence[Entry], whole: Listing) -> Listing:
    if kind == "status":
        whole = replace(whole, query=Query(statuses=(entries[0].design.status.key,)))
    parts = ("list",) if kind == "status" else ("status",)
    return replace(whole, parts=parts, tools=whole.tools and len(entries) >= _HANDY, titled=False)


def _slugs(keys: Iterable[str]) -> dict[str, str]:
    """A name for the file of each key: no two the same where case does not count, whatever they hold."""
    keys_of: dict[str, str] = {}
    for key in sorted(keys):
        slug = _slug(key)
        while slug in keys_of:  # `@ana-ruiz`, and somebody else of whom only the name, Ana Ruiz, is known
            slug = f"{slug}-2"
        keys_of[slug] = key
    return {key: slug for slug, key in keys_of.items()}


def _slug(key: str) -> str:
    """Made of nothing but the key, so that an address keeps its meaning whatever comes: what is not all in it, or
    cannot be the name of a file, has some of its digest."""
    text = unicodedata.normalize("NFKC", key.partition("@")[0] or key).casefold()  # nobody's address is published
    slug = re.sub(r"[^\w.]+", "-", text).strip("-_.")[:_LONGEST].rstrip("-_.") or "other"
    if key in (slug, slug.replace("-", " ")) and slug.partition(".")[0] not in _RESERVED:
        return slug
    return f"{slug}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:4]}"


def page(shelf: Shelf, back: str, marks: Sequence[str], labels: Labels) -> str:
    """The Markdown of a shelf. `back`: the way to the index; `marks`: what stands in each of its sections."""
    lines = [f"# {escaped(shelf.title)}", ""]
    lines += [f"[{escaped(labels('all_designs'))}]({back})", ""] if back else []
    for section, mark in zip(shelf.sections, marks, strict=True):
        lines += [f"## {escaped(section.title)}", ""] if section.title else []
        lines += [mark, ""]
    return "\n".join(lines)

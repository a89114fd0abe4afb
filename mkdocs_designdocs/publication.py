"""Publication: which designs a built site keeps to itself, and the catalogue as its readers may know it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.design import Design, Document, Verdict
from mkdocs_designdocs.queries import folded
from mkdocs_designdocs.references import Reference, link
from mkdocs_designdocs.relations import Relations

_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
_HREF = re.compile(r'(?<![\w:-])(?:xlink:)?href="(?P<path>[^"#?]*)')


def unpublished(documents: Iterable[Document], archive: Archive) -> frozenset[str]:
    """Which of some documents are designs that are not to be published, by their path from the folder of documents."""
    statuses = archive.settings.unpublished
    judged = ((document.uri, archive.verdict(document)) for document in documents if statuses)
    return frozenset(uri for uri, found in judged if isinstance(found, Verdict) and found.status_key in statuses)


def without(catalog: Catalog, hidden: Collection[str]) -> Catalog:
    """A catalogue in which some designs do not exist, and nobody has ever named them."""
    if not hidden:
        return catalog
    titles = {_plain(design.title) for design in catalog.designs if design.uri in hidden}
    designs = [_unaware(design, titles) for design in catalog.designs if design.uri not in hidden]
    return replace(catalog, designs=designs, relations=_among_others(catalog.relations, hidden, titles))


def _unaware(design: Design, titles: Collection[str]) -> Design:
    """A design without what is to be told of names that are hidden designs' titles, by which nobody finds them."""
    told = [
        one
        for one in design.diagnostics
        if not (one.code == "relation-unknown" and any(title in _plain(one.message) for title in titles))
    ]
    if len(told) == len(design.diagnostics):
        return design
    return replace(design, verdict=replace(design.verdict, diagnostics=told))


def _among_others(relations: Relations, hidden: Collection[str], titles: Collection[str]) -> Relations:
    def names_hidden(one: Reference) -> bool:
        return one.design.uri in hidden if one.design else _plain(link(one.name)[0]) in titles

    said = {
        uri: {relation: [one for one in names if not names_hidden(one)] for relation, names in those.items()}
        for uri, those in relations.said.items()
        if uri not in hidden
    }
    derived = {
        uri: {relation: [one for one in those if one.uri not in hidden] for relation, those in known.items()}
        for uri, known in relations.derived.items()
        if uri not in hidden
    }
    return Relations(said, derived, relations.lifecycle)


def _plain(text: str) -> str:
    return folded(" ".join(text.split()))


def unlinked(html: str, leads_nowhere: Callable[[str], bool]) -> str:
    """A page whose links to what is not there have become their words.

    `leads_nowhere`: says so of the path of a link as it stands on the page.
    """

    def plain(match: re.Match[str]) -> str:
        href = _HREF.search(match["attributes"])
        return match["text"] if href and leads_nowhere(href["path"]) else match[0]

    return _LINK.sub(plain, html)

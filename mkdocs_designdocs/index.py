"""The index: designs by status and by author, as a page for people.

The page is Markdown for its headings, so that every status and author is in the table of contents and can be linked,
and HTML below them, rendered in one go: a Markdown table of two hundred rows costs more than all the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.lifecycle import Lifecycle, Status
from mkdocs_designdocs.listing import Listing
from mkdocs_designdocs.partials import PLAIN, Partials
from mkdocs_designdocs.people import Person

_MARK = re.compile(r"<!-- designdocs:index (?P<index>\d+) (?P<part>[a-z]+)(?: (?P<number>\d+))? -->")
_HEADING_OR_AUTHOR = re.compile(
    r'<h[1-6]\b[^>]*?\bid="(?P<id>[^"]+)"|<!-- designdocs:index \d+ author (?P<number>\d+) -->'
)
_PICTURES = ("health", "timeline", "relations")


@dataclass(frozen=True)
class Group:
    """The designs under one heading of an index."""

    key: str
    """Of the status or of the person."""
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Index:
    """The entries of one listing as the page arranges them."""

    listing: Listing
    entries: Sequence[Entry]
    statuses: Sequence[Group]
    """In the order of the lifecycle; a status that no design has is left out."""
    authors: Sequence[Group]
    """By name; designs without an author last."""
    keys: Mapping[Person, str]
    """Which of the groups of authors is whose."""
    labels: Labels


@dataclass(frozen=True)
class Page:
    """The page that an index stands on."""

    href: Callable[[Design], str]
    """From the page to a design's."""
    picture: Callable[[str, Sequence[Entry]], str]
    """One of the `PICTURES` of some entries as HTML; empty where there is nothing to be drawn."""
    partials: Partials = PLAIN


def index_of(entries: Sequence[Entry], listing: Listing, lifecycle: Lifecycle, labels: Labels) -> Index:
    """Arrange the entries that a listing takes; they come by status, and in each what changed last first."""
    entries = [one for one in entries if listing.query.takes(one)]
    grouped: dict[Status, list[Entry]] = {status: [] for status in lifecycle.statuses}
    for one in entries:
        grouped[one.design.status].append(one)
    statuses = [Group(s.key, labels.status(s), those) for s, those in grouped.items() if those]
    keys = _keys(author for one in entries for author in one.authors)
    return Index(listing, entries, statuses, _by_author(entries, keys, labels), keys, labels)


def markdown(index: Index, number: int, pictures: Callable[[str, Sequence[Entry]], bool]) -> str:
    """The headings of the index of that number on its page, and a mark for what stands below each.

    `pictures`: whether there is anything to be drawn for one of the pictures.
    """
    if not index.entries:
        return 'There are no designs yet. `designdocs new TEMPLATE "Title"` writes the first.\n'
    lines: list[str] = []
    for part in index.listing.parts:
        if part in _PICTURES:
            if pictures(part, index.entries):
                lines += [f"## {escaped(index.labels(part))}", "", f"<!-- designdocs:index {number} {part} -->", ""]
            continue
        lines += [f"## {escaped(index.labels(f'by_{part}'))}", ""]
        for place, group in enumerate(_groups(index, part)):
            lines += [f"### {escaped(group.title)}", "", f"<!-- designdocs:index {number} {part} {place} -->", ""]
    return "\n".join(lines)


def _groups(index: Index, part: str) -> Sequence[Group]:
    return index.statuses if part == "status" else index.authors


def _keys(people: Iterable[Person]) -> Mapping[Person, str]:
    """What tells one person from another; somebody named without a handle is the one who has that name."""
    everybody = dict.fromkeys(people)
    known: dict[str, set[str]] = {}
    for who in everybody:
        if who.name and _is_sure(who):
            known.setdefault(who.name.casefold(), set()).add(who.key)
    alone = {name: next(iter(keys)) for name, keys in known.items() if len(keys) == 1}
    return {who: who.key if _is_sure(who) else alone.get(who.key, who.key) for who in everybody}


def _is_sure(who: Person) -> bool:
    return bool(who.handle or who.email)


def _by_author(entries: Iterable[Entry], keys: Mapping[Person, str], labels: Labels) -> list[Group]:
    people: dict[str, Person] = {}
    written: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        for author in entry.authors or (Person(),):
            key = keys.get(author, "")
            if not (key in people and people[key].name):
                people[key] = author
            written.setdefault(key, {})[entry.design.uri] = entry
    names = Counter(who.label for who in people.values())

    def title(who: Person) -> str:
        apart = who.handle or who.email or who.url
        return f"{who.label} ({apart})" if apart and names[who.label] > 1 else who.label or labels("no_author")

    groups = [Group(key, title(who), [*written[key].values()]) for key, who in people.items()]
    return sorted(groups, key=lambda group: (not group.key, group.title.casefold()))


def fill(html: str, indexes: Sequence[Index], page: Page) -> str:
    """Put the designs under the headings of all the indexes of a page."""
    anchors = [_anchors(html, index) for index in indexes]

    def part(match: re.Match[str]) -> str:
        number = int(match["index"])
        index = indexes[number]
        if match["part"] in _PICTURES:
            return page.picture(match["part"], index.entries)
        group = _groups(index, match["part"])[int(match["number"])]
        entries = [_entry(one, page.href(one.design), index, anchors[number]) for one in group.entries]
        return page.partials.render(f"{match['part']}.html", entries=entries)

    return _MARK.sub(part, html)


def _anchors(html: str, index: Index) -> Mapping[str, str]:
    """The id of every author's heading: the one before their mark, whatever the site makes ids from."""
    anchors: dict[str, str] = {}
    last = ""
    for match in _HEADING_OR_AUTHOR.finditer(html):
        if match["id"]:
            last = match["id"]
        elif int(match["number"]) < len(index.authors):
            anchors[index.authors[int(match["number"])].key] = last
    return anchors


def _entry(entry: Entry, href: str, index: Index, anchors: Mapping[str, str]) -> dict[str, object]:
    design = entry.design
    said = design.metadata
    return {
        "href": href,
        "title": design.title,
        "id": said.id,
        "status": design.status,
        "group": group_class(design.status),
        "authors": [{"label": a.label, "anchor": anchors.get(index.keys[a], "")} for a in entry.authors],
        "created": entry.created,
        "updated": entry.updated,
        "template": said.template,
        "tags": said.tags,
        "required": design.verdict.required,
        "written": design.verdict.written,
        "percent": entry.percent or 0,
    }


def group_class(status: Status) -> str:
    """The group of a status as part of a class."""
    return status.group.replace(" ", "-")

"""The index: designs by status and by author, as a page for people.

The page is Markdown for its headings, so that every status and author is in the table of contents and can be linked,
and HTML below them, rendered in one go: a Markdown table of two hundred rows costs more than all the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mkdocs_designdocs.cards import Page, Style, age, card, people_on, pill
from mkdocs_designdocs.columns import in_order
from mkdocs_designdocs.entries import Entry, waiting_for
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.facets import FACETS, facet, names_of
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.lifecycle import GROUPS, Lifecycle
from mkdocs_designdocs.listing import Listing
from mkdocs_designdocs.queries import EVERYTHING, NOT, folded
from mkdocs_designdocs.tools import tools
from mkdocs_designdocs.unsearched import wrapped

LONG = 300
"""An index of more designs says less of each, and counts what is whose instead of naming it."""

_MARK = re.compile(
    r"(?P<end></h[1-6]>\s*)?<!-- designdocs:index (?P<index>\d+) (?P<part>[a-z]+)(?: (?P<number>\d+))? -->"
)
_HEADING_OR_MARK = re.compile(
    r'<h[1-6]\b[^>]*?\bid="(?P<id>[^"]+)"|<!-- designdocs:index (?P<index>\d+) (?P<part>[a-z]+) (?P<number>\d+) -->'
)
_WHOLE = re.compile(
    r"(?:<p>\s*)?<!-- designdocs:index (?P<index>\d+) begin -->(?:\s*</p>)?.*?"
    r"(?:<p>\s*)?<!-- designdocs:index (?P=index) end -->(?:\s*</p>)?",
    re.DOTALL,
)
_PICTURES = ("health", "timeline", "relations")


@dataclass(frozen=True)
class Group:
    """The designs under one heading of an index."""

    key: str
    """Of the status or of the person."""
    title: str
    entries: Sequence[Entry]
    waiting: Sequence[Entry] = ()
    """Of a person: what waits for their review."""


@dataclass(frozen=True)
class Index:
    """The entries of one listing as the page arranges them."""

    listing: Listing
    entries: Sequence[Entry]
    groups: Mapping[str, Sequence[Group]]
    """By part. Statuses in the order of the lifecycle, others by name; what no design has is left out."""
    names: Mapping[str, str]
    """What everybody in it is called, by the key of the person."""
    labels: Labels

    @property
    def is_long(self) -> bool:
        """Whether it has so many designs that it counts them."""
        return len(self.entries) > LONG

    @cached_property
    def is_brief(self) -> bool:
        """Whether it shows so many that it says less of each: a design stands below each of its tags."""
        shown = sum(len(group.entries) for part, those in self.groups.items() if part != "author" for group in those)
        return shown + len(self.entries) * ("list" in self.listing.parts) > LONG

    def is_terse(self, part: str) -> bool:
        """Whether a part has a line for each design: that of people does, and one where they stand repeatedly."""
        shown = sum(len(group.entries) for group in self.groups[part])
        return part == "author" or (self.is_brief and shown > len(self.entries))


def index_of(entries: Sequence[Entry], listing: Listing, lifecycle: Lifecycle, labels: Labels) -> Index:
    """Arrange the entries that a listing takes, in its order."""
    taken = in_order([one for one in entries if listing.query.takes(one)], listing.order)[: listing.limit or None]
    by_status = sorted(taken, key=lambda one: lifecycle.statuses.index(one.design.status))
    names = names_of(taken)
    groups = {
        part: _groups(part, by_status if part in ("status", "author") else taken, names, labels)
        for part in listing.parts
        if part in FACETS
    }
    return Index(listing, taken if "list" in listing.parts else by_status, groups, names, labels)


def _groups(part: str, entries: Sequence[Entry], names: Mapping[str, str], labels: Labels) -> list[Group]:
    found = facet(part, entries, names, labels)
    groups = [Group(one.key, one.label, [entries[place] for place in one.places]) for one in found.values]
    if part != "author":
        return groups
    waiting = waiting_for(entries)
    people = [Group(one.key, one.title, one.entries, waiting.pop(one.key, ())) for one in groups]
    people += [Group(key, names[key], (), those) for key, those in waiting.items()]
    return sorted(people, key=lambda one: (not one.key, folded(one.title)))


# Headings ------------------------------------------------------------------------------------------------------


def markdown(index: Index, number: int, pictures: Callable[[str, Sequence[Entry]], bool]) -> str:
    """The headings of the index of that number on its page, and a mark for what stands below each.

    `pictures`: whether there is anything to be drawn for one of the pictures.
    """
    if not index.entries:
        return f"{index.labels('no_designs' if index.listing.query == EVERYTHING else 'no_such_designs')}\n"
    title = "#" * index.listing.level
    lines = [f"<!-- designdocs:index {number} begin -->", ""]
    if index.listing.tools or "status" in index.groups:
        lines += [f"<!-- designdocs:index {number} top -->", ""]
    for part in index.listing.parts:
        if part not in _PICTURES:
            lines += _headings(index, number, part)
        elif pictures(part, index.entries):
            lines += [f"{title} {escaped(index.labels(part))}", "", f"<!-- designdocs:index {number} {part} -->", ""]
    lines += [f"<!-- designdocs:index {number} end -->", ""]
    return "\n".join(lines)


def _headings(index: Index, number: int, part: str) -> Iterator[str]:
    level = index.listing.level
    if part != "list" and index.listing.titled:
        yield from (f"{'#' * level} {escaped(index.labels(f'by_{part}'))}", "")
        level += 1
    if part == "list" or _is_counted(index, part):
        yield from (f"<!-- designdocs:index {number} {part} -->", "")
        return
    for place, group in enumerate(index.groups[part]):
        mark = f"<!-- designdocs:index {number} {part} {place} -->"
        yield from (f"{'#' * level} {escaped(group.title)}", "", mark, "")


def _is_counted(index: Index, part: str) -> bool:
    """Whether a part counts designs that stand elsewhere on the page, for want of room."""
    return index.is_long and part == "author"


# What stands below them ----------------------------------------------------------------------------------------


def fill(html: str, indexes: Sequence[Index], page: Page) -> str:
    """Put the designs under the headings of all the indexes of a page."""
    anchors = _anchors(html)
    made = [_Filler(index, number, page, anchors) for number, index in enumerate(indexes)]

    def part(match: re.Match[str]) -> str:
        filler = made[int(match["index"])]
        if match["part"] in ("begin", "end"):
            return match["end"] or ""
        if match["part"] == "top":
            return (match["end"] or "") + wrapped(filler.top())
        if match["number"] is None:
            return (match["end"] or "") + wrapped(filler.part(match["part"]))
        group = filler.index.groups[match["part"]][int(match["number"])]
        return filler.counted(match["end"] or "", group) + wrapped(filler.group(match["part"], group))

    return _MARK.sub(part, html)


def without(html: str) -> str:
    """A page without the indexes that nobody has filled: another plugin shows a part of some page there."""
    return _WHOLE.sub("", html) if "<!-- designdocs:index " in html else html


def people(html: str, indexes: Sequence[Index]) -> Mapping[str, str]:
    """The headings below which somebody's designs stand on a page, by the key of the person; `html`: as `fill` takes
    it."""
    anchors = _anchors(html)
    return {
        group.key: anchor
        for number, index in enumerate(indexes)
        for place, group in enumerate(index.groups.get("author", ()))
        if (anchor := anchors.get((number, "author", place)))
    }


Anchors = Mapping[tuple[int, str, int], str]
"""The ids of the headings of all groups: by the number of their index, their part and their place in it."""


def _anchors(html: str) -> Anchors:
    """The id of every group's heading: the one before their mark, whatever the site makes ids from."""
    anchors: dict[tuple[int, str, int], str] = {}
    last = ""
    for match in _HEADING_OR_MARK.finditer(html):
        if match["id"]:
            last = match["id"]
        else:
            anchors[int(match["index"]), match["part"], int(match["number"])] = last
    return anchors


class _Filler:
    """What renders one index of a page."""

    def __init__(self, index: Index, number: int, page: Page, anchors: Anchors) -> None:
        self.index, self.number, self.page = index, number, page
        self._places = {id(one): place for place, one in enumerate(index.entries)}
        self._anchors = {
            part: {group.key: anchors.get((number, part, place), "") for place, group in enumerate(groups)}
            for part, groups in index.groups.items()
        }
        columns = index.listing.columns
        faces = any(one.roll.key(who) in one.avatars for one in index.entries for who in people_on(one, columns))
        mine = self._anchors.get("author", {}) if not _is_counted(index, "author") else {}
        self._style = Style(columns, index.names, mine, index.is_brief, faces)

    def top(self) -> str:
        """How many designs there are of each status, and what finds one."""
        index, page = self.index, self.page
        made = self._render("counts.html", groups=list(self._counts())) if "status" in index.groups else ""
        if not index.listing.tools:
            return made
        known = tools(index.entries, index.listing, page, index.names)
        missing = page.to(page.catalogue) if index.is_brief and page.catalogue else ""
        return made + self._render("tools.html", **known, catalogue=missing, root=page.to("."))

    def _counts(self) -> Iterator[Mapping[str, object]]:
        groups = self.index.groups["status"]
        for name in GROUPS:
            those = [group for group in groups if group.entries[0].design.status.group == name]
            if those:
                yield {
                    "label": self.index.labels(f"group.{name.replace(' ', '_')}"),
                    "group": name.replace(" ", "-"),
                    "statuses": [
                        {"key": g.key, "label": g.title, "n": len(g.entries), "href": self._to("status", g.key)}
                        for g in those
                    ],
                }

    def _to(self, part: str, key: str) -> str:
        anchor = self._anchors[part].get(key)
        return f"#{anchor}" if anchor else ""

    def counted(self, end: str, group: Group) -> str:
        """The end of a group's heading, with how many there are."""
        if not end or not group.entries:
            return end
        return f" {self._render('count.html', n=len(group.entries)).strip()}{end}"

    def part(self, part: str) -> str:
        """A part that has no groups of its own on the page."""
        if part in _PICTURES:
            drawn = self.page.picture(part, self.index.entries)
            return self._render("picture.html", picture=drawn) if drawn else ""
        return self._cards(self.index.entries, says_status=self._says_status) if part == "list" else self._people()

    def group(self, part: str, group: Group) -> str:
        """What stands below the heading of a group."""
        if not self.index.is_terse(part):
            says_status = part != "status" and self._says_status
            return self._cards(group.entries, says_status=says_status, key=group.key)
        return self._render(
            "author.html",
            entries=[self._line(one) for one in group.entries],
            waiting=[self._line(one) for one in group.waiting],
            name=group.title,
        )

    @property
    def _says_status(self) -> bool:
        """Whether designs say their status where no heading does: not those of a list that asks for a single one."""
        asked, listing = self.index.listing.query.statuses, self.index.listing
        return "status" in listing.columns or len(asked) != 1 or asked[0].startswith(NOT)

    def _cards(self, entries: Sequence[Entry], *, says_status: bool, key: str = "") -> str:
        cards = [
            {"n": self._places[id(one)], **card(one, self.page, self._style, says_status=says_status)}
            for one in entries
        ]
        return self._render("cards.html", entries=cards, key=key)

    def _line(self, entry: Entry) -> Mapping[str, object]:
        return {
            "n": self._places[id(entry)],
            "href": self.page.href(entry.design),
            "title": entry.design.title,
            "status": pill(entry.design.status, self.index.labels),
            "age": age(entry, self.page.today, self.index.labels),
        }

    def _people(self) -> str:
        """Everybody, with how many designs of theirs there are of each status."""
        people = []
        for group in self.index.groups["author"]:
            counts = Counter(one.design.status for one in group.entries)
            people.append(
                {
                    "key": group.key,
                    "label": group.title,
                    "href": self.page.author_url(group.key),
                    "statuses": [{**pill(status, self.index.labels), "n": n} for status, n in counts.items()],
                    "waiting": len(group.waiting),
                }
            )
        return self._render("people.html", people=people)

    def _render(self, partial: str, **context: object) -> str:
        return self.page.partials.render(partial, number=self.number, **context)


__all__ = ["LONG", "Group", "Index", "Page", "fill", "index_of", "markdown", "people"]

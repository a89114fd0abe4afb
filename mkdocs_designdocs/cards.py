"""Cards: what a list shows of each design, in the words of the site."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_designdocs import dates
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.leaf import nowhere
from mkdocs_designdocs.lifecycle import Gate, Status
from mkdocs_designdocs.partials import PLAIN, Partials
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.relations import related

_NAMED = 3
"""So many designs of a relation are named; more are counted."""


def _nothing(_: str, __: Sequence[Entry]) -> str:
    return ""


@dataclass(frozen=True)
class Page:
    """The page that lists stand on."""

    href: Callable[[Design], str]
    """From the page to a design's."""
    picture: Callable[[str, Sequence[Entry]], str] = _nothing
    """One of the pictures of some entries as HTML; empty where there is nothing to be drawn."""
    partials: Partials = PLAIN
    to: Callable[[str], str] = str
    """From an address relative to the site to the one that stands on this page."""
    today: datetime.date = field(default_factory=dates.today)
    catalogue: str = ""
    """The address of `designs.json`, relative to the site, if it is published."""
    author_url: Callable[[str], str] = nowhere
    """From the page to the one of a person, by their key; empty where there is none."""
    status_url: Callable[[str], str] = nowhere
    """Likewise of a status, by its key."""
    tag_url: Callable[[str], str] = nowhere


@dataclass(frozen=True)
class Style:
    """How the cards of one list look."""

    columns: Sequence[str]
    names: Mapping[str, str]
    """What everybody is called, by the key of the person."""
    anchors: Mapping[str, str]
    """The headings below which somebody's designs stand, by the key of the person."""
    is_brief: bool
    """Whether it is a list of so many designs that each says less."""
    has_faces: bool
    """Whether anybody in it has a picture."""


def card(entry: Entry, page: Page, style: Style, *, says_status: bool) -> Mapping[str, object]:
    """What `cards.html` shows of a design; what is not asked for, or not known, is empty."""
    design, said, labels = entry.design, entry.design.metadata, page.partials.labels
    gist, asked = design.verdict.gist, set(style.columns)

    def wanted(column: str, value: object) -> object:
        return value if column in asked else ""

    return {
        "href": page.href(design),
        "title": design.title,
        "id": wanted("id", said.id),
        "status": {**pill(design.status, labels), "href": page.status_url(design.status.key)} if says_status else None,
        "overview": wanted("overview", "" if style.is_brief else gist.overview),
        "authors": list(_people(entry.authors, entry, page, style)) if "authors" in asked else [],
        "has_author": bool(entry.authors) or "authors" not in asked,
        "reviewers": list(_people(said.reviewers, entry, page, style)) if "reviewers" in asked else [],
        "age": age(entry, page.today, labels) if "age" in asked else None,
        "pending": entry.past.pending,
        "created": wanted("created", entry.created),
        "updated": wanted("updated", entry.updated),
        "template": wanted("template", said.template),
        "required": wanted("complete", design.verdict.required if is_asked(design.status) else 0),
        "written": design.verdict.written,
        "percent": entry.percent or 0,
        "tags": [{"label": tag, "href": page.tag_url(tag)} for tag in said.tags] if "tags" in asked else [],
        "relations": list(_relations(entry, page, style)) if "relations" in asked else [],
        "questions": wanted("questions", gist.questions),
        "boxes": wanted("boxes", gist.unticked),
    }


def pill(status: Status, labels: Labels) -> Mapping[str, str]:
    """The status of a design, to be seen."""
    return {"key": status.key, "group": group_class(status), "label": labels.status(status)}


def is_asked(status: Status) -> bool:
    """Whether a design of a status is asked to be complete, now or one day."""
    return status.gate is not Gate.INTEGRITY


def group_class(status: Status) -> str:
    """The group of a status as part of a class."""
    return status.group.replace(" ", "-")


# How long ------------------------------------------------------------------------------------------------------


def age(entry: Entry, today: datetime.date, labels: Labels) -> Mapping[str, object] | None:
    """For how long a design has had its status, and whether that is so long that somebody should look."""
    days = entry.age(today)
    if days is None:
        return None
    unit, count = _span(days)
    said = labels(unit, n=count) if days else labels("age_today")
    return {
        "since": entry.since,
        "text": said if entry.is_since_exact or not days else labels("age_least", age=said),
        "least": not entry.is_since_exact,
        "stuck_from": entry.stuck_from,
        "old": entry.is_stuck(today),
    }


def _span(days: int) -> tuple[str, int]:
    """A label and its number: days for two months, then months for two years."""
    if days < 2 * _MONTH:
        return "age_days", days
    return ("age_months", days // _MONTH) if days < 2 * _YEAR else ("age_years", days // _YEAR)


_MONTH, _YEAR = 30, 365


# Who -----------------------------------------------------------------------------------------------------------


def people_on(entry: Entry, columns: Sequence[str]) -> Iterator[Person]:
    """The people whom a card names."""
    yield from entry.authors if "authors" in columns else ()
    yield from entry.design.metadata.reviewers if "reviewers" in columns else ()


def _people(those: Iterable[Person], entry: Entry, page: Page, style: Style) -> Iterator[Mapping[str, str]]:
    keys = dict.fromkeys(entry.roll.key(who) for who in those)
    for key in keys:
        name = style.names[key]
        anchor = style.anchors.get(key, "")
        face = entry.avatars.get(key, "")
        yield {
            "label": name,
            "href": f"#{anchor}" if anchor else page.author_url(key),
            "avatar": picture(face, page.to),
            "initials": initials(name) if style.has_faces else "",
        }


def picture(address: str, to: Callable[[str], str]) -> str:
    """The address of somebody's picture as it stands on a page; empty where it is none that a page may show."""
    if re.match(r"https?://|//|data:image/", address, re.IGNORECASE):
        return address
    return to(address.lstrip("/")) if address and not re.match(r"[\w+.-]+:", address) else ""


def initials(name: str) -> str:
    """What stands for somebody who has no picture: the first letters of the first and the last name."""
    words = re.findall(r"[^\W_][^\s]*", name.partition("(")[0])
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()


# What else -----------------------------------------------------------------------------------------------------


def _relations(entry: Entry, page: Page, style: Style) -> Iterator[Mapping[str, object]]:
    """The designs of each relation, named or counted, each in the first only; what is no design is left out."""
    seen = {entry.design.uri}
    for name, names in related(entry.design, entry.relations):
        those = [other for _, other in names if other and other.uri not in seen]
        seen.update(other.uri for other in those)
        named = [] if style.is_brief else those[:_NAMED]
        if those:
            links = [{"title": other.title, "href": page.href(other)} for other in named]
            label = page.partials.labels(f"relation.{name}")
            yield {"label": label, "links": links, "more": len(those) - len(named)}

"""The index: every design by status and by author, for people as a page and for programs as `designs.json`.

The page is Markdown for its headings, so that every status and author is in the table of contents and can be linked,
and HTML below them, rendered in one go: a Markdown table of two hundred rows costs more than all the rest.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.lifecycle import Lifecycle, Status
from mkdocs_designdocs.network import NOBODY, Network, groups
from mkdocs_designdocs.partials import partial
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.relations import INVERSE, Relations
from mkdocs_designdocs.report import person

MARKER = re.compile(r"^[ \t]*<!--[ \t]*designdocs:[ \t]*index[ \t]*-->[ \t]*$", re.MULTILINE)
"""Where a page of the team's own wants the index."""

_GROUP = re.compile(r"<!-- designdocs:index (?P<kind>status|author) (?P<number>\d+) -->")
_NETWORK = "<!-- designdocs:index network -->"
_NAMED = 10
_HEADING_OR_AUTHOR = re.compile(r'<h[1-6]\b[^>]*?\bid="(?P<id>[^"]+)"|<!-- designdocs:index author (?P<number>\d+) -->')


@dataclass(frozen=True)
class Group:
    """The designs under one heading of the index."""

    key: str
    """Of the status or of the person."""
    title: str
    designs: Sequence[Design]


@dataclass(frozen=True)
class Index:
    """The designs of a catalogue as the page arranges them."""

    statuses: Sequence[Group]
    """In the order of the lifecycle; a status that no design has is left out."""
    authors: Sequence[Group]
    """By name; designs without an author last."""
    keys: Mapping[Person, str]
    """Which of the groups of authors is whose."""
    networks: Sequence[Network] = ()
    """How the designs hang together, a drawing each."""
    apart: Sequence[Network] = ()
    """Groups of designs that are not drawn: too large, or too many."""

    @property
    def markdown(self) -> str:
        """The headings, and a mark for what stands below each."""
        if not self.statuses:
            return 'There are no designs yet. `designdocs new TEMPLATE "Title"` writes the first.\n'
        lines = ["## By status", ""]
        for number, group in enumerate(self.statuses):
            lines += [f"### {escaped(group.title)}", "", f"<!-- designdocs:index status {number} -->", ""]
        lines += ["## By author", ""]
        for number, group in enumerate(self.authors):
            lines += [f"### {escaped(group.title)}", "", f"<!-- designdocs:index author {number} -->", ""]
        if self.networks or self.apart:
            lines += ["## How they hang together", "", _NETWORK, ""]
        return "\n".join(lines)


def index_of(catalog: Catalog, lifecycle: Lifecycle, whole: Network = NOBODY) -> Index:
    """Arrange a catalogue; within a group what changed last stands first. `whole`: what is to be drawn of it."""
    designs = sorted(catalog.designs, key=lambda d: d.title.casefold())
    designs.sort(key=lambda d: d.metadata.updated or d.metadata.created, reverse=True)
    statuses = [Group(s.key, s.label, [d for d in designs if d.status == s]) for s in lifecycle.statuses]
    keys = _keys(author for design in designs for author in design.metadata.authors)
    by_status = sorted(designs, key=lambda d: lifecycle.statuses.index(d.status))
    networks, apart = groups(whole)
    return Index([group for group in statuses if group.designs], _by_author(by_status, keys), keys, networks, apart)


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


def _by_author(designs: Iterable[Design], keys: Mapping[Person, str]) -> list[Group]:
    people: dict[str, Person] = {}
    written: dict[str, dict[str, Design]] = {}
    for design in designs:
        for author in design.metadata.authors or (Person(),):
            key = keys.get(author, "")
            if not (key in people and people[key].name):
                people[key] = author
            written.setdefault(key, {})[design.uri] = design
    names = Counter(who.label for who in people.values())

    def title(who: Person) -> str:
        apart = who.handle or who.email or who.url
        return f"{who.label} ({apart})" if apart and names[who.label] > 1 else who.label or "No author"

    groups = [Group(key, title(who), [*written[key].values()]) for key, who in people.items()]
    return sorted(groups, key=lambda group: (not group.key, group.title.casefold()))


def fill(
    html: str, index: Index, href: Callable[[Design], str], draw: Callable[[Network, str], str] = lambda _, __: ""
) -> str:
    """Put the designs under their headings. `href`: from the index to a design; `draw`: a network and its title to
    HTML, empty where it cannot be drawn."""
    anchors = _anchors(html, index)

    def group(match: re.Match[str]) -> str:
        groups = index.statuses if match["kind"] == "status" else index.authors
        designs = groups[int(match["number"])].designs
        return partial(f"{match['kind']}.html", entries=[_entry(d, href(d), index, anchors) for d in designs])

    return _GROUP.sub(group, html).replace(_NETWORK, _hanging_together(index, href, draw) if _NETWORK in html else "")


def _hanging_together(index: Index, href: Callable[[Design], str], draw: Callable[[Network, str], str]) -> str:
    several = len(index.networks) > 1
    figures, apart = [], [*index.apart]
    for number, one in enumerate(index.networks, 1):
        title = "How the designs hang together" + (f", part {number} of {len(index.networks)}" if several else "")
        if figure := draw(one, title):
            figures.append(figure)
        else:
            apart.append(one)
    central = [max(one.designs.values(), key=lambda design: len(one.at(design.uri))) for one in apart]
    return partial(
        "networks.html",
        figures=figures,
        apart=[
            {"count": len(one.designs), "title": design.title, "href": href(design)}
            for one, design in zip(apart[:_NAMED], central, strict=False)
        ],
        more=sum(len(one.designs) for one in apart[_NAMED:]),
    )


def _anchors(html: str, index: Index) -> Mapping[str, str]:
    """The id of every author's heading: the one before their mark, whatever the site makes ids from."""
    anchors: dict[str, str] = {}
    last = ""
    for match in _HEADING_OR_AUTHOR.finditer(html):
        if match["id"]:
            last = match["id"]
        else:
            anchors[index.authors[int(match["number"])].key] = last
    return anchors


def _entry(design: Design, href: str, index: Index, anchors: Mapping[str, str]) -> dict[str, object]:
    said = design.metadata
    required, written = design.verdict.required, design.verdict.written
    return {
        "href": href,
        "title": design.title,
        "id": said.id,
        "status": design.status,
        "group": group_class(design.status),
        "authors": [{"label": a.label, "anchor": anchors.get(index.keys[a], "")} for a in said.authors],
        "created": said.created,
        "updated": said.updated,
        "template": said.template,
        "tags": said.tags,
        "required": required,
        "written": written,
        "percent": 100 * written // required if required else 0,
    }


def group_class(status: Status) -> str:
    """The group of a status as part of a class."""
    return status.group.replace(" ", "-")


def as_json(catalog: Catalog) -> str:
    """`designs.json`; `docs/reference/json.md` describes it."""
    listed = [_listed(design, catalog.relations) for design in catalog.designs]
    return json.dumps({"version": 1, "designs": listed}, ensure_ascii=False, indent=1)


def _listed(design: Design, relations: Relations) -> dict[str, object]:
    said = design.metadata
    return {
        "path": design.path,
        "url": design.url,
        "title": design.title,
        "template": said.template or None,
        "status": said.status.key if said.status else None,
        "authors": [person(author) for author in said.authors],
        "created": said.created or None,
        "updated": said.updated or None,
        "tags": list(said.tags),
        "required": design.verdict.required,
        "written": design.verdict.written,
        **{relation: [one.name for one in relations.of(design, relation)] for relation in INVERSE},
    }

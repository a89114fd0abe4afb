"""The index: every design by status and by author, for people as a page and for programs as `designs.json`.

The page is Markdown for its headings, so that every status and author is in the table of contents and can be linked,
and HTML below them, rendered in one go: a Markdown table of two hundred rows costs more than all the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.fields import RELATIONS
from mkdocs_designdocs.lifecycle import Lifecycle, Status
from mkdocs_designdocs.partials import partial
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.report import person

MARKER = re.compile(r"^[ \t]*<!--[ \t]*designdocs:[ \t]*index[ \t]*-->[ \t]*$", re.MULTILINE)
"""Where a page of the team's own wants the index."""

_GROUP = re.compile(r"<!-- designdocs:index (?P<kind>status|author) (?P<number>\d+) -->")


@dataclass(frozen=True)
class Group:
    """The designs under one heading of the index."""

    title: str
    designs: Sequence[Design]


@dataclass(frozen=True)
class Index:
    """The designs of a catalogue as the page arranges them."""

    statuses: Sequence[Group]
    """In the order of the lifecycle; a status that no design has is left out."""
    authors: Sequence[Group]
    """By name; designs without an author last."""

    @property
    def markdown(self) -> str:
        """The headings, and a mark for what stands below each."""
        if not self.statuses:
            return 'There are no designs yet. `designdocs new TEMPLATE "Title"` writes the first.\n'
        lines = ["## By status", ""]
        for number, group in enumerate(self.statuses):
            lines += [f"### {group.title}", "", f"<!-- designdocs:index status {number} -->", ""]
        lines += ["## By author", ""]
        for number, group in enumerate(self.authors):
            lines += [f"### {_escaped(group.title)}", "", f"<!-- designdocs:index author {number} -->", ""]
        return "\n".join(lines)


def index_of(catalog: Catalog, lifecycle: Lifecycle) -> Index:
    """Arrange a catalogue; within a group what changed last stands first."""
    designs = sorted(catalog.designs, key=lambda d: d.title.casefold())
    designs.sort(key=lambda d: d.metadata.updated or d.metadata.created, reverse=True)
    statuses = [Group(s.label, [d for d in designs if d.status == s]) for s in lifecycle.statuses]
    people: dict[str, Person] = {}
    written: dict[str, list[Design]] = {}
    for design in designs:
        for author in design.metadata.authors or (Person(),):
            known = people.get(author.key, author)
            people[author.key] = known if known.name or not author.name else author
            written.setdefault(author.key, []).append(design)
    ordered = sorted(written, key=lambda key: (not key, people[key].label.casefold()))
    authors = [
        Group(people[key].label or "No author", sorted(written[key], key=lambda d: _rank(d, lifecycle)))
        for key in ordered
    ]
    return Index([group for group in statuses if group.designs], authors)


def _rank(design: Design, lifecycle: Lifecycle) -> int:
    return lifecycle.statuses.index(design.status)


def _escaped(title: str) -> str:
    """A name as a heading: its own Markdown and HTML is nobody's."""
    return re.sub(
        r"([\\`*_{}\[\]<>#|&])", lambda m: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(m[1], "\\" + m[1]), title
    )


def fill(html: str, index: Index, href: Callable[[Design], str], anchors: Mapping[str, str]) -> str:
    """Put the designs under their headings. `href`: from the index to a design; `anchors`: an author's heading."""

    def group(match: re.Match[str]) -> str:
        by_status = match["kind"] == "status"
        groups = index.statuses if by_status else index.authors
        designs = groups[int(match["number"])].designs
        return partial(f"{match['kind']}.html", entries=[_entry(d, href(d), anchors) for d in designs])

    return _GROUP.sub(group, html)


def _entry(design: Design, href: str, anchors: Mapping[str, str]) -> dict[str, object]:
    said = design.metadata
    return {
        "href": href,
        "title": design.title,
        "id": said.id,
        "status": design.status,
        "group": group_class(design.status),
        "authors": [{"label": a.label, "anchor": anchors.get(a.label, "by-author")} for a in said.authors],
        "created": said.created,
        "updated": said.updated,
        "template": said.template,
        "tags": said.tags,
        "required": design.verdict.required,
        "written": design.verdict.written,
    }


def group_class(status: Status) -> str:
    """The group of a status as part of a class."""
    return status.group.replace(" ", "-")


def related(design: Design, named: Mapping[str, Design]) -> Iterator[tuple[str, Sequence[tuple[str, Design | None]]]]:
    """The relations of a design: for each the label, and the names with the designs (`by_name`) that they mean."""
    for relation in RELATIONS:
        names: Sequence[str] = getattr(design.metadata, relation)
        if names:
            label = relation.replace("_", " ").capitalize()
            yield label, [(name, named.get(name.casefold().removeprefix("./"))) for name in names]


def as_json(catalog: Catalog) -> str:
    """`designs.json`; `docs/reference/json.md` describes it."""
    return json.dumps({"version": 1, "designs": [_listed(d) for d in catalog.designs]}, ensure_ascii=False, indent=1)


def _listed(design: Design) -> dict[str, object]:
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
        **{relation: list(getattr(said, relation)) for relation in RELATIONS},
    }

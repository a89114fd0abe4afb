"""The frame of a design's page: what it says of itself and what became of it above its text, the ways on below."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.banner import Banner, banner_of
from mkdocs_designdocs.cards import age, picture, pill
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.leaf import nowhere
from mkdocs_designdocs.lifecycle import Status
from mkdocs_designdocs.mentions import mentions, target
from mkdocs_designdocs.partials import PLAIN, Partials
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.references import link
from mkdocs_designdocs.relations import Relations, related
from mkdocs_designdocs.trail import ALONE, Trail


@dataclass(frozen=True)
class Ways:
    """The ways from a page."""

    design: Callable[[Design], str]
    """To a design."""
    page: Callable[[str], str] = nowhere
    """To a page or a file, from its path as an author writes it; empty where there is none."""
    site: Callable[[str], str] = str
    """To an address relative to the site."""
    person: Callable[[Person], str] = nowhere
    """To the designs of somebody; empty where the site has no such place."""
    tag: Callable[[str], str] = nowhere
    """Likewise to those with a tag."""
    index: str = ""
    """To the index; empty where there is none."""


@dataclass(frozen=True)
class Frame:
    """What stands around the text of a design on its page."""

    entry: Entry
    ways: Ways
    today: datetime.date
    repository: str = ""
    """The address of the site's repository, which has the numbers of issues."""
    partials: Partials = PLAIN

    @property
    def _design(self) -> Design:
        return self.entry.design

    @property
    def _labels(self) -> Labels:
        return self.partials.labels

    @property
    def _relations(self) -> Relations:
        return self.entry.relations

    @cached_property
    def _banner(self) -> Banner | None:
        return banner_of(self._design, self._relations)

    # Above ------------------------------------------------------------------------------------------------------

    def banner(self) -> str:
        """What a reader has to know first; empty where there is nothing of the kind."""
        if self._banner is None:
            return ""
        return self.partials.render(
            "banner.html",
            title=self._design.title,
            kind=self._banner.kind,
            status=_status(self._design.status, self._labels),
            successors=[self._other(one.name, one.design) for one in self._banner.successors],
            heirs=[self._other(one.title, one) for one in self._banner.heirs],
        )

    def header(self, shown: Iterable[str] = (), network: str = "") -> str:
        """What the design says of itself. `shown`: the fields that the page's own lines show; `network`: a drawing of
        the design and its neighbours."""
        entry, said = self.entry, self._design.metadata
        verdict, is_open = self._design.verdict, self._design.status.group == "open"
        return self.partials.render(
            "header.html",
            shown=frozenset(shown),
            title=self._design.title,
            status=_status(self._design.status, self._labels),
            since=entry.since if entry.is_since_exact else "",
            pending=entry.past.pending,
            age=age(entry, self.today, self._labels) if is_open else None,
            id=said.id,
            template=said.template,
            tags=[{"name": tag, "url": self.ways.tag(tag)} for tag in said.tags],
            authors=[self._person(who) for who in entry.authors],
            reviewers=[self._person(who) for who in said.reviewers],
            created=entry.created,
            updated=entry.updated,
            issue=mentions(said.issue, self.ways.page, self.repository),
            spec=mentions(said.spec, self.ways.page, self.repository),
            required=verdict.required if is_open else 0,
            written=verdict.written,
            relations=self._related(),
            index_url=self.ways.index,
            network=Markup(network),  # ours
        )

    def _related(self) -> Sequence[Mapping[str, object]]:
        """The relations; who takes its place is for the banner to say, where there is one."""
        successors = [one.name for one in self._banner.successors] if self._banner else []
        known: list[Mapping[str, object]] = []
        named: set[str] = set()
        for name, references in related(self._design, self._relations):
            those = [one for one in references if "superseded_by" not in name or one[0] not in successors]
            if name == "related":  # what is more than related is not also that
                those = [one for one in those if not (one[1] and one[1].uri in named)]
            named |= {one[1].uri for one in references if one[1]}
            # Whoever builds on what no longer holds should see it at a glance.
            stale = name == "depends_on"
            found = [
                {**self._other(*one), "stale": stale and one[1] is not None and one[1].status.group == "closed"}
                for one in those
            ]
            if found:
                known.append({"name": name, "label": self._labels(f"relation.{name}"), "designs": found})
        return known

    def _other(self, name: str, design: Design | None) -> Mapping[str, object]:
        """Another design, or what is named in the place of one."""
        if design:
            return {
                "title": design.title,
                "url": self.ways.design(design),
                "status": _status(design.status, self._labels),
            }
        text, address = link(name)
        return {"title": text, "url": address, "status": None}

    def _person(self, who: Person) -> Mapping[str, str]:
        return {
            "name": who.label,
            "handle": who.handle,
            "url": self.ways.person(who) or target(who.url, self.ways.page),
            "avatar": picture(self.entry.avatars.get(self.entry.roll.key(who), ""), self.ways.site),
        }

    # Below ------------------------------------------------------------------------------------------------------

    def backlinks(self, sources: Sequence[Source], designs: Mapping[str, Design]) -> str:
        """The pages that link here; empty where none does. `designs`: those of the site by their path."""
        if not sources:
            return ""
        pages = [
            self._other("", designs[one.uri])
            if one.uri in designs
            else {"title": one.title, "url": self.ways.site(one.url), "status": None}
            for one in sources
        ]
        return self.partials.render("backlinks.html", pages=pages)

    def trail(self, trail: Trail) -> str:
        """The designs before and after this one in its status; empty where it is alone."""
        if trail == ALONE:
            return ""
        return self.partials.render(
            "trail.html",
            status=_status(self._design.status, self._labels),
            previous=self._other("", trail.previous) if trail.previous else None,
            next=self._other("", trail.next) if trail.next else None,
        )


@lru_cache(256)
def _status(status: Status, labels: Labels) -> Mapping[str, str]:
    return {**pill(status, labels), "inline": labels.inline(status)}

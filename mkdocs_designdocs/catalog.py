"""The catalogue: every design of a collection with its verdict, from the files as they lie on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_designdocs import shelf
from mkdocs_designdocs.adoption import check_patterns
from mkdocs_designdocs.bare import may_hold_bare
from mkdocs_designdocs.cache import Cache, code_version, key_of
from mkdocs_designdocs.chronology import dated
from mkdocs_designdocs.design import Design, Document, Verdict, design, dump, respected, restore
from mkdocs_designdocs.diagnostics import Diagnostic, Key, Level, finding, in_order
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.history import NO_HISTORY, History
from mkdocs_designdocs.identity import check_ids
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.listing import WHOLE
from mkdocs_designdocs.people import Directory, Person, avatars, directory, each_once, named
from mkdocs_designdocs.placement import check_markers, may_hold
from mkdocs_designdocs.relations import Relations, check_relations, relate
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.source import below
from mkdocs_designdocs.stages import check_coming
from mkdocs_designdocs.succession import Succession

if TYPE_CHECKING:
    from mkdocs_designdocs.templates import Library


@dataclass(frozen=True)
class Catalog:
    """All designs of a collection, and what is wrong with anything in it."""

    designs: Sequence[Design]
    diagnostics: Sequence[Diagnostic]
    """Of templates, of the configuration and of pages that are no designs."""
    taken: Mapping[Key, int] = field(default_factory=dict)
    """How many findings of each kind the baseline has taken out of it."""
    relations: Relations = field(default_factory=Relations)
    """How the designs hang together: as they say it, and as follows from what others say."""
    avatars: Mapping[str, str] = field(default_factory=dict)
    """Addresses of people's pictures, by their key."""
    directory: Directory = field(default_factory=dict)
    """The people whom the site knows."""
    history: History = NO_HISTORY
    """What git knows of the designs."""

    def takes(self, found: Diagnostic) -> bool:
        """Whether the baseline has taken a finding, or takes it where a page that has changed shows it."""
        return found.level > Level.NOTE and found.key in self.taken

    def everything(self) -> list[Diagnostic]:
        """All findings, by path and line."""
        return in_order(chain(self.diagnostics, *(one.diagnostics for one in self.designs)))


class Archive:
    """Verdicts, each found out once for a state of the document, the templates, the settings and the code.

    They are kept in memory for `mkdocs serve` and on disk for the next build; where all are known, neither the
    Markdown parser nor the templates nor the drawing engine is even loaded.
    """

    def __init__(self, settings: Settings, studio: Studio | None, *, marks: bool = False) -> None:
        self.settings = settings
        self.studio = studio
        self.marks = marks
        """Whether the expanded pages hold a comment where each finding is to be shown."""
        self._cache = Cache(settings.cache_dir, ".json")
        self._known: dict[str, Verdict | tuple[Diagnostic, ...]] = {}
        self._before: dict[str, Verdict | tuple[Diagnostic, ...]] = {}
        engine = studio.version if studio else ""
        shown = settings.shown(settings.templates_dir) if settings.templates_dir else ""
        self._base = key_of([code_version(), repr(_shaping(settings)), shown, self.fingerprint, engine, str(marks)])

    @property
    def state(self) -> str:
        """What tells one state of everything but the documents from another, wherever the site lies."""
        pieces = [
            data
            for folder in self.settings.overrides
            for path in sorted(folder.rglob("*.html"))
            for data in (path.relative_to(folder).as_posix(), path.read_bytes())
        ]
        return key_of([self._base, repr(_anywhere(self.settings)), *pieces])

    @cached_property
    def fingerprint(self) -> str:
        """What tells one state of the templates from another."""
        return shelf.fingerprint(self.settings)

    @cached_property
    def library(self) -> Library:
        """The templates, read when the first of them is needed."""
        from mkdocs_designdocs.templates import load  # brings the Markdown parser and jsonschema

        return load(shelf.folders(self.settings), self.settings.shown, self.settings.templates)

    def turn(self) -> None:
        """Begin another catalogue: of what is in memory only what the last one needed is kept."""
        self._before, self._known = self._known, {}

    def problems(self) -> Iterator[Diagnostic]:
        """What is wrong with the templates."""
        key = key_of([self._base, "templates"])
        found = self._recall(key)
        if isinstance(found, Verdict) or found is None:
            found = self._known[key] = tuple(levelled(self.library.problems, None, self.settings, ""))
            self._cache.put(key, dump(found))
        yield from found

    def verdict(self, document: Document) -> Verdict | tuple[Diagnostic, ...]:
        """All about a document; of a page that is no design only what is wrong with it."""
        if not self._concerns(document):
            return ()
        key = self._key(document)
        found = self._recall(key)
        if found is None:
            doubts = self.studio.passing if self.studio else 0
            found = self._known[key] = self.analyse(document)
            if self.studio is None or self.studio.passing == doubts:
                self._cache.put(key, dump(found))
        return found

    def unknown(self, documents: Iterable[Document]) -> list[Document]:
        """Those of some documents that have to be judged anew."""
        return [d for d in documents if self._concerns(d) and self._recall(self._key(d)) is None]

    def analyse(self, document: Document, body: str | None = None) -> Verdict | tuple[Diagnostic, ...]:
        """Find it out anew; `body` is what other plugins have made of the document's."""
        from mkdocs_designdocs.analysis import analyse  # brings the Markdown parser and jsonschema

        return analyse(document, self.settings, self.library, self.studio, marks=self.marks, body=body)

    def _concerns(self, document: Document) -> bool:
        """Whether there can be anything to say: most pages of a site are no designs and hold no diagram."""
        data = document.data
        named = b"design" in data or b"mermaid" in data.lower() or may_hold_bare(data)
        return bool(self.settings.docs) or named or not _is_utf8(data)

    def _key(self, document: Document) -> str:
        beside = document.sidecar
        sidecar = (beside.path, beside.data) if beside else ()
        return key_of([self._base, document.path, document.uri, document.data, *sidecar])

    def _recall(self, key: str) -> Verdict | tuple[Diagnostic, ...] | None:
        known = self._known.get(key, self._before.get(key))
        if known is not None:
            self._known[key] = known
        elif (data := self._cache.get(key)) is not None:
            try:
                known = self._known[key] = restore(data, self.settings.lifecycle)
            except (LookupError, TypeError, ValueError, AttributeError):
                return None  # not what this code writes: found out and kept anew
        return known


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _anywhere(settings: Settings) -> Settings:
    """The settings without what says where files are, and what to do with findings: no page says it."""
    return replace(
        settings,
        root=Path(),
        docs_dir=Path(),
        templates_dir=None,
        templates={},
        cache_dir=None,
        authors_file=None,
        baseline=None,
        overrides=(),
        strict=False,
    )


def _shaping(settings: Settings) -> Settings:
    """The settings without what shapes no verdict, so that a cache can move with its checkout."""
    return replace(
        _anywhere(settings),
        index="",
        unpublished=(),
        history=True,
        labels=ENGLISH,
        listing=WHOLE,
        shelves=None,
        translation=None,
        repository="",
        site_url="",
        themed=(),
        enabled=True,
    )


def catalogue(documents: Iterable[Document], archive: Archive, history: History = NO_HISTORY) -> Catalog:
    """Judge every document. Of a site in several languages each edition is a collection of its own."""
    archive.turn()
    documents, translation = list(documents), archive.settings.translation
    editions = translation.editions(documents) if translation else [documents]
    return _together([_catalogue(edition, archive, history) for edition in editions])


def _together(editions: Sequence[Catalog]) -> Catalog:
    """One catalogue of several, of which the first says what it knows of a design that others have too."""
    first, *others = editions
    if not others:
        return first
    designs = {one.uri: one for edition in reversed(editions) for one in edition.designs}
    said = {uri: those for edition in reversed(editions) for uri, those in edition.relations.said.items()}
    derived = {uri: those for edition in reversed(editions) for uri, those in edition.relations.derived.items()}
    found = in_order(diagnostic for edition in editions for diagnostic in edition.diagnostics)
    relations = replace(first.relations, said=said, derived=derived)
    return replace(first, designs=sorted(designs.values(), key=_uri), diagnostics=found, relations=relations)


def _uri(design: Design) -> str:
    return design.uri


def _catalogue(documents: Sequence[Document], archive: Archive, history: History) -> Catalog:
    settings = archive.settings
    people, problems = _people(settings)
    names = directory(people)
    designs: list[Design] = []
    problems = [*problems, *check_patterns([document.uri for document in documents], settings), *_overrides(settings)]
    others: list[Diagnostic] = [*archive.problems(), *levelled(problems, None, settings, "")]
    for document in documents:
        found = archive.verdict(document)
        if isinstance(found, Verdict):
            designs.append(design(document, _signed(found, names), settings.lifecycle))
        else:
            others += found
    designs = dated(designs)
    twins: dict[str, list[Diagnostic]] = {}
    # What stands in a file beside a design is the design's.
    owners = {origin.path: one.path for one in designs for origin in one.verdict.origins.values()}
    relations = relate(designs, documents, settings.lifecycle)
    ids, names_known = check_ids(designs, settings.lifecycle), check_relations(designs, relations)
    for twin in chain(ids, names_known, Succession(designs, relations).check(), check_coming(designs)):
        twins.setdefault(owners.get(twin.path, twin.path), []).append(twin)
    judged = (with_findings(d, levelled(twins.get(d.path, ()), d.metadata.status, settings, d.uri)) for d in designs)
    catalog = Catalog(
        list(judged),
        in_order(others),
        relations=relations,
        avatars=avatars(people),
        directory=names,
        history=history,
    )
    return _with_markers(catalog, documents, settings)


def _overrides(settings: Settings) -> Iterable[Diagnostic]:
    """What is wrong with the pieces that a theme has in the place of ours."""
    if not settings.overrides:
        return ()
    from mkdocs_designdocs.overrides import check_overrides  # brings Jinja2
    from mkdocs_designdocs.partials import Partials

    return list(check_overrides(Partials(settings.labels, settings.overrides), settings))


def _with_markers(catalog: Catalog, documents: Iterable[Document], settings: Settings) -> Catalog:
    """A catalogue with what is wrong with the markers of indexes, which may stand on any page."""
    marked = [document for document in documents if may_hold(document.data)]
    if not marked:
        return catalog
    entries = entries_of(catalog, settings.lifecycle)
    designs = {design.path: design for design in catalog.designs}
    others: list[Diagnostic] = [*catalog.diagnostics]
    for document in marked:
        one = designs.get(document.path)
        text = below(document.path, document.data, adopted=one is not None and one.verdict.adopted)
        found = check_markers(text, document.path, settings.lifecycle, entries, settings.fillers)
        judged = levelled(found, one.metadata.status if one else None, settings, document.uri)
        if one:
            designs[one.path] = with_findings(one, judged)
        else:
            others += judged
    return replace(catalog, designs=list(designs.values()), diagnostics=in_order(others))


def with_findings(one: Design, found: Iterable[Diagnostic]) -> Design:
    """A design with more findings."""
    more = respected(found, one.verdict.ignored)
    if not more:
        return one
    return replace(one, verdict=replace(one.verdict, diagnostics=in_order([*one.diagnostics, *more])))


def _people(settings: Settings) -> tuple[Mapping[str, Any], Sequence[Diagnostic]]:
    """The site's list of authors."""
    path = settings.authors_file
    if path is None or not path.is_file():
        return {}, ()
    front, wrong = parse(path.read_bytes().decode("utf-8-sig", "replace"), 1, "the file")
    shown = settings.shown(path)
    return front.values, [
        finding("front-matter-invalid", shown, p.line, p.column, p.message, help=p.help) for p in wrong
    ]


def _signed(verdict: Verdict, names: Directory) -> Verdict:
    """A verdict whose people have the names that the site knows."""

    def signed(those: Sequence[Person]) -> tuple[Person, ...]:
        return each_once(named(person, names) for person in those)

    said = verdict.metadata
    if not names or not (said.authors or said.reviewers):
        return verdict
    known = replace(said, authors=signed(said.authors), reviewers=signed(said.reviewers))
    return replace(verdict, metadata=known)

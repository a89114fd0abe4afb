"""A site while it is built: its designs, and what each of its pages shows beside what its author wrote."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from mkdocs_designdocs import exports, freshness, index, overrides, pictures, unsearched
from mkdocs_designdocs.address import Address
from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.bare import fenced
from mkdocs_designdocs.baseline import View, applied
from mkdocs_designdocs.cache import key_of
from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.dates import today
from mkdocs_designdocs.design import Design, Document, Verdict, digest
from mkdocs_designdocs.diagnostics import Diagnostic, in_order
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.dressing import FIGURE, STYLE, dress
from mkdocs_designdocs.entries import Entry, entries_of
from mkdocs_designdocs.fences import normalise
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.freshness import Made
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.history import NO_HISTORY, History
from mkdocs_designdocs.indexes import Indexes
from mkdocs_designdocs.leaf import Leaf
from mkdocs_designdocs.network import around, network, source
from mkdocs_designdocs.page import decorate, neighbours
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.pictures import Artist
from mkdocs_designdocs.placement import check_filled
from mkdocs_designdocs.plots import Scene
from mkdocs_designdocs.publication import unlinked, without
from mkdocs_designdocs.records import JSON
from mkdocs_designdocs.sheet import Figures, Sheet, figures_of, strangers
from mkdocs_designdocs.source import below
from mkdocs_designdocs.surroundings import Surroundings


class Site:
    """The designs of a site, judged, and its pages as they come by, each once and one after the other."""

    def __init__(
        self,
        archive: Archive,
        studio: Studio,
        documents: Mapping[str, Document],
        history: History = NO_HISTORY,
        *,
        links: Mapping[str, Source] | None = None,
        shows_todo: bool,
        preview: bool = False,
    ) -> None:
        """Judge all `documents`, which are known by the path of their source from the folder of the documents.

        `links`: what is known of the pages that this build does not make. `preview`: whether it is for authors, who
        see what is not published.
        """
        self.settings, self._archive, self._studio = archive.settings, archive, studio
        self._shows_todo = shows_todo
        view = View(self.settings.root, judged={document.path for document in documents.values()}, links=False)
        self.judged = applied(catalogue(documents.values(), archive, history), self.settings, view)
        """Everything, for who is told what is wrong; what pages show is of `catalog`."""
        kept_back = {one.uri for one in self.judged.designs if one.status.key in self.settings.unpublished}
        self.hidden = frozenset() if preview else frozenset(kept_back)
        """The designs that are not published, by the path of their source."""
        self._marked = frozenset(kept_back) if preview else frozenset()
        self.catalog = without(self.judged, self.hidden)
        self.documents = {uri: document for uri, document in documents.items() if uri not in self.hidden}
        self.designs = {design.uri: design for design in self.catalog.designs}
        self._draws = studio.can_draw and self.settings.diagram_pages != "none"
        self.network = network(self.catalog.designs, self.catalog.relations)
        self.entries = entries_of(self.catalog, self.settings.lifecycle)
        self.partials = Partials(self.settings.labels, self.settings.overrides)
        self.indexes = Indexes(self.entries, self.network, self.settings)
        self._links = {**(links or {})}
        shelf_url = self.indexes.shelf_url
        self._surroundings = Surroundings(self.entries, self.settings, self.partials, self._links, shelf_url)
        self.address: Address | None = None
        """Where the site is and what is for programs, where anything is."""
        self._extra: list[Diagnostic] = []
        self._sheets: dict[str, Sheet] = {}
        self._current: Sheet | None = None
        self._figures: Figures = {}
        self._expanded: dict[str, Verdict] = {}
        self._unsearched: dict[str, Sequence[str]] = {}
        self._writing = False

    @property
    def index_page(self) -> tuple[str, str] | None:
        """The source and the address of the page that holds the index, once it is known."""
        return self._surroundings.index_page

    @index_page.setter
    def index_page(self, page: tuple[str, str]) -> None:
        self._surroundings.index_page = page

    @cached_property
    def _tokens(self) -> Mapping[str, str]:
        """See `freshness`."""
        taken = sorted(map(repr, self.catalog.taken)) if self._shows_todo else ()
        around = [sorted(self.catalog.avatars.items()), self.index_page, taken]
        state, own = key_of([self._archive.state, repr(around)]), self._surroundings.addresses
        return freshness.tokens(self.entries, self._surroundings.trails, state, own)

    def outdated(self, before: Made, changed: Collection[str]) -> Iterator[str]:
        """The pages that say of others what is no longer so; `changed`: those that are made anew anyway."""
        yield from freshness.outdated(self._tokens, before.tokens)
        yield from freshness.linked(before, self.designs.values(), self.documents, changed)
        yield from freshness.unlinked(before, self._withheld)

    @property
    def made(self) -> Made:
        """What is known of the pages, now that all have been made."""
        links = {uri: one for uri, one in self._links.items() if uri in self.documents}
        return Made(self._tokens, links, self._withheld, self.indexes.files)

    def draws_on(self, uri: str) -> bool:
        """Whether the diagrams of a page are ours to draw."""
        pages = self.settings.diagram_pages
        return pages == "all" or (pages == "designs" and uri in self.designs)

    @property
    def takes_fences(self) -> bool:
        """Whether a fence that is met now is ours: on a page whose diagrams we draw, or, when all pages have been made,
        in what another plugin makes of parts of them, as a blog does."""
        return self._current is not None or (self._writing and self.settings.diagram_pages == "all")

    def place(self, source: str, options: Mapping[str, str]) -> str:
        """A diagram of the page that is being rendered, as the mark that stands for it; of no page, as it is."""
        if self._current:
            return self._current.place(source, options)
        source = normalise(source)
        return to_html(self._studio.draw(source, options), source)

    def readable(self, uri: str) -> str | None:
        """What MkDocs can read, where the file as it is would crash it or show YAML on the page."""
        if design := self.designs.get(uri):
            return design.verdict.readable
        return _if_undecodable(self.documents[uri].data) if uri in self.documents else None

    def markdown(self, uri: str, url: str, markdown: str) -> str:
        """The Markdown of a page: a design expanded, at the marker of an index its headings."""
        if self.draws_on(uri):
            self._current = self._sheets[uri] = Sheet(self._studio, url)
        if self.indexes.is_shelf(uri):
            return self.indexes.shelf(uri, self.index_page[0] if self.index_page else "")
        verdict = self._verdict(uri, markdown)
        if verdict and verdict.expanded:
            self._expanded[uri] = verdict
            markdown = verdict.expanded.markdown
        elif self.draws_on(uri):
            markdown = fenced(markdown)
        self._extra += self._marked_wrongly(uri, markdown)
        return self.indexes.placed(uri, markdown)

    def _verdict(self, uri: str, markdown: str) -> Verdict | None:
        """The verdict whose expansion the page shows: what is judged lies on disk, whatever plugins made of it."""
        design = self.designs.get(uri)
        if design is None:
            return None
        document = self.documents[uri]
        changed = digest(markdown) != design.verdict.body_digest
        found = self._archive.analyse(document, markdown) if changed else self._archive.verdict(document)
        return found if isinstance(found, Verdict) else None

    def content(self, leaf: Leaf, html: str) -> str:
        """The HTML of a page with header, findings, drawings and index, and the assets where one of ours is."""
        sheet, self._current = self._sheets.get(leaf.uri), None
        link, written = leaf.link, ""
        if self.hidden:
            written = html
            html = unlinked(html, lambda path: self._is_hidden(path, leaf))

            def link(url: str) -> str:
                return "" if self._is_hidden(there := leaf.link(url), leaf) else there

        if sheet:
            html = sheet.compose(html, link)
            self._extra += self._strange(sheet, leaf.uri)
        self._surroundings.note(leaf, written + html)
        design = self.designs.get(leaf.uri)
        if design:
            expanded = self._expanded.get(leaf.uri)
            found = expanded.diagnostics if expanded else ()
            marked = [None if self.catalog.takes(d) else d for d in found] if self._shows_todo else None
            shown = (expanded or design.verdict).shown_fields
            header = self._notice(design) + self._surroundings.above(leaf, shown, self._neighbours(design, leaf))
            html = decorate(html, design, header, marked, self.partials)
        if self.indexes.stand_on(leaf.uri):
            html, people = self.indexes.filled(leaf.uri, html, self._page(leaf))
            self._surroundings.people(leaf.uri, people)
            html += self._for_programs(leaf)
        elif not design and not (sheet and sheet.drawn):
            return html
        # In the content and not in the head: so they come along with instant navigation and on no other page.
        return f"{dress(leaf.to, html, self.settings.labels)}\n{html}"

    def _for_programs(self, leaf: Leaf) -> str:
        """Below the index: where programs find the same."""
        if not (self.address and self.index_page and self.index_page[0] == leaf.uri):
            return ""
        links = [
            {"text": text, "href": leaf.to(path)} for text, path in exports.links(self.address, self.settings.labels)
        ]
        return self.partials.render("programs.html", links=links)

    def _page(self, leaf: Leaf) -> index.Page:
        """The page that an index stands on."""

        def href(other: Design) -> str:
            return leaf.to(other.url)

        def picture(part: str, those: Sequence[Entry]) -> str:
            return pictures.picture(part, those, self.network, self._artist(leaf))

        beside = self.address.file(JSON) if self.address else ""

        return index.Page(
            href,
            picture,
            self.partials,
            leaf.to,
            today(),
            beside,
            author_url=lambda key: self._surroundings.person(key, leaf),
            status_url=lambda key: leaf.to(url) if (url := self.indexes.shelf_url("status", key)) else "",
            tag_url=lambda tag: self._surroundings.tag(tag, leaf),
        )

    def anchors(self, uri: str) -> set[str]:
        """The ids of a page that no heading has: those of its figures."""
        return {caption.anchor for caption in self._sheets[uri].captions} if uri in self._sheets else set()

    def number(self) -> None:
        """Take note of the numbers of all figures: every page has been made, and none has been written."""
        self._figures = figures_of(self._sheets.values())
        self._surroundings.gather(self.documents)
        self._writing = True

    def hide(self, uri: str, url: str, content: str) -> str:
        """A page with its references, and for every drawing its words: for the search, which finds of a shelf its title
        and each design where it is."""
        sheet = self._sheets.get(uri) or Sheet(self._studio, url)
        content = sheet.refer(self._surroundings.found(content), self._figures)
        if self.indexes.is_shelf(uri):
            content = unsearched.wrapped(unsearched.bare(content))
        content, self._unsearched[uri] = unsearched.cut(content)
        return sheet.hide(content)

    def show(self, uri: str, content: str) -> str:
        """Put back what `hide` has taken away, and add what is for nobody to search: the ways to other pages."""
        content = self._sheets[uri].show(content) if uri in self._sheets else content
        content = unsearched.mended(content, self._unsearched.pop(uri, ()))
        below = self._surroundings.below(uri)
        return content if below in content else content + below

    def dressed(self, output: str, uri: str, to: Callable[[str], str]) -> str:
        """A page as it is written, without indexes that are parts of other pages', with the assets that drawings need
        which its content does not hold, and the index with the address of the feed, which readers of feeds look for in
        the head. `uri` and `to`: see `Leaf`."""
        output = unsearched.bare(index.without(output))
        if self.address and self.index_page and self.index_page[0] == uri:
            output = output.replace("</head>", f"{exports.announced(self.address, self.settings.labels, to)}</head>", 1)
        if FIGURE not in output or STYLE in output:
            return output
        return output.replace("</head>", f"{dress(to, output, self.settings.labels)}\n</head>", 1)

    def found(self, more: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
        """Everything that is wrong, now that all pages have come by."""
        overridden = levelled(overrides.explained(self.partials.failed(), self.settings), None, self.settings, "")
        return in_order([*self.judged.everything(), *self._extra, *overridden, *more])

    def _strange(self, sheet: Sheet, uri: str) -> Iterator[Diagnostic]:
        """What is wrong with the diagrams that a page includes."""
        design = self.designs.get(uri)
        status = design.metadata.status if design else None
        document, settings = self.documents.get(uri), self.settings
        found = strangers(sheet, document, uri, clientless=settings.clientless, fillers=settings.fillers)
        return levelled(found, status, self.settings, uri)

    def _marked_wrongly(self, uri: str, markdown: str) -> Iterator[Diagnostic]:
        """What is wrong with the markers that other plugins have made or filled in."""
        document, settings = self.documents.get(uri), self.settings
        if document and settings.fillers and "designdocs:" in markdown:
            design = self.designs.get(uri)
            text = below(document.path, document.data, adopted=bool(design and design.verdict.adopted))
            found = check_filled(markdown, text, document.path, settings.lifecycle, self.entries, settings.fillers)
            yield from levelled(found, design.metadata.status if design else None, settings, uri)

    @cached_property
    def _withheld(self) -> Sequence[str]:
        """The addresses of the designs that are not published."""
        return [one.url for one in self.judged.designs if one.uri in self.hidden]

    @cached_property
    def _nowhere(self) -> frozenset[str]:
        """Where these would be."""
        return frozenset(map(posixpath.normpath, self._withheld))

    def _is_hidden(self, link: str, leaf: Leaf) -> bool:
        """Whether a link on a page leads to a design that is not published."""
        path = link.partition("#")[0]
        return bool(path) and posixpath.normpath(posixpath.join(posixpath.dirname(leaf.url), path)) in self._nowhere

    def _notice(self, design: Design) -> str:
        """That a design is not published, for its author, who sees it."""
        if design.uri not in self._marked:
            return ""
        return self.partials.render("unpublished.html", status=self.settings.labels.status(design.status))

    def _neighbours(self, design: Design, leaf: Leaf) -> str:
        """A design and what it is to others, as a drawing."""
        part, artist, labels = around(design, self.network), self._artist(leaf), self.settings.labels
        if not part.edges:
            return ""
        title = labels("relations.around", title=design.title)
        drawn = artist.draw(source(part, title, artist.scene.link, design.uri, labels))
        return neighbours(part, drawn, self.partials)

    def _artist(self, leaf: Leaf) -> Artist:
        """What draws on a page."""
        here, settings = posixpath.dirname(leaf.uri), self.settings

        def draw(source: str) -> str:
            if not self._draws:
                return ""
            return self._sheets.setdefault(leaf.uri, Sheet(self._studio, leaf.url)).aside(source, leaf.link)

        scene = Scene(
            lambda other: leaf.to(other.url),
            lambda other: posixpath.relpath(other.uri, here),
            today(),
            settings.labels,
            settings.lifecycle,
        )
        return Artist(scene, draw, self.partials)


def _if_undecodable(data: bytes) -> str | None:
    """The text of bytes that are not UTF-8, at which MkDocs would stop."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", "replace")
    return None

"""A site while it is built: its designs, and what each of its pages shows beside what its author wrote."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_designdocs import index, pictures
from mkdocs_designdocs.bare import fenced
from mkdocs_designdocs.baseline import View, applied
from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.design import Design, Document, Verdict, digest
from mkdocs_designdocs.diagnostics import Diagnostic, in_order
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.entries import Entry, entries_of
from mkdocs_designdocs.fences import normalise
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.history import NO_HISTORY, History
from mkdocs_designdocs.index import Index
from mkdocs_designdocs.listing import WHOLE
from mkdocs_designdocs.network import NOBODY, Network, around, network, source
from mkdocs_designdocs.page import decorate, header, neighbours
from mkdocs_designdocs.partials import Partials
from mkdocs_designdocs.pictures import Artist, has_picture
from mkdocs_designdocs.placement import MARKER
from mkdocs_designdocs.relations import related
from mkdocs_designdocs.sheet import Figures, Sheet, figures_of, strangers

STYLE = "assets/designdocs/designdocs.css"
SCRIPT = "assets/designdocs/viewer.js"
"""Where on the site they are."""

_ASSETS = Path(__file__).parent / "assets"
_FIGURE = '<figure class="designdocs-diagram'


@dataclass(frozen=True)
class Leaf:
    """A page, and the ways from it."""

    uri: str
    """Of its source, from the folder of the documents."""
    url: str
    """Its own, relative to the site."""
    to: Callable[[str], str]
    """From an address relative to the site to the one that stands on this page."""
    link: Callable[[str], str]
    """Likewise from what an author writes, who names source files too; warns of what leads nowhere."""


class Site:
    """The designs of a site, judged, and its pages as they come by, each once and one after the other."""

    def __init__(
        self,
        archive: Archive,
        studio: Studio,
        documents: Mapping[str, Document],
        history: History = NO_HISTORY,
        *,
        shows_todo: bool,
    ) -> None:
        """Judge all `documents`, which are known by the path of their source from the folder of the documents."""
        self.settings, self._archive, self._studio = archive.settings, archive, studio
        self.documents, self._shows_todo = documents, shows_todo
        view = View(self.settings.root, judged={document.path for document in documents.values()}, links=False)
        self.catalog = applied(catalogue(documents.values(), archive), self.settings, view)
        self.designs = {design.uri: design for design in self.catalog.designs}
        can_draw = studio.can_draw and self.settings.diagram_pages != "none"
        self.network = network(self.catalog.designs, self.catalog.relations) if can_draw else NOBODY
        self.entries = entries_of(self.catalog, self.settings.lifecycle, history)
        self.partials = Partials(self.settings.labels, self.settings.overrides)
        self._indexes: dict[str, list[Index]] = {}
        self.index_page: tuple[str, str] | None = None
        """The source and the address of the page that holds the index, once it is known."""
        self._extra: list[Diagnostic] = []
        self._sheets: dict[str, Sheet] = {}
        self._current: Sheet | None = None
        self._figures: Figures = {}
        self._expanded: dict[str, Verdict] = {}
        self._writing = False

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
        """The Markdown of a page: a design expanded, at the marker of the index its headings."""
        if self.draws_on(uri):
            self._current = self._sheets[uri] = Sheet(self._studio, url)
        if (uri, url) == self.index_page:
            return MARKER.sub(lambda _: self._placed(uri), markdown, count=1)
        verdict = self._verdict(uri, markdown)
        if verdict is None or verdict.expanded is None:
            return fenced(markdown) if self.draws_on(uri) else markdown
        self._expanded[uri] = verdict
        return verdict.expanded.markdown

    def _placed(self, uri: str) -> str:
        """The Markdown of an index that is to stand on a page."""
        known = self._indexes.setdefault(uri, [])
        made = index.index_of(self.entries, WHOLE, self.settings.lifecycle, self.settings.labels)
        known.append(made)
        return index.markdown(made, len(known) - 1, lambda part, those: has_picture(part, those, self.network))

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
        if sheet:
            html = sheet.compose(html, leaf.link)
            self._extra += self._strange(sheet, leaf.uri)
        design = self.designs.get(leaf.uri)
        if design:
            expanded = self._expanded.get(leaf.uri)
            found = expanded.diagnostics if expanded else ()
            marked = [None if self.catalog.takes(d) else d for d in found] if self._shows_todo else None
            html = decorate(html, design, self._header(design, expanded, leaf), marked, self.partials)
        if leaf.uri in self._indexes:
            html = index.fill(html, self._indexes[leaf.uri], self._page(leaf))
        elif not design and not (sheet and sheet.drawn):
            return html
        # In the content and not in the head: so they come along with instant navigation and on no other page.
        return f"{_dress(leaf.to, script=_FIGURE in html)}\n{html}"

    def _page(self, leaf: Leaf) -> index.Page:
        """The page that an index stands on."""

        def href(other: Design) -> str:
            return leaf.to(other.url)

        def picture(part: str, those: Sequence[Entry]) -> str:
            return pictures.picture(part, those, self.network, Artist(href, self._artist(leaf), self.partials))

        return index.Page(href, picture, self.partials)

    def anchors(self, uri: str) -> set[str]:
        """The ids of a page that no heading has: those of its figures."""
        return {caption.anchor for caption in self._sheets[uri].captions} if uri in self._sheets else set()

    def number(self) -> None:
        """Take note of the numbers of all figures: every page has been made, and none has been written."""
        self._figures = figures_of(self._sheets.values())
        self._writing = True

    def hide(self, uri: str, url: str, content: str) -> str:
        """A page with its references, and for every drawing its words: for the search."""
        if not self._sheets:
            return content
        sheet = self._sheets.get(uri) or Sheet(self._studio, url)
        return sheet.hide(sheet.refer(content, self._figures))

    def show(self, uri: str, content: str) -> str:
        """Put back what `hide` has taken away."""
        return self._sheets[uri].show(content) if uri in self._sheets else content

    def dressed(self, output: str, to: Callable[[str], str]) -> str:
        """A page as it is written, with the assets that drawings need which its content does not hold. `to`: see
        `Leaf`."""
        if _FIGURE not in output or STYLE in output:
            return output
        return output.replace("</head>", f"{_dress(to, script=True)}\n</head>", 1)

    def found(self, more: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
        """Everything that is wrong, now that all pages have come by."""
        return in_order([*self.catalog.everything(), *self._extra, *more])

    def _strange(self, sheet: Sheet, uri: str) -> Iterator[Diagnostic]:
        """What is wrong with the diagrams that a page includes."""
        design = self.designs.get(uri)
        status = design.metadata.status if design else None
        document, settings = self.documents.get(uri), self.settings
        found = strangers(sheet, document, uri, clientless=settings.clientless, fillers=settings.fillers)
        return levelled(found, status, self.settings, uri)

    def _header(self, design: Design, expanded: Verdict | None, leaf: Leaf) -> str:
        shown = expanded.expanded.shown_fields if expanded and expanded.expanded else frozenset()
        relations = related(design, self.catalog.relations)
        index_url = leaf.to(self.index_page[1]) if self.index_page else ""
        drawn = self._neighbours(design, leaf)
        return header(design, shown, relations, lambda other: leaf.to(other.url), index_url, drawn, self.partials)

    def _neighbours(self, design: Design, leaf: Leaf) -> str:
        """A design and what it is to others, as a drawing."""
        part = around(design, self.network)
        title = f"How {design.title} hangs together with other designs"
        return neighbours(part, self._artist(leaf, design.uri)(part, title), self.partials) if part.edges else ""

    def _artist(self, leaf: Leaf, focus: str = "") -> Callable[[Network, str], str]:
        """What draws a network on a page."""
        here = posixpath.dirname(leaf.uri)

        def draw(part: Network, title: str) -> str:
            sheet = self._sheets.setdefault(leaf.uri, Sheet(self._studio, leaf.url))
            return sheet.aside(source(part, title, lambda other: posixpath.relpath(other.uri, here), focus), leaf.link)

        return draw


def _if_undecodable(data: bytes) -> str | None:
    """The text of bytes that are not UTF-8, at which MkDocs would stop."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", "replace")
    return None


def _dress(to: Callable[[str], str], *, script: bool) -> str:
    style = f'<link rel="stylesheet" href="{to(STYLE)}">'
    return f'{style}\n<script src="{to(SCRIPT)}" defer></script>' if script else style


def assets() -> Iterator[tuple[str, str]]:
    """What the pages need beside themselves: where it is, and what it holds."""
    yield STYLE, "".join(path.read_text("utf-8") for path in sorted(_ASSETS.glob("*.css")))
    yield SCRIPT, (_ASSETS / "viewer.js").read_text("utf-8")

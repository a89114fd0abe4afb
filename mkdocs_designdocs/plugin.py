"""The door for MkDocs: hooks that call the core. What they decide is only when."""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from mkdocs_designdocs import index, report
from mkdocs_designdocs.baseline import View, applied
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.config import DesignDocsConfig, documents_of, settings_of
from mkdocs_designdocs.design import Design, Verdict, digest
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding, in_order
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.gate import fails, levelled
from mkdocs_designdocs.lifecycle import Gate, Lifecycle
from mkdocs_designdocs.page import decorate, header
from mkdocs_designdocs.relations import related
from mkdocs_designdocs.sheet import Sheet, strangers
from mkdocs_designdocs.shelf import fingerprint
from mkdocs_designdocs.superfences import take_over

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # brings a web server, which no build needs

log = logging.getLogger("mkdocs.plugins.designdocs")

STYLE = "assets/designdocs/designdocs.css"
_ASSETS = Path(__file__).parent / "assets"


class DesignDocsPlugin(BasePlugin[DesignDocsConfig]):
    """Expands, checks, draws and indexes the designs of a site."""

    def __init__(self) -> None:
        self.serving = False
        self.known: Archive | None = None
        self.server: LiveReloadServer | None = None
        self.watched: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember who asks. `serve --clean` says "build" here, so the command line is asked too."""
        context = click.get_current_context(silent=True)
        self.serving = command == "serve" or (context is not None and context.info_name == "serve")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the templates, and take over the `mermaid` fence where superfences would hand it to the browser."""
        self.settings = settings_of(config, self.config)
        self.studio, self.archive = self._archive()
        self.known = self.archive
        self.catalog = Catalog((), ())
        self.extra: list[Diagnostic] = []
        self.sheets: dict[str, Sheet] = {}
        self.sheet: Sheet | None = None
        self.expanded: dict[str, Verdict] = {}
        if self.settings.enabled:
            if self.settings.diagram_pages != "none" and "pymdownx.superfences" in config.markdown_extensions:
                take_over(config.mdx_configs, self._draw, lambda: self.sheet is not None)
            _name_statuses(config, self.settings.lifecycle)
        return config

    def _archive(self) -> tuple[Studio, Archive]:
        """What is known from the last build of `mkdocs serve`, unless the settings or a template have changed."""
        known = self.known
        if (
            known
            and known.studio
            and known.settings == self.settings
            and known.fingerprint == fingerprint(self.settings)
        ):
            return known.studio, known
        renderer = None if pele_available() else Pele()
        studio = Studio(renderer, self.settings.cache_dir, self.settings.diagram_engine)
        return studio, Archive(self.settings, studio, marks=self._shows_todo)

    @event_priority(-50)  # after plugins that add, rename or rewrite files, whose pages are designs too
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Judge every design as it lies on disk, and add the index, `designs.json` and the style sheet."""
        if not self.settings.enabled:
            return files
        self.files = files
        inclusion = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        documents = documents_of(files.documentation_pages(inclusion=inclusion), self.settings)
        self.documents = {document.uri: document for document in documents}
        self._watch_baseline()
        judged = {document.path for document in self.documents.values()}
        view = View(self.settings.root, judged=judged, links=False)
        self.catalog = applied(catalogue(self.documents.values(), self.archive), self.settings, view)
        self.designs = {design.uri: design for design in self.catalog.designs}
        self.index = index.index_of(self.catalog, self.settings.lifecycle)
        self.index_page = self._add_index(files, config) if self.settings.index else None
        style = "".join(path.read_text("utf-8") for path in sorted(_ASSETS.glob("*.css")))
        _publish(files, File.generated(config, STYLE, content=style))
        return files

    def _add_index(self, files: Files, config: MkDocsConfig) -> File | None:
        """The page that is to hold the index: a team's own that has the marker, else one that is made."""
        uri = self.settings.index
        beside = posixpath.join(posixpath.dirname(uri), "designs.json")
        _publish(files, File.generated(config, beside, content=index.as_json(self.catalog)))
        # Where the navigation is written by hand MkDocs would call a page omitted that is in nobody's folder.
        inclusion = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.UNDEFINED
        made = File.generated(config, uri, content="# Designs\n\n<!-- designdocs: index -->\n", inclusion=inclusion)
        # `designs/README.md` and `designs.md` are published where `designs/index.md` would be.
        existing = next((f for f in files.documentation_pages() if f.dest_uri == made.dest_uri), None)
        if existing is None:
            files.append(made)
            return made
        text = existing.content_bytes.decode("utf-8", "replace")
        if index.MARKER.search(text):
            existing.content_bytes = existing.content_bytes  # so that `--dirty` takes it for changed: designs may be
            return existing
        what = "the index page exists and has no marker; it is left alone"
        path = self.settings.shown(Path(existing.abs_src_path)) if existing.abs_src_path else existing.src_uri
        mend = "put `<!-- designdocs: index -->` where the index shall stand, or set `index:` to another page"
        self.extra += levelled([finding("index-unmarked", path, 1, 1, what, help=mend)], None, self.settings, uri)
        return None

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Hand MkDocs what it can read, where the file as it is would crash it or show YAML on the page."""
        uri = page.file.src_uri
        if not self.settings.enabled or uri not in self.documents:
            return None
        if design := self.designs.get(uri):
            return design.verdict.readable
        return _if_undecodable(self.documents[uri].data)

    @event_priority(50)  # before plugins that read what a page says of itself: tags, macros
    def _tell_metadata(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the metadata that themes and other plugins know."""
        if self.settings.enabled and (design := self.designs.get(page.file.src_uri)):
            _fill_meta(page, design)
        return markdown

    @event_priority(-50)  # after macros and includes, whose output is part of the page
    def _expand(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Expand a design, and put the headings of the index at its marker."""
        if not self.settings.enabled:
            return markdown
        uri = page.file.src_uri
        if self._draws(uri):
            self.sheet = self.sheets[uri] = Sheet(self.studio)
        if page.file is self.index_page:
            return index.MARKER.sub(lambda _: f"{_INDEX_START}\n\n{self.index.markdown}", markdown, count=1)
        verdict = self._verdict(uri, markdown)
        if verdict is None or verdict.expanded is None:
            return markdown
        self.expanded[uri] = verdict
        return verdict.expanded.markdown

    on_page_markdown = CombinedEvent(_tell_metadata, _expand)

    def _verdict(self, uri: str, markdown: str) -> Verdict | None:
        """The verdict whose expansion the page shows: what is judged lies on disk, whatever plugins made of it."""
        design = self.designs.get(uri)
        if design is None:
            return None
        document = self.documents[uri]
        changed = digest(markdown) != design.verdict.body_digest
        found = self.archive.analyse(document, markdown) if changed else self.archive.verdict(document)
        return found if isinstance(found, Verdict) else None

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put header, findings, drawings and index into the HTML, and the style sheet where one of ours is."""
        if not self.settings.enabled:
            return html
        uri = page.file.src_uri
        sheet, self.sheet = self.sheets.get(uri), None
        if sheet:
            html = sheet.show(sheet.place_fenced(html))
            self.extra += self._strange(sheet, uri)
        design = self.designs.get(uri)
        if design:
            expanded = self.expanded.get(uri)
            found = expanded.diagnostics if expanded else ()
            marked = [None if self.catalog.takes(d) else d for d in found] if self._shows_todo else None
            html = decorate(html, design, self._header(design, expanded, page), marked)
        if _INDEX_START in html:
            html = index.fill(html.replace(_INDEX_START, ""), self.index, lambda d: self._url(d, page))
        elif not design and not (sheet and sheet.drawn):
            return html
        style = get_relative_url(STYLE, page.url)
        # In the content and not in the head: so it comes along with instant navigation and on no other page.
        return f'<link rel="stylesheet" href="{style}">\n{html}'

    @event_priority(100)  # before the search reads the page's words
    def _hide_drawings(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if sheet := self.sheets.get(page.file.src_uri):
            page.content = sheet.hide(page.content or "")
        return context

    @event_priority(-100)  # after it has
    def _show_drawings(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if sheet := self.sheets.get(page.file.src_uri):
            page.content = sheet.show(page.content or "")
        return context

    on_page_context = CombinedEvent(_hide_drawings, _show_drawings)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Say everything, and fail what must not be merged; never stop who is writing."""
        if not self.settings.enabled:
            return
        found = in_order([*self.catalog.everything(), *self.extra])
        self._say(found)
        if not self.serving and fails(found, strict=bool(config.strict)):
            raise PluginError(f"designdocs: the designs are not in order: {report.summary(found)}, listed above")

    def _strange(self, sheet: Sheet, uri: str) -> Iterator[Diagnostic]:
        """What is wrong with the diagrams that a page includes."""
        design = self.designs.get(uri)
        status = design.metadata.status if design else None
        return levelled(strangers(sheet, self.documents.get(uri), uri), status, self.settings, uri)

    def _say(self, found: Iterable[Diagnostic]) -> None:
        """Every finding; of a draft that is merely incomplete one line, except where it is being written."""
        drafts = [d for d in self.catalog.designs if d.status.gate is Gate.DRAFT and not self.serving]
        quiet = {design.path for design in drafts}
        for diagnostic in found:
            if diagnostic.level > Level.NOTE or diagnostic.path not in quiet:
                log.log(_LOG_LEVELS[diagnostic.level], report.log_line(diagnostic, self.settings.root))
        for design in drafts:
            if design.verdict.required:
                place = Path(os.path.relpath(self.settings.root / design.path)).as_posix()
                log.info(f"{place}: {report.progress(design)}")
        if taken := sum(self.catalog.taken.values()):
            log.info(f"designdocs: the baseline takes {taken} {'finding' if taken == 1 else 'findings'} more")

    def on_serve(self, server: LiveReloadServer, **_: Any) -> None:
        """Build again when a template or the baseline changes."""
        self.server = server
        if self.settings.enabled:
            self._watch_baseline()
            named = (given.path for given in self.settings.templates.values())
            for path in filter(None, (self.settings.templates_dir, *named)):
                if path.exists():
                    server.watch(str(path), recursive=path.is_dir())

    def _watch_baseline(self) -> None:
        """Watch the file anew: MkDocs watches nothing that is not there yet, and no more what has once been gone."""
        if self.server is None:
            return
        if self.watched is not None:
            self.server.unwatch(str(self.watched))
        file = self.settings.baseline
        self.watched = file if file and file.is_file() else None
        if self.watched is not None:
            self.server.watch(str(self.watched), recursive=False)

    @property
    def _shows_todo(self) -> bool:
        return self.settings.todo == "always" or (self.settings.todo == "serve" and self.serving)

    def _draws(self, uri: str) -> bool:
        pages = self.settings.diagram_pages
        return pages == "all" or (pages == "designs" and uri in self.designs)

    def _draw(self, source: str, options: Mapping[str, str]) -> str:
        """A diagram of the page that is being rendered."""
        return self.sheet.place(source, options) if self.sheet else ""

    def _url(self, design: Design, page: Page) -> str:
        return get_relative_url(design.url, page.url)

    def _header(self, design: Design, expanded: Verdict | None, page: Page) -> str:
        index_url = get_relative_url(self.index_page.url, page.url) if self.index_page else ""
        shown = expanded.expanded.shown_fields if expanded and expanded.expanded else frozenset()
        relations = related(design, self.catalog.relations)
        return header(design, shown, relations, lambda other: self._url(other, page), index_url)


_INDEX_START = "<!-- designdocs:index start -->"
_LOG_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.NOTE: logging.INFO}


def _publish(files: Files, file: File) -> None:
    """Add a file to the site, unless the team has one of its own there."""
    if files.get_file_from_path(file.src_uri) is None:
        files.append(file)


def _if_undecodable(data: bytes) -> str | None:
    """The text of bytes that are not UTF-8, at which MkDocs would stop."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", "replace")
    return None


def _name_statuses(config: MkDocsConfig, lifecycle: Lifecycle) -> None:
    """Say to Material what the icons in its navigation mean, unless the team does."""
    names = config.extra.setdefault("status", {})
    if isinstance(names, dict):
        for status in lifecycle.statuses:
            names.setdefault(status.key, status.label)


def _fill_meta(page: Page, design: Design) -> None:
    """What themes and other plugins know of a page (title, tags, status …) from the block, unless it says so itself."""
    said = design.metadata
    known = {
        "title": design.title,
        "status": said.status.key if said.status else None,
        "tags": list(said.tags) or None,
        "date": said.created or None,
        "authors": [author.handle or author.label for author in said.authors] or None,
    }
    for key, value in known.items():
        if value is not None:
            page.meta.setdefault(key, value)

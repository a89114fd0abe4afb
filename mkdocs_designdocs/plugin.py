"""The door for MkDocs: hooks that call the core. What they decide is only when."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from mkdocs_designdocs import index, report
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.config import DesignDocsConfig, documents_of, settings_of
from mkdocs_designdocs.design import Design, Verdict, by_name, digest
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.gate import fails
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.page import Sheet, decorate, header, strangers
from mkdocs_designdocs.shelf import fingerprint

log = logging.getLogger("mkdocs.plugins.designdocs")

STYLE = "assets/designdocs/designdocs.css"
_ASSETS = Path(__file__).parent / "assets"


class DesignDocsPlugin(BasePlugin[DesignDocsConfig]):
    """Expands, checks, draws and indexes the designs of a site."""

    def __init__(self) -> None:
        self.serving = False
        self.known: Archive | None = None

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
        self.shown: dict[str, frozenset[str]] = {}
        if self.settings.enabled and self.settings.diagram_pages != "none":
            _take_over_fence(config, self._draw_fence)
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
        self.catalog = catalogue(self.documents.values(), self.archive)
        self.designs = {design.uri: design for design in self.catalog.designs}
        self.named = by_name(self.catalog.designs)
        self.index = index.index_of(self.catalog, self.settings.lifecycle)
        self._add_index(files, config)
        style = "".join(path.read_text("utf-8") for path in sorted(_ASSETS.glob("*.css")))
        files.append(File.generated(config, STYLE, content=style))
        return files

    def _add_index(self, files: Files, config: MkDocsConfig) -> None:
        uri = self.settings.index
        if not uri:
            return
        existing = files.get_file_from_path(uri)
        if existing is None:
            # Without `edit_uri` MkDocs would offer to edit a page that is in no repository.
            files.append(File.generated(config, uri, content="# Designs\n\n<!-- designdocs: index -->\n"))
        elif not index.MARKER.search(existing.content_string):
            what = "the index page exists and has no marker; it is left alone"
            path = self.settings.shown(Path(existing.abs_src_path)) if existing.abs_src_path else uri
            mend = "put `<!-- designdocs: index -->` where the index shall stand, or set `index:` to another page"
            self.extra.append(finding("index-unmarked", path, 1, 1, what, help=mend))
        beside = posixpath.join(posixpath.dirname(uri), "designs.json")
        files.append(File.generated(config, beside, content=index.as_json(self.catalog)))

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Hand MkDocs what it can read, where the file as it is would crash it or show YAML on the page."""
        design = self.designs.get(page.file.src_uri) if self.settings.enabled else None
        if design is None:
            found = any(
                d.code == "encoding-invalid" and d.path.endswith(page.file.src_uri) for d in self.catalog.diagnostics
            )
            return page.file.content_bytes.decode("utf-8-sig", "replace") if found else None
        return design.verdict.readable

    @event_priority(-50)  # after macros and includes, whose output is part of the page
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Expand a design, and put the headings of the index at its marker."""
        if not self.settings.enabled:
            return markdown
        uri = page.file.src_uri
        if self._draws(uri):
            self.sheet = self.sheets[uri] = Sheet(self.studio)
        if uri == self.settings.index:
            return index.MARKER.sub(lambda _: f"{_INDEX_START}\n\n{self.index.markdown}", markdown, count=1)
        design = self.designs.get(uri)
        if design is None:
            return markdown
        _fill_meta(page, design)
        verdict: Verdict | tuple[Diagnostic, ...] = design.verdict
        if digest(markdown) != design.verdict.body_digest:
            # Other plugins have changed the page: what is expanded is theirs, what is judged lies on disk.
            verdict = self.archive.analyse(self.documents[uri], markdown)
        if not isinstance(verdict, Verdict) or verdict.expanded is None:
            return markdown
        self.shown[uri] = verdict.expanded.shown_fields
        return verdict.expanded.markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put header, findings and index into the HTML, and the style sheet where one of ours is."""
        if not self.settings.enabled:
            return html
        uri = page.file.src_uri
        if sheet := self.sheets.get(uri):
            html = sheet.place_fenced(html)
            self._judge_drawings(uri, sheet)
        self.sheet = None
        design = self.designs.get(uri)
        if design:
            html = decorate(html, design, self._header(design, page), todo=self._shows_todo)
        if _INDEX_START in html:
            anchors = {item.title: item.id for item in _flat(page.toc.items)}
            html = index.fill(html.replace(_INDEX_START, ""), self.index, lambda d: self._url(d, page), anchors)
        elif not design and not (sheet and sheet.drawn):
            return html
        style = get_relative_url(STYLE, page.url)
        # In the content and not in the head: so it comes along with instant navigation and on no other page.
        return f'<link rel="stylesheet" href="{style}">\n{html}'

    @event_priority(-100)  # after the search has read the page's words
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the drawings into the page."""
        if sheet := self.sheets.get(page.file.src_uri):
            page.content = sheet.finish(page.content or "")
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Say everything, and fail what must not be merged; never stop who is writing."""
        if not self.settings.enabled:
            return
        for design in self.catalog.designs:
            self._say(design)
        for diagnostic in [*self.catalog.diagnostics, *self.extra]:
            self._log(diagnostic)
        found = [*self.catalog.everything(), *self.extra]
        if not self.serving and fails(found, strict=bool(config.strict)):
            raise PluginError(f"designdocs: the designs are not in order: {report.summary(found)}, listed above")

    def on_serve(self, server: LiveReloadServer, **_: Any) -> None:
        """Build again when a template changes."""
        if self.settings.templates_dir:
            server.watch(str(self.settings.templates_dir))

    @property
    def _shows_todo(self) -> bool:
        return self.settings.todo == "always" or (self.settings.todo == "serve" and self.serving)

    def _draws(self, uri: str) -> bool:
        pages = self.settings.diagram_pages
        return pages == "all" or (pages == "designs" and uri in self.designs)

    def _draw_fence(
        self, source: str, language: str, css_class: str, options: Mapping[str, Any], md: Any, **kwargs: Any
    ) -> str:
        """The formatter of the `mermaid` fence; a page whose diagrams are not ours is left to the theme."""
        if self.sheet is None:
            return f'<pre class="mermaid"><code>{_escape(source)}</code></pre>'
        return self.sheet.place(source, {key: str(value) for key, value in (kwargs.get("attrs") or {}).items()})

    def _judge_drawings(self, uri: str, sheet: Sheet) -> None:
        """Report the diagrams that no file on disk holds: those of snippets and macros."""
        file = self.files.get_file_from_path(uri)
        if file is None:
            return
        path = self.settings.shown(Path(file.abs_src_path)) if file.abs_src_path else uri
        self.extra.extend(strangers(sheet, file.content_bytes.decode("utf-8", "replace"), path))

    def _url(self, design: Design, page: Page) -> str:
        return get_relative_url(design.url, page.url)

    def _header(self, design: Design, page: Page) -> str:
        file = self.files.get_file_from_path(self.settings.index) if self.settings.index else None
        index_url = get_relative_url(file.url, page.url) if file else ""
        relations = index.related(design, self.named)
        shown = self.shown.get(design.uri, frozenset())
        return header(design, shown, relations, lambda other: self._url(other, page), index_url)

    def _log(self, diagnostic: Diagnostic) -> None:
        log.log(_LOG_LEVELS[diagnostic.level], report.log_line(diagnostic, self.settings.root))

    def _say(self, design: Design) -> None:
        """A design's findings; of a draft that is merely incomplete one line, except where it is being written."""
        quiet = design.status.gate is Gate.DRAFT and not self.serving
        for diagnostic in design.diagnostics:
            if not quiet or diagnostic.level > Level.NOTE:
                self._log(diagnostic)
        if quiet and design.verdict.required:
            log.info(f"{design.path}: {report.progress(design)}")


_INDEX_START = "<!-- designdocs:index start -->"
_LOG_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.NOTE: logging.INFO}


def _take_over_fence(config: MkDocsConfig, formatter: object) -> None:
    """Have superfences hand us the `mermaid` fence: it knows nesting in lists, tabs and admonitions."""
    if "pymdownx.superfences" not in config.markdown_extensions:
        return
    options = config.mdx_configs.setdefault("pymdownx.superfences", {}) or {}
    others = [fence for fence in options.get("custom_fences") or [] if fence.get("name") != "mermaid"]
    ours = {"name": "mermaid", "class": "mermaid", "format": formatter, "validator": _any_attribute}
    config.mdx_configs["pymdownx.superfences"] = {**options, "custom_fences": [*others, ours]}


def _any_attribute(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: object
) -> bool:
    """Superfences asks what a fence may say: anything; what we do not know changes nothing."""
    attrs.update(inputs)
    return True


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


def _flat(items: Any) -> Any:
    for item in items:
        yield item
        yield from _flat(item.children)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""The door for MkDocs: hooks that call the core. What they decide is only when."""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import unquote

import click
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from mkdocs_designdocs import exports, fencedcode, report, superfences
from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.config import DesignDocsConfig, documents_of, settings_of
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.gate import fails, levelled
from mkdocs_designdocs.lifecycle import Gate, Lifecycle
from mkdocs_designdocs.placement import MARKER
from mkdocs_designdocs.shelf import fingerprint
from mkdocs_designdocs.site import STYLE, Leaf, Site, assets

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # brings a web server, which no build needs

log = logging.getLogger("mkdocs.plugins.designdocs")


class DesignDocsPlugin(BasePlugin[DesignDocsConfig]):
    """Expands, checks, draws and indexes the designs of a site."""

    def __init__(self) -> None:
        self.serving = False
        self.archive: Archive | None = None
        self.server: LiveReloadServer | None = None
        self.watched: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember who asks. `serve --clean` says "build" here, so the command line is asked too."""
        context = click.get_current_context(silent=True)
        self.serving = command == "serve" or (context is not None and context.info_name == "serve")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the templates, and have the `mermaid` fences handed to us."""
        self.settings = settings_of(config, self.config)
        self.studio, self.archive = self._archive()
        self.site: Site | None = None
        self.extra: list[Diagnostic] = []
        if self.settings.enabled:
            self._take_over(config)
            _name_statuses(config, self.settings.lifecycle)
            if _has_previews(config):
                config.extra_css.append(STYLE)
        return config

    def _take_over(self, config: MkDocsConfig) -> None:
        """Have every `mermaid` fence handed to us, by superfences where a site has them."""
        if self.settings.diagram_pages == "none":
            return
        names, options = config.markdown_extensions, config.mdx_configs
        if "pymdownx.superfences" in names:
            superfences.take_over(options, self._draw, self._takes, self._leaves)
        else:
            fencedcode.take_over(names, options, self._draw, self._takes)

    def _archive(self) -> tuple[Studio, Archive]:
        """What is known from the last build of `mkdocs serve`, unless the settings or a template have changed."""
        known = self.archive
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
        """Judge every design as it lies on disk, and add the index, `designs.json` and the assets."""
        if not self.settings.enabled or self.archive is None:
            return files
        inclusion = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        found = documents_of(files.documentation_pages(inclusion=inclusion), self.settings)
        documents = {document.uri: document for document in found}
        self._watch_baseline()
        self.site = Site(self.archive, self.studio, documents, shows_todo=self._shows_todo)
        if self.settings.index and (page := self._add_index(files, config, self.site)):
            self.site.index_page = page.src_uri, page.url
        for path, content in assets():
            _publish(files, File.generated(config, path, content=content))
        return files

    def _add_index(self, files: Files, config: MkDocsConfig, site: Site) -> File | None:
        """The page that is to hold the index: a team's own that has the marker, else one that is made."""
        uri = self.settings.index
        beside = posixpath.join(posixpath.dirname(uri), "designs.json")
        _publish(files, File.generated(config, beside, content=exports.as_json(site.entries)))
        # Where the navigation is written by hand MkDocs would call a page omitted that is in nobody's folder.
        inclusion = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.UNDEFINED
        made = File.generated(config, uri, content="# Designs\n\n<!-- designdocs: index -->\n", inclusion=inclusion)
        # `designs/README.md` and `designs.md` are published where `designs/index.md` would be.
        existing = next((f for f in files.documentation_pages() if f.dest_uri == made.dest_uri), None)
        if existing is None:
            files.append(made)
            return made
        text = existing.content_bytes.decode("utf-8", "replace")
        if MARKER.search(text):
            existing.content_bytes = existing.content_bytes  # so that `--dirty` takes it for changed: designs may be
            return existing
        what = "the index page exists and has no marker; it is left alone"
        path = self.settings.shown(Path(existing.abs_src_path)) if existing.abs_src_path else existing.src_uri
        mend = "put `<!-- designdocs: index -->` where the index shall stand, or set `index:` to another page"
        self.extra += levelled([finding("index-unmarked", path, 1, 1, what, help=mend)], None, self.settings, uri)
        return None

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Hand MkDocs what it can read, where the file as it is would crash it or show YAML on the page."""
        return self.site.readable(page.file.src_uri) if self.site else None

    @event_priority(50)  # before plugins that read what a page says of itself: tags, macros
    def _tell_metadata(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the metadata that themes and other plugins know."""
        if self.site and (design := self.site.designs.get(page.file.src_uri)):
            _fill_meta(page, design)
        return markdown

    @event_priority(-50)  # after macros and includes, whose output is part of the page
    def _expand(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Expand a design, and put the headings of the index at its marker."""
        return self.site.markdown(page.file.src_uri, page.file.url, markdown) if self.site else markdown

    on_page_markdown = CombinedEvent(_tell_metadata, _expand)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put header, findings, drawings and index into the HTML, and the assets where one of ours is."""
        if self.site is None:
            return html
        html = self.site.content(_leaf(page, files, config), html)
        if page.present_anchor_ids is not None:
            page.present_anchor_ids |= self.site.anchors(page.file.src_uri)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Number the figures for who refers to them: every page has been made, and none has been written."""
        if self.site:
            self.site.number()
        return env

    @event_priority(100)  # before the search reads the page's words
    def _hide_drawings(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self.site:
            page.content = self.site.hide(page.file.src_uri, page.file.url, page.content or "")
        return context

    @event_priority(-100)  # after it has
    def _show_drawings(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self.site:
            page.content = self.site.show(page.file.src_uri, page.content or "")
        return context

    on_page_context = CombinedEvent(_hide_drawings, _show_drawings)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Have style and script where another plugin has put a drawing."""
        return self.site.dressed(output, lambda url: get_relative_url(url, page.url)) if self.site else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Say everything, and fail what must not be merged; never stop who is writing."""
        if self.site is None:
            return
        found = self.site.found(self.extra)
        self._say(found, self.site.catalog)
        if not self.serving and fails(found, strict=bool(config.strict)):
            raise PluginError(f"designdocs: the designs are not in order: {report.summary(found)}, listed above")

    def _say(self, found: Iterable[Diagnostic], catalog: Catalog) -> None:
        """Every finding; of a draft that is merely incomplete one line, except where it is being written."""
        drafts = [d for d in catalog.designs if d.status.gate is Gate.DRAFT and not self.serving]
        quiet = {design.path for design in drafts}
        for diagnostic in found:
            if diagnostic.level > Level.NOTE or diagnostic.path not in quiet:
                log.log(_LOG_LEVELS[diagnostic.level], report.log_line(diagnostic, self.settings.root))
        for design in drafts:
            if design.verdict.required:
                place = Path(os.path.relpath(self.settings.root / design.path)).as_posix()
                log.info(f"{place}: {report.progress(design)}")
        if taken := sum(catalog.taken.values()):
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

    def _takes(self) -> bool:
        """Whether a diagram that is met now is ours."""
        return self.site is not None and self.site.takes_fences

    def _draw(self, source: str, options: Mapping[str, str]) -> str:
        """A diagram of the page that is being rendered."""
        return self.site.place(source, options) if self.site else ""

    def _leaves(self, source: str, options: Mapping[str, str]) -> bool:
        """Whether a diagram is left to the browser."""
        return self.studio.draw(source, options).fallback is not None


_LOG_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.NOTE: logging.INFO}


def _publish(files: Files, file: File) -> None:
    """Add a file to the site, unless the team has one of its own there."""
    if files.get_file_from_path(file.src_uri) is None:
        files.append(file)


def _has_previews(config: MkDocsConfig) -> bool:
    """Whether Material shows parts of a page on others, which then need the style of what is ours there."""
    features = config.theme.get("features") or ()
    return "navigation.instant.preview" in features or "material.extensions.preview" in config.markdown_extensions


def _leaf(page: Page, files: Files, config: MkDocsConfig) -> Leaf:
    """A page, and the ways from it."""
    return Leaf(page.file.src_uri, page.url, lambda url: get_relative_url(url, page.url), _link(page, files, config))


def _link(page: Page, files: Files, config: MkDocsConfig) -> Callable[[str], str]:
    """From a link as its author writes it to one from this page, found and warned of as MkDocs does with the text's."""
    if _RESOLVER is None:
        return lambda url: _found(url, page.file, files)
    resolver = _RESOLVER(page.file, files, config)
    if page.links_to_anchors is not None:
        resolver.links_to_anchors = page.links_to_anchors
    return cast("Callable[[str], str]", resolver.path_to_url)


_RESOLVER = getattr(pages, "_RelativePathTreeprocessor", None)
"""What MkDocs finds links with. It is not public: 1.6 has it, a later version may not."""


def _found(url: str, source: File, files: Files) -> str:
    """The same by what MkDocs has for everybody, without a warning."""
    path, mark, anchor = url.partition("#")
    uri = posixpath.join(posixpath.dirname(source.src_uri), unquote(path))
    target = files.get_file_from_path(posixpath.normpath(uri)) if path else None
    return f"{target.url_relative_to(source)}{mark}{anchor}" if target else url


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
        "title": design.title.replace("<", "&lt;"),  # themes put it into the page as it is
        "status": said.status.key if said.status else None,
        "tags": list(said.tags) or None,
        "date": said.created or None,
        "authors": [author.handle or author.label for author in said.authors] or None,
    }
    for key, value in known.items():
        if value is not None:
            page.meta.setdefault(key, value)

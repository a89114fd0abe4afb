"""The door for MkDocs: hooks that call the core. What they decide is only when."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import unescape
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

from mkdocs_designdocs import fencedcode, freshness, placement, report, superfences, withholding
from mkdocs_designdocs.cache import Cache
from mkdocs_designdocs.catalog import Archive
from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.config import DesignDocsConfig, documents_of, settings_of
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.dressing import STYLE, assets
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.freshness import Made
from mkdocs_designdocs.gate import fails
from mkdocs_designdocs.generated import Generated
from mkdocs_designdocs.herald import Herald
from mkdocs_designdocs.leaf import Leaf
from mkdocs_designdocs.publication import unpublished
from mkdocs_designdocs.shelf import fingerprint
from mkdocs_designdocs.site import Site
from mkdocs_designdocs.translations import is_within, language_of

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # brings a web server, which no build needs

log = logging.getLogger("mkdocs.plugins.designdocs")


class DesignDocsPlugin(BasePlugin[DesignDocsConfig]):
    """Expands, checks, draws and indexes the designs of a site."""

    def __init__(self) -> None:
        self.serving = False
        self.dirty = False
        self.made: dict[str, Made] = {}
        """What a server knows of its pages; of each edition."""
        self.archive: Archive | None = None
        self.herald = Herald(log)
        self.named: dict[str, str] = {}
        """What Material has been told that its icons mean."""
        self.server: LiveReloadServer | None = None
        self.watched: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember who asks. `serve --clean` says "build" here, so the command line is asked too."""
        self.dirty = dirty
        context = click.get_current_context(silent=True)
        self.serving = command == "serve" or (context is not None and context.info_name == "serve")

    @event_priority(100)  # before monorepo, whose pages lie in another folder
    def _remember_place(self, config: MkDocsConfig) -> MkDocsConfig:
        self.docs_dir = Path(config.docs_dir).resolve()
        return config

    def _configure(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the templates, and have the `mermaid` fences handed to us."""
        self.settings = replace(settings_of(config, self.config), docs_dir=self.docs_dir)
        self.studio, self.archive = self._archive()
        self.site: Site | None = None
        self.kept_back: frozenset[str] = frozenset()
        self.extra: list[Diagnostic] = []
        if not is_within(config.plugins.get("i18n")):
            self.herald.begin()
        if self.settings.enabled:
            self._take_over(config)
            self._name_statuses(config)
            if _has_previews(config) and STYLE not in config.extra_css:
                config.extra_css.append(STYLE)
        return config

    def _name_statuses(self, config: MkDocsConfig) -> None:
        """Say to Material what the icons in its navigation mean, unless the team does."""
        names = config.extra.setdefault("status", {})
        if isinstance(names, dict):
            for status in self.settings.lifecycle.statuses:
                if names.get(status.key) in (None, self.named.get(status.key)):
                    names[status.key] = self.named[status.key] = self.settings.labels.status(status)

    on_config = CombinedEvent(_remember_place, _configure)

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

    @event_priority(100)  # before plugins that list files: a navigation, a blog
    def _keep_back(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take what is not published out of the site before anybody has seen it."""
        if self.archive and self.settings.enabled and self.settings.unpublished and not self.serving:
            documents = documents_of(files.documentation_pages(), self.settings)
            self.kept_back = unpublished(documents, self.archive)
            withholding.exclude(files, self.kept_back, InclusionLevel.EXCLUDED)
        return files

    # After plugins that add, rename or rewrite files, whose pages are designs too; after blogs; and after
    # mkdocs-static-i18n, which takes the pages of one language at -100.
    @event_priority(-110)
    def _judge(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Judge every design as it lies on disk, and add the index, `designs.json` and the assets."""
        if not self.settings.enabled or self.archive is None:
            return files
        documents = {document.uri: document for document in documents_of(self._pages(files, config), self.settings)}
        self._watch_baseline()
        known = history_of(documents.values(), self.settings)
        self.herald.remark(known.remarks)
        before = self._made(config) if self.dirty else Made()
        self.site = Site(
            *(self.archive, self.studio, documents, known),
            links=before.links,
            shows_todo=self._shows_todo,
            preview=self.serving,
        )
        withholding.exclude(files, self.site.hidden, InclusionLevel.EXCLUDED)
        ours = self._generate(files, config, self.site)
        for path, content in assets():
            ours.add(path, content)
        if self.dirty:
            holding = (uri for uri, document in documents.items() if placement.may_hold(document.data))
            changed = {file.src_uri for file in files.documentation_pages() if file.is_modified()}
            ours.touch([*holding, *self.site.outdated(before, changed)])
            withholding.clear(files, Path(config.site_dir), before.shelves)
        return files

    on_files = CombinedEvent(_keep_back, _judge)

    def _pages(self, files: Files, config: MkDocsConfig) -> Iterator[File]:
        """Those that the site will have, and those that we keep back."""
        more = self.kept_back | withholding.posts(config.plugins)
        for file in files:
            shown = file.inclusion.is_in_serve() if self.serving else file.inclusion.is_included()
            if file.is_documentation_page() and (shown or file.src_uri in more):
                yield file

    @event_priority(-110)  # after plugins that make a navigation of their own, or publish what they have kept back
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Leave what is not published out of every list."""
        if self.site and self.site.hidden:
            hidden = self.site.hidden
            withholding.exclude(files, hidden, InclusionLevel.EXCLUDED)
            withholding.prune(nav, hidden)
            withholding.withdraw(files, hidden)
            withholding.forget(config.plugins, hidden)
        return nav

    def _generate(self, files: Files, config: MkDocsConfig, site: Site) -> Generated:
        """Add the index, the pages that it leads to and what is for programs."""

        def make(path: str, content: str, *, listed: bool | None = None) -> File:
            levels = {True: InclusionLevel.INCLUDED, False: InclusionLevel.NOT_IN_NAV, None: InclusionLevel.UNDEFINED}
            return File.generated(config, path, content=content, inclusion=levels[listed])

        ours = Generated(files, make, config.plugins.get("i18n"), self.settings)
        if self.settings.index:
            # Where the navigation is written by hand MkDocs would call a page omitted that is in nobody's folder.
            aside = config.nav or (config.not_in_nav and config.not_in_nav.match_file(self.settings.index))
            if page := ours.index(listed=not aside):
                site.index_page = page.src_uri, page.url
            if not self.settings.site_url:
                self.herald.remark(["there is no feed of changes, for `site_url` does not say where the site will be"])
            site.address = ours.for_programs(site.entries, config.site_name or "")
            ours.shelves(site.indexes)
        self.extra += ours.problems
        self.herald.remark(ours.remarks)
        return ours

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

    @event_priority(50)  # before plugins that keep pages as they are then, to put them all onto one
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
        if self.site is None:
            return output
        return self.site.dressed(output, page.file.src_uri, lambda url: get_relative_url(url, page.url))

    def _report(self, *, config: MkDocsConfig) -> None:
        """Say everything that is wrong."""
        if self.site is None:
            return
        if not self.serving:
            freshness.remember(self.site.made, self._notes, _place(config))
        elif self.dirty:  # a server's pages are gone with it
            self.made[_place(config)] = self.site.made
        found = self.site.found(self.extra)
        self.herald.say(found, self.site.judged, self.settings.root, quiet=not self.serving)

    @event_priority(-110)  # after mkdocs-static-i18n has built the other languages, whose findings count too
    def _gate(self, *, config: MkDocsConfig) -> None:
        """Fail what must not be merged; never stop who is writing."""
        if is_within(config.plugins.get("i18n")):
            return
        found = self.herald.found
        self.herald.begin()
        if not self.serving and fails(found, strict=bool(config.strict)):
            raise PluginError(f"designdocs: the designs are not in order: {report.summary(found)}, listed above")

    on_post_build = CombinedEvent(_report, _gate)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:
        """Build again when a template, the baseline or the theme's own pieces of our pages change."""
        self.server = server
        if self.settings.enabled:
            if config.theme.custom_dir:  # all of it, for it may have no folder of ours yet
                server.watch(config.theme.custom_dir)
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

    def _made(self, config: MkDocsConfig) -> Made:
        """What is known of the pages that lie there, of which `--dirty` leaves most as they are."""
        place = _place(config)
        return self.made.get(place, Made()) if self.serving else freshness.recalled(self._notes, place)

    @property
    def _notes(self) -> Cache:
        """What is remembered of the pages that builds have made."""
        return Cache(self.settings.cache_dir, ".pages")

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


def _place(config: MkDocsConfig) -> str:
    """Where the pages lie that are being made; of a site in several languages those of one of them."""
    return f"{config.site_dir} {language_of(config.plugins.get('i18n'))}"


def _has_previews(config: MkDocsConfig) -> bool:
    """Whether Material shows parts of a page on others, which then need the style of what is ours there."""
    features = config.theme.get("features") or ()
    return "navigation.instant.preview" in features or "material.extensions.preview" in config.markdown_extensions


def _leaf(page: Page, files: Files, config: MkDocsConfig) -> Leaf:
    """A page, and the ways from it."""
    file = page.file
    find = partial(_published, source=file, files=files)
    title = unescape(str(page.title or ""))  # MkDocs and themes take it for HTML
    return Leaf(
        file.src_uri, page.url, partial(get_relative_url, other=page.url), _link(page, files, config), find, title
    )


def _published(path: str, source: File, files: Files) -> str:
    """From the path of a page or a file, from the source or from the folder of the documents, to its address as seen
    from the page; empty where nothing is published there."""
    uri, mark, anchor = path.partition("#")
    for start in (posixpath.dirname(source.src_uri), ""):
        file = files.get_file_from_path(posixpath.normpath(posixpath.join(start, unquote(uri)))) if uri else None
        if file and not file.inclusion.is_excluded():
            return f"{file.url_relative_to(source)}{mark}{anchor}"
    return ""


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


def _fill_meta(page: Page, design: Design) -> None:
    """What themes and other plugins know of a page (title, tags, status …) from the block, unless it says so itself."""
    said = design.metadata
    known = {
        "title": design.title.replace("<", "&lt;"),  # themes put it into the page as it is, and tags
        "status": said.status.key if said.status else None,
        "tags": [tag.replace("<", "&lt;") for tag in said.tags] or None,
        "date": said.created or None,
        "authors": [author.handle or author.label for author in said.authors] or None,
    }
    for key, value in known.items():
        if value is not None:
            page.meta.setdefault(key, value)

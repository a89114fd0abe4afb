"""Generated: the pages and files of ours in a site. Where the team has one of its own, that stands."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from mkdocs_designdocs import exports, placement
from mkdocs_designdocs.address import Address
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.files import File, Files
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.indexes import Indexes
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.source import below
from mkdocs_designdocs.translations import announce, language_of, settle, translation_of


class Make(Protocol):
    """Makes a file of MkDocs', which only `plugin` and `config` import."""

    def __call__(self, path: str, content: str, *, listed: bool | None = None) -> File:
        """`listed`: of a page whether it is in a navigation that MkDocs makes."""


class Generated:
    """What is added to the files of a site, or of one edition of it where mkdocs-static-i18n makes several."""

    def __init__(self, files: Files, make: Make, i18n: Any, settings: Settings) -> None:
        """`files`: MkDocs' own; `i18n`: the plugin, None without it."""
        self._files, self._make, self._i18n, self._settings = files, make, i18n, settings
        self.problems: list[Diagnostic] = []
        self.remarks: list[str] = []

    def add(self, path: str, content: str) -> None:
        """Add a file, unless there is one."""
        if self._files.get_file_from_path(path) is None:
            self._files.append(self._make(path, content))

    def index(self, *, listed: bool) -> File | None:
        """The page that is to hold the index: a team's own that has the marker, else one that is made; None where the
        team's has none."""
        content = f"# {escaped(self._settings.labels('index'))}\n\n<!-- designdocs: index -->\n"
        made = settle(partial(self._make, self._settings.index, content, listed=listed), self._i18n)
        # `designs/README.md` and `designs.md` are published where `designs/index.md` would be.
        existing = next((f for f in self._files.documentation_pages() if f.dest_uri == made.dest_uri), None)
        if existing is None:
            self._files.append(made)
            announce(self._i18n, [made])
            return made
        if placement.holds(below(existing.src_uri, existing.content_bytes), self._settings.fillers):
            return existing
        self.problems += self._unmarked(existing)
        return None

    def _unmarked(self, page: File) -> Iterable[Diagnostic]:
        what = "the index page exists and has no marker; it is left alone"
        path = self._settings.shown(Path(page.abs_src_path)) if page.abs_src_path else page.src_uri
        mend = "put `<!-- designdocs: index -->` where the index shall stand, or set `index:` to another page"
        found = [finding("index-unmarked", path, 1, 1, what, help=mend)]
        return levelled(found, None, self._settings, self._settings.index)

    def for_programs(self, entries: Sequence[Entry], site_name: str) -> Address:
        """Add `designs.json`, the feed and whatever else is for programs, beside the index; where all that is."""
        url = settle(partial(self._make, self._settings.index, ""), self._i18n).url
        translation = translation_of(self._i18n)
        edition = translation.folder(language_of(self._i18n)) if translation else ""
        folder = posixpath.join(edition, posixpath.dirname(self._settings.index))
        address = Address(site_name, self._settings.site_url, url, folder)
        for path, content in exports.files(entries, address, self._settings.lifecycle, self._settings.labels):
            own = self._files.get_file_from_path(path)
            if own and own.abs_src_path and Path(own.abs_src_path).is_relative_to(self._settings.docs_dir):
                self.remarks.append(f"a file of your own is published where one for programs would be: {path}")
            self.add(path, content)
        return address

    def shelves(self, indexes: Indexes) -> None:
        """Add the pages of single authors, statuses and tags."""
        theirs = {file.dest_uri: file for file in self._files.documentation_pages()}
        added = []
        for shelf in indexes.shelves():
            stub = f"---\nsearch:\n  exclude: true\n---\n\n# {escaped(shelf.title)}\n"
            made = settle(partial(self._make, shelf.uri, stub, listed=False), self._i18n)
            existing = theirs.get(made.dest_uri)
            if existing is None:
                self._files.append(made)
                added.append(made)
            indexes.keep(shelf, (existing or made).url, "" if existing else made.dest_uri)
        announce(self._i18n, added)

    def touch(self, uris: Iterable[str]) -> None:
        """Have `--dirty` take pages for changed: what they say of others is."""
        for uri in uris:
            if file := self._files.get_file_from_path(uri):
                file.content_bytes = file.content_bytes

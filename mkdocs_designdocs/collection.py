"""What a command works on: the settings and documents of a site, or of some files where there is no site."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import click

from mkdocs_designdocs.baseline import BASELINE
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue, with_findings
from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.design import Design, Document
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.history import NO_HISTORY, History
from mkdocs_designdocs.integrity import check_links
from mkdocs_designdocs.placement import may_hold
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.shelves import may_be_wanted, wanted
from mkdocs_designdocs.templates import Library

MANY = 50
"""Documents to be judged anew, beyond which whoever waits is shown how far it is."""
CONFIGS = ("mkdocs.yml", "mkdocs.yaml")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for Markdown."""


config_option = click.option(
    "-f", "--config-file", type=click.Path(dir_okay=False), help="The MkDocs configuration. Default: mkdocs.yml."
)


class CannotStartError(click.ClickException):
    """The command or the configuration is wrong; the message says why."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it, as every message of the command's own."""
        click.echo(f"designdocs: {self.message}", file=file, err=file is None)


def load_site(
    config_file: str | None, paths: Sequence[str] = (), *, new: bool = False
) -> tuple[Settings, list[Document]]:
    """The settings and documents of a site, or of the given files where there is no site; `new`: it has none yet."""
    from mkdocs_designdocs.config import CannotConfigureError, load, load_new  # MkDocs takes its time to import

    found = Path(config_file) if config_file else nearest_config(paths)
    if found is None or not found.is_file():
        if config_file or not paths:
            wanted = config_file or CONFIGS[0]
            raise CannotStartError(f"there is no {wanted} here; name one with -f, or name the designs")
        here = Path.cwd().resolve()
        return Settings(root=here, docs_dir=here, baseline=here / BASELINE), list(_documents(paths, here))
    try:
        return (load_new(str(found)), []) if new else load(str(found))
    except CannotConfigureError as error:
        raise CannotStartError(f"{found}: {error}") from error


def nearest_config(paths: Sequence[str]) -> Path | None:
    """The mkdocs.yml of this folder, or of the nearest one above the first path."""
    start = Path(paths[0]).resolve() if paths else Path.cwd()
    candidates = (folder / name for folder in (Path(), start, *start.parents) for name in CONFIGS)
    return next((path for path in candidates if path.is_file()), None)


def _documents(paths: Sequence[str], root: Path) -> Iterator[Document]:
    """The Markdown files at some paths, each once."""
    found = (file for path in map(Path, paths) for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
    markdown = (file for file in found if file.suffix in MARKDOWN and not file.is_dir())
    for file in {os.path.realpath(file): file for file in markdown}.values():
        shown = Settings(root, root).shown(file)
        try:
            yield Document(shown, shown, file.read_bytes())
        except OSError as error:
            raise CannotStartError(f"{shown} cannot be read: {error.strerror}") from error


def below(documents: Sequence[Document], settings: Settings, paths: Sequence[str]) -> Collection[str]:
    """The documents (by their path) that are asked for."""
    if not paths:
        return {document.path for document in documents}
    asked: set[str] = set()
    for path in paths:
        root = Path(path).resolve()
        inside = {d.path for d in documents if (settings.root / d.path).resolve().is_relative_to(root)}
        if not inside:  # no error: a hook hands over every file that has changed, the README too
            click.echo(f"designdocs: {path} holds no page of this site; it is left out", err=True)
        asked |= inside
    return asked


def archive_of(settings: Settings) -> Archive:
    """What judges the documents, and draws if it can."""
    return Archive(settings, Studio(None if pele_available() else Pele(), settings.cache_dir, settings.diagram_engine))


def history_for_checks(documents: Sequence[Document], settings: Settings) -> History:
    """What git knows, where anything that is checked depends on it: which authors there are."""
    asked = may_be_wanted(len(documents), settings) or any(may_hold(document.data) for document in documents)
    return history_of(documents, settings) if asked else NO_HISTORY


def catalogued(documents: Sequence[Document], archive: Archive, history: History) -> Catalog:
    """The catalogue, and a bar for whoever waits for it at a terminal."""
    if sys.stderr.isatty() and len(anew := archive.unknown(documents)) > MANY:
        with click.progressbar(anew, label="Checking", file=sys.stderr) as bar:
            for document in bar:
                archive.verdict(document)  # the catalogue finds it in the archive
    return catalogue(documents, archive, history)


def narrowed(catalog: Catalog, documents: Sequence[Document], asked: Collection[str]) -> Catalog:
    """What of a catalogue is asked for: judged with all the others, or a second design of one id would pass."""
    others = {d.path for d in documents}.difference(asked)
    return replace(
        catalog,
        designs=[design for design in catalog.designs if design.path in asked],
        diagnostics=[found for found in catalog.diagnostics if found.path not in others],
    )


def with_links(catalog: Catalog, settings: Settings, documents: Sequence[Document]) -> Catalog:
    """The catalogue with broken links, which a build leaves to MkDocs."""
    entries = entries_of(catalog, settings.lifecycle)
    known = {document.uri for document in documents} | {settings.index, *(one.uri for one in wanted(entries, settings))}
    published = any(document.url for document in documents)

    def exists(path: str) -> bool:
        return path in known or (settings.docs_dir / path).exists()

    def checked(design: Design) -> Design:
        found = check_links(design, exists, published=published)
        return with_findings(design, levelled(found, design.metadata.status, settings, design.uri))

    return replace(catalog, designs=[checked(design) for design in catalog.designs])


def library_of(config_file: str | None, *, new: bool = False) -> tuple[Library, Settings]:
    """The templates that can be asked for, and the settings: of a site, or those that every folder has."""
    if config_file is None and nearest_config(()) is None:
        here = Path.cwd()
        settings = Settings(root=here, docs_dir=here / "docs" if (here / "docs").is_dir() else here)
    else:
        settings = load_site(config_file, new=new)[0]
    return Archive(settings, None).library, settings

"""The configuration as the core sees it: plain, frozen, and knowing nothing of MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_designdocs import lifecycle
from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.levels import Levels
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.listing import WHOLE, Listing

if TYPE_CHECKING:
    from mkdocs_designdocs.translations import Translation


@dataclass(frozen=True)
class Adopted:
    """Pages that are designs though they have no block, and what they are taken for unless they say so themselves."""

    files: tuple[str, ...]
    """Patterns in the way of `.gitignore`, relative to the folder of the documents."""
    template: str = ""
    template_version: str = ""
    status: str = ""


DECLARED = ("description", "version", "optional", "aliases", "keep", "data", "required", "since", "retired")
"""What can be declared of a template, in its front matter or in the configuration."""


@dataclass(frozen=True)
class TemplateFile:
    """A template that the configuration names."""

    path: Path | None
    """None: one of the folders' templates, of which more is said."""
    declared: Mapping[str, Any] = field(default_factory=dict)
    """What its front matter would declare, if it could be changed."""


@dataclass(frozen=True)
class Settings:
    """Everything that a team can set. Paths are absolute."""

    root: Path
    """The folder of the configuration file, to which every path in a diagnostic is relative."""
    docs_dir: Path
    config_file: str = "mkdocs.yml"
    """The name of the configuration file, for what is wrong with what it says."""
    enabled: bool = True
    templates_dir: Path | None = None
    default_template: str = ""
    templates: Mapping[str, TemplateFile] = field(default_factory=dict)
    """Single files that are templates, by the name that designs call them."""
    docs: tuple[Adopted, ...] = ()
    """The designs that have no `design:` block."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field to other names of it in the documents."""
    sidecars: tuple[str, ...] = ()
    """Names of files of metadata that lie beside a document; `{name}` stands for the document's own."""
    index: str = "designs/index.md"
    """The page of the index, relative to `docs_dir`; empty for none."""
    listing: Listing = WHOLE
    """What stands at a marker that asks for nothing."""
    shelves: tuple[str, ...] | None = None
    """Of what there are pages beside the index: `author`, `status`, `tag`; None: of all, where the index is long."""
    unpublished: tuple[str, ...] = ()
    """The keys of the statuses whose designs are only there while the site is served."""
    history: bool = True
    """Whether git is asked for dates and people."""
    lifecycle: Lifecycle = lifecycle.DEFAULT
    levels: Levels = field(default_factory=Levels)
    baseline: Path | None = None
    """The file of findings that are taken as given; None for no such thing."""
    authors_file: Path | None = None
    todo: str = "serve"
    """Where findings show on pages: `serve`, `always` or `never`."""
    diagram_pages: str = "all"
    """Whose Mermaid diagrams are checked and drawn: `all`, `designs` or `none`."""
    diagram_engine: str = "pele"
    clientless: str = ""
    """The theme, where it is known to bring no Mermaid for the browser to draw with."""
    fillers: tuple[str, ...] = ()
    """Which plugins and extensions fill something into a diagram before it is drawn; see `fences.FILLERS`."""
    labels: Labels = ENGLISH
    translation: Translation | None = None
    """How the languages of a site are told apart, where several are judged at once."""
    overrides: tuple[Path, ...] = ()
    """Folders of the theme that may hold pieces of HTML in the place of ours, the first of them first."""
    repository: str = ""
    """The address of the site's repository, whose tracker has the numbers of issues."""
    site_url: str = ""
    """The address of the site, with a slash at its end."""
    themed: tuple[str, ...] = ()
    """The fields of a design that the theme, or a plugin for it, shows on every page anyway."""
    cache_dir: Path | None = None
    strict: bool = False

    def shown(self, path: Path) -> str:
        """A path as a diagnostic prints it: POSIX, relative to the root; `..` where it leads out of it."""
        return Path(os.path.relpath(path, self.root)).as_posix()

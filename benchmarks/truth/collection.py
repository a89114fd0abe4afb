"""Designs that somebody else has written, judged as they lie: adopted without a block, and as though approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mkdocs_designdocs.adoption import adopted, sidecar_of
from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.collection import MARKDOWN, CannotStartError, load_site
from mkdocs_designdocs.design import Document, SectionState
from mkdocs_designdocs.diagnostics import Diagnostic, Level
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.settings import Adopted, Settings, TemplateFile
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.source import read

NOTHING = TemplateFile(Path(__file__).with_name("nothing.md"))
"""A template that asks for no section, so that only what holds for every design is judged."""


@dataclass(frozen=True)
class Judged:
    """What is said of one document."""

    lines: Sequence[str]
    sections: Sequence[SectionState]
    diagnostics: Sequence[Diagnostic]
    """Those of warning or error level."""

    def section_at(self, line: int) -> str:
        """The title path of the section that a line is in; empty where it is in none of the template's."""
        above = [section for section in self.sections if section.line is not None and section.line <= line]
        return max(above, key=lambda section: section.line or 0).title if above else ""


class Collection:
    """The documents below a folder, each with the template that it is judged by.

    `templates`: for a part of the collection its template, a file or the name of a built-in one; a part is a sub-folder
    or a pattern as in `.gitignore`. `configs`: the `mkdocs.yml` of sites; of the documents below the folder, those that
    are such a site's pages are judged by its settings.
    """

    def __init__(self, folder: Path, templates: Mapping[str, str], configs: Sequence[str] = ()) -> None:
        self.folder = folder.resolve()
        if not self.folder.is_dir():
            raise CannotStartError(f"there is no folder {folder}")
        self._sites = [load_site(config) for config in configs]
        built_in = {path.name.split(".")[0] for path in built_in_dir().glob("[!_]*.md*")}
        files = {_name(part): self._file(at) for part, at in templates.items() if at not in built_in}
        self._settings = Settings(
            root=self.folder,
            docs_dir=self.folder,
            templates=files,
            docs=tuple(Adopted((part,), at if at in built_in else _name(part)) for part, at in templates.items()),
        )

    def _file(self, at: str) -> TemplateFile:
        path = self.folder / at
        if not path.is_file():
            raise CannotStartError(f"there is no template {at}: it is looked for in {self.folder}")
        return TemplateFile(path)

    @cached_property
    def _known(self) -> Mapping[str, tuple[Archive, Document]]:
        """For the path of each page of a site, relative to the folder, the document and what judges it."""
        known = {}
        for settings, documents in self._sites:
            archive = Archive(_as_approved(settings), None)
            for document in documents:
                path = (settings.root / document.path).resolve()
                if path.is_relative_to(self.folder):
                    known[path.relative_to(self.folder).as_posix()] = archive, document
        return known

    @cached_property
    def _archive(self) -> Archive:
        """What judges all others."""
        return Archive(_as_approved(self._settings), None)

    def paths(self) -> list[str]:
        """Every design: those of the sites, or else all Markdown in the parts that have a template, or all."""
        if self._sites:
            pages = {
                (settings.root / design.path).resolve()
                for settings, documents in self._sites
                for design in catalogue(documents, Archive(replace(settings, cache_dir=None), None)).designs
            }
            return sorted(path for path in self._known if (self.folder / path).resolve() in pages)
        templates = {file.path.resolve() for file in self._settings.templates.values() if file.path}
        files = (path for path in self.folder.rglob("*") if path.suffix in MARKDOWN and path.is_file())
        names = (path.relative_to(self.folder).as_posix() for path in files if path.resolve() not in templates)
        return sorted(name for name in names if not self._settings.docs or adopted(name, self._settings))

    def judged(self, paths: Iterable[str]) -> dict[str, Judged]:
        """What is said of some documents, by path; those that cannot be read are left out."""
        documents: dict[Archive, dict[str, Document]] = {}
        for path in dict.fromkeys(paths):
            archive, document = self._known.get(path, (self._archive, None))
            if document := document or self._read(path):
                documents.setdefault(archive, {})[path] = document
        found: dict[str, Judged] = {}
        for archive, these in documents.items():
            catalog = catalogue(these.values(), archive)
            loud = [d for d in catalog.everything() if d.level in (Level.WARNING, Level.ERROR)]
            sections = {design.path: design.verdict.sections for design in catalog.designs}
            for path, document in these.items():
                of_it = [d for d in loud if d.path == document.path]
                lines = read(path, document.data).text.split("\n")
                found[path] = Judged(lines, sections.get(document.path, ()), of_it)
        return found

    def _read(self, path: str) -> Document | None:
        file = self.folder / path
        try:
            return Document(path, path, file.read_bytes(), sidecar=sidecar_of(file, self._settings))
        except OSError:
            return None


def _name(part: str) -> str:
    """What the template of a part of the collection is called; never as a built-in one is."""
    return part.strip("/") + "/"


def _as_approved(settings: Settings) -> Settings:
    """The settings by which every document is a design, and no status mutes what is found."""
    lifecycle = settings.lifecycle
    statuses = tuple(replace(status, gate=Gate.COMPLETE) for status in lifecycle.statuses)
    every_page = Adopted(("*",), settings.default_template or "nothing")
    return replace(
        settings,
        lifecycle=replace(lifecycle, statuses=statuses),
        templates={"nothing": NOTHING, **settings.templates},
        docs=(every_page, *settings.docs),
        baseline=None,
        cache_dir=None,
    )

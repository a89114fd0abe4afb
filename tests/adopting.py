"""Documents without a block, judged as a collection takes them: what was read, from where, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs_designdocs import options
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.design import Design, Document, Sidecar
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.fields import FIELDS, PEOPLE
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.templates import Library, load

TEMPLATE = "# [Title]\n"
"""A template that asks for nothing: what is found is found in the metadata."""
TEMPLATES = Path("templates")


def settings_of(root: Path, config: Mapping[str, Any], template: str = TEMPLATE) -> Settings:
    """The settings of a site that says `config`; pages are taken, and made from the template `note`."""
    (root / TEMPLATES).mkdir(parents=True, exist_ok=True)
    (root / TEMPLATES / "note.md").write_text(template, "utf-8")
    return Settings(
        root,
        root,
        templates_dir=root / TEMPLATES,
        default_template="note",
        docs=options.docs(config.get("docs", ["*.md"])),
        fields=options.fields(config.get("fields", {})),
        lifecycle=options.with_words(
            options.lifecycle(config.get("statuses", options.DEFAULT)),
            options.status_words(config.get("status_words", {})),
        ),
    )


def as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def adopt(
    root: Path,
    document: str | bytes,
    file: str = "d.md",
    sidecar: str | bytes | None = None,
    config: Mapping[str, Any] | None = None,
    template: str = TEMPLATE,
) -> Catalog:
    """The catalogue of a collection of one document."""
    settings = settings_of(root, config or {}, template)
    beside = Sidecar("meta.yaml", as_bytes(sidecar)) if sidecar is not None else None
    archive = Archive(settings, None)
    archive.library = _library(template, settings.templates_dir)
    return catalogue([Document(file, file, as_bytes(document), "", beside)], archive)


@lru_cache
def _library(template: str, folder: Path) -> Library:
    """The templates, read once for all documents of a test; `template` is what stands in one of them."""
    return load([folder])


def values(design: Design) -> dict[str, Any]:
    """What was read, field by field, without what is empty."""
    said = {name: getattr(design.metadata, name) for name in FIELDS if name != "template"}
    return {name: _plain(name, value) for name, value in said.items() if value}


def _plain(name: str, value: Any) -> Any:
    if name == "status":
        return value.key
    if FIELDS[name] == PEOPLE:
        return [person(one) for one in value]
    return list(value) if isinstance(value, tuple) else value


def person(one: Person) -> str:
    """Somebody in one line, with whatever is known."""
    handle = f"@{one.handle}" if one.handle else ""
    return " ".join(filter(None, (one.name, handle, f"<{one.email}>" if one.email else "", one.url)))


def origins(design: Design) -> dict[str, str]:
    """Where each field was read: `list 3:9 **Accepted**`, with the file where it is another."""
    return {
        name: f"{one.kind} {'' if one.path == design.path else one.path + ':'}{one.line}:{one.column} {one.raw}"
        for name, one in design.verdict.origins.items()
        if name != "template"
    }


def finding(one: Diagnostic) -> str:
    help = f" | {one.help}" if one.help else ""
    return f"{one.path}:{one.line}:{one.column}: {one.level.value}: {one.message} [{one.code}]{help}"

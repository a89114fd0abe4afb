"""MkDocs' configuration, and ours inside it, turned into plain `Settings`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from mkdocs.config import base, load_config
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, get_files

from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import CODES, Level
from mkdocs_designdocs.lifecycle import DEFAULT, GROUPS, Gate, Lifecycle, Status, words
from mkdocs_designdocs.settings import Settings

PLUGIN = "designdocs"


class _Index(c.OptionallyRequired[str]):
    """A page's path, `false` for none, or a mapping with `page`."""

    def run_validation(self, value: object) -> str:
        if isinstance(value, Mapping):
            unknown = set(value) - {"page"}
            if unknown:
                raise base.ValidationError(f"unknown key {sorted(map(str, unknown))[0]!r}; known is: page")
            value = value.get("page", "designs/index.md")
        if value is False or value is None:
            return ""
        if not isinstance(value, str) or not value.endswith(".md"):
            raise base.ValidationError(f"expected the path of a page such as designs/index.md, got {value!r}")
        return value


class _Diagrams(c.OptionallyRequired[dict[str, str]]):
    """`all`, `designs` or `none`, or a mapping that says more."""

    _CHOICES: ClassVar[Mapping[str, Sequence[str]]] = {
        "pages": ("all", "designs", "none"),
        "engine": ("pele", "client"),
    }

    def run_validation(self, value: object) -> dict[str, str]:
        given: Mapping[Any, Any] = value if isinstance(value, Mapping) else {"pages": value}
        for key, chosen in given.items():
            if key not in ("pages", "engine", "cache_dir"):
                raise base.ValidationError(f"unknown key {key!r}; known are: pages, engine, cache_dir")
            choices = self._CHOICES.get(key)
            if choices and chosen not in choices:
                raise base.ValidationError(f"{key}: expected one of {', '.join(choices)}, got {chosen!r}")
            if not isinstance(chosen, str):
                raise base.ValidationError(f"{key}: expected the path of a folder, got {chosen!r}")
        return {str(key): chosen for key, chosen in given.items()}


class _Statuses(c.OptionallyRequired[Lifecycle]):
    """The lifecycle: a list of statuses, or a mapping by their keys, in order."""

    def run_validation(self, value: object) -> Lifecycle:
        if isinstance(value, Lifecycle):
            return value
        if isinstance(value, Mapping):
            value = [self._entry(key, entry) for key, entry in value.items()]
        if not isinstance(value, list) or not value:
            raise base.ValidationError("expected a list of statuses")
        made = tuple(self._status(entry) for entry in value)
        if len({status.key for status in made}) < len(made):
            raise base.ValidationError("two statuses have the same key")
        return Lifecycle(made)

    def _entry(self, key: object, entry: object) -> object:
        """One entry of a mapping; a mere text is the label."""
        if isinstance(entry, Mapping):
            return {"key": key, **entry}
        if entry is None or isinstance(entry, str):
            return {"key": key, "label": entry} if entry else {"key": key}
        raise base.ValidationError(f"{key}: expected label, aliases, group and gate, got {entry!r}")

    def _status(self, entry: object) -> Status:
        given: Mapping[str, Any] = (
            {"key": entry} if isinstance(entry, str) else entry if isinstance(entry, Mapping) else {}
        )
        name = str(given.get("key") or "")
        key = words(name).replace(" ", "-")
        if not key or set(given) - {"key", "label", "aliases", "group", "gate"}:
            raise base.ValidationError(f"a status has key, label, aliases, group and gate; got {entry!r}")
        status = _like(key, name)
        group = str(given.get("group", status.group))
        gate = str(given.get("gate", status.gate.value))
        gates = [each.value for each in Gate]
        if group not in GROUPS or gate not in gates:
            expected = f"group is one of {', '.join(GROUPS)}; gate is one of {', '.join(gates)}"
            raise base.ValidationError(f"{expected}; got {entry!r}")
        aliases = given.get("aliases", status.aliases)
        if not isinstance(aliases, (str, list, tuple)):
            raise base.ValidationError(f"{key}: aliases is a list of names, got {aliases!r}")
        names = (aliases,) if isinstance(aliases, str) else tuple(map(str, aliases))
        return replace(status, label=str(given.get("label", status.label)), aliases=names, group=group, gate=Gate(gate))


def _like(key: str, name: str) -> Status:
    """What a status is unless more is said of it: as the default one of this key, or of this alias, is."""
    label = name if name != key else key.replace("-", " ").capitalize()
    known = DEFAULT.find(key)
    if known and known.key == key:
        return known if name == key else replace(known, label=label)
    return replace(known, key=key, label=label, aliases=()) if known else Status(key, label)


class _Levels(c.OptionallyRequired[dict[str, Level]]):
    """Code to level."""

    def run_validation(self, value: object) -> dict[str, Level]:
        if not isinstance(value, Mapping):
            raise base.ValidationError("expected a mapping of codes to levels")
        levels = {}
        for code, level in value.items():
            if code not in CODES:
                raise base.ValidationError(f"unknown code {code!r}; known are: {', '.join(sorted(CODES))}")
            name = "off" if level is False else str(level)
            if name not in [each.value for each in Level]:
                raise base.ValidationError(f"{code}: expected error, warning, note or off, got {level!r}")
            levels[str(code)] = Level(name)
        return levels


class DesignDocsConfig(base.Config):
    """What stands under `designdocs:` in `mkdocs.yml`."""

    enabled = c.Type(bool, default=True)
    templates_dir = c.Optional(c.Dir(exists=True))
    default_template = c.Type(str, default="")
    docs = c.ListOfItems(c.Type(str), default=[])
    index = _Index(default="designs/index.md")
    statuses = _Statuses(default=DEFAULT)
    levels = _Levels(default={})
    authors_file = c.Type(str, default=".authors.yml")
    diagrams = _Diagrams(default={})
    todo = c.Choice(("serve", "always", "never"), default="serve")


def settings_of(config: MkDocsConfig, ours: DesignDocsConfig) -> Settings:
    """MkDocs' configuration and ours, as the core wants them."""
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    docs_dir = Path(config.docs_dir)
    diagrams: dict[str, str] = ours.diagrams
    cache_dir = diagrams.get("cache_dir", ".cache/plugin/designdocs")
    return Settings(
        root=root.resolve(),
        docs_dir=docs_dir.resolve(),
        enabled=ours.enabled,
        templates_dir=Path(ours.templates_dir).resolve() if ours.templates_dir else None,
        default_template=ours.default_template,
        docs=tuple(ours.docs),
        index=ours.index,
        lifecycle=ours.statuses,
        levels=ours.levels,
        authors_file=docs_dir / ours.authors_file,
        todo=ours.todo,
        diagram_pages=diagrams.get("pages", "all"),
        diagram_engine=diagrams.get("engine", "pele"),
        cache_dir=root.resolve() / cache_dir,
        strict=bool(config.strict),
    )


def documents_of(files: Iterable[File], settings: Settings) -> Iterator[Document]:
    """The files as documents. One that cannot be read is left to MkDocs, which says so."""
    for file in files:
        try:
            data = file.content_bytes
        except OSError:
            continue
        path = settings.shown(Path(file.abs_src_path)) if file.abs_src_path else file.src_uri
        yield Document(path, file.src_uri, data, file.url)


class CannotConfigureError(Exception):
    """The configuration cannot be used; the message says why."""


def load_new(config_file: str) -> Settings:
    """The settings, also of a site whose folder of pages is still to be made: MkDocs wants it to be there."""
    try:
        return load(config_file)[0]
    except CannotConfigureError:
        if (missing := _missing_docs_dir(config_file)) is None:
            raise
    with TemporaryDirectory() as stand_in:
        settings, _ = load(config_file, docs_dir=stand_in)
        authors_file = missing / settings.authors_file.name if settings.authors_file else None
        return replace(settings, docs_dir=missing, authors_file=authors_file)


def _missing_docs_dir(config_file: str) -> Path | None:
    """The folder of pages of a configuration with which nothing is wrong but that it is not there."""
    try:
        config, wrong = _validated(config_file)
    except (ConfigurationError, Abort, OSError):
        return None
    docs_dir = config.docs_dir
    if [key for key, _ in wrong] != ["docs_dir"] or not isinstance(docs_dir, str):
        return None
    path = Path(config_file).resolve().parent / docs_dir
    return None if path.exists() else path


def load(config_file: str, **instead: str) -> tuple[Settings, list[Document]]:
    """Read `mkdocs.yml` as MkDocs does (INHERIT, `!ENV`, `exclude_docs`) and find the documents, without building.

    `instead`: values that count in place of the file's.
    """
    log, nowhere = logging.getLogger("mkdocs"), logging.NullHandler()
    before, log.propagate = log.propagate, False
    log.addHandler(nowhere)  # what MkDocs has to say it says in a build, or in the error
    try:
        config = load_config(config_file=config_file, **instead)
        files = get_files(config)
    except (ConfigurationError, Abort) as error:
        raise CannotConfigureError(_reason(config_file, error)) from error
    except Exception as error:
        raise CannotConfigureError(f"{type(error).__name__}: {error}") from error
    finally:
        log.propagate = before
        log.removeHandler(nowhere)
    plugin = config.plugins.get(PLUGIN)
    ours = plugin.config if plugin else _defaults()
    settings = settings_of(config, ours)
    return settings, list(documents_of(files.documentation_pages(), settings))


def _defaults() -> DesignDocsConfig:
    ours = DesignDocsConfig()
    ours.load_dict({})
    ours.validate()
    return ours


def _reason(config_file: str, error: Exception) -> str:
    """MkDocs logs what is wrong and raises only how much: ask again for the words."""
    if "Aborted" not in str(error):
        return str(error)
    try:
        _, wrong = _validated(config_file)
    except (ConfigurationError, OSError) as again:
        return str(again)
    return "; ".join(f"{key}: {reason}" for key, reason in wrong) or str(error)


def _validated(config_file: str) -> tuple[MkDocsConfig, Sequence[tuple[str, Exception]]]:
    """The configuration as far as it can be read, and what is wrong in it."""
    config = MkDocsConfig(config_file_path=config_file)
    with Path(config_file).open("rb") as file:
        config.load_file(file)
    return config, config.validate()[0]

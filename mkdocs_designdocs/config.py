"""MkDocs' configuration, and ours inside it, turned into plain `Settings`."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.config import base, load_config
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, get_files

from mkdocs_designdocs import options, partials, translations
from mkdocs_designdocs.adoption import sidecar_of
from mkdocs_designdocs.baseline import BASELINE
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.fences import FILLERS
from mkdocs_designdocs.labels import Labels, by_language, kinds
from mkdocs_designdocs.layout import PAGE, layout
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle
from mkdocs_designdocs.settings import Settings, TemplateFile
from mkdocs_designdocs.translations import Translation

PLUGIN = "designdocs"


class _Parsed(c.OptionallyRequired[Any]):
    """An option that one of the functions of `options` reads."""

    def __init__(self, read: Callable[[object], object], **known: Any) -> None:
        super().__init__(**known)
        self._read = read

    def run_validation(self, value: object) -> object:
        try:
            return self._read(value)
        except ValueError as error:
            raise base.ValidationError(str(error)) from error


class _Levels(c.OptionallyRequired[Any]):
    """The levels, read when the statuses are known that they may speak of."""

    def post_validation(self, config: base.Config, key_name: str) -> None:
        try:
            config[key_name] = options.levels(config[key_name], config["statuses"])
        except ValueError as error:
            raise base.ValidationError(str(error)) from error


class _Docs(_Parsed):
    """Which pages are designs, read again when the statuses are known that they may have."""

    def post_validation(self, config: base.Config, key_name: str) -> None:
        known, table = config["statuses"], config["status_words"]
        if not isinstance(known, Lifecycle) or not isinstance(table, dict):
            return  # what is wrong with those is said
        try:
            options.check_docs(config[key_name], options.with_words(known, table))
        except ValueError as error:
            raise base.ValidationError(str(error)) from error


class _Labels(c.OptionallyRequired[Any]):
    """The labels, read when the statuses are known that can have one."""

    def post_validation(self, config: base.Config, key_name: str) -> None:
        known = config["statuses"]
        if not isinstance(known, Lifecycle):
            return  # what is wrong with those is said
        try:
            config[key_name] = by_language(config[key_name], [status.key for status in known.statuses])
        except ValueError as error:
            raise base.ValidationError(str(error)) from error


class _Unpublished(c.OptionallyRequired[Any]):
    """The statuses whose designs are kept back, read when it is known which there are."""

    def post_validation(self, config: base.Config, key_name: str) -> None:
        known, table = config["statuses"], config["status_words"]
        if not isinstance(known, Lifecycle) or not isinstance(table, dict):
            return  # what is wrong with those is said
        try:
            config[key_name] = options.unpublished(config[key_name], options.with_words(known, table))
        except ValueError as error:
            raise base.ValidationError(str(error)) from error


class _StatusWords(_Parsed):
    """The table of words, which the lifecycle has to know the statuses of."""

    def post_validation(self, config: base.Config, key_name: str) -> None:
        known = config["statuses"]
        if isinstance(known, Lifecycle):
            try:
                config["statuses"] = options.with_words(known, config[key_name] or {})
            except ValueError as error:
                raise base.ValidationError(str(error)) from error


class DesignDocsConfig(base.Config):
    """What stands under `designdocs:` in `mkdocs.yml`."""

    enabled = c.Type(bool, default=True)
    templates_dir = c.Optional(c.Dir(exists=True))
    default_template = c.Type(str, default="")
    templates = _Parsed(options.templates, default={})
    docs = _Docs(options.docs, default=())
    fields = _Parsed(options.fields, default={})
    sidecar = _Parsed(options.sidecars, default=())
    index = _Parsed(layout, default=PAGE)
    labels = _Labels(default={})
    unpublished = _Unpublished(default=())
    history = c.Type(bool, default=True)
    statuses = _Parsed(options.lifecycle, default=DEFAULT)
    status_words = _StatusWords(options.status_words, default={})
    levels = _Levels(default={})
    baseline = c.Type(str, default=BASELINE)
    authors_file = c.Type(str, default=".authors.yml")
    diagrams = _Parsed(options.diagrams, default={})
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
        config_file=Path(config.config_file_path).name if config.config_file_path else "mkdocs.yml",
        enabled=ours.enabled,
        templates_dir=Path(ours.templates_dir).resolve() if ours.templates_dir else None,
        default_template=ours.default_template,
        templates={name: _template_file(given, root) for name, given in ours.templates.items()},
        docs=ours.docs,
        fields=ours.fields,
        sidecars=ours.sidecar,
        index=ours.index.page,
        listing=ours.index.listing,
        shelves=ours.index.shelves,
        labels=_labels(config, ours),
        unpublished=ours.unpublished,
        history=ours.history,
        lifecycle=ours.statuses,
        levels=ours.levels,
        baseline=root.resolve() / ours.baseline if ours.baseline else None,
        authors_file=docs_dir / ours.authors_file,
        todo=ours.todo,
        diagram_pages=diagrams.get("pages", "all"),
        diagram_engine=diagrams.get("engine", "pele"),
        clientless=_clientless(config),
        fillers=tuple(name for name in FILLERS if name in config.plugins or name in config.markdown_extensions),
        overrides=tuple(path for folder in config.theme.dirs if (path := Path(folder) / partials.FOLDER).is_dir()),
        repository=config.repo_url or "",
        site_url=config.site_url or "",
        themed=("tags",) if {"tags", "material/tags"} & set(config.plugins) else (),
        cache_dir=root.resolve() / cache_dir,
        strict=bool(config.strict),
    )


def _labels(config: MkDocsConfig, ours: DesignDocsConfig) -> Labels:
    """The labels in the language that the site is built in."""
    given: dict[str, tuple[tuple[str, str], ...]] = ours.labels
    language = language_of(config)
    spoken = {key.replace("_", "-").casefold(): own for key, own in given.items()}
    own = dict(spoken.get("", ()))
    for name in reversed(kinds(language)):
        own |= dict(spoken.get(name, ()))
    return Labels(language, tuple(own.items()))


def language_of(config: MkDocsConfig) -> str:
    """The language of a site: that of the build, where mkdocs-static-i18n makes one of each, else the theme's."""
    theme = config.theme
    building = translations.language_of(config.plugins.get("i18n"))
    return str(building or theme.get("language") or theme.get("locale") or "en")


def _clientless(config: MkDocsConfig) -> str:
    """The theme, if it is one of MkDocs' own, which have no client-side Mermaid, and nothing else may bring it."""
    theme = config.theme
    brought = any("mermaid" in str(name) for name in (*config.extra_javascript, *config.plugins))
    return theme.name if theme.name in ("mkdocs", "readthedocs") and not theme.custom_dir and not brought else ""


def _template_file(given: Mapping[str, Any], root: Path) -> TemplateFile:
    declared = {key: value for key, value in given.items() if key != "file"}
    return TemplateFile((root / given["file"]).resolve() if given.get("file") else None, declared)


def documents_of(files: Iterable[File], settings: Settings) -> Iterator[Document]:
    """The files as documents. One that cannot be read is left to MkDocs, which says so."""
    for file in files:
        try:
            data = file.content_bytes
        except OSError:
            continue
        on_disk = Path(file.abs_src_path) if file.abs_src_path else None
        beside = sidecar_of(on_disk, settings) if on_disk else None
        yield Document(_path(file, settings), file.src_uri, data, file.url, beside)


def _path(file: File, settings: Settings) -> str:
    """Where a document lies; of one in a folder that a plugin has made for this build, where it is among the pages."""
    path = settings.shown(Path(file.abs_src_path)) if file.abs_src_path else file.src_uri
    if not path.startswith("../"):
        return path
    here = settings.docs_dir / file.src_uri  # a folder elsewhere, or one that a link leads to
    return settings.shown(here) if here.is_file() else file.src_uri


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
    translation = translations.translation_of(config.plugins.get("i18n"))
    settings = replace(settings_of(config, ours), translation=translation)
    documents = documents_of(files.documentation_pages(), settings)
    if translation:
        documents = (replace(one, url=_url(one.uri, translation, config)) for one in documents)
    return settings, list(documents)


def _url(uri: str, translation: Translation, config: MkDocsConfig) -> str:
    """The address of a page in the edition of its language, relative to the site."""
    name, language = translation.apart(uri)
    url = File(name, config.docs_dir, config.site_dir, config.use_directory_urls).url
    return posixpath.join(translation.folder(language), url.removeprefix("./")) or url


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

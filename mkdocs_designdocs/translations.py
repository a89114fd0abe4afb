"""Translations: a site of which mkdocs-static-i18n builds one edition a language, one after the other.

It says nowhere where an edition is; what is known of it here stands in its configuration and in what its files are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

from mkdocs_designdocs.design import Document

_File = TypeVar("_File")


@dataclass(frozen=True)
class Translation:
    """How the editions of a site are told from each other."""

    structure: str
    """`suffix`: `page.fr.md`; `folder`: `fr/page.md`."""
    languages: tuple[str, ...]
    """Those that are built."""
    default: str
    """The one whose edition is the site, with the others in folders of their language."""
    fallback: bool
    """Whether a page that is not translated stands in the other editions as it is."""

    def folder(self, language: str) -> str:
        """Where on the site an edition is."""
        return "" if language == self.default else language

    def apart(self, uri: str) -> tuple[str, str]:
        """The path of a source without its language, and that language."""
        path = PurePosixPath(uri)
        if self.structure == "folder":
            language, *rest = path.parts
            return ("/".join(rest), language) if rest and language in self.languages else (uri, self.default)
        language = PurePosixPath(path.stem).suffix.removeprefix(".")
        if language not in self.languages:
            return uri, self.default
        return str(path.with_name(f"{PurePosixPath(path.stem).stem}{path.suffix}")), language

    def editions(self, documents: Sequence[Document]) -> list[list[Document]]:
        """The documents of each edition, that of the default language first."""
        others = [language for language in self.languages if language != self.default]
        return [self._edition(documents, language) for language in (self.default, *others)]

    def _edition(self, documents: Sequence[Document], wanted: str) -> list[Document]:
        chosen: dict[str, Document] = {}
        for document in documents:
            name, language = self.apart(document.uri)
            if language == wanted or (self.fallback and language == self.default and name not in chosen):
                chosen[name] = document
        return list(chosen.values())


def translation_of(i18n: Any) -> Translation | None:
    """What a site's mkdocs-static-i18n is told to do; None without it."""
    if i18n is None or not getattr(i18n, "build_languages", None):
        return None
    said = i18n.config
    languages = tuple(name for name in i18n.build_languages if name != "null")
    return Translation(said.docs_structure, languages, i18n.default_language, bool(said.fallback_to_default))


def language_of(i18n: Any) -> str:
    """The language whose edition is being built; empty without the plugin."""
    return getattr(i18n, "current_language", None) or getattr(i18n, "default_language", None) or ""


def settle(make: Callable[[], _File], i18n: Any) -> _File:
    """A page or file of ours where the edition that is built has it. `make`: makes it where the default one does.

    Such a file has what the plugin asks of the pages that it knows: its language, and itself in the others.
    """
    translation = translation_of(i18n)
    if translation is None:
        return make()
    made = {language: _moved(make(), translation.folder(language)) for language in translation.languages}
    language = language_of(i18n)
    file = made.get(language) or _moved(make(), translation.folder(language))
    for name, value in _known_by(file, language, made).items():
        setattr(file, name, value)
    return file


def _moved(file: _File, folder: str) -> _File:
    made: Any = file
    made.dest_uri = posixpath.join(folder, made.dest_uri)
    return file


def _known_by(file: Any, language: str, made: Mapping[str, Any]) -> Mapping[str, object]:
    return {
        "locale": language,
        "locale_alternate_of": language,
        "localization": None,
        "norm_src_uri": file.src_uri,
        "alternates": dict(made),
    }


def announce(i18n: Any, pages: Sequence[Any]) -> None:
    """Have pages of ours in the site map, which the plugin makes of those that it has seen."""
    known = getattr(i18n, "i18n_files_per_language", None)
    if isinstance(known, dict):
        language = language_of(i18n)
        known[language] = [*known.get(language, ()), *pages]


def is_within(i18n: Any) -> bool:
    """Whether a build is one within another, which is the first edition's."""
    return bool(getattr(i18n, "building", False))

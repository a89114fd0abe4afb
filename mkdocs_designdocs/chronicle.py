"""The chronicle of a collection: asks git once, and keeps what it has learnt until something is committed."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_designdocs.adoption import adopted
from mkdocs_designdocs.cache import Cache, code_version, key_of
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.history import NO_HISTORY, Change, History, Past
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.repository import CannotTellError, Repository, repository, same
from mkdocs_designdocs.settings import Settings

_NAMED = 3
"""How many files a remark names."""
_HOUR = 3600
"""Seconds after which git is asked again what it had no time to answer: not at each save while a site is served."""


def history_of(documents: Iterable[Document], settings: Settings) -> History:
    """What git knows of the designs among some documents.

    With nothing new it takes one process that asks for the last commit, and one file of ours.
    """
    if not settings.history:
        return NO_HISTORY
    pasts: dict[str, Past] = {}
    remarks: list[str] = []
    homeless = False
    for top, files in _by_repository(documents, settings).items():
        try:
            known = repository(Path(top)) if top else None
            if known is None:
                homeless = True
                continue
            found = _Chronicle(known, files, settings).history()
        except CannotTellError as error:
            remarks.append(f"git tells no dates and people of designs: {error}")
        else:
            pasts |= found.pasts
            remarks += found.remarks
    if homeless and not pasts and not remarks:
        remarks.append("the designs lie in no git repository: there are no dates and people but those that they name")
    return History(pasts, tuple(dict.fromkeys(remarks)))


_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?\s*---")
_BLOCK = re.compile(rb"^[^\w\n]{0,9}design[^\w\n]{0,9}:", re.MULTILINE)

Files = Mapping[str, Document]
"""Documents by their path from the top of their repository."""


def _by_repository(documents: Iterable[Document], settings: Settings) -> Mapping[str, dict[str, Document]]:
    """Those that may be designs and have a file on disk, by the top of their work tree; "" for none."""
    found: dict[str, dict[str, Document]] = {}
    tops: dict[str, tuple[str, str]] = {}
    root = str(settings.root)
    for document in documents:
        if not _may_be_design(document, settings) or _is_generated(document, settings):
            continue
        path = os.path.join(root, document.path)  # noqa: PTH118 - a path object takes longer
        if os.path.islink(path):  # noqa: PTH114
            path = os.path.realpath(path)
        folder, name = os.path.split(path)
        if folder not in tops:
            real = os.path.realpath(folder)
            tops[folder] = real, _top(real)
        real, top = tops[folder]
        inside = os.path.relpath(real, top).replace(os.sep, "/") if top else "."
        found.setdefault(top, {})[name if inside == "." else f"{inside}/{name}"] = document
    return found


def _may_be_design(document: Document, settings: Settings) -> bool:
    data = document.data
    has_block = bool(_FRONT.match(data) and _BLOCK.search(data))
    return has_block or adopted(document.uri, settings) is not None


def _is_generated(document: Document, settings: Settings) -> bool:
    """Whether another plugin has made it, so that nothing lies on disk."""
    return document.path == document.uri and settings.root != settings.docs_dir


def _top(folder: str) -> str:
    """The nearest folder with a `.git`, which is a file in submodules and other work trees; empty where none is."""
    path = Path(folder)
    return next((str(each) for each in (path, *path.parents) if (each / ".git").exists()), "")


@dataclass
class _Chronicle:
    """What is known of one repository."""

    repository: Repository
    files: Files
    settings: Settings

    def history(self) -> History:
        """The past of every file."""
        cache = Cache(self.settings.cache_dir, ".json")
        key, state = self._key(), self._state()
        kept = _restored(cache.get(key))
        asked = {path: document.uri for path, document in self.files.items()}
        before: Mapping[str, str] = kept.get("asked", {})
        waited = time.time() - kept.get("late", 0)
        is_late = "late" in kept and not 0 <= waited < _HOUR
        if kept.get("state") != state or is_late or not asked.items() <= before.items():
            from mkdocs_designdocs.annals import annals  # brings the Markdown parser

            every = {**before, **asked}  # a site of several languages asks for each in turn
            kept = annals(self.repository, every, self._folders(every), self.settings, kept.get("statuses", {}))
            kept["state"] = state if kept.pop("done") else ""
            if kept.pop("late"):
                kept["late"] = time.time()
            kept["asked"] = {path: uri for path, uri in every.items() if path in asked or path in kept.get("pasts", ())}
            cache.put(key, json.dumps(kept).encode())
        if trouble := kept.get("trouble"):
            raise CannotTellError(trouble)
        pasts = dict(self._pasts(kept))
        return History(pasts, (*kept["remarks"], *self._uncommitted(pasts)))

    def _key(self) -> str:
        said = self.settings
        shape = repr((said.lifecycle, said.docs, said.fields, said.sidecars))
        places = [os.path.relpath(self.repository.top, said.root), os.path.relpath(said.docs_dir, said.root)]
        return key_of(["history", code_version(), shape, *places])

    def _state(self) -> str:
        """What tells whether something has been committed, or is called otherwise."""
        try:
            names = (self.repository.top / ".mailmap").read_bytes()
        except OSError:
            names = b""
        return key_of([self.repository.head, self.repository.shallow, names])

    def _folders(self, paths: Iterable[str]) -> Sequence[str]:
        """Where the files are: the folder of documents, and those that are elsewhere."""
        docs = os.path.relpath(os.path.realpath(self.settings.docs_dir), self.repository.top).replace(os.sep, "/")
        if docs == ".":
            return (".",)
        found = [] if docs == ".." or docs.startswith("../") else [docs]
        for path in paths:
            if not any(path.startswith(f"{each}/") for each in found):
                found.append(path.rpartition("/")[0] or path)
        return found if len(found) <= _MANY else (".",)

    def _pasts(self, kept: Mapping[str, Any]) -> Iterator[tuple[str, Past]]:
        known, newest = kept["pasts"], kept["newest"]
        strangers = []
        for path, document in self.files.items():
            if path not in newest:
                strangers.append(path)
                continue
            yield document.path, _past(known[path], pending=not self._is_committed(path, *newest[path]))
        there = [path for path in strangers if (self.repository.top / path).is_file()]
        ignored = self.repository.ignored(there) if there else frozenset()
        for path in there:
            if path not in ignored:
                yield self.files[path].path, Past(pending=True)

    def _is_committed(self, path: str, blob: str, beside: str) -> bool:
        document = self.files[path]
        sidecar = document.sidecar.data if document.sidecar else b""
        if not (same(sidecar, beside) if beside else not sidecar):
            return False
        if same(document.data, blob):
            return True
        try:  # another plugin may have changed what it was handed
            return same((self.repository.top / path).read_bytes(), blob)
        except OSError:
            return False

    def _uncommitted(self, pasts: Mapping[str, Past]) -> Iterator[str]:
        found = sorted(path for path, past in pasts.items() if past.pending)
        if found:
            named = ", ".join(found[:_NAMED]) + (f" and {len(found) - _NAMED} more" if len(found) > _NAMED else "")
            yield f"not committed as it lies there, so that git has no date for it: {named}"


_MANY = 20
"""Folders beyond which git is faster when it is asked for everything."""


def _restored(data: bytes | None) -> dict[str, Any]:
    try:
        kept = json.loads(data or b"{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _past(kept: Sequence[Any], *, pending: bool) -> Past:
    created, updated, authors, changes, whole = kept
    steps = tuple(Change(status, time[:10], time, Person(*who), commit) for status, time, who, commit in changes)
    return Past(created, updated, tuple(Person(*who) for who in authors), steps, whole, pending)

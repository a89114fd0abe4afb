"""`check --fix`: documents with all that can be mended in them, as a difference to look at or as files.

Every go is judged anew, for what mends one thing may show the next: front matter that is readable names a template.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from mkdocs_designdocs.analysis import repairs
from mkdocs_designdocs.atomic import put
from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.design import Design, Document
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.fixes import Fix, applied

_GOES = 10
"""More than it takes: what can still be mended then is for the next run."""
_NAMED = 3
"""How many of one kind a line of the report names."""


@dataclass(frozen=True)
class Mended:
    """One document with its repairs."""

    before: Document
    after: Document
    fixes: Sequence[Fix] = ()

    @property
    def path(self) -> str:
        """POSIX, relative to the folder of the configuration file."""
        return self.before.path

    def told(self, shown: str) -> str:
        """`docs/designs/x.md: 3 mended: quoted "@ana", "@bo", added section "Security"`."""
        parts = []
        for did, alike in groupby(self.fixes, key=lambda fix: fix.did):
            about = list(dict.fromkeys(fix.about for fix in alike))
            more = f" and {len(about) - _NAMED} more" if len(about) > _NAMED else ""
            parts.append(f"{did} {', '.join(about[:_NAMED])}{more}")
        return f"{shown}: {len(self.fixes)} mended: {', '.join(parts)}"

    def difference(self, shown: str) -> str:
        """A unified diff, as `patch` and `git apply -p0` read it."""
        before, after = (_lines(document.data) for document in (self.before, self.after))
        made = difflib.unified_diff(before, after, shown, shown)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def _lines(data: bytes) -> list[str]:
    """The lines as a diff counts them, which knows no other end than this."""
    text = data.decode("utf-8", "replace")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return list(re.findall(r"[^\n]*\n|[^\n]+\Z", text))


class Mending:
    """All that can be mended in some documents."""

    def __init__(
        self, documents: Sequence[Document], archive: Archive, judged: Callable[[Sequence[Document]], Catalog]
    ) -> None:
        """`judged` makes the catalogue of documents and leaves in it what is asked for."""
        self._root = archive.settings.root
        self._done = {one.path: Mended(one, one) for one in documents}
        self._failed: dict[str, str] = {}
        for _ in range(_GOES):
            catalog = judged(self.documents)
            if not [design for design in self._mendable(catalog) if self._go(design, archive)]:
                break
        self._unreadable = [one.path for one in catalog.everything() if one.code == "encoding-invalid"]

    @property
    def documents(self) -> Sequence[Document]:
        """All documents, mended or not."""
        return [one.after for one in self._done.values()]

    @property
    def mended(self) -> list[Mended]:
        """Those in which something can be mended, or has been."""
        return [one for one in self._done.values() if one.fixes]

    @property
    def count(self) -> int:
        """How many repairs there are."""
        return sum(len(one.fixes) for one in self.mended)

    @property
    def failed(self) -> bool:
        """Whether something that could be mended could not be written."""
        return bool(self._failed)

    def left_alone(self) -> Iterator[tuple[str, str]]:
        """The documents that are left as they are, and why."""
        yield from ((path, "it is not UTF-8") for path in dict.fromkeys(self._unreadable))
        yield from self._failed.items()

    def write(self) -> list[Mended]:
        """Write each where it lies, and leave out what cannot be written."""
        for one in self.mended:
            if reason := written(Path(os.path.realpath(self._root / one.path)), one):
                self._failed[one.path] = reason
                self._done[one.path] = Mended(one.before, one.before)
        return self.mended

    def _mendable(self, catalog: Catalog) -> Iterator[Design]:
        for design in catalog.designs:
            data = self._done[design.path].after.data
            # A bare diagram is drawn all the same, so that nothing is said of it.
            if any(found.fixable for found in design.diagnostics) or any(bare_diagrams(data.decode("utf-8", "ignore"))):
                yield design

    def _go(self, design: Design, archive: Archive) -> bool:
        """Mend what can be mended in one go; whether anything was."""
        one = self._done[design.path]
        possible = repairs(one.after, archive.settings, archive.library, archive.studio)
        # What the baseline takes, or the other designs excuse, is not asked for, and so not mended.
        asked = {_what(one) for one in design.diagnostics if one.fixable}
        found = [fix for fix in possible if fix.mends is None or _what(fix.mends) in asked]
        data = applied(one.after.data, found) if found else one.after.data
        if data == one.after.data:
            return False
        self._done[design.path] = Mended(one.before, replace(one.after, data=data), [*one.fixes, *found])
        return True


def _what(found: Diagnostic) -> tuple[str, int, int, str]:
    """What a finding says, whatever has since become of its level and its help."""
    return found.code, found.line, found.column, found.message


# Files ---------------------------------------------------------------------------------------------------------


def written(path: Path, one: Mended) -> str:
    """Write a file; what went wrong, or nothing.

    A reader sees the old one or the new one, never half of it. Links stay links, and a file keeps its mode.
    """
    try:
        there = path.read_bytes()
        if there == one.after.data:  # by another link to the same file
            return ""
        if there != one.before.data:
            return "it has changed in the meantime"
        put(path, one.after.data)
    except OSError as error:
        return error.strerror or str(error)
    return ""

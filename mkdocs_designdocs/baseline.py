"""The baseline: how many findings a collection had when it adopted the gate, so that only what is new is told.

It knows findings by path, code and section, for lines move; and it only shrinks.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs_designdocs.atomic import put
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, Key, Level, finding, in_order
from mkdocs_designdocs.engine import pele_available
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.gate import levelled
from mkdocs_designdocs.settings import Settings

BASELINE = ".designdocs-baseline.json"
VERSION = 1
AGAIN = "`designdocs check --write-baseline`"

_OWN = ("baseline-invalid", "baseline-stale")


@dataclass(frozen=True)
class Entry:
    """How many findings of one code there were in one section of one document."""

    key: Key
    count: int
    line: int = 1
    """Of the entry in the file of the baseline."""
    column: int = 1


@dataclass(frozen=True)
class Baseline:
    """What its file says."""

    path: str
    """As a diagnostic prints it."""
    entries: Sequence[Entry] = ()
    problems: Sequence[Diagnostic] = ()
    """Why nothing is taken from it."""


@dataclass(frozen=True)
class View:
    """What a run looks at. Of an entry for anything else nobody can say that it is stale."""

    root: Path
    asked: Sequence[Path] = ()
    """Files and folders, resolved; none for all of the site."""
    judged: Collection[str] | None = None
    """The paths that were judged, where others may lie on disk that this run was not shown; None for no such."""
    links: bool = True
    """Whether links are looked at, which a build leaves to MkDocs."""

    def sees(self, entry: Entry) -> bool:
        """Whether a finding of the entry would have been found."""
        path, code, _ = entry.key
        place = os.path.normpath(self.root / path)
        blind = (code == "link-broken" and not self.links) or (code == "diagram-invalid" and pele_available())
        return (
            not blind
            and (not self.asked or any(Path(place).is_relative_to(one) for one in self.asked))
            and (self.judged is None or path in self.judged or not _exists(place))
        )


def applied(catalog: Catalog, settings: Settings, view: View) -> Catalog:
    """The catalogue without what the baseline takes, and with what is wrong with the baseline."""
    known = read(settings.baseline, settings) if settings.baseline else None
    if known is None:
        return catalog
    there = _counted(catalog)
    allowed = {entry.key: entry.count for entry in known.entries}
    taken = {key: count for key, count in there.items() if count <= allowed.get(key, 0)}

    def told(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for one in found:
            if one.level <= Level.NOTE or one.key not in allowed:
                yield one
            elif one.key not in taken:
                said = f"the baseline allows {allowed[one.key]} of these, and there are {there[one.key]}"
                yield replace(one, help=f"{one.help} ({said})" if one.help else said)

    def left(design: Design) -> Design:
        if not any(one.key in allowed for one in design.diagnostics):
            return design
        return replace(design, verdict=replace(design.verdict, diagnostics=tuple(told(design.diagnostics))))

    own = levelled([*known.problems, *_stale(known, there, view)], None, settings, "")
    others = in_order([*told(catalog.diagnostics), *own])
    return replace(catalog, designs=list(map(left, catalog.designs)), diagnostics=others, taken=taken)


def _counted(catalog: Catalog) -> Counter[Key]:
    """How many findings there are of each kind that a baseline counts: those that can fail."""
    return Counter(d.key for d in catalog.everything() if d.level > Level.NOTE and d.code not in _OWN)


def _stale(known: Baseline, there: Mapping[Key, int], view: View) -> Iterator[Diagnostic]:
    """The baseline counts no more findings than there are"""
    gone: set[str] = set()
    for entry in known.entries:
        path, code, section = entry.key
        left = there.get(entry.key, 0)
        if left >= entry.count or not view.sees(entry):
            continue
        if _exists(view.root / path):
            whose = f"section {shown(section)} of {_said(path)}" if section else _said(path)
            what = f"the baseline counts {entry.count} of {_said(code)} in {whose}, and there {_are(left)}"
            mend = f"run {AGAIN}, which {'lowers the number' if left else 'takes the entry out'}"
        elif path in gone:
            continue
        else:  # said once of a file, of which there may be many entries
            gone.add(path)
            what = f"the baseline counts findings in {_said(path)}, which is no longer there"
            mend = f"if it has moved, change `path` in its entries; else run {AGAIN}, which takes them out"
        yield finding("baseline-stale", known.path, entry.line, entry.column, what, help=mend)


def _exists(place: str | Path) -> bool:
    return os.path.exists(place)  # noqa: PTH110 (Path.exists raises where the name is too long)


def _said(text: str) -> str:
    """A text of the file in a message, which is one line."""
    return text if text.isprintable() else shown(text)


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count or 'none'}"


# Reading -------------------------------------------------------------------------------------------------------


def read(file: Path, settings: Settings) -> Baseline | None:
    """The baseline of a site, if it has one."""
    path = settings.shown(file)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        return Baseline(path, problems=[_invalid(path, (1, 1), f"cannot be read: {error.strerror}")])
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
    except UnicodeDecodeError as error:
        return Baseline(path, problems=[_invalid(path, _place(data, error.start), "is not UTF-8")])
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        merge = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        why = "a merge has left its marks here" if merge else error.msg[:1].lower() + error.msg[1:]
        return Baseline(path, problems=[_invalid(path, (error.lineno, error.colno), f"cannot be read: {why}")])
    except (ValueError, RecursionError):
        return Baseline(path, problems=[_invalid(path, (1, 1), "cannot be read: it holds what nobody counts")])
    return _read(path, text)


def _read(path: str, text: str) -> Baseline:
    """A baseline of what is known to be JSON."""
    start = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches anything
    parts = list(_parts(text, start)) if text[start] == "{" else []
    known = {key: (value, at) for (key, _), (value, at) in zip(parts[::2], parts[1::2], strict=True)}
    version, at = known.get("version", (VERSION, start))
    if version != VERSION or isinstance(version, (bool, float)):
        what = f"is of version {shown(version)}, and the one that is known here is {VERSION}"
        return Baseline(path, problems=[_invalid(path, _place(text, at), what)])
    findings, at = known.get("findings", (None, start))
    if not isinstance(findings, list) or set(known) != {"version", "findings"}:
        what = "does not have its two parts, `version` and the list `findings`"
        return Baseline(path, problems=[_invalid(path, _place(text, at), what)])
    entries: dict[Key, Entry] = {}
    problems = []
    last, line = 0, 1
    for value, place in _parts(text, at):
        line, last = line + text.count("\n", last, place), place
        column = place - text.rfind("\n", 0, place)
        entry = _entry(value, line, column)
        if entry is None:
            what = "has an entry here without its `path`, `code`, `section` and `count`, which is a number from 1"
            problems.append(_invalid(path, (line, column), what))
        elif (first := entries.setdefault(entry.key, entry)) is not entry:
            what = f"counts the same findings twice, first at line {first.line}"
            problems.append(_invalid(path, (entry.line, entry.column), what))
    return Baseline(path, () if problems else list(entries.values()), problems)


def _entry(value: object, line: int, column: int) -> Entry | None:
    if not isinstance(value, dict) or set(value) != {"path", "code", "section", "count"}:
        return None
    path, code, section, count = (value[name] for name in ("path", "code", "section", "count"))
    if not all(isinstance(text, str) for text in (path, code, section)) or not path or not code:
        return None
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return None
    return Entry((path, code, section), count, line, column)


_SPACE = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,:]*")
_DECODER = json.JSONDecoder()


def _parts(text: str, start: int) -> Iterator[tuple[Any, int]]:
    """The items of the list, or the keys and values of the object, that begins here, each with its place."""
    at = start + 1
    while text[at := _BETWEEN.match(text, at).end()] not in "]}":  # type: ignore[union-attr]  # it matches anything
        value, end = _DECODER.raw_decode(text, at)
        yield value, at
        at = end


def _place(text: str | bytes, at: int) -> tuple[int, int]:
    before = text[:at] if isinstance(text, str) else text[:at].decode(errors="replace")
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def _invalid(path: str, place: tuple[int, int], what: str) -> Diagnostic:
    mend = f"mend it, or delete it and run {AGAIN} to begin anew"
    return finding("baseline-invalid", path, *place, f"the baseline {what}; nothing is taken from it", help=mend)


# Writing -------------------------------------------------------------------------------------------------------


def write(file: Path, catalog: Catalog, settings: Settings, view: View) -> str:
    """Take what there is as given where there is no baseline, else take out what is mended; what was done, in words.

    Raises OSError where the file cannot be written.
    """
    known = read(file, settings)
    path = settings.shown(file)
    there = _counted(catalog)
    if known is None:
        if not there:
            return f"there is nothing for a baseline to take; {path} is not written"
        _put(file, there)
        return f"{path} takes {_findings(there.total())}"
    if known.problems:
        return f"{path} is left as it is, for it cannot be read"
    before = {entry.key: entry.count for entry in known.entries}
    after = {e.key: min(e.count, there[e.key]) if view.sees(e) else e.count for e in known.entries}
    _put(file, {key: count for key, count in after.items() if count})
    said = f"{path} takes {_findings(sum(after.values()))}"
    if mended := sum(before.values()) - sum(after.values()):
        said += f"; {_findings(mended)} no longer there {'was' if mended == 1 else 'were'} taken out"
    if new := sum(max(0, count - before.get(key, 0)) for key, count in there.items()):
        said += f"; {_findings(new)} not in it {'was' if new == 1 else 'were'} not added: mend what is new, or delete "
        said += "the file and run this again to begin anew"
    return said


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def _put(file: Path, counts: Mapping[Key, int]) -> None:
    """Write a baseline, an entry a line, so that a reader sees all of it or what was there before."""
    lines = (
        f'    {{"path": {_quoted(path)}, "code": {_quoted(code)}, "section": {_quoted(section)}, "count": {count}}}'
        for (path, code, section), count in sorted(counts.items())
    )
    listed = ",\n".join(lines)
    text = f'{{\n  "version": {VERSION},\n  "findings": [{f"{chr(10)}{listed}{chr(10)}  " if listed else ""}]\n}}\n'
    put(file, text.encode())


def _quoted(text: str) -> str:
    """A text in JSON, readable where it can be: the name of a file may hold what is no character."""
    return json.dumps(text, ensure_ascii=text.encode(errors="replace").decode() != text)

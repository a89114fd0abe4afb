"""Annals: all that a repository tells of some files, found out anew: when they came, who wrote them, their statuses."""

from __future__ import annotations

import posixpath
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.lineage import Draft, Lineage, Version, lineages
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.repository import SECONDS, CannotTellError, Commit, NoTimeError, Repository
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.standing import Standings

_NOBODY = Person()
_ROUNDS = 5
"""How often files are followed to a folder that nobody has asked for."""


def annals(
    repository: Repository,
    uris: Mapping[str, str],
    folders: Sequence[str],
    settings: Settings,
    statuses: Mapping[str, str],
) -> dict[str, Any]:
    """All about some files as plain values, to be kept.

    `uris`: the files, and what each is called below the folder of documents. `folders`: where they are. `statuses`:
    what versions say, as far as it is known.
    """
    late: list[NoTimeError] = []
    try:
        grown = _grown(repository, uris, folders, settings, late)
    except CannotTellError as error:
        is_late = isinstance(error, NoTimeError)
        return {"trouble": str(error), "statuses": dict(statuses), "done": True, "late": is_late}
    those = {path: grown[path] for path in uris if grown.get(path)}
    teller = _Teller(repository, uris, settings, dict(statuses))
    teller.read(those)
    cut = repository.cut
    return {
        "pasts": {path: teller.past(path, lineage, cut) for path, lineage in those.items()},
        "newest": {path: lineage[-1].content for path, lineage in those.items()},
        "statuses": teller.used,
        "remarks": [*_on_depth(those, cut), *teller.remarks],
        "done": teller.is_done,
        "late": bool(late),
    }


def _grown(
    repository: Repository,
    uris: Mapping[str, str],
    folders: Sequence[str],
    settings: Settings,
    late: list[NoTimeError],
) -> Mapping[str, Lineage]:
    """The lineages of the files, also from before they were moved to where they are.

    `late` is for what there was no time to ask, and can be done without.
    """
    asked = list(folders)
    for _ in range(_ROUNDS):
        steps = repository.steps(asked)
        grown = lineages(steps, _branches(repository, steps, asked, late), repository.cut, settings.sidecars)
        if "." in asked:
            break
        more = _origins(repository, [lineage[0] for path in uris if (lineage := grown.get(path))], asked, late)
        if not more:
            break
        asked += more
    return grown


def _branches(
    repository: Repository, steps: Sequence[Commit], asked: Sequence[str], late: list[NoTimeError]
) -> Sequence[Commit]:
    """Who has written what was merged; nobody knows where it takes too long."""
    if all(len(step.parents) < len(("ours", "theirs")) for step in steps):
        return ()
    try:
        return repository.everything(asked)
    except NoTimeError as error:
        late.append(error)
    except CannotTellError:
        pass
    return ()


def _origins(
    repository: Repository, first: Sequence[Version], asked: Sequence[str], late: list[NoTimeError]
) -> Sequence[str]:
    """Where files were before they came to the folders that were asked for."""
    born = {one.path for one in first}
    commits = dict.fromkeys(one.commit.id for one in first if one.commit.id not in repository.cut)
    if not commits:
        return ()
    try:
        came = [touch.before for touch in repository.arrivals(commits) if touch.kind == "R" and touch.path in born]
    except NoTimeError as error:
        late.append(error)
        return ()
    except CannotTellError:
        return ()
    return sorted({posixpath.dirname(path) or path for path in came if not _is_in(path, asked)})


def _is_in(path: str, folders: Sequence[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _on_depth(those: Mapping[str, Lineage], cut: frozenset[str]) -> Iterator[str]:
    if any(lineage[0].commit.id in cut for lineage in those.values()):
        yield (
            "this is a shallow clone, so that git does not know when older designs were made, by whom, and since when"
            " they have their status; a clone with all of its history does (`fetch-depth: 0` of actions/checkout,"
            " `GIT_DEPTH: 0` of GitLab)"
        )


@dataclass(frozen=True)
class _Wanted:
    """A version whose status is asked for."""

    key: str
    """What it is known by: all that shapes the answer."""
    blob: str
    sidecar: str
    beside: str
    uri: str
    now: str
    time: str


@dataclass
class _Teller:
    """Tells the status of versions."""

    repository: Repository
    uris: Mapping[str, str]
    settings: Settings
    known: dict[str, str]

    def __post_init__(self) -> None:
        self.used: dict[str, str] = {}
        self.remarks: list[str] = []
        self.is_done = True

    def read(self, those: Mapping[str, Lineage]) -> None:
        """Find out what nobody knows yet of some lineages."""
        wanted = {one.key: one for path, lineage in those.items() for one in self._wanted(path, lineage)}
        self.used = {key: self.known[key] for key in wanted if key in self.known}
        # The newest first: when it takes too long, what is missing is the oldest.
        new = sorted((one for key, one in wanted.items() if key not in self.known), key=lambda one: one.time)[::-1]
        if not new:
            return
        by_blob: dict[str, list[_Wanted]] = {}
        for one in new:
            by_blob.setdefault(one.blob, []).append(one)
        sidecars = dict.fromkeys(one.beside for one in new if one.beside)
        beside: dict[str, bytes] = {}
        standings, end, missing = Standings(self.settings), time.monotonic() + SECONDS, 0
        for blob, data in self.repository.contents([*sidecars, *by_blob]):
            if data is None:
                missing += 1
                continue
            if blob in sidecars:
                beside[blob] = data
            for one in by_blob.get(blob, ()):
                file = Sidecar(one.sidecar, beside[one.beside]) if one.beside in beside else None
                self.used[one.key] = standings.of(data, one.uri, one.now, file)
            if time.monotonic() > end:
                break
        left = len(wanted) - len(self.used)
        if left and (missing or self.repository.is_partial):
            self.remarks.append(
                f"the clone lacks what is in {left} older versions of designs, so that git does not know since when"
                " some have their status; one without `--filter` has it"
            )
        elif left:
            self.is_done = False
            self.remarks.append(f"there was no time to read {left} older versions of designs; the next build goes on")

    def _wanted(self, path: str, lineage: Lineage) -> Iterator[_Wanted]:
        for version in lineage:
            yield self._asked(path, version)
            if _are_several(version.drafts):
                yield from (self._asked(path, draft) for draft in version.drafts)

    def _asked(self, path: str, one: Version | Draft) -> _Wanted:
        now = self.uris[path]
        place = path.removesuffix(now)  # the folder of documents
        uri = one.path.removeprefix(place) if path != place and one.path.startswith(place) else now
        sidecar, beside = (one.sidecar, one.beside) if isinstance(one, Version) else ("", "")
        # Where nothing but a block makes a design, nothing but the text shapes what it says.
        key = f"{one.blob} {beside} {uri} {now}" if self.settings.docs else f"{one.blob} {beside}"
        return _Wanted(key, one.blob, sidecar, beside, uri, now, one.commit.time)

    def past(self, path: str, lineage: Lineage, cut: frozenset[str]) -> Sequence[Any]:
        """What `chronicle` makes a `Past` of."""
        first = lineage[0]
        whole = first.commit.id not in cut
        latest = first
        for version in lineage:
            if version.content != latest.content:
                latest = version
        updated = "" if latest.commit.id in cut else latest.commit.time[:10]
        authors = first.drafts[0].commit.people if whole and first.drafts else ()
        changes = [
            [status, version.commit.time, _person(self._who(path, version, status, before)), version.commit.id]
            for version, status, before in self._changes(path, lineage)
        ]
        is_read = all(self._asked(path, version).key in self.used for version in lineage)
        created = first.commit.time[:10] if whole else ""
        return [created, updated, [_person(who) for who in authors], changes, whole and is_read]

    def _changes(self, path: str, lineage: Lineage) -> Iterator[tuple[Version, str, str]]:
        """Where a lineage has come to another status, and which it had; versions that say none change none."""
        before = ""
        for version in lineage:
            status = self.used.get(self._asked(path, version).key)
            if status and status != before:
                yield version, status, before
                before = status

    def _who(self, path: str, version: Version, status: str, before: str) -> Person:
        """Who has set the status with which a version came to the branch."""
        people = [draft.commit.people[0] for draft in version.drafts]
        if not _are_several(version.drafts):
            return people[0] if people else _NOBODY
        found = version.commit.people[0]
        for draft, who in zip(version.drafts, people, strict=True):
            said = self.used.get(self._asked(path, draft).key) or before
            if said == status and before != status:
                found = who
            before = said
        return found


def _are_several(drafts: Sequence[Draft]) -> bool:
    """Whether more than one person may have set a status on the way."""
    return len({draft.commit.people[0] for draft in drafts}) > 1


def _person(who: Person) -> list[str]:
    return [who.name, who.handle, who.email, who.url]

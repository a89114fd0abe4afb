"""Lineage: the versions of each file as they came to the branch, under all names that it has had."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.repository import Commit, Touch

# Days are those of the branch that the site is built from, people those who wrote. So the first parents are walked: a
# merge is one step, on its own day, of all that its branch brought. What was written on the branch is looked at only
# to tell who did; who presses "merge" has written nothing. A squashed branch, or one that is pasted on, is told by its
# own commits in both ways.


@dataclass(frozen=True)
class Draft:
    """What a commit has made of a file before it came to the branch, or when."""

    commit: Commit
    path: str
    blob: str


@dataclass(frozen=True)
class Version:
    """What a file held from one commit of the branch on."""

    commit: Commit
    path: str
    blob: str
    sidecar: str
    """The path of the file of metadata beside it; empty where there is none."""
    beside: str
    """What that holds."""
    drafts: Sequence[Draft]
    """How it was written, from the first; empty where that is not known."""

    @property
    def content(self) -> tuple[str, str]:
        """What tells it from others that say something else."""
        return self.blob, self.beside


Lineage = list[Version]
"""The versions of a file, from the first."""


def lineages(
    steps: Sequence[Commit], everything: Sequence[Commit], cut: Collection[str], sidecars: Sequence[str] = ()
) -> Mapping[str, Lineage]:
    """The lineages of all files that are there at last, by path.

    `steps`: the commits of the branch, from the last. `everything`: those of all branches, children before parents;
    empty where nothing was merged, or nobody knows. `cut`: those whose parents are not there. `sidecars`: names of
    files of metadata, as the settings have them.
    """
    known = {commit.id: commit for commit in everything}
    order = {commit.id: -number for number, commit in enumerate(everything)}
    landed: set[str] = set()
    tree = _Tree(sidecars)
    for number, step in enumerate(reversed(steps)):
        parents = known[step.id].parents if step.id in known else ()
        landed.add(step.id)
        if number:  # below the first step there is nothing of the branch that could be named
            landed |= {one.id for one in _new(parents[:1], known, landed)}  # merges of what came to nothing
        side = sorted(_new(parents, known, landed), key=lambda one: order[one.id]) if len(step.parents) > 1 else []
        is_known = len(step.parents) <= 1 or (step.id in known and not any(one.id in cut for one in side))
        tree.grow(step, _drafts(side, cut), is_known=is_known)
    return tree.files


def _new(starts: Sequence[str], known: Mapping[str, Commit], landed: set[str]) -> Iterator[Commit]:
    """The commits that come with some others and have not been there before."""
    open_ones = list(starts)
    while open_ones:
        name = open_ones.pop()
        if name not in landed and (commit := known.get(name)):
            landed.add(name)
            yield commit
            open_ones += commit.parents


def _drafts(side: Sequence[Commit], cut: Collection[str]) -> Mapping[str, list[Draft]]:
    """What has been made of each file on a branch, by its last path. `side`: from the first."""
    found: dict[str, list[Draft]] = {}
    for commit in side:
        if len(commit.parents) > 1 or commit.id in cut:
            continue  # it brings what others have written
        for touch in commit.touches:
            if touch.kind != "D":
                before = found.pop(touch.before, []) if touch.kind == "R" else found.get(touch.path, [])
                found[touch.path] = [*before, Draft(commit, touch.path, touch.blob)]
    return found


class _Tree:
    """The files of the branch, while commit after commit is laid on it."""

    def __init__(self, sidecars: Sequence[str]) -> None:
        self.files: dict[str, Lineage] = {}
        self._sidecars = sidecars
        self._blobs: dict[str, str] = {}
        self._gone: dict[str, Lineage] = {}
        self._folders: dict[str, set[str]] = {}

    def grow(self, commit: Commit, drafts: Mapping[str, list[Draft]], *, is_known: bool) -> None:
        """Lay a commit on it. `is_known`: whether all of the branch that it brings is there."""
        for touch in commit.touches:
            if touch.kind in "RD":
                self._blobs.pop(touch.before, None)
        here: dict[str, Lineage] = {touch.path: self._taken(touch) for touch in commit.touches if touch.kind == "R"}
        for touch in commit.touches:
            if touch.kind == "D" or not touch.blob:
                self._gone[touch.path] = self.files.pop(touch.path, [])
                here.pop(touch.path, None)
            else:
                self._blobs[touch.path] = touch.blob
                if touch.kind != "R":
                    here[touch.path] = self.files.get(touch.path) or self._gone.pop(touch.path, [])
        self.files |= here
        for path in [*here, *self._beside_of(commit.touches, here)]:
            written: Sequence[Draft] = drafts.get(path, ())
            if not written and is_known:
                written = (Draft(commit, path, self._blobs[path]),)
            sidecar = self._sidecar(path)
            beside = self._blobs.get(sidecar, "")
            self.files[path].append(Version(commit, path, self._blobs[path], sidecar, beside, written))

    def _taken(self, touch: Touch) -> Lineage:
        return self.files.pop(touch.before, [])

    # Files of metadata

    def _sidecar(self, path: str) -> str:
        folder, name = posixpath.split(path)
        stem = posixpath.splitext(name)[0]
        beside = (posixpath.join(folder, each.replace("{name}", stem)) for each in self._sidecars)
        return next((one for one in beside if one in self._blobs), "")

    def _beside_of(self, touches: Sequence[Touch], here: Mapping[str, Lineage]) -> Iterator[str]:
        """The files that say something else because something beside them does."""
        if not self._sidecars:
            return
        for path in here:
            self._folders.setdefault(posixpath.dirname(path), set()).add(path)
        folders = {posixpath.dirname(path) for touch in touches for path in (touch.path, touch.before)}
        for folder in folders:
            for path in sorted(self._folders.get(folder, ())):
                known = self.files.get(path)
                if known and path not in here:
                    sidecar = self._sidecar(path)
                    if (sidecar, self._blobs.get(sidecar, "")) != (known[-1].sidecar, known[-1].beside):
                        yield path

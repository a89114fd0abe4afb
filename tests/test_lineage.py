"""Histories by chance, with renames, deletions and merges, against a model that has seen them happen."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest
from repos import Repo, names, steps, text

from mkdocs_designdocs.history import Past

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

STATUSES = ("draft", "in-review", "approved", "implemented")
FOLDERS = ("docs", "docs/x", "docs/y/z")
Files = dict[str, "File"]


@dataclass(frozen=True)
class File:
    """A design, whatever it is called: nobody could mistake one for another."""

    number: int
    status: str
    revision: int = 0

    @property
    def content(self) -> str:
        words = random.Random(self.number)
        lines = "".join(f"Design {self.number} says {words.random()}.\n" for _ in range(30))
        return text(self.status, f"\n# {self.number}\n\n{lines}Revision {self.revision}\n")


@dataclass
class Told:
    """What the model has seen of a design on the main branch."""

    created: str
    author: str
    updated: str
    steps: list[str] = field(default_factory=list)


class World:
    """A main branch that grows by chance, as a stream for `git fast-import`, and what has happened to its designs."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.stream = ""
        self.told: dict[int, Told] = {}
        self.main: Files = {}
        self._marks = self._numbers = 0
        self._day = datetime.date(2026, 1, 1)
        self.tip = self._commit("main", [], {}, {}, "Zed")
        for _ in range(self.chance.randint(5, 25)):
            self._branch() if self.chance.random() < 0.35 else self._step()

    @property
    def day(self) -> str:
        return self._day.isoformat()

    def _commit(self, branch: str, parents: list[int], before: Files, after: Files, who: str) -> int:
        self._marks += 1
        self._day += datetime.timedelta(days=1)
        hours = int(datetime.datetime.fromisoformat(f"{self.day}T12:00:00+00:00").timestamp())
        ways = [f"{'merge' if number else 'from'} :{parent}\n" for number, parent in enumerate(parents)]
        gone = [f"D {path}\n" for path in before if path not in after]
        made = [
            f"M 100644 inline {path}\ndata {len(file.content.encode())}\n{file.content}\n"
            for path, file in after.items()
            if before.get(path) != file
        ]
        people = "".join(f"{role} {who} <{who}@x> {hours} +0000\n" for role in ("author", "committer"))
        self.stream += f"commit refs/heads/{branch}\nmark :{self._marks}\n{people}data 1\nx\n"
        self.stream += "".join((*ways, *gone, *made))
        return self._marks

    def _changed(self, files: Files, may_change: Callable[[str], bool]) -> Files:
        """The files after something has happened to one of them."""
        after, paths = dict(files), sorted(filter(may_change, files))
        kind = self.chance.choice(("add", "edit", "status", "status", "move", "move and edit", "delete"))
        self._numbers += 1
        name = f"{self.chance.choice(FOLDERS)}/{self._numbers}.md"
        if kind == "add" or not paths:
            return {**after, name: File(self._numbers, self.chance.choice(STATUSES))}
        path = self.chance.choice(paths)
        file = after.pop(path)
        if "edit" in kind:
            file = replace(file, revision=file.revision + 1)
        if kind == "status":
            file = replace(file, status=self.chance.choice(STATUSES))
        return after if kind == "delete" else {**after, name if "move" in kind else path: file}

    def _step(self, may_change: Callable[[str], bool] = lambda _: True) -> None:
        who, after = self.chance.choice("ABC"), self._changed(self.main, may_change)
        self.tip = self._commit("main", [self.tip], self.main, after, who)
        self._land(after, {}, {}, who)

    def _branch(self) -> None:
        """A branch changes some files, meanwhile the main one may change others; then they are merged."""
        own = set(self.chance.sample(sorted(self.main), len(self.main) // 2))
        others = set(self.main) - own
        files, tip = dict(self.main), self.tip
        writers: dict[int, str] = {}
        setters: dict[int, str] = {}
        for _ in range(self.chance.randint(1, 4)):
            who, after = self.chance.choice("DEF"), self._changed(files, lambda path: path not in others)
            known = {file.number: file.status for file in files.values()}
            for file in after.values():
                if file.number not in known:
                    writers[file.number] = who
                if known.get(file.number) != file.status:
                    setters[file.number] = who
            tip = self._commit("topic", [tip], files, after, who)
            files = after
        if self.chance.random() < 0.5:
            self._step(lambda path: path in others)
        after = {path: file for path, file in self.main.items() if path not in own}
        after |= {path: file for path, file in files.items() if path not in others}
        self.tip = self._commit("main", [self.tip, tip], self.main, after, "Merger")
        self._land(after, writers, setters, "Merger")

    def _land(self, after: Files, writers: Mapping[int, str], setters: Mapping[int, str], who: str) -> None:
        before = {file.number: file for file in self.main.values()}
        for file in after.values():
            known = before.get(file.number)
            if known is None:
                self.told[file.number] = Told(self.day, writers.get(file.number, who), self.day)
            told = self.told[file.number]
            if known != file:
                told.updated = self.day
            if known is None or known.status != file.status:
                told.steps.append(f"{file.status} {self.day} {setters.get(file.number, who)}")
        self.main = after


def told(past: Past) -> Told:
    return Told(past.created, "".join(names(past)), past.updated, steps(past))


@pytest.mark.parametrize("seed", range(12))
def test_git_tells_what_has_happened(tmp_path, seed):
    world, repo = World(seed), Repo(tmp_path / "repo")
    importing = ["git", "fast-import", "--quiet"]
    subprocess.run(importing, input=world.stream.encode(), cwd=repo.root, check=True, capture_output=True)
    repo.git("reset", "-q", "--hard", "main")
    found = repo.history()
    assert {path: told(past) for path, past in found.pasts.items()} == {
        path: world.told[file.number] for path, file in world.main.items()
    }
    assert not found.remarks

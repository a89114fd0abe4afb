"""How long it takes to learn from git what has become of a collection.

Makes a repository of designs that have each been committed several times, and times what a build asks of it: with
nothing kept, with nothing new, and after one more commit.

    python benchmarks/history.py
    python benchmarks/history.py --designs 200 --commits 20
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from designs import make_designs

from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.history import History
from mkdocs_designdocs.settings import Settings

STATUSES = ("draft", "in review", "approved", "implemented", "superseded")
WHO = "Ana <ana@example.com>"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--designs", type=int, default=2000, help="default: 2000")
    parser.add_argument("--commits", type=int, default=5, help="of each design; default: 5")
    given = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {given.designs} designs × {given.commits} commits"
    )
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        root = Path(folder)
        git(root, "init", "-q", "-b", "main")
        git(root, "fast-import", "--quiet", given="".join(stream(given.designs, given.commits)))
        git(root, "reset", "-q", "--hard", "main")
        settings = Settings(root=root, docs_dir=root / "docs", cache_dir=root / ".cache")
        for name in ("nothing kept", "nothing new"):
            timed(name, settings)
        git(root, "commit", "-q", "--allow-empty", "-m", "One more", env={"GIT_AUTHOR_NAME": "Ana"})
        found = timed("one more commit", settings)
        changes = sum(len(past.changes) for past in found.pasts.values())
        print(f"{len(found.pasts)} designs with {changes} changes of status")
    return 0 if changes == given.designs * min(given.commits, len(STATUSES)) else 1


def git(root: Path, *command: str, given: str = "", env: dict[str, str] | None = None) -> None:
    people = {f"GIT_{role}_{what}": "ana@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    known = {**os.environ, **people, **(env or {})}
    subprocess.run(["git", *command], cwd=root, env=known, input=given.encode(), check=True, stdout=subprocess.DEVNULL)


def stream(designs: int, commits: int) -> Iterator[str]:
    """The designs in the order in which teams write them, for `git fast-import`."""
    chance, made = random.Random(1), make_designs(designs)
    order = [number for number in range(designs) for _ in range(commits)]
    chance.shuffle(order)
    seen = dict.fromkeys(range(designs), 0)
    for at, number in enumerate(order):
        status = STATUSES[min(seen[number], len(STATUSES) - 1)]
        seen[number] += 1
        text = f"---\ndesign:\n  template: feature\n  status: {status}\n---\n{made[number].body}\n{seen[number]}\n"
        when = 1_600_000_000 + 600 * at
        yield f"commit refs/heads/main\nauthor {WHO} {when} +0000\ncommitter {WHO} {when} +0000\ndata 1\nx\n"
        yield f"M 100644 inline docs/designs/{number:04}.md\ndata {len(text.encode())}\n{text}\n"


def timed(name: str, settings: Settings) -> History:
    files = sorted(settings.docs_dir.rglob("*.md"))
    documents = [
        Document(settings.shown(path), path.relative_to(settings.docs_dir).as_posix(), path.read_bytes())
        for path in files
    ]
    before = time.perf_counter()
    found = history_of(documents, settings)
    print(f"  {name:16} {time.perf_counter() - before:6.2f} s")
    for remark in found.remarks:
        print(f"  {remark}")
    return found


if __name__ == "__main__":
    sys.exit(main())

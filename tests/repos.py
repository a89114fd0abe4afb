"""Git repositories with designs, made for a test: every commit has its author and its day."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs_designdocs.adoption import sidecar_of
from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.history import History, Past
from mkdocs_designdocs.settings import Settings

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_COMMITTER_NAME": "The Merger",
    "GIT_COMMITTER_EMAIL": "merger@example.com",
}
BODY = "\n# A design\n\n## Context\n\n" + "".join(f"Sentence {n} of what we decide here.\n" for n in range(20))


def text(status: str, body: str = BODY, **more: str) -> str:
    """A design of a status."""
    said = "".join(f"  {key}: {value}\n" for key, value in {"status": status, **more}.items())
    return f"---\ndesign:\n{said}---\n{body}"


class Repo:
    """A repository with a site in it; `docs` holds its pages."""

    def __init__(self, root: Path, docs: str = "docs", *options: str) -> None:
        self.root = root
        self.docs = root / docs
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *command: str, **env: str) -> str:
        done = subprocess.run(
            ["git", *command], cwd=self.root, env={**os.environ, **QUIET, **env}, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return os.fsdecode(done.stdout).strip()

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file, relative to the top."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(
        self, day: str, files: Mapping[str, str | bytes] | None = None, who: str = "Ana", message: str = "Words"
    ) -> str:
        """Commit some files, and whatever else has changed; its id."""
        for name, content in (files or {}).items():
            self.write(name, content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **self.by(who, day))
        return self.git("rev-parse", "HEAD")

    def merge(self, day: str, branch: str, *options: str) -> None:
        """Merge a branch as somebody who has written nothing."""
        self.git("merge", "-q", "--no-ff", "-m", "Merge", *options, branch, **self.by("The Merger", day))

    @staticmethod
    def by(who: str, day: str) -> dict[str, str]:
        address = f"{who.split()[0].lower()}@example.com"
        written = {"GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": address, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
        return {**written, "GIT_COMMITTER_DATE": f"{day}T23:30:00-0500"}

    def settings(self, **more: Any) -> Settings:
        known = Settings(root=self.root, docs_dir=self.docs, cache_dir=self.root / ".cache")
        return replace(known, **more)

    def documents(self, settings: Settings | None = None) -> Iterator[Document]:
        """Every page, as a build finds them."""
        known = settings or self.settings()
        for path in sorted(known.docs_dir.rglob("*.md")):
            uri = path.relative_to(known.docs_dir).as_posix()
            yield Document(known.shown(path), uri, path.read_bytes(), "", sidecar_of(path, known))

    def history(self, **settings: Any) -> History:
        known = self.settings(**settings)
        return history_of(self.documents(known), known)

    def past(self, name: str = "docs/a.md", **settings: Any) -> Past:
        return self.history(**settings).of(name)


def steps(past: Past) -> list[str]:
    """Its changes, each in a word."""
    return [f"{change.status} {change.day} {change.who.name}" for change in past.changes]


def names(past: Past) -> list[str]:
    return [who.name for who in past.authors]

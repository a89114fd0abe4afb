"""What a team says of how much findings matter: rules by code, by status and by folder, of which the last counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_designdocs.diagnostics import CODES, Level
from mkdocs_designdocs.lifecycle import Status

KINDS = ("integrity", "completeness", "all")
"""What can stand for several codes."""


@dataclass(frozen=True)
class Rule:
    """One level, and for which findings it is meant."""

    codes: str
    """A code, or one of `KINDS`."""
    level: Level
    status: str = ""
    """The key of the only status that it is meant for; empty for all, and for what has none."""
    folder: str = ""
    """What `.gitignore` would call the pages that it is meant for, in the folder of the documents; empty for all."""

    def meant(self, code: str, status: Status | None, uri: str) -> bool:
        """Whether it is for a finding of this code, in a design of this status, at this page."""
        kind = "completeness" if CODES[code].completeness else "integrity"
        return (
            self.codes in (code, kind, "all")
            and (not self.status or (status is not None and status.key == self.status))
            and (not self.folder or (bool(uri) and spec(self.folder).match_file(uri)))
        )


@dataclass(frozen=True)
class Levels:
    """All rules, in the order in which the team wrote them."""

    rules: tuple[Rule, ...] = ()

    def rule(self, code: str, status: Status | None, uri: str) -> Rule | None:
        """The rule that counts for a finding: the last of those that are meant."""
        return next((rule for rule in reversed(self.rules) if rule.meant(code, status, uri)), None)


@lru_cache(maxsize=256)
def spec(pattern: str) -> GitIgnoreSpec:
    """A pattern as git reads it; raises ValueError where it is none."""
    return GitIgnoreSpec.from_lines([pattern.removeprefix("./")])

"""Templates, read by eye: their sections, and what in them asks for an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from mkdocs_designdocs.catalog import Archive
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.templates import Library

LOOKALIKES = Path(__file__).parents[2] / "tests" / "lookalikes"
"""A template in the style of each built-in one, that belongs to nobody."""
NAMES = tuple(
    path.name.split(".")[0]
    for folder in (built_in_dir(), LOOKALIKES)
    for path in sorted(folder.glob("*.md*"))
    if not path.name.startswith("_")
)


@cache
def archive() -> Archive:
    """What judges by these templates; it keeps nothing on disk and draws nothing."""
    return Archive(Settings(root=LOOKALIKES, docs_dir=LOOKALIKES, templates_dir=LOOKALIKES, index=""), None)


def library() -> Library:
    """The templates."""
    return archive().library


@dataclass(frozen=True)
class Part:
    """A section of a template as a person sees it: a heading, and the lines below."""

    number: int
    title: str
    level: int
    body: str
    parent: int
    """-1 at the top."""
    is_optional: bool
    """Whether its title says so, or the template's front matter."""
    aliases: Sequence[str] = ()

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for any number of sections."""
        return bool(re.search(r"\[(?!optional)|\{\{| \d$| \d: |^(?:GET|PUT|POST) /", self.title))

    @property
    def is_checklist(self) -> bool:
        """Whether every item is a box with words of its own."""
        items = re.findall(r"^- .*", self.body, re.MULTILINE)
        return bool(items) and all(re.match(r"- \[ \] [^\[]", item) for item in items)

    @property
    def holds_code(self) -> bool:
        """Whether any of it is code or a diagram, in which no mark of prose may be changed."""
        return "```" in self.body or "flowchart" in self.body


@cache
def parts(name: str) -> Sequence[Part]:
    """The sections of a template."""
    text = "\n".join(library().templates[name].blank.outline.lines)
    text = re.sub(r"\n---\s*\n+\*\*Author.*\Z", "\n", text, flags=re.DOTALL)
    found: list[tuple[str, int, list[str]]] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else re.match(r"(#{2,6}) (.*)", line)
        if heading:
            found.append((heading[2].strip(), len(heading[1]), []))
        elif found and line != "---":
            found[-1][2].append(line)
    optional, aliases = _declared(name)
    made: list[Part] = []
    for number, (title, level, lines) in enumerate(found):
        parent = next((p.number for p in reversed(made) if p.level < level), -1)
        may_lack = title in optional or bool(re.search(r"\((?:optional|if applicable)\)", title))
        body = "\n".join(lines).strip("\n")
        made.append(Part(number, title, level, body, parent, may_lack, aliases.get(title, ())))
    return made


def _declared(name: str) -> tuple[Sequence[str], dict[str, list[str]]]:
    """What the template's front matter says of its sections."""
    front = re.match(r"---\n(.*?)^---$", library().templates[name].path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    said = yaml.safe_load(front[1]) if front else {}
    return said.get("optional", ()), said.get("aliases", {})


def children(name: str, number: int) -> Sequence[Part]:
    """The parts right below one."""
    return [part for part in parts(name) if part.parent == number]


def descendants(name: str, number: int) -> Sequence[Part]:
    """All parts below one."""
    return [p for child in children(name, number) for p in (child, *descendants(name, child.number))]

"""Designs of which it is known what is written and what is not, made without any help from the code under test."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.checks import Subject, check
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.matching import match
from mkdocs_designdocs.templates import Library, Template, built_in_dir, load

LOOKALIKES = Path(__file__).parent / "lookalikes"


@lru_cache(maxsize=1)
def library() -> Library:
    """The built-in templates, and one in the style of each that belongs to nobody."""
    return load([built_in_dir(), LOOKALIKES])


NAMES = (
    "feature",
    "service",
    "engineering",
    "solution",
    "component",
    "italics",
    "brackets",
    "numbered",
    "nested",
    "compact",
)


# Templates, read by eye ----------------------------------------------------------------------------------------


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

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for any number of sections."""
        return bool(re.search(r"\[(?!optional)|\{\{| \d$| \d: |^(?:GET|PUT|POST) /", self.title))

    @property
    def is_checklist(self) -> bool:
        """Whether every item is a box with words of its own."""
        items = re.findall(r"^- .*", self.body, re.MULTILINE)
        return bool(items) and all(re.match(r"- \[ \] [^\[]", item) for item in items)


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
    made: list[Part] = []
    optional = {section.title for section in library().templates[name].blank.sections if section.optional}
    for number, (title, level, lines) in enumerate(found):
        parent = next((p.number for p in reversed(made) if p.level < level), -1)
        made.append(Part(number, title, level, "\n".join(lines).strip("\n"), parent, title in optional))
    return made


# Words of an author's ------------------------------------------------------------------------------------------

SENTENCES = (
    "Parcels are handed over at the gate, and every handover is kept for ninety days.",
    "The ledger answers within 40 ms for a depot of any size.",
    "Couriers see only what they carry; the depot sees all of it.",
    'We keep `parcel["id"]` as it comes, since carriers reuse numbers.',
    "See [the carrier's guide](https://example.org/guide_v2#limits) for the limits.",
    "A courier without signal keeps scanning; the queue drains _later_, in order.",
    "None of the carriers sends a checksum, so <id> and weight are compared.",
    "Helm sets `{{ .Values.depot }}` and the job reads {{ depot }} from there.",
    "What if two depots scan at once? The later scan wins.[^1]",
    "It costs about 30 € a month (see [1]) and needs no new machine.",
    "Nothing is deleted: an event that was wrong is followed by one that is right.",
    "Dates are kept as written by the scanner, in the format YYYY-MM-DD.",
    "**Never** retry a handover: a parcel would be in two places.",
    "Wie lange ein Paket liegt, entscheidet das Depot.",
    "退件由仓库登记。",
)


def _prose(dice: random.Random) -> str:
    return "\n".join(dice.sample(SENTENCES, dice.randint(1, 3)))


def _paragraphs(dice: random.Random) -> str:
    return "\n\n".join(_prose(dice) for _ in range(dice.randint(1, 3)))


def _items(dice: random.Random) -> str:
    mark = dice.choice(["- ", "* ", "1. "])
    return "\n".join(mark + dice.choice(["", "**Depot**: ", "`scan` — "]) + s for s in dice.sample(SENTENCES, 3))


def _boxes(dice: random.Random) -> str:
    return "- [x] Depot in Graz tells its couriers\n- [ ] " + dice.choice(SENTENCES)


def _table(dice: random.Random) -> str:
    rows = "\n".join(f"| {place} | {dice.randint(1, 90)} | {dice.choice(['N/A', '—', 'yes', ''])} |" for place in "ABC")
    return f"| Depot | Parcels | Night |\n|:--|--:|---|\n{rows}"


def _code(dice: random.Random) -> str:
    fence = dice.choice(["```", "~~~", "````"])
    code = dice.choice(
        ['{"parcel": "4711", "gate": 3}', "# TODO: no heading, and no word of ours\nscan --gate 3", "Depot{Gate}"]
    )
    return f"{fence}{dice.choice(['', 'json', 'python'])}\n{code}\n{fence}"


def _diagram(dice: random.Random) -> str:
    return f"```mermaid\ngraph LR\n  Gate{dice.randint(1, 9)} --> Ledger\n```"


def _page_features(dice: random.Random) -> str:
    return dice.choice(
        [
            "![The gate](img/gate.png)",
            '<img src="gate.svg" alt="">',
            "<https://example.org/gate>",
            '--8<-- "parts/gate.md"',
            '{% include "gate.md" %}',
            "::: depot.gate\n    options:\n      members: true",
            '!!! note "At the gate"\n\n    Parcels wait for two minutes.',
            '=== "Graz"\n\n    Two gates.\n\n=== "Linz"\n\n    - One gate',
            "??? info\n    Parcels wait for two minutes.",
            "<details>\n<summary>Gates</summary>\n\nTwo of them.\n\n</details>",
            "> [!WARNING]\n> Parcels wait for two minutes.",
            "Gate\n:   Where parcels come in.",
            "$$\nw = g \\cdot m\n$$",
            "[the gate]\n\n[the gate]: https://example.org/gate",
            "<table><tr><td>Gate</td></tr></table>",
        ]
    )


def _sub_headings(dice: random.Random) -> str:
    return f"###### Graz\n\n{_prose(dice)}\n\n###### Linz\n\n{_items(dice)}"


def _pseudo_headings(dice: random.Random) -> str:
    return f"**Graz**\n\n{_prose(dice)}\n\n**Linz:**\n\n{_table(dice)}"


OWN: Sequence[Callable[[random.Random], str]] = (
    _prose,
    _paragraphs,
    _items,
    _boxes,
    _table,
    _code,
    _diagram,
    _page_features,
    _sub_headings,
    _pseudo_headings,
)

NOT_APPLICABLE = (
    "N/A — no parcel is touched.",
    "Not applicable: the depot keeps nothing.",
    "None.",
    "- N/A",
    "Not needed, since nothing is sent.",
    "_n/a_",
)
NOT_YET = (
    "TBD",
    "_TBD_",
    "TODO: ask the depot",
    "- TBD",
    "To be decided.",
    "[TODO]",
    "TBD (Ana)",
    "> TBD",
    "<!-- later -->\n\nTBD.",
    "```\nTODO\n```",
)
NOTHING = ("", "<!-- what goes here? -->", "...", "-", "&nbsp;", "---", "<br>", "| Depot | Gate |\n|---|---|\n|  |  |")


# What people leave ---------------------------------------------------------------------------------------------


def untouched(body: str) -> str:
    """As the template wrote it."""
    return body


def rewrapped(body: str) -> str:
    """Every paragraph on lines of its own choice."""
    return "\n".join(
        re.sub(r"(\S+ \S+ \S+) ", r"\1\n", line) if re.match(r"[\[_A-Z]", line) and "```" not in body else line
        for line in body.split("\n")
    )


def commented_out(body: str) -> str:
    """In a comment, the heading left."""
    return f"<!--\n{re.sub('<!--|-->', '', body)}\n-->"


def without_marks(body: str) -> str:
    """With every placeholder deleted; as it was where nothing is left to see, or no placeholder was there."""
    if "```" in body or "flowchart" in body:
        return body
    return re.sub(r"\{\{[^}]*\}\}|\[(?! \])[^\]\n]*\]|(?<!\w)_[^_\n]+_(?!\w)", "", body)


LEFT: Sequence[Callable[[str], str]] = (untouched, rewrapped, commented_out, without_marks)


# Designs -------------------------------------------------------------------------------------------------------


@dataclass
class Made:
    """A design, and what is known of it."""

    lines: list[str] = field(default_factory=list)
    manners: dict[int, str] = field(default_factory=dict)
    """For each part how it was left."""
    headings: dict[int, int] = field(default_factory=dict)
    """The line of each part's heading."""

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def spans(self) -> dict[int, tuple[int, int]]:
        """For each part its first and its last line, sub-sections left aside."""
        starts = sorted([*self.headings.values(), len(self.lines) + 1])
        return {part: (line, next(s for s in starts if s > line) - 1) for part, line in self.headings.items()}


def make(name: str, manners: Sequence[str], dice: random.Random) -> Made:
    """A design of a template, each of its parts left in the manner that is asked for."""
    made = Made(["# Parcel gates", ""])
    dressed = dice.choice(DRESSES)
    for part, manner in zip(parts(name), manners, strict=True):
        if not part.body and manner != "own":
            manner = "bare"
        if manner == "removed" and (part.is_pattern or any(p.parent == part.number for p in parts(name))):
            manner = "own"
        made.manners[part.number] = manner
        if manner == "removed":
            continue
        made.lines.append("#" * part.level + " " + dressed(_named(part, dice)))
        made.headings[part.number] = len(made.lines)
        body = _body(part, manner, dice)
        made.lines += ["", *body.split("\n"), ""] if body else [""]
    if any("[^1]" in line for line in made.lines):
        made.lines += ["", "[^1]: As it was before."]
    return made


def _body(part: Part, manner: str, dice: random.Random) -> str:
    if manner == "own":
        return dice.choice(OWN)(dice)
    if manner == "not applicable":
        return dice.choice(NOT_APPLICABLE)
    if manner == "not yet":
        return dice.choice(NOT_YET)
    if manner == "nothing":
        return dice.choice(NOTHING)
    return "" if manner == "bare" else dice.choice(LEFT)(part.body)


def _named(part: Part, dice: random.Random) -> str:
    """A heading as an author gives it: its marks replaced."""
    return re.sub(
        r"\{\{[^}]*\}\}|\[(?!optional)[^\]]*\]", lambda _: dice.choice(["Gate", "Scan", "Depot log"]), part.title
    )


DRESSES: Sequence[Callable[[str], str]] = (
    lambda title: title,
    lambda title: title,
    lambda title: re.sub(r"^\d+\. ", "", title),
    lambda title: title.upper(),
    lambda title: title.replace(" & ", " and "),
    lambda title: f"**{title}**",
    lambda title: f"{title} {{#here}}",
    lambda title: f"{title}:",
)


def judged(template: Template, text: str) -> tuple[Judge, list[Diagnostic]]:
    """The verdict of the code under test."""
    judge = Judge(match(outline(text), template.blank), template.words)
    return judge, list(check(Subject("d.md", text, template.name, judge, Gate.COMPLETE)))

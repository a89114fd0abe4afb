"""No text that somebody can write makes the analysis hang: a regular expression that backtracks would stop a build.

One child process analyses all cases. It is its own clock, an alarm that interrupts a regular expression too, so that a
slow case is named and the others are judged all the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mkdocs_designdocs.drawings import _has_formula
from mkdocs_designdocs.kinds import KINDS
from mkdocs_designdocs.positions import in_source
from mkdocs_designdocs.soundness import flaw

ROOT = Path(__file__).parent.parent
LENGTH = 8_000
LIMIT = 0.5
"""Seconds for one case: each takes a tenth of one, what is quadratic ten."""

HEAD = "---\ndesign:\n  template: service\n  title: {title}\n  status: {status}\n  authors: [{author}]\n---\n"
PLACES = {
    "paragraph": "# T\n\n## Overview\n\nHello {}\n",
    "item": "# T\n\n## Overview\n\n- {}\n",
    "cell": "# T\n\n## Overview\n\n| a | b |\n|---|---|\n| x | {} |\n",
    "html": "# T\n\n## Overview\n\n<div>\n{}\n</div>\n",
    "comment": "# T\n\n## Overview\n\n<!-- a --> <!-- {} x\n",
    "code": "# T\n\n## Overview\n\n```\n{}\n```\n",
    "fence": "# T\n\n## Overview\n\n```mermaid {}\nx\n```\n",
    "heading": "# T\n\n## {}\n\nHello\n",
    "title": "# {}\n\n## Overview\n\nHello\n",
    "line": "# T\n\n**Author:** {}\n\n## Overview\n\nHello\n",
    "choice": "# T\n\n**Status:** Draft | {}\n\n## Overview\n\nHello\n",
    "author": "",
    "status": "",
}
ADOPTED = {
    "front": "---\nstatus: draft\nauthors: {}\n---\n# T\n",
    "broken front": "---\nstatus: draft\nx: @y\nauthors: {}\n---\n# T\n",
    "front list": "---\nstatus: draft\nx: @y\nauthors:\n- {}\n---\n# T\n",
    "front key": "---\nstatus: draft\n{}: x\n---\n# T\n",
    "fence yaml": "# T\n\n```yaml\nstatus: draft\nauthors: {}\n```\n",
    "plain line": "# T\n\nStatus: {}\nAuthor: {}\nDate: {}\n",
    "plain label": "# T\n\n{}: draft\n",
    "plain lines": "# T\n\nStatus: draft\n{}\n",
    "bold": "# T\n\n**{}** draft\n",
    "list": "# T\n\n- Status: {}\n- Owners:\n  - {}\n- {}\n",
    "table": "# T\n\n| Status | {} |\n|---|---|\n| Author | {} |\n",
    "section": "# T\n\n## Status\n\n{}\n\n## Owners\n\n{}\n\n## {}\n",
    "moved": "# T\n\nMoved to {}\n",
    "footer": "# T\n\n## A\n\nx\n\n---\n\nStatus: {}\n",
}
"""Pages without a block, whose metadata is read from wherever it may stand."""

SPACES = "a" + " " * LENGTH + "a"
WORST = {
    "paragraph": ["<", "<!--", "--><!--", "<a", "<a ", "<a@", "<https:", "[a ", "[^", "<summary>", "TODO ... "],
    "item": ["<!--", "<a@", "[a "],
    "cell": ["<", "<!--", "<a", "<https:", "[a "],
    "html": [">", "<", "<!--", "<a", "<a@", "<https:", "<summary>"],
    "comment": ["<!--a-->"],
    "fence": [SPACES],
    "heading": ["[", "![", "[a ", '"[', "<a ", "(optional", SPACES],
    "title": ["[", "![", "<a@", "<!--", SPACES],
    "line": [SPACES, "[a](", "@a, ", "| "],
    "choice": ["draft | ", "/ ", "x|"],
    "author": [SPACES, "[a](", "((", "a@"],
    "status": ["| ", SPACES],
    "front": ["@a, ", "[a](", "(", "- ", "a: ", "~~"],
    "broken front": [SPACES, "[a](", "(", '"', "a: ", "[", "a ["],
    "front list": [SPACES, "- ", "a: ", "'"],
    "front key": ["a ", "a:", "a-", "("],
    "plain line": ["(", "a:", "| a: ", "a, ", "| ", "superseded by ", "[a](b) ", "<!--", "\n"],
    "plain label": ["a ", "a(", ":", "*", "_", "a*", "-", "状"],
    "plain lines": ["a:\n", "a: b,\n", "Author: a, \n", "(\n", "\n", "Status: (\n"],
    "bold": ["*", "a ", "_", "a*"],
    "list": ["(", "- ", "\n  - a", "\n- Owners:\n  - b", "a:", SPACES, "  "],
    "table": ["| a ", "a\\|", "<br>", "(", "|\n| Author | a "],
    "section": ["- [x] ", "a\n", "- a\n", "superseded by ", "supersedes [a](", "*"],
    "moved": ["moved to ", "[a](", "moved ", "[", "]("],
    "footer": ["a: b\n", "---\n\n", "(", ":"],
}
"""What was slow, or is next to it, place by place."""

ANYTHING = (
    *(
        "[",
        "]",
        "(",
        "<",
        ">",
        "{",
        "{{ ",
        "_",
        "_a ",
        "*",
        "*a ",
        "**",
        "`",
        "`` ` ",
        '"',
        ' "',
        "\\",
        "|",
        "#",
        "-",
        ":",
    ),
    *(
        ".",
        "...! ",
        "a.b ",
        "a@a",
        "@a ",
        "1.",
        "1. ",
        "&nbsp;",
        "<!-- ",
        "<a =",
        "<a a",
        "[a](b",
        "[a](b(c)",
        "[a][",
        "](#",
    ),
    *("[x]: /a ", "http://", "N/A ", "TBD ", "to be ", " and ", "**a:** ", "none ", "GET /", "</a>", "YYYY-", SPACES),
)
"""What may be slow in any place."""


def document(place: str, text: str) -> str:
    """A design with a hostile text at some place."""
    if place in ADOPTED:
        return ADOPTED[place].replace("{}", text)
    values = {"title": "T", "status": "in review", "author": "A"}
    if place == "title":
        values["title"] = ""
    if place in ("author", "status"):
        values[place] = json.dumps(text)
    return HEAD.format(**values) + (PLACES[place].replace("{}", text) or "# T\n\n## Overview\n\nHello\n")


CHILD = """
import json, signal, sys, tempfile, time
from pathlib import Path
from mkdocs_designdocs.analysis import analyse
from mkdocs_designdocs.catalog import Archive
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.settings import Adopted, Settings

class Late(BaseException): pass
def late(*_): raise Late
if hasattr(signal, "SIGALRM"):
    signal.signal(signal.SIGALRM, late)
else:
    signal.alarm = lambda _: None
given = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    docs = (Adopted(("adopted.md",), template="service"),)
    settings = Settings(root=Path(folder), docs_dir=Path(folder), docs=docs)
    library = Archive(settings, None).library
    slow = []
    for number, (name, text) in enumerate(given["texts"]):
        begun = time.process_time()
        try:
            signal.alarm(5)  # by the clock on the wall, which a busy machine slows down
            analyse(Document(name, name, text.encode()), settings, library, None, marks=True)
            signal.alarm(0)
        except Late:
            slow.append(number)
        else:
            if time.process_time() - begun > given["limit"]:
                slow.append(number)
        if len(slow) == 2:
            break  # enough to see; the others may be as slow
    print(json.dumps(slow))
"""


def slow_ones(cases: list[tuple[str, str]], length: int = LENGTH) -> list[tuple[str, str]]:
    """The cases whose analysis takes longer than the limit, the first two."""
    texts = [
        (
            "adopted.md" if place in ADOPTED else "a.md",
            document(place, unit if len(unit) > length else unit * (length // len(unit))),
        )
        for place, unit in cases
    ]
    ran = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps({"texts": texts, "limit": LIMIT}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=200,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [(cases[number][0], cases[number][1][:20]) for number in json.loads(ran.stdout)]


def test_what_was_slow_is_not():
    assert not slow_ones([(place, unit) for place, units in WORST.items() for unit in units])


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_no_place_is_slow_with_anything(half):
    places = [*PLACES, *ADOPTED][half::2]
    assert not slow_ones([(place, unit) for place in places for unit in ANYTHING], length=5_000)


MANY = [str(number) for number in range(2_000)]
CRAFTED = [
    ("block", "block\n" + " ".join(MANY) + "\nstyle " + ",".join(MANY) + " fill:#f00"),
    ("class", "classDiagram\n" + "".join(f"class B{n}\n" for n in MANY) + "".join(f"<<x>> B{n}\n" for n in MANY)),
    ("state", "stateDiagram\n" + "".join(f"b-{n}\n" for n in MANY) + "".join(f"note left of b-{n}:x\n" for n in MANY)),
    ("sequence", "sequenceDiagram\n" + "".join(f"a->>{n}:x\nactivate {n}\n" for n in MANY)),
    ("flowchart", "flowchart LR\na[(\n" + "subgraph\n" * 4_000),
    ("gantt", "gantt\n" + "a, " * 12_000),
]
"""What was slow in the check of diagrams that the engine draws, with the kind that it was slow in."""
UNITS = [
    "\n",
    " \n",
    "\t\n",
    "}\n\n",
    "%%{",
    "%%{a}%%",
    "%% a\n",
    "---\n",
    "$$a ",
    "a: ",
    "[",
    '"',
    "x",
    "a-",
    "<<",
    "f)(",
]


def test_no_diagram_is_slow_outside_the_engine():
    kinds = sorted({kind.name for kind in KINDS.values()})
    sources = [head + unit * (40_000 // len(unit)) + "x" for head in ("", "---\n", "pie\na}") for unit in UNITS]
    cases = [*CRAFTED, *((kind, source) for source in sources for kind in kinds)]
    works = [(lambda kind=kind, source=source: flaw(source, kind), source) for kind, source in cases]
    works += [(lambda source=source: in_source(source, 3, 2), source) for source in sources]
    works += [(lambda source=source: _has_formula(source, "flowchart"), source) for source in sources]
    for work, source in works:
        begun = time.process_time()
        work()
        assert time.process_time() - begun < 0.4, source[:40]

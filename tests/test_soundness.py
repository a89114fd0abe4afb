"""Verdicts in which the engine alone would not agree with mermaid.js 12.3, each as that was seen to decide."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.mistakes import explain

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

STATES = "stateDiagram-v2\n"
SERVICES = "architecture-beta\nservice a(server)[A]\nservice b(server)[B]\n"
NEEDS = "requirementDiagram\nrequirement my need {\nid: 1\n}\nelement rig {\ntype: x\n}\n"

REFUSED = {
    STATES + "a --> b\nnote right of ¦c : x": "there is no state `c` above this note",
    STATES + "a --> b\nnote left of ¦c\nx\nend note": "there is no state `c` above this note",
    STATES + "note right of ¦a : x\na --> b": "there is no state `a` above this note",
    STATES + "state a\nnote right of ¦a : x": "there is no state `a` above this note",
    STATES + "a --> b\nnote right of ¦a;\nx\nend note": "there is no state `a;` above this note",
    "---\ntitle: c\n---\n" + STATES + "%% c\na --> b\nnote right of ¦c : x": "there is no state `c` above this note",
    NEEDS + "my need - contains -> ¦q": "there is no `q`",
    NEEDS + "¦q <- verifies - rig": "there is no `q`",
    "classDiagram\nclass A {\n+foo¦)\n}": "this `)` has no name and `(` before it",
    "classDiagram\nclass A {\n(¦)\n}": "this `)` has no name and `(` before it",
    "classDiagram\nA : foo¦) int": "this `)` has no name and `(` before it",
    "classDiagram\nclass A\n<<interface>> ¦B": "there is no class `B` above this line",
    "classDiagram\n<<interface>> ¦A\nclass A": "there is no class `A` above this line",
    "sequenceDiagram\nA->>B: C\nactivate ¦C": "`C` takes no part in this diagram",
    "sequenceDiagram\nparticipant C as D\nA->>B: x\nactivate ¦D": "`D` takes no part in this diagram",
    "sequenceDiagram\nA->>B: C\nactivate ¦B end": "`B end` takes no part in this diagram",
    "mindmap\n  ¦::icon(x)\n  a": "there is no node above this line to which it could belong",
    'venn-beta\ntitle "x"¦': "this diagram has no set",
    "block-beta\na b\nstyle ¦c fill:#f00": "there is no block `c` above this line",
    "block-beta\nstyle ¦a fill:#f00\na b": "there is no block `a` above this line",
    "block-beta\na b\nstyle a,¦c fill:#f00": "there is no block `c` above this line",
    SERVICES + "a:R -- L:b\n¦a:T -- B:b": "`a` and `b` are joined already",
    "flowchart LR\nsubgraph¦\na --> b\nend": "this subgraph has no name",
    "flowchart LR\nx[y]\nsubgraph z\nsubgraph¦;\na{b}\nend\nend": "this subgraph has no name",
    "gantt\ntitle a : b\nsection c\nd : crit, ¦3d": "the first task has no start",
    "gantt\nexcludes weekends\na : ¦2026-01-01\nb : 2026-01-01, 3d": "the first task has no start",
    "gantt\na : ¦until b\nb : 2026-01-01, 3d": "the first task has no start",
    "---\ntitle: a¦: b\n---\npie": "the diagram's front matter is no YAML: "
    "there is a second `: ` in this line, or the line above is not finished",
    "---\nconfig: {}\ntitle: ¦@ana\n---\npie": "the diagram's front matter is no YAML: "
    '"@ana" begins with `@`, which YAML keeps to itself',
    "---\ntitle: a\n   config¦: b\n---\npie": "the diagram's front matter is no YAML: "
    "the line is indented deeper than the one above, which has a value already",
    "---\ntitle: a\n¦title: b\n---\npie": "`title` stands twice in the front matter",
    "---\ntitle: a\nconfig:\n  x: {a: 1}\n  y: [{b: 1, ¦b: 2}]\n---\npie": "`b` stands twice in the front matter",
    "---\nconfig: {}\n¦config: {}\n---\npie": "`config` stands twice in the front matter",
}
DRAWN = [
    STATES + "c\nnote right of c : x",
    STATES + "c : text\nnote right of c : x",
    STATES + 'state "x" as c\nnote right of c\na (b)\nend note',
    STATES + "state f <<fork>>\nnote right of f : x",
    STATES + "state a {\nb --> c\n}\nnote right of b : x",
    STATES + "a-->b\nnote left of b : x",
    NEEDS + "my need - contains -> rig\nrig - satisfies -> my need",
    "requirementDiagram\nq - contains -> r\nrequirement r {\nid: 1\n}\nelement q {\ntype: x\n}",
    'requirementDiagram\nrequirement "my r" {\nid: 1\n}\nelement q:::hot {\ntype: x\n}\n"my r" - contains -> q',
    'classDiagram\nclass A {\n)x\n+()\nf( \ng(a, b) int\n}\nA : h()\nA --> B : says x)\nnote for A "x: y)"',
    "classDiagram\nnamespace N {\nclass A {\n+f()\n}\n}\nA --> B : x)",
    "classDiagram\nA --> B\n<<interface>> B\nC : x\n<<x>> C\nclass D~T~\n<<x>> D\nclass `my E`\n<<x>> `my E`",
    "classDiagram\nclass A {\n<<)x) y >>\n}\nA : <<y)>>",
    "sequenceDiagram\nparticipant My End as E\nMy Friend->>E: x\nactivate My Friend\nactivate My End",
    "classDiagram\nclass A {\n<<x>>;\n<<y>> B\n}",
    "sequenceDiagram\nactivate C\nC->>A: x",
    'flowchart LR\na["x\nsubgraph\n"] --> b["\nsubgraph\n"]',
    "sequenceDiagram\nactivate C\nparticipant C",
    "sequenceDiagram\nA->>+B: x\nNote over C,D: y\nactivate C\nactivate D",
    "sequenceDiagram\nA-)B: x\nactivate B\nB--xC: y\nactivate C\nA->>my-way: z\nactivate my-way",
    "block-beta\na-->b\nstyle a fill:#f00\nblock:c\nd\nend\nstyle c fill:#f00",
    STATES + "state a{\nb-->c\n}\nnote left of a : x\nd:::hot --> e\nnote left of d : x",
    "gantt\na : crit, a1, 2026-01-01, 3d\nb : 3d",
    "gantt\ntitle x : y\na : 2026-01-01, 3d\nsection z\nb : done, after a",
    "gantt\naccDescr {\na : 3d\n}\naccTitle: a : 3d\nincludes 2026:3d\nb : 2026-01-01, 3d",
    "gantt\nsix at 6:00 : x : a, 2026-01-01, 3d\nb : 3d",
    'flowchart LR\na["x\nsubgraph\nend"] --> b',
    'flowchart LR\na@{ label: "x\nsubgraph\nend" } --> b',
    "flowchart LR\naccDescr {\nsubgraph\n}\na --> b",
    "mindmap\n  a\n  ::icon(x)\n  :::c",
    "block-beta\na b\nc --> d\nstyle c fill:#f00\nclass z x",
    SERVICES + "a:R -- L:b\nb:L -- R:a",
    SERVICES + "a:R -- L:a",
    "---\ntitle: 'a: b' # c: d\nconfig: {theme: 'base', \"look\":\"x\"}\n---\npie",
    "---\njust words\n---\npie",
    "---\n# nothing\n---\npie",
    "---\na: &a {b: 1}\nc: [*a, *a, {b: *a}]\nd: &d [*d]\n---\npie",
    "---\nconfig:\n  x: {a: 1}\n  y: {a: 1}\ntitle: 2026-13-45\n---\npie",
]


@pytest.fixture(scope="module")
def studio():
    return Studio(Pele(), None)


@pytest.mark.parametrize("marked", REFUSED)
def test_what_mermaid_stumbles_over_is_refused(studio, marked):
    before, _, after = marked.partition("¦")
    rejection = studio.draw(before + after).rejection
    assert rejection is not None
    mistake = explain(rejection, before + after)
    assert mistake.message == REFUSED[marked]
    assert mistake.help
    assert (mistake.line, mistake.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


@pytest.mark.parametrize("source", DRAWN)
def test_what_looks_like_it_is_drawn(studio, source):
    assert studio.draw(source).svg


BY_CHROMIUM = {
    "2026-01-05": True, "2026-1-5": True, "2026-01-0": False, "206-01-05": True, "01/02/2026": True, "5 Jan 2026": True,
    "Jan 2026": True, "January": False, "x 1": True, "x1": False, "Sprint 3": True, "10:75": True, "2026-13-01": False,
    "2026-02-30": True, "2026-02-32": False, "2026--01-01": False, "31.12.2026": False, "Q1 2026": False,
    "2026-W03": False, "2026-01-05 10:30": True, "2026-01-05 25:00": False, "2026-01-05@": True, "$1": True,
    "soon": False,
}  # fmt: skip
"""Whether Chromium's `new Date` reads it, to which mermaid.js turns when `dateFormat` does not fit."""


@pytest.mark.parametrize("date", BY_CHROMIUM)
def test_dates_are_read_as_chromium_reads_them(studio, date):
    drawing = studio.draw(f"gantt\n  dateFormat YYYY/MM/DD\n  task : a, {date}, 3d")
    assert (drawing.svg is not None) == BY_CHROMIUM[date]


@pytest.mark.parametrize("date", ["2026/01/05", "5 Jan 2026", "2026-1-5", "1/5/2026", "Mon Jan 5 2026", "5-Jan-2026"])
def test_a_date_is_the_day_that_chromium_means(studio, date):
    svg = studio.draw(f"gantt\n  dateFormat YYYY/MM/DD\n  axisFormat %d.%m.%Y\n  task : a, {date}, 3d").svg
    assert svg is not None
    assert "05.01.2026" in svg

"""The types of Mermaid diagram: the words that they begin with, and what a person calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One type of diagram."""

    name: str
    """As the engine calls it."""
    spoken: str
    """As a person calls it."""
    words: tuple[str, ...]
    """What a diagram of it begins with; the usual word comes first."""


_TABLE = (
    Kind("flowchart", "flowchart", ("flowchart", "graph", "flowchart-elk")),
    Kind("sequence", "sequence diagram", ("sequenceDiagram",)),
    Kind("class", "class diagram", ("classDiagram", "classDiagram-v2")),
    Kind("state", "state diagram", ("stateDiagram-v2", "stateDiagram")),
    Kind("er", "entity relationship diagram", ("erDiagram",)),
    Kind("gantt", "Gantt chart", ("gantt",)),
    Kind("pie", "pie chart", ("pie",)),
    Kind("mindmap", "mind map", ("mindmap",)),
    Kind("timeline", "timeline", ("timeline",)),
    Kind("gitGraph", "Git graph", ("gitGraph",)),
    Kind("journey", "user journey", ("journey",)),
    Kind("quadrantChart", "quadrant chart", ("quadrantChart",)),
    Kind("requirement", "requirement diagram", ("requirementDiagram", "requirement")),
    Kind("c4", "C4 diagram", ("C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment")),
    Kind("architecture", "architecture diagram", ("architecture-beta", "architecture")),
    Kind("block", "block diagram", ("block", "block-beta")),
    Kind("xychart", "XY chart", ("xychart", "xychart-beta")),
    Kind("sankey", "Sankey diagram", ("sankey", "sankey-beta")),
    Kind("packet", "packet diagram", ("packet", "packet-beta")),
    Kind("kanban", "Kanban board", ("kanban",)),
    Kind("radar", "radar chart", ("radar-beta",)),
    Kind("treemap", "treemap", ("treemap", "treemap-beta")),
    Kind("treeView", "tree view", ("treeView-beta",)),
    Kind("eventmodeling", "event model", ("eventmodeling",)),
    Kind("ishikawa", "fishbone diagram", ("ishikawa", "ishikawa-beta")),
    Kind("venn", "Venn diagram", ("venn-beta",)),
    Kind("wardley", "Wardley map", ("wardley-beta",)),
    Kind("cynefin", "Cynefin diagram", ("cynefin-beta",)),
    Kind("swimlane", "swimlane diagram", ("swimlane-beta",)),
    Kind("agentflow", "agent flow", ("agentflow-beta",)),
    Kind("usecase", "use case diagram", ("usecase-beta",)),
    Kind(
        "railroad",
        "railroad diagram",
        ("railroad-beta", "railroad-ebnf-beta", "railroad-abnf-beta", "railroad-peg-beta"),
    ),
    Kind("info", "version note", ("info",)),
    Kind("zenuml", "ZenUML diagram", ("zenuml",)),
)

KINDS = {word: kind for kind in _TABLE for word in kind.words}
"""Every word that a diagram of mermaid.js 12.3 can begin with."""

CLIENT_ONLY = {"zenuml": "mermaid.js draws it with a plugin of its own, which the theme has to load"}
"""What the engine does not draw and mermaid.js does, and what there is to know about that."""

_FRONT_MATTER = r"\s*---[ \t]*\n.*?\n[ \t]*---[ \t]*(?=\n|\Z)"
FRONT_MATTER = re.compile(rf"\A{_FRONT_MATTER}", re.DOTALL)
PREAMBLE = re.compile(rf"\A\ufeff?(?:{_FRONT_MATTER})?(?:[\s\ufeff]+|%%\{{.*?\}}%%|%%(?!\{{)[^\n]*)*", re.DOTALL)
"""What comes before the type of a diagram: its front matter, directives, comments."""
_WORD = re.compile(r"[^\s:;({\[]*")


def first_word(source: str) -> tuple[str, int, int]:
    """The word that names the type of diagram, with its line and column; empty where there is none."""
    match = PREAMBLE.match(source)
    start = match.end() if match else 0
    word = _WORD.match(source, start)
    line = source.count("\n", 0, start) + 1
    return word.group() if word else "", line, start - (source.rfind("\n", 0, start) + 1) + 1


def kind_of(word: str) -> str:
    """The engine's name for what begins with a word; empty where nothing does.

    mermaid.js looks no further than it must: `graphTD` is a flowchart to it, though a wrong one.
    """
    known = max((one for one in KINDS if word.startswith(one)), key=len, default="")
    return KINDS[known].name if known else ""


def spoken(kind: str) -> str:
    """An engine's name for a kind, as a person would say it."""
    return next((one.spoken for one in _TABLE if one.name == kind), f"{kind} diagram")

"""The types of Mermaid diagram: the words that they begin with, and what a person calls them."""

from __future__ import annotations

import re

KINDS: dict[str, str] = {
    "flowchart": "flowchart",
    "graph": "flowchart",
    "sequenceDiagram": "sequence diagram",
    "classDiagram": "class diagram",
    "stateDiagram-v2": "state diagram",
    "stateDiagram": "state diagram",
    "erDiagram": "entity relationship diagram",
    "gantt": "Gantt chart",
    "pie": "pie chart",
    "mindmap": "mind map",
    "timeline": "timeline",
    "gitGraph": "Git graph",
    "journey": "user journey",
    "quadrantChart": "quadrant chart",
    "requirementDiagram": "requirement diagram",
    "C4Context": "C4 diagram",
    "C4Container": "C4 diagram",
    "C4Component": "C4 diagram",
    "C4Dynamic": "C4 diagram",
    "C4Deployment": "C4 diagram",
    "architecture-beta": "architecture diagram",
    "block-beta": "block diagram",
    "xychart-beta": "XY chart",
    "sankey-beta": "Sankey diagram",
    "packet-beta": "packet diagram",
    "kanban": "Kanban board",
    "radar-beta": "radar chart",
    "treemap-beta": "treemap",
    "zenuml": "ZenUML diagram",
}
"""The first words that people write, and what to call the diagram. The engine knows more, and decides."""

CLIENT_ONLY = frozenset({"zenuml"})
"""What mermaid.js (with its own plugins) draws and the engine does not."""

_ENGINE_NAMES = {"er": "entity relationship diagram", "c4": "C4 diagram", "gantt": "Gantt chart"}
PREAMBLE = re.compile(
    r"\A(?:\s*---[ \t]*\n.*?\n[ \t]*---[ \t]*(?=\n|\Z))?(?:\s+|%%\{.*?\}%%|%%(?!\{)[^\n]*)*", re.DOTALL
)


def first_word(source: str) -> tuple[str, int, int]:
    """The word that names the type of diagram, with its line and column; empty where there is none."""
    match = PREAMBLE.match(source)
    start = match.end() if match else 0
    word = re.compile(r"[^\s:;({\[]*").match(source, start)
    line = source.count("\n", 0, start) + 1
    return word.group() if word else "", line, start - (source.rfind("\n", 0, start) + 1) + 1


def spoken(kind: str) -> str:
    """An engine's name for a kind, as a person would say it."""
    named = [name for word, name in KINDS.items() if word.lower().startswith(kind.lower())]
    return _ENGINE_NAMES.get(kind) or (named[0] if named else f"{kind} diagram")

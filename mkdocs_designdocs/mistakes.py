"""What is wrong with a rejected diagram, in words that teach: each rule knows one mistake that people make."""

from __future__ import annotations

import difflib
import re

from mkdocs_designdocs.brackets import (
    needs_quotes,
    odd_quote,
    slanted,
    unclosed_block,
    unclosed_bracket,
    unopened_bracket,
)
from mkdocs_designdocs.complaints import LONGEST, Complaint, Mistake, Rule, complaint, cut
from mkdocs_designdocs.dialects import of_its_kind
from mkdocs_designdocs.engine import Rejection
from mkdocs_designdocs.kinds import KINDS, first_word
from mkdocs_designdocs.meanings import by_meaning

__all__ = ["Mistake", "cut", "explain"]


def explain(rejection: Rejection, source: str) -> Mistake:
    """What is wrong with a diagram, where, and how to mend it."""
    if rejection.code == "unsupported-diagram":
        return _unknown_kind(source)
    if rejection.code == "limit":
        help = "split it into smaller diagrams, or leave it to the browser: `{.mermaid engine=client}`"
        return Mistake(0, 0, f"this diagram is too big: {rejection.message.rstrip('.')}", help)
    if rejection.code == "unsound":
        message, _, help = rejection.message.partition("\n")
        return Mistake(rejection.line, rejection.column, message, help)
    said = complaint(rejection, source)
    if len(said.text) > LONGEST:
        return _unexpected(said)
    return next((mistake for rule in _RULES if (mistake := rule(said))), None) or _unexpected(said)


# The type -----------------------------------------------------------------------------------------------------

_TYPES = "begin with the type: `flowchart LR`, `sequenceDiagram`, `erDiagram`, `stateDiagram-v2` …"
_OFTEN = {
    "sequence": "sequenceDiagram", "class": "classDiagram", "state": "stateDiagram-v2", "er": "erDiagram",
    "entity": "erDiagram", "flow": "flowchart", "git": "gitGraph", "quadrant": "quadrantChart", "xy": "xychart",
    "c4": "C4Context", "bar": "xychart", "line": "xychart", "usecase": "usecase-beta",
}  # fmt: skip
"""What people take for the word."""
_FOLDED = {re.sub(r"-beta$|\W|_", "", kind.lower()): kind for kind in reversed(KINDS)}
_SIGNS = (
    (r"-{1,2}>>|-\)|^\s*participant\b", "sequenceDiagram"),
    (r"\|\|--|--[o|]\{|\}[o|]--", "erDiagram"),
    (r"<\|--|--\|>|^\s*class\s+\w+\s*\{", "classDiagram"),
    (r"\[\*\]", "stateDiagram-v2"),
    (r"-->|---|==>|-\.->|^\s*subgraph\b|^\s*\w+[\[({]", "flowchart LR"),
)
"""What tells of a diagram without its first line which it is."""
_OTHERS = {"@startuml": "PlantUML", "digraph": "Graphviz", "strict": "Graphviz", "@startmindmap": "PlantUML"}


def _unknown_kind(source: str) -> Mistake:
    word, line, column = first_word(source)
    text = source.split("\n")[line - 1] if word else ""
    if not word:
        return Mistake(0, 0, "this diagram is empty", _TYPES)
    if word == "---":
        return Mistake(line, column, "the front matter of this diagram is not closed", "close it with a line `---`")
    if text.lstrip().startswith("%%{"):
        return Mistake(line, column, "this `%%{` is not closed", "close it with `}%%`")
    if word == "mermaid":
        message = "`mermaid` is the language of the fence, and no type of diagram"
        return Mistake(line, column, message, "delete the word")
    if other := _OTHERS.get(word.lower()):
        return Mistake(line, column, f"this is a diagram of {other}, and no Mermaid", "name its language on the fence")
    guess = None if word == "subgraph" else _guess(text)  # no misspelt `graph`
    if not guess:
        for sign, kind in _SIGNS:
            if re.search(sign, text):
                message = "the diagram does not say of which type it is"
                return Mistake(line, column, message, f"begin with a line `{kind}`")
        return Mistake(line, column, f"`{cut(word)}` is no type of Mermaid diagram", _TYPES)
    kind, end = guess
    written = text[column - 1 : end].strip()
    mended = text[: column - 1] + kind + text[end:]
    message = f"`{cut(written)}` is no type of Mermaid diagram; did you mean `{kind}`?"
    return Mistake(line, column, message, "", mended)


def _guess(text: str) -> tuple[str, int] | None:
    """The type that a line probably means to name, and where in the line its name ends."""
    words = list(re.finditer(r"[\w-]+", text))[:2]
    for count in (2, 1):
        spelt = "".join(match[0].lower() for match in words[:count])
        spelt = re.sub(r"\W|_", "", spelt)
        if len(words) >= count and (kind := _FOLDED.get(spelt) or (_OFTEN.get(spelt) if count == 1 else None)):
            return kind, words[count - 1].end()
    if words and len(words[0][0]) > 3:
        close = difflib.get_close_matches(words[0][0].lower(), _FOLDED, 1, 0.7)
        if close:
            return _FOLDED[close[0]], words[0].end()
    return None


# What any diagram may hold ------------------------------------------------------------------------------------


def _comment(said: Complaint) -> Mistake | None:
    """A comment behind something else."""
    match = re.search(r"(?<!\s)(?:\s*;)?\s+(?P<at>%%|//|#)(?:\s|$)", said.text)
    if not match or not said.text[: match.start()].strip() or said.column <= match.start("at"):
        return None
    mended = said.text[: match.start()]
    help = "give it a line of its own, after `%%`"
    return said.here(match.start("at"), "a comment cannot stand behind something else", help, mended)


def _marker(said: Complaint) -> Mistake | None:
    """The mark of a list or a quote that was left in."""
    match = re.match(r"\s*(?P<at>[-*+>]|\d+[.)])\s+(?=\w)", said.text)
    far = said.column > match.end() + 1 and "taskData" not in said.expected if match else True
    if not match or far or said.kind in ("mindmap", "kanban"):
        return None
    mended = said.text[: match.start("at")] + said.text[match.end() :]
    return said.here(match.start("at"), f"a `{match['at']}` does not begin a line of a diagram", "", mended)


def _type_again(said: Complaint) -> Mistake | None:
    """The first line of the diagram once more."""
    word = first_word("\n".join(said.lines))
    match = re.match(rf"\s*(?P<at>{re.escape(word[0])})(?![\w-])", said.text)
    if not match or said.line <= word[1] or said.column > match.end() + 1:
        return None
    return said.here(match.start("at"), f"`{word[0]}` stands above already", "remove this line")


def _type_misspelt(said: Complaint) -> Mistake | None:
    """`stateDiagramv2`: mermaid.js knows the type by how it begins, and stumbles then."""
    word, line, _ = first_word("\n".join(said.lines))
    if said.line != line or word in KINDS or re.sub(r"\W|_", "", word.lower()) not in _FOLDED:
        return None
    return _unknown_kind("\n".join(said.lines))


_WITH_END = {"flowchart", "swimlane", "sequence", "block", "agentflow", "usecase", "state"}


def _reserved(said: Complaint) -> Mistake | None:
    """`end` as the name of a node or participant."""
    word = re.match(r"\s*(end)\b", said.rest)
    if said.kind not in _WITH_END or (said.got != "end" and not word):
        return None
    index = said.column - 1 + (word.start(1) if word else 0)
    if said.at_end or said.text.strip() == "end":
        return said.here(index, "an `end` closes nothing here", "remove it, or add the line that it should close")
    behind = said.text[:index].rstrip()
    if behind[-1:] in tuple('])}"') and not said.text[index + 3 :].strip():
        return said.here(index, "an `end` stands in a line of its own")
    mended = f"{said.text[:index]}End{said.text[index + 3 :]}"
    help = "write `End`, or another name with a label: `stop[end]`"
    return said.here(index, "`end` is a reserved word", help, mended)


_WORDS = {
    "sequence": "participant actor activate deactivate create destroy autonumber note loop alt else"
    " opt par and critical option break rect box end title links link properties",
    "flowchart": "subgraph end direction classDef class click style linkStyle",
    "class": "class namespace note direction classDef style click link callback",
    "state": "state note direction classDef class",
    "gitGraph": "commit branch checkout switch merge cherry-pick",
    "c4": "Person Person_Ext System System_Ext SystemDb SystemQueue Container ContainerDb ContainerQueue Component"
    " ComponentDb Boundary System_Boundary Container_Boundary Enterprise_Boundary Deployment_Node Node Rel BiRel"
    " Rel_U Rel_D Rel_L Rel_R Rel_Back UpdateElementStyle UpdateRelStyle UpdateLayoutConfig title",
    "quadrantChart": "title x-axis y-axis quadrant-1 quadrant-2 quadrant-3 quadrant-4 classDef",
    "xychart": "title x-axis y-axis bar line",
    "architecture": "group service junction align title",
    "requirement": "requirement functionalRequirement interfaceRequirement performanceRequirement physicalRequirement"
    " designConstraint element id text risk verifymethod type docref direction style classDef class",
    "radar": "title axis curve max min ticks graticule showLegend",
    "block": "columns block space end style classDef class",
    "gantt": "title dateFormat axisFormat tickInterval section excludes includes todayMarker weekday weekend",
}
_WORDS["swimlane"] = _WORDS["flowchart"]
_NEEDS_MORE = {"flowchart", "swimlane"}
"""Where a word alone is a node."""


def _misspelt(said: Complaint) -> Mistake | None:
    """The first word of the line is nearly one that the diagram knows."""
    match = re.match(r"\s*([A-Za-z][\w-]{2,})", said.text)
    words = _WORDS.get(said.kind, "").split()
    if not match or said.line == 1 or match[1] in words or match[1].lower() in words:
        return None
    if said.kind in _NEEDS_MORE and not re.match(r"\s+\S", said.text[match.end() :]):
        return None
    close = difflib.get_close_matches(match[1], words, 1, 0.75)
    if not close:
        return None
    behind = said.text[match.end() :]
    glued = match[1][len(close[0]) :] if match[1].startswith(close[0]) else ""
    mended = said.text[: match.start(1)] + close[0] + (f" {glued}" if glued else "") + behind
    mended = mended if re.match(r"$|[\s(:{]", behind) else ""
    return said.here(match.start(1), f"`{match[1]}` cannot stand here; did you mean `{close[0]}`?", "", mended)


# What is left -------------------------------------------------------------------------------------------------

_TOKENS = {
    "COLON": "`:`", "SEMI": "`;`", "COMMA": "`,`", "PIPE": "`|`", "SQE": "`]`", "PE": "`)`", "SQS": "`[`",
    "DIAMOND_STOP": "`}`", "STRUCT_STOP": "`}`", "BLOCK_STOP": "`}`", "STRUCT_START": "`{`", "end": "`end`",
    "point_start": "`[`", "SQUARE_BRACES_START": "`[`", "SQUARE_BRACES_END": "`]`", "RBRACE": "`}`", "AS": "`as`",
    "ARROW_DELIMITER": "`-->`", "TXT": "`: text`", "LOW_RISK": "`low`", "MED_RISK": "`medium`",
    "HIGH_RISK": "`high`", "CONTAINS": "`contains`", "COPIES": "`copies`", "DERIVES": "`derives`",
    "SATISFIES": "`satisfies`", "VERIFIES": "`verifies`", "REFINES": "`refines`", "TRACES": "`traces`",
    "VERIFY_ANALYSIS": "`analysis`", "VERIFY_DEMONSTRATION": "`demonstration`", "VERIFY_INSPECTION": "`inspection`",
    "VERIFY_TEST": "`test`", "EOF": "the end of the diagram", "NEWLINE": "a new line", "NL": "a new line",
    "SPACE": "a space", "NODE_STRING": "a node", "NODE_ID": "a node", "NUM": "a number", "NUMBER": "a number",
    "NUMBER2": "a number", "INT": "a whole number", "NUMBER_WITH_DECIMAL": "a number", "STR": "text in quotes",
    "STRING": "text in quotes", "ID": "a name", "ALPHA": "a name", "IDENTIFIER": "a name", "ACTOR": "a participant",
    "ENTITY_NAME": "an entity", "UNICODE_TEXT": "a name", "BQUOTE_STR": "a name", "EDGE_STATE": "a state",
    "LINK": "an arrow", "taskData": "`:` and its data",
    "AGGREGATION": "a relation", "EXTENSION": "a relation", "COMPOSITION": "a relation", "DEPENDENCY": "a relation",
    "LOLLIPOP": "a relation", "LINE": "a relation", "DOTTED_LINE": "a relation", "ZERO_OR_ONE": "`o|`",
    "ZERO_OR_MORE": "`o{`", "ONE_OR_MORE": "`|{`", "ONLY_ONE": "`||`", "IDENTIFYING": "`--`",
    "NON_IDENTIFYING": "`..`", "over": "`over`", "left_of": "`left of`", "right_of": "`right of`",
    "ATTRIBUTE_WORD": "an attribute", "ARROW_DIRECTION": "`L`, `R`, `T` or `B`", ":": "`:`", ";": "`;`", "=": "`=`",
    "unqString": "text", "qString": "text in quotes",
}  # fmt: skip
"""What the parsers of mermaid.js call things, and what people do."""
_ARROWS = ("SOLID", "DOTTED", "BIDIRECTIONAL", "CENTRAL")
_UNSAID = {"MINUS", "?", "TAGSTART", "TEXT", "MD_PARENT", "DECIMAL_NUM", "ENTITY_ONE"}


def _wanted(said: Complaint) -> str:
    """What could stand at the position, as far as it can be said in a few words."""
    names: list[str] = []
    for token in said.expected:
        name = _TOKENS.get(token) or ("an arrow" if token.startswith(_ARROWS) else "")
        if not name and re.match(r"(?:an?|the) [a-z]", token):
            name = token  # some parsers have words for what they expect
        if not name and token not in _UNSAID:
            return ""
        names.append(name)
    names = sorted(dict.fromkeys(filter(None, names)))
    if not 0 < len(names) <= 7:
        return ""
    return f"; expected {', '.join(names[:-1])}{' or ' if len(names) > 1 else ''}{names[-1]}"


def _unexpected(said: Complaint) -> Mistake:
    """What is left: the thing at the position is not what can stand there."""
    wanted = _wanted(said)
    if said.at_end:
        last = max((number for number, line in enumerate(said.lines, 1) if line.strip()), default=0)
        column = len(said.lines[last - 1].rstrip()) + 1 if last else 0
        return Mistake(last, column, f"the diagram ends too early{wanted}")
    match = re.match(r"\s*(\w+|[^\w\s]+)", said.rest)
    if not match:
        return Mistake(said.line, said.column, f"this line ends too early{wanted}")
    return said.here(said.column - 1 + match.start(1), f"`{cut(match[1])}` cannot stand here{wanted}")


_RULES: tuple[Rule, ...] = (
    by_meaning, _type_misspelt, _type_again, _comment, _marker, unclosed_block, slanted, unclosed_bracket,
    needs_quotes, _reserved, of_its_kind, _misspelt, unopened_bracket, odd_quote,
)  # fmt: skip
"""The first that knows what to say says it."""

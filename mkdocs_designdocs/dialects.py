"""Mistakes that belong to one type of diagram: what its grammar calls otherwise, or wants in another way."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from mkdocs_designdocs import charts, entities
from mkdocs_designdocs.brackets import bracket_in_label
from mkdocs_designdocs.complaints import Complaint, Mistake, Rule
from mkdocs_designdocs.kinds import spoken

_FLOW = ("flowchart", "swimlane", "agentflow")
_DIRECTIONS = ("TB", "TD", "BT", "LR", "RL")


def of_its_kind(said: Complaint) -> Mistake | None:
    """A mistake that only this type of diagram knows."""
    rules = _OF_KIND.get(said.kind, ())
    return next((mistake for rule in rules if (mistake := rule(said))), None)


# Flowcharts ---------------------------------------------------------------------------------------------------


def _direction(said: Complaint) -> Mistake | None:
    """A direction that there is not, or one that is stuck to the word before it."""
    match = re.match(r"\s*(graph|flowchart|direction|swimlane-beta)\b[ \t]*([-_:.]?)[ \t]*(\w+)", said.text)
    stuck = re.match(r"\s*(graph|flowchart)(-?)(TB|TD|BT|LR|RL)\b", said.text)
    if stuck:
        mended = f"{said.text[: stuck.end(1)]} {said.text[stuck.start(3) :]}"
        return said.here(stuck.end(1), f"a space is missing between `{stuck[1]}` and `{stuck[3]}`", "", mended)
    if not match or (match[3] in _DIRECTIONS and not match[2]) or said.column - 1 > match.end():
        return None
    word = match[3].upper()
    close = word if word in _DIRECTIONS else next(iter(difflib.get_close_matches(word, _DIRECTIONS, 1, 0.7)), "")
    mended = f"{said.text[: match.end(1)]} {close}{said.text[match.end(3) :]}" if close else ""
    guess = f"; did you mean `{close}`?" if close else ""
    help = "" if close else "a direction is `TB` (down), `BT` (up), `LR` or `RL`"
    return said.here(match.start(3), f"`{match[3]}` is no direction{guess}", help, mended)


def _behind_the_direction(said: Complaint) -> Mistake | None:
    """`graph LR A --> B`, all in one line"""
    match = re.match(r"\s*(?:graph|flowchart)[ \t]+(?:TB|TD|BT|LR|RL)(?P<at>[ \t]+)(?=\S)", said.text)
    if not match or said.column - 1 != match.end():
        return None
    mended = f"{said.text[: match.start('at')]}; {said.rest}"
    return said.here(match.end(), "a new line, or a `;`, is missing behind the direction", "", mended)


def _half_an_arrow(said: Complaint) -> Mistake | None:
    """`--` with a label, or with nothing, and no `-->` behind it."""
    if not {"EDGE_TEXT", "THICK_EDGE_TEXT", "DOTTED_EDGE_TEXT"}.intersection(said.expected):
        return None
    if said.text.count('"') % 2:
        return None
    for number in range(min(said.line, len(said.lines)), 0, -1):
        line = said.lines[number - 1]
        match = re.search(r"(?<![-=.<>ox])(--|==|-\.)(?![-=.>])(?P<label>[^-=>]*)(?P<end>[-=]>)?(?P<rest>.*)$", line)
        if match is None or re.search(r"-->|---|==>|===|\.->|\.-", match["label"] + match["rest"]):
            continue
        if match[1] == "-." and match["end"] and match["label"].endswith("."):
            continue
        whole = {"--": "-->", "==": "==>", "-.": ".->"}[match[1]]
        if match["end"]:
            mended = line[: match.start("end")] + whole + line[match.end("end") :]
            message = f"the arrow goes on with `{whole}` behind its label"
            return Mistake(number, match.start("end") + 1, message, f"write `{mended.strip()}`", mended)
        arrow = whole if match[1] != "-." else "-.->"
        mended = line[: match.start(1)] + arrow + line[match.end(1) :]
        message = f"`{match[1]}` begins an arrow with a label, and no `{whole}` ends it"
        return Mistake(number, match.start(1) + 1, message, f"write `{mended.strip()}`", mended)
    return None


def _label_with_colon(said: Complaint) -> Mistake | None:
    """`A --> B: text`, as sequence diagrams have it."""
    arrow_and_node = r"(?P<arrow>-->|---|==>|-\.->)\s*(?P<node>[\w.]+)"
    match = re.search(rf"{arrow_and_node}(?P<at>\s*:)\s*(?P<label>[^|]+?)\s*;?$", said.text)
    if not match or said.column - 1 < match.start("at"):
        return None
    label = match["label"].replace('"', "#quot;")
    label = label if re.fullmatch(r"[\w ]+", label) else f'"{label}"'
    mended = f"{said.text[: match.end('arrow')]}|{label}| {match['node']}"
    return said.here(match.start("at"), "the label of an arrow stands between bars, behind the arrow", "", mended)


def _label_without_bars(said: Complaint) -> Mistake | None:
    """`A -->yes B`"""
    match = re.search(r"(?P<arrow>-->|==>|-\.->)(?P<label>\w+)\s+(?P<node>\w.*)$", said.text)
    if not match or said.got != "NODE_STRING" or said.column - 1 != match.start("node"):
        return None
    mended = f"{said.text[: match.end('arrow')]}|{match['label']}| {match['node']}"
    return said.here(match.start("label"), "the label of an arrow stands between bars", "", mended)


def _name_of_words(said: Complaint) -> Mistake | None:
    """`my node --> B`"""
    match = re.search(r"(?P<name>[A-Za-z0-9_]+)\s+$", said.text[: said.column - 1])
    words = re.match(r"\w+(?:[ \t]+\w+)*(?=\s*(?:$|[-=<~&;:%]))", said.rest)
    if said.got != "NODE_STRING" or "SEMI" not in said.expected or not match or not words:
        return None
    if match["name"] in ("direction", "class", "click", "style", "end", "subgraph", "flow"):
        return None
    node = f'{match["name"]}["{match["name"]} {words.group()}"]'
    mended = said.text[: match.start("name")] + node + said.rest[words.end() :]
    return said.here(said.column - 1, "the name of a node is one word; what it is called may be several", "", mended)


def _title_of_subgraph(said: Complaint) -> Mistake | None:
    match = re.match(r"(?P<word>\s*subgraph\s+)(?P<title>[^\[\]\"]*[()][^\[\]\"]*)$", said.text)
    if not match or said.got not in ("PS", "PE"):
        return None
    name = re.sub(r"\W+", "_", match["title"]).strip("_") or "group"
    mended = f'{match["word"]}{name}["{match["title"].strip()}"]'
    return said.here(said.column - 1, f"a `{said.rest[:1]}` in the title of a subgraph needs quotes", "", mended)


# Sequence diagrams --------------------------------------------------------------------------------------------


def _semicolon(said: Complaint) -> Mistake | None:
    match = re.search(r":[^;]*(?<!#\w)(?<!#\w\w)(?<!#\w{3})(?<!#\w{4})(?<!#\w{5})(?P<at>;)", said.text)
    if not match or said.column - 1 <= match.start("at"):
        return None
    mended = f"{said.text[: match.start('at')]}#59;{said.text[match.end('at') :]}"
    return said.here(match.start("at"), "a `;` ends the message, and what stands behind it is none", "", mended)


def _message_without_text(said: Complaint) -> Mistake | None:
    if said.got in ("NEWLINE", "$end", "EOF") and "TXT" in said.expected:
        mended = said.text.rstrip() + ": …"
        return said.here(said.column - 1, "this message has no text", "say what is sent: `A->>B: text`", mended)
    return None


def _place_of_note(said: Complaint) -> Mistake | None:
    match = re.match(r"\s*note\s+(?P<at>\w+)", said.text, re.IGNORECASE)
    if not match:
        return None
    help = "a note stands `over A,B`, `left of A` or `right of A`, then a `:` and its text"
    if "over" in said.expected:
        return said.here(match.start("at"), f"`{match['at']}` is no place for a note", help)
    if said.got == "TXT":
        return said.here(said.column - 1, "this note does not say whose it is", help)
    return None


# Classes, states ----------------------------------------------------------------------------------------------


def _member(said: Complaint) -> Mistake | None:
    match = re.match(r"(\s*)([+#~-]\s*\w.*)$", said.text)
    above = [found[1] for line in said.lines[: said.line] if (found := re.match(r"\s*class\s+(\w+)", line))]
    if not match or not above:
        return None
    mended = f"{match[1]}{above[-1]} : {match[2]}"
    return said.here(match.start(2), "this member stands in no class", "", mended)


_NOTE = re.compile(r"\s*(?P<at>note)\s+(?:left|right)\s+of\s+\w+\s*$", re.IGNORECASE)


def _open_note(said: Complaint) -> Mistake | None:
    for number in range(min(said.line, len(said.lines)), 0, -1):
        if match := _NOTE.match(said.lines[number - 1]):
            help = "close it with a line `end note`, or write it in one line: `note right of A : text`"
            return Mistake(number, match.start("at") + 1, "this note is not closed", help)
    return None


def _as(said: Complaint) -> Mistake | None:
    match = re.match(r'(\s*state\s+"[^"]*")\s+(?=\w)', said.text)
    if not match or "AS" not in said.expected:
        return None
    return said.here(match.end(), "an `as` is missing before the name", "", f"{match[1]} as {said.text[match.end() :]}")


# Arrows -------------------------------------------------------------------------------------------------------

_CLASS_ARROWS = ("<|--", "--|>", "*--", "--*", "o--", "--o", "-->", "<--", "--", "..>", "<..", "<|..", "..|>", "..")
_ARROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "sequence": ("->>", ("->", "-->", "->>", "-->>", "-x", "--x", "-)", "--)", "<<->>", "<<-->>")),
    "class": ("-->", _CLASS_ARROWS),
    "xychart": ("-->", ("-->",)),
    "quadrantChart": ("-->", ("-->",)),
    "state": ("-->", ("-->",)),
    "block": ("-->", ("-->", "---", "--", "==>", "-.->")),
    **dict.fromkeys(_FLOW, ("-->", ("-->", "---", "--", "==>", "===", "==", "-.->", "-.-", "-.", "--x", "--o"))),
}
"""The usual arrow of a kind, and others that it knows."""
_ARROW = re.compile(
    r"(?<![-=.<>|])(?:[<|*o]{0,2}(?:[-=.]+|[–—]+)[>)|x*]{1,3}|[–—]+|[→⇒⟶]|(?:<\|?|\*)-+(?=\s))(?![-=.<>|])"
)
_DOTTED = ("--", "..")


def arrow(said: Complaint) -> Mistake | None:
    """An arrow of another type of diagram, or of a word processor."""
    if said.kind not in _ARROWS:
        return None
    usual, known = _ARROWS[said.kind]
    for match in _ARROW.finditer(said.text):
        if match[0] in known or match.start() > said.column:
            continue
        if said.column > match.end() + 3:
            continue
        close = usual
        if said.kind == "sequence" and match[0].startswith("--"):
            close = "-->>"
        elif said.kind == "class" and match[0].isascii():
            close = next(iter(difflib.get_close_matches(match[0], known, 1, 0.7)), usual)
        mended = said.text[: match.start()] + close + said.text[match.end() :]
        return said.here(match.start(), f"`{match[0]}` is no arrow in {_a(spoken(said.kind))}", "", mended)
    return None


def _colon_of_option(said: Complaint) -> Mistake | None:
    """`commit id "a"`"""
    match = re.match(r"(?:id|tag|type|msg|order|parent)(?=\s+[\w\"])", said.rest)
    if not match:
        return None
    mended = f"{said.text[: said.column - 1]}{match[0]}:{said.rest[match.end() :]}"
    return said.here(said.column - 1 + match.end(), f"a `:` is missing behind `{match[0]}`", "", mended)


def _a(name: str) -> str:
    return f"{'an' if name[0].lower() in 'aeio' or name.startswith('XY') else 'a'} {name}"


def _bars_in_quotes(said: Complaint) -> Mistake | None:
    """`A -->"|text|" B`"""
    match = re.search(r'(?:-->|---|==>|===|-\.->)\s*(?P<at>"\|)(?P<label>[^|"]*)\|"', said.text)
    if not match:
        return None
    mended = f'{said.text[: match.start("at")]}|"{match["label"]}"|{said.text[match.end() :]}'
    return said.here(match.start("at"), "the quotes of a label stand between its bars", "", mended)


def _word_of_plantuml(said: Complaint) -> Mistake | None:
    """`database Store`, as PlantUML has it."""
    match = re.match(r"\s*(?P<at>boundary|control|database|entity|queue|service|system|user)\s+(?=\w)", said.text)
    if not match or "ACTOR" in said.expected:
        return None
    mended = f"{said.text[: match.start('at')]}participant {said.text[match.end() :]}"
    return said.here(match.start("at"), f"a `{match['at']}` is called `participant` here", "", mended)


_FLOWCHART: tuple[Rule, ...] = (
    _direction, _behind_the_direction, _half_an_arrow, _label_with_colon, _label_without_bars, _bars_in_quotes,
    _title_of_subgraph, arrow, _name_of_words,
)  # fmt: skip
_OF_KIND: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys(_FLOW, _FLOWCHART),
    "sequence": (_semicolon, _word_of_plantuml, arrow, _message_without_text, _place_of_note),
    "er": (entities.label_of_relation, entities.comma_behind_key, entities.attribute, entities.cardinality),
    "class": (arrow, _member),
    "state": (arrow, _open_note, _as, _direction),
    "gitGraph": (_colon_of_option,),
    "gantt": (charts.task,),
    "journey": (charts.task,),
    "mindmap": (bracket_in_label, charts.class_behind),
    "kanban": (bracket_in_label,),
    "pie": (charts.colon, charts.unquoted_label, charts.number),
    "treemap": (charts.unquoted_label, charts.number),
    "packet": (charts.colon, charts.unquoted_label, charts.field),
    "quadrantChart": (arrow, charts.point),
    "xychart": (arrow, charts.list_of_numbers, charts.categories),
    "sankey": (charts.beyond_ascii, charts.row),
    "radar": (charts.axis,),
    "c4": (charts.comma,),
    "architecture": (charts.colon, charts.side, charts.beta),
    "requirement": (charts.requirement, charts.word_in_text),
    "block": (arrow,),
}

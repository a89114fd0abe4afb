"""What mermaid.js cannot draw although its grammar has nothing against it, and the engine draws all the same.

mermaid.js ends at these with a message about its own insides. Each was seen there, in version 12.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mkdocs_designdocs.foreword import Flaw, unreadable
from mkdocs_designdocs.kinds import PREAMBLE


def flaw(source: str, kind: str) -> Flaw | None:
    """The first thing in a diagram of some kind that mermaid.js stumbles over."""
    check = _CHECKS.get(kind)
    return unreadable(source) or (next(check(list(_lines(source))), None) if check else None)


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """The lines of the diagram that are no comments, numbered from 1."""
    head = PREAMBLE.match(source)
    skipped = source.count("\n", 0, head.end()) if head else 0
    for number, line in enumerate(source.split("\n"), 1):
        if number > skipped and not line.lstrip().startswith("%%"):
            yield number, line


class _Mentions:
    """What the lines so far name, in whatever way: what is not looked into is given the benefit of the doubt."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._text = ""
        self._words: set[str] = set()

    def add(self, line: str) -> None:
        """One line more."""
        self._waiting.append(line)

    def __contains__(self, name: str) -> bool:
        if self._waiting:  # only now, for most diagrams never ask
            text = "\n".join(self._waiting) + "\n"
            self._waiting.clear()
            self._text += text
            self._words.update(word for found in _WORD.findall(text) for word in (found, found.removeprefix("x")))
        return name in self._words or (_WORD.fullmatch(name) is None and self._has_among_signs(name))

    def _has_among_signs(self, name: str) -> bool:
        at = self._text.find(name)
        while at >= 0:
            before, behind = self._text[max(at - 1, 0) : at], self._text[at + len(name) : at + len(name) + 1]
            if (before in ("", "x") or not _WORD.match(before)) and not _WORD.match(behind):
                return True
            at = self._text.find(name, at + 1)
        return False


_WORD = re.compile(r"\w+")


_NOTE = re.compile(r"\s*note\s+(?:left|right)\s+of\s+(?P<state>[^:\n]*[^:\s])\s*(?P<text>:|$)", re.IGNORECASE)
_BARE_STATE = re.compile(r"\s*state\s+[^\s{]+\s*$")


def _notes_of_states(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """A note stands at a state that was there before it; `state x` alone makes none."""
    above = _Mentions()
    in_note = False
    for number, line in lines[1:]:
        if in_note:
            in_note = line.strip().lower() != "end note"
        elif match := _NOTE.match(line):
            in_note = not match["text"]
            if match["state"] not in above:
                help = "name the state above the note, in an arrow or in a line of its own"
                yield number, match.start("state") + 1, f"there is no state `{match['state']}` above this note", help
        elif not _BARE_STATE.match(line):
            above.add(line)


_DECLARES = re.compile(
    r"\s*(?:(?:functional|interface|performance|physical)?requirement|designConstraint|element)\s", re.IGNORECASE
)
_VERB = r"(?:contains|copies|derives|satisfies|verifies|refines|traces)"
_RELATION = re.compile(rf"-\s*{_VERB}\s*->|<-\s*{_VERB}\s*-")


def _ends_of_relations(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What a relation joins is declared, above or below."""
    declared = set()
    for _, line in lines:
        if match := _DECLARES.match(line):
            declared.add(line[match.end() :].partition("{")[0].partition(":::")[0].strip(' \t"'))
    for number, line in lines:
        if match := _RELATION.search(line):
            for begin, end in ((0, match.start()), (match.end(), len(line))):
                name = line[begin:end].strip(' \t"')
                if name not in declared:
                    column = begin + len(line[begin:end]) - len(line[begin:end].lstrip(' \t"')) + 1
                    help = f"declare it: `element {name} {{`, or a requirement of this name"
                    yield number, column, f"there is no `{name}`", help


_ANNOTATION = re.compile(r"\s*<<[^<>]*>>\s*(?P<name>\w+|`[^`]+`)\s*$")


_CLASS = re.compile(r"\s*class\b[^{]*\{\s*$")
_OF_CLASS = re.compile(r"(?!note\b|click\b|link\b|callback\b|style\b|classDef\b|title\b|acc\w+\b)[\w~`.\[\]\" ]+:")


def _classes(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """A member with a `)` is a method, with a name and a `(` before that; an annotation is one of a class above it."""
    above = _Mentions()
    inside = False
    for number, line in lines[1:]:
        if inside and line.strip().startswith("}"):
            inside = False
            continue
        match = None if inside else _ANNOTATION.match(line)
        if match and match["name"].strip("`") not in above:
            help = "put the annotation below its class, or into it"
            yield number, match.start("name") + 1, f"there is no class `{match['name']}` above this line", help
        owner = None if inside else _OF_CLASS.match(line, len(line) - len(line.lstrip()))
        start = 0 if inside else owner.end() if owner else len(line)
        member = line[start:].strip()
        annotation = member.startswith("<<") and member.endswith(">>")
        if member.find(")") > 0 and not annotation and not 0 < member.find("(", 1) < member.rfind(")"):
            help = "a method is written `+name(parameters) type`"
            yield number, line.index(")", start) + 1, "this `)` has no name and `(` before it", help
        inside = inside or _CLASS.match(line) is not None
        above.add(line)


_STYLE = re.compile(r"\s*style\s+(?P<names>[\w,-]+)\s")
_CLASS_OF_BLOCKS = re.compile(r"\s*class(?:Def)?\s")


def _styled_blocks(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What has a style is there already."""
    above = _Mentions()
    for number, line in lines[1:]:
        match = _STYLE.match(line)
        if match is None:
            if not _CLASS_OF_BLOCKS.match(line):
                above.add(line)
            continue
        for name in re.finditer(r"[^,]+", match["names"]):
            if name[0] not in above:
                column = match.start("names") + name.start() + 1
                yield number, column, f"there is no block `{name[0]}` above this line", "put the style below its block"


_EDGE = re.compile(
    r"\s*(?P<one>[\w-]+)(?:\{group\})?\s*:\s*[LRTB]\s*<?-.*?->?\s*[LRTB]\s*:\s*(?P<other>[\w-]+)(?:\{group\})?\s*$"
)


def _edges_drawn_twice(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """Two services are joined once in a direction."""
    seen: set[tuple[str, str]] = set()
    for number, line in lines:
        if match := _EDGE.match(line):
            ends = (match["one"], match["other"])
            if ends in seen:
                help = "remove one of the two, or turn it round"
                yield number, match.start("one") + 1, f"`{ends[0]}` and `{ends[1]}` are joined already", help
            seen.add(ends)


_ACTIVATE = re.compile(r"\s*activate\s+(?P<name>[^\s<>:,;@#%]+(?:[ \t]+[^\s<>:,;@#%]+)*)\s*$")


def _activations(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What is activated takes part."""
    active = [(number, match) for number, line in lines if (match := _ACTIVATE.match(line))]
    if active:
        # The text of a message and what stands behind `as` are words for people.
        said = _Mentions()
        for _, line in lines[1:]:
            if not _ACTIVATE.match(line):
                said.add(re.split(r":|\sas\s", line, maxsplit=1)[0])
        for number, match in active:
            if match["name"] not in said:
                message = f"`{match['name']}` takes no part in this diagram"
                yield number, match.start("name") + 1, message, "name a participant"


def _root(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """An icon or a class belongs to the node above it."""
    for number, line in lines:
        words = line.strip()
        if words and not words.startswith("mindmap"):
            if words.startswith(("::icon(", ":::")):
                indent = len(line) - len(line.lstrip())
                yield (
                    number,
                    indent + 1,
                    "there is no node above this line to which it could belong",
                    "begin with a node",
                )
            return


def _sets(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """A Venn diagram has a set."""
    if not any(re.match(r"\s*set\s", line) for _, line in lines):
        last = lines[-1] if lines else (1, "")
        yield last[0], len(last[1]) + 1, "this diagram has no set", 'add one: `set A["…"]`'


_NAMELESS = re.compile(r"\s*subgraph(?:\s*|;\s*)$")


def _subgraphs(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """A subgraph has a name."""
    begun = 1
    signs = dict.fromkeys('"[](){}', 0)
    for index, (number, line) in enumerate(lines):
        if "subgraph" not in line or not _NAMELESS.match(line):
            continue
        above = "\n".join(text for _, text in lines[begun:index])
        begun = max(index, 1)
        for sign in signs:
            signs[sign] += above.count(sign)
        # Inside a label or a description of several lines it is a word like any other.
        if not (signs['"'] % 2 or any(signs[one] != signs[two] for one, two in ("[]", "()", "{}"))):
            help = "name it: `subgraph name`, or `subgraph name [Its title]`"
            yield number, len(line.rstrip(" \t;")) + 1, "this subgraph has no name", help


_TASK = re.compile(
    r"(?!\s*(?:title|section|\w+Format|acc\w+|click|tickInterval|todayMarker|(?:in|ex)cludes\s)\b)\s*[^:\s][^:]*:(?P<data>.*)$"
)
_TAGS = re.compile(r"\s*(?:(?:active|done|crit|milestone|vert)\s*(?:,|$)\s*)*")


def _first_task(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What has no start begins where the task above it ends: the first one has a start."""
    description = False
    for number, line in lines[1:]:
        description = (description or ("accDescr" in line and "{" in line)) and "}" not in line
        match = None if description else _TASK.match(line)
        if match:
            data = _TAGS.sub("", match["data"], count=1)
            if "," not in data and ":" not in data:
                column = match.start("data") + len(match["data"]) - len(data) + 1
                help = "say when it begins, and then how long it takes: `: 2026-01-31, 3d`"
                yield number, column, "the first task has no start", help
            return


_CHECKS: dict[str, Callable[[list[tuple[int, str]]], Iterator[Flaw]]] = {
    "state": _notes_of_states,
    "requirement": _ends_of_relations,
    "class": _classes,
    "sequence": _activations,
    "flowchart": _subgraphs,
    "gantt": _first_task,
    "mindmap": _root,
    "venn": _sets,
    "block": _styled_blocks,
    "architecture": _edges_drawn_twice,
}

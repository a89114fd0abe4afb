"""What mermaid.js cannot draw although its grammar has nothing against it, and the engine draws all the same.

mermaid.js ends at these with a message about its own insides. Each was seen there, in version 12.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from mkdocs_designdocs import slips
from mkdocs_designdocs.kinds import FRONT_MATTER, PREAMBLE

Flaw = tuple[int, int, str, str]
"""Line and column, both from 1; what is wrong; how to mend it."""


def flaw(source: str, kind: str) -> Flaw | None:
    """The first thing in a diagram of some kind that mermaid.js stumbles over."""
    check = _CHECKS.get(kind)
    return _unreadable(source) or (next(check(list(_lines(source))), None) if check else None)


def _unreadable(source: str) -> Flaw | None:
    """What YAML has against the front matter of a diagram."""
    front = FRONT_MATTER.match(source) if source.startswith("---") else None
    if front is None:
        return None
    text = front.group().partition("\n")[2].rpartition("---")[0]
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        slip = slips.explain(error, text)
        return slip.line + 2, slip.column + 1, f"the diagram's front matter is no YAML: {slip.what}", slip.help
    except (yaml.YAMLError, RecursionError):  # a character that it does not know, or a hundred lists in each other
        return None
    seen: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        name, place = str(key.value), key.start_mark
        if name in seen:
            return place.line + 2, place.column + 1, f"`{name}` stands twice in the front matter", "remove one"
        seen.add(name)
    return None


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """The lines of the diagram that are no comments, numbered from 1."""
    head = PREAMBLE.match(source)
    skipped = source.count("\n", 0, head.end()) if head else 0
    for number, line in enumerate(source.split("\n"), 1):
        if number > skipped and not line.lstrip().startswith("%%"):
            yield number, line


def _stands_in(name: str, text: str) -> bool:
    """Whether a text mentions a name, in whatever way: what is not looked into is given the benefit of the doubt."""
    return re.search(rf"(?:(?<!\w)|x){re.escape(name)}(?!\w)", text) is not None


_NOTE = re.compile(r"\s*note\s+(?:left|right)\s+of\s+(?P<state>[^:\n]*[^:\s])\s*(?P<text>:|$)", re.IGNORECASE)
_BARE_STATE = re.compile(r"\s*state\s+[^\s{]+\s*$")


def _notes_of_states(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """A note stands at a state that was there before it; `state x` alone makes none."""
    above = ""
    in_note = False
    for number, line in lines[1:]:
        if in_note:
            in_note = line.strip().lower() != "end note"
        elif match := _NOTE.match(line):
            in_note = not match["text"]
            if not _stands_in(match["state"], above):
                help = "name the state above the note, in an arrow or in a line of its own"
                yield number, match.start("state") + 1, f"there is no state `{match['state']}` above this note", help
        elif not _BARE_STATE.match(line):
            above += line + "\n"


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
    above = ""
    inside = False
    for number, line in lines[1:]:
        if inside and line.strip().startswith("}"):
            inside = False
            continue
        match = None if inside else _ANNOTATION.match(line)
        if match and not _stands_in(match["name"].strip("`"), above):
            help = "put the annotation below its class, or into it"
            yield number, match.start("name") + 1, f"there is no class `{match['name']}` above this line", help
        owner = None if inside else _OF_CLASS.match(line, len(line) - len(line.lstrip()))
        start = 0 if inside else owner.end() if owner else len(line)
        member = line[start:].strip()
        if member.find(")") > 0 and not 0 < member.find("(", 1) < member.rfind(")"):
            help = "a method is written `+name(parameters) type`"
            yield number, line.index(")", start) + 1, "this `)` has no name and `(` before it", help
        inside = inside or _CLASS.match(line) is not None
        above += line + "\n"


_STYLE = re.compile(r"\s*style\s+(?P<names>[\w,-]+)\s")


def _styled_blocks(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What has a style is there already."""
    above = ""
    for number, line in lines[1:]:
        match = _STYLE.match(line)
        if match is None:
            above += "" if re.match(r"\s*class(?:Def)?\s", line) else line + "\n"
            continue
        for name in re.finditer(r"[^,]+", match["names"]):
            if not _stands_in(name[0], above):
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


_ACTIVATE = re.compile(r"\s*activate\s+(?P<name>\S+)\s*$")


def _activations(lines: list[tuple[int, str]]) -> Iterator[Flaw]:
    """What is activated takes part."""
    active = [(number, match) for number, line in lines if (match := _ACTIVATE.match(line))]
    if active:
        # The text of a message and what stands behind `as` are words for people.
        others = (line for _, line in lines[1:] if not _ACTIVATE.match(line))
        said = "\n".join(re.split(r":|\sas\s", line, maxsplit=1)[0] for line in others)
        for number, match in active:
            if not _stands_in(match["name"], said):
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
    above = ""
    for number, line in lines[1:]:
        # Inside a label or a description of several lines it is a word like any other.
        inside = above.count('"') % 2 or any(above.count(one) != above.count(two) for one, two in ("[]", "()", "{}"))
        if _NAMELESS.match(line) and not inside:
            help = "name it: `subgraph name`, or `subgraph name [Its title]`"
            yield number, len(line.rstrip(" \t;")) + 1, "this subgraph has no name", help
        above += line + "\n"


_TASK = re.compile(
    r"(?!\s*(?:title|section|\w+Format|acc\w+|click|tickInterval|todayMarker|(?:in|ex)cludes\s)\b)[^:]*[^:\s][^:]*:(?P<data>.*)$"
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

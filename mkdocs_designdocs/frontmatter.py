"""YAML front matter, with the place of every key, and a message for whatever cannot be read.

YAML is composed into nodes and turned into values here, because the values alone have lost their lines, because an
impossible date must not raise, and because an alias bomb must be measured before anything walks it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import ReaderError

from mkdocs_designdocs.quoting import shown as shown
from mkdocs_designdocs.slips import explain

Path = tuple[Hashable, ...]
"""The keys and indexes that lead to a value: `("design", "authors", 0)`."""

MAX_VALUES = 10_000
"""More values than a person writes; aliases that expand beyond it are an attack or an accident."""

MAX_DEPTH = 50
"""Deeper than a person nests; the C parser overflows its stack some thousands further down."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with the YAML, at a line and column of the file."""

    line: int
    column: int
    message: str
    help: str = ""


@dataclass(frozen=True)
class FrontMatter:
    """Plain values (dates stay text) and where each stands."""

    values: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    """The line and column in the file of each key, and of each item of a list."""
    written: Mapping[Path, str] = field(default_factory=dict)
    """How a number stands in the file where the value has lost it: `007` is 7, and `1.10` is 1.1."""

    def mark(self, *path: Hashable) -> tuple[int, int]:
        """The place of a key, or of the nearest thing around it that has one."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.1 without timestamps: `2026-02-30` is text here and a finding later, not a ValueError."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str, first_line: int = 2, name: str = "the front matter") -> tuple[FrontMatter, list[Problem]]:
    """Read YAML that begins at `first_line` of its file; `name` is what messages call it.

    A mapping is always returned: of what could be read, line by line, where the whole could not.
    """
    text = text.translate(_NO_BREAKS)
    try:
        node = compose(text)
        if node is None:
            return FrontMatter(), []
        builder = _Builder(first_line)
        values = builder.build(node, ())
    except yaml.MarkedYAMLError as error:
        return recover(text, first_line), [_problem(error, text, first_line, name)]
    except (yaml.YAMLError, _UnreadableError, RecursionError) as error:
        reason = str(error).splitlines()[0] if not isinstance(error, RecursionError) else "it is nested too deep"
        place = _place(error.position, text, first_line) if isinstance(error, ReaderError) else (first_line, 1)
        return recover(text, first_line), [Problem(*place, f"{name} cannot be read: {reason}")]
    if not isinstance(values, dict):
        return FrontMatter(), [Problem(first_line, 1, f"{name} is no mapping of keys to values")]
    return FrontMatter(values, builder.marks, builder.written), builder.problems


class _UnreadableError(Exception):
    pass


_NO_BREAKS = {ord(mark): " " for mark in "\r\x85\u2028\u2029"}  # new lines to YAML, and to nobody who counts lines


def compose(text: str) -> yaml.Node | None:
    """The nodes of some YAML. Composing recurses in C, so what may be deep is measured first."""
    text = text.translate(_NO_BREAKS)
    if sum(map(text.count, ("[", "{", "- ", "? "))) > MAX_DEPTH:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise _UnreadableError(f"it is nested more than {MAX_DEPTH} deep")
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _place(position: int, text: str, first_line: int) -> tuple[int, int]:
    """The line and column of a byte, as libyaml counts them."""
    before = text.encode()[:position].decode(errors="ignore")
    return before.count("\n") + first_line, len(before.rpartition("\n")[2]) + 1


_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_LONGEST_NUMBER = 100  # Python refuses to print an integer of thousands of digits


class _Builder:
    """Nodes to values; a node that aliases share is built once."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.marks: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.written: dict[Path, str] = {}
        self._scalars = yaml.SafeLoader("")
        self._built: dict[int, tuple[Any, int]] = {}
        self._open: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        return self._sized(node, path)[0]

    def _sized(self, node: yaml.Node, path: Path) -> tuple[Any, int]:
        """The value, and how many values it is with every alias written out."""
        if id(node) in self._open:
            raise _UnreadableError("an alias stands inside the value that it names")
        if id(node) in self._built:
            return self._built[id(node)]
        self._open.add(id(node))
        built: tuple[Any, int]
        if isinstance(node, yaml.MappingNode):
            built = self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            built = self._sequence(node, path)
        else:
            built = self._scalar(node, path), 1
        self._open.discard(id(node))
        if built[1] > MAX_VALUES:
            raise _UnreadableError(f"its aliases write out to more than {MAX_VALUES} values")
        self._built[id(node)] = built
        return built

    def _mapping(self, node: yaml.MappingNode, path: Path) -> tuple[dict[Any, Any], int]:
        values: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        size = 1
        for key_node, value_node in node.value:
            key = self.build(key_node, (*path, None))
            if not isinstance(key, Hashable):
                raise _UnreadableError(f"a key is no plain word (line {self._mark(key_node)[0]})")
            value, count = self._sized(value_node, (*path, key))
            size += count
            if key_node.tag == "tag:yaml.org,2002:merge":
                for source in value if isinstance(value, list) else [value]:
                    merged.update(source if isinstance(source, dict) else {})
                continue
            if key in values:
                line, column = self._mark(key_node)
                first = self.marks[(*path, key)][0]
                message = f"the key {shown(key)} stands twice, first at line {first}; the later one counts"
                self.problems.append(Problem(line, column, message, "keep one of them"))
            values[key] = value
            self.marks[(*path, key)] = self._mark(key_node)
        return merged | values, size

    def _sequence(self, node: yaml.SequenceNode, path: Path) -> tuple[list[Any], int]:
        items, size = [], 1
        for index, item in enumerate(node.value):
            self.marks[(*path, index)] = self._mark(item)
            value, count = self._sized(item, (*path, index))
            items.append(value)
            size += count
        return items, size

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        if len(node.value) > _LONGEST_NUMBER and node.tag in _NUMBERS:
            return node.value
        try:
            value = self._scalars.construct_object(node)
        except (ValueError, LookupError, AttributeError, yaml.YAMLError):
            return node.value  # what an explicit tag (`!!bool maybe`) claims in vain
        if not isinstance(value, (str, int, float, type(None))):
            return node.value  # a `!!timestamp` or `!!binary`: text, as without its tag
        if node.tag in _NUMBERS and str(value) != node.value:
            self.written[path] = node.value
        return _visible(value) if isinstance(value, str) else value

    def _mark(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + self.first_line, node.start_mark.column + 1


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_STRAIGHT = "[^\u202a-\u202e\u2066-\u2069]"
_TURNED = re.compile(rf"[\u202a\u202b\u202d\u202e]{_STRAIGHT}*\u202c|[\u2066-\u2068]{_STRAIGHT}*\u2069")


def _visible(text: str) -> str:
    """A text without characters for machines, which no page can hold, and without marks that would turn the direction
    of what stands behind it."""
    if text.isprintable():
        return text
    text = _CONTROLS.sub("", text)
    return _TURNS.sub("", text) if _TURNS.search(_TURNED.sub("", text)) else text


def _problem(error: yaml.MarkedYAMLError, text: str, first_line: int, name: str) -> Problem:
    slip = explain(error, text)
    return Problem(slip.line + first_line, slip.column + 1, f"{name} cannot be read: {slip.what}", slip.help)


_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<key>[\w-]+)[ \t]*:(?:[ \t\u00a0]+(?P<value>.*)|(?P<tight>[^\s/:].*))?$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)-(?:[ \t]+(?P<value>.*))?$")


def recover(text: str, first_line: int = 2) -> FrontMatter:
    """What can be had of broken YAML, at the top and below `design:`: the `key: value` lines one by one, and lists."""
    values: dict[str, Any] = {}
    marks: dict[Path, tuple[int, int]] = {}
    for path, line, column, value in _recovered(text):
        marks[path] = (line + first_line, column)
        here: Any = values
        for key in path[:-1]:
            here = here.get(key) if isinstance(here, dict) else None
        if isinstance(here, dict):
            here[path[-1]] = value
        elif isinstance(here, list):
            here.append(value)
    return FrontMatter(values, marks)


def _recovered(text: str) -> Iterator[tuple[Path, int, int, Any]]:
    """The path, line (0 for the first), column and value of each key, and of each item of a key that has none."""
    lines = text.split("\n")
    top: int | None = None
    inside, deepest, full = False, 0, False
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if not match or line.lstrip().startswith(("#", "-")):
            continue
        indent, key = len(match["indent"].expandtabs(4)), match["key"]
        top = indent if top is None else top
        # What stands deeper than a key that has a value belongs to nothing: it is beside that key, and has slipped.
        if indent <= top or (full and not inside):
            inside, deepest = key == "design", 0
        elif not inside or (deepest and indent > deepest and not full):
            continue
        else:
            deepest = deepest or indent
        path: Path = ("design", key) if indent > top and inside else (key,)
        column = len(match["indent"]) + 1
        said = (match["value"] or match["tight"] or "").strip()
        full = bool(said) and not said.startswith("#")
        if full:
            yield path, number, column, _folded(lines, number, said)
        elif path == ("design",):
            yield path, number, column, {}
        else:
            yield from _below(lines, number, path, column)


def _folded(lines: Sequence[str], number: int, said: str) -> Any:
    """A value with what goes on in the lines below it."""
    more = []
    for at in range(number + 1, len(lines)):
        line = lines[at]
        if not line[:1].isspace() or not line.strip() or _LINE.match(line) or _ITEM.match(line):
            break
        more.append(line.strip())
    return _alone(" ".join([*([] if _BLOCK.fullmatch(said) else [said]), *more]))


_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]?(?:[ \t]+#.*)?")


def _below(lines: Sequence[str], number: int, path: Path, column: int) -> Iterator[tuple[Path, int, int, Any]]:
    """What stands in the lines below a key: a list, or a value on a line of its own."""
    following = ((at, lines[at]) for at in range(number + 1, len(lines)))
    items: list[tuple[int, re.Match[str]]] = []
    for at, line in following:
        if not line.strip():
            continue
        item = _ITEM.match(line)
        if item:
            items.append((at, item))
        elif items or _LINE.match(line) or line.lstrip().startswith("#") or not line[:1].isspace():
            break
        else:
            yield path, number, column, _alone(line.strip())
            return
    if not items or any(_LINE.match(item["value"] or "") for _, item in items):
        yield path, number, column, None  # nothing, or mappings, of which half would be worse than none
        return
    yield path, number, column, []
    for index, (at, item) in enumerate(items):
        yield (*path, index), at, item.end("indent") + 1, _alone((item["value"] or "").strip())


def _alone(text: str) -> Any:
    """One value on its own; as it is written where even that is no YAML."""
    try:
        node = compose(text)
        value = _Builder(0).build(node, ()) if node else None
    except (yaml.YAMLError, _UnreadableError, RecursionError):
        if text.startswith("[") and text.endswith("]"):
            return [item.strip("\"' ") for item in text[1:-1].split(",")]
        whole = text[0] in "[{" and {"[": "]", "{": "}"}[text[0]] in text  # brackets of the author's: `[Walls](x.md)`
        return text.strip("\"'“”‘’ ") if whole else text.strip("\"'[]{}“”‘’ ")
    return value if isinstance(value, (str, int, float, bool, list, type(None))) else text


def leaves(front: FrontMatter) -> Iterator[tuple[Path, str]]:
    """Every text in the values, with its path."""
    open_ones: list[tuple[Path, Any]] = [((), front.values)]
    while open_ones:
        path, value = open_ones.pop()
        if isinstance(value, Mapping):
            open_ones += [((*path, key), item) for key, item in reversed([*value.items()])]
        elif isinstance(value, list):
            open_ones += [((*path, index), item) for index, item in reversed([*enumerate(value)])]
        elif isinstance(value, str):
            yield path, value

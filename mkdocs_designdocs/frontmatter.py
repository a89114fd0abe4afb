"""YAML front matter, with the place of every key, and a message for whatever cannot be read.

YAML is composed into nodes and turned into values here, because the values alone have lost their lines, because an
impossible date must not raise, and because an alias bomb must be measured before anything walks it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import ReaderError

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


def parse(text: str, first_line: int = 2) -> tuple[FrontMatter, list[Problem]]:
    """Read YAML that begins at `first_line` of its file.

    A mapping is always returned: of what could be read, line by line, where the whole could not.
    """
    text = text.translate(_NO_BREAKS)
    try:
        node = _compose(text)
        if node is None:
            return FrontMatter(), []
        builder = _Builder(first_line)
        values = builder.build(node, ())
    except yaml.MarkedYAMLError as error:
        return recover(text, first_line), [_explain(error, text, first_line)]
    except (yaml.YAMLError, _UnreadableError, RecursionError) as error:
        reason = str(error).splitlines()[0] if not isinstance(error, RecursionError) else "it is nested too deep"
        place = _place(error.position, text, first_line) if isinstance(error, ReaderError) else (first_line, 1)
        return recover(text, first_line), [Problem(*place, f"the front matter cannot be read: {reason}")]
    if not isinstance(values, dict):
        return FrontMatter(), [Problem(first_line, 1, "the front matter is no mapping of keys to values")]
    return FrontMatter(values, builder.marks, builder.written), builder.problems


class _UnreadableError(Exception):
    pass


_NO_BREAKS = {ord(mark): " " for mark in "\x85\u2028\u2029"}  # new lines to YAML, and to nobody who counts lines


def _compose(text: str) -> yaml.Node | None:
    """The nodes of some YAML. Composing recurses in C, so what may be deep is measured first."""
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
        return value

    def _mark(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + self.first_line, node.start_mark.column + 1


def _explain(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Problem:
    """Turn the parser's words into what an author can mend."""
    opened = _OPENED.search(error.context or "")
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    column = mark.column if mark else 0
    lines = text.split("\n")
    source = lines[line] if line < len(lines) else ""
    at, reason = source[column : column + 1], error.problem or str(error)

    def problem(message: str, help: str = "") -> Problem:
        return Problem(line + first_line, column + 1, f"the front matter cannot be read: {message}", help)

    if at == "\t" or "\t" in source[: len(source) - len(source.lstrip())]:
        return problem("a tab indents this line, and YAML takes only spaces", "replace the tab by spaces")
    if at in ("@", "`"):
        value = re.split(r"[,\]}]|\s#", source[column:])[0].strip()
        return problem(f"{shown(value)} begins with `{at}`, which YAML keeps to itself", f'quote it: "{value}"')
    if "mapping values are not allowed" in reason:
        return problem(
            "there is a second `: ` in this line, or the line above is not finished",
            "put a value that holds `: ` in quotes",
        )
    if opened and at in ("[", "{"):
        closing = {"[": "]", "{": "}"}[at]
        return problem(f"the `{at}` here is never closed, or a comma is missing after it", f"close it with `{closing}`")
    if opened and at in ("'", '"'):
        return problem(f"the quote {at} here is never closed", f"close it with {at}")
    if opened or (at in ("%", ",", "]", "}") and source[:column].rstrip().endswith((":", "-"))):
        value = re.split(r"\s#", source[column:])[0].strip()
        return problem(f"{shown(value)} begins with `{at}`, which means something else in YAML", f'quote it: "{value}"')
    if "did not find expected key" in reason and source[:column].rstrip().endswith(("'", '"')):
        return problem("the value goes on behind the quote that closes it", "put all of it in quotes of the other kind")
    if "undefined alias" in reason:
        return problem(f"`{at}` refers to an anchor, and there is none", "put a value that begins with `*` in quotes")
    if "block sequence entries are not allowed" in reason:
        return problem("a list with `- ` begins on a line of its own", "begin a new line, or write `[one, two]`")
    context = f" ({error.context})" if error.context else ""
    return problem(f"{reason}{context}")


_OPENED = re.compile(
    "while (?:parsing a flow (?:sequence|mapping)|scanning an? (?:quoted scalar|block scalar|alias|anchor|tag))"
)
"""Contexts whose own place says more than the place where the parser gave up."""

_LINE = re.compile(r"(?P<indent>\s*)(?P<key>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")


def recover(text: str, first_line: int = 2) -> FrontMatter:
    """What can be had of broken YAML: the `key: value` lines, one by one, at the top and below `design:`."""
    values: dict[str, Any] = {}
    marks: dict[Path, tuple[int, int]] = {}
    for path, line, column, value in _recovered(text):
        if path[0] == "design" and len(path) > 1:
            block = values.setdefault("design", {})
            if isinstance(block, dict):
                block[path[1]] = value
        else:
            values[path[0]] = {} if path == ("design",) and value is None else value
        marks[path] = (line + first_line, column)
    return FrontMatter(values, marks)


def _recovered(text: str) -> Iterator[tuple[tuple[str, ...], int, int, Any]]:
    inside = False
    deepest = 0
    for number, line in enumerate(text.split("\n")):
        match = _LINE.match(line)
        if not match or line.lstrip().startswith(("#", "-")):
            continue
        indent, key = len(match["indent"].expandtabs(4)), match["key"]
        if not indent:
            inside = key == "design"
            deepest = 0
        elif not inside or (deepest and indent > deepest):
            continue
        else:
            deepest = deepest or indent
        value = _alone(match["value"] or "")
        yield (("design", key) if indent else (key,)), number, len(match["indent"]) + 1, value


def _alone(text: str) -> Any:
    """One value on its own; as it is written where even that is no YAML."""
    try:
        node = _compose(text)
        value = _Builder(0).build(node, ()) if node else None
    except (yaml.YAMLError, _UnreadableError, RecursionError):
        if text.startswith("[") and text.endswith("]"):
            return [item.strip("\"' ") for item in text[1:-1].split(",")]
        return text.strip("\"'[]{} ")
    return value if isinstance(value, (str, int, float, bool, list, type(None))) else text


def shown(value: object, most: int = 60) -> str:
    """A value as a message quotes it: short, in one line, and never walked into."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return f'"{text if len(text) <= most else text[: most - 1] + "…"}"'

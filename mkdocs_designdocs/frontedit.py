"""One field of the design block set in the text of the front matter; all else stays as its author wrote it.

What is written is read back: where that does not say what was meant, and only that, nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from mkdocs_designdocs.frontmatter import compose, parse


def with_field(text: str, name: str, value: str, after: str) -> str | None:
    """The YAML of a front matter with a field of its design block; None where it cannot be set without rewriting more.

    A field that is not there yet stands below the field `after`, or else first in the block. `value` is YAML itself.
    """
    if parse(text)[1]:
        return None
    root = compose(text)
    design = _entry(root, "design")
    if design is None or not isinstance(root, yaml.MappingNode):
        return None
    edited = _set(_Lines(text), root, *design, name, value, after)
    return edited if edited is not None and _says(edited, text, name, value) else None


class _Lines:
    """A text that can be changed between two places."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    def between(self, node: yaml.Node) -> str:
        """The text of a node; empty where it is not all in one line."""
        start, end = node.start_mark, node.end_mark
        return self.lines[start.line][start.column : end.column] if start.line == end.line else ""

    def replaced(self, line: int, start: int, end: int, new: str) -> str:
        whole = self.lines[line]
        return self._with(line, whole[:start] + new + whole[end:])

    def inserted(self, line: int, new: str) -> str:
        return "\n".join([*self.lines[:line], new, *self.lines[line:]])

    def _with(self, line: int, new: str) -> str:
        return "\n".join([*self.lines[:line], new, *self.lines[line + 1 :]])


def _entry(node: yaml.Node | None, *names: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value of the last entry of a mapping that is called so."""
    if not isinstance(node, yaml.MappingNode):
        return None
    found = [(k, v) for k, v in node.value if isinstance(k, yaml.ScalarNode) and k.value in names]
    return found[-1] if found else None


def _set(
    lines: _Lines, root: yaml.MappingNode, key: yaml.Node, block: yaml.Node, name: str, value: str, after: str
) -> str | None:
    if isinstance(block, yaml.ScalarNode):
        return _opened(lines, key, block, name, value, after, flow=bool(root.flow_style))
    if found := _entry(block, name, name.replace("_", "-")):
        return _changed(lines, *found, value)
    if not isinstance(block, yaml.MappingNode):
        return None
    above = _entry(block, after)
    if block.flow_style:
        return _flowing(lines, block, above, f"{name}: {value}")
    keys, values = above or block.value[0]
    at = keys.start_mark
    if lines.lines[at.line][: at.column].strip():
        return None
    below = above is not None and values.end_mark.line == at.line
    return lines.inserted(at.line + below, f"{' ' * at.column}{name}: {value}")


def _opened(
    lines: _Lines, key: yaml.Node, block: yaml.ScalarNode, name: str, value: str, after: str, *, flow: bool
) -> str | None:
    """A block that is only a template's name, or nothing, made a mapping."""
    start, end, line = block.start_mark, block.end_mark, key.start_mark.line
    if not line == start.line == end.line:
        return None
    said = lines.between(block)
    named = [f"{after}: {said}"] if block.tag == "tag:yaml.org,2002:str" else []
    if flow:
        return lines.replaced(line, start.column, end.column, f"{{{', '.join([*named, f'{name}: {value}'])}}}")
    whole = lines.lines[line]
    head = whole[: start.column].rstrip() + whole[end.column :].rstrip()
    indent = " " * (key.start_mark.column + 2)
    made = "\n".join([head, *(indent + entry for entry in [*named, f"{name}: {value}"])])
    return lines.replaced(line, 0, len(whole), made)


def _changed(lines: _Lines, key: yaml.Node, old: yaml.Node, value: str) -> str | None:
    """Another value, in the quotes that the old one stands in."""
    start, end = old.start_mark, old.end_mark
    if not key.end_mark.line == start.line == end.line or start.column < key.end_mark.column:
        return None
    said = lines.between(old)
    quote = said[:1] if said[:1] in ("'", '"') and re.fullmatch(r"[\w.-]+", value) else ""
    gap = " " if lines.lines[start.line][: start.column].endswith(":") else ""
    return lines.replaced(start.line, start.column, end.column, gap + quote + value + quote)


def _flowing(
    lines: _Lines, block: yaml.MappingNode, above: tuple[yaml.Node, yaml.Node] | None, entry: str
) -> str | None:
    """An entry more in `{template: rfc, status: draft}`."""
    if above:
        end = above[1].end_mark
        return lines.replaced(end.line, end.column, end.column, f", {entry}")
    if block.value:
        start = block.value[0][0].start_mark
        return lines.replaced(start.line, start.column, start.column, f"{entry}, ")
    start = block.start_mark
    at = lines.lines[start.line].find("{", start.column) + 1
    return lines.replaced(start.line, at, at, entry) if at else None


def _says(edited: str, text: str, name: str, value: str) -> bool:
    """Whether the edited YAML has the field, and all else that the text had."""
    (now, wrong), (before, _) = parse(edited), parse(text)
    wanted = parse(f"design: {{{name}: {value}}}")[0].values["design"][name]
    ours, theirs = _block(now.values), _block(before.values)
    key = next((key for key in (name, name.replace("_", "-")) if key in ours), name)
    same = {k: v for k, v in ours.items() if k != key} == {k: v for k, v in theirs.items() if k != key}
    rest = {**now.values, "design": None} == {**before.values, "design": None}
    return not wrong and same and rest and str(ours.get(key)) == str(wanted)


def _block(values: Mapping[Any, Any]) -> Mapping[Any, Any]:
    block = values.get("design")
    return {"template": block} if isinstance(block, str) else block if isinstance(block, dict) else {}

"""Diagrams with no fence around them, in the middle of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_designdocs.containers import TAB, Containers
from mkdocs_designdocs.fences import Fence, fence_lines, lines_of, mermaid_fences

_BARE = re.compile(
    r"""^(?:(?:flowchart|graph)[ \t]+(?:TB|TD|BT|RL|LR);? | (?:sequence|er|requirement)Diagram
      | (?:state|class)Diagram(?:-v2)? | gantt | pie(?:[ \t]+showData)?(?:[ \t]+title\b.*)? | mindmap
      | timeline | journey | gitGraph:? | quadrantChart | C4(?:Context|Container|Component|Dynamic|Deployment)
      | (?:xychart|block|architecture|sankey|packet|treemap|radar)-beta)[ \t\r]*$""",
    re.VERBOSE | re.MULTILINE,
)
_BARE_BYTES = re.compile(_BARE.pattern.encode(), re.VERBOSE | re.MULTILINE)
_DIAGRAM_LINE = re.compile(
    r"""--|==|->|-\.|\|\||<\|                       # arrows and relations
      | [\w"][ \t]*(?:\[|\(|\{|:)                  # a node, a block, a label
      | ^[ \t]+(?:participant|actor|subgraph|section|title|state|class|direction|dateFormat|root|commit)\b""",
    re.VERBOSE,
)


def diagrams(text: str, *, hidden: bool = False) -> Iterator[Fence]:
    """Every diagram of a text, those in fences first; `hidden` as in `mermaid_fences`."""
    yield from mermaid_fences(text, hidden=hidden)
    yield from bare_diagrams(text)


def bare_diagrams(text: str) -> Iterator[Fence]:
    """Diagrams with no fence around them: a header line at the margin, and indented lines directly below."""
    if not _BARE.search(text):
        return
    lines = lines_of(text)
    taken = {number for begin, end in fence_lines(text) for number in range(begin, end + 1)}
    containers, index = Containers(), 0
    while index < len(lines):
        number = index + 1
        if number not in taken and not containers.hide(lines[index]) and _begins_bare(lines, index):
            end = _bare_end(lines, index)
            raw = tuple(lines[index:end])
            source = "\n".join(line.expandtabs(TAB).rstrip(" ") for line in raw)
            yield Fence(number, 1, end, "mermaid", {}, source, (0,) * len(raw), bare=True, raw=raw)
            index = end
        else:
            if number not in taken:
                containers.feed(lines[index])
            index += 1


def may_hold_bare(data: bytes) -> bool:
    """Whether a file may hold such a diagram; most do not, and need not be read to say so."""
    return _BARE_BYTES.search(data) is not None


def fenced(text: str) -> str:
    """A text with fences around its bare diagrams, for no Markdown draws one without."""
    opens, closes = {}, {}
    for fence in bare_diagrams(text):
        opens[fence.line], closes[fence.end_line] = "```mermaid\n", "\n```\n"
    if not opens:
        return text
    lines = enumerate(lines_of(text), 1)
    return "\n".join(f"{opens.get(number, '')}{line}{closes.get(number, '')}" for number, line in lines)


def _begins_bare(lines: list[str], index: int) -> bool:
    if not _BARE.match(lines[index]) or index + 1 >= len(lines):
        return False
    before, after = lines[index - 1].strip() if index else "", lines[index + 1]
    if before and not before.startswith("#"):
        return False
    return after[:1] in (" ", "\t") and _DIAGRAM_LINE.search(after) is not None


def _bare_end(lines: list[str], index: int) -> int:
    """The line behind the last indented one; blank lines between indented ones belong to it."""
    end = index + 1
    for number in range(index + 1, len(lines)):
        if lines[number].strip() and lines[number][0] not in " \t":
            break
        if lines[number].strip():
            end = number + 1
    return end

"""Where the Mermaid diagrams of a page stand: the one scanner, for every host.

It agrees with `pymdownx.superfences`, which makes the page: what that extension hands to its formatter is
what `Fence.source` holds, so that the page can look a drawing up by its source. It goes further where
superfences relies on a later stage to undo what it took too greedily (indented code, HTML comments).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs_designdocs.containers import TAB, Containers

_OPENER = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>(?:[^\n]*[^ \t\n])?)[ \t]*\Z")
_LANGUAGE = re.compile(r"\.?(?P<language>[\w#.+-]+)(?=[ \t{]|\Z)")
_BRACES = re.compile(r"\{(?P<attributes>[^\n]*)\}\Z")
_ATTRIBUTE = re.compile(
    r"""\#(?P<id>[^\s}]+) | \.(?P<class>[^\s}]+)
      | (?P<key>[\w:-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s}]+))
      | (?P<flag>[\w:-]+)""",
    re.VERBOSE,
)


def _holds(source: str, opened: str, closed: str) -> bool:
    """Whether one mark comes before another; one expression for both takes minutes for a text of nothing else."""
    return 0 <= source.find(opened) < source.rfind(closed)


FILLERS: Mapping[str, Callable[[str], object]] = {
    "macros": lambda source: _holds(source, "{{", "}}") or _holds(source, "{%", "%}"),
    "include-markdown": lambda source: _holds(source, "{%", "%}"),
    "markdown_include.include": lambda source: _holds(source, "{!", "!}"),
    "pymdownx.snippets": re.compile(r"""^[ \t]*-+8<-+(?:[ \t]+["'][^\n]+)?[ \t]*$""", re.MULTILINE).search,
}
"""Plugins and Markdown extensions that fill something in, by name, and whether one may in a diagram."""


@dataclass(frozen=True)
class Fence:
    """One fenced (or bare) diagram. Lines and columns are 1-based and count in the text that was scanned."""

    line: int
    """Of the opening fence; of the first line of a bare diagram."""
    column: int
    end_line: int
    """Of the closing fence; the last line that belongs to it where nothing closes it."""
    language: str
    attributes: Mapping[str, str]
    source: str
    """The content as superfences hands it over: without container prefixes, tabs expanded."""
    indents: tuple[int, ...]
    """How many characters of the file each line of the content has lost."""
    closed: bool = True
    hidden: bool = False
    """In an HTML comment or an indented code block: superfences meets it, no reader does."""
    bare: bool = False
    """A diagram with no fence around it: its first line is the first line of the source."""
    raw: tuple[str, ...] = field(default=(), repr=False)
    """The lines of the content as they stand in the text."""

    @property
    def first(self) -> int:
        """The line in which the content begins."""
        return self.line if self.bare else self.line + 1

    def position(self, line: int, column: int) -> tuple[int, int]:
        """Where a position in `source` stands in the text; its own line where it stands outside."""
        if not 1 <= line <= len(self.indents):
            return self.line, self.column
        removed, raw = self.indents[line - 1], self.raw[line - 1]
        kept = removed + max(column, 1) - 1
        if "\t" in raw:
            kept = _characters(raw, len(raw[:removed].expandtabs(TAB)) + max(column, 1) - 1)
        return self.first + line - 1, min(kept, len(raw)) + 1


def normalise(source: str) -> str:
    """The form in which a diagram is drawn and looked up, whichever way a host came by its source."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").expandtabs(TAB).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n")


def is_filled(source: str, fillers: Collection[str]) -> bool:
    """Whether one of `fillers`, keys of `FILLERS`, may put something into a diagram before it is drawn."""
    return any(FILLERS[name](source) for name in fillers)


def mermaid_fences(text: str, *, hidden: bool = False) -> Iterator[Fence]:
    """Each Mermaid fence that a reader sees, in order; with `hidden`, those too that nobody does."""
    if "mermaid" not in text.lower():
        return
    for fence in _fences(lines_of(text)):
        if fence.language.lower() == "mermaid" and (hidden or not fence.hidden):
            yield fence


def fence_lines(text: str) -> Iterator[tuple[int, int]]:
    """First and last line of every closed fence, in whatever language."""
    return ((fence.line, fence.end_line) for fence in _fences(lines_of(text)) if fence.closed)


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _fences(lines: list[str]) -> Iterator[Fence]:
    containers = Containers()
    index = 0
    while index < len(lines):
        raw = lines[index]
        fence = _fence(lines, index, containers) if "```" in raw or "~~~" in raw else None
        if fence is None:
            containers.feed(raw)
            index += 1
            continue
        yield fence
        if fence.closed:
            containers.fence(raw)
            index = fence.end_line
        else:
            # All of it is text on the page; superfences takes the line that ended the attempt for text too.
            for line in lines[index : fence.end_line + 1]:
                containers.feed(line)
            index = fence.end_line + 1


def _fence(lines: list[str], index: int, containers: Containers) -> Fence | None:
    """The fence that opens in a line, if one does."""
    raw = lines[index]
    start = len(_prefix(raw))
    opener = _OPENER.match(raw, start)
    if opener is None or ("`" in opener["info"] and opener["fence"][0] == "`"):
        return None
    language, attributes = _info(opener["info"])
    width = len(raw[:start].expandtabs(TAB))
    body, closed = _content(lines, index + 1, raw[:start].expandtabs(TAB), opener["fence"])
    content = lines[index + 1 : index + 1 + body]
    expanded = [line.expandtabs(TAB) if line.strip(" \t") else "" for line in content]
    return Fence(
        line=index + 1,
        column=start + 1,
        end_line=min(index + 1 + body + closed, len(lines)),
        language=language,
        attributes=attributes,
        source="\n".join(line[width:] for line in expanded),
        indents=tuple(_characters(line, width) for line in content),
        closed=closed,
        hidden=containers.hide(raw),
        raw=tuple(content),
    )


def _content(lines: list[str], begin: int, prefix: str, fence: str) -> tuple[int, bool]:
    """How many lines a fence holds and whether it is closed, by superfences' rules.

    The closing fence is exactly as long as the opening one and stands at the same depth. A line that is
    indented less, or quoted deeper, ends the attempt: on the page such a fence is plain text.
    """
    quotes, width = prefix.count(">"), len(prefix)
    empty = False
    for index in range(begin, len(lines)):
        line = lines[index].expandtabs(TAB)
        lead = _prefix(line[:width])
        content, depth = line[len(lead) :], lead.count(">")
        if depth > quotes:
            return index - begin, False
        if not content or not line.strip():
            empty = True
            continue
        if len(lead) < width or (empty and depth < quotes):
            return index - begin, False
        if content.rstrip(" ") == fence:
            return index - begin, True
        empty = False
    return len(lines) - begin, False


def _prefix(line: str) -> str:
    """The indentation and quote marks that a line begins with."""
    return line[: len(line) - len(line.lstrip("> \t"))]


def _characters(raw: str, width: int) -> int:
    """How many characters of a line its first `width` columns are."""
    if "\t" not in raw:
        return min(width, len(raw))
    column = 0
    for count, character in enumerate(raw):
        if column >= width:
            return count
        column += TAB - column % TAB if character == "\t" else 1
    return len(raw)


def _info(info: str) -> tuple[str, dict[str, str]]:
    """Language and attributes of an opening fence, in any of superfences' spellings."""
    match = _LANGUAGE.match(info)
    language = match["language"] if match else ""
    rest = info[match.end() :].strip(" \t") if match else info
    braces = _BRACES.match(rest)
    attributes: dict[str, str] = {}
    for part in _ATTRIBUTE.finditer(braces["attributes"] if braces else rest):
        if part["class"] or part["id"]:
            if not braces:
                continue
            language = language or part["class"] or ""
            if part["id"]:
                attributes["id"] = part["id"]
        elif part["key"]:
            attributes[part["key"]] = part["double"] or part["single"] or part["bare"] or ""
        else:
            attributes[part["flag"]] = part["flag"]
    return language, attributes

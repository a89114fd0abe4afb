"""Mermaid source to SVG, in process: a protocol for renderers, and Pele in QuickJS behind it.

Pele is a JavaScript bundle that the package `mermaid-render` carries. It is given a context of its own with
no way out of it: no file, no network, limited memory and limited time.
"""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Svg:
    """A drawing."""

    text: str
    width: float
    height: float
    kind: str
    """The engine's name for the type of diagram: `flowchart`, `sequence`, `er` …"""


@dataclass(frozen=True)
class Rejection:
    """Why there is no drawing."""

    code: str
    """`syntax`, `semantic`, `unsupported-diagram`, `limit` (too big, too slow) or `crash` (its own fault)."""
    line: int
    """1-based, in the source; 0 where the engine does not know."""
    column: int
    message: str
    """In the engine's words."""


class Renderer(Protocol):
    """Whatever can say of Mermaid source what it looks like, or why it looks like nothing."""

    @property
    def version(self) -> str:
        """Part of the cache key: another version, another drawing."""

    def render(self, source: str, id_prefix: str) -> Svg | Rejection:
        """Parse and draw; `id_prefix` begins every id in the SVG."""


def bundle() -> Path | None:
    """The JavaScript of Pele. It is package data of `mermaid-render`, not its public API: a test holds it."""
    spec = find_spec("mermaid_render")  # not imported: that costs time and is not needed
    for location in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(location) / "pele" / "pele.global.js"
        if path.is_file():
            return path
    return None


def pele_available() -> str | None:
    """Why this platform cannot draw; `None` where it can."""
    if find_spec("_quickjs") is None:
        return "quickjs-ng is not installed (it has no wheel for some platforms)"
    if bundle() is None:
        return "mermaid-render is not installed"
    return None


class Pele:
    """Pele in quickjs-ng, a context a thread, for QuickJS may not hop threads; loaded at the first render."""

    def __init__(self, *, memory_limit: int = 256 * _MEGABYTE, time_limit: float = 5.0) -> None:
        """Limits in bytes and in seconds of processor time, the latter for each diagram."""
        self._memory_limit = memory_limit
        self._time_limit = time_limit
        self._local = threading.local()
        self._broken = ""

    @cached_property
    def version(self) -> str:
        """Pele's own, read without loading it."""
        path = bundle()
        if path is None:
            return "pele"
        manifest = json.loads(path.with_name("manifest.json").read_text(encoding="utf-8"))
        return f"pele {manifest['version']}"

    def render(self, source: str, id_prefix: str) -> Svg | Rejection:
        """Parse and draw, or say why not."""
        result = self._render(source, id_prefix)
        if isinstance(result, Rejection) and "got 'LINK_ID'" in result.message and _STAND_IN not in source:
            # mermaid.js 12.3 draws `A[me@example.org]`; Pele 1.6 takes `A[me@` for the name of an edge.
            spelled = _LABEL_START.sub(lambda label: label[0].replace("@", _STAND_IN), source)
            result = self._render(spelled, id_prefix)
            if isinstance(result, Svg):
                return replace(result, text=result.text.replace(_STAND_IN, "@"))
        return result

    def _render(self, source: str, id_prefix: str) -> Svg | Rejection:
        if self._broken:
            return Rejection("crash", 0, 0, self._broken)
        try:
            function = self._function()
        except Exception as error:  # noqa: BLE001 - an import, a file, a script: whatever fails, it will again
            self._broken = f"it does not start: {_first_line(error)}"
            return Rejection("crash", 0, 0, self._broken)
        try:
            answer = json.loads(function(source, id_prefix))
        except Exception as error:  # noqa: BLE001 - quickjs has several types of its own, none of them public
            # Stopped in the middle of something: what is left in the context is not to be trusted.
            self._local.function = None
            return _stopped(error, self._time_limit, self._memory_limit)
        if "svg" in answer and _UNSAFE.search(answer["svg"]):
            return Rejection("crash", 0, 0, "its drawing holds what does not belong in a page")
        if "svg" in answer:
            return Svg(_finished(answer["svg"]), answer["width"], answer["height"], answer["type"])
        message = answer["message"]
        line, column = _in_source(source, answer["line"], answer["column"])
        return Rejection(answer["code"], line, column, message)

    def _function(self) -> Callable[[str, str], str]:
        function = getattr(self._local, "function", None)
        if function is None:
            function = self._local.function = self._load()
        return cast("Callable[[str, str], str]", function)

    def _load(self) -> Callable[[str, str], str]:
        import quickjs

        path = bundle()
        if path is None:
            raise RuntimeError("mermaid-render is not installed")
        context = quickjs.Context()
        context.set_memory_limit(max(self._memory_limit, 64 * _MEGABYTE))
        context.eval(path.read_text(encoding="utf-8"))
        context.eval(_SHIM + _MEASURER)
        function = context.eval(_RENDER)
        # From here on: each call has its own clock, and the memory is the sum of all of them.
        context.set_memory_limit(self._memory_limit)
        context.set_time_limit(self._time_limit)
        return cast("Callable[[str, str], str]", function)


def _stopped(error: Exception, seconds: float, memory: int) -> Rejection:
    text = str(error)
    if "interrupted" in text:
        return Rejection("limit", 0, 0, f"drawing takes longer than {seconds:g} seconds")
    if "out of memory" in text or text.strip() == "null" or isinstance(error, MemoryError):
        return Rejection("limit", 0, 0, f"drawing takes more than {memory // _MEGABYTE} MB of memory")
    return Rejection("crash", 0, 0, _first_line(error))


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0] or type(error).__name__


_STAND_IN = "\uff20"
"""A full-width `@`: as long as the one it stands for, so that positions stay, and about as wide."""
_LABEL_START = re.compile(r'[^\s"]*?[\[({|][^\s"]*@(?=[^{"])')

# What Pele (as mermaid.js) takes out of the source before it parses, and counts no lines of.
_FRONT_MATTER = re.compile(r"[ \t]*---\s*?\n(?s:.*?)\n[ \t]*---\s*\n\s*")
_DIRECTIVE = re.compile(r"%%\{(?:(?!\}%%)[^\n]|\n)*?\}%%")
_COMMENT = re.compile(r"^\s*%%(?!\{)[^\n]+\n?", re.MULTILINE)
_LEADING = re.compile(r"\A\s+")
_ENTITY = re.compile(r"#(\+?\d+|\w+);")


def _in_source(source: str, line: int, column: int) -> tuple[int, int]:
    """A position of the engine's, which counts in what is left of the source, as one in the source."""
    if line < 1:
        return 0, 0
    origins = list(range(len(source) + 1))
    rest = source
    front = _FRONT_MATTER.match(source)
    if front:
        rest, origins = rest[front.end() :], origins[front.end() :]
    for pattern in (_DIRECTIVE, _COMMENT, _LEADING):
        rest, origins = _without(pattern, rest, origins)
    starts = [0, *(match.end() for match in re.finditer("\n", rest))]
    if line > len(starts):
        return source.count("\n") + 2, 1
    found = source.count("\n", 0, origins[starts[line - 1]]) + 1
    return found, _column(source.split("\n")[found - 1], column)


def _without(pattern: re.Pattern[str], text: str, origins: list[int]) -> tuple[str, list[int]]:
    kept: list[int] = []
    end = 0
    for match in pattern.finditer(text):
        kept.extend(range(end, match.start()))
        end = match.end()
    kept.extend(range(end, len(text)))
    return "".join(text[index] for index in kept), [*(origins[index] for index in kept), origins[len(text)]]


def _column(line: str, column: int) -> int:
    """A column in UTF-16 units, with entities as Pele writes them, as one in characters."""
    units = 1
    index = 0
    while index < len(line) and units < column:
        entity = _ENTITY.match(line, index)
        if entity:
            units += len(entity[1]) + (5 if entity[1].lstrip("+").isdigit() else 4)
            index = entity.end()
        else:
            units += 2 if ord(line[index]) > 0xFFFF else 1
            index += 1
    return index + 1


_TODAY = re.compile(r'<g class="pele-today">.*?</g>')
_NODE = re.compile(r'<g class="pele-node.*?</g>', re.DOTALL)
_FILL = re.compile(r'style="[^"]*?\bfill:\s*(#[0-9a-fA-F]{3,8}|[a-z]+)')
_UNCOLOURED_TEXT = re.compile(r"<text(?![^>]*\bfill[:=])(?![^>]*\bstyle=)")
_LIGHT = {"white", "yellow", "pink", "lightblue", "lightgreen", "lightyellow", "lightgray", "orange", "gold"}
_DARK = {
    "black",
    "navy",
    "blue",
    "darkblue",
    "green",
    "darkgreen",
    "red",
    "darkred",
    "purple",
    "gray",
    "brown",
}
_UNSAFE = re.compile(
    r"""<(?:script|style|foreignObject|image|use|iframe|animate|set)\b | \son\w+="
      | \s(?:style|fill|stroke|filter|mask|clip-path|marker-\w+)="[^"]*\burl\((?!\#)
      | \shref="\s*(?!(?:https?|mailto|tel):)[a-z][\w+.\s-]*:""",
    re.VERBOSE | re.IGNORECASE,
)
"""What Pele never writes: were it to, the drawing would not go into a page. Labels hold no `<` and no `"`."""


def _finished(svg: str) -> str:
    """What Pele leaves to be done."""
    if "pele-today" in svg:  # the day of the build, in a Gantt chart: every build would be another
        svg = _TODAY.sub("", svg)
    if "fill:" in svg:
        svg = _NODE.sub(lambda node: _legible(node.group()), svg)
    return svg


def _legible(node: str) -> str:
    """An author's fill stays as it is in a dark palette, so the text on it must not change either."""
    fill = _FILL.search(node)
    if fill is None:
        return node
    light = _is_light(fill[1])
    colour = None if light is None else "#1b1f24" if light else "#fff"
    return _UNCOLOURED_TEXT.sub(f'<text style="fill:{colour}"', node) if colour else node


def _is_light(colour: str) -> bool | None:
    if not colour.startswith("#"):
        return True if colour in _LIGHT else False if colour in _DARK else None
    digits = colour[1:] if len(colour) > 5 else "".join(digit * 2 for digit in colour[1:])
    if len(digits) < 6 or (len(digits) == 8 and int(digits[6:], 16) < 0x80):
        return None  # mostly see-through: what shows is the palette's
    red, green, blue = (math.pow(int(digits[index : index + 2], 16) / 255, 2.2) for index in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18  # where black and white contrast alike


# QuickJS has no `URL`, and Pele drops every link that `new URL` refuses. It asks for http and https alone.
_SHIM = r"""
globalThis.URL = class URL {
  constructor(text) {
    const parts = /^(https?:)\/{0,2}([^\/?#\s]+)([^\s]*)$/i.exec(String(text).trim());
    if (!parts) throw new TypeError("Invalid URL");
    this.protocol = parts[1];
    this.hostname = parts[2];
    this.rest = parts[3] || "/";
  }
  toString() { return this.protocol + "//" + this.hostname + this.rest; }
};
"""

# The page's font is not known here. Boxes are made for the wider, letter by letter, of Arial and Noto Sans:
# Roboto, Lato, Segoe UI and their like fit too. The numbers are hundredths of the size of the type.
_MEASURER = r"""
const widths = [
  "282841655789732233335558283328375757575757575757575728285858585699676772736761787434506756917678" +
    "6778726761736794676761333733575633566250625634626226265326946260626241503662517953515038553858",
  "283347655790752734345458283328415757575757575757575733335858586198727272746761787639567261948180" +
    "6780726761766797676761334133585636606356635939636630306230986662636345564366578658575039553958",
].map(
  (table) => Array.from({length: 95}, (_, index) => parseInt(table.substr(index * 2, 2), 10) / 100));
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const measurer = {
  width(text, size, style) {
    const table = widths[style & 1];
    let width = 0;
    for (const character of text) {
      const code = character.codePointAt(0);
      if (code >= 32 && code < 127) width += style & 4 ? 0.61 : table[code - 32];
      else if (code >= 0x10000) width += 1.25;
      else if (code >= 160 && !/\p{Mark}|[\u200b-\u200f\ufe00-\ufe0f\ufeff]/u.test(character))
        width += wide.test(character) ? 1 : /\p{Lu}/u.test(character) ? 0.7 : 0.62;
    }
    return width * size;
  },
};
"""

_RENDER = r"""
(function (source, idPrefix) {
  try {
    const options = {idPrefix, measurer, autoDirection: false, images: false, links: true};
    const {svg, width, height, type} = pele.render(source, options);
    return JSON.stringify({svg, width, height, type});
  } catch (error) {
    // Out of memory, even for an error to throw: the context is done for.
    if (error === null || error.name === "InternalError") throw error;
    return JSON.stringify({
      code: error.code || "crash", line: error.line || 0, column: error.column || 0,
      message: String(error.message || error),
    });
  }
})
"""

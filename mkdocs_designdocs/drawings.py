"""A diagram's verdict: drawn, left to the browser, or rejected; and what the page shows of it.

Drawing is pure in the source, the engine's version and the code around it, so results are kept, rejections too: in
memory for a build, on disk between builds. A build that finds everything there never loads the engine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from mkdocs_designdocs.cache import Cache, code_version, key_of
from mkdocs_designdocs.captions import untitled
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.engine import Rejection, Renderer, Svg, pele_available
from mkdocs_designdocs.fences import Fence, normalise
from mkdocs_designdocs.kinds import CLIENT_ONLY, first_word
from mkdocs_designdocs.mistakes import cut, explain

_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Drawing:
    """What became of one diagram: exactly one of `svg`, `fallback` and `rejection`."""

    svg: str | None = None
    fallback: str | None = None
    """Why it is left to the theme's client-side Mermaid."""
    rejection: Rejection | None = None
    chosen: bool = False
    """Whether somebody asked for the fallback, so that there is nothing to note."""
    kind: str = ""
    width: float = 0
    height: float = 0
    prefix: str = ""
    """What every id in the SVG begins with."""
    lasting: bool = True
    """Whether another build sees the same: a slow machine reaches a limit, and an installation mends a crash."""


class Studio:
    """Draws each diagram once: remembers within a process, and on disk where there is a folder for it."""

    def __init__(self, renderer: Renderer | None, cache_dir: Path | None, engine: str = "pele") -> None:
        """With no renderer, or with the engine `client`, everything is left to the browser."""
        self._renderer = renderer
        self._engine = engine
        self._cache = Cache(cache_dir, ".svg")
        self._drawn: dict[str, Drawing] = {}
        self.passing = 0
        """How many drawings were handed out that another build may see otherwise: what they led to is not kept."""

    @property
    def version(self) -> str:
        """Part of the key of whatever was found out with the help of a drawing."""
        return f"{self._engine} {self._renderer.version if self._renderer else self._missing}"

    @property
    def can_draw(self) -> bool:
        """Whether there is anything here to draw with."""
        return self._renderer is not None and self._engine != "client"

    def draw(self, source: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> Drawing:
        """The drawing of a diagram, as its fence wants it."""
        if attributes.get("engine", self._engine) == "client":
            return Drawing(fallback="the client is chosen to draw it", chosen=True)
        if self._renderer is None:
            return Drawing(fallback=f"there is no engine to draw it: {self._missing}")
        source = untitled(normalise(source), attributes)
        drawing = self._drawn.get(source)
        if drawing is None:
            if len(self._drawn) >= 10_000:  # a long `mkdocs serve`: what is still needed comes back from disk
                self._drawn.clear()
            drawing = self._drawn[source] = self._find_or_draw(self._renderer, source)
        self.passing += not drawing.lasting
        return drawing

    @cached_property
    def _drawer(self) -> str:
        """What shapes a drawing beside its source."""
        return key_of((code_version(), self._renderer.version if self._renderer else ""))[:16]

    @cached_property
    def _missing(self) -> str:
        return pele_available() or "none was given"

    def _find_or_draw(self, renderer: Renderer, source: str) -> Drawing:
        name = key_of((source,))
        key = f"{name}-{self._drawer}"
        if kept := _unpacked(self._cache.get(key)):
            return kept
        prefix = f"diagram-{name[:12]}"  # the same whoever draws it
        drawing = _drawing(renderer.render(source, prefix), source, prefix)
        if drawing.lasting:
            self._cache.put(key, _packed(drawing))
        return drawing


def _drawing(result: Svg | Rejection, source: str, prefix: str) -> Drawing:
    if isinstance(result, Svg):
        if _has_formula(source, result.kind):
            return Drawing(fallback="the engine draws no formulas, and there is one between `$$` and `$$`")
        return Drawing(result.text, kind=result.kind, width=result.width, height=result.height, prefix=prefix)
    if result.code == "crash":
        return Drawing(fallback=f"the engine fails at it ({cut(result.message)})", lasting=False)
    word = first_word(source)[0]
    if result.code == "unsupported-diagram" and word in CLIENT_ONLY:
        return Drawing(fallback=f"the engine does not draw `{word}`; {CLIENT_ONLY[word]}")
    return Drawing(rejection=result, lasting=result.code != "limit")


def _has_formula(source: str, kind: str) -> bool:
    """Whether mermaid.js takes something in a label for TeX."""
    if "$$" not in source or kind not in _FORMULAS:
        return False
    text = _COMMENT.sub("", source)
    if kind in _BRACKETED:
        # Two labels in a line have a quote between them, or, where they stand in none, a bracket or a bar.
        pieces = (_SIGNS.split(piece) if index % 2 == 0 else [piece] for index, piece in enumerate(text.split('"')))
        return any(_FORMULA.search(label) for labels in pieces for label in labels)
    return _FORMULA.search(text) is not None


_FORMULA = re.compile(r"\$\$.*\$\$")
_COMMENT = re.compile(r"^[ \t]*%%.*", re.MULTILINE)
_SIGNS = re.compile(r"[\[\](){}|]")
_BRACKETED = {"flowchart", "block", "mindmap", "kanban"}
"""Where a label without quotes holds no bracket."""
_FORMULAS = {*_BRACKETED, "sequence", "state", "er", "requirement"}
"""Where mermaid.js takes `$$…$$` in a label for TeX."""


def _packed(drawing: Drawing) -> bytes:
    """A drawing, or a rejection, as it is kept: a line of JSON, then the SVG as it is."""
    entry = {name: getattr(drawing, name) for name in ("fallback", "kind", "width", "height", "prefix")}
    entry["rejection"] = asdict(drawing.rejection) if drawing.rejection else None
    return json.dumps(entry).encode() + b"\n" + (drawing.svg or "").encode("utf-8", "replace")


def _unpacked(data: bytes | None) -> Drawing | None:
    """What `_packed` made; None where it is something else, so that it is drawn anew."""
    if data is None:
        return None
    head, _, body = data.partition(b"\n")
    try:
        entry = json.loads(head)
        rejection = entry.pop("rejection")
        svg = body.decode() if rejection is None and entry["fallback"] is None else None
        return Drawing(svg, rejection=Rejection(**rejection) if rejection else None, **entry)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def judge(
    fence: Fence, drawing: Drawing, *, path: str, offset: int = 0, section: str = "", clientless: str = ""
) -> Iterator[Diagnostic]:
    """A Mermaid diagram can be drawn.

    `offset`: how many lines of the file come before the scanned text. `clientless`: see `Settings`.
    """
    here = (fence.line + offset, fence.column)
    if not fence.closed:
        message = "this Mermaid fence is never closed; the page shows it as text"
        advice = "close it with a line of the same characters, as many, and indented as deep as it is"
        yield finding("diagram-invalid", path, *here, message, help=advice, section=section)
    elif drawing.rejection:
        mistake = explain(drawing.rejection, fence.source)
        line, column = fence.position(mistake.line, mistake.column)
        where = (path, line + offset, column)
        quote = fence.raw[mistake.line - 1] if 1 <= mistake.line <= len(fence.raw) else ""
        yield finding("diagram-invalid", *where, mistake.message, help=mistake.help, section=section, quote=quote)
    elif drawing.fallback and not drawing.chosen:
        client = "the theme's client-side Mermaid"
        advice = "`{.mermaid engine=client}` on the fence says that this is meant"
        if clientless:
            client = f"client-side Mermaid, and the theme `{clientless}` has none, so readers see its source"
            advice = "load mermaid.js by `extra_javascript`, or use a theme that brings it, such as Material"
        message = f"this diagram is left to {client}: {drawing.fallback}"
        yield finding("diagram-fallback", path, *here, message, help=advice, section=section)

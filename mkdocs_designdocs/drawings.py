"""A diagram's verdict: drawn, left to the browser, or rejected; and what the page shows of it.

Drawing is pure in the source and the engine's version, so results are kept, rejections too: in memory for a
build, on disk between builds. A build that finds everything there never loads the engine.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from mkdocs_designdocs.cache import Cache, key_of
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.engine import Rejection, Renderer, Svg, pele_available
from mkdocs_designdocs.fences import Fence, normalise
from mkdocs_designdocs.kinds import CLIENT_ONLY, PREAMBLE, first_word, spoken
from mkdocs_designdocs.mistakes import cut, explain

_FORMAT = "1"
"""Part of the cache key: raise it when what is made of an engine's answer changes."""
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


class Studio:
    """Draws each diagram once: remembers within a process, and on disk where there is a folder for it."""

    def __init__(self, renderer: Renderer | None, cache_dir: Path | None, engine: str = "pele") -> None:
        """With no renderer, or with the engine `client`, everything is left to the browser."""
        self._renderer = renderer
        self._engine = engine
        self._cache = Cache(cache_dir, ".svg")
        self._drawn: dict[str, Drawing] = {}

    @property
    def version(self) -> str:
        """Part of the key of whatever was found out with the help of a drawing."""
        return " ".join((_FORMAT, self._engine, self._renderer.version if self._renderer else "none"))

    def draw(self, source: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> Drawing:
        """The drawing of a diagram, as its fence wants it."""
        if attributes.get("engine", self._engine) == "client":
            return Drawing(fallback="the client is chosen to draw it", chosen=True)
        if self._renderer is None:
            return Drawing(fallback=f"there is no engine to draw it: {self._missing}")
        source = normalise(source)
        drawing = self._drawn.get(source)
        if drawing is None:
            if len(self._drawn) >= 10_000:  # a long `mkdocs serve`: what is still needed comes back from disk
                self._drawn.clear()
            drawing = self._drawn[source] = self._find_or_draw(self._renderer, source)
        return drawing

    @cached_property
    def _missing(self) -> str:
        return pele_available() or "none was given"

    def _find_or_draw(self, renderer: Renderer, source: str) -> Drawing:
        key = key_of((_FORMAT, renderer.version, source))
        if kept := _unpacked(self._cache.get(key)):
            return kept
        prefix = f"diagram-{key[:12]}"
        drawing = _drawing(renderer.render(source, prefix), source, prefix)
        # A limit may be reached because the machine is busy; a crash is mended by an installation.
        # Neither is kept.
        limited = drawing.rejection is not None and drawing.rejection.code == "limit"
        if not limited and drawing.fallback is None:
            self._cache.put(key, _packed(drawing))
        return drawing


def _drawing(result: Svg | Rejection, source: str, prefix: str) -> Drawing:
    if isinstance(result, Svg):
        svg = _named(result.text, result.kind, source)
        return Drawing(svg, kind=result.kind, width=result.width, height=result.height, prefix=prefix)
    if result.code == "crash":
        return Drawing(fallback=f"the engine fails at it ({cut(result.message)})")
    word = first_word(source)[0]
    if result.code == "unsupported-diagram" and word in CLIENT_ONLY:
        return Drawing(fallback=f"the engine does not draw `{word}`")
    return Drawing(rejection=result)


def _named(svg: str, kind: str, source: str) -> str:
    """The SVG with a name for those who do not see it; the author's `accTitle` is one already."""
    head = svg[: svg.find(">")]
    if "aria-label" in head:
        return svg
    front = PREAMBLE.match(source)
    title = re.search(r"^[ \t]*title:[ \t]*(\S.*?)[ \t]*$", front.group(), re.MULTILINE) if front else None
    name = spoken(kind) + (f": {title[1].strip(chr(34) + chr(39))}" if title else "")
    return svg.replace("<svg ", f'<svg aria-label="{html.escape(name[:1].upper() + name[1:])}" ', 1)


def _packed(drawing: Drawing) -> bytes:
    """A drawing, or a rejection, as it is kept: a line of JSON, then the SVG as it is."""
    entry = {name: getattr(drawing, name) for name in ("kind", "width", "height", "prefix")}
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
        svg = body.decode() if rejection is None else None
        return Drawing(svg, rejection=Rejection(**rejection) if rejection else None, **entry)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def judge(fence: Fence, drawing: Drawing, *, path: str, offset: int = 0, section: str = "") -> Iterator[Diagnostic]:
    """A Mermaid diagram can be drawn; `offset` is how many lines of the file come before the scanned text."""
    here = (fence.line + offset, fence.column)
    if not fence.closed:
        message = "this Mermaid fence is never closed; the page shows it as text"
        advice = "Close it with a line of the same characters, as many, and indented as deep as it is."
        yield finding("diagram-invalid", path, *here, message, help=advice, section=section)
    elif drawing.rejection:
        mistake = explain(drawing.rejection, fence.source)
        line, column = fence.position(mistake.line, mistake.column)
        where = (path, line + offset, column)
        yield finding("diagram-invalid", *where, mistake.message, help=mistake.help, section=section)
    elif drawing.fallback and not drawing.chosen:
        message = f"this diagram is left to the theme's client-side Mermaid: {drawing.fallback}"
        advice = "`{.mermaid engine=client}` on the fence says that this is meant."
        yield finding("diagram-fallback", path, *here, message, help=advice, section=section)

"""Mermaid source to SVG, in process: a protocol for renderers, and Pele in QuickJS behind it.

Pele is a JavaScript bundle that the package `mermaid-render` carries. It is given a context of its own with
no way out of it: no file, no network, limited memory and limited time.
"""

from __future__ import annotations

import json
import math
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, cast

from mkdocs_designdocs.paint import finished
from mkdocs_designdocs.positions import in_source
from mkdocs_designdocs.routes import straightened
from mkdocs_designdocs.safety import is_safe, unlinked
from mkdocs_designdocs.soundness import flaw

_MEGABYTE = 1024 * 1024
_MINUTE = 60.0
_ADAPTER = Path(__file__).with_name("engine.js")
_DATES = Path(__file__).with_name("dates.js")


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
    """`syntax`, `semantic`, `unsupported-diagram`, `limit` (too big, too slow) or `crash` (its own fault); `unsound` is
    not the engine's, but what mermaid.js would stumble over: the message, and in a second line how to mend it."""
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
        """Limits in bytes and in seconds of processor time, the latter for each diagram.

        When six diagrams have used theirs up, the others get a tenth: a page full of them stops no build for minutes.
        A minute without one ends that, for `mkdocs serve` goes on for days.
        """
        self._memory_limit = memory_limit
        self._time_limit = time_limit
        self._patience = 6 * time_limit
        self._ran_away = -math.inf
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
        source = _fit(source)
        result = self._render(source, id_prefix)
        if isinstance(result, Rejection) and "got 'LINK_ID'" in result.message and _STAND_IN not in source:
            # mermaid.js 12.3 draws `A[me@example.org]`; Pele 1.6 takes `A[me@` for the name of an edge.
            spelled = _RUN.sub(_in_labels, source)
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
        begun = time.thread_time()
        try:
            answer = _taken_apart(function(source, id_prefix))
        except Exception as error:  # noqa: BLE001 - quickjs has several types of its own, none of them public
            # Stopped in the middle of something: what is left in the context is not to be trusted.
            self._local.function = None
            seconds = self._local.seconds
            self._lose_patience(time.thread_time() - begun)
            return _stopped(error, seconds, self._memory_limit)
        if "svg" in answer and (wrong := flaw(source, answer["type"])):
            return Rejection("unsound", wrong[0], wrong[1], "\n".join(wrong[2:]))
        if "svg" in answer:
            svg = _fit(answer["svg"])
            svg = finished(straightened(svg) if answer["type"] == "block" else svg)
            if not is_safe(svg) and not is_safe(svg := unlinked(svg)):
                return Rejection("crash", 0, 0, "its drawing holds what does not belong in a page")
            return Svg(svg, answer["width"], answer["height"], answer["type"])
        message = answer["message"]
        line, column = in_source(source, answer["line"], answer["column"])
        return Rejection(answer["code"], line, column, message)

    def _lose_patience(self, seconds: float) -> None:
        now = time.monotonic()
        if now - self._ran_away > _MINUTE:
            self._patience = 6 * self._time_limit
        self._ran_away = now
        self._patience -= seconds

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
        context.eval(_DATES.read_text(encoding="utf-8"))
        function = context.eval(_ADAPTER.read_text(encoding="utf-8"))
        # From here on: each call has its own clock, and the memory is the sum of all of them.
        context.set_memory_limit(self._memory_limit)
        patient = self._patience > 0 or time.monotonic() - self._ran_away > _MINUTE
        self._local.seconds = self._time_limit if patient else self._time_limit / 10
        context.set_time_limit(self._local.seconds)
        return cast("Callable[[str, str], str]", function)


def _taken_apart(answer: str) -> dict[str, Any]:
    """What the script answers: JSON, or three lines and the drawing."""
    if answer.startswith("{"):
        return cast("dict[str, Any]", json.loads(answer))
    width, height, kind, svg = answer.split("\n", 3)
    return {"svg": svg, "width": float(width), "height": float(height), "type": kind}


def _fit(text: str) -> str:
    """A text without what no file can hold: half a character, and what XML calls none."""
    return text if text.isascii() else _UNFIT.sub("\ufffd", text)


_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")


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
_RUN = re.compile(r'[^\s"]+"?')
"""Taken whole and looked into then: one expression for all of it takes hours for some texts."""
_OPENER = re.compile(r"[\[({|]")
_AT = re.compile(r'@(?!["{])')


def _in_labels(run: re.Match[str]) -> str:
    """A piece of source without white space, with the stand-in for every `@` behind the start of a label."""
    opener = _OPENER.search(run[0]) if "@" in run[0] else None
    return run[0] if opener is None else run[0][: opener.start()] + _AT.sub(_STAND_IN, run[0][opener.start() :])

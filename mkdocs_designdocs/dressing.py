"""Dressing: the style sheet and the scripts that pages need, and those pages alone."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from markupsafe import escape

from mkdocs_designdocs.labels import ENGLISH, Labels

STYLE = "assets/designdocs/designdocs.css"
SCRIPT = "assets/designdocs/viewer.js"
FINDER = "assets/designdocs/index.js"
"""Where on the site they are."""

_ASSETS = Path(__file__).parent / "assets"
FIGURE = '<figure class="designdocs-diagram'
"""What a page holds that has a diagram."""
_TOOLS = '<form class="designdocs-index designdocs-tools'


def dress(to: Callable[[str], str], html: str, labels: Labels) -> str:
    """The style sheet, and the scripts that a page needs; what shows diagrams speaks English unless it is told."""
    scripts = ((FIGURE, SCRIPT, _told(labels)), (_TOOLS, FINDER, ""))
    needed = [(script, said) for mark, script, said in scripts if mark in html]
    style = f'<link rel="stylesheet" href="{to(STYLE)}">'
    return "\n".join([style, *(f'<script src="{to(script)}"{said} defer></script>' for script, said in needed)])


@lru_cache
def _told(labels: Labels) -> str:
    words = labels.of("viewer")
    return f' data-designdocs-words="{escape(json.dumps(words))}"' if words != ENGLISH.of("viewer") else ""


def assets() -> Iterator[tuple[str, str]]:
    """What the pages need beside themselves: where it is, and what it holds."""
    yield STYLE, "".join(path.read_text("utf-8") for path in sorted(_ASSETS.glob("*.css")))
    for script in (SCRIPT, FINDER):
        yield script, (_ASSETS / posixpath.basename(script)).read_text("utf-8")

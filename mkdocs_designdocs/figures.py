"""A drawing as HTML: a figure, the source for the browser's Mermaid, or what is wrong with it."""

from __future__ import annotations

import html
import re

from mkdocs_designdocs.drawings import Drawing
from mkdocs_designdocs.engine import Rejection
from mkdocs_designdocs.mistakes import explain


def to_html(drawing: Drawing, source: str, nth: int = 1, *, title: str = "") -> str:
    """What the page shows; `nth` tells the occurrences of one diagram on one page apart."""
    if drawing.rejection:
        return _error_box(drawing.rejection, source)
    if drawing.svg is None:
        return f'<pre class="mermaid"><code>{html.escape(source, quote=False)}</code></pre>'
    svg = drawing.svg.replace(drawing.prefix, f"{drawing.prefix}-{nth}") if nth > 1 else drawing.svg
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    return (
        f'<figure class="designdocs-diagram" style="--designdocs-width:{drawing.width:g}px">'
        f'<div class="designdocs-diagram__view">{svg}</div>{caption}</figure>'
    )


def _error_box(rejection: Rejection, source: str) -> str:
    mistake = explain(rejection, source)
    lines = [html.escape(line, quote=False) for line in source.split("\n")]
    if 1 <= mistake.line <= len(lines):
        lines[mistake.line - 1] = f"<mark>{lines[mistake.line - 1]}</mark>"
    advice = f"<p>{_code(mistake.help)}</p>" if mistake.help else ""
    return (
        '<div class="designdocs-diagram-error"><p><strong>This diagram cannot be drawn:</strong> '
        f"{_code(mistake.message)}</p>{advice}<pre><code>{chr(10).join(lines)}</code></pre></div>"
    )


def _code(message: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(message, quote=False))

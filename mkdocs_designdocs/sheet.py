"""The diagrams of one page: marks while the page is made and searched, drawings when it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.drawings import Drawing, Studio
from mkdocs_designdocs.fences import mermaid_fences, normalise
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.mistakes import explain

_FENCED = re.compile(r'<pre><code class="(?:language-)?mermaid">(?P<source>.*?)</code></pre>', re.DOTALL)
_PLACE = re.compile(r'<div class="designdocs-drawing" data-number="(\d+)"></div>')


@dataclass
class Sheet:
    """The diagrams of one page, in the order in which they were met.

    While Markdown is rendered each is a mark, and again while the page is read for the search: whatever indexes
    words wants no drawings.
    """

    studio: Studio
    drawn: list[tuple[str, Drawing, Mapping[str, str]]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    def place(self, source: str, attributes: Mapping[str, str]) -> str:
        """Draw a diagram and return the mark that stands for it."""
        source = normalise(source)
        self.drawn.append((source, self.studio.draw(source, attributes), attributes))
        return _mark(len(self.drawn) - 1)

    def place_fenced(self, content: str) -> str:
        """Take over the diagrams that plain `fenced_code` left as code."""
        if "mermaid" not in content:
            return content
        return _FENCED.sub(lambda m: self.place(html.unescape(m["source"]), {}), content)

    def show(self, content: str) -> str:
        """Put the drawings in the place of their marks."""
        if not self.drawn:
            return content
        if not self._pieces:
            seen: dict[str, int] = {}
            for source, drawing, attributes in self.drawn:
                seen[source] = nth = seen.get(source, 0) + 1
                self._pieces.append(to_html(drawing, source, nth, title=attributes.get("title", "")))
        return _PLACE.sub(lambda m: self._pieces[int(m[1])], content)

    def hide(self, content: str) -> str:
        """Put the marks back in the place of the drawings."""
        for number, piece in enumerate(self._pieces):
            content = content.replace(piece, _mark(number), 1)
        return content


def _mark(number: int) -> str:
    return f'<div class="designdocs-drawing" data-number="{number}"></div>'


def strangers(sheet: Sheet, document: Document | None, uri: str) -> Iterator[Diagnostic]:
    """Every diagram that a page gets from elsewhere, from snippets and macros, can be drawn"""
    wrong = [(source, drawing.rejection) for source, drawing, _ in sheet.drawn if drawing.rejection]
    if not wrong:
        return
    text = document.data.decode("utf-8", "replace") if document else ""
    known = {normalise(fence.source) for fence in chain(mermaid_fences(text, hidden=True), bare_diagrams(text))}
    for source, rejection in wrong:
        if source not in known:
            mistake = explain(rejection, source)
            what = f"a diagram that this page includes cannot be drawn: {mistake.message}"
            yield finding("diagram-invalid", document.path if document else uri, 1, 1, what, help=mistake.help)

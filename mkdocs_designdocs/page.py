"""What a reader sees around a design: its header, what is to be finished, each finding at its place, its diagrams."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.drawings import Drawing, Studio, to_html
from mkdocs_designdocs.fences import bare_diagrams, mermaid_fences, normalise
from mkdocs_designdocs.index import group_class
from mkdocs_designdocs.marks import FINDING, PROMPT, PROMPT_END, finding_mark
from mkdocs_designdocs.mistakes import explain
from mkdocs_designdocs.partials import partial
from mkdocs_designdocs.people import Person

_FENCED = re.compile(r'<pre><code class="(?:language-)?mermaid">(?P<source>.*?)</code></pre>', re.DOTALL)
_PLACE = re.compile(r'<div class="designdocs-drawing" data-number="(\d+)"></div>')


@dataclass
class Sheet:
    """The diagrams of one page, in the order in which they were met. In its HTML each is a mark until the last
    moment: what indexes the page for the search reads words, not drawings."""

    studio: Studio
    drawn: list[tuple[str, Drawing, Mapping[str, str]]] = field(default_factory=list)

    def place(self, source: str, attributes: Mapping[str, str]) -> str:
        """Draw a diagram and return the mark that stands for it."""
        source = normalise(source)
        drawing = self.studio.draw(source, attributes)
        self.drawn.append((source, drawing, attributes))
        return f'<div class="designdocs-drawing" data-number="{len(self.drawn) - 1}"></div>'

    def place_fenced(self, content: str) -> str:
        """Take over the diagrams that plain `fenced_code` left as code."""
        if "mermaid" not in content:
            return content
        return _FENCED.sub(lambda m: self.place(html.unescape(m["source"]), {}), content)

    def finish(self, content: str) -> str:
        """Put the drawings in the place of their marks."""
        if not self.drawn:
            return content
        seen: dict[str, int] = {}

        def drawing(match: re.Match[str]) -> str:
            source, drawn, attributes = self.drawn[int(match[1])]
            seen[source] = nth = seen.get(source, 0) + 1
            return to_html(drawn, source, nth, title=attributes.get("title", ""))

        return _PLACE.sub(drawing, content)


def strangers(sheet: Sheet, text: str, path: str) -> Iterator[Diagnostic]:
    """Every diagram that a page gets from elsewhere, from snippets and macros, can be drawn"""
    wrong = [(source, drawing.rejection) for source, drawing, _ in sheet.drawn if drawing.rejection]
    if not wrong:
        return
    known = {normalise(fence.source) for fence in chain(mermaid_fences(text, hidden=True), bare_diagrams(text))}
    for source, rejection in wrong:
        if source not in known:
            mistake = explain(rejection, source)
            what = f"a diagram that this page includes cannot be drawn: {mistake.message}"
            yield finding("diagram-invalid", path, 1, 1, what, help=mistake.help)


def decorate(content: str, design: Design, header: str, *, todo: bool) -> str:
    """A design's HTML with its header, and with its findings where `todo` says so."""
    found = _Found(content, design)
    content = PROMPT.sub(
        lambda m: (
            f'<div class="designdocs-prompt" id="designdocs-prompt-{m[1]}" role="note" aria-label="To be written">'
        ),
        content,
    ).replace(PROMPT_END, "</div>")
    content = FINDING.sub(lambda m: found.html(int(m[1])) if todo else "", content)
    panel = found.panel() if todo and design.diagnostics else ""
    return _below_title(content, header + panel)


@dataclass(frozen=True)
class _Found:
    content: str
    design: Design

    def html(self, number: int) -> str:
        return partial("finding.html", number=number, item=_item(self.design.diagnostics[number], ""))

    def panel(self) -> str:
        items = [_item(d, self._href(number, d)) for number, d in enumerate(self.design.diagnostics)]
        worst = max(d.level for d in self.design.diagnostics)
        return partial(
            "todo.html",
            items=items,
            worst=worst.value,
            open=len(items) <= 12,
            written=self.design.verdict.written,
            required=self.design.verdict.required,
        )

    def _href(self, number: int, diagnostic: Diagnostic) -> str:
        if finding_mark(number) in self.content:
            return f"#designdocs-finding-{number}"
        paths = self.design.verdict.section_paths
        if diagnostic.code != "section-missing" or diagnostic.section not in paths:
            return ""
        # Of a missing parent the first prompt below it is where to begin.
        shown = [int(n) for n in PROMPT.findall(self.content) if int(n) >= paths.index(diagnostic.section)]
        return f"#designdocs-prompt-{min(shown)}" if shown else ""


def _item(diagnostic: Diagnostic, href: str) -> dict[str, object]:
    return {
        "level": diagnostic.level.value,
        "line": diagnostic.line,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "code": diagnostic.code,
        "href": href,
    }


def _below_title(content: str, added: str) -> str:
    end = content.find("</h1>")
    if end < 0:
        return added + content
    return f"{content[: end + 5]}\n{added}{content[end + 5 :]}"


def header(
    design: Design,
    shown: frozenset[str],
    relations: Iterable[tuple[str, Sequence[tuple[str, Design | None]]]],
    url: Callable[[Design], str],
    index_url: str,
) -> str:
    """The status and whatever of the metadata the page's own lines (`shown`) do not say."""
    return partial(
        "header.html",
        design=design.metadata,
        status=design.status,
        group=group_class(design.status),
        shown=shown,
        name=_name,
        relations=[
            (label, [{"title": o.title if o else name, "url": url(o) if o else ""} for name, o in names])
            for label, names in relations
        ],
        index_url=index_url,
    )


def _name(person: Person) -> str:
    return person.label

"""What a reader sees around a design: its header, what is to be finished, each finding at its place, its diagrams."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.marks import FINDING, PROMPT, PROMPT_END, finding_mark
from mkdocs_designdocs.network import Network
from mkdocs_designdocs.partials import PLAIN, Partials
from mkdocs_designdocs.report import summary


def decorate(
    content: str, design: Design, header: str, marked: Sequence[Diagnostic | None] | None, partials: Partials = PLAIN
) -> str:
    """A design's HTML with its header and prompts; `marked` are the findings that the marks in it count, None for one
    that the baseline has taken; None in their stead where no findings are to be shown."""
    panel = _panel(content, design, marked, partials) if marked is not None and design.diagnostics else ""
    content = PROMPT.sub(lambda m: partials.render("prompt.html", number=m[1]), content).replace(PROMPT_END, "</div>")
    content = FINDING.sub(lambda m: _box(int(m[1]), marked or (), partials), content)
    return _below_title(content, header + panel)


def _box(number: int, marked: Sequence[Diagnostic | None], partials: Partials) -> str:
    found = marked[number] if number < len(marked) else None
    return partials.render("finding.html", number=number, item=_item(found, "")) if found else ""


def _panel(content: str, design: Design, marked: Sequence[Diagnostic | None], partials: Partials) -> str:
    """Everything that the gate holds against a design, each with a link to its place on the page."""
    return partials.render(
        "todo.html",
        items=[_item(d, _href(d, content, design, marked)) for d in design.diagnostics],
        worst=max(d.level for d in design.diagnostics).value,
        summary=summary(design.diagnostics),
        open=len(design.diagnostics) <= 12,
        written=design.verdict.written,
        required=design.verdict.required,
    )


def _href(diagnostic: Diagnostic, content: str, design: Design, marked: Sequence[Diagnostic | None]) -> str:
    # Other plugins may have moved the lines, and the catalogue knows findings that no page by itself has.
    number = next((n for n, d in enumerate(marked) if d == diagnostic), None)
    if number is None:
        number = next((n for n, d in enumerate(marked) if d and _gist(d) == _gist(diagnostic)), None)
    if number is not None and finding_mark(number) in content:
        return f"#designdocs-finding-{number}"
    paths = design.verdict.section_paths
    if diagnostic.code != "section-missing" or diagnostic.section not in paths:
        return ""
    # Of a missing parent the first prompt below it is where to begin.
    shown = [int(n) for n in PROMPT.findall(content) if int(n) >= paths.index(diagnostic.section)]
    return f"#designdocs-prompt-{min(shown)}" if shown else ""


def _gist(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.code, diagnostic.section, diagnostic.message


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


def neighbours(part: Network, figure: str, partials: Partials) -> str:
    """The drawing of a design and its neighbours, below its relations."""
    return partials.render("network.html", figure=figure, left=part.left) if figure else ""

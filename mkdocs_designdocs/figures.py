"""A drawing as HTML: a figure, the source for the browser's Mermaid, or what is wrong with it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from mkdocs_designdocs.captions import Caption, plain
from mkdocs_designdocs.clicks import Click, links_of_participants
from mkdocs_designdocs.drawings import Drawing
from mkdocs_designdocs.engine import Rejection
from mkdocs_designdocs.excerpts import caret
from mkdocs_designdocs.kinds import spoken
from mkdocs_designdocs.mistakes import explain
from mkdocs_designdocs.partials import prose
from mkdocs_designdocs.words import words_of

_ROLE = re.compile(r' (?:role|aria-roledescription)="[^"]*"')
_DRAWN_TITLE = re.compile(r'<text class="pele-title".*?</text>', re.DOTALL)
_LINK = re.compile(
    r'<a href="(?P<href>[^"]*)"(?P<rest>[^>]*)>(?P<tip><title>.*?</title>)?(?P<drawn>.*?)</a>', re.DOTALL
)
_PARTICIPANT = re.compile(
    r'(?P<open><g class="pele-node pele-actor [^>]*data-id="(?P<node>[^"]*)">)(?P<drawn>.*?)</g>', re.DOTALL
)
_FLOORS = (320, 400, 500, 640, 800, 1000, 1280, 1600, 2000, 2560, 3200)
"""Widths in pixels for which the style sheet has a class."""
_TARGET = re.compile(r' target="_blank"')


def to_html(
    drawing: Drawing,
    source: str,
    nth: int = 1,
    *,
    caption: Caption = Caption(),  # noqa: B008 - it is frozen
    link: Callable[[str], str] = str,
) -> str:
    """What the page shows.

    `nth` tells the occurrences of one diagram on one page apart; `link` gives the address, seen from the page, of what
    a node links to, and nothing where it shall not be a link.
    """
    below = _below(caption)
    name = f' id="{html.escape(caption.anchor)}"' if caption.anchor else ""
    if drawing.svg is None:
        shown = _error_box(drawing.rejection, source) if drawing.rejection else _for_the_client(source)
        return f'<figure class="designdocs-figure"{name}>{shown}{below}</figure>' if name or below else shown
    svg = drawing.svg.replace(drawing.prefix, f"{drawing.prefix}-{nth}") if nth > 1 else drawing.svg
    if drawing.kind == "sequence" and "link" in source:
        svg = _with_participants(svg, links_of_participants(source))
    linked = "<a href=" in svg
    svg = _named(svg, drawing.kind, caption.text, holds_links=linked)
    if linked:
        svg = _LINK.sub(lambda match: _leading(match, link, asked="_blank" in source), svg)
    return (
        f'<figure class="designdocs-diagram{_floor(drawing.width)}"{name}'
        f' data-source="{html.escape(source)}">'
        f'<div class="designdocs-diagram__view">{svg}</div>{below}</figure>'
    )


def _floor(width: float) -> str:
    """A wide drawing shrinks to about half its size, not further: then its box scrolls. A class: CSP has no `style`."""
    least = max((step for step in _FLOORS if step <= max(320, width * 0.6) and step <= width), default=0)
    return f" designdocs-diagram--{least}" if least else ""


def _for_the_client(source: str) -> str:
    return f'<pre class="mermaid"><code>{html.escape(source, quote=False)}</code></pre>'


def _below(caption: Caption) -> str:
    if not caption.html:
        return ""
    if not caption.number:
        return f"<figcaption>{caption.html}</figcaption>"
    number = f'<a class="designdocs-diagram__number" href="#{html.escape(caption.anchor)}">{caption.label}</a>'
    return f"<figcaption>{number} {caption.html}</figcaption>"


def _named(svg: str, kind: str, caption: str, *, holds_links: bool) -> str:
    """The SVG with a name for those who do not see it.

    An `accTitle` is one already. An image has no parts: where there are links in it, it is a document to look around.
    """
    end = svg.find(">")
    head, spoken_kind = svg[:end], spoken(kind)
    known = "aria-labelledby=" in head or "aria-label=" in head
    role = ' role="graphics-document document"' if holds_links else ' role="img"'
    if known:
        name = f' aria-roledescription="{spoken_kind}"'
    else:
        title = caption or (plain(drawn.group()) if (drawn := _DRAWN_TITLE.search(svg)) else "")
        said = f"{spoken_kind[:1].upper()}{spoken_kind[1:]}{': ' if title else ''}{title}"
        name = f' aria-label="{html.escape(said)}"'
    return f"{_ROLE.sub('', head)}{role}{name}{svg[end:]}"


def _with_participants(svg: str, links: Mapping[str, Click]) -> str:
    """A sequence diagram with the links of its participants, for which the engine has no place."""

    def linked(match: re.Match[str]) -> str:
        link = links.get(html.unescape(match["node"]))
        if link is None:
            return match.group()
        tip = f"<title>{html.escape(link.label)}</title>" if link.label else ""
        target = html.escape(link.target or "")
        return f'{match["open"]}<a href="{target}" rel="noopener">{tip}{match["drawn"]}</a></g>'

    return _PARTICIPANT.sub(linked, svg) if links else svg


def _leading(match: re.Match[str], link: Callable[[str], str], *, asked: bool) -> str:
    """A link of the drawing's as the page has it; one within the site opens where it is, unless its author asked."""
    href = html.unescape(match["href"])
    there = link(href)
    if not there:
        return match["drawn"]
    within = re.match(r"[a-z][a-z0-9+.-]*:", there, re.IGNORECASE) is None
    rest = _TARGET.sub("", match["rest"]) if within and not asked else match["rest"]
    # Material's instant navigation sets the `href` of what names no host, and dies of an SVG's, which cannot be set.
    attribute = "href" if re.match(r"https?://", there, re.IGNORECASE) else "xlink:href"
    drawn, tip = match["drawn"], match["tip"] or ""
    # A tip would be all that a link is called; who speaks to a machine says what stands in the box.
    name = f' aria-label="{html.escape(f"{words_of(drawn, drawn)}: {plain(tip)}")}"' if tip else ""
    return f'<a {attribute}="{html.escape(there)}"{name}{rest}>{tip}{drawn}</a>'


def _error_box(rejection: Rejection, source: str) -> str:
    mistake = explain(rejection, source)
    lines = [html.escape(line, quote=False) for line in source.split("\n")]
    if 1 <= mistake.line <= len(lines):
        indent = html.escape(caret(source.split("\n")[mistake.line - 1], mistake.column), quote=False)
        pointer = f'\n<span class="designdocs-diagram-error__caret" aria-hidden="true">{indent}</span>'
        lines[mistake.line - 1] = f"<mark>{lines[mistake.line - 1]}</mark>{pointer if mistake.column else ''}"
    advice = f"<p>{prose(mistake.help)}</p>" if mistake.help else ""
    return (
        '<div class="designdocs-diagram-error"><p><strong>This diagram cannot be drawn:</strong> '
        f"{prose(mistake.message)}</p>{advice}<pre><code>{chr(10).join(lines)}</code></pre></div>"
    )

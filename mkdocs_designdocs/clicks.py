"""What the nodes of a diagram link to: which links work on the page, and which a drawing leaves out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_designdocs.design import Link
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fences import Fence
from mkdocs_designdocs.kinds import first_word, kind_of
from mkdocs_designdocs.safety import SCHEMES

_START = r"(?:^|;)[ \t]*"
_NODE = r"(?P<node>[^\s\"]+)"
_ADDRESS = r'"(?P<target>[^"\n]*)"'
_RULES: dict[str, tuple[str, ...]] = {
    "flowchart": (rf"{_START}click[ \t]+{_NODE}[ \t]+(?:href[ \t]+)?{_ADDRESS}",),
    "class": (
        rf"{_START}click[ \t]+{_NODE}[ \t]+(?:href[ \t]+)?{_ADDRESS}",
        rf"{_START}link[ \t]+{_NODE}[ \t]+{_ADDRESS}",
    ),
    "sequence": (r"^[ \t]*link[ \t]+(?P<node>[^\s:][^:\n]*):(?P<label>[^@\n]*)@(?P<target>[^\n]*)$",),
    "c4": (r"^[ \t]*\w+[ \t]*\([ \t]*(?P<node>\w+)\b[^\n]*?\$link[ \t]*=[ \t]*" + _ADDRESS,),
}
_RULES["state"] = _RULES["gantt"] = _RULES["flowchart"]
_LINKS = {kind: tuple(re.compile(rule, re.MULTILINE) for rule in rules) for kind, rules in _RULES.items()}
_MENU = re.compile(r"^[ \t]*links[ \t]+(?P<node>[^\s:][^:\n]*):[ \t]*(?P<menu>\{[^\n]*\})[ \t]*$", re.MULTILINE)
_CALL = re.compile(
    rf"{_START}(?:callback[ \t]+(?P<class>[^\s\"]+)[ \t]+\"|click[ \t]+{_NODE}[ \t]+(?!href\b)(?:call[ \t]+)?[^\s\"])",
    re.MULTILINE,
)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_ENTITY = re.compile(r"(?<!&)#(\d{1,7}|[a-z]+);", re.IGNORECASE)
"""As Mermaid writes them."""
_SCHEME = re.compile(r"([^/?#]*?):")


@dataclass(frozen=True)
class Click:
    """A link of a node. Line and column are 1-based, in the source."""

    node: str
    target: str | None
    """As it is written; None where a function is to be called."""
    line: int
    column: int
    label: str = ""
    """What the link of a participant is called."""


def clicks(source: str) -> Iterator[Click]:
    """Every link in a diagram, and every function that a node calls."""
    if "click" not in source and "link" not in source and "callback" not in source:
        return
    kind = kind_of(first_word(source)[0])
    for rule in _LINKS.get(kind, ()):
        for match in rule.finditer(source):
            label = match["label"] if kind == "sequence" else ""
            target = match["target"].lstrip(" \t") if label else match["target"]
            yield _click(source, match["node"], target.rstrip(" \t"), match.end("target") - len(target), label)
    if kind == "sequence":
        for match in _MENU.finditer(source):
            for label, target in _menu(match["menu"]).items():
                at = source.find(target, match.start("menu"))
                yield _click(source, match["node"], target, at if at >= 0 else match.start("menu"), label)
    elif kind in ("flowchart", "class", "gantt"):
        for match in _CALL.finditer(source):
            node = match["class"] or match["node"]
            yield _click(source, node, None, match.start("class" if match["class"] else "node"))


def _menu(text: str) -> dict[str, str]:
    """The addresses of a `links` line of a sequence diagram, by what they are called."""
    try:
        menu = json.loads(text, strict=False)
    except ValueError:
        return {}
    return {label: target for label, target in menu.items() if isinstance(target, str)}


def _click(source: str, node: str, target: str | None, at: int, label: str = "") -> Click:
    return Click(node.strip(), target, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at), label.strip())


def links_of_participants(source: str) -> dict[str, Click]:
    """The link of each participant of a sequence diagram that a page may hold: the first, for a node has but one."""
    found: dict[str, Click] = {}
    for click in clicks(source) if kind_of(first_word(source)[0]) == "sequence" else ():
        if click.target is not None and not refusal(click.target):
            found.setdefault(click.node, click)
    return found


def refusal(target: str) -> str:
    """Why a link may not be in a page; empty where it may."""
    bare = target
    for _ in range(3):  # however it is hidden, browsers find it
        decoded = _ENTITY.sub(lambda m: f"&{'#' if m[1].isdecimal() else ''}{m[1]};", bare)
        bare = _INVISIBLE.sub("", html.unescape(unquote(decoded)))
    if not bare:
        return "it is empty"
    if bare.startswith(("//", "\\\\", "/\\", "\\/")):
        return "it names no scheme"
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"a page holds no `{scheme[1].lower()[:20]}:` links"
    return ""


def check_clicks(fence: Fence, path: str, *, offset: int = 0, section: str = "") -> Iterator[Diagnostic]:
    """Every link of a diagram can be followed on the page"""
    first = links_of_participants(fence.source)
    for click in clicks(fence.source):
        line, column = fence.position(click.line, click.column)
        if click.target is None:
            what = f"`{click.node}` calls a function here, and a drawing runs no script; the call is left out"
        elif why := refusal(click.target):
            what = f"the link of `{click.node}` is left out of the drawing: {why}"
        elif first.get(click.node, click) != click:
            what = f"this link of `{click.node}` is left out of the drawing: a participant has one, the first"
        else:
            continue
        advice = "link to `https://…`, to `mailto:…` or to a page of the site, as in a Markdown link"
        where = (path, line + offset, column)
        quote = fence.raw[click.line - 1] if click.line <= len(fence.raw) else ""
        yield finding("diagram-link-dropped", *where, what, help=advice, section=section, quote=quote)


def page_links(fences: Iterator[Fence], offset: int) -> Iterator[Link]:
    """Every relative link of some diagrams to another page; `offset` as in `judge`."""
    for fence in fences:
        for click in clicks(fence.source):
            target = unquote((click.target or "").split("#")[0].split("?")[0])
            if target.endswith(".md") and not target.startswith("/") and not _SCHEME.match(target):
                line, column = fence.position(click.line, click.column)
                yield Link(target, line + offset, column)

"""What a drawing may hold: shapes, words and links. Whatever else the engine might write one day goes into no page."""

from __future__ import annotations

import re

_ELEMENTS = "svg|g|a|path|rect|circle|ellipse|line|polygon|polyline|text|tspan|title|desc"
_DRAWING = (
    "d|x|y|x1|y1|x2|y2|dx|dy|cx|cy|r|rx|ry|width|height|points|transform|viewBox|preserveAspectRatio|xml:space|color|"
    "(?:fill|stroke)(?:-opacity)?|opacity|fill-rule|stroke-(?:width|dash(?:array|offset)|line(?:cap|join)|miterlimit)|"
    "paint-order|font-(?:size|weight|style|family)|text-(?:anchor|decoration)|dominant-baseline|direction"
)
"""Attributes whose values name no place: without a colon and a slash there is no address, not even in `url()`."""
_NAMING = r"class|id|role|rel|target|tabindex|focusable|(?:data|aria)-[a-z-]+"
SCHEMES = ("http", "https", "mailto", "tel")
"""Those of the addresses that a page may lead to."""
_LINK = (
    rf"""(?:(?:{"|".join(SCHEMES)}):|about:blank|(?![/\\]{{2}})(?![^"/?#]*:))"""
    r"""(?:[^"<>&\x00-\x20]|&(?:amp|quot|apos|lt|gt);)*"""
)
_SAFE = re.compile(
    rf"""[^<>]*(?:
      <(?:{_ELEMENTS})
        (?:\s(?:(?:{_DRAWING})="[^"<>:/\\&]*"
              | (?:{_NAMING})="[^"<>]*"
              | href="{_LINK}"
              | xmlns="http://www\.w3\.org/2000/svg"))*
      /?>[^<>]*
    | </(?:{_ELEMENTS})>[^<>]*)*""",
    re.VERBOSE,
)


_HREF = re.compile(r' href="([^"]*)"')
_FOLLOWED = re.compile(_LINK)


def unlinked(svg: str) -> str:
    """A drawing without the links that no page may hold, white space in the others written as addresses have it."""

    def mended(match: re.Match[str]) -> str:
        address = "%20".join(match[1].split())
        return f' href="{address}"' if _FOLLOWED.fullmatch(address) else ""

    return _HREF.sub(mended, svg)


def is_safe(svg: str) -> bool:
    """Whether a drawing is nothing but a drawing."""
    return _SAFE.fullmatch(svg) is not None

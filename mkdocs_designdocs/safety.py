"""What a drawing must not hold, lest it go into a page: scripts, handlers, style sheets, requests."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    r"""<(?:script|style|foreignObject|image|use|iframe|animate|set)\b | \son\w+="
      | \s(?:style|fill|stroke|filter|mask|clip-path|marker-\w+)="[^"]*\burl\((?!\#)
      | \shref="\s*(?!(?:https?|mailto|tel):)[a-z][\w+.\s-]*:""",
    re.VERBOSE | re.IGNORECASE,
)
"""What Pele never writes: were it to, the drawing would not go into a page. Labels hold no `<` and no `"`."""


def is_safe(svg: str) -> bool:
    """Whether a drawing is nothing but a drawing."""
    return _UNSAFE.search(svg) is None

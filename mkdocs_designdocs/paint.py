"""From the engine's drawing to the page's: plain SVG, which any program shows as it is.

Pele draws with custom properties and `style`. Converters to PDF know neither, and a strict Content-Security-Policy
forbids the latter. So every role that a colour plays becomes an attribute that no author's colour equals, out of a
palette for white paper, and the style sheet gives each the theme's colour, by its value.
"""

from __future__ import annotations

import re

from mkdocs_designdocs.authored import readable

PALETTE = {
    "bg": "#ffffff",
    "fg": "#1f2328",
    "muted": "#3f4750",
    "line": "#4d5560",
    "surface": "#eaedfd",
    "surface-alt": "#f4f6fe",
    "border": "#3c4e9e",
    "accent": "#3d55c6",
    "halo-1": "#fafbff",
    "halo-2": "#f7f8fe",
    "critical": "#b0253c",
    "series-1": "#36649a",
    "series-2": "#a75d1f",
    "series-3": "#35763f",
    "series-4": "#ad4045",
    "series-5": "#2a7876",
    "series-6": "#886c17",
    "series-7": "#83507d",
    "series-8": "#785d4d",
}
"""What each role looks like on white: in small letters, with one at least, as no author's colour is written."""

_TODAY = re.compile(r'<g class="pele-today">.*?</g>')
_ROOT = re.compile(r'(<svg [^<>]*?) style="([^"]*)"')
_SIZE = re.compile(r"font:([\d.]+)px")
_ROLE = re.compile(r'="(?:var\(--(?:_|pele-)([\w-]+)|color-mix\(in srgb,var\(--_a\) (\d+))[^"]*"')
_SHORT = {
    "m": "muted",
    "l": "line",
    "s": "surface",
    "a": "surface-alt",
    "b": "border",
    "c": "accent",
    "error": "critical",
}
_WRITTEN = {
    **{role: f'="{colour}"' for role, colour in PALETTE.items()},
    **{short: f'="{PALETTE[role]}"' for short, role in _SHORT.items()},
    "50": f'="{PALETTE["halo-1"]}"',
    "75": f'="{PALETTE["halo-2"]}"',
    **dict.fromkeys(("hw", "tw", "w"), '="bold"'),
    "fm": '="monospace"',
    "r": '="4"',
}


def finished(svg: str) -> str:
    """The drawing as it goes into the page: no variable, no `style`, the author's colours readable."""
    if "pele-today" in svg:  # the day of the build, in a Gantt chart: every build would be another
        svg = _TODAY.sub("", svg)
    svg = _ROOT.sub(_root, svg, count=1).replace(' style="rx:var(--_r)"', ' rx="4"')
    if ' style="' in svg:
        svg = readable(svg)
    return _ROLE.sub(_colour, svg)


def _root(match: re.Match[str]) -> str:
    size = _SIZE.search(match[2])
    return f'{match[1]} color="{PALETTE["fg"]}" font-family="sans-serif" font-size="{size[1] if size else 16}"'


def _colour(match: re.Match[str]) -> str:
    return _WRITTEN.get(match[1] or match[2]) or _WRITTEN["surface-alt" if match[2] else "fg"]

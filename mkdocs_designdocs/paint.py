"""From the engine's drawing to the page's: what it leaves to be done."""

from __future__ import annotations

import math
import re

_TODAY = re.compile(r'<g class="pele-today">.*?</g>')
_NODE = re.compile(r'<g class="pele-node.*?</g>', re.DOTALL)
_FILL = re.compile(r'style="[^"]*?\bfill:\s*(#[0-9a-fA-F]{3,8}|[a-z]+)')
_UNCOLOURED_TEXT = re.compile(r"<text(?![^>]*\bfill[:=])(?![^>]*\bstyle=)")
_LIGHT = {"white", "yellow", "pink", "lightblue", "lightgreen", "lightyellow", "lightgray", "orange", "gold"}
_DARK = {
    "black",
    "navy",
    "blue",
    "darkblue",
    "green",
    "darkgreen",
    "red",
    "darkred",
    "purple",
    "gray",
    "brown",
}


def finished(svg: str) -> str:
    """What Pele leaves to be done."""
    if "pele-today" in svg:  # the day of the build, in a Gantt chart: every build would be another
        svg = _TODAY.sub("", svg)
    if "fill:" in svg:
        svg = _NODE.sub(lambda node: _legible(node.group()), svg)
    return svg


def _legible(node: str) -> str:
    """An author's fill stays as it is in a dark palette, so the text on it must not change either."""
    fill = _FILL.search(node)
    if fill is None:
        return node
    light = _is_light(fill[1])
    colour = None if light is None else "#1b1f24" if light else "#fff"
    return _UNCOLOURED_TEXT.sub(f'<text style="fill:{colour}"', node) if colour else node


def _is_light(colour: str) -> bool | None:
    if not colour.startswith("#"):
        return True if colour in _LIGHT else False if colour in _DARK else None
    digits = colour[1:] if len(colour) > 5 else "".join(digit * 2 for digit in colour[1:])
    if len(digits) < 6 or (len(digits) == 8 and int(digits[6:], 16) < 0x80):
        return None  # mostly see-through: what shows is the palette's
    red, green, blue = (math.pow(int(digits[index : index + 2], 16) / 255, 2.2) for index in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18  # where black and white contrast alike

"""The style that an author gives a diagram (`classDef`, `style`, `linkStyle` …): kept, as attributes, and readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_designdocs.colours import Colour, hexadecimal, mixed, parse
from mkdocs_designdocs.inks import (
    FOR_LINES,
    FOR_WORDS,
    PAPER,
    THEME,
    Attributes,
    Grounds,
    Pair,
    ink,
    least,
    rim,
    see_through,
    tint,
    words_on,
)

_LEGIBLE = 3.0
"""Words in a colour that the author chose, on a colour that the author chose, stay if they can be made out at all."""
_FAINTEST = 0.8
"""What is faded stays faded, and can be seen; what has the opacity 0 is meant to be hidden."""
_TAG = re.compile(r'<(/?)([a-zA-Z]+)((?: [\w:-]+="[^"]*")*)(/?)>')
_ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')
_KIND = re.compile(r' class="pele-(node|cluster-title|cluster|venn-region)[ "]')
_IDENTITY = re.compile(r' data-id="([^"]*)"')
_PAINTED = re.compile(r' (fill|stroke)="(?!var\(|color-mix\(|none|currentColor)([^"]+)')
"""A colour of the author's that the engine has not written as a style: of the head of an arrow."""
_LINE, _BLANK = "var(--_l)", "var(--_bg)"
_HOLDERS = {"g", "a", "svg"}
_SHAPES = {"rect", "path", "circle", "ellipse", "polygon", "polyline", "line"}
_OUTLINE = ("x", "y", "width", "height", "rx", "ry", "d", "points", "cx", "cy", "r", "transform")
_WORDS = {"text", "tspan"}
_RIM: Attributes = {"stroke": _BLANK, "stroke-opacity": "0.6"}
"""Around the title of a tinted region, where an edge crosses it."""
_REGIONS = {"pele-rect", "pele-venn-set", "pele-venn-overlap"}
"""Shapes that are behind others, beside those of a `pele-cluster`."""
_NUMBER = re.compile(r"[\d.]{1,9}%?")
_LENGTHS = re.compile(r"[\d.]{1,9}(?:px|em|rem|ex|pt|%)?(?:[\s,]+[\d.]{1,9}(?:px|%)?){0,9}")
_WORD = re.compile(r"[a-z-]{1,20}|\d{3}")
_PROPERTIES = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), _NUMBER),
    **dict.fromkeys(("stroke-width", "stroke-dasharray", "stroke-dashoffset", "font-size", "rx", "ry"), _LENGTHS),
    **dict.fromkeys(("font-weight", "font-style", "text-decoration", "stroke-linecap", "stroke-linejoin"), _WORD),
}
"""What of an author's style is kept beside colours, and how it may be written."""


def readable(svg: str) -> str:
    """A drawing in which every `style` has become attributes."""
    return _TAG.sub(_Reader().tag, svg)


@dataclass
class _Place:
    """What a group of elements stands on."""

    kind: str = ""
    """`node`, `cluster` (a region), `cluster-title`, `venn-region` or nothing."""
    name: str = ""
    ground: Pair | None = None
    """The author's colour behind its words."""
    words: str = THEME
    """The colour of words on that."""
    beside: bool = False
    """Whether its words stand beside it, as an icon's do."""


class _Reader:
    """Reads a drawing from its first tag to its last, and knows where it is."""

    def __init__(self) -> None:
        self._places = [_Place()]
        self._tinted: set[str] = set()
        """Regions, by their name: their titles come later."""
        self._tints: Grounds = ()

    def tag(self, match: re.Match[str]) -> str:
        """One tag, as the page has it."""
        closing, name, written, end = match.groups()
        if closing:
            if name in _HOLDERS and len(self._places) > 1:
                self._places.pop()
            return match[0]
        place = self._places[-1]
        if name in _HOLDERS:
            place = self._entered(place, written)
            if not end:
                self._places.append(place)
        known = place.ground is not None and (name in _HOLDERS or name in _SHAPES or name in _WORDS)
        if not known and ' style="' not in written and not _PAINTED.search(written):
            return match[0]
        attributes: Attributes = dict(_ATTRIBUTE.findall(written))
        style = _style(attributes, written)
        if name in _SHAPES:
            painted = self._shape(place, attributes, style)
        elif name in _HOLDERS:
            painted = self._group(place, attributes, style)
        else:
            painted = self._words(place, name, attributes, style)
        attributes |= {key: value for key, value in style.items() if key in _PROPERTIES}
        attributes |= painted
        written = _written(name, attributes, end)
        opaque = "fill-opacity" in painted and (place.kind == "cluster" or attributes.get("class") == "pele-rect")
        return _sheet(name, attributes) + written if opaque else written

    def _entered(self, place: _Place, written: str) -> _Place:
        """The place that a group, a link or an icon opens."""
        kind = _KIND.search(written)
        if kind is None:
            return place
        identity = _IDENTITY.search(written)
        name = identity[1] if identity else ""
        titled = kind[1] == "cluster-title" and name in self._tinted
        return _Place(kind[1], name, PAPER if titled else None, beside=" pele-shape-icon" in written)

    def _shape(self, place: _Place, attributes: Attributes, style: Attributes) -> Attributes:
        fill, stroke = _colour_of(style, "fill"), _colour_of(style, "stroke")
        region = place.kind == "cluster" or attributes.get("class") in _REGIONS
        if fill is None and place.kind == "node" and place.ground and not stroke:
            return {"stroke": place.words} if "divider" in attributes.get("class", "") else {}
        painted: Attributes = {}
        if fill and not fill[1]:
            painted = {"fill": "none"}
        elif fill and region:
            attributes.pop("fill-opacity", None)
            style.pop("fill-opacity", None)
            painted, ground = tint(*fill)
            self._tints = (*self._tints[-5:], ground)
            if place.kind:
                place.ground = ground
                self._tinted.add(place.name)
        elif fill and place.kind == "node":
            painted = _stood_on(place, *fill, style)
        elif fill:
            painted = ink("fill", *fill, FOR_LINES, self._tints)
        if stroke:
            seen = place.kind == "node" and fill and fill[1] and least(fill[0], PAPER) >= FOR_LINES
            painted |= rim(*stroke, self._tints, firm=bool(seen))
        return painted

    def _words(self, place: _Place, name: str, attributes: Attributes, style: Attributes) -> Attributes:
        style.pop("opacity", None)  # what is faded away cannot be read
        style.pop("fill-opacity", None)
        fill = _colour_of(style, "fill")
        if place.kind == "cluster-title":
            behind = attributes.get("fill") == "none"
            return ink("fill", *fill, FOR_WORDS, self._tints) if fill else _RIM if behind else {}
        if name == "tspan" and not fill and "fill" not in attributes:
            return {}  # it has the colour of the words around it
        if place.kind == "venn-region":
            return {"fill": THEME} if fill else {}
        if place.ground is None or place.beside or (fill and place.kind == "cluster"):
            return ink("fill", *fill, FOR_WORDS, self._tints) if fill and fill[1] else {}
        if fill and least(fill[0], place.ground) >= _LEGIBLE:
            return {"fill": hexadecimal(fill[0])}
        return {"fill": place.words}

    def _group(self, place: _Place, attributes: Attributes, style: Attributes) -> Attributes:
        """An edge with a style of its own; what is inside a node that the author has coloured."""
        if place.ground and attributes.get("class") == "pele-er-stripes":
            return {"fill": "none"}  # half of them would hide the words
        if place.ground and attributes.get("stroke") == "currentColor":
            return {"stroke": place.words}
        stroke = _colour_of(style, "stroke")  # a `fill`, mostly `none`, is not for lines
        return rim(*stroke, self._tints) if stroke else {}


def _written(name: str, attributes: Attributes, end: str) -> str:
    return "<" + name + "".join([f' {key}="{value}"' for key, value in attributes.items()]) + end + ">"


def _sheet(name: str, attributes: Attributes) -> str:
    """Paper under a region, lest its tint be mixed with that of the region around it."""
    return _written(name, {key: attributes[key] for key in _OUTLINE if key in attributes} | {"fill": _BLANK}, "/")


def _stood_on(place: _Place, colour: Colour, opacity: float, style: Attributes) -> Attributes:
    """The fill of a node; it is made opaque where words could not be read on it in both palettes."""
    part = opacity * _part(style, "opacity") * _part(style, "fill-opacity")
    place.ground = (mixed(colour, part, PAPER[0]), mixed(colour, part, PAPER[1]))
    place.words, reached = words_on(place.ground)
    if reached < FOR_WORDS:
        opacity = 1
        style.pop("opacity", None)
        style.pop("fill-opacity", None)
        place.ground = (colour, colour)
        place.words = words_on(place.ground)[0]
    return {"fill": hexadecimal(colour), **see_through("fill", opacity)}


def _style(attributes: Attributes, written: str) -> Attributes:
    """What the author wants of an element; it is taken out of the attributes."""
    style = dict(_declarations(attributes.pop("style", "")))
    for key, value in _PAINTED.findall(written):
        style.setdefault(key, value)
        attributes[key] = _LINE
    if 0 < _part(style, "opacity") < _FAINTEST:
        style["opacity"] = f"{_FAINTEST}"
    return style


@lru_cache(maxsize=512)
def _declarations(style: str) -> tuple[tuple[str, str], ...]:
    """What a `style` says, as far as it may stay; of two that say the same the last one holds."""
    said: Attributes = {}
    for declaration in style.replace("var(--_r)", "4").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        value = value.removesuffix("!important").strip()
        allowed = _PROPERTIES.get(name)
        if name in ("fill", "stroke") or (allowed and allowed.fullmatch(value)):
            said[name] = value
    return tuple(said.items())


def _colour_of(style: Attributes, name: str) -> tuple[Colour, float] | None:
    """What a style says of `fill` or `stroke`; what cannot be read is the theme's to choose."""
    value = style.get(name, "")
    return ((0, 0, 0), 0) if value == "none" else parse(value) if value else None


def _part(style: Attributes, name: str) -> float:
    value = style.get(name, "1")
    try:
        return min(1.0, float(value.rstrip("%")) / (100 if value.endswith("%") else 1))
    except ValueError:
        return 1

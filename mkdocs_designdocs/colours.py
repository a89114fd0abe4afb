"""Colours as CSS writes them: read, laid over each other, and how well one can be told from another.

A colour is red, green and blue, 0 to 255 each.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

Colour = tuple[float, float, float]

NAMES: dict[str, str] = dict(
    re.findall(
        r"([a-z]+) ([0-9a-f]{6})",
        """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4
black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0
chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9
darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000
darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f
darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969
dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc
ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080
honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa
lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff
lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1
lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899
lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000
mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371
mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970
mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000
olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98
paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd
powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1
saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0
skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4
tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff
whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
""",
    )
)
"""The 148 that CSS knows, with their values in hexadecimal."""

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII)
_FUNCTION = re.compile(r"(rgb|hsl)a?\(\s*([^()]{1,80}?)\s*\)")
_PART = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(%|deg)?", re.ASCII)


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Colour, float] | None:
    """A colour and how opaque it is, 0 to 1; None where it is no colour of its own, as `inherit` is."""
    text = text.strip().lower()
    if text == "transparent":
        return (0, 0, 0), 0
    text = f"#{NAMES[text]}" if text in NAMES else text
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        red, green, blue, *alpha = bytes.fromhex(digits)
        return (red, green, blue), alpha[0] / 255 if alpha else 1
    function = _FUNCTION.fullmatch(text)
    parts = [_PART.fullmatch(part) for part in re.split(r"\s*[,/]\s*|\s+", function[2])] if function else []
    numbers = [(float(part[1]), part[2] or "") for part in parts if part]
    if function is None or len(numbers) != len(parts) or len(numbers) not in (3, 4):
        return None
    opacity = _within(numbers[3][0] / (100 if numbers[3][1] else 1)) if len(numbers) == 4 else 1
    if function[1] == "rgb":
        one, two, three = (_within(number / (100 if unit else 255)) * 255 for number, unit in numbers[:3])
        return (one, two, three), opacity
    return _from_hsl(numbers[0][0], _within(numbers[1][0] / 100), _within(numbers[2][0] / 100)), opacity


def _from_hsl(hue: float, saturation: float, lightness: float) -> Colour:
    def channel(offset: float) -> float:
        place = (offset + hue / 30) % 12
        reach = saturation * min(lightness, 1 - lightness)
        return (lightness - reach * max(-1, min(place - 3, 9 - place, 1))) * 255

    return channel(0), channel(8), channel(4)


def _within(part: float) -> float:
    return min(1.0, max(0.0, part))


def mixed(one: Colour, part: float, other: Colour) -> Colour:
    """As much of the one as `part` says, 0 to 1, and the rest of the other; or the one laid over the other."""
    return (
        one[0] * part + other[0] * (1 - part),
        one[1] * part + other[1] * (1 - part),
        one[2] * part + other[2] * (1 - part),
    )


@lru_cache(maxsize=1024)
def luminance(colour: Colour) -> float:
    """How bright it looks, 0 to 1, as WCAG 2 reckons."""
    red, green, blue = (c / 12.92 if (c := part / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """1 (none) to 21 (black on white), as WCAG 2 reckons."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def hexadecimal(colour: Colour) -> str:
    """In capitals, which tells it from the colours that follow the theme: those are in small letters."""
    return "#" + "".join(f"{math.floor(part + 0.5):02X}" for part in colour)

"""An author's colours on light paper and on dark: an ink, a line, a tint, and words on top.

What is on a colour of the author's own looks the same in every palette. What stands on the page does not: a line of
#333 is lost where the page is black. Such an ink is mixed with the colour of the theme's text: here for white paper,
and by the style sheet for the palette that the page has. There `data-ink` says how much of the author's colour is left,
and `color` which it is. A region that holds the theme's text and lines lets the page shine through.
"""

from __future__ import annotations

from functools import lru_cache

from mkdocs_designdocs.colours import Colour, contrast, hexadecimal, mixed

Pair = tuple[Colour, Colour]
"""What a place looks like in a light palette, and in a dark one."""
Grounds = tuple[Pair, ...]
Attributes = dict[str, str]

THEME = "var(--_fg)"
"""The colour of the theme's text, in the engine's words."""
PAPER: Pair = ((255, 255, 255), (30, 33, 41))
_SURFACE: Pair = ((234, 237, 253), (36, 42, 64))
# The palest text that a common theme has.
_TEXT: Pair = ((64, 64, 64), (190, 193, 198))
_WHITE: Colour = (255, 255, 255)
DARK_WORDS, LIGHT_WORDS, BLACK_WORDS = "#1B1F24", "#FFFFFF", "#000000"
_WORDS: dict[str, Colour] = {DARK_WORDS: (27, 31, 36), LIGHT_WORDS: _WHITE, BLACK_WORDS: (0, 0, 0)}
FOR_WORDS, FOR_LINES = 4.5, 3.1
"""The contrast that WCAG asks for, and a little more for lines: many a page is not quite white."""
PARTS = (100, 88, 75, 62, 50, 36, 24)
"""How much of an author's colour may be left in an ink, in hundredths; the style sheet has a rule for each."""
_FOR_MANY_WORDS = 6.0
"""In a region there are lines and boxes, too, and other regions."""


def least(colour: Colour, ground: Pair) -> float:
    """The contrast in the palette in which it is worse."""
    return min(contrast(colour, ground[0]), contrast(colour, ground[1]))


def see_through(name: str, opacity: float) -> Attributes:
    """The opacity of a fill or a stroke, where it has one."""
    return {f"{name}-opacity": f"{opacity:.2g}"} if opacity < 1 else {}


@lru_cache(maxsize=512)
def words_on(ground: Pair) -> tuple[str, float]:
    """The colour of words on an author's colour, the theme's where enough of the page shines through; its contrast."""
    reached = min(contrast(text, below) for text, below in zip(_TEXT, ground, strict=True))
    if reached >= FOR_WORDS:
        return THEME, reached
    found = {words: least(colour, ground) for words, colour in _WORDS.items()}
    best = max((DARK_WORDS, LIGHT_WORDS), key=lambda words: found[words])
    if found[best] < FOR_WORDS <= found[BLACK_WORDS]:
        best = BLACK_WORDS
    return best, found[best]


def ink(name: str, colour: Colour, opacity: float, wanted: float, tints: Grounds = ()) -> Attributes:
    """Words or a shape (`name` is `fill`), or a line (`stroke`), that stand on the page or on one of these tints."""
    part = _ink_part(colour, wanted, ((PAPER, _SURFACE) if wanted == FOR_WORDS else (PAPER,)) + tints)
    if part == 100:
        return {name: hexadecimal(colour), **see_through(name, opacity)}
    if part == 0:
        return {name: THEME}
    shown = hexadecimal(mixed(colour, part / 100, _TEXT[0]))
    return {name: shown, "color": hexadecimal(colour), "data-ink": f"{name}-{part}", **see_through(name, opacity)}


@lru_cache(maxsize=512)
def _ink_part(colour: Colour, wanted: float, grounds: Grounds) -> int:
    """How much of a colour, in hundredths, can stay; the rest is the colour of the theme's text."""
    for part in PARTS:
        inks = [mixed(colour, part / 100, text) for text in _TEXT]
        if all(contrast(one, shade) >= wanted for ground in grounds for one, shade in zip(inks, ground, strict=True)):
            return part
    return 0


def rim(colour: Colour, opacity: float, tints: Grounds = (), *, firm: bool = False) -> Attributes:
    """A line, or the line around a shape; `firm` if the shape is seen without it."""
    if not opacity:
        return {"stroke": "none"}
    if firm:
        return {"stroke": hexadecimal(colour), **see_through("stroke", opacity)}
    return ink("stroke", colour, opacity, FOR_LINES, tints)


def tint(colour: Colour, opacity: float) -> tuple[Attributes, Pair]:
    """A region, and what it looks like: on white it has the author's colour if that is pale, and its hue if not.

    What shines through is the page: so the colour is the purer one that gives it on white, and a dark tint on black.
    """
    seen = mixed(colour, opacity, _WHITE)
    purest = 255 / (255 - min(seen)) if min(seen) < 255 else 1.0
    for part in (0.2, 0.12, 0.07):
        pure = mixed(seen, min(purest, 1 / part), _WHITE)
        ground = (mixed(pure, part, PAPER[0]), mixed(pure, part, PAPER[1]))
        if words_on(ground)[1] >= _FOR_MANY_WORDS:
            break
    return {"fill": hexadecimal(pure), "fill-opacity": f"{part:g}"}, ground

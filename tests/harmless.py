"""What a diagram may become in a page: an allow-list, held against HTML as a browser reads it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polygon", "polyline"])
DRAWING = SHAPES | {"svg", "g", "a", "text", "tspan", "title", "desc"}
AROUND = frozenset(["figure", "figcaption", "div", "pre", "code", "p", "strong", "mark", "span", "em", "a"])
"""What the figure, the box of an error and the source for the browser are made of."""
ATTRIBUTES = re.compile(
    r"""class|id|role|rel|target|tabindex|focusable|title|(?:data|aria)-[a-z-]+|xmlns|viewbox|preserveaspectratio
      | d|[xy][12]?|d[xy]|c[xy]|r[xy]?|width|height|points|transform|xml:space|color|direction|href
      | (?:fill|stroke)(?:-[a-z]+)?|opacity|paint-order|font-[a-z]+|text-[a-z]+|dominant-baseline|letter-spacing
      | xlink:href""",
    re.VERBOSE,
)
"""A handler is none of them, nor is what loads an image, a document or another drawing."""
SCHEMES = ("http", "https", "mailto", "tel", "about")
FETCHES = re.compile(
    r"url\s*\((?!\s*['\"]?#)|image(?:-set)?\s*\(|src\s*\(|@import|expression\s*\(|\\|/\*", re.IGNORECASE
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = "svg" in self.open
        if tag not in (DRAWING if inside or tag == "svg" else AROUND):
            self.wrong.append(f"<{tag}> in {self.open}")
        self.wrong += [f"<{tag} {name}={value!r}>" for name, value in attrs if not fits(name, value or "")]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> where something else is open")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}]>")


def fits(name: str, value: str) -> bool:
    """Whether an attribute neither runs nor fetches anything."""
    if not ATTRIBUTES.fullmatch(name):
        return False
    if name in ("href", "xlink:href"):
        # As a browser reads an address: without the control characters and white space that hide a scheme.
        address = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]", "", value)
        scheme = re.match(r"([^:/?#]*):", address)
        return not address.startswith(("//", "\\", "/\\")) and (not scheme or scheme[1].lower() in SCHEMES)
    words = name.startswith(("data-", "aria-")) or name in ("title", "class", "id")
    return words or FETCHES.search(value) is None


def wrong_in(html: str) -> list[str]:
    """What a piece of a page holds that no diagram may bring."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong + [f"<{tag}> is not closed" for tag in reader.open]


def wrong_in_file(svg: str) -> list[str]:
    """The same for a drawing that is saved, which is read as XML."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return [str(error)]
    return [
        f"<{element.tag} {name}={value!r}>"
        for element in root.iter()
        for name, value in element.attrib.items()
        if element.tag.rpartition("}")[2].lower() not in DRAWING
        or not fits(re.sub(r"\{.*\}", "xml:", name).lower(), value)
    ]

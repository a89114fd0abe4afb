"""What a diagram is called on its page: its caption, wherever it is written, and the anchor that leads to it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass

import yaml

from mkdocs_designdocs.foreword import unreadable
from mkdocs_designdocs.kinds import FRONT_MATTER

FIGURE = "Figure"
"""What a diagram with a caption is, before its number."""

_TITLE = re.compile(r"^title:[ \t]{1,99}[^\s{\[|>&*!%@`][^\n]{0,999}$", re.MULTILINE)
"""A text, plain or in quotes; whatever else YAML may hold is none."""
_TYPED = re.compile(r"\A\s*(?:figure|fig\.?)\s*\d+(?:[.-]\d+)*\s*(?:[:.)–—-]\s*|\s)(?=\S)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 60


@dataclass(frozen=True)
class Caption:
    """What stands below a diagram; nothing, for most."""

    html: str = ""
    anchor: str = ""
    """The id of the figure; empty where there is neither a caption nor a name on the fence."""
    number: int = 0
    """Counted through the page, from 1; 0 where there is no caption."""

    @property
    def label(self) -> str:
        """What a reference says."""
        return f"{FIGURE} {self.number}"

    @property
    def text(self) -> str:
        """The caption without its markup."""
        return plain(self.html)


def plain(markup: str) -> str:
    """The words of some HTML."""
    text = _TAG.sub("", markup) if "<" in markup else markup
    return " ".join((html.unescape(text) if "&" in text else text).split())


def given(source: str, attributes: Mapping[str, str]) -> str:
    """The caption that a diagram brings along: `title=` of its fence, else the title of its own front matter."""
    return attributes.get("title", "").strip() or _titled(source)[0]


def untitled(source: str, attributes: Mapping[str, str]) -> str:
    """The source as it is drawn: a title that becomes the caption does not stand in the drawing once more."""
    return source if attributes.get("title", "").strip() else _titled(source)[1]


def _titled(source: str) -> tuple[str, str]:
    """The title of a diagram's front matter, and the source with blanks in its place, so that positions stay."""
    front = FRONT_MATTER.match(source) if "title:" in source else None
    line = _TITLE.search(front.group()) if front else None
    if line is None or unreadable(source):  # without the title, what is wrong might be gone, and nobody would say it
        return "", source
    try:
        value = yaml.safe_load(line.group())["title"]
    except (yaml.YAMLError, ValueError, TypeError, LookupError):
        return "", source  # the engine says what is wrong with it
    if value is None:
        return "", source
    blank = " " * len(line.group())
    return str(value).strip(), source[: line.start()] + blank + source[line.end() :]


def untyped(markup: str) -> str:
    """A caption without the number that its author typed, which gives way to ours."""
    return _TYPED.sub("", markup.strip(), count=1)


def anchor(text: str, taken: Container[str]) -> str:
    """The id of a figure with such a caption, that no other thing on the page has."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).lower()).strip("-")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rpartition("-")[0] or words[:_LONGEST]
    return unique(f"figure-{words}" if words else "figure", taken)


def unique(name: str, taken: Container[str]) -> str:
    """A name that nothing else has."""
    count, made = 1, name
    while made in taken:
        count += 1
        made = f"{name}-{count}"
    return made

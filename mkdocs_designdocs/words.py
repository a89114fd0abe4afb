"""The words of a drawing, for whatever indexes words: each label once, in the order of the source."""

from __future__ import annotations

import re

from mkdocs_designdocs.captions import plain

_SAID = re.compile(r'<(?P<tag>title|desc) id="[^"]*">(?P<said>.*?)</(?P=tag)>', re.DOTALL)
_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_NEXT_LINE = re.compile(r'<tspan(?= [^>]*\bx=")')


def words_of(svg: str, source: str) -> str:
    """Name and description, then the labels; what holds no letter (a tick of an axis, a percentage) is no word."""
    said = [plain(match["said"]) for match in _SAID.finditer(svg)]
    texts = dict.fromkeys(_TEXT.findall(svg))
    labels = dict.fromkeys(plain(_NEXT_LINE.sub(" <tspan", text) if "<" in text else text) for text in texts)
    bare = _unmarked(source)
    found = sorted(labels, key=lambda label: _place(_unmarked(label), bare))
    return " ".join(word for word in dict.fromkeys([*said, *found]) if _LETTER.search(word))


def _unmarked(text: str) -> str:
    """A text without the marks of emphasis, which no label shows."""
    return text.replace("*", "").replace("_", "").replace("`", "")


def _place(label: str, source: str) -> int:
    """Where the source has a label, or the word with which it begins; what the engine has made comes last."""
    for part in (label, label.partition(" ")[0]):
        if part and (at := source.find(part)) >= 0:
            return at
    return len(source)

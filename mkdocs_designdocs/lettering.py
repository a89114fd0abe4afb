"""Any text as Mermaid takes it: nothing in it is syntax, and what a reader sees is the text."""

from __future__ import annotations

import re
import textwrap
import unicodedata

_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_NOTHING = "#8203;"
"""A space without width: Mermaid wants something where a label may stand."""
_ALIKE = str.maketrans({"<": "‹", ">": "›", "/": "⁄", "\\": "⁄", ",": "‚", ";": "‚", "{": "(", "}": ")"})
_QUOTES, _APART = "'\"`", ":=+&%$@.~^"


def label(text: str, *, width: int = 28, most: int = 200) -> str:
    """A text as a label, wrapped to lines of `width` characters and cut after `most`."""
    text = text[: 8 * most]  # more of it would only cost time
    lines = [part for line in _BREAK.split(text) for part in textwrap.wrap(_cleaned(line), width)]
    whole = "\n".join(lines).strip("\n")
    if len(whole) > most:
        whole = whole[: most - 1].rstrip() + "…"
    return "<br/>".join(map(_spelled, whole.split("\n"))) if whole else _NOTHING


def line(text: str, *, most: int = 200) -> str:
    """A text as a label of one line."""
    return label(" ".join(text[: 8 * most].split()), width=most, most=most)


def word(text: str) -> str:
    """A text as one word of an attribute, in which Mermaid allows no blank and little punctuation: `varchar(16)` stays
    as it is, `timestamp with time zone` gets hyphens, and `<`, `,` and `/` become characters that look like them."""
    told = re.sub(r"\s*[|/]\s*", "/", _cleaned(text[:200]).strip()[:60])
    told = re.sub(r"\s+", "-", re.sub(r"\s*([,;])\s*", r"\1", told)).translate(_ALIKE)
    told = "".join("’" if c in _QUOTES else "-" if c in _APART else c for c in told)
    told = "".join(c for c in told if c in "-_[]()*" or (c.isascii() and c.isalnum()) or "\u00c0" <= c <= "\uffff")
    return told if _WORD.match(told) else f"_{told}" if told else "—"


_WORD = re.compile(r"(?!(?i:PK|FK|UK)\b)[A-Za-z_*\u00c0-\uffff]")


def _cleaned(text: str) -> str:
    """Without control characters, marks of direction and halves of characters, which no drawing can hold."""
    return "".join(c for c in text if c == "\t" or c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _spelled(text: str) -> str:
    return _SYNTAX.sub(lambda match: f"#{ord(match[0])};", text)


_SYNTAX = re.compile(r"[^\w .,\-/()']|(?<![^\W_])_|_(?![^\W_])")
"""All but letters, figures and what means nothing to Mermaid; `_` too, where Markdown takes it for emphasis."""

"""Text that is nobody's Markdown."""

from __future__ import annotations

import re


def escaped(text: str) -> str:
    """A name as a heading holds it: its own Markdown and HTML is nobody's, it shows as the text that it is."""
    text = re.sub(r"([\\`*{}\[\]#]|(?<!\w)_|_(?!\w))", r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;") if "<" in text else text

"""Text that is nobody's Markdown."""

from __future__ import annotations

import re

_CODE_OR_TAG = re.compile(
    r"""(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)  # a code span or block, in which nothing is a tag
      | <(?!/?(?:b|br|code|del|em|i|ins|kbd|mark|s|small|strong|sub|sup|u|wbr)[ ]?/?>  # that can only change letters
           | (?:https?://|mailto:)[^\s<>]+> | [^\s<>@:/]+@[^\s<>@:/]+>)  # autolinks
        (?=[a-z/!?])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def escaped(text: str) -> str:
    """A name as a heading holds it: its own Markdown and HTML is nobody's, it shows as the text that it is."""
    text = re.sub(r"([\\`*{}\[\]#]|(?<!\w)_|_(?!\w))", r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;") if "<" in text else text


def untagged(text: str) -> str:
    """Markdown in which HTML is text, as in `List<Order>`; letters may be bold, or keys, and lines broken."""
    return _CODE_OR_TAG.sub(lambda found: found[0] if found["ticks"] else "&lt;", text) if "<" in text else text

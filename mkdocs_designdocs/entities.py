"""Mistakes in entity relationship diagrams: ends of relations, labels, attributes."""

from __future__ import annotations

import difflib
import re

from mkdocs_designdocs.complaints import Complaint, Mistake, written

_LEFT, _RIGHT = ("||", "|o", "}|", "}o"), ("||", "o|", "|{", "o{")
_RELATIONS = tuple(left + line + right for line in ("--", "..") for left in _LEFT for right in _RIGHT)


def cardinality(said: Complaint) -> Mistake | None:
    """`A --> B`, or half an end."""
    match = re.match(r"\s*[\w\"-]+\s+(?P<at>[^\s\w\"{]\S*|\w*(?:-|\.)\S*)\s+[\w\"]", said.text)
    if not match or match["at"] in _RELATIONS or said.column - 2 > match.end("at"):
        return None
    spelt = match["at"].replace("0", "o")
    spelt = spelt[:-2] + "o|" if spelt.endswith("|o") else spelt
    halves = (one for one in (spelt + "{", "}" + spelt) if one in _RELATIONS)
    close = next(halves, "") or next(iter(difflib.get_close_matches(spelt, _RELATIONS, 1, 0.7)), "")
    mended = said.text[: match.start("at")] + close + said.text[match.end("at") :] if close else ""
    guess = f"; did you mean `{close}`?" if close else ""
    help = "" if close else "an end is `||` (one), `o|` (none or one), `|{` (one or more) or `o{`: `A ||--o{ B : has`"
    return said.here(match.start("at"), f"`{match['at']}` is no relation of entities{guess}", help, mended)


def label_of_relation(said: Complaint) -> Mistake | None:
    """A label of several words without quotes, or none."""
    match = re.match(r"[^\"]*?(?:--|\.\.)\S+\s+\S+\s*:\s*(?P<at>[^\s\"]\S*(?:\s+\S+)+?)\s*$", said.text)
    if match:
        mended = f'{said.text[: match.start("at")]}"{match["at"]}"'
        return said.here(match.start("at"), "a label of several words needs quotes", "", mended)
    if "COLON" in said.expected and said.got in ("NEWLINE", "$end", "EOF"):
        mended = said.text.rstrip() + " : has"
        return said.here(said.column - 1, "this relation has no label", "name it: `A ||--o{ B : has`", mended)
    return None


def attribute(said: Complaint) -> Mistake | None:
    """An attribute of an entity is a type and a name."""
    if "ATTRIBUTE_WORD" not in said.expected or said.at_end:
        return None
    if match := re.match(r"(\s*)([\w-]+)\s*(:)\s*([\w-]+)", said.text):
        mended = f"{match[1]}{match[4]} {match[2]}{said.text[match.end() :]}"
        return said.here(match.start(3), "an attribute is a type and then a name, with no `:`", "", mended)
    earlier = [number for number, line in enumerate(said.lines[: said.line - 1], 1) if line.strip()]
    number = earlier[-1] if said.got == "BLOCK_STOP" and earlier else said.line
    column = len(said.lines[number - 1].rstrip()) + 1
    help = "give it a type and a name: `string title`"
    mended = said.lines[number - 1].rstrip() + " name" if re.fullmatch(r"\s*\w+\s*", said.lines[number - 1]) else ""
    return Mistake(number, column, "this attribute is only half written", help, mended)


def comma_behind_key(said: Complaint) -> Mistake | None:
    """`int id PK,`"""
    if "ATTRIBUTE_KEY" not in said.expected:
        return None
    for number in range(said.line, 0, -1):
        line = said.lines[number - 1]
        before = (line[: said.column - 1] if number == said.line else line).rstrip()
        if before:
            mended = before[:-1] + line[len(before) :] if before.endswith(",") else ""
            message = "behind this `,` another key should stand: `PK`, `FK` or `UK`"
            return Mistake(number, len(before), message, written(mended), mended) if mended else None
    return None

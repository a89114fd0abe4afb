"""Metadata lines of a body, such as `**Author:** @ana`, at its head or foot: metadata, never a section's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_designdocs.blocks import Block, Kind, Outline
from mkdocs_designdocs.fields import FIELDS

_SYNONYMS = {
    "author": "authors",
    "owner": "authors",
    "owners": "authors",
    "reviewer": "reviewers",
    "approvers": "reviewers",
    "date": "created",
    "date created": "created",
    "last updated": "updated",
    "ticket": "issue",
    "tracking issue": "issue",
    "specification": "spec",
    "feature spec": "spec",
    "tag": "tags",
}


@dataclass(frozen=True)
class MetadataLine:
    """One line of the body such as `**Author:** @ana`."""

    name: str
    """The field's name, one of `FIELDS`."""
    label: str
    value: str
    line: int
    """1-based in the body."""
    column: int
    """1-based, of the value."""


_LINE = re.compile(
    r"(?P<before>\s*(?:[-*]\s+)?(?:\*\*|__)(?P<label>[A-Za-z][A-Za-z ()]*?):?(?:\*\*|__):?[ \t]*)"
    r"(?P<value>(?:.*[^ \t\\\n])?)[ \t\\]*$"
)


def metadata_line(text: str) -> re.Match[str] | None:
    """The parts of a metadata line, if the text is one whose field is known."""
    match = _LINE.match(text)
    if match and ":" in match["before"] and field_of(match["label"]):
        return match
    return None


def field_of(label: str) -> str:
    """The field that a label of the body names; empty where it names none."""
    name = " ".join(label.replace("(s)", "s").split()).casefold()
    name = _SYNONYMS.get(name, name.replace(" ", "_"))
    return name if name in FIELDS and name not in ("template", "template_version") else ""


def is_metadata(block: Block) -> bool:
    """Whether a block holds nothing but metadata lines."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or not block.text:
        return False
    return all(metadata_line(line) for line in block.text.split("\n"))


def metadata_lines(outline: Outline) -> Iterator[MetadataLine]:
    """The metadata lines at the head of a body, before the first section, or at its foot, after a last rule."""
    for block in (*head(outline), *foot(outline)):
        if not is_metadata(block):
            continue
        for number, text in enumerate(outline.lines[block.line - 1 : block.end - 1]):
            if match := metadata_line(text):
                value = re.sub(r"<br\s*/?>$", "", match["value"]).strip()
                yield MetadataLine(
                    field_of(match["label"]), match["label"], value, block.line + number, match.start("value") + 1
                )


def head(outline: Outline) -> Sequence[Block]:
    """The blocks above the first section."""
    first = next((i for i, h in enumerate(outline.headings) if i or h.level > 1), len(outline.headings))
    start = outline.headings[0].block + 1 if first and outline.headings else 0
    return outline.blocks[start : outline.headings[first].block if first < len(outline.headings) else None]


def foot(outline: Outline) -> Sequence[Block]:
    """The metadata that ends a body, behind its last rule."""
    start = len(outline.blocks)
    while start and (is_metadata(outline.blocks[start - 1]) or outline.blocks[start - 1].kind is Kind.COMMENT):
        start -= 1
    if start == len(outline.blocks) or not start or outline.blocks[start - 1].kind is not Kind.RULE:
        return ()
    return outline.blocks[start:]

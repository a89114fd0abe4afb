"""Filling what a template leaves open for metadata: the title of its H1, the values of its metadata lines."""

from __future__ import annotations

import re

from mkdocs_designdocs import titles
from mkdocs_designdocs.fields import FIELDS, PEOPLE, Metadata, said
from mkdocs_designdocs.lifecycle import Lifecycle, offered
from mkdocs_designdocs.metadata import is_placeholder
from mkdocs_designdocs.metalines import field_of, metadata_line
from mkdocs_designdocs.placeholders import tokens


def title(template_title: str, metadata: Metadata) -> str:
    """The template's title with the design's in its slot; the design's where the template's has none."""
    mark = next(iter(tokens(template_title)), None)
    if mark is not None:
        return template_title.replace(mark.text, metadata.title, 1)
    already = titles.key(metadata.title) and titles.key(metadata.title) in titles.key(template_title)
    return template_title if already else metadata.title


def is_said(line: str, metadata: Metadata) -> bool:
    """Whether a line is one for metadata that the design has."""
    match = metadata_line(line)
    return bool(match and said(metadata, field_of(match["label"])))


def filled(line: str, metadata: Metadata, lifecycle: Lifecycle) -> str:
    """A metadata line with the value that the design has; a value that somebody wrote there stays.

    Every such line gets a hard break, without which Markdown runs them together.
    """
    match = metadata_line(line)
    if not match:
        return line
    name = field_of(match["label"])
    ours = said(metadata, name)
    theirs = match["value"].strip()
    if not ours or (theirs and not is_placeholder(theirs) and not offered(theirs, lifecycle)):
        return line if line.endswith("\\") else line.rstrip() + "  "
    if FIELDS[name] == PEOPLE:
        ours = ", ".join(f"[{p.label}]({p.url})" if p.url else p.label for p in getattr(metadata, name))
    elif re.match(r"https?://", ours):
        ours = f"<{ours}>"
    return f"{match['before']}{ours}  "

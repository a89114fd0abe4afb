"""`designdocs new`: a design ready to be filled."""

from __future__ import annotations

import datetime
import errno
import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mkdocs_designdocs import filling
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.metalines import metadata_lines
from mkdocs_designdocs.people import people
from mkdocs_designdocs.skeleton import skeleton
from mkdocs_designdocs.templates import Template

_LONGEST = 80
"""Bytes of a file's name without its `.md`: file systems take 255 and less, and nobody wants to read as many."""


def slug(title: str) -> str:
    """A file's name for a title: ASCII where there is one, words joined by `-`, as many as fit."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode() or title
    name = re.sub(r"[^\w]+|_+", "-", plain.casefold()).strip("-")
    cut = name.encode()[:_LONGEST].decode("utf-8", "ignore")
    if len(cut) < len(name) and name[len(cut)] != "-":
        cut = cut.rpartition("-")[0] or cut
    return cut.strip("-") or "design"


def scaffold(template: Template, title: str, authors: Sequence[str], lifecycle: Lifecycle, today: datetime.date) -> str:
    """The Markdown of a new design: its block, and the template's sections with their prompts.

    The prompts are the template's own words, so every section counts as unwritten until it is.
    """
    status = lifecycle.initial
    written_by = tuple(person for author in authors for person in people(author))
    metadata = Metadata(
        template=template.name,
        template_version=template.version,
        title=title,
        status=status,
        authors=written_by,
        created=today.isoformat(),
    )
    front = [
        "---",
        "design:",
        f"  template: {_yaml(template.name)}",
        *([f"  template_version: {as_version(template.version)}"] if template.version else []),
        f"  title: {json.dumps(title, ensure_ascii=False)}",
        f"  status: {_yaml(status.label.lower())}",
        f"  authors: {json.dumps(list(authors), ensure_ascii=False)}",
        f"  created: {today.isoformat()}",
        "---",
        "",
    ]
    body = template.render(replace(metadata, title=escaped(title))).strip("\n")
    return "\n".join(front) + "\n" + _filled(body, metadata, lifecycle) + "\n"


_TRUTHS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")


def as_version(text: str) -> str:
    """A version as YAML reads it back: a number stays as it is written, so it needs no quotes."""
    return text if re.fullmatch(r"[0-9]+(?:[.-][0-9]+)*", text) else _yaml(text)


def _yaml(text: str) -> str:
    """A word as YAML reads it back: in quotes where it would be a number, a truth or a mark."""
    plain = re.fullmatch(r"[A-Za-z](?:[\w -]*\w)?", text) and text.casefold() not in _TRUTHS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _filled(body: str, metadata: Metadata, lifecycle: Lifecycle) -> str:
    """A template's text with the title and the metadata lines that it leaves open for what the block says."""
    blank = skeleton(body)
    lines = list(blank.outline.lines)
    for one in metadata_lines(blank.outline):
        lines[one.line - 1] = filling.filled(lines[one.line - 1], metadata, lifecycle, fresh=True)
    if blank.title:
        at, heading = blank.title.line - 1, blank.title.title
        lines[at] = lines[at].replace(heading, filling.slotted(heading, metadata) or heading, 1)
    return "\n".join(lines)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises FileExistsError if it does, another OSError if it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # a file, and no folder
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), error.filename) from error
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)

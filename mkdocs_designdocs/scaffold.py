"""`designdocs new`: a design ready to be filled."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.people import people
from mkdocs_designdocs.placeholders import tokens
from mkdocs_designdocs.templates import Template


def slug(title: str) -> str:
    """A file's name for a title: ASCII where there is one, words joined by `-`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode() or title
    return re.sub(r"[^\w]+|_+", "-", plain.casefold()).strip("-") or "design"


def scaffold(template: Template, title: str, authors: Sequence[str], lifecycle: Lifecycle, today: datetime.date) -> str:
    """The Markdown of a new design: its block, and the template's sections with their prompts.

    The prompts are the template's own words, so every section counts as unwritten until it is.
    """
    status = lifecycle.initial
    written_by = tuple(person for author in authors for person in people(author))
    metadata = Metadata(
        template=template.name, title=title, status=status, authors=written_by, created=today.isoformat()
    )
    front = [
        "---",
        "design:",
        f"  template: {_yaml(template.name)}",
        f"  title: {json.dumps(title, ensure_ascii=False)}",
        f"  status: {_yaml(status.label.lower())}",
        f"  authors: {json.dumps(list(authors), ensure_ascii=False)}",
        f"  created: {today.isoformat()}",
        "---",
        "",
    ]
    body = template.render(metadata).strip("\n")
    return "\n".join(front) + "\n" + _titled(body, template, title) + "\n"


_TRUTHS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")


def _yaml(text: str) -> str:
    """A word as YAML reads it back: in quotes where it would be a number, a truth or a mark."""
    plain = re.fullmatch(r"[A-Za-z](?:[\w -]*\w)?", text) and text.casefold() not in _TRUTHS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _titled(body: str, template: Template, title: str) -> str:
    """The body with the title in its H1, where the template leaves a mark for it there."""
    heading = template.blank.title
    mark = next(iter(tokens(heading.title)), None) if heading else None
    first, newline, rest = body.partition("\n")
    return first.replace(mark.text, title, 1) + newline + rest if mark else body


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)

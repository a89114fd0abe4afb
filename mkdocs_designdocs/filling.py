"""Filling what a template leaves open for metadata: the title of its H1, the values of its metadata lines."""

from __future__ import annotations

import re

from mkdocs_designdocs import titles
from mkdocs_designdocs.escaping import escaped
from mkdocs_designdocs.fields import FIELDS, PEOPLE, Metadata, said
from mkdocs_designdocs.lifecycle import Lifecycle, offered
from mkdocs_designdocs.metalines import field_of, metadata_line
from mkdocs_designdocs.placeholders import GENERIC, Token, is_placeholder, tokens

_NUMBER = re.compile(r"(?P<prefix>[A-Za-z]+[- ])?(?P<mark>#?(?<![A-Za-z0-9])[NX]{3,5}(?![A-Za-z0-9]))")
_NO_TITLES = re.compile(
    r"(?:.*[\W_])?(?:id|no|number|date|author|owner|status|version|yyyy|n{3,5}|x{3,5})", re.IGNORECASE
)
_SAYS_TITLE = re.compile(r"(?:.*\W)?title(?:\s+(?:of|for|here|goes|in)\b.*|\s*\(.*)?", re.IGNORECASE)


def slot(heading_title: str) -> Token | None:
    """What of a template's title stands for that of the design.

    That is the first placeholder which can hold a title (`[Feature name]`, and not `NNNN`, `[number]` or a date), one
    that says "title" before any other. Where there is none, it is words which call themselves the title, all of the
    heading or what stands behind its last colon: `Your Proposal Title`, `KEP-NNNN: Your short, descriptive title`.
    """
    fit = [t for t in tokens(heading_title) if not (GENERIC.fullmatch(t.text) or _NO_TITLES.fullmatch(t.key))]
    fit = [t for t in fit if not titles.is_optional(t.text)]
    if fit:
        return next((t for t in fit if re.search(r"title", t.key)), fit[0])
    words = re.split(r":\s+", heading_title)[-1].strip()
    return Token(words, heading_title.rindex(words)) if _SAYS_TITLE.fullmatch(words) else None


def title(template_title: str, metadata: Metadata) -> str:
    """The template's title with the design's in its slot; the design's where the template's has none."""
    filled = slotted(template_title, metadata)
    return escaped(metadata.title) if filled is None else filled


def slotted(template_title: str, metadata: Metadata) -> str | None:
    """The template's title with the design's in its slot; None where it has no slot and says another title.

    A number's mark beside it (`KEP-NNNN`) becomes the design's id, and stays where the design has none.
    """
    written = escaped(metadata.title)
    mark = slot(template_title)
    # A Jinja2 template, or `{{ TITLE }}`, has the title already, and what looks like a mark may be in it.
    for text in filter(None, (written, metadata.title)):
        at = template_title.find(text)
        if at >= 0 and (mark is None or at <= mark.start < mark.end <= at + len(text)):
            return template_title[:at] + written + template_title[at + len(text) :]
    if mark is None:
        already = titles.key(metadata.title) and titles.key(metadata.title) in titles.key(template_title)
        return template_title if already else None
    before, after = (
        _numbered(part, metadata.id) for part in (template_title[: mark.start], template_title[mark.end :])
    )
    return before + written + after


def _numbered(frame: str, number: str) -> str:
    """The words around a title with the id in place of `KEP-NNNN`; an id without letters keeps the prefix."""

    def written(match: re.Match[str]) -> str:
        return escaped(number) if re.match(r"[A-Za-z]", number) else (match["prefix"] or "") + escaped(number)

    return _NUMBER.sub(written, frame, count=1) if number else frame


def is_said(line: str, metadata: Metadata) -> bool:
    """Whether a line is one for metadata that the design has."""
    match = metadata_line(line)
    return bool(match and said(metadata, field_of(match["label"])))


def filled(line: str, metadata: Metadata, lifecycle: Lifecycle, *, fresh: bool = False) -> str:
    """A metadata line with the value that the design has; a value that somebody wrote there stays.

    Every such line gets a hard break, without which Markdown runs them together. `fresh`: the line is a template's
    and nobody has written there yet.
    """
    match = metadata_line(line)
    if not match:
        return line
    name = field_of(match["label"])
    ours = said(metadata, name)
    theirs = match["value"].strip()
    if not ours or not (fresh or not theirs or is_placeholder(theirs) or offered(theirs, lifecycle)):
        return line if line.endswith("\\") else line.rstrip() + "  "
    if FIELDS[name] == PEOPLE:
        ours = ", ".join(f"[{p.label}]({p.url})" if p.url else p.label for p in getattr(metadata, name))
    elif name == "title":
        ours = escaped(ours)
    elif re.match(r"https?://", ours):
        ours = f"<{ours}>"
    return f"{match['before']}{ours}  "

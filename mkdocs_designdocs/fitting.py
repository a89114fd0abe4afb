"""The template fitted to one design: filled with its metadata, and with its data where it has any."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_designdocs import titles
from mkdocs_designdocs.blocks import Heading
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.skeleton import Skeleton, skeleton
from mkdocs_designdocs.templates import Template
from mkdocs_designdocs.wording import Voice, voice, wording


def fit(template: Template, metadata: Metadata) -> tuple[Skeleton, frozenset[int]]:
    """The sections that a design needs, and which of them its data wrote (by their index).

    Raises what `templates.RENDERING` names.
    """
    text = template.render(metadata)
    if not metadata.data:
        return _refilled(template.blank, text) or _like(skeleton(text), template.blank), frozenset()
    filled = skeleton(text)
    plain = skeleton(template.render(replace(metadata, data={})))
    words = wording(plain.outline.blocks)
    known = {titles.key(section.title) for section in plain.sections}
    from_data = frozenset(
        section.index
        for section in filled.sections
        if titles.key(section.title) not in known or any(voice(b, words) in _SAID for b in section.blocks)
    )
    # What the data wrote is there by name, and is no pattern that one heading of the author's would satisfy.
    named = [replace(s, pattern="") if s.index in from_data and s.pattern else s for s in filled.sections]
    return _like(replace(filled, sections=named), template.blank), from_data


_SAID = (Voice.OWN, Voice.NOT_APPLICABLE, Voice.NOT_YET)


def _refilled(blank: Skeleton, text: str) -> Skeleton | None:
    """The blank template with other words in its title, head and foot: all that metadata changes in most templates.

    None where something else has changed too, and the text has to be parsed.
    """
    before, now = blank.outline.lines, text.split("\n")
    if len(before) != len(now) or not blank.sections:
        return None
    first = blank.sections[0].heading.line - 1
    end = len(now) - len(blank.foot)
    title_line = blank.title.line - 1 if blank.title else -1
    changed = [number for number, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
    if any(first <= number < end for number in changed):
        return None
    title = blank.title
    if title and title_line in changed:
        if not now[title_line].startswith("#"):
            return None
        title = Heading(now[title_line].lstrip("#").strip(), title.level, title.line, title.end, title.block)
    start = title.end - 1 if title else 0
    return replace(blank, title=title, head=now[start:first], foot=now[end:] if blank.foot else ())


def _like(filled: Skeleton, blank: Skeleton) -> Skeleton:
    """What the template's front matter says of its sections (optional, aliases) said of the filled ones too."""
    known = {titles.key(section.title): section for section in blank.sections}
    sections = []
    for section in filled.sections:
        twin = known.get(titles.key(section.title))
        if twin and (twin.optional != section.optional or twin.aliases != section.aliases):
            section = replace(section, optional=twin.optional, aliases=twin.aliases)
        sections.append(section)
    return replace(filled, sections=sections)

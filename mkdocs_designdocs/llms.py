"""The list of what is in force, for language models and whoever feeds them, as llmstxt.org wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mkdocs_designdocs.address import Address
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.labels import Labels

LLMS = "llms.txt"
_ENDS = (".", "…", "!", "?", "。")
_MARKS = re.compile(r"[\\\[\]]")

_SECTIONS = {"in force": "llms_in_force", "open": "llms_open", "closed": "llms_closed"}
"""Each group of the lifecycle with its heading; of what is closed only what has a successor is told."""


def as_llms(entries: Sequence[Entry], address: Address, labels: Labels) -> str:
    """`llms.txt`: what is in force, what is not yet, and what has taken the place of what no longer is."""
    groups = {group: [one for one in entries if one.design.status.group == group] for group in _SECTIONS}
    lines = [f"# {_text(labels('designs_of', site=address.name))}", "", f"> {labels('llms_about')}", ""]
    for group, title in _SECTIONS.items():
        if listed := [*_lines(groups[group], address, labels)]:
            lines += [f"## {labels(title)}", "", *listed, ""]
    return "\n".join(lines)


def _lines(entries: Iterable[Entry], address: Address, labels: Labels) -> Iterator[str]:
    for entry in entries:
        design = entry.design
        said = [labels.status(design.status)]
        if design.status.group == "closed":
            successors = _successors(entry)
            if not successors:
                continue
            said = [labels("llms_succeeded", successors=", ".join(_link(one, address) for one in successors))]
        elif entry.since and entry.is_since_exact:
            said = [labels("llms_since", status=said[0], day=entry.since)]
        if overview := design.verdict.gist.overview:
            said.append(_text(overview))
        text = ". ".join(said)
        yield f"- {_link(design, address)}: {text}{'' if text.endswith(_ENDS) else '.'}"


def _successors(entry: Entry) -> Sequence[Design]:
    """What has taken the place of a design, or had."""
    relations, design = entry.relations, entry.design
    if not relations.is_superseded(design):
        return ()
    return [one for one in relations.designs(design, "superseded_by") if not relations.is_abandoned(one)]


def _link(design: Design, address: Address) -> str:
    target = address.of(design).replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{_text(design.title)}]({target})"


def _text(text: str) -> str:
    """A text in one line, in which brackets are no link's."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))

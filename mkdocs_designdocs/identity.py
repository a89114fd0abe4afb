"""What tells one design from another: its id, the number in its file's name, the folder in which that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.lifecycle import Lifecycle

INDEXES = ("index", "readme")
"""Pages that go by the name of their folder."""


class Number(NamedTuple):
    """A number by which people call a design."""

    prefix: str
    """What stands before it, in lower case: `adr`, `gep`; empty where nothing does."""
    value: int


_DATE = r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:[0-2]\d|3[01]))?(?!\d)"
_IN_NAME = re.compile(
    rf"(?:(?P<prefix>[^\W\d_]{{1,12}})[-_ ]?)?(?!{_DATE})(?P<number>[0-9]{{1,9}})(?![^\W_]|\.\d)(?P<rest>.*)", re.DOTALL
)
_SAID = re.compile(r"(?:(?P<prefix>[^\W\d_]{1,12})[-_ .:#]*|#)?(?P<number>[0-9]{1,9})\Z")


@lru_cache(8192)
def _place(uri: str) -> tuple[str, str]:
    folder, _, file = uri.rpartition("/")
    name = file.rpartition(".")[0] or file
    if name.casefold() in INDEXES and folder:
        folder, _, name = folder.rpartition("/")
    return folder, name


def own_name(uri: str) -> str:
    """The name of a page's file without its ending; of `queue/index.md` it is the folder that has a name."""
    return _place(uri)[1]


def home(uri: str) -> str:
    """The folder in which a page has its name."""
    return _place(uri)[0]


def file_number(uri: str) -> Number | None:
    """The number that a page's name begins with, if it does: `0060-x.md`, `gep-91/index.md`; a date is none."""
    match = _IN_NAME.match(own_name(uri))
    if match is None:
        return None
    digits, prefix = match["number"], match["prefix"] or ""
    # `http-2-servers` is no number 2 of anything, `adr-002-servers` and `gep-2` are.
    if prefix and match["rest"] and len(digits) < 3 and not digits.startswith("0"):
        return None
    return Number(prefix.casefold(), int(digits))


def said_number(text: str) -> Number | None:
    """The number that a text is, if it is nothing else: `12`, `#12`, `0012`, `ADR 12`, `SE-0012`."""
    match = _SAID.match(text.strip())
    return Number((match["prefix"] or "").casefold(), int(match["number"])) if match else None


def is_from_name(one: Design) -> bool:
    """Whether nobody has given the design its id, but the name of its file is all there is."""
    origin = one.verdict.origins.get("id")
    return origin is not None and origin.kind == "name"


def check_ids(designs: Iterable[Design], lifecycle: Lifecycle) -> Iterator[Diagnostic]:
    """No two designs have the same id, and no two files of a folder the same number"""
    first: dict[object, Design] = {}
    for one in designs:
        identity = one.metadata.id
        number = said_number(identity) if is_from_name(one) else None
        if number:
            if number.value == 0:
                continue  # what many give to a draft that has no number yet, and to templates
            prefix = number.prefix or (file_number(one.uri) or number).prefix
            twin = first.setdefault((_without_status(home(one.uri), lifecycle), prefix, number.value), one)
            what, mend = f"the number {number.value}", "give one of the files another number"
            twin = one if _is_translation(one, twin) else twin
        else:
            twin = first.setdefault(identity.casefold(), one) if identity else one
            what, mend = f"the id {shown(identity)}", "give one of them another id"
        if twin is not one:
            yield finding("id-duplicate", *one.place("id"), f"{what} is taken by {twin.path}", help=mend)


def _is_translation(one: Design, other: Design) -> bool:
    """Whether two pages differ in nothing but a language: `0007-queue.md`, `0007-queue.fr.md`."""
    return own_name(one.uri).partition(".")[0] == own_name(other.uri).partition(".")[0]


def _without_status(folder: str, lifecycle: Lifecycle) -> str:
    """A folder without the words that say how far its designs are: `proposals` for `proposals-done`."""
    return "/".join(part for part in (_bare(part, lifecycle) for part in folder.split("/")) if part)


def _bare(part: str, lifecycle: Lifecycle) -> str:
    words = re.split(r"[-_ ]+", part.casefold().strip("-_ "))
    if lifecycle.find(part.strip("-_ ")) and words != ["rfc"]:  # a folder of RFCs says what they are, not how far
        return ""
    return "-".join(words[:-1] if len(words) > 1 and lifecycle.find(words[-1]) else words)

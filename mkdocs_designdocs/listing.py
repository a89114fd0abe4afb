"""A listing: what one index holds and how it shows that, as the configuration or a marker asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mkdocs_designdocs.frontmatter import shown
from mkdocs_designdocs.queries import EVERYTHING, Query

PARTS = ("status", "author", "health", "timeline", "relations")
"""What an index can consist of, a heading each; `list` is all of it in one, without a heading."""
GROUPS = ("status", "author", "template", "tag")
"""By what an index can part its designs, a heading each."""
COLUMNS = (
    "title",
    "id",
    "overview",
    "authors",
    "reviewers",
    "age",
    "updated",
    "complete",
    "tags",
    "relations",
    "questions",
    "boxes",
)
"""What an index can show of each design; `created`, `status` and `template` are there on request."""
EVERY_COLUMN = (*COLUMNS, "created", "status", "template")
SORTABLE = tuple(column for column in EVERY_COLUMN if column != "overview")


@dataclass(frozen=True)
class Listing:
    """One index."""

    query: Query = EVERYTHING
    parts: tuple[str, ...] = PARTS
    columns: tuple[str, ...] = COLUMNS
    order: str = "-updated"
    """The column that the designs of a group are sorted by, `-` for the other way round."""
    tools: bool = True
    """Whether it can be filtered and sorted on the page."""
    limit: int = 0
    """How many designs it shows at most, the first in its order; 0 for all."""
    titled: bool = True
    """Whether its parts have headings; without, those of their groups take the place."""
    level: int = 2
    """Of its highest headings."""


WHOLE = Listing()


def wish(key: str, value: object) -> tuple[str, object]:
    """The field of a listing that one of the `WISHES` means, and its value; raises ValueError."""
    field, read = _WISHES[key]
    try:
        return field, read(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _parts(value: object) -> tuple[str, ...]:
    return several(value, (*PARTS, *(g for g in GROUPS if g not in PARTS), "list"), "part")


def _columns(value: object) -> tuple[str, ...]:
    found = several(value, EVERY_COLUMN, "column")
    # Without its title nobody finds a design.
    return found if "title" in found else ("title", *found)


def _order(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected a column, got {shown(value)}")
    text = value.strip()
    backwards = "-" if text.startswith("-") else ""
    return backwards + one_of(text.removeprefix("-").strip(), SORTABLE, "column")


def _group(value: object) -> tuple[str, ...]:
    if value is False or value is None or value == "none":
        return ("list",)
    return (one_of(value, (*GROUPS, "none"), "group"),)


def _limit(value: object) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,5}", str(value).strip()):
        raise ValueError(f"expected how many designs it shows at most, got {shown(value)}")
    return int(str(value))


def _tools(value: object) -> bool:
    said = {"yes": True, "true": True, "no": False, "false": False}.get(str(value).strip().casefold())
    if said is None:
        raise ValueError(f"expected yes or no, got {shown(value)}")
    return said


_WISHES: Mapping[str, tuple[str, Callable[[object], object]]] = {
    "parts": ("parts", _parts),
    "group": ("parts", _group),
    "columns": ("columns", _columns),
    "order": ("order", _order),
    "limit": ("limit", _limit),
    "tools": ("tools", _tools),
}
WISHES = tuple(_WISHES)
"""How an index can be asked to look."""


def several(value: object, known: Sequence[str], what: str) -> tuple[str, ...]:
    """Names, a list of them or a text with commas between, each once."""
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not names:
        raise ValueError(f"expected a {what} or a list of them, got {shown(value)}")
    return tuple(dict.fromkeys(one_of(name, known, what) for name in names))


def one_of(value: object, known: Sequence[str], what: str) -> str:
    """One of some names in any case; raises ValueError with a guess."""
    name = str(value).strip().casefold()
    if name in known:
        return name
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    guess = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
    raise ValueError(f"there is no {what} {shown(str(value).strip())}; {guess}")

"""The layout of the index: its page, what stands at its markers, and which pages it leads to, as a team asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mkdocs_designdocs.listing import WHOLE, WISHES, Listing, one_of, several, wish
from mkdocs_designdocs.shelves import SHELVES

PAGE = "designs/index.md"
_KEYS = ("page", *(key for key in WISHES if key != "limit"), "pages")


@dataclass(frozen=True)
class Layout:
    """What is said of the index."""

    page: str = PAGE
    """Empty for none."""
    listing: Listing = WHOLE
    shelves: tuple[str, ...] | None = None
    """See `Settings`."""


def layout(value: object) -> Layout:
    """The path of its page, `false` for none, or a mapping that says more; raises ValueError."""
    if isinstance(value, Layout):
        return value  # read already
    given: Mapping[Any, Any] = value if isinstance(value, Mapping) else {"page": value}
    said = {one_of(key, _KEYS, "key"): those for key, those in given.items()}
    wishes = dict(wish(key, those) for key, those in said.items() if key in WISHES)
    listing = replace(WHOLE, **wishes)  # type: ignore[arg-type]  # each is read for its field
    return Layout(_page(said.get("page", PAGE)), listing, _shelves(said.get("pages", "auto")))


def _page(value: object) -> str:
    if value is False or value is None:
        return ""
    inside = isinstance(value, str) and not value.startswith("/") and ".." not in value.split("/")
    if not isinstance(value, str) or not inside or not value.endswith(".md"):
        raise ValueError(f"expected the path of a page such as {PAGE}, got {value!r}")
    return value


def _shelves(value: object) -> tuple[str, ...] | None:
    """Of what there are pages beside the index; None where that depends on how long it is."""
    if isinstance(value, bool):
        return SHELVES if value else ()
    if value == "auto":
        return None
    try:
        return several(value, SHELVES, "kind of page")
    except ValueError as error:
        raise ValueError(f"pages: {error}, or auto, true, false") from error

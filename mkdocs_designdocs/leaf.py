"""A page of a site while it is made, and the ways from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def nowhere(_: object) -> str:
    """The way to what there is not."""
    return ""


@dataclass(frozen=True)
class Leaf:
    """A page, and the ways from it."""

    uri: str
    """Of its source, from the folder of the documents."""
    url: str
    """Its own, relative to the site."""
    to: Callable[[str], str]
    """From an address relative to the site to the one that stands on this page."""
    link: Callable[[str], str]
    """Likewise from what an author writes, who names source files too; warns of what leads nowhere."""
    find: Callable[[str], str] = nowhere
    """Likewise from the path of a page or a file; empty where there is none, without a warning."""
    title: str = ""
    """What the page is called."""

"""Unsearched: what of a page nobody is to find by searching the site, for it is said better elsewhere.

Material's search can be told so in the HTML, MkDocs' own cannot; and neither has to read what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEGIN, _END = "<!-- designdocs:unsearched -->", "<!-- designdocs:searched -->"
_WRAPPED = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_CUT = re.compile(r"<!-- designdocs:cut (\d+) -->")


def wrapped(html: str) -> str:
    """A piece of a page that the search is not to read; nothing of nothing."""
    return f"{_BEGIN}{html}{_END}" if html else ""


def cut(content: str) -> tuple[str, Sequence[str]]:
    """A page without such pieces, and the pieces."""
    pieces: list[str] = []

    def taken(match: re.Match[str]) -> str:
        pieces.append(match[1])
        return f"<!-- designdocs:cut {len(pieces) - 1} -->"

    return (_WRAPPED.sub(taken, content) if _BEGIN in content else content), pieces


def mended(content: str, pieces: Sequence[str]) -> str:
    """A page with its pieces again."""
    return _CUT.sub(lambda match: pieces[int(match[1])], content) if pieces else content


def bare(output: str) -> str:
    """A page without the marks around such pieces, where they have come by another way than through the search."""
    return output.replace(_BEGIN, "").replace(_END, "") if _BEGIN in output else output

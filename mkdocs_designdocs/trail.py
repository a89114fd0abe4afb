"""The trail: which designs stand before and after one in its status, in the order of the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_designdocs.design import Design


@dataclass(frozen=True)
class Trail:
    """The neighbours of a design among those that have its status."""

    previous: Design | None = None
    next: Design | None = None


ALONE = Trail()


def trails(designs: Iterable[Design]) -> Mapping[str, Trail]:
    """The trail of each of some designs, by its path from the folder of the documents; they come in their order."""
    grouped: dict[str, list[Design]] = {}
    for one in designs:
        grouped.setdefault(one.status.key, []).append(one)
    return {
        one.uri: Trail(before, after)
        for row in grouped.values()
        for before, one, after in zip([None, *row], row, [*row[1:], None], strict=False)
    }

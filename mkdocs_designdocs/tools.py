"""Tools: what the page's script finds and sorts designs with, made in the build, so that it has no words of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from mkdocs_designdocs.cards import Page, group_class
from mkdocs_designdocs.columns import KEYS, ranks, usual
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.facets import FACETS, facet
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.listing import Listing

_COUNTED = ("age_days", "age_months", "age_years", "designs_counted", "found")
_FIELDS = {name: f"{{{name}}}" for name in ("n", "total", "age")}


def tools(entries: Sequence[Entry], listing: Listing, page: Page, names: Mapping[str, str]) -> Mapping[str, object]:
    """What `tools.html` shows for some entries, which the script knows by their place among them."""
    labels = page.partials.labels
    facets = [facet(name, entries, names, labels) for name in FACETS]
    sortable = [name for name in listing.columns if name in KEYS]
    places = {name: ranks(entries, name) for name in dict.fromkeys((*sortable, listing.order.removeprefix("-")))}
    useful = [name for name, those in places.items() if any(those)]
    groups: dict[str, dict[str, None]] = {}
    for entry in entries:
        groups.setdefault(group_class(entry.design.status), {})[entry.design.status.key] = None
    known = {
        "ranks": {name: places[name] for name in useful},
        "facets": {one.name: one.of(len(entries)) for one in facets},
        "statuses": [one.design.status.key for one in entries],
        "statusGroups": {name: [*keys] for name, keys in groups.items()},
    }
    return {
        "facets": facets,
        "orders": [*map(usual, useful)],
        "order": listing.order,
        "count": len(entries),
        "known": json.dumps(known, separators=(",", ":"), ensure_ascii=False),
        "words": _words(labels),
        "today": page.today.isoformat(),
    }


def _words(labels: Labels) -> Mapping[str, str]:
    """The labels that the script fills in, with their fields as they are."""
    forms = {f"{name}-{form}": f"{name}.{form}" for name in _COUNTED for form in ("one", "other")}
    found = {
        **forms,
        "age_least": "age_least",
        "age_today": "age_today",
        "remove": "remove",
        "ascending": "ascending",
        "descending": "descending",
    }
    return {key.replace("_", "-"): labels(name, **_FIELDS) for key, name in found.items()}

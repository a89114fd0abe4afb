"""Values as messages quote them."""

from __future__ import annotations

from collections.abc import Mapping


def shown(value: object, most: int = 60) -> str:
    """A value as a message quotes it: short, in one line, and never walked into."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return f'"{text if len(text) <= most else text[: most - 1] + "…"}"'

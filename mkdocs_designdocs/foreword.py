"""The front matter of a diagram: whether mermaid.js can read it."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from mkdocs_designdocs import slips
from mkdocs_designdocs.kinds import FRONT_MATTER

Flaw = tuple[int, int, str, str]
"""Line and column, both from 1; what is wrong; how to mend it."""


def unreadable(source: str) -> Flaw | None:
    """What YAML has against the front matter of a diagram."""
    front = FRONT_MATTER.match(source) if source.startswith("---") else None
    if front is None:
        return None
    text = front.group().partition("\n")[2].rpartition("---")[0]
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        twice = next(_twice(node, set()), None)
    except yaml.MarkedYAMLError as error:
        slip = slips.explain(error, text)
        return slip.line + 2, slip.column + 1, f"the diagram's front matter is no YAML: {slip.what}", slip.help
    except (yaml.YAMLError, RecursionError):  # a character that it does not know, or a hundred lists in each other
        return None
    if twice is None:
        return None
    place = twice.start_mark
    return (
        place.line + 2,
        place.column + 1,
        f"`{twice.value.strip()[:60]}` stands twice in the front matter",
        "remove one",
    )


def _twice(node: yaml.Node | None, met: set[int]) -> Iterator[yaml.ScalarNode]:
    """The keys that a mapping has already, however deep; `met` are nodes that an alias may lead to again."""
    if not isinstance(node, yaml.CollectionNode) or id(node) in met:
        return
    met.add(id(node))
    seen: set[str] = set()
    for part in node.value:
        key, value = part if isinstance(part, tuple) else (None, part)
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                yield key
            seen.add(key.value)
        yield from _twice(value, met)

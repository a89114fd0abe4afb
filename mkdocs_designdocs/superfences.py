"""The `mermaid` fence of superfences, which knows nesting in lists, tabs and admonitions, handed to us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

_NAME = "pymdownx.superfences"


def take_over(
    extensions: MutableMapping[str, Any], draw: Callable[[str, Mapping[str, str]], str], draws: Callable[[], bool]
) -> None:
    """Have superfences ask `draw` for a diagram's HTML while `draws` says so; else whoever else is there for it.

    `extensions`: the options of the Markdown extensions, of which superfences is one.
    """
    options = extensions.get(_NAME) or {}

    def validator(_language: str, inputs: Mapping[str, str], options: dict[str, str], *_: object) -> bool:
        # A fence may say anything, and what we do not know changes nothing. It goes where superfences reads it
        # without `attr_list` too; among the attributes it would turn a fence with a title into text.
        options.update(inputs)
        return draws()

    def formatter(
        source: str, _language: str, _class: str, options: Mapping[str, str], *_: object, **__: object
    ) -> str:
        return draw(source, options)

    # Superfences asks the last first, and the next where a validator declines: the team's own fence stays behind.
    ours = {"name": "mermaid", "class": "mermaid", "format": formatter, "validator": validator}
    extensions[_NAME] = {**options, "custom_fences": [*(options.get("custom_fences") or ()), ours]}

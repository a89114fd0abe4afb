"""The `mermaid` fence of superfences, which knows nesting in lists, tabs and admonitions, handed to us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

_NAME = "pymdownx.superfences"


def take_over(
    extensions: MutableMapping[str, Any],
    draw: Callable[[str, Mapping[str, str]], str],
    takes: Callable[[], bool],
    leaves: Callable[[str, Mapping[str, str]], bool],
) -> None:
    """Have superfences ask `draw` for a diagram's HTML while `takes` says so; else whoever else is there for it.

    `extensions`: the options of the Markdown extensions, of which superfences is one. `leaves`: whether a diagram is
    left to the browser, whose script may want it as the team's own fence has it.
    """
    options = extensions.get(_NAME) or {}
    theirs = next((own for own in reversed(options.get("custom_fences") or ()) if _is_special(own)), None)

    def validator(_language: str, inputs: Mapping[str, str], options: dict[str, str], *_: object) -> bool:
        # A fence may say anything, and what we do not know changes nothing. It goes where superfences reads it
        # without `attr_list` too; among the attributes it would turn a fence with a title into text.
        options.update(inputs)
        return takes()

    def formatter(
        source: str,
        language: str,
        _class: str,
        options: Mapping[str, str],
        *more: Any,
        id_value: str = "",
        **named: Any,
    ) -> str:
        if theirs and leaves(source, options):
            made = theirs["format"](source, language, theirs.get("class", ""), {}, *more, id_value=id_value, **named)
            return str(made)
        return draw(source, {**options, "id": id_value})

    # Superfences asks the last first, and the next where a validator declines: the team's own fence stays behind.
    ours = {"name": _AnyCase("mermaid"), "class": "mermaid", "format": formatter, "validator": validator}
    extensions[_NAME] = {**options, "custom_fences": [*(options.get("custom_fences") or ()), ours]}


class _AnyCase(str):
    """A name that equals its other spellings: superfences asks for one by one, and GitHub draws ` ```Mermaid ` too."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str.__eq__(self, other.lower())

    __hash__ = str.__hash__


def _is_special(fence: Mapping[str, Any]) -> bool:
    """Whether a fence of the team's makes of a diagram what we would not."""
    made_by = fence.get("format")
    usual = getattr(made_by, "__name__", "") == "fence_code_format"
    return fence.get("name") == "mermaid" and callable(made_by) and not usual

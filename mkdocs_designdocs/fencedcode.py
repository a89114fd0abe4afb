"""The `mermaid` fence where there is no superfences: taken out of the text before it becomes a listing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mkdocs_designdocs.fences import mermaid_fences

_AFTER_SNIPPETS = 28
"""Snippets come at 32 and the white space is in order at 30; `fenced_code` takes the fences at 25."""


def take_over(
    names: list[str],
    options: MutableMapping[str, Any],
    draw: Callable[[str, Mapping[str, str]], str],
    takes: Callable[[], bool],
) -> None:
    """Have `draw` asked for a diagram's HTML while `takes` says so, in lists and quotes too.

    `names` and `options`: of the Markdown extensions.
    """
    names.append(__name__)
    options[__name__] = {"draw": draw, "takes": takes}


def makeExtension(**options: Any) -> MermaidFences:  # noqa: N802 - Markdown's name for it
    """What Markdown calls for an extension that it is given by name."""
    return MermaidFences(**options)


class MermaidFences(Extension):
    """The extension: what it does a preprocessor does."""

    def __init__(self, draw: Callable[[str, Mapping[str, str]], str], takes: Callable[[], bool]) -> None:
        super().__init__()
        self.draw, self.takes = draw, takes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name for it
        """Register with a Markdown converter."""
        md.preprocessors.register(_Taking(md, self), "designdocs_mermaid", _AFTER_SNIPPETS)


class _Taking(Preprocessor):
    def __init__(self, md: Markdown, extension: MermaidFences) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """The text with a placeholder in the place of every diagram."""
        if not self.extension.takes():
            return lines
        made: list[str] = []
        done = 0
        for fence in mermaid_fences("\n".join(lines)):
            if fence.closed:
                prefix = lines[fence.line - 1][: fence.column - 1]
                made += lines[done : fence.line - 1]
                made.append(prefix + self.md.htmlStash.store(self.extension.draw(fence.source, fence.attributes)))
                done = fence.end_line
        return [*made, *lines[done:]]

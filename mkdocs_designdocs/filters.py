"""What a Jinja2 template can do with a value: make it fit for a cell or a heading, or draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import jinja2
from jinja2.runtime import Context

from mkdocs_designdocs import sketches
from mkdocs_designdocs.escaping import untagged


def oneline(value: object) -> str:
    """White space joined, for a heading or an item."""
    return " ".join(str(value).split())


def cell(value: object) -> str:
    """A value that a table's cell can hold."""
    return "<br>".join(line.strip().replace("|", "\\|") for line in str(value).strip().splitlines())


def prose(value: object) -> str:
    """Words outside a code span: what looks like HTML in them shows as the text that it is; Markdown stays."""
    return untagged(str(value))


@jinja2.pass_context
def flowchart(context: Context, components: object, title: str = "") -> str:
    """A fence with the components and the calls between them; empty where none calls another."""
    return sketches.fence(sketches.flowchart(components, title or _of(context, "Components")))


@jinja2.pass_context
def er_diagram(context: Context, models: object, title: str = "") -> str:
    """A fence with the models and how they relate; empty where no relationship names another."""
    return sketches.fence(sketches.er_diagram(models, title or _of(context, "Data models")))


@jinja2.pass_context
def state_diagram(context: Context, states: object, title: str = "") -> str:
    """A fence with the states and the ways between them; empty where there is no way."""
    return sketches.fence(sketches.state_diagram(states, title or _of(context, "States")))


@jinja2.pass_context
def sequence_diagram(context: Context, steps: object, title: str = "") -> str:
    """A fence with the steps, each by the kind of component that takes it; empty where there are none."""
    found = context.resolve("components")
    return sketches.fence(sketches.sequence_diagram(steps, title or _of(context, "Steps"), found))


def _of(context: Context, what: str) -> str:
    """The name of a diagram, for those who do not see it."""
    design = context.get("design")
    title = design.get("title") if isinstance(design, Mapping) else ""
    return f"{what} of {title}" if title else what


FILTERS: Mapping[str, Callable[..., str]] = {
    one.__name__: one for one in (cell, oneline, prose, flowchart, er_diagram, state_diagram, sequence_diagram)
}
"""By the name that a template calls them."""

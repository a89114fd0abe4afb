"""The pieces of HTML that pages are made of, as Jinja2 templates beside this file."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape


@lru_cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["prose"] = prose
    return environment


@lru_cache
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)


def prose(message: str) -> Markup:
    """A message as a sentence of HTML: a capital letter, and code where it has backticks."""
    escaped = str(escape(message[:1].upper() + message[1:]))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))


def partial(template: str, /, **context: object) -> str:
    """Render one of the pieces; every value is escaped."""
    return _template(template).render(context)

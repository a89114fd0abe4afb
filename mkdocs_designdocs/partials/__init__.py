"""The pieces of HTML that pages are made of, as Jinja2 templates beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import jinja2


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    return jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


def partial(template: str, /, **context: object) -> str:
    """Render one of the pieces; every value is escaped."""
    return _environment().get_template(template).render(context)

"""The pieces of HTML that pages are made of, as Jinja2 templates beside this file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from mkdocs_designdocs.labels import ENGLISH, Labels

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Partials:
    """The pieces of one site, in its words, and as its theme has them."""

    labels: Labels = ENGLISH
    overrides: Sequence[Path] = ()
    """Folders whose pieces come before ours of the same name."""

    def render(self, template: str, /, **context: object) -> str:
        """Render one of the pieces; every value is escaped."""
        return self._environment.get_template(template).render(context)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([*self.overrides, _HERE]),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.filters["prose"] = prose
        environment.globals["label"] = self.labels
        return environment


PLAIN = Partials()


def prose(message: str) -> Markup:
    """A message as a sentence of HTML: a capital letter, and code where it has backticks."""
    escaped = str(escape(message[:1].upper() + message[1:]))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))

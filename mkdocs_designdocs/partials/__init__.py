"""The pieces of HTML that pages are made of, as Jinja2 templates beside this file.

Four of them are public: a theme, or the `custom_dir` of a site, can have its own in a folder `designdocs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from mkdocs_designdocs.labels import ENGLISH, Labels
from mkdocs_designdocs.mishaps import RENDERING, Mishap, mishap

_HERE = Path(__file__).parent
FOLDER = "designdocs"
"""Where a theme has its own pieces."""
PUBLIC: Mapping[str, Sequence[str]] = {
    "backlinks.html": ("pages",),
    "banner.html": ("heirs", "kind", "status", "successors", "title"),
    "header.html": (
        *("age", "authors", "created", "id", "index_url", "issue", "network", "pending", "relations", "required"),
        *("reviewers", "shown", "since", "spec", "status", "tags", "template", "title", "updated", "written"),
    ),
    "trail.html": ("next", "previous", "status"),
}
"""The pieces that a theme can have in the place of ours, and what each is given; see `docs/design-page.md`."""


@dataclass(frozen=True)
class Partials:
    """The pieces of one site, in its words, and as its theme has them."""

    labels: Labels = ENGLISH
    overrides: Sequence[Path] = ()
    """Folders named `designdocs` whose public pieces come before ours, the first of them first."""
    _failed: dict[Mishap, None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def render(self, template: str, /, **context: object) -> str:
        """Render one of the pieces; every value is escaped. Where the theme's own fails, ours is rendered instead."""
        own = self._read.get(template)
        if isinstance(own, jinja2.Template):
            try:
                return own.render(context)
            except RENDERING as error:
                self._failed.setdefault(mishap(error, Path(own.filename or template)))
        return self._ours.get_template(template).render(context)

    def unreadable(self) -> Sequence[Mishap]:
        """What is wrong with the theme's own pieces that cannot even be read."""
        return [read for read in self._read.values() if isinstance(read, Mishap)]

    def failed(self) -> Sequence[Mishap]:
        """What has gone wrong when pieces of the theme's own were rendered, each once."""
        return [*self._failed]

    def strays(self) -> Iterator[tuple[Path, str]]:
        """Pages in the theme's folders that are in the place of no public piece, with the name that was meant."""
        for folder in self.overrides:
            for path in sorted(folder.glob("*.html")):
                if path.name not in PUBLIC and not path.name.startswith("_"):
                    yield path, next(iter(get_close_matches(path.name, PUBLIC, n=1)), "")

    @cached_property
    def _read(self) -> Mapping[str, jinja2.Template | Mishap]:
        """The theme's own pieces, each as a template or as what is wrong with it."""
        found: dict[str, jinja2.Template | Mishap] = {}
        for name in PUBLIC:
            path = self._path(name)
            if path:
                try:
                    found[name] = self._themed.get_template(f"{FOLDER}/{name}")
                except RENDERING as error:
                    found[name] = mishap(error, path)
        return found

    def _path(self, name: str) -> Path | None:
        return next((folder / name for folder in self.overrides if (folder / name).is_file()), None)

    @cached_property
    def _ours(self) -> jinja2.Environment:
        return self._environment(jinja2.FileSystemLoader(_HERE))

    @cached_property
    def _themed(self) -> jinja2.Environment:
        """What the theme's own pieces are rendered in: they can include all that the theme has, and `!designdocs/…` is
        the piece of ours whose place they take."""
        ours = jinja2.PrefixLoader({f"!{FOLDER}": jinja2.FileSystemLoader(_HERE)})
        theme = jinja2.FileSystemLoader([folder.parent for folder in self.overrides])
        plain = jinja2.PrefixLoader({FOLDER: jinja2.FileSystemLoader(_HERE)})  # one that this theme has none of
        return self._environment(jinja2.ChoiceLoader([ours, theme, plain]))

    def _environment(self, loader: jinja2.BaseLoader) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=loader,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.filters["prose"] = prose
        environment.globals["label"] = _speaking(self.labels)
        return environment


PLAIN = Partials()


def _speaking(labels: Labels) -> Callable[..., Markup]:
    """Labels as HTML, in which values may be HTML too: links within a sentence."""

    def label(name: str, **values: object) -> Markup:
        markup = {f"\0{key}\0": value for key, value in values.items() if isinstance(value, Markup)}
        plain = {key: f"\0{key}\0" if isinstance(value, Markup) else value for key, value in values.items()}
        text = str(escape(labels(name, **plain)))
        for mark, value in markup.items():
            text = text.replace(mark, value)
        return Markup(text)

    return label


def prose(message: str) -> Markup:
    """A message as a sentence of HTML: a capital letter, and code where it has backticks."""
    escaped = str(escape(message[:1].upper() + message[1:]))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))

"""The pieces of HTML that pages are made of, as Jinja2 templates beside this file.

Four of them are public: a theme, or the `custom_dir` of a site, can have its own in a folder `designdocs`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
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


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Our own pieces as code, beside that of our modules and as much to be trusted; a folder that cannot be written
    costs only time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, ValueError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


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
                    yield path, next(iter(get_close_matches(path.name, PUBLIC, n=1, cutoff=0.75)), "")

    def lost(self) -> Iterator[tuple[Path, int, str, str]]:
        """Blocks of pieces that extend another one, which has none of that name: the file, the line, the name, and the
        one that was meant."""
        for name, own in self._read.items():
            path = self._path(name)
            if path is None or isinstance(own, Mishap):
                continue
            known = self._blocks(f"{FOLDER}/{name}")
            for block in self._tree(f"{FOLDER}/{name}").body if known else ():
                if isinstance(block, nodes.Block) and block.name not in known:
                    yield path, block.lineno, block.name, next(iter(get_close_matches(block.name, known, n=1)), "")

    @cached_property
    def _read(self) -> Mapping[str, jinja2.Template | Mishap]:
        """The theme's own pieces, each as a template or as what is wrong with it."""
        found: dict[str, jinja2.Template | Mishap] = {}
        for name in PUBLIC:
            path = self._path(name)
            if path:
                try:
                    found[name] = self._themed.get_template(f"{FOLDER}/{name}")
                    found[name] = self._fault(f"{FOLDER}/{name}", path, set()) or found[name]
                except RENDERING as error:
                    found[name] = mishap(error, path)
        return found

    def _fault(self, name: str, path: Path, seen: set[str]) -> Mishap | None:
        """What is wrong with what a piece includes, imports or extends, also where no page needs it."""
        seen.add(name)
        for node in self._tree(name).find_all(_NEEDING):
            wanted = _wanted(node)
            if not wanted or wanted in seen:
                continue
            try:
                there = self._source(wanted)[1]
            except jinja2.TemplateNotFound as error:
                return replace(mishap(error, path), line=node.lineno)
            if wanted.startswith(f"{FOLDER}/"):  # what else the theme has may be for other environments
                try:
                    self._themed.get_template(wanted)
                    fault = self._fault(wanted, Path(there), seen)
                except RENDERING as error:
                    fault = mishap(error, Path(there))
                if fault:
                    return fault
        return None

    def _blocks(self, name: str) -> set[str]:
        """The blocks of all that a template extends; none where that cannot be told."""
        found: set[str] = set()
        seen = {name}
        while (parent := next(map(_wanted, self._tree(name).find_all(nodes.Extends)), "")) and parent not in seen:
            try:
                found |= {block.name for block in self._tree(parent).find_all(nodes.Block)}
            except jinja2.TemplateError:  # the theme's, for another environment
                return set()
            seen.add(name := parent)
        return found

    def _tree(self, name: str) -> nodes.Template:
        return self._themed.parse(self._source(name)[0], name)

    def _source(self, name: str) -> tuple[str, str]:
        """The text of a template, and its file."""
        loader = self._themed.loader
        assert loader
        text, path, _ = loader.get_source(self._themed, name)
        return text, path or name

    def _path(self, name: str) -> Path | None:
        return next((folder / name for folder in self.overrides if (folder / name).is_file()), None)

    @cached_property
    def _ours(self) -> jinja2.Environment:
        environment = self._environment(jinja2.FileSystemLoader(_HERE))
        environment.bytecode_cache = _Compiled(str(_HERE / "__pycache__"), "%s.jinja")
        return environment

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

_NEEDING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def _wanted(node: nodes.Node) -> str:
    """The template that another one cannot do without; empty where it says no single name."""
    named = getattr(node, "template", None)
    if isinstance(node, nodes.Include) and node.ignore_missing:
        return ""
    return named.value if isinstance(named, nodes.Const) and isinstance(named.value, str) else ""


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

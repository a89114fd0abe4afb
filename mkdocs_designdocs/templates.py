"""Templates: Markdown documents whose headings are what a design must have, and whose text is to be replaced.

`NAME.md` is taken as it is. `NAME.md.j2` is Jinja2 in a sandbox. Both become the same `Template`.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
import jsonschema
from jinja2.sandbox import SandboxedEnvironment

from mkdocs_designdocs import declarations
from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import Metadata, said
from mkdocs_designdocs.filters import FILTERS
from mkdocs_designdocs.frontmatter import FrontMatter, leaves, parse, shown
from mkdocs_designdocs.mishaps import RENDERING, mishap
from mkdocs_designdocs.settings import TemplateFile
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.skeleton import Skeleton, skeleton
from mkdocs_designdocs.source import read
from mkdocs_designdocs.versions import Version, version
from mkdocs_designdocs.wording import Wording, wording


@dataclass(frozen=True)
class Template:
    """One template, ready to be matched with designs."""

    name: str
    path: Path
    description: str
    version: str
    blank: Skeleton
    """The template rendered with no data: its sections and prompts."""
    words: Wording
    """All that it says to its author, or said in an earlier version."""
    since: Mapping[str, Version]
    """For the titles of sections the versions from which they are wanted."""
    required: Mapping[str, Sequence[str]]
    """Fields that a design needs, by the key of its status (`all` for every one)."""
    data: Mapping[str, Any]
    """The JSON Schema of the data that it renders."""
    render: Callable[[Metadata], str] = field(repr=False)
    """The Markdown of the template for one design; raises `jinja2.TemplateError`."""
    validator: jsonschema.Draft202012Validator | None = field(default=None, repr=False)
    samples: frozenset[str] = frozenset()
    """The values of a front matter that is meant for its designs."""

    @property
    def data_keys(self) -> Sequence[str]:
        """The keys of data that a design of this template may have."""
        return list(self.data.get("properties", {}))


@dataclass(frozen=True)
class Library:
    """Every template that can be asked for, by name; a team's own stand before the built-in ones."""

    templates: Mapping[str, Template]
    problems: Sequence[Diagnostic] = ()
    broken: frozenset[str] = frozenset()
    """The names of templates that are there and cannot be used."""


def load(
    folders: Sequence[Path], shown_as: Callable[[Path], str] = str, files: Mapping[str, TemplateFile] | None = None
) -> Library:
    """Read the templates of some folders and compile each once; later folders hide what earlier ones have.

    `files`: single files by the name that designs call them, which hide templates of the folders; one without a path
    only declares more of a template that is there.
    """
    named = files or {}
    problems: list[Diagnostic] = []
    templates: dict[str, Template] = {}
    broken: set[str] = set()

    def add(name: str, path: Path, environment: SandboxedEnvironment) -> None:
        declared = named[name].declared if name in named else {}
        made = _template(name, path, environment, shown_as(path), declared)
        problems.extend(made if isinstance(made, list) else ())
        broken.discard(name)
        if isinstance(made, Template):
            templates[name] = made
        else:
            templates.pop(name, None)
            broken.add(name)

    for number, folder in enumerate(folders):
        # A team's `_macros.md.j2` is for the team's templates: the built-in ones import their own.
        environment = _environment(folders[number::-1])
        for name, path in sorted(_files(folder, problems, shown_as).items()):
            add(name, path, environment)
    for name, given in sorted(named.items()):
        if given.path:
            add(name, given.path, _environment([given.path.parent, *folders[::-1]]))
        elif name not in templates and name not in broken:
            near = get_close_matches(name, templates, n=1, cutoff=0.5)
            what = f"the configuration declares more of the template {shown(name)}, and there is none of that name"
            help = f"did you mean `{near[0]}`?" if near else "name its `file` too"
            problems.append(finding("template-unknown", "mkdocs.yml", 1, 1, what, help=help))
    return Library(templates, problems, frozenset(broken))


def _files(folder: Path, problems: list[Diagnostic], shown_as: Callable[[Path], str]) -> dict[str, Path]:
    """The templates of a folder by name. A link that leads out of it is not followed."""
    found: dict[str, Path] = {}
    root = folder.resolve()
    for path in sorted(folder.glob("*.md*")) if folder.is_dir() else ():
        name = path.name.removesuffix(".j2").removesuffix(".md")
        if path.name.startswith(("_", ".")) or path.name not in (f"{name}.md", f"{name}.md.j2") or path.is_dir():
            continue
        if not _stays(path, root):
            what = f"the template `{name}` is a link that leads out of its folder; it is not read"
            problems.append(finding("template-invalid", shown_as(path), 1, 1, what, help="copy the file instead"))
        elif name in found:
            what = f"the template `{name}` is there twice, as {found[name].name} and as {path.name}; the first is used"
            problems.append(finding("template-invalid", shown_as(path), 1, 1, what, help="rename one of them"))
        else:
            found[name] = path
    return found


def _stays(path: Path, root: Path) -> bool:
    """Whether a file is inside a folder, also after every link is followed."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _template(
    name: str, path: Path, environment: SandboxedEnvironment, told: str, declared: Mapping[str, Any]
) -> Template | list[Diagnostic]:
    try:
        source = read(told, path.read_bytes())
    except OSError as error:
        return [finding("template-invalid", told, 1, 1, f"the template cannot be read: {error.strerror}")]
    front, wrong = parse(source.front or "")
    if source.undecodable:
        return [finding("template-invalid", told, *source.undecodable, "the template is not UTF-8")]
    jinja = path.name.endswith(".j2")
    if wrong and jinja:
        return [finding("template-invalid", told, p.line, p.column, p.message, help=p.help) for p in wrong]
    is_ours = jinja or _is_ours(front)
    ours = front if is_ours else FrontMatter()
    if declared:
        numbers = {key: said for key, said in ours.written.items() if key[0] not in declared}
        ours = replace(ours, values={**ours.values, **declared}, written=numbers)
    if odd := [*declarations.problems(ours, told, name)]:
        return odd
    schema = declarations.schema_of(ours.values.get("data"))
    try:
        render = _jinja(path, environment) if jinja else _plain(source.body)
        blank = skeleton(
            render(Metadata()),
            optional=declarations.texts(ours.values, "optional"),
            aliases=declarations.aliases(ours.values),
        )
    except RENDERING as error:
        found = mishap(error, path)
        told = posixpath.normpath(posixpath.join(told, Path(os.path.relpath(found.path, path)).as_posix()))
        what = f"the template `{name}` cannot be used: {found.reason}"
        return [finding("template-invalid", told, found.line, 1, what)]
    if odd := [*declarations.unknown(ours, blank, told, name), *declarations.misdated(ours, blank, told, name)]:
        return odd
    made = _made(name, path, ours, blank, schema, render)
    samples = frozenset(" ".join(text.split()) for _, text in leaves(front) if not is_ours)
    return replace(made, samples=samples) if samples else made


def _made(
    name: str,
    path: Path,
    front: FrontMatter,
    blank: Skeleton,
    schema: Mapping[str, Any],
    render: Callable[[Metadata], str],
) -> Template:
    ours = front.values
    retired = (block for text in declarations.texts(ours, "retired") for block in outline(text).blocks)
    return Template(
        name,
        path,
        str(ours.get("description") or ""),
        declarations.written(front, "version"),
        blank,
        wording([*blank.outline.blocks, *retired], declarations.texts(ours, "keep")),
        declarations.since(front),
        declarations.required(ours.get("required")),
        schema,
        render,
        declarations.validator(schema),
    )


_TELLING: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("optional", "aliases", "keep", "data", "required"), (object,)),
    # Documents have a `since: 2.4` and a `retired: false` of their own.
    "since": (dict,),
    "retired": (list,),
}


def _is_ours(front: FrontMatter) -> bool:
    """A team's template may begin with the front matter of its *designs*: that is text of theirs, not ours.

    So may a `version` be that of their designs; alone, or with a description, it is the template's.
    """
    values = front.values
    if "design" in values:
        return False
    if set(values) <= {"version", "description"}:
        return version(declarations.written(front, "version")) is not None
    return any(isinstance(values[key], types) for key, types in _TELLING.items() if key in values)


# Jinja2 templates ----------------------------------------------------------------------------------------------


class _Loader(jinja2.FileSystemLoader):
    """Finds templates by file name, and hides the front matter in a comment so that lines stay what they are."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, filename, fresh = super().get_source(environment, template)
        if not any(_stays(Path(filename), Path(root).resolve()) for root in self.searchpath):
            raise jinja2.TemplateNotFound(template)  # a link that leads out of its folder
        source = read(template, text.encode())
        if source.front is None:
            return text, filename, fresh
        return "{#" + "\n" * (source.body_line - 1) + "-#}" + source.body, filename, fresh


def _environment(folders: Sequence[Path]) -> SandboxedEnvironment:
    own = _Loader([str(folder) for folder in folders])
    # `{% extends "builtin/feature.md.j2" %}` reaches a built-in template that one of the same name hides.
    loader = jinja2.ChoiceLoader([own, jinja2.PrefixLoader({"builtin": _Loader(str(built_in_dir()))})])
    environment = SandboxedEnvironment(
        loader=loader,
        undefined=jinja2.ChainableUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _jinja(path: Path, environment: SandboxedEnvironment) -> Callable[[Metadata], str]:
    template = environment.get_template(path.name)
    return lambda metadata: template.render(context(metadata))


def context(metadata: Metadata) -> dict[str, Any]:
    """What a Jinja2 template sees: `design` and every key of data."""
    design = {name: getattr(metadata, name) for name in metadata.__dataclass_fields__ if name not in ("status", "data")}
    return {**metadata.data, "design": {**design, "status": metadata.status.label if metadata.status else ""}}


def explain(error: Exception, template: Template, shown_as: Callable[[Path], str]) -> Diagnostic:
    """A failure while rendering a design, at the template's own line."""
    found = mishap(error, template.path)
    what = f"the template `{template.name}` cannot be rendered: {found.reason}"
    return finding("template-invalid", shown_as(found.path), found.line, 1, what)


# Plain templates -----------------------------------------------------------------------------------------------

_SLOT = re.compile(r"\{\{\s*(?P<name>[A-Za-z_ -]+?)\s*\}\}")
_SLOT_FIELDS = {
    "title": "title",
    "name": "title",
    "feature": "title",
    "feature_name": "title",
    "component_name": "title",
    "design_title": "title",
    "design_name": "title",
    "project_name": "title",
    "author": "authors",
    "authors": "authors",
    "author_name": "authors",
    "reviewers": "reviewers",
    "status": "status",
    "date": "created",
    "created": "created",
    "created_date": "created",
    "updated": "updated",
    "issue": "issue",
    "spec": "spec",
    "id": "id",
    "tags": "tags",
}


def _plain(body: str) -> Callable[[Metadata], str]:
    def fill(metadata: Metadata) -> str:
        def value(match: re.Match[str]) -> str:
            name = re.sub(r"[\s-]+", "_", match["name"]).lower()
            return (said(metadata, _SLOT_FIELDS[name]) if name in _SLOT_FIELDS else "") or match[0]

        return _SLOT.sub(value, body)

    return fill


# Data ----------------------------------------------------------------------------------------------------------


def data_errors(template: Template, metadata: Metadata) -> Iterator[jsonschema.ValidationError]:
    """What the design's data has that the template cannot render."""
    if template.validator and metadata.data:
        for error in template.validator.iter_errors(dict(metadata.data)):
            yield declarations.deepest(error)

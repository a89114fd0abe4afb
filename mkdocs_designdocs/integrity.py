"""The checks of integrity, held in every status: each a generator whose docstring is its rule."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import Any
from urllib.parse import unquote

import jsonschema

from mkdocs_designdocs import declarations, titles
from mkdocs_designdocs.blocks import Kind, Outline
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.design import Design, Link
from mkdocs_designdocs.diagnostics import Diagnostic, Level, finding
from mkdocs_designdocs.fields import Metadata, Origin
from mkdocs_designdocs.frontmatter import FrontMatter, Problem, leaves, shown
from mkdocs_designdocs.lifecycle import Gate, Lifecycle, bare
from mkdocs_designdocs.phrases import TODO_ONLY
from mkdocs_designdocs.placeholders import is_placeholder
from mkdocs_designdocs.source import Source
from mkdocs_designdocs.strays import strays
from mkdocs_designdocs.templates import Library, Template, data_errors
from mkdocs_designdocs.versions import is_older
from mkdocs_designdocs.vocabulary import Vocabulary


def check_encoding(source: Source) -> Iterator[Diagnostic]:
    """The file is UTF-8"""
    if source.undecodable:
        what = "a byte here is no UTF-8; it is shown as �"
        yield finding("encoding-invalid", source.path, *source.undecodable, what, help="save the file as UTF-8")


def check_front_matter(source: Source, problems: Iterable[Problem]) -> Iterator[Diagnostic]:
    """The front matter can be read"""
    if source.unclosed:
        what = "the front matter is opened and never closed"
        yield finding("front-matter-invalid", source.path, 1, 1, what, help="close it with a line of `---`")
    if source.late:
        what = "the front matter has to begin in the first line; here it is a rule and words to MkDocs"
        line = next(n for n, text in enumerate(source.text.split("\n"), 1) if text.strip())
        yield finding("front-matter-invalid", source.path, line, 1, what, help="delete the blank lines above it")
    for problem in problems:
        yield finding(
            "front-matter-invalid", source.path, problem.line, problem.column, problem.message, help=problem.help
        )


def check_template(source: Source, front: FrontMatter, name: str, library: Library) -> Iterator[Diagnostic]:
    """The design names a template that there is"""
    if name in library.templates:
        return
    line, column = front.mark("design", "template")
    known = ", ".join(sorted(library.templates))
    if not name:
        what = "the design names no template, so nothing can be checked or expanded"
        help = f"add `template:` to the design block: {known}"
        if "design" not in front.values:
            help = f"name it in `default_template`, or with the page's pattern in `docs`: {known}"
        yield finding("field-missing", source.path, line, column, what, help=help)
        return
    if name in library.broken:
        what = f"the template {shown(name)} cannot be used, so nothing can be checked or expanded"
        yield finding("template-unknown", source.path, line, column, what, help="mend the template first")
        return
    near = get_close_matches(name.casefold(), [*library.templates], n=1, cutoff=0.5)
    what = f"unknown template {shown(name)}, so nothing can be checked or expanded"
    help = f"did you mean `{near[0]}`?" if near else f"one of {known}"
    yield finding("template-unknown", source.path, line, column, what, help=help)


def check_required(source: Source, front: FrontMatter, metadata: Metadata, template: Template) -> Iterator[Diagnostic]:
    """The fields that the template requires for the design's status are there"""
    status = metadata.status.key if metadata.status else ""
    for name in dict.fromkeys([*template.required.get("all", ()), *template.required.get(status, ())]):
        if not getattr(metadata, name, metadata.data.get(name)):
            line, column = front.mark("design")
            what = f"`{name}` is missing; the template `{template.name}` requires it"
            yield finding("field-missing", source.path, line, column, what, help=f"add `{name}:` to the design block")


def check_version(
    path: str, place: Origin | None, metadata: Metadata, template: Template, judge: Judge, gate: Gate
) -> Iterator[Diagnostic]:
    """The design was made from the template as it is now, or from one that asked for no less"""
    ours, now = metadata.template_version, template.version
    where = (place.path, place.line, place.column) if place else (path, 1, 1)
    if is_older(now, ours):
        what = f"`template_version` is {shown(ours)}, and `{template.name}`, by which it is judged, is only at {now}"
        help = f"write `template_version: {now}`, or raise `version` in the template"
        yield finding("field-invalid", *where, what, help=help, level=Level.WARNING)
    if is_older(ours, now) and judge.added and gate is not Gate.INTEGRITY:
        added = listed([titles.shown(judged.section.title) for judged in judge.added])
        what = f"made from `{template.name}` {ours}, and the template is at {now}, which adds {added}"
        yield finding("template-outdated", *where, what, help=f"run `designdocs upgrade {path}`")


def listed(names: Sequence[str], most: int = 3) -> str:
    """Some names as a message quotes them."""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f'"{name}"' for name in names[:most]) + rest


def check_data(source: Source, front: FrontMatter, metadata: Metadata, template: Template) -> Iterator[Diagnostic]:
    """The data is of the form that the template renders"""
    for error in data_errors(template, metadata):
        path = [str(part + 1) if isinstance(part, int) else str(part) for part in error.absolute_path]
        place: tuple[Hashable, ...] = ("design", *error.absolute_path)
        extra = _extra(error)
        line, column = front.mark(*place, extra) if extra else front.mark(*place)
        named = " > ".join(path)
        what, help = _explained(error, extra)
        yield finding("field-invalid", source.path, line, column, f"in `{named}`: {what}", help=help)
    for stray in strays(metadata.data, declarations.forms(template.data)):
        named = " > ".join(str(part + 1) if isinstance(part, int) else str(part) for part in stray.path)
        where = front.mark("design", *stray.path)
        what, level = f"in `{named}`: {stray.message}", None if stray.certain else Level.WARNING
        yield finding("field-invalid", source.path, *where, what, help=stray.help, level=level)


def _did_you_mean(near: Sequence[str]) -> str:
    return f"did you mean `{near[0]}`?" if near else ""


_TYPES = {"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number", "null": "nothing"}


def _known(error: jsonschema.ValidationError) -> list[str]:
    """The keys that a mapping may have."""
    schema: Any = error.schema
    return [str(key) for key in schema.get("properties", {})] if isinstance(schema, dict) else []


def _extra(error: jsonschema.ValidationError) -> Hashable:
    """The first key of a mapping that may not be there, if that is what is wrong."""
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return None
    return next((key for key in error.instance if key not in _known(error)), None)


def _explained(error: jsonschema.ValidationError, extra: Hashable) -> tuple[str, str]:
    """What is wrong with a value, and how to mend it."""
    wanted: Any = error.validator_value
    if extra is not None:
        near = get_close_matches(str(extra), _known(error), n=1, cutoff=0.6)
        return (
            f"unknown key {shown(extra)}",
            f"did you mean `{near[0]}`?" if near else f"one of {', '.join(_known(error))}",
        )
    if error.validator == "type":
        types = wanted if isinstance(wanted, list) else [wanted]
        return f"wants {' or '.join(_TYPES.get(str(t), str(t)) for t in types)}, and holds {shown(error.instance)}", ""
    if error.validator == "required" and isinstance(error.instance, dict):
        return f"{', '.join(f'`{name}`' for name in wanted if name not in error.instance)} is missing", ""
    if error.validator == "enum":
        near = get_close_matches(str(error.instance), map(str, wanted), n=1, cutoff=0.6)
        return f"{shown(error.instance)} is none of {', '.join(map(str, wanted))}", _did_you_mean(near)
    if error.validator in _LIMITS:
        return f"wants {_LIMITS[str(error.validator)].format(wanted)}, and holds {shown(error.instance)}", ""
    return f"{shown(error.instance)} is not what the template's schema allows ({error.validator}: {shown(wanted)})", ""


_LIMITS = {
    "minimum": "{} or more",
    "maximum": "{} or less",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "what looks like `{}`",
    "const": "{}",
}


def check_values(
    source: Source, front: FrontMatter, vocabulary: Vocabulary, template: Template | None, lifecycle: Lifecycle
) -> Iterator[Diagnostic]:
    """The front matter of a page that has no block says what is so, and not what the template has in its place"""
    if "design" in front.values:
        return
    for path, text in leaves(front):
        said = " ".join(text.split())
        key = ".".join(str(part) for part in path if not isinstance(part, int))
        field = vocabulary.find(str(path[0]))
        if field == "status" and lifecycle.find(bare(said)):
            continue  # "work in progress" is one
        sample = template is not None and said in template.samples and _is_sample(said, field)
        if sample or is_placeholder(said):
            whose = "the template's" if sample else "the placeholder"
            what = f"`{key}` still holds {whose} {shown(text)}"
            level = None if sample or field else Level.WARNING
            help = "replace it, or delete it"
            yield finding("placeholder-left", source.path, *front.mark(*path), what, help=help, level=level)
        elif TODO_ONLY.match(said):
            what = f"`{key}` is still {shown(text)}"
            yield finding("todo-left", source.path, *front.mark(*path), what, help="say it")


def _is_sample(text: str, field: str) -> bool:
    """Whether a value that the template has too stands for another one; `status: provisional` may be meant."""
    return field in ("title", "authors", "reviewers") or text[:1] in "(<[/" or len(text.split()) > _FEW


_FEW = 2


def check_comments(source: Source, outline: Outline) -> Iterator[Diagnostic]:
    """Every comment is closed"""
    for block in outline.blocks:
        if block.kind is Kind.COMMENT and "-->" not in block.text:
            rest = len([line for line in block.text.split("\n") if line.strip()])
            what = f"a comment is opened here and never closed; it hides the rest of the page ({rest} lines)"
            line = source.body_line + block.line - 1
            yield finding("comment-unclosed", source.path, line, 1, what, help="close it with `-->`")


_INLINE_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?P<target>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_DEFINED_LINK = re.compile(r" {0,3}\[(?P<label>[^\]\n^][^\]\n]*)\]:[ \t]*<?(?P<target>[^\s<>]+)")
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def links(source: Source, outline: Outline) -> Iterator[Link]:
    """Every relative link of a body to another page; a definition that nothing uses is none."""
    body = source.body.casefold()
    for block in outline.blocks:
        if block.kind in (Kind.FENCE, Kind.CODE, Kind.COMMENT, Kind.HTML):
            continue
        for number in range(block.line, min(block.end, len(outline.lines) + 1)):
            if ".md" not in outline.lines[number - 1]:
                continue
            text = _CODE_SPAN.sub(lambda m: " " * len(m[0]), outline.lines[number - 1])
            defined = (m for m in _DEFINED_LINK.finditer(text) if body.count(f"[{m['label'].casefold()}]") > 1)
            for match in chain(_INLINE_LINK.finditer(text), defined):
                target = unquote(match["target"].split("#")[0].split("?")[0])
                if target.endswith(".md") and not re.match(r"[a-z][a-z0-9+.-]*:|/", target):
                    yield Link(target, source.body_line + number - 1, match.start("target") + 1)


def check_links(design: Design, exists: Callable[[str], bool], *, published: bool) -> Iterator[Diagnostic]:
    """A relative link to another page leads to a page that is there (in a build MkDocs says so itself)

    `exists`: whether there is something at a path, seen from the folder of the documents; `published`: whether that
    folder is a site, whose readers cannot follow a link that leads out of it.
    """
    for link in design.verdict.links:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(design.uri), link.target))
        there, leads_out = exists(path), published and path.startswith("..")
        if there and not leads_out:
            continue
        what, help = f"the link to {shown(link.target)} leads nowhere", ""
        if there:
            what = f"the link to {shown(link.target)} leads out of the site, where its readers cannot follow"
            help = "link to where it is published"
        yield finding("link-broken", design.path, link.line, link.column, what, help=help)

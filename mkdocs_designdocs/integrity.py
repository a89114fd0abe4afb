"""The checks of integrity, held in every status: each a generator whose docstring is its rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Any
from urllib.parse import unquote

import jsonschema

from mkdocs_designdocs.blocks import Kind, Outline
from mkdocs_designdocs.design import Design, Link
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.frontmatter import FrontMatter, Problem, shown
from mkdocs_designdocs.relations import neighbour
from mkdocs_designdocs.source import Source
from mkdocs_designdocs.templates import Library, Template, data_errors


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
        return f"{shown(error.instance)} is none of {', '.join(map(str, wanted))}", ""
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


def check_comments(source: Source, outline: Outline) -> Iterator[Diagnostic]:
    """Every comment is closed"""
    for block in outline.blocks:
        if block.kind is Kind.COMMENT and "-->" not in block.text:
            rest = len([line for line in block.text.split("\n") if line.strip()])
            what = f"a comment is opened here and never closed; it hides the rest of the page ({rest} lines)"
            line = source.body_line + block.line - 1
            yield finding("comment-unclosed", source.path, line, 1, what, help="close it with `-->`")


_INLINE_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?P<target>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_DEFINED_LINK = re.compile(r" {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?(?P<target>[^\s<>]+)")
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def links(source: Source, outline: Outline) -> Iterator[Link]:
    """Every relative link of a body to another page."""
    for block in outline.blocks:
        if block.kind in (Kind.FENCE, Kind.CODE, Kind.COMMENT, Kind.HTML):
            continue
        for number in range(block.line, min(block.end, len(outline.lines) + 1)):
            if ".md" not in outline.lines[number - 1]:
                continue
            text = _CODE_SPAN.sub(lambda m: " " * len(m[0]), outline.lines[number - 1])
            for match in chain(_INLINE_LINK.finditer(text), _DEFINED_LINK.finditer(text)):
                target = unquote(match["target"].split("#")[0].split("?")[0])
                if target.endswith(".md") and not re.match(r"[a-z][a-z0-9+.-]*:|/", target):
                    yield Link(target, source.body_line + number - 1, match.start("target") + 1)


def check_links(design: Design, exists: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """A relative link to another page leads to a page that is there (in a build MkDocs says so itself)"""
    for link in design.verdict.links:
        if not exists(neighbour(design.uri, link.target)):
            what = f"the link to {shown(link.target)} leads nowhere"
            yield finding("link-broken", design.path, link.line, link.column, what)

"""What a template's front matter declares: optional and newer sections, required fields, the schema of its data."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import jsonschema
import referencing
import referencing.exceptions
import referencing.jsonschema

from mkdocs_designdocs import titles
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import FIELDS
from mkdocs_designdocs.frontmatter import FrontMatter, shown
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.skeleton import Skeleton
from mkdocs_designdocs.versions import Version, is_impossible_date, named, version

DECLARATIONS: Mapping[str, tuple[type, ...]] = {
    "description": (str,),
    "version": (str, int, float),
    "optional": (str, list),
    "aliases": (dict,),
    "keep": (str, list),
    "data": (dict,),
    "required": (str, list, dict),
    "since": (dict,),
    "retired": (str, list),
}
"""What the front matter of a template can declare. Other keys are the team's own business."""


def problems(front: FrontMatter, shown_path: str, name: str) -> Iterator[Diagnostic]:
    """A template declares what can be understood"""

    def wrong(path: Sequence[Hashable], reason: str, help: str = "") -> Diagnostic:
        return _wrong(front, shown_path, name, path, reason, help)

    for key, value in front.values.items():
        if types := DECLARATIONS.get(key):
            if value is not None and (not isinstance(value, types) or isinstance(value, bool)):
                wanted = " or ".join(dict.fromkeys(_NAMES[t] for t in types))
                yield wrong([key], f"`{key}` wants {wanted}, and holds {shown(value)}")
        elif near := get_close_matches(str(key), DECLARATIONS, n=1, cutoff=0.8):
            yield wrong([key], f"nothing is done with {shown(key)}", f"did you mean `{near[0]}`?")
    for path, reason in _schema_errors(front.values.get("data")):
        yield wrong(["data", *path], reason)
    given = front.values.get("retired")
    for index, item in enumerate(given if isinstance(given, list) else ()):
        if not isinstance(item, (str, int, float)):
            help = "put a text that holds `: ` in quotes, or below a `|`"
            yield wrong(["retired", index], f"`retired` wants texts, and holds {shown(item)}", help)


def unknown(front: FrontMatter, blank: Skeleton, shown_path: str, name: str) -> Iterator[Diagnostic]:
    """What a template declares of sections and fields is said of some that there are"""
    for key in ("optional", "aliases"):
        given = front.values.get(key)
        for title in given if isinstance(given, (list, Mapping)) else texts(front.values, key):
            if not named(str(title), blank):
                reason = f"`{key}` names the section {shown(title)}, and the template has none of that name"
                place = [key, title] if isinstance(given, Mapping) else [key]
                yield _wrong(front, shown_path, name, place, reason, _guess(str(title), blank))
    known = [*FIELDS, *schema_of(front.values.get("data")).get("properties", {})]
    for status, wanted in required(front.values.get("required")).items():
        for each in wanted:
            if each not in known:
                near = get_close_matches(each, known, n=1, cutoff=0.6)
                reason = f"`required` wants the field {shown(each)}, which no design can have"
                place = ["required", status] if isinstance(front.values["required"], Mapping) else ["required"]
                help = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"
                yield _wrong(front, shown_path, name, place, reason, help)


def misdated(front: FrontMatter, blank: Skeleton, shown_path: str, name: str) -> Iterator[Diagnostic]:
    """`since` names sections that the template has, and versions that it has had"""
    given = front.values.get("since")
    now = version(written(front, "version"))
    for title, value in given.items() if isinstance(given, Mapping) else ():
        what = f"`since` of {shown(title)}"
        if not named(str(title), blank):
            reason = f"`since` names the section {shown(title)}, and the template has none of that name"
            yield _wrong(front, shown_path, name, ["since", title], reason, _guess(str(title), blank))
        text = written(front, "since", title)
        wanted = version(text)
        if is_impossible_date(text):
            reason, help = f"{what} is {shown(text)}, which is no date of the calendar", "write it as 2026-11-03"
        elif wanted is None:
            reason = f"{what} wants a version or a date, and holds {shown(value)}"
            help = "say from which one the section is wanted: 2, 1.4, 2026-11-03"
        elif now is None and not wanted.is_date:
            reason = f"{what} is {shown(text)}, and the template does not say which version it is itself"
            help = f"add `version: {text}`"
        elif now and now < wanted and now.is_date == wanted.is_date:
            reason = f"{what} is {shown(text)}, and the template itself is only at {shown(now.written)}"
            help = f"raise `version` to {text}"
        else:
            continue
        yield _wrong(front, shown_path, name, ["since", title], reason, help)


def _guess(title: str, blank: Skeleton) -> str:
    """What a title that no section has may have meant."""
    names = [titles.shown(section.title) for section in blank.sections]
    near = get_close_matches(title, [*names, *map(blank.path, blank.sections)], n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(names)}" if names else "it has no sections"


def _wrong(
    front: FrontMatter, shown_path: str, name: str, path: Sequence[Hashable], reason: str, help: str
) -> Diagnostic:
    what = f"the template `{name}` cannot be used: {reason}"
    return finding("template-invalid", shown_path, *front.mark(*path), what, help=help)


_NAMES = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a mapping"}


def required(given: object) -> Mapping[str, Sequence[str]]:
    """Fields by the status that needs them; a mere list is for every status."""
    by_status = given if isinstance(given, Mapping) else {"all": given}
    return {str(status): texts(by_status, status) for status in by_status}


def texts(values: object, key: Hashable) -> Sequence[str]:
    """A text or a list of them, as a list."""
    value = values.get(key) if isinstance(values, Mapping) else None
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def written(front: FrontMatter, *path: Hashable) -> str:
    """A text or a number of the front matter as it stands there; empty for anything else: 1.10 is no 1.1."""
    value: object = front.values
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return front.written.get(path, str(value)).strip() if plain else ""


def since(front: FrontMatter) -> Mapping[str, Version]:
    """For the titles of sections the versions from which they are wanted."""
    given = front.values.get("since")
    read = {str(title): version(written(front, "since", title)) for title in given or ()}
    return {title: wanted for title, wanted in read.items() if wanted}


def aliases(values: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """Other titles of a section, by its own."""
    given = values.get("aliases")
    return {str(title): texts(given, title) for title in given} if isinstance(given, Mapping) else {}


# The schema of its data --------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _registry() -> referencing.Registry[Any]:
    schema = json.loads((built_in_dir() / "_data.schema.json").read_text("utf-8"))
    return referencing.Registry().with_contents([(schema["$id"], schema)])


def schema_of(data: object) -> Mapping[str, Any]:
    """The JSON Schema; a mere mapping declares properties."""
    if not isinstance(data, Mapping):
        return {}
    return data if "properties" in data else {"properties": dict(data)}


def forms(schema: Mapping[str, Any]) -> Mapping[str, str]:
    """For the keys of data that have one of the shared definitions its name."""
    said = ((key, one.get("$ref")) for key, one in schema.get("properties", {}).items() if isinstance(one, Mapping))
    return {key: str(ref).removeprefix(_SHARED) for key, ref in said if str(ref).startswith(_SHARED)}


_SHARED = "urn:designdocs:data#/$defs/"


def _schema_errors(data: object) -> Iterator[tuple[Sequence[Hashable], str]]:
    """What is wrong with the schema that a template declares, and where below `data`."""
    schema = schema_of(data)
    skipped = 0 if isinstance(data, Mapping) and "properties" in data else 1
    dialect = jsonschema.Draft202012Validator
    meta = dialect(dialect.META_SCHEMA, format_checker=dialect.FORMAT_CHECKER)
    if wrong := next(meta.iter_errors(schema), None):
        wrong = deepest(wrong)
        yield list(wrong.absolute_path)[skipped:], f"{shown(wrong.instance)} does not fit into a JSON Schema"
        return
    resource = referencing.jsonschema.DRAFT202012.create_resource(schema)
    resolver = _registry().with_resource("", resource).resolver()
    for path, keyword, value in _leaves(schema, ()):
        if keyword == "$ref" and not _leads(resolver, value):
            yield path[skipped:], f"`$ref` is {shown(value)}, which leads nowhere"


def _leads(resolver: Any, reference: str) -> bool:
    try:
        resolver.lookup(reference)
    except referencing.exceptions.Unresolvable:
        return False
    return True


def _leaves(value: object, path: tuple[Hashable, ...]) -> Iterator[tuple[tuple[Hashable, ...], Hashable, str]]:
    """Every text in a schema, with its path and its key."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(item, str):
            yield (*path, key), key, item
        yield from _leaves(item, (*path, key))


def validator(schema: Mapping[str, Any]) -> jsonschema.Draft202012Validator | None:
    """What judges data by a schema that has no errors; None where nothing is declared."""
    return jsonschema.Draft202012Validator(schema, registry=_registry()) if schema else None


def deepest(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """Of the alternatives that a value failed, the finding in the one that it came closest to."""
    while error.context:
        error = max(error.context, key=lambda e: (len(e.absolute_path), e.validator == "additionalProperties"))
    return error

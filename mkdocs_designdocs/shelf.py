"""The templates as files: where they stand and what tells one state of them from another, before any is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mkdocs_designdocs.cache import key_of
from mkdocs_designdocs.settings import Settings

_HERE = Path(__file__).parent


def built_in_dir() -> Path:
    """Where the five built-in templates are: in the wheel inside the package, in a checkout beside it."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"


def folders(settings: Settings) -> Sequence[Path]:
    """The folders of templates; one of the same name in a later one hides that of an earlier one."""
    return [built_in_dir(), *([settings.templates_dir] if settings.templates_dir else [])]


def fingerprint(settings: Settings) -> str:
    """The hash of every file in those folders, macros and schemas too, and of the single files that are templates."""
    parts: list[str | bytes] = []
    for folder in folders(settings):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
        parts.append("")
    for name, given in sorted(settings.templates.items()):
        parts += [name, repr(given.declared), given.path.read_bytes() if given.path and given.path.is_file() else ""]
    return key_of(parts)

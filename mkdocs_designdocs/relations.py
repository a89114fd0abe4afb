"""Relations between designs: what a name in `supersedes`, `depends_on` … means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import RELATIONS
from mkdocs_designdocs.frontmatter import shown


class Names:
    """The designs of a catalogue by whatever a relation may call them."""

    def __init__(self, designs: Sequence[Design]) -> None:
        self.ids: dict[str, Design] = {}
        self.paths: dict[str, Design] = {}
        self.files: dict[str, Design | None] = {}
        """By the name of the file; None where two designs have it, so that nobody is linked to the wrong one."""
        for one in designs:
            if one.metadata.id:
                self.ids.setdefault(one.metadata.id.casefold(), one)
            self.paths[one.uri.casefold()] = self.paths[one.path.casefold()] = one
            for name in set(_file_names(one.uri)):
                self.files[name] = None if name in self.files else one

    def find(self, design: Design, name: str) -> Design | None:
        """The design that a name in another one means: its id, its path from anywhere, or the name of its file."""
        key = name.casefold().strip()
        for path in (neighbour(design.uri, key).casefold(), key.lstrip("/"), key.removeprefix("./")):
            found = self.ids.get(key) or self.paths.get(path) or self.paths.get(f"{path}.md")
            if found:
                return found
        return self.files.get(key)

    def guess(self, name: str) -> str:
        """The name that was probably meant; empty where there is none like it."""
        known = [d.metadata.id for d in self.ids.values()] + [n for n, d in self.files.items() if d]
        near = get_close_matches(name.casefold(), [n.casefold() for n in known], n=1, cutoff=0.7)
        return next((n for n in known if near and n.casefold() == near[0]), "")


def _file_names(uri: str) -> Iterator[str]:
    """A file's name with and without its ending; of `queue/index.md` it is the folder that has a name."""
    path = PurePosixPath(uri.casefold())
    if path.stem in ("index", "readme") and path.parent.name:
        yield path.parent.name
    else:
        yield path.name
        yield path.stem


def neighbour(path: str, target: str) -> str:
    """The path that a relative link of a page means."""
    parts: list[str] = list(PurePosixPath(path).parent.parts)
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def related(design: Design, names: Names) -> Iterator[tuple[str, Sequence[tuple[str, Design | None]]]]:
    """The relations of a design: for each its label, and the names in it with the designs that they mean."""
    for relation in RELATIONS:
        if said := getattr(design.metadata, relation):
            yield relation.replace("_", " ").capitalize(), [(name, names.find(design, name)) for name in said]


def check_relations(designs: Iterable[Design], names: Names) -> Iterator[Diagnostic]:
    """A relation names a design that there is, or says where else to look"""
    for design in designs:
        for relation in RELATIONS:
            for name in getattr(design.metadata, relation):
                if re.match(r"[a-z][a-z0-9+.-]*://|\[.*\]\(", name, re.IGNORECASE) or names.find(design, name):
                    continue
                what = f"`{relation}` names {shown(name)}, and there is no such design; it is shown as it is"
                guess = names.guess(name)
                mend = f"did you mean `{guess}`?" if guess else "name it by id or path, or by its address elsewhere"
                place = design.place(relation)
                yield finding("relation-unknown", design.path, *place, what, help=mend)

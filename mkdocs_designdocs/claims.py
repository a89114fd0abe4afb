"""Claims: one field said in one place, out of YAML, or of where a file lies and what it is called."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from mkdocs_designdocs.dates import iso_date
from mkdocs_designdocs.fields import FIELDS, PEOPLE, TEXTS, Origin
from mkdocs_designdocs.frontmatter import FrontMatter
from mkdocs_designdocs.identity import file_number, own_name
from mkdocs_designdocs.lifecycle import Lifecycle, offered
from mkdocs_designdocs.people import is_name
from mkdocs_designdocs.placeholders import is_placeholder
from mkdocs_designdocs.vocabulary import Vocabulary, compared

_OF_A_PERSON = ("name", "handle", "github", "login", "email", "url")


@dataclass(frozen=True)
class Claim:
    """What one place says of one field."""

    field: str
    label: str
    """What it is called there."""
    values: Sequence[str]
    """As they are written, decoration included; a list has one for each item."""
    origin: Origin

    @property
    def text(self) -> str:
        """All of it in one line."""
        return ", ".join(self.values)


def of_yaml(front: FrontMatter, vocabulary: Vocabulary, kind: str, path: str) -> Iterator[Claim]:
    """What YAML says of the fields, under whatever name and wherever a team has its keys."""
    for name, at, value in told(front, vocabulary):
        values = _values(front, at, value, name)
        if values and (name != "id" or is_id(str(at[-1]), values[0])):
            line, column = front.mark(*at)
            raw = ", ".join(values)
            yield Claim(name, str(at[-1]), values, Origin(kind, path, line, column, raw))


def told(front: FrontMatter, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[Hashable, ...], Any]]:
    """Each field that YAML has a key for, the keys that lead to it, and whatever stands there."""
    found = _known(front.values)
    for name in FIELDS:
        yield from ((name, *found[keys]) for keys in vocabulary.keys(name) if keys in found)


def _known(values: Mapping[Any, Any]) -> dict[tuple[str, ...], tuple[tuple[Hashable, ...], Any]]:
    """Every key of some YAML as it is compared, with its path as it is written; mappings are gone into a few deep."""
    found: dict[tuple[str, ...], tuple[tuple[Hashable, ...], Any]] = {}
    open_ones: list[tuple[tuple[str, ...], tuple[Hashable, ...], Mapping[Any, Any]]] = [((), (), values)]
    while open_ones:
        names, keys, mapping = open_ones.pop()
        for key, value in mapping.items():
            if not keys and key == "design":
                continue  # the block has a reader of its own
            here = (*names, compared(str(key)))
            found.setdefault(here, ((*keys, key), value))
            if isinstance(value, Mapping) and len(here) < _DEEPEST:
                open_ones.append((here, (*keys, key), value))
    return found


_DEEPEST = 4


def _values(front: FrontMatter, path: tuple[Hashable, ...], value: object, name: str) -> tuple[str, ...]:
    """The texts that a value of YAML comes to; empty where it is nothing that the field can hold."""
    if isinstance(value, Mapping):
        if FIELDS[name] != PEOPLE:
            return ()
        return (person,) if (person := of_a_person(value)) else tuple(named_by_keys(value))
    if isinstance(value, list):
        listed = tuple(text for i, item in enumerate(value) for text in _values(front, (*path, i), item, name))
        if FIELDS[name] in (PEOPLE, TEXTS) or len(value) == 1:
            return listed
        return (", ".join(listed),) if listed and name in ("issue", "spec") else ()
    if value is None or isinstance(value, bool):
        return ()
    return (text,) if (text := front.written.get(path, str(value)).strip()) else ()


def of_a_person(value: Mapping[Any, Any]) -> str:
    """Somebody written as a mapping, in one line."""
    said = {key: text for key in _OF_A_PERSON if isinstance(value.get(key), str) and (text := value[key].strip())}
    handle = next((said[key] for key in ("handle", "github", "login") if key in said), "")
    parts = [said.get("name", ""), f"@{handle.removeprefix('@')}" if handle else ""]
    parts += [f"<{said['email']}>"] if "email" in said else []
    return " ".join(filter(None, parts)) or said.get("url", "")


def named_by_keys(value: Mapping[Any, Any]) -> Sequence[str]:
    """The people of a mapping of names to roles: `{Ana: lead, Bo: API}`; none where its keys say what is told."""
    keys = [key.strip() for key in value if isinstance(key, str)]
    are_roles = all(role is None or isinstance(role, str) for role in value.values())
    are_names = all(key and not _ABOUT_A_PERSON.fullmatch(key) and (" " not in key or is_name(key)) for key in keys)
    return keys if are_roles and are_names and len(keys) == len(value) else ()


_ABOUT_A_PERSON = re.compile(
    r"(?:(?:full|first|last|family|given|user|nick|display|short)[ _-]?)?names?|nick|handles?|github|gitlab|login"
    r"|users?|e?-?mails?|urls?|links?|web(?:site)?|homepage|roles?|teams?|titles?|affiliations?|company"
    r"|org(?:ani[sz]ation)?|institutions?|orcid|twitter|mastodon|slack|account|id|contact|bio|avatar|description|corresponding|position|date"
    r"|first|last|family|given|surname|initials|by|leads?|owners?|authors?|reviewers?|approvers?|editors?",
    re.IGNORECASE,
)
"""Keys that are no names."""


def successor(claim: Claim, lifecycle: Lifecycle) -> Iterator[Claim]:
    """The design that a status names: `Superseded by [12](0012-queues.md)`; a section has lines of its own for that."""
    match = _SUCCESSOR.search(claim.text) if claim.field == "status" and claim.origin.kind != "section" else None
    if match is None or offered(claim.text, lifecycle) or _UNFILLED.fullmatch(claim.text):
        return
    behind = claim.text[match.end() :]
    links = tuple(_LINK.findall(behind))
    name = behind.strip(" .*_:")
    if is_placeholder(name) or _UNFILLED.fullmatch(name):
        return
    if links or (len(name.split()) <= _LONGEST_NAME and any(c.isdigit() for c in name)):
        yield Claim("superseded_by", claim.label, links or (name,), claim.origin)


_SUCCESSOR = re.compile(r"\b(?:superseded|replaced|obsoleted)\b[\W_]{0,5}\b(?:by|with)\b", re.IGNORECASE)
_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")
_UNFILLED = re.compile(r"[\s*_`]*(?:\{.*\}|<[^<>]*>|\[(?:[^\[\]]|\[[^\[\]]*\])*\])[\s*_`]*", re.DOTALL)
"""All of a text in the brackets of a template, links in them included."""
_LONGEST_NAME = 3


def is_id(label: str, text: str) -> bool:
    """Whether what stands behind `Proposal:` can be an id, and is no sentence; what is called an id may be a word."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    if compared(label) == "id":
        return len(shown.split()) == 1
    return len(shown) <= _LONGEST_ID and any(c.isdigit() for c in shown)


_LONGEST_ID = 24
_DATED = re.compile(r"(?P<year>\d{4})[-_]?(?P<month>\d{2})[-_]?(?P<day>\d{2})(?!\d)")
_DOCUMENTS = re.compile(
    r"\d+|(?:proposal|design|decision|document|doc|record|rfc|adr|enhancement|spec|plan|kep|tep|gep|rep)s?",
    re.IGNORECASE,
)
"""Words in the name of a folder that say what lies in it, and not how far that is: a folder `rfc` is no review."""


def of_place(uri: str, path: str, lifecycle: Lifecycle) -> Iterator[Claim]:
    """What a file's folder says of its status, and its name of its number or its date."""
    name = own_name(uri)
    dated = _DATED.match(name)
    if dated and (date := iso_date("-".join(dated.groups()))):
        yield Claim("created", "name", (date,), Origin("name", path, 1, 1, dated[0]))
    elif file_number(uri) and (digits := re.search(r"[0-9]+", name)):
        yield Claim("id", "name", (digits[0],), Origin("name", path, 1, 1, name))
    for folder in reversed(PurePosixPath(uri).parent.parts):
        said = [word for word in re.split(r"[-_ ]+", folder) if word and not _DOCUMENTS.fullmatch(word)]
        if status := lifecycle.find(" ".join(said)):
            yield Claim("status", "folder", (status.key,), Origin("folder", path, 1, 1, folder))
            return

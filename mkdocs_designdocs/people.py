"""People, in every form in which a design names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Person:
    """Who wrote or reviews a design. What is not known is empty."""

    name: str = ""
    handle: str = ""
    """Without the `@`."""
    email: str = ""
    url: str = ""

    @property
    def label(self) -> str:
        """How a page calls them: the name, else the handle, else the address."""
        return self.name or (f"@{self.handle}" if self.handle else self.email or self.url)

    @property
    def key(self) -> str:
        """What tells two people apart: the handle, the address or the name, in this order."""
        return (self.handle or self.email or self.name or self.url).casefold()

    def __str__(self) -> str:
        return f"@{self.handle}" if self.handle else self.label


_LINK = re.compile(r"\[(?P<name>[^\[\]]+)\]\((?P<url>[^)\s]{1,1000})\)")
_WORD = r"[^\s<>()\[\],;@]"
_MAIL = re.compile(rf"[<(]?\s*(?:mailto:)?(?P<mail>{_WORD}{{1,64}}@{_WORD}{{1,255}}\.{_WORD}{{1,63}})\s*[>)]?")
_HANDLE = re.compile(r"(?<![\w.])@(?P<handle>[A-Za-z0-9](?:[\w.-]*\w)?(?:/[\w.-]*\w)?)")
_HANDLES = re.compile(rf"\s*{_HANDLE.pattern}(?=\s+@)".replace("?P<handle>", "?:"))
_URL = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?\Z")
_SAID = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_NOBODY = re.compile(r"n\s?/\s?a|none|nobody|no one", re.IGNORECASE)
# Between two people: a comma, a semicolon, `&` or "and", but not inside brackets or a quoted name.
_BETWEEN = re.compile(r"[,;]\s*(?:and\s+)?|(?<=\s)(?:&|and|\+)\s+|\n+")


def people(value: str) -> Iterator[Person]:
    """Everybody that a text names: `@ana, Bo Li <bo@example.com> and [Chen](https://…)`."""
    for part in _parts(value):
        if found := _person(part):
            yield found


def _parts(value: str) -> list[str]:
    parts, start, depth = [], 0, 0
    position = 0
    while position < len(value):
        closing = value.find('"', position + 1) if value[position] == '"' else -1
        if closing > 0:
            position = closing
        elif position == start and (handles := _HANDLES.match(value, position)):
            parts.append(handles[0])
            start = position = handles.end()
            continue
        elif value[position] in "([<":
            depth += 1
        elif value[position] in ")]>":
            depth = max(0, depth - 1)
        elif not depth and (match := _BETWEEN.match(value, position)) and match.end() > match.start():
            parts.append(value[start:position])
            start = position = match.end()
            continue
        position += 1
    return [*parts, value[start:]]


def _person(text: str) -> Person | None:
    url = name = handle = email = ""
    text = " ".join(text.split())  # no name has long white space, and patterns are slow in it
    said = _SAID.search(text)
    if not said or _NOBODY.fullmatch(said[0]):
        return None
    if alone := _URL.match(text):
        return Person(url=alone["url"])
    if link := _LINK.search(text):
        name, url = link["name"], link["url"]
        text = text[: link.start()] + " " + name + " " + text[link.end() :]
        if url.startswith("mailto:"):
            email, url = url.removeprefix("mailto:"), ""
    if mail := _MAIL.search(text):
        email = mail["mail"]
        text = text[: mail.start()] + " " + text[mail.end() :]
    if at := _HANDLE.search(text):
        handle = at["handle"]
        text = text[: at.start()] + " " + text[at.end() :]
    name = re.sub(r"\(\s*\)|<\s*>|\[\s*\]", " ", text)
    name = " ".join(name.strip(" \t\n*_`\"'<>").split())
    if name.count("(") != name.count(")"):
        name = name.strip("()").strip()
    if not (name or handle or email or url):
        return None
    return Person(name, handle, email, url)


def named(person: Person, names: Mapping[str, str]) -> Person:
    """A person with the name that the site's list of authors gives their handle, also one written without its `@`."""
    handle = person.handle or person.name
    if (person.name and person.handle) or handle.casefold() not in names:
        return person
    return replace(person, handle=handle, name=names[handle.casefold()])


def names_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Handle to name, of an `.authors.yml` in the form that Material for MkDocs reads."""
    authors = values.get("authors")
    entries = authors if isinstance(authors, dict) else {}
    return {
        str(handle).casefold(): entry["name"]
        for handle, entry in entries.items()
        if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    }

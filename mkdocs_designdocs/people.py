"""People, in every form in which a design names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
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
_ANOTHER = re.compile(r"\s+(?=[@\[])")
_REFERENCE = re.compile(r"\[(?P<name>[^\[\]]+)\]\[[^\[\]]{0,100}\]")
_PICTURE = re.compile(r"(?<!\S):[a-z0-9_+-]+:(?!\S)")
_PROFILE = re.compile(r"https?://(?:www\.)?(?:github|gitlab|codeberg)\.(?:com|org)/(?P<handle>[\w-]+)/?")
_ASIDE = re.compile(
    r"\(\s*(?:(?:she|he|they)/\w[\w/]*|with [^()]*)?\s*\)|<\s*>|\[\s*\]|\bon behalf of\b.*", re.IGNORECASE
)
_TITLES = re.compile(r"ph\.?d\.?|m\.?d\.?|jr\.?|sr\.?|i{2,3}", re.IGNORECASE)
_URL = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?\Z")
_EDGES = re.compile(r"^[^\w(\[]+|(?<=[\w).\]])[^\w).\]]+$")
_SAID = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_NOBODY = re.compile(r"n\s?/\s?a|none|nobody|no one", re.IGNORECASE)
# Between two people: a comma, a semicolon, `&` or "and", but not inside brackets or a quoted name.
_BETWEEN = re.compile(r"[,;，；、]\s*(?:and\s+)?|(?<=\s)(?:&|and|\+|\|)\s+|/\s*(?=@)|\n+")
_BLANKS = re.compile(r"[^\S\n]+")  # no name has long white space: patterns are slow in it
_LINES = re.compile(r" ?\n[ \n]*")
_STRUCK = re.compile(r"~~[^~]+~~")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def people(value: str) -> Iterator[Person]:
    """Everybody that a text names: `@ana, Bo Li <bo@example.com> and [Chen](https://…)`."""
    said = _BREAK.sub("\n", _STRUCK.sub(" ", value) if "~~" in value else value)
    for part in _parts(_LINES.sub("\n", _BLANKS.sub(" ", said))):
        if found := _person(part):
            yield found


def _parts(value: str) -> list[str]:
    parts, start, depth = [], 0, 0
    position = 0
    while position < len(value):
        closing = value.find('"', position + 1) if value[position] == '"' else -1
        if closing > 0:
            position = closing
        elif not depth and (space := _ANOTHER.match(value, position)) and _is_whole(value, start, position):
            parts.append(value[start:position])
            start = position = space.end()
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


def _is_whole(value: str, start: int, end: int) -> bool:
    """Whether a person ends here, though only a blank follows: `@ana @bo`, `@ana (Ana) @bo`, `[@ana](…) [@bo](…)`."""
    while start < end and value[start].isspace():
        start += 1
    return value[start : start + 1] == "@" or (value[start : start + 1] == "[" and value[end - 1] == ")")


def _person(text: str) -> Person | None:
    url = handle = email = ""
    text = _PICTURE.sub("", " ".join(text.split()).replace("@author:", "")).strip()
    text = text.strip("_") if text.startswith("_") and text.endswith("_") else text
    said = _SAID.search(text)
    if not said or ("@" not in text and (_NOBODY.fullmatch(said[0]) or _TITLES.fullmatch(said[0]))):
        return None
    if alone := _URL.match(text):
        return Person(handle=_profile(alone["url"]), url=alone["url"])
    for link in _LINK.finditer(text):  # `Ana [@ana](https://…) [mail](mailto:…)` is one person
        if not link["url"].startswith("mailto:"):
            url = url or link["url"]
        elif not email:
            email = link["url"].removeprefix("mailto:")
    text = _REFERENCE.sub(lambda m: m["name"], _LINK.sub(_linked, text))
    if mail := _MAIL.search(text):
        email = email or mail["mail"]
        text = text[: mail.start()] + " " + text[mail.end() :]
    if at := _HANDLE.search(text):
        handle = at["handle"]
        after = text[at.end() :].lstrip()
        text = text[: at.start()] + " " + ("" if after.startswith((":", "-", "–", "—")) else after)  # `@ana: lead`
    handle = handle or _profile(url)
    name = " ".join(_EDGES.sub("", _ASIDE.sub(" ", text)).split())
    if name.count("(") != name.count(")"):
        name = name.strip("()").strip()
    elif re.fullmatch(r"\([^()]*\)", name):  # `@chen (Chen Wu)` is a name, `@chen (Acme)` where they work
        name = name[1:-1].strip() if " " in name or not (handle or email) else ""
    if not (name or handle or email or url):
        return None
    return Person(name, handle, email, url)


def _linked(link: re.Match[str]) -> str:
    """What a link says of somebody: nothing more than its address where that is a mail's and the words are it too."""
    said = link["name"].strip()
    is_mail = link["url"].startswith("mailto:") and ("@" in said or said.casefold() in ("mail", "email", "e-mail"))
    return " " if is_mail else f" {said} "


def _profile(url: str) -> str:
    """The handle of which an address is the profile; empty where it is none."""
    match = _PROFILE.fullmatch(url)
    return match["handle"] if match else ""


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name, and is no sentence."""
    words = text.split()
    small = [word for word in words if word[:1].islower() and word not in _PARTICLES]
    return len(words) <= _LONGEST_NAME and not small and not re.search(r"[:?!]|\w{3,}\.(?:\s|\Z)", text)


_LONGEST_NAME = 5
_PARTICLES = frozenset(
    (
        *("al", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos"),
        *("du", "el", "ibn", "la", "le", "ten", "ter", "und", "van", "von", "y", "zu"),
    )
)


# Who is who ---------------------------------------------------------------------------------------------------

Directory = Mapping[tuple[str, str], Person]
"""The people of a site by each of the ways to name them: what it is (`handle`, `email`, `url`, `name`), and how it is
compared."""


def directory(values: Mapping[str, Any]) -> Directory:
    """The people of an `.authors.yml` in the form that Material for MkDocs reads; `email` may stand there too.

    What two of them have in common tells neither.
    """
    authors = values.get("authors")
    people: list[Person] = []
    for handle, entry in authors.items() if isinstance(authors, dict) else ():
        said = {key: value for key, value in entry.items() if isinstance(value, str)} if isinstance(entry, dict) else {}
        if "name" in said:
            people.append(Person(said["name"], str(handle), said.get("email", ""), said.get("url", "")))
    found: dict[tuple[str, str], Person | None] = {}
    for who in people:
        for way in _ways(who):
            found[way] = who if found.get(way, who) == who else None
    found |= {("handle", _compared(who.handle)): who for who in people}
    return {way: who for way, who in found.items() if who}


def avatars(values: Mapping[str, Any]) -> Mapping[str, str]:
    """The addresses of the pictures in an `.authors.yml`, by the key of the person."""
    authors = values.get("authors")
    entries = authors.items() if isinstance(authors, dict) else ()
    found = {str(key).casefold(): entry.get("avatar") for key, entry in entries if isinstance(entry, dict)}
    return {key: avatar for key, avatar in found.items() if avatar and isinstance(avatar, str)}


def named(person: Person, known: Directory) -> Person:
    """A person with the handle and the name that the site knows them by; a name of their own stays."""
    ways = [way for way in _ways(person) if not (person.handle and way[0] == "name")]
    if person.name and not person.handle:
        ways.append(("handle", _compared(person.name)))  # one written without its `@`
    who = next((known[way] for way in ways if way in known), None)
    if who is None:
        return person
    handle = person.handle if _compared(person.handle) == _compared(who.handle) else who.handle
    if _compared(person.name) in ("", _compared(who.handle)):
        return replace(person, handle=handle or person.name, name=who.name)
    return replace(person, handle=handle)


def _ways(person: Person) -> Iterator[tuple[str, str]]:
    """The ways in which somebody is named, the surest first."""
    ways = ("handle", person.handle), ("email", person.email), ("url", person.url), ("handle", _profile(person.url))
    yield from ((kind, _compared(text)) for kind, text in (*ways, ("name", person.name)) if text)


def _compared(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip("/")


def each_once(those: Iterable[Person]) -> tuple[Person, ...]:
    """Some people without those who are named twice, each with all that is said of them."""
    found: dict[str, Person] = {}
    for one in those:
        known = found.get(one.key, one)
        fuller = {f.name: getattr(known, f.name) or getattr(one, f.name) for f in fields(Person)}
        found[one.key] = Person(**fuller)
    return tuple(found.values())

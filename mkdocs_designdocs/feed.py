"""The feed: changes in the status of designs, as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mkdocs_designdocs.address import Address
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.labels import Labels
from mkdocs_designdocs.lifecycle import Lifecycle
from mkdocs_designdocs.moves import Move, newest
from mkdocs_designdocs.people import Person

TYPE = "application/atom+xml"
NEWEST = 50
"""How many entries the feed holds."""

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, however it is written."""
_NO_HOST = re.compile("[^a-z0-9.-]")
_MADE = "new"
"""What stands for the status in the id of a design's making, of which nobody knows the status."""


def as_atom(entries: Sequence[Entry], address: Address, lifecycle: Lifecycle, labels: Labels) -> str:
    """The newest changes of a site whose address is known, as a feed; its texts are plain."""
    last = newest(entries, NEWEST)
    names = {status.key: labels.status(status) for status in lifecycle.statuses}
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": labels.language})
    _add(feed, "id", address.absolute(address.feed))
    _add(feed, "title", labels("designs_of", site=address.name))
    _add(feed, "updated", last[0].time if last else _NEVER)
    _add(feed, "link", rel="self", type=TYPE, href=address.absolute(address.feed))
    _add(feed, "link", rel="alternate", type="text/html", href=address.absolute(address.index))
    _add(_add(feed, "author"), "name", address.name)
    _add(feed, "generator", "mkdocs-designdocs")
    for move in last:
        _entry(feed, move, names, address, labels)
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _entry(feed: Element, move: Move, names: Mapping[str, str], address: Address, labels: Labels) -> None:
    design = move.entry.design
    entry = _add(feed, "entry")
    _add(entry, "id", _id(move, address))
    _add(entry, "title", " ".join(_title(move, names, labels).split()))
    _add(entry, "updated", move.time)
    _add(entry, "link", rel="alternate", type="text/html", href=address.absolute(design.url))
    for author in move.entry.authors or ((move.who,) if move.who.label else ()):
        _author(entry, author)
    if move.status:
        _add(entry, "category", term=move.status, label=names.get(move.status, move.status))
    for tag in design.metadata.tags:
        _add(entry, "category", term=tag)
    if overview := design.verdict.gist.overview:
        _add(entry, "summary", overview)


def _title(move: Move, names: Mapping[str, str], labels: Labels) -> str:
    title, status = move.entry.design.title, names.get(move.status, move.status)
    if move.is_new:
        return labels("feed_made_as", title=title, status=status) if status else labels("feed_made", title=title)
    before = names.get(move.before, move.before)
    return labels("feed_moved", title=title, before=before, status=status) if before else f"{title}: {status}"


def _author(entry: Element, who: Person) -> None:
    """Somebody without their mail's address, where they have another name: a feed is read by everybody."""
    author = _add(entry, "author")
    _add(author, "name", who.label)
    if who.url.startswith(("https://", "http://")):
        _add(author, "uri", who.url)


def _id(move: Move, address: Address) -> str:
    """A `tag:` URI (RFC 4151) that no other move has, and that stays when the site is built again."""
    site = urlsplit(address.site)
    host = _NO_HOST.sub("-", site.hostname or "localhost")
    again = f"/{move.number}" if move.number > 1 else ""
    return f"tag:{host},{move.day}:{quote(f'{site.path}{move.entry.design.uri}/{move.status or _MADE}')}{again}"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, name, {key: _plain(value) for key, value in attributes.items()})
    made.text = _plain(text) or None
    return made


def _plain(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)

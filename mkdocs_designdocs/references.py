"""References: which design a name means, in whatever way people write it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote

from mkdocs_designdocs.design import Design, Document
from mkdocs_designdocs.identity import INDEXES, file_number, home, is_from_name, own_name, said_number

_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\( ?<?(?P<target>[^<>\s]*)>?(?:\s[^()]*)?\)\Z")
_ADDRESS = re.compile(r"(?<![a-z0-9+.-])(?!file:)[a-z][a-z0-9+.-]*://\S|mailto:\S|\A//\S", re.IGNORECASE)
_OUTSIDE = re.compile(r"file:|~[/\\]|[a-z]:[\\/]|\\\\|/(?:home|users|root|tmp|var|etc|opt|mnt|srv|usr)/", re.IGNORECASE)
_FRAGMENT = re.compile(r"(?<=.)[#?].*", re.DOTALL)
_ENDING = re.compile(r"\.(?:md|markdown|mdown|mkdn|mkd|html?)\Z")
_LANGUAGE = re.compile(r"\.[a-z]{2}(?:[-_][a-z]{2,4})?(?=\.(?:md|markdown|mdown|mkdn|mkd)\Z)")
_NOTHING = re.compile(r"(?:n\s?/\s?a|n\.a|none|nothing|null|not applicable|\W*)\.?\Z", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"(?:[A-Z]{1,6}|[a-z]{2,3}|(?i:design|doc|proposal|decision|record|number|no|nr))(?:[-_ .:#]+(?=[0-9])|(?=0))"
)
"""What may stand before a number of a design that has no prefix of its own: `SE-303`, `ADR 12`, and no `EC2`."""
_NO_DOCUMENTS = frozenset(
    {"pr", "mr", "gh", "bug", "cve", "utf", "iso", "http", "tls", "sha", "aes"}  # trackers and standards
)


@dataclass(frozen=True)
class Reference:
    """A name by which one design refers to another."""

    name: str
    """As it is written."""
    design: Design | None = None
    wrong: str = ""
    """Why it means no design, after `X names Y`; empty where it does, and where it says itself where to look."""
    help: str = ""


def says_nothing(name: str) -> bool:
    """Whether a name only says that there is nothing to name: `n/a`, `none`, `-`."""
    return _NOTHING.match(name.strip()) is not None


def link(name: str) -> tuple[str, str]:
    """The text and the target of a name that is a Markdown link or an address; the target is empty where there is none.

    A target that is not on the web is none: the header of a page is no place for scripts.
    """
    text = _bare(name)
    match = _LINK.match(text)
    text, target = (match["text"].strip() or match["target"], match["target"]) if match else (text, text)
    return text, target if re.match(r"https?://\S+\Z", target, re.IGNORECASE) else ""


class Names:
    """The designs of a catalogue by whatever people call them.

    A name that several have means the one that lies beside the design that says it, if one does.
    """

    def __init__(self, designs: Sequence[Design], documents: Iterable[Document] = ()) -> None:
        self._designs = designs
        self._known: defaultdict[tuple[str | None, str, Hashable], list[Design]] = defaultdict(list)
        """By the folder in which it counts (None: everywhere), the kind of name, and the name."""
        self._paths: dict[str, Design | Document] = {}
        for one in designs:
            for name in _file_names(one.uri):
                self._add("file", name.casefold(), one)
            if one.metadata.id:
                self._add("file" if is_from_name(one) else "id", one.metadata.id.casefold(), one)
            self._add_numbers(one)
        pages: list[Design | Document] = [*designs, *documents]
        for page in pages:
            for path in (page.uri, page.path):
                self._paths.setdefault(path.casefold(), page)
        for page in pages:
            for path in _short_paths(page):
                self._paths.setdefault(path, page)
        for page in pages:  # in an edition of a site that mkdocs-static-i18n translates, a page is its translation
            if (path := _LANGUAGE.sub("", page.uri.casefold())) != page.uri.casefold():
                self._paths.setdefault(path, page)
                self._paths.setdefault(_ENDING.sub("", path), page)

    def _add(self, kind: str, name: Hashable, one: Design) -> None:
        for folder in (home(one.uri), None):
            known = self._known[folder, kind, name]
            if not (known and known[-1] is one):
                known.append(one)

    def _add_numbers(self, one: Design) -> None:
        of_id = said_number(one.metadata.id) if not is_from_name(one) else None
        of_file = file_number(one.uri)
        prefixes = {number.prefix for number in (of_id, of_file) if number and number.prefix}
        for kind, number in (("id number", of_id), ("file number", of_file)):
            if number:
                for prefix in (_ANY, *(prefixes or {_WITHOUT})):
                    self._add(kind, (prefix, number.value), one)

    def find(self, design: Design, name: str) -> Design | None:
        """The one design that a name in another one means."""
        found = self.look(design, name)
        return found[0] if len(found) == 1 else None

    def look(self, design: Design, name: str) -> Sequence[Design]:
        """The designs that a name can mean, by the first way of naming one that fits any."""
        text = _bare(name)
        match = _LINK.match(text)
        if match and _ADDRESS.match(match["target"]):
            # `[#12](https://…/pull/12)` is a number of somebody else's: of its text nothing counts but an id.
            return self._named(design, "id", match["text"].casefold().strip())[:1]
        key = (match["target"] if match else text).casefold()
        if not key:
            return ()
        if found := self._named(design, "id", key)[:1]:
            return found
        if isinstance(page := self._at(design, key), Design):
            return (page,)
        return self._named(design, "file", key) or self._numbered(design, text)

    def refer(self, design: Design, name: str) -> Reference:
        """A name in a design, with the design that it means or what is wrong with it."""
        found = self.look(design, name)
        if len(found) == 1:
            return Reference(name, found[0])
        text = _bare(name)
        match = _LINK.match(text)
        target = match["target"] if match else text
        if found:
            some = " and ".join(one.path for one in found[:2])
            more = f" and {len(found) - 2} more" if len(found) > 2 else ""
            what = f"which could be any of {some}{more}; it is shown as it is"
            return Reference(name, None, what, "name the one that is meant by its path")
        if _ADDRESS.search(target):
            return Reference(name)
        if self._at(design, target.casefold()):
            what = "which is a page of the site and no design; it is shown as it is"
            return Reference(name, None, what, "link to it from the text, or give that page a `design:` block")
        if _leaves(design, target):
            what = "which leads out of the collection, where readers of the site cannot follow"
            return Reference(name, None, what, "name it by its address: `https://…`")
        guess = self._guess(target)
        mend = f"did you mean `{guess}`?" if guess else "name it by id or path, or by its address elsewhere"
        return Reference(name, None, "and there is no such design; it is shown as it is", mend)

    def _named(self, design: Design, kind: str, name: Hashable) -> Sequence[Design]:
        return self._known.get((home(design.uri), kind, name)) or self._known.get((None, kind, name)) or ()

    def _numbered(self, design: Design, text: str) -> Sequence[Design]:
        """Those that have a number; a prefix is theirs, or any that stands for a document where they have none."""
        number = said_number(text)
        if number is None:
            return ()
        prefixes = [number.prefix or _ANY]
        if _DOCUMENT.match(text) and number.prefix not in _NO_DOCUMENTS:
            prefixes.append(_WITHOUT)
        for folder in (home(design.uri), None):
            for kind in ("id number", "file number"):
                for prefix in prefixes:
                    if found := self._known.get((folder, kind, (prefix, number.value))):
                        return found
        return ()

    def _at(self, design: Design, key: str) -> Design | Document | None:
        """The page at a path: from the page, from the folder of the documents, or as findings print it."""
        path = unquote(_FRAGMENT.sub("", key)).replace("\\", "/")
        if not path.strip("./"):
            return None
        starts = [posixpath.dirname(design.uri), posixpath.dirname(design.path), ""]
        if path.endswith("/") and not path.startswith("/"):
            starts.insert(1, design.url)
        for start in dict.fromkeys(starts):
            place = posixpath.join(start.casefold(), path) if start else path.lstrip("/")
            place = posixpath.normpath(place) if "/" in path or path.startswith(".") else place
            if found := self._paths.get(place) or self._paths.get(_ENDING.sub("", place)):
                return found
        return None

    def _guess(self, name: str) -> str:
        """The name that was probably meant; empty where there is none like it."""
        key = own_name(name.casefold()) if "/" in name else name.casefold()
        near = get_close_matches(key, self._alike(key), n=1, cutoff=0.72)
        if near:
            return self._spellings[near[0]]
        known = re.match(r"[\W_]*\d", key) or _DOCUMENT.match(key)  # of "EC2" the number says nothing
        number = file_number(key) if known else None
        same = self._known.get((None, "file number", (_ANY, number.value)), ()) if number else ()
        return own_name(same[0].uri) if len(same) == 1 else ""

    def _alike(self, key: str) -> list[str]:
        """A few names that share the rarest of their letters with another; to compare it with all takes too long."""
        found: dict[str, None] = {}
        for rare in sorted((self._by_letters.get(part, ()) for part in _letters(key)), key=len):
            found.update(dict.fromkeys(rare[:_FEW]))
            if len(found) >= _FEW:
                break
        return list(found)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """What a guess can offer, by how it is compared."""
        known: dict[str, str] = {}
        for one in self._designs:
            if one.metadata.id and not is_from_name(one):
                known.setdefault(one.metadata.id.casefold(), one.metadata.id)
        for one in self._designs:
            for name in _file_names(one.uri):
                if len(self._known[None, "file", name.casefold()]) == 1:
                    known.setdefault(name.casefold(), name)
        return known

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._spellings:
            for part in _letters(name):
                found.setdefault(part, []).append(name)
        return found


_ANY, _WITHOUT = "*", "-"
_FEW = 20


def _letters(name: str) -> set[str]:
    framed = f"\n{name}\n"
    return {framed[i : i + 3] for i in range(len(framed) - 2)}


def _bare(name: str) -> str:
    """A name without white space, code marks and the brackets of an address around it."""
    return name.strip().strip("`").removeprefix("<").removesuffix(">").strip()


def _file_names(uri: str) -> Iterator[str]:
    """What a file is called, with its ending and without; of `queue/index.md` it is the folder that has a name."""
    name, file = own_name(uri), uri.rpartition("/")[2]
    yield name
    if file.startswith(name):
        yield file


def _short_paths(page: Design | Document) -> Iterator[str]:
    """The other paths of a page: without its ending, its folder where it is the index, and where it is published."""
    for path in (page.uri, page.path):
        short = _ENDING.sub("", path.casefold())
        yield short
        folder, _, name = short.rpartition("/")
        if folder and name in INDEXES:
            yield folder
    if url := page.url.casefold().strip("/"):
        yield _ENDING.sub("", url)


def _leaves(design: Design, target: str) -> bool:
    """Whether a path leads out of the folder of the documents."""
    if _OUTSIDE.match(target):
        return True
    inside = not design.uri.startswith("../")  # files that are checked without a site may lie anywhere
    path = posixpath.join(posixpath.dirname(design.uri), target.replace("\\", "/"))
    return inside and posixpath.normpath(path).startswith("../")


def neighbour(path: str, target: str) -> str:
    """The path that a relative link of a page means."""
    parts = [part for part in path.split("/")[:-1] if part not in ("", ".")]
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)

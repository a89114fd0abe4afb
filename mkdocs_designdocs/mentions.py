"""Mentions: what the issue and the spec of a design lead to, in whatever way people write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_MENTION = re.compile(
    r"""\[(?P<text>[^\[\]]+)\]\(\s*<?(?P<target>[^<>()\s]*(?:\([^<>()\s]*\)[^<>()\s]*)*)>?(?:\s[^()]*)?\)  # a link
    | <?(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)'"])>?
    | (?<![\w/#&])(?P<project>[\w.-]+(?:/[\w.-]+)+)?(?P<sign>[\#!])(?P<number>\d+)(?!\w)  # #12, acme/shop#12, !12
    | (?<![\w/.:-])(?P<path>[\w./-]*[\w-]\.[A-Za-z]\w{0,7}(?:\#[\w.-]+)?|[\w.-]+(?:/[\w.-]+)*/)(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ISSUE = re.compile(
    r"(?:/(?P<project>[^/]+/[^/]+))?(?:/-)?/(?:issues|pull|merge_requests|work_items)/(?P<number>\d+)/?"
)
_KEY = re.compile(r"[A-Z][A-Z0-9]+-\d+")
_TRACKERS = {
    "github": ("issues", "pull"),
    "gitlab": ("-/issues", "-/merge_requests"),
    **dict.fromkeys(("codeberg", "gitea", "forgejo"), ("issues", "pulls")),
    "bitbucket": ("issues", "pull-requests"),
}
"""Where a host has `#12` and `!12`, by a part of its name."""


@dataclass(frozen=True)
class Mention:
    """A part of what a field says."""

    text: str
    url: str = ""
    """Where it leads; empty where it is words, or leads nowhere that we know."""


def mentions(said: str, page: Callable[[str], str], repository: str = "") -> Sequence[Mention]:
    """What a field says, with the ways that it names: addresses, Markdown links, numbers of the tracker, pages.

    `page`: from the path of a page or file, as an author writes it, to its address; empty where there is none.
    `repository`: the address of the site's repository.
    """
    if len(said) > _MOST:
        return (Mention(said),)
    found: list[Mention] = []
    for one in _parts(" ".join(said.split()).replace("`", ""), page, repository):
        if found and not one.url and not found[-1].url:
            found[-1] = Mention(found[-1].text + one.text)
        elif one.text:
            found.append(one)
    return found


def _parts(said: str, page: Callable[[str], str], repository: str) -> Iterator[Mention]:
    at = 0
    for match in _MENTION.finditer(said):
        yield Mention(said[at : match.start()])
        at = match.end()
        if match["text"]:
            yield Mention(match["text"].strip(), target(match["target"], page))
        elif match["url"]:
            yield Mention(short(match["url"], repository), match["url"])
        elif match["number"]:
            yield Mention(match[0], _numbered(match, repository))
        else:
            yield Mention(re.sub(r"\A(?:\.\.?/)+", "", match[0]), page(match["path"]))
    yield Mention(said[at:])


def target(written: str, page: Callable[[str], str]) -> str:
    """Where the target of a link leads: to the web or to a page; a page is no place for any other scheme."""
    if _WEB.match(written):
        return written
    return "" if _SCHEME.match(written) or not written else page(written)


def _numbered(match: re.Match[str], repository: str) -> str:
    """The address of a number of the tracker; empty where nobody can know it."""
    host = urlsplit(repository).netloc.casefold()
    paths = next((paths for name, paths in _TRACKERS.items() if name in host), None)
    if not paths or not _WEB.match(repository):
        return ""
    base = repository.rstrip("/").removesuffix(".git")
    if match["project"]:
        base = f"{urlsplit(repository).scheme}://{urlsplit(repository).netloc}/{match['project']}"
    return f"{base}/{paths[match['sign'] == '!']}/{match['number']}"


def short(url: str, repository: str = "") -> str:
    """An address as people say it: `#12`, `acme/shop#12`, `PAY-12`, `example.com/…/retries.pdf`."""
    parts = urlsplit(url)
    if issue := _ISSUE.fullmatch(parts.path):
        base = repository.rstrip("/").removesuffix(".git")
        ours = not issue["project"] or (base and url.startswith(f"{base}/"))
        return f"#{issue['number']}" if ours else f"{issue['project']}#{issue['number']}"
    segments = [one for one in parts.path.split("/") if one]
    if segments and _KEY.fullmatch(segments[-1]):
        return segments[-1]
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    last = segments[-1] if segments else ""
    shown = f"{host}{'/…' if len(segments) > 1 else ''}{'/' + last if last else ''}"
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


_LONGEST = 60
_MOST = 1000
"""A field of more characters names nothing, and patterns are slow in it."""

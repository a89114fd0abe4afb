"""Placeholders: the marks that a template leaves for its author, and the words that say "not yet".

Everything here reads a copy of the text in which code, links and comments are blanked, of the same length, so that
positions hold (RULES: never look inside code, inline code, links, link definitions or comments).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """A placeholder in a text."""

    text: str
    start: int

    @property
    def key(self) -> str:
        """What is compared: the inner words, without the marks, case and white space."""
        return " ".join(self.text.strip("[]{}<>_* ").split()).casefold()


_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_OPAQUE = re.compile(
    r"<!--.*?-->"  # comments
    r"|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\s]*(?:\([^()]*\)[^()]*)*(?:\s+\"[^\"]*\")?\)"  # links and images
    r"|\[[^\[\]]+\]\[[^\[\]]*\]"  # reference links
    r"|\[\^[^\]]+\]"  # footnotes
    r"|\[![A-Za-z]+\]"  # GitHub alerts
    r"|<(?:https?|mailto|ftp):[^>\s]*>|<[^>\s@]+@[^>\s]+>"  # autolinks
    r"|</?[a-z][a-z0-9]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*\s*/?>"  # HTML
    r"|\\[\[\]<{]"  # escapes
    r"|https?://[^\s<>)\]]+",
    re.DOTALL,
)
# Names that HTML knows; `<name>` and `<your service>` are no tags.
_TAGS = frozenset(
    "a abbr b br code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p "
    "picture pre q s small source span strong style sub summary sup svg table tbody td tfoot th thead tr u ul var video "
    "center font iframe script section article aside header footer nav path g rect circle".split()
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]\^][^\]]*)\]:[ \t]*(?:<[^>\s]*>|\S*[/.#:@]\S*)(?:[ \t]+[\"'(].*)?$", re.MULTILINE
)


def blanked(text: str, *, code: bool = True) -> str:
    """The text with everything that is no prose replaced by spaces, character for character."""
    if code:
        text = _CODE_SPAN.sub(_spaces, text)
    text = _DEFINITION.sub(_spaces, text)
    return _OPAQUE.sub(_opaque, text)


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _opaque(match: re.Match[str]) -> str:
    found = match[0]
    if tag := re.match(r"</?([a-z][a-z0-9]*)", found):
        return _spaces(match) if tag[1] in _TAGS else found
    return _spaces(match)


def definitions(text: str) -> frozenset[str]:
    """The labels of the link definitions of a document: `[label]` is a link where it is one of them."""
    return frozenset(" ".join(match["label"].split()).casefold() for match in _DEFINITION.finditer(text))


def is_definition(text: str) -> bool:
    """Whether a block is nothing but link definitions."""
    return bool(text.strip()) and not _DEFINITION.sub("", text).strip()


# The styles in which templates mark what is to be replaced.
_STYLES = {
    "braces": re.compile(r"\{\{[^{}]*\}\}|\{[A-Z][A-Z0-9_ ]+\}"),
    "brackets": re.compile(r"(?<![\w\]!\\\[])\[(?![ xX]\]|\^|!)[^\[\]\n\"']{2,}(?:\[[^\]]*\][^\[\]\n]*)?\](?![(\[:])"),
    "angles": re.compile(r"<(?=[^<>\n]*[A-Za-z])[A-Za-z][^<>\n=/]*>"),
    "italics": re.compile(r"(?<![\w_\\])_(?=\S)[^_\n](?:[^_\n]|\n(?!\s*\n)|(?<=\w)_(?=\w))*(?<=\S)_(?!\w)"),
    "stars": re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![\w*])"),
}
GENERIC = re.compile(
    r"(?<![\w-])(?:YYYY-MM-DD|yyyy-mm-dd|#N{3,5}|#X{3,5}|@username|@your-?(?:name|handle)|XX/XX/XXXX)(?![\w-])"
)
"""Tokens that are a placeholder whoever wrote them."""


def tokens(text: str) -> Iterator[Token]:
    """Every mark that a *template's* text leaves for its author, in order.

    In a design most of these marks are the author's own: there only those count that the template wrote.
    """
    prose = blanked(text)
    found: list[Token] = []
    for style in (*_STYLES.values(), GENERIC):
        for match in style.finditer(prose):
            inside = any(t.start <= match.start() < t.start + len(t.text) for t in found)
            if not inside:
                found.append(Token(text[match.start() : match.end()], match.start()))
    yield from sorted(found, key=lambda token: token.start)


def code_tokens(text: str) -> Iterator[Token]:
    """The marks in a template's code: words in brackets or braces that stand apart (`/api/[endpoint]`)."""
    for match in re.finditer(r"(?<![\w\]\[\"'(])\[[A-Za-z][\w /-]*\]|\{\{\s*[A-Z_]+\s*\}\}|<[a-z]+[ -][a-z -]+>", text):
        yield Token(match[0], match.start())


_NOT_YET = r"(?:tbd|t\.b\.d\.|tba|tbc|todo|fixme|xxx|wip|to be (?:done|decided|defined|determined|written|added|discussed))"
TODO_ONLY = re.compile(rf"[\s\W_]*{_NOT_YET}\b[\s\W_]*\Z", re.IGNORECASE)
"""A block that says nothing but "not yet"."""
TODO_OPENS = re.compile(r"[\s(\[_*>-]*(?P<word>TBD|TBA|TODO|FIXME|XXX|To be (?:done|decided|defined|determined|written|added))(?![A-Za-z'’])")
TODO_ENDS = re.compile(r"(?<![\w/`-])(?P<word>TBD|TBA|TODO|FIXME)[\s.)\]_*!]*\Z")
TODO_WITHIN = re.compile(r"(?<![\w/`'\"-])(?P<word>TBD|TBA|TODO|FIXME)(?![\w'’/-])")

NOT_APPLICABLE = re.compile(
    r"[\s*_(]*(?:n\s?/\s?a|not applicable|not (?:needed|required|relevant|affected)|none(?: (?:needed|required|planned|known|identified))?)"
    r"(?:[\s*_)]*\Z|[\s*_)]*[.,:;(–—-]|\s+(?:because|since|for|as|in|at|to|yet|here)\b)",
    re.IGNORECASE,
)
"""A paragraph that says that the section has nothing to say, alone or with its reason."""

NUMBERED_SAMPLE = re.compile(r"[A-Za-z][\w /&-]{1,40} (?:\d{1,2}|[A-Z])\Z")
"""`Test category 1`, `Component A`: a sample that nobody means."""

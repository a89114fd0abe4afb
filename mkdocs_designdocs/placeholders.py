"""Placeholders: the marks that a template leaves for its author.

Everything here reads a copy of the text in which code, links and comments are blanked, of the same length, so that
positions hold (RULES: never look inside code, inline code, links, link definitions or comments).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Token:
    """A placeholder in a text."""

    text: str
    start: int

    @property
    def key(self) -> str:
        """What is compared: the inner words, without the marks, case and white space."""
        return " ".join(self.text.strip("[]{}<>_*# ").split()).casefold()

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)


# Names that HTML knows; `<name>` and `<your service>` are no tags.
_NAMES = (
    "a|abbr|article|aside|b|big|blockquote|br|caption|center|circle|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|"
    "em|embed|figcaption|figure|font|footer|g|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|main|mark|nav|object|ol|p|"
    "path|picture|pre|q|rect|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|"
    "td|tfoot|th|thead|tr|tt|u|ul|var|video|wbr"
)
TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>=]*=[^<>]*|(?:\s+(?:open|controls|loop|muted|hidden|markdown))*\s*/?)>")
"""An HTML tag."""

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_OPAQUE = re.compile(
    r"<!--.*?-->"  # comments
    r"|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\s]*(?:\([^()]*\)[^()]*)*(?:(?<!\s)\s+\"[^\"]*\")?\)"  # links and images
    r"|\[[^\[\]]+\]\[[^\[\]]*\]"  # reference links
    r"|\[\^[^\]]{1,300}\]"  # footnotes
    r"|\[![A-Za-z]+\]"  # GitHub alerts
    r"|<(?:https?|mailto|ftp):[^<>\s]*>|<[^<>\s@]+@[^<>\s]+>"  # autolinks
    rf"|{TAG.pattern}"
    r"|\\[\[\]<{_*]"  # escapes
    r"|https?://[^\s<>)\]]+",
    re.DOTALL,
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]\^][^\]]{0,998})\]:[ \t]*(?P<target><[^>\s]*>|(?=\S*[/.#:@])\S+)(?:[ \t]+[\"'(].*)?$",
    re.MULTILINE,
)


def blanked(text: str) -> str:
    """The text with everything that is no prose replaced by spaces, character for character."""
    if "`" in text:
        text = _CODE_SPAN.sub(_spaces, text)
    if "]:" in text:
        text = _DEFINITION.sub(_spaces, text)
    if "<" in text or "[" in text or "\\" in text or "://" in text:
        text = substituted(_OPAQUE, _spaces, text)
    return text


def substituted(pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], text: str) -> str:
    """What `pattern.sub` gives, without looking from each `<!--` that is never closed to the end of the text."""
    unclosed = text.find("<!--", max(0, text.rfind("-->") - 3))
    if unclosed < 0:
        return pattern.sub(by, text)
    hidden = text[:unclosed] + text[unclosed:].replace("<!--", "\0!--")
    return pattern.sub(by, hidden).replace("\0!--", "<!--")


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def definitions(text: str) -> frozenset[str]:
    """The labels of the link definitions of a document: `[label]` is a link where it is one of them."""
    if "]:" not in text:
        return frozenset()
    return frozenset(" ".join(match["label"].split()).casefold() for match in _DEFINITION.finditer(text))


def defined(text: str) -> Sequence[str]:
    """Where the link definitions of a block lead to, if it is nothing but such."""
    if not text.lstrip().startswith("[") or _DEFINITION.sub("", text).strip():
        return ()
    return [match["target"] for match in _DEFINITION.finditer(text)]


# The styles in which templates mark what is to be replaced.
_BRACKETS = (
    r"(?<![\w\]!\\\[])\[(?![ xX]\]|\^|!)(?=[^\[\]]*[^\W\d_])"
    r"(?:[^\[\]\"]|(?<=\s)\"[^\"\[\]]*\")+(?:\[[^\]]{0,300}\][^\[\]\"]*)?\](?![(\[])"
)
# `{{ Feature name }}`; not what another tool fills: `${{ secrets.TOKEN }}`, `{{ .Values.image }}`, `{{ a.b | c }}`.
_BRACES = r"(?<!\$)\{\{(?!-?\s*(?!e\.g\.|i\.e\.)[\w$-]*\.\w|[^{}]*\s\.\w)[^{}|]*\}\}|(?<!\{)\{[A-Z][A-Z0-9_ ]+\}"
_STYLES = (
    re.compile(_BRACES),
    re.compile(_BRACKETS),
    re.compile(r"<(?=[^<>\n]*[A-Za-z])[A-Za-z][^<>\n=]*>"),
    re.compile(r"(?<![A-Za-z0-9])N{3,5}(?![A-Za-z0-9])"),
)
_EMPHASIS = re.compile(
    r"(?<![\w_\\])_(?=[^\s_])(?:[^_\n]|\n(?!\s*\n)|(?<=\w)_(?=\w))*(?<=[^\s_])_(?!\w)"
    r"|(?<![\w*\\])\*(?=[^\s*])[^*]+(?<=[^\s*])\*(?![\w*])"
)
GENERIC = re.compile(
    r"(?<![\w-])(?:YYYY-MM-DD|yyyy-mm-dd|#N{3,5}|#X{3,5}|@username|@your-?(?:name|handle)|XX/XX/XXXX)(?![\w-])"
)
"""Tokens that are a placeholder whoever wrote them."""
_HINTS = re.compile(r"[\[{<_*]|NNN|YYYY|yyyy|#X|@|XX/")
_FORMAT = re.compile(r"\b(?:format\w*|iso|pattern|pars\w+|strings?|written|notation|regex)\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> Sequence[Token]:
    """Every mark that a *template's* text leaves for its author, in order.

    In a design most of these marks are the author's own: there only those count that the template wrote.
    """
    if not _HINTS.search(text):
        return ()
    prose = blanked(text)
    found: list[Token] = []
    for style in (*_STYLES, GENERIC):
        found += (_token(text, match) for match in style.finditer(prose))
        prose = style.sub(_spaces, prose)  # what is in a mark is none itself
    found += (_token(text, match) for match in _EMPHASIS.finditer(prose) if _stands_alone(prose, match))
    return tuple(sorted(found, key=lambda token: token.start))


def _token(text: str, match: re.Match[str]) -> Token:
    return Token(text[match.start() : match.end()], match.start())


def _stands_alone(prose: str, match: re.Match[str]) -> bool:
    """Whether an emphasis is all of a block or a cell, or what stands behind a label; in a sentence it is emphasis."""
    before = prose[: match.start()].rstrip(" *_")
    after = prose[match.end() :].lstrip(" .,;)")
    ends = not after or after[0] in "\n|"
    if not before or before[-1] in "\n|":
        return ends
    return before[-1] in ":–—-" and (ends or " " in match[0])


def generic(text: str) -> Iterator[Token]:
    """The marks that nobody means, whoever wrote them."""
    if not _HINTS.search(text):
        return
    yield from (_token(text, match) for match in GENERIC.finditer(blanked(text)))


def about_a_format(text: str) -> bool:
    """Whether a text speaks of how something is written, so that its `YYYY-MM-DD` is meant."""
    return bool(_FORMAT.search(text))


# Wide, for only what the template's own code holds too is ever compared.
_PROMPT = r"\[[A-Za-z][^\[\]\"]{0,400}\]"
_CODE_TOKEN = re.compile(
    rf"(?<![\w\]\[\"'(]){_PROMPT}|(?<=\[\"){_PROMPT}(?=\"\])|(?<!\$)\{{\{{\s*[A-Z_]+\s*\}}\}}|<[a-z]+[ -][a-z -]+>"
)


def code_tokens(text: str) -> Iterator[Token]:
    """The marks in a template's code: words in brackets or braces that stand apart: `/api/[endpoint]`, `A["[x]"]`."""
    return (_token(text, match) for match in _CODE_TOKEN.finditer(text))


NUMBERED_SAMPLE = re.compile(r"[A-Za-z][\w /&-]{1,40} (?:\d{1,2}|[A-Z])\Z")
"""`Test category 1`, `Component A`: a sample that nobody means."""


# `_Your name_` is to be replaced, `_Ana Diaz_` is somebody, and `_Accepted_` a status.
_ASKS = (
    r"(?<![^\W_])(?:your|names?|author|owner|reviewer|date|link|title|here|insert|add|fill|enter|put|write|describe|specify|choose|"
    r"select|replace|who|what|why|when|how|e\.g\.|i\.e\.|yyyy)(?![^\W_])"
)


def is_placeholder(text: str) -> bool:
    """Whether a value is nothing but a mark to be replaced: `[Name]`, `{{AUTHOR}}`, `@username`, `(to be filled)`."""
    text = text.strip().strip("*`")
    whole = re.fullmatch(
        rf"\[[^\[\]]{{2,}}\]|\{{\{{[^{{}}]*\}}\}}|\{{[A-Za-z_ ]+\}}|<[A-Za-z][^<>@:]*>|_(?=[^_])(?=.*{_ASKS}).*_"
        r"|\((?:will|to be|fill|find|add|insert|put|your|please|leave) [^()]*\)|@?\.\.\.|@…",
        text,
        re.IGNORECASE,
    )
    return bool(whole or GENERIC.fullmatch(text))


def split(text: str) -> list[str]:
    """The parts of a list that is written as one text."""
    return [part.strip() for part in re.split(r"[,;]", text)]

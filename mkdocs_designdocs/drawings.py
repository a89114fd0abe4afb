"""A diagram's verdict: drawn, left to the browser, or rejected in words that teach.

Drawing is pure in the source and the engine's version, so results are kept, rejections too: in memory for a
build, on disk between builds. A build that finds everything there never loads the engine.
"""

from __future__ import annotations

import difflib
import hashlib
import html
import json
import os
import re
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.engine import Rejection, Renderer, Svg, pele_available
from mkdocs_designdocs.fences import Fence, normalise

_FORMAT = "1"
"""Part of the cache key: raise it when what is made of an engine's answer changes."""
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

# ---------------------------------------------------------------------------------------------------- kinds

KINDS: dict[str, str] = {
    "flowchart": "flowchart",
    "graph": "flowchart",
    "sequenceDiagram": "sequence diagram",
    "classDiagram": "class diagram",
    "stateDiagram-v2": "state diagram",
    "stateDiagram": "state diagram",
    "erDiagram": "entity relationship diagram",
    "gantt": "Gantt chart",
    "pie": "pie chart",
    "mindmap": "mind map",
    "timeline": "timeline",
    "gitGraph": "Git graph",
    "journey": "user journey",
    "quadrantChart": "quadrant chart",
    "requirementDiagram": "requirement diagram",
    "C4Context": "C4 diagram",
    "C4Container": "C4 diagram",
    "C4Component": "C4 diagram",
    "C4Dynamic": "C4 diagram",
    "C4Deployment": "C4 diagram",
    "architecture-beta": "architecture diagram",
    "block-beta": "block diagram",
    "xychart-beta": "XY chart",
    "sankey-beta": "Sankey diagram",
    "packet-beta": "packet diagram",
    "kanban": "Kanban board",
    "radar-beta": "radar chart",
    "treemap-beta": "treemap",
    "zenuml": "ZenUML diagram",
}
"""The first words that people write, and what to call the diagram. The engine knows more, and decides."""

_CLIENT_ONLY = frozenset({"zenuml"})
"""What mermaid.js (with its own plugins) draws and the engine does not."""

_ENGINE_NAMES = {"er": "entity relationship diagram", "c4": "C4 diagram", "gantt": "Gantt chart"}
_PREAMBLE = re.compile(
    r"\A(?:\s*---[ \t]*\n.*?\n[ \t]*---[ \t]*(?=\n|\Z))?(?:\s+|%%\{.*?\}%%|%%(?!\{)[^\n]*)*", re.DOTALL
)


def first_word(source: str) -> tuple[str, int, int]:
    """The word that names the type of diagram, with its line and column; empty where there is none."""
    match = _PREAMBLE.match(source)
    start = match.end() if match else 0
    word = re.compile(r"[^\s:;({\[]*").match(source, start)
    line = source.count("\n", 0, start) + 1
    return word.group() if word else "", line, start - (source.rfind("\n", 0, start) + 1) + 1


def _spoken(kind: str) -> str:
    """An engine's name for a kind, as a person would say it."""
    named = [name for word, name in KINDS.items() if word.lower().startswith(kind.lower())]
    return _ENGINE_NAMES.get(kind) or (named[0] if named else f"{kind} diagram")


# ------------------------------------------------------------------------------------------------- drawings


@dataclass(frozen=True)
class Drawing:
    """What became of one diagram: exactly one of `svg`, `fallback` and `rejection`."""

    svg: str | None = None
    fallback: str | None = None
    """Why it is left to the theme's client-side Mermaid."""
    rejection: Rejection | None = None
    chosen: bool = False
    """Whether somebody asked for the fallback, so that there is nothing to note."""
    kind: str = ""
    width: float = 0
    height: float = 0
    prefix: str = ""
    """What every id in the SVG begins with."""


class Studio:
    """Draws each diagram once: remembers within a process, and on disk where there is a folder for it."""

    def __init__(self, renderer: Renderer | None, cache_dir: Path | None, engine: str = "pele") -> None:
        """With no renderer, or with the engine `client`, everything is left to the browser."""
        self._renderer = renderer
        self._engine = engine
        self._cache = Cache(cache_dir) if cache_dir else None
        self._drawn: dict[str, Drawing] = {}

    @property
    def version(self) -> str:
        """Part of the key of whatever was found out with the help of a drawing."""
        return " ".join((_FORMAT, self._engine, self._renderer.version if self._renderer else "none"))

    def draw(self, source: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> Drawing:
        """The drawing of a diagram, as its fence wants it."""
        if attributes.get("engine", self._engine) == "client":
            return Drawing(fallback="the client is chosen to draw it", chosen=True)
        if self._renderer is None:
            return Drawing(fallback=f"there is no engine to draw it: {self._missing}")
        source = normalise(source)
        drawing = self._drawn.get(source)
        if drawing is None:
            if len(self._drawn) >= 10_000:  # a long `mkdocs serve`: what is still needed comes back from disk
                self._drawn.clear()
            drawing = self._drawn[source] = self._find_or_draw(self._renderer, source)
        return drawing

    @cached_property
    def _missing(self) -> str:
        return pele_available() or "none was given"

    def _find_or_draw(self, renderer: Renderer, source: str) -> Drawing:
        everything = "\0".join((_FORMAT, renderer.version, source))
        key = hashlib.sha256(everything.encode("utf-8", "replace")).hexdigest()
        if self._cache and (kept := self._cache.get(key)):
            return kept
        prefix = f"diagram-{key[:12]}"
        drawing = _drawing(renderer.render(source, prefix), source, prefix)
        # A limit may be reached because the machine is busy; a crash is mended by an installation.
        # Neither is kept.
        limited = drawing.rejection is not None and drawing.rejection.code == "limit"
        if self._cache and not limited and drawing.fallback is None:
            self._cache.put(key, drawing)
        return drawing


def _drawing(result: Svg | Rejection, source: str, prefix: str) -> Drawing:
    if isinstance(result, Svg):
        svg = _named(result.text, result.kind, source)
        return Drawing(svg, kind=result.kind, width=result.width, height=result.height, prefix=prefix)
    if result.code == "crash":
        return Drawing(fallback=f"the engine fails at it ({_cut(result.message)})")
    word = first_word(source)[0]
    if result.code == "unsupported-diagram" and word in _CLIENT_ONLY:
        return Drawing(fallback=f"the engine does not draw `{word}`")
    return Drawing(rejection=result)


def _named(svg: str, kind: str, source: str) -> str:
    """The SVG with a name for those who do not see it; the author's `accTitle` is one already."""
    head = svg[: svg.find(">")]
    if "aria-label" in head:
        return svg
    front = _PREAMBLE.match(source)
    title = re.search(r"^[ \t]*title:[ \t]*(\S.*?)[ \t]*$", front.group(), re.MULTILINE) if front else None
    name = _spoken(kind) + (f": {title[1].strip(chr(34) + chr(39))}" if title else "")
    return svg.replace("<svg ", f'<svg aria-label="{html.escape(name[:1].upper() + name[1:])}" ', 1)


# ---------------------------------------------------------------------------------------------------- cache


_DAY = 86_400


@dataclass
class Cache:
    """One small file a drawing: a line of JSON, then the SVG. Any trouble with it means drawing again."""

    folder: Path
    limit: int = 64 * 1024 * 1024
    """In bytes. A process that draws and finds more removes the longest unused, until half is left."""
    _prepared: bool = field(default=False, init=False)
    _broken: bool = field(default=False, init=False)

    def get(self, key: str) -> Drawing | None:
        """What was kept, if it is there and whole."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                head, _, body = file.read().partition(b"\n")
                age = time.time() - os.fstat(file.fileno()).st_mtime
            entry = json.loads(head)
            if entry.pop("check") != zlib.crc32(body):
                return None
            rejection = entry.pop("rejection")
            drawing = Drawing(
                body.decode() if rejection is None else None,
                rejection=Rejection(**rejection) if rejection else None,
                **entry,
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None  # it is drawn and written anew
        if age > _DAY:
            with suppress(OSError):
                os.utime(path)  # still in use, so not the first to be pruned
        return drawing

    def put(self, key: str, drawing: Drawing) -> None:
        """Keep a drawing, or a rejection."""
        if self._broken:
            return
        body = (drawing.svg or "").encode("utf-8", "replace")
        entry = {name: getattr(drawing, name) for name in ("kind", "width", "height", "prefix")}
        entry["rejection"] = asdict(drawing.rejection) if drawing.rejection else None
        entry["check"] = zlib.crc32(body)
        try:
            self._prepare()
            with NamedTemporaryFile(dir=self.folder, suffix=".tmp", delete=False) as file:
                file.write(json.dumps(entry).encode() + b"\n" + body)
            Path(file.name).replace(self._path(key))  # whole or not at all, whoever else writes or dies
        except OSError:
            self._broken = True  # a read-only or full disk: no cache, no noise

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.svg"

    def _prepare(self) -> None:
        if not self._prepared:
            self._prepared = True
            self.folder.mkdir(parents=True, exist_ok=True)
            self._prune()

    def _prune(self) -> None:
        entries: list[tuple[float, int, Path]] = []
        for path in self.folder.iterdir():
            with suppress(OSError):  # another build may be pruning too
                status = path.stat()
                if path.suffix == ".svg":
                    entries.append((status.st_mtime, status.st_size, path))
                elif path.suffix == ".tmp" and time.time() - status.st_mtime > _DAY:
                    path.unlink()  # a build that was killed left it
        total = sum(size for _, size, _ in entries)
        if total <= self.limit:
            return
        for _, size, path in sorted(entries):
            with suppress(OSError):
                path.unlink()
            total -= size
            if total <= self.limit // 2:
                return


# ------------------------------------------------------------------------------------------------- findings


def judge(
    fence: Fence, drawing: Drawing, *, path: str, offset: int = 0, section: str = ""
) -> Iterator[Diagnostic]:
    """A Mermaid diagram can be drawn; `offset` is how many lines of the file come before the scanned text."""
    here = (fence.line + offset, fence.column)
    if not fence.closed:
        message = "this Mermaid fence is never closed; the page shows it as text"
        advice = "Close it with a line of the same characters, as many, and indented as deep as it is."
        yield finding("diagram-invalid", path, *here, message, help=advice, section=section)
    elif drawing.rejection:
        mistake = explain(drawing.rejection, fence.source)
        line, column = fence.position(mistake.line, mistake.column)
        where = (path, line + offset, column)
        yield finding("diagram-invalid", *where, mistake.message, help=mistake.help, section=section)
    elif drawing.fallback and not drawing.chosen:
        message = f"this diagram is left to the theme's client-side Mermaid: {drawing.fallback}"
        advice = "`{.mermaid engine=client}` on the fence says that this is meant."
        yield finding("diagram-fallback", path, *here, message, help=advice, section=section)


@dataclass(frozen=True)
class Mistake:
    """A rejection in words. Line and column count in the source; 0 where nothing is known."""

    line: int
    column: int
    message: str
    help: str = ""


@dataclass(frozen=True)
class _Case:
    """A rejection with what its message holds taken apart."""

    kind: str
    """The first word of the diagram."""
    lines: tuple[str, ...]
    line: int
    column: int
    message: str
    expected: frozenset[str]
    got: str

    @property
    def text(self) -> str:
        return self.lines[self.line - 1] if 1 <= self.line <= len(self.lines) else ""

    @property
    def rest(self) -> str:
        """The line from the position on."""
        return self.text[self.column - 1 :] if self.column else ""

    @property
    def at_end(self) -> bool:
        """Whether the engine only knows that the diagram ends too early."""
        return self.got in ("$end", "EOF_IN_STRUCT") or self.line > len(self.lines)


def explain(rejection: Rejection, source: str) -> Mistake:
    """What is wrong with a diagram, where, and how to mend it."""
    if rejection.code == "unsupported-diagram":
        return _unknown_kind(source)
    if rejection.code == "limit":
        advice = "Split it into smaller diagrams, or leave it to the browser: `{.mermaid engine=client}`."
        return Mistake(0, 0, f"this diagram is too big: {_first(rejection.message)}", advice)
    case = _case(rejection, source)
    found = next((mistake for rule in _RULES if (mistake := rule(case))), None) or _unexpected(case)
    if not 1 <= found.line <= len(case.lines):
        return found
    line = _cut(case.lines[found.line - 1])
    if not line or f"`{line}`" in found.message:
        return found
    return replace(found, message=f"{found.message}, in `{line}`")


def _case(rejection: Rejection, source: str) -> _Case:
    expected, _, got = rejection.message.partition("Expecting ")[2].rpartition("got ")
    return _Case(
        kind=first_word(source)[0],
        lines=tuple(source.split("\n")),
        line=rejection.line,
        column=rejection.column,
        message=_first(rejection.message),
        expected=frozenset(re.findall(r"'([^']+)'", expected)),
        got=got.strip().strip("'"),
    )


def _first(message: str) -> str:
    return message.split("\n", 1)[0].strip().rstrip(".")


def _unknown_kind(source: str) -> Mistake:
    word, line, column = first_word(source)
    advice = "Begin with the type: `flowchart LR`, `sequenceDiagram`, `erDiagram`, `stateDiagram-v2` …"
    if not word:
        return Mistake(0, 0, "this diagram is empty", advice)
    folded = {kind.lower(): kind for kind in KINDS}
    close = difflib.get_close_matches(word.lower(), folded, 1, 0.6)
    guess = f"; did you mean `{folded[close[0]]}`?" if close else ""
    return Mistake(line, column, f"`{_cut(word)}` is no type of Mermaid diagram{guess}", advice)


def _named_elsewhere(case: _Case) -> Mistake | None:
    """The engine knows what is wrong and not where: look for what its message names."""
    if case.line:
        return None
    message, _, hint = case.message.partition(" (Help try using ")
    advice = f"Try `{hint.strip(chr(34) + ')')}`." if hint else ""
    message = _lower(re.sub(r":(?=\S)", ": ", message))
    names = re.findall(r'"([^"]+)"', case.message) or re.findall(r":\s*(\S.*)$", case.message)
    for name in [*names, *(name.split()[-1] for name in names if name.split())]:
        pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)")
        for number, line in enumerate(case.lines, 1):
            if match := pattern.search(line):
                return Mistake(number, match.start() + 1, message, advice)
    return Mistake(0, 0, message, advice)


_BLOCK = {
    "flowchart": (re.compile(r"\s*(subgraph)\b"), re.compile(r"\s*end\b")),
    "sequenceDiagram": (
        re.compile(r"\s*(loop|alt|opt|par|par_over|critical|break|rect|box)\b"),
        re.compile(r"\s*end\b"),
    ),
    "block-beta": (re.compile(r"\s*(block)\b(?!-beta)"), re.compile(r"\s*end\b")),
    "": (re.compile(r"\s*([^{}\"]*\{)[^{}]*$"), re.compile(r"\s*\}")),
}
_BLOCK["graph"] = _BLOCK["flowchart"]
_BLOCK["block"] = _BLOCK["block-beta"]


def _unclosed_block(case: _Case) -> Mistake | None:
    """The diagram ends inside a block: point at the block."""
    if not case.at_end:
        return None
    opens, closes = _BLOCK.get(case.kind, _BLOCK[""])
    open_blocks: list[tuple[int, int, str]] = []  # line, indentation, keyword
    for number, line in enumerate(case.lines, 1):
        indent = len(line) - len(line.lstrip())
        if match := opens.match(line):
            open_blocks.append((number, indent, match[1]))
        elif closes.match(line) and open_blocks:
            if open_blocks[-1][1] > indent and any(block[1] == indent for block in open_blocks):
                break  # by its indentation it closes an outer one, so the inner one is what was forgotten
            open_blocks.pop()
    if not open_blocks:
        return None
    number, indent, keyword = open_blocks[-1]
    close = "}" if keyword.endswith("{") else "end"
    opened = _cut(keyword if close == "end" else case.lines[number - 1])
    return Mistake(number, indent + 1, f"`{opened}` is not closed", f"Close it with a line `{close}`.")


_CLOSERS = {"[": "]", "(": ")", "{": "}"}


def _unclosed_bracket(case: _Case) -> Mistake | None:
    """The diagram ends, or the next token comes, inside a quotation or a bracket."""
    if case.at_end:
        numbers = range(1, len(case.lines) + 1)
    elif case.expected & _LABEL_ENDS.keys():
        numbers = range(case.line, max(case.line - 3, 0), -1)  # a label may go on in the next line
    else:
        return None
    for number in numbers:
        line = case.lines[number - 1]
        if line.count('"') % 2:
            return Mistake(number, line.rindex('"') + 1, 'a `"` is not closed', 'Close the label with a `"`.')
    for number in numbers:
        if (index := _open_bracket(case.lines[number - 1])) is not None:
            bracket = case.lines[number - 1][index]
            close = _CLOSERS.get(bracket, bracket)
            return Mistake(number, index + 1, f"a `{bracket}` is not closed", f"Close it with `{close}`.")
    return None


def _open_bracket(line: str) -> int | None:
    """Where the last bracket, or bar, stands that this line opens and does not close."""
    stack: list[int] = []
    for index, character in enumerate(_without_quotations(line)):
        if stack and character == _CLOSERS.get(line[stack[-1]], line[stack[-1]]):
            stack.pop()
        elif character in "[({|":
            stack.append(index)
    return stack[-1] if stack else None


_LABEL_ENDS = {
    "SQE": "[", "PE": "(", "DIAMOND_STOP": "{", "PIPE": "|", "SUBROUTINEEND": "[[", "CYLINDEREND": "[(",
    "STADIUMEND": "([", "DOUBLECIRCLEEND": "(((",
}  # fmt: skip
"""What the parser waits for inside a label, and what opened the label."""


def _needs_quotes(case: _Case) -> Mistake | None:
    """A bracket or quote inside a label that is not in quotes."""
    ends = case.expected & _LABEL_ENDS.keys()
    index = case.text.rfind('"', 0, case.column) if case.got == "STR" else case.column - 1
    character = case.text[index : index + 1]
    if not ends or not character or character not in '()[]{}|"':
        return None
    opener = _LABEL_ENDS[min(ends)]
    start = case.text.rfind(opener, 0, index)
    if start < 0:
        return None
    closer = "".join(_CLOSERS.get(part, part) for part in reversed(opener))
    mended = _quoted(case.text, start, opener, closer)
    around = f"`{opener}…{closer}`"
    advice = f"Write `{_cut(mended)}`." if mended else f'Write the label as `{opener}"…"{closer}`.'
    if character in "])}" and opener[-1:] in _CLOSERS and _CLOSERS[opener[-1]] == character:
        return Mistake(case.line, index + 1, f"a `{character}` too many", f"Remove it, or {_lower(advice)}")
    message = f"a `{character}` inside {around} needs quotes around the label"
    return Mistake(case.line, index + 1, message, advice)


def _quoted(line: str, start: int, opener: str, closer: str) -> str:
    """The node or edge label with quotes around it, where its end can be told."""
    begin = start + len(opener)
    end = re.compile(re.escape(closer) + r"(?=\s*(?:$|;|&|:::|[-=<~.ox|]|[A-Za-z]))").search(line, begin)
    inner = line[begin : end.start()] if end else ""
    while end and inner.count(opener[-1]) > inner.count(closer[0]) and opener[-1] != closer[0]:
        end = re.compile(re.escape(closer)).search(line, end.end())
        inner = line[begin : end.start()] if end else ""
    if not end:
        return ""
    name = re.search(r"[\w-]*$", line[:start])
    inner = inner.strip().replace('"', "#quot;")
    return f'{name.group() if name else ""}{opener}"{inner}"{closer}'


def _reserved(case: _Case) -> Mistake | None:
    """`end` as the name of a node or participant."""
    word = re.match(r"\s*(end)\b", case.rest)
    if case.got != "end" and not word:
        return None
    if case.at_end or case.text.strip() == "end":
        advice = "Remove it, or add the line that it should close."
        return Mistake(case.line, case.column, "an `end` closes nothing here", advice)
    advice = 'Write `End`, or give it another name with a label: `stop["end"]`.'
    return Mistake(case.line, case.column, "`end` is a reserved word", advice)


def _arrow(case: _Case) -> Mistake | None:
    """An arrow of another kind of diagram."""
    if case.kind in ("sequenceDiagram", "gitGraph", "erDiagram"):
        return None
    match = re.search(r"(?<![-=.<|ox*&])->>?|(?<![<=])=>|[–—]>|→|->>", case.text)
    if not match or match.start() >= case.column + 1:
        return None
    name = KINDS.get(case.kind, "diagram")
    message = f"`{match.group()}` is no arrow in a {name}"
    return Mistake(case.line, match.start() + 1, message, "An arrow is `-->`.")


def _no_text(case: _Case) -> Mistake | None:
    """A message or a relation without its text."""
    if case.got not in ("NEWLINE", "$end", "EOF"):
        return None
    if case.kind == "sequenceDiagram" and "TXT" in case.expected:
        return Mistake(case.line, case.column, "this message has no text", "Say what is sent: `A->>B: text`.")
    if case.kind == "erDiagram" and "COLON" in case.expected:
        return Mistake(case.line, case.column, "this relation has no label", "Name it: `A ||--o{ B : has`.")
    return None


def _half_an_attribute(case: _Case) -> Mistake | None:
    """An attribute of an entity is a type and a name."""
    if case.kind != "erDiagram" or "ATTRIBUTE_WORD" not in case.expected or case.at_end:
        return None
    written = [number for number, line in enumerate(case.lines, 1) if line.strip()]
    earlier = [number for number in written if number < case.line]
    number = earlier[-1] if case.got == "BLOCK_STOP" and earlier else case.line
    advice = "Give it a type and a name: `string title`."
    column = len(case.lines[number - 1].rstrip()) + 1
    return Mistake(number, column, "this attribute is only half written", advice)


_WORDS = {
    "sequenceDiagram": "participant actor activate deactivate create destroy autonumber note loop alt else"
    " opt par and critical option break rect box end title",
    "flowchart": "subgraph end direction classDef class click style linkStyle",
    "classDiagram": "class namespace note direction classDef style click",
    "stateDiagram-v2": "state note direction classDef class",
}
_WORDS["graph"] = _WORDS["flowchart"]


def _misspelt(case: _Case) -> Mistake | None:
    """The first word of the line is nearly one that the diagram knows."""
    match = re.match(r"\s*([A-Za-z]{4,})\b(?=\s+\S|$)", case.text)
    words = _WORDS.get(case.kind, "").split()
    if not match or match[1] in words or not (close := difflib.get_close_matches(match[1], words, 1, 0.75)):
        return None
    message = f"`{match[1]}` cannot stand here; did you mean `{close[0]}`?"
    return Mistake(case.line, match.start(1) + 1, message)


def _unopened_bracket(case: _Case) -> Mistake | None:
    """A label with its end and without its beginning."""
    if case.kind not in ("flowchart", "graph", "block-beta", "mindmap"):
        return None
    open_brackets: list[str] = []
    for index, character in enumerate(_without_quotations(case.text)):
        if character in _CLOSERS:
            open_brackets.append(character)
        elif character in _CLOSERS.values():
            if open_brackets and _CLOSERS[open_brackets.pop()] == character:
                continue
            opener = next(key for key, value in _CLOSERS.items() if value == character)
            advice = f"Open the label with `{opener}`."
            return Mistake(case.line, index + 1, f"this `{character}` has no `{opener}`", advice)
    return None


def _without_quotations(line: str) -> str:
    return re.sub(r'"[^"]*"', lambda text: "_" * len(text[0]), line)


_TOKENS = {
    "COLON": "`:`", "SEMI": "`;`", "COMMA": "`,`", "PIPE": "`|`", "SQE": "`]`", "PE": "`)`",
    "DIAMOND_STOP": "`}`", "STRUCT_STOP": "`}`", "BLOCK_STOP": "`}`", "end": "`end`", "TXT": "`: text`",
    "NODE_STRING": "a node", "NEWLINE": "a new line", "NUM": "a number", "NUMBER_WITH_DECIMAL": "a number",
    "STR": "text in quotes", "ID": "a name", "ALPHA": "a word", "ACTOR": "a participant",
    "ENTITY_NAME": "an entity", "LINK": "an arrow",
}  # fmt: skip
"""What the parsers of mermaid.js call things, and what people do."""


def _unexpected(case: _Case) -> Mistake:
    """What is left: the thing at the position is not what can stand there."""
    named = sorted({_TOKENS[token] for token in case.expected if token in _TOKENS})
    wanted = f"; expected {' or '.join(named)}" if 0 < len(named) == len(case.expected) <= 3 else ""
    if case.at_end:
        last = max((number for number, line in enumerate(case.lines, 1) if line.strip()), default=0)
        column = len(case.lines[last - 1].rstrip()) + 1 if last else 0
        return Mistake(last, column, f"the diagram ends too early{wanted}")
    match = re.match(r"\s*(\w+|[^\w\s]+)", case.rest)
    if not match:
        return Mistake(case.line, case.column, f"this line ends too early{wanted}")
    return Mistake(case.line, case.column + match.start(1), f"`{_cut(match[1])}` cannot stand here{wanted}")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


_RULES = (
    _named_elsewhere, _unclosed_block, _unclosed_bracket, _needs_quotes, _reserved, _no_text,
    _half_an_attribute, _arrow, _misspelt, _unopened_bracket,
)  # fmt: skip
"""The first that knows what to say says it."""


def _cut(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


# ----------------------------------------------------------------------------------------------------- html


def to_html(drawing: Drawing, source: str, nth: int = 1, *, title: str = "") -> str:
    """What the page shows; `nth` tells the occurrences of one diagram on one page apart."""
    if drawing.rejection:
        return _error_box(drawing.rejection, source)
    if drawing.svg is None:
        return f'<pre class="mermaid"><code>{html.escape(source, quote=False)}</code></pre>'
    svg = drawing.svg.replace(drawing.prefix, f"{drawing.prefix}-{nth}") if nth > 1 else drawing.svg
    caption = f"<figcaption>{html.escape(title)}</figcaption>" if title else ""
    return (
        f'<figure class="designdocs-diagram" style="--designdocs-width:{drawing.width:g}px">'
        f'<div class="designdocs-diagram__view">{svg}</div>{caption}</figure>'
    )


def _error_box(rejection: Rejection, source: str) -> str:
    mistake = explain(rejection, source)
    lines = [html.escape(line, quote=False) for line in source.split("\n")]
    if 1 <= mistake.line <= len(lines):
        lines[mistake.line - 1] = f"<mark>{lines[mistake.line - 1]}</mark>"
    advice = f"<p>{_code(mistake.help)}</p>" if mistake.help else ""
    return (
        '<div class="designdocs-diagram-error"><p><strong>This diagram cannot be drawn:</strong> '
        f"{_code(mistake.message)}</p>{advice}<pre><code>{chr(10).join(lines)}</code></pre></div>"
    )


def _code(message: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(message, quote=False))

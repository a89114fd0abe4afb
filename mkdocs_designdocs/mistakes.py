"""What is wrong with a rejected diagram, in words that teach: each rule knows one mistake that people make."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace

from mkdocs_designdocs.engine import Rejection
from mkdocs_designdocs.kinds import KINDS, first_word


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
    line = cut(case.lines[found.line - 1])
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
    return Mistake(line, column, f"`{cut(word)}` is no type of Mermaid diagram{guess}", advice)


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
    opened = cut(keyword if close == "end" else case.lines[number - 1])
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
    advice = f"Write `{cut(mended)}`." if mended else f'Write the label as `{opener}"…"{closer}`.'
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
    return Mistake(case.line, case.column + match.start(1), f"`{cut(match[1])}` cannot stand here{wanted}")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


_RULES = (
    _named_elsewhere, _unclosed_block, _unclosed_bracket, _needs_quotes, _reserved, _no_text,
    _half_an_attribute, _arrow, _misspelt, _unopened_bracket,
)  # fmt: skip
"""The first that knows what to say says it."""


def cut(text: str, limit: int = 60) -> str:
    """A text as a message quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"

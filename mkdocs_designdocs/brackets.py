"""Brackets, quotes and blocks of a diagram that are opened and not closed, or closed and not opened."""

from __future__ import annotations

import re

from mkdocs_designdocs.complaints import Complaint, Mistake, cut, unquoted, written

_END = re.compile(r"\s*end\b")
_BLOCK = {
    "flowchart": (re.compile(r"\s*(subgraph)\b"), _END),
    "sequence": (re.compile(r"\s*(loop|alt|opt|par|par_over|critical|break|rect|box)\b"), _END),
    "block": (re.compile(r"\s*(block)\b(?!-beta)"), _END),
    "agentflow": (re.compile(r"\s*(flow)\b"), _END),
    "usecase": (re.compile(r"\s*(systemBoundary)\b"), _END),
    "": (re.compile(r"\s*([^{}]*[^{}@]\{)[^{}]*$"), re.compile(r"\s*\}")),
}
_BLOCK["swimlane"] = _BLOCK["flowchart"]
_QUOTED = {"flowchart", "gitGraph", "block", "packet", "pie", "c4", "xychart", "radar", "treemap", "er", "requirement"}
_PAIRS = {"[": "]", "(": ")", "{": "}"}
_OPENERS = ("(((", "((", "([", "[[", "[(", "{{", "[/", "[\\", "[", "(", "{")
_LABEL_ENDS = {
    "SQE", "PE", "DIAMOND_STOP", "PIPE", "SUBROUTINEEND", "CYLINDEREND", "STADIUMEND", "DOUBLECIRCLEEND",
    "SQUARE_BRACES_END",
}  # fmt: skip
"""What the parser waits for inside a label, or a list."""
_BEHIND_A_NODE = r"(?=\s*(?:$|;|&|:::|[-=<~.ox|]|[A-Za-z]))"


def unclosed_block(said: Complaint) -> Mistake | None:
    """The diagram ends inside a block: point at the block."""
    boxed = said.kind == "sequence" and "participant" in said.expected and "end" in said.expected
    if not (said.at_end or boxed):
        return None
    opens, closes = _BLOCK.get(said.kind, _BLOCK[""])
    open_blocks: list[tuple[int, int, str]] = []  # line, indentation, keyword
    for number, text in enumerate(said.lines[: said.line - 1] if boxed else said.lines, 1):
        line = unquoted(text)
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
    opened = cut(keyword if close == "end" else said.lines[number - 1])
    inside = "; only participants stand in it" if boxed else ""
    return Mistake(number, indent + 1, f"`{opened}` is not closed", f"close it with a line `{close}`{inside}")


def unclosed_bracket(said: Complaint) -> Mistake | None:
    """The diagram ends, or the next token comes, inside a quotation or a bracket."""
    if said.at_end:
        numbers = range(1, len(said.lines) + 1)
    elif _LABEL_ENDS.intersection(said.expected):
        numbers = range(said.line, max(said.line - 3, 0), -1)  # a label may go on in the next line
    elif said.kind == "block" and not said.rest.strip():
        numbers = range(said.line, said.line - 1, -1)
    else:
        return None
    for number in numbers:
        if said.lines[number - 1].count('"') % 2:
            return _lone_quote(number, said.lines[number - 1])
    for number in numbers:
        line = said.lines[number - 1]
        if (index := _open_bracket(line)) is not None:
            bracket = line[index]
            close = _PAIRS.get(bracket, bracket)
            mended = line + close if said.kind == "xychart" else ""
            help = written(mended) or f"close it with `{close}`"
            return Mistake(number, index + 1, f"a `{bracket}` is not closed", help, mended)
    return None


def odd_quote(said: Complaint) -> Mistake | None:
    """A quote that is one too many, or has no second one, where quotes mean nothing else."""
    if said.kind not in _QUOTED or said.text.count('"') % 2 == 0:
        return None
    return said.here(said.text.rindex('"'), 'this `"` is one too many, or a second one is missing')


def _lone_quote(number: int, line: str) -> Mistake:
    if curly := re.search("[“”„]", line):
        mended = re.sub("[“”„]", '"', line)
        message = f"`{curly[0]}` is no quote to Mermaid; only the straight one is"
        return Mistake(number, curly.start() + 1, message, written(mended), mended)
    if doubled := re.search(r'(?<=\w)""|""(?=\w)', line):
        mended = line[: doubled.start()] + line[doubled.start() + 1 :]
        return Mistake(number, doubled.start() + 1, 'a `"` too many', written(mended), mended)
    index = line.rindex('"')
    after = re.compile(r"[\])}|]").search(line, index + 1)
    before = line[:index].rstrip()[-1:]
    if before not in _PAIRS and before not in ("|", "") and after and not line[index + 1 : after.start()].strip():
        opener = max(line.rfind(bracket, 0, index) for bracket in "[({|")
        mended = f'{line[: opener + 1]}"{line[opener + 1 :]}' if opener >= 0 else ""
        return Mistake(number, index + 1, 'this `"` ends a label that begins without one', written(mended), mended)
    opener = max(line.rfind(bracket, 0, index) for bracket in "[({|")
    if before not in _PAIRS and before != "|" and after and opener >= 0 and line.count('"') == 1:
        label = line[opener + 1 : after.start()].replace('"', "#quot;")
        mended = f'{line[: opener + 1]}"{label}"{line[after.start() :]}'
        message = f'a `"` inside `{line[opener]}…{after[0]}` needs quotes around the label'
        return Mistake(number, index + 1, message, written(mended), mended)
    mended = f'{line[: after.start()]}"{line[after.start() :]}' if after else ""
    help = written(mended) or 'close it with a `"`'
    return Mistake(number, index + 1, 'a `"` is not closed', help, mended)


def _open_bracket(line: str) -> int | None:
    """Where the last bracket, or bar, stands that this line opens and does not close."""
    stack: list[int] = []
    for index, character in enumerate(unquoted(line)):
        if stack and character == _PAIRS.get(line[stack[-1]], line[stack[-1]]):
            stack.pop()
        elif character in _PAIRS or (character == "|" and not stack):
            stack.append(index)
    return stack[-1] if stack else None


def needs_quotes(said: Complaint) -> Mistake | None:
    """A bracket or quote inside a label that is not in quotes."""
    text = said.text
    index = text.rfind('"', 0, said.column) if said.got == "STR" else said.column - 1
    character = text[index : index + 1]
    if not _LABEL_ENDS.intersection(said.expected) or not character or character not in '()[]{}|"':
        return None
    start, opener = _label_start(text, index, bar="PIPE" in said.expected)
    if start < 0:
        return None
    closer = "".join(_PAIRS.get(part, part) for part in reversed(opener))
    if character == closer[0] and text.startswith(closer, index) and text[index + len(closer) :][:1] == closer[0]:
        index += len(closer)
        mended = text[:index] + text[index + 1 :]
        return said.here(index, f"a `{character}` too many", "remove it", mended)
    part, mended = _quoted(text, start, opener, closer)
    help = f"write `{cut(part)}`" if part else f'write the label as `{opener}"…"{closer}`'
    return said.here(index, f"a `{character}` inside `{opener}…{closer}` needs quotes around the label", help, mended)


def bracket_in_label(said: Complaint) -> Mistake | None:
    """`[call f()]` in a mind map or on a board, whose parsers say less about it."""
    match = re.match(r'(\s*[^\s\[\](){}"]*)\[(?P<label>[^"()]*(?P<at>[()])[^"]*)\](?P<rest>\s*(?:@\{.*)?)$', said.text)
    if not match or said.column - 1 < match.start("at"):
        return None
    mended = f'{match[1]}["{match["label"].strip()}"]{match["rest"]}'
    message = f"a `{match['at']}` inside `[…]` needs quotes around the label"
    return said.here(match.start("at"), message, "", mended)


def _label_start(text: str, index: int, *, bar: bool) -> tuple[int, str]:
    """Where the label begins that goes on at an index, and with what."""
    if bar:
        return text.rfind("|", 0, index), "|"
    stack: list[int] = []
    for at, character in enumerate(unquoted(text)[:index]):
        if character in _PAIRS:
            stack.append(at)
        elif stack and character == _PAIRS[text[stack[-1]]]:
            stack.pop()
    start = stack[0] if stack else -1
    return start, next((one for one in _OPENERS if start >= 0 and text.startswith(one, start)), "")


def _quoted(line: str, start: int, opener: str, closer: str) -> tuple[str, str]:
    """The node or edge label with quotes around it, and its line, where its end can be told."""
    begin = start + len(opener)
    end = re.compile(re.escape(closer) + _BEHIND_A_NODE).search(line, begin)
    while end and line.count(opener[-1], begin, end.start()) > line.count(closer[0], begin, end.start()):
        if opener[-1] == closer[0]:
            break
        end = re.compile(re.escape(closer)).search(line, end.start() + 1)
    if not end:
        return "", ""
    label = line[begin : end.start()].strip().replace('"', "#quot;")
    name = re.search(r"[\w-]*$", line[:start])
    part = f'{opener}"{label}"{closer}'
    return (name.group() if name else "") + part, line[:start] + part + line[end.end() :]


def slanted(said: Complaint) -> Mistake | None:
    """`[/` begins a slanted shape, which a path in a label did not mean to."""
    match = re.search(r'\[(?P<label>[/\\][^\[\]"]*[^\[\]"/\\])\]', said.text)
    if said.kind not in ("flowchart", "swimlane") or not match or said.column - 1 < match.start():
        return None
    mended = f'{said.text[: match.start()]}["{match["label"]}"]{said.text[match.end() :]}'
    sign = match["label"][0]
    return said.here(match.start(), f"`[{sign}` begins a slanted shape, and no `/]` or `\\]` ends it", "", mended)


def unopened_bracket(said: Complaint) -> Mistake | None:
    """A label with its end and without its beginning."""
    if said.kind not in ("flowchart", "block", "mindmap", "swimlane"):
        return None
    open_brackets: list[str] = []
    for index, character in enumerate(unquoted(said.text)):
        if character in _PAIRS:
            open_brackets.append(character)
        elif character in _PAIRS.values():
            if open_brackets and _PAIRS[open_brackets.pop()] == character:
                continue
            opener = next(key for key, value in _PAIRS.items() if value == character)
            return said.here(index, f"this `{character}` has no `{opener}`", f"open the label with `{opener}`")
    return None

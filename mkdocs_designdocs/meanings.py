"""Diagrams whose grammar is right and whose meaning is not: the engine says what is wrong, and rarely where."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mkdocs_designdocs.complaints import Complaint, Mistake, Rule, cut, lowered, written
from mkdocs_designdocs.foreword import unreadable


def by_meaning(said: Complaint) -> Mistake | None:
    """What a message without a position is about, and where that stands."""
    if said.line:
        return None
    for pattern, rule in _RULES:
        if re.search(pattern, said.message) and (mistake := rule(said)):
            return mistake
    return _named(said)


def _names(said: Complaint, pattern: str) -> tuple[str, ...]:
    """What the groups of a pattern find in the message; empty texts where it does not fit."""
    match = re.search(pattern, said.message)
    return tuple(match.groups("")) if match else ("",) * re.compile(pattern).groups


def _front_matter(said: Complaint) -> Mistake | None:
    wrong = unreadable("\n".join(said.lines))
    return Mistake(*wrong) if wrong else None


def _date(said: Complaint) -> Mistake | None:
    (date,) = _names(said, r"Invalid date:\s*(.*)")
    if not date:
        return said.found(
            r":(?P<at>\s*(?:,|$))", "this task has no date", "write it behind the colon: `: 2026-01-31, 3d`"
        )
    form = said.find(r"^\s*dateFormat\s+(?P<at>\S.*?)\s*$")
    asked = form[1]["at"] if form else "YYYY-MM-DD"
    help = "write it so, or say in a line `dateFormat` what you write"
    return said.found(rf"[:,]\s*(?P<at>{re.escape(date)})\s*(?:,|$)", f"`{date}` is no `{asked}` date", help)


def _negative(said: Complaint) -> Mistake | None:
    label, value = _names(said, r'"(.*)" has invalid value: (\S+?)\.? ')
    return said.found(rf'"{re.escape(label)}"\s*:\s*(?P<at>{re.escape(value)})', "a slice cannot be less than nothing")


def _second_root(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r'\("(.*)"\)')
    levels = [(n, len(line) - len(line.lstrip())) for n, line in enumerate(said.lines, 1) if line.strip()]
    roots = [(n, indent) for n, indent in levels[1:] if not said.lines[n - 1].lstrip().startswith("%%")]
    if len(roots) < 2:
        return None
    first = roots[0][1]
    number, indent = next(((n, i) for n, i in roots[1:] if i <= first), roots[1])
    mended = " " * (first + 2) + said.lines[number - 1].lstrip()
    help = "indent it below the one there is"
    return Mistake(number, indent + 1, f"`{cut(name)}` is a second root, and there can be only one", help, mended)


def _no_branch(said: Complaint) -> Mistake | None:
    name = next(filter(None, _names(said, r'branch ([^\s"]+)"|\(([^()]*)\) does not exist')), "")
    help = f"create it first: `branch {name}`"
    there = rf"^\s*(?:checkout|switch|merge)\s+\"?(?P<at>{re.escape(name)})(?![\w/-])"
    return said.found(there, f"there is no branch `{name}` yet", help)


def _branch_again(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r"checkout ([^\s\"]+)")
    message = f"there is a branch `{name}` already"
    found = said.found(rf"^\s*branch\s+\"?(?P<at>{re.escape(name)})(?![\w/-])", message, nth=1)
    found = found or said.found(rf"^\s*branch\s+\"?(?P<at>{re.escape(name)})(?![\w/-])", message)
    if not found:
        return None
    line = re.sub(r"\bbranch\b", "checkout", said.lines[found.line - 1], count=1)
    mended = re.sub(r"\s+order:.*", "", line)
    return Mistake(found.line, found.column, message, f"go to it with `{cut(mended)}`", mended)


def _same_head(said: Complaint) -> Mistake | None:
    """Follow the commands to the merge that has nothing to merge."""
    heads, current = {"main": 0}, "main"
    for number, line in enumerate(said.lines, 1):
        match = re.match(r"\s*(commit|branch|checkout|switch|merge|cherry-pick)\b\s*\"?([\w/.-]*)", line)
        if not match:
            continue
        word, name = match.groups()
        if word == "branch":
            heads[name] = heads[current]
        if word in ("branch", "checkout", "switch"):
            current = name
            continue
        if word == "merge" and (name == current or heads.get(name) == heads.get(current)):
            what = "itself" if name == current else f"`{current}`, which has all of it"
            help = "commit something to it first" if name != current else "go to another branch first: `checkout …`"
            return Mistake(number, match.start(2) + 1, f"`{name}` cannot be merged into {what}", help)
        heads[current] = number
    return None


def _nothing_to_merge_into(said: Complaint) -> Mistake | None:
    message = "there is no commit yet into which something could be merged"
    return said.found(r"^\s*(?P<at>merge)\b", message, "begin with a line `commit`")


def _cherry(said: Complaint) -> Mistake | None:
    ids = {match[1] for line in said.lines if (match := re.match(r'\s*commit\b.*\bid:\s*"([^"]*)"', line))}
    for number, line in enumerate(said.lines, 1):
        match = re.match(r'\s*cherry-pick\b(?:.*?\bid:\s*"(?P<id>[^"]*)")?', line)
        if match and match["id"] not in ids:
            column = match.start("id") + 1 if match["id"] is not None else len(line) + 1
            return Mistake(number, column, "there is no commit of this id", 'name one: `cherry-pick id: "…"`')
    return None


def _unknown_id(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r"hand id \[(.*?)\]")
    there = rf"(?:^\s*|:)(?P<at>{re.escape(name)})(?=\s*$|:|\{{)"
    return said.found(there, f"there is no `{name}`", f"declare it above the arrow: `service {name}(server)[…]`")


def _no_parent(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r"\[(.*?)\]'s parent")
    there = rf"\b{re.escape(name)}\b.*\bin\s+(?P<at>\S+)"
    return said.found(there, "there is no such group yet", "declare the group above it")


def _id_taken(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r"id \[(.*?)\]")
    there = rf"^\s*(?:service|group|junction)\s+(?P<at>{re.escape(name)})\b"
    return said.found(there, f"the id `{name}` is taken", "give it another one", nth=1)


def _gap(said: Complaint) -> Mistake | None:
    begin, end, due = _names(said, r"block (\d+) - (\d+) is not contiguous. It should start from (\d+)")
    if not due:
        return None
    mend = (lambda at: due + at[len(begin) :]) if int(end) >= int(due) else None
    there = rf"^\s*(?P<at>{begin})(?:\s*-\s*{end})?\s*:"
    return said.found(there, f"bit {begin} does not follow: the bits before it end at {int(due) - 1}", "", 0, mend)


def _backwards(said: Complaint) -> Mistake | None:
    begin, end = _names(said, r"block (\d+) - (\d+) is invalid")
    return said.found(rf"^\s*(?P<at>{begin}\s*-\s*{end})\s*:", "this range ends before it begins")


def _relation_to_nothing(said: Complaint) -> Mistake | None:
    declared = {match[2] for match in map(_C4.match, said.lines) if match and "Rel" not in match[1]}
    for number, line in enumerate(said.lines, 1):
        if match := _WORDS_FIRST.match(line):
            mended = f"{match[1]}, {match['end']}, {match['at']}{match['rest']}"
            message = "a relation names both its ends before it says anything"
            return Mistake(number, match.start("at") + 1, message, written(mended), mended)
    for name in _names(said, r'"(.*?)" -> "(.*?)"'):
        if name not in declared:
            there = rf"Rel\w*\(.*?(?<![\w\"])(?P<at>{re.escape(name)})(?![\w\"])"
            return said.found(there, f"there is no `{name}`", f'declare it: `System({name}, "…")`')
    return None


_WORDS_FIRST = re.compile(
    r'(\s*(?:Bi)?Rel\w*\(\s*[\w-]+)\s*,\s*(?P<at>"[^"]*")\s*,\s*(?P<end>[\w-]+)\s*(?P<rest>[,)].*)$'
)
_C4 = re.compile(r"\s*(\w+)\(\s*([\w-]+)")


def _no_arrow(said: Complaint) -> Mistake | None:
    number, last = _names(said, r"index (\d+) .* and (-?\d+)\.")
    there = rf"^\s*linkStyle\s+(?:[\d,]*,)?(?P<at>{number})\b"
    if last == "-1":
        return said.found(
            there, f"there is no arrow {number}: no arrow stands above this line", "put it below its arrow"
        )
    return said.found(there, f"there is no arrow {number}: they are counted from 0, and the last is {last}")


def _inactive(said: Complaint) -> Mistake | None:
    (name,) = _names(said, r"[(](.*)[)]")
    message = f"`{name}` is not active here"
    help = f"activate it before: `activate {name}`, or a `+` behind the arrow that leads to it"
    found = said.found(rf"^\s*deactivate\s+(?P<at>{re.escape(name)})\s*$", message, help, nth=-1)
    return found or said.found(rf"^\s*{re.escape(name)}\s*-[->)x]+(?P<at>-)", message, help, nth=-1)


def _made_for_nothing(said: Complaint) -> Mistake | None:
    word, name = _names(said, r"^The (create|destroy)\w* participant (.*?) does not")
    way = "to" if word == "create" else "from or to"
    help = f"the next message behind this line goes {way} `{name}`"
    there = rf"^\s*{word}\s+(?:(?:participant|actor)\s+)?(?P<at>{re.escape(name)})(?!\w)"
    return said.found(there, f"no message {'creates' if word == 'create' else 'destroys'} `{name}`", help)


def _created_twice(said: Complaint) -> Mistake | None:
    for number, line in enumerate(said.lines, 1):
        match = re.match(r"\s*create\s+(?:participant|actor)\s+(?P<at>.+?)\s*(?:\sas\s.*)?$", line, re.IGNORECASE)
        if match and any(
            re.search(rf"(?<!\w){re.escape(match['at'])}(?!\w)", above) for above in said.lines[: number - 1]
        ):
            help = (
                "create it where it appears first, or give the second one another name, and the same words behind `as`"
            )
            return Mistake(number, match.start("at") + 1, f"`{match['at']}` is there already", help)
    return None


def _at_end(said: Complaint, message: str, help: str) -> Mistake:
    number = max((number for number, line in enumerate(said.lines, 1) if line.strip()), default=1)
    return Mistake(number, len(said.lines[number - 1].rstrip()) + 1, message, help)


_RULES: tuple[tuple[str, Rule], ...] = (
    ("^Front matter is not valid", _front_matter),
    ("^Invalid date", _date),
    ("has invalid value: -", _negative),
    ("only one root", _second_root),
    ("branch which is not yet created|Branch to be merged .* does not exist", _no_branch),
    ("create an existing branch", _branch_again),
    ("Both branches have same head|merge a branch to itself|^Cannot merge branch .* into itself", _same_head),
    (r"Current branch .*has no commits", _nothing_to_merge_into),
    ('"cherryPick"', _cherry),
    ("-hand id .* does not yet exist", _unknown_id),
    ("'s parent does not exist", _no_parent),
    ("is already in use by another node", _id_taken),
    ("is not contiguous", _gap),
    ("End must be greater than start", _backwards),
    ("references an unknown shape or boundary", _relation_to_nothing),
    ("for linkStyle is out of bounds", _no_arrow),
    ("needs a time period", lambda said: said.found(r"^\s*(?P<at>:)", "an event needs a time before it")),
    ("^Axes must be", lambda said: said.found(r"^\s*(?P<at>curve)\b", "a curve comes behind the `axis` lines")),
    ("inactivate an inactive", _inactive),
    ("^The (?:created|destroyed) participant", _made_for_nothing),
    ("actors with the same id", _created_twice),
    ("^Columns must be", lambda said: said.found(r"^\s*columns\s+(?P<at>\S+)", "there is no row of 0 columns")),
    ("^No Plot", lambda said: _at_end(said, "this chart has nothing to show", "give it numbers: `bar [1, 2, 3]`")),
)
"""What a message says, and who knows where that is; without one, whatever the message names is looked for."""


def _named(said: Complaint) -> Mistake:
    """Look for what the message names."""
    message, _, hint = said.message.partition(" (Help")
    hint = hint.partition(" ")[2].removeprefix("try using ").strip(' ")')
    message = lowered(re.sub(r":(?=\S)", ": ", message)).rstrip(".")
    help = f"try `{hint}`" if hint and len(hint.split()) < 4 else lowered(hint)
    for name in _candidates(said.message):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for number, line in enumerate(said.lines, 1):
            if match := pattern.search(line):
                return Mistake(number, match.start() + 1, message, help)
    return Mistake(0, 0, message, help)


def _candidates(message: str) -> Iterable[str]:
    names = re.findall(r'"([^"]+)"', message) + re.findall(r"[\[(]([^\[\]()]+)[\])]", message)
    names += re.findall(r":\s*(\S.*)$", message)
    yield from (name.strip() for name in names if name.strip())
    yield from (name.split()[-1].rstrip(".") for name in names if len(name.split()) > 1)

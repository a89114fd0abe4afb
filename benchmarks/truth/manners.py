"""The ways in which people leave a section, each with what a reader would call it and what should be said of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from truth.parts import Part
from truth.words import ONE_WORD, words


class Said(Enum):
    """What should be said of a section that is left in some manner."""

    NOTHING = "nothing at warning or error level"
    BESIDE = "nothing at warning or error level in the author's own lines, and something of the template's"
    SOMETHING = "something, at warning or error level"
    ERROR = "one error"
    ABSENCE = "one error, that it is missing"
    ABOVE = "nothing here: it is settled above"


_DONE = frozenset({"written", "not-applicable"})


@dataclass(frozen=True)
class Body:
    """What stands below a heading, and which of it is the author's."""

    text: str
    own: range = range(0)
    """The numbers of the author's own lines, from 0."""


@dataclass(frozen=True)
class Manner:
    """One way to leave a section."""

    name: str
    states: frozenset[str]
    """Those that a reader would call right."""
    said: Said
    write: Callable[[Part, random.Random], Body]

    @property
    def is_own(self) -> bool:
        """Whether the author has said something in it, if only that it does not apply."""
        return self.states <= _DONE


# In words of one's own -----------------------------------------------------------------------------------------


def _all_own(text: str) -> Body:
    return Body(text, range(text.count("\n") + 1))


def _answer_below(part: Part, dice: random.Random) -> Body:
    answer = words(dice)
    before = part.body.count("\n") + 2
    return Body(f"{part.body}\n\n{answer}", range(before, before + answer.count("\n") + 1))


def _answer_above(part: Part, dice: random.Random) -> Body:
    # What is indented, or a container, would take the template's text below into it.
    answer = f"{words(dice)}\n\nMore below."
    return Body(f"{answer}\n\n{part.body}", range(answer.count("\n") + 1))


_MARK = re.compile(r"\[(?! ?[\]xX])(?=[^\]\n]*[a-z])[^\]\n]*\](?![(:])|\{\{[^}\n]*\}\}|(?<![\w_])_[^_\n]+_(?![\w_])")


def marks(body: str) -> list[re.Match[str]]:
    """The places outside code that a template wants replaced, as a person sees them."""
    code = [found.span() for found in re.finditer(r"^ *```.*?^ *```|`[^`\n]+`|^flowchart.*?\n$", body, re.M | re.S)]
    return [m for m in _MARK.finditer(body) if not any(first <= m.start() < last for first, last in code)]


def _half_replaced(part: Part, dice: random.Random) -> Body:
    """One of two marks in a line is replaced; where no line has two, one of several lines is."""
    found = marks(part.body) if "flowchart" not in part.body else []
    line = [part.body.count("\n", 0, mark.start()) for mark in found]
    twins = [mark for mark, at in zip(found, line, strict=True) if line.count(at) > 1]
    if len(found) < 2:
        return untouched(part, dice)
    mark = dice.choice(twins or found)
    return Body(part.body[: mark.start()] + dice.choice(["Gate", "Two gates", "`scan`"]) + part.body[mark.end() :])


# As the template wrote it, more or less ------------------------------------------------------------------------


def untouched(part: Part, _: random.Random) -> Body:
    """As the template wrote it."""
    return Body(part.body)


def _by_line(part: Part, change: Callable[[str], str]) -> Body:
    """Every line changed that is no code."""
    fenced, lines = False, []
    for line in part.body.split("\n"):
        fence = line.lstrip().startswith("```")
        lines.append(line if fenced or fence or "flowchart" in part.body else change(line))
        fenced ^= fence
    return Body("\n".join(lines))


def _rewrapped(part: Part, _: random.Random) -> Body:
    starts = re.compile(r"[\[_A-Z]")
    return _by_line(part, lambda line: re.sub(r"(\S+ \S+ \S+) ", r"\1\n", line) if starts.match(line) else line)


def _restyled(part: Part, dice: random.Random) -> Body:
    """Another tool's bullets and emphasis."""
    bullet = dice.choice(["* ", "+ ", "-   ", "1. "])

    def change(line: str) -> str:
        line = re.sub(r"^( *)- (?!\[ \])", rf"\g<1>{bullet}", line)
        line = re.sub(r"(?<![\w_*])_([^_\n]+)_(?![\w_*])", r"*\1*", line)
        return re.sub(r"^(\d+)\. ", r"\1) ", line) if bullet != "1. " else line

    return _by_line(part, change)


def _padded(part: Part, dice: random.Random) -> Body:
    """Trailing white space, and the columns of tables made even."""
    end = dice.choice([" ", "  ", "\t"])
    return _by_line(part, lambda line: re.sub(r" \| ", "   |  ", line).rstrip() + end if line else line)


def _typographic(part: Part, _: random.Random) -> Body:
    """With the quotes, dashes and dots of a word processor."""

    def change(line: str) -> str:
        line = re.sub(r"(?<=\w)'(?=\w)", "’", line)
        line = re.sub(r'"([^"]*)"', r"“\1”", line)
        return re.sub(r"(?<=\S) --? ", " – ", line.replace("...", "…"))

    return _by_line(part, change)


def _escaped(part: Part, _: random.Random) -> Body:
    """With the brackets that a converter escapes."""
    return _by_line(part, lambda line: re.sub(r"\[(?! ?[\]xX])([^\]]*)\](?!\()", r"\\[\1\\]", line))


def _bold(part: Part, _: random.Random) -> Body:
    return _by_line(part, lambda line: re.sub(r"^(\[[^\]]+\])$", r"**\1**", line))


def _quoted(part: Part, _: random.Random) -> Body:
    return Body("\n".join(f"> {line}".rstrip() for line in part.body.split("\n")))


def _folded(part: Part, dice: random.Random) -> Body:
    inner = "\n".join(f"    {line}".rstrip() for line in part.body.split("\n"))
    return Body(
        dice.choice(
            [
                f"<details>\n<summary>Guidance</summary>\n\n{part.body}\n\n</details>",
                f'!!! note "Guidance"\n\n{inner}',
                f"??? tip\n\n{inner}",
            ]
        )
    )


def _commented_out(part: Part, _: random.Random) -> Body:
    return Body(f"<!--\n{re.sub('<!--|-->', '', part.body)}\n-->")


def _without_marks(part: Part, dice: random.Random) -> Body:
    """With every placeholder deleted; as it was where there is none or code."""
    if part.holds_code:
        return untouched(part, dice)
    return Body(re.sub(r"\{\{[^}]*\}\}|\[(?! \])[^\]\n]*\]|(?<!\w)_[^_\n]+_(?!\w)", "", part.body))


def _first_only(part: Part, dice: random.Random) -> Body:
    """The first block, or the first item of a list: the rest is deleted."""
    blocks = part.body.split("\n\n") if "```" not in part.body else [part.body]
    if len(blocks) > 1:
        return Body(blocks[0])
    lines = part.body.split("\n")
    return Body(lines[0]) if len(lines) > 1 and lines[0].startswith("- ") else untouched(part, dice)


def _labels(part: Part, dice: random.Random) -> Body:
    """The labels and nothing else."""
    found = re.findall(r"^\*\*[^*\n]+\*\*:?(?=$| *[\[_`])", part.body, re.MULTILINE)
    return Body("\n\n".join(found) or dice.choice(["**Gates:**", "**Gates**", "Gates:", "**Gates**:\n\n**Couriers**:"]))


def _empty_rows(part: Part, dice: random.Random) -> Body:
    """The table's header, its rows deleted or emptied; someone else's where the template has none."""
    head = re.search(r"^(\|.*\|)\n\|[-| :]+\|$", part.body, re.MULTILINE)
    top = head[0] if head else "| Depot | Gate |\n|---|---|"
    row = "\n" + "|  " * (top.split("\n")[0].count("|") - 1) + "|"
    return Body(top + row * dice.randint(0, 2))


def _ticked(part: Part, dice: random.Random) -> Body:
    """The template's boxes, some of them ticked."""
    return Body(re.sub(r"\[ \]", lambda _: dice.choice(["[ ]", "[x]", "[X]"]), part.body))


# Nothing, not yet, not at all ----------------------------------------------------------------------------------

NOTHING = (
    "",
    "<!-- what goes here? -->",
    "<!-- TODO: gates -->",
    "<!-- -->",
    "...",
    "…",
    "-",
    "- \n- ",
    "- ...\n- ...",
    "1. ",
    "- [ ] ",
    "&nbsp;",
    "\u00a0",
    "---",
    "***",
    "<br>",
    "<br/>\n<br/>",
    "<p></p>",
    "```\n```",
    "```json\n\n```",
    "_ _",
    "| Depot | Gate |\n|---|---|\n|  |  |",
    "|  |  |\n|---|---|\n|  |  |",
    "###### Graz",
)
NOT_YET = (
    "TBD",
    "tbd.",
    "_TBD_",
    "**TBD**",
    "(TBD)",
    "<TBD>",
    "TODO",
    "TODO: ask the depot",
    "TODO(ana): ask the depot",
    "TODO - gates",
    "- TBD",
    "- TBD\n- TBD",
    "1. TODO",
    "TBD\n\nTBD",
    "- [ ] TODO",
    "To be decided.",
    "To be written",
    "_To be determined._",
    "Will be added later.",
    "Coming soon",
    "Coming soon...",
    "_Coming soon!_",
    "WIP",
    "🚧 WIP",
    "🚧 Work in progress 🚧",
    "Under construction.",
    "To follow.",
    "TBA",
    "TBC",
    "FIXME",
    "XXX",
    "[TODO]",
    "[TBD]",
    "{{ TODO }}",
    "TBD (Ana)",
    "TBD by Ana",
    "> TBD",
    "> **TODO**: ask the depot",
    "!!! warning\n\n    TBD",
    "<!-- later -->\n\nTBD.",
    "```\nTODO\n```",
    "| Depot | Gate |\n|---|---|\n| TBD | TBD |",
    "**Gates:**\n\nTBD",
    "**Gates:** TBD",
    "Gates: TBD",
    "Not yet written.",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    "Placeholder",
    "Please fill in.",
    "###### Graz\n\nTBD",
)
NOT_APPLICABLE = (
    "N/A",
    "n/a.",
    "NA",
    "N/A.",
    "**N/A**",
    "_n/a_",
    "(N/A)",
    "n.a.",
    "- N/A",
    "> N/A",
    "N/A — no parcel is touched.",
    "N/A: no parcel is touched.",
    "N/A - no parcel is touched.",
    "N/A (no parcel is touched)",
    "N/A, as no parcel is touched.",
    "N/A because no parcel is touched.",
    "N/A for couriers",
    "N/A\n\nNo parcel is touched.",
    "Not applicable.",
    "Not applicable: the depot keeps nothing.",
    "Not applicable to depots.",
    "This section does not apply.",
    "Does not apply: the depot keeps nothing.",
    "None",
    "None.",
    "- None",
    "None at this time.",
    "None so far.",
    "None are planned.",
    "There are none.",
    "Nothing.",
    "Nothing changes here.",
    "No changes.",
    "No impact.",
    "Not needed, since nothing is sent.",
    "Not relevant for depots.",
    "Not required.",
    "Not in this version.",
    "Out of scope.",
    "Keine.",
    "| Depot | Gate |\n|---|---|\n| N/A | N/A |",
)


def _one_of(choices: Sequence[str]) -> Callable[[Part, random.Random], Body]:
    return lambda _, dice: Body(dice.choice(choices))


# All of them ---------------------------------------------------------------------------------------------------

_WRITTEN = frozenset({"written"})
_LEFT = frozenset({"unwritten", "empty"})

OWN = Manner("own words", _WRITTEN, Said.NOTHING, lambda _, dice: _all_own(words(dice)))
BARE = Manner("no text", frozenset({"empty"}), Said.SOMETHING, _one_of([""]))
"""Of a part to which the template gives no text either."""
REMOVED = Manner("heading removed", frozenset({"missing"}), Said.ABSENCE, _one_of([""]))
SETTLED = Manner("heading removed, settled above", frozenset({"missing"}), Said.ABOVE, _one_of([""]))
"""Of what is below a part that is left with all that is below it."""

_AS_THE_TEMPLATE = {
    "untouched": untouched,
    "re-wrapped": _rewrapped,
    "restyled": _restyled,
    "padded": _padded,
    "typographic": _typographic,
    "escaped": _escaped,
    "in bold": _bold,
    "quoted": _quoted,
    "folded": _folded,
    "in a comment": _commented_out,
    "placeholders deleted": _without_marks,
    "all but the first deleted": _first_only,
    "only labels": _labels,
    "only a table's header": _empty_rows,
    "boxes ticked": _ticked,
}
LEFT = tuple(Manner(name, _LEFT, Said.SOMETHING, write) for name, write in _AS_THE_TEMPLATE.items())
ANSWERED = (
    OWN,
    Manner("one word", _WRITTEN, Said.NOTHING, lambda _, dice: _all_own(dice.choice(ONE_WORD))),
    Manner("prompt kept, answer below", _WRITTEN, Said.BESIDE, _answer_below),
    Manner("answer above the prompt", _WRITTEN, Said.BESIDE, _answer_above),
)
HALF = Manner("half replaced", _WRITTEN | _LEFT, Said.SOMETHING, _half_replaced)
EMPTIED = Manner("nothing", _LEFT, Said.ERROR, _one_of(NOTHING))
POSTPONED = Manner("not yet", frozenset({"unwritten"}), Said.ERROR, _one_of(NOT_YET))
DECLINED = Manner("not applicable", _DONE, Said.NOTHING, _one_of(NOT_APPLICABLE))

_OF_A_FAMILY = {"removed": REMOVED, "not applicable": DECLINED, "told": OWN}
FAMILIES = {
    f"{name} with all below": Manner(f"{name} with all below", manner.states, manner.said, manner.write)
    for name, manner in _OF_A_FAMILY.items()
}
"""Of a part with parts below it, whose headings are not there: nobody asks for each of them."""

MANNERS: Sequence[Manner] = (
    *(OWN,) * 8,
    *ANSWERED[1:] * 2,
    *LEFT,
    *(HALF,) * 2,
    *(EMPTIED,) * 3,
    *(POSTPONED,) * 4,
    *(DECLINED,) * 3,
    *(REMOVED,) * 3,
    *FAMILIES.values(),
)
"""To choose from, the frequent ones more than once."""

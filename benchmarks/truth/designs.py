"""Designs of a template, each of its sections left in a known manner."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from truth.manners import BARE, EMPTIED, FAMILIES, OWN, REMOVED, SETTLED, Body, Manner
from truth.parts import Part, children, descendants, parts


@dataclass(frozen=True)
class Piece:
    """One section of a design."""

    part: Part
    manner: Manner
    heading: str
    """With its `#`s; empty where it has none."""
    body: Body


@dataclass(frozen=True)
class Frame:
    """What a design has beside its sections, and how its text is written down."""

    before: str = ""
    after: str = ""
    write: Callable[[str], str] = str


FRONT = "---\ndesign:\n  template: {name}\n  title: Parcel gates\n  status: approved\n  authors: ['@ana']\n---\n\n"


@dataclass(frozen=True)
class Made:
    """A design, and what is known of it."""

    template: str
    pieces: Sequence[Piece]
    """In the order in which they stand in it."""
    frame: Frame = Frame()

    @cached_property
    def _written(self) -> tuple[str, Mapping[int, tuple[int, int, int]]]:
        """The text, and for the number of each part that is there the lines of its heading, its body and its end."""
        lines = [*FRONT.format(name=self.template).split("\n")[:-1], "# Parcel gates", ""]
        lines += [self.frame.before, ""] if self.frame.before else []
        lines = "\n".join(lines).split("\n")
        places: dict[int, tuple[int, int, int]] = {}
        for piece in self.pieces:
            if not piece.heading:
                continue
            first = len(lines) + 1
            lines += [*piece.heading.split("\n"), ""]
            body = len(lines) + 1
            lines += [*piece.body.text.split("\n"), ""] if piece.body.text else []
            places[piece.part.number] = first, body, len(lines)
        lines += [self.frame.after, ""] if self.frame.after else []
        if any("[^1]" in line for line in lines):
            lines += ["[^1]: As it was before.", ""]
        return "\n".join(lines), places

    @property
    def text(self) -> str:
        """All of it."""
        return self.frame.write(self._written[0])

    def span(self, piece: Piece) -> range:
        """The lines of a section, its sub-sections left aside; none where it has no heading."""
        first, _, last = self._written[1].get(piece.part.number, (0, 0, -1))
        return range(first, last + 1)

    def own_lines(self, piece: Piece) -> range:
        """The lines of a section that hold the author's words."""
        _, body, _ = self._written[1].get(piece.part.number, (0, 0, -1))
        return range(body + piece.body.own.start, body + piece.body.own.stop)


def make(name: str, manners: Sequence[Manner], dice: random.Random) -> Made:
    """A design of a template, each of its parts left in the manner that is asked for, where that is possible."""
    settled: set[int] = set()
    pieces = []
    dress, depth = dice.choice(DRESSES), dice.choice(DEPTHS)
    for part, wanted in zip(parts(name), manners, strict=True):
        manner = SETTLED if part.number in settled else _possible(name, part, wanted)
        if manner.name in FAMILIES:
            settled |= {below.number for below in descendants(name, part.number)}
        gone = manner.said in _HEADINGLESS
        title = "" if gone else dress(_named(part, dice), part, dice)
        body = manner.write(part, dice)
        open_to_any = depth is _flat or any(below.is_pattern for below in children(name, part.number))
        if open_to_any and "######" in body.text:  # whether these are the template's could nobody tell
            manner, body = (OWN, _LINE) if manner.is_own else (EMPTIED, Body(""))
        pieces.append(Piece(part, manner, title and _headed(title, depth(part)), body))
    frame = dice.choice(FRAMES)
    # A heading that would stand below the last section is part of it.
    frame = replace(frame, after="") if depth is _higher and "## " in frame.after else frame
    return Made(name, _in_some_order(name, pieces, dice), frame)


_HEADINGLESS = {REMOVED.said, SETTLED.said}
_LINE = Body("Two gates.", range(1))


def _possible(name: str, part: Part, wanted: Manner) -> Manner:
    below = children(name, part.number)
    if wanted.name in FAMILIES and not below:
        return OWN
    if wanted.name in FAMILIES:
        return wanted
    if wanted is REMOVED and (part.is_pattern or _is_needed(name, part)):
        return OWN
    if not part.body and wanted is not REMOVED and not wanted.is_own:
        return BARE
    # There is nothing of the template's that could be kept.
    return OWN if not part.body and wanted.name != OWN.name and wanted is not REMOVED else wanted


def _is_needed(name: str, part: Part) -> bool:
    """Whether a person could not tell without its heading what the parts below it are."""
    titles = [other.title for other in parts(name)]
    return any(below.is_pattern or titles.count(below.title) > 1 for below in children(name, part.number))


def _named(part: Part, dice: random.Random) -> str:
    """A heading as an author gives it: its marks replaced."""
    return re.sub(
        r"\{\{[^}]*\}\}|\[(?!optional)[^\]]*\]", lambda _: dice.choice(["Gate", "Scan", "Depot log"]), part.title
    )


def _headed(title: str, level: int) -> str:
    if title.startswith("\n") and level == 2 and not re.match(r"\n\d+\.", title):  # with a line below it
        return title[1:] + "\n" + "-" * 12
    return "#" * level + " " + title.lstrip("\n")


# How headings are dressed --------------------------------------------------------------------------------------

_Dress = Callable[[str, Part, random.Random], str]


def _plain(title: str, _: Part, __: random.Random) -> str:
    return title


def _each(change: Callable[[str], str]) -> _Dress:
    return lambda title, _, __: change(title)


def _fixed(change: Callable[[str], str]) -> _Dress:
    """Only titles that stand for one section; a pattern is named as it is."""
    return lambda title, part, _: title if part.is_pattern else change(title)


def _alias(title: str, part: Part, dice: random.Random) -> str:
    return dice.choice(part.aliases) if part.aliases else title


def _numbered(title: str, part: Part, _: random.Random) -> str:
    bare = re.sub(r"^\d+\. ", "", title)
    return f"{part.number + 1}. {bare}" if part.level == 2 else f"{part.parent + 1}.{part.number + 1} {bare}"


def _misnumbered(word: str) -> str:
    """The other grammatical number."""
    for plural, singular in (("ies", "y"), ("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("ss", "sses"), ("s", "")):
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    return f"{word}s"


DRESSES: Sequence[_Dress] = (
    *(_plain,) * 6,
    *(_alias,) * 3,
    _numbered,
    _each(lambda title: re.sub(r"^\d+\. ", "", title)),
    _each(str.upper),
    _fixed(str.lower),
    _each(lambda title: title.replace(" & ", " and ")),
    _each(lambda title: title.replace(" and ", " & ").replace("/", " / ")),
    _each(lambda title: title.replace("-", " ")),
    _each(lambda title: f"**{title}**"),
    _each(lambda title: f"_{title}_"),
    _each(lambda title: f"{title} {{#here}}"),
    _each(lambda title: f'{title} <a id="here"></a>'),
    _each(lambda title: f"{title}:"),
    _each(lambda title: f"{title} ##"),
    _each(lambda title: f"  {title}   "),
    _each(lambda title: f"\n{title}"),
    _fixed(lambda title: f"🚚 {title}"),
    _fixed(lambda title: f"{title} (Graz)"),
    _fixed(lambda title: f"{title} – Graz"),
    _fixed(lambda title: f"{title}: two gates"),
    _fixed(lambda title: f"[{title}](https://example.org)"),
    _fixed(lambda title: re.sub(r" \((?:optional|if [^)]*)\)", "", title)),
    _fixed(lambda title: re.sub(r"\w+$", lambda last: _misnumbered(last[0]), title)),
)


def _as_it_is(part: Part) -> int:
    return part.level


def _deeper(part: Part) -> int:
    return min(part.level + 1, 5)


def _higher(part: Part) -> int:
    return part.level - 1


def _flat(_: Part) -> int:
    return 2


DEPTHS: Sequence[Callable[[Part], int]] = (*(_as_it_is,) * 5, _deeper, _higher, _flat)


# How a document is laid out ------------------------------------------------------------------------------------


def _in_some_order(name: str, pieces: list[Piece], dice: random.Random) -> list[Piece]:
    """Mostly in the template's; at times with the parts at the top in one of the author's."""
    if dice.random() < 0.85 or any(part.is_pattern and part.parent < 0 for part in parts(name)):
        return pieces
    tops = [piece for piece in pieces if piece.part.parent < 0]
    families = [
        [top, *(p for p in pieces if p.part in descendants(name, top.part.number))]
        for top in dice.sample(tops, len(tops))
    ]
    # What has no heading keeps its place: a section that is not there has no order.
    return [piece for family in families for piece in family]


def _code_aside(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change to every line of the body that is no code."""

    def write(text: str) -> str:
        fence, lines = "", []
        front, mark, body = text.partition("\n---\n")
        for line in body.split("\n"):
            opens = re.match(r"\s*(`{3,}|~{3,})", line)
            lines.append(line if fence or opens else change(line))
            if opens and (not fence or line.strip() == fence):
                fence = "" if fence else opens[1]
        return front + mark + "\n".join(lines)

    return write


_CONTENTS = "## Contents\n\n- [Overview](#overview)\n- [Gates](#gates)\n    - [Graz](#graz)"
_LINES = "**Author:** Ana  \n**Status:** Approved  \n**Created:** 2026-02-03\n\n---"

FRAMES: Sequence[Frame] = (
    *(Frame(),) * 5,
    Frame(before="How parcels pass the gates of a depot."),
    Frame(before=_LINES),
    Frame(before="[TOC]"),
    Frame(before=_CONTENTS),
    Frame(after="## Appendix of depots\n\nGraz and Linz."),
    Frame(after="---\n\n**Author:** Ana\n**Status:** Approved"),
    Frame(after="<!-- end -->"),
    Frame(write=lambda text: text.replace("\n", "\r\n")),
    Frame(write=lambda text: "\ufeff" + text),
    Frame(write=lambda text: text.rstrip("\n")),
    Frame(write=_code_aside(lambda line: line + "  ")),
    Frame(write=_code_aside(lambda line: line + "\t" if line.strip() else line)),
    Frame(write=_code_aside(lambda line: line if line.strip() else "   ")),
)


def simpler(made: Made, kept: int) -> list[Made]:
    """The same design with one thing less, in every way; the part number `kept` is left as it is."""
    found = [replace(made, frame=Frame())] if made.frame != Frame() else []
    for index, piece in enumerate(made.pieces):
        before, after = made.pieces[:index], made.pieces[index + 1 :]
        less = _less(made.template, piece, piece.part.number == kept)
        found += [replace(made, pieces=[*before, one, *after]) for one in less]
    return found


def _less(name: str, piece: Piece, is_kept: bool) -> list[Piece]:
    part, found = piece.part, []
    if not is_kept and piece.heading:
        removable = not part.is_pattern and not _is_needed(name, part)
        found += [replace(piece, manner=REMOVED, heading="", body=Body(""))] if removable else []
        if (part.body or piece.manner.name in FAMILIES) and piece.body != _LINE:
            found.append(replace(piece, manner=OWN, body=_LINE))
        elif not part.body and piece.body.text and piece.body != _LINE:
            found.append(replace(piece, manner=BARE, body=Body("")))
    plain = _headed(_named(part, random.Random(0)), part.level)
    if piece.heading and piece.heading != plain:
        found.append(replace(piece, heading=plain))
    return found

"""How often our verdict on a diagram is mermaid.js's.

Takes diagrams that can be drawn, makes broken ones of them (a bracket lost, two characters swapped, a line gone,
an arrow of another kind …), and asks mermaid.js in a headless browser and the built-in engine about each: a
diagram is good when it can be parsed and drawn. Exits with 1 when the engine refuses what mermaid.js draws, or draws
more than `--most` of what mermaid.js refuses.

    npm install mermaid@12.3.0
    python benchmarks/verdicts.py --mermaid node_modules/mermaid/dist/mermaid.min.js
    python benchmarks/verdicts.py --mermaid … --folder diagrams --mutants 20 --seed 2 --show
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import mermaidjs

from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele
from mkdocs_designdocs.fences import normalise
from mkdocs_designdocs.kinds import first_word, kind_of
from mkdocs_designdocs.mistakes import explain

Mutation = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Case:
    """A diagram, as it stands or broken."""

    name: str
    kind: str
    source: str


@dataclass(frozen=True)
class Verdict:
    """Whether a diagram can be drawn, and if not, why."""

    draws: bool
    message: str = ""


def main() -> int:
    arguments = _arguments()
    cases = list(_cases(arguments.folder, arguments.mutants, arguments.seed))
    theirs = _verdicts_of_mermaid(cases, arguments)
    known = [(case, there) for case, there in zip(cases, theirs, strict=True) if there]
    ours = _ask_engine(case for case, _ in known)
    both = [(case, there, here) for (case, there), here in zip(known, ours, strict=True) if here]
    judged = [
        (case, _alone(case, there, arguments) if there.draws != here.draws else there, here)
        for case, there, here in both
    ]
    for line in _table(judged):
        print(line)
    if left := len(cases) - len(judged):
        print(f"\n{left} left aside: one of the two gave no verdict")
    if arguments.show:
        for case, there, here in judged:
            if there.draws != here.draws:
                print(f"\n--- {case.name}: {'false rejection' if there.draws else 'false acceptance'}")
                print(f"mermaid.js: {there.message or 'draws'}\nengine:     {here.message or 'draws'}\n{case.source}")
    rejected = sum(there.draws and not here.draws for _, there, here in judged)
    accepted = sum(here.draws and not there.draws for _, there, here in judged)
    return 1 if rejected or accepted > arguments.most * len(judged) else 0


def _arguments() -> argparse.Namespace:
    command = mermaidjs.parser(__doc__)
    command.add_argument("--mutants", type=int, default=15, help="of each diagram; default: 15")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--seconds", type=float, default=10, help="for one diagram in the browser; default: 10")
    command.add_argument("--keep", type=Path, help="a file for mermaid.js's verdicts, so that none is asked for twice")
    command.add_argument("--most", type=float, default=0.01, help="share of false acceptances; default: 0.01")
    command.add_argument("--show", action="store_true", help="print every diagram on which the two disagree")
    return command.parse_args()


def _cases(folder: Path, mutants: int, seed: int) -> Iterator[Case]:
    """Every diagram of a folder, each followed by what was made of it; none twice."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.mmd")):
        source = path.read_text("utf-8")
        kind = kind_of(first_word(source)[0]) or "?"
        chance = random.Random(f"{seed} {path.name}")
        made = [path.name, *(f"{path.name} #{number}" for number in range(1, mutants + 1))]
        for name, text in zip(made, [source, *_broken(source, chance, mutants)], strict=False):
            text = normalise(text).strip("\n")  # as a page hands it to mermaid.js
            if text not in seen:
                seen.add(text)
                yield Case(name, kind, text)


def _broken(source: str, chance: random.Random, count: int) -> Iterator[str]:
    """As many different mutants as are asked for, or can be made."""
    made = {source}
    for _ in range(count * 20):
        if len(made) > count:
            return
        text = chance.choice(MUTATIONS)(source, chance)
        if text not in made:
            made.add(text)
            yield text


def _swap(pattern: str, new: Iterable[str]) -> Mutation:
    """Put something else in the place of one of the matches."""
    choices = list(new)

    def mutate(source: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, source, re.MULTILINE))
        if not found:
            return source
        match = chance.choice(found)
        return source[: match.start()] + chance.choice(choices).replace("\\0", match[0]) + source[match.end() :]

    return mutate


def _swap_neighbours(source: str, chance: random.Random) -> str:
    at = chance.randrange(max(len(source) - 1, 1))
    return source[:at] + source[at : at + 2][::-1] + source[at + 2 :]


def _misspell(source: str, chance: random.Random) -> str:
    words = list(re.finditer(r"[A-Za-z]{4,}", source))
    if not words:
        return source
    word = chance.choice(words)
    at = chance.randrange(word.start(), word.end() - 1)
    return source[:at] + source[at + 1] + source[at] + source[at + 2 :]


def _move_line(source: str, chance: random.Random) -> str:
    lines = source.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "".join(lines)


def _cut_short(source: str, chance: random.Random) -> str:
    return source[: chance.randrange(len(source) // 3, len(source))]


ARROWS = ["-->", "->", "->>", "=>", "--", "==>", "-.->", "\u2013>", "\u2192", "--x", "-)", "<--", "..>", "||--o{"]
MUTATIONS: tuple[Mutation, ...] = (
    _swap(r"[\[\](){}]", [""]),
    _swap(r"[\[\](){}]", ["\\0\\0", "[", ")", "{"]),
    _swap(r'"', ["", '""', "\u201c", "'"]),
    _swap(r"^\s*end\s*$\n?", [""]),
    _swap(r"$", ["\nend", " end", ";", " %% why", " :", " {"]),
    _swap(r"[-=.<|}o]{1,2}[-=.]+[->xo)|{]*", ARROWS),
    _swap(r"^.*\n", ["", "\\0\\0"]),
    _swap(r"[:;,|]", ["", "\\0\\0", " "]),
    _swap(r"\b\w+\b", ["", "\\0 \\0", "end", "x-y", "1"]),
    _swap(r"\d+", ["", "x", "-1", "99999"]),
    _swap(r"(?<=\w) (?=\w)", ["", "(", '"', "\n", "/"]),
    _swap(r".", ["", "\\0@", "\\0#", "\\0&", "\\0<", "\\0\\", "\\0`", "\\0\u00a0", "\\0$", "\\0*", "\\0%"]),
    _swap(r"^ +", ["", "\t", "\\0    ", "> ", "- "]),
    _swap_neighbours,
    _misspell,
    _move_line,
    _cut_short,
)


def _verdicts_of_mermaid(cases: list[Case], arguments: argparse.Namespace) -> list[Verdict | None]:
    """mermaid.js's verdicts in order: those that are kept, and then those that have to be asked for."""
    keep: Path | None = arguments.keep
    kept: dict[str, str | None] = json.loads(keep.read_text("utf-8")) if keep and keep.exists() else {}
    new = [case.source for case in cases if case.source not in kept]
    answers = _ask_mermaid(new, arguments.mermaid, arguments.chromium, arguments.seconds)
    for number, (source, said) in enumerate(zip(new, answers, strict=True), 1):
        kept[source] = said
        if number % 100 == 0 or number == len(new):
            if keep:
                keep.write_text(json.dumps(kept), "utf-8")
            print(f"\rmermaid.js: {number} of {len(new)}", end="\n" if number == len(new) else "", file=sys.stderr)
    said = [kept[case.source] for case in cases]
    return [None if one is None else Verdict(not one, one.replace("\n", " | ")) for one in said]


def _alone(case: Case, there: Verdict, arguments: argparse.Namespace) -> Verdict:
    """mermaid.js's verdict in a page of its own: it keeps some of a diagram, such as its tasks, for the next."""
    (said,) = _ask_mermaid([case.source], arguments.mermaid, arguments.chromium, arguments.seconds)
    return there if said is None else Verdict(not said, said.replace("\n", " | "))


_JUDGE = """
async ([sources, seconds]) => {
  for (const [index, source] of sources.entries()) {
    const late = new Promise((_, no) => setTimeout(() => no(new Error("too slow")), seconds * 1000));
    let said = "";
    try {
      await mermaid.parse(source);
      const {svg} = await Promise.race([mermaid.render("d" + index, source), late]);
      if (svg.includes("Syntax error in text")) said = "it draws its bomb";
    } catch (error) {
      said = String(error?.message || error) || "an error without words";
    }
    document.body.replaceChildren();
    console.log("verdict " + said);
    await new Promise((yes) => setTimeout(yes));
  }
}
"""


def _ask_mermaid(left: list[str], bundle: Path, chromium: str | None, seconds: float) -> Iterator[str | None]:
    """What mermaid.js has against each diagram, in order: nothing is "", no answer in time None."""
    from playwright.sync_api import Error, sync_playwright

    while left:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_content("<!doctype html><body></body>")
            page.add_script_tag(path=str(bundle))
            page.evaluate("mermaid.initialize({startOnLoad: false, suppressErrorRendering: true})")
            page.evaluate(f"judge = {_JUDGE}; 0")
            # The page tells by itself: one that is busy for ever answers no question, not even with an error.
            said: list[str] = []
            page.on(
                "console", lambda told, said=said: said.append(told.text[8:]) if told.text[:8] == "verdict " else None
            )
            page.evaluate("given => { setTimeout(() => judge(given), 20) }", [left, seconds])
            handed, heard = 0, time.monotonic()
            while handed < len(left) and time.monotonic() - heard < seconds + 3:
                page.wait_for_timeout(50)
                if len(said) > handed:
                    yield from said[handed:]
                    handed, heard = len(said), time.monotonic()
            if handed < len(left):
                yield None
                handed += 1
                with suppress(Error):  # a loop without end, which nothing but another browser ends
                    browser.new_browser_cdp_session().send("Browser.crash")
            left = left[handed:]
            browser.close()


def _ask_engine(cases: Iterable[Case]) -> Iterator[Verdict | None]:
    """The engine's verdicts, in order; None where it leaves a diagram to the browser."""
    studio = Studio(Pele(), None)
    for case in cases:
        drawing = studio.draw(case.source)
        if drawing.rejection:
            mistake = explain(drawing.rejection, case.source)
            yield Verdict(False, f"{mistake.line}:{mistake.column}: {mistake.message} [{drawing.rejection.message}]")
        else:
            yield None if drawing.fallback else Verdict(True)


def _table(judged: list[tuple[Case, Verdict, Verdict]]) -> Iterator[str]:
    counts: dict[str, Counter[tuple[bool, bool]]] = {}
    for case, there, here in judged:
        counts.setdefault(case.kind, Counter())[there.draws, here.draws] += 1
    total: Counter[tuple[bool, bool]] = sum(counts.values(), Counter())
    yield "| Kind | Diagrams | Both draw | Both refuse | False rejection | False acceptance |"
    yield "|---|--:|--:|--:|--:|--:|"
    for kind, count in [*sorted(counts.items()), ("all", total)]:
        figures = (count.total(), count[True, True], count[False, False], count[True, False], count[False, True])
        yield f"| {kind} | " + " | ".join(f"{figure:,}" for figure in figures) + " |"


if __name__ == "__main__":
    sys.exit(main())

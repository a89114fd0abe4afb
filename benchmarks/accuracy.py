"""How often the verdict is right.

Without options, on generated designs: for each built-in template, and for one in the style of each that belongs to
nobody, designs whose sections are left in every way that people leave them are judged, and the verdict is compared with
what is known, section by section. Exits with 1 when any disagrees.

    python benchmarks/accuracy.py
    python benchmarks/accuracy.py --cases 1000 --seed 7 feature service

On a collection of your own whose lines somebody has labelled (docs/accuracy.md says how):

    python benchmarks/accuracy.py --labels labels.tsv --documents designs --template /=template.md

And on findings that somebody has read: draw some, fill in the column `verdict`, and see how many of them are right.

    python benchmarks/accuracy.py --draw 100 --documents designs --config mkdocs.yml > judged.tsv
    python benchmarks/accuracy.py --judged judged.tsv --documents designs --config mkdocs.yml
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from truth import labels, readings, tables
from truth.collection import Collection
from truth.parts import NAMES, library
from truth.verdicts import Disagreement, designs, disagreements, judged, smallest, verdicts

from mkdocs_designdocs.collection import CannotStartError

SHOWN = 10
"""Disagreements of a template that are made small and shown; the others are counted."""
NEEDED = {labels.LABELS[:1]: 100, labels.LABELS[1:]: 90}
"""How many in a hundred lines of some labels have to be judged right."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; 0 when all is as it should be, 1 when not, 2 when it cannot be measured."""
    options = _options(arguments)
    try:
        if options.labels:
            return measure_labels(options.labels, _collection(options))
        if options.judged:
            return measure_judged(options.judged, _collection(options))
        if options.draw:
            click.echo(readings.draw(_collection(options), options.draw, options.seed), nl=False)
            return 0
    except CannotStartError as error:
        click.echo(f"accuracy: {error.message}", err=True)
        return 2
    return measure_generated(options.names or NAMES, options.cases, options.seed)


def measure_generated(names: Sequence[str], cases: int, seed: int) -> int:
    """Generated designs of each template: how many of their sections are judged as they were left."""
    rows: list[tuple[str, int, int, int, float]] = []
    wrong: list[Disagreement] = []
    _ = library()  # reading the templates is no part of judging by them
    for name in names:
        made = list(designs(name, cases, seed))
        began = time.perf_counter()
        found = verdicts(made)
        seconds = time.perf_counter() - began
        differing = [d for one, verdict in zip(made, found, strict=True) for d in disagreements(one, verdict)]
        sections = sum(len(judged(one)) for one in made)
        rows.append((name, cases, sections, sections - len(differing), seconds))
        wrong += differing
    columns = ("Template", "Designs", "Sections", "Agreed", "Share", "Seconds")
    total = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    click.echo(tables.markdown(columns, [_row(*row) for row in [*rows, ("all", *total)]]))
    for part in _shown(wrong):
        click.echo(part)
    return 1 if wrong else 0


def _row(name: str, count: int, sections: int, agreed: int, seconds: float) -> Sequence[object]:
    return name, count, sections, agreed, tables.share(agreed, sections), f"{seconds:.1f}"


def _shown(wrong: Sequence[Disagreement]) -> Iterator[str]:
    """Each disagreement with the smallest design in which it is seen."""
    for found in wrong[:SHOWN]:
        least = smallest(found)
        yield f"\n{least}\n\n" + "\n".join(f"    {line}".rstrip() for line in least.made.text.split("\n"))
    if len(wrong) > SHOWN:
        yield f"\nand {len(wrong) - SHOWN} more"


def measure_labels(path: Path, collection: Collection) -> int:
    """A labelled collection: how many of its lines are judged as they are labelled."""
    outcomes = labels.compare(labels.read(path), collection)
    click.echo(labels.table(outcomes))
    for outcome in outcomes:
        if not outcome.right:
            click.echo(f"\n{_told(outcome)}")
    return 0 if all(_is_enough(names, outcomes) for names in NEEDED) else 1


def _is_enough(names: tuple[str, ...], outcomes: Sequence[labels.Outcome]) -> bool:
    these = [outcome for outcome in outcomes if outcome.label.label in names]
    return 100 * sum(outcome.right for outcome in these) >= NEEDED[names] * len(these)


def _told(outcome: labels.Outcome) -> str:
    label = outcome.label
    why = f" ({label.why})" if label.why else ""
    said = [f"{d.level.value} {d.code}: {d.message}" for d in outcome.found]
    if not said:
        said = [outcome.unread or "nothing is reported"]
    return "\n    ".join([f"{label.path}:{label.line}: {label.label}{why}", *said])


def measure_judged(path: Path, collection: Collection) -> int:
    """Findings that somebody has read: how many of those that are still reported are right."""
    read = readings.read(path)
    reported = readings.still_reported(read, collection)
    click.echo(readings.table(read, reported))
    for one in reported:
        if one.verdict == "wrong":
            click.echo(f"\n{one.path}:{one.line or ''}: {one.code}: {one.message}\n    {one.why or 'judged wrong'}")
    if open_ones := sum(not one.verdict for one in read):
        click.echo(f"\n{open_ones} of {len(read)} findings have no verdict yet")
    return 0


def _collection(options: argparse.Namespace) -> Collection:
    mapping = tables.read(options.templates, ("part", "template")) if options.templates else []
    templates = {row["part"]: row["template"] for row in mapping}
    for given in options.template:
        part, parted, at = given.partition("=")
        if not (part and parted and at):
            raise CannotStartError(f"--template is PART=TEMPLATE, such as designs/=template.md; got {given!r}")
        templates[part] = at
    return Collection(options.documents, templates, options.config)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("names", nargs="*", metavar="TEMPLATE", help="generated designs of these; default: of all")
    parser.add_argument("--cases", type=_count, default=100, help="generated designs of each template; default: 100")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with; default: 1")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--labels", type=Path, metavar="TSV", help="labelled lines: label, path, line")
    modes.add_argument(
        "--judged", type=Path, metavar="TSV", help="judged findings: path, code, verdict, line or message"
    )
    modes.add_argument("--draw", type=_count, metavar="N", help="print N findings, to be judged")
    parser.add_argument("--documents", type=Path, default=Path(), metavar="DIR", help="the collection; default: here")
    parser.add_argument(
        "--config", nargs="+", action="extend", default=[], metavar="YML", help="mkdocs.yml of its sites"
    )
    parser.add_argument(
        "--template",
        nargs="+",
        action="extend",
        default=[],
        metavar="PART=TEMPLATE",
        help="by which template a part of the collection (a folder or a pattern in it) is judged: a file in the "
        "collection, or a built-in one; what is of no such part is held only to what holds for every design",
    )
    parser.add_argument("--templates", type=Path, metavar="TSV", help="the same as a table: part, template")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no template {sorted(unknown)[0]}; there are: {', '.join(NAMES)}")
    return options


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1, not {text!r}")
    return int(text)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # nobody reads on: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

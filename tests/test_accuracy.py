"""What `benchmarks/accuracy.py` measures: that it sees a wrong verdict, and that its page says what it prints."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import accuracy
import pytest
from truth import verdicts as measured
from truth.designs import Made, make
from truth.manners import DECLINED, LEFT, MANNERS, OWN, REMOVED, Manner
from truth.parts import NAMES, parts
from truth.verdicts import designs, disagreements, smallest, verdicts

from mkdocs_designdocs.design import Design, Verdict
from mkdocs_designdocs.diagnostics import Level, finding

ROOT = Path(__file__).parent.parent


def rows(markdown: str) -> list[list[str]]:
    """The cells of the first table in a text, its rules left out."""
    found = re.search(r"(?:^\|.*\|\n?)+", markdown, re.MULTILINE)
    assert found, markdown
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].strip().split("\n")]
    return [table[0], *table[2:]]


# Generated designs --------------------------------------------------------------------------------------------


def one(name: str, manner: Manner) -> Made:
    return make(name, [manner] * len(parts(name)), random.Random(3))


def differing(made: Made, change: Callable[[Verdict], Verdict]) -> Sequence[measured.Disagreement]:
    (verdict,) = verdicts([made])
    assert disagreements(made, verdict) == []
    return disagreements(made, change(verdict))


def test_the_command_prints_a_row_for_each_template(capsys):
    assert accuracy.main(["--cases", "2"]) == 0
    head, *body = rows(capsys.readouterr().out)
    assert head == ["Template", "Designs", "Sections", "Agreed", "Share", "Seconds"]
    assert [row[0] for row in body] == [*NAMES, "all"]
    assert all(row[2] == row[3] and row[4] == "100.0 %" for row in body)
    assert int(body[-1][1]) == 2 * len(NAMES)


def test_the_same_seed_makes_the_same_designs():
    assert [made.text for made in designs("service", 3, 5)] == [made.text for made in designs("service", 3, 5)]
    assert [made.text for made in designs("service", 3, 5)] != [made.text for made in designs("service", 3, 6)]


def test_every_manner_is_met():
    met = {piece.manner.name for name in NAMES for made in designs(name, 30, 1) for piece in made.pieces}
    assert {manner.name for manner in MANNERS} <= met


def test_a_wrong_state_is_seen():
    def forget(verdict: Verdict) -> Verdict:
        return replace(verdict, sections=[replace(section, state="unwritten") for section in verdict.sections])

    made = one("feature", OWN)
    found = differing(made, forget)
    assert len(found) == len(measured.judged(made)) == 17
    assert str(found[0]).startswith('feature: "Overview" (own words): the state should be written, but is unwritten')


def test_a_finding_in_own_words_is_seen():
    made = one("feature", OWN)
    line = made.span(made.pieces[0]).start + 2

    def accuse(verdict: Verdict) -> Verdict:
        return replace(verdict, diagnostics=[finding("todo-left", "d.md", line, 1, "it stands here")])

    (found,) = differing(made, accuse)
    assert found.kind == "what is said"
    assert found.found == f"warning todo-left at line {line} (it stands here)"


@pytest.mark.parametrize("manner", [LEFT[0], REMOVED], ids=["untouched", "removed"])
def test_silence_about_what_is_not_written_is_seen(manner):
    found = differing(one("compact", manner), lambda verdict: replace(verdict, diagnostics=[]))
    assert {d.found for d in found} == {"nothing"}
    assert len(found) >= 5


def test_a_note_is_no_error():
    def soften(verdict: Verdict) -> Verdict:
        return replace(verdict, diagnostics=[replace(d, level=Level.NOTE) for d in verdict.diagnostics])

    assert differing(one("compact", REMOVED), soften)


@pytest.fixture
def misjudged(monkeypatch):
    """A check that takes every `N/A` for nothing at all."""
    sound = measured.catalogue

    def catalogue(documents, archive):
        found = sound(documents, archive)
        return replace(found, designs=[_misjudged(design) for design in found.designs])

    monkeypatch.setattr(measured, "catalogue", catalogue)


def _misjudged(design: Design) -> Design:
    states = {"not-applicable": "empty"}
    sections = [replace(s, state=states.get(s.state, s.state)) for s in design.verdict.sections]
    return replace(design, verdict=replace(design.verdict, sections=sections))


def test_a_disagreement_is_made_small(misjudged):
    made = one("component", DECLINED)
    found = disagreements(made, *verdicts([made]))[3]
    least = smallest(found)
    assert least.piece.part == found.piece.part
    # What cannot be left out are the headings that stand for any number of sections, and the one above them.
    assert len([piece for piece in least.made.pieces if piece.heading]) <= 4
    assert len(least.made.text) < len(made.text) / 2


def test_the_command_fails_and_shows_disagreements(misjudged, capsys, monkeypatch):
    monkeypatch.setattr(accuracy, "SHOWN", 2)
    assert accuracy.main(["--cases", "9", "feature"]) == 1
    out = capsys.readouterr().out
    _, row, total = rows(out)
    assert row[0] == "feature"
    assert row[1:5] == total[1:5]
    assert int(row[3]) < int(row[2])
    assert "the state should be not-applicable or written, but is empty" in out
    assert "    design:\n      template: feature\n" in out
    assert out.count("    design:\n") == 2
    assert out.endswith(f"\nand {int(row[2]) - int(row[3]) - 2} more\n")


# A labelled collection -----------------------------------------------------------------------------------------

TEMPLATE = "# Plan: [Name]\n\n## Aim\n\n[What it is for]\n\n## Price\n\n[What it costs]\n"
GATES = """# Plan: Gates

## Aim

Parcels pass [two gates].

## Price

[What it costs]
"""
NIGHT = """---
status: draft
---
# Night shift

The gates close at ten. The lamp of gate two: TBD

Carriers call <depot> before they come.
"""
LABELS = [
    ("legit", "ours/a", "gates.md", "5", "Parcels pass [two gates].", "the author's brackets"),
    ("placeholder", "ours/a", "gates.md", "9", "", "the prompt"),
    ("incomplete-marker", "", "night.md", "6", "The gates close at ten.", ""),
    ("legit", "", "night.md", "8", "", "a variable"),
]


def tsv(path: Path, head: str, *lines: Sequence[str]) -> str:
    path.write_text("\n".join(["\t".join(head.split()), *("\t".join(line) for line in lines)]) + "\n", "utf-8")
    return str(path)


class Folder:
    """A labelled collection, and the command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        (self.docs / "ours+a").mkdir(parents=True)
        (self.docs / "ours+a" / "template.md").write_text(TEMPLATE, "utf-8")
        (self.docs / "ours+a" / "gates.md").write_text(GATES, "utf-8")
        (self.docs / "night.md").write_text(NIGHT, "utf-8")

    def labels(self, *more: Sequence[str]) -> str:
        return tsv(self.root / "labels.tsv", "label repo path line text why", *LABELS, *more)

    def run(self, *options: str) -> int:
        return accuracy.main([*options, "--documents", str(self.docs)])

    def measure(self, *more: Sequence[str]) -> int:
        return self.run("--labels", self.labels(*more), "--template", "ours+a/=ours+a/template.md")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_labelled_lines_that_are_judged_as_labelled(folder, capsys):
    assert folder.measure() == 0
    out = capsys.readouterr().out
    assert rows(out) == [
        ["Label", "Lines", "Right", "Share"],
        ["legit", "2", "2", "100.0 %"],
        ["placeholder", "1", "1", "100.0 %"],
        ["incomplete-marker", "1", "1", "100.0 %"],
        ["either to be found", "2", "2", "100.0 %"],
    ]
    assert out.count("\n") == 6


def test_labelled_lines_that_are_not(folder, capsys):
    wrong = [
        ("legit", "ours/a", "gates.md", "9", "", "it is meant so"),
        ("placeholder", "ours/a", "gates.md", "5", "", ""),
        ("legit", "", "gone.md", "1", "", ""),
        ("legit", "", "night.md", "8", "Carriers write", ""),
    ]
    assert folder.measure(*wrong) == 1
    out = capsys.readouterr().out
    assert rows(out)[1:3] == [["legit", "3", "2", "66.6 %"], ["placeholder", "2", "1", "50.0 %"]]
    assert out.partition("\n\n")[2].rstrip("\n").split("\n\n") == [
        "ours+a/gates.md:9: legit (it is meant so)\n"
        '    error section-unwritten: section "Price" still holds the template\'s prompt',
        "ours+a/gates.md:5: placeholder\n    nothing is reported",
        "gone.md:1: legit\n    the document cannot be read",
        "night.md:8: legit\n    the line is not the one that was labelled",
    ]


def test_what_is_said_of_a_section_is_found_at_every_line_of_it(folder):
    (folder.docs / "ours+a" / "gates.md").write_text(GATES.replace("[What it", "**Sum:**\n\n[What it"), "utf-8")
    labels = tsv(folder.root / "l.tsv", "label path line", ("placeholder", "ours+a/gates.md", "11"))
    assert folder.run("--labels", labels, "--template", "ours+a/=ours+a/template.md") == 0


def test_without_its_template_a_document_is_held_only_to_what_holds_for_all(folder, capsys):
    assert folder.run("--labels", folder.labels()) == 1
    assert "ours+a/gates.md:9: placeholder (the prompt)\n    nothing is reported" in capsys.readouterr().out


def test_a_page_that_is_no_design_has_nothing_to_be_found(folder, capsys):
    (folder.docs / "night.md").write_text("---\ndesign: false\n---\n# Night\n\nThe lamp: TBD\n", "utf-8")
    labels = tsv(folder.root / "l.tsv", "label path line", ("incomplete-marker", "night.md", "6"))
    assert folder.run("--labels", labels) == 1
    assert "night.md:6: incomplete-marker\n" in capsys.readouterr().out


def test_a_built_in_template_and_a_table_of_templates(folder, capsys):
    filled = "# Gates\n\n## Overview\n\nTwo gates.\n\n## Data Flow\n\n## Testing Strategy\n\n## Rollout Plan\n"
    (folder.docs / "filled.md").write_text(filled, "utf-8")
    mapping = tsv(folder.root / "t.tsv", "part template", ("/filled.md", "service"), ("ours+a/", "ours+a/template.md"))
    assert folder.run("--draw", "99", "--templates", mapping) == 0
    out = capsys.readouterr().out
    assert "filled.md\t1\tfield-missing\t" in out
    assert 'is missing; the template ""service"" asks for it' in out
    assert "ours+a/gates.md\t9\tsection-unwritten\tPrice\t" in out
    assert "night.md" not in out
    assert "ours+a/template.md" not in out


def test_a_site_judges_its_own_pages(folder, capsys):
    (folder.root / "mkdocs.yml").write_text(
        "site_name: T\nplugins:\n  - designdocs:\n      docs: [{files: ours+a/gates.md, template: plan}]\n"
        "      templates: {plan: docs/ours+a/template.md}\n"
    )
    config = str(folder.root / "mkdocs.yml")
    assert folder.run("--labels", folder.labels(), "--config", config) == 0
    capsys.readouterr()
    assert folder.run("--draw", "9", "--config", config) == 0
    assert {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]} == {"ours+a/gates.md"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--labels", "gone.tsv"], "gone.tsv cannot be read: No such file or directory"),
        (["--labels", "bytes.tsv"], "bytes.tsv cannot be read: it is not UTF-8"),
        (
            ["--labels", "empty.tsv"],
            "empty.tsv: the header has no column label, path, line; columns are",
        ),
        (["--labels", "word.tsv"], "word.tsv: line is a number of a line, got 'seven'"),
        (["--labels", "odd.tsv"], "odd.tsv: a label is one of legit, placeholder, incomplete-marker; got 'fine'"),
        (["--judged", "verdict.tsv"], "verdict.tsv: a verdict is right or wrong; got 'maybe'"),
        (["--draw", "1", "--documents", "gone"], "there is no folder gone"),
        (["--draw", "1", "--template", "x"], "--template is PART=TEMPLATE, such as designs/=template.md; got 'x'"),
        (["--draw", "1", "--template", "x=gone.md"], "there is no template gone.md: it is looked for in "),
        (["--draw", "1", "--config", "gone.yml"], "there is no gone.yml here"),
    ],
)
def test_what_cannot_be_measured_is_said(tmp_path, monkeypatch, capsys, options, reason):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bytes.tsv").write_bytes(b"label\tpath\tline\nlegit\t\xff\t1\n")
    (tmp_path / "empty.tsv").write_text("")
    tsv(tmp_path / "word.tsv", "label path line", ("legit", "a.md", "seven"))
    tsv(tmp_path / "odd.tsv", "label path line", ("fine", "a.md", "7"))
    tsv(tmp_path / "verdict.tsv", "path code line verdict", ("a.md", "todo-left", "7", "maybe"))
    assert accuracy.main(options) == 2
    assert capsys.readouterr().err.startswith(f"accuracy: {reason}")


@pytest.mark.parametrize("options", [["--cases", "0"], ["--draw", "few"], ["nosuch"], ["--draw", "1", "--labels", "l"]])
def test_a_wrong_option_is_said(capsys, options):
    with pytest.raises(SystemExit, match="2"):
        accuracy.main(options)
    assert re.search(r"error: .*(a number from 1|there is no template nosuch|not allowed)", capsys.readouterr().err)


# Findings that somebody has read -------------------------------------------------------------------------------


def test_findings_are_drawn_read_and_counted(folder, capsys):
    template = ("--template", "ours+a/=ours+a/template.md")
    assert folder.run("--draw", "9", *template) == 0
    drawn = capsys.readouterr().out
    assert drawn.split("\n")[0].split("\t") == ["path", "line", "code", "section", "message", "verdict", "why"]
    assert folder.run("--draw", "1", "--seed", "4", *template) == 0
    few = capsys.readouterr().out
    assert few.count("\n") == 2
    assert few.split("\n")[1] in drawn

    read = drawn.replace('prompt"\t\t\n', 'prompt"\tright\t\n')
    read = read.replace("draft\t\t\n", "draft\tWrong\tit is said elsewhere\n")
    judged = folder.root / "judged.tsv"
    judged.write_text(read + "ours+a/gates.md\t5\ttodo-left\tAim\tit stood\tright\t\nx.md\t1\ttodo-left\t\t\t\t\n")
    assert folder.run("--judged", str(judged), *template) == 0
    out = capsys.readouterr().out
    assert rows(out) == [
        ["Code", "Judged", "Still reported", "Right", "Share"],
        ["field-missing", "1", "1", "0", "0.0 %"],
        ["section-unwritten", "1", "1", "1", "100.0 %"],
        ["todo-left", "1", "0", "0", "–"],
        ["all", "3", "2", "1", "50.0 %"],
    ]
    assert "ours+a/gates.md:1: field-missing: " in out
    assert "\n    it is said elsewhere\n" in out
    assert out.endswith("1 of 4 findings have no verdict yet\n")


def test_a_finding_without_a_line_is_known_by_its_message(folder, capsys):
    said = 'section "Price" still'
    judged = tsv(
        folder.root / "judged.tsv",
        "path code section message-start verdict",
        ("ours+a/gates.md", "section-unwritten", "Price", said, "right"),
        ("ours+a/gates.md", "section-unwritten", "Aim", said, "right"),
    )
    assert folder.run("--judged", judged, "--template", "ours+a/=ours+a/template.md") == 0
    assert rows(capsys.readouterr().out)[-1] == ["all", "2", "1", "1", "100.0 %"]


# The page ------------------------------------------------------------------------------------------------------


def test_the_page_has_a_row_for_each_template():
    page = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
    head, *body = rows(page.partition("<!-- figures: generated -->")[2])
    assert head[:5] == ["Template", "Designs", "Sections", "Agreed", "Share"]
    assert [row[0].strip("`") for row in body] == [*NAMES, "all"]
    sections, agreed = ([int(row[column].replace(",", "")) for row in body] for column in (2, 3))
    assert (sections[-1], agreed[-1]) == (sum(sections[:-1]), sum(agreed[:-1]))


def test_the_page_names_every_manner():
    page = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
    assert {manner.name for manner in MANNERS} <= set(re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE))

"""A template that has grown: what was written before is not asked for what came later."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.settings import Adopted, Settings

TEMPLATE = "# [Title]\n\n## Why\n\n[why]\n\n## How\n\n[how]\n\n## Rollback\n\n[rollback]\n\n## Costs\n\n[costs]\n"
OLD, NEW = ("Why", "How", "Costs"), ("Why", "How", "Rollback", "Costs")


@pytest.fixture
def judged(tmp_path):
    """The levels of what is said of "Rollback", by file, of designs with the given sections and heads."""

    def judge(designs, head="Status: accepted\nDate: {}\n", front="", **entry):
        (tmp_path / "tpl").mkdir(exist_ok=True)
        (tmp_path / "tpl" / "t.md").write_text(TEMPLATE)
        settings = Settings(
            tmp_path, tmp_path, templates_dir=tmp_path / "tpl", docs=(Adopted(("*.md",), "t", **entry),)
        )
        documents = []
        for name, (date, sections) in designs.items():
            body = "".join(f"## {title}\n\nWords on {title.lower()} of our own.\n\n" for title in sections)
            text = f"{front}# A design\n\n{head.format(date)}\n{body}"
            documents.append(Document(name, name, text.encode()))
        found = catalogue(documents, Archive(settings, None))
        assert {d.code for d in found.everything()} <= {"section-missing"}, found.everything()
        return {one.path: one.diagnostics for one in found.designs}

    return judge


def levels(found):
    return {path: [d.level for d in all_of_it] for path, all_of_it in found.items()}


def series(*sections):
    return {f"{n:04}-x.md": (f"2024-01-{n:02}", those) for n, those in enumerate(sections, 1)}


def test_what_most_have_from_some_day_on_is_a_note_before(judged):
    found = judged(series(OLD, OLD, OLD, NEW, OLD, NEW))
    assert levels(found) == {
        **{f"000{n}-x.md": [Level.NOTE] for n in (1, 2, 3)},
        "0004-x.md": [],
        "0005-x.md": [Level.ERROR],  # it was asked for, then
        "0006-x.md": [],
    }
    (note,) = found["0002-x.md"]
    assert note.message == 'section "Rollback" is missing; the template "t" asks for it'
    assert note.help == "the section is probably newer than this design: 0004-x.md is the first that has it"
    assert not note.fixable
    assert found["0005-x.md"][0].fixable


def test_a_draft_is_no_exception_for_else_its_repair_would_date_the_section(judged):
    found = judged(series(OLD, OLD, OLD, NEW, OLD, NEW), head="Status: draft\nDate: {}\n")
    assert {path: [d.fixable for d in those] for path, those in found.items() if those} == {
        **{f"000{n}-x.md": [False] for n in (1, 2, 3)},
        "0005-x.md": [True],
    }


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param((OLD, OLD, NEW, NEW), id="too few before"),
        pytest.param((OLD, OLD, OLD, NEW), id="only one has it"),
        pytest.param((OLD, OLD, OLD, NEW, OLD, OLD, OLD, NEW), id="less than half from then on"),
        pytest.param((NEW, OLD, OLD, OLD, NEW, NEW), id="the first of all has it"),
        pytest.param((OLD, OLD, OLD, OLD, OLD), id="nobody has it"),
    ],
)
def test_nothing_is_excused_without_evidence(judged, sections):
    found = judged(series(*sections))
    assert all(d.level is Level.ERROR for those in found.values() for d in those)
    assert sum(map(len, found.values())) == sections.count(OLD)


def test_numbers_tell_where_dates_do_not(judged):
    designs = {f"{n}-x.md": ("", those) for n, those in ((7, OLD), (8, OLD), (9, OLD), (10, NEW), (100, NEW))}
    found = judged(designs, head="Status: accepted\n")
    assert levels(found) == {
        "7-x.md": [Level.NOTE],
        "8-x.md": [Level.NOTE],
        "9-x.md": [Level.NOTE],
        "10-x.md": [],
        "100-x.md": [],
    }


def test_designs_of_one_day_are_not_older_than_each_other(judged):
    designs = {f"{n:04}-x.md": ("2024-01-01", OLD if n < 5 else NEW) for n in range(1, 9)}
    assert [Level.ERROR] in levels(judged(designs)).values()
    assert [Level.NOTE] not in levels(judged(designs)).values()


def test_a_recorded_version_decides_alone(judged):
    found = judged(series(OLD, OLD, OLD, NEW, NEW), template_version="1")
    assert levels(found)["0001-x.md"] == [Level.ERROR]


def test_a_design_with_a_block_is_judged_by_the_template(judged):
    found = judged(series(OLD, OLD, OLD, NEW, NEW), front="---\ndesign: t\n---\n")
    assert levels(found)["0001-x.md"] == [Level.ERROR]


def test_a_page_that_does_not_follow_the_template_is_said_once(judged):
    found = judged({"a.md": ("2024-01-01", ("Notes", "More notes"))})
    ((one,),) = found.values()
    assert (one.line, one.level, one.section) == (1, Level.ERROR, "")
    assert one.message == 'the page does not follow the template "t": none of its 4 sections is there'
    assert one.help == "if it is no design, take it out of `docs` or say `design: false` in its front matter"

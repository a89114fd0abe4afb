"""Versions of templates: which is newer, and that nobody is asked for what came after them."""

from __future__ import annotations

import datetime
import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.scaffold import as_version, scaffold
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.skeleton import skeleton
from mkdocs_designdocs.templates import load
from mkdocs_designdocs.versions import Version, is_older, named, newer, same, version

# Which is newer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rising",
    [
        ["0", "1", "1.9", "1.10", "2", "2.0.1", "2.1", "10", "11"],
        ["2", "2a", "2b", "2b2", "2b10", "2.1", "2.1-rc1"],
        ["2025-12-31", "2026-1-2", "2026-02-01", "2026-11-03"],
        ["2026.1", "2026.2.1", "2026.10"],
        ["r1", "r2", "r10"],
        ["9" * 30, "1" + "0" * 30],
    ],
)
def test_versions_rise_by_their_numbers_and_then_by_their_text(rising):
    for older, newer_one in itertools.combinations(rising, 2):
        assert is_older(older, newer_one), (older, newer_one)
        assert not is_older(newer_one, older)
        assert not same(older, newer_one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2", "v2"), ("2", "V 2"), ("2", "2.0"), ("2", "02"), ("1.10", "version 1.10"), ("2026-3-1", "2026-03-01")],
)
def test_what_says_the_same_is_the_same(one, other):
    assert version(one) == version(other)
    assert same(one, other)
    assert not is_older(one, other)
    assert hash(version(one)) == hash(version(other))


@pytest.mark.parametrize("text", ["", "draft", "soon", "after release 5", "2 or 3", "1" * 41, "٣", "v", "[x.y]", "1,2"])
def test_what_is_no_version_is_neither_newer_nor_older(text):
    assert version(text) is None
    assert not is_older(text, "1")
    assert not is_older("1", text)
    assert same(text, f" {text.upper()} ")


VERSIONS = (
    st.one_of(
        st.from_regex(r"[vV]?[0-9]{1,3}([.-][0-9]{1,3}){0,3}([a-z]{1,3}[0-9]{0,2})?", fullmatch=True),
        st.dates().map(str),
        st.text(max_size=12),
    )
    .map(version)
    .filter(bool)
)


@given(st.lists(VERSIONS, min_size=3, max_size=3))
def test_the_order_is_total(three):
    a, b, c = sorted(three)
    assert a <= b <= c
    assert a <= c
    for one, other in itertools.product(three, three):
        assert (one < other) + (one == other) + (one > other) == 1


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.dates(min_value=datetime.date(1000, 1, 1)))
def test_dates_compare_as_dates(one, other):
    assert is_older(str(one), str(other)) == (one < other)
    assert version(str(one)).is_date


NUMBERS = st.lists(st.integers(0, 10**8), min_size=1, max_size=4)


@given(NUMBERS, NUMBERS)
def test_numbers_compare_as_numbers(one, other):
    def trimmed(numbers):
        return [*itertools.dropwhile(lambda n: n == 0, reversed(numbers))][::-1]

    texts = [".".join(map(str, numbers)) for numbers in (one, other)]
    assert is_older(*texts) == (trimmed(one) < trimmed(other))


@given(st.text())
def test_any_text_can_be_asked(text):
    found = version(text)
    assert found is None or isinstance(found, Version)
    assert same(text, text)
    assert not is_older(text, text)


@pytest.mark.parametrize(
    "text", ["1", "1.10", "007", "2026-03-01", "v2", "2b", "1e3", "0x10", "1:30", "1_0", "~1", "on"]
)
def test_any_version_is_read_back_from_the_block(tmp_path, judged, text):
    template = f"---\nversion: {json.dumps(text)}\nkeep: []\n---\n# T\n\n## A\n\nSay.\n"
    (tmp_path / "t.md").write_text(template)
    made = load([tmp_path]).templates["t"]
    written = scaffold(made, "T", [], DEFAULT, datetime.date(2026, 11, 3))
    (one,) = judged({"a.md": written}, {"t.md": template}).designs
    assert one.metadata.template_version == text
    assert [d.code for d in one.diagnostics] == ["section-unwritten"]


def test_a_number_is_recorded_without_quotes():
    assert [as_version(text) for text in ("1", "1.10", "2026-03-01", "v2", "2b")] == [
        "1",
        "1.10",
        "2026-03-01",
        "v2",
        '"2b"',
    ]


# What a title names -------------------------------------------------------------------------------------------

SECTIONS = skeleton(
    "# T\n\n## Risks\n\nSay.\n\n### Rollback\n\nHow?\n\n"
    "## Plan & Cost\n\n### Rollback\n\nWhen?\n\n## In > Out\n\nWhat?\n"
)


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Risks", ["Risks"]),
        ("1. RISKS", ["Risks"]),
        ("Rollback", ["Risks > Rollback", "Plan & Cost > Rollback"]),
        ("Risks > Rollback", ["Risks > Rollback"]),
        ("plan and cost > rollback", ["Plan & Cost > Rollback"]),
        ("In > Out", ["In > Out"]),
        ("Rollback > Risks", []),
        ("Risk", []),
        ("", []),
    ],
)
def test_a_title_or_a_path_names_sections(name, paths):
    assert [SECTIONS.path(section) for section in named(name, SECTIONS)] == paths


@pytest.mark.parametrize(
    ("since", "made_from", "created", "asked"),
    [
        ("2", "1", "", False),
        ("2", "1.9", "", False),
        ("2", "2", "", True),
        ("2", "3", "", True),
        ("2", "", "", True),
        ("2", "draft", "", True),
        ("2", "", "1999-01-01", True),
        ("2026-03-01", "", "2026-02-28", False),
        ("2026-03-01", "", "2026-03-01", True),
        ("2026-03-01", "", "", True),
        ("2026-03-01", "1", "2026-02-28", False),
        ("2026-03-01", "4", "2026-02-28", True),
        ("2026-03-01", "2026-04-01", "2026-02-28", True),
        ("2026-03-01", "2026-01-01", "2026-09-09", False),
    ],
)
def test_what_a_design_is_asked_for(since, made_from, created, asked):
    late = newer(SECTIONS, {"Risks": version(since)}, "4", made_from, created)
    assert late == (frozenset() if asked else frozenset({0}))


# What a template declares -------------------------------------------------------------------------------------

BODY = "# RFC: {{ TITLE }}\n\n## Summary\n\nSay.\n\n## Risks\n\nWhat can go wrong?\n\n### Rollback\n\nBack how?\n"


NO_SECTION = "and the template has none of that name"


def declared(tmp_path, front, body=BODY):
    (tmp_path / "rfc.md").write_text(f"---\n{front}---\n{body}")
    return load([tmp_path], lambda path: path.name)


@pytest.mark.parametrize(
    ("front", "line", "message", "help"),
    [
        ("version: 2\nsince:\n  Rollbak: 2\n", 4, NO_SECTION, "did you mean `Rollback`?"),
        ("version: 2\nsince:\n  Risks > Rolback: 2\n", 4, NO_SECTION, "did you mean `Risks > Rollback`?"),
        ("version: 2\nsince:\n  Zebra: 2\n", 4, NO_SECTION, "one of Summary, Risks, Rollback"),
        ("version: 2\nsince:\n  Summary: 1\n  Risks: soon\n", 5, 'a date, and holds "soon"', "say from which one"),
        ("version: 2\nsince:\n  Risks: [2]\n", 4, "a version or a date, and holds a list of 1", ""),
        ("version: 2\nsince:\n  Risks:\n", 4, "a version or a date, and holds nothing", ""),
        ("version: 2\nsince:\n  Risks: true\n", 4, 'a version or a date, and holds "true"', ""),
        ("since:\n  Risks: 2026-02-30\n", 3, "which is no date of the calendar", "write it as 2026-11-03"),
        ("since:\n  Risks: 2\n", 3, "does not say which version it is itself", "add `version: 2`"),
        ("version: 1.9\nsince:\n  Risks: 1.10\n", 4, 'template itself is only at "1.9"', "raise `version` to 1.10"),
        ("keep: []\nsince: 2\n", 3, '`since` wants a mapping, and holds "2"', ""),
        ("version: true\nkeep: []\n", 2, '`version` wants text or a number, and holds "true"', ""),
        ("retired:\n  - fine\n  - What it is: say\n", 4, "`retired` wants texts, and holds a mapping", "in quotes"),
        ("keep: []\nretired: {a: b}\n", 3, "`retired` wants text or a list, and holds a mapping", ""),
    ],
)
def test_what_cannot_be_understood_is_told_at_its_line(tmp_path, front, line, message, help):
    (found,) = declared(tmp_path, front).problems
    assert (found.code, found.path, found.line) == ("template-invalid", "rfc.md", line)
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize(
    "front",
    [
        "version: 2\nsince: {Risks: 2, Risks > Rollback: 1.4}\n",
        "version: 2026-03-01\nsince: {Risks: 2026-03-01}\n",
        "since: {Risks: 2026-03-01}\n",
        "version: v2\nsince: {Risks: v2}\n",
        "version: 2\nsince: {Risks: 2999-01-01}\n",
        "since:\nkeep: []\n",
        "version: green\nretired: One line.\n",
        "version: 2\nretired: []\n",
    ],
)
def test_what_can_be_understood(tmp_path, front):
    assert not declared(tmp_path, front).problems


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("version: 2\n", "2"),
        ("version: 1.10\ndescription: Ours\n", "1.10"),
        ("version: 2\nsince: {Risks: 2}\n", "2"),
        ("version: 2\nretired: [Old]\n", "2"),
        ("version: 2\noptional: [Risks]\n", "2"),
        # The front matter of a team's documents
        ("version: 2\nstatus: draft\n", ""),
        ("version: 2\ntitle: X\nsince: 2.4\n", ""),
        ("version: 2\ntitle: X\nretired: false\n", ""),
        ("version: draft\n", ""),
        ("version: [x.y]\n", ""),
        ("description: Words\n", ""),
        ("design: {version: 2}\nversion: 2\n", ""),
    ],
)
def test_whose_a_version_is(tmp_path, front, found):
    library = declared(tmp_path, front)
    assert not library.problems
    assert library.templates["rfc"].version == found


def test_the_built_in_templates_are_at_version_1(judged):
    for template in load([built_in_dir()]).templates.values():
        assert template.version == "1"
        text = scaffold(template, "T", [], DEFAULT, datetime.date(2026, 11, 3))
        assert text.splitlines()[2:4] == [f"  template: {template.name}", "  template_version: 1"]
        (design,) = judged({"a.md": text}).designs
        assert design.metadata.template_version == "1"
        assert "template-outdated" not in {d.code for d in design.diagnostics}


# What is asked of a design ------------------------------------------------------------------------------------

NOW = """---
version: 2
since: {Observability: 2, Risks > Rollback: 2026-03-01}
retired:
  - Describe the change.
  - |
    - [Who asked for it]
    - [Why now]
---
# RFC: {{ TITLE }}

## Summary

What changes, in one paragraph.

## Risks

What can go wrong?

### Rollback

How is it undone?

## Observability

What is measured?

### Alerts

Who is woken?
"""


def design(block: str, body: str = "## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n") -> str:
    return f"---\ndesign:\n  template: rfc\n  status: in review\n{block}---\n# Ice\n\n{body}"


@pytest.fixture
def told(judged):
    """Code, level and line of all that is found in a design of the template as it is now."""

    def found(text, template=NOW):
        catalog = judged({"a.md": text}, {"rfc.md": template})
        assert not catalog.diagnostics
        (one,) = catalog.designs
        return one, [(d.code, d.level.value, d.line) for d in one.diagnostics]

    return found


def test_what_is_newer_is_not_asked_for(told):
    one, found = told(design("  template_version: 1\n  created: 2026-01-01\n"))
    assert found == [("template-outdated", "note", 5)]
    assert (one.verdict.written, one.verdict.required) == (2, 2)
    assert "Observability" not in one.verdict.expanded.markdown
    assert "Alerts" not in one.verdict.expanded.markdown
    (note,) = one.diagnostics
    assert note.message == 'made from `rfc` 1, and the template is at 2, which adds "Rollback", "Observability"'
    assert note.help == "run `designdocs upgrade a.md`"


@pytest.mark.parametrize(
    "block", ["", "  template_version: 2\n", "  template_version: v2.0\n", "  template_version: x\n"]
)
def test_a_design_of_this_version_or_of_none_is_asked_for_all(told, block):
    one, _ = told(design(block + "  created: 2026-04-01\n"))
    missing = [(d.code, d.level.value, d.section) for d in one.diagnostics]
    # Risks has words of its own, so what is missing below it is only noted.
    assert missing == [
        ("section-missing", "note", "Risks > Rollback"),
        ("section-missing", "error", "Observability"),
    ]
    assert one.verdict.required == 4  # Alerts among them, which is not said a second time
    assert "Who is woken?" in one.verdict.expanded.markdown


def test_a_date_counts_from_the_day_of_creation(told):
    body = "## Summary\n\nIt melts.\n\n## Observability\n\nHeat.\n\n### Alerts\n\nAna.\n\n## Risks\n"
    for created, missing in (("2026-02-28", False), ("2026-03-01", True), ("", True)):
        block = "  template_version: 1.5\n" + (f"  created: {created}\n" if created else "")
        one, _ = told(design(block, body))
        assert ("Rollback" in one.verdict.expanded.markdown) == missing


def test_what_is_newer_and_there_is_judged_like_any_other(told):
    body = "## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n\n## Observability\n\nWhat is measured?\n"
    one, found = told(design("  template_version: 1\n  created: 2026-01-01\n", body))
    assert ("section-unwritten", "error") in [(code, level) for code, level, _ in found]
    # The author has taken the section over; that nothing is written in it is said once.
    assert [d.section for d in one.diagnostics if d.code == "section-missing"] == []
    note = next(d for d in one.diagnostics if d.code == "template-outdated")
    assert note.message.endswith('which adds "Rollback"')


def test_data_below_a_newer_section_still_has_its_heading(judged):
    template = (
        "---\nversion: 2\nsince: {Parts: 2}\ndata: {parts: {type: array}}\n---\n# T\n\n## Sum\n\nSay.\n\n## Parts\n\n"
        "### List\n\n{% if parts %}{{ parts | join(', ') }}{% else %}Which?{% endif %}\n"
    )
    block = "design:\n  template: t\n  template_version: 1\n  status: approved\n  parts: [a, b]\n"
    text = f"---\n{block}---\n# T\n\n## Sum\n\nYes.\n"
    (one,) = judged({"a.md": text}, {"t.md.j2": template}).designs
    assert [d.code for d in one.diagnostics] == []
    assert re.search(r"## Parts\n+### List\n+a, b", one.verdict.expanded.markdown)


@pytest.mark.parametrize(
    ("status", "block", "expected"),
    [
        ("draft", "  template_version: 1\n", True),
        ("approved", "  template_version: 1\n", True),
        ("superseded", "  template_version: 1\n", False),
        ("rejected", "  template_version: 1\n", False),
        ("approved", "  template_version: 2\n", False),
        ("approved", "", False),
    ],
)
def test_an_older_version_is_noted_unless_the_design_is_closed(told, status, block, expected):
    text = design(block + "  created: 2026-01-01\n").replace("in review", status)
    assert ("template-outdated" in [code for code, _, _ in told(text)[1]]) == expected


WHOLE = (
    "## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n\n### Rollback\n\nNo.\n\n"
    "## Observability\n\nHeat.\n\n### Alerts\n\nAna.\n"
)


def test_an_older_version_that_lacks_nothing_is_not_noted(told):
    assert told(design("  template_version: 1\n", WHOLE))[1] == []
    without = NOW.replace("since: {Observability: 2, Risks > Rollback: 2026-03-01}\n", "")
    assert told(design("  template_version: 1\n", WHOLE), without)[1] == []


@pytest.mark.parametrize("key", ["template_version", "template-version"])
def test_a_version_that_the_template_has_not_reached_is_a_warning(told, key):
    one, found = told(design(f"  {key}: 3\n", WHOLE))
    assert found == [("field-invalid", "warning", 5)]
    assert one.diagnostics[0].message == '`template_version` is "3", and `rfc`, by which it is judged, is only at 2'
    assert one.diagnostics[0].help == "write `template_version: 2`, or raise `version` in the template"


def test_a_version_is_a_text_as_it_is_written(told):
    template = NOW.replace("version: 2\n", "version: 1.10\n").replace("Observability: 2", "Observability: 1.10")
    body = "## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n"
    assert "template-outdated" in [c for c, _, _ in told(design("  template_version: 1.9\n", body), template)[1]]
    one, found = told(design("  template_version: 1.10\n", body), template)
    assert one.metadata.template_version == "1.10"
    assert "template-outdated" not in [c for c, _, _ in found]


@pytest.mark.parametrize(
    "left",
    [
        "Describe the change.",
        "*describe* the\nchange.",
        "- [Who asked for it]\n- [Why now]",
        "What changes, in one paragraph.",
    ],
)
def test_a_retired_prompt_is_still_the_templates(told, left):
    body = f"## Summary\n\n{left}\n\n## Risks\n\nFire.\n"
    block = "  template_version: 1\n  created: 2026-01-01\n"
    one, found = told(design(block, body))
    assert ("section-unwritten", "error", 12) in found
    assert one.verdict.written == 1
    if left != "What changes, in one paragraph.":
        # Without the declaration they are words of the author's.
        plain = re.sub(r"retired:.*?(?=---)", "", NOW, flags=re.DOTALL)
        assert told(design(block, body), plain)[0].verdict.written == 2


def test_one_retired_text_may_stand_without_a_list(told):
    template = re.sub(r"retired:.*?(?=---)", "retired: Describe the change.\n", NOW, flags=re.DOTALL)
    body = "## Summary\n\nDescribe the change.\n\n## Risks\n\nFire.\n"
    assert told(design("  template_version: 1\n", body), template)[0].verdict.written == 1


def test_a_placeholder_of_a_retired_prompt_is_left(told):
    body = "## Summary\n\nIt melts, says [Who asked for it].\n\n## Risks\n\nFire.\n"
    found = told(design("  template_version: 1\n  created: 2026-01-01\n", body))[1]
    assert [c for c, _, _ in found] == ["template-outdated", "placeholder-left"]


def test_a_section_that_the_template_has_no_more_is_the_authors(told):
    body = "## Summary\n\nIt melts.\n\n## Motivation\n\nHeat.\n\n## Risks\n\nFire.\n"
    one, found = told(design("  template_version: 1\n  created: 2026-01-01\n", body))
    assert [c for c, _, _ in found] == ["template-outdated"]
    assert "## Motivation" in one.verdict.expanded.markdown


# In a build ---------------------------------------------------------------------------------------------------


def test_a_build_asks_for_what_the_design_was_made_from(site):
    site.configure(ours={"templates_dir": "tpl"})
    site.write("../tpl/rfc.md", NOW)
    site.write("index.md", "# Home\n")
    page = site.write("designs/ice.md", design("  template_version: 1\n  created: 2026-01-01\n"))
    built = site.build("--strict")
    assert built.returncode == 0, built.stderr
    assert "What is measured?" not in site.page("designs/ice")
    page.write_text(page.read_text("utf-8").replace("template_version: 1", "template_version: 2"), "utf-8")
    failed = site.build()
    assert failed.returncode == 1
    assert 'section "Observability" is missing' in failed.stderr
    assert "What is measured?" in site.page("designs/ice")

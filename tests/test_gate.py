"""How much a finding matters: the rule's level, then the configuration's, then what the status asks for."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs import options
from mkdocs_designdocs.diagnostics import CODES, Level, finding
from mkdocs_designdocs.gate import asks, fails, levelled
from mkdocs_designdocs.levels import KINDS, Levels
from mkdocs_designdocs.lifecycle import DEFAULT, Gate
from mkdocs_designdocs.settings import Settings

STATUS = {status.key: status for status in DEFAULT.statuses}
COMPLETENESS = [code for code, each in CODES.items() if each.completeness]
INTEGRITY = [code for code, each in CODES.items() if not each.completeness]


def level_of(code, status=None, levels=None, level=None, uri="a.md"):
    found = finding(code, "a.md", 1, 1, "m", level=level)
    settings = Settings(Path(), Path(), levels=options.levels(levels or {}, DEFAULT))
    told = [d.level for d in levelled([found], STATUS.get(status), settings, uri)]
    return told[0].value if told else None


@pytest.mark.parametrize("code", COMPLETENESS)
def test_completeness_is_what_the_status_asks_for(code):
    own = CODES[code].level.value
    assert level_of(code, "draft") == "note"
    assert [level_of(code, status) for status in ("in-review", "approved", "implemented")] == [own] * 3
    assert [level_of(code, status) for status in ("superseded", "rejected", "withdrawn")] == [None] * 3


@pytest.mark.parametrize("code", COMPLETENESS)
def test_a_design_of_unknown_status_is_judged_as_in_the_first_and_has_to_choose_one(code):
    assert level_of(code) == ("error" if code == "status-unchosen" else "note")


@pytest.mark.parametrize(
    ("status", "levels", "level", "asked"),
    [
        ("approved", {}, Level.WARNING, True),
        ("approved", {"section-missing": "note"}, Level.NOTE, False),
        ("draft", {}, Level.NOTE, True),
        (None, {}, Level.NOTE, True),
        ("draft", {"section-missing": "note"}, Level.NOTE, False),
        ("draft", {"section-missing": "warning"}, Level.NOTE, True),
        ("draft", {"section-missing": {"draft": "note"}}, Level.NOTE, True),
    ],
)
def test_a_note_asks_for_something_where_it_is_one_for_a_drafts_sake(status, levels, level, asked):
    settings = Settings(Path(), Path(), levels=options.levels(levels, DEFAULT))
    assert asks(finding("section-missing", "a.md", 1, 1, "m", level=level), STATUS.get(status), settings, "") == asked
    assert not asks(finding("link-broken", "a.md", 1, 1, "m", level=Level.NOTE), STATUS.get(status), settings, "")


@pytest.mark.parametrize("code", INTEGRITY)
@pytest.mark.parametrize("status", [*STATUS, None])
def test_integrity_is_held_in_every_status(code, status):
    assert level_of(code, status) == CODES[code].level.value


def test_the_configuration_comes_before_the_rule_and_the_status_before_both():
    levels = {"todo-left": "error", "section-missing": "off", "link-broken": False}
    assert level_of("todo-left", "approved", levels) == "error"
    assert level_of("todo-left", "draft", levels) == "note"
    assert level_of("todo-left", "rejected", levels) is None
    assert level_of("section-missing", "draft", levels) is None
    assert level_of("link-broken", "approved", levels) is None
    assert level_of("section-unwritten", "approved", level=Level.WARNING) == "warning"


class TestKinds:
    def test_a_kind_stands_for_all_its_codes(self):
        for code in CODES:
            assert level_of(code, "approved", {"all": "off"}) is None
            assert (level_of(code, "approved", {"completeness": "off"}) is None) == (code in COMPLETENESS)
            assert (level_of(code, "approved", {"integrity": "off"}) is None) == (code in INTEGRITY)

    def test_the_later_entry_wins_whichever_is_the_narrower(self):
        assert level_of("todo-left", "approved", {"todo-left": "error", "all": "note"}) == "note"
        assert level_of("todo-left", "approved", {"all": "note", "todo-left": "error"}) == "error"

    def test_an_entry_that_is_not_meant_leaves_the_one_before(self):
        levels = {"all": "note", "completeness": {"legacy/": "off"}, "todo-left": {"draft": "error"}}
        assert level_of("todo-left", "approved", levels) == "note"
        assert level_of("todo-left", "approved", levels, uri="legacy/a.md") is None
        assert level_of("todo-left", "draft", levels, uri="legacy/a.md") == "error"


class TestStatuses:
    @pytest.mark.parametrize("name", ["in-review", "In review", "IN_REVIEW", "rfc", "under review"])
    def test_any_name_of_a_status_will_do(self, name):
        levels = {"section-missing": {name: "warning"}}
        assert level_of("section-missing", "in-review", levels) == "warning"
        assert level_of("section-missing", "approved", levels) == "error"

    def test_what_is_said_of_exactly_this_status_stands_above_the_gate(self):
        levels = {"section-missing": {"draft": "error", "superseded": "warning"}}
        assert level_of("section-missing", "draft", levels) == "error"
        assert level_of("section-missing", "superseded", levels) == "warning"
        assert level_of("section-missing", "rejected", levels) is None

    @pytest.mark.parametrize("place", ["docs/", "*", "else"])
    def test_what_is_said_of_a_folder_or_of_all_else_does_not(self, place):
        levels = {"todo-left": {place: "error"}}
        assert level_of("todo-left", "draft", levels, uri="docs/a.md") == "note"
        assert level_of("todo-left", "superseded", levels, uri="docs/a.md") is None
        assert level_of("todo-left", "approved", levels, uri="docs/a.md") == "error"

    def test_a_design_whose_status_is_not_known_has_none_of_it(self):
        """Or a slip in the status would switch off that it is told."""
        levels = {"all": {"draft": "off"}}
        assert level_of("field-missing", None, levels) == "error"
        assert level_of("status-unknown", None, levels) == "error"
        assert level_of("field-missing", "draft", levels) is None

    def test_all_else_is_the_weakest_of_its_mapping_wherever_it_stands(self):
        for levels in ({"draft": "error", "else": "warning"}, {"else": "warning", "draft": "error"}):
            assert level_of("section-missing", "draft", {"section-missing": levels}) == "error"
            assert level_of("section-missing", "approved", {"section-missing": levels}) == "warning"


class TestFolders:
    @pytest.mark.parametrize(
        ("pattern", "taken", "left"),
        [
            ("legacy/", ["legacy/a.md", "legacy/b/a.md", "x/legacy/a.md"], ["legacy.md", "new/a.md"]),
            ("/legacy/", ["legacy/a.md"], ["x/legacy/a.md"]),
            ("./legacy/", ["legacy/a.md"], ["new/a.md"]),
            ("designs/legacy", ["designs/legacy/a.md"], ["legacy/a.md"]),
            ("archive/**", ["archive/a.md", "archive/b/c.md"], ["a/archive.md"]),
            ("adr/*.md", ["adr/1.md"], ["adr/old/1.md"]),
            ("00*", ["0001.md", "x/0002.md"], ["1000.md"]),
            ("*", ["a.md", "b/c.md"], []),
            ("designs/0001.md", ["designs/0001.md"], ["designs/0002.md"]),
        ],
    )
    def test_a_path_is_read_as_git_reads_it(self, pattern, taken, left):
        def told(uri):
            return level_of("section-missing", "approved", {"section-missing": {pattern: "off"}}, uri=uri)

        assert [uri for uri in taken if told(uri)] == []
        assert [uri for uri in left if not told(uri)] == []

    def test_what_is_no_page_is_in_no_folder(self):
        assert level_of("template-invalid", None, {"all": {"*": "off"}}, uri="") == "error"
        assert level_of("template-invalid", None, {"all": {"*": "off", "else": "note"}}, uri="") == "note"

    def test_the_later_key_wins(self):
        one = {"in review": "warning", "legacy/": "off"}
        other = {"legacy/": "off", "in review": "warning"}
        told = [level_of("todo-left", "in-review", {"todo-left": said}, uri="legacy/a.md") for said in (one, other)]
        assert told == [None, "warning"]


LEVEL = st.sampled_from(["error", "warning", "note", "off"])
PLACE = st.sampled_from([*STATUS, "legacy/", "**/*.md", "else"])
RULES = st.dictionaries(
    st.sampled_from([*KINDS, *CODES]), LEVEL | st.dictionaries(PLACE, LEVEL, min_size=1), max_size=5
)


@given(RULES, st.sampled_from([*CODES]), st.sampled_from([*STATUS, None]), st.sampled_from(["a.md", "legacy/a.md"]))
def test_whatever_is_said_the_last_that_is_meant_counts(said, code, status, uri):
    """The same, found by reading the configuration as its documentation does: from the end."""
    kind = "completeness" if code in COMPLETENESS else "integrity"
    own, final = CODES[code].level.value, False
    for codes, level in said.items():
        if codes not in (code, kind, "all"):
            continue
        where = level if isinstance(level, dict) else {"else": level}
        if "else" in where:
            own, final = where["else"], False
        for place, each in where.items():
            if place == status or place == "**/*.md" or (place == "legacy/" and uri.startswith(place)):
                own, final = each, place == status
    gate = STATUS[status or "draft"].gate
    if not final and code in COMPLETENESS and (code, status) != ("status-unchosen", None):
        own = "off" if gate is Gate.INTEGRITY else "note" if gate is Gate.DRAFT and own != "off" else own
    assert level_of(code, status, said, uri=uri) == (None if own == "off" else own)


@given(RULES, RULES)
def test_the_rules_say_all_that_they_are(one, other):
    """What they say is part of the key of what is kept between builds."""
    these, those = options.levels(one, DEFAULT), options.levels(other, DEFAULT)
    assert (repr(these) == repr(those)) == (these == those)
    assert repr(these) == repr(options.levels(dict(one), DEFAULT))


@pytest.mark.parametrize(
    ("levels", "normally", "strictly"),
    [
        ([], False, False),
        ([Level.NOTE], False, False),
        ([Level.NOTE, Level.WARNING], False, True),
        ([Level.WARNING, Level.ERROR, Level.NOTE], True, True),
    ],
)
def test_errors_fail_and_warnings_where_it_is_strict(levels, normally, strictly):
    found = [finding("todo-left", "a.md", 1, 1, "m", level=level) for level in levels]
    assert (fails(found, strict=False), fails(found, strict=True)) == (normally, strictly)


# In a collection -------------------------------------------------------------------------------------------------

TEMPLATE = "# [Title]\n\n## A\n\n[a]\n\n## B\n\n[b]\n"
DESIGN = "---\ndesign:\n  template: t\n  status: {status}\n  id: D-1\n---\n# T\n\n## A\n\nWords of ours. TODO: more.\n"


def test_status_and_folder_count_for_every_kind_of_finding(judged):
    """In a design itself, between designs, and in pages that are none."""
    levels = {
        "section-missing": {"in review": "warning", "legacy/": "off", "draft": "error"},
        "id-duplicate": {"legacy/": "note", "in review": "warning"},
        "diagram-invalid": {"legacy/": "note"},
    }
    broken = "# Plain\n\n```mermaid\nflowchart LR\n  A -->\n```\n"
    pages = {
        "a.md": DESIGN.format(status="approved"),
        "b.md": DESIGN.format(status="in review"),
        "c.md": DESIGN.format(status="draft"),
        "legacy/d.md": DESIGN.format(status="approved"),
        "legacy/plain.md": broken,
        "plain.md": broken,
    }
    found = judged(pages, {"t.md": TEMPLATE}, levels=options.levels(levels, DEFAULT)).everything()
    assert [(d.path, d.code, d.level.value) for d in found if d.code in levels] == [
        ("a.md", "section-missing", "error"),
        ("b.md", "id-duplicate", "warning"),
        ("b.md", "section-missing", "warning"),
        ("c.md", "id-duplicate", "error"),
        ("c.md", "section-missing", "error"),
        ("legacy/d.md", "id-duplicate", "note"),
        ("legacy/plain.md", "diagram-invalid", "note"),
        ("plain.md", "diagram-invalid", "error"),
    ]


def test_links_are_levelled_by_status_and_folder_too(site):
    site.configure(ours={"levels": {"link-broken": {"legacy/": "error"}}}, theme={"name": "mkdocs"})
    text = "---\ndesign: {template: feature, status: draft}\n---\n# T\n\nSee [it](gone.md).\n"
    site.write("legacy/a.md", text)
    site.write("b.md", text)
    done = site.check()
    assert [line.split(": ")[1] for line in done.stdout.splitlines() if "[link-broken]" in line] == ["warning", "error"]
    assert done.returncode == 1


def test_levels_that_are_the_same_are_equal():
    assert options.levels({}, DEFAULT) == Levels()
    assert options.levels(Levels(), DEFAULT) == Levels()


@pytest.mark.parametrize("page", ["reference/configuration.md", "ci.md", "completeness.md"])
def test_the_examples_of_the_documentation_can_be_used(page):
    text = (Path(__file__).parent.parent / "docs" / page).read_text("utf-8")
    blocks = [yaml.safe_load(dedent(block)) for block in re.findall(r"^ *```yaml\n([^!]*?)^ *```", text, re.M)]
    plugins = [each["plugins"] if isinstance(each, dict) and "plugins" in each else each for each in blocks]
    ours = [one["designdocs"] for each in plugins if isinstance(each, list) for one in each if "designdocs" in one]
    said = [each["levels"] for each in ours if isinstance(each, dict) and "levels" in each]
    assert said
    assert all(options.levels(each, DEFAULT).rules for each in said)

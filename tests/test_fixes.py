"""What can be mended is mended as its author would have it, nothing else changes, and a second time nothing does."""

from __future__ import annotations

import json
import os
import random
import re
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from folders import Folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_bad_input import BAD, lay_out
from truth.designs import make
from truth.manners import MANNERS, REMOVED
from truth.parts import NAMES, archive, parts

from mkdocs_designdocs.analysis import analyse, repairs
from mkdocs_designdocs.catalog import Archive
from mkdocs_designdocs.design import Document, Verdict
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.fixes import Fix, applied
from mkdocs_designdocs.gate import fails
from mkdocs_designdocs.levels import Levels, Rule
from mkdocs_designdocs.settings import Settings

TEMPLATE = """\
# [Title]

## Goals

[What for]

## Parts

### Server

[The server]

### Client

[The client]

## Calls

### [Call name]

[What it does]

## Tests (optional)

[How]

## Risks

[What may go wrong]
"""
HEAD = "---\ndesign:\n  template: t\n  status: {}\n---\n"
APPROVED, DRAFT = HEAD.format("approved"), HEAD.format("draft")
GOALS, PARTS = "## Goals\n\nTo go.\n", "## Parts\n\n### Server\n\nOne.\n\n### Client\n\nTwo.\n"
CALLS, RISKS = "## Calls\n\n### Send\n\nSends.\n", "## Risks\n\nFew.\n"
WHOLE = f"{APPROVED}# T\n\n{GOALS}\n{PARTS}\n{CALLS}\n{RISKS}"


class World:
    """Documents judged and mended in memory."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(root=root, docs_dir=root, templates_dir=root)
        self.write(TEMPLATE)

    def write(self, template: str, name: str = "t.md") -> None:
        (self.settings.root / name).write_text(template, "utf-8")
        self.archive = Archive(self.settings, None)

    def set(self, **changes: object) -> None:
        self.settings = replace(self.settings, **changes)
        self.archive = Archive(self.settings, None)

    def judge(self, data: str | bytes) -> Verdict:
        found = analyse(document(data), self.settings, self.archive.library)
        assert isinstance(found, Verdict)
        return found

    def fixes(self, data: str | bytes) -> list[Fix]:
        return list(repairs(document(data), self.settings, self.archive.library))

    def mended(self, data: str | bytes) -> bytes:
        now = data.encode() if isinstance(data, str) else data
        for _ in range(10):
            found = self.fixes(now)
            if not found:
                return now
            assert applied(now, found) != now
            now = applied(now, found)
        raise AssertionError("it never ends")

    def body(self, data: str) -> str:
        """What becomes of the body of an approved design."""
        text = self.mended(APPROVED + data).decode()
        assert text.startswith(APPROVED)
        return text.removeprefix(APPROVED)


def document(data: str | bytes) -> Document:
    return Document("d.md", "d.md", data.encode() if isinstance(data, str) else data)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


# Sections -----------------------------------------------------------------------------------------------------


def test_a_missing_section_comes_where_the_template_has_it(world):
    assert world.body(f"# T\n\n{GOALS}\n{CALLS}\n{RISKS}") == (
        f"# T\n\n{GOALS}\n## Parts\n\n### Server\n\n[The server]\n\n### Client\n\n[The client]\n\n{CALLS}\n{RISKS}"
    )


def test_the_first_and_the_last_one_too(world):
    assert world.body(f"# T\n\n{PARTS}\n{CALLS}") == (
        f"# T\n\n## Goals\n\n[What for]\n\n{PARTS}\n{CALLS}\n## Risks\n\n[What may go wrong]\n"
    )


def test_a_child_comes_into_its_parent(world):
    half = PARTS.replace("### Server\n\nOne.\n\n", "")
    assert world.body(f"# T\n\n{GOALS}\n{half}\n{CALLS}\n{RISKS}") == (
        f"# T\n\n{GOALS}\n## Parts\n\n### Server\n\n[The server]\n\n### Client\n\nTwo.\n\n{CALLS}\n{RISKS}"
    )


def test_a_pattern_that_nothing_has_is_asked_for_once(world):
    world.write(TEMPLATE.replace("### [Call name]\n\n[What it does]\n", "### Call 1\n\n[One]\n\n### Call 2\n\n[Two]\n"))
    found = world.body(f"# T\n\n{GOALS}\n{PARTS}\n## Calls\n\n{RISKS}")
    assert found == f"# T\n\n{GOALS}\n{PARTS}\n## Calls\n\n### Call 1\n\n[One]\n\n{RISKS}"


def test_extras_stay_with_what_they_follow(world):
    extra = "## Kites\n\nOurs fly.\n"
    assert world.body(f"# T\n\n{GOALS}\n{extra}\n{CALLS}\n{RISKS}").startswith(f"# T\n\n{GOALS}\n{extra}\n## Parts\n")


def test_headings_take_the_level_of_those_beside_them(world):
    deeper = re.sub("^#", "##", f"{GOALS}\n{CALLS}", flags=re.MULTILINE)
    assert "\n\n### Parts\n\n#### Server\n" in world.body(f"# T\n\n{deeper}")
    flat = f"{GOALS}\n{PARTS}\n{CALLS}\n{RISKS}".replace("###", "##")
    assert world.body("# T\n\n" + flat.replace("## Server\n\nOne.\n\n", "")) == (
        "# T\n\n" + flat.replace("One.", "[The server]")
    )


def test_an_author_s_order_is_kept(world):
    text = world.body(f"# T\n\n{RISKS}\n{CALLS}\n{GOALS}")
    assert re.findall("^## (.*)", text, re.MULTILINE) == ["Risks", "Calls", "Goals", "Parts"]


def test_metadata_at_the_foot_stays_there(world):
    text = world.body(f"# T\n\n{GOALS}\n{PARTS}\n{CALLS}\n---\n\n**Author:** Ana\n")
    assert text.endswith(f"{CALLS}\n## Risks\n\n[What may go wrong]\n\n---\n\n**Author:** Ana\n")


def test_what_is_said_of_a_heading_stays_above_it(world):
    said = '<!-- designdocs: ignore todo-left -->\n<a id="risks"></a>\n'
    text = world.body(f"# T\n\n{GOALS}\n{PARTS}\n{said}\n{RISKS}")
    assert f"\n## Calls\n\n### [Call name]\n\n[What it does]\n\n{said}\n{RISKS}" in text


def test_a_design_without_a_body_gets_all_of_it(world):
    for end in ("", "\n", "\n\n", "\n# T\n"):
        text = world.mended(HEAD.format("draft").rstrip("\n") + end).decode()
        assert re.findall(r"^#+ (.*)", text, re.MULTILINE)[end.count("#") :] == [
            "Goals", "Parts", "Server", "Client", "Calls", "[Call name]", "Risks"
        ]  # fmt: skip
        assert "---\n\n#" in text or "T" in end
        assert text.endswith("\n") == bool(end)


def test_drafts_get_their_prompts_and_closed_designs_nothing(world):
    text = f"# T\n\n{GOALS}"
    (first, *_) = world.judge(DRAFT + text).diagnostics
    assert (first.code, first.level, first.fixable) == ("section-missing", Level.NOTE, True)
    assert b"## Risks" in world.mended(DRAFT + text)
    closed = HEAD.format("withdrawn") + text
    assert world.mended(closed) == closed.encode()


def test_the_finding_becomes_that_it_is_unwritten(world):
    now = world.judge(world.mended(f"{APPROVED}# T\n\n{GOALS}\n{PARTS}\n{CALLS}"))
    assert [(d.code, d.section, d.fixable) for d in now.diagnostics] == [("section-unwritten", "Risks", False)]


def test_a_section_that_may_have_been_renamed_is_for_the_author_to_name(world):
    text = f"{APPROVED}# T\n\n{GOALS}\n{PARTS}\n{CALLS}\n## Dangers behind\n\nFew.\n"
    world.write(TEMPLATE.replace("## Risks", "## Dangers ahead"))
    (found,) = world.judge(text).diagnostics
    assert (found.code, found.fixable) == ("section-missing", False)
    assert "is it" in found.help
    assert world.mended(text) == text.encode()


def test_what_is_only_noted_is_not_added(world):
    parts = "## Parts\n\nAll in one.\n"
    text = f"{APPROVED}# T\n\n{GOALS}\n{parts}\n{CALLS}\n{RISKS}"
    assert {d.level for d in world.judge(text).diagnostics} == {Level.NOTE}
    assert world.mended(text) == text.encode()


@pytest.mark.parametrize("head", [APPROVED, DRAFT])
def test_what_the_team_only_notes_is_not_added_either(world, head):
    text = f"{head}# T\n\n{GOALS}\n{PARTS}\n{CALLS}"
    world.set(levels=Levels((Rule("section-missing", Level.NOTE),)))
    assert [(d.code, d.level, d.fixable) for d in world.judge(text).diagnostics] == [
        ("section-missing", Level.NOTE, False)
    ]
    assert world.mended(text) == text.encode()


@pytest.mark.parametrize("foot", ["", "\n---\n\n**Author:** Ana\n"])
def test_what_an_author_ignores_at_the_end_is_not_said_of_what_comes_in(world, foot):
    said = "<!-- designdocs: ignore section-unwritten -->\n"
    text = f"{APPROVED}# T\n\n{GOALS}\n{PARTS}\n{CALLS}\n{said}{foot}"
    mended = world.mended(text).decode()
    assert mended == text.replace(said, f"## Risks\n\n[What may go wrong]\n\n{said}")
    assert [(d.code, d.section) for d in world.judge(mended).diagnostics] == [("section-unwritten", "Risks")]


def test_what_is_ignored_for_the_whole_page_stays_so(world):
    said = "<!-- designdocs: ignore section-unwritten -->\n"
    for rest in ("", f"\n{RISKS}"):
        mended = world.body(f"# T\n\n{said}{rest}")
        assert mended.startswith(f"# T\n\n{said}\n## Goals\n")
        assert world.judge(APPROVED + mended).diagnostics == ()


@pytest.mark.parametrize("ours", ["<!-- designdocs: ignore section-missing -->\n\n", ""])
def test_what_is_ignored_is_not_mended(world, ours):
    text = f"{APPROVED}# T\n\n{ours}{GOALS}\n{PARTS}\n{CALLS}"
    assert (world.mended(text) == text.encode()) == bool(ours)
    world.set(levels=Levels((Rule("section-missing", Level.OFF),)))
    assert world.mended(text) == text.encode()


@pytest.mark.parametrize("opened", ["```\nnever closed\n", "<!-- never closed\n", "<pre>\nnever closed\n"])
def test_nothing_is_put_where_it_would_be_no_section(world, opened):
    text = f"{APPROVED}# T\n\n{GOALS}\n{PARTS}\n{CALLS}\n{opened}"
    assert world.mended(text) == text.encode()
    assert not any(d.fixable for d in world.judge(text).diagnostics)


def test_what_data_adds_does_not_confuse_it(world):
    world.write(
        "---\ndata: {type: object, properties: {calls: {type: array}}}\n---\n# [Title]\n\n"
        "{% for call in calls %}\n## {{ call }}\n\nCalls {{ call }}.\n\n{% endfor %}\n"
        "## Why\n\n[Why]\n\n## Risks\n\n[Risk]\n",
        "j.md.j2",
    )
    head = "---\ndesign:\n  template: j\n  status: approved\n  calls: [Send, Take]\n---\n# T\n"
    assert world.mended(f"{head}\n{RISKS}").decode() == f"{head}\n## Why\n\n[Why]\n\n{RISKS}"


# Diagrams -----------------------------------------------------------------------------------------------------

BARE = "flowchart TB\n    A --> B\n\n    B --> C\n"


def test_a_bare_diagram_gets_its_fence(world):
    for below in ("", "\nMore.\n"):
        text = WHOLE.replace("Few.\n", f"{BARE}{below}")
        assert world.mended(text).decode() == text.replace(BARE, f"```mermaid\n{BARE}```\n")
    tight = WHOLE.replace("## Risks\n\nFew.\n", f"## Risks\n{BARE}So it goes.\n")
    fenced = f"## Risks\n\n```mermaid\n{BARE}```\n\nSo it goes.\n"
    assert world.mended(tight).decode().endswith(fenced)
    (fix,) = world.fixes(tight)
    assert (fix.did, fix.about, fix.mends) == ("fenced the diagram at", f"line {tight.count(chr(10)) - 4}", None)


def test_one_that_nobody_draws_or_that_is_ignored_stays(world):
    text = WHOLE.replace("Few.\n", BARE)
    ignored = text.replace(BARE, f"<!-- designdocs: ignore diagram-invalid -->\n\n{BARE}")
    assert world.mended(ignored) == ignored.encode()
    world.set(diagram_pages="none")
    assert world.mended(text) == text.encode()


def test_the_template_s_own_is_still_the_template_s(world):
    world.write(TEMPLATE.replace("[What may go wrong]", BARE))
    text = WHOLE.replace("Few.\n", BARE)
    for one in (text, world.mended(text)):
        assert [d.code for d in world.judge(one).diagnostics] == ["section-unwritten"]


def test_a_page_that_is_no_design_is_left_alone(world):
    assert repairs(document(f"# T\n\n{BARE}"), world.settings, world.archive.library) == ()


# Status -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("draft | in review | approved", "draft"),
        ("Draft | In Review # choose", "draft # choose"),
        ('"Draft | In Review"', "draft"),
        ("in review | approved", "draft"),
        ("provisional|implementable", "provisional"),
        ("**provisional**|implementable|implemented", "provisional"),
        ('"provisional|**implementable**"', "implementable"),
        ("provisional|`implementable`|**implemented**", "provisional"),
        ("draft / review", "draft"),
        ('"{proposed | accepted | … | superseded by [ADR-5](x.md)}"', "draft"),
        ('"{new | accepted | superseded by ADR-0123}"', "new"),
        ("Draft / In Review / **Accepted**", "Accepted"),
    ],
)
def test_a_status_that_is_a_list_of_choices_becomes_one(world, before, after):
    for head in ("---\ndesign:\n  template: t\n  status: {}\n---\n", "---\nstatus: {}\ndesign: t\n---\n"):
        text = head.format(before) + WHOLE.removeprefix(APPROVED)
        found = world.mended(text).decode()
        assert found.removesuffix(WHOLE.removeprefix(APPROVED)) == head.format(after)
        assert not any(d.code.startswith("status") for d in world.judge(found).diagnostics)
        (said,) = (d for d in world.judge(text).diagnostics if d.code == "status-unchosen")
        assert said.help == f"keep one of them: `status: {after.split(' #')[0]}`"


def test_a_status_in_a_line_of_the_body_too(world):
    head = "---\ndesign: t\n---\n# T\n\n"
    for before, after in [
        ("Draft | In Review | Approved", "Draft"),
        ("Draft | **In Review** | Approved  ", "In Review  "),
        ("Provisional / Approved\\", "Provisional\\"),
    ]:
        text = f"{head}**Status:** {before}\n**Author:** Ana\n\n{GOALS}\n{PARTS}\n{CALLS}\n{RISKS}"
        assert world.mended(text).decode() == text.replace(before, after)


def test_it_becomes_what_the_block_says(world):
    text = WHOLE.replace("# T\n", "# T\n\n**Status:** Draft | In Review | Approved\n")
    assert world.mended(text).decode() == text.replace("Draft | In Review | Approved", "Approved")


@pytest.mark.parametrize("status", ["**asleep**|draft|approved", "draft or so, review, as you like it best"])
def test_a_choice_that_is_the_author_s_to_make_stays(world, status):
    text = WHOLE.replace("status: approved", f'status: "{status}"')
    assert world.mended(text) == text.encode()
    assert not any(d.fixable for d in world.judge(text).diagnostics)


# Front matter -------------------------------------------------------------------------------------------------


def test_front_matter_is_mended_and_then_what_it_names(world):
    text = "---\ndesign:\n\ttemplate: t\n\ttitle: Parcels: all\n\tauthors: [@ana]\n\tstatus: approved\n---\n"
    assert (
        world.mended(text + WHOLE.removeprefix(APPROVED))
        .decode()
        .startswith(
            '---\ndesign:\n  template: t\n  title: "Parcels: all"\n  authors: ["@ana"]\n  status: approved\n---\n# T\n'
        )
    )
    (found,) = world.judge(text + WHOLE.removeprefix(APPROVED)).diagnostics
    assert (found.code, found.fixable) == ("front-matter-invalid", True)


def test_what_cannot_be_mended_does_not_say_that_it_can(world):
    text = WHOLE.replace("status: approved", "status: [approved")
    assert [(d.code, d.fixable) for d in world.judge(text).diagnostics][:1] == [("front-matter-invalid", False)]
    unclosed = "---\ndesign:\n  template: t\n  author: @ana\n\n# T\n"
    assert world.mended(unclosed) == unclosed.encode()


# Files --------------------------------------------------------------------------------------------------------

FIXES = [Fix(1, 1, ("x", ""), "", ""), Fix(2, 3, ("B", "b"), "", ""), Fix(4, 4, ("", "y"), "", "")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_bytes_between_repairs_stay_as_they_are(mark, end, last):
    before = mark + (end.join(["a", "b", "c"]) + end * last).encode()
    after = mark + (end.join(["x", "", "a", "B", "b", "c", "", "y"]) + end * last).encode()
    assert applied(before, FIXES) == after
    assert applied(before, []) == before


def test_lines_end_as_those_beside_them():
    assert applied(b"a\r\nb\nc\r\n", FIXES) == b"x\r\n\r\na\r\nB\r\nb\r\nc\r\n\r\ny\r\n"
    assert applied(b"", [FIXES[0]]) == b"x\n\n"
    assert applied(b"a\nb\n", [Fix(1, 3, ("c",), "", ""), Fix(2, 3, ("d",), "", "")]) == b"c\n"


@given(st.binary(max_size=12).filter(lambda data: b"\xff" not in data), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_all_lines_are_there_whatever_they_are(data, end):
    text = data.decode("latin-1").encode() + end + data.hex().encode()
    lines = re.split(b"\r\n|\r|\n", text)
    fix = Fix(len(lines) + 1, len(lines) + 1, ("", "new"), "", "")
    made = re.split(b"\r\n|\r|\n", applied(text, [fix]))
    assert [line for line in made if line != b"new"][: len(lines)] == lines


# Whatever people do -------------------------------------------------------------------------------------------

MOSTLY_REMOVED = (*MANNERS, *(REMOVED,) * 20)


def lines_of(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


def is_within(lines: list[str], others: list[str]) -> bool:
    """Whether all lines are there, in order."""
    rest = iter(others)
    return all(any(line == other for other in rest) for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_and_the_verdict_of_the_author_s_sections_stay(name):
    size, judges = len(parts(name)), archive()

    def judge(data: bytes) -> Verdict:
        found = judges.analyse(document(data))
        assert isinstance(found, Verdict)
        return found

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(MOSTLY_REMOVED), min_size=size, max_size=size), st.integers(0, 2**20))
    def test(manners, seed):
        before = make(name, manners, random.Random(seed)).text.encode()
        after = before
        while found := repairs(document(after), judges.settings, judges.library):
            after = applied(after, found)
        assert is_within(lines_of(before), lines_of(after))
        assert (after.startswith(b"\xef\xbb\xbf"), after[-1:] in b"\r\n") == (
            before.startswith(b"\xef\xbb\xbf"),
            before[-1:] in b"\r\n",
        )
        was, now = judge(before), judge(after)
        there, here = (Counter((s.title, s.state) for s in one.sections if s.line) for one in (was, now))
        assert there <= here, after.decode()
        left = {(found.code, found.section) for found in now.diagnostics}
        assert not [d for d in was.diagnostics if d.fixable and (d.code, d.section) in left]
        assert not any(found.fixable for found in now.diagnostics)

    test()


# The command --------------------------------------------------------------------------------------------------


class Site(Folder):
    """A site in the working directory, and the command in this process."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("tpl/t.md", TEMPLATE)
        self.write("mkdocs.yml", "site_name: T\nplugins:\n  - designdocs:\n      templates_dir: tpl\n")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


BROKEN = WHOLE.replace("  status", "  authors:\n  - @ana\n  - @bo\n  - @chen\n  - @dee\n  status").replace(
    f"\n{RISKS}", ""
)
MENDED = re.sub(r"(@\w+)", r'"\1"', BROKEN) + "\n## Risks\n\n[What may go wrong]\n"


def test_fix_says_what_it_did_and_then_what_is_left(folder):
    path = folder.write("docs/designs/a.md", BROKEN)
    folder.write("docs/designs/b.md", WHOLE)
    done = folder.check("--fix")
    assert path.read_text() == MENDED
    assert (done.exit_code, done.stderr) == (1, "")
    first, second, _, last = done.stdout.splitlines()
    assert first == ('docs/designs/a.md: 5 mended: quoted "@ana", "@bo", "@chen" and 1 more, added section "Risks"')
    assert second.startswith("docs/designs/a.md:")
    assert second.endswith("[section-unwritten]")
    assert last == "2 designs checked: 1 error; 5 mended"
    again = folder.check("--fix")
    assert path.read_text() == MENDED
    assert again.stdout.splitlines()[-1] == "2 designs checked: 1 error; nothing mended"


def test_what_remains_decides_the_exit_code(folder):
    folder.write("docs/a.md", WHOLE.replace("  status", "  author: @ana\n  status"))
    assert folder.check().exit_code == 1
    assert folder.check("--fix").exit_code == 0


def test_check_counts_what_can_be_mended(folder):
    folder.write("docs/a.md", BROKEN)
    assert folder.check().stdout.splitlines()[-1] == "2 of them can be mended by `designdocs check --fix`"
    for form in ("sarif", "github"):
        assert "--fix" not in folder.check("--format", form).stdout


def test_machines_read_nothing_but_their_format(folder):
    folder.write("docs/a.md", BROKEN)
    (design,) = json.loads(folder.check("--format", "json").stdout)["designs"]
    assert [(d["code"], d["fixable"]) for d in design["diagnostics"]] == [
        ("front-matter-invalid", True),
        ("section-missing", True),
    ]
    done = folder.check("--fix", "--format", "json")
    (design,) = json.loads(done.stdout)["designs"]
    assert [(d["code"], d["fixable"]) for d in design["diagnostics"]] == [("section-unwritten", False)]
    assert done.stderr.startswith("docs/a.md: 5 mended: ")


@pytest.mark.parametrize("options", [["--diff"], ["--fix", "--diff"]])
def test_diff_shows_what_would_change_and_writes_nothing(folder, options):
    path = folder.write("docs/a.md", BROKEN)
    done = folder.check(*options)
    assert path.read_text() == BROKEN
    assert done.exit_code == 1
    assert done.stderr == "designdocs: would mend 5 in 1 file\n"
    assert done.stdout.startswith("--- docs/a.md\n+++ docs/a.md\n@@ ")
    assert "\n-  - @ana\n" in done.stdout
    assert '\n+  - "@ana"\n' in done.stdout


@pytest.mark.parametrize("text", [BROKEN, BROKEN.rstrip("\n"), BROKEN.replace("\n", "\r\n")])
def test_the_diff_is_one_that_patch_understands(folder, text):
    path = folder.write("docs/a.md", text)
    command = [sys.executable, "-m", "mkdocs_designdocs", "check", "--diff"]
    made = subprocess.run(command, cwd=folder.root, capture_output=True, check=False)
    subprocess.run(["git", "init", "-q"], cwd=folder.root, check=True)
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn"], cwd=folder.root, input=made.stdout, check=True)
    patched = path.read_bytes()
    path.write_bytes(text.encode())
    folder.check("--fix")
    assert path.read_bytes() == patched


def test_a_diff_of_nothing_is_empty_whatever_else_is_wrong(folder):
    folder.write("docs/a.md", WHOLE.replace("approved", "nonsense"))
    done = folder.check("--diff")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert folder.check().exit_code == 1
    for other in (["--format", "json"], ["--write-baseline"]):
        assert folder.check("--diff", *other).exit_code == 2


def test_only_what_is_asked_for_is_mended(folder):
    one, other = folder.write("docs/x/a.md", BROKEN), folder.write("docs/y/b.md", BROKEN)
    done = folder.check("--fix", "docs/x", "mkdocs.yml")
    assert (one.read_text(), other.read_text()) == (MENDED, BROKEN)
    assert done.stderr.count("holds no page") == 1


def test_what_the_baseline_takes_is_not_mended(folder):
    path = folder.write("docs/a.md", WHOLE.replace(RISKS, ""))
    assert folder.check("--write-baseline").exit_code == 0
    done = folder.check("--fix")
    assert path.read_text() == WHOLE.replace(RISKS, "")
    assert done.stdout == "1 design checked: no findings; 1 more in the baseline; nothing mended\n"


def test_what_the_other_designs_excuse_is_not_mended(folder):
    ours = {"templates_dir": "tpl", "default_template": "t", "docs": ["d/*.md"]}
    (folder.root / "mkdocs.yml").write_text(json.dumps({"site_name": "x", "plugins": [{"designdocs": ours}]}))
    body = WHOLE.removeprefix(APPROVED).replace(f"\n{RISKS}", "")
    for n in range(1, 9):
        text = f"---\nstatus: {'draft' if n == 2 else 'accepted'}\n---\n{body}"
        folder.write(f"docs/d/000{n}-x.md", text if n < 5 else f"{text}\n{RISKS}")
    before = folder.check("--strict")
    assert (before.exit_code, before.stdout.splitlines()[-1]) == (0, "8 designs checked: 4 notes")
    done = folder.check("--strict", "--fix")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "8 designs checked: 4 notes; nothing mended")


def test_front_matter_that_is_never_closed_is_told_and_nothing_is_put_in(folder):
    ours = {"default_template": "feature", "docs": ["d/*.md"]}
    (folder.root / "mkdocs.yml").write_text(json.dumps({"site_name": "x", "plugins": [{"designdocs": ours}]}))
    text = "---\nstatus: accepted\n\n# T\n\n## Overview\n\nIt is x.\n\n---\n\nfooter\n"
    path = folder.write("docs/d/a.md", text)
    folder.write("docs/other.md", text)
    done = folder.check("--fix", "--format", "json")
    (design,) = json.loads(done.stdout)["designs"]
    assert (design["status"], path.read_text()) == ("approved", text)
    first, *rest = design["diagnostics"]
    assert (first["code"], first["line"]) == ("front-matter-invalid", 1)
    assert first["message"] == "the front matter is opened and never closed"
    assert "Overview" not in {d["section"] for d in rest if d["code"] == "section-missing"}


def test_bytes_that_are_no_text_are_left_alone(folder):
    data = BROKEN.encode() + b"\xff\n"
    path = folder.write("docs/a.md", data)
    done = folder.check("--fix")
    assert path.read_bytes() == data
    assert done.stderr == "designdocs: docs/a.md is left as it is: it is not UTF-8\n"
    assert done.exit_code == 1


def test_a_file_that_is_read_only_is_left_alone_and_others_are_not(folder):
    one, other = folder.write("docs/a.md", BROKEN), folder.write("docs/b.md", BROKEN)
    one.chmod(0o444)
    done = folder.check("--fix")
    one.chmod(0o644)
    assert (one.read_text(), other.read_text()) == (BROKEN, MENDED)
    assert done.stderr == "designdocs: docs/a.md is left as it is: it is read-only\n"
    assert done.exit_code == 2
    assert "docs/a.md:5:5: error" in done.stdout, "the report is of what lies there"
    assert done.stdout.splitlines()[-1].endswith("; 5 mended")


def test_whatever_goes_wrong_nothing_is_lost(folder, monkeypatch):
    path = folder.write("docs/a.md", BROKEN)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = folder.check("--fix")
    assert (path.read_text(), [*path.parent.iterdir()]) == (BROKEN, [path])
    assert done.stderr == "designdocs: docs/a.md is left as it is: No space left on device\n"
    assert done.exit_code == 2


def test_a_file_that_has_changed_meanwhile_is_left_alone(folder, monkeypatch):
    path = folder.write("docs/a.md", BROKEN)
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda me: whole(me) + b"More." * (me.name == "a.md"))
    done = folder.check("--fix")
    assert path.read_text() == BROKEN
    assert "it has changed in the meantime" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links and modes")
def test_links_stay_links_and_files_keep_their_mode(folder):
    real = folder.write("elsewhere/real.md", BROKEN)
    real.chmod(0o640)
    (folder.root / "docs").mkdir()
    for name in ("a.md", "b.md"):
        (folder.root / "docs" / name).symlink_to(real)
    assert folder.check("--fix").exit_code == 1
    assert (folder.root / "docs" / "a.md").is_symlink()
    assert real.read_text() == MENDED
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [*real.parent.iterdir()] == [real]


def test_without_a_site_too(folder):
    (folder.root / "mkdocs.yml").unlink()
    path = folder.write("a.md", "---\ndesign:\n  template: feature\n  author: @ana\n  status: draft\n---\n# T\n")
    assert folder.check("--fix", "a.md").exit_code == 0
    assert '  author: "@ana"\n' in path.read_text()
    assert "## Overview" in path.read_text()


# Everything that is known to be wrong -------------------------------------------------------------------------


def test_of_all_bad_input_what_can_be_mended_is_gone(site):
    lay_out(BAD, site)

    def found(*options: str) -> list[dict[str, object]]:
        told = json.loads(site.check("--format", "json", *options).stdout)
        return [*told["diagnostics"], *(d for design in told["designs"] for d in design["diagnostics"])]

    before = found()
    after = found("--fix")
    left = {(d["path"], d["code"], d["section"]) for d in after}
    fixable = [d for d in before if d["fixable"]]
    assert {d["code"] for d in fixable} >= {"front-matter-invalid", "section-missing"}
    assert not [d for d in fixable if (d["path"], d["code"], d["section"]) in left]
    assert not any(d["fixable"] for d in after)
    texts = {path: path.read_bytes() for path in site.docs.rglob("*.md")}
    assert found("--fix") == after
    assert {path: path.read_bytes() for path in site.docs.rglob("*.md")} == texts


def test_a_terrible_design_is_mended_as_far_as_it_can_be(world):
    here = Path(__file__).parent
    world.write((here / "lookalikes" / "numbered.md").read_text("utf-8"), "numbered.md")
    data = (here / "terrible" / "design.md").read_bytes()
    before, after = world.judge(data), world.judge(world.mended(data))
    assert fails(before.diagnostics, strict=False)
    left = {(d.code, d.section) for d in after.diagnostics}
    assert not [d for d in before.diagnostics if d.fixable and (d.code, d.section) in left]

"""`designdocs upgrade`: designs get what a newer template adds, and not a word of their authors is touched."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from folders import Folder
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.design import Document
from mkdocs_designdocs.frontedit import with_field
from mkdocs_designdocs.settings import Adopted, Settings
from mkdocs_designdocs.templates import load
from mkdocs_designdocs.upgrade import Upgrade, upgrades

TEMPLATE = """---
version: 2
since: {Observability: 2, Risks > Rollback: 2}
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

## Cost

What does it cost?
"""

DESIGN = """---
title: Ice  # of the page
design:
  template: 'rfc'   # the short one
  template_version: 1  # see 0007
  status: in review
tags: [cold]
---
# Ice

## Summary

It melts.

## Risks

Fire.

## Extra

Ours.

## Cost

Nothing.
"""

UPGRADED = DESIGN.replace("template_version: 1 ", "template_version: 2 ").replace(
    "## Extra\n\nOurs.\n\n",
    "### Rollback\n\nHow is it undone?\n\n## Extra\n\nOurs.\n\n"
    "## Observability\n\nWhat is measured?\n\n### Alerts\n\nWho is woken?\n\n",
)


class Site(Folder):
    """A site in the working directory, and the command in this process."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("tpl/rfc.md", TEMPLATE)
        self.write("docs/index.md", "# Home\n")
        self.configure()

    def configure(self, **more: str) -> None:
        options = "".join(f"      {name}: {value}\n" for name, value in {"templates_dir": "tpl", **more}.items())
        self.write("mkdocs.yml", f"site_name: T\nplugins:\n  - designdocs:\n{options}")

    def upgrade(self, *arguments: str) -> Result:
        return self.run("upgrade", *arguments)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


# What it does -------------------------------------------------------------------------------------------------


def test_what_the_newer_template_adds_is_put_in(folder):
    page = folder.write("docs/a.md", DESIGN)
    done = folder.upgrade()
    assert done.exit_code == 0
    assert done.stdout == 'docs/a.md: rfc 1 -> 2: adds "Rollback", "Observability"\n'
    assert page.read_text("utf-8") == UPGRADED


def test_a_second_time_there_is_nothing_to_do(folder):
    page = folder.write("docs/a.md", DESIGN)
    folder.upgrade()
    for arguments in ([], ["--all"], ["--diff"], ["--all", "--diff", "docs/a.md"]):
        done = folder.upgrade(*arguments)
        assert (done.exit_code, done.stdout) == (0, "")
        assert "nothing to upgrade" in done.stderr
    assert page.read_text("utf-8") == UPGRADED


def test_a_difference_is_shown_and_nothing_written(folder):
    page = folder.write("docs/a.md", DESIGN)
    done = folder.upgrade("--diff")
    assert done.exit_code == 1
    assert done.stdout.startswith("--- docs/a.md\n+++ docs/a.md\n@@")
    assert re.findall(r"^[+-](?![+-]).+", done.stdout, re.MULTILINE) == [
        "-  template_version: 1  # see 0007",
        "+  template_version: 2  # see 0007",
        "+### Rollback",
        "+How is it undone?",
        "+## Observability",
        "+What is measured?",
        "+### Alerts",
        "+Who is woken?",
    ]
    assert page.read_text("utf-8") == DESIGN


def test_what_is_new_is_asked_for_from_then_on(folder):
    folder.write("docs/a.md", DESIGN)
    assert folder.run("check").exit_code == 0
    assert "[template-outdated]\n    help: run `designdocs upgrade docs/a.md`" in folder.run("check").stdout
    folder.upgrade("docs/a.md")
    checked = folder.run("check")
    assert checked.exit_code == 1
    assert re.findall(r'section "(\w+)" still holds', checked.stdout) == ["Rollback", "Observability", "Alerts"]
    assert "template-outdated" not in checked.stdout


@pytest.mark.parametrize(
    ("version", "arguments", "told"),
    [
        ("  template_version: 1\n", [], "rfc 1 -> 2: adds"),
        ("  template_version: 1.9\n", [], "rfc 1.9 -> 2: adds"),
        ("  template_version: 2\n", ["--all"], ""),
        ("  template_version: v2\n", ["--all"], ""),
        ("  template_version: 3\n", ["--all"], ""),
        ("", [], ""),
        ("", ["--all"], "rfc -> 2: adds"),
        ("  template_version: old\n", [], ""),
        ("  template_version: old\n", ["--all"], "rfc old -> 2: adds"),
    ],
)
def test_who_is_upgraded(folder, version, arguments, told):
    page = folder.write("docs/a.md", DESIGN.replace("  template_version: 1  # see 0007\n", version))
    before = page.read_text("utf-8")
    done = folder.upgrade(*arguments)
    assert done.exit_code == 0
    assert told in done.stdout
    assert bool(done.stdout) == bool(told) == (page.read_text("utf-8") != before)


def test_a_version_that_is_not_there_yet_comes_below_the_template(folder):
    page = folder.write("docs/a.md", DESIGN.replace("  template_version: 1  # see 0007\n", ""))
    folder.upgrade("--all")
    # Whether Rollback is new is not known, and what is missing below words of the author's is not asked for.
    below = "### Rollback\n\nHow is it undone?\n\n"
    assert page.read_text("utf-8") == UPGRADED.replace("  # see 0007", "").replace(below, "")


@pytest.mark.parametrize("status", ["superseded", "rejected", "withdrawn"])
def test_a_closed_design_is_left_alone_unless_it_is_named(folder, status):
    page = folder.write("docs/a.md", DESIGN.replace("in review", status))
    for arguments in ([], ["--all"], ["docs/a.md"], ["--all", "docs"]):
        assert folder.upgrade(*arguments).stdout == ""
    assert "template_version: 1" in page.read_text("utf-8")
    assert folder.upgrade("--all", "docs/a.md").stdout == 'docs/a.md: rfc 1 -> 2: adds "Rollback", "Observability"\n'


def test_only_what_is_asked_for(folder):
    pages = [folder.write(name, DESIGN) for name in ("docs/a.md", "docs/in/b.md", "docs/in/c.md")]
    assert folder.upgrade("docs/in").stdout.count("rfc 1 -> 2") == 2
    assert [page.read_text("utf-8") == DESIGN for page in pages] == [True, False, False]
    assert "holds no page of this site" in folder.upgrade("tpl").stderr
    assert folder.upgrade("gone.md").exit_code == 2
    assert folder.upgrade("-f", "gone.yml").exit_code == 2


def test_nothing_new_leaves_only_the_version_to_record(folder):
    folder.write("docs/a.md", UPGRADED.replace("template_version: 2", "template_version: 1"))
    assert folder.upgrade().stdout == "docs/a.md: rfc 1 -> 2: adds no section\n"
    assert (folder.root / "docs/a.md").read_text("utf-8") == UPGRADED


def test_what_is_optional_or_settled_is_not_put_in(folder):
    folder.write("tpl/rfc.md", TEMPLATE.replace("## Observability", "## Observability (optional)"))
    page = folder.write("docs/a.md", DESIGN.replace("Fire.", "N/A: nothing burns."))
    assert folder.upgrade().stdout == "docs/a.md: rfc 1 -> 2: adds no section\n"
    assert page.read_text("utf-8").count("##") == DESIGN.count("##")


def test_a_section_that_may_have_another_name_is_not_put_in(folder):
    page = folder.write("docs/a.md", DESIGN.replace("## Extra", "## Observabilities of it"))
    assert folder.upgrade().stdout == (
        'docs/a.md: rfc 1 -> 2: adds "Rollback"; not "Observability", which may be there under another name\n'
    )
    assert "## Observability\n" not in page.read_text("utf-8")
    assert "is it " in folder.run("check").stdout


def test_a_section_finds_its_place_when_another_is_there(folder):
    head = DESIGN[: DESIGN.index("## Summary")]
    page = folder.write("docs/a.md", head + "### Rollback\n\n- One\n")
    assert folder.upgrade().stdout == 'docs/a.md: rfc 1 -> 2: adds "Observability", "Cost", "Summary"\n'
    assert "### Rollback\n\n- One\n" in page.read_text("utf-8")
    assert folder.upgrade("--all").stdout == ""


def test_files_where_there_is_no_site(folder):
    for name in ("mkdocs.yml", "tpl/rfc.md"):
        (folder.root / name).unlink()
    text = "---\ndesign:\n  template: feature\n  status: draft\n---\n# A\n\n## Overview\n\nIt melts.\n"
    page = folder.write("a.md", text)
    assert folder.upgrade("--all", "a.md").stdout.startswith('a.md: feature -> 1: adds "')
    assert "  template: feature\n  template_version: 1\n" in page.read_text("utf-8")


def test_an_adopted_page_has_no_place_for_the_version(folder):
    folder.configure(docs='["old/*.md"]', default_template="rfc")
    page = folder.write("docs/old/a.md", "# Ice\n\nStatus: draft\n\n## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n")
    assert folder.upgrade().stdout == ""
    told = 'docs/old/a.md: rfc -> 2: adds "Observability", "Cost"; it has no design block to record the version in\n'
    assert folder.upgrade("--all").stdout == told
    assert page.read_text("utf-8").startswith(
        "# Ice\n\nStatus: draft\n\n## Summary\n\nIt melts.\n\n## Risks\n\nFire.\n"
    )
    assert folder.upgrade("--all").stdout == ""


def test_sections_come_in_by_date_where_there_are_no_versions(folder):
    dated = TEMPLATE.replace("version: 2\n", "").replace("Observability: 2", "Observability: 2026-03-01")
    folder.write("tpl/rfc.md", dated.replace("Rollback: 2", "Rollback: 2026-03-01"))
    text = DESIGN.replace("  template_version: 1  # see 0007\n", "  created: 2026-01-01\n")
    page = folder.write("docs/a.md", text)
    assert "no findings" in folder.run("check").stdout
    assert folder.upgrade().stdout == ""
    assert folder.upgrade("--all").stdout == 'docs/a.md: rfc: adds "Rollback", "Observability"\n'
    assert "template_version" not in page.read_text("utf-8")
    assert folder.upgrade("--all").stdout == ""


def test_the_configuration_can_say_the_version_of_a_template(folder):
    folder.write("tpl/rfc.md", TEMPLATE.replace("version: 2", "version: 2.10"))
    folder.configure(templates="{rfc: {version: 3}}")
    folder.write("docs/a.md", DESIGN)
    assert folder.upgrade("--diff").exit_code == 1
    assert folder.upgrade().stdout == 'docs/a.md: rfc 1 -> 3: adds "Rollback", "Observability"\n'


# What keeps it from it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (DESIGN.encode().replace(b"Fire.", b"Fire \xff."), "a byte here is no UTF-8; it is shown as �"),
        (DESIGN.replace("tags: [cold]", "tags: [cold").encode(), "the front matter cannot be read"),
        (DESIGN.replace("Fire.", "Fire.\n\n<!-- why").encode(), "a comment is opened here and never closed"),
        (
            DESIGN.replace("  template_version: 1 ", "  template_version:\n    1 ").encode(),
            "write `template_version: 2` into its block by hand",
        ),
    ],
)
def test_what_cannot_be_changed_is_left_and_the_others_are_done(folder, text, reason):
    page = folder.write("docs/a.md", text)
    folder.write("docs/b.md", DESIGN)
    done = folder.upgrade()
    assert page.read_bytes() == text
    assert f"designdocs: docs/a.md is left as it is: {reason}" in done.stderr
    assert "docs/b.md: rfc 1 -> 2" in done.stdout


def test_a_file_that_cannot_be_written_fails(folder):
    page = folder.write("docs/a.md", DESIGN)
    page.chmod(0o444)
    folder.write("docs/b.md", DESIGN)
    done = folder.upgrade()
    assert done.exit_code == 2
    assert "docs/a.md is left as it is: it is read-only" in done.stderr
    assert "docs/b.md: rfc 1 -> 2" in done.stdout
    assert page.read_text("utf-8") == DESIGN


def test_a_template_that_cannot_be_used_is_told(folder):
    folder.write("tpl/rfc.md", TEMPLATE.replace("Observability: 2", "Observabilty: 2"))
    folder.write("docs/a.md", DESIGN)
    done = folder.upgrade()
    assert "[template-invalid]" in done.stderr
    assert done.stdout == ""


def test_pages_that_are_no_designs_are_nobodys_business(folder):
    pages = ["# Plain\n", "---\ndesign: false\n---\n# No\n", DESIGN.replace("'rfc'", "gone"), "", "\0"]
    for number, text in enumerate(pages):
        folder.write(f"docs/{number}.md", text)
    assert folder.upgrade("--all").stdout == ""
    assert [(folder.root / f"docs/{n}.md").read_text("utf-8") for n in range(len(pages))] == pages


# The line of the block ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("design: rfc", "design:\n  template: rfc\n  template_version: 2"),
        ('design: "rfc"  # ours\nx: 1', 'design:  # ours\n  template: "rfc"\n  template_version: 2\nx: 1'),
        ("design:", "design:\n  template_version: 2"),
        ("design: # none yet\nx: 1", "design: # none yet\n  template_version: 2\nx: 1"),
        ("design: ~", "design:\n  template_version: 2"),
        ("design: {}", "design: {template_version: 2}"),
        ("design: {status: draft}", "design: {template_version: 2, status: draft}"),
        ("design: {template: rfc, id: 1}", "design: {template: rfc, template_version: 2, id: 1}"),
        ("{design: rfc}", "{design: {template: rfc, template_version: 2}}"),
        ("design:\n    status: draft", "design:\n    template_version: 2\n    status: draft"),
        (
            "# a\ndesign:\n  # b\n  template: rfc # c\n  status: x",
            "# a\ndesign:\n  # b\n  template: rfc # c\n  template_version: 2\n  status: x",
        ),
        ("design:\n  template:\n    rfc", "design:\n  template_version: 2\n  template:\n    rfc"),
        ("design:\n  template_version: '1'  # old", "design:\n  template_version: '2'  # old"),
        ("design:\n  template-version: 1.10", "design:\n  template-version: 2"),
        ("design:\n  template_version:\n  id: 1", "design:\n  template_version: 2\n  id: 1"),
        ("design: {template_version: 1, id: 7}", "design: {template_version: 2, id: 7}"),
        ("x: é\x85\u2028\ndesign:\n  template: ré", "x: é\x85\u2028\ndesign:\n  template: ré\n  template_version: 2"),
    ],
)
def test_one_field_is_set_and_all_else_stays(before, after):
    assert with_field(before, "template_version", "2", "template") == after
    assert with_field(after, "template_version", "2", "template") == after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x: 1",
        "design: [a]",
        "design: [a",
        "design: |\n  rfc",
        "design:\n  template_version:\n    1",
        "design:\n  template_version: [1]\n  template_version: 1",
        "a: &v 1\ndesign:\n  template_version: *v",
        "design:\n  template_version: &v 1\na: *v",
        "- design: rfc",
    ],
)
def test_what_cannot_be_set_in_its_line_is_not_set(text):
    assert with_field(text, "template_version", "2", "template") is None


@given(st.text(max_size=80), st.sampled_from(["2", "1.10", '"2b"']))
def test_any_front_matter_is_set_or_left(rest, value):
    text = f"design:\n  template: rfc\n{rest}"
    edited = with_field(text, "template_version", value, "template")
    if edited is not None:
        assert edited.replace(f"  template_version: {value}\n", "", 1) == text or "template" in rest


# Any design ---------------------------------------------------------------------------------------------------

BLOCKS = (
    "design:\n  template: rfc\n  template_version: 1\n  status: draft\n",
    "design:\n  template: rfc  # ours\n  status: draft\n  template-version: '1.5'\ntags: [a]\n",
    "design: {template: rfc, template_version: 1, status: draft}\n",
    "status: draft\ndesign: rfc\n",
    "design:\n  status: draft\n  template: rfc\n",
)
PIECES = (
    "## Summary\n\nIt melts.\n",
    "## 1. Summary\n\nWhat changes, in one paragraph.\n",
    "## Risks\n\nFire.\n\n### Of ours\n\nMore.\n",
    "## Risks\n",
    "### Rollback\n\n- One\n- Two\n",
    "## Observability\n\n```\n## No heading\n```\n",
    "## Cost & benefit\n\n| A | B |\n|---|---|\n| 1 | 2 |\n",
    "# Another H1\n\nText.\n",
    "## Ours\n\nWords that nobody moves.\n",
    "Words  \nwith a break, and <!-- a comment -->\n",
    "<!-- designdocs: ignore todo-left -->\n",
    "Setext\n------\n\nWords.\n",
    "---\n\n**Author**: @ana\n",
    "\n\n",
)
DESIGNS = st.builds(
    lambda block, pieces, end, bom, last: (
        (codecs.BOM_UTF8 if bom else b"")
        + (f"---\n{block}---\n# Ice\n\n" + "\n".join(pieces) + last).replace("\n", end).encode()
    ),
    st.sampled_from(BLOCKS),
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from(["", "\n", "\n\n\n", "No end"]),
)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """One design upgraded, or None where there is nothing to do."""
    root = tmp_path_factory.mktemp("upgraded")
    (root / "rfc.md").write_text(TEMPLATE)
    settings = Settings(root=root, docs_dir=root, templates_dir=root)
    library = load([root])
    assert not library.problems

    def upgrade(data: bytes, adopted: Adopted | None = None) -> Upgrade | None:
        known = replace(settings, docs=(adopted,) if adopted else ())
        documents = [Document("a.md", "a.md", data)]
        return next(upgrades(documents, known, library, named=frozenset(), everything=True), None)

    return upgrade


@given(data=DESIGNS)
def test_every_line_of_the_authors_stays_in_its_order_and_once_is_enough(upgraded, data):
    done = upgraded(data)
    assert done
    assert not done.trouble
    after = done.mended.after.data
    assert after.startswith(codecs.BOM_UTF8) == data.startswith(codecs.BOM_UTF8)
    old, new = (text.decode("utf-8-sig") for text in (data, after))
    if "\r\n" in old:
        assert "\n" not in new.replace("\r\n", "")
    else:
        assert "\r" not in new
    body = old[old.index("---", 3) :]
    rest = iter(new[new.index("---", 3) :].splitlines())
    lost = [line for line in body.splitlines() if line.strip() and line not in rest]
    assert lost == []
    assert re.search(r"template[_-]version: '?2", new)
    assert upgraded(after) is None


@given(body=st.lists(st.sampled_from(PIECES), max_size=5).map("\n".join))
def test_so_it_is_where_there_is_no_block(upgraded, body):
    taken = Adopted(("*.md",), template="rfc", template_version="1", status="draft")
    text = f"# Ice\n\n{body}".encode()
    done = upgraded(text, taken)
    if done:
        assert "no design block" in done.told("a.md")
        rest = iter(done.mended.after.data.decode().splitlines())
        assert [line for line in text.decode().splitlines() if line.strip() and line not in rest] == []
        assert upgraded(done.mended.after.data, taken) is None


# In a build ---------------------------------------------------------------------------------------------------


def test_a_build_before_and_after(site):
    site.configure(ours={"templates_dir": "tpl", "todo": "always"})
    site.write("../tpl/rfc.md", TEMPLATE)
    site.write("index.md", "# Home\n")
    site.write("designs/ice.md", DESIGN)
    assert site.build("--strict").returncode == 0
    assert "What is measured?" not in site.page("designs/ice")
    done = site.run("designdocs", "upgrade")
    assert done.stdout == 'docs/designs/ice.md: rfc 1 -> 2: adds "Rollback", "Observability"\n'
    built = site.build()
    assert built.returncode == 1
    assert 'section "Observability" still holds the template' in built.stderr
    assert "What is measured?" in site.page("designs/ice")

"""The workflow commands that GitHub Actions reads: one line each, and nothing of a document can end one early."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.annotations import command, workflow_commands
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import Level, finding


@pytest.mark.parametrize(
    ("level", "name"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.NOTE, "notice")]
)
def test_a_level_is_a_command(level, name):
    found = finding("todo-left", "docs/a.md", 41, 3, '"TODO" still stands here', level=level)
    assert command(found) == f'::{name} file=docs/a.md,line=41,col=3,title=todo-left::"TODO" still stands here'


def test_the_help_is_a_line_of_the_message():
    found = finding("todo-left", "docs/a.md", 1, 1, "m", help="say it: 100 %, or delete it")
    assert command(found).endswith("::m%0Ahelp: say it: 100 %25, or delete it")


def test_in_properties_colons_and_commas_are_escaped_too():
    found = finding("todo-left", "docs/a,b:100%.md", 1, 1, "a, b: c")
    assert command(found) == "::warning file=docs/a%2Cb%3A100%25.md,line=1,col=1,title=todo-left::a, b: c"


@pytest.mark.parametrize(
    ("path", "base", "file"),
    [
        ("docs/a.md", "", "docs/a.md"),
        ("docs/a.md", ".", "docs/a.md"),
        ("docs/a.md", "sites/one", "sites/one/docs/a.md"),
        ("../templates/t.md", "sites", "templates/t.md"),
    ],
)
def test_a_file_is_that_of_the_repository(path, base, file):
    assert f" file={file}," in command(finding("todo-left", path, 1, 1, "m"), base)


def test_the_sum_is_the_last_line(judged):
    catalog = judged({"a.md": "---\ndesign: t\nstatus: approved\n---\n# T\n"}, {"t.md": "# [T]\n\n## A\n\n[a]\n"})
    *commands, last = workflow_commands(catalog)
    assert [line.split("::")[1] for line in commands] == ["error file=a.md,line=5,col=1,title=section-missing"]
    assert last == "1 design checked: 1 error"
    assert [*workflow_commands(Catalog((), ()))] == ["0 designs checked: no findings"]


def unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


TEXT = st.text(st.sampled_from(":,%\n\r=025ACD a") | st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXT, TEXT)
def test_whatever_a_document_says_comes_back_as_it_was(path, message):
    path = "docs/a" + path.replace("/", "")
    line = command(finding("todo-left", path, 1, 1, message))
    assert "\n" not in line
    assert "\r" not in line
    said = re.fullmatch(r"::warning file=([^,:]*),line=1,col=1,title=todo-left::(.*)", line, re.DOTALL)
    assert (unescaped(said[1]), unescaped(said[2])) == (path, message)

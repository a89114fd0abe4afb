"""`designdocs list`: which designs it lists, how a terminal, a pipe and a program see them, and how it exits."""

from __future__ import annotations

import datetime
import json
import re
import subprocess

import pytest
from designs import a_design, entries
from folders import Folder, at_terminal

from mkdocs_designdocs.people import Person
from mkdocs_designdocs.table import table

CONFIG = """\
site_name: T
site_url: https://example.com/eng/
plugins:
  - designdocs:
      unpublished: [draft]
"""


def page(title: str, **block: object) -> str:
    said = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in block.items())
    return f"---\ndesign:\n{said}---\n# {title}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # 2 January 2026
    made = Folder(tmp_path)
    made.write("mkdocs.yml", CONFIG)
    made.write("docs/pay/retry.md", page("Retry", status="in review", authors="@ana", reviewers="@bo", tags="payments"))
    made.write("docs/pay/ledger.md", page("Ledger", status="approved", authors="Bo Li @bo", tags=["payments", "db"]))
    made.write("docs/idea.md", page("Idea", status="draft", created="2025-12-24", authors=["Bo Li", "Chen Wei"]))
    return made


def listed(folder: Folder, *options: str) -> list[str]:
    done = folder.run("list", *options)
    assert done.exit_code == 0, done.stderr
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def test_a_pipe_gets_a_line_for_each_with_tabs_between(folder):
    done = folder.run("list")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Idea\tDraft\tBo Li, Chen Wei\t9 days\t2025-12-24\t\tdocs/idea.md",
        "Retry\tIn review\t@ana\t\t\t\tdocs/pay/retry.md",
        "Ledger\tApproved\tBo Li\t\t\t\tdocs/pay/ledger.md",
    ]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--status", "in_review"], ["Retry"]),
        (["--status", "open", "--status", "!draft"], ["Retry"]),
        (["--status", "draft,approved"], ["Idea", "Ledger"]),
        (["--author", "@bo"], ["Idea", "Ledger"]),
        (["--author", "@bo", "--author", "@ana", "--tag", "Payments"], ["Retry", "Ledger"]),
        (["--reviewer", "@bo"], ["Retry"]),
        (["--waiting", "Bo Li"], ["Retry"]),
        (["--text", "led"], ["Ledger"]),
        (["--sort", "title"], ["Idea", "Ledger", "Retry"]),
        (["--sort", "-title"], ["Retry", "Ledger", "Idea"]),
        (["docs/pay", "--sort", "title"], ["Ledger", "Retry"]),
        (["docs/idea.md"], ["Idea"]),
    ],
    ids=str,
)
def test_what_is_asked_for_is_listed(folder, options, titles):
    assert listed(folder, *options) == titles


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--status", "aproved"], '--status: there is no status "aproved"; did you mean `approved`?'),
        (["--sort", "agge"], '--sort: there is no column "agge"; did you mean `age`?'),
        (["--author", "none"], '--author: "none" names nobody'),
        (["-f", "gone.yml"], "there is no gone.yml here; name one with -f, or name the designs"),
    ],
)
def test_what_cannot_be_asked_says_so(folder, options, message):
    done = folder.run("list", *options)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"designdocs: {message}\n")


def test_what_nobody_has_is_nothing_found_and_no_mistake(folder):
    done = folder.run("list", "--tag", "payment")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "designdocs: no design has the tag `payment`; did you mean `payments`?\ndesigndocs: no design is like that\n"
    )
    assert folder.run("list", "docs/pay", "--status", "draft").stderr == "designdocs: no design is like that\n"


def test_a_program_gets_what_the_site_publishes(folder):
    given = json.loads(folder.run("list", "--json", "--sort", "title").stdout)
    assert (given["version"], given["site_url"]) == (1, "https://example.com/eng/")
    assert [(one["title"], one["url"]) for one in given["designs"]] == [
        ("Idea", ""),  # it is not published
        ("Ledger", "pay/ledger/"),
        ("Retry", "pay/retry/"),
    ]
    nothing = folder.run("list", "--json", "--status", "withdrawn")
    assert (nothing.exit_code, json.loads(nothing.stdout)["designs"], nothing.stderr) == (0, [], "")


def test_without_a_site_it_lists_the_files_that_it_is_given(folder):
    (folder.root / "mkdocs.yml").unlink()
    assert listed(folder, "docs") == ["Idea", "Retry", "Ledger"]
    assert folder.run("list").exit_code == 2
    (one,) = json.loads(folder.run("list", "--json", "docs/idea.md").stdout)["designs"]
    assert (one["path"], one["url"]) == ("docs/idea.md", "")


def test_what_git_knows_is_listed(folder):
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Dana Fox", "-c", "user.email=dana@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=folder.root, check=True, capture_output=True)

    folder.write("docs/new.md", page("New", status="draft"))
    git("init", "-q")
    git("add", "docs")
    git("commit", "-q", "-m", "one", "--date", "2025-12-01T00:00:00Z")
    (one,) = json.loads(folder.run("list", "--json", "docs/new.md").stdout)["designs"]
    assert [author["name"] for author in one["authors"]] == ["Dana Fox"]
    assert one["from_git"] == ["authors", "created", "updated"]
    assert [(change["from"], change["status"]) for change in one["changes"]] == [(None, "draft")]
    assert listed(folder, "--author", "Dana Fox") == ["New"]


# The table ----------------------------------------------------------------------------------------------------------

DAY = datetime.date(2026, 1, 12)
SOME = entries(
    a_design("a.md", "draft", title="Short", created="2026-01-11", authors=(Person("Ana"),)),
    a_design(
        "b.md", "approved", title="設計" * 20, updated="2025-12-31", authors=(Person("Bo Li"), Person("Chen Wei"))
    ),
    a_design("c.md", "rejected", title="A title that is as long as titles of designs are at times"),
)


def at_width(width: int) -> list[str]:
    return list(table(SOME, DAY, width))


def test_a_wide_terminal_shows_everything():
    head, first, second, third = at_width(200)
    assert re.split(r"  +", head) == ["Title", "Status", "Authors", "Age", "Updated", "Written", "Path"]
    assert re.split(r"  +", first) == ["Short", "Draft", "Ana", "1 day", "2026-01-11", "docs/a.md"]
    assert "12+ days" in second
    assert third.endswith("docs/c.md")


@pytest.mark.parametrize("width", [140, 100, 80, 60, 45])
def test_no_line_is_longer_than_the_terminal(width):
    lines = at_width(width)
    wide = [len(line) + len(re.findall(r"[設計]", line)) for line in lines]
    assert max(wide) <= width
    assert "Status" in lines[0]


def test_what_is_cut_says_so():
    (_, first, second, _) = at_width(80)
    assert "Short " in first
    assert "…" in second


def test_a_title_cannot_command_the_terminal():
    (line,) = table(entries(a_design("x.md", title="a\x1b[2Jb\nc\td\u202e")), DAY)
    assert line.split("\t")[0] == "a [2Jb c d"


def test_a_terminal_sees_a_heading_and_colours(folder):
    seen, _ = at_terminal(folder, "stdout", "list")
    assert seen.startswith("\x1b[1mTitle")
    assert "\x1b[32mApproved" in seen
    assert max(len(line) for line in re.sub(r"\x1b\[\d+m", "", seen).splitlines()) <= 100

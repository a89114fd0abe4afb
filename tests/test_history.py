"""What git knows of designs: when they came, who wrote them, how long they have their status; and what it does not."""

from __future__ import annotations

import datetime
import os
import shutil
import time
from dataclasses import replace

import pytest
from repos import BODY, Repo, names, steps, text

from mkdocs_designdocs import annals, dates, repository
from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.collection import history_for_checks, with_links
from mkdocs_designdocs.config import load
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.history import NO_HISTORY, Past
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.plugin import DesignDocsPlugin
from mkdocs_designdocs.settings import Adopted

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

A = "docs/a.md"


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path / "repo")


@pytest.fixture
def asked(monkeypatch):
    """Every question that git is asked."""
    found = []
    ask = repository._open

    def watched(top, *command, **known):
        found.append(command)
        return ask(top, *command, **known)

    monkeypatch.setattr(repository, "_open", watched)
    return found


# A branch --------------------------------------------------------------------------------------------------------


def test_a_design_has_its_dates_its_author_and_its_changes(repo):
    repo.commit("2026-01-01", {"README.md": "words"}, "Zed")
    repo.commit("2026-01-02", {A: text("draft")}, "Ana")
    repo.commit("2026-01-03", {A: text("in review")}, "Bo")
    last = repo.commit("2026-01-05", {A: text("in-review", BODY + "\nMore.\n")}, "Cy")
    past = repo.past()
    assert (past.created, past.updated, names(past)) == ("2026-01-02", "2026-01-05", ["Ana"])
    assert steps(past) == ["draft 2026-01-02 Ana", "in-review 2026-01-03 Bo"]
    assert past.changes[1].time == "2026-01-03T23:30:00-05:00", "in the zone of whoever has committed it"
    assert past.changes[1].commit == repo.git("rev-parse", f"{last}~1")
    assert (past.whole, past.pending) == (True, False)
    assert repo.history().remarks == ()


def test_a_status_that_comes_back_and_one_that_nobody_knows(repo):
    for day, status in enumerate(("draft", "approved", "draft", "someday", "", "approved"), 1):
        repo.commit(f"2026-01-0{day}", {A: text(status)})
    assert steps(repo.past()) == [
        *("draft 2026-01-01 Ana", "approved 2026-01-02 Ana", "draft 2026-01-03 Ana", "approved 2026-01-06 Ana")
    ]


def test_a_version_that_cannot_be_read_is_passed_over(repo):
    repo.commit("2026-01-01", {A: text("approved")})
    repo.commit("2026-01-02", {A: "---\ndesign: [\n---\n" + BODY})
    repo.commit("2026-01-03", {A: b"\xff\xfe\x00"})
    repo.commit("2026-01-04", {A: text("approved")})
    assert steps(repo.past()) == ["approved 2026-01-01 Ana"]


def test_a_status_is_read_as_the_plugin_would_have(repo):
    """In the body of a page that is adopted, by the folder in which it lay then, with the words that a team has."""
    body = "# A\n\nStatus: **{}**\n\n" + BODY
    repo.commit("2026-01-01", {"docs/rfcs/a.md": body.format("Proposed")})
    repo.commit("2026-01-02", {"docs/rfcs/a.md": body.format("Accepted ✅")})
    repo.commit("2026-01-01", {"docs/rfcs/draft/b.md": BODY})
    (repo.docs / "rfcs/done").mkdir()
    repo.git("mv", "docs/rfcs/draft/b.md", "docs/rfcs/done/b.md")
    repo.commit("2026-01-04")
    found = repo.history(docs=(Adopted(("rfcs/**/*.md",)),))
    assert steps(found.of("docs/rfcs/a.md")) == ["in-review 2026-01-01 Ana", "approved 2026-01-02 Ana"]
    assert steps(found.of("docs/rfcs/done/b.md")) == ["draft 2026-01-01 Ana", "implemented 2026-01-04 Ana"]


def test_what_is_adopted_now_was_a_design_elsewhere_too(repo):
    body = "# A\n\nStatus: {}\n\n" + BODY
    repo.commit("2026-01-01", {"docs/old/a.md": body.format("draft")})
    (repo.docs / "new").mkdir()
    repo.git("mv", "docs/old/a.md", "docs/new/a.md")
    repo.commit("2026-01-02", {"docs/new/a.md": body.format("accepted")})
    past = repo.past("docs/new/a.md", docs=(Adopted(("new/",)),))
    assert steps(past) == ["draft 2026-01-01 Ana", "approved 2026-01-02 Ana"]


def test_a_status_beside_the_document_counts(repo):
    side = {"sidecars": ("kep.yaml", "{name}.yml"), "docs": (Adopted(("**/*.md",)),)}
    repo.commit("2026-01-01", {"docs/a/README.md": BODY, "docs/a/kep.yaml": "status: provisional\n"})
    repo.commit("2026-01-02", {"docs/a/kep.yaml": "status: implementable\n"}, "Bo")
    repo.commit("2026-01-03", {"docs/b.md": BODY, "docs/b.yml": "status: draft\n", "docs/c.yml": "status: done\n"})
    found = repo.history(**side)
    assert steps(found.of("docs/a/README.md")) == ["draft 2026-01-01 Ana", "approved 2026-01-02 Bo"]
    assert found.of("docs/a/README.md").updated == "2026-01-02"
    assert steps(found.of("docs/b.md")) == ["draft 2026-01-03 Ana"]
    repo.write("docs/b.yml", "status: done\n")
    found = repo.history(**side)
    assert [found.of(path).pending for path in ("docs/a/README.md", "docs/b.md")] == [False, True]


def test_co_authors_are_authors_and_addresses_that_hide_tell_handles(repo):
    words = (
        "Words\n\nCo-authored-by: Bo Li <12345+bo-li@users.noreply.github.com>\nCo-authored-by: Cy <cy@example.com>\n"
    )
    repo.commit("2026-01-01", {A: text("draft")}, "Ana", words)
    assert repo.past().authors == (
        *(Person("Ana", "", "ana@example.com"), Person("Bo Li", "bo-li"), Person("Cy", "", "cy@example.com")),
    )


def test_names_that_are_addresses_are_published_without_what_is_behind_the_at(repo):
    words = "Words\n\nCo-authored-by: Bo bo@corp.example <bo@home.example>\n"
    repo.commit("2026-01-01", {A: text("draft")}, "jim@corp.example", words)
    assert names(repo.past()) == ["jim", "Bo bo"]
    assert repository.person("A Team secret@corp.example", "x@y.example").name == "A Team secret"
    assert repository.person("", "jim@corp.example").label == "jim"


def test_the_mailmap_is_respected_and_a_change_of_it_seen(repo):
    repo.commit("2026-01-01", {A: text("draft")}, "anna")
    assert names(repo.past()) == ["anna"]
    repo.write(".mailmap", "Ana Ruiz <ana@example.org> <anna@example.com>\n")
    assert repo.past().authors == (Person("Ana Ruiz", "", "ana@example.org"),)


# Names -----------------------------------------------------------------------------------------------------------


def test_a_mere_rename_changes_nothing(repo):
    repo.commit("2026-01-01", {A: text("draft")}, "Ana")
    for day, (old, new) in enumerate(((A, "docs/b.md"), ("docs/b.md", "docs/c.md")), 2):
        repo.git("mv", old, new)
        repo.commit(f"2026-01-0{day}", who="Bo")
    repo.git("mv", "docs/c.md", "docs/d.md")
    repo.commit("2026-01-04", {"docs/d.md": text("approved", BODY + "\nMore.\n")}, "Cy")
    repo.git("update-index", "--chmod=+x", "docs/d.md")
    repo.git("commit", "-q", "-m", "Mode", **repo.by("Di", "2026-01-05"))
    past = repo.past("docs/d.md")
    assert (past.created, past.updated, names(past)) == ("2026-01-01", "2026-01-04", ["Ana"])
    assert steps(past) == ["draft 2026-01-01 Ana", "approved 2026-01-04 Cy"]


@pytest.mark.parametrize("old", ["doc", "wiki/pages", "."])
def test_a_folder_that_moves_takes_its_past_along(repo, old):
    pages = {f"page{n}.md": text("draft", f"{BODY}\nPage {n}, which is about {n * 7} things.\n") for n in range(3)}
    repo.commit("2026-01-01", {f"{old}/{name}": page for name, page in pages.items()}, "Ana")
    repo.commit("2026-01-02", {f"{old}/page1.md": pages["page1.md"].replace("draft", "in review")}, "Bo")
    repo.docs.mkdir()
    for name in pages:
        repo.git("mv", f"{old}/{name}", f"docs/{name}")
    repo.commit("2026-01-03", {"docs/page2.md": pages["page2.md"].replace("draft", "approved")}, "Cy")
    found = repo.history()
    assert {path: steps(past) for path, past in found.pasts.items()} == {
        "docs/page0.md": ["draft 2026-01-01 Ana"],
        "docs/page1.md": ["draft 2026-01-01 Ana", "in-review 2026-01-02 Bo"],
        "docs/page2.md": ["draft 2026-01-01 Ana", "approved 2026-01-03 Cy"],
    }
    assert [past.updated for past in found.pasts.values()] == ["2026-01-01", "2026-01-02", "2026-01-03"]


def test_names_that_are_swapped_given_away_or_come_back(repo):
    one, two = text("draft"), text("approved", "\n# Other\n\n" + "".join(f"Line {n} of another.\n" for n in range(30)))
    repo.commit("2026-01-01", {A: one, "docs/b.md": two})
    repo.commit("2026-01-02", {A: two, "docs/b.md": one})
    found = repo.history()
    assert [found.of(path).created for path in (A, "docs/b.md")] == ["2026-01-01", "2026-01-01"]
    (repo.root / A).unlink()
    repo.commit("2026-01-03")
    repo.commit("2026-01-04", {A: two}, "Bo")  # a deletion taken back
    past = repo.past()
    assert (past.created, past.changes[-1].status, names(past)) == ("2026-01-01", "approved", ["Ana"])
    repo.git("mv", "docs/b.md", "docs/c.md")
    repo.commit("2026-01-05")
    repo.commit("2026-01-06", {"docs/b.md": text("rejected", "\n# New\n")}, "Bo")
    past = repo.past("docs/b.md")
    assert (past.created, names(past), steps(past)) == ("2026-01-06", ["Bo"], ["rejected 2026-01-06 Bo"])


def test_names_of_any_bytes(repo):
    odd = ["docs/ä ö.md", 'docs/"quoted"\\[x]*.md', "docs/new\nline.md", os.fsdecode(b"docs/\xff.md")]
    try:
        repo.commit("2026-01-01", {name: text("draft") + name.encode("utf-8", "replace").decode() for name in odd})
    except (OSError, UnicodeError):
        pytest.skip("no such names on this file system")
    found = repo.history()
    assert {name: found.of(name).created for name in odd} == dict.fromkeys(odd, "2026-01-01")
    assert repo.history() == found, "kept as well"


# Merges ----------------------------------------------------------------------------------------------------------


def test_a_branch_counts_from_the_day_it_lands_and_for_who_wrote_it(repo):
    repo.commit("2026-01-01", {"README.md": "words"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {"docs/x.md": text("draft")}, "Ana")
    repo.git("mv", "docs/x.md", A)
    repo.commit("2026-01-03", {A: text("in review")}, "Bo")
    repo.commit("2026-01-04", {A: text("in review", BODY + "\nA typo less.\n")}, "Cy")
    repo.git("checkout", "-q", "main")
    repo.merge("2026-02-01", "topic")
    past = repo.past()
    assert (past.created, past.updated, names(past)) == ("2026-02-01", "2026-02-01", ["Ana"])
    assert steps(past) == ["in-review 2026-02-01 Bo"]
    assert past.changes[0].commit == repo.git("rev-parse", "HEAD")


def test_merges_of_merges_and_of_what_lands_elsewhere(repo):
    """A branch takes in the main one, and a smaller branch; git would show only what is new from some side."""
    repo.commit("2026-01-01", {A: text("draft"), "docs/b.md": text("draft", BODY + "B\n")}, "Ana")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {A: text("in review")}, "Bo")
    repo.git("checkout", "-q", "main")
    repo.commit("2026-01-03", {"docs/b.md": text("approved", BODY + "B\n")}, "Cy")
    repo.git("checkout", "-q", "topic")
    repo.merge("2026-01-04", "main")
    repo.git("checkout", "-q", "-b", "smaller")
    repo.commit("2026-01-05", {A: text("approved")}, "Di")
    repo.git("checkout", "-q", "topic")
    repo.merge("2026-01-06", "smaller")
    repo.git("checkout", "-q", "main")
    repo.merge("2026-01-07", "topic")
    found = repo.history()
    assert steps(found.of(A)) == ["draft 2026-01-01 Ana", "approved 2026-01-07 Di"]
    assert steps(found.of("docs/b.md")) == ["draft 2026-01-01 Ana", "approved 2026-01-03 Cy"]
    assert found.of("docs/b.md").updated == "2026-01-03"


def test_a_branch_of_which_nothing_was_taken_has_written_nothing(repo):
    repo.commit("2026-01-01", {"docs/b.md": text("draft", "\n# B\n")}, "Zed")
    for day, who, options in ((2, "Bo", ["-s", "ours"]), (4, "Ed", [])):
        repo.git("checkout", "-q", "-b", who)
        repo.commit(f"2026-01-0{day}", {A: text("approved", f"{BODY}\n{who} has written this.\n")}, who)
        repo.git("checkout", "-q", "main")
        repo.merge(f"2026-01-0{day + 1}", who, *options)
    repo.commit("2026-01-06", {A: text("implemented")}, "Cy")
    past = repo.past()
    assert (past.created, names(past)) == ("2026-01-05", ["Ed"])
    assert steps(past) == ["approved 2026-01-05 Ed", "implemented 2026-01-06 Cy"]


def test_what_only_the_merge_says_is_the_mergers(repo):
    repo.commit("2026-01-01", {A: text("draft")}, "Ana")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {"docs/b.md": text("draft", "\n# B\n")}, "Bo")
    repo.git("checkout", "-q", "main")
    repo.merge("2026-01-03", "topic", "--no-commit")
    repo.commit("2026-01-03", {A: text("rejected")}, "The Merger")
    found = repo.history()
    assert steps(found.of(A)) == ["draft 2026-01-01 Ana", "rejected 2026-01-03 The Merger"]
    assert steps(found.of("docs/b.md")) == ["draft 2026-01-03 Bo"]


def test_a_squashed_branch_is_told_by_its_own_commit(repo):
    repo.commit("2026-01-01", {"README.md": "words"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {A: text("draft")}, "Ana")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--squash", "topic")
    repo.commit("2026-02-01", who="Ana")
    assert (repo.past().created, names(repo.past())) == ("2026-02-01", ["Ana"])


# What git does not know ------------------------------------------------------------------------------------------


@pytest.fixture
def clone(repo, tmp_path):
    """Clone the repository with some options."""

    def make(*options):
        where = tmp_path / "clone"
        repo.git("clone", "-q", *options, f"file://{repo.root}", str(where), GIT_ALLOW_PROTOCOL="file")
        return Repo(where)

    return make


def test_a_shallow_clone_knows_what_came_after_it(repo, clone):
    repo.commit("2026-01-01", {A: text("draft"), "docs/b.md": text("draft", "\n# B\n")}, "Ana")
    repo.commit("2026-01-02", {"docs/c.md": text("draft", "\n# C\n")}, "Bo")
    repo.commit("2026-01-03", {A: text("approved")}, "Cy")
    repo.commit("2026-01-04", {"docs/d.md": text("draft", "\n# D, of another kind\n")}, "Di")
    shallow = clone("--depth=3")
    found = shallow.history()
    a, b, d = (found.of(f"docs/{name}.md") for name in "abd")
    assert (a.created, a.updated, a.authors, a.whole) == ("", "2026-01-03", (), False)
    assert [change.status for change in a.changes] == ["draft", "approved"]
    assert (b.created, b.updated, b.authors, b.whole) == ("", "", (), False)
    assert (d.created, names(d), d.whole) == ("2026-01-04", ["Di"], True)
    (remark,) = found.remarks
    assert "shallow" in remark
    assert "fetch-depth: 0" in remark
    since = {one.design.uri: one.since for one in entries(shallow)}
    assert since == {"a.md": "2026-01-03", "b.md": "", "c.md": "", "d.md": "2026-01-04"}
    shallow.git("fetch", "-q", "--unshallow", GIT_ALLOW_PROTOCOL="file")
    assert shallow.past().created == "2026-01-01", "the same commit, and more behind it"
    assert shallow.history().remarks == ()


def test_a_shallow_clone_in_which_a_branch_landed(repo, clone):
    repo.commit("2026-01-01", {"README.md": "words"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {A: text("draft")}, "Ana")
    repo.commit("2026-01-03", {A: text("in review")}, "Bo")
    repo.git("checkout", "-q", "main")
    repo.merge("2026-02-01", "topic")
    past = clone("--depth=2").past()
    assert past.created == "2026-02-01"
    assert past.authors == (), "whoever pressed the button has not written it, and who did is not there"


def test_a_clone_without_content_fetches_nothing(repo, clone):
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("2026-01-01", {A: text("draft")}, "Ana")
    repo.git("mv", A, "docs/b.md")
    repo.commit("2026-01-02", who="Bo")
    repo.commit("2026-01-03", {"docs/b.md": text("approved")}, "Cy")
    found = clone("--filter=blob:none").history()
    past = found.of("docs/b.md")
    assert (past.created, past.updated, names(past)) == ("2026-01-01", "2026-01-03", ["Ana"])
    assert steps(past) == ["approved 2026-01-03 Cy"]
    assert not past.whole
    assert "one without `--filter` has it" in found.remarks[0]


def test_what_is_not_committed_is_pending(repo):
    repo.commit(
        "2026-01-01", {A: text("draft"), ".gitignore": "made.md\n.cache\n", "docs/b.md": text("draft", "# B\n")}
    )
    for name in ("new", "staged", "made"):
        repo.write(f"docs/{name}.md", text("draft", f"\n# {name}\n"))
    repo.git("add", "docs/staged.md")
    repo.write(A, text("approved"))
    found = repo.history()
    assert {path: past.pending for path, past in found.pasts.items()} == {
        A: True,
        "docs/b.md": False,
        "docs/new.md": True,
        "docs/staged.md": True,
    }, "what git ignores is made by something else, and nobody will ever commit it"
    assert found.of("docs/new.md") == Past(pending=True)
    assert found.remarks == (
        "not committed as it lies there, so that git has no date for it: docs/a.md, docs/new.md, docs/staged.md",
    )
    assert {one.design.uri: one.since for one in entries(repo)} == {
        "a.md": "",
        "b.md": "2026-01-01",
        "new.md": "",
        "staged.md": "",
        "made.md": "",
    }


def test_the_line_ends_of_another_system_are_no_change(repo):
    repo.commit("2026-01-01", {A: text("draft")})
    repo.write(A, text("draft").replace("\n", "\r\n"))
    assert not repo.past().pending


def test_what_another_plugin_makes_of_a_file_is_no_change_of_it(repo):
    repo.commit("2026-01-01", {A: text("draft")})
    handed = [replace(document, data=document.data + b"\nmore") for document in repo.documents()]
    assert not history_of(handed, repo.settings()).of(A).pending


def test_pages_that_others_make_or_bring_have_no_past(repo, tmp_path):
    repo.commit("2026-01-01", {A: text("draft"), "made.md": text("draft", "\n# M\n")})
    elsewhere = tmp_path / "copied" / "b.md"
    elsewhere.parent.mkdir()
    elsewhere.write_text(text("draft"))
    data = text("draft").encode()
    known = repo.settings()
    made = [Document("made.md", "made.md", data), Document(known.shown(elsewhere), "b.md", data)]
    found = history_of([*repo.documents(), *made, Document("docs/gone.md", "gone.md", data)], known)
    assert list(found.pasts) == [A]
    assert found.remarks == ()


def test_no_repository_no_commit_no_design(tmp_path, repo):
    repo.write(A, text("draft"))
    (reason,) = repo.history().remarks
    assert reason == "git tells no dates and people of designs: nothing is committed yet"
    shutil.rmtree(repo.root / ".git")
    assert repo.history().remarks == (
        "the designs lie in no git repository: there are no dates and people but those that they name",
    )
    (repo.root / ".git").mkdir()
    assert "no git repository" in repo.history().remarks[0], "what is called so need not be one"
    (repo.root / ".git").rmdir()
    repo.write(A, "# A page\n\nAbout design: a word that many pages have.\n")
    assert repo.history() == NO_HISTORY


def test_without_git(repo, monkeypatch):
    repo.commit("2026-01-01", {A: text("draft")})
    monkeypatch.setenv("PATH", str(repo.root))
    assert repo.history().remarks == ("git tells no dates and people of designs: git is not installed",)
    assert repo.past() == Past()


def instead(repo, monkeypatch, script):
    """Put another program in the place of git."""
    path = repo.write("bin/git", f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(os.name == "nt", reason="a script in the place of git")
def test_a_folder_of_somebody_else(repo, monkeypatch):
    repo.commit("2026-01-01", {A: text("draft")})
    instead(
        repo, monkeypatch, f"echo \"fatal: detected dubious ownership in repository at '{repo.root}'\" >&2; exit 128"
    )
    (remark,) = repo.history().remarks
    assert "belongs to somebody else" in remark
    assert f"git config --global --add safe.directory {repo.root}" in remark


def slow_at(repo, monkeypatch, option):
    """Have git sleep over one kind of question, and nobody wait for that."""
    instead(repo, monkeypatch, f'case "$*" in *" {option}"*) exec sleep 60;; esac; exec {shutil.which("git")} "$@"')
    run = repository._run

    def hasty(top, *command, **known):
        monkeypatch.setattr(
            repository, "SECONDS", 0.2 if any(part.startswith(option.split()[0]) for part in command) else 30
        )
        return run(top, *command, **known)

    monkeypatch.setattr(repository, "_run", hasty)


@pytest.mark.skipif(os.name == "nt", reason="a script in the place of git")
def test_nobody_waits_for_ever(repo, monkeypatch, asked):
    repo.commit("2026-01-01", {A: text("draft")})
    slow_at(repo, monkeypatch, "log -z")
    (remark,) = repo.history().remarks
    assert remark == "git tells no dates and people of designs: `git log` has not answered within 0.2 seconds"
    asked.clear()
    assert repo.history().remarks == (remark,)
    assert [command[0] for command in asked] == ["rev-parse"], "nor again at each save"
    monkeypatch.undo()
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    assert repo.past().created == "2026-01-01", "but git may have time another day"


@pytest.mark.skipif(os.name == "nt", reason="a script in the place of git")
@pytest.mark.parametrize("slow", ["--full-history", "--no-walk"])
def test_what_takes_too_long_leaves_the_rest(repo, monkeypatch, slow):
    repo.commit("2026-01-01", {"README.md": "words"})
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit("2026-01-02", {A: text("draft")}, "Bo")
    repo.git("checkout", "-q", "main")
    repo.merge("2026-01-03", "topic")
    repo.commit("2026-01-04", {A: text("approved")}, "Cy")
    slow_at(repo, monkeypatch, slow)
    past = repo.past()
    writer = "" if slow == "--full-history" else "Bo"
    assert (past.created, steps(past)) == ("2026-01-03", [f"draft 2026-01-03 {writer}", "approved 2026-01-04 Cy"])
    assert names(past) == ([writer] if writer else []), "and nobody is named who may not have written it"
    monkeypatch.undo()
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    assert names(repo.past()) == ["Bo"]


def test_a_history_that_is_too_long_is_read_in_several_builds(repo, monkeypatch):
    for day, status in enumerate(("draft", "in review", "approved"), 1):
        repo.commit(f"2026-01-0{day}", {A: text(status)})
    monkeypatch.setattr(annals, "SECONDS", -1.0)
    found = [repo.history() for _ in range(3)]
    assert [steps(one.of(A)) for one in found] == [
        ["approved 2026-01-03 Ana"],
        ["in-review 2026-01-02 Ana", "approved 2026-01-03 Ana"],
        ["draft 2026-01-01 Ana", "in-review 2026-01-02 Ana", "approved 2026-01-03 Ana"],
    ]
    assert [one.of(A).whole for one in found] == [False, False, True]
    assert [len(one.remarks) for one in found] == [1, 1, 0]
    assert found[0].of(A).created == "2026-01-01"


def test_whoever_wants_none_of_it_gets_none(repo, asked):
    repo.commit("2026-01-01", {A: text("draft")})
    assert repo.history(history=False) == NO_HISTORY
    assert asked == []


# Where repositories are ------------------------------------------------------------------------------------------


def test_a_site_in_a_folder_of_the_repository_and_documents_beside_it(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"sites/one/docs/a.md": text("draft"), "shared/b.md": text("draft", "\n# B\n")})
    root = repo.root / "sites" / "one"
    known = repo.settings(root=root, docs_dir=root / "docs")
    beside = Document("../../shared/b.md", "shared/b.md", (repo.root / "shared/b.md").read_bytes())
    found = history_of([*repo.documents(known), beside], known)
    assert {path: past.created for path, past in found.pasts.items()} == {
        "docs/a.md": "2026-01-01",
        "../../shared/b.md": "2026-01-01",
    }
    outside = repo.settings(root=root, docs_dir=repo.root / "shared")
    assert history_of(repo.documents(outside), outside).of("../../shared/b.md").created == "2026-01-01"
    whole = repo.settings(docs_dir=repo.root)
    assert history_of(repo.documents(whole), whole).of("shared/b.md").created == "2026-01-01"


def test_a_link_has_the_past_of_what_it_leads_to(repo):
    repo.commit("2026-01-01", {"service/DESIGN.md": text("draft"), "rfcs/b.md": text("draft", "\n# B\n")})
    repo.docs.mkdir()
    try:
        (repo.docs / "a.md").symlink_to("../service/DESIGN.md")
        (repo.docs / "rfcs").symlink_to("../rfcs")
    except OSError:
        pytest.skip("no links on this file system")
    repo.commit("2026-01-02", {"service/DESIGN.md": text("approved")})
    found = history_of([*repo.documents(), Document("docs/rfcs/b.md", "b.md", b"---\ndesign:\n")], repo.settings())
    assert steps(found.of(A)) == ["draft 2026-01-01 Ana", "approved 2026-01-02 Ana"]
    assert found.of("docs/rfcs/b.md").created == "2026-01-01"


def test_another_work_tree_and_a_submodule(repo, tmp_path):
    inner = Repo(tmp_path / "inner")
    inner.commit("2026-01-01", {"rfcs/b.md": text("draft", "\n# B\n")}, "Bo")
    repo.commit("2026-01-02", {A: text("draft")})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "docs/inner")
    repo.commit("2026-01-03")
    found = repo.history()
    assert (found.of(A).created, found.of("docs/inner/rfcs/b.md").created) == ("2026-01-02", "2026-01-01")
    assert names(found.of("docs/inner/rfcs/b.md")) == ["Bo"]
    other = tmp_path / "tree"
    repo.git("worktree", "add", "-q", str(other), "-b", "other")
    known = replace(repo.settings(), root=other, docs_dir=other / "docs")
    assert history_of(repo.documents(known), known).of(A).created == "2026-01-02"


def test_hashes_of_the_longer_kind(tmp_path):
    try:
        repo = Repo(tmp_path / "repo", "docs", "--object-format=sha256")
    except AssertionError:
        pytest.skip("this git has none")
    repo.commit("2026-01-01", {A: text("draft")})
    assert (repo.past().created, repo.past().pending) == ("2026-01-01", False)


def test_what_a_hook_tells_git_is_not_for_us(repo, tmp_path, monkeypatch):
    repo.commit("2026-01-01", {A: text("draft")})
    other = Repo(tmp_path / "other")
    other.commit("2020-01-01", {A: text("draft")})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")  # is incompatible with reading paths as they are
    assert repo.past().created == "2026-01-01"


@pytest.mark.skipif(os.name == "nt", reason="a script")
def test_a_repository_cannot_have_anything_run(repo):
    repo.commit("2026-01-01", {A: text("draft"), ".gitattributes": "*.md diff=evil filter=evil\n"})
    trap = repo.write("trap", f"#!/bin/sh\ntouch {repo.root}/sprung\n")
    signer = repo.write("signer", "#!/bin/sh\ncat >&2\necho; echo '[GNUPG:] SIG_CREATED ' >&2; echo signature\n")
    for script in (trap, signer):
        script.chmod(0o755)
    repo.git("-c", f"gpg.program={signer}", "commit", "-q", "--amend", "-S", "-m", "x", **repo.by("Ana", "2026-01-01"))
    for name in (
        *("core.fsmonitor", "core.pager", "pager.log", "gpg.program", "diff.external", "diff.evil.textconv"),
        *("diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.sshCommand"),
        *("alias.log", "alias.rev-parse", "core.editor", "credential.helper", "core.alternateRefsCommand"),
    ):
        repo.git("config", name, str(trap))
    for name, value in (
        *(("log.showSignature", "true"), ("filter.evil.required", "true"), ("color.ui", "always")),
        *(("diff.renames", "false"), ("log.showRoot", "false"), ("log.follow", "true"), ("diff.relative", "true")),
        *(("remote.origin.url", "ssh://nowhere.invalid/x"), ("remote.origin.promisor", "true")),
        *(("protocol.ssh.allow", "always"), ("extensions.partialClone", "origin"), ("core.quotePath", "true")),
    ):
        repo.git("config", name, value)
    (repo.root / ".git/hooks").mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        shutil.copy(trap, repo.root / ".git/hooks" / hook)
    blob = repo.git("rev-parse", f"HEAD:{A}")
    assert (repo.past().created, steps(repo.past())) == ("2026-01-01", ["draft 2026-01-01 Ana"])
    shutil.rmtree(repo.root / ".cache")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    repo.write("docs/new.md", text("draft"))
    assert repo.past().created == "2026-01-01"
    assert not (repo.root / "sprung").exists()


# What is kept ----------------------------------------------------------------------------------------------------


def test_one_log_for_all_and_one_cheap_question_when_nothing_is_new(repo, asked):
    for day in (1, 2, 3):
        pages = {f"docs/{n}.md": text("draft", f"\n# {n}\n\nDay {day} of {n}.\n") for n in range(4)}
        repo.commit(f"2026-01-0{day}", pages)
    first = repo.history()
    assert [command[0] for command in asked] == ["rev-parse", "log", "log", "cat-file"]
    assert "--no-walk=unsorted" in asked[2], "which asks only where the files came from, before they came"
    asked.clear()
    assert repo.history() == first
    assert [command[0] for command in asked] == ["rev-parse"]
    repo.commit("2026-01-04", {"docs/1.md": text("approved", "\n# 1\n")})
    asked.clear()
    assert repo.history().of("docs/1.md").changes[-1].status == "approved"
    assert [command[0] for command in asked] == ["rev-parse", "log", "log", "cat-file"]


def test_versions_are_read_once(repo, monkeypatch):
    repo.commit("2026-01-01", {A: text("draft")})
    repo.commit("2026-01-02", {A: text("approved")})
    repo.history()
    read = []
    contents = repository.Repository.contents
    monkeypatch.setattr(
        repository.Repository, "contents", lambda self, blobs: read.append(blobs) or contents(self, blobs)
    )
    repo.commit("2026-01-03", {A: text("implemented")})
    assert steps(repo.past()) == [
        *("draft 2026-01-01 Ana", "approved 2026-01-02 Ana", "implemented 2026-01-03 Ana"),
    ]
    assert read == [[repo.git("rev-parse", f"HEAD:{A}")]]


def test_sites_of_several_languages_share_what_is_kept(repo, asked):
    repo.commit("2026-01-01", {A: text("draft"), "docs/a.de.md": text("draft", "\n# Deutsch\n")})
    known, (english, german) = repo.settings(), repo.documents()
    for one in (english, german):
        history_of([one], known)
    asked.clear()
    assert [history_of([one], known).of(one.path).created for one in (english, german)] == ["2026-01-01"] * 2
    assert [command[0] for command in asked] == ["rev-parse", "rev-parse"]


def test_a_page_at_another_place_below_the_documents_is_read_anew(repo):
    """What its folder adopts says its status."""
    repo.commit("2026-01-01", {A: "# A\n\n## Context\n\nWords.\n"})
    said = {"docs/*.md": "approved", "/a.md": "rejected", "sub/*.md": "in-review"}
    docs = tuple(Adopted((files,), status=status) for files, status in said.items())
    assert steps(repo.past(docs=docs)) == ["rejected 2026-01-01 Ana"]
    assert steps(repo.past(docs=docs, docs_dir=repo.root)) == ["approved 2026-01-01 Ana"]
    (one,) = repo.documents()
    known = repo.settings(docs=docs)
    found = history_of([replace(one, uri="sub/a.md")], known)  # as monorepo has it
    assert steps(found.of(A)) == ["in-review 2026-01-01 Ana"]


def test_what_is_kept_of_a_version_holds_for_where_its_page_is_now(repo):
    said = {"x/*.md": "approved", "y/*.md": "rejected"}
    docs = tuple(Adopted((files,), status=status) for files, status in said.items())
    repo.commit("2026-01-01", {"docs/old/a.md": BODY})
    (repo.docs / "old").rename(repo.docs / "x")
    repo.commit("2026-01-02")
    assert steps(repo.past("docs/x/a.md", docs=docs)) == ["approved 2026-01-01 Ana"]
    (repo.docs / "x").rename(repo.docs / "y")
    repo.commit("2026-01-03")
    kept, anew = (repo.past("docs/y/a.md", docs=docs, cache_dir=cache) for cache in (repo.root / ".cache", None))
    assert steps(kept) == steps(anew)
    assert steps(kept)[0].startswith("rejected 2026-01-01")


def test_a_broken_file_of_ours_is_found_out_anew(repo):
    repo.commit("2026-01-01", {A: text("draft")})
    found = repo.history()
    (kept,) = (repo.root / ".cache").glob("*.json")
    for data in (b"", b"00000000\n[]", b"4c4b4b4b\n{", kept.read_bytes()[:-10]):
        kept.write_bytes(data)
        assert repo.history() == found


def test_other_settings_read_other_statuses(repo):
    repo.commit("2026-01-01", {A: text("napkin")})
    assert repo.past().changes == ()
    known = repo.settings().lifecycle
    assert steps(repo.past(lifecycle=replace(known, table=(("napkin", "draft"),)))) == ["draft 2026-01-01 Ana"]


def test_an_author_whom_only_git_knows_can_be_asked_for(repo):
    repo.commit("2026-01-01", {A: text("draft"), "docs/b.md": text("draft", "\n# B\n", authors="['@annie']")}, "Anni")
    repo.write("docs/index.md", '# Home\n\n<!-- designdocs: index author="Anni" -->\n')
    known = repo.settings(shelves=("author",))
    documents = list(repo.documents(known))
    asked = history_for_checks(documents, known)
    found = [d.code for d in catalogue(documents, Archive(known, None), asked).everything()]
    assert "index-marker-invalid" not in found
    blind = [d.message for d in catalogue(documents, Archive(known, None)).everything()]
    assert any("`Anni`; did you mean `@annie`?" in message for message in blind), "which is a warning, else"
    repo.write(A, text("draft", f"{BODY}\n[all of hers](designs/author/anni.md)\n"))
    documents = list(repo.documents(known))
    catalog = catalogue(documents, Archive(known, None), history_for_checks(documents, known))
    judged = with_links(catalog, known, documents)
    assert "link-broken" not in {d.code for d in judged.everything()}
    plain = [one for one in documents if one.uri != "index.md"]
    assert history_for_checks(plain, repo.settings()) == NO_HISTORY, "nobody waits for what nobody asks"


# Entries ---------------------------------------------------------------------------------------------------------


def entries(repo, **settings):
    known = repo.settings(**settings)
    documents = list(repo.documents(known))
    return entries_of(catalogue(documents, Archive(known, None), history_of(documents, known)), known.lifecycle)


def test_a_design_is_completed_by_git_and_has_the_last_word(repo):
    own = text("in review", BODY, created="2025-12-01", updated="2025-12-02", authors='["@zoe"]')
    repo.commit("2026-01-01", {A: text("draft"), "docs/b.md": own})
    repo.commit("2026-01-03", {A: text("in review")}, "Bo")
    a, b = sorted(entries(repo), key=lambda one: one.design.uri)
    assert (a.created, a.updated, [who.name for who in a.authors]) == ("2026-01-01", "2026-01-03", ["Ana"])
    assert (a.since, a.is_since_exact, a.age(datetime.date(2026, 1, 10))) == ("2026-01-03", True, 7)
    assert (b.created, b.updated, [who.handle for who in b.authors]) == ("2025-12-01", "2025-12-02", ["zoe"])
    assert not b.is_since_exact, "git has only known it in review"


def test_the_people_of_git_have_the_names_that_the_site_knows(repo):
    authors = repo.write("docs/.authors.yml", "authors:\n  ana-r: {name: Ana Ruiz, email: ana@example.com}\n")
    repo.commit("2026-01-01", {A: text("draft"), "docs/b.md": text("draft", "\n# B\n", authors="Zoe")}, "Ana")
    repo.commit("2026-01-02", {A: text("approved")}, "Bo")
    found = {one.design.uri: one for one in entries(repo, authors_file=authors)}
    (ana,) = found["a.md"].authors
    assert (ana.handle, ana.email) == ("ana-r", ""), "the address that somebody has told git is nobody's business"
    assert found["a.md"].changes[-1].who == Person("Bo")
    assert [who.name for who in found["b.md"].authors] == ["Zoe"]


def test_ages_are_counted_to_the_day_of_the_build(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert abs((dates.today() - datetime.date.today()).days) <= 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert dates.today() == datetime.date(2026, 1, 1)
    for odd in ("soon", "", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
        assert dates.today().year >= 2024


def test_a_remark_is_made_once_while_a_site_is_served(caplog):
    plugin = DesignDocsPlugin()
    caplog.set_level("INFO", "mkdocs.plugins.designdocs")
    for remarks in (["this is a shallow clone", "not committed: a.md"], ["not committed: a.md, b.md"]):
        plugin.herald.remark(remarks)
    assert caplog.messages == ["designdocs: this is a shallow clone", "designdocs: not committed: a.md"]


def test_a_build_shows_what_git_knows_and_says_once_what_it_does_not(site):
    site.configure(theme={"name": "mkdocs", "highlightjs": False})
    repo = Repo(site.root)
    site.write("../.gitignore", "site\n.cache\n")
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", text("draft", template="feature"))
    repo.commit("2026-01-02", who="Ana Ruiz")
    site.write("designs/b.md", text("draft", "\n# B\n", template="feature"))
    built = site.build("--strict")
    assert built.returncode == 0, built.stderr
    assert built.stderr.count("not committed as it lies there") == 1
    assert "docs/designs/b.md" in built.stderr
    assert "Ana Ruiz" in site.page("designs/a")
    assert "2026-01-02" in site.page("designs/a")
    site.configure(ours={"history": False}, theme={"name": "mkdocs", "highlightjs": False})
    assert not load(str(site.root / "mkdocs.yml"))[0].history

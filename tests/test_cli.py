"""The command `designdocs`: what it prints, how it exits, and that nobody ever sees a traceback."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from folders import Folder, at_terminal

from mkdocs_designdocs import __version__
from mkdocs_designdocs.collection import MANY

ROOT = Path(__file__).parent.parent

BROKEN = "---\ndesign:\n  template: t\n  status: approved\n---\n# Broken\n\n## A\n\n[a]\n"
WHOLE = BROKEN.replace("[a]", "All is said.").replace("# Broken", "# Whole")
WARNED = WHOLE.replace("All is said.", "All is said. See [it](gone.md).")
DRAFT = BROKEN.replace("approved", "draft")
CONFIG = "site_name: T\nplugins:\n  - designdocs:\n      templates_dir: tpl\n"


class Site(Folder):
    """A site in the working directory, and the command in this process."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("tpl/t.md", "# [Title]\n\n## A\n\n[a]\n")
        self.write("mkdocs.yml", CONFIG)
        self.write("docs/index.md", "# Home\n")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / "gitconfig").write_text("[user]\n\tname = Ana Diaz\n")
    return Site(tmp_path)


def findings(done: Result) -> list[str]:
    return re.findall(r"^(\S+:\d+:\d+: \w+: ).*(\[[\w-]+\])$", done.stdout, re.MULTILINE)


# check --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (WHOLE, [], 0),
        (WHOLE, ["--strict"], 0),
        (DRAFT, [], 0),
        (DRAFT, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (BROKEN, [], 1),
        (BROKEN.replace("design:", "design: ["), [], 1),
        ("# No design\n", [], 0),
    ],
)
def test_the_exit_code_says_whether_anything_fails(folder, text, options, code):
    folder.write("docs/a.md", text)
    assert folder.run("check", *options).exit_code == code
    for form in ("json", "sarif", "github"):
        assert folder.run("check", "--format", form, *options).exit_code == code


def test_a_site_that_is_strict_is_checked_strictly(folder):
    folder.write("docs/a.md", WARNED)
    folder.write("mkdocs.yml", CONFIG + "strict: true\n")
    assert folder.run("check").exit_code == 1


def test_the_text_is_for_people_and_ends_with_the_sum(folder):
    folder.write("docs/designs/a.md", BROKEN)
    done = folder.run("check")
    assert done.stdout.splitlines()[0].startswith('docs/designs/a.md:10:1: error: section "A" ')
    assert done.stdout.splitlines()[1].startswith("    help: ")
    assert done.stdout.splitlines()[-1] == "1 design checked: 1 error"
    assert done.stderr == ""


def test_the_json_is_all_that_is_printed(folder):
    folder.write("docs/a.md", BROKEN)
    folder.write("mkdocs.yml", CONFIG + "nonsense: mkdocs warns of it\n")
    done = folder.run("check", "--format", "json")
    (design,) = json.loads(done.stdout)["designs"]
    assert (design["path"], design["status"]) == ("docs/a.md", "approved")
    assert done.stderr == ""


def test_only_what_is_asked_for_is_told(folder):
    folder.write("docs/designs/a.md", BROKEN)
    folder.write("docs/designs/b.md", BROKEN)
    folder.write("docs/other/c.md", BROKEN)
    folder.write("docs/bytes.md", b"# \xff\n")

    def paths(*asked):
        return sorted({line.split(":")[0] for line, _ in findings(folder.run("check", *asked))})

    assert paths() == ["docs/bytes.md", "docs/designs/a.md", "docs/designs/b.md", "docs/other/c.md"]
    assert paths("docs/designs") == ["docs/designs/a.md", "docs/designs/b.md"]
    assert paths("docs/designs/a.md", "docs/other/c.md") == ["docs/designs/a.md", "docs/other/c.md"]
    assert paths("docs/bytes.md") == ["docs/bytes.md"]
    assert paths(str(folder.root / "docs" / "other")) == ["docs/other/c.md"]
    assert paths("tpl") == []


def test_what_is_asked_for_is_judged_with_all_the_others(folder):
    for name in ("a", "b"):
        folder.write(f"docs/{name}.md", WHOLE.replace("status:", "id: D-1\n  status:"))
    assert folder.run("check", "docs/a.md").exit_code == 0
    done = folder.run("check", "docs/b.md")
    assert done.exit_code == 1
    assert "taken by docs/a.md [id-duplicate]" in done.stdout


def test_a_broken_template_is_told_whatever_is_asked_for(folder):
    folder.write("docs/a.md", WHOLE)
    folder.write("tpl/bad.md.j2", "# {{")
    done = folder.run("check", "docs/a.md")
    assert (done.exit_code, findings(done)) == (1, [("tpl/bad.md.j2:1:1: error: ", "[template-invalid]")])


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml"])
def test_from_a_folder_of_the_site_paths_are_those_of_that_folder(folder, monkeypatch, name):
    (folder.root / "mkdocs.yml").rename(folder.root / name)
    folder.write("docs/designs/a.md", BROKEN)
    monkeypatch.chdir(folder.root / "docs" / "designs")
    assert findings(folder.run("check"))[0][0].startswith("a.md:10:1")
    monkeypatch.chdir(folder.root.parent)
    asked = os.path.relpath(folder.root / "docs")
    assert findings(folder.run("check", asked))[0][0].startswith(f"{asked}/designs/a.md:10:1".replace(os.sep, "/"))


def test_a_configuration_of_another_name(folder):
    folder.write("docs/a.md", BROKEN)
    (folder.root / "mkdocs.yml").rename(folder.root / "other.yml")
    assert folder.run("check", "-f", "other.yml").exit_code == 1
    assert folder.run("check", "--config-file", str(folder.root / "other.yml")).exit_code == 1


def test_the_configuration_is_read_as_mkdocs_reads_it(folder, monkeypatch):
    monkeypatch.setenv("DESIGNS", "tpl")
    folder.write("base.yml", "site_name: T\nplugins:\n  designdocs:\n    templates_dir: !ENV [DESIGNS, gone]\n")
    folder.write(
        "mkdocs.yml",
        "INHERIT: base.yml\nexclude_docs: drafts/\nplugins:\n  designdocs:\n    levels: {placeholder-left: warning}\n",
    )
    folder.write("docs/a.md", WHOLE)
    folder.write("docs/drafts/b.md", BROKEN)
    done = folder.run("check")
    assert (done.exit_code, done.stdout) == (0, "1 design checked: no findings\n")


def test_a_site_without_the_plugin_is_checked_with_its_defaults(folder):
    folder.write("mkdocs.yml", "site_name: T\n")
    folder.write("docs/a.md", WHOLE.replace("template: t", "template: component"))
    done = folder.run("check")
    assert done.exit_code == 1
    assert "[section-missing]" in done.stdout


def test_outside_a_site_the_files_that_are_named_are_checked(folder):
    (folder.root / "mkdocs.yml").unlink()
    folder.write("some/a.md", WHOLE.replace("template: t", "template: component"))
    folder.write("some/b.md", "# No design, [a link](gone.md)\n")
    folder.write("some/picture.png", b"\x89PNG design")
    done = folder.run("check", "some", "some/a.md", "some/picture.png")
    assert done.exit_code == 1
    assert {line.split(":")[0] for line, _ in findings(done)} == {"some/a.md"}
    assert "1 design checked" in done.stdout
    assert "id-duplicate" not in done.stdout


def test_a_file_that_cannot_be_read_is_told(folder):
    (folder.root / "mkdocs.yml").unlink()
    try:
        (folder.root / "docs" / "gone.md").symlink_to("nowhere.md")
    except OSError:  # pragma: no cover
        pytest.skip("no symbolic links here")
    done = folder.run("check", "docs")
    assert (done.exit_code, done.stderr) == (2, "designdocs: docs/gone.md cannot be read: No such file or directory\n")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("site_name: T\nplugins: [\n", "error parsing the configuration file"),
        ("site_name: T\nplugins: [gone]\n", 'The "gone" plugin is not installed'),
        ("plugins: [designdocs]\n", "site_name: Required configuration not provided"),
        ("site_name: T\nplugins: [designdocs: {levels: {todo: error}}]\n", "unknown code 'todo'"),
        ("site_name: T\nplugins: [designdocs: {templates_dir: gone}]\n", "isn't an existing directory"),
        ("INHERIT: gone.yml\n", "does not exist"),
        ("- a\n", "Expected a key-value mapping"),
        (b"site_name: \xff\n", "mkdocs.yml"),
        ("", "site_name"),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["templates"], ["new", "feature", "T"]])
def test_a_configuration_that_is_wrong_is_a_usage_error(folder, config, words, command):
    folder.write("mkdocs.yml", config)
    done = folder.run(*command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("designdocs: mkdocs.yml: ")
    assert words in done.stderr
    assert not (folder.root / "docs" / "designs").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "gone.md"], "'gone.md' does not exist"),
        (["check", "-f", "gone.yml"], "there is no gone.yml here"),
        (["check", "-f", "docs"], "is a directory"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'sarif', 'github'"),
        (["check", "--colour"], "--colour"),
        (["new", "feature"], "Missing argument 'TITLE'"),
        (["new"], "Missing argument 'TEMPLATE'"),
        (["chekc"], "No such command 'chekc'"),
    ],
)
def test_a_wrong_command_is_a_usage_error(folder, arguments, words):
    done = folder.run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_where_there_is_no_site_and_nothing_is_named(folder):
    (folder.root / "mkdocs.yml").unlink()
    done = folder.run("check")
    assert (done.exit_code, done.stderr) == (
        2,
        "designdocs: there is no mkdocs.yml here; name one with -f, or name the designs\n",
    )


def test_version_and_help(folder):
    assert folder.run("--version").stdout == f"designdocs {__version__}\n"
    for command in ([], ["check"], ["templates"], ["new"]):
        assert folder.run(*command, "-h").stdout.startswith("Usage: ")


# check, for machines and at a terminal -------------------------------------------------------------------------


def addresses(folder: Folder, *options: str) -> tuple[str, str]:
    """The file of the only finding, in SARIF and in the annotations."""
    (run,) = json.loads(folder.run("check", "--format", "sarif", *options).stdout)["runs"]
    (result,) = run["results"]
    annotation, last = folder.run("check", "--format", "github", *options).stdout.splitlines()
    assert last == "1 design checked: 1 error"
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uriBaseId"] == "SRCROOT"
    return place["uri"], re.match(r"::error file=(.+?),line=10,col=1,title=section-unwritten::", annotation)[1]


def test_machines_are_told_addresses_below_the_folder_of_the_configuration(folder, monkeypatch):
    folder.write("docs/designs/a.md", BROKEN)
    assert addresses(folder) == ("docs/designs/a.md",) * 2
    monkeypatch.chdir(folder.root / "docs" / "designs")
    assert addresses(folder) == ("docs/designs/a.md",) * 2


def test_machines_are_told_addresses_below_the_working_folder_that_holds_the_configuration(folder, monkeypatch):
    folder.write("docs/designs/a.md", BROKEN)
    monkeypatch.chdir(folder.root.parent)
    name = folder.root.name
    assert addresses(folder, "-f", f"{name}/mkdocs.yml") == (f"{name}/docs/designs/a.md",) * 2


def test_machines_are_told_addresses_below_the_repository_that_github_names(folder, monkeypatch):
    folder.write("docs/designs/a.md", BROKEN)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.root.parent))
    assert addresses(folder) == (f"{folder.root.name}/docs/designs/a.md",) * 2
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.root / "tpl"))
    assert addresses(folder) == ("docs/designs/a.md",) * 2


def test_a_terminal_sees_colours_and_a_pipe_never_does(folder):
    folder.write("docs/a.md", BROKEN)
    plain = folder.run("check").stdout
    assert "\x1b" not in plain
    seen, _ = at_terminal(folder, "stdout", "check")
    assert "\x1b[31m\x1b[1merror\x1b[0m" in seen
    assert re.sub(r"\x1b\[\d+m", "", seen) == plain
    assert at_terminal(folder, "stderr", "check") == ("", plain)


def test_no_color_is_respected(folder):
    folder.write("docs/a.md", BROKEN)
    assert at_terminal(folder, "stdout", "check", NO_COLOR="1")[0] == folder.run("check").stdout
    assert "\x1b" in at_terminal(folder, "stdout", "check", NO_COLOR="")[0]


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_what_is_for_machines_has_no_colours(folder, form):
    folder.write("docs/a.md", BROKEN)
    assert "\x1b" not in at_terminal(folder, "stdout", "check", "--format", form)[0]


def test_whoever_waits_at_a_terminal_sees_how_far_it_is(folder):
    for number in range(MANY + 1):
        folder.write(f"docs/{number}.md", WHOLE)
        folder.write(f"docs/page-{number}.md", "# No design\n")
    bar, out = at_terminal(folder, "stderr", "check", "--format", "json")
    assert "Checking" in bar
    assert "100%" in bar
    assert json.loads(out)["summary"]["designs"] == MANY + 1
    folder.write("docs/0.md", WHOLE + "\nMore.\n")
    assert at_terminal(folder, "stderr", "check") == ("", f"{MANY + 1} designs checked: no findings\n")


def test_a_few_documents_and_a_pipe_see_no_bar(folder):
    for number in range(MANY):
        folder.write(f"docs/{number}.md", WHOLE)
    assert at_terminal(folder, "stderr", "check")[0] == ""
    shutil.rmtree(folder.root / ".cache")
    folder.write("docs/one-more.md", WHOLE)
    assert folder.run("check").stderr == ""


# pre-commit ---------------------------------------------------------------------------------------------------


@pytest.fixture
def hook() -> dict:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return hook


def test_the_hook_says_what_pre_commit_needs(hook):
    assert {key: hook[key] for key in ("id", "language", "types", "pass_filenames", "require_serial")} == {
        "id": "designdocs-check",
        "language": "python",
        "types": ["markdown"],
        "pass_filenames": True,
        "require_serial": True,
    }
    assert hook["name"]
    assert f"id: {hook['id']}\n" in (ROOT / "docs" / "ci.md").read_text("utf-8")


def test_the_hook_runs_as_pre_commit_runs_it(folder, hook):
    """With the names of the changed files, from the top of the repository."""
    folder.write("docs/changed.md", BROKEN)
    folder.write("docs/left-alone.md", BROKEN)
    folder.write("README.md", "# No page of the site\n")
    program, *arguments = shlex.split(hook["entry"])
    program = shutil.which(program, path=str(Path(sys.executable).parent))
    assert program, "the package is installed"

    def run(*names):
        command = [program, *arguments, *names]
        return subprocess.run(command, cwd=folder.root, capture_output=True, text=True, check=False, timeout=60)

    done = run("README.md", "docs/changed.md")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 design checked: 1 error")
    assert done.stdout.startswith("docs/changed.md:10:1: error: ")
    folder.write("docs/changed.md", WHOLE)
    assert run("README.md", "docs/changed.md").returncode == 0


# templates ----------------------------------------------------------------------------------------------------


def test_the_templates_are_listed(folder):
    folder.write("tpl/ours.md", "---\ndescription: Of our own\nkeep: []\n---\n# T\n")
    lines = folder.run("templates").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "component",
        "engineering",
        "feature",
        "service",
        "solution",
        "ours",
        "t",
    ]
    assert lines[-2:] == ["ours         Of our own", "t            from tpl/t.md"]
    assert all(len(line.split(maxsplit=1)[1]) > 30 for line in lines[:5])


def test_a_template_is_printed_as_its_markdown(folder):
    assert folder.run("templates", "t").stdout == "# [Title]\n\n## A\n\n[a]\n"
    text = folder.run("templates", "feature").stdout
    assert text.startswith("# Technical Design: [Feature name]\n\n## Overview\n")
    assert "{{" not in text
    assert "{%" not in text


def test_templates_outside_a_site(folder):
    (folder.root / "mkdocs.yml").unlink()
    assert folder.run("templates").stdout.splitlines()[-1].startswith("solution ")
    assert folder.run("templates", "component").exit_code == 0


@pytest.mark.parametrize("command", [["templates", "{}"], ["new", "{}", "T"]])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("featrue", 'there is no template "featrue"; did you mean feature? There are component, '),
        ("FEATURE", 'there is no template "FEATURE"; did you mean feature? There are component, '),
        ("zzz", 'there is no template "zzz". There are component, '),
        ("bad", 'the template "bad" cannot be used; "designdocs check" says why'),
    ],
)
def test_a_template_that_there_is_not(folder, command, name, words):
    folder.write("tpl/bad.md.j2", "# {{")
    done = folder.run(*(part.format(name) for part in command))
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_broken_template_is_told_and_the_others_are_listed(folder):
    folder.write("tpl/bad.md.j2", "# {{")
    done = folder.run("templates")
    assert done.exit_code == 0
    assert done.stderr.startswith("tpl/bad.md.j2:1:1: error: ")
    assert "bad" not in done.stdout


# new ----------------------------------------------------------------------------------------------------------


def test_a_new_design_is_written_beside_the_index_and_can_be_checked(folder):
    done = folder.run("new", "t", "  Checkout:  retries ")
    path = folder.root / "docs" / "designs" / "checkout-retries.md"
    assert (done.exit_code, done.stderr) == (0, "")
    shown = Path("docs", "designs", "checkout-retries.md")
    assert done.stdout == f"{shown}: a new t design; put your words where its prompts are\n"
    assert re.sub(r"\d{4}-\d\d-\d\d", "DATE", path.read_text("utf-8")) == (
        '---\ndesign:\n  template: t\n  title: "Checkout: retries"\n  status: draft\n'
        '  authors: ["Ana Diaz"]\n  created: DATE\n---\n\n# Checkout: retries\n\n## A\n\n[a]\n'
    )
    checked = folder.run("check")
    assert checked.exit_code == 0
    assert checked.stdout.endswith("1 design checked: 1 note\n")


def test_a_new_design_where_and_by_whom_one_says(folder, monkeypatch):
    folder.write("mkdocs.yml", CONFIG + "      index: all/designs.md\n")
    assert folder.run("new", "t", "One", "--author", "@ana", "--author", "Bo <b@x.org>").exit_code == 0
    assert 'authors: ["@ana", "Bo <b@x.org>"]' in (folder.root / "docs/all/one.md").read_text()
    assert folder.run("new", "t", "Two", "-o", "elsewhere/two.md").exit_code == 0
    assert (folder.root / "elsewhere/two.md").is_file()
    (folder.root / "mkdocs.yml").unlink()
    assert folder.run("new", "component", "Three").exit_code == 0
    assert (folder.root / "docs/designs/three.md").is_file()
    monkeypatch.setenv("PATH", "")
    assert folder.run("new", "component", "Four").exit_code == 0
    assert "authors: []" in (folder.root / "docs/designs/four.md").read_text()


def test_nothing_is_ever_written_over(folder):
    path = folder.write("docs/designs/one.md", "precious")
    for output in ([], ["-o", "docs/designs/one.md"]):
        done = folder.run("new", "t", "One", *output)
        assert (done.exit_code, done.stdout) == (2, "")
        shown = Path("docs", "designs", "one.md")
        assert done.stderr == f"designdocs: {shown} exists; nothing is written over it\n"
    assert path.read_text() == "precious"


def test_what_cannot_be_written_is_told(folder):
    folder.write("file", "x")
    done = folder.run("new", "t", "One", "-o", "file/one.md")
    assert done.exit_code == 2
    assert "one.md cannot be written: " in done.stderr


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_a_design_needs_a_title(folder, title):
    done = folder.run("new", "t", title)
    assert (done.exit_code, done.stderr) == (2, "designdocs: a design needs a title\n")


def test_a_title_of_bytes_that_are_no_text_is_written_with_marks(folder):
    assert folder.run("new", "t", "caf\udce9 x").exit_code == 0
    assert folder.run("check").exit_code == 0


def test_a_template_that_cannot_render_this_title_is_told_at_its_line(folder):
    folder.write("tpl/odd.md.j2", "# {{ design.title }}\n\n{{ 1 / (1 - design.title | length) }}\n")
    done = folder.run("new", "odd", "X")
    assert done.exit_code == 2
    assert done.stderr.startswith(
        "designdocs: tpl/odd.md.j2:3:1: error: the template `odd` cannot be rendered: division by zero"
    )
    assert not (folder.root / "docs" / "designs").exists()


def test_the_installed_command_prints_the_same(site):
    """Once for real: another process, no terminal, a console that may know fewer characters."""
    site.write("a.md", BROKEN.replace("template: t", "template: component").replace("# Broken", "# Größe ≠ 0"))
    done = site.check()
    assert done.returncode == 1
    assert "docs/a.md:" in done.stdout
    assert "Traceback" not in done.stderr
    assert site.run("designdocs", "check", "gone.md").returncode == 2


def test_a_first_design_in_a_folder_that_holds_only_a_configuration(folder):
    shutil.rmtree(folder.root / "docs")
    assert folder.run("new", "gone", "Parcel tracking").exit_code == 2
    assert not (folder.root / "docs").exists()
    done = folder.run("new", "t", "Parcel tracking")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (folder.root / "docs" / "designs" / "parcel-tracking.md").is_file()
    assert folder.run("check").exit_code == 0


def test_a_new_design_of_a_very_long_title(folder):
    assert folder.run("new", "t", "Very long " * 60).exit_code == 0
    assert (folder.root / "docs" / "designs" / ("very-long-" * 7 + "very-long.md")).is_file()
    done = folder.run("new", "t", "One", "-o", "x" * 400 + ".md")
    assert done.exit_code == 2
    assert ".md cannot be written: " in done.stderr


def test_the_command_as_a_module():
    done = subprocess.run([sys.executable, "-m", "mkdocs_designdocs", "--version"], capture_output=True, text=True)
    assert done.stdout == f"designdocs {__version__}\n"


def test_a_path_that_holds_no_page_is_named(site):
    site.write("a.md", "---\ndesign:\n  template: feature\n  status: draft\n---\n# A\n")
    (site.root / "README.md").write_text("# Read me\n")
    done = site.check("README.md", "docs/a.md")
    assert done.returncode == 0
    assert "1 design checked" in done.stdout
    assert done.stderr == "designdocs: README.md holds no page of this site; it is left out\n"


def test_a_link_out_of_the_site_is_told_from_one_that_leads_nowhere(folder):
    folder.write("NOTES.md", "# Notes\n")
    folder.write("docs/other.md", "# Other\n")
    links = "See [a](../../NOTES.md), [b](../../GONE.md) and [c](../other.md)."
    folder.write("docs/designs/a.md", WHOLE.replace("All is said.", links))
    told = [line.split(": ", 2)[2] for line in folder.run("check").stdout.splitlines() if "[link-broken]" in line]
    assert told == [
        'the link to "../../NOTES.md" leads out of the site, where its readers cannot follow [link-broken]',
        'the link to "../../GONE.md" leads nowhere [link-broken]',
    ]
    (folder.root / "mkdocs.yml").unlink()  # mere files: there are no readers of a site
    assert "NOTES.md" not in folder.run("check", "docs/designs/a.md").stdout

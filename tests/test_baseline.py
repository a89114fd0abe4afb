"""The baseline: what a collection has is taken as given, what is new is told, and it only shrinks."""

from __future__ import annotations

import json
import re
import stat
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from folders import Folder
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.baseline import BASELINE, Entry, View, applied, read, write
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.cli import main
from mkdocs_designdocs.diagnostics import Level, finding
from mkdocs_designdocs.settings import Settings

TEMPLATE = "# [Title]\n\n## A\n\n[a]\n\n## B\n\n[b]\n"
HEAD = "---\ndesign:\n  template: t\n  status: {}\n---\n# T\n"
LEFT = HEAD.format("approved") + "\n## A\n\nWords of ours.\n\nTODO: one.\n\nTODO: two.\n\n## B\n\n[b]\n"
"""An error and two warnings."""
WHOLE = HEAD.format("approved") + "\n## A\n\nAll is said.\n\n## B\n\nThis too.\n"
CONFIG = "site_name: T\ntheme: {name: mkdocs}\nplugins:\n  - designdocs:\n      templates_dir: tpl\n"


class Site(Folder):
    """A site in the working directory, and the command in this process."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("tpl/t.md", TEMPLATE)
        self.write("mkdocs.yml", CONFIG)
        self.write("docs/index.md", "# Home\n")

    def told(self, *options: str) -> list[str]:
        """The path and code of every finding."""
        found = re.findall(r"^(\S+?):\d+:\d+: \w+: .*\[([\w-]+)\]$", self.check(*options).stdout, re.MULTILINE)
        return [f"{path} {code}" for path, code in found]

    @property
    def file(self) -> Path:
        return self.root / BASELINE

    @property
    def entries(self) -> list[tuple[str, str, str, int]]:
        return [tuple(each.values()) for each in json.loads(self.file.read_text("utf-8"))["findings"]]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


# Taking ---------------------------------------------------------------------------------------------------------


def test_what_there_is_is_taken_as_given(folder):
    folder.write("docs/a.md", LEFT)
    folder.write("docs/b.md", HEAD.format("draft"))
    assert folder.check().exit_code == 1
    done = folder.check("--write-baseline", "--strict")
    assert done.exit_code == 0
    assert done.stderr == f"designdocs: {BASELINE} takes 3 findings\n"
    assert "2 designs checked: 2 notes; 3 more in the baseline" in done.stdout.splitlines()
    assert folder.told("--strict") == ["docs/b.md section-missing", "docs/b.md section-missing"]
    summary = json.loads(folder.check("--format", "json").stdout)["summary"]
    assert summary == {"designs": 2, "errors": 0, "warnings": 0, "notes": 2, "baseline": 3}
    for form in ("sarif", "github"):
        printed = folder.check("--format", form).stdout
        assert "docs/a.md" not in printed, "what is taken is in no output"
        assert "docs/b.md" in printed


def test_the_file_has_an_entry_a_line_in_order(folder):
    folder.write("docs/z.md", LEFT)
    folder.write("docs/a.md", LEFT.replace("## B\n\n[b]", "## B\n\n### Größe\n\nTODO: so."))
    folder.check("--write-baseline")
    assert folder.file.read_bytes().decode() == (
        '{\n  "version": 1,\n  "findings": [\n'
        '    {"path": "docs/a.md", "code": "section-unwritten", "section": "B", "count": 1},\n'
        '    {"path": "docs/a.md", "code": "todo-left", "section": "A", "count": 2},\n'
        '    {"path": "docs/z.md", "code": "section-unwritten", "section": "B", "count": 1},\n'
        '    {"path": "docs/z.md", "code": "todo-left", "section": "A", "count": 2}\n'
        "  ]\n}\n"
    )
    assert not list(folder.root.glob("*.tmp"))


def test_a_title_is_readable_in_it(folder):
    folder.write("tpl/t.md", TEMPLATE.replace("## B", "## Größe «B»"))
    folder.write("docs/ä.md", HEAD.format("approved") + "\n## A\n\nWords.\n")
    folder.check("--write-baseline")
    assert '"docs/ä.md", "code": "section-missing", "section": "Größe «B»", "count": 1}' in folder.file.read_text(
        "utf-8"
    )
    assert folder.told() == []


def test_templates_and_pages_that_are_no_designs_are_taken_too(folder):
    folder.write("docs/plain.md", "# Plain\n\n```mermaid\nflowchart LR\n  A -->\n```\n")
    folder.write("tpl/bad.md.j2", "# {{")
    assert folder.check("--write-baseline").exit_code == 0
    assert [(path, code) for path, code, _, _ in folder.entries] == [
        ("docs/plain.md", "diagram-invalid"),
        ("tpl/bad.md.j2", "template-invalid"),
    ]
    assert folder.told() == []


def test_lines_may_move(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", LEFT.replace("## A\n", "## A\n\nMore words.\n\nAnd more.\n"))
    assert folder.check("--strict").exit_code == 0


def test_of_a_kind_that_has_grown_all_are_told(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", LEFT.replace("TODO: two.", "TODO: two.\n\nTODO: three."))
    done = folder.check()
    assert done.stdout.count("[todo-left]") == 3
    assert done.stdout.count("(the baseline allows 2 of these, and there are 3)") == 3
    assert done.stdout.splitlines()[-1] == "1 design checked: 3 warnings; 1 more in the baseline"


def test_another_section_and_another_design_are_new(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", LEFT.replace("[b]", "Words.\n\nTODO: b."))
    folder.write("docs/b.md", LEFT)
    done = folder.check()
    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines() if re.search(r"\[(todo|section)-", line)] == [
        "docs/a.md",
        *["docs/b.md"] * 3,
    ]
    assert "[baseline-stale]" in done.stdout


def test_a_note_is_not_taken_and_neither_is_what_is_off(folder):
    folder.write("docs/a.md", HEAD.format("draft"))
    done = folder.check("--write-baseline")
    assert done.stderr == f"designdocs: there is nothing for a baseline to take; {BASELINE} is not written\n"
    assert not folder.file.exists()


def test_what_became_a_note_is_stale(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", LEFT.replace("approved", "draft"))
    done = folder.check()
    assert (done.exit_code, done.stdout.count("[baseline-stale]")) == (0, 2)
    assert done.stdout.splitlines()[-1] == "1 design checked: 2 warnings, 3 notes"


# Shrinking ------------------------------------------------------------------------------------------------------


def test_what_is_mended_is_told_and_taken_out(folder):
    folder.write("docs/a.md", LEFT)
    folder.write("docs/b.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", LEFT.replace("TODO: one.", "One.").replace("[b]", "Bee."))
    (folder.root / "docs/b.md").unlink()
    done = folder.check()
    assert done.exit_code == 0
    assert folder.check("--strict").exit_code == 1
    first = f"{BASELINE}:{{}}:5: warning: the baseline counts {{}} of {{}}, and there {{}} [baseline-stale]"
    second = "    help: run `designdocs check --write-baseline`, which {}"
    assert done.stdout.splitlines() == [
        first.format(4, 1, 'section-unwritten in section "B" of docs/a.md', "are none"),
        second.format("takes the entry out"),
        first.format(5, 2, 'todo-left in section "A" of docs/a.md', "is 1"),
        second.format("lowers the number"),
        f"{BASELINE}:6:5: warning: the baseline counts findings in docs/b.md, which is no longer there "
        "[baseline-stale]",
        "    help: if it has moved, change `path` in its entries; else run `designdocs check --write-baseline`, which "
        "takes them out",
        "1 design checked: 3 warnings; 1 more in the baseline",
    ]
    done = folder.check("--write-baseline", "--strict")
    assert done.exit_code == 0
    assert done.stderr == f"designdocs: {BASELINE} takes 1 finding; 5 findings no longer there were taken out\n"
    assert folder.entries == [("docs/a.md", "todo-left", "A", 1)]


def test_nothing_is_ever_added_until_the_file_is_deleted(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    before = folder.file.read_bytes()
    folder.write("docs/a.md", LEFT.replace("TODO: two.", "TODO: two.\n\nTODO: three."))
    folder.write("docs/b.md", LEFT)
    done = folder.check("--write-baseline")
    assert done.exit_code == 1
    assert folder.file.read_bytes() == before
    assert done.stderr == (
        f"designdocs: {BASELINE} takes 3 findings; 4 findings not in it were not added: mend what is new, "
        "or delete the file and run this again to begin anew\n"
    )
    folder.file.unlink()
    assert folder.check("--write-baseline").exit_code == 0
    assert sum(count for *_, count in folder.entries) == 7


def test_an_empty_one_stays_so_that_it_does_not_grow_again(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    folder.write("docs/a.md", WHOLE)
    folder.check("--write-baseline")
    assert folder.file.read_text() == '{\n  "version": 1,\n  "findings": []\n}\n'
    folder.write("docs/a.md", LEFT)
    assert folder.check("--write-baseline").exit_code == 1
    assert folder.entries == []


# Parts of a site -------------------------------------------------------------------------------------------------


def test_with_paths_nothing_is_said_of_the_others(folder):
    for name in ("old/a.md", "new/b.md"):
        folder.write(f"docs/{name}", LEFT)
    assert folder.check("docs/old", "--write-baseline").exit_code == 0
    assert {path for path, *_ in folder.entries} == {"docs/old/a.md"}
    assert folder.check("docs/new").exit_code == 1

    folder.write("docs/old/a.md", WHOLE)
    assert "baseline-stale" not in folder.check("docs/new").stdout
    assert folder.told("docs/old/a.md") == [f"{BASELINE} baseline-stale"] * 2
    (folder.root / "docs/old/a.md").unlink()
    assert folder.told("docs/old") == [f"{BASELINE} baseline-stale"]
    assert folder.check("docs/new", "--write-baseline").exit_code == 1
    assert len(folder.entries) == 2
    folder.check("docs/old", "--write-baseline")
    assert folder.entries == []


def test_without_a_site_it_lies_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "---\ndesign: {template: feature, status: approved}\n---\n# T\n"
    (tmp_path / "a.md").write_text(text)
    assert CliRunner().invoke(main, ["check", "a.md", "--write-baseline"]).exit_code == 0
    assert (tmp_path / BASELINE).is_file()
    (tmp_path / "b.md").write_text(text)
    assert [CliRunner().invoke(main, ["check", name]).exit_code for name in ("a.md", "b.md", ".")] == [0, 1, 1]


@pytest.mark.parametrize("name", ["ci/known.json", "../known.json"])
def test_it_lies_where_the_configuration_says(tmp_path, monkeypatch, name):
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    folder = Site(tmp_path / "project")
    folder.write("mkdocs.yml", CONFIG + f"      baseline: {name}\n")
    folder.write("docs/a.md", LEFT)
    assert folder.check("--write-baseline").exit_code == 0
    assert (folder.root / name).is_file()
    folder.write("docs/a.md", WHOLE)
    assert folder.told() == [f"{name} baseline-stale"] * 2


def test_without_a_name_there_is_none_to_write(folder):
    folder.write("mkdocs.yml", CONFIG + '      baseline: ""\n')
    folder.write("docs/a.md", LEFT)
    folder.write(BASELINE, "nonsense")
    assert "baseline" not in folder.check().stdout
    done = folder.check("--write-baseline")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "designdocs: `baseline` is empty in the configuration, so there is no file to write\n"


# What is wrong with it --------------------------------------------------------------------------------------------

ENTRY = '{"path": "docs/a.md", "code": "todo-left", "section": "A", "count": 2}'


def file_of(*entries: str) -> str:
    return '{\n  "version": 1,\n  "findings": [\n    ' + ",\n    ".join(entries) + "\n  ]\n}\n"


WRONG = {
    "empty": ("", 1, 1, "cannot be read: expecting value"),
    "cut": (file_of(ENTRY)[:52], 4, 14, "cannot be read: "),
    "no UTF-8": (file_of(ENTRY).encode("utf-16"), 1, 1, "is not UTF-8"),
    "a byte": (b'{\n "version": "\xff"}', 2, 14, "is not UTF-8"),
    "merge": (file_of(ENTRY, "\n<<<<<<< HEAD\n" + ENTRY), 6, 1, "cannot be read: a merge has left its marks here"),
    "list": ("[]", 1, 1, "does not have its two parts"),
    "text": ('\n "x"', 2, 2, "does not have its two parts"),
    "version": ('{\n "version": 2, "findings": []}', 2, 13, 'is of version "2", and the one that is known here is 1'),
    "truth": ('{"version": true, "findings": []}', 1, 13, 'is of version "true"'),
    "no findings": ('{"version": 1}', 1, 1, "does not have its two parts"),
    "findings": ('{"version": 1,\n"findings": {}}', 2, 13, "does not have its two parts"),
    "more": ('{"version": 1, "findings": [], "x": 1}', 1, 28, "does not have its two parts"),
    "entry": (file_of(ENTRY, "7"), 5, 5, "has an entry here without"),
    "count": (file_of(ENTRY.replace("2", "0")), 4, 5, "has an entry here without"),
    "count text": (file_of(ENTRY.replace("2", '"2"')), 4, 5, "has an entry here without"),
    "count truth": (file_of(ENTRY.replace("2", "true")), 4, 5, "has an entry here without"),
    "key": (file_of(ENTRY.replace("section", "sektion")), 4, 5, "has an entry here without"),
    "path": (file_of(ENTRY.replace('"docs/a.md"', "null")), 4, 5, "has an entry here without"),
    "twice": (file_of(ENTRY, ENTRY.replace("2", "1")), 5, 5, "counts the same findings twice, first at line 4"),
    "deep": ("[" * 100_000, 1, 1, "cannot be read"),
    "number": ('{"version": ' + "9" * 5000 + "}", 1, 1, ""),
}


@pytest.mark.parametrize(("text", "line", "column", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_takes_nothing_and_is_an_error_at_its_line(folder, text, line, column, words):
    folder.write("docs/a.md", LEFT)
    folder.write(BASELINE, text)
    before = folder.file.read_bytes()
    for options in ((), ("--write-baseline",)):
        done = folder.check(*options)
        (told,) = [each for each in done.stdout.splitlines() if "[baseline-invalid]" in each]
        assert told.startswith(f"{BASELINE}:{line}:{column}: error: the baseline {words}")
        assert done.exit_code == 1
        assert done.stdout.count("docs/a.md:") == 3
        assert folder.file.read_bytes() == before
    assert done.stderr == f"designdocs: {BASELINE} is left as it is, for it cannot be read\n"


def test_everything_that_is_wrong_is_said_in_one_run(folder):
    folder.write(BASELINE, file_of("7", ENTRY, "{}", ENTRY))
    assert folder.told() == [f"{BASELINE} baseline-invalid"] * 3


def test_a_folder_is_no_baseline(folder):
    folder.file.mkdir()
    done = folder.check()
    assert (done.exit_code, done.stdout.count("[baseline-invalid]")) == (1, 1)


def test_an_unknown_code_is_stale(folder):
    """A later version may call it otherwise."""
    folder.write("docs/a.md", WHOLE)
    folder.write(BASELINE, file_of(ENTRY.replace("todo-left", "to-do-left")))
    assert folder.told() == [f"{BASELINE} baseline-stale"]


def test_an_entry_has_its_place_however_the_file_is_laid_out(folder):
    folder.write("docs/a.md", WHOLE)
    laid = json.dumps(json.loads(file_of(ENTRY, ENTRY.replace('"A"', '"B"'))), indent=4)
    folder.write(BASELINE, "\ufeff" + laid.replace("\n", "\r\n"))
    places = re.findall(rf"^{BASELINE}:(\d+):(\d+): warning", folder.check().stdout, re.MULTILINE)
    assert places == [("4", "9"), ("10", "9")]


def test_a_disk_that_takes_no_more(folder, monkeypatch):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    before = folder.file.read_bytes()
    folder.write("docs/a.md", WHOLE)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs_designdocs.baseline.Path.replace", full)
    done = folder.check("--write-baseline")
    assert (done.exit_code, done.stderr) == (2, f"designdocs: {BASELINE} cannot be written: No space left on device\n")
    assert folder.file.read_bytes() == before
    assert [path.name for path in folder.root.iterdir() if path.name.startswith(BASELINE)] == [BASELINE]


def test_a_file_in_the_way_of_its_folder(folder):
    folder.write("mkdocs.yml", CONFIG + "      baseline: tpl/t.md/b.json\n")
    folder.write("docs/a.md", LEFT)
    done = folder.check("--write-baseline")
    assert "Traceback" not in done.output
    assert done.exit_code == 1
    assert "[baseline-invalid]" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are POSIX's")
def test_the_file_is_one_like_any_other(folder):
    folder.write("docs/a.md", LEFT)
    real = folder.root / "kept.json"
    folder.file.symlink_to(real)
    folder.check("--write-baseline")
    assert folder.file.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == stat.S_IMODE((folder.root / "mkdocs.yml").stat().st_mode)


# For any findings -------------------------------------------------------------------------------------------------

FOUND = st.lists(
    st.tuples(
        st.sampled_from(["docs/a.md", "docs/b.md", "docs/ö \udcff.md"]),
        st.sampled_from(["todo-left", "section-missing", "link-broken"]),
        st.sampled_from(["", "A", 'A > "B"\n', "C \U0001f600"]),
        st.sampled_from([Level.ERROR, Level.WARNING, Level.NOTE]),
    ),
    max_size=12,
)


def collected(found) -> Catalog:
    return Catalog((), [finding(c, p, n + 1, 1, "m", section=s, level=v) for n, (p, c, s, v) in enumerate(found)])


def failing(found) -> Counter:
    return Counter(one[:3] for one in found if one[3] > Level.NOTE)


@given(FOUND, FOUND)
def test_whatever_there_is_and_whatever_becomes_of_it(before, after):
    with TemporaryDirectory() as root:
        settings = Settings(Path(root), Path(root), baseline=Path(root, BASELINE))
        view = View(Path(root))
        file = Path(root, BASELINE)
        for path in {path for path, *_ in (*before, *after)}:
            place = Path(root, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()

        def bytes_of(found):
            write(file, collected(found), settings, view)
            return file.read_bytes() if file.exists() else b""

        # Written, nothing fails and nothing is stale; written again, it is the same.
        first = bytes_of(before)
        left = applied(collected(before), settings, view)
        assert [d.level for d in left.everything()] == [v for *_, v in before if v is Level.NOTE]
        assert left.taken == failing(before)
        assert bytes_of(before) == first
        if not first:
            return

        # Later what is new is told, with all of its kind, and what is mended is stale.
        known, now = failing(before), failing(after)
        left = applied(collected(after), settings, view)
        stale = [d for d in left.everything() if d.code == "baseline-stale"]
        told = Counter(d.key for d in left.everything() if d.level > Level.NOTE and d.code != "baseline-stale")
        assert len(stale) == sum(now[key] < count for key, count in known.items())
        assert told == Counter({key: count for key, count in now.items() if count > known[key]})

        # Written then, it has shrunk to what still holds.
        second = bytes_of(after)
        kept = read(file, settings)
        assert {entry.key: entry.count for entry in kept.entries} == known & now
        left = applied(collected(after), settings, view)
        assert not [d for d in left.everything() if d.code == "baseline-stale"]
        assert bytes_of(after) == second


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "findings", "path", "code", "section", "count"]), inner, max_size=6
        )
    ),
)


@given(
    st.binary(max_size=60)
    | JSON.map(lambda v: json.dumps(v).encode())
    | JSON.map(lambda v: json.dumps({"version": 1, "findings": v}).encode())
)
def test_whatever_the_file_holds(data):
    with TemporaryDirectory() as root:
        settings = Settings(Path(root), Path(root))
        file = Path(root, BASELINE)
        file.write_bytes(data)
        known = read(file, settings)
        assert not (known.entries and known.problems)
        assert known.problems or json.loads(data)["version"] == 1
        lines = data.count(b"\n") + 1
        assert all(1 <= one.line <= lines for one in [*known.problems, *known.entries])


@pytest.mark.parametrize("path", ["a\0b", "a\nb", "\udcff", "x" * 5000, "../../up.md", "/etc/passwd", "C:\\x"])
def test_whatever_a_path_is(folder, path):
    folder.write(BASELINE, file_of(json.dumps({"path": path, "code": "c", "section": "s", "count": 1})))
    assert folder.told() == [f"{BASELINE} baseline-stale"]


def test_it_is_read_in_no_time():
    with TemporaryDirectory() as root:
        settings = Settings(Path(root), Path(root), baseline=Path(root, BASELINE))
        found = [(f"docs/{n}.md", "todo-left", "A", Level.ERROR) for n in range(20_000)]
        write(settings.baseline, collected(found), settings, View(Path(root)))
        known = read(settings.baseline, settings)
        assert (len(known.entries), known.entries[-1].line) == (20_000, 20_003)


# Diagrams and builds ------------------------------------------------------------------------------------------------


def test_where_nothing_can_be_drawn_no_diagram_is_called_mended(folder, monkeypatch):
    folder.write("docs/plain.md", "# Plain\n\n```mermaid\nflowchart LR\n  A -->\n```\n")
    folder.check("--write-baseline")
    for module in ("collection", "baseline"):
        monkeypatch.setattr(f"mkdocs_designdocs.{module}.pele_available", lambda: "it is not installed")
    assert folder.told("--strict") == ["docs/plain.md diagram-fallback"]
    folder.check("--write-baseline")
    assert [code for _, code, *_ in folder.entries] == ["diagram-invalid"]


def test_a_view_sees_what_a_run_looks_at(tmp_path):
    (tmp_path / "there.md").write_text("")

    def sees(path, code="todo-left", **view):
        return View(tmp_path, **view).sees(Entry((path, code, ""), 1))

    assert sees("gone.md")
    assert [sees(path, judged={"a.md"}) for path in ("a.md", "there.md", "gone.md")] == [True, False, True]
    assert [sees("a.md", code, links=False) for code in ("link-broken", "todo-left")] == [False, True]
    assert [sees(path, asked=[tmp_path / "x"]) for path in ("x/a.md", "x", "y/a.md", "x/../a.md")] == [
        True,
        True,
        False,
        False,
    ]


MKDOCS = {"theme": {"name": "mkdocs"}, "markdown_extensions": ["tables"]}


def prepared(site, **ours):
    site.write("../tpl/t.md", TEMPLATE)
    site.configure(ours={"templates_dir": "tpl", **ours}, **MKDOCS)
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", LEFT.replace("TODO: two.", "TODO: two. See [it](gone.md)."))
    return site


def test_a_build_takes_what_the_command_takes(site):
    prepared(site)
    assert site.build().returncode == 1
    assert site.check("--write-baseline").returncode == 0

    built = site.build()
    assert built.returncode == 0
    assert "baseline-stale" not in built.stderr, "of links a build says nothing, for they are MkDocs'"
    assert "[todo-left]" not in built.stderr
    assert "designdocs: the baseline takes 3 findings more" in built.stderr

    site.write("designs/a.md", LEFT)
    assert site.build("--strict", "-q").returncode == 0
    site.write("designs/b.md", LEFT)
    built = site.build()
    assert built.returncode == 1
    assert "not in order: 1 error, 2 warnings" in built.stderr
    (site.docs / "designs/b.md").unlink()

    site.write("designs/a.md", WHOLE)
    built = site.build()
    assert (built.returncode, built.stderr.count("[baseline-stale]")) == (0, 2)
    assert site.build("--strict", "-q").returncode == 1
    assert site.check("--write-baseline").returncode == 0
    assert site.build("--strict", "-q").returncode == 0

    (site.root / BASELINE).write_text("{")
    built = site.build()
    assert built.returncode == 1
    assert "[baseline-invalid]" in built.stderr
    assert "Traceback" not in built.stderr


def test_what_is_taken_shows_on_no_page(site):
    prepared(site, todo="always")
    site.build()
    assert "To finish: 1 error, 2 warnings" in site.page("designs/a")
    site.check("--write-baseline")
    assert site.build().returncode == 0
    page = site.page("designs/a")
    assert "To finish" not in page
    assert "designdocs-finding" not in page
    assert "[b]" in page, "what is to be written is part of the page"

    site.write("designs/a.md", LEFT.replace("TODO: two.", "TODO: two.\n\nTODO: three."))
    assert site.build().returncode == 0
    page = site.page("designs/a")
    assert "To finish: 3 warnings" in page
    assert page.count('id="designdocs-finding-') == 3
    assert len(re.findall(r'href="#designdocs-finding-\d+"', page)) == 3


def test_nor_on_one_that_another_plugin_changes(site):
    """Such a page is judged again for what it shows."""
    prepared(site)
    (site.root / "hook.py").write_text(
        "def on_page_markdown(markdown, **_):\n    return markdown.replace('## A', '## A\\n\\nFrom the hook.\\n', 1)\n"
    )
    site.configure(ours={"templates_dir": "tpl", "todo": "always"}, hooks=["hook.py"], **MKDOCS)
    site.build()
    assert "designdocs-finding" in site.page("designs/a")
    site.check("--write-baseline")
    assert site.build().returncode == 0
    page = site.page("designs/a")
    assert "From the hook." in page
    assert "designdocs-finding" not in page


def test_what_is_kept_between_builds_knows_nothing_of_it(folder):
    folder.write("docs/a.md", LEFT)
    before = folder.check("--format", "json").stdout
    folder.check("--write-baseline")
    assert folder.told() == []
    folder.file.unlink()
    assert folder.check("--format", "json").stdout == before


@pytest.mark.slow
def test_serve_sees_it_change(site):
    from test_serve import serving

    prepared(site)
    site.check("--write-baseline")
    file = site.root / BASELINE
    with serving(site) as server:
        html = server.wait("designs/a/", lambda page: "All" in page or "TODO: one" in page)
        assert "To finish" not in html
        # An entry gone: what it took shows at once, and so again, for a file that is replaced is still watched.
        whole = file.read_text("utf-8")
        lines = whole.splitlines(keepends=True)
        for _ in range(2):
            file.write_text("".join(line for line in lines if "section-unwritten" not in line))
            server.wait("designs/a/", lambda page: "To finish: 1 error" in page)
            other = file.with_suffix(".new")
            other.write_text(whole)
            other.replace(file)
            server.wait("designs/a/", lambda page: "To finish" not in page)
        # Broken, it says so and the server goes on.
        file.write_text("{")
        server.wait("designs/a/", lambda page: "To finish" in page, said="[baseline-invalid]")
        # Gone, and there again: with the next save of a page.
        file.unlink()
        site.write("designs/a.md", LEFT + "\nSaved once.\n")
        server.wait("designs/a/", lambda page: "Saved once." in page and "To finish" in page)
        file.write_text(whole)
        site.write("designs/a.md", LEFT + "\nSaved twice.\n")
        server.wait("designs/a/", lambda page: "Saved twice." in page)
    assert "Traceback" not in server.log


@pytest.mark.skipif(sys.platform == "win32", reason="rights of a file are others there")
def test_a_baseline_that_is_read_only_is_left_alone_and_keeps_its_rights(folder):
    folder.write("docs/a.md", LEFT)
    folder.check("--write-baseline")
    file = folder.root / BASELINE
    folder.write("docs/a.md", WHOLE)
    file.chmod(0o640)
    folder.check("--write-baseline")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    folder.write("docs/a.md", LEFT)
    file.chmod(0o444)
    before = file.read_bytes()
    done = folder.check("--write-baseline")
    assert done.exit_code == 2
    assert "read-only" in done.stderr
    assert file.read_bytes() == before

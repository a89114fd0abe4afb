"""What the project promises about itself: who imports what, and that its reference pages say what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_designdocs.config import DesignDocsConfig
from mkdocs_designdocs.declarations import DECLARATIONS
from mkdocs_designdocs.diagnostics import CODES
from mkdocs_designdocs.fields import FIELDS
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.settings import DECLARED
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.templates import load

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def sections(page: str) -> dict[str, str]:
    """The sections of a page below its H1, by title, in order."""
    parts = re.split(r"^## (.+)$", text(page), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_only_the_plugin_and_its_configuration_import_mkdocs():
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command, "import-linter is part of the test extra"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_code_has_its_section():
    assert list(sections("reference/codes.md")) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_codes_page_says_what_the_registry_says(code):
    said = sections("reference/codes.md")[code]
    kind = "completeness" if CODES[code].completeness else "integrity"
    assert said.strip().splitlines()[0] == f"{CODES[code].level.value.capitalize()}, {kind}. {CODES[code].summary}"
    example = re.search(r"^```text\n(\S+:\d+:\d+: (?:error|warning|note): .+)$", said, re.MULTILINE)
    assert example, "an example of the message"
    assert example[1].endswith(f" [{code}]")


def test_configuration_page_has_every_option_in_order():
    options = [name for name, _ in DesignDocsConfig._schema]
    assert list(sections("reference/configuration.md")) == options
    table = re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert table == options


def test_writing_page_has_every_field():
    table = text("writing.md").partition("## The fields")[2].partition("###")[0]
    names = {name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert set(FIELDS) <= names


def test_writing_page_has_the_lifecycle():
    rows = re.findall(
        r"^\| `(.+)` \| (.+) \| (.+) \| .+ \|$", text("writing.md").partition("### Status")[2], re.MULTILINE
    )
    assert [label for label, _, _ in rows] == [status.label.lower() for status in DEFAULT.statuses]
    for (_, aliases, group), status in zip(rows, DEFAULT.statuses, strict=True):
        assert set(aliases.split(", ")) - set(status.aliases) == set()
        assert group == status.group


def test_templates_page_has_the_built_in_ones():
    table = sections("templates.md")["The built-in ones"]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", table, re.MULTILINE)
    keys = {name: re.findall(r"`(\w+)`", said) for name, said in rows}
    built_in = load([built_in_dir()]).templates
    assert {name: set(found) for name, found in keys.items()} == {n: set(t.data_keys) for n, t in built_in.items()}


def test_what_a_template_declares_can_be_declared_in_the_configuration_too():
    assert tuple(DECLARATIONS) == DECLARED


def test_every_dependency_has_its_reason_and_its_bounds():
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.M | re.S)
    bounds = dict(re.findall(r'^  "([\w-]+)([^";]+)', listed[1], re.MULTILINE))
    said = sections("dependencies.md")
    said.pop("Not needed")
    assert {name: re.search(r"`(.+?)`", words)[1] for name, words in said.items()} == bounds


def test_architecture_page_names_every_module():
    modules = {path.stem for path in (ROOT / "mkdocs_designdocs").glob("*.py")} - {"__init__"}
    assert modules - set(re.findall(r"`(\w+)`", text("architecture.md"))) == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_of_pages_outside_the_site_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)", page.read_text("utf-8")):
        assert (ROOT / target).exists(), target
        heading = rf"^#+ .*{anchor.replace('-', '.')}"
        assert not anchor or re.search(heading, (ROOT / target).read_text("utf-8"), re.M | re.I)


@pytest.mark.slow
def test_the_projects_own_site_builds_without_a_warning(tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", ROOT / "mkdocs.yml", "-d", tmp_path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "<svg" in (tmp_path / "architecture" / "index.html").read_text("utf-8")

"""The configurations of public collections, kept as examples: they are valid, and take the pages that they mean."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from mkdocs_designdocs.adoption import adopted
from mkdocs_designdocs.config import load

EXAMPLES = Path(__file__).parent / "adoption"

PAGES = {
    "adr-tools": ("0001-record-decisions.md", "README.md"),
    "flux": ("0003-something/README.md", "RFC-0000/README.md"),
    "gateway-api": ("gep-91/index.md", "gep-696/index.md"),
    "golang": ("12345-something.md", "TEMPLATE.md"),
    "log4brains": ("20200924-something.md", "template.md"),
    "mpm": ("_completed/something/design.md", "something/tasks.md"),
    "nixos": ("0001-something.md", "logo.svg"),
    "openshift": ("storage/something.md", "storage/picture.png"),
    "prometheus": ("0001-something.md", "assets/picture.png"),
    "ray": ("2022-03-08-something.md", "picture.png"),
    "swift": ("0001-something.md", "picture.png"),
    "tekton": ("0001-something.md", "README.md"),
    "thanos": ("proposals-done/201901-something.md", "contributing/how.md"),
}
"""For each example a page that is a design, and a file that is none."""


def test_every_example_is_tried():
    assert sorted(PAGES) == sorted(path.parent.name for path in EXAMPLES.glob("*/mkdocs.yml"))


@pytest.mark.parametrize("name", PAGES)
def test_an_example_takes_its_pages(name, tmp_path):
    shutil.copytree(EXAMPLES / name, tmp_path, dirs_exist_ok=True)
    config = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))
    (tmp_path / config["docs_dir"]).mkdir(parents=True)
    settings, _ = load(str(tmp_path / "mkdocs.yml"))
    design, other = PAGES[name]
    taken = adopted(design, settings)
    assert taken
    assert taken.template in settings.templates
    assert adopted(other, settings) is None
    for path in (EXAMPLES / name).glob("*.md"):
        assert path.name in {given.path.name for given in settings.templates.values() if given.path}

"""The package works in every way of having it: templates and style sheets lie elsewhere in each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
BUILT_IN = ["component", "engineering", "feature", "service", "solution"]
DATA_FILES = [
    "assets/designs.css",
    "assets/diagrams.css",
    "py.typed",
    "templates/_data.schema.json",
    "templates/_macros.md.j2",
    *(f"templates/{name}.md.j2" for name in BUILT_IN),
]
DESIGN = """\
---
design:
  template: component
  title: Tide gauge
  status: approved
  authors: "@ana"
---

# Tide gauge

## Overview

### Purpose

It measures the water.
"""


def run(*command: str | Path, cwd: Path, expected: int = 0, **environment: str) -> str:
    """Run a command somewhere else, knowing nothing of this checkout; what it printed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_", "COV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_MKDOCS_2_WARNING": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == expected, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the project as git has it, so that nothing is built into the real one."""
    copy = tmp_path_factory.mktemp("checkout") / "project"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "site", "dist", "build", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=left_out)
    return copy


@pytest.fixture(scope="module")
def built(checkout):
    """The wheel and the sdist."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", cwd=checkout)
    (wheel,) = (checkout / "dist").glob("*.whl")
    (sdist,) = (checkout / "dist").glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture
def python(tmp_path):
    """A fresh environment that has the dependencies of this one, and of this one's project nothing."""
    home = tmp_path / "venv"
    venv.create(home, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    site_packages = Path(sysconfig.get_path("purelib", "venv", paths))
    # A line in a .pth file adds a folder and does not read the .pth files in it: no editable install comes along.
    lines = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (site_packages / "dependencies.pth").write_text("\n".join(lines) + "\n", "utf-8")
    return Path(sysconfig.get_path("scripts", "venv", paths)) / Path(sys.executable).name


def install(python: Path, *what: str | Path) -> None:
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q"]
    run(*pip, "--no-deps", "--no-index", "--no-build-isolation", *what, cwd=python.parent)


def assert_works(python: Path, tmp_path: Path, package: Path, **environment: str) -> None:
    """The command finds its templates and judges with them, and a build finds its style sheets."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "docs" / "designs").mkdir(parents=True)
    (elsewhere / "docs" / "designs" / "gauge.md").write_text(DESIGN, "utf-8")
    config = "site_name: Elsewhere\nuse_directory_urls: false\nplugins: [designdocs]\n"
    (elsewhere / "mkdocs.yml").write_text(config, "utf-8")

    def ask(*command: str, expected: int = 0) -> str:
        return run(python, *command, cwd=elsewhere, expected=expected, **environment)

    where = ask("-c", "import mkdocs_designdocs; print(mkdocs_designdocs.__file__)")
    assert Path(where.strip()).resolve().is_relative_to(package.resolve())
    listed = ask("-m", "mkdocs_designdocs", "templates")
    assert [line.split()[0] for line in listed.splitlines()] == BUILT_IN
    assert "## Overview" in ask("-m", "mkdocs_designdocs", "templates", "component")
    checked = ask("-m", "mkdocs_designdocs", "check", expected=1)
    assert 'section "Background" is missing; the template "component" asks for it' in checked
    if not environment:  # a checkout on a path has no entry point by which MkDocs could find the plugin
        ask("-m", "mkdocs", "build", "-q", expected=1)
        assert "Tide gauge" in (elsewhere / "site" / "designs" / "index.html").read_text("utf-8")
        assert (elsewhere / "site" / "assets" / "designdocs" / "designdocs.css").stat().st_size > 1000
        assert (python.parent / "designdocs").exists() or (python.parent / "designdocs.exe").exists()


def test_wheel_holds_all_data_files(built):
    with zipfile.ZipFile(built[0]) as wheel:
        names = wheel.namelist()
    assert [name for name in DATA_FILES if f"mkdocs_designdocs/{name}" not in names] == []
    assert [name for name in names if not name.startswith("mkdocs_designdocs")] == []


def test_sdist_holds_all_that_a_packager_needs(built):
    with tarfile.open(built[1]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "tests/test_install.py", "mkdocs.yml"}
    assert wanted - names == set()
    assert {"templates/component.md.j2", "example-site/mkdocs.yml", "docs/index.md"} - names == set()


def test_from_a_wheel(built, python, tmp_path):
    install(python, built[0])
    assert_works(python, tmp_path, package=python.parent.parent)


def test_from_an_sdist(built, python, tmp_path):
    install(python, built[1])
    assert_works(python, tmp_path, package=python.parent.parent)


def test_editable(checkout, python, tmp_path):
    install(python, "--editable", checkout)
    assert_works(python, tmp_path, package=checkout)


def test_from_a_checkout(checkout, python, tmp_path):
    assert_works(python, tmp_path, package=checkout, PYTHONPATH=str(checkout))

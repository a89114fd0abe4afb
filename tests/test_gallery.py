"""The gallery of the documentation: every kind there is, drawn in both palettes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_designdocs.engine import pele_available
from mkdocs_designdocs.kinds import CLIENT_ONLY, KINDS, first_word

ROOT = Path(__file__).parent.parent
DIAGRAMS = sorted((ROOT / "benchmarks" / "diagrams").glob("*.mmd"))
WORDS = [first_word(path.read_text("utf-8"))[0] for path in DIAGRAMS]

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")


def test_there_is_one_of_every_kind():
    assert {kind.name for kind in KINDS.values()} == {KINDS[word].name for word in WORDS}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """The documentation, built as a reader gets it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", ROOT / "mkdocs.yml", "-d", folder]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "gallery" / "index.html"


@pytest.mark.slow
def test_each_is_drawn_in_both_palettes(gallery):
    shown = len([word for word in WORDS if word not in CLIENT_ONLY])
    page = gallery.read_text("utf-8")
    for scheme in ("default", "slate"):
        panes = re.findall(rf'<div class="gallery__pane" data-md-color-scheme="{scheme}">\s*(<figure)?', page)
        assert panes == ["<figure"] * shown


@pytest.mark.browser
def test_pictures_of_it(gallery, browser, tmp_path):
    """Every drawing has something in it that is not its background, and none makes the page wider.

    With DESIGNDOCS_PICTURES the pictures are kept there, to be looked at.
    """
    pictures = Path(os.environ.get("DESIGNDOCS_PICTURES") or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport={"width": 1400, "height": 2400})
    page.goto(gallery.as_uri())
    for number in range(page.evaluate("Math.ceil(document.documentElement.scrollHeight / innerHeight)")):
        page.evaluate("number => scrollTo(0, number * innerHeight)", number)
        page.screenshot(path=pictures / f"gallery-{number + 1:02}.png")
    empty = page.evaluate(
        """() => [...document.querySelectorAll(".gallery svg.pele")].filter((svg) => {
          const box = svg.getBoundingClientRect();
          const parts = [...svg.querySelectorAll("path, rect, circle, polygon, text")].map((part) => part.getBBox());
          return box.width < 20 || !parts.some((part) => part.width > 5 && part.height > 5);
        }).length"""
    )
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert (empty, wider) == (0, 0)

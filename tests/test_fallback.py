"""Diagrams that are left to the browser: which, why, what is said of it, and what its reader gets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from markdown import markdown
from mkdocs.config import load_config
from pymdownx.superfences import fence_code_format

from mkdocs_designdocs.config import settings_of
from mkdocs_designdocs.engine import pele_available

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

GOOD = "```mermaid\nflowchart LR\n  Alpha --> Omega & Mu\n```\n"
BROKEN = "```mermaid\nflowchart LR\n  Alpha -->\n```\n"
ZENUML = "```mermaid\nzenuml\n  Alpha.omega()\n```\n"
CHOSEN = "``` { .mermaid engine=client }\nflowchart LR\n  Alpha -->\n```\n"
MKDOCS = {"theme": {"name": "mkdocs", "highlightjs": False}}
FENCE = """
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: %s
          format: %s
"""
USUAL = "!!python/name:pymdownx.superfences.fence_code_format"
OWN = "!!python/object/apply:functools.partial [!!python/name:pymdownx.superfences.fence_div_format ]"

COMMANDS = {
    "mkdocs": "from mkdocs.__main__ import cli; cli(prog_name='mkdocs')",
    "designdocs": "from mkdocs_designdocs.cli import main; main(prog_name='designdocs')",
}
NO_QUICKJS = "import sys; sys.modules['_quickjs'] = None\n"
NO_PELE = "import sys; sys.modules['mermaid_render'] = None\n"
NO_START = "import sys; sys.modules['quickjs'] = None\n"
CRASH = """
from mkdocs_designdocs import engine
render = engine.Pele.render
crash = engine.Rejection("crash", 0, 0, "TypeError: cannot read property 'x' of undefined")
engine.Pele.render = lambda self, source, prefix: crash if "Mu" in source else render(self, source, prefix)
"""


def run(site: Any, trouble: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A command on a platform where something is not as it should be."""
    return subprocess.run(
        [sys.executable, "-c", trouble + COMMANDS[command[0]], *command[1:]],
        cwd=site.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        timeout=120,
    )


def pages(site: Any, **texts: str) -> Any:
    site.write("index.md", "# Home\n\nWords.\n")
    for name, text in texts.items():
        site.write(f"{name}.md", f"# {name}\n\nWords.\n\n{text}")
    return site


def notes(said: str) -> list[str]:
    return [line for line in said.splitlines() if "[diagram-fallback]" in line]


def for_the_client(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<pre class="mermaid"><code>(.*?)</code></pre>', html, re.DOTALL)]


def source(fence: str) -> str:
    return "\n".join(fence.strip().split("\n")[1:-1])


REASONS = {
    NO_QUICKJS: "there is no engine to draw it: quickjs-ng is not installed (it has no wheel for some platforms)",
    NO_PELE: "there is no engine to draw it: mermaid-render is not installed",
    NO_START: "the engine fails at it (it does not start: ",
}


def test_verdicts_with_and_without_the_engine_do_not_mix(site):
    pages(site, good=GOOD, broken=BROKEN).configure(**MKDOCS, extra_javascript=["mermaid.js"])
    built = run(site, NO_QUICKJS, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert len(notes(built.stderr)) == 2
    assert for_the_client(site.page("good")) == [source(GOOD)]
    assert for_the_client(site.page("broken")) == [source(BROKEN)]
    for trouble, reason in REASONS.items():  # the first with what the build has kept
        checked = run(site, trouble, "designdocs", "check", "--strict")
        assert checked.returncode == 0
        broken, good = notes(checked.stdout)
        assert f"docs/good.md:5:1: note: this diagram is left to the theme's client-side Mermaid: {reason}" in good
        assert "docs/broken.md:5:1" in broken
    built = run(site, "", "mkdocs", "build")
    assert (built.returncode, built.stderr.count("[diagram-invalid]"), notes(built.stderr)) == (1, 1, [])
    assert site.page("good").count("<svg") == 1
    checked = run(site, NO_QUICKJS, "designdocs", "check")
    assert (checked.returncode, checked.stdout.count("[diagram-invalid]"), len(notes(checked.stdout))) == (0, 0, 2)


def test_a_diagram_at_which_the_engine_fails(site):
    pages(site, both=GOOD + "\n```mermaid\nflowchart LR\n  Beta --> Gamma\n```\n").configure(**MKDOCS)
    built = run(site, CRASH, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    (note,) = notes(built.stderr)
    assert "docs/both.md:5:1" in note
    assert "the engine fails at it (TypeError: cannot read property 'x' of undefined)" in note
    assert for_the_client(site.page("both")) == [source(GOOD)]
    assert site.page("both").count("<svg") == 1
    built = run(site, "", "mkdocs", "build", "--strict")
    assert notes(built.stderr) == [], "mended by an installation: the failure is not kept"
    assert site.page("both").count("<svg") == 2


@pytest.fixture(scope="module")
def left(new_site: Callable[[str], Any]) -> Any:
    """What only mermaid.js draws, and what is left to it on purpose."""
    site = pages(new_site("left"), zenuml=ZENUML, chosen=CHOSEN)
    site.configure()
    site.result = site.build("--strict")
    site.write("checked.txt", site.check().stdout)
    return site


def test_a_kind_that_only_mermaid_js_draws(left):
    assert left.result.returncode == 0, left.result.stderr
    (note,) = notes(left.result.stderr)
    assert "docs/zenuml.md:5:1: this diagram is left to the theme's client-side Mermaid" in note
    assert "does not draw `zenuml`" in note
    assert for_the_client(left.page("zenuml")) == [source(ZENUML)]
    (note,) = notes((left.docs / "checked.txt").read_text())
    assert "docs/zenuml.md:5:1" in note


def test_a_fence_that_chooses_the_client_is_neither_checked_nor_noted(left):
    assert for_the_client(left.page("chosen")) == [source(CHOSEN)]
    assert "chosen.md" not in left.result.stderr
    assert "chosen.md" not in (left.docs / "checked.txt").read_text()


def test_that_all_are_left_to_the_client_is_a_choice_too(site):
    pages(site, broken=BROKEN, zenuml=ZENUML).configure(ours={"diagrams": {"engine": "client"}}, **MKDOCS)
    built, checked = site.build("--strict"), site.check("--strict")
    assert (built.returncode, checked.returncode) == (0, 0), built.stderr
    assert "diagram-" not in built.stderr + checked.stdout
    assert for_the_client(site.page("broken")) == [source(BROKEN)]
    assert for_the_client(site.page("zenuml")) == [source(ZENUML)]


def test_the_page_is_what_the_usual_fence_of_superfences_makes_of_it(site):
    """So that whatever a theme does with that, it does with ours."""
    text = "```mermaid\nflowchart LR\n  A[\"a < b & 'c' > #quot;d#quot;\"] -->|x| B\n\n  B --> A\n```\n"
    usual = {"name": "mermaid", "class": "mermaid", "format": fence_code_format}
    options = {"pymdownx.superfences": {"custom_fences": [usual]}}
    expected = markdown(text, extensions=["pymdownx.superfences"], extension_configs=options)
    assert expected.startswith("<pre")
    pages(site, same=text).configure(ours={"diagrams": {"engine": "client"}}, **MKDOCS)
    assert site.build("--strict").returncode == 0
    assert expected in site.page("same")


def test_who_draws_none_takes_no_fence_from_the_team(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nplugins: [designdocs: {diagrams: none}]\n" + FENCE % ("mermaid", USUAL)
    )
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_config(config)
    (fence,) = config.mdx_configs["pymdownx.superfences"]["custom_fences"]
    assert fence["format"] is fence_code_format


@pytest.mark.parametrize(
    ("theme", "scripts", "told"),
    [
        ("mkdocs", "", "left to client-side Mermaid, and the theme `mkdocs` has none, so readers see its source"),
        ("readthedocs", "", "left to client-side Mermaid, and the theme `readthedocs` has none, so readers see"),
        ("mkdocs", "js/mermaid.min.js", "left to the theme's client-side Mermaid: "),
        ("material", "", "left to the theme's client-side Mermaid: "),
    ],
)
def test_a_theme_without_a_mermaid_of_its_own_is_no_place_to_leave_it_to(tmp_path, judged, theme, scripts, told):
    (tmp_path / "docs").mkdir()
    text = f"site_name: T\ntheme: {theme}\nextra_javascript: [{scripts}]\nplugins: [designdocs]\n"
    (tmp_path / "mkdocs.yml").write_text(text)
    config = load_config(str(tmp_path / "mkdocs.yml"))
    settings = settings_of(config, config.plugins["designdocs"].config)
    (note,) = judged({"zenuml.md": ZENUML}, clientless=settings.clientless).diagnostics
    assert told in note.message


def test_what_is_left_to_the_browser_is_made_by_the_team_s_own_fence(site):
    """mermaid.js alone, without Material, wants no `<code>` around it."""
    pages(site, all=GOOD + "\n" + ZENUML + "\n" + CHOSEN).configure(**MKDOCS, extra_javascript=["mermaid.js"])
    configuration = site.root / "mkdocs.yml"
    before = configuration.read_text().partition("markdown_extensions:")[0]
    scripts = "extra_javascript: [mermaid.js]\n"
    configuration.write_text(before + scripts + FENCE % ("diagram", OWN))
    built = site.build()
    assert built.returncode == 0, built.stderr
    html = site.page("all")
    left = re.findall(r'<div class="diagram">(.*?)</div>', html, re.DOTALL)
    assert [unescape(one) for one in left] == [source(ZENUML), source(CHOSEN)]
    assert html.count("<svg") == 1
    (note,) = notes(built.stderr)
    assert "docs/all.md:10:1" in note

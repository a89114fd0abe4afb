"""A build with nothing new: what it does not even load, wherever the last one was and whatever its files' dates."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from repos import Repo

from mkdocs_designdocs.engine import pele_available

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

ENGINE = ("_quickjs", "quickjs", "mermaid_render")
PARSERS = ("markdown_it", "jsonschema")

WATCHED = f"""
import json, sys
from {{}}
try:
    {{}}
except SystemExit as end:
    assert end.code in (0, None), end.code
print(json.dumps([name for name in {ENGINE + PARSERS} if name in sys.modules]))
"""
BUILD = WATCHED.format("mkdocs.__main__ import cli", "cli(['build', '-q'])")
CHECK = WATCHED.format("mkdocs_designdocs.cli import main", "main(['check'])")

DESIGN = """\
---
design:
  template: note
  title: {title}
  status: approved
{relations}---

# {title}

## Context

```mermaid
flowchart LR
  A[{title}] --> B
```
"""
PAGE = """\
# Page

- A list

    ```{.mermaid title="What goes where"}
    sequenceDiagram
      A->>B: hello
    ```

```mermaid
zenuml
  A.b()
```
"""


def loaded(root: Path, program: str) -> list[str]:
    """What of engine and parsers a command has loaded, in a process of its own."""
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def published(root: Path) -> dict[str, bytes]:
    """Every page, without the hour at which it was built."""
    made = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "site").rglob("*.html")}
    return {name: re.sub(rb"Build Date UTC : [^\n]*", b"", data) for name, data in made.items()}


@pytest.fixture(scope="module")
def built(new_site: Any) -> Any:
    site = new_site("warm")
    site.configure(ours={"templates_dir": "tpl"}, theme={"name": "mkdocs", "highlightjs": False}, site_url="")
    site.write("../tpl/note.md", "# [Title]\n\n## Context\n\n[Why]\n")
    site.write("designs/one.md", DESIGN.format(title="One", relations=""))
    site.write("designs/two.md", DESIGN.format(title="Two", relations="  supersedes: one.md\n  related: three.md\n"))
    site.write("designs/three.md", DESIGN.format(title="Three", relations="  depends_on: one.md\n"))
    site.write("page.md", PAGE)
    site.write("index.md", "# Home\n")
    if shutil.which("git"):
        Repo(site.root).commit("2026-01-01")  # what git knows is kept, too
    assert "_quickjs" in loaded(site.root, BUILD), "the first draws"
    return site


def test_a_build_with_nothing_new_loads_no_engine(built):
    before = published(built.root)
    assert b"<svg" in before["site/page/index.html"]
    assert before["site/designs/one/index.html"].count(b"<svg") > 1, "how it hangs together with others is drawn, too"
    assert loaded(built.root, BUILD) == []
    assert published(built.root) == before


def test_a_check_after_a_build_loads_no_engine(built):
    assert not set(loaded(built.root, CHECK)) & set(ENGINE)


def test_what_is_kept_serves_in_another_place_with_other_dates(built, tmp_path):
    """As a CI service brings it back."""
    root = tmp_path / "elsewhere" / "checkout"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site"))
    for number, path in enumerate(sorted(root.rglob("*"))):
        os.utime(path, (0, number * 10**7))
    assert loaded(root, BUILD) == []
    assert published(root) == published(built.root)

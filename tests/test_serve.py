"""`mkdocs serve`: never stops for a finding, and shows each where the author is writing."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TEMPLATE = "# Note: [Title]\n\n## Context\n\n[Why this is needed]\n\n## Decision\n\n[What is decided]\n"
FRONT = "---\ndesign:\n  template: note\n  status: {status}\n---\n"
HALF = "\n# Retries\n\n## Context\n\n[Why this is needed]\n"
WHOLE = "\n# Retries\n\n## Context\n\nCalls fail.\n\n## Decision\n\nWe call again.\n"


class Served:
    """A running `mkdocs serve`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self.process = process
        self.url = url
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read().decode()

    def wait(self, path: str, shows: Callable[[str], object], *, said: str = "") -> str:
        """The page, as soon as it is what it shall be; or what is wrong."""
        html = ""
        for _ in range(150):
            assert self.process.poll() is None, f"the server has stopped:\n{self.log}"
            try:
                html = self.get(path)
                if shows(html) and said in self.log:
                    return html
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        pytest.fail(f"{path} never was as expected; the log:\n{self.log}\nthe page:\n{html[-6000:]}")


@contextmanager
def serving(site: Any, *options: str) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = site.root / "serve.log"
    command = [sys.executable, "-u", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=site.root, stdout=output, stderr=output)
    try:
        yield Served(process, f"http://127.0.0.1:{port}/", log)
    finally:
        process.terminate()
        process.wait(20)


def prepare(site: Any, **ours: Any) -> Any:
    site.write("../tpl/note.md", TEMPLATE)
    site.configure(ours={"templates_dir": "tpl", **ours}, theme={"name": "mkdocs"}, markdown_extensions=["tables"])
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", FRONT.format(status="approved") + HALF)
    return site


def test_from_the_first_build_to_the_last_finding(site):
    """One author's session: everything that goes wrong on the way, and nothing stops the server."""
    prepare(site)
    site.write("designs/b.md", FRONT.format(status="aproved") + WHOLE)
    with serving(site) as server:
        # The first build has errors; the page shows each at its place, and links to it from the top.
        html = server.wait("designs/a/", lambda page: "To finish: 2 errors" in page)
        finding = re.search(r'id="(designdocs-finding-\d+)"[^>]*data-level="error"', html)
        assert finding
        assert html.index('id="context"') < finding.start() < html.index("[Why this is needed]")
        links = re.findall(r'<a href="#(designdocs-[\w-]+)">', html)
        assert len(links) == 2
        assert all(f'id="{link}"' in html for link in links)
        assert "unknown status" in server.get("designs/b/").lower()
        assert "section-unwritten" in server.log

        # Mended, it says so.
        site.write("designs/a.md", FRONT.format(status="approved") + WHOLE)
        html = server.wait("designs/a/", lambda page: "We call again." in page)
        assert "To finish" not in html

        # A template that asks for more is read at once.
        site.write("../tpl/note.md", TEMPLATE + "\n## Risks\n\n[What can go wrong]\n")
        html = server.wait("designs/a/", lambda page: "[What can go wrong]" in page)
        assert "To finish: 1 error" in html

        # So is one that is broken, a new one in its stead, and front matter in the middle of being typed.
        site.write("../tpl/note.md.j2", "# {{ title\n")
        server.wait("index.html", lambda page: page, said="[template-invalid]")
        (site.root / "tpl/note.md.j2").unlink()
        server.wait("designs/a/", lambda page: "[What can go wrong]" in page)
        site.write("designs/a.md", "---\ndesign: {template: note, status: [\n---\n" + WHOLE)
        html = server.wait("designs/a/", lambda page: "We call again." in page, said="[front-matter-invalid]")
        site.write("designs/a.md", b"---\ndesign:\n\tstatus: x\n---\n" + b"\n# caf\xe9\n")
        server.wait("index.html", lambda page: page, said="[encoding-invalid]")
        site.write("designs/a.md", FRONT.format(status="draft") + HALF)
        html = server.wait("designs/a/", lambda page: "Draft" in page and "[What is decided]" in page)
        assert "To finish" in html
        assert 'data-level="note"' in html
    assert "Traceback" not in server.log


def test_a_named_template_and_a_file_beside_the_page_are_watched(site):
    site.write("../note.md", TEMPLATE)
    ours = {
        "templates": {"note": "note.md"},
        "docs": ["designs/*.md"],
        "default_template": "note",
        "sidecar": "{name}.yaml",
    }
    site.configure(ours=ours, theme={"name": "mkdocs"})
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", WHOLE)
    site.write("designs/a.yaml", "status: accepted\nauthors: [Ana Diaz]\n")
    with serving(site) as server:
        assert "Ana Diaz" in server.wait("designs/a/", lambda page: "Approved" in page)
        site.write("designs/a.yaml", "status: rejected\nauthors: [Bo Li]\n")
        assert "Bo Li" in server.wait("designs/a/", lambda page: "Rejected" in page)
        site.write("designs/a.yaml", "status: accepted\n")
        server.wait("designs/a/", lambda page: "Approved" in page)
        site.write("../note.md", TEMPLATE + "\n## Risks\n\n[What can go wrong]\n")
        server.wait("designs/a/", lambda page: "[What can go wrong]" in page)
    assert "Traceback" not in server.log


def test_clean_calls_itself_a_build_and_is_none(site):
    prepare(site, todo="serve")
    with serving(site, "--clean") as server:
        server.wait("designs/a/", lambda page: "To finish" in page)


@pytest.mark.parametrize(("todo", "command", "shown"), [("always", "build", True), ("never", "serve", False)])
def test_where_findings_show_is_the_team_s_choice(site, todo, command, shown):
    prepare(site, todo=todo)
    if command == "build":
        assert site.build().returncode == 1
        html = site.page("designs/a")
    else:
        with serving(site) as server:
            html = server.wait("designs/a/", lambda page: "Retries" in page)
            assert "section-unwritten" in server.log
    assert ("To finish" in html) == shown
    assert ("designdocs-finding" in html) == shown
    assert "<!-- designdocs" not in html
    assert "[What is decided]" in html, "what is to be written shows in any case"


def test_a_build_shows_no_findings_unless_asked(site):
    prepare(site)
    assert site.build().returncode == 1
    assert "To finish" not in site.page("designs/a")
    assert "<!-- designdocs" not in site.page("designs/a")

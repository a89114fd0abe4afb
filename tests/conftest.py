"""What the tests share: sites in temporary folders, the core without MkDocs, a browser where there is one."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from mermaidjs import BROWSERS, chromium

from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele
from mkdocs_designdocs.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """pytest-golden asks for `enable_assertion_pass_hook`, which makes every Hypothesis test fifteen times slower."""
    warnings.filterwarnings("ignore", message="Add 'enable_assertion_pass_hook")


@pytest.fixture(autouse=True)
def quiet_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Material and some plugins print notices that are not ours to test."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


class Site:
    """A MkDocs site in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        self.built = root / "site"
        self.result: subprocess.CompletedProcess[str] | None = None
        """Of the build that several tests look at."""
        self.docs.mkdir(parents=True)
        self.configure()

    def configure(self, plugins: list[Any] | None = None, ours: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Write mkdocs.yml; `ours` is what stands under `designdocs:`."""
        config: dict[str, Any] = {
            "site_name": "Test",
            "theme": {"name": "material", "font": False},
            "plugins": plugins or ["search", {"designdocs": dict(ours or {})}],
            "markdown_extensions": ["tables", "admonition", "pymdownx.superfences"],
            **more,
        }
        (self.root / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a page, or a file beside `docs` if the name begins with `../`."""
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs …` or `designdocs …` in the site's folder as a user would."""
        module = {"mkdocs": "mkdocs", "designdocs": "mkdocs_designdocs"}[command[0]]
        return subprocess.run(
            [sys.executable, "-m", module, *command[1:]],
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200", "NO_MKDOCS_2_WARNING": "1"},
            timeout=120,
        )

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        """`mkdocs build`; its log is in stderr."""
        return self.run("mkdocs", "build", *options)

    def check(self, *options: str) -> subprocess.CompletedProcess[str]:
        """`designdocs check`."""
        return self.run("designdocs", "check", *options)

    def page(self, url: str) -> str:
        """The HTML of a built page."""
        return (self.built / url / "index.html").read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "project")


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Make a site that several tests share: `new_site("gate")`, in a fixture of a module."""
    return lambda name: Site(tmp_path_factory.mktemp(name) / "project")


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., Catalog]:
    """Judge texts as the pages of a site, without MkDocs: `judged({"a.md": "…"}, templates={"t.md": "…"})`."""

    def judge(pages: Mapping[str, str | bytes], templates: Mapping[str, str] | None = None, **settings: Any) -> Catalog:
        root = tmp_path / "judged"
        folder = root / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (templates or {}).items():
            (folder / name).write_text(text, "utf-8")
        known = replace(Settings(root=root, docs_dir=root, templates_dir=folder), **settings)
        documents = [
            Document(name, name, text.encode() if isinstance(text, str) else text, name.removesuffix(".md") + "/")
            for name, text in pages.items()
        ]
        return catalogue(documents, Archive(known, Studio(Pele(), None)))

    return judge


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The example site, copied without what earlier builds left, built strictly; what the build said is `result`."""
    site = Site(tmp_path_factory.mktemp("example") / "project")
    shutil.rmtree(site.root)
    shutil.copytree(ROOT / "example-site", site.root, ignore=shutil.ignore_patterns(".cache", "site"))
    site.result = site.build("--strict")
    return site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; DESIGNDOCS_REQUIRE_BROWSER makes its absence a failure and not a skip."""
    found = chromium()
    missing = "" if found else f"no browser: none of {', '.join(BROWSERS)} is on the PATH"
    playwright = None
    if found:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            missing = "playwright is not installed"
        else:
            playwright = sync_playwright().start()
    if playwright is None:
        if os.environ.get("DESIGNDOCS_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    launched = playwright.chromium.launch(executable_path=found, args=quiet)
    yield launched
    launched.close()
    playwright.stop()


HOME = "https://designs.test/"
_THEIRS = "executing a cancelled action"
"""What RxJS, in Material's own script, throws now and then on a slow machine."""


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of a built site, as if `designs.test` served it; what the console complains of fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def visit(folder: Path, address: str = HOME, *, policy: str = "", script: str = "", **how: Any) -> Any:
        def answer(route: Any) -> None:
            path = folder / unquote(urlsplit(route.request.url).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                route.fulfill(status=404, body="")
                return
            headers = {"Content-Type": mimetypes.guess_type(path)[0] or "text/plain"}
            route.fulfill(headers=headers | ({"Content-Security-Policy": policy} if policy else {}), path=path)

        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **how})
        contexts.append(context)
        context.route(re.compile("https:"), answer)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: None if _THEIRS in str(error) else wrong.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []

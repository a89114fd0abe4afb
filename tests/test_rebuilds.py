"""One process that builds a site again and again, as `mkdocs serve` does: each build shows everything as it is now."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

NOTE = "# [Title]\n\n## Context\n\n[Why]\n"


def a_note(title: str, status: str = "approved", *more: str) -> str:
    said = "".join(f"  {line}\n" for line in more)
    front = f"---\ndesign:\n  template: note\n  title: {title}\n  status: {status}\n{said}---\n"
    return f"{front}\n# {title}\n\n## Context\n\nWords of {title}.\n"


class Session:
    """A server's builds, one after the other."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def rebuild(self) -> None:
        config = load_config(str(self.site.root / "mkdocs.yml"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")

    def listed(self, folder: str = "designs") -> dict[str, Any]:
        designs = json.loads((self.site.built / folder / "designs.json").read_text("utf-8"))["designs"]
        return {one["title"]: one for one in designs}

    def mentions(self, words: str) -> set[str]:
        """Every file of the site that holds some words, or is called by them."""
        files = [path for path in self.site.built.rglob("*") if path.suffix in (".html", ".json", ".xml", ".txt")]
        texts = ((path.relative_to(self.site.built).as_posix(), path.read_text("utf-8")) for path in files)
        return {name for name, text in texts if words in name or words in text}


@pytest.fixture
def session(site: Any) -> Session:
    ours = {"templates_dir": "tpl", "unpublished": ["draft"], "todo": "never", "history": False}
    site.configure(ours=ours, theme={"name": "mkdocs"}, site_url="https://example.com/")
    site.write("../tpl/note.md", NOTE)
    site.write("index.md", "# Home\n")
    site.write("designs/a.md", a_note("Alpha", "approved", "authors: ['@ana']", "tags: [pay]"))
    site.write("designs/b.md", a_note("Beta", "in review", "depends_on: a.md"))
    session = Session(site)
    session.rebuild()
    return session


def test_what_is_added_renamed_and_deleted(session):
    site = session.site
    site.write("designs/c.md", a_note("Gamma", "in review", "supersedes: a.md"))
    session.rebuild()
    assert {"designs/index.html", "designs/a/index.html", "designs/c/index.html"} <= session.mentions("Gamma")

    (site.docs / "designs/c.md").rename(site.docs / "designs/renamed.md")
    session.rebuild()
    assert session.listed()["Gamma"]["url"].endswith("designs/renamed/")
    assert not [name for name in session.mentions("designs/c/") if not name.startswith("search/")]
    assert 'href="../renamed/"' in site.page("designs/a")

    (site.docs / "designs/renamed.md").unlink()
    session.rebuild()
    assert session.mentions("Gamma") == session.mentions("renamed") == set()


def test_what_a_design_says_of_itself(session):
    site = session.site
    site.write("designs/a.md", a_note("Omega", "superseded", "superseded_by: b.md", "authors: [Bo Li]", "tags: [ship]"))
    session.rebuild()
    assert session.mentions("Alpha") == session.mentions("@ana") == set()
    known = session.listed()
    assert known["Omega"]["status"] == "superseded"
    assert known["Omega"]["authors"][0]["name"] == "Bo Li"
    assert "Omega" in site.page("designs/b")
    index = site.page("designs")
    assert re.search(r'<h3[^>]* id="superseded"', index)
    assert not re.search(r'<h3[^>]* id="approved"', index)
    assert "Bo Li" in index


def test_the_list_of_authors_and_a_template(session):
    site = session.site
    site.write(".authors.yml", "authors:\n  ana: {name: Ana Diaz, description: '', avatar: https://e.org/ana.png}\n")
    site.write("../tpl/note.md", NOTE + "\n## Risks\n\n[What can go wrong]\n")
    session.rebuild()
    assert {"designs/index.html", "designs/a/index.html", "designs/designs.json"} <= session.mentions("Ana Diaz")
    assert "What can go wrong" in site.page("designs/b")
    (site.docs / ".authors.yml").unlink()
    site.write("../tpl/note.md", NOTE)
    session.rebuild()
    assert session.mentions("Ana Diaz") == session.mentions("What can go wrong") == set()


def test_the_configuration(session):
    site = session.site
    config = yaml.safe_load((site.root / "mkdocs.yml").read_text())
    ours = config["plugins"][1]["designdocs"]
    ours |= {"index": "all.md", "statuses": ["in-review", {"key": "approved", "label": "Accepted"}]}
    del ours["unpublished"]
    (site.root / "mkdocs.yml").write_text(yaml.safe_dump(config))
    session.rebuild()
    assert set(session.listed("")) == {"Alpha", "Beta"}
    assert not (site.built / "designs/index.html").exists()
    assert "Accepted" in site.page("all")
    assert "Accepted" in site.page("designs/a")


def test_an_author_sees_what_is_not_published_and_that_it_is_not(session):
    site = session.site
    assert "Not published" not in site.page("designs/a")
    site.write("designs/a.md", a_note("Alpha", "draft"))
    session.rebuild()
    assert re.search(r"Not published\.</strong> Designs with the status “Draft”", site.page("designs/a"))
    assert "Alpha" in session.listed()
    assert "Alpha" in site.page("designs/b")
    build(load_config(str(site.root / "mkdocs.yml")), serve_url=None)  # `serve --clean`
    assert "Not published" in site.page("designs/a")


def test_an_error_on_the_way_leaves_nothing_behind(session, caplog):
    site = session.site
    site.write("designs/a.md", "---\ndesign: {template: note, status: [\n---\n\n# Alpha\n")
    session.rebuild()
    assert "front-matter-invalid" in caplog.text
    site.write("designs/a.md", a_note("Alpha"))
    caplog.clear()
    session.rebuild()
    assert "front-matter-invalid" not in caplog.text
    assert session.listed()["Alpha"]["status"] == "approved"

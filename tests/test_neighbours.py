"""Other plugins that add pages, move them, arrange them or write in them, each before and behind ours."""

from __future__ import annotations

import html
import json
import posixpath
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

NOTE = "# [Title]\n\n## Context\n\n[Why]\n"
ORDERS = ("before", "behind")


def a_note(title: str, status: str = "approved", *more: str, front: str = "", body: str = "") -> str:
    said = "".join(f"  {line}\n" for line in more)
    block = f"---\n{front}design:\n  template: note\n  title: {title}\n  status: {status}\n{said}---\n"
    return f"{block}\n# {title}\n\n## Context\n\nWords of {title}.\n\n{body}"


def generator(pages: dict[str, str]) -> str:
    return f"""import mkdocs_gen_files
for name, text in {pages!r}.items():
    with mkdocs_gen_files.open(name, "w") as file:
        file.write(text)
    mkdocs_gen_files.set_edit_path(name, "gen.py")
"""


def designs_of(built: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((built / "designs/designs.json").read_text("utf-8"))["designs"]
    return {one["title"]: one for one in listed}


def broken(built: Path) -> list[str]:
    """Every link of a page to a page that is not there."""
    found = []
    for page in built.rglob("*.html"):
        if page.name == "404.html":
            continue
        for href in re.findall(r'\bhref="([^"#?:]+)["#?]', page.read_text("utf-8")):
            target = posixpath.join(page.parent.as_posix(), html.unescape(href))
            path = Path(target, "index.html") if Path(target).is_dir() else Path(target)
            if not href.startswith("/") and not path.exists():
                found.append(f"{page.relative_to(built)}: {href}")
    return found


def written(built: Path) -> str:
    kinds = (".html", ".json", ".xml", ".txt")
    return "\n".join(path.read_text("utf-8") for path in sorted(built.rglob("*")) if path.suffix in kinds)


def arrange(site: Any, order: str, plugins: list[Any], **more: Any) -> None:
    ours: Any = {"designdocs": {"templates_dir": "tpl", "unpublished": ["draft"]}}
    arranged = [ours, *plugins] if order == "before" else [*plugins, ours]
    site.configure(arranged, site_url="https://example.com/docs/", **more)


def build_in_order(site: Any, order: str, plugins: list[Any], **more: Any) -> subprocess.CompletedProcess[str]:
    arrange(site, order, plugins, **more)
    return site.build("--strict", "-d", f"site-{order}")


@pytest.fixture(scope="module")
def crowd(new_site: Any) -> Any:
    """Every kind of neighbour that can live with the others."""
    site = new_site("crowd")
    site.write("../tpl/note.md", NOTE)
    site.write("index.md", "# Home\n\n[A](designs/a.md), [a post](blog/posts/one.md) and [Delta](svc/designs/d.md)\n")
    macro = '{{ 40 + 2 }} {% include-markdown "../part.txt" %}\n'
    relations = ("depends_on: b.md", "related: [gen.md, ../blog/posts/one.md, ../svc/designs/d.md]", "tags: [pay]")
    site.write("designs/a.md", a_note("Alpha", "approved", *relations, body=macro))
    site.write("designs/b.md", a_note("Beta", "in review", "authors: [Bo]"))
    site.write("designs/.nav.yml", "nav:\n  - b.md\n  - a.md\n  - '*'\n")
    site.write("part.txt", "Included words.\n")
    site.write("tags.md", "# Tags\n\n<!-- material/tags -->\n")
    site.write("blog/index.md", "# Blog\n")
    dated = "date: 2026-01-0{}\ncategories: [{}]\n"
    more = "<!-- more -->\n\nMore.\n"
    site.write("blog/posts/one.md", a_note("Post", front=dated.format(2, "News"), body=more))
    site.write("blog/posts/two.md", a_note("Hush the post", "draft", front=dated.format(3, "Hushed"), body=more))
    site.write("blog/posts/three.md", a_note("Unfinished", front=f"{dated.format(4, 'News')}draft: true\n", body=more))
    site.write("../svc/mkdocs.yml", "site_name: svc\nnav: [index.md, designs/d.md]\n")
    site.write("../svc/docs/index.md", "# Service\n")
    site.write("../svc/docs/designs/d.md", a_note("Delta", "implemented", "depends_on: ../../designs/a.md"))
    pages = {"designs/gen.md": a_note("Generated"), "designs/hush.md": a_note("Hush the generated", "draft")}
    site.write("../gen.py", generator(pages))
    plugins = [
        "search",
        "tags",
        "blog",
        "monorepo",
        {"gen-files": {"scripts": ["gen.py"]}},
        "awesome-nav",
        "macros",
        "include-markdown",
        {"redirects": {"redirect_maps": {"old.md": "designs/a.md"}}},
    ]
    site.write(".nav.yml", "nav: [index.md, designs, blog, tags.md, svc]\n")
    nav = ["index.md", {"Service": "!include ./svc/mkdocs.yml"}]
    theme = {"name": "material", "font": False, "features": ["content.action.edit"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
        edits = {"repo_url": "https://example.com/git", "edit_uri": "edit/main/docs/"}
        site.ran = {order: build_in_order(site, order, plugins, theme=theme, nav=nav, **edits) for order in ORDERS}
    return site


@pytest.mark.parametrize("order", ORDERS)
class TestCrowd:
    def test_nobody_complains(self, crowd, order):
        assert crowd.ran[order].returncode == 0, crowd.ran[order].stderr
        assert "WARNING" not in crowd.ran[order].stderr

    def test_every_design_is_listed_where_it_is(self, crowd, order):
        built = crowd.root / f"site-{order}"
        listed = designs_of(built)
        assert {title: one["path"] for title, one in listed.items()} == {
            "Alpha": "docs/designs/a.md",
            "Beta": "docs/designs/b.md",
            "Delta": "svc/designs/d.md",
            "Generated": "designs/gen.md",
            "Post": "docs/blog/posts/one.md",
        }
        assert all((built / one["url"] / "index.html").is_file() for one in listed.values())
        index = (built / "designs/index.html").read_text()
        assert all(title in index for title in listed)

    def test_every_link_leads_somewhere(self, crowd, order):
        assert broken(crowd.root / f"site-{order}") == []

    def test_what_is_not_published_is_nowhere(self, crowd, order):
        assert not re.search("Hush|Unfinished", written(crowd.root / f"site-{order}"))

    def test_a_page_is_what_all_have_made_of_it(self, crowd, order):
        built = crowd.root / f"site-{order}"
        page = (built / "designs/a/index.html").read_text()
        assert re.search(r"<p>42\s+Included words\.", page)
        assert "blog/2026/01/02/" in page
        assert re.search(r'id="tag:pay".*?href="\.\./designs/a/"', (built / "tags/index.html").read_text(), re.DOTALL)
        assert "edit/main/docs/gen.py" in (built / "designs/gen/index.html").read_text()

    def test_the_navigation_is_theirs(self, crowd, order):
        page = (crowd.root / f"site-{order}" / "index.html").read_text()
        places = [page.index(f'href="designs/{name}/" class="md-nav__link"') for name in ("b", "a", "gen")]
        assert places == sorted(places)


@pytest.mark.parametrize("order", ORDERS)
def test_a_navigation_in_markdown_whose_sections_are_pages(site, order, monkeypatch):
    monkeypatch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
    site.write("../tpl/note.md", NOTE)
    site.write("index.md", "# Home\n")
    site.write("SUMMARY.md", "* [Home](index.md)\n* [Designs](designs/index.md)\n    * designs/*.md\n")
    site.write("designs/a.md", a_note("Alpha"))
    site.write("designs/hush.md", a_note("Hush", "draft", "supersedes: a.md"))
    site.write("../gen.py", generator({"designs/gen.md": a_note("Generated")}))
    plugins = [{"gen-files": {"scripts": ["gen.py"]}}, "literate-nav", "section-index"]
    arrange(site, order, plugins, theme={"name": "readthedocs"}, exclude_docs="SUMMARY.md\n")
    config = load_config(str(site.root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    built = site.built
    assert set(designs_of(built)) == {"Alpha", "Generated"}
    assert broken(built) == []
    assert "Hush" not in written(built)
    assert 'href="designs/gen/"' in (built / "index.html").read_text()

"""Diagrams wherever Markdown lets them stand: each drawn once, in its place, and found there when it is broken."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from mkdocs_designdocs.engine import pele_available

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

EXTENSIONS: list[Any] = [
    "tables", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details",
    "pymdownx.tasklist", "pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.tab",
    {"pymdownx.tabbed": {"alternate_style": True}}, {"pymdownx.snippets": {"base_path": ["."]}},
]  # fmt: skip


def fence(name: str, indent: str = "", opening: str = "```mermaid") -> str:
    """A diagram with one label that no other has, indented or quoted."""
    closing = re.match(r"[`~]+", opening)
    assert closing
    text = f"{opening}\nflowchart LR\n  a[Label of {name}]\n\n  a --> b\n{closing.group()}\n"
    return textwrap.indent(text, indent, lambda line: bool(line.strip()) or ">" in indent)


def place(name: str, before: str = "", indent: str = "", opening: str = "```mermaid", after: str = "") -> str:
    return f"{before}{fence(name, indent, opening)}{after}"


_TOP = "(article.md-content__inner|div.section)"
PLACES: dict[str, tuple[str, str]] = {
    "plain": (place("plain"), _TOP),
    "capital": (place("capital", opening="```Mermaid"), _TOP),
    "tildes": (place("tildes", opening="~~~mermaid"), _TOP),
    "tildes and braces": (place("tildes and braces", opening="~~~~ {.mermaid}"), _TOP),
    "longer": (place("longer", opening="`````mermaid"), _TOP),
    "slightly indented": (place("slightly indented", indent="   "), _TOP),
    "in text": (place("in text", "before\n", after="behind\n"), _TOP),
    "list": (place("list", "- item\n\n", "    ", after="\n- next\n"), "ul > li"),
    "tight list": (place("tight list", "- item\n", "    ", after="- next\n"), "ul > li"),
    "list, two spaces": (place("list, two spaces", "- item\n", "  ", after="- next\n"), "ul > li"),
    "ordered list": (place("ordered list", "1. item\n\n", "    "), "ol > li"),
    "nested list": (place("nested list", "- a\n    - b\n\n", " " * 8), "ul > li > ul > li"),
    "task list": (place("task list", "- [ ] task\n\n", "    "), "ul.task-list > li.task-list-item"),
    "tab": (place("tab", '=== "A"\n\n    text\n\n=== "B"\n\n', "    "), "div.tabbed-content > div.tabbed-block"),
    "admonition": (place("admonition", "!!! note\n\n", "    "), "div.admonition"),
    "details": (place("details", "??? note\n\n", "    "), "details.note"),
    "note in a tab": (
        place("note in a tab", '=== "A"\n\n    !!! note\n\n', " " * 8),
        "div.tabbed-block > div.admonition",
    ),
    "block": (place("block", "/// note | Title\n", after="///\n"), "div.admonition"),
    "block of details": (place("block of details", "/// details | Title\n", after="///\n"), "details"),
    "block of a tab": (
        place("block of a tab", "/// tab | Title\n", after="///\n"),
        "div.tabbed-set > div.tabbed-content",
    ),
    "definition": (place("definition", "Term\n:   what it is\n\n", "    "), "dl > dd"),
    "footnote": (place("footnote", "text[^1]\n\n[^1]: note\n\n", "    "), "div.footnote > ol > li"),
    "quote": (place("quote", indent="> "), "blockquote"),
    "quote in a quote": (place("quote in a quote", indent="> > "), "blockquote > blockquote"),
    "cell": (
        place("cell", '<table><tr><td markdown="block">\n\n', after="\n</td></tr></table>\n"),
        "table > tr > td",
    ),
    "HTML": (place("HTML", '<div class="box" markdown>\n\n', after="\n</div>\n"), "div.box"),
    "snippet": ('--8<-- "part.txt"\n', _TOP),
    "part of a snippet": ('--8<-- "parts.txt:one"\n', _TOP),
}
BARE = "flowchart TB\n  a[Label of bare]\n\n  a --> b\n"
ASCII = "┌──────┐     ╔═════╗\n│ Desk │ ──▶ ║ Van ║\n└──────┘     ╚═════╝"
LISTING = f"```text\n{ASCII}\n```\n\ntext\n\n" + textwrap.indent(ASCII, "    ") + "\n"
SAMPLE = f"````markdown\n{fence('sample')}````\n"
PAGE = "# Places\n\n" + "\n".join(f"## In: {name}\n\n{text}\n" for name, (text, _) in PLACES.items())
PAGE += f"\n## Without a fence\n\n{BARE}\n## No diagrams\n\n{LISTING}\n{SAMPLE}"

DESIGN = """\
---
design:
  template: service
  status: draft
---

# Depot

## Architecture

- item

    ```mermaid
    flowchart LR
      a[Label of design] --> b
    ```

    *What the depot is made of*

See [](#figure-what-the-depot-is-made-of).

flowchart TB
  a[Label of bare in a design] --> b

"""


LINKS = """\
# Links

```mermaid title="Who links"
flowchart LR
  a --> b --> c --> d
  click a "depot.md#figure-what-the-depot-is-made-of"
  click b "../index.md" "home" _blank
  click c "#figure-who-links"
  click d "https://example.org/"
```

[](#figure-who-links), [](depot.md#figure-what-the-depot-is-made-of), [](../index.md#home), [typed](../index.md#home)
"""


class _Found(HTMLParser):
    """What each drawing of a page stands in, by the one label that tells it apart."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.places: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            first = (dict(attrs).get("class") or "").partition(" ")[0]
            self.open.append(f"{tag}.{first}" if first else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in (names := [one.partition(".")[0] for one in self.open]):
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if data.startswith("Label of ") and "svg.pele" in self.open:
            self.places.append((data.removeprefix("Label of "), " > ".join(self.open)))


@pytest.fixture(scope="module")
def with_superfences(new_site: Callable[[str], Any]) -> Any:
    """Material, with a fence of the team's own that would leave every diagram to the browser."""
    own = {"pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}}
    theme = {"name": "material", "font": False, "features": ["navigation.instant", "content.code.copy"]}
    return _built(new_site("super"), [*EXTENSIONS, own], "sub/places/index.html", theme=theme)


@pytest.fixture(scope="module")
def without(new_site: Callable[[str], Any]) -> Any:
    """Nothing but `fenced_code`, whose listings codehilite strips of their language; flat addresses."""
    theme = {"name": "readthedocs"}
    return _built(
        new_site("plain"), [*EXTENSIONS, "codehilite"], "sub/places.html", theme=theme, use_directory_urls=False
    )


def _built(site: Any, extensions: list[Any], page: str, **more: Any) -> Any:
    plugins, validation = ["search", "macros", "designdocs"], {"links": {"anchors": "warn"}}
    site.configure(plugins=plugins, markdown_extensions=extensions, validation=validation, **more)
    site.write("sub/places.md", PAGE)
    site.write("sub/depot.md", DESIGN)
    site.write("index.md", "# Home\n\n" + fence("home", opening='``` {.mermaid #home title="Way home"}'))
    site.write("sub/links.md", LINKS)
    site.write("sub/macros.md", "# Macros\n\n{% set van = 'macro' %}\n\n" + fence("{{ van }}"))
    site.write("sub/filled.md", '# Filled\n\n```mermaid\n--8<-- "part.mmd"\n```\n')
    site.write("../part.mmd", "flowchart LR\n    a[Label of filled]\n")
    site.write("sub/hidden.md", "---\nsearch:\n  exclude: true\n---\n\n# Hidden\n\n" + fence("hidden"))
    site.write("../part.txt", fence("snippet"))
    site.write("../parts.txt", f"x\n--8<-- [start:one]\n{fence('part of a snippet')}--8<-- [end:one]\n")
    site.result = site.build("--strict")
    assert site.result.returncode == 0, site.result.stderr
    return site


@pytest.fixture(params=["with_superfences", "without"])
def built(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def html_of(site: Any, name: str) -> str:
    path = next(
        path for path in (site.built / f"sub/{name}/index.html", site.built / f"sub/{name}.html") if path.exists()
    )
    return path.read_text("utf-8")


def test_each_is_drawn_once_where_it_stands(built):
    places = _Found(html_of(built, "places")).places
    assert sorted(name for name, _ in places) == sorted([*PLACES, "bare"])
    for name, found in places:
        expected = PLACES[name][1] if name in PLACES else _TOP
        assert re.search(f" > {expected} > figure.designdocs-diagram > ", found), name
    assert not any("> p >" in found for _, found in places)


def test_boxes_of_characters_stay_unbroken(built):
    html = html_of(built, "places")
    assert html.count(ASCII) == 2
    assert "Label of sample" in html


def test_what_macros_make_of_a_diagram_is_drawn(built):
    assert [name for name, _ in _Found(html_of(built, "macros")).places] == ["macro"]


def test_what_a_snippet_puts_into_a_fence_is_drawn(built):
    assert [name for name, _ in _Found(html_of(built, "filled")).places] == ["filled"]


def test_a_design_has_them_in_their_places_too(built):
    html = html_of(built, "depot")
    places = dict(_Found(html).places)
    assert set(places) == {"design", "bare in a design"}
    assert "> ul > li > figure.designdocs-diagram" in places["design"]
    assert re.search(r'<figure [^>]*id="figure-what-the-depot-is-made-of".*?</figcaption></figure>\s*</li>', html, re.S)
    assert '<a href="#figure-what-the-depot-is-made-of">Figure 1</a>' in html


def test_links_and_references_lead_where_those_of_the_text_do(built):
    html = html_of(built, "links")
    flat = (built.built / "sub/links.html").exists()
    depot, home = ("depot.html", "../index.html") if flat else ("../depot/", "../../")
    nodes = [f"{depot}#figure-what-the-depot-is-made-of", home, "#figure-who-links", "https://example.org/"]
    assert re.findall(r'<a (?:xlink:)?href="([^"]*)"[^>]* rel="noopener">', html.partition("</figure>")[0]) == nodes
    assert f'<a xlink:href="{home}" aria-label="b: home" target="_blank" rel="noopener"><title>home</title>' in html
    assert (
        f'<p><a href="#figure-who-links">Figure 1</a>, '
        f'<a href="{nodes[0]}" title="What the depot is made of">Figure 1</a>, '
        f'<a href="{home}#home" title="Way home">Figure 1</a>, <a href="{home}#home">typed</a></p>'
    ) in html


def test_links_that_lead_nowhere_are_said(site):
    site.configure(validation={"links": {"anchors": "warn"}})
    site.write("index.md", LINKS)
    site.write("gone.md", LINKS.replace("#figure-who-links", "#gone"))
    said = site.build().stderr
    warned = re.findall(r"WARNING -  (Doc file 'index\.md' .*)", said)
    assert ["depot.md" in warning or "../index.md" in warning for warning in warned] == [True] * 5
    assert "figure-who-links" not in said
    assert re.search(r"'gone\.md' contains a link '#gone', but there is no such anchor on this page", said)
    site.write("designs/a.md", "---\ndesign:\n  template: service\n  status: draft\n---\n\n" + LINKS)
    assert re.search(r"designs/a\.md:12:12: warning: the link to \"depot\.md\" leads nowhere", site.check().stdout)


def test_the_search_knows_the_words_once(built):
    entries = json.loads((built.built / "search/search_index.json").read_text("utf-8"))["docs"]
    parts = {entry["location"].rpartition("#")[2]: entry["text"] for entry in entries if "#" in entry["location"]}
    words = {name: re.sub(r"<[^>]*>|\s+", " ", text) for name, text in parts.items()}
    for name in PLACES:
        found = [text for text in words.values() if f"Label of {name} b" in text]
        assert len(found) == 1, name
        assert found[0].count(f"Label of {name} b") == 1
    everything = json.dumps(entries)
    assert "--&gt;" not in re.sub(r"Label of sample.*?</code>", "", everything)
    assert "pele" not in everything
    assert "What the depot is made of Label of design b" in " ".join(words.values())


def test_material_leaves_out_of_the_search_what_it_is_told_to(with_superfences):
    assert "Label of hidden" in html_of(with_superfences, "hidden")
    assert "Label of hidden" not in (with_superfences.built / "search/search_index.json").read_text("utf-8")


def test_the_page_comes_back_from_the_search_as_it_was(built):
    """No mark is left on any page, whatever the search has read in its stead."""
    assert all("designdocs-drawing" not in path.read_text("utf-8") for path in built.built.rglob("*.html"))


def test_a_mistake_is_found_at_its_line(judged):
    pages = {name: f"# Page\n\n{text}" for name, (text, _) in PLACES.items() if "snippet" not in name}
    pages["bare"] = f"# Page\n\n{BARE}"
    broken = {name: page.replace("a --> b", "a --> b[") for name, page in pages.items()}
    found = judged({f"{name}.md": page for name, page in broken.items()}).diagnostics
    lines = {name: page.split("\n") for name, page in broken.items()}
    expected = {
        f"{name}.md": next(n for n, line in enumerate(page, 1) if line.endswith("b[")) for name, page in lines.items()
    }
    assert {d.path: d.line for d in found} == expected
    assert [d.code for d in found] == ["diagram-invalid"] * len(pages)
    assert judged({f"{name}.md": page for name, page in pages.items()}).diagnostics == []


def test_a_mistake_in_a_snippet_is_found_at_the_page(site):
    site.configure(markdown_extensions=["pymdownx.superfences", {"pymdownx.snippets": {"base_path": ["."]}}])
    site.write("page.md", '# Page\n\n--8<-- "part.txt"\n')
    site.write("../part.txt", fence("snippet").replace("a --> b", "a -->"))
    said = site.build()
    assert said.returncode == 1
    assert re.search(r"docs/page\.md:1:1: in a diagram that this page includes: ", said.stderr)
    assert "This diagram cannot be drawn" in site.page("page")


def test_the_beginning_of_a_post_is_drawn_in_the_blog_s_list_too(site):
    """Another plugin renders it, when all pages have been made: with no number, and with the assets that it needs."""
    site.write("index.md", "# Home\n")
    post = "---\ndate: 2026-01-02\n---\n\n# Post\n\n```mermaid\nflowchart LR\n  A[alpha] --> B\n```\n\n*Caption*\n"
    site.write("blog/posts/one.md", f"{post}\n<!-- more -->\n\nMore.\n")
    site.configure(plugins=["search", "blog", {"designdocs": {"index": False}}])
    assert site.build("--strict").returncode == 0
    for url, number in (("blog", 0), ("blog/2026/01/02/post", 1)):
        page = site.page(url)
        assert page.count('<figure class="designdocs-diagram') == 1
        assert len(re.findall(r'href="(?:\.\./)+assets/designdocs/designdocs\.css"', page)) == 1
        assert len(re.findall(r'src="(?:\.\./)+assets/designdocs/viewer\.js"', page)) == 1
        assert page.count("Figure 1") == number
    assert "assets/designdocs/" not in (site.built / "index.html").read_text("utf-8")


def test_it_is_left_alone_where_only_designs_are_drawn(site):
    site.write("index.md", "# Home\n")
    site.write(
        "blog/posts/one.md", '---\ndate: 2026-01-02\n---\n\n# Post\n\n```mermaid\npie\n  "a": 1\n```\n\n<!-- more -->\n'
    )
    site.configure(plugins=["blog", {"designdocs": {"index": False, "diagrams": "designs"}}])
    assert site.build("--strict").returncode == 0
    assert "<figure" not in site.page("blog")

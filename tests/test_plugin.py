"""The plugin inside real builds: the gate, pages that are no designs, where things are published, its neighbours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_designdocs import plugin

TEMPLATE = """\
# Note: [Title]

## Context

[Why this is needed]

## Decision

[What is decided]
"""
WHOLE = "\n# Retries\n\n## Context\n\nCalls fail.\n\n## Decision\n\nWe call again.\n"
UNWRITTEN = "\n# Retries\n\n## Context\n\n[Why this is needed]\n\n## Decision\n\nWe call again.\n"
FLOW = "```mermaid\nflowchart LR\n  Alpha --> Omega\n```\n"
BROKEN = "```mermaid\nflowchart LR\n  Alpha -->\n```\n"


def front(status: str = "in review", **more: Any) -> str:
    lines = [f"  {key}: {json.dumps(value)}" for key, value in {"template": "note", "status": status, **more}.items()]
    return "---\ndesign:\n" + "\n".join(lines) + "\n---\n"


def prepare(site: Any, *, ours: dict[str, Any] | None = None, **more: Any) -> Any:
    site.write("../tpl/note.md", TEMPLATE)
    site.configure(ours={"templates_dir": "tpl", **(ours or {})}, **more)
    site.write("index.md", "# Home\n\nWords.\n")
    return site


def content(html: str) -> str:
    """What the theme shows of a page's own HTML (MkDocs' theme puts it in the main column)."""
    found = re.search(r'<div class="col-md-9" role="main">(.*?)</div>\s*</div>\s*</div>', html, re.DOTALL)
    assert found
    return found[1].strip()


MKDOCS = {"theme": {"name": "mkdocs", "highlightjs": False}, "markdown_extensions": ["tables"]}


# The gate --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def troubled(new_site: Callable[[str], Any]) -> Any:
    site = prepare(new_site("gate"), **MKDOCS)
    site.write("designs/a-review.md", front() + UNWRITTEN + "\n" + BROKEN)
    site.write("designs/b-draft.md", front("draft") + UNWRITTEN)
    site.write("designs/c-approved.md", front("approved") + "\n# Approved\n\n## Context\n\nSo.\n")
    site.write("designs/d-superseded.md", front("superseded") + UNWRITTEN)
    site.write("designs/e-typo.md", front("aproved") + WHOLE)
    site.write("plain.md", "# Plain\n\n" + BROKEN)
    return site


@pytest.fixture(scope="module")
def built(troubled: Any) -> subprocess.CompletedProcess[str]:
    return troubled.build()


class TestGate:
    """One site with a design in every kind of trouble; each test builds it in its own way."""

    def test_errors_fail_the_build_with_exit_code_1(self, built):
        assert built.returncode == 1
        assert "designdocs: the designs are not in order: 5 errors" in built.stderr
        assert "Traceback" not in built.stderr

    def test_every_finding_of_every_design_is_printed_at_its_place(self, built):
        printed = re.findall(r"^(?:ERROR|WARNING) +-  (\S+?):(\d+):(\d+): .* \[([\w-]+)\]$", built.stderr, re.MULTILINE)
        assert [(path, int(line), code) for path, line, _, code in printed] == [
            ("docs/designs/a-review.md", 11, "section-unwritten"),
            ("docs/designs/a-review.md", 19, "diagram-invalid"),
            ("docs/designs/c-approved.md", 9, "section-missing"),
            ("docs/designs/e-typo.md", 4, "status-unknown"),
            ("docs/plain.md", 5, "diagram-invalid"),
        ]
        assert built.stderr.index("docs/plain.md:5") < built.stderr.index("the designs are not in order")

    def test_the_site_is_written_all_the_same(self, built, troubled):
        assert "We call again." in troubled.page("designs/a-review")
        assert (troubled.built / "designs/designs.json").is_file()

    def test_a_draft_prints_one_line(self, built):
        lines = [line for line in built.stderr.splitlines() if "b-draft" in line]
        assert lines == ["INFO    -  docs/designs/b-draft.md: draft, 1 of 2 sections written"]

    def test_what_is_superseded_is_held_to_integrity_only(self, built):
        assert "d-superseded" not in built.stderr

    def test_quiet_changes_nothing_about_the_exit_code(self, troubled):
        assert troubled.build("-q", "-d", "quiet").returncode == 1

    def test_the_levels_are_the_team_s(self, troubled):
        codes = ["section-unwritten", "diagram-invalid", "section-missing", "status-unknown"]
        prepare(troubled, ours={"levels": {**dict.fromkeys(codes, "warning"), "section-missing": "off"}}, **MKDOCS)
        lenient = troubled.build("-d", "lenient")
        assert lenient.returncode == 0
        assert "WARNING -  docs/designs/a-review.md:11:" in lenient.stderr
        assert "section-missing" not in lenient.stderr
        assert troubled.build("--strict", "-q", "-d", "strict").returncode == 1

    def test_disabled_it_does_nothing(self, troubled):
        prepare(troubled, ours={"enabled": False}, **MKDOCS)
        off = troubled.build("-d", "off")
        assert off.returncode == 0
        assert "designdocs" not in off.stderr
        assert not (troubled.root / "off/designs/index.html").exists()
        assert "designdocs" not in (troubled.root / "off/designs/a-review/index.html").read_text()


def test_notes_never_fail(site):
    prepare(site, **MKDOCS)
    site.write("designs/a.md", front("draft") + UNWRITTEN)
    site.write("designs/b.md", front() + WHOLE.replace("fail.", "fail (TODO: how often) each day."))
    built = site.build("--strict")
    assert "[todo-left]" in built.stderr
    assert built.returncode == 0, built.stderr


def test_a_file_that_mkdocs_cannot_read_is_a_finding_and_no_traceback(site):
    prepare(site, **MKDOCS)
    site.write(
        "designs/a.md", front().encode() + "\n# Größe\n\n## Context\n\nX.\n\n## Decision\n\nY.\n".encode("latin-1")
    )
    site.write("plain.md", "# Größe\n\nWörter\n".encode("latin-1"))
    built = site.build()
    assert built.returncode == 1
    assert built.stderr.count("[encoding-invalid]") == 2, built.stderr
    assert "Traceback" not in built.stderr
    assert "Decision" in site.page("designs/a")


# Pages that are no designs -----------------------------------------------------------------------------------


PLAIN = """\
# Plain

| a | b |
|---|---|
| 1 | `x` |

```python
def f(): pass
```

1. One
    - two

<!-- a comment -->

See [home](index.md) and {{ this }}.
"""


def test_a_page_without_design_and_mermaid_is_as_without_the_plugin(new_site):
    site = new_site("plain")
    for name, plugins in {"with": ["search", "designdocs"], "without": ["search"]}.items():
        site.configure(plugins, **MKDOCS)
        site.write("index.md", "# Home\n\nWords.\n")
        site.write("plain.md", PLAIN)
        assert site.build("--strict", "-d", name).returncode == 0
    bare, ours = (content((site.root / name / "plain/index.html").read_text()) for name in ("without", "with"))
    assert ours == bare
    assert "designdocs" not in (site.root / "with/plain/index.html").read_text()


USUAL_FENCES = """
site_name: Test
theme: {name: material, font: false}
plugins: [search, {designdocs: {diagrams: %s}}]
markdown_extensions:
  - admonition
  - attr_list
  - pymdownx.snippets: {base_path: [docs], check_paths: true}
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
        - {name: math, class: arithmatex, format: !!python/name:pymdownx.superfences.fence_div_format }
"""
DEEP = """\
# Deep

- A list

    ```mermaid
    flowchart LR
      ListOne --> ListTwo
    ```

!!! note

    ```mermaid
    flowchart LR
      NoteOne --> NoteTwo
    ```

=== "Tab"

    ```mermaid
    flowchart LR
      TabOne --> TabTwo
    ```

```math
E = mc^2
```

```{.mermaid title="What happens"}
flowchart LR
  accTitle: Twice
  Same --> Again
```

```mermaid
flowchart LR
  accTitle: Twice
  Same --> Again
```

```{.mermaid engine=client}
flowchart LR
  Client --> Side
```

````markdown
```mermaid
flowchart LR
  Quoted --> Only
```
````
"""


@pytest.fixture(scope="module")
def drawn(new_site: Callable[[str], Any]) -> Any:
    site = new_site("diagrams")
    site.write("../mkdocs.yml", USUAL_FENCES % "all")
    site.write("index.md", "# Home\n\nWords.\n")
    site.write("deep.md", DEEP)
    site.result = site.build("--strict")
    return site


class TestDiagrams:
    """Mermaid in pages that are no designs, with the fences that Material's documentation recommends."""

    def test_they_are_drawn_wherever_they_stand(self, drawn):
        assert drawn.result.returncode == 0, drawn.result.stderr
        html = drawn.page("deep")
        svgs = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
        for word in ("ListOne", "NoteOne", "TabOne", "Same"):
            assert any(word in svg for svg in svgs), word
        assert html.count('<figure class="designdocs-diagram"') == 5

    def test_a_title_is_a_caption(self, drawn):
        number = '<a class="designdocs-diagram__number" href="#figure-what-happens">Figure 1</a>'
        assert f"<figcaption>{number} What happens</figcaption>" in drawn.page("deep")

    def test_ids_are_unique(self, drawn):
        ids = re.findall(r'(?<![-\w])id="([^"]+)"', drawn.page("deep"))
        assert len([i for i in ids if i.startswith("diagram-")]) >= 2
        assert sorted(i for i in set(ids) if ids.count(i) > 1) == []

    def test_other_fences_and_quoted_ones_are_left_alone(self, drawn):
        html = drawn.page("deep")
        assert '<div class="arithmatex">' in html
        assert "Quoted" in html
        assert not re.search(r"<svg(?:(?!</svg>).)*Quoted", html, re.DOTALL)

    def test_a_fence_can_choose_the_client(self, drawn):
        found = re.findall(r'<pre class="mermaid"><code>(.*?)</code></pre>', drawn.page("deep"), re.DOTALL)
        assert [unescape(each).split()[-1] for each in found] == ["Side"]

    def test_the_style_sheet_is_on_the_pages_that_need_it(self, drawn):
        assert '<link rel="stylesheet" href="../assets/designdocs/designdocs.css">' in drawn.page("deep")
        assert "designdocs.css" not in (drawn.built / "index.html").read_text()

    def test_the_search_reads_words_and_no_drawings(self, drawn):
        index = (drawn.built / "search/search_index.json").read_text()
        assert "A list" in index
        assert index.count("ListOne ListTwo") == index.count("What happens Twice Same Again") == 1
        assert index.count("flowchart LR") == 2, "one is drawn by the browser, and one is text"

    @pytest.mark.parametrize("choice", ["none", "designs", "{engine: client}"])
    def test_the_team_s_own_fence_is_theirs_again(self, drawn, choice):
        drawn.write("../mkdocs.yml", USUAL_FENCES % choice)
        drawn.write("broken.md", "# Broken\n\n" + BROKEN)
        built = drawn.build("--strict", "-d", "left")
        (drawn.docs / "broken.md").unlink()
        assert built.returncode == 0, built.stderr
        html = (drawn.root / "left/deep/index.html").read_text()
        assert '<figure class="designdocs-diagram"' not in html
        assert len(re.findall(r'<pre[^>]* class="mermaid"', html)) == 6

    def test_a_snippet_with_a_broken_diagram_is_reported_on_the_page_that_includes_it(self, drawn):
        drawn.write("../mkdocs.yml", USUAL_FENCES % "all")
        drawn.write("part.txt", BROKEN)
        drawn.write("includes.md", '# Includes\n\n--8<-- "part.txt"\n')
        built = drawn.build("-d", "snippet")
        (drawn.docs / "includes.md").unlink()
        assert built.returncode == 1
        assert re.search(r"ERROR   -  docs/includes\.md:1:1: .*includes.* \[diagram-invalid\]", built.stderr)
        assert "cannot be drawn" in (drawn.root / "snippet/includes/index.html").read_text()


def test_without_superfences_diagrams_are_drawn_too(site):
    prepare(site, **MKDOCS)
    site.write("plain.md", "# Plain\n\n" + FLOW + '\n```text\n"mermaid"\n```\n')
    assert site.build("--strict").returncode == 0
    html = content(site.page("plain"))
    assert re.search(r"<figure(?:(?!</figure>).)*<svg(?:(?!</svg>).)*Omega", html, re.DOTALL)
    assert "mermaid&quot;" in html or 'mermaid"' in html


def test_without_a_fence_of_its_own_a_page_that_is_not_ours_shows_code(site):
    prepare(site, ours={"diagrams": "designs"}, **{**MKDOCS, "markdown_extensions": ["pymdownx.superfences"]})
    site.write("plain.md", "# Plain\n\n" + FLOW)
    site.write("designs/a.md", front() + WHOLE + "\n" + FLOW)
    assert site.build("--strict").returncode == 0
    assert "<svg" not in content(site.page("plain"))
    assert "Alpha" in content(site.page("plain"))
    assert 'class="mermaid"' not in site.page("plain")
    assert "<svg" in site.page("designs/a")


# Where things are published --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def elsewhere(new_site: Callable[[str], Any]) -> Any:
    site = prepare(
        new_site("places"),
        ours={"index": "eng/rfcs.md"},
        theme={"name": "material", "font": False, "features": ["content.action.edit"]},
        site_url="https://example.com/deep/er/",
        repo_url="https://example.com/repo",
        edit_uri="edit/main/text/",
        docs_dir="text",
        use_directory_urls=False,
        markdown_extensions=["tables", "attr_list", "pymdownx.superfences"],
        nav=[{"Home": "index.md"}, {"One": "eng/rfc/0001.md"}],
        validation={"nav": {"omitted_files": "warn"}, "links": {"anchors": "warn"}},
    )
    (site.root / "mkdocs.yml").rename(site.root / "base.yml")
    site.write("../mkdocs.yml", "INHERIT: base.yml\n")
    site.docs = site.root / "text"
    site.write("index.md", "# Home\n\n[One](eng/rfc/0001.md#decision), [all](eng/rfcs.md#by-author)\n")
    site.write("eng/rfc/0001.md", front("draft", title="One", authors=["Ana"], tags=["x"]) + FLOW)
    site.result = site.build("--strict")
    return site


class TestPlaces:
    """A site elsewhere: `docs_dir` and the designs in other folders, INHERIT, explicit navigation, no nice URLs."""

    def test_it_builds_without_a_warning(self, elsewhere):
        assert elsewhere.result.returncode == 0, elsewhere.result.stderr
        assert "WARNING" not in elsewhere.result.stderr

    def test_links_lead_to_style_sheet_index_and_designs(self, elsewhere):
        design = (elsewhere.built / "eng/rfc/0001.html").read_text()
        assert 'href="../../assets/designdocs/designdocs.css"' in design
        assert '<a href="../rfcs.html">All designs</a>' in design
        index = (elsewhere.built / "eng/rfcs.html").read_text()
        assert 'href="../assets/designdocs/designdocs.css"' in index
        assert 'href="rfc/0001.html">One</a>' in index
        assert (elsewhere.built / "assets/designdocs/designdocs.css").is_file()
        listed = json.loads((elsewhere.built / "eng/designs.json").read_text())["designs"]
        assert [(d["path"], d["url"]) for d in listed] == [("text/eng/rfc/0001.md", "eng/rfc/0001.html")]

    def test_edit_links_point_at_sources_only(self, elsewhere):
        assert "edit/main/text/eng/rfc/0001.md" in (elsewhere.built / "eng/rfc/0001.html").read_text()
        assert "edit/main" not in (elsewhere.built / "eng/rfcs.html").read_text()

    def test_table_of_contents_and_search_know_the_expanded_headings(self, elsewhere):
        design = (elsewhere.built / "eng/rfc/0001.html").read_text()
        assert re.search(r'<a href="#decision" class="md-nav__link">', design)
        records = json.loads((elsewhere.built / "search/search_index.json").read_text())["docs"]
        words = {record["location"]: record["text"] for record in records}
        assert "What is decided" in words["eng/rfc/0001.html#decision"]
        assert json.dumps(records).count("Alpha Omega") == json.dumps(records).count("Omega") == 1
        assert "eng/rfcs.html#ana" in words


class TestIndexPage:
    """Where the index comes to stand."""

    def build(self, site: Any, *, index: object = None, **pages: str) -> subprocess.CompletedProcess[str]:
        prepare(site, ours={} if index is None else {"index": index}, **MKDOCS)
        site.write("designs/one.md", front(title="One") + WHOLE)
        for name, text in pages.items():
            site.write(name.replace("__", "/") + ".md", text)
        return site.build()

    def test_none(self, site):
        assert self.build(site, index=False).returncode == 0
        assert not (site.built / "designs/index.html").exists()
        assert not (site.built / "designs/designs.json").exists()
        assert "All designs" not in site.page("designs/one")

    @pytest.mark.parametrize("name", ["designs__index", "designs__README", "designs"])
    def test_at_the_marker_of_the_team_s_own_page(self, site, name):
        page = "# Ours\n\nBefore.\n\n<!-- designdocs: index -->\n\nAfter.\n"
        built = self.build(site, **{name: page})
        assert built.returncode == 0, built.stderr
        html = content(site.page("designs"))
        assert html.index("Before.") < html.index("By status") < html.rindex(">One</a>") < html.index("After.")
        assert '<a href="../">All designs</a>' in site.page("designs/one")

    @pytest.mark.parametrize("name", ["designs__index", "designs__README"])
    def test_a_page_without_marker_is_left_alone(self, site, name):
        built = self.build(site, **{name: "# Ours\n\nBefore.\n"})
        assert built.returncode == 0
        path = f"docs/{name.replace('__', '/')}.md"
        assert f"WARNING -  {path}:1:1: the index page exists and has no marker" in built.stderr
        assert "By status" not in site.page("designs")
        assert "All designs" not in site.page("designs/one")
        assert site.build("--strict", "-q").returncode == 1

    def test_a_dirty_build_has_the_whole_of_it(self, site):
        page = "# Ours\n\n<!-- designdocs: index -->\n"
        self.build(site, designs__index=page)
        site.write("designs/two.md", front(title="Two") + WHOLE)
        assert site.build("--dirty").returncode == 0
        html = site.page("designs")
        assert ">One</a>" in html
        assert ">Two</a>" in html
        assert len(json.loads((site.built / "designs/designs.json").read_text())["designs"]) == 2


def test_a_file_of_the_team_s_own_is_not_overwritten(site):
    prepare(site, **MKDOCS)
    site.write("designs/a.md", front() + WHOLE)
    site.write("assets/designdocs/designdocs.css", "/* ours */")
    assert site.build("--strict").returncode == 0
    assert (site.built / "assets/designdocs/designdocs.css").read_text() == "/* ours */"


def test_twins_by_id_are_shown_at_their_findings(site):
    """A finding that only the catalogue has does not shift the numbers of those on the page."""
    prepare(site, ours={"todo": "always"}, **MKDOCS)
    for name in ("a", "b"):
        site.write(f"designs/{name}.md", front(id="DD-1") + UNWRITTEN)
    built = site.build()
    assert "[id-duplicate]" in built.stderr
    html = content(site.page("designs/b"))
    box = re.search(r'<div class="designdocs-finding" id="([\w-]+)".*?</div>', html, re.DOTALL)
    assert box
    assert "section-unwritten" in box[0]
    links = re.findall(r'<a href="#([\w-]+)">([^<]*)', html)
    assert [href for href, text in links if "Context" in text] == [box[1]]
    assert "The id &#34;DD-1&#34; is taken" in html


# Neighbours ------------------------------------------------------------------------------------------------------


METADATA = """\
def on_page_context(context, page, config, nav):
    import json
    print("META", json.dumps([page.file.src_uri, page.title, page.meta], default=str))
"""


def test_themes_and_plugins_are_told_what_the_block_says_unless_the_page_does(site):
    tags = [{"tags": {}}, "search", {"designdocs": {"templates_dir": "tpl"}}]  # tags first: it must still see ours
    prepare(site)
    site.configure(tags, hooks=["hook.py"])
    site.write("../hook.py", METADATA)
    more = {"title": "Blocked <b>", "tags": ["storage <b>"], "authors": ["@ana", "Bo"], "created": "2026-01-02"}
    site.write("designs/a.md", front(**more) + WHOLE)
    site.write("designs/b.md", front(**more).replace("---\n", "---\ntitle: Own\ntags: [mine]\n", 1) + WHOLE)
    built = site.build("--strict")
    assert built.returncode == 0, built.stderr
    said = {meta[0]: meta[1:] for meta in map(json.loads, re.findall(r"META (.*)", built.stdout))}
    title, meta = said["designs/a.md"]
    assert title == "Blocked &lt;b>"
    assert (meta["status"], meta["tags"], meta["date"]) == ("in-review", ["storage &lt;b>"], "2026-01-02")
    assert meta["authors"] == ["ana", "Bo"]
    title, meta = said["designs/b.md"]
    assert (title, meta["tags"]) == ("Own", ["mine"])
    assert re.search(r'<span class="md-tag">\s*storage', site.page("designs/a"))
    assert 'title="In review"' in site.page("designs/a"), "the icon in the navigation has a name"


@pytest.mark.parametrize("order", ["before", "after"])
def test_macros(site, order):
    pytest.importorskip("mkdocs_macros")
    ours = {"designdocs": {"templates_dir": "tpl", "todo": "always"}}
    macros = {"macros": {"on_error_fail": True, "module_name": "macros_of_the_test"}}
    prepare(site)
    site.configure(["search", macros, ours] if order == "before" else ["search", ours, macros], extra={"unit": "PB"})
    site.write("../macros_of_the_test.py", "def define_env(env):\n    env.variables['gone'] = 'It grew.'\n")
    quoted = "{% raw %}`{{ .Values.image }}`{% endraw %}"
    body = WHOLE.replace("fail.", "fail {{ gone }} {{ unit }}.").replace("again.", f"again: {quoted}. (TODO: when)")
    site.write("designs/a.md", front() + body)
    site.write("designs/b.md", front("draft") + "\n# Retries\n\n## Context\n\nThey grew.\n")
    built = site.build()
    assert built.returncode == 0, built.stderr
    html = site.page("designs/a")
    assert "Calls fail It grew. PB." in html
    assert "<code>{{ .Values.image }}</code>" in html
    links = re.findall(r'<a href="#(designdocs-[\w-]+)">', html)
    assert links
    assert all(f'id="{link}"' in html for link in links)
    assert "[What is decided]" in site.page("designs/b")


GENERATES = """\
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "designs/made.md", content='''%s'''))
    return files
"""


def test_a_design_that_another_plugin_generates_is_one_too(site):
    prepare(site)
    site.configure(ours={"templates_dir": "tpl"}, hooks=["hook.py"], **MKDOCS)
    site.write("../hook.py", GENERATES % (front("draft", title="Made") + "\n## Context\n\nSo.\n"))
    assert site.build("--strict").returncode == 0
    assert ">Made</a>" in site.page("designs")
    assert "[What is decided]" in site.page("designs/made")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes(site, theme):
    prepare(site, theme={"name": theme}, markdown_extensions=["tables", "pymdownx.superfences"])
    site.write("designs/a.md", front(title="One", authors=["Ana"]) + WHOLE + "\n" + FLOW)
    built = site.build("--strict")
    assert built.returncode == 0, built.stderr
    html = site.page("designs/a")
    assert html.index("<h1") < html.index('class="designdocs-header"') < html.index('id="context"')
    assert "<svg" in html
    assert ">One</a>" in site.page("designs")


@pytest.mark.parametrize("url", ["../größe.md#a%20b", "../gr%C3%B6%C3%9Fe.md", "#x", "a.md", "gone.md", "//x.org/a.md"])
def test_links_are_found_without_what_mkdocs_keeps_to_itself(site, monkeypatch, url):
    config = load_config(str(site.root / "mkdocs.yml"))
    files = Files([File(name, "docs", "site", True) for name in ("größe.md", "sub/a.md", "sub/page.md")])
    page = Page(None, files.src_uris["sub/page.md"], config)
    found = plugin._link(page, files, config)(url)
    monkeypatch.setattr(plugin, "_RESOLVER", None)
    assert plugin._link(page, files, config)(url) == found


# What it costs ---------------------------------------------------------------------------------------------------


def loaded_after(code: str, cwd: Path) -> set[str]:
    asked = [
        "mkdocs_designdocs.analysis",
        "markdown_it",
        "jsonschema",
        "quickjs",
        "mermaid_render",
        "mkdocs.livereload",
    ]
    script = f"import sys\n{code}\nprint([m for m in {asked} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=cwd)
    return set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))


def test_importing_the_plugin_loads_nothing_that_is_slow(tmp_path):
    assert loaded_after("import mkdocs_designdocs.plugin", tmp_path) == set()


def test_a_warm_build_loads_nothing_that_is_slow(site):
    prepare(site)
    site.write("designs/a.md", front() + WHOLE + "\n" + FLOW)
    assert site.build().returncode == 0
    build = "from mkdocs.config import load_config\nfrom mkdocs.commands.build import build\n"
    config = "c = load_config('mkdocs.yml')\nc.plugins.on_startup(command='build', dirty=False)\n"
    assert loaded_after(f"{build}{config}build(c)", site.root) == set()

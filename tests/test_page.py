"""What a reader sees around a design."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mkdocs_designdocs.diagnostics import finding
from mkdocs_designdocs.marks import PROMPT_END, finding_mark, prompt_mark
from mkdocs_designdocs.page import decorate
from mkdocs_designdocs.report import summary

TEMPLATES = {"note.md": "# Note: [Title]\n\n## Context\n\n[Why]\n\n## Decision\n\n[What]\n"}


@pytest.fixture
def design(judged: Any) -> Any:
    """A design in review with one finding in the front matter, one of a missing section and one in its place."""
    text = "---\ndesign:\n  template: note\n  status: in review\n  creatd: x\n---\n\n# T\n\n## Context\n\n[Why]\n"
    return judged({"a.md": text}, TEMPLATES).designs[0]


def test_the_header_follows_the_title(design):
    assert decorate('<h1 id="t">T</h1>\n<p>x</p>', design, "HEADER", None) == '<h1 id="t">T</h1>\nHEADER\n<p>x</p>'
    assert decorate("<p>x</p>", design, "HEADER", None) == "HEADER<p>x</p>"


# Findings and prompts ----------------------------------------------------------------------------------------


def marked(design: Any) -> str:
    """A page's HTML as expansion and Markdown leave it."""
    number = next(n for n, d in enumerate(design.diagnostics) if d.code == "section-unwritten")
    decision = design.verdict.section_paths.index("Decision")
    return (
        f"<h1>T</h1>\n<h2>Context</h2>\n{finding_mark(number)}\n<p>[Why]</p>\n"
        f"<h2>Decision</h2>\n{prompt_mark(decision)}\n<p>[What]</p>\n{PROMPT_END}\n"
    )


def test_without_todo_no_finding_shows_but_prompts_do(design):
    html = decorate(marked(design), design, "", None)
    assert "finding" not in html
    assert "To finish" not in html
    assert "<!--" not in html
    assert html.count("<div") == html.count("</div>") == 1


def test_the_panel_leads_to_every_place(design):
    codes = [d.code for d in design.diagnostics]
    assert sorted(codes) == ["field-invalid", "section-missing", "section-unwritten"]
    html = decorate(marked(design), design, "", design.diagnostics)
    assert f"To finish: {summary(design.diagnostics)}" in html
    items = dict(zip(codes, re.findall(r'<li class="designdocs-todo__item".*?</li>', html), strict=True))
    hrefs = {code: re.findall(r'href="#([^"]+)"', item) for code, item in items.items()}
    unwritten = codes.index("section-unwritten")
    assert hrefs == {
        "field-invalid": [],
        "section-unwritten": [f"designdocs-finding-{unwritten}"],
        "section-missing": ["designdocs-prompt-1"],
    }
    assert all(f'id="{href}"' in html for some in hrefs.values() for href in some)
    assert "did you mean" in items["field-invalid"].lower(), "what has no place on the page says here how to mend it"


def test_the_panel_leads_to_findings_that_other_plugins_have_moved(design):
    moved = [
        finding(d.code, d.path, d.line + 7, 1, d.message, section=d.section, level=d.level)
        for d in design.diagnostics
        if d.code == "section-unwritten"
    ]
    content = f"<h1>T</h1>\n<h2>Context</h2>\n{finding_mark(0)}\n<p>[Why]</p>\n"
    assert re.search(r'href="#designdocs-finding-0">Section &#34;Context', decorate(content, design, "", moved))


def test_a_mark_that_counts_nothing_vanishes(design):
    assert "<!--" not in decorate(f"<h1>T</h1>{finding_mark(99)}", design, "", design.diagnostics)


def test_a_long_list_is_folded(design, judged):
    assert re.search(r"<details[^>]* open>", decorate("<h1>T</h1>", design, "", ()))
    unknown = "".join(f"  unknown{n}: x\n" for n in range(20))
    long = judged({"a.md": f"---\ndesign:\n  template: note\n  status: draft\n{unknown}---\n"}, TEMPLATES).designs[0]
    assert re.search(r'<details[^>]* data-level="error">', decorate("<h1>T</h1>", long, "", ()))


def test_of_a_parent_that_is_missing_the_first_prompt_below_it_is_where_to_begin(judged):
    template = {"p.md": "# [Title]\n\n## Plan\n\n### First\n\n[x]\n\n### Second\n\n[y]\n\n## Other\n\n[z]\n"}
    text = "---\ndesign:\n  template: p\n  status: approved\n---\n\n# T\n\n## Other\n\nOwn words.\n"
    design = judged({"a.md": text}, template, todo="always").designs[0]
    assert design.verdict.expanded
    html = decorate(design.verdict.expanded.markdown, design, "", design.diagnostics)
    hrefs = re.findall(r'href="#([^"]+)"', html)
    assert hrefs
    assert all(f'id="{href}"' in html for href in hrefs)
    assert hrefs[0] == f"designdocs-prompt-{design.verdict.section_paths.index('Plan > First')}"

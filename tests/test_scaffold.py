"""A new design: its block can be read, its prompts count as unwritten, and nothing is written over."""

from __future__ import annotations

import datetime

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs import filling, shelf
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.scaffold import scaffold, slug, write_new
from mkdocs_designdocs.source import read
from mkdocs_designdocs.templates import load

DAY = datetime.date(2026, 11, 3)
LIBRARY = load([shelf.built_in_dir()])


@pytest.mark.parametrize("name", sorted(LIBRARY.templates))
def test_a_new_design_is_a_draft_of_which_nothing_is_written(judged, name):
    text = scaffold(LIBRARY.templates[name], "Checkout: retries", ["@ana", "Bo Li <bo@x.org>"], DEFAULT, DAY)
    (made,) = judged({"a.md": text}).designs
    assert (made.title, made.metadata.template, made.metadata.created) == ("Checkout: retries", name, "2026-11-03")
    assert made.metadata.authors == (Person(handle="ana"), Person("Bo Li", email="bo@x.org"))
    assert made.status.key == "draft"
    assert made.verdict.written == 0
    assert made.verdict.required > 3
    assert {d.level.value for d in made.diagnostics} == {"note"}, [
        d for d in made.diagnostics if d.level.value != "note"
    ]
    assert "Checkout: retries" in read("a.md", text.encode()).body.split("\n", 2)[1]


@pytest.mark.parametrize(
    ("heading", "filled"),
    [
        ("# [Feature name]: design", "# A | B: design"),
        ("# Design of {{TITLE}}", "# Design of A | B"),
        ("# <your title>", "# A | B"),
        ("# A fixed heading", "# A fixed heading"),
        ("# Title", "# A | B"),
        ("# Your Proposal Title", "# A | B"),
        ("# RFC: <title>", "# RFC: A | B"),
        ("# RFC [number]: [name]", "# RFC [number]: A | B"),
        ("# [Feature Name] Design", "# A | B Design"),
        ("# {{ TITLE }}", "# A | B"),
        ("# KEP-NNNN: Your short, descriptive title", "# KEP-NNNN: A | B"),
        ("<!-- [How to use this] -->\n\n# [Name]", "<!-- [How to use this] -->\n\n# A | B"),
        ("No heading", "No heading"),
    ],
)
def test_the_title_goes_where_the_template_leaves_room_for_it(tmp_path, heading, filled):
    (tmp_path / "t.md").write_text(f"{heading}\n\n## A\n\n[Feature name]\n")
    text = scaffold(load([tmp_path]).templates["t"], "A | B", [], DEFAULT, DAY)
    assert read("a.md", text.encode()).body == f"\n{filled}\n\n## A\n\n[Feature name]\n"


@pytest.mark.parametrize("name", ["007", "1.10", "on", "null", "@home", "a: b", "x y", "Größe", "-"])
def test_any_templates_name_and_any_label_are_read_back(tmp_path, name):
    (tmp_path / f"{name}.md").write_text("# T\n")
    lifecycle = Lifecycle((Status("x", name.capitalize()),))
    text = scaffold(load([tmp_path]).templates[name], "T", [], lifecycle, DAY)
    front, problems = parse(read("a.md", text.encode()).front)
    assert not problems
    assert front.values["design"]["template"] == name
    assert front.values["design"]["status"] == name.capitalize().lower()


TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1).map(
    lambda t: " ".join(t.split())
)


@given(TITLES)
def test_any_title_is_read_back(title):
    text = scaffold(LIBRARY.templates["component"], title, [title], DEFAULT, DAY)
    front, problems = parse(read("a.md", text.encode()).front)
    assert not problems
    assert front.values["design"]["title"] == title
    assert front.values["design"]["authors"] == [title]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout retries", "checkout-retries"),
        ("  What's new? (v2)  ", "what-s-new-v2"),
        ("Größe & Maß", "groe-ma"),
        ("snake_case", "snake-case"),
        ("../../etc/passwd", "etc-passwd"),
        ("设计", "设计"),
        ("???", "design"),
        ("", "design"),
        ("long " * 40, "-".join(["long"] * 16)),
        ("x" * 300, "x" * 80),
        ("设" * 300, "设" * 26),
    ],
)
def test_a_file_is_named_after_the_title(title, name):
    assert slug(title) == name


@given(st.text())
def test_any_title_names_a_file_in_its_folder(title):
    assert not set(slug(title)) & set("/\\:.\0 \n")
    assert slug(title)


def test_nothing_is_written_over(tmp_path):
    path = tmp_path / "new" / "folder" / "a.md"
    write_new(path, "one\nTwo é\n")
    assert path.read_bytes() == "one\nTwo é\n".encode()
    with pytest.raises(FileExistsError):
        write_new(path, "two")
    assert path.read_text("utf-8") == "one\nTwo é\n"


@pytest.mark.parametrize("title", ["Faster <script>alert(1)</script>", "a*b_c [x]", "C#", "a -> b"])
@pytest.mark.parametrize("name", ["feature", "t"])
def test_a_title_shows_as_the_text_it_is(tmp_path, judged, title, name):
    (tmp_path / "t.md").write_text("# Title\n\n## A\n\n[a]\n")
    made = load([shelf.built_in_dir(), tmp_path]).templates[name]
    text = scaffold(made, title, [], DEFAULT, DAY)
    heading = read("a.md", text.encode()).body.split("\n")[1]
    shown = title.replace("<", "&lt;").replace(">", "&gt;")
    assert markdown.markdown(heading).endswith(f"{shown}</h1>")
    front = text[: text.index("\n---\n") + 5]
    (design,) = judged({"a.md": front}, {"t.md": "# Title\n\n## A\n\n[a]\n"}).designs
    assert design.title == title
    assert design.verdict.expanded.markdown.split("\n")[0] == heading


@pytest.mark.parametrize(
    ("number", "filled"),
    [("", "KEP-NNNN: New thing"), ("0012", "KEP-0012: New thing"), ("KEP-12", "KEP-12: New thing")],
)
def test_the_mark_of_a_number_beside_the_title_becomes_the_id(number, filled):
    heading = "KEP-NNNN: Your short, descriptive title"
    assert filling.title(heading, Metadata(title="New thing", id=number)) == filled


@pytest.mark.parametrize(
    ("heading", "of_design", "left"),
    [
        ("Your Proposal Title", "Your proposal title", True),
        ("KEP-NNNN: Short title", "KEP-7: Short title", True),
        ("Title", "Land title", False),
        ("A fixed heading", "A fixed heading", False),
    ],
)
def test_a_title_that_is_still_the_templates_is_a_placeholder(judged, heading, of_design, left):
    text = f"---\ndesign:\n  template: t\n  status: draft\n---\n\n# {of_design}\n\n## A\n\nWords.\n"
    (design,) = judged({"a.md": text}, {"t.md": f"# {heading}\n\n## A\n\n[a]\n"}).designs
    assert [d.line for d in design.diagnostics if d.code == "placeholder-left"] == ([7] if left else [])


def test_what_the_block_says_is_said_in_the_lines_of_the_template(tmp_path, judged):
    template = (
        "# [Name]\n\n**Author:** @username\n**Created:** YYYY-MM-DD\n**Issue:** #NNNN\n\n## A\n\n[a]\n\n"
        "---\n\n**Status**: Proposed\n"
    )
    (tmp_path / "t.md").write_text(template)
    text = scaffold(load([tmp_path]).templates["t"], "New thing", ["@ana"], DEFAULT, DAY)
    assert "**Author:** @ana  \n**Created:** 2026-11-03  \n**Issue:** #NNNN" in text
    assert text.rstrip().endswith("**Status**: Draft")
    (design,) = judged({"a.md": text}, {"t.md": template}).designs
    assert {d.code for d in design.diagnostics if "Issue" not in d.message} == {"section-unwritten"}

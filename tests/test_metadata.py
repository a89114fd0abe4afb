"""What a design says about itself: block, page and body; and a finding at its line for whatever cannot be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.dates import iso_date
from mkdocs_designdocs.design import dump, restore
from mkdocs_designdocs.fields import FIELDS, Metadata, said
from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.metadata import Reader
from mkdocs_designdocs.metalines import field_of, is_metadata, metadata_lines
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.placeholders import is_placeholder
from mkdocs_designdocs.settings import Adopted
from mkdocs_designdocs.source import read


def read_all(text, allowed=(), lifecycle=DEFAULT):
    """The metadata of a document, and its findings as `line:column code: message | help`."""
    source = read("d.md", text.encode())
    front, problems = parse(source.front or "")
    assert not problems
    body = outline(source.body)
    reader = Reader(source, front, lifecycle)
    metadata = reader.read(body, allowed, "")
    found = reader.problems
    return metadata, [f"{d.line}:{d.column} {d.code}: {d.message}" + (f" | {d.help}" if d.help else "") for d in found]


def block(lines, allowed=()):
    return read_all(
        "---\ndesign:\n  status: draft\n" + "".join(f"  {line}\n" for line in lines.split("\n")) + "---\n", allowed
    )


@pytest.mark.golden_test("golden/metadata.yml")
def test_what_cannot_be_used_is_said_at_its_line(golden):
    told = []
    for document in golden["documents"]:
        metadata, found = read_all(document, ["models", "endpoints"])
        values = {name: said(metadata, name) for name in FIELDS if said(metadata, name)}
        told.append({"document": document, "found": found, "values": values})
    assert told == golden.out["told"]


def test_everything_that_a_block_can_say():
    metadata, found = read_all(
        """---
design:
  template: feature
  id: D-7
  title: Checkout retries
  status: In_Review
  authors: ["@ana", "Bo Li <bo@example.com>", "[Chen](https://example.com)"]
  reviewers: Dana and Eve
  created: 2026-11-03
  updated: 2026-11-04T10:00:00Z
  issue: 12
  spec: https://example.com/spec
  tags: [a, 2, 3.10]
  supersedes: old
  superseded_by: [x, y]
  depends-on: a, b
  related: [c]
  models: [{name: Order}]
---
""",
        ["models"],
    )
    assert not found
    assert metadata == Metadata(
        template="feature",
        id="D-7",
        title="Checkout retries",
        status=DEFAULT.statuses[1],
        authors=(
            Person(handle="ana"),
            Person("Bo Li", email="bo@example.com"),
            Person("Chen", url="https://example.com"),
        ),
        reviewers=(Person("Dana"), Person("Eve")),
        created="2026-11-03",
        updated="2026-11-04",
        issue="12",
        spec="https://example.com/spec",
        tags=("a", "2", "3.10"),
        supersedes=("old",),
        superseded_by=("x", "y"),
        depends_on=("a", "b"),
        related=("c",),
        data={"models": [{"name": "Order"}]},
    )


def test_the_whole_block_may_be_the_templates_name():
    metadata, found = read_all("---\ndesign: feature\nstatus: draft\n---\n")
    assert (metadata.template, metadata.status.key, found) == ("feature", "draft", [])


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("id: 007", "id", "007"),
        ("id: 0012", "id", "0012"),
        ("spec: 1.10", "spec", "1.10"),
        ("issue: 1_000", "issue", "1_000"),
        ("tags: 3.10", "tags", ("3.10",)),
        ("tags: [3.10, 1.0]", "tags", ("3.10", "1.0")),
        ("tag: one", "tags", ("one",)),
        ("tags: [a, a, ' b ']", "tags", ("a", "b")),
        ("author: Ana and Bo", "authors", (Person("Ana"), Person("Bo"))),
        ("authors: {name: Ana, handle: '@ana', url: null}", "authors", (Person("Ana", "ana"),)),
        (
            "authors: [{name: Ana}, '@bo', {email: c@x.org}]",
            "authors",
            (Person("Ana"), Person(handle="bo"), Person(email="c@x.org")),
        ),
        ("authors: ['@ana', '@ANA']", "authors", (Person(handle="ANA"),)),
        ("reviewers: N/A", "reviewers", ()),
        ("date: 2026-11-03", "created", "2026-11-03"),
        ("created: 2026-11-03 09:30:00", "created", "2026-11-03"),
        ("created: 2026-11-03T09:30:00.000+02:00", "created", "2026-11-03"),
        ("created: 2026/1/3", "created", "2026-01-03"),
        ("title: 2026", "title", "2026"),
        ("title:", "title", ""),
        ("superseded-by: x", "superseded_by", ("x",)),
    ],
)
def test_values_as_people_write_them(lines, field, value):
    metadata, found = block(lines)
    assert found == []
    assert getattr(metadata, field) == value


def test_the_block_wins_over_the_page_and_the_page_over_the_body():
    page = "title: Page\nstatus: approved\nauthors: ['@page']\ntags: [page]\ndate: 2026-01-02\n"
    body = "# H\n\n**Title:** Body\n**Status:** Rejected\n**Author:** @body\n**Tags:** body\n**Date:** 2026-01-03\n"
    own = "design:\n  title: Block\n  status: draft\n  author: '@block'\n  tags: block\n  created: 2026-01-01\n"

    def told(text):
        metadata, _ = read_all(text)
        return [said(metadata, name) for name in ("title", "status", "authors", "tags", "created")]

    assert told(f"---\n{own}{page}---\n{body}") == ["Block", "Draft", "@block", "block", "2026-01-01"]
    assert told(f"---\ndesign:\n{page}---\n{body}") == ["Page", "Approved", "@page", "page", "2026-01-02"]
    assert told(f"---\ndesign:\n---\n{body}") == ["Body", "Rejected", "@body", "body", "2026-01-03"]


def test_what_the_body_leaves_open_is_nothing():
    metadata, _ = read_all(
        "---\ndesign:\n  status: draft\n---\n# H\n\n**Author:** TBD\n**Issue:** [link]\n**Reviewers:** N/A\n"
    )
    assert (metadata.authors, metadata.issue, metadata.reviewers) == ((), "", ())


def test_what_is_odd_in_the_pages_own_front_matter_is_the_pages_business():
    metadata, found = read_all(
        "---\ndesign: {status: draft}\ntitle: [a, b]\ntags: x\ndate: 7\nauthors: {nick: b}\n---\n"
    )
    assert found == []
    assert metadata == Metadata(status=DEFAULT.initial, tags=("x",))


def test_a_lifecycle_of_ones_own_is_named_in_the_messages():
    lifecycle = Lifecycle((Status("idea", "Idea"), Status("live", "Live")))
    _, found = read_all("---\ndesign:\n  status: draft\n---\n", lifecycle=lifecycle)
    assert found == ['3:3 status-unknown: unknown status "draft"; the design is checked as "idea" | one of idea, live']
    _, found = read_all("---\ndesign:\n---\n", lifecycle=lifecycle)
    assert found[0].endswith('it is checked as "idea" | add `status:` to the design block: idea, live')


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-11-03", "2026-11-03"),
        ("2024-02-29", "2024-02-29"),
        ("2026-02-29", ""),
        ("2026-13-01", ""),
        ("0000-01-01", ""),
        ("03.11.2026", "2026-11-03"),
        ("2026-11-03x", ""),
        ("yesterday", ""),
    ],
)
def test_a_date_is_a_day_of_the_calendar(text, date):
    assert iso_date(text) == date


@given(st.dates())
def test_every_day_is_a_date(day):
    assert iso_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "text", ["[Name]", "{{AUTHOR}}", "<your name>", "_Your name_", "@username", "YYYY-MM-DD", "`[x y]`"]
)
def test_a_placeholder_is_no_value(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Ana", "[Chen](https://x.org)", "<bo@example.com>", "@ana", "2026-11-03", "a [b] c", ""]
)
def test_a_value_is_no_placeholder(text):
    assert not is_placeholder(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


@given(st.one_of(VALUES, st.dictionaries(st.sampled_from([*FIELDS, "author", "models", "x", 7, None, True]), VALUES)))
def test_no_block_of_any_values_raises(value):
    from mkdocs_designdocs.frontmatter import FrontMatter

    source = read("d.md", b"---\ndesign:\n---\n")
    reader = Reader(source, FrontMatter({"design": value}, {("design",): (2, 1)}), DEFAULT)
    metadata = reader.read(outline(""), ["models"], "fallback")
    assert isinstance(metadata.template, str)
    assert all(isinstance(tag, str) and tag for tag in metadata.tags)
    assert all(isinstance(person, Person) and person.label for person in metadata.authors)
    assert all(problem.line == 2 and "\n" not in problem.message for problem in reader.problems)


# The metadata lines of a body ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Author", "authors"),
        ("Author(s)", "authors"),
        ("Owners", "authors"),
        ("LAST UPDATED", "updated"),
        ("Ticket", "issue"),
        ("Depends on", "depends_on"),
        ("Template", ""),
        ("Latency", ""),
        ("Status", "status"),
    ],
)
def test_labels_name_fields(label, name):
    assert field_of(label) == name


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("**Author:** @ana", "@ana"),
        ("**Author**: @ana", "@ana"),
        ("- **Author:** @ana", "@ana"),
        ("__Author:__ @ana", "@ana"),
        ("**Author:** @ana  ", "@ana"),
        ("**Author:** @ana\\", "@ana"),
        ("**Author:** @ana<br>", "@ana"),
        ("**Author:**", ""),
    ],
)
def test_a_metadata_line_at_the_head_and_at_the_foot(line, value):
    for text in (f"# T\n\n{line}\n\n## A\n\nWords.\n", f"# T\n\n## A\n\nWords.\n\n---\n\n{line}\n"):
        (found,) = metadata_lines(outline(text))
        assert (found.name, found.label, found.value) == ("authors", "Author", value)
        assert text.split("\n")[found.line - 1] == line.rstrip("\n")
        assert line[found.column - 1 :].startswith(value)


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n## A\n\n**Author:** in a section\n\n## B\n",
        "# T\n\n## A\n\nWords.\n\n**Author:** without a rule above\n",
        "# T\n\n**Author** without a colon\n",
        "# T\n\n**Latency:** no field\n",
        "# T\n\n```\n**Author:** in code\n```\n",
        "# T\n\n**Author:** among\nother words\n",
    ],
)
def test_other_lines_are_words_of_the_author(text):
    assert [*metadata_lines(outline(text))] == []


def test_a_block_is_metadata_only_if_all_of_it_is():
    both, mixed = (outline(text).blocks[0] for text in ("**Author:** a\n**Status:** b\n", "**Author:** a\nand more\n"))
    assert is_metadata(both)
    assert not is_metadata(mixed)


# What the page shows anyway --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Date: 2025-08-17\n\n## Status\n\nAccepted\n", {"created"}),
        ("* Status: draft\n* Authors: Ana Ruiz, Bo Li\n* Date: soon\n", {"status", "authors"}),
        ("| Author | Ana |\n|---|---|\n| Created | 2025-01-01 |\n", {"authors", "created"}),
        ("## Metadata\n\n| Author | Ana |\n|---|---|\n| Created | 2025-01-01 |\n", {"authors", "created"}),
        ("**Author:** TBD\n\n**Reviewer:** @bo\n", {"reviewers"}),
        ("## Why\n\nAuthor: Bo\n\n## Document control\n\nAuthor: Ana\n\n---\n\nCreated: 2025-01-01\n", set()),
        ("", set()),
    ],
)
def test_what_an_adopted_page_says_at_its_head_its_header_need_not(judged, body, shown):
    (one,) = judged({"a.md": f"# X\n\n{body}\n## Context\n\nIt: is.\n"}, docs=(Adopted(("*.md",)),)).designs
    assert one.verdict.shown_fields == shown
    assert restore(dump(one.verdict), DEFAULT).shown_fields == shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("component", set()),  # it has its lines at the foot
        ("engineering", {"authors", "created", "issue", "status"}),
        ("feature", set()),
        ("service", set()),
        ("solution", set()),
    ],
)
def test_what_a_built_in_template_shows_at_its_head_the_header_need_not(judged, template, shown):
    block = f"template: {template}, status: draft, authors: '@ana', created: 2026-01-02, issue: '#3'"
    (one,) = judged({"a.md": f"---\ndesign: {{{block}}}\n---\n"}).designs
    assert one.verdict.shown_fields == shown

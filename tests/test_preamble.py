"""The metadata of a body: whatever form it has, it is read as it was meant, and nothing else is."""

from __future__ import annotations

import pytest
from forms import FORMS, documents
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.metadata import Reader, Surroundings
from mkdocs_designdocs.preamble import of_body
from mkdocs_designdocs.settings import Adopted
from mkdocs_designdocs.source import read
from mkdocs_designdocs.vocabulary import DEFAULT as WORDS


def read_back(document, sidecar=None, uri="d.md"):
    """What an adopted document says, with the reader that has read it."""
    source = read("d.md", document.encode())
    front, _ = parse(source.front or "")
    beside = Sidecar("d.yaml", sidecar.encode()) if sidecar is not None else None
    reader = Reader(source, front, DEFAULT, Surroundings(uri, sidecar=beside, adopted=Adopted(("*.md",))))
    return reader.read(outline(source.body), (), ""), reader


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_written_in_any_form_is_read_as_it_was_meant(form, data):
    told, meant = data.draw(documents(form))
    event(f"{len(meant)} fields")
    metadata, reader = read_back(told.document, told.sidecar)
    assert metadata.status is not None, reader.problems
    assert metadata.status.key == meant.pop("status")
    assert {name: getattr(metadata, name) for name in meant} == meant
    assert reader.problems == []
    for name in ("authors", "reviewers", "created", "updated"):
        assert name in meant or not getattr(metadata, name)
    lines = {name: origin.line for name, origin in reader.origins.items()}
    assert lines == told.lines


# What no text can do -------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("# ", "## ", "Status", "Author", "Owners", "Date", ":", ": ", "：", "**", "_", "`", "|", " | ", "\n", "\n\n"),
        *(
            "- ",
            "* ",
            "  - ",
            "> ",
            "---\n",
            "| a | b |\n|---|---|\n",
            "```yaml\n",
            "```\n",
            "accepted",
            "superseded by ",
        ),
        *(
            "[12](12.md)",
            "@ana",
            "Ana Diaz",
            "<ana@example.com>",
            "2026-02-30",
            "(",
            ")",
            "[",
            "]",
            "<br>",
            "<!-- ",
            "-->",
        ),
        *(
            "~~",
            "TBD",
            "[Name]",
            "- [x] ",
            "moved to ",
            "\\",
            "😀",
            "\u00a0",
            "\t",
            "1. ",
            "draft | approved",
            "Metadata",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(st.characters(codec="utf-8"), max_size=80))


@given(TEXTS)
def test_no_body_raises_and_every_claim_stands_where_it_says(text):
    body = outline(text)
    lines = text.split("\n")
    for claim in of_body(body, WORDS, "d.md", 0):
        assert claim.values
        assert all(value == value.strip() and value and "\n" not in value for value in claim.values)
        assert 1 <= claim.origin.line <= len(lines)
        assert 1 <= claim.origin.column <= len(lines[claim.origin.line - 1]) + 1
        assert claim.origin.raw


def test_a_value_that_says_the_same_as_its_label_stands_behind_it():
    _, reader = read_back("# A\n\nStatus: Status\n")
    assert (reader.origins["status"].line, reader.origins["status"].column) == (3, 9)


@given(front=TEXTS, text=TEXTS, sidecar=st.none() | TEXTS)
@example(front="", text="Status:Status", sidecar=None)
@settings(deadline=None)
def test_no_document_raises_and_every_origin_is_a_place_in_its_file(front, text, sidecar):
    document = f"---\n{front}\n---\n{text}"
    metadata, reader = read_back(document, sidecar, uri="rejected/0012-x.md")
    files = {"d.md": document.split("\n"), "d.yaml": (sidecar or "").split("\n")}
    for name, origin in reader.origins.items():
        unknown = name == "status" and any(found.code == "status-unknown" for found in reader.problems)
        assert getattr(metadata, name) or unknown, name
        assert 1 <= origin.line <= len(files[origin.path])
        assert 1 <= origin.column <= len(files[origin.path][origin.line - 1]) + 1
    for found in reader.problems:
        assert 1 <= found.line <= len(files[found.path])
        assert found.column >= 1
        assert "\n" not in found.message + found.help
    assert all(person.label and "\n" not in person.label for person in (*metadata.authors, *metadata.reviewers))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("# T\n\nNote: Status: accepted\n", []),
        ("# T\n\nWe saw this.\nStatus: accepted\n", []),
        ("# T\n\nStatus: accepted\nWe saw this.\n", [("status", "accepted", 3)]),
        ("# T\n\n- Goals: many\n- Status: accepted\n", [("status", "accepted", 4)]),
        ("# A\n\nStatus: one\n\n# B\n\nStatus: two\n", [("status", "one", 3)]),
        ("# A\n\nWords.\n\nStatus: one\n\n# B\n", []),
        ("## Why\n\nWords.\n\nStatus: one\n", []),
        ("## T\n\nStatus: one\n\n## Why\n\nStatus: two\n", [("status", "one", 3)]),
        ("# T\n\n| State | Meaning |\n|---|---|\n| open | a door |\n", []),
        ("# T\n\n| Status | one |\n|---|---|\n", [("status", "one", 3)]),
        ("# T\n\n| Status | one |\n|---|---|\n| Date | two |\n", [("status", "one", 3), ("created", "two", 5)]),
        ("# T\n\n## Metadata\n\n- Status: one\n\n## Status\n\ntwo\n", [("status", "one", 5), ("status", "two", 9)]),
        ("# T\n\n- Status: one\n  Date: two\n", [("status", "one", 3), ("created", "two", 4)]),
        ("# T\n\n- Status: one\n  and more\n", [("status", "one and more", 3)]),
        ("# T\n\n- Owners:\n- Status: one\n", [("status", "one", 4)]),
        ("# T\n\n## Status\n\n" + "word " * 20 + "\n\nReplaces [x](x.md).\n", [("supersedes", "[x](x.md)", 7)]),
        ("# T\n\n## Status\n\n" + "word " * 200 + "\n\nReplaces [x](x.md).\n", []),
        ("# T\n\n**Owners:**\n\nWords.\n\n- one\n", []),
        ("# T\n\n**Owners:**\n\n- Goals: many\n- two\n", []),
        ("# T\n\n## Status\n\n- [ ] accepted\n", []),
        ("# T\n\n## Why\n\nWords.\n\n---\n\nStatus: one\n\n---\n\nWords.\n", []),
        ("# T\n\nMoved to [x](x.md).\n\nWords.\n", []),
        ("# T\n\n* * *\n", []),
        ("", []),
    ],
)
def test_what_is_metadata_and_what_is_not(text, claims):
    found = of_body(outline(text), WORDS, "d.md", 0)
    assert [(claim.field, claim.text, claim.origin.line) for claim in found] == claims


def test_lines_are_those_of_the_file():
    (claim,) = of_body(outline("# T\n\nStatus: accepted\n"), WORDS, "d.md", 7)
    assert (claim.origin.line, claim.origin.column, claim.origin.kind) == (10, 9, "line")

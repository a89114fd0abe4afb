"""Bytes to text: whatever stands in a file, its body comes back whole and its lines keep their numbers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_designdocs.source import read


def test_front_matter_and_body_are_split_and_the_lines_are_known():
    source = read("a.md", b"---\ntitle: x\n---\n# Body\n")
    assert (source.front, source.body, source.body_line) == ("title: x\n", "# Body\n", 4)
    assert not source.unclosed


@pytest.mark.parametrize("closing", ["---", "...", "---  ", "---\t"])
def test_three_dots_and_trailing_space_close_it_too(closing):
    assert read("a.md", f"---  \na: b\n{closing}\nBody".encode()).body == "Body"


def test_a_file_may_end_with_the_line_that_closes_the_front_matter():
    source = read("a.md", b"---\ndesign: feature\n---")
    assert (source.front, source.body, source.body_line, source.unclosed) == ("design: feature\n", "", 3, False)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_a_byte_order_mark_change_nothing(mark, ending):
    text = "---\na: b\n---\n\nOne\nTwo\n"
    assert read("a.md", mark + text.replace("\n", ending).encode()) == read("a.md", text.encode())


def test_an_empty_file_is_an_empty_body():
    source = read("a.md", b"")
    assert (source.text, source.front, source.body, source.body_line) == ("", None, "", 1)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", (1, 1)),
        (b"\xef\xbb\xbfab\xff", (1, 3)),
        ("é\nü".encode() + b"\xff\xff", (2, 2)),
        (b"a\r\nb\rc\xff", (3, 2)),
        (b"a\n\xc3", (2, 1)),
    ],
)
def test_the_first_byte_that_is_not_utf8_is_found(data, place):
    source = read("a.md", data)
    assert source.undecodable == place
    line = source.text.split("\n")[place[0] - 1]
    assert line[place[1] - 1] == "�"


UNCLOSED = {
    "until a heading": ("---\ndesign:\n  template: x\n# Title\n\nWords.\n", "design:\n  template: x\n", 4),
    "until an empty line": ("---\ndesign:\n  template: x\n\nWords.\n", "design:\n  template: x\n", 4),
    "spaces behind the opening": ("---  \ndesign: x\n# Title\n", "design: x\n", 3),
    "an empty line above the block": ("---\ntitle: x\n\ndesign: x\n\nWords.\n", "title: x\n\ndesign: x\n", 5),
    "a comment above the block": ("---\n# of ours\ndesign: x\n# Title\n", "# of ours\ndesign: x\n", 4),
    "the end of the file": ("---\ndesign: x", "design: x", 2),
    "a rule closes nothing": ("---\ndesign: x\n\nWords.\n\n---\n\nMore.\n", "design: x\n", 3),
    "nor does a title's underline": ("---\ndesign: x\n# T\n\nSub title\n---\n\nMore.\n", "design: x\n", 3),
}


@pytest.mark.parametrize(("text", "front", "line"), UNCLOSED.values(), ids=UNCLOSED)
def test_front_matter_that_is_never_closed_ends_where_markdown_must_begin(text, front, line):
    source = read("a.md", text.encode())
    assert source.unclosed
    assert (source.front, source.body_line) == (front, line)
    assert source.text.split("\n", 1)[1] == front + source.body


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule above, and the\ndesign: it is hard.\n",
        "---\ntitle: x\n\n# No design\n",
        "A paragraph.\n\n---\ndesign: x\n",
    ],
)
def test_a_page_that_begins_with_a_rule_has_no_front_matter(text):
    source = read("a.md", text.encode())
    assert (source.front, source.body, source.unclosed) == (None, text, False)


ADOPTED = {
    "until a heading": ("---\nstatus: accepted\ntitle: Foo\n# T\n\nWords.\n", "status: accepted\ntitle: Foo\n", 4),
    "until an empty line": ("---\nauthors:\n- ana\nstatus: x\n\nWords.\n", "authors:\n- ana\nstatus: x\n", 5),
    "a rule closes nothing": ("---\nstatus: x\n\n# T\n\nIt is x.\n\n---\n\nfooter\n", "status: x\n", 3),
    "nor behind a section": ("---\nstatus: x\n\n# T\n\n## S\n\n- It\n\n---\n\nfooter\n", "status: x\n", 3),
    "the end of the file": ("---\nstatus: x", "status: x", 2),
}


@pytest.mark.parametrize(("text", "front", "line"), ADOPTED.values(), ids=ADOPTED)
def test_a_page_that_is_a_design_by_its_place_needs_no_block_for_that(text, front, line):
    source = read("a.md", text.encode(), adopted=True)
    assert (source.unclosed, source.front, source.body_line) == (True, front, line)
    assert source.text.split("\n", 1)[1] == front + source.body
    assert not read("a.md", text.encode()).unclosed


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nWords below a rule.\n",
        "---\nWords below a rule.\n",
        "---\nNote: this page is old.\n\n# T\n",
        "---\nStatus: accepted\nand not to be read as YAML\n\n# T\n",
        "---\n# T\nStatus: accepted\n\nWords.\n",
        "---\nSee also:\n\n- this\n",
    ],
)
def test_a_design_that_begins_with_a_rule_has_no_front_matter(text):
    source = read("a.md", text.encode(), adopted=True)
    assert (source.front, source.body, source.unclosed) == (None, text, False)


@pytest.mark.parametrize("adopted", [True, False])
@pytest.mark.parametrize(
    "front",
    [
        "design: x\n\n# a comment\ntitle: y\n",
        "design:\n  data: |\n    text\n\n    more text\n\ntitle: y\n",
        "design: x\n\ntags:\n- one\n- two\n",
        'design: x\n\nnote: "goes\n\n  on"\n',
        "title: x\n\n# of ours\n\nstatus: y\n",
        "title: x\n# of ours: all\nstatus: y\n",
    ],
)
def test_empty_lines_and_comments_may_stand_in_front_matter(front, adopted):
    source = read("a.md", f"---\n{front}---\nBody.\n".encode(), adopted=adopted)
    assert (source.front, source.body, source.unclosed) == (front, "Body.\n", False)


LINES = st.lists(
    st.sampled_from(
        [
            "---",
            "--- ",
            "...",
            "",
            " ",
            "design:",
            "design: x",
            "  a: b",
            "- c",
            "# T",
            "## S",
            "Words",
            "a: b",
            "\t",
            "é",
        ]
    ),
    max_size=12,
)


@given(LINES.map("\n".join), st.booleans())
@example("---\n---", False)
@example("---\ndesign:", False)
@example("---\na: b", True)
def test_no_word_of_a_body_is_ever_lost(text, adopted):
    source = read("a.md", text.encode(), adopted=adopted)
    assert source.text == text
    assert text.endswith(source.body)
    assert source.body == "\n".join(text.split("\n")[source.body_line - 1 :]) or not source.body
    kept = (source.front or "") + source.body
    for word in ("Words", "## S", "é"):
        assert kept.count(word) == text.count(word)


@given(st.binary())
@example(b"---\n\xff\n---")
def test_any_bytes_are_read(data):
    source = read("a.md", data)
    assert source.text.endswith(source.body)
    assert (source.undecodable is None) == (data.decode("utf-8", "ignore").encode() == data)
    if source.undecodable:
        line, column = source.undecodable
        assert source.text.split("\n")[line - 1][column - 1] == "�"


def test_a_long_file_that_only_looks_like_front_matter_takes_no_time():
    assert read("a.md", b"---\n" + b"- :\n" * 50_000).front is None
    assert read("a.md", b"---\n" + b"a: - b :\n" * 50_000).front is None
    assert read("a.md", b"---\n" + b"a: - b :\n" * 50_000, adopted=True).front is None
    assert read("a.md", b"---\na: " + b" " * 200_000 + b".\n", adopted=True).front is None
    assert read("a.md", b"---\na: " + b"x " * 100_000 + b".\n", adopted=True).front is None

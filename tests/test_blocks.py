"""Markdown comes apart into the blocks and headings that an author sees."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.blocks import Block, Kind, outline


def kinds(text: str) -> list[tuple[str, str, int]]:
    return [(b.kind.value, b.text.rstrip("\n"), b.line) for b in outline(text).blocks]


def test_every_kind_of_leaf_with_its_line():
    text = """# Title

Words on
two lines.

- item
- [ ] box

| a | b |
|---|---|
| 1 | 2 |

```py
x = 1
```

    indented

<div>html</div>

<!-- comment -->

---
"""
    assert kinds(text) == [
        ("heading", "Title", 1),
        ("paragraph", "Words on\ntwo lines.", 3),
        ("item", "item", 6),
        ("item", "[ ] box", 7),
        ("table head", "a | b", 9),
        ("row", "1 | 2", 11),
        ("fence", "x = 1", 13),
        ("code", "indented", 17),
        ("html", "<div>html</div>", 19),
        ("comment", "<!-- comment -->", 21),
        ("rule", "", 23),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# A\n```",
        "    # A",
        "<!--\n# A\n-->",
        "> # A",
        "- # A",
        "<div>\n# A\n</div>",
        "!!! note\n\n    # A\n\n    Words.",
        '=== "Tab"\n\n    ## A',
        "#A",
    ],
)
def test_what_is_no_heading_of_the_document(text):
    assert not outline(text).headings


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## Data flow ##", "Data flow"),
        ("## Data flow {#flow}", "Data flow"),
        ("## Data flow { .big #flow }", "Data flow { .big #flow }"),
        ('## <a name="flow"></a>Data flow', "Data flow"),
        ("Data flow\n---", "Data flow"),
        ("Data flow\n===", "Data flow"),
    ],
)
def test_titles(line, title):
    assert [h.title for h in outline(line).headings] == [title]


def test_parents_follow_levels_also_where_some_are_skipped():
    text = "# T\n\n## A\n\n#### B\n\n### C\n\n## D\n\n# E\n"
    assert list(outline(text).parents) == [-1, 0, 1, 1, 0, -1]


def test_definitions_stay_what_they_are_in_the_text():
    assert kinds("- [Metric 1]: [Target]\n") == [("item", "[Metric 1]: [Target]", 1)]
    assert kinds("[a]: https://example.org\n") == [("paragraph", "[a]: https://example.org", 1)]


def test_an_empty_item_is_one_and_makes_none_of_what_follows():
    assert kinds("-\n\nWords.\n") == [("item", "", 1), ("paragraph", "Words.", 3)]


def test_only_the_first_leaf_of_an_item_is_the_item():
    assert [k for k, *_ in kinds("- a\n\n  b\n\n  ```\n  c\n  ```\n")] == ["item", "paragraph", "fence"]


class TestContainers:
    def test_what_is_indented_below_an_admonition_is_markdown(self):
        text = '!!! note "Title"\n\n    First.\n\n    - item\n\n    ```mermaid\n    graph LR\n    ```\n\nAfter.\n'
        assert kinds(text) == [
            ("paragraph", '!!! note "Title"', 1),
            ("paragraph", "First.", 3),
            ("item", "item", 5),
            ("fence", "graph LR", 7),
            ("paragraph", "After.", 11),
        ]

    def test_without_a_blank_line(self):
        assert kinds("??? info\n    Words.\n    More.\n") == [
            ("paragraph", "??? info", 1),
            ("paragraph", "Words.\nMore.", 2),
        ]

    def test_tabs_in_an_admonition(self):
        text = '!!! tip\n\n    === "A"\n\n        In A.\n\n    === "B"\n\n        In B.\n'
        assert [(t, n) for _, t, n in kinds(text)] == [
            ("!!! tip", 1),
            ('=== "A"', 3),
            ("In A.", 5),
            ('=== "B"', 7),
            ("In B.", 9),
        ]

    def test_code_after_words_stays_code(self):
        assert kinds("Words.\n\n    code\n")[1][0] == "code"
        assert kinds("!!! note\n\nWords.\n\n    code\n")[2][0] == "code"

    def test_nothing_nests_without_end(self):
        assert outline("!!! note\n" * 3000).blocks


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<!-- a --><!-- b -->", Kind.COMMENT),
        ("<!-- never closed", Kind.COMMENT),
        ("<!-- a --> Words.", Kind.HTML),
        ("<div><!-- a --></div>", Kind.HTML),
    ],
)
def test_a_comment_hides_nothing_that_stands_beside_it(html, kind):
    assert [b.kind for b in outline(html).blocks] == [kind]


def test_quotes_are_known_as_such_in_every_leaf():
    blocks: list[Block] = list(outline("> words\n>\n> | a |\n> |---|\n> | b |\n\nafter\n").blocks)
    assert [b.quoted for b in blocks] == [True, True, True, False]


def test_windows_of_blocks_between_headings():
    document = outline("Lead.\n\n# A\n\nIn A.\n\n## B\n\nIn B.\n")
    assert [b.text for b in document.between(-1, 0)] == ["Lead."]
    assert [b.text for b in document.between(0, 1)] == ["In A."]
    assert [b.text for b in document.between(0, 2)] == ["In A.", "B", "In B."]

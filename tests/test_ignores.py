"""`<!-- designdocs: ignore CODE -->` silences what it names, where it stands, and nothing else."""

from __future__ import annotations

import pytest

TEMPLATE = "# [Name]\n\n## Overview\n\n[What it is]\n\n## Risks\n\n[What may go wrong]\n"
FRONT = "---\ndesign:\n  template: t\n  title: T\n  status: approved\n---\n"


@pytest.fixture
def codes(judged):
    def found(body: str) -> list[tuple[str, int]]:
        (design,) = judged({"a.md": FRONT + body}, {"t.md": TEMPLATE}).designs
        return [(d.code, d.line) for d in design.diagnostics]

    return found


def test_without_a_comment_everything_is_reported(codes):
    assert codes("# T\n\n## Overview\n\nTODO: one.\n\nWords. TBD\n\n## Risks\n") == [
        ("todo-left", 11),
        ("todo-left", 13),
        ("section-empty", 15),
    ]


def test_the_next_block_is_meant(codes):
    body = "# T\n\n## Overview\n\n<!-- designdocs: ignore todo-left -->\n\nTODO: one.\n\nWords. TBD\n\n## Risks\n"
    assert codes(body) == [("todo-left", 15), ("section-empty", 17)]


def test_before_a_heading_its_section_is_meant(codes):
    body = (
        "# T\n\nIntro.\n\n<!-- designdocs: ignore todo-left -->\n## Overview\n\nTODO: one.\n\nWords. TBD\n\n## Risks\n"
    )
    assert codes(body) == [("section-empty", 18)]


def test_at_the_head_the_page_is_meant(codes):
    comment = "<!-- designdocs: ignore todo-left, section-empty -->\n\n"
    body = "## Overview\n\nTODO: one.\n\nWords.\n\n## Risks\n"
    assert codes("# T\n\n" + comment + body) == []
    assert codes(comment + body) == []


def test_other_codes_are_still_reported(codes):
    body = (
        "# T\n\n## Overview\n\n<!-- designdocs: ignore placeholder-left -->\n\nTODO: one.\n\nWords.\n\n## Risks\n\nR.\n"
    )
    assert codes(body) == [("todo-left", 13)]


def test_a_code_that_there_is_not_is_reported_with_a_guess(judged):
    body = "# T\n\n<!-- designdocs: ignore todo-lef -->\n\n## Overview\n\nO.\n\n## Risks\n\nR.\n"
    (design,) = judged({"a.md": FRONT + body}, {"t.md": TEMPLATE}).designs
    (diagnostic,) = design.diagnostics
    assert (diagnostic.code, diagnostic.line, diagnostic.level.value) == ("ignore-unknown", 9, "warning")
    assert diagnostic.help == "did you mean `todo-left`?"

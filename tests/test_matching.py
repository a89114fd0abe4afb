"""Which heading of a design is which section of its template."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.matching import guess, match
from mkdocs_designdocs.skeleton import skeleton

TEMPLATE = """# Design: [Name]

## Overview

[What it is]

## Data Model

### [Record Name]

[Its columns]

## API Design

### PUT /things

[What it does]

## Security Considerations

### Authentication & Authorization

[Who may]

### Data Protection

[How]

## Alternatives

### Alternative 1

[What]

### Alternative 2

[What]

## Rollout

### Step 1: Build

- [ ] built

### Step 2: Try

- [ ] tried

### Going Back

[How]
"""


def pairs(design: str, template: str = TEMPLATE, title: str = "", **more) -> dict[str, str]:
    """The design's headings with the sections that they are."""
    document = outline(design)
    found = match(document, skeleton(template, **more), title)
    return {document.headings[i].title: s.title for i, s in found.claimed.items()}


def test_an_untouched_copy_is_all_of_it():
    assert len(pairs(TEMPLATE)) == 15


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("## 3. OVERVIEW", "Overview"),
        ("#### Overviews", "Overview"),
        ("## Overview: what it is", "Overview"),
        ("## Overview (short)", "Overview"),
        ("## Data Models", "Data Model"),
        ("## Security", "Security Considerations"),
        ("## Alternatives considered", "Alternatives"),
        ("## Rollout plan", "Rollout"),
        ("### Authentication and authorization", "Authentication & Authorization"),
        ("### Authorization", "Authentication & Authorization"),
        ("### Data Protecton", "Data Protection"),
        ("## Summary", "Overview"),
        ("## TL;DR", "Overview"),
        ("## Considered options", "Alternatives"),
        ("### Data Protection Rules", "Data Protection"),
    ],
)
def test_renamed_a_little(heading, section):
    title = heading.lstrip("# ")
    assert pairs(f"# T\n\n{heading}\n\nWords.\n")[title] == section


@pytest.mark.parametrize("heading", ["## Data Flow", "## Appendix", "## Protection", "## Model"])
def test_something_else(heading):
    assert not pairs(f"# T\n\n{heading}\n")


def test_aliases():
    more = {"aliases": {"Overview": ["TL;DR", "In short"]}}
    assert pairs("# T\n\n## tl;dr\n", **more) == {"tl;dr": "Overview"}


def test_the_right_parent_comes_first():
    template = "# T\n\n## Web\n\n### Goals\n\n[x]\n\n## App\n\n### Goals\n\n[y]\n"
    document = outline("# D\n\n## App\n\n### Goals\n\n## Web\n\n### Goals\n")
    found = match(document, skeleton(template))
    assert {i: s.index for i, s in found.claimed.items()} == {1: 2, 2: 3, 3: 0, 4: 1}


def test_where_two_are_alike_neither_is_taken():
    assert not pairs("# T\n\n## Summary\n\n## Introduction\n")
    template = "# T\n\n## Security Plan\n\n[x]\n\n## Security Strategy\n\n[y]\n"
    assert not pairs("# T\n\n## Security\n", template)


def test_two_in_one():
    template = "# T\n\n## Goals\n\n[x]\n\n## Non-Goals\n\n[y]\n"
    found = match(outline("# D\n\n## Goals and Non-Goals\n"), skeleton(template))
    assert [s.title for s in found.claimed.values()] == ["Goals"]
    assert found.joined == {1}


class TestPatterns:
    def test_any_number_of_the_authors_own(self):
        found = pairs("# D\n\n## Data Model\n\n### Refund\n\n### Ledger\n\n#### Columns\n")
        assert found == {"Data Model": "Data Model", "Refund": "[Record Name]", "Ledger": "[Record Name]"}

    def test_sub_headings_of_an_entity_are_the_entitys(self):
        found = pairs("# D\n\n## Data Model\n\n### [Record Name]\n\n#### Columns\n")
        assert "Columns" not in found

    def test_sub_headings_of_another_section_are_its_own(self):
        found = pairs("# D\n\n## Rollout\n\n### Step 1: Build\n\n### Going Back\n\n#### At night\n")
        assert "At night" not in found

    def test_beside_its_like_another_heading_is_the_authors(self):
        found = pairs("# D\n\n## Alternatives\n\n### Alternative 1: wait\n\n### Comparison\n")
        assert found == {"Alternatives": "Alternatives", "Alternative 1: wait": "Alternative 1"}

    def test_without_its_like_any_will_do(self):
        found = pairs("# D\n\n## Alternatives\n\n### Wait\n\n### Buy\n")
        assert found["Wait"] == found["Buy"] == "Alternative 1"

    def test_flat_levels(self):
        found = pairs("## Overview\n\n## Data Model\n\n## Refund\n\n## Ledger\n\n## Alternatives\n")
        assert found["Refund"] == found["Ledger"] == "[Record Name]"

    def test_flat_levels_with_the_authors_own_below(self):
        found = pairs("# D\n\n## Overview\n\n## Data Model\n\n## Refund\n\n### Columns\n\n## API Design\n")
        assert found["Refund"] == "[Record Name]"
        assert "Columns" not in found

    def test_its_parent_is_not_taken_for_one(self):
        template = "# T\n\n## Calls\n\n### Call: [Name]\n\n[x]\n"
        found = pairs("# D\n\n# Calls – all\n\n## Call: refund\n", template)
        assert found == {"Calls – all": "Calls", "Call: refund": "Call: [Name]"}

    def test_a_path_is_known_wherever_it_stands(self):
        assert pairs("# D\n\n## Overview\n\n### DELETE /x\n")["DELETE /x"] == "PUT /things"

    def test_at_the_top_only_what_stands_in_its_place(self):
        template = "# T\n\n## First\n\n[x]\n\n## [Your part]\n\n[y]\n\n## Last\n\n[z]\n"
        found = pairs("# D\n\n## First\n\n## Mine\n\n## Last\n\n## Appendix\n", template)
        assert found == {"First": "First", "Mine": "[Your part]", "Last": "Last"}


class TestTitles:
    def of(self, design: str, template: str = TEMPLATE, title: str = "") -> str | None:
        found = match(outline(design), skeleton(template), title).title
        return found.title if found else None

    def test_a_lone_first_h1(self):
        assert self.of("# Refunds\n\n## Overview\n") == "Refunds"

    def test_no_title(self):
        assert self.of("## Overview\n\n## Data Model\n") is None

    def test_a_first_section_is_none_where_all_are_h1(self):
        assert self.of("# Overview\n\n# Data Model\n") is None

    def test_several_h1_with_a_title(self):
        assert self.of("# Refunds\n\n# Overview\n\n# Data Model\n") == "Refunds"

    def test_an_h2_that_says_the_designs_title(self):
        assert self.of("## Refunds, again\n\n## Overview\n", title="Refunds") == "Refunds, again"
        assert self.of("## Overview\n\n## Data Model\n", title="Overview") is None

    def test_a_collection_that_has_its_titles_in_an_h2(self):
        template = "# Template\n\nCopy me.\n\n## Your Proposal Title\n\n## Why\n\nSay why.\n"
        assert self.of("## Parcels\n\n## Why\n\nSo.\n", template) == "Parcels"
        assert [s.title for s in skeleton(template).sections] == ["Why"]

    def test_a_template_of_h1s(self):
        assert [s.title for s in skeleton("# Summary\n\nOne paragraph.\n\n# Reasons\n\nWhy?\n").sections] == [
            "Summary",
            "Reasons",
        ]
        assert [s.title for s in skeleton("# [Name]\n\n# Reasons\n\nWhy?\n").sections] == ["Reasons"]

    def test_the_only_section_so_far_of_a_template_of_h1s(self):
        template = skeleton("# Summary\n\nOne paragraph.\n\n# Reasons\n\nWhy?\n")
        assert match(outline("# Summary\n\nOurs.\n"), template).title is None
        assert match(outline("# Our queues\n\nOurs.\n"), template).title is not None
        template = skeleton("# [Name]\n\n## Summary\n\nOne paragraph.\n")
        assert match(outline("# Summary\n\nOurs.\n"), template).title is not None


class TestGuesses:
    TEMPLATE = "# T\n\n" + "".join(
        f"## {title}\n\n[x]\n\n"
        for title in ("ABI compatibility", "Test Plan", "Implementation Plan", "Implementation Pulls")
    )

    def guessed(self, design: str, wanted: str) -> str | None:
        template = skeleton(self.TEMPLATE)
        section = next(s for s in template.sections if s.title == wanted)
        found = guess(match(outline(design), template), section)
        return found.title if found else None

    def test_a_telling_word(self):
        assert self.guessed("# D\n\n## Effect on ABI stability\n", "ABI compatibility") == "Effect on ABI stability"

    def test_a_word_that_tells_nothing(self):
        assert self.guessed("# D\n\n## Git Implementation notes\n", "Implementation Plan") is None

    def test_nothing_near(self):
        assert self.guessed("# D\n\n## Prices\n", "ABI compatibility") is None

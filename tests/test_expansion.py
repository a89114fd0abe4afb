"""The page in the template's order: every word of the author's, once, and what is still to be written."""

from __future__ import annotations

import random
import re
import textwrap
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.design import Design, Document, Verdict
from mkdocs_designdocs.settings import Settings

TEMPLATE = textwrap.dedent(
    """
    # Design: [Name]

    ## Overview

    [What it is]

    ## Architecture

    ### Components

    - **[Component]**: [Purpose]

    ### Flow

    _How it flows._

    ## Data

    ### [Entity]

    [Its fields]

    ## Rollout (optional)

    [How it is rolled out]

    ## Risks

    [What may go wrong]
    """
).lstrip()

FRONT = "---\ndesign:\n  template: t\n  title: Cache\n  status: draft\n---\n"


@pytest.fixture
def page(judged):
    def expanded(body: str, front: str = FRONT, template: str = TEMPLATE, name: str = "t.md", **more) -> str:
        catalog: Catalog = judged({"a.md": front + body}, {name: template}, **more)
        (design,) = catalog.designs
        assert design.verdict.expanded
        return design.verdict.expanded.markdown

    return expanded


def headings(markdown: str) -> list[str]:
    outside = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ .*$", outside, re.MULTILINE)


def test_front_matter_alone_becomes_the_whole_template(page):
    markdown = page("")
    assert headings(markdown) == [
        "# Design: Cache",
        "## Overview",
        "## Architecture",
        "### Components",
        "### Flow",
        "## Data",
        "### [Entity]",
        "## Risks",
    ]
    assert markdown.count("<!-- designdocs:prompt ") == 5, (
        "every prompt is marked; of the optional section there is none"
    )
    assert "[What may go wrong]" in markdown


def test_a_complete_page_is_as_its_author_wrote_it(page):
    body = textwrap.dedent(
        """
        # My own title

        A preamble.

        ## Overview

        Words.

        ## Architecture

        ### Components

        - one

        ### Flow

        ```
        a -> b
        ```

        ## Data

        ### Order

        Fields.

        ### Refund

        Fields too.

        ## Rollout

        Slowly.

        ## Risks

        N/A, it cannot fail.
        """
    ).lstrip()
    assert page(body) == body


def test_sections_come_in_the_order_of_the_template(page):
    markdown = page("# T\n\n## Risks\n\nR.\n\n## Architecture\n\n### Flow\n\nF.\n\n## Overview\n\nO.\n")
    assert headings(markdown) == [
        "# T",
        "## Overview",
        "## Architecture",
        "### Components",
        "### Flow",
        "## Data",
        "### [Entity]",
        "## Risks",
    ]
    assert markdown.index("O.") < markdown.index("F.") < markdown.index("R.")


def test_an_extra_section_travels_with_the_section_that_it_follows(page):
    markdown = page(
        "# T\n\n## Risks\n\nR.\n\n## Cost\n\nMuch.\n\n### In euro\n\n7.\n\n## Overview\n\nO.\n\n## Glossary\n\nG.\n"
    )
    found = headings(markdown)
    assert found.index("## Glossary") == found.index("## Overview") + 1
    assert found[-3:] == ["## Risks", "## Cost", "### In euro"]


def test_extra_sections_above_the_first_stay_at_the_top(page):
    markdown = page("# T\n\n## Summary\n\nS.\n\n## Risks\n\nR.\n\n## Overview\n\nO.\n")
    assert headings(markdown)[:3] == ["# T", "## Summary", "## Overview"]


def test_several_sections_of_one_pattern_stay_in_their_order(page):
    markdown = page("# T\n\n## Data\n\n### Zebra\n\nZ.\n\n### Ant\n\nA.\n\n#### Legs\n\nSix.\n")
    found = headings(markdown)
    assert found[found.index("## Data") :][:4] == ["## Data", "### Zebra", "### Ant", "#### Legs"]


def test_missing_headings_take_the_level_of_the_authors(page):
    markdown = page("## T\n\n### Overview\n\nO.\n\n### Architecture\n\n#### Flow\n\nF.\n")
    assert "#### Components" in headings(markdown)
    assert "### Risks" in headings(markdown)


def test_a_page_without_a_title_gets_the_templates(page):
    assert page("Just words.\n").startswith("# Design: Cache\n\nJust words.\n")
    assert page("x\n", template=TEMPLATE.replace("# Design: [Name]", "# A design")).startswith("# Cache\n")
    assert page("x\n", template=TEMPLATE.replace("# Design: [Name]", "# {{ TITLE }}: design")).startswith(
        "# Cache: design\n"
    )
    assert page("x\n", FRONT.replace("  title: Cache\n", "")).startswith("# Design: A\n"), "the name of the file"


def test_of_a_closed_design_nothing_more_is_asked(page):
    for status in ("superseded", "rejected", "withdrawn"):
        markdown = page("# T\n\n## Overview\n\nO.\n", FRONT.replace("draft", status))
        assert headings(markdown) == ["# T", "## Overview"]


def test_a_section_under_one_that_does_not_apply_is_not_asked_for(page):
    markdown = page("# T\n\n## Architecture\n\nN/A, nothing is built.\n")
    assert "### Flow" not in headings(markdown)


def test_a_heading_that_was_dropped_is_not_put_back(page):
    markdown = page("# T\n\n### Components\n\nC.\n\n### Flow\n\nF.\n")
    assert "## Architecture" not in headings(markdown)


def test_the_authors_body_is_never_run_through_jinja(page):
    body = "# T\n\n## Overview\n\nHelm says `{{ .Values.image }}` and {{ title }} and {% if x %}.\n"
    for name in ("t.md", "t.md.j2"):
        assert "Helm says `{{ .Values.image }}` and {{ title }} and {% if x %}." in page(body, name=name)


def test_a_diagram_without_a_fence_gets_one(page):
    template = TEMPLATE.replace("_How it flows._", 'flowchart TB\n  A["[Draw it]"] --> B')
    assert '```mermaid\nflowchart TB\n  A["[Draw it]"] --> B\n```' in page("", template=template)
    assert "```mermaid\nflowchart TB\n  A --> B\n```" in page("# T\n\n### Flow\n\nflowchart TB\n  A --> B\n\nText.\n")


def test_what_an_unclosed_comment_hides_is_on_the_page(page):
    markdown = page("# T\n\n## Overview\n\nSeen.\n\n<!-- oops\n\n## Risks\n\nHidden words.\n")
    assert "&lt;!-- oops" in markdown
    assert "Hidden words." in markdown
    assert headings(markdown).count("## Risks") == 1


METADATA = TEMPLATE.replace(
    "# Design: [Name]\n",
    "# Design: [Name]\n\n**Issue:** #NNNN\n**Author:** @username\n**Status:** Draft | In Review | Approved\n"
    "**Created:** YYYY-MM-DD\n",
)
FOOT = TEMPLATE + "\n---\n\n**Author**: [Name]  \n**Date**: [Date]  \n**Status**: Draft | Review\n"
SIGNED = FRONT.replace("  status: draft\n", '  status: in review\n  authors: ["@ana"]\n  created: 2026-11-03\n')


def test_metadata_lines_are_filled_and_keep_their_lines(page):
    markdown = page("", SIGNED, METADATA)
    assert "**Author:** @ana  \n**Status:** In review  \n**Created:** 2026-11-03" in markdown
    assert "NNNN" not in markdown, "what the design does not say is not asked for on its page"


def test_metadata_at_the_foot_stays_there(page):
    markdown = page("", SIGNED, FOOT)
    assert markdown.rstrip().endswith("---\n\n**Author**: @ana  \n**Date**: 2026-11-03  \n**Status**: In review")
    copied = page(FOOT.replace("[What it is]", "Words."), SIGNED, FOOT)
    assert copied.count("**Author**") == 1
    assert copied.rstrip().endswith("**Status**: In review")
    assert "Draft | Review" not in copied


def test_the_authors_own_metadata_lines_stay(page):
    body = "# T\n\n**Author:** Ana Silva  \n**Status:** In Review  \n\n## Overview\n\nO.\n"
    assert "**Author:** Ana Silva  \n**Status:** In Review" in page(body, SIGNED, METADATA)


@pytest.fixture(scope="module")
def marking(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The template, and pages that are marked where something is to be said."""
    root = tmp_path_factory.mktemp("marking")
    (root / "t.md").write_text(TEMPLATE)
    return Archive(Settings(root, root, templates_dir=root), None, marks=True)


def verdict_of(archive: Archive, text: str) -> Verdict:
    verdict = archive.analyse(Document("a.md", "a.md", text.encode()))
    assert isinstance(verdict, Verdict)
    assert verdict.expanded
    return verdict


def test_findings_are_marked_where_they_are(marking):
    body = "# T\n\n## Overview\n\nTODO: think.\n\nWords.\n\n- one\n- [Component] left\n\n## Risks\n"
    verdict = verdict_of(marking, FRONT + body)
    assert verdict.expanded
    lines = [*verdict.expanded.markdown.split("\n"), ""]
    for number, diagnostic in enumerate(verdict.diagnostics):
        mark = f"<!-- designdocs:finding {number} -->"
        assert (mark in lines) == (diagnostic.code != "section-missing"), diagnostic
    marks = [at for at, line in enumerate(lines) if "finding" in line]
    assert [lines[at + 2] for at in marks] == ["TODO: think.", "- one", ""], "before the block, and below a heading"
    assert all(not lines[at - 1] and not lines[at + 1] for at in marks)


# Data --------------------------------------------------------------------------------------------------

DATA_TEMPLATE = textwrap.dedent(
    """
    ---
    description: With data
    data:
      properties:
        models: {type: array}
        owner: {type: string}
    ---
    # {{ design.title or "[Name]" }}

    ## Overview

    {% if owner %}
    Owned by {{ owner }}.
    {% else %}
    [Who owns it]
    {% endif %}

    ## Data

    {% for model in models or [] %}
    ### {{ model.name }}

    {{ model.about }}

    {% else %}
    ### [Model]

    [Its fields]

    {% endfor %}
    ## Risks

    [Risks]
    """
).lstrip()


def with_data(data: str) -> str:
    return f"---\ndesign:\n  template: t\n  title: Cache\n  status: approved\n{textwrap.indent(data, '  ')}---\n"


def test_data_becomes_sections_and_counts_as_written(judged):
    front = with_data(
        "owner: Ana\nmodels:\n  - {name: Order, about: Of goods.}\n  - {name: Refund, about: Of money.}\n"
    )
    (design,) = judged({"a.md": front + "## Risks\n\nNone.\n"}, {"t.md.j2": DATA_TEMPLATE}).designs
    assert design.verdict.expanded
    markdown = design.verdict.expanded.markdown
    assert headings(markdown) == ["# Cache", "## Overview", "## Data", "### Order", "### Refund", "## Risks"]
    assert "Owned by Ana." in markdown
    assert "[" not in markdown
    assert states(design) == {
        "Overview": "from-data",
        "Data > Order": "from-data",
        "Data > Refund": "from-data",
        "Risks": "not-applicable",
    }
    assert (design.verdict.written, design.verdict.required) == (4, 4)
    assert not [d for d in design.diagnostics if d.level.value != "note"]


def test_what_the_author_says_stands_above_what_the_data_says(judged):
    front = with_data("models:\n  - {name: Order, about: Of goods.}\n")
    body = "## Data\n\n### Order\n\nMy words.\n\n### Other\n\nNot in the data.\n"
    (design,) = judged({"a.md": front + body}, {"t.md.j2": DATA_TEMPLATE}).designs
    assert design.verdict.expanded
    markdown = design.verdict.expanded.markdown
    assert markdown.count("### Order") == 1
    assert markdown.index("My words.") < markdown.index("Of goods.") < markdown.index("### Other")
    assert states(design)["Data > Order"] == "written"


def states(design: Design) -> dict[str, str]:
    return {section.title: section.state for section in design.verdict.sections if section.judged}


# Whatever the author does, no word is lost ----------------------------------------------------------------

TITLES = [
    "Overview",
    "Architecture",
    "Components",
    "Flow",
    "Data",
    "Order",
    "Rollout",
    "Risks",
    "Extra",
    "overview",
    "1. Risks",
]
PIECES = [
    "A word.",
    "- item\n- item",
    "```\n## not a heading\n```",
    "| a |\n|---|\n| 1 |",
    "> quote",
    "<!-- note -->",
    "",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_every_line_of_the_author_is_there_once(marking, seed):
    chance = random.Random(seed)
    lines = ["# T"] if chance.random() < 0.7 else []
    for number in range(chance.randrange(12)):
        lines += ["", "#" * chance.choice([1, 2, 2, 2, 3, 3, 4]) + " " + chance.choice(TITLES), ""]
        lines += f"{chance.choice(PIECES)}\n\nwords {number}".split("\n")
    expanded = verdict_of(marking, FRONT + "\n".join(lines)).expanded
    assert expanded
    page = re.sub(r"<!-- designdocs:prompt \d+ -->.*?<!-- designdocs:/prompt -->", "", expanded.markdown, flags=re.S)
    page = re.sub(r"<!-- designdocs:finding \d+ -->", "", page)
    wrote = Counter(line.strip() for line in lines if line.strip())
    shown = Counter(line.strip() for line in page.split("\n") if line.strip())
    assert not wrote - shown
    assert all(line.startswith("#") for line in shown - wrote), "only headings of what is missing are added"

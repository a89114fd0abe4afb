"""What lists show of a design's body: its first words about itself, and how many boxes and questions are open."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.design import Gist
from mkdocs_designdocs.gist import gist
from mkdocs_designdocs.matching import match
from mkdocs_designdocs.prose import cut, words
from mkdocs_designdocs.skeleton import skeleton
from mkdocs_designdocs.vocabulary import DEFAULT
from mkdocs_designdocs.wording import wording

TEMPLATE = skeleton("""\
# Design: [Name]

## Overview

_What changes for whom, and why this way._

Keep it short.

## Steps

- [ ] Agreed with operations
- [ ] Agreed with the depots

## Costs

[What it costs]

- [ ] Asked finance

## What we do not know

- [ ] [A question, and who will answer it]
""")


def of(body: str, *, held: bool = False, data: dict[str, object] | None = None) -> Gist:
    document = outline(dedent(body))
    words = wording(TEMPLATE.outline.blocks)
    return gist(document, Judge(match(document, TEMPLATE), words) if held else None, DEFAULT, data)


def questions(body: str) -> int:
    return of(f"# T\n\n## Open questions\n\n{dedent(body)}").questions


# The overview ---------------------------------------------------------------------------------------------------

OURS = "The depot counts its parcels twice a day and finds eight too many."


@pytest.mark.parametrize(
    "body",
    [
        "# T\n\n## Background\n\nBefore.\n\n## Overview\n\n{}\n",
        "# T\n\n## 1. Executive Summary (optional)\n\n{}\n\nMore of it.\n\n## Context\n\nBefore.",
        "# T\n\n## Überblick\n\n{}\n",
        "# T\n\n## 概要\n\n{}\n",
        "# T\n\n## Overview\n\n### Purpose\n\n{}\n",
        "# T\n\nAuthor: Ana\nStatus: draft\n\n{}\n\n## Context\n\nBefore.",
        "# T\n\n* **Owners:**\n  * [@ana](https://example.com)\n\n> TL;DR: {}\n\n## Why\n\nBefore.",
        "# T\n\n| Status | Draft |\n|---|---|\n| Author | Ana |\n\n## Context and Problem Statement\n\n{}",
        "# T\n\n## Status\n\nAccepted\n\n## Table of contents\n\n- [Decision](#decision)\n\n## Decision\n\n{}",
        "# T\n\n[![build](a.svg)](https://ci)\n\nDiscussion at https://example.com/1.\n\n## Context\n\n{}",
        "# T\n\n!!! warning\n    Superseded by another one, so beware.\n\n## Context\n\n{}",
        "# T\n\n> [!NOTE]\n> This has been superseded by another one.\n\n## Context\n\n{}",
        "# T\n\n## Context\n\n<!-- why? -->\n\nTBD\n\n{}",
        "## Problem\n\n{}\n\n## Steps\n\nA.\n\n## More\n\nB.\n\n## Costs\n\nC.\n\n## Summary\n\nWe shall see.",
        "# T\n\n## Abstract\n\n- {}",
        "{}",
    ],
)
def test_it_is_what_the_author_says_first_about_the_design(body):
    assert of(body.format(OURS)).overview.startswith(OURS)


def test_a_prompt_of_the_template_is_never_shown():
    untouched = "# Design: T\n\n## Overview\n\n_What changes for whom, and why this way._\n\nKeep it short.\n"
    assert of(untouched, held=True).overview == ""
    assert (
        of(f"{untouched}\n## Costs\n\nThree weeks of two people.", held=True).overview == "Three weeks of two people."
    )
    assert of("# T\n\n## Overview\n\nKeep it short. Parcels fly.", held=True).overview == "Parcels fly."
    assert (
        of("# T\n\n## Overview\n\nIt flies.\n\n## Costs\n\nAbout [What it costs] a day.", held=True).overview
        == "It flies."
    )
    assert of("# Design: [Name]\n\n## Costs\n\nAbout [What it costs] a day.", held=True).overview == ""
    image = f"![it](data:image/png;base64,{'A' * 20_000})"
    assert of(f"# T\n\n## Overview\n\n{image}\n\nIt flies.").overview == "It flies."
    assert of("").overview == of("# T\n\n## Overview\n\n```\ncode\n```\n").overview == ""


def test_a_list_follows_what_announces_it_and_a_short_sentence_has_company():
    announced = "# T\n\n## Overview\n\nThe app shows at once:\n\n- free places\n- prices.\n\nThen more.\n"
    assert of(announced).overview == "The app shows at once: free places; prices."
    assert of("# T\n\n## Overview\n\nIt flies.\n\nHigh.\n\n- a\n").overview == "It flies. High."
    assert of("# T\n\n## Overview\n\nIt flies like this:\n\n```\nfly\n```\n\nMore.").overview == "It flies like this"


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("**Bold**, _soft_ and `a * b` &amp; 5 &lt; 6", "Bold, soft and a * b & 5 < 6"),
        ("[link](x.md) and [ref][r], [r] but [no]\nnext", "link and ref, r but [no] next"),
        ("![alt](a.png) kept ~~gone~~<br>here[^1] ^^under^^", "kept here under"),
        (":material-check: yes {: .big } at 10:30 :+1:", "yes at 10:30"),
        ("H<sub>2</sub>O<sup>1,2</sup> [[page|wiki]] ==marked==", "H2O wiki marked"),
        ("a \u202eright\u202c <b>b</b> <not a tag \\* snake_case_name", "a right b <not a tag * snake_case_name"),
        ("{{ values.image }} costs ${{ secrets.X }}", "{{ values.image }} costs ${{ secrets.X }}"),
    ],
)
def test_it_is_plain_text_in_one_line(markdown, said):
    assert words(markdown, frozenset({"r"})) == said


def test_it_is_cut_at_a_word_and_in_scripts_without_spaces_at_a_character():
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 12) == "one two…"
    assert cut("one two, three", 9) == "one two…"
    assert cut("x" * 30, 10) == "x" * 9 + "…"
    assert cut("系统记录每个包裹。然后通知客户并打开柜门", 12) == "系统记录每个包裹。…"
    assert cut("系统记录每个包裹然后通知客户并打开柜门", 12) == "系统记录每个包裹然后通…"
    assert cut("cafe\u0301s " * 3, 5) == "caf…"
    long = of("# T\n\n## Overview\n\n" + "word " * 100).overview
    assert 190 < len(long) <= 200
    assert long.endswith("word…")


# Boxes ----------------------------------------------------------------------------------------------------------


def test_open_boxes_are_those_of_lists_wherever_they_stand():
    body = """\
        # T

        - [ ] one
            - [x] done
            - [ ] two
        * [ ] three
        1. [ ] four

        !!! note
            - [ ] five

        > - [ ] six

        [ ] is no item, `- [ ]` is code, [ ](x) a link

        ```
        - [ ] code
        ```
        - []() nor this
        """
    assert of(body).unticked == 6


def test_a_box_that_a_template_only_asks_for_is_not_open_yet():
    untouched = "\n".join(TEMPLATE.outline.lines)
    assert of(untouched, held=True).unticked == 2  # those of the list which is nothing but boxes
    assert of(f"{untouched}\n- [ ] Ask Bo\n", held=True).unticked == 3
    written = untouched.replace("[What it costs]", "Nothing at all.").replace("- [ ] Agreed", "- [x] Agreed")
    assert of(written, held=True).unticked == 1


# Questions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("- Who pays?\n- Who knows?\n    - Ana, perhaps\n    - Bo\n", 2),
        ("1. Who pays?\n\n    More about it.\n\n2. When?\n", 2),
        ("- [ ] Who pays?\n- [x] When?\n- [ ] ~~Where?~~\n", 1),
        (
            "- ~~Who pays?~~ We do.\n- ~~When?~~\n- **Resolved:** who pays\n- Where? (resolved)\n- [RESOLVED] Why?\n",
            1,
        ),
        ("- Who pays?\n    - **Answer:** we do\n- When?\n    - Answer: TBD\n", 1),
        ("- Who pays?\n  A: we do\n- When?\n\n  Decision: in May.\n- Which? **Resolved:** the red one\n", 0),
        ("- Who pays?\n  No, not us. That is why we ask.\n- When?\n    - Suggested answer: in May\n", 1),
        ("- ✅ Who pays?\n- When? ✅\n- Closed issues stay where they are, or not?\n", 1),
        ("None.", 0),
        ("N/A", 0),
        ("- None at this time\n", 0),
        ("- None were left when it was switched on. A winter will tell more.\n", 0),
        ("There are no open questions left.", 0),
        ("All questions have been answered, see above.", 0),
        ("No decision has been made about the colour.", 1),
        ("TODO", 0),
        ("", 0),
        ("How long is a lease? It depends.\n\nWe think an hour.\n\nWho renews it?\n", 2),
        ("How long is a lease?\n\nAnswer: an hour.\n\nWho renews it?\n", 1),
        ("We are not sure about the colour.\n\nRed is loud.\n", 1),
        ("**Colour.** Red?\n\n**Size.** We do not know.\n", 1),
        ("Who pays? These are the choices:\n\n- we\n- they\n", 1),
        ("These are open:\n\n- the colour\n- the size\n\nAnswered questions:\n\n- the price?\n", 2),
        ("### Colour\n\nRed or blue.\n\n### Size?\n\n- S\n- M\n\n### Resolved\n\n- Price\n", 2),
        (
            "### Colour\n\nRed?\n\n**Answer:** blue.\n\n### Size\n\nS.\n\n#### Decision\n\nM.\n\n### ~~Price~~\n\n1.\n",
            0,
        ),
        ("### Users\n\n- Who?\n- When?\n\n### Operations\n\n- Where?\n", 3),
        ("| Question | Owner | Answer |\n|---|---|---|\n| Who? | Bo | TBD |\n| When? | | |\n| How? | Bo | So |\n", 2),
        ("| # | Question | Status |\n|---|---|---|\n| 1 | Who? | open |\n| 2 | When? | Resolved in May |\n", 1),
    ],
)
def test_open_questions_are_those_that_nobody_has_answered(body, count):
    assert questions(body) == count


@pytest.mark.parametrize(
    ("title", "counted"),
    [
        ("Unresolved Questions", True),
        ("10. OPEN ISSUES (if applicable)", True),
        ("Questions", True),
        ("Outstanding design questions and issues", True),
        ("Offene Fragen", True),
        ("未解决的问题", True),
        ("Answered questions", False),
        ("Frequently asked questions", False),
        ("Known issues", False),
        ("Questions we asked", False),
    ],
)
def test_they_stand_in_a_section_that_says_so(title, counted):
    assert of(f"# T\n\n## {title}\n\n- Who pays?\n\n## Next\n\n- Why?\n").questions == int(counted)


def test_nested_sections_of_the_template_and_its_prompts_are_no_questions():
    body = "# T\n\n## Open questions\n\n- Who?\n\n### Costs\n\nHigh.\n\n### Questions\n\n- Where?\n"
    assert of(body, held=True).questions == 2
    assert of("\n".join(TEMPLATE.outline.lines), held=True).questions == 0


def test_questions_in_the_data_count_where_the_body_has_none():
    data = {"questions": ["Who?", {"question": "When?"}, {"question": "Why?", "answer": "So"}, None]}
    assert of("# T\n\n## Overview\n\nIt flies.\n", data=data).questions == 2
    assert of("# T\n\n## Open questions\n\n- Who?\n", data=data).questions == 1
    assert of("# T\n", data={"questions": "Who?"}).questions == 0

"""What state a section is in, what is said of it, how loudly and where."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.checks import Subject, check
from mkdocs_designdocs.completeness import Judge
from mkdocs_designdocs.diagnostics import Diagnostic, in_order
from mkdocs_designdocs.lifecycle import Gate
from mkdocs_designdocs.matching import match
from mkdocs_designdocs.skeleton import skeleton
from mkdocs_designdocs.wording import wording

TEMPLATE = """# Design: [Name]

## Overview

[What it is, in a paragraph]

## Parts

### Web

[What the web does]

### App

[What the app does]

## Costs

_What does it cost?_

### Now

[Today]

### Later

[In a year]

## Errors

- `403 Forbidden` - Not yours
- `410 Gone` - No longer there

## Checks

Tick what is done.

- [ ] Agreed
- [ ] Built

## Questions

- [ ] [A question that somebody has to answer]

## Retries (if applicable)

[When and how often]

## Codes

| Code | Meaning |
|------|---------|
| [Code] | [Meaning] |
| 403 | Forbidden |

```
PUT /things/[thing]
```

**Author**: [Name]
"""


def verdict(text: str, gate: Gate = Gate.COMPLETE, template: str = TEMPLATE) -> tuple[Judge, list[Diagnostic]]:
    blank = skeleton(template)
    words = wording([*blank.outline.blocks])
    judge = Judge(match(outline(text), blank), words)
    return judge, in_order(check(Subject("d.md", text, "t", judge, gate)))


FILLED = {
    "Overview": "Refunds.",
    "Parts": None,
    "Web": "A button.",
    "App": "A menu.",
    "Costs": "Little.",
    "Now": "3 €",
    "Later": "4 €",
    "Errors": "- `402` - Pay first",
    "Checks": "- [x] Agreed\n- [ ] Built",
    "Questions": "- [ ] Who pays for it?",
    "Retries": "Twice.",
    "Codes": "| 402 | Pay |",
}
LEVELS = {"Web": 3, "App": 3, "Now": 3, "Later": 3}


def design(drop: tuple[str, ...] = (), head: str = "# Design: Refunds", **changed: str | None) -> str:
    """A filled design, some of its sections changed or dropped."""
    lines = [head, ""]
    for title, body in {**FILLED, **changed}.items():
        if title not in drop:
            lines += ["#" * LEVELS.get(title, 2) + " " + title, "", *([body, ""] if body else [])]
    return "\n".join(lines)


def states(text: str) -> dict[str, str]:
    return {s.path: s.state.value for s in verdict(text)[0].sections}


def findings(text: str, gate: Gate = Gate.COMPLETE) -> list[tuple[str, str, str]]:
    return [(d.level.value, d.code, d.section) for d in verdict(text, gate)[1] if d.code != "checklist-open"]


def test_a_filled_design_is_silent():
    assert findings(design()) == []
    assert set(states(design()).values()) == {"written", "checklist"}
    assert not next(s for s in verdict(design())[0].sections if s.path == "Parts").judged


@pytest.mark.parametrize(
    ("body", "state", "said"),
    [
        ("[What it is, in a paragraph]", "unwritten", ("error", "section-unwritten")),
        (None, "empty", ("error", "section-empty")),
        ("...", "empty", ("error", "section-empty")),
        ("TBD", "unwritten", ("error", "section-unwritten")),
        ("**In short:**", "unwritten", ("error", "section-unwritten")),
        ("<!-- [What it is, in a paragraph] -->", "unwritten", ("error", "section-unwritten")),
        ("N/A: none", "not-applicable", None),
        ("Words.\n\nTBD", "written", ("warning", "todo-left")),
        ("Words. TODO", "written", ("warning", "todo-left")),
        ("The price is TBD, but low.", "written", ("note", "todo-left")),
        ("The price is still TBD, but low.", "written", ("warning", "todo-left")),
        ("**Price:** TBD", "unwritten", ("error", "section-unwritten")),
        ("Words of [Name].", "written", ("error", "placeholder-left")),
        ("Words by @username.", "written", ("warning", "placeholder-left")),
        ("[What it is, in a paragraph]\n\nWords.", "written", ("warning", "template-text-left")),
        ("Words. What it is, in a paragraph", "written", ("warning", "template-text-left")),
        ("> [What it is, in a paragraph]\n\nWords.", "written", None),
        ("`[Name]` and [a link][Name]\n\n[Name]: https://example.org", "written", None),
        ("```\nPUT /things/[thing]\n# ours\n```", "written", ("warning", "placeholder-left")),
        ("Words.\n\n```\nPUT /things/[thing]\n```", "written", ("warning", "template-text-left")),
        ("```\nTODO [Name]\nours\n```", "written", None),
        ("**Author:** Ana", "empty", ("error", "section-empty")),
        ("**Issue:** refunds are slow", "written", None),
        ("#### Ours\n\nWords.", "written", None),
        ("#### Ours\n\nTBD", "unwritten", ("error", "section-unwritten")),
    ],
)
def test_one_section(body, state, said):
    text = design(Overview=body)
    assert states(text)["Overview"] == state
    assert findings(text) == ([(*said, "Overview")] if said else [])


class TestSamples:
    def test_alone_they_are_a_warning(self):
        text = design(Errors="- `403 Forbidden` - Not yours\n- `410 Gone` - No longer there")
        assert findings(text) == [("warning", "section-unwritten", "Errors")]

    def test_beside_own_words_they_may_stand(self):
        assert findings(design(Errors="- `403 Forbidden` - Not yours\n- `402` - Pay first")) == []

    def test_a_row_with_a_placeholder_is_an_error(self):
        rows = "| Code | Meaning |\n|---|---|\n| [Code] | [Meaning] |\n| 402 | Pay |\n| 403 | Forbidden |"
        assert findings(design(Codes=rows)) == [("error", "placeholder-left", "Codes")]


class TestBoxes:
    def test_ticked_or_not_they_are_a_checklist(self):
        judge, _ = verdict(design(Checks="Tick what is done.\n\n- [x] Agreed\n- [X] Built"))
        checks = next(s for s in judge.sections if s.path == "Checks")
        assert (checks.state.value, checks.required) == ("checklist", False)

    def test_open_ones_are_counted(self):
        (found,) = [d for d in verdict(design())[1] if d.section == "Checks"]
        assert (found.level.value, found.code) == ("note", "checklist-open")
        assert found.message.startswith("1 of 2 boxes")

    def test_and_are_a_warning_once_it_is_implemented(self):
        levels = {d.level.value for d in verdict(design(), Gate.FINISHED)[1]}
        assert levels == {"warning"}

    def test_a_box_that_is_a_placeholder_is_no_box(self):
        text = design(Questions="- [ ] [A question that somebody has to answer]")
        assert findings(text) == [("error", "section-unwritten", "Questions")]


class TestParents:
    def test_a_parent_with_a_prompt_is_written_when_a_child_is(self):
        assert states(design(Costs=None))["Costs"] == "written"
        assert findings(design(Costs=None)) == []

    def test_a_prompt_left_in_it_is_said(self):
        assert findings(design(Costs="_What does it cost?_")) == [("warning", "template-text-left", "Costs")]

    def test_a_missing_parent_is_said_once(self):
        assert findings(design(drop=("Parts", "Web", "App"))) == [("error", "section-missing", "Parts")]

    def test_a_dropped_heading_hides_nothing(self):
        assert findings(design(drop=("Parts",))) == []
        assert findings(design(drop=("Parts", "App"))) == [("error", "section-missing", "Parts > App")]

    def test_a_child_is_a_note_where_the_parent_has_words(self):
        assert findings(design(drop=("App",), Parts="Web only.")) == [("note", "section-missing", "Parts > App")]
        assert findings(design(drop=("Web", "App"), Parts="### Ours\n\nWords.")) == [
            ("note", "section-missing", "Parts > Web"),
            ("note", "section-missing", "Parts > App"),
        ]

    def test_and_nothing_where_it_does_not_apply(self):
        assert findings(design(drop=("Web", "App"), Parts="N/A")) == []


class TestOptional:
    def test_missing_it_is_nothing(self):
        assert findings(design(drop=("Retries",))) == []

    def test_empty_it_is_a_note(self):
        assert findings(design(Retries=None)) == [("note", "section-empty", "Retries")]

    def test_untouched_it_is_a_warning(self):
        assert findings(design(Retries="[When and how often]")) == [("warning", "section-unwritten", "Retries")]

    @pytest.mark.parametrize(
        "marked",
        [
            "## Extra (optional)\n\n[x]",
            "## Extra <!-- optional -->\n\n[x]",
            "## Extra\n\n<!-- Optional: [x] -->",
            "## Extra\n\n<!--\n(optional)\n\nIf any.\n-->",
            "## Extra\n\n_(optional)_\n\n[x]",
        ],
    )
    def test_ways_to_say_so(self, marked):
        template = f"# T\n\n## Other\n\n[y]\n\n{marked}\n"
        assert skeleton(template).sections[1].optional
        assert not verdict("# D\n\n## Other\n\nWords.\n", template=template)[1]

    def test_the_designs_own_word_counts(self):
        assert findings(
            design(drop=("Overview",)).replace("# Design: Refunds\n", "# R\n\n## Overview (optional)\n")
        ) == [("note", "section-empty", "Overview (optional)")]


def test_a_question_above_its_answer_is_a_note():
    template = "# T\n\n## Costs\n\n_What does it cost?_\n"
    _, found = verdict("# D\n\n## Costs\n\n_What does it cost?_\n\n3 €.\n", template=template)
    assert [(d.level.value, d.code) for d in found] == [("note", "template-text-left")]


def test_a_sentence_that_stays_in_a_paragraph_is_found_where_it_stands():
    template = "# T\n\n## Costs\n\nSay what it costs in a year. Say who pays for it.\n"
    _, found = verdict("# D\n\n## Costs\n\nNothing.\nSay who pays for it.\n", template=template)
    assert [(d.line, d.column, d.code) for d in found] == [(6, 1, "template-text-left")]


def test_a_placeholder_in_a_heading():
    text = design(head="# Design: [Name]")
    assert findings(text) == [("error", "placeholder-left", "")]
    assert [(d.line, d.column) for d in verdict(text)[1] if d.code == "placeholder-left"] == [(1, 11)]


def test_two_sections_of_one_name():
    (found,) = [d for d in verdict(design() + "\n## Overview\n\nAgain.\n")[1] if d.code == "section-duplicate"]
    assert (found.level.value, found.line) == ("warning", design().count("\n") + 2)


def test_an_unwritten_section_is_said_once():
    text = design(Codes="| Code | Meaning |\n|---|---|\n| [Code] | [Meaning] |\n\nTODO")
    assert findings(text) == [("error", "section-unwritten", "Codes")]


def test_a_renamed_section_is_guessed():
    found = verdict(design(drop=("Retries", "Errors")) + "\n## Codes of errors\n\nWords.\n")[1]
    (missing,) = [d for d in found if d.code == "section-missing"]
    assert missing.help == 'is it "Codes of errors" (line {line:42})? Then name it "Errors"'


def test_what_counts_and_what_is_written():
    judge, _ = verdict(design(drop=("Retries",), Now="[Today]"))
    counted = {s.path: s.written for s in judge.sections if s.required}
    assert counted == {
        "Overview": True,
        "Parts > Web": True,
        "Parts > App": True,
        "Costs": True,
        "Costs > Now": False,
        "Costs > Later": True,
        "Errors": True,
        "Questions": True,
        "Codes": True,
    }


def test_data_fills_a_section():
    blank = skeleton(TEMPLATE)
    index = next(s.index for s in blank.sections if s.title == "Errors")
    judge = Judge(match(outline(design(drop=("Errors",))), blank), wording(blank.outline.blocks), frozenset({index}))
    assert next(s for s in judge.sections if s.path == "Errors").state.value == "from-data"


def test_several_finds_in_a_block_are_said_once_each():
    found = verdict(design(Overview="[Name], [Name] and [Today], [Name]"))[1]
    assert [(d.column, d.code) for d in found if d.section == "Overview"] == [
        (1, "placeholder-left"),
        (20, "placeholder-left"),
    ]


def test_todo_in_cells_and_in_html():
    rows = "| A | B |\n|---|---|\n| x | TBD: y |\n| TODO | z |"
    assert [(d.line, d.level.value) for d in verdict(design(Overview=rows))[1] if d.code == "todo-left"] == [
        (7, "warning"),
        (8, "warning"),
    ]
    html = "<table>\n<tr><td>a</td>\n<td>TBD, most likely b</td></tr>\n</table>"
    assert [(d.line, d.level.value) for d in verdict(design(Overview=html))[1] if d.code == "todo-left"] == [
        (7, "warning")
    ]


NESTED = """# [Title]

## Proposal

[what]

## Design Details

[how]

## Evaluation

### Cost

[cost]

### Risk

[risk]

### Speed

[speed]

## Rollout

[the whole plan]

### Plan

[plan]

## Thanks

If significant changes came from reviewers, thank them.

## Pull requests

<!-- Once the design is ready to be marked as implemented, list them. -->
"""


def missing(body: str, template: str = NESTED) -> list[tuple[str, str]]:
    _, found = verdict(f"# Title\n\n{body}", template=template)
    return sorted((d.section, d.level.value) for d in found if d.code == "section-missing")


WRITTEN = "## {}\n\nWords of our own.\n\n"
DETAILED = "## Proposal\n\nWords of our own.\n\n### The queue\n\nMore.\n\n### The store\n\nMore.\n\n"


def test_details_that_stand_in_the_proposal_are_a_note():
    rest = "".join(map(WRITTEN.format, ("Cost", "Risk", "Speed", "Rollout")))
    assert missing(DETAILED + rest) == [("Design Details", "note"), ("Rollout > Plan", "note")]
    assert missing(WRITTEN.format("Proposal") + rest) == [("Design Details", "error"), ("Rollout > Plan", "note")]


def test_a_dropped_parent_of_which_little_is_left_is_said_and_not_its_sections():
    rest = "".join(map(WRITTEN.format, ("Proposal", "Design Details", "Rollout")))
    assert missing(rest + WRITTEN.format("Risk")) == [("Evaluation", "error"), ("Rollout > Plan", "note")]
    both = rest + WRITTEN.format("Risk") + WRITTEN.format("Cost")
    assert missing(both) == [("Evaluation > Speed", "error"), ("Rollout > Plan", "note")]


def test_below_a_parent_that_says_nothing_nothing_is_missing():
    rest = "".join(map(WRITTEN.format, ("Proposal", "Design Details", "Cost", "Risk", "Speed")))
    _, found = verdict(f"# Title\n\n{rest}## Rollout\n\n", template=NESTED)
    assert [(d.code, d.section) for d in found] == [("section-empty", "Rollout")]


def test_a_prompt_that_begins_with_a_condition_makes_a_section_optional():
    judge, _ = verdict("# Title\n", template=NESTED)
    assert [s.title for s in judge.match.template.sections if s.optional] == ["Thanks", "Pull requests"]


def test_a_paragraph_that_only_refers_elsewhere_holds_for_every_design():
    guidance = "Delete this before you [ask for review](review.md) of it all."
    template = f"# [Title]\n\n(See [the states](states.md).)\n\n{guidance}\n\n## A\n\n[a]\n"
    own = template.replace("[Title]", "Refunds").replace("[a]", "Words of our own.")
    _, found = verdict(own, template=template)
    assert [(d.code, d.line) for d in found] == [("template-text-left", 5)]


def test_what_announces_a_list_is_not_left_to_do():
    _, found = verdict(design(Overview="To be added later if needed:\n\n- Refunds in parts\n\nTo be added later."))
    assert [d.message for d in found if d.code == "todo-left"] == ['"To be added later." still stands here']

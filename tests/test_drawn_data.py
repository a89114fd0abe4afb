"""Data of the front matter as the sections of a design, and what is said of data that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_designdocs.engine import Pele, Svg

DATA = """\
  components:
    Gateway: {purpose: Takes calls, calls: {Ledger: asks}}
    Ledger: {purpose: Remembers, kind: database}
  models:
    Order: {fields: {id: {type: uuid, key: PK}}, relationships: [{to: Line, kind: one-to-many, label: has}, Lives long]}
    Line: {fields: {sku: text}}
  states: [Queued -> Running, "Running -> Done: stored"]
  steps: [Gateway -> Ledger: put, Ledger --> Gateway: stored]
"""
SECTIONS = {
    "feature": {
        "flowchart": "Component Diagram",
        "erDiagram": "Data Models",
        "sequenceDiagram": "Data Flow",
        "stateDiagram-v2": "Data Flow",
    },
    "service": {
        "flowchart": "Component Diagram",
        "sequenceDiagram": "Data Flow",
        "erDiagram": "Data Models",
        "stateDiagram-v2": "State Management",
    },
    "engineering": {
        "flowchart": "Component Diagram",
        "erDiagram": "Entity Relationship",
        "sequenceDiagram": "Main Flow",
        "stateDiagram-v2": "State Machine (if applicable)",
    },
    "solution": {
        "flowchart": "System Components",
        "sequenceDiagram": "Component Interactions",
        "stateDiagram-v2": "Component Interactions",
        "erDiagram": "Data Models",
    },
    "component": {
        "flowchart": "Components",
        "erDiagram": "Data Model",
        "sequenceDiagram": "Algorithms/Logic",
        "stateDiagram-v2": "Algorithms/Logic",
    },
}


def one(catalog):
    return catalog.designs[0].verdict


def design(template, data, body="# T\n", status="draft", name="d.md"):
    return {name: f"---\ndesign:\n  template: {template}\n  status: {status}\n  title: Tide\n{data}---\n{body}"}


def unnumbered(title):
    return re.sub(r"^[\d.]+ ", "", title.split("\n")[0])


def test_each_diagram_stands_in_its_section_which_counts_as_written(judged):
    pages = {}
    for template in SECTIONS:
        pages |= design(template, DATA, name=f"{template}.md")
    for found in judged(pages).designs:
        verdict = found.verdict
        assert [d for d in verdict.diagnostics if d.code.startswith(("diagram", "field", "template"))] == []
        shown = {}
        for part in re.split(r"^#+ ", verdict.expanded.markdown, flags=re.MULTILINE):
            kinds = re.findall(r"```mermaid\n(\S+)[^\n]*\n +accTitle: [^\n]* of Tide\n", part)
            shown |= dict.fromkeys(kinds, unnumbered(part))
        assert shown == SECTIONS[verdict.metadata.template]
        states = {unnumbered(section.title.split(" > ")[-1]): section.state for section in verdict.sections}
        assert {states[title] for title in shown.values()} == {"from-data"}


def test_what_the_author_has_written_stands_before_what_the_data_draws(judged):
    body = "# T\n\n## Data Flow\n\nBy hand.\n\n```mermaid\nflowchart LR\n  A --> B\n```\n"
    text = one(judged(design("service", DATA, body))).expanded.markdown
    assert text.index("By hand") < text.index("A --> B") < text.index("sequenceDiagram")
    assert "sequenceDiagram\n    participant User" not in text


def test_parts_that_nothing_joins_are_listed_and_not_drawn(judged):
    data = "  components: {Gateway: Takes calls}\n  models: {Order: {fields: {id: uuid}}}\n  states: [Queued]\n"
    verdict = one(judged(design("service", data)))
    assert "- **Gateway** — Takes calls" in verdict.expanded.markdown
    prompts = re.sub(r"<!-- designdocs.*?</div>", "", verdict.expanded.markdown, flags=re.DOTALL)
    assert "accTitle" not in prompts
    states = {section.title: section.state for section in verdict.sections}
    assert states["Architecture > Component Diagram"] == "missing"
    assert states["State Management"] == "missing"


def test_a_relationship_is_in_the_text_too_and_a_key_in_the_table(judged):
    text = one(judged(design("feature", DATA))).expanded.markdown
    assert "- one-to-many **Line** — has\n- Lives long" in text
    assert "| Field | Type | Key |\n| --- | --- | --- |\n| `id` | uuid | PK |" in text


def test_steps_that_fail_have_a_section_of_their_own(judged):
    text = one(judged(design("engineering", "  error_steps: [A -> B: again]\n"))).expanded.markdown
    assert re.search(r"### Error Flow\n\n```mermaid\nsequenceDiagram\n +accTitle: Steps when it fails\n", text)


@pytest.mark.golden_test("golden/drawn_data.yml")
def test_data_that_leads_nowhere_is_told_at_its_place(judged, golden):
    pages = {}
    for number, data in enumerate(golden["data"]):
        pages |= design("engineering", data, name=f"{number}.md")
    told = []
    for data, found in zip(golden["data"], judged(pages).designs, strict=True):
        said = [d for d in found.diagnostics if d.code != "section-missing"]
        lines = [f"{d.line}:{d.column} {d.level.value} {d.message}" + (f" | {d.help}" if d.help else "") for d in said]
        told.append({"data": data, "found": lines})
    assert told == golden.out["told"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            "  components: {" + ", ".join(f"C{n}: {{calls: C{n + 1}}}" for n in range(81)) + "}\n",
            "in `components`: more than 80 components are too many for one drawing; none is drawn",
        ),
        (
            "  steps: [" + ", ".join(["A -> B"] * 201) + "]\n",
            "in `steps`: more than 200 steps are too many for one drawing; none is drawn",
        ),
    ],
)
def test_too_much_for_one_drawing_is_told_at_its_key(judged, data, told):
    verdict = one(judged(design("service", data)))
    said = [(d.line, d.level.value, d.message) for d in verdict.diagnostics if "drawing" in d.message]
    assert said == [(6, "warning", told)]
    assert "accTitle" not in verdict.expanded.markdown


TEAM = """\
---
data:
  parts: {type: object}
  flow: {$ref: "urn:designdocs:data#/$defs/steps"}
---
# {{ design.title or "[Title]" }}

## Parts

{% if parts | flowchart %}
{{ parts | flowchart("What calls what") }}
{% else %}
[Draw them]
{% endif %}

## Flow

{% if flow %}
{{ flow | sequence_diagram }}
{{ nothing | er_diagram }}{{ nothing | state_diagram }}
{% else %}
[Tell it]
{% endif %}
"""


def test_a_teams_template_draws_its_own_data(judged):
    data = "  parts: {Web: {calls: Api}}\n  flow: [Web -> Api: x, Web]\n"
    verdict = one(judged(design("team", data, "", "approved"), {"team.md.j2": TEAM}))
    assert [(d.line, d.message) for d in verdict.diagnostics] == [(7, 'in `flow > 2`: "Web" is no step')]
    assert "accTitle: What calls what\n" in verdict.expanded.markdown
    assert "accTitle: Steps of Tide\n" in verdict.expanded.markdown
    assert (verdict.required, verdict.written) == (2, 2)


# The guide --------------------------------------------------------------------------------------------------------


def test_what_the_guide_shows_is_drawn(judged):
    guide = (Path(__file__).parent.parent / "docs" / "templates.md").read_text("utf-8")
    shown = dict(re.findall(r"<!-- example: (draw[^>]+) -->\n```\w+\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL))
    parts = "design:\n  template: drawing\n  status: draft\n  parts: {Web: {calls: Api}}\n"
    pages = {"a.md": f"---\n{shown['drawn data']}---\n", "b.md": f"---\n{parts}---\n"}
    data, own = judged(pages, {"drawing.md.j2": shown["drawing.md.j2"]}).designs
    assert {d.code for d in data.diagnostics} == {"section-missing"}
    drawn = re.findall(r"```mermaid\n(.*?)\n```", data.verdict.expanded.markdown, re.DOTALL)
    drawn = [source for source in drawn if "accTitle" in source]
    assert len(drawn) == 4
    assert all(isinstance(Pele().render(source, "x"), Svg) for source in drawn)
    assert own.diagnostics == ()
    assert "accTitle: What calls what\n" in own.verdict.expanded.markdown

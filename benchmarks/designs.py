"""Sites of realistic designs, always the same: prose, tables, code and three Mermaid diagrams a page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTIONS = {
    "feature": """
        Overview
        Architecture: Component Diagram, Data Flow
        Data Models: {Thing}
        API Contracts: Create a {thing}
        Dependencies: Internal Dependencies, External Dependencies
        Security Considerations: Authentication & Authorization, Data Protection, Input Validation
        Testing Strategy: Unit Tests, Integration Tests, End-to-End Tests
        Rollout Plan: Phase 1 Development, Phase 2 Testing, Phase 3 Deployment, Rollback Plan
    """,
    "service": """
        Overview
        Architecture: Components, Component Diagram
        Data Flow
        Data Models: {Thing}
        API Contracts: Create a {thing}
        State Management
        External Integrations
        Implementation Considerations: Security, Performance, Error Handling, Edge Cases
        Testing Strategy
        Monitoring & Observability
        Rollout Plan
        Technical Debt & Future Considerations
    """,
    "component": """
        Overview: Purpose, Scope
        Background: Problem Statement, Current State, Goals
        Architecture: High-Level Design, Components, Data Model, APIs
        Implementation Details: Technology Stack, Dependencies, Algorithms/Logic
        Security Considerations: Authentication & Authorization, Data Protection, Threat Model
        Performance Requirements: Scalability, Performance Targets
        Testing Strategy: Unit Tests, Integration Tests, Performance Tests
        Deployment: Deployment Process, Rollback Strategy, Monitoring
        Migration Plan: Migration Strategy, Data Migration, Rollout Plan
        Alternatives Considered: A second {thing}
        Open Questions
        References
    """,
}
"""Every heading of three of the built-in templates: a design with these is complete."""

TITLES = {
    "feature": "Technical Design: {title}",
    "service": "{title} Design",
    "component": "Technical Design Document: {title}",
}
STATUSES = ("draft", "in review", "approved", "implemented", "superseded", "rejected")
PEOPLE = ("@asa", "@birk", "Cleo Marsh", "Dov Ahlgren <dov@example.com>", "@edda", "@finn", "Gita Rao")
THINGS = "parcel depot courier route scan label claim refund window manifest receipt tariff hub seal".split()
VERBS = "accepts refuses stores merges retries expires forwards splits counts signs replays drains".split()
JOINS = "before after while unless because until".split()

CONFIGURATION = """\
site_name: Benchmark
theme:
  name: material
  font: false
not_in_nav: |
  /designs/
plugins:
  - search
{plugin}markdown_extensions:
  - attr_list
  - tables
  - toc:
      permalink: true
  - pymdownx.highlight
  - pymdownx.tasklist
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
"""


@dataclass(frozen=True)
class Design:
    """One page, before it is known whether the plugin sees it."""

    name: str
    title: str
    template: str
    body: str
    block: str


def write_site(folder: Path, designs: list[Design], *, plugin: bool) -> None:
    """The same pages, with a design block and the plugin or with neither."""
    docs = folder / "docs"
    (docs / "designs").mkdir(parents=True)
    (docs / "index.md").write_text("# Benchmark\n\nDesigns of nothing in particular.\n", "utf-8")
    for design in designs:
        front = design.block if plugin else f'title: "{design.title}"\n'
        (docs / "designs" / f"{design.name}.md").write_text(f"---\n{front}---\n\n{design.body}", "utf-8")
    line = "  - designdocs\n" if plugin else ""
    (folder / "mkdocs.yml").write_text(CONFIGURATION.replace("{plugin}", line), "utf-8")


def make_designs(count: int, seed: int = 7) -> list[Design]:
    """The designs of a site; two calls with the same arguments make the same ones."""
    words = random.Random(seed)
    return [_design(words, number, count) for number in range(count)]


def _design(words: random.Random, number: int, count: int) -> Design:
    template = list(SECTIONS)[number % len(SECTIONS)]
    title = f"{words.choice(THINGS).capitalize()} {words.choice(THINGS)} {number}"
    block = [
        "design:",
        f"  template: {template}",
        f'  title: "{title}"',
        f"  status: {STATUSES[number % len(STATUSES)]}",
        f'  authors: ["{PEOPLE[number % len(PEOPLE)]}"]',
        f"  created: 2026-{1 + number % 12:02}-{1 + number % 28:02}",
        f"  tags: [{words.choice(THINGS)}]",
        "",
    ]
    lines = [f"# {TITLES[template].format(title=title)}", "", *_sections(words, template, number, count)]
    return Design(f"design-{number:04}", title, template, "\n".join(lines) + "\n", "\n".join(block))


def _sections(words: random.Random, template: str, number: int, count: int) -> Iterator[str]:
    diagrams = _diagrams(words, number)
    thing = words.choice(THINGS)
    headings = list(_headings(SECTIONS[template].format(thing=thing, Thing=thing.capitalize())))
    bottom = [index for index, (_, has_children) in enumerate(headings) if not has_children]
    for index, (heading, has_children) in enumerate(headings):
        yield from (heading, "")
        if has_children:
            continue
        place = bottom.index(index)
        yield from _paragraphs(words, 2 if len(bottom) < 20 else 1)
        if 1 <= place <= len(diagrams):
            yield from ("```mermaid", diagrams[place - 1], "```", "")
        yield from _furniture(words, place, number, count)


def _headings(sections: str) -> Iterator[tuple[str, bool]]:
    """Each heading, and whether sub-headings follow it."""
    for line in sections.strip().splitlines():
        parent, _, children = line.strip().partition(": ")
        yield f"## {parent}", bool(children)
        for child in filter(None, children.split(", ")):
            yield f"### {child}", False


def _furniture(words: random.Random, index: int, number: int, count: int) -> Iterator[str]:
    """What stands in designs beside prose, in turn."""
    if index % 4 == 3:
        yield from ("| Field | Type | Required | Description |", "|---|---|---|---|")
        yield from (f"| {words.choice(THINGS)}_{row} | text | yes | {_clause(words)} |" for row in range(5))
        yield ""
    if index % 5 == 4:
        name = words.choice(THINGS)
        yield from ("```python", f"def {name}(limit: int = {number}) -> dict[str, int]:")
        yield from (f'    """Count each {name}."""', f'    return {{"{name}": limit}}', "```", "")
    if index % 6 == 2:
        yield from (f"- [x] {_clause(words).capitalize()}" for _ in range(3))
        yield from ("", f"Compare [another design](design-{(number * 7 + index) % count:04}.md).", "")


def _clause(words: random.Random) -> str:
    return f"the {words.choice(THINGS)} {words.choice(VERBS)} a {words.choice(THINGS)}"


def _paragraphs(words: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        said = (f"{_clause(words)} {words.choice(JOINS)} {_clause(words)}" for _ in range(4))
        yield from (" ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in said), "")


def _diagrams(words: random.Random, number: int) -> list[str]:
    """Three, no two designs' alike: a sequence, a flowchart with groups, an entity-relationship diagram."""
    a, b, c, d = words.sample(THINGS, 4)
    sequence = f"""\
sequenceDiagram
    actor U as User
    participant A as {a} {number}
    participant B as {b}
    U->>A: send {c}
    A->>B: POST /{c}s
    alt {c} is new
        B-->>A: 201 Created
    else
        B-->>A: 409 Conflict
    end
    A-->>U: show {d}"""
    flowchart = f"""\
flowchart TB
    subgraph Edge
        A[{a} {number}] --> B{{known?}}
    end
    subgraph Core
        C[{c}] --> D[({d})]
    end
    B -->|yes| C
    B -->|no| E[refuse the {b}]"""
    entities = f"""\
erDiagram
    {a.upper()} ||--o{{ {b.upper()} : holds
    {b.upper()} }}o--|| {c.upper()} : "is {number}"
    {a.upper()} {{
        uuid id PK
        text name
    }}"""
    return [sequence, flowchart, entities]

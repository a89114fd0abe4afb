"""Whose words a block holds."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.blocks import outline
from mkdocs_designdocs.wording import Voice, own_tokens, plain, sentences, voice, without_tokens, wording

TEMPLATE = """
[High-level description of the way chosen]

_How do we know who asks? Say it in a sentence._

Brief summary of the way. It should be short.

- **[Part Name]**: [What it does]
- **Small**: [What is checked alone]
- Kind of check 1
- `403 Forbidden` - Not yours to see
- [ ] Write the code
- [ ] [A question that somebody has to answer]

| Code | Why |
|------|-----|
| 403 | Not yours |
| [Code] | [Why] |

**Sent:**

- **Risk**: [What may happen]

The cache remembers:

```json
{
  "colour": "value"
}
```

flowchart LR
  A["[Put the drawing here]"]

<!-- List the goals. -->

[anchor]: #anchor
"""
WORDS = wording(outline(TEMPLATE).blocks, keep=["This page is public."])


def said(text: str) -> list[Voice]:
    return [voice(block, WORDS) for block in outline(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The author's.
        ("Parcels wait.", Voice.OWN),
        ("[Parcels wait]", Voice.OWN),
        ("_Parcels wait_", Voice.OWN),
        ("- **Small**: the ledger", Voice.OWN),
        ("- [x] Tell the press", Voice.OWN),
        ("![](x.png)", Voice.OWN),
        ("<https://example.org>", Voice.OWN),
        ("<img src='x.png'>", Voice.OWN),
        ("✅", Voice.OWN),
        ("5", Voice.OWN),
        ("> Quoted words", Voice.OWN),
        ("> [!NOTE]\n> Words", Voice.OWN),
        ("**Never retry a handover.**", Voice.OWN),
        ("{% include 'x.md' %}", Voice.OWN),
        ('```json\n{\n  "shade": 1\n}\n```', Voice.OWN),
        ("<!-- note --> Words", Voice.OWN),
        # Nobody's.
        ("...", Voice.NOTHING),
        ("—", Voice.NOTHING),
        ("&nbsp;", Voice.NOTHING),
        ("<br>", Voice.NOTHING),
        ("-", Voice.NOTHING),
        ("> [!NOTE]", Voice.NOTHING),
        ("<!-- my note -->", Voice.NOTHING),
        ("- [Data](#data)", Voice.NOTHING),
        ("[anchor]: #anchor", Voice.NOTHING),
        ("[^1]: As before.", Voice.NOTHING),
        ("```\n```", Voice.NOTHING),
        ("<div>\n</div>", Voice.NOTHING),
        # Enough alone.
        ("[guide]: https://example.org", Voice.KEPT),
        ("This page is public.", Voice.KEPT),
        # Announcements.
        ("**Request:**", Voice.LABEL),
        ("**Graz**", Voice.LABEL),
        ("**Sent**:", Voice.LABEL),
        ("Request:", Voice.LABEL),
        ('!!! note "Title"', Voice.LABEL),
        ("<details>\n<summary>More</summary>", Voice.LABEL),
        ("- **Risk**:", Voice.LABEL),
        ("- **Small**: ", Voice.LABEL),
        ("The cache remembers:", Voice.LABEL),
        # Not yet, not at all.
        ("TBD", Voice.NOT_YET),
        ("> TODO: ask", Voice.NOT_YET),
        ("**Gates:** TBD", Voice.NOT_YET),
        ("- **Gates**: TBD.", Voice.NOT_YET),
        ("Gates: to be decided", Voice.NOT_YET),
        ("Kind: placeholder", Voice.OWN),
        ("Gates: two, TBD", Voice.OWN),
        ("- [ ] TBD", Voice.NOT_YET),
        ("```\n# TODO\n```", Voice.NOT_YET),
        ("N/A — stateless", Voice.NOT_APPLICABLE),
        ("> N/A", Voice.NOT_APPLICABLE),
        # The template's.
        ("[High-level description of the way chosen]", Voice.GUIDANCE),
        ("High-level **description** of the\nway chosen", Voice.GUIDANCE),
        ("\\[High–level description of the way chosen\\]", Voice.GUIDANCE),
        ("- [ ] \\[A question that somebody has to answer\\]", Voice.PROMPT),
        ("- \\[x\\] is how carriers mark it", Voice.OWN),
        ("- What it does", Voice.SAMPLE),
        ("- Small: what is checked alone", Voice.SAMPLE),
        ("[HIGH-LEVEL description\nof the way chosen]", Voice.GUIDANCE),
        ("How do we know who asks?", Voice.GUIDANCE),
        ("It should be short. Brief summary of the way.", Voice.GUIDANCE),
        ("<!--\nList the\ngoals.\n-->", Voice.GUIDANCE),
        ("- **[Part Name]**: [What it does]", Voice.PROMPT),
        ("- **[Part Name]**: ", Voice.PROMPT),
        ("- [What it does]", Voice.PROMPT),
        ("- Kind of check 1", Voice.PROMPT),
        ("- [ ] [A question that somebody has to answer]", Voice.PROMPT),
        ("- `403 Forbidden` - Not yours to see", Voice.SAMPLE),
        ("- [x] Write the code", Voice.BOX),
        ("[ ] Write the code", Voice.BOX),
        ("- [ ] Write the **code**", Voice.BOX),
        ('```json\n{\n    "colour":   "value"\n}\n```', Voice.SAMPLE_CODE),
        ('```mermaid\nflowchart LR\n  A["[Put the drawing here]"]\n```', Voice.SAMPLE_CODE),
    ],
)
def test_voices(text, expected):
    assert said(text) == [expected]


def test_rows():
    rows = ["TBD | ", "TODO | ours", "403 | Not yours", "[Code] | [Why]", "410 | Gone", " | ", "... | —"]
    table = "| Code | Why |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    assert said(table) == [
        Voice.LABEL,
        Voice.NOT_YET,
        Voice.OWN,
        Voice.SAMPLE,
        Voice.PROMPT,
        Voice.OWN,
        Voice.NOTHING,
        Voice.NOTHING,
    ]


def test_a_word_processors_signs_are_the_typed_ones():
    assert plain("‘Who’s “in” – or out…’") == plain("'Who's \"in\" - or out...'")


def test_plain_and_sentences():
    assert plain("**A**  `b`\n_c_ d_e <br> <!-- f --> \\[g\\] <T>") == "a b c d_e g <t>"
    assert sentences("One two. Three. Four five: six seven?") == ("one two.", "four five:", "six seven?")
    assert without_tokens("- **[Part]**: [What]") == ""
    assert without_tokens("**Small**: [What]") == "small"


def test_only_the_templates_own_marks_count_in_a_design():
    text = "The [Part Name] and [ours], [What it does] in `[Part Name]`"
    assert [t.text for t in own_tokens(text, WORDS, frozenset())] == ["[Part Name]", "[What it does]"]
    assert [t.text for t in own_tokens(text, WORDS, frozenset({"part name"}))] == ["[What it does]"]

"""The marks of templates, told from all that only looks like them."""

from __future__ import annotations

import re

import pytest

from mkdocs_designdocs.blocks import Kind
from mkdocs_designdocs.phrases import NOT_APPLICABLE, TODO_ENDS, TODO_ONLY, TODO_OPENS, TODO_STILL, TODO_WITHIN, not_yet
from mkdocs_designdocs.placeholders import GENERIC, about_a_format, blanked, code_tokens, defined, definitions, tokens
from mkdocs_designdocs.shelf import built_in_dir
from mkdocs_designdocs.templates import load


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("{{MODEL_NAME}}", ["{{MODEL_NAME}}"]),
        ("{SERVICE NAME}", ["{SERVICE NAME}"]),
        ("**[Part]**: [What it does]", ["[Part]", "[What it does]"]),
        ("[What it does and what it doesn't]", ["[What it does and what it doesn't]"]),
        ('[Say "no" where it is "no"]', ['[Say "no" where it is "no"]']),
        ("[On two\nlines]", ["[On two\nlines]"]),
        ("[Cause]: [Code]", ["[Cause]", "[Code]"]),
        ("[Outer [inner](x.md) words]", ["[Outer [inner](x.md) words]"]),
        ("- [ ] [A question]", ["[A question]"]),
        ("<your service>", ["<your service>"]),
        ("_What changes for whom_", ["_What changes for whom_"]),
        ("Library 1: _Reason_", ["_Reason_"]),
        ("Store | _Why_ | _How_", ["_Why_", "_How_"]),
        ("*All of it is a hint.*", ["*All of it is a hint.*"]),
        ("RFC-NNNN and #NNNN", ["NNNN", "#NNNN"]),
        ("due YYYY-MM-DD by @username", ["YYYY-MM-DD", "@username"]),
    ],
)
def test_marks(text, marks):
    found = tokens(text)
    if text.startswith("RFC"):
        assert {t.key for t in found} == {"nnnn"}
    else:
        assert [t.text for t in found] == marks
    assert all(text[t.start : t.end] == t.text for t in found)


@pytest.mark.parametrize(
    "text",
    [
        "`[code]` and ``{{ code }}``",
        "[a link](https://example.org/[x])",
        "![an image](x.png)",
        "[text][label] and [label][]",
        "[^1] is a footnote",
        "[!NOTE]",
        "\\[not a mark\\] \\<nor this>",
        "<https://example.org> <ana@example.org> <br> <img src='x'>",
        "https://example.org/NNNN",
        "array[index] and f[0]",
        "[ ] and [x] are boxes",
        "[1] and [0..100] are none",
        "this is *not* a mark, nor is _this_ one",
        "_Note_ that it goes on",
        "snake_case_name and 2 * 3 * 4",
        "<!-- [in a comment] -->",
        "[label]: https://example.org",
    ],
)
def test_no_marks(text):
    assert not tokens(text)


def test_blanking_keeps_every_position():
    text = "a `b` [c](d) <!-- e\nf --> https://g.h <br> i"
    assert len(blanked(text)) == len(text)
    assert blanked(text).split() == ["a", "i"]
    assert blanked(text).count("\n") == 1


def test_definitions():
    text = '[a b]: https://example.org\n\n  [C]: #anchor "Title"\n\n[Metric 1]: [Target]\n[^1]: note\n'
    assert definitions(text) == {"a b", "c"}
    assert defined("[x]: #y\n[z]: http://y") == ["#y", "http://y"]
    assert not defined("[x]: #y\nand words")
    assert not defined("[Metric]: [Target]")


def test_marks_in_code_stand_apart():
    assert [t.text for t in code_tokens("POST /api/[thing]\nA->>B: [ask]\nx[0] = y['a'] [*] --> z\n{{ NAME }}")] == [
        "[thing]",
        "[ask]",
        "{{ NAME }}",
    ]


def test_every_bracketed_prompt_in_the_code_of_a_built_in_template_is_a_mark():
    seen = 0
    for template in load([built_in_dir()]).templates.values():
        for block in template.blank.outline.blocks:
            if block.kind in (Kind.FENCE, Kind.CODE):
                # `A[Web app]` is a node and `[*]` a state.
                prompts = re.findall(r"(?<!\w)\[[A-Za-z][^\[\]]*\]", block.text)
                assert not set(prompts) - {token.text for token in code_tokens(block.text)}, template.name
                seen += len(prompts)
    assert seen >= 14


def test_what_is_beside_them_in_code_is_no_mark():
    assert not list(code_tokens('a = ["x", \'y\']; b[key]; c["key"]; f([x]); A[Web app] --> [*]; ${{ TOKEN }}'))


@pytest.mark.parametrize(
    "text",
    [
        "${{ secrets.TOKEN }}",
        "${{TOKEN}}",
        "{{ .Values.image }}",
        "{{.Values.image}}",
        "{{- .Values.image }}",
        "{{ $.Values.image }}",
        "{{ include .Values }}",
        "{{ site.title }}",
        "{{ a.b | c }}",
        "{{ title | upper }}",
        "{{ NAME | upper }}",
    ],
)
def test_what_another_tool_fills_is_no_mark(text):
    assert not tokens(f"It is {text} here")


@pytest.mark.parametrize(
    "text",
    [
        "{{TITLE}}",
        "{{ author }}",
        "{{FEATURE_NAME}}",
        "{{ Feature Name }}",
        "{{ What is new? In one line. }}",
        "{NAME}",
    ],
)
def test_what_a_team_fills_is_a_mark(text):
    assert [token.text for token in tokens(f"It is {text} here")] == [text]


@pytest.mark.parametrize("text", ["YYYY-MM-DD", "on yyyy-mm-dd", "#NNNN", "@username", "XX/XX/XXXX", "@your-name"])
def test_marks_that_nobody_means(text):
    assert GENERIC.search(text)


@pytest.mark.parametrize("text", ["YYYY-MM-DDThh:mm", "NNNNN", "@usernames", "x@username.org"])
def test_marks_that_somebody_means(text):
    assert not GENERIC.search(text) or "@" in text


def test_a_format_is_meant():
    assert about_a_format("Dates are in the format YYYY-MM-DD")
    assert not about_a_format("Agreed on YYYY-MM-DD")


@pytest.mark.parametrize(
    "text",
    [
        "TBD",
        "tbd.",
        "_TBD_",
        "**To be completed**",
        "(TBD)",
        "`TODO`",
        "[TBD]",
        "TODO: describe the queue",
        "TODO(ana): the queue",
        "#TODO mention the queue",
        "TBD (Ana, next week)",
        "To be decided later.",
        "To be defined by the depot",
        "Coming soon",
        "Work in progress …",
        "_No response_",
        "Lorem ipsum dolor sit amet, consetetur.",
        "Will be added later.",
        "WIP",
    ],
)
def test_not_yet(text):
    assert not_yet(text)


@pytest.mark.parametrize(
    "text",
    [
        "TBD. For now only new parcels are covered.",
        "To be written to disk first, an event waits.",
        "Todos are kept in the ledger.",
        "The wip limit is three.",
        "Placeholders are replaced.",
        "What is still TBD is the price.",
        "tbdex is a protocol",
    ],
)
def test_something_is_said(text):
    assert not not_yet(text)


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "n/a.",
        "NA",
        "N.A.",
        "**N/A** — stateless",
        "`N/A`",
        "N/A (nothing is stored)",
        "Not applicable because nothing is stored.",
        "None",
        "None.",
        "None known yet.",
        "None at this time.",
        "None are needed.",
        "Not needed: stateless",
        "Does not apply.",
        "This section doesn't apply.",
    ],
)
def test_not_applicable(text):
    assert NOT_APPLICABLE.match(text)


@pytest.mark.parametrize(
    "text",
    [
        "None of the carriers sends one.",
        "None but the ledger writes.",
        "Not required fields are left out.",
        "Not needed by the web but by the app",
        "Names are kept.",
        "Nationality is not stored.",
        "NAT is used.",
    ],
)
def test_applicable(text):
    assert not NOT_APPLICABLE.match(text)


def test_where_a_todo_stands():
    assert TODO_OPENS.match("TODO: x")
    assert TODO_OPENS.match("_TBD_: x")
    assert not TODO_OPENS.match("TODOs: x")
    assert not TODO_OPENS.match("To be written to disk")
    assert TODO_ENDS.search("the price: TBD.")
    assert TODO_ENDS.search("Said again. To be decided.")
    assert not TODO_ENDS.search("These are parcels to be added.")
    assert TODO_STILL.search("the price is still TBD, but low")
    assert TODO_STILL.search("it is still to be decided who pays")
    assert not TODO_STILL.search("the work still to be done includes a price")
    assert TODO_WITHIN.search("the price is TBD, but low")
    assert not TODO_WITHIN.search("the `TODO` page, a 'TODO' and TODO's")
    assert not TODO_ONLY.match("TBD: the price")

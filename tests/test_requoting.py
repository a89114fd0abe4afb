"""Front matter that YAML cannot read is mended where it is certain what was meant, and else left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.requoting import requoted


def mended(text: str) -> str:
    lines = requoted(text)
    return "\n".join(lines[number].text if number in lines else line for number, line in enumerate(text.split("\n")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("authors:\n  - @ana\n  - bo", 'authors:\n  - "@ana"\n  - bo'),
        ("author: @ana # leads", 'author: "@ana" # leads'),
        ("people:\n  - name: @ana\n    role: lead", 'people:\n  - name: "@ana"\n    role: lead'),
        ("spec: `x`", 'spec: "`x`"'),
        ("authors: [@ana, bo, @chen/team]", 'authors: ["@ana", bo, "@chen/team"]'),
        ('authors: ["@ana”, "@bo"]', 'authors: ["@ana", "@bo"]'),
        ("authors: [{name: Ana, handle: @ana}]", 'authors: [{name: Ana, handle: "@ana"}]'),
        ("related: [[One](one.md), two]", 'related: ["[One](one.md)", two]'),
        ("title: Parcels: how they move", 'title: "Parcels: how they move"'),
        ('title: The "late" one: why', "title: 'The \"late\" one: why'"),
        ('title: It\'s "late": why', "title: 'It''s \"late\": why'"),
        ("title: Parcels:", 'title: "Parcels:"'),
        ("title: %percent", 'title: "%percent"'),
        ("title: *starred*", 'title: "*starred*"'),
        ("status: **draft**|approved", 'status: "**draft**|approved"'),
        ("title: {{ TITLE }}", 'title: "{{ TITLE }}"'),
        ("title: [RFC 7] Parcels", 'title: "[RFC 7] Parcels"'),
        ("spec: [The spec](https://example.org/a)", 'spec: "[The spec](https://example.org/a)"'),
        ("related:\n- [a: b](https://example.org/a)", 'related:\n- "[a: b](https://example.org/a)"'),
        ('authors:\n  - "@ana”\n  - "@bo"', 'authors:\n  - "@ana"\n  - "@bo"'),
        ("title: 'It's late'", 'title: "It\'s late"'),
        ('title: "Late" orders', "title: '\"Late\" orders'"),
        ("related:[]\ntags:[a, b]", "related: []\ntags: [a, b]"),
        ("design:\n\ttemplate: t\n\tstatus: draft", "design:\n  template: t\n  status: draft"),
        ("design:\n  template: t\n\tstatus: draft", "design:\n  template: t\n  status: draft"),
        ("design:\n\tauthors:\n\t\t- @ana", 'design:\n  authors:\n    - "@ana"'),
        ('"my title": a: b', '"my title": "a: b"'),
    ],
)
def test_what_is_certain_is_mended(before, after):
    assert parse(before)[1], "it was broken"
    assert mended(before) == after
    assert not parse(after)[1]


@pytest.mark.parametrize(
    "text",
    [
        "status: [draft",
        'title: "never closed\nstatus: draft',
        "design: template: t",
        "people:\n  - Ana: Lead: Backend",
        "title: one\n  status: two: three",
        'title: "a" and "b"',
        "data: {a: 1\nstatus: draft",
        "authors: - one",
        "authors: ]",
        "- name: @ana",
        "a: 1\na: 2\nb: @ana",
        "design:\n    template: t\n\tstatus: draft\n  title: x",
        "- @ana\n- bo",
        "author: @ana\nstatus: [draft",
    ],
)
def test_what_is_not_certain_stays(text):
    assert parse(text)[1], "it was broken"
    assert requoted(text) == {}


def test_what_can_be_read_stays():
    for text in ("", "a: 1", "title: “curly”", "t: |\n  @ana: b: c\n\tx", "- a", "# @ana", "see: http://example.org"):
        assert requoted(text) == {}


def test_only_what_must_change_does():
    text = 'title: “Parcels”\nauthors:\n  - “@ana”\n  - "@bo”\nnote: |\n  - @not this: one\n  [nor](this)\ntags: [a, b]'
    assert mended(text) == text.replace('"@bo”', '"@bo"')


def test_every_repair_says_what_it_did():
    lines = requoted("authors:\n- @ana\ntags:[]\n").values()
    assert [(line.did, line.about) for line in lines] == [("quoted", '"@ana"'), ("put a blank after", "`tags:`")]
    (tab,) = requoted("design:\n\ttemplate: t\n").values()
    assert (tab.did, tab.about) == ("indented with spaces", '"template: t"')


def test_a_front_matter_as_long_as_a_book_is_left_alone():
    assert requoted("author: @ana\n" + "# words\n" * 20_000) == {}
    assert requoted("".join(f"k{n}: @ana\n" for n in range(500))) == {}


VALUES = [
    "x",
    "@ana",
    "a: b",
    "[a, @b]",
    '"@x”',
    "“y”",
    "'it's'",
    "*s*",
    "[T](u)",
    "[open",
    '"open',
    "| ",
    "",
    "%p",
    "1",
]
KEYS = ["title", "design", "see-also", "authors"]
LINES = st.builds(
    lambda indent, lead, value: indent + lead + value,
    st.sampled_from(["", "", "  ", "    ", "\t"]),
    st.sampled_from(["- ", "", *(f"{key}: " for key in KEYS), *(f"{key}:" for key in KEYS), "- title: "]),
    st.sampled_from(VALUES),
)


@given(st.lists(LINES, max_size=8))
def test_whatever_stands_there_it_is_readable_afterwards_or_as_it_was(lines):
    text = "\n".join(lines)
    changed = requoted(text)
    if not changed:
        return
    front, wrong = parse(mended(text))
    assert not wrong
    assert parse(text)[1]
    for number, line in changed.items():
        bare = str.maketrans("", "", " \t\"'“”‘’")
        assert line.text.translate(bare) == lines[number].translate(bare), "no word is changed"
    # None could have stayed as it was.
    for number in changed:
        fewer = {n: line.text for n, line in changed.items() if n != number}
        other, broken = parse("\n".join(fewer.get(n, line) for n, line in enumerate(lines)))
        assert broken or other.values != front.values


@given(st.text(alphabet="ab @`:-[]{}\"'“”\t\n#|*%", max_size=60))
def test_nothing_makes_it_fail(text):
    changed = requoted(text)
    assert not changed or not parse(mended(text))[1]

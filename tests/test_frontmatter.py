"""Front matter: every value with its place, and for whatever cannot be read a message that says how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_designdocs.frontmatter import MAX_VALUES, parse, recover, shown
from mkdocs_designdocs.source import read


@pytest.mark.golden_test("golden/front_matter_*.yml")
def test_what_cannot_be_read_is_explained_and_the_rest_is_recovered(golden):
    told = []
    for text in golden["documents"]:
        front, problems = parse(text)
        assert problems, text
        told.append(
            {
                "document": text,
                "problems": [f"{p.line}:{p.column} {p.message}" + (f" | {p.help}" if p.help else "") for p in problems],
                "recovered": repr(dict(front.values)),
            }
        )
    assert told == golden.out["told"]


def test_values_and_the_places_of_their_keys():
    front, problems = parse("design:\n  template: feature\n  authors:\n    - a\n    -   b\n'x y': {k: [1, 2]}\n")
    assert not problems
    assert front.values == {"design": {"template": "feature", "authors": ["a", "b"]}, "x y": {"k": [1, 2]}}
    assert front.mark("design") == (2, 1)
    assert front.mark("design", "template") == (3, 3)
    assert front.mark("design", "authors", 1) == (6, 9)
    assert front.mark("x y", "k", 1) == (7, 16)


def test_what_has_no_place_has_the_place_of_what_is_around_it():
    front, _ = parse("design:\n  models: [{name: x}]\n")
    assert front.mark("design", "models", 0, "missing") == (3, 12)
    assert front.mark("design", "nothing") == (2, 1)
    assert front.mark("nothing") == (1, 1)


@pytest.mark.parametrize("date", ["2026-11-03", "2026-02-30", "2026-11-03T10:00:00Z", "2026-11-03 10:00:00"])
def test_dates_stay_text(date):
    assert parse(f"a: {date}") == parse(f'a: "{date}"')


@pytest.mark.parametrize(
    ("text", "value"),
    [("007", 7), ("1.10", 1.1), ("1_000", 1000), ("0x1F", 31), ("1:30", 90), ("0o17", "0o17"), ("1e3", "1e3")],
)
def test_a_number_is_known_as_it_is_written(text, value):
    front, _ = parse(f"a: {text}\nb: [{text}]")
    assert front.values == {"a": value, "b": [value]}
    written = {("a",): text, ("b", 0): text} if not isinstance(value, str) else {}
    assert front.written == written
    assert parse("a: 12\nb: 1.5")[0].written == {}


@pytest.mark.parametrize(
    "tagged",
    [
        "!!bool maybe",
        '!!int ""',
        '!!float ""',
        "!!timestamp never",
        "!!timestamp 2026-01-01",
        '!!binary "*"',
        "!own x",
        "!!python/object:os.system x",
        "!!null x",
        "!!int x",
        "!ENV HOME",
    ],
)
def test_a_tag_that_claims_in_vain_changes_nothing(tagged):
    front, problems = parse(f"a: {tagged}\nb: 1")
    assert not problems
    assert front.values["b"] == 1
    assert front.values["a"] is None or isinstance(front.values["a"], str)


def test_what_only_yaml_takes_for_a_line_break_moves_no_line():
    front, problems = parse("title: one\x85two\u2028three\nid: x\n")
    assert not problems
    assert front.values["title"] == "one two three"
    assert front.mark("id") == (3, 1)


def test_merge_keys_fill_what_is_not_said():
    front, problems = parse("base: &b {x: 1, y: 2}\ndesign:\n  <<: *b\n  x: 3\n")
    assert not problems
    assert front.values["design"] == {"x": 3, "y": 2}


def test_a_key_that_stands_twice_is_a_problem_and_the_later_counts():
    front, (problem,) = parse("design:\n  id: a\n  title: t\n  id: b\n")
    assert front.values["design"] == {"id": "b", "title": "t"}
    assert (problem.line, problem.column) == (5, 3)
    assert problem.message == 'the key "id" stands twice, first at line 3; the later one counts'


def test_aliases_that_explode_are_measured_and_not_walked():
    levels = "\n".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 10)}]" for n in range(12))
    front, (problem,) = parse(f"design: feature\nl0: &l0 [x]\n{levels}\n")
    assert f"more than {MAX_VALUES} values" in problem.message
    assert front.values["design"] == "feature"


def test_aliases_that_do_not_explode_are_values():
    front, problems = parse("a: &a [1, 2]\nb: [*a, *a]\n")
    assert not problems
    assert front.values["b"] == [[1, 2], [1, 2]]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "? - ", "[{a: "])
def test_what_is_nested_too_deep_is_refused_and_crashes_nothing(opening):
    front, (problem,) = parse(f"design: feature\nx:\n  {opening * 100_000}\n")
    assert "deep" in problem.message
    assert front.values["design"] == "feature"
    assert recover(f"a: {opening * 100_000}").values.keys() == {"a"}


def test_many_brackets_that_are_not_deep_are_read():
    front, problems = parse("a: [" + ", ".join(["[x]"] * 500) + "]")
    assert not problems
    assert len(front.values["a"]) == 500


def test_numbers_of_thousands_of_digits_stay_text():
    for number in ("9" * 5000, "0x" + "f" * 5000, "1" + ":00" * 3000):
        front, problems = parse(f"a: {number}")
        assert not problems
        assert front.values["a"] == number
        assert len(shown(front.values["a"])) < 70


WORDS = st.sampled_from(
    [
        "design",
        "template",
        "a",
        "x y",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "@ana",
        "*x",
        "&x ",
        "|",
        ">",
        "#",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "!!int ",
        "<<",
        "? ",
        "%",
        "`",
        "2026-02-30",
        "007",
        "é",
        "\x00",
        "\x85",
        "\u2028",
        "😀",
    ]
)
YAML = st.one_of(st.lists(WORDS, max_size=25).map("".join), st.text(st.characters(codec="utf-8"), max_size=60))


@given(YAML)
@example("a: \0")
@example('design:\n  x: "')
@example("a: [\n😀: \t")
@example("a: 1\x85b: 2\nc: 3\u2028d: 4\u2029e: 5")
def test_no_text_raises_and_every_mark_lies_within_the_file(text):
    source = read("a.md", f"---\n{text}\n---\nBody\n".encode())
    lines = source.text.split("\n")
    front, problems = parse(source.front or "")
    assert isinstance(front.values, dict)
    for line, column in [*front.marks.values(), *((p.line, p.column) for p in problems)]:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    for problem in problems:
        assert "\n" not in problem.message + problem.help
        assert len(problem.message) < 250


@pytest.mark.parametrize(
    "broken", ["x: @y", "x:[]", "x: **y**", "\tx: y", "x: [y", "x: 'y", "x: y: z", "words", "x: `y`"]
)
@pytest.mark.parametrize("above", [True, False])
def test_whatever_is_broken_title_and_status_are_read(broken, above):
    whole = "title: Locker groups\nstatus: accepted\nauthors:\n- Ana\n- '@bo'\n"
    text = f"{broken}\n{whole}" if above else f"{whole}{broken}\n"
    front, (problem,) = parse(text)
    assert front.values["title"] == "Locker groups"
    assert front.values["status"] == "accepted"
    assert front.values["authors"] == ["Ana", "@bo"]
    assert problem.line == (2 if above else 7)
    assert front.mark("status") == (4 if above else 3, 1)


def test_a_problem_is_told_of_what_was_read():
    _, (problem,) = parse("a: @b", 7, "the file")
    assert (problem.line, problem.message) == (
        7,
        'the file cannot be read: "@b" begins with `@`, which YAML keeps to itself',
    )
    assert parse("- a", 1, "the YAML")[1][0].message == "the YAML is no mapping of keys to values"


@pytest.mark.parametrize(
    "long",
    [
        "a:" + " " * 50_000 + "b: @c",
        "- " * 50 + " " * 50_000,
        "a: @b\n" * 10_000,
        "a:\n" * 20_000,
        "a: @b\n" + " b\n" * 20_000,
    ],
)
def test_recovering_what_is_long_takes_no_time(long):
    assert isinstance(recover(long).values, dict)


@given(YAML)
def test_recovering_never_raises_and_finds_only_what_is_there(text):
    front = recover(text)
    lines = text.split("\n")
    for path, (line, column) in front.marks.items():
        assert lines[line - 2][column - 1 :].startswith(str(path[-1]))


PLAIN = st.text("abcdefgh ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.dictionaries(st.sampled_from(["template", "title", "status", "id", "spec"]), PLAIN, min_size=1))
def test_what_is_whole_is_recovered_from_below_what_is_broken(values):
    block = "".join(f"  {key}: {value}\n" for key, value in values.items())
    front, problems = parse(f"design:\n{block}  authors: @ana\n")
    assert problems
    assert front.values["design"] == {**values, "authors": "@ana"}


def test_of_broken_yaml_only_the_block_and_the_top_are_recovered():
    front = recover(
        "title: T\nother:\n  status: no\ndesign:\n  status: draft\n  models:\n    - name: x\n      id: y\n  a: @b\n"
    )
    assert front.values == {
        "title": "T",
        "other": None,
        "design": {"status": "draft", "models": None, "a": "@b"},
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\n b", '"a b"'),
        ("x" * 80, '"' + "x" * 59 + '…"'),
        (True, '"true"'),
        (None, "nothing"),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "a mapping"),
        (1.5, '"1.5"'),
    ],
)
def test_a_message_quotes_a_value_in_short(value, text):
    assert shown(value) == text


def test_characters_that_nobody_sees_do_not_reach_a_page():
    written = [r'title: "a\ab\e[31mc\0"', r'lines: "a\tb\nc"', r'turned: "a \u202e b"', r'right: "\u2067 b \u2069 c"']
    front, problems = parse("\n".join(written))
    assert not problems
    assert front.values["title"] == "ab[31mc"
    assert front.values["lines"] == "a\tb\nc"
    assert (front.values["turned"], front.values["right"]) == ("a  b", "\u2067 b \u2069 c")

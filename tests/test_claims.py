"""What YAML says of the fields, and what a file's folder and name do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.claims import is_id, of_place, of_yaml, successor
from mkdocs_designdocs.fields import FIELDS
from mkdocs_designdocs.frontmatter import FrontMatter, parse
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.vocabulary import DEFAULT as WORDS
from mkdocs_designdocs.vocabulary import NAMES, Vocabulary, compared


def told(text, words=WORDS):
    front, problems = parse(text, 1)
    assert not problems
    return [(c.field, list(c.values), c.origin.line) for c in of_yaml(front, words, "page", "d.md")]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("status: accepted", [("status", ["accepted"], 1)]),
        ("STATUS: accepted", [("status", ["accepted"], 1)]),
        ("Implementation-Status: accepted", [("status", ["accepted"], 1)]),
        ("status: [accepted]", [("status", ["accepted"], 1)]),
        ("status: [accepted, rejected]", []),
        ("status: {phase: accepted}", []),
        ("status: yes", []),
        ("status:", []),
        ("status: ''", []),
        ("state: a\nstatus: b", [("status", ["b"], 2), ("status", ["a"], 1)]),
        ("number: 0012", [("id", ["0012"], 1)]),
        ("proposal: we do it all in 2026 and no later", []),
        ("id: queues", [("id", ["queues"], 1)]),
        ("id: all the queues", []),
        ("authors: Ana, Bo", [("authors", ["Ana, Bo"], 1)]),
        ("authors:\n- Ana\n- '@bo'\n- 7", [("authors", ["Ana", "@bo", "7"], 1)]),
        ("author: {name: Ana, github: ana, email: a@b.c}", [("authors", ["Ana @ana <a@b.c>"], 1)]),
        ("author: {login: '@ana'}", [("authors", ["@ana"], 1)]),
        ("author: {url: https://x.org}", [("authors", ["https://x.org"], 1)]),
        ("author: {nick: ana}", []),
        ("author: [[Ana, [Bo]]]", [("authors", ["Ana", "Bo"], 1)]),
        ("tags: [a, 1.10, true]", [("tags", ["a", "1.10"], 1)]),
        ("issues: [1, 2]", [("issue", ["1, 2"], 1)]),
        ("issues: []", []),
        ("design:\n  status: accepted", []),
        ("meta:\n  status: accepted", []),
        ("template: t\ntemplate_version: 2", []),
        ("name: Queues", [("title", ["Queues"], 1)]),
        ("7: x\nnull: y\n2.5: z", []),
    ],
)
def test_what_yaml_says(text, claims):
    assert told(text) == claims


@pytest.mark.parametrize(
    ("added", "claims"),
    [
        ({"status": ("meta.stage",)}, [("status", ["a"], 2), ("status", ["c"], 6)]),
        ({"status": ("Meta . Stage",)}, [("status", ["a"], 2), ("status", ["c"], 6)]),
        ({"status": ("meta.deep.er",)}, [("status", ["b"], 4), ("status", ["c"], 6)]),
        ({"status": ("meta.deep",)}, [("status", ["c"], 6)]),
        (
            {"status": ("stage", "meta.deep.er", "meta.stage")},
            [("status", ["b"], 4), ("status", ["a"], 2), ("status", ["c"], 6)],
        ),
    ],
)
def test_the_names_of_a_team_count_first(added, claims):
    text = "meta:\n  stage: a\n  deep:\n    er: b\n    x: [1]\nstatus: c\n"
    assert told(text, Vocabulary(added)) == claims


def test_a_key_with_a_dot_is_not_taken_for_a_path():
    assert told("meta.stage: a\n", Vocabulary({"status": ("meta.stage",)})) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "github", "email", "url", "x"]) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*FIELDS, "author", "Owners", "meta", "number", "name", "design", 7, None, True])


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_no_values_raise_and_every_claim_holds_something(values):
    words = Vocabulary({"status": ("meta.x", "meta.name.x")})
    for claim in of_yaml(FrontMatter(values), words, "page", "d.md"):
        assert claim.field in FIELDS
        assert claim.values
        assert all(isinstance(value, str) and value.strip() for value in claim.values)


# Folders and names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "status"),
    [
        ("accepted", "approved"),
        ("In-Review", "in-review"),
        ("_completed", "implemented"),
        ("proposals-done", "implemented"),
        ("proposals-accepted", "approved"),
        ("rejected_rfcs", "rejected"),
        ("01-drafts", "draft"),
        ("accepted/2026", "approved"),
        ("done/idea/x", "draft"),
        ("adr", ""),
        ("rfc", ""),
        ("proposal", ""),
        ("proposals", ""),
        ("design-docs", ""),
        ("2026", ""),
        ("mobile-live", ""),
        ("open-api", ""),
        ("api-preview", ""),
        ("---", ""),
    ],
)
def test_a_folder_says_how_far_its_designs_are_or_what_they_are(folder, status):
    found = [c for c in of_place(f"{folder}/x.md", "d.md", DEFAULT) if c.field == "status"]
    assert [c.text for c in found] == ([status] if status else [])
    if found:
        assert found[0].origin.raw in folder


@pytest.mark.parametrize(
    ("uri", "claims"),
    [
        ("0012-queues.md", [("id", "0012")]),
        ("12.md", [("id", "12")]),
        ("24301-queues.md", [("id", "24301")]),
        ("adr-0012-queues.md", [("id", "0012")]),
        ("ADR0012.md", [("id", "0012")]),
        ("gep-91/index.md", [("id", "91")]),
        ("0007-queues/README.md", [("id", "0007")]),
        ("2026-01-02-queues.md", [("created", "2026-01-02")]),
        ("20260102-queues.md", [("created", "2026-01-02")]),
        ("2026_01_02.md", [("created", "2026-01-02")]),
        ("202601-queues.md", []),
        ("2026-01-queues.md", []),
        ("2026-02-30-queues.md", []),
        ("utf8-names.md", []),
        ("http-2-queues.md", []),
        ("3d-queues.md", []),
        ("v1.2-queues.md", []),
        ("queues-12.md", [("id", "12")]),
        ("queues.md", []),
        ("index.md", []),
        ("README.md", []),
    ],
)
def test_a_name_says_a_number_or_a_day(uri, claims):
    assert [(c.field, c.text) for c in of_place(uri, "d.md", DEFAULT)] == claims


@given(st.text(max_size=60))
def test_no_place_raises(uri):
    for claim in of_place(uri, "d.md", DEFAULT):
        assert claim.text
        assert (claim.origin.line, claim.origin.column) == (1, 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Superseded by [12](12.md)", ["[12](12.md)"]),
        ("**Superseded** by [12](12.md)", ["[12](12.md)"]),
        ("superseded (by [12](12.md))", ["[12](12.md)"]),
        ("Replaced by: ADR-12.", ["ADR-12"]),
        ("replaced with [12](12.md) and [13](13.md)", ["[12](12.md)", "[13](13.md)"]),
        ("superseded by what we do now", []),
        ("superseded by the 12 lockers of May", []),
        ("superseded", []),
        ("accepted, supersedes [12](12.md)", []),
        ("Proposed | Accepted | Superseded by ADR-1", []),
        ("[draft | accepted | superseded by [ADR-5](0005-example.md)]", []),
        ("{draft | superseded by [ADR-5](0005-example.md)}", []),
        ("{superseded by ADR-5}", []),
        ("superseded by [ADR-5]", []),
        ("superseded by {ADR-5 or so}", []),
    ],
)
def test_a_status_may_name_what_came_after(text, names):
    front, _ = parse(f"status: {text!r}", 1)
    (claim,) = of_yaml(front, WORDS, "page", "d.md")
    assert [name for one in successor(claim, DEFAULT) for name in one.values] == names


@pytest.mark.parametrize(
    ("label", "text"), [("ADR", "12"), ("rfc", "[RFC-12](x.md)"), ("Id", "queues"), ("number", "0012")]
)
def test_what_is_an_id(label, text):
    assert is_id(label, text)


@pytest.mark.parametrize(("label", "text"), [("Proposal", "queues"), ("id", "a b"), ("rfc", "twelve " * 5 + "12")])
def test_what_is_none(label, text):
    assert not is_id(label, text)


# The names of the fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Author(s)", "authors"),
        ("LAST-updated", "updated"),
        ("last_updated", "updated"),
        ("  Review   Manager ", "reviewers"),
        ("Superseded-By", "superseded_by"),
        ("name", ""),
        ("template", ""),
        ("template version", ""),
        ("Goals", ""),
        ("", ""),
    ],
)
def test_a_label_names_a_field(label, field):
    assert WORDS.find(label) == field


def test_no_name_means_two_fields_and_all_are_as_they_are_compared():
    names = [name for names in NAMES.values() for name in names]
    assert len(names) == len(set(names))
    assert all(name == compared(name) for name in names)
    assert set(NAMES) <= set(FIELDS)


def test_a_teams_name_takes_a_label_from_another_field():
    words = Vocabulary({"reviewers": ("Owner",)})
    assert (words.find("owner"), words.find("owners")) == ("reviewers", "authors")
    assert words.rank("Owner") < words.rank("reviewers") < words.rank("approvers")

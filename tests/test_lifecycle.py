"""The lifecycle: what a status may be called, and what it asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.lifecycle import DEFAULT, GROUPS, Gate, Lifecycle, Status, bare, choices, kept, offered


@pytest.mark.parametrize(
    "text", ["In review", "in review", "IN-REVIEW", "in_review", " In  Review ", "RFC", "proposed"]
)
def test_a_status_is_found_in_any_spelling(text):
    assert DEFAULT.find(text).key == "in-review"


@pytest.mark.parametrize("text", ["", "reviewing", "in review!", "draft | approved"])
def test_what_is_no_status_is_none(text):
    assert DEFAULT.find(text) is None


@pytest.mark.parametrize(("text", "key"), [("aproved", "approved"), ("In Reveiw", "in-review"), ("DRAFFT", "draft")])
def test_a_misspelling_is_guessed(text, key):
    assert DEFAULT.guess(text).key == key


def test_nothing_is_guessed_of_something_else():
    assert DEFAULT.guess("blue") is None


def test_the_default_is_the_contract():
    assert [(s.key, s.group, s.gate) for s in DEFAULT.statuses] == [
        ("draft", "open", Gate.DRAFT),
        ("in-review", "open", Gate.COMPLETE),
        ("approved", "in force", Gate.COMPLETE),
        ("implemented", "in force", Gate.FINISHED),
        ("superseded", "closed", Gate.INTEGRITY),
        ("rejected", "closed", Gate.INTEGRITY),
        ("withdrawn", "closed", Gate.INTEGRITY),
    ]
    assert {s.group for s in DEFAULT.statuses} == set(GROUPS)
    assert DEFAULT.initial.key == "draft"


def test_no_two_statuses_share_a_name():
    names = [name for s in DEFAULT.statuses for name in {s.key.replace("-", " "), s.label.casefold(), *s.aliases}]
    assert len(names) == len(set(names))


def test_a_key_comes_before_a_label_and_a_label_before_an_alias():
    first = Status("approved", "Approved", ("active", "live"))
    second, third, fourth = Status("active", "Running"), Status("on", "Live"), Status("running", "Runs")
    lifecycle = Lifecycle((first, second, third, fourth))
    assert lifecycle.find("active") == second
    assert lifecycle.find("live") == third
    assert lifecycle.find("running") == fourth


@pytest.mark.parametrize(
    "text",
    [
        "Draft | In Review | Approved",
        "Draft/In review",
        "draft, approved",
        "`Draft` | **Approved**",
        "[Draft | Approved]",
        "{Draft | Approved}",
        "<Draft> | <Approved>",
        "<b>Draft</b> / Approved",
        "{accepted | superseded by [ADR-5](../x.md)}",
        "accepted | superseded by ADR-0123",
    ],
)
def test_a_list_of_choices_is_no_choice(text):
    assert len(offered(text, DEFAULT)) == len(choices(text, DEFAULT)) > 1


@pytest.mark.parametrize(
    "text",
    ["Draft", "Draft | blue", "", "|", "Draft (was: approved)", "N/A", "Draft, superseded by ADR-5"],
)
def test_one_status_is_no_list_of_choices(text):
    assert not offered(text, DEFAULT)


def test_choices_are_in_the_words_of_their_author():
    found = choices(r"{Proposed \| `accepted` | … | superseded by [ADR-5](../x.md)}", DEFAULT)
    assert [one.word for one in found] == ["Proposed", "accepted", "", "superseded by ADR-5"]
    assert [one.status and one.status.key for one in found] == ["in-review", "approved", None, "superseded"]
    assert [one.emphasised for one in found] == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "known", "word"),
    [
        ("proposed | accepted", "", "Draft"),
        ("proposed | provisional", "", "provisional"),
        ("proposed | **accepted** | draft", "", "accepted"),
        ("**proposed** | **accepted** | WIP", "", "WIP"),
        ("**Proposed | Accepted | Draft**", "", "Draft"),
        ("in_review | draft", "", "draft"),
        ("**asleep** | draft | accepted", "", None),
        ("**asleep** | draft | accepted", "approved", "accepted"),
        ("proposed | **draft**", "approved", "Approved"),
    ],
)
def test_of_a_list_one_word_is_kept(text, known, word):
    assert kept(choices(text, DEFAULT), DEFAULT, DEFAULT.find(known)) == word


# Words of the wild ---------------------------------------------------------------------------------------------

WORDS = {
    "draft": ["provisional", "WIP", "work in progress", "new", "strawman", "Drafts"],
    "in-review": ["proposed", "under review", "Last Call", "final comment period", "RFC", "open", "candidate"],
    "approved": ["accepted", "adopted", "implementable", "active", "Decided", "in progress", "partially implemented"],
    "implemented": ["implemented", "final", "done", "Completed", "shipped", "released", "Standard", "living"],
    "superseded": ["superseded", "replaced", "retired", "Deprecated", "obsolete", "moved", "archived"],
    "rejected": ["rejected", "declined", "Denied", "not accepted"],
    "withdrawn": ["withdrawn", "deferred", "stalled", "abandoned", "Postponed", "on hold", "closed", "cancelled"],
}


@pytest.mark.parametrize(("key", "word"), [(key, word) for key, words in WORDS.items() for word in words])
def test_words_of_the_wild_are_known(key, word):
    assert DEFAULT.read(word).key == key
    assert DEFAULT.read(f"**{word}** (since 5.5)").key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("**Accepted**", "approved"),
        ("_Accepted_", "approved"),
        ("`accepted`", "approved"),
        ("***Accepted***", "approved"),
        ("✅ Accepted", "approved"),
        ("accepted :tada:", "approved"),
        (":white_check_mark: `Accepted`", "approved"),
        ("🟢**Accepted**🟢", "approved"),
        ("[Accepted](https://example.com/vote)", "approved"),
        ("[**Accepted**](x.md)", "approved"),
        ("![ok](ok.png) Accepted", None),
        ("<span style='color: green'>Accepted</span>", "approved"),
        ("Accepted<br>", "approved"),
        ("(accepted)", "approved"),
        ("[accepted]", "approved"),
        ("Accepted.", "approved"),
        ("Implemented (Lockers 5.5)", "implemented"),
        ("Implemented [v2]", "implemented"),
        ("Accepted, with changes", "approved"),
        ("Accepted - see below", "approved"),
        ("Accepted: 2026-01-02", "approved"),
        ("Accepted on 2026-01-02 by Ana", "approved"),
        ("Superseded by [12](12.md)", "superseded"),
        ("~~Proposed~~ Accepted", "approved"),
        ("~~Proposed~~ ~~Accepted~~ Rejected", "rejected"),
        ("Not implemented", "approved"),
        ("NOT ACCEPTED", "rejected"),
        ("In review since May", "in-review"),
        ("in_review", "in-review"),
        ("Work in progress, ready in May", "draft"),
        ("It was accepted", None),
        ("Nearly accepted", None),
        ("~~Accepted~~", None),
        ("()", None),
        ("**", None),
        ("", None),
    ],
)
def test_a_status_comes_out_of_its_decoration(text, key):
    found = DEFAULT.read(text)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("**Aproved** (5.5)", "approved"), ("Implementd by Ana in May", "implemented"), ("[Rejeted](x.md)", "rejected")],
)
def test_a_misspelling_is_guessed_out_of_its_decoration(text, key):
    assert DEFAULT.read(text) is None
    assert DEFAULT.guess(text).key == key


def test_a_teams_words_come_before_all_others():
    lifecycle = Lifecycle(DEFAULT.statuses, (("Provisional", "in-review"), ("Beschlossen!", "approved")))
    assert lifecycle.read("provisional").key == "in-review"
    assert lifecycle.read("**provisional** (2)").key == "in-review"
    assert lifecycle.find("beschlossen!").key == "approved"
    assert lifecycle.find("draft").key == "draft"
    assert lifecycle.guess("provisonal").key == "in-review"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** _b_ `c` ~~d~~ e", "a b c e"),
        ("snake_case __init__", "snake_case init"),
        ("[a](b) ![c](d)", "a c"),
        ("— a —", "a"),
        ("a (b)", "a (b)"),
        ("(a) b", "(a) b"),
        ("<b>a</b>", "a"),
        ("12:30", "12:30"),
        ("  a \n b ", "a b"),
    ],
)
def test_a_phrase_without_its_decoration(text, shown):
    assert bare(text) == shown


PIECES = st.sampled_from(
    ["accepted", "draft", " ", "**", "_", "`", "~~", "[", "](", ")", "(", "|", "/", ",", ":a:", "✅", "<b>"]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join))
def test_no_text_raises(text):
    assert DEFAULT.read(text) is None or DEFAULT.read(text) in DEFAULT.statuses
    assert DEFAULT.guess(text) is None or DEFAULT.guess(text) in DEFAULT.statuses
    assert all(status in DEFAULT.statuses for status in offered(text, DEFAULT))
    assert bare(bare(text)) == bare(text) or "_" in text or "[" in text or "<" in text


@given(
    st.sampled_from(DEFAULT.statuses),
    st.sampled_from(["{}", "**{}**", "✅ {}", "{} (5.5)", "[{}](x.md)", "~~Once~~ {}"]),
)
def test_whatever_sets_it_off_a_status_is_found(status, form):
    for name in (status.key, status.label, *status.aliases):
        assert DEFAULT.read(form.format(name)) == status


def test_a_long_text_takes_no_time():
    for text in (
        "(" * 50_000,
        "[" * 50_000,
        "_" * 50_000,
        "~~" * 20_000,
        ":a" * 20_000,
        "<" * 50_000,
        "a " * 20_000,
        "a" + '" ' * 30_000 + "a",
        "a" + "_" * 50_000 + "a",
        "*" * 50_000 + "|*a",
        "](" * 25_000 + "|a",
    ):
        assert DEFAULT.read(text) is None
        assert not offered(text, DEFAULT)

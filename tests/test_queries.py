"""Queries: what a marker, the command and the configuration can ask a list for, and which designs they then get."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from designs import a_design, entries

from mkdocs_designdocs.asking import called, read, unmet
from mkdocs_designdocs.design import Design, Gist
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.queries import EVERYTHING, Query

ANA, BO = Person("Ana Ruiz", "ana"), Person("Bo Li", "bo", "bo@example.com")
BARE_BO, CHEN = Person("bo li"), Person("Chen Wei", email="chen@example.com")


def overview(design: Design, text: str) -> Design:
    return replace(design, verdict=replace(design.verdict, gist=Gist(text)))


COLLECTION = entries(
    a_design("pay/retry.md", "in review", title="Checkout retries", authors=(ANA,), reviewers=(BO,), tags="Payments"),
    a_design(
        "pay/ledger.md", "approved", title="Ledger", authors=(BARE_BO,), reviewers=(ANA,), tags=("payments", "db")
    ),
    a_design("idea.md", "draft", title="Idée fixe", authors=(CHEN,), reviewers=(BO,), template="rfc"),
    overview(a_design("old.md", "rejected", title="Old", id="DD-7", authors=(ANA, BO)), "We would poll the carriers."),
    authors={"bo": {"name": "Bo Li", "email": "boss@example.com"}},
)


def asked(said: dict[str, Any], lifecycle: Lifecycle = DEFAULT) -> Query:
    query, wrong = read(said, lifecycle)
    assert not wrong
    return query


def found(said: dict[str, Any]) -> set[str]:
    query = asked(said)
    return {one.design.uri.partition(".")[0].rpartition("/")[2] for one in COLLECTION if query.takes(one)}


def wrong(said: dict[str, Any], lifecycle: Lifecycle = DEFAULT) -> list[tuple[str, str]]:
    return [(doubt.field, doubt.message) for doubt in read(said, lifecycle)[1]]


EVERYONE = {"retry", "ledger", "idea", "old"}
TAKEN = [
    ({}, EVERYONE),
    ({"status": "In Review"}, {"retry"}),
    ({"status": "in_review"}, {"retry"}),
    ({"status": "accepted"}, {"ledger"}),
    ({"status": "in review, approved"}, {"retry", "ledger"}),
    ({"status": ["draft", "rejected; approved"]}, {"idea", "old", "ledger"}),
    ({"status": "open"}, {"retry", "idea"}),
    ({"status": "In-Force"}, {"ledger"}),
    ({"status": "closed"}, {"old"}),
    ({"status": "!draft"}, EVERYONE - {"idea"}),
    ({"status": "open, ! draft"}, {"retry"}),
    ({"status": "!open, !closed"}, {"ledger"}),
    ({"author": "@ana"}, {"retry", "old"}),
    ({"author": "@ANA"}, {"retry", "old"}),
    ({"author": "ana"}, {"retry", "old"}),
    ({"author": "Ana  ruiz"}, {"retry", "old"}),
    ({"author": "@bo"}, {"ledger", "old"}),
    ({"author": "bo@example.com"}, {"ledger", "old"}),
    ({"author": "boss@example.com"}, {"ledger", "old"}),
    ({"author": "Bo Li <bo@example.com>"}, {"ledger", "old"}),
    ({"author": "Chen Wei"}, {"idea"}),
    ({"author": "@chen"}, set()),
    ({"author": "@ana and @bo"}, {"retry", "ledger", "old"}),
    ({"author": "!@ana"}, {"ledger", "idea"}),
    ({"authors": ["@ana", "!Bo Li"]}, {"retry"}),
    ({"reviewer": "@bo"}, {"retry", "idea"}),
    ({"waiting": "@bo"}, {"retry"}),
    ({"waiting for": "@bo"}, {"retry"}),
    ({"waiting-for": "@ana"}, set()),
    ({"template": "RFC"}, {"idea"}),
    ({"tag": "PAYMENTS"}, {"retry", "ledger"}),
    ({"tag": "payments, !db"}, {"retry"}),
    ({"tags": "payments", "status": "approved"}, {"ledger"}),
    ({"path": "pay/"}, {"retry", "ledger"}),
    ({"path": "*.md, !pay/"}, {"idea", "old"}),
    ({"text": "checkout"}, {"retry"}),
    ({"text": "RETR checkout"}, {"retry"}),
    ({"text": "idee"}, {"idea"}),
    ({"text": "dd-7"}, {"old"}),
    ({"text": "poll carriers"}, {"old"}),
    ({"text": "ruiz"}, {"retry", "old"}),
    ({"text": "nowhere"}, set()),
    ({"text": "!poll"}, EVERYONE - {"old"}),
    ({"text": "ruiz ! poll"}, {"retry"}),
    ({"text": "RETR, checkout"}, {"retry"}),
    ({"text": ["checkout !", "retries"]}, {"retry"}),
]


@pytest.mark.parametrize(("said", "taken"), TAKEN, ids=[str(said) for said, _ in TAKEN])
def test_what_is_asked_for_is_found(said, taken):
    assert found(said) == taken


def test_the_key_of_a_person_finds_what_the_index_lists_for_them():
    for one in COLLECTION:
        for author in one.authors:
            key = one.roll.key(author)
            those = [other for other in COLLECTION if Query(authors=(key,)).takes(other)]
            assert those == [other for other in COLLECTION if key in map(other.roll.key, other.authors)]


def test_who_is_known_by_name_alone_is_nobody_where_two_have_it():
    alike = entries(
        a_design("a.md", authors=(Person("Bo Li", "bo"),)),
        a_design("b.md", authors=(Person("Bo Li", "boli"),)),
        a_design("c.md", authors=(Person("Bo Li"),)),
    )
    assert [one.design.uri for one in alike if asked({"author": "@bo"}).takes(one)] == ["a.md"]
    assert len([one for one in alike if asked({"author": "Bo Li"}).takes(one)]) == 3


def test_a_team_s_own_status_comes_before_a_group():
    own = Lifecycle(
        (Status("open", "Open"), Status("parked", "Parked", ("wip",)), Status("done", "Done", (), "closed"))
    )
    assert asked({"status": "open"}, own).statuses == ("open",)
    assert asked({"status": "Closed"}, own).statuses == ("done",)
    assert asked({"status": "wip"}, own).statuses == ("parked",)


def test_no_question_is_no_restriction():
    assert read({}, DEFAULT) == (EVERYTHING, [])
    assert list(EVERYTHING.given()) == []


MISTAKES = [
    ({"stauts": "draft"}, "stauts", 'there is no field "stauts"; did you mean `status`?'),
    ({"colour": "red"}, "colour", 'there is no field "colour"; known are status, author, reviewer'),
    ({"status": "aproved"}, "status", 'there is no status "aproved"; did you mean `approved`?'),
    ({"status": "draft, !in forse"}, "status", 'there is no status "in forse"; did you mean `in force`?'),
    ({"status": "zzz"}, "status", 'there is no status "zzz"; known are draft, in review'),
    ({"status": ""}, "status", "expected a text or a list of them"),
    ({"tag": 7}, "tag", 'expected a text or a list of them, got "7"'),
    ({"tag": ["a", None]}, "tag", "expected a text or a list of them"),
    ({"tag": []}, "tag", "expected a text or a list of them"),
    ({"tag": " , "}, "tag", "expected a value"),
    ({"tag": "!"}, "tag", "expected a value"),
    ({"author": "n/a"}, "author", '"n/a" names nobody'),
]


@pytest.mark.parametrize(("said", "field", "message"), MISTAKES, ids=[str(said) for said, *_ in MISTAKES])
def test_a_mistake_says_what_was_meant(said, field, message):
    ((where, told),) = wrong(said)
    assert (where, told[: len(message)]) == (field, message)


def test_what_is_wrong_in_one_field_leaves_the_others():
    query, doubts = read({"status": "aproved", "tag": "payments", "tpl": "x"}, DEFAULT)
    assert query == Query(tags=("payments",))
    assert [doubt.field for doubt in doubts] == ["status", "tpl"]


@pytest.mark.parametrize("name", ["status", "Statuses", "waiting for", "waiting_for", "tags"])
def test_a_field_has_several_names(name):
    assert called(name)


def notes(said: dict[str, Any], those: tuple[Entry, ...] = tuple(COLLECTION)) -> list[str]:
    return [doubt.message for doubt in unmet(asked(said), those)]


def test_what_no_design_has_is_noted_with_a_guess():
    assert notes({"tag": "payment"}) == ["no design has the tag `payment`; did you mean `payments`?"]
    assert notes({"tag": "payments, nosuch"}) == ["no design has the tag `nosuch`"]
    assert notes({"tag": "!paymnts"})[0].endswith("did you mean `payments`?")
    assert notes({"author": "@anna"}) == ["no design is by `@anna`; did you mean `@ana`?"]
    assert notes({"reviewer": "Chen Wei"}) == ["no design names `Chen Wei` as a reviewer"]
    assert notes({"template": "rcf"}) == ["no design has the template `rcf`; did you mean `rfc`?"]
    assert notes({"waiting": "@ana"}) == ["no design waits for `@ana`"]


def test_what_some_design_has_is_not_noted():
    assert notes({"tag": "Payments", "author": "@bo", "template": "rfc", "status": "withdrawn", "text": "zzz"}) == []


def test_in_an_empty_collection_nothing_is_strange():
    assert notes({"tag": "payments"}, ()) == []

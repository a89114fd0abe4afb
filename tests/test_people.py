"""People, in every form in which a design names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.people import Person, named, names_of, people

ANA, BO = Person("Ana Diaz"), Person("Bo Li")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Diaz", [ANA]),
        ("@ana", [Person(handle="ana")]),
        ("Ana Diaz @ana", [Person("Ana Diaz", "ana")]),
        ("Ana Diaz (@ana)", [Person("Ana Diaz", "ana")]),
        ("Bo Li <bo@example.com>", [Person("Bo Li", email="bo@example.com")]),
        ("Bo Li (bo@example.com)", [Person("Bo Li", email="bo@example.com")]),
        ("first.last+tag@mail.example.com", [Person(email="first.last+tag@mail.example.com")]),
        ("mailto:bo@example.com", [Person(email="bo@example.com")]),
        ("[Chen](https://example.com/chen)", [Person("Chen", url="https://example.com/chen")]),
        ("[Chen](mailto:c@example.com)", [Person("Chen", email="c@example.com")]),
        ("[@ana](https://github.com/ana)", [Person(handle="ana", url="https://github.com/ana")]),
        ("https://github.com/ana", [Person(url="https://github.com/ana")]),
        ("@acme/payments", [Person(handle="acme/payments")]),
        ("Bo Li (Platform, Berlin)", [Person("Bo Li (Platform, Berlin)")]),
        ("Ana Diaz (she/her) <a@example.com>", [Person("Ana Diaz (she/her)", email="a@example.com")]),
        ('"Li, Bo" <bo@example.com>', [Person("Li, Bo", email="bo@example.com")]),
        ("O'Brien", [Person("O'Brien")]),
        ("**Ana Diaz**", [ANA]),
        ("`@ana`", [Person(handle="ana")]),
    ],
)
def test_one_person(text, expected):
    assert list(people(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ana Diaz, Bo Li",
        "Ana Diaz; Bo Li",
        "Ana Diaz and Bo Li",
        "Ana Diaz & Bo Li",
        "Ana Diaz + Bo Li",
        "Ana Diaz, and Bo Li",
        "Ana Diaz\nBo Li",
        "Ana Diaz,Bo Li,",
        " , Ana Diaz and\nBo Li ; ",
    ],
)
def test_several_people(text):
    assert list(people(text)) == [ANA, BO]


def test_several_people_in_lower_case_and_with_nothing_between_their_handles():
    assert [p.label for p in people("ana and bo")] == ["ana", "bo"]
    assert [p.label for p in people("@ana @bo, @chen")] == ["@ana", "@bo", "@chen"]
    assert [p.label for p in people("@ana, Bo Li <b@x.org> and [Chen](https://x.org/a,b)")] == ["@ana", "Bo Li", "Chen"]


@pytest.mark.parametrize("name", ["Alexander Andersen", "Sandy", "Anders And"])
def test_and_inside_a_name_parts_nobody(name):
    assert list(people(name)) == [Person(name)]


@pytest.mark.parametrize("text", ["", " ", "-", "—", "N/A", "n/a", "None", "nobody", "<>", "()", "**", ", ;"])
def test_nobody(text):
    assert list(people(text)) == []


@pytest.mark.parametrize(
    ("person", "label", "key", "text"),
    [
        (Person("Ana", "ANA", "a@b.c"), "Ana", "ana", "@ANA"),
        (Person("Ana", email="A@b.c"), "Ana", "a@b.c", "Ana"),
        (Person(handle="ana"), "@ana", "ana", "@ana"),
        (Person(email="a@b.c"), "a@b.c", "a@b.c", "a@b.c"),
        (Person(url="https://x.org"), "https://x.org", "https://x.org", "https://x.org"),
    ],
)
def test_what_a_person_is_called_and_what_tells_two_apart(person, label, key, text):
    assert (person.label, person.key, str(person)) == (label, key, text)


def test_the_sites_list_of_authors_names_handles():
    names = names_of({"authors": {"Ana": {"name": "Ana Diaz"}, "bo": {"description": "no name"}, "c": "odd", 7: None}})
    assert names == {"ana": "Ana Diaz"}
    assert named(Person(handle="ANA"), names) == Person("Ana Diaz", "ANA")
    assert named(Person("ana"), names) == Person("Ana Diaz", "ana"), "a handle without its @"
    assert named(Person("A. Diaz", "ana"), names) == Person("A. Diaz", "ana"), "a name of its own stays"
    assert named(BO, names) == BO
    assert named(Person(), names) == Person()


@pytest.mark.parametrize("values", [{}, {"authors": []}, {"authors": None}, {"authors": {"a": {"name": 7}}}])
def test_a_list_of_authors_may_say_nothing(values):
    assert names_of(values) == {}


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*'@,;&()[]<>"`*', " ", "and", "a.b", "@x.y", "\n", "://"])).map("".join)
    )
)
def test_no_text_raises_and_everybody_has_a_name(text):
    for person in people(text):
        assert person.label.strip()
        assert person.key
        assert "\n" not in person.label


def test_a_long_text_takes_no_time():
    for text in ("[" * 50_000, "a" * 50_000 + "@", '"' * 20_001, "@a " * 10_000, "(" * 50_000):
        assert len(list(people(text))) <= 10_000

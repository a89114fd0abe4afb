"""People, in every form in which a design names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.people import Person, directory, each_once, named, people

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
        ("https://github.com/ana", [Person(handle="ana", url="https://github.com/ana")]),
        ("<https://example.com/ana>", [Person(url="https://example.com/ana")]),
        ("[Chen](https://github.com/chen)", [Person("Chen", "chen", url="https://github.com/chen")]),
        ("[Chen](https://gitlab.com/chen/)", [Person("Chen", "chen", url="https://gitlab.com/chen/")]),
        ("[Chen](https://github.com/acme/lockers)", [Person("Chen", url="https://github.com/acme/lockers")]),
        ("[Chen][home]", [Person("Chen")]),
        ("[c@example.com](mailto:c@example.com)", [Person(email="c@example.com")]),
        (
            "Ana (annie) Diaz [@ana](https://github.com/ana) [mail](mailto:a@example.com)",
            [Person("Ana (annie) Diaz", "ana", "a@example.com", "https://github.com/ana")],
        ),
        ("@chen (Chen Wu)", [Person("Chen Wu", "chen")]),
        ("@chen (Acme)", [Person(handle="chen")]),
        ("@chen: the lockers", [Person(handle="chen")]),
        ("@chen - lead", [Person(handle="chen")]),
        ("Ana Diaz (with help of others)", [ANA]),
        ("Ana Diaz, on behalf of the team", [ANA]),
        ("Ana Diaz, PhD", [ANA]),
        ("Ana Diaz Jr.", [Person("Ana Diaz Jr.")]),
        ("@jr", [Person(handle="jr")]),
        ("@none", [Person(handle="none")]),
        (":star: Ana Diaz", [ANA]),
        ("⭐ Ana Diaz", [ANA]),
        ("_Ana Diaz_", [ANA]),
        ("_@ana_", [Person(handle="ana")]),
        ("~~Bo Li~~ Ana Diaz", [ANA]),
        ("小林 太郎", [Person("小林 太郎")]),
        ("Jan van der Berg", [Person("Jan van der Berg")]),
        ("@acme/payments", [Person(handle="acme/payments")]),
        ("Bo Li (Platform, Berlin)", [Person("Bo Li (Platform, Berlin)")]),
        ("Ana Diaz (she/her) <a@example.com>", [Person("Ana Diaz", email="a@example.com")]),
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
        "Ana Diaz<br>Bo Li",
        "Ana Diaz<br />Bo Li<br>",
        "Ana Diaz | Bo Li",
        "Ana Diaz，Bo Li",
        "Ana Diaz、Bo Li",
        "Ana Diaz；Bo Li",
        "Ana Diaz, ~~Chen Wu~~, Bo Li",
    ],
)
def test_several_people(text):
    assert list(people(text)) == [ANA, BO]


def test_several_people_in_lower_case_and_with_nothing_between_their_handles():
    assert [p.label for p in people("ana and bo")] == ["ana", "bo"]
    assert [p.label for p in people("@ana @bo, @chen")] == ["@ana", "@bo", "@chen"]
    assert [p.label for p in people("@ana/@bo")] == ["@ana", "@bo"]
    assert [p.label for p in people("@ana (Ana Diaz) @bo (Bo Li)")] == ["Ana Diaz", "Bo Li"]
    assert [p.label for p in people("[@ana](https://x.org/a) [Bo](https://x.org/b) @chen")] == ["@ana", "Bo", "@chen"]
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


KNOWN = directory(
    {
        "authors": {
            "ana": {"name": "Ana Diaz", "email": "ana@example.com", "url": "https://gitlab.com/adiaz/"},
            "bo": {"name": "Bo Li", "description": "Lockers", "avatar": "bo.png"},
            "chen": {"description": "no name"},
            "Dana": {"name": "Dana Ek"},
            "dek": {"name": "Dana Ek", "email": 7},
            "eve": "odd",
            7: {"name": "Seven"},
        }
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Diaz",
        "ana  DIAZ",
        "@ana",
        "@ANA",
        "ana",
        "`@ana`",
        "Ana (@ana)",
        "[Ana](https://github.com/ana)",
        "https://github.com/ana",
        "[Annie](https://gitlab.com/adiaz)",
        "@adiaz",
        "ana@example.com",
        "ANA@Example.com",
        "A. D. <ana@example.com>",
        "[Ana Diaz](mailto:ana@example.com)",
    ],
)
def test_one_person_in_many_ways_is_one_person(text):
    (person,) = people(text)
    assert named(person, KNOWN).key == "ana"


@pytest.mark.parametrize(
    ("person", "known"),
    [
        (Person(handle="ANA"), Person("Ana Diaz", "ANA")),
        (Person("ana"), Person("Ana Diaz", "ana")),
        (Person("A. Diaz", "ana"), Person("A. Diaz", "ana")),
        (Person(email="ana@example.com"), Person("Ana Diaz", "ana", "ana@example.com")),
        (Person("Bo Li"), Person("Bo Li", "bo")),
        (Person(handle="7"), Person("Seven", "7")),
        (Person(handle="dana"), Person("Dana Ek", "dana")),
    ],
)
def test_what_the_sites_list_knows_is_added_and_a_name_of_ones_own_stays(person, known):
    assert named(person, KNOWN) == known


@pytest.mark.parametrize(
    "person",
    [
        Person(),
        Person("Somebody Else"),
        Person(handle="chen"),
        Person(handle="eve"),
        Person("Ana Diaz", "another-ana"),
        Person("Dana Ek"),
        Person(url="https://example.com/ana"),
    ],
)
def test_of_others_and_of_what_two_have_in_common_it_knows_nothing(person):
    assert named(person, KNOWN) == person


@pytest.mark.parametrize("values", [{}, {"authors": []}, {"authors": None}, {"authors": {"a": {"name": 7}, "b": []}}])
def test_a_list_of_authors_may_say_nothing(values):
    assert directory(values) == {}


def test_somebody_who_is_named_twice_is_there_once_with_all_that_is_said():
    twice = [named(person, KNOWN) for person in people("Ana Diaz, @bo, ana@example.com, Bo L., [Bo](https://x.org)")]
    assert each_once(twice) == (
        Person("Ana Diaz", "ana", "ana@example.com"),
        Person("Bo Li", "bo", url="https://x.org"),
        Person("Bo L."),
    )
    assert each_once([]) == ()


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
    for text in (
        *("[" * 50_000, "a" * 50_000 + "@", '"' * 20_001, "@a " * 10_000, "(" * 50_000, "a" + " " * 50_000 + "a"),
        *(
            "~~" * 20_000,
            "[a](" * 10_000,
            "[a](b) " * 5_000,
            ":a" * 20_000,
            "_" * 50_000,
            "[a][" * 10_000,
            "、" * 50_000,
        ),
        *("a" + '" ' * 30_001 + "a", "a" + "*" * 50_000 + "a", "a" + "_" * 50_000 + "a"),
        *(
            "<br>" * 10_000,
            "@a" * 20_000,
            "@a, " * 10_000,
            "\n " * 20_000,
            "mailto:" * 5_000,
            "https://github.com/" * 2_000,
        ),
    ):
        assert len(list(people(text))) <= 10_000

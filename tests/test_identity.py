"""What tells one design from another: ids, and the numbers that files begin with."""

from __future__ import annotations

import pytest
from designs import a_design
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.identity import check_ids, file_number, home, own_name, said_number
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status


@pytest.mark.parametrize(
    ("uri", "folder", "name"),
    [
        ("a.md", "", "a"),
        ("x/a.b.md", "x", "a.b"),
        ("x/a/index.md", "x", "a"),
        ("x/a/README.md", "x", "a"),
        ("a/Index.md", "", "a"),
        ("index.md", "", "index"),
        ("x/index.markdown", "", "x"),
        ("LICENSE", "", "LICENSE"),
    ],
)
def test_an_index_goes_by_the_name_of_its_folder(uri, folder, name):
    assert (home(uri), own_name(uri)) == (folder, name)


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("0060-st-storage.md", ("", 60)),
        ("x/7.md", ("", 7)),
        ("7_x.md", ("", 7)),
        ("0007 x.md", ("", 7)),
        ("geps/gep-1762/index.md", ("gep", 1762)),
        ("0003-oci/README.md", ("", 3)),
        ("adr-007-x.md", ("adr", 7)),
        ("ADR12.md", ("adr", 12)),
        ("KEP-2020/README.md", ("kep", 2020)),
        ("2020-roadmap.md", ("", 2020)),
        ("http-2-servers.md", None),
        ("2024-01-29_x.md", None),
        ("2024_01_29.md", None),
        ("20200926-x.md", None),
        ("202304-x.md", None),
        ("2024-01-x.md", None),
        ("rep-2024-01-29-x/index.md", None),
        ("1.2-notes.md", None),
        ("12th-night.md", None),
        ("queue.md", None),
        ("0099999999999-x.md", None),
    ],
)
def test_the_number_that_a_file_begins_with(uri, number):
    assert file_number(uri) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", ("", 12)),
        ("#0012", ("", 12)),
        (" SE-0303 ", ("se", 303)),
        ("ADR #12", ("adr", 12)),
        ("12a", None),
        ("1 2", None),
        ("two words 12", None),
        ("", None),
    ],
)
def test_the_number_that_a_text_is(text, number):
    assert said_number(text) == number


def told(*designs, lifecycle: Lifecycle = DEFAULT):
    return [(one.path, one.line, one.message) for one in check_ids(designs, lifecycle)]


def test_two_designs_have_no_id_in_common():
    one, other = a_design("a/x.md", id="DD-1"), a_design("b/y.md", title="Y", id="dd-1")
    assert told(one, other, a_design("c.md", id="DD-01")) == [
        ("docs/b/y.md", 4, 'the id "dd-1" is taken by docs/a/x.md')
    ]


def numbered(uri: str, identity: str):
    return a_design(uri, id=identity, id_from="name")


@pytest.mark.parametrize(
    ("uri", "identity"),
    [
        ("proposals/7-other.md", "7"),
        ("proposals/0007_other/index.md", "0007"),
        ("proposals-done/007-other.md", "007"),
        ("proposals_accepted/007-other.md", "007"),
        ("proposals/rejected/007-other.md", "007"),
        ("in-review/proposals/007-other.md", "007"),
        ("proposals/_completed/007-other.md", "007"),
    ],
)
def test_two_files_of_a_folder_have_no_number_in_common(uri, identity):
    first = numbered("proposals/0007-first.md", "0007")
    assert told(first, numbered(uri, identity)) == [
        (f"docs/{uri}", 1, "the number 7 is taken by docs/proposals/0007-first.md")
    ]


@pytest.mark.parametrize(
    ("uri", "identity"),
    [
        ("other/0007-other.md", "0007"),
        ("proposals/rfc/0007-other.md", "0007"),
        ("proposals/x/0007-other.md", "0007"),
        ("proposals/0008-other.md", "0008"),
        ("proposals/adr-007-other.md", "007"),
        ("proposals/0007-first.fr.md", "0007"),
    ],
)
def test_elsewhere_or_in_another_series_or_language_a_number_may_come_again(uri, identity):
    assert told(numbered("proposals/0007-first.md", "0007"), numbered(uri, identity)) == []


def test_an_id_that_somebody_gave_and_one_made_of_a_name_may_be_the_same():
    assert told(a_design("a/x.md", id="0007"), numbered("a/0007-y.md", "0007")) == []


def test_zero_is_the_number_of_what_has_none_yet():
    assert told(numbered("a/0000-x.md", "0000"), numbered("a/0000-y.md", "0000")) == []


def test_the_words_of_a_status_are_those_of_the_lifecycle():
    ours = Lifecycle((Status("idea", "Idea"), Status("shelved", "Shelved", group="closed")))
    pair = [a_design(uri, None, id="7", id_from="name", lifecycle=ours) for uri in ("x/7-a.md", "x-shelved/7-b.md")]
    assert len(told(*pair, lifecycle=ours)) == 1
    assert told(*pair) == []


@given(st.lists(st.tuples(st.text("ab/-0127. ", max_size=8), st.text("ab#0-7", min_size=1, max_size=4), st.booleans())))
def test_whatever_ids_there_are_nothing_is_taken_by_what_comes_later(given_ones):
    origins = {True: "name", False: "block"}
    designs = [a_design(f"{uri}-{n}.md", id=i, id_from=origins[f]) for n, (uri, i, f) in enumerate(given_ones)]
    order = {one.path: number for number, one in enumerate(designs)}
    for one in check_ids(designs, DEFAULT):
        assert order[one.path] > order[one.message.rpartition(" taken by ")[2]]

"""What a reader has to know of a design before they read it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from designs import a_design

from mkdocs_designdocs.banner import Banner, banner_of
from mkdocs_designdocs.design import Design
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.relations import relate


def told(designs: Sequence[Design], uri: str, lifecycle: Lifecycle = DEFAULT) -> Banner | None:
    relations = relate(designs, (), lifecycle)
    return banner_of(next(one for one in designs if one.uri == uri), relations)


def names(banner: Banner | None) -> tuple[str, list[str], list[str]]:
    assert banner
    successors = [one.design.uri if one.design else one.name for one in banner.successors]
    return banner.kind, successors, [one.uri for one in banner.heirs]


@pytest.mark.parametrize("status", ["draft", "in review", "approved", "implemented"])
def test_a_design_that_holds_or_may_yet_has_none(status):
    assert told([a_design("a.md", status), a_design("b.md", depends_on="a")], "a.md") is None


def test_what_is_superseded_leads_to_its_successor_whoever_says_so():
    new = a_design("new.md", supersedes="old")
    assert names(told([a_design("old.md", "superseded"), new], "old.md")) == ("superseded", ["new.md"], [])
    old = a_design("old.md", "superseded", superseded_by="new")
    assert names(told([old, a_design("new.md")], "old.md")) == ("superseded", ["new.md"], [])


def test_a_line_of_successors_is_followed_to_what_holds():
    line = [
        a_design("1.md", "superseded", superseded_by="2"),
        a_design("2.md", "superseded", superseded_by="3"),
        a_design("3.md", "superseded"),
        a_design("4.md", "approved", supersedes="3"),
        a_design("5.md", "draft", supersedes="4"),
    ]
    assert names(told(line, "1.md")) == ("superseded", ["2.md"], ["4.md"])
    assert names(told(line, "2.md")) == ("superseded", ["3.md"], ["4.md"])
    assert names(told(line, "3.md")) == ("superseded", ["4.md"], [])
    assert names(told(line, "4.md")) == ("pending", ["5.md"], [])


def test_a_line_that_ends_in_an_open_design_or_in_nothing_says_so():
    first, second = a_design("1.md", "superseded", superseded_by="2"), a_design("2.md", "superseded", superseded_by="3")
    assert names(told([first, second, a_design("3.md", "in review")], "1.md")) == ("superseded", ["2.md"], ["3.md"])
    assert names(told([first, second, a_design("3.md", "withdrawn")], "1.md")) == ("superseded", ["2.md"], [])


def test_a_circle_has_an_end():
    circle = [
        a_design("1.md", "superseded", superseded_by="2"),
        a_design("2.md", "superseded", superseded_by="1"),
        a_design("3.md", "superseded", superseded_by="3"),
    ]
    assert names(told(circle, "1.md")) == ("superseded", ["2.md"], [])
    assert names(told(circle, "3.md")) == ("superseded", [], [])


def test_one_of_several_successors_that_holds_is_enough():
    old = a_design("old.md", "superseded", superseded_by=("a", "b"))
    gone, heir = a_design("b.md", "superseded", superseded_by="c"), a_design("c.md")
    assert names(told([old, a_design("a.md"), gone, heir], "old.md")) == ("superseded", ["a.md", "b.md"], [])


def test_a_successor_elsewhere_or_unknown_is_named_as_it_is_written():
    old = a_design("old.md", "superseded", superseded_by=("[RFC 9](https://x.example/9)", "nobody knows"))
    assert names(told([old], "old.md"))[1] == ["[RFC 9](https://x.example/9)", "nobody knows"]
    assert names(told([a_design("old.md", "superseded")], "old.md")) == ("superseded", [], [])


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_what_was_never_built_says_that_first(status):
    assert names(told([a_design("a.md", status)], "a.md")) == (status, [], [])
    after = a_design("b.md", supersedes="a")
    assert names(told([a_design("a.md", status), after], "a.md")) == (status, ["b.md"], [])


def test_what_was_given_up_takes_nobody_s_place_unless_the_other_says_so():
    gone = a_design("new.md", "rejected", supersedes="old")
    assert told([a_design("old.md"), gone], "old.md") is None
    assert names(told([a_design("old.md", "superseded"), gone], "old.md")) == ("superseded", [], [])


def test_an_open_design_is_no_promise_for_another_open_one():
    next_one = a_design("next.md", "draft", supersedes="a")
    assert told([a_design("a.md", "in review"), next_one], "a.md") is None
    assert names(told([a_design("a.md", "implemented"), next_one], "a.md")) == ("pending", ["next.md"], [])


def test_a_closed_status_of_a_team_s_own_has_one_too():
    own = Lifecycle(
        (Status("idea", "Idea"), Status("live", "Live", (), "in force"), Status("gone", "Gone", (), "closed"))
    )
    new = a_design("b.md", "live", lifecycle=own, supersedes="a")
    assert names(told([a_design("c.md", "gone", lifecycle=own)], "c.md", own)) == ("closed", [], [])
    assert names(told([a_design("a.md", "gone", lifecycle=own), new], "a.md", own)) == ("superseded", ["b.md"], [])

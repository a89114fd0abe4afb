"""Succession: what designs say of taking each other's place can be true at once, or is told; and what stays silent."""

from __future__ import annotations

import random
import time

import pytest
from designs import a_design
from hypothesis import given
from test_relations import graphs

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.fields import RELATIONS
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle, Status
from mkdocs_designdocs.relations import check_relations, relate
from mkdocs_designdocs.succession import Succession

ELSEWHERE = "https://x.example"


def found(*designs: Design, lifecycle: Lifecycle = DEFAULT):
    return list(Succession(designs, relate(designs, (), lifecycle)).check())


def closed(uri: str, **said: str | tuple[str, ...]) -> Design:
    return a_design(uri, "superseded", **said)


def told(*designs: Design) -> list[tuple[str, str, int]]:
    return [(one.code, one.path.removeprefix("docs/"), one.line) for one in found(*designs)]


def messages(*designs: Design) -> list[str]:
    return [one.message for one in found(*designs)]


# What is superseded is closed ------------------------------------------------------------------------------------


def test_who_is_in_force_supersedes_nobody_who_is_not_closed():
    (one,) = found(a_design("new.md", title="New", supersedes="old"), a_design("old.md", title="Old"))
    assert (one.code, one.level.value, one.path, one.line) == ("relation-conflict", "warning", "docs/new.md", 4)
    assert one.message == (
        '"New" is approved and supersedes "Old" (docs/old.md), still approved: readers find both in force'
    )
    assert one.help == (
        "set the status of docs/old.md to `superseded`; "
        "if only a part of it is superseded, name it in `related` instead"
    )


def test_where_the_older_says_so_itself_it_is_told_there():
    new, old = a_design("new.md", "implemented", title="New"), a_design("old.md", "draft", superseded_by="new")
    (one,) = found(new, old)
    assert (one.path, one.line) == ("docs/old.md", 4)
    assert one.message == (
        '"New" (docs/new.md) is implemented and supersedes "old.md", still draft: it still counts as open'
    )


def test_where_both_say_so_it_is_told_once():
    both = a_design("new.md", supersedes="old"), a_design("old.md", superseded_by="new")
    assert told(*both) == [("relation-conflict", "old.md", 4)]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("draft", "approved"),
        ("in review", "approved"),
        ("approved", "superseded"),
        ("approved", "rejected"),
        ("withdrawn", "approved"),
        ("superseded", "approved"),
        ("approved", None),
        (None, "approved"),
        (None, None),
    ],
)
@pytest.mark.parametrize("who", ["new", "old", "both"])
def test_what_can_be_true_is_not_told(new, old, who):
    says = {"new": {"supersedes": "old"}} if who != "old" else {}
    says |= {"old": {"superseded_by": "new"}} if who != "new" else {}
    assert told(a_design("new.md", new, **says.get("new", {})), a_design("old.md", old, **says.get("old", {}))) == []


def test_where_nothing_is_ever_closed_nothing_has_to_be():
    endless = Lifecycle((Status("draft", "Draft"), Status("live", "Live", group="in force")))
    designs = [
        a_design("new.md", "live", supersedes="old", lifecycle=endless),
        a_design("old.md", "live", lifecycle=endless),
    ]
    assert found(*designs, lifecycle=endless) == []


def test_who_says_no_status_is_not_taken_for_the_first():
    ours = Lifecycle((Status("live", "Live", group="in force"), Status("dead", "Dead", group="closed")))
    for new, old in (("live", None), (None, "live")):
        designs = [a_design("new.md", new, supersedes="old", lifecycle=ours), a_design("old.md", old, lifecycle=ours)]
        assert found(*designs, lifecycle=ours) == []


def test_the_status_that_is_offered_is_one_of_the_lifecycle():
    ours = Lifecycle((Status("live", "Live", group="in force"), Status("dead", "Dead", group="closed")))
    designs = [a_design("new.md", "live", supersedes="old", lifecycle=ours), a_design("old.md", "live", lifecycle=ours)]
    assert "to `dead`" in found(*designs, lifecycle=ours)[0].help


# Two successors ----------------------------------------------------------------------------------------------------


def test_two_successors_that_know_nothing_of_each_other():
    old = a_design("old.md", "superseded", title="Old", superseded_by="c")
    (one,) = found(a_design("a.md", title="A", supersedes="old"), old, a_design("c.md", title="C"))
    assert (one.code, one.path, one.line) == ("relation-conflict", "docs/old.md", 4)
    assert one.message == (
        '"Old" says that it is superseded by "C" (docs/c.md), and "A" (docs/a.md) says that it is by that one: '
        "readers are sent two ways"
    )
    assert one.help == "name both here if both take its place, else take it out of `supersedes` in docs/a.md"


@pytest.mark.parametrize(("new", "other"), [("draft", "approved"), ("approved", "draft"), ("superseded", "approved")])
def test_only_two_drafts_may_compete(new, other):
    claims, old, named = a_design("a.md", new, supersedes="old"), closed("old.md", superseded_by="c"), "c.md"
    assert ("relation-conflict", "old.md", 4) in told(claims, old, a_design(named, other))


OLD = a_design("old.md", "superseded", superseded_by="c")
A = a_design("a.md", supersedes="old")


@pytest.mark.parametrize(
    "designs",
    [
        [A, OLD, a_design("c.md", supersedes="old")],
        [A, a_design("old.md", "superseded", superseded_by=("c", "a")), a_design("c.md")],
        [A, OLD],
        [A, a_design("old.md", "superseded", superseded_by=ELSEWHERE)],
        [a_design("a.md", supersedes=("old", "c")), OLD, a_design("c.md", "superseded")],
        [a_design("a.md", "superseded", supersedes="old"), OLD, a_design("c.md", supersedes="a")],
        [a_design("a.md", supersedes=("old", "b")), OLD, closed("b.md", supersedes="c"), closed("c.md")],
        [a_design("a.md", "withdrawn", supersedes="old"), OLD, a_design("c.md")],
        [a_design("a.md", None, supersedes="old"), OLD, a_design("c.md")],
        [a_design("a.md", "draft", supersedes="old"), a_design("old.md", superseded_by="c"), a_design("c.md", "draft")],
    ],
    ids=[
        "both say so",
        "it names both",
        "unknown",
        "elsewhere",
        "one after the other",
        "the other after the one",
        "far after",
        "given up",
        "no status",
        "two drafts",
    ],
)
def test_successors_that_can_both_be_are_not_told(designs):
    assert told(*designs) == []


# The end of the line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["withdrawn", "rejected", "superseded"])
@pytest.mark.parametrize("who", ["new", "old"])
def test_what_is_superseded_by_what_does_not_hold(status, who):
    says = {"supersedes": "old"} if who == "new" else {}
    new = a_design("new.md", status, title="New", **says)
    old = a_design("old.md", "superseded", title="Old", **({} if who == "new" else {"superseded_by": "new"}))
    (one,) = found(new, old)
    assert (one.code, one.path, one.line) == ("relation-conflict", "docs/old.md", 1 if who == "new" else 4)
    assert one.message == (
        f'"Old" is superseded, and its successor "New" (docs/new.md) is {status}: nothing that holds takes its place'
    )


def test_of_a_line_that_ends_in_nothing_the_last_but_one_is_told():
    line = [a_design(f"{n}.md", "superseded", superseded_by=str(n + 1)) for n in range(4)]
    assert told(*line, a_design("4.md", "withdrawn")) == [("relation-conflict", "3.md", 4)]


@pytest.mark.parametrize(
    "designs",
    [
        [a_design("old.md", "superseded")],
        [a_design("old.md", "superseded", superseded_by="n")],
        [a_design("old.md", "superseded", superseded_by=ELSEWHERE)],
        [a_design("old.md", "superseded", superseded_by="new"), a_design("new.md", "draft")],
        [a_design("old.md", "superseded", superseded_by="new"), a_design("new.md", None)],
        [closed("old.md", superseded_by=("new", "b")), a_design("new.md", "withdrawn"), a_design("b.md")],
        [closed("old.md", superseded_by="b"), closed("b.md"), a_design("c.md", supersedes="b")],
        [closed("old.md", superseded_by="b"), closed("b.md", superseded_by=ELSEWHERE)],
        [a_design("old.md", "rejected", superseded_by="new"), a_design("new.md", "withdrawn")],
    ],
    ids=["none", "unknown", "elsewhere", "draft", "no status", "another", "later", "later elsewhere", "rejected"],
)
def test_what_leads_to_something_that_may_hold_is_not_told(designs):
    assert told(*designs) == []


# Circles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "level", "follows"),
    [
        ("supersedes", "error", "nobody can tell which of them holds"),
        ("depends_on", "warning", "none of them can come first"),
    ],
)
def test_a_circle_is_told_once_at_its_first_path(relation, level, follows):
    designs = [a_design(f"{name}.md", "draft", **{relation: to}) for name, to in (("c", "a"), ("b", "c"), ("a", "b"))]
    (one,) = found(*designs)
    assert (one.code, one.level.value, one.path, one.line) == ("relation-cycle", level, "docs/a.md", 4)
    assert one.message == (
        f"`{relation}` leads in a circle, docs/a.md -> docs/b.md -> docs/c.md -> docs/a.md: {follows}"
    )


def test_a_circle_that_closes_only_at_the_other_end():
    designs = a_design("a.md", "draft", superseded_by="b"), a_design("b.md", "draft", superseded_by="a")
    (one,) = found(*designs)
    assert (one.code, one.path, one.line) == ("relation-cycle", "docs/a.md", 4)
    both = a_design("a.md", "draft", supersedes="b", superseded_by="b"), a_design("b.md", "draft")
    assert told(*both) == [("relation-cycle", "a.md", 4)]


@pytest.mark.parametrize("relation", ["supersedes", "superseded_by", "depends_on"])
def test_a_design_that_names_itself(relation):
    (one,) = found(a_design("a.md", **{relation: "a.md"}))
    assert (one.code, one.path, one.line) == ("relation-cycle", "docs/a.md", 4)
    assert one.message == f"`{relation}` names the design itself: docs/a.md -> docs/a.md"


def test_a_long_circle_is_told_in_short_and_what_hangs_together_is_counted():
    ring = [a_design(f"{n:03}.md", "draft", supersedes=f"{(n + 1) % 100:03}") for n in range(100)]
    (message,) = messages(*ring)
    assert "docs/003.md -> docs/004.md -> (94 more) -> docs/099.md -> docs/000.md:" in message
    knot = [a_design("a.md", "draft", depends_on="b"), a_design("b.md", "draft", depends_on=("a", "c"))]
    (message,) = messages(*knot, a_design("c.md", "draft", depends_on="b"))
    assert message.endswith("; 1 more design hangs together with them")


def test_of_those_in_a_circle_nothing_else_is_told():
    assert told(a_design("a.md", supersedes="b"), a_design("b.md", supersedes="a")) == [("relation-cycle", "a.md", 4)]


def test_related_may_go_in_circles():
    assert told(a_design("a.md", related="b"), a_design("b.md", related=("a", "b"))) == []


# Links -----------------------------------------------------------------------------------------------------------


def test_a_link_to_what_is_superseded_names_what_takes_its_place():
    asking = a_design("x/a.md", title="A", links=["../y/old.md", "other.md", "../y/old.md"])
    old = a_design("y/old.md", "superseded", title="Old", superseded_by="mid")
    line = old, a_design("y/mid.md", "superseded"), a_design("y/new.md", title="New", supersedes="mid")
    (one,) = found(asking, *line)
    assert (one.code, one.level.value, one.path) == ("link-superseded", "note", "docs/x/a.md")
    assert (one.line, one.column) == (20, 5)
    assert one.message == '"Old" is superseded'
    assert one.help == '"New" (docs/y/new.md) takes its place; link to that, or name this one in `related`'


@pytest.mark.parametrize(
    ("successor", "mend"),
    [
        ({}, "link to what holds now, or name it in `related`"),
        (
            {"superseded_by": "https://x.example/9"},
            '"https://x.example/9" takes its place; link to that, or name this one in `related`',
        ),
    ],
)
def test_a_link_to_what_has_no_successor_here(successor, mend):
    (one,) = found(a_design("a.md", links=["old.md"]), a_design("old.md", "superseded", **successor))
    assert one.help == mend


def test_what_is_closed_and_has_a_successor_is_superseded_whatever_it_is_called():
    ours = Lifecycle((Status("live", "Live", group="in force"), Status("dead", "Dead", group="closed")))
    designs = [
        a_design("new.md", "live", supersedes="old", lifecycle=ours),
        a_design("old.md", "dead", lifecycle=ours),
        a_design("gone.md", "dead", lifecycle=ours),
        a_design("a.md", "live", links=["old.md", "gone.md"], lifecycle=ours),
    ]
    assert [one.message for one in found(*designs, lifecycle=ours)] == ['"old.md" is superseded']


def test_what_was_rejected_is_not_superseded_by_what_was_given_up():
    new, old = a_design("new.md", "withdrawn", supersedes="old"), a_design("old.md", "rejected")
    assert told(new, old, a_design("a.md", links=["old.md"])) == []
    again = a_design("new.md", supersedes="old")
    assert told(again, old, a_design("a.md", links=["old.md"])) == [("link-superseded", "a.md", 20)]


@pytest.mark.parametrize("status", ["draft", "in review", "approved", "implemented", None])
def test_who_is_not_closed_is_told(status):
    assert told(a_design("a.md", status, links=["old.md"]), a_design("old.md", "superseded")) == [
        ("link-superseded", "a.md", 20)
    ]


@pytest.mark.parametrize(
    ("asking", "old"),
    [
        ({"status": "superseded"}, {}),
        ({"status": "rejected"}, {}),
        ({"supersedes": "old"}, {}),
        ({}, {"superseded_by": "a"}),
        ({"related": "old"}, {}),
        ({}, {"related": "a"}),
        ({"depends_on": "old"}, {}),
        ({}, {"status": "approved"}),
        ({}, {"status": "rejected"}),
        ({}, {"status": None}),
    ],
)
def test_who_knows_or_need_not_know_is_not_told(asking, old):
    designs = [
        a_design("a.md", **asking, links=["old.md", "a.md"]),
        a_design("old.md", **{"status": "superseded", **old}),
    ]
    assert [code for code, *_ in told(*designs)] == []


# Any graph -----------------------------------------------------------------------------------------------------------


@given(graphs())
def test_whatever_designs_say_everything_is_told_once_and_names_both(designs):
    relations = relate(designs)
    everything = list(Succession(designs, relations).check())
    assert len(everything) == len(set(everything))
    paths = {one.path for one in designs}
    for one in everything:
        assert one.path in paths
        assert one.help
        if one.code == "relation-conflict":
            named = [other for other in designs if f'"{other.title}"' in one.message]
            assert len(named) >= 2
    pairs = [one.message for one in everything if "readers find both" in one.message]
    assert len(pairs) == len(set(pairs))


@given(graphs())
def test_in_no_order_of_the_files_anything_else_is_told(designs):
    def all_of(these: list[Design]) -> list[tuple[str, str, str]]:
        return sorted(
            (one.code, one.path, one.message) for one in found(*these) if "readers are sent" not in one.message
        )

    assert all_of(designs) == all_of(designs[::-1])


def test_two_thousand_designs_take_no_time():
    chance = random.Random(7)
    count = 2000

    def names() -> tuple[str, ...]:
        forms = ("DD-{}", "{:04}-design.md", "{}", "[It]({:04}-design.md)")
        return tuple(chance.choice(forms).format(chance.randrange(count)) for _ in range(chance.randrange(3)))

    designs = [
        a_design(
            f"designs/{n:04}-design.md",
            chance.choice(DEFAULT.statuses).key,
            id=f"DD-{n}",
            links=[f"{chance.randrange(count):04}-design.md" for _ in range(3)],
            **{relation: names() for relation in RELATIONS},
        )
        for n in range(count)
    ]
    begun = time.process_time()
    relations = relate(designs)
    everything = [*check_relations(designs, relations), *Succession(designs, relations).check()]
    spent = time.process_time() - begun
    assert len({one.code for one in everything}) == 3
    assert spent < 1.5, "a fifth of a second on an idle machine"

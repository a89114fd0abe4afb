"""Circles in a graph, against a reference that tries everything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.circles import circles

GRAPHS = st.integers(0, 8).flatmap(
    lambda size: st.fixed_dictionaries(
        {str(n): st.lists(st.sampled_from([*map(str, range(size)), "?"]), max_size=3) for n in range(size)}
    )
)
"""Small graphs; `?` is no node of them."""


def reachable(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    rest = [*graph.get(start, ())]
    while rest:
        node = rest.pop()
        if node not in found:
            found.add(node)
            rest += graph.get(node, ())
    return found


@given(GRAPHS)
def test_every_circle_is_found_once(graph):
    leads = {node: reachable(graph, node) for node in graph}
    knots = {frozenset(o for o in graph if o in leads[n] and n in leads[o]) for n in graph if n in leads[n]}
    found = list(circles(graph))
    loops = [circle for circle, _ in found if len(circle) == 2]
    assert sorted(loops) == sorted((node, node) for node in graph if node in graph[node])
    rest = [(circle, size) for circle, size in found if len(circle) > 2]
    whole = [next(knot for knot in knots if circle[0] in knot) for circle, _ in rest]
    assert sorted(map(sorted, whole)) == sorted(sorted(knot) for knot in knots if len(knot) > 1)
    for (circle, size), knot in zip(rest, whole, strict=True):
        assert circle[0] == circle[-1] == min(knot)
        assert size == len(knot)
        assert len(set(circle)) == len(circle) - 1
        assert all(target in graph[node] for node, target in pairwise(circle))


@given(GRAPHS)
def test_the_way_that_is_told_is_the_shortest(graph):
    for circle, _ in circles(graph):
        start, steps = circle[0], 0
        ends = {start}
        while not steps or start not in ends:
            ends = {
                target
                for node in ends
                for target in graph.get(node, ())
                if steps or target != start or len(circle) == 2
            }
            steps += 1
        assert steps == len(circle) - 1


def test_of_two_ways_of_one_length_the_first_in_order_is_told():
    graph = {"a": ["c", "b"], "b": ["a"], "c": ["a"]}
    assert list(circles(graph)) == [(("a", "b", "a"), 3)]


def test_however_long_nothing_breaks():
    chain = {str(n): [str(n + 1)] for n in range(5000)}
    assert list(circles(chain)) == []
    ((circle, size),) = circles({**chain, "5000": ["0"]})
    assert (len(circle), size) == (5002, 5001)

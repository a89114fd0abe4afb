"""Circles: the parts of a graph in which everything leads back to itself. Nothing here calls itself, however deep."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]
"""Where each node leads."""


def circles(graph: Graph) -> Iterator[tuple[Sequence[str], int]]:
    """Each circle once, as the shortest way from its least node back to that, and how many nodes hang together in it.

    Circles that share a node are one: to break the shortest is where to begin. A node that leads to itself is a circle
    of its own in any case.
    """
    for node, targets in graph.items():
        if node in targets:
            yield (node, node), 1
    for knot in knots(graph):
        yield _round(graph, min(knot), frozenset(knot)), len(knot)


def knots(graph: Graph) -> Iterator[Sequence[str]]:
    """The parts of more than one node in which each leads to all others: Tarjan's strongly connected components."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_ones: dict[str, None] = {}
    for start in graph:
        if start in number:
            continue
        way = [(start, iter(graph[start]))]
        number[start] = lowest[start] = len(number)
        open_ones[start] = None
        while way:
            node, targets = way[-1]
            for target in targets:
                if target not in number:
                    number[target] = lowest[target] = len(number)
                    open_ones[target] = None
                    way.append((target, iter(graph.get(target, ()))))
                    break
                if target in open_ones:
                    lowest[node] = min(lowest[node], number[target])
            else:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    knot = _closed(open_ones, node)
                    if len(knot) > 1:
                        yield knot


def _closed(open_ones: dict[str, None], first: str) -> Sequence[str]:
    """Take the component out that begins with a node; dictionaries keep their order."""
    knot: list[str] = []
    while not knot or knot[-1] != first:
        knot.append(open_ones.popitem()[0])
    return knot


def _round(graph: Graph, start: str, within: Collection[str]) -> Sequence[str]:
    """The shortest way from a node back to it, of several the first in order."""
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for target in sorted(graph.get(node, ())):
            if target == start and node != start:
                way = [start]
                while node != start:
                    way.append(node)
                    node = before[node]
                return (start, *reversed(way))
            if target in within and target not in before and target != start:
                before[target] = node
                queue.append(target)
    raise ValueError(f"{start} is in no circle")

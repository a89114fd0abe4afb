"""Lines between blocks: straight ones, as mermaid.js has them, where the engine bends them behind other blocks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Point = tuple[float, float]


@dataclass(frozen=True)
class _Block:
    """The middle of a block, and how far it reaches from there to the side and down."""

    x: float
    y: float
    across: float
    down: float

    def holds(self, point: Point) -> bool:
        return abs(point[0] - self.x) <= self.across + 1 and abs(point[1] - self.y) <= self.down + 1

    def towards(self, other: _Block) -> Point:
        """Where the line to the middle of another block leaves this one."""
        right, below = other.x - self.x, other.y - self.y
        reach = min(self.across / abs(right) if right else math.inf, self.down / abs(below) if below else math.inf)
        return self.x + right * reach, self.y + below * reach


def straightened(svg: str) -> str:
    """A block diagram in which no line has a bend; arrowheads and labels move along with them."""
    root = ElementTree.fromstring(svg.replace(_NAMESPACE, "", 1))  # else each tag would get a prefix for it
    blocks = [_block(node) for node in _of_class(root, "pele-node")]
    labels = {label.get("data-id"): label for label in _of_class(root, "pele-edge-label")}
    for edge in _of_class(root, "pele-edge"):
        line, *markers = edge
        if "Q" not in line.get("d", ""):
            continue
        before = _points(line.get("d", ""))
        ends = [_at(blocks, before[0], before[1]), _at(blocks, before[-1], before[-2])]
        if ends[0] == ends[1]:
            continue
        begin, end = ends[0].towards(ends[1]), ends[1].towards(ends[0])
        line.set("d", "M{:.2f},{:.2f}L{:.2f},{:.2f}".format(*begin, *end))
        for marker in markers:
            at = _tip(marker)
            if math.dist(at, before[0]) < math.dist(at, before[-1]):
                _turn(marker, (before[1], before[0]), (end, begin))
            else:
                _turn(marker, (before[-2], before[-1]), (begin, end))
        if (label := labels.get(edge.get("data-id"))) is not None:
            middle = ((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
            _move(label, middle)
    text = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    return text.replace("<svg", f"<svg{_NAMESPACE}", 1)


def _of_class(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if name in element.get("class", "").split())


def _block(node: Element) -> _Block:
    x, y = map(float, _NUMBER.findall(node.get("transform", "translate(0,0)"))[:2])
    return _Block(x, y, *_extent(node))


def _extent(node: Element) -> tuple[float, float]:
    """Half the width and half the height of a shape, which is drawn around 0,0."""
    across = down = 0.0
    for shape in node.iter():
        if width := shape.get("width"):
            found = [(float(width) / 2, float(shape.get("height", 0)) / 2)]
        elif radius := shape.get("r"):
            found = [(float(radius), float(radius))]
        else:
            found = _points(shape.get("points") or shape.get("d") or "")
        across, down = max([across, *(abs(x) for x, _ in found)]), max([down, *(abs(y) for _, y in found)])
    return across, down


def _points(path: str) -> list[Point]:
    """The points that a path of the engine's goes through; the radii of its arcs are none."""
    path = re.sub(r"A[-\d.]+,[-\d.]+ \d \d \d ", "L", path)
    x = y = 0.0
    points = []
    for command, numbers in re.findall(r"([A-Za-z]?)([^A-Za-z]*)", path):
        values = [float(number) for number in _NUMBER.findall(numbers)]
        if command in "HV" and command and values:
            x, y = (values[-1], y) if command == "H" else (x, values[-1])
            points.append((x, y))
        for x, y in zip(values[::2], values[1::2], strict=False):
            points.append((x, y))
    return points


def _at(blocks: list[_Block], end: Point, before: Point) -> _Block:
    """The block at which a line ends: the one that it would run into if it went on."""
    length = math.dist(end, before) or 1
    ahead = tuple(e + (e - b) / length * 8 for e, b in zip(end, before, strict=True))
    return min(blocks, key=lambda block: (not block.holds((ahead[0], ahead[1])), block.across * block.down))


def _turn(marker: Element, before: tuple[Point, Point], after: tuple[Point, Point]) -> None:
    """An arrowhead at the end of another line."""
    turn = math.degrees(_direction(*after) - _direction(*before))
    tip = _tip(marker)
    marker.set(
        "transform",
        "translate({:.2f},{:.2f}) rotate({:.1f}) translate({:.2f},{:.2f})".format(*after[1], turn, -tip[0], -tip[1]),
    )


def _tip(marker: Element) -> Point:
    if marker.get("cx"):
        return float(marker.get("cx", 0)), float(marker.get("cy", 0))
    return _points(marker.get("d", "M0,0"))[0]


def _direction(begin: Point, end: Point) -> float:
    return math.atan2(end[1] - begin[1], end[0] - begin[0])


def _move(label: Element, middle: Point) -> None:
    box = next((part for part in label if part.get("width")), None)
    if box is not None:
        x, y, width, height = (float(box.get(name, 0)) for name in ("x", "y", "width", "height"))
        label.set("transform", f"translate({middle[0] - x - width / 2:.2f},{middle[1] - y - height / 2:.2f})")

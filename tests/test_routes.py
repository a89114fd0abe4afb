"""Lines of drawings: none behind a block that it has nothing to do with."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from mkdocs_designdocs.engine import Pele, Svg, pele_available
from mkdocs_designdocs.routes import straightened

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

BENT = """block-beta
    columns 3
    web["Web"] space api("API")
    block:data:2
        columns 2
        db[("Store")] cache
    end
    queue{{"Queue"}}
    api -- "reads" --> db
    api <--> db
"""


@pytest.fixture(scope="module")
def pele():
    return Pele()


def drawn(pele, source):
    result = pele.render(source, "d")
    assert isinstance(result, Svg), result
    return ElementTree.fromstring(result.text)


def of_class(root, name):
    return [element for element in root.iter() if name in element.get("class", "").split()]


def middle(root, name):
    node = next(node for node in of_class(root, "pele-node") if node.get("data-id") == name)
    return [float(number) for number in re.findall(r"-?[\d.]+", node.get("transform"))]


def numbers(path):
    found = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def test_lines_between_blocks_are_straight(pele):
    """The engine leads them left to the middle of `web`, behind it, and down to the store."""
    root = drawn(pele, BENT)
    for edge, (begin, end) in zip(of_class(root, "pele-edge"), [("api", "db")] * 2, strict=True):
        (x1, y1), (x2, y2) = numbers(edge[0].get("d"))
        (bx, by), (ex, ey) = middle(root, begin), middle(root, end)
        wanted = math.atan2(ey - by, ex - bx)
        assert math.atan2(y2 - y1, x2 - x1) == pytest.approx(wanted, abs=0.02)
        assert math.dist((x1, y1), (x2, y2)) < math.dist((bx, by), (ex, ey))


def test_arrowheads_and_labels_come_along(pele):
    root = drawn(pele, BENT)
    reads, both = of_class(root, "pele-edge")
    tips = [numbers(marker.get("transform").split(")")[0])[0] for marker in both[1:]]
    assert sorted(tips) == [pytest.approx(point, abs=0.1) for point in sorted(numbers(both[0].get("d")))]
    assert all("rotate" in marker.get("transform") for marker in both[1:])
    box = next(part for part in of_class(root, "pele-edge-label")[0] if part.get("width"))
    shift = numbers(of_class(root, "pele-edge-label")[0].get("transform"))[0]
    centre = (float(box.get("x")) + float(box.get("width")) / 2, float(box.get("y")) + float(box.get("height")) / 2)
    points = numbers(reads[0].get("d"))
    for axis in (0, 1):
        assert centre[axis] + shift[axis] == pytest.approx((points[0][axis] + points[1][axis]) / 2, abs=0.1)


def test_what_is_straight_stays_as_it_is(pele):
    source = "block-beta\n columns 3\n a space b\n a --> b\n"
    line = of_class(drawn(pele, source), "pele-edge")[0]
    assert [part.get("transform") for part in line] == [None, None]


def test_a_drawing_without_lines_is_left():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g class="pele-node" transform="translate(1,2)"/></svg>'
    assert straightened(svg) == svg


OUTWARD = """flowchart LR
    subgraph one
        direction TB
        a --> b
        a --> c
    end
    subgraph two
        direction TB
        d
        e
    end
    b --> d
    c --> e
"""


def test_a_group_with_links_to_the_outside_has_no_direction_of_its_own(pele):
    """As in mermaid.js. Obeyed, `c --> e` would run through `d`."""
    root = drawn(pele, OUTWARD)
    assert middle(root, "b")[0] == pytest.approx(middle(root, "c")[0])
    assert middle(root, "d")[0] == pytest.approx(middle(root, "e")[0])


@pytest.mark.parametrize(
    "source",
    [
        "flowchart LR\n subgraph one\n direction TB\n a --> b\n end\n c --> d\n",
        "flowchart LR\n subgraph one\n direction TB\n a --> b\n end\n c --> one\n",
    ],
    ids=["no link", "a link to the group as a whole"],
)
def test_a_group_by_itself_keeps_its_direction(pele, source):
    root = drawn(pele, source)
    assert middle(root, "a")[0] == pytest.approx(middle(root, "b")[0])
    assert middle(root, "a")[1] < middle(root, "b")[1]


def test_the_direction_of_an_outer_group_counts_for_what_is_in_an_inner_one(pele):
    """A link out of the inner group is one out of the outer group, unless it ends there."""
    source = (
        "flowchart LR\n subgraph outer\n direction TB\n subgraph inner\n direction LR\n a --> b\n end\n b --> c\n end\n"
    )
    root = drawn(pele, source)
    assert middle(root, "a")[0] == pytest.approx(middle(root, "b")[0])
    assert middle(root, "c")[1] > middle(root, "b")[1]


@pytest.mark.parametrize("entity", ["#65535;", "#1;", "#55296;", "&nbsp;", "&#0;"])
def test_a_character_that_no_xml_holds_stops_nobody(pele, entity):
    """Half of these the engine writes as they are, and what straightens lines reads XML."""
    drawn(pele, f'block\n a["x{entity}y"] b\n a -- "{entity}" --> b\n')

"""What all pages together say of a design: where its people have their place, and what stands around it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from designs import a_design, entries

from mkdocs_designdocs.leaf import Leaf
from mkdocs_designdocs.listing import Listing
from mkdocs_designdocs.partials import PLAIN
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.surroundings import Surroundings

ANA, BO, CY = Person("Ana", "ána/x"), Person("Bo", url="https://bo.example"), Person("Cy")
LEAF = Leaf("designs/a.md", "designs/a/", lambda url: f"../../{url}", str, title="A")


@pytest.fixture
def made(tmp_path: Any) -> Any:
    """Surroundings of one design in review: `made(shelves={("author", "bo"): "…"}, order="…")`."""

    def make(shelves: Any = None, **listing: Any) -> Surroundings:
        one = a_design("designs/a.md", "in review", authors=(ANA, BO), reviewers=(CY,), tags=("pay",))
        settings = Settings(root=tmp_path, docs_dir=tmp_path, listing=Listing(**listing))
        shelf = (shelves or {}).get
        return Surroundings(entries(one), settings, PLAIN, {}, lambda kind, key: shelf((kind, key), ""))

    return make


def ways(around: Surroundings) -> dict[str, str]:
    """Where the names in the header lead when all pages have been made."""
    html = around.found(around.above(LEAF, (), ""))
    return {name: href for href, name in re.findall(r'<a (?:class="\S+" )?href="([^"]*)">([^<]+)</a>', html)}


def test_people_lead_to_their_headings_in_the_index(made):
    around = made()
    around.index_page = ("designs/index.md", "designs/")
    around.people("designs/index.md", {"ána/x": "ána", "bo": "bo_1", "cy": "cy"})
    around.people("other.md", {"bo": "elsewhere"})
    there = "../../designs/"
    found = ways(around)
    assert found.pop("pay") == f"{there}?tag=pay", "the index shows them alone"
    assert found == {"Ana": f"{there}#ána", "Bo": f"{there}#bo_1", "Cy": f"{there}#cy", "All designs": there}


def test_who_is_not_found_there_leads_to_the_index_itself(made):
    around = made()
    around.index_page = ("index.md", "")
    assert ways(around)["Ana"] == "../../"


def test_people_and_tags_lead_to_pages_of_their_own_where_there_are(made):
    found = ways(made({("author", "bo"): "designs/author/bo/", ("tag", "pay"): "designs/tag/pay/"}))
    assert found == {"Bo": "../../designs/author/bo/", "pay": "../../designs/tag/pay/"}


def test_the_addresses_of_a_page_are_others_where_people_and_tags_have_pages_of_their_own(made):
    """So a build that makes only some pages anew knows which of them."""

    def known(*given: Any, **more: Any) -> Any:
        around = made(*given, **more)
        around.index_page = ("index.md", "")
        return around.addresses(around._entries["designs/a.md"])

    pages = [("author", "bo"), ("author", "cy"), ("tag", "pay"), ("tag", "other")]
    assert len({tuple(known({page: "there/"})) for page in pages}) == 4
    assert known() != known(parts=("status",)), "where nobody has a place in the index"


def test_without_an_index_of_people_only_their_own_addresses_are_left(made):
    assert ways(made()) == {"Bo": "https://bo.example"}
    around = made(parts=("status",))
    around.index_page = ("index.md", "")
    assert ways(around) == {"Bo": "https://bo.example", "pay": "../../?tag=pay", "All designs": "../../"}


def test_a_tag_leads_nowhere_if_the_index_cannot_be_searched(made):
    around = made(tools=False)
    around.index_page = ("index.md", "")
    assert "pay" not in ways(around)


def test_designs_stand_beside_each_other_in_the_order_of_the_index(tmp_path):
    days = {"x": 2, "y": 3, "z": 1}
    those = entries(*(a_design(f"{name}.md", title=name, created=f"2026-01-0{day}") for name, day in days.items()))

    def row(order: str) -> list[str]:
        settings = Settings(root=tmp_path, docs_dir=tmp_path, listing=Listing(order=order))
        found = Surroundings(those, settings, PLAIN, {}, lambda kind, key: "").trails
        one = next(trail for trail in found.values() if trail.previous and trail.next)
        return [each.title for each in (one.previous, one.next) if each]

    assert (row("title"), row("created"), row("-created")) == (["x", "z"], ["z", "y"], ["y", "z"])


def test_the_index_is_no_page_that_links_to_a_design(made):
    around = made()
    around.index_page = ("designs/index.md", "designs/")
    around.above(LEAF, (), "")
    around.note(Leaf("designs/index.md", "designs/", str, str, title="Designs"), '<a href="a/">A</a>')
    around.note(Leaf("guide.md", "guide/", str, str, title="Guide"), '<a href="../designs/a/">A</a>')
    around.gather(["designs/a.md", "designs/index.md", "guide.md"])
    assert re.findall(r"<li><a[^>]*>([^<]+)", around.below("designs/a.md")) == ["Guide"]
    assert around.below("guide.md") == ""

"""Finding, choosing and sorting designs on the page of the index, as its readers do."""

from __future__ import annotations

import json
import re

import pytest
from axe import barriers

from mkdocs_designdocs.dressing import FINDER, assets
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.index import Page, fill, index_of, markdown
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.listing import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "https://designs.test/"
INDEX = HOME + "designs/"
BARE = "<!doctype html><html lang=en><head><title>Bare</title></head><body>{{ page.content }}</body></html>"
NO_SCRIPT_BUT_OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
FACES = "authors:\n  ana:\n    name: Ana Ruíz\n    avatar: ana.svg\n  bo:\n    name: Bo Ek\n"
FACE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="4" fill="teal"/></svg>'
ONE_LEFT = "document.querySelectorAll('.designdocs-card:not([hidden])').length === 1"
DESIGNS = {
    "retries": (
        "Checkout retries",
        "in review",
        ["@ana"],
        ["@bo"],
        "2026-01-05",
        ["payments"],
        "Calls to the bank fail",
    ),
    "refunds": (
        "Größere refunds",
        "in review",
        ["@bo", "@ana"],
        [],
        "2026-02-01",
        ["payments", "ledger"],
        "Money back",
    ),
    "ledger": ("Ledger", "approved", ["@bo"], ["@ana"], "2025-11-01", ["ledger"], "Every amount once"),
    "search": ("Search", "draft", ["@ana"], [], "2026-03-01", [], "Find things quickly"),
    "map": ("Live map", "rejected", [], [], "2025-01-01", ["ui"], "Dots on a map"),
    "codes": ("Pickup codes", "implemented", ["@cy"], [], "2025-06-01", ["ui"], "Numbers for doors"),
}


def write_designs(site):
    site.write("../tpl/note.md", "# [Title]\n\n## Context\n\n[Why]\n")
    site.write(".authors.yml", FACES)
    site.write("ana.svg", FACE)
    fields = ("title", "status", "authors", "reviewers", "updated", "tags")
    for number, (name, (*values, overview)) in enumerate(DESIGNS.items(), 1):
        said = {"template": "note", "id": f"DD-{number}", **dict(zip(fields, values, strict=True))}
        if name == "retries":
            said["depends_on"] = ["ledger.md"]
        block = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in said.items())
        site.write(f"designs/{name}.md", f"---\ndesign:\n{block}---\n# {values[0]}\n\n## Context\n\n{overview}.\n")
    site.write("index.md", "# Home\n\n[The designs](designs/index.md)\n")
    site.write("pay.md", '# Payments\n\n<!-- designdocs: index tag="payments" columns="authors" -->\n')
    site.write("two.md", "# Two\n\n<!-- designdocs: index -->\n\n## Others\n\n<!-- designdocs: index -->\n")


@pytest.fixture(scope="module")
def material(new_site):
    """A site of Material's in both palettes, with instant navigation."""
    site = new_site("index")
    palette = [{"media": f"(prefers-color-scheme: {media})", "scheme": scheme}
               for media, scheme in (("light", "default"), ("dark", "slate"))]  # fmt: skip
    theme = {"name": "material", "font": False, "features": ["navigation.instant"], "palette": palette}
    site.configure(ours={"templates_dir": "tpl"}, site_url=HOME, theme=theme)
    write_designs(site)
    site.result = site.build()
    assert site.result.returncode == 0, site.result.stderr
    return site.built


@pytest.fixture(scope="module")
def themes(new_site):
    """The same site in a theme that comes with MkDocs, or in one that is nothing but the page."""
    built = {}

    def build(name):
        if name not in built:
            site = new_site(name)
            site.write("../theme/main.html", BARE)
            theme = {"name": None, "custom_dir": "theme"} if name == "bare" else {"name": name, "highlightjs": False}
            site.configure(ours={"templates_dir": "tpl"}, site_url=HOME, theme=theme)
            write_designs(site)
            site.result = site.build()
            assert site.result.returncode == 0, site.result.stderr
            built[name] = site.built
        return built[name]

    return build


@pytest.fixture
def visit(visit):
    """Open the index, unless another page is asked for."""

    def soon(folder, address=INDEX, **how):
        page = visit(folder, address, **how)
        page.set_default_timeout(3000)
        return page

    return soon


def titles(page):
    return page.locator(".designdocs-card:visible .designdocs-card__title").all_inner_texts()


def find(page):
    return page.get_by_role("searchbox", name="Find designs").first


def type_in(page, text):
    find(page).fill(text)
    return set(titles(page))


def said(page):
    return page.locator(".designdocs-found").first.inner_text()


def facet(page, name):
    """Open the facet of that name."""
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def choose(page, name, *values):
    facet(page, name)
    for value in values:
        page.get_by_role("group", name=name, exact=True).get_by_role("checkbox", name=value).check()
    page.keyboard.press("Escape")


def rests(page, address):
    """Wait until the address is as it should be."""
    page.wait_for_url(re.compile(re.escape(address) + "$"), timeout=3000)


def test_typing_filters_by_all_words_in_any_case_and_without_accents(material, visit):
    page = visit(material)
    assert len(titles(page)) == 6
    assert said(page) == ""
    assert type_in(page, "PAYMENTS") == {"Checkout retries", "Größere refunds"}
    assert said(page) == "2 of 6 designs"
    assert type_in(page, "payments ruiz") == {"Checkout retries", "Größere refunds"}
    assert type_in(page, "grossere") == {"Größere refunds"}
    assert type_in(page, "@cy") == {"Pickup codes"}
    assert type_in(page, "dd-5") == {"Live map"}
    assert type_in(page, "every amount") == {"Ledger"}
    assert type_in(page, "updated") == set(), "the words of the page itself are not searched"
    assert type_in(page, "  ") == {one[0] for one in DESIGNS.values()}


def test_everything_on_the_page_follows(material, visit):
    page = visit(material)
    find(page).fill("ledger")  # a title and a tag
    headings = page.locator(".md-content h3:visible").all_inner_texts()
    assert [re.sub(r"\W*\d.*", "", one, flags=re.S) for one in headings] == [
        "In review",
        "Approved",
        "Ana Ruíz",
        "Bo Ek",
    ]
    counts = page.locator(".designdocs-counts a").all_inner_texts()
    assert counts == ["0 Draft", "1 In review", "1 Approved", "0 Implemented", "0 Rejected"]
    assert page.locator("#in-review .designdocs-count").inner_text().startswith("1")
    assert set(page.locator(".designdocs-titles li:visible a").all_inner_texts()) == {"Größere refunds", "Ledger"}
    assert page.locator(".designdocs-picture:visible").count() == 0
    find(page).fill("nothing like it")
    assert page.get_by_text("No design has all of that.").is_visible()
    assert page.locator(".md-content :is(h2, h3):visible").count() == 0
    page.get_by_role("button", name="Clear filters").click()
    assert len(titles(page)) == 6
    assert find(page).evaluate("input => input === document.activeElement")


def test_facets_take_any_of_one_and_all_of_several(material, visit):
    page = visit(material)
    choose(page, "Status", "In review", "Approved")
    assert set(titles(page)) == {"Checkout retries", "Größere refunds", "Ledger"}
    choose(page, "Tag", "ledger")
    assert set(titles(page)) == {"Größere refunds", "Ledger"}
    facet(page, "Author")
    options = page.get_by_role("group", name="Author", exact=True).locator("label").all_inner_texts()
    assert [" ".join(one.split()) for one in options] == ["@cy 0", "Ana Ruíz 1", "Bo Ek 2", "No author 0"]
    page.get_by_role("group", name="Author", exact=True).get_by_role("checkbox", name="Ana Ruíz").check()
    page.mouse.click(5, 400)
    assert page.locator(".designdocs-facet__panel:visible").count() == 0
    assert titles(page) == ["Größere refunds"]
    page.get_by_role("button", name="ledger: Remove this filter").click()
    assert set(titles(page)) == {"Größere refunds", "Checkout retries"}
    rests(page, "?status=in-review&status=approved&author=ana")


def test_sorting_goes_both_ways_within_each_status(material, visit):
    page = visit(material)
    in_review = lambda: [one for one in titles(page) if one in ("Checkout retries", "Größere refunds")]  # noqa: E731
    assert in_review() == ["Größere refunds", "Checkout retries"]
    page.get_by_label("Sort by").select_option(label="Title")
    assert in_review() == ["Checkout retries", "Größere refunds"], "a text begins with A"
    rests(page, "?sort=title")
    page.get_by_role("button", name="ascending").click()
    assert in_review() == ["Größere refunds", "Checkout retries"]
    page.get_by_label("Sort by").select_option(label="Age in status")
    rests(page, "?sort=-age")
    columns = page.get_by_label("Sort by").locator("option").all_inner_texts()
    assert {"Title", "ID", "Author", "Reviewer", "Age in status", "Updated", "Completeness", "Tag"} <= set(columns)
    assert "Open questions" not in columns, "no design has one"


def test_the_address_holds_the_view_and_gives_it_back(material, visit):
    page = visit(material, INDEX + "?h=word&find=bank&status=in-review&sort=-title#by-status")
    assert titles(page) == ["Checkout retries"]
    assert find(page).input_value() == "bank"
    find(page).fill("refunds")
    rests(page, "designs/?h=word&find=refunds&status=in-review&sort=-title#by-status")
    page.reload()
    assert titles(page) == ["Größere refunds"]
    find(page).press("Escape")
    assert find(page).input_value() == ""
    page.get_by_role("button", name="Clear filters").click()
    rests(page, "designs/?h=word&sort=-title#by-status")
    page.evaluate("location.hash = 'by-author'; history.back()")
    page.wait_for_function("location.hash === '#by-status'")
    assert len(titles(page)) == 6


def test_nonsense_in_the_address_asks_for_nothing(material, visit):
    page = visit(material, INDEX + "?status=&sort=-nope&find=%00&colour=blue")
    assert set(titles(page)) == {one[0] for one in DESIGNS.values()}
    assert page.get_by_label("Sort by").input_value() == "-updated"


def test_what_no_design_has_is_asked_for_and_can_be_taken_back(material, visit):
    page = visit(material, INDEX + "?tag=<b>&author=constructor&status=draft")
    assert titles(page) == []
    assert said(page) == "0 of 6 designs"
    page.get_by_role("button", name="constructor: Remove this filter").click()
    page.get_by_role("button", name="<b>: Remove this filter").click()
    assert titles(page) == ["Search"]
    rests(page, "designs/?status=draft")


def test_an_address_understands_people_and_groups_as_they_are_called(material, visit):
    page = visit(material, INDEX + "?status=in force&status=Draft&author=@bo&author=ana ruiz")
    assert set(titles(page)) == {"Search", "Ledger"}
    chips = page.locator(".designdocs-chip").all_inner_texts()
    assert chips == ["Approved", "Implemented", "Draft", "Bo Ek", "Ana Ruíz"]


def test_a_place_on_the_page_keeps_what_is_asked_for(material, visit):
    page = visit(material)
    find(page).fill("refunds")
    page.locator(".designdocs-counts a[data-status=in-review]").click()
    rests(page, "designs/?find=refunds#in-review")
    page.get_by_role("button", name="Clear filters").click()
    find(page).fill("bank")
    page.locator(".md-sidebar--secondary").get_by_role("link", name="By author").click()
    rests(page, "designs/?find=bank#by-author")
    assert titles(page) == ["Checkout retries"]
    assert find(page).input_value() == "bank"


def test_a_tag_leads_to_the_designs_that_have_it(material, visit):
    page = visit(material, HOME + "designs/retries/")
    page.locator(".designdocs-header").get_by_role("link", name="payments").click()
    page.wait_for_function("document.querySelectorAll('.designdocs-card:not([hidden])').length === 2")
    assert set(titles(page)) == {"Checkout retries", "Größere refunds"}
    page.locator(".designdocs-tags:visible").get_by_role("link", name="ledger", exact=True).first.click()
    assert set(titles(page)) == {"Größere refunds", "Ledger"}
    rests(page, "designs/?tag=ledger")
    page.go_back()
    page.wait_for_function("document.querySelector('.designdocs-chip').textContent === 'payments'")
    assert set(titles(page)) == {"Checkout retries", "Größere refunds"}
    page.goto(HOME + "pay/")
    page.locator(".designdocs-card").get_by_role("link", name="Bo Ek").first.click()
    rests(page, "designs/#bo-ek")


def test_what_is_hidden_is_led_to_by_nothing(material, visit):
    page = visit(material, INDEX + "?find=refunds")
    contents = page.locator(".md-sidebar--secondary .md-nav__link:visible")
    shown = [one.strip() for one in contents.all_inner_texts()]
    assert shown == ["By status", "In review", "By author", "Ana Ruíz", "Bo Ek"]
    assert page.get_by_role("link", name="0 Approved").count() == 0
    assert page.locator("#in-review .designdocs-count").text_content() == "1 design"
    find(page).fill("")
    page.get_by_role("link", name="1 Approved").click()
    rests(page, "designs/#approved")
    assert "Approved" in [one.strip() for one in contents.all_inner_texts()]
    assert page.locator("#in-review .designdocs-count").text_content() == "2 designs"


def test_the_keyboard_is_enough(material, visit):
    page = visit(material)
    find(page).focus()
    page.keyboard.type("sf/")  # where Material's search would open
    assert find(page).input_value() == "sf/"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Search"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Größere refunds"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert find(page).evaluate("input => input === document.activeElement")
    for _ in range(3):  # past the column and the direction
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert set(titles(page)) == {"Größere refunds", "Checkout retries"}
    page.keyboard.press("Escape")
    assert page.locator(".designdocs-facet__panel:visible").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "designdocs-facet-0-status"
    assert type_in(page, "bank") == {"Checkout retries"}
    page.get_by_role("button", name="Status").focus()
    page.keyboard.press("Escape")
    assert find(page).input_value() == "", "nothing was open"


def test_it_works_after_every_instant_navigation_and_never_twice(material, visit):
    page = visit(material, HOME)
    page.evaluate("window.here = true")
    for _ in range(2):
        page.get_by_role("link", name="The designs").click()
        find(page).wait_for()
        assert page.locator(".designdocs-tools:visible").count() == 1
        assert type_in(page, "bank") == {"Checkout retries"}
        assert said(page) == "1 of 6 designs"
        rests(page, "?find=bank")
        page.locator(".designdocs-card__title:visible").click()
        page.get_by_role("heading", name="Checkout retries").wait_for()  # the page is there, and not its address alone
        page.go_back()
        page.wait_for_function(ONE_LEFT)  # what was asked for is in the address
        assert titles(page) == ["Checkout retries"]
        page.locator("a.md-logo").first.dispatch_event("click")
        page.wait_for_url(HOME)
    assert page.evaluate("window.here"), "no navigation has loaded a page anew"


def test_two_indexes_on_a_page_do_not_meet(material, visit):
    page = visit(material, HOME + "two/")
    first, second = (page.locator(f'.designdocs-list[data-designdocs="{n}"] .designdocs-card:visible') for n in "01")
    page.get_by_role("searchbox").nth(-1).fill("bank")
    assert (first.count(), second.count()) == (6, 1)
    rests(page, "two/?find2=bank")
    find(page).fill("dots")
    rests(page, "two/?find2=bank&find=dots")
    page.reload()
    assert (first.count(), second.count()) == (1, 1)


def test_without_javascript_the_page_is_complete_and_shows_no_tool(material, visit):
    page = visit(material, java_script_enabled=False)
    assert len(titles(page)) == 6
    assert page.locator(".designdocs-tools:visible, .designdocs-nothing:visible").count() == 0
    assert page.locator(".designdocs-counts:visible").count() == 1
    assert page.get_by_text("Waiting for Bo Ek").is_visible()


def test_it_keeps_to_a_strict_policy(themes, visit):
    page = visit(themes("bare"), policy=NO_SCRIPT_BUT_OURS)
    assert type_in(page, "bank") == {"Checkout retries"}
    facet(page, "Tag")
    assert page.locator(".designdocs-facet__panel:visible").count() == 1


def test_ages_are_counted_to_today_however_old_the_build_is(themes, visit):
    page = visit(themes("bare"))
    shown = page.locator(".designdocs-age").first.inner_text()
    page.clock.set_fixed_time("2046-01-01")
    page.reload()
    later = page.locator(".designdocs-age").first
    assert shown != later.inner_text()
    assert later.inner_text() == "for 19 years or more"
    assert later.evaluate("time => time.classList.contains('designdocs-age--old')")


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


LONG_NAMES = """for (const one of document.querySelectorAll(".designdocs-person a, .designdocs-tag, .designdocs-count"))
    (one.matches("a") ? one : one.previousSibling).textContent = "Wolfeschlegelsteinhausen".repeat(3)"""
CHART = """document.querySelector(".designdocs-picture").insertAdjacentHTML("afterbegin", `
    <figure class="designdocs-diagram designdocs-diagram--400"><div class="designdocs-diagram__view">
    <svg class="pele pele-xychart" viewBox="0 0 700 280" width="700"></svg></div></figure>`)"""
PILLS = """document.querySelector(".designdocs-card__state").insertAdjacentHTML("beforeend", `
    <span class="designdocs-status designdocs-status--open">a</span>
    <a class="designdocs-status designdocs-status--open" href="/">b</a>`)"""
COLOURS = "all => all.map((one) => getComputedStyle(one).color)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_meets_a_barrier(material, visit, scheme):
    page = visit(material, color_scheme=scheme)
    choose(page, "Status", "In review")
    find(page).fill("a")
    facet(page, "Tag")
    assert barriers(page, ".md-content") == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear filters").click()
    assert barriers(page, ".md-content") == []


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_nor_in_other_themes_or_on_a_phone(themes, visit, theme):
    page = visit(themes(theme), viewport={"width": 360, "height": 740})
    page.evaluate(LONG_NAMES)
    assert wide(page) <= 0
    facet(page, "Tag")
    assert wide(page) <= 0
    assert barriers(page, "[role=main]") == []
    assert type_in(page, "bank") == {"Checkout retries"}
    item = page.locator("li:has(> a[href='#how-they-are-doing'])")
    assert item.evaluate("one => getComputedStyle(one).display") == "none", "the picture makes way"


def test_a_phone_has_cards_and_needs_no_scrolling_sideways(material, visit):
    page = visit(material, viewport={"width": 360, "height": 740}, has_touch=True)
    page.evaluate(LONG_NAMES)
    page.evaluate(CHART)
    assert wide(page) <= 0
    assert page.locator(".pele-xychart").first.bounding_box()["width"] < 360, "with the words at its end"
    heights = page.locator(".designdocs-counts a").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert max(heights) < 2 * 20, "a number stands beside its status"
    facet(page, "Tag")
    box = page.locator(".designdocs-facet__panel:visible").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    assert page.locator(".designdocs-card").first.evaluate("card => getComputedStyle(card).borderLeftStyle") == "solid"
    assert barriers(page, ".md-content") == []


def alone(folder, entries):
    """A page of nothing but an index."""
    index = index_of(entries, WHOLE, DEFAULT, ENGLISH)
    marks = re.sub(r"^(#+) (.*)$", r"<h3>\2</h3>", markdown(index, 0, lambda *_: False), flags=re.M)
    there = Page(lambda design: f"/{design.url}", to=lambda url: f"/{url}", catalogue="designs.json")
    html = f'<!doctype html><meta charset="utf-8">{fill(marks, [index], there)}<script src="index.js"></script>'
    (folder / "index.html").write_text(html, "utf-8")
    script = next(text for name, text in assets() if name == FINDER)
    (folder / "index.js").write_text(script, "utf-8")


def test_many_tags_are_in_their_order_and_can_be_narrowed(judged, tmp_path, visit):
    tags = [f"tag {n}" for n in range(30, 0, -1)]
    design = f"---\ndesign:\n  template: note\n  status: draft\n  author: '@ana'\n  tags: {tags}\n---\n"
    alone(tmp_path, entries_of(judged({"a.md": design}, {"note.md": "# [Title]\n"}), DEFAULT))
    page = visit(tmp_path, HOME)
    facet(page, "Tag")
    shown = page.locator(".designdocs-facet__panel:visible label:visible")
    assert [text.split()[1] for text in shown.all_inner_texts()] == [str(n) for n in range(1, 31)]
    page.get_by_role("searchbox", name="Narrow this list").fill("TAG 2")
    assert [text.split()[1] for text in shown.all_inner_texts()] == ["2", "12", *map(str, range(20, 30))]
    shown.first.click()
    assert page.locator(".designdocs-chosen").inner_text().strip() == "tag 2"
    assert page.locator(".designdocs-narrow").count() == 1, "the others are short"


def test_a_long_index_fetches_the_text_that_it_leaves_out(judged, tmp_path, monkeypatch, visit):
    monkeypatch.setattr("mkdocs_designdocs.index.LONG", 2)
    said = "---\ndesign:\n  template: note\n  status: draft\n  author: '@{}'\n---\n\n## Context\n\nWhy {}.\n"
    pages = {f"{name}.md": said.format(who, name * 2) for name, who in (("xa", "ana"), ("yb", "bo"), ("zc", "bo"))}
    entries = entries_of(judged(pages, {"note.md": "# [Title]\n\n## Context\n\n[Why]\n"}), DEFAULT)
    alone(tmp_path, entries)
    listed = [{"url": one.design.url, "overview": one.design.verdict.gist.overview} for one in entries]
    (tmp_path / "designs.json").write_text(json.dumps({"designs": listed}), "utf-8")
    page = visit(tmp_path, HOME)
    people = page.locator(".designdocs-people li:visible")
    assert people.all_inner_texts() == ["@ana 1 Draft", "@bo 2 Draft"]
    assert "ybyb" not in page.content()
    find(page).fill("ybyb")
    page.wait_for_function(ONE_LEFT)
    assert people.all_inner_texts() == ["@bo 1 Draft"]
    page.add_init_script("window.fetch = () => Promise.reject(new Error('no net'))")
    page.reload()
    assert type_in(page, "ana") == {"Xa"}, "without the catalogue the rest is found"
    assert page.get_by_role("button", name="Template").count() == 0, "they all have the same"


def test_the_search_of_the_site_finds_designs_and_not_the_index(material):
    docs = json.loads((material / "search/search_index.json").read_text("utf-8"))["docs"]
    of_the_index = " ".join(f"{doc['title']} {doc['text']}" for doc in docs if doc["location"].startswith("designs/#"))
    assert "In review" in of_the_index
    for word in ("Checkout", "Ana", "ledger", "Find", "Waiting"):
        assert word not in of_the_index.replace("Ana Ruíz", "")


def test_links_that_look_like_pills_have_their_colour(material, visit):
    page = visit(material)
    page.evaluate(PILLS)
    pill, link = page.locator(".designdocs-card__state .designdocs-status").evaluate_all(COLOURS)
    assert link == pill
    tag, key = page.locator("a.designdocs-tag").first, page.locator(".designdocs-key").first
    assert tag.evaluate_all(COLOURS) == key.evaluate_all(COLOURS)

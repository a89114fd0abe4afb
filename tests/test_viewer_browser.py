"""Zoom, pan, full screen, copy and save, as a reader does them: mouse, keys, fingers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "https://designs.test/"
PAGE = HOME + "deep/drawings/"
STEPS = " --> ".join(f"N{n}[Step number {n}]" for n in range(12))
DRAWINGS = f"""# Drawings

Words before. [Home](../index.md), [other](other.md).

```mermaid
flowchart LR
  accTitle: How an order / "parcel" goes
  A[Order service] --> B{{Paid?}}
  B -->|yes| C[(Orders)]
  B -->|no| D[Reminder]
  style C fill:#f96
  click A "https://example.org/orders"
  click D "other.md"
```

Words between.

```mermaid
flowchart LR
  {STEPS}
```

=== "One"

    Nothing to see.

=== "Two"

    ```mermaid
    flowchart TD
      a --> b
    ```

??? note "Closed"

    ```mermaid
    sequenceDiagram
      Carrier->>Gateway: POST /positions
    ```

{chr(10).join(f"Paragraph {n}, so that there is something to scroll.{chr(10)}" for n in range(40))}
"""
PAGES = {
    "index.md": "# Home\n\n[All of them](deep/drawings.md), [a preview](deep/other.md#one).\n",
    "deep/drawings.md": DRAWINGS,
    "deep/other.md": '# Other\n\n[Back](drawings.md)\n\n## One\n\n```mermaid\npie\n  "a" : 3\n  "b" : 5\n```\n',
}
EXTENSIONS = ["pymdownx.details", "pymdownx.superfences", {"pymdownx.tabbed": {"alternate_style": True}}]
BARE = "<!doctype html><html><head><title>Bare</title></head><body>{{ page.content }}</body></html>"
NO_SCRIPT_BUT_OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


@pytest.fixture(scope="module")
def material(new_site):
    """A site of Material's with everything that is instant."""
    site = new_site("viewer")
    features = ["navigation.instant", "navigation.instant.prefetch", "navigation.instant.preview"]
    site.configure(
        site_url=HOME,
        theme={"name": "material", "font": False, "features": features},
        markdown_extensions=EXTENSIONS,
    )
    for name, text in PAGES.items():
        site.write(name, text)
    site.result = site.build("--strict")
    assert site.result.returncode == 0, site.result.stderr
    return site.built


@pytest.fixture(scope="module")
def bare(new_site):
    """A site whose theme is nothing but the page, with addresses that end in `.html`."""
    site = new_site("bare")
    site.write("../theme/main.html", BARE)
    site.configure(
        theme={"name": None, "custom_dir": "theme"}, use_directory_urls=False, markdown_extensions=EXTENSIONS
    )
    for name, text in PAGES.items():
        site.write(name, text)
    site.result = site.build()
    assert site.result.returncode == 0, site.result.stderr
    return site.built


@pytest.fixture
def visit(visit):
    """Open the page of drawings, unless another is asked for."""
    return lambda folder, address=PAGE, **how: visit(folder, address, **how)


def figure(page, number=0):
    return page.locator(".designdocs-diagram").nth(number)


def view(page, number=0):
    return figure(page, number).locator(".designdocs-diagram__view")


def tool(page, name, number=0):
    return figure(page, number).locator(f'[data-tool="{name}"]')


def drawing(page, number=0):
    return view(page, number).locator("svg").bounding_box()


def opacity(page, number=0):
    page.wait_for_timeout(250)  # they fade
    return float(figure(page, number).locator("[role=toolbar]").evaluate("bar => getComputedStyle(bar).opacity"))


def wheel(page, x, y, delta, *, key=None):
    page.mouse.move(x, y)
    if key:
        page.keyboard.down(key)
    page.mouse.wheel(0, delta)
    page.wait_for_timeout(40)
    if key:
        page.keyboard.up(key)


def point_of(box, x, y):
    """Which part of the drawing a point of the window lies on."""
    return (x - box["x"]) / box["width"], (y - box["y"]) / box["height"]


def test_tools_come_with_the_mouse_and_with_the_focus(material, visit):
    page = visit(material)
    assert opacity(page) == 0
    view(page).hover()
    assert opacity(page) == 1
    page.mouse.move(5, 500)
    assert opacity(page) == 0
    view(page).focus()
    assert opacity(page) == 1
    focused = "document.activeElement.dataset.tool"
    for _ in range(3):  # past the links in the drawing
        page.keyboard.press("Tab")
    assert page.evaluate(focused) == "in"
    assert tool(page, "in").evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    names = []
    for _ in range(6):
        names.append(page.evaluate(focused))
        page.keyboard.press("ArrowRight")
    assert names == ["in", "out", "fit", "full", "copy", "save"]
    assert page.evaluate(focused) == "in"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.designdocs-diagram__view')[1]")


def test_tools_are_buttons_with_names(material, visit):
    page = visit(material)
    view(page).hover()
    buttons = figure(page).locator("button").all()
    assert [button.get_attribute("aria-label") for button in buttons] == [
        "Zoom in (+)",
        "Zoom out (-)",
        "Reset zoom (0)",
        "Full screen (f)",
        "Copy source",
        "Save as SVG",
    ]
    for button in buttons:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert button.get_attribute("type") == "button"
        assert button.get_attribute("title") == button.get_attribute("aria-label")
    assert page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count() == 0
    assert view(page).get_attribute("role") == "group"
    assert view(page).get_attribute("aria-label")


def test_nothing_moves_when_the_tools_come(material, visit):
    places = """() => [...document.querySelectorAll('article p, figure, figure > div:first-child, svg.pele')]
      .map(each => each.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height])"""
    with_script, without = visit(material), visit(material, java_script_enabled=False)
    assert with_script.locator("[role=toolbar]").count() == 4
    assert with_script.evaluate(places)[:5] == without.evaluate(places)[:5]


def test_of_a_low_drawing_the_tools_hide_nothing_and_can_be_reached(material, visit):
    page = visit(material)
    view(page, 1).hover()
    box, bar = view(page, 1).bounding_box(), figure(page, 1).locator("[role=toolbar]").bounding_box()
    assert box["height"] < 80
    assert bar["y"] + bar["height"] == pytest.approx(box["y"], abs=0.5)
    page.mouse.move(bar["x"] + bar["width"] - 10, box["y"] + 3)
    page.mouse.move(bar["x"] + bar["width"] - 10, bar["y"] + 3, steps=10)
    assert opacity(page, 1) == 1
    view(page).hover()
    assert drawing(page)["y"] < figure(page).locator("[role=toolbar]").bounding_box()["y"] + bar["height"]


def test_only_a_page_with_a_drawing_has_the_script(material, bare):
    assert "viewer.js" not in (material / "index.html").read_text()
    assert (
        '<script src="../../assets/designdocs/viewer.js" defer></script>'
        in (material / "deep/drawings/index.html").read_text()
    )
    assert '<script src="../assets/designdocs/viewer.js" defer></script>' in (bare / "deep/drawings.html").read_text()
    assert (bare / "assets/designdocs/viewer.js").stat().st_size < 16_000


def test_the_wheel_with_a_key_zooms_where_it_points(material, visit):
    page = visit(material)
    wide = drawing(page, 1)
    x, y = wide["x"] + 300, wide["y"] + 20
    before = point_of(wide, x, y)
    for key in ("Control", "Meta"):
        wheel(page, x, y, -100, key=key)
        wheel(page, x, y, -100, key=key)
    after = drawing(page, 1)
    assert after["width"] > wide["width"] * 1.5
    assert point_of(after, x, y)[0] == pytest.approx(before[0], abs=0.01)
    assert page.evaluate("scrollY") == 0
    for _ in range(9):
        wheel(page, x, y, 100, key="Control")
    assert drawing(page, 1)["width"] == pytest.approx(view(page, 1).bounding_box()["width"], abs=2), "no smaller"


def test_the_wheel_alone_scrolls_the_page(material, visit):
    page = visit(material)
    box = view(page).bounding_box()
    wheel(page, box["x"] + 50, box["y"] + 50, 60)
    page.wait_for_function("scrollY === 60")
    box = view(page).bounding_box()
    wheel(page, box["x"] + 50, box["y"] + 50, -100, key="Control")
    assert "zoomed" in figure(page).get_attribute("class")
    wheel(page, box["x"] + 50, box["y"] + 50, 60)
    page.wait_for_function("scrollY === 120")


def test_a_double_click_zooms_in_and_with_shift_out(material, visit):
    page = visit(material)
    small = drawing(page)["width"]
    box = view(page).bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 20)
    assert drawing(page)["width"] == pytest.approx(small * 1.5625, rel=0.01)
    assert page.evaluate("getSelection().toString()") == ""
    page.keyboard.down("Shift")
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 20)
    assert drawing(page)["width"] == pytest.approx(small, rel=0.01)


def test_keys_zoom_pan_and_reset_and_never_open_the_search(material, visit):
    page = visit(material)
    small = drawing(page)["width"]
    view(page).focus()
    for _ in range(5):
        page.keyboard.press("+")
    assert drawing(page)["width"] == pytest.approx(small * 1.25**5, rel=0.01)
    left = view(page).evaluate("view => view.scrollLeft")
    page.keyboard.press("ArrowRight")
    assert view(page).evaluate("view => view.scrollLeft") == left + 60
    page.keyboard.press("-")
    assert drawing(page)["width"] == pytest.approx(small * 1.25**4, rel=0.01)
    page.keyboard.press("0")
    assert drawing(page)["width"] == small
    assert tool(page, "fit").get_attribute("aria-disabled") == "true"
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    assert not page.locator("#__search").is_checked()
    for _ in range(30):
        page.keyboard.press("=")
    assert tool(page, "in").get_attribute("aria-disabled") == "true"


def test_buttons_zoom_and_say_how_far(material, visit):
    page = visit(material)
    small = drawing(page)["width"]
    view(page).hover()
    tool(page, "in").click()
    tool(page, "in").click()
    assert drawing(page)["width"] == pytest.approx(small * 1.5625, rel=0.01)
    assert figure(page).get_by_role("status").inner_text() == "156%"
    tool(page, "out").click()
    tool(page, "fit").click()
    assert drawing(page)["width"] == small
    assert "zoomed" not in figure(page).get_attribute("class")
    tool(page, "out").click(force=True)
    assert drawing(page)["width"] == small, "it fits already"
    wide = drawing(page, 1)["width"]
    view(page, 1).hover()
    tool(page, "out", 1).click()
    assert drawing(page, 1)["width"] == pytest.approx(wide / 1.25, rel=0.01), "this one did not"


def test_dragging_pans_but_words_can_be_selected(material, visit):
    page = visit(material)
    frame = view(page, 1)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 4, steps=4)
    assert frame.evaluate("view => view.scrollLeft") == pytest.approx(100, abs=1)
    page.mouse.up()
    page.mouse.move(box["x"] + 100, box["y"] + 4)
    assert frame.evaluate("view => view.scrollLeft") == pytest.approx(100, abs=1)
    assert page.evaluate("getSelection().toString()") == ""
    word = frame.locator("text").nth(3).bounding_box()
    page.mouse.move(word["x"] + 1, word["y"] + word["height"] / 2)
    page.mouse.down()
    page.mouse.move(word["x"] + word["width"] - 5, word["y"] + word["height"] / 2, steps=4)
    page.mouse.up()
    assert "Step" in page.evaluate("getSelection().toString()")


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_two_fingers_zoom_and_one_scrolls_the_page(material, visit):
    page = visit(material, **PHONE)
    box, small = view(page).bounding_box(), drawing(page)["width"]
    fingers = page.context.new_cdp_session(page)

    def touch(kind, *points):
        at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    def swipe(x, y, up):
        touch("touchStart", (x, y))
        for part in range(1, 11):
            touch("touchMove", (x, y - up * part / 10))
            page.wait_for_timeout(16)
        touch("touchEnd")

    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", (x - 20, y), (x + 20, y))
    for apart in (30, 40, 50, 60):
        touch("touchMove", (x - apart, y), (x + apart, y))
    touch("touchEnd")
    assert drawing(page)["width"] == pytest.approx(small * 3, rel=0.1)
    assert page.evaluate("visualViewport.scale") == 1, "the page has not been zoomed"
    swipe(x, y, 60)
    assert page.evaluate("scrollY") == 0, "the drawing has moved in its frame"
    tool(page, "full").focus()
    page.keyboard.press("0")
    swipe(x, y, 200)
    page.wait_for_function("scrollY > 50")


def test_a_phone_has_one_tool_until_the_screen_is_full(material, visit):
    page = visit(material, **PHONE)
    shown = ".designdocs-diagram:first-of-type [role=toolbar] button:visible"
    assert page.locator(shown).evaluate_all("all => all.map(each => each.dataset.tool)") == ["full"]
    assert opacity(page) > 0.5
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tool(page, "full").tap()
    page.wait_for_selector(".designdocs-diagram--full")
    assert page.locator(shown).count() == 6
    box = tool(page, "save").bounding_box()
    assert box["x"] + box["width"] <= 390
    assert box["width"] >= 40


def test_a_wide_drawing_can_be_read_on_a_phone_that_it_fills(material, visit):
    page = visit(material, **PHONE)
    natural = view(page, 1).locator("svg").evaluate("svg => svg.viewBox.baseVal.width")
    assert natural > 4 * 390
    tool(page, "full", 1).tap()
    page.wait_for_selector(".designdocs-diagram--full.designdocs-diagram--zoomed")
    page.wait_for_timeout(50)
    assert drawing(page, 1)["width"] == pytest.approx(natural * 0.75, rel=0.01)
    assert 0 <= drawing(page, 1)["x"] < 60, "it begins where it begins"
    tool(page, "fit", 1).tap()
    assert drawing(page, 1)["width"] < 390


def test_a_small_drawing_does_not_grow_without_end(material, visit):
    page = visit(material)
    page.get_by_text("Two", exact=True).click()
    view(page, 2).hover()
    natural = view(page, 2).locator("svg").evaluate("svg => svg.viewBox.baseVal.height")
    tool(page, "full", 2).click()
    page.wait_for_selector(".designdocs-diagram--full")
    assert drawing(page, 2)["height"] == pytest.approx(min(natural * 2.5, 828), abs=2)
    assert natural * 2.5 < 828


def test_full_screen_and_back(material, visit):
    page = visit(material)
    small = drawing(page)["width"]
    view(page).hover()
    tool(page, "in").click()
    tool(page, "full").click()
    page.wait_for_selector(".designdocs-diagram--full")
    assert figure(page).bounding_box() == {"x": 0, "y": 0, "width": 1200, "height": 900}
    assert drawing(page)["width"] == pytest.approx(1168, abs=2), "it has the screen to itself"
    assert figure(page).evaluate("figure => getComputedStyle(figure).backgroundColor") == "rgb(255, 255, 255)"
    assert tool(page, "full").get_attribute("aria-label") == "Leave full screen (Esc)"
    page.keyboard.press("+")
    assert drawing(page)["width"] == pytest.approx(1168 * 1.25, abs=2)
    page.keyboard.press("Escape")
    page.wait_for_selector(".designdocs-diagram--full", state="detached")
    assert drawing(page)["width"] == small
    assert page.evaluate("document.fullscreenElement") is None


def test_full_screen_where_no_element_can_have_it(material, visit):
    page = visit(material, script="delete Element.prototype.requestFullscreen")
    around = "(one => one.parentElement.tagName + one.previousElementSibling.textContent)"
    place = figure(page).evaluate(around)
    small = drawing(page)["width"]
    view(page).hover()
    tool(page, "full").click()
    page.wait_for_selector("dialog[open] .designdocs-diagram--full")
    assert figure(page).bounding_box() == {"x": 0, "y": 0, "width": 1200, "height": 900}
    assert page.evaluate("document.activeElement.dataset.tool") == "full"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.dataset.tool") == "full"
    assert drawing(page)["width"] == small
    assert figure(page).evaluate(around) == place


def test_the_source_can_be_copied(material, visit):
    page = visit(material, permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.reload()
    view(page).hover()
    tool(page, "copy").click()
    figure(page).get_by_role("status").filter(has_text="Copied").wait_for()
    assert tool(page, "copy").get_attribute("aria-label") == "Copied"
    source = page.evaluate("navigator.clipboard.readText()")
    assert source.startswith('flowchart LR\n  accTitle: How an order / "parcel" goes\n  A[Order service] --> B{Paid?}')
    page.clock.run_for(2100)
    assert tool(page, "copy").get_attribute("aria-label") == "Copy source"
    assert figure(page).get_by_role("status").inner_text() == ""


def test_the_source_can_be_copied_where_the_clipboard_is_closed(material, visit):
    closed = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    page = visit(material, script=f"{closed}; addEventListener('copy', () => (window.copied = getSelection() + ''))")
    view(page).hover()
    tool(page, "copy").click()
    figure(page).get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("copied").startswith("flowchart LR\n")
    assert page.evaluate("document.activeElement.dataset.tool") == "copy"
    assert page.locator("textarea").count() == 0


def test_a_saved_drawing_stands_alone(material, visit, tmp_path):
    page = visit(material, color_scheme="dark")
    view(page).hover()
    tool(page, "in").click()
    with page.expect_download() as download:
        tool(page, "save").click()
    assert download.value.suggested_filename == "How-an-order-parcel-goes.svg"
    saved = Path(download.value.path()).read_text("utf-8")
    root = ElementTree.fromstring(saved)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    for what in ("var(", "color-mix", "currentcolor", "--designdocs", "src=", "@import"):
        assert what not in saved, what
    links = {link.get("href") for link in root.iter("{http://www.w3.org/2000/svg}a")}
    assert links == {"https://example.org/orders", "https://designs.test/deep/other/"}
    assert saved.count("http") == saved.count("http://www.w3.org/") + len(links)
    alone = tmp_path / "alone.svg"
    alone.write_text(saved, "utf-8")
    other = visit(material, alone.as_uri())
    box = "document.querySelector('.pele-node rect')"
    words = "document.querySelector('.pele-node text')"
    assert other.evaluate(f"getComputedStyle({box}).fill") not in ("rgb(0, 0, 0)", "none")
    dark = other.evaluate(f"getComputedStyle({words}).fill.match(/\\d+/g).map(Number)")
    assert sum(dark[:3]) < 200, "for paper that is white"
    assert "sans-serif" in other.evaluate(f"getComputedStyle({words}).fontFamily")


TOOLS = """[...document.querySelectorAll('article .designdocs-diagram')]
  .map(each => each.querySelectorAll('[role=toolbar]').length).join()"""


def test_instant_navigation_brings_the_tools_once(material, visit):
    page = visit(material, HOME)
    page.evaluate("window.kept = true")
    for _ in range(2):
        page.locator("article a", has_text="All of them").click()
        page.wait_for_function(f"{TOOLS} === '1,1,1,1'")
        page.locator("article a", has_text="other").click()
        page.wait_for_function(f"{TOOLS} === '1'")
        page.go_back()
        page.wait_for_function(f"{TOOLS} === '1,1,1,1'")
        small = drawing(page)["width"]
        view(page).focus()
        page.keyboard.press("+")
        assert drawing(page)["width"] == pytest.approx(small * 1.25, rel=0.01), "zoomed once"
        page.locator("article a", has_text="Home").click()
        page.wait_for_selector("article a:has-text('All of them')")
    assert page.evaluate("window.kept"), "the page was loaded anew: this is no instant navigation"
    page.locator("article a", has_text="All of them").click()
    page.locator(".designdocs-diagram svg a", has_text="Reminder").click()
    page.wait_for_url(HOME + "deep/other/")


def test_an_instant_preview_shows_the_drawing_in_its_colours(material, visit):
    page = visit(material, HOME)
    page.locator("article a", has_text="a preview").hover()
    page.wait_for_selector(".md-tooltip2 .designdocs-diagram svg.pele")
    shown = page.locator(".md-tooltip2 .designdocs-diagram")
    assert shown.evaluate("one => getComputedStyle(one).getPropertyValue('--designdocs-bg')")
    assert shown.locator("svg").bounding_box()["width"] > 100


def test_what_was_closed_can_be_zoomed_when_it_is_opened(material, visit):
    page = visit(material)
    page.locator(".tabbed-labels label", has_text="Two").click()
    page.locator("summary", has_text="Closed").click()
    for number in (2, 3):
        small = drawing(page, number)["width"]
        view(page, number).hover()
        assert tool(page, "out", number).get_attribute("aria-disabled") == "true"
        tool(page, "in", number).click()
        assert drawing(page, number)["width"] == pytest.approx(small * 1.25, rel=0.01)


def test_paper_has_no_tools_and_no_zoom(material, visit):
    page = visit(material)
    page.emulate_media(media="print")
    before = drawing(page)
    page.emulate_media(media="screen")
    view(page).focus()
    for _ in range(6):
        page.keyboard.press("+")
    page.emulate_media(media="print")
    assert drawing(page) == before
    assert not figure(page).locator("[role=toolbar]").is_visible()


def test_who_wants_no_motion_gets_none(material, visit):
    page = visit(material, reduced_motion="reduce")
    moving = "getComputedStyle(document.querySelector('.designdocs-diagram [role=toolbar]')).transitionDuration"
    assert page.evaluate(moving) == "0s"


def test_a_strict_policy_is_no_obstacle(bare, visit):
    # The style is asked about elsewhere: here it is the script.
    page = visit(bare, HOME + "deep/drawings.html", policy=NO_SCRIPT_BUT_OURS, permissions=["clipboard-write"])
    assert page.locator("[role=toolbar]").count() == 4
    small = drawing(page)["width"]
    view(page).hover()
    tool(page, "in").click()
    assert drawing(page)["width"] == pytest.approx(small * 1.25, rel=0.01)
    tool(page, "copy").click()
    figure(page).get_by_role("status").filter(has_text="Copied").wait_for()
    with page.expect_download():
        tool(page, "save").click()
    tool(page, "full").click()
    page.wait_for_selector(".designdocs-diagram--full")


def test_a_site_can_be_read_from_disk(bare, visit):
    page = visit(bare, (bare / "deep/drawings.html").as_uri())
    assert page.locator("[role=toolbar]").count() == 4
    small = drawing(page)["width"]
    view(page).focus()
    page.keyboard.press("+")
    assert drawing(page)["width"] == pytest.approx(small * 1.25, rel=0.01)

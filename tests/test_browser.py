"""The example site as a reader sees it: in Chromium, light and dark, on a phone, on paper."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEDGER = "designs/0003-parcel-ledger/"
DRAFT = "designs/0009-chilled-compartments/"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def url(example_site: Any) -> Iterator[str]:
    assert example_site.result.returncode == 0, example_site.result.stderr
    with served(example_site.built) as address:
        yield address


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; whatever its console or network complains of fails the test."""
    contexts, wrong = [], []

    def open_page(address: str, *, width: int = 1280, height: int = 900, dark: bool = False, **more: Any) -> Any:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        own = address.split("/", 3)[2]
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "requestfailed", lambda r: wrong.append(f"failed: {r.url}") if "net::ERR_ABORTED" not in r.failure else 0
        )
        page.on(
            "request",
            lambda r: wrong.append(f"elsewhere: {r.url}") if own not in r.url[:40] and r.url[:4] == "http" else 0,
        )
        page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def all_pages(site: Any) -> list[str]:
    found = [path.parent.relative_to(site.built).as_posix() for path in site.built.rglob("index.html")]
    return sorted("" if path == "." else f"{path}/" for path in found)


# Colours as the browser computes them: `color-mix` and `rgba` on the page's own background.
COLOURS = """([selector, property]) => {
  const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const at = colour => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const one = [...document.querySelectorAll(selector)].find(each => getComputedStyle(each)[property] != 'none');
  const under = [];
  for (let each = one; each; each = each.parentElement) under.unshift(getComputedStyle(each).backgroundColor);
  at('white');
  let ground = null;
  for (const colour of under) ground = at(colour);
  return [at(getComputedStyle(one)[property]), ground];
}"""


def luminance(colour: list[int]) -> float:
    parts = [c / 12.92 if (c := value / 255) <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(page: Any, selector: str, what: str = "color") -> float:
    one, other = sorted(map(luminance, page.evaluate(COLOURS, [selector, what])), reverse=True)
    return (one + 0.05) / (other + 0.05)


def test_diagrams_show_inside_their_column(open_page, url, example_site):
    drawn = 0
    page = open_page(url)
    for path in all_pages(example_site):
        page.goto(url + path)
        column = page.locator("article").first.bounding_box()
        for box in page.locator(".designdocs-diagram").all():
            drawn += 1
            place, svg = box.bounding_box(), box.locator("svg").first.bounding_box()
            assert svg["width"] > 40
            assert svg["height"] > 20
            assert place["x"] >= column["x"] - 1
            assert place["x"] + place["width"] <= column["x"] + column["width"] + 1
    assert drawn > 8


def test_everything_follows_the_palette_when_it_is_switched(open_page, url):
    page = open_page(url + LEDGER)
    watched = {
        ".designdocs-diagram svg text": "fill",
        ".designdocs-diagram .pele-node text": "fill",
        ".designdocs-header .designdocs-status": "color",
        ".designdocs-header .designdocs-fact": "color",
    }
    light = {selector: page.evaluate(COLOURS, [selector, what]) for selector, what in watched.items()}
    assert all(contrast(page, selector, what) >= 4.5 for selector, what in watched.items())
    page.locator('label[for="__palette_1"]:visible, label[for="__palette_0"]:visible').first.click()
    page.wait_for_selector('body[data-md-color-scheme="slate"]')
    page.wait_for_timeout(400)  # Material fades
    for selector, what in watched.items():
        assert page.evaluate(COLOURS, [selector, what]) != light[selector], selector
        assert contrast(page, selector, what) >= 4.5, selector
    assert contrast(page, ".designdocs-diagram svg :is(line, path, rect)", "stroke") >= 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["designs/", DRAFT])
def test_every_word_of_ours_can_be_read(open_page, url, path, dark):
    page = open_page(url + path, dark=dark)
    for name in ("status--open", "status--in-force", "status--closed", "fact", "tag", "place", "key", "prompt"):
        if page.locator(f".designdocs-{name}").count():
            assert contrast(page, f".designdocs-{name}") >= 4.5, name


def test_the_index_leads_to_designs_and_people(open_page, url):
    page = open_page(url + "designs/")
    cards = page.locator(".designdocs-card")
    assert cards.count() >= 8
    author = page.locator(".designdocs-card .designdocs-facts a").first
    name = author.inner_text()
    author.click()
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    heading = page.locator(f'[id="{anchor}"]')
    assert heading.inner_text().startswith(name)
    page.wait_for_timeout(300)
    assert 0 <= heading.bounding_box()["y"] < 900
    title = cards.first.locator(".designdocs-card__title")
    called = title.inner_text()
    title.click()
    page.wait_for_load_state()
    assert called in page.locator("h1").first.inner_text()
    page.locator(".designdocs-header a", has_text="All designs").click()
    page.wait_for_load_state()
    assert page.url.startswith(url + "designs/")


def test_the_index_stands_at_the_edge_of_its_column(open_page, url):
    page = open_page(url + "designs/")
    edge = page.locator("h1").bounding_box()["x"]
    for selector in (".designdocs-list > li", ".designdocs-titles > li"):
        assert page.locator(selector).first.bounding_box()["x"] == pytest.approx(edge, abs=1)
    bar = page.locator(".designdocs-bar").first.bounding_box()
    assert bar["width"] > 20
    assert bar["height"] > 3


def test_the_index_needs_no_script(open_page, url):
    page = open_page(url + "designs/", java_script_enabled=False)
    assert page.locator(".designdocs-card").count() >= 8
    page.locator(".designdocs-card__title").first.click()
    page.locator(".designdocs-header").wait_for()


def test_no_page_is_wider_than_a_phone(open_page, url, example_site):
    page = open_page(url, width=390, height=844)
    for path in all_pages(example_site):
        page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_paper_shows_everything(open_page, url):
    page = open_page(url + LEDGER, dark=True)
    page.emulate_media(media="print")
    svg = page.locator(".designdocs-diagram svg.pele:visible").first
    assert svg.is_visible()
    assert page.locator(".designdocs-header").is_visible()
    wide = page.locator(".designdocs-diagram__view").evaluate_all(
        "views => views.filter(view => view.scrollWidth > view.clientWidth + 1).length"
    )
    assert wide == 0, "paper does not scroll"


def test_instant_navigation_keeps_style_and_diagrams(open_page, example_site, new_site):
    config = (example_site.root / "mkdocs.yml").read_text("utf-8")
    assert "    - navigation.indexes\n" in config
    instant = example_site.root / "instant.yml"
    instant.write_text(
        config.replace("    - navigation.indexes\n", "    - navigation.indexes\n    - navigation.instant\n")
    )
    example_site.run("mkdocs", "build", "-q", "-f", "instant.yml", "-d", "instant")
    with served(example_site.root / "instant") as url:
        # Instant navigation reads the addresses of pages from the sitemap, which names the published site.
        sitemap = example_site.root / "instant/sitemap.xml"
        sitemap.write_text(sitemap.read_text().replace(yaml.safe_load(config.split("theme:")[0])["site_url"], url))
        page = open_page(url + "words/")
        assert page.locator('link[href*="designdocs.css"]').count() == 0
        page.evaluate("window.kept = true")
        page.locator("article a", has_text="parcel ledger").first.click()
        page.wait_for_selector(".designdocs-diagram svg.pele:visible")
        assert page.evaluate("window.kept"), "the page was loaded anew: this is no instant navigation"
        page.wait_for_function("getComputedStyle(document.querySelector('.designdocs-facts')).display === 'flex'")
        assert page.locator(".designdocs-diagram svg.pele:visible").first.bounding_box()["width"] > 40
        page.locator(".designdocs-header a", has_text="All designs").click()
        page.wait_for_selector(".designdocs-card")
        assert page.evaluate("window.kept")
        page.wait_for_function("getComputedStyle(document.querySelector('.designdocs-facts')).display === 'flex'")


def test_what_is_to_be_finished_leads_to_its_place(open_page, new_site):
    site = new_site("unfinished")
    site.configure(ours={"todo": "always"})
    head = "---\ndesign:\n  template: service\n  status: in review\n  authors: [Ana]\n---\n\n# Slow\n"
    site.write("designs/slow.md", f"{head}\n## Overview\n\nTODO: say it.\n\n```mermaid\nflowchart LR\n  A -->\n```\n")
    assert site.build().returncode == 1
    with served(site.built) as url:
        page = open_page(url + "designs/slow/", width=390, height=844)
        panel = page.locator(".designdocs-todo")
        if panel.get_attribute("open") is None:
            panel.locator("summary").click()
        links = panel.locator("a")
        assert links.count() >= 3
        for link in [*links.all()[:3], *links.all()[-2:]]:
            target = link.get_attribute("href")
            link.click()
            page.wait_for_timeout(100)
            top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target[1:])
            header = page.locator(".md-header").bounding_box()
            assert top >= header["height"] - 1, "what is led to is not hidden under the header"
            page.evaluate("scrollTo(0, 0)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""The style of diagrams, as a browser computes it: palettes, widths, print."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.figures import to_html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}"),
]

MATERIAL = """
  body { --md-default-bg-color: #fff;
         --md-default-fg-color: #000000de; --md-default-fg-color--light: #0000008a;
         --md-accent-fg-color: #526cfe; --md-code-bg-color: #f5f5f5; --md-code-fg-color: #36464e; }
  body[data-md-color-scheme=slate] { --md-default-bg-color: #1e2129;
         --md-default-fg-color: #e2e4e9d1; --md-default-fg-color--light: #e2e4e98f;
         --md-code-bg-color: #272a35; --md-code-fg-color: #d5d8e2d1; }
"""
BOOTSTRAP = """
  :root { --bs-body-bg: #fff; --bs-body-color: #212529; --bs-secondary-color: #212529bf;
          --bs-primary: #0d6efd; --bs-tertiary-bg: #f8f9fa; }
  [data-bs-theme=dark] { --bs-body-bg: #212529; --bs-body-color: #dee2e6; --bs-secondary-color: #dee2e6bf;
          --bs-tertiary-bg: #2b3035; }
"""
FLOW = "flowchart LR\n  A[Order service] --> B{Paid?}\n  B -->|yes| C[(Orders)]\n  style C fill:#f96\n"
WIDE = "flowchart LR\n  " + " --> ".join(f"N{n}[Step number {n}]" for n in range(30))


@pytest.fixture
def show(browser):
    """Open a page that holds diagrams in a column, in a theme with these variables."""
    studio = Studio(Pele(), None)
    css = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")
    pages = []

    def show(*sources, theme="", html="", body="", width=800):
        page = browser.new_page(viewport={"width": width, "height": 600})
        pages.append(page)
        drawn = "".join(to_html(studio.draw(source), source) for source in sources)
        style = f"{theme} body {{ margin: 20px; font-family: Arial, 'Liberation Sans' }} {css}"
        page.set_content(f"<html {html}><style>{style}</style><body {body}>{drawn}</body></html>")
        return page

    yield show
    for page in pages:
        page.close()


def colour(page, selector: str, what: str) -> tuple[float, float, float]:
    """A computed colour as the browser paints it on the page, 0 to 255."""
    script = """([selector, what]) => {
      const paint = document.createElement('canvas').getContext('2d');
      const style = getComputedStyle(document.querySelector('.designdocs-diagram'));
      for (const value of [style.getPropertyValue('--designdocs-bg'),
                           getComputedStyle(document.querySelector(selector))[what]]) {
        paint.fillStyle = value; paint.fillRect(0, 0, 1, 1);
      }
      return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
    }"""
    return tuple(page.evaluate(script, [selector, what]))


def contrast(one, other) -> float:
    def luminance(rgb):
        parts = [c / 12.92 if (c := value / 255) <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for value in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


THEMES = {
    "material": (MATERIAL, "", 'data-md-color-scheme="default"', (255, 255, 255)),
    "material, slate": (MATERIAL, "", 'data-md-color-scheme="slate"', (30, 33, 41)),
    "mkdocs": (BOOTSTRAP, 'data-bs-theme="light"', "", (255, 255, 255)),
    "mkdocs, dark": (BOOTSTRAP, 'data-bs-theme="dark"', "", (33, 37, 41)),
    "another": ("", "", "", (255, 255, 255)),
    "another, dark": (":root { color-scheme: dark }", "", "", (18, 18, 18)),
}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_everything_can_be_told_apart_in_every_palette(show, theme):
    variables, html, body, paper = theme
    page = show(FLOW, theme=variables, html=html, body=body)
    box = colour(page, ".pele-node rect", "fill")
    assert contrast(colour(page, ".pele-node text", "fill"), box) >= 7
    assert contrast(colour(page, ".pele-node rect", "stroke"), paper) >= 3
    assert contrast(colour(page, ".pele-edge path", "stroke"), paper) >= 3
    assert contrast(colour(page, ".pele-edge-label text", "fill"), paper) >= 7
    assert contrast(box, paper) > 1.05
    assert contrast(colour(page, ".pele-shape-cyl text", "fill"), (255, 153, 102)) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_on_slices_can_be_read(show, theme):
    variables, html, body, _ = theme
    pie = "pie\n" + "\n".join(f'  "{name}" : {90 - 10 * n}' for n, name in enumerate("abcdefgh"))
    page = show(pie, theme=variables, html=html, body=body)
    words = colour(page, ".pele-slice-labels text", "fill")
    slices = [colour(page, f".pele-slice[fill*='series-{n}']", "fill") for n in range(1, 9)]
    assert min(contrast(words, piece) for piece in slices) >= 4.5


def test_the_palette_changes_the_drawing_with_no_script(show):
    page = show(FLOW, theme=MATERIAL, body='data-md-color-scheme="default"')
    light = colour(page, ".pele-node rect", "fill")
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    assert sum(colour(page, ".pele-node rect", "fill")) < sum(light) / 2


@pytest.mark.parametrize("width", [320, 400, 800])
def test_no_diagram_makes_the_page_wider(show, width):
    page = show(FLOW, WIDE, "sequenceDiagram\n  Alice->>Bob: hello", width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.locator(".designdocs-diagram__view").nth(1)
    assert wide.evaluate("view => view.scrollWidth > view.clientWidth")
    small = page.locator("svg.pele").nth(2).bounding_box()
    assert small["x"] >= 0
    assert small["x"] + small["width"] <= width


def test_a_small_diagram_keeps_its_size(show):
    page = show("flowchart LR\n  A --> B", width=800)
    box = page.locator("svg.pele").bounding_box()
    natural = float(page.locator("svg.pele").get_attribute("width"))
    assert box["width"] == pytest.approx(natural, abs=1)
    assert box["x"] + box["width"] / 2 == pytest.approx(400, abs=10)


def test_paper_is_white_and_nothing_is_cut_off(show):
    page = show(WIDE, theme=MATERIAL, body='data-md-color-scheme="slate"')
    page.emulate_media(media="print")
    assert contrast(colour(page, ".pele-node text", "fill"), (255, 255, 255)) > 10
    assert page.locator("svg.pele").bounding_box()["width"] <= 800


def test_the_font_is_the_page_s_and_labels_stay_in_their_boxes(show):
    labels = [
        "Order service",
        "Illegible little lilies",
        "WWW.MAXIMUM.COM",
        "+pay() : Receipt",
        "Größe ändern",
    ]
    page = show("flowchart LR\n" + "\n".join(f'  N{n}["{label}"]' for n, label in enumerate(labels)))
    assert page.locator("svg.pele").evaluate("svg => getComputedStyle(svg).fontFamily").startswith("Arial")
    widths = page.locator(".pele-node").evaluate_all(
        "nodes => nodes.map(node => [node.querySelector('text').getBBox().width,"
        " node.querySelector('rect').getBBox().width])"
    )
    assert len(widths) == len(labels)
    assert all(text < box for text, box in widths)


def test_an_error_shows_its_line(show):
    page = show(FLOW, "flowchart LR\n  A[foo(bar)] --> B", theme=MATERIAL, body='data-md-color-scheme="slate"')
    assert page.locator(".designdocs-diagram-error mark").inner_text().strip() == "A[foo(bar)] --> B"
    assert contrast(colour(page, ".designdocs-diagram-error strong", "color"), (30, 33, 41)) >= 4.5


def test_the_style_sheet_touches_nothing_else():
    css = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")
    selectors = re.findall(r"([^{}@;/]+)\{", re.sub(r"/\*.*?\*/|@[^{]+\{", "", css, flags=re.DOTALL))
    assert selectors
    assert all(".designdocs-diagram" in part for rule in selectors for part in rule.split(",\n"))
    assert "http" not in css
    assert "url(" not in css

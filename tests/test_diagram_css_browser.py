"""The style of diagrams, as a browser computes it: palettes, authors' colours, widths, print, a strict policy."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from legibility import UNREADABLE, style_sheet

from mkdocs_designdocs.colours import NAMES, contrast, parse
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.figures import to_html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}"),
]

DIAGRAMS = sorted((Path(__file__).parent.parent / "benchmarks" / "diagrams").glob("*.mmd"))
COLOURED = {
    "flowchart": """flowchart LR
      A[plain orange]:::warm --> B[rgb] --> C{{grey}}
      subgraph S[Pale region]
        subgraph T[Blue region]
          C --> D[(navy)] --> E[yellow text]
        end
        E --> F@{icon: "fa:user", form: "circle", label: "an icon"}
      end
      G[half there] --> H[dark stroke] --> I[black on black] --> J[gone] --> K[faded]
      classDef warm fill:#f96,stroke:#333,stroke-width:4px
      style B fill:#7b68ee
      style C fill:grey,color:#777
      style D fill:navy,color:gold !important
      style E color:yellow
      style F fill:#fff4e1
      style G fill:#000,opacity:0.5
      style H stroke:#222
      style I fill:#000,color:#111
      style J fill:transparent,stroke:lightyellow
      style K fill:#fff9c4,opacity:0.4
      style S fill:#f5f5f5,stroke:#f5f5f5,color:#ccc
      style T fill:#00f,color:#aaf
      linkStyle 0 stroke:#333
      linkStyle 1 stroke:yellow,color:yellow
      linkStyle 2 opacity:0.4""",
    "state": """stateDiagram-v2
      classDef bad fill:#b00020,color:white,font-weight:bold,stroke-width:2px,stroke:yellow
      [*] --> A
      A --> B:::bad
      state C {
        x --> y
      }
      class C bad
      B --> C : go
      note right of A : a note""",
    "class": """classDiagram
      class A {
        +int size
        +open() bool
      }
      A <|-- B
      style A fill:#f9f,stroke:#333,color:#333
      style B fill:#4a9""",
    "er": """erDiagram
      A ||--o{ B : has
      A {
        string name PK "words"
        int size
      }
      style A fill:#f96,stroke:blue,color:red
      style B fill:#00f""",
    "block": """block-beta
      a["A"] b
      block:g
        c d
      end
      a --> b
      style a fill:#969,stroke:#333
      style g fill:#fff""",
    "quadrant": """quadrantChart
      quadrant-1 One
      A: [0.2, 0.3] radius: 12, color: #ff3300, stroke-color: #10f0f0, stroke-width: 5px
      B: [0.7, 0.3] color: #000033""",
    "c4": """C4Context
      Enterprise_Boundary(b, "Firm") {
        Person(a, "Ana", "reads")
        System_Ext(s, "Post", "sends")
      }
      Rel(a, s, "Uses", "HTTP")
      UpdateElementStyle(a, $fontColor="red", $bgColor="grey", $borderColor="red")
      UpdateRelStyle(a, s, $textColor="blue", $lineColor="blue")""",
    "requirement": """requirementDiagram
      requirement r {
        id: 1
        text: hello
      }
      element e {
        type: sim
      }
      e - satisfies -> r
      style r fill:#ffa,stroke:#000,color:green
      style e fill:#123""",
    "sequence": """sequenceDiagram
      box Blue Inside
        participant A
        actor B
      end
      participant C
      rect rgb(191, 223, 255)
        A->>B: hi
        rect rgba(0, 0, 255, .1)
          loop again
            B-->>C: deeper
          end
        end
        Note over A: a note
      end
      rect yellow
        A->>C: go
      end""",
    "venn": """venn-beta
      set A["Day"]
      set B["Night"]
      union A,B["Dusk"]
      style A fill:#ff0
      style A,B fill:#f00,color:#00f""",
}
FLOW = "flowchart LR\n  A[Order service] --> B{Paid?}\n  B -->|yes| C[(Orders)]\n"
WIDE = "flowchart LR\n  " + " --> ".join(f"N{n}[Step number {n}]" for n in range(30))
BARE = """body { background: #fff; color: #222 }
  @media (prefers-color-scheme: dark) { body { background: #121212; color: #ddd } }"""


@cache
def theme_css(name: str) -> str:
    """The style sheets of a theme, as it is installed."""
    if name == "material":
        folder = ("material", "templates", "assets", "stylesheets")
        return style_sheet(*folder, "main.") + style_sheet(*folder, "palette.")
    if name == "mkdocs":
        return style_sheet("mkdocs", "themes", name, "css", "bootstrap.") + style_sheet(
            "mkdocs", "themes", name, "css", "base."
        )
    if name == "readthedocs":
        return style_sheet("mkdocs", "themes", name, "css", "theme.")
    return {"bare": BARE, "bare, with color-scheme": f"{BARE} :root {{ color-scheme: light dark }}"}.get(
        name, ":root { color-scheme: light dark }"
    )


def material(scheme: str, primary: str, accent: str) -> tuple[str, str, str, str]:
    """A palette of Material: theme, attributes of `html` and of `body`, what the reader prefers."""
    colours = f'data-md-color-primary="{primary}" data-md-color-accent="{accent}"'
    return "material", "", f'class="md-typeset" data-md-color-scheme="{scheme}" {colours}', "light"


ACCENTS = [("indigo", "indigo"), ("white", "lime"), ("black", "yellow")]
THEMES = {
    **{
        f"material, {scheme}, {primary}, {accent}": material(scheme, primary, accent)
        for scheme in ("default", "slate")
        for primary, accent in ACCENTS
    },
    "mkdocs": ("mkdocs", 'data-bs-theme="light"', "", "light"),
    "mkdocs, dark": ("mkdocs", 'data-bs-theme="dark"', "", "light"),
    "readthedocs": ("readthedocs", "", 'class="rst-content"', "light"),
    "readthedocs, for a reader who prefers dark": ("readthedocs", "", 'class="rst-content"', "dark"),
    **{
        f"{name}, {scheme}": (name, "", "", scheme)
        for name in ("bare", "bare, with color-scheme", "nothing but color-scheme")
        for scheme in ("light", "dark")
    },
}
MATERIAL = THEMES["material, default, indigo, indigo"]
SLATE = THEMES["material, slate, indigo, indigo"]


def shown(page, selector: str, what: str) -> tuple[float, float, float]:
    """A computed colour, 0 to 255."""
    script = """([selector, what]) => {
      const paint = document.createElement('canvas').getContext('2d');
      paint.fillStyle = getComputedStyle(document.querySelector(selector))[what]; paint.fillRect(0, 0, 1, 1);
      return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
    }"""
    return tuple(page.evaluate(script, [selector, what]))


@pytest.fixture(scope="module")
def drawn():
    """Figures of diagrams, each with its name."""
    studio = Studio(Pele(), None)

    def draw(**sources: str) -> str:
        figures = []
        for name, source in sources.items():
            drawing = studio.draw(source)
            if not drawing.fallback:
                figures.append(to_html(drawing, source).replace("<figure ", f'<figure data-name="{name}" ', 1))
        return "".join(figures)

    return draw


@pytest.fixture
def show(browser, drawn):
    """Open a page that holds diagrams in a column, in one of the `THEMES`."""
    css = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")
    pages = []

    def show(*sources, theme=MATERIAL, width=800, body="", **named):
        name, html, attributes, prefers = theme
        page = browser.new_page(viewport={"width": width, "height": 600}, color_scheme=prefers)
        pages.append(page)
        figures = drawn(**{f"diagram-{number}": source for number, source in enumerate(sources)}, **named)
        style = f"<style>{theme_css(name)}</style><style>main {{ padding: 20px }} body {{ {body} }} {css}</style>"
        page.set_content(
            f"<!doctype html><html {html}><head>{style}</head><body {attributes}><main>{figures}</main></body></html>"
        )
        return page

    yield show
    for page in pages:
        page.close()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_everything_can_be_read_in_every_palette(show, theme):
    page = show(theme=theme, **{path.stem: path.read_text("utf-8") for path in DIAGRAMS}, **COLOURED)
    assert page.locator("svg.pele").count() > 50
    assert page.evaluate(UNREADABLE, {"words": 4.5, "lines": 3}) == []


def test_colours_that_the_reader_forces_upon_the_page(show):
    page = show(FLOW, **COLOURED)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    assert max(shown(page, ".pele-node text", "fill")) == 255
    assert page.evaluate(UNREADABLE, {"words": 4.5, "lines": 2.9}) == []


def test_what_cannot_be_read_is_found(show):
    """The measure itself: pale grey words on a white page, and a line that is hardly there."""
    page = show(FLOW)
    page.add_style_tag(content=".pele-node text { fill: #eee !important } .pele-edge path { stroke: #eee !important }")
    problems = page.evaluate(UNREADABLE, {"words": 4.5, "lines": 3})
    assert len([problem for problem in problems if '"Order service"' in problem]) == 1
    assert len([problem for problem in problems if " line " in problem]) == 2


def test_colours_are_what_the_browser_takes_them_for(browser):
    """Every name that CSS knows, and the ways to write a colour."""
    written = [*NAMES, "#f80", "#f808", "#ff8800", "#FF880080", "transparent", "rgb(1, 2, 3)", "rgb(10% 20% 30% / 50%)"]
    written += [
        "rgba(300,-5,1e1,.5)".replace("1e1", "10"),
        "hsl(120, 50%, 50%)",
        "hsl(-30deg 100% 25%)",
        "hsla(7,8%,9%,1)",
    ]
    page = browser.new_page()
    script = """(colours) => colours.map((colour) => {
      const paint = document.createElement('canvas').getContext('2d');
      paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
      return [CSS.supports('color', colour), ...paint.getImageData(0, 0, 1, 1).data];
    })"""
    for colour, (known, red, green, blue, alpha) in zip(written, page.evaluate(script, written), strict=True):
        assert known, colour
        ours, opacity = parse(colour)
        assert opacity == pytest.approx(alpha / 255, abs=0.01), colour
        if alpha:
            assert ours == pytest.approx((red, green, blue), abs=2), colour
    page.close()


def test_an_author_s_colour_is_seen_as_it_was_given(show):
    source = """flowchart LR
      A[x] --> B[y]
      style A fill:#eaedfd,stroke:#3c4e9e,color:#1f2328
      classDef default stroke-width:3px"""
    page = show(source, theme=SLATE)
    rect = page.locator(".pele-node rect").first
    style = rect.evaluate("one => { const s = getComputedStyle(one); return [s.fill, s.strokeWidth] }")
    assert style == ["rgb(234, 237, 253)", "3px"]  # the colour of a role, and no theme has touched it
    words = page.locator(".pele-node text").first
    assert words.evaluate("one => getComputedStyle(one).fill") == "rgb(31, 35, 40)"


def test_the_palette_changes_the_drawing_with_no_script(show):
    page = show(FLOW)
    assert min(shown(page, ".pele-node rect", "fill")) > 200
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    assert max(shown(page, ".pele-node rect", "fill")) < 80


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


@pytest.mark.parametrize(
    "theme", [SLATE, THEMES["mkdocs, dark"], THEMES["bare, dark"]], ids=["slate", "mkdocs", "bare"]
)
def test_paper_is_white_and_nothing_is_cut_off(show, theme):
    page = show(WIDE, "flowchart TD\n  " + " --> ".join(f"N{n}" for n in range(40)), theme=theme, **COLOURED)
    page.emulate_media(media="print")
    page.add_style_tag(content="html, body { background: #fff !important }")  # what a printer does
    assert page.evaluate(UNREADABLE, {"words": 4.5, "lines": 2.9}) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for box in page.locator("svg.pele").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())"):
        assert box["width"] <= 760
        assert box["height"] <= 600
    heading = "figure => figure.insertAdjacentElement('beforebegin', document.createElement('h2'))"
    assert (
        page.locator("figure").first.evaluate(f"figure => getComputedStyle(({heading})(figure)).breakAfter") == "avoid"
    )


def test_no_style_attribute_is_needed(browser, drawn):
    """A page that may run no script and use no style but that of the site's own files."""
    css = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
    )
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    served = {
        "/": ("text/html", f'<!doctype html><link rel="stylesheet" href="s.css"><body>{drawn(wide=WIDE, **COLOURED)}'),
        "/s.css": ("text/css", f":root {{ color-scheme: dark }} {css}"),
    }

    def serve(route):
        kind, body = served.get(urlsplit(route.request.url).path, ("text/plain", ""))
        route.fulfill(body=body, headers={"Content-Type": kind, "Content-Security-Policy": policy})

    page.route("**/*", serve)
    page.goto("http://designs.test/")
    assert page.locator("svg.pele").count() == len(COLOURED) + 1
    assert page.evaluate(UNREADABLE, {"words": 4.5, "lines": 2.5}) == []
    assert [text for text in said if "Security" in text or "violat" in text] == []
    page.close()


def test_a_drawing_stands_alone(browser, drawn):
    """Taken out of the page, as for a feed, an e-mail or a file: no style sheet, and it looks right."""
    figures = drawn(flow=FLOW, **{path.stem: path.read_text("utf-8") for path in DIAGRAMS}, **COLOURED)
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.set_content(f"<!doctype html><body>{figures}</body>")
    assert page.evaluate(UNREADABLE, {"words": 4.5, "lines": 3}) == []
    assert max(shown(page, ".pele-node text", "fill")) < 60
    assert page.locator("svg.pele").first.evaluate("svg => getComputedStyle(svg).fontFamily") == "sans-serif"
    page.close()


def test_the_font_is_the_page_s_and_labels_stay_in_their_boxes(show):
    labels = [
        "Order service",
        "Illegible little lilies",
        "WWW.MAXIMUM.COM",
        "+pay() : Receipt",
        "Größe ändern",
    ]
    page = show(
        "flowchart LR\n" + "\n".join(f'  N{n}["{label}"]' for n, label in enumerate(labels)), body="font-family: Arial"
    )
    assert page.locator("svg.pele").evaluate("svg => getComputedStyle(svg).fontFamily").startswith("Arial")
    widths = page.locator(".pele-node").evaluate_all(
        "nodes => nodes.map(node => [node.querySelector('text').getBBox().width,"
        " node.querySelector('rect').getBBox().width])"
    )
    assert len(widths) == len(labels)
    assert all(text < box for text, box in widths)


def test_an_error_shows_its_line(show):
    page = show(FLOW, "flowchart LR\n  A[foo(bar)] --> B", theme=SLATE)
    assert page.locator(".designdocs-diagram-error mark").inner_text().strip() == "A[foo(bar)] --> B"
    assert contrast(shown(page, ".designdocs-diagram-error strong", "color"), (30, 33, 41)) >= 4.5


def test_the_style_sheet_touches_nothing_else():
    css = (files("mkdocs_designdocs") / "assets" / "diagrams.css").read_text(encoding="utf-8")
    selectors = re.findall(r"([^{}@;/]+)\{", re.sub(r"/\*.*?\*/|@[^{]+\{", "", css, flags=re.DOTALL))
    assert selectors
    assert all(".designdocs-diagram" in part for rule in selectors for part in rule.split(",\n"))
    assert "http" not in css
    assert "url(" not in css

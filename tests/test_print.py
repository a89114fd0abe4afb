"""Plugins that put the whole site on one page, or into a PDF: every drawing is there, in the colours of paper."""

from __future__ import annotations

import re

import pytest

from mkdocs_designdocs.engine import pele_available

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}"),
]

PAGES = {
    "one.md": "# One\n\n```mermaid\nflowchart LR\n  accTitle: the first\n  A[alpha] --> B\n  style A fill:#f96\n```\n",
    "two.md": "# Two\n\n```mermaid\nflowchart LR\n  accTitle: the first\n  A[alpha] --> B\n  style A fill:#f96\n```\n\n"
    "```mermaid\nsequenceDiagram\n  A->>B: beta\n```\n",
}


@pytest.fixture
def printed(site):
    """Build both pages with one more plugin."""

    def build(plugin: dict[str, dict[str, object]]) -> str:
        for name, text in PAGES.items():
            site.write(name, text)
        site.configure(
            plugins=["search", "designdocs", plugin],
            nav=list(PAGES),
            theme={"name": "material", "font": False, "palette": {"scheme": "slate"}},
        )
        built = site.build()
        assert built.returncode == 0, built.stderr
        return built.stderr

    return build


def test_the_whole_site_on_one_page(site, printed):
    printed({"print-site": {}})
    page = site.page("print_page")
    assert len(re.findall(r'<figure class="designdocs-diagram', page)) == 3
    assert len(re.findall(r'<svg [^>]*class="pele ', page)) == 3
    assert page.count(">alpha</text>") == 2
    assert "designdocs" in "".join(re.findall(r'<link rel="stylesheet" href="([^"]+)"', page))


def test_a_pdf_without_a_browser(site, printed):
    try:
        import weasyprint  # noqa: F401 - it is the plugin that uses it
    except OSError as error:
        pytest.skip(f"no Pango on this machine: {error}")
    import pypdfium2 as pdfium

    printed({"to-pdf": {"output_path": "out.pdf", "cover": False}})
    colours = set()
    words = ""
    with pdfium.PdfDocument(site.built / "out.pdf") as pdf:
        for page in pdf:
            words += page.get_textpage().get_text_range()
            seen = page.render(scale=1).to_pil().convert("RGB").getcolors(10_000_000)
            colours |= {colour for _, colour in seen}
    assert words.count("alpha") == 2
    assert "beta" in words
    assert {(255, 153, 102), (234, 237, 253)} <= colours  # the author's, and that of a box on paper

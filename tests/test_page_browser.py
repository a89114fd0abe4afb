"""What stands around a design, as its readers see it: in every theme, palette and width, with script and without."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from axe import barriers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "https://designs.test/"
OLD, NEW, NEXT, LEDGER = (f"{HOME}designs/{name}/" for name in ("old", "new", "next", "ledger"))
LONG = "A-name-without-any-place-to-break-it-that-is-longer-than-a-phone-is-wide"
FACE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="teal"/></svg>'
PEOPLE = {"authors": ["@ana", "Bo Ek"], "reviewers": ["@ana", "Chen"], "created": "2026-01-02", "updated": "2026-02-03"}
DESIGNS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "old": ("The till", "superseded", PEOPLE, "It held. See [the guide](../guide.md)."),
    "mid": ("The gateway", "superseded", {"supersedes": "old"}, "Was next."),
    "new": (
        "The broker",
        "approved",
        {
            "supersedes": "mid",
            "depends_on": ["gone", "ledger"],
            "issue": f"#12 {LONG}",
            "spec": "../guide.md",
            **PEOPLE,
        },
        "As in [the till](old.md#context).",
    ),
    "next": ("No broker", "in review", {"supersedes": "new", "authors": ["@ana"]}, "[The broker](new.md) is slow."),
    "gone": ("A queue", "rejected", {"tags": ["queues", LONG]}, "No."),
    "ledger": ("Ledger", "approved", {"authors": ["Bo Ek"]}, "Every amount once."),
}
THEMES: dict[str, dict[str, Any]] = {
    "material": {
        "font": False,
        "features": ["navigation.instant", "navigation.footer"],
        "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
        ],
    },
    "mkdocs": {"highlightjs": False, "custom_dir": "overrides"},
    "readthedocs": {"highlightjs": False},
}
MINE = """{% extends "!designdocs/header.html" %}
{% block more %}<div class="mine"><dt>Cost</dt> <dd>7</dd></div>{% endblock %}
"""


@pytest.fixture(scope="module")
def sites(new_site):
    """One site in every theme; that of MkDocs itself has pieces of its own."""

    def build(name: str) -> Any:
        site = new_site(name)
        theme = {**THEMES[name], "name": name}
        site.configure(ours={"templates_dir": "tpl"}, theme=theme, site_url=HOME, repo_url="https://github.example/a/b")
        site.write("../tpl/note.md", "# [Title]\n\n## Context\n\n[Why]\n")
        site.write("../overrides/designdocs/header.html", MINE)
        site.write("../overrides/designdocs/trail.html", "{{ nxet }}")
        site.write(".authors.yml", "authors:\n  ana: {name: Ana Ruíz, avatar: ana.svg, description: x}\n")
        site.write("ana.svg", FACE)
        site.write("guide.md", "# Guide & more\n\n[Till](designs/old.md), [again](designs/old.md#context).\n")
        for file, (title, status, said, text) in DESIGNS.items():
            block = "".join(
                f"  {k}: {json.dumps(v)}\n" for k, v in {"status": status, "template": "note", **said}.items()
            )
            site.write(f"designs/{file}.md", f"---\ndesign:\n{block}---\n# {title}\n\n## Context\n\n{text}\n")
        site.result = site.build()
        assert (site.result.returncode == 0) == (name != "mkdocs"), site.result.stderr
        return site

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(THEMES, pool.map(build, THEMES), strict=True))


@pytest.mark.parametrize(
    ("theme", "scheme", "addresses"),
    [
        ("material", "light", [OLD, NEW]),
        ("material", "dark", [OLD]),
        ("mkdocs", "dark", [NEW]),
        ("readthedocs", "light", [NEW]),
    ],
)
def test_no_reader_is_shut_out(visit, sites, theme, scheme, addresses):
    page = visit(sites[theme].built, addresses[0], color_scheme=scheme)
    for address in addresses:
        page.goto(address)
        page.evaluate("scheme => { document.documentElement.dataset.bsTheme = scheme; }", scheme)  # MkDocs' own theme
        page.locator(".designdocs-network > summary").click()
        for piece in ("banner", "header", "backlinks", "trail"):
            assert barriers(page, f".designdocs-{piece}", without=(".designdocs-diagram",)) == [], piece


@pytest.mark.parametrize("theme", THEMES)
def test_everything_has_its_place_and_none_is_too_wide_for_a_phone(visit, sites, theme):
    page = visit(sites[theme].built, NEW, viewport={"width": 390, "height": 800})
    pieces = ("banner", "header", "backlinks", "trail")
    selectors = [
        "h1:has(+ *)",
        *(f".designdocs-{piece}" for piece in pieces[:2]),
        "#context",
        *(f".designdocs-{piece}" for piece in pieces[2:]),
    ]
    tops = [page.locator(selector).last.bounding_box()["y"] for selector in selectors]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    face = page.locator(".designdocs-header img").first
    assert face.evaluate("one => one.complete && one.naturalWidth > 0")
    assert 10 < face.bounding_box()["height"] < 30


def test_the_banner_leads_to_the_successor_and_on_to_what_holds(visit, sites):
    page = visit(sites["material"].built, OLD)
    banner = page.locator(".designdocs-banner")
    assert (
        banner.inner_text()
        == "This design has been superseded by The gateway (Superseded). In force today: The broker."
    )
    banner.get_by_role("link", name="The broker").click()
    page.wait_for_url(NEW)
    page.locator(".designdocs-banner--pending").get_by_role("link", name="No broker").click()
    page.wait_for_url(NEXT)
    page.wait_for_function("!document.querySelector('.designdocs-banner')")


def test_the_header_leads_to_people_issues_pages_and_designs(visit, sites):
    page = visit(sites["material"].built, NEW)
    header = page.locator(".designdocs-header")
    ways = dict(header.locator("a").evaluate_all("all => all.map(a => [a.textContent, a.href])"))
    assert ways["#12"] == "https://github.example/a/b/issues/12"
    assert ways["guide.md"] == f"{HOME}guide/"
    assert ways["Ledger"] == LEDGER
    assert "Chen" not in ways, "who has no place in the index and no address leads nowhere"
    assert header.locator(".designdocs-related--stale").inner_text().split() == ["A", "queue", "Rejected"]
    header.get_by_role("link", name="Ana Ruíz").first.click()
    page.wait_for_url(f"{HOME}designs/#ana-ruiz")
    assert page.locator("#ana-ruiz").inner_text().startswith("Ana Ruíz")


def test_what_links_here_and_the_trail_work_after_every_instant_navigation(visit, sites):
    page = visit(sites["material"].built, OLD)
    page.evaluate("window.kept = true")
    here = page.locator(".designdocs-backlinks")
    assert here.locator("li").all_inner_texts() == ["Guide & more", "The broker Approved"]
    here.get_by_role("link", name="The broker").click()
    page.wait_for_url(NEW)
    page.wait_for_function("document.querySelector('.designdocs-backlinks')?.innerText.includes('No broker In review')")
    trail = page.locator(".designdocs-trail a")
    assert [" ".join(said.split()) for said in trail.all_inner_texts()] == ["Next approved Ledger"]
    assert page.locator(".md-footer__link").count() == 2, "Material's own way on is there beside ours"
    trail.click()
    page.wait_for_url(LEDGER)
    page.locator(".designdocs-trail__previous").click()
    page.wait_for_url(NEW)
    assert page.evaluate("window.kept"), "the page was loaded anew: this is no instant navigation"
    page.locator(".designdocs-backlinks li").wait_for()
    assert page.locator(".designdocs-backlinks").count() == page.locator(".designdocs-trail").count() == 1


def test_all_of_it_is_there_without_a_script_and_on_paper(visit, sites):
    page = visit(sites["material"].built, OLD, java_script_enabled=False)
    for piece in ("banner", "header", "backlinks", "trail"):
        assert page.locator(f".designdocs-{piece}").is_visible(), piece
    page.emulate_media(media="print")
    assert page.locator(".designdocs-banner").is_visible()
    assert page.locator(".designdocs-header").is_visible()
    assert not page.locator(".designdocs-trail").is_visible(), "paper leads nowhere"


def test_a_theme_s_own_piece_is_shown_and_a_broken_one_is_told(visit, sites):
    site = sites["mkdocs"]
    page = visit(site.built, OLD)
    assert page.locator(".designdocs-header .mine").inner_text().split() == ["Cost", "7"]
    assert page.locator(".designdocs-header .designdocs-status").first.inner_text() == "Superseded"
    assert page.locator(".designdocs-trail").count() == 1, "ours, where the theme's own cannot be rendered"
    told = re.findall(r"^ERROR +- +(overrides/.*)$", site.result.stderr, re.MULTILINE)
    assert [one.partition(" ")[0] for one in told] == ["overrides/designdocs/trail.html:1:1:"]
    assert "'nxet' is undefined [override-invalid]" in told[0]


def test_the_search_finds_a_design_by_its_own_words(sites):
    for theme in ("material", "mkdocs"):
        index = json.loads((sites[theme].built / "search/search_index.json").read_text("utf-8"))
        said = " ".join(one["text"] for one in index["docs"] if one["location"].startswith("designs/ledger/"))
        assert "Bo Ek" in said
        assert "Every amount once" in said
        assert "Previous" not in said
        assert "No broker" not in said
        assert ("The broker" in said) == (theme == "mkdocs"), "MkDocs' own search knows of nothing to leave out"

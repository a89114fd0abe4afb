"""Which pages link to a design."""

from __future__ import annotations

import os
import re

from designs import a_design
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_designdocs.backlinks import Backlinks
from mkdocs_designdocs.design import Design


def at(uri: str, **said: object) -> Design:
    one = a_design(uri, **said)
    return Design(one.path, one.uri, uri.removesuffix(".md") + "/", one.status, one.verdict)


def found(links: Backlinks, designs: list[Design], pages: set[str]) -> dict[str, list[str]]:
    return {uri: [one.title for one in those] for uri, those in links.by_design(designs, pages).items()}


def test_each_page_is_named_once_by_its_title_and_none_itself():
    links, a = Backlinks(), at("designs/a.md")
    links.note("designs/a.md", "A", "designs/a/", '<a href="#x">x</a> <a href="./">me</a> <a href="../a/#y">me</a>')
    links.note("z.md", "Zebra", "z/", '<a class="x" href="../designs/a/">1</a> <a href="../designs/a/#part">2</a>')
    links.note("index.md", "apes", "./", "<p><a title=\"x\" href='designs/a/?q'>single</a></p>")
    assert found(links, [a], {"designs/a.md", "z.md", "index.md"}) == {"designs/a.md": ["apes", "Zebra"]}


def test_only_links_count_that_lead_to_a_page_of_the_site():
    links, a = Backlinks(), at("a.md")
    html = '<a href="https://x.example/a/">x</a><img src="../a/"><link href="../a/"><a href="mailto:a/">x</a>'
    links.note("b.md", "B", "b/", f'{html}<a href="/a/">x</a><code>&lt;a href="../a/"&gt;</code><abbr href="../a/">')
    assert found(links, [a], {"a.md", "b.md"}) == {}


def test_addresses_are_compared_however_they_are_spelt():
    links, a, b = Backlinks(), at("ä b.md"), at("c&d.md")
    links.note("b.md", "B", "b/", '<a href="../%C3%A4%20b/">x</a><a href="../c&amp;d/">y</a>')
    assert found(links, [a, b], {"b.md"}) == {"ä b.md": ["B"], "c&d.md": ["B"]}


def test_without_directory_urls_too():
    one = a_design("d/a.md")
    a = Design(one.path, one.uri, "d/a.html", one.status, one.verdict)
    links = Backlinks()
    links.note("b.md", "B", "b.html", '<a href="d/a.html#x">x</a>')
    assert found(links, [a], {"b.md"}) == {"d/a.md": ["B"]}


def test_a_design_that_this_build_does_not_make_says_it_by_its_source():
    links, a = Backlinks(), at("d/a.md")
    b = at("d/b.md", title="B", links=("a.md", "../x.md"))
    assert found(links, [a, b], {"d/a.md", "d/b.md"}) == {"d/a.md": ["B"]}
    links.note("d/b.md", "B", "d/b/", "nothing any more")
    assert found(links, [a, b], {"d/a.md", "d/b.md"}) == {}


def test_what_the_last_build_has_seen_holds_for_pages_that_this_one_leaves_alone():
    links, a = Backlinks(), at("a.md")
    links.note("b.md", "B", "b/", '<a href="../a/">x</a>')
    links.note("c.md", "C", "c/", '<a href="../a/">x</a>')
    again = Backlinks(links.known)
    again.note("b.md", "B, edited", "b/", '<a href="../a/">x</a>')
    assert found(again, [a], {"a.md", "b.md"}) == {"a.md": ["B, edited"]}, "a page that is gone links nowhere"


def test_while_a_site_is_served_with_dirty_what_was_seen_before_still_counts(site, monkeypatch):
    theme = {"name": "mkdocs", "highlightjs": False}
    site.configure(plugins=["designdocs"], theme=theme, markdown_extensions=[])
    text = "---\ndesign:\n  template: feature\n  status: rejected\n---\n# A\n"
    page = site.write("a.md", text)
    site.write("guide.md", "# Guide & co\n\nSee [a](a.md).\n")
    site.write("z.md", text.replace("# A", "# Z\n\nLike [a](a.md)."))
    monkeypatch.chdir(site.root)
    config = load_config()
    config.plugins["designdocs"].on_startup(command="serve", dirty=True)
    build(config)
    page.write_text(text + "\nMore.\n")
    os.utime(page, (4e9, 4e9))  # the clock of a file system may be coarse
    build(config, dirty=True)
    html = site.page("a")
    assert "More." in html
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', html.partition("designdocs-backlinks")[2]) == [
        ("../guide/", "Guide &amp; co"),
        ("../z/", "Z"),
    ]

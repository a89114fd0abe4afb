"""A site in several languages with mkdocs-static-i18n: an index of each, of that language's designs, in its words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mkdocs_designdocs.design import Document
from mkdocs_designdocs.translations import Translation

LANGUAGES = [
    {"locale": "en", "name": "English", "default": True, "build": True},
    {"locale": "fr", "name": "Français", "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]


def design(title: str, ident: str, more: str = "") -> str:
    return (
        f"---\ndesign:\n  template: note\n  title: {title}\n  status: in review\n  id: {ident}\n"
        f"  authors: ['@ana']\n  tags: [pay]\n{more}---\n# {title}\n\n## Context\n\nWords.\n"
    )


def home(title: str) -> str:
    return f'# {title}\n\n[All](designs/index.md), [one](designs/a.md).\n\n<!-- designdocs: index tag="pay" -->\n'


PAGES = {
    "en": {
        "index.md": home("Home"),
        "designs/a.md": design("Retries", "D-1"),
        "designs/b.md": design("Ledger", "D-2", "  depends_on: [D-1]\n"),
    },
    "fr": {"index.md": home("Accueil"), "designs/a.md": design("Reprises", "D-1")},
}


def place(structure: str, language: str, path: str) -> str:
    if structure == "folder":
        return f"{language}/{path}"
    return path if language == "en" else path.replace(".md", f".{language}.md")


@pytest.fixture(scope="module", params=["suffix", "folder"])
def built(request, new_site):
    """A site in each of both structures; the plugins in one order in the first, in the other in the second."""
    site = new_site(request.param)
    i18n = {"docs_structure": request.param, "fallback_to_default": True, "languages": LANGUAGES}
    ours = {"templates_dir": "templates", "index": {"pages": ["tag"]}, "labels": {"fr": {"by_author": "Qui"}}}
    plugins = ["search", {"i18n": i18n}, {"designdocs": ours}]
    site.configure(plugins if request.param == "suffix" else plugins[::-1], site_url="https://example.com/t/")
    site.write("../templates/note.md", "# [T]\n\n## Context\n\n[Why]\n")
    for language, pages in PAGES.items():
        for path, text in pages.items():
            site.write(place(request.param, language, path), text)
    site.result = site.build("--strict")
    return site


def article(site: Any, path: str) -> str:
    html = (site.built / path / "index.html").read_text("utf-8")
    return html[html.index("<article") : html.index("</article")]


def titles(html: str) -> list[str]:
    return re.findall(r'designdocs-card__title" href="[^"]+">([^<]+)<', html)


def test_a_strict_build_has_nothing_to_say(built):
    assert built.result.returncode == 0, built.result.stderr
    assert "WARNING" not in built.result.stderr


@pytest.mark.parametrize(
    ("folder", "retries", "words"),
    [
        ("", "Retries", ("By status", "In review", "By author", "All designs", "Tagged pay")),
        ("fr/", "Reprises", ("Par statut", "En relecture", "Qui", "Toutes les conceptions", "Étiquette pay")),
        ("de/", "Retries", ("Nach Status", "In Prüfung", "Nach Autor", "Alle Designs", "Schlagwort pay")),
    ],
)
def test_each_language_has_its_own_designs_once_in_its_own_words(built, folder, retries, words):
    index = article(built, f"{folder}designs")
    assert sorted(titles(index)) == sorted([retries, "Ledger"])
    assert sorted(titles(article(built, folder))) == sorted([retries, "Ledger"])
    published = json.loads((built.built / folder / "designs/designs.json").read_text("utf-8"))["designs"]
    assert {one["url"]: one["title"] for one in published} == {
        f"{folder}designs/a/": retries,
        f"{folder}designs/b/": "Ledger",
    }
    tag = article(built, f"{folder}designs/tag/pay")
    said = index + tag
    assert [word for word in words if word not in said] == []
    assert 'href="../../"' in tag


@pytest.mark.parametrize("folder", ["", "fr/", "de/"])
def test_links_stay_in_the_language(built, folder):
    for page in ("", "designs", "designs/b", "designs/tag/pay"):
        path = f"{folder}{page}".rstrip("/")
        for href in re.findall(r'<a[^>]* href="([^"#:]+)"', article(built, path)):
            target = (built.built / path / href).resolve()
            assert (target / "index.html").is_file() or target.is_file(), (page, href)
            assert target.is_relative_to((built.built / folder).resolve()), (page, href)
    assert 'href="../a/"' in article(built, f"{folder}designs/b")


def test_the_switch_of_languages_and_the_site_map_know_the_index(built):
    html = (built.built / "fr/designs/index.html").read_text("utf-8")
    assert '<a href="../../designs/" hreflang="en"' in html
    assert '<a href="../../de/designs/" hreflang="de"' in html
    sitemap = (built.built / "sitemap.xml").read_text("utf-8")
    for folder in ("", "fr/", "de/"):
        assert sitemap.count(f"<loc>https://example.com/t/{folder}designs/</loc>") == 1


@pytest.mark.parametrize("built", ["suffix"], indirect=True)
def test_the_command_takes_a_translation_for_no_second_design(built):
    checked = built.check("--strict")
    assert checked.returncode == 0, checked.stdout
    listed = json.loads(built.run("designdocs", "list", "--json").stdout)["designs"]
    assert sorted(one["url"] for one in listed) == ["designs/a/", "designs/b/", "fr/designs/a/"]
    built.write("designs/c.fr.md", design("Encore", "D-1"))
    built.write("designs/z.md", design("Zones", "D-9").replace("in review", "draft"))
    checked, again = built.check(), built.build()
    assert checked.returncode == again.returncode == 1
    assert "docs/designs/c.fr.md:6:3: error" in checked.stdout
    assert again.stderr.count("docs/designs/c.fr.md:6:3") == 1
    assert "Building 'de'" in again.stderr  # what is wrong in one language keeps no other from being built
    assert again.stderr.count("docs/designs/z.md: draft") == 1  # though it stands in every language


def uris(found: list[list[Document]]) -> list[list[str]]:
    return [[document.uri for document in those] for those in found]


def test_editions_are_told_apart_by_suffix_or_folder():
    def documents(*paths: str) -> list[Document]:
        return [Document(path, path, b"") for path in paths]

    suffix = Translation("suffix", ("en", "fr"), "en", fallback=True)
    assert suffix.apart("a/b.fr.md") == ("a/b.md", "fr")
    assert suffix.apart("a/v1.2.md") == ("a/v1.2.md", "en")
    assert uris(suffix.editions(documents("a.md", "a.fr.md", "b.md"))) == [["a.md", "b.md"], ["a.fr.md", "b.md"]]
    folder = Translation("folder", ("fr", "en"), "en", fallback=False)
    assert folder.apart("fr/a/b.md") == ("a/b.md", "fr")
    assert folder.apart("fr.md") == ("fr.md", "en")
    assert uris(folder.editions(documents("en/a.md", "fr/a.md", "en/b.md"))) == [["en/a.md", "en/b.md"], ["fr/a.md"]]

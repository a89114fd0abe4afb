"""The example site: what a newcomer sees first and copies."""

from __future__ import annotations

import json
import posixpath
import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.shelf import built_in_dir


@pytest.fixture(scope="module")
def listed(example_site):
    return json.loads((example_site.built / "designs/designs.json").read_text("utf-8"))["designs"]


def pages(site) -> dict[str, str]:
    return {
        path.relative_to(site.built).as_posix(): path.read_text("utf-8")
        for path in sorted(site.built.rglob("*.html"))
        if path.name != "404.html"
    }


def test_a_strict_build_has_nothing_to_say(example_site):
    assert example_site.result.returncode == 0, example_site.result.stderr
    said = [line for line in example_site.result.stderr.splitlines() if line.strip()]
    assert [line for line in said if not line.startswith("INFO ")] == []
    assert [line for line in said if "draft," in line] != [], "the draft says how far it is"


def test_its_log_names_files_as_a_terminal_can_click_them(example_site, monkeypatch):
    config = str(example_site.root / "mkdocs.yml")
    monkeypatch.setattr(example_site, "root", example_site.root.parent)
    said = example_site.build("-f", config, "-d", "elsewhere").stderr
    named = re.findall(r"INFO +-  (\S+\.md):", said)
    assert len(named) >= 2
    assert [name for name in named if not (example_site.root / name).is_file()] == []


def test_so_has_the_command(example_site):
    checked = example_site.check("--strict")
    assert checked.returncode == 0, checked.stdout
    assert not re.search(r": (error|warning): ", checked.stdout)


def test_it_shows_every_template_status_and_relation(listed):
    assert len(listed) >= 8
    assert {d["template"] for d in listed} == {path.name.split(".")[0] for path in built_in_dir().glob("[!_]*.md*")}
    assert {d["status"] for d in listed} == {status.key for status in DEFAULT.statuses}
    assert len({author["name"] for d in listed for author in d["authors"]}) >= 5
    for relation in ("supersedes", "superseded_by", "depends_on", "related"):
        assert any(d[relation] for d in listed), relation


def test_one_draft_is_half_written_and_what_is_in_force_is_whole(listed):
    assert any(0.3 < d["written"] / d["required"] < 0.7 for d in listed if d["status"] == "draft")
    whole = [d for d in listed if d["status"] in ("in-review", "approved", "implemented")]
    assert [d["path"] for d in whole if d["written"] < d["required"]] == []


def test_every_relation_leads_to_a_design(example_site):
    for path, html in pages(example_site).items():
        for row in re.findall(r'<div class="designdocs-relation".*?</div>', html):
            assert "<a href=" in row, f"{path}: {row}"


def test_nothing_of_ours_is_left_in_the_pages(example_site):
    for path, html in pages(example_site).items():
        assert "<!-- designdocs" not in html, path
        assert "designdocs-drawing" not in html, path
        assert "designdocs-diagram-error" not in html, path
        assert "designdocs-finding" not in html, path


@lru_cache
def ids(path: Path) -> list[str]:
    text = re.sub(r"<script\b.*?</script>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [unescape(i) for i in re.findall(r'<[^>]*?\sid="?([^"\s>]+)"?', text)]


def test_every_link_leads_somewhere(example_site):
    broken = []
    for path, html in pages(example_site).items():
        for href in map(unescape, re.findall(r'<a\b[^>]*?\shref="([^"]*)"', html)):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            file = example_site.built / (target if parts.path else path)
            file = file / "index.html" if file.is_dir() else file
            found = file.is_file() and (not parts.fragment or unquote(parts.fragment) in ids(file))
            if not found:
                broken.append((path, href))
    assert broken == []


def test_no_id_stands_twice_on_a_page(example_site):
    for path in pages(example_site):
        found = [i for i in ids(example_site.built / path) if not i.startswith("__")]
        assert sorted(i for i in set(found) if found.count(i) > 1) == [], path


def test_its_pages_load_nothing_from_elsewhere(example_site):
    for path, html in pages(example_site).items():
        loaded = re.findall(r'<(?:script|img|iframe|source)\b[^>]*\ssrc="([^"]+)"', html)
        loaded += re.findall(r'<link\b(?![^>]*rel="(?:canonical|prev|next)")[^>]*\shref="([^"]+)"', html)
        assert [url for url in loaded if urlsplit(url).netloc] == [], path


def test_every_diagram_is_drawn_at_build_time(example_site):
    ours = re.compile(r'<(?:details class="designdocs-network"|div class="designdocs-picture").*?</figure>', re.DOTALL)
    shown = [ours.sub("", html) for html in pages(example_site).values()]
    diagrams = sum(html.count('<figure class="designdocs-diagram') for html in shown)
    fences = sum(
        len(re.findall(r"^\s*`{3,}\s*mermaid", p.read_text("utf-8"), re.M)) for p in example_site.docs.rglob("*.md")
    )
    assert diagrams > fences > 8, "some are drawn from data"
    assert not any('class="mermaid"' in html for html in pages(example_site).values())

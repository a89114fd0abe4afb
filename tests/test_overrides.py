"""A theme's own pieces of a design's page: in the place of ours, and when something is wrong with them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from designs import a_design
from folders import Folder
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_designdocs import frame, overrides
from mkdocs_designdocs.backlinks import Source
from mkdocs_designdocs.entries import Entry
from mkdocs_designdocs.history import Past
from mkdocs_designdocs.leaf import nowhere
from mkdocs_designdocs.partials import FOLDER, PUBLIC, Partials
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.relations import relate
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.trail import Trail

ROOT = Path(__file__).parent.parent
TODAY = datetime.date(2026, 5, 1)


@pytest.fixture
def themed(tmp_path: Path) -> Callable[[Mapping[str, str]], Partials]:
    """Partials with files of a theme's: `themed({"designdocs/header.html": "…"})`."""

    def themed(files: Mapping[str, str]) -> Partials:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return Partials(overrides=[tmp_path / FOLDER])

    return themed


def pieces(partials: Partials) -> dict[str, str]:
    """Every public piece of one design, rendered, by name."""
    said = {"authors": (Person("Ana"),), "created": "2026-01-02", "issue": "PAY-7", "depends_on": "new"}
    old, new = a_design("old.md", "superseded", title="Old", **said), a_design("new.md", supersedes="old")
    ways = frame.Ways(lambda other: f"../{other.uri}/", index="../")
    made = frame.Frame(Entry(old, relate([old, new]), Past(), {}), ways, TODAY, "", partials)
    return {
        "header.html": made.header((), "<svg/>"),
        "banner.html": made.banner(),
        "backlinks.html": made.backlinks([Source("x.md", "X", "x/", frozenset())], {}),
        "trail.html": made.trail(Trail(None, new)),
    }


def wrong(partials: Partials) -> list[str]:
    root = partials.overrides[0].parent
    settings = Settings(root=root, docs_dir=root)
    found = [*overrides.check_overrides(partials, settings), *overrides.explained(partials.failed(), settings)]
    return [f"{d.path}:{d.line}: {d.level.value}: {d.message}; {d.help}" for d in found]


def test_there_is_a_public_piece_for_everything_around_a_design():
    assert set(pieces(Partials())) == set(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_no_piece_needs_what_a_strict_content_security_policy_forbids(name):
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style|javascript:", pieces(Partials())[name])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_theme_s_own_piece_stands_in_the_place_of_ours(themed, name):
    partials = themed({f"designdocs/{name}": "mine: {{ 1 + 1 }}"})
    made = pieces(partials)
    assert made.pop(name) == "mine: 2"
    assert made == {other: html for other, html in pieces(Partials()).items() if other != name}
    assert wrong(partials) == []


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_piece_is_given_is_what_is_promised(themed, name):
    promised = PUBLIC[name]
    said = "".join(f"{{% if {key} is defined %}}{key} {{% endif %}}" for key in promised)
    assert pieces(themed({f"designdocs/{name}": said}))[name].split() == list(promised)
    told: list[Mapping[str, object]] = []

    class Spy(Partials):
        def render(self, template: str, /, **context: object) -> str:
            told.append(context)
            return ""

    pieces(Spy())
    assert [sorted(context) for context in told].count(sorted(promised)) >= 1
    page = (ROOT / "docs/design-page.md").read_text("utf-8")
    section = page.partition(f"### {name}")[2].partition("\n### ")[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == set(promised)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_block_that_is_promised_can_be_replaced_alone(themed, name):
    page = (ROOT / "docs/design-page.md").read_text("utf-8")
    section = page.partition(f"### {name}")[2].partition("\n### ")[0]
    blocks = re.findall(r"`(\w+)`", re.search(r"^Blocks: (.*)$", section, re.MULTILINE)[1])
    source = (ROOT / "mkdocs_designdocs/partials" / name).read_text("utf-8")
    assert blocks == re.findall(r"{% block (\w+) %}", source)
    for block in blocks:
        text = f'{{% extends "!designdocs/{name}" %}}{{% block {block} %}}MINE {{{{ super() }}}}{{% endblock %}}'
        partials = themed({f"designdocs/{name}": text})
        html = pieces(partials)[name]
        assert wrong(partials) == []
        assert "MINE" in html, block
        assert html.replace("MINE ", "").split() == pieces(Partials())[name].split()


def test_the_example_of_the_documentation_works(themed):
    page = (ROOT / "docs/design-page.md").read_text("utf-8")
    partials = themed({"designdocs/header.html": re.search(r"```jinja\n(.*?)```", page, re.DOTALL)[1]})
    assert '<dt>Ticket</dt> <dd><a href="https://tickets.example/PAY-7">PAY-7</a>' in pieces(partials)["header.html"]
    assert wrong(partials) == []


def test_a_piece_can_include_what_else_the_theme_has(themed):
    partials = themed(
        {
            "designdocs/trail.html": '{% include "designdocs/_arrow.html" %}{% include "partials/x.html" %}',
            "designdocs/_arrow.html": "{{ next.title }}",
            "partials/x.html": "{{ label('all_designs') }}",
        }
    )
    assert pieces(partials)["trail.html"] == "new.mdAll designs"
    assert wrong(partials) == []


def test_values_are_escaped_in_a_theme_s_own_piece_too(themed):
    partials = themed({"designdocs/header.html": "{{ title }}"})
    evil = a_design("a.md", title="<script>")
    ways = frame.Ways(nowhere)
    made = frame.Frame(Entry(evil, relate([evil]), Past(), {}), ways, TODAY, "", partials)
    assert made.header() == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "<p>\n{{ autors }}",
            ":2: error: `header.html` cannot be rendered, and ours is shown in its place: 'autors' is",
        ),
        ("<p>\n\n{% if %}", ":3: error: `header.html` cannot be rendered, and ours is shown in its place: Expected an"),
        (
            "{{ 1 / 0 }}",
            ":1: error: `header.html` cannot be rendered, and ours is shown in its place: division by zero",
        ),
        ('{% extends "designdocs/header.html" %}', "it includes, extends or calls itself without end"),
        (
            '\n{% include "nowhere.html" %}',
            ":2: error: `header.html` cannot be rendered, and ours is shown in its place: th",
        ),
    ],
)
def test_a_piece_that_cannot_be_rendered_is_a_finding_at_its_line_and_ours_is_shown(themed, text, told):
    partials = themed({"designdocs/header.html": text})
    assert pieces(partials) == pieces(Partials())
    assert pieces(partials) == pieces(Partials())
    found = wrong(partials)
    assert len(found) == 1, "each is told once, on however many pages it is"
    assert found[0].startswith("designdocs/header.html:")
    assert told in found[0]
    assert ("it is given age, authors" in found[0]) == ("autors" in text)


def test_a_piece_that_cannot_be_read_is_told_though_no_page_needs_it(themed):
    assert len(wrong(themed({"designdocs/banner.html": "{% if %}"}))) == 1


def test_a_file_in_the_place_of_no_piece_is_told(themed):
    found = wrong(themed({"designdocs/haeder.html": "x", "designdocs/_macros.html": "x", "designdocs/zzz.html": "x"}))
    assert found == [
        "designdocs/haeder.html:1: warning: there is no piece `haeder.html`: this is shown nowhere; "
        "did you mean `header.html`?",
        "designdocs/zzz.html:1: warning: there is no piece `zzz.html`: this is shown nowhere; there are "
        "`backlinks.html`, `banner.html`, `header.html`, `trail.html`; a file to include begins with `_`",
    ]


def test_what_would_be_shown_nowhere_is_told(themed):
    text = '{% extends "!designdocs/header.html" %}\n{% block lnks %}x{% endblock %}\n{% block zzz %}{% endblock %}\n'
    text += "{% block links %}{% block inner %}mine{% endblock %}{% endblock %}\n"
    found = wrong(themed({"designdocs/header.html": text, "designdocs/tools.html": "x"}))
    assert [line.partition(": warning: ")[0] for line in found] == [
        "designdocs/tools.html:1",
        "designdocs/header.html:2",
        "designdocs/header.html:3",
    ]
    assert "did you mean" not in found[0]
    assert "no block `lnks` in what `header.html` extends: it is shown nowhere; did you mean `links`?" in found[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{% if heirs == 7 %}\n{% include "designdocs/_none.html" %}{% endif %}', "banner.html:2: error: "),
        ('{% include "designdocs/_broken.html" %}', "_broken.html:2: error: "),
        ('{% import "designdocs/_broken.html" as x %}', "_broken.html:2: error: "),
    ],
)
def test_what_a_piece_needs_is_looked_for_though_no_page_needs_it(themed, text, told):
    (found,) = wrong(themed({"designdocs/banner.html": text, "designdocs/_broken.html": "<p>\n{% if %}"}))
    assert told in found


def test_what_a_piece_can_do_without_is_not_looked_for(themed):
    ways = '{% include "none.html" ignore missing %}{% include ["none.html", "one.html"] ignore missing %}'
    assert wrong(themed({"designdocs/banner.html": ways + '{% include "x/" ~ title ignore missing %}'})) == []


def test_the_command_tells_of_a_piece_that_cannot_be_read(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    folder.write("mkdocs.yml", "site_name: X\ntheme: {name: mkdocs, custom_dir: mine}\nplugins: [designdocs]\n")
    folder.write("docs/index.md", "# Home\n")
    folder.write("mine/designdocs/header.html", "<p>\n{% if %}\n")
    monkeypatch.chdir(tmp_path)
    done = folder.check()
    assert done.exit_code == 1
    assert done.output.startswith("mine/designdocs/header.html:2:1: error: `header.html` cannot be rendered")


def test_pieces_that_are_not_public_stay_ours(themed):
    partials = themed({"designdocs/finding.html": "mine"})
    item = {"code": "todo-left", "level": "warning", "line": 1, "message": "m", "help": "", "href": ""}
    assert "mine" not in partials.render("finding.html", number=0, item=item)


def test_while_a_site_is_served_a_change_of_a_piece_is_seen(site, monkeypatch):
    theme = {"name": "mkdocs", "highlightjs": False, "custom_dir": "mine"}
    site.configure(plugins=["designdocs"], theme=theme, markdown_extensions=[])
    site.write("a.md", "---\ndesign:\n  template: feature\n  status: rejected\n---\n# A\n")
    piece = site.write("../mine/designdocs/banner.html", "FIRST")
    monkeypatch.chdir(site.root)
    config = load_config()
    plugin = config.plugins["designdocs"]
    plugin.on_startup(command="serve", dirty=False)
    build(config)
    assert "FIRST" in site.page("a")
    piece.write_text("SECOND {{ title }}")
    build(config)
    assert "SECOND A" in site.page("a")
    watched: list[str] = []
    server = SimpleNamespace(watch=lambda path, **_: watched.append(path), unwatch=watched.remove)
    plugin.on_serve(server, config=config, builder=None)
    assert str(site.root / "mine") in watched

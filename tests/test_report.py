"""What the command prints, exactly as the contract says it: other people's tools read it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mkdocs_designdocs import report
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import CODES, Level, finding
from mkdocs_designdocs.fields import FIELDS
from mkdocs_designdocs.lifecycle import DEFAULT


def strict(properties):
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


TEXT, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
MAYBE = {"type": ["string", "null"], "minLength": 1}
POSIX = {"type": "string", "pattern": r"^[^\\/][^\\]*$"}
DIAGNOSTIC = strict(
    {
        "code": {"enum": [*CODES]},
        "level": {"enum": ["error", "warning", "note"]},
        "path": POSIX,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "message": {"type": "string", "pattern": r"^.+$"},
        "help": MAYBE,
        "section": MAYBE,
        "fixable": {"type": "boolean"},
        "quote": {"type": ["string", "null"]},
    }
)
STATES = ["written", "from-data", "not-applicable", "checklist", "unwritten", "empty", "missing"]
DESIGN = strict(
    {
        "path": POSIX,
        "template": MAYBE,
        "title": TEXT,
        "status": {"enum": [*(s.key for s in DEFAULT.statuses), None]},
        "authors": {"type": "array", "items": strict({"name": MAYBE, "handle": MAYBE, "email": MAYBE, "url": MAYBE})},
        "origins": {
            "type": "object",
            "propertyNames": {"enum": [*FIELDS]},
            "additionalProperties": strict(
                {"from": TEXT, "path": TEXT, "line": NUMBER, "column": NUMBER, "raw": {"type": "string"}}
            ),
        },
        "required": NUMBER,
        "written": NUMBER,
        "sections": {
            "type": "array",
            "items": strict(
                {"title": TEXT, "state": {"enum": STATES}, "line": {"type": ["integer", "null"], "minimum": 1}}
            ),
        },
        "diagnostics": {"type": "array", "items": DIAGNOSTIC},
    }
)
SCHEMA = strict(
    {
        "version": {"const": 1},
        "designs": {"type": "array", "items": DESIGN},
        "diagnostics": {"type": "array", "items": DIAGNOSTIC},
        "summary": strict(dict.fromkeys(["designs", "errors", "warnings", "notes", "baseline"], NUMBER)),
    }
)

TEMPLATE = """\
# [Title]

## Goals

[What for]

## Parts

### Server

[The server]

### Client

[The client]

## Risks

[What may go wrong]
"""
FULL = """\
---
design:
  template: t
  status: approved
  authors: ['Ana Diaz @ana', '[Bo](https://x.org/bo)', 'c@x.org']
---
# Über «Größe»

## Goals

TODO: say it.

## Parts

### Server

Ours is written in Go.

### Client

[The client]
"""
PAGES = {
    "designs/a.md": FULL,
    "designs/draft.md": "---\ndesign: t\nstatus: draft\n---\n# Draft\n",
    "designs/odd.md": "---\ndesign:\n  template: nope\n---\n# Odd\n",
    "plain.md": b"# Plain \xff\n",
}


@pytest.fixture
def catalog(judged) -> Catalog:
    return judged(PAGES, {"t.md": TEMPLATE, "bad.md.j2": "# {{"})


def test_the_json_is_what_the_contract_says(catalog):
    document = json.loads(report.as_json(catalog))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert [d["path"] for d in document["designs"]] == ["designs/a.md", "designs/draft.md", "designs/odd.md"]
    first, draft, odd = document["designs"]
    assert (first["template"], first["title"], first["status"]) == ("t", "Über «Größe»", "approved")
    assert first["authors"] == [
        {"name": "Ana Diaz", "handle": "ana", "email": None, "url": None},
        {"name": "Bo", "handle": None, "email": None, "url": "https://x.org/bo"},
        {"name": None, "handle": None, "email": "c@x.org", "url": None},
    ]
    assert first["sections"] == [
        {"title": "Goals", "state": "unwritten", "line": 9},
        {"title": "Parts > Server", "state": "written", "line": 15},
        {"title": "Parts > Client", "state": "unwritten", "line": 19},
        {"title": "Risks", "state": "missing", "line": None},
    ]
    assert first["required"] == 4
    assert {(d["code"], d["line"], d["section"]) for d in first["diagnostics"]} >= {
        ("section-unwritten", 21, "Parts > Client"),
        ("section-missing", 19, "Risks"),
    }
    assert (draft["status"], {d["level"] for d in draft["diagnostics"]}) == ("draft", {"note"})
    assert (odd["template"], odd["status"], odd["sections"]) == ("nope", None, [])
    assert {(d["path"], d["code"]) for d in document["diagnostics"]} == {
        ("plain.md", "encoding-invalid"),
        ("templates/bad.md.j2", "template-invalid"),
    }


def test_the_summary_counts_everything(catalog):
    document = json.loads(report.as_json(catalog))
    levels = [d["level"] for d in document["diagnostics"]] + [
        d["level"] for each in document["designs"] for d in each["diagnostics"]
    ]
    counted = {f"{level}s": levels.count(level) for level in ("error", "warning", "note")}
    assert document["summary"] == {"designs": 3, **counted, "baseline": 0}
    assert min(counted["errors"], counted["notes"]) > 0


def test_an_empty_catalogue_is_a_report_too():
    document = json.loads(report.as_json(Catalog((), ())))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["summary"] == {"designs": 0, "errors": 0, "warnings": 0, "notes": 0, "baseline": 0}
    assert [*report.text(Catalog((), ()))] == ["0 designs checked: no findings"]


def test_a_line_of_text_is_what_the_contract_says():
    what = 'section "Input Validation" still holds the template\'s prompt'
    found = finding("section-unwritten", "docs/designs/checkout.md", 41, 3, what, help="Write it.")
    assert report.line(found) == f"docs/designs/checkout.md:41:3: error: {what} [section-unwritten]"
    assert [*report.text(Catalog((), [found]))] == [
        report.line(found),
        "    help: Write it.",
        "0 designs checked: 1 error",
    ]
    assert report.log_line(found, Path.cwd()) == report.line(found).replace("error: ", "") + "\n    help: Write it."


def test_the_text_and_the_json_say_the_same(catalog):
    document = json.loads(report.as_json(catalog))
    every = [*document["diagnostics"], *(d for each in document["designs"] for d in each["diagnostics"])]
    *lines, _, fixable = report.text(catalog)
    assert fixable == f"{sum(d['fixable'] for d in every)} of them can be mended by `designdocs check --fix`"
    assert sorted(line for line in lines if not line.startswith("    help: ")) == sorted(
        f"{d['path']}:{d['line']}:{d['column']}: {d['level']}: {d['message']} [{d['code']}]" for d in every
    )
    assert sum(line.startswith("    help: ") for line in lines) == sum(d["help"] is not None for d in every)


def test_a_path_is_printed_as_this_folder_sees_it(tmp_path, monkeypatch):
    (tmp_path / "site" / "docs").mkdir(parents=True)
    found = finding("todo-left", "docs/a.md", 1, 2, "m")
    for folder, path in (
        (tmp_path, "site/docs/a.md"),
        (tmp_path / "site", "docs/a.md"),
        (tmp_path / "site/docs", "a.md"),
    ):
        monkeypatch.chdir(folder)
        assert report.line(found, tmp_path / "site").startswith(f"{path}:1:2: ")


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ([], "no findings"),
        ([Level.ERROR], "1 error"),
        ([Level.NOTE, Level.ERROR, Level.ERROR], "2 errors, 1 note"),
        ([Level.WARNING] * 2 + [Level.NOTE] * 3, "2 warnings, 3 notes"),
    ],
)
def test_the_summary_leaves_out_what_there_is_none_of(levels, text):
    assert report.summary([finding("todo-left", "a.md", 1, 1, "m", level=level) for level in levels]) == text


def test_the_progress_of_a_draft(catalog):
    draft = next(each for each in catalog.designs if each.uri == "designs/draft.md")
    assert report.progress(draft) == "draft, 0 of 4 sections written"

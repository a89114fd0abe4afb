"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import quote

from mkdocs_designdocs import __version__
from mkdocs_designdocs.cache import key_of
from mkdocs_designdocs.catalog import Catalog
from mkdocs_designdocs.diagnostics import CODES, Code, Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
FINGERPRINT = "designdocsFinding/v1"
"""A name of our own: GitHub's `primaryLocationLineHash` is a hash of the line, which GitHub's upload adds itself."""
_WEIGHT = {
    "completeness": "The status of a design decides how much it matters.",
    "integrity": "It counts in every status.",
}


def as_sarif(catalog: Catalog, base: str = "", documentation: str = "") -> str:
    """The SARIF report.

    `base` is the folder of the configuration as seen from the folder to which every address is relative;
    `documentation` is where the project's documentation is published.
    """
    driver = {
        "name": "designdocs",
        "version": __version__,
        **({"informationUri": documentation} if documentation else {}),
        "rules": [_rule(name, code, documentation) for name, code in CODES.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder to which all addresses are relative."}}},
        "results": list(_results(catalog.everything(), base)),
    }
    # ASCII, since SARIF has to be UTF-8 and what a console makes of other characters is the console's to say.
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def published() -> str:
    """Where the documentation is published, as the installed package says; empty if it does not."""
    try:
        said: Iterable[str] = metadata.metadata("mkdocs-designdocs").get_all("Project-URL") or ()
    except metadata.PackageNotFoundError:
        return ""
    addresses = {label.strip().casefold(): url.strip() for label, _, url in (one.partition(",") for one in said)}
    return addresses.get("documentation", "")


def _rule(name: str, code: Code, documentation: str) -> dict[str, Any]:
    kind = "completeness" if code.completeness else "integrity"
    address = f"{documentation.rstrip('/')}/reference/codes/#{name}" if documentation else ""
    more = f"An example and what it means: {address}" if address else f"See {name} in the reference of the codes."
    return {
        "id": name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": f"{code.summary} {_WEIGHT[kind]}"},
        **({"helpUri": address} if address else {}),
        "help": {"text": more},
        "defaultConfiguration": {"level": code.level.value},
        "properties": {"tags": [kind]},
    }


def _results(found: Iterable[Diagnostic], base: str) -> Iterator[dict[str, Any]]:
    numbers = {name: number for number, name in enumerate(CODES)}
    alike: Counter[str] = Counter()
    for one in found:
        # Not the line: a finding stays the same one when something is written above it.
        mark = key_of([one.code, one.path, one.section])[:32]
        alike[mark] += 1
        yield {
            "ruleId": one.code,
            "ruleIndex": numbers[one.code],
            "level": one.level.value,
            "message": {"text": f"{one.message}\nhelp: {one.help}" if one.help else one.message},
            "locations": [{"physicalLocation": _location(one, base)}],
            "partialFingerprints": {FINGERPRINT: f"{mark}:{alike[mark]}"},
        }


def _location(one: Diagnostic, base: str) -> dict[str, Any]:
    path = normpath(PurePosixPath(base, one.path).as_posix())
    return {
        "artifactLocation": {"uri": quote(path, errors="surrogateescape"), "uriBaseId": ROOT},
        "region": {
            "startLine": one.line,
            "startColumn": one.column,
            **({"snippet": {"text": one.quote}} if one.quote else {}),
        },
    }

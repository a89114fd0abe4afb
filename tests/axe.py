"""What axe-core finds of a page in the test browser: barriers for those who read otherwise."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pytest

GRAVE = ("serious", "critical")


@cache
def _script() -> str:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def barriers(page: Any, within: str = "body", without: tuple[str, ...] = ()) -> list[str]:
    """Every grave finding below the elements that a selector means, as `rule: its help: element`; one line each."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_script())  # by the debugger, which no content security policy of the page forbids
    context = {"include": [[within]], "exclude": [[one] for one in without]}
    found = page.evaluate("context => axe.run(context, {resultTypes: ['violations']})", context)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]

"""The comments that expansion leaves in the Markdown and the page turns into HTML: no Markdown extension minds them."""

from __future__ import annotations

import re

PROMPT_START = "<!-- designdocs:prompt "
PROMPT_END = "<!-- designdocs:/prompt -->"
"""Before and behind a prompt."""

PROMPT = re.compile(rf"{PROMPT_START}(\d+) -->")
FINDING = re.compile(r"<!-- designdocs:finding (\d+) -->")


def prompt_mark(number: int) -> str:
    """Before the prompt of the template's section number so and so."""
    return f"{PROMPT_START}{number} -->"


def finding_mark(number: int) -> str:
    """Where the finding number so and so is to be shown."""
    return f"<!-- designdocs:finding {number} -->"

"""Placement: where the indexes of a site stand, and which listing stands at each place."""

from __future__ import annotations

import re

MARKER = re.compile(r"^[ \t]*<!--[ \t]*designdocs:[ \t]*index[ \t]*-->[ \t]*$", re.MULTILINE)
"""Where a page of the team's own wants the index."""

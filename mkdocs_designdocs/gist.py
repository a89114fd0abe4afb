"""The gist of a design: what of its body a list of designs shows."""

from __future__ import annotations

import re

from mkdocs_designdocs.blocks import Kind, Outline
from mkdocs_designdocs.design import Gist

_OPEN_BOX = re.compile(r"\[ ?\](?=\s|$)")


def gist(body: Outline) -> Gist:
    """The gist of a body."""
    items = [block.text for block in body.blocks if block.kind is Kind.ITEM]
    return Gist(unticked=sum(bool(_OPEN_BOX.match(text)) for text in items))

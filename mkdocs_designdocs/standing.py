"""Standing: which status a version of a document says that it has, as the plugin would have read it then."""

from __future__ import annotations

from dataclasses import dataclass, field

from mkdocs_designdocs.adoption import adopted
from mkdocs_designdocs.blocks import Outline, outline
from mkdocs_designdocs.design import Sidecar
from mkdocs_designdocs.frontmatter import FrontMatter, parse
from mkdocs_designdocs.metadata import Reader, Surroundings
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.source import read
from mkdocs_designdocs.vocabulary import Vocabulary


@dataclass
class Standings:
    """Reads the statuses of many versions, which have most of their front matter in common."""

    settings: Settings
    _known: dict[str, str] = field(default_factory=dict, init=False)
    """The status by the front matter of which the block says it."""

    def of(self, data: bytes, uri: str, now: str, sidecar: Sidecar | None = None) -> str:
        """The key of a status; empty where the version says none, or is no design.

        `uri`: where the document was below the folder of documents. `now`: where it is; what is adopted now has been a
        design wherever it was.
        """
        taken = adopted(uri, self.settings) or adopted(now, self.settings)
        source = read(uri, data, adopted=taken is not None)
        if source.front is not None and source.front in self._known:
            return self._known[source.front]
        if taken is None and (source.front is None or "design" not in source.front):
            return ""
        front = parse(source.front)[0] if source.front is not None else FrontMatter()
        block = front.values.get("design")
        if block is False or (taken is None and block is None and "design" not in front.values):
            return ""
        around = Surroundings(
            uri, Vocabulary(self.settings.fields), sidecar, None if "design" in front.values else taken
        )
        reader = Reader(source, front, self.settings.lifecycle, around)

        def body() -> Outline:
            return outline(source.body)

        status = reader.status(body)
        key = status.key if status else ""
        origin = reader.origins.get("status")
        if source.front is not None and origin and origin.kind == "block":
            self._known[source.front] = key
        return key

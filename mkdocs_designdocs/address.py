"""Where on the web a site is, and what of it programs look for."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs_designdocs.design import Design

FEED = "feed.xml"


@dataclass(frozen=True)
class Address:
    """A site, and the index of its designs."""

    name: str
    """What the site is called."""
    site: str = ""
    """Its address, with a slash at its end; empty where nobody has said it."""
    index: str = ""
    """That of the page with the index, relative to the site."""
    folder: str = ""
    """The folder of the site in which the files for programs lie, which is the index's."""

    @property
    def feed(self) -> str:
        """The path of the feed, relative to the site; empty where there is none, for who follows it has to get there
        from anywhere."""
        return self.file(FEED) if self.site else ""

    def file(self, name: str) -> str:
        """The path of a file for programs, relative to the site."""
        return posixpath.join(self.folder, name)

    def absolute(self, url: str) -> str:
        """The address of what has `url` relative to the site; raises ValueError where nobody has said the site's."""
        if not self.site:
            raise ValueError("the address of the site is not known")
        return urljoin(self.site, url)

    def of(self, design: Design) -> str:
        """That of a design's page as a file for programs names it: absolute if that can be, else from its folder."""
        return self.absolute(design.url) if self.site else _relative(design.url, self.folder)


def _relative(url: str, folder: str) -> str:
    found = posixpath.relpath(url or ".", folder or ".")
    return found + "/" if url.endswith("/") or not url else found

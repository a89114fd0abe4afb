"""Withholding: taking pages out of what MkDocs, and plugins beside ours, have made ready to be built."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs_designdocs.files import Files

# Navigations and plugins are MkDocs' too, which only `plugin` and `config` import.


def exclude(files: Files, uris: Collection[str], level: Any) -> None:
    """Have pages in no build, and MkDocs say so of links to them. `level`: MkDocs' own for what is excluded."""
    for uri in uris:
        if file := files.get_file_from_path(uri):
            file.inclusion = level


def withdraw(files: Files, uris: Collection[str]) -> None:
    """Remove the pages that an earlier build has published, which `--dirty` leaves there."""
    published = {file.dest_uri for file in files.documentation_pages()}
    for uri in uris:
        file = files.get_file_from_path(uri)
        if file and file.dest_uri not in published:
            _remove(Path(file.abs_dest_path))


def clear(files: Files, site: Path, pages: Collection[str]) -> None:
    """Remove generated pages of an earlier build that are in no navigation, where nothing is in their place now.

    `pages`: their files, from the folder of the `site`.
    """
    for page in {*pages} - {file.dest_uri for file in files}:
        _remove(site / page)


def _remove(page: Path) -> None:
    """Remove a page, and its folder if nothing else is there."""
    with suppress(OSError):
        page.unlink()
        page.parent.rmdir()


def prune(nav: Any, uris: Collection[str]) -> None:
    """Take pages out of a navigation, and sections of which nothing is left."""
    for page in nav.pages:
        if page.file.src_uri in uris:
            before, after = page.previous_page, page.next_page
            if before:
                before.next_page = after
            if after:
                after.previous_page = before
    nav.pages[:] = [page for page in nav.pages if page.file.src_uri not in uris]
    nav.items[:] = _pruned(nav.items, uris)


def _pruned(items: Iterable[Any], uris: Collection[str]) -> Iterator[Any]:
    for item in items:
        hidden = item.is_page and item.file.src_uri in uris
        if item.children:
            item.children[:] = _pruned(item.children, uris)
            if hidden:  # the page of a section, as mkdocs-section-index makes it
                yield from item.children
            elif item.children or item.is_page:
                yield item
        elif not hidden:
            yield item


def posts(plugins: Mapping[str, Any]) -> set[str]:
    """The posts of Material's blogs, which exclude them until there is a navigation that they shall not be in."""
    blogs = (getattr(plugin, "blog", None) for plugin in plugins.values())
    return {post.file.src_uri for blog in blogs for post in getattr(blog, "posts", ())}


def forget(plugins: Mapping[str, Any], uris: Iterable[str]) -> None:
    """Take pages out of what mkdocs-gen-files waits for: it warns of those that never come by."""
    expected = getattr(plugins.get("gen-files"), "_edit_paths", None)
    if isinstance(expected, dict):
        for uri in uris:
            expected.pop(uri, None)

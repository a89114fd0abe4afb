"""Files: what we know of MkDocs' own, which only `plugin` and `config` import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class File(Protocol):
    """A page, or a file of another kind."""

    inclusion: Any
    """Whether it is published, and in a navigation that MkDocs makes."""
    content_bytes: bytes
    """To set it, even to what it is, has `--dirty` take the file for changed."""

    @property
    def src_uri(self) -> str:
        """The path of its source, from the folder of the documents."""

    @property
    def dest_uri(self) -> str:
        """The path of what is made of it, from the folder of the site."""

    @property
    def url(self) -> str:
        """Its address, relative to the site."""

    @property
    def abs_src_path(self) -> str | None:
        """None where nothing lies on disk."""

    @property
    def abs_dest_path(self) -> str:
        """Where what is made of it lies."""


class Files(Protocol):
    """All of a site."""

    def __iter__(self) -> Iterator[File]: ...

    def get_file_from_path(self, path: str, /) -> File | None:
        """One by its source."""

    def documentation_pages(self) -> Sequence[File]:
        """The pages among them."""

    def append(self, file: Any, /) -> None:
        """Add one."""

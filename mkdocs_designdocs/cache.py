"""A folder of results, each under the hash of all that shaped it. Any trouble with it means making them again."""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from mkdocs_designdocs import __version__

_DAY = 86_400


def key_of(parts: Iterable[str | bytes]) -> str:
    """The hash of everything that shapes a result."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """What tells one state of this package's code from another, also in a checkout between two releases."""
    here = Path(__file__).parent
    files = sorted((e.name, s.st_mtime_ns, s.st_size) for e in os.scandir(here) if (s := e.stat()) and e.is_file())
    return f"{__version__} {key_of([repr(files)])}"


@dataclass
class Cache:
    """One small file a result: a checksum, then the bytes. Safe under parallel builds, kills and corruption."""

    folder: Path | None
    """None: nothing is kept."""
    suffix: str
    limit: int = 64 * 1024 * 1024
    """In bytes; when a process that writes finds more, the longest unused go until half is left."""
    _prepared: bool = field(default=False, init=False)
    _broken: bool = field(default=False, init=False)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, if it is there and whole."""
        if self.folder is None:
            return None
        path = self.folder / f"{key}{self.suffix}"
        try:
            with path.open("rb") as file:
                check, _, data = file.read().partition(b"\n")
                age = time.time() - os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if check != b"%08x" % zlib.crc32(data):
            return None
        if age > _DAY:
            with suppress(OSError):
                os.utime(path)  # still in use, so not the first to be pruned
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a result; a reader sees all of it or nothing."""
        if self.folder is None or self._broken:
            return
        try:
            self._prepare(self.folder)
            with NamedTemporaryFile(dir=self.folder, suffix=".tmp", delete=False) as file:
                file.write(b"%08x\n" % zlib.crc32(data) + data)
            Path(file.name).replace(self.folder / f"{key}{self.suffix}")
        except OSError:
            self._broken = True  # a read-only or full disk: no cache, no noise

    def _prepare(self, folder: Path) -> None:
        if not self._prepared:
            self._prepared = True
            folder.mkdir(parents=True, exist_ok=True)
            if not (ignore := folder / ".gitignore").exists():
                ignore.write_text("*\n", "utf-8")  # nobody wants to commit it
            self._prune(folder)

    def _prune(self, folder: Path) -> None:
        entries: list[tuple[float, int, Path]] = []
        for path in folder.iterdir():
            with suppress(OSError):  # another build may be pruning too
                status = path.stat()
                if path.suffix == self.suffix:
                    entries.append((status.st_mtime, status.st_size, path))
                elif path.suffix == ".tmp" and time.time() - status.st_mtime > _DAY:
                    path.unlink()  # a build that was killed left it
        total = sum(size for _, size, _ in entries)
        if total <= self.limit:
            return
        for _, size, path in sorted(entries):
            with suppress(OSError):
                path.unlink()
            total -= size
            if total <= self.limit // 2:
                return

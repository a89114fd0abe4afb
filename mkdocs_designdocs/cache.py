"""A folder of results, each under the hash of all that shaped it. Any trouble with it means making them again."""

from __future__ import annotations

import hashlib
import os
import stat
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from mkdocs_designdocs import __version__

_DAY = 86_400
_BLOCK = 4096
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe must not keep us waiting
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


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
    """What tells one state of the code from another: this package's, in a checkout too, and its Markdown parser's.

    It is taken from what the files hold: their times are others on every machine that installs them.
    """
    here = Path(__file__).parent
    files = sorted(entry.path for entry in os.scandir(here) if entry.name.endswith((".py", ".js")))
    return f"{__version__} {version('markdown-it-py')} {key_of(Path(path).read_bytes() for path in files)}"


@dataclass
class Cache:
    """One small file a result: a checksum, then the bytes. Safe under parallel builds, kills and corruption.

    A file that is not whole is one that is not there, so none is written aside and renamed: that takes twice as long.
    """

    folder: Path | None
    """None: nothing is kept."""
    suffix: str
    limit: int = 256 * 1024 * 1024
    """In bytes on the disk; when there is more, the longest unused go until half is left."""
    _size: int = field(default=-1, init=False)
    """What the folder holds, as far as this process knows; negative before it has looked."""
    _broken: bool = field(default=False, init=False)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, if it is there and whole."""
        if self.folder is None:
            return None
        path = f"{self.folder}{os.sep}{key}{self.suffix}"
        try:
            content, written = _read(path, self.limit)
        except OSError:
            return None
        check, _, data = content.partition(b"\n")
        if check != b"%08x" % zlib.crc32(data):
            return None
        if abs(time.time() - written) > _DAY:
            with suppress(OSError):
                os.utime(path)  # still in use, so not the first to be pruned
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a result; who reads gets all of it or nothing."""
        if self.folder is None or self._broken:
            return
        content = b"%08x\n%b" % (zlib.crc32(data), data)
        path = f"{self.folder}{os.sep}{key}{self.suffix}"
        try:
            self._make_room(self.folder, len(content))
            try:
                _write(path, content)
            except FileNotFoundError:  # somebody has cleared the folder away while we serve
                self._size = -1
                self._make_room(self.folder, len(content))
                _write(path, content)
        except FileExistsError:
            pass  # a folder stands there, or on Windows somebody is reading it
        except OSError:
            self._broken = True  # a read-only or full disk: no cache, no noise

    def _make_room(self, folder: Path, size: int) -> None:
        if self._size < 0:
            folder.mkdir(parents=True, exist_ok=True)
            if not (ignore := folder / ".gitignore").exists():
                ignore.write_text("*\n", "utf-8")  # nobody wants to commit it
        size = _on_disk(size)
        if self._size < 0 or self._size + size > self.limit:
            self._size = self._prune(folder, size)
        self._size += size

    def _prune(self, folder: Path, size: int) -> int:
        """Take out what is too much with something that is to come; what is left, in bytes."""
        entries: list[tuple[float, int, str]] = []
        for entry in os.scandir(folder):
            with suppress(OSError):  # another build may be pruning too
                status = entry.stat(follow_symlinks=False)
                if entry.name.endswith(self.suffix):
                    entries.append((status.st_mtime, _on_disk(status.st_size), entry.path))
        total = sum(held for _, held, _ in entries)
        if total + size > self.limit:
            for _, held, path in sorted(entries):
                if total <= self.limit // 2:
                    break
                _remove(path)
                total -= held
        return total


def _on_disk(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _read(path: str, limit: int) -> tuple[bytes, float]:
    """A file that one of ours can be, and when it was written."""
    number = os.open(path, _READ)
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return b"", 0
        return os.read(number, status.st_size + 1), status.st_mtime
    finally:
        os.close(number)


def _write(path: str, content: bytes) -> None:
    """A file of ours, in the place of whatever else is there: never through a link, nor into a file of two names."""
    try:
        number = os.open(path, _CREATE, 0o666)
    except FileExistsError:
        _remove(path)
        number = os.open(path, _CREATE, 0o666)
    try:
        try:
            written = os.write(number, content)
        finally:
            os.close(number)
        if written != len(content):
            raise OSError("the disk is full")
    except OSError:
        _remove(path)
        raise


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - a path object takes longer

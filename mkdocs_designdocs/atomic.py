"""Writing a file of somebody's: whole or not at all, with its owner and rights, and never one that is read-only."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def put(path: Path, data: bytes) -> None:
    """Write a file; a reader sees what was there before or all of the new. Raises OSError where it cannot be written.

    Of a link the file that it leads to is written, not the link.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat() if path.exists() else None
    # Its folder may allow to replace it all the same, and root may write anything; neither was asked to.
    if before and not (before.st_mode & _WRITABLE and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only", str(path))
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as file:
        made = Path(file.name)
    try:
        made.write_bytes(data)
        if before and hasattr(os, "chown"):
            with suppress(OSError):  # only root may give a file to somebody else
                os.chown(made, before.st_uid, before.st_gid)
        made.chmod(stat.S_IMODE(before.st_mode) if before else 0o666 & ~_umask())
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""A site in a folder, and the command in this process: what the tests of each command add their own files to."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_designdocs.cli import main


class Folder:
    """A site in the working directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *arguments: str) -> Result:
        done = CliRunner().invoke(main, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    def check(self, *options: str) -> Result:
        return self.run("check", *options)


def at_terminal(folder: Folder, stream: str, *arguments: str, **environment: str) -> tuple[str, str]:
    """What the command says to a terminal on one stream, and to a file on the other."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    ours, theirs = pty.openpty()
    known = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with (folder.root / "other").open("wb") as other:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs_designdocs", *arguments],
            cwd=folder.root,
            env={**known, "TERM": "xterm", "COLUMNS": "100", **environment},
            **{"stdout": other, "stderr": other, stream: theirs},
        )
    os.close(theirs)
    said = b""
    with suppress(OSError):  # how Linux says that the other end is closed
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    assert process.wait(60) in (0, 1)
    return said.decode().replace("\r\n", "\n"), (folder.root / "other").read_text("utf-8")

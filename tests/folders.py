"""A site in a folder, and the command in this process: what the tests of each command add their own files to."""

from __future__ import annotations

from pathlib import Path

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

"""mermaid.js in a headless browser: what the commands that ask it have in common."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DIAGRAMS = Path(__file__).parent / "diagrams"


def chromium() -> str | None:
    """The first browser on the PATH."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def parser(description: str | None) -> argparse.ArgumentParser:
    """The command line of such a command: mermaid.js, the browser, the diagrams."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--mermaid", type=Path, required=True, help="mermaid.min.js of the npm package `mermaid`")
    made.add_argument("--chromium", default=chromium(), help="the browser; default: the first on the PATH")
    made.add_argument("--folder", type=Path, default=DIAGRAMS, help="of .mmd files; default: our own")
    return made

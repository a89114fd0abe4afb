"""How large the page of the index is, how long it takes to make, and how fast it finds a design.

Builds sites of designs with an empty cache and with a full one, and measures the page of the index: its size, raw and
as a server sends it (gzip), and the share that it has in the build. In Chromium, where there is one, it types words
and takes them back, sign by sign, and measures from the key to the end of the layout. Exits with 1 when the largest
page is larger than `--most` kilobytes as sent, or a key takes longer than a frame (16 ms) in the median.

    python benchmarks/index.py
    python benchmarks/index.py --designs 200
"""

from __future__ import annotations

import argparse
import functools
import gzip
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from designs import make_designs, write_site
from mermaidjs import chromium

FRAME = 16.0
WORDS = ("parcel 17", "edda ledger", "a", "zzz")
TYPE = """
async (words) => {
  const input = document.querySelector(".designdocs-find");
  const times = [];
  const rest = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
  const press = async (value) => {
    const start = performance.now();
    input.value = value;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    await rest();
  };
  input.focus();
  await new Promise((done) => setTimeout(done, 500));
  for (const word of words) {
    for (let end = 1; end <= word.length; end++) await press(word.slice(0, end));
    for (let end = word.length - 1; end >= 0; end--) await press(word.slice(0, end));
  }
  return times;
}
"""
BEGIN = """
(script) => {
  const form = document.querySelector("form.designdocs-tools");
  const fresh = form.cloneNode(true);
  fresh.hidden = true;
  form.replaceWith(fresh);
  document.body.getBoundingClientRect();
  const start = performance.now();
  new Function(script)();
  document.body.getBoundingClientRect();
  return performance.now() - start;
}
"""


def main() -> int:
    arguments = _arguments()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    within = True
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        for count in arguments.designs:
            site = Path(folder, str(count))
            write_site(site, make_designs(count), plugin=True)
            page = site / "site/designs/index.html"
            cold, warm = _build(site), _build(site)
            raw = page.read_bytes()
            sent = len(gzip.compress(raw)) / 1000
            print(f"{count} designs: {len(raw) / 1000:.0f} kB, {sent:.0f} kB as sent")
            print(f"  the index takes {cold[1]:.2f} s of {cold[0]:.1f} s cold, {warm[1]:.2f} s of {warm[0]:.1f} s warm")
            within = within and sent <= arguments.most
            if timed := _in_browser(site / "site"):
                begin, keys = timed
                print(f"  script {begin:.0f} ms; a key {median(keys):.1f} ms (median), {max(keys):.1f} ms (worst)")
                within = within and median(keys) <= FRAME
    return 0 if within else 1


_TIMED = """
import sys, time
from mkdocs_designdocs import index
spent = 0.0
def timed(function):
    def run(*given, **named):
        global spent
        begun = time.perf_counter()
        try:
            return function(*given, **named)
        finally:
            spent += time.perf_counter() - begun
    return run
for name in ("index_of", "markdown", "fill"):
    setattr(index, name, timed(getattr(index, name)))
from mkdocs.__main__ import cli
begun = time.perf_counter()
cli(["build", "-q", "-f", sys.argv[1]], standalone_mode=False)
print(time.perf_counter() - begun, spent)
"""


def _build(site: Path) -> tuple[float, float]:
    """Build a site; the seconds that took, and those of them that were the index's."""
    command = [sys.executable, "-c", _TIMED, str(site / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    total, index = done.stdout.split()[-2:]
    return float(total), float(index)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - so it is called
        """Nothing: what is asked for is of no interest."""


def _in_browser(site: Path) -> tuple[float, list[float]] | None:
    """Milliseconds from the start of the script to the end of the layout, and for each key; None without a browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    found = chromium()
    if not found:
        return None
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/designs/")
            time.sleep(1)
            script = (site / "assets/designdocs/index.js").read_text("utf-8")
            begin = median(page.evaluate(BEGIN, script) for _ in range(5))
            keys = page.evaluate(TYPE, list(WORDS))
            browser.close()
        server.shutdown()
    return begin, keys


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--designs", type=int, nargs="+", default=[10, 200, 2000], help="how many, once each")
    parser.add_argument("--most", type=float, default=300, help="kilobytes of the page as sent")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

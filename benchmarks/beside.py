"""Our drawings beside mermaid.js's of the same source: for eyes, not for a verdict.

Writes one picture a few diagrams: ours in Material's light and dark palettes, and at the right mermaid.js's.

    npm install mermaid@12.3.0
    python benchmarks/beside.py --mermaid node_modules/mermaid/dist/mermaid.min.js --to pictures
    python benchmarks/beside.py --mermaid … --folder diagrams --to pictures --each 8
"""

from __future__ import annotations

import argparse
import html
import sys
import tempfile
from pathlib import Path

import mermaidjs

from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.dressing import STYLE, assets
from mkdocs_designdocs.engine import Pele
from mkdocs_designdocs.figures import to_html

PALETTES = {
    "default": "--md-default-bg-color:#fff;--md-default-fg-color:rgba(0,0,0,.87);"
    "--md-default-fg-color--light:rgba(0,0,0,.54);--md-code-fg-color:#36464e;--md-code-bg-color:#f5f5f5",
    "slate": "--md-default-bg-color:#1e2129;--md-default-fg-color:rgba(226,228,233,.82);"
    "--md-default-fg-color--light:rgba(226,228,233,.56);--md-code-fg-color:rgba(226,228,233,.82);"
    "--md-code-bg-color:#262a33",
}
PAGE = """<!doctype html><meta charset="utf-8"><style>{style}
body {{ font: 16px Roboto, Arial, sans-serif; --md-accent-fg-color: #526cfe }}
section {{ display: flex; gap: 8px }}
section > div {{ flex: 1; min-width: 0; overflow: hidden; padding: 8px; border: 1px solid #ccc;
  background: var(--md-default-bg-color); color: var(--md-default-fg-color) }}
</style>{rows}<script src="{mermaid}"></script><script>
mermaid.initialize({{startOnLoad: false}});
(async () => {{
  for (const one of document.querySelectorAll("pre.mermaid"))
    try {{ await mermaid.run({{nodes: [one]}}) }} catch (error) {{ one.textContent = error.message }}
  document.title = "done";
}})();
</script>"""


def main() -> int:
    arguments = _arguments()
    from playwright.sync_api import sync_playwright

    paths = sorted(arguments.folder.glob("*.mmd"))
    arguments.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        flags = ["--no-sandbox", "--allow-file-access-from-files"]
        page = playwright.chromium.launch(executable_path=arguments.chromium, args=flags).new_page(
            viewport={"width": 1800, "height": 1000}
        )
        for number, begin in enumerate(range(0, len(paths), arguments.each), 1):
            written = Path(folder, "page.html")
            written.write_text(_page(paths[begin : begin + arguments.each], arguments.mermaid), "utf-8")
            page.goto(written.as_uri())
            page.wait_for_function("document.title == 'done'", timeout=120_000)
            picture = arguments.to / f"beside-{number:02}.png"
            page.screenshot(path=picture, full_page=True)
            print(picture)
    return 0


def _page(paths: list[Path], mermaid: Path) -> str:
    studio = Studio(Pele(), None)
    rows = []
    for path in paths:
        source = path.read_text("utf-8")
        ours = to_html(studio.draw(source), source)
        panes = "".join(
            f'<div data-md-color-scheme="{scheme}" style="{colours}">{ours}</div>'
            for scheme, colours in PALETTES.items()
        )
        theirs = f'<div><pre class="mermaid">{html.escape(source)}</pre></div>'
        rows.append(f"<h4>{html.escape(path.name)}</h4><section>{panes}{theirs}</section>")
    return PAGE.format(style=dict(assets())[STYLE], rows="".join(rows), mermaid=mermaid.resolve().as_uri())


def _arguments() -> argparse.Namespace:
    command = mermaidjs.parser(__doc__)
    command.add_argument("--to", type=Path, required=True, help="the folder for the pictures")
    command.add_argument("--each", type=int, default=6, help="how many diagrams a picture shows")
    return command.parse_args()


if __name__ == "__main__":
    sys.exit(main())

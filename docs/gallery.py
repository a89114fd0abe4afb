"""Fills the gallery: every diagram of the benchmarks, drawn in both palettes, its source below it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.pages import Page

from mkdocs_designdocs.kinds import CLIENT_ONLY, KINDS, first_word, spoken

DIAGRAMS = Path(__file__).parent.parent / "benchmarks" / "diagrams"
MARK = "<!-- gallery -->"


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Put the gallery at its mark."""
    return markdown.replace(MARK, gallery()) if page.file.src_uri == "gallery.md" else markdown


def gallery() -> str:
    """A heading for each kind, and what there is of it, in the order of the documentation."""
    found: dict[str, list[Path]] = {kind.name: [] for kind in KINDS.values()}
    for path in sorted(DIAGRAMS.glob("*.mmd")):
        word = first_word(path.read_text("utf-8"))[0]
        if word not in CLIENT_ONLY:
            found[KINDS[word].name].append(path)
    return "\n".join(_kind(name, paths) for name, paths in found.items() if paths)


def _kind(name: str, paths: list[Path]) -> str:
    title = spoken(name)
    return f"## {title[:1].upper()}{title[1:]}\n\n" + "\n".join(_both(path.read_text("utf-8")) for path in paths)


def _both(source: str) -> str:
    fence = f"```mermaid\n{source.rstrip()}\n```"
    panes = "\n".join(
        f'<div class="gallery__pane" data-md-color-scheme="{scheme}" markdown>\n\n{fence}\n\n</div>'
        for scheme in ("default", "slate")
    )
    shown = "\n".join(f"    {line}".rstrip() for line in f"```text\n{source.rstrip()}\n```".split("\n"))
    return f'<div class="gallery" markdown>\n{panes}\n</div>\n\n??? quote "Source"\n\n{shown}\n'

"""The `designdocs` command: the same verdict as a build, without building."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click

from mkdocs_designdocs import __version__, report, sarif
from mkdocs_designdocs.annotations import workflow_commands
from mkdocs_designdocs.catalog import Archive, Catalog, catalogue
from mkdocs_designdocs.collection import CannotStartError, below, library_of, load_site, with_links
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, pele_available
from mkdocs_designdocs.gate import fails
from mkdocs_designdocs.scaffold import scaffold, slug, write_new
from mkdocs_designdocs.templates import RENDERING, Library, explain

FORMATS = ("text", "json", "sarif", "github")
MANY = 50
"""Documents to be judged anew, beyond which whoever waits is shown how far it is."""

_config_option = click.option(
    "-f", "--config-file", type=click.Path(dir_okay=False), help="The MkDocs configuration. Default: mkdocs.yml."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="designdocs %(version)s")
def main() -> None:
    """Technical design documents: written from templates, checked for completeness."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may know fewer characters than a design
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@_config_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="What to print.")
def check(paths: tuple[str, ...], config_file: str | None, strict: bool, form: str) -> None:
    """Check designs: those at PATHS (files or folders), or all of the site.

    Exits with 0 when nothing fails, 1 when findings fail, 2 when the command or the configuration is wrong.
    """
    settings, documents = load_site(config_file, paths)
    studio = Studio(None if pele_available() else Pele(), settings.cache_dir, settings.diagram_engine)
    catalog = with_links(_judged(documents, Archive(settings, studio)), settings, documents)
    catalog = below(catalog, documents, settings, paths)
    colour = False if os.environ.get("NO_COLOR") else None  # None: click looks whether this is a terminal
    for part in _report(catalog, form, settings.root):
        click.echo(part, color=colour)
    sys.exit(1 if fails(catalog.everything(), strict=strict or settings.strict) else 0)


@main.command()
@click.argument("name", required=False)
@_config_option
def templates(name: str | None, config_file: str | None) -> None:
    """List the templates, or print the Markdown of the one called NAME."""
    library, settings = library_of(config_file)
    for problem in library.problems:
        click.echo(report.line(problem, settings.root), err=True)
    if name is None:
        width = max((len(n) for n in library.templates), default=0)
        for template in library.templates.values():
            about = template.description or f"from {settings.shown(template.path)}"
            click.echo(f"{template.name:<{width}}  {about}")
        return
    template = library.templates.get(name) or _no_template(name, library)
    click.echo("\n".join(template.blank.outline.lines).strip("\n"))


@main.command()
@click.argument("template")
@click.argument("title")
@_config_option
@click.option("--author", "authors", multiple=True, help="Who writes it; may be repeated. Default: git's user.name.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="The file. Default: a name made of the title, beside the index.",
)
def new(template: str, title: str, config_file: str | None, authors: Sequence[str], output: str | None) -> None:
    """Write a new design from TEMPLATE, called TITLE, ready to be filled."""
    library, settings = library_of(config_file, new=True)
    chosen = library.templates.get(template) or _no_template(template, library)
    folder = settings.docs_dir / Path(settings.index or "designs/index.md").parent
    title, *authors = (_sayable(text) for text in (title, *(authors or _git_user())))
    if not title:
        _stop("a design needs a title")
    path = Path(output) if output else folder / f"{slug(title)}.md"
    shown = os.path.relpath(path)
    try:
        text = scaffold(chosen, title, authors, settings.lifecycle, datetime.date.today())
        write_new(path, text)
    except RENDERING as error:
        _stop(report.line(explain(error, chosen, settings.shown), settings.root))
    except FileExistsError:
        _stop(f"{shown} exists; nothing is written over it")
    except OSError as error:
        _stop(f"{shown} cannot be written: {error.strerror}")
    click.echo(f"{shown}: a new {chosen.name} design; put your words where its prompts are")


def _judged(documents: Sequence[Document], archive: Archive) -> Catalog:
    """The catalogue, and a bar for whoever waits for it at a terminal."""
    if sys.stderr.isatty() and len(anew := archive.unknown(documents)) > MANY:
        with click.progressbar(anew, label="Checking", file=sys.stderr) as bar:
            for document in bar:
                archive.verdict(document)  # the catalogue finds it in the archive
    return catalogue(documents, archive)


def _report(catalog: Catalog, form: str, root: Path) -> Iterator[str]:
    """What is printed, in one of the `FORMATS`."""
    if form == "json":
        yield report.as_json(catalog)
    elif form == "sarif":
        yield sarif.as_sarif(catalog, _base(root), sarif.published())
    elif form == "github":
        yield from workflow_commands(catalog, _base(root))
    else:
        yield from report.text(catalog, root, click.style)


def _base(root: Path) -> str:
    """The folder of the configuration as seen from the top of the repository.

    The top is what GitHub Actions says, else the working folder; a configuration outside of both has one of its own.
    """
    root = root.resolve()
    tops = (Path(top).resolve() for top in (os.environ.get("GITHUB_WORKSPACE"), ".") if top)
    return next((root.relative_to(top).as_posix() for top in tops if root.is_relative_to(top)), "")


def _git_user() -> Sequence[str]:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return ()
    return [done.stdout.strip()] if done.stdout.strip() else []


def _sayable(text: str) -> str:
    """A text of the command line in one line; bytes that are no UTF-8 become marks."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _no_template(name: str, library: Library) -> NoReturn:
    if name in library.broken:
        _stop(f'the template "{name}" cannot be used; "designdocs check" says why')
    near = get_close_matches(name.casefold(), list(library.templates), n=1, cutoff=0.5)
    guess = f"; did you mean {near[0]}?" if near else "."
    _stop(f'there is no template "{name}"{guess} There are {", ".join(sorted(library.templates))}.')


def _stop(message: str) -> NoReturn:
    raise CannotStartError(message)

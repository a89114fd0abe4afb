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

from mkdocs_designdocs import __version__, baseline, report, sarif
from mkdocs_designdocs.annotations import workflow_commands
from mkdocs_designdocs.baseline import View, applied
from mkdocs_designdocs.catalog import Archive, Catalog
from mkdocs_designdocs.collection import (
    CannotStartError,
    archive_of,
    below,
    catalogued,
    config_option,
    history_for_checks,
    library_of,
    load_site,
    narrowed,
    with_links,
)
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.gate import fails
from mkdocs_designdocs.listed import listed
from mkdocs_designdocs.mending import Mending, written
from mkdocs_designdocs.mishaps import RENDERING
from mkdocs_designdocs.scaffold import scaffold, slug, write_new
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.templates import Library, explain
from mkdocs_designdocs.upgrade import Upgrade, upgrades

FORMATS = ("text", "json", "sarif", "github")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="designdocs %(version)s")
def main() -> None:
    """Technical design documents: written from templates, checked for completeness."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may know fewer characters than a design
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@config_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="What to print.")
@click.option("--write-baseline", is_flag=True, help="Take what is found as given; later, take out what is mended.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, then check.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
def check(
    paths: tuple[str, ...],
    config_file: str | None,
    strict: bool,
    form: str,
    write_baseline: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Check designs: those at PATHS (files or folders), or all of the site.

    Exits with 0 when nothing fails, 1 when findings fail, 2 when the command or the configuration is wrong.
    """
    if diff and (form != "text" or write_baseline):
        _stop("--diff prints a difference and nothing else: leave out --format and --write-baseline")
    settings, documents = load_site(config_file, paths)
    archive = archive_of(settings)
    asked = below(documents, settings, paths)
    history = history_for_checks(documents, settings)
    view = View(settings.root, [Path(path).resolve() for path in paths])

    def judged(those: Sequence[Document]) -> Catalog:
        return narrowed(with_links(catalogued(those, archive, history), settings, those), those, asked)

    mending = None
    if fix or diff:
        mending = Mending(documents, archive, lambda those: applied(judged(those), settings, view))
        if diff:
            sys.exit(_show_difference(mending, settings))
        _mend(mending, settings, err=form != "text")
    catalog = judged(mending.documents if mending else documents)
    if write_baseline:
        _write_baseline(catalog, settings, view)
    catalog = applied(catalog, settings, view)
    colour = False if os.environ.get("NO_COLOR") else None  # None: click looks whether this is a terminal
    for part in _report(catalog, form, settings.root, mending.count if mending else None):
        click.echo(part, color=colour)
    if mending and mending.failed:
        sys.exit(CannotStartError.exit_code)
    sys.exit(1 if fails(catalog.everything(), strict=strict or settings.strict) else 0)


main.add_command(listed)


@main.command()
@click.argument("name", required=False)
@config_option
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
@config_option
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
    except RENDERING as error:
        _stop(report.line(explain(error, chosen, settings.shown), settings.root))
    try:
        write_new(path, text)
    except FileExistsError:
        _stop(f"{shown} exists; nothing is written over it")
    except OSError as error:
        _stop(f"{shown} cannot be written: {error.strerror}")
    click.echo(f"{shown}: a new {chosen.name} design; put your words where its prompts are")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@config_option
@click.option(
    "--all", "everything", is_flag=True, help="Also designs that record no version, and closed ones that are named."
)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
def upgrade(paths: tuple[str, ...], config_file: str | None, everything: bool, diff: bool) -> None:
    """Bring designs to the present version of their templates: those at PATHS, or all of the site.

    Adds the sections that a design lacks, with their prompts, and records the version. With --diff it exits with 1 when
    there is something to upgrade.
    """
    settings, documents = load_site(config_file, paths)
    asked = below(documents, settings, paths)
    library = Archive(settings, None).library
    for problem in library.problems:
        click.echo(report.line(problem, settings.root), err=True)
    files = {Path(path).resolve() for path in paths}
    named = frozenset(d.path for d in documents if (settings.root / d.path).resolve() in files)
    those = [d for d in documents if d.path in asked]
    found = list(upgrades(those, settings, library, named=named, everything=everything))
    if not found:
        more = "" if everything else "; designs that record no version are left alone without --all"
        click.echo(f"designdocs: nothing to upgrade{more}", err=True)
    sys.exit(max((_upgrade(one, settings, diff=diff) for one in found), default=0))


def _write_baseline(catalog: Catalog, settings: Settings, view: View) -> None:
    if settings.baseline is None:
        _stop("`baseline` is empty in the configuration, so there is no file to write")
    try:
        click.echo(f"designdocs: {baseline.write(settings.baseline, catalog, settings, view)}", err=True)
    except OSError as error:
        _stop(f"{settings.shown(settings.baseline)} cannot be written: {error.strerror}")


def _show_difference(mending: Mending, settings: Settings) -> int:
    """Print what would change; 1 where something would, as a formatter's `--diff` exits."""
    for one in mending.mended:
        click.echo(one.difference(_shown(one.path, settings)), nl=False)
    files = len(mending.mended)
    if files:
        click.echo(f"designdocs: would mend {mending.count} in {files} {'file' if files == 1 else 'files'}", err=True)
    return 1 if files else 0


def _mend(mending: Mending, settings: Settings, *, err: bool) -> None:
    """Write what can be mended and say so."""
    for one in mending.write():
        click.echo(one.told(_shown(one.path, settings)), err=err)
    for path, reason in mending.left_alone():
        click.echo(f"designdocs: {_shown(path, settings)} is left as it is: {reason}", err=True)


def _upgrade(one: Upgrade, settings: Settings, *, diff: bool) -> int:
    """Write an upgrade and say so, or show what would change; the exit code that this asks for."""
    shown, reason, code = _shown(one.path, settings), one.trouble, 0
    if not reason and diff:
        click.echo(one.mended.difference(shown), nl=False)
        return 1
    if not reason and (reason := written(Path(os.path.realpath(settings.root / one.path)), one.mended)):
        code = CannotStartError.exit_code
    click.echo(f"designdocs: {shown} is left as it is: {reason}" if reason else one.told(shown), err=bool(reason))
    return code


def _shown(path: str, settings: Settings) -> str:
    return Path(os.path.relpath(settings.root / path)).as_posix()


def _report(catalog: Catalog, form: str, root: Path, mended: int | None) -> Iterator[str]:
    """What is printed, in one of the `FORMATS`."""
    if form == "json":
        yield report.as_json(catalog)
    elif form == "sarif":
        yield sarif.as_sarif(catalog, _base(root), sarif.published())
    elif form == "github":
        yield from workflow_commands(catalog, _base(root))
    else:
        yield from report.text(catalog, root, click.style, mended)


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

"""`designdocs list`: the designs of a collection at a terminal, in a pipe, or as JSON."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import click

from mkdocs_designdocs import asking
from mkdocs_designdocs.chronicle import history_of
from mkdocs_designdocs.collection import CannotStartError, archive_of, below, catalogued, config_option, load_site
from mkdocs_designdocs.columns import in_order
from mkdocs_designdocs.dates import today
from mkdocs_designdocs.entries import Entry, entries_of
from mkdocs_designdocs.listing import wish
from mkdocs_designdocs.queries import EVERYTHING, Query
from mkdocs_designdocs.records import as_json
from mkdocs_designdocs.report import plain
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.table import table


def _asks(name: str, what: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", multiple=True, metavar=what, help=text)


@click.command("list")
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@config_option
@_asks("status", "STATUS", "In any spelling, or open, in force, closed; after ! all but that.")
@_asks("author", "WHO", "Who wrote it: @handle, name or address.")
@_asks("reviewer", "WHO", "Who reviews it.")
@_asks("waiting", "WHO", "Whose review it waits for.")
@_asks("template", "NAME", "The name of its template.")
@_asks("tag", "TAG", "One of its tags.")
@_asks("text", "WORDS", "Words in its title, id, overview, tags or authors.")
@click.option("--sort", "order", metavar="COLUMN", help="title, age, updated …; -age is the other way round.")
@click.option("--json", "as_records", is_flag=True, help="Print what designs.json holds of them.")
def listed(
    paths: tuple[str, ...],
    config_file: str | None,
    order: str | None,
    as_records: bool,
    **asked: tuple[str, ...],
) -> None:
    """List designs: those at PATHS (files or folders), or all of the site.

    An option that is given several times, or with commas, takes what has any of its values; several options take what
    has all of them.
    """
    settings, documents = load_site(config_file, paths)
    query = _query(asked, settings)
    ordered = _order(order)
    those = below(documents, settings, paths)
    catalog = catalogued(documents, archive_of(settings), history_of(documents, settings))
    known = entries_of(catalog, settings.lifecycle)
    entries = [one for one in known if one.design.path in those]
    for doubt in asking.unmet(query, entries):
        click.echo(f"designdocs: {doubt.message}", err=True)
    found = ordered([_as_published(one, settings) for one in entries if query.takes(one)])
    if as_records:
        click.echo(as_json(found, settings.site_url), nl=False)
        return
    if not found:
        what = "there are no designs" if query == EVERYTHING else "no design is like that"
        click.echo(f"designdocs: {what}", err=True)
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    for line in table(found, today(), width, click.style if terminal and not os.environ.get("NO_COLOR") else plain):
        click.echo(line)


def _query(asked: Mapping[str, tuple[str, ...]], settings: Settings) -> Query:
    query, wrong = asking.read({name: list(values) for name, values in asked.items() if values}, settings.lifecycle)
    if wrong:
        raise CannotStartError("; ".join(f"--{doubt.field}: {doubt.message}" for doubt in wrong))
    return query


def _order(order: str | None) -> Callable[[Sequence[Entry]], Sequence[Entry]]:
    """What puts designs in order; unasked that is their statuses'."""
    if order is None:
        return lambda entries: entries
    try:
        column = str(wish("order", order)[1])
    except ValueError as error:
        raise CannotStartError(f"--sort: {str(error).removeprefix('order: ')}") from error
    return lambda entries: in_order(entries, column)


def _as_published(entry: Entry, settings: Settings) -> Entry:
    """A design that has no page on the site has no address there."""
    design = entry.design
    return replace(entry, design=replace(design, url="")) if design.status.key in settings.unpublished else entry

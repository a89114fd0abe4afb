"""`python -m mkdocs_designdocs`: the command where no script of it is on the PATH."""

from mkdocs_designdocs.cli import main

main(prog_name="designdocs")

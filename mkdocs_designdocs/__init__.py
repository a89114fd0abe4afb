"""Technical design documents in MkDocs.

The pipeline, and the rooms in which each step lives:

- read: `source` (bytes to text and front matter), `frontmatter` (YAML with its lines), `people`,
  `metadata` (the `design:` block and the metadata lines of the body), `blocks` (Markdown to blocks and headings)
- match: `templates` (what a design must have), `matching` (which heading is which section)
- expand: `expansion` (the page in the template's order), `repair` (white space that Python-Markdown needs)
- diagrams: `fences`, `engine`, `drawings`
- check: `wording` (whose words a block holds), `completeness` (states and findings), `integrity`
- publish: `catalog` (all designs and all findings), `index`, `page` (what a reader sees), `report`

Three doors lead to the same functions: `plugin` for MkDocs, `cli` for the `designdocs` command, and Python.
"""

__version__ = "0.1.0"

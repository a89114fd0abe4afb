"""Technical design documents in MkDocs.

The pipeline, and the rooms in which each step lives:

- read: `source` (bytes to text and front matter), `frontmatter` (YAML with its lines), `slips` (what is wrong where
  it cannot be read), `quoting`, `people`, `dates`, `lifecycle`, `fields`, `vocabulary` (what they are called),
  `adoption` (which pages are designs without a block), `designblock` and `stages`, `claims` and `preamble` (what
  YAML, file names and the body say), `agreement` (of several places), `metalines`, `metadata` (all that a design says
  about itself), `blocks` (Markdown to blocks)
- match: `shelf`, `declarations`, `templates` and `mishaps` (what a design must have), `skeleton`, `fitting` (a
  template filled with a design's data), `titles`, `matching` (which heading is which section)
- sketch: `filters` (what a template can do with a value), `shapes` (data that can be drawn), `lettering` (any text as
  a label), `sketches` (data as Mermaid)
- check: `placeholders`, `phrases` and `wording` (whose words a block holds), `completeness` (the state of every
  section), `subject`, `checks`, `leftovers`, `integrity` and `strays` (what is wrong), `ignores`, `levels` and `gate`
  (how much it matters)
- expand: `expansion` (the page in the template's order), `lines`, `filling`, `escaping`, `repair` (white space that
  Python-Markdown needs)
- diagrams: `fences`, `containers` and `bare` (where they stand), `superfences` and `fencedcode` (who hands them
  over), `engine` (who draws them), `positions` (of what it says), `soundness` and `foreword` (what mermaid.js
  stumbles over), `safety`, `routes`, `paint`, `authored`, `inks` and `colours` (what may go into a page, and in which
  colours), `kinds`, `mistakes`, `complaints`, `brackets`, `dialects`, `entities`, `charts` and `meanings` (what is
  wrong with one in words that teach), `clicks` (what nodes link to), `drawings`, `captions`, `figures`, `words` (of a
  drawing), `sheet` (the diagrams of a page)
- publish: `analysis` (one document to its verdict), `design` (the verdict as values), `cache`, `catalog` (all designs
  and all findings), `baseline` (what of them is taken as given), `identity` (ids and numbers), `references` (which
  design a name means), `relations` (what designs say of each other), `circles` and `succession` (whether that can be
  true), `network` (the same as a graph), `marks`, `page`, `leaf` and `site` (what a reader sees), `banner`,
  `mentions`, `trail`, `backlinks`, `frame` and `surroundings` (what stands around a design), `publication`,
  `withholding` and `freshness` (what is published, and made anew), `labels`, `translations`, `partials` and
  `overrides` (in whose words and whose HTML), `excerpts` and `report` (text and JSON), `sarif`, `annotations` (for
  GitHub Actions), `scaffold`
- list: `prose`, `questions` and `gist` (what lists show of a body), `repository` (git), `lineage` (versions of
  files), `standing` (what status they say), `annals` and `chronicle` (all of it, kept), `history` (what git knows),
  `roll` (everybody), `entries` (designs as lists show them), `queries` and `asking` (which of them), `listing` and
  `layout` (and how), `placement` (and where), `columns` and `facets` (how designs differ), `cards`, `tools` and
  `index` (the page), `shelves` (pages of one author, status or tag), `plots`, `health`, `timeline` and `pictures`
  (what it draws)
- export: `moves` (what happened), `address` (where on the web), `records` (as JSON), `feed`, `llms`, `exports` (all
  of these as files), `table` (at a terminal)

Three doors lead to the same functions: `plugin` (with `config`) for MkDocs, `cli` and `listed` for the `designdocs`
command, and Python.
"""

__version__ = "0.1.0"

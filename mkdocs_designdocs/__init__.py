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
- catalogue: `analysis` (one document to its verdict), `design` (the verdict as values), `cache`, `catalog` (all designs
  and all findings), `baseline` (what of them is taken as given), `chronology` (of sections), `identity` (ids and
  numbers), `references` (which design a name means), `relations` (what designs say of each other), `circles` and
  `succession` (whether that can be true), `publication` (which are published)
- history: `repository` (git), `lineage` (versions of files), `standing` (what status they say), `annals` and
  `chronicle` (all of it, kept), `history` (as values)
- list: `prose`, `questions` and `gist` (what lists show of a body), `roll` (everybody), `entries` (designs as lists
  show them), `queries` and `asking` (which of them), `listing` and `layout` (and how), `placement` (and where),
  `columns` and `facets` (how designs differ), `cards`, `tools` and `index` (one list), `shelves` (pages of one
  author, status or tag), `indexes` (all lists of a site), `network`, `plots`, `health`, `timeline` and `pictures`
  (what can be drawn of them)
- publish: `site` (while it is built), `leaf` (one of its pages), `page`, `marks`, `banner`, `mentions`, `trail`,
  `backlinks`, `frame` and `surroundings` (what stands around a design), `unsearched` (of it), `labels`, `partials`
  and `overrides` (in whose words and whose HTML), `dressing` (style and scripts), `generated` (the pages that a site
  gets from us), `translations` (in several languages), `files` (MkDocs' own), `withholding` and `freshness` (what is
  left out, and made anew), `herald` (what the log says)
- export: `moves` (what happened), `address` (where on the web), `records` (as JSON), `feed`, `llms`, `exports` (all
  of these as files), `table` (at a terminal), `excerpts` and `report` (findings as text and JSON), `sarif`,
  `annotations` (for GitHub Actions)
- mend: `fixes`, `requoting`, `insertion` and `mending`, `upgrade` and `frontedit`; `scaffold` writes new designs

Three doors lead to the same functions: `plugin` (with `config`) for MkDocs, `cli` and `listed` for the `designdocs`
command, and Python.
"""

__version__ = "0.1.0"

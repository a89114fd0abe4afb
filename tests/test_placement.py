"""Where indexes stand: markers in pages, what they ask for, and what the configuration says of all of them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from mkdocs_designdocs.layout import Layout, layout
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.listing import WHOLE, Listing
from mkdocs_designdocs.placement import check_filled, check_markers, filled, holds, listing_of, markers
from mkdocs_designdocs.queries import Query

INDEX = "<!-- designdocs: index -->"
DESIGN = "---\ndesign:\n  template: note\n  status: {status}\n  authors: {author!r}\n  tags: [{tags}]\n---\n"


def design(title: str, status: str = "draft", author: str = "@ana", tags: str = "") -> str:
    body = f"# {title}\n\n## Context\n\nCalls fail.\n\n## Decision\n\nWe retry.\n"
    return DESIGN.format(status=status, author=author, tags=tags) + body


@pytest.mark.parametrize(
    "text",
    [
        f"# T\n\n{INDEX}\n",
        f"Words\n{INDEX}\n",
        f"- item\n\n    {INDEX}\n",
        f"- {INDEX}\n",
        f"1. item\n\n    - item\n\n        {INDEX}\n",
        f"!!! note\n\n    {INDEX}\n",
        f'=== "Tab"\n\n    !!! note\n\n        {INDEX}\n',
        f"> {INDEX}\n",
        f"<div markdown>\n{INDEX}\n</div>\n",
        f"```text\nwords\n```\n\n{INDEX}\n",
        '<!-- designdocs: index\n     status="draft"\n     order="title" -->\n',
        "<!--designdocs:index-->\n",
        f"<!-- a remark -->\n{INDEX}\r\n",
    ],
)
def test_a_marker_stands_on_a_line_of_its_own_wherever_markdown_can(text):
    assert [marker.wrong for marker in markers(text)] == [""]
    assert "MADE" in filled(text, lambda _: "MADE")
    assert "<!-- designdocs: index" not in filled(text, lambda _: "MADE")


@pytest.mark.parametrize(
    "text",
    [
        f"```markdown\n{INDEX}\n```\n",
        f"~~~\n{INDEX}\n~~~\n",
        f"- item\n\n    ```\n    {INDEX}\n    ```\n",
        f"Words\n\n    {INDEX}\n",
        f"Write `{INDEX}` there.\n",
        f"<pre>\n{INDEX}\n</pre>\n",
        f"<!-- not now: {INDEX}\n",
        "<!-- designdocs: ignore section-missing -->\n",
        "<!-- designdocs: elsewhere -->\n",
        "<!-- designdocs index all of this -->\n",
        "`<!-- designdocs index -->`\n",
        "```\n<!-- designdoc: index -->\n```\n",
    ],
)
def test_in_code_and_in_other_comments_it_is_none(text):
    assert not markers(text)
    assert filled(text, lambda _: "MADE") == text


def test_what_is_made_stands_as_the_marker_does():
    text = f"- a\n\n    {INDEX}\n\n- {INDEX}\n\n> {INDEX}\n"
    made = filled(text, lambda _: "one\n\ntwo\n")
    assert made == "- a\n\n    one\n    \n    two\n\n- one\n    \n    two\n\n> one\n> \n> two\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{INDEX}\nx " + "".join("`" * (n % 300 + 1) + " a " for n in range(2000)),
        "<!-- designdocs: index " * 10_000,
        f"\n{INDEX}\n" * 2000,
        "<!-- designdocs: index " + 'a="' * 20_000,
        "<!--" + " " * 200_000 + f"designdocs: index -->{INDEX}",
        f"<!-- designdocs{' ' * 100_000} . <!-- designdocs index{' ' * 100_000} x",
    ],
    ids=["code", "unclosed", "many", "quotes", "spaces", "misspelt"],
)
def test_no_page_takes_long_to_look_through(text):
    before = time.process_time()
    list(check_markers(text, "a.md", DEFAULT, []))
    assert time.process_time() - before < 2


MISTAKES = {
    '<!-- designdocs: index status="in revew" -->': (24, "no status", "in review"),
    '<!-- designdocs: index colums="title" -->': (24, "an index has no `colums`", "columns"),
    '<!-- designdocs: index columns="title, autors" -->': (24, 'there is no column "autors"', "authors"),
    '<!-- designdocs: index order="-updatd" -->': (24, 'there is no column "updatd"', "updated"),
    '<!-- designdocs: index group="authr" -->': (24, 'there is no group "authr"', "author"),
    '<!-- designdocs: index tools="maybe" -->': (24, "expected yes or no", ""),
    '<!-- designdocs: index limit="0" -->': (24, "limit: expected how many", ""),
    '<!-- designdocs: index status="draft" tag="a -->': (39, "tag: its quotes are never closed", ""),
    "<!-- designdocs: index status=“draft” -->": (24, "status: its quotes are typographic", ""),
    "<!-- designdocs: index draft -->": (24, "draft: it has no value", ""),
    '<!-- designdocs: index tag="a" tag="b" -->': (32, "tag is given twice", ""),
    '<!-- designdocs: index = "a" -->': (24, "cannot read", ""),
    "<!-- designdocs: idnex -->": (1, "there is no marker `idnex`", "index"),
    "<!-- designdocs index -->": (1, "not called by `designdocs index`", "<!-- designdocs: index -->"),
    '<!-- designdoc: index tag="a" -->': (1, "not called by `designdoc: index`", "<!-- designdocs: index -->"),
    "<!-- Design-Docs : Index-->": (1, "not called by `Design-Docs : Index`", "<!-- designdocs: index -->"),
    f"Words and {INDEX}": (11, "on a line of its own", ""),
    f"{INDEX} and words": (1, "on a line of its own", ""),
    '<!-- designdocs: index tag="a"': (1, "never closed by `-->`", ""),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_at_its_place_with_a_guess(text):
    column, what, guess = MISTAKES[text]
    (found,) = check_markers(f"# T\n\n{text}\n", "a.md", DEFAULT, [])
    assert (found.path, found.line, found.column) == ("a.md", 3, column)
    assert what in found.message
    assert not guess or f"did you mean `{guess}`?" in found.message


def test_mistakes_of_one_marker_are_all_named_and_the_rest_of_it_counts():
    (marker,) = markers('<!-- designdocs: index stats="x" tag="pay" columns="nothing" order="title" -->\n')
    listing, doubts = listing_of(marker, WHOLE, DEFAULT)
    assert [doubt.message.split()[0] for doubt in doubts] == ["an", "columns:"]
    assert (listing.query, listing.columns, listing.order) == (Query(tags=("pay",)), WHOLE.columns, "title")


def asked(said: str, text: str = "", whole: Listing = WHOLE) -> Listing:
    marker = markers(f"{text}\n\n<!-- designdocs: index {said} -->\n")[-1]
    return listing_of(marker, whole, DEFAULT)[0]


def test_a_filter_makes_a_plain_list_unless_it_says_more():
    assert asked("") == WHOLE
    plain = asked('status="in review, approved" author="@ana"')
    assert plain.query == Query(statuses=("in-review", "approved"), authors=("@ana",))
    assert (plain.parts, plain.tools) == (("list",), False)
    assert asked('status="draft" group="author" tools="yes"').parts == ("author",)
    assert asked('status="draft" tools="yes"').tools
    assert asked('status="draft" group="none"').parts == ("list",)
    assert asked('parts="health, status"').parts == ("health", "status")
    newest = asked('order="-updated" limit="5"')
    assert (newest.limit, newest.parts, newest.tools) == (5, ("list",), False)
    assert asked('columns="authors, age"').columns == ("title", "authors", "age")


def test_a_marker_takes_from_the_configuration_what_it_does_not_say():
    whole = layout({"columns": ["title", "age"], "order": "title", "parts": ["status"]}).listing
    assert asked("", whole=whole) == whole
    assert asked('tag="pay"', whole=whole).columns == ("title", "age")
    assert asked('tag="pay" order="-age"', whole=whole).order == "-age"


def test_headings_of_an_index_are_below_the_one_it_stands_under():
    assert [asked("", text).level for text in ("", "# T", "# T\n\n## S", "T\n=\n\nS\n---\n\nWords", "##### S")] == [
        2,
        2,
        3,
        3,
        5,
    ]


def test_the_configuration_is_read_with_words_that_help():
    assert layout("a/b.md") == Layout("a/b.md")
    assert layout(False).page == ""
    assert layout({"pages": True}).shelves == ("author", "status", "tag")
    assert layout({"pages": ["tag"]}).shelves == ("tag",)
    assert layout({"pages": False}).shelves == ()
    assert layout({}) == Layout("designs/index.md", WHOLE, None)
    wrong: dict[str, Any] = {
        'there is no key "colums"; did you mean `columns`': {"colums": "title"},
        "columns: there is no column": {"columns": ["nothing"]},
        "did you mean `updated`": {"order": "-updted"},
        "tools: expected yes or no": {"tools": 3},
        'there is no key "limit"': {"limit": 5},
        'pages: there is no kind of page "tags"; did you mean `tag`': {"pages": ["tags"]},
        "pages: expected a kind of page or a list of them": {"pages": 3},
        "parts: expected a part or a list": {"parts": []},
        "expected the path of a page": "../out.md",
    }
    for message, value in wrong.items():
        with pytest.raises(ValueError, match=re.escape(message)):
            layout(value)


def test_what_no_design_has_is_told_only_where_it_looks_like_a_slip(judged: Callable[..., Any]):
    templates = {"note.md": "# [T]\n\n## Context\n\n[Why]\n\n## Decision\n\n[What]\n"}
    pages = {
        "a.md": design("A", tags="payments"),
        "b.md": f'{design("B")}\n<!-- designdocs: index status="x" -->\n',
        "c.md": '<!-- designdocs: index tag="payment" -->\n\n<!-- designdocs: index tag="else" author="@anna" -->\n',
        "d.md": "<!-- designdocs index -->\n",
        "e/f.md": f'{design("F")}\n<!-- designdocs: index path="!nowhere/" -->\n',
        "g.md": '<!-- designdocs: index path="e/" -->\n\n<!-- designdocs: index path="nowhere/" -->\n',
    }
    catalog = judged(pages, templates)
    said = [(d.path, d.line, d.level.value, d.message) for d in catalog.everything()]
    assert [one[:3] for one in said] == [
        ("b.md", 18, "error"),
        *(("c.md", 1, "warning"), ("c.md", 3, "warning")),
        *(("d.md", 1, "error"), ("g.md", 3, "warning")),
    ]
    assert said[4][3] == "no design lies in `nowhere/`"
    assert "did you mean `payments`?" in said[1][3]
    assert "did you mean `@ana`?" in said[2][3]
    assert [d.code for one in catalog.designs for d in one.diagnostics] == ["index-marker-invalid"]


class _Nesting(HTMLParser):
    """Finds lists that stand in a paragraph, which no browser leaves there."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.wrong += tag in ("ul", "form", "div") and "p" in self.open
        self.open += [tag] if tag in ("p", "li") else []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li") and tag in self.open:
            while self.open.pop() != tag:
                pass


HOME = f"""# Home

## In review

<!-- designdocs: index status="in review" columns="title" -->

## Of Ana

<!-- designdocs: index author="@ana" group="status" -->

### One

<!-- designdocs: index status="in review" limit="1" -->

- In a list

    <!-- designdocs: index tag="pay" -->

!!! note

    <!-- designdocs: index status="withdrawn" -->

```html
{INDEX}
```

Write `{INDEX}`.
"""


@pytest.fixture(scope="module")
def built(new_site):
    site = new_site("placement")
    site.configure(
        theme={"name": "mkdocs"},
        ours={"templates_dir": "templates", "index": {"page": "all.md", "parts": "status", "pages": ["tag", "author"]}},
        markdown_extensions=["admonition"],
        use_directory_urls=False,
    )
    site.write("../templates/note.md", "# [T]\n\n## Context\n\n[Why]\n\n## Decision\n\n[What]\n")
    site.write("index.md", HOME)
    site.write("README/all.md", "# Not the index\n")
    site.write("d/a.md", design("Retries", "in review", "Ana Ruiz @ana", "Pay, 'Ünïcode/..'"))
    site.write("d/b.md", design("Ledger", "draft", "@ana", "pay"))
    site.write(
        "d/c.md",
        design("Carriers", "in review", "Zoë <zoe@example.com>") + f"## Beside\n\n[Pay](../tag/pay.md)\n\n{INDEX}\n",
    )
    site.write("author/zoë.md", "# Zoë herself\n")
    site.result = site.build("--strict")
    return site


def read(site: Any, path: str) -> str:
    text = (site.built / path).read_text("utf-8")
    return text[text.index('role="main"') : text.index("<footer")]


def titles(html: str) -> list[str]:
    return re.findall(r'designdocs-card__title" href="[^"]+">([^<]+)<', html)


def test_every_marker_of_a_page_shows_what_it_asks_for(built):
    assert built.result.returncode == 0, built.result.stderr
    html = read(built, "index.html")
    parts = re.split(r"<h2[^>]*>", html)
    assert titles(parts[1]) == ["Carriers", "Retries"]
    assert "Calls fail" not in parts[1]  # only its title was asked for
    assert [one.strip() for one in re.findall(r"<h3[^>]*>([^<]+)", parts[2])] == ["Draft", "In review", "One"]
    assert titles(parts[2].partition(">One<")[0]) == ["Ledger", "Retries"]
    assert len(titles(parts[2].partition(">One<")[2].partition("In a list")[0])) == 1
    assert titles(parts[2].partition("In a list")[2]) == ["Ledger", "Retries"]
    assert "No design is like that at present" in html
    assert html.count("&lt;!-- designdocs: index --&gt;") == 2
    assert "<form" not in html
    nesting = _Nesting()
    nesting.feed(html)
    assert nesting.wrong == 0


def test_links_of_a_marker_lead_to_the_designs(built):
    assert 'href="d/a.html">Retries<' in read(built, "index.html")
    assert 'href="a.html">Retries<' in read(built, "d/c.html")
    assert 'href="d/a.html">Retries<' in read(built, "all.html")


def test_an_index_can_stand_on_a_design(built):
    html = read(built, "d/c.html")
    assert set(titles(html)) == {"Retries", "Ledger", "Carriers"}
    assert re.search(r"<h2[^>]*>Beside", html)


def test_pages_of_authors_and_tags_are_linked_from_the_index_and_back(built):
    assert titles(read(built, "tag/pay.html")) == ["Ledger", "Retries"]
    assert 'href="../all.html">All designs<' in read(built, "tag/pay.html")
    assert 'href="tag/pay.html">' in read(built, "all.html")
    assert titles(read(built, "author/ana.html")) == ["Ledger", "Retries"]
    assert titles(read(built, "tag/ünïcode-dbfc.html")) == ["Retries"]
    assert not (built.built / "status").exists()
    found = json.loads((built.built / "search/search_index.json").read_text("utf-8"))["docs"]
    assert [one["text"] for one in found if one["location"].startswith("tag/")] == ["", ""]
    assert "Omitted" not in built.result.stderr
    assert "not included in the" not in built.result.stderr


def test_a_page_of_the_team_s_own_stays_and_is_linked(built):
    assert "Zoë herself" in (built.built / "author/zoë.html").read_text("utf-8")
    assert (built.built / "author/zoe-3e69.html").exists()  # her key is her address


def test_check_and_build_name_the_same_mistake_and_dirty_builds_show_what_is_new(built):
    built.write("wrong.md", '# W\n\n<!-- designdocs: index stat="draft" -->\n')
    built.write("d/b.md", design("Ledger two", "draft", "@ana", "pay"))
    checked, again = built.check(), built.build("--dirty")
    expected = "docs/wrong.md:3:24: error: an index has no `stat`; did you mean `status`? [index-marker-invalid]"
    assert expected in checked.stdout
    assert "link-broken" not in checked.stdout  # c.md links to the page of a tag
    assert "docs/wrong.md:3:24: an index has no `stat`" in again.stderr
    assert checked.returncode == again.returncode == 1
    for page in ("index.html", "all.html", "tag/pay.html"):
        assert "Ledger two" in read(built, page), page


def test_holds_tells_a_page_with_an_index():
    assert holds(f"# T\n\n{INDEX}\n")
    assert not holds(f"```\n{INDEX}\n```\n")
    assert not holds("# T\n")


def test_a_marker_that_another_plugin_fills_in_is_judged_as_it_comes():
    left = '# T\n\n<!-- designdocs: index status="{{ s }}" -->\n\n{% if x %}<!-- designdocs: index -->{% endif %}\n'
    assert len(list(check_markers(left, "a.md", DEFAULT, []))) == 2
    assert list(check_markers(left, "a.md", DEFAULT, [], ["macros"])) == []
    assert holds("{{ '<!-- designdocs: index -->' }}\n", ["macros"])
    made = '# T\n\n<!-- designdocs: index status="nope" -->\n\n<!-- designdocs: index -->\n'
    (found,) = check_filled(made, left, "a.md", DEFAULT, [], ["macros"])
    assert "nope" in found.message
    assert (found.line, found.column) == (3, 1)
    assert list(check_filled(made, made, "a.md", DEFAULT, [], ["macros"])) == []  # it has been told of the file


def test_what_front_matter_says_of_markers_is_none(judged: Callable[..., Any]):
    text = '---\ndescription: "put <!-- designdocs: index --> there"\n---\n# T\n\n<!-- designdocs: idnex -->\n'
    (found,) = judged({"a.md": text}).diagnostics
    assert (found.code, found.line) == ("index-marker-invalid", 6)

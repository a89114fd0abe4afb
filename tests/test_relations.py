"""What a name in a relation means, however it is written, and what is said of one that means nothing."""

from __future__ import annotations

import pytest

from mkdocs_designdocs.relations import Names, neighbour, related


def page(**block: object) -> str:
    lines = "".join(f"  {key}: {value}\n" for key, value in block.items())
    return f"---\ndesign:\n  template: t\n  status: rejected\n{lines}---\n# T\n"


TEMPLATES = {"t.md": "# [Name]\n\n## A\n\n[a]\n"}
PAGES = {
    "designs/0001-queue.md": page(id="DD-1"),
    "designs/cache/index.md": page(),
    "designs/store/index.md": page(),
    "old/twin.md": page(),
    "new/twin.md": page(),
}


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("DD-1", "designs/0001-queue.md"),
        ("dd-1", "designs/0001-queue.md"),
        ("0001-queue", "designs/0001-queue.md"),
        ("0001-queue.md", "designs/0001-queue.md"),
        ("./0001-queue.md", "designs/0001-queue.md"),
        ("../designs/0001-queue.md", "designs/0001-queue.md"),
        ("designs/0001-queue.md", "designs/0001-queue.md"),
        ("designs/0001-queue", "designs/0001-queue.md"),
        ("/designs/0001-queue.md", "designs/0001-queue.md"),
        ("cache", "designs/cache/index.md"),
        ("cache/index.md", "designs/cache/index.md"),
        ("../new/twin.md", "new/twin.md"),
        ("twin", None),
        ("index", None),
        ("index.md", None),
        ("DD-2", None),
        ("", None),
    ],
)
def test_a_name_means_a_design(judged, name, uri):
    catalog = judged({**PAGES, "designs/asking.md": page()}, TEMPLATES)
    (asking,) = [d for d in catalog.designs if d.uri == "designs/asking.md"]
    found = Names(catalog.designs).find(asking, name)
    assert (found.uri if found else None) == uri


def test_relations_come_with_their_labels(judged):
    catalog = judged({**PAGES, "designs/a.md": page(supersedes="[DD-1, Elsewhere]", depends_on="cache")}, TEMPLATES)
    by_uri = {d.uri: d for d in catalog.designs}
    assert list(related(by_uri["designs/a.md"], Names(catalog.designs))) == [
        ("Supersedes", [("DD-1", by_uri["designs/0001-queue.md"]), ("Elsewhere", None)]),
        ("Depends on", [("cache", by_uri["designs/cache/index.md"])]),
    ]


def test_a_name_that_means_nothing_is_reported_at_its_key_with_a_guess(judged):
    elsewhere = '["https://example.com/rfc", "[RFC 1](https://x.example)"]'
    pages = {**PAGES, "a.md": page(supersedes="DD-11", related=elsewhere)}
    (diagnostic,) = [d for design in judged(pages, TEMPLATES).designs for d in design.diagnostics]
    assert (diagnostic.code, diagnostic.level.value, diagnostic.line) == ("relation-unknown", "warning", 5)
    assert diagnostic.help == "did you mean `DD-1`?"


@pytest.mark.parametrize(
    ("uri", "target", "path"),
    [
        ("a/b.md", "c.md", "a/c.md"),
        ("a/b.md", "../c.md", "c.md"),
        ("b.md", "./c/d.md", "c/d.md"),
        ("b.md", "../../c.md", "c.md"),
    ],
)
def test_a_relative_link_is_followed(uri, target, path):
    assert neighbour(uri, target) == path

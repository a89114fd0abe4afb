"""A verdict can be kept and comes back as it was; what is no verdict is refused."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.design import (
    Design,
    Document,
    ExpandedDesign,
    Ignore,
    Link,
    SectionState,
    Verdict,
    design,
    digest,
    dump,
    restore,
)
from mkdocs_designdocs.diagnostics import CODES, Diagnostic, Level
from mkdocs_designdocs.fields import FIELDS, PEOPLE, TEXTS, Metadata, Origin
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.people import Person

TEXT = st.text(max_size=8)
NUMBER = st.integers(1, 10**6)
PERSON = st.builds(Person, TEXT, TEXT, TEXT, TEXT)
TUPLES = {PEOPLE: PERSON, TEXTS: TEXT}
METADATA = st.builds(
    Metadata,
    **{
        n: st.lists(TUPLES[k], max_size=2).map(tuple) if k in TUPLES else TEXT
        for n, k in FIELDS.items()
        if n != "status"
    },
    status=st.none() | st.sampled_from(DEFAULT.statuses),
)
DIAGNOSTIC = st.builds(
    Diagnostic, st.sampled_from([*CODES]), st.sampled_from(Level), TEXT, NUMBER, NUMBER, TEXT, TEXT, TEXT, st.booleans()
)
DIAGNOSTICS = st.lists(DIAGNOSTIC, max_size=3).map(tuple)
VERDICT = st.builds(
    Verdict,
    metadata=METADATA,
    title=TEXT,
    status_key=st.sampled_from([s.key for s in DEFAULT.statuses]),
    sections=st.lists(st.builds(SectionState, TEXT, TEXT, st.none() | NUMBER, st.booleans()), max_size=2).map(tuple),
    required=NUMBER,
    written=NUMBER,
    diagnostics=DIAGNOSTICS,
    origins=st.dictionaries(st.sampled_from(["id", "related"]), st.builds(Origin, TEXT, TEXT, NUMBER, NUMBER, TEXT)),
    links=st.lists(st.builds(Link, TEXT, NUMBER, NUMBER), max_size=2).map(tuple),
    section_paths=st.lists(TEXT, max_size=2).map(tuple),
    body_digest=TEXT,
    readable=st.none() | TEXT,
    places=st.dictionaries(TEXT, st.tuples(NUMBER, NUMBER), max_size=2),
    ignored=st.lists(st.builds(Ignore, st.frozensets(TEXT), NUMBER, NUMBER), max_size=2).map(tuple),
    expanded=st.none() | st.builds(ExpandedDesign, TEXT, st.frozensets(st.sampled_from([*FIELDS]))),
)


@given(VERDICT)
@settings(max_examples=60)
def test_a_verdict_restored_is_the_verdict_kept(verdict):
    assert restore(dump(verdict), DEFAULT) == verdict


@given(DIAGNOSTICS)
def test_so_are_the_findings_of_a_page_that_is_no_design(found):
    assert restore(dump(found), DEFAULT) == found


def test_the_verdict_of_a_real_design_comes_back_whole(judged):
    text = (
        "---\ndesign:\n  template: t\n  status: approved\n  authors: ['@ana', Bo]\n  created: 2026-01-02\n"
        "  tags: [a]\n  depends_on: x\n---\n# T\n\n## A\n\nSee [x](x.md) and TODO.\n"
    )
    (one,) = judged({"a.md": text}, {"t.md": "# [T]\n\n## A\n\n[a]\n\n## B\n\n[b]\n"}).designs
    assert one.diagnostics
    assert one.verdict.links
    assert one.verdict.expanded
    back = restore(dump(one.verdict), DEFAULT)
    for name in (f.name for f in fields(Verdict)):
        kept, found = (getattr(v, name) for v in (one.verdict, back))
        if isinstance(kept, list):
            kept = tuple(kept)
        assert kept == found, name


def test_the_data_is_not_kept():
    metadata = Metadata(title="x", data={"models": [{1: object()}]})
    verdict = Verdict(metadata, "x", "draft", (), 0, 0, (), {}, (), (), "", None, None, {}, (), False)
    assert restore(dump(verdict), DEFAULT) == replace(verdict, metadata=replace(metadata, data={}))


WHOLE = dump(
    Verdict(
        metadata=Metadata(status=DEFAULT.statuses[0]),
        title="x",
        status_key="draft",
        sections=(SectionState("A", "written", 1, True),),
        required=1,
        written=1,
        diagnostics=(Diagnostic("todo-left", Level.NOTE, "a.md", 1, 1, "m"),),
        origins={"id": Origin("block", "x.md", 1, 1, "7")},
        links=(Link("b.md", 1, 1),),
        section_paths=("A",),
        body_digest="",
        readable=None,
        expanded=None,
        places={"related RFC-7": (4, 5)},
        ignored=(Ignore(frozenset(["todo-left"]), 1, 9),),
        adopted=True,
    )
)
REFUSED = (LookupError, TypeError, ValueError, AttributeError)


@pytest.mark.parametrize(
    "data", [b"", b"null", b"7", b"[]", b'"x"', b"{}", b"\xff", b"{", b'{"diagnostics": 7}', b'{"diagnostics": [7]}']
)
def test_what_is_no_verdict_is_refused(data):
    with pytest.raises(REFUSED):
        restore(data, DEFAULT)


@pytest.mark.parametrize("name", [f.name for f in fields(Verdict)])
def test_a_verdict_that_lacks_something_is_refused(name):
    kept = json.loads(WHOLE)
    del kept[name]
    if name == "metadata":
        assert restore(json.dumps(kept).encode(), DEFAULT) == (Diagnostic("todo-left", Level.NOTE, "a.md", 1, 1, "m"),)
        return
    with pytest.raises(REFUSED):
        restore(json.dumps(kept).encode(), DEFAULT)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("diagnostics", 0, 0), "no-such-code"),
        (("diagnostics", 0, 1), "fatal"),
        (("metadata", "status"), "no-such-status"),
        (("metadata", "colour"), "blue"),
        (("metadata", "authors"), 7),
        (("sections", 0), [1]),
        (("links",), 7),
        (("origins",), None),
        (("colour",), "blue"),
    ],
)
def test_a_verdict_that_says_something_else_is_refused(where, value):
    kept = json.loads(WHOLE)
    *path, last = where
    inner = kept
    for key in path:
        inner = inner[key]
    inner[last] = value
    with pytest.raises(REFUSED):
        restore(json.dumps(kept).encode(), DEFAULT)


def test_the_digest_minds_words_and_not_the_line_breaks_around_them():
    assert digest("\n\na\nb\n") == digest("a\nb")
    assert digest("a\nb") != digest("a\n b")
    assert digest("\udcff")


def made(uri, identity=""):
    verdict = replace(restore(WHOLE, DEFAULT), metadata=Metadata(id=identity))
    return design(Document(uri, uri, b"", "url/"), verdict, DEFAULT)


def test_a_design_is_what_its_verdict_says():
    one = made("a/b.md", "D-1")
    assert isinstance(one, Design)
    assert (one.path, one.url, one.title, one.status.key, len(one.diagnostics)) == ("a/b.md", "url/", "x", "draft", 1)

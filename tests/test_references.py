"""What a name means, however people write it, and what is said of one that means nothing."""

from __future__ import annotations

import time

import pytest
from designs import a_design, uris
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.design import Document
from mkdocs_designdocs.references import Names, link, neighbour, says_nothing

DESIGNS = [
    a_design("designs/0001-queue.md", id="DD-1"),
    a_design("designs/0012-hoist.md"),
    a_design("designs/cache/index.md"),
    a_design("designs/0060-st-storage/README.md"),
    a_design("geps/gep-91/index.md"),
    a_design("geps/gep-1762/index.md"),
    a_design("logs/2024-01-29_retro.md"),
    a_design("logs/20200926-retro.md"),
    a_design("logs/202304-retro.md"),
    a_design("logs/http-2-servers.md"),
    a_design("logs/adr-003-adapters.md"),
    a_design("old/twin.md"),
    a_design("new/twin.md"),
    a_design("old/0077-lamp.md"),
    a_design("new/0077-buoy.md"),
    a_design("new/Größe.md"),
    a_design("new/with space.md"),
]
BY_URI = {one.uri: one for one in DESIGNS}
PAGES = [Document("docs/guide/setup.md", "guide/setup.md", b"", "guide/setup/")]


def found(name: str, uri: str = "designs/asking.md") -> str | None:
    asking = BY_URI.get(uri) or a_design(uri)
    one = Names([*DESIGNS, asking], PAGES).find(asking, name)
    return one.uri if one else None


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("DD-1", "designs/0001-queue.md"),
        ("dd-1", "designs/0001-queue.md"),
        (" `DD-1` ", "designs/0001-queue.md"),
        ("DD-0001", "designs/0001-queue.md"),
        ("DD 1", "designs/0001-queue.md"),
        ("DD1", "designs/0001-queue.md"),
        ("RFC-1", None),  # it has a prefix, and another one
        ("DD-2", None),
        ("", None),
        ("#", None),
    ],
)
def test_an_id_is_a_name(name, uri):
    assert found(name) == uri


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("12", "designs/0012-hoist.md"),
        ("0012", "designs/0012-hoist.md"),
        ("#12", "designs/0012-hoist.md"),
        ("ADR 12", "designs/0012-hoist.md"),
        ("ADR-0012", "designs/0012-hoist.md"),
        ("SE-0012", "designs/0012-hoist.md"),
        ("rfc #12", "designs/0012-hoist.md"),
        ("RFC0012", "designs/0012-hoist.md"),
        ("Proposal 12", "designs/0012-hoist.md"),
        ("No. 12", "designs/0012-hoist.md"),
        ("PR 12", None),
        ("HTTP 12", None),
        ("EC12", None),
        ("Java 12", None),
        ("hoist-12", None),
        ("12 and 13", None),
        ("1.2", None),
        ("60", "designs/0060-st-storage/README.md"),
        ("91", "geps/gep-91/index.md"),
        ("GEP-91", "geps/gep-91/index.md"),
        ("gep 1762", "geps/gep-1762/index.md"),
        ("KEP-91", None),
        ("3", "logs/adr-003-adapters.md"),
        ("ADR 3", "logs/adr-003-adapters.md"),
        ("2", None),
        ("2024", None),
        ("20200926", None),
        ("202304", None),
        ("99999999999999999999", None),
    ],
)
def test_the_number_of_a_file_is_a_name(name, uri):
    assert found(name) == uri


def test_an_id_counts_before_the_number_of_a_file():
    first, second = a_design("a/0007-x.md", id="DD-12"), a_design("a/0012-y.md", id="DD-99")
    names = Names([first, second])
    assert names.find(first, "12") is first
    assert names.find(first, "7") is first
    assert names.find(first, "99") is second


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("0001-queue", "designs/0001-queue.md"),
        ("0001-queue.md", "designs/0001-queue.md"),
        ("./0001-queue.md", "designs/0001-queue.md"),
        ("0001-Queue.md", "designs/0001-queue.md"),
        ("../designs/0001-queue.md", "designs/0001-queue.md"),
        ("..\\designs\\0001-queue.md", "designs/0001-queue.md"),
        ("../designs/0001-queue", "designs/0001-queue.md"),
        ("designs/0001-queue.md", "designs/0001-queue.md"),
        ("designs/0001-queue", "designs/0001-queue.md"),
        ("docs/designs/0001-queue.md", "designs/0001-queue.md"),
        ("../../docs/designs/0001-queue.md", "designs/0001-queue.md"),
        ("/designs/0001-queue.md", "designs/0001-queue.md"),
        ("/designs/0001-queue/", "designs/0001-queue.md"),
        ("0001-queue.md#goals", "designs/0001-queue.md"),
        ("../0001-queue/", "designs/0001-queue.md"),  # as the page's address sees it
        ("cache", "designs/cache/index.md"),
        ("cache/", "designs/cache/index.md"),
        ("cache/index.md", "designs/cache/index.md"),
        ("0060-st-storage", "designs/0060-st-storage/README.md"),
        ("gep-91", "geps/gep-91/index.md"),
        ("/geps/gep-91/", "geps/gep-91/index.md"),
        ("/geps/gep-91", "geps/gep-91/index.md"),
        ("../new/twin.md", "new/twin.md"),
        ("../new/with%20space.md", "new/with space.md"),
        ("größe", "new/Größe.md"),
        ("twin", None),
        ("index", None),
        ("index.md", None),
        (".", None),
        ("/", None),
    ],
)
def test_a_path_and_a_file_s_name_are_names(name, uri):
    assert found(name) == uri


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("[DD 1](0012-hoist.md)", "designs/0012-hoist.md"),
        ("[Hoist](<0012-hoist.md>)", "designs/0012-hoist.md"),
        ('[Hoist](../designs/0012-hoist.md#goals "Title")', "designs/0012-hoist.md"),
        ("[DD-1](0099-gone.md)", None),
        ("[DD-1](https://example.com/designs/1)", "designs/0001-queue.md"),
        ("[#12](https://example.com/pull/12)", None),  # somebody else's number
        ("[RFC 12](https://example.com/rfc12)", None),
        ("https://example.com/12", None),
    ],
)
def test_of_a_link_its_target_counts(name, uri):
    assert found(name) == uri


@pytest.mark.parametrize("name", ["twin", "twin.md", "77", "#77", "ADR 77"])
@pytest.mark.parametrize("folder", ["old", "new"])
def test_what_lies_beside_the_design_is_meant_first(name, folder):
    uri = found(name, f"{folder}/asking.md")
    assert uri
    assert uri.startswith(f"{folder}/")
    assert found(name) is None


def test_where_a_page_is_only_there_in_another_language_its_translation_is_meant():
    asking, french = a_design("a/asking.md"), a_design("a/queue.fr.md")
    alone, both = Names([asking, french]), Names([asking, french, a_design("a/queue.md")])
    for name in ("queue.md", "a/queue.md", "[the queue](queue.md)"):
        assert uris(alone.look(asking, name)) == ["a/queue.fr.md"]
        assert uris(both.look(asking, name)) == ["a/queue.md"]


def test_of_a_folder_with_an_index_the_place_is_where_the_folder_lies():
    one, other = a_design("a/0007-x/index.md"), a_design("b/0007-y/index.md")
    asking = a_design("b/0008-z/index.md")
    assert Names([one, other, asking]).find(asking, "7") is other


def test_an_id_made_of_a_file_s_name_counts_beside_the_design_first():
    one, other = (a_design(f"{folder}/0007-x.md", id="0007", id_from="name") for folder in "ab")
    asking = a_design("b/asking.md")
    assert Names([one, other, asking]).find(asking, "0007") is other
    assert uris(Names([one, other, asking]).look(a_design("c/asking.md"), "0007")) == ["a/0007-x.md", "b/0007-x.md"]


# What is said of a name that means nothing --------------------------------------------------------------------


def told(name: str, uri: str = "designs/asking.md") -> tuple[str, str]:
    asking = a_design(uri)
    one = Names([*DESIGNS, asking], PAGES).refer(asking, name)
    assert one.name == name
    assert one.design is None
    return one.wrong, one.help


@pytest.mark.parametrize(
    "name",
    [
        "https://example.com/rfc",
        "<https://example.com/rfc>",
        "[RFC 1](https://x.example)",
        "RFC 9110, https://x.example/rfc9110",
        "mailto:ana@example.com",
        "git+ssh://host/repo",
    ],
)
def test_an_address_says_itself_where_to_look(name):
    assert told(name) == ("", "")


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("DD-11", "DD-1"),
        ("0001-qeue", "0001-queue"),
        ("../designs/0001-qeue.md", "0001-queue"),
        ("0012-the-old-title.md", "0012-hoist"),
        ("0012-what-it-was-called-long-ago", "0012-hoist"),
        ("[Hoist](0012-renamed.md)", "0012-hoist"),
        ("größer", "Größe"),
        ("gep-19", "gep-91"),
        ("something-else-entirely", ""),
        ("EC2", ""),
        ("python12", ""),
    ],
)
def test_there_is_no_such_design_and_what_was_meant_is_guessed(name, guess):
    wrong, mend = told(name)
    assert wrong == "and there is no such design; it is shown as it is"
    assert mend == (f"did you mean `{guess}`?" if guess else "name it by id or path, or by its address elsewhere")


@pytest.mark.parametrize(
    "name",
    [
        "../../other/x.md",
        "[x](../../../other/x.md)",
        "..\\..\\other\\x.md",
        "/home/ana/x.md",
        "C:\\work\\x.md",
        "~/x.md",
        "file:///srv/x.md",
    ],
)
def test_a_path_that_leads_out_of_the_collection_is_called_that(name):
    wrong, mend = told(name)
    assert wrong == "which leads out of the collection, where readers of the site cannot follow"
    assert "address" in mend


def test_without_a_site_files_may_lie_anywhere():
    asking = a_design("../elsewhere/asking.md")
    assert "no such design" in Names([asking]).refer(asking, "../x.md").wrong


@pytest.mark.parametrize("name", ["../guide/setup.md", "guide/setup", "/guide/setup/", "docs/guide/setup.md"])
def test_a_page_that_is_no_design_is_called_that(name):
    assert told(name)[0] == "which is a page of the site and no design; it is shown as it is"


def test_what_several_designs_are_called_is_told():
    wrong, mend = told("twin")
    assert wrong == "which could be any of docs/old/twin.md and docs/new/twin.md; it is shown as it is"
    assert mend == "name the one that is meant by its path"
    many = [a_design(f"{n}/twin.md") for n in range(5)]
    assert "docs/1/twin.md and 3 more;" in Names(many).refer(a_design("asking.md"), "twin").wrong


@pytest.mark.parametrize("name", ["n/a", "N/A.", "None", "-", "—", "none", " not applicable "])
def test_that_there_is_nothing_to_name_is_no_name(name):
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["none-such.md", "n", "0", "Nonesuch", "na.md", "größe"])
def test_what_only_begins_like_nothing_is_a_name(name):
    assert not says_nothing(name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DD-9", ("DD-9", "")),
        ("[DD-9](https://x.example/9)", ("DD-9", "https://x.example/9")),
        ("[DD-9](0009-gone.md)", ("DD-9", "")),
        ("<https://x.example>", ("https://x.example", "https://x.example")),
        ("[x](javascript:alert(1))", ("x", "")),
        ("[](https://x.example)", ("https://x.example", "https://x.example")),
    ],
)
def test_what_a_page_shows_of_what_is_no_design(name, shown):
    assert link(name) == shown


@given(st.lists(st.text("0127ab-_./# []()DR\\é:", max_size=14), max_size=6), st.text(max_size=30))
def test_whatever_files_and_names_are_a_name_is_looked_up(files, name):
    designs = [a_design(f"{file or 'x'}.md", id=file) for file in files] or [a_design("x.md")]
    names = Names(designs, PAGES)
    for said in (name, *files):
        one = names.refer(designs[0], said)
        assert bool(one.wrong) == bool(one.help)
        assert not (one.wrong and one.design)


@pytest.mark.parametrize(
    "unit", ["[x](", "a", " ", "( ", "`", "../", "a://", "n/a", "#", "0", "A-", "a.", "[", "<", "~/"]
)
@pytest.mark.parametrize("before", ["", "[x](", "[x](a ", "A", "./"])
def test_no_name_takes_long(unit, before):
    begun = time.process_time()
    name = before + unit * (30_000 // len(unit)) + "!"
    told = Names(DESIGNS, PAGES).refer(DESIGNS[0], name)
    assert told.name == name
    assert isinstance(says_nothing(name), bool)
    assert link(name)
    assert time.process_time() - begun < 2, "a hundredth of a second on an idle machine"


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

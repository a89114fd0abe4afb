"""Relations: what designs say of each other, what follows at the other end, and who shows it."""

from __future__ import annotations

import json
import re

import pytest
from designs import a_design, uris
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.design import Design
from mkdocs_designdocs.entries import entries_of
from mkdocs_designdocs.fields import RELATIONS
from mkdocs_designdocs.labels import ENGLISH
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.records import as_json
from mkdocs_designdocs.relations import INVERSE, Relations, check_relations, relate, related


def labels(design: Design, relations: Relations) -> list[tuple[str, list[str]]]:
    return [
        (ENGLISH(f"relation.{relation}"), [other.uri if other else name for name, other in named])
        for relation, named in related(design, relations)
    ]


def test_relations_come_with_their_labels():
    queue, cache = a_design("0001-queue.md", "superseded", id="DD-1"), a_design("cache/index.md")
    asking = a_design("a.md", supersedes=("DD-1", "Elsewhere"), depends_on="cache")
    relations = relate([queue, cache, asking])
    assert labels(asking, relations) == [
        ("Supersedes", ["0001-queue.md", "Elsewhere"]),
        ("Depends on", ["cache/index.md"]),
    ]
    assert labels(queue, relations) == [("Superseded by", ["a.md"])]
    assert labels(cache, relations) == [("Needed by", ["a.md"])]


def test_what_both_say_and_what_is_said_twice_is_shown_once():
    old = a_design("old.md", "superseded", superseded_by=("new", "new.md", "[New](new.md)"), related="other")
    new = a_design("new.md", supersedes="old", related=("other", "https://x.example", "https://x.example"))
    other = a_design("other.md", related="new")
    relations = relate([old, new, other])
    assert labels(old, relations) == [("Superseded by", ["new.md"]), ("Related", ["other.md"])]
    assert labels(new, relations) == [("Supersedes", ["old.md"]), ("Related", ["other.md", "https://x.example"])]
    assert labels(other, relations) == [("Related", ["new.md", "old.md"])]


@pytest.mark.parametrize(
    ("status", "old_status", "label"),
    [
        ("approved", "superseded", "Superseded by"),
        ("implemented", "approved", "Superseded by"),
        ("superseded", "superseded", "Superseded by"),
        ("draft", "approved", "To be superseded by"),
        ("in review", "draft", "To be superseded by"),
        (None, "approved", "To be superseded by"),
        ("draft", "superseded", "Superseded by"),
        ("withdrawn", "approved", None),
        ("rejected", "superseded", None),
    ],
)
def test_a_page_says_only_then_that_it_is_superseded_when_it_is(status, old_status, label):
    new, old = a_design("new.md", status, supersedes="old"), a_design("old.md", old_status)
    assert labels(old, relate([new, old])) == ([(label, ["new.md"])] if label else [])


def test_what_a_page_says_itself_it_shows():
    new, old = a_design("new.md", "withdrawn"), a_design("old.md", "superseded", superseded_by="new")
    assert labels(old, relate([new, old])) == [("Superseded by", ["new.md"])]


def test_that_there_is_nothing_is_no_relation():
    asking = a_design("a.md", superseded_by="n/a", related=("None", "-", "b"))
    assert labels(asking, relate([asking, a_design("b.md")])) == [("Related", ["b.md"])]


def test_a_name_that_means_nothing_is_reported_where_it_stands():
    asking = a_design("a.md", supersedes="DD-11", related=("https://x.example", "../../x.md", "n/a"))
    designs = [asking, a_design("b.md", id="DD-1")]
    found = list(check_relations(designs, relate(designs)))
    assert [(one.code, one.level.value, one.line, one.message, one.help) for one in found] == [
        (
            "relation-unknown",
            "warning",
            4,
            '`supersedes` names "DD-11", and there is no such design; it is shown as it is',
            "did you mean `DD-1`?",
        ),
        (
            "relation-unknown",
            "warning",
            5,
            '`related` names "../../x.md", which leads out of the collection, where readers of the site cannot follow',
            "name it by its address: `https://…`",
        ),
    ]


# Any graph ------------------------------------------------------------------------------------------------------

STATUSES = st.sampled_from([None, "draft", "in review", "approved", "implemented", "superseded", "rejected"])
NAMES = st.sampled_from(["0", "#1", "DD-2", "d3.md", "./d4", "[d5](d5.md)", "n/a", "https://x.example", "none-such"])
SAID = st.fixed_dictionaries({}, optional={name: st.lists(NAMES, max_size=3).map(tuple) for name in RELATIONS})


@st.composite
def graphs(draw: st.DrawFn) -> list[Design]:
    drawn = draw(st.lists(st.tuples(STATUSES, SAID), max_size=7))
    ids = {number: {"id": f"DD-{number}"} for number in (0, 1, 2)}
    links = [f"d{n}.md" for n in range(len(drawn))]
    return [
        a_design(f"d{number}.md", status, links=links, **ids.get(number, {}), **said)
        for number, (status, said) in enumerate(drawn)
    ]


@given(graphs())
def test_whoever_says_it_both_ends_know(designs):
    relations = relate(designs)
    for one in designs:
        for relation, inverse in INVERSE.items():
            others = relations.designs(one, relation)
            assert len(set(uris(others))) == len(others)
            for other in others:
                assert one.uri in uris(relations.designs(other, inverse))
            derived = uris(relations.derived.get(one.uri, {}).get(relation, ()))
            assert not {r.design.uri for r in relations.said_by(one, relation) if r.design} & set(derived)
            named = [reference.name for reference in relations.of(one, relation)]
            said = [name for name in getattr(one.metadata, relation, ()) if name != "n/a"]
            assert named[: len(said)] == said
            assert len(named) == len(said) + len(derived)
        assert {name for name, _ in related(one, relations)} <= {
            *("supersedes", "superseded_by", "to_supersede", "to_be_superseded_by"),
            *("depends_on", "needed_by", "related"),
        }


# What is published ------------------------------------------------------------------------------------------------

TEMPLATES = {"t.md": "# [Name]\n\n## A\n\n[a]\n"}


def page(title: str, status: str, **block: object) -> str:
    lines = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in block.items())
    return f"---\ndesign:\n  template: t\n  status: {status}\n{lines}---\n# {title}\n\n## A\n\nOwn words.\n"


def test_designs_json_has_what_is_said_and_then_what_follows(judged):
    catalog = judged(
        {
            "old.md": page("Old", "superseded", superseded_by=["https://x.example"]),
            "new.md": page("New", "approved", supersedes=["old"], depends_on="base", related="old.md"),
            "base.md": page("Base", "approved"),
        },
        TEMPLATES,
    )
    listed = {one["path"]: one for one in json.loads(as_json(entries_of(catalog, DEFAULT)))["designs"]}
    assert {name: listed["old.md"][name] for name in INVERSE} == {
        "supersedes": [],
        "superseded_by": ["https://x.example", "new.md"],
        "depends_on": [],
        "needed_by": [],
        "related": ["new.md"],
    }
    assert listed["base.md"]["needed_by"] == ["new.md"]
    assert listed["new.md"]["supersedes"] == ["old"]


@pytest.fixture(scope="module")
def built(new_site):
    """A site whose old design says nothing of the new one."""
    site = new_site("relations")
    site.configure(ours={"templates_dir": "templates", "index": "designs/index.md"})
    site.write("../templates/t.md", TEMPLATES["t.md"])
    site.write("designs/0001-old.md", page("Old lamps", "superseded"))
    site.write(
        "designs/0002-new.md",
        page("New lamps", "approved", supersedes="ADR 1", related=["[RFC 9](https://x.example/9)", "guide.md"]),
    )
    site.write("designs/0003-user.md", page("Street", "approved", depends_on="#2") + "\nAs in [old](0001-old.md).\n")
    site.write("designs/0004-next.md", page("Next lamps", "draft", supersedes="2"))
    site.write("designs/guide.md", "# Guide\n")
    site.result = site.build()
    assert site.result.returncode == 0, site.result.stderr
    return site


def header(site, url: str) -> dict[str, list[str]]:
    """The links by which a page shows its relations, by name."""
    rows = re.findall(r'data-relation="(\w+)"><dt>[^<]+</dt> <dd>(.*?)</dd>', site.page(url))
    return {name: re.findall(r"<a href=[^>]+>[^<]+</a>", said) for name, said in rows}


def test_a_built_page_shows_what_others_say_of_it(built):
    assert header(built, "designs/0001-old") == {}, "what takes its place is for the banner to say"
    assert 'superseded by <a href="../0002-new/">New lamps</a>.' in built.page("designs/0001-old")
    assert header(built, "designs/0002-new") == {
        "supersedes": ['<a href="../0001-old/">Old lamps</a>'],
        "needed_by": ['<a href="../0003-user/">Street</a>'],
        "related": ['<a href="https://x.example/9">RFC 9</a>'],
    }
    assert '<a href="../0004-next/">Next lamps</a> (Draft) is to supersede' in built.page("designs/0002-new")
    assert "designdocs-banner" not in built.page("designs/0003-user")


def test_a_build_says_of_each_relation_what_the_command_says(built):
    log = built.result.stderr
    assert "designs/0003-user.md:13:13: " in log
    assert '"Old lamps" is superseded [link-superseded]' in log
    assert '"New lamps" (docs/designs/0002-new.md) takes its place' in log
    assert '`related` names "guide.md", which is a page of the site and no design' in log
    checked = built.check()
    assert checked.returncode == 0
    told = re.findall(r"\[((?:relation|link)-[a-z]+)\]", checked.stdout)
    assert sorted(told) == sorted(re.findall(r"\[((?:relation|link)-[a-z]+)\]", log))
    assert sorted(told) == ["link-superseded", "relation-unknown"]
    assert built.check("designs/nowhere.md").returncode == 2


def test_the_command_judges_with_the_whole_collection_what_is_asked_for(built):
    alone = built.check("docs/designs/0003-user.md")
    assert "[link-superseded]" in alone.stdout
    assert "relation-unknown" not in alone.stdout


def test_a_circle_fails_and_a_conflict_warns(site):
    site.configure(ours={"templates_dir": "templates"})
    site.write("../templates/t.md", TEMPLATES["t.md"])
    site.write("a.md", page("A", "approved", supersedes="b"))
    site.write("b.md", page("B", "approved", supersedes="c"))
    site.write("c.md", page("C", "superseded", supersedes="d"))
    site.write("d.md", page("D", "approved"))
    conflict = site.check()
    assert conflict.returncode == 0
    assert conflict.stdout.splitlines()[:2] == [
        'docs/a.md:5:3: warning: "A" is approved and supersedes "B" (docs/b.md), still approved: '
        "readers find both in force [relation-conflict]",
        "    help: set the status of docs/b.md to `superseded`; if only a part of it is superseded, "
        "name it in `related` instead",
    ]
    assert site.check("--strict").returncode == 1
    site.write("d.md", page("D", "approved", supersedes="a"))
    circle = site.check()
    assert circle.returncode == 1
    assert circle.stdout.splitlines()[0] == (
        "docs/a.md:5:3: error: `supersedes` leads in a circle, docs/a.md -> docs/b.md -> docs/c.md -> docs/d.md -> "
        "docs/a.md: nobody can tell which of them holds [relation-cycle]"
    )
    assert "relation-conflict" not in circle.stdout
    site.configure(ours={"templates_dir": "templates", "levels": {"relation-cycle": "off"}})
    assert site.check().returncode == 0

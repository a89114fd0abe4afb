"""Templates: any team's Markdown as it is, Jinja2 in a sandbox, and every error at its own line."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs import shelf
from mkdocs_designdocs.fields import Metadata
from mkdocs_designdocs.filters import cell, oneline, prose
from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.people import Person
from mkdocs_designdocs.settings import Settings
from mkdocs_designdocs.templates import context, explain, load

BUILT_IN = ["component", "engineering", "feature", "service", "solution"]
KNOWN = Metadata(
    template="t",
    title="Cache",
    status=DEFAULT.statuses[0],
    authors=(Person("Ana", "ana"), Person("Bo")),
    created="2026-01-02",
)


@pytest.fixture
def library(tmp_path):
    """Load templates: `library({"t.md": "…"})`, over the built-in ones with `built_in=True`."""

    def made(files, *, built_in=False):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        folders = [shelf.built_in_dir()] if built_in else []
        return load([*folders, tmp_path], lambda path: Path(os.path.relpath(path, tmp_path)).as_posix())

    return made


@pytest.fixture
def rendered(library):
    def text(source, metadata=None, name="t.md", **more):
        made = library({name: source}, **more)
        assert not made.problems, made.problems
        return made.templates["t"].render(metadata or Metadata())

    return text


def problems(library):
    return [f"{d.path}:{d.line}:{d.column} {d.message}" + (f" | {d.help}" if d.help else "") for d in library.problems]


# Plain templates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "# [Title]\n\n## A\n\n{% if x %}{{ unknown }}{# no comment #}\n\n<your words> _more_ [and more]\n",
        "# T\n\n```yaml\n${{ secrets.TOKEN }} {{ .Values.x }} {{ title }\n```\n",
        "# T\n\n{{ broken } {%\n",
        "",
        "no heading\n",
    ],
)
def test_a_plain_template_is_taken_as_it_is(rendered, text):
    assert rendered(text) == text
    assert rendered(text, KNOWN) == text


@pytest.mark.parametrize(
    ("slot", "filled"),
    [
        ("{{TITLE}}", "Cache"),
        ("{{ title }}", "Cache"),
        ("{{FEATURE_NAME}}", "Cache"),
        ("{{ Feature Name }}", "Cache"),
        ("{{ feature-name }}", "Cache"),
        ("{{ author }}", "@ana, Bo"),
        ("{{DATE}}", "2026-01-02"),
        ("{{STATUS}}", "Draft"),
        ("{{REVIEWERS}}", "{{REVIEWERS}}"),
        ("{{ title.upper() }}", "{{ title.upper() }}"),
        ("{{ENTITY}}", "{{ENTITY}}"),
    ],
)
def test_a_slot_that_names_a_known_field_is_filled(rendered, slot, filled):
    assert rendered(f"# {slot}\n", KNOWN) == f"# {filled}\n"
    assert rendered(f"# {slot}\n") == f"# {slot}\n"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_any_text_is_a_plain_template(text):
    from mkdocs_designdocs.templates import _plain

    assert _plain(text)(Metadata()) == text


def test_the_front_matter_of_a_teams_template_is_the_teams(library):
    made = library(
        {
            "designs.md": "---\ndesign: {template: designs}\nrequired: 7\n---\n# A\n\n## B\n",
            "theirs.md": "---\nstatus: a | b\ntitle: {{ title }}\n---\n# A\n\n## B\n",
            "broken.md": "---\ntags: [a\n---\n# A\n\n## B\n",
        }
    )
    assert problems(made) == []
    assert {name: [s.title for s in t.blank.sections] for name, t in made.templates.items()} == {
        "broken": ["B"],
        "designs": ["B"],
        "theirs": ["B"],
    }


def test_a_plain_template_may_declare_things_too(library):
    made = library(
        {"t.md": "---\ndescription: Ours\nversion: 2\noptional: [B]\naliases: {A: [Alpha]}\n---\n# T\n\n## A\n\n## B\n"}
    )
    template = made.templates["t"]
    assert (template.description, template.version) == ("Ours", "2")
    assert [(s.title, s.optional, list(s.aliases)) for s in template.blank.sections] == [
        ("A", False, ["alpha"]),
        ("B", True, []),
    ]


# Jinja2 templates ---------------------------------------------------------------------------------------------


def test_a_jinja_template_sees_the_design_and_its_data(rendered):
    metadata = Metadata(
        **{**{f: getattr(KNOWN, f) for f in KNOWN.__dataclass_fields__}, "data": {"models": [{"name": "Order"}]}}
    )
    source = (
        "---\ndescription: x\n---\n"
        "# {{ design.title }} ({{ design.status }})\n\n{{ design.authors | join(', ') }}\n"
        "{% for m in models %}\n## {{ m.name }}{{ m.none.at.all }}\n{% endfor %}\n"
    )
    assert rendered(source, metadata, "t.md.j2") == "# Cache (Draft)\n\n@ana, Bo\n## Order\n"
    assert rendered(source, None, "t.md.j2") == "#  ()\n\n\n"


def test_nothing_in_a_value_is_interpreted(rendered):
    metadata = Metadata(title="{{ 7 * 7 }} <b> & {% raw %}")
    assert rendered("# {{ design.title }}", metadata, "t.md.j2") == "# {{ 7 * 7 }} <b> & {% raw %}"


def test_extends_and_macros_of_the_folder_and_of_the_built_in_ones(library):
    made = library(
        {
            "_mine.md.j2": "---\nx: y\n---\n{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}\n",
            "base.md.j2": "# {% block title %}{% endblock %}\n\n## A\n\n{% block a %}[a]{% endblock %}\n",
            "kid.md.j2": '{% extends "base.md.j2" %}\n{% block title %}Kid{% endblock %}\n',
            "feature.md.j2": '{% extends "builtin/feature.md.j2" %}\n',
            "mac.md.j2": '{% from "_mine.md.j2" import twice %}\n# {{ twice("ab") }}\n',
            "dep/x.md.j2": "# Not found here\n",
        },
        built_in=True,
    )
    assert problems(made) == []
    assert sorted(made.templates) == sorted([*BUILT_IN, "base", "kid", "mac"])
    assert made.templates["kid"].render(Metadata()) == "# Kid\n## A\n\n[a]", "Jinja2 eats the line break behind a block"
    assert made.templates["mac"].render(Metadata()) == "# abab\n"
    assert [s.title for s in made.templates["feature"].blank.sections][:2] == ["Overview", "Architecture"]


ERRORS = {
    "syntax": ("# T\n\n## A\n\n{% if x %}\nno end\n", 6, "Unexpected end of template"),
    "a tag": ("# T\n{% iff x %}\n", 2, "unknown tag 'iff'"),
    "below front matter": ("---\ndescription: x\nversion: 1\n---\n# T\n\n{{ 1 / 0 }}\n", 7, "division by zero"),
    "a filter": ("# T\n\n{{ 1 | nope }}\n", 3, "No filter named 'nope'"),
    "a type": ("# T\n{{ design.tags + 1 }}\n", 2, "can only concatenate tuple"),
    "an attribute": ("# T\n{{ 3 | dictsort }}\n", 2, "'int' object has no attribute 'items'"),
    "a call": ("# T\n{{ nope() }}\n", 2, "'nope' is undefined"),
    "no such file": ("# T\n{% include 'gone.md' %}\n", 2, 'there is no template "gone.md"'),
    "a way out": ("# T\n{% include '../secret' %}\n", 2, 'there is no template "../secret"'),
    "itself": ("# T\n{% include 't.md.j2' %}\n", 2, "without end"),
    "its own child": ('{% extends "t.md.j2" %}\n', 1, "without end"),
    "a macro without end": ("# T\n{% macro a() %}{{ a() }}{% endmacro %}\n\n{{ a() }}\n", 2, "without end"),
    "too long": ("# T\n{% for i in range(10**9) %}a{% endfor %}\n", 2, "Range too big"),
    "front matter": ("---\nkeep: [a\n---\n# T\n", 2, "is never closed"),
    "not UTF-8": (b"# T\n\n\xff\n", 3, "the template is not UTF-8"),
}


@pytest.mark.parametrize(("source", "line", "reason"), ERRORS.values(), ids=ERRORS)
def test_an_error_of_a_jinja_template_is_found_at_its_line(library, source, line, reason):
    made = library({"t.md.j2": source, "good.md": "# G\n\n## A\n"})
    (found,) = made.problems
    assert (found.code, found.path, found.line) == ("template-invalid", "t.md.j2", line)
    assert reason in found.message
    assert "\n" not in found.message
    assert sorted(made.templates) == ["good"]
    assert made.broken == {"t"}


def test_an_error_in_another_file_is_found_in_that_file(library):
    made = library(
        {"t.md.j2": '# T\n{% from "parts/m.md.j2" import x %}\n', "parts/m.md.j2": "---\na: b\n---\n{% macro x( %}\n"}
    )
    assert [p.split(" the template")[0] for p in problems(made)] == ["parts/m.md.j2:4:1"]


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ design.title.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ '{0.__class__.__mro__}'.format('') }}",
        "{{ lipsum.__globals__['os'] }}",
    ],
)
def test_the_sandbox_gives_nothing_away(library, attack):
    made = library({"t.md.j2": f"# T\n{attack}\n"})
    text = made.templates["t"].render(KNOWN) if "t" in made.templates else ""
    assert not [word for word in ("<class", "<module", "object", "uid=", "/usr") if word in text]
    assert "t" in made.templates or made.problems[0].line == 2


def test_a_failure_with_a_designs_data_is_told_at_the_templates_line(library):
    made = library({"t.md.j2": "# {{ design.title }}\n\n{{ 1 / (2 - design.tags | length) }}\n"})
    template = made.templates["t"]
    with pytest.raises(ZeroDivisionError) as raised:
        template.render(Metadata(tags=("a", "b")))
    found = explain(raised.value, template, lambda path: path.name)
    assert (found.path, found.line) == ("t.md.j2", 3)
    assert found.message == "the template `t` cannot be rendered: division by zero"


def test_what_a_template_is_given_is_plain(rendered):
    assert context(KNOWN)["design"]["status"] == "Draft"
    assert context(Metadata())["design"]["status"] == ""
    assert rendered("{{ 'a|b\n c ' | cell }};{{ ' a\n  b ' | oneline }}", name="t.md.j2") == "a\\|b<br>c;a b"
    assert (cell(7), oneline(None)) == ("7", "None")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("List<Order>", "List&lt;Order>"),
        ("GET /orders/<id> 1 < 2", "GET /orders/&lt;id> 1 < 2"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<br onclick=x> <!-- x --> <a href=x>", "&lt;br onclick=x> &lt;!-- x --> &lt;a href=x>"),
        ("a ` b <i2> ` c <i2>", "a ` b <i2> ` c &lt;i2>"),
        ("```\n<x>\n``` `` a`<b2>`` <x>", "```\n<x>\n``` `` a`<b2>`` &lt;x>"),
        ("Ctrl<br>**a** <kbd>K</kbd> <https://example.org> <a@b.c>",) * 2,
    ],
)
def test_words_are_no_html(words, shown):
    assert prose(words) == prose(prose(words)) == shown


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_data_is_html_in_what_the_built_in_templates_render(library, name):
    template = library({}, built_in=True).templates[name]
    word = "<x-y onload=a()>"
    data = {
        "components": [{"name": word, "purpose": word, "change": word}],
        "models": [
            {
                "name": word,
                "description": word,
                "fields": [{"name": word, "type": word, "key": "PK", "description": word}],
                "relationships": [word, {"to": word, "kind": "one-to-one", "label": word}],
                "changes": [word],
            }
        ],
        "endpoints": [
            f"GET /{word}",
            {"name": word, "method": "GET", "path": word, "description": word, "request": word}
            | {"status": word, "response": word, "errors": {word: word}},
        ],
        "dependencies": {"internal": [{"name": word, "purpose": word}], "external": [word]},
        "phases": [{"name": word, "tasks": [word], "estimate": word}, word],
        "metrics": [{"name": word, "type": word, "description": word, "alert": word}],
        "targets": [{"name": word, "load": word, "target": word}],
        "alternatives": [word, {"name": word, "description": word, "rejected_because": word}],
        "decisions": [
            {"name": word, "chosen": word, "rationale": word}
            | {"alternatives": [word, {"name": word, "description": word, "rejected_because": word}]}
        ],
        "questions": [word, {"question": word, "owner": word, "answer": word}],
        "risks": [word, {"risk": word, "mitigation": word}],
        "references": [word, {"title": word, "url": "https://example.org"}, {"title": word}],
    }
    text = template.render(replace(KNOWN, data=data))
    assert text.count("&lt;x-y") > 9
    outside = re.sub(r"(?s)^( *)```.*?^ *```$|`[^`\n]*`", "", text, flags=re.MULTILINE)
    assert "<x-y" not in outside


# Front matter of templates ------------------------------------------------------------------------------------


@pytest.mark.golden_test("golden/template_front_matter.yml")
def test_what_a_template_cannot_declare(library, golden):
    told = [
        {"front": front, "problems": problems(library({"t.md.j2": f"---\n{front}---\n# T\n\n## A\n"}))}
        for front in golden["fronts"]
    ]
    assert told == golden.out["told"]


@pytest.mark.parametrize(
    ("front", "required"),
    [
        ("required: {all: [authors], approved: issue}", {"all": ["authors"], "approved": ["issue"]}),
        ("required: [authors, issue]", {"all": ["authors", "issue"]}),
        ("required: authors", {"all": ["authors"]}),
        ("owner: us", {"all": []}),
    ],
)
def test_required_fields(library, front, required):
    assert library({"t.md.j2": f"---\n{front}\n---\n# T\n"}).templates["t"].required == required


def test_data_may_be_declared_by_its_properties_alone(library):
    made = library(
        {
            "short.md.j2": "---\ndata: {teams: {type: array}}\n---\n# T\n",
            "whole.md.j2": "---\ndata: {properties: {teams: {type: array}}, required: [teams]}\n---\n# T\n",
            "shared.md.j2": '---\ndata: {models: {$ref: "urn:designdocs:data#/$defs/models"}}\n---\n# T\n',
        }
    )
    assert problems(made) == []
    assert [list(made.templates[n].data_keys) for n in ("short", "whole", "shared")] == [
        ["teams"],
        ["teams"],
        ["models"],
    ]


@pytest.mark.golden_test("golden/template_data.yml")
def test_data_that_a_template_cannot_render_is_told_at_its_key(judged, golden):
    told = []
    for data in golden["data"]:
        catalog = judged(
            {"d.md": f"---\ndesign:\n  template: t\n  status: draft\n{data}---\n# T\n\n## A\n\nWords.\n"},
            {"t.md.j2": golden["template"]},
        )
        told.append(
            {
                "data": data,
                "found": [
                    f"{d.line}:{d.column} {d.code}: {d.message}" + (f" | {d.help}" if d.help else "")
                    for d in catalog.everything()
                ],
            }
        )
    assert told == golden.out["told"]


# Folders ------------------------------------------------------------------------------------------------------


def test_the_built_in_templates_are_whole():
    made = load([shelf.built_in_dir()])
    assert sorted(made.templates) == BUILT_IN
    assert not made.problems
    for template in made.templates.values():
        assert template.description
        assert len(template.blank.sections) > 5
        assert "{{" not in template.render(Metadata())
        assert "{%" not in template.render(Metadata())


def test_a_teams_template_hides_the_built_in_one(library):
    made = library({"feature.md": "# Ours\n\n## A\n"}, built_in=True)
    assert [s.title for s in made.templates["feature"].blank.sections] == ["A"]
    assert sorted(made.templates) == BUILT_IN


def test_a_broken_template_does_not_fall_back_to_the_built_in_one(library):
    made = library({"feature.md.j2": "# {{"}, built_in=True)
    assert "feature" not in made.templates
    assert made.broken == {"feature"}
    assert [(d.path, d.line) for d in made.problems] == [("feature.md.j2", 1)]


def test_a_teams_macros_do_not_reach_the_built_in_templates(library):
    files = {
        "_macros.md.j2": "{% macro ours() %}ours{% endmacro %}\n",
        "t.md.j2": '{% from "_macros.md.j2" import ours %}\n# {{ ours() }}\n',
    }
    made = library(files, built_in=True)
    assert problems(made) == []
    assert sorted(made.templates) == [*BUILT_IN, "t"]
    assert made.templates["t"].render(Metadata()) == "# ours\n"


def test_the_same_name_twice_is_told_and_the_first_is_used(library):
    made = library({"t.md": "# Plain\n", "t.md.j2": "# Jinja\n"})
    assert problems(made) == [
        "t.md.j2:1:1 the template `t` is there twice, as t.md and as t.md.j2; the first is used | rename one of them"
    ]
    assert made.templates["t"].render(Metadata()) == "# Plain\n"


def test_what_is_no_template_is_left_alone(library):
    made = library(
        {"_part.md": "# x", ".hidden.md": "# x", "notes.txt": "x", "t.md.bak": "x", "sub/t.md": "# x", "dir.md/x": "x"}
    )
    assert (dict(made.templates), list(made.problems)) == ({}, [])


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    assert load([tmp_path / "gone"]).templates == {}


@pytest.fixture
def outside(tmp_path_factory):
    path = tmp_path_factory.mktemp("outside") / "secret.md"
    path.write_text("# Secret\n\n## S\n")
    return path


def link(target: Path | str, path: Path) -> None:
    try:
        path.symlink_to(target)
    except OSError:  # pragma: no cover
        pytest.skip("no symbolic links here")


def test_a_link_that_leads_out_of_the_folder_is_not_read(library, tmp_path, outside):
    link(outside, tmp_path / "out.md")
    made = library({"in.md": "# In\n"})
    assert problems(made) == [
        "out.md:1:1 the template `out` is a link that leads out of its folder; it is not read | copy the file instead"
    ]
    assert sorted(made.templates) == ["in"]


def test_a_link_that_leads_out_cannot_be_included_either(library, tmp_path, outside):
    link(outside, tmp_path / "_part.md")
    made = library({"t.md.j2": "# T\n{% include '_part.md' %}\n"})
    assert problems(made) == [
        't.md.j2:2:1 the template `t` cannot be used: there is no template "_part.md" to include, import or extend'
    ]


def test_links_within_the_folder_to_nothing_and_to_themselves(library, tmp_path):
    link("in.md", tmp_path / "also.md")
    link("gone.md", tmp_path / "dangling.md")
    link("loop.md", tmp_path / "loop.md")
    made = library({"in.md": "# In\n"})
    assert sorted(made.templates) == ["also", "in"]
    assert [(d.path, d.message.split(";")[0]) for d in made.problems] == [
        ("loop.md", "the template `loop` is a link that leads out of its folder"),
        ("dangling.md", "the template cannot be read: No such file or directory"),
    ]


# The shelf ----------------------------------------------------------------------------------------------------


def test_the_fingerprint_knows_every_file_by_name_and_content(tmp_path):
    settings = Settings(tmp_path, tmp_path, templates_dir=tmp_path / "tpl")
    seen = [shelf.fingerprint(settings)]

    def changed():
        seen.append(shelf.fingerprint(settings))
        return seen[-1] not in seen[:-1]

    (tmp_path / "tpl").mkdir()
    assert not changed(), "an empty folder says nothing"
    (tmp_path / "tpl" / "t.md").write_text("# A")
    assert changed()
    (tmp_path / "tpl" / "t.md").write_text("# B")
    assert changed()
    (tmp_path / "tpl" / "t.md").rename(tmp_path / "tpl" / "u.md")
    assert changed()
    (tmp_path / "tpl" / "parts").mkdir()
    (tmp_path / "tpl" / "parts" / "_m.md.j2").write_text("")
    assert changed()
    assert shelf.fingerprint(settings) == seen[-1]


def test_the_shelf_knows_its_folders(tmp_path):
    assert shelf.folders(Settings(tmp_path, tmp_path)) == [shelf.built_in_dir()]
    assert shelf.folders(Settings(tmp_path, tmp_path, templates_dir=tmp_path))[1:] == [tmp_path]
    assert (shelf.built_in_dir() / "feature.md.j2").is_file()


@pytest.mark.parametrize(
    ("declared", "reason", "help"),
    [
        (
            "optional: [Gaols]",
            '`optional` names the section "Gaols", and the template has none of that name',
            "`Goals`",
        ),
        ("aliases: {Gaols: [Aims]}", '`aliases` names the section "Gaols", and the template has none', "`Goals`"),
        ("required: {all: [autors]}", '`required` wants the field "autors", which no design can have', "`authors`"),
        ("data: {teams: {}}\nrequired: [team]", '`required` wants the field "team", which no design', "`teams`"),
    ],
)
def test_what_is_declared_of_nothing_is_said(tmp_path, declared, reason, help):
    (tmp_path / "t.md").write_text(f"---\n{declared}\n---\n# T\n\n## Goals\n\n[goals]\n", "utf-8")
    (problem,) = load([tmp_path]).problems
    assert reason in problem.message
    assert problem.help == f"did you mean {help}?"

"""Pele in QuickJS: what it draws, what it refuses, and that nothing gets out of it."""

from __future__ import annotations

import json
import re
import sys
import threading
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs import engine
from mkdocs_designdocs.engine import Pele, Rejection, Svg, bundle, pele_available

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

FLOW = "flowchart LR\n  A[Start] --> B{ok?}\n  B -->|yes| C[(Store)]\n"


@pytest.fixture(scope="module")
def pele():
    return Pele()


def drawn(pele, source) -> Svg:
    result = pele.render(source, "t")
    assert isinstance(result, Svg), result
    return result


def refused(pele, source) -> Rejection:
    result = pele.render(source, "t")
    assert isinstance(result, Rejection), result
    return result


def test_the_bundle_is_where_the_package_has_it():
    """It is package data, not a public API: a release that moves it shows here."""
    path = bundle()
    assert path is not None
    assert path.parts[-3:] == ("mermaid_render", "pele", "pele.global.js")
    assert path.with_name("manifest.json").is_file()


def test_nothing_is_loaded_for_the_version(monkeypatch):
    monkeypatch.setitem(sys.modules, "quickjs", None)
    assert re.fullmatch(r"pele \d+\.\d+\.\d+", Pele().version)


KINDS = {
    "flowchart": FLOW,
    "graph": "graph TD\n  A --> B",
    "sequence": "sequenceDiagram\n  A->>B: hi",
    "er": "erDiagram\n  A ||--o{ B : has",
    "state": "stateDiagram-v2\n  [*] --> A",
    "class": "classDiagram\n  A <|-- B",
    "gantt": "gantt\n  dateFormat YYYY-MM-DD\n  section s\n  a :2026-01-01, 3d",
    "pie": 'pie\n  "a" : 1',
    "mindmap": "mindmap\n  a\n    b",
    "timeline": "timeline\n  2024 : a",
    "gitGraph": "gitGraph\n  commit",
    "c4": 'C4Context\n  Person(a, "A")',
    "quadrantChart": "quadrantChart\n  a: [0.2, 0.3]",
    "block": "block-beta\n  a b",
    "architecture": "architecture-beta\n  service a(server)[A]",
    "xychart": "xychart-beta\n  bar [1, 2]",
    "journey": "journey\n  section s\n  a: 3: Me",
    "requirement": "requirementDiagram\n  requirement r {\n  id: 1\n  }",
    "kanban": "kanban\n  todo\n    a[A]",
    "sankey": "sankey-beta\n\na,b,1",
    "packet": 'packet-beta\n  0-3: "a"',
}


@pytest.mark.parametrize(("kind", "source"), KINDS.items(), ids=KINDS)
def test_kinds(pele, kind, source):
    svg = drawn(pele, source)
    assert svg.kind == ("flowchart" if kind == "graph" else kind)
    assert svg.width > 0
    assert svg.height > 0
    assert ElementTree.fromstring(svg.text).tag.endswith("svg")


def test_drawing_is_repeatable_whatever_the_day(pele):
    for source in (KINDS["gantt"].replace("3d", "9000d"), KINDS["gitGraph"], FLOW):
        assert drawn(pele, source) == drawn(Pele(), source)
    assert "pele-today" not in drawn(pele, KINDS["gantt"].replace("2026", "2020").replace("3d", "9000d")).text


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("https://example.com/a?b=c&d=e:f#g", "https://example.com/a?b=c&amp;d=e:f#g"),
        ("HTTP://Example.com", "http://example.com/"),
        ("http:example.com/x", "http://example.com/x"),
        ("mailto:ana@example.com", "mailto:ana@example.com"),
        ("../other/page.md#part", "../other/page.md#part"),
        ("page.md", "page.md"),
        ("javascript:alert(1)", None),
        ("JaVa\tScript:alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("//example.com", None),
        ("https:", None),
    ],
)
def test_links(pele, link, href):
    text = drawn(pele, f'flowchart LR\n  A[x]\n  click A "{link}"\n').text
    found = re.findall(r'href="([^"]*)"', text)
    assert [target for target in found if target != "about:blank"] == ([href] if href else [])


def test_a_call_in_a_click_is_nothing(pele):
    text = drawn(pele, 'flowchart LR\n  A\n  click A call alert("x")\n').text
    assert "alert" not in text


@pytest.mark.parametrize(
    "label", ["A[me@example.org]", "A[x<br/>@y]", "A(a@b@c)", "A -->|a@b| B", 'A["@x@y"] --> B[m@n]']
)
def test_an_at_sign_in_a_label(pele, label):
    """mermaid.js draws these, and Pele 1.6 alone does not."""
    text = drawn(pele, f"flowchart LR\n  {label}\n").text
    assert "@" in text
    assert "\uff20" not in text


def test_the_name_of_an_edge_keeps_its_at_sign(pele):
    drawn(pele, "flowchart LR\n  A[a@b] --> C\n  A e1@--> B\n  e1@{ animate: true }\n")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "---\ntitle: x\n---\n",
        "---\nconfig:\n  theme: dark\n---\n\n",
        "%%{init: {'theme': 'dark'}}%%\n",
        "%%{init: {\n 'theme': 'dark'\n}}%%\n",
        "%% a comment\n\n%% another\n",
        "\n\n",
        "---\ntitle: x\n---\n%% c\n%%{init: {}}%%\n",
    ],
)
@pytest.mark.parametrize(
    "between", ["", "  %% a comment\n", "\n  %% one\n  %% two\n\n", "  X --> Y\n", "  X{y}\n \n\n"]
)
def test_positions_count_in_the_source(pele, before, between):
    """Pele, as mermaid.js, counts in what is left when front matter, directives and comments are gone."""
    source = f"{before}flowchart LR\n{between}  A[foo(bar)] --> B\n"
    rejection = refused(pele, source)
    line = source[: source.index("foo")].count("\n") + 1
    assert (rejection.line, rejection.column) == (line, 8)


def test_columns_count_characters(pele):
    assert refused(pele, "flowchart LR\n  A[😀😀 #quot;x#35; foo(bar)] --> B\n").column == 23


def test_an_error_at_the_end_is_behind_the_last_line(pele):
    assert refused(pele, "flowchart LR\n  subgraph x\n  A").line > 3


def test_too_long_a_diagram_is_refused(pele):
    assert refused(pele, "flowchart LR\n" + "A --> B\n" * 7000).code == "limit"


HEAVY = "flowchart LR\n" + "".join(f"N{n} --> N{n * 7 % 400}\nN{n} --> N{n * 3 % 400}\n" for n in range(400))


def test_time_is_limited_and_the_next_diagram_is_drawn():
    pele = Pele(time_limit=0.1)
    assert refused(pele, HEAVY) == Rejection("limit", 0, 0, "drawing takes longer than 0.1 seconds")
    drawn(pele, "flowchart LR\n  A --> B")


def test_the_time_limit_is_for_each_diagram():
    pele = Pele(time_limit=0.3)
    for number in range(300):  # half a second or more together
        drawn(pele, FLOW + f"  C --> D{number}\n")


def test_memory_is_limited_and_the_next_diagram_is_drawn():
    for megabytes in (5, 6, 7, 8):  # it fails in different places
        pele = Pele(memory_limit=megabytes * 1024 * 1024)
        rejection = refused(pele, HEAVY)
        assert (rejection.code, rejection.message[:24]) == ("limit", "drawing takes more than "), rejection
        drawn(pele, "flowchart LR\n  A --> B")


def test_memory_does_not_grow_with_the_number_of_diagrams():
    pele = Pele(memory_limit=40 * 1024 * 1024)
    for number in range(600):
        drawn(pele, FLOW + f"  C --> D{number}\n")


def test_deep_nesting_is_refused_and_not_fatal(pele):
    source = "flowchart LR\n" + "subgraph x\n" * 3000 + "A\n" + "end\n" * 3000
    assert isinstance(pele.render(source, "t"), (Svg, Rejection))


def test_a_thread_has_a_context_of_its_own(pele):
    results = []
    threads = [
        threading.Thread(target=lambda: results.extend(pele.render(FLOW, "t") for _ in range(20))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [drawn(pele, FLOW)] * 80


def test_an_engine_that_does_not_start_says_so_once(monkeypatch):
    pele = Pele()
    monkeypatch.setitem(sys.modules, "quickjs", None)
    assert refused(pele, FLOW).code == refused(pele, FLOW).code == "crash"
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    assert pele_available() == "quickjs-ng is not installed (it has no wheel for some platforms)"
    assert bundle() is None
    assert Pele().version == "pele"


@pytest.fixture(scope="module")
def pele_for_fuzzing():
    return Pele()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.sampled_from([*KINDS.values(), ""]))
def test_no_source_breaks_the_engine(pele_for_fuzzing, text, source):
    result = pele_for_fuzzing.render(source + "\n" + text, "t")
    assert isinstance(result, (Svg, Rejection))


@pytest.mark.parametrize("label", ["fetch url(x)", "one=1 onclick=", "javascript:x", "set <b>x</b>", "script"])
def test_harmless_words_are_harmless(pele, label):
    drawn(pele, f'flowchart LR\n  A["{label}"]\n')


def test_a_drawing_that_is_not_harmless_is_not_used(monkeypatch):
    """The last bolt, should a later Pele write what this one does not."""
    pele = Pele()
    for bad in (
        "<script>x</script>",
        '<g onclick="x"/>',
        '<image href="x"/>',
        '<rect fill="url(//x)"/>',
    ):
        answer = json.dumps({"svg": f"<svg>{bad}</svg>", "width": 1, "height": 1, "type": "x"})
        monkeypatch.setattr(pele, "_function", lambda answer=answer: lambda *_: answer)
        assert refused(pele, FLOW).code == "crash"

"""From verdict to page: drawings, findings in words that teach, the cache, fallbacks."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.drawings import Drawing, Studio, judge
from mkdocs_designdocs.engine import Pele, Rejection, Svg, pele_available
from mkdocs_designdocs.fences import mermaid_fences, normalise
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.kinds import first_word
from mkdocs_designdocs.mistakes import explain

needs_engine = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

FLOW = "flowchart LR\n  A --> B"


class Recorder:
    """A renderer that draws boxes, and counts."""

    version = "recorder 1"

    def __init__(self, result: Svg | Rejection | None = None):
        self.result = result
        self.sources: list[str] = []

    def render(self, source: str, id_prefix: str) -> Svg | Rejection:
        self.sources.append(source)
        text = f'<svg class="pele"><title id="{id_prefix}-title">é</title></svg>'
        return self.result or Svg(text, 120, 40.5, "flowchart")


@pytest.fixture(scope="module")
def studio():
    return Studio(Pele(), None)


# ------------------------------------------------------------------------------------------------- drawing


def test_a_diagram_is_drawn_once():
    recorder = Recorder()
    studio = Studio(recorder, None)
    first = studio.draw(FLOW)
    assert studio.draw(FLOW + "  \n") is studio.draw(FLOW.replace("\n", "\r\n")) is first
    assert recorder.sources == [FLOW]
    assert first.svg
    assert (first.kind, first.width, first.height) == ("flowchart", 120, 40.5)


@pytest.mark.parametrize(
    ("engine", "attributes", "drawn"),
    [
        ("pele", {}, True),
        ("pele", {"engine": "client"}, False),
        ("client", {}, False),
        ("client", {"engine": "pele"}, True),
    ],
)
def test_who_draws_is_chosen(engine, attributes, drawn):
    drawing = Studio(Recorder(), None, engine).draw(FLOW, attributes)
    assert (drawing.svg is not None, drawing.chosen) == (drawn, not drawn)


def findings(text, studio, **arguments):
    return [
        finding
        for fence in mermaid_fences(text)
        for finding in judge(fence, studio.draw(fence.source, fence.attributes), path="a.md", **arguments)
    ]


def test_no_engine_is_a_note_and_a_choice_is_none():
    text = f"```mermaid\n{FLOW}\n```\n\n``` {{.mermaid engine=client}}\n{FLOW}\n```\n"
    (finding,) = findings(text, Studio(None, None), offset=10, section="Flow")
    assert (finding.code, finding.level, finding.line, finding.column) == (
        "diagram-fallback",
        Level.NOTE,
        11,
        1,
    )
    assert finding.section == "Flow"
    assert "client-side Mermaid" in finding.message
    assert finding.help


def test_an_engine_that_fails_leaves_it_to_the_browser(tmp_path):
    recorder = Recorder(Rejection("crash", 0, 0, "TypeError: x is\nundefined"))
    drawing = Studio(recorder, tmp_path).draw(FLOW)
    assert drawing.fallback == "the engine fails at it (TypeError: x is undefined)"
    assert not drawing.chosen
    Studio(recorder, tmp_path).draw(FLOW)
    assert len(recorder.sources) == 2, "it may work tomorrow"


@needs_engine
def test_a_kind_that_only_the_browser_draws(studio):
    drawing = studio.draw("zenuml\n  A.b()")
    assert drawing.fallback == "the engine does not draw `zenuml`"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("flowchart LR", ("flowchart", 1, 1)),
        ("\n  graph TD;A", ("graph", 2, 3)),
        ("---\ntitle: x\n---\n%% c\n\n sequenceDiagram", ("sequenceDiagram", 6, 2)),
        ("%%{init: {\n'a': 1}}%%\npie", ("pie", 3, 1)),
        ("gitGraph:", ("gitGraph", 1, 1)),
        ("%% only a comment", ("", 1, 18)),
        ("", ("", 1, 1)),
    ],
)
def test_first_word(source, word):
    assert first_word(source) == word


# ------------------------------------------------------------------------------------------------- findings

MISTAKES = {
    "flowchrt LR\nA-->B": (1, 1, "`flowchrt` is no type of Mermaid diagram; did you mean `flowchart`?"),
    "sequencediagram\nA->>B: x": (1, 1, "did you mean `sequenceDiagram`?"),
    "---\ntitle: x\n---\nclasDiagram": (4, 1, "did you mean `classDiagram`?"),
    "Hello": (1, 1, "`Hello` is no type of Mermaid diagram"),
    "": (0, 0, "this diagram is empty"),
    "graph TD\nA[foo(bar)] --> B": (
        2,
        6,
        "a `(` inside `[…]` needs quotes around the label, in `A[foo(bar)] --> B`",
    ),
    "graph TD\nA --> B{a (b)}": (2, 11, "a `(` inside `{…}` needs quotes"),
    "graph TD\nA -->|a (b)| C": (2, 9, "a `(` inside `|…|` needs quotes"),
    "graph TD\nA[[foo(bar)]]": (2, 7, "a `(` inside `[[…]]` needs quotes"),
    'graph TD\nA[say "hi"]': (2, 7, 'a `"` inside `[…]` needs quotes'),
    "graph TD\nA[x]]": (2, 4, "a `]` too many"),
    "graph TD\nAx] --> B": (2, 3, "this `]` has no `[`"),
    "graph TD\nA((x) --> B": (2, 2, "a `(` is not closed"),
    "graph TD\nA{x --> B": (2, 2, "a `{` is not closed"),
    "graph TD\nA[x --> B\nB -->|y| C": (2, 2, "a `[` is not closed"),
    'graph TD\nA["x --> B': (2, 3, 'a `"` is not closed'),
    "graph TD\nA-->|x B": (2, 5, "a `|` is not closed"),
    "graph TD\nA-->end": (2, 5, "`end` is a reserved word"),
    "graph TD\nA-->B\nend": (3, 1, "an `end` closes nothing here"),
    "graph TD\nA -> B": (2, 3, "`->` is no arrow in a flowchart"),
    "graph TD\nA -->": (2, 6, "the diagram ends too early"),
    "stateDiagram-v2\na -> b": (2, 3, "`->` is no arrow in a state diagram"),
    "classDiagram\nA -> B": (2, 3, "`->` is no arrow in a class diagram"),
    "graph TD\nsubgraph x\nA-->B": (2, 1, "`subgraph` is not closed, in `subgraph x`"),
    "graph TD\nsubgraph x\n  subgraph y\n  A\nend": (3, 3, "`subgraph` is not closed, in `subgraph y`"),
    "graph TD\nsubgraph x\nA\nsubgraph y\nB\nend": (2, 1, "`subgraph` is not closed, in `subgraph x`"),
    "sequenceDiagram\nloop x\nA->>B: hi": (2, 1, "`loop` is not closed"),
    "sequenceDiagram\nA->>B: x\nend": (3, 1, "an `end` closes nothing here"),
    "sequenceDiagram\nA->>B hi": (2, 9, "this message has no text"),
    "sequenceDiagram\nparticpant A": (2, 1, "did you mean `participant`?"),
    "erDiagram\nA ||--o{ B": (2, 11, "this relation has no label"),
    "erDiagram\nA {\n string\n}": (3, 8, "this attribute is only half written"),
    "erDiagram\nA {\n string a": (2, 1, "`A {` is not closed"),
    "stateDiagram-v2\nstate x {\na --> b": (2, 1, "`state x {` is not closed"),
    "classDiagram\nclass A {\n+foo()": (2, 1, "`class A {` is not closed"),
    "gantt\nsection a\nx : foo, bar, baz": (3, 10, "invalid date: bar"),
    "gitGraph\ncommit\ncheckout x": (3, 10, "branch which is not yet created"),
    "mindmap\n  a\nb": (3, 1, "there can be only one root"),
    'pie\n"a" : x': (2, 7, "`x` cannot stand here"),
    "xychart-beta\nbar [a]": (2, 6, "expected a number"),
}


@needs_engine
@pytest.mark.parametrize("source", MISTAKES, ids=repr)
def test_a_mistake_is_found_at_its_place_and_said_in_words(studio, source):
    line, column, words = MISTAKES[source]
    drawing = studio.draw(source)
    assert drawing.rejection is not None
    mistake = explain(drawing.rejection, source)
    assert words in mistake.message
    assert (mistake.line, mistake.column) == (line, column)
    assert "\n" not in mistake.message
    assert not re.search(r"'[A-Z_]{2,}'|PeleError|Parse error", mistake.message)


@needs_engine
@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("graph TD\nA[foo(bar)] --> B", 'A["foo(bar)"]'),
        ("graph TD\nA --> B{a (b)}", 'B{"a (b)"}'),
        ("graph TD\nA[(db (x))] --> B", 'A[("db (x)")]'),
        ("graph TD\nA -->|go (now)| C[x]", '|"go (now)"|'),
        ('graph TD\nA[say "hi"] --> B', 'A["say #quot;hi#quot;"]'),
    ],
)
def test_what_the_help_proposes_is_drawn(studio, source, mended):
    mistake = explain(studio.draw(source).rejection, source)
    assert f"`{mended}`" in mistake.help
    broken = mended.replace('"', "").replace("#quot;", '"')
    assert broken in source
    assert studio.draw(source.replace(broken, mended)).svg


@needs_engine
def test_a_finding_stands_at_its_line_and_column_of_the_file(studio):
    text = "# H\n\n- a\n\n    > ```mermaid\n    > graph TD\n    >\n    >   A[foo(bar)]\n    > ```\n"
    (finding,) = findings(text, studio, offset=4)
    assert (finding.code, finding.level, finding.path) == ("diagram-invalid", Level.ERROR, "a.md")
    assert (finding.line, finding.column) == (12, 14)
    assert text.split("\n")[7][13] == "("
    tabbed = "-\titem\n\n\t```mermaid\n\tgraph TD\n\t\tA[foo(bar)]\n\t```\n"
    (finding,) = findings(tabbed, studio)
    assert tabbed.split("\n")[finding.line - 1][finding.column - 1] == "("


@needs_engine
def test_a_finding_in_a_bare_diagram_stands_at_its_line(studio):
    (fence,) = bare_diagrams("text\n\ngraph TD\n  A[foo(bar)]\n")
    (finding,) = judge(fence, studio.draw(fence.source), path="a.md")
    assert (finding.line, finding.column) == (4, 8)


def test_what_is_known_to_no_line_stands_at_the_fence():
    studio = Studio(Recorder(Rejection("semantic", 0, 0, "Something is off")), None)
    (finding,) = findings(f"\n   ```mermaid\n   {FLOW}\n   ```\n".replace("\n  A", "\n     A"), studio)
    assert (finding.line, finding.column, finding.message) == (2, 4, "something is off")
    studio = Studio(Recorder(Rejection("limit", 0, 0, "drawing takes longer than 5 seconds")), None)
    (finding,) = findings(f"```mermaid\n{FLOW}\n```\n", studio)
    assert finding.message == "this diagram is too big: drawing takes longer than 5 seconds"


def test_an_open_fence_is_a_finding():
    (finding,) = findings(f"text\n\n```mermaid\n{FLOW}\n", Studio(Recorder(), None))
    assert (finding.code, finding.line) == ("diagram-invalid", 3)
    assert "never closed" in finding.message


def test_a_quotation_is_short():
    rejection = Rejection("syntax", 2, 1, "Lexical error on line 2. Unrecognized text.\n…")
    message = explain(rejection, "pie\n" + "x" * 500).message
    assert len(message) < 160
    assert "…" in message


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80),
    st.integers(-1, 9),
    st.integers(-1, 99),
    st.sampled_from(["Expecting 'SQE', 'PE', got 'PS'", "got '$end'", "Expecting 'end', got 'end'", "x", "", 'a "b"']),
    st.sampled_from(["flowchart LR\n", "sequenceDiagram\n", "erDiagram\n", "stateDiagram-v2\n", ""]),
)
def test_no_rejection_breaks_the_explanation(text, line, column, message, head):
    source = normalise(head + text)
    mistake = explain(Rejection("syntax", line, column, f"Parse error on line 1:\nx\n^\n{message}"), source)
    assert "\n" not in mistake.message
    assert "\n" not in mistake.help
    for fence in mermaid_fences(f"```mermaid\n{source}\n```\n"):
        drawing = Drawing(rejection=Rejection("syntax", line, column, message or "x"))
        for found in judge(fence, drawing, path="a.md"):
            assert fence.line <= found.line <= fence.end_line
            assert found.column >= 1


# ------------------------------------------------------------------------------------------------- cache


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.svg"))


def test_what_is_kept_needs_no_engine(tmp_path):
    drawn = Studio(Recorder(), tmp_path / "deep" / "cache").draw(FLOW)
    again = Recorder()
    assert Studio(again, tmp_path / "deep" / "cache").draw(FLOW) == drawn
    assert again.sources == []


@needs_engine
def test_quickjs_is_not_loaded_when_everything_is_kept(tmp_path, monkeypatch):
    sources = [FLOW, "graph TD\nA[foo(bar)]", "flowchrt LR"]
    drawn = [Studio(Pele(), tmp_path).draw(source) for source in sources]
    monkeypatch.setattr(Pele, "_load", lambda self: pytest.fail("loaded"))
    assert [Studio(Pele(), tmp_path).draw(source) for source in sources] == drawn
    assert [drawing.rejection is None for drawing in drawn] == [True, False, False]


def test_another_engine_draws_anew(tmp_path):
    Studio(Recorder(), tmp_path).draw(FLOW)
    other = Recorder()
    other.version = "recorder 2"
    Studio(other, tmp_path).draw(FLOW)
    assert other.sources == [FLOW]


def test_a_limit_is_not_kept(tmp_path):
    Studio(Recorder(Rejection("limit", 0, 0, "slow")), tmp_path).draw(FLOW)
    assert Studio(Recorder(), tmp_path).draw(FLOW).svg


DAMAGES = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "one byte off": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "no header": lambda data: data.partition(b"\n")[2],
    "header of another shape": lambda data: b'["x"]\n' + data.partition(b"\n")[2],
    "header with another field": lambda data: data.replace(b'"kind"', b'"sort"'),
    "not text": lambda data: b"\xff\xfe\x00" * 50,
    "longer": lambda data: data + b"<script>",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("result", [None, Rejection("syntax", 1, 1, "no")], ids=["drawing", "rejection"])
def test_a_damaged_entry_is_drawn_anew_and_mended(tmp_path, damage, result):
    drawn = Studio(Recorder(result), tmp_path).draw(FLOW)
    (entry,) = entries(tmp_path)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert Studio(Recorder(result), tmp_path).draw(FLOW) == drawn
    assert entry.read_bytes() == whole


def test_a_directory_in_the_place_of_an_entry_is_no_trouble(tmp_path):
    Studio(Recorder(), tmp_path).draw(FLOW)
    (entry,) = entries(tmp_path)
    entry.unlink()
    (entry / "x").mkdir(parents=True)
    assert Studio(Recorder(), tmp_path).draw(FLOW).svg


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path):
    (tmp_path / "file").write_text("in the way")
    studio = Studio(Recorder(), tmp_path / "file" / "cache")
    assert studio.draw(FLOW).svg
    assert studio.draw("graph TD").svg


# ------------------------------------------------------------------------------------------------- html


def test_a_drawing_stands_in_a_figure():
    drawing = Studio(Recorder(), None).draw(FLOW)
    page = to_html(drawing, FLOW, title="Before & after")
    assert page.startswith('<figure class="designdocs-diagram" style="--designdocs-width:120px">')
    assert "<figcaption>Before &amp; after</figcaption>" in page
    ElementTree.fromstring(page)


def test_ids_are_unique_in_a_page_and_the_same_in_each_build():
    drawing = Studio(Recorder(), None).draw(FLOW)
    pages = [to_html(drawing, FLOW, nth) for nth in (1, 2, 3)]
    ids = [re.findall(r'id="([^"]+)"', page) for page in pages]
    assert len({identifier for found in ids for identifier in found}) == 3
    assert pages[0] == to_html(Studio(Recorder(), None).draw(FLOW), FLOW)


@needs_engine
def test_references_follow_the_ids(studio):
    source = "flowchart LR\n  accTitle: How it flows\n  accDescr: From A to B\n  A --> B"
    second = to_html(studio.draw(source), source, 2)
    for reference in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', second):
        assert f'id="{reference}"' in second


def test_a_fallback_is_what_the_theme_draws():
    source = 'flowchart LR\n  A["<b>x</b> & y"] --> B'
    page = to_html(Drawing(fallback="x"), source)
    assert page.startswith('<pre class="mermaid"><code>')
    assert ElementTree.fromstring(page)[0].text == source


def test_a_rejected_diagram_shows_its_source_and_the_line():
    rejection = Rejection("syntax", 2, 1, "Lexical error on line 2. Unrecognized text.")
    page = to_html(Drawing(rejection=rejection), "pie\n<script>alert(1)</script>\n")
    box = ElementTree.fromstring(page)
    assert box.attrib["class"] == "designdocs-diagram-error"
    assert box.find(".//mark").text == "<script>alert(1)</script>"
    assert "<script>" not in page


@needs_engine
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("sequenceDiagram\n  A->>B: x", "Sequence diagram"),
        ("erDiagram\n  A ||--o{ B : x", "Entity relationship diagram"),
        ("stateDiagram-v2\n  a --> b", "State diagram"),
        ('---\ntitle: "Who & what"\n---\nclassDiagram\n  A --> B', "Class diagram: Who & what"),
    ],
)
def test_a_drawing_has_a_name(studio, source, name):
    root = ElementTree.fromstring(studio.draw(source).svg)
    assert root.attrib["aria-label"] == name


@needs_engine
def test_the_author_s_name_for_it_wins(studio):
    svg = studio.draw("flowchart LR\n  accTitle: How it flows\n  A").svg
    assert "aria-label=" not in svg
    assert ">How it flows</title>" in svg

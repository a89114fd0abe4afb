"""From verdict to page: drawings, findings in words that teach, the cache, fallbacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_designdocs.bare import bare_diagrams
from mkdocs_designdocs.cache import Cache
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.drawings import Studio, judge
from mkdocs_designdocs.engine import Pele, Rejection, Svg, pele_available
from mkdocs_designdocs.fences import mermaid_fences
from mkdocs_designdocs.kinds import CLIENT_ONLY, KINDS, first_word, kind_of, spoken

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
    assert drawing.fallback is not None
    assert drawing.fallback.startswith("the engine does not draw `zenuml`; mermaid.js draws it with a plugin")


@needs_engine
@pytest.mark.parametrize(
    "line", ['a["$$x^2$$"] --> b', 'a -->|"$$x$$"| b', 'a["1"] --> b["$$y$$ and $$z$$"]', 'a["x\n$$f{1}$$"]']
)
def test_a_formula_is_left_to_the_browser(studio, line):
    drawing = studio.draw(f"flowchart LR\n{line}")
    assert drawing.fallback == "the engine draws no formulas, and there is one between `$$` and `$$`"


TWO_PRICES = ["flowchart LR\na[$$ 1] -->|x| b[$$]", "flowchart LR\na['($$) 1'] --> b['2 $$']", "block\na[$$ b] c[$$]"]


@needs_engine
@pytest.mark.parametrize(
    "source", ["flowchart LR\n%% $$x$$\na[$$ a] --> b\nb[b $$]", "pie\n'$$x$$' : 3", "zz $$x$$", *TWO_PRICES]
)
def test_dollars_that_are_no_formula(studio, source):
    assert studio.draw(source.replace("'", '"')).fallback is None


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


DIAGRAMS = Path(__file__).parent.parent / "benchmarks" / "diagrams"


@needs_engine
@pytest.mark.parametrize("path", sorted(DIAGRAMS.glob("*.mmd")), ids=lambda path: path.stem)
def test_every_kind_is_drawn_or_left_to_the_browser(studio, path):
    """A diagram of each kind that mermaid.js 12.3 has."""
    source = path.read_text("utf-8")
    word = first_word(source)[0]
    drawing = studio.draw(source)
    assert drawing.rejection is None
    assert KINDS[word].name == kind_of(word)
    if word in CLIENT_ONLY:
        assert CLIENT_ONLY[word] in (drawing.fallback or "")
    else:
        assert drawing.kind == kind_of(word)
        assert spoken(drawing.kind) == KINDS[word].spoken


def test_there_is_a_diagram_of_every_kind():
    shown = {kind_of(first_word(path.read_text("utf-8"))[0]) for path in DIAGRAMS.glob("*.mmd")}
    assert shown == {kind.name for kind in KINDS.values()}


@needs_engine
@pytest.mark.parametrize("word", KINDS)
def test_no_word_for_a_kind_is_unknown(studio, word):
    rejection = studio.draw(f"{word}\n").rejection
    assert rejection is None or rejection.code != "unsupported-diagram"


@pytest.mark.parametrize(
    ("word", "name"),
    [("graphTD", "flowchart"), ("pied", "pie"), ("Graph", ""), ("venn", ""), ("stateDiagram-v3", "state")],
)
def test_a_kind_is_told_by_how_the_word_begins(word, name):
    assert kind_of(word) == name


# ------------------------------------------------------------------------------------------------- findings


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


STRANGE = {
    "empty": lambda data: b"",
    "no header": lambda data: data.partition(b"\n")[2],
    "header of another shape": lambda data: b'["x"]\n' + data.partition(b"\n")[2],
    "header with another field": lambda data: data.replace(b'"kind"', b'"sort"'),
    "header without a field": lambda data: data.replace(b'"rejection"', b'"prefix"'),
    "not text": lambda data: data.partition(b"\n")[0] + b"\n\xff\xfe" if b"<svg" in data else b"\xff\xfe",
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("result", [None, Rejection("syntax", 1, 1, "no")], ids=["drawing", "rejection"])
def test_an_entry_that_is_whole_and_something_else_is_drawn_anew(tmp_path, change, result):
    drawn = Studio(Recorder(result), tmp_path).draw(FLOW)
    (entry,) = entries(tmp_path)
    cache, written = Cache(tmp_path, entry.suffix), entry.read_bytes()
    cache.put(entry.stem, change(cache.get(entry.stem)))
    assert entry.read_bytes() != written
    again = Recorder(result)
    assert Studio(again, tmp_path).draw(FLOW) == drawn
    assert again.sources == [FLOW]
    assert entry.read_bytes() == written

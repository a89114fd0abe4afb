"""Diagrams by somebody who means harm: nothing of theirs becomes more than words and shapes in the page.

What the engine and all that is around it make of them is held against an allow-list, and a real page in a browser.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from harmless import wrong_in, wrong_in_file
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_designdocs.catalog import Archive, catalogue
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import Level
from mkdocs_designdocs.drawings import Drawing, Studio, judge
from mkdocs_designdocs.engine import Pele, Rejection, pele_available
from mkdocs_designdocs.fences import Fence, mermaid_fences
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.settings import Settings

pytestmark = pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")

FOLDER = Path(__file__).parent.parent / "benchmarks" / "diagrams"
DIAGRAMS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.mmd"))}


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Pele(), None)


def shown(studio: Studio, source: str) -> tuple[Drawing, str]:
    """What became of a diagram, and its piece of a page, which is seen to be harmless."""
    drawing = studio.draw(source)
    html = to_html(drawing, source)
    assert wrong_in(html) == []
    assert drawing.svg is None or wrong_in_file(drawing.svg) == []
    return drawing, html


@pytest.mark.parametrize(
    "bad",
    [
        "<script>x</script>",
        "<svg><script>x</script></svg>",
        "<svg><style>x</style></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><image href='x'/></svg>",
        "<svg><use href='#x'/></svg>",
        "<svg onload=x>",
        "<p>x",
        "</p>",
        "<!-- x -->",
        "<img src=x>",
        "<svg><a href='javascript:x'></a></svg>",
        "<svg><a href='java\tscript:x'></a></svg>",
        "<svg><a href='&#x6a;avascript:x'></a></svg>",
        "<svg><a href='//elsewhere.example'></a></svg>",
        "<svg><a href='data:text/html,x'></a></svg>",
        "<svg><a xlink:href='javascript:x'></a></svg>",
        "<svg><rect fill='url(https://elsewhere.example)'/></svg>",
        "<svg><rect style='fill:red'/></svg>",
        "<svg><animate attributeName='href'/></svg>",
    ],
)
def test_the_list_lets_nothing_of_this_through(bad):
    assert wrong_in(bad)


def test_what_everybody_draws_is_harmless(studio):
    for name, source in DIAGRAMS.items():
        drawing, _ = shown(studio, source)
        assert drawing.svg or name.startswith("zenuml"), name


# Texts of any kind, anywhere -------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</svg><script>alert(1)</script>",
    "</text></g></svg><iframe src=//evil.example>",
    "<foreignObject><body onload=alert(1)>",
    "<style>*{background:url(//evil.example)}</style>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    '" onload="alert(1)',
    "' onmouseover='alert(1)",
    "` onfocus=alert(1) autofocus tabindex=0",
    "javascript:alert(1)",
    "JaVa\tScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "&#x6a;avascript:alert(1)",
    "&Tab;javascript&colon;alert(1)",
    "#106;avascript:alert(1)",
    "\x01javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "//evil.example/x",
    "/\\evil.example/x",
    "\\\\evil.example\\x",
    "https://ok.example/?a=1&b=\"'<>",
    "https://u:p@evil.example/#x onclick=1",
    "url(https://evil.example/x)",
    "url(javascript:alert(1))",
    "u\\72l(https://evil.example/x)",
    "red;}</style><script>alert(1)</script>",
    "red;background:url(//evil.example)",
    "expression(alert(1))",
    "image-set('//evil.example/x' 1x)",
    "@import url(//evil.example/x.css)",
    "var(--x,url(//evil.example))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "#lt;script#gt;alert(1)#lt;/script#gt;",
    "&#60;script&#62;",
    "&amp;lt;script&amp;gt;",
    "**x** _y_ `<b onclick=alert(1)>`",
    "$$\\href{javascript:alert(1)}{x}$$",
    "fa:fa-user<script>",
    "\u202egnp.x\u202c \u2066y",
    "\x00\x01\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufeff",
    "\ufffe\uffff\ufdd0",
    "e\u0301" * 40,
    "\ud800",
    "{{ 7*7 }}{% x %}${x}",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "end",
    "%%{init:{'themeCSS':'*{}'}}%%",
]
LINES = [
    "style {0} fill:{1},stroke:{1}",
    "classDef {0} fill:{1},color:{1},font-family:{1}",
    "classDef default fill:{1};",
    "class {0} {1}",
    "linkStyle 0 stroke:{1}",
    "linkStyle default fill:{0}",
    'click {0} "{1}"',
    'click {0} href "{1}" "{0}" _blank',
    'click {0} call {1}() "{0}"',
    "click {0} {1}",
    "link {0}: {1} @ {1}",
    'links {0}: {{"{0}": "{1}"}}',
    "accTitle: {0}",
    "accDescr: {1}",
    "accDescr {{\n{0}\n{1}\n}}",
    "title {0}",
    'A["{0}"] -->|"{1}"| B',
    'A@{{ img: "{0}", label: "{1}", pos: "t", w: 60, h: 60, constraint: "on" }}',
    'A@{{ icon: "{0}", form: "{1}", label: "{0}" }}',
    'A@{{ shape: {0}, label: "{1}" }}',
    "A:::{0}",
    "::icon({0})",
    "rect {0}\nend",
    'A["`{0}`"]',
    'UpdateElementStyle(a, $bgColor="{0}", $fontColor="{1}")',
    'Person(a, "{0}", "{1}", $sprite="{0}", $link="{1}")',
    'properties {0}: {{"class": "{1}"}}',
    "details {0}: {1}",
]
HEADS = [
    "",
    "",
    '%%{{init: {{"themeCSS": "{0}", "securityLevel": "loose", "htmlLabels": true}}}}%%\n',
    '%%{{init: {{"fontFamily": "{0}", "flowchart": {{"htmlLabels": true, "curve": "{1}"}}}}}}%%\n',
    '%%{{init: {{"themeVariables": {{"primaryColor": "{0}", "fontFamily": "{1}", "fontSize": "{0}"}}}}}}%%\n',
    '%%{{init: {{"__proto__": {{"svg": "{0}"}}, "constructor": {{"prototype": {{"href": "{1}"}}}}}}}}%%\n',
    '---\ntitle: "{0}"\nconfig:\n  themeCSS: "{1}"\n  securityLevel: loose\n  fontFamily: "{0}"\n---\n',
    "---\ntitle: {0}\nconfig:\n  theme: {1}\n  look: handDrawn\n  layout: {0}\n---\n",
]
SHAPES = [
    'flowchart LR\n  A["{0}"] --> B["{1}"]\n  click A "{0}" "{1}"\n',
    'flowchart LR\n  A["`{0}`"] --> B\n  classDef c fill:{0},stroke:{1}\n  class A c\n  style A fill:{1},color:{0}\n',
    'flowchart LR\n  A@{{ img: "{0}", label: "{1}" }}\n  B@{{ icon: "{0}" }}\n  A -- "{1}" --> B\n',
    '%%{{init: {{"themeCSS": "{0}", "fontFamily": "{1}", "securityLevel": "loose"}}}}%%\ngraph LR\n A-->B',
    '---\ntitle: "{0}"\nconfig:\n  themeCSS: "{1}"\n  fontFamily: "{0}"\n---\nflowchart LR\n  A --> B\n',
    'flowchart LR\n  subgraph s["{0}"]\n    A --> B\n  end\n  style s fill:{1}\n  linkStyle 0 stroke:{0},color:{1}\n',
    "sequenceDiagram\n  participant A as {0}\n  A->>B: {1}\n  link A: {0} @ {1}\n  rect {0}\n  A->>B: x\n  end\n",
    'sequenceDiagram\n  accTitle: {0}\n  accDescr: {1}\n  Note over A: {0}\n  links A: {{"{0}": "{1}"}}\n',
    "sequenceDiagram\n  box {0} Team\n  actor A\n  end\n  alt {1}\n  A->>A: {0}\n  else {0}\n  A->>A: x\n  end\n",
    'classDiagram\n  class A["{0}"]\n  A : {1}\n  click A href "{0}" "{1}"\n  style A fill:{1}\n  note for A "{0}"\n',
    'erDiagram\n  "{0}" ||--o{{ B : "{1}"\n  B {{\n    string x "{0}"\n  }}\n  style B fill:{1}\n',
    'stateDiagram-v2\n  a : {0}\n  a --> b : {1}\n  classDef x fill:{0}\n  class a x\n  click a "{1}" "{0}"\n',
    'gantt\n  title {0}\n  section {1}\n  {0} :t1, 2026-01-01, 3d\n  click t1 href "{0}"\n',
    'pie title {0}\n  "{1}" : 1\n',
    "mindmap\n  r\n    {0}\n    ::icon({1})\n    (({1}))\n",
    "timeline\n  title {0}\n  section {1}\n  {1} : {0}\n",
    'C4Context\n  title {1}\n  Person(a, "{0}", "{1}", $sprite="{0}", $link="{0}")\n  Rel(a, a, "{0}", "{1}")\n'
    '  UpdateElementStyle(a, $bgColor="{0}", $fontColor="{1}")\n',
    "architecture-beta\n  group g({1})[{0}]\n  service a({0})[{1}] in g\n",
    "quadrantChart\n  title {0}\n  x-axis {0} --> {1}\n  quadrant-1 {1}\n  {0}: [0.1, 0.2] color: {1}, radius: {0}\n",
    'gitGraph\n  commit id: "{0}" tag: "{1}" msg: "{0}"\n  branch "{1}"\n  commit\n',
    "journey\n  title {0}\n  section {1}\n  {0}: 3: {1}\n",
    'xychart-beta\n  title "{0}"\n  x-axis "{1}" ["{1}"]\n  y-axis "{0}" 0 --> 2\n  bar "{1}" [1]\n',
    'block-beta\n  a["{0}"] space b<["{1}"]>(right)\n  a -- "{1}" --> b\n  style a fill:{1}\n',
    'kanban\n  a[{0}]\n    b[{1}]@{{ ticket: "{0}", assigned: "{1}", priority: "High" }}\n',
    'requirementDiagram\n  requirement r {{\n  id: "{0}"\n  text: "{1}"\n  }}\n  style r fill:{0}\n',
    'sankey-beta\n\n"{0}","{1}",1\n',
    'packet-beta\n  title {1}\n  0-3: "{0}"\n',
    'radar-beta\n  title {0}\n  axis a["{0}"], b["{1}"], c\n  curve d["{1}"]{{1, 2, 3}}\n',
    'treemap-beta\n  "{0}"\n    "{1}": 3\n  classDef x fill:{0}\n',
    'treeView-beta\n  "{0}"\n    "{1}"\n',
    'venn-beta\n  title "{1}"\n  set A["{0}"]\n  set B["{1}"]\n  union A,B["{0}"]\n',
    "ishikawa-beta\n  {0}\n    {1}\n",
    'usecase-beta\n  actor a["{0}"]\n  usecase u["{1}"]\n  a --> u\n',
]
_WORD = re.compile(r"[A-Za-z]\w+")


def _poisoned(source: str, place: int, texts: Sequence[str], line: str, head: str) -> str:
    """A diagram with a hostile text in the place of one of its words, and with hostile lines."""
    words = list(_WORD.finditer(source))[1:]
    if words and place:
        word = words[place % len(words)]
        source = source[: word.start()] + texts[2] + source[word.end() :]
    return head.format(*texts[:2]) + source.rstrip("\n") + f"\n  {line.format(*texts)}\n"


TEXTS = st.lists(st.sampled_from(HOSTILE), min_size=3, max_size=3)
POISONED = st.one_of(
    st.builds(lambda shape, texts: shape.format(*texts), st.sampled_from(SHAPES), TEXTS),
    st.builds(
        _poisoned,
        st.sampled_from([*DIAGRAMS.values()]),
        st.integers(0, 60),
        TEXTS,
        st.sampled_from(["", *LINES]),
        st.sampled_from(HEADS),
    ),
)


@settings(max_examples=400, deadline=None)
@given(POISONED)
def test_nothing_hostile_gets_into_the_page(studio, source):
    drawing, _ = shown(studio, source)
    lines = tuple(source.split("\n"))
    fence = Fence(1, 1, 9, "mermaid", {}, source, (0,) * len(lines), raw=lines)
    for finding in judge(fence, drawing, path="a.md"):
        assert "\n" not in finding.message
    if drawing.fallback:
        formula = "$$" in source and "formula" in drawing.fallback
        assert formula or source.lstrip().startswith("zenuml") or "zenuml" in drawing.fallback, drawing.fallback


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("two words.md", ["two%20words.md"]),
        ("page.md?x=1&y=2#z", ["page.md?x=1&amp;y=2#z"]),
        ("JaVa ScRiPt:alert(1)", []),
        ("url(javascript:alert(1))", []),
    ],
)
def test_a_link_that_no_page_may_hold_costs_the_link_and_not_the_drawing(studio, address, left):
    drawing, _ = shown(studio, f'flowchart LR\n  A --> B["colon: after"]\n  click A "{address}"\n')
    assert drawing.svg
    assert re.findall(r'href="([^"]*)"', drawing.svg) == left


# Names that JavaScript knows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["constructor", "toString", "hasOwnProperty", "prototype", "valueOf"])
def test_a_name_that_every_object_has_is_a_name_like_any_other(studio, name):
    tried = 0
    for source in DIAGRAMS.values():
        word = re.findall(r"\b[A-Za-z]{3,}\b", source)[-1]
        if studio.draw(re.sub(rf"\b{word}\b", "another", source)).svg:
            drawing, _ = shown(studio, re.sub(rf"\b{word}\b", name, source))
            assert drawing.svg, (source, drawing.rejection)
            tried += 1
    assert tried > 30


def test_the_name_of_every_object_s_prototype_changes_no_other_diagram():
    """Nothing that one diagram says shows in the next."""
    studio, clean = Studio(Pele(), None), Studio(Pele(), None)
    for source in SHAPES:
        studio.draw(source.format("__proto__", "constructor", "x"))
    for source in DIAGRAMS.values():
        assert studio.draw(source) == clean.draw(source)


# Too much --------------------------------------------------------------------------------------------------------

BIG = {
    "a label of a megabyte": 'flowchart LR\n A["' + "x " * 500_000 + '"]',
    "a megabyte of lines": "flowchart LR\n" + "A --> B\n" * 130_000,
    "a megabyte of nothing": " " * 1_000_000,
    "directives": "%%{" * 16_000,
    "front matter": "---\n" * 12_000,
    "brackets": "flowchart LR\n A" + "[" * 49_000,
    "brackets and signs": "flowchart LR\n A@B" + "[(" * 24_000,
    "signs": "flowchart LR\n A[x@" + "a@" * 24_000,
    "entities": 'flowchart LR\n A["' + "#amp;" * 9_000 + '"]',
    "subgraphs": "flowchart LR\n" + "".join(f"subgraph s{n}\n" for n in range(500)) + "A\n" + "end\n" * 500,
    "states": "stateDiagram-v2\n" + "".join(f"state s{n} {{\n" for n in range(500)) + "a\n" + "}\n" * 500,
    "loops": "sequenceDiagram\n" + "loop x\n" * 2000 + "A->>B: x\n" + "end\n" * 2000,
    "nodes": "flowchart LR\n" + "".join(f"n{n}\n" for n in range(2000)),
    "spaces": "classDiagram\n  class A {\n" + " " * 12_000,
    "dashes": "erDiagram\n  A ||--o{ B : " + "-" * 12_000,
    "columns of spaces": "stateDiagram-v2\n  a : " + "\t" * 6_000,
    "columns": "block-beta\n columns 1000000000\n a:1000000000",
    "bits": 'packet-beta\n 0-100000000: "x"',
    "rings": "radar-beta\n axis a, b, c\n curve d{1, 2, 3}\n ticks 1000000000",
    "days": "gantt\ndateFormat YYYY-MM-DD\ntickInterval 1millisecond\n t :a, 0001-01-01, 9999999d\n",
    "clicks": 'flowchart LR\n A\n click A "' + 'click A "' * 1000,
    "names": "accTitle: " * 4000,
}

CHILD = """
import json, sys, time
from mkdocs_designdocs.clicks import check_clicks
from mkdocs_designdocs.drawings import Studio, judge
from mkdocs_designdocs.engine import Pele
from mkdocs_designdocs.fences import Fence
from mkdocs_designdocs.sheet import Sheet
studio = Studio(Pele(time_limit=2), None)
for name, source in json.load(sys.stdin).items():
    begun = time.process_time()
    lines = tuple(source.split("\\n"))
    fence = Fence(1, 1, 9, "mermaid", {}, source, (0,) * len(lines), raw=lines)
    drawing = studio.draw(source)
    list(judge(fence, drawing, path="a.md"))
    list(check_clicks(fence, "a.md"))
    sheet = Sheet(studio)
    sheet.compose(sheet.place(source, {}))
    print(f"{name}: {time.process_time() - begun:.2f}", flush=True)
"""


def test_no_text_holds_a_build_up():
    """In a process of its own: an expression that hangs would hang the tests too."""
    try:
        ran = subprocess.run(
            [sys.executable, "-c", CHILD], input=json.dumps(BIG), capture_output=True, text=True, timeout=90
        )
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"after {(late.stdout or b'').decode().splitlines()[-1:]} it hangs")
    assert ran.returncode == 0, ran.stderr
    seconds = dict(line.rsplit(": ", 1) for line in ran.stdout.splitlines())
    assert seconds.keys() == BIG.keys()
    assert {name: took for name, took in seconds.items() if float(took) > 3} == {}


HEAVY = "flowchart LR\n" + "".join(f"N{n} --> N{n * 7 % 200}\nN{n} --> N{n * 3 % 200}\n" for n in range(200))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"time_limit": 0.1}, "drawing takes longer than 0.1 seconds"),
        ({"memory_limit": 5 * 1024 * 1024}, "drawing takes more than 5 MB of memory"),
    ],
)
def test_what_runs_away_is_a_finding_at_its_fence_and_the_others_are_drawn(limits, said):
    text = f"# Title\n\n```mermaid\n{HEAVY}```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n"
    studio = Studio(Pele(**limits), None)
    heavy, light = mermaid_fences(text)
    drawing = studio.draw(heavy.source)
    (finding,) = judge(heavy, drawing, path="a.md")
    assert (finding.code, finding.level, finding.line) == ("diagram-invalid", Level.ERROR, 3)
    assert said in finding.message
    assert "cannot be drawn" in to_html(drawing, heavy.source)
    assert studio.draw(light.source).svg
    begun = time.thread_time()
    assert studio.draw(heavy.source) is drawing, "it is known by now"
    assert time.thread_time() - begun < 0.05
    drawn: list[Drawing] = []
    other = threading.Thread(target=lambda: drawn.append(studio.draw(light.source + " --> C")))  # as in `mkdocs serve`
    other.start()
    other.join()
    assert drawn[0].svg


def test_many_that_run_away_do_not_take_their_time_each(monkeypatch):
    pele = Pele(time_limit=0.04)

    def limit(number: int) -> str:
        result = pele.render(f"{HEAVY}X --> Y{number}\n", "x")
        assert isinstance(result, Rejection)
        return result.message.partition(" than ")[2]

    assert [limit(number) for number in range(9)][:8:7] == ["0.04 seconds", "0.004 seconds"]
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert [limit(number) for number in (9, 10)][1] == "0.04 seconds", "that was a minute ago"


def test_what_a_limit_led_to_is_not_kept(tmp_path):
    """Another build, on a machine that is less busy, may draw it."""
    root = tmp_path / "docs"
    settings = Settings(root=root, docs_dir=root, cache_dir=tmp_path / "cache")
    document = Document("a.md", "a.md", f"# A\n\n```mermaid\n{HEAVY}```\n".encode(), "a/")

    def found(limit: float) -> list[str]:
        archive = Archive(settings, Studio(Pele(time_limit=limit), settings.cache_dir))
        return [one.code for one in catalogue([document], archive).diagnostics]

    assert found(0.05) == ["diagram-invalid"]
    assert found(60) == []
    assert found(0.05) == [], "now it is kept"


# In a page --------------------------------------------------------------------------------------------------------


def a_page() -> str:
    """Every shape with some of the texts, drawn, rejected or left to the browser."""
    texts = [text for text in HOSTILE if text.isprintable()]
    fences = []
    for number, shape in enumerate([*SHAPES, "zenuml\n  {0}\n  {1}\n", "{0}\n{1}\n"] * 2):
        source = shape.format(*(texts[(number * 5 + step) % len(texts)] for step in (0, 1, 2)))
        fences.append(f"```mermaid\n{source}\n```\n")
    return "# Hostile\n\n" + "\n".join(fences)


@pytest.mark.browser
def test_a_page_of_them_runs_and_fetches_nothing(new_site, browser):
    site = new_site("hostile")
    theme = {"name": "mkdocs", "highlightjs": False}
    site.configure(ours={"levels": {"diagram-invalid": "note"}}, theme=theme, use_directory_urls=False)
    site.write("index.md", a_page())
    built = site.build()
    assert built.returncode == 0, built.stderr
    html = (site.built / "index.html").read_text("utf-8")
    for piece in re.findall(r"<figure\b.*?</figure>|<div class=\"designdocs-diagram-error.*?</div>", html, re.DOTALL):
        assert wrong_in(piece) == []
    page = browser.new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: seen.append(request.url) if site.built.as_uri() not in request.url else None)
    page.goto((site.built / "index.html").as_uri())
    assert page.locator("figure.designdocs-diagram svg").count() > 15
    assert page.locator(".designdocs-diagram-error").count() > 5
    page.mouse.wheel(0, 5000)
    for name in ("mouseover", "focus", "load", "error"):
        page.evaluate("name => document.querySelectorAll('svg *').forEach(e => e.dispatchEvent(new Event(name)))", name)
    found = page.evaluate(
        """() => [...document.querySelectorAll('figure, .designdocs-diagram-error, pre.mermaid')]
            .flatMap(box => [...box.querySelectorAll('*')])
            .filter(e => /^(script|style|foreignobject|iframe|img|image|use|object|embed|link|base|form|body)$/i
                .test(e.localName) || e.getAttributeNames().some(name => name.startsWith('on'))
                || /^\\s*(javascript|data|vbscript):/i.test(e.href?.baseVal ?? e.href ?? ''))
            .map(e => e.outerHTML.slice(0, 200))"""
    )
    page.close()
    assert (seen, found) == ([], [])

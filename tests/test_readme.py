"""What README and the guides show is what happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_designdocs.cli import main
from mkdocs_designdocs.engine import pele_available

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
TEMPLATES = (ROOT / "docs" / "templates.md").read_text("utf-8")
DIAGRAMS = (ROOT / "docs" / "diagrams.md").read_text("utf-8")
COMMAND = (ROOT / "docs" / "reference" / "command.md").read_text("utf-8")
JSON = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")


def example(page: str, name: str, kind: str = "example") -> str:
    """The code block below `<!-- example: NAME -->`."""
    found = re.search(rf"<!-- {kind}: {re.escape(name)} -->\n+```\w*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no {kind} {name} any more"
    return found[1]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "designs").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("# Home\n", "utf-8")
    return tmp_path


def test_commands_are_one_line_each():
    for name in ("serve", "test"):
        command = example(README, name, "command")
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -e '.[")


def test_ci_calls_the_test_command():
    """The expression by which `.ci/run` takes the command from README."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    expression = re.search(r"command=\$\(sed -n '(.+)' README\.md\)", script)
    done = subprocess.run(
        ["sed", "-n", expression[1], "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == example(README, "test", "command")


def test_first_design_and_its_findings(site):
    (site / "mkdocs.yml").write_text(example(README, "mkdocs.yml"), "utf-8")
    *arguments, title = re.fullmatch(r'designdocs (\w+) (\w+) "(.+)"\n', example(README, "new")).groups()
    assert run(*arguments, title, "--author", "Ana Sousa")[0] == 0
    page = site / "docs" / "designs" / "parcel-tracking.md"
    assert run("check")[0] == 0  # a draft may be incomplete
    page.write_text(page.read_text("utf-8").replace("status: draft", "status: in review"), "utf-8")
    code, printed = run("check")
    assert code == 1
    first, rest = example(README, "check").split("…\n")
    assert printed.startswith(first)
    assert printed.endswith(rest)


def test_front_matter_of_the_first_design(site):
    (site / "mkdocs.yml").write_text(example(README, "mkdocs.yml"), "utf-8")
    run("new", "service", "Parcel tracking", "--author", "Ana Sousa")
    written = (site / "docs" / "designs" / "parcel-tracking.md").read_text("utf-8")
    shown = re.search(r"^```yaml\n(---\n.*?---\n)```$", README, re.MULTILINE | re.DOTALL)[1]
    assert re.sub(r"created: .*", "", shown) == re.sub(r"created: .*", "", written[: written.index("\n---\n") + 5])


def test_own_template_folder(site):
    plugins = yaml.safe_load(example(README, "templates"))
    (site / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "Own", **plugins}), "utf-8")
    (site / "templates").mkdir()
    (site / "templates" / "rfc.md").write_text("# RFC: {{ TITLE }}\n\n## Summary\n\nOne paragraph.\n", "utf-8")
    assert run("templates", "rfc") == (0, "# RFC: {{ TITLE }}\n\n## Summary\n\nOne paragraph.\n")


def test_jinja2_template_with_data(site):
    (site / "mkdocs.yml").write_text("site_name: T\nplugins: [designdocs: {templates_dir: templates}]\n", "utf-8")
    (site / "templates").mkdir()
    (site / "templates" / "interface.md.j2").write_text(example(TEMPLATES, "interface.md.j2"), "utf-8")
    design = f"---\n{example(TEMPLATES, 'interface design')}---\n\n## Purpose\n\nIt reads the gauge.\n"
    (site / "docs" / "designs" / "gauge.md").write_text(design, "utf-8")
    assert run("check") == (0, "1 design checked: no findings\n")
    (site / "docs" / "designs" / "gauge.md").write_text(design.replace("returns:", "retuns:"), "utf-8")
    code, printed = run("check")
    assert code == 1
    assert 'unknown key "retuns" [field-invalid]\n    help: did you mean `returns`?\n' in printed


@pytest.mark.parametrize("name", ["data", "more data", "drawn data"])
def test_data_of_the_built_in_templates(site, name):
    (site / "mkdocs.yml").write_text("site_name: T\nplugins: [designdocs]\n", "utf-8")
    (site / "docs" / "designs" / "tracking.md").write_text(f"---\n{example(TEMPLATES, name)}---\n", "utf-8")
    code, printed = run("check", "--format", "json")
    (design,) = json.loads(printed)["designs"]
    assert code == 0
    assert {d["code"] for d in design["diagnostics"]} == {"section-missing"}
    assert "from-data" in {section["state"] for section in design["sections"]}


def test_versions_of_a_template(site):
    (site / "mkdocs.yml").write_text("site_name: T\nplugins: [designdocs: {templates_dir: templates}]\n", "utf-8")
    (site / "templates").mkdir()
    (site / "templates" / "rfc.md").write_text(example(TEMPLATES, "versions"), "utf-8")
    body = "# Tide gauge\n\n## Summary\n\nIt reads the tide.\n\n## Risks\n\nWhat could go wrong?\n"
    design = f"---\n{example(TEMPLATES, 'versions design')}---\n\n{body}"
    (site / "docs" / "designs" / "tide-gauge.md").write_text(design, "utf-8")
    code, printed = run("check")
    assert code == 1  # the prompt of version 1 is still a prompt
    assert 'section "Risks" still holds the template\'s prompt' in printed
    assert re.search(r"^```text\n(.+\[template-outdated\]\n.+\n)```$", TEMPLATES, re.MULTILINE)[1] in printed
    assert 'section "Observability"' not in printed
    shown = re.search(r"^```text\n(.+ -> .+\n)```$", COMMAND, re.MULTILINE)[1]
    assert run("upgrade") == (0, shown)


@pytest.fixture
def tracking(site):
    """The design of the examples in the reference of the JSON."""
    (site / "mkdocs.yml").write_text("site_name: T\nplugins: [designdocs: {templates_dir: templates}]\n", "utf-8")
    (site / "templates").mkdir()
    (site / "templates" / "rfc.md").write_text("# RFC\n\n## Summary\n\nSay it.\n\n## Design\n\nDraw it.\n", "utf-8")
    block = [
        "design:",
        "  template: rfc",
        "  status: in review",
        '  authors: "@ana"',
        "  created: 2026-11-03",
        "  tags: [tracking]",
        "  depends_on: https://example.com/rfc-3",
    ]
    body = "# Parcel tracking\n\n## Summary\n\nWhere it is.\n\n## Design\n\nDraw it.\n"
    text = "\n".join(["---", *block, "---", "", body])
    (site / "docs" / "designs" / "parcel-tracking.md").write_text(text, "utf-8")


def test_json_report(tracking):
    code, printed = run("check", "--format", "json")
    assert code == 1
    assert json.loads(printed) == json.loads(example(JSON, "report"))


def test_designs_json(tracking, site):
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", site / "mkdocs.yml"]
    assert subprocess.run(command, cwd=site, capture_output=True, check=False).returncode == 1
    published = json.loads((site / "site" / "designs" / "designs.json").read_text("utf-8"))
    assert published == json.loads(example(JSON, "designs.json"))


@pytest.mark.skipif(pele_available() is not None, reason=f"no engine here: {pele_available()}")
def test_samples_and_messages_of_the_guide_to_diagrams(site):
    samples = re.findall(r"^````markdown\n(.*?)^````$", DIAGRAMS, re.MULTILINE | re.DOTALL)
    assert len(samples) == 4
    (site / "mkdocs.yml").write_text("site_name: T\nplugins: [designdocs]\n", "utf-8")
    (site / "docs" / "guide.md").write_text("\n".join(samples), "utf-8")
    assert run("check", "--strict") == (0, "0 designs checked: no findings\n")
    messages = re.findall(r"^```text\n(docs/.*?)^```$", DIAGRAMS, re.MULTILINE | re.DOTALL)
    page = site / "docs" / "designs" / "parcel-tracking.md"
    lines = {int(m.split(":")[1]): re.search(r"^ +\d+ \| (.*)$", m, re.MULTILINE)[1] for m in messages}
    text = [""] * 60
    for number, line in lines.items():
        text[number - 3 : number + 1] = ["```mermaid", "flowchart LR", line, "```"]
    page.write_text("\n".join(text), "utf-8")
    code, printed = run("check")
    assert (code, len(messages)) == (1, 2)
    for message in messages:
        assert message in printed

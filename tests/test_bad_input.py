"""Whatever people get wrong: a clear message at its line, a page all the same, and no word of theirs lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml

BAD = yaml.safe_load((Path(__file__).parent / "golden" / "bad_input.yml").read_text("utf-8"))
OUTSIDE = "# A secret\n\n## Secret section\n"
WORDS = re.compile(r"^(?!---|#|\s|[\w-]+:|- |<|`|\[|$).+", re.MULTILINE)


def data_of(name: str, text: str) -> bytes:
    """A page's bytes; what YAML cannot hold its name says."""
    if "crlf" in name:
        return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    return text.encode("latin-1" if "latin" in name else "utf-8")


def lay_out(bad, site) -> list[str]:
    """A site of all the bad pages and templates; the names of the pages."""
    site.configure(ours={"templates_dir": "tpl", "todo": "always"}, nav=None)
    site.write("index.md", "# Home\n")
    for name, text in bad["templates"].items():
        site.write(f"../tpl/{name}", text)
    try:
        (site.root / "tpl" / "out.md").symlink_to(site.write("../../secret.md", OUTSIDE))
    except OSError:  # pragma: no cover
        pytest.skip("no symbolic links here")
    for name, text in bad["pages"].items():
        site.write(f"{name}.md", data_of(name, text))
    return list(bad["pages"])


@pytest.mark.golden_test("golden/bad_input.yml")
def test_every_mistake_is_told_at_its_line_in_one_run(golden, site):
    lay_out(golden, site)
    done = site.check()
    assert (done.returncode, done.stderr) == (1, "")
    assert [line.replace("docs/", "", 1) for line in done.stdout.splitlines()] == golden.out["told"]


def test_every_page_is_built_and_holds_its_authors_words(site):
    names = lay_out(BAD, site)
    done = site.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "designdocs: the designs are not in order" in done.stderr
    assert not (site.built / "secret").exists()
    for name in names:
        shown = text_of(site.page(name))
        for line in WORDS.findall(body_of(BAD["pages"][name])):
            expected = " ".join(re.sub(r"[`]", "", line).split())
            expected = re.sub(r"[^\x00-\x7f]", "�", expected) if "latin" in name else expected
            assert expected in shown, name
        assert "design: template" not in shown, "the front matter is no part of the page"
        assert "A secret" not in shown


def test_check_and_build_give_the_same_verdict(site):
    lay_out(BAD, site)
    checked = set(re.findall(r"^(docs/\S+:\d+:\d+): (?:error|warning): ", site.check().stdout, re.MULTILINE))
    built = set(re.findall(r"(docs/\S+:\d+:\d+): ", site.build().stderr))
    assert checked
    assert checked <= built


def body_of(text: str) -> str:
    """What stands from the first heading on."""
    return text[text.index("# About") :] if "# About" in text else ""


def text_of(page: str) -> str:
    """The words that a reader sees."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_the_pages_say_enough_for_the_test_to_fail():
    assert len(WORDS.findall(body_of("# About x\n\nWords on x.\n\n- no\n\nMore.\n"))) == 2
    assert sum(len(WORDS.findall(body_of(text))) for text in BAD["pages"].values()) > 50

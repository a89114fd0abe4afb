"""The words of the site: its language, its own, and that no translation leaves one out."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from mkdocs_designdocs.labels import ENGLISH, WORDS, Labels, by_language, kinds, languages, own_labels, translation
from mkdocs_designdocs.lifecycle import DEFAULT, Status

FIELD = re.compile(r"\{(\w*)\}")


def fields(text: str) -> set[str]:
    return set(FIELD.findall(text))


def test_there_is_german_spanish_and_french():
    assert languages() == ["de", "es", "fr"]


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_every_label_with_what_is_filled_in(language):
    words = translation(language)
    assert sorted(words) == sorted(WORDS)
    for name, text in words.items():
        assert isinstance(text, str), name
        assert text.strip(), name
        assert fields(text) == fields(WORDS[name]), name
    statuses = [words[f"status.{status.key}"] for status in DEFAULT.statuses]
    assert len({*statuses}) == len(statuses)


def test_plural_forms_come_in_twos_and_the_number_chooses():
    forms = {name.removesuffix(".one") for name in WORDS if name.endswith(".one")}
    assert all(f"{name}.other" in WORDS for name in forms)
    assert not forms & WORDS.keys()
    assert [ENGLISH("questions", n=n) for n in (0, 1, 2)] == [
        "0 open questions",
        "1 open question",
        "2 open questions",
    ]
    assert Labels("de")("age_days", n=1) == "seit 1 Tag"


def test_no_label_is_of_a_name_that_there_is_not():
    with pytest.raises(KeyError):
        ENGLISH("nothing")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Nach Status"),
        ("de-AT", "Nach Status"),
        ("DE_ch", "Nach Status"),
        ("fr_CA", "Par statut"),
        ("xx", "By status"),
    ],
)
def test_a_language_is_understood_in_every_spelling(language, expected):
    assert Labels(language)("by_status") == expected


def test_the_closest_kind_of_a_language_comes_first():
    assert kinds("pt_BR") == ("pt-br", "pt")
    assert kinds("de") == ("de",)


def test_a_status_is_called_as_the_team_says_then_as_the_language_does():
    draft, accepted = Status("draft", "Draft"), Status("approved", "Accepted")
    german = Labels("de")
    assert (german.status(draft), german.status(accepted)) == ("Entwurf", "Accepted")
    own = Labels("de", (("status.draft", "Skizze"), ("status.approved", "Gilt"), ("status.idea", "Idee")))
    assert [own.status(one) for one in (draft, accepted, Status("idea", "Idea"))] == ["Skizze", "Gilt", "Idee"]


def test_a_site_has_words_of_its_own_for_all_languages_or_one():
    read = by_language({"by_author": "People", "it": {"by_author": "Per persona"}, False: {"designs": "D"}}, [])
    assert read == {
        "": (("by_author", "People"),),
        "it": (("by_author", "Per persona"),),
        "no": (("designs", "D"),),
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"by_auther": "x"}, "unknown label 'by_auther'; did you mean 'by_author'?"),
        ({"status.drift": "x"}, "did you mean 'status.draft'?"),
        ({"qqq": "x"}, "the reference of labels in the documentation has all"),
        ({"by_author": ""}, "by_author: expected a text"),
        ({"by_author": 3}, "by_author: expected a text, got 3"),
        ({"questions.other": "many"}, "questions.other: {n} is missing in 'many'"),
        ({"questions.other": "{n} {m}"}, "questions.other: {n} can be filled in"),
        ({"by_author": "{x}"}, "by_author: nothing can be filled in"),
        ({"by_author": "a { b"}, "by_author: nothing can be filled in"),
    ],
)
def test_a_label_that_cannot_be_is_named(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        own_labels(given, ["draft"])
    with pytest.raises(ValueError, match="^it: .*" + re.escape(message)):
        by_language({"it": given}, ["draft"])


def test_one_of_something_needs_no_number():
    assert own_labels({"questions.one": "an open question"}, []) == (("questions.one", "an open question"),)


def test_labels_are_a_mapping():
    with pytest.raises(ValueError, match="expected a mapping of labels"):
        by_language(["x"], [])


def test_the_reference_lists_every_label():
    rows = re.findall(
        r"^\| `([^`]+)` \| (.+) \|$", (ROOT / "docs/reference/labels.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows == [(name, text.replace("|", "\\|")) for name, text in sorted(WORDS.items())]


def test_the_script_that_shows_diagrams_has_the_same_english():
    script = (ROOT / "mkdocs_designdocs/assets/viewer.js").read_text("utf-8")
    words = re.search(r"const WORDS = \{(.+?)\.\.\.JSON", script, re.DOTALL)
    assert words
    assert dict(re.findall(r'(\w+): "([^"]+)"', words[1])) == ENGLISH.of("viewer")


def test_a_site_speaks_its_theme_s_language_and_its_own_words(site):
    site.configure(
        theme={"name": "mkdocs", "locale": "de"},
        ours={"labels": {"by_author": "Leute", "de": {"status.draft": "Skizze"}, "fr": {"by_status": "Rangs"}}},
    )
    site.write("d/a.md", "---\ndesign: {template: component, status: draft, author: '@ana'}\n---\n# A\n\nWords.\n")
    site.write("index.md", "# Home\n\n```mermaid\nflowchart LR\n  a --> b\n```\n")
    result = site.build()
    assert result.returncode == 0, result.stderr
    index = site.page("designs")
    for word in ("Nach Status", "Leute", "Skizze"):
        assert word in index, word
    for word in ("By status", "By author", "Draft", "Rangs", ">Designs by"):
        assert word not in index, word
    assert "Skizze" in site.page("d/a")
    assert "Alle Designs" in site.page("d/a")
    assert 'data-designdocs-words="{&#34;copied&#34;: &#34;Kopiert&#34;' in site.page("")

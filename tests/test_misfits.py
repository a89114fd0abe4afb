"""What YAML says of a field and the field cannot hold: nothing of it vanishes without a word."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mkdocs_designdocs.frontmatter import parse
from mkdocs_designdocs.settings import Adopted
from mkdocs_designdocs.slips import lost

TEMPLATE = (
    "# [Name]\n\n* Status: [draft | accepted]\n* Deciders: [list everyone]\n* Date: [YYYY-MM-DD]\n\n## Why\n\n[Why]\n"
)
WORDS = "\n# Queues\n\n## Why\n\nOne queue for everything is slow.\n"


@pytest.fixture
def adopt(judged):
    """Judge a page without a block; its design, and what is found as `line:column level code: message`."""

    def judge(text):
        catalog = judged({"d.md": text}, {"t.md": TEMPLATE}, docs=(Adopted(("*.md",), "t"),))
        (design,) = catalog.designs
        found = [f"{d.line}:{d.column} {d.level.value} {d.code}: {d.message}" for d in catalog.everything()]
        return SimpleNamespace(metadata=design.metadata, verdict=design.verdict, found=found)

    return judge


@pytest.mark.parametrize(
    ("line", "word"),
    [
        *(("issue: #12", "#12"), ("  - #12", "#12"), ("a: #12, #13  ", "#12, #13"), ("a: #queue", "#queue")),
        *(("- a: #12", "#12"), ("'a': #12", "#12"), ("a: # which?", ""), ("a: #see below", ""), ("a: 12", "")),
        *(("a: '#12'", ""), ("  #12", ""), ("-#12", ""), ("a:#12", ""), ("a: 1 #12", ""), ("", "")),
    ],
)
def test_a_comment_that_somebody_means_as_a_value(line, word):
    assert lost(line) == word


def test_a_number_behind_its_sign_is_no_silence(adopt):
    page = adopt(f"---\nstatus: draft\nsupersedes: #12\nissue: #13\ndepends_on:\n  - #14\n  - '15'\n---\n{WORDS}")
    assert [line for line in page.found if "relation" not in line] == [
        "3:13 warning field-invalid: `supersedes` is empty: `#12` is a comment to YAML",
        "4:8 warning field-invalid: `issue` is empty: `#13` is a comment to YAML",
        "6:5 warning field-invalid: an item of `depends_on` is empty: `#14` is a comment to YAML",
    ]
    assert page.metadata.depends_on == ("15",)


@pytest.mark.parametrize(
    ("line", "word", "column"),
    [
        ("related: [#12]", "#12", 11),
        ("related: [7, #12]", "#12", 14),
        ("related: [a#b, '#11', #12, #13]", "#12", 23),
        ("related: {x: #12}", "#12", 14),
    ],
)
@pytest.mark.parametrize("below", ["", "title: Queues\n"])
def test_a_comment_that_hides_a_bracket_is_told_at_its_sign(line, word, column, below):
    _, (problem,) = parse(f"status: draft\n{line}\n{below}")
    assert (problem.line, problem.column, problem.help) == (3, column, f'quote it: "{word}"')
    assert f'"{word}" begins a comment' in problem.message


def test_a_bracket_that_nothing_hides_is_still_never_closed():
    _, (problem,) = parse("status: draft\nrelated: [12\ntitle: Queues\n")
    assert "never closed" in problem.message


def test_a_block_says_it_too_and_keeps_the_rest_of_the_list(adopt):
    lists = "  tags:\n    - #14\n    - b\n  authors:\n    - #ana\n    - Bo\n"
    page = adopt(f"---\ndesign:\n  template: t\n  status: draft\n  issue: #13\n{lists}---\n{WORDS}")
    assert page.found == [
        "5:10 error field-invalid: `issue` is empty: `#13` is a comment to YAML",
        "7:7 error field-invalid: an item of `tags` is empty: `#14` is a comment to YAML",
        "10:7 error field-invalid: an item of `authors` is empty: `#ana` is a comment to YAML",
    ]
    assert page.metadata.tags == ("b",)
    assert [person.label for person in page.metadata.authors] == ["Bo"]


@pytest.mark.parametrize("status", ["true", "[Draft, accepted]", "{phase: draft}", "#draft"])
def test_a_status_that_is_no_text_is_told_at_its_line(adopt, status):
    (found,) = adopt(f"---\ntitle: Queues\nstatus: {status}\n---\n{WORDS}").found
    assert found.startswith("3:")
    assert "error field-invalid: `status` " in found


def test_a_status_that_is_said_elsewhere_counts(adopt):
    page = adopt(f"---\nstatus: true\n---\n# Queues\n\nStatus: accepted\n\n{WORDS.split('Queues')[1]}")
    assert page.metadata.status.key == "approved"
    assert not any("status" in line for line in page.found)


@pytest.mark.parametrize(
    ("people", "names", "told"),
    [
        ("{ana: lead}", ["ana"], 'and not "ana"; it is read as "ana"'),
        ("\n  - Bo: Li\n  - Cy", ["Bo", "Cy"], 'and not "Bo"; it is read as "Bo"'),
        ("{nick: ana}", [], 'and not "nick"; nobody is read here'),
        ("{leads: [ana]}", [], 'and not "leads"; nobody is read here'),
        ("{all who decide it: we}", [], 'and not "all who decide it"; nobody is read here'),
    ],
)
def test_people_in_a_mapping_of_other_keys_do_not_vanish(adopt, people, names, told):
    page = adopt(f"---\nstatus: draft\nauthors: {people}\n---\n{WORDS}")
    assert [person.label for person in page.metadata.authors] == names
    (found,) = page.found
    assert found.endswith(told)
    assert "warning field-invalid" in found


def test_a_template_in_braces_is_a_mapping_to_yaml_and_a_placeholder_to_people(adopt):
    page = adopt(f"---\nstatus: draft\ndate: {{day of the decision}}\nauthors: {{all, who decide}}\n---\n{WORDS}")
    assert page.found == [
        '3:1 note placeholder-left: `date` still holds the placeholder "{day of the decision}"',
        '4:1 note placeholder-left: `authors` still holds the placeholder "{all, who decide}"',
    ]
    assert page.metadata.authors == ()


# Dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["12/11/2024", "March 2024", "31.02.2024", "2024 or later"])
@pytest.mark.parametrize(
    "place", ["---\nstatus: draft\ndate: {}\n---\n", "---\nstatus: draft\n---\n# Q\n\n**Date:** {}\n"]
)
def test_a_date_that_cannot_be_read_is_noted(adopt, text, place):
    page = adopt(place.format(text) + (WORDS if "#" not in place else WORDS.split("Queues")[1]))
    (found,) = page.found
    assert "note field-invalid" in found
    assert f'is "{text}", which cannot be read as a date' in found
    assert page.verdict.readable is None, "MkDocs reads it as it is"


@pytest.mark.parametrize("text", ["n/a", "-", "soon", "'[date]'", "TBD", "as soon as the 3 teams have agreed on it"])
def test_what_is_no_date_at_all_is_not(adopt, text):
    assert "field-invalid" not in " ".join(adopt(f"---\nstatus: draft\ndate: {text}\n---\n{WORDS}").found)


@pytest.mark.parametrize("front", ["date: 2024-02-31", "date: 12/11/2024\nx: !!timestamp maybe"])
def test_what_mkdocs_cannot_read_is_kept_from_it(adopt, front):
    page = adopt(f"---\nstatus: draft\n{front}\n---\n{WORDS}")
    assert "field-invalid" in page.found[0]
    assert page.verdict.readable is not None


# What is left in the header is said once ------------------------------------------------------------------------


def test_a_placeholder_of_the_header_is_one_finding(adopt):
    head = TEMPLATE.split("\n\n## Why")[0].replace("[Name]", "Queues")
    page = adopt(head + "\n\n## Why\n\nOne queue is slow.\n")
    assert [line.split(": ", 1)[0] for line in page.found] == [
        "3:11 error status-unchosen",
        "4:13 note placeholder-left",
        "5:9 note placeholder-left",
    ]
    assert "`Deciders` still holds" in page.found[1]


def test_what_is_left_in_the_text_is_still_said(adopt):
    text = "# Queues\n\n* Status: draft\n* Deciders: [list everyone]\n\n## Why\n\nIt is slow, says [list everyone].\n"
    assert [line.split(": ", 1)[0] for line in adopt(text).found] == [
        "4:13 note placeholder-left",
        "8:18 note placeholder-left",
    ]


def test_a_status_never_chosen_names_no_successor(judged):
    body = WORDS.split("Queues")[1]
    pages = {
        "0001-x.md": f"# X\n\nStatus: draft\n{body}",
        "0002-y.md": f"# Y\n\n**Status:** Proposed | Accepted | Superseded by ADR-1\n{body}",
    }
    catalog = judged(pages, {"t.md": TEMPLATE}, docs=(Adopted(("*.md",), "t"),))
    assert [design.metadata.superseded_by for design in catalog.designs] == [(), ()]
    assert [d.code for d in catalog.everything()] == ["status-unchosen"]


# A page that has only one section of a template of H1s ----------------------------------------------------------


def test_a_lone_section_is_no_title(judged):
    template = "# Summary\n\nOne paragraph.\n\n# Reasons\n\nWhy are we doing this?\n"
    page = "---\nstatus: draft\n---\n# Summary\n\nWe give each queue a limit.\n"
    catalog = judged({"0001-fast.md": page}, {"t.md": template}, docs=(Adopted(("*.md",), "t"),))
    verdict = catalog.designs[0].verdict
    assert (verdict.written, verdict.required, verdict.title) == (1, 2, "0001 fast")

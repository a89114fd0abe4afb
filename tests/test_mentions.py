"""What the issue and the spec of a design lead to."""

from __future__ import annotations

import time

import pytest

from mkdocs_designdocs.mentions import mentions

HUB = "https://github.com/acme/shop"
PAGES = {
    "specs/retries.md": "../../specs/retries/",
    "../retries.md": "../retries/",
    "openapi.yaml#pay": "../../openapi.yaml#pay",
    "a.b/": "../a.b/",
}


def read(said: str, repository: str = HUB) -> list[tuple[str, str]]:
    return [(one.text, one.url) for one in mentions(said, lambda path: PAGES.get(path, ""), repository)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("#12", [("#12", f"{HUB}/issues/12")]),
        ("acme/pay#7", [("acme/pay#7", "https://github.com/acme/pay/issues/7")]),
        ("#12 and #13", [("#12", f"{HUB}/issues/12"), (" and ", ""), ("#13", f"{HUB}/issues/13")]),
        ("JIRA-123", [("JIRA-123", "")]),
        (f"{HUB}/issues/12", [("#12", f"{HUB}/issues/12")]),
        ("<https://github.com/acme/pay/pull/7>", [("acme/pay#7", "https://github.com/acme/pay/pull/7")]),
        ("https://acme.atlassian.net/browse/PAY-12", [("PAY-12", "https://acme.atlassian.net/browse/PAY-12")]),
        ("https://x.example/issues/104", [("#104", "https://x.example/issues/104")]),
        ("https://www.x.example/a/b/c.pdf", [("x.example/…/c.pdf", "https://www.x.example/a/b/c.pdf")]),
        ("https://x.example", [("x.example", "https://x.example")]),
        ("See https://x.example/a.", [("See ", ""), ("x.example/a", "https://x.example/a"), (".", "")]),
        ("[Retries](specs/retries.md)", [("Retries", "../../specs/retries/")]),
        ("[Bug](https://x.example/(1))", [("Bug", "https://x.example/(1)")]),
        ('[Bug](<https://x.example/1> "why")', [("Bug", "https://x.example/1")]),
        ("specs/retries.md", [("specs/retries.md", "../../specs/retries/")]),
        ("../retries.md", [("retries.md", "../retries/")]),
        ("`openapi.yaml#pay`", [("openapi.yaml#pay", "../../openapi.yaml#pay")]),
        ("nowhere.md", [("nowhere.md", "")]),
        ("", []),
    ],
)
def test_a_field_leads_where_it_says(said, found):
    assert read(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](//evil.example)",
        "vbscript:x.md",
    ],
)
def test_what_is_no_address_of_the_web_or_the_site_is_words(said):
    assert [url for _, url in read(said)] == [""]


@pytest.mark.parametrize("said", ["-" * 990, "https://" + "." * 990, "a/" * 490, "-" * 10**6, "[a](" * 10**5])
def test_what_nobody_would_write_takes_no_time(said):
    began = time.perf_counter()
    assert [url for _, url in read(said)] == [""]
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("repository", "said", "url"),
    [
        ("https://gitlab.acme.example/a/b/c/", "#12", "https://gitlab.acme.example/a/b/c/-/issues/12"),
        ("https://gitlab.com/a/b.git", "!12", "https://gitlab.com/a/b/-/merge_requests/12"),
        ("https://codeberg.org/a/b", "#12", "https://codeberg.org/a/b/issues/12"),
        ("https://git.acme.example/a/b", "#12", ""),
        ("git@github.com:a/b.git", "#12", ""),
        ("", "#12", ""),
    ],
)
def test_a_number_is_the_tracker_s_where_it_is_known_how_that_is_built(repository, said, url):
    assert read(said, repository) == [(said, url)]

"""Titles are compared by what they say."""

from __future__ import annotations

import pytest

from mkdocs_designdocs import titles


@pytest.mark.parametrize(
    "title",
    [
        "Data Flow",
        "data flow",
        "2. Data Flow",
        "2.1 Data Flow",
        "2) Data Flow",
        "2.Data Flow",
        "IV. Data Flow",
        "B. Data Flow",
        "**Data** _Flow_",
        "`Data` Flow",
        "Data-Flow",
        "Data Flow:",
        "🚚 Data Flow",
        "🚚 2. Data Flow",
        "[Data Flow](x.md)",
        "Data Flow (optional)",
        "Data Flow [optional]",
        "Data Flow (if applicable)",
        "Data Flow <!-- optional -->",
        "Data Flow <!-- a note -->",
        "Data Flow – optional",
    ],
)
def test_one_title_in_many_dresses(title):
    assert titles.key(title) == "data flow"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Auth & Rights", "Auth and Rights"),
        ("Method/Rules", "Method and Rules"),
        ("Build + Test", "Build and Test"),
        ("Pull Request(s)", "Pull Requests"),
    ],
)
def test_joints(one, other):
    assert titles.key(one) == titles.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dependencies", "dependency"),
        ("strategies", "strategy"),
        ("processes", "process"),
        ("boxes", "box"),
        ("unit tests", "unit test"),
        ("apis", "api"),
    ],
)
def test_plurals(one, other):
    assert titles.singular(one) == titles.singular(other)


def test_shortened():
    assert titles.shortened("Rollout: in three steps") == ("rollout",)
    assert titles.shortened("Rollout – slowly (v2)") == ("rollout slowly", "rollout")
    assert titles.shortened("Support [TBD]") == ("support",)
    assert titles.shortened("Rollout") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alternatives", "Alternatives considered", True),
        ("Testing", "Testing Strategy", True),
        ("Security", "Security Considerations (v2)", True),
        ("Unit Tests", "Load Tests", False),
    ],
)
def test_words_that_add_nothing(one, other, same):
    assert (titles.core(one) == titles.core(other)) is same


@pytest.mark.parametrize(
    ("title", "shape"),
    [
        ("[Entity name]", "*"),
        ("{{MODEL_NAME}}", "*"),
        ("Endpoint: [Name]", "endpoint: *"),
        ("Alternative 1", "alternative #"),
        ("Component A", "component #"),
        ("PUT /api/v1/things", "method path"),
        ("`GET /things/{id}`", "method path"),
        ("2. Architecture", ""),
        ("State Machine (if applicable)", ""),
        ("Infrastructure Needed [optional]", ""),
        ("Phase 1: Build", ""),
    ],
)
def test_shapes(title, shape):
    assert titles.shape(title) == shape


@pytest.mark.parametrize(
    ("title", "shape", "fits"),
    [
        ("Alternative 7", "alternative #", True),
        ("Alternative 2: do nothing", "alternative #", True),
        ("Do nothing", "alternative #", False),
        ("DELETE /x", "method path", True),
        ("Errors", "method path", False),
        ("Endpoint: refunds", "endpoint: *", True),
        ("Refunds", "endpoint: *", False),
        ("Endpoints of refunds", "endpoint: *", False),
        ("Phase 4: Clean up", "phase #:", True),
        ("Anything", "*", False),
    ],
)
def test_fitting(title, shape, fits):
    assert titles.fits(title, shape) is fits


def test_series():
    assert titles.series("Phase 1: Build") == titles.series("3. Phase 2 – Try") == "phase #:"
    assert titles.series("Data Flow") == ""


def test_parts():
    assert titles.parts("goals and non goals") == ["goals", "non goals"]
    assert titles.parts("goals") == ()


def test_as_a_heading_is_written():
    assert titles.heading("## Links <!-- optional -->".removeprefix("## ")) == "Links"
    assert titles.shown("**Links** to [all](x.md) `code`") == "Links to all code"
    assert titles.holds_placeholder("Endpoint: [Name]")
    assert not titles.holds_placeholder("Links [optional]")

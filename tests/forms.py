"""Documents made from metadata that is known, in any of the forms in which people write it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from hypothesis import strategies as st

from mkdocs_designdocs.lifecycle import DEFAULT
from mkdocs_designdocs.people import Person

FORMS = (
    "page",
    "fence",
    "sidecar",
    "table",
    "header table",
    "wide table",
    "list",
    "nested",
    "bold",
    "plain",
    "row",
    "sections",
    "footer",
)
"""Where a document may say all of it."""


@dataclass(frozen=True)
class Told:
    """What a document says of itself, and a file beside it."""

    document: str
    sidecar: str | None
    lines: Mapping[str, int]
    """The line at which each field stands."""


@dataclass
class _Paper:
    """Lines as they are written, and where the fields are among them."""

    lines: list[str] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def write(self, line: str, name: str = "") -> None:
        self.lines.append(line)
        if name:
            self.at[name] = len(self.lines)


# What is said --------------------------------------------------------------------------------------------------

FIRST = st.sampled_from(["Ana", "Bo", "Łucja", "Søren", "Chen", "Renée", "Мария", "美咲", "Xóchitl", "O'Neil"])
LAST = st.sampled_from(["Diaz", "Li", "Żak", "van der Berg", "Иванова", "小林", "St. John", "Müller-Groß", "Ó Briain"])
NAMES = st.builds("{} {}".format, FIRST, LAST)
HANDLES = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)
MAILS = st.builds("{}@{}.example".format, st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,5})?", fullmatch=True), HANDLES)

PEOPLE_FORMS: Sequence[Callable[[str, str, str], tuple[str, Person]]] = (
    lambda name, handle, mail: (name, Person(name)),
    lambda name, handle, mail: (f"@{handle}", Person(handle=handle)),
    lambda name, handle, mail: (f"{name} (@{handle})", Person(name, handle)),
    lambda name, handle, mail: (f"{name} @{handle}", Person(name, handle)),
    lambda name, handle, mail: (f"{name} <{mail}>", Person(name, email=mail)),
    lambda name, handle, mail: (f"{name} ({mail})", Person(name, email=mail)),
    lambda name, handle, mail: (f"[{name}](mailto:{mail})", Person(name, email=mail)),
    lambda name, handle, mail: (mail, Person(email=mail)),
    lambda name, handle, mail: (
        f"[{name}](https://people.example/{handle})",
        Person(name, url=f"https://people.example/{handle}"),
    ),
    lambda name, handle, mail: (
        f"[{name}](https://github.com/{handle})",
        Person(name, handle, url=f"https://github.com/{handle}"),
    ),
    lambda name, handle, mail: (
        f"[@{handle}](https://github.com/{handle})",
        Person("", handle, url=f"https://github.com/{handle}"),
    ),
    lambda name, handle, mail: (f"`@{handle}`", Person(handle=handle)),
    lambda name, handle, mail: (f"**{name}**", Person(name)),
    lambda name, handle, mail: (f"_{name}_", Person(name)),
)
"""Somebody, as a document names them and as they are known then."""

PEOPLE = st.lists(
    st.builds(lambda form, *who: form(*who), st.sampled_from(PEOPLE_FORMS), NAMES, HANDLES, MAILS),
    min_size=1,
    max_size=4,
    unique_by=lambda told: told[1].key,
)
STATUSES = st.sampled_from(
    [(word, status.key) for status in DEFAULT.statuses for word in (status.label, *status.aliases)]
)
DATE_FORMS: Sequence[Callable[[Any], str]] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.day} {day:%b} {day.year}",
    lambda day: f"{day.isoformat()}T10:20:30Z",
)
DATES = st.builds(
    lambda day, form: (form(day), day.isoformat()),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(DATE_FORMS),
)

DECORATIONS = (
    "{}",
    "**{}**",
    "_{}_",
    "`{}`",
    "✅ {}",
    "{} 🎉",
    "**{}** (v5.5)",
    "~~Once more~~ {}",
    "{} <!-- or not -->",
)
"""How a status is set off in a body."""
LABELS: Mapping[str, Sequence[str]] = {
    "status": ("Status", "STATUS", "State", "Implementation Status", "status"),
    "authors": ("Author", "Authors", "Author(s)", "Owners", "owner"),
    "reviewers": ("Reviewers", "Approver", "Review-Manager", "shepherds"),
    "created": ("Created", "Date", "Creation date", "date_created"),
    "updated": ("Updated", "Last updated", "Last-Modified"),
}


@st.composite
def documents(draw: st.DrawFn, form: str) -> tuple[Told, dict[str, Any]]:
    """A document in one of the forms, and what it has to be read as."""
    said: dict[str, tuple[str | list[str], Any]] = {}
    status, key = draw(STATUSES)
    said["status"] = draw(st.sampled_from([status, status.upper(), status.capitalize()])), key
    for name in ("authors", "reviewers"):
        if people := draw(st.just([]) | PEOPLE):
            said[name] = [text for text, _ in people], tuple(person for _, person in people)
    for name in ("created", "updated"):
        if draw(st.booleans()):
            said[name] = draw(DATES)
    fields = draw(st.permutations([*said]))
    labels = {name: draw(st.sampled_from(LABELS[name])) for name in fields}
    values = {name: text for name, (text, _) in said.items()}
    if form not in ("page", "fence", "sidecar"):
        values["status"] = draw(st.sampled_from(DECORATIONS)).format(values["status"])
    join = draw(st.sampled_from([", ", "; "]))
    told = RENDERERS[form](draw, {name: values[name] for name in fields}, labels, join)
    return told, {name: value for name, (_, value) in said.items()}


# How it is said ------------------------------------------------------------------------------------------------


def _line(value: str | list[str], join: str) -> str:
    return value if isinstance(value, str) else join.join(value)


def _as_yaml(paper: _Paper, values: Mapping[str, str | list[str]], labels: Mapping[str, str], join: str) -> None:
    for name, value in values.items():
        one = _line(value, join) if join == "; " else value
        for number, line in enumerate(yaml.safe_dump({labels[name]: one}, allow_unicode=True, width=9999).splitlines()):
            paper.write(line, "" if number else name)


BODY = ["", "# A title", "", "Words of the author.", "", "## Why", "", "More words: all of them.", ""]


def _page(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
    paper = _Paper(["---"])
    _as_yaml(paper, values, labels, join)
    return Told("\n".join([*paper.lines, "---", *BODY]), None, paper.at)


def _fence(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
    paper = _Paper(["# A title", ""] if draw(st.booleans()) else [])
    mark = draw(st.sampled_from(["```", "~~~~"]))
    paper.write(mark + draw(st.sampled_from(["yaml", " yml"])))
    _as_yaml(paper, values, labels, join)
    return Told("\n".join([*paper.lines, mark, *BODY]), None, paper.at)


def _sidecar(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
    paper = _Paper()
    _as_yaml(paper, values, labels, join)
    return Told("\n".join(BODY), "\n".join([*paper.lines, ""]), paper.at)


def _in_body(write: Callable[[st.DrawFn, _Paper, Any, Any, str], None]) -> Callable[..., Told]:
    def render(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
        paper = _Paper(["# A title", ""])
        write(draw, paper, values, labels, join)
        return Told("\n".join([*paper.lines, *BODY[2:]]), None, paper.at)

    return render


def _table(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    between = draw(st.sampled_from([join, "<br>"]))
    paper.write("| Field | Value |")
    paper.write("|-------|-------|")
    for name, value in values.items():
        paper.write(
            f"| {draw(st.sampled_from(['{}', '**{}**', '`{}:`'])).format(labels[name])} | {_line(value, between)} |",
            name,
        )


def _header_table(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    if len(values) < 2:
        return _table(draw, paper, values, labels, join)
    paper.write(f"| {' | '.join(labels[name] for name in values)} |")
    paper.write("|" + "---|" * len(values))
    paper.write(f"| {' | '.join(_line(value, join) for value in values.values())} |")
    paper.at.update(dict.fromkeys(values, len(paper.lines)))
    return None


def _wide_table(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    paper.write("| | | | |")
    paper.write("|---|---|---|---|")
    names = [*values]
    for pair in (names[at : at + 2] for at in range(0, len(names), 2)):
        paper.write("| " + " | ".join(f"**{labels[name]}** | {_line(values[name], join)}" for name in pair) + " |")
        paper.at.update(dict.fromkeys(pair, len(paper.lines)))


def _list(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    mark, form = draw(st.sampled_from(["-", "*", "+"])), draw(st.sampled_from(["{}:", "**{}:**", "**{}**:", "_{}_:"]))
    for name, value in values.items():
        paper.write(f"{mark} {form.format(labels[name])} {_line(value, join)}", name)


def _nested(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    indent = draw(st.sampled_from(["  ", "    "]))
    for name, value in values.items():
        paper.write(f"- **{labels[name]}:**")
        for number, text in enumerate(value if isinstance(value, list) else [value]):
            paper.write(f"{indent}- {text}", "" if number else name)


def _bold(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    form = draw(st.sampled_from(["**{}:** {}", "**{}**: {}", "__{}:__ {}"]))
    end = draw(st.sampled_from(["", "  ", "\\", "<br>", "\n"]))
    for name, value in values.items():
        paper.write(form.format(labels[name], _line(value, join)) + end.rstrip("\n"), name)
        if end == "\n":
            paper.write("")


def _plain(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    colon = draw(st.sampled_from([": ", ":", "：", " : "]))
    end = draw(st.sampled_from(["", "  ", "\\", "\n"]))
    for name, value in values.items():
        paper.write(f"{labels[name]}{colon}{_line(value, join)}{end.rstrip(chr(10))}", name)
        if end == "\n":
            paper.write("")


def _row(draw: st.DrawFn, paper: _Paper, values: Any, labels: Any, join: str) -> None:
    paper.write(" | ".join(f"**{labels[name]}:** {_line(value, join)}" for name, value in values.items()))
    paper.at.update(dict.fromkeys(values, len(paper.lines)))


def _sections(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
    paper = _Paper(BODY[1:-2])
    for name, value in values.items():
        paper.write(f"## {labels[name]}")
        paper.write("")
        for number, text in enumerate(value if isinstance(value, list) else [value]):
            paper.write(f"- {text}" if isinstance(value, list) else text, "" if number else name)
        paper.write("")
    return Told("\n".join([*paper.lines, "## Why not", "", "Words.", ""]), None, paper.at)


def _footer(draw: st.DrawFn, values: Any, labels: Any, join: str) -> Told:
    paper = _Paper([*BODY[1:], "---", ""])
    draw(st.sampled_from([_bold, _plain]))(draw, paper, values, labels, join)
    return Told("\n".join([*paper.lines, ""]), None, paper.at)


RENDERERS: Mapping[str, Callable[..., Told]] = {
    "page": _page,
    "fence": _fence,
    "sidecar": _sidecar,
    "table": _in_body(_table),
    "header table": _in_body(_header_table),
    "wide table": _in_body(_wide_table),
    "list": _in_body(_list),
    "nested": _in_body(_nested),
    "bold": _in_body(_bold),
    "plain": _in_body(_plain),
    "row": _in_body(_row),
    "sections": _sections,
    "footer": _footer,
}
assert tuple(RENDERERS) == FORMS

"""The words that the index and the header of a design are labelled with, so that a site can have its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

import yaml

from mkdocs_designdocs.lifecycle import DEFAULT, Status

WORDS: Mapping[str, str] = {
    "age_band.0": "under 30 days",
    "age_band.30": "30 to 89 days",
    "age_band.365": "a year or more",
    "age_band.90": "90 days to a year",
    "age_days.one": "for {n} day",
    "age_days.other": "for {n} days",
    "age_least": "{age} or more",
    "age_months.one": "for {n} month",
    "age_months.other": "for {n} months",
    "age_today": "since today",
    "age_years.one": "for {n} year",
    "age_years.other": "for {n} years",
    "all_designs": "All designs",
    "and": "and",
    "around": "{n} designs around {design}",
    "arrow.depends_on": "depends on",
    "arrow.is_to_supersede": "is to supersede",
    "arrow.related_to": "is related to",
    "arrow.supersedes": "supersedes",
    "as_table": "As a table",
    "ascending": "ascending",
    "banner.closed": "This design is closed and does not hold: {status}.",
    "banner.instead": "See {designs} instead.",
    "banner.next": "To take its place: {designs}.",
    "banner.pending": "{designs} is to supersede this design, which holds until then.",
    "banner.rejected": "This design was rejected and does not hold.",
    "banner.superseded": "This design has been superseded and no longer holds.",
    "banner.superseded_by": "This design has been superseded by {designs}.",
    "banner.today": "In force today: {designs}.",
    "banner.withdrawn": "This design was withdrawn and does not hold.",
    "boxes.one": "{n} unticked box",
    "boxes.other": "{n} unticked boxes",
    "by_author": "By author",
    "by_status": "By status",
    "by_tag": "By tag",
    "by_template": "By template",
    "clear": "Clear filters",
    "column.age": "Age in status",
    "column.author": "Author",
    "column.authors": "Author",
    "column.boxes": "Unticked boxes",
    "column.complete": "Completeness",
    "column.created": "Created",
    "column.id": "ID",
    "column.questions": "Open questions",
    "column.relations": "Relations",
    "column.reviewers": "Reviewer",
    "column.status": "Status",
    "column.tag": "Tag",
    "column.tags": "Tag",
    "column.template": "Template",
    "column.title": "Title",
    "column.updated": "Updated",
    "created": "created",
    "decided": "Came into force",
    "descending": "descending",
    "designs": "designs",
    "designs_counted.one": "design",
    "designs_counted.other": "designs",
    "designs_of": "Designs of {site}",
    "feed": "Feed of changes",
    "feed_made": "{title}: new",
    "feed_made_as": "{title}: new, {status}",
    "feed_moved": "{title}: {before} → {status}",
    "find": "Find designs",
    "find_hint": "Title, author, tag, id or text",
    "for_programs": "For programs:",
    "found.one": "{n} of {total} designs",
    "found.other": "{n} of {total} designs",
    "group.closed": "Closed",
    "group.in_force": "In force",
    "group.open": "Open",
    "header.authors.one": "Author",
    "header.authors.other": "Authors",
    "header.issue": "Issue",
    "header.reviewers.one": "Reviewer",
    "header.reviewers.other": "Reviewers",
    "header.spec": "Spec",
    "health": "How they are doing",
    "health.by_age": "Open designs by their time in status",
    "health.by_share": "Open designs by how much is written",
    "health.longest": "Stuck longest",
    "health.open.one": "{n} of {total} designs is open: {statuses}.",
    "health.open.other": "{n} of {total} designs are open: {statuses}.",
    "health.stuck.one": "{n} is stuck: a draft for {draft} days, or waiting for its reviewers for {review}.",
    "health.stuck.other": "{n} are stuck: drafts for {draft} days, or waiting for their reviewers for {review}.",
    "health.written": "On average {percent} % of what they need is written.",
    "index": "Designs",
    "links_here": "What links here",
    "llms_about": "Which designs of this team are in force, which are not yet, and what has taken the place of others.",
    "llms_closed": "No longer in force",
    "llms_in_force": "In force",
    "llms_open": "Not yet in force",
    "llms_since": "{status} since {day}",
    "llms_succeeded": "superseded by {successors}",
    "more.one": "{n} more",
    "more.other": "{n} more",
    "narrow": "Narrow this list",
    "neighbours": "How it hangs together",
    "neighbours_left.one": "{n} more is named above.",
    "neighbours_left.other": "{n} more are named above.",
    "next": "Next {status}",
    "no_author": "No author",
    "no_designs": 'There are no designs yet. `designdocs new TEMPLATE "Title"` writes the first.',
    "no_such_designs": "No design is like that at present.",
    "no_tag": "No tag",
    "no_template": "No template",
    "not_drawn": "Not drawn, as so many would be hard to read; each design's page shows its neighbours:",
    "not_known": "not known",
    "nothing_found": "No design has all of that.",
    "pending": "not committed",
    "period": "Period",
    "previous": "Previous {status}",
    "questions.one": "{n} open question",
    "questions.other": "{n} open questions",
    "relation.depends_on": "Depends on",
    "relation.needed_by": "Needed by",
    "relation.related": "Related",
    "relation.superseded_by": "Superseded by",
    "relation.supersedes": "Supersedes",
    "relation.to_be_superseded_by": "To be superseded by",
    "relation.to_supersede": "To supersede",
    "relations": "How they hang together",
    "relations.all": "How the designs hang together",
    "relations.around": "How {title} hangs together with other designs",
    "relations.part": "{title}, part {n} of {total}",
    "relations.said.one": "{n} relation between {designs} designs.",
    "relations.said.other": "{n} relations between {designs} designs.",
    "remove": "Remove this filter",
    "reviewers": "reviewed by",
    "reviews_waiting.one": "{n} review waits",
    "reviews_waiting.other": "{n} reviews wait",
    "sections.one": "{written} of {n} section",
    "sections.other": "{written} of {n} sections",
    "share_band.0": "under 25 %",
    "share_band.100": "complete",
    "share_band.25": "25 to 49 %",
    "share_band.50": "50 to 74 %",
    "share_band.75": "75 to 99 %",
    "since": "since",
    "smaller": "and {n} more in smaller groups",
    "sort_by": "Sort by",
    "table.design": "Design",
    "table.other": "Other design",
    "tagged": "Tagged {tag}",
    "template": "template",
    "timeline": "What happened when",
    "timeline.created.one": "{n} design since {day}.",
    "timeline.created.other": "{n} designs since {day}.",
    "timeline.decided.one": "{n} came into force.",
    "timeline.decided.other": "{n} came into force.",
    "timeline.implemented.one": "{n} was implemented.",
    "timeline.implemented.other": "{n} were implemented.",
    "timeline.key": "A diamond is where a design was implemented or closed.",
    "timeline.unknown.one": "When {n} in force was decided is not known.",
    "timeline.unknown.other": "When {n} in force were decided is not known.",
    "to_be_written": "To be written",
    "trail": "Designs by status: {status}",
    "unpublished": "Not published.",
    "unpublished_why": "Designs with the status “{status}” are left out of the built site.",
    "updated": "updated",
    "viewer.copied": "Copied",
    "viewer.copy": "Copy source",
    "viewer.fit": "Reset zoom (0)",
    "viewer.full": "Full screen (f)",
    "viewer.in": "Zoom in (+)",
    "viewer.leave": "Leave full screen (Esc)",
    "viewer.out": "Zoom out (-)",
    "viewer.refused": "The browser does not allow copying",
    "viewer.save": "Save as SVG",
    "viewer.tools": "Diagram tools",
    "viewer.view": "Diagram",
    "waiting_for": "Waiting for {who}",
    **{f"status.{status.key}": status.label for status in DEFAULT.statuses},
}
"""Every label, as it is where a site says nothing. `{n}` in one is a number; one of which there are `NAME.one` and
`NAME.other` is called by NAME, and the number chooses."""

_LANGUAGES = Path(__file__).parent / "languages"
_FIELD = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Labels:
    """The labels of a site."""

    language: str = "en"
    """As the theme names it: `de`, `pt-BR`; one that we do not speak is English but for the site's own words."""
    own: tuple[tuple[str, str], ...] = ()
    """The label by its name, where it is another than in the language."""

    def __call__(self, name: str, /, **values: object) -> str:
        """A label with its values filled in; raises KeyError for one that there is not."""
        if name not in self._words:
            name = f"{name}.{'one' if values.get('n') == 1 else 'other'}"
        text = self._words[name]
        return text.format(**values) if values else text

    def of(self, group: str) -> dict[str, str]:
        """The labels whose names begin with that of a group, by the rest of it."""
        prefix = f"{group}."
        return {name.removeprefix(prefix): text for name, text in self._words.items() if name.startswith(prefix)}

    def status(self, status: Status) -> str:
        """The label of a status: the lifecycle's, where a team has called it otherwise than we do."""
        name = f"status.{status.key}"
        said = dict(self.own).get(name)
        return said or (self._words[name] if WORDS.get(name) == status.label else status.label)

    def inline(self, status: Status) -> str:
        """The label of a status in a sentence. German writes its nouns with a capital letter wherever they stand, and
        so do acronyms."""
        label = self.status(status)
        keeps = self.language.startswith("de") or label[:2].isupper()
        return label if keeps else label[:1].lower() + label[1:]

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return {**WORDS, **translation(self.language), **dict(self.own)}


ENGLISH = Labels()


def languages() -> list[str]:
    """The languages that we speak beside English."""
    return sorted(path.stem for path in _LANGUAGES.glob("*.yml"))


@cache
def translation(language: str) -> Mapping[str, str]:
    """Our labels in a language, or in the one that it is a kind of: `de` for `de-AT`; empty where we have none."""
    known = languages()
    for name in kinds(language):
        if name in known:
            words: Mapping[str, str] = yaml.safe_load((_LANGUAGES / f"{name}.yml").read_text("utf-8"))
            return words
    return {}


def kinds(language: str) -> tuple[str, ...]:
    """The names that a language can go by, the closest first: `pt-br`, `pt`."""
    name = language.strip().replace("_", "-").casefold()
    return tuple(dict.fromkeys((name, name.partition("-")[0])))


def by_language(value: object, statuses: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """A site's own labels by language, those for all below an empty name; raises ValueError. `statuses`: all keys."""
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a mapping of labels, or of languages to such mappings, got {value!r}")
    found = {"": own_labels({name: text for name, text in value.items() if not isinstance(text, Mapping)}, statuses)}
    for language, those in value.items():
        if isinstance(those, Mapping):
            name = "no" if language is False else str(language)  # YAML takes Norwegian for a no
            try:
                found[name] = own_labels(those, statuses)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error
    return found


def own_labels(given: Mapping[object, object], statuses: Collection[str]) -> tuple[tuple[str, str], ...]:
    """A site's own labels, by name; raises ValueError for one that there is not, or that would not say its number.

    `statuses`: the keys of all that there are.
    """
    known = {**WORDS, **{f"status.{key}": key for key in statuses}}
    return tuple((str(name), _checked(str(name), text, known)) for name, text in given.items())


def _checked(name: str, text: object, known: Mapping[str, str]) -> str:
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        guess = f"did you mean {near[0]!r}?" if near else "the reference of labels in the documentation has all"
        raise ValueError(f"unknown label {name!r}; {guess}")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{name}: expected a text, got {text!r}")
    wanted, has = set(_FIELD.findall(known[name])), set(_FIELD.findall(text))
    if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text) or has - wanted:
        fields = " and ".join(f"{{{field}}}" for field in sorted(wanted)) or "nothing"
        raise ValueError(f"{name}: {fields} can be filled in, got {text!r}")
    # `one day` needs no number.
    if missing := wanted - has if not name.endswith(".one") else set():
        raise ValueError(f"{name}: {' and '.join(f'{{{field}}}' for field in sorted(missing))} is missing in {text!r}")
    return text

"""Agreement: what a design says in several places is one thing, and every place says something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_designdocs.claims import Claim
from mkdocs_designdocs.dates import iso_date
from mkdocs_designdocs.diagnostics import Diagnostic, finding
from mkdocs_designdocs.fields import DATE, FIELDS, PEOPLE, TEXTS, Metadata, Origin, said
from mkdocs_designdocs.lifecycle import Lifecycle, bare, choices, kept
from mkdocs_designdocs.people import Person, people
from mkdocs_designdocs.phrases import TODO_ONLY
from mkdocs_designdocs.placeholders import is_placeholder
from mkdocs_designdocs.quoting import shown
from mkdocs_designdocs.vocabulary import compared

_JUDGED = ("fence", "sidecar", "table", "list", "bold line", "line", "section", "relation", "footer")
"""Where what is said is held against what counts; of the page's own front matter `check_values` tells."""


def conflicts(
    found: Sequence[Claim], metadata: Metadata, origins: Mapping[str, Origin], lifecycle: Lifecycle
) -> Iterator[Diagnostic]:
    """What is said in the body, or beside the document, is chosen, and agrees with what counts"""
    for claim in found:
        if claim.origin.kind not in _JUDGED:
            continue
        origin, text = claim.origin, claim.text
        where = (origin.path, origin.line, origin.column)
        parts = () if claim.field == "status" and lifecycle.find(bare(text)) else tuple(_parts(claim))
        if claim.field == "status" and (listed := choices(text, lifecycle)):
            what = f"the status still lists its choices, {shown(text)}"
            chosen = kept(listed, lifecycle, metadata.status) or lifecycle.initial.label
            yield finding("status-unchosen", *where, what, help=f"keep the one that is true: {chosen}")
        elif left := next((v for v in parts if is_placeholder(v)), ""):
            what = f"`{claim.label}` still holds the placeholder {shown(left)}"
            yield finding("placeholder-left", *where, what, help="replace it, or delete the line")
        elif left := next((v for v in parts if TODO_ONLY.match(v)), ""):
            yield finding("todo-left", *where, f"`{claim.label}` is still {shown(left)}", help="say it")
        elif (
            not _agrees(claim, metadata, lifecycle)
            and (counts := origins.get(claim.field))
            and counts != origin
            and not (FIELDS[claim.field] in (PEOPLE, DATE) and _is_other(claim, counts, found))
        ):
            ours = shown(said(metadata, claim.field))
            what = f"`{claim.label}` says {shown(text)} here and {ours} {_where(counts)}, which counts"
            yield finding("field-conflict", *where, what, help="say it in one place, or the same in both")


def _is_other(claim: Claim, counts: Origin, found: Sequence[Claim]) -> bool:
    """Whether what counts is called by another name: an owner is not the author, nor a start date that of creation."""
    label = next((one.label for one in found if one.field == claim.field and one.origin == counts), claim.label)
    return compared(label).removesuffix("s") != compared(claim.label).removesuffix("s")


def _parts(claim: Claim) -> Iterator[str]:
    """The values of a claim, and each of the people in them: `@ana, TBD`."""
    yield from claim.values
    if FIELDS[claim.field] == PEOPLE:
        yield from (person.label for value in claim.values for person in people(value))


def _where(origin: Origin) -> str:
    """Where somebody has to look for what counts."""
    if origin.kind in ("block", "page"):
        return "in the front matter"
    return f"in {origin.path}" if origin.kind == "sidecar" else f"at line {origin.line}"


def _agrees(claim: Claim, metadata: Metadata, lifecycle: Lifecycle) -> bool:
    if claim.field == "status":
        status = lifecycle.read(claim.text)
        return status is None or metadata.status is None or status == metadata.status
    ours = getattr(metadata, claim.field)
    kind = FIELDS[claim.field]
    if claim.field == "title" and claim.origin.kind == "sidecar":
        return True  # a page may say it in other words
    if not ours or kind == TEXTS or claim.field == "id":
        return True
    if claim.field == "reviewers":
        return True  # of those who review each document names some, and each label others
    if kind == PEOPLE:
        return _same_people(ours, [p for value in claim.values for p in people(value)])
    if kind == DATE:
        return iso_date(bare(claim.text)) in ("", ours)
    return bare(str(ours)).casefold() in bare(claim.text).casefold()


def _same_people(ours: Sequence[Person], theirs: Sequence[Person]) -> bool:
    """Whether everybody of one list may be somebody of the other: a handle here may be a name there."""
    return all(any(_may_be(p, o) for o in ours) for p in theirs) and all(
        any(_may_be(p, t) for t in theirs) for p in ours
    )


def _may_be(one: Person, other: Person) -> bool:
    """Whether two are the same person for all that a document says: they have a name in common, or no kind of name."""
    pairs = [(getattr(one, kind).casefold(), getattr(other, kind).casefold()) for kind in ("handle", "email", "name")]
    both = [a == b for a, b in pairs if a and b]
    crossed = {one.name.casefold(), other.name.casefold()} & {one.handle.casefold(), other.handle.casefold()} - {""}
    return any(both) or bool(crossed) or not both

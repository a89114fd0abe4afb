"""The data of a design as Mermaid: components, models, states and steps, whatever their names hold.

Each function takes the data in any form that `shapes` reads and returns the source of a diagram; nothing where
there is nothing to draw, or more than a reader could follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from mkdocs_designdocs import shapes
from mkdocs_designdocs.lettering import label, line, word
from mkdocs_designdocs.shapes import Fragment, Step, same

MOST = {"components": 80, "models": 60, "states": 80, "steps": 200}
"""How many of each one drawing holds; beyond that nobody can follow it."""
_ARROWS_EACH = 4

_BOX = '["{}"]'
_DATABASE, _QUEUE, _ACTOR, _UI, _JOB = '[("{}")]', '@{{ shape: das, label: "{}" }}', '(["{}"])', '("{}")', '[["{}"]]'
_OUTLINES: Mapping[str, str] = {
    **dict.fromkeys(("database", "store", "storage", "cache"), _DATABASE),
    **dict.fromkeys(("queue", "topic", "stream", "bus"), _QUEUE),
    **dict.fromkeys(("actor", "user", "person"), _ACTOR),
    **dict.fromkeys(("ui", "app", "client", "frontend"), _UI),
    **dict.fromkeys(("job", "worker"), _JOB),
}
"""The outline of a component by its kind; any other has a box."""
_LIFELINES: Mapping[str, str] = {_DATABASE: "database", _QUEUE: "queue"}

_CARDINALITIES: Mapping[str, str] = {
    "one-to-one": "||--||",
    "one-to-many": "||--o{",
    "many-to-one": "}o--||",
    "many-to-many": "}o--o{",
}


def flowchart(components: object, title: str = "") -> str:
    """Components with the calls between them; a name that is none of theirs is a part outside the design."""
    known = _each(shapes.components(components))
    ids = {key: f"c{number}" for number, key in enumerate(known, 1)}
    edges: dict[tuple[str, str, str], None] = {}
    outside: dict[str, str] = {}
    for key, one in known.items():
        for arrow in one.calls:
            target = same(arrow.target)
            if target not in ids:
                ids[target] = f"c{len(ids) + 1}"
                outside[target] = arrow.target
            edges[ids[key], ids[target], arrow.label] = None
    if not edges or _too_many("components", len(ids), len(edges)):
        return ""
    lines = ["flowchart TB", *_named(title or "Components")]
    groups: dict[str, list[str]] = {}
    for key, one in known.items():
        box = ids[key] + _OUTLINES.get(one.kind, _BOX).format(label(one.name))
        groups.setdefault(one.group, []).append(box)
    lines += groups.pop("", [])
    for number, (name, boxes) in enumerate(groups.items(), 1):
        lines += [f'subgraph g{number}["{label(name)}"]', *(f"    {box}" for box in boxes), "end"]
    lines += [f'{ids[key]}["{label(name)}"]' for key, name in outside.items()]
    lines += [f'{a} -->|"{label(said)}"| {b}' if said else f"{a} --> {b}" for a, b, said in edges]
    apart = [ids[key] for key in ids if key in outside or known[key].kind == "external"]
    if apart:
        lines += ["classDef outside stroke-dasharray:5 4", f"class {','.join(apart)} outside"]
    return _source(lines)


def er_diagram(models: object, title: str = "") -> str:
    """Models with their fields and how many of each belong to how many of the other."""
    known = _each(shapes.models(models))
    ids = {key: f"m{number}" for number, key in enumerate(known, 1)}
    lines = ["erDiagram", *_named(title or "Data models")]
    edges: dict[str, None] = {}
    names: dict[str, str] = {}
    for key, one in known.items():
        for arrow in one.relations:
            target = same(arrow.target)
            if target not in ids:
                ids[target], names[target] = f"m{len(ids) + 1}", arrow.target
            how = _CARDINALITIES.get(arrow.kind, "||--o{")
            edges[f'{ids[key]} {how} {ids[target]} : "{label(arrow.label)}"'] = None
    if not edges or _too_many("models", len(ids), len(edges)):
        return ""
    for key, one in known.items():
        head = f'{ids[key]}["{label(one.name)}"]'
        fields = [f"    {word(f.type or '—')} {word(f.name)}{_key(f.key)}" for f in one.fields]
        lines += [f"{head} {{", *fields, "}"] if fields else [head]
    lines += [f'{ids[key]}["{label(name)}"]' for key, name in names.items()]
    return _source([*lines, *edges])


def _key(said: str) -> str:
    keys = [key for key in ("PK", "FK", "UK") if key in said.replace(",", " ").split()]
    return f" {', '.join(keys)}" if keys else ""


def state_diagram(states: object, title: str = "") -> str:
    """States and the ways between them. The first is where it begins and one without a way out where it ends, unless
    some say `initial` or `final`."""
    known = shapes.states(states)
    ids = {same(one.name): f"s{number}" for number, one in enumerate(known, 1)}
    names = {same(one.name): one.name for one in known}
    ways: dict[tuple[str, str, str], None] = {}
    for one in known:
        for arrow in one.to:
            target = same(arrow.target)
            if target not in ids:
                ids[target], names[target] = f"s{len(ids) + 1}", arrow.target
            ways[ids[same(one.name)], ids[target], arrow.label] = None
    if not ways or _too_many("states", len(ids), len(ways)):
        return ""
    lines = ["stateDiagram-v2", *_named(title or "States")]
    lines += [f'state "{label(names[key])}" as {state}' for key, state in ids.items()]
    first = [ids[same(one.name)] for one in known if one.initial] or [ids[same(known[0].name)]]
    left = {source for source, _, _ in ways}
    last = [ids[same(one.name)] for one in known if one.final] or [state for state in ids.values() if state not in left]
    lines += [f"[*] --> {state}" for state in first]
    lines += [f"{a} --> {b} : {label(said)}" if said else f"{a} --> {b}" for a, b, said in ways]
    lines += [f"{state} --> [*]" for state in last]
    lines += [f"note right of {ids[same(one.name)]} : {label(one.note)}" for one in known if one.note]
    return _source(lines)


def sequence_diagram(steps: object, title: str = "", components: object = None) -> str:
    """Messages in order. Who takes part stands in the order in which they appear, drawn as what `components` says."""
    found = shapes.steps(steps)
    if not found:
        return ""
    messages = list(walk(found))
    everybody = dict.fromkeys(name for one in messages for name in (one.source, one.target))
    names: dict[str, str] = {}
    for name in everybody:
        names.setdefault(same(name), name)
    if _too_many("steps", len(messages), 0):
        return ""
    ids = {key: f"p{number}" for number, key in enumerate(names, 1)}
    kinds = {same(one.name): _OUTLINES.get(one.kind, "") for one in shapes.components(components)}
    lines = ["sequenceDiagram", *_named(title or "Steps")]
    for key, name in names.items():
        drawn = kinds.get(key, _ACTOR if key in _PEOPLE else "")
        who = "actor" if drawn == _ACTOR else "participant"
        typed = f'@{{ "type": "{_LIFELINES[drawn]}" }}' if drawn in _LIFELINES else ""
        lines.append(f"{who} {ids[key]}{typed} as {label(name, width=20)}")
    return _source([*lines, *_messages(found, lambda name: ids[same(name)])])


_PEOPLE = frozenset({"user", "customer", "client", "operator", "admin", "person", "actor"})


def walk(found: Sequence[Step | Fragment]) -> Iterator[Step]:
    """Every message, those in groups too."""
    for one in found:
        if isinstance(one, Step):
            yield one
        else:
            for _, inner in one.branches:
                yield from walk(inner)


_BETWEEN = {"alt": "else", "par": "and"}


def _messages(found: Sequence[Step | Fragment], of: Callable[[str], str]) -> Iterator[str]:
    for one in found:
        if isinstance(one, Step):
            arrow = "-->>" if one.reply else "->>"
            yield f"{of(one.source)}{arrow}{of(one.target)}: {label(one.text, width=40)}"
            if one.note:
                yield f"Note over {of(one.target)}: {label(one.note)}"
            continue
        kind = "alt" if one.kind == "opt" and len(one.branches) > 1 else one.kind
        for number, (when, inner) in enumerate(one.branches):
            yield f"{_BETWEEN.get(kind, kind) if number else kind} {label(when, width=60)}"
            yield from (f"    {text}" for text in _messages(inner, of))
        yield "end"


def fence(source: str) -> str:
    """A diagram as it stands in Markdown; nothing where there is none."""
    return f"```mermaid\n{source}\n```" if source else ""


_Named = TypeVar("_Named", shapes.Component, shapes.Model)


def _each(ones: Iterable[_Named]) -> dict[str, _Named]:
    """Each by what its spellings have in common; of two with one name the first."""
    found: dict[str, _Named] = {}
    for one in ones:
        found.setdefault(same(one.name), one)
    return found


def _named(title: str) -> list[str]:
    return [f"accTitle: {line(title)}"]


def _too_many(key: str, nodes: int, edges: int) -> bool:
    return nodes > MOST[key] or edges > _ARROWS_EACH * MOST[key]


def _source(lines: Sequence[str]) -> str:
    head, *rest = lines
    return "\n".join([head, *(f"    {text}" for text in rest)])

"""What an author writes: prose with the traps of real prose in it, and every other kind of Markdown."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

SENTENCES = (
    "Parcels are handed over at the gate, and every handover is kept for ninety days.",
    "The ledger answers within 40 ms for a depot of any size.",
    "Couriers see only what they carry; the depot sees all of it.",
    'We keep `parcel["id"]` as it comes, since carriers reuse numbers.',
    "See [the carrier's guide](https://example.org/guide_v2#limits) for the limits.",
    "A courier without signal keeps scanning; the queue drains _later_, in order.",
    "None of the carriers sends a checksum, so <id> and weight are compared.",
    "Helm sets `{{ .Values.depot }}` and the job reads {{ depot }} from there.",
    "What if two depots scan at once? The later scan wins.[^1]",
    "It costs about 30 € a month (see [1]) and needs no new machine.",
    "Nothing is deleted: an event that was wrong is followed by one that is right.",
    "Dates are kept as written by the scanner, in the format YYYY-MM-DD.",
    "**Never** retry a handover: a parcel would be in two places.",
    "Wie lange ein Paket liegt, entscheidet das Depot.",
    "退件由仓库登记。",
    "A label has [0..40] characters, and a depot map<string, gate> of them.",
    "Carriers print `TBD` on parcels that have no depot yet; we print the gate.",
    "The endpoint is /depots/<depot>/gates and answers [] where there is none.",
    "[must] Each scan reaches the ledger; [should] it does so in 40 ms.",
    "_Why not a queue?_ Because the ledger is one.",
    "What is to be done with a parcel without a label was settled last year.",
    "The gate scans; the ledger stores ... and the courier drives on.",
    'Gates are `--mode=<name>`, e.g. ["in", "out"], or N/A for a courier.',
    "If 3 < gates and couriers > 20, a second ledger (optional) takes over.",
    "*Graz first*, Linz a week later; the rest follows when both are quiet.",
)

ONE_WORD = (
    "Yes",
    "No",
    "Postgres",
    "`redis`",
    "3",
    "~40",
    "€3",
    "✅",
    "@ana",
    "#123",
    "Unchanged.",
    "S3",
    "0",
    "O(n)",
    "<5 ms",
    "- Postgres",
    "https://example.org/gate",
    "See above.",
    "As today.",
    "Ja.",
    "无变化",
    "| Low |\n|---|\n| 1 |",
    "- [ ] Graz",
)


def _prose(dice: random.Random) -> str:
    return "\n".join(dice.sample(SENTENCES, dice.randint(1, 3)))


def _paragraphs(dice: random.Random) -> str:
    return "\n\n".join(_prose(dice) for _ in range(dice.randint(1, 3)))


def _items(dice: random.Random) -> str:
    mark = dice.choice(["- ", "* ", "+ ", "1. ", "1) "])
    return "\n".join(mark + dice.choice(["", "**Depot**: ", "`scan` — "]) + s for s in dice.sample(SENTENCES, 3))


def _nested_items(dice: random.Random) -> str:
    first, second = dice.sample(SENTENCES, 2)
    return f"- Graz\n    - {first}\n    - Gate 2:\n\n        ```sh\n        scan --gate 2\n        ```\n- {second}"


def _boxes(dice: random.Random) -> str:
    return "- [x] Depot in Graz tells its couriers\n- [ ] " + dice.choice(SENTENCES)


def _table(dice: random.Random) -> str:
    rows = "\n".join(f"| {place} | {dice.randint(1, 90)} | {dice.choice(['N/A', '—', 'yes', ''])} |" for place in "ABC")
    return f"| Depot | Parcels | Night |\n|:--|--:|---|\n{rows}"


def _code(dice: random.Random) -> str:
    fence = dice.choice(["```", "~~~", "````"])
    code = dice.choice(
        ['{"parcel": "4711", "gate": 3}', "# TODO: no heading, and no word of ours\nscan --gate 3", "Depot{Gate}"]
    )
    return f"{fence}{dice.choice(['', 'json', 'python', 'plantuml'])}\n{code}\n{fence}"


def _diagram(dice: random.Random) -> str:
    return f"```mermaid\ngraph LR\n  Gate{dice.randint(1, 9)} --> Ledger\n```"


FEATURES = (
    "![The gate](img/gate.png)",
    "![[gate.png]]",
    '<img src="gate.svg" alt="">',
    "<figure markdown>\n  ![Gate](gate.png)\n  <figcaption>The gate</figcaption>\n</figure>",
    '<iframe src="https://example.org/board"></iframe>',
    "<https://example.org/gate>",
    '--8<-- "parts/gate.md"',
    "--8<--\nparts/gate.md\nparts/ledger.md\n--8<--",
    '{% include "gate.md" %}',
    '{% include-markdown "gate.md" %}',
    "{! parts/gate.md !}",
    '{{ read_csv("gates.csv") }}',
    "::: depot.gate\n    options:\n      members: true",
    '!!! note "At the gate"\n\n    Parcels wait for two minutes.',
    "!!! warning\n    Parcels wait for two minutes.",
    '=== "Graz"\n\n    Two gates.\n\n=== "Linz"\n\n    - One gate',
    "??? info\n    Parcels wait for two minutes.",
    '???+ example "Gates"\n\n    ```sh\n    scan --gate 2\n    ```',
    "<details>\n<summary>Gates</summary>\n\nTwo of them.\n\n</details>",
    "<details><summary>Gates</summary>Two of them.</details>",
    '<div class="grid" markdown>\n\nTwo gates.\n\n</div>',
    "> [!WARNING]\n> Parcels wait for two minutes.",
    "> Parcels wait for two minutes.",
    "Gate\n:   Where parcels come in.",
    "    scan --gate 3",
    "$$\nw = g \\cdot m\n$$",
    "[the gate]\n\n[the gate]: https://example.org/gate",
    "<table><tr><td>Gate</td></tr></table>",
    "Gate | Parcels\n--- | ---\nGraz | 3",
    "~~Two gates.~~ Three gates.",
    "<!-- as agreed with Graz -->\nTwo gates.",
)


def _page_features(dice: random.Random) -> str:
    return dice.choice(FEATURES)


def _sub_headings(dice: random.Random) -> str:
    return f"###### Graz\n\n{_prose(dice)}\n\n###### Linz\n\n{_items(dice)}"


def _pseudo_headings(dice: random.Random) -> str:
    return f"**Graz**\n\n{_prose(dice)}\n\n**Linz:**\n\n{_table(dice)}"


def _page(dice: random.Random) -> str:
    return "\n\n".join(kind(dice) for kind in dice.sample([_prose, _items, _table, _code, _diagram, _boxes], 4))


KINDS: Sequence[Callable[[random.Random], str]] = (
    _prose,
    _paragraphs,
    _items,
    _nested_items,
    _boxes,
    _table,
    _code,
    _diagram,
    _page_features,
    _page_features,
    _sub_headings,
    _pseudo_headings,
    _page,
)


def words(dice: random.Random) -> str:
    """A body in an author's own words."""
    return dice.choice(KINDS)(dice)

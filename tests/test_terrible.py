"""One design in which everything is wrong that can be, and all that is said of it, in order."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def test_everything_is_said_in_one_run(judged):
    template = (HERE / "lookalikes" / "numbered.md").read_text("utf-8")
    design = (HERE / "terrible" / "design.md").read_bytes()
    catalog = judged({"terrible/design.md": design}, {"numbered.md": template})
    said = "".join(
        f"{d.path}:{d.line}:{d.column}: {d.level.value}: {d.message} [{d.code}]\n"
        + (f"    help: {d.help}\n" if d.help else "")
        for d in catalog.everything()
    )
    assert said == (HERE / "terrible" / "findings.txt").read_text("utf-8")


def test_line_endings_and_a_byte_order_mark_change_nothing(judged):
    template = (HERE / "lookalikes" / "numbered.md").read_text("utf-8")
    design = (HERE / "terrible" / "design.md").read_bytes()
    plain = judged({"design.md": design}, {"numbered.md": template}).everything()
    windows = b"\xef\xbb\xbf" + design.replace(b"\n", b"\r\n").rstrip()
    assert judged({"design.md": windows}, {"numbered.md": template}).everything() == plain

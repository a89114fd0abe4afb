"""The folder of results: bounded, and whole whatever happens to its writers."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs.cache import Cache, code_version, key_of


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.svg"))


def test_what_is_kept_comes_back(tmp_path):
    Cache(tmp_path / "new" / "folder", ".svg").put("key", b"one\ntwo\0")
    assert Cache(tmp_path / "new" / "folder", ".svg").get("key") == b"one\ntwo\0"
    assert Cache(tmp_path / "new" / "folder", ".svg").get("other") is None
    assert Cache(tmp_path / "new" / "folder", ".json").get("key") is None


def test_without_a_folder_nothing_is_kept():
    cache = Cache(None, ".svg")
    cache.put("key", b"one")
    assert cache.get("key") is None


@pytest.mark.parametrize("damage", [b"", b"\n", b"00000000\nx", b"not a checksum", b"\xff" * 40])
def test_a_damaged_entry_is_no_entry_and_is_written_anew(tmp_path, damage):
    cache = Cache(tmp_path, ".svg")
    cache.put("key", b"whole")
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage)
    assert cache.get("key") is None
    cache.put("key", b"whole")
    assert cache.get("key") == b"whole"


def test_every_cut_of_an_entry_is_noticed(tmp_path):
    cache = Cache(tmp_path, ".svg")
    cache.put("key", b"a whole result")
    (entry,) = entries(tmp_path)
    whole = entry.read_bytes()
    for length in range(len(whole)):
        entry.write_bytes(whole[:length])
        assert cache.get("key") is None


def test_where_nothing_can_be_written_nothing_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache", ".svg")
    cache.put("key", b"one")
    assert cache.get("key") is None


def test_it_is_bounded_and_keeps_what_is_in_use(tmp_path):
    cache = Cache(tmp_path, ".svg", limit=10_000)
    for number in range(20):
        cache.put(f"{number:02}", b"x" * 1000)
        os.utime(tmp_path / f"{number:02}.svg", (0, number))
    assert Cache(tmp_path, ".svg").get("00"), "reading it makes it young"
    leftover = tmp_path / "killed.tmp"
    leftover.write_text("half")
    os.utime(leftover, (0, 0))
    (tmp_path / "another.json").write_text("somebody else's")
    Cache(tmp_path, ".svg", limit=10_000).put("new", b"x")
    kept = {path.stem for path in entries(tmp_path)}
    assert {"00", "new", "19"} <= kept
    assert "01" not in kept
    assert len(kept) <= 6
    assert not leftover.exists()
    assert (tmp_path / "another.json").exists()


def write_for_a_while(folder: str, until: float) -> None:
    while time.time() < until:
        for number in range(8):
            Cache(Path(folder), ".svg").put(str(number), b"x" * 50_000)
            for path in list(Path(folder).glob("*.svg"))[:1]:
                path.unlink(missing_ok=True)
    for number in range(8):
        Cache(Path(folder), ".svg").put(str(number), b"x" * 50_000)


def test_builds_side_by_side_and_killed_leave_only_whole_entries(tmp_path):
    context = multiprocessing.get_context("spawn")
    until = time.time() + 1.5
    writers = [context.Process(target=write_for_a_while, args=(str(tmp_path), until)) for _ in range(3)]
    for writer in writers:
        writer.start()
    time.sleep(0.8)
    writers[0].kill()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers[1:]] == [0, 0]
    cache = Cache(tmp_path, ".svg")
    assert len(entries(tmp_path)) == 8
    assert all(cache.get(path.stem) == b"x" * 50_000 for path in entries(tmp_path))


@given(st.lists(st.one_of(st.text(), st.binary()), max_size=4), st.lists(st.one_of(st.text(), st.binary()), max_size=4))
def test_a_key_tells_lists_of_parts_apart(first, second):
    def encoded(parts):
        return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]

    assert (key_of(first) == key_of(second)) == (encoded(first) == encoded(second))


def test_the_version_of_the_code_is_the_same_while_the_code_is():
    assert code_version() == code_version()

"""The folder of results: bounded, and whole whatever happens to its writers."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_designdocs import cache as module
from mkdocs_designdocs.cache import Cache, key_of

PACKAGE = Path(module.__file__).parent


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


# What may lie where an entry should ------------------------------------------------------------------------------


def a_folder(entry: Path, outside: Path) -> None:
    (entry / "x").mkdir(parents=True)


def a_link_out_of_the_folder(entry: Path, outside: Path) -> None:
    outside.write_bytes(b"somebody's")
    entry.symlink_to(outside)


def a_link_to_nothing(entry: Path, outside: Path) -> None:
    entry.symlink_to(outside / "gone")


def a_pipe(entry: Path, outside: Path) -> None:
    os.mkfifo(entry)


def another_s_file(entry: Path, outside: Path) -> None:
    entry.write_bytes(b"<svg></svg>")


def an_entry_without_rights(entry: Path, outside: Path) -> None:
    Cache(entry.parent, ".svg").put(entry.stem, b"old")
    entry.chmod(0)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
@pytest.mark.parametrize(
    "lay",
    [
        a_folder,
        a_link_out_of_the_folder,
        a_link_to_nothing,
        a_pipe,
        another_s_file,
        an_entry_without_rights,
    ],
)
def test_whatever_lies_in_an_entry_s_place_is_replaced_or_left(tmp_path, lay):
    folder, outside = tmp_path / "cache", tmp_path / "outside"
    folder.mkdir()
    lay(folder / "key.svg", outside)
    cache = Cache(folder, ".svg")
    assert cache.get("key") in (None, b"old")
    cache.put("key", b"whole")
    assert cache.get("key") == (None if lay is a_folder else b"whole")
    assert not outside.exists() or outside.read_bytes() == b"somebody's"
    cache.put("other", b"other")
    assert cache.get("other") == b"other", "the others are kept all the same"
    assert len(list(folder.glob("*.svg"))) == 2


# Disks that are full or cannot be written -------------------------------------------------------------------------


def test_where_nothing_can_be_written_nothing_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache", ".svg")
    cache.put("key", b"one")
    assert cache.get("key") is None


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_what_is_kept_is_read_where_nothing_can_be_written(tmp_path, monkeypatch, code):
    Cache(tmp_path, ".svg").put("key", b"one")
    opened = os.open

    def refusing(path, flags, *mode):
        if flags & os.O_CREAT:
            raise OSError(code, os.strerror(code))
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", refusing)
    cache = Cache(tmp_path, ".svg")
    cache.put("other", b"two")
    assert (cache.get("key"), cache.get("other")) == (b"one", None)


FULL = """
import resource, sys
from pathlib import Path
from mkdocs_designdocs.cache import Cache
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
cache = Cache(Path(sys.argv[1]), ".svg")
cache.put("small", b"x" * 100)
cache.put("large", b"x" * 100_000)
print(cache.get("small") == b"x" * 100, cache.get("large"))
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
def test_a_disk_that_is_full_in_the_middle_of_an_entry_leaves_nothing_of_it(tmp_path):
    ran = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "True None\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "small.svg"]


# Its size ---------------------------------------------------------------------------------------------------------

BLOCK = 4096


def test_it_is_bounded_and_keeps_what_is_in_use(tmp_path):
    cache = Cache(tmp_path, ".svg")
    for number in range(20):
        cache.put(f"{number:02}", b"x" * 1000)
        os.utime(tmp_path / f"{number:02}.svg", (0, number))
    assert Cache(tmp_path, ".svg").get("00"), "reading it makes it young"
    (tmp_path / "another.json").write_text("somebody else's")
    Cache(tmp_path, ".svg", limit=10 * BLOCK).put("new", b"x")
    kept = {path.stem for path in entries(tmp_path)}
    assert kept == {"00", "16", "17", "18", "19", "new"}
    assert (tmp_path / "another.json").exists()


def test_it_is_bounded_while_one_process_writes_for_days(tmp_path):
    cache = Cache(tmp_path, ".svg", limit=10 * BLOCK)
    for number in range(100):
        cache.put(str(number), b"x" * 1000)
        assert len(entries(tmp_path)) <= 10
        assert cache.get(str(number))


def test_it_is_not_read_through_for_each_entry_when_it_is_nearly_full(tmp_path, monkeypatch):
    looked = []
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: looked.append(path) or scan(path))
    cache = Cache(tmp_path, ".svg", limit=50 * BLOCK)
    for number in range(500):
        cache.put(str(number), b"x" * 1000)
    assert len(looked) < 30


def test_a_date_in_the_future_does_not_keep_an_entry_for_ever(tmp_path):
    """As an archive may restore it."""
    cache = Cache(tmp_path, ".svg")
    cache.put("key", b"one")
    entry = tmp_path / "key.svg"
    os.utime(entry, (0, time.time() + 10**8))
    assert cache.get("key") == b"one"
    assert abs(entry.stat().st_mtime - time.time()) < 60


def test_a_folder_that_is_cleared_away_meanwhile_is_made_again(tmp_path):
    cache = Cache(tmp_path / "cache", ".svg")
    cache.put("one", b"1")
    shutil.rmtree(tmp_path / "cache")
    cache.put("two", b"2")
    assert (cache.get("one"), cache.get("two")) == (None, b"2")


# Many at once -----------------------------------------------------------------------------------------------------

SIDE_BY_SIDE = """
import sys, time
from pathlib import Path
from mkdocs_designdocs.cache import Cache
folder, until = Path(sys.argv[1]), time.time() + float(sys.argv[2])
print("begun", flush=True)
while time.time() < until:
    for number in range(8):
        cache = Cache(folder, ".svg", limit=300_000)  # so small that they prune each other's
        cache.put(str(number), b"x" * 50_000)
        for other in range(8):
            found = cache.get(str(other))
            assert found is None or found == b"x" * 50_000
"""


def writer(folder: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SIDE_BY_SIDE, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    return process


def test_builds_side_by_side_read_and_leave_only_whole_entries(tmp_path):
    writers = [writer(tmp_path, 0.7) for _ in range(3)]
    said = [process.communicate() for process in writers]
    assert [process.returncode for process in writers] == [0, 0, 0], said
    cache = Cache(tmp_path, ".svg")
    kept = [cache.get(path.stem) for path in entries(tmp_path)]
    assert b"x" * 50_000 in kept
    assert set(kept) <= {b"x" * 50_000, None}, "two that write one at once may both be late"


def test_a_build_that_is_killed_harms_no_other(tmp_path):
    for number in range(6):
        process = writer(tmp_path, 60)
        time.sleep(0.02 + number / 200)  # anywhere in what it does
        process.kill()
        process.communicate()
    cache = Cache(tmp_path, ".svg")
    kept = [cache.get(path.stem) for path in entries(tmp_path)]
    assert b"x" * 50_000 in kept
    assert set(kept) <= {b"x" * 50_000, None}
    for path in entries(tmp_path):
        cache.put(path.stem, b"again")
        assert cache.get(path.stem) == b"again"


# Keys -------------------------------------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.text(), st.binary()), max_size=4), st.lists(st.one_of(st.text(), st.binary()), max_size=4))
def test_a_key_tells_lists_of_parts_apart(first, second):
    def encoded(parts):
        return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]

    assert (key_of(first) == key_of(second)) == (encoded(first) == encoded(second))


def test_the_version_of_the_code_is_the_same_wherever_and_whenever_it_was_installed(tmp_path):
    def version(folder: Path) -> str:
        command = [sys.executable, "-c", "from mkdocs_designdocs.cache import code_version; print(code_version())"]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()

    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(PACKAGE, here / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(here, there)
    for path in there.rglob("*.*"):
        os.utime(path, (0, 0))
    assert version(here) == version(there)
    with (there / PACKAGE.name / "engine.js").open("a") as file:
        file.write("// another")
    assert version(here) != version(there)

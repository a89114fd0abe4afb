"""A git repository, asked by a handful of processes about all of its documents at once.

The folder may be anybody's: nothing that its configuration names is run (no pager, monitor, filter, signature check),
nothing is fetched, and nobody waits for ever.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs_designdocs.people import Person, people

SECONDS = 20.0
"""For how long one question may take."""

BIGGEST = 2_000_000
"""A version of more bytes than this is no document."""


class CannotTellError(Exception):
    """Git cannot answer; the message says why, and what helps."""


class NoTimeError(CannotTellError):
    """It has not answered in time, and may the next time."""


@dataclass(frozen=True)
class Touch:
    """What a commit has done to a file."""

    kind: str
    """`A` (new), `M` (changed), `T` (is another kind of file), `R` (has another name), `D` (gone)."""
    path: str
    """From the top of the repository."""
    before: str
    """Its path until then."""
    blob: str
    """The id of what it holds from then on; empty where that is no file."""


@dataclass(frozen=True)
class Commit:
    """One commit, as far as it has touched what was asked for."""

    id: str
    parents: Sequence[str]
    """Their ids."""
    time: str
    """When it was committed, in the zone of whoever did, as RFC 3339 writes it."""
    people: Sequence[Person]
    """Who has written it: the author, then those whom a trailer names."""
    touches: Sequence[Touch]
    """What is different from its first parent."""


@dataclass(frozen=True)
class Repository:
    """A work tree with at least one commit."""

    top: Path
    head: str
    shallow: str
    """The file that lists where a shallow clone is cut off, as it is; empty where it is not."""

    @property
    def cut(self) -> frozenset[str]:
        """The commits whose parents are not there: each seems to have made all that it holds."""
        return frozenset(self.shallow.split())

    def steps(self, paths: Sequence[str]) -> Sequence[Commit]:
        """The commits of the branch itself that have touched one of some files or folders, from the last: a merge is
        one of them, and brings all that its branch did."""
        return list(_commits(self._log("--first-parent", "--diff-merges=first-parent", *self._below(paths))))

    def everything(self, paths: Sequence[str]) -> Sequence[Commit]:
        """Likewise those of all branches that have been merged, and all merges, which touch nothing here; children
        come before parents, and each names the nearest of its parents that are listed too."""
        order = ("--topo-order", "--full-history", "--parents", "--diff-merges=off")
        return list(_commits(self._log(*order, *self._below(paths))))

    def arrivals(self, commits: Iterable[str]) -> Iterator[Touch]:
        """What some commits have done to any file, wherever it was before."""
        text = "".join(f"{commit}\n" for commit in commits)
        more = ("--no-walk=unsorted", "--diff-merges=first-parent", "--stdin")
        for commit in _commits(self._log(*more, given=text.encode())):
            yield from commit.touches

    def _below(self, paths: Sequence[str]) -> Sequence[str]:
        return (self.head, "--", *(f":(literal){path}" for path in paths))

    def _log(self, *more: str, given: bytes = b"") -> bytes:
        form = "%x01%H%x00%P%x00%cI%x00%aN%x00%aE%x00%(trailers:key=Co-authored-by,valueonly,separator=%x1f)"
        fixed = (
            *("log", "-z", "--raw", "--no-abbrev", "--root", "-l1000"),
            *("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color", "--no-relative"),
            *("--encoding=UTF-8", f"--format={form}"),
        )
        try:
            return _run(self.top, *fixed, "-M", *more, given=given)
        except CannotTellError:
            if not self.is_partial:
                raise
            return _run(self.top, *fixed, "-M100%", *more, given=given)  # needs no content, which is not there

    @property
    def is_partial(self) -> bool:
        """Whether it was cloned without the content of its files."""
        try:
            return bool(_run(self.top, "config", "--get-regexp", r"^remote\..*\.promisor$"))
        except CannotTellError:
            return False

    def contents(self, blobs: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """What some blobs hold; None for what is not there. It ends early when it takes too long."""
        process = _open(self.top, "cat-file", "--batch", heard=False)
        watch = threading.Timer(SECONDS, process.kill)
        feeder = threading.Thread(target=_feed, args=(process, blobs), daemon=True)
        watch.start()
        feeder.start()
        try:
            yield from _batch(process)
        finally:
            watch.cancel()
            process.kill()
            feeder.join()
            if process.stdout:
                process.stdout.close()
            process.wait()

    def ignored(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some files that `.gitignore` keeps out."""
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        try:
            found = _run(self.top, "check-ignore", "-z", "--stdin", given=given)
        except CannotTellError:  # there are none
            return frozenset()
        return frozenset(os.fsdecode(path) for path in found.split(b"\0") if path)


def repository(top: Path) -> Repository | None:
    """The repository whose work tree begins at a folder; None where git sees none there."""
    try:
        said = _run(top, "rev-parse", "--show-prefix", "--git-path", "shallow", "HEAD")
    except CannotTellError as error:
        reason = str(error)
        if "not a git repository" in reason or "work tree" in reason:
            return None
        if "dubious ownership" in reason or "unsafe repository" in reason:
            mend = f"`git config --global --add safe.directory {top.as_posix()}` says that it may be trusted"
            raise CannotTellError(f"the folder belongs to somebody else, and git does not read it; {mend}") from error
        if "ambiguous argument 'HEAD'" in reason or "unknown revision" in reason:
            raise CannotTellError("nothing is committed yet") from error
        raise
    prefix, shallow, head = os.fsdecode(said).split("\n")[:3]
    if prefix:
        return None  # what is called `.git` there is none
    try:
        cut = (top / shallow).read_text("ascii")
    except (OSError, ValueError):
        cut = ""
    return Repository(top, head, cut)


def _run(top: Path, *command: str, given: bytes = b"") -> bytes:
    """What git answers."""
    process = _open(top, *command)
    try:
        found, said = process.communicate(given, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise NoTimeError(f"`git {command[0]}` has not answered within {SECONDS:g} seconds") from error
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise CannotTellError(reason.partition("\n")[0] or f"`git {command[0]}` failed with {process.returncode}")
    return found


def _open(top: Path, *command: str, heard: bool = True) -> subprocess.Popen[bytes]:
    """Git at work. `heard`: whether somebody listens to its complaints."""
    quiet = ("-c", "core.fsmonitor=false", "--no-pager")
    whole, pipe = ["git", *quiet, "-C", str(top), *command], subprocess.PIPE
    complaints = pipe if heard else subprocess.DEVNULL
    try:
        return subprocess.Popen(whole, env=_environment(), stdin=pipe, stdout=pipe, stderr=complaints)
    except (OSError, ValueError) as error:
        reason = "git is not installed" if isinstance(error, FileNotFoundError) else f"git cannot be run: {error}"
        raise CannotTellError(reason) from error


_KEPT = re.compile(r"(?!GIT_)|GIT_(?:CONFIG|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)")


def _environment() -> dict[str, str]:
    """Ours without what makes git look elsewhere, as a hook's does; and so that it asks, fetches and writes nothing."""
    kept = {name: value for name, value in os.environ.items() if _KEPT.match(name)}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
    return {**kept, **quiet, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": ""}


def _feed(process: subprocess.Popen[bytes], blobs: Iterable[str]) -> None:
    if process.stdin is None:
        return
    try:
        with process.stdin as pipe:
            for blob in blobs:
                pipe.write(f"{blob}\n".encode())
    except OSError:
        pass  # it has been stopped


def _batch(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, bytes | None]]:
    """The answers of `git cat-file --batch`: `<id> <type> <size>`, then the content; or `<id> missing`."""
    pipe = process.stdout
    while pipe and (line := pipe.readline()):
        blob, *known = line.split()
        if len(known) < len(("type", "size")):
            yield blob.decode(), None
            continue
        size = int(known[1])
        data = pipe.read(size + 1)
        if len(data) <= size:
            return
        yield blob.decode(), data[:size] if size <= BIGGEST else None


def _commits(said: bytes) -> Iterator[Commit]:
    """The commits of `git log -z --raw`, each behind a mark of ours."""
    for one in re.split(rb"(?:\A|\0)\x01(?=[0-9a-f]{40})", said):
        if not one:
            continue
        head, parents, time, name, email, others, *raw = one.split(b"\0")
        others, _, first = others.partition(b"\n:")  # the first touch stands behind a line break
        named = [_text(part) for part in others.split(b"\x1f") if part]
        author = person(_text(name), _text(email))
        if first:
            raw.insert(0, b":" + first)
        elif raw:
            raw[0] = raw[0].lstrip(b"\n")
        written = tuple(dict.fromkeys((author, *(who for part in named for who in _coauthors(part)))))
        yield Commit(head.decode(), parents.decode().split(), time.decode(), written, tuple(_touches(raw)))


def _touches(raw: Sequence[bytes]) -> Iterator[Touch]:
    """Of `:100644 100755 <id> <id> R090`, path and, where it is another one, the new path."""
    parts = iter(raw)
    for said in parts:
        if not said:
            continue
        _, mode, _, blob, kind = said.decode().split(" ")
        before = os.fsdecode(next(parts))
        path = os.fsdecode(next(parts)) if kind[0] in "RC" else before
        is_file = mode.startswith("100")  # and no link or submodule
        yield Touch("A" if kind[0] == "C" else kind[0], path, before, blob if is_file else "")


def _text(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())


_NO_REPLY = re.compile(
    r"(?:\d+[+-])?(?P<handle>[A-Za-z0-9][\w-]*)@users\.noreply\.(?:github|gitlab)\.com", re.IGNORECASE
)


_MAIL = re.compile(r"<?([^\s<>@]{1,64})@[^\s<>@]{1,255}>?")


def person(name: str, email: str) -> Person:
    """Somebody as git names them; an address that hides theirs tells their handle.

    No name holds an address, for it would be published: what stands before the `@` has to do.
    """
    hidden, said = _NO_REPLY.fullmatch(email), _MAIL.sub(r"\1", name)
    return Person(said, hidden["handle"], "") if hidden else Person(said or email.partition("@")[0], "", email)


def _coauthors(text: str) -> Iterator[Person]:
    for one in people(text):
        yield person(one.name, one.email) if one.email else one


_HASHES = {40: "sha1", 64: "sha256"}


def same(data: bytes, blob: str) -> bool:
    """Whether bytes as they lie on disk are those of a blob, also if their line ends are another system's."""
    name = _HASHES.get(len(blob), "")
    return bool(name) and any(_id(each, name) == blob for each in (data, data.replace(b"\r\n", b"\n")))


def _id(data: bytes, name: str) -> str:
    return hashlib.new(name, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

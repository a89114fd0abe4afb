"""What diagrams cost: a first build, a build with nothing new, and the same through mermaid-cli.

- first: distinct diagrams a second of processor time, on one core: by the engine alone, and with all that is
  ours (what makes the drawing fit for a page, and keeping it);
- warm: a site with three diagrams a page, built with everything kept and with `diagrams: none`, in turn;
- with `--mmdc`, the same diagrams by one run of `@mermaid-js/mermaid-cli`, which starts its browser once.

Exits with 1 when a limit is missed. Figures of two runs do not compare: the machine is another each time.

    python benchmarks/diagrams.py
    python benchmarks/diagrams.py --folder some/folder --skip warm
    python benchmarks/diagrams.py --mmdc node_modules/.bin/mmdc --puppeteer puppeteer.json
    python benchmarks/diagrams.py --skip warm --profile
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from build import timed_build
from designs import make_designs, write_site

from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele, Svg

HERE = Path(__file__).parent
_WORD = re.compile(r"\b[A-Za-z]{4,}\b")
_NUMBERS = count(1000)
"""No two diagrams of a run are alike."""


@dataclass(frozen=True)
class Sample:
    """A diagram that can be had in any number of copies, no two alike."""

    name: str
    source: str
    word: str
    """What the copies have a number behind: a part of what is drawn, for the diagram still draws."""

    def another(self) -> str:
        """The diagram with a label changed."""
        return re.sub(rf"\b{self.word}\b", f"{self.word}{next(_NUMBERS)}", self.source)


def main() -> int:
    arguments = _arguments()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; processor seconds (user + system)")
    samples = _samples(arguments.folder)
    missed: list[str] = []
    if "first" not in arguments.skip:
        speed = _first(samples, arguments.copies, arguments.runs, profile=arguments.profile)
        if speed < arguments.least:
            missed.append(f"a first build draws fewer than {arguments.least:g} diagrams a second")
    if "warm" not in arguments.skip:
        ratio = _warm(arguments.pages, arguments.runs)
        if ratio > arguments.most:
            missed.append(f"kept diagrams make a build take more than {arguments.most} times as long")
    if arguments.mmdc:
        _mermaid_cli(samples[: arguments.mmdc_diagrams], arguments.mmdc, arguments.puppeteer)
    print(*missed, sep="\n", end="\n" if missed else "")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("--folder", type=Path, default=HERE / "diagrams", help="of `.mmd` files")
    parser.add_argument("--copies", type=int, default=5, help="of each diagram in a round; default: 5")
    parser.add_argument("--pages", type=int, default=150, help="of the site, three diagrams each; default: 150")
    parser.add_argument("--runs", type=int, default=5, help="rounds; default: 5")
    parser.add_argument("--least", type=float, default=300, help="diagrams a second that pass; default: 300")
    parser.add_argument("--most", type=float, default=1.05, help="the warm ratio that passes; default: 1.05")
    parser.add_argument("--skip", choices=("first", "warm"), action="append", default=[])
    parser.add_argument("--profile", action="store_true", help="show where the time of a first build goes")
    parser.add_argument("--mmdc", type=Path, help="the command of `@mermaid-js/mermaid-cli`")
    parser.add_argument("--mmdc-diagrams", type=int, default=60, help="how many it is given; default: 60")
    parser.add_argument("--puppeteer", type=Path, help="what mermaid-cli takes for `--puppeteerConfigFile`")
    return parser.parse_args()


def _samples(folder: Path) -> list[Sample]:
    pele = Pele()
    found = [_sample(path, pele) for path in sorted(folder.glob("*.mmd"))]
    samples = [sample for sample in found if sample]
    if not samples:
        sys.exit(f"{folder} holds no diagram that can be drawn")
    print(f"\n{len(samples)} of the {len(found)} diagrams of {folder.name} can be drawn with another label")
    return samples


def _sample(path: Path, pele: Pele) -> Sample | None:
    """A diagram with the last of its words that is free to be another, if there is one."""
    source = path.read_text("utf-8")
    for word in sorted(set(_WORD.findall(source)), key=source.rfind, reverse=True)[:40]:
        sample = Sample(path.stem, source, word)
        one, other = (pele.render(sample.another(), "x") for _ in range(2))
        if isinstance(one, Svg) and isinstance(other, Svg) and one.text != other.text:
            return sample
    return None


def _first(samples: Sequence[Sample], copies: int, runs: int, *, profile: bool) -> float:
    """Diagrams a second with all that is ours."""
    pele = Pele()
    bare = pele._load()
    pele.render("pie", "x")  # the engine starts once in a build: that is in nobody's figure
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        rounds = []
        for number in range(1, runs + 1):
            studio = Studio(pele, Path(folder, str(number)))
            draw: list[Callable[[str], object]] = [lambda source: bare(source, "diagram-000000000000"), studio.draw]
            if number % 2:  # who is first is favoured on a machine that grows slower
                draw.reverse()
            sources = [sample.another() for sample in samples for _ in range(copies)]
            seconds = {one: _seconds(one, sources) for one in draw}
            alone, ours = (len(sources) / seconds[one] for one in (draw if number % 2 == 0 else draw[::-1]))
            rounds.append((alone, ours))
            print(f"  round {number}: engine alone {alone:6.0f}/s   with all that is ours {ours:6.0f}/s", flush=True)
        if profile:
            _profile(Studio(pele, Path(folder, "profile")), [s.another() for s in samples for _ in range(copies)])
    alone, ours = (median(one) for one in zip(*rounds, strict=True))
    print(f"  first: {ours:.0f} diagrams a second; ours / engine alone: {median(o / a for a, o in rounds):.3f}")
    return ours


def _seconds(draw: Callable[[str], object], sources: Iterable[str]) -> float:
    begun = time.process_time()
    for source in sources:
        draw(source)
    return time.process_time() - begun


def _profile(studio: Studio, sources: Iterable[str]) -> None:
    with cProfile.Profile() as profiler:
        for source in sources:
            studio.draw(source)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def _warm(pages: int, runs: int) -> float:
    """The processor time of a build with everything kept, over that of one that leaves diagrams alone."""
    print(f"\n{pages} designs with 3 diagrams each, Material theme")
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        drawn, left = Path(folder, "drawn"), Path(folder, "left")
        designs = make_designs(pages)
        for site in (drawn, left):
            write_site(site, designs, plugin=True)
        configuration = left / "mkdocs.yml"
        text = configuration.read_text("utf-8")
        configuration.write_text(text.replace("- designdocs\n", "- designdocs:\n      diagrams: none\n"), "utf-8")
        for site in (drawn, left):
            timed_build(site)
        ratios = []
        for number in range(1, runs + 1):
            order = (left, drawn) if number % 2 else (drawn, left)
            seconds = {site: timed_build(site) for site in order}
            ratios.append(seconds[drawn] / seconds[left])
            print(f"  round {number}: left alone {seconds[left]:6.2f}   drawn {seconds[drawn]:6.2f}", flush=True)
    print(f"  warm: drawn / left alone: {median(ratios):.3f}")
    return median(ratios)


_OURS = """
import sys
from pathlib import Path
from mkdocs_designdocs.drawings import Studio
from mkdocs_designdocs.engine import Pele
studio = Studio(Pele(), Path(sys.argv[1], "kept"))
for path in sorted(Path(sys.argv[1]).glob("*.mmd")):
    studio.draw(path.read_text("utf-8"))
"""


def _mermaid_cli(samples: Sequence[Sample], command: Path, puppeteer: Path | None) -> None:
    """The same diagrams by both, once. Only what mermaid-cli's processes reap is counted: it is at least that."""
    print(f"\nthe same {len(samples)} diagrams by each, from the start of the command; seconds a diagram")
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        sources = [sample.another() for sample in samples]
        for number, source in enumerate(sources):
            Path(folder, f"{number:03}.mmd").write_text(source, "utf-8")
        page = Path(folder, "all.md")
        page.write_text("".join(f"```mermaid\n{source.strip()}\n```\n\n" for source in sources), "utf-8")
        options = ["--puppeteerConfigFile", str(puppeteer.resolve())] if puppeteer else []
        theirs = _run([str(command.absolute()), "-q", *options, "-i", str(page), "-o", str(Path(folder, "drawn.md"))])
        if (drawn := len(list(Path(folder).glob("drawn-*.svg")))) != len(sources):
            print(f"  mermaid-cli has drawn {drawn} of them")
        ours = _run([sys.executable, "-c", _OURS, folder])
    for name, (processor, clock) in (("mermaid-cli", theirs), ("designdocs", ours)):
        print(f"  {name:12} processor {processor / len(sources):7.4f}   clock {clock / len(sources):7.4f}")
    print(f"  mermaid-cli / designdocs: processor {theirs[0] / ours[0]:.0f}, clock {theirs[1] / ours[1]:.0f}")


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Processor and clock seconds of a command and what it has started."""
    begun = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())

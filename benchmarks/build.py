"""How much processor time the plugin adds to a build.

Writes sites of designs, builds the same pages without the plugin (`bare`), with it and an empty cache
(`cold`) and with it and a full one (`warm`), in turn, and prints the median of the paired ratios. Exits
with 1 when a warm build takes more than `--most` times the bare one.

    python benchmarks/build.py
    python benchmarks/build.py --designs 50 --runs 3
    python benchmarks/build.py --designs 100 --profile
"""

from __future__ import annotations

import argparse
import os
import platform
import pstats
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from designs import Design, make_designs, write_site

import mkdocs_designdocs

PACKAGE = str(Path(mkdocs_designdocs.__file__).parent)


@dataclass(frozen=True)
class Pair:
    """The processor seconds of one round."""

    bare: float
    cold: float
    warm: float


def main() -> int:
    arguments = _arguments()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; processor seconds (user + system)")
    within = True
    with tempfile.TemporaryDirectory(prefix="designdocs-benchmark-") as folder:
        for count in arguments.designs:
            root = Path(folder, str(count))
            designs = make_designs(count)
            bare, ours = _sites(root, designs)
            if arguments.profile:
                _profile(ours, count)
                continue
            ratio = _compare(bare, ours, designs, arguments.runs)
            within = within and ratio <= arguments.most
    if not within:
        print(f"a warm build takes more than {arguments.most} times the bare one")
    return 0 if within else 1


def _arguments() -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("--designs", type=int, nargs="+", default=[100, 500], help="sizes; default: 100 500")
    parser.add_argument("--runs", type=int, default=5, help="paired rounds at each size; default: 5")
    parser.add_argument("--most", type=float, default=1.15, help="the warm ratio that passes; default: 1.15")
    parser.add_argument("--profile", action="store_true", help="show where the plugin's time goes instead")
    return parser.parse_args()


def _sites(root: Path, designs: list[Design]) -> tuple[Path, Path]:
    bare, ours = root / "bare", root / "designdocs"
    write_site(bare, designs, plugin=False)
    write_site(ours, designs, plugin=True)
    return bare, ours


def _compare(bare: Path, ours: Path, designs: list[Design], runs: int) -> float:
    lines = sum(design.body.count("\n") for design in designs) // len(designs)
    print(f"\n{len(designs)} designs of about {lines} lines and 3 diagrams, Material theme")
    timed_build(bare)  # what is compiled or read for the first time is in nobody's figure
    pairs = []
    for number in range(1, runs + 1):
        shutil.rmtree(ours / ".cache", ignore_errors=True)
        # Alternate who is first: a machine that grows slower or faster must favour nobody.
        if number % 2:
            without = timed_build(bare)
        cold, warm = timed_build(ours), timed_build(ours)
        if not number % 2:
            without = timed_build(bare)
        pairs.append(Pair(without, cold, warm))
        print(f"  round {number}: bare {without:6.2f}   cold {cold:6.2f}   warm {warm:6.2f}", flush=True)
    ratio = median(pair.warm / pair.bare for pair in pairs)
    print(f"  cold / bare: {median(pair.cold / pair.bare for pair in pairs):.3f}")
    print(f"  warm / bare: {ratio:.3f}")
    return ratio


def timed_build(site: Path, *profiler: str) -> float:
    """Build a site; the processor time of the process and of its own children."""
    command = [sys.executable, *profiler, "-m", "mkdocs", "build", "-q", "-f", str(site / "mkdocs.yml")]
    # An installed package is compiled once; a checkout in which Python may write nothing, in each build.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(site.parent / "compiled")}
    process = subprocess.Popen(command, env={**os.environ, **compiled, "NO_MKDOCS_2_WARNING": "1"})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build of {site.name} failed with {process.returncode}")
    return used.ru_utime + used.ru_stime


def _profile(site: Path, count: int) -> None:
    """Where the time of a warm build goes, in milliseconds a design."""
    timed_build(site)
    recorded = site / "profile"
    timed_build(site, "-m", "cProfile", "-o", str(recorded))
    stats: Any = pstats.Stats(str(recorded))
    rows = [
        (cumulative, own, calls, f"{Path(file).name}:{line} {name}")
        for (file, line, name), (_, calls, own, cumulative, _) in stats.stats.items()
        if file.startswith(PACKAGE)
    ]
    print(f"\n{count} designs, warm: {stats.total_tt:.2f} s; the profiler slows small functions most")
    print("milliseconds a design: with what it calls, and without; calls in the whole build")
    for cumulative, own, calls, name in sorted(rows, reverse=True)[:45]:
        print(f"  {1000 * cumulative / count:9.2f}  {1000 * own / count:9.2f}  {calls:9}  {name}")


if __name__ == "__main__":
    sys.exit(main())

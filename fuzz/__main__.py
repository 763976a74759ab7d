"""Fuzz every reader, two targets at a time, sharing the time given: `just fuzz [minutes] [targets…]`.

Prints for each target how many files were read and what broke. The corpus grows in `var/fuzz` from run to
run; a file that breaks something, made small, belongs into `tests/samples/crashes`, where a test keeps it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
SLOWEST = 10
_EXECUTED = re.compile(r"stat::number_of_executed_units: (\d+)|^#(\d+)\s", re.M)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one target: files read, and the files that broke it."""

    name: str
    executions: int
    crashes: tuple[Path, ...]


def fuzz(name: str, seconds: float, folder: Path) -> Result:
    """Fuzz one target for some seconds; a process that ends before its time is started again."""
    own = folder / name
    own.mkdir(parents=True, exist_ok=True)
    executions, end = 0, monotonic() + seconds
    while (left := end - monotonic()) > 1:
        options = [f"-max_total_time={int(left)}", f"-timeout={SLOWEST}", "-max_len=100000"]
        options += ["-rss_limit_mb=3000", "-print_final_stats=1", "-close_fd_mask=1"]
        command = [sys.executable, "-m", "fuzz.run", name, str(own), *options]
        done = subprocess.run(
            command, cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace", check=False
        )
        with (own / "log").open("a") as log:
            log.write(done.stderr)
        executions += max((int(a or b) for a, b in _EXECUTED.findall(done.stderr)), default=0)
        if done.returncode and "Test unit written to" not in done.stderr:
            raise SystemExit(f"{name}: the fuzzer itself broke\n{done.stderr[-2000:]}")
    return Result(name=name, executions=executions, crashes=tuple(sorted((own / "crashes").iterdir())))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the targets; return how many files broke something."""
    parser = argparse.ArgumentParser(prog="just fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("minutes", nargs="?", type=float, default=10)
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all by default")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "fuzz")
    given = parser.parse_args(arguments)
    names = given.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    seconds = given.minutes * 60 * min(AT_ONCE, len(names)) / len(names)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        broken = 0
        for result in threads.map(lambda name: fuzz(name, seconds, given.folder), names):
            print(
                f"{result.name:12} {result.executions:>9,} files  {len(result.crashes)} broke it", flush=True
            )
            for path in result.crashes:
                print(f"             {path}")
            broken += len(result.crashes)
    return broken


if __name__ == "__main__":
    sys.exit(min(main(), 1))

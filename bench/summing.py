"""How long a government's sum takes: reports already read, at growing sizes; sixty files, read and summed.

    python -m bench.summing                  30, 300 and 3,000 members
    python -m bench.summing --sizes 100
    python -m bench.summing --web            also as the site's page sums them, from a database of its own

Prints milliseconds, time per addend, the growth of time against the growth in size (1.0 is linear), and for
a county's sixty files in five formats the time to read them one by one, to read them as the command does (in
child processes, as many at once as there are processors: by the clock on the wall), and to add them.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from gongkai.cli.inputs import Read, read_files
from gongkai.report.reading import read_bytes
from gongkai.report.schema import Report
from gongkai.report.summing import Member, sum_reports
from gongkai.samples import BODIES, make_report
from gongkai.samples.collection import bodies_of_county, make_collection

YEAR = 2024
SIZES = (30, 300, 3_000)
KINDS = 30
ROUNDS = 5
_Made = TypeVar("_Made")


def timed(
    action: Callable[[], _Made], rounds: int = 1, clock: Callable[[], float] = time.process_time
) -> tuple[float, _Made]:
    """Return the shortest time of an action in milliseconds, and what it gave.

    The process's own time by default: what else the machine does then counts little.
    """
    least = float("inf")
    for _ in range(rounds):
        started = clock()
        made = action()
        least = min(least, clock() - started)
    return least * 1000, made


def members(size: int) -> Iterator[Member]:
    """Yield so many bodies' reports: a few different ones, under as many names as there are bodies."""
    kinds: list[Report] = [make_report(seed, BODIES[2 + seed % 8].name, YEAR) for seed in range(KINDS)]
    names = bodies_of_county()
    for number in range(size):
        agency = f"第{number // len(names)}县{names[number % len(names)]}"
        yield Member(report=replace(kinds[number % KINDS], agency=agency), source=f"{number}.docx")


def grow(sizes: list[int]) -> None:
    """Print how long sums of growing size take."""
    before: tuple[int, float] | None = None
    for size in sizes:
        offered = list(members(size))
        took, summed = timed(partial(sum_reports, offered, year=YEAR), ROUNDS)
        assert len(summed.members) == size and summed.is_whole
        addends = sum(len(cell.addends) for cell in summed.cells.values())
        shown = f"{size:>6,} reports  {took:9.1f} ms  {took * 1000 / addends:6.3f} µs an addend"
        if before:
            shown += f"  growth {took / before[1] / (size / before[0]):.2f}"
        print(shown)
        before = size, took


def collect() -> None:
    """Print how long a county's sixty files take, from files to the sum."""
    drawn, pile = timed(lambda: make_collection(1))
    print(f"    60 files made in {drawn:,.0f} ms: {', '.join(f.fault.value for f in pile.faults)}")
    alone, _ = timed(lambda: [read_bytes(each.data, each.name) for each in pile.files], ROUNDS)
    with TemporaryDirectory() as folder:
        paths = [Path(folder, each.name) for each in pile.files]
        for path, each in zip(paths, pile.files, strict=True):
            path.write_bytes(each.data)
        list(read_files(paths[:2]))  # the children are started once
        guarded, reads = timed(lambda: list(read_files(paths)), ROUNDS, time.perf_counter)
    offered = [
        Member(report=each.reading.report, source=each.name) for each in reads if isinstance(each, Read)
    ]
    added, summed = timed(
        lambda: sum_reports(offered, year=pile.year, agency=pile.agency, expected=pile.expected), ROUNDS
    )
    right = {cell: summed.report.number(cell) for cell in pile.sums} == dict(pile.sums)
    print(f"    60 files  read one by one {alone:7.1f} ms  read in children {guarded:7.1f} ms", end="")
    print(f"  added {added:6.1f} ms  {'all cells right' if right else 'WRONG CELLS'}")


def from_records(sizes: list[int]) -> None:
    """Print how long the site takes from the records to the sum, and to its page and a cell's page."""
    with TemporaryDirectory() as folder:
        os.environ.update(
            GONGKAI_DATA_DIR=folder,
            GONGKAI_SECRET_KEY="bench",
            GONGKAI_ALLOWED_HOSTS="testserver",
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            DJANGO_SETTINGS_MODULE="gongkai.web.config.settings",
        )
        web = import_module("bench.web_summing")
        web.prepare()
        for size in sizes:
            collection = web.collect(members(size), YEAR)
            took, made = timed(partial(web.sum_of, collection), 2)
            assert len(made.summed.members) == size
            page, _ = timed(partial(web.page, collection))
            cell, _ = timed(partial(web.cell, collection))
            board, _ = timed(partial(web.board, collection))
            print(
                f"{size:>6,} members in the database  sum {took:7.0f} ms  its page {page:7.0f} ms"
                f"  a cell {cell:7.0f} ms  the board {board:7.0f} ms"
            )


def main() -> None:
    """Time both and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--web", action="store_true", help="also as the site sums them")
    options = parser.parse_args()
    grow(options.sizes)
    collect()
    if options.web:
        from_records(options.sizes)


if __name__ == "__main__":
    main()

"""How well scans and photographs are read: per layout, every cell of the form against the truth.

    python bench/scans.py                         every layout, 2 reports each (30 pages)
    python bench/scans.py --layout scan_photo     one layout, the cells that went astray listed

A cell is `confirmed` where the sums proved it, and `blank` where paper is rightly called clean; `offered`
where it is left to a person with the truth among its candidates (or as a dash), `lost` without; `missing`
where a number was taken for clean paper, and `WRONG` another number, or a number where there is none: both
must be 0. The share is that of confirmed cells among all that hold a number in Tables 3 and 4, the only
ones that can be. Exit code 1 if any cell is.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator

from gongkai.report.numerals import BLANK, Illegible, Value, read_cell
from gongkai.report.reading import ReadingError, read_bytes
from gongkai.report.schema import CellId
from gongkai.samples import BODIES, SCAN_LAYOUTS, Rendered, make_report, render

VERDICTS = ("confirmed", "blank", "offered", "lost", "missing", "WRONG")
YEARS = (2024, 2019, 2023)


def verdict(truth: Value, read: Value) -> str:
    """Return how a reading stands to the truth."""
    if isinstance(read, Illegible):
        shown = truth in read.candidates or (truth is BLANK and read_cell(read.raw) is BLANK)
        return "offered" if shown else "lost"
    if read is BLANK:
        return "blank" if truth is BLANK else "missing"
    return "confirmed" if read == truth else "WRONG"


def assess(rendered: Rendered) -> Iterator[tuple[CellId, str, Value, Value]]:
    """Yield (cell, verdict, truth, reading) for every cell of the form."""
    truth = rendered.report
    try:
        read = read_bytes(rendered.data, rendered.name).report
    except ReadingError as error:
        print(f"  {rendered.name}: {error}")
        read = None
    for cell in truth.form.cells():
        value = truth.value(cell)
        found = read.value(cell) if read and read.edition == truth.edition else Illegible("")
        yield cell, verdict(value, found), value, found


def main() -> int:
    """Print the table; return 1 if any cell is wrong or missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--layout", default="", help="layout or prefix of layouts")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    print(
        f"{'layout':14}{'files':>6}"
        + "".join(f"{v:>10}" for v in VERDICTS)
        + f"{'share':>8}{'cpu s/file':>12}"
    )
    wrong = 0
    for number, layout in enumerate(SCAN_LAYOUTS):
        if layout.startswith(options.layout):
            seeds = range(options.first + number, options.first + number + options.seeds)
            wrong += _report(layout, seeds, listed=bool(options.layout))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    return 1 if wrong else 0


def _report(layout: str, seeds: range, *, listed: bool) -> int:
    counts: Counter[str] = Counter()
    provable = confirmed = 0
    seconds = 0.0
    for seed in seeds:
        report = make_report(seed, BODIES[seed % len(BODIES)].name, YEARS[seed % len(YEARS)])
        rendered = render(report, layout, seed)
        started = time.process_time()
        assessed = list(assess(rendered))
        seconds += time.process_time() - started
        counts.update(found for _, found, _, _ in assessed)
        numbers = [found for cell, found, value, _ in assessed if cell.table > 2 and value is not BLANK]
        provable, confirmed = provable + len(numbers), confirmed + numbers.count("confirmed")
        for cell, found, value, read in assessed:
            if found in ("lost", "missing", "WRONG") or (listed and found == "offered" and cell.table > 2):
                print(f"    {rendered.name} {cell}: {found}, {value!r} read as {read!r}")
    row = "".join(f"{counts[v] or '·':>10}" for v in VERDICTS)
    share = confirmed / max(provable, 1)
    print(f"{layout:14}{len(seeds):6}{row}{share:8.1%}{seconds / len(seeds):12.1f}", flush=True)
    return counts["WRONG"] + counts["missing"]


if __name__ == "__main__":
    raise SystemExit(main())

"""How long a chart takes to draw: the first of a process, which loads what draws it, and each kind after.

    python -m bench.charts              median of ten
    python -m bench.charts --rounds 30

Prints wall-clock milliseconds and the size of the picture, wide and narrow, as SVG and as PNG; drawing is
threaded, so that the processor's own time would say less.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from gongkai.charts.chart import Chart, Kind
from gongkai.charts.drawing import NARROW, WIDE, png, svg
from gongkai.charts.reports import by_body, charts_of_body
from gongkai.samples import BODIES, make_report, make_series

YEARS = range(2017, 2025)
TILES = 60


def charts() -> dict[str, Chart]:
    """Return every kind of chart, of eight years and of sixty bodies."""
    series = make_series(1, BODIES[2].name, YEARS)
    bodies = [(f"第{at}机关", make_report(at, BODIES[2 + at % 8].name, 2024)) for at in range(TILES)]
    many = {kind.value: by_body(2024, bodies, "new", kind) for kind in (Kind.TILES, Kind.RANKED)}
    return {**charts_of_body("教育局", series), **many}


def wall_ms(action: Callable[[], bytes], rounds: int) -> tuple[float, int]:
    """Return the median time of an action in milliseconds, and the size of what it gave."""
    times, size = [], 0
    for _ in range(rounds):
        started = time.perf_counter()
        size = len(action())
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), size


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    drawn = charts()
    first = next(iter(drawn.values()))
    cold, _ = wall_ms(lambda: svg(first), 1)
    print(f"{'the first of a process':<24}{cold:8.0f} ms")
    for name, chart in drawn.items():
        for form, width in (("wide", WIDE), ("narrow", NARROW)):
            took, size = wall_ms(lambda c=chart, w=width: svg(c, w), rounds)
            print(f"{name:<16}{form:<8}SVG{took:10.1f} ms {size / 1024:8.1f} KB")
        took, size = wall_ms(lambda c=chart: png(c), rounds)
        print(f"{name:<16}{'':<8}PNG{took:10.1f} ms {size / 1024:8.1f} KB")


if __name__ == "__main__":
    main()

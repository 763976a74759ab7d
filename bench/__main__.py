"""Median times on one core, warm: reading by format, auditing, growth with length, and starting the command.

    just bench                          the samples, and the real reports if ../shared/reports is there
    just bench --rounds 20
    just bench drafting 20000 200000    another of this folder's benches, with its own arguments
    just bench summing --web

Prints one line per format with the target beside it. Nothing here fails on a slow machine.
"""

from __future__ import annotations

import argparse
import io
import os
import runpy
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from gongkai.report.auditing import audit
from gongkai.report.reading import read_bytes
from gongkai.report.schema import Report
from gongkai.samples import BODIES, Rendered, make_report, render

REAL = Path(__file__).resolve().parents[2] / "shared" / "reports"
LAYOUTS = {
    "text": ("text_tabbed", "text_lines", "text_rows", "text_aligned", "text_pdf_raw", "markdown_pipes"),
    "html": ("html_clean", "html_portal", "html_cut"),
    "docx": ("docx_merged", "docx_nested", "docx_revised"),
    "pdf": ("pdf_ruled", "pdf_pages"),
    "sheet": ("sheet_whole", "sheet_parts"),
    "ofd": ("ofd_ruled", "ofd_plain", "ofd_pieces"),
}
SUFFIXES = {".txt": "text", ".md": "text", ".html": "html", ".docx": "docx", ".pdf": "pdf"}
SUFFIXES |= {".xlsx": "sheet", ".xls": "sheet", ".ofd": "ofd"}
TARGET_MS = {"text": 5, "html": 10, "docx": 15, "pdf": 120, "sheet": 15, "ofd": 60, "audit": 3}
TARGET_MS |= {"gongkai --help": 150}
GROWN = ("text_lines", "html_clean", "docx_merged")
TIMES = (10, 40)


def files() -> Iterable[tuple[str, str, str, bytes]]:
    """Yield (kind, origin, name, bytes) of every file to be timed."""
    for kind, layouts in LAYOUTS.items():
        for seed, layout in enumerate(layouts):
            agency = BODIES[seed % len(BODIES)].name
            rendered = render(make_report(seed, agency, 2023), layout, seed)
            yield kind, "samples", rendered.name, rendered.data
    for path in sorted(REAL.iterdir()) if REAL.is_dir() else ():
        if path.suffix in SUFFIXES and not path.name.startswith("README"):
            yield SUFFIXES[path.suffix], "real", path.name, path.read_bytes()


def median_ms(
    action: Callable[[], object], rounds: int, clock: Callable[[], float] = time.process_time
) -> float:
    """Return the median time of an action in milliseconds, after one call to warm up.

    The process's own time by default: what else the machine does then counts little.
    """
    action()
    times = []
    for _ in range(rounds):
        started = clock()
        action()
        times.append(clock() - started)
    return statistics.median(times) * 1000


def content(data: bytes) -> int:
    """Return the length of a file, a packed one's as it is inflated."""
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo("word/document.xml").file_size


def grown(layout: str, times: int) -> Rendered:
    """Return a sample as long as so many samples, its prose said over and over."""
    report = make_report(1, BODIES[1].name, 2023)
    short, twice = (content(render(_said(report, n), layout, 1).data) for n in (1, 2))
    return render(_said(report, 1 + short * (times - 1) // (twice - short)), layout, 1)


def _said(report: Report, times: int) -> Report:
    sections = [replace(s, text="\n".join([s.text] * times)) if s.text else s for s in report.sections]
    return replace(report, sections=tuple(sections))


def growth(layout: str, rounds: int) -> None:
    """Print how many times longer a report so many times as long takes to read."""
    took = []
    for times in (1, *TIMES):
        file = grown(layout, times)
        took.append(median_ms(lambda f=file: read_bytes(f.data, f.name), rounds))
    shown = "".join(
        f"{f'{times} × as long:':>20}{now / took[0]:6.1f} × the time"
        for times, now in zip(TIMES, took[1:], strict=True)
    )
    print(f"{'growth':<16}{layout:<16}{took[0]:>6.1f} ms{shown}")


def another() -> bool:
    """Run the bench that the first argument names, if it names one."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if not name.isidentifier() or not Path(__file__).with_name(f"{name}.py").exists():
        return False
    del sys.argv[1]
    runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
    return True


def main() -> None:
    """Time everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    read: dict[tuple[str, str], list[float]] = {}
    audited: dict[str, list[float]] = {}
    for kind, origin, name, data in files():
        read.setdefault((kind, origin), []).append(median_ms(lambda d=data, n=name: read_bytes(d, n), rounds))
        report = read_bytes(data, name).report
        audited.setdefault(origin, []).append(median_ms(lambda r=report: audit(r), rounds))
    print(f"{'':<16}{'from':<10}{'files':>6}{'median ms':>12}{'worst ms':>12}{'target ms':>12}")
    for (kind, origin), times in sorted(read.items()):
        line(kind, origin, times)
    for origin, times in sorted(audited.items()):
        line("audit", origin, times)
    for layout in GROWN:
        growth(layout, max(rounds // 4, 3))
    command = Path(sys.executable).with_name("gongkai")
    line(
        "gongkai --help",
        "shell",
        [median_ms(lambda: subprocess.run([command, "--help"], capture_output=True), 7, time.perf_counter)],
    )


def line(kind: str, origin: str, times: list[float]) -> None:
    """Print one row: how many files, the median of their medians, the slowest."""
    median = statistics.median(times)
    print(f"{kind:<16}{origin:<10}{len(times):>6}{median:>12.1f}{max(times):>12.1f}{TARGET_MS[kind]:>12}")


if __name__ == "__main__" and not another():
    main()

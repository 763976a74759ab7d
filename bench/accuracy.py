"""How well the reader reads the synthetic layouts: per layout, every cell against the truth.

    python bench/accuracy.py                                  all layouts, 5 seeds each
    python bench/accuracy.py --layout text_fused --seeds 20   one layout, its wrong cells listed
    python bench/accuracy.py --layout pdf_ --keep out/        layouts by prefix, files of bad samples kept

A cell is `right`; `blank` when truth and reading are both blank; `covered` or `lost` when the reading is
illegible, with the true number among its candidates or not; `missing` when the reader did not find the cell;
and `WRONG`, the only one that must be 0: another number, a number where there is none, a blank where there is
one.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.reading import ReadingError, read_bytes
from gongkai.report.schema import CellId, Report
from gongkai.samples import BODIES, LAYOUTS, Rendered, make_report, render

VERDICTS = ("right", "blank", "covered", "lost", "missing", "WRONG")
YEARS = (2024, 2023, 2022, 2019)


def verdict(truth: Value, read: Value, *, found: bool = True) -> str:
    """Return how a reading stands to the truth; `found` is false where the reader did not find the cell."""
    if isinstance(read, Illegible):
        return "covered" if truth in read.candidates else "lost"
    if truth is BLANK:
        return "blank" if read is BLANK else "WRONG"
    if not found:
        return "missing"
    return "right" if read == truth else "WRONG"


@dataclass
class Sample:
    """One sample's outcome."""

    rendered: Rendered
    verdicts: Counter[str]
    bad: list[str]
    seconds: float


@dataclass(frozen=True)
class Score:
    """What became of the cells of a layout's files; `unread` files had none of their cells read."""

    files: int = 0
    unread: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    frame: int = 0
    suffixes: frozenset[str] = frozenset()
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            files=self.files + other.files,
            unread=self.unread + other.unread,
            cells=self.cells + other.cells,
            frame=self.frame + other.frame,
            suffixes=self.suffixes | other.suffixes,
            wrong=self.wrong + other.wrong,
        )


def samples(layout: str, seeds: int, first: int) -> Iterator[Rendered]:
    """Yield `seeds` samples of a layout, over all bodies and years."""
    for seed in range(first, first + seeds):
        agency, year = BODIES[seed % len(BODIES)].name, YEARS[seed // 3 % len(YEARS)]
        yield render(make_report(seed, agency, year), layout, seed)


def assess(rendered: Rendered) -> Sample:
    """Read a sample and compare it with its truth."""
    started = time.perf_counter()
    try:
        reading = read_bytes(rendered.data, rendered.name).report
    except ReadingError as error:
        cells = len(list(rendered.report.form.cells()))
        bad = [f"unread: {error}"]
        return Sample(rendered, Counter(missing=cells), bad, time.perf_counter() - started)
    seconds = time.perf_counter() - started
    if reading.edition != rendered.report.edition:
        bad = [f"edition {reading.edition.value} for {rendered.report.edition.value}"]
        return Sample(rendered, Counter(WRONG=len(list(rendered.report.form.cells()))), bad, seconds)
    verdicts = {
        cell: verdict(rendered.report.value(cell), reading.value(cell), found=cell in reading.cells)
        for cell in reading.form.cells()
    }
    bad = [*_bad_cells(rendered.report, reading, verdicts), *_bad_frame(rendered.report, reading)]
    return Sample(rendered, Counter(verdicts.values()), bad, seconds)


def score(task: tuple[str, int, int]) -> tuple[str, Score]:
    """Return a layout and the score of some of its samples: layout, how many, the first seed."""
    layout, seeds, first = task
    total = Score()
    for rendered in samples(layout, seeds, first):
        sample = assess(rendered)
        wrong = [line for line in sample.bad if line.startswith(("WRONG", "edition"))]
        total += Score(
            files=1,
            unread=any(line.startswith("unread") for line in sample.bad),
            cells=sample.verdicts,
            frame=sum(line.startswith(_FRAME) for line in sample.bad),
            suffixes=frozenset({rendered.name.partition(".")[2]}),
            wrong=[f"{rendered.name} {line}" for line in wrong],
        )
    return layout, total


_BATCH = 8


def measure(layouts: Iterable[str], seeds: int) -> dict[str, Score]:
    """Return the score of each layout over so many seeds, measured in a process for each core."""
    chosen = list(layouts)
    tasks = [
        (name, min(_BATCH, seeds - first), first) for first in range(0, seeds, _BATCH) for name in chosen
    ]
    scores = {layout: Score() for layout in chosen}
    with ProcessPoolExecutor() as pool:
        for layout, part in pool.map(score, tasks):
            scores[layout] += part
    return scores


_FRAME = ("frame", "prose")


def _bad_cells(truth: Report, reading: Report, verdicts: dict[CellId, str]) -> Iterator[str]:
    for cell, found in verdicts.items():
        if found not in ("right", "blank"):
            yield f"{found:8}{cell}: {truth.value(cell)!r} read as {reading.value(cell)!r}"


def _bad_frame(truth: Report, reading: Report) -> Iterator[str]:
    for name in ("agency", "year", "title", "published_on"):
        if getattr(truth, name) != getattr(reading, name):
            yield f"frame   {name}: {getattr(truth, name)!r} read as {getattr(reading, name)!r}"
    for section in truth.sections:
        other = reading.section(section.code)
        text = "".join(other.text.split()) if other else None
        if other is None or not _same(section.text, text or ""):
            yield f"prose   {section.code.value}: {_difference(section.text, text)}"


_FOLD = str.maketrans("，（）：；", ",():;")


def _same(truth: str, text: str) -> bool:
    return "".join(truth.split()).translate(_FOLD) == text.translate(_FOLD)


def _difference(truth: str, text: str | None) -> str:
    if text is None:
        return "section not found"
    a, b = "".join(truth.split()).translate(_FOLD), text.translate(_FOLD)
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"at {at}: …{a[max(0, at - 8) : at + 16]!r} read as …{b[max(0, at - 8) : at + 16]!r}"


def main() -> None:
    """Print the table, and the bad cells where asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--layout", default="", help="layout or prefix of layouts")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--show", type=int, default=12, help="bad lines shown per sample with --layout")
    parser.add_argument("--frame", action="store_true", help="also list title, date and prose that differ")
    parser.add_argument("--keep", type=Path, help="folder for the files of bad samples")
    options = parser.parse_args()
    print(f"{'layout':18}{'files':>6}" + "".join(f"{v:>9}" for v in VERDICTS) + f"{'frame':>7}{'ms/file':>9}")
    for layout in LAYOUTS:
        if layout.startswith(options.layout):
            _report(layout, [assess(each) for each in samples(layout, options.seeds, options.first)], options)


def _report(layout: str, assessed: list[Sample], options: argparse.Namespace) -> None:
    total = sum((sample.verdicts for sample in assessed), Counter())
    frame = sum(line.startswith(_FRAME) for sample in assessed for line in sample.bad)
    ms = 1000 * sum(sample.seconds for sample in assessed) / len(assessed)
    counts = "".join(f"{total[v] or '·':>9}" for v in VERDICTS)
    print(f"{layout:18}{len(assessed):6}{counts}{frame or '·':>7}{ms:9.1f}", flush=True)
    for sample in assessed:
        bad = [line for line in sample.bad if options.frame or not line.startswith(_FRAME)]
        if bad and options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / sample.rendered.name).write_bytes(sample.rendered.data)
        if bad and options.layout:
            print(f"  {sample.rendered.name} {sample.rendered.report.title}")
            for line in bad[: options.show]:
                print(f"    {line}")
            if len(bad) > options.show:
                print(f"    … {len(bad) - options.show} more")


if __name__ == "__main__":
    main()

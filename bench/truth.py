"""How the reader and the rules do on the real reports with hand-checked truth.

    python bench/truth.py                      every report of ../shared/reports
    python bench/truth.py suizhong huaian      those whose name begins so
    python bench/truth.py --folder DIR

Cells as in `bench/accuracy.py`. Findings are matched by the digits and words a finding shares with the
truth's quotation; matched, missed and unmatched ones are all printed, for a human to judge.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accuracy import VERDICTS, verdict
from gongkai.report.auditing import audit
from gongkai.report.codec import load
from gongkai.report.findings import LEVEL_NAMES, Finding
from gongkai.report.reading import ReadingError, read_bytes
from gongkai.report.schema import APPLICANTS, Report

ENOUGH = 0.4
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reports"


def truth_of(path: Path) -> tuple[Report, list[dict[str, str]]]:
    """Return the true report and the true findings of a truth file."""
    shown = json.loads(path.read_text())
    columns = [column.code for column in APPLICANTS]
    shown["table3"] = {row: dict(zip(columns, cells, strict=True)) for row, cells in shown["table3"].items()}
    return load(shown), shown["findings"]


def sources(truth: Path) -> Iterator[Path]:
    """Yield the files one truth speaks of."""
    stem = truth.name.removesuffix(".truth.json")
    for path in sorted(truth.parent.glob(f"{stem}.*")):
        if path != truth:
            yield path


def grams(text: str) -> set[str]:
    """Return what identifies a quotation: its numbers and its pairs of characters."""
    plain = re.sub(r"\s+", "", text)
    words = re.sub(r"[\d\W_]+", " ", plain).split()
    return set(re.findall(r"\d+(?:\.\d+)?", plain)) | {w[i : i + 2] for w in words for i in range(len(w) - 1)}


def likeness(finding: Finding, quote: str, detail: str) -> float:
    """Return how much of the truth's quotation a finding repeats, 0 to 1."""
    own = _bare(finding.quote.text) if finding.quote else ""
    if len(own) >= 3 and (own in _bare(quote) or _bare(quote) in own):
        return 1.0
    said = grams(finding.message + own)
    wanted = grams(quote)
    numbers = {g for g in grams(quote + detail) if g[0].isdigit()}
    by_words = len(said & wanted) / max(1, len(wanted))
    by_numbers = len(said & numbers) / len(numbers) if len(numbers) > 1 else 0
    return max(by_words, by_numbers)


def _bare(text: str) -> str:
    return re.sub(r"[\s，,。；;：:（）()]", "", text)


def paired(findings: Sequence[Finding], wanted: Sequence[Mapping[str, str]]) -> dict[int, tuple[float, int]]:
    """Return per true finding the likeness and index of the finding that says it, the likest pairs first."""
    scores = sorted(
        (
            (likeness(finding, each["quote"], each["detail"]), w, f)
            for w, each in enumerate(wanted)
            for f, finding in enumerate(findings)
        ),
        reverse=True,
    )
    pairs: dict[int, tuple[float, int]] = {}
    for score, w, f in scores:
        if score >= ENOUGH and w not in pairs and f not in {index for _, index in pairs.values()}:
            pairs[w] = score, f
    return pairs


@dataclass
class Compared:
    """What became of one real file: its cells' verdicts, the true findings said, missed, and the others."""

    name: str
    cells: Counter[str] = field(default_factory=Counter)
    head: int = 0
    wanted: int = 0
    said: int = 0
    others: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0


def compare(path: Path, truth: Report, wanted: list[dict[str, str]]) -> Compared:
    """Read and audit one file; tell its bad cells, its findings against the truth's."""
    started = time.perf_counter()
    found = Compared(path.name, wanted=len(wanted))
    cells = list(truth.form.cells())
    try:
        reading = read_bytes(path.read_bytes(), path.name)
    except ReadingError as error:
        found.lines.append(f"unread: {error}")
        found.cells["missing"] = len(cells)
        return found
    found.seconds = time.perf_counter() - started
    report = reading.report
    if report.edition != truth.edition:
        found.lines.append(f"edition {report.edition.value} for {truth.edition.value}")
        found.cells["WRONG"] = len(cells)
        return found
    verdicts = {
        cell: verdict(truth.value(cell), report.value(cell), found=cell in report.cells) for cell in cells
    }
    found.cells.update(verdicts.values())
    for cell, each in verdicts.items():
        if each not in ("right", "blank"):
            found.lines.append(f"{each:8}{cell}: {truth.value(cell)!r} read as {report.value(cell)!r}")
    for name in ("agency", "year"):
        if getattr(report, name) != getattr(truth, name):
            found.head += 1
            found.lines.append(f"frame   {name}: {getattr(truth, name)!r} read as {getattr(report, name)!r}")
    found.lines += [f"note    {note}" for note in reading.notes]
    _judge_findings(found, report, wanted)
    return found


def _judge_findings(found: Compared, report: Report, wanted: list[dict[str, Any]]) -> None:
    result = audit(report)
    pairs = paired(result.findings, wanted)
    found.said = len(pairs)
    for w, each in enumerate(wanted):
        if w in pairs:
            score, f = pairs[w]
            said = f"{each['quote'][:60]}  ←  {_said(result.findings[f])}"
            found.lines.append(f"hit {score:.2f} [{each['severity']}] {said}")
        else:
            said = f"{each['type']}: {each['quote'][:60]} —— {each['detail'][:60]}"
            found.lines.append(f"MISSED   [{each['severity']}] {said}")
    matched = {f for _, f in pairs.values()}
    for f, finding in enumerate(result.findings):
        if f not in matched:
            found.others[finding.code] += 1
            quote = f"  “{finding.quote.text[:50]}”" if finding.quote else ""
            found.lines.append(f"extra    {_said(finding)}{quote}")
    if result.not_assessed:
        codes = Counter(each.code for each in result.not_assessed)
        found.lines.append("not assessed " + "、".join(f"{code}×{n}" for code, n in sorted(codes.items())))


def _said(finding: Finding) -> str:
    return f"{finding.code} {LEVEL_NAMES[finding.level]} {finding.message}"


def compared(folder: Path, *names: str) -> Iterator[Compared]:
    """Yield what became of every file of a folder that has its truth beside it, or of those so named."""
    for path in sorted(folder.glob("*.truth.json")):
        if path.name.startswith(names or ("",)):
            truth, wanted = truth_of(path)
            for source in sources(path):
                yield compare(source, truth, wanted)


def main() -> None:
    """Print the comparison for each report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="beginnings of report names")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    print(f"{'file':44}" + "".join(f"{v:>9}" for v in VERDICTS) + f"{'ms':>9}")
    for found in compared(options.folder, *options.names):
        counts = "".join(f"{found.cells[v] or '·':>9}" for v in VERDICTS)
        print(f"{found.name:44}{counts}{1000 * found.seconds:9.1f}")
        for line in found.lines:
            print(f"    {line}")


if __name__ == "__main__":
    main()

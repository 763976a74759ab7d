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


def compare(path: Path, truth: Report, wanted: list[dict[str, str]]) -> None:
    """Read and audit one file; print its line, its bad cells, its findings against the truth's."""
    started = time.perf_counter()
    try:
        reading = read_bytes(path.read_bytes(), path.name)
    except ReadingError as error:
        print(f"{path.name:44} unread: {error}")
        return
    ms = 1000 * (time.perf_counter() - started)
    report = reading.report
    if report.edition != truth.edition:
        print(f"{path.name:44} edition {report.edition.value} for {truth.edition.value}")
        return
    verdicts = {cell: verdict(truth.value(cell), report.value(cell)) for cell in truth.form.cells()}
    total = Counter(verdicts.values())
    print(f"{path.name:44}" + "".join(f"{total[v] or '·':>9}" for v in VERDICTS) + f"{ms:9.1f}")
    for cell, found in verdicts.items():
        if found not in ("right", "blank"):
            print(f"    {found:8}{cell}: {truth.value(cell)!r} read as {report.value(cell)!r}")
    for name in ("agency", "year"):
        if getattr(report, name) != getattr(truth, name):
            print(f"    frame   {name}: {getattr(truth, name)!r} read as {getattr(report, name)!r}")
    for note in reading.notes:
        print(f"    note    {note}")
    _print_findings(report, wanted)


def _print_findings(report: Report, wanted: list[dict[str, Any]]) -> None:
    result = audit(report)
    pairs = paired(result.findings, wanted)
    for w, each in enumerate(wanted):
        if w in pairs:
            score, f = pairs[w]
            said = f"{each['quote'][:60]}  ←  {_said(result.findings[f])}"
            print(f"    hit {score:.2f} [{each['severity']}] {said}")
        else:
            said = f"{each['type']}: {each['quote'][:60]} —— {each['detail'][:60]}"
            print(f"    MISSED   [{each['severity']}] {said}")
    matched = {f for _, f in pairs.values()}
    for f, finding in enumerate(result.findings):
        if f not in matched:
            quote = f"  “{finding.quote.text[:50]}”" if finding.quote else ""
            print(f"    extra    {_said(finding)}{quote}")
    if result.not_assessed:
        codes = Counter(each.code for each in result.not_assessed)
        print("    not assessed " + "、".join(f"{code}×{n}" for code, n in sorted(codes.items())))


def _said(finding: Finding) -> str:
    return f"{finding.code} {LEVEL_NAMES[finding.level]} {finding.message}"


def main() -> None:
    """Print the comparison for each report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="beginnings of report names")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    print(f"{'file':44}" + "".join(f"{v:>9}" for v in VERDICTS) + f"{'ms':>9}")
    for path in sorted(options.folder.glob("*.truth.json")):
        if path.name.startswith(tuple(options.names) or ("",)):
            truth, wanted = truth_of(path)
            for source in sources(path):
                compare(source, truth, wanted)


if __name__ == "__main__":
    main()

"""How well the rules find what is planted, and how quiet they are where nothing is.

    python bench/faults.py                 per rule and per fault, over all bodies
    python bench/faults.py --fault parts   one fault or prefix of faults, misses and false findings listed

A fault names the rules that must find it; each of them has `found` it when it says something it did not say
of the clean report, and `missed` it otherwise. A new finding of a rule that the fault does not explain is
`false`, and so is every finding on a clean report.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.report.auditing import RULES, audit
from gongkai.report.findings import Finding
from gongkai.report.schema import Report
from gongkai.samples import BODIES, FAULTS, Planted, Unplantable, make_series, plant

YEARS = ((2023, 2024), (2019, 2020), (2020, 2021))
SEEDS = 12


@dataclass
class Tally:
    """What became of the plantings: by rule, and by fault and rule."""

    reports: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)
    plantings: Counter[str] = field(default_factory=Counter)
    by_fault: Counter[tuple[str, str]] = field(default_factory=Counter)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def clean_reports(seed: int) -> Iterator[tuple[Report, Report]]:
    """Yield a clean report and the one before it for each body, on the old form, the new one and both."""
    for years in YEARS:
        for body in BODIES:
            last, report = make_series(seed, body.name, years)
            yield report, last


def tally(seed: int, fault: str = "") -> Tally:
    """Plant every fault whose name so begins in each clean report of a seed, and audit."""
    total = Tally()
    for place, (report, last) in enumerate(clean_reports(seed)):
        before = audit(report, last=last).findings
        total.reports += 1
        total.clean.update(finding.code for finding in before)
        for name in FAULTS:
            if name.startswith(fault):
                try:
                    planted = plant(report, name, 1000 * seed + place, last)
                except Unplantable:
                    continue
                _count(total, planted, before, report)
    return total


def _count(total: Tally, planted: Planted, before: tuple[Finding, ...], clean: Report) -> None:
    known = {finding.key for finding in before}
    news = [f for f in audit(planted.report, last=planted.last).findings if f.key not in known]
    codes = {finding.code for finding in news}
    total.plantings[planted.fault] += 1
    for code in planted.codes:
        total.planted[code] += 1
        total.found[code] += code in codes
        total.by_fault[planted.fault, code] += code in codes
        if code not in codes:
            said = _changed(clean, planted.report)
            total.remarks.append((planted.fault, f"missed {code}  {clean.title}  {said}"))
    for finding in news:
        if not planted.explains(finding.code):
            total.beyond[finding.code] += 1
            total.remarks.append((planted.fault, f"false  {finding.code}  {finding.message}"))


def _changed(clean: Report, planted: Report) -> str:
    """Return the sentences and labels that are in the planted report only."""
    old = {sentence for section in clean.sections for sentence in section.text.split("。")}
    new = [s for section in planted.sections for s in section.text.split("。") if s not in old]
    labels = [text for key, text in planted.labels.items() if clean.labels.get(key) != text]
    headings = [s.heading for s in planted.sections if s.heading not in {c.heading for c in clean.sections}]
    return "；".join([*new, *labels, *headings])[:150]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fault", default="")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    total = sum((tally(seed, options.fault) for seed in range(options.seeds)), Tally())
    print(f"{'fault':28}{'planted':>8}  found by")
    for name, count in total.plantings.items():
        found = "  ".join(f"{code} {total.by_fault[name, code]}" for code in FAULTS[name].codes)
        print(f"{name:28}{count:8}  {found}")
    print(f"\n{'rule':6}{'planted':>8}{'found':>8}{'missed':>8}{'recall':>8}{'false':>8}")
    for code in RULES:
        planted, found = total.planted[code], total.found[code]
        if planted or total.beyond[code]:
            recall = f"{found / planted:.0%}" if planted else "—"
            counts = f"{planted:8}{found:8}{planted - found or '·':>8}{recall:>8}"
            print(f"{code:6}{counts}{total.beyond[code] or '·':>8}")
    print(f"\nclean reports: {total.reports}, findings on them: {dict(total.clean)}")
    for name, said in total.remarks if options.fault else ():
        print(f"  {name}: {said}")


if __name__ == "__main__":
    main()

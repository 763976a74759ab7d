"""How well the rules find what is planted, and how quiet they are on clean samples.

    python bench/faults.py                 every fault, 10 seeds over all bodies
    python bench/faults.py --fault parts   one fault, the misses listed

`found` counts the plantings after which a rule of the expected family says something it did not say of the
clean report; `other` those where only another family did. The last line counts findings on clean reports.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from gongkai.report.auditing import audit
from gongkai.report.findings import Finding
from gongkai.report.schema import Report
from gongkai.samples import BODIES, FAULTS, Planted, Unplantable, make_series, plant


def clean(seeds: int) -> Iterator[tuple[Report, Report]]:
    """Yield a report and the one before it, over bodies and years."""
    for seed in range(seeds):
        for body in BODIES:
            last, report = make_series(seed, body.name, (2023, 2024))
            yield report, last


def news(planted: Planted, before: Report, last: Report) -> list[Finding]:
    """Return the findings that the fault brought."""
    known = {finding.key for finding in audit(before, last=last).findings}
    return [f for f in audit(planted.report, last=planted.last).findings if f.key not in known]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fault", default="")
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    print(f"{'fault':20}{'planted':>8}{'found':>8}{'other':>8}{'MISSED':>8}  by")
    for fault in FAULTS:
        if fault.startswith(options.fault):
            _report(fault, options.seeds, listed=bool(options.fault))
    loud = Counter(f.code for report, last in clean(options.seeds) for f in audit(report, last=last).findings)
    print(f"clean reports: {sum(loud.values())} findings {dict(loud)}")


def _report(fault: str, seeds: int, *, listed: bool) -> None:
    outcome: Counter[str] = Counter()
    by: Counter[str] = Counter()
    misses = []
    for seed, (report, last) in enumerate(clean(seeds)):
        try:
            planted = plant(report, fault, seed, last)
        except Unplantable:
            continue
        codes = {finding.code for finding in news(planted, report, last)}
        by.update(codes)
        expected = any(code.startswith(planted.families) for code in codes)
        outcome["found" if expected else "other" if codes else "missed"] += 1
        if not expected:
            misses.append(f"    {report.title} seed {seed}: {sorted(codes)}")
    counts = (sum(outcome.values()), outcome["found"], outcome["other"], outcome["missed"])
    print(
        f"{fault:20}" + "".join(f"{n or '·':>8}" for n in counts) + f"  {dict(by.most_common(5))}", flush=True
    )
    if listed:
        print("\n".join(misses))


if __name__ == "__main__":
    main()

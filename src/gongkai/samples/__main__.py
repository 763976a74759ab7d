"""Write a folder of samples: `python -m gongkai.samples out/ --count 100`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from gongkai.report.codec import dump
from gongkai.samples import BODIES, LAYOUTS, make_report, render

YEARS = (2022, 2023, 2024)


def main() -> None:
    """Write samples over all bodies, years and the layouts asked for; with `--truth`, each one's truth."""
    parser = argparse.ArgumentParser(prog="gongkai.samples", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=len(LAYOUTS))
    parser.add_argument("--layouts", default="", help="beginnings of layout names, by commas; default all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--truth", action="store_true", help="write NAME.truth.json beside each sample")
    options = parser.parse_args()
    layouts = [name for name in LAYOUTS if name.startswith(tuple(options.layouts.split(",")))]
    options.folder.mkdir(parents=True, exist_ok=True)
    for i in range(options.count):
        seed = options.seed + i
        report = make_report(seed, BODIES[seed % len(BODIES)].name, YEARS[seed % len(YEARS)])
        rendered = render(report, layouts[i % len(layouts)], seed)
        path = options.folder / rendered.name
        path.write_bytes(rendered.data)
        if options.truth:
            truth = json.dumps(dump(rendered.report), ensure_ascii=False, indent=1)
            path.with_suffix(".truth.json").write_text(truth)


if __name__ == "__main__":
    main()

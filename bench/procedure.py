"""How fast cases fold and count: a year of synthetic requests into Tables 3 and 4, at growing sizes.

    python -m bench.procedure                     10,000, 100,000 and 1,000,000 cases
    python -m bench.procedure --sizes 1000 2000

Each size runs in a process of its own. Prints folds a second, seconds in all, the growth of time against the
growth in size (1.0 is linear) and the peak memory; the balance of every column is checked. Cases come as a
stream, as a database would give them: only their names are kept.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.law.calendar import load_calendar
from gongkai.law.counting import count_table3, imbalances
from gongkai.law.procedure import Action, CaseFile, Event, fold
from gongkai.law.taxonomy import APPLICANT_KINDS

YEAR = 2025
CHANNELS = ("internet", "internet", "ems", "in_person", "email", "registered")
OUTCOMES = ("granted", "granted", "granted", "unable.not_held", "declined.petition", "denied.process_info")
KINDS = (*["natural_person"] * 8, *APPLICANT_KINDS)


def history(dice: Random) -> tuple[Event, ...]:
    """Return the events of one request as offices see them: most plain, some corrected or extended."""
    on = date(YEAR - 1, 11, 1) + timedelta(days=dice.randrange(425))
    facts = {"channel": dice.choice(CHANNELS), "applicant": dice.choice(KINDS)}
    events = [Event(action=Action.REGISTER, on=on, facts=facts)]
    turn = dice.random()
    if turn < 0.12:
        events.append(Event(action=Action.NOTIFY_CORRECTION, on=on + timedelta(days=2)))
        on += timedelta(days=10)
        events.append(Event(action=Action.CORRECT, on=on))
    elif turn < 0.22:
        name = {"name": "甲公司"}
        events.append(Event(action=Action.CONSULT_THIRD_PARTY, on=on + timedelta(days=3), facts=name))
        answer = {**name, "opinion": "agrees"}
        events.append(Event(action=Action.OPINION, on=on + timedelta(days=14), facts=answer))
    if dice.random() < 0.1:
        extended = {"days": 20, "approved_by": "主任"}
        events.append(Event(action=Action.EXTEND, on=on + timedelta(days=18), facts=extended))
    done = on + timedelta(days=dice.randrange(19, 26))
    outcome = dice.choice(OUTCOMES)
    grounds = ("draft",) if outcome.startswith("denied") else ()
    events.append(Event(action=Action.DECIDE, on=done, facts={"outcome": outcome, "grounds": grounds}))
    events.append(Event(action=Action.SERVE, on=done, facts={"by": "in_person"}))
    return tuple(events)


def folded(size: int) -> Iterator[tuple[str, CaseFile]]:
    """Yield so many cases as they stand at the end of the year."""
    calendar, dice, today = load_calendar(), Random(size), date(YEAR, 12, 31)
    for number in range(size):
        yield f"{number:07}", fold(history(dice), calendar, today)


def run(size: int) -> None:
    """Time one size and print its line."""
    calendar, dice = load_calendar(), Random(size)
    sample = [history(dice) for _ in range(min(size, 20_000))]
    fold(sample[0], calendar, date(YEAR, 12, 31))
    started = time.process_time()
    for events in sample:
        fold(events, calendar, date(YEAR, 12, 31))
    rate = len(sample) / (time.process_time() - started)
    started = time.process_time()
    table = count_table3(folded(size), YEAR)
    seconds = time.process_time() - started
    if imbalances(table):
        raise SystemExit("a column does not balance")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size} {rate} {seconds} {memory} {table.number('new')} {table.number('total_done')}")


def main() -> None:
    """Run every size in its own process and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        run(options.one)
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{'cases':>10}{'folds/s':>10}{'seconds':>10}{'growth':>8}{'peak MB':>9}{'new':>9}{'done':>9}")
    before: tuple[int, float] | None = None
    for size in options.sizes:
        command = [sys.executable, "-m", "bench.procedure", "--one", str(size)]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        rate, seconds, memory = map(float, shown[1:4])
        growth = "" if before is None else f"{seconds / before[1] / (size / before[0]):.2f}"
        line = f"{size:>10}{rate:>10.0f}{seconds:>10.1f}{growth:>8}{memory:>9.0f}"
        print(f"{line}{shown[4]:>9}{shown[5]:>9}", flush=True)
        before = size, seconds


if __name__ == "__main__":
    main()

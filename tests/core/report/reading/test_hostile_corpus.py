"""Every file of the hostile corpus gives a report or one Chinese sentence, and the next file is read."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from fuzz.promises import check_sentence
from pages import page

from gongkai.report.reading import ReadingError
from gongkai.report.reading.guarded import Limits, read_guarded
from hostile import CORPUS, NAMES

KINDS = sorted({name.partition("/")[0] for name in CORPUS})
LIMITS = Limits(seconds=2)
# Recognition takes seconds for a blank page already; only pictures are given them.
SCANS = {kind: Limits(seconds=8 if kind == "picture" else 1, memory_mb=4096) for kind in KINDS}
ORDINARY = page().encode()
MEMORY_MAY_GROW = 150 * 2**20


def outcome(data: bytes, name: str, kind: str) -> str:
    """Return "read", or the sentence of the one error allowed, found to be one."""
    try:
        reading = read_guarded(data, name, LIMITS, SCANS[kind])
    except ReadingError as error:
        check_sentence(str(error))
        assert "文件结构异常" not in str(error), "the reader itself broke"
        return str(error)
    for note in reading.notes:
        check_sentence(note)
    return "read"


def memory() -> int:
    """Return the bytes this process holds, or 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm.exists() else 0


@pytest.fixture(scope="module", autouse=True)
def counted(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Count outcomes by format, and print them at the end."""
    seen: Counter[str] = Counter()
    yield seen
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\nhostile files: {sum(seen.values())}", dict(sorted(seen.items())))


@pytest.mark.parametrize("kind", KINDS)
def test_each_hostile_file_gives_one_outcome_and_the_next_file_is_read(
    kind: str, counted: Counter[str]
) -> None:
    broken: list[str] = []
    gc.collect()
    before = memory()
    for what, (name, make) in CORPUS.items():
        if not what.startswith(kind + "/"):
            continue
        started = monotonic()
        try:
            said = outcome(make(), name, kind)
            assert read_guarded(ORDINARY, "a.txt").report.year == 2023
        except Exception as error:
            broken.append(f"{what}: {type(error).__name__} {error}")
            said = "broken"
        if os.environ.get("SHOW"):
            print(f"{monotonic() - started:6.2f} {what}: {said[:70]}")
        counted[kind] += 1
    gc.collect()
    assert not broken, "\n".join(broken)
    assert memory() - before < MEMORY_MAY_GROW


@pytest.mark.parametrize("name", NAMES)
def test_no_name_keeps_a_file_from_being_read(name: str) -> None:
    assert read_guarded(ORDINARY, name).report.year == 2023

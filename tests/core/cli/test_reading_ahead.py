"""Several files of a folder are read at once, and nobody notices but by the time it takes."""

from __future__ import annotations

from pathlib import Path

from gongkai.cli.inputs import Failure, read_files
from gongkai.report.reading import guarded


def files(folder: Path) -> list[Path]:
    """The first takes by far the longest."""
    made = [folder / f"{i}.txt" for i in range(12)]
    for path in made:
        path.write_text("没有表。" + "一\n" * (150_000 if path is made[0] else 1), encoding="utf-8")
    return made


def test_readings_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    given = files(tmp_path)
    found = list(read_files(given))
    assert [each.name for each in found] == list(map(str, given))
    assert all(isinstance(each, Failure) for each in found)


def test_leaving_off_early_leaves_no_child_behind(tmp_path: Path) -> None:
    readings = iter(read_files(files(tmp_path)))
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert not guarded._pool.waiting
    assert not guarded._pool.working

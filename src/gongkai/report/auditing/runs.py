"""Digits that run together in the source, with no way to part them that adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.law.sources import FORM2021
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.cells import How
from gongkai.report.findings import Level
from gongkai.report.numerals import Illegible
from gongkai.report.schema import APPLICANTS, OUTCOMES_OF_REMEDY, TABLE4, CellId

_LONGEST = 28  # digits; more were no row of Table 3
_LONGEST_REMEDIES = 50
_WIDTH = len(APPLICANTS)
_GROUP = len(OUTCOMES_OF_REMEDY)


@rule(
    "RQ05",
    "连写数字断不开",
    "“{row}”行的数字连成“{run}”，怎样断开都不能使各类申请人之和等于总计，请核对该行数字",
    source=FORM2021.part("表三“总计”列"),
    level=Level.WARNING,
)
def runs_can_be_parted(dossier: Dossier) -> Iterator[Outcome]:
    """表三一行的数字在文件里连成一串时，至少要有一种断法使前六格之和等于总计；空着的格按零算。

    Right: “12000214”可断为12、0、0、0、2、0、14。
    Wrong: “12000215”无论怎样断开，末数都不等于前面各数之和。
    """
    report = dossier.report
    for row in report.form.table(3).rows:
        where = tuple(CellId(3, row.code, column.code) for column in APPLICANTS)
        run = _run(dossier, where)
        if run is not None and len(run) <= _LONGEST and not adds_up_somehow(run):
            yield Hit(*where, row=row.label, run=run)


@rule(
    "RM03",
    "表四连写数字断不开",
    "表四的数字连成“{run}”，怎样断开都不能使复议、诉讼各组之和等于本组总计，请核对",
    source=FORM2021.part("表四"),
    level=Level.WARNING,
)
def remedy_runs_can_be_parted(dossier: Dossier) -> Iterator[Outcome]:
    """表四的数字在文件里连成一串时，至少要有一种断法使三组都各自相加得总计；空着的格按零算。

    Right: “1010200000”加五个零可断为1、0、1、0、2和两组全零。
    Wrong: “101030000000000”无论怎样断开，第一组都不等于总计。
    """
    where = tuple(CellId(4, row.code, column.code) for row in TABLE4.rows for column in row.columns)
    run = _run(dossier, where)
    if run is not None and len(run) <= _LONGEST_REMEDIES and not _in_groups(run, len(TABLE4.rows)):
        yield Hit(*where, run=run)


def _in_groups(run: str, groups: int) -> bool:
    """Whether a run falls into so many stretches that are empty, all zeros, or add up on their own."""
    reached = {0}
    for _ in range(groups):
        reached |= {
            end
            for start in reached
            for end in range(start + 1, len(run) + 1)
            if not run[start:end].strip("0") or adds_up_somehow(run[start:end], _GROUP)
        }
    return len(run) in reached


def _run(dossier: Dossier, where: Sequence[CellId]) -> str | None:
    """Return the digits that cells share, if they were found in one run and left unread."""
    cells = [dossier.report.cells[cell] for cell in where if cell in dossier.report.cells]
    if len(cells) != len(where) or any(cell.how is not How.SOLVED for cell in cells):
        return None
    found = {cell.value for cell in cells}
    [value] = found if len(found) == 1 else [None]
    if not isinstance(value, Illegible) or value.candidates:
        return None
    run = value.raw
    return run if run.isdecimal() and len(where) <= len(run) else None


def adds_up_somehow(run: str, width: int = _WIDTH) -> bool:
    """Whether a run of digits falls into at most `width` numbers the last of which is the others' sum."""
    return any(
        _falls_into(run[:at], int(run[at:]), width) for at in range(1, len(run)) if _is_number(run[at:])
    )


def _is_number(digits: str) -> bool:
    return digits == "0" or not digits.startswith("0")


def _falls_into(run: str, total: int, width: int) -> bool:
    """Whether a run falls into fewer than `width` numbers that make `total`."""
    sums: list[set[tuple[int, int]]] = [set() for _ in range(len(run) + 1)]
    sums[0] = {(0, 0)}
    longest = len(str(total))
    for at in range(len(run)):
        ends = (1,) if run[at] == "0" else range(1, min(longest, len(run) - at) + 1)
        for size in ends:
            number = int(run[at : at + size])
            sums[at + size] |= {
                (count + 1, made + number)
                for count, made in sums[at]
                if count + 1 < width and made + number <= total
            }
    return any(made == total for _, made in sums[len(run)])

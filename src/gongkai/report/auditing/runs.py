"""Rows of Table 3 whose digits run together in the source, and no way to part them that adds up."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.sources import FORM2021
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, rule
from gongkai.report.findings import Level
from gongkai.report.numerals import Illegible
from gongkai.report.schema import APPLICANTS, Cell, CellId, How

_LONGEST = 28  # digits; more were no row of Table 3
_WIDTH = len(APPLICANTS)


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
        run = _run([report.cells[cell] for cell in where if cell in report.cells])
        if run is not None and not adds_up_somehow(run):
            yield Hit(*where, row=row.label, run=run)


def _run(cells: list[Cell]) -> str | None:
    """Return the digits that seven cells of a row share, if they were found in one run and left unread."""
    if len(cells) != _WIDTH or any(cell.how is not How.SOLVED for cell in cells):
        return None
    found = {cell.value for cell in cells}
    [value] = found if len(found) == 1 else [None]
    if not isinstance(value, Illegible) or value.candidates:
        return None
    run = value.raw
    return run if run.isdecimal() and _WIDTH <= len(run) <= _LONGEST else None


def adds_up_somehow(run: str) -> bool:
    """Whether a run of digits falls into at most seven numbers the last of which is the others' sum."""
    return any(_falls_into(run[:at], int(run[at:])) for at in range(1, len(run)) if _is_number(run[at:]))


def _is_number(digits: str) -> bool:
    return digits == "0" or not digits.startswith("0")


def _falls_into(run: str, total: int) -> bool:
    """Whether a run falls into fewer than seven numbers that make `total`."""
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
                if count + 1 < _WIDTH and made + number <= total
            }
    return any(made == total for _, made in sums[len(run)])

"""The things prose counts, as sums over cells: one account for each way the words may be meant."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cache

from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    NATURAL,
    NEW,
    OUTCOME_GROUPS,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    form,
)

LEGAL = tuple(c.code for c in APPLICANTS if c.code not in (NATURAL, TOTAL))
WHOLE = (TOTAL,)
SUITS = ("direct_suit", "suit_after_reconsideration")
RECONSIDERATION = ("reconsideration",)


class Act(Enum):
    """What a body says it did with requests; each word leaves certain readings open."""

    NEW = "新收"
    RECEIVED = "收到"
    RECEIVED_IN_ALL = "收到（含上年结转）"
    ACCEPTED = "受理"
    HANDLED = "办理"
    DONE = "办结"
    REPLIED = "答复"
    NAMED = "申请"


_WORDS = {
    "new": "“一、本年新收”",
    "all": "“一、本年新收”与“二、上年结转”",
    "done": "“（七）总计”",
    "done_of_new": "“（七）总计”减去“二、上年结转”",
    "done_but_other": "“（七）总计”减去“（六）其他处理”",
}
_ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "new": ((NEW,), ()),
    "all": ((NEW, CARRIED_IN), ()),
    "done": ((TOTAL_DONE,), ()),
    "done_of_new": ((TOTAL_DONE,), (CARRIED_IN,)),
}
_OPEN: dict[Act, tuple[str, ...]] = {
    Act.NEW: ("new",),
    Act.RECEIVED: ("new",),
    Act.RECEIVED_IN_ALL: ("all",),
    Act.ACCEPTED: ("new", "all", "done"),
    Act.HANDLED: ("done", "all", "new", "done_of_new"),
    Act.DONE: ("done", "done_of_new"),
    Act.REPLIED: ("done", "done_of_new", "done_but_other"),
    Act.NAMED: ("new", "all", "done"),
}
_GROUP_NAMES = {
    "granted": "“（一）予以公开”",
    "partial": "“（二）部分公开”",
    "denied": "“（三）不予公开”各项",
    "unable": "“（四）无法提供”各项",
    "declined": "“（五）不予处理”各项",
    "other": "“（六）其他处理”",
}
COLUMN_NAMES = {c.code: c.label for c in APPLICANTS}


def _cells(rows: Iterable[str], columns: Iterable[str]) -> tuple[CellId, ...]:
    columns = tuple(columns)
    return tuple(CellId(3, row, column) for row in rows for column in columns)


def _columns_name(columns: tuple[str, ...]) -> str:
    return "法人或其他组织合计" if columns == LEGAL else COLUMN_NAMES[columns[0]]


@cache
def act_accounts(
    act: Act, edition: Edition, columns: tuple[str, ...] = WHOLE, *, part: bool = False
) -> tuple[Account, ...]:
    """Return what a number of requests received or handled may stand for, the likeliest first.

    Args:
        part: the number is a column's share of one said before; every reading is then open, and the caller
            narrows them to those the first number bears out.
    """
    keys = _OPEN[act]
    loose: tuple[str, ...] = ("all",) if act is Act.RECEIVED else ()
    return tuple(
        _act_account(key, edition, columns, loose=key in loose and not part) for key in (*keys, *loose)
    )


def _act_account(key: str, edition: Edition, columns: tuple[str, ...], *, loose: bool) -> Account:
    rows, less = _ROWS[key] if key in _ROWS else ((TOTAL_DONE,), OUTCOME_GROUPS[edition]["other"])
    name = f"表三{_WORDS[key]}{_columns_name(columns)}{'之和' if len(rows) > 1 else ''}"
    return Account(key, name, _cells(rows, columns), _cells(less, columns), loose)


@cache
def carried_accounts(row: str, columns: tuple[str, ...] = WHOLE) -> tuple[Account, ...]:
    """Return the account of requests carried in or out."""
    word = "“二、上年结转”" if row == CARRIED_IN else "“四、结转下年度继续办理”"
    return (Account(row, f"表三{word}{_columns_name(columns)}", _cells((row,), columns)),)


@cache
def group_accounts(groups: tuple[str, ...], edition: Edition) -> tuple[Account, ...]:
    """Return the account of one or more groups of outcomes together."""
    rows = tuple(row for group in groups for row in OUTCOME_GROUPS[edition][group])
    name = "与".join(_GROUP_NAMES[group] for group in groups)
    total = "总计之和" if len(rows) > 1 else "总计"
    return (Account("+".join(groups), f"表三{name}{total}", _cells(rows, WHOLE)),)


@cache
def row_accounts(row: str, edition: Edition) -> tuple[Account, ...]:
    """Return the account of one row of outcomes."""
    label = form(edition).table(3).row(row).label
    return (Account(row, f"表三“{label}”总计", _cells((row,), WHOLE)),)


_REMEDY_NAMES = {
    "reconsideration": "行政复议",
    "direct_suit": "未经复议直接起诉",
    "suit_after_reconsideration": "复议后起诉",
}
_RESULT_NAMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


@cache
def remedy_account(rows: tuple[str, ...], column: str = "total") -> Account:
    """Return the account of a result of reconsideration or litigation, or of both together."""
    name = "行政诉讼两组" if rows == SUITS else "、".join(_REMEDY_NAMES[row] for row in rows)
    together = "之和" if len(rows) > 1 else ""
    if column == "closed":
        less = tuple(CellId(4, row, "pending") for row in rows)
        cells = tuple(CellId(4, row, "total") for row in rows)
        return Account(column, f"表四{name}“总计”减去“尚未审结”{together}", cells, less)
    cells = tuple(CellId(4, row, column) for row in rows)
    return Account(column, f"表四{name}“{_RESULT_NAMES[column]}”{together}", cells)


@cache
def table2_account(row: str, column: str, edition: Edition) -> Account:
    """Return the account of one cell of Table 2."""
    cell = CellId(2, row, column)
    return Account(column, form(edition).name(cell), (cell,))

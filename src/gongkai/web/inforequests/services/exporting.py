"""Lists as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.papers.sheets import Value, write_xlsx
from gongkai.web.inforequests.choices import (
    APPLICANT_CHOICES,
    CHANNEL_CHOICES,
    OUTCOME_CHOICES,
    STATE_CHOICES,
)
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services.applicants import masked_name, with_names
from gongkai.web.inforequests.services.count_tables import MovedLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADER = (
    "登记编号", "受理机关", "申请人", "申请人类别", "提交方式", "所需信息", "登记日期", "收到日期",
    "答复期限", "暂定", "状态", "处理结果", "答复日期", "办结日期", "承办机构", "经办人", "瑕疵",
)  # fmt: skip
# `get_…_display` makes these anew for every row.
_KINDS, _CHANNELS = dict(APPLICANT_CHOICES), dict(CHANNEL_CHOICES)
_STATES, _OUTCOMES = dict(STATE_CHOICES), dict(OUTCOME_CHOICES)
_WIDTHS = (18, 24, 12, 14, 10, 50, 12, 12, 12, 6, 16, 30, 12, 12, 16, 12, 6)


def work_list(cases: QuerySet[InfoRequest]) -> bytes:
    """Return cases as a spreadsheet, one per row, applicants masked."""
    rows = with_names(cases).select_related("handler").iterator(1000)
    return write_xlsx("依申请公开", _HEADER, map(_row, rows), _WIDTHS)


def _row(case: InfoRequest) -> tuple[Value, ...]:
    return (
        case.number,
        case.agency.name,
        masked_name(case.applicant, case.applicant_kind),
        _KINDS[case.applicant_kind],
        _CHANNELS[case.channel],
        case.wanted,
        case.registered_on,
        case.received_on,
        case.due_on,
        "暂定" if case.due_provisional else None,
        _STATES[case.state],
        _OUTCOMES.get(case.outcome),
        case.answered_on,
        case.closed_on,
        case.unit or None,
        case.handler.get_full_name() if case.handler else None,
        case.defects,
    )


def moves(moved: Iterable[MovedLine], year: int) -> bytes:
    """Return what is counted otherwise than when the year was frozen as a spreadsheet, case by case."""
    header = ("案件", "所需信息", "冻结时计入", "现在计入")
    rows = ((each.name, each.case.wanted if each.case else None, each.was, each.now) for each in moved)
    return write_xlsx(f"{year}年冻结后的差异", header, rows, (28, 50, 40, 40))

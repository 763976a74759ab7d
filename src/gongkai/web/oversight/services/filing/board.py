"""A collection at a glance: every member, what it filed, what is late; in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone

from gongkai.papers.sheets import Value, write_xlsx
from gongkai.web.oversight.choices import Filed
from gongkai.web.oversight.models import Collection, Filing, Member

STANDINGS = {
    "missing": "未报送",
    "filed": "已报送",
    "faulty": "有问题",
    "returned": "已退回",
    "accepted": "已接收",
}
LATE = "late"
_HEADER = (
    "机关", "状态", "版本", "报送时间", "待处理问题", "其中错误", "属实问题", "待确认单元格", "期限",
    "逾期", "退回意见",
)  # fmt: skip
_WIDTHS = (32, 10, 8, 18, 12, 10, 10, 14, 12, 8, 50)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A member on the board; `due_on` is the day that holds for it now, `is_late` whether it was missed."""

    member: Member
    filing: Filing | None
    standing: str
    due_on: date
    is_late: bool

    @property
    def said(self) -> str:
        """Its standing in words."""
        return STANDINGS[self.standing]


@dataclass(frozen=True, kw_only=True)
class Board:
    """The members that were asked for, how many there are of each standing, and how many are late."""

    lines: Sequence[Line]
    counts: dict[str, int]
    total: int
    late: int

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """Each standing's code, name and count, in order."""
        return [(code, name, self.counts.get(code, 0)) for code, name in STANDINGS.items()]


def board_of(collection: Collection, *, today: date, only: str = "") -> Board:
    """Return the members' standing.

    Args:
        only: a code of `STANDINGS`, or `LATE`; "" is all.
    """
    lines = [_line(each, collection, today) for each in _members(collection)]
    return Board(
        lines=[each for each in lines if _is_asked(each, only)],
        counts=Counter(each.standing for each in lines),
        total=len(lines),
        late=sum(each.is_late for each in lines),
    )


def _members(collection: Collection) -> Iterable[Member]:
    members = collection.members.select_related("agency", "latest__report", "latest__filed_by")
    return members.defer("latest__report__reading").annotate(first_filed_at=Min("filings__filed_at"))


def line_of(member: Member, *, today: date) -> Line:
    """Return one member's standing."""
    return _line(_members(member.collection).get(pk=member.pk), member.collection, today)


def _line(member: Member, collection: Collection, today: date) -> Line:
    filing = member.latest
    due_on, is_late = collection.due_on, False
    if filing is None:
        is_late = today > due_on
    elif filing.state == Filed.RETURNED:
        due_on = filing.due_on
        is_late = today > due_on
    else:
        is_late = _day(member.first_filed_at) > collection.due_on
    return Line(member=member, filing=filing, standing=_standing(filing), due_on=due_on, is_late=is_late)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _standing(filing: Filing | None) -> str:
    if filing is None:
        return "missing"
    report = filing.report
    # Hints about the form alone, which half of all reports have, do not make a report faulty.
    if filing.state == Filed.FILED and (
        report.errors_open or report.findings_confirmed or report.cells_illegible
    ):
        return "faulty"
    return str(filing.state)


def _is_asked(line: Line, only: str) -> bool:
    return line.is_late if only == LATE else only in ("", line.standing)


def board_xlsx(collection: Collection, *, today: date) -> bytes:
    """Return the board as a spreadsheet, a member to a row."""
    lines = board_of(collection, today=today).lines
    return write_xlsx(f"{collection.year}年度报告报送", _HEADER, map(_row, lines), _WIDTHS)


def _row(line: Line) -> tuple[Value, ...]:
    late, filing = "逾期" if line.is_late else None, line.filing
    if filing is None:
        return (line.member.agency.name, line.said, *(None,) * 6, line.due_on, late, None)
    report = filing.report
    return (
        line.member.agency.name,
        line.said,
        f"第{report.version}版",
        f"{timezone.localtime(filing.filed_at):%Y-%m-%d %H:%M}",
        report.findings_open,
        report.errors_open,
        report.findings_confirmed,
        report.cells_illegible,
        line.due_on,
        late,
        filing.reason or None,
    )

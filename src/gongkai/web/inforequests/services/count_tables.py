"""Tables 3 and 4 drawn as the form has them, filled from the register; each number knows its cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Min, QuerySet

from gongkai.papers.sheets import write_drawn
from gongkai.report.cells import Cell as ReportCell
from gongkai.report.cells import How
from gongkai.report.schema import CellId, Report, edition_of, form
from gongkai.report.writing.boxes import Box, Part, draw
from gongkai.report.writing.xlsx import drawn_table
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest, Proceeding
from gongkai.web.inforequests.services import counting, freezing, permissions
from gongkai.web.inforequests.services.applicants import with_names
from gongkai.web.inforequests.services.counting import Numbers, Place
from gongkai.web.inforequests.services.folding import today

TITLES: Mapping[int, str] = {
    3: "收到和处理政府信息公开申请情况", 4: "政府信息公开行政复议、行政诉讼情况",
}  # fmt: skip
_SEEING = frozenset({Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR})


def bodies_of(user: User) -> QuerySet[Agency]:
    """Return the bodies whose numbers a person may see: as of their cases."""
    return agencies_of(user) if permissions.roles_of(user) & _SEEING else Agency.objects.none()


ALL = "quanbu"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose cases are counted: one body, or all that a person sees, each once; `asked` as an address says."""

    asked: str
    name: str
    agencies: Sequence[Agency]

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum over bodies."""
        return self.asked == ALL


def scope(user: User, asked: str) -> Scope:
    """Return whose cases a person asks to count: their own body's unless they name another, or all.

    Raises:
        LookupError: there is no such body among those whose numbers they may see.
    """
    bodies = list(bodies_of(user))
    if asked == ALL and len(bodies) > 1:
        return Scope(asked=ALL, name=f"全部机关（{len(bodies)}个）合计", agencies=bodies)
    own = [each for each in bodies if each.slug == asked or (not asked and each.pk == user.agency_id)]
    chosen = own or ([] if asked else bodies[:1])
    if not chosen:
        raise LookupError(asked)
    return Scope(asked=chosen[0].slug, name=chosen[0].name, agencies=chosen)


@dataclass(frozen=True, kw_only=True)
class Count:
    """A cell of a drawn table: a label, or a number with the place it counts and what was frozen there."""

    text: str
    across: int
    down: int
    part: str
    place: Place | None = None
    was: int | None = None

    @property
    def is_label(self) -> bool:
        """Whether it is a label."""
        return self.place is None

    @property
    def number(self) -> int:
        """The number it shows."""
        return int(self.text)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """A column of Table 3 and both sides of its balance, which agree as they count the same cases."""

    label: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether both sides agree."""
        return self.left == self.right


@dataclass(frozen=True, kw_only=True)
class MovedLine:
    """A case counted otherwise than when the year was frozen: where it was counted, where it is now."""

    name: str
    case: InfoRequest | None
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CountTable:
    """A table of a year, drawn: rows of cells, the balance beneath, what was frozen."""

    number: int
    title: str
    rows: Sequence[Sequence[Count]]
    balances: Sequence[Balance]
    frozen_at: datetime | None
    moved: Sequence[MovedLine]
    is_empty: bool


def count_table(
    agencies: Sequence[Agency], year: int, table: int, cases: QuerySet[InfoRequest]
) -> CountTable:
    """Return a table of a body, or summed over bodies, as it stands beside what was frozen.

    Args:
        agencies: the bodies.
        year: the year counted.
        table: 3 or 4.
        cases: those one may see, for the way to what differs.
    """
    numbers = _numbers(agencies, year, table)
    kept = freezing.frozen(agencies, year, table)
    was = {place: len(names) for place, names in kept.table.cells.items()} if kept else None
    return CountTable(
        number=table,
        title=TITLES[table],
        rows=[
            [_count(box, numbers, was) for box in row]
            for row in draw(_filled(numbers, year, table), table).rows
        ],
        balances=_balances(numbers, year) if table == 3 else (),
        frozen_at=kept.at if kept else None,
        moved=moved_lines(kept, year, cases) if kept else (),
        is_empty=not numbers,
    )


def moved_lines(kept: freezing.Frozen, year: int, cases: QuerySet[InfoRequest]) -> list[MovedLine]:
    """Return in words what is counted otherwise than when the year was frozen, case by case."""
    table = kept.table.table
    return [
        MovedLine(
            name=each.name,
            case=each.case,
            was="；".join(short_name(year, table, place) for place in each.left) or "未计入",
            now="；".join(short_name(year, table, place) for place in each.entered) or "不再计入",
        )
        for each in freezing.moves(kept.since, cases)
    ]


def short_name(year: int, table: int, place: Place) -> str:
    """Return a cell's name in a few words: 予以公开·自然人."""
    cell = CellId(table, *place)
    filled = form(edition_of(year))
    label = re.sub(
        r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)", "", filled.table(table).row(cell.row).label
    )
    return f"{re.sub('（.*）$', '', label)}·{filled.column(cell).label}"


def _numbers(agencies: Sequence[Agency], year: int, table: int) -> Numbers:
    if table == 3:
        return counting.table3(agencies, year)
    return {place: len(keys) for place, keys in counting.table4(agencies, year).items()}


def _filled(numbers: Numbers, year: int, table: int) -> Report:
    """The form of a year with one table filled in; where nothing is counted there is a zero, not a blank."""
    edition = edition_of(year)
    cells = {
        cell: ReportCell(numbers.get((cell.row, cell.column), 0), how=How.COUNTED)
        for cell in form(edition).cells()
        if cell.table == table
    }
    return Report(agency=None, year=year, edition=edition, cells=cells)


def _count(box: Box, numbers: Numbers, was: Numbers | None) -> Count:
    common = {"text": box.text, "across": box.across, "down": box.down, "part": box.part.value}
    if box.part is not Part.VALUE or box.cell is None:
        return Count(**common)
    place = box.cell.row, box.cell.column
    before = was.get(place, 0) if was is not None else None
    differs = before is not None and before != numbers.get(place, 0)
    return Count(**common, place=place, was=before if differs else None)


def _balances(numbers: Numbers, year: int) -> list[Balance]:
    labels = {column.code: column.label for column in form(edition_of(year)).table(3).rows[0].columns}
    return [
        Balance(label=labels[column], left=left, right=right)
        for column, (left, right) in counting.balance(numbers).items()
    ]


def cell_name(year: int, table: int, row: str, column: str) -> str:
    """Return a cell's name as a clerk would say it.

    Raises:
        LookupError: the form of that year has no such cell.
    """
    cell = CellId(table, row, column)
    if table not in TITLES or cell not in set(form(edition_of(year)).cells()):
        raise LookupError(str(cell))
    return form(edition_of(year)).name(cell)


def disputes_in(agencies: Iterable[Agency], year: int, row: str, column: str) -> QuerySet[Proceeding]:
    """Return the proceedings behind a cell of Table 4."""
    keys = counting.table4(agencies, year).get((row, column), [])
    found = with_names(Proceeding.objects.filter(pk__in=keys).select_related("case"), "case__")
    return found.order_by("filed_on", "pk")


def years(agencies: Iterable[Agency]) -> list[int]:
    """Return the years there is something to count in, the newest first; this year always."""
    cases = InfoRequest.objects.filter(agency__in=[each.pk for each in agencies])
    first = cases.aggregate(first=Min("received_on"))["first"]
    return list(range(today().year, min(first or today(), today()).year - 1, -1))


def workbook(agencies: Sequence[Agency], year: int, who: str) -> bytes:
    """Return both tables as a spreadsheet, merged as the form has them."""
    note = f"{today():%Y-%m-%d}统计，口径为本系统登记的案件。"
    sheets = []
    for table in TITLES:
        report = _filled(_numbers(agencies, year, table), year, table)
        sheet = drawn_table(report, draw(report, table))
        sheets.append(replace(sheet, title=f"{who}{year}年 {sheet.title}", notes=(note,), gap=1))
    return write_drawn(sheets)

"""Each cell of a draft: the number that the records give, why there is none, and where its records stand.

Every cell of a finished count is a number, zero where nothing is counted; what no register holds in full is
blank and says what is wanting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode

from gongkai.report import codec
from gongkai.report.cells import How
from gongkai.report.numerals import BLANK, Illegible, Number, Value
from gongkai.report.schema import CellId, Report, edition_of, form
from gongkai.report.summing import SummedCell
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.services import counting, freezing
from gongkai.web.inforequests.services.count_tables import ALL
from gongkai.web.oversight.choices import Basis, Scope
from gongkai.web.oversight.models import CellOverride, Collection, Draft
from gongkai.web.oversight.services.drafting.scope import bodies_of, reporting
from gongkai.web.oversight.services.figures import monthly
from gongkai.web.oversight.services.filing.summing import settled_collection, settled_report, sum_of
from gongkai.web.publishing.choices import NormativeKind
from gongkai.web.publishing.services.validity import table2_counts

_ROWS = {NormativeKind.RULES: "government_rules", NormativeKind.NORMATIVE: "normative_documents"}
# The columns of Table 2's documents, and by what the public list knows them.
_COUNTED = {"made": "zhifa", "repealed": "feizhi", "in_force": "youxiao"}
_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What the records give for a cell: the number, or why it is blank; the page its records stand on."""

    value: Value
    how: How = How.COUNTED
    why: str = ""
    opens: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftCell:
    """A cell of a draft: as counted now, what was typed over it, and the value that stands."""

    id: CellId
    counted: Counted
    override: CellOverride | None
    value: Value
    how: How

    @property
    def has_moved(self) -> bool:
        """Whether the records give another number now than when it was typed over."""
        return self.override is not None and codec.dump_value(self.counted.value) != self.override.counted


def counted_cells(draft: Draft) -> dict[CellId, Counted]:
    """Return every cell of the form as the records give it now, on the draft's scope and basis."""
    if draft.scope == Scope.MEMBERS:
        return dict(_summed(draft))
    bodies = bodies_of(draft)
    return {
        **dict(_documents(draft, bodies)),
        **dict(_monthly(draft, bodies)),
        **dict(_requests(draft, bodies, 3)),
        **dict(_requests(draft, bodies, 4)),
    }


def laid_over(draft: Draft, counted: Mapping[CellId, Counted]) -> dict[CellId, DraftCell]:
    """Return the cells with what was typed by hand over them."""
    overrides = overrides_in_force(draft)
    return {cell: _laid(cell, each, overrides.get(str(cell))) for cell, each in counted.items()}


def _laid(cell: CellId, counted: Counted, override: CellOverride | None) -> DraftCell:
    value = codec.load_value(override.value) if override else counted.value
    how = How.SETTLED if override else counted.how
    return DraftCell(id=cell, counted=counted, override=override, value=value, how=how)


def overrides_in_force(draft: Draft) -> dict[str, CellOverride]:
    """Return the latest number typed over each cell, those restored left out."""
    rows = CellOverride.objects.filter(draft=draft).select_related("by").order_by("pk")
    latest = {row.cell: row for row in rows}
    return {cell: row for cell, row in latest.items() if not row.is_restored}


def _page(name: str, *args: object, **query: object) -> str:
    path = reverse(name, args=args)
    return f"{path}?{urlencode(query)}" if query else path


# Table 2


def _documents(draft: Draft, bodies: Sequence[Agency]) -> Iterator[tuple[CellId, Counted]]:
    of_one = {"jiguan": bodies[0].slug} if len(bodies) == 1 else {}
    for row in table2_counts(bodies, draft.year):
        found = {"made": row.made, "repealed": row.ended, "in_force": row.in_force}
        for column, documents in found.items():
            number = documents.order_by().count()
            asked = {"tongji": _COUNTED[column], "tongjinian": draft.year, "tongjilei": row.kind.value}
            opens = _page("publishing:policies", **asked, **of_one)
            yield CellId(2, _ROWS[row.kind], column), Counted(value=number, opens=opens)


def _monthly(draft: Draft, bodies: Sequence[Agency]) -> Iterator[tuple[CellId, Counted]]:
    rows = {row.code: row for row in form(edition_of(draft.year)).table(2).rows}
    asked = reporting(bodies, draft.year)
    for code, figure in monthly.figures_of(asked, draft.year).items():
        opens = monthly.page(asked, draft.year, code)
        value: Value = BLANK if figure.total is None else _plain(figure.total)
        why = "" if figure.total is not None else _wanting(figure.missing, len(bodies) == 1)
        yield CellId(2, code, rows[code].columns[0].code), Counted(value=value, why=why, opens=opens)


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number.normalize()


def _wanting(missing: Sequence[monthly.Missing], is_one: bool) -> str:
    """Say which months are wanting: 还缺3、4月; of several bodies, whose."""
    told = [
        f"{'' if is_one else each.agency.short_name}{_months(each.months)}" for each in missing[:_MOST_NAMED]
    ]
    more = f"等{len(missing)}个机关" if len(missing) > _MOST_NAMED else ""
    return f"还缺{'；'.join(told)}{more}的数据"


def _months(months: Sequence[int]) -> str:
    return "全年" if len(months) == len(monthly.MONTHS) else f"{'、'.join(map(str, months))}月"


# Tables 3 and 4


def _requests(draft: Draft, bodies: Sequence[Agency], table: int) -> Iterator[tuple[CellId, Counted]]:
    numbers = request_numbers(bodies, draft.year, table, Basis(draft.basis))
    asked = bodies[0].slug if len(bodies) == 1 else ALL
    for cell in _cells_of(draft):
        if cell.table == table:
            opens = _page("desk:count_cell", draft.year, table, cell.row, cell.column, jiguan=asked)
            yield cell, Counted(value=numbers.get((cell.row, cell.column), 0), opens=opens)


def request_numbers(bodies: Sequence[Agency], year: int, table: int, basis: Basis) -> counting.Numbers:
    """Return Table 3 or 4 of some bodies: as frozen if each of them is, and the basis wants it; else live."""
    if basis == Basis.FROZEN and (kept := freezing.frozen_names(bodies, year, table)) is not None:
        return {place: len(names) for place, names in kept.items()}
    if table == 3:
        return counting.table3(bodies, year)
    return {place: len(keys) for place, keys in counting.table4(bodies, year).items()}


# The sum of members' reports


def collection_of(draft: Draft) -> Collection | None:
    """Return the government's collection of the year whose reports the draft adds: a settled one first."""
    settled = settled_collection(draft.agency, draft.year)
    return settled or Collection.objects.filter(government=draft.agency, year=draft.year).first()


def _summed(draft: Draft) -> Iterator[tuple[CellId, Counted]]:
    collection = collection_of(draft)
    if collection is None:
        why = "还没有发起这一年的报送"
        yield from ((name, Counted(value=BLANK, how=How.SUMMED, why=why)) for name in _cells_of(draft))
        return
    if (settled := settled_report(draft.agency, draft.year)) is not None:
        yield from _settled(settled, collection)
        return
    for name, cell in sum_of(collection).summed.cells.items():
        value = BLANK if isinstance(cell.value, Illegible) else cell.value
        opens = _page("annual_reports:sum_cell", collection.pk, str(name))
        yield name, Counted(value=value, how=How.SUMMED, why=_unsummed(cell), opens=opens)


def _settled(report: Report, collection: Collection) -> Iterator[tuple[CellId, Counted]]:
    for name in report.form.cells():
        number = report.number(name)
        opens = _page("annual_reports:sum_cell", collection.pk, str(name))
        why = "确定汇总时这一格没有数" if number is None else ""
        yield name, Counted(value=BLANK if number is None else number, how=How.SUMMED, why=why, opens=opens)


def is_unsettled(draft: Draft) -> bool:
    """Whether the draft adds members' reports whose sum nobody has settled yet."""
    return draft.scope == Scope.MEMBERS and settled_report(draft.agency, draft.year) is None


def _cells_of(draft: Draft) -> Iterator[CellId]:
    return form(edition_of(draft.year)).cells()


def _unsummed(cell: SummedCell) -> str:
    if cell.unadded:
        names = "、".join(each.member.name for each in cell.unadded[:_MOST_NAMED])
        return f"{names}{'等' if len(cell.unadded) > _MOST_NAMED else ''}{len(cell.unadded)}家的这一格没有数"
    return "" if cell.addends else "还没有接收任何单位的报告"

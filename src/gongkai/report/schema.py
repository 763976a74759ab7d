"""The statutory form in its two editions, and a report filled in on it.

The 2019 edition (trial) served the reports for 2019 and 2020; the 2021 edition serves from the report for
2021 on. Rows, columns and their order are the form's own; codes are ours and never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.report.cells import CELL_COLUMNS, MISSING, Cell, record_of
from gongkai.report.frames import Kind, Library, Record, frame
from gongkai.report.numerals import Number, Unit, Value, number_in


class Edition(IntEnum):
    """The two editions of the form."""

    FORM_2019 = 2019
    FORM_2021 = 2021


class CellId(NamedTuple):
    """A cell of the form: table 2, 3 or 4, row code, column code."""

    table: int
    row: str
    column: str

    def __str__(self) -> str:
        return f"t{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, text: str) -> CellId:
        """Return the cell that `str()` wrote; row codes may hold one dot of their own."""
        table, rest = text.split(".", 1)
        row, column = rest.rsplit(".", 1)
        return cls(int(table[1:]), row, column)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the form: code, statutory label, unit."""

    code: str
    label: str
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the form; `group` is the merged label to its left, `block` the heading above it."""

    code: str
    label: str
    columns: tuple[Column, ...]
    group: str = ""
    block: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One of the three statutory tables."""

    number: int
    title: str
    rows: tuple[Row, ...]

    def row(self, code: str) -> Row:
        """Return the row of that code.

        Raises:
            KeyError: this edition has no such row.
        """
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, kw_only=True)
class Form:
    """An edition of the form: its three tables."""

    edition: Edition
    tables: tuple[Table, ...]

    def table(self, number: int) -> Table:
        """Return table 2, 3 or 4."""
        return self.tables[number - 2]

    def cells(self) -> Iterator[CellId]:
        """Yield every cell in the form's order."""
        for table in self.tables:
            for row in table.rows:
                for column in row.columns:
                    yield CellId(table.number, row.code, column.code)

    def column(self, cell: CellId) -> Column:
        """Return the column description of a cell."""
        row = self.table(cell.table).row(cell.row)
        return next(c for c in row.columns if c.code == cell.column)

    def name(self, cell: CellId) -> str:
        """Return the cell's name as a clerk would say it: 表三“（一）予以公开”自然人."""
        row = self.table(cell.table).row(cell.row)
        numeral = "零一二三四"[cell.table]
        column = next(c for c in row.columns if c.code == cell.column)
        return f"表{numeral}“{row.label}”{column.label}"


NATURAL, TOTAL = "natural_person", "total"
APPLICANTS = (
    Column(code=NATURAL, label="自然人"),
    Column(code="business", label="商业企业"),
    Column(code="research_institute", label="科研机构"),
    Column(code="public_benefit_org", label="社会公益组织"),
    Column(code="legal_service_org", label="法律服务机构"),
    Column(code="other", label="其他"),
    Column(code=TOTAL, label="总计"),
)
OUTCOMES_OF_REMEDY = (
    Column(code="upheld", label="结果维持"),
    Column(code="corrected", label="结果纠正"),
    Column(code="other", label="其他结果"),
    Column(code="pending", label="尚未审结"),
    Column(code="total", label="总计"),
)

NEW, CARRIED_IN, TOTAL_DONE, CARRIED_OUT = "new", "carried_in", "total_done", "carried_out"
DENIED = (
    ("denied.state_secret", "1.属于国家秘密"),
    ("denied.law_prohibited", "2.其他法律行政法规禁止公开"),
    ("denied.security_stability", "3.危及“三安全一稳定”"),
    ("denied.third_party", "4.保护第三方合法权益"),
    ("denied.internal_affairs", "5.属于三类内部事务信息"),
    ("denied.process_info", "6.属于四类过程性信息"),
    ("denied.enforcement_file", "7.属于行政执法案卷"),
    ("denied.admin_inquiry", "8.属于行政查询事项"),
)
UNABLE = (
    ("unable.not_held", "1.本机关不掌握相关政府信息"),
    ("unable.needs_creation", "2.没有现成信息需要另行制作"),
    ("unable.still_unclear", "3.补正后申请内容仍不明确"),
)
DECLINED = (
    ("declined.petition", "1.信访举报投诉类申请"),
    ("declined.duplicate", "2.重复申请"),
    ("declined.publication", "3.要求提供公开出版物"),
    ("declined.excessive", "4.无正当理由大量反复申请"),
    ("declined.confirm_reissue", "5.要求行政机关确认或重新出具已获取信息"),
)
OTHER_2021 = (
    ("other.no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other.fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other.misc", "3.其他"),
)
OUTCOME_GROUPS: Mapping[Edition, Mapping[str, tuple[str, ...]]] = {
    edition: {
        "granted": ("granted",),
        "partial": ("partial",),
        "denied": tuple(code for code, _ in DENIED),
        "unable": tuple(code for code, _ in UNABLE),
        "declined": tuple(code for code, _ in DECLINED),
        "other": ("other",) if edition == Edition.FORM_2019 else tuple(code for code, _ in OTHER_2021),
    }
    for edition in Edition
}
OUTCOME_NAMES: Mapping[str, str] = {  # of the groups, without the form's numbers
    "granted": "予以公开", "partial": "部分公开", "denied": "不予公开",
    "unable": "无法提供", "declined": "不予处理", "other": "其他处理",
}  # fmt: skip


def _rows(group: str, items: tuple[tuple[str, str], ...]) -> tuple[Row, ...]:
    return tuple(Row(code=code, label=label, columns=APPLICANTS, group=group) for code, label in items)


def _table3(edition: Edition) -> Table:
    other = (
        _rows("（六）其他处理", OTHER_2021)
        if edition == Edition.FORM_2021
        else _rows("", (("other", "（六）其他处理"),))
    )
    return Table(
        number=3,
        title="收到和处理政府信息公开申请情况",
        rows=(
            *_rows(
                "",
                (
                    (NEW, "一、本年新收政府信息公开申请数量"),
                    (CARRIED_IN, "二、上年结转政府信息公开申请数量"),
                    ("granted", "（一）予以公开"),
                    ("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
                ),
            ),
            *_rows("（三）不予公开", DENIED),
            *_rows("（四）无法提供", UNABLE),
            *_rows("（五）不予处理", DECLINED),
            *other,
            *_rows("", ((TOTAL_DONE, "（七）总计"), (CARRIED_OUT, "四、结转下年度继续办理"))),
        ),
    )


_SUIT = "行政诉讼"
TABLE4 = Table(
    number=4,
    title="政府信息公开行政复议、行政诉讼情况",
    rows=(
        Row(code="reconsideration", label="行政复议", columns=OUTCOMES_OF_REMEDY),
        Row(code="direct_suit", label="未经复议直接起诉", columns=OUTCOMES_OF_REMEDY, group=_SUIT),
        Row(code="suit_after_reconsideration", label="复议后起诉", columns=OUTCOMES_OF_REMEDY, group=_SUIT),
    ),
)

_ITEM = {n: f"第二十条第（{n}）项" for n in "一五六八九"}
_RULES_2021 = (
    Column(code="made", label="本年制发件数"),
    Column(code="repealed", label="本年废止件数"),
    Column(code="in_force", label="现行有效件数"),
)
_DECISIONS_2021 = (Column(code="decisions", label="本年处理决定数量"),)
_FEES_2021 = (Column(code="amount", label="本年收费金额（单位：万元）", unit=Unit.TEN_K_YUAN),)
_RULES_2019 = (
    Column(code="newly_made", label="本年新制作数量"),
    Column(code="newly_published", label="本年新公开数量"),
    Column(code="published_total", label="对外公开总数量"),
)
_ITEMS_2019 = (
    Column(code="previous", label="上一年项目数量"),
    Column(code="change", label="本年增/减"),
    Column(code="decisions", label="处理决定数量"),
)
_PROCUREMENT = (
    Column(code="count", label="采购项目数量"),
    Column(code="amount_yuan", label="采购总金额", unit=Unit.YUAN),
)

_TABLE2_TITLE = "主动公开政府信息情况"
_TABLE2_2021 = Table(
    number=2,
    title=_TABLE2_TITLE,
    rows=(
        Row(code="government_rules", label="规章", columns=_RULES_2021, block=_ITEM["一"]),
        Row(code="normative_documents", label="行政规范性文件", columns=_RULES_2021, block=_ITEM["一"]),
        Row(code="permits", label="行政许可", columns=_DECISIONS_2021, block=_ITEM["五"]),
        Row(code="penalties", label="行政处罚", columns=_DECISIONS_2021, block=_ITEM["六"]),
        Row(code="coercion", label="行政强制", columns=_DECISIONS_2021, block=_ITEM["六"]),
        Row(code="fees_10k_yuan", label="行政事业性收费", columns=_FEES_2021, block=_ITEM["八"]),
    ),
)
_TABLE2_2019 = Table(
    number=2,
    title=_TABLE2_TITLE,
    rows=(
        Row(code="government_rules", label="规章", columns=_RULES_2019, block=_ITEM["一"]),
        Row(code="normative_documents", label="规范性文件", columns=_RULES_2019, block=_ITEM["一"]),
        Row(code="permits", label="行政许可", columns=_ITEMS_2019, block=_ITEM["五"]),
        Row(code="other_services", label="其他对外管理服务事项", columns=_ITEMS_2019, block=_ITEM["五"]),
        Row(code="penalties", label="行政处罚", columns=_ITEMS_2019, block=_ITEM["六"]),
        Row(code="coercion", label="行政强制", columns=_ITEMS_2019, block=_ITEM["六"]),
        Row(code="fees", label="行政事业性收费", columns=_ITEMS_2019[:2], block=_ITEM["八"]),
        Row(code="procurement", label="政府集中采购", columns=_PROCUREMENT, block=_ITEM["九"]),
    ),
)


@cache
def form(edition: Edition) -> Form:
    """Return the form of an edition."""
    table2 = _TABLE2_2021 if edition == Edition.FORM_2021 else _TABLE2_2019
    return Form(edition=edition, tables=(table2, _table3(edition), TABLE4))


def edition_of(year: int) -> Edition:
    """Return the edition of the form in use for a year."""
    return Edition.FORM_2021 if year >= Edition.FORM_2021 else Edition.FORM_2019


class SectionCode(StrEnum):
    """The report's parts: what stands before 一、, and the six statutory sections."""

    PREAMBLE = "preamble"
    OVERVIEW = "overview"
    PROACTIVE = "proactive"
    REQUESTS = "requests"
    REMEDIES = "remedies"
    PROBLEMS = "problems"
    OTHER_MATTERS = "other_matters"


SECTION_TITLES: Mapping[SectionCode, str] = {
    SectionCode.OVERVIEW: "一、总体情况",
    SectionCode.PROACTIVE: "二、主动公开政府信息情况",
    SectionCode.REQUESTS: "三、收到和处理政府信息公开申请情况",
    SectionCode.REMEDIES: "四、政府信息公开行政复议、行政诉讼情况",
    SectionCode.PROBLEMS: "五、存在的主要问题及改进情况",
    SectionCode.OTHER_MATTERS: "六、其他需要报告的事项",
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report: heading as found ("" if none), prose without tables, paragraphs by newline."""

    code: SectionCode
    heading: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One body's annual report for one year.

    `agency`, `year`, `title` and `published_on` are None where the source does not say. `cells` holds the
    cells that were found; a cell of the form that is not in it was not found at all (`cell()` then answers a
    blank without place). `labels` are the labels as found, for the checks on form: `row.3.new`,
    `column.2.made`, `header.4` (a whole header, its cells by tabs) -> text.
    """

    agency: str | None
    year: int | None
    edition: Edition
    title: str | None = None
    published_on: date | None = None
    cells: Mapping[CellId, Cell] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))
        object.__setattr__(self, "labels", MappingProxyType(dict(self.labels)))

    @property
    def form(self) -> Form:
        """The form this report is filled in on."""
        return form(self.edition)

    def cell(self, cell: CellId) -> Cell:
        """Return the cell as read, or a blank one if the source has none there."""
        return self.cells.get(cell, MISSING)

    def value(self, cell: CellId) -> Value:
        """Return the value read for a cell."""
        return self.cell(cell).value

    def number(self, cell: CellId) -> Number | None:
        """Return the number in a cell, or None where it is blank or illegible."""
        return number_in(self.value(cell))

    def section(self, code: SectionCode) -> Section | None:
        """Return the part of that code, if the report has it."""
        return next((s for s in self.sections if s.code == code), None)

    def has_table(self, number: int) -> bool:
        """Whether any cell of that table was found."""
        return any(cell.table == number for cell in self.cells)

    def records(self) -> list[Record]:
        """Return every cell of the form as a record of `COLUMNS`, in the form's order."""
        return [self._record(cell) for cell in self.form.cells()]

    def to_frame(self, library: Library | None = None) -> Any:
        """Return `records()` as a data frame of pandas or polars; see `frames.frame`."""
        return frame(self.records(), COLUMNS, library)

    def _record(self, name: CellId) -> Record:
        row, column = self.form.table(name.table).row(name.row), self.form.column(name)
        return {
            "agency": self.agency,
            "year": self.year,
            "edition": int(self.edition),
            "table": name.table,
            "row": name.row,
            "column": name.column,
            "row_label": row.label,
            "column_label": column.label,
            "unit": column.unit.value,
            **record_of(self.cells.get(name)),
        }


COLUMNS: Mapping[str, Kind] = {
    "agency": Kind.TEXT,
    "year": Kind.WHOLE,
    "edition": Kind.WHOLE,
    "table": Kind.WHOLE,
    **dict.fromkeys(("row", "column", "row_label", "column_label", "unit"), Kind.TEXT),
    **CELL_COLUMNS,
}

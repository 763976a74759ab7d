"""How real bodies depart from the form without being wrong: other words, dressed-up numbers, no zeros."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from random import Random

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK
from gongkai.report.schema import APPLICANTS, TOTAL, CellId, Edition, Report
from gongkai.report.writing.boxes import show_value


class Variation(StrEnum):
    """The departures a layout may be asked to show."""

    WORDING = "wording"
    ORDINALS = "ordinals"
    BRACKETS = "brackets"
    SEPARATORS = "separators"
    FULL_WIDTH = "full_width"
    SPACES = "spaces"
    BLANK_ZEROS = "blank_zeros"
    BLANK_COLUMNS = "blank_columns"
    BLANK_TOTALS = "blank_totals"
    DASHES = "dashes"
    GLOSS = "gloss"
    SIGNS = "signs"
    UNITS = "units"


GAPS = (Variation.BLANK_ZEROS, Variation.BLANK_COLUMNS, Variation.BLANK_TOTALS)
HARMLESS = frozenset(Variation) - frozenset(GAPS)
KEEPING = HARMLESS - {Variation.DASHES}
LABELS_ONLY = frozenset({Variation.WORDING, Variation.ORDINALS, Variation.BRACKETS})

WORDINGS: Mapping[str, tuple[str, ...]] = {
    "row.2.normative_documents": ("规范性文件", "行政规范性文件"),
    "column.2.made": ("本年制作数量", "本年制发数"),
    "column.2.in_force": ("现行有效件数(历史累计)", "现行有效数"),
    "column.2.amount": ("本年收费金额（万元）", "本年收费金额(单位:万元)"),
    "column.2.newly_made": ("本年新制作数", "本年新制发件数"),
    "column.2.published_total": ("对外公开总数",),
    "column.2.previous": ("上一年度项目数量", "上年项目数量"),
    "column.2.change": ("本年增减", "本年增（减）"),
    "column.2.amount_yuan": ("采购总金额（元）",),
    "row.2.other_services": ("其他对外管理服务",),
    "row.3.partial": (
        "（二）部分公开",
        "（二）部分公开（区分处理的，只计这一情况，不计其他情况）",
        "（二）部分公开（区分处理的,只计这一情形,不计其他情形",
    ),
    "row.3.denied.law_prohibited": ("2.其他法律行政止公开", "2.其他法律、行政法规禁止公开"),
    "row.3.denied.security_stability": ("3.危及三安全一稳定", '3.危及"三安全一稳定"'),
    "row.3.denied.internal_affairs": ("5.属于三类内容事务信息", "5.属于三类内部事务"),
    "row.3.unable.not_held": ("1.本机关不掌握相关信息",),
    "row.3.declined.confirm_reissue": ("5.要求行政机关确认或重新出具已获取的信息",),
    "row.3.other.no_correction": ("1.逾期不补正", "1.申请人无正当理由逾期不补正"),
    "row.3.other.fee_unpaid": ("2.逾期不缴费", "2.申请人逾期未按收费通知要求缴纳费用"),
    "row.3.other.misc": ("3.其他情形",),
    "row.3.other": ("（六）其他",),
    "group.3.其他处理": ("（六）其他",),
    "row.3.carried_out": ("四、结转下年度继续办理数量", "四、结转下年度继续办理"),
}


@dataclass(kw_only=True)
class Draft:
    """A report on its way to a layout: the labels and numbers' texts that differ, the cells left blank."""

    report: Report
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[CellId, str] = field(default_factory=dict)

    def shown(self, cell: CellId) -> str:
        """Return the text a value has so far."""
        return self.values.get(cell, show_value(self.report.value(cell)))

    def blank(self, cells: Collection[CellId], mark: str = "") -> None:
        """Leave cells blank, in the report as well: what is not written cannot be read."""
        emptied = {cell: Cell(BLANK, mark) for cell in cells}
        self.report = replace(self.report, cells=dict(self.report.cells) | emptied)
        self.values |= dict.fromkeys(cells, mark)


def vary(report: Report, rng: Random, allowed: Collection[Variation], *, gaps: bool = False) -> Draft:
    """Return the report with some of the allowed departures, chosen and placed by `rng`.

    With `gaps`, one of the ways to leave numbers out is always among them.
    """
    draft = Draft(report=report)
    forced = rng.choice(GAPS) if gaps else None
    for variation in Variation:
        chance = (0.35 if variation in KEEPING else 0.15) if variation in allowed else 0.0
        if variation is forced or rng.random() < chance:
            _APPLY[variation](draft, rng)
    return draft


def _wording(draft: Draft, rng: Random) -> None:
    for key, choices in WORDINGS.items():
        if rng.random() < 0.4:
            draft.labels[key] = rng.choice(choices)


def _labels(draft: Draft) -> Iterator[tuple[str, str]]:
    for table in draft.report.form.tables[:2]:
        for row in table.rows:
            key = f"row.{table.number}.{row.code}"
            yield key, draft.labels.get(key, row.label)
            if row.group:
                yield f"group.3.{row.group[3:]}", row.group


def _ordinals(draft: Draft, rng: Random) -> None:
    mark = rng.choice(("．", "、", ". "))
    for key, label in list(_labels(draft)):
        if label[1:2] == "." and label[0].isdigit():
            draft.labels[key] = label[0] + mark + label[2:]


def _brackets(draft: Draft, _: Random) -> None:
    for key, label in list(_labels(draft)):
        if label.startswith("（"):
            draft.labels[key] = label.replace("（", "(").replace("）", ")").replace("，", ",")


def _numbers(draft: Draft) -> list[CellId]:
    return [cell for cell in draft.report.form.cells() if draft.shown(cell)[:1].isdigit()]


def _separators(draft: Draft, _: Random) -> None:
    for cell in _numbers(draft):
        value = draft.report.number(cell)
        if isinstance(value, int) and value >= 1000:
            draft.values[cell] = f"{value:,}"


def _full_width(draft: Draft, _: Random) -> None:
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    for cell in _numbers(draft):
        draft.values[cell] = draft.shown(cell).translate(table)


def _spaces(draft: Draft, rng: Random) -> None:
    for cell in _numbers(draft):
        if cell.table == 2 and rng.random() < 0.5:
            draft.values[cell] = "\u3000" + draft.shown(cell)


def _zeros(draft: Draft) -> list[CellId]:
    return [cell for cell in draft.report.form.cells() if draft.report.value(cell) == 0]


def _blank_zeros(draft: Draft, rng: Random) -> None:
    tables = rng.choice(((3,), (3, 4), (2, 3, 4)))
    draft.blank([cell for cell in _zeros(draft) if cell.table in tables])


def _dashes(draft: Draft, rng: Random) -> None:
    mark = rng.choice(("-", "/", "—"))
    draft.blank([cell for cell in _zeros(draft) if cell.table == 2], mark)


def _blank_columns(draft: Draft, _: Random) -> None:
    """Leave out the applicants that had no case all year, as bodies do that only know natural persons."""
    for column in APPLICANTS[1:-1]:
        cells = [cell for cell in draft.report.form.cells() if cell.table == 3 and cell.column == column.code]
        if all(draft.report.value(cell) in (0, BLANK) for cell in cells):
            draft.blank(cells)


def _blank_totals(draft: Draft, _: Random) -> None:
    """Leave out the totals of the single outcomes, as if the form asked only for the main rows'."""
    rows = [row.code for row in draft.report.form.table(3).rows if row.group]
    draft.blank([CellId(3, row, TOTAL) for row in rows])


def _gloss(draft: Draft, rng: Random) -> None:
    column = "made" if draft.report.edition == Edition.FORM_2021 else "newly_made"
    cell = CellId(2, "normative_documents", column)
    made = draft.report.number(cell)
    if made:
        draft.values[cell] = f"{draft.shown(cell)}（其中修订{rng.randint(1, int(made))}件）"


def _signs(draft: Draft, rng: Random) -> None:
    style = rng.choice(("增减", "+-", "both"))
    for row in ("permits", "other_services", "penalties", "coercion", "fees"):
        cell = CellId(2, row, "change")
        change = draft.report.number(cell)
        if change is None:
            continue
        if style == "both":
            draft.values[cell] = f"+({max(change, 0)}) -({max(-change, 0)})"
        elif change:
            draft.values[cell] = f"{style[change < 0]}{abs(change)}"


def _units(draft: Draft, rng: Random) -> None:
    is_new = draft.report.edition == Edition.FORM_2021
    cell = CellId(2, "fees_10k_yuan", "amount") if is_new else CellId(2, "procurement", "amount_yuan")
    amount = Decimal(draft.report.number(cell) or 0)
    if not amount:
        return
    yuan = amount * 10_000 if is_new else amount
    whole = yuan == yuan.to_integral_value()
    if rng.random() < 0.5:
        draft.values[cell] = f"{show_value(yuan / 10_000)}万元"
    elif whole or not is_new:
        draft.values[cell] = f"{show_value(yuan)}元"


_APPLY: Mapping[Variation, Callable[[Draft, Random], None]] = {
    Variation.WORDING: _wording,
    Variation.ORDINALS: _ordinals,
    Variation.BRACKETS: _brackets,
    Variation.SEPARATORS: _separators,
    Variation.FULL_WIDTH: _full_width,
    Variation.SPACES: _spaces,
    Variation.BLANK_ZEROS: _blank_zeros,
    Variation.BLANK_COLUMNS: _blank_columns,
    Variation.BLANK_TOTALS: _blank_totals,
    Variation.DASHES: _dashes,
    Variation.GLOSS: _gloss,
    Variation.SIGNS: _signs,
    Variation.UNITS: _units,
}

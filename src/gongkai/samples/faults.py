"""Faults to plant in a clean sample, one at a time, each with what a good audit says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Number
from gongkai.report.schema import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    NATURAL,
    NEW,
    OUTCOME_GROUPS,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    Report,
    SectionCode,
)
from gongkai.samples.bodies import Kind, body
from gongkai.samples.facts import GROUP_NAMES


class Unplantable(ValueError):
    """This report has no place for this fault: no such sentence, no such case, no last report."""


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A report with one fault, the last report it is to be audited against, and what is to be found."""

    fault: str
    report: Report
    last: Report | None
    expected: str
    families: tuple[str, ...]
    where: tuple[CellId, ...] = ()


@dataclass(kw_only=True)
class _Bed:
    """What a fault is planted in."""

    report: Report
    last: Report | None
    rng: Random
    where: tuple[CellId, ...] = ()

    def set(self, cell: CellId, value: Number) -> None:
        self.report = with_cells(self.report, {cell: value})
        self.where = (*self.where, cell)

    def add(self, cell: CellId, change: int) -> None:
        value = self.report.number(cell)
        if value is None or value + change < 0:
            raise Unplantable(str(cell))
        self.set(cell, value + change)

    def section(self, code: SectionCode) -> str:
        found = self.report.section(code)
        if found is None:
            raise Unplantable(code.value)
        return found.text

    def rewrite(self, code: SectionCode, text: str) -> None:
        if text == self.section(code):
            raise Unplantable(code.value)
        sections = tuple(replace(s, text=text) if s.code == code else s for s in self.report.sections)
        self.report = replace(self.report, sections=sections)

    def replace_number(self, code: SectionCode, pattern: str, change: int) -> None:
        """Add to the number that is the first group of the first match."""
        text = self.section(code)
        match = re.search(pattern, text)
        if not match:
            raise Unplantable(pattern)
        a, b = match.span(1)
        self.rewrite(code, f"{text[:a]}{int(match[1]) + change}{text[b:]}")


def with_cells(report: Report, values: Mapping[CellId, Number]) -> Report:
    """Return the report with other numbers in some cells."""
    return replace(report, cells=dict(report.cells) | {cell: Cell(value) for cell, value in values.items()})


def plant(report: Report, fault: str, seed: int, last: Report | None = None) -> Planted:
    """Return the report with the fault in it.

    Args:
        report: a clean report.
        fault: a key of `FAULTS`.
        seed: what decides where exactly.
        last: last year's report, for the faults between two years.

    Raises:
        KeyError: no such fault.
        Unplantable: this report has no place for it.
    """
    chosen = FAULTS[fault]
    bed = _Bed(report=report, last=last, rng=Random(f"{fault}/{seed}"))
    chosen.plant(bed)
    return Planted(
        fault=fault,
        report=bed.report,
        last=bed.last,
        expected=chosen.expected,
        families=chosen.families,
        where=bed.where,
    )


def _t3(row: str, column: str = TOTAL) -> CellId:
    return CellId(3, row, column)


def _outcome_row(bed: _Bed) -> str:
    groups = OUTCOME_GROUPS[bed.report.edition].values()
    return bed.rng.choice([row for group in groups for row in group])


def _cell(bed: _Bed) -> None:
    column = bed.rng.choice(APPLICANTS[:-1]).code
    bed.add(_t3(_outcome_row(bed), column), bed.rng.randint(1, 9))


def _row_total(bed: _Bed) -> None:
    bed.add(_t3(_outcome_row(bed)), bed.rng.randint(1, 9))


def _column_sum(bed: _Bed) -> None:
    for row in (TOTAL_DONE, NEW):
        for column in (NATURAL, TOTAL):
            bed.add(_t3(row, column), 2)


def _balance(bed: _Bed) -> None:
    for column in (NATURAL, TOTAL):
        bed.add(_t3(CARRIED_OUT, column), 1)


def _remedy_sum(bed: _Bed) -> None:
    row = bed.rng.choice([row.code for row in bed.report.form.table(4).rows])
    bed.add(CellId(4, row, "total"), bed.rng.randint(1, 3))


def _prose_number(bed: _Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, r"(?:办结|答复|已办结)(\d+)件", bed.rng.randint(1, 5))


def _prose_documents(bed: _Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, r"现行有效(?:的行政规范性文件共)?(\d+)件", bed.rng.randint(1, 5))


_REMEDIES = re.compile(r"(?:因政府信息公开引起的|全年政府信息公开)行政复议.*?行政诉讼(?:案件)?\d+件.*?。")


def _negation(bed: _Bed) -> None:
    text = bed.section(SectionCode.OVERVIEW)
    if not bed.report.number(CellId(4, "reconsideration", "total")):
        raise Unplantable("no reconsideration")
    said = "全年未发生因政府信息公开引起的行政复议和行政诉讼。"
    bed.rewrite(SectionCode.OVERVIEW, _REMEDIES.sub(said, text))
    bed.where = (CellId(4, "reconsideration", "total"),)


_PUBLISHED = r"(?:主动公开政府信息|公开信息)(\d+)条"


def _parts(bed: _Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, _PUBLISHED, -bed.rng.randint(7, 30))


def _parts_short(bed: _Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, _PUBLISHED, bed.rng.randint(7, 91))


def _percentage(bed: _Bed) -> None:
    done = bed.report.number(_t3(TOTAL_DONE))
    for group, rows in OUTCOME_GROUPS[bed.report.edition].items():
        count = sum(int(bed.report.number(_t3(row)) or 0) for row in rows)
        if done and count * 100_000 // int(done) % 10 >= 5:
            tenths = count * 100_000 // int(done) // 10
            said = f"{GROUP_NAMES[group]}{count}件，占{tenths // 100}.{tenths % 100:02d}%。"
            marker = "（三）政府信息管理"
            bed.rewrite(
                SectionCode.OVERVIEW,
                bed.section(SectionCode.OVERVIEW).replace(marker, f"{said}\n{marker}", 1),
            )
            return
    raise Unplantable("no share whose rounding differs from its truncation")


def _stale_plan(bed: _Bed) -> None:
    year = bed.report.year or 0
    text = bed.section(SectionCode.PROBLEMS)
    if f"{year + 1}年，" in text:
        bed.rewrite(SectionCode.PROBLEMS, text.replace(f"{year + 1}年，", f"{year}年，", 1))
    else:
        bed.rewrite(
            SectionCode.PROBLEMS, text.replace("下一步，针对上述问题：", f"{year}年将采取以下改进措施：")
        )


def _stale_period(bed: _Bed) -> None:
    year = bed.report.year or 0
    text = bed.section(SectionCode.PREAMBLE)
    bed.rewrite(SectionCode.PREAMBLE, text.replace(f"{year}年1月1日", f"{year - 1}年1月1日"))


def _missing_section(bed: _Bed) -> None:
    gone = bed.rng.choice((SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS))
    bed.report = replace(bed.report, sections=tuple(s for s in bed.report.sections if s.code != gone))


def _other_last(bed: _Bed, changes: Iterable[tuple[CellId, int]]) -> None:
    if bed.last is None:
        raise Unplantable("no last report")
    values = {cell: (bed.last.number(cell) or 0) + change for cell, change in changes}
    bed.last = with_cells(bed.last, values)


def _chain(bed: _Bed) -> None:
    _other_last(bed, [(_t3(row, column), 1) for row in (NEW, CARRIED_OUT) for column in (NATURAL, TOTAL)])
    bed.where = (_t3(CARRIED_IN, NATURAL),)


def _document_chain(bed: _Bed) -> None:
    if bed.report.edition != Edition.FORM_2021:
        raise Unplantable("the trial form has no documents in force")
    cell = CellId(2, "normative_documents", "in_force")
    _other_last(bed, [(cell, bed.rng.randint(2, 5))])
    bed.where = (cell,)


def _blank_cells(bed: _Bed) -> None:
    cells = [cell for cell in bed.report.form.cells() if bed.report.value(cell) == 0]
    if len(cells) < 5:
        raise Unplantable("no zeros")
    bed.where = tuple(bed.rng.sample(cells, 5))
    emptied = {cell: Cell(BLANK) for cell in bed.where}
    bed.report = replace(bed.report, cells=dict(bed.report.cells) | emptied)


def _label(bed: _Bed) -> None:
    key, text = bed.rng.choice(
        (
            ("row.3.denied.internal_affairs", "5.属于三类内容事务信息"),
            ("row.3.denied.law_prohibited", "2.其他法律行政止公开"),
            ("row.3.partial", "（二）部分公开（区分处理的，只计这一情况，不计其他情形"),
        )
    )
    bed.report = replace(bed.report, labels=dict(bed.report.labels) | {key: text})


def _missing_fee(bed: _Bed) -> None:
    lines = bed.section(SectionCode.OTHER_MATTERS).split("\n")
    kept = [line for line in lines if "信息处理费" not in line]
    bed.rewrite(SectionCode.OTHER_MATTERS, "\n".join(kept) or "没有其他需要报告的内容。")


def _fee_contradiction(bed: _Bed) -> None:
    if bed.report.edition != Edition.FORM_2021:
        raise Unplantable("the trial form has no unpaid fees")
    for column in (NATURAL, TOTAL):
        bed.add(_t3("other.misc", column), -1)
        bed.add(_t3("other.fee_unpaid", column), 1)
    bed.where = (_t3("other.fee_unpaid"),)
    said = "本年度未收取信息处理费，也没有发出过收费通知。"
    lines = bed.section(SectionCode.OTHER_MATTERS).split("\n")
    kept = [line for line in lines if "信息处理费" not in line]
    bed.rewrite(SectionCode.OTHER_MATTERS, "\n".join([said, *kept]))


def _late(bed: _Bed) -> None:
    if body(bed.report.agency or "").kind is Kind.TOWNSHIP:
        raise Unplantable("R711 art. 49 sets townships no term")
    bed.report = replace(bed.report, published_on=date((bed.report.year or 0) + 1, 5, bed.rng.randint(5, 28)))


def _basis(bed: _Bed) -> None:
    text = bed.section(SectionCode.PREAMBLE)
    bed.rewrite(SectionCode.PREAMBLE, re.sub(r"〔(\d{4})〕", r"[\1]", text))


def _ordinals(bed: _Bed) -> None:
    text = bed.section(SectionCode.PROBLEMS)
    bed.rewrite(SectionCode.PROBLEMS, re.sub(r"；三是(?=[^；]*。$)", "；二是", text, flags=re.M))


def _accountability(bed: _Bed) -> None:
    if not (bed.report.agency or "").endswith("人民政府"):
        raise Unplantable("only governments must say it")
    text = bed.section(SectionCode.OVERVIEW)
    kept = re.sub(r"(政务公开列入年度|把政务公开作为年度).*(?=\n|$)", "", text)
    bed.rewrite(SectionCode.OVERVIEW, kept)


def _rule_making(bed: _Bed) -> None:
    if body(bed.report.agency or "").makes_rules:
        raise Unplantable("this body may make rules")
    column = "in_force" if bed.report.edition == Edition.FORM_2021 else "published_total"
    bed.add(CellId(2, "government_rules", column), bed.rng.randint(1, 4))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault: what an audit is to say, which families of rules may say it, how it is planted."""

    expected: str
    families: tuple[str, ...]
    plant: Callable[[_Bed], None]


def _fault(families: str, expected: str, plant: Callable[[_Bed], None]) -> Fault:
    return Fault(families=tuple(families.split()), expected=expected, plant=plant)


FAULTS: Mapping[str, Fault] = {
    "cell": _fault("RQ", "一格被改：该行合计与该列分项之和都不成立", _cell),
    "row_total": _fault("RQ", "行合计不等于各列之和", _row_total),
    "column_sum": _fault("RQ", "（七）总计不等于各项办理结果之和", _column_sum),
    "balance": _fault("RQ", "新收加上年结转不等于办结加结转下年", _balance),
    "remedy_sum": _fault("RM", "表四合计不等于四种结果之和", _remedy_sum),
    "prose_number": _fault("NR", "正文办结件数与表三不符", _prose_number),
    "prose_documents": _fault("NR", "正文现行有效件数与表二不符", _prose_documents),
    "negation": _fault("NR", "正文称未发生复议诉讼，表四不为零", _negation),
    "parts": _fault("NR", "正文分项之和大于总数", _parts),
    "parts_short": _fault("NR", "正文分项之和小于总数，而分项像是列全了", _parts_short),
    "percentage": _fault("NR", "百分比截断而未四舍五入", _percentage),
    "stale_plan": _fault("ST NR", "下一步打算仍写报告年度", _stale_plan),
    "stale_period": _fault("ST NR", "统计期限年份与报告年度不符", _stale_period),
    "missing_section": _fault("ST", "缺少法定部分", _missing_section),
    "chain": _fault("YR", "上年结转不等于上年报告的结转下年", _chain),
    "document_chain": _fault("YR", "现行有效件数与上年报告衔接不上", _document_chain),
    "blank_cells": _fault("ST", "表格有空格，应填0", _blank_cells),
    "label": _fault("FM", "行标签与规定格式不同", _label),
    "missing_fee": _fault("ST", "未报告信息处理费收取情况", _missing_fee),
    "fee_contradiction": _fault("RQ NR", "表三有逾期未缴费，正文称未收费也未通知", _fee_contradiction),
    "late": _fault("PB", "公布日期超过法定期限", _late),
    "basis": _fault("PB FM", "格式文号的年份未用六角括号", _basis),
    "ordinals": _fault("FM NR", "序号重复", _ordinals),
    "accountability": _fault("ST", "政府年报未报告考核、社会评议和责任追究", _accountability),
    "rule_making": _fault("PD", "没有规章制定权的机关填报规章", _rule_making),
}

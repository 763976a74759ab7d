"""Faults in what a report must have: sections, tables, rows, the right form, what governments must say."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.report.numerals import BLANK
from gongkai.report.schema import CellId, Edition, SectionCode
from gongkai.samples.bodies import Kind
from gongkai.samples.faults.bed import Bed, fault, t4
from gongkai.samples.making import make_report

_WITH_TABLE = {2: SectionCode.PROACTIVE, 3: SectionCode.REQUESTS, 4: SectionCode.REMEDIES}


def _drop_table(bed: Bed, number: int) -> None:
    kept = {cell: value for cell, value in bed.report.cells.items() if cell.table != number}
    bed.report = replace(bed.report, cells=kept)


def _drop_section(bed: Bed, gone: SectionCode) -> None:
    bed.report = replace(bed.report, sections=tuple(s for s in bed.report.sections if s.code != gone))


@fault("ST01", "缺少法定部分", also="NR19 ST07")
def missing_section(bed: Bed) -> None:
    prose = (SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS, SectionCode.PROBLEMS, SectionCode.OVERVIEW)
    _drop_section(bed, bed.rng.choice(prose))


@fault("ST01 ST02", "缺少法定部分，连同其中的表", also="NR")
def missing_section_with_table(bed: Bed) -> None:
    number = bed.rng.choice(list(_WITH_TABLE))
    _drop_table(bed, number)
    _drop_section(bed, _WITH_TABLE[number])


@fault("ST01", "各部分次序颠倒")
def sections_out_of_order(bed: Bed) -> None:
    sections = list(bed.report.sections)
    at = bed.rng.randint(1, len(sections) - 2)
    sections[at], sections[at + 1] = sections[at + 1], sections[at]
    bed.report = replace(bed.report, sections=tuple(sections))


@fault("ST02", "缺一张表", also="NR")
def missing_table(bed: Bed) -> None:
    number = bed.rng.choice(list(_WITH_TABLE))
    _drop_table(bed, number)
    bed.rewrite(
        _WITH_TABLE[number], bed.pick("无。", "本年度没有此类情况。", "见附件。", "数据均为零。", "详见附表")
    )


@fault("ST03", "表中删去了没有数字的行", also="NR07 RQ RM01 YR")
def missing_rows(bed: Bed) -> None:
    form = bed.report.form
    rows = [
        (table.number, row.code)
        for table in form.tables
        for row in table.rows
        if not any(bed.report.number(CellId(table.number, row.code, c.code)) for c in row.columns)
    ]
    tables = {number for number, _ in rows}
    bed.need(tables, "no row of zeros")
    number = bed.rng.choice(sorted(tables))
    whole = len(form.table(number).rows)
    here = [row for table, row in rows if table == number]
    gone = set(bed.rng.sample(here, min(len(here), whole - 1, bed.rng.choice((1, 1, 2, 3, 4)))))
    kept = {c: v for c, v in bed.report.cells.items() if c.table != number or c.row not in gone}
    bed.report = replace(bed.report, cells=kept)


@fault("ST06", "用了不属于该年度的格式", also="PB03 YR03 NR18 YR02")
def wrong_edition(bed: Bed) -> None:
    whose, year = bed.report.agency or "", bed.year
    other = Edition.FORM_2019 if bed.report.edition == Edition.FORM_2021 else Edition.FORM_2021
    bed.report = make_report(bed.rng.randrange(10_000), whose, year, bed.last, edition=other)


_APPRAISAL = re.compile(r"(?:政务公开列入年度|把政务公开作为年度)[^。]*。")


@fault("ST07", "政府年报未报告考核、社会评议和责任追究")
def accountability(bed: Bed) -> None:
    bed.need(bed.body.kind in (Kind.GOVERNMENT, Kind.TOWNSHIP), "only governments must say it")
    bed.need((bed.report.agency or "").endswith("人民政府"), "a street office is no government")
    text = bed.section(SectionCode.OVERVIEW)
    bed.need(_APPRAISAL.search(text), "it is said elsewhere")
    bed.rewrite(
        SectionCode.OVERVIEW,
        _APPRAISAL.sub(
            bed.pick(
                "",
                "政务公开列入年度绩效考核，全年没有需要责任追究的情形。",
                "通过网上问卷开展社会评议，未发生责任追究的情况。",
                "列入年度考核，委托第三方开展社会评议。",
                "各单位对公开工作进一步重视。",
            ),
            text,
        ),
    )


@fault("ST08", "未报告信息处理费收取情况")
def missing_fee(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    lines = bed.section(SectionCode.OTHER_MATTERS).split("\n")
    kept = [line for line in lines if "信息处理费" not in line]
    bed.rewrite(
        SectionCode.OTHER_MATTERS,
        "\n".join(kept)
        or bed.pick(
            "没有其他需要报告的内容。",
            "无。",
            "暂无其他事项。",
            "没有其他需要报告的事项",
            "",
        ),
    )


_EMPTY = (
    "无。",
    "无",
    "暂无。",
    "（文字描述）",
    "",
    "不存在问题。",
    "没有需要报告的情况。",
    "（此处填写主要问题和改进措施）",
    "无\n无",
    "本年度无。",
    "略。",
    "同上年。",
)


@fault("ST12", "第五部分没有内容", also="FM07")
def empty_problems(bed: Bed) -> None:
    bed.rewrite(SectionCode.PROBLEMS, bed.rng.choice(_EMPTY))


@fault("ST12", "第一部分没有内容或残留模板文字", also="NR19 ST07")
def empty_overview(bed: Bed) -> None:
    text = bed.section(SectionCode.OVERVIEW)
    if bed.rng.random() < 0.5:
        bed.rewrite(SectionCode.OVERVIEW, bed.rng.choice(_EMPTY))
        return
    rest = bed.pick("（文字描述）", "（在此处填写）", "（请填写本单位情况）", "XXX。", "……")
    lines = text.split("\n")
    at = bed.rng.choice([i for i, line in enumerate(lines) if line.startswith("（")])
    lines[at + 1] = rest
    bed.rewrite(SectionCode.OVERVIEW, "\n".join(lines))


@fault("ST12", "第六部分残留模板文字", also="ST08 FM07")
def template_left(bed: Bed) -> None:
    text = bed.section(SectionCode.OTHER_MATTERS)
    bed.rewrite(
        SectionCode.OTHER_MATTERS,
        bed.pick(
            f"（收取信息处理费情况在此处报告）\n{text}",
            f"{text}\n（文字描述）",
            f"（此处填写其他事项）{text}",
        ),
    )


@fault("ST05", "表四的总计都空着")
def blank_totals(bed: Bed) -> None:
    cells = {t4(row.code): bed.report.cells[t4(row.code)] for row in bed.report.form.table(4).rows}
    bed.need(cells, "no table")
    bed.where = tuple(cells)
    kept = {cell: value for cell, value in bed.report.cells.items() if cell not in cells}
    blank = {cell: value._replace(value=BLANK, raw="") for cell, value in cells.items()}
    bed.report = replace(bed.report, cells=kept | blank)

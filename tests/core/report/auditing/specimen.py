"""A clean report of an invented county, and ways to spoil it one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.report.auditing import audit
from gongkai.report.cells import Cell
from gongkai.report.findings import Finding, NotAssessed
from gongkai.report.numerals import Value
from gongkai.report.schema import (
    APPLICANTS,
    OUTCOMES_OF_REMEDY,
    SECTION_TITLES,
    TABLE4,
    CellId,
    Edition,
    Report,
    Section,
    SectionCode,
    form,
)

COUNTY = "青禾县人民政府"
BUREAU = "青禾县水务局"

_TEXTS = {
    SectionCode.PREAMBLE: (
        "本报告依据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        "（国办公开办函〔2021〕30号）编制，统计期限自2024年1月1日起至2024年12月31日止。"
    ),
    SectionCode.OVERVIEW: (
        "2024年，全县各单位按照年初部署推进公开工作，清单逐项落实，台账逐月更新。\n"
        "（一）主动公开。一是整理公文目录；二是更新办事指南；三是补发政策问答。\n"
        "（二）依申请公开。受理、登记、答复、归档均有记录，经办人员每周核对一次时限。\n"
        "（三）监督保障。对十二个镇街和三十个部门进行年度考核，组织社会评议一次，"
        "邀请企业代表和居民代表打分，结果已向社会公布；全年未发生需要责任追究的情形。"
    ),
    SectionCode.PROBLEMS: (
        "存在的问题：解读材料文字偏多，图表偏少；镇街经办人员更换频繁。\n"
        "改进措施：2025年我县将继续充实解读形式，编印经办手册，按季度组织新任经办人员跟班学习。"
    ),
    SectionCode.OTHER_MATTERS: "2024年度未收取信息处理费。没有其他需要报告的事项。",
}


def _request_row(natural: int, business: int) -> dict[str, int]:
    values = dict.fromkeys((column.code for column in APPLICANTS), 0)
    return values | {"natural_person": natural, "business": business, "total": natural + business}


_REQUESTS = {
    "new": (38, 4),
    "carried_in": (2, 0),
    "granted": (20, 3),
    "partial": (4, 0),
    "denied.third_party": (2, 0),
    "unable.not_held": (9, 1),
    "other.misc": (2, 0),
    "total_done": (37, 4),
    "carried_out": (3, 0),
}
_DISCLOSED = {
    "government_rules.made": 0,
    "government_rules.repealed": 0,
    "government_rules.in_force": 0,
    "normative_documents.made": 6,
    "normative_documents.repealed": 2,
    "normative_documents.in_force": 31,
    "permits.decisions": 4120,
    "penalties.decisions": 655,
    "coercion.decisions": 17,
    "fees_10k_yuan.amount": 812,
}


def _cells() -> dict[CellId, Cell]:
    values: dict[CellId, int] = {CellId(2, *name.rsplit(".", 1)): value for name, value in _DISCLOSED.items()}
    for row in form(Edition.FORM_2021).table(3).rows:
        for column, value in _request_row(*_REQUESTS.get(row.code, (0, 0))).items():
            values[CellId(3, row.code, column)] = value
    for row in TABLE4.rows:
        for column in OUTCOMES_OF_REMEDY:
            values[CellId(4, row.code, column.code)] = 0
    values |= {CellId.parse("t4.reconsideration.upheld"): 2, CellId.parse("t4.reconsideration.total"): 2}
    return {name: Cell(value) for name, value in values.items()}


def labels(edition: Edition = Edition.FORM_2021) -> dict[str, str]:
    """Return the form's own labels as a reader gives them."""
    found = {}
    for table in form(edition).tables:
        for row in table.rows:
            found[f"row.{table.number}.{row.code}"] = row.label
            found |= {f"column.{table.number}.{c.code}": c.label for c in row.columns}
    leaves = [c.label for c in OUTCOMES_OF_REMEDY]
    header = ["行政复议", "行政诉讼", *leaves, "未经复议直接起诉", "复议后起诉", *leaves, *leaves]
    return found | {"header.4": "\t".join(header)}


def clean() -> Report:
    """Return a report without any fault: a county's, for 2024, published in time."""
    sections = [Section(code=SectionCode.PREAMBLE, text=_TEXTS[SectionCode.PREAMBLE])]
    sections += [
        Section(code=code, heading=title, text=_TEXTS.get(code, "")) for code, title in SECTION_TITLES.items()
    ]
    return Report(
        agency=COUNTY,
        year=2024,
        edition=Edition.FORM_2021,
        title=f"{COUNTY}2024年政府信息公开工作年度报告",
        published_on=date(2025, 3, 12),
        cells=_cells(),
        sections=tuple(sections),
        labels=labels(),
    )


def clean_2019() -> Report:
    """Return a report on the 2019 form without any fault in its tables; it has no prose."""
    values = {str(cell): 0 for cell in form(Edition.FORM_2019).cells()}
    for name in ("new", "granted", "total_done"):
        values |= {f"t3.{name}.natural_person": 5, f"t3.{name}.total": 5}
    values |= {"t2.permits.previous": 45, "t2.permits.change": -8, "t2.permits.decisions": 300}
    values |= {"t2.normative_documents.newly_published": 7, "t2.normative_documents.published_total": 80}
    return Report(
        agency=COUNTY,
        year=2020,
        edition=Edition.FORM_2019,
        cells={CellId.parse(name): Cell(value) for name, value in values.items()},
        labels=labels(Edition.FORM_2019),
    )


def last_year() -> Report:
    """Return the clean report's report for the year before, which it continues."""
    report = with_cells(
        replace(clean(), year=2023, title=None, published_on=date(2024, 3, 11)),
        {
            "t3.carried_out.natural_person": 2,
            "t3.carried_out.total": 2,
            "t2.normative_documents.in_force": 27,
        },
    )
    report = with_text(report, SectionCode.OVERVIEW, "2023年，县政府办新建公开专区，重排栏目，试行预约查阅。")
    return with_text(report, SectionCode.PROBLEMS, "栏目更新不够及时。下一步，建立日巡查制度。")


def with_cells(report: Report, values: dict[str, Value]) -> Report:
    """Return the report with some cells changed."""
    changed = {CellId.parse(name): Cell(value) for name, value in values.items()}
    return replace(report, cells={**report.cells, **changed})


def without_cells(report: Report, *prefixes: str) -> Report:
    """Return the report without the cells whose names start so."""
    return replace(
        report,
        cells={name: cell for name, cell in report.cells.items() if not str(name).startswith(prefixes)},
    )


def with_text(report: Report, code: SectionCode, text: str) -> Report:
    """Return the report with the prose of one part replaced."""
    return _with_sections(report, code, text=text)


def with_heading(report: Report, code: SectionCode, heading: str) -> Report:
    """Return the report with the heading of one part replaced."""
    return _with_sections(report, code, heading=heading)


def _with_sections(report: Report, code: SectionCode, **changes: str) -> Report:
    return replace(
        report, sections=tuple(replace(s, **changes) if s.code == code else s for s in report.sections)
    )


def without_section(report: Report, code: SectionCode) -> Report:
    """Return the report without one part."""
    return replace(report, sections=tuple(s for s in report.sections if s.code != code))


def overview(text: str) -> Report:
    """Return the clean report with a sentence added to its overview."""
    report = clean()
    section = report.section(SectionCode.OVERVIEW)
    assert section is not None
    return with_text(report, SectionCode.OVERVIEW, f"{section.text}\n{text}")


def findings(code: str, report: Report, last: Report | None = None) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return audit(report, last=last, select=[code]).findings


def skipped(code: str, report: Report, last: Report | None = None) -> tuple[NotAssessed, ...]:
    """Return what one rule could not assess."""
    return audit(report, last=last, select=[code]).not_assessed


def messages(code: str, report: Report, last: Report | None = None) -> list[str]:
    """Return the sentences of what one rule finds."""
    return [finding.message for finding in findings(code, report, last)]


def marked(finding: Finding) -> str:
    """Return the marked words of a finding's quotation."""
    assert finding.quote is not None
    start, end = finding.quote.marks[0]
    return finding.quote.text[start:end]

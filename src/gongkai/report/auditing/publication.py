"""Duties of publication: what must be said, on what basis, by when (R711 arts. 49 and 50)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law.sources import FEES2020, FORM2019, FORM2021, R711, Instrument
from gongkai.report.auditing.bodies import Kind, is_street_office, kind_of
from gongkai.report.auditing.passages import flat, found, prose, quote, quote_flat
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level, Quote
from gongkai.report.schema import Edition, Report, Section, SectionCode

_DUTIES_OF_GOVERNMENTS = {
    "工作考核": re.compile("考核|考评|绩效|测评|评估|评查"),
    "社会评议": re.compile("评议|社会评价|第三方|满意度|问卷|公众评价|民意调查|群众评价"),
    "责任追究": re.compile("追究|追责|问责"),
}


@rule(
    "ST07",
    "考核评议追责结果",
    "政府的年度报告还应报告{missing}结果情况，正文未提及",
    source=R711.art(50, item=4),
    level=Level.INFO,
)
def governments_report_appraisal(dossier: Dossier) -> Iterator[Outcome]:
    """各级人民政府的报告还应包括工作考核、社会评议和责任追究结果；县级以上政府三项全无的为错误。

    街道办事处不是一级政府，不在此列；乡镇政府、管委会只作提示。

    Right: “对 12 个镇街开展年度考核……组织社会评议一次……未发生责任追究情形”。
    Wrong: 县政府的报告通篇没有考核、评议、追责。
    """
    report = dossier.report
    kind = kind_of(report)
    if kind not in (Kind.GOVERNMENT, Kind.ZONE, Kind.TOWNSHIP) or is_street_office(report):
        return
    text = prose(report)
    if not text:
        yield Skip("没有读到正文")
        return
    missing = [duty for duty, words in _DUTIES_OF_GOVERNMENTS.items() if not words.search(text)]
    if missing:
        all_missing = kind is Kind.GOVERNMENT and len(missing) == len(_DUTIES_OF_GOVERNMENTS)
        yield Hit(missing="、".join(missing), level=Level.ERROR if all_missing else None)


_FEE_WORDS = re.compile("处理费|收费|费用|收取")
_PROCESSING_FEE = re.compile("信息处理费|公开处理费|信息公开费")


@rule(
    "ST08",
    "信息处理费情况",
    "{what}",
    source=FORM2021.part("第六部分（收取信息处理费情况在此处报告）"),
    level=Level.WARNING,
    editions=(Edition.FORM_2021,),
)
def fees_are_reported(dossier: Dossier) -> Iterator[Outcome]:
    """第六部分应写明收取信息处理费的情况，没有收取的也要写明。

    Right: “本年度未收取信息处理费”。
    Wrong: 第六部分只写“无”。
    """
    report = dossier.report
    section = report.section(SectionCode.OTHER_MATTERS)
    starts = FEES2020.in_force
    if section is None or (starts and report.year is not None and report.year < starts.year):
        return
    if _FEE_WORDS.search(flat(section.text)):
        return
    if _PROCESSING_FEE.search(prose(report)):
        yield Hit(level=Level.INFO, what="收取信息处理费情况应写在第六部分")
    else:
        yield Hit(what="第六部分未报告收取信息处理费情况（没有收取的也应写明）", quote=_whole(section))


def _whole(section: Section) -> Quote | None:
    return quote(section, 0, len(section.text)) if 0 < len(section.text) <= 60 else None


_DUE = {Kind.DEPARTMENT: (1, 31), Kind.OFFICE: (3, 31), Kind.GOVERNMENT: (3, 31)}
_OFFICES_OWN_DUE = (1, 31)


@rule(
    "PB01",
    "公布期限",
    "发布日期为{published}，{what}",
    source=R711.art(49),
)
def published_in_time(dossier: Dossier) -> Iterator[Outcome]:
    """县级以上政府部门的报告次年1月31日前公布，县级以上政府的报告次年3月31日前公布；遇假日不顺延。

    Right: 2024年度，县财政局 2025年1月27日公布，县政府 2025年3月20日公布。
    Wrong: 2024年度，县财政局 2025年2月5日公布。
    """
    report = dossier.report
    published, year = report.published_on, report.year
    if published is None or year is None:
        yield Skip("没有读到发布日期" if published is None else "没有读到报告年度")
        return
    if published.year <= year:
        return
    kind = kind_of(report)
    if kind not in _DUE:
        yield Skip("条例第四十九条没有规定此类单位的公布期限，或者从名称看不出单位类别")
        return
    due = date(year + 1, *_DUE[kind])
    if published > due:
        yield Hit(published=published.isoformat(), what=f"晚于{due.year}年{due.month}月{due.day}日的期限")
    elif kind is Kind.OFFICE and published > date(year + 1, *_OFFICES_OWN_DUE):
        yield Hit(
            published=published.isoformat(),
            what="如为办公室（厅）本机关的报告，应在1月31日前公布",
            level=Level.INFO,
        )


@rule(
    "PB02",
    "发布日期与统计年度",
    "发布日期为{published}，早于{year}年统计期限届满",
    source=R711.art(49),
    level=Level.WARNING,
)
def published_after_the_year(dossier: Dossier) -> Iterator[Outcome]:
    """报告应在统计年度结束后公布。

    Right: 2024年度报告 2025年1月15日公布。
    Wrong: 2024年度报告标注 2024年1月15日公布。
    """
    published, year = dossier.report.published_on, dossier.report.year
    if published and year and published.year <= year:
        yield Hit(published=published.isoformat(), year=year)


_BASIS = re.compile(
    r"(?:《(?P<title>[^《》]{4,60})》?[^《》]{0,3}[（(]?|[，、（(])?"
    r"国办公开办函(?P<open>[^\d国]?)(?P<year>20\d\d)(?P<close>[^\d号]?)(?P<number>\d*)(?P<mark>号?)"
)
_FORM_NUMBERS = {(2019, 60): FORM2019, (2021, 30): FORM2021}
_NAMES_THE_FORM = re.compile("年度报告格式|年报格式")
_SPEAKS_OF_REPORTS = re.compile("年度报告|年报")
_SIX_SIDED = (("〔", "〕"), ("﹝", "﹞"))


@rule(
    "PB03",
    "编制依据",
    "{what}",
    source=FORM2021.part("文号"),
    level=Level.WARNING,
)
def basis_is_cited_rightly(dossier: Dossier) -> Iterator[Outcome]:
    """引用年度报告格式的，名称、文号应当准确，年份用六角括号〔〕，不得引用已被替代的格式。

    Right: 《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）。
    Wrong: 国办公开办函202130号；国办公开办函[2021]30号；2023年度报告引用国办公开办函〔2019〕60号。
    """
    if not any("国办公开办函" in flat(section.text) for section in dossier.report.sections):
        return
    for section, match in found(dossier.report, _BASIS):
        if what := _fault_of_basis(dossier.report, match, flat(section.text)):
            words, level = what
            yield Hit(what=words, quote=quote_flat(section, *match.span()), level=level)


def _fault_of_basis(report: Report, match: re.Match[str], text: str) -> tuple[str, Level | None] | None:
    number = (int(match["year"]), int(match["number"])) if match["number"] else None
    about_form = bool(
        _NAMES_THE_FORM.search(match["title"] or text[max(0, match.start() - 40) : match.end()])
    )
    if number is None or (not match["open"] and not match["close"]):
        return f"文号“{_number_of(match)}”不完整，应写作国办公开办函〔年份〕序号", None
    if about_form and number not in _FORM_NUMBERS:
        return f"年度报告格式的文号应为{FORM2021.number}", None
    if fault := _wrong_form(report, number):
        return fault, None
    if number in _FORM_NUMBERS and match["title"] and not _SPEAKS_OF_REPORTS.search(match["title"]):
        return f"文号与名称不符：{_FORM_NUMBERS[number].number}是《{_FORM_NUMBERS[number].title}》", None
    if (match["open"], match["close"]) not in _SIX_SIDED:
        return f"文号“{_number_of(match)}”的年份应用六角括号〔〕", Level.INFO
    return None


def _wrong_form(report: Report, number: tuple[int, int] | None) -> str | None:
    cited: Instrument | None = _FORM_NUMBERS.get(number) if number else None
    if cited is FORM2019 and report.year is not None and report.year >= Edition.FORM_2021:
        return f"{FORM2019.number}已被{FORM2021.number}替代"
    if cited is FORM2021 and report.year is not None and report.year < Edition.FORM_2021:
        return f"{FORM2021.number}自{Edition.FORM_2021}年度起使用"
    return None


def _number_of(match: re.Match[str]) -> str:
    return match[0][match[0].index("国办公开办") :]

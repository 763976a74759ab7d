"""Faults of publication: too late, too early, on the wrong basis."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from gongkai.law.sources import FORM2019, FORM2021
from gongkai.report.schema import Edition, SectionCode
from gongkai.samples.bodies import Kind
from gongkai.samples.faults.bed import Bed, fault


@fault("PB01", "公布日期超过法定期限")
def late(bed: Bed) -> None:
    bed.need(bed.body.kind is not Kind.TOWNSHIP, "R711 art. 49 sets townships no term")
    month, day = (1, 31) if bed.body.kind is Kind.DEPARTMENT else (3, 31)
    due = date(bed.year + 1, month, day)
    days = bed.rng.choice((1, 2, 30, 100, 400))
    bed.report = replace(bed.report, published_on=due + timedelta(days=days))


@fault("PB02", "公布日期早于统计年度届满")
def early(bed: Bed) -> None:
    end = date(bed.year, 12, 31)
    days = bed.rng.choice((0, 1, 20, 335, 700))
    bed.report = replace(bed.report, published_on=end - timedelta(days=days))


_NUMBER = re.compile(r"国办公开办函〔(\d{4})〕(\d+)号")


@fault("PB03", "引用年度报告格式的名称或文号不准确")
def basis(bed: Bed) -> None:
    text = bed.section(SectionCode.PREAMBLE)
    number = _NUMBER.search(text)
    bed.need(number, "no number")
    assert number is not None
    year, serial = number[1], int(number[2])
    old = FORM2019.number if bed.report.edition == Edition.FORM_2021 else FORM2021.number
    bed.rewrite(
        SectionCode.PREAMBLE,
        text.replace(
            number[0],
            bed.pick(
                f"国办公开办函[{year}]{serial}号",
                f"国办公开办函（{year}）{serial}号",
                f"国办公开办函{year}{serial}号",
                f"国办公开办函〔{year}〕{serial + 1}号",
                f"国办公开办函【{year}】{serial}号",
                f"国办公开办函〔{year}〕号",
                f"国办公开办函〔{int(year) - 1}〕{serial}号",
                f"国办函〔{year}〕{serial}号",
                str(old),
            ),
        ),
    )


@fault("PB03", "文号对，格式的名称错")
def basis_title(bed: Bed) -> None:
    text = bed.section(SectionCode.PREAMBLE)
    title = FORM2021.title if bed.report.edition == Edition.FORM_2021 else FORM2019.title
    bed.need(f"《{title}》" in text, "no title")
    bed.rewrite(
        SectionCode.PREAMBLE,
        text.replace(
            f"《{title}》",
            bed.pick(
                "《政府信息公开信息处理费管理办法》",
                "《中华人民共和国政府信息公开条例实施意见》",
                "《政务公开工作要点》",
                "《基层政务公开标准指引》",
            ),
        ),
    )

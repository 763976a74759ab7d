"""Faults of the year: words left over from another one, and what does not follow from last year's report."""

from __future__ import annotations

import re

from gongkai.report.schema import APPLICANTS, CARRIED_OUT, NATURAL, NEW, CellId, Edition, SectionCode
from gongkai.samples.faults.bed import Bed, fault, t2, t3


@fault("ST09", "统计期限的年份与报告年度不符")
def stale_period(bed: Bed) -> None:
    year, other = bed.year, bed.year - bed.rng.choice((1, 1, 2))
    text = bed.section(SectionCode.PREAMBLE)
    period = re.search(rf"[^。]*{year}年1月1日[^。]*。", text)
    bed.need(period, "no period")
    assert period is not None
    bed.rewrite(
        SectionCode.PREAMBLE,
        text.replace(
            period[0],
            bed.pick(
                period[0].replace(f"{year}年", f"{other}年"),
                period[0].replace(f"{year}年1月1日", f"{other}年1月1日"),
                f"本报告统计数据时间为{other}年1月1日至{other}年12月31日。",
                f"数据统计时间自{other}年1月1日起至同年12月31日止。",
                f"统计期限：{other}.1.1—{other}.12.31。",
                f"数据统计期间为{other}年度。",
            ),
        ),
    )


@fault("ST10", "沿用往年文字，年份未改", also="NR RQ04 ST08")
def leftover_year(bed: Bed) -> None:
    other = bed.year - bed.rng.choice((1, 1, 2))
    own = bed.body.own
    where = bed.rng.randrange(3)
    if where == 0:
        lines = bed.section(SectionCode.OTHER_MATTERS).split("\n")
        kept = [line for line in lines if "信息处理费" not in line]
        said = bed.pick(
            f"{other}年度没有收取信息处理费。",
            f"{other}年，{own}未向申请人收取信息处理费。",
            f"（一）收取信息处理费情况。{other}年度未产生信息处理费。",
            f"信息处理费方面，{other}年未收取。",
        )
        bed.rewrite(SectionCode.OTHER_MATTERS, "\n".join([said, *kept]))
    elif where == 1:
        text = bed.section(SectionCode.OVERVIEW)
        opening = text.split("\n")[0]
        bed.rewrite(
            SectionCode.OVERVIEW,
            text.replace(
                opening,
                bed.pick(
                    f"{other}年，{own}围绕中心工作推进信息公开，公开实效有了新的提升。",
                    f"{other}年度，{own}的信息公开工作总体平稳有序。",
                    f"过去的{other}年，{own}稳步推进信息公开。",
                ),
                1,
            ),
        )
    else:
        text = bed.section(SectionCode.PREAMBLE)
        bed.rewrite(
            SectionCode.PREAMBLE,
            bed.pick(
                f"根据条例要求，现公布{other}年政府信息公开工作年度报告。",
                f"现将{other}年度政府信息公开工作情况报告如下。",
                f"{own}按规定编制并发布{other}年度政府信息公开年度报告。",
            )
            + text.replace(f"编制了{bed.year}年政府信息公开工作年度报告", "编制了本报告"),
        )


@fault("ST11", "下一步打算仍写报告年度")
def stale_plan(bed: Bed) -> None:
    year = bed.year
    text = bed.section(SectionCode.PROBLEMS)
    found, _, plans = text.partition("\n")
    items = plans[plans.index("：") + 1 :]
    bed.rewrite(
        SectionCode.PROBLEMS,
        found
        + "\n"
        + bed.pick(
            f"{year}年，{bed.body.own}将这样改进：{items}",
            f"{year}年将采取以下改进措施：{items}",
            f"下一步，{year}年{bed.body.own}将着力做好：{items}",
            f"{year}年工作打算：{items}",
            f"针对以上不足，{year}年{bed.body.own}计划从几个方面改进：{items}",
            f"{year}年，我们将继续补短板、强弱项，{items}",
            f"改进措施。{year}年拟重点抓好：{items}",
        ),
    )


@fault("YR01", "上年结转不等于上年报告的结转下年度")
def chain(bed: Bed) -> None:
    bed.add_to_last((t3(row, column), 1) for row in (NEW, CARRIED_OUT) for column in (NATURAL, "total"))
    bed.where = (t3("carried_in", NATURAL),)


@fault("YR01", "结转的总数相等而申请人类别对不上")
def chain_of_columns(bed: Bed) -> None:
    bed.need(bed.last_count(t3(CARRIED_OUT, NATURAL)), "nothing carried out")
    other = bed.rng.choice(APPLICANTS[1:-1]).code
    bed.add_to_last([(t3(CARRIED_OUT, NATURAL), -1), (t3(CARRIED_OUT, other), 1)])
    bed.where = (t3("carried_in", NATURAL), t3("carried_in", other))


@fault("YR02", "现行有效件数与上年报告衔接不上")
def document_chain(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    bed.need(bed.last is not None and bed.last.edition == Edition.FORM_2021, "no last report on this form")
    where = t2("normative_documents", "in_force")
    bed.add_to_last([(where, bed.rng.choice((-1, 1, 2, 5)))])
    bed.where = (where,)


@fault("YR03", "上一年项目数量与上年报告的项目和增减对不上")
def item_chain(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2019)
    bed.need(bed.last is not None and bed.last.edition == Edition.FORM_2019, "no last report on this form")
    row = bed.pick("permits", "other_services", "penalties", "coercion", "fees")
    where: CellId = t2(row, "previous")
    bed.add_to_last([(where, bed.rng.randint(1, 9))])
    bed.where = (where,)


@fault("YR04", "照抄上年报告，只改了年份", also="NR RQ04 ST07 ST1 FM")
def copied(bed: Bed) -> None:
    bed.need(bed.last is not None, "no last report")
    assert bed.last is not None
    whole = bed.rng.random() < 0.6
    codes = (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS)
    changed = bed.pick("none", "some", "order")
    for code in codes if whole else (SectionCode.PROBLEMS,):
        section = bed.last.section(code)
        bed.need(section, "no such part")
        assert section is not None
        text = re.sub(r"20\d\d(?=年)", lambda m: str(int(m[0]) + 1), section.text)
        if changed == "some":
            text = text.replace("一是", "一是仍然").replace("全年", "一年来")
        elif changed == "order" and code is SectionCode.PROBLEMS:
            text = "\n".join(reversed(text.split("\n")))
        bed.rewrite(code, text)

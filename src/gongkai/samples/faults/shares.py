"""Faults in shares and rates: of outcomes, of applicants, told one by one or in one breath, of Table 4."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from gongkai.report.schema import (
    CARRIED_IN,
    NATURAL,
    NEW,
    OUTCOME_GROUPS,
    OUTCOME_NAMES,
    TOTAL_DONE,
    SectionCode,
)
from gongkai.samples.facts import percent, split_into
from gongkai.samples.faults.bed import Bed, Unplantable, fault, t3, t4


def _bases(bed: Bed) -> set[int]:
    new = bed.count(t3(NEW))
    return {new, new + bed.count(t3(CARRIED_IN)), bed.count(t3(TOTAL_DONE))}


def _wrong_share(bed: Bed, part: int, *more: int, places: int = 1) -> str:
    """Return a share that is right of none of the year's totals, nor of `more`, rounded or cut off."""
    bases = {base for base in (*_bases(bed), *more) if base}
    done = bed.count(t3(TOTAL_DONE))
    for _ in range(50):
        share = percent(part * 1000 + bed.rng.randint(20, 150) * done, done * 1000, places)
        said = Decimal(share[:-1])
        apart = all(abs(said - Decimal(part) * 100 / base) > 1 for base in bases)
        if apart and said < 100:
            return share
    raise Unplantable("no wrong share")


@fault("NR16", "正文办理结果的占比算错")
def share(bed: Bed) -> None:
    done = bed.count(t3(TOTAL_DONE))
    groups = [group for group in OUTCOME_NAMES if bed.group(group) and group != "other"]
    bed.need(done > 4 and groups, "no requests")
    group = bed.rng.choice(groups)
    name, count = OUTCOME_NAMES[group], bed.group(group)
    wrong = _wrong_share(bed, count)
    bed.tell_requests(
        bed.pick(
            f"办结政府信息公开申请{done}件，其中{name}{count}件，占{wrong}。",
            f"办结政府信息公开申请{done}件，{name}{count}件，占比{wrong}。",
            f"办结政府信息公开申请{done}件，{name}的{count}件，占办结总数的{wrong}。",
            f"办结政府信息公开申请{done}件，{name}{count}件（占比为{wrong}）。",
            f"办结政府信息公开申请{done}件，{name}{count}件，比例为{wrong}。",
            f"办结政府信息公开申请{done}件，其中{name}{count}件，约占总量{wrong}。",
        )
    )


@fault("NR16", "正文自然人申请的占比算错", also="NR05 NR26")
def share_of_applicants(bed: Bed) -> None:
    new, natural = bed.count(t3(NEW)), bed.count(t3(NEW, NATURAL))
    bed.need(new > natural > 2, "natural persons only")
    wrong = percent(natural * 10 - 7 * new // 10, new * 10)
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，其中自然人{natural}件，占{wrong}。",
            f"新收政府信息公开申请{new}件，自然人申请{natural}件，占比{wrong}。",
            f"新收政府信息公开申请{new}件，自然人提出{natural}件，占申请总量的{wrong}。",
        )
    )


@fault("NR17", "百分比截断而未四舍五入")
def percentage(bed: Bed) -> None:
    done = bed.count(t3(TOTAL_DONE))
    for group, rows in OUTCOME_GROUPS[bed.report.edition].items():
        count = sum(bed.count(t3(row)) for row in rows)
        if done and count * 100_000 // done % 10 >= 5:
            cut = (Decimal(count * 100) / done).quantize(Decimal("0.01"), ROUND_DOWN)
            said = bed.pick(
                f"{OUTCOME_NAMES[group]}{count}件，占{cut}%。",
                f"{OUTCOME_NAMES[group]}{count}件，占办结总数的{cut}%。",
                f"其中{OUTCOME_NAMES[group]}{count}件（占比{cut}%）。",
            )
            marker = "（三）政府信息管理"
            text = bed.section(SectionCode.OVERVIEW)
            bed.rewrite(SectionCode.OVERVIEW, text.replace(marker, f"{said}\n{marker}", 1))
            return
    raise Unplantable("no share whose rounding differs from its truncation")


@fault("NR23", "正文“分别占”的比例算错", also="NR22 NR26")
def shares_told_together(bed: Bed) -> None:
    new = bed.count(t3(NEW))
    bed.need(new > 9, "few requests")
    web = bed.rng.randint(new // 2 + 1, new - 2)
    paper = new - web
    right, wrong = percent(paper, new), percent(web * 100 - 4 * new, new * 100)
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，其中网络申请{web}件、书面申请{paper}件，分别占{wrong}、{right}。",
            f"新收政府信息公开申请{new}件，线上{web}件、线下{paper}件，占比分别为{wrong}和{right}。",
            f"新收政府信息公开申请{new}件，在线提交{web}件，书面提交{paper}件，各占{wrong}和{right}。",
            f"新收政府信息公开申请{new}件，网络{web}件、纸质{paper}件，所占比重分别是{wrong}、{right}。",
        )
    )


@fault("NR24", "正文维持率、纠错率、败诉率与表四不符", also="NR06")
def rates(bed: Bed) -> None:
    upheld, corrected = bed.rng.randint(5, 9), bed.rng.randint(1, 3)
    cases = upheld + corrected
    wrong = percent(upheld * 100 - cases * 11, cases * 100)
    lost = percent(corrected * 100 + cases * 7, cases * 100)
    bed.no_remedies()
    if bed.rng.random() < 0.6:
        bed.remedies("reconsideration", upheld=upheld, corrected=corrected)
        said = bed.pick(
            f"政府信息公开行政复议{cases}件，维持率{wrong}。",
            f"政府信息公开行政复议案件{cases}件，复议维持率为{wrong}。",
            f"政府信息公开行政复议{cases}件，纠错率{lost}。",
            f"政府信息公开行政复议{cases}件，纠错比例为{lost}。",
        )
    else:
        bed.remedies("direct_suit", upheld=upheld, corrected=corrected)
        said = bed.pick(
            f"政府信息公开行政诉讼{cases}件，败诉率{lost}。",
            f"政府信息公开行政诉讼案件{cases}件，败诉率为{lost}，低于往年。",
            f"政府信息公开行政诉讼{cases}件，胜诉率{wrong}。",
        )
    bed.tell_remedies(said)
    bed.where = (t4("reconsideration"), t4("direct_suit"))


@fault("NR26", "正文某类申请的占比与前后数字不符", also="NR16 NR23")
def share_of_a_theme(bed: Bed) -> None:
    new = bed.count(t3(NEW))
    bed.need(new > 9, "few requests")
    land, plan, other = split_into(bed.rng, new, 3)
    bed.need(land > 2 and plan > 1, "no theme")
    wrong = _wrong_share(bed, land, land + plan, land + other)
    theme = bed.pick("土地征收", "工程建设", "房屋拆迁", "财政资金")
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件。涉及{theme}的{land}件，占{wrong}。",
            f"新收政府信息公开申请{new}件，{theme}方面{land}件，占比{wrong}。",
            f"新收政府信息公开申请{new}件。申请内容主要是{theme}，共{land}件，占全部申请的{wrong}。",
            f"新收政府信息公开申请{new}件，其中{theme}类最多，有{land}件，占{wrong}。",
            f"新收政府信息公开申请{new}件。{theme}类{land}件，比重达{wrong}。",
        )
    )

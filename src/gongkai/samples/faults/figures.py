"""Faults in the prose's own arithmetic: sums of parts, channels, growth."""

from __future__ import annotations

import re

from gongkai.report.schema import CARRIED_IN, CARRIED_OUT, NEW, OUTCOME_NAMES, TOTAL_DONE, SectionCode
from gongkai.samples.facts import listed, percent, split_into
from gongkai.samples.faults.bed import PROACTIVE, SAFEGUARDS, Bed, fault, t3

_PUBLISHED = r"(?:主动公开政府信息|公开信息)(\d+)条"
_PUBLISHED_SENTENCE = re.compile(r"[^。]*(?:主动公开政府信息|公开信息)\d+条[^。]*。")
_KINDS = ("政策文件", "工作动态", "公示公告", "财政信息", "人事信息", "其他信息")


@fault("NR14", "正文分项之和大于总数")
def parts(bed: Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, _PUBLISHED, -bed.rng.randint(7, 30))


@fault("NR14", "正文分项之和小于总数，而分项像是列全了")
def parts_short(bed: Bed) -> None:
    told = re.search(_PUBLISHED, bed.section(SectionCode.OVERVIEW))
    bed.need(told, "no total")
    assert told is not None
    short = max(1, int(told[1]) * bed.rng.randint(1, 5) // 100)
    bed.replace_number(SectionCode.OVERVIEW, _PUBLISHED, short)


@fault("NR14", "正文列到“其他”的分项与总数不等")
def parts_with_rest(bed: Bed) -> None:
    total = bed.rng.randint(120, 900)
    counts = [count + 5 for count in split_into(bed.rng, total, len(_KINDS))]
    whole = sum(counts) + bed.rng.choice((-6, 3))
    kinds = list(zip(_KINDS, counts, strict=True))
    items = "，".join(f"{name}{count}条" for name, count in kinds)
    rest = _PUBLISHED_SENTENCE.sub("", bed.paragraph(PROACTIVE), count=1)
    bed.retell(
        PROACTIVE,
        bed.pick(
            f"全年发布各类信息{whole}条，其中{items}。",
            f"主动公开政府信息{whole}条：{listed(kinds, '条')}。",
            f"网站更新信息{whole}条（{items}）。",
            f"按类别统计，共发布{whole}条，分别为{listed(kinds, '条')}。",
            f"公开各类信息共计{whole}条。其中：{items}。",
        )
        + rest,
    )


@fault("NR14", "培训、会议等其他事项的分项之和大于总数")
def parts_of_training(bed: Bed) -> None:
    first, second = bed.rng.randint(2, 9), bed.rng.randint(2, 9)
    whole = first + second - bed.rng.randint(1, min(first, second) - 1)
    bed.say(
        SAFEGUARDS,
        bed.pick(
            f"召开新闻发布会{whole}场，其中例行发布{first}场、专题发布{second}场。",
            f"公布政策解读材料{whole}篇，其中图解{first}篇、视频{second}篇。",
            f"检查乡镇和部门公开专栏{whole}个，其中合格{first}个、限期整改{second}个。",
            f"办复人大代表建议和政协提案{whole}件，其中建议{first}件，提案{second}件。",
        ),
    )


@fault("NR15 NR04", "正文六类结果之和不等于办结总数", also="NR16 NR17")
def outcomes_short(bed: Bed) -> None:
    done = bed.count(t3(TOTAL_DONE))
    bed.need(done > 2, "no requests")
    counts = {name: bed.group(group) for group, name in OUTCOME_NAMES.items()}
    name = bed.rng.choice([name for name, count in counts.items() if count] or ["予以公开"])
    counts[name] += 2
    bed.need(sum(counts.values()) not in (bed.count(t3(NEW)), done + bed.count(t3(CARRIED_OUT))), "fits")
    apart = "；".join(f"{each}的{count}件" for each, count in counts.items())
    bed.tell_requests(
        bed.pick(
            f"办结政府信息公开申请{done}件：{listed(list(counts.items()), '件')}。",
            f"全年办结政府信息公开申请{done}件，办理结果分别为{listed(list(counts.items()), '件')}。",
            f"办结的{done}件政府信息公开申请中，{apart}。",
            f"共答复政府信息公开申请{done}件（{listed(list(counts.items()), '件')}）。",
        )
    )


def _grown(bed: Bed) -> tuple[int, int]:
    new, before = bed.count(t3(NEW)), bed.last_count(t3(NEW))
    bed.need(new > 3 and before > 3 and new != before, "no growth")
    return new, before


@fault("NR18", "正文同比幅度与上年报告不符", also="NR21")
def growth(bed: Bed) -> None:
    new, before = _grown(bed)
    way, more = ("增长", "增加") if new > before else ("下降", "减少")
    change = abs(new - before)
    wrong = percent(change + max(1, change // 4) + 1, before)
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，同比{way}{wrong}。",
            f"新收政府信息公开申请{new}件，比上年{more}{change + 3}件。",
            f"新收政府信息公开申请{new}件，较{bed.year - 1}年{more}{change + 4}件。",
            f"新收政府信息公开申请{new}件，与去年相比{way}了{wrong}。",
            f"新收政府信息公开申请{new}件，{'升幅' if new > before else '降幅'}达{wrong}。",
            f"新收政府信息公开申请{new}件，同比{'减少' if new > before else '增加'}{change}件。",
        )
    )


@fault("NR21", "增减幅度与同句所列的两年数字不符", also="NR18")
def growth_beside_base(bed: Bed) -> None:
    new, before = _grown(bed)
    change = abs(new - before)
    way, more = ("增长", "增加") if new > before else ("下降", "减少")
    of_the_wrong_year, then = percent(change, new), bed.year - 1
    wrong = percent(change + 2 + change // 3, before)
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，上年为{before}件，同比{way}{wrong}。",
            f"新收政府信息公开申请{new}件，较上年{before}件{more}{change}件，{way}{of_the_wrong_year}。",
            f"新收政府信息公开申请{new}件，比{then}年的{before}件{more}{change + 2}件，{way}{wrong}。",
            f"新收政府信息公开申请{new}件，同比{more}{change}件，{way}{wrong}。",
            f"新收政府信息公开申请由上年的{before}件变为{new}件，{way}{wrong}。",
        )
    )


@fault("NR22", "各渠道件数之和不等于申请总数", also="NR14")
def channels(bed: Bed) -> None:
    new = bed.count(t3(NEW))
    bed.need(new > 4, "few requests")
    web, post, desk = (count + 1 for count in split_into(bed.rng, new, 3))
    fits = (bed.count(t3(TOTAL_DONE)), new + bed.count(t3(CARRIED_IN)))
    bed.need(web + post + desk not in fits, "fits")
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，其中网络申请{web}件、邮寄申请{post}件、当面申请{desk}件。",
            f"新收政府信息公开申请{new}件，通过在线平台提交{web}件，信函寄送{post}件，现场递交{desk}件。",
            f"新收政府信息公开申请{new}件。从提交方式看，线上{web}件、来信{post}件、窗口{desk}件。",
            f"新收政府信息公开申请{new}件：互联网{web}件，信函{post}件，当面{desk}件。",
        )
    )


@fault("NR22", "正文“合计”与所列各项之和不等", also="NR14")
def sum_told(bed: Bed) -> None:
    first, second = bed.rng.randint(4, 40), bed.rng.randint(4, 40)
    wrong = first + second + bed.rng.choice((-3, 2, 9))
    text = bed.section(SectionCode.OTHER_MATTERS)
    lines = [line for line in text.split("\n") if "建议" not in line]
    said = bed.pick(
        f"承办人大代表建议{first}件、政协提案{second}件，合计{wrong}件。",
        f"{bed.year}年办理人大代表建议{first}件，政协提案{second}件，总计{wrong}件，均已公开答复。",
        f"人大代表建议{first}件和政协提案{second}件，共计{wrong}件，按期办复。",
        f"建议{first}件、提案{second}件，两项合计{wrong}件。",
    )
    bed.rewrite(SectionCode.OTHER_MATTERS, "\n".join([*lines, said]))

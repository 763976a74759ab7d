"""Faults in what prose denies or says of all cases, beside tables that say otherwise."""

from __future__ import annotations

import re

from gongkai.report.schema import CARRIED_IN, CARRIED_OUT, NEW, TOTAL_DONE, Edition, SectionCode
from gongkai.samples.faults.bed import MANAGEMENT, PROACTIVE, Bed, fault, t2, t3, t4

RECONSIDERATION, DIRECT, AFTER = "reconsideration", "direct_suit", "suit_after_reconsideration"


def _some(bed: Bed, row: str, *results: str) -> int:
    """Fill one group of Table 4 with one to five cases of each result."""
    return bed.remedies(row, **{result: bed.rng.randint(1, 5) for result in results})


@fault("NR08", "正文称未发生复议诉讼，表四不为零", also="NR19")
def negation(bed: Bed) -> None:
    bed.no_remedies()
    row = bed.pick(RECONSIDERATION, DIRECT)
    _some(bed, row, "upheld")
    bed.tell_remedies(
        bed.pick(
            "全年未发生因政府信息公开引起的行政复议和行政诉讼。",
            "没有人就政府信息公开申请行政复议或者提起行政诉讼。",
            "本年度政府信息公开行政复议、行政诉讼均为零。",
            f"{bed.body.own}全年无一起政府信息公开行政复议、诉讼。",
            "政府信息公开行政复议和行政诉讼“零发生”。",
            "不存在因信息公开被复议、被诉讼的情况。",
            "行政复议和行政诉讼：无。",
        )
    )


@fault("NR08", "正文称没有申请或结转，表三不为零", also="NR01 NR03 NR13 NR15")
def denied_requests(bed: Bed) -> None:
    into, out = bed.count(t3(CARRIED_IN)), bed.count(t3(CARRIED_OUT))
    new, done = bed.count(t3(NEW)), bed.count(t3(TOTAL_DONE))
    bed.need(new and done, "no requests")
    said = [
        "本年度未收到政府信息公开申请。",
        f"{bed.year}年，{bed.body.own}没有接到任何公民、法人和其他组织提出的政府信息公开申请。",
        "全年依申请公开为零。",
    ]
    if into:
        said += [f"新收政府信息公开申请{new}件，没有上年结转件。", f"新收申请{new}件，无上年度结转申请。"]
    if out:
        said += [
            f"新收政府信息公开申请{new}件，办结{done}件，无结转下年度的申请。",
            "政府信息公开申请没有结转至下年度继续办理的情况。",
        ]
    bed.tell_requests(bed.rng.choice(said))


@fault("NR08", "正文称没有制发规范性文件，表二不为零", also="NR07")
def denied_documents(bed: Bed) -> None:
    column = "made" if bed.report.edition == Edition.FORM_2021 else "newly_made"
    bed.need(bed.count(t2("normative_documents", column)), "no documents")
    kept = re.sub(r"[^。]*规范性文件[^。]*。", "", bed.paragraph(PROACTIVE))
    bed.retell(
        PROACTIVE,
        kept
        + bed.pick(
            f"{bed.body.own}本年度未制发行政规范性文件。",
            "全年没有出台规范性文件。",
            "今年没有新制定的行政规范性文件。",
            "年内无新增行政规范性文件。",
        ),
    )


@fault("NR08", "正文称没有被纠正的，表四结果纠正不为零", also="NR06 NR11 NR12")
def denied_corrections(bed: Bed) -> None:
    bed.no_remedies()
    cases = _some(bed, RECONSIDERATION, "upheld", "corrected")
    bed.tell_remedies(
        bed.pick(
            f"行政复议{cases}件，没有被复议机关纠正的案件。",
            f"发生行政复议{cases}件，无一件被纠错。",
            "行政复议案件中未出现被纠正的情形。",
            f"政府信息公开行政复议{cases}件，复议纠错为零。",
        )
    )


@fault("NR09", "正文称均获维持，表四另有结果", also="NR06")
def all_upheld(bed: Bed) -> None:
    bed.no_remedies()
    other = bed.pick("corrected", "other", "pending")
    if bed.rng.random() < 0.6:
        cases = _some(bed, RECONSIDERATION, "upheld", other)
        said = bed.pick(
            f"因政府信息公开被申请行政复议{cases}件，复议机关全部维持原答复。",
            f"行政复议案件{cases}件，复议结果都是维持。",
            f"{cases}件政府信息公开行政复议，均得到上级机关维持。",
            f"政府信息公开行政复议{cases}件，复议决定一律维持{bed.body.own}的处理意见。",
        )
    else:
        cases = _some(bed, DIRECT, "upheld", "corrected")
        said = bed.pick(
            f"政府信息公开行政诉讼{cases}件，法院均判决驳回原告诉讼请求。",
            f"行政诉讼{cases}件全部胜诉。",
            f"政府信息公开行政诉讼{cases}件，{bed.body.own}均胜诉。",
        )
    bed.tell_remedies(said)


@fault("NR10", "正文称均已结案，表四尚有未审结的", also="NR06")
def all_closed(bed: Bed) -> None:
    bed.no_remedies()
    if bed.rng.random() < 0.5:
        cases = _some(bed, RECONSIDERATION, "upheld", "pending")
        name = "行政复议"
    else:
        cases = _some(bed, DIRECT, "upheld", "pending")
        name = "行政诉讼"
    bed.tell_remedies(
        bed.pick(
            f"政府信息公开{name}{cases}件，年内全部审结。",
            f"{name}案件{cases}件，均已办理完毕并归档。",
            f"因政府信息公开引起的{name}{cases}件，均于年底前结案。",
            f"政府信息公开{name}{cases}件，现已全部结案。",
            f"政府信息公开{name}{cases}件，审结率100%。",
        )
    )


@fault("NR11", "正文称没有败诉，表四诉讼有被纠正的", also="NR06 NR08 NR09")
def no_suit_lost(bed: Bed) -> None:
    bed.no_remedies()
    cases = _some(bed, DIRECT, "upheld") + _some(bed, AFTER, "corrected")
    bed.tell_remedies(
        bed.pick(
            f"政府信息公开行政诉讼{cases}件，保持零败诉。",
            f"全年应诉政府信息公开行政诉讼{cases}件，没有一起败诉。",
            f"政府信息公开行政诉讼{cases}件，败诉0件。",
            f"政府信息公开行政诉讼{cases}件，未出现败诉的情形。",
            "政府信息公开行政诉讼案件败诉率为零。",
            f"政府信息公开行政诉讼{cases}件，无败诉。",
        )
    )


@fault("NR12", "正文称复议诉讼无败诉，表四复议有被纠正的", also="NR06 NR11")
def corrections_untold(bed: Bed) -> None:
    bed.no_remedies()
    first = _some(bed, RECONSIDERATION, "upheld", "corrected")
    second = _some(bed, DIRECT, "upheld")
    bed.tell_remedies(
        bed.pick(
            f"因政府信息公开引起行政复议{first}件、行政诉讼{second}件，无败诉案件。",
            f"全年行政复议{first}件，行政诉讼{second}件，没有败诉的。",
            f"政府信息公开行政复议{first}件，行政诉讼{second}件，未发生一起败诉。",
            f"办理政府信息公开行政复议{first}件、行政诉讼{second}件，实现零败诉。",
        )
    )


@fault("NR13", "正文称全部办结，表三有结转下年度的", also="NR01 NR02")
def all_finished(bed: Bed) -> None:
    new, out = bed.count(t3(NEW)), bed.count(t3(CARRIED_OUT))
    bed.need(new > 1 and out and new != bed.count(t3(TOTAL_DONE)), "nothing carried out")
    bed.tell_requests(
        bed.pick(
            f"全年收到政府信息公开申请{new}件，全部按期办结。",
            f"共收到政府信息公开申请{new}件，按时办结率为100%。",
            f"新收政府信息公开申请{new}件，均在法定期限内办结。",
            f"本年新收政府信息公开申请{new}件，件件办结，无一拖延。",
            f"收到政府信息公开申请{new}件，均已依法依规办理完毕。",
            f"收到政府信息公开申请{new}件，百分之百办结。",
        )
    )


@fault("NR25", "正文称均被纠正或均未审结，表四另有结果", also="NR06")
def all_overturned(bed: Bed) -> None:
    bed.no_remedies()
    if bed.rng.random() < 0.5:
        cases = _some(bed, RECONSIDERATION, "upheld", "corrected")
        said = bed.pick(
            f"政府信息公开行政复议{cases}件，均被上级机关撤销。",
            f"行政复议{cases}件，全部被责令改正、确认违法。",
            f"政府信息公开行政复议{cases}件，复议机关全部予以纠正。",
        )
    else:
        cases = _some(bed, RECONSIDERATION, "upheld", "pending")
        said = bed.pick(
            f"政府信息公开行政复议{cases}件，均尚在审理中。",
            f"政府信息公开行政复议{cases}件，目前都未审结。",
            f"行政复议{cases}件，年底时均未结案。",
        )
    bed.tell_remedies(said)


@fault("NR10 NR09", "正文后面另处称复议均已审结并维持，表四不然", also="NR06 NR08")
def praise_elsewhere(bed: Bed) -> None:
    bed.no_remedies()
    cases = _some(bed, RECONSIDERATION, "upheld", "pending")
    _some(bed, DIRECT, "upheld")
    suits = bed.count(t4(DIRECT)) + bed.count(t4(AFTER))
    bed.tell_remedies(f"因政府信息公开引起的行政复议{cases}件，行政诉讼{suits}件。")
    where = bed.section(SectionCode.OVERVIEW)
    bed.need("（三）" in where, "no part on management")
    bed.say(
        MANAGEMENT,
        bed.pick(
            f"政府信息公开行政复议{cases}件均已审结，均维持原答复。",
            f"政府信息公开行政复议{cases}件全部结案，且全部维持。",
        ),
    )

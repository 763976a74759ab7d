"""Faults in the numbers that prose takes from the tables: requests, outcomes, remedies, documents."""

from __future__ import annotations

import re

from gongkai.report.schema import (
    CARRIED_IN,
    CARRIED_OUT,
    NATURAL,
    NEW,
    OUTCOME_NAMES,
    OUTCOMES_OF_REMEDY,
    TOTAL_DONE,
    Edition,
    SectionCode,
)
from gongkai.samples.faults.bed import PROACTIVE, REQUESTS, SAFEGUARDS, Bed, fault, t2, t3, t4


def _off(bed: Bed, number: int) -> int:
    """Return a number near this one and not negative: a digit slipped, two digits changed places."""
    turned = int(str(number)[::-1])
    choices = [number + bed.rng.randint(1, 6), number * 10, turned]
    if number > 3:
        choices.append(number - bed.rng.randint(1, 3))
    return bed.rng.choice([each for each in choices if each != number])


@fault("NR01", "正文办结件数与表三不符", also="NR13")
def prose_number(bed: Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, r"(?:办结|答复|已办结)(\d+)件", bed.rng.randint(1, 5))


@fault("NR01", "正文新收、办理、办结的件数与表三不符", also="NR02 NR08 NR13")
def prose_requests(bed: Bed) -> None:
    new, done = bed.count(t3(NEW)), bed.count(t3(TOTAL_DONE))
    handled = new + bed.count(t3(CARRIED_IN))
    bed.need(done > 1, "no requests")
    said = next(n for n in iter(lambda: _off(bed, new), 0) if n not in (new, done, handled))
    bed.tell_requests(
        bed.pick(
            f"全年新收依申请公开信息{said}件，内容多为征地批文和规划许可。",
            f"{bed.year}年度，{bed.body.own}新收到公民、法人和其他组织提出的政府信息公开申请{said}件。",
            f"今年以来受理群众提出的信息公开申请共计{said}件，逐件登记、限期办理。",
            f"当年登记政府信息公开申请{said}件，同比有所变化。",
            f"收到政府信息公开申请件{said}宗，办理了{done}宗。",
            f"全年依申请公开办件量为{said}件。",
            "全年政府信息公开申请数为0件。",
            f"本年度共答复政府信息公开申请{done + 7 + new}件，没有超期。",
        )
    )


@fault("NR01", "开篇总述里的申请件数与表三不符", also="NR02")
def opening_number(bed: Bed) -> None:
    new = bed.count(t3(NEW))
    wrong = new + bed.count(t3(CARRIED_IN)) + bed.rng.randint(11, 30)
    text = bed.section(SectionCode.OVERVIEW)
    said = bed.pick(
        f"全年收到政府信息公开申请{wrong}件。",
        f"群众申请公开政府信息{wrong}件，件件有回音。",
        f"受理依申请公开{wrong}件，按期答复。",
    )
    bed.rewrite(SectionCode.OVERVIEW, text.replace("\n", f"{said}\n", 1))


@fault("NR02", "正文把新收加结转说成收到")
def received_with_carried(bed: Bed) -> None:
    new, carried = bed.count(t3(NEW)), bed.count(t3(CARRIED_IN))
    done = bed.count(t3(TOTAL_DONE))
    bed.need(new and carried and new + carried != done, "nothing carried in")
    said = new + carried
    bed.tell_requests(
        bed.pick(
            f"全年收到政府信息公开申请{said}件。",
            f"{bed.year}年共收到公民和企业的信息公开申请{said}件，当年办结{done}件。",
            f"一年里收到依申请公开{said}件，主要是当面递交和邮寄。",
            f"我们收到的政府信息公开申请共{said}件。",
        )
    )


@fault("NR03", "正文结转件数与表三不符", also="NR01 NR08 NR13")
def prose_carried(bed: Bed) -> None:
    into, out = bed.count(t3(CARRIED_IN)), bed.count(t3(CARRIED_OUT))
    new, done = bed.count(t3(NEW)), bed.count(t3(TOTAL_DONE))
    bed.need(new and done, "no requests")
    wrong_in, wrong_out = into + bed.rng.randint(1, 4), out + bed.rng.randint(1, 4)
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，上一年度转来{wrong_in}件。",
            f"新收政府信息公开申请{new}件，办结{done}件，其余{wrong_out}件转入下一年继续办理。",
            f"全年办结政府信息公开申请{done}件，年末未办结的{wrong_out}件结转至{bed.year + 1}年。",
            f"{bed.year - 1}年结转的政府信息公开申请{wrong_in}件均已优先办理，本年新收{new}件。",
            f"另有{wrong_out}件政府信息公开申请结转到下年度办理。",
            f"上年度结转申请{wrong_in}件，结转下年度申请{wrong_out}件。",
        )
    )


_ITEMS = {
    "denied.law_prohibited": "法律行政法规禁止公开",
    "denied.third_party": "涉及第三方合法权益",
    "unable.not_held": "本机关不掌握相关信息",
    "unable.needs_creation": "没有现成信息",
    "declined.petition": "信访举报投诉类",
    "declined.duplicate": "重复申请",
}


@fault("NR04", "正文办理结果与表三不符", also="NR15 NR16 NR17")
def prose_outcome(bed: Bed) -> None:
    done = bed.count(t3(TOTAL_DONE))
    bed.need(done > 2, "no requests")
    counts = {name: bed.group(group) for group, name in OUTCOME_NAMES.items()}
    name = bed.rng.choice([name for name in counts if name != "其他处理"])
    counts[name] += bed.rng.randint(1, 5)
    row, item = bed.rng.choice(list(_ITEMS.items()))
    listed = "，".join(f"{each}{count}件" for each, count in counts.items())
    bed.tell_requests(
        bed.pick(
            f"办结政府信息公开申请{done}件，按结果分：{listed}。",
            f"答复结果中，{name}的有{counts[name]}件。",
            f"政府信息公开申请{name}{counts[name]}件，答复书均写明理由和救济途径。",
            f"{name}类答复{counts[name]}件。",
            f"办结的政府信息公开申请中，因{item}未能提供的{bed.count(t3(row)) + 3}件。",
            f"所办政府信息公开申请里属于{item}的{bed.count(t3(row)) + 4}件。",
        )
    )


@fault("NR05", "正文申请人分类与表三不符", also="NR01 NR14 NR16 NR17")
def prose_applicants(bed: Bed) -> None:
    new = bed.count(t3(NEW))
    natural = bed.count(t3(NEW, NATURAL))
    bed.need(new > 4 and new not in (natural, bed.count(t3(TOTAL_DONE))), "few requests")
    wrong = natural + bed.rng.choice((-2, 3))
    legal = new - wrong
    bed.tell_requests(
        bed.pick(
            f"新收政府信息公开申请{new}件，其中自然人提出{wrong}件、法人和其他组织提出{legal}件。",
            f"全年新收政府信息公开申请{new}件，按申请人划分，自然人{wrong}件。",
            f"新收的{new}件政府信息公开申请中，公民个人申请{wrong}件，单位申请{legal}件。",
            f"新收申请{new}件（自然人{wrong}件、企业和社会组织{legal}件）。",
            f"新收政府信息公开申请{new}件。申请人以自然人为主，共{wrong}件。",
        )
    )


_COLUMNS = {c.code: c.label for c in OUTCOMES_OF_REMEDY[:-1]}


@fault("NR06", "正文复议、诉讼件数与表四不符", also="NR19 NR24")
def prose_remedies(bed: Bed) -> None:
    cases = bed.remedies("reconsideration", upheld=bed.rng.randint(1, 9), corrected=bed.rng.randint(0, 2))
    upheld = bed.count(t4("reconsideration", "upheld"))
    suits = bed.remedies("direct_suit", upheld=bed.rng.randint(1, 4), pending=1)
    suits += bed.count(t4("suit_after_reconsideration"))
    slip = bed.rng.randint(1, 4)
    bed.tell_remedies(
        bed.pick(
            f"因政府信息公开引起的行政复议{cases + slip}件，行政诉讼{suits}件。",
            f"全年被申请行政复议{cases}件，被提起行政诉讼{suits + slip}件。",
            f"涉及信息公开的复议案件共{cases}起，其中维持{upheld + slip}起。",
            "政府信息公开行政复议、行政诉讼案件数量为0。",
            f"发生信息公开行政诉讼案{suits + slip}宗，应诉准备充分。",
            f"申请人不服答复提起行政复议的有{cases + slip}件、提起诉讼的有{suits}件。",
            f"政府信息公开行政复议{cases}件，复议机关维持{upheld + slip}件、纠正{cases - upheld}件。",
        )
    )


@fault("NR07", "正文现行有效件数与表二不符")
def prose_documents(bed: Bed) -> None:
    bed.replace_number(SectionCode.OVERVIEW, r"现行有效(?:的行政规范性文件共)?(\d+)件", bed.rng.randint(1, 5))


@fault("NR07", "正文文件和执法件数与表二不符")
def prose_of_table2(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    made, repealed, in_force = (
        bed.count(t2("normative_documents", column)) for column in ("made", "repealed", "in_force")
    )
    bed.need(in_force > 1, "no documents")
    slip = bed.rng.randint(2, 6)
    permits = bed.count(t2("permits", "decisions"))
    lines = re.sub(r"[^。]*(?:规范性文件|行政许可决定)[^。]*。", "", bed.paragraph(PROACTIVE))
    bed.retell(
        PROACTIVE,
        lines
        + bed.pick(
            f"年内出台行政规范性文件{made + slip}件，废止{repealed}件。",
            f"公布继续有效的行政规范性文件目录，共{in_force + slip}件。",
            f"印发行政规范性文件{made + slip}份，均在印发之日起二十日内上网。",
            f"宣布废止行政规范性文件{repealed + slip}件，目前现行有效{in_force}件。",
            f"全年办理行政许可{permits + 10 * slip}件。",
            f"行政许可决定{permits + slip}件已在信用网站公示。",
            f"截至年底有效的规范性文件为{in_force - 1}件。",
        ),
    )


_REMEDY_WORDS = re.compile(r"[^。\n]*(?:复议|诉讼|被纠正)[^。\n]*。")


@fault("NR19", "表四有复议、诉讼，正文只字未提")
def untold_remedies(bed: Bed) -> None:
    bed.remedies("reconsideration", upheld=bed.rng.randint(1, 3), corrected=bed.rng.randint(0, 1))
    if bed.rng.random() < 0.5:
        bed.remedies("direct_suit", upheld=1)
    for code in (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS):
        text = bed.section(code)
        if _REMEDY_WORDS.search(text):
            bed.rewrite(code, _REMEDY_WORDS.sub("", text))
    if bed.rng.random() < 0.4:
        bed.say(
            SAFEGUARDS,
            bed.pick(
                "对争议较多的领域加强业务指导。",
                "请法律顾问审看答复文书，减少争议。",
            ),
        )


@fault("NR20", "申请以条、项、次计", also="NR04")
def wrong_unit(bed: Bed) -> None:
    new, done = bed.count(t3(NEW)), bed.count(t3(TOTAL_DONE))
    granted = bed.group("granted")
    bed.need(new and done, "no requests")
    unit = bed.pick("条", "项", "次", "份")
    bed.tell_requests(
        bed.pick(
            f"全年新收政府信息公开申请{new}{unit}。",
            f"办结政府信息公开申请{done}{unit}，予以公开{granted}{unit}。",
            f"共办结依申请公开{done}{unit}。",
            f"办结政府信息公开申请{done}件，其中予以公开{granted}{unit}。",
            f"新收群众提出的信息公开申请{new}{unit}，都在期限内答复。",
        )
    )


@fault("NR01 NR03", "沿用上年报告的申请段落，数字全是上年的", also="NR0 NR1 NR2 ST10")
def last_years_requests(bed: Bed) -> None:
    new, out = bed.last_count(t3(NEW)), bed.last_count(t3(CARRIED_OUT))
    done, into = bed.last_count(t3(TOTAL_DONE)), bed.last_count(t3(CARRIED_IN))
    bed.need(new not in (bed.count(t3(NEW)), bed.count(t3(TOTAL_DONE))), "the same number")
    bed.need((into, out) != (bed.count(t3(CARRIED_IN)), bed.count(t3(CARRIED_OUT))), "the same number")
    bed.retell(
        REQUESTS,
        f"全年新收政府信息公开申请{new}件，上年结转{into}件；"
        f"办结{done}件，结转下年度继续办理{out}件。"
        + "".join(s for s in re.findall(r"[^。]*。", bed.paragraph(REQUESTS)) if "复议" in s),
    )

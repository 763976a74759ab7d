"""The sentences that state the tables' numbers, each fact in several wordings."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongkai.report.schema import (
    CARRIED_IN,
    CARRIED_OUT,
    NATURAL,
    NEW,
    OUTCOME_NAMES,
    TABLE4,
    TOTAL_DONE,
    CellId,
)
from gongkai.samples.bodies import Kind
from gongkai.samples.facts import Facts, listed, percent, split_into

_REMEDY_NAMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}


def documents(rng: Random, facts: Facts) -> Iterator[str]:
    """Yield sentences that state Table 2's documents and decisions."""
    made, repealed, in_force = (
        facts.table2("normative_documents", column) for column in ("made", "repealed", "in_force")
    )
    if not (made or repealed or in_force):
        yield "全年没有制发行政规范性文件。"
    else:
        yield rng.choice(
            (
                f"本年制发行政规范性文件{made}件、废止{repealed}件，现行有效{in_force}件。",
                f"制发行政规范性文件{made}件，废止行政规范性文件{repealed}件，"
                f"年末现行有效的行政规范性文件共{in_force}件，均已在专栏集中公开。",
            )
        )
    permits, penalties = facts.table2("permits", "decisions"), facts.table2("penalties", "decisions")
    if permits and penalties and rng.random() < 0.5:
        yield f"全年作出行政许可决定{permits}件、行政处罚决定{penalties}件，结果按规定公示。"


def requests(rng: Random, facts: Facts) -> str:
    """Return a paragraph that states Table 3's requests."""
    sentences = [_received(rng, facts)]
    done = facts.total(TOTAL_DONE)
    sentences += _by_receiver(rng, facts)
    if done:
        sentences.append(_outcomes(rng, facts, done))
    sentences += _year_on_year(rng, facts)
    sentences.append(_remedies(rng, facts))
    return "".join(sentences)


def _received(rng: Random, facts: Facts) -> str:
    new, carried_in = facts.total(NEW), facts.total(CARRIED_IN)
    done, carried_out = facts.total(TOTAL_DONE), facts.total(CARRIED_OUT)
    natural = int(facts.numbers[CellId(3, NEW, NATURAL)])
    if not new + carried_in:
        return rng.choice(
            (
                f"{facts.year}年，{facts.body.own}没有收到政府信息公开申请，也没有上年结转的申请。",
                "全年未收到政府信息公开申请，上年结转0件，结转下年度继续办理0件。",
            )
        )
    return rng.choice(
        (
            f"全年新收政府信息公开申请{new}件，上年结转{carried_in}件；办结{done}件，结转下年度继续办理{carried_out}件。",
            f"{facts.year}年，{facts.body.place}共收到政府信息公开申请{new}件，其中自然人申请{natural}件、"
            f"法人或其他组织申请{new - natural}件；连同上年结转的{carried_in}件，年内办结{done}件，"
            f"结转下年度继续办理{carried_out}件。",
            f"全年共办理政府信息公开申请{new + carried_in}件（本年新收{new}件，上年结转{carried_in}件），"
            f"已办结{done}件，结转下年度继续办理{carried_out}件。",
            f"共收到政府信息公开申请{new}件（不含上年结转{carried_in}件），已答复{done}件，"
            f"尚在办理的{carried_out}件结转下年度继续办理。",
            f"全年新收政府信息公开申请{new}件，申请内容主要集中在土地征收、项目审批和历史档案等方面；"
            f"上年结转{carried_in}件，办结{done}件，结转下年度继续办理{carried_out}件。",
            f"本年新收申请{new}件，加上年结转{carried_in}件，合计{new + carried_in}件；"
            f"年底前答复{done}件，其余{carried_out}件结转下年度继续办理。",
        )
    )


def _by_receiver(rng: Random, facts: Facts) -> Iterator[str]:
    """Yield, for a government, how its new requests were spread over the bodies it reports for."""
    new = facts.total(NEW)
    if facts.body.kind is Kind.GOVERNMENT and new > 20 and rng.random() < 0.5:
        parts = split_into(rng, new, 3)
        names = ("政府本级", "政府部门", "乡镇和街道")
        yield f"新收的{new}件申请中，{listed(list(zip(names, parts, strict=True)), '件')}。"


def _outcomes(rng: Random, facts: Facts, done: int) -> str:
    counts = [(name, facts.group(group)) for group, name in OUTCOME_NAMES.items()]
    style = rng.randrange(4)
    if style == 0:
        return f"从办理结果看，{listed(counts, '件')}。"
    if style == 1:
        shares = "、".join(f"{name}{count}件（占{percent(count, done)}）" for name, count in counts if count)
        return f"办结的{done}件中，{shares}。"
    if style == 2:
        return f"办理结果为：{listed([pair for pair in counts if pair[1]], '件')}。"
    open_part = counts[0][1] + counts[1][1]
    return f"其中予以公开和部分公开{open_part}件，占办结总数的{percent(open_part, done, 2)}。"


def _year_on_year(rng: Random, facts: Facts) -> Iterator[str]:
    if facts.last_new and rng.random() < 0.6:
        change = facts.total(NEW) - facts.last_new
        word = "增加" if change >= 0 else "减少"
        if rng.random() < 0.5:
            yield f"新收申请比上年{word}{abs(change)}件。"
        else:
            verb = "增长" if change >= 0 else "下降"
            yield f"新收申请同比{verb}{percent(abs(change), facts.last_new)}。"


def _remedies(rng: Random, facts: Facts) -> str:
    reconsideration = facts.total("reconsideration", 4)
    direct, after = facts.total("direct_suit", 4), facts.total("suit_after_reconsideration", 4)
    if not reconsideration + direct + after:
        return rng.choice(
            (
                "全年未发生因政府信息公开引起的行政复议和行政诉讼。",
                "全年没有因政府信息公开被申请行政复议、提起行政诉讼的情形。",
            )
        )
    results = [
        (name, int(facts.numbers[CellId(4, "reconsideration", code)])) for code, name in _REMEDY_NAMES.items()
    ]
    detail = f"（{listed(results, '件')}）" if reconsideration and rng.random() < 0.6 else ""
    suits = direct + after
    split = f"，其中未经复议直接起诉{direct}件、复议后起诉{after}件" if suits and rng.random() < 0.6 else ""
    corrected = sum(int(facts.numbers[CellId(4, row.code, "corrected")]) for row in TABLE4.rows)
    clean = "全年没有被纠正的案件。" if not corrected and rng.random() < 0.5 else ""
    return clean + rng.choice(
        (
            f"因政府信息公开引起的行政复议{reconsideration}件{detail}，行政诉讼{suits}件{split}。",
            f"全年政府信息公开行政复议案件{reconsideration}件{detail}；行政诉讼案件{suits}件{split}。",
        )
    )

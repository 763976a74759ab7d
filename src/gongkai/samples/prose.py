"""The narrative of a sample, written from the sample's own numbers, in several wordings for each fact.

All sentences are our own. What a sentence says of a number is taken from the tables, so that a sample nobody
has tampered with contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.law.sources import FORM2019, FORM2021
from gongkai.report.schema import (
    CARRIED_IN,
    CARRIED_OUT,
    NATURAL,
    NEW,
    OUTCOME_GROUPS,
    SECTION_TITLES,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    Section,
    SectionCode,
)
from gongkai.samples.bodies import COUNTY, Body, Kind
from gongkai.samples.counting import Numbers, around

GROUP_NAMES = {
    "granted": "予以公开",
    "partial": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "declined": "不予处理",
    "other": "其他处理",
}
_REMEDY_NAMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the prose is written from: the body, the year, its numbers, last year's new requests if known."""

    body: Body
    year: int
    edition: Edition
    numbers: Numbers
    last_new: int | None = None

    def total(self, row: str, table: int = 3) -> int:
        """Return the total of a row of Table 3 or 4."""
        return int(self.numbers[CellId(table, row, TOTAL if table == 3 else "total")])

    def group(self, group: str) -> int:
        """Return how many requests ended in a group of outcomes."""
        return sum(self.total(row) for row in OUTCOME_GROUPS[self.edition][group])

    def table2(self, row: str, column: str) -> int:
        """Return a count of Table 2."""
        return int(self.numbers[CellId(2, row, column)])


_SHORTCOMINGS = (
    ("解读材料偏重文字，群众感兴趣的图表和实例不多", "多用图表和实例说明政策，起草人直接参与解读"),
    ("个别科室对公开时限把握不准，信息晚于规定时间上网", "把时限嵌入办文流程，到期前自动提醒承办人"),
    ("基层经办人员更换频繁，答复文书质量不够稳定", "编印答复文书范例，对新到岗人员一对一辅导"),
    ("公开栏目分类较细，群众查找不够方便", "按办事主题合并栏目，并完善站内检索"),
    ("征求意见后的采纳情况反馈不够及时", "在征集结束后限期公布采纳情况和理由"),
    ("对外公布的联系电话有时无人接听", "明确值守人员，来电当天回复"),
    ("历史文件数字化进度偏慢，早年文件难以在线查到", "分三年完成存量文件的扫描和著录"),
)


def percent(part: int, whole: int, places: int = 1) -> str:
    """Return a share as prose writes it, rounded half up: 17.5%."""
    step = Decimal(1).scaleb(-places)
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)}%"


def split_into(rng: Random, total: int, parts: int) -> list[int]:
    """Return `parts` counts that add up to `total`."""
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def listed(items: Sequence[tuple[str, int]], unit: str) -> str:
    """Return counted things as an enumeration: 甲3件、乙2件."""
    return "、".join(f"{name}{count}{unit}" for name, count in items)


def write_sections(rng: Random, facts: Facts) -> tuple[Section, ...]:
    """Return the preamble and the six sections of a report."""
    texts = {
        SectionCode.PREAMBLE: [_preamble(rng, facts)],
        SectionCode.OVERVIEW: list(_overview(rng, facts)),
        SectionCode.PROACTIVE: [],
        SectionCode.REQUESTS: [],
        SectionCode.REMEDIES: [],
        SectionCode.PROBLEMS: list(_problems(rng, facts)),
        SectionCode.OTHER_MATTERS: list(_other_matters(rng, facts)),
    }
    return tuple(
        Section(code=code, heading=SECTION_TITLES.get(code, ""), text="\n".join(lines))
        for code, lines in texts.items()
    )


def _preamble(rng: Random, facts: Facts) -> str:
    instrument = FORM2021 if facts.edition == Edition.FORM_2021 else FORM2019
    year, name = facts.year, facts.body.name
    basis = rng.choice(
        (
            f"按照《中华人民共和国政府信息公开条例》第五十条和《{instrument.title}》（{instrument.number}），"
            f"{name}编制了{year}年政府信息公开工作年度报告。",
            f"本报告由{name}依据《中华人民共和国政府信息公开条例》（以下简称《条例》）"
            f"和《{instrument.title}》（{instrument.number}）编写。",
        )
    )
    period = rng.choice(
        (
            f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
            f"报告中的数据从{year}年1月1日起统计，至{year}年12月31日止。",
            f"统计时段自{year}年1月1日至12月31日。",
        )
    )
    number, code = rng.randrange(1, 180), rng.randrange(2_000_000, 9_000_000)
    contact = rng.choice(
        (
            f"报告全文可在政府门户网站（www.{_site(facts)}）查阅。读者如有疑问，可与{name}联系"
            f"（地址：泽衡市澄溪县望帆路{number}号，邮编：000000，电话：0000-{code}）。",
            f"电子版登载于www.{_site(facts)}。对内容有不明白的地方，请致电0000-{code}，"
            f"或来信至澄溪县临溪大道{number}号，邮政编码000000。",
        )
    )
    return basis + period + contact


def _site(facts: Facts) -> str:
    return "chengxi.example" if facts.body.name.startswith(COUNTY) else "zeheng.example"


def _overview(rng: Random, facts: Facts) -> Iterator[str]:
    year, own = facts.year, facts.body.own
    yield rng.choice(
        (
            f"{year}年，{own}把公开透明贯穿办事全过程，围绕群众最想知道的事项充实内容、改进方式，各项工作平稳推进。",
            f"一年来，{own}对照条例逐条检视，先补短板、再求精细，群众查得到、看得懂、问得清的程度有所提高。",
            f"{year}年，{own}以满足知情需要为目标，完成了年初确定的公开任务。",
        )
    )
    parts = (
        ("主动公开", _proactive),
        ("依申请公开", _requests),
        ("政府信息管理", _management),
        ("政府信息公开平台建设", _platforms),
        ("监督保障", _safeguards),
    )
    suffix = rng.choice(("", "方面", "情况"))
    for ordinal, (heading, write) in zip("一二三四五", parts, strict=True):
        yield f"（{ordinal}）{heading}{suffix}"
        yield write(rng, facts)


def _proactive(rng: Random, facts: Facts) -> str:
    kinds = rng.sample(
        ("政策文件", "工作动态", "公示公告", "财政信息", "人事信息", "民生服务信息"), rng.randint(3, 5)
    )
    total = around(rng, 240 if facts.body.kind is not Kind.GOVERNMENT else 3200) + 40
    parts = listed(list(zip(kinds, split_into(rng, total, len(kinds)), strict=True)), "条")
    sentences = [
        rng.choice(
            (
                f"全年主动公开政府信息{total}条，其中{parts}。",
                f"{facts.year}年，{facts.body.place}累计主动公开政府信息{total}条，包括{parts}。",
                f"通过网站和政务新媒体公开信息{total}条（{parts}）。",
            )
        )
    ]
    if facts.edition == Edition.FORM_2021:
        sentences += _documents(rng, facts)
    readings = rng.randint(4, 60)
    pictures = rng.randint(1, readings - 1)
    sentences.append(
        rng.choice(
            (
                f"发布政策解读{readings}篇，其中图文解读{pictures}篇、视频解读{readings - pictures}篇。",
                f"围绕新出台的文件配发解读材料{readings}篇，让群众看得明白。",
            )
        )
    )
    return "".join(sentences)


def _documents(rng: Random, facts: Facts) -> Iterator[str]:
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


def _requests(rng: Random, facts: Facts) -> str:
    sentences = [_received(rng, facts)]
    done = facts.total(TOTAL_DONE)
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
            f"本年新收申请{new}件，加上年结转{carried_in}件，合计{new + carried_in}件；"
            f"年底前答复{done}件，其余{carried_out}件结转下年度继续办理。",
        )
    )


def _outcomes(rng: Random, facts: Facts, done: int) -> str:
    counts = [(name, facts.group(group)) for group, name in GROUP_NAMES.items()]
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
    return rng.choice(
        (
            f"因政府信息公开引起的行政复议{reconsideration}件{detail}，行政诉讼{suits}件{split}。",
            f"全年政府信息公开行政复议案件{reconsideration}件{detail}；行政诉讼案件{suits}件{split}。",
        )
    )


def _management(rng: Random, facts: Facts) -> str:
    return rng.choice(
        (
            "公文起草时同步确定公开属性并写明理由，拟公开的内容逐件经过保密审查，发布后定期回查，失效内容及时标注。",
            "坚持先审查、后公开，初审、复审、终审各有专人，涉及个人隐私和商业秘密的内容作区分处理。",
            f"{facts.year}年修订了主动公开目录，明确每个事项的内容、依据、时限和责任人，并随职责变化更新。",
        )
    )


def _platforms(rng: Random, _: Facts) -> str:
    visits = rng.randint(2, 90) * 1000
    return rng.choice(
        (
            f"优化网站公开专栏的栏目层级和检索功能，全年页面访问{visits}次；在服务大厅设置查阅点，提供自助打印。",
            "集中办好网站这一主要平台，停更的账号全部注销，保留的政务新媒体每周更新不少于两次。",
            f"线上统一入口、线下{rng.randint(1, 9)}处查阅点互为补充，老年人可以在现场得到专人帮助。",
        )
    )


def _safeguards(rng: Random, facts: Facts) -> str:
    sessions, people = rng.randint(1, 6), rng.randint(20, 300)
    training = rng.choice(
        (
            f"全年组织培训{sessions}次，参训{people}人次。",
            f"举办业务培训班{sessions}期，{people}人次参加，重点讲解答复文书和办理时限。",
        )
    )
    checks = rng.choice(
        (
            "按季度检查公开栏目，发现的问题列出清单、逐项销号。",
            "采用软件巡检与人工抽查相结合的办法，问题当月整改。",
        )
    )
    return training + checks + _accountability(rng, facts)


def _accountability(rng: Random, facts: Facts) -> str:
    assessment = rng.choice(("政务公开列入年度绩效考核，", "把政务公开作为年度考核的一项内容，"))
    appraisal = rng.choice(
        ("委托第三方开展社会评议，结果总体良好；", "通过网上问卷开展社会评议，意见逐条研究；")
    )
    responsibility = rng.choice(("全年没有需要责任追究的情形。", f"{facts.year}年未发生责任追究的情况。"))
    if facts.body.kind in (Kind.GOVERNMENT, Kind.TOWNSHIP):  # R711 art. 50(4): governments of every level
        return assessment + appraisal + responsibility
    return responsibility if rng.random() < 0.5 else ""


def _problems(rng: Random, facts: Facts) -> Iterator[str]:
    order = Random(facts.body.name).sample(_SHORTCOMINGS, len(_SHORTCOMINGS))
    first = facts.year * 3 % len(order)
    chosen = [*order[first:], *order[:first]][: rng.choice((2, 3))]
    found = "；".join(f"{o}是{fault}" for o, (fault, _) in zip("一二三", chosen, strict=False))
    planned = "；".join(f"{o}是{plan}" for o, (_, plan) in zip("一二三", chosen, strict=False))
    opening = rng.choice(("对照要求和群众期待，还有以下不足：", "工作中也存在一些问题，主要是："))
    yield f"{opening}{found}。"
    yield (
        rng.choice((f"{facts.year + 1}年，{facts.body.own}将这样改进：", "下一步，针对上述问题："))
        + f"{planned}。"
    )


def _other_matters(rng: Random, facts: Facts) -> Iterator[str]:
    yield _fees(rng, facts)
    if rng.random() < 0.7:
        deputies, members = rng.randint(1, 60), rng.randint(1, 90)
        split, both = f"人大代表建议{deputies}件、政协提案{members}件", deputies + members
        yield rng.choice(
            (
                f"{facts.year}年承办{split}，合计{both}件，全部按期办复。",
                f"共办理建议提案{both}件，其中{split}，办复率100%。",
            )
        )
    if rng.random() < 0.4:
        yield "除上述事项外，没有其他需要报告的内容。"


def _fees(rng: Random, facts: Facts) -> str:
    charged = facts.edition == Edition.FORM_2021 and (
        facts.total("other.fee_unpaid") > 0 or (facts.total(NEW) > 50 and rng.random() < 0.3)
    )
    if charged:
        cases = rng.randint(1, max(1, min(6, facts.total(NEW) // 10)))
        yuan = cases * rng.randrange(100, 900, 10)
        return f"依照规定向{cases}件申请的申请人收取政府信息公开信息处理费，共计{yuan}元。"
    return rng.choice(
        (
            f"{facts.year}年，{facts.body.own}没有收取政府信息公开信息处理费。",
            "本年度未收取信息处理费。",
            "信息处理费收取情况：全年未收取任何信息处理费。",
        )
    )

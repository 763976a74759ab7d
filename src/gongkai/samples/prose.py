"""The narrative of a sample, written from the sample's own numbers, in several wordings for each fact.

All sentences are our own. What a sentence says of a number is taken from the tables, so that a sample nobody
has tampered with contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongkai.law.sources import FORM2019, FORM2021
from gongkai.report.schema import NEW, SECTION_TITLES, Edition, Section, SectionCode
from gongkai.samples.asides import aside
from gongkai.samples.bodies import COUNTY, Kind
from gongkai.samples.counting import around
from gongkai.samples.facts import Facts, listed, split_into
from gongkai.samples.tallies import documents, requests

_SHORTCOMINGS = (
    ("解读材料偏重文字，群众感兴趣的图表和实例不多", "多用图表和实例说明政策，起草人直接参与解读"),
    ("个别科室对公开时限把握不准，信息晚于规定时间上网", "把时限嵌入办文流程，到期前自动提醒承办人"),
    ("基层经办人员更换频繁，答复文书质量不够稳定", "编印答复文书范例，对新到岗人员一对一辅导"),
    ("公开栏目分类较细，群众查找不够方便", "按办事主题合并栏目，并完善站内检索"),
    ("征求意见后的采纳情况反馈不够及时", "在征集结束后限期公布采纳情况和理由"),
    ("对外公布的联系电话有时无人接听", "明确值守人员，来电当天回复"),
    ("历史文件数字化进度偏慢，早年文件难以在线查到", "分三年完成存量文件的扫描和著录"),
)


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
            f"（地址：泽衡市霁川县望帆路{number}号，邮编：000000，电话：0000-{code}）。",
            f"电子版登载于www.{_site(facts)}。对内容有不明白的地方，请致电0000-{code}，"
            f"或来信至霁川县临溪大道{number}号，邮政编码000000。",
        )
    )
    return basis + period + contact


def _site(facts: Facts) -> str:
    return "jichuan.example" if facts.body.name.startswith(COUNTY) else "zeheng.example"


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
        ("依申请公开", requests),
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
        sentences += documents(rng, facts)
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


def _management(rng: Random, facts: Facts) -> str:
    return aside(rng, facts, "management") + rng.choice(
        (
            "公文起草时同步确定公开属性并写明理由，拟公开的内容逐件经过保密审查，发布后定期回查，失效内容及时标注。",
            "坚持先审查、后公开，初审、复审、终审各有专人，涉及个人隐私和商业秘密的内容作区分处理。",
            f"{facts.year}年修订了主动公开目录，明确每个事项的内容、依据、时限和责任人，并随职责变化更新。",
        )
    )


def _platforms(rng: Random, facts: Facts) -> str:
    visits = rng.randint(2, 90) * 1000
    return aside(rng, facts, "platforms") + rng.choice(
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
    return training + checks + aside(rng, facts, "safeguards") + _accountability(rng, facts)


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

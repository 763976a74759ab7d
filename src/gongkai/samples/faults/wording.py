"""Slips of the pen: ordinals, brackets, punctuation, doubled words, lost numbers, another body's words."""

from __future__ import annotations

import re

from gongkai.report.schema import CARRIED_OUT, NEW, SectionCode
from gongkai.samples.bodies import Kind
from gongkai.samples.faults.bed import MANAGEMENT, PROACTIVE, SAFEGUARDS, Bed, fault, t3

_PROSE = (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS)


@fault("FM06", "列举序号重复")
def ordinals(bed: Bed) -> None:
    text = bed.section(SectionCode.PROBLEMS)
    lists = re.findall(r"[二三]是", text)
    bed.need(lists, "no list")
    wrong, right = bed.rng.choice((("二是", "三是"), ("一是", "二是"), ("二是", "三是")))
    places = [match.start() for match in re.finditer(right, text)]
    bed.need(places, "too short a list")
    at = bed.rng.choice(places)
    bed.rewrite(SectionCode.PROBLEMS, text[:at] + wrong + text[at + 2 :])


@fault("FM06", "数字编号的列举重复")
def numbered_items(bed: Bed) -> None:
    first, second, third = bed.rng.sample(
        ("及时回应群众关切", "规范答复文书格式", "做好目录动态更新", "加强经办人员培训", "落实保密审查"), 3
    )
    bed.say(
        SAFEGUARDS,
        bed.pick(
            f"主要抓三件事：1.{first}；2.{second}；2.{third}。",
            f"主要抓三件事：（1）{first}；（2）{second}；（2）{third}。",
            f"主要做法：第一，{first}；第二，{second}；第二，{third}。",
            f"主要做法：一是{first}；二是{second}；二是{third}。",
            f"主要做法有三条，一是{first}，一是{second}，三是{third}。",
        ),
    )


_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕"}


@fault("FM07", "括号、书名号或引号未成对")
def unpaired(bed: Bed) -> None:
    opened = bed.rng.choice(list(_PAIRS))
    closed = _PAIRS[opened]
    words = bed.pick("公开条例", "随手拍", "一网通办", "政务公开标准目录")
    whole = f"{opened}{words}{closed}"
    broken = bed.pick(
        f"{opened}{words}", f"{words}{closed}", f"{opened}{words}{opened}", f"{opened}{words}）"
    )
    bed.need(broken != whole, "paired")
    bed.say(
        bed.pick(MANAGEMENT, SAFEGUARDS),
        bed.pick(f"组织学习{broken}，人人过关。", f"对照{broken}逐项检查。", f"围绕{broken}开展宣传。"),
    )


@fault("FM08", "中文之间用了半角标点")
def half_width(bed: Bed) -> None:
    halves = {"，": ",", "；": ";", "：": ":"}
    text = bed.section(SectionCode.OVERVIEW)
    if bed.rng.random() < 0.3:
        bed.rewrite(SectionCode.OVERVIEW, text.translate(str.maketrans("，；：", ",;:")))
        return
    places = [m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff])[，；：](?=[\u4e00-\u9fff])", text)]
    bed.need(places, "no stop")
    for at in bed.rng.sample(places, min(len(places), bed.rng.choice((1, 1, 2)))):
        text = text[:at] + halves[text[at]] + text[at + 1 :]
    bed.rewrite(SectionCode.OVERVIEW, text)


@fault("FM09", "残留排版代码或乱码")
def field_codes(bed: Bed) -> None:
    code = bed.rng.choice(_PROSE)
    text = bed.section(code)
    at = bed.rng.choice([0, *(m.end() for m in re.finditer("[。；]", text))])
    left = bed.pick(
        "[bookmark: _Toc58201]",
        "错误！未找到引用源。",
        "\ufffd\ufffd",
        "&nbsp;",
        "PAGEREF _Toc4471 \\h",
        "{PAGE \\* MERGEFORMAT}",
        "<br/>",
        "&ldquo;",
        "锟斤拷",
        'HYPERLINK "http://zheng.example"',
    )
    bed.rewrite(code, text[:at] + left + text[at:])


@fault("FM10", "词语或句子写了两遍", also="FM06 FM07 NR")
def doubled(bed: Bed) -> None:
    code = bed.pick("problems", "overview")
    text = bed.section(SectionCode(code))
    words = (
        "及时",
        "审查",
        "公开栏目",
        "群众",
        "内容",
        "重点",
        "答复",
        "的",
        "，",
        "；",
        "条例",
        "改进",
        "定期",
    )
    style = bed.rng.random()
    clauses = re.findall(r"[^，。；：\n]{9,40}[，。；]", text)
    if style < 0.4 and clauses:
        clause = bed.rng.choice(clauses)
        bed.rewrite(SectionCode(code), text.replace(clause, clause * 2, 1))
        return
    here = [word for word in words if word in text]
    bed.need(here, "no such word")
    word = bed.rng.choice(here)
    bed.rewrite(SectionCode(code), text.replace(word, word * 2, 1))


@fault("FM11", "列举的数量漏了数字", also="NR14")
def lost_number(bed: Bed) -> None:
    first, second, third = (bed.rng.randint(3, 90) for _ in range(3))
    bed.say(
        bed.pick(PROACTIVE, MANAGEMENT),
        bed.pick(
            f"公布办事指南条、行政职权{first}条、服务事项{second}条。",
            f"更新机构信息{first}条、人事信息条、规划计划{second}条、统计数据{third}条。",
            "累计公开财政信息条。",
            f"制作图解{first}件、动画件、问答{second}件。",
            f"发放宣传册{first}份，海报份，倡议书{second}份。",
            f"回应网民留言共件，办结率{third}%。",
            f"举办开放活动次，邀请代表{second}人次。",
        ),
    )


@fault("FM12", "把结转下年度写成下半年", also="NR03 NR13")
def half_year(bed: Bed) -> None:
    out = bed.count(t3(CARRIED_OUT))
    bed.need(out and bed.count(t3(NEW)), "nothing carried out")
    bed.tell_requests(
        f"新收政府信息公开申请{bed.count(t3(NEW))}件，"
        + bed.pick(
            f"另有{out}件结转下半年办理。",
            f"未办结的{out}件结转至下半年继续办理。",
            f"{out}件转入下半年办理。",
            f"有{out}件延至下半年答复。",
            f"尚有{out}件结转到下半年。",
        )
    )


_OTHER_LINES = ("水利", "气象", "民政", "医保", "林业", "体育")


@fault("FM13", "照搬其他单位的文字")
def another_bodys_words(bed: Bed) -> None:
    kind = bed.body.kind
    line = bed.rng.choice(_OTHER_LINES)
    said = [f"方便群众获取{line}政务信息。", f"畅通渠道，保障公众及时获取{line}政府信息。"]
    if kind is Kind.GOVERNMENT:
        said += [
            "我局多次召开专题会议研究部署。",
            "由本局办公室统一受理。",
            "我镇明确专人负责。",
            "街道党工委高度重视公开工作。",
        ]
    elif kind is Kind.TOWNSHIP:
        said += ["我局明确专人负责信息发布。", "由局办公室牵头落实。"]
    else:
        said += [
            "我镇组织各村居同步公开。",
            "我街道及时公开惠民事项。",
            "由乡党政办公室负责审核。",
            f"{line}局党组高度重视。",
        ]
    bed.say(bed.pick(MANAGEMENT, SAFEGUARDS), bed.rng.choice(said))


@fault("FM14", "县区部门写泛泛的套话")
def generic_words(bed: Bed) -> None:
    bed.need(bed.body.kind is Kind.DEPARTMENT and bed.report.agency, "not a local department")
    text = bed.section(SectionCode.PROBLEMS)
    stock = bed.pick(
        "部分地区重视程度有待提高",
        "一些地区和部门公开不够及时",
        "有的地方仍存在重发布轻解读的现象",
        "各级政府部门协同不够",
        "个别地区主动公开意识还不强",
        "少数地方政府网站更新滞后",
        "各地工作进展不平衡",
        "多数部门业务培训不足",
        "区域之间发展不均衡",
    )
    if "一是" in text and bed.rng.random() < 0.6:
        bed.rewrite(SectionCode.PROBLEMS, text.replace("一是", f"一是{stock}，", 1))
    else:
        bed.rewrite(SectionCode.PROBLEMS, f"{stock}。\n{text}")

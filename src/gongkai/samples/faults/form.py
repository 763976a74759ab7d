"""Faults in the form's own words: labels of rows and columns, the header of Table 4, headings."""

from __future__ import annotations

from dataclasses import replace

from gongkai.report.schema import SECTION_TITLES, Edition, SectionCode
from gongkai.samples.faults.bed import Bed, fault


def _label(bed: Bed, key: str, text: str) -> None:
    bed.report = replace(bed.report, labels=dict(bed.report.labels) | {key: text})


def _statutory(bed: Bed) -> dict[str, str]:
    """Return the form's labels long enough to be told from others when a character is wrong."""
    labels = {}
    for table in bed.report.form.tables:
        for row in table.rows:
            labels[f"row.{table.number}.{row.code}"] = row.label
            labels |= {f"column.{table.number}.{c.code}": c.label for c in row.columns}
    return {key: text for key, text in labels.items() if len(text) >= 6}


_SLIPS = {
    "政": "正",
    "信": "讯",
    "法": "发",
    "行": "形",
    "请": "清",
    "本": "木",
    "数": "树",
    "公": "工",
    "不": "部",
    "件": "见",
    "类": "内",
    "定": "订",
    "结": "接",
    "现": "线",
    "理": "里",
    "年": "念",
}


@fault("FM01", "行列标签有错字或缺括号")
def label(bed: Bed) -> None:
    labels = {key: text for key, text in _statutory(bed).items() if set(text) & set(_SLIPS)}
    key = bed.rng.choice(list(labels))
    text = labels[key]
    style = bed.rng.randrange(3)
    if style == 0 and ("）" in text or "”" in text):
        _label(bed, key, text.replace("）", "", 1) if "）" in text else text.replace("”", "", 1))
    elif style == 1:
        at = bed.rng.randrange(3, len(text) - 1)
        _label(bed, key, text[:at] + text[at] + text[at:])
    else:
        wrong = bed.rng.choice([char for char in text if char in _SLIPS])
        _label(bed, key, text.replace(wrong, _SLIPS[wrong], 1))


@fault("FM01", "行标签漏字又添字")
def damaged_label(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    key, text = bed.rng.choice(
        (
            ("row.3.denied.internal_affairs", "5.属于三类内容事务信息"),
            ("row.3.denied.law_prohibited", "2.其他法律行政止公开"),
            ("row.3.denied.enforcement_file", "7.属于行政执法卷案宗"),
            ("row.3.unable.needs_creation", "2.没有现存信息需要另行制做"),
            ("row.3.declined.petition", "1.信访举报投拆类申请"),
            ("row.2.fees_10k_yuan", "行政事业收费性"),
            ("column.2.repealed", "本年费止件数"),
        )
    )
    _label(bed, key, text)


@fault("FM02", "行列标签改写成别的说法")
def reworded_label(bed: Bed) -> None:
    key, text = bed.rng.choice(
        (
            ("row.3.carried_out", "四、结转下年度继续办理数量"),
            ("row.3.unable.not_held", "1.本机关不掌握相关信息"),
            ("row.3.new", "一、本年新收申请"),
            ("row.3.new", "一、本年收到的申请数量"),
            ("row.3.carried_in", "二、上年转来申请数量"),
            ("row.3.partial", "（二）部分公开（区分处理的，只计这一情况，不计其他情况）"),
            ("row.3.declined.duplicate", "2.多次重复提出的申请"),
            ("row.3.total_done", "（七）合计"),
            ("row.3.denied.security_stability", "3.影响安全稳定的"),
            ("row.3.declined.publication", "3.索取公开出版物"),
        )
    )
    _label(bed, key, text)


_LEAVES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@fault("FM03", "表四表头缺格")
def short_header(bed: Bed) -> None:
    leaves = [leaf for _ in range(3) for leaf in _LEAVES]
    gone = bed.rng.sample(range(len(leaves)), bed.rng.choice((1, 1, 2)))
    kept = [leaf for i, leaf in enumerate(leaves) if i not in gone]
    _label(bed, "header.4", "\t".join(["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *kept]))


_HEADINGS = {
    SectionCode.OVERVIEW: ("一、总体概况", "一、工作总体情况", "一、总休情况"),
    SectionCode.PROACTIVE: ("二、主动公开信息情况", "二、主动公开政府信息的情形", "二、主动公开正府信息情况"),
    SectionCode.REQUESTS: (
        "三、收到和办理政府信息公开申请情况",
        "三、依申请公开政府信息情况",
        "三、收到和处理政府信息公开申清情况",
        "三、行政机关收到和处理政府信息公开申请情况",
    ),
    SectionCode.REMEDIES: (
        "四、行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、政府信息公开行政复仪、行政诉讼情况",
    ),
    SectionCode.PROBLEMS: (
        "五、存在问题及改进措施",
        "五、存在的不足和下一步打算",
        "五、存在的主要问题及改近情况",
    ),
    SectionCode.OTHER_MATTERS: ("六、其他事项", "六、其它需要说明的情况", "六、其他需要报告的事顶"),
}


@fault("FM04", "章节标题没有照格式写")
def heading_words(bed: Bed) -> None:
    bed.need_form(Edition.FORM_2021)
    code = bed.rng.choice(list(_HEADINGS))
    bed.rename(code, bed.rng.choice(_HEADINGS[code]))


@fault("FM05", "章节序号写错", also="FM04")
def heading_ordinals(bed: Bed) -> None:
    code = bed.rng.choice(list(SECTION_TITLES))
    title = SECTION_TITLES[code]
    number = "一二三四五六".index(title[0]) + 1
    wrong = "一二三四五六七"[number % 7]
    bed.rename(
        code,
        bed.pick(
            f"{number}、",
            f"{number}.",
            f"{number}．",
            f"{wrong}、",
            f"第{wrong}部分 ",
            f"（{title[0]}）",
            f"{number} ",
        )
        + title[2:],
    )

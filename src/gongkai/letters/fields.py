"""What the clerk fills in for a letter, and what the case itself gives: each by code and Chinese name.

The Chinese name is the placeholder an office writes in its own templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What is filled in: a line, text of several lines, a day, a number, or several lines, one thing each."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    LINES = "lines"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A detail of a letter that is written by hand: code, Chinese name, what to write."""

    code: str
    name: str
    hint: str
    shape: Shape = Shape.LINE


def _fields(shape: Shape, *rows: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(code=code, name=name, hint=hint, shape=shape) for code, name, hint in rows)


DETAILS: Mapping[str, Field] = {
    field.code: field
    for field in (
        *_fields(
            Shape.TEXT,
            ("findings", "查明情况", "经查明的事实，不写“经查”二字"),
            ("reasons", "理由", "为什么这样处理；拒绝的，须能让申请人看懂"),
            ("correction_items", "补正事项", "一次写全需要补正的每一项和怎样补正"),
            ("summary", "申请内容摘要", "不写申请人的姓名、住址和其他个人信息"),
            ("concerned", "涉及内容", "拟公开的信息中与对方有关的部分"),
            ("questions", "需要确认的内容", "请对方确认或者提出意见的事项"),
            ("scale", "申请数量频次", "什么时间内提出了多少件，超出合理范围之处"),
            ("payment", "缴纳方式", "执收单位、账户或者缴款码、地点和时间"),
            ("access", "获取途径", "能够直接找到的网址、刊物期号、查阅地点"),
            ("delivery", "提供方式", "以什么形式、在什么时间、怎样提供"),
            ("classified_basis", "定密依据", "只写依据的规定，不写秘密的内容和密级以外的细节"),
            ("statute", "法律法规条款", "《法律或者行政法规》名称和条款，规章和文件不能作依据"),
            ("weighing", "权衡理由", "为什么公开会损害第三方、不公开不致对公共利益造成重大影响"),
            ("reading", "案卷查阅办法", "案件当事人怎样查阅案卷"),
            ("procedure", "查询程序", "到哪里、凭什么、怎样查询"),
            ("search", "检索情况", "检索了哪些系统、档案，用了哪些关键词、年份"),
            ("unclear", "仍不明确之处", "补正后哪里仍指不到具体的政府信息"),
            ("channel_told", "相应渠道", "应当向谁、怎样提出诉求"),
            ("earlier_access", "已获取情况", "申请人何时、从哪里已经得到该信息"),
            ("applicant_reasons", "申请人说明的理由", "申请人答复的理由；没有答复的，写明没有答复"),
            ("disclosed", "决定公开的内容", "涉及第三方而决定公开的内容"),
            ("record", "要求更正的记录", "哪份政府信息的哪一处"),
            ("result", "更正结果", "怎样更正，或者经审核不予更正及其理由"),
            ("proposal", "拟办意见", "建议怎样办"),
            ("conclusion", "审核结论", "是否转为主动公开"),
            ("other_basis", "其他依据", "依据的法律、法规条款"),
            ("instructions", "办理要求", "要承办单位提供什么"),
        ),
        *_fields(
            Shape.LINE,
            ("recipient", "收文单位", "收文机关或者承办机构的全称"),
            ("third_party", "第三方名称", "第三方的姓名或者名称"),
            ("information", "信息名称", "政府信息的名称，有文号的写文号"),
            ("consulted", "征求意见对象", "写“第三方”或者机关名称；不写第三方的姓名、名称"),
            ("competent", "负责机关", "负责公开或者有权更正的机关名称"),
            ("competent_contact", "负责机关联系方式", "地址、电话"),
            ("file_title", "案卷名称", "行政执法案卷的名称、文号"),
            ("earlier_number", "前次文号", "前次答复书或者通知书的文号"),
            ("service_proof", "送达凭证", "邮件号、送达回证或者网上送达记录"),
            ("document", "送达文书", "文书名称和文号"),
            ("addressee", "受送达人", "姓名或者名称"),
            ("service_place", "送达地点", "送达地址、邮箱或者系统"),
            ("service_way", "送达方式", "直接送达、邮寄、委托送达、电子送达"),
            ("column", "公开栏目", "拟公开的网站栏目"),
            ("ending", "办理结果", "怎样办结，答复文书的文号"),
            ("handler", "经办人", "承办人姓名"),
            ("file_number", "档号", "全宗号、目录号、案卷号"),
            ("retention", "保管期限", "永久，或者三十年、十年"),
            ("kept_by", "立卷人", "立卷人姓名"),
        ),
        *_fields(
            Shape.DAY,
            ("extended_to", "延长后的期限", "延长后的最后一日"),
            ("reply_due", "答复期限届满日", "答复期限的最后一日"),
            ("answer_by", "回复期限", "请对方最迟何时回复"),
            ("delayed_to", "延迟答复日期", "最迟何时答复"),
            ("earlier_on", "前次日期", "前次答复或者通知的日期"),
            ("delivered_on", "送达日期", "前次通知书送达之日"),
            ("lapsed_on", "期限届满之日", "补正或者缴费的最后一日"),
            ("asked_on", "征求意见日期", "征求意见书发出之日"),
            ("reasons_asked_on", "要求说明理由日期", "说明理由告知书发出之日"),
            ("corrected_on", "收到补正日期", "收到补正后的申请之日"),
            ("transferred_on", "转送日期", "转送有权更正的机关之日"),
            ("opened_on", "立卷起日", "案卷最早一份文件的日期"),
            ("closed_on", "立卷止日", "案卷最晚一份文件的日期"),
        ),
        *_fields(
            Shape.NUMBER,
            ("correction_days", "补正工作日", "给申请人多少个工作日补正"),
            ("extension_days", "延长工作日", "延长多少个工作日，最多20"),
            ("applicants", "申请人数", "申请同一信息的人数"),
            ("pages", "页数", "案卷的页数"),
            ("pieces", "件数", "案卷的文件件数"),
        ),
        *_fields(
            Shape.LINES,
            ("given", "提供的信息", "一行一件：名称、文号"),
        ),
    )
}

GIVEN: Mapping[str, str] = {
    "机关": "发文机关全称",
    "文号": "本文书的文号",
    "日期": "成文日期",
    "申请人": "申请人姓名或者名称",
    "你": "自然人称“你”，单位称“你单位”",
    "申请人类别": "自然人、商业企业等",
    "申请人地址": "通信地址",
    "申请人电话": "联系电话",
    "登记编号": "申请的登记编号",
    "申请内容": "所申请的政府信息，照录原文",
    "获取形式": "申请人指定的获取方式、途径",
    "收到日期": "收到申请之日",
    "提出方式": "当面、互联网等",
    "收到依据": "收到之日怎样确定，含条款",
    "办理经过": "补正、征求意见、收费、延期的经过",
    "依据": "适用的条款，到款、项",
    "不予公开事由": "国家秘密、讨论记录等",
    "不予公开部分": "部分公开时逐项列出的不予公开内容和理由",
    "意见期限": "第三方、共同制作机关提出意见的法定期限",
    "收费标准": "按件计收或者按量计收",
    "收费明细": "各档数量、单价、金额",
    "收费金额": "金额，小写和大写",
    "缴费期限": "缴费的法定期限",
    "缴费与答复期限": "等待缴费时答复期限怎样计算",
    "救济途径": "行政复议、行政诉讼的告知，按事由和日期",
    "附件": "附件清单",
    "卷内文件": "卷内文件的表",
    "落款": "发文机关、成文日期，留出盖章位置",
    "联系方式": "公开工作机构的联系人、电话、地址",
}
"""What the case gives, by the name a template calls it; what the clerk fills in is called by its own name."""

BLOCKS = frozenset(
    ("办理经过", "不予公开部分", "收费明细", "救济途径", "附件", "卷内文件", "落款", "联系方式", "提供的信息")
)
"""Those that are whole paragraphs or tables and so stand alone in their line."""

FLAGS: Mapping[str, str] = {
    "单位申请": "申请人是法人或者其他组织",
    "网上送达": "本文书以电子方式送达",
}
"""What a template may only ask whether it is so."""

"""Every kind of letter: its name, articles, number style, what it must hold, whether it tells of remedies.

An element a letter must hold is a placeholder (of its alternatives one must be given, and the template shows
each), or words that must stand in its text whatever the facts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.letters import PROCEDURAL_LETTERS
from gongkai.law.sources import FEES2020, GBK235, R711, Citation
from gongkai.law.taxonomy import OUTCOMES


class Tells(StrEnum):
    """Whose remedies a letter tells of."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Must:
    """An element a letter must hold: its name, and the placeholders or the words (a pattern) that give it."""

    name: str
    slots: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of letter.

    `style` is what its number adds to the body's own word (宁信 + 公开告); empty for papers without a number.
    `outcome` is the row of Table 3 it tells the applicant, `sources` its articles, to which a refusal adds
    those of its grounds. `is_internal` papers stay in the house and bear no letterhead.
    """

    code: str
    name: str
    style: str
    sources: tuple[Citation, ...]
    musts: tuple[Must, ...]
    tells: Tells = Tells.NOBODY
    outcome: str = ""
    is_internal: bool = False


def _musts(slots: str, words: Mapping[str, str]) -> tuple[Must, ...]:
    """Elements from `甲 乙|丙`: 甲, and one of 乙 and 丙; then those that are words, by name and pattern."""
    given = (tuple(each.split("|")) for each in slots.split())
    return (
        *(Must(name="或者".join(names), slots=names) for names in given),
        *(Must(name=name, words=pattern) for name, pattern in words.items()),
    )


_SIGNED = "落款 联系方式"
_ANSWER = "申请人 收到依据 申请内容 依据 救济途径 落款 联系方式"
_GIVEN_UP = {"逾期的后果": "放弃申请|不再处理"}


_NOTHING: Mapping[str, str] = {}
_FEE = (R711.art(42), FEES2020.part(f"（{FEES2020.number}）"))


def _procedural(
    code: str, style: str, slots: str, *, internal: bool = False, says: Mapping[str, str] = _NOTHING
) -> Kind:
    letter = PROCEDURAL_LETTERS[code]
    # The receipt cites its article, down to the item, where it says how the day was fixed.
    cites = "" if code == "receipt" else "依据"
    musts = _musts(f"{slots} {cites} {'' if internal else _SIGNED}", says)
    sources = _FEE if code == "fee_notice" else (letter.source,)
    return Kind(code=code, name=letter.name, style=style, sources=sources, musts=musts, is_internal=internal)


_PROCEDURAL = (
    _procedural("receipt", "公开收", "申请人 收到日期 收到依据"),
    _procedural("correction_notice", "公开补", "申请人 申请内容 补正事项 补正工作日", says=_GIVEN_UP),
    _procedural(
        "extension_notice",
        "公开延",
        "申请人 申请内容 理由 延长后的期限",
        says={"经工作机构负责人同意": "负责人同意"},
    ),
    _procedural(
        "third_party_letter",
        "公开征",
        "第三方名称 申请内容摘要 意见期限",
        says={"逾期的后果": "逾期[^。]*由本机关", "意见表": r"# .*意见", "同意或者不同意的选项": "□ ?不同意"},
    ),
    _procedural(
        "consultation_notice",
        "公开征告",
        "申请人 申请内容 征求意见对象 征求意见日期",
        says={"所需时间不计入答复期限": "不计(算|入)"},
    ),
    _procedural(
        "co_maker_letter",
        "公开征函",
        "收文单位 信息名称 申请内容摘要 意见期限",
        says={"逾期视为同意公开": "视为同意公开"},
    ),
    _procedural("organ_letter", "公开函", "收文单位 申请内容摘要 需要确认的内容 回复期限"),
    _procedural(
        "fee_notice", "公开费", "申请人 申请数量频次 收费明细 收费金额 缴纳方式 缴费期限", says=_GIVEN_UP
    ),
    _procedural("reasons_letter", "公开说", "申请人 申请内容 申请数量频次 回复期限"),
    _procedural("delay_notice", "公开迟", "申请人 申请内容 申请数量频次 延迟答复日期"),
    _procedural("rectification_notice", "公开更", "申请人 要求更正的记录 更正结果|负责机关"),
    _procedural(
        "proactive_conversion",
        "",
        "登记编号 信息名称 申请人数 拟办意见 审核结论",
        internal=True,
        says={"审核、审批的签署": "签(字|署|名)"},
    ),
)


def _answer(
    code: str,
    name: str,
    slots: str,
    *sources: Citation,
    style: str = "公开告",
    says: Mapping[str, str] = _NOTHING,
) -> Kind:
    outcome = code if code in OUTCOMES else code.rpartition(".")[0]
    return Kind(
        code=code,
        name=name,
        style=style,
        sources=sources or OUTCOMES[outcome].source,
        musts=_musts(f"{slots} {_ANSWER}", says),
        tells=Tells.APPLICANT,
        outcome=outcome,
    )


_REPLY, _REFUSAL, _NOTICE = "政府信息公开申请答复书", "政府信息不予公开告知书", "政府信息公开申请告知书"
_DENIED = (R711.art(36, item=3),)
_OPEN_BY_RULE = {"没有法律、法规、规章规定应当公开": "法律、法规、规章[^。]*应当公开"}
_NOT_HANDLED = {"不作为政府信息公开申请处理": "不作为政府信息公开申请处理"}
_NO_MORE = {"不再处理": "不再处理"}

_ANSWERS = (
    _answer("granted.public", _REPLY, "获取途径", R711.art(36, item=1), style="公开答"),
    _answer(
        "granted.given", _REPLY, "提供的信息 提供方式", R711.art(36, item=2), R711.art(40), style="公开答"
    ),
    _answer(
        "partial", f"{_REPLY}（部分公开）", "提供的信息 提供方式 不予公开部分", R711.art(37), style="公开答"
    ),
    _answer("denied.state_secret", _REFUSAL, "不予公开事由 定密依据", *_DENIED),
    _answer("denied.law_prohibited", _REFUSAL, "不予公开事由 法律法规条款 理由", *_DENIED),
    _answer("denied.security_stability", _REFUSAL, "不予公开事由 理由", *_DENIED),
    _answer("denied.third_party", _REFUSAL, "不予公开事由 征求意见日期 权衡理由", R711.art(32), *_DENIED),
    _answer("denied.internal_affairs", _REFUSAL, "不予公开事由 理由", *_DENIED),
    _answer("denied.process_info", _REFUSAL, "不予公开事由 理由", *_DENIED, says=_OPEN_BY_RULE),
    _answer("denied.enforcement_file", _REFUSAL, "案卷名称 案卷查阅办法", *_DENIED, says=_OPEN_BY_RULE),
    _answer("denied.admin_inquiry", _NOTICE, "法律法规条款 查询程序", R711.art(36, item=7)),
    _answer(
        "unable.not_held.nonexistent",
        f"{_NOTICE}（信息不存在）",
        "检索情况",
        R711.art(36, item=4),
        says={"信息不存在": "不存在"},
    ),
    _answer(
        "unable.not_held.elsewhere",
        f"{_NOTICE}（非本机关负责公开）",
        "理由 负责机关 负责机关联系方式",
        R711.art(36, item=5),
        says={"不属于本机关负责公开": "不属于本机关负责公开"},
    ),
    _answer("unable.needs_creation", _NOTICE, "理由"),
    _answer("unable.still_unclear", _NOTICE, "收到补正日期 仍不明确之处"),
    _answer("declined.petition", _NOTICE, "理由", says=_NOT_HANDLED),
    _answer("declined.duplicate", _NOTICE, "前次日期 前次文号", says={"不重复处理": "不予?重复处理"}),
    _answer("declined.publication", _NOTICE, "获取途径"),
    _answer(
        "declined.excessive",
        "政府信息公开申请不予处理告知书",
        "申请数量频次 要求说明理由日期 申请人说明的理由 理由",
        says={"不予处理": "不予处理"},
    ),
    _answer("declined.confirm_reissue", _NOTICE, "已获取情况"),
    _answer(
        "other.no_correction",
        "政府信息公开申请不再处理告知书",
        "前次日期 前次文号 送达日期 送达凭证 期限届满之日",
        says=_NO_MORE,
    ),
    _answer(
        "other.fee_unpaid",
        "政府信息公开申请不再处理告知书",
        "前次日期 前次文号 送达日期 送达凭证 期限届满之日",
        *_FEE,
        says=_NO_MORE,
    ),
    # A withdrawal, a consultation, a file handed over: no one article; the clerk names one if there is.
    Kind(
        code="other.misc",
        name=_NOTICE,
        style="公开告",
        sources=(),
        musts=_musts(f"理由 {_ANSWER.replace(' 依据', '')}", _NOTHING),
        tells=Tells.APPLICANT,
        outcome="other.misc",
    ),
)


def _paper(code: str, name: str, slots: str, source: Citation, *, style: str = "") -> Kind:
    return Kind(
        code=code, name=name, style=style, sources=(source,), musts=_musts(slots, _NOTHING), is_internal=True
    )


_OTHERS = (
    Kind(
        code="third_party_notice",
        name="政府信息公开告知书（第三方）",
        style="公开告三",
        sources=(R711.art(15), R711.art(32)),
        musts=_musts("第三方名称 决定公开的内容 理由 依据 救济途径 落款 联系方式", _NOTHING),
        tells=Tells.THIRD_PARTY,
    ),
    _paper("registration_slip", "政府信息公开申请登记表", "登记编号 申请人 收到日期 申请内容", R711.art(45)),
    _paper(
        "transfer_slip",
        "政府信息公开申请转办单",
        "收文单位 登记编号 申请内容 办理要求 回复期限",
        R711.art(45),
        style="公开转",
    ),
    _paper(
        "reminder",
        "政府信息公开申请催办单",
        "收文单位 登记编号 回复期限 答复期限届满日",
        R711.art(33, 2),
        style="公开催",
    ),
    _paper("service_slip", "送达回证", "送达文书 受送达人 送达地点 送达方式", GBK235.part("")),
    _paper(
        "file_cover", "政府信息公开申请卷宗", "登记编号 申请内容 收到日期 立卷止日 保管期限", R711.art(45)
    ),
    _paper("file_index", "卷内目录", "登记编号 卷内文件", R711.art(45)),
)

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (*_PROCEDURAL, *_ANSWERS, *_OTHERS)}


def kinds_of(outcome: str) -> tuple[Kind, ...]:
    """Return the letters that tell an applicant of an outcome: one, or as many as it has articles apart."""
    return tuple(kind for kind in KINDS.values() if kind.outcome == outcome)

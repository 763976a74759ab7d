"""What each placeholder of a letter becomes, and what the facts lack beyond placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.law.fees import TARIFF_NAMES
from gongkai.law.grounds import GROUNDS, Ground
from gongkai.law.periods import CO_MAKER_OPINION, EXTENSION, FEE_PAYMENT, THIRD_PARTY_OPINION
from gongkai.law.practice import Practice
from gongkai.law.remedies import SINCE, RemedyPart, remedies, third_party_remedy
from gongkai.law.sources import Citation
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES
from gongkai.letters.facts import Contact, Detail, Entry, LetterFacts, Withheld
from gongkai.letters.fields import DETAILS, Shape
from gongkai.letters.kinds import Kind, Tells
from gongkai.letters.template import Value
from gongkai.letters.wording import (
    amount_words,
    channel_words,
    cited,
    fee_and_clock,
    fee_table,
    receipt_words,
)
from gongkai.papers.paper import Block, Cell, Paragraph, Seal, Table, long_date, plain

_NO_LAW = re.compile("(?:通知|意见|方案|纲要|批复|公告|函)》|工作秘密|规范性文件|规章")
_ARTICLE = re.compile(r"《[^《》]+》.*第.+条", re.DOTALL)
_ENDS = "。；;，,、 　\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(plain(text)) for text in texts if text.strip())


def values_of(
    kind: Kind, facts: LetterFacts, practice: Practice, told: tuple[RemedyPart, ...]
) -> Mapping[str, Value]:
    """Return what stands for every placeholder; empty where the facts do not give it."""
    return {
        **{DETAILS[code].name: _detail(DETAILS[code].shape, value) for code, value in facts.details.items()},
        **_of_case(facts, practice),
        **_of_fee(facts, practice),
        "依据": cited(_sources(kind, facts)),
        "不予公开事由": "、".join(ground.name for ground in _grounds(kind, facts)),
        "不予公开部分": _withheld(facts.withheld),
        "意见期限": (CO_MAKER_OPINION if kind.code == "co_maker_letter" else THIRD_PARTY_OPINION).words,
        "救济途径": _remedy(facts, told),
        "附件": _annexes(facts.annexes),
        "卷内文件": _index(facts.entries),
        "落款": _seal(facts),
        "联系方式": _contact(facts.contact),
    }


def flags_of(facts: LetterFacts) -> Mapping[str, bool]:
    """Return what a template may ask whether it is so."""
    return {
        "单位申请": facts.applicant_kind != "natural_person",
        "网上送达": facts.served_online,
    }


def remedies_of(kind: Kind, facts: LetterFacts, practice: Practice) -> tuple[RemedyPart, ...]:
    """Return the remedy paragraphs by outcome, grounds and date; none while what they need is wanting."""
    if facts.made_on is None or kind.tells is Tells.NOBODY:
        return ()
    try:
        if kind.tells is Tells.THIRD_PARTY:
            return (third_party_remedy(facts.made_on, facts.body),)
        grounds = tuple(part.ground for part in facts.withheld)
        return remedies(kind.outcome, grounds=grounds, on=facts.made_on, body=facts.body, practice=practice)
    except ValueError:
        return ()


def lacks_of(kind: Kind, facts: LetterFacts, told: tuple[RemedyPart, ...]) -> Iterator[str]:
    """Say what the letter lacks although every placeholder is filled, or what fills it wrongly."""
    if kind.style and not facts.number.strip():
        yield "文号"
    if kind.tells is not Tells.NOBODY:
        if facts.made_on and not told:
            yield "行政复议机关的名称"
        if _lacks_online(facts):
            yield "网上申请行政复议的渠道（电子送达的，须一并告知）"
    if facts.made_on is None and not kind.is_internal:
        yield "成文日期"
    yield from _wrong_grounds(kind, facts)
    statute = str(facts.details.get("statute", ""))
    if statute.strip() and (not _ARTICLE.search(statute) or _NO_LAW.search(statute)):
        yield "法律法规条款（须写明法律或者行政法规的《名称》和条款，规章、文件和工作秘密不能作依据）"
    days = facts.details.get("extension_days")
    if kind.code == "extension_notice" and isinstance(days, int) and not 1 <= days <= EXTENSION.length:
        yield f"延长工作日（1至{EXTENSION.length}）"
    if kind.code == "fee_notice" and facts.fee and not facts.fee.amount:
        yield "收费金额（为零的不发收费通知）"


def _lacks_online(facts: LetterFacts) -> bool:
    """Whether it is served online without the online channel (行政复议法 art. 22(2), since 2024)."""
    since = facts.made_on is None or facts.made_on >= SINCE
    return facts.served_online and since and not facts.online_reconsideration.strip()


def _wrong_grounds(kind: Kind, facts: LetterFacts) -> Iterator[str]:
    if kind.outcome.startswith("denied."):
        unknown = [code for code in facts.grounds if code not in GROUNDS]
        if unknown:
            yield f"不予公开事由（没有“{'、'.join(unknown)}”这一法定事由）"
        elif facts.grounds and not any(GROUNDS[code].outcome == kind.outcome for code in facts.grounds):
            yield f"不予公开事由（所选事由不属于{OUTCOMES[kind.outcome].label}）"
    if kind.outcome == "partial":
        for at, part in enumerate(facts.withheld, 1):
            if part.ground not in GROUNDS or not part.part.strip() or not part.reasons.strip():
                yield f"不予公开部分第{at}项的内容、法定事由和理由"


def _grounds(kind: Kind, facts: LetterFacts) -> tuple[Ground, ...]:
    """The grounds told: those given, or the only one there is for the outcome."""
    if not kind.outcome.startswith("denied."):
        return ()
    given = tuple(GROUNDS[code] for code in dict.fromkeys(facts.grounds) if code in GROUNDS)
    own = tuple(ground for ground in GROUNDS.values() if ground.outcome == kind.outcome)
    return given or (own if len(own) == 1 else ())


def _sources(kind: Kind, facts: LetterFacts) -> tuple[Citation, ...]:
    if kind.outcome == "partial":
        parts = (GROUNDS[part.ground].source for part in facts.withheld if part.ground in GROUNDS)
        return (*kind.sources, *dict.fromkeys(parts))
    grounds = _grounds(kind, facts)
    if kind.outcome.startswith("denied.") and not grounds:
        return ()
    return tuple(dict.fromkeys((*(ground.source for ground in grounds), *kind.sources)))


def _detail(shape: Shape, value: Detail) -> Value:
    match value:
        case date():
            return long_date(value)
        case int():
            return str(value)
        case tuple():
            return _items(tuple(_line(each) for each in value))
    return value.strip(_ENDS) if shape is Shape.TEXT else _line(value)


def _items(items: tuple[str, ...]) -> tuple[Block, ...]:
    kept = [item.strip(_ENDS) for item in items if item.strip(_ENDS)]
    if len(kept) == 1:
        return _paragraphs(f"{kept[0]}。")
    ends = "；" * (len(kept) - 1) + "。"
    return _paragraphs(
        *(f"{at}.{item}{end}" for at, (item, end) in enumerate(zip(kept, ends, strict=True), 1))
    )


def _of_case(facts: LetterFacts, practice: Practice) -> dict[str, Value]:
    is_person = facts.applicant_kind == "natural_person"
    channel = facts.channel
    return {
        "机关": facts.body.name,
        "文号": _line(facts.number),
        "日期": _day(facts.made_on),
        "申请人": _line(facts.applicant),
        "你": "你" if is_person else "你单位",
        "申请人类别": APPLICANT_KINDS.get(facts.applicant_kind, ""),
        "申请人地址": _line(facts.applicant_address),
        "申请人电话": _line(facts.applicant_phone),
        "登记编号": _line(facts.request_number),
        "申请内容": facts.wanted.strip(),
        "获取形式": _line(facts.wanted_form),
        "收到日期": _day(facts.received_on),
        "提出方式": channel_words(channel) if channel else "",
        "收到依据": receipt_words(channel, practice) if channel else "",
        "办理经过": _paragraphs(*facts.history),
    }


def _of_fee(facts: LetterFacts, practice: Practice) -> dict[str, Value]:
    fee = facts.fee
    return {
        "收费标准": TARIFF_NAMES[fee.tariff] if fee else "",
        "收费明细": (fee_table(fee),) if fee and fee.lines else (),
        "收费金额": amount_words(fee) if fee else "",
        "缴费期限": FEE_PAYMENT.words,
        "缴费与答复期限": fee_and_clock(practice),
    }


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _withheld(parts: tuple[Withheld, ...]) -> tuple[Block, ...]:
    named = {part.ground: GROUNDS[part.ground] for part in parts if part.ground in GROUNDS}
    texts = []
    for at, part in enumerate(parts, 1):
        ground = named.get(part.ground)
        number = f"{at}." if len(parts) > 1 else ""
        why = f"属于{ground.name}，依照{ground.source}，不予公开" if ground else "不予公开"
        texts.append(
            f"{number}{_line(part.part).strip(_ENDS)}：{why}。理由是：{_line(part.reasons).strip(_ENDS)}。"
        )
    return _paragraphs(*texts)


def _remedy(facts: LetterFacts, told: tuple[RemedyPart, ...]) -> tuple[Block, ...]:
    texts = [part.text for part in told]
    if told and facts.served_online and facts.online_reconsideration.strip():
        texts.append(f"申请行政复议的，也可以通过网上渠道提出：{_line(facts.online_reconsideration)}。")
    return _paragraphs(*texts)


def _annexes(annexes: tuple[str, ...]) -> tuple[Block, ...]:
    names = [_line(name) for name in annexes if name.strip()]
    heads = (
        ["附件："]
        if len(names) == 1
        else [f"{'　　　' if at else '附件：'}{at + 1}." for at in range(len(names))]
    )
    return tuple(Paragraph(plain(head + name), kept=True) for head, name in zip(heads, names, strict=True))


def _index(entries: tuple[Entry, ...]) -> tuple[Block, ...]:
    if not entries:
        return ()
    rows = [("序号", "文号", "责任者", "题名", "日期", "页号")]
    rows += [
        (
            str(at),
            each.number,
            each.maker,
            each.title,
            each.made_on.isoformat() if each.made_on else "",
            each.pages,
        )
        for at, each in enumerate(entries, 1)
    ]
    cells = tuple(
        tuple(Cell(plain(_line(text)), centred=at != 3) for at, text in enumerate(row)) for row in rows
    )
    return (Table(cells, header_rows=1, shares=(4, 9, 7, 11, 9, 5), form=True),)


def _seal(facts: LetterFacts) -> tuple[Block, ...]:
    return (Seal((facts.body.name, long_date(facts.made_on))),) if facts.made_on and facts.body.name else ()


def _contact(contact: Contact) -> tuple[Block, ...]:
    if not contact.phone.strip():
        return ()
    named = (
        ("", contact.office),
        ("联系人：", contact.person),
        ("电话：", contact.phone),
        ("地址：", contact.address),
        ("邮编：", contact.postcode),
    )
    return _paragraphs(f"（{'，'.join(name + _line(text) for name, text in named if text.strip())}）")

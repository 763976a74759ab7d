"""How the letters word what the law and the case give: numbers, money, articles, the case's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gongkai.law.channels import CHANNELS, ONLINE, SIGNED, Channel
from gongkai.law.fees import Fee, Tariff
from gongkai.law.practice import FeeClock, Practice
from gongkai.law.procedure.casefile import CaseFile, Consulted
from gongkai.law.sources import Citation
from gongkai.papers.paper import Cell, Table, long_date, plain

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_MOST = Decimal(10) ** 12
_BY: Mapping[Channel, str] = {
    Channel.IN_PERSON: "当面",
    Channel.EMS: "以邮政特快专递（EMS）",
    Channel.REGISTERED: "以挂号信",
    Channel.PLAIN_MAIL: "以平常信函",
    Channel.INTERNET: "通过互联网",
    Channel.FAX: "以传真",
    Channel.EMAIL: "以电子邮件",
    Channel.ORAL: "口头",
}
_ASKED: Mapping[Consulted, str] = {
    Consulted.THIRD_PARTY: "因所申请的信息涉及第三方，本机关于{on}书面征求第三方的意见",
    Consulted.CO_MAKER: "因所申请的信息由本机关与其他行政机关共同制作，本机关于{on}征求共同制作机关的意见",
    Consulted.ORGAN: "因所申请的信息涉及其他机关，本机关于{on}征求其他机关的意见",
}


def number_of(prefix: str, year: int, serial: int) -> str:
    """Return a document's number: 宁信公开告〔2025〕12号, with the brackets U+3014 and U+3015.

    Raises:
        ValueError: no prefix, or a year or serial that cannot be.
    """
    if not prefix.strip() or not 1949 <= year <= 9999 or serial < 1:
        raise ValueError(f"no document is numbered {prefix!r}, {year}, {serial}")
    return f"{prefix.strip()}〔{year}〕{serial}号"


def cited(citations: Iterable[Citation]) -> str:
    """Return citations in a row, each instrument named once: 《…条例》第十四条、第三十六条第（三）项."""
    text, last = "", None
    for citation in dict.fromkeys(citations):
        words = str(citation)
        if citation.instrument == last:
            words = words.removeprefix(str(citation.instrument))
        text += f"{'、' if text else ''}{words}"
        last = citation.instrument
    return text


def capitals(amount: Decimal) -> str:
    """Return yuan as receipts write them: 2800 -> 人民币贰仟捌佰元整; to the fen.

    Raises:
        ValueError: negative, a trillion or more, or with fractions of a fen.
    """
    if not 0 <= amount < _MOST or amount * 100 != int(amount * 100):
        raise ValueError(f"{amount} yuan cannot be written so")
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    text = f"{_whole(yuan)}元" if yuan or not (jiao or fen) else ""
    if not jiao and not fen:
        return f"人民币{text}整"
    text += f"{_DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return f"人民币{text}" + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number below a trillion: a zero is said once between digits, never at a group's end."""
    groups = [number // 10000**power % 10000 for power in range(len(_GROUPS))]
    text, is_gap = "", False
    for power in reversed(range(len(_GROUPS))):
        group = groups[power]
        if group:
            text += "零" if text and (is_gap or group < 1000) else ""
            text += _thousands(group) + _GROUPS[power]
        is_gap = not group
    return text or "零"


def _thousands(group: int) -> str:
    text, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if text and is_gap else "") + _DIGITS[digit] + _UNITS[place]
        is_gap = not digit
    return text


def amount_words(fee: Fee) -> str:
    """Return a fee both ways: 2800元（大写：人民币贰仟捌佰元整）."""
    return f"{fee.amount:f}元（大写：{capitals(fee.amount)}）"


def fee_table(fee: Fee) -> Table:
    """Return how a fee comes about, line by line, and its sum."""
    unit = "件" if fee.tariff is Tariff.PER_REQUEST else "页"
    head = tuple(
        Cell(plain(words)) for words in (f"第几{unit}", f"数量（{unit}）", f"标准（元/{unit}）", "金额（元）")
    )
    rows = [
        (
            f"第{line.first}{unit}" if line.first == line.last else f"第{line.first}—{line.last}{unit}",
            str(line.last - line.first + 1),
            f"{line.rate:f}",
            f"{line.amount:f}",
        )
        for line in fee.lines
    ]
    units = sum(line.last - line.first + 1 for line in fee.lines)
    rows.append(("合计", str(units), "", f"{fee.amount:f}"))
    body = (tuple(Cell(plain(text), centred=True) for text in row) for row in rows)
    return Table((head, *body), header_rows=1, shares=(3, 2, 2, 2), form=True)


def fee_and_clock(practice: Practice) -> str:
    """Return what waiting for the payment does to the reply period."""
    if practice.fee_clock is FeeClock.RESTART:
        return "答复期限自缴费的次日起重新计算"
    return "自本通知书发出之日起至缴费之日止的时间，不计入答复期限"


def receipt_words(channel: Channel, practice: Practice) -> str:
    """Return by which article what day is the day of receipt, as the body handles that channel."""
    rule = CHANNELS[channel]
    event = rule.event.partition("（")[0]
    if channel in ONLINE and practice.online_by_confirmation:
        event = "双方确认之日"
    elif channel in SIGNED and not practice.mailroom_signature_counts:
        event = "本机关政府信息公开工作机构登记之日"
    articles = cited(source for source in rule.source if source.article)
    return f"依照{articles}，以{event}为收到之日"


def channel_words(channel: Channel) -> str:
    """Return by which way a request came, as the beginning of 提出."""
    return _BY[channel]


def history_of(case: CaseFile, *, you: str = "你") -> tuple[str, ...]:
    """Return what happened in a case in sentences fit for the applicant: no other person is named.

    Args:
        case: the case, as folded.
        you: 你, or 你单位 where a legal person applied.
    """
    return tuple(f"{sentence}。" for sentence in _history(case, you))


def _history(case: CaseFile, you: str) -> Iterator[str]:
    correction = case.correction
    if correction:
        text = f"{long_date(correction.notified)}，本机关告知{you}补正"
        if correction.received:
            text += f"；{long_date(correction.received)}，本机关收到补正后的申请"
            text += "，答复期限自该日起重新计算" if correction.counts else ""
        yield text
    for each in case.consultations:
        text = _ASKED[each.consulted].format(on=long_date(each.sent))
        if each.counts and each.ends:
            text += f"，至{long_date(each.ends)}止，所需时间不计入答复期限"
        yield text
    if case.reasons_asked_on:
        text = f"{long_date(case.reasons_asked_on)}，本机关要求{you}说明理由"
        if case.reasons_given_on:
            text += f"；{long_date(case.reasons_given_on)}，本机关收到{you}说明的理由"
        yield text
    charge = case.charge
    if charge:
        text = f"{long_date(charge.notified)}，本机关通知{you}缴纳信息处理费"
        yield text + (f"；{long_date(charge.paid)}，{you}已经缴纳" if charge.paid else "")
    clock = case.clock
    if clock and clock.extended:
        text = f"经本机关政府信息公开工作机构负责人同意，答复期限延长{clock.extended}个工作日，并已告知{you}"
        yield text
    if clock and clock.delayed:
        yield f"因申请的数量、频次超过合理范围，本机关已告知{you}最迟于{long_date(clock.delayed)}答复"

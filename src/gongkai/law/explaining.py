"""Why a case is due when it is: each step with its article, each day with its number or why it is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.channels import CHANNELS
from gongkai.law.clock import Ledger, Rest, explain
from gongkai.law.procedure.casefile import CaseFile, Clock, Consulted, Opinion
from gongkai.law.procedure.states import SERVICE_DAYS, SERVICE_NAMES, Service
from gongkai.law.sources import FEES2020, GBK235, PRACTICE, R711, Citation

_ASKED: Mapping[Consulted, tuple[str, Citation]] = {
    Consulted.THIRD_PARTY: ("征求第三方意见", R711.art(32)),
    Consulted.CO_MAKER: ("征求共同制作机关意见", R711.art(34)),
    Consulted.ORGAN: ("征求其他机关意见", R711.art(33, 3)),
}
_SAID: Mapping[Opinion, str] = {
    Opinion.AGREES: "同意公开",
    Opinion.OBJECTS: "不同意公开",
    Opinion.UNSTATED: "已经答复，记录没有载明是否同意",
    Opinion.SILENT: "逾期没有提出意见，由本机关依条例决定",
    Opinion.DEEMED_CONSENT: "逾期没有提出意见，视为同意公开",
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: a Chinese sentence, its articles, the date it gives and the days behind it."""

    title: str
    text: str
    sources: tuple[Citation, ...]
    due: Due | None = None
    ledger: Ledger | None = None


def words(day: date) -> str:
    """Return a day as Chinese writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _by(due: Due) -> str:
    return words(due.on) + ("（放假安排公布前为暂定）" if due.provisional else "")


def explain_case(case: CaseFile, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return why a case's dates are what they are, in the order things came to pass."""
    steps = [_receipt(case), *_correction(case), *_consultations(case), *_fee(case)]
    if case.clock is not None and case.clock.original is not None:
        steps += _reply(case.clock, rests_of(case), calendar)
    return (*steps, *_answer(case))


def rests_of(case: CaseFile) -> tuple[Rest, ...]:
    """Return the stretches in which a case's reply period rested, as far as their end is known."""
    return tuple(rest for rest in _rests(case) if rest.until < date.max)


def open_rests_of(case: CaseFile) -> tuple[Rest, ...]:
    """Return the rests that last still, as the answer or the payment is awaited; `until` is `date.max`."""
    return tuple(rest for rest in _rests(case) if rest.until == date.max)


def _rests(case: CaseFile) -> Iterator[Rest]:
    for each in case.consultations:
        name, source = _ASKED[each.consulted]
        if each.counts:
            until = each.ends or date.max
            yield Rest(after=each.sent, until=until, why=f"{name}（{each.name}）", source=source)
    asked, given = case.reasons_asked_on, case.reasons_given_on
    if asked and given and case.clock and (asked, given) in case.clock.pauses:
        yield Rest(after=asked, until=given, why="等待申请人说明理由", source=R711.art(35))
    charge = case.charge
    if charge and charge.counts and (charge.ends or case.closed_on is None):
        until = charge.ends or date.max
        yield Rest(after=charge.notified, until=until, why="等待缴费", source=FEES2020.part(""))


def _receipt(case: CaseFile) -> Step:
    rule = CHANNELS[case.channel]
    if case.received_on is None:
        text = f"申请经{rule.name}到达，尚待与申请人确认；{rule.event}为收到之日。"
    else:
        text = (
            f"申请经{rule.name}提出，以{rule.event}为收到之日，即{words(case.received_on)}；当日不计入期限。"
        )
    if case.received_on is not None and case.prudent_on < case.received_on:
        text += f"信函{words(case.prudent_on)}已到，宜从严按该日掌握。"
    return Step(title="收到之日", text=text, sources=rule.source)


def _correction(case: CaseFile) -> Iterator[Step]:
    correction = case.correction
    if correction is None:
        return
    text = f"{words(correction.notified)}告知补正，"
    text += f"申请人最迟于{_by(correction.limit)}补正。" if correction.is_stated else "补正期限没有载明。"
    if not correction.counts:
        text = f"{words(correction.notified)}告知补正已经逾期，不影响答复期限。"
    elif correction.received:
        text += f"{words(correction.received)}收到补正后的申请，答复期限自该日起重新计算。"
    yield Step(
        title="补正",
        text=text,
        sources=(R711.art(30),),
        due=correction.limit if correction.is_stated else None,
    )


def _consultations(case: CaseFile) -> Iterator[Step]:
    for each in case.consultations:
        name, source = _ASKED[each.consulted]
        text = f"{words(each.sent)}向{each.name}{name}"
        if not each.counts:
            text += "，其时答复期限已经届满，所用时间不予扣除。"
        elif each.ends is None:
            text += "，尚未答复，期限中止。"
        else:
            until = "意见到达" if each.answered == each.ends else "意见期限届满"
            text += f"，至{words(each.ends)}{until}，其间的工作日不计入期限。"
            if not (each.received or each.answered):
                text += "没有对方签收的记录，意见期限从严自发出之日掌握。"
        if each.opinion:
            text += f"{_SAID[each.opinion]}。"
        yield Step(
            title=name, text=text, sources=tuple(dict.fromkeys((source, R711.art(33, 3)))), due=each.limit
        )


def _fee(case: CaseFile) -> Iterator[Step]:
    charge = case.charge
    if charge is not None:
        asked = "（数额不详）" if charge.amount is None else f"{charge.amount}元"
        text = f"{words(charge.notified)}通知缴纳信息处理费{asked}，"
        text += f"最迟于{_by(charge.limit)}缴纳。" if charge.limit else "缴费期限自申请人收到通知的次日起算。"
        if case.outcome == "other.fee_unpaid":
            text += "逾期未缴纳，视为放弃申请，不再处理。"
        elif not charge.counts:
            text += "其时答复期限已经届满，不影响答复期限。"
        elif charge.paid:
            again = case.clock is not None and case.clock.start == charge.paid
            effect = "答复期限自次日起重新计算" if again else "等待缴费的时间不计入期限"
            text += f"{words(charge.paid)}已经缴纳，{effect}（法律依据未经核实，按本机关设定的口径）。"
        yield Step(title="信息处理费", text=text, sources=(R711.art(42), FEES2020.part("")), due=charge.limit)


def _reply(clock: Clock, rests: tuple[Rest, ...], calendar: WorkCalendar) -> Iterator[Step]:
    running = tuple(each for each in rests if each.until > clock.start)
    ledger = explain(clock.start, clock.length, calendar, running)
    yield Step(
        title="答复期限",
        text=f"自{words(clock.start)}的次日起算{clock.length}个工作日，到{_by(ledger.due)}届满。",
        sources=(R711.art(33, 2),),
        due=ledger.due,
        ledger=ledger,
    )
    if clock.extended:
        more = explain(ledger.due.on, clock.extended, calendar, running)
        yield Step(
            title="延长答复期限",
            text=f"自原期限届满起延长{clock.extended}个工作日，到{_by(more.due)}届满。",
            sources=(R711.art(33, 2),),
            due=more.due,
            ledger=more,
        )
    if clock.delayed:
        text = f"申请的数量、频次超过合理范围，已告知最迟于{words(clock.delayed)}答复。"
        delayed = Due(on=clock.delayed, provisional=False)
        yield Step(title="延迟答复", text=text, sources=(R711.art(35),), due=delayed)


def _answer(case: CaseFile) -> Iterator[Step]:
    if case.answered_on is None or case.service is None:
        return
    day, by_which = SERVICE_DAYS[case.service], SERVICE_NAMES[case.service]
    text = f"{by_which}，以{day}{words(case.answered_on)}为答复之日。"
    if case.due:
        text += "在期限之内。" if case.answered_on <= case.due.on else f"晚于期限{words(case.due.on)}。"
    # The interpretation on service names handing over, entrusting and posting, not sending.
    by = PRACTICE.part("（电子送达）") if case.service is Service.ELECTRONIC else GBK235.part("")
    yield Step(title="答复", text=text, sources=(by, R711.art(33, 2)))

"""Acts that rest or move the clock: consultation, extension, reasonable delay, the fee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongkai.law.fees import NoTariff, Tariff, fee, schedule
from gongkai.law.procedure.casefile import Charge, Consultation, Consulted, Opinion
from gongkai.law.procedure.draft import Draft, day, decimal, flag, number, text
from gongkai.law.procedure.intake import one_of
from gongkai.law.procedure.states import Event, NotAllowed, State

_CODES = {
    Consulted.THIRD_PARTY: "third_party_opinion",
    Consulted.CO_MAKER: "co_maker_opinion",
    Consulted.ORGAN: "co_maker_opinion",
}


def _consult(draft: Draft, event: Event, consulted: Consulted) -> None:
    name = text(event, "name")
    if name in draft.consultations:
        raise NotAllowed(f"已经向“{name}”征求过意见")
    counts = draft.is_in_time(event.on)
    if not counts:
        draft.defect("consultation_late", event.on, name)
    asked = Consultation(name=name, consulted=consulted, sent=event.on, counts=counts)
    # Until the day they received it is known, the earliest possible one is reckoned with.
    draft.consultations[name] = _limited(draft, asked, event)


def _limited(draft: Draft, asked: Consultation, event: Event) -> Consultation:
    if asked.consulted is Consulted.ORGAN and not draft.practice.organ_opinion_capped:
        return asked
    return replace(asked, limit=draft.limit(_CODES[asked.consulted], event.on))


def consult_third_party(draft: Draft, event: Event) -> None:
    """Ask, in writing, whom disclosure would harm (R711 art. 32)."""
    _consult(draft, event, Consulted.THIRD_PARTY)


def consult_co_maker(draft: Draft, event: Event) -> None:
    """Ask the body that made the information jointly (R711 art. 34)."""
    _consult(draft, event, Consulted.CO_MAKER)


def consult_organ(draft: Draft, event: Event) -> None:
    """Ask another body (R711 arts. 11, 33(3))."""
    _consult(draft, event, Consulted.ORGAN)


def consulted_received(draft: Draft, event: Event) -> None:
    """Those consulted have the letter in hand: their period runs from here."""
    asked = draft.consultation(event)
    if asked.received or asked.answered:
        raise NotAllowed(f"“{asked.name}”已经签收或者答复")
    ended = None if draft.is_in_time(event.on) else asked.ends
    draft.consultations[asked.name] = _limited(draft, replace(asked, received=event.on, ended=ended), event)


def opinion(draft: Draft, event: Event) -> None:
    """Their opinion arrives; after their period it no longer counts for the clock, but is heard."""
    asked = draft.consultation(event)
    if asked.answered:
        raise NotAllowed(f"“{asked.name}”已经答复")
    said = one_of(event, "opinion", Opinion, Opinion.UNSTATED)
    if said in (Opinion.SILENT, Opinion.DEEMED_CONSENT):
        raise NotAllowed("意见应为同意或者不同意")
    if asked.opinion is Opinion.DEEMED_CONSENT:
        said = Opinion.DEEMED_CONSENT
    draft.consultations[asked.name] = replace(asked, answered=event.on, opinion=said)


def tell_third_party(draft: Draft, event: Event) -> None:
    """Tell an objecting third party, in writing, what is disclosed all the same and why (R711 art. 32)."""
    draft.told.add(draft.consultation(event).name)


def extend(draft: Draft, event: Event) -> None:
    """Extend once, from the original end, with consent of the head of the office (R711 art. 33(2))."""
    most = draft.book.period("extension", draft.governed_from).length
    days = number(event, "days", most)
    if days < 1:
        raise NotAllowed("延长的天数应为正数")
    if draft.is_extended:
        draft.defect("extension_second", event.on)
    elif not event.facts.get("approved_by"):
        draft.defect("extension_unapproved", event.on)
    elif not flag(event, "notified", default=True):
        draft.defect("extension_not_notified", event.on)
    elif not draft.is_in_time(_extended_on(draft, event)):
        draft.defect("extension_late", event.on)
    else:
        if days > most:
            draft.defect("extension_too_long", event.on, f"{days}个工作日")
        draft.is_extended = True
        draft.extended = min(days, most)


def _extended_on(draft: Draft, event: Event) -> date:
    """The day that must lie within the period: the notice's, or the approval's where the body holds so."""
    return day(event, "approved_on", event.on) if draft.practice.extension_by_approval else event.on


def ask_reasons(draft: Draft, event: Event) -> None:
    """Ask for the reasons of requests beyond a reasonable number or frequency (R711 art. 35)."""
    draft.reasons_asked = draft.reasons_asked or event.on


def reasons_given(draft: Draft, event: Event) -> None:
    """The applicant gives reasons."""
    if draft.reasons_asked is None or draft.reasons_given:
        raise NotAllowed("没有等待申请人说明的理由")
    draft.reasons_given = event.on


def delay(draft: Draft, event: Event) -> None:
    """Set a reasonable delayed period and tell the applicant (R711 art. 35)."""
    until = day(event, "until")
    clock = draft.clock()
    if clock and clock.due and until <= clock.due.on:
        raise NotAllowed(f"延迟后的期限应晚于 {clock.due.on}")
    if not draft.reasons_asked:
        draft.defect("reasons_not_asked", event.on)
    elif draft.delayed:
        draft.defect("delay_second", event.on)
    elif not draft.is_in_time(event.on):
        draft.defect("delay_late", event.on)
    else:
        draft.delayed = until


def charge(draft: Draft, event: Event) -> None:
    """Ask for the processing fee, by one tariff, within the reply period."""
    if draft.charge is not None:
        raise NotAllowed("一件申请只能收一次费，且只能选一种标准")
    amount = _amount(event, draft.governed_from)
    if amount is not None and amount <= 0:
        raise NotAllowed("没有超过免费的数量，不收取信息处理费")
    counts = draft.is_in_time(event.on)
    if not counts:
        draft.defect("fee_notice_late", event.on)
    earliest = draft.limit("fee_payment", event.on)
    draft.charge = Charge(amount=amount, notified=event.on, earliest=earliest, counts=counts)
    if counts:
        draft.state = State.AWAITING_PAYMENT


def _amount(event: Event, received: date) -> Decimal | None:
    """What is asked: reckoned by the tariff, or as a record from elsewhere says; None where it does not."""
    try:
        if "amount" in event.facts:
            schedule(Tariff.PER_REQUEST, received)
            return decimal(event, "amount")
        if not flag(event, "amount_known", default=True):
            return None
        before = number(event, "before", 0)
        return fee(one_of(event, "tariff", Tariff), number(event, "units"), received, before=before).amount
    except (NoTariff, ValueError) as error:
        raise NotAllowed(f"不能收取信息处理费：{error}") from error


def _unpaid(draft: Draft) -> Charge:
    if draft.charge is None or draft.charge.paid:
        raise NotAllowed("没有等待缴纳的收费通知")
    return draft.charge


def fee_notice_received(draft: Draft, event: Event) -> None:
    """The applicant has the notice in hand: the period to pay runs from the day after."""
    asked = _unpaid(draft)
    if asked.delivered:
        raise NotAllowed("收费通知已经签收")
    draft.charge = replace(asked, delivered=event.on, limit=draft.limit("fee_payment", event.on))


def pay(draft: Draft, event: Event) -> None:
    """The fee is paid; handling goes on."""
    draft.charge = replace(_unpaid(draft), paid=event.on)
    draft.state = State.IN_HAND


def close_unpaid(draft: Draft, event: Event) -> None:
    """Tell the applicant that the request lapsed unpaid, as it did by itself (`Draft.lapse`)."""
    if draft.outcome != "other.fee_unpaid" or draft.answered:
        raise NotAllowed("没有逾期未缴费而不再处理的情形，或者已经告知")
    draft.answered = event.on

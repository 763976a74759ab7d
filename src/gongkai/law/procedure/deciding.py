"""The decision, and its way to the applicant."""

from __future__ import annotations

from gongkai.law.grounds import GROUNDS, Force, grounds_named
from gongkai.law.procedure.casefile import Consulted, Opinion
from gongkai.law.procedure.draft import Draft, flag, text, until, words
from gongkai.law.procedure.intake import one_of
from gongkai.law.procedure.states import CaseKind, Event, NotAllowed, Service, State
from gongkai.law.sources import XZFY
from gongkai.law.taxonomy import OUTCOMES

# How a demand to correct one's own records ends (R711 art. 41); outside Table 3.
RECORDS_OUTCOMES = {
    "records.corrected": "予以更正",
    "records.refused": "不予更正",
    "records.forwarded": "无权更正，转送有权更正的机关",
    "records.redirected": "无权更正，告知向有权更正的机关提出",
}
_ONLY_BY_LAPSE = {"other.no_correction", "other.fee_unpaid"}
# What offices like to refuse by, and no law knows as a ground.
NO_GROUNDS = {"normative_document": "规范性文件", "work_secret": "工作秘密"}
_PROHIBITING = ("法律", "行政法规")


def decide(draft: Draft, event: Event) -> None:
    """Decide; the letter still has to reach the applicant."""
    outcome = text(event, "outcome")
    if draft.kind is CaseKind.RECORDS:
        if outcome not in RECORDS_OUTCOMES:
            raise NotAllowed("更正本人信息的处理结果不对")
    else:
        _check(draft, event, outcome)
    draft.grounds = words(event, "grounds")
    draft.outcome = outcome
    draft.received = draft.received or draft.reached  # who answers has it in hand
    draft.decided = event.on
    draft.state = State.DECIDED


def _check(draft: Draft, event: Event, outcome: str) -> None:
    if outcome not in OUTCOMES or outcome in _ONLY_BY_LAPSE:
        raise NotAllowed(f"不能以“{outcome}”决定" if outcome else "没有写明处理结果")
    _check_grounds(event, outcome, words(event, "grounds"))
    no_earlier = event.facts.get("earlier_reply") == ""
    organ = text(event, "responsible_organ", "")
    if outcome == "unable.still_unclear" and not (draft.correction and draft.correction.received):
        raise NotAllowed("申请人补正之后仍不明确的，才能以此决定（第三十条）")
    if outcome == "declined.excessive" and not draft.reasons_asked:
        draft.defect("reasons_not_asked", event.on)
    if outcome == "declined.duplicate" and no_earlier:
        draft.defect("earlier_reply_missing", event.on)
    if flag(event, "others_duty", default=False) and not organ:
        draft.defect("responsible_organ_missing", event.on)
    _note_grounds(draft, event, outcome)
    _check_third_parties(draft, event, outcome)


def _check_third_parties(draft: Draft, event: Event, outcome: str) -> None:
    third = draft.asked(Consulted.THIRD_PARTY)
    protects = _protects_third_parties(outcome, words(event, "grounds"))
    if protects and not third:
        draft.defect("third_party_not_asked", event.on)
    if protects and third and all(each.opinion is Opinion.AGREES for each in third):
        draft.defect("third_party_agreed", event.on)
    for each in third if outcome in ("granted", "partial") and not protects else ():
        if each.opinion is None:
            draft.defect("third_party_not_heard", event.on, each.name)


def _protects_third_parties(outcome: str | None, grounds: tuple[str, ...]) -> bool:
    return "denied.third_party" in (outcome, *(g.outcome for code in grounds for g in grounds_named(code)))


def _check_grounds(event: Event, outcome: str, grounds: tuple[str, ...]) -> None:
    for code in grounds:
        if code in NO_GROUNDS:
            raise NotAllowed(f"{NO_GROUNDS[code]}不是不予公开的法定理由（第十四条至第十六条）")
        named = grounds_named(code)
        if not named:
            raise NotAllowed(f"没有“{code}”这个理由")
    if outcome.startswith("denied.") or outcome == "partial":
        rank = text(event, "instrument_rank", "")
        if "law_prohibited" in grounds and rank and rank not in _PROHIBITING:
            raise NotAllowed(f"{rank}不能作为“禁止公开”的依据，只有法律、行政法规可以（第十四条）")
        by_process = any(g.force is Force.MAY_UNLESS for code in grounds for g in grounds_named(code))
        if by_process and flag(event, "ordered_open", default=False):
            raise NotAllowed("法律、法规、规章规定应当公开的，不能以此为由不公开（第十六条第二款）")


def _note_grounds(draft: Draft, event: Event, outcome: str) -> None:
    """What a refusal should say and does not: it stands, and can be attacked for it."""
    grounds = words(event, "grounds")
    withholds = outcome.startswith("denied.") or outcome == "partial"
    if withholds and not flag(event, "grounds_stated", default=bool(grounds)):
        draft.defect("grounds_missing", event.on)
    for code in grounds:
        if outcome not in ("partial", *(ground.outcome for ground in grounds_named(code))):
            name = GROUNDS[code].name if code in GROUNDS else code
            draft.defect("grounds_unfit", event.on, f"{name}，{OUTCOMES[outcome].label}")
    if "law_prohibited" in grounds and event.facts.get("instrument_rank") == "":
        draft.defect("instrument_missing", event.on)


def serve(draft: Draft, event: Event) -> None:
    """The reply goes out: handed over, posted, or sent; that day decides whether it is in time.

    A reply made anew goes out too, and moves no day the first one fixed.
    """
    if not draft.awaits_service:
        raise NotAllowed("答复已经送达")
    service = one_of(event, "by", Service)
    courier = service is Service.POST and not flag(event, "postal_enterprise", default=True)
    told = flag(event, "remedies_told", default=True)
    no_link = _lacks_online_channel(service, event)
    clock = None if draft.closed else draft.clock()
    if clock and clock.due and event.on > clock.due.on:
        draft.defect("reply_late", event.on, until(clock.due))
    if courier:
        draft.defect("private_courier", event.on)
    if not told:
        draft.defect("remedies_not_told", event.on)
    elif no_link:
        draft.defect("online_without_channel", event.on)
    _check_told(draft, event)
    draft.service, draft.is_sent_anew = service, bool(draft.redecisions)
    if draft.closed is None:
        draft.answered = draft.closed = event.on
    if draft.service is not Service.POST:
        draft.delivered = event.on
    draft.state = State.CLOSED


def _lacks_online_channel(service: Service, event: Event) -> bool:
    needed = service is Service.ELECTRONIC and XZFY.applies(event.on)
    return needed and not flag(event, "online_channel_given", default=False)


def _check_told(draft: Draft, event: Event) -> None:
    """Whom disclosure overrides is to be told of it, between the decision and its way to the applicant."""
    discloses = draft.outcome in ("granted", "partial")
    if not discloses or _protects_third_parties(draft.outcome, draft.grounds):
        return
    for each in draft.asked(Consulted.THIRD_PARTY):
        if each.opinion is Opinion.OBJECTS and each.name not in draft.told:
            draft.defect("third_party_not_told", event.on, each.name)


def delivered(draft: Draft, event: Event) -> None:
    """The letter reaches the applicant: the periods for remedies run from here."""
    if draft.answered is None or (draft.redecisions and draft.awaits_service):
        raise NotAllowed("签收不能早于发出")
    if draft.delivered is not None:
        raise NotAllowed(f"答复已于 {draft.delivered} 签收")
    draft.delivered = event.on


def redecide(draft: Draft, event: Event) -> None:
    """A new decision after the first was set aside; the request is not counted again."""
    if not draft.is_set_aside:
        raise NotAllowed("原决定没有被撤销、变更或者责令重作")
    outcome = text(event, "outcome")
    _check(draft, event, outcome)
    draft.redecisions.append((event.on, outcome))
    draft.grounds = words(event, "grounds")
    draft.delivered, draft.is_sent_anew = None, False

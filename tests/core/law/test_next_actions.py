"""What may be done next in a case, and by when; what is always open is left out of the tables."""

from __future__ import annotations

import pytest
from cases import case, day, event, registered

from gongkai.law.procedure import CaseFile, Event

ALWAYS = {"amend_record", "turn_proactive", "reconsideration_filed", "suit_filed"}
REQUEST = registered("2025-09-15")
CORRECTING = event("notify_correction", "2025-09-17", days=5)
ASKED = event("consult_third_party", "2025-09-16", name="甲公司")
IN_HAND = event("consulted_received", "2025-09-17", name="甲公司")
OBJECTS = event("opinion", "2025-09-18", name="甲公司", opinion="objects")
TOLD = event("tell_third_party", "2025-09-19", name="甲公司")
REASONS = event("ask_reasons", "2025-09-16")
CHARGED = event("charge", "2025-09-22", tariff="per_page", units=68)
NOTICE = event("fee_notice_received", "2025-09-24")
DECIDED = event("decide", "2025-09-30", outcome="granted")
CLOSED = (REQUEST, DECIDED, event("serve", "2025-09-30", by="in_person"))
RECONSIDERED = (*CLOSED, event("reconsideration_filed", "2025-11-03", ref="复1"))
SUED = (*CLOSED, event("suit_filed", "2025-11-03", ref="诉1"))
ANSWERED = (*SUED, event("suit_answered", "2025-11-10", ref="诉1"))
JUDGED = (*ANSWERED, event("suit_judged", "2026-01-20", ref="诉1", ending="revoked"))

WORK = "assign withdraw merge consult_third_party consult_co_maker consult_organ"
NEW = f"{WORK} ask_reasons notify_correction@2025-09-24"
WAIT = "assign withdraw decide"


def by(on: str, actions: str = "decide extend charge") -> str:
    return " ".join(f"{action}@{on}" for action in actions.split())


OPEN = {
    "a letter to be confirmed": ((registered("2025-09-15", "plain_mail"),), "2025-09-15",
        f"{WAIT} contact confirm_receipt"),
    "a new request": ((REQUEST,), "2025-09-15", f"{NEW} {by('2025-10-17')}"),
    "the last day to ask for a correction": ((REQUEST,), "2025-09-24", f"{NEW} {by('2025-10-17')}"),
    "the day after it": ((REQUEST,), "2025-09-25", f"{WORK} ask_reasons {by('2025-10-17')}"),
    "the last day to reply": ((REQUEST,), "2025-10-17", f"{WORK} ask_reasons {by('2025-10-17')}"),
    "the day after the period": ((REQUEST,), "2025-10-18", f"{WORK} ask_reasons decide@2025-10-17"),
    "a correction awaited": ((REQUEST, CORRECTING), "2025-09-17",
        f"{WAIT} correction_notice_received correct@2025-09-24"),
    "its notice in hand": ((REQUEST, CORRECTING, event("correction_notice_received", "2025-09-18")),
        "2025-09-18", f"{WAIT} correct@2025-09-25"),
    "the last day to correct": ((REQUEST, CORRECTING), "2025-09-24",
        f"{WAIT} correction_notice_received correct@2025-09-24"),
    "the period to correct run out": ((REQUEST, CORRECTING), "2025-09-25",
        f"{WAIT} correction_notice_received correct@2025-09-24 close_uncorrected"),
    "a corrected request": ((REQUEST, CORRECTING, event("correct", "2025-09-19")), "2025-09-19",
        f"{WORK} ask_reasons {by('2025-10-23')}"),
    "a third party asked": ((REQUEST, ASKED), "2025-09-16",
        f"{NEW} {by('2025-11-07')} consulted_received opinion tell_third_party"),
    "its letter in hand": ((REQUEST, ASKED, IN_HAND), "2025-09-17",
        f"{NEW} {by('2025-11-10')} opinion tell_third_party"),
    "a third party that objects": ((REQUEST, ASKED, IN_HAND, OBJECTS), "2025-09-18",
        f"{NEW} {by('2025-10-21')} tell_third_party"),
    "a third party told": ((REQUEST, ASKED, IN_HAND, OBJECTS, TOLD), "2025-09-19",
        f"{NEW} {by('2025-10-21')}"),
    "another body asked": ((REQUEST, event("consult_organ", "2025-09-16", name="乙局")), "2025-09-16",
        f"{NEW} {by('2025-11-07')} consulted_received opinion"),
    "reasons asked for": ((REQUEST, REASONS), "2025-09-16",
        f"{NEW} {by('2025-10-17', 'decide extend charge delay')} reasons_given".replace(" ask_reasons", "")),
    "reasons asked for, period over": ((REQUEST, REASONS), "2025-10-18",
        f"{WORK} decide@2025-10-17 reasons_given"),
    "reasons given": ((REQUEST, REASONS, event("reasons_given", "2025-09-17")), "2025-09-17",
        f"{NEW} {by('2025-10-17', 'decide extend charge delay')}".replace(" ask_reasons", "")),
    "a delayed reply": ((REQUEST, REASONS, event("delay", "2025-09-18", until=day("2025-12-31"))),
        "2025-09-18", f"{NEW} {by('2025-12-31')} reasons_given".replace(" ask_reasons", "")),
    "an extended period": ((REQUEST, event("extend", "2025-09-16", approved_by="李主任")), "2025-09-16",
        f"{NEW} {by('2025-11-14', 'decide charge')}"),
    "a fee asked for": ((REQUEST, CHARGED), "2025-09-22", f"{WAIT} fee_notice_received pay"),
    "its notice received": ((REQUEST, CHARGED, NOTICE), "2025-09-24", f"{WAIT} pay@2025-10-28"),
    "a fee paid": ((REQUEST, CHARGED, NOTICE, event("pay", "2025-09-25")), "2025-09-25",
        f"{WORK} ask_reasons {by('2025-10-22', 'decide extend')}"),
    "a request lapsed unpaid": ((REQUEST, CHARGED, NOTICE), "2025-12-01", "close_unpaid"),
    "its applicant told so": ((REQUEST, CHARGED, NOTICE, event("close_unpaid", "2025-12-01")), "2025-12-01",
        "delivered"),
    "a decision to be served": ((REQUEST, DECIDED), "2025-09-30", "assign withdraw serve@2025-10-17"),
    "a reply posted": ((REQUEST, DECIDED, event("serve", "2025-09-30", by="post")), "2025-09-30",
        "delivered"),
    "a reply handed over": (CLOSED, "2025-09-30", ""),
    "a decision reconsidered": (RECONSIDERED, "2025-11-03",
        "reconsideration_answered reconsideration_decided"),
    "the authority answered": ((*RECONSIDERED, event("reconsideration_answered", "2025-11-06", ref="复1")),
        "2025-11-06", "reconsideration_decided"),
    "a suit brought": (SUED, "2025-11-03", "suit_answered suit_judged"),
    "the court answered": (ANSWERED, "2025-11-10", "suit_judged"),
    "a decision revoked by a court": (JUDGED, "2026-01-20", "suit_appealed redecide"),
    "that judgment appealed": ((*JUDGED, event("suit_appealed", "2026-01-26", ref="诉1")), "2026-01-26",
        "suit_judged"),
    "a decision revoked on reconsideration": (
        (*RECONSIDERED, event("reconsideration_decided", "2025-11-05", ref="复1", ending="revoked")),
        "2025-11-05", "reconsideration_answered redecide"),
    "one's own records": ((registered("2025-09-15", kind="records"),), "2025-09-15", WAIT),
}  # fmt: skip


def said(file: CaseFile) -> dict[str, str]:
    return {each.action.value: str(each.by.on) if each.by else "" for each in file.next_actions}


@pytest.mark.parametrize(("events", "today", "expected"), OPEN.values(), ids=list(OPEN))
def test_only_what_may_be_done_is_offered_with_its_last_day(
    events: tuple[Event, ...], today: str, expected: str
) -> None:
    found = said(case(*events, today=today))
    records = events[0].facts.get("kind") == "records"
    assert found.keys() >= ALWAYS - ({"turn_proactive"} if records else set())
    offered = {action: on for action, on in found.items() if action not in ALWAYS}
    assert offered == {token.partition("@")[0]: token.partition("@")[2] for token in expected.split()}


def test_a_reply_made_anew_is_offered_for_service() -> None:
    again = event("redecide", "2026-03-02", outcome="partial", grounds=("draft",))
    served = event("serve", "2026-03-04", by="in_person")
    assert "serve" in said(case(*JUDGED, again, today="2026-03-02"))
    assert "serve" not in said(case(*JUDGED, again, served, today="2026-03-04"))

"""The clock of a case: its original end, the earlier end to act on, what rests it, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cases import CALENDAR, LATER, case, codes, day, due, event, registered, replied

from gongkai.law.calendar import Due
from gongkai.law.practice import Practice
from gongkai.law.procedure import CaseFile, Event, State
from gongkai.law.procedure.casefile import Clock, Opinion

REQUEST = registered("2025-09-15")
LETTER = registered("2025-04-25", "plain_mail")
CONFIRMED = (LETTER, event("contact", "2025-04-25"), event("confirm_receipt", "2025-04-28"))


def clock(*events: Event, today: str = "2025-12-01", **options: object) -> Clock:
    found = case(*events, today=today, **options).clock
    assert found is not None
    return found


def firm(on: str) -> Due:
    return Due(on=day(on), provisional=False)


def test_only_a_letter_confirmed_later_has_an_earlier_end_to_act_on() -> None:
    assert clock(REQUEST).prudent is None
    assert clock(LETTER, event("confirm_receipt", "2025-04-25")).prudent is None
    assert clock(*CONFIRMED).prudent == firm("2025-05-27")


def test_the_earlier_end_moves_with_an_extension_and_with_a_consultation() -> None:
    extended = event("extend", "2025-05-06", days=3, approved_by="李主任")
    asked = event("consult_third_party", "2025-05-06", name="甲公司")
    answered = event("opinion", "2025-05-08", name="甲公司", opinion="agrees")
    assert clock(*CONFIRMED, extended).prudent == firm("2025-05-30")
    assert clock(*CONFIRMED, asked, answered).prudent == firm("2025-05-29")


def test_a_delayed_or_a_corrected_request_has_no_earlier_end() -> None:
    reasons = event("ask_reasons", "2025-04-29")
    delayed = clock(*CONFIRMED, reasons, event("delay", "2025-04-30", until=day("2025-08-29")))
    assert (delayed.prudent, delayed.due) == (None, firm("2025-08-29"))
    told = (event("notify_correction", "2025-04-29"), event("correct", "2025-05-06"))
    assert clock(*CONFIRMED, *told).prudent is None


@pytest.mark.parametrize(
    ("asked_on", "original"), [("2025-03-31", "2025-04-03"), ("2025-04-01", "2025-03-31")]
)
def test_a_consultation_begun_by_the_last_day_rests_the_original_end(asked_on: str, original: str) -> None:
    asked = event("consult_third_party", asked_on, name="甲公司")
    answered = event("opinion", "2025-04-03", name="甲公司", opinion="agrees")
    extended = event("extend", "2025-03-20", days=5, approved_by="李主任")
    assert clock(registered("2025-03-03"), asked, answered, extended).original == firm(original)


def test_a_consultation_in_the_time_another_one_won_rests_the_original_end_too() -> None:
    story = (registered("2025-03-03"), event("extend", "2025-03-20", days=5, approved_by="李主任"))
    for name, sent, back in (("甲", "2025-03-24", "2025-03-27"), ("乙", "2025-04-02", "2025-04-03")):
        story += (
            event("consult_third_party", sent, name=name),
            event("opinion", back, name=name, opinion="agrees"),
        )
    assert clock(*story).original == firm("2025-04-07")
    assert clock(*story).due == firm("2025-04-14")


def test_an_answer_counts_no_longer_than_the_period_to_give_it() -> None:
    asked = (registered("2025-03-03"), event("consult_third_party", "2025-03-10", name="甲公司"))
    limit = CALENDAR.add_working_days(day("2025-03-10"), 15).on
    for answered in (limit, limit + timedelta(days=1), limit + timedelta(days=60)):
        opinion = event("opinion", answered.isoformat(), name="甲公司", opinion="agrees")
        assert case(*asked, opinion).consultations[0].ends == limit


@pytest.mark.parametrize("late", [False, True])
def test_only_a_consultation_in_time_is_taken_out(late: bool) -> None:
    sent = "2025-10-20" if late else "2025-10-17"
    asked = event("consult_organ", sent, name="乙局")
    uncapped = Practice(organ_opinion_capped=False)
    found = clock(REQUEST, asked, practice=uncapped)
    assert (found.is_paused, found.due) == ((False, firm("2025-10-17")) if late else (True, None))


def test_reasons_awaited_stop_the_clock_only_where_the_switch_says() -> None:
    asked, given = event("ask_reasons", "2025-09-24"), event("reasons_given", "2025-09-28")
    stopping = Practice(reasons_stop_clock=True)
    assert clock(REQUEST, asked, practice=stopping).is_paused
    assert not clock(REQUEST, asked).is_paused
    stopped = clock(REQUEST, asked, given, practice=stopping)
    assert stopped.pauses == ((day("2025-09-24"), day("2025-09-28")),)
    assert clock(REQUEST, asked, given).pauses == ()


def test_what_ended_before_the_corrected_request_is_no_pause_of_the_new_period() -> None:
    asked = event("consult_third_party", "2025-09-16", name="甲公司")
    told = event("notify_correction", "2025-09-17")
    corrected = event("correct", "2025-09-19")
    for answered, pauses in (("2025-09-19", 0), ("2025-09-22", 1)):
        opinion = event("opinion", answered, name="甲公司", opinion="agrees")
        assert len(clock(REQUEST, asked, told, corrected, opinion).pauses) == pauses


def test_nothing_is_due_while_a_correction_or_a_payment_is_awaited() -> None:
    correcting = event("notify_correction", "2025-09-17")
    charged = event("charge", "2025-09-22", tariff="per_page", units=68)
    for asked, done in ((correcting, event("correct", "2025-09-24")), (charged, event("pay", "2025-09-24"))):
        assert clock(REQUEST, asked).is_paused
        assert not clock(REQUEST, asked, done).is_paused


@pytest.mark.parametrize(("on", "late"), [("2025-10-17", []), ("2025-10-18", ["ended_late"])])
def test_ending_without_a_reply_is_late_the_day_after_the_period(on: str, late: list[str]) -> None:
    assert codes(case(REQUEST, event("withdraw", on))) == late


@pytest.mark.parametrize(
    ("kind", "opinion"),
    [("third_party", Opinion.SILENT), ("co_maker", Opinion.DEEMED_CONSENT), ("organ", Opinion.SILENT)],
)
def test_silence_means_what_it_means_the_day_after_its_period(kind: str, opinion: Opinion) -> None:
    asked = (
        registered("2025-09-19"),
        event(f"consult_{kind}", "2025-09-22", name="甲"),
        event("consulted_received", "2025-09-22", name="甲"),
    )
    found = [case(*asked, today=on).consultations[0].opinion for on in ("2025-10-17", "2025-10-18")]
    assert found == [None, opinion]
    answered = event("opinion", "2025-10-17", name="甲", opinion="objects")
    assert case(*asked, answered).consultations[0].opinion is Opinion.OBJECTS


def test_an_answer_of_a_third_party_is_heard_after_its_silence() -> None:
    asked = (
        registered("2025-09-19"),
        event("consult_third_party", "2025-09-22", name="甲"),
        event("consulted_received", "2025-09-22", name="甲"),
        event("opinion", "2025-10-20", name="甲", opinion="objects"),
    )
    assert case(*asked).consultations[0].opinion is Opinion.OBJECTS


def overdue(file: CaseFile) -> tuple[bool, list[str]]:
    return file.is_overdue, codes(file)


def test_a_case_is_overdue_from_the_day_after_until_it_is_answered_or_closed() -> None:
    assert overdue(case(REQUEST, today="2025-10-17")) == (False, [])
    assert overdue(case(REQUEST, today="2025-10-18")) == (True, ["not_replied"])
    assert overdue(case(REQUEST, event("withdraw", "2025-10-20"))) == (False, ["ended_late"])
    assert overdue(case(REQUEST, *replied("2025-10-20"))) == (False, ["reply_late"])
    decided = event("decide", "2025-10-16", outcome="granted")
    assert overdue(case(REQUEST, decided, today="2025-10-18")) == (True, ["not_replied"])


def test_a_lapsed_request_stays_closed_and_on_time() -> None:
    charged = (
        REQUEST,
        event("charge", "2025-09-22", tariff="per_page", units=68),
        event("fee_notice_received", "2025-09-24"),
    )
    file = case(*charged, today=LATER)
    assert (file.state, file.closed_on, file.answered_on) == (State.CLOSED, day("2025-10-29"), None)
    assert overdue(file) == (False, [])
    paid = case(*charged, event("pay", "2025-10-28"), today="2025-10-29")
    assert (paid.state, paid.outcome) == (State.IN_HAND, None)


def test_the_earlier_of_arrival_and_receipt_is_the_prudent_day() -> None:
    assert case(*CONFIRMED).prudent_on == day("2025-04-25")
    assert case(LETTER).prudent_on == day("2025-04-25")
    own = Practice(mailroom_signature_counts=False)
    logged = registered("2025-10-09", "ems", reached=day("2025-09-26"))
    assert case(logged, practice=own).prudent_on == day("2025-09-26")
    assert due(case(logged, today="2025-10-09")) == "2025-10-30"


@pytest.mark.parametrize(
    ("called", "confirmed", "today", "missed"),
    [
        (None, None, "2025-04-25", False),
        (None, None, "2025-04-26", True),
        ("2025-04-25", None, "2025-05-06", False),
        ("2025-04-26", None, "2025-05-06", True),
        (None, "2025-04-25", "2025-05-06", False),
        (None, "2025-04-28", "2025-05-06", True),
    ],
)
def test_the_sender_of_a_letter_is_called_the_day_it_comes(
    called: str | None, confirmed: str | None, today: str, missed: bool
) -> None:
    acts = {"contact": called, "confirm_receipt": confirmed}
    events = [event(action, on) for action, on in acts.items() if on]
    assert ("not_contacted" in codes(case(LETTER, *events, today=today))) is missed
    fax = registered("2025-04-25", "fax")
    assert "not_contacted" not in codes(case(fax, *events[1:], today=today))

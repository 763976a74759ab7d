"""The traps as whole cases: where naive software gets the procedure wrong, each with its own dates."""

from __future__ import annotations

import pytest
from cases import CALENDAR, case, codes, day, due, event, registered, replied

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.clock import period_due
from gongkai.law.counting import count_table3, imbalances
from gongkai.law.fees import Tariff, fee, month_fees
from gongkai.law.grounds import GROUNDS, Force
from gongkai.law.periods import PERIODS
from gongkai.law.practice import FeeClock, Practice
from gongkai.law.procedure import NotAllowed, State
from gongkai.law.procedure.casefile import Opinion
from gongkai.law.remedies import (
    Body,
    BodyKind,
    authority,
    remedies,
    remedy_of,
    remedy_periods,
)
from gongkai.law.taxonomy import Remedy

DECIDED = event("decide", "2025-10-15", outcome="granted")
BUREAU = Body(
    name="霁川县财政局",
    kind=BodyKind.LOCAL_DEPARTMENT,
    government="霁川县人民政府",
    upper="泽衡市财政局",
    court="霁川县人民法院",
)


def test_trap_3_spring_festivals_eve_2024_was_a_working_day() -> None:
    file = case(registered("2024-02-02"), today="2024-02-05")
    notices = [n.by for n in file.next_actions if n.action == "notify_correction"]
    assert notices == [Due(on=day("2024-02-18"), provisional=False)]
    assert due(file) == "2024-03-06"


def test_trap_4_a_notice_on_the_last_day_a_sunday_is_in_time() -> None:
    told = case(registered("2024-02-02"), event("notify_correction", "2024-02-18"), today="2024-02-18")
    assert told.state is State.AWAITING_CORRECTION and not told.defects
    assert codes(case(registered("2024-02-02"), event("notify_correction", "2024-02-19"))) == [
        "correction_notice_late",
        "not_replied",
    ]


def test_trap_5_a_due_day_beyond_the_last_notice_is_provisional() -> None:
    until_2025 = WorkCalendar(years=tuple(year for year in CALENDAR.years if year.year <= 2025))
    file = case(registered("2025-12-15"), today="2025-12-15", calendar=until_2025)
    assert file.due is not None and file.due.provisional
    assert case(registered("2025-12-15"), today="2025-12-15").due == Due(
        on=day("2026-01-13"), provisional=False
    )


def test_trap_5_nothing_lapses_and_nobody_consents_by_a_provisional_day() -> None:
    until_2025 = WorkCalendar(years=tuple(year for year in CALENDAR.years if year.year <= 2025))
    charged = (
        registered("2025-12-03"),
        event("charge", "2025-12-04", tariff="per_page", units=68),
        event("fee_notice_received", "2025-12-04"),
    )
    assert case(*charged, today="2026-01-02", calendar=until_2025).outcome is None
    assert case(*charged, today="2026-01-04").outcome is None
    assert case(*charged, today="2026-01-05").outcome == "other.fee_unpaid"
    asked = (
        registered("2025-12-11"),
        event("consult_co_maker", "2025-12-12", name="乙局"),
        event("consulted_received", "2025-12-12", name="乙局"),
    )
    assert case(*asked, today="2026-01-03", calendar=until_2025).consultations[0].opinion is None
    assert case(*asked, today="2026-01-06").consultations[0].opinion is Opinion.DEEMED_CONSENT
    late = case(registered("2025-12-15"), *replied("2026-01-13"), calendar=until_2025)
    assert "暂定" in str(late.defects[0])


def test_trap_6_a_corrected_request_has_a_full_new_period_and_meanwhile_none() -> None:
    told = (registered("2025-01-24"), event("notify_correction", "2025-02-07"))
    waiting = case(*told, today="2025-02-28")
    assert (waiting.state, waiting.due, waiting.is_overdue) == (State.AWAITING_CORRECTION, None, False)
    assert due(case(*told, event("correct", "2025-02-20"), today="2025-02-21")) == "2025-03-20"
    assert due(case(told[0], today="2025-02-07")) == "2025-02-27"


def test_trap_7_a_late_notice_is_a_defect_and_moves_nothing() -> None:
    late = (registered("2025-01-24"), event("notify_correction", "2025-02-11"))
    file = case(*late, event("correct", "2025-02-20"), today="2025-02-21")
    assert codes(file) == ["correction_notice_late"]
    assert due(file) == "2025-02-27"


def test_trap_7_unless_a_supervisor_overrides_or_the_switch_is_set() -> None:
    start = registered("2025-01-24")
    by_person = event("notify_correction", "2025-02-11", override_by="县政务公开办")
    corrected = event("correct", "2025-02-20")
    assert due(case(start, by_person, corrected, today="2025-02-21")) == "2025-03-20"
    lenient = Practice(late_correction_counts=True)
    late = event("notify_correction", "2025-02-11")
    assert due(case(start, late, corrected, today="2025-02-21", practice=lenient)) == "2025-03-20"


def test_trap_7_a_second_notice_is_a_defect_and_still_unclear_is_decided() -> None:
    once = (
        registered("2025-01-24"),
        event("notify_correction", "2025-02-07"),
        event("correct", "2025-02-20"),
    )
    twice = case(*once, event("notify_correction", "2025-02-24"), today="2025-02-24")
    assert codes(twice) == ["correction_notice_second"]
    assert (twice.state, due(twice)) == (State.IN_HAND, "2025-03-20")
    unclear = case(*once, *replied("2025-03-03", "unable.still_unclear"))
    assert unclear.outcome == "unable.still_unclear" and not unclear.defects
    with pytest.raises(NotAllowed, match="补正之后"):
        case(registered("2025-01-24"), *replied("2025-02-10", "unable.still_unclear"))


CONSULTED = (
    registered("2025-03-03"),
    event("consult_third_party", "2025-03-10", name="甲公司"),
    event("consulted_received", "2025-03-12", name="甲公司"),
)


def test_trap_8_consultation_is_taken_out_as_it_lasted() -> None:
    answered = event("opinion", "2025-03-26", name="甲公司", opinion="agrees")
    assert due(case(*CONSULTED, answered, today="2025-03-27")) == "2025-04-17"
    silent = case(*CONSULTED, today="2025-04-03")
    assert due(silent) == "2025-04-24"
    assert silent.consultations[0].opinion is Opinion.SILENT
    assert due(case(registered("2025-03-03"), today="2025-03-10")) == "2025-03-31"


def test_trap_8_several_consultations_are_a_union() -> None:
    second = (
        event("consult_third_party", "2025-03-12", name="乙公司"),
        event("opinion", "2025-03-20", name="乙公司", opinion="agrees"),
        event("opinion", "2025-03-26", name="甲公司", opinion="agrees"),
    )
    assert due(case(*CONSULTED, *second, today="2025-03-27")) == "2025-04-17"


def test_trap_8_asking_after_the_end_takes_nothing_out() -> None:
    late = case(registered("2025-03-03"), event("consult_third_party", "2025-04-01", name="甲公司"))
    assert due(late) == "2025-03-31"
    assert codes(late) == ["consultation_late", "not_replied"]


def test_trap_9_silence_of_a_co_maker_is_consent_and_of_a_third_party_is_not() -> None:
    asked = (
        registered("2025-09-19"),
        event("consult_co_maker", "2025-09-22", name="乙局"),
        event("consulted_received", "2025-09-22", name="乙局"),
    )
    until = case(*asked, today="2025-10-17")
    assert until.consultations[0].opinion is None
    assert case(*asked, today="2025-10-18").consultations[0].opinion is Opinion.DEEMED_CONSENT
    late = event("opinion", "2025-10-20", name="乙局", opinion="objects")
    assert case(*asked, late, today="2025-10-20").consultations[0].opinion is Opinion.DEEMED_CONSENT


def test_trap_9_another_organs_silence_is_no_consent_and_may_be_uncapped() -> None:
    asked = (
        registered("2025-09-19"),
        event("consult_organ", "2025-09-22", name="丙局"),
        event("consulted_received", "2025-09-22", name="丙局"),
    )
    assert case(*asked, today="2025-10-20").consultations[0].opinion is Opinion.SILENT
    uncapped = case(*asked, today="2025-10-20", practice=Practice(organ_opinion_capped=False))
    assert uncapped.due is None and uncapped.clock is not None and uncapped.clock.is_paused


def test_trap_10_an_extension_runs_from_the_original_end() -> None:
    extended = event("extend", "2025-10-13", days=20, approved_by="李主任")
    assert due(case(registered("2025-09-15"), extended, today="2025-10-14")) == "2025-11-14"


@pytest.mark.parametrize(
    ("facts", "on", "code"),
    [
        ({"approved_by": "李主任"}, "2025-10-20", "extension_late"),
        ({}, "2025-10-13", "extension_unapproved"),
    ],
)
def test_trap_10_a_void_extension_leaves_the_clock(facts: dict[str, str], on: str, code: str) -> None:
    file = case(registered("2025-09-15"), event("extend", on, **facts), today=on)
    assert due(file) == "2025-10-17"
    assert code in codes(file)


def test_trap_10_once_and_at_most_twenty_days() -> None:
    first = event("extend", "2025-10-13", days=30, approved_by="李主任")
    second = event("extend", "2025-11-10", days=10, approved_by="李主任")
    file = case(registered("2025-09-15"), first, second, today="2025-11-10")
    assert due(file) == "2025-11-14"
    assert codes(file) == ["extension_too_long", "extension_second"]


def test_trap_11_an_online_request_on_a_holiday_is_received_that_day() -> None:
    logged = registered("2025-10-10", "internet", reached=day("2025-10-04"))
    assert due(case(logged, today="2025-10-10")) == "2025-11-04"
    own_rule = Practice(online_by_confirmation=True)
    waiting = case(logged, today="2025-10-10", practice=own_rule)
    assert (waiting.state, waiting.due) == (State.REGISTERED, None)
    confirmed = event("confirm_receipt", "2025-10-10")
    assert due(case(logged, confirmed, today="2025-10-10", practice=own_rule)) == "2025-11-06"


def test_trap_12_plain_mail_counts_from_confirmation_and_keeps_the_earlier_day() -> None:
    letter = registered("2025-04-25", "plain_mail")
    assert case(letter, today="2025-04-27").state is State.REGISTERED
    phoned = event("contact", "2025-04-25")
    unreached = case(letter, phoned, today="2025-04-27")
    assert unreached.state is State.REGISTERED and not unreached.defects
    file = case(letter, phoned, event("confirm_receipt", "2025-04-28"), today="2025-04-28")
    assert due(file) == "2025-05-29" and not file.defects
    forgotten = case(letter, event("confirm_receipt", "2025-04-28"), today="2025-04-28")
    assert codes(forgotten) == ["not_contacted"]
    assert forgotten.clock is not None and forgotten.clock.prudent == Due(
        on=day("2025-05-27"), provisional=False
    )


def test_trap_13_mail_signed_at_the_gate_counts_from_there() -> None:
    logged = registered("2025-10-09", "ems", reached=day("2025-09-26"))
    assert due(case(logged, today="2025-10-09")) == "2025-10-30"


def test_trap_14_the_day_of_posting_counts_and_not_delivery_nor_the_letters_date() -> None:
    request = registered("2025-09-15")
    posted = case(
        request,
        DECIDED,
        event("serve", "2025-10-17", by="post"),
        event("delivered", "2025-10-21"),
    )
    assert not posted.defects and posted.answered_on == day("2025-10-17")
    assert posted.delivered_on == day("2025-10-21")
    handed = case(request, DECIDED, event("serve", "2025-10-20", by="in_person"))
    assert codes(handed) == ["reply_late"]
    courier = case(request, DECIDED, event("serve", "2025-10-17", by="post", postal_enterprise=False))
    assert codes(courier) == ["private_courier"]


def test_trap_15_the_fee_is_progressive_by_natural_month_and_lapses_after_twenty_days() -> None:
    september, october = day("2025-09-30"), day("2025-10-09")
    assert fee(Tariff.PER_REQUEST, 34, september).amount == 2800
    assert {m: f.amount for m, f in month_fees([september] * 9 + [october] * 9).items()} == {
        (2025, 9): 0,
        (2025, 10): 0,
    }
    charged = (
        registered("2025-09-15"),
        event("charge", "2025-09-22", tariff="per_request", units=34),
        event("fee_notice_received", "2025-09-24"),
    )
    assert case(*charged, today="2025-10-28").charge.limit.on == day("2025-10-28")  # type: ignore[union-attr]
    assert case(*charged, today="2025-10-28").state is State.AWAITING_PAYMENT
    lapsed = case(*charged, today="2025-10-29")
    assert lapsed.outcome == "other.fee_unpaid" and lapsed.counted_in == (2025, 2025)
    assert lapsed.closed_on == day("2025-10-29")
    told = case(*charged, event("close_unpaid", "2026-01-05"))
    assert told.closed_on == lapsed.closed_on and told.answered_on == day("2026-01-05")
    with pytest.raises(NotAllowed, match="“待申请人缴费”时不能"):
        case(*charged, event("close_unpaid", "2025-10-28"))
    with pytest.raises(NotAllowed, match="“已办结”时不能“申请人缴费”"):
        case(*charged, event("pay", "2025-10-29"))
    unserved = case(*charged[:2])
    assert unserved.state is State.AWAITING_PAYMENT and unserved.outcome is None
    with pytest.raises(NotAllowed, match="一件申请只能收一次费"):
        case(
            *charged,
            event("pay", "2025-09-25"),
            event("charge", "2025-09-26", tariff="per_page", units=50),
        )


def test_trap_15_payment_resumes_the_clock_or_restarts_it_where_the_switch_says() -> None:
    paid = (
        registered("2025-03-03"),
        event("charge", "2025-03-10", tariff="per_page", units=68),
        event("pay", "2025-03-26"),
    )
    assert due(case(*paid, today="2025-03-27")) == "2025-04-17"
    restart = Practice(fee_clock=FeeClock.RESTART)
    assert due(case(*paid, today="2025-03-27", practice=restart)) == "2025-04-24"


def test_trap_18_received_in_one_year_and_closed_in_the_next() -> None:
    file = case(registered("2024-12-25"), *replied("2025-01-23"))
    old, new = (count_table3([("甲", file)], year) for year in (2024, 2025))
    assert [old.number(r) for r in ("new", "carried_in", "total_done", "carried_out")] == [1, 0, 0, 1]
    assert [new.number(r) for r in ("new", "carried_in", "total_done", "carried_out")] == [0, 1, 1, 0]
    corrected = case(
        registered("2024-12-25"),
        event("notify_correction", "2024-12-30"),
        event("correct", "2025-01-10"),
        *replied("2025-01-23"),
    )
    assert count_table3([("甲", corrected)], 2025).number("new") == 0


def test_trap_19_posted_on_the_last_day_of_the_year_belongs_to_it() -> None:
    file = case(
        registered("2024-12-03"),
        event("decide", "2024-12-30", outcome="granted"),
        event("serve", "2024-12-31", by="post"),
        event("delivered", "2025-01-02"),
    )
    assert not file.defects and file.counted_in == (2024, 2024)
    counted = count_table3([("甲", file)], 2024)
    assert counted.number("carried_out") == 0 and not imbalances(counted)


def test_trap_21_a_severed_case_is_partial_once() -> None:
    file = case(
        registered("2024-10-28"),
        event("consult_third_party", "2024-10-29", name="甲公司"),
        event("opinion", "2024-11-01", name="甲公司", opinion="objects"),
        *replied("2024-11-08", "partial", grounds=("trade_secret",)),
    )
    counted = count_table3([("甲", file)], 2024)
    assert (counted.number("partial"), counted.number("denied.third_party")) == (1, 0)
    assert not file.defects


def test_trap_22_the_remedy_follows_ground_and_date() -> None:
    after, before = day("2025-06-03"), day("2023-12-29")
    assert remedy_of("denied.admin_inquiry", after) is Remedy.FREE_CHOICE
    switched = Practice(inquiry_reconsidered_first=True)
    assert remedy_of("denied.admin_inquiry", after, practice=switched) is Remedy.RECONSIDERATION_FIRST
    partial = remedies("partial", grounds=("trade_secret",), on=after, body=BUREAU)
    assert [(p.remedy, p.about) for p in partial] == [
        (Remedy.RECONSIDERATION_FIRST, "不予公开的部分"),
        (Remedy.FREE_CHOICE, "其他部分"),
    ]
    assert remedy_of("denied.third_party", before) is Remedy.FREE_CHOICE
    refusal = remedies("denied.third_party", on=after, body=BUREAU)
    assert "先向霁川县人民政府申请行政复议" in refusal[0].text


def test_trap_23_the_authority_follows_the_date_and_the_body() -> None:
    old, new = day("2023-12-29"), day("2024-01-02")
    assert authority(BUREAU, old).names == ("霁川县人民政府", "泽衡市财政局")
    assert authority(BUREAU, new).names == ("霁川县人民政府",)
    names = {"government": "霁川县人民政府", "upper": "泽衡市税务局"}
    tax = Body(name="霁川县税务局", kind=BodyKind.VERTICAL, **names)
    justice = Body(name="霁川县司法局", kind=BodyKind.JUSTICE, **names)
    assert authority(tax, new).names == ("泽衡市税务局",)
    assert len(authority(justice, new).names) == 2
    untold = remedy_periods(Remedy.FREE_CHOICE, day("2025-08-05"), CALENDAR, told=False)
    assert untold.reconsider.on == day("2026-08-05")


def test_trap_24_remedies_are_counted_in_calendar_days_and_answers_in_working_days() -> None:
    assert remedy_periods(Remedy.FREE_CHOICE, day("2025-08-05"), CALENDAR).reconsider.on == day("2025-10-09")
    assert remedy_periods(Remedy.FREE_CHOICE, day("2024-12-02"), CALENDAR).reconsider.on == day("2025-02-05")
    sue = remedy_periods(Remedy.FREE_CHOICE, day("2025-04-03"), CALENDAR).sue
    assert sue is not None and sue.on == day("2025-10-09")
    assert remedy_periods(Remedy.RECONSIDERATION_FIRST, day("2025-04-03"), CALENDAR).sue is None
    closed = (registered("2024-12-03"), *replied("2024-12-31"))
    for simple, until in ((True, "2025-02-07"), (False, "2025-02-13")):
        filed = event("reconsideration_filed", "2025-01-24", ref="复1", simple=simple)
        proceeding = case(*closed, filed).proceedings[0]
        assert proceeding.answer_due == Due(on=day(until), provisional=False)
    late = event("reconsideration_answered", "2025-02-14", ref="复1")
    assert codes(case(*closed, filed, late)) == ["reconsideration_answer_late"]


def test_trap_25_online_service_needs_the_online_channel() -> None:
    request = registered("2024-09-20", "internet")
    decided = event("decide", "2024-10-23", outcome="granted")
    bare = case(request, decided, event("serve", "2024-10-23", by="electronic"))
    assert codes(bare) == ["online_without_channel"] and bare.answered_on == day("2024-10-23")
    linked = event("serve", "2024-10-23", by="electronic", online_channel_given=True)
    assert not case(request, decided, linked).defects


def test_trap_26_excessive_takes_two_steps() -> None:
    request = registered("2025-09-15")
    assert codes(case(request, *replied("2025-09-24", "declined.excessive"))) == ["reasons_not_asked"]
    asked = event("ask_reasons", "2025-09-24")
    assert not case(request, asked, *replied("2025-10-10", "declined.excessive")).defects
    assert due(case(request, asked, today="2025-09-25")) == "2025-10-17"
    given = event("reasons_given", "2025-09-28")
    delayed = event("delay", "2025-10-10", until=day("2025-12-31"))
    assert due(case(request, asked, given, delayed, today="2025-10-11")) == "2025-12-31"
    late = case(request, asked, event("delay", "2025-10-20", until=day("2025-12-31")), today="2025-10-20")
    assert due(late) == "2025-10-17" and "delay_late" in codes(late)


@pytest.mark.parametrize("ground", ["normative_document", "work_secret"])
def test_trap_27_what_is_no_ground_is_refused(ground: str) -> None:
    with pytest.raises(NotAllowed, match="不是不予公开的法定理由"):
        case(registered("2025-09-15"), *replied("2025-09-30", "denied.process_info", grounds=(ground,)))


def test_trap_27_must_and_may() -> None:
    request = registered("2025-09-15")
    by_rank = {"outcome": "denied.law_prohibited", "grounds": ("law_prohibited",)}
    for rank, found in (("法律", []), ("行政法规", []), ("", ["instrument_missing"])):
        decided = case(request, event("decide", "2025-09-30", instrument_rank=rank, **by_rank))
        assert decided.outcome == "denied.law_prohibited"
        assert codes(decided)[:-1] == found
    with pytest.raises(NotAllowed, match="规章不能作为“禁止公开”的依据"):
        case(request, event("decide", "2025-09-30", instrument_rank="规章", **by_rank))
    silent = case(request, *replied("2025-09-30", "denied.state_secret"))
    assert codes(silent) == ["grounds_missing"] and silent.outcome == "denied.state_secret"
    with pytest.raises(NotAllowed, match="应当公开"):
        case(request, *replied("2025-09-30", "denied.process_info", grounds=("draft",), ordered_open=True))
    assert {g.force for g in GROUNDS.values() if g.source.article == 14} == {Force.MUST}


def test_trap_27_what_was_withheld_is_looked_at_again_after_a_year() -> None:
    assert period_due(PERIODS["reevaluation"], day("2024-10-23"), CALENDAR).on == day("2025-10-23")


def test_trap_29_a_request_both_bodies_registered_is_two() -> None:
    first = case(registered("2024-11-01"), *replied("2024-11-08", "unable.not_held"))
    second = case(registered("2024-11-11"), *replied("2024-11-20"))
    counted = count_table3([("甲局/1", first), ("乙局/7", second)], 2024)
    assert counted.number("new") == counted.number("total_done") == 2

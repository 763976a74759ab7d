"""The traps that need only the calendar: where naive software gets the law wrong, each with its own dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.calendar import Due, WorkCalendar, load_calendar
from gongkai.law.channels import Channel, receipt_day
from gongkai.law.clock import (
    Filer,
    annual_report_due,
    correction_notice_due,
    explain,
    extension_due,
    paused_working_days,
    period_due,
    publication_due,
    reply_due,
)
from gongkai.law.periods import PERIODS

CALENDAR = load_calendar()


def firm(year: int, month: int, day: int) -> Due:
    return Due(on=date(year, month, day), provisional=False)


def test_trap_1_the_day_of_receipt_is_not_day_one() -> None:
    assert reply_due(date(2024, 9, 20), CALENDAR) == firm(2024, 10, 23)
    ledger = explain(date(2024, 9, 20), 20, CALENDAR)
    assert ledger.days[0].on == date(2024, 9, 21)
    numbers = {day.on: day.number for day in ledger.days}
    assert numbers[date(2024, 9, 23)] == 1
    assert numbers[date(2024, 9, 29)] == 6
    assert numbers[date(2024, 10, 12)] == 12
    assert numbers[date(2024, 10, 23)] == 20


def test_trap_2_make_up_days_count() -> None:
    assert reply_due(date(2025, 9, 15), CALENDAR) == firm(2025, 10, 17)
    ledger = explain(date(2025, 9, 15), 20, CALENDAR)
    assert [(d.on, d.number) for d in ledger.made_up] == [(date(2025, 9, 28), 10), (date(2025, 10, 11), 15)]
    skipped = [d for d in ledger.days if d.number is None]
    assert {d.status.why for d in skipped} == {"周末", "国庆节、中秋节放假"}
    assert len(skipped) + 20 == (date(2025, 10, 17) - date(2025, 9, 15)).days


def test_trap_3_the_eve_of_spring_festival_2024_was_a_working_day() -> None:
    assert correction_notice_due(date(2024, 2, 2), CALENDAR) == firm(2024, 2, 18)
    assert reply_due(date(2024, 2, 2), CALENDAR) == firm(2024, 3, 6)
    assert CALENDAR.is_working_day(date(2024, 2, 9))
    assert not CALENDAR.is_working_day(date(2025, 1, 28))


def test_trap_4_a_period_may_end_on_a_saturday_or_sunday() -> None:
    assert publication_due(date(2025, 9, 25), CALENDAR, working_days=7) == firm(2025, 10, 11)
    assert date(2025, 10, 11).weekday() == 5
    assert correction_notice_due(date(2024, 2, 2), CALENDAR).on.weekday() == 6


def test_trap_5_a_year_without_notice_is_provisional() -> None:
    until_2025 = WorkCalendar(years=tuple(y for y in CALENDAR.years if y.year <= 2025))
    assert reply_due(date(2025, 12, 15), until_2025).provisional
    assert reply_due(date(2025, 12, 15), CALENDAR) == firm(2026, 1, 13)
    assert reply_due(date(2025, 11, 3), until_2025) == firm(2025, 12, 1)
    assert explain(date(2025, 12, 15), 20, until_2025).due.provisional


def test_trap_6_a_corrected_request_has_a_full_new_period() -> None:
    assert correction_notice_due(date(2025, 1, 24), CALENDAR) == firm(2025, 2, 10)
    assert reply_due(date(2025, 2, 20), CALENDAR) == firm(2025, 3, 20)


def test_trap_8_consultation_is_taken_out_as_it_lasted() -> None:
    answered = paused_working_days([(date(2025, 3, 10), date(2025, 3, 26))], CALENDAR)
    assert reply_due(date(2025, 3, 3), CALENDAR, paused=answered.days) == firm(2025, 4, 17)
    limit = period_due(PERIODS["third_party_opinion"], date(2025, 3, 12), CALENDAR)
    assert limit == firm(2025, 4, 2)
    silent = paused_working_days([(date(2025, 3, 10), limit.on)], CALENDAR)
    assert reply_due(date(2025, 3, 3), CALENDAR, paused=silent.days) == firm(2025, 4, 24)


def test_trap_8_overlapping_consultations_are_a_union_and_not_a_sum() -> None:
    spans = [(date(2025, 3, 10), date(2025, 3, 20)), (date(2025, 3, 12), date(2025, 3, 26))]
    union = paused_working_days([(date(2025, 3, 10), date(2025, 3, 26))], CALENDAR)
    assert paused_working_days(spans, CALENDAR) == union
    with pytest.raises(ValueError):
        paused_working_days([(date(2025, 3, 10), date(2025, 3, 9))], CALENDAR)


def test_trap_9_a_co_makers_period_ends_after_the_holiday() -> None:
    assert period_due(PERIODS["co_maker_opinion"], date(2025, 9, 22), CALENDAR) == firm(2025, 10, 17)


def test_trap_10_an_extension_runs_from_the_original_end() -> None:
    original = reply_due(date(2025, 9, 15), CALENDAR)
    assert extension_due(original.on, CALENDAR) == firm(2025, 11, 14)
    assert extension_due(original.on, CALENDAR, working_days=5) == firm(2025, 10, 24)
    for length in (0, 21):
        with pytest.raises(ValueError):
            extension_due(original.on, CALENDAR, working_days=length)


def test_trap_11_an_online_request_on_a_holiday_is_received_that_day() -> None:
    receipt = receipt_day(Channel.INTERNET, reached=date(2025, 10, 4), confirmed=date(2025, 10, 10))
    assert receipt.on == date(2025, 10, 4)
    assert reply_due(receipt.on, CALENDAR) == firm(2025, 11, 4)
    assert reply_due(date(2025, 10, 10), CALENDAR) == firm(2025, 11, 6)


def test_trap_11_unless_the_body_has_openly_set_another_rule() -> None:
    announced = receipt_day(
        Channel.INTERNET, reached=date(2025, 10, 4), confirmed=date(2025, 10, 10), own_rule=True
    )
    assert announced.on == date(2025, 10, 10)


@pytest.mark.parametrize(
    ("channel", "on"),
    [
        (Channel.IN_PERSON, date(2025, 9, 15)),
        (Channel.EMS, date(2025, 9, 15)),
        (Channel.REGISTERED, date(2025, 9, 15)),
        (Channel.INTERNET, date(2025, 9, 15)),
        (Channel.EMAIL, date(2025, 9, 15)),
        (Channel.PLAIN_MAIL, date(2025, 9, 17)),
        (Channel.FAX, date(2025, 9, 17)),
    ],
)
def test_only_plain_mail_and_fax_wait_for_confirmation(channel: Channel, on: date) -> None:
    receipt = receipt_day(channel, reached=date(2025, 9, 15), confirmed=date(2025, 9, 17))
    assert (receipt.on, receipt.earliest) == (on, date(2025, 9, 15))
    assert receipt.rule.needs_confirmation == (on != date(2025, 9, 15))


def test_trap_12_plain_mail_counts_from_confirmation_and_keeps_the_earlier_day() -> None:
    receipt = receipt_day(Channel.PLAIN_MAIL, reached=date(2025, 4, 25), confirmed=date(2025, 4, 28))
    assert (receipt.on, receipt.earliest) == (date(2025, 4, 28), date(2025, 4, 25))
    assert receipt.on is not None
    assert reply_due(receipt.on, CALENDAR) == firm(2025, 5, 29)
    assert reply_due(receipt.earliest, CALENDAR) == firm(2025, 5, 27)
    assert receipt_day(Channel.PLAIN_MAIL, reached=date(2025, 4, 25)).on is None
    with pytest.raises(ValueError):
        receipt_day(Channel.PLAIN_MAIL, reached=date(2025, 4, 25), confirmed=date(2025, 4, 24))


def test_trap_13_signed_mail_counts_from_the_gates_signature() -> None:
    receipt = receipt_day(Channel.EMS, reached=date(2025, 9, 26), confirmed=date(2025, 10, 9))
    assert receipt.on == date(2025, 9, 26)
    assert reply_due(receipt.on, CALENDAR) == firm(2025, 10, 30)
    assert reply_due(date(2025, 10, 9), CALENDAR) == firm(2025, 11, 5)


def test_trap_15_the_fee_is_due_twenty_working_days_after_the_notice() -> None:
    assert period_due(PERIODS["fee_payment"], date(2025, 9, 24), CALENDAR) == firm(2025, 10, 28)


def test_trap_16_publication_runs_from_the_making_of_the_document() -> None:
    assert publication_due(date(2024, 9, 25), CALENDAR) == firm(2024, 10, 28)
    assert publication_due(date(2024, 9, 25), CALENDAR, working_days=7) == firm(2024, 10, 10)


def test_trap_17_a_void_penalty_is_withdrawn_before_the_holiday() -> None:
    assert period_due(PERIODS["penalty_withdrawal"], date(2025, 9, 26), CALENDAR) == firm(2025, 9, 30)


@pytest.mark.parametrize(
    ("year", "filer", "on", "alarm"),
    [
        (2024, Filer.DEPARTMENT, date(2025, 1, 31), date(2025, 1, 27)),
        (2025, Filer.DEPARTMENT, date(2026, 1, 31), date(2026, 1, 30)),
        (2023, Filer.GOVERNMENT, date(2024, 3, 31), date(2024, 3, 29)),
        (2024, Filer.GOVERNMENT, date(2025, 3, 31), date(2025, 3, 31)),
    ],
)
def test_trap_20_the_reports_date_never_rolls_over(year: int, filer: Filer, on: date, alarm: date) -> None:
    due = annual_report_due(year, filer, CALENDAR)
    assert (due.on, due.alarm) == (on, Due(on=alarm, provisional=False))


def test_trap_24_calendar_days_roll_off_days_of_rest_and_working_days_do_not() -> None:
    sixty = PERIODS["reconsideration"]
    assert period_due(sixty, date(2025, 8, 5), CALENDAR) == firm(2025, 10, 9)
    assert period_due(sixty, date(2024, 12, 2), CALENDAR) == firm(2025, 2, 5)
    assert period_due(PERIODS["direct_suit"], date(2025, 4, 3), CALENDAR) == firm(2025, 10, 9)
    answer = date(2025, 1, 24)
    assert period_due(PERIODS["reconsideration_answer_simple"], answer, CALENDAR) == firm(2025, 2, 7)
    assert period_due(PERIODS["reconsideration_answer"], answer, CALENDAR) == firm(2025, 2, 13)


def test_trap_23_without_notice_of_remedies_the_period_runs_a_year() -> None:
    assert period_due(PERIODS["reconsideration_untold"], date(2025, 8, 5), CALENDAR) == firm(2026, 8, 5)


def test_trap_28_thirty_days_of_consultation_do_not_end_in_the_holiday() -> None:
    assert period_due(PERIODS["consultation"], date(2025, 9, 5), CALENDAR) == firm(2025, 10, 9)


def test_the_boundary_of_the_reply_period() -> None:
    received = date(2025, 9, 15)
    due = reply_due(received, CALENDAR).on
    counts = [CALENDAR.working_days_between(received, due + timedelta(days=i)).days for i in (-1, 0, 3)]
    assert counts == [19, 20, 21]


def test_a_pause_is_never_negative() -> None:
    with pytest.raises(ValueError):
        reply_due(date(2025, 3, 3), CALENDAR, paused=-1)


def test_a_ledger_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError):
        explain(date(2025, 3, 3), 0, CALENDAR)

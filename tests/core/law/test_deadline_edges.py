"""The last day and the day after, of every period, across National Day, Spring Festival and the year's end.

Every date is counted by hand from the State Council's notices on 2024, 2025 and 2026. Make-up days here:
2024-02-04, 02-18, 09-14, 09-29, 10-12; 2025-01-26, 02-08, 09-28, 10-11; 2026-01-04, 02-14, 02-28.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from cases import CALENDAR, case, codes, day, due, event, registered, replied

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.procedure import CaseFile, Event, NotAllowed, State
from gongkai.law.procedure.casefile import Opinion

UNTIL_2025 = WorkCalendar(years=tuple(year for year in CALENDAR.years if year.year <= 2025))


def firm(on: str) -> Due:
    return Due(on=day(on), provisional=False)


def day_after(on: str) -> str:
    return (day(on) + timedelta(days=1)).isoformat()


def offers(file: CaseFile) -> dict[str, Due | None]:
    """What may be done next, and by when."""
    return {each.action.value: each.by for each in file.next_actions}


class Reply(NamedTuple):
    """A request, working days 19, 20 and 21 after its receipt, and day 40, the longest extension."""

    received: str
    day19: str
    day20: str
    day21: str
    day40: str


REPLIES = [
    # National Day 2024; the first ends on a Saturday worked
    Reply("2024-09-09", "2024-10-11", "2024-10-12", "2024-10-14", "2024-11-08"),
    Reply("2024-09-20", "2024-10-22", "2024-10-23", "2024-10-24", "2024-11-20"),
    # National Day 2025; the first ends on a Saturday worked
    Reply("2025-09-08", "2025-10-10", "2025-10-11", "2025-10-13", "2025-11-07"),
    Reply("2025-09-15", "2025-10-16", "2025-10-17", "2025-10-20", "2025-11-14"),
    # Spring Festival 2024: its eve, 02-09, is worked; the first ends on a Sunday worked
    Reply("2024-01-16", "2024-02-09", "2024-02-18", "2024-02-19", "2024-03-15"),
    Reply("2024-02-02", "2024-03-05", "2024-03-06", "2024-03-07", "2024-04-03"),
    # Spring Festival 2025: its eve, 01-28, is off; the first ends on a Saturday worked
    Reply("2025-01-06", "2025-02-07", "2025-02-08", "2025-02-10", "2025-03-07"),
    Reply("2025-01-20", "2025-02-20", "2025-02-21", "2025-02-24", "2025-03-21"),
    # Spring Festival 2026; the first ends on the Saturday worked before it, the second on the one after it
    Reply("2026-01-19", "2026-02-13", "2026-02-14", "2026-02-24", "2026-03-20"),
    Reply("2026-01-26", "2026-02-27", "2026-02-28", "2026-03-02", "2026-03-27"),
    Reply("2026-02-09", "2026-03-12", "2026-03-13", "2026-03-16", "2026-04-13"),
    # the end of 2024; the first two are extended across Spring Festival
    Reply("2024-12-03", "2024-12-30", "2024-12-31", "2025-01-02", "2025-02-05"),
    Reply("2024-12-04", "2024-12-31", "2025-01-02", "2025-01-03", "2025-02-06"),
    Reply("2024-12-25", "2025-01-22", "2025-01-23", "2025-01-24", "2025-02-26"),
    # the end of 2025; the second ends on a Sunday worked
    Reply("2025-12-03", "2025-12-30", "2025-12-31", "2026-01-04", "2026-01-29"),
    Reply("2025-12-04", "2025-12-31", "2026-01-04", "2026-01-05", "2026-01-30"),
    Reply("2025-12-15", "2026-01-12", "2026-01-13", "2026-01-14", "2026-02-10"),
]
every_reply = pytest.mark.parametrize("row", REPLIES, ids=lambda row: row.received)


@every_reply
def test_a_reply_on_day_19_or_20_is_in_time_and_on_day_21_late(row: Reply) -> None:
    assert case(registered(row.received), today=row.received).due == firm(row.day20)
    for on, wrong in ((row.day19, []), (row.day20, []), (row.day21, ["reply_late"])):
        assert codes(case(registered(row.received), *replied(on))) == wrong


@every_reply
def test_an_unanswered_case_is_overdue_from_the_day_after_day_20(row: Reply) -> None:
    seen = {
        on: case(registered(row.received), today=on)
        for on in (row.day19, row.day20, day_after(row.day20), row.day21)
    }
    for on, file in seen.items():
        is_over = on not in (row.day19, row.day20)
        assert file.is_overdue == is_over
        assert codes(file) == (["not_replied"] if is_over else [])


@every_reply
def test_an_extension_is_offered_on_day_20_and_no_more_on_the_day_after(row: Reply) -> None:
    assert offers(case(registered(row.received), today=row.day20))["extend"] == firm(row.day20)
    for on in (day_after(row.day20), row.day21):
        assert "extend" not in offers(case(registered(row.received), today=on))


@every_reply
def test_an_extension_told_on_day_20_gives_until_day_40(row: Reply) -> None:
    told = (registered(row.received), event("extend", row.day20, approved_by="李主任"))
    file = case(*told, today=row.day21)
    assert (file.due, file.is_overdue, codes(file)) == (firm(row.day40), False, [])
    assert "extend" not in offers(file)
    assert codes(case(*told, *replied(row.day40))) == []
    assert codes(case(*told, *replied(day_after(row.day40)))) == ["reply_late"]


@every_reply
def test_an_extension_told_the_day_after_day_20_is_late_and_moves_nothing(row: Reply) -> None:
    for on in (day_after(row.day20), row.day21):
        file = case(registered(row.received), event("extend", on, approved_by="李主任"), today=on)
        assert (file.due, file.is_overdue) == (firm(row.day20), True)
        assert codes(file) == ["extension_late", "not_replied"]


@pytest.mark.parametrize(
    ("received", "assumed", "known"),
    [
        # 01-01 and 01-02 are Thursday and Friday, then found to be off; Sunday 01-04, then found to be worked
        ("2025-12-04", "2026-01-01", "2026-01-04"),
        ("2025-12-15", "2026-01-12", "2026-01-13"),
        ("2025-12-31", "2026-01-28", "2026-01-29"),
        # the next year's notice may reach back into the last days of December, and has not
        ("2025-12-03", "2025-12-31", "2025-12-31"),
    ],
)
def test_a_due_day_is_provisional_until_the_next_years_notice_and_then_where_that_puts_it(
    received: str, assumed: str, known: str
) -> None:
    before = case(registered(received), today=received, calendar=UNTIL_2025)
    assert before.due == Due(on=day(assumed), provisional=True)
    assert offers(before)["extend"] == before.due
    assert case(registered(received), today=received).due == firm(known)
    assert codes(case(registered(received), *replied(known))) == []


def test_a_due_day_that_no_later_notice_can_move_is_firm_without_it() -> None:
    assert case(registered("2025-11-26"), today="2025-11-26", calendar=UNTIL_2025).due == firm("2025-12-24")


@pytest.mark.parametrize(
    ("received", "day7", "day8", "day20"),
    [
        ("2024-09-25", "2024-10-10", "2024-10-11", "2024-10-28"),
        ("2024-09-29", "2024-10-14", "2024-10-15", "2024-10-31"),  # received on a Sunday worked
        ("2025-09-25", "2025-10-11", "2025-10-13", "2025-10-29"),  # day 7: a Saturday worked
        ("2024-02-02", "2024-02-18", "2024-02-19", "2024-03-06"),  # a Sunday worked
        ("2025-01-24", "2025-02-10", "2025-02-11", "2025-02-27"),
        ("2026-02-12", "2026-02-28", "2026-03-02", "2026-03-18"),  # a Saturday worked
        ("2024-12-24", "2025-01-03", "2025-01-06", "2025-01-22"),
        ("2025-12-24", "2026-01-05", "2026-01-06", "2026-01-22"),
    ],
)
def test_a_correction_notice_stops_the_clock_on_day_7_and_no_more_on_day_8(
    received: str, day7: str, day8: str, day20: str
) -> None:
    assert offers(case(registered(received), today=day7))["notify_correction"] == firm(day7)
    in_time = case(registered(received), event("notify_correction", day7), today=day7)
    assert (in_time.state, in_time.due, codes(in_time)) == (State.AWAITING_CORRECTION, None, [])
    assert "notify_correction" not in offers(case(registered(received), today=day_after(day7)))
    late = case(registered(received), event("notify_correction", day8), today=day8)
    assert (late.state, late.due) == (State.IN_HAND, firm(day20))
    assert codes(late) == ["correction_notice_late"]


class Consulting(NamedTuple):
    """A request, the sending of the letter, its receipt, days 14 and 15 from there, and the day the reply is
    then due if the opinion comes on day 14, and if it comes on day 15 or not at all."""

    received: str
    sent: str
    in_hand: str
    day14: str
    day15: str
    due14: str
    due15: str


CONSULTATIONS = [
    # in hand on a Saturday worked, due on a Saturday worked; 19 days left
    Consulting(
        "2024-09-12", "2024-09-13", "2024-09-14", "2024-10-11", "2024-10-12", "2024-11-06", "2024-11-07"
    ),
    # 18 days left
    Consulting(
        "2024-09-20", "2024-09-24", "2024-09-24", "2024-10-17", "2024-10-18", "2024-11-12", "2024-11-13"
    ),
    # 19
    Consulting(
        "2025-09-19", "2025-09-22", "2025-09-22", "2025-10-16", "2025-10-17", "2025-11-12", "2025-11-13"
    ),
    # 18
    Consulting(
        "2024-01-29", "2024-01-31", "2024-01-31", "2024-02-23", "2024-02-26", "2024-03-20", "2024-03-21"
    ),
    # 18
    Consulting(
        "2025-01-20", "2025-01-22", "2025-01-22", "2025-02-17", "2025-02-18", "2025-03-13", "2025-03-14"
    ),
    # due on a Saturday worked; 19
    Consulting(
        "2026-01-30", "2026-02-02", "2026-02-02", "2026-02-27", "2026-02-28", "2026-03-25", "2026-03-26"
    ),
    # 19
    Consulting(
        "2026-02-05", "2026-02-06", "2026-02-06", "2026-03-04", "2026-03-05", "2026-03-31", "2026-04-01"
    ),
    # 18: the last of them is the day before, or the first day after, Spring Festival
    Consulting(
        "2024-12-10", "2024-12-12", "2024-12-12", "2025-01-02", "2025-01-03", "2025-01-27", "2025-02-05"
    ),
    # day 14 on a Sunday worked; 19
    Consulting(
        "2025-12-11", "2025-12-12", "2025-12-12", "2026-01-04", "2026-01-05", "2026-01-29", "2026-01-30"
    ),
]
every_consultation = pytest.mark.parametrize("row", CONSULTATIONS, ids=lambda row: row.received)


def asked(row: Consulting) -> tuple[Event, ...]:
    return (
        registered(row.received),
        event("consult_third_party", row.sent, name="甲公司"),
        event("consulted_received", row.in_hand, name="甲公司"),
    )


@every_consultation
def test_a_third_partys_opinion_on_day_15_is_waited_for_and_the_day_after_no_more(row: Consulting) -> None:
    for on, until in ((row.day14, row.due14), (row.day15, row.due15), (day_after(row.day15), row.due15)):
        came = event("opinion", on, name="甲公司", opinion="agrees")
        assert due(case(*asked(row), came, today=on)) == until


@every_consultation
def test_a_third_party_is_silent_from_the_day_after_day_15(row: Consulting) -> None:
    waiting, silent = (case(*asked(row), today=on) for on in (row.day15, day_after(row.day15)))
    assert waiting.consultations[0].limit == firm(row.day15)
    assert waiting.consultations[0].opinion is None
    assert silent.consultations[0].opinion is Opinion.SILENT
    assert silent.due == firm(row.due15)


@every_consultation
def test_openness_is_decided_over_a_silent_third_party_only_after_day_15(row: Consulting) -> None:
    decided = [event("decide", on, outcome="granted") for on in (row.day15, day_after(row.day15))]
    early, after = (case(*asked(row), act, today=act.on.isoformat()) for act in decided)
    assert codes(early) == ["third_party_not_heard"]
    assert codes(after) == []


class Paying(NamedTuple):
    """A request, the fee notice in hand, working days 20 and 21 from there, and the day the reply is then due
    if the fee comes on day 20: the notice's own day and those before it are used up."""

    received: str
    notice: str
    day20: str
    day21: str
    due: str


PAYMENTS = [
    Paying("2024-09-18", "2024-09-20", "2024-10-23", "2024-10-24", "2024-11-18"),  # 2 days used
    Paying("2025-09-23", "2025-09-24", "2025-10-28", "2025-10-29", "2025-11-24"),  # 1
    Paying("2024-01-31", "2024-02-02", "2024-03-06", "2024-03-07", "2024-04-01"),  # 2
    Paying("2025-01-22", "2025-01-24", "2025-02-27", "2025-02-28", "2025-03-25"),  # 2
    Paying("2026-02-06", "2026-02-09", "2026-03-13", "2026-03-16", "2026-04-10"),  # 1
    Paying("2024-12-02", "2024-12-03", "2024-12-31", "2025-01-02", "2025-01-27"),  # 1
    Paying(
        "2025-12-03", "2025-12-04", "2026-01-04", "2026-01-05", "2026-01-29"
    ),  # 1, day 20: a Sunday worked
]
every_payment = pytest.mark.parametrize("row", PAYMENTS, ids=lambda row: row.received)


def charged(row: Paying) -> tuple[Event, ...]:
    return (
        registered(row.received),
        event("charge", row.notice, tariff="per_page", units=68),
        event("fee_notice_received", row.notice),
    )


@every_payment
def test_a_fee_paid_on_day_20_lets_the_rest_of_the_period_run_on(row: Paying) -> None:
    last = case(*charged(row), today=row.day20)
    assert (last.state, offers(last)["pay"]) == (State.AWAITING_PAYMENT, firm(row.day20))
    paid = case(*charged(row), event("pay", row.day20), today=row.day20)
    assert (paid.state, due(paid), codes(paid)) == (State.IN_HAND, row.due, [])


@every_payment
def test_a_fee_unpaid_on_day_20_is_a_request_abandoned_the_day_after(row: Paying) -> None:
    with pytest.raises(NotAllowed):
        case(*charged(row), event("close_unpaid", row.day20))
    for on in (day_after(row.day20), row.day21):
        lapsed = case(*charged(row), event("close_unpaid", on), today=on)
        assert (lapsed.outcome, lapsed.is_overdue, codes(lapsed)) == ("other.fee_unpaid", False, [])
        with pytest.raises(NotAllowed):
            case(*charged(row), event("close_unpaid", on), event("pay", on))


def test_a_fee_that_could_be_paid_until_the_end_of_the_year_is_abandoned_in_the_next() -> None:
    last_day = next(row for row in PAYMENTS if row.day20 == "2024-12-31")
    assert case(*charged(last_day), event("close_unpaid", last_day.day21)).counted_in == (2024, 2025)

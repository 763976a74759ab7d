"""Cases told as JSON, each against what was counted by hand from the law and the published holidays."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gongkai.law.account import account_of
from gongkai.law.calendar import load_calendar
from gongkai.law.history import read_history
from gongkai.law.practice import STRICT, Practice
from gongkai.law.procedure import fold

CALENDAR = load_calendar()
NUMBERS = ("days", "amount")


def told(line: str) -> dict[str, Any]:
    """The event of `decided 2025-10-16 outcome=granted`; true, false, null and numbers are such in JSON."""
    kind, on, *facts = line.split()
    pairs = (fact.split("=", 1) for fact in facts)
    read = {
        name: json.loads(text) if name in NUMBERS or text in ("true", "false", "null") else text
        for name, text in pairs
    }
    return {"kind": kind, "on": on, **read}


def account(
    story: str, today: str = "2026-06-01", applicant: str = "natural_person", practice: Practice = STRICT
) -> dict[str, Any]:
    """The account of a case told in lines, or parts separated by a semicolon."""
    events = [told(line) for line in story.replace(";", "\n").splitlines() if line.strip()]
    history = read_history({"applicant_kind": applicant, "events": events})
    case = fold(history.events, CALENDAR, date.fromisoformat(today), practice=practice, record_refusals=True)
    return account_of(case, CALENDAR, practice=practice) | {"unread": list(history.unread)}


def codes(found: dict[str, Any]) -> list[str]:
    return sorted(defect["code"] for defect in found["defects"])


def cells(found: dict[str, Any]) -> dict[str, str]:
    """The cells that count the case, by year: the rows of Table 3, then row/column of Table 4."""
    return {
        year: " ".join(
            [cell["row"] for cell in tables.get("table3", [])]
            + [f"{cell['row']}/{cell['column']}" for cell in tables.get("table4", [])]
        )
        for year, tables in found["counted"].items()
    }


S = "submitted 2025-03-03 channel=in_person;"
X = "submitted 2025-09-15 channel=in_person;"
JAN = "submitted 2025-01-24 channel=in_person;"
THIRD = S + "third_party_asked 2025-03-10 party=甲 served_on=2025-03-12;"
MAKER = X + "body_asked 2025-09-19 body=乙局 joint_maker=true served_on=2025-09-22;"
FEE = X + "fee_notice 2025-09-23 served_on=2025-09-24 amount=380;"
GRANTED = S + "decided 2025-03-20 outcome=granted service=in_person served_on=2025-03-20;"
DENIED = (
    S + "decided 2025-03-20 outcome=denied.process_info ground=16(2) service=in_person served_on=2025-03-20;"
)


@pytest.mark.parametrize(
    ("story", "received", "due"),
    [
        ("submitted 2024-02-02 channel=in_person", "2024-02-02", "2024-03-06"),
        ("submitted 2024-09-20 channel=in_person", "2024-09-20", "2024-10-23"),
        ("submitted 2024-12-25 channel=in_person", "2024-12-25", "2025-01-23"),
        ("submitted 2025-03-03 channel=oral", "2025-03-03", "2025-03-31"),
        ("submitted 2025-09-26 channel=signed_mail", "2025-09-26", "2025-10-30"),
        ("submitted 2025-09-26 channel=ems", "2025-09-26", "2025-10-30"),
        ("submitted 2025-10-04 channel=internet", "2025-10-04", "2025-11-04"),
        ("submitted 2025-10-04 channel=email", "2025-10-04", "2025-11-04"),
        ("submitted 2025-10-04 channel=internet; confirmed 2025-10-10", "2025-10-04", "2025-11-04"),
        ("submitted 2025-04-25 channel=plain_mail; confirmed 2025-04-28", "2025-04-28", "2025-05-29"),
        ("submitted 2025-04-25 channel=plain_mail; confirmed 2025-04-25", "2025-04-25", "2025-05-27"),
        ("submitted 2025-04-25 channel=fax; confirmed 2025-04-28", "2025-04-28", "2025-05-29"),
        ("submitted 2025-12-15 channel=in_person", "2025-12-15", "2026-01-13"),
        ("submitted 2026-02-09 channel=in_person", "2026-02-09", "2026-03-13"),
    ],
)
def test_each_channel_has_its_day_of_receipt(story: str, received: str, due: str) -> None:
    found = account(story)
    assert (found["received_on"], found["due_on"]) == (received, due)
    assert found["provisional"] is False
    assert found["explanation"][-1].startswith(f"{due} ")
    assert sum("个工作日：" in line for line in found["explanation"]) == 20


@pytest.mark.parametrize("channel", ["plain_mail", "fax"])
def test_what_is_not_confirmed_is_registered_and_counted_nowhere(channel: str) -> None:
    found = account(f"submitted 2025-04-25 channel={channel}", "2025-04-25")
    assert (found["state"], found["received_on"], found["due_on"]) == ("registered", None, None)
    assert (found["counted"], codes(found)) == ({}, [])


def test_plain_mail_confirmed_after_its_day_is_watched_from_the_day_it_came() -> None:
    found = account("submitted 2025-04-25 channel=plain_mail; confirmed 2025-04-28", "2025-05-06")
    assert found["prudent_due_on"] == "2025-05-27"
    assert codes(found) == ["not_contacted"]


def test_a_year_without_a_notice_is_provisional() -> None:
    found = account("submitted 2026-12-15 channel=in_person", "2026-12-16")
    assert (found["provisional"], found["due_on"]) == (True, "2027-01-12")


EXTENDED = "extended 2025-10-13 approved_by=王 notified_on=2025-10-13"
CLOCKS = {
    "correction restarts": (
        JAN + "correction_notice 2025-02-07; corrected 2025-02-20", "2025-02-21", "2025-03-20", ""),
    "notice on working day 7": (
        JAN + "correction_notice 2025-02-10; corrected 2025-02-20", "2025-02-21", "2025-03-20", ""),
    "notice on working day 8": (
        JAN + "correction_notice 2025-02-11; corrected 2025-02-20", "2025-02-21", "2025-02-27",
        "correction_notice_late"),
    "second notice": (
        JAN + "correction_notice 2025-02-07; corrected 2025-02-20; correction_notice 2025-02-25",
        "2025-03-06", "2025-03-20", "correction_notice_second"),
    "third party answers": (
        THIRD + "third_party_answered 2025-03-26 party=甲 consents=false", "2025-03-27", "2025-04-17", ""),
    "third party silent": (THIRD, "2025-04-03", "2025-04-24", ""),
    "third party too late to move the clock": (
        THIRD + "third_party_answered 2025-04-10 party=甲 consents=false", "2025-04-11", "2025-04-24", ""),
    "two third parties at once": (
        THIRD + "third_party_asked 2025-03-12 party=乙 served_on=2025-03-14;"
        "third_party_answered 2025-03-26 party=甲 consents=true;"
        "third_party_answered 2025-03-28 party=乙 consents=true", "2025-03-31", "2025-04-21", ""),
    "two third parties in turn": (
        S + "third_party_asked 2025-03-05 party=甲; third_party_answered 2025-03-07 party=甲 consents=true;"
        "third_party_asked 2025-03-12 party=乙; third_party_answered 2025-03-14 party=乙 consents=true",
        "2025-03-17", "2025-04-07", ""),
    "third party and another body": (
        THIRD + "body_asked 2025-03-12 body=乙局; body_answered 2025-03-20 body=乙局;"
        "third_party_answered 2025-03-18 party=甲 consents=true", "2025-03-21", "2025-04-11", ""),
    "asked after the period": (
        S + "third_party_asked 2025-04-01 party=甲 served_on=2025-04-02", "2025-04-03", "2025-03-31",
        "consultation_late not_replied"),
    "co-maker silent": (MAKER, "2025-10-20", "2025-11-10", ""),
    "co-maker answers": (MAKER + "body_answered 2025-09-26 body=乙局", "2025-10-09", "2025-10-24", ""),
    "two co-makers silent": (
        MAKER + "body_asked 2025-09-19 body=丙局 joint_maker=true served_on=2025-09-22", "2025-10-20",
        "2025-11-10", ""),
    "another body": (
        S + "body_asked 2025-03-10 body=乙局; body_answered 2025-03-14 body=乙局", "2025-03-17",
        "2025-04-07", ""),
    "extended": (X + EXTENDED, "2025-10-20", "2025-11-14", ""),
    "extended on the last day": (
        X + "extended 2025-10-17 approved_by=王 notified_on=2025-10-17", "2025-10-20", "2025-11-14", ""),
    "extended by ten": (X + EXTENDED + " days=10", "2025-10-20", "2025-10-31", ""),
    "extended by thirty": (X + EXTENDED + " days=30", "2025-10-20", "2025-11-14", "extension_too_long"),
    "extended over the Spring Festival": (
        "submitted 2024-12-25 channel=in_person; extended 2025-01-20 approved_by=王 notified_on=2025-01-20",
        "2025-01-21", "2025-02-26", ""),
    "extended the day after": (
        X + "extended 2025-10-20 approved_by=王 notified_on=2025-10-20", "2025-10-21", "2025-10-17",
        "extension_late not_replied"),
    "approved in time, notified after": (
        X + "extended 2025-10-16 approved_by=王 notified_on=2025-10-20", "2025-10-21", "2025-10-17",
        "extension_late not_replied"),
    "extension nobody approved": (
        X + "extended 2025-10-13 notified_on=2025-10-13", "2025-10-14", "2025-10-17", "extension_unapproved"),
    "extension nobody was told of": (
        X + "extended 2025-10-13 approved_by=王", "2025-10-14", "2025-10-17", "extension_not_notified"),
    "extended twice": (
        X + EXTENDED + "; extended 2025-11-10 approved_by=王 notified_on=2025-11-10", "2025-11-11",
        "2025-11-14", "extension_second"),
    "extended after a consultation": (
        THIRD + "third_party_answered 2025-03-26 party=甲 consents=false;"
        "extended 2025-04-17 approved_by=王 notified_on=2025-04-17", "2025-04-18", "2025-05-19", ""),
    "extended before a consultation": (
        S + "extended 2025-03-06 approved_by=王 notified_on=2025-03-06;"
        "third_party_asked 2025-03-10 party=甲 served_on=2025-03-12;"
        "third_party_answered 2025-03-26 party=甲 consents=false", "2025-03-27", "2025-05-19", ""),
    "reasons asked": (
        X + "reasons_asked 2025-09-24; reasons_given 2025-09-28", "2025-09-29", "2025-10-17", ""),
    "delay fixed in time": (
        X + "reasons_asked 2025-09-24; delayed 2025-10-10 until=2025-12-31", "2025-10-20", "2025-12-31", ""),
    "fee paid": (FEE + "fee_paid 2025-10-10", "2025-10-11", "2025-10-29", ""),
    "fee asked for after the period": (
        X + "fee_notice 2025-10-20 served_on=2025-10-20 amount=100", "2025-10-21", "2025-10-17",
        "fee_notice_late not_replied"),
}  # fmt: skip


@pytest.mark.parametrize(("story", "today", "due", "wrong"), CLOCKS.values(), ids=list(CLOCKS))
def test_the_period_moves_only_as_the_law_says(story: str, today: str, due: str, wrong: str) -> None:
    found = account(story, today)
    assert found["due_on"] == due
    assert codes(found) == wrong.split()
    assert found["overdue"] is (today > due)
    assert found["unread"] == []


@pytest.mark.parametrize(
    ("switch", "story", "due"),
    [
        (Practice(online_by_confirmation=True),
         "submitted 2025-10-04 channel=internet; confirmed 2025-10-10", "2025-11-06"),
        (Practice(late_correction_counts=True),
         JAN + "correction_notice 2025-02-11; corrected 2025-02-20", "2025-03-20"),
        (Practice(extension_by_approval=True),
         X + "extended 2025-10-16 approved_by=王 notified_on=2025-10-20", "2025-11-14"),
        (Practice(reasons_stop_clock=True),
         X + "reasons_asked 2025-09-24; reasons_given 2025-09-28", "2025-10-22"),
    ],
)  # fmt: skip
def test_a_switch_gives_the_other_reading(switch: Practice, story: str, due: str) -> None:
    assert account(story, practice=switch)["due_on"] == due
    assert account(story)["due_on"] != due


def test_waiting_for_a_correction_nothing_is_due() -> None:
    found = account(JAN + "correction_notice 2025-02-07", "2025-02-28")
    assert (found["state"], found["due_on"], found["overdue"]) == ("awaiting_correction", None, False)


def test_a_consultation_under_way_shows_as_a_pause() -> None:
    found = account(THIRD, "2025-03-20")
    (pause,) = found["pauses"]
    assert (pause["from"], pause["to"]) == ("2025-03-10", "2025-04-02")
    assert pause["article"].endswith("第三十二条")


@pytest.mark.parametrize(
    ("today", "state", "outcome"),
    [("2025-10-28", "awaiting_payment", None), ("2025-10-29", "closed", "other.fee_unpaid")],
)
def test_a_fee_lapses_the_day_after_its_last_day(today: str, state: str, outcome: str | None) -> None:
    found = account(FEE, today)
    assert (found["state"], found["outcome"], codes(found)) == (state, outcome, [])


def test_a_fee_that_lapses_in_january_is_done_in_the_new_year() -> None:
    story = "submitted 2025-12-01 channel=in_person; fee_notice 2025-12-10 served_on=2025-12-10 amount=100"
    found = account(story)
    assert found["closed_on"] == "2026-01-09"
    assert cells(found) == {"2025": "new carried_out", "2026": "carried_in other.fee_unpaid total_done"}


@pytest.mark.parametrize(
    ("decided", "answered", "wrong"),
    [
        ("2025-10-17 outcome=granted service=post served_on=2025-10-21", "2025-10-17", ""),
        ("2025-10-16 outcome=granted service=in_person served_on=2025-10-20", "2025-10-20", "reply_late"),
        ("2025-10-20 outcome=granted service=post served_on=2025-10-20", "2025-10-20", "reply_late"),
        ("2025-10-17 outcome=granted", "2025-10-17", ""),
        ("2025-10-17 outcome=granted service=electronic", "2025-10-17", "online_without_channel"),
        ("2025-10-17 outcome=granted service=electronic online_channel_given=true", "2025-10-17", ""),
        ("2025-10-17 outcome=granted service=in_person served_on=null", None, "not_replied"),
    ],
)
def test_the_way_of_service_says_when_it_was_answered(decided: str, answered: str | None, wrong: str) -> None:
    found = account(f"{X}decided {decided}")
    assert (found["answered_on"], codes(found)) == (answered, wrong.split())
    assert found["state"] == ("closed" if answered else "decided")


OUTCOMES = {
    "granted": "O", "partial": "P", "denied.state_secret": "P", "denied.law_prohibited": "P",
    "denied.security_stability": "P", "denied.third_party": "P", "denied.internal_affairs": "P",
    "denied.process_info": "P", "denied.enforcement_file": "P", "denied.admin_inquiry": "O",
    "unable.not_held": "O", "unable.needs_creation": "O", "declined.petition": "O", "declined.duplicate": "O",
    "declined.publication": "O", "declined.excessive": "O", "declined.confirm_reissue": "O",
    "other.misc": "O",
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "remedy"), OUTCOMES.items())
def test_a_terse_decision_has_its_row_and_its_remedy(outcome: str, remedy: str) -> None:
    found = account(f"{S}decided 2025-03-20 outcome={outcome}", applicant="business")
    assert (found["outcome"], found["remedy"]) == (outcome, remedy)
    assert cells(found) == {"2025": f"new {outcome} total_done"}
    assert {cell["column"] for cell in found["counted"]["2025"]["table3"]} == {"business"}
    needs_ground = outcome == "partial" or outcome.startswith("denied.")
    assert ("grounds_missing" in codes(found)) is needs_ground


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        (JAN + "correction_notice 2025-02-07; decided 2025-03-17 outcome=other.no_correction",
         "other.no_correction"),
        (JAN + "correction_notice 2025-02-07; corrected 2025-02-20; "
         "decided 2025-03-20 outcome=unable.still_unclear", "unable.still_unclear"),
        (FEE, "other.fee_unpaid"),
        (X + "reasons_asked 2025-09-24; reasons_given 2025-09-28; "
         "decided 2025-10-10 outcome=declined.excessive",
         "declined.excessive"),
    ],
)  # fmt: skip
def test_an_outcome_with_its_step_before_it_has_no_defect(story: str, outcome: str) -> None:
    found = account(story)
    assert (found["state"], found["outcome"], found["remedy"]) == ("closed", outcome, "O")
    assert cells(found) == {"2025": f"new {outcome} total_done"}
    assert codes(found) == []


def test_a_withdrawn_request_is_done_without_a_remedy() -> None:
    found = account(X + "withdrawn 2025-09-20")
    assert (found["state"], found["outcome"], found["remedy"]) == ("closed", "other.misc", None)
    assert cells(found) == {"2025": "new other.misc total_done"}
    assert codes(found) == []

"""Histories in which something is done anew, named loosely, or left unsaid."""

from __future__ import annotations

import pytest
from test_histories import DENIED, S, account, cells, codes

REVOKED = DENIED + "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=revoked;"


def test_what_is_decided_anew_after_revocation_stands_and_is_counted_nowhere() -> None:
    found = account(REVOKED + "decided 2025-06-20 outcome=granted service=in_person served_on=2025-06-23")
    assert (found["outcome"], found["remedy"]) == ("granted", "O")
    assert found["decided_anew"] == [{"on": "2025-06-20", "outcome": "granted"}]
    assert found["remedies"][0]["reconsider_by"] == "2025-08-22"
    assert cells(found) == cells(account(REVOKED))
    assert "not_allowed" not in codes(found) and "reply_late" not in codes(found)


def test_nothing_is_decided_anew_while_the_first_decision_stands() -> None:
    upheld = DENIED + "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=upheld;"
    found = account(upheld + "decided 2025-06-20 outcome=granted")
    assert codes(found).count("not_allowed") == 1
    assert found["outcome"] == "denied.process_info"


@pytest.mark.parametrize(
    ("ground", "remedy"),
    [
        ("行政查询事项", "O"),
        ("denied.admin_inquiry", "O"),
        ("36.7", "O"),
        ("第36条第7项", "O"),
        ("四类过程性信息", "P"),
        ("process_info", "P"),
        ("第16条第2款", "P"),
        ("内部事务信息", "P"),
        ("14、15", "P"),
        ("16(1),36(7)", "P"),
    ],
)
def test_a_ground_is_understood_however_it_is_written(ground: str, remedy: str) -> None:
    found = account(S + f"decided 2025-03-20 outcome=partial ground={ground}")
    assert found["remedy"] == remedy
    assert found["grounds"] and not {"not_allowed", "grounds_missing"} & set(codes(found))


@pytest.mark.parametrize(
    ("outcome", "ground"), [("denied.process_info", "14"), ("denied.state_secret", "16")]
)
def test_a_ground_that_does_not_fit_is_a_defect_of_a_decision_that_stands(outcome: str, ground: str) -> None:
    found = account(S + f"decided 2025-03-20 outcome={outcome} ground={ground}")
    assert (found["state"], found["outcome"], codes(found)) == ("closed", outcome, ["grounds_unfit"])


def test_outcomes_and_results_may_be_told_in_chinese() -> None:
    found = account(
        S + "decided 2025-03-20 outcome=属于国家秘密 ground=国家秘密;"
        "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=维持"
    )
    assert found["outcome"] == "denied.state_secret"
    assert "reconsideration/upheld" in cells(found)["2025"]


def test_what_follows_a_second_notice_is_no_fault_of_the_applicants_and_moves_nothing() -> None:
    once = "submitted 2025-01-24 channel=in_person; correction_notice 2025-02-07; corrected 2025-02-20;"
    found = account(once + "correction_notice 2025-02-24; corrected 2025-02-26")
    assert found["due_on"] == "2025-03-20" == account(once)["due_on"]
    assert "not_allowed" not in codes(found)


def test_a_fee_of_unknown_amount_still_rests_the_clock_and_lapses() -> None:
    asked = S + "fee_notice 2025-03-10 served_on=2025-03-10;"
    assert account(asked, today="2025-03-20")["state"] == "awaiting_payment"
    assert account(asked)["outcome"] == "other.fee_unpaid"


def test_the_only_party_asked_is_the_one_that_answered() -> None:
    asked = (
        S + "third_party_asked 2025-03-10 party=甲公司 served_on=2025-03-12; third_party_answered 2025-03-13"
    )
    found = account(asked)
    assert found["due_on"] == "2025-04-03"
    assert "not_allowed" not in codes(found)


def test_a_letter_received_before_it_was_sent_is_said_to_be_so() -> None:
    found = account(S + "third_party_asked 2025-03-10 party=甲公司 served_on=2025-03-05")
    refused = next(defect for defect in found["defects"] if defect["code"] == "not_allowed")
    assert "2025-03-05" in refused["text"] and "2025-03-10" in refused["text"]
    assert found["pauses"] == []


def test_whoever_answers_plain_mail_has_received_it() -> None:
    found = account("submitted 2025-04-25 channel=plain_mail; decided 2025-05-20 outcome=granted")
    assert (found["state"], found["received_on"]) == ("closed", "2025-04-25")
    assert codes(found) == ["not_contacted"]


def test_an_unstated_correction_period_is_not_made_up() -> None:
    told = "submitted 2025-01-24 channel=in_person; correction_notice 2025-02-07;"
    found = account(told + "decided 2025-02-12 outcome=other.no_correction")
    assert found["outcome"] == "other.no_correction"
    assert any("补正期限没有载明" in step["text"] for step in found["steps"])


def test_a_judgment_on_appeal_is_that_of_the_suit_appealed() -> None:
    first = DENIED + "suit_filed 2025-04-10; suit_decided 2025-06-10 result=upheld; suit_appealed 2025-06-20;"
    assert "direct_suit/pending" in cells(account(first))["2025"]
    found = account(first + "suit_decided 2025-09-10 result=revoked")
    assert "direct_suit/corrected" in cells(found)["2025"]
    assert "not_allowed" not in codes(found)


@pytest.mark.parametrize("ground", ["16(2),", "1"])
def test_too_short_a_word_names_no_ground(ground: str) -> None:
    assert (
        "denied.state_secret"
        not in account(S + f"decided 2025-03-20 outcome=partial ground={ground}")["grounds"]
    )


def test_a_decision_made_anew_is_sent_once_and_may_be_set_aside_in_turn() -> None:
    anew = (
        REVOKED
        + "decided 2025-06-20 outcome=denied.process_info ground=16(2) service=post served_on=2025-06-24;"
    )
    found = account(anew)
    actions = [each["action"] for each in found["next_actions"]]
    assert not {"serve", "delivered", "redecide"} & set(actions)
    again = (
        anew
        + "suit_filed 2025-07-01; suit_decided 2025-09-01 result=revoked; decided 2025-09-10 outcome=granted"
    )
    assert [each["outcome"] for each in account(again)["decided_anew"]] == ["denied.process_info", "granted"]


def test_a_decision_made_anew_on_the_day_of_revocation_stands() -> None:
    twice = "decided 2025-06-10 outcome=granted; decided 2025-06-11 outcome=denied.process_info ground=16(2)"
    found = account(REVOKED + twice)
    assert [each["outcome"] for each in found["decided_anew"]] == ["granted"]
    assert codes(found).count("not_allowed") == 1

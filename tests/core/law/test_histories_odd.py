"""Histories as other systems really send them: disputes, years, spellings, and events that cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from test_histories import DENIED, FEE, GRANTED, JAN, THIRD, S, X, account, cells, codes, told

from gongkai.law.history import KINDS, HistoryError, read_history


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("submitted 2024-12-25 channel=in_person; decided 2025-01-22 outcome=granted",
         {"2024": "new carried_out", "2025": "carried_in granted total_done"}),
        ("submitted 2024-12-03 channel=in_person; "
         "decided 2024-12-31 outcome=granted service=post served_on=2025-01-02",
         {"2024": "new granted total_done"}),
        ("submitted 2024-12-25 channel=in_person; correction_notice 2024-12-30; corrected 2025-01-10; "
         "decided 2025-02-13 outcome=granted",
         {"2024": "new carried_out", "2025": "carried_in granted total_done"}),
        ("submitted 2024-12-30 channel=plain_mail; confirmed 2025-01-03; decided 2025-02-07 outcome=granted",
         {"2025": "new granted total_done"}),
        ("submitted 2023-12-11 channel=in_person; decided 2025-01-02 outcome=granted",
         {"2023": "new carried_out", "2024": "carried_in carried_out", 
          "2025": "carried_in granted total_done"}),
        (THIRD + "decided 2025-04-10 outcome=partial ground=15", {"2025": "new partial total_done"}),
        (DENIED + "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=upheld",
         {"2025": "new denied.process_info total_done reconsideration/upheld"}),
        (DENIED + "reconsideration_filed 2025-12-10",
         {"2025": "new denied.process_info total_done reconsideration/pending",
          "2026": "reconsideration/pending"}),
        (DENIED + "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=upheld;"
         "suit_filed 2025-06-20; suit_decided 2026-02-10 result=revoked",
         {"2025": "new denied.process_info total_done "
          "reconsideration/upheld suit_after_reconsideration/pending",
          "2026": "suit_after_reconsideration/corrected"}),
        (DENIED + "reconsideration_filed 2025-03-25; reconsideration_decided 2025-04-10 result=withdrawn;"
         "reconsideration_filed 2025-04-15; reconsideration_decided 2025-06-10 result=corrected",
         {"2025": "new denied.process_info total_done reconsideration/other reconsideration/corrected"}),
        (GRANTED + "suit_filed 2025-06-20; suit_decided 2025-09-10 result=upheld",
         {"2025": "new granted total_done direct_suit/upheld"}),
        (GRANTED + "suit_filed 2025-04-01 ref=A; suit_filed 2025-04-02 ref=B; "
         "suit_decided 2025-06-01 ref=B result=revoked; suit_decided 2025-07-01 ref=A result=other",
         {"2025": "new granted total_done direct_suit/other direct_suit/corrected"}),
        (GRANTED + "suit_filed 2025-04-10; reconsideration_filed 2025-05-10; "
         "reconsideration_decided 2025-06-10 result=upheld; suit_decided 2025-07-10 result=dismissed",
         {"2025": "new granted total_done direct_suit/other reconsideration/upheld"}),
    ],
)  # fmt: skip
def test_each_year_counts_what_it_saw(story: str, expected: dict[str, str]) -> None:
    found = account(story)
    assert {year: " ".join(sorted(rows.split())) for year, rows in cells(found).items()} == {
        year: " ".join(sorted(rows.split())) for year, rows in expected.items()
    }
    assert "not_allowed" not in codes(found)


def test_a_suit_over_silence_leaves_the_request_open() -> None:
    found = account(S + "suit_filed 2025-05-10", "2025-12-31")
    assert cells(found) == {"2025": "new carried_out direct_suit/pending"}
    assert codes(found) == ["not_replied"]
    assert found["silence"] == {"class": "O", "reconsider_by": "2025-05-30", "sue_by": "2025-09-30"}


@pytest.mark.parametrize(
    ("decided", "remedy"), [("2023-12-29", "O"), ("2024-01-02", "P"), ("2025-06-03", "P")]
)
def test_a_refusal_goes_to_reconsideration_first_from_2024_on(decided: str, remedy: str) -> None:
    found = account(
        f"submitted 2023-12-11 channel=in_person; decided {decided} outcome=denied.process_info ground=16(2)"
    )
    assert found["remedy"] == remedy


@pytest.mark.parametrize(
    ("story", "reconsider", "sue"),
    [
        ("submitted 2025-07-15 channel=in_person;"
         "decided 2025-08-05 outcome=denied.process_info ground=16(2)", "2025-10-09", None),
        ("submitted 2024-11-15 channel=in_person;"
         "decided 2024-12-02 outcome=denied.process_info ground=16(2)", "2025-02-05", None),
        ("submitted 2025-03-14 channel=in_person; decided 2025-04-03 outcome=granted",
         "2025-06-03", "2025-10-09"),
        (X + "decided 2025-10-17 outcome=granted service=post served_on=2025-10-21",
         "2025-12-22", "2026-04-21"),
    ],
)  # fmt: skip
def test_the_last_day_for_a_remedy_runs_from_delivery(story: str, reconsider: str, sue: str | None) -> None:
    (part,) = account(story)["remedies"]
    assert (part["reconsider_by"], part["sue_by"]) == (reconsider, sue)


PARTIAL = {"kind": "decided", "on": "2025-03-20", "outcome": "partial"}


def partial_on(ground: object) -> list[dict[str, Any]]:
    return [told("submitted 2025-03-03 channel=in_person"), {**PARTIAL, "ground": ground}]


def shown(events: list[dict[str, Any]], **also: object) -> dict[str, Any]:
    return {"applicant_kind": "natural_person", "events": events, **also}


def account_of_events(events: list[dict[str, Any]], today: str = "2026-06-01") -> dict[str, Any]:
    lines = (
        " ".join(
            [event["kind"], event["on"], *(f"{k}={v}" for k, v in event.items() if k not in ("kind", "on"))]
        )
        for event in events
    )
    return account("\n".join(lines), today)


@pytest.mark.parametrize(
    ("ground", "remedy"),
    [
        ("16(2)", "P"), ("16（2）", "P"), ("第十六条第二款", "P"), ("R16(2)", "P"),
        ("《条例》第十六条第二款", "P"),
        ("discussion_record", "P"), ("过程稿", "P"), ("行政执法案卷", "P"), ("14", "P"), ("第十四条", "P"),
        ("国家秘密", "P"), ("15", "P"), ("商业秘密", "P"), ("16(1)", "P"), ("人事管理", "P"),
        ("36(7)", "O"), ("第三十六条第七项", "O"), ("第三十六条第（七）项", "O"), ("admin_inquiry", "O"),
    ],
)  # fmt: skip
def test_a_ground_may_be_a_code_a_name_or_an_article(ground: str, remedy: str) -> None:
    found = account_of_events(partial_on(ground))
    assert (found["state"], found["remedy"], found["unread"]) == ("closed", remedy, [])
    assert len(found["grounds"]) == 1


@pytest.mark.parametrize("ground", ["工作秘密", "某规范性文件"])
def test_what_is_no_ground_of_the_law_is_not_taken_as_one(ground: str) -> None:
    found = account_of_events(partial_on(ground))
    assert found["outcome"] is None
    assert "not_allowed" in codes(found)


def test_several_grounds_come_as_a_list() -> None:
    history = read_history(shown(partial_on(["14", "第十五条"])))
    decided = next(event for event in history.events if event.action == "decide")
    assert decided.facts["grounds"] == ("14", "15")
    assert history.unread == ()


@pytest.mark.parametrize(
    ("story", "wrong", "article"),
    [
        (S + "decided 2025-03-10 outcome=denied.third_party ground=15",
         "third_party_not_asked", "第三十二条"),
        (THIRD + "decided 2025-03-20 outcome=granted", "third_party_not_heard", "第三十二条"),
        (THIRD + "third_party_answered 2025-03-26 party=甲 consents=false;"
         "decided 2025-04-01 outcome=granted",
         "third_party_not_told", "第三十二条"),
        (THIRD + "third_party_answered 2025-03-26 party=甲 consents=true; "
         "decided 2025-04-01 outcome=denied.third_party ground=15", "third_party_agreed", "第十五条"),
        (X + "decided 2025-09-24 outcome=declined.excessive", "reasons_not_asked", "第三十五条"),
        (X + "delayed 2025-10-10 until=2025-12-31; decided 2025-10-16 outcome=granted", "reasons_not_asked",
         "第三十五条"),
        (X + "withdrawn 2025-10-20", "ended_late", "第三十三条第二款"),
        (S + "decided 2025-03-20 outcome=partial", "grounds_missing", "第三十六条第（三）项"),
        (X + "decided 2025-09-24 outcome=granted service=electronic", "online_without_channel",
         "第二十二条第二款"),
        (X + "decided 2025-09-24 outcome=granted service=post postal_enterprise=false", "private_courier",
         "第二条"),
    ],
)  # fmt: skip
def test_a_fault_of_the_decision_names_its_article(story: str, wrong: str, article: str) -> None:
    (defect,) = account(story)["defects"]
    assert (defect["code"], defect["article"].endswith(article)) == (wrong, True)
    assert defect["text"]


def test_silence_of_a_third_party_served_and_waited_for_holds_nothing_up() -> None:
    assert codes(account(THIRD + "decided 2025-04-10 outcome=granted")) == []


IMPOSSIBLE = [
    (S, "corrected 2025-03-10"),
    (S, "fee_paid 2025-03-10"),
    (S, "third_party_answered 2025-03-10 party=甲 consents=true"),
    (S, "body_answered 2025-03-10 body=乙局"),
    (S, "submitted 2025-03-12 channel=plain_mail"),
    (S, "confirmed 2025-02-20"),
    (S, "withdrawn 2025-02-20"),
    (S, "decided 2025-03-12 outcome=other.fee_unpaid"),
    (S, "decided 2025-03-12 outcome=other.no_correction"),
    (S, "decided 2025-03-12 outcome=unable.still_unclear"),
    (S, "decided 2025-03-12 outcome=whatever"),
    (JAN + "correction_notice 2025-02-07 days=15 served_on=2025-02-08",
     "decided 2025-02-12 outcome=other.no_correction"),
    (GRANTED, "extended 2025-03-24 approved_by=王 notified_on=2025-03-24"),
    (GRANTED, "correction_notice 2025-03-21"),
    (GRANTED, "fee_notice 2025-03-21 amount=100"),
    (GRANTED, "third_party_asked 2025-03-21 party=甲"),
    (GRANTED, "decided 2025-03-25 outcome=partial ground=16(2) served_on=null"),
    (GRANTED, "withdrawn 2025-03-25"),
    (GRANTED, "suit_decided 2025-06-25 result=upheld"),
    (GRANTED, "reconsideration_decided 2025-06-25 result=upheld"),
    (THIRD, "third_party_asked 2025-03-11 party=甲"),
    (FEE, "fee_paid 2025-10-29"),
    (DENIED + "suit_filed 2025-04-01; suit_decided 2025-06-01 result=upheld",
     "suit_decided 2025-06-02 result=other"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "extra"), IMPOSSIBLE)
def test_an_event_that_cannot_be_changes_nothing_but_the_list_of_defects(story: str, extra: str) -> None:
    plain, with_it = account(story), account(story + ";" + extra)
    refused = [defect for defect in with_it["defects"] if defect["code"] == "not_allowed"]
    assert len(refused) == 1
    with_it["defects"].remove(refused[0])
    assert with_it == plain


@pytest.mark.parametrize("today", ["2025-03-10", "2025-03-20", "2025-04-02", "2025-04-03", "2025-06-01"])
def test_events_to_come_are_not_seen_yet(today: str) -> None:
    story = (
        THIRD + "third_party_answered 2025-04-03 party=甲 consents=false; decided 2025-04-10 outcome=granted"
    )
    past = ";".join(line for line in story.split(";") if line.split()[1] <= today)
    assert account(story, today) == account(past, today)


def test_the_order_of_the_list_does_not_matter() -> None:
    story = (
        THIRD + "third_party_answered 2025-03-26 party=甲 consents=true; decided 2025-04-10 outcome=granted"
    )
    assert account(";".join(reversed(story.split(";")))) == account(story)


def test_what_is_not_understood_is_named() -> None:
    event = told("submitted 2025-03-03 channel=in_person colour=red")
    assert read_history(shown([event], note="x")).unread == ("note", "第1个事件（submitted）的 colour")


ODD: tuple[object, ...] = (True, 0, -1, 10**30, 1.5, float("inf"), "", "工作日", "0001-01-01", [], {}, [None])
FIELDS = (
    "on", "channel", "served_on", "party", "joint_maker", "consents", "approved_by", "notified_on", "days",
    "amount", "outcome", "ground", "service", "result", "ref", "until", "reached_on", "posted_on",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_any_type_is_read_or_refused_in_one_sentence(kind: str) -> None:
    first = told("submitted 2025-03-03 channel=in_person")
    for name in FIELDS:
        for value in ODD:
            event = {"kind": kind, "on": "2025-03-05", "channel": "in_person", "amount": 5, name: value}
            try:
                assert read_history(shown([first, event])).events
            except HistoryError as error:
                assert str(error).startswith("第2个事件"), json.dumps(event)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (None, "JSON 对象"),
        ([], "JSON 对象"),
        ({}, "applicant_kind 应为"),
        ({"applicant_kind": "自然人", "events": []}, "applicant_kind 应为"),
        (shown([]), "至少有 submitted"),
        (shown([PARTIAL]), "没有 submitted"),
        (shown([told("sent 2025-03-03")]), "kind 不能是“sent”"),
        (shown([told("submitted 2025-02-29 channel=in_person")]), "on 应为日期"),
        (shown([told("submitted 20250303 channel=in_person")]), "on 应为日期"),
        (shown([told("submitted 2025-03-03 channel=pigeon")]), "channel 应为"),
    ],
)  # fmt: skip
def test_what_is_no_history_is_refused(case: object, says: str) -> None:
    with pytest.raises(HistoryError, match=says):
        read_history(case)

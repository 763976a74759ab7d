"""A case told as data: each field from a history small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest
from test_histories import DENIED, FEE, GRANTED, THIRD, S, X, account

from gongkai.law.practice import Practice

REGULATION, FEES = "《中华人民共和国政府信息公开条例》", "《政府信息公开信息处理费管理办法》"
ORGAN = X + "body_asked 2025-09-22 body=乙局;"
UNCAPPED = Practice(organ_opinion_capped=False)


@pytest.mark.parametrize(
    ("story", "today", "practice", "expected"),
    [
        (X, "2025-09-16", {}, []),
        (THIRD, "2025-03-20", {}, [("2025-03-10", "2025-04-02", 17, "征求第三方意见（甲）", "第三十二条")]),
        (ORGAN, "2025-09-24", {},
         [("2025-09-22", "2025-10-17", 15, "征求其他机关意见（乙局）", "第三十三条第三款")]),
        (ORGAN, "2025-09-24", {"organ_opinion_capped": False},
         [("2025-09-22", None, 2, "征求其他机关意见（乙局）", "第三十三条第三款")]),
        (ORGAN, "2025-09-22", {"organ_opinion_capped": False},
         [("2025-09-22", None, 0, "征求其他机关意见（乙局）", "第三十三条第三款")]),
        (ORGAN + "body_answered 2025-09-24", "2025-12-01", {"organ_opinion_capped": False},
         [("2025-09-22", "2025-09-24", 2, "征求其他机关意见（乙局）", "第三十三条第三款")]),
        (X + "body_asked 2025-10-20 body=乙局;", "2025-10-22", {"organ_opinion_capped": False}, []),
        (X + "body_asked 2025-09-22 body=乙局 joint_maker=true served_on=2025-09-22;"
         "body_answered 2025-09-23", "2025-10-09", {},
         [("2025-09-22", "2025-09-23", 1, "征求共同制作机关意见（乙局）", "第三十四条")]),
        (X + "reasons_asked 2025-09-24; reasons_given 2025-09-28", "2025-10-09", {}, []),
        (X + "reasons_asked 2025-09-24; reasons_given 2025-09-28", "2025-10-09",
         {"reasons_stop_clock": True},
         [("2025-09-24", "2025-09-28", 3, "等待申请人说明理由", "第三十五条")]),
        (FEE, "2025-09-25", {}, [("2025-09-23", None, 2, "等待缴费", "")]),
        (FEE + "fee_paid 2025-09-26", "2025-09-29", {}, [("2025-09-23", "2025-09-26", 3, "等待缴费", "")]),
        (FEE, "2025-12-01", {}, []),
        (X + "fee_notice 2025-10-20 served_on=2025-10-20 amount=100", "2025-10-22", {}, []),
        (X + "fee_notice 2025-10-20 served_on=2025-10-20 amount=100; fee_paid 2025-10-22", "2025-10-22", {},
         []),
    ],
)  # fmt: skip
def test_each_rest_is_listed_with_its_working_days_and_its_article(
    story: str, today: str, practice: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    pauses = account(story, today, practice=Practice(**practice))["pauses"]
    found = [(p["from"], p["to"], p["working_days"], p["why"]) for p in pauses]
    assert found == [each[:4] for each in expected]
    for pause, (*_, article) in zip(pauses, expected, strict=True):
        assert pause["article"] == (f"{REGULATION}{article}" if article else FEES)


def test_each_day_says_its_number_or_why_it_is_skipped_and_where_that_stands() -> None:
    lines = {line[:10]: line[11:] for line in account(ORGAN, "2025-09-24")["explanation"]}
    notice = "国办发明电〔2024〕12号"
    asked = f"不计入：征求其他机关意见（乙局）（{REGULATION}第三十三条第三款）"
    assert lines["2025-09-22"] == "星期一 第5个工作日：工作日"
    assert lines["2025-09-23"] == f"星期二 {asked}"
    assert lines["2025-09-27"] == "星期六 不计入：周末"
    assert lines["2025-09-28"] == f"星期日 {asked}"
    assert lines["2025-10-01"] == f"星期三 不计入：国庆节、中秋节放假（{notice}）"
    assert "2025-09-28 星期日 第10个工作日：调休上班（" in "\n".join(account(X)["explanation"])


def test_a_day_without_a_notice_is_said_to_be_reckoned() -> None:
    found = account("submitted 2026-12-21 channel=in_person", "2026-12-21")
    lines = {line[:10]: line for line in found["explanation"]}
    assert lines["2026-12-22"].endswith("：工作日")
    assert lines["2027-01-04"].endswith("（推算，放假安排尚未公布）")
    assert found["provisional"] is True


@pytest.mark.parametrize(
    ("story", "class_", "parts"),
    [
        (X + "withdrawn 2025-09-20", None, []),
        (X + "merged 2025-09-20 into=甲2", None, []),
        (S, None, []),
        (S + "decided 2025-03-20 outcome=other.misc", "O", [("O", "")]),
        (FEE, "O", [("O", "")]),
        (GRANTED, "O", [("O", "")]),
        (DENIED, "P", [("P", "")]),
        (S + "decided 2025-03-20 outcome=partial ground=16(2)", "P",
         [("P", "不予公开的部分"), ("O", "其他部分")]),
    ],
)  # fmt: skip
def test_the_remedies_are_those_of_what_was_decided(
    story: str, class_: str | None, parts: list[tuple[str, str]]
) -> None:
    found = account(story)
    assert found["remedy"] == class_
    assert [(part["class"], part["about"]) for part in found["remedies"]] == parts


def test_the_remedies_name_an_authority_even_where_the_body_is_not_known() -> None:
    (part,) = account(GRANTED)["remedies"]
    assert "向有管辖权的行政复议机关申请行政复议" in part["text"]


def test_a_letter_not_delivered_opens_no_period_for_remedies() -> None:
    (part,) = account(S + "decided 2025-03-20 outcome=granted service=post")["remedies"]
    assert (part["reconsider_by"], part["sue_by"]) == (None, None)


def test_a_letter_silent_on_remedies_gives_a_year() -> None:
    untold = S + "decided 2025-03-20 outcome=granted remedies_told=false"
    courier = (
        S + "decided 2025-03-20 outcome=granted service=post served_on=2025-03-20 postal_enterprise=false"
    )
    for story, by in ((untold, "2026-03-20"), (courier, "2025-05-19")):
        assert account(story)["remedies"][0]["reconsider_by"] == by


@pytest.mark.parametrize(("today", "is_over"), [("2025-10-17", False), ("2025-10-18", True)])
def test_silence_opens_the_remedies_the_day_after_the_period(today: str, is_over: bool) -> None:
    found = account(X, today)
    assert found["overdue"] is is_over
    assert (found["silence"] is not None) is is_over
    assert account(X + f"withdrawn {today}", today)["silence"] is None


def test_silence_is_reconsidered_first_where_the_switch_says() -> None:
    found = account(X, "2025-11-03", practice=Practice(silence_reconsidered_first=True))["silence"]
    assert (found["class"], found["reconsider_by"], found["sue_by"]) == ("P", "2025-12-16", None)


def test_a_case_is_looked_for_in_the_years_it_may_be_counted_in() -> None:
    suit = "submitted 2024-12-30 channel=plain_mail; suit_filed 2025-06-02"
    assert list(account(suit, "2026-03-02")["counted"]) == ["2025", "2026"]
    assert list(account(S, "2026-03-02")["counted"]) == ["2025", "2026"]
    assert list(account(GRANTED + "suit_filed 2026-01-12", "2026-03-02")["counted"]) == ["2025", "2026"]
    assert account(GRANTED, "2027-03-02")["counted"].keys() == {"2025"}
    assert account("submitted 2025-04-25 channel=plain_mail", "2026-03-02")["counted"] == {}


def test_sums_are_left_out_and_a_table_without_the_case_too() -> None:
    found = account(S + "suit_filed 2025-05-12", "2025-06-02")["counted"]["2025"]
    assert found == {
        "table3": [{"row": row, "column": "natural_person"} for row in ("new", "carried_out")],
        "table4": [{"row": "direct_suit", "column": "pending"}],
    }
    assert account(S, "2025-06-02")["counted"]["2025"].keys() == {"table3"}


def test_what_is_next_and_what_was_decided_anew_are_told_with_their_days() -> None:
    assert {"action": "extend", "by": "2025-10-17"} in account(X, "2025-09-16")["next_actions"]
    again = (
        DENIED + "reconsideration_filed 2025-04-10; reconsideration_decided 2025-06-10 result=revoked;"
        "decided 2025-06-20 outcome=granted;"
    )
    found = account(again)
    assert (found["outcome"], found["remedy"]) == ("granted", "O")
    assert found["decided_anew"] == [{"on": "2025-06-20", "outcome": "granted"}]
    assert (found["decided_on"], found["closed_on"]) == ("2025-03-20", "2025-03-20")


def test_a_defect_cites_its_article_by_its_parts() -> None:
    (defect,) = account(X, "2025-10-20")["defects"]
    assert defect["source"] == {
        "instrument": "中华人民共和国政府信息公开条例",
        "number": "国务院令第711号",
        "article": 33,
        "paragraph": 2,
        "item": None,
    }
    assert (defect["code"], defect["on"]) == ("not_replied", "2025-10-17")
    assert defect["article"] == f"{REGULATION}第三十三条第二款"

"""The steps behind a case's dates, each sentence whole: what it says, which day it gives, what it cites."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from cases import CALENDAR, case, day, event, registered

from gongkai.law.calendar import WorkCalendar
from gongkai.law.explaining import Step, explain_case
from gongkai.law.practice import FeeClock, Practice
from gongkai.law.procedure import Event

REQUEST = registered("2025-09-15")
LETTER = registered("2025-04-25", "plain_mail")
CORRECTING = event("notify_correction", "2025-09-17", days=5)
ASKED = event("consult_third_party", "2025-09-16", name="甲公司")
IN_HAND = event("consulted_received", "2025-09-17", name="甲公司")
CHARGED = event("charge", "2025-09-22", tariff="per_page", units=68)
NOTICE = event("fee_notice_received", "2025-09-24")
DECIDED = event("decide", "2025-09-30", outcome="granted")
R, FEES = "《中华人民共和国政府信息公开条例》", "《政府信息公开信息处理费管理办法》"
UNCAPPED = Practice(organ_opinion_capped=False)
RESTART = Practice(fee_clock=FeeClock.RESTART)
UNTIL_2024 = WorkCalendar(years=tuple(year for year in CALENDAR.years if year.year <= 2024))


def steps(*events: Event, today: str = "2026-06-01", **options: Any) -> dict[str, Step]:
    calendar = options.get("calendar", CALENDAR)
    return {step.title: step for step in explain_case(case(*events, today=today, **options), calendar)}


def given(opinion: str | None, on: str = "2025-09-18") -> Event:
    facts = {"opinion": opinion} if opinion else {}
    return event("opinion", on, name="甲公司", **facts)


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ((REQUEST,), "申请经当面提出，以当面提交之日为收到之日，即2025年9月15日；当日不计入期限。"),
        ((LETTER,), "申请经平信到达，尚待与申请人确认；"),
        ((LETTER, event("confirm_receipt", "2025-04-25")), "即2025年4月25日；当日不计入期限。"),
        ((LETTER, event("confirm_receipt", "2025-04-28")),
         "即2025年4月28日；当日不计入期限。信函2025年4月25日已到，宜从严按该日掌握。"),
    ],
)  # fmt: skip
def test_receipt_is_told_by_its_channel(events: tuple[Event, ...], text: str) -> None:
    found = steps(*events)["收到之日"].text
    assert text in found
    assert ("宜从严" in found) is ("宜从严" in text)


@pytest.mark.parametrize(
    ("events", "text", "until"),
    [
        ((CORRECTING,), "2025年9月17日告知补正，申请人最迟于2025年9月24日补正。", "2025-09-24"),
        ((event("notify_correction", "2025-09-17"),), "2025年9月17日告知补正，补正期限没有载明。", None),
        ((CORRECTING, event("correct", "2025-09-19")),
         "2025年9月17日告知补正，申请人最迟于2025年9月24日补正。"
         "2025年9月19日收到补正后的申请，答复期限自该日起重新计算。", "2025-09-24"),
        ((event("notify_correction", "2025-09-26", days=5),),
         "2025年9月26日告知补正已经逾期，不影响答复期限。", "2025-10-10"),
    ],
)  # fmt: skip
def test_a_correction_is_told_with_its_effect(
    events: tuple[Event, ...], text: str, until: str | None
) -> None:
    step = steps(REQUEST, *events, today="2025-09-26")["补正"]
    assert step.text == text
    assert (step.due and str(step.due.on)) == until
    assert [str(source) for source in step.sources] == [f"{R}第三十条"]


SENT = "2025年9月16日向甲公司征求第三方意见"
LIMIT = "，至2025年10月14日意见期限届满，其间的工作日不计入期限。"
UNSIGNED = "没有对方签收的记录，意见期限从严自发出之日掌握。"


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ((ASKED,), f"{SENT}，至2025年10月13日意见期限届满，其间的工作日不计入期限。{UNSIGNED}"),
        ((ASKED, IN_HAND), f"{SENT}{LIMIT}逾期没有提出意见，由本机关依条例决定。"),
        ((ASKED, given("agrees")), f"{SENT}，至2025年9月18日意见到达，其间的工作日不计入期限。同意公开。"),
        ((ASKED, IN_HAND, given("objects")),
         f"{SENT}，至2025年9月18日意见到达，其间的工作日不计入期限。不同意公开。"),
        ((ASKED, given(None)),
         f"{SENT}，至2025年9月18日意见到达，其间的工作日不计入期限。已经答复，记录没有载明是否同意。"),
        ((ASKED, IN_HAND, given("agrees", "2025-10-20")), f"{SENT}{LIMIT}同意公开。"),
    ],
)  # fmt: skip
def test_a_consultation_is_told_from_its_sending_to_its_end(events: tuple[Event, ...], text: str) -> None:
    assert steps(REQUEST, *events)["征求第三方意见"].text == text


def test_a_consultation_without_an_end_or_too_late_is_told_so() -> None:
    asked = event("consult_organ", "2025-09-16", name="乙局")
    late = event("consult_organ", "2025-10-20", name="乙局")
    title = "征求其他机关意见"
    assert steps(REQUEST, asked, practice=UNCAPPED)[title].text == (
        "2025年9月16日向乙局征求其他机关意见，尚未答复，期限中止。"
    )
    assert steps(REQUEST, late)[title].text == (
        "2025年10月20日向乙局征求其他机关意见，其时答复期限已经届满，所用时间不予扣除。"
    )


@pytest.mark.parametrize(
    ("kind", "title", "article"),
    [
        ("third_party", "征求第三方意见", "第三十二条"),
        ("co_maker", "征求共同制作机关意见", "第三十四条"),
        ("organ", "征求其他机关意见", "第三十三条第三款"),
    ],
)
def test_each_consultation_cites_its_own_article_and_gives_its_last_day(
    kind: str, title: str, article: str
) -> None:
    step = steps(REQUEST, event(f"consult_{kind}", "2025-09-16", name="甲"))[title]
    assert {str(source) for source in step.sources} == {f"{R}{article}", f"{R}第三十三条第三款"}
    assert len(step.sources) == len(set(step.sources))
    assert step.due is not None and step.due.on == day("2025-10-13")


ASKED_380 = "2025年9月22日通知缴纳信息处理费380元，"
BY_LIMIT = "最迟于2025年10月28日缴纳。"
UNVERIFIED = "（法律依据未经核实，按本机关设定的口径）。"


@pytest.mark.parametrize(
    ("events", "today", "practice", "text"),
    [
        ((CHARGED,), "2025-09-22", {}, f"{ASKED_380}缴费期限自申请人收到通知的次日起算。"),
        ((event("charge", "2025-09-22", amount_known=False),), "2025-09-22", {},
         "2025年9月22日通知缴纳信息处理费（数额不详），缴费期限自申请人收到通知的次日起算。"),
        ((event("charge", "2025-09-22", amount=Decimal(5)),), "2025-09-22", {},
         "2025年9月22日通知缴纳信息处理费5元，缴费期限自申请人收到通知的次日起算。"),
        ((CHARGED, NOTICE), "2025-09-24", {}, f"{ASKED_380}{BY_LIMIT}"),
        ((CHARGED, NOTICE), "2025-12-01", {}, f"{ASKED_380}{BY_LIMIT}逾期未缴纳，视为放弃申请，不再处理。"),
        ((CHARGED, NOTICE, event("pay", "2025-09-25")), "2025-09-25", {},
         f"{ASKED_380}{BY_LIMIT}2025年9月25日已经缴纳，等待缴费的时间不计入期限{UNVERIFIED}"),
        ((CHARGED, NOTICE, event("pay", "2025-09-25")), "2025-09-25", {"practice": RESTART},
         f"{ASKED_380}{BY_LIMIT}2025年9月25日已经缴纳，答复期限自次日起重新计算{UNVERIFIED}"),
        ((event("charge", "2025-10-20", tariff="per_page", units=68), event("pay", "2025-10-21")),
         "2025-10-21", {},
         "2025年10月20日通知缴纳信息处理费380元，缴费期限自申请人收到通知的次日起算。"
         "其时答复期限已经届满，不影响答复期限。"),
    ],
)  # fmt: skip
def test_a_fee_is_told_with_what_became_of_it(
    events: tuple[Event, ...], today: str, practice: dict[str, Any], text: str
) -> None:
    step = steps(REQUEST, *events, today=today, **practice)["信息处理费"]
    assert step.text == text
    assert [str(source) for source in step.sources] == [f"{R}第四十二条", FEES]
    assert (step.due is not None) is (NOTICE in events)


def test_the_reply_its_extension_and_its_delay_are_each_a_step() -> None:
    extended = event("extend", "2025-09-18", days=10, approved_by="李主任")
    reasons = event("ask_reasons", "2025-09-19")
    delayed = event("delay", "2025-09-22", until=day("2025-12-31"))
    found = steps(REQUEST, extended, reasons, delayed, today="2025-09-22")
    assert found["答复期限"].text == "自2025年9月15日的次日起算20个工作日，到2025年10月17日届满。"
    assert found["延长答复期限"].text == "自原期限届满起延长10个工作日，到2025年10月31日届满。"
    assert found["延迟答复"].text == "申请的数量、频次超过合理范围，已告知最迟于2025年12月31日答复。"
    last = {title: step.due for title, step in found.items() if step.due}
    assert {title: str(due.on) for title, due in last.items()} == {
        "答复期限": "2025-10-17",
        "延长答复期限": "2025-10-31",
        "延迟答复": "2025-12-31",
    }
    assert not any(due.provisional for due in last.values())
    articles = {title: str(step.sources[0]).removeprefix(R) for title, step in found.items()}
    assert articles["答复期限"] == articles["延长答复期限"] == "第三十三条第二款"
    assert articles["延迟答复"] == "第三十五条"


def test_without_an_end_no_reply_period_is_told() -> None:
    assert "答复期限" not in steps(REQUEST, CHARGED, NOTICE, today="2025-09-24")
    assert "答复期限" not in steps(LETTER)


def test_what_rested_before_the_corrected_request_is_no_part_of_the_new_count() -> None:
    corrected = (CORRECTING, event("correct", "2025-09-22"))
    for answered, rested in (("2025-09-22", False), ("2025-09-23", True)):
        ledger = steps(REQUEST, ASKED, *corrected, given("agrees", answered))["答复期限"].ledger
        assert ledger is not None
        assert any(each.rest for each in ledger.days) is rested


def test_a_guessed_day_is_told_to_be_provisional() -> None:
    found = steps(registered("2024-12-25"), today="2024-12-25", calendar=UNTIL_2024)["答复期限"].text
    assert "（放假安排公布前为暂定）届满" in found
    assert "暂定" not in steps(REQUEST, today="2025-09-15")["答复期限"].text


@pytest.mark.parametrize(
    ("by", "on", "text", "source"),
    [
        ("in_person", "2025-10-17", "直接送达，以签收之日2025年10月17日为答复之日。在期限之内。",
         "关于政府信息公开处理决定送达问题的解释》"),
        ("entrusted", "2025-10-17", "委托其他机关送达，以签收之日2025年10月17日为答复之日。在期限之内。",
         "关于政府信息公开处理决定送达问题的解释》"),
        ("post", "2025-10-18", "邮寄，以交邮之日2025年10月18日为答复之日。晚于期限2025年10月17日。",
         "关于政府信息公开处理决定送达问题的解释》"),
        ("electronic", "2025-10-17", "电子送达，以发送成功之日2025年10月17日为答复之日。在期限之内。",
         "（电子送达）"),
    ],
)  # fmt: skip
def test_the_answer_is_held_against_the_last_day(by: str, on: str, text: str, source: str) -> None:
    step = steps(REQUEST, DECIDED, event("serve", on, by=by))["答复"]
    assert step.text == text
    assert str(step.sources[0]).endswith(source) and str(step.sources[1]) == f"{R}第三十三条第二款"


def test_a_reply_for_which_no_law_sets_a_period_is_in_no_time() -> None:
    records = registered("2025-09-15", kind="records")
    corrected = event("decide", "2025-09-24", outcome="records.corrected")
    found = steps(records, corrected, event("serve", "2025-09-24", by="in_person"))
    assert found["答复"].text == "直接送达，以签收之日2025年9月24日为答复之日。"


def test_what_is_not_answered_has_no_such_step() -> None:
    assert "答复" not in steps(REQUEST, DECIDED)
    assert "答复" not in steps(REQUEST, CHARGED, NOTICE, event("close_unpaid", "2025-12-01"))
    assert steps(REQUEST).keys() == {"收到之日", "答复期限"}

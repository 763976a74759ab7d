"""What an act of the procedure refuses, and what it takes: each limit from both of its sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from cases import CALENDAR, case, codes, day, due, event, registered, replied

from gongkai.law.periods import EXTENSION, REPLY
from gongkai.law.practice import Practice
from gongkai.law.procedure import Event, NotAllowed, State
from gongkai.law.procedure.casefile import Opinion
from gongkai.law.rulebook import STANDARD
from gongkai.law.sources import R711

REQUEST = registered("2025-09-15")
ASKED = event("consult_third_party", "2025-09-16", name="甲公司")
IN_HAND = event("consulted_received", "2025-09-17", name="甲公司")
AGREES = event("opinion", "2025-09-18", name="甲公司", opinion="agrees")
CHARGED = event("charge", "2025-09-22", tariff="per_page", units=68)
PAID = event("pay", "2025-09-24")
CORRECTING = event("notify_correction", "2025-09-17", days=5)
CORRECTED = event("correct", "2025-09-19")
CLOSED = (REQUEST, *replied("2025-09-24"))
SUED = event("suit_filed", "2025-11-03", ref="诉1")
JUDGED = event("suit_judged", "2026-01-20", ref="诉1", ending="upheld")


REFUSED = {
    "a body asked again": ((REQUEST, ASKED, ASKED), "已经向“甲公司”征求过意见"),
    "a letter received twice": ((REQUEST, ASKED, IN_HAND, IN_HAND), "已经签收或者答复"),
    "a letter received after the answer": ((REQUEST, ASKED, AGREES, replace(IN_HAND, on=day("2025-09-19"))),
                                           "已经签收或者答复"),
    "a second opinion": ((REQUEST, ASKED, AGREES, AGREES), "“甲公司”已经答复"),
    "silence as an opinion": (
        (REQUEST, ASKED, replace(AGREES, facts={"name": "甲公司", "opinion": "silent"})),
        "意见应为同意或者不同意"),
    "consent by silence as an opinion": (
        (REQUEST, ASKED, replace(AGREES, facts={"name": "甲公司", "opinion": "deemed_consent"})),
        "意见应为同意或者不同意"),
    "an extension by no days": ((REQUEST, event("extend", "2025-10-13", days=0, approved_by="李主任")),
                                "延长的天数应为正数"),
    "reasons nobody asked for": ((REQUEST, event("reasons_given", "2025-09-24")), "没有等待申请人说明的理由"),
    "reasons given twice": (
        (REQUEST, event("ask_reasons", "2025-09-24"), *[event("reasons_given", "2025-09-28")] * 2),
        "没有等待申请人说明的理由"),
    "a delay to the day it is due anyway": (
        (REQUEST, event("ask_reasons", "2025-09-24"), event("delay", "2025-10-10", until=day("2025-10-17"))),
        "应晚于 2025-10-17"),
    "a second fee": ((REQUEST, CHARGED, PAID, replace(CHARGED, on=day("2025-09-25"))), "只能收一次费"),
    "a fee of nothing": ((REQUEST, event("charge", "2025-09-22", amount=Decimal(0))), "没有超过免费的数量"),
    "a fee before there were any": (
        (registered("2020-09-15"), event("charge", "2020-09-16", amount=Decimal(5))), "不能收取信息处理费"),
    "a fee paid twice": ((REQUEST, CHARGED, PAID, PAID), "没有等待缴纳的收费通知"),
    "a fee notice received after it was paid": (
        (REQUEST, CHARGED, PAID, event("fee_notice_received", "2025-09-25")), "没有等待缴纳的收费通知"),
    "a case told to have lapsed that did not": ((*CLOSED, event("close_unpaid", "2025-12-01")),
                                                "没有逾期未缴费"),
    "a case told twice to have lapsed": (
        (REQUEST, CHARGED, event("fee_notice_received", "2025-09-24"),
         *[event("close_unpaid", "2025-12-01")] * 2), "没有逾期未缴费"),
    "a correction nobody asked for": ((REQUEST, CORRECTED), "没有等待补正的告知"),
    "a correction twice": ((REQUEST, CORRECTING, CORRECTED, CORRECTED), "没有等待补正的告知"),
    "a correction notice received after the correction": (
        (REQUEST, CORRECTING, CORRECTED, event("correction_notice_received", "2025-09-22")),
        "没有等待补正的告知"),
    "closing on the last day to correct": ((REQUEST, CORRECTING, event("close_uncorrected", "2025-09-24")),
                                           "补正期限到 2025-09-24 才届满"),
    "a letter that came after it was registered": ((registered("2025-09-15", reached=day("2025-09-16")),),
                                                   "到达之日不能晚于登记之日"),
    "a confirmation of what was handed over": ((REQUEST, event("confirm_receipt", "2025-09-16")),
                                               "申请已于 2025-09-15 收到"),
    "a second confirmation": (
        (registered("2025-09-15", "fax"), *[event("confirm_receipt", "2025-09-16")] * 2),
        "申请已于 2025-09-16 收到"),
    "a second confirmation online": (
        (registered("2025-09-15", "internet"), *[event("confirm_receipt", "2025-09-16")] * 2),
        "申请已于 2025-09-15 收到"),
    "a case handed on to nobody": ((REQUEST, event("assign", "2025-09-16")), "承办机构没有填写"),
    "a case merged into none": ((REQUEST, event("merge", "2025-09-16")), "并入的案件没有填写"),
    "a flag that is none": ((REQUEST, event("turn_proactive", "2025-09-16", proposed_by_applicant="是")),
                            "没有填写或者填写不对"),
    "a number that is a truth value": ((REQUEST, event("extend", "2025-10-13", days=True)), "天数没有填写"),
    "a number beyond all reason": ((REQUEST, event("extend", "2025-10-13", days=1001)), "最多 1000"),
    "an outcome of Table 3 for one's own records": (
        (registered("2025-09-15", kind="records"), event("decide", "2025-09-24", outcome="granted")),
        "更正本人信息的处理结果不对"),
    "a step of requests for one's own records": ((registered("2025-09-15", kind="records"), CORRECTING),
                                                 "更正本人信息的申请没有“告知补正”这一步"),
    "a decision without an outcome": (
        (REQUEST, event("decide", "2025-09-24", outcome="")), "没有写明处理结果"),
    "a decision that only a lapse makes": (
        (REQUEST, event("decide", "2025-09-24", outcome="other.no_correction")),
        "不能以“other.no_correction”"),
    "a ground there is none of": (
        (REQUEST, event("decide", "2025-09-24", outcome="denied.process_info", grounds=("whim",))),
        "没有“whim”这个理由"),
    "a regulation of the county": (
        (REQUEST, event("decide", "2025-09-24", outcome="partial", grounds=("law_prohibited",),
                         instrument_rank="规章")),
        "规章不能作为"),
    "what must be open, in part": (
        (REQUEST, event("decide", "2025-09-24", outcome="partial", grounds=("draft",), ordered_open=True)),
        "应当公开"),
    "still unclear, uncorrected": ((REQUEST, CORRECTING, event("decide", "2025-09-24",
                                    outcome="unable.still_unclear")), "补正之后"),
    "a reply served twice": ((*CLOSED, event("serve", "2025-09-25", by="in_person")), "答复已经送达"),
    "a letter signed for that never went out": (
        (REQUEST, CHARGED, event("fee_notice_received", "2025-09-24"), event("delivered", "2025-12-01")),
        "签收不能早于发出"),
    "a proceeding registered twice": ((*CLOSED, SUED, SUED), "“诉1”已经登记"),
    "a suit after no reconsideration": ((*CLOSED, replace(SUED, facts={"ref": "诉1", "after": "复1"})),
                                        "没有登记过复议“复1”"),
    "a court answered twice": ((*CLOSED, SUED, *[event("suit_answered", "2025-11-10", ref="诉1")] * 2),
                               "“诉1”已经答复"),
    "a suit judged twice": ((*CLOSED, SUED, JUDGED, JUDGED), "“诉1”已经审结"),
    "a suit judged somehow": ((*CLOSED, SUED, replace(JUDGED, facts={"ref": "诉1", "ending": "某"})),
                              "没有“某”这种结果"),
    "an appeal before the judgment": ((*CLOSED, SUED, event("suit_appealed", "2026-01-26", ref="诉1")),
                                      "没有可以上诉的判决"),
    "a second appeal": ((*CLOSED, SUED, JUDGED, *[event("suit_appealed", "2026-01-26", ref="诉1")] * 2),
                        "没有可以上诉的判决"),
    "a suit nobody brought": ((*CLOSED, SUED, event("suit_answered", "2025-11-10", ref="诉2")),
                              "没有登记过诉讼“诉2”"),
}  # fmt: skip


@pytest.mark.parametrize(("events", "says"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_and_what_led_to_it_is_not(events: tuple[Event, ...], says: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        case(*events)
    assert says in str(refused.value)
    if len(events) > 1:
        case(*events[:-1])


WRONG = {
    "金额": (REQUEST, event("charge", "2025-09-22", amount=5)),
    "申请人类别": (event("register", "2025-09-15", channel="in_person"),),
    "同意之日": (REQUEST, event("extend", "2025-10-13", approved_by="李主任", approved_on="2025-10-13")),
    "送达方式": (REQUEST, event("decide", "2025-09-24", outcome="granted"), event("serve", "2025-09-24")),
    "渠道": (event("register", "2025-09-15", applicant="business"),),
    "审结结果": (*CLOSED, SUED, event("suit_judged", "2026-01-20", ref="诉1")),
    "理由": (REQUEST, event("decide", "2025-09-24", outcome="partial", grounds="draft")),
    "被征求意见方": (REQUEST, event("consult_organ", "2025-09-16")),
    "意见": (REQUEST, ASKED, event("opinion", "2025-09-18", name="甲公司", opinion=5)),
    "处理结果": (REQUEST, event("decide", "2025-09-24")),
    "到达之日": (registered("2025-09-15", reached="2025-09-12"),),
    "案号": (*CLOSED, event("suit_filed", "2025-11-03")),
    "收费标准": (REQUEST, event("charge", "2025-09-22", units=68)),
    "数量": (REQUEST, event("charge", "2025-09-22", tariff="per_page")),
    "延迟至哪一天": (REQUEST, event("delay", "2025-10-10")),
}


@pytest.mark.parametrize(("name", "events"), WRONG.items(), ids=list(WRONG))
def test_a_missing_or_misfilled_fact_is_named_as_people_know_it(name: str, events: tuple[Event, ...]) -> None:
    with pytest.raises(NotAllowed, match=f"{name}没有填写或者填写不对"):
        case(*events, practice=Practice(extension_by_approval=True))


def test_the_first_asking_for_reasons_is_the_one_that_counts() -> None:
    asked = (REQUEST, event("ask_reasons", "2025-09-24"), event("ask_reasons", "2025-09-26"))
    assert case(*asked, today="2025-09-26").reasons_asked_on == day("2025-09-24")


def test_the_first_call_to_the_sender_is_the_one_that_counts() -> None:
    letter = registered("2025-04-25", "plain_mail")
    called = (event("contact", "2025-04-25"), event("contact", "2025-04-28"))
    assert not case(letter, *called, today="2025-04-28").defects


def test_an_opinion_of_which_nothing_is_told_is_unstated() -> None:
    answered = event("opinion", "2025-09-18", name="甲公司")
    assert case(REQUEST, ASKED, answered, today="2025-09-18").consultations[0].opinion is Opinion.UNSTATED


def test_an_extension_may_be_of_one_day() -> None:
    extended = event("extend", "2025-10-13", days=1, approved_by="李主任")
    assert due(case(REQUEST, extended, today="2025-10-14")) == "2025-10-20"


def test_a_thousand_days_are_read_as_what_they_are() -> None:
    extended = event("extend", "2025-10-13", days=1000, approved_by="李主任")
    assert codes(case(REQUEST, extended, today="2025-10-14")) == ["extension_too_long"]


def test_a_delay_may_be_to_the_day_after() -> None:
    asked = event("ask_reasons", "2025-09-24")
    delayed = event("delay", "2025-10-10", until=day("2025-10-18"))
    assert due(case(REQUEST, asked, delayed, today="2025-10-11")) == "2025-10-18"


def test_a_fee_may_be_of_one_yuan() -> None:
    charge = case(REQUEST, event("charge", "2025-09-22", amount=Decimal(1)), today="2025-09-22").charge
    assert charge is not None and charge.amount == 1


def test_a_case_keeps_the_rules_of_the_day_it_was_received_not_registered() -> None:
    book = STANDARD
    for period, length in ((REPLY, 15), (EXTENSION, 5)):
        book = book.with_period(replace(period, length=length), day("2025-04-28"))
    letter = (registered("2025-04-25", "plain_mail"), event("contact", "2025-04-25"))
    received = case(*letter, event("confirm_receipt", "2025-04-28"), today="2025-04-28", book=book)
    assert due(received) == CALENDAR.add_working_days(day("2025-04-28"), 15).on.isoformat()
    extended = event("extend", "2025-05-12", days=6, approved_by="李主任")
    longer = case(*letter, event("confirm_receipt", "2025-04-28"), extended, today="2025-05-12", book=book)
    assert codes(longer) == ["extension_too_long"]


@pytest.mark.parametrize(
    "outcome", ["records.corrected", "records.refused", "records.forwarded", "records.redirected"]
)
def test_a_demand_to_correct_ones_own_records_ends_in_one_of_four_ways(outcome: str) -> None:
    file = case(
        registered("2025-09-15", kind="records"),
        event("decide", "2025-09-24", outcome=outcome),
        event("serve", "2025-09-24", by="in_person"),
    )
    assert (file.outcome, file.state) == (outcome, State.CLOSED)


def test_mail_counts_from_the_offices_entry_where_the_switch_says() -> None:
    for channel in ("ems", "registered"):
        logged = registered("2025-10-09", channel, reached=day("2025-09-26"))
        own = Practice(mailroom_signature_counts=False)
        assert case(logged, today="2025-10-09", practice=own).received_on == day("2025-10-09")
        assert case(logged, today="2025-10-09").received_on == day("2025-09-26")


def test_a_correction_may_be_given_one_day() -> None:
    told = case(REQUEST, event("notify_correction", "2025-09-17", days=1), today="2025-09-17")
    assert told.correction is not None and told.correction.limit.on == day("2025-09-18")


@pytest.mark.parametrize(
    ("fact", "now"),
    [("applicant", "business"), ("channel", "internet"), ("reached", day("2025-09-12"))],
)
def test_what_was_registered_wrongly_is_put_right(fact: str, now: object) -> None:
    amended = case(REQUEST, event("amend_record", "2025-09-16", **{fact: now}), today="2025-09-16")
    kept = {"applicant": amended.applicant, "channel": amended.channel, "reached": amended.received_on}
    assert kept[fact] == now
    assert amended.amended_on == day("2025-09-16")
    assert case(REQUEST, today="2025-09-16").amended_on is None


def test_only_what_followed_a_second_notice_moves_nothing() -> None:
    once = (REQUEST, CORRECTING, CORRECTED)
    again = (event("notify_correction", "2025-09-22"), event("correct", "2025-09-24"))
    assert due(case(*once, *again, today="2025-09-24")) == due(case(*once, today="2025-09-24"))
    with pytest.raises(NotAllowed, match="没有等待补正的告知"):
        case(*once, *again, event("correct", "2025-09-25"))


def test_a_refused_event_takes_with_it_only_the_rest_of_its_act() -> None:
    received = event("consulted_received", "2025-09-17", name="甲公司")
    decided = event("decide", "2025-09-24", outcome="granted")
    unasked = case(REQUEST, received, decided, today="2025-09-24", record_refusals=True)
    assert (unasked.state, codes(unasked)) == (State.DECIDED, ["not_allowed"])
    posted = replace(event("serve", "2025-09-24", by="post"), act=1)
    delivered = replace(event("delivered", "2025-09-26"), act=1)
    told = case(REQUEST, posted, delivered, event("withdraw", "2025-09-29"), record_refusals=True)
    assert (told.outcome, codes(told)) == ("other.misc", ["not_allowed"])
    assert told.defects[0].source == R711.art(33)
    assert "时不能“送达答复”" in told.defects[0].text


def test_a_letter_of_an_act_is_not_received_before_it_was_sent() -> None:
    asked, early = (replace(each, act=2) for each in (ASKED, replace(IN_HAND, on=day("2025-09-15"))))
    with pytest.raises(NotAllowed, match=r"“被征求意见方签收”（2025-09-15）早于它所随的一步（2025-09-16）"):
        case(REQUEST, asked, early)
    assert case(REQUEST, asked, replace(IN_HAND, on=day("2025-09-16"), act=2)).consultations


def test_a_correction_undoes_an_extension_only_where_it_begins_a_new_period() -> None:
    extended = event("extend", "2025-09-16", days=20, approved_by="李主任")
    again = event("extend", "2025-09-22", days=20, approved_by="李主任")
    corrected = (REQUEST, extended, CORRECTING, CORRECTED)
    assert due(case(*corrected, today="2025-09-19")) == "2025-10-23"
    assert not case(*corrected, again, today="2025-09-22").defects
    late = (event("notify_correction", "2025-09-26"), event("correct", "2025-09-28"))
    assert due(case(REQUEST, extended, *late, today="2025-09-28")) == "2025-11-14"

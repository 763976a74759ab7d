"""A case in odd orders: what cannot be is refused, what is unlawful stays on record and moves no clock."""

from __future__ import annotations

import pytest
from cases import CALENDAR, case, codes, day, due, event, registered, replied

from gongkai.law.calendar import Due
from gongkai.law.practice import FeeClock, Practice
from gongkai.law.procedure import NotAllowed, State
from gongkai.law.procedure.casefile import Opinion
from gongkai.law.remedies import remedy_of_silence
from gongkai.law.taxonomy import Remedy

DECIDED = event("decide", "2025-10-15", outcome="granted")
REQUEST = registered("2025-09-15")


def test_an_oral_request_counts_from_the_form_written_for_the_applicant() -> None:
    assert due(case(registered("2025-09-15", "oral"), today="2025-09-15")) == "2025-10-17"


def test_what_is_another_bodys_duty_is_redirected_with_its_name() -> None:
    request = registered("2025-09-15")
    elsewhere = {"outcome": "unable.not_held", "others_duty": True}
    bare = case(request, event("decide", "2025-09-30", **elsewhere), today="2025-09-30")
    assert codes(bare) == ["responsible_organ_missing"]
    told = event("decide", "2025-09-30", responsible_organ="泽衡市财政局，电话……", **elsewhere)
    assert not case(request, told, today="2025-09-30").defects


def test_handing_on_inside_the_body_moves_no_clock() -> None:
    file = case(registered("2025-09-15"), event("assign", "2025-09-18", to="税政科"), today="2025-09-18")
    assert due(file) == "2025-10-17"


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ((), "从登记开始"),
        ((event("pay", "2025-09-16"),), "从登记开始"),
        ((registered("2025-09-15", "pigeon"),), "不能是“pigeon”"),
        ((registered("2025-09-15", applicant="nobody"),), "没有“nobody”这类申请人"),
        ((registered("2025-09-15"), registered("2025-09-16")), "已经登记"),
        ((registered("2025-09-15"), event("pay", "2025-09-16")), "没有等待缴纳的收费通知"),
        (
            (registered("2025-09-15"), event("opinion", "2025-09-16", name="甲", opinion="agrees")),
            "没有向“甲”",
        ),
        ((registered("2025-09-15"), DECIDED, DECIDED), "“已决定，待送达”时不能"),
        ((registered("2025-09-15"), event("decide", "2025-09-16")), "处理结果没有填写"),
        ((registered("2025-09-15"), event("decide", "2025-09-16", outcome="other.fee_unpaid")), "不能以"),
        ((registered("2025-09-15", "plain_mail"), event("extend", "2025-09-16")), "待确认收到"),
        (
            (registered("2025-09-15"), event("charge", "2025-09-16", tariff="per_page", units=30)),
            "没有超过免费的数量",
        ),
        (
            (registered("2020-09-15"), event("charge", "2020-09-16", tariff="per_page", units=300)),
            "还没有信息处理费",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(events: tuple, says: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        case(*events)
    assert says in str(refused.value)


def test_silence_is_a_free_choice_unless_the_switch_says_otherwise() -> None:
    first = Practice(silence_reconsidered_first=True)
    assert remedy_of_silence(day("2025-06-03")) is Remedy.FREE_CHOICE
    assert remedy_of_silence(day("2025-06-03"), practice=first) is Remedy.RECONSIDERATION_FIRST
    assert remedy_of_silence(day("2023-06-03"), practice=first) is Remedy.FREE_CHOICE


def test_a_consultation_still_running_when_the_corrected_request_comes_rests_the_new_period() -> None:
    story = (
        registered("2025-03-03"),
        event("consult_third_party", "2025-03-05", name="甲公司"),
        event("notify_correction", "2025-03-06"),
        event("correct", "2025-03-10"),
        event("opinion", "2025-03-12", name="甲公司", opinion="agrees"),
    )
    assert (
        due(case(*story, today="2025-03-12"))
        == CALENDAR.add_working_days(day("2025-03-12"), 20).on.isoformat()
    )


def test_a_receipt_recorded_late_lets_the_period_run_on() -> None:
    asked = (registered("2025-03-03"), event("consult_third_party", "2025-03-10", name="甲公司"))
    assert due(case(*asked, today="2025-04-01")) == "2025-04-22"
    received = event("consulted_received", "2025-04-01", name="甲公司")
    assert due(case(*asked, received, today="2025-04-01")) == "2025-05-16"


def test_disclosing_before_the_third_party_was_heard_is_a_defect() -> None:
    asked = (registered("2025-03-03"), event("consult_third_party", "2025-03-10", name="甲公司"))
    in_hand = event("consulted_received", "2025-03-12", name="甲公司")
    early, late = (event("decide", on, outcome="granted") for on in ("2025-03-14", "2025-04-07"))
    assert codes(case(*asked, in_hand, early, today="2025-03-14")) == ["third_party_not_heard"]
    assert not case(*asked, in_hand, late, today="2025-04-07").defects
    assert codes(case(*asked, late, today="2025-04-07")) == ["third_party_not_heard"]


def test_an_amended_registration_is_judged_as_if_written_so_from_the_start() -> None:
    wrong = (registered("2025-01-24", reached=day("2025-01-10")), event("notify_correction", "2025-02-07"))
    assert codes(case(*wrong, today="2025-02-07")) == ["correction_notice_late"]
    amended = event("amend_record", "2025-02-08", reached=day("2025-01-24"))
    file = case(*wrong, amended, today="2025-02-08")
    assert not file.defects and file.state is State.AWAITING_CORRECTION
    with pytest.raises(NotAllowed, match="更正什么"):
        case(*wrong, event("amend_record", "2025-02-08"))
    with pytest.raises(NotAllowed, match="“kind”不能更正"):
        case(*wrong, event("amend_record", "2025-02-08", kind="records"))


def test_an_unanswered_proceeding_is_a_defect_until_it_is_answered() -> None:
    filed = (registered("2024-12-03"), event("reconsideration_filed", "2025-01-24", ref="复1"))
    assert "reconsideration_not_answered" in codes(case(*filed, today="2025-02-08"))
    done = event("reconsideration_answered", "2025-02-07", ref="复1")
    assert "reconsideration_not_answered" not in codes(case(*filed, done, today="2025-02-08"))
    ended = event("reconsideration_decided", "2025-03-05", ref="复1", ending="revoked")
    assert "reconsideration_not_answered" in codes(case(*filed, ended))
    in_time = event("reconsideration_decided", "2025-02-06", ref="复1", ending="withdrawn")
    assert "reconsideration_not_answered" not in codes(case(*filed, in_time))


def test_asking_on_the_last_day_moves_the_end_to_the_end_of_the_consultation() -> None:
    asked = (registered("2025-03-03"), event("consult_third_party", "2025-03-31", name="甲公司"))
    answered = event("opinion", "2025-04-03", name="甲公司", opinion="agrees")
    assert due(case(*asked, answered, today="2025-04-03")) == "2025-04-03"


def test_a_late_fee_notice_stops_no_clock() -> None:
    late = (REQUEST, event("charge", "2025-10-20", tariff="per_page", units=68))
    waiting = case(*late, today="2025-10-21")
    assert (due(waiting), waiting.is_overdue) == ("2025-10-17", True)
    assert codes(waiting) == ["fee_notice_late", "not_replied"]
    assert codes(case(*late, *replied("2025-10-22"))) == ["fee_notice_late", "reply_late"]
    served = case(*late, event("fee_notice_received", "2025-10-21"), today="2025-12-01")
    assert (due(served), served.state, served.outcome) == ("2025-10-17", State.IN_HAND, None)


def test_a_late_correction_notice_may_still_be_received_and_lapse() -> None:
    late = (
        registered("2025-01-24"),
        event("notify_correction", "2025-02-11"),
        event("correction_notice_received", "2025-02-12"),
    )
    assert due(case(*late, today="2025-02-12")) == "2025-02-27"
    lapsed = case(*late, event("close_uncorrected", "2025-03-06"))
    assert lapsed.outcome == "other.no_correction"
    assert codes(lapsed) == ["correction_notice_late", "ended_late"]


def test_a_letter_received_after_the_period_ran_out_does_not_revive_it() -> None:
    asked = (registered("2025-03-03"), event("consult_third_party", "2025-03-10", name="甲公司"))
    received = event("consulted_received", "2025-05-06", name="甲公司")
    file = case(*asked, received, today="2025-05-07")
    assert (due(file), codes(file)) == ("2025-04-22", ["not_replied"])
    assert file.consultations[0].limit == CALENDAR.add_working_days(day("2025-05-06"), 15)


def test_closing_without_a_reply_does_not_wipe_out_that_none_came_in_time() -> None:
    for ending in (event("withdraw", "2025-10-20"), event("merge", "2025-10-20", into="另一件")):
        assert codes(case(REQUEST, ending)) == ["ended_late"]
    assert not case(REQUEST, event("withdraw", "2025-10-17")).defects


def test_a_delay_without_asking_for_reasons_moves_nothing() -> None:
    file = case(REQUEST, event("delay", "2025-10-10", until=day("2025-12-31")), today="2025-10-11")
    assert (due(file), codes(file)) == ("2025-10-17", ["reasons_not_asked"])


def test_a_delayed_day_never_cuts_short_what_consultation_leaves() -> None:
    delayed = (
        REQUEST,
        event("ask_reasons", "2025-09-24"),
        event("delay", "2025-10-10", until=day("2025-10-20")),
        event("consult_third_party", "2025-10-13", name="甲公司"),
        event("opinion", "2025-10-24", name="甲公司", opinion="agrees"),
    )
    assert due(case(*delayed[:3], today="2025-10-11")) == "2025-10-20"
    assert due(case(*delayed, today="2025-10-24")) == "2025-10-30"


def test_payment_restarts_the_clock_of_a_corrected_request_too_where_the_switch_says() -> None:
    story = (
        registered("2025-03-03"),
        event("notify_correction", "2025-03-04"),
        event("correct", "2025-03-06"),
        event("charge", "2025-03-10", tariff="per_page", units=68),
        event("pay", "2025-03-26"),
    )
    restart = Practice(fee_clock=FeeClock.RESTART)
    assert due(case(*story, today="2025-03-27", practice=restart)) == "2025-04-24"


def test_nobody_is_silent_who_is_not_known_to_have_the_letter() -> None:
    asked = (registered("2025-09-19"), event("consult_co_maker", "2025-09-22", name="乙局"))
    unknown = case(*asked, today="2025-10-20")
    assert unknown.consultations[0].opinion is None
    assert due(unknown) == due(
        case(*asked, event("consulted_received", "2025-09-22", name="乙局"), today="2025-10-20")
    )
    objects = event("opinion", "2025-10-20", name="乙局", opinion="objects")
    assert case(*asked, objects, today="2025-10-20").consultations[0].opinion is Opinion.OBJECTS


def test_nothing_comes_before_the_request() -> None:
    early = event("notify_correction", "2025-09-12")
    with pytest.raises(NotAllowed, match="不能早于申请到达之日"):
        case(REQUEST, early)
    assert not case(registered("2025-09-15", reached=day("2025-09-10")), early, today="2025-09-12").defects


def test_what_the_old_regulation_governed_is_refused_in_words() -> None:
    with pytest.raises(NotAllowed, match="2019-05-15起施行"):
        case(registered("2019-05-14"))
    letter = (registered("2019-05-14", "plain_mail"), event("confirm_receipt", "2019-05-15"))
    assert case(*letter, today="2019-05-15").received_on == day("2019-05-15")


ASKED = (
    REQUEST,
    event("consult_third_party", "2025-09-16", name="甲公司"),
    event("consulted_received", "2025-09-17", name="甲公司"),
)


def test_an_overridden_third_party_is_told_between_the_decision_and_its_service() -> None:
    objects = event("opinion", "2025-09-19", name="甲公司", opinion="objects")
    decided = event("decide", "2025-09-24", outcome="granted")
    served = event("serve", "2025-09-26", by="in_person")
    told, too_late = (event("tell_third_party", on, name="甲公司") for on in ("2025-09-25", "2025-09-29"))
    assert not case(*ASKED, objects, decided, told, served).defects
    assert codes(case(*ASKED, objects, decided, served)) == ["third_party_not_told"]
    assert codes(case(*ASKED, objects, decided, served, too_late)) == ["third_party_not_told"]


@pytest.mark.parametrize("outcome", ["denied.third_party", "partial"])
def test_withholding_for_a_third_party_needs_one_that_does_not_agree(outcome: str) -> None:
    withheld = replied("2025-09-24", outcome, grounds=("trade_secret",))
    agrees, objects = (
        event("opinion", "2025-09-19", name="甲公司", opinion=said) for said in ("agrees", "objects")
    )
    assert codes(case(REQUEST, *withheld)) == ["third_party_not_asked"]
    assert codes(case(*ASKED, agrees, *withheld)) == ["third_party_agreed"]
    assert not case(*ASKED, objects, *withheld).defects


def test_the_online_channel_is_owed_only_since_the_law_says_so() -> None:
    request = registered("2023-12-04", "internet")
    for on, found in (("2023-12-29", []), ("2024-01-02", ["online_without_channel"])):
        decided = event("decide", on, outcome="granted")
        assert codes(case(request, decided, event("serve", on, by="electronic"))) == found


SUED = (
    REQUEST,
    *replied("2025-09-24"),
    event("suit_filed", "2025-11-03", ref="诉1"),
    event("suit_answered", "2025-11-10", ref="诉1"),
    event("suit_judged", "2026-01-20", ref="诉1", ending="revoked"),
)


def test_a_new_decision_needs_one_that_stays_set_aside_and_keeps_to_the_grounds() -> None:
    again = event("redecide", "2026-03-02", outcome="denied.process_info", grounds=("draft",))
    assert not case(*SUED, again).defects
    appealed = event("suit_appealed", "2026-01-26", ref="诉1")
    with pytest.raises(NotAllowed, match="没有被撤销"):
        case(*SUED, appealed, again)
    with pytest.raises(NotAllowed, match="不是不予公开的法定理由"):
        case(*SUED, event("redecide", "2026-03-02", outcome="denied.process_info", grounds=("work_secret",)))


def test_a_lawsuit_is_no_reconsideration() -> None:
    for wrong in (
        event("reconsideration_answered", "2026-02-02", ref="诉1"),
        event("suit_filed", "2026-02-02", ref="诉2", after="诉1"),
    ):
        with pytest.raises(NotAllowed, match="没有登记过复议“诉1”"):
            case(*SUED, wrong)


def test_a_correction_notice_is_received_once_and_gives_at_least_a_day() -> None:
    told = (registered("2025-01-24"), event("notify_correction", "2025-02-07", days=5))
    received = event("correction_notice_received", "2025-02-10")
    correction = case(*told, received, today="2025-02-10").correction
    assert correction is not None and correction.limit.on == day("2025-02-17")
    with pytest.raises(NotAllowed, match="已经签收"):
        case(*told, received, received)
    with pytest.raises(NotAllowed, match="应为正数"):
        case(told[0], event("notify_correction", "2025-02-07", days=0))


def test_a_letter_is_received_once() -> None:
    told = (REQUEST, event("charge", "2025-09-22", tariff="per_page", units=68))
    once, again = (event("fee_notice_received", on) for on in ("2025-09-24", "2025-10-09"))
    with pytest.raises(NotAllowed, match="收费通知已经签收"):
        case(*told, once, again)
    posted = (DECIDED, event("serve", "2025-10-17", by="post"))
    with pytest.raises(NotAllowed, match="2025-10-21 签收"):
        case(REQUEST, *posted, event("delivered", "2025-10-21"), event("delivered", "2025-12-01"))


def test_where_nobody_phoned_the_earlier_day_is_the_one_to_act_on() -> None:
    letter = registered("2025-04-25", "plain_mail")
    for contacted, by in (("2025-04-25", "2025-05-29"), ("2025-04-28", "2025-05-27")):
        phoned = event("contact", contacted)
        file = case(letter, phoned, event("confirm_receipt", "2025-04-28"), today="2025-04-28")
        assert due(file) == "2025-05-29"
        assert [each.by for each in file.next_actions if each.action == "decide"] == [
            Due(on=day(by), provisional=False)
        ]


def test_an_override_names_who_overrides() -> None:
    late = event("notify_correction", "2025-02-11", override_by="")
    assert due(case(registered("2025-01-24"), late, today="2025-02-11")) == "2025-02-27"


def test_a_second_delay_moves_nothing() -> None:
    asked = (registered("2025-09-15"), event("ask_reasons", "2025-09-24"))
    first = event("delay", "2025-10-10", until=day("2025-12-31"))
    second = event("delay", "2025-12-20", until=day("2026-06-30"))
    file = case(*asked, first, second, today="2025-12-20")
    assert due(file) == "2025-12-31"
    assert codes(file) == ["delay_second"]


def test_paying_long_after_the_limit_takes_out_no_more_than_the_period_to_pay() -> None:
    charged = (registered("2025-09-15"), event("charge", "2025-09-17", tariff="per_page", units=68))
    limit = day("2025-10-21")
    in_time = case(*charged, event("pay", limit.isoformat()), today=limit)
    late = case(*charged, event("pay", "2026-02-19"), today="2026-02-20")
    assert late.due == in_time.due

"""Each event of a told history as the events of the procedure: what is made of it, and what is not read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from test_histories_odd import shown

from gongkai.law.history import HistoryError, read_history

FIRST = {"kind": "submitted", "on": "2025-03-03", "channel": "in_person"}
ON = "2025-03-10"
DAY, LATER, PAST = date(2025, 3, 10), date(2025, 3, 12), date(2025, 3, 8)
UNTOLD = {"grounds": (), "grounds_stated": False}


def events_of(*told: dict[str, Any]) -> list[tuple[str, date, dict[str, Any]]]:
    """What follows the registration, as (action, day, facts)."""
    history = read_history(shown([FIRST, *({"on": ON, **each} for each in told)]))
    assert history.unread == ()
    return [(event.action.value, event.on, dict(event.facts)) for event in history.events[1:]]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("submitted channel=fax", [("register", DAY, {"channel": "fax"})]),
        ("contacted", [("contact", DAY, {})]),
        ("confirmed", [("confirm_receipt", DAY, {})]),
        ("corrected", [("correct", DAY, {})]),
        ("reasons_asked", [("ask_reasons", DAY, {})]),
        ("reasons_given", [("reasons_given", DAY, {})]),
        ("fee_paid", [("pay", DAY, {})]),
        ("withdrawn", [("withdraw", DAY, {})]),
        ("made_public", [("turn_proactive", DAY, {})]),
        ("assigned to=税政科", [("assign", DAY, {"to": "税政科"})]),
        ("merged into=甲2", [("merge", DAY, {"into": "甲2"})]),
        ("merged", [("merge", DAY, {})]),
        ("delayed until=2025-03-12", [("delay", DAY, {"until": LATER})]),
        ("delayed", [("delay", DAY, {})]),
        ("correction_notice", [("notify_correction", DAY, {})]),
        (
            "correction_notice override_by=县政务公开办 served_on=2025-03-12",
            [("notify_correction", DAY, {"override_by": "县政务公开办"}),
             ("correction_notice_received", LATER, {})],
        ),
        ("third_party_asked", [("consult_third_party", DAY, {"name": "第三方"})]),
        (
            "third_party_asked party=甲 served_on=2025-03-12",
            [("consult_third_party", DAY, {"name": "甲"}), ("consulted_received", LATER, {"name": "甲"})],
        ),
        ("third_party_answered", [("opinion", DAY, {"name": "第三方", "opinion": "unstated"})]),
        ("third_party_answered party=甲", [("opinion", DAY, {"name": "甲", "opinion": "unstated"})]),
        ("third_party_told", [("tell_third_party", DAY, {"name": "第三方"})]),
        ("third_party_told party=甲", [("tell_third_party", DAY, {"name": "甲"})]),
        ("body_asked", [("consult_organ", DAY, {"name": "其他机关"})]),
        ("body_asked body=乙局", [("consult_organ", DAY, {"name": "乙局"})]),
        ("body_answered body=乙局", [("opinion", DAY, {"name": "乙局", "opinion": "unstated"})]),
        ("body_answered", [("opinion", DAY, {"name": "其他机关", "opinion": "unstated"})]),
        (
            "extended",
            [("extend", DAY, {"approved_on": DAY, "notified": False})],
        ),
        (
            "extended approved_by=王 notified_on=2025-03-12",
            [("extend", LATER, {"approved_by": "王", "approved_on": DAY, "notified": True})],
        ),
        (
            "extended approved_by=王 notified_on=2025-03-08",
            [("extend", DAY, {"approved_by": "王", "approved_on": DAY, "notified": True})],
        ),
        ("fee_notice", [("charge", DAY, {"amount_known": False})]),
        (
            "fee_notice amount=12.50 served_on=2025-03-12",
            [("charge", DAY, {"amount": Decimal("12.50")}), ("fee_notice_received", LATER, {})],
        ),
        ("decided outcome=other.no_correction", [("close_uncorrected", DAY, {})]),
        ("decided outcome=other.fee_unpaid", [("close_unpaid", DAY, {})]),
        (
            "decided outcome=granted",
            [("decide", DAY, {"outcome": "granted", **UNTOLD}), ("serve", DAY, {"by": "in_person"})],
        ),
        (
            "decided outcome=予以公开 service=entrusted served_on=2025-03-12",
            [("decide", DAY, {"outcome": "granted", **UNTOLD}), ("serve", LATER, {"by": "entrusted"})],
        ),
        (
            "decided outcome=granted service=post",
            [("decide", DAY, {"outcome": "granted", **UNTOLD}), ("serve", DAY, {"by": "post"})],
        ),
        (
            "decided outcome=granted service=post served_on=2025-03-12",
            [("decide", DAY, {"outcome": "granted", **UNTOLD}), ("serve", DAY, {"by": "post"}),
             ("delivered", LATER, {})],
        ),
        (
            "decided outcome=granted service=post posted_on=2025-03-12",
            [("decide", DAY, {"outcome": "granted", **UNTOLD}), ("serve", LATER, {"by": "post"})],
        ),
        (
            "decided outcome=denied.law_prohibited ground=law_prohibited instrument_rank=法律 "
            "responsible_organ=乙局",
            [("decide", DAY, {"outcome": "denied.law_prohibited", "grounds": ("law_prohibited",),
                              "grounds_stated": True, "instrument_rank": "法律",
                              "responsible_organ": "乙局"}),
             ("serve", DAY, {"by": "in_person"})],
        ),
        ("reconsideration_filed", [("reconsideration_filed", DAY, {"ref": "复议1", "copy_received": False})]),
        ("reconsideration_answered ref=R", [("reconsideration_answered", DAY, {"ref": "R"})]),
        ("reconsideration_answered", [("reconsideration_answered", DAY, {"ref": "复议0"})]),
        (
            "reconsideration_decided result=维持",
            [("reconsideration_decided", DAY, {"ref": "复议0", "ending": "upheld"})],
        ),
        ("suit_filed", [("suit_filed", DAY, {"ref": "诉讼1", "copy_received": False})]),
        (
            "suit_filed ref=S after=R",
            [("suit_filed", DAY, {"ref": "S", "after": "R", "copy_received": False})],
        ),
        ("suit_answered ref=S", [("suit_answered", DAY, {"ref": "S"})]),
        ("suit_decided ref=S result=撤诉", [("suit_judged", DAY, {"ref": "S", "ending": "withdrawn"})]),
        ("suit_decided", [("suit_judged", DAY, {"ref": "诉讼0"})]),
        ("suit_appealed ref=S", [("suit_appealed", DAY, {"ref": "S"})]),
    ],
)  # fmt: skip
def test_an_event_is_read_as_what_it_is(told: str, expected: list[Any]) -> None:
    kind, *facts = told.split()
    assert events_of({"kind": kind, **dict(fact.split("=") for fact in facts)}) == expected


@pytest.mark.parametrize(
    ("kind", "field", "read", "fact"),
    [
        ("correction_notice", {"days": 5}, "days", 5),
        ("extended", {"days": 10}, "days", 10),
        ("body_asked", {"joint_maker": False}, "name", "其他机关"),
        ("third_party_answered", {"consents": True}, "opinion", "agrees"),
        ("third_party_answered", {"consents": False}, "opinion", "objects"),
        ("third_party_answered", {"consents": None}, "opinion", "unstated"),
        ("reconsideration_filed", {"copy_received": True}, "copy_received", True),
        ("reconsideration_filed", {"simple": False}, "simple", False),
        ("suit_filed", {"copy_received": True}, "copy_received", True),
        ("fee_notice", {"amount": 0}, "amount", Decimal(0)),
        ("fee_notice", {"amount": "380"}, "amount", Decimal(380)),
        ("assigned", {"to": "  税政科 "}, "to", "税政科"),
    ],
)
def test_a_fact_that_is_no_text_is_kept(kind: str, field: dict[str, Any], read: str, fact: object) -> None:
    ((_, _, facts),) = events_of({"kind": kind, **field})
    assert facts[read] == fact


def test_a_joint_maker_is_asked_as_one() -> None:
    for joint, action in ((True, "consult_co_maker"), (False, "consult_organ"), (None, "consult_organ")):
        ((found, _, _),) = events_of({"kind": "body_asked", "joint_maker": joint})
        assert found == action


@pytest.mark.parametrize("flag", ["postal_enterprise", "remedies_told", "online_channel_given"])
def test_what_is_told_of_service_goes_with_it(flag: str) -> None:
    for said in (True, False):
        (*_, (action, _, facts)) = events_of({"kind": "decided", "outcome": "granted", flag: said})
        assert (action, facts) == ("serve", {"by": "in_person", flag: said})


@pytest.mark.parametrize("service", ["in_person", "post", "entrusted", "electronic"])
def test_what_is_not_served_yet_is_not_served(service: str) -> None:
    decided = {"kind": "decided", "outcome": "granted", "service": service, "served_on": None}
    acts = [action for action, _, _ in events_of(decided)]
    assert acts == (["decide", "serve"] if service == "post" else ["decide"])


def test_events_of_one_told_event_are_one_act_and_those_of_others_are_not() -> None:
    told = [FIRST, {"kind": "third_party_asked", "on": ON, "served_on": ON}, {"kind": "withdrawn", "on": ON}]
    assert [event.act for event in read_history(shown(told)).events] == [0, 2, 2, 3]


def test_proceedings_are_numbered_and_followed_in_their_order() -> None:
    found = events_of(
        {"kind": "reconsideration_filed"},
        {"kind": "reconsideration_filed"},
        {"kind": "reconsideration_answered"},
        {"kind": "reconsideration_decided", "result": "upheld"},
        {"kind": "reconsideration_decided", "result": "upheld"},
        {"kind": "reconsideration_decided", "result": "upheld"},
        {"kind": "suit_filed"},
        {"kind": "suit_decided", "result": "upheld"},
        {"kind": "suit_appealed"},
        {"kind": "suit_filed", "ref": "S"},
        {"kind": "suit_decided", "result": "upheld"},
    )
    assert [(facts["ref"], facts.get("after")) for _, _, facts in found] == [
        ("复议1", None),
        ("复议2", None),
        ("复议1", None),
        ("复议1", None),
        ("复议2", None),
        ("复议0", None),
        ("诉讼1", "复议2"),
        ("诉讼1", None),
        ("诉讼1", None),
        ("S", "复议2"),
        ("诉讼1", None),
    ]


def test_who_answered_is_guessed_only_where_one_was_asked() -> None:
    for asked, answered in ((("甲",), "甲"), (("甲", "乙"), "第三方")):
        told = [{"kind": "third_party_asked", "party": name} for name in asked]
        (*_, (_, _, facts)) = events_of(*told, {"kind": "third_party_answered"})
        assert facts["name"] == answered


def test_what_came_before_the_submission_names_nothing_that_comes_after() -> None:
    told = [
        {"kind": "third_party_asked", "on": "2025-02-28", "party": "甲"},
        FIRST,
        {"kind": "third_party_asked", "on": "2025-03-03", "party": "乙"},
        {"kind": "third_party_answered", "on": ON},
    ]
    assert read_history(shown(told)).events[-1].facts["name"] == "乙"


def test_the_registration_says_who_asked_by_which_channel_and_when_it_came() -> None:
    told = {"kind": "submitted", "on": ON, "channel": "signed_mail", "reached_on": "2025-03-08"}
    (first,) = read_history(shown([told])).events
    assert (first.action.value, first.on) == ("register", DAY)
    assert dict(first.facts) == {"channel": "registered", "reached": PAST, "applicant": "natural_person"}


@pytest.mark.parametrize(
    ("ground", "outcome", "read", "unread"),
    [
        ("16(2)", "denied.process_info", ("16(2)",), False),
        ("过程稿、讨论记录", "denied.process_info", ("draft", "discussion_record"), False),
        ("denied.process_info", "denied.process_info", ("denied.process_info",), False),
        (16, "denied.process_info", ("16",), False),
        ("99", "denied.process_info", ("99",), False),
        ("36(7)", "denied.admin_inquiry", ("36(7)",), False),
        ("36(5)", "unable.not_held", (), False),
        ("16(2)", "granted", (), True),
        ("就是不想公开", "denied.process_info", (), True),
        ("就是不想公开；过程稿", "denied.process_info", ("draft",), True),
        (["14", ""], "partial", ("14",), False),
        ([], "partial", (), False),
        ("", "partial", (), False),
        (None, "partial", (), False),
    ],
)
def test_a_ground_that_cannot_be_read_is_said_to_be_unread(
    ground: object, outcome: str, read: tuple[str, ...], unread: bool
) -> None:
    told = {"kind": "decided", "on": ON, "outcome": outcome, "ground": ground}
    history = read_history(shown([FIRST, told]))
    assert history.events[1].facts["grounds"] == read
    assert history.unread == (("第2个事件（decided）的 ground",) if unread else ())


def test_at_most_five_hundred_events_are_read() -> None:
    contacted = {"kind": "contacted", "on": ON}
    assert len(read_history(shown([FIRST, *[contacted] * 499])).events) == 500
    with pytest.raises(HistoryError, match="最多 500 个"):
        read_history(shown([FIRST, *[contacted] * 500]))


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"on": None}, "的 on 应为日期"),
        ({"on": "2025-3-10"}, "的 on 应为日期"),
        ({"amount": True}, "的 amount 应为金额"),
        ({"amount": "NaN"}, "的 amount 应为金额"),
        ({"amount": "多"}, "的 amount 应为金额"),
        ({"served_on": "明天"}, "的 served_on 应为日期"),
        ({"served_on": 20250310}, "的 served_on 应为日期"),
    ],
)
def test_what_is_told_wrongly_is_named_with_its_event(field: dict[str, Any], says: str) -> None:
    with pytest.raises(HistoryError) as refused:
        read_history(shown([FIRST, {"kind": "fee_notice", "on": ON, "amount": 5, **field}]))
    assert str(refused.value).startswith("第2个事件（fee_notice）") and says in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "field", "expected"),
    [
        ("decided", {"outcome": 5}, "文字"),
        ("decided", {"outcome": "granted", "service": "pigeon"}, "in_person、post、entrusted、electronic"),
        ("decided", {"outcome": "granted", "remedies_told": "是"}, "true 或者 false"),
        ("decided", {"outcome": "partial", "ground": True}, "文字或者文字的列表"),
        ("decided", {"outcome": "partial", "ground": [None]}, "文字或者文字的列表"),
        ("extended", {"days": "5"}, "整数"),
        ("extended", {"days": True}, "整数"),
        ("body_asked", {"joint_maker": 1}, "true 或者 false"),
    ],
)
def test_a_field_of_the_wrong_kind_says_what_it_should_be(
    kind: str, field: dict[str, Any], expected: str
) -> None:
    with pytest.raises(HistoryError, match=f"第2个事件（{kind}）的 .*应为.*{expected}"):
        read_history(shown([FIRST, {"kind": kind, "on": ON, **field}]))


@pytest.mark.parametrize("applicant", [None, 5, ["natural_person"], "自然人"])
def test_an_unknown_kind_of_applicant_is_refused(applicant: object) -> None:
    with pytest.raises(HistoryError, match="applicant_kind 应为"):
        read_history({"applicant_kind": applicant, "events": [FIRST]})


@pytest.mark.parametrize("event", [5, {}, {"kind": 5, "on": ON}, {"kind": ["submitted"], "on": ON}])
def test_what_has_no_kind_is_no_event(event: object) -> None:
    with pytest.raises(HistoryError, match="第2个事件的 kind 不能是"):
        read_history({"applicant_kind": "natural_person", "events": [FIRST, event]})

"""What is wrong with a decision, and what is not: each defect beside the case that just lacks it."""

from __future__ import annotations

from typing import Any

import pytest
from cases import case, codes, event, registered, replied

from gongkai.law.procedure import Event, NotAllowed

REQUEST = registered("2025-09-15")
ON = "2025-09-30"
ASKED = tuple(event("consult_third_party", "2025-09-16", name=name) for name in ("甲公司", "乙公司"))


def opinions(*said: str) -> tuple[Event, ...]:
    return tuple(
        event("opinion", "2025-09-19", name=name, opinion=each)
        for name, each in zip(("甲公司", "乙公司"), said, strict=False)
    )


def found(outcome: str, *before: Event, **facts: Any) -> list[str]:
    return codes(case(REQUEST, *before, event("decide", ON, outcome=outcome, **facts), today=ON))


@pytest.mark.parametrize(
    ("outcome", "facts", "wrong"),
    [
        ("declined.duplicate", {}, []),
        ("declined.duplicate", {"earlier_reply": "2025年第3号"}, []),
        ("declined.duplicate", {"earlier_reply": ""}, ["earlier_reply_missing"]),
        ("granted", {"earlier_reply": ""}, []),
        ("unable.not_held", {"others_duty": False}, []),
        ("unable.not_held", {"responsible_organ": "乙局"}, []),
        ("denied.law_prohibited", {"grounds": ("law_prohibited",), "instrument_rank": "法律"}, []),
        ("denied.law_prohibited", {"grounds": ("law_prohibited",)}, []),
        ("denied.state_secret", {"grounds": ("state_secret",), "instrument_rank": ""}, []),
        ("denied.state_secret", {"grounds": ("state_secret",), "instrument_rank": "规章"}, []),
        ("denied.state_secret", {"grounds": ("state_secret",), "grounds_stated": False}, ["grounds_missing"]),
        ("denied.state_secret", {"grounds_stated": True}, []),
        ("granted", {"grounds_stated": False}, []),
        ("partial", {"grounds": ("draft", "personnel")}, []),
        ("partial", {}, ["grounds_missing"]),
        ("granted", {"grounds": ("draft",)}, ["grounds_unfit"]),
        ("denied.process_info", {"grounds": ("draft",), "ordered_open": False}, []),
        ("denied.internal_affairs", {"grounds": ("personnel",), "ordered_open": True}, []),
    ],
)
def test_a_decision_is_held_to_what_its_kind_must_say(
    outcome: str, facts: dict[str, Any], wrong: list[str]
) -> None:
    assert found(outcome, **facts) == wrong


def test_one_ground_of_process_among_others_is_enough_to_be_bound_by_an_order_to_disclose() -> None:
    with pytest.raises(NotAllowed, match="应当公开"):
        found("partial", grounds=("personnel", "draft"), ordered_open=True)


def test_an_unfit_ground_is_named_and_so_is_the_row_it_does_not_fit() -> None:
    for ground, name in (("state_secret", "国家秘密"), ("14", "14")):
        decided = event("decide", ON, outcome="denied.process_info", grounds=(ground,))
        (defect,) = case(REQUEST, decided, today=ON).defects
        assert defect.code == "grounds_unfit"
        assert f"（{name}，" in defect.text and "过程性信息" in defect.text


@pytest.mark.parametrize(
    ("outcome", "grounds", "said", "wrong"),
    [
        ("granted", (), (), ["third_party_not_heard", "third_party_not_heard"]),
        ("granted", (), ("agrees",), ["third_party_not_heard"]),
        ("granted", (), ("agrees", "objects"), []),
        ("partial", ("draft",), ("agrees",), ["third_party_not_heard"]),
        ("partial", ("trade_secret",), ("objects",), []),
        ("denied.process_info", ("draft",), (), []),
        ("denied.third_party", ("trade_secret",), (), []),
        ("denied.third_party", ("trade_secret",), ("agrees", "objects"), []),
        ("denied.third_party", ("trade_secret",), ("agrees", "agrees"), ["third_party_agreed"]),
        ("partial", ("draft", "trade_secret"), ("agrees", "agrees"), ["third_party_agreed"]),
    ],
)
def test_third_parties_are_heard_and_their_consent_is_heeded(
    outcome: str, grounds: tuple[str, ...], said: tuple[str, ...], wrong: list[str]
) -> None:
    assert found(outcome, *ASKED, *opinions(*said), grounds=grounds) == wrong


def test_another_body_is_no_third_party() -> None:
    asked = event("consult_organ", "2025-09-16", name="丙局")
    assert found("granted", asked) == []
    assert found("denied.third_party", asked, grounds=("trade_secret",)) == ["third_party_not_asked"]


@pytest.mark.parametrize(
    ("outcome", "grounds", "told", "wrong"),
    [
        ("granted", (), (), ["third_party_not_told"]),
        ("granted", (), ("甲公司",), []),
        ("granted", (), ("乙公司",), ["third_party_not_told"]),
        ("partial", ("draft",), (), ["third_party_not_told"]),
        ("partial", ("draft",), ("甲公司",), []),
        ("partial", ("trade_secret",), (), []),
        ("denied.third_party", ("trade_secret",), (), []),
        ("denied.process_info", ("draft",), (), []),
    ],
)
def test_whoever_objected_to_what_is_disclosed_is_told(
    outcome: str, grounds: tuple[str, ...], told: tuple[str, ...], wrong: list[str]
) -> None:
    telling = (event("tell_third_party", "2025-09-22", name=name) for name in told)
    reply = replied(ON, outcome, grounds=grounds)
    assert codes(case(REQUEST, *ASKED, *opinions("objects", "agrees"), *telling, *reply)) == wrong


@pytest.mark.parametrize(
    ("served", "wrong"),
    [
        ({"by": "post"}, []),
        ({"by": "post", "postal_enterprise": False}, ["private_courier"]),
        ({"by": "in_person", "postal_enterprise": False}, []),
        ({"by": "in_person", "remedies_told": False}, ["remedies_not_told"]),
        ({"by": "electronic", "remedies_told": False}, ["remedies_not_told"]),
        ({"by": "electronic"}, ["online_without_channel"]),
        ({"by": "entrusted"}, []),
    ],
)
def test_the_way_of_service_has_its_own_defects(served: dict[str, Any], wrong: list[str]) -> None:
    decided = event("decide", ON, outcome="granted")
    file = case(REQUEST, decided, event("serve", ON, **served))
    assert codes(file) == wrong
    assert (file.delivered_on is None) is (served["by"] == "post")


REVOKED = (
    REQUEST,
    *replied(ON, "denied.process_info", grounds=("draft",)),
    event("reconsideration_filed", "2025-11-03", ref="复1"),
    event("reconsideration_answered", "2025-11-06", ref="复1"),
    event("reconsideration_decided", "2026-01-20", ref="复1", ending="revoked"),
)


def test_a_reply_made_anew_is_served_once_and_moves_no_day() -> None:
    again = event("redecide", "2026-03-02", outcome="partial", grounds=("personnel",))
    served = event("serve", "2026-03-04", by="in_person")
    file = case(*REVOKED, again, served)
    assert (file.grounds, file.defects) == (("personnel",), ())
    assert [str(d) for d in (file.answered_on, file.closed_on, file.delivered_on)] == [ON, ON, "2026-03-04"]
    assert case(*REVOKED, again).delivered_on is None
    for events in ((served,), (again, served, served)):
        with pytest.raises(NotAllowed, match="答复已经送达"):
            case(*REVOKED, *events)

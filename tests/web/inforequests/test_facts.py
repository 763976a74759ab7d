"""What the request desk tells an annual report is what the page behind each number lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from county import County
from desk import asked, at
from django.test import Client

from gongkai.law.channels import Channel
from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.fact_sources import Fact
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import DeskAct, RelationKind
from gongkai.web.inforequests.facts import FACTS
from gongkai.web.inforequests.models import CaseRelation, InfoRequest, Record

ClientOf = Callable[..., Client]


def told(name: str, *agencies: Agency, year: int = 2025) -> object:
    return fact_sources.facts()[name].counted(agencies, year)


def record(case: InfoRequest, act: str, on: str, **facts: object) -> Record:
    """Write a record as it would stand after the act, whatever the case's state."""
    return Record.objects.create(
        case=case,
        sequence=case.records.count() + 1,
        act=act,
        on=date.fromisoformat(on),
        facts=facts,
        at=at(on),
        by_name="某人",
        previous_hash="0" * 64,
        hash="1" * 64,
    )


def test_requests_are_counted_in_the_year_they_were_received(county: County, clerk: User) -> None:
    online = asked(county.bureau, "2025-03-03", by=clerk)
    handed = asked(county.bureau, "2025-04-01", by=clerk, channel=Channel.IN_PERSON)
    asked(county.bureau, "2024-12-02", by=clerk)
    asked(county.township, "2025-05-06", by=county.person(Role.CLERK, county.township))
    InfoRequest.objects.filter(pk=handed.pk).update(topic="教育收费")
    assert told("收到公开申请", county.bureau) == 2
    assert told("收到公开申请", county.bureau, county.township) == 3
    assert dict(told("收到公开申请按提交方式", county.bureau)) == {
        online.get_channel_display(): 1,
        handed.get_channel_display(): 1,
    }
    assert told("收到公开申请按主题", county.bureau) == [("教育收费", 1), ("未归类", 1)]


def test_replies_in_time_and_late_are_told_apart(county: County, clerk: User) -> None:
    for day, answered in (("2025-03-03", date(2025, 3, 31)), ("2025-03-04", date(2025, 5, 20))):
        case = asked(county.bureau, day, by=clerk)
        InfoRequest.objects.filter(pk=case.pk).update(answered_on=answered, due_on=date(2025, 3, 31))
    asked(county.bureau, "2025-03-05", by=clerk)
    assert told("按时答复申请", county.bureau) == 1
    assert told("逾期答复申请", county.bureau) == 1


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("告知补正申请", "notify_correction"),
        ("延长答复期限申请", "extend"),
        ("书面征求第三方意见申请", "consult_third_party"),
        ("依申请转主动公开", "turn_proactive"),
    ],
)
def test_an_act_counts_its_case_once_and_not_when_voided(
    county: County, clerk: User, name: str, act: str
) -> None:
    first, second = asked(county.bureau, "2025-03-03", by=clerk), asked(county.bureau, "2025-03-04", by=clerk)
    record(first, act, "2025-03-10")
    record(first, act, "2025-03-11")
    mistaken = record(second, act, "2025-03-12")
    assert told(name, county.bureau) == 2
    record(second, DeskAct.VOID, "2025-03-13", sequence=mistaken.sequence)
    assert told(name, county.bureau) == 1
    assert told(name, county.bureau, year=2024) == 0


def test_what_was_moved_to_another_body_is_counted(county: County, clerk: User) -> None:
    case = asked(county.bureau, "2025-03-03", by=clerk)
    moment: datetime = at("2025-03-05")
    CaseRelation.objects.create(
        case=case, external="某局", kind=RelationKind.TRANSFERRED_TO, by=clerk, at=moment
    )
    assert told("移送其他机关申请", county.bureau) == 1
    assert told("移送其他机关申请", county.bureau, year=2024) == 0


def test_fees_are_what_was_paid_and_unknown_where_the_record_does_not_say(
    county: County, clerk: User
) -> None:
    assert told("收取信息处理费", county.bureau) == 0
    case = asked(county.bureau, "2025-03-03", by=clerk)
    record(case, "charge", "2025-03-10", amount="140.00")
    record(case, "fee_notice_received", "2025-03-11")
    assert told("收取信息处理费", county.bureau) == 0
    record(case, "pay", "2025-03-13")
    assert told("收取信息处理费", county.bureau) == Decimal(140)
    assert told("收取信息处理费申请", county.bureau) == 1
    unknown = asked(county.bureau, "2025-04-03", by=clerk)
    record(unknown, "charge", "2025-04-10", amount_known=False)
    record(unknown, "fee_notice_received", "2025-04-11")
    record(unknown, "pay", "2025-04-13")
    assert told("收取信息处理费", county.bureau) is None


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.code)
def test_the_page_behind_a_number_lists_as_many(
    county: County, clerk: User, client_of: ClientOf, fact: Fact
) -> None:
    case = asked(county.bureau, "2025-03-03", by=clerk)
    record(case, "charge", "2025-03-10", amount="140.00")
    record(case, "pay", "2025-03-13")
    asked(county.township, "2025-05-06", by=county.person(Role.CLERK, county.township))
    client = client_of(Role.SUPERVISOR, county.office)
    for bodies in ([county.bureau], [county.bureau, county.township]):
        page = client.get(fact.path(bodies, 2025))
        assert page.status_code == 200
        counted = fact.counted(bodies, 2025)
        if isinstance(counted, int):
            assert page.context["results"].paginator.count == counted
        elif not isinstance(counted, Decimal):
            assert page.context["results"].paginator.count == sum(number for _, number in counted)


def test_the_page_is_not_for_other_bodies_nor_for_other_roles(county: County, client_of: ClientOf) -> None:
    path = fact_sources.facts()["收到公开申请"].path([county.bureau], 2025)
    assert client_of(Role.CLERK, county.bureau).get(path).status_code == 200
    assert client_of(Role.CLERK, county.township).get(path).status_code in (302, 403)
    assert client_of(Role.SECRECY_REVIEWER, county.bureau).get(path).status_code in (302, 403)


@pytest.mark.parametrize(
    "address", ["meiyou/?nian=2025", "received/?nian=x", "received/?nian=0000", "received/?nian=２０２５"]
)
def test_what_is_no_fact_or_year_is_not_found(county: County, client_of: ClientOf, address: str) -> None:
    found = client_of(Role.CLERK, county.bureau).get(f"/admin/yishenqing/tongji/shishi/{address}")
    assert found.status_code == 404

"""Acts on cases: one record each, all or nothing, nobody twice, nothing back in time unseen."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from desk import APPLICANT, asked, at
from django.db import connection

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest, Record
from gongkai.web.inforequests.services import acting, applicants, numbering
from gongkai.web.inforequests.services.refusing import Conflict, NeedsConfirmation, Refused


def test_a_request_online_counts_from_its_day_and_is_due_by_the_calendar(county: County) -> None:
    case = asked(county.bureau, "2025-10-04")
    assert (case.received_on, case.due_on) == (date(2025, 10, 4), date(2025, 11, 4))
    assert case.next_due_on == case.due_on
    assert case.number == f"2025-{county.bureau.pk:03d}-00001"
    assert [record.act for record in case.records.all()] == ["register"]
    assert case.records.get().by_name == "申请人"


def test_the_same_form_sent_twice_is_one_case(county: County) -> None:
    first = asked(county.bureau, "2025-10-09", submission_key="abc")
    assert asked(county.bureau, "2025-10-09", submission_key="abc") == first
    assert asked(county.bureau, "2025-10-09", submission_key="abd") != first
    assert InfoRequest.objects.count() == 2


def test_the_code_opens_its_own_case_only(county: County) -> None:
    case, other = asked(county.bureau, "2025-10-09"), asked(county.bureau, "2025-10-09")
    code = numbering.query_code(case)
    assert numbering.find_case(case.number, code.lower().replace("-", " ")) == case
    assert numbering.find_case(case.number.replace("-", "－"), code) == case
    assert numbering.find_case(other.number, code) is None
    assert numbering.find_case("", "") is None
    assert numbering.find_case("不是编号", code) is None


def test_personal_data_is_unreadable_in_the_database(county: County) -> None:
    case = asked(county.bureau, "2025-10-09")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inforequests_applicant")
        kept = " ".join(str(value) for row in cursor.fetchall() for value in row)
    for value in (APPLICANT.name, APPLICANT.identity_number, APPLICANT.phone, APPLICANT.address):
        assert value not in kept
    case = InfoRequest.objects.get(pk=case.pk)
    assert case.applicant.name == APPLICANT.name
    shown = applicants.masked(case.applicant, case.applicant_kind)
    assert shown["姓名或者名称"] == "周**"
    assert "13900001234" not in shown.values()


def test_who_looks_at_personal_data_is_on_record(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    assert applicants.unmask(case=case, why="电话告知领取", by=clerk)["联系电话"] == APPLICANT.phone
    last = case.records.last()
    assert (last.act, last.by, last.facts) == ("unmask", clerk, {"why": "电话告知领取"})
    with pytest.raises(Refused, match="用途"):
        applicants.unmask(case=case, why=" ", by=clerk)
    with pytest.raises(Refused, match="经办"):
        applicants.unmask(case=case, why="看看", by=county.person(Role.CLERK, county.township))


def test_a_plain_letter_counts_from_its_confirmation(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-04-25", by=clerk, channel=Channel.PLAIN_MAIL, reached=date(2025, 4, 25))
    assert (case.state, case.received_on) == ("registered", None)
    acting.record_act(case=case, action=Action.CONTACT, by=clerk, now=at("2025-04-25"))
    case = acting.record_act(case=case, action=Action.CONFIRM_RECEIPT, by=clerk, now=at("2025-04-28"))
    assert (case.received_on, case.due_on) == (date(2025, 4, 28), date(2025, 5, 29))


def test_who_acts_on_an_old_page_is_told_and_nothing_is_written(county: County) -> None:
    clerk, other = county.person(Role.CLERK, county.bureau), county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    seen = case.version
    acting.note(case=case, text="已电话联系", by=clerk, seen=seen)
    with pytest.raises(Conflict, match="办理说明"):
        acting.record_act(case=case, action=Action.WITHDRAW, by=other, seen=seen, now=at("2025-10-10"))
    assert [record.act for record in case.records.all()] == ["register", "note"]


def test_what_only_a_letter_does_is_not_simply_recorded(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    for action in acting.BY_LETTER:
        with pytest.raises(Refused, match="文书"):
            acting.record_act(case=case, action=action, by=clerk, now=at("2025-10-10"))


def test_the_past_needs_a_reason_and_a_second_person(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    approver = county.person(Role.APPROVER, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    with pytest.raises(Refused, match="另一名"):
        acting.record_act(
            case=case, action=Action.WITHDRAW, by=clerk, on=date(2025, 10, 10), now=at("2025-10-13")
        )
    proposal = acting.propose(
        case=case, action=Action.WITHDRAW, on=date(2025, 10, 10), reason="撤回书夹在别的卷里", by=clerk,
        now=at("2025-10-13"),
    )  # fmt: skip
    assert InfoRequest.objects.get(pk=case.pk).closed_on is None
    with pytest.raises(Refused):
        acting.settle(proposal=proposal, confirms=True, by=clerk, now=at("2025-10-13"))
    acting.settle(proposal=proposal, confirms=True, by=approver, now=at("2025-10-14"))
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (date(2025, 10, 10), "other.misc")
    record = case.records.last()
    assert (record.by, record.confirmed_by, record.reason) == (clerk, approver, "撤回书夹在别的卷里")
    with pytest.raises(Refused, match="处理过"):
        acting.settle(proposal=proposal, confirms=True, by=approver, now=at("2025-10-14"))


def test_nothing_is_recorded_for_tomorrow(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    with pytest.raises(Refused, match="晚于今天"):
        acting.record_act(
            case=case, action=Action.WITHDRAW, by=clerk, on=date(2025, 10, 14), now=at("2025-10-13")
        )


def test_what_the_law_does_not_know_here_is_refused_with_its_article(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    with pytest.raises(Refused, match="政府信息公开"):
        acting.record_act(case=case, action=Action.PAY, by=clerk, now=at("2025-10-13"))
    assert case.records.count() == 1
    case.refresh_from_db()
    assert case.version == 1


def test_a_defect_is_shown_before_it_is_recorded(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-04-25", by=clerk, channel=Channel.PLAIN_MAIL, reached=date(2025, 4, 24))
    acts = {"case": case, "action": Action.WITHDRAW, "by": clerk, "now": at("2025-09-01")}
    acting.record_act(
        case=case, action=Action.CONFIRM_RECEIPT, by=clerk, now=at("2025-04-28"), as_it_was=True
    )
    with pytest.raises(NeedsConfirmation) as shown:
        acting.record_act(**acts)
    assert shown.value.defects
    assert acting.record_act(**acts, as_it_was=True).closed_on == date(2025, 9, 1)


def test_a_mistake_is_voided_by_another_and_stays_on_record(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    approver = county.person(Role.APPROVER, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    case = acting.record_act(case=case, action=Action.WITHDRAW, by=clerk, now=at("2025-10-13"))
    assert case.closed_on
    with pytest.raises(Refused):
        acting.void(case=case, sequence=2, reason="点错", by=clerk)
    with pytest.raises(Refused, match="登记"):
        acting.void(case=case, sequence=1, reason="点错", by=approver)
    case = acting.void(
        case=case, sequence=2, reason="误登，申请人没有撤回", by=approver, now=at("2025-10-13")
    )
    assert (case.closed_on, case.state, case.outcome) == (None, "in_hand", "")
    assert [record.act for record in case.records.all()] == ["register", "withdraw", "void"]
    with pytest.raises(Refused, match="已经作废"):
        acting.void(case=case, sequence=2, reason="再来", by=approver)


def test_the_chain_of_records_shows_every_change(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-10-09")
    case = acting.record_act(case=case, action=Action.WITHDRAW, by=clerk, now=at("2025-10-13"))
    assert acting.breaks(case) == []
    record = case.records.last()
    with pytest.raises(TypeError):
        record.save()
    with pytest.raises(TypeError):
        record.delete()
    Record.objects.filter(pk=record.pk).update(on=date(2025, 10, 12))
    assert "第 2 条" in acting.breaks(case)[0]
    Record.objects.filter(pk=record.pk).delete()
    assert "应有 2 条" in acting.breaks(case)[0]


def test_what_was_registered_wrong_is_put_right_by_two_and_the_clock_follows(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    approver = county.person(Role.APPROVER, county.bureau)
    case = asked(county.bureau, "2025-10-09", by=clerk, channel=Channel.EMS)
    facts = {"reached": date(2025, 9, 26)}
    with pytest.raises(Refused, match="另一名"):
        acting.record_act(case=case, action=Action.AMEND_RECORD, facts=facts, by=clerk, now=at("2025-10-10"))
    proposal = acting.propose(
        case=case, action=Action.AMEND_RECORD, on=date(2025, 10, 10), facts=facts,
        reason="门卫9月26日已签收", by=clerk, now=at("2025-10-10"),
    )  # fmt: skip
    acting.settle(proposal=proposal, confirms=True, by=approver, now=at("2025-10-10"))
    case.refresh_from_db()
    assert (case.received_on, case.due_on) == (date(2025, 9, 26), date(2025, 10, 30))

"""What one person alone cannot do to the clock, and what a slip does not break."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from county import County
from desk import GIVEN, asked, at
from django.test import Client

from gongkai.law.channels import Channel
from gongkai.law.procedure.states import Action, Service
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import FileKind, TaskKind
from gongkai.web.inforequests.models import InfoRequest, Letter
from gongkai.web.inforequests.services import acting, applicants, files, folding, letters, tasks, undoing
from gongkai.web.inforequests.services.drafting import Draft, facts_of, fee_of
from gongkai.web.inforequests.services.refusing import Refused

ClientOf = Callable[..., Client]


def _signed(case: InfoRequest, clerk: User, approver: User, day: str) -> Letter:
    letter = letters.draft(case=case, kind="granted.given", content=GIVEN, by=clerk, now=at(day))
    letter = letters.submit(letter=letter, by=clerk, now=at(day))
    return letters.issue(letter=letter, by=approver, now=at(day))


def test_an_earlier_day_of_sending_needs_its_proof_and_another_person(
    county: County, clerk: User, approver: User
) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = _signed(case, clerk, approver, "2025-10-17")
    late = {"letter": letter, "service": Service.POST, "on": date(2025, 10, 17), "now": at("2025-10-21")}
    with pytest.raises(Refused, match="签发文书"):
        letters.send(by=clerk, **late)
    with pytest.raises(Refused, match="送达凭证"):
        letters.send(by=approver, **late)
    proof = files.checked("交邮单.pdf", io.BytesIO(b"%PDF-1.7 stamped"))
    files.attach(case=case, upload=proof, kind=FileKind.SERVICE, by=clerk)
    letters.send(by=approver, **late)
    case.refresh_from_db()
    assert (case.answered_on, case.defects) == (date(2025, 10, 17), 0)
    assert case.records.get(act="serve").reason == "凭附卷的送达凭证补登"


def test_a_sending_recorded_by_mistake_can_be_recorded_again(
    county: County, clerk: User, approver: User
) -> None:
    case = asked(county.bureau, "2025-09-15")
    letter = _signed(case, clerk, approver, "2025-10-13")
    letters.send(letter=letter, service=Service.POST, by=clerk, now=at("2025-10-13"))
    wrong = case.records.get(act="serve")
    undoing.void_record(case=case, sequence=wrong.sequence, reason="误点", by=approver, now=at("2025-10-14"))
    letter.refresh_from_db()
    assert (letter.sent_on, letter.case.closed_on) == (None, None)
    letters.send(letter=letter, service=Service.IN_PERSON, by=clerk, now=at("2025-10-15"))
    case.refresh_from_db()
    assert case.answered_on == date(2025, 10, 15)


def test_what_the_applicant_did_is_not_voided(county: County, clerk: User, approver: User) -> None:
    case = asked(county.bureau, "2025-01-24")
    content = Draft(details={"correction_items": "请写明年份", "correction_days": 10})
    letter = letters.draft(
        case=case, kind="correction_notice", content=content, by=clerk, now=at("2025-02-07")
    )
    letter = letters.issue(letter=letter, by=clerk, now=at("2025-02-07"))
    letters.send(letter=letter, service=Service.ELECTRONIC, by=clerk, now=at("2025-02-07"))
    case = acting.record_act(case=case, action=Action.CORRECT, by=None, now=at("2025-02-20"))
    sequence = case.records.last().sequence
    with pytest.raises(Refused, match="申请人"):
        undoing.void_record(case=case, sequence=sequence, reason="想重来", by=approver)


def test_an_amendment_of_nothing_and_a_day_before_the_regulation_are_refused(
    county: County, clerk: User, approver: User
) -> None:
    with pytest.raises(Refused, match="2019"):
        asked(county.bureau, "2025-10-09", by=clerk, channel=Channel.EMS, reached=date(2015, 10, 9))
    assert InfoRequest.objects.count() == 0
    case = asked(county.bureau, "2025-10-09", by=clerk, channel=Channel.EMS)
    amend = {
        "case": case,
        "action": Action.AMEND_RECORD,
        "on": date(2025, 10, 10),
        "reason": "笔误",
        "by": clerk,
    }
    with pytest.raises(Refused, match="更正的事项"):
        acting.propose(**amend, now=at("2025-10-10"))
    wrong = acting.propose(**amend, facts={"reached": date(2015, 10, 9)}, now=at("2025-10-10"))
    with pytest.raises(Refused, match="2019"):
        acting.settle(proposal=wrong, confirms=True, by=approver, now=at("2025-10-10"))


def test_a_consultation_is_answered_by_the_body_asked(county: County, clerk: User) -> None:
    case = asked(county.bureau, folding.today().isoformat())
    soon = folding.today() + timedelta(days=5)
    task = tasks.give(
        case=case, kind=TaskKind.CONSULT, asked="可否公开？", due_on=soon, by=clerk,
        to_agency=county.township,
        to_user=clerk,
    )  # fmt: skip
    assert task.to_user is None
    with pytest.raises(Refused, match="不是交给您"):
        tasks.answer(task=task, text="同意", opinion="agrees", by=clerk)
    inside = tasks.give(
        case=case, kind=TaskKind.TRANSFER, asked="找原件", due_on=soon, by=clerk, to_unit="办公室",
        to_agency=county.township,
    )  # fmt: skip
    assert inside.to_agency is None
    with pytest.raises(Refused, match="一年以内"):
        tasks.give(
            case=case,
            kind=TaskKind.TRANSFER,
            asked="找原件",
            due_on=date(9999, 12, 31),
            by=clerk,
            to_unit="股",
        )


def test_a_fee_counts_the_requests_before_and_not_those_after(county: County) -> None:
    cases = [asked(county.bureau, "2025-10-09") for _ in range(12)]
    third = InfoRequest.objects.get(pk=cases[2].pk)
    told = applicants.frequency(third)
    assert (told.month, told.before, told.fee) == (12, 2, 0)
    fee = fee_of(third, folding.case_file(third), Draft(tariff="per_request"))
    assert fee is not None
    assert fee.amount == 0
    last = InfoRequest.objects.get(pk=cases[11].pk)
    assert applicants.frequency(last).fee == 100


def test_a_letter_nobody_confirmed_is_on_the_list_the_day_it_came(county: County, clerk: User) -> None:
    case = asked(county.bureau, "2025-04-25", by=clerk, channel=Channel.PLAIN_MAIL, reached=date(2025, 4, 25))
    assert case.next_due_on == date(2025, 4, 25)
    case = acting.record_act(case=case, action=Action.CONFIRM_RECEIPT, by=clerk, now=at("2025-04-28"))
    assert (case.due_on, case.next_due_on) == (date(2025, 5, 29), date(2025, 5, 27))


def test_a_delay_beyond_reason_is_refused(county: County) -> None:
    case = asked(county.bureau, "2025-09-15")
    with pytest.raises(Refused, match="一年"):
        facts_of(case, "delay_notice", Draft(details={"delayed_to": date(9999, 12, 31)}))


def test_odd_addresses_and_forms_are_answered_in_words(client_of: ClientOf, county: County) -> None:
    case = asked(county.bureau, folding.today().isoformat())
    client = client_of(Role.CLERK, county.bureau)
    for query in ("year=0", "year=99999", "agency=" + "9" * 400):
        assert client.get(f"/admin/yishenqing/?{query}").status_code == 200
    assert client.post(f"/admin/yishenqing/{case.pk}/jingban/", {"to": "abc"}).status_code == 404
    assert client.post(f"/admin/yishenqing/{case.pk}/shuoming/", {"text": "电话\0联系"}).status_code == 302
    assert case.records.last().facts == {"text": "电话联系"}
    form = {"on": folding.today().isoformat(), "version": "9" * 5000, "reason": "来电撤回"}
    answer = client.post(f"/admin/yishenqing/{case.pk}/banli/withdraw/", form)
    assert answer.status_code == 409
    form["version"] = answer.context["version"]
    assert client.post(f"/admin/yishenqing/{case.pk}/banli/withdraw/", form).status_code == 302

"""The desk's pages: seen by whom they concern, refusing in words, keeping who applies from those asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from county import County
from desk import APPLICANT, asked
from django.test import Client

from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import TaskKind
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import folding, tasks

ClientOf = Callable[..., Client]
DESK = "/admin/yishenqing/"


@pytest.fixture
def case(county: County) -> InfoRequest:
    return asked(
        county.bureau, folding.today().isoformat(), wanted="<script>alert(1)</script>供水水质检测结果"
    )


def test_the_list_shows_own_cases_with_masked_names(
    client_of: ClientOf, county: County, case: InfoRequest
) -> None:
    page = client_of(Role.CLERK, county.bureau).get(DESK).content.decode()
    assert case.number in page
    assert "周**" in page
    assert APPLICANT.name not in page
    assert "<script>alert" not in page
    assert case.number not in client_of(Role.CLERK, county.township).get(DESK).content.decode()
    assert case.number in client_of(Role.SUPERVISOR, county.office).get(f"{DESK}?scope=").content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECRECY_REVIEWER, None])
def test_who_has_no_business_here_finds_no_case(
    client_of: ClientOf, county: County, case: InfoRequest, role: Role | None
) -> None:
    client = client_of(role, county.bureau)
    assert client.get(f"{DESK}{case.pk}/").status_code in (302, 403, 404)


def test_another_bodys_case_is_not_found(client_of: ClientOf, county: County, case: InfoRequest) -> None:
    other = client_of(Role.CLERK, county.township)
    for path in ("", "qixian/", "shenqingren/", "banli/withdraw/", "jiaoban/"):
        assert other.get(f"{DESK}{case.pk}/{path}").status_code == 404
    assert other.post(f"{DESK}{case.pk}/shuoming/", {"text": "看看"}).status_code == 404


def test_a_supervisor_looks_and_does_not_act(client_of: ClientOf, county: County, case: InfoRequest) -> None:
    client = client_of(Role.SUPERVISOR, county.office)
    assert client.get(f"{DESK}{case.pk}/").status_code == 200
    answer = client.post(f"{DESK}{case.pk}/shuoming/", {"text": "催一下"})
    assert case.records.count() == 1
    assert answer.status_code in (302, 403)


def test_a_case_offers_the_laws_next_steps_only(
    client_of: ClientOf, county: County, case: InfoRequest
) -> None:
    client = client_of(Role.CLERK, county.bureau)
    page = client.get(f"{DESK}{case.pk}/").content.decode()
    assert f"{DESK}{case.pk}/wenshu/extension_notice/" in page
    assert f"{DESK}{case.pk}/banli/withdraw/" in page
    assert f"{DESK}{case.pk}/banli/pay/" not in page
    assert client.get(f"{DESK}{case.pk}/banli/decide/").status_code == 404


def test_an_act_is_recorded_once_from_the_page_one_saw(
    client_of: ClientOf, county: County, case: InfoRequest
) -> None:
    client = client_of(Role.CLERK, county.bureau)
    form = {"on": folding.today().isoformat(), "version": "1", "reason": "来电撤回"}
    assert client.post(f"{DESK}{case.pk}/shuoming/", {"text": "已联系"}).status_code == 302
    answer = client.post(f"{DESK}{case.pk}/banli/withdraw/", form)
    assert answer.status_code == 409
    assert "没有保存" in answer.content.decode()
    assert client.post(f"{DESK}{case.pk}/banli/withdraw/", {**form, "version": "2"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_the_page_of_the_clock_counts_every_day(client_of: ClientOf, county: County) -> None:
    case = asked(county.bureau, "2024-09-20")
    page = client_of(Role.CLERK, county.bureau).get(f"{DESK}{case.pk}/qixian/").content.decode()
    assert "2024-10-23" in page
    assert "2024-09-29" in page
    assert "不计" in page


def test_the_name_is_shown_for_a_reason_only(client_of: ClientOf, county: County, case: InfoRequest) -> None:
    client = client_of(Role.CLERK, county.bureau)
    assert APPLICANT.phone not in client.get(f"{DESK}{case.pk}/shenqingren/").content.decode()
    assert APPLICANT.phone not in client.post(f"{DESK}{case.pk}/shenqingren/", {"why": ""}).content.decode()
    shown = client.post(f"{DESK}{case.pk}/shenqingren/", {"why": "电话确认"})
    assert APPLICANT.phone in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "电话确认" in client.get(f"{DESK}{case.pk}/").content.decode()


def test_a_letter_that_came_by_post_is_registered(client_of: ClientOf, county: County) -> None:
    client = client_of(Role.CLERK, county.bureau)
    page = client.get(f"{DESK}dengji/")
    form = {
        "kind": "request", "channel": "ems", "reached": (folding.today() - timedelta(days=1)).isoformat(),
        "wanted": "县城供水管网改造招标文件", "applicant_kind": "business", "name": "安平供水有限公司",
        "medium": "paper", "delivery": "post", "key": page.context["form"]["key"].value(),
    }  # fmt: skip
    first = client.post(f"{DESK}dengji/", form)
    assert client.post(f"{DESK}dengji/", form)["Location"] == first["Location"]
    case = InfoRequest.objects.get()
    assert (case.agency, case.received_on) == (county.bureau, folding.today() - timedelta(days=1))
    assert client_of(Role.APPROVER, county.bureau).get(f"{DESK}dengji/").status_code in (302, 403)


def test_a_body_consulted_sees_the_question_and_not_who_asks(
    client_of: ClientOf, county: County, case: InfoRequest
) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    task = tasks.give(
        case=case, kind=TaskKind.CONSULT, asked="是否可以公开？", due_on=folding.today() + timedelta(days=7),
        by=clerk, to_agency=county.township,
    )  # fmt: skip
    case.refresh_from_db()
    paused = folding.case_file(case)
    assert [each.name for each in paused.consultations] == [county.township.name]
    other = client_of(Role.CLERK, county.township)
    page = other.get(f"{DESK}jiaoban/{task.pk}/").content.decode()
    assert "是否可以公开" in page
    assert "周" not in page.split("main", 1)[-1].split("是否可以公开")[0][-200:]
    assert other.get(f"{DESK}{case.pk}/").status_code == 404
    assert client_of(Role.CLERK, county.stranger).get(f"{DESK}jiaoban/{task.pk}/").status_code == 404
    other.post(f"{DESK}jiaoban/{task.pk}/", {"text": "同意", "opinion": "agrees"})
    task.refresh_from_db()
    assert task.state == "answered"
    assert folding.case_file(case).consultations[0].opinion == "agrees"


def test_the_list_is_exported_masked_and_as_text(client_of: ClientOf, county: County) -> None:
    asked(county.bureau, folding.today().isoformat(), wanted="=HYPERLINK(1)")
    answer = client_of(Role.CLERK, county.bureau).get(f"{DESK}biaoge.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = (
            book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else sheet
        )
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in strings
    assert APPLICANT.name not in strings


def test_a_view_is_kept_under_its_name(client_of: ClientOf, county: County) -> None:
    client = client_of(Role.CLERK, county.bureau)
    client.post(f"{DESK}shaixuan/", {"name": "网上来的", "channel": "internet"})
    page = client.get(DESK).content.decode()
    assert "网上来的" in page
    assert "?channel=internet" in page


def test_overdue_cases_come_first_and_say_so(client_of: ClientOf, county: County, case: InfoRequest) -> None:
    old = asked(county.bureau, "2025-01-06")
    page = client_of(Role.CLERK, county.bureau).get(DESK).content.decode()
    assert page.index(old.number) < page.index(case.number)
    assert "逾期" in page
    assert old.due_on == date(2025, 2, 8)


def test_a_repeated_request_is_merged_by_its_number(client_of: ClientOf, county: County) -> None:
    today = folding.today().isoformat()
    first, again = asked(county.bureau, today), asked(county.bureau, today)
    approver = client_of(Role.APPROVER, county.bureau)
    form = {"on": today, "version": "1", "into": "2020-001-00009"}
    answer = approver.post(f"{DESK}{again.pk}/banli/merge/", form)
    assert "没有这个登记编号" in answer.content.decode()
    assert approver.post(f"{DESK}{again.pk}/banli/merge/", {**form, "into": first.number}).status_code == 302
    again.refresh_from_db()
    assert again.state == "closed"
    assert [(each.kind, each.other) for each in again.relations.all()] == [("merged_into", first)]

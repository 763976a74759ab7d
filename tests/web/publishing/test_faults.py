"""Readers report errors; the body whose page it is settles them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from county import County
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.models import DocumentPage, PageFault
from gongkai.web.publishing.services import faults

FORM = "/jiucuo/"
LIST = "/admin/jiucuo/"


@pytest.fixture
def document(county: County) -> DocumentPage:
    """A page of the bureau."""
    return county.document(county.bureau, "学区办法", slug="xuequ")


def send(client: Client, address: str, **more: str) -> object:
    return client.post(FORM, {"address": address, "words": "第三条有错别字", "contact": ""} | more)


def fault_on(address: str) -> PageFault:
    return faults.report(address=address, words="第三条有错别字", contact="张三 138", client=address)


def test_every_page_leads_to_the_form_and_the_form_names_the_page(
    client: Client, document: DocumentPage
) -> None:
    link = f"{FORM}?dizhi=%2Fcexi-jiaoyuju%2Fneirong%2Fxuequ%2F"
    assert link in client.get(document.url).content.decode()
    text = client.get(link).content.decode()
    assert "学区办法" in text
    assert f'value="{document.url}"' in text


def test_a_report_is_saved_with_its_page_and_the_reader_told_what_happens(
    client: Client, document: DocumentPage
) -> None:
    response = send(client, document.url, contact="138")
    assert "接下来" in client.get(response.url).content.decode()
    fault = PageFault.objects.get()
    assert (fault.page_id, fault.words, fault.contact) == (document.pk, "第三条有错别字", "138")


@pytest.mark.parametrize("address", ["/sousuo/?q=供水", "/meiyou/", "/zizhu/", "/admin/"])
def test_a_view_beside_the_tree_is_kept_as_an_address(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    send(client, address)
    fault = PageFault.objects.get()
    assert (fault.page, fault.address) == (None, address)


@pytest.mark.parametrize("address", ["//x.example/", "https://x.example/", "/\\x.example", "javascript:x()"])
def test_an_address_elsewhere_is_neither_linked_nor_saved(
    client: Client, county: County, address: str
) -> None:
    assert county.portal.live
    assert f'href="{address}' not in client.get(FORM, {"dizhi": address}).content.decode()
    assert "应当是本网站的页面" in send(client, address).content.decode()
    assert not PageFault.objects.exists()


def test_an_unpublished_page_is_not_named(client: Client, document: DocumentPage) -> None:
    document.unpublish()
    assert "学区办法" not in client.get(FORM, {"dizhi": document.url}).content.decode()


def test_words_are_required(client: Client, document: DocumentPage) -> None:
    assert send(client, document.url, words=" ").status_code == 200
    assert not PageFault.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(
    client: Client, document: DocumentPage
) -> None:
    assert send(client, document.url, website="x").status_code == 302
    assert not PageFault.objects.exists()


def test_a_client_reports_five_times_an_hour(client: Client, document: DocumentPage) -> None:
    answers = [send(client, document.url).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert send(other, document.url).status_code == 302


def test_behind_a_proxy_the_client_is_who_the_proxy_saw(
    client: Client, document: DocumentPage, settings: object
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(6):
        seen = f"10.9.9.9, 10.0.0.{number}"
        given = {"address": document.url, "words": "错", "contact": ""}
        assert client.post(FORM, given, HTTP_X_FORWARDED_FOR=seen).status_code == 302


def test_a_form_from_elsewhere_is_refused(document: DocumentPage) -> None:
    assert send(Client(enforce_csrf_checks=True), document.url).status_code == 403


def test_the_body_sees_its_own_pages_reports_without_what_strangers_wrote(
    county: County, document: DocumentPage, client_of: Callable[..., Client]
) -> None:
    fault_on(document.url)
    text = client_of(Role.CLERK, county.bureau).get(LIST).content.decode()
    assert "学区办法" in text
    assert "待处理 1" in text
    assert "张三" not in text
    assert "错别字" not in text
    other = client_of(Role.CLERK, county.township)
    assert "学区办法" not in other.get(LIST).content.decode()
    assert other.get(reverse("faults:settle", args=[PageFault.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("address", ["/", "/sousuo/", "/meiyou/"])
def test_what_lies_in_no_section_is_for_who_runs_the_portal(
    county: County, client_of: Callable[..., Client], address: str
) -> None:
    fault = fault_on(address)
    page = reverse("faults:settle", args=[fault.pk])
    assert client_of(Role.CLERK, county.government).get(page).status_code == 200
    assert client_of(Role.CLERK, county.bureau).get(page).status_code == 404


def test_a_supervisor_sees_the_bodies_below(
    county: County, document: DocumentPage, client_of: Callable[..., Client]
) -> None:
    fault_on(document.url)
    assert "学区办法" in client_of(Role.SUPERVISOR, county.office).get(LIST).content.decode()


def test_settling_takes_an_answer_and_moves_the_report(
    county: County, document: DocumentPage, client_of: Callable[..., Client]
) -> None:
    page = reverse("faults:settle", args=[fault_on(document.url).pk])
    staff = client_of(Role.CLERK, county.bureau)
    assert "张三 138" in staff.get(page).content.decode()
    staff.post(page, {"answer": ""})
    assert PageFault.objects.get().settled_at is None
    assert staff.post(page, {"answer": "已更正。"}).url == LIST
    fault = PageFault.objects.get()
    assert fault.answer == "已更正。"
    assert fault.settled_by.agency == county.bureau
    text = staff.get(LIST).content.decode()
    assert "待处理 0" in text
    assert "已处理 1" in text
    assert "学区办法" in staff.get(f"{LIST}?zhuangtai=yichuli").content.decode()


def test_a_report_is_settled_once(county: County, document: DocumentPage) -> None:
    fault = fault_on(document.url)
    by: User = county.person(Role.CLERK, county.bureau)
    faults.settle(fault=fault, answer="已更正。", by=by, on=timezone.now())
    with pytest.raises(faults.Refused, match="已经处理"):
        faults.settle(fault=fault, answer="没有错误。", by=by, on=timezone.now())
    assert PageFault.objects.get().answer == "已更正。"


def test_strangers_see_no_list(client: Client, county: County) -> None:
    assert county.portal.live
    assert client.get(LIST).status_code == 302

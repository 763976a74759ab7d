"""What staff are told: once, in the act's own transaction, to a person or a role; read in the back office."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from county import County
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from telling import tell

from gongkai.web.agencies.choices import Channel
from gongkai.web.agencies.models import Agency, Delivery, Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import notifying
from gongkai.web.agencies.services.notifying import holders

PAGE = "/admin/tongzhi/"


def test_the_same_occasion_is_told_once(clerk: User) -> None:
    assert [tell(clerk), tell(clerk), tell(clerk, "case-1-late")] == [1, 0, 1]
    assert Notification.objects.filter(recipient=clerk).count() == 2


def test_everybody_in_the_role_of_the_body_is_told_and_nobody_else(county: County, clerk: User) -> None:
    second = county.person(Role.CLERK, county.bureau)
    county.person(Role.APPROVER, county.bureau)
    county.person(Role.CLERK, county.township)
    gone = county.person(Role.CLERK, county.bureau)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert tell(holders(county.bureau, Role.CLERK)) == 2
    assert set(Notification.objects.values_list("recipient", flat=True)) == {clerk.pk, second.pk}


def test_what_nobody_can_take_waits_for_whoever_comes(county: County) -> None:
    assert tell(holders(county.township, Role.CLERK)) == 0
    assert tell(holders(county.township, Role.CLERK)) == 0
    assert notifying.hand_over_waiting() == 0
    newcomer = county.person(Role.CLERK, county.township)
    assert notifying.hand_over_waiting() == 1
    told = Notification.objects.get()
    assert (told.recipient, told.number) == (newcomer, "教〔2025〕1号")
    assert notifying.hand_over_waiting() == 0
    assert tell(holders(county.township, Role.CLERK)) == 0


def test_no_notice_of_an_act_that_was_not_done(clerk: User) -> None:
    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        tell(clerk)
        raise Broken
    assert not Notification.objects.exists()


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "admin/"])
def test_a_notice_leads_nowhere_but_here(clerk: User, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        tell(clerk, path=path)


def test_it_goes_out_where_there_is_a_way(clerk: User, county: County, settings: object) -> None:
    silent = county.person(Role.CLERK, county.bureau)
    tell(clerk)
    tell(silent)
    assert list(Delivery.objects.values_list("notification__recipient", "channel")) == [
        (clerk.pk, Channel.EMAIL)
    ]
    settings.WEBHOOK_URL = "https://gateway.example/"
    tell(silent, "other")
    assert Delivery.objects.filter(notification__recipient=silent).get().channel == Channel.WEBHOOK


# The back office


@pytest.fixture
def desk(clerk: User) -> Client:
    """The clerk's browser."""
    client = Client()
    client.force_login(clerk)
    return client


def test_the_menu_counts_what_is_not_read(desk: Client, clerk: User) -> None:
    assert "条未读" not in desk.get("/admin/").content.decode()
    tell(clerk)
    tell(clerk, "other")
    menu = desk.get("/admin/").content.decode()
    assert json.dumps("通知（2 条未读）")[1:-1] in menu or "通知（2 条未读）" in menu


def test_the_list_says_what_by_when_and_leads_there(desk: Client, clerk: User, county: County) -> None:
    tell(clerk, path="/admin/shenhe/")
    tell(county.person(Role.CLERK, county.bureau), title="别人的通知")
    text = desk.get(PAGE).content.decode()
    assert "申请应当在 2025-04-01 前答复" in text and "已过" in text and "教〔2025〕1号" in text
    assert "别人的通知" not in text
    link = re.search(rf'href="({PAGE}\d+/)"', text)
    assert link and desk.get(link[1]).url == "/admin/shenhe/"
    assert "没有未读的通知" in desk.get(PAGE).content.decode()
    assert "申请应当在" in desk.get(f"{PAGE}?quanbu=1").content.decode()


def test_one_or_all_are_marked_read_and_only_ones_own(desk: Client, clerk: User, county: County) -> None:
    other = county.person(Role.CLERK, county.bureau)
    for key in ("a", "b", "c"):
        tell(clerk, key)
        tell(other, key)
    first = Notification.objects.filter(recipient=clerk).last()
    desk.post(f"{PAGE}yidu/", {"pk": first.pk})
    assert notifying.unread(clerk) == 2
    desk.post(f"{PAGE}yidu/", {"pk": Notification.objects.filter(recipient=other).first().pk})
    assert desk.get(f"{PAGE}{Notification.objects.filter(recipient=other).first().pk}/").status_code == 404
    assert notifying.unread(other) == 3
    desk.post(f"{PAGE}yidu/")
    assert (notifying.unread(clerk), notifying.unread(other)) == (0, 3)


@pytest.mark.parametrize("address", [f"{PAGE}yidu/", f"{PAGE}rili/"])
def test_nothing_is_done_by_a_link(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_everybody_has_the_page_empty_at_first(client_of: Callable[..., Client]) -> None:
    for role in Role:
        text = client_of(role).get(PAGE).content.decode()
        assert "没有未读的通知" in text and "生成日历地址" in text


def test_the_page_takes_the_same_queries_however_many(desk: Client, clerk: User) -> None:
    counts = []
    for numbers in (range(2), range(2, 25)):
        for number in numbers:
            tell(clerk, f"key-{number}")
        desk.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_about_leads_back_to_the_matter(clerk: User, county: County) -> None:
    tell(clerk, about=county.bureau)
    told = Notification.objects.get()
    assert isinstance(told.about, Agency) and told.about == county.bureau

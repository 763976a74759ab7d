"""What policies give: matching, the feed, staff's screens, subscriptions and their letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from smtplib import SMTPException

import pytest
from county import County
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import Audience, DisclosureAttribute, Effectiveness
from gongkai.web.publishing.models import Benefit, DocumentPage, Subscription
from gongkai.web.publishing.services import benefits

PAGE = "/zhengcepipei/"
SUBSCRIBE = "/zhengcepipei/dingyue/"


@pytest.fixture
def give(county: County) -> Callable[..., Benefit]:
    """Return a function that saves a benefit of a new document."""

    def give(title: str = "一次性补贴", *, agency: object = None, **fields: object) -> Benefit:
        policy = {name: fields.pop(name) for name in list(fields) if hasattr(DocumentPage, name)}
        document = county.document(agency or county.bureau, f"关于{title}的通知", **policy)
        values = {
            "audience": Audience.RESIDENT,
            "condition": "有本县户籍",
            "amount": "每人300元",
            "how": "网上申报",
            "where": "县政务大厅",
        }
        return Benefit.objects.create(document=document, title=title, **(values | fields))

    return give


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def text_of(client: Client, query: str = "") -> str:
    return client.get(PAGE + query).content.decode()


def test_a_card_says_what_to_whom_how_until_when_and_where(
    client: Client, give: Callable[..., Benefit]
) -> None:
    give(deadline=days(40))
    text = text_of(client)
    for words in ("一次性补贴", "有本县户籍", "每人300元", "网上申报", "县政务大厅", "城乡居民", "还有40天"):
        assert words in text
    assert "/cexi-jiaoyuju/neirong/" in text


@pytest.mark.parametrize(
    ("left", "words"),
    [(None, "常年受理"), (-1, "已于"), (0, "今天（"), (1, "截止，还有1天"), (31, "截止，还有31天")],
)
def test_the_deadline_is_put_in_words(give: Callable[..., Benefit], left: int | None, words: str) -> None:
    today = timezone.localdate()
    benefit = give(deadline=None if left is None else days(left))
    assert words in benefits.offer_of(benefit, today).deadline


@pytest.mark.parametrize(
    ("left", "is_open", "is_soon"),
    [(None, True, False), (-1, False, False), (0, True, True), (30, True, True), (31, True, False)],
)
def test_it_is_open_through_its_last_day_and_soon_closed_within_thirty(
    give: Callable[..., Benefit], left: int | None, is_open: bool, is_soon: bool
) -> None:
    today = timezone.localdate()
    benefit = give(deadline=None if left is None else days(left))
    offer = benefits.offer_of(benefit, today)
    assert (offer.is_open, offer.is_soon) == (is_open, is_soon)
    assert benefits.offered("", "", benefits.OPEN, today).exists() is is_open
    assert benefits.offered("", "", benefits.SOON, today).exists() is is_soon
    assert benefits.offered("", "", benefits.EVERY, today).exists()


@pytest.mark.parametrize(
    "ended",
    [
        {"effectiveness": Effectiveness.REPEALED, "repealed_on": date(2025, 5, 1)},
        {"effectiveness": Effectiveness.LAPSED, "repealed_on": date(2025, 5, 1)},
        {"valid_until": date(2025, 5, 1)},
    ],
)
def test_what_a_repealed_document_gave_is_never_shown_as_open(
    client: Client, give: Callable[..., Benefit], ended: dict[str, object]
) -> None:
    give(deadline=days(40), **ended)
    assert "一次性补贴" not in text_of(client)
    text = text_of(client, "?zhuangtai=quanbu")
    assert "不能申报" in text
    assert "不再受理" in text
    assert "还有40天" not in text


@pytest.mark.parametrize(
    "hidden",
    [{"live": False}, {"attribute": DisclosureAttribute.ON_REQUEST, "withhold_reason": "涉及个人隐私"}],
)
def test_what_is_not_disclosed_gives_nothing(
    client: Client, give: Callable[..., Benefit], hidden: dict[str, object]
) -> None:
    give(**hidden)
    assert "一次性补贴" not in text_of(client, "?zhuangtai=quanbu")


def test_readers_pick_what_they_are_and_whose_policies(
    client: Client, county: County, give: Callable[..., Benefit]
) -> None:
    give("农机补贴", audience=Audience.FARMER)
    give("助学金", audience=Audience.STUDENT)
    give("校车补助", audience=Audience.STUDENT, agency=county.township)
    text = text_of(client, "?duixiang=student")
    assert "助学金" in text
    assert "校车补助" in text
    assert "农机补贴" not in text
    text = text_of(client, f"?duixiang=student&jiguan={county.township.slug}")
    assert "校车补助" in text
    assert "<h3>助学金" not in text


def test_nonsense_in_the_query_is_no_filter(client: Client, give: Callable[..., Benefit]) -> None:
    give()
    assert "一次性补贴" in text_of(client, "?duixiang=x&jiguan=y&zhuangtai=z&ye=q")


def test_where_there_is_nothing_the_page_says_what_to_do(client: Client, county: County) -> None:
    assert county.portal.live
    assert "查看已截止的" in text_of(client, "?duixiang=student")
    assert "清除其他条件" in text_of(client, "?zhuangtai=jijiang")


def test_the_feed_holds_what_is_open_for_the_audience(client: Client, give: Callable[..., Benefit]) -> None:
    give("助学金", audience=Audience.STUDENT)
    give("农机补贴", audience=Audience.FARMER)
    give("旧补贴", audience=Audience.STUDENT, deadline=days(-1))
    response = client.get(f"{PAGE}atom.xml?duixiang=student")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("//a:entry/a:title/text()", namespaces=atom) == ["助学金"]
    assert (
        len(etree.fromstring(client.get(f"{PAGE}atom.xml").content).xpath("//a:entry", namespaces=atom)) == 2
    )
    assert client.get(f"{PAGE}atom.xml?duixiang=x").status_code == 404


# Staff


def _given(document: DocumentPage) -> dict[str, object]:
    return {
        "document": document.pk,
        "title": "助学金",
        "audience": Audience.STUDENT,
        "condition": "在校",
        "amount": "500元",
        "deadline": "",
        "how": "学校申报",
        "where": "学校",
    }


def test_who_may_publish_the_document_says_what_it_gives(
    county: County, client_of: Callable[..., Client]
) -> None:
    document = county.document(county.bureau, "助学办法")
    client_of(Role.APPROVER, county.bureau).post(reverse("benefits:add"), _given(document))
    assert Benefit.objects.get().document_id == document.pk


def test_another_bodys_document_is_refused(county: County, client_of: Callable[..., Client]) -> None:
    document = county.document(county.bureau, "助学办法")
    response = client_of(Role.APPROVER, county.township).post(reverse("benefits:add"), _given(document))
    assert "只能由有权发布该文件的人员办理" in response.content.decode()
    assert not Benefit.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER])
def test_who_may_not_publish_may_look_only(
    county: County, client_of: Callable[..., Client], give: Callable[..., Benefit], role: Role
) -> None:
    benefit = give()
    staff = client_of(role, county.bureau)
    assert "一次性补贴" in staff.get(reverse("benefits:index")).content.decode()
    staff.post(reverse("benefits:add"), _given(benefit.document))
    staff.post(reverse("benefits:edit", args=[benefit.pk]), _given(benefit.document))
    staff.post(reverse("benefits:delete", args=[benefit.pk]))
    assert list(Benefit.objects.values_list("title", flat=True)) == ["一次性补贴"]


def test_other_bodies_items_are_neither_listed_nor_changed(
    county: County, client_of: Callable[..., Client], give: Callable[..., Benefit]
) -> None:
    benefit = give()
    stranger = client_of(Role.APPROVER, county.township)
    assert "一次性补贴" not in stranger.get(reverse("benefits:index")).content.decode()
    for name in ("edit", "delete", "history"):
        stranger.post(reverse(f"benefits:{name}", args=[benefit.pk]), {})
        assert (
            "有本县户籍" not in stranger.get(reverse(f"benefits:{name}", args=[benefit.pk])).content.decode()
        )
    assert Benefit.objects.filter(pk=benefit.pk, title="一次性补贴").exists()


# Subscriptions


def subscribe(client: Client, email: str = "reader@cexi.example", **more: str) -> object:
    return client.post(SUBSCRIBE, {"audience": Audience.RESIDENT, "email": email} | more)


def own_page() -> str:
    found = re.search(r"http://[^/]+(/zhengcepipei/dingyue/\d+/\S+/)", mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.fixture
def subscribed(client: Client, county: County) -> Subscription:
    """A confirmed subscription."""
    assert county.portal.live
    subscribe(client)
    client.post(own_page(), {"act": "confirm"})
    mail.outbox.clear()
    return Subscription.objects.get()


def test_an_address_counts_only_once_its_owner_has_confirmed(client: Client, county: County) -> None:
    assert county.portal.live
    assert subscribe(client).url == f"{SUBSCRIBE}yifasong/"
    assert mail.outbox[0].to == ["reader@cexi.example"]
    assert "确认订阅" in client.get(own_page()).content.decode()
    assert Subscription.objects.get().confirmed_at is None
    assert client.post(own_page(), {"act": "confirm"}).url == f"{SUBSCRIBE}yiqueren/"
    assert Subscription.objects.get().confirmed_at is not None


def test_the_owner_ends_it_by_the_same_page(client: Client, subscribed: Subscription) -> None:
    page = reverse("publishing:subscription", args=[subscribed.pk, subscribed.token])
    assert "退订" in client.get(page).content.decode()
    assert client.post(page, {"act": "end"}).url == f"{SUBSCRIBE}yituiding/"
    assert not Subscription.objects.exists()
    assert client.get(page).status_code == 404


def test_a_wrong_token_opens_nothing(client: Client, subscribed: Subscription) -> None:
    page = reverse("publishing:subscription", args=[subscribed.pk, "x" * 43])
    assert client.post(page, {"act": "end"}).status_code == 404
    assert Subscription.objects.exists()


def test_what_is_answered_says_nothing_of_the_address(client: Client, subscribed: Subscription) -> None:
    known, unknown = subscribe(client), subscribe(client, "other@cexi.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to[0] for letter in mail.outbox] == [subscribed.email, "other@cexi.example"]
    assert "已经订阅" in mail.outbox[0].body


def test_an_address_gets_three_letters_a_day_and_nobody_sees_it(client: Client, county: County) -> None:
    assert county.portal.live
    answers = {subscribe(client, "Reader@cexi.example").url for _ in range(5)}
    assert len(mail.outbox) == 3
    assert answers == {f"{SUBSCRIBE}yifasong/"}


def test_a_client_asks_ten_times_an_hour(client: Client, county: County) -> None:
    assert county.portal.live
    answers = [subscribe(client, f"reader{number}@cexi.example").status_code for number in range(11)]
    assert answers == [302] * 10 + [429]
    assert len(mail.outbox) == 10


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client: Client, county: County) -> None:
    assert county.portal.live
    assert subscribe(client, website="http://x.example").status_code == 302
    assert not Subscription.objects.exists()
    assert mail.outbox == []


def test_a_form_from_elsewhere_is_refused(county: County) -> None:
    assert county.portal.live
    assert subscribe(Client(enforce_csrf_checks=True)).status_code == 403


def test_where_mail_fails_the_reader_is_told(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert county.portal.live
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _fail)
    response = subscribe(client)
    assert response.status_code == 503
    assert "暂时不能发送邮件" in response.content.decode()


def _fail(*_: object, **__: object) -> None:
    raise SMTPException


def entered(benefit: Benefit, at: datetime) -> None:
    """Let the benefit be entered, and its document published, at a moment."""
    Benefit.objects.filter(pk=benefit.pk).update(added_at=at)
    DocumentPage.objects.filter(pk=benefit.document_id).update(first_published_at=at)


def test_subscribers_are_told_once_of_what_is_new(
    subscribed: Subscription, give: Callable[..., Benefit]
) -> None:
    entered(give("旧补贴"), subscribed.confirmed_at - timedelta(hours=1))
    entered(give("新补贴"), subscribed.confirmed_at + timedelta(hours=1))
    entered(give("助学金", audience=Audience.STUDENT), subscribed.confirmed_at + timedelta(hours=1))
    later = subscribed.confirmed_at + timedelta(days=1)
    assert benefits.tell_subscribers(now=later).sent == 1
    text = mail.outbox[0].body
    assert "【新补贴】" in text
    assert "每人300元" in text
    assert "旧补贴" not in text
    assert "助学金" not in text
    assert f"/dingyue/{subscribed.pk}/{subscribed.token}/" in text
    assert benefits.tell_subscribers(now=later).sent == 0
    assert benefits.tell_subscribers(now=later + timedelta(days=1)).nothing_new == 1
    assert len(mail.outbox) == 1


def test_what_staff_add_to_an_old_document_is_new(
    county: County, subscribed: Subscription, client_of: Callable[..., Client]
) -> None:
    document = county.document(county.bureau, "补贴办法")
    entered(Benefit(document=document), subscribed.confirmed_at - timedelta(days=30))
    given = _given(document) | {"audience": Audience.RESIDENT}
    client_of(Role.APPROVER, county.bureau).post(reverse("benefits:add"), given)
    assert benefits.tell_subscribers(now=timezone.now() + timedelta(days=1)).sent == 1


def test_nobody_is_told_who_has_not_confirmed_and_they_are_forgotten(
    client: Client, give: Callable[..., Benefit]
) -> None:
    subscribe(client)
    mail.outbox.clear()
    now = timezone.now()
    entered(give(), now)
    assert benefits.tell_subscribers(now=now + timedelta(days=6)).sent == 0
    assert Subscription.objects.exists()
    assert benefits.tell_subscribers(now=now + timedelta(days=8)).forgotten == 1
    assert mail.outbox == []


def test_a_letter_that_fails_is_sent_in_the_next_run(
    subscribed: Subscription, give: Callable[..., Benefit], monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(give(), subscribed.confirmed_at)
    Subscription.objects.update(told_until=subscribed.confirmed_at - timedelta(hours=1))
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _fail)
        with pytest.raises(CommandError, match="1 封没有发出"):
            call_command("tell_subscribers")
    call_command("tell_subscribers")
    assert len(mail.outbox) == 1

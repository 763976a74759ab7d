"""What policies give to whom, and telling subscribers of new items by mail, once they have confirmed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.agencies.services.limits import within_limit
from gongkai.web.publishing.choices import Audience
from gongkai.web.publishing.models import Benefit, DocumentPage, Subscription
from gongkai.web.publishing.services.interpreting import Choice

SOON_DAYS = 30
OPEN, SOON, EVERY = "", "jijiang", "quanbu"
_DAY = 24 * 3600
_LETTERS_A_DAY = 3
_UNCONFIRMED_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A benefit as it stands on a day: its deadline in words, whether it can be applied for."""

    benefit: Benefit
    is_open: bool
    is_soon: bool
    deadline: str


# Matching


def offered(audience: str, body: str, show: str, today: date) -> QuerySet[Benefit]:
    """Return benefits of disclosed documents; blank `audience` and `body` mean all.

    `show` is OPEN for those that can be applied for, SOON for those of them that close within SOON_DAYS,
    EVERY for closed ones and those of repealed documents as well.
    """
    found = Benefit.objects.filter(document__in=DocumentPage.objects.disclosed())
    found = found.select_related("document__agency")
    if audience:
        found = found.filter(audience=audience)
    if body:
        found = found.filter(document__agency__slug=body)
    if show != EVERY:
        in_force = DocumentPage.objects.in_force(today)
        found = found.filter(Q(deadline=None) | Q(deadline__gte=today), document__in=in_force)
    if show == SOON:
        found = found.filter(deadline__lte=today + timedelta(days=SOON_DAYS))
    return found.order_by(F("deadline").asc(nulls_last=True), "pk")


def offer_of(benefit: Benefit, today: date) -> Offer:
    """Return how the benefit stands on a day."""
    document, deadline = benefit.document, benefit.deadline
    in_time = deadline is None or deadline >= today
    is_open = in_time and document.is_in_force
    left = (deadline - today).days if deadline else None
    return Offer(
        benefit=benefit,
        is_open=is_open,
        is_soon=is_open and left is not None and left <= SOON_DAYS,
        deadline=_deadline(benefit, left),
    )


def _deadline(benefit: Benefit, left: int | None) -> str:
    if not benefit.document.is_in_force:
        return f"政策文件已{benefit.document.validity.label}，不再受理"
    if benefit.deadline is None or left is None:
        return "常年受理"
    day = f"{benefit.deadline.year}年{benefit.deadline.month}月{benefit.deadline.day}日"
    if left < 0:
        return f"已于{day}截止"
    return f"{day}截止，还有{left}天" if left else f"今天（{day}）截止"


def audiences_in(benefits: QuerySet[Benefit]) -> list[Choice]:
    """Return the audiences of the benefits, in their order."""
    return _choices(benefits, "audience", Audience.choices)


def bodies_in(benefits: QuerySet[Benefit]) -> list[Choice]:
    """Return the bodies whose documents give the benefits, in the bodies' order."""
    named = Agency.objects.order_by("position", "pk").values_list("slug", "short_name")
    return _choices(benefits, "document__agency__slug", named)


def _choices(benefits: QuerySet[Benefit], field: str, named: Iterable[tuple[str, str]]) -> list[Choice]:
    counts = dict(benefits.order_by().values_list(field).annotate(Count("pk")))
    return [
        Choice(value=value, label=label, count=counts[value]) for value, label in named if value in counts
    ]


def newest(audience: str, today: date) -> list[tuple[Benefit, datetime]]:
    """Return open benefits and since when they are known, the newest first; blank `audience` means all.

    A benefit is known from its entry or its document's publication, whichever was later.
    """
    benefits = offered(audience, "", OPEN, today)
    dated = [(benefit, max(benefit.added_at, _published_at(benefit.document))) for benefit in benefits]
    return sorted(dated, key=lambda one: (one[1], one[0].pk), reverse=True)


def _published_at(document: DocumentPage) -> datetime:
    midnight = datetime.combine(document.published_on, time.min, timezone.get_default_timezone())
    return document.first_published_at or midnight


# Staff


def of_staff(user: User) -> QuerySet[Benefit]:
    """Return the benefits of the documents of the person's bodies."""
    return Benefit.objects.filter(document__agency__in=agencies_of(user)).select_related("document__agency")


def may_change(user: User, document: DocumentPage) -> bool:
    """Whether the person may say what the document gives: it is public at once, so whoever may publish it."""
    own = agencies_of(user).filter(pk=document.agency_id).exists()
    return own and bool(document.permissions_for_user(user).can_publish())


# Subscriptions


def subscribe(*, email: str, audience: Audience, client: str) -> bool:
    """Send a letter in which the address's owner confirms; whether the client may still ask.

    What is answered says nothing of the address: known, unknown or asked for too often, it is the same.
    """
    if not within_limit("subscribe", client, most=10, seconds=3600):
        return False
    email = email.strip().lower()
    if not within_limit("letter", email, most=_LETTERS_A_DAY, seconds=_DAY):
        return True
    subscription, _ = Subscription.objects.get_or_create(
        email=email, audience=audience, defaults={"token": secrets.token_urlsafe(32)}
    )
    is_known = subscription.confirmed_at is not None
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(asked_at=timezone.now())
    _send(subscription, *(_ALREADY if is_known else _CONFIRM), "")
    return True


def subscription_of(pk: int, token: str) -> Subscription | None:
    """Return the subscription if the token is its own."""
    found = Subscription.objects.filter(pk=pk).first()
    known = found.token if found else secrets.token_urlsafe(32)
    return found if constant_time_compare(known, token) else None


@transaction.atomic
def confirm(*, subscription: Subscription, now: datetime) -> None:
    """Begin the subscription; what is known by now is not sent."""
    unconfirmed = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    unconfirmed.update(confirmed_at=now, told_until=now)


@transaction.atomic
def unsubscribe(*, subscription: Subscription) -> None:
    """Forget the address for this audience."""
    subscription.delete()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run came to: letters sent or failed, subscriptions with nothing new, addresses forgotten."""

    sent: int
    nothing_new: int
    failed: int
    forgotten: int


def tell_subscribers(*, now: datetime) -> Told:
    """Send each confirmed subscriber what is new since the last letter; forget who never confirmed.

    Each subscription is dealt with on its own: a run that breaks off goes on where it stopped.
    """
    stale = Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=now - timedelta(days=_UNCONFIRMED_DAYS)
    )
    forgotten = stale.delete()[0]
    due = Subscription.objects.filter(told_until__lt=now).exclude(confirmed_at=None).order_by("pk")
    today = timezone.localdate(now)
    news = {audience: newest(audience, today) for audience in set(due.values_list("audience", flat=True))}
    ends = []
    for pk, audience in list(due.values_list("pk", "audience")):
        try:
            ends.append(_tell(pk, news[audience], now))
        except (OSError, SMTPException):
            ends.append(None)
    return Told(
        sent=ends.count(True), nothing_new=ends.count(False), failed=ends.count(None), forgotten=forgotten
    )


def _tell(pk: int, news: list[tuple[Benefit, datetime]], now: datetime) -> bool:
    """Send one letter if there is anything new.

    The moment is set first and set back if sending fails, so that two runs at once send one letter and no
    transaction waits for the mail server.
    """
    subscription = Subscription.objects.get(pk=pk)
    before = subscription.told_until
    own = Subscription.objects.filter(pk=pk)
    if not own.filter(told_until=before, told_until__lt=now).update(told_until=now):
        return False
    new = [benefit for benefit, since in news if before < since <= now]
    if not new:
        return False
    items = "\n\n".join(_item(benefit, timezone.localdate(now)) for benefit in new)
    try:
        _send(subscription, *_NEWS, items)
    except BaseException:
        own.filter(told_until=now).update(told_until=before)
        raise
    return True


# Letters

_CONFIRM = (
    "请确认订阅",
    "有人用这个邮箱在本网站订阅“{audience}”的政策事项。如果是您本人，请打开下面的网址确认：\n\n{page}\n\n"
    "不是您本人的，不必理会；7天内不确认，登记的邮箱即行删除。",
)
_ALREADY = ("您已订阅", "您已经订阅“{audience}”的政策事项，不必再次确认。需要退订的，请打开：\n\n{page}")
_NEWS = ("新的政策事项", "您订阅的“{audience}”有新的政策事项：\n\n{items}\n\n退订请打开：\n{page}")


def _item(benefit: Benefit, today: date) -> str:
    offer = offer_of(benefit, today)
    return "\n".join(
        (
            f"【{benefit.title}】",
            f"条件：{benefit.condition}",
            f"标准：{benefit.amount}",
            f"时间：{offer.deadline}",
            f"办理方式：{benefit.how}",
            f"办理地点：{benefit.where}",
            f"政策文件：{benefit.document.title}",
            absolute(benefit.document.url or ""),
        )
    )


def absolute(address: str) -> str:
    """Return an address of this site with the site before it."""
    is_whole = address.startswith(("http://", "https://"))
    return address if is_whole else f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}"


def _send(subscription: Subscription, subject: str, text: str, items: str) -> None:
    audience = subscription.get_audience_display()
    page = absolute(reverse("publishing:subscription", args=[subscription.pk, subscription.token]))
    EmailMessage(
        subject=f"{subject}：{audience}",
        body=text.format(audience=audience, page=page, items=items),
        to=[subscription.email],
        headers={"List-Unsubscribe": f"<{page}>", "Auto-Submitted": "auto-generated"},
    ).send()

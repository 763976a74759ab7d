"""Sending notifications outside: one letter per person and run, one signed message each to a gateway.

Nothing is lost: what fails is tried again, later each time, and stays listed once it is given up. Each
delivery is claimed before it is sent, so that two runs at once send it once; a run that dies between sending
and noting so lets it be sent a second time when the claim runs out.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPException
from itertools import groupby
from smtplib import SMTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.choices import Channel, DeliveryState
from gongkai.web.agencies.models import Delivery, Notification, User
from gongkai.web.agencies.services.notifying import hand_over_waiting

MOST_TRIES = 12
TIMEOUT_SECONDS = 10
TIMESTAMP_HEADER, SIGNATURE_HEADER = "X-Gongkai-Timestamp", "X-Gongkai-Signature"
_CLAIM, _FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=10), timedelta(minutes=5), timedelta(hours=12)
_IN_A_LETTER = 100
# ValueError: an address that no mail server takes.
_FAILURES = (OSError, SMTPException, ValueError)


@dataclass(kw_only=True)
class Run:
    """What a run came to; `errors` holds one line per channel that could not be reached."""

    handed_over: int = 0
    letters: int = 0
    messages: int = 0
    failed: int = 0
    is_quiet: bool = False
    errors: list[str] = field(default_factory=list)


def is_quiet(now: datetime) -> bool:
    """Whether nobody is to be disturbed at this time of day."""
    if settings.QUIET_HOURS is None:
        return False
    begin, end = settings.QUIET_HOURS
    at = timezone.localtime(now).time()
    return begin <= at < end if begin <= end else at >= begin or at < end


def deliver(*, now: datetime) -> Run:
    """Send what is due, unless the hours are quiet."""
    run = Run(handed_over=hand_over_waiting(), is_quiet=is_quiet(now))
    if not run.is_quiet:
        _send_letters(run, now)
        _send_messages(run, now)
    return run


def given_up() -> QuerySet[Delivery]:
    """Return what could not be delivered in MOST_TRIES."""
    return Delivery.objects.filter(state=DeliveryState.FAILED)


def try_again(*, now: datetime) -> int:
    """Begin anew with what was given up; return how many that is."""
    return given_up().update(state=DeliveryState.WAITING, tries=0, next_try_at=now)


def _due(channel: Channel, now: datetime) -> QuerySet[Delivery]:
    waiting = Delivery.objects.filter(
        channel=channel,
        state=DeliveryState.WAITING,
        next_try_at__lte=now,
        notification__recipient__is_active=True,
    )
    return waiting.select_related("notification__recipient", "notification__agency")


def _claimed(delivery: Delivery, now: datetime) -> bool:
    """Keep other runs from it for a while; False if one of them was faster."""
    free = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.WAITING, next_try_at=delivery.next_try_at
    )
    return bool(free.update(next_try_at=now + _CLAIM))


def _sent(deliveries: list[Delivery], now: datetime) -> None:
    own = Delivery.objects.filter(pk__in=[one.pk for one in deliveries])
    own.update(state=DeliveryState.DONE, done_at=now, last_error="")


def _put_off(delivery: Delivery, error: Exception, now: datetime) -> None:
    """Note the failure; the next try waits twice as long as the last one did."""
    pause = min(_FIRST_PAUSE * 2**delivery.tries, _LONGEST_PAUSE)
    tries = delivery.tries + 1
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=tries,
        state=DeliveryState.FAILED if tries >= MOST_TRIES else DeliveryState.WAITING,
        next_try_at=now + pause,
        last_error=_in_short(error),
    )


def _in_short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


# Letters


def _send_letters(run: Run, now: datetime) -> None:
    due = _due(Channel.EMAIL, now).order_by("notification__recipient_id", "pk")
    if not due.exists():
        return
    connection = get_connection()
    try:
        connection.open()
    except _FAILURES as error:
        run.errors.append(f"邮件服务器无法连接：{_in_short(error)}")
        return
    for person, group in groupby(list(due), key=lambda one: one.notification.recipient):
        own = [one for one in group if _claimed(one, now)]
        if own:
            _attempt(run, own, _letter(person, own, connection).send, now)
    connection.close()


def _attempt(run: Run, deliveries: list[Delivery], send: Callable[[], object], now: datetime) -> bool:
    try:
        send()
    except _FAILURES as error:
        for one in deliveries:
            _put_off(one, error, now)
        run.failed += len(deliveries)
        return False
    _sent(deliveries, now)
    if deliveries[0].channel == Channel.EMAIL:
        run.letters += 1
    else:
        run.messages += 1
    return True


def _letter(person: User, deliveries: list[Delivery], connection: Any) -> EmailMessage:
    told = [one.notification for one in deliveries]
    lines = [_line(one) for one in told[:_IN_A_LETTER]]
    if len(told) > _IN_A_LETTER:
        lines.append(f"另有 {len(told) - _IN_A_LETTER} 条，请登录后查看。")
    greeting = f"{person.get_full_name() or person.username}："
    every = f"全部通知：{_absolute(reverse('notifications:list'))}\n"
    return EmailMessage(
        subject=f"{settings.WAGTAIL_SITE_NAME}：{len(told)} 条新通知",
        body="\n\n".join([greeting, *lines, every]),
        to=[person.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _line(one: Notification) -> str:
    due = f"（期限 {one.due_on:%Y-%m-%d}）" if one.due_on else ""
    return f"【{one.get_kind_display()}】{one.number or '登录后查看'}{due}\n{_absolute(one.path)}"


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


# Messages to a gateway


class _NoRedirect(HTTPRedirectHandler):
    """An answer that points elsewhere is a failure: the signed message is for one address."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


_gateway = build_opener(_NoRedirect)


def _send_messages(run: Run, now: datetime) -> None:
    if not settings.WEBHOOK_URL:
        return
    for one in list(_due(Channel.WEBHOOK, now).order_by("pk")):
        if not _claimed(one, now):
            continue
        try:
            _attempt(run, [one], partial(_post, one.notification), now)
        except Unreachable as error:
            _put_off(one, error, now)
            run.failed += 1
            run.errors.append(f"消息网关无法连接：{_in_short(error)}")
            return


class Unreachable(Exception):
    """Nobody answers there."""


def message(one: Notification) -> bytes:
    """Return what the gateway is told: what kind of thing is due when and where, for whom of the staff."""
    facts = {
        "id": one.pk,
        "kind": one.kind,
        "number": one.number,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "link": _absolute(one.path),
        "to": one.recipient.username,
    }
    return json.dumps(facts, ensure_ascii=False).encode()


def signature(timestamp: str, body: bytes) -> str:
    """Return HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal."""
    key = settings.WEBHOOK_SECRET.encode()
    return hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _post(one: Notification) -> None:
    body, timestamp = message(one), str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: f"sha256={signature(timestamp, body)}",
    }
    request = Request(settings.WEBHOOK_URL, data=body, headers=headers, method="POST")
    try:
        with _gateway.open(request, timeout=TIMEOUT_SECONDS):
            pass
    except HTTPError as error:
        error.close()
        raise
    except (OSError, HTTPException) as error:
        raise Unreachable(str(error)) from error

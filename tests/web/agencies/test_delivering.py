"""Letters and messages: one letter a person and run, signed messages, tried again, never by night."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPException

import pytest
from county import County
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from telling import tell

from gongkai.web.agencies.choices import DeliveryState
from gongkai.web.agencies.models import Delivery, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import delivering
from gongkai.web.agencies.services.notifying import holders

SECRET = "shared with the gateway"


def at(hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day to come, when everything told by now is due."""
    day = timezone.localdate() + timedelta(days=1)
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


NOON = at(12)


def test_a_person_gets_one_letter_a_run_and_each_notice_once(clerk: User) -> None:
    tell(clerk, "a", number="教〔2025〕1号")
    tell(clerk, "b", number="教〔2025〕2号", title="张三的申请")
    assert delivering.deliver(now=NOON).letters == 1
    (letter,) = mail.outbox
    assert letter.to == ["clerk@cexi.example"]
    assert letter.subject.endswith("2 条新通知")
    assert "【临期】教〔2025〕1号（期限 2025-04-01）\nhttp://localhost:8000/admin/" in letter.body
    assert "教〔2025〕2号" in letter.body and "张三" not in letter.body
    assert delivering.deliver(now=NOON + timedelta(hours=1)).letters == 0
    assert len(mail.outbox) == 1


def test_what_waited_for_a_role_is_sent_to_whoever_took_it(county: County) -> None:
    tell(holders(county.township, Role.APPROVER))
    person = county.person(Role.APPROVER, county.township)
    User.objects.filter(pk=person.pk).update(email="new@cexi.example")
    run = delivering.deliver(now=NOON)
    assert (run.handed_over, run.letters) == (1, 1)


@pytest.mark.parametrize(
    ("span", "now", "is_quiet"),
    [
        ((time(21), time(8)), at(20, 59), False),
        ((time(21), time(8)), at(21), True),
        ((time(21), time(8)), at(3), True),
        ((time(21), time(8)), at(8), False),
        ((time(12), time(14)), at(13), True),
        ((time(12), time(14)), at(14), False),
        (None, at(3), False),
    ],
)
def test_nobody_is_disturbed_in_quiet_hours(
    clerk: User, settings: object, span: object, now: datetime, is_quiet: bool
) -> None:
    settings.QUIET_HOURS = span
    tell(clerk)
    assert delivering.deliver(now=now).letters == (0 if is_quiet else 1)
    settings.QUIET_HOURS = None
    delivering.deliver(now=now + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_who_has_left_gets_no_letter(clerk: User) -> None:
    tell(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert delivering.deliver(now=NOON).letters == 0


def _fail(*_: object, **__: object) -> None:
    raise SMTPException("mailbox full")


def test_a_letter_that_fails_is_tried_later_and_later_and_then_listed(
    clerk: User, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.QUIET_HOURS = None
    tell(clerk)
    now, pauses = NOON, []
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _fail)
        while (waiting := Delivery.objects.get()).state == DeliveryState.WAITING:
            assert delivering.deliver(now=now).failed == 1
            assert delivering.deliver(now=now).failed == 0
            waiting.refresh_from_db()
            pauses.append((waiting.next_try_at - now).total_seconds() / 60)
            now = waiting.next_try_at
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 720, 720, 720, 720]
    assert "mailbox full" in waiting.last_error
    assert delivering.deliver(now=now + timedelta(days=9)).letters == 0
    assert list(delivering.given_up()) == [waiting]
    assert delivering.try_again(now=now) == 1
    assert delivering.deliver(now=now).letters == 1


def test_the_command_says_what_could_not_be_sent(
    clerk: User, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.QUIET_HOURS = None
    tell(clerk)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _fail)
        with pytest.raises(CommandError, match="1 条没有发出"):
            call_command("deliver_notifications")
    Delivery.objects.update(state=DeliveryState.FAILED)
    with pytest.raises(CommandError, match="已停止发送"):
        call_command("deliver_notifications")
    call_command("deliver_notifications", "--again")
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_costs_no_try(
    clerk: User, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.QUIET_HOURS = None
    tell(clerk)

    def refuse(_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    assert "邮件服务器无法连接" in delivering.deliver(now=NOON).errors[0]
    assert Delivery.objects.get().tries == 0


def test_of_two_runs_at_once_one_sends(clerk: User) -> None:
    tell(clerk)
    one = Delivery.objects.get()
    assert delivering._claimed(one, NOON)
    assert not delivering._claimed(one, NOON)
    assert delivering.deliver(now=NOON).letters == 0
    # The first run died: the claim ends.
    assert delivering.deliver(now=NOON + timedelta(minutes=11)).letters == 1


# The gateway


class _Gateway(HTTPServer):
    def __init__(self) -> None:
        self.answer, self.got = 200, []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        if self.server.answer == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: object) -> Iterator[_Gateway]:
    """A gateway on this machine, named in the settings."""
    server = _Gateway()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/hook"
    settings.WEBHOOK_SECRET = SECRET
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def silent(county: County) -> User:
    """A clerk without mail."""
    return county.person(Role.CLERK, county.bureau)


def test_the_gateway_gets_signed_facts_and_no_title(silent: User, gateway: _Gateway) -> None:
    tell(silent, title="张三的申请快到期", path="/admin/shenhe/")
    assert delivering.deliver(now=NOON).messages == 1
    ((path, headers, body),) = gateway.got
    signed = headers["X-Gongkai-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert (path, headers["X-Gongkai-Signature"]) == ("/hook", f"sha256={expected}")
    told = json.loads(body)
    assert told.pop("id") == Delivery.objects.get().notification_id
    assert told == {
        "kind": "due",
        "number": "教〔2025〕1号",
        "due_on": "2025-04-01",
        "link": "http://localhost:8000/admin/shenhe/",
        "to": silent.username,
    }
    assert delivering.deliver(now=NOON + timedelta(hours=1)).messages == 0


@pytest.mark.parametrize("answer", [302, 400, 500])
def test_an_answer_that_is_no_success_is_tried_again_and_followed_nowhere(
    silent: User, gateway: _Gateway, answer: int
) -> None:
    gateway.answer = answer
    tell(silent)
    tell(silent, "other")
    assert delivering.deliver(now=NOON).failed == 2
    assert [path for path, _, _ in gateway.got] == ["/hook", "/hook"]
    gateway.answer = 204
    assert delivering.deliver(now=NOON + timedelta(minutes=6)).messages == 2


def test_a_gateway_that_is_down_is_asked_once_a_run(silent: User, settings: object) -> None:
    with HTTPServer(("127.0.0.1", 0), _Handler) as unused:
        port = unused.server_port
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = f"http://127.0.0.1:{port}/", SECRET
    tell(silent)
    tell(silent, "other")
    run = delivering.deliver(now=NOON)
    assert run.failed == 1 and "消息网关无法连接" in run.errors[0]
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 1]

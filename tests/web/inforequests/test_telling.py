"""Applicants who left an address learn that a letter is there, once, and nothing of what it says."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from county import County
from desk import APPLICANT, asked
from django.core import mail
from django.utils import timezone

from gongkai.law.procedure.states import Service
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import Retention
from gongkai.web.inforequests.models import Letter
from gongkai.web.inforequests.services import acting, folding, letters
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.registering import Person
from gongkai.web.inforequests.services.telling import Run, tell_applicants


def _sent(county: County, clerk: User, person: Person = APPLICANT) -> Letter:
    case = asked(county.bureau, folding.today().isoformat(), person=person)
    content = Draft(details={"correction_items": "请写明年份和水厂", "correction_days": 10})
    letter = letters.draft(case=case, kind="correction_notice", content=content, by=clerk)
    letter = letters.issue(letter=letter, by=clerk)
    assert tell_applicants() == Run(0, 0)
    return letters.send(letter=letter, service=Service.ELECTRONIC, by=clerk)


def test_the_applicant_is_told_once_where_to_look(county: County, clerk: User) -> None:
    letter = _sent(county, clerk)
    assert tell_applicants() == Run(1, 0)
    assert tell_applicants() == Run(0, 0)
    (message,) = mail.outbox
    assert message.to == [APPLICANT.email]
    assert letter.case.number in message.body
    assert "/shenqing/chaxun/" in message.body
    for secret in ("水厂", APPLICANT.name, letter.number):
        assert secret not in message.subject + message.body


def test_who_left_no_address_and_what_is_long_past_are_left_alone(county: County, clerk: User) -> None:
    _sent(county, clerk, Person(name="周晓岚", phone="13900001234"))
    _sent(county, clerk)
    assert tell_applicants(now=timezone.now() + timedelta(days=40)) == Run(0, 0)
    assert mail.outbox == []


def test_a_mail_that_fails_is_tried_again(
    county: County, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sent(county, clerk)

    def fail(*_: object) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("gongkai.web.inforequests.services.telling.send_mail", fail)
        assert tell_applicants() == Run(0, 1)
    assert tell_applicants() == Run(1, 0)


def test_a_case_is_classified_on_record(county: County, clerk: User) -> None:
    case = asked(county.bureau, folding.today().isoformat())
    case = acting.classify(case=case, topic="供水", retention=Retention.LONG, by=clerk)
    assert (case.topic, case.retention) == ("供水", "long")
    assert case.records.last().facts == {"topic": "供水", "retention": "30年"}
    assert (
        acting.classify(case=case, topic=" 供水 ", retention=Retention.LONG, by=clerk).version == case.version
    )
    with pytest.raises(Refused):
        acting.classify(
            case=case, topic="", retention=Retention.LONG, by=county.person(Role.REVIEWER, county.bureau)
        )

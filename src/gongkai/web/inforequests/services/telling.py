"""A line by e-mail to applicants who left an address: a letter is there; nothing of what it says."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from gongkai.web.inforequests.choices import LetterState
from gongkai.web.inforequests.models import Letter
from gongkai.web.inforequests.services.following import TO_APPLICANT

_WITHIN = timedelta(days=14)
_SUBJECT = "政府信息公开申请有新的文书"
_TEXT = """您好：

您向{agency}提出的政府信息公开申请（登记编号 {number}）有新的文书。请凭登记编号和查询码在以下网址查看：
{address}

本邮件由系统发出，请勿回复；它不是文书本身，也不代替送达。
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """How many were told, and for how many it did not work; those are tried again the next time."""

    told: int
    failed: int


def tell_applicants(*, now: datetime | None = None) -> Run:
    """Write to the applicants of letters that went out in the last days and were not told of yet.

    What each letter says, and who wrote to the body, stays out of the mail; service is what the law says it
    is, and this is none.
    """
    now = now or timezone.now()
    since = timezone.localtime(now).date() - _WITHIN
    rows = Letter.objects.filter(
        state=LetterState.ISSUED, sent_on__gte=since, told_at__isnull=True, kind__in=TO_APPLICANT
    ).select_related("case__agency", "case__applicant")
    told = failed = 0
    for letter in rows.order_by("pk"):
        email = letter.case.applicant.email
        if not email:
            continue
        if not Letter.objects.filter(pk=letter.pk, told_at__isnull=True).update(told_at=now):
            continue  # Another run has it.
        try:
            send_mail(_SUBJECT, _text(letter), settings.DEFAULT_FROM_EMAIL, [email])
            told += 1
        except (SMTPException, OSError) as error:
            Letter.objects.filter(pk=letter.pk).update(told_at=None)
            _log.warning("no mail about %s: %s", letter.case.number, type(error).__name__)
            failed += 1
    return Run(told, failed)


def _text(letter: Letter) -> str:
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("inforequests:enter")
    return _TEXT.format(agency=letter.case.agency, number=letter.case.number, address=address)

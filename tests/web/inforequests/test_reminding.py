"""What falls due is told three days before, one day before, on the day and after it; each once."""

from __future__ import annotations

from datetime import date

from county import County
from desk import asked

from gongkai.law.channels import Channel
from gongkai.web.agencies.models import Notification
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import refreshing, reminding


def _told(on: str) -> list[str]:
    known = set(Notification.objects.values_list("pk", flat=True))
    reminding.remind(on=date.fromisoformat(on))
    fresh = Notification.objects.exclude(pk__in=known).order_by("pk")
    return [f"{one.recipient.username} {one.title}" for one in fresh]


def test_each_step_is_told_once_and_the_approver_learns_of_the_late(county: County) -> None:
    clerk, approver = county.person(Role.CLERK, county.bureau), county.person(Role.APPROVER, county.bureau)
    case = asked(county.bureau, "2025-09-15", by=clerk, channel=Channel.IN_PERSON)
    assert case.due_on == date(2025, 10, 17)
    assert _told("2025-10-13") == []
    assert _told("2025-10-14") == [f"{clerk.username} 申请 {case.number} 还有3个工作日到期"]
    assert _told("2025-10-15") == []
    assert _told("2025-10-16") == [f"{clerk.username} 申请 {case.number} 明天到期"]
    assert _told("2025-10-16") == []
    assert _told("2025-10-17") == [f"{clerk.username} 申请 {case.number} 今天到期"]
    late = f"申请 {case.number} 已逾期（应于2025-10-17前办理）"
    assert _told("2025-10-20") == [f"{clerk.username} {late}", f"{approver.username} {late}"]
    assert _told("2025-10-21") == []


def test_the_days_passing_is_written_to_the_row(county: County) -> None:
    case = asked(county.bureau, "2025-09-15")
    assert case.defects == 0
    assert refreshing.refresh_deadlines(on=date(2025, 10, 17)) == 0
    assert refreshing.refresh_deadlines(on=date(2025, 10, 18)) == 1
    assert InfoRequest.objects.get(pk=case.pk).defects == 1


def test_a_persons_calendar_holds_what_is_theirs(county: County) -> None:
    clerk, other = county.person(Role.CLERK, county.bureau), county.person(Role.CLERK, county.bureau)
    case = asked(county.bureau, "2025-09-15", by=clerk, channel=Channel.IN_PERSON)
    entries = list(reminding.calendar_of(clerk, date(2025, 9, 16)))
    assert [(entry.day, entry.title) for entry in entries] == [(date(2025, 10, 17), f"{case.number} 到期")]
    assert list(reminding.calendar_of(other, date(2025, 9, 16))) == []

"""Staff are told what waits for them, what falls due, and what became of what they submitted."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from django.core.management import call_command
from django.test import Client

from gongkai.web.agencies.choices import NotificationKind
from gongkai.web.agencies.models import Agency, Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import ReviewDecision
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services import reminding, reviewing


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau."""
    return county.person(Role.CLERK, county.bureau)


def draft(county: County, agency: Agency, title: str) -> DocumentPage:
    """Return a draft due on 31 March 2025."""
    return county.document(agency, title, live=False, made_on=date(2025, 3, 3))


def told(person: User) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", "title"))


def test_a_clerk_is_reminded_once_before_and_once_after_the_last_day(county: County, clerk: User) -> None:
    draft(county, county.bureau, "草稿")
    for day, count in ((26, 1), (27, 0), (31, 0)):
        assert reminding.remind(today=date(2025, 3, day)) == count
    assert [reminding.remind(today=date(2025, 4, day)) for day in (1, 2, 7)] == [1, 0, 0]
    assert told(clerk) == [
        (NotificationKind.DUE, "《草稿》应当在2025-03-31前公开"),
        (NotificationKind.LATE, "《草稿》已超过公开期限"),
    ]


def test_what_is_far_off_or_public_is_nobody_s_concern(county: County, clerk: User) -> None:
    draft(county, county.bureau, "草稿")
    county.document(county.bureau, "已经公开", made_on=date(2025, 2, 3))
    assert reminding.remind(today=date(2025, 3, 25)) == 0
    assert told(clerk) == []


def test_the_command_reminds(county: County, clerk: User) -> None:
    draft(county, county.bureau, "草稿")
    call_command("remind_of_deadlines")
    assert [kind for kind, _ in told(clerk)] == [NotificationKind.LATE]


def test_the_calendar_names_days_and_numbers_of_the_own_body_and_no_titles(
    county: County, clerk: User
) -> None:
    page = draft(county, county.bureau, "不能外传的草稿")
    draft(county, county.township, "别的机关")
    (entry,) = reminding.calendar_of(clerk, date(2025, 4, 1))
    assert (entry.day, entry.title) == (date(2025, 3, 31), f"公开期限（已超期）：{page.index_number}")
    assert list(reminding.calendar_of(county.person(Role.CLERK, county.office), date(2025, 4, 1))) == []


def submitted(county: County, by: User) -> DocumentPage:
    page = county.document(county.bureau, "送审的文件", live=False, owner=by)
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return page


def decide(page: DocumentPage, decision: ReviewDecision, by: User) -> None:
    reviewing.decide(
        state=page.current_workflow_task_state,
        decision=decision,
        by=by,
        on=date(2025, 3, 4),
        remarks="意见",
        proofread=True,
        despite="已核实",
    )


def test_a_review_tells_whoever_is_next_and_in_the_end_whoever_submitted(county: County, clerk: User) -> None:
    roles = (Role.SECRECY_REVIEWER, Role.REVIEWER, Role.APPROVER)
    people = [(role.value, county.person(role, county.bureau)) for role in roles for _ in range(2)]
    page = submitted(county, clerk)
    seen = []
    while state := page.current_workflow_task_state:
        names = set(state.task.specific.groups.values_list("name", flat=True))
        able = [person for role, person in people if role in names]
        assert all(told(person)[-1] == ("arrived", f"《送审的文件》等待{state.task.name}") for person in able)
        person = next(one for one in able if not reviewing.refusal(state, one))
        decide(page, ReviewDecision.PASSED, person)
        seen.append(state.task.name)
        page = DocumentPage.objects.get(pk=page.pk)
    assert len(seen) >= 2 and page.live
    assert told(clerk) == [("done", "《送审的文件》审核完成")]


def test_what_is_returned_comes_back_to_whoever_submitted(county: County, clerk: User) -> None:
    reviewers = [
        county.person(role, county.bureau) for role in (Role.SECRECY_REVIEWER, Role.REVIEWER, Role.APPROVER)
    ]
    page = submitted(county, clerk)
    person = next(one for one in reviewers if not reviewing.refusal(page.current_workflow_task_state, one))
    decide(page, ReviewDecision.RETURNED, person)
    assert told(clerk) == [("returned", "《送审的文件》被退回，请修改后重新提交审核")]


def test_wagtail_sends_no_letters_of_its_own(county: County, clerk: User, mailoutbox: list[object]) -> None:
    User.objects.update(email="someone@cexi.example")
    page = submitted(county, clerk)
    assert page.current_workflow_task_state
    assert mailoutbox == []


def test_a_supervisor_is_offered_no_editor_they_may_not_open(county: County) -> None:
    client = Client()
    client.force_login(county.person(Role.SUPERVISOR, county.office))
    draft(county, county.bureau, "下级的草稿")
    own = draft(county, county.office, "本机关的草稿")
    text = client.get("/admin/mulu/shixian/").content.decode()
    assert "本机关的草稿" in text and f"/admin/pages/{own.pk}/edit/" not in text
    client.force_login(county.person(Role.CLERK, county.office))
    assert f"/admin/pages/{own.pk}/edit/" in client.get("/admin/mulu/shixian/").content.decode()

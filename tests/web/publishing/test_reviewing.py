"""The reviews before disclosure: who decides what, in which order, and what cannot go public without them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute, ReviewDecision, ReviewStep
from gongkai.web.publishing.models import BodyPage, DocumentPage, ReviewRecord
from gongkai.web.publishing.services import reviewing
from gongkai.web.publishing.services.checking import findings_of

FRIDAY = date(2025, 9, 26)
PASSED, RETURNED, REFERRED = ReviewDecision.PASSED, ReviewDecision.RETURNED, ReviewDecision.REFERRED


@dataclass
class Office:
    """The five people of a body, and its document under review."""

    county: County
    drafter: User
    secrecy: User
    initial: User
    second: User
    final: User
    page: DocumentPage

    @property
    def people(self) -> list[User]:
        return [self.secrecy, self.initial, self.second, self.final]

    def saved(self) -> Page:
        return Page.objects.get(pk=self.page.pk)

    @property
    def state(self) -> TaskState | None:
        return self.saved().current_workflow_task_state

    def change(self, by: User | None = None, **fields: object) -> None:
        page = self.saved().get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=by or self.drafter)

    def submit(self) -> None:
        page = self.saved().specific
        if run := page.current_workflow_state:
            run.resume(self.drafter)
        else:
            page.get_workflow().start(page, self.drafter)

    def decide(self, by: User, decision: str = PASSED, **said: object) -> ReviewRecord:
        said = {"on": FRIDAY, "proofread": True, "remarks": "意见。", **said}
        return reviewing.decide(state=self.state, decision=decision, by=by, **said)

    def pass_all(self) -> None:
        for person in self.people:
            self.decide(person)

    def is_live(self) -> bool:
        return self.saved().live

    def trail(self) -> list[tuple[str, str, User]]:
        return [(record.step, record.decision, record.by) for record in reviewing.trail_of(self.page)]


@pytest.fixture
def office(county: County) -> Office:
    bureau = county.bureau
    page = county.document(bureau, "学区划分办法", live=False)
    roles = (Role.CLERK, Role.SECRECY_REVIEWER, Role.REVIEWER, Role.REVIEWER, Role.APPROVER)
    drafter, *people = (county.person(role, bureau) for role in roles)
    office = Office(county, drafter, *people, page)
    office.change(title="学区划分办法")
    office.submit()
    return office


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _form(**fields: str) -> dict[str, str]:
    return {
        "article20_item": "1",
        "made_on": "2025-03-03",
        "published_on": "2025-03-10",
        "attribute": "proactive",
        "effectiveness": "not_applicable",
        "scope": "面向社会",
        "term": "lasting",
        **nested_form_data({"body": streamfield([("text", rich_text("<p>正文</p>"))])}),
        **{
            f"{name}-{part}_FORMS": "0"
            for name in ("attachments", "comments")
            for part in ("TOTAL", "INITIAL")
        },
        **fields,
    }


def _post(office: Office, by: User, decision: str, **given: str) -> int:
    given = {"state": str(office.state.pk), "decision": decision, "proofread": "on", **given}
    return _as(by).post(f"/admin/shenhe/{office.page.pk}/", given).status_code


def test_every_section_is_reviewed_in_four_steps(county: County) -> None:
    workflow = county.column(county.bureau, ColumnKind.CONTENT).get_workflow()
    assert [task.name for task in workflow.tasks] == ["保密审查", "初审", "复审", "终审"]
    assert WorkflowPage.objects.filter(page__in=BodyPage.objects.all()).count() == BodyPage.objects.count()


def test_five_people_bring_a_document_to_the_public(office: Office) -> None:
    for number, person in enumerate(office.people, start=1):
        assert not office.is_live()
        assert _post(office, person, PASSED) == 302
        assert len(office.trail()) == number
    assert office.is_live()
    steps = [ReviewStep.SECRECY, ReviewStep.INITIAL, ReviewStep.SECOND, ReviewStep.FINAL]
    assert office.trail() == [(step, PASSED, by) for step, by in zip(steps, office.people, strict=True)]
    records = list(reviewing.trail_of(office.page))
    assert {record.revision_id for record in records} == {office.saved().get_latest_revision().pk}
    assert [record.proofread for record in records] == [True] * 4


def test_nobody_decides_two_steps(office: Office) -> None:
    office.decide(office.secrecy)
    office.decide(office.initial)
    assert _post(office, office.initial, PASSED) == 409
    page = _as(office.initial).get(f"/admin/shenhe/{office.page.pk}/").content.decode()
    assert "您已在“初审”环节办理过，同一人不能办理两个环节。" in page
    assert 'name="decision"' not in page
    assert len(office.trail()) == 2


def test_who_edited_does_not_review(office: Office) -> None:
    state = office.state
    state.workflow_state.cancel(user=office.drafter)
    office.change(by=office.secrecy, title="学区划分办法（修改）")
    office.submit()
    assert _post(office, office.secrecy, PASSED) == 409
    assert "您起草或者修改过这份信息" in reviewing.refusal(office.state, office.secrecy)
    assert office.trail() == []


def test_a_superuser_is_held_to_the_same_rules(office: Office) -> None:
    office.secrecy.is_superuser = True
    office.secrecy.save()
    stranger = User.objects.create_superuser("root", password="not used to log in")
    assert _post(office, stranger, PASSED) == 409
    assert _post(office, office.secrecy, PASSED) == 302
    for role in (Role.REVIEWER, Role.APPROVER):
        office.secrecy.groups.add(*office.county.person(role, office.county.bureau).groups.all())
    assert _post(office, office.secrecy, PASSED) == 409


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.APPROVER])
def test_another_role_does_not_do_the_secrecy_review(office: Office, role: Role) -> None:
    assert _post(office, office.county.person(role, office.county.bureau), PASSED) == 409


def test_a_stranger_finds_nothing(office: Office) -> None:
    for agency in (office.county.township, office.county.stranger):
        stranger = office.county.person(Role.SECRECY_REVIEWER, agency)
        client = _as(stranger)
        assert client.get(f"/admin/shenhe/{office.page.pk}/").status_code == 404
        assert _post(office, stranger, PASSED) == 404
        assert reviewing.waiting_for(stranger) == []
        with pytest.raises(reviewing.Refused):
            office.decide(stranger)


def test_proof_reading_is_ticked_and_remarks_are_given(office: Office) -> None:
    with pytest.raises(reviewing.Refused, match="请填写意见"):
        office.decide(office.secrecy, RETURNED, remarks=" ")
    office.decide(office.secrecy, proofread=False)
    with pytest.raises(reviewing.Refused, match="已校对"):
        office.decide(office.initial, proofread=False)


def test_what_is_returned_starts_at_the_first_step_again(office: Office) -> None:
    office.decide(office.secrecy)
    office.decide(office.initial)
    office.decide(office.second, RETURNED)
    assert office.state is None
    assert not office.saved().get_lock()
    office.change(title="学区划分办法（第二稿）")
    office.submit()
    assert office.state.task.name == "保密审查"
    office.pass_all()
    assert office.is_live()
    assert [decision for _, decision, _ in office.trail()] == [PASSED, PASSED, RETURNED, *[PASSED] * 4]


def test_a_step_decided_meanwhile_is_not_decided_again(office: Office) -> None:
    seen = office.state
    office.decide(office.secrecy)
    with pytest.raises(reviewing.Refused):
        reviewing.decide(state=seen, decision=PASSED, by=office.secrecy, on=FRIDAY)


def test_nobody_edits_during_the_review(office: Office) -> None:
    page = office.saved().specific
    before = page.latest_revision_id
    for person in (office.drafter, office.initial, office.final):
        page.locked, page.locked_by = True, person
        page.save()
        assert Page.objects.get(pk=page.pk).specific.get_lock().for_user(person)
        _as(person).post(f"/admin/pages/{page.pk}/edit/", _form(title="改过", slug=page.slug))
    assert Page.objects.get(pk=page.pk).latest_revision_id == before


def test_what_was_changed_behind_the_lock_is_not_passed(office: Office) -> None:
    office.change(title="悄悄改过")
    with pytest.raises(reviewing.Refused, match="重新送审"):
        office.decide(office.secrecy)


def test_a_doubt_is_settled_by_the_competent_authority(office: Office) -> None:
    authority = office.county.person(Role.SUPERVISOR, office.county.office)
    office.decide(office.secrecy, REFERRED)
    assert [each.is_referral for each in reviewing.waiting_for(authority)] == [True]
    assert "等待答复" in reviewing.refusal(office.state, office.secrecy)
    own = office.county.person(Role.SUPERVISOR, office.county.bureau)
    assert _post(office, own, ReviewDecision.HELD_OPEN, remarks="可以。") in {404, 409}
    assert _post(office, authority, ReviewDecision.HELD_OPEN, remarks="") == 409
    assert _post(office, authority, ReviewDecision.HELD_OPEN, remarks="不涉密。") == 302
    office.pass_all()
    assert office.is_live()
    assert [decision for _, decision, _ in office.trail()][:2] == [REFERRED, ReviewDecision.HELD_OPEN]


def test_what_the_authority_holds_closed_does_not_go_public(office: Office) -> None:
    authority = office.county.person(Role.SECRECY_REVIEWER, office.county.office)
    office.decide(office.secrecy, REFERRED)
    reviewing.answer(state=office.state, is_open=False, by=authority, remarks="属于工作内部事项。")
    assert office.state is None
    office.submit()
    with pytest.raises(reviewing.Refused, match="不予公开"):
        office.decide(office.secrecy)
    office.decide(office.secrecy, RETURNED)
    office.change(attribute=DisclosureAttribute.WITHHELD, withhold_reason="已确定不予公开")
    office.submit()
    office.pass_all()
    assert not office.is_live()
    assert office.saved().current_workflow_state is None


def test_an_emergency_is_published_at_once_and_reviewed_by_others(office: Office) -> None:
    chief = office.county.person(Role.APPROVER, office.county.bureau)
    client = _as(chief)
    address = f"/admin/shenhe/{office.page.pk}/jinji/"
    assert client.post(address, {"reason": "", "meant": "on"}).status_code == 409
    assert client.post(address, {"reason": "防汛。"}).status_code == 409
    assert not office.is_live()
    assert client.post(address, {"reason": "防汛。", "meant": "on"}).status_code == 302
    assert office.is_live()
    assert office.state.task.name == "保密审查"
    assert reviewing.open_emergency(office.page).by == chief
    for person in office.people[:3]:
        office.decide(person)
    with pytest.raises(reviewing.Refused, match="紧急发布"):
        office.decide(chief)
    office.decide(office.final)
    assert reviewing.open_emergency(office.page) is None
    assert office.trail()[-1] == (ReviewStep.FINAL, ReviewDecision.PASSED_AFTERWARDS, office.final)


def test_the_review_after_an_emergency_is_due_on_the_third_working_day(office: Office) -> None:
    record = reviewing.publish_at_once(page=office.page, by=office.final, on=FRIDAY, reason="防汛。")
    assert record.review_due_on == date(2025, 9, 30)
    listed = reviewing.overdue_emergencies
    assert listed(user=office.drafter, on=date(2025, 9, 30)) == []
    assert listed(user=office.drafter, on=date(2025, 10, 1)) == [record]
    assert listed(user=office.county.person(Role.CLERK, office.county.township), on=date(2025, 10, 1)) == []


def test_the_review_owed_after_an_emergency_cannot_be_called_off(office: Office) -> None:
    reviewing.publish_at_once(page=office.page, by=office.final, on=FRIDAY, reason="防汛。")
    _as(office.final).post(f"/admin/pages/{office.page.pk}/edit/", {"action-cancel-workflow": "1"})
    assert office.state is not None


def test_an_emergency_found_wrong_is_withdrawn(office: Office) -> None:
    reviewing.publish_at_once(page=office.page, by=office.final, on=FRIDAY, reason="防汛。")
    revision = office.saved().get_latest_revision()
    office.decide(office.secrecy, ReviewDecision.WITHDRAWN)
    assert not office.is_live()
    assert reviewing.open_emergency(office.page) is None
    with pytest.raises(PermissionDenied):
        revision.publish(user=office.final)


@pytest.mark.parametrize("who", ["drafter", "secrecy", "initial", "chief_elsewhere"])
def test_only_the_bodys_approver_declares_an_emergency(office: Office, who: str) -> None:
    elsewhere = office.county.person(Role.APPROVER, office.county.township)
    person = elsewhere if who == "chief_elsewhere" else getattr(office, who)
    with pytest.raises(reviewing.Refused):
        reviewing.publish_at_once(page=office.page, by=person, on=FRIDAY, reason="急。")
    assert not office.is_live()


def test_what_is_not_for_disclosure_is_no_emergency(office: Office) -> None:
    office.state.workflow_state.cancel(user=office.drafter)
    office.change(attribute=DisclosureAttribute.ON_REQUEST, withhold_reason="涉及个人")
    with pytest.raises(reviewing.Refused, match="不得发布"):
        reviewing.publish_at_once(page=office.page, by=office.final, on=FRIDAY, reason="急。")


def test_no_button_and_no_call_publishes_what_is_not_reviewed(office: Office, superuser: User) -> None:
    office.state.workflow_state.cancel(user=office.drafter)
    revision = office.saved().get_latest_revision()
    for person in (office.final, superuser):
        edit = _as(person).get(f"/admin/pages/{office.page.pk}/edit/").content.decode()
        assert "action-publish" not in edit
        assert "提交审核" in edit
        with pytest.raises(PermissionDenied):
            revision.publish(user=person)
    assert not office.is_live()


@pytest.mark.parametrize("action", ["action-publish", "action-submit", ""])
def test_an_editors_save_is_a_draft_whatever_the_button(office: Office, action: str) -> None:
    office.decide(office.secrecy, RETURNED)
    form = _form(title="第二稿", slug=office.page.slug, **({action: "1"} if action else {}))
    _as(office.final).post(f"/admin/pages/{office.page.pk}/edit/", form)
    page = office.saved()
    assert page.get_latest_revision_as_object().title == "第二稿"
    assert not page.live
    assert (office.state is not None) is (action == "action-submit")


def test_bulk_publishing_is_refused(office: Office, superuser: User) -> None:
    for person in (office.final, superuser):
        answer = _as(person).post(
            f"/admin/bulk/wagtailcore/page/publish/?id={office.page.pk}&next=/admin/", follow=True
        )
        assert "一事一审" in answer.content.decode()
    assert not office.is_live()


def test_wagtails_own_moderation_buttons_decide_nothing(office: Office) -> None:
    for action in ("approve", "reject"):
        names = {"page_id": office.page.pk, "action_name": action, "task_state_id": office.state.pk}
        address = reverse("wagtailadmin_pages:workflow_action", kwargs=names)
        assert _as(office.secrecy).post(address, {"comment": ""}).status_code in {302, 403}
    assert office.trail() == []
    assert office.state.task.name == "保密审查"


def test_a_copy_does_not_go_public(office: Office, superuser: User) -> None:
    public = office.county.document(office.county.bureau, "已公开的文件")
    given = {
        "new_title": "副本",
        "new_slug": "fuben",
        "new_parent_page": public.get_parent().pk,
        "publish_copies": "on",
    }
    answer = _as(superuser).post(f"/admin/pages/{public.pk}/copy/", given, follow=True)
    assert "复制的内容只能存为草稿" in answer.content.decode()
    assert not DocumentPage.objects.filter(slug="fuben").exists()


def test_a_finding_to_be_dealt_with_passes_only_with_a_reason(office: Office) -> None:
    office.state.workflow_state.cancel(user=office.drafter)
    office.change(
        body=body_of("<p>联系人手机13800138000。</p>", '<p><a linktype="page" id="999999">通知</a></p>')
    )
    office.submit()
    page = _as(office.secrecy).get(f"/admin/shenhe/{office.page.pk}/").content.decode()
    assert "链接的页面已经不存在" in page
    assert _post(office, office.secrecy, PASSED, despite="办公电话。") == 409
    assert _post(office, office.secrecy, PASSED, meant="on") == 409
    assert _post(office, office.secrecy, PASSED, meant="on", despite="办公电话。") == 302
    record = reviewing.trail_of(office.page).get()
    assert record.despite == "办公电话。"
    assert "13800138000" not in str(record.findings)
    assert {finding["level"] for finding in record.findings} >= {"block"}


def test_missing_metadata_and_links_to_drafts_are_pointed_out(county: County) -> None:
    draft = county.document(county.bureau, "草稿", live=False)
    body = body_of(f'<p>见<a linktype="page" id="{draft.pk}">草稿</a></p>')
    findings = findings_of(county.document(county.bureau, "办法", body=body), FRIDAY)
    messages = {finding["message"] for finding in findings}
    assert {"没有填写：主题分类、体裁分类、目录事项。", "链接的页面没有公开。"} <= messages


def test_the_trail_is_appended_only(office: Office) -> None:
    record = office.decide(office.secrecy)
    record.remarks = "改过"
    for change in (record.save, record.delete, ReviewRecord.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        ReviewRecord.objects.update(remarks="改过")
    with pytest.raises(ProtectedError):
        office.saved().delete()


@pytest.mark.parametrize("above", [False, True])
def test_a_page_with_a_trail_is_not_deleted(office: Office, superuser: User, above: bool) -> None:
    office.decide(office.secrecy, RETURNED)
    pk = office.page.get_parent().pk if above else office.page.pk
    _as(superuser).post(f"/admin/pages/{pk}/delete/")
    assert DocumentPage.objects.filter(pk=office.page.pk).exists()


def test_what_is_taken_off_the_portal_is_on_record(office: Office, superuser: User) -> None:
    office.pass_all()
    _as(superuser).post(f"/admin/pages/{office.page.pk}/unpublish/")
    assert not office.is_live()
    assert office.trail()[-1] == (ReviewStep.FINAL, ReviewDecision.WITHDRAWN, superuser)
    with pytest.raises(PermissionDenied):
        office.saved().get_latest_revision().publish(user=superuser)


def test_the_work_list_shows_what_waits_and_since_when(office: Office) -> None:
    address = "/admin/shenhe/"
    assert "没有等待您审核" in _as(office.initial).get(address).content.decode()
    office.decide(office.secrecy)
    for where in (address, "/admin/"):
        page = _as(office.initial).get(where).content.decode()
        assert "学区划分办法" in page
        assert timezone.localtime(office.state.started_at).strftime("%Y-%m-%d %H:%M") in page


def test_the_trail_stands_on_the_edit_page(office: Office) -> None:
    office.decide(office.secrecy, RETURNED, remarks="第三段请核实。")
    assert (
        "第三段请核实。" in _as(office.drafter).get(f"/admin/pages/{office.page.pk}/edit/").content.decode()
    )


def test_an_administrator_orders_the_steps_anew(office: Office) -> None:
    workflow = Workflow.objects.get(name="信息发布审核")
    office.state.workflow_state.cancel(user=office.drafter)
    workflow.workflow_tasks.filter(task__name="复审").delete()
    office.submit()
    for person in (office.secrecy, office.initial, office.final):
        office.decide(person)
    assert office.is_live()


@pytest.mark.parametrize("left_out", ["保密审查", "终审"])
def test_no_order_of_steps_goes_without_secrecy_review_or_approval(office: Office, left_out: str) -> None:
    workflow = Workflow.objects.get(name="信息发布审核")
    office.state.workflow_state.cancel(user=office.drafter)
    workflow.workflow_tasks.filter(task__name=left_out).delete()
    office.submit()
    left = [person for person in office.people if person not in {office.secrecy, office.final}]
    people = [*left, office.final] if left_out == "保密审查" else [office.secrecy, *left]
    with pytest.raises(PermissionDenied):
        for person in people:
            office.decide(person)
    assert not office.is_live()


def test_the_administrator_may_order_the_steps(client_of: Callable[..., Client], county: County) -> None:
    workflow = county.column(county.bureau, ColumnKind.CONTENT).get_workflow()
    address = f"/admin/workflows/edit/{workflow.pk}/"
    assert client_of(Role.ADMINISTRATOR).get(address).status_code == 200
    assert client_of(Role.APPROVER, county.bureau).get(address).status_code == 302


def test_a_body_without_authority_answers_itself(county: County) -> None:
    agencies: list[Agency] = [reviewing.authority_of(each) for each in (county.bureau, county.office)]
    assert agencies == [county.office, county.office]

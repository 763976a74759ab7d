"""A draft's way to publication: who may take which step, from where, and what each leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from county import County
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from drafts import NOW, WORDS, YEAR, Office, approved, begun, filled, office, ready, step

import gongkai
from gongkai.report import codec
from gongkai.web.agencies.models import Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import DraftState, ReportStatus
from gongkai.web.oversight.models import AnnualReport, Draft, Explanation
from gongkai.web.oversight.services import ledger
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting import explaining, workflow, writing
from gongkai.web.oversight.services.drafting.scope import check_may_publish
from gongkai.web.oversight.services.reports import registering, repair
from gongkai.web.oversight.services.reports.settled import report_of

S = DraftState
MAY = {
    "clerk": {"songshen": S.DRAFTING, "chongxin-qicao": S.APPROVED},
    "reviewer": {"tongguo": S.SUBMITTED, "shenhe-tuihui": S.SUBMITTED},
    "approver": {"shending": S.REVIEWED, "shending-tuihui": S.REVIEWED},
    "supervisor": {},
    "stranger": {},
}


@pytest.fixture
def made(county: County) -> tuple[Draft, Office]:
    """A draft with nothing wanting, and the bureau's people."""
    return ready(county)


def at(draft: Draft, of: Office, state: DraftState) -> Draft:
    """Bring a draft to a state."""
    steps = [("songshen", of.clerk), ("tongguo", of.reviewer), ("shending", of.approver)]
    for code, by in steps[: list(S).index(state)]:
        draft = step(draft, code, by)
    assert draft.state == state
    return draft


@pytest.mark.parametrize("state", list(S))
def test_each_step_is_taken_by_one_role_from_one_state(
    made: tuple[Draft, Office], county: County, state: DraftState
) -> None:
    draft, of = made
    draft = at(draft, of, state)
    people = {
        "clerk": of.clerk,
        "reviewer": of.reviewer,
        "approver": of.approver,
        "supervisor": county.person(Role.SUPERVISOR, county.office),
        "stranger": county.person(Role.APPROVER, county.stranger),
    }
    for who, person in people.items():
        may = {code for code, start in MAY[who].items() if start == state}
        assert {each.code for each in workflow.steps_of(person, draft)} == may, who
        for code in set(workflow.STEPS) - may:
            with pytest.raises(Refused):
                step(draft, code, person, "理由")
        draft.refresh_from_db()
        assert draft.state == state


def test_nobody_decides_on_what_they_sent_up_or_reviewed(made: tuple[Draft, Office]) -> None:
    draft, of = made
    groups = Group.objects.in_bulk([Role.REVIEWER.value, Role.APPROVER.value], field_name="name")
    of.clerk.groups.add(*groups.values())
    everything = User.objects.get(pk=of.clerk.pk)
    step(draft, "songshen", everything)
    for code in ("tongguo", "shenhe-tuihui"):
        with pytest.raises(Refused, match="由您送审"):
            step(draft, code, everything, "理由")
    of.reviewer.groups.add(groups[Role.APPROVER.value])
    both = User.objects.get(pk=of.reviewer.pk)
    step(draft, "tongguo", both)
    with pytest.raises(Refused, match="由您送审"):
        step(draft, "shending", everything)
    with pytest.raises(Refused, match="由您审核"):
        step(draft, "shending", both)
    assert step(draft, "shending", of.approver).state == S.APPROVED


def test_without_another_reviewer_a_draft_goes_straight_to_the_approver(made: tuple[Draft, Office]) -> None:
    draft, of = made
    of.reviewer.groups.clear()
    assert step(draft, "songshen", of.clerk).state == S.REVIEWED
    assert step(draft, "shending", of.approver).reviewed_by is None


def test_sending_up_refuses_gaps_a_running_year_and_errors_nobody_explained(
    made: tuple[Draft, Office],
) -> None:
    draft, of = made
    with pytest.raises(Refused, match="还没有结束"):
        step(draft, "songshen", of.clerk, days=-20)
    gap = {"problems": "{请写明问题}"}
    draft, _ = writing.save_texts(draft=draft, texts=gap, seen=draft.saves, by=of.clerk, now=NOW)
    with pytest.raises(Refused, match="待填：请写明问题"):
        step(draft, "songshen", of.clerk)
    wrong = {"problems": f"本年度新收政府信息公开申请999件。{WORDS}"}
    draft, _ = writing.save_texts(draft=draft, texts=wrong, seen=draft.saves, by=of.clerk, now=NOW)
    with pytest.raises(Refused, match="个错误没有改正"):
        step(draft, "songshen", of.clerk)
    for finding in draft.audit["findings"]:
        if finding["level"] == "error":
            explaining.explain(draft=draft, key=finding["key"], reason="引用旧数", by=of.clerk, now=NOW)
    assert step(draft, "songshen", of.clerk).state == S.SUBMITTED


def test_what_is_sent_up_is_frozen_and_not_changed(made: tuple[Draft, Office]) -> None:
    draft, of = made
    draft = step(draft, "songshen", of.clerk)
    frozen = draft.frozen
    common = {"draft": draft, "seen": draft.saves, "by": of.clerk, "now": NOW}
    with pytest.raises(Refused, match="不能修改"):
        writing.save_texts(**common, texts={"overview": "甲"})
    draft.refresh_from_db()
    assert draft.frozen == frozen and frozen["cells"]["t3.new.total"]["how"] == "counted"


def test_sending_back_needs_a_reason_and_opens_the_draft_again(made: tuple[Draft, Office]) -> None:
    draft, of = made
    step(draft, "songshen", of.clerk)
    with pytest.raises(Refused, match="写明退回修改的理由"):
        step(draft, "shenhe-tuihui", of.reviewer)
    draft = step(draft, "shenhe-tuihui", of.reviewer, "第五部分太空")
    assert (draft.state, draft.frozen, draft.submitted_by) == (S.DRAFTING, None, None)
    assert draft.events.latest("sequence").details["reason"] == "第五部分太空"
    told = Notification.objects.filter(recipient=of.clerk).latest("pk")
    assert told.title.endswith("已退回修改") and told.path == f"/admin/nianbao/qicao/{draft.pk}/"


def test_whoever_is_next_is_told(made: tuple[Draft, Office]) -> None:
    draft, of = made
    for code, by, told in (
        ("songshen", of.clerk, of.reviewer),
        ("tongguo", of.reviewer, of.approver),
        ("shending", of.approver, of.clerk),
    ):
        before = Notification.objects.filter(recipient=told).count()
        step(draft, code, by)
        assert Notification.objects.filter(recipient=told).count() == before + 1, code


def test_approval_makes_an_audited_version_of_the_report(
    made: tuple[Draft, Office], supervisor: User
) -> None:
    draft, of = made
    draft = approved(draft, of)
    report = draft.report
    assert (report.status, report.version, report.reader) == (
        ReportStatus.AUDITED,
        1,
        f"起草 {gongkai.__version__}",
    )
    assert report.source_name.endswith(".docx") and report.uploaded_by == of.approver
    assert report_of(report) == codec.load(draft.frozen)
    with pytest.raises(Refused, match="无需重新识读"):
        repair.reread_report(report=report, by=supervisor, now=NOW)
    with report.source_file.open("rb") as file:
        read = registering.read_upload(data=file.read(), name=report.source_name).report
    numbers = {cell: report_of(report).value(cell) for cell in read.form.cells()}
    assert {cell: read.value(cell) for cell in read.form.cells()} == numbers, (
        "the file says what was approved"
    )
    assert draft.events.get(act="approved").report == report
    assert list(ledger.breaks()) == [] and list(ledger.altered_originals()) == []


def test_the_bodys_approver_publishes_what_was_drafted_here_only(
    made: tuple[Draft, Office], supervisor: User
) -> None:
    draft, of = made
    report = approved(draft, of).report
    for person in (of.clerk, of.reviewer):
        with pytest.raises(PermissionDenied):
            check_may_publish(person, report)
    client = Client()
    client.force_login(of.approver)
    assert client.get(f"/admin/nianbao/{report.pk}/gongkai/").status_code == 200
    client.post(f"/admin/nianbao/{report.pk}/gongkai/")
    report.refresh_from_db()
    assert (report.status, report.published_by) == (ReportStatus.PUBLISHED, of.approver)
    assert client.get(f"/nianbao/{of.agency.slug}/{YEAR}/").status_code == 200
    Draft.objects.filter(pk=draft.pk).update(state=S.DRAFTING, report=None)
    with pytest.raises(PermissionDenied):
        check_may_publish(of.approver, report)
    check_may_publish(supervisor, report)


def test_a_correction_becomes_the_next_version(made: tuple[Draft, Office]) -> None:
    draft, of = made
    draft = approved(draft, of)
    first = draft.report
    with pytest.raises(Refused, match="理由"):
        step(draft, "chongxin-qicao", of.clerk)
    draft = step(draft, "chongxin-qicao", of.clerk, "第六部分漏写一项")
    assert (draft.state, draft.report) == (S.DRAFTING, first)
    with pytest.raises(Refused, match="无需重复登记"):
        approved(draft, of)
    step(draft, "shending-tuihui", of.approver, "没有改动")
    draft.refresh_from_db()
    draft, _ = writing.save_texts(
        draft=draft, texts={"other_matters": "2025年度收取信息处理费{收取信息处理费}元。"}, seen=draft.saves,
        by=of.clerk, now=NOW,
    )  # fmt: skip
    second = approved(draft, of).report
    first.refresh_from_db()
    assert (second.version, second.is_current, first.is_current) == (2, True, False)


def test_a_step_on_a_page_gone_stale_is_refused(made: tuple[Draft, Office]) -> None:
    draft, of = made
    common = {"draft": draft, "step": "songshen", "by": of.clerk, "now": NOW}
    with pytest.raises(Refused, match="新的修改"):
        workflow.take_step(**common, seen=draft.saves - 1)
    with pytest.raises(Refused, match="没有这种办理"):
        workflow.take_step(**common | {"step": "no"}, seen=draft.saves)


def test_what_was_altered_behind_its_back_is_not_approved(made: tuple[Draft, Office]) -> None:
    draft, of = made
    step(draft, "songshen", of.clerk)
    draft = step(draft, "tongguo", of.reviewer)
    draft.frozen["table3"]["new"]["total"] = 12345
    draft.save(update_fields=["frozen"])
    with pytest.raises(Refused, match="与送审时不同"):
        step(draft, "shending", of.approver)
    assert AnnualReport.objects.count() == 0


def test_an_explanation_taken_back_while_it_is_sent_up_holds_it(
    made: tuple[Draft, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, of = made
    draft = wrong(draft, of.clerk)
    key = next(f["key"] for f in draft.audit["findings"] if f["level"] == "error")
    explaining.explain(draft=draft, key=key, reason="引用旧数", by=of.clerk, now=NOW)
    at = workflow._at

    def _a_moment_later(*args: object) -> Draft:
        explaining.take_back(draft=draft, key=key, by=of.clerk, now=NOW)
        return at(*args)

    monkeypatch.setattr(workflow, "_at", _a_moment_later)
    with pytest.raises(Refused, match="没有改正"):
        step(draft, "songshen", of.clerk)


def test_a_governments_report_is_written_by_its_offices_supervisor(county: County) -> None:
    of = office(county, county.office)
    supervisor = county.person(Role.SUPERVISOR, county.office)
    with pytest.raises(PermissionDenied):
        writing.begin(agency=county.government, year=YEAR, by=of.clerk, now=NOW)
    draft = writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW)
    assert [each.code for each in workflow.steps_of(supervisor, draft)] == ["songshen"]
    assert workflow.steps_of(of.clerk, draft) == []


# What was found and explained


def wrong(draft: Draft, by: User) -> Draft:
    """Write a number that the table does not have."""
    draft.refresh_from_db()
    texts = {"problems": f"本年度新收政府信息公开申请999件。{WORDS}"}
    draft, _ = writing.save_texts(draft=draft, texts=texts, seen=draft.saves, by=by, now=NOW)
    return draft


def test_a_finding_is_explained_and_the_explanation_holds_next_year(county: County) -> None:
    of = office(county, county.bureau)
    last = wrong(begun(of, YEAR - 1), of.clerk)
    assert last.errors_open == 1
    (error,) = [f for f in last.audit["findings"] if f["level"] == "error"]
    explaining.explain(draft=last, key=error["key"], reason="引用上级口径", by=of.clerk, now=NOW)
    last.refresh_from_db()
    assert last.errors_open == 0 and Explanation.objects.get().year == YEAR - 1
    draft = wrong(begun(of), of.clerk)
    assert draft.errors_open == 0, "the same rule at the same place"
    client = Client()
    client.force_login(of.clerk)
    assert (
        f"{YEAR - 1} 年报告的说明，沿用" in client.get(f"/admin/nianbao/qicao/{draft.pk}/").content.decode()
    )
    key = next(f["key"] for f in draft.audit["findings"] if f["level"] == "error")
    explaining.take_back(draft=draft, key=key, by=of.clerk, now=NOW + timedelta(days=1))
    draft.refresh_from_db()
    last.refresh_from_db()
    assert draft.errors_open == 1
    explanations = last.agency.explanations
    assert [row.is_taken_back for row in explanations.all()] == [False, True]


def test_explaining_refuses_others_blank_reasons_and_what_was_not_found(county: County) -> None:
    of = office(county, county.bureau)
    draft = wrong(begun(of), of.clerk)
    key = next(f["key"] for f in draft.audit["findings"] if f["level"] == "error")
    common: dict[str, object] = {"draft": draft, "key": key, "now": NOW}
    with pytest.raises(PermissionDenied):
        explaining.explain(**common, reason="有", by=of.approver)
    with pytest.raises(Refused, match="写明"):
        explaining.explain(**common, reason=" ", by=of.clerk)
    with pytest.raises(Refused, match="没有这个问题"):
        explaining.explain(**common | {"key": "0" * 16}, reason="有", by=of.clerk)
    with pytest.raises(Refused, match="没有说明"):
        explaining.take_back(**common, by=of.clerk)
    explaining.explain(**common, reason="有", by=of.clerk)
    with pytest.raises(Refused, match="已经说明"):
        explaining.explain(**common, reason="有", by=of.clerk)


@pytest.mark.parametrize("kind", ["own", "sister"])
def test_words_like_another_report_are_named_with_their_share(
    county: County, made: tuple[Draft, Office], kind: str
) -> None:
    draft, of = made
    if kind == "own":
        draft = approved(draft, of)
        again = begun(of, YEAR + 1, NOW + timedelta(days=360))
        other, by = again, of.clerk
    else:
        approved(draft, of)
        sister = office(county, _sister(county))
        other, by = begun(sister), sister.clerk
    other = filled(other, by)
    (alike,) = other.audit["alike"]
    assert (alike["agency"], alike["year"]) == (county.bureau.name, YEAR)
    assert alike["share"] > 0.8 and alike["is_own"] is (kind == "own")


def _sister(county: County) -> object:
    bureau = county.bureau
    return type(bureau).objects.create(
        name="测溪县水务局", short_name="县水务局", slug="cexi-shuiwuju", kind=bureau.kind,
        parent=bureau.parent, region_code="990101", competent_authority=county.office,
    )  # fmt: skip


def test_the_table_of_steps_names_each_state_and_role() -> None:
    assert {step.start for step in workflow.STEPS.values()} == set(S)
    assert all(step.code == code for code, step in workflow.STEPS.items())

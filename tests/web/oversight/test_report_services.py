"""The acts on annual reports: what each does, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from filing import FAULTY, NOW, file_of, finding_of, published, send, send_file

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Act, ReportStatus, Standing
from gongkai.web.oversight.models import AnnualReport, AuditRun, FindingReview, ReportEvent, StagedUpload
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import auditing, collecting, publishing, registering
from gongkai.web.oversight.services.reports.auditing import latest_reviews, standing


def stored_files() -> set[str]:
    try:
        return set(storages["private"].listdir("annual-reports")[1])
    except FileNotFoundError:
        return set()


def test_a_file_is_read_and_its_body_and_year_proposed(county: County, supervisor: User) -> None:
    file = file_of(county.bureau)
    staged = registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    assert collecting.recognised_agency(staged=staged, by=supervisor) == county.bureau
    assert staged.reading["year"] == 2024
    assert not AnnualReport.objects.exists()


def test_a_body_beyond_the_supervisors_care_is_not_proposed(county: County, supervisor: User) -> None:
    file = file_of(county.stranger)
    staged = registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    assert collecting.recognised_agency(staged=staged, by=supervisor) is None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.docx"),
        (b"PK\x03\x04 cut short", "broken.docx"),
        (b"%PDF-1.7 and nothing more", "broken.pdf"),
        ("今天天气很好。\n".encode(), "note.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc"),
        (b"<html><script>alert(1)</script></html>", "page.html"),
    ],
)
def test_a_file_that_is_no_report_leaves_nothing(supervisor: User, data: bytes, name: str) -> None:
    before = stored_files()
    with pytest.raises(registering.Refused) as refusal:
        registering.stage_upload(data=data, name=name, by=supervisor, now=NOW)
    assert str(refusal.value).endswith("。") and "Traceback" not in str(refusal.value)
    assert not StagedUpload.objects.exists() and not ReportEvent.objects.exists()
    assert stored_files() == before


def test_a_file_over_the_limit_is_not_even_read(supervisor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registering, "MAX_BYTES", 10)
    monkeypatch.setattr(registering, "read_guarded", lambda *_: pytest.fail("read"))
    with pytest.raises(registering.Refused, match="MB"):
        registering.stage_upload(data=b"x" * 11, name="big.txt", by=supervisor, now=NOW)


def test_the_strangers_name_never_becomes_a_path(county: County, supervisor: User) -> None:
    file = file_of(county.bureau)
    name = "..\\..\\etc/<b>年报\n</b>.html"
    staged = registering.stage_upload(data=file.data, name=name, by=supervisor, now=NOW)
    assert staged.source_name == "b>.html"
    assert staged.source_file.name.startswith(f"annual-reports/{staged.source_sha256}")


def test_a_stored_file_goes_with_a_row_that_cannot_be_saved(
    county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files()
    monkeypatch.setattr(StagedUpload, "save", lambda *_: 1 / 0)
    file = file_of(county.township)
    with pytest.raises(ZeroDivisionError):
        registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    assert stored_files() == before


def test_a_file_nobody_registers_is_forgotten_after_its_days(county: County, supervisor: User) -> None:
    old = file_of(county.bureau, 2022)
    long_ago = NOW - registering.STAGED_FOR - timedelta(hours=1)
    registering.stage_upload(data=old.data, name=old.name, by=supervisor, now=long_ago)
    new = file_of(county.bureau, 2023)
    staged = registering.stage_upload(data=new.data, name=new.name, by=supervisor, now=NOW)
    assert list(StagedUpload.objects.all()) == [staged]


def test_registering_makes_the_first_version_and_its_event(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor)
    assert (report.version, report.is_current, report.status) == (1, True, ReportStatus.AUDITED)
    assert report.source_file.open("rb").read() == file_of(county.bureau).data
    assert [e.act for e in report.events.all()] == [Act.UPLOADED, Act.AUDITED]
    assert not StagedUpload.objects.exists()


def test_a_new_upload_is_a_new_version_and_the_old_one_stays(county: County, supervisor: User) -> None:
    first = send(county.bureau, supervisor)
    second = send(county.bureau, supervisor, faults=FAULTY)
    first.refresh_from_db()
    assert (first.version, first.is_current) == (1, False)
    assert (second.version, second.is_current) == (2, True)
    assert first.source_file.open("rb").read() != second.source_file.open("rb").read()


def test_the_same_file_is_not_registered_twice(county: County, supervisor: User) -> None:
    send(county.bureau, supervisor)
    with pytest.raises(registering.Refused, match="无需重复"):
        send(county.bureau, supervisor)
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("year", [2018, 2026])
def test_a_year_that_can_have_no_report_is_refused(county: County, supervisor: User, year: int) -> None:
    with pytest.raises(registering.Refused, match="年度"):
        send_file(file_of(county.bureau), county.bureau, supervisor, year)


def test_the_body_may_be_corrected_against_the_file(county: County, supervisor: User) -> None:
    report = send_file(file_of(county.bureau), county.township, supervisor)
    assert report.agency == county.township
    assert report.reading["agency"] == county.bureau.name


def test_the_audit_compares_with_last_years_report(county: County, supervisor: User) -> None:
    last = send_file(file_of(county.bureau, 2023, faults=("balance",)), county.bureau, supervisor, 2023)
    alone = send(county.township, supervisor)
    report = send(county.bureau, supervisor)
    assert report.audits.get().last_report == last
    assert alone.audits.get().last_report is None


def test_the_published_version_of_last_year_is_the_one_to_compare_with(
    county: County, supervisor: User
) -> None:
    public = published(county.bureau, supervisor, 2023)
    send(county.bureau, supervisor, 2023, faults=FAULTY)
    assert send(county.bureau, supervisor).audits.get().last_report == public


def test_an_audit_in_a_child_process_finds_the_same(
    county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    here = report.audits.get()
    monkeypatch.setattr(auditing, "ORDINARY_PROSE", 0)
    there = registering.audit_report(report=report, by=supervisor, now=NOW)
    assert (there.findings, there.not_assessed) == (here.findings, here.not_assessed)


def test_an_audit_that_comes_to_no_end_is_stopped_and_leaves_the_report_registered(
    county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(county.bureau)
    staged = registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    report = registering.upload_report(staged=staged, agency=county.bureau, year=2024, by=supervisor, now=NOW)
    monkeypatch.setattr(auditing, "ORDINARY_PROSE", 0)
    monkeypatch.setattr(auditing, "SECONDS", 0.01)
    with pytest.raises(registering.Refused, match="超过时限"):
        registering.audit_report(report=report, by=supervisor, now=NOW)
    report.refresh_from_db()
    assert report.status == ReportStatus.DRAFT and not report.audits.exists()


def test_an_old_version_is_neither_audited_nor_decided_on(county: County, supervisor: User) -> None:
    old = send(county.bureau, supervisor, faults=FAULTY)
    send(county.bureau, supervisor)
    with pytest.raises(registering.Refused, match="更新的版本"):
        registering.audit_report(report=old, by=supervisor, now=NOW)
    with pytest.raises(registering.Refused, match="更新的版本"):
        registering.confirm_finding(report=old, key=finding_of(old, "RQ"), by=supervisor, now=NOW)


def test_findings_are_counted_as_they_are_decided(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    total, errors = report.findings_open, report.errors_open
    assert errors >= 2
    registering.confirm_finding(report=report, key=finding_of(report, "RQ"), by=supervisor, now=NOW)
    registering.dismiss_finding(
        report=report, key=finding_of(report, "NR"), reason="口径不同", by=supervisor, now=NOW
    )
    report.refresh_from_db()
    assert (report.findings_confirmed, report.findings_dismissed) == (1, 1)
    assert report.findings_open == total - 2


def test_a_dismissal_needs_its_reason(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    with pytest.raises(registering.Refused, match="理由"):
        registering.dismiss_finding(
            report=report, key=finding_of(report, "RQ"), reason=" \n", by=supervisor, now=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingReview(report=report, finding_key="k", decision="dismissed", by=supervisor, at=NOW).save()
    assert not FindingReview.objects.exists()


def test_a_finding_that_is_not_in_the_audit_cannot_be_decided(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    with pytest.raises(registering.Refused, match="没有这个问题"):
        registering.confirm_finding(report=report, key="0" * 16, by=supervisor, now=NOW)


def test_a_dismissed_finding_stays_dismissed_after_another_audit(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    key = finding_of(report, "NR")
    registering.dismiss_finding(report=report, key=key, reason="按受理口径填写", by=supervisor, now=NOW)
    registering.audit_report(report=report, by=supervisor, now=NOW + timedelta(days=1))
    assert standing(latest_reviews(report)[key]) == Standing.DISMISSED
    report.refresh_from_db()
    assert report.findings_dismissed == 1


def test_a_dismissed_finding_stays_dismissed_when_the_content_comes_again(
    county: County, supervisor: User
) -> None:
    first = send(county.bureau, supervisor, faults=FAULTY)
    key = finding_of(first, "RQ")
    registering.dismiss_finding(report=first, key=key, reason="已核对台账", by=supervisor, now=NOW)
    again = send(county.bureau, supervisor, faults=FAULTY, layout="docx_merged")
    assert again.version == 2
    assert key in {f["key"] for f in again.audits.get().findings}
    assert again.findings_dismissed == 1


def test_taking_a_decision_back_appends_and_edits_nothing(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    key = finding_of(report, "RQ")
    registering.dismiss_finding(report=report, key=key, reason="误报", by=supervisor, now=NOW)
    registering.undo_review(report=report, key=key, by=supervisor, now=NOW)
    assert [r.decision for r in FindingReview.objects.all()] == ["dismissed", "reopened"]
    assert standing(latest_reviews(report)[key]) == Standing.OPEN
    with pytest.raises(registering.Refused, match="无需撤销"):
        registering.undo_review(report=report, key=key, by=supervisor, now=NOW)
    with pytest.raises(TypeError):
        FindingReview.objects.update(reason="另写")
    with pytest.raises(TypeError):
        FindingReview.objects.first().save()
    with pytest.raises(TypeError):
        FindingReview.objects.first().delete()


def test_open_errors_must_be_owned_up_to_before_publishing(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    with pytest.raises(publishing.NeedsConfirmation, match="错误没有处理"):
        publishing.publish_report(report=report, by=supervisor, now=NOW)
    report.refresh_from_db()
    assert report.status == ReportStatus.AUDITED
    publishing.publish_report(report=report, by=supervisor, now=NOW, despite_errors=True)
    report.refresh_from_db()
    assert (report.status, report.published_by, report.published_at) == ("published", supervisor, NOW)


def test_a_new_version_takes_the_place_of_the_public_one_only_when_published(
    county: County, supervisor: User
) -> None:
    old = published(county.bureau, supervisor)
    new = send(county.bureau, supervisor, faults=FAULTY)
    assert AnnualReport.objects.published().get() == old
    publishing.publish_report(report=new, by=supervisor, now=NOW, despite_errors=True)
    assert AnnualReport.objects.published().get() == new
    old.refresh_from_db()
    assert old.status == ReportStatus.SUPERSEDED


def test_what_is_public_is_not_published_again(county: County, supervisor: User) -> None:
    report = published(county.bureau, supervisor)
    with pytest.raises(registering.Refused, match="已经公开"):
        publishing.publish_report(report=report, by=supervisor, now=NOW, despite_errors=True)


def test_withdrawing_needs_a_public_report_and_a_reason(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor)
    with pytest.raises(registering.Refused, match="没有公开"):
        publishing.withdraw_report(report=report, reason="有误", by=supervisor, now=NOW)
    publishing.publish_report(report=report, by=supervisor, now=NOW, despite_errors=True)
    with pytest.raises(registering.Refused, match="原因"):
        publishing.withdraw_report(report=report, reason=" ", by=supervisor, now=NOW)
    publishing.withdraw_report(report=report, reason="表三有误，改正后重报", by=supervisor, now=NOW)
    report.refresh_from_db()
    assert (report.status, report.withdrawn_by) == (ReportStatus.WITHDRAWN, supervisor)
    publishing.publish_report(report=report, by=supervisor, now=NOW, despite_errors=True)
    report.refresh_from_db()
    assert report.withdrawn_at is None


def test_a_person_without_a_moment_is_refused_by_the_database(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(published_by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(status="published")


Action = Callable[[AnnualReport, User], Any]
ACTIONS: dict[str, Action] = {
    "audit": lambda report, by: registering.audit_report(report=report, by=by, now=NOW),
    "confirm": lambda report, by: registering.confirm_finding(
        report=report, key=finding_of(report, "RQ"), by=by, now=NOW
    ),
    "dismiss": lambda report, by: registering.dismiss_finding(
        report=report, key=finding_of(report, "RQ"), reason="误报", by=by, now=NOW
    ),
    "undo": lambda report, by: registering.undo_review(
        report=report, key=finding_of(report, "NR"), by=by, now=NOW
    ),
    "publish": lambda report, by: publishing.publish_report(
        report=report, by=by, now=NOW, despite_errors=True
    ),
    "withdraw": lambda report, by: publishing.withdraw_report(report=report, reason="有误", by=by, now=NOW),
}


@pytest.fixture
def ready_report(county: County, supervisor: User) -> AnnualReport:
    """A report with a decision to take back."""
    report = send(county.bureau, supervisor, faults=FAULTY)
    registering.confirm_finding(report=report, key=finding_of(report, "NR"), by=supervisor, now=NOW)
    return report


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("action", ACTIONS)
def test_only_a_supervisor_over_the_body_may_act(
    county: County, supervisor: User, ready_report: AnnualReport, action: str, role: Role | None
) -> None:
    if action == "withdraw":
        publishing.publish_report(report=ready_report, by=supervisor, now=NOW, despite_errors=True)
    events = ReportEvent.objects.count()
    person = county.person(role, county.office)
    if role is Role.SUPERVISOR:
        ACTIONS[action](ready_report, person)
        assert ReportEvent.objects.count() == events + 1
    else:
        with pytest.raises(PermissionDenied):
            ACTIONS[action](ready_report, person)
        assert ReportEvent.objects.count() == events


@pytest.mark.parametrize("action", ACTIONS)
def test_a_supervisor_of_another_body_may_not_act(
    county: County, ready_report: AnnualReport, action: str
) -> None:
    with pytest.raises(PermissionDenied):
        ACTIONS[action](ready_report, county.person(Role.SUPERVISOR, county.township))


def test_a_report_of_a_strangers_body_cannot_be_registered(county: County, supervisor: User) -> None:
    file = file_of(county.stranger)
    staged = registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    with pytest.raises(PermissionDenied):
        registering.upload_report(staged=staged, agency=county.stranger, year=2024, by=supervisor, now=NOW)
    assert not AnnualReport.objects.exists() and not ReportEvent.objects.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_an_act_that_fails_leaves_neither_row_nor_event(
    supervisor: User,
    ready_report: AnnualReport,
    action: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if action == "withdraw":
        publishing.publish_report(report=ready_report, by=supervisor, now=NOW, despite_errors=True)

    def state() -> list[Any]:
        return [
            list(AnnualReport.objects.values_list("pk", "status", "findings_open", "is_current")),
            ReportEvent.objects.count(),
            FindingReview.objects.count(),
            AuditRun.objects.count(),
        ]

    before = state()
    written = registering.append_event

    def write_then_fail(**facts: Any) -> None:
        written(**facts)
        raise OSError("disk full")

    for room in (registering, publishing):
        monkeypatch.setattr(room, "append_event", write_then_fail)
    with pytest.raises(OSError, match="disk full"):
        ACTIONS[action](ready_report, supervisor)
    assert state() == before
    assert list(breaks()) == []

"""What a careless or hostile person may try at the supervisor's desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from filing import FAULTY, NOW, file_of, finding_of, published, send

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, ReportEvent, StagedUpload
from gongkai.web.oversight.services.reports import exports, registering

LogIn = Callable[..., Client]


def at(name: str, *args: object) -> str:
    return reverse(f"annual_reports:{name}", args=args)


@pytest.fixture
def desk(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client(raise_request_exception=False)
    client.force_login(supervisor)
    return client


def staged(county: County, by: User, year: int = 2024, name: str = "") -> StagedUpload:
    file = file_of(county.bureau, year)
    return registering.stage_upload(data=file.data, name=name or file.name, by=by, now=NOW)


@pytest.mark.parametrize("suffix", [".hta", ".exe", ".js", ".docm"])
def test_an_original_never_keeps_an_extension_that_a_computer_would_run(
    county: County, supervisor: User, suffix: str
) -> None:
    kept = staged(county, supervisor, name=f"年报{suffix}")
    assert not kept.source_file.name.endswith(suffix)


def test_a_file_is_registered_once_though_sent_twice_from_two_windows(
    county: County, supervisor: User
) -> None:
    first = staged(county, supervisor)
    second = StagedUpload.objects.get(pk=first.pk)
    registering.upload_report(staged=first, agency=county.bureau, year=2024, by=supervisor, now=NOW)
    with pytest.raises(registering.Refused, match="已经登记或者放弃"):
        registering.upload_report(staged=second, agency=county.township, year=2023, by=supervisor, now=NOW)
    assert AnnualReport.objects.count() == 1


def test_a_file_dropped_in_one_window_after_it_was_registered_in_another_keeps_its_original(
    county: County, supervisor: User
) -> None:
    first = staged(county, supervisor)
    second = StagedUpload.objects.get(pk=first.pk)
    report = registering.upload_report(staged=first, agency=county.bureau, year=2024, by=supervisor, now=NOW)
    registering.discard_upload(staged=second)
    assert report.source_file.storage.exists(report.source_file.name)


def test_a_decision_sent_twice_is_recorded_once(desk: Client, county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    address = at("review", report.pk, finding_of(report, "RQ"))
    for _ in range(2):
        desk.post(address, {"act": "dismiss", "reason": "已核实"})
    assert ReportEvent.objects.filter(act="dismissed").count() == 1


def test_a_colleagues_decision_is_not_overruled_unseen(county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    key = finding_of(report, "RQ")
    registering.dismiss_finding(report=report, key=key, reason="已核实", by=supervisor, now=NOW)
    with pytest.raises(registering.Refused, match="已排除"):
        registering.confirm_finding(report=report, key=key, by=supervisor, now=NOW)


def test_a_reason_with_control_characters_is_kept_without_them(
    desk: Client, county: County, supervisor: User
) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    answer = desk.post(
        at("review", report.pk, finding_of(report, "RQ")),
        {"act": "dismiss", "reason": "已\x00核\u202e实\n属实"},
    )
    assert answer.status_code == 302
    assert report.reviews.get().reason == "已核实\n属实"


def test_a_lost_original_is_not_found_rather_than_a_failure(
    desk: Client, county: County, supervisor: User
) -> None:
    report = published(county.bureau, supervisor)
    report.source_file.storage.delete(report.source_file.name)
    assert desk.get(at("download", report.pk, "original")).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**18, 10**30])
@pytest.mark.parametrize("name", ["report", "register", "publish", "printout"])
def test_a_guessed_number_is_not_found(desk: Client, name: str, pk: int) -> None:
    assert desk.get(at(name, pk)).status_code == 404


def test_a_file_name_is_never_markup_in_a_message(desk: Client, county: County) -> None:
    data = file_of(county.bureau).data
    name = "<img src=x onerror=alert(1)>.html"
    page = desk.post(at("upload"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    kept = StagedUpload.objects.get()
    assert "<img src=x" not in page.content.decode()
    after = desk.post(at("register", kept.pk), {"discard": "1"}, follow=True)
    assert "&lt;img src=x" in after.content.decode() and "<img src=x" not in after.content.decode()


@pytest.mark.parametrize("text", ["-2+3+cmd|' /C calc'!A0", "=1+1", "@sum", "+1"])
def test_a_strangers_cell_is_no_formula_in_the_csv(text: str) -> None:
    assert exports._harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-", "—", "-3", "-3.5", "12"])
def test_a_number_stays_a_number_in_the_csv(text: str) -> None:
    assert exports._harmless(text) == text


def test_the_publishing_page_names_what_was_found_true_and_is_still_there(
    desk: Client, county: County, supervisor: User
) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    for finding in report.audits.get().findings:
        registering.confirm_finding(report=report, key=finding["key"], by=supervisor, now=NOW)
    page = desk.get(at("publish", report.pk)).content.decode()
    assert f"{len(report.audits.get().findings)} 个问题已认定属实" in page
    assert "没有待处理的问题" not in page


def test_another_body_or_year_than_the_file_says_must_be_meant(desk: Client, county: County) -> None:
    file = file_of(county.bureau)
    desk.post(at("upload"), {"file": SimpleUploadedFile(file.name, file.data)})
    kept = StagedUpload.objects.get()
    chosen = {"agency": county.township.pk, "year": 2024}
    asked = desk.post(at("register", kept.pk), chosen)
    assert asked.status_code == 422 and not AnnualReport.objects.exists()
    assert 'name="despite_file"' in asked.content.decode()
    assert desk.post(at("register", kept.pk), chosen | {"despite_file": "on"}).status_code == 302
    assert AnnualReport.objects.get().agency == county.township


@pytest.mark.parametrize("name", ["list", "upload"])
def test_each_page_of_the_desk_has_one_first_heading(desk: Client, name: str) -> None:
    page = desk.get(at(name)).content.decode()
    assert page.count("<h1") == 1 and 'class="gk-h"' in page.split("<h1")[1][:20]


@pytest.mark.parametrize("name", ["report", "publish", "withdraw"])
def test_each_page_of_a_report_has_one_first_heading_and_names_it_once(
    desk: Client, county: County, supervisor: User, name: str
) -> None:
    report = published(county.bureau, supervisor)
    page = desk.get(at(name, report.pk)).content.decode()
    assert page.count("<h1") == 1 and 'class="gk-h"' in page.split("<h1")[1][:20]


def test_a_clerk_of_one_body_reaches_no_file_of_another(
    county: County, client_of: LogIn, supervisor: User
) -> None:
    waiting = send(county.township, supervisor)
    clerk = client_of(Role.CLERK, county.bureau)
    for kind in ("original", "docx", "json", "csv", "audit.json"):
        assert clerk.get(at("download", waiting.pk, kind)).status_code == 404

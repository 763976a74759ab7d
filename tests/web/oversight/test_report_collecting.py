"""Many reports at once: files and archives sent, read, listed, and registered together or one by one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from filing import NOW, file_of, send

from gongkai.samples import Rendered
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, StagedUpload
from gongkai.web.oversight.services.reports import collecting, registering

LogIn = Callable[..., Client]
WAITING = "annual_reports:waiting"


@pytest.fixture
def desk(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


def archive(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return held.getvalue()


def upload(client: Client, files: Mapping[str, bytes]) -> object:
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(reverse("annual_reports:upload"), {"file": sent})


def county_archive(county: County) -> bytes:
    bodies: tuple[Agency, ...] = (county.bureau, county.township)
    reports: dict[str, Rendered] = {f"各机关/{body.short_name}.html": file_of(body) for body in bodies}
    return archive(
        {name: file.data for name, file in reports.items()} | {"各机关/说明.txt": "说明。".encode()}
    )


def texts(client: Client) -> str:
    return client.get(reverse(WAITING)).content.decode()


def test_every_file_of_an_archive_is_staged_or_named_with_the_reason(desk: Client, county: County) -> None:
    answer = upload(desk, {"全县.zip": county_archive(county)})
    assert answer.url == reverse(WAITING)
    assert {staged.source_name for staged in StagedUpload.objects.all()} == {
        f"{county.bureau.short_name}.html",
        f"{county.township.short_name}.html",
    }
    page = texts(desk)
    assert "1 个文件没有读出报告" in page and "全县.zip/各机关/说明.txt" in page
    assert county.bureau.name in page and county.township.name in page


def test_all_that_are_sure_are_registered_and_audited_at_once(desk: Client, county: County) -> None:
    upload(desk, {"全县.zip": county_archive(county)})
    sure = desk.get(reverse(WAITING)).context["sure"]
    assert {each.agency for each in sure} == {county.bureau, county.township}
    answer = desk.post(reverse(WAITING), {"file": [each.staged.pk for each in sure]})
    assert answer.url == reverse(WAITING)  # what could not be read is still to be seen
    reports = AnnualReport.objects.all()
    assert {report.agency for report in reports} == {county.bureau, county.township}
    assert all(report.status == "audited" and report.audits.count() == 1 for report in reports)
    assert desk.post(reverse(WAITING), {"forget": "1"}).url == reverse("annual_reports:list")


def test_only_what_is_picked_is_registered(desk: Client, county: County) -> None:
    upload(desk, {file.name: file.data for file in (file_of(county.bureau, layout="text_rows"),)})
    upload(desk, {"镇.html": file_of(county.township).data})
    staged = StagedUpload.objects.get(source_name="镇.html")
    desk.post(reverse(WAITING), {"file": [staged.pk, "x", "9" * 30]})
    assert AnnualReport.objects.get().agency == county.township
    assert StagedUpload.objects.count() == 1


def test_several_files_are_sent_in_one_go(desk: Client, county: County) -> None:
    files = {f"{body.slug}.html": file_of(body).data for body in (county.bureau, county.township)}
    assert upload(desk, files).url == reverse(WAITING)
    assert StagedUpload.objects.count() == 2


@pytest.mark.parametrize(
    ("year", "told"),
    [(2024, "与已登记的最新版本是同一份文件"), (2023, "")],
)
def test_what_was_registered_before_is_doubtful(
    county: County, supervisor: User, year: int, told: str
) -> None:
    send(county.bureau, supervisor)
    file = file_of(county.bureau, year)
    registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    (each,) = collecting.waiting_files(by=supervisor, now=NOW)
    assert each.doubts == ((told,) if told else ())


def test_two_files_of_one_body_and_year_and_strangers_are_doubtful(county: County, supervisor: User) -> None:
    for file in (
        file_of(county.bureau),
        file_of(county.bureau, layout="text_rows"),
        file_of(county.stranger),
    ):
        registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    first, second, third = collecting.waiting_files(by=supervisor, now=NOW)
    assert first.doubts == second.doubts == ("另有 1 份文件也是这个机关这一年的报告",)
    assert third.agency is None and "没有“" in third.doubts[0]
    chosen = {each.staged.pk for each in (first, second, third)}
    assert collecting.register_sure(chosen=chosen, by=supervisor, now=NOW).reports == []


def test_a_new_version_is_never_registered_unseen(county: County, supervisor: User) -> None:
    send(county.bureau, supervisor)
    file = file_of(county.bureau, layout="text_rows")
    registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    (each,) = collecting.waiting_files(by=supervisor, now=NOW)
    assert each.doubts == ("已登记过，登记后成为第 2 版",)


def test_one_by_one_leads_to_the_next_that_waits(desk: Client, county: County) -> None:
    upload(desk, {"全县.zip": county_archive(county)})
    first, last = StagedUpload.objects.order_by("pk")
    agency = {"year": 2024}
    answer = desk.post(
        reverse("annual_reports:register", args=[first.pk]), agency | {"agency": county.bureau.pk}
    )
    assert answer.url == reverse(WAITING)
    answer = desk.post(
        reverse("annual_reports:register", args=[last.pk]), agency | {"agency": county.township.pk}
    )
    assert answer.url == reverse("annual_reports:report", args=[AnnualReport.objects.latest("pk").pk])


def test_files_left_waiting_are_told_on_the_desk_and_can_be_dropped(desk: Client, county: County) -> None:
    upload(desk, {"a.html": file_of(county.bureau).data, "b.html": file_of(county.township).data})
    assert "有 2 份文件已经识读、还没有登记" in desk.get(reverse("annual_reports:list")).content.decode()
    first, last = StagedUpload.objects.order_by("pk")
    assert desk.post(reverse(WAITING), {"discard": first.pk}).url == reverse(WAITING)
    assert desk.post(reverse(WAITING), {"discard": last.pk}).url == reverse("annual_reports:list")
    assert not StagedUpload.objects.exists()


def test_an_archive_of_nothing_readable_keeps_nothing_and_names_each(desk: Client) -> None:
    notes = {"甲.txt": "甲".encode(), "<b>乙.txt": "乙".encode()}
    answer = upload(desk, {"全县.zip": archive(notes), "空.zip": archive({})})
    page = answer.content.decode()
    assert answer.status_code == 422 and "3 个文件都没有读出报告" in page
    assert "全县.zip/甲.txt" in page and "&lt;b&gt;乙.txt" in page and "里面没有可以读取的文件" in page
    assert not StagedUpload.objects.exists()


def test_what_there_is_no_time_for_is_named(
    county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "PATIENCE", -1.0)
    file = file_of(county.bureau)
    sent = [SimpleUploadedFile(file.name, file.data)]
    collected = collecting.stage_files(files=sent, by=supervisor, now=NOW)
    assert not collected.staged and "没有来得及" in collected.unstaged[0].why
    registering.stage_upload(data=file.data, name=file.name, by=supervisor, now=NOW)
    done = collecting.register_sure(chosen={StagedUpload.objects.get().pk}, by=supervisor, now=NOW)
    assert (done.reports, done.left) == ([], 1)


def test_anothers_waiting_files_are_neither_seen_nor_touched(
    county: County, client_of: LogIn, desk: Client
) -> None:
    upload(desk, {"a.html": file_of(county.bureau).data})
    kept = StagedUpload.objects.get()
    other = client_of(Role.SUPERVISOR, county.office)
    assert "a.html" not in other.get(reverse(WAITING)).content.decode()
    assert other.post(reverse(WAITING), {"discard": kept.pk}).status_code == 404
    other.post(reverse(WAITING), {"file": [kept.pk]})
    assert StagedUpload.objects.filter(pk=kept.pk).exists() and not AnnualReport.objects.exists()


def test_a_clerk_has_no_waiting_files(county: County, client_of: LogIn) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    page = clerk.get(reverse(WAITING))
    assert page.status_code in (302, 403) and "待登记" not in page.content.decode()

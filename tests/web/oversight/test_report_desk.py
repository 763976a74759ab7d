"""The supervisor's desk: who sees it, what it shows, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from filing import FAULTY, NOW, file_of, finding_of, published, send

from gongkai.report import codec
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, FindingReview, StagedUpload
from gongkai.web.oversight.services.reports import registering

LogIn = Callable[..., Client]


def at(name: str, *args: object) -> str:
    return reverse(f"annual_reports:{name}", args=args)


@pytest.fixture
def desk(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


@pytest.fixture
def faulty(county: County, supervisor: User) -> AnnualReport:
    """A report with two planted faults."""
    return send(county.bureau, supervisor, faults=FAULTY)


def upload(client: Client, data: bytes, name: str) -> object:
    return client.post(at("upload"), {"file": SimpleUploadedFile(name, data)})


def test_the_list_shows_reports_and_their_open_findings(desk: Client, faulty: AnnualReport) -> None:
    page = desk.get(at("list")).content.decode()
    assert faulty.agency.name in page
    assert f"错误 {faulty.errors_open}" in page


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ("year=2024", True),
        ("year=2023", False),
        ("status=audited", True),
        ("status=published", False),
        ("findings=open", True),
        ("findings=errors", True),
        ("findings=none", False),
        ("findings=illegible", False),
        ("year=nonsense", True),
    ],
)
def test_the_list_is_narrowed_by_its_filter(
    desk: Client, county: County, supervisor: User, faulty: AnnualReport, query: str, is_listed: bool
) -> None:
    published(county.township, supervisor, 2023)
    rows = desk.get(f"{at('list')}?{query}").context["page"].object_list
    assert (faulty.pk in [r.pk for r in rows]) is is_listed


def test_the_list_of_a_year_names_the_bodies_without_a_report(
    desk: Client, county: County, faulty: AnnualReport
) -> None:
    missing = desk.get(f"{at('list')}?year=2024").context["missing"]
    assert county.township in missing and faulty.agency not in missing


def test_the_list_takes_the_same_queries_however_long(desk: Client, county: County, supervisor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            desk.get(at("list"))
        return len(seen)

    send(county.bureau, supervisor)
    queries()
    one = queries()
    for agency in (county.township, county.office, county.government):
        send(agency, supervisor)
    send(county.bureau, supervisor, 2023)
    assert queries() == one


def test_the_report_takes_the_same_queries_however_many_findings(
    desk: Client, county: County, supervisor: User, faulty: AnnualReport
) -> None:
    clean = send(county.township, supervisor)
    for finding in faulty.audits.get().findings:
        registering.confirm_finding(report=faulty, key=finding["key"], by=supervisor, now=NOW)
    desk.get(at("report", clean.pk))
    counts = []
    for report in (clean, faulty):
        with CaptureQueriesContext(connection) as seen:
            desk.get(at("report", report.pk))
        counts.append(len(seen))
    assert counts[0] == counts[1]


PAGES = ["report", "publish", "withdraw", "printout"]


@pytest.mark.parametrize("name", PAGES)
def test_a_report_beyond_ones_care_is_not_found(
    county: County, client_of: LogIn, faulty: AnnualReport, name: str
) -> None:
    for role in Role:
        assert client_of(role, county.stranger).get(at(name, faulty.pk)).status_code == 404


@pytest.mark.parametrize("kind", ["original", "docx", "json", "csv", "audit.json"])
def test_a_file_beyond_ones_care_is_not_found(
    county: County, client_of: LogIn, faulty: AnnualReport, kind: str
) -> None:
    client = client_of(Role.SUPERVISOR, county.stranger)
    assert client.get(at("download", faulty.pk, kind)).status_code == 404


@pytest.mark.parametrize("name", ["audit", "publish", "withdraw"])
def test_a_strangers_act_is_not_found_and_changes_nothing(
    county: County, client_of: LogIn, faulty: AnnualReport, name: str
) -> None:
    client = client_of(Role.SUPERVISOR, county.stranger)
    answer = client.post(at(name, faulty.pk), {"despite_errors": "on", "reason": "x"})
    assert answer.status_code == 404
    faulty.refresh_from_db()
    assert faulty.status == "audited"


def test_nobody_outside_reaches_the_desk(faulty: AnnualReport) -> None:
    answer = Client().get(at("report", faulty.pk))
    assert answer.status_code == 302 and "login" in answer.url


def test_a_clerk_sees_their_own_bodys_report_and_no_buttons(
    county: County, client_of: LogIn, faulty: AnnualReport
) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    page = clerk.get(at("report", faulty.pk)).content.decode()
    assert "gk-card" in page and "data-gk-decide" not in page
    assert at("publish", faulty.pk) not in page
    assert clerk.get(at("report", send(county.township, faulty.uploaded_by).pk)).status_code == 404
    clerk.post(at("publish", faulty.pk), {"despite_errors": "on"})
    clerk.post(at("review", faulty.pk, finding_of(faulty, "RQ")), {"act": "confirm"})
    faulty.refresh_from_db()
    assert faulty.status == "audited" and not FindingReview.objects.exists()


def test_a_clerk_cannot_register_a_report(county: County, client_of: LogIn) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    file = file_of(county.bureau)
    upload(clerk, file.data, file.name)
    assert not StagedUpload.objects.exists()


def test_a_file_goes_by_way_of_the_proposal_to_its_findings(desk: Client, county: County) -> None:
    file = file_of(county.bureau, faults=FAULTY, layout="docx_merged")
    answer = upload(desk, file.data, "教育局报送.docx")
    staged = StagedUpload.objects.get()
    assert answer.url == at("register", staged.pk)
    page = desk.get(answer.url)
    assert page.context["form"].initial == {"agency": county.bureau, "year": 2024}
    answer = desk.post(answer.url, {"agency": county.bureau.pk, "year": 2024})
    report = AnnualReport.objects.get()
    assert answer.url == at("report", report.pk)
    page = desk.get(answer.url).content.decode()
    assert "教育局报送.docx" in page
    assert page.count('<article class="gk-card') == len(report.audits.get().findings) >= 2


def test_the_proposal_can_be_dropped(desk: Client, county: County) -> None:
    file = file_of(county.bureau)
    upload(desk, file.data, file.name)
    staged = StagedUpload.objects.get()
    desk.post(at("register", staged.pk), {"discard": "1"})
    assert not StagedUpload.objects.exists() and not AnnualReport.objects.exists()


def test_another_persons_proposal_is_not_found(county: County, client_of: LogIn, desk: Client) -> None:
    file = file_of(county.bureau)
    upload(desk, file.data, file.name)
    other = client_of(Role.SUPERVISOR, county.office)
    assert other.get(at("register", StagedUpload.objects.get().pk)).status_code == 404


def test_the_body_and_year_are_taken_only_from_ones_care(desk: Client, county: County) -> None:
    file = file_of(county.bureau)
    upload(desk, file.data, file.name)
    staged = StagedUpload.objects.get()
    for wrong in ({"agency": county.stranger.pk, "year": 2024}, {"agency": county.bureau.pk, "year": 2090}):
        assert desk.post(at("register", staged.pk), wrong).status_code == 422
    assert not AnnualReport.objects.exists()


def test_a_report_registered_for_another_body_or_year_says_so(desk: Client, county: County) -> None:
    file = file_of(county.bureau)
    upload(desk, file.data, file.name)
    chosen = {"agency": county.township.pk, "year": 2023, "despite_file": "on"}
    desk.post(at("register", StagedUpload.objects.get().pk), chosen)
    page = desk.get(at("report", AnnualReport.objects.get().pk)).content.decode()
    assert f"文件中写的机关是“{county.bureau.name}”，登记为“{county.township.name}”" in page
    assert "文件中写的年度是 2024 年，登记为 2023 年" in page


@pytest.mark.parametrize(
    ("data", "name"), [(b"PK\x03\x04", "坏文件.docx"), (b"", "空.pdf"), ("不是年报。".encode(), "便条.txt")]
)
def test_a_file_that_gives_no_report_is_refused_in_one_sentence(desk: Client, data: bytes, name: str) -> None:
    answer = upload(desk, data, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert name in page and "没有保存任何内容" in page and "Traceback" not in page
    assert not StagedUpload.objects.exists()


def test_a_strangers_words_are_never_run(desk: Client, county: County) -> None:
    script = "<script>alert(1)</script>"
    page = upload(desk, b"PK\x03\x04", f"{script}.docx").content.decode()
    assert script not in page
    file = file_of(county.bureau)
    data = file.data.replace("一、总体情况".encode(), b"\xe4\xb8\x80\xe3\x80\x81" + "总体情况".encode())
    text = data.decode().replace("</p>", "&lt;script&gt;alert(2)&lt;/script&gt;</p>", 3)
    upload(desk, text.encode(), "<img src=x onerror=alert(3)>.html")
    desk.post(at("register", StagedUpload.objects.get().pk), {"agency": county.bureau.pk, "year": 2024})
    report = AnnualReport.objects.get()
    assert "alert(2)" in json.dumps(report.reading)
    for address in (at("list"), at("report", report.pk), at("printout", report.pk)):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page


def test_a_dismissal_is_kept_with_its_reason_and_shown(desk: Client, faulty: AnnualReport) -> None:
    key = finding_of(faulty, "RQ")
    answer = desk.post(
        at("review", faulty.pk, key), {"act": "dismiss", "reason": "<b>台账</b>已核对", "number": "2"}
    )
    assert answer.url == f"{at('report', faulty.pk)}#f2"
    page = desk.get(at("report", faulty.pk)).content.decode()
    assert "&lt;b&gt;台账&lt;/b&gt;已核对" in page
    desk.post(at("review", faulty.pk, key), {"act": "undo"})
    assert FindingReview.objects.count() == 2


def test_a_dismissal_without_reason_is_refused_with_a_sentence(desk: Client, faulty: AnnualReport) -> None:
    address = at("review", faulty.pk, finding_of(faulty, "RQ"))
    page = desk.post(address, {"act": "dismiss", "reason": " "}, follow=True).content.decode()
    assert "请写明排除的理由" in page
    assert desk.post(address, {"act": "erase"}).status_code == 400
    assert desk.get(address).status_code == 405
    assert not FindingReview.objects.exists()


def test_findings_are_filtered_by_where_they_stand(desk: Client, faulty: AnnualReport) -> None:
    desk.post(at("review", faulty.pk, finding_of(faulty, "RQ")), {"act": "confirm"})
    total = len(faulty.audits.get().findings)
    shown = {
        show: len(desk.get(f"{at('report', faulty.pk)}?show={show}").context["view"].shown)
        for show in ("open", "confirmed", "dismissed", "all", "nonsense")
    }
    assert shown == {"open": total - 1, "confirmed": 1, "dismissed": 0, "all": total, "nonsense": total}


def test_every_finding_links_to_its_words_and_cells_and_back(desk: Client, faulty: AnnualReport) -> None:
    page = desk.get(at("report", faulty.pk)).content.decode()
    view = desk.get(at("report", faulty.pk)).context["view"]
    for finding in view.shown:
        assert f'id="f{finding.number}"' in page
        for cell in finding.told:
            assert f'href="#{cell.id}"' in page and f'id="{cell.id}"' in page
        if finding.span:
            assert f'id="q{finding.number}"' in page
        if finding.span or finding.cells:
            assert 'class="gk-ref' in page and f'href="#f{finding.number}"' in page


def test_publishing_asks_about_open_errors(desk: Client, faulty: AnnualReport) -> None:
    address = at("publish", faulty.pk)
    assert "despite_errors" in desk.get(address).content.decode()
    assert desk.post(address).status_code == 422
    faulty.refresh_from_db()
    assert faulty.status == "audited"
    assert desk.post(address, {"despite_errors": "on"}).status_code == 302
    faulty.refresh_from_db()
    assert faulty.status == "published"


def test_withdrawing_asks_why(desk: Client, county: County, supervisor: User) -> None:
    report = published(county.bureau, supervisor)
    address = at("withdraw", report.pk)
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "表三有误"}).status_code == 302
    report.refresh_from_db()
    assert report.status == "withdrawn"


def test_another_audit_keeps_the_decisions(desk: Client, faulty: AnnualReport) -> None:
    desk.post(at("review", faulty.pk, finding_of(faulty, "NR")), {"act": "dismiss", "reason": "口径不同"})
    page = desk.post(at("audit", faulty.pk), follow=True).content.decode()
    assert "已重新核查" in page and "口径不同" in page
    assert faulty.audits.count() == 2


def test_a_changed_last_report_asks_for_another_audit(
    desk: Client, county: County, supervisor: User, faulty: AnnualReport
) -> None:
    assert "建议重新核查" not in desk.get(at("report", faulty.pk)).content.decode()
    send(county.bureau, supervisor, 2023)
    assert "建议重新核查" in desk.get(at("report", faulty.pk)).content.decode()


def test_the_files_of_a_report_agree(desk: Client, faulty: AnnualReport) -> None:
    def got(kind: str) -> bytes:
        answer = desk.get(at("download", faulty.pk, kind))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        return b"".join(answer)

    assert got("original") == file_of(faulty.agency, faults=FAULTY).data
    read = codec.load(json.loads(got("json")))
    assert read == codec.load(faulty.reading)
    assert got("docx").startswith(b"PK")
    lines = got("csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + sum(1 for _ in read.form.cells())
    audit = json.loads(got("audit.json"))
    assert [f["key"] for f in audit["findings"]] == [f["key"] for f in faulty.audits.get().findings]
    assert desk.get(at("download", faulty.pk, "exe")).status_code == 404


def test_the_printout_is_one_file_of_its_own(desk: Client, faulty: AnnualReport) -> None:
    page = desk.get(at("printout", faulty.pk)).content.decode()
    assert "<style>" in page and "<link" not in page and "<script" not in page and "<form" not in page
    assert desk.get(f"{at('printout', faulty.pk)}?download")["Content-Disposition"].startswith("attachment")

"""The public library: only what is published, complete, readable, cached."""

from __future__ import annotations

import re

import pytest
from county import County
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from filing import FAULTY, NOW, published, send

from gongkai.web.agencies.models import User
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import publishing
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import ColumnKind


def address(report: AnnualReport) -> str:
    return reverse("oversight:report", args=[report.agency.slug, report.year])


@pytest.fixture
def public(county: County, supervisor: User) -> AnnualReport:
    """A published report."""
    return published(county.bureau, supervisor)


def test_the_library_lists_bodies_and_years(
    client: Client, county: County, supervisor: User, public: AnnualReport
) -> None:
    older = published(county.bureau, supervisor, 2023)
    page = client.get("/nianbao/").content.decode()
    assert address(public) in page and address(older) in page
    narrowed = client.get("/nianbao/?nian=2023").content.decode()
    assert address(older) in narrowed and address(public) not in narrowed
    assert "没有符合条件" in client.get("/nianbao/?jiguan=不存在").content.decode()
    assert "没有符合条件" in client.get("/nianbao/?nian=<script>").content.decode()
    shelf = client.get(f"/nianbao/{county.bureau.slug}/").content.decode()
    assert shelf.index(address(public)) < shelf.index(address(older))


def test_what_is_not_published_is_nowhere(client: Client, county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor)
    assert client.get(address(report)).status_code == 404
    assert address(report) not in client.get("/nianbao/").content.decode()
    for kind in ("original", "docx", "json", "csv"):
        assert client.get(f"{address(report)}xiazai/{kind}").status_code == 404
    assert client.get("/nianbao/no-such-body/").status_code == 404
    assert client.get(f"/media/{report.source_file.name}").status_code == 404


def test_a_withdrawn_report_is_gone(client: Client, supervisor: User, public: AnnualReport) -> None:
    assert client.get(address(public)).status_code == 200
    known = {"if-none-match": client.get(address(public))["ETag"]}
    publishing.withdraw_report(report=public, reason="有误", by=supervisor, now=NOW)
    assert client.get(address(public), headers=known).status_code == 404
    assert client.get(f"{address(public)}xiazai/original").status_code == 404


def test_the_public_sees_the_published_version_and_not_the_newer_draft(
    client: Client, county: County, supervisor: User, public: AnnualReport
) -> None:
    send(county.bureau, supervisor, faults=FAULTY)
    assert client.get(address(public)).context["record"] == public


def test_the_page_holds_six_sections_and_three_accessible_tables(
    client: Client, public: AnnualReport
) -> None:
    page = client.get(address(public)).content.decode()
    for heading in ("一、", "二、", "三、", "四、", "五、", "六、"):
        assert re.search(f"<h2>{heading}", page)
    assert page.count("<caption>") == page.count("<table") == 3
    tables = "".join(re.findall(r"<table.*?</table>", page, re.DOTALL))
    assert "<th " in tables and not re.search(r"<th\b(?![^>]*scope=)", tables)
    ids = set(re.findall(r' id="([^"]+)"', tables))
    for headers in re.findall(r'<td headers="([^"]+)"', tables):
        assert set(headers.split()) <= ids
    assert len(re.findall(r"<td ", tables)) == 200
    assert len(ids) == len(re.findall(r' id="([^"]+)"', tables))


def test_no_finding_reaches_the_public(client: Client, county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, faults=FAULTY)
    publishing.publish_report(report=report, by=supervisor, now=NOW, despite_errors=True)
    page = client.get(address(report)).content.decode()
    for finding in report.audits.get().findings:
        assert finding["message"] not in page
    assert "gk-card" not in page and supervisor.get_full_name() not in page


def test_neighbouring_years_are_linked(
    client: Client, county: County, supervisor: User, public: AnnualReport
) -> None:
    assert 'rel="prev"' not in client.get(address(public)).content.decode()
    older = published(county.bureau, supervisor, 2022)
    page = client.get(address(public)).content.decode()
    assert f'rel="prev" href="{address(older)}"' in page and 'rel="next"' not in page
    assert f'rel="next" href="{address(public)}"' in client.get(address(older)).content.decode()


def test_an_unchanged_page_is_not_sent_again(
    client: Client, county: County, supervisor: User, public: AnnualReport
) -> None:
    first = client.get(address(public))
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(address(public), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    published(county.bureau, supervisor, 2023)
    assert client.get(address(public), headers={"if-none-match": first["ETag"]}).status_code == 200
    client.cookies["zihao"] = "da"
    assert client.get(address(public))["ETag"] != first["ETag"]


def test_the_library_takes_the_same_queries_however_long(
    client: Client, county: County, supervisor: User, public: AnnualReport
) -> None:
    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    paths = ["/nianbao/", f"/nianbao/{county.bureau.slug}/", address(public)]
    before = [queries(path) for path in paths]
    for year in (2021, 2022, 2023):
        published(county.bureau, supervisor, year)
    published(county.township, supervisor)
    assert [queries(path) for path in paths] == before


def test_the_portal_column_lists_what_is_published(county: County, public: AnnualReport) -> None:
    entries = feeds.entries(ColumnKind.ANNUAL_REPORTS, county.bureau)
    assert [(e.title, e.url) for e in entries] == [(str(public), address(public))]
    assert not feeds.entries(ColumnKind.ANNUAL_REPORTS, county.township)


@pytest.mark.parametrize("kind", ["original", "docx", "json", "csv"])
def test_a_published_report_can_be_taken_away(client: Client, public: AnnualReport, kind: str) -> None:
    answer = client.get(f"{address(public)}xiazai/{kind}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert len(b"".join(answer)) > 500

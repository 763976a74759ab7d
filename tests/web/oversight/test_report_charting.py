"""Charts of reports on the portal and at the desk, and reports as PDF and workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from county import County
from desk import asked
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from filing import NOW, published, send
from settling import NEW, decide

from gongkai.charts import drawing
from gongkai.charts.drawing import ChartError
from gongkai.papers import pdf
from gongkai.papers.paper import PaperError
from gongkai.report.schema import CellId, Report
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services import charting
from gongkai.web.oversight.services.reports import exports, publishing
from gongkai.web.oversight.services.reports.settled import report_of, reports_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Let no test see what another has drawn."""
    for name in ("files", "charts", "lists"):
        caches[name].clear()


@pytest.fixture
def years(county: County, supervisor: User) -> list[AnnualReport]:
    """Two published reports of a body, with a year between them of which there is none."""
    return [published(county.bureau, supervisor, year) for year in (2022, 2024)]


@pytest.fixture
def browser(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


def pictures(page: str) -> list[str]:
    return re.findall(r'(?:src|srcset)="(/[^"]+\.svg)"', page)


def new_requests(report: AnnualReport) -> str:
    return str(report_of(report).number(CellId.parse(NEW)))


def test_a_body_has_its_charts_with_words_tables_and_pictures(
    client: Client, county: County, years: list[AnnualReport]
) -> None:
    page = client.get(reverse("oversight:body", args=[county.bureau.slug])).content.decode()
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) >= 3
    for figure in figures:
        assert re.search(r'<img src="[^"]+" alt="[^"]{20,}"', figure)
        assert "<figcaption>" in figure and figure.count("<table ") == 1
    assert '<th scope="row">2023年</th><td>缺</td>' in figures[0] and "没有数据的：2023年" in figures[0]
    assert f"<td>{new_requests(years[1])}</td>" in figures[0]
    for address in pictures(page):
        answer = client.get(address)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/svg+xml"
        assert ElementTree.fromstring(answer.content).findtext(f"{SVG}title")


def test_a_picture_is_not_sent_again_until_a_number_changes(
    client: Client, county: County, supervisor: User, years: list[AnnualReport]
) -> None:
    address = reverse("oversight:chart", args=[county.bureau.slug, "requests", "kuan"])
    first = client.get(address)
    known = {"if-none-match": first["ETag"]}
    assert first["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers=known).status_code == 304
    decide(years[1], NEW, 777, supervisor, reason="原件有误")
    again = client.get(address, headers=known)
    assert again.status_code == 200 and b"777" in again.content


def test_a_withdrawn_report_leaves_the_charts(
    client: Client, county: County, supervisor: User, years: list[AnnualReport]
) -> None:
    address = reverse("oversight:body", args=[county.bureau.slug])
    assert "2024年" in client.get(address).content.decode()
    publishing.withdraw_report(report=years[1], reason="有误", by=supervisor, now=NOW + timedelta(days=2))
    charts = client.get(address).context["charts"]
    assert all("2024年" not in "".join(map("".join, chart.rows)) for chart in charts)


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("tail", ["nosuch/kuan.svg", "requests/nosuch.svg"])
def test_there_is_no_other_picture(client: Client, county: County, tail: str) -> None:
    assert client.get(f"/nianbao/{county.bureau.slug}/tu/{tail}").status_code == 404
    assert client.get("/nianbao/nosuch/tu/requests/kuan.svg").status_code == 404


def test_a_body_without_published_reports_has_no_charts(
    client: Client, county: County, supervisor: User
) -> None:
    send(county.bureau, supervisor)
    page = client.get(reverse("oversight:body", args=[county.bureau.slug])).content.decode()
    assert "<figure" not in page and "尚无已公开" in page
    assert (
        client.get(reverse("oversight:chart", args=[county.bureau.slug, "requests", "kuan"])).status_code
        == 404
    )
    assert client.get(reverse("oversight:charts", args=[county.bureau.slug, "docx"])).status_code == 404


def test_the_library_has_tiles_of_all_bodies_and_a_gap_for_who_is_missing(
    client: Client, county: County, supervisor: User, years: list[AnnualReport]
) -> None:
    published(county.township, supervisor, 2022)
    page = client.get("/nianbao/?nian=2024").content.decode()
    figure = re.search(r"<figure.*?</figure>", page, re.DOTALL)
    assert figure and f'<th scope="row">县教育局</th><td>{new_requests(years[1])}</td>' in figure[0]
    assert '<th scope="row">石桥镇</th><td>缺</td>' in figure[0]
    assert all(client.get(address).status_code == 200 for address in pictures(page))
    other = client.get("/nianbao/?nian=2022&shu=done").content.decode()
    assert "2022年各机关办理结果总计" in other
    assert "<figure" not in client.get("/nianbao/?jiguan=教育").content.decode()
    assert client.get("/nianbao/tu/2024-nosuch/kuan.svg").status_code == 404
    assert client.get("/nianbao/tu/1999-new/kuan.svg").status_code == 404


def test_the_tiles_take_the_same_queries_however_many_bodies(
    client: Client, county: County, supervisor: User
) -> None:
    published(county.bureau, supervisor)
    with CaptureQueriesContext(connection) as few:
        client.get("/nianbao/")
    for agency in (county.township, county.office):
        published(agency, supervisor)
    with CaptureQueriesContext(connection) as many:
        client.get("/nianbao/")
    assert len(many) == len(few)


@pytest.mark.usefixtures("years")
def test_charts_can_be_taken_away_as_documents(client: Client, county: County) -> None:
    word = client.get(reverse("oversight:charts", args=[county.bureau.slug, "docx"]))
    assert word.content.startswith(b"PK") and word["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("oversight:charts", args=[county.bureau.slug, "pdf"])).content.startswith(
        b"%PDF"
    )
    assert client.get(reverse("oversight:charts", args=[county.bureau.slug, "exe"])).status_code == 404


@pytest.mark.usefixtures("years")
def test_where_charts_cannot_be_drawn_the_words_and_the_table_stay(
    client: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise ChartError("没有安装")

    monkeypatch.setattr(charting, "svg", fail)
    monkeypatch.setattr(drawing, "_tools", fail)
    page = client.get(reverse("oversight:body", args=[county.bureau.slug])).content.decode()
    assert "<figure" in page and "alt=" in page
    assert client.get(pictures(page)[0]).status_code == 404
    assert client.get(reverse("oversight:charts", args=[county.bureau.slug, "docx"])).status_code == 404


def test_a_report_can_be_taken_away_as_pdf_and_workbook_made_once(
    client: Client, supervisor: User, years: list[AnnualReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = years[1]
    address = reverse("oversight:report", args=[report.agency.slug, report.year])
    page = client.get(address).content.decode()
    assert f"{address}xiazai/pdf" in page and f"{address}xiazai/xlsx" in page
    first = client.get(f"{address}xiazai/pdf")
    assert first.content.startswith(b"%PDF") and first["Content-Type"] == "application/pdf"
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}xiazai/xlsx").content)) as book:
        assert book.read("xl/workbook.xml").count(b"<sheet ") == 4
    made: list[str] = []
    write = exports.write
    monkeypatch.setattr(exports, "write", lambda told, kind: made.append(kind) or write(told, kind))
    assert client.get(f"{address}xiazai/pdf").content == first.content and made == []
    decide(report, NEW, 777, supervisor, reason="原件有误")
    assert client.get(f"{address}xiazai/pdf").content != first.content and made == ["pdf"]


def test_where_no_pdf_can_be_set_the_page_says_so_and_offers_the_rest(
    client: Client, years: list[AnnualReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise PaperError("没有安装 typst")

    monkeypatch.setattr(pdf, "_fonts", fail)
    report = years[1]
    address = reverse("oversight:report", args=[report.agency.slug, report.year])
    page = client.get(address).content.decode()
    assert f"{address}xiazai/pdf" not in page and "暂不能生成 PDF" in page and f"{address}xiazai/docx" in page
    assert client.get(f"{address}xiazai/pdf").status_code == 404


def test_the_desk_shows_a_year_of_all_bodies_in_care_published_or_not(
    browser: Client, county: County, supervisor: User
) -> None:
    ours = send(county.bureau, supervisor)
    send(county.township, supervisor, 2023)
    page = browser.get(reverse("annual_reports:charts"))
    charts = {chart.name: chart for chart in page.context["charts"]}
    assert page.context["year"] == 2024
    assert ("县教育局", new_requests(ours)) in charts["tiles"].rows
    assert ("石桥镇", "缺") in charts["tiles"].rows
    addresses = pictures(page.content.decode())
    assert len(addresses) == 6
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200 and "private" in answer["Cache-Control"]
    book = browser.get(reverse("annual_reports:charts_workbook"), {"nian": 2024})
    assert book.content.startswith(b"PK")


def test_the_reports_behind_the_desks_charts_are_read_once_until_a_cell_is_decided(
    county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = send(county.bureau, supervisor), send(county.township, supervisor)
    read: list[int] = []

    def counting(records: Sequence[AnnualReport]) -> list[Report]:
        found = reports_of(records)
        read.append(len(found))
        return found

    monkeypatch.setattr(charting, "reports_of", counting)
    first = charting.overseen_charts(supervisor, 2024, "new")
    assert charting.overseen_charts(supervisor, 2024, "new") == first and read == [2]
    decide(ours, NEW, 777, supervisor, reason="原件有误")
    assert ("县教育局", "777") in charting.table(charting.overseen_charts(supervisor, 2024, "new")["tiles"])
    assert read == [2, 2]
    clerk = county.person(Role.CLERK, county.township)
    own = charting.overseen_charts(clerk, 2024, "new")["tiles"]
    assert own.categories == (theirs.agency.short_name,)


def test_the_desks_charts_take_the_same_queries_however_many_reports(
    county: County, supervisor: User
) -> None:
    counts = []
    for agency in (county.bureau, county.township, county.government):
        send(agency, supervisor)
        with CaptureQueriesContext(connection) as queries:
            charting.overseen_charts(supervisor, 2024, "new")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_sum_of_outcomes_counts_no_request_twice(county: County, supervisor: User) -> None:
    for agency in (county.government, county.bureau, county.township):
        send(agency, supervisor)
    charts = charting.overseen_charts(supervisor, 2024, "new")
    whole = sum(value or 0 for value in charts["outcomes"].series[0].values)
    parts = AnnualReport.objects.exclude(agency=county.government)
    done = sum(report_of(each).number(CellId.parse("t3.total_done.total")) or 0 for each in parts)
    assert whole == done
    assert charts["outcomes"].note.startswith("测溪县人民政府的报告包含所属各机关，没有重复计入。")


def test_a_stranger_sees_only_their_own_bodies_in_the_charts(county: County, supervisor: User) -> None:
    send(county.bureau, supervisor)
    stranger = Client()
    stranger.force_login(county.person(Role.SUPERVISOR, county.stranger))
    page = stranger.get(reverse("annual_reports:charts"))
    assert "没有可以画图的数字" in page.content.decode()
    assert stranger.get(reverse("annual_reports:charts_workbook")).status_code == 404
    picture = reverse("annual_reports:chart", args=[2024, "new", "tiles", "kuan"])
    assert stranger.get(picture).status_code == 404 and Client().get(picture).status_code == 302


def test_a_wrong_year_or_number_asked_for_gives_the_first(
    browser: Client, county: County, supervisor: User
) -> None:
    send(county.bureau, supervisor)
    page = browser.get(reverse("annual_reports:charts"), {"nian": "x", "shu": "<b>"})
    assert page.context["year"] == 2024 and page.context["measure"] == "new"


def test_answers_in_time_are_charted_from_the_requests_on_record(county: County, supervisor: User) -> None:
    send(county.bureau, supervisor)
    assert "timeliness" not in charting.overseen_charts(supervisor, 2024, "new")
    clerk = county.person(Role.CLERK, county.bureau)
    for answered in ("2023-04-03", "2023-04-04", "2023-05-29"):
        case = asked(county.bureau, "2023-03-15", by=clerk)
        InfoRequest.objects.filter(pk=case.pk).update(answered_on=answered, due_on="2023-04-13")
    chart = charting.overseen_charts(supervisor, 2024, "new")["timeliness"]
    assert (chart.categories, chart.unit) == (("2023年", "2024年"), "%")
    assert [str(value) for value in chart.series[0].values] == ["66.7", "None"]

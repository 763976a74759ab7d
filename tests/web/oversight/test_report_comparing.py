"""Two reports side by side: in public the published ones, at the desk those in a person's care."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from county import County
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from filing import FAULTY, NOW, published, send
from settling import GRANTED, decide

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services import comparing, correcting
from gongkai.web.oversight.services.comparing_workbook import workbook_of
from gongkai.web.oversight.services.reports import publishing

PUBLIC = "/nianbao/bijiao/"


def key(report: AnnualReport) -> str:
    return f"{report.agency.slug}-{report.year}"


def asked(one: AnnualReport, other: AnnualReport, more: str = "") -> str:
    return f"{PUBLIC}?a={key(one)}&b={key(other)}{more}"


@pytest.fixture
def years(county: County, supervisor: User) -> tuple[AnnualReport, AnnualReport]:
    """Two successive published reports of a body."""
    return published(county.bureau, supervisor, 2023), published(county.bureau, supervisor, 2024)


@pytest.fixture
def corrected(county: County, supervisor: User) -> AnnualReport:
    """A published report that took the place of a published one that says otherwise in a cell and a word."""
    published(county.bureau, supervisor)
    later = send(county.bureau, supervisor, faults=FAULTY)
    publishing.publish_report(report=later, by=supervisor, now=NOW + timedelta(days=20), despite_errors=True)
    later.refresh_from_db()
    return later


@pytest.fixture
def browser(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


def test_two_years_are_compared_cell_by_cell_along_the_chain_and_by_sentence(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    page = client.get(asked(*years)).content.decode()
    view = client.get(asked(*years)).context["view"]
    assert view.changed > 0 and page.count('class="is-changed"') == view.changed
    assert view.changed + view.same + view.blank == 200
    verdicts = [(link.carried_out == link.carried_in, link.verdict) for link in view.chain]
    assert set(verdicts) == {(True, "衔接"), (False, "对不上")} and len(verdicts) == 7
    assert page.count("✗ 对不上") == verdicts.count((False, "对不上"))
    assert "<del>" in page and "<ins>" in page and ">删</b>" in page and ">增</b>" in page
    assert f"{view.same} 格相同" in page


def test_the_whole_of_both_is_shown_when_asked_for(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    short, whole = (client.get(asked(*years, more)).content.decode() for more in ("", "&quanbu"))
    assert "句相同）" in short and "句相同）" not in whole
    assert len(re.findall(r'<th scope="row">', whole)) == 200 + 7


def test_years_of_one_body_stand_in_their_order_however_they_are_asked_for(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    view = client.get(asked(years[1], years[0])).context["view"]
    assert (view.before.year, view.after.year) == (2023, 2024) and view.names == ("2023 年", "2024 年")


def test_two_bodies_are_compared_in_one_year_without_a_chain(
    client: Client, county: County, supervisor: User
) -> None:
    ours, theirs = published(county.township, supervisor), published(county.bureau, supervisor)
    view = client.get(asked(ours, theirs)).context["view"]
    assert view.before == ours and not view.chain
    assert view.names == ("石桥镇 2024 年", "县教育局 2024 年")


def test_a_blank_beside_a_zero_is_counted_apart(county: County, supervisor: User) -> None:
    before, after = published(county.bureau, supervisor, 2023), published(county.bureau, supervisor)
    for report, value in ((before, None), (after, 0)):
        report.reading["table4"]["direct_suit"]["pending"] = value
        report.save()
    short, whole = (comparing.comparison_of(before, after, only_changed=only) for only in (True, False))
    assert short.blank == whole.blank >= 1
    assert not any(cell.before == "空白" and cell.after == "0" for _, cell in short.first_changes)
    shown = [cell for table in whole.tables for row in table.rows for cell in row.cells]
    assert any((cell.before, cell.after) == ("空白", "0") for cell in shown)


@pytest.mark.parametrize(
    "wrong", ["no-such-2024", "cexi-jiaoyuju", "cexi-jiaoyuju-20x4", "-", "cexi-jiaoyuju-٢٠٢٤"]
)
def test_what_is_not_there_is_not_compared(
    client: Client, years: tuple[AnnualReport, AnnualReport], wrong: str
) -> None:
    assert client.get(PUBLIC, {"a": key(years[0]), "b": wrong}).status_code == 404
    assert client.get(f"{PUBLIC}xiazai", {"a": wrong, "b": key(years[0])}).status_code == 404


def test_what_is_not_published_is_neither_offered_nor_compared(
    client: Client, county: County, supervisor: User
) -> None:
    seen, hidden = published(county.bureau, supervisor, 2023), send(county.bureau, supervisor)
    page = client.get(PUBLIC).content.decode()
    assert key(seen) in page and key(hidden) not in page
    assert client.get(asked(seen, hidden)).status_code == 404
    assert client.get(f"{PUBLIC}xiazai?a={key(seen)}&b={key(hidden)}").status_code == 404


def test_one_report_twice_and_one_alone_ask_for_another(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    assert "同一份报告" in client.get(asked(years[0], years[0])).content.decode()
    assert "选两份报告" in client.get(PUBLIC, {"a": key(years[0])}).content.decode()
    assert client.get(f"{PUBLIC}xiazai").status_code == 404


def test_a_comparison_can_be_taken_away_as_a_workbook(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    answer = client.get(f"{PUBLIC}xiazai?a={key(years[0])}&b={key(years[1])}")
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert book.read("xl/workbook.xml").count(b"<sheet ") == 3
        words = book.read("xl/sharedStrings.xml").decode()
    assert "【删：" in words and "结转下年度" in words and "衔接" in words


def test_a_formula_in_a_report_stays_text_in_the_workbook(
    years: tuple[AnnualReport, AnnualReport],
) -> None:
    years[1].reading["sections"][0]["text"] = "=HYPERLINK(0)。"
    years[1].save()
    data = workbook_of(comparing.comparison_of(*years, only_changed=False))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "sheet" in name)


def test_words_of_a_report_are_never_markup(client: Client, years: tuple[AnnualReport, AnnualReport]) -> None:
    years[1].reading["sections"][0]["text"] = "<script>alert(1)</script>。"
    years[1].save()
    page = client.get(asked(*years)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_report_links_to_the_comparison_with_last_year(
    client: Client, years: tuple[AnnualReport, AnnualReport]
) -> None:
    pages = [
        client.get(reverse("oversight:report", args=[each.agency.slug, each.year])).content.decode()
        for each in years
    ]
    assert f"?a={key(years[0])}&amp;b={key(years[1])}" in pages[1]
    assert "与上年比较" not in pages[0]


def test_the_comparison_is_not_sent_again_until_it_changes(
    client: Client, supervisor: User, years: tuple[AnnualReport, AnnualReport]
) -> None:
    first = client.get(asked(*years))
    known = {"if-none-match": first["ETag"]}
    assert client.get(asked(*years), headers=known).status_code == 304
    decide(years[1], GRANTED, 77, supervisor, reason="原件有误")
    again = client.get(asked(*years), headers=known)
    assert again.status_code == 200 and "77" in again.content.decode()


def test_a_correction_is_told_on_the_report_with_what_changed(
    client: Client, corrected: AnnualReport
) -> None:
    address = reverse("oversight:report", args=[corrected.agency.slug, corrected.year])
    page = client.get(address).content.decode()
    notice = re.search(r'<aside class="correction".*?</aside>', page, re.DOTALL)
    assert notice
    told = notice[0]
    assert "2025年3月2日" in told and "更正了 4 格数字" in told and "的文字" in told
    assert told.count("<li>") == 4 and "<del>" in told and "<ins>" in told
    whole = client.get(f"{address}gengzheng/").content.decode()
    assert f"{address}gengzheng/" in told and "第 2 版" in whole and "<ins>" in whole


def test_the_reason_of_a_correction_is_asked_at_the_desk_and_told_in_public(
    browser: Client, client: Client, county: County, supervisor: User
) -> None:
    first = send(county.bureau, supervisor)
    address = reverse("annual_reports:publish", args=[first.pk])
    assert "更正原因" not in browser.get(address).content.decode()
    browser.post(address, {"despite_errors": "on"})
    second = send(county.bureau, supervisor, faults=FAULTY)
    address = reverse("annual_reports:publish", args=[second.pk])
    assert "更正原因" in browser.get(address).content.decode()
    browser.post(address, {"despite_errors": "on", "reason": "补报漏计的申请\x00<b>"})
    page = client.get(reverse("oversight:report", args=[second.agency.slug, second.year])).content.decode()
    assert "更正原因：补报漏计的申请&lt;b&gt;" in page


@pytest.mark.usefixtures("corrected")
def test_every_correction_of_several_can_be_seen(client: Client, county: County, supervisor: User) -> None:
    third = send(county.bureau, supervisor, faults=("negation",))
    publishing.publish_report(report=third, by=supervisor, now=NOW + timedelta(days=40), despite_errors=True)
    address = reverse("oversight:correction", args=[county.bureau.slug, 2024])
    latest, first = client.get(address).context, client.get(f"{address}?ban=2").context
    assert (latest["view"].before.version, latest["view"].after.version) == (2, 3)
    assert (first["view"].before.version, first["view"].after.version) == (1, 2)
    assert client.get(f"{address}?ban=x").context["chosen"].after.version == 3


def test_what_was_withdrawn_is_never_read_again_in_a_comparison(
    client: Client, county: County, supervisor: User
) -> None:
    first = published(county.bureau, supervisor)
    publishing.withdraw_report(report=first, reason="含有个人信息", by=supervisor, now=NOW)
    second = send(county.bureau, supervisor, faults=FAULTY)
    publishing.publish_report(report=second, by=supervisor, now=NOW, despite_errors=True)
    address = reverse("oversight:report", args=[second.agency.slug, second.year])
    assert 'class="correction"' not in client.get(address).content.decode()
    assert client.get(f"{address}gengzheng/").status_code == 404


def test_a_version_already_replaced_can_be_withdrawn_from_the_corrections(
    client: Client, browser: Client, county: County, supervisor: User
) -> None:
    first = published(county.bureau, supervisor)
    second = send(county.bureau, supervisor, faults=FAULTY)
    publishing.publish_report(report=second, by=supervisor, now=NOW + timedelta(days=9), despite_errors=True)
    address = reverse("oversight:report", args=[second.agency.slug, second.year])
    assert client.get(f"{address}gengzheng/").status_code == 200
    withdraw = reverse("annual_reports:withdraw", args=[first.pk])
    assert withdraw in browser.get(reverse("annual_reports:report", args=[first.pk])).content.decode()
    assert "对照里也不再能看到" in browser.get(withdraw).content.decode()
    browser.post(withdraw, {"reason": "含有个人信息"})
    assert client.get(f"{address}gengzheng/").status_code == 404
    page = client.get(address)
    assert page.status_code == 200 and 'class="correction"' not in page.content.decode()
    browser.post(withdraw, {"reason": "再撤一次"})
    first.refresh_from_db()
    assert first.withdrawn_reason == "含有个人信息"


def test_a_newer_version_that_is_not_public_is_no_correction(county: County, supervisor: User) -> None:
    shown = published(county.bureau, supervisor)
    send(county.bureau, supervisor, faults=FAULTY)
    assert correcting.corrections_of(shown) == []


def test_a_cell_mended_after_publication_is_told_with_both_numbers(
    client: Client, supervisor: User, county: County
) -> None:
    report = published(county.bureau, supervisor)
    address = reverse("oversight:report", args=[report.agency.slug, report.year])
    assert 'class="correction"' not in client.get(address).content.decode()
    decide(report, GRANTED, 77, supervisor, reason="原件有误")
    page = client.get(address).content.decode()
    notice = re.search(r'<aside class="correction".*?</aside>', page, re.DOTALL)
    assert notice and "公开后改正了 1 格" in notice[0] and "<ins>77</ins>" in notice[0]
    assert supervisor.get_full_name() not in notice[0] and "原件有误" not in notice[0]


def test_a_cell_decided_before_publication_is_no_correction(unclear: AnnualReport, supervisor: User) -> None:
    decide(unclear, GRANTED, 5, supervisor)
    publishing.publish_report(
        report=unclear,
        by=supervisor,
        now=NOW + timedelta(days=1),
        despite_errors=True,
        despite_illegible=True,
    )
    unclear.refresh_from_db()
    assert correcting.mended_since(unclear) == []


def test_the_desk_compares_any_version_in_its_care(browser: Client, county: County, supervisor: User) -> None:
    first = send(county.bureau, supervisor)
    second = send(county.bureau, supervisor, faults=FAULTY)
    page = browser.get(reverse("annual_reports:compare"), {"a": second.pk, "b": first.pk})
    view = page.context["view"]
    assert (view.before, view.after) == (first, second) and view.names == ("第 1 版", "第 2 版")
    assert view.changed == 4
    book = browser.get(reverse("annual_reports:compare_workbook"), {"a": first.pk, "b": second.pk})
    assert book.content.startswith(b"PK")


@pytest.mark.parametrize("wrong", ["0", "x", "99999999999999999999", "²"])
def test_the_desk_knows_no_other_numbers(
    browser: Client, county: County, supervisor: User, wrong: str
) -> None:
    report = send(county.bureau, supervisor)
    assert browser.get(reverse("annual_reports:compare"), {"a": report.pk, "b": wrong}).status_code == 404


def test_a_stranger_finds_no_report_to_compare_at_the_desk(county: County, supervisor: User) -> None:
    reports = [published(county.bureau, supervisor, year) for year in (2023, 2024)]
    stranger, colleague = Client(), Client()
    stranger.force_login(county.person(Role.SUPERVISOR, county.stranger))
    colleague.force_login(county.person(Role.CLERK, county.bureau))
    pair = {"a": reports[0].pk, "b": reports[1].pk}
    for name in ("compare", "compare_workbook"):
        address = reverse(f"annual_reports:{name}")
        assert stranger.get(address, pair).status_code == 404
        assert colleague.get(address, pair).status_code == 200
        assert Client().get(address, pair).status_code == 302
    assert key(reports[0]) not in stranger.get(reverse("annual_reports:compare")).content.decode()


def test_the_list_to_choose_from_takes_the_same_queries_however_long(
    client: Client, county: County, supervisor: User
) -> None:
    published(county.bureau, supervisor, 2023)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PUBLIC)
    for agency in (county.bureau, county.township, county.office):
        published(agency, supervisor, 2024)
    with CaptureQueriesContext(connection) as many:
        client.get(PUBLIC)
    assert len(many) == len(few)

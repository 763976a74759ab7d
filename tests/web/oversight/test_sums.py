"""The sum of a collection: its addends, who is wanting, settled and out of date, compared and taken away."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from filing import send, send_file, unclear_file
from january import FILED, YEAR, filed, member_of, opened
from settling import NATURAL, decide

from gongkai.report.reading import read_bytes
from gongkai.report.schema import CellId
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Act, DraftState, Scope
from gongkai.web.oversight.models import Collection, Draft, Filing
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import deciding, handing_in, sum_tables, summing
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import publishing
from gongkai.web.oversight.services.reports.settled import report_of

LATER = FILED + timedelta(days=1)
TOTAL = CellId(3, "new", "total")


def accepted(filing: Filing, by: User) -> Filing:
    return deciding.accept_filing(filing=filing, by=by, now=LATER, despite_errors=True)


@pytest.fixture
def collection(county: County, supervisor: User) -> Collection:
    """Two members accepted, the township missing."""
    made = opened(county, supervisor)
    for agency in (county.office, county.bureau):
        accepted(filed(made, agency, supervisor), supervisor)
    return made


def numbers(collection: Collection, cell: CellId = TOTAL) -> dict[str, object]:
    addends = summing.sum_of(collection).summed.cells[cell].addends
    return {each.member.name: each.value for each in addends}


def test_each_cell_is_the_sum_of_the_accepted_reports(collection: Collection, county: County) -> None:
    made = summing.sum_of(collection)
    reports = [report_of(each.report) for each in Filing.objects.all()]
    for cell in made.report.form.cells():
        values = [report.number(cell) for report in reports]
        assert made.report.number(cell) == (None if None in values else sum(values))  # a blank is no zero
    assert made.report.number(TOTAL)
    assert set(numbers(collection)) == {county.office.name, county.bureau.name}
    assert made.summed.missing == (county.township.name,) and not made.is_whole


def test_what_is_filed_or_returned_and_not_accepted_is_not_added(
    collection: Collection, county: County, supervisor: User
) -> None:
    before = numbers(collection)
    township = filed(collection, county.township, supervisor)
    assert numbers(collection) == before
    deciding.return_filing(filing=township, reason="有误", due_on=LATER.date(), by=supervisor, now=LATER)
    assert numbers(collection) == before


def test_a_cell_settled_by_hand_is_added_as_it_stands(
    collection: Collection, county: County, supervisor: User
) -> None:
    unclear = send_file(unclear_file(county.township), county.township, supervisor)
    filing = handing_in.file_report(
        member=member_of(collection, county.township), report=unclear, by=supervisor, now=FILED
    )
    accepted(filing, supervisor)
    cell = CellId.parse(NATURAL)
    found = summing.sum_of(collection).summed.cells[cell]
    assert [each.member.name for each in found.unadded] == [county.township.name]
    decide(unclear, NATURAL, 6, supervisor)
    assert numbers(collection, cell)[county.township.name] == 6


def test_a_cells_addends_are_listed_with_who_is_wanting(
    collection: Collection, county: County, supervisor: User
) -> None:
    unclear = send_file(unclear_file(county.township), county.township, supervisor)
    member = member_of(collection, county.township)
    accepted(handing_in.file_report(member=member, report=unclear, by=supervisor, now=FILED), supervisor)
    found = sum_tables.open_cell(collection, NATURAL)
    values = [int(each.text) for each in found.shares]
    assert values == sorted(values, reverse=True) and found.total == str(sum(values))
    assert [(each.filing.report, each.why) for each in found.wanting] == [(unclear, "未能识读")]
    with pytest.raises(LookupError):
        sum_tables.open_cell(collection, "t3.new.nobody")


def test_one_cell_is_added_without_the_others(collection: Collection) -> None:
    whole, one = summing.sum_of(collection), summing.sum_of(collection, only=TOTAL)
    assert set(one.summed.cells) == {TOTAL}
    found, expected = one.summed.cells[TOTAL], whole.summed.cells[TOTAL]
    assert [each.value for each in found.addends] == [each.value for each in expected.addends]


def test_the_sum_is_settled_with_the_versions_it_is_made_of(
    collection: Collection, county: County, supervisor: User
) -> None:
    with pytest.raises(NeedsConfirmation, match="还有 1 家没有计入"):
        summing.settle(collection=collection, by=supervisor, now=LATER)
    summing.settle(collection=collection, by=supervisor, now=LATER, despite=True)
    collection.refresh_from_db()
    assert [each["version"] for each in collection.settled["members"]] == [1, 1]
    kept = summing.settled_report(county.government, YEAR)
    assert kept.number(TOTAL) == summing.sum_of(collection).report.number(TOTAL)
    assert collection.events.last().act == Act.SUMMED and not summing.drift_of(summing.sum_of(collection))
    assert list(breaks()) == []


def test_nothing_is_settled_before_anything_is_accepted(county: County, supervisor: User) -> None:
    with pytest.raises(Refused, match="还没有接收"):
        summing.settle(collection=opened(county, supervisor), by=supervisor, now=LATER, despite=True)


def test_only_who_runs_the_collection_settles_it(collection: Collection, county: County) -> None:
    for by in (county.person(Role.CLERK, county.office), county.person(Role.SUPERVISOR, county.bureau)):
        with pytest.raises(PermissionDenied):
            summing.settle(collection=collection, by=by, now=LATER, despite=True)


def test_a_members_correction_puts_the_settled_sum_out_of_date(
    collection: Collection, county: County, supervisor: User
) -> None:
    summing.settle(collection=collection, by=supervisor, now=LATER, despite=True)
    collection.refresh_from_db()
    again = filed(collection, county.bureau, supervisor, at=LATER, faults=("column_sum",))
    waiting = summing.sum_of(collection)
    assert [each.agency for each in waiting.pending] == [county.bureau] and not summing.drift_of(waiting)
    accepted(again, supervisor)
    drift = summing.drift_of(summing.sum_of(collection))
    assert [(each.name, each.before, each.after) for each in drift.members] == [(county.bureau.name, 1, 2)]
    before, after = report_of(Filing.objects.first().report), report_of(again.report)
    assert drift.cells
    for each in drift.cells:
        changed = report_of(again.report).number(each.cell) - _first(county).number(each.cell)
        assert each.after - each.before == changed != 0
    assert before.year == after.year
    summing.settle(collection=collection, by=supervisor, now=LATER, despite=True)
    collection.refresh_from_db()
    assert not summing.drift_of(summing.sum_of(collection))


def _first(county: County) -> object:
    return report_of(Filing.objects.filter(member__agency=county.bureau).first().report)


def test_an_acceptance_taken_back_puts_it_out_of_date_too(
    collection: Collection, county: County, supervisor: User
) -> None:
    summing.settle(collection=collection, by=supervisor, now=LATER, despite=True)
    collection.refresh_from_db()
    latest = member_of(collection, county.bureau).latest
    deciding.return_filing(filing=latest, reason="有误", due_on=LATER.date(), by=supervisor, now=LATER)
    drift = summing.drift_of(summing.sum_of(collection))
    assert [(each.name, each.before, each.after) for each in drift.members] == [(county.bureau.name, 1, None)]


def test_the_governments_report_is_compared_cell_by_cell(
    collection: Collection, county: County, supervisor: User
) -> None:
    assert summing.own_report(collection) is None
    own = send(county.government, supervisor)
    made = summing.sum_of(collection)
    unlike = {each.cell: each.more for each in summing.differences_with(made, own)}
    expected = report_of(own).number(TOTAL) - made.report.number(TOTAL)
    assert unlike.get(TOTAL, 0) == expected


def test_the_sum_as_files(collection: Collection, county: County) -> None:
    made = summing.sum_of(collection)
    book = openpyxl.load_workbook(io.BytesIO(sum_tables.file_of(made, "xlsx")))
    assert book.sheetnames == ["表二", "表三", "表四", "表二 各单位", "表三 各单位", "表四 各单位"]
    rows = [[cell.value for cell in row] for row in book["表三 各单位"].iter_rows(min_row=3)]
    named = {row[0]: row[1:] for row in rows if row[0]}
    total = [made.report.number(cell) for cell in made.report.form.cells() if cell.table == 3]
    assert named["合计"] == total
    assert named[county.bureau.name][0] + named[county.office.name][0] == total[0]
    back = read_bytes(sum_tables.file_of(made, "docx"), "汇总.docx").report
    assert all(back.number(cell) == made.report.number(cell) for cell in made.report.form.cells())
    assert json.loads(sum_tables.file_of(made, "json"))["year"] == YEAR
    with pytest.raises(LookupError):
        sum_tables.file_of(made, "exe")


def test_the_public_learns_whose_reports_a_published_one_was_summed_from(
    collection: Collection, county: County, supervisor: User
) -> None:
    summing.settle(collection=collection, by=supervisor, now=LATER, despite=True)
    own = send(county.government, supervisor)
    assert summing.public_members(own) is None
    drafted = Draft.objects.create(
        agency=county.government, year=YEAR, scope=Scope.MEMBERS, state=DraftState.APPROVED, frozen={},
        begun_by=supervisor, begun_at=LATER, submitted_by=supervisor, submitted_at=LATER + timedelta(hours=1),
        report=own,
    )  # fmt: skip
    township = filed(collection, county.township, supervisor)
    later = LATER + timedelta(days=3)
    late = deciding.accept_filing(filing=township, by=supervisor, now=later, despite_errors=True)
    summing.settle(collection=collection, by=supervisor, now=later + timedelta(hours=1), despite=True)
    assert summing.public_members(own) == [county.office.name, county.bureau.name]
    assert late.member.agency.name not in summing.public_members(own)
    Draft.objects.filter(pk=drafted.pk).update(submitted_at=later + timedelta(minutes=1))
    assert summing.public_members(own) is None  # accepted, and not yet settled
    Draft.objects.filter(pk=drafted.pk).update(submitted_at=later - timedelta(minutes=1))
    publishing.publish_report(report=own, by=supervisor, now=LATER, despite_errors=True)
    page = Client().get(reverse("oversight:report", args=[county.government.slug, YEAR])).content.decode()
    assert "由下列 2 个单位的报告汇总" in page and county.bureau.name in page


@pytest.fixture
def desk(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


def test_the_page_of_the_sum_names_who_is_missing_and_opens_every_cell(
    collection: Collection, county: County, desk: Client
) -> None:
    page = reverse("annual_reports:sum", args=[collection.pk])
    text = desk.get(page).content.decode()
    assert county.township.name in text and "还有 1 家没有计入" in text
    for cell in summing.sum_of(collection).report.form.cells():
        assert reverse("annual_reports:sum_cell", args=[collection.pk, str(cell)]) in text
    cell = desk.get(reverse("annual_reports:sum_cell", args=[collection.pk, str(TOTAL)])).content.decode()
    assert county.bureau.name in cell and "合计" in cell
    assert desk.get(reverse("annual_reports:sum_cell", args=[collection.pk, "t9.x.y"])).status_code == 404
    assert "仍按现在的数汇总" in desk.post(page).content.decode()
    assert desk.post(page, {"despite": "on"}).url == page
    assert "此后没有变化" in desk.get(page).content.decode()
    for kind in ("xlsx", "docx", "json"):
        file = desk.get(reverse("annual_reports:sum_download", args=[collection.pk, kind]))
        assert file.status_code == 200 and "attachment" in file["Content-Disposition"]


def test_an_empty_sum_says_what_to_do(county: County, supervisor: User, desk: Client) -> None:
    made = opened(county, supervisor)
    page = desk.get(reverse("annual_reports:sum", args=[made.pk]))
    assert page.status_code == 200 and "还没有接收任何单位的报告" in page.content.decode()


def test_the_sum_takes_as_many_queries_for_many_as_for_few(
    collection: Collection, county: County, supervisor: User, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):
        summing.sum_of(collection)
    accepted(filed(collection, county.township, supervisor), supervisor)
    with django_assert_num_queries(3):
        assert len(summing.sum_of(collection).summed.members) == 3

"""Collections: opened, filed in, returned with a letter, accepted, urged; by whom, and when not."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import docx
import openpyxl
import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from filing import file_of, send
from january import DUE, FILED, YEAR, filed, member_of, opened

from gongkai.web.agencies.calendar_sources import entries
from gongkai.web.agencies.models import Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, Collection, Filing
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import board, deciding, handing_in, opening, urging
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import registering

LATER = FILED + timedelta(days=1)
AGAIN_ON = date(2025, 2, 10)


def returned(filing: Filing, by: User, **more: object) -> Filing:
    return deciding.return_filing(
        filing=filing, reason="合计有误，请核对。", due_on=AGAIN_ON, by=by, now=LATER, **more
    )


def counts(collection: Collection, today: date = DUE) -> dict[str, int]:
    return dict(board.board_of(collection, today=today).counts)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def test_the_members_clerks_learn_of_a_collection(collection: Collection, clerk: User) -> None:
    assert counts(collection) == {"missing": 3}
    assert told(clerk) == ["请于 2025-01-31 前报送 2024 年度报告"]
    assert list(breaks()) == []


@pytest.mark.usefixtures("collection")
def test_a_body_collects_a_year_once(county: County, supervisor: User) -> None:
    with pytest.raises(Refused, match="已经发起过"):
        opened(county, supervisor)


def test_the_government_whose_report_is_the_sum_is_no_member(county: County, supervisor: User) -> None:
    assert county.government not in opening.usual_members(supervisor, county.government)
    with pytest.raises(Refused, match="不能作为应报单位"):
        opened(county, supervisor, [county.government])


@pytest.mark.parametrize(("year", "due_on"), [(2025, date(2026, 1, 31)), (2024, date(2024, 12, 31))])
def test_a_year_that_is_not_over_and_a_day_within_it_are_refused(
    county: County, supervisor: User, year: int, due_on: date
) -> None:
    with pytest.raises(Refused):
        opened(county, supervisor, year=year, due_on=due_on)


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR])
def test_only_a_supervisor_opens_a_collection(county: County, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        opened(county, county.person(role, county.office))


def test_a_strange_body_cannot_be_made_a_member(county: County, supervisor: User) -> None:
    with pytest.raises(PermissionDenied):
        opened(county, supervisor, [county.bureau, county.stranger])


def amended(collection: Collection, by: User, members: list[object], **more: object) -> Collection:
    return opening.amend_collection(
        collection=collection, due_on=more.pop("due_on", DUE), members=members, by=by, now=LATER, **more
    )


def test_who_leaves_and_who_joins_is_changed_and_told(
    collection: Collection, county: County, supervisor: User, clerk: User
) -> None:
    amended(collection, supervisor, [county.bureau], due_on=date(2025, 1, 24))
    assert [each.agency for each in collection.members.all()] == [county.bureau]
    assert told(clerk)[-1] == "2024 年度报告报送期限改为 2025-01-24"


def test_a_member_that_has_filed_stays(faulty: Filing, county: County, supervisor: User) -> None:
    with pytest.raises(Refused, match="已经报送"):
        amended(faulty.member.collection, supervisor, [county.office])


def test_a_change_does_not_overwrite_a_colleagues(
    collection: Collection, county: County, supervisor: User
) -> None:
    seen = opening.version_of(collection)
    amended(collection, supervisor, [county.bureau], seen=seen)
    with pytest.raises(Refused, match="刚刚有人改过"):
        amended(collection, supervisor, [county.bureau, county.office], seen=seen)


def test_a_clerk_files_what_stands_in_the_library(
    collection: Collection, county: County, supervisor: User, clerk: User
) -> None:
    report = send(county.bureau, supervisor)
    member = member_of(collection, county.bureau)
    assert handing_in.version_to_file(member) == report
    handing_in.file_report(member=member, report=report, by=clerk, now=FILED)
    assert counts(collection) == {"missing": 2, "filed": 1}
    assert told(supervisor) == ["测溪县教育局报送了 2024 年度报告"]
    with pytest.raises(Refused, match="无需重复报送"):
        handing_in.file_report(
            member=member_of(collection, county.bureau), report=report, by=clerk, now=LATER
        )


def test_a_clerk_files_a_file(collection: Collection, county: County, clerk: User) -> None:
    file = file_of(county.bureau)
    member = member_of(collection, county.bureau)
    made = handing_in.file_upload(member=member, data=file.data, name=file.name, by=clerk, now=FILED)
    assert (made.report.agency, made.report.year, made.report.uploaded_by) == (county.bureau, YEAR, clerk)
    assert made.report.audits.count() == 1


@pytest.mark.parametrize(("year", "body"), [(2023, "bureau"), (2024, "township")])
def test_a_file_of_another_year_or_body_asks_first_and_leaves_nothing(
    collection: Collection, county: County, clerk: User, year: int, body: str
) -> None:
    file = file_of(getattr(county, body), year)
    given = {"member": member_of(collection, county.bureau), "data": file.data, "name": file.name}
    with pytest.raises(NeedsConfirmation):
        handing_in.file_upload(**given, by=clerk, now=FILED)
    assert not AnnualReport.objects.exists()
    assert handing_in.file_upload(**given, by=clerk, now=FILED, despite=True).report.year == YEAR


@pytest.mark.parametrize(
    ("role", "body"), [(Role.REVIEWER, "bureau"), (Role.CLERK, "township"), (Role.SUPERVISOR, "stranger")]
)
def test_nobody_else_files_for_a_member(
    collection: Collection, county: County, supervisor: User, role: Role, body: str
) -> None:
    report = send(county.bureau, supervisor)
    stranger = county.person(role, getattr(county, body))
    with pytest.raises(PermissionDenied):
        handing_in.file_report(
            member=member_of(collection, county.bureau), report=report, by=stranger, now=FILED
        )


def test_another_years_report_is_not_filed(collection: Collection, county: County, supervisor: User) -> None:
    report = send(county.bureau, supervisor, year=2023)
    with pytest.raises(Refused, match="2024 年度"):
        handing_in.file_report(
            member=member_of(collection, county.bureau), report=report, by=supervisor, now=FILED
        )


def test_a_report_goes_back_with_a_letter_that_names_its_findings(
    faulty: Filing, supervisor: User, clerk: User
) -> None:
    named = deciding.findings_to_name(faulty.report)
    assert len(named) >= 2
    filing = returned(faulty, supervisor, seen="filed")
    text = "\n".join(_texts(filing.letter.read()))
    assert "关于退回修改2024年政府信息公开工作年度报告的通知" in text
    assert "测溪县教育局：" in text and "合计有误，请核对。" in text and "2025年2月10日前" in text
    assert all(each["message"] in text and each["place"] in text for each in named)
    assert text.rstrip().endswith("2025年1月21日") and "测溪县人民政府办公室" in text
    assert told(clerk)[-1] == "2024 年度报告被退回，请于 2025-02-10 前修改后重新报送"
    assert counts(filing.member.collection) == {"missing": 2, "returned": 1}


def _texts(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in document.paragraphs)]


def test_what_was_dismissed_is_not_in_the_letter(faulty: Filing, supervisor: User) -> None:
    kept, gone = (each["key"] for each in faulty.report.audits.first().findings[:2])
    common = {"report": faulty.report, "by": supervisor, "now": LATER}
    registering.dismiss_finding(key=gone, reason="四舍五入所致", **common)
    registering.confirm_finding(key=kept, **common)
    before = len(faulty.report.audits.first().findings)
    named = returned(faulty, supervisor).findings
    assert len(named) == before - 1 and named[0]["standing"] == "confirmed"


def test_a_corrected_version_is_filed_anew(faulty: Filing, county: County, supervisor: User) -> None:
    collection = faulty.member.collection
    returned(faulty, supervisor)
    with pytest.raises(Refused, match="已被退回"):
        handing_in.file_report(
            member=member_of(collection, county.bureau), report=faulty.report, by=supervisor, now=LATER
        )
    again = filed(collection, county.bureau, supervisor, at=LATER + timedelta(days=30))
    assert again.report.version == 2 and again.member.filings.count() == 2
    line = board.line_of(again.member, today=date(2025, 3, 1))
    assert not line.is_late  # the first came in time


def test_errors_are_accepted_only_despite_them(faulty: Filing, supervisor: User) -> None:
    with pytest.raises(NeedsConfirmation, match="个错误没有处理"):
        deciding.accept_filing(filing=faulty, by=supervisor, now=LATER)
    deciding.accept_filing(filing=faulty, by=supervisor, now=LATER, despite_errors=True)
    assert counts(faulty.member.collection) == {"missing": 2, "accepted": 1}
    with pytest.raises(Refused, match="无需再次接收"):
        deciding.accept_filing(filing=faulty, by=supervisor, now=LATER, despite_errors=True)


def test_returning_takes_an_acceptance_back(faulty: Filing, supervisor: User) -> None:
    deciding.accept_filing(filing=faulty, by=supervisor, now=LATER, despite_errors=True)
    assert returned(faulty, supervisor, seen="accepted").state == "returned"


def test_a_second_window_does_not_decide_over_the_first(faulty: Filing, supervisor: User) -> None:
    returned(faulty, supervisor, seen="filed")
    with pytest.raises(Refused, match="刚刚有人办理过"):
        deciding.accept_filing(filing=faulty, by=supervisor, now=LATER, despite_errors=True, seen="filed")


@pytest.mark.parametrize("change", [{"reason": " "}, {"due_on": date(2025, 1, 20)}])
def test_a_return_says_why_and_leaves_time(
    faulty: Filing, supervisor: User, change: dict[str, object]
) -> None:
    given = {"filing": faulty, "reason": "有误", "due_on": AGAIN_ON, "by": supervisor, "now": LATER}
    with pytest.raises(Refused):
        deciding.return_filing(**(given | change))


def test_a_member_does_not_decide_on_its_own_report(faulty: Filing, clerk: User, county: County) -> None:
    for by in (
        clerk,
        county.person(Role.SUPERVISOR, county.bureau),
        county.person(Role.CLERK, county.office),
    ):
        with pytest.raises(PermissionDenied):
            returned(faulty, by)
        with pytest.raises(PermissionDenied):
            deciding.accept_filing(filing=faulty, by=by, now=LATER, despite_errors=True)


def test_nothing_moves_once_the_collection_is_closed(
    faulty: Filing, county: County, supervisor: User
) -> None:
    collection = faulty.member.collection
    with pytest.raises(NeedsConfirmation, match="还有 3 家没有接收"):
        opening.close_collection(collection=collection, by=supervisor, now=LATER)
    opening.close_collection(collection=collection, by=supervisor, now=LATER, despite=True)
    with pytest.raises(Refused, match="已经结束"):
        returned(faulty, supervisor)
    with pytest.raises(Refused, match="已经结束"):
        filed(collection, county.office, supervisor)
    opening.reopen_collection(collection=collection, by=supervisor, now=LATER)
    assert returned(faulty, supervisor).state == "returned"


def test_those_who_owe_are_urged_once_a_day(
    faulty: Filing, county: County, supervisor: User, clerk: User
) -> None:
    collection = faulty.member.collection
    other = county.person(Role.CLERK, county.township)
    assert urging.urge(collection=collection, by=supervisor, now=LATER) == 2
    assert told(other) == ["请尽快报送 2024 年度报告（期限 2025-01-31）"] and len(told(clerk)) == 1
    with pytest.raises(Refused, match="今天已经催报过"):
        urging.urge(collection=collection, by=supervisor, now=LATER + timedelta(hours=1))
    assert urging.urge(collection=collection, by=supervisor, now=LATER + timedelta(days=1)) == 2


# 26 January 2025 was a working Sunday; from the 28th on the offices rested over the Spring Festival.
@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-01-10", None),
        ("2025-01-17", "还有7个工作日"),
        ("2025-01-18", "还有7个工作日"),
        ("2025-01-20", "还有6个工作日"),
        ("2025-01-23", "还有3个工作日"),
        ("2025-01-28", "期限前不再有工作日"),
        ("2025-01-31", "今天截止"),
        ("2025-01-27", "最后一个工作日"),
        ("2025-02-01", "已经逾期"),
    ],
)
@pytest.mark.usefixtures("collection")
def test_members_are_reminded_as_the_day_draws_near(clerk: User, day: str, says: str | None) -> None:
    urging.remind(on=date.fromisoformat(day))
    new = told(clerk)[1:]
    assert (new == []) if says is None else (len(new) == 1 and says in new[0])
    assert urging.remind(on=date.fromisoformat(day)) == 0


@pytest.mark.usefixtures("faulty")
def test_who_has_filed_is_not_reminded(clerk: User) -> None:
    urging.remind(on=DUE)
    assert len(told(clerk)) == 1
    call_command("remind_of_filing")  # long after: everybody else is late


@pytest.mark.usefixtures("collection")
def test_the_day_stands_in_the_calendars(clerk: User, supervisor: User) -> None:
    assert "报送 2024 年度报告" in {each.title for each in entries(clerk, DUE)}
    assert ("2024 年度报告报送截止", DUE) in {(each.title, each.day) for each in entries(supervisor, DUE)}


def test_who_files_on_the_last_day_is_in_time_and_a_minute_later_is_late(
    collection: Collection, county: County, supervisor: User
) -> None:
    last = datetime(2025, 1, 31, 15, 59, tzinfo=UTC)  # 23:59 in China
    filed(collection, county.bureau, supervisor, at=last)
    filed(collection, county.office, supervisor, at=last + timedelta(minutes=1))
    late = [each.member.agency for each in board.board_of(collection, today=DUE, only="late").lines]
    assert late == [county.office]
    assert board.board_of(collection, today=DUE + timedelta(days=1)).late == 2


def test_the_board_takes_as_many_queries_for_many_as_for_few(
    collection: Collection, county: County, supervisor: User, django_assert_num_queries: object
) -> None:
    filed(collection, county.bureau, supervisor)
    with django_assert_num_queries(1):
        board.board_of(collection, today=DUE)


def test_the_board_as_a_spreadsheet(faulty: Filing) -> None:
    data = board.board_xlsx(faulty.member.collection, today=DUE)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert len(rows) == 4 and rows[0][0] == "机关"
    named = {row[0]: row for row in rows[1:]}
    assert named["测溪县教育局"][1] == "有问题" and named["石桥镇人民政府"][3] is None

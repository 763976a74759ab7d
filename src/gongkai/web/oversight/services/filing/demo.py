"""A January for the demonstration: members in every state, one report returned with a letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from gongkai.web.agencies.models import Agency, User
from gongkai.web.oversight.models import AnnualReport, Collection, Member
from gongkai.web.oversight.services.demo import YEARS
from gongkai.web.oversight.services.filing import deciding, handing_in, opening

YEAR = YEARS[-1]
OPENED_AT = datetime(YEAR + 1, 1, 6, 1, 30, tzinfo=UTC)
DECIDED_AT = datetime(YEAR + 1, 2, 5, 2, 0, tzinfo=UTC)
NOTE = "请对照《政府信息公开工作年度报告格式》报送电子版，三张表的数字与登记台账一致，空格不留白。"
# What became of which body's report, by the end of its name; those of others are accepted.
MISSING = ("市场监督管理局", "栖桐镇人民政府")
FILED = ("发展和改革局", "公安局", "卫生健康局", "映荷街道办事处")
RETURNED = "教育局"
REASON = "表三“本年新收政府信息公开申请数量”一行有几格数字辨认不清，请核对登记台账后改正。"


def load_demo_collection(*, agencies: Iterable[Agency], government: Agency, by: User) -> Collection:
    """Open the collection of the newest year, file what is there, and decide on some of it.

    Args:
        agencies: the county's bodies, whose reports `load_demo_reports` has made.
        government: the one whose report is the sum.
        by: the supervisor of the body that collects.
    """
    members = [each for each in agencies if each != government]
    collection = opening.open_collection(
        agency=by.agency,
        government=government,
        year=YEAR,
        due_on=date(YEAR + 1, 1, 31),
        members=members,
        by=by,
        now=OPENED_AT,
        note=NOTE,
    )
    for member in collection.members.select_related("agency", "collection__agency"):
        if not member.agency.name.endswith(MISSING):
            _file(member, by)
    return collection


def _file(member: Member, by: User) -> None:
    report = AnnualReport.objects.current().get(agency=member.agency, year=YEAR)
    now = report.uploaded_at + timedelta(hours=2)
    filing = handing_in.file_report(member=member, report=report, by=by, now=now)
    if member.agency.name.endswith(RETURNED):
        due_on = DECIDED_AT.date() + timedelta(days=7)
        deciding.return_filing(filing=filing, reason=REASON, due_on=due_on, by=by, now=DECIDED_AT)
    elif not member.agency.name.endswith(FILED):
        deciding.accept_filing(filing=filing, by=by, now=DECIDED_AT, despite_errors=True)

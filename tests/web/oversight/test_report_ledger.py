"""The log of acts shows every change made behind its back."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from county import County
from django.core.management import CommandError, call_command
from django.db import connection
from filing import FAULTY, NOW, finding_of, send

from gongkai.web.agencies.models import User
from gongkai.web.oversight.models import AnnualReport, ReportEvent
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import registering


@pytest.fixture
def five_events(county: County, supervisor: User) -> None:
    """Two reports, and a decision on the second."""
    send(county.township, supervisor)
    report = send(county.bureau, supervisor, faults=FAULTY)
    registering.confirm_finding(report=report, key=finding_of(report, "RQ"), by=supervisor, now=NOW)


pytestmark = pytest.mark.usefixtures("five_events")


def behind_its_back(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_chain_holds_after_every_act() -> None:
    assert ReportEvent.objects.count() == 5
    assert list(breaks()) == []
    out = StringIO()
    call_command("verify_report_log", stdout=out)
    assert "共 5 条" in out.getvalue()


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE oversight_reportevent SET details = '{}' WHERE sequence = 2", "第 2 条记录的内容"),
        ("UPDATE oversight_reportevent SET by_name = '某人' WHERE sequence = 3", "第 3 条记录的内容"),
        ("UPDATE oversight_reportevent SET act = 'withdrawn' WHERE sequence = 5", "第 5 条记录的内容"),
        ("DELETE FROM oversight_reportevent WHERE sequence = 3", "第 3 条至第 3 条记录缺失"),
        ("DELETE FROM oversight_reportevent WHERE sequence = 5", "应止于第 5 条"),
        ("DELETE FROM oversight_reportevent", "应止于第 5 条"),
        ("UPDATE oversight_reportevent SET previous_hash = hash WHERE sequence = 4", "不相衔接"),
    ],
)
def test_a_change_behind_its_back_is_named(sql: str, sentence: str) -> None:
    behind_its_back(sql)
    assert any(sentence in each for each in breaks())
    with pytest.raises(CommandError, match="不符"):
        call_command("verify_report_log", stderr=StringIO())


def test_an_exchanged_or_lost_original_is_named() -> None:
    exchanged, lost = AnnualReport.objects.order_by("pk")
    Path(exchanged.source_file.path).write_bytes(b"another file")
    Path(lost.source_file.path).unlink()
    err = StringIO()
    with pytest.raises(CommandError, match="2 处不符"):
        call_command("verify_report_log", stderr=err)
    assert f"{exchanged}第 1 版的原件与登记时的文件不同" in err.getvalue()
    assert f"{lost}第 1 版的原件已不存在" in err.getvalue()


def test_an_act_timed_in_the_countys_own_zone_is_sealed_the_same(county: County, supervisor: User) -> None:
    report = AnnualReport.objects.get(agency=county.bureau)
    registering.audit_report(report=report, by=supervisor, now=NOW.astimezone(ZoneInfo("Asia/Shanghai")))
    assert list(breaks()) == []


def test_events_are_neither_edited_nor_deleted_through_the_models() -> None:
    event = ReportEvent.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        ReportEvent.objects.all().delete()
    with pytest.raises(TypeError):
        ReportEvent.objects.update(by_name="某人")

"""Reading an original again: decisions stay, the old reading is kept, and what disagrees is told."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from county import County
from django.core.management import CommandError, call_command
from filing import published, send_file, unclear_file
from settling import GRANTED, LATER, NATURAL, NEW, decide, standing_in, undo

from gongkai.report.cells import Cell
from gongkai.report.numerals import Illegible, Value
from gongkai.report.reading import Reading
from gongkai.report.schema import CellId, Edition, Report
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Act
from gongkai.web.oversight.management.commands import reread_reports
from gongkai.web.oversight.models import AnnualReport, ReportEvent
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import repair
from gongkai.web.oversight.services.reports.auditing import reader_version
from gongkai.web.oversight.services.reports.doubts import doubts_of
from gongkai.web.oversight.services.reports.settled import as_read, report_of


def reader_that_finds(
    monkeypatch: pytest.MonkeyPatch, report: AnnualReport, changes: dict[str, Value], version: str = "later"
) -> None:
    """Let the original be read otherwise from now on."""
    read = as_read(report)
    cells = {**read.cells, **{CellId.parse(c): Cell(v, str(v)) for c, v in changes.items()}}
    reading = Reading(report=replace(read, cells=cells), notes=("再读一遍",))
    monkeypatch.setattr(repair, "read_upload", lambda **_: reading)
    monkeypatch.setattr(repair, "reader_version", lambda: version)


def reread(report: AnnualReport, by: User) -> repair.Reread:
    done = repair.reread_report(report=report, by=by, now=LATER)
    report.refresh_from_db()
    return done


def test_reading_again_never_overwrites_a_persons_decision(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(unclear, NEW, 12, supervisor)
    old = unclear.reading
    reader_that_finds(monkeypatch, unclear, {NEW: 10, NATURAL: 6})
    done = reread(unclear, supervisor)
    assert set(done.changed) == {NEW, NATURAL} and done.contradicted == (NEW,)
    assert standing_in(unclear, NEW).value == 12 and standing_in(unclear, NATURAL).value == 6
    assert unclear.cells_illegible == 1
    assert unclear.past_readings.get().reading == old
    assert unclear.past_readings.get().reader == reader_version() and unclear.reader == "later"
    assert unclear.events.get(act=Act.REREAD).details["changed"] == list(done.changed)
    told = doubts_of(unclear).contradicted
    assert [(cell.id, cell.value, cell.now) for cell in told] == [(NEW, "12", "10")]
    assert list(breaks()) == []


def test_a_contradicted_decision_is_kept_or_taken_back(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(unclear, NEW, 12, supervisor)
    decide(unclear, NATURAL, 7, supervisor)
    reader_that_finds(monkeypatch, unclear, {NEW: 10, NATURAL: 6})
    reread(unclear, supervisor)
    decide(unclear, NEW, 12, supervisor, reason="核对重新识读的结果后维持")
    undo(unclear, NATURAL, supervisor)
    assert doubts_of(unclear).contradicted == ()
    assert standing_in(unclear, NEW).value == 12 and standing_in(unclear, NATURAL).value == 6


def test_a_reading_that_agrees_or_leaves_room_contradicts_nothing(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cell, value in ((NEW, 10), (NATURAL, 6), (GRANTED, 5)):
        decide(unclear, cell, value, supervisor)
    decide(unclear, "t3.granted.natural_person", 9, supervisor, reason="原件为 9")
    reader_that_finds(
        monkeypatch, unclear, {NEW: 10, NATURAL: Illegible("6l", (6, 61)), GRANTED: Illegible("？", ())}
    )
    assert reread(unclear, supervisor).contradicted == ()
    reader_that_finds(monkeypatch, unclear, {NATURAL: Illegible("6l", (61, 16))}, "still later")
    assert reread(unclear, supervisor).contradicted == (NATURAL,)
    assert unclear.past_readings.count() == 2


def test_a_correction_is_not_doubted_by_the_same_wrong_number_spelt_otherwise(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = "t3.granted.natural_person"
    read = standing_in(unclear, cell).value
    unclear.reading["cells"][cell]["raw"] = f" {read}件"
    unclear.save()
    decide(unclear, cell, 9, supervisor, reason="原件为 9")
    reader_that_finds(monkeypatch, unclear, {cell: read})
    assert reread(unclear, supervisor).contradicted == ()


def test_reading_again_with_the_same_result_keeps_one_reading(
    unclear: AnnualReport, supervisor: User
) -> None:
    done = reread(unclear, supervisor)
    assert (done.changed, done.contradicted) == ((), ())
    assert not unclear.past_readings.exists()


def test_a_reading_in_the_other_edition_keeps_decisions_and_tells_of_them(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(unclear, "t2.permits.decisions", 8, supervisor, reason="原件为 8")
    decide(unclear, "t2.fees_10k_yuan.amount", 8, supervisor, reason="原件为 8")
    read = as_read(unclear)
    other = Report(
        agency=read.agency,
        year=read.year,
        edition=Edition.FORM_2019,
        cells={CellId(3, "new", "total"): Cell(1)},
    )
    monkeypatch.setattr(repair, "read_upload", lambda **_: Reading(report=other))
    assert set(reread(unclear, supervisor).contradicted) == {
        "t2.permits.decisions",
        "t2.fees_10k_yuan.amount",
    }
    assert unclear.edition == 2019
    assert report_of(unclear).value(CellId.parse("t2.permits.decisions")) == 8
    undo(unclear, "t2.fees_10k_yuan.amount", supervisor)
    assert [cell.id for cell in doubts_of(unclear).contradicted] == ["t2.permits.decisions"]


def test_an_original_that_is_lost_altered_or_no_longer_read_is_refused(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = unclear.reading

    def unreadable(**_: Any) -> Reading:
        raise repair.Refused("这种文件不再支持。")

    with monkeypatch.context() as patch, pytest.raises(repair.Refused, match="不再支持"):
        patch.setattr(repair, "read_upload", unreadable)
        reread(unclear, supervisor)
    storage, name = unclear.source_file.storage, unclear.source_file.name
    with storage.open(name, "wb") as file:
        file.write(b"another file")
    with pytest.raises(repair.Refused, match="与登记时的文件不同"):
        reread(unclear, supervisor)
    storage.delete(name)
    unclear = AnnualReport.objects.get(pk=unclear.pk)
    with pytest.raises(repair.Refused, match="不在存储目录"):
        reread(unclear, supervisor)
    unclear.refresh_from_db()
    assert unclear.reading == before and not ReportEvent.objects.filter(act=Act.REREAD).exists()


def run_command(*options: str, by: User) -> str:
    told = StringIO()
    call_command("reread_reports", "--by", by.username, *options, stdout=told, stderr=told)
    return told.getvalue()


def older_readers() -> None:
    AnnualReport.objects.update(reader="an older one")


def test_the_command_reads_what_an_older_reader_read_and_goes_on_where_it_stopped(
    county: County, supervisor: User, unclear: AnnualReport
) -> None:
    decide(unclear, NEW, 10, supervisor)
    public = published(county.township, supervisor)
    assert "共 0 份" in run_command(by=supervisor)
    older_readers()
    told = run_command(by=supervisor)
    assert f"1/1 {unclear}：0 格有变化" in told and "共 1 份" in told
    assert "共 0 份" in run_command(by=supervisor)
    assert f"1/1 {public}" in run_command("--published", by=supervisor)
    assert "共 2 份" in run_command("--published", "--all", by=supervisor)
    assert standing_in(unclear, NEW).value == 10
    assert ReportEvent.objects.filter(act=Act.REREAD).count() == 4


def test_the_command_goes_on_after_a_report_it_cannot_read(
    county: County, supervisor: User, unclear: AnnualReport
) -> None:
    second = send_file(unclear_file(county.township), county.township, supervisor)
    unclear.source_file.storage.delete(unclear.source_file.name)
    older_readers()
    with pytest.raises(CommandError, match="有 1 份没有重新识读"):
        run_command(by=supervisor)
    second.refresh_from_db()
    assert second.reader == reader_version()


def test_the_command_tells_of_contradictions(
    supervisor: User, unclear: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(unclear, NEW, 12, supervisor)
    reader_that_finds(monkeypatch, unclear, {NEW: 10})
    monkeypatch.setattr(reread_reports, "reader_version", lambda: "later")
    assert "1 格有变化，1 格与人工确认不一致" in run_command(by=supervisor)


def test_the_command_acts_for_somebody_over_their_own_bodies_only(
    county: County, unclear: AnnualReport
) -> None:
    older_readers()
    assert "共 0 份" in run_command(by=county.person(Role.SUPERVISOR, county.stranger))
    with pytest.raises(CommandError, match="没有重新识读"):
        run_command(by=county.person(Role.CLERK, county.bureau))
    with pytest.raises(CommandError, match="没有用户"):
        call_command("reread_reports", "--by", "nobody")
    unclear.refresh_from_db()
    assert unclear.reader == "an older one"

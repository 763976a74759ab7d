"""Cells that a person settles or corrects: what counts, what is kept, who may, and what is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from filing import NOW, file_of, send, send_file, unclear_file
from settling import GRANTED, LATER, NATURAL, NEW, decide, standing_in, undo

from gongkai.report import codec
from gongkai.report.cells import Cell, How
from gongkai.report.numerals import BLANK, Illegible, Value
from gongkai.report.schema import CellId, Edition, Report
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Act, CellAct
from gongkai.web.oversight.models import AnnualReport, AuditRun, CellDecision, PastReading, ReportEvent
from gongkai.web.oversight.services.ledger import breaks
from gongkai.web.oversight.services.reports import exports, publishing, registering, repair
from gongkai.web.oversight.services.reports.balancing import balance_sheet, fits, implied
from gongkai.web.oversight.services.reports.doubts import Doubts, doubts_of
from gongkai.web.oversight.services.reports.settled import as_read, report_of

OUTSIDERS = [*(role for role in Role if role is not Role.SUPERVISOR), None]


def open_ids(doubts: Doubts) -> list[str]:
    return [cell.id for cell in doubts.open]


def test_an_unclear_report_lists_its_cells_and_guesses_none(unclear: AnnualReport) -> None:
    assert unclear.cells_illegible == 3
    assert sorted(open_ids(doubts_of(unclear))) == sorted([NEW, NATURAL, GRANTED])
    assert all(isinstance(standing_in(unclear, cell).value, Illegible) for cell in (NEW, NATURAL, GRANTED))


def test_a_settled_cell_counts_at_once_and_the_reading_stays(unclear: AnnualReport, supervisor: User) -> None:
    reading, runs = json.dumps(unclear.reading), unclear.audits.count()
    decide(unclear, GRANTED, 5, supervisor)
    cell = standing_in(unclear, GRANTED)
    assert (cell.value, cell.how) == (5, How.SETTLED)
    assert cell.raw == as_read(unclear).value(CellId.parse(GRANTED)).raw
    assert json.dumps(unclear.reading) == reading
    assert unclear.cells_illegible == 2
    assert unclear.audits.count() == runs + 1


def test_the_decision_is_in_the_sealed_log(unclear: AnnualReport, supervisor: User) -> None:
    decide(unclear, NEW, 10, supervisor)
    event = unclear.events.get(act=Act.SETTLED)
    assert event.by == supervisor
    assert (event.details["cell"], event.details["value"], event.details["found"]) == (NEW, "10", "l0")
    assert "本年新收" in event.details["name"]
    assert list(breaks()) == []
    ReportEvent.objects.filter(pk=event.pk)._raw_delete(using="default")
    assert list(breaks())


def test_a_settled_value_that_breaks_a_sum_is_found_at_once(unclear: AnnualReport, supervisor: User) -> None:
    decide(unclear, GRANTED, 5, supervisor)
    assert unclear.errors_open == 0
    undo(unclear, GRANTED, supervisor)
    decide(unclear, GRANTED, 7, supervisor)
    assert unclear.errors_open > 0
    assert any(GRANTED in finding["where"] for finding in unclear.audits.first().findings)


def test_a_cell_may_be_settled_as_blank_which_is_not_zero(unclear: AnnualReport, supervisor: User) -> None:
    decision = decide(unclear, GRANTED, BLANK, supervisor)
    assert decision.value is None
    assert standing_in(unclear, GRANTED).value is BLANK
    assert unclear.cells_illegible == 2


def test_a_decision_taken_back_leaves_the_cell_open_and_stays_in_the_history(
    unclear: AnnualReport, supervisor: User
) -> None:
    decide(unclear, NEW, 10, supervisor)
    undo(unclear, NEW, supervisor)
    assert unclear.cells_illegible == 3
    assert isinstance(standing_in(unclear, NEW).value, Illegible)
    assert [row.decision for row in unclear.cell_decisions.all()] == [CellAct.SETTLED, CellAct.UNSETTLED]
    with pytest.raises(repair.Refused, match="无需撤销"):
        undo(unclear, NEW, supervisor)


def test_decisions_and_past_readings_are_neither_changed_nor_deleted(
    unclear: AnnualReport, supervisor: User
) -> None:
    row = decide(unclear, NEW, 10, supervisor)
    for spoil in (row.save, row.delete, CellDecision.objects.all().delete, PastReading.objects.all().delete):
        with pytest.raises(TypeError, match="appended"):
            spoil()


def test_the_same_decision_sent_twice_is_recorded_once(unclear: AnnualReport, supervisor: User) -> None:
    assert decide(unclear, NEW, 10, supervisor) == decide(unclear, NEW, 10, supervisor)
    assert ReportEvent.objects.filter(act=Act.SETTLED).count() == 1


def test_a_colleagues_decision_is_not_overruled_unseen(
    county: County, unclear: AnnualReport, supervisor: User
) -> None:
    decide(unclear, NEW, 10, supervisor)
    with pytest.raises(repair.Refused, match="已由测试人员确认为 10；要改变，请先撤销"):
        decide(unclear, NEW, 11, county.person(Role.SUPERVISOR, county.office))


def test_a_cell_that_was_read_is_corrected_with_a_reason(unclear: AnnualReport, supervisor: User) -> None:
    cell = "t3.granted.natural_person"
    read = standing_in(unclear, cell).value
    with pytest.raises(repair.Refused, match="理由"):
        decide(unclear, cell, 9, supervisor, reason=" \u202e")
    with pytest.raises(repair.Refused, match=f"识读结果就是 {read}"):
        decide(unclear, cell, read, supervisor, reason="核对过")
    decision = decide(unclear, cell, 9, supervisor, reason="原件为 9，墨迹盖住")
    assert decision.decision == CellAct.CORRECTED
    assert decision.as_read["value"] == read
    assert standing_in(unclear, cell).value == 9


def test_a_correction_without_reason_is_refused_by_the_database(
    unclear: AnnualReport, supervisor: User
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CellDecision(
            report=unclear, cell=NEW, decision=CellAct.CORRECTED, value=1, by=supervisor, at=NOW
        ).save()


@pytest.mark.parametrize("cell", ["", "t3.new", "t9.new.total", "t3.new.total'; --", "x" * 64])
def test_a_cell_the_form_does_not_have_is_refused(unclear: AnnualReport, supervisor: User, cell: str) -> None:
    with pytest.raises(repair.Refused, match="没有这个单元格"):
        decide(unclear, cell, 1, supervisor)
    assert not CellDecision.objects.exists()


@pytest.mark.parametrize(
    ("cell", "written", "value"),
    [
        (NEW, "12", 12),
        (NEW, " １２ ", 12),
        (NEW, "1,024", 1024),
        (NEW, "空白", BLANK),
        (NEW, "/", BLANK),
        ("t2.fees_10k_yuan.amount", "3.25", Decimal("3.25")),
    ],
)
def test_what_a_person_writes_is_taken_as_a_reader_would(
    unclear: AnnualReport, cell: str, written: str, value: Value
) -> None:
    assert repair.stated_value(unclear, cell, written) == value


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((NEW, written) for written in ("", "l2", "十二点", "3.5", "-1", "9" * 20, "012")),
        *(("t2.fees_10k_yuan.amount", written) for written in ("NaN", "1e9")),
    ],
)
def test_what_is_no_number_for_the_cell_is_refused(unclear: AnnualReport, cell: str, written: str) -> None:
    with pytest.raises(repair.Refused) as refusal:
        repair.stated_value(unclear, cell, written)
    assert str(refusal.value).endswith("。")


def test_an_amount_is_kept_to_the_last_digit(unclear: AnnualReport, supervisor: User) -> None:
    decide(unclear, "t2.fees_10k_yuan.amount", Decimal("3.25"), supervisor, reason="原件如此")
    assert standing_in(unclear, "t2.fees_10k_yuan.amount").value == Decimal("3.25")
    assert list(breaks()) == []


ACTIONS: dict[str, Callable[[AnnualReport, User], Any]] = {
    "settle": lambda report, by: decide(report, NEW, 10, by),
    "correct": lambda report, by: decide(report, "t3.granted.natural_person", 9, by, reason="有误"),
    "undo": lambda report, by: undo(report, GRANTED, by),
    "reread": lambda report, by: repair.reread_report(report=report, by=by, now=LATER),
}


@pytest.fixture
def begun(unclear: AnnualReport, supervisor: User) -> AnnualReport:
    """A report with one decision to take back."""
    decide(unclear, GRANTED, 5, supervisor)
    return unclear


@pytest.mark.parametrize("action", ACTIONS)
def test_only_a_supervisor_over_the_body_may_act(county: County, begun: AnnualReport, action: str) -> None:
    strangers = [county.person(role, county.office) for role in OUTSIDERS]
    strangers.append(county.person(Role.SUPERVISOR, county.stranger))
    strangers.append(county.person(Role.SUPERVISOR, county.township))
    before = ReportEvent.objects.count()
    for person in strangers:
        with pytest.raises(PermissionDenied):
            ACTIONS[action](begun, person)
    assert ReportEvent.objects.count() == before
    ACTIONS[action](begun, county.person(Role.SUPERVISOR, county.office))
    assert ReportEvent.objects.count() == before + 2  # the act and the audit after it


@pytest.mark.parametrize("action", ACTIONS)
def test_a_version_that_was_replaced_is_left_alone(
    county: County, supervisor: User, begun: AnnualReport, action: str
) -> None:
    send(county.bureau, supervisor)
    with pytest.raises(repair.Refused, match="更新的版本"):
        ACTIONS[action](begun, supervisor)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_act_that_fails_leaves_neither_row_nor_event(
    supervisor: User, begun: AnnualReport, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def state() -> list[Any]:
        counted = [model.objects.count() for model in (CellDecision, PastReading, ReportEvent, AuditRun)]
        return [*counted, list(AnnualReport.objects.values_list("reader", "cells_illegible", "reading"))]

    before, written = state(), repair.append_event

    def write_then_fail(**facts: Any) -> None:
        written(**facts)
        raise OSError("disk full")

    monkeypatch.setattr(repair, "append_event", write_then_fail)
    with pytest.raises(OSError, match="disk full"):
        ACTIONS[action](begun, supervisor)
    assert state() == before
    assert list(breaks()) == []


def test_an_audit_overtaken_by_a_decision_is_made_again(
    unclear: AnnualReport, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, overtaken = registering.audit_of, []

    def slow_audit(report: AnnualReport, last: AnnualReport | None) -> dict[str, Any]:
        result = plain(report, last)
        if not overtaken:
            overtaken.append(True)
            repair._decide(report, GRANTED, 7, "", supervisor, LATER)
        return result

    monkeypatch.setattr(registering, "audit_of", slow_audit)
    registering.audit_report(report=unclear, by=supervisor, now=LATER)
    assert any(GRANTED in finding["where"] for finding in unclear.audits.first().findings)


def test_exports_carry_the_settled_value_and_say_how_but_not_by_whom(
    unclear: AnnualReport, supervisor: User
) -> None:
    User.objects.filter(pk=supervisor.pk).update(display_name="欧阳不外传")
    decide(unclear, NEW, 10, supervisor)
    shown = json.loads(exports.json_of(unclear))
    assert shown["table3"]["new"]["total"] == 10
    assert (shown["cells"][NEW]["how"], shown["cells"][NEW]["raw"]) == ("settled", "l0")
    assert shown["table3"]["new"]["natural_person"]["raw"] == "6l"
    assert codec.load(shown).cell(CellId.parse(NEW)).how is How.SETTLED
    lines = exports.csv_of(unclear).decode("utf-8-sig").splitlines()
    assert next(line for line in lines if "本年新收" in line and "总计" in line).endswith(",10")
    for data in (exports.json_of(unclear), exports.csv_of(unclear)):
        assert "欧阳不外传" not in data.decode()


def test_an_audit_of_the_next_year_uses_the_settled_value(
    county: County, supervisor: User, unclear: AnnualReport
) -> None:
    decide(unclear, "t3.carried_out.total", 3, supervisor, reason="原件为 3")
    after = send_file(file_of(county.bureau, 2025, years=3), county.bureau, supervisor, 2025, LATER)
    assert any(f["code"] == "YR01" for f in after.audits.first().findings)


def test_publishing_with_open_cells_must_be_meant(unclear: AnnualReport, supervisor: User) -> None:
    publish = {"report": unclear, "by": supervisor, "now": LATER, "despite_errors": True}
    with pytest.raises(publishing.NeedsConfirmation, match="还有 3 格没有确认"):
        publishing.publish_report(**publish)
    publishing.publish_report(**publish, despite_illegible=True)
    assert unclear.events.get(act=Act.PUBLISHED).details["cells_illegible"] == 3


def test_what_the_sums_say_of_a_candidate(unclear: AnnualReport) -> None:
    report, granted, new = report_of(unclear), CellId.parse(GRANTED), CellId.parse(NEW)
    assert (fits(report, granted, 5), fits(report, granted, 6)) == (True, False)
    assert (implied(report, granted), implied(report, new)) == (5, 10)
    offered = {cell.id: cell.choices for cell in doubts_of(unclear).open}
    assert [(c.text, c.fits, c.notes) for c in offered[GRANTED]] == [("5", True, ("与合计相符",))]
    assert [(c.text, c.fits) for c in offered[NEW]] == [("10", True), ("0", False)]
    assert offered[NEW][0].notes == ("按合计推算", "与合计相符")


def test_sums_that_say_nothing_yet_mark_nothing() -> None:
    total, natural = CellId(4, "reconsideration", "total"), CellId(4, "reconsideration", "upheld")
    cells = {
        cell: Cell(0) for cell in Report(agency="甲局", year=2024, edition=Edition.FORM_2021).form.cells()
    }
    cells |= {total: Cell(Illegible("12", (1, 2))), natural: Cell(Illegible("12", (1, 2)))}
    report = Report(agency="甲局", year=2024, edition=Edition.FORM_2021, cells=cells)
    assert fits(report, total, 1) is None and implied(report, total) is None
    report = replace(report, cells=cells | {natural: Cell(2)})
    assert (fits(report, total, 1), fits(report, total, 2), implied(report, total)) == (False, True, 2)
    report = replace(report, cells=cells | {natural: Cell(BLANK)})
    assert implied(report, total) is None


def test_the_sums_are_told_as_they_stand(unclear: AnnualReport, supervisor: User) -> None:
    before = balance_sheet(report_of(unclear))
    assert before.unread and not before.broken
    for cell, value in ((NEW, 10), (NATURAL, 6), (GRANTED, 6)):
        decide(unclear, cell, value, supervisor)
    after = balance_sheet(report_of(unclear))
    assert not after.unread
    assert len(after.held) > len(before.held) and after.total == before.total
    assert any("（一）予以公开" in line.name and "相差 1" in line.says for line in after.broken)


def test_a_former_versions_decision_is_offered_where_the_text_is_the_same(
    county: County, supervisor: User, unclear: AnnualReport
) -> None:
    decide(unclear, NEW, 11, supervisor)
    decide(unclear, NATURAL, 6, supervisor)
    file = unclear_file(county.bureau, {NEW: "l0", NATURAL: "6i"})
    second = send_file(file, county.bureau, supervisor, at=NOW + timedelta(days=1))
    offered = {cell.id: cell.choices for cell in doubts_of(second).open}
    assert any("第 1 版由测试人员确认" in c.notes[0] for c in offered[NEW] if c.text == "11")
    assert not any("第 1 版" in note for c in offered[NATURAL] for note in c.notes)
    assert second.cells_illegible == 2 and not second.cell_decisions.exists()

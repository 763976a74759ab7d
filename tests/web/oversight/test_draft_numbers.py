"""The numbers of a draft: each from its records, typed over by hand, frozen, carried in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from county import County
from desk import asked
from django.core.exceptions import PermissionDenied
from django.test import Client
from drafts import GRANTED, NEW, NOW, YEAR, begun, figures, office, sow
from filing import published, send

from gongkai.report.auditing import audit
from gongkai.report.cells import How
from gongkai.report.numerals import BLANK
from gongkai.report.schema import CellId, edition_of, form
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import counting, freezing
from gongkai.web.oversight.choices import Basis, Scope
from gongkai.web.oversight.models import AnnualReport, Collection, Draft, Filing, Member, MonthlyFigure
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting import balancing, overriding, writing
from gongkai.web.oversight.services.drafting.cells import counted_cells, overrides_in_force
from gongkai.web.oversight.services.drafting.composing import drafted
from gongkai.web.oversight.services.filing import summing
from gongkai.web.publishing.choices import NormativeKind

PERMITS, FEES = CellId(2, "permits", "decisions"), CellId(2, "fees_10k_yuan", "amount")
RULED = {"normative_kind": NormativeKind.NORMATIVE, "effectiveness": "in_force"}
MADE = CellId(2, "normative_documents", "made")


def type_over(draft: Draft, cell: str, value: object, by: User, reason: str = "台账漏记") -> None:
    draft.refresh_from_db()
    overriding.type_over(
        draft=draft, cell=cell, value=value, reason=reason, seen=draft.saves, by=by, now=NOW
    )  # fmt: skip


def test_every_cell_of_the_form_is_counted_from_its_records(county: County) -> None:
    of = office(county, county.bureau)
    sow(county.bureau, county.township)
    figures(county.bureau, of.clerk, fees_10k_yuan=Decimal("1.5"))
    county.document(county.bureau, "甲办法", document_number="测教〔2025〕1号", **RULED)
    county.document(county.township, "乙办法", document_number="石政〔2025〕1号", **RULED)
    cells = counted_cells(begun(of))
    assert list(cells) and set(cells) == set(form(edition_of(YEAR)).cells())
    assert (cells[PERMITS].value, cells[FEES].value, cells[MADE].value) == (24, 18, 1)
    live = counting.table3([county.bureau], YEAR)
    assert cells[CellId(3, "new", "total")].value == live["new", "total"] > 0
    assert cells[CellId(3, "denied.state_secret", "business")].value == 0
    assert all(each.how is How.COUNTED for each in cells.values())


def test_a_month_without_a_figure_leaves_a_blank_that_names_the_month(county: County) -> None:
    of = office(county, county.bureau)
    figures(county.bureau, of.clerk)
    MonthlyFigure.objects.filter(item="permits", month__in=(3, 4))._raw_delete("default")
    cells = counted_cells(begun(of))
    assert (cells[PERMITS].value, cells[PERMITS].why) == (BLANK, "还缺3、4月的数据")
    assert cells[CellId(2, "penalties", "decisions")].value == 24


def test_each_number_opens_onto_its_records(county: County) -> None:
    of = office(county, county.bureau)
    sow(county.bureau)
    client = Client()
    client.force_login(of.clerk)
    cells = counted_cells(begun(of))
    for name in (CellId(3, "new", "total"), CellId(4, "reconsideration", "total"), PERMITS, MADE):
        assert client.get(cells[name].opens).status_code == 200, name
    page = client.get(cells[CellId(3, "new", "total")].opens)
    assert page.context["results"].paginator.count == cells[CellId(3, "new", "total")].value


def test_a_draft_of_seeded_cases_balances(county: County) -> None:
    of = office(county, county.bureau)
    sow(county.bureau, number=200)
    for year in (2023, 2024, 2025, 2026):
        report = drafted(begun(of, year, datetime(2026, 12, 1, tzinfo=UTC))).report
        assert not audit(report, select=("RQ", "RM")).findings


def test_a_government_counts_its_area_and_an_office_itself(county: County) -> None:
    of = office(county, county.bureau)
    sow(county.bureau, county.township, county.stranger)
    supervisor = county.person(Role.SUPERVISOR, county.office)
    area = writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW)
    own, stranger = (
        counting.table3([each], YEAR)["new", "total"] for each in (county.bureau, county.stranger)
    )
    place = CellId(3, "new", "total")
    assert area.scope == Scope.AREA and stranger > 0
    expected = own + counting.table3([county.township], YEAR)["new", "total"]
    assert counted_cells(area)[place].value == expected
    assert counted_cells(begun(of))[place].value == own
    with pytest.raises(Refused, match="不能按所选的范围"):
        writing.begin(agency=county.bureau, year=2024, scope=Scope.AREA, by=of.clerk, now=NOW)


def test_a_typed_number_keeps_the_counted_one_with_who_when_and_why(county: County) -> None:
    of = office(county, county.bureau)
    sow(county.bureau)
    draft = begun(of)
    counted = counted_cells(draft)[CellId.parse(GRANTED)].value
    type_over(draft, GRANTED, counted + 2, of.clerk)
    kept = overrides_in_force(draft)[GRANTED]
    assert (kept.value, kept.counted, kept.by, kept.reason) == (counted + 2, counted, of.clerk, "台账漏记")
    found = drafted(draft)
    cell = found.cells[CellId.parse(GRANTED)]
    assert (cell.value, cell.how, cell.counted.value) == (counted + 2, How.SETTLED, counted)
    assert not cell.has_moved and found.report.value(CellId.parse(GRANTED)) == counted + 2
    event = draft.events.latest("sequence")
    assert (event.act, event.details["counted"], event.details["reason"]) == (
        "typed",
        str(counted),
        "台账漏记",
    )
    draft.refresh_from_db()
    assert {f["code"] for f in draft.audit["findings"]} >= {"RQ02"}, "the sum no longer holds"


def test_a_count_that_changes_under_a_typed_number_is_told(county: County) -> None:
    of = office(county, county.bureau)
    draft = begun(of)
    type_over(draft, NEW, 3, of.clerk)
    asked(county.bureau, "2025-06-02")
    cell = drafted(draft).cells[CellId.parse(NEW)]
    assert cell.has_moved and (cell.value, cell.counted.value) == (3, 1)
    client = Client()
    client.force_login(of.clerk)
    page = client.get(f"/admin/nianbao/qicao/{draft.pk}/danyuange/{NEW}/").content.decode()
    assert "现在统计为 1" in page


def test_a_typed_number_is_restored_and_counted_again(county: County) -> None:
    of = office(county, county.bureau)
    draft = begun(of)
    type_over(draft, NEW, 3, of.clerk)
    draft.refresh_from_db()
    overriding.restore(draft=draft, cell=NEW, seen=draft.saves, by=of.clerk, now=NOW)
    assert drafted(draft).cells[CellId.parse(NEW)].value == 0
    assert [row.is_restored for row in draft.overrides.all()] == [False, True]
    draft.refresh_from_db()
    with pytest.raises(Refused, match="没有手工填的数"):
        overriding.restore(draft=draft, cell=NEW, seen=draft.saves, by=of.clerk, now=NOW)


@pytest.mark.parametrize(
    ("text", "why"), [("2x", "不是数"), ("-1", "不小于零"), ("1.5", "不小于零的整数"), ("", "不是数")]
)
def test_what_is_no_count_is_not_typed(county: County, text: str, why: str) -> None:
    draft = begun(office(county, county.bureau))
    with pytest.raises(Refused, match=why):
        overriding.stated_value(draft, NEW, text)


def test_typing_over_refuses_strangers_blank_reasons_and_pages_gone_stale(county: County) -> None:
    of = office(county, county.bureau)
    draft = begun(of)
    common = {"draft": draft, "cell": NEW, "value": 1, "seen": draft.saves, "now": NOW}
    with pytest.raises(PermissionDenied):
        overriding.type_over(**common, reason="有", by=of.reviewer)
    with pytest.raises(Refused, match="理由"):
        overriding.type_over(**common, reason=" ", by=of.clerk)
    with pytest.raises(Refused, match="相同"):
        overriding.type_over(**common | {"value": 0}, reason="有", by=of.clerk)
    with pytest.raises(Refused, match="没有这一格"):
        overriding.type_over(**common | {"cell": "t3.none.total"}, reason="有", by=of.clerk)
    type_over(draft, GRANTED, 1, of.clerk)
    with pytest.raises(Refused, match="新的修改"):
        overriding.type_over(**common, reason="有", by=of.clerk)


def moved(county: County) -> tuple[Draft, User, InfoRequest]:
    """Return a draft of a frozen year in which a case was registered later."""
    of = office(county, county.bureau)
    sow(county.bureau)
    freezing.freeze(agency=county.bureau, year=YEAR, now=NOW)
    late = asked(county.bureau, "2025-11-03")
    InfoRequest.objects.filter(pk=late.pk).update(created_at=NOW + timedelta(days=3))
    return begun(of), of.clerk, late


def test_a_frozen_year_is_counted_as_it_was_frozen_and_later_cases_are_listed(county: County) -> None:
    draft, clerk, late = moved(county)
    new = CellId.parse(NEW)
    frozen = counted_cells(draft)[new].value
    assert counting.table3([county.bureau], YEAR)["new", "total"] == frozen + 1
    since = balancing.since_frozen(draft, InfoRequest.objects.all())
    assert since.is_frozen and late.number in [line.name for line in since.lines]
    draft = writing.choose_count(
        draft=draft, scope=Scope.OFFICE, basis=Basis.LIVE, reason="年末漏登1件", seen=draft.saves, by=clerk,
        now=NOW,
    )  # fmt: skip
    assert counted_cells(draft)[new].value == frozen + 1
    assert draft.events.latest("sequence").details["reason"] == "年末漏登1件"


def test_the_corrected_records_are_not_counted_without_a_reason(county: County) -> None:
    draft, clerk, _ = moved(county)
    common = {"draft": draft, "scope": Scope.OFFICE, "seen": draft.saves, "by": clerk, "now": NOW}
    with pytest.raises(Refused, match="写明理由"):
        writing.choose_count(**common, basis=Basis.LIVE, reason="")
    with pytest.raises(Refused, match="没有变化"):
        writing.choose_count(**common, basis=Basis.FROZEN, reason="")
    with pytest.raises(Refused, match="新的修改"):
        writing.choose_count(**common | {"seen": draft.saves - 1}, basis=Basis.LIVE, reason="有")


def test_the_opening_balance_names_each_case_that_last_years_list_lacks(county: County) -> None:
    of = office(county, county.bureau)
    asked(county.bureau, "2024-12-20")
    late = asked(county.bureau, "2024-12-23", applicant_kind="business")
    end = datetime(2025, 1, 6, tzinfo=UTC)
    InfoRequest.objects.filter(pk=late.pk).update(created_at=end)
    draft = begun(of)
    assert all(each.closing is None for each in balancing.opening_balance(draft)), "not frozen yet"
    freezing.freeze(agency=county.bureau, year=2024, now=end)
    lines = {each.label: each for each in balancing.opening_balance(draft)}
    assert (lines["商业企业"].carried_in, lines["商业企业"].closing) == (1, 0)
    assert lines["商业企业"].only_now == (late.number,) and not lines["商业企业"].holds
    assert lines["科研机构"].holds


@pytest.mark.parametrize("came", [published, send])
def test_the_opening_balance_stands_beside_last_years_report_public_or_not(
    county: County, supervisor: User, came: Callable[..., AnnualReport]
) -> None:
    of = office(county, county.bureau)
    last = came(county.bureau, supervisor, 2024)
    draft = begun(of)
    said = last.reading["table3"]["carried_out"]["total"]
    total = balancing.opening_balance(draft)[-1]
    assert (total.label, total.reported, total.carried_in) == ("总计", str(said), 0)
    assert total.holds is (said == 0)


def test_a_government_may_add_its_members_accepted_reports_instead(county: County, supervisor: User) -> None:
    draft = writing.begin(
        agency=county.government, year=2024, scope=Scope.MEMBERS, by=supervisor, now=NOW
    )  # fmt: skip
    new = CellId.parse(NEW)
    cell = counted_cells(draft)[new]
    assert (cell.value, cell.why) == (BLANK, "还没有发起这一年的报送")
    collection = Collection.objects.create(
        agency=county.office, government=county.government, year=2024, due_on=NOW.date(),
        opened_by=supervisor, opened_at=NOW,
    )  # fmt: skip
    assert counted_cells(draft)[new].why == "还没有接收任何单位的报告"
    total = 0
    for body in (county.bureau, county.township):
        report = send(body, supervisor)
        member = Member.objects.create(collection=collection, agency=body)
        Filing.objects.create(
            member=member, report=report, state="accepted", filed_by=supervisor, filed_at=NOW,
            decided_by=supervisor, decided_at=NOW,
        )  # fmt: skip
        total += report.reading["table3"]["new"]["total"]
    cell = counted_cells(draft)[new]
    assert (cell.value, cell.how) == (total, How.SUMMED)
    assert cell.opens == f"/admin/nianbao/baosong/{collection.pk}/huizong/{NEW}/"
    assert any("汇总数还没有确定" in gap for gap in drafted(draft).gaps)
    summing.settle(collection=collection, by=supervisor, now=NOW, despite=True)
    Filing.objects.filter(member__agency=county.township).update(
        state="filed", decided_by=None, decided_at=None
    )
    assert counted_cells(draft)[new].value == total, "as settled, whatever happened since"
    assert not any("汇总数还没有确定" in gap for gap in drafted(draft).gaps)


def test_a_cell_typed_as_zero_is_told_as_it_was_before(county: County) -> None:
    of = office(county, county.bureau)
    asked(county.bureau, "2025-03-03")
    draft = begun(of)
    type_over(draft, NEW, 0, of.clerk)
    type_over(draft, NEW, 2, of.clerk)
    assert draft.events.latest("sequence").details["before"] == 0


def test_a_body_closed_in_the_year_still_counts_in_its_area(county: County) -> None:
    supervisor = county.person(Role.SUPERVISOR, county.office)
    asked(county.township, "2025-03-03")
    county.township.is_active = False
    county.township.save()
    draft = writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW)
    cells = counted_cells(draft)
    assert cells[CellId.parse(NEW)].value == 1
    assert "石桥镇" not in cells[PERMITS].why, "nobody is left to enter its months"

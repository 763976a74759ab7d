"""The register of reconsiderations and suits: its clocks, the office's notes, what is learnt from it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from county import County
from desk import APPLICANT, asked, at
from django.test import Client
from django.urls import reverse

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import InfoRequest, Proceeding
from gongkai.web.inforequests.services import acting, count_tables, disputing, seeding
from gongkai.web.inforequests.services.disputing import Wanted
from gongkai.web.inforequests.services.refusing import Refused

ON = date(2026, 3, 2)


def _act(case: InfoRequest, action: Action, day: str, **facts: object) -> InfoRequest:
    on = date.fromisoformat(day)
    row = acting.locked(case)
    return acting.write(row, action=action, on=on, facts=facts, by=None, now=at(day), as_it_was=True)


def refused(agency: Agency, *, topic: str = "教育") -> InfoRequest:
    """Return a case refused as a record of discussion."""
    case = asked(agency, "2025-09-15")
    InfoRequest.objects.filter(pk=case.pk).update(topic=topic)
    _act(case, Action.DECIDE, "2025-10-09", outcome="denied.process_info", grounds=("discussion_record",))
    return _act(case, Action.SERVE, "2025-10-09", by="in_person")


def corrected(agency: Agency, **more: str) -> Proceeding:
    """Return a reconsideration that set a refusal aside."""
    case = refused(agency, **more)
    _act(case, Action.RECONSIDERATION_FILED, "2025-11-03", ref="复1")
    _act(case, Action.RECONSIDERATION_ANSWERED, "2025-11-06", ref="复1")
    _act(case, Action.RECONSIDERATION_DECIDED, "2025-12-22", ref="复1", ending="revoked")
    return Proceeding.objects.get(case=case)


@pytest.mark.parametrize(
    ("action", "facts", "due"),
    [
        (Action.RECONSIDERATION_FILED, {"simple": True}, date(2026, 2, 5)),
        (Action.RECONSIDERATION_FILED, {"simple": False}, date(2026, 2, 12)),
        (Action.SUIT_FILED, {}, date(2026, 2, 13)),
    ],
)
def test_each_kind_has_its_own_clock(
    county: County, action: Action, facts: dict[str, object], due: date
) -> None:
    _act(refused(county.bureau), action, "2026-01-29", ref="案1", **facts)
    dispute = Proceeding.objects.get()
    assert dispute.answer_due_on == due
    for day, clocks in (
        (due, {"yuqi": 0, "linqi": 1, "dai": 1}),
        (date(2026, 1, 29), {"yuqi": 0, "linqi": 0, "dai": 1}),
        (date(2026, 2, 14), {"yuqi": 1, "linqi": 0, "dai": 1}),
    ):
        assert disputing.clock_counts([county.bureau], day) == clocks
    answered = Action.SUIT_ANSWERED if action is Action.SUIT_FILED else Action.RECONSIDERATION_ANSWERED
    _act(dispute.case, answered, "2026-02-02", ref="案1")
    assert disputing.clock_counts([county.bureau], date(2026, 2, 14)) == {"yuqi": 0, "linqi": 0, "dai": 0}


def test_lists_are_narrowed_by_what_is_asked(county: County) -> None:
    first = corrected(county.bureau)
    suit = refused(county.bureau, topic="财政预算")
    _act(suit, Action.SUIT_FILED, "2026-01-05", ref="（2026）行初1号")
    second = Proceeding.objects.get(case=suit)
    elsewhere = corrected(county.township)

    def found(**wanted: str) -> list[Proceeding]:
        return list(disputing.found([county.bureau], Wanted(**wanted), ON))

    assert found() == [second, first]
    assert found(track="direct_suit") == found(result="pending") == found(year="2026") == [second]
    assert found(result="corrected") == found(ground="讨论记录", year="2025") == found(words="复1") == [first]
    assert found(topic="财政预算") == [second]
    assert found(cause="未分析") == [first]
    assert found(agency=county.township.short_name) == []
    assert list(disputing.found([county.township], Wanted(), ON)) == [elsewhere]


def test_what_is_noted_stays_through_later_acts_and_is_on_record(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    dispute = corrected(county.bureau)
    given = {"heard_by": "县人民政府", "cause": "search", "lessons": "只检索了本科室。"}
    disputing.note(proceeding=dispute, by=clerk, **given)
    case = InfoRequest.objects.get(pk=dispute.case_id)
    last = case.records.last()
    assert (last.act, last.by, last.facts["cause"]) == ("analyse", clerk, "search")
    assert acting.breaks(case) == []
    _act(case, Action.REDECIDE, "2026-01-12", outcome="granted")
    dispute.refresh_from_db()
    assert {name: getattr(dispute, name) for name in given} == given


def test_only_a_corrected_one_has_a_cause_and_only_its_body_notes_it(county: County) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    suit = refused(county.bureau)
    _act(suit, Action.SUIT_FILED, "2026-01-05", ref="诉1")
    pending = Proceeding.objects.get()
    with pytest.raises(Refused, match="结果纠正"):
        disputing.note(proceeding=pending, heard_by="", cause="law", lessons="", by=clerk)
    disputing.note(proceeding=pending, heard_by="县法院", cause="", lessons="", by=clerk)
    with pytest.raises(Refused, match="经办"):
        disputing.note(
            proceeding=pending,
            heard_by="",
            cause="",
            lessons="",
            by=county.person(Role.CLERK, county.township),
        )
    with pytest.raises(Refused, match="请选择"):
        disputing.note(proceeding=corrected(county.bureau), heard_by="", cause="x", lessons="", by=clerk)


def test_every_number_of_the_analysis_opens_onto_as_many_cases(county: County) -> None:
    bodies = [county.bureau, county.office, county.township]
    seeding.seed(agencies=bodies, number=500, years=3, seed=4, on=ON)
    for year in ("", "2025"):
        found = disputing.analysis(bodies, year, ON)
        assert found.total.filed == disputing.found(bodies, Wanted(year=year), ON).count() > 0
        for dimension, tallies in found.tables.items():
            for tally in tallies:
                value = disputing.track_code(tally.name) if dimension == "track" else tally.name
                wanted = {dimension: value, "year": year}
                for column in ("pending", "upheld", "corrected", "other"):
                    behind = disputing.found(bodies, Wanted(**wanted, result=column), ON).count()
                    assert behind == getattr(tally, column), (dimension, tally.name, column)
                parts = tally.pending + tally.upheld + tally.corrected + tally.other
                assert tally.filed == parts
        for dimension in ("topic", "agency", "track", "ground"):
            assert sum(tally.filed for tally in found.tables[dimension]) == found.total.filed
        assert sum(tally.filed for tally in found.tables["cause"]) == found.total.corrected


def test_the_share_of_corrected_is_rounded_half_up_of_those_ended() -> None:
    assert disputing.Tally(name="", filed=18, pending=2, corrected=1).share == "6.3%"
    assert disputing.Tally(name="", filed=3, corrected=2).share == "66.7%"
    assert disputing.Tally(name="", filed=2, pending=2).share == "—"


def test_pages_show_the_register_the_notes_and_the_analysis(
    county: County, client_of: Callable[..., Client]
) -> None:
    dispute = corrected(county.bureau)
    clerk = client_of(Role.CLERK, county.bureau)
    listed = clerk.get(reverse("desk:disputes"), {"result": "corrected"}).content.decode()
    assert "复1" in listed and "登记原因" in listed and APPLICANT.name not in listed
    address = reverse("desk:dispute", args=[dispute.pk])
    assert "讨论记录" in clerk.get(address).content.decode()
    form = {"heard_by": "县政府", "cause": "reasons", "lessons": "说理不足"}
    clerk.post(address, {**form, "version": dispute.case.version})
    dispute.refresh_from_db()
    assert (dispute.cause, dispute.lessons) == ("reasons", "说理不足")
    analysed = clerk.get(reverse("desk:dispute_analysis"), {"niandu": "2025"}).content.decode()
    assert "纠正率 100.0%" in analysed and "说理不足" in analysed
    sheet = openpyxl.load_workbook(io.BytesIO(clerk.get(reverse("desk:disputes_workbook")).content)).active
    assert [sheet["A2"].value, sheet["M2"].value] == ["复1", "说理不足"]


def test_another_bodys_disputes_are_not_found(county: County, client_of: Callable[..., Client]) -> None:
    dispute = corrected(county.bureau)
    address = reverse("desk:dispute", args=[dispute.pk])
    stranger = client_of(Role.CLERK, county.township)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"heard_by": "甲"}).status_code == 404
    assert "复1" not in stranger.get(reverse("desk:disputes")).content.decode()
    supervisor = client_of(Role.SUPERVISOR, county.office)
    everyone = {"jiguan": count_tables.ALL}
    assert "复1" in supervisor.get(reverse("desk:disputes"), everyone).content.decode()
    assert 'name="heard_by"' not in supervisor.get(address).content.decode()
    supervisor.post(address, {"heard_by": "甲", "cause": "", "lessons": "", "version": dispute.case.version})
    dispute.refresh_from_db()
    assert dispute.heard_by == ""
    for nonsense in ({"year": "9999999"}, {"track": "x", "result": "x", "clock": "x", "ye": "x"}):
        assert supervisor.get(reverse("desk:disputes"), everyone | nonsense).status_code == 200

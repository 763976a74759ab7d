"""Invented cases: lawful, sealed and chained as real ones, the same each time, never beside real ones."""

from __future__ import annotations

from datetime import date

import pytest
from county import County
from desk import asked
from django.core.management import CommandError, call_command

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import Applicant, InfoRequest, Proceeding, Record
from gongkai.web.inforequests.services import acting, folding, seeding
from gongkai.web.inforequests.services.refusing import Refused

TODAY = date(2026, 3, 2)
_FOLLOWS = ("state", "received_on", "due_on", "next_due_on", "outcome", "answered_on", "closed_on", "defects")


def sown(county: County, number: int = 120, **more: object) -> list[InfoRequest]:
    """Write cases of three bodies and return them."""
    bodies = [county.bureau, county.office, county.township]
    seeding.seed(**({"agencies": bodies, "number": number, "years": 3, "seed": 7, "on": TODAY} | more))
    return list(InfoRequest.objects.order_by("pk"))


def test_what_is_on_the_row_is_what_the_records_make(county: County) -> None:
    for case in sown(county):
        found = folding.case_file(case, on=TODAY)
        assert [each for each in found.defects if each.code == "not_allowed"] == []
        told = {name: getattr(case, name) for name in _FOLLOWS}
        folding.derive(case, found)
        assert told == {name: getattr(case, name) for name in _FOLLOWS}
        kept = {each.ref: (each.track, each.turns, each.result) for each in case.proceedings.all()}
        assert kept.keys() == {each.ref for each in found.proceedings}
        for each in found.proceedings:
            row = folding.proceeding_columns(each)
            assert kept[each.ref] == (row["track"], row["turns"], row["result"])


def test_every_chain_of_records_holds(county: County) -> None:
    person = county.person(Role.CLERK, county.bureau)
    cases = sown(county, 60)
    assert [acting.breaks(case) for case in cases if acting.breaks(case)] == []
    assert {each.handler for each in cases if each.agency == county.bureau} == {person}
    for case in cases:
        days = [(record.on, record.at) for record in case.records.all()]
        assert days == sorted(days)
        assert all(on <= at.date() for on, at in days)


def test_numbers_have_no_gap_and_go_on_where_they_stopped(county: County) -> None:
    sown(county, 80)
    numbers = sorted(InfoRequest.objects.filter(agency=county.bureau).values_list("number", flat=True))
    by_year: dict[str, list[int]] = {}
    for number in numbers:
        by_year.setdefault(number[:4], []).append(int(number[-5:]))
    assert all(serials == list(range(1, len(serials) + 1)) for serials in by_year.values())
    last = by_year.get("2026", [0])[-1]
    assert asked(county.bureau, "2026-03-03").number.endswith(f"{last + 1:05d}")


def test_the_same_seed_gives_the_same_cases_and_another_others(county: County) -> None:
    def told() -> list[tuple[object, ...]]:
        names = ("number", "wanted", "applicant_kind", "received_on", "closed_on", "outcome")
        return list(InfoRequest.objects.order_by("pk").values_list(*names))

    sown(county, 40)
    first = told()
    for model in (Proceeding, Record, Applicant, InfoRequest):
        model.objects.all().delete()
    seeding.NumberSeries.objects.all().delete()
    sown(county, 40)
    assert told() == first
    sown(county, 40, seed=8, into_existing=True)
    assert {each[1] for each in told()[40:]} != {each[1] for each in first}


def test_all_that_an_office_meets_is_there(county: County) -> None:
    sown(county, 900)
    acts = set(Record.objects.values_list("act", flat=True))
    assert {each.value for each in Action} - acts <= {"delay", "merge", "consult_co_maker"}
    assert {"granted", "partial", "unable.not_held", "other.no_correction", "declined.petition", ""} <= set(
        InfoRequest.objects.values_list("outcome", flat=True)
    )
    assert set(Proceeding.objects.values_list("track", flat=True)) == {
        "reconsideration", "direct_suit", "suit_after_reconsideration",
    }  # fmt: skip
    assert InfoRequest.objects.filter(closed_on__isnull=True).exists()
    asked_often = Applicant.objects.values_list("fingerprint", flat=True)
    assert len(set(asked_often)) < len(asked_often)


def test_beside_real_cases_nothing_is_invented_unless_told_so(county: County) -> None:
    asked(county.bureau, "2026-03-02")
    with pytest.raises(Refused, match="into-existing"):
        sown(county, 5)
    assert InfoRequest.objects.count() == 1
    assert len(sown(county, 5, into_existing=True)) == 6


def test_the_command_says_what_it_did(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_requests", "7", "--agency", county.bureau.slug, "--years", "1")
    assert "已写入 7 件" in capsys.readouterr().out
    assert set(InfoRequest.objects.values_list("agency", flat=True)) == {county.bureau.pk}
    with pytest.raises(CommandError, match="into-existing"):
        call_command("seed_requests", "7")
    with pytest.raises(CommandError, match="没有这样的机关"):
        call_command("seed_requests", "7", "--agency", "meiyou")

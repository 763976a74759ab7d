"""Tables 3 and 4 counted by the database are what the law counts; frozen years; who sees which numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from random import Random

import openpyxl
import pytest
from county import County
from desk import asked, at
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walks import histories

from gongkai.law.counting import TOTAL, Counted, count_table3, count_table4, imbalances
from gongkai.law.procedure.states import Action, Event
from gongkai.law.taxonomy import APPLICANT_KINDS
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import Applicant, DeskSettings, InfoRequest, Proceeding, Record
from gongkai.web.inforequests.services import (
    acting,
    count_tables,
    counting,
    folding,
    freezing,
    registering,
    seeding,
)
from gongkai.web.inforequests.services.permissions import visible_cases
from gongkai.web.inforequests.services.refusing import Refused

LATER = date(2026, 12, 1)
YEARS = range(2021, 2027)
TODAY = date(2026, 3, 2)
_Told = Iterable[tuple[Agency, tuple[Event, ...]]]


def written(told: _Told) -> list[InfoRequest]:
    """Write histories as cases with their records, as they stand much later."""
    cases = []
    for number, (agency, events) in enumerate(told, 1):
        file = folding.fold(events, folding.calendar(), LATER, practice=folding.practice_of(agency.pk))
        case = InfoRequest(agency=agency, number=f"2020-{agency.pk:03d}-{number:05d}", wanted="某信息")
        case.created_at = at(events[0].on.isoformat())
        folding.derive(case, file)
        case.version = len(events)
        case.save()
        Applicant.objects.create(case=case, name="某人")
        for sequence, event in enumerate(events, 1):
            facts = folding.kept_facts(event.facts)
            moment = at(event.on.isoformat())
            Record(case=case, sequence=sequence, act=event.action.value, on=event.on, facts=facts, at=moment,
                   by_name="某人", previous_hash="", hash="").save()  # fmt: skip
        for each in file.proceedings:
            Proceeding.objects.create(case=case, ref=each.ref, **folding.proceeding_columns(each))
        cases.append(case)
    return cases


def by_law(cases: list[InfoRequest], year: int) -> tuple[Counted, Counted]:
    """Return both tables as the law counts them over the case files."""
    files = [(case.number, folding.case_file(case, on=LATER)) for case in cases]
    named = [(case, file) for case, (_, file) in zip(cases, files, strict=True)]
    tables = [
        count_table4(
            [(case.number, file) for case, file in named if case.agency_id == agency],
            year,
            practice=folding.practice_of(agency),
        )
        for agency in dict.fromkeys(case.agency_id for case in cases)
    ]
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    for table in tables:
        for place, names in table.cells.items():
            cells[place] = cells.get(place, ()) + names
    return count_table3(files, year), Counted(year=year, table=4, cells=cells)


def check_agrees(agencies: list[Agency], cases: list[InfoRequest], years: Iterable[int]) -> None:
    """Check numbers, the cases behind each, and the balance, against the law for every year."""
    for year in years:
        three, four = by_law(cases, year)
        assert counting.table3(agencies, year) == {place: len(names) for place, names in three.cells.items()}
        assert not imbalances(three)
        for place, names in three.cells.items():
            behind = counting.cases_in(agencies, year, *place).values_list("number", flat=True)
            assert sorted(behind) == sorted(names)
        counted = counting.table4(agencies, year)
        assert counted.keys() == four.cells.keys()
        for place, names in four.cells.items():
            rows = Proceeding.objects.filter(pk__in=counted[place]).select_related("case")
            assert sorted(f"{row.case.number}/{row.ref}" for row in rows) == sorted(names)
        assert all(
            left == right for left, right in counting.balance(counting.table3(agencies, year)).values()
        )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.booleans(), histories(10)), min_size=1, max_size=6))
def test_whatever_happens_the_database_counts_as_the_law(
    county: County, told: list[tuple[bool, tuple[Event, ...]]]
) -> None:
    with transaction.atomic():
        # One of the two bodies counts a judgment under appeal by what was judged.
        DeskSettings.objects.create(agency=county.office, practice={"appealed_is_pending": False})
        bodies = [county.bureau, county.office]
        cases = written((bodies[second], events) for second, events in told)
        check_agrees(bodies, cases, YEARS)
        transaction.set_rollback(True)


def test_three_years_of_a_county_are_counted_as_the_law_does(county: County) -> None:
    bodies = [county.bureau, county.office, county.township]
    seeding.seed(agencies=bodies, number=260, years=3, seed=3, on=LATER)
    check_agrees(bodies, list(InfoRequest.objects.order_by("pk")), range(2023, 2027))
    for body in bodies:
        check_agrees([body], list(InfoRequest.objects.filter(agency=body).order_by("pk")), (2025,))


def test_a_demand_to_correct_ones_records_is_not_in_table_3(county: County) -> None:
    asked(county.bureau, "2025-10-09", kind=registering.CaseKind.RECORDS)
    assert counting.table3([county.bureau], 2025) == {}


def test_before_2021_the_form_has_one_row_for_other_outcomes(county: County) -> None:
    day = date(2020, 3, 2)
    facts = {"applicant": "business", "channel": "in_person"}
    events = (
        Event(action=Action.REGISTER, on=day, facts=facts),
        Event(action=Action.WITHDRAW, on=date(2020, 3, 5)),
    )
    cases = written([(county.bureau, events)])
    assert counting.table3([county.bureau], 2020)["other", "business"] == 1
    assert list(counting.cases_in([county.bureau], 2020, "other", "business")) == cases
    assert "其他处理" in count_tables.cell_name(2020, 3, "other", TOTAL)


# Frozen years.


def _replied(case: InfoRequest, day: str, recorded: datetime) -> None:
    row = acting.locked(case)
    common = {"on": date.fromisoformat(day), "by": None, "now": recorded, "as_it_was": True}
    acting.write(row, action=Action.DECIDE, facts={"outcome": "granted"}, **common)
    acting.write(row, action=Action.SERVE, facts={"by": "post"}, **common)


def _entered_late(county: County) -> InfoRequest:
    """A reply posted on 30 December and entered in January, after the year was frozen."""
    case = asked(county.bureau, "2025-12-10")
    freezing.freeze(agency=county.bureau, year=2025, now=at("2026-01-01", "00:05"))
    _replied(case, "2025-12-30", at("2026-01-08"))
    return case


def test_what_is_entered_after_the_year_is_a_difference_and_the_frozen_number_stays(county: County) -> None:
    case = _entered_late(county)
    kept = freezing.frozen([county.bureau], 2025, 3)
    assert kept is not None
    assert kept.table.names("carried_out", "natural_person") == (case.number,)
    assert kept.table.number("granted") == 0
    (moved,) = freezing.moves(kept.since, InfoRequest.objects.all())
    assert (moved.name, moved.case) == (case.number, case)
    assert moved.left == (("carried_out", "natural_person"),)
    assert moved.entered == (("granted", "natural_person"),)
    table = count_tables.count_table([county.bureau], 2025, 3, InfoRequest.objects.all())
    was = {cell.place: cell.was for row in table.rows for cell in row if cell.place}
    assert was["granted", "natural_person"] == 0
    assert was["carried_out", TOTAL] == 1
    assert was["new", TOTAL] is None
    assert [(line.was, line.now) for line in table.moved] == [
        ("结转下年度继续办理·自然人", "予以公开·自然人")
    ]


def test_a_year_frozen_late_holds_what_was_on_record_at_its_end(county: County) -> None:
    case = asked(county.bureau, "2025-12-10")
    _replied(case, "2025-12-30", at("2026-01-08"))
    freezing.freeze(agency=county.bureau, year=2025, now=at("2026-02-01"))
    kept = freezing.frozen([county.bureau], 2025, 3)
    assert kept is not None and kept.table.number("carried_out") == 1
    # The next year, frozen after still later entries, knew of the reply: it does not carry the case in.
    freezing.freeze(agency=county.bureau, year=2026, now=at("2027-01-01"))
    following = freezing.frozen([county.bureau], 2026, 3)
    assert following is not None and following.table.cells == {}


def test_a_reply_entered_two_years_late_was_carried_through_both(county: County) -> None:
    case = asked(county.bureau, "2024-12-10")
    _replied(case, "2024-12-30", at("2026-02-02"))
    for year in (2024, 2025):
        freezing.freeze(agency=county.bureau, year=year, now=at("2026-02-03"))
        kept = freezing.frozen([county.bureau], year, 3)
        assert kept is not None and kept.table.names("carried_out") == (case.number,)


def test_freezing_again_changes_nothing(county: County) -> None:
    _entered_late(county)
    before = freezing.YearSnapshot.objects.get(agency=county.bureau, table=3)
    freezing.freeze(agency=county.bureau, year=2025, now=at("2026-03-01"))
    call_command("freeze_year", "2025")
    call_command("freeze_year", "2025")
    after = freezing.YearSnapshot.objects.get(agency=county.bureau, year=2025, table=3)
    assert (after.cells, after.frozen_at) == (before.cells, before.frozen_at)
    assert freezing.YearSnapshot.objects.filter(year=2025).count() == 2 * Agency.objects.count()
    with pytest.raises(Refused, match="尚未结束"):
        freezing.freeze(agency=county.bureau, year=2025, now=at("2025-12-31", "23:59"))
    with pytest.raises(CommandError, match="尚未结束"):
        call_command("freeze_year", "2999")


def test_a_dispute_entered_late_is_a_difference_of_table_4(county: County) -> None:
    case = asked(county.bureau, "2025-09-10")
    _replied(case, "2025-09-30", at("2025-09-30"))
    freezing.freeze(agency=county.bureau, year=2025, now=at("2026-01-01"))
    acting.write(
        acting.locked(case), action=Action.RECONSIDERATION_FILED, on=date(2025, 12, 29), by=None,
        facts={"ref": "复1"}, now=at("2026-01-05"),
    )  # fmt: skip
    kept = freezing.frozen([county.bureau], 2025, 4)
    assert kept is not None
    (moved,) = freezing.moves(kept.since, InfoRequest.objects.none())
    assert (moved.name, moved.case, moved.left) == (f"{case.number}/复1", None, ())
    assert moved.entered == (("reconsideration", "pending"),)


def test_every_frozen_year_of_a_county_agrees_with_the_law_on_what_was_known(county: County) -> None:
    seeding.seed(agencies=[county.bureau], number=150, years=3, seed=5, on=LATER)
    freezing.freeze(agency=county.bureau, year=2024, now=at("2026-12-01"))
    kept = freezing.frozen([county.bureau], 2024, 3)
    assert kept is not None
    files = []
    for case in InfoRequest.objects.filter(created_at__lt=at("2025-01-01", "00:00")).order_by("pk"):
        known = [each for each in case.records.all() if each.at < at("2025-01-01", "00:00")]
        files.append((case.number, folding.fold_records(known, on=date(2024, 12, 31))))
    assert kept.table.cells == count_table3(files, 2024).cells
    assert not imbalances(kept.table)


# On screen.


def _is_refused(client: Client, address: str, **query: str) -> bool:
    """Whether the back office leads away from an address without showing anything."""
    response = client.get(address, query)
    return response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def _page(client: Client, **query: object) -> str:
    response = client.get(reverse("desk:counts"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_clerk_sees_their_own_body_and_each_number_opens_onto_its_cases(
    county: County, client_of: Callable[..., Client]
) -> None:
    case = asked(county.bureau, "2025-10-09", wanted="<script>x</script>水质")
    asked(county.township, "2025-10-09")
    client = client_of(Role.CLERK, county.bureau)
    page = _page(client, niandu=2025)
    assert "本列数据的勾稽关系为" in page and "一、本年新收政府信息公开申请数量" in page
    assert "全部机关合计" not in page and county.township.name not in page
    address = reverse("desk:count_cell", args=[2025, 3, "new", "natural_person"])
    assert address in page
    opened = client.get(address).content.decode()
    assert case.number in opened and "共 1 件" in opened
    assert "周**" in opened and "周晓岚" not in opened
    assert "<script>x" not in opened


def test_a_supervisor_sees_the_sum_and_each_body_below(
    county: County, client_of: Callable[..., Client]
) -> None:
    for body in (county.bureau, county.township, county.government):
        asked(body, "2025-10-09")
    client = client_of(Role.SUPERVISOR, county.office)
    summed = _page(client, niandu=2025, jiguan=count_tables.ALL)
    opened = client.get(
        reverse("desk:count_cell", args=[2025, 3, "new", TOTAL]), {"jiguan": count_tables.ALL}
    ).content.decode()
    assert "共 3 件" in opened
    assert "全部机关（" in summed
    alone = client.get(
        reverse("desk:count_cell", args=[2025, 3, "new", TOTAL]), {"jiguan": county.township.slug}
    ).content.decode()
    assert "共 1 件" in alone
    numbers = [counting.table3([each], 2025) for each in (county.bureau, county.township, county.government)]
    bodies = list(count_tables.bodies_of(county.person(Role.SUPERVISOR, county.office)))
    assert counting.table3(bodies, 2025)["new", TOTAL] == sum(each["new", TOTAL] for each in numbers)


@pytest.mark.parametrize("name", ["counts", "counts_printout", "counts_workbook"])
def test_another_bodys_numbers_are_refused(
    county: County, client_of: Callable[..., Client], name: str
) -> None:
    client = client_of(Role.CLERK, county.bureau)
    for asked_for in (county.township.slug, county.stranger.slug, count_tables.ALL, "meiyou"):
        assert _is_refused(client, reverse(f"desk:{name}"), jiguan=asked_for)
    supervisor = client_of(Role.SUPERVISOR, county.office)
    assert _is_refused(supervisor, reverse(f"desk:{name}"), jiguan=county.stranger.slug)


def test_another_bodys_cell_is_refused_and_no_cell_not_found(
    county: County, client_of: Callable[..., Client]
) -> None:
    asked(county.township, "2025-10-09")
    client = client_of(Role.APPROVER, county.bureau)
    for address in (
        reverse("desk:count_cell", args=[2025, 3, "new", TOTAL]),
        reverse("desk:count_cell_list", args=[2025, "new", TOTAL]),
        reverse("desk:count_differences", args=[2025, 3]),
    ):
        assert _is_refused(client, address, jiguan=county.township.slug)
    for table, row, column in ((3, "nothing", TOTAL), (3, "new", "nobody"), (4, "new", TOTAL), (2, "x", "y")):
        assert client.get(reverse("desk:count_cell", args=[2025, table, row, column])).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECRECY_REVIEWER, None])
def test_who_is_not_of_the_office_sees_no_numbers(
    county: County, client_of: Callable[..., Client], role: Role | None
) -> None:
    client = client_of(role, county.bureau)
    if role is None:
        assert client.get(reverse("desk:counts")).status_code == 302
    else:
        assert _is_refused(client, reverse("desk:counts"))


def test_a_year_without_cases_says_so(county: County, client_of: Callable[..., Client]) -> None:
    assert "各项均为 0" in _page(client_of(Role.CLERK, county.bureau))


def test_what_was_frozen_stands_beside_what_is(county: County, client_of: Callable[..., Client]) -> None:
    case = _entered_late(county)
    client = client_of(Role.CLERK, county.bureau)
    page = _page(client, niandu=2025)
    assert "冻结 1" in page and "1 件与冻结时不同" in page and case.number in page
    printed = client.get(reverse("desk:counts_printout"), {"niandu": 2025}).content.decode()
    assert "1 件有变化" in printed and "<nav" not in printed
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("desk:count_differences", args=[2025, 3])).content)
    ).active
    assert [cell.value for cell in sheet[2]][2:] == ["结转下年度继续办理·自然人", "予以公开·自然人"]
    assert client.get(reverse("desk:count_differences", args=[2024, 3])).status_code == 404


def test_the_spreadsheet_has_the_forms_cells_and_the_same_numbers(
    county: County, client_of: Callable[..., Client]
) -> None:
    seeding.seed(agencies=[county.bureau], number=60, years=2, seed=2, on=TODAY)
    client = client_of(Role.CLERK, county.bureau)
    response = client.get(reverse("desk:counts_workbook"), {"niandu": 2025})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    numbers = counting.table3([county.bureau], 2025)
    rows = [[cell.value for cell in row] for row in book["表三"].iter_rows(min_row=3)]
    new = next(row for row in rows if "一、本年新收政府信息公开申请数量" in row)
    assert new[3:] == [numbers.get(("new", column), 0) for column in (*APPLICANT_KINDS, TOTAL)]
    assert {str(each) for each in book["表三"].merged_cells.ranges} >= {"D3:J3", "A3:C5"}
    listed = client.get(reverse("desk:count_cell_list", args=[2025, "new", TOTAL]))
    lines = openpyxl.load_workbook(io.BytesIO(listed.content)).active
    assert lines.max_row == numbers["new", TOTAL] + 1


def test_cells_are_shown_page_by_page(county: County, client_of: Callable[..., Client]) -> None:
    seeding.seed(agencies=[county.bureau], number=130, years=1, seed=2, on=TODAY)
    client = client_of(Role.CLERK, county.bureau)
    address = reverse("desk:count_cell", args=[2025, 3, "new", TOTAL])
    first, second = (client.get(address, {"ye": page}).context["lines"] for page in (1, 2))
    assert len(first) == 50 and not {each["case"].pk for each in first} & {each["case"].pk for each in second}


def test_a_case_may_be_in_one_cell_of_a_column_at_each_side(county: County) -> None:
    """Random columns of a random year: in and out hold the same cases."""
    seeding.seed(agencies=[county.bureau], number=150, years=3, seed=9, on=TODAY)
    dice = Random(1)
    for _ in range(10):
        year, column = dice.choice((2023, 2024, 2025)), dice.choice(list(APPLICANT_KINDS))
        sides = [
            sorted(
                pk
                for row in rows
                for pk in counting.cases_in([county.bureau], year, row, column).values_list("pk", flat=True)
            )
            for rows in (("new", "carried_in"), ("total_done", "carried_out"))
        ]
        assert sides[0] == sides[1]
    with pytest.raises(LookupError):
        counting.cases_in([county.bureau], 2025, "new", "nobody")
    assert not visible_cases(county.person(Role.CLERK, county.township)).exists()

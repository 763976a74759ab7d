"""The fact sheet of a year: entered once, bound like any fact, unknown until every body has said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.test import Client

from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import SheetFact
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures import sheet
from gongkai.web.oversight.services.figures.access import last_row
from gongkai.web.oversight.services.figures.addends import addends
from gongkai.web.oversight.services.figures.progress import progress
from gongkai.web.oversight.services.figures.sheet import Entry

NOW = datetime(2026, 1, 9, 2, 0, tzinfo=UTC)
ClientOf = Callable[..., Client]


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau."""
    return county.person(Role.CLERK, county.bureau)


def save(agency: Agency, by: User, year: int = 2025, seen: int | None = None, **values: object) -> int:
    entries = {
        code: value
        if isinstance(value, Entry)
        else Entry(value=None if value is None else Decimal(str(value)))
        for code, value in values.items()
    }
    seen = last_row(SheetFact, agency, year) if seen is None else seen
    return sheet.save_sheet(agency=agency, year=year, entries=entries, by=by, now=NOW, seen=seen)


def told(name: str, *agencies: Agency) -> object:
    return fact_sources.facts()[name].counted(agencies, 2025)


def test_what_is_entered_is_a_fact(county: County, clerk: User) -> None:
    assert save(county.bureau, clerk, trainings=3, score="92.50") == 2
    assert told("政府信息公开培训", county.bureau) == 3
    assert told("政务公开考核得分", county.bureau) == Decimal("92.5")
    assert told("社会评议", county.bureau) is None


def test_nothing_and_not_known_are_two_things(county: County, clerk: User) -> None:
    save(county.bureau, clerk, accountable=0, public_reviews=None)
    assert told("责任追究", county.bureau) == 0
    assert told("社会评议", county.bureau) is None
    assert SheetFact.objects.count() == 1


def test_over_several_bodies_one_that_is_silent_leaves_the_sum_unknown(county: County, clerk: User) -> None:
    save(county.bureau, clerk, trainings=3)
    assert told("政府信息公开培训", county.bureau, county.township) is None
    assert addends([county.bureau, county.township], 2025, "trainings").unknown == [county.township]
    save(county.township, county.person(Role.CLERK, county.township), trainings=0)
    assert told("政府信息公开培训", county.bureau, county.township) == 3


def test_a_score_is_never_summed(county: County, clerk: User) -> None:
    save(county.bureau, clerk, score=90)
    save(county.township, county.person(Role.CLERK, county.township), score=80)
    assert told("政务公开考核得分", county.bureau, county.township) is None
    both = addends([county.bureau, county.township], 2025, "score")
    assert both.total is None and both.unknown == []
    assert addends([county.bureau], 2025, "score").total == 90


def test_the_page_of_scores_says_that_they_are_not_added(
    county: County, clerk: User, client_of: ClientOf
) -> None:
    save(county.bureau, clerk, score=90)
    save(county.township, county.person(Role.CLERK, county.township), score=80)
    path = fact_sources.facts()["政务公开考核得分"].path([county.bureau, county.township], 2025)
    page = client_of(Role.SUPERVISOR, county.office).get(path).content.decode()
    assert "不相加" in page and "170" not in page


def test_only_changes_are_written_and_earlier_values_kept(county: County, clerk: User) -> None:
    save(county.bureau, clerk, trainings=3, trainees=40)
    assert save(county.bureau, clerk, trainings=4, trainees=40) == 1
    assert save(county.bureau, clerk, trainings=Entry(value=Decimal(4), source="签到表")) == 1
    assert save(county.bureau, clerk, trainings=Entry(value=None)) == 1
    kept = sheet.history(county.bureau, 2025, "trainings")
    assert [(row.value, row.source) for row in kept] == [(None, ""), (4, "签到表"), (4, ""), (3, "")]
    assert told("政府信息公开培训", county.bureau) is None


def test_last_years_value_stands_beside(county: County, clerk: User) -> None:
    save(county.bureau, clerk, 2024, trainings=2)
    save(county.bureau, clerk, 2025, trainings=3)
    lines = {each.line.code: each for _, lines in sheet.sheet_of(county.bureau, 2025) for each in lines}
    assert (lines["trainings"].value, lines["trainings"].last_year, lines["trainings"].entries) == (3, 2, 1)
    assert lines["trainees"].value is None


def test_saving_over_what_one_has_not_seen_is_refused(county: County, clerk: User) -> None:
    save(county.bureau, clerk, trainings=3)
    with pytest.raises(Refused, match="有人修改了"):
        save(county.bureau, clerk, trainings=9, seen=0)


@pytest.mark.parametrize(("code", "value"), [("trainings", "1.5"), ("trainings", -1), ("score", -1)])
def test_a_number_that_fits_no_line_is_refused(county: County, clerk: User, code: str, value: object) -> None:
    with pytest.raises(Refused, match="应当是非负"):
        save(county.bureau, clerk, **{code: value})


def test_an_unknown_line_and_a_coming_year_are_refused(county: County, clerk: User) -> None:
    with pytest.raises(Refused, match="没有这一项"):
        save(county.bureau, clerk, nothing=1)
    with pytest.raises(Refused, match="2027 年还没有到"):
        save(county.bureau, clerk, 2027, trainings=1)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SECRECY_REVIEWER, Role.ADMINISTRATOR])
def test_only_the_bodys_own_office_enters(county: County, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        save(county.bureau, county.person(role, county.bureau), trainings=1)
    with pytest.raises(PermissionDenied):
        save(county.bureau, county.person(Role.CLERK, county.office), trainings=1)


ROOM = "/admin/nianbao/shuju/shishi/"


def address(county: County, room: str = "", **more: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{ROOM}{room}?jiguan={county.bureau.slug}&nian=2025{asked}"


def test_the_page_takes_what_is_typed_and_keeps_who_and_why(county: County, client_of: ClientOf) -> None:
    client = client_of(Role.REVIEWER, county.bureau)
    given = {
        "seen": "0",
        "trainings": "３",
        "trainings-source": "签到表",
        "trainees": "1,200",
        "accountable": "0",
    }
    assert client.post(address(county), given).status_code == 302
    assert told("政府信息公开培训人次", county.bureau) == 1200
    assert SheetFact.objects.count() == 3
    page = client.get(address(county)).content.decode()
    assert 'value="1200"' in page
    assert "已填 3 项" in page
    assert "签到表" in client.get(address(county, "lishi/", xiang="trainings")).content.decode()


def test_the_page_says_what_is_no_number_and_saves_nothing(county: County, client_of: ClientOf) -> None:
    response = client_of(Role.CLERK, county.bureau).post(
        address(county), {"seen": "0", "trainings": "三四期", "trainees": "5"}
    )
    assert response.status_code == 422
    assert "“三四期”不是一个数" in response.content.decode()
    assert not SheetFact.objects.exists()


def test_a_line_that_was_not_sent_is_not_a_blank(county: County, clerk: User, client_of: ClientOf) -> None:
    save(county.bureau, clerk, trainings=3, calls=4)
    seen = last_row(SheetFact, county.bureau, 2025)
    path = fact_sources.facts()["社会评议"].path([county.bureau], 2025)
    client_of(Role.CLERK, county.bureau).post(path, {"seen": seen, "calls": "", "calls-source": ""})
    assert told("政府信息公开培训", county.bureau) == 3
    assert told("信息公开咨询电话", county.bureau) is None


def test_two_people_cannot_save_over_each_other(county: County, client_of: ClientOf) -> None:
    first, second = client_of(Role.CLERK, county.bureau), client_of(Role.REVIEWER, county.bureau)
    first.post(address(county), {"seen": "0", "trainings": "3"})
    response = second.post(address(county), {"seen": "0", "trainings": "4"})
    assert response.status_code == 422
    assert "有人修改了" in response.content.decode()
    assert told("政府信息公开培训", county.bureau) == 3


def test_the_supervisor_sees_and_does_not_type(county: County, clerk: User, client_of: ClientOf) -> None:
    save(county.bureau, clerk, trainings=7)
    client = client_of(Role.SUPERVISOR, county.office)
    page = client.get(address(county)).content.decode()
    assert "<b>7</b>" in page
    assert 'class="gk-number"' not in page
    assert client.post(address(county), {"seen": "0", "trainings": "4"}).status_code in (302, 403)
    assert told("政府信息公开培训", county.bureau) == 7


def test_a_fact_opens_the_sheet_of_its_body(county: County, client_of: ClientOf) -> None:
    fact = fact_sources.facts()["政府信息公开培训"]
    assert client_of(Role.CLERK, county.bureau).get(fact.path([county.bureau], 2025)).status_code == 200


def test_a_sum_opens_what_each_body_adds_and_names_who_has_not_said(
    county: County, clerk: User, client_of: ClientOf
) -> None:
    save(county.bureau, clerk, trainings=7)
    fact = fact_sources.facts()["政府信息公开培训"]
    path = fact.path([county.bureau, county.township], 2025)
    client = client_of(Role.SUPERVISOR, county.office)
    shown = client.get(path).context["sum"]
    assert (shown.total, shown.unknown) == (None, [county.township])
    save(county.township, county.person(Role.CLERK, county.township), trainings=2)
    assert client.get(path).context["sum"].total == fact.counted([county.bureau, county.township], 2025) == 9
    assert client_of(Role.CLERK, county.bureau).get(path).status_code in (302, 403)


def test_no_such_line_has_no_history(county: County, client_of: ClientOf) -> None:
    response = client_of(Role.CLERK, county.bureau).get(address(county, "lishi/", xiang="meiyou"))
    assert response.status_code == 404


def test_a_superior_sees_how_far_each_body_is(
    county: County, clerk: User, django_assert_num_queries: Callable[..., object]
) -> None:
    save(county.bureau, clerk, trainings=7, trainees=40, score=None)
    save(county.bureau, clerk, trainees=None)
    with django_assert_num_queries(2):
        found = progress([county.bureau, county.township], 2025, range(1, 3))
    assert [(each.agency, each.facts, each.figures, each.figures_due) for each in found] == [
        (county.bureau, 1, 0, 8),
        (county.township, 0, 0, 8),
    ]
    assert not found[0].is_whole

"""How often the public was asked is what the list of drafts opened in the year shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from county import County
from django.test import Client

from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.roles import Role
from gongkai.web.participation.models import Consultation


def test_drafts_opened_in_the_year_are_counted_and_listed(
    county: County, client_of: Callable[..., Client]
) -> None:
    for agency, day in (
        (county.bureau, date(2025, 1, 1)),
        (county.bureau, date(2025, 12, 31)),
        (county.bureau, date(2024, 12, 31)),
        (county.township, date(2025, 5, 6)),
    ):
        Consultation.objects.create(
            agency=agency, title=f"草案{day}", draft="…", explanation="…", opens_on=day,
            closes_on=day + timedelta(days=30),
        )  # fmt: skip
    fact = fact_sources.facts()["意见征集"]
    assert fact.counted([county.bureau], 2025) == 2
    assert fact.counted([county.bureau, county.township], 2025) == 3
    page = client_of(Role.SUPERVISOR, county.office).get(fact.path([county.bureau], 2025))
    assert [each.title for each in page.context["object_list"]] == ["草案2025-12-31", "草案2025-01-01"]
    assert "开始年份" in page.content.decode()
    assert fact.path([county.bureau, county.township], 2025) is None

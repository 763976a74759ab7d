"""One registry of facts: names no two share, each answered by whoever keeps the records."""

from __future__ import annotations

import pytest
from county import County
from django.utils.module_loading import import_string

from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.fact_sources import Fact

THERE = __name__


def two(agencies: object, year: int) -> int:
    """Count two for each body, in any year but 2020, of which nothing is known."""
    return None if year == 2020 else 2 * len(agencies)


def page(agencies: object, year: int) -> str:
    return f"/admin/there/?{fact_sources.asked_for(agencies, year)}"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty registry, for the test alone."""
    monkeypatch.setattr(fact_sources, "_facts", {})


def fact(code: str = "a.two", name: str = "两件", **more: str) -> Fact:
    return Fact(code=code, name=name, unit="件", group="甲", count=f"{THERE}.two", **more)


@pytest.mark.usefixtures("registry")
def test_a_fact_is_found_by_its_name_and_asks_its_source(county: County) -> None:
    fact_sources.register(fact(opens=f"{THERE}.page"))
    found = fact_sources.facts()["两件"]
    bodies = [county.bureau, county.township]
    assert found.counted(bodies, 2025) == 4
    assert found.counted(bodies, 2020) is None
    assert found.path(bodies, 2025) == "/admin/there/?jiguan=cexi-jiaoyuju&jiguan=cexi-shiqiao&nian=2025"


@pytest.mark.usefixtures("registry")
def test_a_fact_without_records_to_open_opens_nothing(county: County) -> None:
    fact_sources.register(fact())
    assert fact_sources.facts()["两件"].path([county.bureau], 2025) is None


@pytest.mark.usefixtures("registry")
def test_a_second_fact_of_the_same_name_is_refused() -> None:
    fact_sources.register(fact())
    with pytest.raises(ValueError, match="两件"):
        fact_sources.register(fact(code="b.two"))


@pytest.mark.usefixtures("registry")
def test_registering_again_takes_the_place_and_keeps_the_order() -> None:
    fact_sources.register(fact("a.one", "一件"), fact())
    fact_sources.register(fact("a.one", "头一件"))
    assert list(fact_sources.facts()) == ["头一件", "两件"]


REGISTERED = tuple(fact_sources.facts().values())


@pytest.mark.parametrize("each", REGISTERED, ids=lambda each: each.code)
def test_every_registered_fact_can_be_written_and_answered(each: Fact) -> None:
    assert 0 < len(each.name) <= 20
    assert not set("{}[]|「」 ") & set(each.name)
    assert each.unit
    assert each.group
    assert callable(import_string(each.count))
    assert not each.opens or callable(import_string(each.opens))


def test_facts_of_a_group_stand_together() -> None:
    groups = [each.group for each in REGISTERED]
    runs = [group for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group]
    assert len(runs) == len(set(runs))


@pytest.mark.parametrize("each", REGISTERED, ids=lambda each: each.code)
def test_a_fact_costs_as_many_queries_for_many_bodies_as_for_one(
    each: Fact, county: County, django_assert_max_num_queries: object
) -> None:
    everyone = [county.government, county.office, county.bureau, county.township]
    with django_assert_max_num_queries(7):
        each.counted(everyone, 2025)

"""What publishing tells an annual report is what the page behind each number lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from desk import at
from django.test import Client

from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.fact_sources import Fact
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    DisclosureAttribute,
    Genre,
    InterpretationForm,
    MeetingKind,
    NormativeKind,
)
from gongkai.web.publishing.facts import PAGES
from gongkai.web.publishing.models import (
    DocumentPage,
    GazetteEntry,
    GazettePage,
    InterpretationPage,
    InterpretedDocument,
    MeetingPage,
    PageFault,
)

ClientOf = Callable[..., Client]


def told(name: str, *agencies: object, year: int = 2025) -> object:
    return fact_sources.facts()[name].counted(agencies, year)


@pytest.fixture
def documents(county: County) -> list[DocumentPage]:
    """A year of the bureau: a normative document, a notice late, one withheld, one of the year before."""
    normative = {"normative_kind": NormativeKind.NORMATIVE, "document_number": "测教〔2025〕1号"}
    return [
        county.document(county.bureau, "办法", genre=Genre.MEASURES, **normative),
        county.document(
            county.bureau,
            "通知",
            genre=Genre.NOTICE,
            article20_item=Article20Item.PLANS,
            made_on=date(2025, 3, 3),
            published_on=date(2025, 9, 1),
        ),
        county.document(
            county.bureau, "内部件", attribute=DisclosureAttribute.WITHHELD, withhold_reason="内部事务"
        ),
        county.document(county.bureau, "旧件", made_on=date(2024, 3, 3), published_on=date(2024, 3, 5)),
        county.document(county.township, "镇里的"),
    ]


@pytest.mark.usefixtures("documents")
def test_documents_of_the_year_are_counted_whole_and_by_kinds(county: County) -> None:
    assert told("主动公开信息", county.bureau) == 2
    assert told("主动公开信息", county.bureau, county.township) == 3
    assert told("主动公开信息按栏目", county.bureau) == [("法定主动公开内容", 2)]
    assert told("主动公开信息按法定事项", county.bureau) == [("规范性文件", 1), ("规划计划", 1)]
    assert told("主动公开信息按体裁", county.bureau, county.township) == [
        ("通知", 1), ("办法、规定、细则", 1), ("未分类", 1),
    ]  # fmt: skip


@pytest.mark.usefixtures("documents")
def test_what_came_late_is_told_from_what_came_in_time(county: County) -> None:
    assert told("按时公开信息", county.bureau) == 1
    assert told("超期公开信息", county.bureau) == 1


def test_normative_documents_are_those_of_table_2(county: County, documents: list[DocumentPage]) -> None:
    DocumentPage.objects.filter(pk=documents[3].pk).update(
        normative_kind=NormativeKind.NORMATIVE, effectiveness="repealed", repealed_on=date(2025, 6, 1)
    )
    assert told("制发行政规范性文件", county.bureau) == 1
    assert told("废止行政规范性文件", county.bureau) == 1
    assert told("现行有效行政规范性文件", county.bureau) == 1
    assert told("现行有效规章", county.bureau) == 0


def test_interpretations_are_counted_by_form_and_by_what_they_explain(
    county: County, documents: list[DocumentPage]
) -> None:
    column = county.column(county.bureau, ColumnKind.INTERPRETATIONS)
    for form in (InterpretationForm.VIDEO, InterpretationForm.VIDEO, InterpretationForm.EXPERT):
        page = InterpretationPage(title=f"解读{form}", form=form, published_on=date(2025, 4, 1))
        column.add_child(instance=page)
        InterpretedDocument.objects.create(page=page, document=documents[0])
    hidden = InterpretationPage(title="未发布", form=form, published_on=date(2025, 4, 1), live=False)
    column.add_child(instance=hidden)
    assert told("政策解读", county.bureau) == 3
    assert told("政策解读按形式", county.bureau) == [("视频解读", 2), ("专家解读", 1)]
    assert told("配发解读的公开信息", county.bureau) == 1


def test_meetings_and_gazettes_are_counted(county: County, documents: list[DocumentPage]) -> None:
    column = county.column(county.government, ColumnKind.MEETINGS)
    for number, year in ((1, 2025), (2, 2025), (3, 2024)):
        meeting = MeetingPage(
            title=f"第{number}次", kind=MeetingKind.EXECUTIVE, held_on=date(year, 5, number)
        )
        column.add_child(instance=meeting)
    issue = GazettePage(title="公报", year=2025, number=1, published_on=date(2025, 4, 1))
    county.column(county.government, ColumnKind.GAZETTE).add_child(instance=issue)
    GazetteEntry.objects.create(page=issue, document=documents[0])
    assert told("公开政府会议", county.government) == 2
    assert told("公开政府会议按类型", county.government) == [("常务会议", 2)]
    assert told("政府公报", county.government) == 1
    assert told("政府公报刊登文件", county.government) == 1


def test_errors_that_readers_reported_are_counted(county: County, documents: list[DocumentPage]) -> None:
    day = at("2025-12-31", "23:30")
    for page, settled in ((documents[0], None), (documents[1], day), (documents[4], day)):
        fault = PageFault.objects.create(page=page, address="/x/", words="错字", settled_at=settled)
        PageFault.objects.filter(pk=fault.pk).update(reported_at=day)
    assert told("收到网页纠错", county.bureau) == 2
    assert told("办结网页纠错", county.bureau) == 1
    assert told("收到网页纠错", county.bureau, county.township) == 3
    assert told("收到网页纠错", county.bureau, year=2026) == 0


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("fact", PAGES, ids=lambda fact: fact.code)
def test_the_page_behind_a_number_lists_as_many(county: County, client_of: ClientOf, fact: Fact) -> None:
    client = client_of(Role.SUPERVISOR, county.office)
    for bodies in ([county.bureau], [county.bureau, county.township]):
        number = fact.counted(bodies, 2025)
        whole = number if isinstance(number, int) else sum(count for _, count in number)
        page = client.get(fact.path(bodies, 2025))
        assert page.status_code == 200
        assert page.context["results"].paginator.count == whole


def test_the_page_is_not_for_other_bodies(county: County, client_of: ClientOf) -> None:
    fact = fact_sources.facts()["主动公开信息"]
    client = client_of(Role.CLERK, county.township)
    assert client.get(fact.path([county.township], 2025)).status_code == 200
    assert client.get(fact.path([county.bureau], 2025)).status_code in (302, 403)


@pytest.mark.parametrize(
    "address",
    [
        "meiyou/?nian=2025",
        "documents/?nian=x",
        "documents/",
        "documents/?nian=0000",
        "rules_in_force/?nian=0001",
        "documents/?nian=２０２５",
    ],
)
def test_what_is_no_fact_or_year_is_not_found(county: County, client_of: ClientOf, address: str) -> None:
    assert client_of(Role.CLERK, county.bureau).get(f"/admin/mulu/shishi/{address}").status_code == 404

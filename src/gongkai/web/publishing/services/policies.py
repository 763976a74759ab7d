"""The library of policy documents and normative documents (政策文件库): filters, counts, orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import (
    NO_LONGER_IN_FORCE,
    ColumnKind,
    Effectiveness,
    Genre,
    NormativeKind,
    Topic,
)
from gongkai.web.publishing.models import ColumnPage, DocumentPage
from gongkai.web.publishing.services.validity import Table2Row, table2_counts

POLICY = "zhengce"
KINDS = {
    NormativeKind.RULES.value: "规章",
    NormativeKind.NORMATIVE.value: "行政规范性文件",
    POLICY: "其他政策文件",
}
IN_FORCE, AMENDED, ENDED = "youxiao", "xiugai", "zhongzhi"
STANDINGS = {IN_FORCE: "现行有效", AMENDED: "已修改、部分废止", ENDED: "已废止、失效"}
ORDERS = {
    "": ("发布日期从新到旧", ("-published_on", "-pk")),
    "fabu": ("发布日期从旧到新", ("published_on", "pk")),
    "chengwen": ("成文日期从新到旧", ("-made_on", "-pk")),
}
COUNTED = {"zhifa": "制发", "feizhi": "废止、失效", "youxiao": "年末现行有效"}
MOST_RELATED = 6


def policy_documents() -> QuerySet[DocumentPage]:
    """Return the disclosed documents that are normative or filed under a column of policies."""
    columns = ColumnPage.objects.filter(kind=ColumnKind.POLICIES).values("path")
    pages = DocumentPage.objects.disclosed().annotate(
        above=Substr("path", 1, Length("path") - DocumentPage.steplen)
    )
    return pages.filter(~Q(normative_kind="") | Q(above__in=columns)).select_related("agency")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of a filter, with how many documents have it among those the other filters leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter with its choices; `everything` counts what the other filters leave."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    everything: int

    @property
    def chosen(self) -> str:
        """The label of what is chosen; empty for all."""
        return next((choice.label for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True, kw_only=True)
class Library:
    """The documents that answer the filters, in order, and the filters with their counts."""

    documents: QuerySet[DocumentPage]
    filters: tuple[Filter, ...]
    order: str
    counted: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.counted) or any(one.chosen for one in self.filters)


def policy_list(asked: Mapping[str, str]) -> Library:
    """Return the part of the library that a query string asks for; what makes no sense is ignored."""
    today = timezone.localdate()
    pages, counted = _counted(asked, today)
    bodies = _bodies(pages)
    labels: dict[str, tuple[str, Mapping[str, str]]] = {
        "jiguan": ("发布机构", bodies),
        "niandu": ("成文年份", _years(pages)),
        "leibie": ("类别", KINDS),
        "xiaoli": ("有效性", STANDINGS),
        "zhuti": ("主题", dict(Topic.choices)),
        "ticai": ("体裁", dict(Genre.choices)),
    }
    if counted:
        # The year and the kind are fixed by what is counted.
        labels = {name: labels[name] for name in ("jiguan", "zhuti")}
    known = {name: asked.get(name, "") for name, (_, values) in labels.items() if asked.get(name) in values}
    tests = {name: _test(name, value, today) for name, value in known.items()}
    filters = tuple(
        _filter(name, label, values, known.get(name, ""), _others(pages, tests, name), today)
        for name, (label, values) in labels.items()
    )
    order = asked.get("paixu", "") if asked.get("paixu") in ORDERS else ""
    found = pages.filter(*tests.values()).order_by(*ORDERS[order][1])
    return Library(documents=found, filters=filters, order=order, counted=counted)


def _counted(asked: Mapping[str, str], today: date) -> tuple[QuerySet[DocumentPage], str]:
    """Return the documents behind a number of Table 2 if the query string names one, else the library."""
    what, year, kind = asked.get("tongji", ""), asked.get("tongjinian", ""), asked.get("tongjilei", "")
    fits = what in COUNTED and kind in NormativeKind.values and year in map(str, years_counted())
    if not fits:
        return policy_documents(), ""
    rows = {row.kind.value: row for row in table2_counts(None, int(year))}
    label = "现行有效" if int(year) == today.year and what == "youxiao" else COUNTED[what]
    return _part(rows[kind], what).select_related("agency"), f"{year}年{label}的{KINDS[kind]}"


def _part(row: Table2Row, what: str) -> QuerySet[DocumentPage]:
    return {"zhifa": row.made, "feizhi": row.ended, "youxiao": row.in_force}[what]


def _bodies(pages: QuerySet[DocumentPage]) -> dict[str, str]:
    agencies = Agency.objects.filter(pk__in=pages.order_by().values("agency"))
    return dict(agencies.order_by("position", "pk").values_list("slug", "short_name"))


def _years(pages: QuerySet[DocumentPage]) -> dict[str, str]:
    return {str(day.year): f"{day.year}年" for day in pages.dates("made_on", "year", order="DESC")}


def _test(name: str, value: str, today: date) -> Q:
    match name:
        case "jiguan":
            return Q(agency__slug=value)
        case "niandu":
            return Q(made_on__year=int(value))
        case "leibie":
            return Q(normative_kind="" if value == POLICY else value)
        case "xiaoli":
            return _standing(value, today)
    return Q(**{{"zhuti": "topic", "ticai": "genre"}[name]: value})


def _standing(value: str, today: date) -> Q:
    ended = Q(effectiveness__in=NO_LONGER_IN_FORCE) | Q(valid_until__isnull=False, valid_until__lt=today)
    changed = Q(effectiveness__in=(Effectiveness.AMENDED, Effectiveness.PARTLY_REPEALED))
    if value == ENDED:
        return ended
    return ~ended & (changed if value == AMENDED else ~Q(effectiveness=Effectiveness.NOT_APPLICABLE))


def _others(pages: QuerySet[DocumentPage], tests: Mapping[str, Q], name: str) -> QuerySet[DocumentPage]:
    return pages.filter(*(test for other, test in tests.items() if other != name)).order_by()


def _filter(
    name: str, label: str, values: Mapping[str, str], chosen: str, pages: QuerySet[DocumentPage], today: date
) -> Filter:
    counts = pages.aggregate(
        all=Count("pk"),
        **{f"v{at}": Count("pk", filter=_test(name, value, today)) for at, value in enumerate(values)},
    )
    choices = (
        Choice(value=value, label=text, count=counts[f"v{at}"], chosen=value == chosen)
        for at, (value, text) in enumerate(values.items())
    )
    shown = tuple(choice for choice in choices if choice.count or choice.chosen)
    return Filter(name=name, label=label, choices=shown, everything=counts["all"])


def years_counted() -> range:
    """Return the years from the oldest normative document to this one."""
    oldest = DocumentPage.objects.disclosed().normative().order_by("made_on").first()
    this_year = timezone.localdate().year
    return range(min(oldest.made_on.year, this_year) if oldest else this_year, this_year + 1)


@dataclass(frozen=True, kw_only=True)
class BodyCounts:
    """A body's line of the statistics: its numbers row by row, each with the query that opens its list."""

    agency: Agency | None
    cells: tuple[tuple[int, str], ...]


def statistics(year: int) -> tuple[list[BodyCounts], BodyCounts]:
    """Return the numbers of Table 2 body by body, and of all bodies; bodies without any are left out."""
    counted: list[tuple[str, dict[int, int]]] = []
    for row in table2_counts(None, year):
        for what in COUNTED:
            by_body = _part(row, what).order_by().values_list("agency").annotate(Count("pk"))
            counted.append((f"tongji={what}&tongjinian={year}&tongjilei={row.kind.value}", dict(by_body)))
    bodies = {pk for _, counts in counted for pk in counts}
    lines = [
        BodyCounts(
            agency=agency,
            cells=tuple(
                (counts.get(agency.pk, 0), f"{query}&jiguan={agency.slug}") for query, counts in counted
            ),
        )
        for agency in Agency.objects.filter(pk__in=bodies).order_by("position", "pk")
    ]
    total = tuple((sum(counts.values()), query) for query, counts in counted)
    return lines, BodyCounts(agency=None, cells=total)


def related_to(page: DocumentPage) -> list[DocumentPage]:
    """Return what a reader may want next: of the same catalogue item, of the same topic, of the same body."""
    tests: list[tuple[Q, int]] = []
    if page.catalogue_item_id:
        tests.append((Q(catalogue_item=page.catalogue_item_id), 3))
    if page.topic:
        tests.append((Q(topic=page.topic, agency=page.agency_id), 2))
        tests.append((Q(topic=page.topic), 1))
    tests.append((Q(agency=page.agency_id, article20_item=page.article20_item), 1))
    nearness: Any = sum(
        (
            Case(When(test, then=Value(weight)), default=Value(0), output_field=IntegerField())
            for test, weight in tests
        ),
        Value(0),
    )
    pages = DocumentPage.objects.disclosed().exclude(pk=page.pk).annotate(nearness=nearness)
    near = pages.filter(nearness__gt=0).select_related("agency")
    return list(near.order_by("-nearness", "-published_on", "-pk")[:MOST_RELATED])


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a document's metadata; `is_wide` where it takes the whole width."""

    name: str
    value: str
    is_wide: bool = False


def facts_of(page: DocumentPage) -> list[Fact]:
    """Return the document's metadata by the national guideline's names, what is blank left out.

    The short ones stand two to a row; the last of an odd number takes the row.
    """
    short = [
        ("索引号", page.index_number),
        ("发布机构", page.agency.name if page.agency_id else ""),
        ("文号", page.document_number or "无"),
        ("发文机关", page.issuer),
        ("成文日期", _day(page.made_on)),
        ("发布日期", _day(page.published_on)),
        ("有效性", page.validity.label),
        ("实施日期", _day(page.effective_from)),
        ("有效期至", _day(page.valid_until)),
        (f"{page.validity.label}日期", "" if page.is_in_force else _day(page.repealed_on)),
        ("主题分类", page.get_topic_display()),
        ("体裁分类", page.get_genre_display()),
        ("公开类别", page.get_normative_kind_display()),
        ("公开方式", page.get_attribute_display()),
        ("公开范围", page.scope),
        ("公开时限", _term(page)),
    ]
    long = [
        ("公开事项", page.catalogue_item.title if page.catalogue_item else page.get_article20_item_display()),
        ("公开依据", f"《政府信息公开条例》第二十条第（{page.item_in_chinese}）项"),
        ("关键词", page.keywords),
        ("内容概述", page.abstract),
    ]
    filled = [(name, value) for name, value in short if value]
    lone = len(filled) - 1 if len(filled) % 2 else None
    return [
        *(Fact(name=name, value=value, is_wide=at == lone) for at, (name, value) in enumerate(filled)),
        *(Fact(name=name, value=value, is_wide=True) for name, value in long if value),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _term(page: DocumentPage) -> str:
    until = f"，公开至 {page.term_until}" if page.term_until else ""
    return f"{page.get_term_display()}{until}"

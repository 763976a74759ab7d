"""The library of policy documents and normative documents (政策文件库): filters, counts, orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from django.db.models import Case, CharField, Min, Q, Value, When
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
from gongkai.web.publishing.models import ColumnPage, DocumentPage, DocumentQuerySet
from gongkai.web.publishing.models.lists import kept, key_of
from gongkai.web.publishing.services.facets import Listed, listed
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
MOST_RELATED, _LOOKED_AT = 6, 30
_FIRST = frozenset({"文号", "发布机构", "发布日期", "有效性"})
_LABELS = {
    "jiguan": "发布机构",
    "niandu": "成文年份",
    "leibie": "类别",
    "xiaoli": "有效性",
    "zhuti": "主题",
    "ticai": "体裁",
}
_OFFERED: dict[str, dict[str, str]] = {
    "leibie": KINDS,
    "xiaoli": STANDINGS,
    "zhuti": dict(Topic.choices),
    "ticai": dict(Genre.choices),
}


def policy_documents() -> DocumentQuerySet:
    """Return the disclosed documents that are normative or filed under a column of policies."""
    columns = ColumnPage.objects.filter(kind=ColumnKind.POLICIES).values("path")
    pages = DocumentPage.objects.disclosed().annotate(
        above=Substr("path", 1, Length("path") - DocumentPage.steplen)
    )
    return pages.filter(~Q(normative_kind="") | Q(above__in=columns))


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
    """The numbers of the documents that answer the filters, in order; the filters with their counts."""

    numbers: Sequence[int]
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
    order = asked.get("paixu", "") if asked.get("paixu") in ORDERS else ""
    every = _listed(pages, order, today)
    # The year and the kind are fixed by what is counted.
    names = ("jiguan", "zhuti") if counted else tuple(_LABELS)
    labels = {name: _labels(name, every.columns[name].values) for name in names}
    wanted = {name: asked[name] for name in names if asked.get(name) in labels[name]}
    counts, numbers = every.narrowed(wanted)
    filters = tuple(_filter(name, labels[name], wanted.get(name, ""), counts[name]) for name in names)
    return Library(numbers=numbers, filters=filters, order=order, counted=counted)


def in_order(numbers: Sequence[int]) -> list[DocumentPage]:
    """Return the documents of these numbers."""
    known = DocumentPage.objects.disclosed().listed().in_bulk(numbers)
    return [known[number] for number in numbers if number in known]


def _counted(asked: Mapping[str, str], today: date) -> tuple[DocumentQuerySet, str]:
    """Return the documents behind a number of Table 2 if the query string names one, else the library."""
    what, year, kind = asked.get("tongji", ""), asked.get("tongjinian", ""), asked.get("tongjilei", "")
    fits = what in COUNTED and kind in NormativeKind.values and year in map(str, years_counted())
    if not fits:
        return policy_documents(), ""
    rows = {row.kind.value: row for row in table2_counts(None, int(year))}
    label = "现行有效" if int(year) == today.year and what == "youxiao" else COUNTED[what]
    return _part(rows[kind], what), f"{year}年{label}的{KINDS[kind]}"


def _part(row: Table2Row, what: str) -> DocumentQuerySet:
    return {"zhifa": row.made, "feizhi": row.ended, "youxiao": row.in_force}[what]


def _listed(pages: DocumentQuerySet, order: str, today: date) -> Listed:
    """Return documents in order with their values of every filter."""
    standing = Case(
        *(When(_standing(value, today), then=Value(value)) for value in STANDINGS),
        default=Value(""),
        output_field=CharField(),
    )
    kind = Case(When(normative_kind="", then=Value(POLICY)), default="normative_kind")
    found = pages.order_by(*ORDERS[order][1])
    rows = found.values_list("pk", "agency", "made_on", kind, standing, "topic", "genre")

    def read() -> Listed:
        numbers, *columns = zip(*rows, strict=True) if rows else [()] * (1 + len(_LABELS))
        slugs = dict(Agency.objects.values_list("pk", "slug"))
        bodies, days, *others = columns
        own = [[slugs[body] for body in bodies], [str(day.year) for day in days]]
        return listed(numbers, dict(zip(_LABELS, (*own, *others), strict=True)))

    return kept(f"library {key_of(rows)}", read)


def _labels(name: str, values: Collection[str]) -> dict[str, str]:
    """Return what a filter offers, in order: of bodies and years, those of any document."""
    if name == "jiguan":
        agencies = Agency.objects.filter(slug__in=values).order_by("position", "pk")
        return dict(agencies.values_list("slug", "short_name"))
    if name == "niandu":
        return {year: f"{year}年" for year in sorted(values, reverse=True)}
    return _OFFERED[name]


def _standing(value: str, today: date) -> Q:
    ended = Q(effectiveness__in=NO_LONGER_IN_FORCE) | Q(valid_until__isnull=False, valid_until__lt=today)
    changed = Q(effectiveness__in=(Effectiveness.AMENDED, Effectiveness.PARTLY_REPEALED))
    if value == ENDED:
        return ended
    return ~ended & (changed if value == AMENDED else ~Q(effectiveness=Effectiveness.NOT_APPLICABLE))


def _filter(name: str, labels: Mapping[str, str], chosen: str, counts: Mapping[str, int]) -> Filter:
    choices = (
        Choice(value=value, label=text, count=counts.get(value, 0), chosen=value == chosen)
        for value, text in labels.items()
    )
    shown = tuple(choice for choice in choices if choice.count or choice.chosen)
    return Filter(name=name, label=_LABELS[name], choices=shown, everything=sum(counts.values()))


def years_counted() -> range:
    """Return the years from the oldest normative document to this one."""
    pages, this_year = DocumentPage.objects.disclosed().normative(), timezone.localdate().year
    days = kept("oldest normative document", lambda: list(pages.aggregate(Min("made_on")).values()))
    oldest = days[0].year if days[0] else this_year
    return range(min(oldest, this_year), this_year + 1)


@dataclass(frozen=True, kw_only=True)
class BodyCounts:
    """A body's line of the statistics: its numbers row by row, each with the query that opens its list."""

    agency: Agency | None
    cells: tuple[tuple[int, str], ...]


def statistics(year: int) -> tuple[list[BodyCounts], BodyCounts]:
    """Return the numbers of Table 2 body by body, and of all bodies; bodies without any are left out."""
    counted = kept(f"statistics {year}", lambda: _statistics(year))
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


def _statistics(year: int) -> list[tuple[str, dict[int, int]]]:
    """Return number by number the query that opens its list, and by body how many documents it counts."""
    counted = []
    for row in table2_counts(None, year):
        for what in COUNTED:
            # Counted here: asked to count by body, SQLite reads the documents in that order, text and all.
            by_body = Counter(_part(row, what).order_by().values_list("agency", flat=True))
            counted.append((f"tongji={what}&tongjinian={year}&tongjilei={row.kind.value}", dict(by_body)))
    return counted


def related_to(page: DocumentPage) -> list[DocumentPage]:
    """Return what a reader may want next: of the same catalogue item, of the same topic, of the same body.

    It is looked for among the newest of each; further off only where there is too little.
    """
    tests = [Q(catalogue_item=page.catalogue_item_id)] if page.catalogue_item_id else []
    tests += [Q(agency=page.agency_id, topic=page.topic)] if page.topic else []
    tests.append(Q(agency=page.agency_id, article20_item=page.article20_item))
    tests += [Q(topic=page.topic)] if page.topic else []
    others = DocumentPage.objects.disclosed().exclude(pk=page.pk).order_by("-published_on", "-pk")
    facts = ("published_on", "pk", "catalogue_item_id", "topic", "agency_id", "article20_item")
    found: dict[int, tuple[int, date, int]] = {}
    for test in tests:
        if len(found) < MOST_RELATED:
            for on, number, *about in others.filter(test).values_list(*facts)[:_LOOKED_AT]:
                found[number] = _nearness(page, *about), on, number
    return in_order([number for *_, number in nlargest(MOST_RELATED, found.values())])


def _nearness(page: DocumentPage, item: int | None, topic: str, agency: int, article20_item: int) -> int:
    of_body, of_topic = agency == page.agency_id, bool(topic) and topic == page.topic
    nearness = 3 * (item is not None and item == page.catalogue_item_id)
    nearness += of_topic + 2 * (of_topic and of_body)
    return nearness + (of_body and article20_item == page.article20_item)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a document's metadata; `is_wide` where it takes the whole width.

    A telephone shows the text after the `is_first` ones, and the others when they are asked for.
    """

    name: str
    value: str
    is_wide: bool = False

    @property
    def is_first(self) -> bool:
        """Whether a reader needs it before the text."""
        return self.name in _FIRST


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

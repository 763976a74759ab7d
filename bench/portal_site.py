"""A county's site with so many documents: sixty bodies of very different size, rows written in bulk.

Rows are what the editor would have saved; what only the back office reads (revisions, reviews) is left out.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate, islice

from bench.search import BODIES, SEED, entries
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import Article20Item, ColumnKind, Effectiveness, Genre, NormativeKind
from gongkai.web.publishing.models import CatalogueItem, ColumnPage, DocumentPage
from gongkai.web.publishing.services import catalogue, open_portal, open_section

_BATCH = 500
# Of a body's documents, how many stand in which column.
_SHARES = {ColumnKind.CONTENT: 70, ColumnKind.POLICIES: 27, ColumnKind.RULES: 3}


def build(count: int, vocabulary: list[str]) -> None:
    """Fill an empty database."""
    _sections()
    catalogue.load_standard()
    made = _documents(count, vocabulary)
    while batch := list(islice(made, _BATCH)):
        _save(batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
    children = Counter(path[:-4] for path in DocumentPage.objects.values_list("path", flat=True))
    for path, number in children.items():
        Page.objects.filter(path=path).update(numchild=number)


@transaction.atomic
def _sections() -> None:
    government = _agency(0, "测西县人民政府", Kind.GOVERNMENT)
    portal = open_portal(agency=government, title="测西县政府信息公开")
    portal.add_child(instance=Page(title="一页", slug="yiye"))
    open_section(portal=portal, agency=government)
    for number in range(1, BODIES):
        open_section(portal=portal, agency=_agency(number, f"测西县第{number}局", Kind.DEPARTMENT))


def _agency(number: int, name: str, kind: Kind) -> Agency:
    return Agency.objects.create(
        name=name,
        short_name=name.removeprefix("测西县"),
        slug=f"ju-{number}",
        kind=kind,
        region_code="990101",
        position=number,
    )


def _documents(count: int, vocabulary: list[str]) -> Iterator[DocumentPage]:
    dice = random.Random(SEED + 2)
    columns = list(ColumnPage.objects.filter(kind__in=_SHARES).order_by("path"))
    sections = {column.pk: column.section for column in columns}
    # The first body has a tenth of all documents, the last a two-hundredth.
    weights = [_SHARES[column.kind] / (sections[column.pk].agency.position + 4) for column in columns]
    sums = list(accumulate(weights))
    items = list(CatalogueItem.objects.filter(children=None, agency=None))
    first = Page.objects.aggregate(Max("pk"))["pk__max"] + 1
    children: Counter[int] = Counter()
    common = {"depth": columns[0].depth + 1, "live": True, "locale_id": columns[0].locale_id}
    common["content_type_id"] = DocumentPage(title="").content_type_id
    for number, entry in enumerate(entries(count, vocabulary, [None])):
        column = dice.choices(columns, cum_weights=sums)[0]
        children[column.pk] += 1
        slug, at = f"w-{number}", timezone.make_aware(datetime.combine(entry.published_on, time(9)))
        item = dice.choice(items) if dice.random() < 0.8 else None
        yield DocumentPage(
            **common,
            **_validity(dice, column.kind, entry.effectiveness, entry.published_on),
            id=first + number,
            page_ptr_id=first + number,
            path=Page._get_path(column.path, common["depth"], children[column.pk]),
            url_path=f"{column.url_path}{slug}/",
            slug=slug,
            title=entry.title[:255],
            draft_title=entry.title[:255],
            first_published_at=at,
            last_published_at=at,
            agency=sections[column.pk].agency,
            index_number=f"{sections[column.pk].agency.slug}/{entry.year}-{number:06d}",
            document_number=entry.number,
            made_on=entry.published_on - timedelta(days=dice.randrange(20)),
            published_on=entry.published_on,
            article20_item=item.article20_item if item else dice.choice(Article20Item.values),
            catalogue_item=item,
            topic=entry.topic,
            genre=dice.choice(Genre.values),
            keywords=entry.keywords[:120],
            body=_body(number, entry.text),
            plain_text=entry.text,
        )


def _validity(dice: random.Random, column: str, effectiveness: str, day: date) -> dict[str, object]:
    """Return what the library of policies reads: most of a column of policies are normative."""
    if column != ColumnKind.POLICIES or dice.random() < 0.3:
        return {}
    kind = dice.choices((NormativeKind.NORMATIVE, NormativeKind.RULES), weights=(50, 1))[0]
    ended = {"repealed_on": day + timedelta(days=900)} if effectiveness == Effectiveness.REPEALED else {}
    until = {"valid_until": day + timedelta(days=1825)} if dice.random() < 0.4 else {}
    known = effectiveness if ended else Effectiveness.IN_FORCE
    return {"normative_kind": kind, "effectiveness": known, "effective_from": day, **ended, **until}


def _body(number: int, text: str) -> str:
    paragraphs = "".join(f"<p>{sentence}。</p>" for sentence in text.split("。"))
    return json.dumps([{"type": "text", "value": paragraphs, "id": f"{number:032x}"}])


@transaction.atomic
def _save(pages: list[DocumentPage]) -> None:
    """Write both rows of each page; Django itself writes such rows one by one only."""
    for model in (Page, DocumentPage):
        model._base_manager.all()._batched_insert(pages, model._meta.local_concrete_fields, batch_size=None)

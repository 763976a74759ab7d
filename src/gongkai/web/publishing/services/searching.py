"""Searching the portal: what answers a query, in what order, and what may have been meant instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import ColumnKind, Topic
from gongkai.web.publishing.models.lists import count_of, kept, key_of
from gongkai.web.publishing.models.searching import EntryKind, SearchEntry, SearchEntryQuerySet
from gongkai.web.publishing.searching import guessing, lexicon
from gongkai.web.publishing.searching.backends import backend
from gongkai.web.publishing.searching.passages import excerpt, holds, marked, pattern
from gongkai.web.publishing.searching.words import LONGEST_QUERY, Word, is_chinese, words_of
from gongkai.web.publishing.searching.words import key_of as number_key
from gongkai.web.publishing.services.facets import Listed, listed

__all__ = ["LONGEST_QUERY", "Answer", "Choice", "Facet", "Hit", "evaluate", "hits_of", "search"]

# What a word is worth where it stands, a fifth less for another of the same meaning; what is not in
# force comes lower, an exact number or title first.
_WORTH = {"title": 8, "number": 4, "keywords": 2}
_VOID, _EXACT = 30, 400
FEW = 2
IN_FORCE, NOT_IN_FORCE = "youxiao", "shixiao"
_CHECKED = 10


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of a facet, and how many results it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """What results can be narrowed by."""

    name: str
    label: str
    choices: Sequence[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The value the results are narrowed to."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found: the numbers of entries in order, and how the query was understood.

    `instead` are pairs of a word that was not found and what was searched in its place; `also` are words
    searched as meaning the same; `maybe` is a query that would find much more; `alone` tells how much each
    word finds by itself where they find nothing together.
    """

    words: Sequence[Word]
    numbers: Sequence[int] = ()
    facets: Sequence[Facet] = ()
    instead: Sequence[tuple[str, Sequence[str]]] = ()
    also: Sequence[str] = ()
    maybe: str = ""
    alone: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A line of results; `excerpt` and `number` are HTML with the words marked."""

    title: SafeString
    url: str
    kind: str
    agency_name: str
    excerpt: str
    number: str
    published_on: date | None
    note: str


@dataclass(frozen=True, kw_only=True)
class _Bodies:
    """The bodies, to name them and to find them in a query."""

    all: Sequence[Agency] = field(
        default_factory=lambda: tuple(Agency.objects.only("name", "short_name", "slug"))
    )

    def named(self, word: Word) -> list[int]:
        """Return the bodies in whose name the word stands: 教育局 招生 is what that body says of it."""
        if word.is_exact or len(word.text) < 2 or not is_chinese(word.text):
            return []
        return [body.pk for body in self.all if word.text in body.name or word.text in body.short_name]


def search(
    query: str, chosen: Mapping[str, str] | None = None, *, by_date: bool = False, on: date | None = None
) -> Answer:
    """Return what answers a query.

    Args:
        query: as the reader wrote it; only its first 100 characters and eight words count.
        chosen: by name of a facet the value that results are narrowed to.
        by_date: newest first, whatever is more to the point.
        on: the day on which validity is judged; today if not given.
    """
    words = words_of(query)
    if not words:
        return Answer(words=())
    bodies, on = _Bodies(), on or timezone.localdate()
    found = _found(words, query, bodies, by_date=by_date, on=on)
    answer = Answer(words=words, also=_also(words))
    if not found:
        answer = _instead(words, bodies)
        if answer.instead:
            found = _found(answer.words, "", bodies, by_date=by_date, on=on)
    elif len(found) <= FEW:
        answer = replace(answer, maybe=_maybe(words, len(found), bodies))
    wanted = {name: value for name, value in (chosen or {}).items() if value and name in _FACETS}
    counts, numbers = found.narrowed(wanted)
    facets = [_facet(name, counts[name], wanted.get(name), bodies) for name in _FACETS]
    return replace(answer, numbers=numbers, facets=facets)


def _variants(word: Word) -> Sequence[str]:
    return [word.text] if word.is_exact else lexicon.variants(word.text)


def _also(words: Iterable[Word]) -> list[str]:
    return [variant for word in words for variant in _variants(word)[1:]]


def _raw(words: Sequence[str], part: str = "") -> RawSQL:
    """Return the numbers of entries that hold any of the words, as a part of a query."""
    # Text of our own; what was asked for is its parameter.
    return RawSQL(*backend().match(words, part))  # nosec B611


def _holding(words: Sequence[Word], bodies: _Bodies) -> SearchEntryQuerySet:
    """Return the entries that hold every word; beside another, a word may also name their body."""
    found = SearchEntry.objects.all()
    for word in words:
        condition = Q(pk__in=_raw(_variants(word)))
        named = bodies.named(word) if len(words) > 1 else []
        found = found.filter(condition | Q(agency__in=named) if named else condition)
    return found


def _found(words: Sequence[Word], query: str, bodies: _Bodies, *, by_date: bool, on: date) -> Listed:
    """Return the entries that hold every word, in order, with their value of every facet."""
    found = _holding(words, bodies)
    void = ExpressionWrapper(found.void(on), output_field=BooleanField())
    found = found.annotate(is_void=Case(When(void, then=Value(True)), default=Value(False)))
    order = [] if by_date else [_worth(words, query)]
    rows = found.order_by(*order, F("published_on").desc(nulls_last=True), "-pk").values_list(
        "pk", "kind", "agency_id", "column", "year", "topic", "is_void"
    )

    def read() -> Listed:
        numbers, *columns = zip(*rows, strict=True) if rows else [()] * 7
        kinds, agencies, in_columns, years, topics, voids = columns
        slugs = {body.pk: body.slug for body in bodies.all}
        values = {
            "kind": kinds,
            "agency": [slugs.get(agency, "") for agency in agencies],
            "column": in_columns,
            "year": [str(year or "") for year in years],
            "topic": topics,
            "validity": [NOT_IN_FORCE if is_void else IN_FORCE for is_void in voids],
        }
        return listed(numbers, values)

    return kept(f"search {key_of(rows)}", read, "answers")


def _worth(words: Sequence[Word], query: str) -> Any:
    """Return how well an entry answers, best first: where each word stands, whether all of it is meant."""
    worth: Any = Case(When(is_void=True, then=Value(-_VOID)), default=Value(0))
    for word in words:
        own, others = [word.text], _variants(word)
        places = [When(pk__in=_raw(own, part), then=Value(10 * value)) for part, value in _WORTH.items()]
        if len(others) > 1:
            meant = [When(pk__in=_raw(others, part), then=Value(8 * value)) for part, value in _WORTH.items()]
            places = [place for pair in zip(places, meant, strict=True) for place in pair]
            places.append(When(pk__in=_raw(own), then=Value(10)))
        rest = 8 if len(others) > 1 else 10
        worth += Case(*places, default=Value(rest), output_field=IntegerField())
    if query:
        exact = Q(title=query.strip()) | Q(number_key=number_key(query))
        worth += Case(When(exact, then=Value(_EXACT)), default=Value(0))
    return worth.desc()


def _count(words: Sequence[Word], bodies: _Bodies) -> int:
    return count_of(_holding(words, bodies))


def _instead(words: Sequence[Word], bodies: _Bodies) -> Answer:
    """Return the query with other words in place of those that find nothing, if these then find something."""
    counts = [_count([word], bodies) for word in words]
    taken: list[Word] = []
    instead = []
    for word, count in zip(words, counts, strict=True):
        others = () if count or word.is_exact else guessing.meant(word.text, _known(bodies))
        taken += [Word(text=other) for other in others] or [word]
        if others:
            instead.append((word.text, others))
    if instead and _count(taken, bodies):
        return Answer(words=taken, instead=instead, also=_also(taken))
    pairs = [(word.text, count) for word, count in zip(words, counts, strict=True) if count]
    return Answer(words=words, alone=pairs)


def _known(bodies: _Bodies) -> guessing.Known:
    """Return what a guess may ask of the entries."""

    def count(words: Sequence[str]) -> int:
        return _count([Word(text=word) for word in words], bodies)

    def texts(words: Sequence[str], most: int) -> list[str]:
        exact = [Word(text=word, is_exact=True) for word in words]
        found = _holding(exact, bodies).order_by("-published_on")[:most]
        return [
            f"{title} {keywords} {text}"
            for title, keywords, text in found.values_list("title", "keywords", "text")
        ]

    return guessing.Known(count=count, texts=texts)


def _maybe(words: Sequence[Word], count: int, bodies: _Bodies) -> str:
    """Return the query with one word read as a likely other one, if that finds much more."""
    for at, word in enumerate(words):
        for other in () if word.is_exact else lexicon.corrections(word.text)[:_CHECKED]:
            query = [*words[:at], Word(text=other), *words[at + 1 :]]
            if _count(query, bodies) >= 5 * count:
                return " ".join(f"“{each.text}”" if each.is_exact else each.text for each in query)
    return ""


# What a line of results is made from.
_SHOWN = (
    "url",
    "kind",
    "title",
    "number",
    "text",
    "attached",
    "published_on",
    "effectiveness",
    "valid_until",
)
_SHOWN += ("agency__short_name",)
_FACETS = {
    "kind": "类型",
    "agency": "机关",
    "column": "栏目",
    "year": "年份",
    "topic": "主题",
    "validity": "效力",
}


def _facet(name: str, counts: Counter[str], chosen: str | None, bodies: _Bodies) -> Facet:
    labels: Mapping[str, str] = {
        "kind": dict(EntryKind.choices),
        "agency": {body.slug: body.short_name for body in bodies.all},
        "column": dict(ColumnKind.choices),
        "year": {value: f"{value}年" for value in counts},
        "topic": dict(Topic.choices),
        "validity": {IN_FORCE: "现行有效", NOT_IN_FORCE: "已失效"},
    }[name]
    counts.pop("", None)
    if chosen is not None:
        counts[chosen] += 0
    if name == "year":
        order = sorted(counts.items(), reverse=True)
    else:
        order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    choices = [
        Choice(value=value, label=labels.get(value, value), count=count, is_chosen=value == chosen)
        for value, count in order
    ]
    return Facet(name=name, label=_FACETS[name], choices=choices)


def hits_of(numbers: Sequence[int], words: Iterable[Word]) -> list[Hit]:
    """Return the entries of these numbers as lines of results."""
    patterns = [pattern(_variants(word)) for word in words]
    entries = SearchEntry.objects.select_related("agency").only(*_SHOWN).in_bulk(numbers)
    return [_hit(entries[number], patterns) for number in numbers if number in entries]


def _hit(entry: SearchEntry, patterns: Sequence[Any]) -> Hit:
    is_attached = bool(entry.attached) and holds(entry.attached, patterns) > holds(entry.text, patterns)
    passage = excerpt(entry.attached if is_attached else entry.text, patterns)
    return Hit(
        title=marked(entry.title, patterns),
        url=entry.url,
        kind=entry.get_kind_display(),
        agency_name=entry.agency.short_name if entry.agency and entry.kind != EntryKind.BODY else "",
        excerpt=SafeString("附件：") + passage if is_attached else passage,
        number=marked(entry.number, patterns) if holds(entry.number, patterns) else "",
        published_on=entry.published_on,
        note=entry.validity,
    )


class Quality(NamedTuple):
    """How well queries are answered: recall among the first ten, mean reciprocal of the first rank."""

    recall: float
    reciprocal_rank: float


def evaluate(queries: Iterable[tuple[str, Collection[int]]]) -> Quality:
    """Return how well queries are answered, each with the numbers of the pages it must find."""
    recalls, ranks = [], []
    for query, expected in queries:
        numbers = search(query).numbers
        pages = dict(SearchEntry.objects.filter(pk__in=numbers).values_list("pk", "page_id"))
        found = [pages[number] for number in numbers]
        recalls.append(len(set(found[:10]) & set(expected)) / min(10, len(expected)))
        ranks.append(next((1 / rank for rank, page in enumerate(found, 1) if page in expected), 0.0))
    return Quality(sum(recalls) / len(recalls), sum(ranks) / len(ranks))

"""The invented county's documents: of every kind, consistent, and labelled for the search."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from gongkai.law.calendar import load_calendar
from gongkai.law.periods import INTERPRETATION
from gongkai.samples import BODIES
from gongkai.web.config import demonstration, demonstration_texts
from gongkai.web.config.demonstration_documents import (
    BENEFITS,
    DOCUMENTS,
    GAZETTES,
    INDEX_NUMBERS,
    INTERPRETATIONS,
    LATE,
    MEETINGS,
    ON_DAYS_OF_REST,
    QUERIES,
    SYNONYMS,
    TYPOS,
)
from gongkai.web.config.demonstration_documents.forms import (
    AGENCIES,
    COUNTY_ITEMS,
    SUBDISTRICT,
    TOWN,
    TOWNSHIP_ITEMS,
    Article21Item,
    Change,
    QueryKind,
    SampleDocument,
    SampleQuery,
    blocks,
)
from gongkai.web.publishing.choices import (
    Article20Item,
    Audience,
    ColumnKind,
    Genre,
    InterpretationForm,
    MeetingKind,
    Topic,
)

CALENDAR = load_calendar()
BY_KEY = {document.key: document for document in DOCUMENTS}
RULES = [document for document in DOCUMENTS if document.normative]
SEEN_BY = date(2026, 6, 30)
WITHIN_DAYS = 20


def _changes(document: SampleDocument) -> list[Change]:
    fates = (document.repealed_by, document.amended_by, document.partly_repealed_by)
    return [change for change in fates if change]


def _head(document: SampleDocument) -> str:
    return "\n".join((document.title, document.number, document.abstract, *document.keywords))


def _attached(document: SampleDocument) -> str:
    file = document.attachment
    return f"{file.name}\n{file.text}" if file else ""


def _words(document: SampleDocument) -> str:
    return "\n".join((_head(document), document.plain_body, _attached(document)))


def _holding(*alternatives: str) -> set[str]:
    """The documents that hold all the words of any of the alternatives."""
    return {
        document.key
        for document in DOCUMENTS
        if any(all(word in _words(document) for word in words.split()) for words in alternatives)
    }


def _queries(kind: QueryKind) -> list[SampleQuery]:
    return [query for query in QUERIES if query.kind == kind]


def test_there_are_documents_enough_of_every_year_and_body() -> None:
    assert len(BY_KEY) == len(DOCUMENTS) >= 160
    assert {document.made_on.year for document in DOCUMENTS} == set(range(2022, 2027))
    assert min(Counter(document.agency for document in DOCUMENTS).values()) >= 5
    assert {document.agency for document in DOCUMENTS} == set(AGENCIES) == set(demonstration.SLUGS)


def test_no_two_documents_have_one_title_or_text() -> None:
    assert len({document.title for document in DOCUMENTS}) == len(DOCUMENTS)
    assert len({document.plain_body for document in DOCUMENTS}) == len(DOCUMENTS)
    assert not {sample.title for sample in demonstration_texts.DOCUMENTS} & {d.title for d in DOCUMENTS}


@pytest.mark.parametrize("item", Article20Item)
def test_every_item_of_article_20_has_documents(item: Article20Item) -> None:
    assert sum(document.item20 == item for document in DOCUMENTS) >= 3


@pytest.mark.parametrize("item", sorted(COUNTY_ITEMS))
def test_every_county_item_of_article_21_has_documents(item: Article21Item) -> None:
    low = {TOWN, SUBDISTRICT}
    assert sum(document.item21 == item and document.agency not in low for document in DOCUMENTS) >= 3


@pytest.mark.parametrize("item", sorted(TOWNSHIP_ITEMS))
def test_every_township_item_of_article_21_has_documents(item: Article21Item) -> None:
    low = {TOWN, SUBDISTRICT}
    assert sum(document.item21 == item and document.agency in low for document in DOCUMENTS) >= 3


def test_items_of_article_21_stand_with_the_bodies_they_bind() -> None:
    for document in DOCUMENTS:
        assert document.item20 or document.item21, document.key
        if document.item21 and document.agency == TOWN:
            assert document.item21 in TOWNSHIP_ITEMS, document.key
        elif document.item21 and document.agency != SUBDISTRICT:
            assert document.item21 in COUNTY_ITEMS, document.key


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_a_document_is_whole(document: SampleDocument) -> None:
    assert 150 <= len(document.plain_body) <= 1500
    assert document.abstract
    assert len(document.keywords) >= 2
    assert len(" ".join(document.keywords)) <= 120
    assert (document.column == ColumnKind.POLICIES) == document.normative
    for block in document.body:
        if not isinstance(block, str) and block[0] == "table":
            assert len({len(row) for row in block[1]}) == 1
            assert len(block[1]) > 1


def test_documents_differ_in_length_and_make_up() -> None:
    lengths = [len(document.plain_body) for document in DOCUMENTS]
    assert min(lengths) < 200
    assert max(lengths) > 1000
    assert len({document.topic for document in DOCUMENTS}) >= 12
    assert {document.topic for document in DOCUMENTS} <= set(Topic)
    assert len({document.genre for document in DOCUMENTS} - {Genre.OTHER}) >= 9
    kinds = Counter(
        kind
        for document in DOCUMENTS
        for kind in {"paragraph" if isinstance(block, str) else block[0] for block in document.body}
    )
    assert kinds["table"] > 60
    assert kinds["heading"] > 30


def test_a_document_is_published_in_time_unless_late_on_purpose() -> None:
    late = {
        document.key
        for document in DOCUMENTS
        if document.published_on > CALENDAR.add_working_days(document.made_on, WITHIN_DAYS).on
    }
    assert late == LATE
    assert len(LATE) == 3


def test_a_document_is_of_working_days_unless_on_purpose() -> None:
    resting = {
        document.key
        for document in DOCUMENTS
        if not all(map(CALENDAR.is_working_day, (document.made_on, document.published_on)))
    }
    assert resting == ON_DAYS_OF_REST
    for document in DOCUMENTS:
        assert document.made_on <= document.published_on <= SEEN_BY, document.key


def test_normative_documents_have_number_and_days() -> None:
    assert len(RULES) >= 40
    for document in RULES:
        assert document.item20 == Article20Item.RULES, document.key
        assert document.number, document.key
        assert document.effective_from is not None
        assert document.effective_from >= document.published_on, document.key
        assert document.valid_until is None or document.valid_until > document.effective_from, document.key
    five_years = [d for d in RULES if d.valid_until and d.valid_until.year - d.made_on.year == 5]
    assert len(five_years) * 2 > len(RULES)
    assert {d.key for d in DOCUMENTS if d.item20 == Article20Item.RULES} == {d.key for d in RULES}


def test_enough_rules_are_repealed_amended_and_lapsed() -> None:
    assert sum(document.repealed_by is not None for document in RULES) == 6
    assert sum(document.amended_by is not None for document in RULES) == 3
    assert sum(document.partly_repealed_by is not None for document in RULES) == 2
    standing = [d for d in RULES if d.valid_until and not d.repealed_by]
    assert sum(d.valid_until < date(2026, 1, 1) for d in standing if d.valid_until) == 3
    assert all(len(_changes(document)) <= 1 for document in RULES)
    assert {d.key: d.partly_repealed_by.provisions for d in RULES if d.partly_repealed_by} == {
        "fangwu-2023": "第七条",
        "rexian-2022": "第六条",
    }


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if _changes(d)], ids=lambda d: d.key)
def test_what_changes_a_document_names_it_and_does_so_when_in_force(document: SampleDocument) -> None:
    (change,) = _changes(document)
    assert document.normative
    assert document.title in BY_KEY[change.by].plain_body
    assert BY_KEY[change.by].effective_from == change.on
    assert document.made_on < change.on


def test_numbers_are_single_of_their_year_and_rise_with_the_days() -> None:
    older = [(sample.number, sample.made_on) for sample in demonstration_texts.DOCUMENTS if sample.number]
    numbered = older + [(d.number, d.made_on) for d in DOCUMENTS if d.number]
    assert len({number for number, _ in numbered}) == len(numbered)
    series: dict[str, list[tuple[int, date]]] = {}
    for number, made in numbered:
        found = re.fullmatch(r"(\D+)〔(\d{4})〕(\d+)号", number)
        assert found, number
        assert int(found[2]) == made.year, number
        series.setdefault(f"{found[1]}{found[2]}", []).append((int(found[3]), made))
    for name, members in series.items():
        days = [made for _, made in sorted(members)]
        assert days == sorted(days), name


def test_index_numbers_are_single_and_of_the_bodies_own_codes() -> None:
    assert list(INDEX_NUMBERS) == list(BY_KEY)
    assert len(set(INDEX_NUMBERS.values())) == len(DOCUMENTS)
    assert tuple(body.name for body in BODIES if body.name in demonstration.SLUGS) == AGENCIES
    assert INDEX_NUMBERS["dibao-2023"] == f"11{demonstration.REGION}MC0000000X/2023-00101"


def test_no_real_place_or_number_gets_in() -> None:
    everything = "".join(map(_words, DOCUMENTS))
    assert not re.search(r"[省市]人民政府|https?:|www\.|\d{15,}|1[3-9]\d{9}", everything)
    assert set(re.findall(r"\d{4}-\d{7}", everything)) == {f"0000-5550{300 + place}" for place in range(11)}


def test_interpretations_take_every_form_and_name_what_they_explain() -> None:
    assert len({interpretation.key for interpretation in INTERPRETATIONS}) == len(INTERPRETATIONS) >= 15
    assert {interpretation.form for interpretation in INTERPRETATIONS} == {
        InterpretationForm.TEXT_AND_PICTURE,
        InterpretationForm.HEAD,
        InterpretationForm.EXPERT,
        InterpretationForm.MEDIA,
        InterpretationForm.QUESTIONS,
        InterpretationForm.VIDEO,
        InterpretationForm.PRESS,
    }
    for interpretation in INTERPRETATIONS:
        document = BY_KEY[interpretation.document]
        last = CALENDAR.add_working_days(document.published_on, INTERPRETATION.length).on
        assert document.published_on <= interpretation.published_on <= last, interpretation.key
        assert CALENDAR.is_working_day(interpretation.published_on), interpretation.key
        assert interpretation.agency in AGENCIES
        assert interpretation.body


def test_meetings_come_before_what_they_pass() -> None:
    assert len({meeting.title for meeting in MEETINGS}) == len(MEETINGS) >= 8
    assert {meeting.kind for meeting in MEETINGS} == set(MeetingKind) - {MeetingKind.OTHER}
    for meeting in MEETINGS:
        assert meeting.agenda, meeting.key
        assert meeting.brief, meeting.key
        assert meeting.held_on <= meeting.published_on, meeting.key
        assert all(map(CALENDAR.is_working_day, (meeting.held_on, meeting.published_on))), meeting.key
        for key in meeting.documents:
            assert 0 <= (BY_KEY[key].made_on - meeting.held_on).days <= 40, key


def test_gazettes_hold_documents_published_before() -> None:
    assert len(GAZETTES) >= 3
    for gazette in GAZETTES:
        assert gazette.issued_on.year == gazette.year
        assert len(set(gazette.documents)) == len(gazette.documents) >= 4
        for key in gazette.documents:
            assert BY_KEY[key].published_on <= gazette.issued_on, key


def test_benefits_are_in_the_documents_they_come_from() -> None:
    assert len({benefit.key for benefit in BENEFITS}) == len(BENEFITS) >= 15
    assert {benefit.audience for benefit in BENEFITS} >= {
        Audience.SMALL_FIRM,
        Audience.GRADUATE,
        Audience.LOW_INCOME,
        Audience.FARMER,
        Audience.DISABLED,
        Audience.ELDERLY,
    }
    for benefit in BENEFITS:
        document = BY_KEY[benefit.document]
        assert document.repealed_by is None, benefit.key
        assert benefit.deadline is None or benefit.deadline > document.published_on, benefit.key
        assert all((benefit.condition, benefit.amount, benefit.how, benefit.where)), benefit.key


def test_queries_are_of_every_kind_and_asked_once() -> None:
    assert len({query.text for query in QUERIES}) == len(QUERIES) >= 60
    assert {query.kind for query in QUERIES} == set(QueryKind)
    assert all(query.found <= set(BY_KEY) and query.found for query in QUERIES)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.text)
def test_a_query_finds_what_holds_its_words_or_what_stands_for_them(query: SampleQuery) -> None:
    if query.kind == QueryKind.NUMBER:
        written = query.text.translate(str.maketrans("[]()", "〔〕〔〕"))
        assert query.found == {document.key for document in DOCUMENTS if document.number == written}
    elif query.kind == QueryKind.INDEX:
        assert query.found == {key for key, number in INDEX_NUMBERS.items() if number == query.text}
    elif query.kind == QueryKind.TYPO:
        assert not _holding(query.text)
        assert query.found == _holding(TYPOS[query.text])
    elif query.kind == QueryKind.SYNONYM:
        assert query.found == _holding(query.text, *SYNONYMS[query.text])
        assert query.found > _holding(query.text)
    else:
        assert query.found == _holding(query.text)


def test_queries_are_of_the_kind_they_say() -> None:
    assert all(len(query.text) == 1 for query in _queries(QueryKind.CHARACTER))
    assert all(len(query.text.split()) == 2 for query in _queries(QueryKind.TWO_WORDS))
    for query in _queries(QueryKind.BODY):
        for key in query.found:
            assert query.text in BY_KEY[key].plain_body
            assert query.text not in _head(BY_KEY[key]) + _attached(BY_KEY[key]), query.text
    for query in _queries(QueryKind.ATTACHMENT):
        for key in query.found:
            assert query.text in _attached(BY_KEY[key])
            assert query.text not in _head(BY_KEY[key]) + BY_KEY[key].plain_body, query.text


def test_a_text_falls_into_blocks() -> None:
    assert blocks("\n甲\n## 乙\n|一|二|\n|三||\n丙\n") == (
        "甲",
        ("heading", "乙"),
        ("table", (("一", "二"), ("三", ""))),
        "丙",
    )
    assert blocks("|一|") == (("table", (("一",),)),)
    assert blocks("") == ()

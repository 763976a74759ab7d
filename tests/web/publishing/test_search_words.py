"""Words and texts as tokens; terms of one meaning; passages."""

from __future__ import annotations

import re

import pytest

from gongkai.web.publishing.searching import lexicon
from gongkai.web.publishing.searching.guessing import Known, meant
from gongkai.web.publishing.searching.passages import excerpt, holds, marked, pattern
from gongkai.web.publishing.searching.words import (
    LONGEST_QUERY,
    MOST_WORDS,
    Word,
    fold,
    key_of,
    phrase,
    tokens,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("农村供水", ["农村", "村供", "供水", "水"]),
        ("水", ["水"]),
        ("石政规〔2025〕3号", ["石政", "政规", "规", "2025", "3", "号"]),
        ("ＰＤＦ文件", ["pdf", "文件", "件"]),
        ("PM2.5", ["pm2", "5"]),
        ("𠮷野", ["𠮷野", "野"]),
        ("'\":*()<->&|!", []),
        ("", []),
    ],
)
def test_chinese_is_cut_into_pairs_and_the_rest_into_runs(text: str, cut: list[str]) -> None:
    assert tokens(text) == cut


@pytest.mark.parametrize(
    ("word", "cut", "is_prefix"),
    [
        ("供水", ("供水",), False),
        ("公租房", ("公租", "租房"), False),
        ("水", ("水",), True),
        ("gb", ("gb",), True),
        ("2025", ("2025",), False),
        ("政规〔2025〕3号", ("政规", "规", "2025", "3", "号"), True),
    ],
)
def test_a_word_is_a_phrase_whose_end_may_be_open(word: str, cut: tuple[str, ...], is_prefix: bool) -> None:
    found = phrase(word)
    assert (found.tokens, found.is_prefix) == (cut, is_prefix)


@pytest.mark.parametrize(
    "written", ["石政规〔2025〕3号", "石政规[2025]3号", "石政规(2025)3号", "石政规（２０２５）３号"]
)
def test_a_document_number_is_the_same_in_any_brackets(written: str) -> None:
    assert phrase(written) == phrase("石政规【2025】3号")
    assert key_of(written) == "石政规20253号"


def test_folding_keeps_every_place() -> None:
    text = "Ⅷ①㎡ＡＢ㈱İ〔〕"
    assert len(fold(text)) == len(text)
    assert "ab" in fold(text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("低保 申请", [Word(text="低保"), Word(text="申请")]),
        ("低保，申请；条件", [Word(text="低保"), Word(text="申请"), Word(text="条件")]),
        ("“最低 生活” 保障", [Word(text="最低 生活", is_exact=True), Word(text="保障")]),
        ('"供水办法"', [Word(text="供水办法", is_exact=True)]),
        ("低保 低保", [Word(text="低保")]),
        ("“没有另一半", [Word(text="没有另一半")]),
        ("% _ * “”", []),
    ],
)
def test_a_query_is_words_and_what_is_quoted_is_exact(query: str, words: list[Word]) -> None:
    assert list(words_of(query)) == words


def test_a_query_without_end_is_cut() -> None:
    assert len(words_of("水" * 500)[0].text) == LONGEST_QUERY
    assert len(words_of(" ".join(str(number) for number in range(30)))) == MOST_WORDS


def test_the_lexicon_has_terms_enough_and_none_twice_in_a_group() -> None:
    groups = lexicon._read("synonyms.toml")["groups"]
    assert len(groups) >= 60
    assert [group for group in groups if len(set(group)) < len(group) or len(group) < 2] == []


def test_no_misspelling_is_a_term() -> None:
    wrong = {pair[0] for pair in lexicon._read("confusions.toml")["words"]}
    assert wrong & set(lexicon.synonyms()) == set()


@pytest.mark.parametrize(
    ("word", "variant"),
    [
        ("低保", "最低生活保障"),
        ("低保申请", "最低生活保障申请"),
        ("农村宅基地", "宅基地"),
        ("全县低保", "全县最低生活保障"),
    ],
)
def test_a_term_stands_for_what_means_the_same(word: str, variant: str) -> None:
    assert lexicon.variants(word)[0] == word
    assert variant in lexicon.variants(word)


def test_a_term_in_the_middle_of_a_word_is_left_alone() -> None:
    assert lexicon.variants("最低保障线") == ("最低保障线",)


def _known(*texts: str) -> Known:
    return Known(
        count=lambda words: sum(all(word in text for word in words) for text in texts),
        texts=lambda words, most: [text for text in texts if all(word in text for word in words)][:most],
    )


@pytest.mark.parametrize(
    ("word", "texts", "found"),
    [
        ("公祖房", ("公租房办法",), ("公租房",)),
        ("森林防活", ("森林防火令",), ("森林防火",)),
        ("公租屋", ("公租房办法",), ("公租房",)),
        ("低保申请条件", ("低保的申请条件",), ("低保", "申请条件")),
        ("怎么申请低保", ("低保如何申请低保金",), ("申请低保",)),
        ("水库调度方按", ("水库调度方案", "水库调度方案"), ("水库调度方案",)),
        ("水褂调度", ("水库调度",), ("水库调度",)),
        ("毫不相干", ("水库调度",), ()),
        ("xyz", ("水库调度",), ()),
    ],
)
def test_what_was_meant_is_found_in_what_there_is(word: str, texts: tuple[str, ...], found: tuple) -> None:
    assert tuple(meant(word, _known(*texts))) == found


def _patterns(*words: str) -> list[re.Pattern[str]]:
    return [pattern([word]) for word in words]


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("农村供水办法", ["供水"], "农村<mark>供水</mark>办法"),
        ("供水供水", ["供水"], "<mark>供水供水</mark>"),
        ("城乡供水", ["乡供", "供水"], "城<mark>乡供水</mark>"),
        ("a<b", ["b"], "a&lt;<mark>b</mark>"),
        ("<mark>供水</mark>", ["mark"], "&lt;<mark>mark</mark>&gt;供水&lt;/<mark>mark</mark>&gt;"),
        ("PDF文件", ["pdf"], "<mark>PDF</mark>文件"),
        ("石政规[2025]3号", ["石政规〔2025〕3号"], "<mark>石政规[2025]3号</mark>"),
        ("35条和5条", ["5"], "35条和<mark>5</mark>条"),
        ("没有", ["别的"], "没有"),
    ],
)
def test_words_are_marked_once_and_text_is_escaped(text: str, words: list[str], html: str) -> None:
    assert marked(text, _patterns(*words)) == html


def test_the_passage_with_most_words_is_shown() -> None:
    text = "供水在前。" + "中" * 200 + "。水质和供水每季检测。" + "后" * 200
    shown = excerpt(text, _patterns("供水", "检测"))
    assert shown.startswith("…水质和<mark>供水</mark>每季<mark>检测</mark>。")
    assert shown.endswith("后…")
    assert len(shown) < 160


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    assert excerpt("短文。", _patterns("别的")) == "短文。"
    assert holds("短文。", _patterns("别的", "短文")) == 1

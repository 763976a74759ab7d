"""Instruments and the days they apply from; citations as Chinese legal writing gives them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law import sources
from gongkai.law.sources import FORM2019, R711, Instrument, chinese_ordinal


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (33, "三十三"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (999, "九百九十九"),
    ],
)
def test_articles_are_numbered_as_statutes_write_them(number: int, written: str) -> None:
    assert chinese_ordinal(number) == written


@pytest.mark.parametrize("number", [0, 1000])
def test_no_article_has_a_number_beyond_three_digits_or_none(number: int) -> None:
    with pytest.raises(ValueError):
        chinese_ordinal(number)


@pytest.mark.parametrize(
    ("name", "first_day"),
    [
        ("R711", date(2019, 5, 15)),
        ("FORM2021", date(2021, 9, 26)),
        ("FEES2020", date(2021, 1, 1)),
        ("XZFY", date(2024, 1, 1)),
        ("XZSS", date(2017, 7, 1)),
        ("MFD", date(2021, 1, 1)),
        ("CF2021", date(2021, 7, 15)),
        ("DAF2020", date(2021, 1, 1)),
        ("ZDJC", date(2019, 9, 1)),
        ("FS2018", date(2018, 2, 8)),
        ("FS2025", date(2025, 6, 1)),
        ("GBK235", date(2016, 12, 7)),
    ],
)
def test_an_instrument_applies_from_its_first_day_and_not_the_day_before(name: str, first_day: date) -> None:
    instrument: Instrument = getattr(sources, name)
    assert instrument.applies(first_day)
    assert not instrument.applies(first_day - timedelta(days=1))


def test_an_instrument_whose_first_day_is_not_known_applies_always() -> None:
    assert FORM2019.applies(date.min)


def test_a_citation_names_what_it_is_given_and_no_more() -> None:
    title = "《中华人民共和国政府信息公开条例》"
    assert str(R711.art(13)) == f"{title}第十三条"
    assert str(R711.art(16, 2)) == f"{title}第十六条第二款"
    assert str(R711.art(36, item=7)) == f"{title}第三十六条第（七）项"
    assert str(R711.part("（附则）")) == f"{title}（附则）"

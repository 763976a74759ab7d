"""What a letter says of remedies cites only law that was in force on its day."""

from __future__ import annotations

import pytest
from cases import day

from gongkai.law.practice import Practice
from gongkai.law.remedies import (
    Body,
    BodyKind,
    authority,
    remedies,
    remedy_of,
    remedy_of_silence,
    third_party_remedy,
)
from gongkai.law.sources import FS2025, XZFY, XZSS
from gongkai.law.taxonomy import Remedy

NAMES = {"government": "霁川县人民政府", "upper": "上一级机关"}
BUREAU = Body(name="霁川县财政局", kind=BodyKind.LOCAL_DEPARTMENT, **NAMES)
FIRST, CHOICE = Remedy.RECONSIDERATION_FIRST, Remedy.FREE_CHOICE


@pytest.mark.parametrize("kind", BodyKind)
def test_a_letter_of_before_2024_cites_no_article_of_the_new_law(kind: BodyKind) -> None:
    body = Body(name="某机关", kind=kind, **NAMES)
    (part,) = remedies("denied.third_party", on=day("2023-12-29"), body=body)
    of_law = [source for source in part.sources if source.instrument is XZFY]
    assert [(source.article, source.words) for source in of_law] == [(None, "（2017年修正）")]


def test_the_judicial_interpretation_is_cited_only_since_it_applies() -> None:
    for on, cited in (("2025-05-31", False), ("2025-06-01", True)):
        (part,) = remedies("denied.third_party", on=day(on), body=BUREAU)
        assert (FS2025.art(1) in part.sources) is cited


@pytest.mark.parametrize(
    ("kind", "names", "article"),
    [
        (BodyKind.LOCAL_DEPARTMENT, "霁川县人民政府", 24),
        (BodyKind.LOCAL_GOVERNMENT, "上一级机关", 24),
        (BodyKind.PROVINCIAL_GOVERNMENT, "某机关", 24),
        (BodyKind.STATE_COUNCIL_DEPARTMENT, "某机关", 25),
        (BodyKind.VERTICAL, "上一级机关", 27),
        (BodyKind.JUSTICE, "霁川县人民政府或者上一级机关", 28),
    ],
)
def test_who_hears_a_reconsideration_follows_the_kind_of_body(
    kind: BodyKind, names: str, article: int
) -> None:
    heard_by = authority(Body(name="某机关", kind=kind, **NAMES), day("2024-01-02"))
    assert (str(heard_by), heard_by.source) == (names, XZFY.art(article))


def test_the_new_law_is_asked_from_its_first_day() -> None:
    last, first = day("2023-12-31"), day("2024-01-01")
    assert str(authority(BUREAU, last)) == "霁川县人民政府或者上一级机关"
    assert str(authority(BUREAU, first)) == "霁川县人民政府"
    assert authority(BUREAU, first).source == XZFY.art(24)
    assert (remedy_of("denied.process_info", last), remedy_of("denied.process_info", first)) == (
        CHOICE,
        FIRST,
    )
    switched = Practice(silence_reconsidered_first=True)
    assert remedy_of_silence(last, practice=switched) is CHOICE
    assert remedy_of_silence(first, practice=switched) is FIRST


def test_a_body_whose_reconsideration_organ_is_not_named_gets_no_paragraph() -> None:
    for kind in (BodyKind.LOCAL_DEPARTMENT, BodyKind.LOCAL_GOVERNMENT, BodyKind.JUSTICE):
        with pytest.raises(ValueError, match="复议机关名称"):
            authority(Body(name="某机关", kind=kind, upper=""), day("2024-01-02"))
    half = Body(name="霁川县司法局", kind=BodyKind.JUSTICE, government="霁川县人民政府")
    with pytest.raises(ValueError, match="复议机关名称"):
        authority(half, day("2024-01-02"))


@pytest.mark.parametrize(
    ("grounds", "on", "expected"),
    [
        (("trade_secret",), "2024-01-01", [(FIRST, "不予公开的部分"), (CHOICE, "其他部分")]),
        (("trade_secret", "admin_inquiry"), "2024-01-01", [(FIRST, "不予公开的部分"), (CHOICE, "其他部分")]),
        ((), "2024-01-01", [(FIRST, "不予公开的部分"), (CHOICE, "其他部分")]),
        (("admin_inquiry",), "2024-01-01", [(CHOICE, "")]),
        (("trade_secret",), "2023-12-31", [(CHOICE, "")]),
        ((), "2023-12-31", [(CHOICE, "")]),
    ],
)
def test_a_partial_disclosure_has_two_paragraphs_only_where_what_is_withheld_is_reconsidered_first(
    grounds: tuple[str, ...], on: str, expected: list[tuple[Remedy, str]]
) -> None:
    parts = remedies("partial", grounds=grounds, on=day(on), body=BUREAU)
    assert [(part.remedy, part.about) for part in parts] == expected
    assert all(
        (f"如不服本决定中{part.about}，" if part.about else "如不服本决定，") in part.text for part in parts
    )


def test_each_paragraph_cites_every_article_it_rests_on() -> None:
    (refusal,) = remedies("denied.third_party", on=day("2024-01-01"), body=BUREAU)
    assert refusal.sources == (XZFY.art(20, 1), XZFY.art(23, 1), XZFY.art(24), XZSS.art(45))
    (granted,) = remedies("granted", on=day("2024-01-01"), body=BUREAU)
    assert granted.sources == (XZFY.art(20, 1), XZFY.art(24), XZSS.art(46, 1))
    (before,) = remedies("granted", on=day("2023-12-31"), body=BUREAU)
    assert before.sources == (before.authority.source, XZSS.art(46, 1))


def test_a_partial_disclosure_is_reconsidered_first_as_a_whole_where_the_switch_says() -> None:
    switched = Practice(partial_reconsidered_first=True)
    for on, expected in (("2024-01-01", [(FIRST, "")]), ("2023-12-31", [(CHOICE, "")])):
        parts = remedies("partial", grounds=("trade_secret",), on=day(on), body=BUREAU, practice=switched)
        assert [(part.remedy, part.about) for part in parts] == expected


def test_a_third_party_overridden_has_a_free_choice() -> None:
    part = third_party_remedy(day("2025-06-03"), BUREAU)
    assert (part.remedy, part.about) == (CHOICE, "")
    assert part.authority == authority(BUREAU, day("2025-06-03"))
    assert "或者自收到本决定之日起六个月内" in part.text

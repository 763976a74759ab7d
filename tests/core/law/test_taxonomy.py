from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.law.calendar import load_calendar
from gongkai.law.channels import CHANNELS, Channel
from gongkai.law.grounds import GROUNDS, Force
from gongkai.law.letters import PROCEDURAL_LETTERS
from gongkai.law.periods import PERIODS
from gongkai.law.sources import R711
from gongkai.law.taxonomy import APPLICANT_KINDS, ART20_ITEMS, OTHER_2019, OUTCOMES, OutcomeGroup, Remedy
from gongkai.report.schema import APPLICANTS, OUTCOME_GROUPS, Edition, form

LAW_MD = Path(__file__).parents[3] / "docs" / "law.md"


@pytest.mark.parametrize("edition", Edition)
def test_outcomes_are_the_forms_rows_in_its_words(edition: Edition) -> None:
    rows = {row.code: row.label for row in form(edition).table(3).rows}
    codes = [code for group in OUTCOME_GROUPS[edition].values() for code in group]
    for code in codes:
        if code == OTHER_2019:
            continue
        assert OUTCOMES[code].label == rows[code]
    known = set(codes) | (
        {"other.no_correction", "other.fee_unpaid", "other.misc"} if OTHER_2019 in codes else set()
    )
    assert known - {OTHER_2019} == set(OUTCOMES)


def test_outcome_groups_follow_the_codes() -> None:
    names = {"granted": "GRANTED", "partial": "PARTIAL", "denied": "DENIED", "unable": "UNABLE"} | {
        "declined": "DECLINED",
        "other": "OTHER",
    }
    for code, outcome in OUTCOMES.items():
        assert outcome.group is OutcomeGroup[names[code.split(".")[0]]]


def test_applicant_kinds_are_the_forms_columns() -> None:
    assert [(c.code, c.label) for c in APPLICANTS[:-1]] == list(APPLICANT_KINDS.items())


def test_trap_22_the_remedy_follows_the_article_and_not_the_row() -> None:
    first = {code for code, outcome in OUTCOMES.items() if outcome.remedy is Remedy.RECONSIDERATION_FIRST}
    assert OUTCOMES["denied.admin_inquiry"].remedy is Remedy.FREE_CHOICE
    assert "partial" in first
    assert first - {"partial"} == {
        code
        for code, outcome in OUTCOMES.items()
        if any(s.instrument is R711 and s.article in (14, 15, 16) for s in outcome.source)
    }


def test_grounds_lead_to_outcomes_that_cite_their_article() -> None:
    for ground in GROUNDS.values():
        articles = {source.article for source in OUTCOMES[ground.outcome].source}
        assert ground.source.article in articles
    assert {g.outcome for g in GROUNDS.values()} == {c for c in OUTCOMES if c.startswith("denied.")}


def test_trap_27_must_and_may_are_kept_apart() -> None:
    forces = {g.source.article: set() for g in GROUNDS.values()}
    for ground in GROUNDS.values():
        forces[ground.source.article].add(ground.force)
    assert forces[14] == {Force.MUST}
    assert forces[15] == {Force.MUST_UNLESS}
    assert forces[16] == {Force.MAY, Force.MAY_UNLESS}


def test_article_20_has_fifteen_items() -> None:
    assert list(ART20_ITEMS) == list(range(1, 16))
    assert len(set(ART20_ITEMS.values())) == 15


def test_procedural_letters_bear_no_remedy_paragraph() -> None:
    assert {letter.remedy for letter in PROCEDURAL_LETTERS.values()} == {Remedy.NONE}


def test_citations_read_as_chinese_legal_writing() -> None:
    assert str(PERIODS["reply"].source) == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert str(CHANNELS[Channel.EMS].source[0]) == "《中华人民共和国政府信息公开条例》第三十一条第（二）项"
    assert PERIODS["reply"].words == "20个工作日"
    assert PERIODS["direct_suit"].words == "6个月"


def law_rows() -> dict[str, str]:
    text = LAW_MD.read_text(encoding="utf-8")
    return {m[1]: m[0] for m in re.finditer(r"^\| `([\w.]+)` \|.*$", text, re.MULTILINE)}


def test_every_number_in_use_stands_in_the_law_document_with_article_and_evidence() -> None:
    rows = law_rows()
    for period in PERIODS.values():
        row = rows[period.code]
        assert period.words in row
        assert str(period.source) in row
        assert f"[{period.evidence.value}]" in row


def test_every_channel_stands_in_the_law_document_with_its_day_of_receipt() -> None:
    rows = law_rows()
    for channel, rule in CHANNELS.items():
        row = rows[channel.value]
        assert rule.event in row
        assert all(str(source) in row for source in rule.source)


def test_every_notice_stands_in_the_law_document() -> None:
    text = LAW_MD.read_text(encoding="utf-8")
    for year in load_calendar().years:
        for notice in year.notices:
            assert notice.number in text

"""Every ground for not disclosing: its article, how it binds, the row of Table 3 it leads to."""

from __future__ import annotations

from gongkai.law.grounds import GROUNDS, Force, cited_article
from gongkai.law.sources import R711

MUST, UNLESS, MAY, MAY_UNLESS = Force.MUST, Force.MUST_UNLESS, Force.MAY, Force.MAY_UNLESS
ARTICLE_14, ARTICLE_15 = R711.art(14), R711.art(15)
AFFAIRS, PROCESS, INQUIRY = R711.art(16, 1), R711.art(16, 2), R711.art(36, item=7)


def test_each_ground_has_its_article_force_and_outcome() -> None:
    found = [(g.code, g.source, g.force, g.outcome) for g in GROUNDS.values()]
    assert found == [
        ("state_secret", ARTICLE_14, MUST, "denied.state_secret"),
        ("law_prohibited", ARTICLE_14, MUST, "denied.law_prohibited"),
        ("national_security", ARTICLE_14, MUST, "denied.security_stability"),
        ("public_security", ARTICLE_14, MUST, "denied.security_stability"),
        ("economic_security", ARTICLE_14, MUST, "denied.security_stability"),
        ("social_stability", ARTICLE_14, MUST, "denied.security_stability"),
        ("trade_secret", ARTICLE_15, UNLESS, "denied.third_party"),
        ("personal_privacy", ARTICLE_15, UNLESS, "denied.third_party"),
        ("third_party_interest", ARTICLE_15, UNLESS, "denied.third_party"),
        ("personnel", AFFAIRS, MAY, "denied.internal_affairs"),
        ("logistics", AFFAIRS, MAY, "denied.internal_affairs"),
        ("workflow", AFFAIRS, MAY, "denied.internal_affairs"),
        ("discussion_record", PROCESS, MAY_UNLESS, "denied.process_info"),
        ("draft", PROCESS, MAY_UNLESS, "denied.process_info"),
        ("negotiation_letter", PROCESS, MAY_UNLESS, "denied.process_info"),
        ("request_for_instructions", PROCESS, MAY_UNLESS, "denied.process_info"),
        ("enforcement_file", PROCESS, MAY_UNLESS, "denied.enforcement_file"),
        ("admin_inquiry", INQUIRY, Force.OTHER_PROCEDURE, "denied.admin_inquiry"),
    ]
    assert list(GROUNDS) == [code for code, *_ in found]


def test_an_article_is_read_from_its_words_and_from_its_digits() -> None:
    for text in ("16(1)", "第16条第1款", "第十六条第一款"):
        assert cited_article(text) == (16, 1)
    assert (cited_article("第一条"), cited_article("第九十九条")) == ((1, None), (99, None))

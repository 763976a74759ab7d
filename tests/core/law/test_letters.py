"""The letters that move a request on: each with the article it rests on."""

from __future__ import annotations

from gongkai.law.letters import PROCEDURAL_LETTERS
from gongkai.law.procedure import TRANSITIONS
from gongkai.law.sources import FEES2020, R711


def test_each_letter_rests_on_its_article() -> None:
    assert {letter.code: letter.source for letter in PROCEDURAL_LETTERS.values()} == {
        "receipt": R711.art(31),
        "correction_notice": R711.art(30),
        "extension_notice": R711.art(33, 2),
        "third_party_letter": R711.art(32),
        "consultation_notice": R711.art(33, 3),
        "co_maker_letter": R711.art(34),
        "organ_letter": R711.art(11),
        "fee_notice": FEES2020.part(""),
        "reasons_letter": R711.art(35),
        "delay_notice": R711.art(35),
        "rectification_notice": R711.art(41),
        "proactive_conversion": R711.art(44),
    }


def test_each_act_that_is_told_in_writing_goes_with_its_letter() -> None:
    letters = {each.action.value: each.letter for each in TRANSITIONS.values() if each.letter}
    assert letters == {
        "register": "receipt",
        "notify_correction": "correction_notice",
        "consult_third_party": "third_party_letter",
        "consult_co_maker": "co_maker_letter",
        "consult_organ": "organ_letter",
        "extend": "extension_notice",
        "ask_reasons": "reasons_letter",
        "delay": "delay_notice",
        "charge": "fee_notice",
        "turn_proactive": "proactive_conversion",
    }
    assert set(letters.values()) <= PROCEDURAL_LETTERS.keys()

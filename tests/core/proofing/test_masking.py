"""Personal data is hidden, nothing else is changed."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.proofing import Draft, Link, Picture, check, masked
from gongkai.proofing.identity import has_identity_check, has_luhn_check
from gongkai.proofing.masking import veiled

ON = date(2025, 6, 9)


@pytest.mark.parametrize(
    ("words", "head", "tail", "hidden"),
    [
        ("11010519491231002X", 3, 4, "110***********002X"),
        ("138 1234 5678", 3, 4, "138 **** 5678"),
        ("张小明", 1, 0, "张**"),
        ("张", 1, 0, "张"),
        ("12", 3, 4, "12"),
    ],
)
def test_a_veil_hides_the_middle_and_keeps_the_length(words: str, head: int, tail: int, hidden: str) -> None:
    assert veiled(words, head, tail) == hidden


def test_all_personal_data_of_a_draft_is_hidden() -> None:
    draft = Draft(
        title="关于张小明（身份证号11010519491231002X）的公示",
        body=("手机１３８１２３４５６７８，布署。", "家住幸福小区3号楼2单元501室。", "无"),
        links=(Link(address="/a", words="13912345678"),),
        pictures=(Picture(alternative="车牌鲁F12345"),),
        attachments=("13712345678.pdf",),
    )
    hidden = masked(draft, check(draft, ON))
    assert hidden.title == "关于张小明（身份证号110***********002X）的公示"
    assert hidden.body == ("手机１３８****５６７８，布署。", "家住幸福小区*号楼*单元***室。", "无")
    assert [link.words for link in hidden.links] == ["139****5678"]
    assert [picture.alternative for picture in hidden.pictures] == ["车牌鲁F****5"]
    assert hidden.attachments == ("137****5678.pdf",)
    assert [each.code for each in check(hidden, ON) if each.code.startswith("PI")] == []


def test_remarks_on_another_draft_are_refused() -> None:
    remarks = check(Draft(body=("手机13812345678",)), ON)
    with pytest.raises(ValueError, match="another draft"):
        masked(Draft(body=("手机号",)), remarks)
    with pytest.raises(ValueError, match="another draft"):
        masked(Draft(), remarks)


@pytest.mark.parametrize(
    ("number", "is_valid"),
    [("11010519491231002X", True), ("11010519491231002x", True), ("110105194912310021", False)],
)
def test_the_last_character_of_an_identity_number_checks_the_others(number: str, is_valid: bool) -> None:
    assert has_identity_check(number) is is_valid


@pytest.mark.parametrize(("digits", "is_valid"), [("79927398713", True), ("79927398710", False)])
def test_the_last_digit_of_a_card_checks_the_others(digits: str, is_valid: bool) -> None:
    assert has_luhn_check(digits) is is_valid


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110***********002X，手机138****5678。",
        "生于1949年的流水号11010519493231002X。",
        "申请于11010520491231001X前。",
    ],
)
def test_hidden_and_impossible_numbers_are_not_taken_for_identities(text: str) -> None:
    assert [each.words for each in check(Draft(body=(text,)), ON) if each.code == "PI01"] == []

"""Numbers, money, articles and the case's history, in the words of letters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import load_calendar
from gongkai.law.channels import Channel
from gongkai.law.practice import STRICT
from gongkai.law.procedure import Action, Event, fold
from gongkai.law.sources import FEES2020, R711
from gongkai.letters import capitals, history_of, number_of
from gongkai.letters.wording import cited, receipt_words


def test_a_number_has_its_own_brackets() -> None:
    assert number_of("宁信公开告", 2025, 12) == "宁信公开告\u30142025\u301512号"
    for prefix, year, serial in ((" ", 2025, 1), ("宁信公开告", 25, 1), ("宁信公开告", 2025, 0)):
        with pytest.raises(ValueError):
            number_of(prefix, year, serial)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("380", "叁佰捌拾元整"),
        ("2800", "贰仟捌佰元整"),
        ("1001", "壹仟零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("1000000", "壹佰万元整"),
        ("100000001", "壹亿零壹元整"),
        ("305004000", "叁亿零伍佰万肆仟元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("12.34", "壹拾贰元叁角肆分"),
    ],
)
def test_money_is_written_as_receipts_write_it(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == f"人民币{words}"


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000"])
def test_money_that_no_receipt_bears_is_refused(amount: str) -> None:
    with pytest.raises(ValueError):
        capitals(Decimal(amount))


@given(st.integers(0, 10**12 - 1))
def test_no_two_amounts_are_written_alike(yuan: int) -> None:
    """Read back digit by digit: 壹万零伍佰 is 10500 and nothing else."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = 0
    for char in capitals(Decimal(yuan)).removeprefix("人民币").removesuffix("元整"):
        if char in digits:
            digit = digits.index(char)
        elif char in units:
            group, digit = group + digit * units[char], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[char], 0, 0
    assert total + group + digit == yuan


def test_an_instrument_is_named_once() -> None:
    citations = (R711.art(16, 2), R711.art(36, item=3), FEES2020.part(""), R711.art(16, 2))
    assert cited(citations) == (
        "《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项、《政府信息公开信息处理费管理办法》"
    )


@pytest.mark.parametrize(
    ("channel", "practice", "event"),
    [
        (Channel.EMS, STRICT, "第（二）项，以行政机关签收之日"),
        (Channel.EMS, replace(STRICT, mailroom_signature_counts=False), "公开工作机构登记之日"),
        (Channel.PLAIN_MAIL, STRICT, "第（二）项，以与申请人确认之日"),
        (Channel.INTERNET, replace(STRICT, online_by_confirmation=True), "以双方确认之日"),
        (Channel.ORAL, STRICT, "第二十九条第一款、第三十一条第（一）项，以工作机构代为填写申请之日"),
    ],
)
def test_the_day_of_receipt_goes_by_channel_and_practice(
    channel: Channel, practice: object, event: str
) -> None:
    assert event in receipt_words(channel, practice)  # type: ignore[arg-type]


def test_the_history_names_no_third_party() -> None:
    """Trap 8: consulted 2025-03-10, opinion on 03-26; then extended by 10 working days."""
    received = {"channel": Channel.INTERNET.value, "applicant": "natural_person"}
    events = (
        Event(action=Action.REGISTER, on=date(2025, 3, 3), facts=received),
        Event(action=Action.CONSULT_THIRD_PARTY, on=date(2025, 3, 10), facts={"name": "丰源公司"}),
        Event(action=Action.OPINION, on=date(2025, 3, 26), facts={"name": "丰源公司", "opinion": "objects"}),
        Event(action=Action.EXTEND, on=date(2025, 4, 1), facts={"days": 10, "approved_by": "李主任"}),
    )
    case = fold(events, load_calendar(), date(2025, 4, 2))
    assert history_of(case) == (
        "因所申请的信息涉及第三方，本机关于2025年3月10日书面征求第三方的意见，至2025年3月26日止，所需时间不计入答复期限。",
        "经本机关政府信息公开工作机构负责人同意，答复期限延长10个工作日，并已告知你。",
    )

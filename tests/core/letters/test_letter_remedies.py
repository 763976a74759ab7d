"""The remedy paragraph follows ground, outcome and date, never the row of the table alone (traps 21–25)."""

from dataclasses import replace
from datetime import date

import pytest

from core.letters.samples import BODY, full
from core.letters.test_composing import text_of
from gongkai.law.practice import STRICT
from gongkai.law.remedies import BodyKind
from gongkai.law.taxonomy import Remedy
from gongkai.letters import Withheld, compose

P, O = Remedy.RECONSIDERATION_FIRST, Remedy.FREE_CHOICE  # noqa: E741
OLD, LAST_OLD, FIRST_NEW, NEW = date(2023, 6, 1), date(2023, 12, 29), date(2024, 1, 2), date(2025, 6, 3)
BOTH = replace(BODY, upper="青禾市教育局")


@pytest.mark.parametrize(
    ("kind", "on", "told"),
    [
        ("granted.public", NEW, [O]),
        ("granted.given", NEW, [O]),
        ("partial", NEW, [P, O]),
        ("partial", OLD, [O]),
        ("denied.state_secret", NEW, [P]),
        ("denied.law_prohibited", NEW, [P]),
        ("denied.security_stability", NEW, [P]),
        ("denied.third_party", NEW, [P]),
        ("denied.internal_affairs", NEW, [P]),
        ("denied.process_info", FIRST_NEW, [P]),
        ("denied.process_info", LAST_OLD, [O]),
        ("denied.enforcement_file", NEW, [P]),
        ("denied.admin_inquiry", NEW, [O]),
        ("unable.not_held.nonexistent", NEW, [O]),
        ("unable.not_held.elsewhere", NEW, [O]),
        ("declined.excessive", NEW, [O]),
        ("other.no_correction", NEW, [O]),
        ("other.fee_unpaid", NEW, [O]),
        ("third_party_notice", NEW, [O]),
    ],
)
def test_the_remedy_goes_by_ground_and_date(kind: str, on: date, told: list[Remedy]) -> None:
    letter = compose(kind, replace(full(kind), made_on=on, body=BOTH))
    assert [part.remedy for part in letter.remedies] == told


def test_of_a_partial_disclosure_only_what_was_withheld_is_reconsidered_first() -> None:
    text = text_of("partial", full("partial"))
    assert (
        "如不服本决定中不予公开的部分，可以自收到本决定之日起六十日内先向青禾县人民政府申请行政复议" in text
    )
    assert "如不服本决定中其他部分" in text and "六个月内向青禾县人民法院提起行政诉讼" in text


def test_a_part_withheld_as_an_inquiry_leaves_the_choice_free() -> None:
    inquiry = (Withheld(part="登记簿", ground="admin_inquiry", reasons="不动产登记资料依专门规定查询"),)
    letter = compose("partial", replace(full("partial"), withheld=inquiry))
    assert [part.remedy for part in letter.remedies] == [O] and letter.missing == ()


def test_the_switches_of_practice_reach_the_letter() -> None:
    whole = replace(STRICT, partial_reconsidered_first=True, inquiry_reconsidered_first=True)
    for kind in ("partial", "denied.admin_inquiry"):
        assert [part.remedy for part in compose(kind, full(kind), practice=whole).remedies] == [P]


@pytest.mark.parametrize(
    ("kind", "on", "heard_by"),
    [
        (BodyKind.LOCAL_DEPARTMENT, LAST_OLD, "青禾县人民政府或者青禾市教育局"),
        (BodyKind.LOCAL_DEPARTMENT, FIRST_NEW, "青禾县人民政府"),
        (BodyKind.VERTICAL, NEW, "青禾市教育局"),
        (BodyKind.JUSTICE, NEW, "青禾县人民政府或者青禾市教育局"),
        (BodyKind.PROVINCIAL_GOVERNMENT, NEW, "青禾县教育局"),
    ],
)
def test_the_organ_named_is_the_one_of_body_and_day(kind: BodyKind, on: date, heard_by: str) -> None:
    facts = replace(full("denied.process_info"), made_on=on, body=replace(BOTH, kind=kind))
    assert f"向{heard_by}申请行政复议" in text_of("denied.process_info", facts)


def test_a_letter_served_online_gives_the_online_channel() -> None:
    online = replace(full("denied.process_info"), served_online=True, made_on=date(2024, 10, 23))
    assert compose("denied.process_info", online).missing != ()
    told = replace(online, online_reconsideration="行政复议服务平台 https://xzfy.example")
    letter = compose("denied.process_info", told)
    assert letter.missing == ()
    assert "网上渠道提出：行政复议服务平台 https://xzfy.example" in text_of("denied.process_info", told)
    assert compose("denied.process_info", replace(online, made_on=OLD, body=BOTH)).missing == ()

"""A corpus of right official prose stays quiet; every labelled fault of another is found where it stands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from gongkai.proofing import Draft, Level, Remark, check

ON = date(2025, 6, 9)
HERE = Path(__file__).parent
CLEAN = tuple((HERE / "clean.txt").read_text(encoding="utf-8").splitlines())
FAULTY: dict[str, list[tuple[str, str]]] = defaultdict(list)
for line in (HERE / "faulty.txt").read_text(encoding="utf-8").splitlines():
    code, words, text = line.split("|", 2)
    FAULTY[code].append((words, text))
# A fault may be remarked on from a second side too: full-width digits, a number's closing bracket.
ALSO = {"PI01": {"PU03"}, "PI03": {"PU03"}, "PI05": {"PU03"}, "BR01": {"WN01"}, "OR03": {"OR02"}}


def remarks(text: str) -> tuple[Remark, ...]:
    return check(Draft(title="关于有关工作的通知", body=(text,), made_on=ON), ON)


def test_the_corpora_are_as_large_as_they_should_be() -> None:
    assert len(CLEAN) >= 60
    assert sum(map(len, FAULTY.values())) >= 150


def test_right_prose_as_one_text_draws_no_remark() -> None:
    draft = Draft(
        title="滨海市人民政府办公室关于做好2025年政务公开工作的通知",
        body=CLEAN,
        issuer="滨海市人民政府办公室",
        made_on=date(2025, 6, 6),
        published_on=ON,
        document_number="滨政办发〔2025〕12号",
        required=frozenset(("issuer", "made_on", "published_on", "document_number")),
    )
    assert [(each.code, each.words) for each in check(draft, ON)] == []


@pytest.mark.parametrize("text", CLEAN)
def test_a_right_paragraph_alone_blocks_nothing(text: str) -> None:
    assert [each for each in remarks(text) if each.level is Level.BLOCK] == []


@pytest.mark.parametrize("code", sorted(FAULTY))
def test_every_labelled_fault_of_a_kind_is_found_in_its_place(code: str) -> None:
    missed = [
        (words, text)
        for words, text in FAULTY[code]
        if not any((each.code, each.words) == (code, words) for each in remarks(text))
    ]
    assert missed == []


@pytest.mark.parametrize("code", sorted(FAULTY))
def test_a_labelled_fault_draws_no_other_remark(code: str) -> None:
    others = {(each.code, text) for _, text in FAULTY[code] for each in remarks(text) if each.code != code}
    assert {pair for pair in others if pair[0] not in ALSO.get(code, set())} == set()


def test_a_remark_quotes_the_words_at_its_place_and_advises_in_one_sentence() -> None:
    for text in (text for cases in FAULTY.values() for _, text in cases):
        for each in remarks(text):
            field = text if each.where.field == "body" else "关于有关工作的通知"
            assert field[each.where.start : each.where.end] == each.words
            assert each.advice.endswith("。") and "\n" not in each.advice


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "1 ",
            "1-",
            "13812345678 ",
            "（",
            "《〈",
            "“",
            "的",
            "，",
            "一是",
            "1.",
            "（1）",
            "政府信息",
            "单元",
        ),
        *(
            "a@",
            "身份证",
            "3号楼",
            "10.",
            "秘密★",
            "2月30日",
            "\\\\a\\",
            "姓名：",
            "家住",
            "。",
            "去年",
            "帐户",
        ),
    ],
)
def test_a_long_run_of_anything_is_read_to_its_end(unit: str) -> None:
    end = "手机13812345679。"
    found = remarks((unit * 100_000)[:100_000] + "。" + end)
    assert [each.words for each in found if each.code == "PI05"][-1] == "13812345679"

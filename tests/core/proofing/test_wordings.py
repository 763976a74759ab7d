"""The list of wordings, and a body's own file added to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.proofing import Draft, Level, Wording, WordingError, check, load_wordings, standard_wordings

ON = date(2025, 6, 9)
STANDARD = standard_wordings()


def words(text: str, wordings: tuple[Wording, ...] | None = None) -> list[str]:
    remarks = check(Draft(body=(text,)), ON, wordings=wordings)
    return [each.words for each in remarks if each.code in ("WD01", "WD02")]


def file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_holds_enough_entries_each_once() -> None:
    assert len({each.wrong for each in STANDARD}) == len(STANDARD) >= 120


@pytest.mark.parametrize("entry", STANDARD, ids=lambda entry: entry.wrong)
def test_every_entry_is_found_and_its_right_form_is_not_wrong_again(entry: Wording) -> None:
    assert words(f"，{entry.wrong}，") == [entry.wrong]
    assert words(f"，{entry.right}，") == []


@pytest.mark.parametrize("text", sorted({exception for entry in STANDARD for exception in entry.exceptions}))
def test_no_exception_is_remarked_on(text: str) -> None:
    assert words(f"，{text}，") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县环境保护局负责。", ["环境保护局"]),
        ("县原环境保护局负责。", []),
        ("《县环境保护局职责》", []),
        ("《关于帐户的办法》", []),
        ("《关于布署的办法》", ["布署"]),
        ("《办法》所说的帐户", ["帐户"]),
        ("国家质量监督检验检疫总局", ["质量监督检验检疫总局"]),
    ],
)
def test_former_names_and_titles_are_left_as_history_has_them(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_body_adds_its_own_words_and_replaces_the_standard_ones(tmp_path: Path) -> None:
    own = file(
        tmp_path,
        '[[wording]]\nwrong = "滨海县"\nright = "滨海市"\nnote = "已撤县设市"\nlevel = "block"\n'
        '[[wording]]\nwrong = "其它"\nright = "其他"\nexcept = ["其它山"]\n',
    )
    wordings = load_wordings(own)
    assert len(wordings) == len(STANDARD) + 1
    assert words("滨海县、其它山、帐户", wordings) == ["滨海县", "帐户"]
    (remark,) = check(Draft(body=("滨海县",)), ON, wordings=wordings)
    assert (remark.level, remark.suggestion) == (Level.BLOCK, "滨海市")
    assert "已撤县设市" in remark.advice


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("wording", "不是 TOML 文件"),
        ("", "没有 [[wording]]"),
        ("wording = [1]", "应为 [[wording]]"),
        ('[[wording]]\nwrong = "甲"', "应为不同的文字"),
        ('[[wording]]\nwrong = "甲"\nright = "甲"', "应为不同的文字"),
        ('[[wording]]\nwrong = "甲"\nright = "乙"\ncolour = 1', "不认识的项：colour"),
        ('[[wording]]\nwrong = "甲"\nright = "乙"\nexcept = ["丙"]', "应包含“甲”"),
        ('[[wording]]\nwrong = "甲"\nright = "乙"\nlevel = "error"', "block 或 warn"),
        ('[[wording]]\nwrong = "甲"\nright = "乙"\n' * 2, "重复"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(WordingError) as refused:
        load_wordings(file(tmp_path, text))
    assert why in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordingError, match=r"none\.toml"):
        load_wordings(tmp_path / "none.toml")

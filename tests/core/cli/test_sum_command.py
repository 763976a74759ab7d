"""`gongkai sum`: a folder of reports into one, with every addend; what is wrong is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.report.numerals import BLANK
from gongkai.report.reading import read
from gongkai.report.reading.formats.xlsx import read_xlsx
from gongkai.report.schema import CellId

NEW = "t3.new.total"
COUNTY = "云岭县人民政府"
Put = Callable[..., Path]


@pytest.fixture
def folder(put: Put, tmp_path: Path) -> Path:
    for name in ("林泉局", "水务局", "教育局"):
        put(f"in/{name}.json", agency=f"云岭县{name}")
    return tmp_path / "in"


def summed(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, Any]]:
    code = main(["sum", "--json", *map(str, words)])
    return code, json.loads(capsys.readouterr().out)


def test_a_folder_is_summed_with_its_addends(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = summed(capsys, folder, "--agency", COUNTY)
    assert code == 0
    assert (shown["agency"], shown["year"], shown["table3"]["new"]["total"]) == (COUNTY, 2024, 15)
    addends = shown["sums"][NEW]["addends"]
    assert [(each["member"], each["value"]) for each in addends] == [
        ("云岭县教育局", 5),
        ("云岭县林泉局", 5),
        ("云岭县水务局", 5),
    ]
    assert [Path(each["file"]).name for each in addends] == ["教育局.json", "林泉局.json", "水务局.json"]


def test_the_sum_as_json_is_a_report_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sum", str(folder), "--agency", COUNTY, "--json"]) == 0
    total = tmp_path / "total.json"
    total.write_text(capsys.readouterr().out, encoding="utf-8")
    assert read(total).report.value(CellId.parse(NEW)) == 15


@pytest.mark.parametrize("name", ["total.docx", "total.xlsx", "total.html", "total.json"])
def test_the_sum_is_written_in_the_statutory_form(folder: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    assert main(["sum", str(folder), "--agency", COUNTY, "--out", str(out)]) == 0
    assert read(out).report.value(CellId.parse(NEW)) == 15


def test_the_detail_has_a_row_for_each_member_and_their_sum(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "detail.xlsx"
    assert main(["sum", str(folder), "--agency", COUNTY, "--detail", str(out)]) == 0
    [tab], _ = read_xlsx(out.read_bytes())
    [column] = [c for (r, c), text in tab.cells.items() if r == 0 and text.endswith("申请数量”总计")][:1]
    assert [tab.cells[r, 0] for r in range(1, 5)] == ["云岭县教育局", "云岭县林泉局", "云岭县水务局", "合计"]
    assert [tab.cells[r, column] for r in range(1, 5)] == ["5", "5", "5", "15"]


def test_what_is_wrong_is_said_and_the_code_is_one(
    folder: Path, put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/教育局(1).json", agency="云岭县教育局", **{NEW: 6})
    put("in/民政局.json", agency="云岭县民政局", year=2023)
    put("in/水务局.json", agency="云岭县水务局", **{NEW: BLANK})
    put("in/县政府.json", agency=COUNTY, **{"t3.granted.total": 9})
    expected = tmp_path / "名单.txt"
    expected.write_text("林泉局\n水务局\n\n教育局\n云岭县民政局\n", encoding="utf-8")
    words = [str(folder), "--agency", COUNTY, "--expected", str(expected)]
    code, shown = summed(capsys, *words)
    assert code == 1 and not shown["is_whole"]
    assert {Path(each["file"]).stem: each["why"] for each in shown["aside"]} == {
        "教育局": "disputed",
        "教育局(1)": "disputed",
        "民政局": "other_year",
        "县政府": "own",
    }
    assert shown["missing"] == ["云岭县民政局"]
    assert shown["sums"][NEW]["unadded"][0]["why"] == "blank"
    assert shown["table3"]["new"]["total"] == {"raw": "5（另有1家不能相加）", "candidates": []}
    unlike = {each["cell"]: each["more"] for each in shown["differences"]}
    assert unlike["t3.granted.total"] == 1 and unlike[NEW] is None
    assert main(["sum", *words]) == 1
    told = capsys.readouterr().out
    for line in ("计入 2 份报告", "未计入 4 份", "缺报 1 家", "表三 1 格空白", "政府报告 9，多 1"):
        assert line in told


def test_a_broken_balance_names_its_member(
    folder: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/水务局.json", agency="云岭县水务局", **{"t4.reconsideration.upheld": 1})
    code, shown = summed(capsys, folder, "--agency", COUNTY)
    assert code == 1
    [broken] = shown["imbalances"]
    assert (broken["sums"], broken["members"][0]["member"]) == ([1, 0], "云岭县水务局")


def test_a_published_report_is_checked_against_the_sum(
    folder: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    published = put("政府.json", agency=COUNTY, **{NEW: 15})
    code, shown = summed(capsys, folder, "--agency", COUNTY, "--published", published)
    found = {each["cell"]: (each["sum"], each["published"], each["more"]) for each in shown["differences"]}
    assert code == 1 and NEW not in found
    assert found["t3.new.natural_person"] == (15, 5, -10)
    assert main(["sum", str(folder), "--published", str(put("旧.json", agency=COUNTY, year=2022))]) == 2
    assert "不是2024年度的" in capsys.readouterr().err


def test_an_unreadable_file_is_named_and_the_others_summed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04nothing")
    assert main(["sum", str(folder), "--agency", COUNTY, "--json"]) == 2
    told = capsys.readouterr()
    shown = json.loads(told.out)
    assert shown["table3"]["new"]["total"] == 15
    assert [Path(each["file"]).name for each in shown["unread"]] == ["坏.docx"]
    assert "坏.docx" in told.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["x", "--out", "x.doc"], "应以 .docx"),
        (["x", "--detail", "x.docx"], "--detail 应以 .xlsx 结尾"),
        (["x", "--expected", "missing.txt"], "--expected 打不开"),
        (["x", "--year", "今年"], "--year 应为整数"),
        (["missing"], "找不到这个文件"),
    ],
)
def test_bad_words_are_refused(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sum", *words]) == 2
    assert says in capsys.readouterr().err


def test_years_in_equal_number_are_not_guessed(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/a.json", agency="云岭县林泉局"), put("in/b.json", agency="云岭县水务局", year=2023)
    assert main(["sum", str(tmp_path / "in")]) == 2
    assert "请用 --year 指明" in capsys.readouterr().err
    code, shown = summed(capsys, tmp_path / "in", "--year", "2023")
    assert (code, len(shown["members"]), shown["agency"]) == (1, 1, None)


def test_a_report_that_is_read_is_not_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "教育局.json"
    before = path.read_bytes()
    assert main(["sum", str(folder), "--out", str(path)]) == 2
    assert path.read_bytes() == before
    assert "会覆盖" in capsys.readouterr().err

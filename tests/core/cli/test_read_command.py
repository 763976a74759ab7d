from __future__ import annotations

import errno
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from gongkai.cli import inputs, main
from gongkai.cli.wide import clean, clipped, padded, wrapped
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import APPLICANTS, Edition, form

Put = Callable[..., Path]


def read_json(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    assert main(["read", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_file_gives_one_object(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    shown = read_json(capsys, put())
    assert (shown["agency"], shown["year"], shown["edition"]) == ("云岭县林泉局", 2024, 2021)
    assert shown["table2"]["normative_documents"] == {"made": 0, "repealed": 0, "in_force": 0}
    assert shown["table2"]["permits"] == 0
    assert list(shown["table3"]) == [row.code for row in form(Edition.FORM_2021).table(3).rows]
    assert list(shown["table3"]["new"]) == [column.code for column in APPLICANTS]
    assert shown["table3"]["new"]["total"] == 5
    assert shown["table4"]["direct_suit"]["pending"] == 0
    assert shown["sections"][0]["code"] == "overview"
    assert isinstance(shown["notes"], list)


def test_blank_and_illegible_cells_are_kept_apart_from_zero(
    put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(**{"t3.new.business": BLANK, "t2.permits.decisions": Illegible("3960181", (39, 396))})
    shown = read_json(capsys, path)
    assert shown["table3"]["new"]["business"] is None
    assert shown["table2"]["permits"] == {"raw": "3960181", "candidates": [39, 396]}
    assert shown["table3"]["new"]["other"] == 0


def test_several_files_give_a_list_in_the_order_given(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    later, earlier = put("b.json", year=2024), put("a.json", year=2023)
    shown = read_json(capsys, later, earlier, later)
    assert [(each["file"], each["year"]) for each in shown] == [(str(later), 2024), (str(earlier), 2023)]


def test_a_folder_gives_a_list_of_the_known_files_below_it(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/a.json")
    put("in/deep/b.json", year=2023)
    put("in/~$a.json")
    put("in/.hidden/c.json")
    put("in/picture.svg")
    shown = read_json(capsys, tmp_path / "in")
    assert [Path(each["file"]).name for each in shown] == ["a.json", "b.json"]


def test_a_folder_of_one_file_is_still_a_list(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(read_json(capsys, put("in/a.json").parent)) == 1


def test_a_pattern_is_expanded(put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("x/2023.json", year=2023)
    put("x/2024.json")
    assert [each["year"] for each in read_json(capsys, tmp_path / "**" / "202?.json")] == [2023, 2024]


def test_a_name_with_brackets_is_a_name_first(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_json(capsys, put("报告[1].json"))["year"] == 2024


def test_what_it_writes_it_reads_again(put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = read_json(capsys, put(), "--provenance")
    again = tmp_path / "again.json"
    again.write_text(json.dumps(first, ensure_ascii=False), encoding="utf-8")
    second = read_json(capsys, again)
    assert all(
        second[key] == first[key] for key in ("agency", "year", "table2", "table3", "table4", "sections")
    )


def test_one_that_cannot_be_read_leaves_the_others(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = put()
    empty = tmp_path / "empty.docx"
    empty.write_bytes(b"")
    other = tmp_path / "letter.txt"
    other.write_text("这是一封信。", encoding="utf-8")
    assert main(["read", "--json", str(empty), str(good), str(other), str(tmp_path / "absent.pdf")]) == 2
    shown = capsys.readouterr()
    assert [each["file"] for each in json.loads(shown.out)] == [str(good)]
    for name, why in ((empty, "空"), (other, "没有找到"), (tmp_path / "absent.pdf", "找不到这个文件")):
        line = next(line for line in shown.err.splitlines() if str(name) in line)
        assert line.startswith("未能读取") and why in line
    assert "Traceback" not in shown.err


def test_one_file_that_cannot_be_read_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--json", str(tmp_path / "absent.pdf")]) == 2
    assert capsys.readouterr().out == ""


def test_a_list_of_nothing_is_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--json", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert json.loads(shown.out) == []
    assert "没有可读取的文件" in shown.err
    assert main(["read", str(tmp_path / "*.pdf")]) == 2
    assert "没有匹配的文件" in capsys.readouterr().err


def test_a_reader_that_breaks_is_one_failure_among_others(
    put: Put, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = put("bad.json"), put("good.json")
    honest = inputs.read_guarded

    def broken(data: bytes, name: str) -> object:
        if name == "bad.json":
            raise RuntimeError("a fault of ours")
        return honest(data, name)

    monkeypatch.setattr(inputs, "read_guarded", broken)
    assert main(["read", "--json", str(bad), str(good)]) == 2
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 1
    assert "读取时出错（RuntimeError）" in shown.err


def test_a_folder_that_refuses_is_a_failure_among_its_files(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put()

    def refusing(
        folder: Path, onerror: Callable[[OSError], None]
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(errno.EACCES, "Permission denied", str(folder / "closed")))
        yield str(folder), [], [path.name]

    monkeypatch.setattr(os, "walk", refusing)
    found = inputs.find_files([str(tmp_path)])
    assert found.files == (path,)
    assert [(each.name, each.why) for each in found.failures] == [(str(tmp_path / "closed"), "没有权限")]


def test_a_name_no_system_can_hold_is_only_absent(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("年" * 4000, "a\0b"):
        assert main(["read", name]) == 2
        assert "找不到这个文件" in capsys.readouterr().err


def test_what_is_no_plain_or_too_large_a_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], put: Put
) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert main(["read", str(pipe)]) == 2
    assert "不是普通文件" in capsys.readouterr().err
    monkeypatch.setattr(inputs, "MAX_BYTES", 10)
    assert main(["read", str(put())]) == 2
    assert "超出读取上限" in capsys.readouterr().err


def test_a_name_that_is_no_utf8_is_shown_as_escapes(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.json"))
    path.write_bytes(put().read_bytes())
    assert main(["read", "--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["file"].endswith("\\udcb1\\udca8.json")


def test_tables_are_aligned_by_the_width_of_chinese(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(put(**{"t3.new.business": BLANK}))]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("云岭县林泉局  2024年  2021年版格式  读得数字 199/200 格")
    start = next(i for i, line in enumerate(shown) if line.startswith("表三"))
    end = next(i for i in range(start, len(shown)) if shown[i].startswith("└"))
    table = shown[start + 1 : end + 1]
    assert len({len(padded(line, 0)) + sum(ord(c) > 0x2E80 for c in line) for line in table}) == 1
    new = next(line for line in table if "一、本年新收" in line)
    assert [cell.strip() for cell in new.split("│")[2:-1]] == ["5", "（空）", "0", "0", "0", "0", "5"]


def test_tables_are_the_default_and_take_several_files(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--table", str(put("a.json")), str(put("b.json", agency="云岭县林泉局二分局"))]) == 0
    shown = capsys.readouterr().out
    assert shown.count("表四") == 2 and "云岭县林泉局二分局" in shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_narrow_terminal_every_column_stays(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "dumb")
    assert main(["read", str(put(**{"t3.new.total": 1234}))]) == 0
    lines = sys.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    start = next(i for i, line in enumerate(lines) if line.startswith("表三"))
    rows = [line for line in lines[start:] if line.startswith("│")]
    assert any([cell.strip() for cell in row.split("│")[2:-1]] == ["5", *["0"] * 5, "1234"] for row in rows)


class GoneReader(io.StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_pipe_whose_reader_has_left_is_not_taken_for_findings(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", GoneReader())
    with pytest.raises(BrokenPipeError):
        main(["read", str(put())])


def test_a_progress_bar_shows_on_a_terminal_only_and_only_after_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(inputs.with_progress((1, 2, 3), "读取", 3)) == [1, 2, 3]
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
    shown = Event()
    monkeypatch.setattr(inputs, "_MOMENT", 0)
    start = inputs.Progress.start
    monkeypatch.setattr(inputs.Progress, "start", lambda bar: (start(bar), shown.set()))
    slow = inputs.with_progress((shown.wait(10) and each for each in (1, 2)), "读取", 2)
    assert list(slow) == [1, 2]
    assert "读取" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert inputs.with_progress((1, 2, 3, 4), "读取", 4) == (1, 2, 3, 4)


def test_text_for_the_terminal_is_cleaned_and_cut_by_width() -> None:
    assert clean("a\x1b[31m\u202eb\tc\n") == "a[31mb c "
    assert padded("公开", 6) == "公开  "
    assert padded("公开", 6, right=True) == "  公开"
    assert clipped("政府信息公开", 8) == "政府信…"
    assert clipped("公开", 4) == "公开"
    assert wrapped("政府信息，公开 JSON 文件", 8) == ["政府信", "息，公开", "JSON 文", "件"]
    assert wrapped("甲乙丙（EMS）、丁", 8) == ["甲乙丙", "（EMS）、", "丁"]


def _archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_an_archive_is_read_as_a_folder_is(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"乡镇/b.json": put(year=2023).read_bytes(), "a.json": put().read_bytes(), "说明.txt": b"hello"}
    path = _archive(tmp_path / "全县.zip", files)
    assert main(["read", "--json", str(path)]) == 2
    shown = capsys.readouterr()
    read = [(each["file"], each["year"]) for each in json.loads(shown.out)]
    assert read == [(f"{path}/乡镇/b.json", 2023), (f"{path}/a.json", 2024)]
    assert f"未能读取 {path}/说明.txt：" in shown.err


def test_an_archive_of_one_file_is_a_list_and_one_of_none_a_failure(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(read_json(capsys, _archive(tmp_path / "one.zip", {"a.json": put().read_bytes()}))) == 1
    assert main(["read", str(_archive(tmp_path / "none.zip", {}))]) == 2
    assert "没有可以读取的文件" in capsys.readouterr().err


def test_archives_in_a_folder_are_opened_and_what_cannot_be_is_named(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _archive(folder / "甲.zip", {"a.json": put().read_bytes()})
    (folder / "乙.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    assert main(["read", "--json", str(folder)]) == 2
    shown = capsys.readouterr()
    assert [each["file"] for each in json.loads(shown.out)] == [f"{folder}/甲.zip/a.json"]
    assert "乙.rar" in shown.err and "RAR" in shown.err

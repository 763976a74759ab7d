"""`gongkai write`: from the JSON that `gongkai read` prints to every form, and back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.needs import NEEDS_TYPST

from gongkai.cli import main
from gongkai.report.numerals import Illegible
from gongkai.report.reading import read
from gongkai.report.schema import CellId
from gongkai.report.writing import FORMATS

WRITTEN = [pytest.param(name, marks=NEEDS_TYPST if name == "pdf" else ()) for name in FORMATS]
Put = Callable[..., Path]


@pytest.mark.parametrize("format_", WRITTEN)
def test_what_read_prints_is_written_and_read_again(
    format_: str, put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--json", str(put())]) == 0
    shown = tmp_path / "shown.json"
    shown.write_text(capsys.readouterr().out, encoding="utf-8")
    out = tmp_path / f"out.{format_}"
    assert main(["write", str(shown), "--to", format_, "--out", str(out)]) == 0
    again, before = read(out).report, read(shown).report
    assert {c: again.value(c) for c in again.form.cells()} == {
        c: before.value(c) for c in before.form.cells()
    }
    assert (again.agency, again.year, again.title) == (before.agency, before.year, before.title)


def test_the_suffix_tells_the_format(put: Put, tmp_path: Path) -> None:
    out = tmp_path / "年报.DOCX"
    assert main(["write", str(put()), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"PK")


def test_html_may_be_a_fragment_on_standard_output(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(put()), "--to", "html", "--fragment", "--out", "-"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("<article") and "<style" not in shown and "<b>" not in shown


def test_a_report_may_come_on_standard_input(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(put().read_bytes())))
    out = tmp_path / "out.html"
    assert main(["write", "-", "--out", str(out)]) == 0
    assert read(out).report.year == 2024


def test_a_list_of_one_report_is_that_report_and_of_two_is_refused(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = json.loads(put().read_text(encoding="utf-8"))
    listed, out = tmp_path / "list.json", tmp_path / "out.json"
    listed.write_text(json.dumps([report]), encoding="utf-8")
    assert main(["write", str(listed), "-o", str(out)]) == 0
    listed.write_text(json.dumps([report, report]), encoding="utf-8")
    assert main(["write", str(listed), "-o", str(out)]) == 2
    assert "里面有 2 份报告" in capsys.readouterr().err


def test_a_doubtful_cell_is_marked_and_told(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = put(**{"t3.new.total": Illegible("1O", (10,))})
    out = tmp_path / "out.docx"
    assert main(["write", str(doubtful), "-o", str(out)]) == 0
    assert "1 格读不准" in capsys.readouterr().err
    assert isinstance(read(out).report.value(CellId(3, "new", "total")), Illegible)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["x.json"], "缺少参数：-o/--out"),
        (["x.json", "-o", "x.doc"], "应以 .docx"),
        (["x.json", "-o", "-"], "须用 --to"),
        (["x.json", "-o", "x.pdf", "--fragment"], "--fragment 只用于 html"),
        (["x.json", "-o", "x.pdf", "--provenance"], "--provenance 只用于 json"),
        (["missing.json", "-o", "x.pdf"], "找不到这个文件"),
    ],
)
def test_bad_words_are_refused(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", *words]) == 2
    assert says in capsys.readouterr().err


def test_the_report_itself_is_not_overwritten(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    path = put()
    before = path.read_bytes()
    assert main(["write", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == before
    assert "会覆盖" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["write", str(put()), "-o", str(tmp_path / "no" / "x.html")]) == 2
    assert "无法写入" in capsys.readouterr().err

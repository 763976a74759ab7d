from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from core.severing.making import PAGE, pdf_of
from gongkai.cli import main
from gongkai.cli import sever as command
from gongkai.severing import SeveranceFailed, load_marks

IDENTITY = b" BT /F 20 Tf 50 700 Td (11010519491231002X) Tj ET"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original.pdf"
    path.write_bytes(pdf_of(PAGE, PAGE + IDENTITY))
    return path


def test_words_and_personal_data_are_found_and_blacked_out(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, saved = tmp_path / "out.pdf", tmp_path / "marks.json"
    words = [str(original), "--find", "Zhang3", "--personal", "--ground", "personal_privacy"]
    assert main(["sever", *words, "-o", str(out), "--save-marks", str(saved)]) == 0
    shown = capsys.readouterr()
    assert "涂黑 3 处（第 1 页 1 处，第 2 页 2 处），核验通过" in shown.out and not shown.err
    assert len(pypdfium2.PdfDocument(out)) == 3
    assert [mark.reason for mark in load_marks(saved.read_bytes())] == ["", "", "居民身份证号码"]


def test_marks_are_saved_to_be_looked_at_and_then_used(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, saved = tmp_path / "out.pdf", tmp_path / "marks.json"
    assert main(["sever", str(original), "--personal", "--reason", "隐私", "--save-marks", str(saved)]) == 0
    (mark,) = load_marks(saved.read_bytes())
    assert (mark.page, mark.reason) == (2, "隐私") and not out.exists()
    assert main(["sever", str(original), "--marks", str(saved), "-o", str(out), "--no-list"]) == 0
    assert "涂黑 1 处（第 2 页 1 处）" in capsys.readouterr().out
    assert len(pypdfium2.PdfDocument(out)) == 2


def test_the_same_words_elsewhere_are_pointed_out(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "marks.json"
    saved.write_text('[{"page": 1, "x0": 140, "y0": 320, "x1": 260, "y1": 350}]')
    assert main(["sever", str(original), "--marks", str(saved), "-o", str(tmp_path / "out.pdf")]) == 0
    assert "还出现在别处，没有涂黑（第 2 页 1 处）" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "out.pdf"], "须用 --marks、--find"),
        (["--find", "Zhang3"], "写到哪里"),
        (["--find", "Zhang3", "-o", "out.pdf", "--dpi", "50"], "100 至 400"),
        (["--find", "Wang5", "-o", "out.pdf"], "没有“Wang5”"),
        (["--find", " ", "-o", "out.pdf"], "不能为空"),
        (["--find", "Zhang3", "-o", "original.pdf"], "不能覆盖原件"),
        (["--marks", "none.json", "-o", "out.pdf"], "none.json：没有这个文件"),
        (["--marks", "original.pdf", "-o", "out.pdf"], "不是有效的 JSON"),
        (["--find", "Zhang3", "-o", "none/out.pdf"], "没有这个文件或者文件夹"),
        (["--find", "Zhang3", "-o", "out.pdf", "--ground", "none"], "--ground"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    words: list[str],
    said: str,
    original: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(original.parent)
    before = original.read_bytes()
    assert main(["sever", original.name, *words]) == 2
    assert said in capsys.readouterr().err
    assert original.read_bytes() == before and not Path("out.pdf").exists()


def test_a_result_that_fails_is_not_written(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SeveranceFailed(("第 1 页有涂黑不完全的地方。",))

    monkeypatch.setattr(command, "sever", fail)
    out = tmp_path / "out.pdf"
    assert main(["sever", str(original), "--find", "Zhang3", "-o", str(out)]) == 2
    assert "未通过核验" in capsys.readouterr().err and not out.exists()

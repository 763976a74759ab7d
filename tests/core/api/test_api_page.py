"""The examples of docs/api.md, run on reports of the sample county."""

from __future__ import annotations

import doctest
import re
import zipfile
from pathlib import Path

import pytest

from gongkai import audit, read
from gongkai.report.reading import Unreadable
from gongkai.report.schema import APPLICANTS, NEW, TOTAL, CellId
from gongkai.samples import make_series, render
from gongkai.samples.faults.bed import with_cells

pytest.importorskip("pandas")
pytest.importorskip("polars")
PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
COUNTY = "霁川县人民政府"
NEW_TOTAL = CellId(3, NEW, TOTAL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two years of a county, one of them also with a wrong total, a notice that is no report, an archive."""
    last, report = make_series(3, COUNTY, (2022, 2023))
    wrong = with_cells(report, {NEW_TOTAL: (report.number(NEW_TOTAL) or 0) + 3})
    for name, each, layout in (
        ("2022.html", last, "html_clean"),
        ("2023.docx", report, "docx_merged"),
        ("2023改.docx", wrong, "docx_merged"),
    ):
        (tmp_path / f"{COUNTY}{name}").write_bytes(render(each, layout, 0).data)
    (tmp_path / "通知.txt").write_text("关于召开会议的通知\n各单位：\n请于周五到会。\n")
    with zipfile.ZipFile(tmp_path / "全县年报.zip", "w") as archive:
        for name in ("通知.txt", f"{COUNTY}2023.docx"):
            archive.write(tmp_path / name, name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_example_prints_what_the_page_says() -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text(), re.M | re.S)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 20
    complaints: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=complaints.append)
    assert not complaints, "".join(complaints)


def test_a_frame_of_nothing_still_has_its_columns() -> None:
    from gongkai import to_frame
    from gongkai.report.schema import COLUMNS

    for library in ("pandas", "polars"):
        frame = to_frame([], library)  # type: ignore[arg-type]
        assert list(frame.columns) == list(COLUMNS)
        assert len(frame) == 0


def test_missing_values_are_missing_and_never_zero(folder: Path) -> None:
    from dataclasses import replace

    from gongkai.report.cells import Cell
    from gongkai.report.numerals import BLANK, Illegible
    from gongkai.report.reading import read

    report = read(folder / f"{COUNTY}2023.docx").report
    blank, scrawl, gone = (CellId(3, NEW, column.code) for column in APPLICANTS[:3])
    cells = dict(report.cells) | {blank: Cell(BLANK), scrawl: Cell(Illegible("1 2", (12, 1)), "1 2")}
    del cells[gone]
    changed = replace(report, cells=cells)
    pandas = changed.to_frame("pandas").set_index(["table", "row", "column"])
    polars = {(r["table"], r["row"], r["column"]): r for r in changed.to_frame("polars").to_dicts()}
    for name, state in ((blank, "blank"), (scrawl, "illegible"), (gone, "absent")):
        assert pandas.loc[tuple(name), "state"] == polars[tuple(name)]["state"] == state
        assert pandas["value"].isna()[tuple(name)]
        assert polars[tuple(name)]["value"] is None
    assert list(pandas.loc[tuple(scrawl), "candidates"]) == polars[tuple(scrawl)]["candidates"] == [12, 1]


def test_without_either_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai import to_frame
    from gongkai.report import frames

    monkeypatch.setattr(frames, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="pip install pandas"):
        to_frame([])
    with pytest.raises(ModuleNotFoundError, match="pip install pandas"):
        to_frame([], "polars")


def test_importing_the_package_loads_no_reader() -> None:
    import subprocess
    import sys

    code = "import sys, gongkai; sys.exit('gongkai.api' in sys.modules or 'lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    with pytest.raises(AttributeError):
        import gongkai

        gongkai.nothing  # noqa: B018


def test_a_rule_that_is_none_is_said_and_not_taken_for_no_findings(folder: Path) -> None:
    with pytest.raises(ValueError, match="ZZ"):
        audit(read(folder / "霁川县人民政府2023.docx"), select=["ZZ"])


def test_a_folder_is_told_from_a_file_that_is_not_there(folder: Path) -> None:
    with pytest.raises(Unreadable, match="文件夹"):
        read(folder)

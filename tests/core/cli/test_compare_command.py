"""`gongkai compare`: two reports as text, JSON and one page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.cli import main
from gongkai.report.schema import Edition, form

Put = Callable[..., Path]


@pytest.fixture
def years(put: Put) -> tuple[str, str]:
    chained = {"t3.carried_in.natural_person": 1, "t3.carried_in.total": 1, "t3.new.total": 6}
    return str(put("2023.json", year=2023)), str(put("2024.json", year=2024, **chained))


def test_a_bodys_years_are_put_in_order_and_chained(
    years: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    last, this = years
    assert main(["compare", this, last, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["before"]["year"], shown["after"]["year"]) == (2023, 2024)
    assert all(link["holds"] for link in shown["chain"])
    cells = {each["cell"]: each for each in shown["cells"]}
    assert set(cells) == {str(cell) for cell in form(Edition.FORM_2021).cells()}
    new = cells["t3.new.total"]
    assert (new["before"], new["after"], new["difference"], new["percent"]) == (5, 6, 1, 20.0)
    assert cells["t3.carried_in.total"]["percent"] is None


def test_a_broken_chain_gives_code_one(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    last, this = put("2023.json", year=2023), put("2024.json", year=2024)
    assert main(["compare", str(last), str(this)]) == 1
    assert "自然人：1 → 0  对不上" in capsys.readouterr().out


def test_text_says_what_changed_and_nothing_else(
    years: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *years]) == 0
    shown = capsys.readouterr().out
    assert "数字：3 格不同" in shown
    assert "总计：5 → 6  +1  +20.00%" in shown
    assert "总计：0 → 1  +1  —" in shown
    assert "一、总体情况：相同 2 句" in shown


def test_the_page_needs_nothing_else_and_escapes_strangers_words(
    years: tuple[str, str], put: Put, tmp_path: Path
) -> None:
    out = tmp_path / "out.html"
    other = put("other.json", agency="<script>alert(1)</script>")
    assert main(["compare", years[0], str(other), "--format", "html", "-o", str(out)]) == 0
    tree = LexborHTMLParser(out.read_text(encoding="utf-8"))
    assert tree.css("script, link, img, iframe, [style], [src]") == []
    assert "<script>alert(1)</script>" in tree.css_first("li:nth-child(2)").text()
    assert tree.css_first("section b") is None
    assert all(head.attributes.get("scope") in ("row", "col") for head in tree.css("th"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["a.json"], "缺少参数：B"),
        (["a.json", "b.json", "--format", "xml"], "不能是 'xml'"),
        (["a.json", "b.json"], "未能读取 a.json"),
    ],
)
def test_bad_words_are_refused(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *words]) == 2
    assert says in capsys.readouterr().err


def test_a_report_is_not_overwritten(years: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *years, "-o", years[0]]) == 2
    assert "会覆盖" in capsys.readouterr().err

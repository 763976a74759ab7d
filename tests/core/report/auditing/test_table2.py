"""Table 2: bounds on the stock of documents, changes, money units, the power to make rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from specimen import BUREAU, clean, clean_2019, findings, messages, overview, skipped, with_cells

from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK


def test_pd01_hits_when_fewer_are_in_force_than_the_year_leaves() -> None:
    report = with_cells(clean(), {"t2.normative_documents.in_force": 3})
    assert messages("PD01", report) == ["行政规范性文件：本年制发6件、废止2件，现行有效却只有3件"]


def test_pd01_is_quiet_when_enough_are_in_force_and_not_assessed_on_blanks() -> None:
    assert findings("PD01", clean()) == ()
    assert findings("PD01", with_cells(clean(), {"t2.normative_documents.in_force": 4})) == ()
    blank = with_cells(clean(), {"t2.normative_documents.in_force": BLANK})
    assert findings("PD01", blank) == ()
    assert len(skipped("PD01", blank)) == 1


def test_pd02_hits_when_the_change_takes_more_than_there_was() -> None:
    report = with_cells(clean_2019(), {"t2.permits.change": -46})
    assert messages("PD02", report) == ["行政许可：上一年项目45项，本年增减-46，减后不足零"]


def test_pd02_is_quiet_when_the_change_leaves_zero_or_more() -> None:
    assert findings("PD02", with_cells(clean_2019(), {"t2.permits.change": -45})) == ()


def test_pd03_hits_when_more_is_newly_published_than_in_all() -> None:
    report = with_cells(clean_2019(), {"t2.normative_documents.published_total": 6})
    assert messages("PD03", report) == ["规范性文件：本年新公开7件，多于对外公开总数量6件"]


def test_pd03_is_quiet_when_the_total_covers_the_new() -> None:
    assert findings("PD03", clean_2019()) == ()


def fees(amount: int | Decimal) -> dict[str, int | Decimal]:
    return {"t2.fees_10k_yuan.amount": amount}


def test_pd04_hits_when_a_whole_amount_leaps_tenfold() -> None:
    last = with_cells(clean(), fees(Decimal("812.4")))
    assert "上年为812.4万元" in messages("PD04", with_cells(clean(), fees(8_130_000)), last=last)[0]


def test_pd04_hits_when_an_amount_is_absurd_by_itself() -> None:
    assert len(findings("PD04", with_cells(clean(), fees(38_200_000)))) == 1


@pytest.mark.parametrize("amount", [0, 812, 8_000, Decimal("24252.311082"), 316_441])
def test_pd04_is_quiet_on_amounts_a_county_or_city_may_collect(amount: int | Decimal) -> None:
    assert findings("PD04", with_cells(clean(), fees(amount))) == ()


def test_pd04_is_quiet_on_growth_below_tenfold_and_on_small_sums() -> None:
    last = with_cells(clean(), fees(100))
    assert findings("PD04", with_cells(clean(), fees(999)), last=last) == ()
    assert findings("PD04", with_cells(clean(), fees(8_120)), last=clean()) == ()


@pytest.mark.parametrize(
    "agency",
    [
        "青禾县人民政府",
        BUREAU,
        "云岭市青禾区人民政府",
        "青禾县白鹭镇人民政府",
        "青禾县人民政府办公室",
        "云岭省水利厅",
    ],
)
def test_pd05_hits_when_a_body_without_the_power_reports_rules(agency: str) -> None:
    report = replace(with_cells(clean(), {"t2.government_rules.made": 3}), agency=agency)
    assert len(findings("PD05", report)) == 1


@pytest.mark.parametrize(
    "agency",
    ["云岭省人民政府", "云岭市人民政府", "云岭市人民政府办公室", "云岭自治区人民政府", "云岭自治州人民政府"],
)
def test_pd05_is_quiet_where_the_name_leaves_the_power_open(agency: str) -> None:
    report = replace(with_cells(clean(), {"t2.government_rules.made": 3}), agency=agency)
    assert findings("PD05", report) == ()
    assert findings("PD05", clean()) == ()


EXPIRED = "到期失效文件均已标注。"
OTHERWISE = ["失效的行政规范性文件已全部加注标识。", "失效文件3件，均已注明。", "有2件规范性文件宣布失效。"]


@pytest.mark.parametrize("text", OTHERWISE)
def test_pd06_hits_on_other_ways_of_telling_it(text: str) -> None:
    report = with_cells(overview(text), {"t2.normative_documents.repealed": 0})
    assert len(findings("PD06", report)) == 1


def test_pd06_hits_when_expired_documents_are_told_but_none_counted() -> None:
    report = with_cells(overview(EXPIRED), {"t2.normative_documents.repealed": 0})
    [finding] = findings("PD06", report)
    assert finding.level is Level.INFO
    assert finding.facts["words"] == "失效文件均已标注"


@pytest.mark.parametrize("text", ["定期清理失效文件。", "建立失效文件标注制度。", "全年无失效的文件。"])
def test_pd06_is_quiet_on_a_duty_told_in_general_and_where_some_are_counted(text: str) -> None:
    none_repealed = {"t2.normative_documents.repealed": 0}
    assert findings("PD06", with_cells(overview(text), none_repealed)) == ()
    assert findings("PD06", overview(EXPIRED)) == ()

"""Sums, shares, growth, omissions and the conditions under which the narrative rules hold back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from narrative_bodies import BUREAU, COUNTY, blanked, changed, codes, narrative, saying

from gongkai.report.auditing import audit
from gongkai.report.auditing.narrative.accounts import Act, act_accounts
from gongkai.report.auditing.narrative.ledger import numbers
from gongkai.report.auditing.narrative.mentions import Bound, mentions
from gongkai.report.auditing.narrative.proportions import cut, rounded
from gongkai.report.auditing.narrative.prose import Topic, passages
from gongkai.report.auditing.narrative.scope import body, other_year, speaks_of_whole
from gongkai.report.cells import Cell
from gongkai.report.findings import Level
from gongkai.report.numerals import Illegible
from gongkai.report.schema import CellId, Edition, Report, Section, SectionCode


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("收到12件。", 12, "件", Bound.EXACT),
        ("收到1,024件", 1024, "件", Bound.EXACT),
        ("公开18万余条", 180000, "条", Bound.AT_LEAST),
        ("公开18万条以上", 180000, "条", Bound.AT_LEAST),
        ("收费1.5万元", 15000, "元", Bound.EXACT),
        ("近300个", 300, "个", Bound.ABOUT),
        ("约300个", 300, "个", Bound.ABOUT),
        ("超过300个", 300, "个", Bound.AT_LEAST),
        ("200余人次", 200, "人次", Bound.AT_LEAST),
        ("十二件", 12, "件", Bound.EXACT),
        ("三百六十八件", 368, "件", Bound.EXACT),
        ("两件", 2, "件", Bound.EXACT),
        ("占4.34%", Decimal("4.34"), "%", Bound.EXACT),
        ("为0，", 0, "", Bound.EXACT),
    ],
)
def test_a_number_is_read_with_its_unit_and_bound(
    text: str, value: int | Decimal, unit: str, bound: Bound
) -> None:
    (mention,) = mentions(text)
    assert (mention.value, mention.unit, mention.bound) == (value, unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "〔2021〕30号",
        "2024年",
        "第五条",
        "第20条",
        "高效办成一件事",
        "一条龙服务",
        "12月31日",
        "邮编: 123456 电话",
    ],
)
def test_dates_document_numbers_articles_and_idioms_are_no_counts(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("said", "true", "fits"),
    [("200余件", 268, True), ("200余件", 199, False), ("近60件", 58, True), ("约60件", 80, False)],
)
def test_a_bounded_number_fits_what_it_bounds(said: str, true: int, fits: bool) -> None:
    assert mentions(said)[0].fits(true) is fits


def test_a_quotation_points_into_the_section_whatever_white_space_it_holds() -> None:
    text = "（二）依申请公开情况。全年共收到政府信息\n公开申请 ６３ 件，办结\u300058件。"
    report = replace(COUNTY, sections=(Section(code=SectionCode.OVERVIEW, text=text),))
    (finding,) = narrative(report).findings
    quote = finding.quote
    assert quote is not None
    assert text[quote.start : quote.end] == quote.text == "全年共收到政府信息\n公开申请 ６３ 件"
    assert [quote.text[a:b] for a, b in quote.marks] == ["６３ 件"]


def test_lines_broken_for_want_of_room_are_joined_and_headings_part() -> None:
    wrapped = (
        "2024年，全县各级行政机关严格执行条例的各项规定，共收到政府信\n息公开申请62件。\n"
        "— 3 —\n（三）平台建设\n完善平台"
    )
    (passage,) = passages((Section(code=SectionCode.OVERVIEW, text=wrapped),))
    said = [passage.text[s.start : s.end].strip("\n") for s in passage.sentences]
    assert said[0].endswith("共收到政府信息公开申请62件。")
    assert said[-2:] == ["(三)平台建设", "完善平台"]


def test_a_heading_gives_its_topic_to_the_sentences_below_it() -> None:
    text = "（一）主动公开。公开信息5条。（二）依申请公开。收到5件。（三）平台建设。改版1次。"
    (passage,) = passages((Section(code=SectionCode.OVERVIEW, text=text),))
    topics = {s.topic for s in passage.sentences if "收到" in passage.text[s.start : s.end]}
    assert topics == {Topic.REQUESTS}
    assert passage.sentences[-1].topic is Topic.NONE


@pytest.mark.parametrize(
    ("agency", "words", "whole"),
    [
        ("青禾县人民政府", "全县", True),
        ("青禾县人民政府", "县公安局", False),
        ("青禾县人民政府", "全县各级各部门", True),
        ("青禾县人民政府", "县政府办公室", False),
        ("青禾县霁岭镇人民政府", "全县", False),
        ("青禾县霁岭镇人民政府", "全镇", True),
        ("青禾县气象服务局", "我局", True),
        ("青禾县气象服务局", "全县", False),
        ("青禾县人民政府办公室", "县政府办公室", True),
        ("青禾县人民政府办公室", "全县", False),
        ("霁县人民政府", "霁县", True),
        ("霁镇街道办事处", "霁镇街道", True),
        ("霁镇街道办事处", "全区", False),
        ("青禾县人民政府台账办公室", "全县", False),
        (None, "全市", True),
        ("青禾县人民政府", "通过网站", False),
        ("青禾县人民政府", "通过网站、信函等多种渠道", True),
        ("青禾县人民政府", "上半年", False),
        ("青禾县人民政府", "2024年1月1日至12月31日", True),
    ],
)
def test_a_clause_is_of_the_whole_body_or_not(agency: str | None, words: str, whole: bool) -> None:
    assert speaks_of_whole(words, body(agency)) is whole


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2023年收到", True),
        ("2024年收到", False),
        ("2023年收到30件，2024年收到", False),
        ("较2023年增加，收到", False),
        ("含2023年结转，收到", False),
        ("印发《2023年要点》，收到", False),
    ],
)
def test_the_last_year_named_decides(text: str, other: bool) -> None:
    assert other_year(text, 0, len(text), 2024) is other


def test_blanks_the_totals_prove_to_be_zero_count_as_zero() -> None:
    sparse = blanked(COUNTY, "t3.new.public_benefit_org", "t3.declined.publication.total")
    known = numbers(sparse)
    assert known[CellId(3, "new", "public_benefit_org")] == 0
    assert known[CellId(3, "declined.publication", "total")] == 0


def test_a_blank_that_hides_a_number_stays_unknown_and_the_check_is_skipped() -> None:
    sparse = blanked(COUNTY, "t3.new.total", "t3.new.business", "t3.carried_in.total", "t3.total_done.total")
    result = narrative(saying(sparse, "全年新收政府信息公开申请62件。"))
    assert result.findings == ()
    assert [skip.code for skip in result.not_assessed] == ["NR01"]


def test_an_illegible_cell_is_no_ground_for_a_finding() -> None:
    unclear = changed(COUNTY, t4__reconsideration__total=Illegible("7?", (1, 7)))
    result = narrative(saying(unclear, "政府信息公开行政复议9件。"))
    assert result.findings == ()
    assert [skip.code for skip in result.not_assessed] == ["NR06"]


def test_one_filled_row_is_enough_to_refute_all_upheld() -> None:
    gap = blanked(COUNTY, *(f"t4.suit_after_reconsideration.{c}" for c in ("upheld", "pending", "total")))
    assert codes(gap, "行政诉讼5件，均获维持。") == ["NR09"]


def test_received_in_the_wide_sense_is_a_warning_and_its_parts_are_read_the_same_way() -> None:
    (finding,) = narrative(saying(COUNTY, "收到申请67件，其中自然人56件，法人或其他组织11件。")).findings
    assert (finding.code, finding.level) == ("NR02", Level.WARNING)


def test_parts_of_applicants_follow_the_reading_of_their_total() -> None:
    assert codes(COUNTY, "新收申请62件，其中自然人56件。") == ["NR05"]


@pytest.mark.parametrize(
    "sentence",
    [
        "公开信息90条，其中：公文30条、公告50条、其他10条。",
        "公开信息90条（公文30条、公告60条）。",
        "公开信息90条，其中公文30条、公告40条。",
        "公开信息90条，其中通过网站公开80条、微信公开60条。",
        "公开信息90余条，其中：公文30条、公告50条、其他20条。",
        "公开信息90条，其中公文30条（含通知20条、函80条）、公告60条。",
        "公开信息90条，其中公文30条，培训120人次，公告50条。",
        "向8户收取费用900元。其中，甲局3户，计400元；乙局4户，计300元；丙局1户，计200元。",
        "公开信息90条。其中公文30条，公告40条。解读5篇。",
    ],
)
def test_nr14_is_quiet_on_lists_that_add_up_or_only_give_examples(sentence: str) -> None:
    assert codes(BUREAU, sentence, heading="（一）主动公开。") == []


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("公开信息90条，其中：公文30条、公告50条、其他20条。", Level.ERROR),
        ("公开信息90条，其中公文50条、公告50条。", Level.ERROR),
        ("公开信息90条，其中：公文30条、公告50条、其他8条。", Level.ERROR),
        ("向8户收取费用900元。其中，甲局3户，计400元；乙局4户，计300元；丙局1户，计300元。", Level.ERROR),
        ("公开信息90条：公文30条；公告50条；年报1条；指南5条。", Level.WARNING),
        ("公开信息９０条，（其中：公文30条，公告50条，其它事项8条）主要发布在网站上。", Level.ERROR),
    ],
)
def test_nr14_hits_parts_that_do_not_make_the_whole(sentence: str, level: Level) -> None:
    (finding,) = narrative(saying(BUREAU, sentence, heading="（一）主动公开。")).findings
    assert (finding.code, finding.level) == ("NR14", level)
    assert finding.quote is not None
    assert len(finding.quote.marks) == int(finding.facts["count"]) + 1


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "half_up", "cut_off"),
    [
        (5, 14, 2, "35.71", "35.71"),
        (6, 14, 2, "42.86", "42.85"),
        (3, 14, 2, "21.43", "21.42"),
        (1, 8, 0, "13", "12"),
    ],
)
def test_shares_round_half_up(part: int, whole: int, decimals: int, half_up: str, cut_off: str) -> None:
    assert str(rounded(part, whole, decimals)) == half_up
    assert str(cut(part, whole, decimals)) == cut_off


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("办结58件，其中部分公开7件，占12.07%。", []),
        ("办结58件，其中部分公开7件（12.1%）。", []),
        ("部分公开7件，占全年申请总数的10.4%。", []),
        ("部分公开7件，占12.06%。", ["NR17"]),
        ("部分公开7件，占比13%。", ["NR16"]),
        ("部分公开7件（15.2%）。", ["NR16"]),
        ("部分公开7件，约占12.5%。", []),
        ("部分公开7件，满意率92%。", []),
    ],
)
def test_nr16_and_nr17_work_out_shares_anew(sentence: str, expected: list[str]) -> None:
    assert codes(COUNTY, sentence) == expected


LAST = changed(COUNTY, t3__new__total=50, t3__carried_in__total=0, t3__total_done__total=45)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年新收政府信息公开申请62件，同比增长24%。", []),
        ("全年新收政府信息公开申请62件，比上年增加12件。", []),
        ("全年新收政府信息公开申请62件，较去年增长20%。", ["NR18"]),
        ("全年新收政府信息公开申请62件，与去年相比增加10件。", ["NR18"]),
        ("全年新收政府信息公开申请62件，同比下降24%。", ["NR18"]),
        ("全年受理政府信息公开申请62件，申请数量较上年上升24.0%。", []),
        ("政府信息公开行政复议7件，较上年持平。", []),
    ],
)
def test_nr18_holds_growth_against_last_years_report(sentence: str, expected: list[str]) -> None:
    result = audit(saying(COUNTY, sentence), last=LAST, select=["NR"], ignore=["NR19"])
    assert [f.code for f in result.findings] == expected


def test_nr18_is_quiet_without_last_years_report() -> None:
    assert codes(COUNTY, "全年新收政府信息公开申请62件，同比增长99%。") == []


def test_nr18_says_that_growth_from_nothing_has_no_rate() -> None:
    nothing = changed(LAST, t3__new__total=0)
    result = narrative(saying(COUNTY, "全年新收政府信息公开申请62件，同比增长100%。"), last=nothing)
    (finding,) = result.findings
    assert "上年为0" in finding.message


def test_nr19_hits_remedies_the_prose_never_tells() -> None:
    result = audit(saying(COUNTY, "全年新收政府信息公开申请62件。"), select=["NR19"])
    (finding,) = result.findings
    assert finding.level is Level.INFO
    assert "行政复议7件（其中结果纠正1件）、行政诉讼5件" in finding.message


@pytest.mark.parametrize(
    ("report", "sentence"),
    [(COUNTY, "发生复议7件、诉讼5件。"), (BUREAU, "收到政府信息公开申请12件。")],
)
def test_nr19_is_quiet_when_remedies_are_told_or_there_were_none(report: Report, sentence: str) -> None:
    assert audit(saying(report, sentence), select=["NR19"]).findings == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年收取行政事业性收费1530万元。", []),
        ("全年收取行政事业性收费共计15300000元。", []),
        ("全年收取行政事业性收费1350万元。", ["NR07"]),
        ("县财政局收取行政事业性收费200万元。", []),
    ],
)
def test_fees_are_compared_in_ten_thousand_yuan(sentence: str, expected: list[str]) -> None:
    assert codes(COUNTY, sentence, heading="（一）主动公开。") == expected


def test_a_row_of_a_table_left_in_the_prose_is_no_claim() -> None:
    left = "一、本年新收政府信息公开申请数量\t52\t6\t1\t0\t2\t1\t62\n行政复议 7\n"
    assert codes(COUNTY, left) == []


def test_nr20_is_said_once_however_often_the_unit_is_odd() -> None:
    assert codes(COUNTY, "予以公开20条，部分公开7条，不予公开9条。") == ["NR20"]


OLD_FORM = Report(
    agency="青禾县人民政府办公室",
    year=2020,
    edition=Edition.FORM_2019,
    cells={
        CellId(2, "normative_documents", "newly_made"): Cell(6),
        CellId(2, "normative_documents", "newly_published"): Cell(5),
        CellId(2, "normative_documents", "published_total"): Cell(41),
        CellId(3, "other", "total"): Cell(3),
    },
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年主动公开行政规范性文件5件。", []),
        ("全年制发行政规范性文件6件。", []),
        ("全年主动公开行政规范性文件7件。", ["NR07"]),
        ("不予公开的没有，其他处理3件。", []),
        ("作其他处理4件。", ["NR04"]),
    ],
)
def test_the_old_form_is_read_with_its_own_columns(sentence: str, expected: list[str]) -> None:
    assert codes(OLD_FORM, sentence) == expected


def test_accounts_name_what_they_add_up() -> None:
    (new, wide) = act_accounts(Act.RECEIVED, Edition.FORM_2021)
    assert (new.value(numbers(COUNTY)), wide.value(numbers(COUNTY))) == (62, 67)
    assert wide.loose
    assert "上年结转" in wide.name


def test_nr11_hits_no_suit_lost_beside_a_corrected_suit() -> None:
    lost = changed(COUNTY, t4__suit_after_reconsideration__corrected=1)
    result = narrative(saying(lost, "行政诉讼5件，无一败诉。"))
    (finding,) = result.findings
    assert (finding.code, finding.level) == ("NR11", Level.ERROR)
    assert [str(cell) for cell in finding.where] == ["t4.suit_after_reconsideration.corrected"]


def test_nr11_is_quiet_where_only_reconsiderations_were_corrected() -> None:
    assert codes(COUNTY, "行政诉讼5件，无一败诉。") == []

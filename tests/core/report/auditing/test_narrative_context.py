"""What a sentence inherits from those before it, and where lists, subjects and years end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from narrative_bodies import COUNTY, codes, narrative, saying

from gongkai.report.cells import Cell
from gongkai.report.findings import Level
from gongkai.report.schema import CellId

PROACTIVE, NONE = "（一）主动公开情况。", ""
# A Table 4 with something in every cell that a denial must not be held against.
TRUE_IN_CONTEXT = [
    # Lists end at a semicolon, at the number they add up to, or before a new subject.
    "收到申请62件，上年结转5件，其中网上申请40件、信函申请12件、当面申请10件。",
    "（1）无法提供14件，其中不掌握11件、需另行制作2件、仍不明确1件；（2）不予处理5件（信访类3件）；（3）其他处理3件。",
    "行政复议案件7件，其中结果维持3件，结果纠正1件，其他结果2件，尚未审结1件；行政诉讼案件5件，其中结果维持3件。",
    "制发公文60件，其中县政府文件20件、县政府办公室文件30件、函10件；主动公开45件。",
    "诉讼案卷3件：实体裁判1件，程序裁判2件；另1件移送外地。",
    "公开信息90条，其中：解读类17条，其中原创9条；财政信息43条；人事信息30条。",
    "公开信息90条，其中财政信息30条、人事信息40条、教育信息16条等。",
    "收到申请62件，包括土地类50件、房屋类12件；办理信箱来信90件，办结88件。",
    # Joined labels mean their sum; a label the form does not know makes the sum unknown.
    "不予公开、无法提供、不予处理合计28件。",
    "不予处理及其他处理8件。",
    "不属于公开范围或者无法提供的30件。",
    # Other stages of the same request.
    "收到申请62件，受理60件，2件转为咨询。",
    "收到申请62件，答复58件，尚在办理9件。",
    "答复申请58件，待答复9件。",
    "收到申请62件，提前办结19件，当场答复3件。",
    "政府信息公开申请收到67件（新收62件、结转5件），办结58件。",
    # Other years, and many years.
    "累计受理政府信息公开申请930件（2008年以来）。",
    "“十三五”期间共受理政府信息公开申请410件。",
    "2020年至2022年，全县收到政府信息公开申请170件。",
    "上年度行政复议9件、行政诉讼6件。",
    "上年度行政复议1,009件、行政诉讼6件。",
    "上年度行政复议1，009件、行政诉讼1，006件。",
    "征收9件、回收8件。",
    "与去年行政复议9件、行政诉讼6件相比有所下降。",
    "收到申请62件（2023年为71件），办结58件。",
    # Other subjects.
    "全县共收到申请62件，其中县直部门收到40件，乡镇（街道）收到22件。",
    "政府信息公开申请62件。县政府本级的21件中，予以公开4件，部分公开2件，不予公开1件，无法提供9件。",
    "县政府作为复议机关，收到行政复议申请130件，维持90件，纠正12件。",
    "以我单位为第三人的政府信息公开行政诉讼8件。",
    "办理信访事项90件，不予受理12件。",
    "制发文件90件，其中主动公开50件、依申请公开22件、不予公开18件。",
    "公开建议提案办理结果70件，其中予以公开64件。",
    "12345热线转办单880件，结转下年41件。",
    "代乡镇受理申请12件，另行统计。",
    "收到申请62件，其中县政府办公室答复31件，予以公开9件，部分公开2件。",
    "上半年收到政府信息公开申请30件。予以公开8件，部分公开2件，不予公开4件。",
    "抽查答复书20件，其中予以公开8件、部分公开3件、不予公开5件、无法提供4件。",
    "办理行政复议应诉案件90件。",
    "行政复议案件300件中，涉及政府信息公开的7件。",
    "全年办理行政诉讼案件58件，其中信息公开类5件。",
    "收到申请62件（2023年50件、2022年45件）。",
    "行政复议7件，行政诉讼5件，其中1件行政诉讼为往年复议后起诉。",
    "行政诉讼5件，结案4件，均驳回诉讼请求。",
    "全年共办理各类申请900件，其中政府信息公开申请62件。",
    "公开27件，不公开9件，无法提供14件，不予处理5件。",
    # Two kinds that make up one column.
    "行政复议维持2件，驳回复议请求1件。",
    "行政复议撤销1件，确认违法2件。",
    "不予公开9件、其他49件。",
    "宣布失效行政规范性文件1件，废止行政规范性文件2件。",
    "予以公开27件（含部分公开7件）。",
    "收到申请62件，办结58件。其中，自然人52件。",
    # What is denied is the attribute, or is said of a part.
    "没有被纠错的新的行政复议案件。",
    "所辖各镇（街道）均未发生行政复议、行政诉讼。",
    "收到申请62件，除9件尚在办理期限内的外，均已办结。",
    "收到申请62件，到期的全部办结，未到期9件。",
    "收到申请62件，全部办结件均已归档。",
    "收到申请62件，网上申请全部办结。",
    "行政复议7件（1件纠正），行政诉讼5件无败诉。",
    "行政复议7件，其中维持3件，纠正1件，其他2件，未审结1件；行政诉讼（直接起诉）案卷均已归档。",
    # Rounded numbers, and growth that fits.
    "办理行政许可0.81万件。",
    "办理行政许可8，123件。",
    "收到申请62件，比2023年的50件多12件，增长24.0%。",
    "收到申请62件，同比增长24%（2023年50件）。",
    "收到申请62件，较2023年（71件）下降12.67%。",
    "发布解读45篇，较上年增加5篇，增长12.5%。",
]


@pytest.mark.parametrize("sentence", TRUE_IN_CONTEXT)
@pytest.mark.parametrize("heading", ["（二）依申请公开情况。", "收到和处理政府信息公开申请。"])
def test_no_rule_speaks_of_what_is_another_thing_or_true(sentence: str, heading: str) -> None:
    assert codes(COUNTY, sentence, heading=heading) == []


AGAINST = [
    ("NR04", NONE, "收到政府信息公开申请62件。予以公开21件，部分公开7件，不予公开9件，无法提供14件。"),
    ("NR04", NONE, "从结果看：予以公开20件，部分公开7件，不予公开8件，无法提供14件。"),
    ("NR04", NONE, "收到政府信息公开申请62件。答复“予以公开”20件、“部分公开”8件、“不予公开”9件。"),
    ("NR04", NONE, "收到政府信息公开申请62件。公开20件、部分公开7件、不公开8件、无法提供14件。"),
    ("NR04", NONE, "不予处理及其他处理9件，均为政府信息公开申请。"),
    ("NR04", NONE, "收到政府信息公开申请62件。无法提供的14件中，没有现成信息的3件。"),
    ("NR03", NONE, "收到政府信息公开申请62件。上年结转6件。"),
    ("NR03", NONE, "收到政府信息公开申请62件。全年办结58件，结转8件。"),
    ("NR03", NONE, "收到政府信息公开申请62件，答复58件，尚在办理8件。"),
    ("NR03", NONE, "收到政府信息公开申请62件。办结58件，另有8件尚在办理期限内，结转至2025年。"),
    ("NR01", NONE, "收到政府信息公开申请62件。当年办结59件。"),
    ("NR01", NONE, "收到政府信息公开申请62件。县政府本级的9件中，予以公开4件。全县共办结59件。"),
    ("NR03", NONE, "收到政府信息公开申请62件，年末结转8件。"),
    ("NR03", NONE, "收到政府信息公开申请62件，上年结转转入6件。"),
    ("NR01", NONE, "收到申请64件，均按期答复。"),
    ("NR01", NONE, "全年受理申请64件。"),
    ("NR01", NONE, "依申请公开方面，共收到64件，均已答复。"),
    ("NR01", NONE, "收到公众申请公开政府信息的申请64件。"),
    ("NR05", NONE, "从申请人看：自然人52件，商业企业6件，科研机构2件，法律服务机构2件。"),
    ("NR05", NONE, "收到政府信息公开申请62件。51件为自然人提出。"),
    ("NR06", NONE, "行政复议8件，行政诉讼5件。"),
    ("NR06", NONE, "被复议7件，被诉6件。"),
    ("NR06", NONE, "政府信息公开行政复议7件，已审结5件。"),
    ("NR07", PROACTIVE, "作出行政许可8123件、行政处罚421件、行政强制17件。"),
    ("NR07", PROACTIVE, "行政处罚412件，行政强制18件。"),
    ("NR07", PROACTIVE, "行政事业性收费1350万元。"),
    ("NR07", PROACTIVE, "办理行政许可0.82万件。"),
    ("NR07", PROACTIVE, "办理行政许可8，132件。"),
    ("NR08", NONE, "没有尚未审结的行政复议。"),
    ("NR09", NONE, "政府信息公开行政诉讼5件，均胜诉。"),
    ("NR25", NONE, "政府信息公开行政复议7件，均被撤销。"),
    ("NR25", NONE, "政府信息公开行政诉讼5件，均未审结。"),
    ("NR06", NONE, "政府信息公开行政复议7件，其中3件维持，2件确认违法。"),
    ("NR06", NONE, "政府信息公开行政诉讼5件，败诉1件。"),
    ("NR06", NONE, "政府信息公开行政复议7件（维持）。"),
    ("NR01", NONE, "对59件政府信息公开申请作出答复。"),
    ("NR04", NONE, "收到政府信息公开申请62件。不予公开9件、无法提供14件、不予处理5件、其他4件。"),
    ("NR14", PROACTIVE, "公开文件60件，其中甲类20件、乙类31件、其他10件；解读10件。"),
    ("NR21", PROACTIVE, "发布解读30篇，比2023年的25篇多5篇，增长25%。"),
    ("NR21", PROACTIVE, "发布解读30篇，同比增长25%（2023年25篇）。"),
    ("NR21", PROACTIVE, "发布解读30篇，较上年增加5篇，增幅18.5%。"),
    ("NR21", PROACTIVE, "发布解读30篇，较2023年的25篇增加6篇，增长20%。"),
    ("NR21", PROACTIVE, "发布解读20篇，较2023年（25篇）下降25%。"),
]


@pytest.mark.parametrize(("code", "heading", "sentence"), AGAINST)
def test_a_number_is_held_against_the_tables_in_its_context(code: str, heading: str, sentence: str) -> None:
    assert codes(COUNTY, sentence, heading=heading) == [code]


ELSEWHERE = [
    "全县收到来信90件。予以公开12件。",
    "县政务大厅受理申请4000件。",
    "人均办件3.5件。",
    "申请事项：学区4件，学籍3件，其他1件。",
    "不动产登记窗口全年受理申请930件。",
    "全年审理行政复议案件90件、行政诉讼30件，调解12件。",
    "公示行政许可信息900件、行政处罚信息120件。",
    "减免行政事业性收费200万元。",
    "主动公开信息300条，发布解读20篇，同比增长约25%（2023年17篇）。",
    "2021年收到申请15件，2022年收到申请19件。",
]


@pytest.mark.parametrize("sentence", ELSEWHERE)
def test_no_rule_speaks_where_nothing_names_requests(sentence: str) -> None:
    assert codes(COUNTY, sentence, heading=PROACTIVE) == []


def test_cases_not_tied_to_disclosure_only_warn() -> None:
    [finding] = narrative(saying(COUNTY, "行政复议8件。", heading=NONE)).findings
    assert finding.level is Level.WARNING


def test_all_speaks_of_the_last_subject_alone() -> None:
    words = "行政复议7件，其中维持3件，纠正1件，其他2件，未审结1件；行政诉讼2件，均维持。"
    calm = {CellId(4, row, c): Cell(0) for row in ("direct_suit",) for c in ("upheld", "other", "pending")}
    upheld = {
        CellId(4, "direct_suit", "upheld"): Cell(1),
        CellId(4, "direct_suit", "total"): Cell(1),
    }
    assert codes(replace(COUNTY, cells={**COUNTY.cells, **calm, **upheld}), words) == []


def test_a_quote_starts_behind_the_comma_that_parts_a_list() -> None:
    [finding] = narrative(saying(COUNTY, "予以公开20件、部分公开8件。")).findings
    assert finding.quote is not None
    assert finding.quote.text == "部分公开8件"

"""The letters that move a request on without ending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.sources import FEES2020, R711, Citation
from gongkai.law.taxonomy import Remedy


@dataclass(frozen=True, kw_only=True)
class ProceduralLetter:
    """A letter that moves a case on without ending it; it bears no remedy paragraph."""

    code: str
    name: str
    source: Citation
    must_hold: str
    remedy: Remedy = Remedy.NONE


PROCEDURAL_LETTERS: Mapping[str, ProceduralLetter] = {
    letter.code: letter
    for letter in (
        ProceduralLetter(code="receipt", name="接收回执", source=R711.art(31), must_hold="收到之日及其依据"),
        ProceduralLetter(
            code="correction_notice",
            name="补正告知书",
            source=R711.art(30),
            must_hold="补正事项、合理期限、逾期不补正的后果",
        ),
        ProceduralLetter(
            code="extension_notice",
            name="延期答复告知书",
            source=R711.art(33, 2),
            must_hold="理由、新的期限；经工作机构负责人同意",
        ),
        ProceduralLetter(
            code="third_party_letter",
            name="征求第三方意见书",
            source=R711.art(32),
            must_hold="申请内容摘要、15个工作日、逾期的后果、意见表",
        ),
        ProceduralLetter(
            code="consultation_notice",
            name="征求意见告知书（申请人）",
            source=R711.art(33, 3),
            must_hold="征求意见所需时间不计入答复期限",
        ),
        ProceduralLetter(
            code="co_maker_letter",
            name="征求意见函（共同制作机关）",
            source=R711.art(34),
            must_hold="15个工作日、逾期视为同意公开",
        ),
        ProceduralLetter(
            code="organ_letter",
            name="会商函（其他机关）",
            source=R711.art(11),
            must_hold="需要确认的内容",
        ),
        ProceduralLetter(
            code="fee_notice",
            name="收费通知书",
            source=FEES2020.part(""),
            must_hold="依据、标准、金额、缴纳方式、20个工作日、逾期的后果",
        ),
        ProceduralLetter(
            code="reasons_letter", name="说明理由告知书", source=R711.art(35), must_hold="申请的数量、频次"
        ),
        ProceduralLetter(
            code="delay_notice",
            name="延迟答复期限告知书",
            source=R711.art(35),
            must_hold="延迟的合理期限",
        ),
        ProceduralLetter(
            code="rectification_notice",
            name="更正告知书",
            source=R711.art(41),
            must_hold="更正结果；无权更正的，转送或者告知向谁提出",
        ),
        ProceduralLetter(
            code="proactive_conversion",
            name="依申请转主动公开审核单",
            source=R711.art(44),
            must_hold="申请人数、信息、审核结论",
        ),
    )
}

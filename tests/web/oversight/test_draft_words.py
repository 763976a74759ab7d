"""The words of a draft: facts stand in them as fields, what is not known is a gap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from county import County
from desk import asked
from django.core.exceptions import PermissionDenied
from drafts import NOW, YEAR, begun, facts, figures, filled, office, ready
from filing import published

from gongkai.report import codec
from gongkai.report.schema import SectionCode, edition_of, form
from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import Basis, Scope
from gongkai.web.oversight.models import AnnualReport, Draft
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.drafting import fields, naming, writing
from gongkai.web.oversight.services.drafting.composing import drafted, texts_of
from gongkai.web.oversight.services.drafting.fields import Field
from gongkai.web.oversight.services.drafting.narrative import fill

KNOWN = {
    "新收申请": Field(name="新收申请", group="", text="12", number=12),
    "结转下年": Field(name="结转下年", group="", text="0", number=0),
    "不详": Field(name="不详", group="", text=None, why="还没有填报"),
    "本机关": Field(name="本机关", group="", text="我局"),
}


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("{本机关}新收{新收申请}件。", "我局新收12件。"),
        ("结转{结转下年}件。", "结转0件。"),
        ("[?新收申请]有{新收申请}件。[/]", "有12件。"),
        ("[?结转下年]有{结转下年}件。[/]完。", "完。"),
        ("[!结转下年]没有结转。[/]", "没有结转。"),
        ("[!新收申请]没有申请。[/]完。", "完。"),
        ("共{不详}件。", "共（待填：不详）件。"),
        ("共{不详?}件。", "共件。"),
        ("[?不详]有{不详}件。[/][!不详]没有。[/]完。", "完。"),
        ("{请写明问题}", "（待填：请写明问题）"),
        ("甲\n[?结转下年]乙[/]\n丙", "甲\n丙"),
        ("  甲\n\n\n  {新收申请}件  ", "甲\n12件"),
        ("", ""),
    ],
)
def test_a_text_reads_with_its_facts_in_place(written: str, reads: str) -> None:
    assert fill(written, KNOWN.get).text == reads


def test_each_field_is_marked_where_it_stands() -> None:
    read = fill("甲。\n[?结转下年]乙[/]\n{本机关}收{新收申请}件，{不详}。", KNOWN.get)
    assert [(read.text[m.start : m.end], m.name, m.is_gap) for m in read.marks] == [
        ("我局", "本机关", False),
        ("12", "新收申请", False),
        ("（待填：不详）", "不详", True),
    ]
    assert (read.gaps, read.left_out) == (("不详",), ())
    assert fill("[?不详]甲[/]", KNOWN.get).left_out == ("不详",)


@pytest.mark.parametrize("written", ["{甲", "[?甲]乙", "[/]", "[?甲][?乙]丙[/][/]"])
def test_brackets_without_their_other_half_are_refused(written: str) -> None:
    with pytest.raises(Refused):
        fill(written, KNOWN.get)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(5, 14, "35.71%"), (6, 14, "42.86%"), (3, 14, "21.43%"), (1, 8, "12.50%"), (1, 800, "0.13%")],
)
def test_shares_are_rounded_halves_up(part: int, whole: int, said: str) -> None:
    assert fields.percent(part, whole) == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (24, 27, "比上年增加3件，增长12.50%"),
        (10, 8, "比上年减少2件，下降20.00%"),
        (7, 7, "与上年持平"),
        (0, 0, "与上年持平"),
        (0, 5, "上年为0件"),
        (800, 801, "比上年增加1件，增长0.13%"),
        (Decimal("1.5"), 2, "比上年增加0.5件，增长33.33%"),
    ],
)
def test_a_change_is_told_with_its_rate(before: int, now: int, said: str) -> None:
    assert fields._said_change(before, now, "件") == said


def test_every_cell_of_the_form_is_named_or_of_a_named_row() -> None:
    rows = {row.code for table in form(edition_of(YEAR)).tables for row in table.rows}
    assert {cell.row for each in naming.CELLS.values() for cell in each.cells} == rows
    cells = set(form(edition_of(YEAR)).cells())
    assert all(set(each.cells) <= cells for each in naming.CELLS.values())
    assert all(of in naming.CELLS for each in naming.COMPOSED.values() for _, of in each.parts)


def test_a_body_calls_itself_by_its_kind(county: County) -> None:
    names = [
        fields.self_name(each) for each in (county.government, county.office, county.bureau, county.township)
    ]
    assert names == ["我县", "我办", "我局", "我镇"]


def test_each_registered_fact_can_be_named(county: County) -> None:
    draft = begun(office(county, county.bureau))
    offered = {field.name for field in drafted(draft).book.offered()}
    assert offered >= set(fact_sources.facts()) | set(naming.CELLS) | set(naming.COMPOSED)


def write(draft: Draft, by: User, text: str) -> Draft:
    draft.refresh_from_db()
    saved, _ = writing.save_texts(
        draft=draft, texts={"overview": text}, seen=draft.saves, by=by, now=NOW
    )  # fmt: skip
    return saved


def reads(draft: Draft) -> str:
    return drafted(draft).filled[SectionCode.OVERVIEW].text


def test_the_numbers_in_the_text_are_those_of_the_table(county: County) -> None:
    of = office(county, county.bureau)
    for day in ("2025-03-03", "2025-03-04", "2025-12-30"):
        asked(county.bureau, day)
    draft = write(begun(of), of.clerk, "新收{新收申请}件，{申请人构成}，结转{结转下年}件。")
    assert reads(draft) == "新收3件，自然人3件，结转3件。"
    asked(county.bureau, "2025-04-01", applicant_kind="business")
    assert reads(draft) == "新收4件，自然人3件、商业企业1件，结转4件。"


def test_a_year_on_year_sentence_needs_last_years_published_report(county: County, supervisor: User) -> None:
    of = office(county, county.bureau)
    for _ in range(12):
        asked(county.bureau, "2025-03-03")
    draft = write(begun(of), of.clerk, "新收申请{新收申请·同比}。[?新收申请·同比]有上年。[/]")
    assert reads(draft) == "新收申请（待填：新收申请·同比）。"
    last = published(county.bureau, supervisor, 2024)
    before = last.reading["table3"]["new"]["total"]
    assert reads(draft) == f"新收申请{fields._said_change(before, 12, '件')}。有上年。"


def test_a_fact_of_several_kinds_is_told_kind_by_kind(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = fact_sources.Fact(
        code="test.kinds", name="试解读", unit="件", group="试", count="test_draft_words._kinds"
    )  # fmt: skip
    monkeypatch.setattr(fact_sources, "_facts", fact_sources._facts | {"test.kinds": told})
    of = office(county, county.bureau)
    draft = write(begun(of), of.clerk, "[?试解读]发布{试解读}，图文占{试解读·占比·试解读}。[/]")
    assert reads(draft) == "发布图文解读5件、视频解读2件，图文占100.00%。"


def _kinds(_bodies: object, _year: int) -> list[tuple[str, int]]:
    return [("图文解读", 5), ("视频解读", 2)]


def test_a_share_of_nothing_is_a_gap_that_says_why(county: County) -> None:
    draft = begun(office(county, county.bureau))
    field = drafted(draft).book.find("予以公开·占比·办结总数")
    assert field is not None and (field.text, field.why) == (None, "办结总数为0，没有占比")
    assert drafted(draft).book.find("没有这个") is None


def test_a_drafted_report_with_every_fact_in_audits_clean(county: County) -> None:
    draft, _ = ready(county)
    found = drafted(draft)
    assert found.gaps == []
    assert [(f["code"], f["message"]) for f in draft.audit["findings"]] == []
    assert {s.code for s in found.report.sections} == set(SectionCode)


def test_a_government_tells_of_appraisal_review_and_accountability(county: County) -> None:
    supervisor = county.person(Role.SUPERVISOR, county.office)
    for body in (county.government, county.office, county.bureau, county.township):
        figures(body, supervisor)
        facts(body, supervisor)
    draft = writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW)
    draft = filled(draft, supervisor)
    assert draft.scope == Scope.AREA and drafted(draft).gaps == []
    text = reads(draft)
    assert all(words in text for words in ("工作考核", "社会评议", "责任追究"))
    assert [(f["code"], f["message"]) for f in draft.audit["findings"] if f["level"] == "error"] == []


def test_section_five_is_left_to_the_body(county: County) -> None:
    draft = begun(office(county, county.bureau))
    assert all(name.startswith("请") for name in drafted(draft).filled[SectionCode.PROBLEMS].gaps)
    assert len(drafted(draft).filled[SectionCode.PROBLEMS].gaps) == 2


def test_only_sections_that_changed_are_saved_again(county: County) -> None:
    of = office(county, county.bureau)
    draft = begun(of)
    rows = draft.texts.count()
    texts = {code.value: text for code, text in texts_of(draft).items()} | {"problems": "新写的问题。"}
    draft, changed = writing.save_texts(draft=draft, texts=texts, seen=draft.saves, by=of.clerk, now=NOW)
    assert changed == ["五、存在的主要问题及改进情况"] and draft.texts.count() == rows + 1
    assert draft.events.latest("sequence").details["sections"] == ["problems"]
    _, changed = writing.save_texts(draft=draft, texts=texts, seen=draft.saves, by=of.clerk, now=NOW)
    assert changed == [] and draft.texts.count() == rows + 1


def test_saving_refuses_others_stale_pages_and_fields_there_are_not(county: County) -> None:
    of = office(county, county.bureau)
    draft = begun(of)
    common = {"draft": draft, "seen": draft.saves, "by": of.clerk, "now": NOW}
    with pytest.raises(Refused, match=r"没有\{没有这个\}这个字段"):
        writing.save_texts(**common, texts={"overview": "{没有这个}"})
    with pytest.raises(Refused, match=r"引言.*没有保存"):
        writing.save_texts(**common, texts={"preamble": "[?甲"})
    with pytest.raises(PermissionDenied):
        writing.save_texts(**common | {"by": of.approver}, texts={"overview": "甲"})
    write(draft, of.clerk, "甲")
    with pytest.raises(Refused, match="新的修改"):
        writing.save_texts(**common, texts={"overview": "乙"})
    assert reads(draft) == "甲"


def test_a_report_is_begun_once_by_its_own_clerk(county: County) -> None:
    of = office(county, county.bureau)
    begun(of)
    with pytest.raises(Refused, match="已经在起草"):
        begun(of)
    for year in (2020, 2027):
        with pytest.raises(Refused, match="可以起草"):
            begun(of, year)
    with pytest.raises(PermissionDenied):
        writing.begin(agency=county.township, year=YEAR, by=of.clerk, now=NOW)
    assert AnnualReport.objects.count() == 0


def test_what_was_sent_up_reads_as_it_was_sent(county: County) -> None:
    draft = begun(office(county, county.bureau))
    report = drafted(draft).report
    assert codec.load(codec.dump(report, provenance=True)) == report


@pytest.mark.parametrize(
    ("kind", "level", "name", "own"),
    [
        ("government", "province", "测北省人民政府", "我省"),
        ("government", "province", "测西自治区人民政府", "我区"),
        ("government", "province", "测都市人民政府", "我市"),
        ("government", "prefecture", "测江市人民政府", "我市"),
        ("government", "prefecture", "测南自治州人民政府", "我州"),
        ("government", "prefecture", "测林盟行政公署", "我盟"),
        ("government", "county", "测城区人民政府", "我区"),
        ("government", "county", "测溪县人民政府", "我县"),
        ("township_government", "township", "石桥镇人民政府", "我镇"),
        ("township_government", "township", "双泉乡人民政府", "我乡"),
        ("township_government", "township", "柳林苏木人民政府", "我苏木"),
        ("subdistrict_office", "township", "映荷街道办事处", "我街道"),
        ("office", "county", "测溪县人民政府办公室", "我办"),
        ("office", "province", "测北省人民政府办公厅", "我厅"),
        ("department", "county", "测溪县教育局", "我局"),
        ("department", "province", "测北省教育厅", "我厅"),
        ("department", "county", "测溪县卫生健康委员会", "我委"),
        ("development_zone", "county", "测溪经济开发区管理委员会", "我委"),
        ("authorised_organisation", "county", "测溪县住房公积金管理中心", "我中心"),
        ("authorised_organisation", "county", "测溪县消防救援大队", "我单位"),
    ],
)
def test_whatever_body_begins_its_report_reads_well_and_audits_clean(
    county: County, kind: str, level: str, name: str, own: str
) -> None:
    body = county.township
    Agency.objects.filter(name=name).exclude(pk=body.pk).update(name="另一机关")
    body.kind, body.level, body.name = kind, level, name
    body.competent_authority = None
    body.save()
    of = office(county, body)
    writer = of.clerk
    figures(body, writer)
    facts(body, writer)
    draft = writing.begin(agency=body, year=YEAR, scope=Scope.OFFICE, by=writer, now=NOW)
    draft = filled(draft, writer)
    assert drafted(draft).gaps == []
    assert f"{own}主动公开政府信息" in reads(draft)
    assert [(f["code"], f["message"]) for f in draft.audit["findings"]] == []


@pytest.mark.parametrize("level", ["province", "prefecture", "county"])
def test_a_governments_area_audits_clean_at_every_level(county: County, level: str) -> None:
    county.government.level = level
    county.government.save()
    supervisor = county.person(Role.SUPERVISOR, county.office)
    for body in (county.government, county.office, county.bureau, county.township):
        figures(body, supervisor)
        facts(body, supervisor)
    draft = filled(
        writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW), supervisor
    )  # fmt: skip
    assert [(f["code"], f["message"]) for f in draft.audit["findings"]] == []


def test_spaces_people_write_are_kept_and_control_characters_are_not(county: County) -> None:
    of = office(county, county.bureau)
    draft = write(begun(of), of.clerk, "张三\u3000李四\t王五\u00a0赵六\x07\u202e\u200b完")
    assert reads(draft) == "张三\u3000李四 王五 赵六完"


def test_a_mailbox_that_answered_nothing_yet_leaves_no_gap(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"领导信箱来信": 3, "领导信箱办结": 0, "领导信箱按时办结": 0}
    real = fields.FieldBook._of_fact

    def _of_fact(self: fields.FieldBook, fact: fact_sources.Fact) -> Field:
        number = told.get(fact.name)
        if number is None:
            return real(self, fact)
        return Field(name=fact.name, group="", unit=fact.unit, text=str(number), number=number)

    monkeypatch.setattr(fields.FieldBook, "_of_fact", _of_fact)
    draft = begun(office(county, county.bureau))
    assert [gap for gap in drafted(draft).gaps if "领导信箱" in gap] == []
    assert "领导信箱收到来信3件。" in reads(draft)


def test_what_the_preamble_says_of_the_scope_follows_the_scope(county: County) -> None:
    supervisor = county.person(Role.SUPERVISOR, county.office)
    draft = writing.begin(agency=county.government, year=YEAR, by=supervisor, now=NOW)
    said = "报告的数据包括测溪县人民政府及其各部门、下级行政机关。"
    assert said in drafted(draft).filled[SectionCode.PREAMBLE].text
    draft = writing.choose_count(
        draft=draft, scope=Scope.OFFICE, basis=Basis.FROZEN, reason="", seen=draft.saves, by=supervisor,
        now=NOW,
    )  # fmt: skip
    assert said not in drafted(draft).filled[SectionCode.PREAMBLE].text

"""What concerns a whole draft: its metadata, headings, links, pictures and attachments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.proofing import CHECKS, Draft, Level, Link, Picture, Place, check, registry

ON = date(2025, 6, 9)


def codes(**fields: Any) -> list[str]:
    return [each.code for each in check(Draft(**fields), ON)]


def found(code: str, **fields: Any) -> list[str]:
    return [each.words for each in check(Draft(**fields), ON) if each.code == code]


def test_an_empty_draft_draws_no_remark() -> None:
    assert codes() == []


def test_required_fields_that_are_empty_block() -> None:
    draft = Draft(title="关于某事的通知", issuer=" ", required=frozenset(("title", "issuer", "made_on")))
    remarks = check(draft, ON)
    assert [(each.code, each.where.field, each.level) for each in remarks] == [
        ("MD01", "issuer", Level.BLOCK),
        ("MD01", "made_on", Level.BLOCK),
    ]


def test_a_field_that_no_draft_has_cannot_be_required() -> None:
    with pytest.raises(ValueError, match="colour"):
        Draft(required=frozenset(("colour",)))


@pytest.mark.parametrize(
    ("made", "published", "levels"),
    [
        (date(2025, 6, 6), date(2025, 6, 6), []),
        (date(2025, 6, 7), date(2025, 6, 6), [Level.BLOCK]),
        (date(2025, 6, 10), None, [Level.WARN]),
        (date(2025, 6, 6), date(2026, 6, 9), []),
        (date(2025, 6, 6), date(2026, 6, 10), [Level.WARN]),
    ],
)
def test_a_text_is_made_first_and_published_then(
    made: date, published: date | None, levels: list[Level]
) -> None:
    assert [each.level for each in check(Draft(made_on=made, published_on=published), ON)] == levels


@pytest.mark.parametrize(
    ("title", "number", "made", "words"),
    [
        ("关于开展2025年专项检查的通知", "滨政办发〔2025〕3号", date(2025, 3, 1), []),
        ("2024年工作总结", "滨政办发〔2025〕3号", date(2025, 3, 1), []),
        ("关于转发《2019年目录》的通知", "滨政办发〔2025〕3号", date(2025, 3, 1), []),
        ("关于开展2024年专项检查的通知", "滨政办发〔2025〕3号", date(2025, 3, 1), ["2024"]),
        ("2022年工作总结", "滨政办发〔2025〕3号", date(2025, 3, 1), ["2022"]),
        ("关于专项检查的通知", "滨政办发〔2024〕3号", date(2025, 3, 1), ["2024"]),
    ],
)
def test_years_of_title_number_and_date_agree(title: str, number: str, made: date, words: list[str]) -> None:
    assert found("DT04", title=title, document_number=number, made_on=made) == words


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("滨政办发〔2025〕12号", None),
        ("滨海市人民政府令第56号", None),
        ("2025年第3号", None),
        ("滨政办发[2025]12号", "WN01"),
        ("滨政办发〔2025〕第12号", "WN01"),
        ("滨政办发〔2025〕12", "WN02"),
        ("十二", "WN02"),
    ],
)
def test_the_own_number_is_complete_and_in_form(number: str, code: str | None) -> None:
    remarks = check(Draft(document_number=number), ON)
    assert [(each.code, each.level) for each in remarks] == ([(code, Level.BLOCK)] if code else [])


@pytest.mark.parametrize(
    ("openings", "words"),
    [
        (["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"], []),
        (["一、甲", "二、乙", "二、丙"], ["二、"]),
        (["一、甲", "三、乙"], ["三、"]),
        (["（一）甲", "（二）乙", "（二）丙"], ["（二）"]),
        (["1.甲", "2.乙", "4.丙"], ["4."]),
        (["（1）甲", "（3）乙"], ["（3）"]),
        (["（一）甲", "一、乙", "二、丙"], ["一、"]),
        (["九、甲", "十、乙"], ["九、"]),
        (["第一条 甲", "第二条 乙", "第四条 丙"], ["第四条"]),
        (["第五条 甲", "第九条 乙"], []),
    ],
)
def test_headings_follow_one_another(openings: list[str], words: list[str]) -> None:
    assert found("OR02", body=tuple(openings)) == words


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://www.example.gov.cn/a.html", None),
        ("/xxgk/a.html", None),
        ("../a.html", None),
        ("mailto:xxgk@example.gov.cn", None),
        ("https://www.example.gov.cn/?from=10.0.0.1", None),
        ("", "LK01"),
        ("#", "LK01"),
        ("javascript:void(0)", "LK01"),
        ("file:///C:/a.doc", "LK02"),
        ("C:\\a.doc", "LK02"),
        ("\\\\server\\a.doc", "LK02"),
        ("ftp://example.gov.cn/a", "LK02"),
        ("http://10.8.0.1/a", "LK02"),
        ("//192.168.0.5/a", "LK02"),
        ("http://user@172.31.0.1:80/", "LK02"),
        ("http://LOCALHOST:8000/", "LK02"),
    ],
)
def test_links_lead_where_everyone_can_go(address: str, code: str | None) -> None:
    assert codes(links=(Link(address=address, words="详见"),)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("alternative", "is_right"),
    [("市政务服务中心大厅内景", True), ("", False), ("  ", False), ("IMG_2025.jpg", False), ("图片1", False)],
)
def test_pictures_are_described(alternative: str, is_right: bool) -> None:
    assert codes(pictures=(Picture(alternative=alternative),)) == ([] if is_right else ["AT01"])


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("政府信息公开申请表.docx", None),
        ("附件1：责任清单（试行）.pdf", None),
        ("2025年预算公开表.xlsx", None),
        ("新建 Microsoft Word 文档.docx", Level.BLOCK),
        ("新建文档.txt", Level.BLOCK),
        ("~$申请表.docx", Level.BLOCK),
        ("方案final.docx", Level.WARN),
        ("方案(1).docx", Level.WARN),
        ("方案（最终版）.docx", Level.WARN),
        ("申请表 - 副本.xlsx", Level.WARN),
        ("20250609.pdf", Level.WARN),
    ],
)
def test_attachments_are_named_by_their_title(name: str, level: Level | None) -> None:
    assert [each.level for each in check(Draft(attachments=(name,)), ON)] == ([level] if level else [])


def test_numbers_of_the_office_are_no_personal_data() -> None:
    text = "联系电话：0535-6612345、138 1234 5678，个人邮箱：a@163.com"
    known = frozenset(("0535-6612345", "13812345678", "A@163.com"))
    assert codes(body=(text,)) == ["PI05", "PI07"]
    assert codes(body=(text,), office_contacts=known) == []
    assert codes(body=(text,), office_contacts=frozenset(("0535-6600000",))) == ["PI05", "PI06", "PI07"]


def test_a_quotation_of_several_paragraphs_closes_in_the_last() -> None:
    body = ("“第一段引文。", "“第二段引文。”")
    assert codes(body=body) == []
    assert found("BR01", body=("“第一段引文。", "第二段不是引文。")) == ["“"]


def test_a_bracket_may_close_a_paragraph_or_two_later() -> None:
    assert codes(body=("附下列材料（原件", "和复印件）。")) == []
    assert found("BR01", title="关于（试行的通知", body=("办法）。",)) == ["（", "）"]
    assert found("BR01", body=("材料（原件", "一", "二", "三", "复印件）。")) == ["（", "）"]


def test_a_list_of_one_item_may_stand_beside_another() -> None:
    assert codes(body=("（甲）类：1.申请表。（乙）类：1.流程图。",)) == []
    assert found("OR01", body=("措施：一是宣传。一是培训。",)) == ["一是"]


def test_an_ordinal_is_quoted_without_its_indent() -> None:
    (remark,) = check(Draft(body=("　　一、甲", "　　三、乙")), ON)
    assert remark.where == Place(field="body", index=1, start=2, end=4)


def test_a_long_sentence_found_again_far_away_is_only_to_be_looked_at() -> None:
    sentence = "各有关单位应当在收到本通知之日起十五个工作日内将整改方案和责任清单报送市政府办公室备案。"
    remarks = check(Draft(body=(sentence, "中间另有一段。", sentence)), ON)
    assert [(each.code, each.level, each.where.index) for each in remarks] == [("RP02", Level.WARN, 2)]


def test_the_title_is_read_as_well() -> None:
    (remark,) = check(Draft(title="关于按排工作的通知"), ON)
    assert remark.where == Place(field="title", start=2, end=4)
    assert (remark.words, remark.suggestion) == ("按排", "安排")


def test_a_check_that_breaks_leaves_the_others_their_remarks(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_reading: registry.Reading) -> Any:
        raise KeyError("x")

    broken = registry.Check(**(vars(CHECKS["PI04"]) | {"run": breaks}))
    monkeypatch.setitem(CHECKS, "PI04", broken)
    remarks = check(Draft(title="布署"), ON)
    assert [each.code for each in remarks] == ["PI04", "WD01"]
    assert "KeyError" in remarks[0].advice


def test_a_code_is_registered_once() -> None:
    with pytest.raises(ValueError, match="PI01"):
        registry.checks("PI01", "另一项", "", level=Level.WARN)(CHECKS["PI01"].run)

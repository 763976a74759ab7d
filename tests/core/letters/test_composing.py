"""Every kind of letter is whole with full facts, and says what it lacks without them."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from core.letters.samples import DAY, FULL, full
from gongkai.law.letters import PROCEDURAL_LETTERS
from gongkai.law.practice import STRICT, FeeClock
from gongkai.law.taxonomy import OUTCOMES
from gongkai.letters import DETAILS, KINDS, Contact, LetterFacts, compose, details_of, kinds_of
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import Heading, Paper, Paragraph, Seal, Table
from gongkai.papers.pdf import write_pdf

ANSWERS = [code for code, kind in KINDS.items() if kind.outcome]


def lines(paper: Paper) -> Iterator[str]:
    """What stands in a paper, paragraph by paragraph and cell by cell."""
    yield paper.title
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            yield "".join(text for text, _ in block.runs)
        elif isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Seal):
            yield from block.lines
        elif isinstance(block, Table):
            yield from ("".join(text for text, _ in cell.runs) for row in block.rows for cell in row)


def text_of(kind: str, facts: LetterFacts) -> str:
    return "\n".join(lines(compose(kind, facts).paper))


def without(facts: LetterFacts, code: str) -> LetterFacts:
    return replace(facts, details={name: value for name, value in facts.details.items() if name != code})


def test_there_is_a_letter_for_every_procedural_letter_and_every_outcome() -> None:
    assert PROCEDURAL_LETTERS.keys() <= KINDS.keys()
    assert {code: len(kinds_of(code)) for code in OUTCOMES} == {
        **dict.fromkeys(OUTCOMES, 1),
        "granted": 2,
        "unable.not_held": 2,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_with_full_facts_nothing_is_missing(kind: str) -> None:
    letter = compose(kind, full(kind))
    assert letter.missing == ()
    assert "待填" not in "".join(lines(letter.paper))


@pytest.mark.parametrize("kind", KINDS)
def test_without_any_facts_everything_it_must_hold_is_missing(kind: str) -> None:
    letter = compose(kind, LetterFacts(body=replace(FULL.body, name="")))
    given = {"依据", "意见期限", "缴费期限", "不予公开事由"}
    named = {must.name for must in KINDS[kind].musts if must.slots and not given & set(must.slots)}
    assert named <= set(letter.missing)
    assert named or kind == "proactive_conversion"


@pytest.mark.parametrize(
    ("kind", "code"),
    [(kind, field.code) for kind in KINDS for field, needed in details_of(kind) if needed],
)
def test_each_detail_it_must_hold_is_named_when_it_is_wanting(kind: str, code: str) -> None:
    letter = compose(kind, without(full(kind), code))
    assert DETAILS[code].name in letter.missing
    assert f"【待填：{DETAILS[code].name}】" in "".join(lines(letter.paper))


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"number": ""}, "文号"),
        ({"made_on": None}, "成文日期"),
        ({"applicant": " "}, "申请人"),
        ({"wanted": ""}, "申请内容"),
        ({"received_on": None}, "收到日期"),
        ({"channel": None}, "收到依据"),
        ({"contact": Contact(person="李敏")}, "联系方式"),
        ({"body": replace(FULL.body, government="")}, "行政复议机关的名称"),
        ({"served_online": True}, "网上申请行政复议的渠道（电子送达的，须一并告知）"),
    ],
)
@pytest.mark.parametrize("kind", ANSWERS)
def test_the_common_parts_of_every_answer_are_named_when_wanting(
    kind: str, change: dict[str, object], missing: str
) -> None:
    assert missing in compose(kind, replace(full(kind), **change)).missing  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_tells_applicant_request_receipt_and_remedies(kind: str) -> None:
    letter = compose(kind, full(kind))
    text = "\n".join(lines(letter.paper))
    for part in (
        "王小禾：",
        "QH-JY-2025-031",
        f"“{FULL.wanted}”",
        "第三十一条第（三）项，以系统确认申请提交成功之日为收到之日",
        "青禾县人民政府申请行政复议",
        "0999-5550120",
        "2025年10月16日",
    ):
        assert part in text
    assert letter.remedies and all(part.text in text for part in letter.remedies)


@pytest.mark.parametrize("kind", [code for code in PROCEDURAL_LETTERS if code in KINDS])
def test_a_procedural_letter_tells_of_no_remedy(kind: str) -> None:
    letter = compose(kind, full(kind))
    assert letter.remedies == () and "行政复议" not in "".join(lines(letter.paper))


@pytest.mark.parametrize(
    ("kind", "articles"),
    [
        ("granted.public", "第三十六条第（一）项"),
        ("granted.given", "第三十六条第（二）项、第四十条"),
        ("partial", "第三十七条、第十五条、第十六条第二款"),
        ("denied.state_secret", "第十四条、第三十六条第（三）项"),
        ("denied.third_party", "第十五条、第三十二条、第三十六条第（三）项"),
        ("denied.internal_affairs", "第十六条第一款、第三十六条第（三）项"),
        ("denied.process_info", "第十六条第二款、第三十六条第（三）项"),
        ("denied.admin_inquiry", "第三十六条第（七）项"),
        ("unable.not_held.nonexistent", "第三十六条第（四）项"),
        ("unable.not_held.elsewhere", "第三十六条第（五）项"),
        ("unable.needs_creation", "第三十八条"),
        ("unable.still_unclear", "第三十条"),
        ("declined.petition", "第三十九条第一款"),
        ("declined.duplicate", "第三十六条第（六）项"),
        ("declined.publication", "第三十九条第二款"),
        ("declined.excessive", "第三十五条"),
        ("other.no_correction", "第三十条"),
        ("correction_notice", "第三十条"),
        ("extension_notice", "第三十三条第二款"),
        ("consultation_notice", "第三十三条第三款"),
        ("co_maker_letter", "第三十四条"),
        ("third_party_notice", "第十五条、第三十二条"),
    ],
)
def test_articles_are_cited_down_to_paragraph_and_item(kind: str, articles: str) -> None:
    assert f"《中华人民共和国政府信息公开条例》{articles}，" in text_of(kind, full(kind))


def test_the_letter_to_a_third_party_names_no_applicant() -> None:
    text = text_of("third_party_letter", full("third_party_letter"))
    assert "王小禾" not in text and "QH-JY-2025-031" not in text
    assert "□ 不同意公开（请写明理由）" in text and "15个工作日" in text


def test_the_fee_notice_says_the_amount_both_ways_and_how_it_comes_about() -> None:
    facts = full("fee_notice")
    text = text_of("fee_notice", facts)
    assert "2800元（大写：人民币贰仟捌佰元整）" in text and "第11—30件" in text and "按件计收" in text
    assert "国办函〔2020〕109号" in text and "不计入答复期限" in text
    anew = compose("fee_notice", facts, practice=replace(STRICT, fee_clock=FeeClock.RESTART))
    assert "自缴费的次日起重新计算" in "".join(lines(anew.paper))


@pytest.mark.parametrize(
    ("kind", "change", "missing"),
    [
        ("extension_notice", {"extension_days": 21}, "延长工作日（1至20）"),
        (
            "denied.law_prohibited",
            {"statute": "《关于做好档案工作的通知》第三条"},
            "法律法规条款（须写明法律或者行政法规的《名称》和条款，规章、文件和工作秘密不能作依据）",
        ),
        (
            "denied.law_prohibited",
            {"statute": "工作秘密"},
            "法律法规条款（须写明法律或者行政法规的《名称》和条款，规章、文件和工作秘密不能作依据）",
        ),
    ],
)
def test_a_detail_that_the_law_does_not_bear_is_named(
    kind: str, change: dict[str, object], missing: str
) -> None:
    facts = full(kind)
    assert missing in compose(kind, replace(facts, details={**facts.details, **change})).missing  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("grounds", "missing"),
    [
        ((), "不予公开事由"),
        (("work_secret",), "不予公开事由（没有“work_secret”这一法定事由）"),
        (("personnel",), "不予公开事由（所选事由不属于6.属于四类过程性信息）"),
    ],
)
def test_a_refusal_names_a_ground_of_its_own_row(grounds: tuple[str, ...], missing: str) -> None:
    assert (
        missing
        in compose("denied.process_info", replace(full("denied.process_info"), grounds=grounds)).missing
    )


def test_each_withheld_part_has_its_ground_and_reasons() -> None:
    facts = full("partial")
    text = text_of("partial", facts)
    assert "属于商业秘密，依照《中华人民共和国政府信息公开条例》第十五条，不予公开" in text
    bare = replace(facts, withheld=(facts.withheld[0], replace(facts.withheld[1], reasons="")))
    assert compose("partial", bare).missing == ("不予公开部分第2项的内容、法定事由和理由",)


def test_a_company_is_not_addressed_as_a_person() -> None:
    text = text_of("granted.public", replace(full("granted.public"), applicant_kind="business"))
    assert "你单位申请获取的政府信息" in text


def test_one_of_result_and_competent_body_is_enough_to_tell_of_a_rectification() -> None:
    facts = full("rectification_notice")
    for code in ("result", "competent"):
        assert compose("rectification_notice", without(facts, code)).missing == ()
    neither = without(without(facts, "result"), "competent")
    assert compose("rectification_notice", neither).missing == ("更正结果或者负责机关",)


def test_a_file_name_names_the_letter_and_no_person() -> None:
    assert (
        compose("granted.given", full("granted.given")).file_name
        == "政府信息公开申请答复书-青教公开答〔2025〕12号"
    )
    odd = replace(full("granted.given"), number="../a b\n")
    assert compose("granted.given", odd).file_name == "政府信息公开申请答复书-..ab"


def test_a_kind_that_does_not_exist_and_a_detail_of_another_type_are_refused() -> None:
    with pytest.raises(KeyError):
        compose("granted", FULL)
    with pytest.raises(ValueError, match="extended_to is a date"):
        replace(FULL, details={"extended_to": "2025-11-14"})
    with pytest.raises(ValueError, match="no letter has a detail 'reason'"):
        replace(FULL, details={"reason": "因为"})


@pytest.mark.parametrize("kind", ["partial", "third_party_letter", "file_index"])
def test_the_word_file_opened_again_says_what_the_letter_says(kind: str) -> None:
    letter = compose(kind, full(kind))
    document = docx.Document(BytesIO(write_docx(letter.paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    found = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert [line for line in lines(letter.paper) if line not in found] == []
    assert all(part.text in found for part in letter.remedies)


def test_the_pdf_of_a_long_letter_with_every_block_is_set() -> None:
    facts = replace(full("fee_notice"), body=replace(FULL.body, name="青禾县" * 20))
    assert write_pdf(compose("fee_notice", facts).paper).startswith(b"%PDF")


def test_a_letter_is_dated_on_the_day_it_was_made_whatever_the_applicant_writes() -> None:
    facts = replace(full("granted.public"), wanted="2020年1月1日")
    document = docx.Document(BytesIO(write_docx(compose("granted.public", facts).paper)))
    sealed = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Seal"]
    assert sealed == ["青禾县教育局", f"{DAY.year}年{DAY.month}月{DAY.day}日"]

"""An office's own template: what it may say, what it must, and that facts are never taken for template."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.letters.samples import FULL, full
from core.letters.test_composing import lines, text_of
from gongkai.letters import KINDS, TemplateError, check_template, compose, standard_template
from gongkai.papers.paper import Heading, PageBreak, Paragraph, Rule, Table, plain

OWN = """政府信息公开申请补正通知
{申请人}：
你申请“{申请内容}”（{登记编号?}）。依照{依据}，请补正：
{补正事项}
请在{补正工作日}个工作日内补正，逾期不补正的，视为放弃申请。
{落款}
{联系方式}
"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_templates_of_the_package_pass(kind: str) -> None:
    assert check_template(kind, standard_template(kind)) == ()


def test_an_own_template_is_used_as_it_stands() -> None:
    letter = compose("correction_notice", full("correction_notice"), template=OWN)
    assert letter.missing == () and letter.paper.title == "政府信息公开申请补正通知"
    assert "请在15个工作日内补正，逾期不补正的，视为放弃申请。" in list(lines(letter.paper))


@pytest.mark.parametrize(
    ("cut", "put", "problem"),
    [
        ("视为放弃申请", "后果自负", "补正告知书必须写明逾期的后果：模板的固定文字里没有这一内容"),
        ("{依据}", "有关规定", "补正告知书必须写明依据：缺少{依据}，或者它只在另有条件时才出现"),
        (
            "{补正工作日}个工作日内",
            "尽快",
            "补正告知书必须写明补正工作日：缺少{补正工作日}，或者它只在另有条件时才出现",
        ),
        (
            "{补正事项}",
            "[?网上送达]{补正事项}[/]",
            "补正告知书必须写明补正事项：缺少{补正事项}，或者它只在另有条件时才出现",
        ),
        ("{补正事项}", "{补正事頂}{补正事项}", "没有{补正事頂}这个占位符，是不是补正事项？"),
        ("{落款}", "此致{落款}", "{落款}是整段的内容，须独占一行"),
        (
            "{申请人}",
            "{申请人",
            "“请补正通知 {申请人： 你”处的括号不成对；占位符写作{申请人}，选用部分写作[?网上送达]…[/]",
        ),
        ("{登记编号?}", "[?登记编号]x", "选用部分[?登记编号]没有用[/]结束"),
        (
            "{登记编号?}",
            "[?登记编号]{登记编号}[?网上送达]x[/]",
            "选用部分[?网上送达]不能套在另一个选用部分里面",
        ),
        ("{登记编号?}", "[/]", "有一个[/]前面没有对应的[?…]或者[!…]"),
        ("{登记编号?}", "[?网上]x[/]", "选用部分的条件“网上”不存在，是不是网上送达？"),
        ("{登记编号?}", "[!登记编号]{登记编号}[/]", "{登记编号}写在没有登记编号时才出现的部分里"),
    ],
)
def test_a_template_that_lacks_or_misnames_something_is_refused(cut: str, put: str, problem: str) -> None:
    assert cut in OWN
    text = OWN.replace(cut, put, 1)
    assert problem in check_template("correction_notice", text)
    with pytest.raises(TemplateError) as refused:
        compose("correction_notice", FULL, template=text)
    assert problem in refused.value.problems


def test_a_template_is_no_title_alone_and_no_book() -> None:
    assert check_template("receipt", "标题") == ("模板第一行是标题，其后至少还要有一段正文",)
    assert check_template("receipt", "标题\n" + "字" * 20_000) == ("模板超过20000字",)


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if kind.tells.value != "nobody"])
def test_no_answer_goes_without_its_remedy_paragraph(kind: str) -> None:
    text = standard_template(kind).replace("{救济途径}\n", "")
    (problem,) = check_template(kind, text)
    assert "救济途径" in problem


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_cut_to_its_title_lacks_every_element(kind: str) -> None:
    assert len(check_template(kind, "标题\n正文")) == len(KINDS[kind].musts)


def test_tables_forms_cuts_and_pages_are_set() -> None:
    rows = "| 2 | 5 | 3 |\n| 姓名 | {申请人} | □ 收到↵□ 未收到 |\n| 备注 | {经办人?} |"
    text = f"{OWN}====\n# 回执\n{rows}\n----\n剪下"
    blocks = compose("correction_notice", full("correction_notice"), template=text).paper.blocks[-5:]
    assert blocks[0] == PageBreak() and blocks[1] == Heading(0, "回执")
    table = blocks[2]
    assert isinstance(table, Table) and table.shares == (2, 5, 3) and table.form
    label, name, ticks = table.rows[0]
    assert label.centred and not name.centred and not ticks.centred
    assert name.runs == plain("王小禾") and ticks.runs == plain("□ 收到\n□ 未收到")
    assert [cell.colspan for cell in table.rows[1]] == [1, 2]
    assert blocks[3:] == (Rule(cut=True), Paragraph(plain("剪下")))


HOSTILE = [
    "{申请人}",
    "{落款}",
    "[?网上送达]x[/]",
    "| a | b |",
    "====",
    "----",
    "# 标题",
    "{",
    "}}",
    "【",
    "\n",
]
HARMLESS = st.text(st.characters(blacklist_characters="{}[]"), max_size=40)
ANY = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=6).map("".join)


@given(wanted=ANY, kind=st.sampled_from(["receipt", "partial", "correction_notice", "registration_slip"]))
def test_what_an_applicant_writes_stays_text(wanted: str, kind: str) -> None:
    facts = full(kind)
    usual, odd = compose(kind, replace(facts, wanted="甲")), compose(kind, replace(facts, wanted=wanted))
    if wanted.strip():
        shown = "\n".join(lines(odd.paper))
        assert all(line.strip() in shown for line in wanted.strip().split("\n"))
        assert [type(b) for b in odd.paper.blocks if not isinstance(b, Paragraph)] == [
            type(b) for b in usual.paper.blocks if not isinstance(b, Paragraph)
        ]
        assert odd.missing == usual.missing


@given(
    kind=st.sampled_from(sorted(KINDS)),
    texts=st.lists(HARMLESS, min_size=6, max_size=6),
    details=st.dictionaries(st.sampled_from(sorted(FULL.details)), HARMLESS),
    made_on=st.none() | st.dates(date(2019, 5, 15), date(2030, 1, 1)),
    online=st.booleans(),
)
def test_no_placeholder_is_ever_left(
    kind: str, texts: list[str], details: dict[str, str], made_on: date | None, online: bool
) -> None:
    number, applicant, wanted, address, channel, annex = texts
    given_ = {code: text for code, text in details.items() if isinstance(FULL.details[code], str)}
    facts = replace(
        full(kind),
        number=number,
        applicant=applicant,
        wanted=wanted,
        applicant_address=address,
        online_reconsideration=channel,
        annexes=(annex,),
        details=given_,
        made_on=made_on,
        served_online=online,
    )
    text = text_of(kind, facts)
    assert not set("{}") & set(text) and "[?" not in text and "[!" not in text and "[/]" not in text

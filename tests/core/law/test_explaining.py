"""Why a date is what it is: in words, as days, as a picture."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

from cases import CALENDAR, case, day, event, registered
from hypothesis import given, settings
from hypothesis import strategies as st
from walks import folded, histories

from gongkai.law.explaining import explain_case
from gongkai.law.picture import as_svg, as_text
from gongkai.law.procedure import Event
from gongkai.law.sources import GBK235, PRACTICE

STORY = (
    registered("2025-09-15"),
    event("consult_third_party", "2025-09-22", name="甲公司"),
    event("opinion", "2025-09-25", name="甲公司", opinion="objects"),
    event("extend", "2025-10-13", days=10, approved_by="李主任"),
)


def test_every_step_names_its_article_and_its_date() -> None:
    steps = explain_case(case(*STORY, today="2025-10-14"), CALENDAR)
    assert [step.title for step in steps] == ["收到之日", "征求第三方意见", "答复期限", "延长答复期限"]
    assert steps[-1].due is not None and steps[-1].due.on == day("2025-11-05")
    assert "延长10个工作日，到2025年11月5日届满" in steps[-1].text
    assert all(step.sources for step in steps)
    reply = steps[2].ledger
    assert reply is not None
    rested = [d.on.day for d in reply.days if d.rest and d.status.is_working]
    assert rested == [23, 24, 25]
    assert {d.why for d in reply.days if d.rest} == {"征求第三方意见（甲公司）"}


def test_the_whole_story_is_told() -> None:
    told = case(
        registered("2025-04-28", "plain_mail", reached=day("2025-04-25")),
        event("confirm_receipt", "2025-04-28"),
        event("notify_correction", "2025-04-30"),
        event("correct", "2025-05-12"),
        event("charge", "2025-05-14", tariff="per_page", units=68),
        event("pay", "2025-05-16"),
        event("consult_co_maker", "2025-05-19", name="乙局"),
        event("consulted_received", "2025-05-19", name="乙局"),
        event("consult_organ", "2025-05-19", name="丙局"),
        event("decide", "2025-06-20", outcome="granted"),
        event("serve", "2025-06-20", by="post"),
    )
    text = "\n".join(step.text for step in explain_case(told, CALENDAR))
    for words in (
        "信函2025年4月25日已到，宜从严按该日掌握",
        "收到补正后的申请，答复期限自该日起重新计算",
        "通知缴纳信息处理费380元",
        "等待缴费的时间不计入期限（法律依据未经核实",
        "视为同意公开",
        "没有对方签收的记录",
        "邮寄，以交邮之日2025年6月20日为答复之日",
    ):
        assert words in text


def test_what_is_not_verified_cites_no_law() -> None:
    decided = event("decide", "2025-09-24", outcome="granted")
    for by, cited in (("electronic", PRACTICE), ("post", GBK235)):
        file = case(registered("2025-09-15"), decided, event("serve", "2025-09-24", by=by))
        assert explain_case(file, CALENDAR)[-1].sources[0].instrument is cited


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 300))
def test_the_days_explained_end_on_the_day_the_clock_gives(events: tuple[Event, ...], days: int) -> None:
    file = folded(events, events[0].on + timedelta(days=days))
    steps = explain_case(file, CALENDAR)
    ledgers = [step.ledger for step in steps if step.ledger]
    if file.clock is None or file.clock.original is None:
        assert not ledgers
        return
    assert ledgers[0].due == file.clock.original
    if file.due is not None and file.clock.delayed is None:
        assert ledgers[-1].due == file.due


def test_the_picture_shows_each_day_with_its_number_and_its_reason() -> None:
    steps = explain_case(case(*STORY, today="2025-10-14"), CALENDAR)
    ledgers = [step.ledger for step in steps if step.ledger]
    svg = ElementTree.fromstring(as_svg(ledgers, "答复期限 <甲>"))
    titles = [each.text for each in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == "答复期限 <甲>"
    assert "9月28日 星期日 调休上班 第7个工作日" in titles
    assert "10月1日 星期三 国庆节、中秋节放假 不计入" in titles
    assert "9月23日 星期二 征求第三方意见（甲公司） 不计入" in titles
    assert "11月5日 星期三 工作日 第30个工作日" in titles
    assert not [e for e in svg.iter() if "style" in e.attrib or e.tag.endswith("script")]


def test_the_picture_as_text_lines_up() -> None:
    steps = explain_case(case(*STORY, today="2025-10-14"), CALENDAR)
    text = as_text([step.ledger for step in steps if step.ledger])
    assert "2025年9月\n" in text and "28 7班" in text and "23 停" in text and " 5 30止" in text
    assert "停 期限中止，不计入" in text
    narrow = as_svg([steps[2].ledger], "期限", columns=1)  # type: ignore[list-item]
    assert 'viewBox="0 0 344 ' in narrow

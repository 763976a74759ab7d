"""The pages of a draft: who sees them, what they offer, what they keep of what was typed."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from county import County
from desk import asked
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from drafts import GRANTED, NEW, NOW, YEAR, Office, begun, office, ready, step

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency, Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting import deadlines, listing
from gongkai.web.oversight.services.drafting.composing import texts_of

ROOM = "/admin/nianbao/qicao/"


def of_person(person: User) -> Client:
    """Return a browser in which a person is logged in."""
    client = Client()
    client.force_login(person)
    return client


def is_refused(answer: HttpResponse) -> bool:
    """Whether the back office sent a colleague away, which it does to its first page with a sentence."""
    return answer.status_code == 302 and answer["Location"] == "/admin/"


@pytest.fixture
def bureau(county: County) -> Office:
    """The bureau and its people."""
    return office(county, county.bureau)


@pytest.fixture
def draft(bureau: Office) -> Draft:
    """The bureau's draft, just begun, over two requests."""
    for day in ("2025-03-03", "2025-03-04"):
        asked(bureau.agency, day)
    return begun(bureau)


def test_the_list_offers_to_begin_what_is_not_begun(bureau: Office, county: County) -> None:
    client = of_person(bureau.clerk)
    page = client.get(f"{ROOM}?nian={YEAR}")
    assert "开始起草" in page.content.decode() and [line.agency for line in page.context["lines"]] == [
        county.bureau
    ]
    begun_now = client.post(f"{ROOM}kaishi/", {"agency": county.bureau.slug, "year": YEAR})
    made = Draft.objects.get()
    assert begun_now.url == f"{ROOM}{made.pk}/"
    page = client.get(f"{ROOM}?nian={YEAR}").content.decode()
    assert "起草中" in page and "开始起草" not in page and f"{ROOM}{made.pk}/" in page


def test_only_the_writer_begins_and_only_in_a_years_form(bureau: Office, county: County) -> None:
    form = {"agency": county.bureau.slug, "year": YEAR}
    assert is_refused(of_person(bureau.reviewer).post(f"{ROOM}kaishi/", form))
    stranger = county.person(Role.CLERK, county.stranger)
    assert of_person(stranger).post(f"{ROOM}kaishi/", form).status_code == 404
    client = of_person(bureau.clerk)
    for year in ("2019", "x", "9999"):
        client.post(f"{ROOM}kaishi/", form | {"year": year})
    assert not Draft.objects.exists()


def test_a_stranger_finds_no_draft_and_a_colleague_only_looks(
    draft: Draft, bureau: Office, county: County
) -> None:
    stranger = of_person(county.person(Role.CLERK, county.stranger))
    colleague = of_person(bureau.approver)
    pages = ("", "koujing/", f"danyuange/{NEW}/", "xiazai/json")
    for page in pages:
        assert stranger.get(f"{ROOM}{draft.pk}/{page}").status_code == 404, page
        assert colleague.get(f"{ROOM}{draft.pk}/{page}").status_code == 200, page
    for page in ("", "koujing/", f"danyuange/{NEW}/", "hecha/", "shuoming/0/"):
        assert stranger.post(f"{ROOM}{draft.pk}/{page}").status_code == 404, page
        assert is_refused(colleague.post(f"{ROOM}{draft.pk}/{page}")), page
    assert is_refused(colleague.post(f"{ROOM}{draft.pk}/banli/songshen/"))
    assert stranger.post(f"{ROOM}{draft.pk}/banli/songshen/").status_code == 404
    assert "保存并核查" not in colleague.get(f"{ROOM}{draft.pk}/").content.decode()
    assert Client().get(f"{ROOM}{draft.pk}/").status_code == 302


def test_looking_changes_nothing(draft: Draft, bureau: Office) -> None:
    before = (draft.saves, draft.audited_at, draft.events.count(), draft.texts.count())
    client = of_person(bureau.clerk)
    for page in ("", "koujing/", f"danyuange/{NEW}/", "xiazai/docx"):
        client.get(f"{ROOM}{draft.pk}/{page}")
        client.head(f"{ROOM}{draft.pk}/{page}")
    draft.refresh_from_db()
    assert (draft.saves, draft.audited_at, draft.events.count(), draft.texts.count()) == before


def test_each_number_of_text_and_table_leads_to_its_cell_and_on_to_its_requests(
    draft: Draft, bureau: Office
) -> None:
    client = of_person(bureau.clerk)
    page = client.get(f"{ROOM}{draft.pk}/").content.decode()
    way = f"{ROOM}{draft.pk}/danyuange/{NEW}/"
    assert re.search(rf'<a class="gk-fact" href="{way}" title="新收申请">2</a>', page)
    assert f'<a class="gk-value" href="{way}">2</a>' in page
    cell = client.get(way)
    onward = cell.context["page"].cell.counted.opens
    assert f'href="{onward.replace("&", "&amp;")}"' in cell.content.decode()
    assert client.get(onward).context["results"].paginator.count == 2


def test_gaps_are_marked_and_listed(draft: Draft, bureau: Office) -> None:
    page = of_person(bureau.clerk).get(f"{ROOM}{draft.pk}/").content.decode()
    assert '<mark class="gk-gap">（待填：请写明本年度查找出的主要问题）</mark>' in page
    assert "还缺全年的数据" in page, "cells without a number say what is wanting"


def test_saving_shows_what_was_written(draft: Draft, bureau: Office) -> None:
    client = of_person(bureau.clerk)
    saved = client.post(
        f"{ROOM}{draft.pk}/", {"overview": "新收{新收申请}件。", "seen": draft.saves}, follow=True
    )
    assert "已保存：一、总体情况" in saved.content.decode()
    assert {code.value: text for code, text in texts_of(draft).items()}["overview"] == "新收{新收申请}件。"


@pytest.mark.parametrize(
    ("text", "seen", "why"),
    [
        ("{没有这个}", 0, "没有{没有这个}这个字段"),
        ("[?本机关]乙", 0, "没有用[/]结束"),
        ("改写", 7, "新的修改"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_fields_with_the_reason(
    draft: Draft, bureau: Office, text: str, seen: int, why: str
) -> None:
    page = of_person(bureau.clerk).post(f"{ROOM}{draft.pk}/", {"overview": text, "seen": seen})
    assert page.status_code == 422
    shown = page.content.decode()
    assert why in shown and f">{text}</textarea>" in shown
    assert draft.texts.filter(text=text).count() == 0


def test_a_number_is_typed_over_and_restored_on_its_page(draft: Draft, bureau: Office) -> None:
    client, way = of_person(bureau.clerk), f"{ROOM}{draft.pk}/danyuange/{GRANTED}/"
    bad = client.post(way, {"value": "x", "reason": "有", "seen": 0})
    assert bad.status_code == 422 and "“x”不是数" in bad.content.decode()
    done = client.post(way, {"value": "1", "reason": "台账漏记", "seen": 0})
    assert done.url == f"{ROOM}{draft.pk}/#{GRANTED}"
    shown = client.get(way).content.decode()
    assert "填为 1" in shown and "当时统计为 0" in shown and "台账漏记" in shown
    assert "台账漏记" in client.get(f"{ROOM}{draft.pk}/").content.decode(), "beside the cell of the table"
    client.post(way, {"act": "restore", "seen": 1})
    assert "恢复统计数 0" in client.get(way).content.decode()
    assert client.get(f"{ROOM}{draft.pk}/danyuange/t3.none.total/").status_code == 404


def test_the_count_is_changed_with_a_reason(draft: Draft, bureau: Office) -> None:
    client, way = of_person(bureau.clerk), f"{ROOM}{draft.pk}/koujing/"
    refused = client.post(way, {"basis": "live", "seen": 0})
    assert refused.status_code == 422 and "写明理由" in refused.content.decode()
    client.post(way, {"basis": "live", "reason": "年末漏登", "seen": 0})
    draft.refresh_from_db()
    assert (draft.basis, draft.basis_reason) == ("live", "年末漏登")
    assert client.post(way, {"basis": "no", "seen": 1}).status_code == 422


def test_a_step_that_is_refused_says_why(draft: Draft, bureau: Office) -> None:
    client = of_person(bureau.clerk)
    page = client.post(f"{ROOM}{draft.pk}/banli/songshen/", {"seen": 0}, follow=True).content.decode()
    assert "补全后再送审" in page
    assert client.post(f"{ROOM}{draft.pk}/banli/no/").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "xlsx", "json"])
def test_a_draft_is_handed_out_as_a_file_said_to_be_one(draft: Draft, bureau: Office, kind: str) -> None:
    client = of_person(bureau.clerk)
    file = client.get(f"{ROOM}{draft.pk}/xiazai/{kind}")
    assert "%E8%8D%89%E7%A8%BF" in file["Content-Disposition"], "草稿"
    if kind == "json":
        assert file.json()["table3"]["new"]["total"] == 2
    else:
        assert zipfile.ZipFile(BytesIO(file.content)).testzip() is None
    assert client.get(f"{ROOM}{draft.pk}/xiazai/exe").status_code == 404


def test_an_approved_report_offers_its_publication(county: County) -> None:
    draft, of = ready(county)
    for code, by in (("songshen", of.clerk), ("tongguo", of.reviewer), ("shending", of.approver)):
        step(draft, code, by)
    draft.refresh_from_db()
    way = f"/admin/nianbao/{draft.report_id}/gongkai/"
    assert way in of_person(of.approver).get(f"{ROOM}{draft.pk}/").content.decode()
    page = of_person(of.clerk).get(f"{ROOM}{draft.pk}/").content.decode()
    assert way not in page and "重新起草" in page


# By when


@pytest.mark.parametrize(
    ("kind", "year", "on", "last", "by"),
    [
        (Kind.DEPARTMENT, 2024, "2025-01-31", "2025-01-27", "《条例》第四十九条"),
        (Kind.DEPARTMENT, 2025, "2026-01-31", "2026-01-30", "《条例》第四十九条"),
        (Kind.GOVERNMENT, 2023, "2024-03-31", "2024-03-29", "《条例》第四十九条"),
        (Kind.TOWNSHIP_GOVERNMENT, 2025, "2026-01-31", "2026-01-30", "按当地要求"),
    ],
)
def test_the_date_stands_and_the_last_working_day_comes_before(
    kind: Kind, year: int, on: str, last: str, by: str
) -> None:
    due = deadlines.deadline(Agency(kind=kind), year)
    assert (due.on.isoformat(), due.last_working_day.isoformat(), due.by) == (on, last, by)


def test_who_owes_a_report_is_told_at_each_step_once(bureau: Office) -> None:
    told = Notification.objects.filter(recipient=bureau.clerk)
    assert deadlines.remind(on=date(2026, 1, 5)) == 0
    for day, words in (
        ("2026-01-19", "还有9个工作日"),
        ("2026-01-28", "还有2个工作日"),
        ("2026-01-30", "今天是期限前最后一个工作日"),
        ("2026-02-01", "已逾期"),
    ):
        deadlines.remind(on=date.fromisoformat(day))
        assert deadlines.remind(on=date.fromisoformat(day)) == 0, "nobody twice"
        assert words in told.latest("pk").title, day
    assert told.count() == 4
    assert Notification.objects.filter(recipient=bureau.approver).count() == 1, "when it is late"


def test_who_has_published_owes_nothing(county: County) -> None:
    draft, of = ready(county)
    for code, by in (("songshen", of.clerk), ("tongguo", of.reviewer), ("shending", of.approver)):
        step(draft, code, by)
    assert of.agency in deadlines.owing(YEAR)
    draft.refresh_from_db()
    of_person(of.approver).post(f"/admin/nianbao/{draft.report_id}/gongkai/", {"despite_errors": "on"})
    assert of.agency not in deadlines.owing(YEAR)


def test_the_calendar_holds_the_last_working_day_for_who_writes(bureau: Office, county: County) -> None:
    today = date(2026, 1, 12)
    (entry,) = deadlines.calendar_of(bureau.clerk, today)
    assert (entry.day, entry.url) == (date(2026, 1, 30), f"{ROOM}?nian={YEAR}")
    assert list(deadlines.calendar_of(bureau.reviewer, today)) == []
    supervisor = county.person(Role.SUPERVISOR, county.office)
    assert {each.day for each in deadlines.calendar_of(supervisor, today)} == {date(2026, 3, 31)}


@pytest.mark.usefixtures("bureau")
def test_the_command_reminds(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remind_of_reports")
    assert re.search(r"发出提醒 \d+ 条", capsys.readouterr().out)


def test_the_list_says_what_presses(draft: Draft, bureau: Office) -> None:
    for day, pressing in (("2026-01-05", ""), ("2026-01-20", "soon"), ("2026-02-02", "late")):
        (line,) = listing.lines(bureau.clerk, YEAR, datetime.fromisoformat(day).date())
        assert line.pressing == pressing
    assert line.gaps == len(draft.audit["gaps"]) > 0
    assert NOW.year in listing.years(NOW.date())


def test_what_people_write_is_shown_as_words_and_never_as_a_page(draft: Draft, bureau: Office) -> None:
    evil = '<script>alert(1)</script>"onmouseover=1'
    client = of_person(bureau.clerk)
    client.post(f"{ROOM}{draft.pk}/", {"problems": evil, "seen": draft.saves})
    draft.refresh_from_db()
    client.post(
        f"{ROOM}{draft.pk}/danyuange/{GRANTED}/",
        {"value": "7", "reason": evil, "act": "type", "seen": draft.saves},
    )
    for address in (f"{ROOM}{draft.pk}/", f"{ROOM}{draft.pk}/danyuange/{GRANTED}/"):
        shown = client.get(address).content.decode()
        assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown

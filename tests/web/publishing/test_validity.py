"""A document's life: acts in their order, the mark everywhere, the counts of Table 2, the library."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from county import County
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import (
    ColumnKind,
    Effectiveness,
    NormativeKind,
    ValidityAct,
)
from gongkai.web.publishing.models import DocumentPage, ValidityChange
from gongkai.web.publishing.services import validity
from gongkai.web.publishing.services.typesetting import document_file
from gongkai.web.publishing.services.validity import Refused, change_validity, table2_counts

REPEAL_DAY = date(2025, 6, 1)


def _normative(county: County, title: str, **fields: Any) -> DocumentPage:
    values = {
        "document_number": f"测教规〔2025〕{title}号",
        "normative_kind": NormativeKind.NORMATIVE,
        "effectiveness": Effectiveness.IN_FORCE,
    }
    return county.document(county.bureau, title, **(values | fields))


def _changed(document: DocumentPage, act: ValidityAct, on: date = REPEAL_DAY, **more: Any) -> DocumentPage:
    change_validity(document=document, act=act, on=on, by=None, **more)
    return DocumentPage.objects.get(pk=document.pk)


def _publish(revision: Revision) -> None:
    PublishPageRevisionAction(revision).execute(skip_permission_checks=True)


@pytest.fixture
def rules(county: County) -> DocumentPage:
    """A normative document of the bureau, in force until 2027-12-31."""
    return _normative(county, "学区划分办法", slug="xuequ", valid_until=date(2027, 12, 31))


def test_a_repeal_is_recorded_and_set(rules: DocumentPage) -> None:
    repealed = _changed(rules, ValidityAct.REPEALED)
    assert (repealed.validity, repealed.repealed_on) == (Effectiveness.REPEALED, REPEAL_DAY)
    assert [change.act for change in repealed.validity_changes.all()] == [ValidityAct.REPEALED]


@pytest.mark.parametrize(
    ("act", "after"),
    [
        (ValidityAct.AMENDED, Effectiveness.AMENDED),
        (ValidityAct.PARTLY_REPEALED, Effectiveness.PARTLY_REPEALED),
        (ValidityAct.LAPSED, Effectiveness.LAPSED),
        (ValidityAct.KEPT, Effectiveness.IN_FORCE),
    ],
)
def test_each_act_has_its_effect(rules: DocumentPage, act: ValidityAct, after: Effectiveness) -> None:
    provisions = "第三条" if act == ValidityAct.PARTLY_REPEALED else ""
    assert _changed(rules, act, provisions=provisions).validity == after


def test_a_prolongation_moves_the_last_day(rules: DocumentPage) -> None:
    later = _changed(rules, ValidityAct.PROLONGED, until=date(2030, 12, 31))
    assert later.valid_until == date(2030, 12, 31)
    assert later.validity_changes.get().until == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("act", "more", "words"),
    [
        (ValidityAct.REPEALED, {"on": date(2025, 3, 2)}, "成文日期"),
        (ValidityAct.AMENDED, {"on": date(2099, 1, 1)}, "提前登记"),
        (ValidityAct.PARTLY_REPEALED, {}, "条款"),
        (ValidityAct.PROLONGED, {}, "延长后的有效期"),
        (ValidityAct.PROLONGED, {"until": date(2027, 12, 31)}, "应当晚于"),
        (ValidityAct.AMENDED, {"until": date(2028, 1, 1)}, "只有延长"),
    ],
)
def test_impossible_acts_are_refused(rules: DocumentPage, act: ValidityAct, more: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        _changed(rules, act, **more)
    assert not ValidityChange.objects.exists()


def test_nothing_follows_an_end(rules: DocumentPage) -> None:
    repealed = _changed(rules, ValidityAct.REPEALED)
    for act in (ValidityAct.REPEALED, ValidityAct.KEPT, ValidityAct.LAPSED):
        with pytest.raises(Refused, match="已废止"):
            _changed(repealed, act, on=date(2025, 7, 1))


def test_acts_come_in_the_order_of_their_days(rules: DocumentPage) -> None:
    amended = _changed(rules, ValidityAct.AMENDED)
    with pytest.raises(Refused, match="上一次"):
        _changed(amended, ValidityAct.REPEALED, on=REPEAL_DAY - timedelta(days=1))


def test_a_document_without_validity_has_no_life(county: County) -> None:
    with pytest.raises(Refused, match="有效性"):
        _changed(county.document(county.bureau, "预算"), ValidityAct.REPEALED)


def test_what_repeals_must_be_another_and_not_older(county: County, rules: DocumentPage) -> None:
    older = county.document(county.bureau, "旧通知", made_on=date(2024, 1, 1), published_on=date(2024, 1, 2))
    late = county.document(county.bureau, "新通知", made_on=date(2025, 7, 1), published_on=date(2025, 7, 2))
    for through, words in ((rules, "本身"), (older, "早于本文件"), (late, "依据文件的成文日期")):
        with pytest.raises(Refused, match=words):
            _changed(rules, ValidityAct.REPEALED, through=through)


def test_what_passed_its_last_day_ended_the_day_after_whenever_it_is_said(county: County) -> None:
    old = _normative(county, "旧办法", valid_until=date(2025, 4, 30))
    with pytest.raises(Refused, match="届满"):
        _changed(old, ValidityAct.KEPT)
    lapsed = _changed(old, ValidityAct.LAPSED)
    assert (lapsed.effectiveness, lapsed.repealed_on) == (Effectiveness.LAPSED, date(2025, 5, 1))


def test_a_coming_repeal_takes_effect_by_itself(rules: DocumentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    on = today + timedelta(days=10)
    coming = _changed(rules, ValidityAct.REPEALED, on=on)
    assert coming.is_in_force
    assert coming.valid_until == on - timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: on)
    assert not coming.is_in_force
    call_command("settle_validity", stdout=io.StringIO())
    settled = DocumentPage.objects.get(pk=rules.pk)
    assert (settled.effectiveness, settled.repealed_on) == (Effectiveness.REPEALED, on)


def test_a_draft_edited_before_the_repeal_cannot_bring_the_document_back(rules: DocumentPage) -> None:
    rules.title = "学区划分办法（校对）"
    rules.save_revision()
    _changed(rules, ValidityAct.REPEALED)
    _publish(rules.get_latest_revision())
    published = DocumentPage.objects.get(pk=rules.pk)
    assert published.title == "学区划分办法（校对）"
    assert published.effectiveness == Effectiveness.REPEALED


def test_an_older_version_published_again_stays_repealed(rules: DocumentPage) -> None:
    old = rules.save_revision()
    rules.save_revision()
    _changed(rules, ValidityAct.REPEALED)
    _publish(old)
    assert DocumentPage.objects.get(pk=rules.pk).repealed_on == REPEAL_DAY


def test_the_mark_stands_wherever_the_document_does(
    client: Client, county: County, rules: DocumentPage
) -> None:
    notice = county.document(
        county.bureau,
        "废止通知",
        document_number="测教〔2025〕9号",
        made_on=date(2025, 5, 20),
        published_on=date(2025, 5, 21),
    )
    _changed(rules, ValidityAct.REPEALED, through=notice)
    page = client.get(rules.url).content.decode()
    assert "本文件已废止" in page
    assert notice.url in page
    assert "测教〔2025〕9号" in page
    other = client.get(notice.url).content.decode()
    assert "本文件修改、废止的文件" in other
    assert rules.url in other
    for address in ("/zhengce/", f"/{county.bureau.slug}/neirong/", "/sousuo/?q=学区划分"):
        text = client.get(address).content.decode()
        line = text[text.index(rules.url) :][:300]
        assert "废止" in line, address
    words = docx.Document(io.BytesIO(document_file(DocumentPage.objects.get(pk=rules.pk), "docx")))
    assert "已废止" in words.sections[0].header.paragraphs[0].text


def test_a_link_to_what_the_public_may_not_see_is_not_shown(
    client: Client, county: County, rules: DocumentPage
) -> None:
    notice = county.document(county.bureau, "内部通知", made_on=date(2025, 5, 20), published_on=REPEAL_DAY)
    _changed(rules, ValidityAct.REPEALED, through=notice)
    notice.unpublish()
    page = client.get(rules.url).content.decode()
    assert "本文件已废止" in page
    assert "内部通知" not in page


def _counts(agency: Agency, year: int) -> tuple[int, int, int]:
    row = table2_counts(agency, year)[1]
    return row.made.count(), row.ended.count(), row.in_force.count()


def test_table_2_counts_what_was_made_ended_and_is_in_force(county: County) -> None:
    day = {"made_on": date(2023, 5, 1), "published_on": date(2023, 5, 2)}
    _normative(county, "一", **day)
    _normative(county, "二", **day, valid_until=date(2024, 12, 31))
    _normative(county, "三", **day, effectiveness=Effectiveness.REPEALED, repealed_on=date(2024, 7, 1))
    _normative(county, "四", made_on=date(2024, 2, 1), published_on=date(2024, 2, 2))
    county.document(county.bureau, "不是规范性文件", made_on=date(2024, 2, 1))
    assert [_counts(county.bureau, year) for year in (2022, 2023, 2024, 2025)] == [
        (0, 0, 0),
        (3, 0, 3),
        (1, 1, 3),
        (0, 1, 2),
    ]
    assert _counts(county.township, 2024) == (0, 0, 0)


def test_the_statistics_open_onto_the_documents(client: Client, county: County) -> None:
    day = {"made_on": date(2023, 5, 1), "published_on": date(2023, 5, 2)}
    _normative(county, "留下的", **day)
    gone = _normative(
        county, "废止的", **day, effectiveness=Effectiveness.REPEALED, repealed_on=date(2024, 7, 1)
    )
    statistics = client.get("/zhengce/tongji/?niandu=2024").content.decode()
    query = "tongji=feizhi&tongjinian=2024&tongjilei=normative&jiguan=cexi-jiaoyuju"
    assert f'<a href="/zhengce/?{query.replace("&", "&amp;")}">1</a>' in statistics
    listed = client.get(f"/zhengce/?{query}").content.decode()
    assert gone.url in listed
    assert "留下的" not in listed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙", "丙"}),
        ("xiaoli=youxiao", {"甲", "丙"}),
        ("xiaoli=zhongzhi", {"乙"}),
        ("zhuti=education", {"甲"}),
        ("niandu=2024", {"乙"}),
        ("jiguan=cexi-shiqiao", set()),
        ("leibie=rules", {"丙"}),
        ("leibie=meiyou&niandu=99999&paixu=x&ye=x", {"甲", "乙", "丙"}),
        ("zhuti=education&niandu=2024", set()),
    ],
)
def test_the_library_filters(client: Client, county: County, query: str, found: set[str]) -> None:
    _normative(county, "甲", topic="education")
    _normative(county, "乙", made_on=date(2024, 1, 5), valid_until=date(2025, 1, 1))
    _normative(county, "丙", normative_kind=NormativeKind.RULES)
    county.document(county.township, "丁")
    response = client.get(f"/zhengce/?{query}")
    # A body without policy documents is no choice, so asking for it asks for nothing.
    expected = {"甲", "乙", "丙"} if "shiqiao" in query else found
    assert {page.title for page in response.context["results"]} == expected


def test_a_filter_counts_what_the_others_leave(client: Client, county: County) -> None:
    _normative(county, "甲", topic="education")
    _normative(county, "乙", topic="health", made_on=date(2024, 1, 5))
    library = client.get("/zhengce/?niandu=2024").context["library"]
    counts = {one.name: [(choice.value, choice.count) for choice in one.choices] for one in library.filters}
    assert counts["zhuti"] == [("health", 1)]
    assert counts["niandu"] == [("2025", 1), ("2024", 1)]


def test_policies_filed_in_their_column_are_in_the_library(client: Client, county: County) -> None:
    page = DocumentPage(
        title="托育扶持措施",
        slug="tuoyu",
        made_on=date(2025, 3, 3),
        published_on=date(2025, 3, 4),
        article20_item=11,
        body=body_of("<p>正文</p>"),
    )
    county.column(county.bureau, ColumnKind.POLICIES).add_child(instance=page)
    assert "托育扶持措施" in client.get("/zhengce/?leibie=zhengce").content.decode()


def _post(client: Client, document: DocumentPage, **fields: str) -> Any:
    given = {"act": "repealed", "on": "2025-06-01", "sure": "on"} | fields
    return client.post(f"/admin/xiaoli/{document.pk}/", given)


def test_an_approver_repeals_a_document(
    client_of: Callable[..., Client], county: County, rules: DocumentPage
) -> None:
    notice = county.document(
        county.bureau,
        "通知",
        document_number="测教〔2025〕9号",
        made_on=date(2025, 5, 20),
        published_on=REPEAL_DAY,
    )
    approver = client_of(Role.APPROVER, county.bureau)
    assert "没有找到" in _post(approver, rules, through="无此文号").content.decode()
    assert "请核对" in _post(approver, rules, sure="").content.decode()
    assert _post(approver, rules, through="测教〔2025〕9号").status_code == 302
    change = rules.validity_changes.get()
    assert (change.through, change.by.agency) == (notice, county.bureau)


def test_only_who_may_publish_records_an_act(
    client_of: Callable[..., Client], county: County, rules: DocumentPage
) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    assert clerk.get(f"/admin/xiaoli/{rules.pk}/").status_code == 200
    assert _post(clerk, rules).url == "/admin/"
    assert _post(client_of(Role.APPROVER, county.township), rules).status_code == 404
    assert _post(client_of(Role.SUPERVISOR, county.office), rules).url == "/admin/"
    assert not rules.validity_changes.exists()


def test_staff_see_what_lapses_soon(client_of: Callable[..., Client], county: County) -> None:
    today = timezone.localdate()
    soon = _normative(county, "快到期的", valid_until=today + timedelta(days=20))
    _normative(county, "还早的", valid_until=today + timedelta(days=100))
    clerk = client_of(Role.CLERK, county.bureau)
    page = clerk.get("/admin/xiaoli/?yue=1")
    assert [document.pk for document in page.context["results"]] == [soon.pk]
    assert page.context["counts"] == [(1, 1), (3, 1), (6, 2)]
    assert list(client_of(Role.CLERK, county.township).get("/admin/xiaoli/").context["results"]) == []


def test_months_end_where_the_month_does() -> None:
    assert validity.months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert validity.months_after(date(2025, 1, 15), 3) == date(2025, 4, 15)

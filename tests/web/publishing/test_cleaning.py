"""Cleaning campaigns: what they take in, how they are decided, what closing them does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.test import Client
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import Effectiveness, NormativeKind, ValidityAct
from gongkai.web.publishing.models import Cleaning, DocumentPage
from gongkai.web.publishing.services.cleaning import close_cleaning, decide, open_cleaning
from gongkai.web.publishing.services.validity import Refused, change_validity

BEGUN = date(2025, 6, 1)


def _normative(county: County, title: str, **fields: object) -> DocumentPage:
    values = {
        "document_number": f"测教规〔2025〕{title}号",
        "normative_kind": NormativeKind.NORMATIVE,
        "effectiveness": Effectiveness.IN_FORCE,
    }
    return county.document(county.bureau, title, **(values | fields))


def _campaign(county: County) -> Cleaning:
    person = county.person(Role.APPROVER, county.bureau)
    campaign = open_cleaning(agency=county.bureau, title="2025年规范性文件清理", on=BEGUN, by=person)
    acts = {"甲": ValidityAct.KEPT, "乙": ValidityAct.REPEALED, "丙": ValidityAct.AMENDED}
    for decision in campaign.decisions.all():
        decide(decision=decision, act=acts[decision.document.title], reason="上位法已经修改", by=person)
    return campaign


@pytest.fixture
def three(county: County) -> dict[str, DocumentPage]:
    """Three normative documents in force and one that is not."""
    _normative(county, "丁", effectiveness=Effectiveness.REPEALED, repealed_on=date(2025, 5, 1))
    return {title: _normative(county, title) for title in "甲乙丙"}


def test_a_campaign_takes_what_is_in_force(county: County, three: dict[str, DocumentPage]) -> None:
    campaign = _campaign(county)
    assert {decision.document.pk for decision in campaign.decisions.all()} == {
        page.pk for page in three.values()
    }
    with pytest.raises(Refused, match="没有结束"):
        _campaign(county)


def test_a_campaign_closed_applies_its_decisions_and_drafts_the_announcement(
    client: Client, county: County, three: dict[str, DocumentPage]
) -> None:
    result = close_cleaning(
        cleaning=_campaign(county), on=date(2025, 7, 1), by=county.person(Role.APPROVER, county.bureau)
    )
    after = {title: DocumentPage.objects.get(pk=page.pk).validity for title, page in three.items()}
    assert after == {
        "甲": Effectiveness.IN_FORCE,
        "乙": Effectiveness.REPEALED,
        "丙": Effectiveness.AMENDED,
    }
    assert not result.live
    assert result.title == "测溪县教育局关于2025年规范性文件清理结果的公告"
    assert "继续有效 1 件，修改 1 件，废止 1 件" in result.plain_text
    assert "公告" not in client.get(three["乙"].url).content.decode()
    PublishPageRevisionAction(result.get_latest_revision()).execute(skip_permission_checks=True)
    assert result.title in client.get(three["乙"].url).content.decode()
    page = client.get(DocumentPage.objects.get(pk=result.pk).url).content.decode()
    assert "废止的文件" in page
    assert three["乙"].url in page


def test_a_campaign_is_closed_only_when_all_is_decided(
    county: County, three: dict[str, DocumentPage]
) -> None:
    person = county.person(Role.APPROVER, county.bureau)
    campaign = open_cleaning(agency=county.bureau, title="清理", on=BEGUN, by=person)
    first = campaign.decisions.first()
    for act, words in ((ValidityAct.REPEALED, "理由"), (ValidityAct.MADE, "只能是")):
        with pytest.raises(Refused, match=words):
            decide(decision=first, act=act, reason="", by=person)
    decide(decision=first, act=ValidityAct.KEPT, reason="", by=person)
    with pytest.raises(Refused, match=f"还有 {len(three) - 1} 件"):
        close_cleaning(cleaning=campaign, on=BEGUN, by=person)


def test_what_ended_during_the_campaign_is_announced_as_it_ended(
    county: County, three: dict[str, DocumentPage]
) -> None:
    campaign = _campaign(county)
    change_validity(document=three["甲"], act=ValidityAct.REPEALED, on=date(2025, 6, 15), by=None)
    person = county.person(Role.APPROVER, county.bureau)
    result = close_cleaning(cleaning=campaign, on=date(2025, 7, 1), by=person)
    assert "修改 1 件，废止 2 件" in result.plain_text
    assert three["甲"].validity_changes.count() == 1


def test_staff_clean_from_the_first_page_to_the_last(
    client_of: Callable[..., Client], county: County, three: dict[str, DocumentPage]
) -> None:
    approver, clerk = client_of(Role.APPROVER, county.bureau), client_of(Role.CLERK, county.bureau)
    given = {"title": "2025年清理", "on": "2025-06-01"}
    assert clerk.post("/admin/xiaoli/qingli/", given).url == "/admin/"
    assert not Cleaning.objects.exists()
    approver.post("/admin/xiaoli/qingli/", given)
    campaign = Cleaning.objects.get()
    for decision in campaign.decisions.all():
        clerk.post(f"/admin/xiaoli/qingli/yijian/{decision.pk}/", {"act": "lapsed", "reason": "任务完成"})
    page = approver.get(f"/admin/xiaoli/qingli/{campaign.pk}/")
    assert (page.context["decided"], page.context["size"]) == (3, 3)
    address = f"/admin/xiaoli/qingli/{campaign.pk}/jieshu/"
    assert "失效 3 件" in approver.get(address).content.decode()
    assert approver.post(address, {"on": "2025-07-01"}).status_code == 200
    assert approver.post(address, {"on": "2025-07-01", "sure": "on"}).status_code == 302
    assert not DocumentPage.objects.get(pk=three["甲"].pk).is_in_force


def test_a_stranger_finds_no_campaign(
    client_of: Callable[..., Client], county: County, three: dict[str, DocumentPage]
) -> None:
    campaign = _campaign(county)
    stranger = client_of(Role.APPROVER, county.township)
    decision = campaign.decisions.get(document=three["甲"])
    assert stranger.get(f"/admin/xiaoli/qingli/{campaign.pk}/").status_code == 404
    stranger.post(f"/admin/xiaoli/qingli/yijian/{decision.pk}/", {"act": "repealed", "reason": "无"})
    decision.refresh_from_db()
    assert decision.act == ValidityAct.KEPT

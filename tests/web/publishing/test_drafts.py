"""Drafts may be unfinished; what is submitted for review may not; choosing the documents a page is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from county import County
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute, NormativeKind
from gongkai.web.publishing.models import (
    DocumentPage,
    GazettePage,
    InterpretationPage,
    MeetingPage,
)
from gongkai.web.publishing.services import reviewing

KINDS: dict[type[Page], tuple[ColumnKind, tuple[str, ...], dict[str, Any]]] = {
    DocumentPage: (
        ColumnKind.CONTENT,
        ("attachments",),
        {"attribute": "proactive", "scope": "面向社会", "term": "lasting", "normative_kind": ""},
    ),
    InterpretationPage: (ColumnKind.INTERPRETATIONS, ("interpreted",), {}),
    MeetingPage: (ColumnKind.MEETINGS, ("agenda", "related_documents"), {}),
    GazettePage: (ColumnKind.GAZETTE, ("entries",), {}),
}
every_kind = pytest.mark.parametrize("kind", KINDS)
SUBMIT = {"action-submit": "1"}


@pytest.fixture
def clerk(client_of: Callable[..., Client], county: County) -> Client:
    """A clerk of the government, which has every column."""
    return client_of(Role.CLERK, county.government)


def _form(model: type[Page], **fields: Any) -> dict[str, Any]:
    """Return what the edit view posts when nothing but a title has been written."""
    data: dict[str, Any] = {"title": "草稿", "slug": "caogao", "published_on": "2025-03-10"}
    data |= KINDS[model][2] | nested_form_data({"body": streamfield([])})
    for name in ("comments", *KINDS[model][1]):
        data |= nested_form_data({name: inline_formset([])})
    return data | fields


def _links(name: str, *documents: DocumentPage) -> dict[str, Any]:
    return nested_form_data({name: inline_formset([{"document": page.pk} for page in documents])})


def _add(clerk: Client, county: County, model: type[Page], **fields: Any) -> Any:
    column = county.column(county.government, KINDS[model][0])
    address = f"/admin/pages/add/publishing/{model._meta.model_name}/{column.pk}/"
    return clerk.post(address, _form(model, **fields), headers={"Accept": "application/json"})


def _edit(clerk: Client, page: Page, **fields: Any) -> Any:
    return clerk.post(f"/admin/pages/{page.pk}/edit/", _form(type(page), **fields))


def _text(page: str = "正文。") -> dict[str, str]:
    return nested_form_data({"body": streamfield([("text", rich_text(f"<p>{page}</p>"))])})


@every_kind
def test_a_title_is_enough_for_a_draft(clerk: Client, county: County, kind: type[Page]) -> None:
    response = _add(clerk, county, kind)
    assert response.json()["success"], response.content.decode()
    draft = kind.objects.get(slug="caogao")
    assert not draft.live
    assert _edit(clerk, draft, title="草稿二").status_code == 302
    assert kind.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "草稿二"


def test_a_second_draft_of_the_same_title_gets_an_address_of_its_own(clerk: Client, county: County) -> None:
    first, second = (_add(clerk, county, DocumentPage).json() for _ in range(2))
    slugs = {pk: DocumentPage.objects.get(pk=pk).slug for pk in (first["pk"], second["pk"])}
    assert list(slugs.values()) == ["caogao", "caogao-2"]
    assert second["field_updates"]["slug"] == "caogao-2"
    response = _edit(clerk, DocumentPage.objects.get(pk=second["pk"]))
    assert "slug" in response.context["form"].errors


@pytest.mark.parametrize(("title", "slug"), [("供水 办法", "供水-办法"), ("！！", "xinxi"), ("草稿", "草稿")])
def test_an_address_is_made_of_the_title(clerk: Client, county: County, title: str, slug: str) -> None:
    pk = _add(clerk, county, DocumentPage, title=title, slug="").json()["pk"]
    assert DocumentPage.objects.get(pk=pk).slug == slug


@every_kind
def test_a_title_is_not_enough_for_review(clerk: Client, county: County, kind: type[Page]) -> None:
    _add(clerk, county, kind)
    draft = kind.objects.get(slug="caogao")
    response = _edit(clerk, draft, **SUBMIT)
    assert response.status_code == 200
    assert response.context["form"].is_valid() is False
    draft.refresh_from_db()
    assert not draft.workflow_in_progress
    assert not kind.objects.filter(pk=draft.pk, live=True).exists()


@every_kind
def test_an_unfinished_draft_can_be_looked_at(clerk: Client, county: County, kind: type[Page]) -> None:
    _add(clerk, county, kind)
    draft = kind.objects.get(slug="caogao")
    for address in (f"/admin/pages/{draft.pk}/edit/", f"/admin/pages/{draft.pk}/view_draft/"):
        response = clerk.get(address)
        assert response.status_code == 200
        assert ">None<" not in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"attribute": DisclosureAttribute.ON_REQUEST.value}, "withhold_reason"),
        ({"normative_kind": NormativeKind.NORMATIVE.value}, "document_number"),
        ({"term": "limited"}, "term_until"),
        ({"made_on": "2025-03-11"}, "published_on"),
        ({"article20_item": ""}, "article20_item"),
        ({"made_on": ""}, "made_on"),
        (nested_form_data({"body": streamfield([])}), "body"),
    ],
)
def test_what_is_still_missing_is_asked_on_submission_only(
    clerk: Client, county: County, fields: dict[str, Any], asked: str
) -> None:
    whole = {"made_on": "2025-03-03", "article20_item": "1", "slug": "banfa"} | _text()
    _add(clerk, county, DocumentPage, **whole)
    draft = DocumentPage.objects.get(slug="banfa")
    assert _edit(clerk, draft, **whole | fields).status_code == 302
    response = _edit(clerk, draft, **whole | fields | SUBMIT)
    assert list(response.context["form"].errors) == [asked]
    draft.refresh_from_db()
    assert not draft.workflow_in_progress
    _edit(clerk, draft, **whole | SUBMIT)
    draft.refresh_from_db()
    assert draft.workflow_in_progress


def test_the_number_is_given_with_the_day_it_was_made_and_never_again(clerk: Client, county: County) -> None:
    _add(clerk, county, DocumentPage)
    draft = DocumentPage.objects.get(slug="caogao")
    assert draft.index_number is None
    first = draft.get_latest_revision()
    _edit(clerk, draft, made_on="2024-12-30")
    draft.refresh_from_db()
    assert draft.index_number == "cexi/2024-00001"
    older = first.as_object()
    older.made_on = date(2025, 1, 2)
    older.save()
    assert DocumentPage.objects.get(pk=draft.pk).index_number == "cexi/2024-00001"


def test_what_is_unfinished_is_no_emergency(clerk: Client, county: County) -> None:
    _add(clerk, county, DocumentPage, made_on="2025-03-03", **_text())
    draft = DocumentPage.objects.get(slug="caogao")
    chief = county.person(Role.APPROVER, county.government)
    with pytest.raises(reviewing.Refused, match="内容不完整，请先在编辑页面补全：法定公开事项：") as refusal:
        reviewing.publish_at_once(page=draft, by=chief, on=date(2025, 3, 10), reason="防汛。")
    assert "成文日期" not in str(refusal.value)
    draft.refresh_from_db()
    assert not draft.live


def test_an_interpretation_of_nothing_is_not_reviewed(clerk: Client, county: County) -> None:
    document = county.document(county.bureau, "供水办法")
    whole = {"form": "video"} | _text()
    _add(clerk, county, InterpretationPage, **whole)
    draft = InterpretationPage.objects.get(slug="caogao")
    assert draft.gaps() == ["请选择所解读的文件。"]
    assert _edit(clerk, draft, **whole | SUBMIT).context["form"].formsets["interpreted"].non_form_errors()
    _edit(clerk, draft, **whole | _links("interpreted", document) | SUBMIT)
    draft.refresh_from_db()
    assert draft.workflow_in_progress
    assert [page.pk for page in draft.documents.all()] == [document.pk]
    assert draft.gaps() == []


def test_the_same_document_chosen_twice_is_shown_once(client: Client, clerk: Client, county: County) -> None:
    document = county.document(county.bureau, "供水办法")
    _add(clerk, county, MeetingPage, held_on="2025-03-01", kind="executive", **_text())
    meeting = MeetingPage.objects.get(slug="caogao")
    _edit(
        clerk, meeting, held_on="2025-03-01", kind="executive", **_links("related_documents", *[document] * 2)
    )
    meeting.refresh_from_db()
    meeting.live = True
    meeting.save()
    assert meeting.documents.count() == 2
    assert client.get(document.url).content.decode().count(f'href="{meeting.url}"') == 1
    assert client.get(meeting.url).content.decode().count(f'href="{document.url}"') == 1


def test_drafts_of_other_bodies_are_not_offered(clerk: Client, county: County) -> None:
    own = county.document(county.government, "供水办法草稿", live=False)
    other = county.document(county.township, "供水细则草稿", live=False)
    public = county.document(county.township, "供水通知")
    offered = set()
    for page in (own, other, public):
        address = f"/admin/choose-page/{page.get_parent().pk}/?page_type=publishing.documentpage"
        shown = clerk.get(address).json()["html"]
        offered |= {each.title for each in (own, other, public) if each.title in shown}
    assert offered == {own.title, public.title}


def test_a_document_is_found_in_the_chooser_by_a_word_in_its_title(clerk: Client, county: County) -> None:
    document = county.document(county.township, "石桥镇农村供水管理办法")
    county.document(county.township, "石桥镇敬老院名单")
    address = "/admin/choose-page/search/?page_type=publishing.documentpage&q=供水"
    assert [page.pk for page in clerk.get(address).context["pages"]] == [document.pk]


def test_a_transcript_is_read_and_found(client: Client, county: County) -> None:
    page = MeetingPage(
        title="县政府第42次常务会议",
        kind="executive",
        held_on=date(2025, 2, 20),
        published_on=date(2025, 2, 21),
        body=body_of("<p>会议强调就近入学。</p>"),
        transcript="县长：先听汇报。\n\n教育局：学区划分已经论证。",
    )
    county.column(county.government, ColumnKind.MEETINGS).add_child(instance=page)
    text = client.get(page.url).content.decode()
    assert "<p>教育局：学区划分已经论证。</p>" in text
    assert page.url in client.get("/sousuo/?q=学区划分已经论证").content.decode()

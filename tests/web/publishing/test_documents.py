"""A document's number, its gates, its attachments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from county import County
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import one_line
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute, Effectiveness
from gongkai.web.publishing.models import DocumentAttachment, DocumentPage


def test_index_numbers_count_up_by_body_and_year(county: County) -> None:
    county.bureau.unified_code = "11990101MC0000001X"
    county.bureau.save()
    numbers = [
        county.document(county.bureau, "一").index_number,
        county.document(county.bureau, "二").index_number,
        county.document(county.bureau, "三", made_on=date(2024, 12, 1)).index_number,
        county.document(county.township, "四").index_number,
    ]
    assert numbers == [
        "11990101MC0000001X/2025-00001",
        "11990101MC0000001X/2025-00002",
        "11990101MC0000001X/2024-00001",
        "cexi-shiqiao/2025-00001",
    ]


def test_an_index_number_never_changes(county: County) -> None:
    document = county.document(county.bureau, "办法")
    number = document.index_number
    county.bureau.unified_code = "11990101MC0000009X"
    county.bureau.save()
    document = DocumentPage.objects.get(pk=document.pk)
    document.made_on = date(2020, 1, 1)
    document.save()
    assert DocumentPage.objects.get(pk=document.pk).index_number == number


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"attribute": DisclosureAttribute.WITHHELD}, "withhold_reason"),
        ({"attribute": DisclosureAttribute.ON_REQUEST}, "withhold_reason"),
        ({"effectiveness": Effectiveness.REPEALED}, "repealed_on"),
        ({"effectiveness": Effectiveness.LAPSED}, "repealed_on"),
        ({"published_on": date(2025, 3, 2)}, "published_on"),
    ],
)
def test_metadata_that_do_not_fit_are_refused(county: County, fields: dict, refused: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        county.document(county.bureau, "办法", **fields)
    assert list(refusal.value.message_dict) == [refused]


def test_metadata_that_fit_are_taken(county: County) -> None:
    repealed = county.document(
        county.bureau, "办法", effectiveness=Effectiveness.REPEALED, repealed_on=date(2025, 5, 1)
    )
    closed = county.document(
        county.bureau, "名单", attribute=DisclosureAttribute.ON_REQUEST, withhold_reason="涉及个人"
    )
    assert not repealed.is_in_force
    assert closed.pk


@pytest.mark.parametrize("attribute", [DisclosureAttribute.ON_REQUEST, DisclosureAttribute.WITHHELD])
def test_what_is_not_for_disclosure_is_shown_nowhere(
    client: Client, county: County, attribute: DisclosureAttribute
) -> None:
    document = county.document(county.bureau, "不公开的名单", attribute=attribute, withhold_reason="涉及个人")
    assert document.live
    assert client.get(document.url).status_code == 404
    for address in ("/", f"/{county.bureau.slug}/", f"/{county.bureau.slug}/neirong/"):
        assert "不公开的名单" not in client.get(address).content.decode()


def _form(**fields: str) -> dict[str, str]:
    return {
        "title": "学区划分办法",
        "slug": "xuequ",
        "article20_item": "1",
        "made_on": "2025-03-03",
        "published_on": "2025-03-10",
        "attribute": "proactive",
        "effectiveness": "not_applicable",
        "scope": "面向社会",
        "term": "lasting",
        **nested_form_data({"body": streamfield([("text", rich_text("<p>学区正文</p>"))])}),
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }


def test_a_clerk_drafts_a_document_and_sees_it_before_it_is_saved(
    client_of: Callable[..., Client], county: County
) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    column = county.column(county.bureau, ColumnKind.CONTENT)
    address = f"/admin/pages/add/publishing/documentpage/{column.pk}/"
    assert clerk.post(f"{address}preview/", _form()).json()["is_valid"]
    preview = clerk.get(f"{address}preview/").content.decode()
    assert "学区划分办法" in preview
    assert "学区正文" in preview
    assert not DocumentPage.objects.filter(slug="xuequ").exists()
    clerk.post(address, _form())
    document = DocumentPage.objects.get(slug="xuequ")
    assert not document.live
    assert document.agency == county.bureau
    assert document.index_number == "cexi-jiaoyuju/2025-00001"


def test_the_clerk_cannot_publish(client_of: Callable[..., Client], county: County) -> None:
    document = county.document(county.bureau, "草稿", live=False)
    clerk = client_of(Role.CLERK, county.bureau)
    clerk.post(f"/admin/pages/{document.pk}/edit/", _form(slug=document.slug, **{"action-publish": "1"}))
    document.refresh_from_db()
    assert not document.live


def test_the_approver_cannot_publish_what_is_withheld_or_unreviewed(
    client_of: Callable[..., Client], county: County
) -> None:
    document = county.document(
        county.bureau, "名单", attribute=DisclosureAttribute.WITHHELD, withhold_reason="涉及个人", live=False
    )
    form = _form(slug=document.slug, withhold_reason="涉及个人")
    approver = client_of(Role.APPROVER, county.bureau)
    address = f"/admin/pages/{document.pk}/edit/"
    approver.post(address, {**form, "attribute": "withheld", "action-publish": "1"})
    document.refresh_from_db()
    assert not document.live
    approver.post(address, {**form, "action-publish": "1"})
    document.refresh_from_db()
    assert not document.live  # nobody reviewed it


def test_an_attachment_is_offered_and_downloaded(
    client: Client, county: County, settings: pytest.FixtureRequest, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = county.document(county.bureau, "办法")
    file = Document(title="办法全文")
    file.file.save("banfa.txt", ContentFile("全文".encode()))
    DocumentAttachment.objects.create(page=document, document=file)
    page = client.get(document.url).content.decode()
    assert "附件下载" in page
    assert file.url in page
    download = client.get(file.url)
    assert download.status_code == 200
    assert b"".join(download.streaming_content).decode() == "全文"


def test_the_text_for_search_has_no_markup() -> None:
    assert one_line("概述", "<h2>一</h2><p>随迁<b>子女</b></p>") == "概述 一 随迁子女"

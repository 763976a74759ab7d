"""The back office speaks Chinese: no English, and no None, on the pages that a clerk walks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from county import County
from django.core.files.base import ContentFile
from django.test import Client
from lxml import html
from wagtail.documents.models import Document

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import ColumnKind
from gongkai.web.publishing.models import DocumentPage

WORD = re.compile(r"[A-Za-z]{2,}")
# Names of formats, keys and programs that stay as they are in a Chinese sentence.
NAMES = re.compile(
    "AVIF|CSV|DOCX?|EMS|Esc|GIF|JPE?G|JavaScript|MB|KB|MP|PDF|PNG|URL|WEBP|WebM|XLSX|Word"
    r"|Alt|Ctrl|Shift|person"
)
SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-w-tooltip-content-value")
UNSEEN = frozenset(["script", "style", "template", "svg", "symbol", "noscript"])


@pytest.fixture
def draft(county: County) -> DocumentPage:
    """A document with two versions."""
    page = county.document(county.bureau, "供水办法", live=False)
    page.save_revision()
    page.title = page.draft_title = "供水管理办法"
    page.save_revision()
    return page


def _words(text: str) -> Iterator[str]:
    """Yield what a page says or has said aloud, text by text."""
    for element in html.document_fromstring(text).iter():
        above = {element.tag, *(one.tag for one in element.iterancestors())}
        if not isinstance(element.tag, str) or above & UNSEEN or _is_time_zone(element):
            continue
        yield element.text or ""
        yield from (child.tail or "" for child in element)
        yield from (element.get(name, "") for name in SPOKEN)
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            yield element.get("value", "")


def _is_time_zone(element: html.HtmlElement) -> bool:
    return any((one.get("name") or "").endswith("time_zone") for one in element.iterancestors("select"))


def _english(text: str) -> set[str]:
    return {
        said.strip()
        for said in _words(text)
        for word in WORD.findall(said)
        if not NAMES.fullmatch(word) and not said.lstrip().startswith("<")
    }


ADDRESSES = (
    "/admin/",
    "/admin/pages/",
    "/admin/pages/{column}/",
    "/admin/pages/{column}/add_subpage/",
    "/admin/pages/add/publishing/documentpage/{column}/",
    "/admin/pages/add/publishing/interpretationpage/{explained}/",
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/history/",
    "/admin/pages/{page}/revisions/compare/earliest...latest/",
    "/admin/pages/{page}/workflow_history/",
    "/admin/pages/{page}/copy/",
    "/admin/pages/{page}/move/",
    "/admin/pages/{page}/delete/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/documents/edit/{file}/",
    "/admin/account/",
    "/admin/reports/site-history/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_clerk_reads_chinese_only(
    client_of: Callable[..., Client], county: County, draft: DocumentPage, address: str
) -> None:
    clerk = client_of(Role.CLERK, county.bureau)
    file = Document(title="附件", uploaded_by_user=User.objects.get(pk=clerk.session["_auth_user_id"]))
    file.file.save("fujian.pdf", ContentFile(b"%PDF"))
    response = clerk.get(
        address.format(
            page=draft.pk,
            column=county.column(county.bureau, ColumnKind.CONTENT).pk,
            explained=county.column(county.bureau, ColumnKind.INTERPRETATIONS).pk,
            file=file.pk,
        ),
        follow=True,
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert {said for said in _english(text) if draft.slug not in said and "fujian" not in said} == set()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        "/admin/images/",
        "/admin/images/add/",
        "/admin/images/multiple/add/",
        "/admin/collections/",
        "/admin/reports/page-types-usage/",
        "/admin/reports/aging-pages/",
    ],
)
def test_who_runs_the_portal_reads_chinese_only(
    client: Client, superuser: User, county: County, draft: DocumentPage, address: str
) -> None:
    assert county.portal.live and draft.pk
    client.force_login(superuser)
    response = client.get(address)
    assert response.status_code == 200
    own = re.compile(r"installer|^publishing\.\w+$|@")
    assert {said for said in _english(response.content.decode()) if not own.search(said)} == set()

"""What a careless or hostile person may try at the site as a whole."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from county import County
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from filing import NOW, file_of
from wagtail.documents.models import Document

from gongkai.web import server
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.services.reports import registering
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute
from gongkai.web.publishing.models import DocumentAttachment, DocumentPage

LogIn = Callable[..., Client]


@pytest.fixture
def outsider() -> Client:
    """A browser whose server errors are pages, as on a real site."""
    return Client(raise_request_exception=False)


@pytest.fixture
def administrator(client_of: LogIn) -> Client:
    """The system administrator's browser."""
    client = client_of(Role.ADMINISTRATOR)
    client.raise_request_exception = False
    return client


def saved_file(by: User | None = None) -> Document:
    document = Document(title="附件", uploaded_by_user=by)
    document.file.save("fujian.txt", ContentFile("附件内容".encode()), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def attached(page: DocumentPage, by: User | None = None) -> Document:
    document = saved_file(by)
    DocumentAttachment.objects.create(page=page, document=document)
    return document


def test_a_file_of_a_disclosed_document_is_public(client: Client, county: County) -> None:
    assert client.get(attached(county.document(county.bureau, "已公开")).url).status_code == 200


def test_a_file_that_belongs_to_no_page_is_not_public(client: Client) -> None:
    assert client.get(saved_file().url).status_code == 404


def test_a_file_of_a_draft_is_not_public(client: Client, county: County) -> None:
    assert client.get(attached(county.document(county.bureau, "草稿", live=False)).url).status_code == 404


def test_a_file_of_a_withheld_document_is_not_public(client: Client, county: County) -> None:
    page = county.document(
        county.bureau, "不公开", attribute=DisclosureAttribute.ON_REQUEST, withhold_reason="涉及第三方"
    )
    assert client.get(attached(page).url).status_code == 404


def test_a_file_linked_from_the_text_of_a_live_column_is_public(client: Client, county: County) -> None:
    document = saved_file()
    column = county.column(county.bureau, ColumnKind.GUIDE)
    column.body = f'<p><a linktype="document" id="{document.pk}">指南附件</a></p>'
    column.save()
    assert client.get(document.url).status_code == 200
    column.unpublish()
    assert client.get(document.url).status_code == 404


def test_only_the_bodys_own_staff_reach_a_file_before_its_page_is_public(
    county: County, client_of: LogIn
) -> None:
    clerk = county.person(Role.CLERK, county.bureau)
    document = attached(county.document(county.bureau, "草稿", live=False), clerk)
    chooser = reverse("wagtaildocs_chooser:choose")
    own = [client_of(role, county.bureau) for role in (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER)]
    own += [client_of(Role.SUPERVISOR, county.office), client_of(Role.ADMINISTRATOR, county.office)]
    assert [client.get(document.url).status_code for client in own] == [200] * 5
    assert document.title in own[0].get(chooser).json()["html"]
    other = client_of(Role.CLERK, county.township)
    assert other.get(document.url).status_code == 404
    assert document.title not in other.get(chooser).json()["html"]


@pytest.mark.parametrize("address", ["/sousuo/?q=%00", "/nianbao/?jiguan=%00", "/a%00b/", "/nianbao/a%00/"])
def test_an_address_with_a_null_character_is_refused(outsider: Client, db: None, address: str) -> None:  # noqa: ARG001
    assert outsider.get(address).status_code == 400


def test_a_body_too_large_for_any_form_is_refused_unread(outsider: Client, db: None) -> None:  # noqa: ARG001
    answer = outsider.generic("POST", "/admin/login/", b"", CONTENT_LENGTH=str(33 * 1024 * 1024))
    assert answer.status_code == 413
    assert "32 MB" in answer.content.decode()


def test_an_expired_form_is_refused_in_plain_chinese(db: None) -> None:  # noqa: ARG001
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_login_page_asks_for_the_user_name_without_a_stray_space(client: Client, county: County) -> None:  # noqa: ARG001
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert 'placeholder="输入用户名"' in page


def test_a_body_with_history_is_not_deleted_and_the_page_says_so(
    administrator: Client, county: County
) -> None:
    address = reverse("agencies:delete", args=[county.bureau.pk])
    answer = administrator.post(address, follow=True)
    assert answer.status_code == 200
    assert Agency.objects.filter(pk=county.bureau.pk).exists()


def test_a_role_administrator_cannot_switch_a_superuser_off(administrator: Client, superuser: User) -> None:
    address = reverse("wagtail_bulk_action", args=["agencies", "user", "set_active_state"])
    administrator.post(f"{address}?id={superuser.pk}", {"mark_as_active": "False"})
    superuser.refresh_from_db()
    assert superuser.is_active


def test_a_demonstration_never_takes_the_place_of_a_real_database(tmp_path: Path) -> None:
    database = tmp_path / "gongkai.sqlite3"
    database.write_bytes(b"a county's only copy")
    assert server.demo(["--port", "0", "--data-dir", str(tmp_path)]) == 2
    assert database.read_bytes() == b"a county's only copy"


def test_a_demonstration_cut_short_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def cut_short() -> None:
        raise KeyboardInterrupt

    template = tmp_path / "template"
    template.write_bytes(b"empty")
    monkeypatch.setattr(server.template_database, "ensure", lambda _: template)
    monkeypatch.setattr(server.template_database, "fingerprint", lambda: "now")
    data = tmp_path / "data"
    data.mkdir()
    for filler, is_done in ((cut_short, False), (lambda: None, True)):
        monkeypatch.setattr(server, "_fill", filler)
        with contextlib.suppress(KeyboardInterrupt):
            server._prepare(data / "gongkai.sqlite3", tmp_path)
        assert server._is_ours(data)
        assert server._ready(data).exists() is is_done


def test_a_demonstrations_data_are_not_served_as_a_real_site(tmp_path: Path) -> None:
    server._ready(tmp_path).write_text("hash")
    environment = {**os.environ, "GONGKAI_DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "serve", "--port", "0"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "演示数据" in done.stderr


def test_a_person_with_history_is_not_deleted_and_the_page_says_so(superuser: User, county: County) -> None:
    person = county.person(Role.SUPERVISOR, county.office)
    file = file_of(county.bureau)
    registering.stage_upload(data=file.data, name=file.name, by=person, now=NOW)
    client = Client(raise_request_exception=False)
    client.force_login(superuser)
    answer = client.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    assert answer.status_code == 409 and "停用" in answer.content.decode()
    assert User.objects.filter(pk=person.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["agencies", "user", "delete"])
    answer = client.post(f"{bulk}?id={person.pk}", follow=True)
    assert answer.status_code == 409 and "停用" in answer.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_a_body_with_reports_is_not_deleted_by_its_superuser(superuser: User, county: County) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(superuser)
    answer = client.post(reverse("agencies:delete", args=[county.bureau.pk]), follow=True)
    assert answer.status_code == 409 and "停用" in answer.content.decode()
    assert Agency.objects.filter(pk=county.bureau.pk).exists()


def test_the_desk_is_never_kept_by_a_cache(client_of: LogIn, county: County) -> None:  # noqa: ARG001
    answer = client_of(Role.SUPERVISOR).get(reverse("annual_reports:list"))
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]

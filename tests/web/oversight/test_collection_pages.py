"""The pages of a collection: who sees what, the whole way through, and nothing changed by reading."""

from __future__ import annotations

import io

import pytest
from county import County
from django.test import Client
from django.urls import reverse
from filing import FAULTY, file_of
from january import YEAR, member_of

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import Collection, Filing
from gongkai.web.oversight.services.filing import access


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_member_sees_only_its_own_row(collection: Collection, county: County, clerk: User) -> None:
    own, other = member_of(collection, county.bureau), member_of(collection, county.township)
    client = desk(clerk)
    answer = client.get(reverse("annual_reports:collection", args=[collection.pk]))
    assert answer.url == reverse("annual_reports:member", args=[own.pk])
    assert client.get(answer.url).status_code == 200
    assert client.get(reverse("annual_reports:member", args=[other.pk])).status_code == 404


@pytest.mark.parametrize(
    "name", ["amend_collection", "close_collection", "upload_batch", "sum", "collection_export"]
)
def test_a_member_is_refused_and_a_stranger_finds_nothing(
    collection: Collection, county: County, clerk: User, name: str
) -> None:
    page = reverse(f"annual_reports:{name}", args=[collection.pk])
    stranger = county.person(Role.SUPERVISOR, county.stranger)
    assert desk(clerk).get(page).status_code in (302, 403)  # Wagtail takes who is refused home
    assert "collection" not in (desk(clerk).get(page).context or {})
    assert desk(stranger).get(page).status_code == 404
    assert not access.visible_collections(stranger).exists()


def test_the_whole_way_through_the_pages(county: County, supervisor: User, clerk: User) -> None:
    boss, office = desk(supervisor), desk(clerk)
    page = boss.get(reverse("annual_reports:open_collection"))
    assert page.status_code == 200
    given = {"year": YEAR, "due_on": "2025-01-31", "note": "请附电子版。", "members": [county.bureau.pk]}
    answer = boss.post(reverse("annual_reports:open_collection"), given)
    made = Collection.objects.get()
    assert answer.url == reverse("annual_reports:collection", args=[made.pk])
    member = made.members.get()
    file = file_of(county.bureau, faults=FAULTY)
    own = reverse("annual_reports:member", args=[member.pk])
    sent = io.BytesIO(file.data)
    sent.name = file.name
    assert office.post(reverse("annual_reports:file_upload", args=[member.pk]), {"file": sent}).url == own
    filing = Filing.objects.get()
    assert "有问题" in boss.get(answer.url).content.decode()
    accept = reverse("annual_reports:accept_filing", args=[filing.pk])
    assert "仍然接收" in boss.post(accept, {"seen": "filed"}).content.decode()
    back = {"reason": "请改。", "due_on": "2099-01-01", "seen": "filed"}
    assert boss.post(reverse("annual_reports:return_filing", args=[filing.pk]), back).url == own
    seen = office.get(own).content.decode()
    assert "已退回，请于 2099-01-01 前修改" in seen and "请改。" in seen
    letter = office.get(reverse("annual_reports:filing_letter", args=[filing.pk, "docx"]))
    assert b"".join(letter.streaming_content)[:2] == b"PK"
    assert boss.get(reverse("annual_reports:collections")).status_code == 200
    assert office.get(reverse("annual_reports:collections")).status_code == 200


def test_reading_a_page_changes_nothing(faulty: Filing, supervisor: User) -> None:
    client = desk(supervisor)
    for name, pk in (
        ("urge", faulty.member.collection_id),
        ("accept_filing", faulty.pk),
        ("file_version", faulty.member_id),
    ):
        assert client.get(reverse(f"annual_reports:{name}", args=[pk])).status_code == 405
    assert Filing.objects.get().state == "filed"

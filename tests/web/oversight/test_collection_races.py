"""Acts on a collection that cross each other: two windows, a member and its superior, a job and a person."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from filing import file_of, send
from january import DUE, FILED, YEAR, dropped, filed, member_of, worked_off
from test_batches import packed

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.choices import BatchState
from gongkai.web.oversight.models import AnnualReport, BatchFile, Collection, Filing
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import (
    batches,
    deciding,
    handing_in,
    letters,
    matching,
    opening,
    summing,
)

LATER = FILED + timedelta(days=1)


def two(county: County) -> dict[str, bytes]:
    """The office's report and the bureau's."""
    return {f"{body.slug}.html": file_of(body).data for body in (county.office, county.bureau)}


def in_between(name: str, act: object) -> object:
    """Let something happen when the job comes to hand in its first file."""
    real, done = getattr(matching, name), []

    def crossed(*given: object, **more: object) -> object:
        if not done:
            done.append(1)
            act()
        return real(*given, **more)

    return patch.object(matching, name, crossed)


def test_an_error_after_registering_is_one_files_alone_too(
    collection: Collection, county: County, supervisor: User
) -> None:
    real = matching.audit_report

    def breaks(**given: object) -> object:
        if given["report"].agency == county.office:
            raise RuntimeError("bug")
        return real(**given)

    with patch.object(matching, "audit_report", breaks):
        batch = worked_off(dropped(collection, two(county), supervisor))
    assert batch.finished_at is not None
    assert sorted(batch.files.values_list("state", flat=True)) == ["filed", "refused"]


def test_nothing_of_a_batch_is_registered_once_the_collection_is_closed(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = dropped(collection, two(county), supervisor)
    opening.close_collection(collection=collection, by=supervisor, now=FILED, despite=True)
    worked_off(batch)
    assert not AnnualReport.objects.exists()
    assert all("已经结束" in why for why in batch.files.values_list("why", flat=True))


def test_what_a_member_files_while_a_batch_is_worked_on_is_not_overtaken(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = dropped(collection, two(county), supervisor)
    own = {"agency": county.bureau, "by": supervisor}
    with in_between("hand_in", lambda: filed(collection, **own, faults=("column_sum",))):
        worked_off(batch)
    row = batch.files.get(agency=county.bureau)
    assert row.state == BatchState.UNMATCHED and "已报送过（待核）" in row.why
    assert member_of(collection, county.bureau).latest.report.version == 1


def test_a_version_returned_before_is_not_filed_again_from_a_batch(
    collection: Collection, county: County, supervisor: User
) -> None:
    for faults in ((), ("column_sum",)):
        filing = filed(collection, county.bureau, supervisor, faults=faults)
        deciding.return_filing(filing=filing, reason="有误", due_on=DUE, by=supervisor, now=FILED)
    batch = worked_off(dropped(collection, {"旧.html": file_of(county.bureau).data}, supervisor))
    row = batch.files.get()
    assert row.state == BatchState.REFUSED and "与已报送的第 1 版是同一份文件" in row.why


def test_a_file_of_a_member_taken_out_meanwhile_is_not_registered(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = dropped(collection, two(county), supervisor)

    def leave() -> None:
        left = [county.office, county.township]
        opening.amend_collection(collection=collection, due_on=DUE, members=left, by=supervisor, now=FILED)

    with in_between("hand_in", leave):
        worked_off(batch)
    assert not AnnualReport.objects.filter(agency=county.bureau).exists()
    assert "不在应报单位里" in batch.files.exclude(state="filed").get().why


@pytest.fixture
def doubtful(collection: Collection, county: County, supervisor: User) -> BatchFile:
    file = file_of(county.bureau, YEAR - 1)
    return worked_off(dropped(collection, {file.name: file.data}, supervisor)).files.get()


def test_a_file_dropped_in_another_window_is_not_registered(
    doubtful: BatchFile, county: County, supervisor: User
) -> None:
    def drop() -> None:
        matching.drop(row=doubtful, by=supervisor, now=FILED)

    with in_between("hand_in", drop), pytest.raises(Refused, match="刚刚有人办理过"):
        matching.claim(row=doubtful, agency=county.bureau, by=supervisor, now=FILED, despite=True)
    assert not AnnualReport.objects.exists()


def test_what_an_archive_holds_beyond_the_limit_is_said(collection: Collection, supervisor: User) -> None:
    archive = packed({f"{number}.txt": b"x" for number in range(5)})
    with patch.object(batches, "MOST_UNPACKED", 3):
        batch = worked_off(dropped(collection, {"全县.zip": archive}, supervisor))
    assert any("2 个文件没有处理" in why for why in batch.files.values_list("why", flat=True))


def test_the_letter_keeps_its_day_when_the_filing_is_accepted_after_all(
    collection: Collection, county: County, supervisor: User
) -> None:
    filing = filed(collection, county.bureau, supervisor)
    returned = deciding.return_filing(filing=filing, reason="有误", due_on=DUE, by=supervisor, now=LATER)
    before = letters.letter_as_sent(returned)
    after = LATER + timedelta(days=3)
    done = deciding.accept_filing(filing=returned, by=supervisor, now=after, despite_errors=True)
    assert letters.letter_as_sent(done) == before


def test_a_file_of_a_body_within_the_member_asks_first(
    collection: Collection, county: County, supervisor: User
) -> None:
    said = f"{county.bureau.name}招生考试中心"
    file = file_of(county.bureau)
    data = file.data.replace(county.bureau.name.encode(), said.encode())
    with pytest.raises(NeedsConfirmation, match="招生考试中心"):
        handing_in.file_upload(
            member=member_of(collection, county.bureau), data=data, name="x.html", by=supervisor, now=FILED
        )


def test_a_sum_settled_over_what_somebody_else_changed_asks_again(
    collection: Collection, county: County, supervisor: User
) -> None:
    first, second = (filed(collection, each, supervisor) for each in (county.office, county.bureau))
    for each in (first, second):
        deciding.accept_filing(filing=each, by=supervisor, now=LATER, despite_errors=True)
    client = Client()
    client.force_login(supervisor)
    page = reverse("annual_reports:sum", args=[collection.pk])
    asked = client.post(page).content.decode()
    assert "还有 1 家没有计入" in asked
    seen = summing.standing_of(summing.sum_of(collection))
    assert seen in asked
    deciding.return_filing(filing=second, reason="有误", due_on=DUE, by=supervisor, now=LATER)
    again = client.post(page, {"despite": "on", "seen": seen}, follow=True).content.decode()
    assert "还有 2 家没有计入" in again and "刚刚有变化" in again
    collection.refresh_from_db()
    assert collection.settled is None


@pytest.mark.parametrize("given", ["abc", "-1", "9" * 40, "²"])
def test_a_made_up_version_is_not_found(
    collection: Collection, county: County, supervisor: User, given: str
) -> None:
    send(county.bureau, supervisor)
    client = Client()
    client.force_login(county.person(Role.CLERK, county.bureau))
    member = member_of(collection, county.bureau)
    answer = client.post(reverse("annual_reports:file_version", args=[member.pk]), {"report": given})
    assert answer.status_code == 404 and not Filing.objects.exists()


def test_one_file_too_many_is_refused_in_words_by_the_page_too(
    collection: Collection, supervisor: User
) -> None:
    client = Client()
    client.force_login(supervisor)
    sent = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(301)]
    page = client.post(reverse("annual_reports:upload_batch", args=[collection.pk]), {"file": sent})
    assert page.status_code == 422 and "一次最多 300 个文件" in page.content.decode()

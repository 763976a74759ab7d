"""Files by the dozen: sixty in five formats through the queue, bad ones among them, a worker that dies."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from apart import own_database
from county import County, load_county
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from filing import file_of, send
from january import FILED, YEAR, bodies, dropped, filed, member_of, opened, worked_off

from gongkai.samples.collection import Collection as Sample
from gongkai.samples.collection import Fault, make_collection
from gongkai.web.agencies.models import Agency, Notification, User
from gongkai.web.agencies.roles import Role
from gongkai.web.agencies.services import jobs
from gongkai.web.oversight.models import AnnualReport, Batch, BatchFile, Collection, Filing, StagedUpload
from gongkai.web.oversight.services.acting import NeedsConfirmation, Refused
from gongkai.web.oversight.services.filing import batches, deciding, matching, summing
from gongkai.web.oversight.services.reports import listing

# A process that ended: its number belongs to another by now.
GONE = f"{jobs.name_of(os.getpid())}0"
BAD = {"空.docx": b"", "乱.pdf": b"%PDF-1.4 nothing", "说明.txt": "请查收。".encode()}


def good(county: County) -> dict[str, bytes]:
    """Two members' reports."""
    files = {
        body.short_name: file_of(body, layout="docx_merged") for body in (county.bureau, county.township)
    }
    return {f"{name}.docx": file.data for name, file in files.items()}


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.files.values_list("name", "state"))


def whys(batch: Batch) -> dict[str, str]:
    return dict(batch.files.values_list("name", "why"))


def test_the_files_are_kept_and_queued_before_any_is_read(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = dropped(collection, good(county), supervisor)
    assert set(states(batch).values()) == {"waiting"} and DBTaskResult.objects.ready().count() == 1
    assert batches.progress_of(batch).percent == 0 and not AnnualReport.objects.exists()


def test_bad_files_do_not_stop_the_rest(collection: Collection, county: County, supervisor: User) -> None:
    batch = worked_off(dropped(collection, {**BAD, **good(county)}, supervisor))
    found = batches.progress_of(batch)
    assert (found.filed, found.refused, found.percent, found.is_done) == (2, 3, 100, True)
    assert {name for name, state in states(batch).items() if state == "refused"} == set(BAD)
    assert all(why for name, why in whys(batch).items() if name in BAD)
    assert {each.member.agency for each in Filing.objects.all()} == {county.bureau, county.township}
    assert not StagedUpload.objects.exists()
    assert Notification.objects.get(recipient=supervisor).title.startswith("5 个文件处理完毕：报送 2 份")


def test_an_error_of_ours_is_one_files_alone(
    collection: Collection, county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = batches.stage_upload

    def breaks(**given: object) -> StagedUpload:
        if given["name"] == "县教育局.docx":
            raise RuntimeError("bug")
        return read(**given)

    monkeypatch.setattr(batches, "stage_upload", breaks)
    batch = worked_off(dropped(collection, good(county), supervisor))
    assert states(batch) == {"县教育局.docx": "refused", "石桥镇.docx": "filed"}
    assert whys(batch)["县教育局.docx"] == batches.BROKE


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_the_files_of_an_archive_stand_for_themselves(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = worked_off(dropped(collection, {"全县.zip": packed({**good(county), **BAD})}, supervisor))
    assert states(batch) == {
        "县教育局.docx": "filed",
        "石桥镇.docx": "filed",
        "空.docx": "refused",
        "乱.pdf": "refused",
        "说明.txt": "refused",
    }


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_sixty_files_in_five_formats_and_the_three_that_are_wrong(
    county: County, supervisor: User, seed: int
) -> None:
    """The planted faults are the ones flagged, and the sum of the rest is the generator's."""
    sample = make_collection(seed)
    collection = opened_for(sample, county, supervisor)
    batch = worked_off(dropped(collection, {each.name: each.data for each in sample.files}, supervisor))
    flagged = {row.name for row in batch.files.exclude(state="filed")}
    flagged |= {row.name for row in batch.files.filter(state="filed").exclude(why="")}
    assert not batch.files.filter(state="filed", why="", report__errors_open__gt=0).exists()
    assert flagged == {name for fault in sample.faults for name in fault.files}
    for filing in Filing.objects.all():
        deciding.accept_filing(filing=filing, by=supervisor, now=FILED, despite_errors=True)
    made = summing.sum_of(collection)
    sums = {cell: made.report.number(cell) for cell in sample.sums}
    assert sums == dict(sample.sums)
    wanting = {cell for cell, found in made.summed.cells.items() if found.unadded}
    assert wanting == set(sample.wanting)
    unfiled = {fault.agency for fault in sample.faults if fault.fault in (Fault.TWICE, Fault.LAST_YEAR)}
    assert set(made.summed.missing) == unfiled


def opened_for(sample: Sample, county: County, by: User) -> Collection:
    """Open a collection of the sample's bodies and year, the county taking its name."""
    Agency.objects.filter(pk=county.government.pk).update(name=sample.agency)
    members = bodies(county.government, county.office, sample.expected)
    county.government.refresh_from_db()
    return opened(county, by, members, year=sample.year)


@pytest.fixture
def doubtful(collection: Collection, county: County, supervisor: User) -> BatchFile:
    """Last year's report of the bureau, left to a person."""
    file = file_of(county.bureau, YEAR - 1)
    batch = worked_off(dropped(collection, {file.name: file.data}, supervisor))
    return batch.files.get()


def claim(row: BatchFile, agency: Agency, by: User, **more: object) -> None:
    matching.claim(row=row, agency=agency, by=by, now=FILED, **more)


def test_what_is_unsure_waits_with_a_proposal(doubtful: BatchFile, county: County) -> None:
    assert (doubtful.state, doubtful.agency) == ("unmatched", county.bureau)
    assert doubtful.why == "文件中写的年度是 2023 年，这里收的是 2024 年的"


def test_a_person_decides_whose_it_is(doubtful: BatchFile, county: County, supervisor: User) -> None:
    with pytest.raises(NeedsConfirmation, match="2023 年"):
        claim(doubtful, county.bureau, supervisor)
    claim(doubtful, county.bureau, supervisor, despite=True)
    doubtful.refresh_from_db()
    assert doubtful.state == "filed" and Filing.objects.get().report == doubtful.report
    with pytest.raises(Refused, match="刚刚有人办理过"):
        claim(doubtful, county.bureau, supervisor, despite=True)


def test_a_reading_dropped_after_its_time_is_made_anew(
    doubtful: BatchFile, county: County, supervisor: User
) -> None:
    StagedUpload.objects.all().delete()
    doubtful.refresh_from_db()
    claim(doubtful, county.bureau, supervisor, despite=True)
    assert Filing.objects.count() == 1


def test_a_file_nobody_claims_is_dropped(doubtful: BatchFile, supervisor: User, county: County) -> None:
    with pytest.raises(PermissionDenied):
        matching.drop(row=doubtful, by=county.person(Role.CLERK, county.office), now=FILED)
    matching.drop(row=doubtful, by=supervisor, now=FILED)
    doubtful.refresh_from_db()
    assert doubtful.state == "refused" and "放弃" in doubtful.why and not StagedUpload.objects.exists()


def test_a_body_that_does_not_report_here_cannot_be_chosen(
    doubtful: BatchFile, supervisor: User, county: County
) -> None:
    with pytest.raises(Refused, match="不在应报单位里"):
        claim(doubtful, county.stranger, supervisor, despite=True)


@pytest.mark.usefixtures("doubtful")
def test_a_batchs_files_do_not_mix_with_those_waiting_to_be_registered(supervisor: User) -> None:
    assert StagedUpload.objects.count() == 1 and not listing.staged_by(supervisor).exists()


def test_two_files_of_one_body_are_left_to_a_person_and_a_copy_counts_once(
    collection: Collection, county: County, supervisor: User
) -> None:
    one, other = file_of(county.bureau), file_of(county.bureau, faults=("column_sum",))
    files = {"1.html": one.data, "2.html": other.data, "1（副本）.html": one.data}
    batch = worked_off(dropped(collection, files, supervisor))
    assert states(batch) == {"1.html": "unmatched", "2.html": "unmatched", "1（副本）.html": "refused"}
    assert "另有 1 份不同的文件" in whys(batch)["1.html"] and "完全相同" in whys(batch)["1（副本）.html"]


def test_the_governments_own_report_is_kept_to_compare_with(
    collection: Collection, county: County, supervisor: User
) -> None:
    file = file_of(county.government)
    row = worked_off(dropped(collection, {file.name: file.data}, supervisor)).files.get()
    assert row.state == "unmatched" and "汇总机关自己的报告" in row.why
    claim(row, county.government, supervisor)
    assert summing.own_report(collection).agency == county.government and not Filing.objects.exists()


def test_what_was_registered_before_is_filed_as_it_is(
    collection: Collection, county: County, supervisor: User
) -> None:
    file = file_of(county.bureau)
    report = send(county.bureau, supervisor)
    batch = worked_off(dropped(collection, {file.name: file.data}, supervisor))
    assert Filing.objects.get().report == report == batch.files.get().report
    again = worked_off(dropped(collection, {file.name: file.data}, supervisor))
    assert "与已报送的第 1 版是同一份文件" in again.files.get().why


def test_a_correction_of_what_was_returned_is_filed_and_any_other_second_file_asked_about(
    collection: Collection, county: County, supervisor: User
) -> None:
    first = filed(collection, county.bureau, supervisor, faults=("column_sum",))
    better = {"改.html": file_of(county.bureau).data}
    asked = worked_off(dropped(collection, better, supervisor)).files.get()
    assert asked.state == "unmatched" and "已报送过（待核）" in asked.why
    deciding.return_filing(
        filing=first, reason="合计有误", due_on=FILED.date() + timedelta(days=9), by=supervisor, now=FILED
    )
    assert worked_off(dropped(collection, better, supervisor)).files.get().state == "filed"
    assert member_of(collection, county.bureau).latest.report.version == 2


def test_a_file_over_which_workers_die_is_given_up(
    collection: Collection, county: County, supervisor: User
) -> None:
    batch = dropped(collection, good(county), supervisor)
    batch.files.filter(name="县教育局.docx").update(tries=batches.MOST_TRIES)
    assert states(worked_off(batch)) == {"县教育局.docx": "refused", "石桥镇.docx": "filed"}
    assert "中断了" in whys(batch)["县教育局.docx"]


@pytest.mark.parametrize("at", ["_read", "hand_in", "audit_report", "file_report"])
def test_a_batch_whose_worker_dies_at_any_step_is_taken_up_and_nothing_done_twice(
    collection: Collection, county: County, supervisor: User, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    class Died(BaseException):
        """Not to be caught, as a killed process catches nothing."""

    def die(*_: object, **__: object) -> None:
        raise Died

    batch = dropped(collection, good(county), supervisor)
    with monkeypatch.context() as patched:
        patched.setattr(batches if at == "_read" else matching, at, die)
        with pytest.raises(Died):
            batches.work_through(batch)
    assert worked_off(batch).finished_at is not None
    assert set(states(batch).values()) == {"filed"}
    assert AnnualReport.objects.count() == Filing.objects.count() == 2
    assert all(report.audits.count() == 1 for report in AnnualReport.objects.all())


def test_a_job_whose_worker_is_gone_is_put_back(
    collection: Collection, county: County, supervisor: User
) -> None:
    dropped(collection, good(county), supervisor)
    row = DBTaskResult.objects.get()
    row.claim(GONE)
    assert jobs.take_up_left(now=timezone.now()) == 1
    row.refresh_from_db()
    row.claim(jobs.name_of(os.getpid()))
    assert jobs.take_up_left(now=timezone.now()) == 0  # this one is alive
    DBTaskResult.objects.update(worker_ids=["elsewhere:1:1"])
    assert jobs.take_up_left(now=timezone.now()) == 0  # who can say
    assert jobs.take_up_left(now=timezone.now() + timedelta(days=1)) == 1
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[GONE] * jobs.MOST_BEGINNINGS)
    assert jobs.take_up_left(now=timezone.now()) == 0
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_queue_nobody_works_on_is_noticed(collection: Collection, county: County, supervisor: User) -> None:
    batch = dropped(collection, good(county), supervisor)
    now = timezone.now()
    assert not jobs.is_stalled(now=now) and jobs.is_stalled(now=now + timedelta(minutes=2))
    client = Client()
    client.force_login(supervisor)
    DBTaskResult.objects.update(enqueued_at=now - timedelta(minutes=2))
    assert (
        "后台任务程序似乎没有运行"
        in client.get(reverse("annual_reports:batch", args=[batch.pk])).content.decode()
    )


@pytest.mark.parametrize(("count", "size"), [(301, 1), (2, 16 * 2**20)])
def test_too_many_or_too_large_files_are_refused_in_words(
    collection: Collection, supervisor: User, count: int, size: int
) -> None:
    with pytest.raises(Refused, match="一次最多 300 个文件、合计 30 MB"):
        dropped(collection, {f"{number}.txt": b"0" * size for number in range(count)}, supervisor)


def test_who_does_not_run_the_collection_sends_no_batch(collection: Collection, county: County) -> None:
    for by in (county.person(Role.CLERK, county.office), county.person(Role.SUPERVISOR, county.bureau)):
        with pytest.raises(PermissionDenied):
            dropped(collection, BAD, by)


def test_the_pages_of_a_batch(collection: Collection, county: County, supervisor: User) -> None:
    client = Client()
    client.force_login(supervisor)
    upload = reverse("annual_reports:upload_batch", args=[collection.pk])
    assert client.post(upload, {"sent": "1"}).status_code == 422
    sent = []
    for name, data in {**good(county), "去年.html": file_of(county.office, YEAR - 1).data, **BAD}.items():
        sent.append(io.BytesIO(data))
        sent[-1].name = name
    page = client.post(upload, {"file": sent}).url
    batch = Batch.objects.get()
    before = client.get(page).content.decode()
    assert 'http-equiv="refresh"' in before and "共 6 个文件，已处理 0 个" in before
    progress = client.get(reverse("annual_reports:batch_progress", args=[batch.pk])).json()
    assert progress == {"percent": 0, "said": "共 6 个文件，已处理 0 个", "done": False}
    worked_off(batch)
    after = client.get(page).content.decode()
    assert "已报送 2 个，待认领 1 个，未能处理 3 个" in after and 'http-equiv="refresh"' not in after
    row = batch.files.get(state="unmatched")
    act = reverse("annual_reports:batch_file", args=[row.pk])
    asked = client.post(act, {"act": "claim", "agency": county.office.pk})
    assert asked.status_code == 422 and "确认仍按所选的机关" in asked.content.decode()
    client.post(act, {"act": "claim", "agency": county.office.pk, "despite": "on"})
    row.refresh_from_db()
    assert row.state == "filed"


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: object, tmp_path: Path) -> Iterator[County]:  # noqa: ARG001
    """The county in a database that a worker of its own can see."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield load_county()


def test_a_worker_takes_up_what_another_left_and_ends_with_its_parent(apart: County, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the worker is told of the database by its file")
    supervisor = apart.person(Role.SUPERVISOR, apart.office)
    batch = dropped(opened(apart, supervisor), good(apart), supervisor)
    DBTaskResult.objects.get().claim(GONE)
    surroundings = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    command = [sys.executable, "-m", "django", "run_jobs"]
    subprocess.run([*command, "--once"], env=surroundings, check=True, timeout=120)
    batch.refresh_from_db()
    assert batch.finished_at is not None and set(states(batch).values()) == {"filed"}
    orphan = subprocess.run([*command, "--parent", "1"], env=surroundings, check=False, timeout=60)
    assert orphan.returncode == 0

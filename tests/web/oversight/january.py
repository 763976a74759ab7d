"""A January for the tests of collections: the collection opened, its members' reports filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from unittest.mock import patch

from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.management.commands import db_worker
from filing import send

from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.services import jobs
from gongkai.web.oversight.models import Batch, Collection, Filing, Member
from gongkai.web.oversight.services.filing import batches, handing_in, opening

OPENED = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
DUE = date(2025, 1, 31)
FILED = datetime(2025, 1, 20, 2, 0, tzinfo=UTC)
YEAR = 2024


def opened(county: County, by: User, members: Iterable[Agency] = (), **more: object) -> Collection:
    """Open the county's collection of 2024: office, bureau and township are to report."""
    asked = {"agency": county.office, "government": county.government, "year": YEAR, "due_on": DUE}
    bodies = list(members) or [county.office, county.bureau, county.township]
    return opening.open_collection(members=bodies, by=by, now=OPENED, **(asked | more))


def member_of(collection: Collection, agency: Agency) -> Member:
    """Return the body's row in the collection."""
    return collection.members.select_related("agency", "collection__agency").get(agency=agency)


def filed(
    collection: Collection, agency: Agency, by: User, *, at: datetime = FILED, **report: object
) -> Filing:
    """Send the body's report in and file it."""
    made = send(agency, by, **report)
    return handing_in.file_report(member=member_of(collection, agency), report=made, by=by, now=at)


def dropped(collection: Collection, files: Mapping[str, bytes], by: User, now: datetime = FILED) -> Batch:
    """Send files in as a batch; they wait."""
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return batches.start_batch(collection=collection, files=sent, by=by, now=now)


def worked_off(batch: Batch) -> Batch:
    """Let the queue do its jobs, and return the batch as it is then."""
    # Within a test's transaction the worker must keep the connection it would else close as too old.
    with patch.object(db_worker, "close_old_connections"):
        jobs.work_off()
    batch.refresh_from_db()
    return batch


def bodies(government: Agency, office: Agency, names: Iterable[str]) -> list[Agency]:
    """Save bodies of these names below the government, in the office's care."""
    return [
        Agency.objects.create(
            name=name, short_name=name, slug=f"member-{number}", kind=Kind.DEPARTMENT, region_code="990121",
            parent=government, competent_authority=office, position=number,
        )
        for number, name in enumerate(names)
    ]  # fmt: skip

"""An approved draft made a version of the body's annual report, like one that came as a file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

import gongkai
from gongkai.report import codec
from gongkai.report.writing import write
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, Draft, StagedUpload
from gongkai.web.oversight.services.drafting.composing import title_of
from gongkai.web.oversight.services.drafting.scope import roles_of
from gongkai.web.oversight.services.reports import registering
from gongkai.web.oversight.services.reports.auditing import DRAFTED


def version_of(*, draft: Draft, by: User, now: datetime) -> AnnualReport:
    """Register what was sent up as the body's latest version, audited, its DOCX the original.

    Call it inside the transaction of the approval.

    Raises:
        PermissionDenied: the person is no approver of the body.
        Refused: the same report is the latest version already.
    """
    data = write(codec.load(draft.frozen), "docx")
    digest = hashlib.sha256(data).hexdigest()
    staged = StagedUpload(
        source_name=f"{title_of(draft)}.docx",
        source_sha256=digest,
        source_size=len(data),
        reading=draft.frozen,
        uploaded_by=by,
        uploaded_at=now,
    )
    staged.source_file.save(f"annual-reports/{digest}.docx", ContentFile(data), save=False)
    try:
        staged.save()
        return _registered(staged, draft, by, now)
    except BaseException:
        staged.source_file.storage.delete(staged.source_file.name)
        raise


def _registered(staged: StagedUpload, draft: Draft, by: User, now: datetime) -> AnnualReport:
    report = registering.upload_report(
        staged=staged,
        agency=draft.agency,
        year=draft.year,
        by=by,
        now=now,
        check=check_is_approver,
        reader=f"{DRAFTED} {gongkai.__version__}",
    )
    registering.audit_report(report=report, by=by, now=now, check=check_is_approver)
    report.refresh_from_db()
    return report


def check_is_approver(user: User, agency: Agency) -> None:
    """Raise PermissionDenied unless the person approves the body's report."""
    if Role.APPROVER.value not in roles_of(user, agency):
        raise PermissionDenied("本机关的审批人员才能审定年度报告。")

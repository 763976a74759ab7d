"""Whose letters, files and bundles these pages show: the office's that works on the case, nobody else's."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.web.inforequests.models import CaseFileItem, InfoRequest, Letter
from gongkai.web.inforequests.services.permissions import check_works_in, visible_cases
from gongkai.web.inforequests.services.refusing import Refused


def office_case(request: HttpRequest, pk: int) -> InfoRequest:
    """Return a case of the person's own body they work on; one they may not see is not found."""
    cases = visible_cases(request.user).select_related("agency", "applicant")
    return _worked_in(request, get_object_or_404(cases, pk=pk))


def office_letter(request: HttpRequest, pk: int) -> Letter:
    """Return a letter of such a case."""
    rows = Letter.objects.filter(case__in=visible_cases(request.user))
    rows = rows.select_related("case__agency", "case__applicant", "drafted_by", "approved_by", "submitted_by")
    letter = get_object_or_404(rows, pk=pk)
    _worked_in(request, letter.case)
    return letter


def _worked_in(request: HttpRequest, case: InfoRequest) -> InfoRequest:
    try:
        check_works_in(request.user, case)
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    return case


def office_file(request: HttpRequest, pk: int) -> CaseFileItem:
    """Return a file of such a case; what was taken out is not found."""
    rows = CaseFileItem.objects.filter(case__in=visible_cases(request.user), removed_at__isnull=True)
    item = get_object_or_404(rows.select_related("case__agency"), pk=pk)
    _worked_in(request, item.case)
    return item

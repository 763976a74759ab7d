"""What the desk's pages have in common: a case one may see, refusals shown, the way back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services.permissions import is_own, visible_cases
from gongkai.web.inforequests.services.refusing import Refused

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
"""A day as browsers ask for it; they take no other way of writing one."""
NEVER = -1
"""No version at all: who does not say what they saw is told to look again."""


def case_or_404(request: HttpRequest, pk: int) -> InfoRequest:
    """Return a case the person may see; any other is not found, so that numbers tell nothing."""
    cases = visible_cases(request.user).select_related("agency", "handler", "applicant")
    return get_object_or_404(cases, pk=pk)


def own_case_or_404(request: HttpRequest, pk: int) -> InfoRequest:
    """Return a case of the person's own body, for acts; a supervisor looks but does not act."""
    case = case_or_404(request, pk)
    if not is_own(request.user, case):
        raise PermissionDenied("您可以查看下级机关的案件，但不能代为办理。")
    return case


def posted(request: HttpRequest, name: str, longest: int = 300) -> str:
    """Return what was posted under a name, cut to what is kept, without what databases cannot keep."""
    return request.POST.get(name, "").replace("\0", "")[:longest]


def number_posted(request: HttpRequest, name: str) -> int:
    """Return a number posted under a name; `NEVER`, which names nothing, where there is none."""
    value = posted(request, name, 9)
    return int(value) if value.isascii() and value.isdigit() else NEVER


def seen(request: HttpRequest) -> int:
    """Return the version of the case the person had before their eyes; `NEVER` where they do not say."""
    return number_posted(request, "version")


def crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way back from a page of the desk."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": reverse("desk:list"), "label": "依申请公开"},
        *({"url": url, "label": label} for url, label in labels),
    ]


def show(request: HttpRequest, refused: Refused) -> None:
    """Say why nothing was done."""
    messages.error(request, str(refused))
